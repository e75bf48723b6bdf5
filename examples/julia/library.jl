# Written by generate.py from include/grazing.h; not to be edited.

struct grz_context end
struct grz_grid end
struct grz_kernel end
struct grz_distribution end
struct grz_operator end
struct grz_functional end
struct grz_species end
struct grz_mixture end
struct grz_sphere end
struct grz_metric end
struct grz_rate end
struct grz_interpolant end
struct grz_geodesic end
struct grz_flow end
struct grz_ledger end
struct grz_limit end

const GRZ_VERSION_MAJOR = Int32(0)
const GRZ_VERSION_MINOR = Int32(2)
const GRZ_VERSION_PATCH = Int32(0)
const GRZ_ABI_VERSION = Int32(1)
const GRZ_OK = Int32(0)
const GRZ_ERROR_NULL_ARGUMENT = Int32(1)
const GRZ_ERROR_INVALID_ARGUMENT = Int32(2)
const GRZ_ERROR_NOT_FINITE = Int32(3)
const GRZ_ERROR_NOT_POSITIVE = Int32(4)
const GRZ_ERROR_OUT_OF_MEMORY = Int32(5)
const GRZ_ERROR_SIZE_OVERFLOW = Int32(6)
const GRZ_ERROR_CALLBACK = Int32(7)
const GRZ_ERROR_CANCELLED = Int32(8)
const GRZ_ERROR_IO = Int32(9)
const GRZ_ERROR_FORMAT = Int32(10)
const GRZ_ERROR_MISMATCH = Int32(11)
const GRZ_ERROR_UNSUPPORTED = Int32(12)
const GRZ_ERROR_NOT_CONVERGED = Int32(13)
const GRZ_ERROR_NOT_REPRESENTABLE = Int32(14)
const GRZ_ERROR_INTERNAL = Int32(15)
const GRZ_KERNEL_TYPE_POWER_LAW = Int32(0)
const GRZ_KERNEL_TYPE_INVERSE_POWER = Int32(1)
const GRZ_KERNEL_TYPE_COULOMB = Int32(2)
const GRZ_KERNEL_TYPE_VHS = Int32(3)
const GRZ_KERNEL_TYPE_TABLE = Int32(4)
const GRZ_KERNEL_TYPE_CALLBACK = Int32(5)
const GRZ_KERNEL_TYPE_GENERAL = Int32(6)
const GRZ_KERNEL_CLASS_HARD = Int32(0)
const GRZ_KERNEL_CLASS_MAXWELL = Int32(1)
const GRZ_KERNEL_CLASS_MODERATELY_SOFT = Int32(2)
const GRZ_KERNEL_CLASS_VERY_SOFT = Int32(3)
const GRZ_KERNEL_CLASS_GENERAL = Int32(4)
const GRZ_SCATTERING_POWER_LAW = Int32(0)
const GRZ_SCATTERING_CLASSICAL = Int32(1)
const GRZ_CANCELLATION_POWER = Int32(0)
const GRZ_CANCELLATION_KINETIC = Int32(1)
const GRZ_REGRID_METHOD_LOGARITHMIC = Int32(0)
const GRZ_REGRID_METHOD_FOURIER = Int32(1)
const GRZ_NEGATIVE_RULE_KEEP = Int32(0)
const GRZ_NEGATIVE_RULE_DROP = Int32(1)
const GRZ_NEGATIVE_RULE_RESCALE = Int32(2)
const GRZ_EQUATION_BOLTZMANN = Int32(0)
const GRZ_EQUATION_LANDAU = Int32(1)
const GRZ_METHOD_ENTROPIC = Int32(16)
const GRZ_METHOD_SPECTRAL = Int32(17)
const GRZ_COLLISIONS_CIRCLES = Int32(1)
const GRZ_COLLISIONS_GENERATOR = Int32(2)
const GRZ_OPERATOR_OPTION_ACCURACY = Int32(0)
const GRZ_OPERATOR_OPTION_RADIUS = Int32(1)
const GRZ_OPERATOR_OPTION_SPLINE_DEGREE = Int32(2)
const GRZ_OPERATOR_OPTION_RADIAL_NODES = Int32(3)
const GRZ_OPERATOR_OPTION_SPHERE_DEGREE = Int32(4)
const GRZ_OPERATOR_OPTION_THETA_NODES = Int32(5)
const GRZ_OPERATOR_OPTION_PHI_NODES = Int32(6)
const GRZ_OPERATOR_OPTION_MOBILITY_MEMORY = Int32(7)
const GRZ_OPERATOR_OPTION_COLLISIONS = Int32(8)
const GRZ_OPERATOR_OPTION_SCHEME = Int32(16)
const GRZ_OPERATOR_OPTION_OUTPUT_RANK = Int32(17)
const GRZ_OPERATOR_OPTION_INPUT_RANK = Int32(18)
const GRZ_OPERATOR_OPTION_SAMPLES = Int32(19)
const GRZ_OPERATOR_OPTION_DECAY = Int32(20)
const GRZ_OPERATOR_OPTION_FLOOR = Int32(21)
const GRZ_OPERATOR_OPTION_PADDED_NODES = Int32(22)
const GRZ_OPERATOR_OPTION_CONSERVE = Int32(23)
const GRZ_OPERATOR_OPTION_EQUILIBRIUM = Int32(24)
const GRZ_OPERATOR_OPTION_MODES = Int32(25)
const GRZ_OPERATOR_OPTION_PERIOD = Int32(26)
const GRZ_SPECTRAL_SCHEME_RADIAL_TENSOR = Int32(1)
const GRZ_SPECTRAL_SCHEME_SPHERE_RULE = Int32(2)
const GRZ_SPECTRAL_SCHEME_SEPARABLE = Int32(3)
const GRZ_HEALTH_TERM_NEGATIVE = Int32(0)
const GRZ_HEALTH_TERM_BOUNDARY = Int32(1)
const GRZ_HEALTH_TERM_OUTSIDE = Int32(2)
const GRZ_HEALTH_TERM_CELLS = Int32(3)
const GRZ_HEALTH_TERM_TAIL = Int32(4)
const GRZ_HEALTH_TERM_MODES = Int32(5)
const GRZ_HEALTH_TERM_BEYOND = Int32(6)
const GRZ_HEALTH_TERM_IMAGES = Int32(7)
const GRZ_HEALTH_TERM_OVERSHOOT = Int32(8)
const GRZ_HEALTH_TERM_FREE_STEP = Int32(9)
const GRZ_HEALTH_TERM_ALIASED = Int32(10)
const GRZ_HEALTH_TERM_COUNT = Int32(11)
const GRZ_FUNCTIONAL_TYPE_ENTROPY = Int32(0)
const GRZ_FUNCTIONAL_TYPE_RELATIVE_ENTROPY = Int32(1)
const GRZ_FUNCTIONAL_TYPE_FISHER_INFORMATION = Int32(2)
const GRZ_FUNCTIONAL_TYPE_DISSIPATION = Int32(3)
const GRZ_FUNCTIONAL_TYPE_DISSIPATION_SQUARE_ROOT = Int32(4)
const GRZ_MOMENT_NONE = Int32(0)
const GRZ_MOMENT_MASS = Int32(1)
const GRZ_MOMENT_MOMENTUM_X = Int32(2)
const GRZ_MOMENT_MOMENTUM_Y = Int32(3)
const GRZ_MOMENT_MOMENTUM_Z = Int32(4)
const GRZ_MOMENT_ENERGY = Int32(5)
const GRZ_METRIC_OPTION_TOLERANCE = Int32(64)
const GRZ_METRIC_OPTION_ITERATION_CAP = Int32(65)
const GRZ_METRIC_OPTION_MOMENT_TOLERANCE = Int32(66)
const GRZ_RATE_FORM_DENSITY = Int32(0)
const GRZ_RATE_FORM_RELATIVE = Int32(1)
const GRZ_TIME_RULE_TRAPEZOID = Int32(0)
const GRZ_TIME_RULE_SIMPSON = Int32(1)
const GRZ_COERCIVITY_TERM_LEFT = Int32(0)
const GRZ_COERCIVITY_TERM_DISSIPATION = Int32(1)
const GRZ_COERCIVITY_TERM_C1 = Int32(2)
const GRZ_COERCIVITY_TERM_C2 = Int32(3)
const GRZ_COERCIVITY_TERM_C3 = Int32(4)
const GRZ_COERCIVITY_TERM_C4 = Int32(5)
const GRZ_COERCIVITY_TERM_CF = Int32(6)
const GRZ_COERCIVITY_TERM_RIGHT = Int32(7)
const GRZ_GEODESIC_OPTION_REFINEMENTS = Int32(192)
const GRZ_GEODESIC_OPTION_TOLERANCE = Int32(193)
const GRZ_GEODESIC_OPTION_ITERATION_CAP = Int32(194)
const GRZ_GEODESIC_OPTION_GRADIENT_CAP = Int32(195)
const GRZ_GEODESIC_NUMBER_DISTANCE = Int32(208)
const GRZ_GEODESIC_NUMBER_EXTRAPOLATED = Int32(209)
const GRZ_GEODESIC_NUMBER_ERROR = Int32(210)
const GRZ_GEODESIC_NUMBER_RESIDUAL = Int32(211)
const GRZ_GEODESIC_NUMBER_SPEED_VARIATION = Int32(212)
const GRZ_GEODESIC_NUMBER_STEPS = Int32(213)
const GRZ_GEODESIC_NUMBER_ITERATIONS = Int32(214)
const GRZ_GEODESIC_NUMBER_APPLICATIONS = Int32(215)
const GRZ_GEODESIC_NUMBER_PROJECTED = Int32(216)
const GRZ_GEODESIC_BOUND_LENGTH = Int32(224)
const GRZ_GEODESIC_BOUND_DUAL = Int32(225)
const GRZ_GEODESIC_BOUND_WASSERSTEIN = Int32(226)
const GRZ_TIME_SCHEME_SSP_RK2 = Int32(32)
const GRZ_TIME_SCHEME_SSP_RK3 = Int32(33)
const GRZ_TIME_SCHEME_SSP_RK4 = Int32(34)
const GRZ_TIME_SCHEME_BOGACKI_SHAMPINE = Int32(35)
const GRZ_TIME_SCHEME_DORMAND_PRINCE = Int32(36)
const GRZ_TIME_SCHEME_PROXIMAL = Int32(37)
const GRZ_TIME_SCHEME_PROXIMAL_2 = Int32(38)
const GRZ_TIME_SCHEME_MINIMISING_MOVEMENT = Int32(39)
const GRZ_FLOW_OPTION_TOLERANCE = Int32(80)
const GRZ_FLOW_OPTION_LARGEST_STEP = Int32(81)
const GRZ_FLOW_OPTION_SMALLEST_STEP = Int32(82)
const GRZ_FLOW_OPTION_RESIDUAL = Int32(83)
const GRZ_FLOW_OPTION_LARGEST_NEWTON = Int32(84)
const GRZ_FLOW_OPTION_LARGEST_GRADIENTS = Int32(85)
const GRZ_FLOW_OPTION_FLOOR = Int32(86)
const GRZ_FLOW_OPTION_PARTS = Int32(87)
const GRZ_FLOW_OPTION_LEVELS = Int32(88)
const GRZ_FLOW_STATISTIC_STEPS = Int32(96)
const GRZ_FLOW_STATISTIC_REJECTED = Int32(97)
const GRZ_FLOW_STATISTIC_EVALUATIONS = Int32(98)
const GRZ_FLOW_STATISTIC_NEWTON = Int32(99)
const GRZ_FLOW_STATISTIC_GRADIENTS = Int32(100)
const GRZ_FLOW_STATISTIC_LAST_ERROR = Int32(101)
const GRZ_FLOW_STATISTIC_NEXT_STEP = Int32(102)
const GRZ_FLOW_STATISTIC_DISSIPATED = Int32(103)
const GRZ_FLOW_STATISTIC_RAISED = Int32(104)
const GRZ_FLOW_STATISTIC_RELAXED = Int32(105)
const GRZ_FLOW_STATISTIC_PARTS = Int32(106)
const GRZ_LEDGER_ENTRY_TIME = Int32(0)
const GRZ_LEDGER_ENTRY_ENTROPY = Int32(1)
const GRZ_LEDGER_ENTRY_DISSIPATION = Int32(2)
const GRZ_LEDGER_ENTRY_SPEED = Int32(3)
const GRZ_LEDGER_ENTRY_DISSIPATED = Int32(4)
const GRZ_LEDGER_ENTRY_TRAVELLED = Int32(5)
const GRZ_LEDGER_ENTRY_DEFECT = Int32(6)
const GRZ_LEDGER_ENTRY_ERROR = Int32(7)
const GRZ_LEDGER_ENTRY_MASS = Int32(8)
const GRZ_LEDGER_ENTRY_MOMENTUM_X = Int32(9)
const GRZ_LEDGER_ENTRY_MOMENTUM_Y = Int32(10)
const GRZ_LEDGER_ENTRY_MOMENTUM_Z = Int32(11)
const GRZ_LEDGER_ENTRY_ENERGY = Int32(12)
const GRZ_LEDGER_ENTRY_FISHER = Int32(13)
const GRZ_LEDGER_ENTRY_MINIMUM = Int32(14)
const GRZ_LEDGER_VERDICT_GRADIENT_FLOW = Int32(0)
const GRZ_LEDGER_VERDICT_INEQUALITY_FAILS = Int32(1)
const GRZ_LEDGER_VERDICT_MASS_CHANGES = Int32(2)
const GRZ_LEDGER_VERDICT_ENERGY_GROWS = Int32(3)
const GRZ_LEDGER_VERDICT_UNREACHABLE = Int32(4)
const GRZ_LIMIT_QUANTITY_EPS = Int32(128)
const GRZ_LIMIT_QUANTITY_ENTROPY = Int32(129)
const GRZ_LIMIT_QUANTITY_DISSIPATION = Int32(130)
const GRZ_LIMIT_QUANTITY_SQUARE_ROOT = Int32(131)
const GRZ_LIMIT_QUANTITY_SPEED = Int32(132)
const GRZ_LIMIT_QUANTITY_L1 = Int32(133)
const GRZ_LIMIT_QUANTITY_WEAK = Int32(134)
const GRZ_LIMIT_QUANTITY_HOELDER = Int32(135)
const GRZ_LIMIT_QUANTITY_HOELDER_BOUND = Int32(136)
const GRZ_LIMIT_QUANTITY_MARGIN_ENTROPY = Int32(137)
const GRZ_LIMIT_QUANTITY_MARGIN_DISSIPATION = Int32(138)
const GRZ_LIMIT_QUANTITY_MARGIN_SQUARE_ROOT = Int32(139)
const GRZ_LIMIT_QUANTITY_MARGIN_SPEED = Int32(140)
const GRZ_LIMIT_QUANTITY_DEFECT = Int32(141)
const GRZ_LIMIT_QUANTITY_SECOND_MOMENT = Int32(142)
const GRZ_LIMIT_QUANTITY_START = Int32(143)
const GRZ_LIMIT_SERIES_ENTROPY = Int32(160)
const GRZ_LIMIT_SERIES_DISSIPATION = Int32(161)
const GRZ_LIMIT_SERIES_SQUARE_ROOT = Int32(162)
const GRZ_LIMIT_SERIES_SPEED = Int32(163)
const GRZ_LIMIT_SERIES_L1 = Int32(164)
const GRZ_LIMIT_SERIES_WEAK = Int32(165)
const GRZ_LIMIT_SERIES_DEFECT = Int32(166)
const GRZ_LIMIT_SERIES_SECOND_MOMENT = Int32(167)
const GRZ_LIMIT_SCALE_POWER = Int32(0)
const GRZ_LIMIT_SCALE_LOGARITHM = Int32(1)

grz_status_name(status) =
    ccall((:grz_status_name, libgrazing), Cstring, (Cint,), status)
grz_status_string(status) =
    ccall((:grz_status_string, libgrazing), Cstring, (Cint,), status)
grz_version() =
    ccall((:grz_version, libgrazing), Cstring, ())
grz_abi_version() =
    ccall((:grz_abi_version, libgrazing), Int32, ())
grz_build_configuration() =
    ccall((:grz_build_configuration, libgrazing), Cstring, ())
grz_constant_count() =
    ccall((:grz_constant_count, libgrazing), Int32, ())
grz_constant_name(index) =
    ccall((:grz_constant_name, libgrazing), Cstring, (Int32,), index)
grz_constant_value(name, value) =
    ccall((:grz_constant_value, libgrazing), Cint, (Cstring, Ptr{Int32}), name, value)
grz_context_create(out) =
    ccall((:grz_context_create, libgrazing), Cint, (Ptr{Ptr{grz_context}},), out)
grz_context_create_with_allocator(allocate, release, user, out) =
    ccall((:grz_context_create_with_allocator, libgrazing), Cint, (Ptr{Cvoid}, Ptr{Cvoid}, Ptr{Cvoid}, Ptr{Ptr{grz_context}}), allocate,
        release, user, out)
grz_context_destroy(context) =
    ccall((:grz_context_destroy, libgrazing), Cvoid, (Ptr{Ptr{grz_context}},), context)
grz_context_set_threads(context, threads) =
    ccall((:grz_context_set_threads, libgrazing), Cint, (Ptr{grz_context}, Int32), context, threads)
grz_context_threads(context) =
    ccall((:grz_context_threads, libgrazing), Int32, (Ptr{grz_context},), context)
grz_context_set_measured_plans(context, measured) =
    ccall((:grz_context_set_measured_plans, libgrazing), Cint, (Ptr{grz_context}, Int32), context, measured)
grz_context_measured_plans(context) =
    ccall((:grz_context_measured_plans, libgrazing), Int32, (Ptr{grz_context},), context)
grz_context_last_status(context) =
    ccall((:grz_context_last_status, libgrazing), Cint, (Ptr{grz_context},), context)
grz_context_last_message(context) =
    ccall((:grz_context_last_message, libgrazing), Cstring, (Ptr{grz_context},), context)
grz_context_failure_count(context) =
    ccall((:grz_context_failure_count, libgrazing), Int64, (Ptr{grz_context},), context)
grz_context_copy_message(context, buffer, size) =
    ccall((:grz_context_copy_message, libgrazing), Cint, (Ptr{grz_context}, Ptr{UInt8}, Int64), context, buffer, size)
grz_context_set_progress(context, progress, user) =
    ccall((:grz_context_set_progress, libgrazing), Cint, (Ptr{grz_context}, Ptr{Cvoid}, Ptr{Cvoid}), context, progress, user)
grz_context_cancel(context) =
    ccall((:grz_context_cancel, libgrazing), Cint, (Ptr{grz_context},), context)
grz_context_clear_cancel(context) =
    ccall((:grz_context_clear_cancel, libgrazing), Cint, (Ptr{grz_context},), context)
grz_context_is_cancelled(context) =
    ccall((:grz_context_is_cancelled, libgrazing), Int32, (Ptr{grz_context},), context)
grz_grid_create(context, n, half_width, centre, out) =
    ccall((:grz_grid_create, libgrazing), Cint, (Ptr{grz_context}, Int32, Cdouble, Ptr{Cdouble}, Ptr{Ptr{grz_grid}}), context, n,
        half_width, centre, out)
grz_grid_destroy(grid) =
    ccall((:grz_grid_destroy, libgrazing), Cvoid, (Ptr{Ptr{grz_grid}},), grid)
grz_grid_nodes_per_axis(grid) =
    ccall((:grz_grid_nodes_per_axis, libgrazing), Int32, (Ptr{grz_grid},), grid)
grz_grid_node_count(grid) =
    ccall((:grz_grid_node_count, libgrazing), Int64, (Ptr{grz_grid},), grid)
grz_grid_half_width(grid) =
    ccall((:grz_grid_half_width, libgrazing), Cdouble, (Ptr{grz_grid},), grid)
grz_grid_spacing(grid) =
    ccall((:grz_grid_spacing, libgrazing), Cdouble, (Ptr{grz_grid},), grid)
grz_grid_centre(grid, centre) =
    ccall((:grz_grid_centre, libgrazing), Cint, (Ptr{grz_grid}, Ptr{Cdouble}), grid, centre)
grz_grid_axis_nodes(grid, axis, nodes) =
    ccall((:grz_grid_axis_nodes, libgrazing), Cint, (Ptr{grz_grid}, Int32, Ptr{Cdouble}), grid, axis, nodes)
grz_kernel_create_power_law(context, gamma, nu, c, out) =
    ccall((:grz_kernel_create_power_law, libgrazing), Cint, (Ptr{grz_context}, Cdouble, Cdouble, Cdouble, Ptr{Ptr{grz_kernel}}), context,
        gamma, nu, c, out)
grz_kernel_create_inverse_power(context, s, scattering, normalise, out) =
    ccall((:grz_kernel_create_inverse_power, libgrazing), Cint, (Ptr{grz_context}, Cdouble, Cint, Int32, Ptr{Ptr{grz_kernel}}), context, s,
        scattering, normalise, out)
grz_kernel_create_coulomb(context, eps, scattering, out) =
    ccall((:grz_kernel_create_coulomb, libgrazing), Cint, (Ptr{grz_context}, Cdouble, Cint, Ptr{Ptr{grz_kernel}}), context, eps,
        scattering, out)
grz_kernel_create_vhs(context, gamma, b0, out) =
    ccall((:grz_kernel_create_vhs, libgrazing), Cint, (Ptr{grz_context}, Cdouble, Cdouble, Ptr{Ptr{grz_kernel}}), context, gamma, b0, out)
grz_kernel_create_table(context, gamma, nu, count, theta, beta, out) =
    ccall((:grz_kernel_create_table, libgrazing), Cint, (Ptr{grz_context}, Cdouble, Cdouble, Int64, Ptr{Cdouble}, Ptr{Cdouble},
        Ptr{Ptr{grz_kernel}}), context, gamma, nu, count, theta, beta, out)
grz_kernel_create_callback(context, gamma, nu, beta, user, out) =
    ccall((:grz_kernel_create_callback, libgrazing), Cint, (Ptr{grz_context}, Cdouble, Cdouble, Ptr{Cvoid}, Ptr{Cvoid},
        Ptr{Ptr{grz_kernel}}), context, gamma, nu, beta, user, out)
grz_kernel_create_general(context, gamma, nu, beta, user, out) =
    ccall((:grz_kernel_create_general, libgrazing), Cint, (Ptr{grz_context}, Cdouble, Cdouble, Ptr{Cvoid}, Ptr{Cvoid},
        Ptr{Ptr{grz_kernel}}), context, gamma, nu, beta, user, out)
grz_kernel_create_scaled(context, kernel, eps, out) =
    ccall((:grz_kernel_create_scaled, libgrazing), Cint, (Ptr{grz_context}, Ptr{grz_kernel}, Cdouble, Ptr{Ptr{grz_kernel}}), context,
        kernel, eps, out)
grz_kernel_create_multiplied(context, kernel, factor, out) =
    ccall((:grz_kernel_create_multiplied, libgrazing), Cint, (Ptr{grz_context}, Ptr{grz_kernel}, Cdouble, Ptr{Ptr{grz_kernel}}), context,
        kernel, factor, out)
grz_kernel_create_cut_off_kinetic(context, kernel, out) =
    ccall((:grz_kernel_create_cut_off_kinetic, libgrazing), Cint, (Ptr{grz_context}, Ptr{grz_kernel}, Ptr{Ptr{grz_kernel}}), context,
        kernel, out)
grz_kernel_destroy(kernel) =
    ccall((:grz_kernel_destroy, libgrazing), Cvoid, (Ptr{Ptr{grz_kernel}},), kernel)
grz_kernel_type_of(kernel) =
    ccall((:grz_kernel_type_of, libgrazing), Int32, (Ptr{grz_kernel},), kernel)
grz_kernel_class_of(kernel) =
    ccall((:grz_kernel_class_of, libgrazing), Int32, (Ptr{grz_kernel},), kernel)
grz_kernel_gamma(kernel) =
    ccall((:grz_kernel_gamma, libgrazing), Cdouble, (Ptr{grz_kernel},), kernel)
grz_kernel_nu(kernel) =
    ccall((:grz_kernel_nu, libgrazing), Cdouble, (Ptr{grz_kernel},), kernel)
grz_kernel_eps(kernel) =
    ccall((:grz_kernel_eps, libgrazing), Cdouble, (Ptr{grz_kernel},), kernel)
grz_kernel_beta(kernel, count, theta, beta) =
    ccall((:grz_kernel_beta, libgrazing), Cint, (Ptr{grz_kernel}, Int64, Ptr{Cdouble}, Ptr{Cdouble}), kernel, count, theta, beta)
grz_kernel_beta_eps(kernel, count, theta, beta) =
    ccall((:grz_kernel_beta_eps, libgrazing), Cint, (Ptr{grz_kernel}, Int64, Ptr{Cdouble}, Ptr{Cdouble}), kernel, count, theta, beta)
grz_kernel_B(kernel, count, relative_speed, theta, B) =
    ccall((:grz_kernel_B, libgrazing), Cint, (Ptr{grz_kernel}, Int64, Ptr{Cdouble}, Ptr{Cdouble}, Ptr{Cdouble}), kernel, count,
        relative_speed, theta, B)
grz_kernel_angular_momentum_transfer(kernel, relative_speed, transfer) =
    ccall((:grz_kernel_angular_momentum_transfer, libgrazing), Cint, (Ptr{grz_kernel}, Cdouble, Ptr{Cdouble}), kernel, relative_speed,
        transfer)
grz_kernel_landau_constant(kernel, relative_speed, constant) =
    ccall((:grz_kernel_landau_constant, libgrazing), Cint, (Ptr{grz_kernel}, Cdouble, Ptr{Cdouble}), kernel, relative_speed, constant)
grz_kernel_spectrum(kernel, relative_speed, lmax, lambda) =
    ccall((:grz_kernel_spectrum, libgrazing), Cint, (Ptr{grz_kernel}, Cdouble, Int32, Ptr{Cdouble}), kernel, relative_speed, lmax, lambda)
grz_kernel_moments(kernel, relative_speed, kmax, moments) =
    ccall((:grz_kernel_moments, libgrazing), Cint, (Ptr{grz_kernel}, Cdouble, Int32, Ptr{Cdouble}), kernel, relative_speed, kmax, moments)
grz_kernel_kinetic_factor(kernel, relative_speed, factor) =
    ccall((:grz_kernel_kinetic_factor, libgrazing), Cint, (Ptr{grz_kernel}, Cdouble, Ptr{Cdouble}), kernel, relative_speed, factor)
grz_kernel_total_cross_section(kernel, relative_speed, T_) =
    ccall((:grz_kernel_total_cross_section, libgrazing), Cint, (Ptr{grz_kernel}, Cdouble, Ptr{Cdouble}), kernel, relative_speed, T_)
grz_kernel_cancellation(kernel, form, relative_speed, S) =
    ccall((:grz_kernel_cancellation, libgrazing), Cint, (Ptr{grz_kernel}, Cint, Cdouble, Ptr{Cdouble}), kernel, form, relative_speed, S)
grz_kernel_cancellation_bound(kernel, relative_speed, bound) =
    ccall((:grz_kernel_cancellation_bound, libgrazing), Cint, (Ptr{grz_kernel}, Cdouble, Ptr{Cdouble}), kernel, relative_speed, bound)
grz_kernel_satisfies_A2(kernel, holds, reason) =
    ccall((:grz_kernel_satisfies_A2, libgrazing), Cint, (Ptr{grz_kernel}, Ptr{Int32}, Ptr{Cstring}), kernel, holds, reason)
grz_kernel_satisfies_2_3(kernel, holds, reason) =
    ccall((:grz_kernel_satisfies_2_3, libgrazing), Cint, (Ptr{grz_kernel}, Ptr{Int32}, Ptr{Cstring}), kernel, holds, reason)
grz_distribution_create_array(context, grid, values, out) =
    ccall((:grz_distribution_create_array, libgrazing), Cint, (Ptr{grz_context}, Ptr{grz_grid}, Ptr{Cdouble}, Ptr{Ptr{grz_distribution}}),
        context, grid, values, out)
grz_distribution_create_callback(context, grid, density, user, out) =
    ccall((:grz_distribution_create_callback, libgrazing), Cint, (Ptr{grz_context}, Ptr{grz_grid}, Ptr{Cvoid}, Ptr{Cvoid},
        Ptr{Ptr{grz_distribution}}), context, grid, density, user, out)
grz_distribution_create_maxwellian(context, grid, rho, u, T_, out) =
    ccall((:grz_distribution_create_maxwellian, libgrazing), Cint, (Ptr{grz_context}, Ptr{grz_grid}, Cdouble, Ptr{Cdouble}, Cdouble,
        Ptr{Ptr{grz_distribution}}), context, grid, rho, u, T_, out)
grz_distribution_create_bimaxwellian(context, grid, rho, u, T_, axes, out) =
    ccall((:grz_distribution_create_bimaxwellian, libgrazing), Cint, (Ptr{grz_context}, Ptr{grz_grid}, Cdouble, Ptr{Cdouble}, Ptr{Cdouble},
        Ptr{Cdouble}, Ptr{Ptr{grz_distribution}}), context, grid, rho, u, T_, axes, out)
grz_distribution_create_bkw(context, grid, K, out) =
    ccall((:grz_distribution_create_bkw, libgrazing), Cint, (Ptr{grz_context}, Ptr{grz_grid}, Cdouble, Ptr{Ptr{grz_distribution}}),
        context, grid, K, out)
grz_distribution_create_mixture(context, grid, count, weights, means, covariances, out) =
    ccall((:grz_distribution_create_mixture, libgrazing), Cint, (Ptr{grz_context}, Ptr{grz_grid}, Int32, Ptr{Cdouble}, Ptr{Cdouble},
        Ptr{Cdouble}, Ptr{Ptr{grz_distribution}}), context, grid, count, weights, means, covariances, out)
grz_distribution_create_shell(context, grid, rho, u, S, c, out) =
    ccall((:grz_distribution_create_shell, libgrazing), Cint, (Ptr{grz_context}, Ptr{grz_grid}, Cdouble, Ptr{Cdouble}, Cdouble, Cdouble,
        Ptr{Ptr{grz_distribution}}), context, grid, rho, u, S, c, out)
grz_distribution_destroy(distribution) =
    ccall((:grz_distribution_destroy, libgrazing), Cvoid, (Ptr{Ptr{grz_distribution}},), distribution)
grz_distribution_load_npy(context, grid, path, out) =
    ccall((:grz_distribution_load_npy, libgrazing), Cint, (Ptr{grz_context}, Ptr{grz_grid}, Cstring, Ptr{Ptr{grz_distribution}}), context,
        grid, path, out)
grz_distribution_save_npy(distribution, path) =
    ccall((:grz_distribution_save_npy, libgrazing), Cint, (Ptr{grz_distribution}, Cstring), distribution, path)
grz_npy_nodes_per_axis(context, path, n) =
    ccall((:grz_npy_nodes_per_axis, libgrazing), Cint, (Ptr{grz_context}, Cstring, Ptr{Int32}), context, path, n)
grz_regrid(context, source, f, target, method, g, lost, change) =
    ccall((:grz_regrid, libgrazing), Cint, (Ptr{grz_context}, Ptr{grz_grid}, Ptr{Cdouble}, Ptr{grz_grid}, Cint, Ptr{Cdouble}, Ptr{Cdouble},
        Ptr{Cdouble}), context, source, f, target, method, g, lost, change)
grz_distribution_values(distribution, values) =
    ccall((:grz_distribution_values, libgrazing), Cint, (Ptr{grz_distribution}, Ptr{Cdouble}), distribution, values)
grz_distribution_set_values(distribution, values) =
    ccall((:grz_distribution_set_values, libgrazing), Cint, (Ptr{grz_distribution}, Ptr{Cdouble}), distribution, values)
grz_distribution_view(distribution) =
    ccall((:grz_distribution_view, libgrazing), Ptr{Cdouble}, (Ptr{grz_distribution},), distribution)
grz_distribution_grid(distribution) =
    ccall((:grz_distribution_grid, libgrazing), Ptr{grz_grid}, (Ptr{grz_distribution},), distribution)
grz_distribution_moments(distribution, rho, u, T_, P, q) =
    ccall((:grz_distribution_moments, libgrazing), Cint, (Ptr{grz_distribution}, Ptr{Cdouble}, Ptr{Cdouble}, Ptr{Cdouble}, Ptr{Cdouble},
        Ptr{Cdouble}), distribution, rho, u, T_, P, q)
grz_grid_moments(grid, values, rule, rho, u, T_, P, q, negative) =
    ccall((:grz_grid_moments, libgrazing), Cint, (Ptr{grz_grid}, Ptr{Cdouble}, Cint, Ptr{Cdouble}, Ptr{Cdouble}, Ptr{Cdouble},
        Ptr{Cdouble}, Ptr{Cdouble}, Ptr{Cdouble}), grid, values, rule, rho, u, T_, P, q, negative)
grz_grid_entropy(grid, values, rule, H, negative) =
    ccall((:grz_grid_entropy, libgrazing), Cint, (Ptr{grz_grid}, Ptr{Cdouble}, Cint, Ptr{Cdouble}, Ptr{Cdouble}), grid, values, rule, H,
        negative)
grz_grid_equilibrium(grid, values, rule, equilibrium, negative) =
    ccall((:grz_grid_equilibrium, libgrazing), Cint, (Ptr{grz_grid}, Ptr{Cdouble}, Cint, Ptr{Cdouble}, Ptr{Cdouble}), grid, values, rule,
        equilibrium, negative)
grz_distribution_create_equilibrium(context, distribution, out) =
    ccall((:grz_distribution_create_equilibrium, libgrazing), Cint, (Ptr{grz_context}, Ptr{grz_distribution}, Ptr{Ptr{grz_distribution}}),
        context, distribution, out)
grz_operator_create(context, grid, kernel, equation, method, out) =
    ccall((:grz_operator_create, libgrazing), Cint, (Ptr{grz_context}, Ptr{grz_grid}, Ptr{grz_kernel}, Cint, Cint, Ptr{Ptr{grz_operator}}),
        context, grid, kernel, equation, method, out)
grz_operator_destroy(op) =
    ccall((:grz_operator_destroy, libgrazing), Cvoid, (Ptr{Ptr{grz_operator}},), op)
grz_operator_grid(op) =
    ccall((:grz_operator_grid, libgrazing), Ptr{grz_grid}, (Ptr{grz_operator},), op)
grz_operator_kernel(op) =
    ccall((:grz_operator_kernel, libgrazing), Ptr{grz_kernel}, (Ptr{grz_operator},), op)
grz_operator_equation(op) =
    ccall((:grz_operator_equation, libgrazing), Int32, (Ptr{grz_operator},), op)
grz_operator_method(op) =
    ccall((:grz_operator_method, libgrazing), Int32, (Ptr{grz_operator},), op)
grz_operator_set_option(op, option, value) =
    ccall((:grz_operator_set_option, libgrazing), Cint, (Ptr{grz_operator}, Cint, Cdouble), op, option, value)
grz_operator_option_value(op, option, value) =
    ccall((:grz_operator_option_value, libgrazing), Cint, (Ptr{grz_operator}, Cint, Ptr{Cdouble}), op, option, value)
grz_operator_option_bounds(op, option, minimum, maximum, initial) =
    ccall((:grz_operator_option_bounds, libgrazing), Cint, (Ptr{grz_operator}, Cint, Ptr{Cdouble}, Ptr{Cdouble}, Ptr{Cdouble}), op, option,
        minimum, maximum, initial)
grz_operator_setup(op) =
    ccall((:grz_operator_setup, libgrazing), Cint, (Ptr{grz_operator},), op)
grz_operator_node_count(op, nodes) =
    ccall((:grz_operator_node_count, libgrazing), Cint, (Ptr{grz_operator}, Ptr{Int64}), op, nodes)
grz_operator_workspace(op, bytes) =
    ccall((:grz_operator_workspace, libgrazing), Cint, (Ptr{grz_operator}, Ptr{Int64}), op, bytes)
grz_operator_apply(op, f, Q) =
    ccall((:grz_operator_apply, libgrazing), Cint, (Ptr{grz_operator}, Ptr{Cdouble}, Ptr{Cdouble}), op, f, Q)
grz_operator_weak_form(op, f, psi, value) =
    ccall((:grz_operator_weak_form, libgrazing), Cint, (Ptr{grz_operator}, Ptr{Cdouble}, Ptr{Cdouble}, Ptr{Cdouble}), op, f, psi, value)
grz_operator_onsager(op, f, phi, K_phi) =
    ccall((:grz_operator_onsager, libgrazing), Cint, (Ptr{grz_operator}, Ptr{Cdouble}, Ptr{Cdouble}, Ptr{Cdouble}), op, f, phi, K_phi)
grz_operator_estimate_error(op, f, Q_error, dissipation_error) =
    ccall((:grz_operator_estimate_error, libgrazing), Cint, (Ptr{grz_operator}, Ptr{Cdouble}, Ptr{Cdouble}, Ptr{Cdouble}), op, f, Q_error,
        dissipation_error)
grz_operator_largest_rate(op, f, rate) =
    ccall((:grz_operator_largest_rate, libgrazing), Cint, (Ptr{grz_operator}, Ptr{Cdouble}, Ptr{Cdouble}), op, f, rate)
grz_operator_overshoot(op, f, ratio) =
    ccall((:grz_operator_overshoot, libgrazing), Cint, (Ptr{grz_operator}, Ptr{Cdouble}, Ptr{Cdouble}), op, f, ratio)
grz_operator_health(op, f, terms, advice) =
    ccall((:grz_operator_health, libgrazing), Cint, (Ptr{grz_operator}, Ptr{Cdouble}, Ptr{Cdouble}, Ptr{Cstring}), op, f, terms, advice)
grz_operator_sphere_count(op, count) =
    ccall((:grz_operator_sphere_count, libgrazing), Cint, (Ptr{grz_operator}, Ptr{Int32}), op, count)
grz_operator_sphere(op, index, r, collisions, directions, landau) =
    ccall((:grz_operator_sphere, libgrazing), Cint, (Ptr{grz_operator}, Int32, Ptr{Cdouble}, Ptr{Int32}, Ptr{Int32}, Ptr{Cdouble}), op,
        index, r, collisions, directions, landau)
grz_operator_apply_bilinear(op, f, g, Q) =
    ccall((:grz_operator_apply_bilinear, libgrazing), Cint, (Ptr{grz_operator}, Ptr{Cdouble}, Ptr{Cdouble}, Ptr{Cdouble}), op, f, g, Q)
grz_operator_apply_directed(op, f, g, Q) =
    ccall((:grz_operator_apply_directed, libgrazing), Cint, (Ptr{grz_operator}, Ptr{Cdouble}, Ptr{Cdouble}, Ptr{Cdouble}), op, f, g, Q)
grz_operator_apply_batch(op, count, f, Q) =
    ccall((:grz_operator_apply_batch, libgrazing), Cint, (Ptr{grz_operator}, Int64, Ptr{Cdouble}, Ptr{Cdouble}), op, count, f, Q)
grz_operator_fit_error(op, error) =
    ccall((:grz_operator_fit_error, libgrazing), Cint, (Ptr{grz_operator}, Ptr{Cdouble}), op, error)
grz_operator_projection_size(op, size) =
    ccall((:grz_operator_projection_size, libgrazing), Cint, (Ptr{grz_operator}, Ptr{Cdouble}), op, size)
grz_spectral_propose(context, T_min, T_max, tol, n, half_width, radius) =
    ccall((:grz_spectral_propose, libgrazing), Cint, (Ptr{grz_context}, Cdouble, Cdouble, Cdouble, Ptr{Int32}, Ptr{Cdouble}, Ptr{Cdouble}),
        context, T_min, T_max, tol, n, half_width, radius)
grz_spectral_cache_clear(context) =
    ccall((:grz_spectral_cache_clear, libgrazing), Cint, (Ptr{grz_context},), context)
grz_spectral_cache_size(context, count, bytes) =
    ccall((:grz_spectral_cache_size, libgrazing), Cint, (Ptr{grz_context}, Ptr{Int32}, Ptr{Int64}), context, count, bytes)
grz_spectral_cache_save(context, path) =
    ccall((:grz_spectral_cache_save, libgrazing), Cint, (Ptr{grz_context}, Cstring), context, path)
grz_spectral_cache_load(context, path) =
    ccall((:grz_spectral_cache_load, libgrazing), Cint, (Ptr{grz_context}, Cstring), context, path)
grz_fft_lock_planner() =
    ccall((:grz_fft_lock_planner, libgrazing), Cvoid, ())
grz_fft_unlock_planner() =
    ccall((:grz_fft_unlock_planner, libgrazing), Cvoid, ())
grz_fft_export_wisdom(context, path) =
    ccall((:grz_fft_export_wisdom, libgrazing), Cint, (Ptr{grz_context}, Cstring), context, path)
grz_fft_import_wisdom(context, path) =
    ccall((:grz_fft_import_wisdom, libgrazing), Cint, (Ptr{grz_context}, Cstring), context, path)
grz_species_create(context, name, mass, charge, out) =
    ccall((:grz_species_create, libgrazing), Cint, (Ptr{grz_context}, Cstring, Cdouble, Cdouble, Ptr{Ptr{grz_species}}), context, name,
        mass, charge, out)
grz_species_destroy(species) =
    ccall((:grz_species_destroy, libgrazing), Cvoid, (Ptr{Ptr{grz_species}},), species)
grz_species_name(species) =
    ccall((:grz_species_name, libgrazing), Cstring, (Ptr{grz_species},), species)
grz_species_mass(species) =
    ccall((:grz_species_mass, libgrazing), Cdouble, (Ptr{grz_species},), species)
grz_species_charge(species) =
    ccall((:grz_species_charge, libgrazing), Cdouble, (Ptr{grz_species},), species)
grz_mixture_create(context, count, species, grids, out) =
    ccall((:grz_mixture_create, libgrazing), Cint, (Ptr{grz_context}, Int32, Ptr{Ptr{grz_species}}, Ptr{Ptr{grz_grid}},
        Ptr{Ptr{grz_mixture}}), context, count, species, grids, out)
grz_mixture_destroy(mixture) =
    ccall((:grz_mixture_destroy, libgrazing), Cvoid, (Ptr{Ptr{grz_mixture}},), mixture)
grz_mixture_set_kernel(mixture, a, b, kernel) =
    ccall((:grz_mixture_set_kernel, libgrazing), Cint, (Ptr{grz_mixture}, Int32, Int32, Ptr{grz_kernel}), mixture, a, b, kernel)
grz_mixture_set_coulomb(mixture, strength, eps, scattering) =
    ccall((:grz_mixture_set_coulomb, libgrazing), Cint, (Ptr{grz_mixture}, Cdouble, Cdouble, Cint), mixture, strength, eps, scattering)
grz_mixture_species_count(mixture) =
    ccall((:grz_mixture_species_count, libgrazing), Int32, (Ptr{grz_mixture},), mixture)
grz_mixture_species(mixture, index) =
    ccall((:grz_mixture_species, libgrazing), Ptr{grz_species}, (Ptr{grz_mixture}, Int32), mixture, index)
grz_mixture_grid(mixture, index) =
    ccall((:grz_mixture_grid, libgrazing), Ptr{grz_grid}, (Ptr{grz_mixture}, Int32), mixture, index)
grz_mixture_kernel(mixture, a, b) =
    ccall((:grz_mixture_kernel, libgrazing), Ptr{grz_kernel}, (Ptr{grz_mixture}, Int32, Int32), mixture, a, b)
grz_mixture_offset(mixture, index) =
    ccall((:grz_mixture_offset, libgrazing), Int64, (Ptr{grz_mixture}, Int32), mixture, index)
grz_mixture_moments(mixture, f, number, velocity, temperature, total_velocity, total_temperature) =
    ccall((:grz_mixture_moments, libgrazing), Cint, (Ptr{grz_mixture}, Ptr{Cdouble}, Ptr{Cdouble}, Ptr{Cdouble}, Ptr{Cdouble},
        Ptr{Cdouble}, Ptr{Cdouble}), mixture, f, number, velocity, temperature, total_velocity, total_temperature)
grz_mixture_equilibrium(mixture, f, equilibrium) =
    ccall((:grz_mixture_equilibrium, libgrazing), Cint, (Ptr{grz_mixture}, Ptr{Cdouble}, Ptr{Cdouble}), mixture, f, equilibrium)
grz_mixture_entropy(mixture, f, entropy) =
    ccall((:grz_mixture_entropy, libgrazing), Cint, (Ptr{grz_mixture}, Ptr{Cdouble}, Ptr{Cdouble}), mixture, f, entropy)
grz_operator_create_mixture(context, mixture, equation, method, out) =
    ccall((:grz_operator_create_mixture, libgrazing), Cint, (Ptr{grz_context}, Ptr{grz_mixture}, Cint, Cint, Ptr{Ptr{grz_operator}}),
        context, mixture, equation, method, out)
grz_operator_mixture(op) =
    ccall((:grz_operator_mixture, libgrazing), Ptr{grz_mixture}, (Ptr{grz_operator},), op)
grz_operator_size(op) =
    ccall((:grz_operator_size, libgrazing), Int64, (Ptr{grz_operator},), op)
grz_functional_create_entropy(context, grid, out) =
    ccall((:grz_functional_create_entropy, libgrazing), Cint, (Ptr{grz_context}, Ptr{grz_grid}, Ptr{Ptr{grz_functional}}), context, grid,
        out)
grz_functional_create_relative_entropy(context, reference, out) =
    ccall((:grz_functional_create_relative_entropy, libgrazing), Cint, (Ptr{grz_context}, Ptr{grz_distribution}, Ptr{Ptr{grz_functional}}),
        context, reference, out)
grz_functional_create_fisher(context, grid, out) =
    ccall((:grz_functional_create_fisher, libgrazing), Cint, (Ptr{grz_context}, Ptr{grz_grid}, Ptr{Ptr{grz_functional}}), context, grid,
        out)
grz_functional_create_dissipation(context, op, type_, out) =
    ccall((:grz_functional_create_dissipation, libgrazing), Cint, (Ptr{grz_context}, Ptr{grz_operator}, Cint, Ptr{Ptr{grz_functional}}),
        context, op, type_, out)
grz_functional_destroy(functional) =
    ccall((:grz_functional_destroy, libgrazing), Cvoid, (Ptr{Ptr{grz_functional}},), functional)
grz_functional_type_of(functional) =
    ccall((:grz_functional_type_of, libgrazing), Int32, (Ptr{grz_functional},), functional)
grz_functional_grid(functional) =
    ccall((:grz_functional_grid, libgrazing), Ptr{grz_grid}, (Ptr{grz_functional},), functional)
grz_functional_evaluate(functional, f, value) =
    ccall((:grz_functional_evaluate, libgrazing), Cint, (Ptr{grz_functional}, Ptr{Cdouble}, Ptr{Cdouble}), functional, f, value)
grz_functional_first_variation(functional, f, variation) =
    ccall((:grz_functional_first_variation, libgrazing), Cint, (Ptr{grz_functional}, Ptr{Cdouble}, Ptr{Cdouble}), functional, f, variation)
grz_functional_fisher_bound(functional, f, psi, bound, best, gap) =
    ccall((:grz_functional_fisher_bound, libgrazing), Cint, (Ptr{grz_functional}, Ptr{Cdouble}, Ptr{Cdouble}, Ptr{Cdouble}, Ptr{Cdouble},
        Ptr{Cdouble}), functional, f, psi, bound, best, gap)
grz_sphere_create(context, lmax, out) =
    ccall((:grz_sphere_create, libgrazing), Cint, (Ptr{grz_context}, Int32, Ptr{Ptr{grz_sphere}}), context, lmax, out)
grz_sphere_destroy(sphere) =
    ccall((:grz_sphere_destroy, libgrazing), Cvoid, (Ptr{Ptr{grz_sphere}},), sphere)
grz_sphere_degree(sphere) =
    ccall((:grz_sphere_degree, libgrazing), Int32, (Ptr{grz_sphere},), sphere)
grz_sphere_node_count(sphere) =
    ccall((:grz_sphere_node_count, libgrazing), Int64, (Ptr{grz_sphere},), sphere)
grz_sphere_coefficient_count(sphere) =
    ccall((:grz_sphere_coefficient_count, libgrazing), Int64, (Ptr{grz_sphere},), sphere)
grz_sphere_nodes(sphere, nodes, weights) =
    ccall((:grz_sphere_nodes, libgrazing), Cint, (Ptr{grz_sphere}, Ptr{Cdouble}, Ptr{Cdouble}), sphere, nodes, weights)
grz_sphere_analyse(sphere, batch, values, coefficients) =
    ccall((:grz_sphere_analyse, libgrazing), Cint, (Ptr{grz_sphere}, Int64, Ptr{Cdouble}, Ptr{Cdouble}), sphere, batch, values,
        coefficients)
grz_sphere_synthesise(sphere, batch, coefficients, values) =
    ccall((:grz_sphere_synthesise, libgrazing), Cint, (Ptr{grz_sphere}, Int64, Ptr{Cdouble}, Ptr{Cdouble}), sphere, batch, coefficients,
        values)
grz_sphere_gradient(sphere, batch, coefficients, field) =
    ccall((:grz_sphere_gradient, libgrazing), Cint, (Ptr{grz_sphere}, Int64, Ptr{Cdouble}, Ptr{Cdouble}), sphere, batch, coefficients,
        field)
grz_sphere_divergence(sphere, batch, field, coefficients) =
    ccall((:grz_sphere_divergence, libgrazing), Cint, (Ptr{grz_sphere}, Int64, Ptr{Cdouble}, Ptr{Cdouble}), sphere, batch, field,
        coefficients)
grz_sphere_multiply(sphere, batch, multiplier, coefficients) =
    ccall((:grz_sphere_multiply, libgrazing), Cint, (Ptr{grz_sphere}, Int64, Ptr{Cdouble}, Ptr{Cdouble}), sphere, batch, multiplier,
        coefficients)
grz_sphere_solve(sphere, batch, coefficients) =
    ccall((:grz_sphere_solve, libgrazing), Cint, (Ptr{grz_sphere}, Int64, Ptr{Cdouble}), sphere, batch, coefficients)
grz_operator_action(op, f, phi, value) =
    ccall((:grz_operator_action, libgrazing), Cint, (Ptr{grz_operator}, Ptr{Cdouble}, Ptr{Cdouble}, Ptr{Cdouble}), op, f, phi, value)
grz_operator_action_variation(op, f, phi, variation) =
    ccall((:grz_operator_action_variation, libgrazing), Cint, (Ptr{grz_operator}, Ptr{Cdouble}, Ptr{Cdouble}, Ptr{Cdouble}), op, f, phi,
        variation)
grz_metric_create(context, op, out) =
    ccall((:grz_metric_create, libgrazing), Cint, (Ptr{grz_context}, Ptr{grz_operator}, Ptr{Ptr{grz_metric}}), context, op, out)
grz_metric_destroy(metric) =
    ccall((:grz_metric_destroy, libgrazing), Cvoid, (Ptr{Ptr{grz_metric}},), metric)
grz_metric_set_option(metric, option, value) =
    ccall((:grz_metric_set_option, libgrazing), Cint, (Ptr{grz_metric}, Cint, Cdouble), metric, option, value)
grz_metric_option_value(metric, option, value) =
    ccall((:grz_metric_option_value, libgrazing), Cint, (Ptr{grz_metric}, Cint, Ptr{Cdouble}), metric, option, value)
grz_metric_option_bounds(metric, option, minimum, maximum, initial) =
    ccall((:grz_metric_option_bounds, libgrazing), Cint, (Ptr{grz_metric}, Cint, Ptr{Cdouble}, Ptr{Cdouble}, Ptr{Cdouble}), metric, option,
        minimum, maximum, initial)
grz_metric_derivative(metric, f, g, value, phi) =
    ccall((:grz_metric_derivative, libgrazing), Cint, (Ptr{grz_metric}, Ptr{Cdouble}, Ptr{Cdouble}, Ptr{Cdouble}, Ptr{Cdouble}), metric, f,
        g, value, phi)
grz_metric_derivative_dense(metric, f, g, value, phi) =
    ccall((:grz_metric_derivative_dense, libgrazing), Cint, (Ptr{grz_metric}, Ptr{Cdouble}, Ptr{Cdouble}, Ptr{Cdouble}, Ptr{Cdouble}),
        metric, f, g, value, phi)
grz_metric_iterations(metric) =
    ccall((:grz_metric_iterations, libgrazing), Int32, (Ptr{grz_metric},), metric)
grz_metric_residual(metric) =
    ccall((:grz_metric_residual, libgrazing), Cdouble, (Ptr{grz_metric},), metric)
grz_metric_unreachable(metric) =
    ccall((:grz_metric_unreachable, libgrazing), Int32, (Ptr{grz_metric},), metric)
grz_metric_operator(metric) =
    ccall((:grz_metric_operator, libgrazing), Ptr{grz_operator}, (Ptr{grz_metric},), metric)
grz_moment_name(moment) =
    ccall((:grz_moment_name, libgrazing), Cstring, (Cint,), moment)
grz_metric_spectrum(metric, f, rates, modes) =
    ccall((:grz_metric_spectrum, libgrazing), Cint, (Ptr{grz_metric}, Ptr{Cdouble}, Ptr{Cdouble}, Ptr{Cdouble}), metric, f, rates, modes)
grz_rate_create_potential(context, op, phi, out) =
    ccall((:grz_rate_create_potential, libgrazing), Cint, (Ptr{grz_context}, Ptr{grz_operator}, Ptr{Cdouble}, Ptr{Ptr{grz_rate}}), context,
        op, phi, out)
grz_rate_create_gradient_flow(context, op, out) =
    ccall((:grz_rate_create_gradient_flow, libgrazing), Cint, (Ptr{grz_context}, Ptr{grz_operator}, Ptr{Ptr{grz_rate}}), context, op, out)
grz_rate_create_collision(context, op, M, user, form, out) =
    ccall((:grz_rate_create_collision, libgrazing), Cint, (Ptr{grz_context}, Ptr{grz_operator}, Ptr{Cvoid}, Ptr{Cvoid}, Cint,
        Ptr{Ptr{grz_rate}}), context, op, M, user, form, out)
grz_rate_create_grazing(context, op, M, user, form, out) =
    ccall((:grz_rate_create_grazing, libgrazing), Cint, (Ptr{grz_context}, Ptr{grz_operator}, Ptr{Cvoid}, Ptr{Cvoid}, Cint,
        Ptr{Ptr{grz_rate}}), context, op, M, user, form, out)
grz_rate_add_potential(rate, factor, phi) =
    ccall((:grz_rate_add_potential, libgrazing), Cint, (Ptr{grz_rate}, Cdouble, Ptr{Cdouble}), rate, factor, phi)
grz_rate_destroy(rate) =
    ccall((:grz_rate_destroy, libgrazing), Cvoid, (Ptr{Ptr{grz_rate}},), rate)
grz_rate_operator(rate) =
    ccall((:grz_rate_operator, libgrazing), Ptr{grz_operator}, (Ptr{grz_rate},), rate)
grz_rate_action(rate, f, value) =
    ccall((:grz_rate_action, libgrazing), Cint, (Ptr{grz_rate}, Ptr{Cdouble}, Ptr{Cdouble}), rate, f, value)
grz_rate_divergence(rate, f, g) =
    ccall((:grz_rate_divergence, libgrazing), Cint, (Ptr{grz_rate}, Ptr{Cdouble}, Ptr{Cdouble}), rate, f, g)
grz_rate_pairing(rate, f, psi, value) =
    ccall((:grz_rate_pairing, libgrazing), Cint, (Ptr{grz_rate}, Ptr{Cdouble}, Ptr{Cdouble}, Ptr{Cdouble}), rate, f, psi, value)
grz_rate_project(rate, metric, f, optimal, remainder, phi) =
    ccall((:grz_rate_project, libgrazing), Cint, (Ptr{grz_rate}, Ptr{grz_metric}, Ptr{Cdouble}, Ptr{Cdouble}, Ptr{Cdouble}, Ptr{Cdouble}),
        rate, metric, f, optimal, remainder, phi)
grz_curve_residual(context, count, times, f, rates, rule, residual, norms) =
    ccall((:grz_curve_residual, libgrazing), Cint, (Ptr{grz_context}, Int64, Ptr{Cdouble}, Ptr{Cdouble}, Ptr{Ptr{grz_rate}}, Cint,
        Ptr{Cdouble}, Ptr{Cdouble}), context, count, times, f, rates, rule, residual, norms)
grz_logarithmic_mean(a, b) =
    ccall((:grz_logarithmic_mean, libgrazing), Cdouble, (Cdouble, Cdouble), a, b)
grz_alpha(u, s, t) =
    ccall((:grz_alpha, libgrazing), Cdouble, (Cdouble, Cdouble, Cdouble), u, s, t)
grz_kappa(u, s) =
    ccall((:grz_kappa, libgrazing), Cdouble, (Ptr{Cdouble}, Cdouble), u, s)
grz_post_collision(context, count, v, v_star, sigma, v_prime, v_star_prime) =
    ccall((:grz_post_collision, libgrazing), Cint, (Ptr{grz_context}, Int64, Ptr{Cdouble}, Ptr{Cdouble}, Ptr{Cdouble}, Ptr{Cdouble},
        Ptr{Cdouble}), context, count, v, v_star, sigma, v_prime, v_star_prime)
grz_post_collision_angles(context, count, v, v_star, theta, phi, v_prime, v_star_prime, sigma) =
    ccall((:grz_post_collision_angles, libgrazing), Cint, (Ptr{grz_context}, Int64, Ptr{Cdouble}, Ptr{Cdouble}, Ptr{Cdouble}, Ptr{Cdouble},
        Ptr{Cdouble}, Ptr{Cdouble}, Ptr{Cdouble}), context, count, v, v_star, theta, phi, v_prime, v_star_prime, sigma)
grz_discrete_gradient(context, psi, psi_pair, user, count, v, v_star, sigma, out) =
    ccall((:grz_discrete_gradient, libgrazing), Cint, (Ptr{grz_context}, Ptr{Cvoid}, Ptr{Cvoid}, Ptr{Cvoid}, Int64, Ptr{Cdouble},
        Ptr{Cdouble}, Ptr{Cdouble}, Ptr{Cdouble}), context, psi, psi_pair, user, count, v, v_star, sigma, out)
grz_circle_average(context, psi, psi_pair, user, count, v, v_star, theta, nodes, out) =
    ccall((:grz_circle_average, libgrazing), Cint, (Ptr{grz_context}, Ptr{Cvoid}, Ptr{Cvoid}, Ptr{Cvoid}, Int64, Ptr{Cdouble},
        Ptr{Cdouble}, Cdouble, Int32, Ptr{Cdouble}), context, psi, psi_pair, user, count, v, v_star, theta, nodes, out)
grz_grazing_gradient(context, psi, psi_pair, user, gamma, count, v, v_star, out) =
    ccall((:grz_grazing_gradient, libgrazing), Cint, (Ptr{grz_context}, Ptr{Cvoid}, Ptr{Cvoid}, Ptr{Cvoid}, Cdouble, Int64, Ptr{Cdouble},
        Ptr{Cdouble}, Ptr{Cdouble}), context, psi, psi_pair, user, gamma, count, v, v_star, out)
grz_grazing_laplacian(context, psi, psi_pair, user, gamma, count, v, v_star, out) =
    ccall((:grz_grazing_laplacian, libgrazing), Cint, (Ptr{grz_context}, Ptr{Cvoid}, Ptr{Cvoid}, Ptr{Cvoid}, Cdouble, Int64, Ptr{Cdouble},
        Ptr{Cdouble}, Ptr{Cdouble}), context, psi, psi_pair, user, gamma, count, v, v_star, out)
grz_grazing_divergence(context, field, user, gamma, count, v, v_star, out) =
    ccall((:grz_grazing_divergence, libgrazing), Cint, (Ptr{grz_context}, Ptr{Cvoid}, Ptr{Cvoid}, Cdouble, Int64, Ptr{Cdouble},
        Ptr{Cdouble}, Ptr{Cdouble}), context, field, user, gamma, count, v, v_star, out)
grz_discrete_gradient_from(context, gradient, gradient_pair, user, count, v, v_star, theta, phi, out) =
    ccall((:grz_discrete_gradient_from, libgrazing), Cint, (Ptr{grz_context}, Ptr{Cvoid}, Ptr{Cvoid}, Ptr{Cvoid}, Int64, Ptr{Cdouble},
        Ptr{Cdouble}, Ptr{Cdouble}, Ptr{Cdouble}, Ptr{Cdouble}), context, gradient, gradient_pair, user, count, v, v_star, theta, phi, out)
grz_grazing_gradient_from(context, gradient, gradient_pair, user, gamma, count, v, v_star, out) =
    ccall((:grz_grazing_gradient_from, libgrazing), Cint, (Ptr{grz_context}, Ptr{Cvoid}, Ptr{Cvoid}, Ptr{Cvoid}, Cdouble, Int64,
        Ptr{Cdouble}, Ptr{Cdouble}, Ptr{Cdouble}), context, gradient, gradient_pair, user, gamma, count, v, v_star, out)
grz_grazing_laplacian_from(context, gradient, gradient_pair, user, gamma, count, v, v_star, out) =
    ccall((:grz_grazing_laplacian_from, libgrazing), Cint, (Ptr{grz_context}, Ptr{Cvoid}, Ptr{Cvoid}, Ptr{Cvoid}, Cdouble, Int64,
        Ptr{Cdouble}, Ptr{Cdouble}, Ptr{Cdouble}), context, gradient, gradient_pair, user, gamma, count, v, v_star, out)
grz_collision_mobility(context, f, user, count, v, v_star, sigma, Lambda, lower, upper) =
    ccall((:grz_collision_mobility, libgrazing), Cint, (Ptr{grz_context}, Ptr{Cvoid}, Ptr{Cvoid}, Int64, Ptr{Cdouble}, Ptr{Cdouble},
        Ptr{Cdouble}, Ptr{Cdouble}, Ptr{Cdouble}, Ptr{Cdouble}), context, f, user, count, v, v_star, sigma, Lambda, lower, upper)
grz_grazing_project(context, sphere, field, user, gamma, count, centre, radius, psi, norms) =
    ccall((:grz_grazing_project, libgrazing), Cint, (Ptr{grz_context}, Ptr{grz_sphere}, Ptr{Cvoid}, Ptr{Cvoid}, Cdouble, Int64,
        Ptr{Cdouble}, Ptr{Cdouble}, Ptr{Cdouble}, Ptr{Cdouble}), context, sphere, field, user, gamma, count, centre, radius, psi, norms)
grz_operator_metric_bound(op, f, g, psi, bound, best) =
    ccall((:grz_operator_metric_bound, libgrazing), Cint, (Ptr{grz_operator}, Ptr{Cdouble}, Ptr{Cdouble}, Ptr{Cdouble}, Ptr{Cdouble},
        Ptr{Cdouble}), op, f, g, psi, bound, best)
grz_metric_gap(metric, f, g, psi, gap) =
    ccall((:grz_metric_gap, libgrazing), Cint, (Ptr{grz_metric}, Ptr{Cdouble}, Ptr{Cdouble}, Ptr{Cdouble}, Ptr{Cdouble}), metric, f, g,
        psi, gap)
grz_interpolant_create(context, op, f, out) =
    ccall((:grz_interpolant_create, libgrazing), Cint, (Ptr{grz_context}, Ptr{grz_operator}, Ptr{Cdouble}, Ptr{Ptr{grz_interpolant}}),
        context, op, f, out)
grz_interpolant_destroy(interpolant) =
    ccall((:grz_interpolant_destroy, libgrazing), Cvoid, (Ptr{Ptr{grz_interpolant}},), interpolant)
grz_interpolant_evaluate(interpolant, count, v, f, gradient) =
    ccall((:grz_interpolant_evaluate, libgrazing), Cint, (Ptr{grz_interpolant}, Int64, Ptr{Cdouble}, Ptr{Cdouble}, Ptr{Cdouble}),
        interpolant, count, v, f, gradient)
grz_operator_affine_bound(op, f, psi, user, bound, best, gap) =
    ccall((:grz_operator_affine_bound, libgrazing), Cint, (Ptr{grz_operator}, Ptr{Cdouble}, Ptr{Cvoid}, Ptr{Cvoid}, Ptr{Cdouble},
        Ptr{Cdouble}, Ptr{Cdouble}), op, f, psi, user, bound, best, gap)
grz_operator_affine_field_bound(op, f, xi, user, bound, best, gap) =
    ccall((:grz_operator_affine_field_bound, libgrazing), Cint, (Ptr{grz_operator}, Ptr{Cdouble}, Ptr{Cvoid}, Ptr{Cvoid}, Ptr{Cdouble},
        Ptr{Cdouble}, Ptr{Cdouble}), op, f, xi, user, bound, best, gap)
grz_operator_affine_jump_bound(op, f, psi, user, bound, best, gap) =
    ccall((:grz_operator_affine_jump_bound, libgrazing), Cint, (Ptr{grz_operator}, Ptr{Cdouble}, Ptr{Cvoid}, Ptr{Cvoid}, Ptr{Cdouble},
        Ptr{Cdouble}, Ptr{Cdouble}), op, f, psi, user, bound, best, gap)
grz_optimal_pair(count, v, v_star, psi, interpolant) =
    ccall((:grz_optimal_pair, libgrazing), Cint, (Int64, Ptr{Cdouble}, Ptr{Cdouble}, Ptr{Cdouble}, Ptr{Cvoid}), count, v, v_star, psi,
        interpolant)
grz_optimal_field(count, v, v_star, field, interpolant) =
    ccall((:grz_optimal_field, libgrazing), Cint, (Int64, Ptr{Cdouble}, Ptr{Cdouble}, Ptr{Cdouble}, Ptr{Cvoid}), count, v, v_star, field,
        interpolant)
grz_optimal_jump(count, v, v_star, sigma, psi, interpolant) =
    ccall((:grz_optimal_jump, libgrazing), Cint, (Int64, Ptr{Cdouble}, Ptr{Cdouble}, Ptr{Cdouble}, Ptr{Cdouble}, Ptr{Cvoid}), count, v,
        v_star, sigma, psi, interpolant)
grz_lift_weight(context, q, delta, count, v, v_star, weight) =
    ccall((:grz_lift_weight, libgrazing), Cint, (Ptr{grz_context}, Cdouble, Cdouble, Int64, Ptr{Cdouble}, Ptr{Cdouble}, Ptr{Cdouble}),
        context, q, delta, count, v, v_star, weight)
grz_kernel_lift(kernel, m, user, q, delta, theta_nodes, phi_nodes, count, v, v_star, out) =
    ccall((:grz_kernel_lift, libgrazing), Cint, (Ptr{grz_kernel}, Ptr{Cvoid}, Ptr{Cvoid}, Cdouble, Cdouble, Int32, Int32, Int64,
        Ptr{Cdouble}, Ptr{Cdouble}, Ptr{Cdouble}), kernel, m, user, q, delta, theta_nodes, phi_nodes, count, v, v_star, out)
grz_operator_lift_mass(op, f, phi, q, delta, mass, bound) =
    ccall((:grz_operator_lift_mass, libgrazing), Cint, (Ptr{grz_operator}, Ptr{Cdouble}, Ptr{Cdouble}, Cdouble, Cdouble, Ptr{Cdouble},
        Ptr{Cdouble}), op, f, phi, q, delta, mass, bound)
grz_operator_comparison_constant(op, f, constant) =
    ccall((:grz_operator_comparison_constant, libgrazing), Cint, (Ptr{grz_operator}, Ptr{Cdouble}, Ptr{Cdouble}), op, f, constant)
grz_operator_comparison(op, f0, f1, distance, difference, bound) =
    ccall((:grz_operator_comparison, libgrazing), Cint, (Ptr{grz_operator}, Ptr{Cdouble}, Ptr{Cdouble}, Cdouble, Ptr{Cdouble},
        Ptr{Cdouble}), op, f0, f1, distance, difference, bound)
grz_operator_coercivity(op, f, R, count, terms) =
    ccall((:grz_operator_coercivity, libgrazing), Cint, (Ptr{grz_operator}, Ptr{Cdouble}, Cdouble, Int32, Ptr{Cdouble}), op, f, R, count,
        terms)
grz_geodesic_create(context, op, f0, f1, moment_tolerance, out) =
    ccall((:grz_geodesic_create, libgrazing), Cint, (Ptr{grz_context}, Ptr{grz_operator}, Ptr{Cdouble}, Ptr{Cdouble}, Cdouble,
        Ptr{Ptr{grz_geodesic}}), context, op, f0, f1, moment_tolerance, out)
grz_geodesic_destroy(geodesic) =
    ccall((:grz_geodesic_destroy, libgrazing), Cvoid, (Ptr{Ptr{grz_geodesic}},), geodesic)
grz_geodesic_set_option(geodesic, option, value) =
    ccall((:grz_geodesic_set_option, libgrazing), Cint, (Ptr{grz_geodesic}, Cint, Cdouble), geodesic, option, value)
grz_geodesic_option_value(geodesic, option, value) =
    ccall((:grz_geodesic_option_value, libgrazing), Cint, (Ptr{grz_geodesic}, Cint, Ptr{Cdouble}), geodesic, option, value)
grz_geodesic_option_bounds(geodesic, option, minimum, maximum, initial) =
    ccall((:grz_geodesic_option_bounds, libgrazing), Cint, (Ptr{grz_geodesic}, Cint, Ptr{Cdouble}, Ptr{Cdouble}, Ptr{Cdouble}), geodesic,
        option, minimum, maximum, initial)
grz_geodesic_operator(geodesic) =
    ccall((:grz_geodesic_operator, libgrazing), Ptr{grz_operator}, (Ptr{grz_geodesic},), geodesic)
grz_geodesic_unreachable(geodesic) =
    ccall((:grz_geodesic_unreachable, libgrazing), Int32, (Ptr{grz_geodesic},), geodesic)
grz_geodesic_start(geodesic, count, times, path) =
    ccall((:grz_geodesic_start, libgrazing), Cint, (Ptr{grz_geodesic}, Int64, Ptr{Cdouble}, Ptr{Cdouble}), geodesic, count, times, path)
grz_geodesic_run(geodesic) =
    ccall((:grz_geodesic_run, libgrazing), Cint, (Ptr{grz_geodesic},), geodesic)
grz_geodesic_number_value(geodesic, number, value) =
    ccall((:grz_geodesic_number_value, libgrazing), Cint, (Ptr{grz_geodesic}, Cint, Ptr{Cdouble}), geodesic, number, value)
grz_geodesic_bound_value(geodesic, bound, value) =
    ccall((:grz_geodesic_bound_value, libgrazing), Cint, (Ptr{grz_geodesic}, Cint, Ptr{Cdouble}), geodesic, bound, value)
grz_geodesic_steps(geodesic) =
    ccall((:grz_geodesic_steps, libgrazing), Int32, (Ptr{grz_geodesic},), geodesic)
grz_geodesic_level(geodesic, level, f, rate) =
    ccall((:grz_geodesic_level, libgrazing), Cint, (Ptr{grz_geodesic}, Int32, Ptr{Cdouble}, Ptr{Cdouble}), geodesic, level, f, rate)
grz_geodesic_step(geodesic, step, middle, phi, speed) =
    ccall((:grz_geodesic_step, libgrazing), Cint, (Ptr{grz_geodesic}, Int32, Ptr{Cdouble}, Ptr{Cdouble}, Ptr{Cdouble}), geodesic, step,
        middle, phi, speed)
grz_geodesic_state_size(geodesic) =
    ccall((:grz_geodesic_state_size, libgrazing), Int64, (Ptr{grz_geodesic},), geodesic)
grz_geodesic_save(geodesic, state) =
    ccall((:grz_geodesic_save, libgrazing), Cint, (Ptr{grz_geodesic}, Ptr{Cdouble}), geodesic, state)
grz_geodesic_restore(geodesic, size, state) =
    ccall((:grz_geodesic_restore, libgrazing), Cint, (Ptr{grz_geodesic}, Int64, Ptr{Cdouble}), geodesic, size, state)
grz_flow_create(context, op, scheme, out) =
    ccall((:grz_flow_create, libgrazing), Cint, (Ptr{grz_context}, Ptr{grz_operator}, Cint, Ptr{Ptr{grz_flow}}), context, op, scheme, out)
grz_flow_destroy(flow) =
    ccall((:grz_flow_destroy, libgrazing), Cvoid, (Ptr{Ptr{grz_flow}},), flow)
grz_flow_operator(flow) =
    ccall((:grz_flow_operator, libgrazing), Ptr{grz_operator}, (Ptr{grz_flow},), flow)
grz_flow_scheme(flow) =
    ccall((:grz_flow_scheme, libgrazing), Int32, (Ptr{grz_flow},), flow)
grz_flow_set_option(flow, option, value) =
    ccall((:grz_flow_set_option, libgrazing), Cint, (Ptr{grz_flow}, Cint, Cdouble), flow, option, value)
grz_flow_option_value(flow, option, value) =
    ccall((:grz_flow_option_value, libgrazing), Cint, (Ptr{grz_flow}, Cint, Ptr{Cdouble}), flow, option, value)
grz_flow_option_bounds(flow, option, minimum, maximum, initial) =
    ccall((:grz_flow_option_bounds, libgrazing), Cint, (Ptr{grz_flow}, Cint, Ptr{Cdouble}, Ptr{Cdouble}, Ptr{Cdouble}), flow, option,
        minimum, maximum, initial)
grz_flow_start(flow, time, f) =
    ccall((:grz_flow_start, libgrazing), Cint, (Ptr{grz_flow}, Cdouble, Ptr{Cdouble}), flow, time, f)
grz_flow_time(flow) =
    ccall((:grz_flow_time, libgrazing), Cdouble, (Ptr{grz_flow},), flow)
grz_flow_values(flow, f) =
    ccall((:grz_flow_values, libgrazing), Cint, (Ptr{grz_flow}, Ptr{Cdouble}), flow, f)
grz_flow_view(flow) =
    ccall((:grz_flow_view, libgrazing), Ptr{Cdouble}, (Ptr{grz_flow},), flow)
grz_flow_statistic_value(flow, statistic, value) =
    ccall((:grz_flow_statistic_value, libgrazing), Cint, (Ptr{grz_flow}, Cint, Ptr{Cdouble}), flow, statistic, value)
grz_flow_step(flow, dt) =
    ccall((:grz_flow_step, libgrazing), Cint, (Ptr{grz_flow}, Cdouble), flow, dt)
grz_flow_run(flow, end_, dt, observer, user) =
    ccall((:grz_flow_run, libgrazing), Cint, (Ptr{grz_flow}, Cdouble, Cdouble, Ptr{Cvoid}, Ptr{Cvoid}), flow, end_, dt, observer, user)
grz_flow_state_size(flow) =
    ccall((:grz_flow_state_size, libgrazing), Int64, (Ptr{grz_flow},), flow)
grz_flow_save(flow, state) =
    ccall((:grz_flow_save, libgrazing), Cint, (Ptr{grz_flow}, Ptr{Cdouble}), flow, state)
grz_flow_restore(flow, state) =
    ccall((:grz_flow_restore, libgrazing), Cint, (Ptr{grz_flow}, Ptr{Cdouble}), flow, state)
grz_ledger_create(context, op, out) =
    ccall((:grz_ledger_create, libgrazing), Cint, (Ptr{grz_context}, Ptr{grz_operator}, Ptr{Ptr{grz_ledger}}), context, op, out)
grz_ledger_destroy(ledger) =
    ccall((:grz_ledger_destroy, libgrazing), Cvoid, (Ptr{Ptr{grz_ledger}},), ledger)
grz_ledger_operator(ledger) =
    ccall((:grz_ledger_operator, libgrazing), Ptr{grz_operator}, (Ptr{grz_ledger},), ledger)
grz_ledger_record(ledger, time, f, rate) =
    ccall((:grz_ledger_record, libgrazing), Cint, (Ptr{grz_ledger}, Cdouble, Ptr{Cdouble}, Ptr{Cdouble}), ledger, time, f, rate)
grz_ledger_observe(time, f, ledger) =
    ccall((:grz_ledger_observe, libgrazing), Cint, (Cdouble, Ptr{Cdouble}, Ptr{Cvoid}), time, f, ledger)
grz_ledger_end(ledger) =
    ccall((:grz_ledger_end, libgrazing), Cint, (Ptr{grz_ledger},), ledger)
grz_ledger_count(ledger) =
    ccall((:grz_ledger_count, libgrazing), Int64, (Ptr{grz_ledger},), ledger)
grz_ledger_column(ledger, entry, column) =
    ccall((:grz_ledger_column, libgrazing), Cint, (Ptr{grz_ledger}, Cint, Ptr{Cdouble}), ledger, entry, column)
grz_ledger_judge(ledger, tolerance, verdict, where_) =
    ccall((:grz_ledger_judge, libgrazing), Cint, (Ptr{grz_ledger}, Cdouble, Ptr{Cint}, Ptr{Int64}), ledger, tolerance, verdict, where_)
grz_limit_create(context, grid, count, times, out) =
    ccall((:grz_limit_create, libgrazing), Cint, (Ptr{grz_context}, Ptr{grz_grid}, Int64, Ptr{Cdouble}, Ptr{Ptr{grz_limit}}), context,
        grid, count, times, out)
grz_limit_destroy(limit) =
    ccall((:grz_limit_destroy, libgrazing), Cvoid, (Ptr{Ptr{grz_limit}},), limit)
grz_limit_grid(limit) =
    ccall((:grz_limit_grid, libgrazing), Ptr{grz_grid}, (Ptr{grz_limit},), limit)
grz_limit_add_test(limit, phi, user, lipschitz, curvature) =
    ccall((:grz_limit_add_test, libgrazing), Cint, (Ptr{grz_limit}, Ptr{Cvoid}, Ptr{Cvoid}, Cdouble, Cdouble), limit, phi, user, lipschitz,
        curvature)
grz_limit_add_smooth_tests(limit, scale) =
    ccall((:grz_limit_add_smooth_tests, libgrazing), Cint, (Ptr{grz_limit}, Cdouble), limit, scale)
grz_limit_test_count(limit) =
    ccall((:grz_limit_test_count, libgrazing), Int32, (Ptr{grz_limit},), limit)
grz_limit_begin(limit, eps, op) =
    ccall((:grz_limit_begin, libgrazing), Cint, (Ptr{grz_limit}, Cdouble, Ptr{grz_operator}), limit, eps, op)
grz_limit_record(limit, time, f, rate) =
    ccall((:grz_limit_record, libgrazing), Cint, (Ptr{grz_limit}, Cdouble, Ptr{Cdouble}, Ptr{Cdouble}), limit, time, f, rate)
grz_limit_observe(time, f, limit) =
    ccall((:grz_limit_observe, libgrazing), Cint, (Cdouble, Ptr{Cdouble}, Ptr{Cvoid}), time, f, limit)
grz_limit_end(limit) =
    ccall((:grz_limit_end, libgrazing), Cint, (Ptr{grz_limit},), limit)
grz_limit_set_flow_option(limit, option, value) =
    ccall((:grz_limit_set_flow_option, libgrazing), Cint, (Ptr{grz_limit}, Cint, Cdouble), limit, option, value)
grz_limit_flow_option_value(limit, option, value) =
    ccall((:grz_limit_flow_option_value, libgrazing), Cint, (Ptr{grz_limit}, Cint, Ptr{Cdouble}), limit, option, value)
grz_limit_run_flow(limit, eps, op, scheme, dt, f) =
    ccall((:grz_limit_run_flow, libgrazing), Cint, (Ptr{grz_limit}, Cdouble, Ptr{grz_operator}, Cint, Cdouble, Ptr{Cdouble}), limit, eps,
        op, scheme, dt, f)
grz_limit_run(limit, op, scheme, dt, count, eps, f) =
    ccall((:grz_limit_run, libgrazing), Cint, (Ptr{grz_limit}, Ptr{grz_operator}, Cint, Cdouble, Int64, Ptr{Cdouble}, Ptr{Cdouble}), limit,
        op, scheme, dt, count, eps, f)
grz_limit_count(limit) =
    ccall((:grz_limit_count, libgrazing), Int64, (Ptr{grz_limit},), limit)
grz_limit_column(limit, quantity, column) =
    ccall((:grz_limit_column, libgrazing), Cint, (Ptr{grz_limit}, Cint, Ptr{Cdouble}), limit, quantity, column)
grz_limit_orders(limit, quantity, scale, orders) =
    ccall((:grz_limit_orders, libgrazing), Cint, (Ptr{grz_limit}, Cint, Cint, Ptr{Cdouble}), limit, quantity, scale, orders)
grz_limit_curve_column(limit, curve, series, column) =
    ccall((:grz_limit_curve_column, libgrazing), Cint, (Ptr{grz_limit}, Int64, Cint, Ptr{Cdouble}), limit, curve, series, column)
grz_limit_means(limit, curve, test, column) =
    ccall((:grz_limit_means, libgrazing), Cint, (Ptr{grz_limit}, Int64, Int32, Ptr{Cdouble}), limit, curve, test, column)
grz_limit_liminf(limit, series, scale, margin, error) =
    ccall((:grz_limit_liminf, libgrazing), Cint, (Ptr{grz_limit}, Cint, Cint, Ptr{Cdouble}, Ptr{Cdouble}), limit, series, scale, margin,
        error)
