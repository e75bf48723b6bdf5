! Written by generate.py from include/grazing.h; not to be edited. The comments are the header's, so they speak of C:
! index (i*n + j)*n + k of a field is element (k, j, i) of a Fortran array (n, n, n), for the velocity components x, y, z of nodes
! i, j, k counted from 1; a NULL argument is one that is left out; arrays of vectors are (3, count).
module grazing_c
    use, intrinsic :: iso_c_binding
    implicit none
    public

    ! Handles: addresses of the library's objects.
    type, bind(C) :: grz_context
        type(c_ptr) :: address = c_null_ptr
    end type grz_context
    type, bind(C) :: grz_grid
        type(c_ptr) :: address = c_null_ptr
    end type grz_grid
    type, bind(C) :: grz_kernel
        type(c_ptr) :: address = c_null_ptr
    end type grz_kernel
    type, bind(C) :: grz_distribution
        type(c_ptr) :: address = c_null_ptr
    end type grz_distribution
    type, bind(C) :: grz_operator
        type(c_ptr) :: address = c_null_ptr
    end type grz_operator
    type, bind(C) :: grz_functional
        type(c_ptr) :: address = c_null_ptr
    end type grz_functional
    type, bind(C) :: grz_species
        type(c_ptr) :: address = c_null_ptr
    end type grz_species
    type, bind(C) :: grz_mixture
        type(c_ptr) :: address = c_null_ptr
    end type grz_mixture
    type, bind(C) :: grz_sphere
        type(c_ptr) :: address = c_null_ptr
    end type grz_sphere
    type, bind(C) :: grz_metric
        type(c_ptr) :: address = c_null_ptr
    end type grz_metric
    type, bind(C) :: grz_rate
        type(c_ptr) :: address = c_null_ptr
    end type grz_rate
    type, bind(C) :: grz_interpolant
        type(c_ptr) :: address = c_null_ptr
    end type grz_interpolant
    type, bind(C) :: grz_geodesic
        type(c_ptr) :: address = c_null_ptr
    end type grz_geodesic
    type, bind(C) :: grz_flow
        type(c_ptr) :: address = c_null_ptr
    end type grz_flow
    type, bind(C) :: grz_ledger
        type(c_ptr) :: address = c_null_ptr
    end type grz_ledger
    type, bind(C) :: grz_limit
        type(c_ptr) :: address = c_null_ptr
    end type grz_limit

    integer(c_int), parameter :: GRZ_VERSION_MAJOR = 0
    integer(c_int), parameter :: GRZ_VERSION_MINOR = 2
    integer(c_int), parameter :: GRZ_VERSION_PATCH = 0

    ! grz_status
    integer(c_int), parameter :: GRZ_OK = 0
    integer(c_int), parameter :: GRZ_ERROR_NULL_ARGUMENT = 1 ! a required pointer is NULL
    integer(c_int), parameter :: GRZ_ERROR_INVALID_ARGUMENT = 2 ! a value is out of its range
    integer(c_int), parameter :: GRZ_ERROR_NOT_FINITE = 3 ! an input is NaN or infinite
    integer(c_int), parameter :: GRZ_ERROR_NOT_POSITIVE = 4 ! a density is not strictly positive where log f is needed
    integer(c_int), parameter :: GRZ_ERROR_OUT_OF_MEMORY = 5 ! an allocation failed
    integer(c_int), parameter :: GRZ_ERROR_SIZE_OVERFLOW = 6 ! a size does not fit its integer type or the address space
    integer(c_int), parameter :: GRZ_ERROR_CALLBACK = 7 ! a user callback returned nonzero
    integer(c_int), parameter :: GRZ_ERROR_CANCELLED = 8 ! the progress callback or grz_context_cancel stopped the work
    integer(c_int), parameter :: GRZ_ERROR_IO = 9 ! a file cannot be opened, read or written
    integer(c_int), parameter :: GRZ_ERROR_FORMAT = 10 ! a file's content is not what the function reads
    integer(c_int), parameter :: GRZ_ERROR_MISMATCH = 11 ! two arguments do not belong together (grids, sizes)
    integer(c_int), parameter :: GRZ_ERROR_UNSUPPORTED = 12 ! this object does not offer the operation
    integer(c_int), parameter :: GRZ_ERROR_NOT_CONVERGED = 13 ! an iteration reached its cap
    integer(c_int), parameter :: GRZ_ERROR_NOT_REPRESENTABLE = 14 ! a result overflows double precision
    integer(c_int), parameter :: GRZ_ERROR_INTERNAL = 15 ! a defect of the library or of a library below it

    ! grz_kernel_type
    integer(c_int), parameter :: GRZ_KERNEL_TYPE_POWER_LAW = 0
    integer(c_int), parameter :: GRZ_KERNEL_TYPE_INVERSE_POWER = 1
    integer(c_int), parameter :: GRZ_KERNEL_TYPE_COULOMB = 2
    integer(c_int), parameter :: GRZ_KERNEL_TYPE_VHS = 3
    integer(c_int), parameter :: GRZ_KERNEL_TYPE_TABLE = 4
    integer(c_int), parameter :: GRZ_KERNEL_TYPE_CALLBACK = 5
    integer(c_int), parameter :: GRZ_KERNEL_TYPE_GENERAL = 6

    ! Classes by growth with speed (section 1).
    integer(c_int), parameter :: GRZ_KERNEL_CLASS_HARD = 0 ! gamma > 0
    integer(c_int), parameter :: GRZ_KERNEL_CLASS_MAXWELL = 1 ! gamma = 0
    integer(c_int), parameter :: GRZ_KERNEL_CLASS_MODERATELY_SOFT = 2 ! -2 <= gamma < 0
    integer(c_int), parameter :: GRZ_KERNEL_CLASS_VERY_SOFT = 3 ! gamma < -2
    integer(c_int), parameter :: GRZ_KERNEL_CLASS_GENERAL = 4 ! no single gamma

    ! grz_scattering
    integer(c_int), parameter :: GRZ_SCATTERING_POWER_LAW = 0 ! beta = c theta^{-1-nu}, normalised by (2.2)
    integer(c_int), parameter :: GRZ_SCATTERING_CLASSICAL = 1 ! of the potential's deflection integral (Rutherford's)

    ! grz_cancellation
    integer(c_int), parameter :: GRZ_CANCELLATION_POWER = 0 ! for |z|^gamma: bracket cos^{-3-gamma}(theta/2) - 1
    integer(c_int), parameter :: GRZ_CANCELLATION_KINETIC = 1 ! Lemma B.1, for |z|_kin^gamma: cos^{-3}(theta/2) - 1

    ! grz_regrid_method
    integer(c_int), parameter :: GRZ_REGRID_METHOD_LOGARITHMIC = 0 ! f > 0 stays > 0
    integer(c_int), parameter :: GRZ_REGRID_METHOD_FOURIER = 1 ! f of any sign, as spectral flows produce it

    ! What values below zero count as, which spectral flows produce in the tails. RESCALE multiplies
    ! the rest by the factor that gives rho back.
    integer(c_int), parameter :: GRZ_NEGATIVE_RULE_KEEP = 0 ! what they are; in the entropy f log |f|
    integer(c_int), parameter :: GRZ_NEGATIVE_RULE_DROP = 1 ! zero
    integer(c_int), parameter :: GRZ_NEGATIVE_RULE_RESCALE = 2 ! zero, the rest times a factor

    ! grz_equation
    integer(c_int), parameter :: GRZ_EQUATION_BOLTZMANN = 0 ! Q_B^eps with the kernel's eps (1.1); Landau's when eps = 0
    integer(c_int), parameter :: GRZ_EQUATION_LANDAU = 1 ! Q_L with the kernel's C_beta, whatever its eps (section 1)

    ! grz_method
    integer(c_int), parameter :: GRZ_METHOD_ENTROPIC = 16 ! conservation, H-theorem, equilibria hold exactly; needs f > 0
    integer(c_int), parameter :: GRZ_METHOD_SPECTRAL = 17 ! Fourier: fast and spectrally accurate

    ! How an entropic Boltzmann operator sums the collisions sigma of a pair's direction w. Generator:
    ! over the nodes of a rule that w has too, on every sphere |v - v*| = 2r where positive weights are
    ! exact for the kernel's eigenvalues on even harmonics; circles elsewhere.
    integer(c_int), parameter :: GRZ_COLLISIONS_CIRCLES = 1 ! over circles of (theta, phi) round w (initial)
    integer(c_int), parameter :: GRZ_COLLISIONS_GENERATOR = 2 ! over the nodes of the rule where that serves

    ! Options. Integer options are set as doubles too. 0 means: as the accuracy level says. ACCURACY
    ! sets all that is not set singly. SAMPLES: at least twice INPUT_RANK is wanted. With
    ! MOBILITY_MEMORY (10^6 bytes each, 0 none) the mobilities of K_f are kept while f is the same.
    ! CONSERVE 2 projects mass, momentum and energy out of Q. PADDED_NODES: with n nodes products
    ! alias, from 3n/2 on none does. DECAY and FLOOR: the fit weights densities as |fhat| ~ exp(-decay
    ! |k|^2/kappa^2) + floor; the floor keeps high modes stable in time stepping. EQUILIBRIUM 2
    ! computes Q(f) - Q(M), M the Maxwellian of f's moments, as one bilinear form. MODES: the ball |k|
    ! < n/2 or the cube |k_i| < n/2. PERIOD: f is continued by zero to a period of this many nodes (n:
    ! the box itself), so that pairs up to 2R apart do not meet periodic images; modes and padding grow
    ! in proportion.
    integer(c_int), parameter :: GRZ_OPERATOR_OPTION_ACCURACY = 0 ! 1 draft, 2 default, 3 fine, 4 finest
    integer(c_int), parameter :: GRZ_OPERATOR_OPTION_RADIUS = 1 ! R, the largest |v - v*|/2
    integer(c_int), parameter :: GRZ_OPERATOR_OPTION_SPLINE_DEGREE = 2 ! entropic: 3 or 5 (the default), of log f
    integer(c_int), parameter :: GRZ_OPERATOR_OPTION_RADIAL_NODES = 3 ! nodes in r on (0, R]
    integer(c_int), parameter :: GRZ_OPERATOR_OPTION_SPHERE_DEGREE = 4 ! degree of the rule for w on the sphere
    integer(c_int), parameter :: GRZ_OPERATOR_OPTION_THETA_NODES = 5 ! entropic: nodes in theta
    integer(c_int), parameter :: GRZ_OPERATOR_OPTION_PHI_NODES = 6 ! entropic: most nodes on a circle theta = const
    integer(c_int), parameter :: GRZ_OPERATOR_OPTION_MOBILITY_MEMORY = 7 ! entropic, Boltzmann: megabytes for mobilities
    integer(c_int), parameter :: GRZ_OPERATOR_OPTION_COLLISIONS = 8 ! entropic, Boltzmann: a grz_collisions
    integer(c_int), parameter :: GRZ_OPERATOR_OPTION_SCHEME = 16 ! spectral: a grz_spectral_scheme
    integer(c_int), parameter :: GRZ_OPERATOR_OPTION_OUTPUT_RANK = 17 ! radial tensor: functions of |k|
    integer(c_int), parameter :: GRZ_OPERATOR_OPTION_INPUT_RANK = 18 ! radial tensor: functions of |l|
    integer(c_int), parameter :: GRZ_OPERATOR_OPTION_SAMPLES = 19 ! radial tensor: nodes in |l| of the fit
    integer(c_int), parameter :: GRZ_OPERATOR_OPTION_DECAY = 20 ! radial tensor: decay of the densities that the fit is for
    integer(c_int), parameter :: GRZ_OPERATOR_OPTION_FLOOR = 21 ! radial tensor: floor of the same
    integer(c_int), parameter :: GRZ_OPERATOR_OPTION_PADDED_NODES = 22 ! spectral: nodes per axis of transforms
    integer(c_int), parameter :: GRZ_OPERATOR_OPTION_CONSERVE = 23 ! spectral: 1 no projection, 2 projection (initial)
    integer(c_int), parameter :: GRZ_OPERATOR_OPTION_EQUILIBRIUM = 24 ! spectral: 1 plain (initial), 2 Maxwellians kept
    integer(c_int), parameter :: GRZ_OPERATOR_OPTION_MODES = 25 ! spectral: 1 ball (initial), 2 cube (not radial tensor)
    integer(c_int), parameter :: GRZ_OPERATOR_OPTION_PERIOD = 26 ! spectral: nodes per axis of the period

    ! grz_spectral_scheme
    integer(c_int), parameter :: GRZ_SPECTRAL_SCHEME_RADIAL_TENSOR = 1 ! Bhat in a small Tucker form
    integer(c_int), parameter :: GRZ_SPECTRAL_SCHEME_SPHERE_RULE = 2 ! quadrature in r and w, O(n^3) memory: the second way
    integer(c_int), parameter :: GRZ_SPECTRAL_SCHEME_SEPARABLE = 3 ! Landau, seven products of transforms: its default

    ! What grz_operator_health counts. Shares are of int |f|, of pairs (v, v*) with weight ff*, or of
    ! sum |fhat|^2 (ALIASED: of sum |fhat_l fhat_m|, those with l + m an alias of a mode of the ball).
    ! CELLS is sqrt(T)/h of the narrowest peak of at least a hundredth of the maximum;
    ! OUTSIDE is estimated by Gaussians of f's variances along the axes; the other numbers are exact
    ! sums over nodes.
    integer(c_int), parameter :: GRZ_HEALTH_TERM_NEGATIVE = 0 ! share of f below zero
    integer(c_int), parameter :: GRZ_HEALTH_TERM_BOUNDARY = 1 ! share in the outermost layer of nodes
    integer(c_int), parameter :: GRZ_HEALTH_TERM_OUTSIDE = 2 ! share beyond the box, estimated
    integer(c_int), parameter :: GRZ_HEALTH_TERM_CELLS = 3 ! spacings in a thermal width; +infinity without a peak
    integer(c_int), parameter :: GRZ_HEALTH_TERM_TAIL = 4 ! largest Fourier mode at the grid's end over the largest
    integer(c_int), parameter :: GRZ_HEALTH_TERM_MODES = 5 ! share outside the ball of modes
    integer(c_int), parameter :: GRZ_HEALTH_TERM_BEYOND = 6 ! share of pairs with |v - v*| > 2R, which do not collide
    integer(c_int), parameter :: GRZ_HEALTH_TERM_IMAGES = 7 ! spectral: share of pairs with a periodic image within 2R
    integer(c_int), parameter :: GRZ_HEALTH_TERM_OVERSHOOT = 8 ! entropic: as grz_operator_overshoot; spectral: 1
    integer(c_int), parameter :: GRZ_HEALTH_TERM_FREE_STEP = 9 ! int |f| / int |Q|: a time between collisions
    integer(c_int), parameter :: GRZ_HEALTH_TERM_ALIASED = 10 ! spectral: share of products of modes that alias
    integer(c_int), parameter :: GRZ_HEALTH_TERM_COUNT = 11 ! how many

    ! grz_functional_type
    integer(c_int), parameter :: GRZ_FUNCTIONAL_TYPE_ENTROPY = 0 ! H = int f log f, section 1
    integer(c_int), parameter :: GRZ_FUNCTIONAL_TYPE_RELATIVE_ENTROPY = 1 ! int f log(f/g) - f + g, g > 0
    integer(c_int), parameter :: GRZ_FUNCTIONAL_TYPE_FISHER_INFORMATION = 2 ! 4 int |grad sqrt f|^2 (Remark 2.9)
    integer(c_int), parameter :: GRZ_FUNCTIONAL_TYPE_DISSIPATION = 3 ! D_B^eps or D_L of an operator (1.2)
    integer(c_int), parameter :: GRZ_FUNCTIONAL_TYPE_DISSIPATION_SQUARE_ROOT = 4 ! D_B^R of (6.1.3) <= D_B; Landau: D_L

    ! The collision invariants, by which a time derivative can be out of reach of any collision
    ! rate.
    integer(c_int), parameter :: GRZ_MOMENT_NONE = 0
    integer(c_int), parameter :: GRZ_MOMENT_MASS = 1
    integer(c_int), parameter :: GRZ_MOMENT_MOMENTUM_X = 2
    integer(c_int), parameter :: GRZ_MOMENT_MOMENTUM_Y = 3
    integer(c_int), parameter :: GRZ_MOMENT_MOMENTUM_Z = 4
    integer(c_int), parameter :: GRZ_MOMENT_ENERGY = 5

    ! TOLERANCE is an estimate. MOMENT_TOLERANCE (initially 1e-8) is how much g may change a collision
    ! invariant chi.
    integer(c_int), parameter :: GRZ_METRIC_OPTION_TOLERANCE = 64 ! relative error of |f'|^2: 1e-15 to 0.1, initially 1e-9
    integer(c_int), parameter :: GRZ_METRIC_OPTION_ITERATION_CAP = 65 ! 1 to 100000, initially 1000
    integer(c_int), parameter :: GRZ_METRIC_OPTION_MOMENT_TOLERANCE = 66 ! |sum g chi| over sum |g chi|: 1e-15 to 1; 1e-8

    ! What a callback gives.
    integer(c_int), parameter :: GRZ_RATE_FORM_DENSITY = 0 ! M against dsigma dv* dv, resp. the vector M against dv* dv
    integer(c_int), parameter :: GRZ_RATE_FORM_RELATIVE = 1 ! U, M = U Lambda(f) B resp. U ff*, for the f of each query

    ! grz_time_rule
    integer(c_int), parameter :: GRZ_TIME_RULE_TRAPEZOID = 0
    integer(c_int), parameter :: GRZ_TIME_RULE_SIMPSON = 1

    ! LEFT = int |F[sqrt(f) chi_R]|^2 min(|xi|^2, |xi|^nu) dxi with F g(xi) = int g exp(-i v.xi) dv. C1
    ! depends on the transfer (2.2) and mass; C2 on transfer, mass and energy; C4 on CF, the lower
    ! bound c1 of (A2) and nu; CF on the mass and second moment of f chi_R and on how it concentrates,
    ! which entropy bounds.
    integer(c_int), parameter :: GRZ_COERCIVITY_TERM_LEFT = 0 ! the fractional norm of sqrt(f) chi_R
    integer(c_int), parameter :: GRZ_COERCIVITY_TERM_DISSIPATION = 1 ! D_B^eps(f)
    integer(c_int), parameter :: GRZ_COERCIVITY_TERM_C1 = 2 ! 12 C_beta rho^2 (Lemma B.1)
    integer(c_int), parameter :: GRZ_COERCIVITY_TERM_C2 = 3 ! 150 pi int (|v|^2 + |v*|^2) ff* int theta^2 beta (Lemma B.2)
    integer(c_int), parameter :: GRZ_COERCIVITY_TERM_C3 = 4 ! (2 sqrt(2) (R+1))^gamma/2 (Lemma B.2)
    integer(c_int), parameter :: GRZ_COERCIVITY_TERM_C4 = 5 ! CF (2 c1/pi) (pi/2)^{2-nu}/(2-nu) (Lemma B.4)
    integer(c_int), parameter :: GRZ_COERCIVITY_TERM_CF = 6 ! C_f of (B.5) for f chi_R
    integer(c_int), parameter :: GRZ_COERCIVITY_TERM_RIGHT = 7 ! 2 (2 pi)^3 (D_B^eps + C1 + C2)/(C3 C4)

    ! RESIDUAL, which TOLERANCE bounds, is that of phi' = -G(f, phi) at the inner levels, in the norm
    ! <., K .>^{1/2}, relative to G's.
    integer(c_int), parameter :: GRZ_GEODESIC_OPTION_REFINEMENTS = 192 ! 2^(1 + this) steps at the end; initially 2
    integer(c_int), parameter :: GRZ_GEODESIC_OPTION_TOLERANCE = 193 ! of the residual; initially 1e-4
    integer(c_int), parameter :: GRZ_GEODESIC_OPTION_ITERATION_CAP = 194 ! descent steps for each number of time steps
    integer(c_int), parameter :: GRZ_GEODESIC_OPTION_GRADIENT_CAP = 195 ! conjugate gradient steps for one K phi = g

    ! grz_geodesic_number
    integer(c_int), parameter :: GRZ_GEODESIC_NUMBER_DISTANCE = 208 ! sqrt(E); +infinity between other invariants
    integer(c_int), parameter :: GRZ_GEODESIC_NUMBER_EXTRAPOLATED = 209 ! to tau = 0 from the last two numbers of steps
    integer(c_int), parameter :: GRZ_GEODESIC_NUMBER_ERROR = 210 ! what the extrapolation changes
    integer(c_int), parameter :: GRZ_GEODESIC_NUMBER_RESIDUAL = 211 ! of the geodesic equation, relative
    integer(c_int), parameter :: GRZ_GEODESIC_NUMBER_SPEED_VARIATION = 212 ! largest over least speed, less 1
    integer(c_int), parameter :: GRZ_GEODESIC_NUMBER_STEPS = 213 ! time steps
    integer(c_int), parameter :: GRZ_GEODESIC_NUMBER_ITERATIONS = 214 ! descent steps since the start
    integer(c_int), parameter :: GRZ_GEODESIC_NUMBER_APPLICATIONS = 215 ! of K and G since the start: the cost
    integer(c_int), parameter :: GRZ_GEODESIC_NUMBER_PROJECTED = 216 ! change of f1, relative to its largest value

    ! Bounds of the distance. LENGTH is from above: int |f'| dt of the curve of cubic polynomials in
    ! time through the levels, by three Gauss nodes a step; it costs 3 metric derivatives a step.
    ! From below, 0 where it says nothing: DUAL by Lemma 5.7, grz_operator_comparison's difference over
    ! its constant (factorised kernels, gamma <= 0); WASSERSTEIN for Landau and gamma = -2, where d_L
    ! >= W_2/sqrt(C_beta) of the normalised densities, and W_2 is at least that of the Gaussians with
    ! their covariances.
    integer(c_int), parameter :: GRZ_GEODESIC_BOUND_LENGTH = 224
    integer(c_int), parameter :: GRZ_GEODESIC_BOUND_DUAL = 225
    integer(c_int), parameter :: GRZ_GEODESIC_BOUND_WASSERSTEIN = 226

    ! SSP: strong stability preserving. Sources: C.-W. Shu, S. Osher, J. Comput. Phys. 77 (1988) 439
    ! (SSP_RK2, SSP_RK3); R. J. Spiteri, S. J. Ruuth, SIAM J. Numer. Anal. 40 (2002) 469 (SSP_RK4); P.
    ! Bogacki, L. F. Shampine, Appl. Math. Lett. 2 (1989) 321; J. R. Dormand, P. J. Prince, J. Comput.
    ! Appl. Math. 6 (1980) 19. The proximal schemes, for entropic operators, keep densities positive,
    ! conserve and let the entropy decrease for every dt.
    integer(c_int), parameter :: GRZ_TIME_SCHEME_SSP_RK2 = 32 ! two stages
    integer(c_int), parameter :: GRZ_TIME_SCHEME_SSP_RK3 = 33 ! three stages
    integer(c_int), parameter :: GRZ_TIME_SCHEME_SSP_RK4 = 34 ! SSPRK(5,4), five stages
    integer(c_int), parameter :: GRZ_TIME_SCHEME_BOGACKI_SHAMPINE = 35 ! embedded pair 3(2), adaptive
    integer(c_int), parameter :: GRZ_TIME_SCHEME_DORMAND_PRINCE = 36 ! embedded pair 5(4), adaptive
    integer(c_int), parameter :: GRZ_TIME_SCHEME_PROXIMAL = 37 ! proximal, order 1
    integer(c_int), parameter :: GRZ_TIME_SCHEME_PROXIMAL_2 = 38 ! proximal, order 2
    integer(c_int), parameter :: GRZ_TIME_SCHEME_MINIMISING_MOVEMENT = 39 ! H + d^2/(2 dt) minimised, order 1

    ! TOLERANCE bounds sqrt(int e^2/f / int f), e the estimated error of a step. LARGEST_GRADIENTS is
    ! per Newton step. FLOOR: no node falls below this times the Maxwellian of f's moments. PARTS: a
    ! step longer than ten relaxation times is cut into so many at most.
    integer(c_int), parameter :: GRZ_FLOW_OPTION_TOLERANCE = 80 ! adaptive: relative error of a step; initially 1e-6
    integer(c_int), parameter :: GRZ_FLOW_OPTION_LARGEST_STEP = 81 ! adaptive: 0 (initially) for no bound
    integer(c_int), parameter :: GRZ_FLOW_OPTION_SMALLEST_STEP = 82 ! adaptive: no shorter step; 0: 1e-14 of what is left
    integer(c_int), parameter :: GRZ_FLOW_OPTION_RESIDUAL = 83 ! proximal: relative, where Newton's method ends; 1e-7
    integer(c_int), parameter :: GRZ_FLOW_OPTION_LARGEST_NEWTON = 84 ! proximal: cap of Newton steps; initially 60
    integer(c_int), parameter :: GRZ_FLOW_OPTION_LARGEST_GRADIENTS = 85 ! proximal: cap of gradient steps; initially 2000
    integer(c_int), parameter :: GRZ_FLOW_OPTION_FLOOR = 86 ! explicit, entropic: floor; initially 0, off
    integer(c_int), parameter :: GRZ_FLOW_OPTION_PARTS = 87 ! proximal: most parts of a long step; initially 4
    integer(c_int), parameter :: GRZ_FLOW_OPTION_LEVELS = 88 ! minimising movement: steps of its curves, 1 to 64; initially 2

    ! DISSIPATED, which the entropy's decrease is never below, and its part RELAXED, which is not the
    ! equation's: see PROXIMAL at grz_flow_create.
    integer(c_int), parameter :: GRZ_FLOW_STATISTIC_STEPS = 96 ! accepted steps since the start
    integer(c_int), parameter :: GRZ_FLOW_STATISTIC_REJECTED = 97 ! rejected steps
    integer(c_int), parameter :: GRZ_FLOW_STATISTIC_EVALUATIONS = 98 ! applications of Q or K_f: the cost
    integer(c_int), parameter :: GRZ_FLOW_STATISTIC_NEWTON = 99 ! Newton steps
    integer(c_int), parameter :: GRZ_FLOW_STATISTIC_GRADIENTS = 100 ! conjugate gradient steps
    integer(c_int), parameter :: GRZ_FLOW_STATISTIC_LAST_ERROR = 101 ! relative error of the last step; proximal: residual
    integer(c_int), parameter :: GRZ_FLOW_STATISTIC_NEXT_STEP = 102 ! what an adaptive run will try next
    integer(c_int), parameter :: GRZ_FLOW_STATISTIC_DISSIPATED = 103 ! proximal: sum of dt <phi, A phi>
    integer(c_int), parameter :: GRZ_FLOW_STATISTIC_RAISED = 104 ! FLOOR: what it added, relative to the mass
    integer(c_int), parameter :: GRZ_FLOW_STATISTIC_RELAXED = 105 ! proximal: sum of dt <phi, S phi>
    integer(c_int), parameter :: GRZ_FLOW_STATISTIC_PARTS = 106 ! proximal: parts that the steps were cut into

    ! DEFECT is 0 for a gradient flow and positive for other curves; ERROR counts quadrature in time
    ! and rounding.
    integer(c_int), parameter :: GRZ_LEDGER_ENTRY_TIME = 0
    integer(c_int), parameter :: GRZ_LEDGER_ENTRY_ENTROPY = 1 ! H
    integer(c_int), parameter :: GRZ_LEDGER_ENTRY_DISSIPATION = 2 ! D_B or D_L
    integer(c_int), parameter :: GRZ_LEDGER_ENTRY_SPEED = 3 ! |f'|^2; +infinity where no rate produces f'
    integer(c_int), parameter :: GRZ_LEDGER_ENTRY_DISSIPATED = 4 ! int D from the first snapshot
    integer(c_int), parameter :: GRZ_LEDGER_ENTRY_TRAVELLED = 5 ! int |f'|^2
    integer(c_int), parameter :: GRZ_LEDGER_ENTRY_DEFECT = 6 ! H(t) - H(0) + 1/2 int D + 1/2 int |f'|^2 (1.3)
    integer(c_int), parameter :: GRZ_LEDGER_ENTRY_ERROR = 7 ! estimated error of the defect
    integer(c_int), parameter :: GRZ_LEDGER_ENTRY_MASS = 8
    integer(c_int), parameter :: GRZ_LEDGER_ENTRY_MOMENTUM_X = 9
    integer(c_int), parameter :: GRZ_LEDGER_ENTRY_MOMENTUM_Y = 10
    integer(c_int), parameter :: GRZ_LEDGER_ENTRY_MOMENTUM_Z = 11
    integer(c_int), parameter :: GRZ_LEDGER_ENTRY_ENERGY = 12 ! int |v|^2 f
    integer(c_int), parameter :: GRZ_LEDGER_ENTRY_FISHER = 13 ! Fisher information
    integer(c_int), parameter :: GRZ_LEDGER_ENTRY_MINIMUM = 14 ! least value of f

    ! grz_ledger_verdict
    integer(c_int), parameter :: GRZ_LEDGER_VERDICT_GRADIENT_FLOW = 0 ! all of Definition 2.1 holds within tolerance
    integer(c_int), parameter :: GRZ_LEDGER_VERDICT_INEQUALITY_FAILS = 1 ! the defect is positive
    integer(c_int), parameter :: GRZ_LEDGER_VERDICT_MASS_CHANGES = 2
    integer(c_int), parameter :: GRZ_LEDGER_VERDICT_ENERGY_GROWS = 3
    integer(c_int), parameter :: GRZ_LEDGER_VERDICT_UNREACHABLE = 4 ! |f'| is infinite: not absolutely continuous

    ! One number for each curve; the limit's distances and margins are 0. HOELDER is relative to the
    ! test function's seminorm, and HOELDER_BOUND what Lemma 5.7 allows, C sqrt(int |f'|^2), with D for
    ! |f'|^2 where that is not measured. WEAK and HOELDER are the largest of all test functions. The
    ! liminf of MARGIN_ENTROPY is >= 0 by the proof of Theorem 2.7.
    integer(c_int), parameter :: GRZ_LIMIT_QUANTITY_EPS = 128
    integer(c_int), parameter :: GRZ_LIMIT_QUANTITY_ENTROPY = 129 ! sup_t |H^eps - H|
    integer(c_int), parameter :: GRZ_LIMIT_QUANTITY_DISSIPATION = 130 ! int |D^eps - D| dt
    integer(c_int), parameter :: GRZ_LIMIT_QUANTITY_SQUARE_ROOT = 131 ! int |D^R - D| dt, D^R of (6.1.3) for f^eps
    integer(c_int), parameter :: GRZ_LIMIT_QUANTITY_SPEED = 132 ! int ||f'|^2_eps - |f'|^2| dt
    integer(c_int), parameter :: GRZ_LIMIT_QUANTITY_L1 = 133 ! sup_t int |f^eps - f|
    integer(c_int), parameter :: GRZ_LIMIT_QUANTITY_WEAK = 134 ! sup_t of the largest |int (f^eps - f) phi|
    integer(c_int), parameter :: GRZ_LIMIT_QUANTITY_HOELDER = 135 ! largest |int (f(t) - f(s)) phi|/sqrt(t - s)
    integer(c_int), parameter :: GRZ_LIMIT_QUANTITY_HOELDER_BOUND = 136 ! its bound
    integer(c_int), parameter :: GRZ_LIMIT_QUANTITY_MARGIN_ENTROPY = 137 ! inf_t of H^eps - H (Theorem 2.7)
    integer(c_int), parameter :: GRZ_LIMIT_QUANTITY_MARGIN_DISSIPATION = 138 ! inf_t of D^eps - D (Proposition 6.1)
    integer(c_int), parameter :: GRZ_LIMIT_QUANTITY_MARGIN_SQUARE_ROOT = 139 ! inf_t of D^R - D (section 6.1.3)
    integer(c_int), parameter :: GRZ_LIMIT_QUANTITY_MARGIN_SPEED = 140 ! inf_t of |f'|^2_eps - |f'|^2 (Prop. 7.1)
    integer(c_int), parameter :: GRZ_LIMIT_QUANTITY_DEFECT = 141 ! sup_t of |defect| (1.3)
    integer(c_int), parameter :: GRZ_LIMIT_QUANTITY_SECOND_MOMENT = 142 ! sup_t int (1 + |v|^2) f, bounded by (2.5)
    integer(c_int), parameter :: GRZ_LIMIT_QUANTITY_START = 143 ! |H^eps - H| at the first time (A1)

    ! One number for each time of a curve.
    integer(c_int), parameter :: GRZ_LIMIT_SERIES_ENTROPY = 160
    integer(c_int), parameter :: GRZ_LIMIT_SERIES_DISSIPATION = 161
    integer(c_int), parameter :: GRZ_LIMIT_SERIES_SQUARE_ROOT = 162
    integer(c_int), parameter :: GRZ_LIMIT_SERIES_SPEED = 163
    integer(c_int), parameter :: GRZ_LIMIT_SERIES_L1 = 164
    integer(c_int), parameter :: GRZ_LIMIT_SERIES_WEAK = 165
    integer(c_int), parameter :: GRZ_LIMIT_SERIES_DEFECT = 166
    integer(c_int), parameter :: GRZ_LIMIT_SERIES_SECOND_MOMENT = 167

    ! In what a distance falls.
    integer(c_int), parameter :: GRZ_LIMIT_SCALE_POWER = 0 ! eps: order 2 is expected of (A2)
    integer(c_int), parameter :: GRZ_LIMIT_SCALE_LOGARITHM = 1 ! 1/log(1/eps), eps < 1: order 1 is expected of Remark 2.6

    abstract interface
        ! Allocator hooks: allocate(size, user) returns memory aligned for any C object, or NULL;
        ! release(pointer, user) takes it back (never NULL). They may be called from any thread that uses
        ! the context or a handle made from it.
        function grz_allocate_fn(size, user) bind(C) result(grz_result)
            import
            integer(c_int64_t), value :: size
            type(c_ptr), value :: user
            type(c_ptr) :: grz_result
        end function

        subroutine grz_release_fn(pointer, user) bind(C)
            import
            type(c_ptr), value :: pointer
            type(c_ptr), value :: user
        end subroutine

        ! Progress of a long computation: fraction in [0, 1] of the named stage. A nonzero return
        ! cancels the work. Called from the thread that called the library, a few hundred times per call
        ! or, in calls of minutes, twenty times a second.
        function grz_progress_fn(stage, fraction, user) bind(C) result(grz_result)
            import
            character(kind=c_char), intent(in) :: stage(*)
            real(c_double), value :: fraction
            type(c_ptr), value :: user
            integer(c_int) :: grz_result
        end function

        ! beta(theta) of a callback kernel at count angles, and beta(z, theta) = B(z, theta) sin(theta) at
        ! one relative speed z = |v - v*| of a general one. Angles lie in (0, pi/2], values must be finite
        ! and nonnegative. Called from the calling thread, while the handle, or one derived from it, is
        ! created or queried; threads that share the handle may call it at the same time.
        function grz_beta_fn(count, theta, beta, user) bind(C) result(grz_result)
            import
            integer(c_int64_t), value :: count
            real(c_double), intent(in) :: theta(*)
            real(c_double), intent(inout) :: beta(*)
            type(c_ptr), value :: user
            integer(c_int) :: grz_result
        end function

        function grz_general_beta_fn(relative_speed, count, theta, beta, user) bind(C) result(grz_result)
            import
            real(c_double), value :: relative_speed
            integer(c_int64_t), value :: count
            real(c_double), intent(in) :: theta(*)
            real(c_double), intent(inout) :: beta(*)
            type(c_ptr), value :: user
            integer(c_int) :: grz_result
        end function

        ! Density f at count velocities (count*3 doubles in, count doubles out). Called from the calling
        ! thread, several times for blocks of nodes.
        function grz_density_fn(count, velocity, f, user) bind(C) result(grz_result)
            import
            integer(c_int64_t), value :: count
            real(c_double), intent(in) :: velocity(3, *)
            real(c_double), intent(inout) :: f(*)
            type(c_ptr), value :: user
            integer(c_int) :: grz_result
        end function

        ! Vectorised test functions: psi(v), psi(v, v*) and vector fields A(v, v*) at count velocities or
        ! pairs (count*3 doubles each; field: count*3 out). Called from the calling thread.
        function grz_velocity_fn(count, v, psi, user) bind(C) result(grz_result)
            import
            integer(c_int64_t), value :: count
            real(c_double), intent(in) :: v(3, *)
            real(c_double), intent(inout) :: psi(*)
            type(c_ptr), value :: user
            integer(c_int) :: grz_result
        end function

        function grz_pair_fn(count, v, v_star, psi, user) bind(C) result(grz_result)
            import
            integer(c_int64_t), value :: count
            real(c_double), intent(in) :: v(3, *)
            real(c_double), intent(in) :: v_star(3, *)
            real(c_double), intent(inout) :: psi(*)
            type(c_ptr), value :: user
            integer(c_int) :: grz_result
        end function

        function grz_pair_vector_fn(count, v, v_star, field, user) bind(C) result(grz_result)
            import
            integer(c_int64_t), value :: count
            real(c_double), intent(in) :: v(3, *)
            real(c_double), intent(in) :: v_star(3, *)
            real(c_double), intent(inout) :: field(3, *)
            type(c_ptr), value :: user
            integer(c_int) :: grz_result
        end function

        ! A rate at count collisions (v, v*, sigma), sigma a unit vector (count*3 doubles each; M: count
        ! out). Called from the calling thread.
        function grz_collision_rate_fn(count, v, v_star, sigma, M, user) bind(C) result(grz_result)
            import
            integer(c_int64_t), value :: count
            real(c_double), intent(in) :: v(3, *)
            real(c_double), intent(in) :: v_star(3, *)
            real(c_double), intent(in) :: sigma(3, *)
            real(c_double), intent(inout) :: M(*)
            type(c_ptr), value :: user
            integer(c_int) :: grz_result
        end function

        ! grad psi at count velocities (count*3 out). Called from the calling thread.
        function grz_velocity_gradient_fn(count, v, gradient, user) bind(C) result(grz_result)
            import
            integer(c_int64_t), value :: count
            real(c_double), intent(in) :: v(3, *)
            real(c_double), intent(inout) :: gradient(*)
            type(c_ptr), value :: user
            integer(c_int) :: grz_result
        end function

        ! Called with the state at the start of a run and after every accepted step; f: n^3 values, valid
        ! during the call. Nonzero stops.
        function grz_flow_observer_fn(time, f, user) bind(C) result(grz_result)
            import
            real(c_double), value :: time
            real(c_double), intent(in) :: f(*)
            type(c_ptr), value :: user
            integer(c_int) :: grz_result
        end function
    end interface

    interface
        ! The status's identifier ("GRZ_ERROR_IO") and a sentence about it. Never NULL; an unknown status
        ! gives "unknown status". Static strings, owned by the library. Any thread.
        function grz_status_name(status) bind(C, name="grz_status_name") result(grz_result)
            import
            integer(c_int), value :: status
            type(c_ptr) :: grz_result
        end function

        function grz_status_string(status) bind(C, name="grz_status_string") result(grz_result)
            import
            integer(c_int), value :: status
            type(c_ptr) :: grz_result
        end function

        ! Version of the library that runs: "major.minor.patch"; the ABI number of its soname; and one line
        ! that names compiler, OpenMP, instruction sets chosen at run time, FFTW and BLAS in use. Static
        ! strings. Any thread.
        function grz_version() bind(C, name="grz_version") result(grz_result)
            import
            type(c_ptr) :: grz_result
        end function

        function grz_abi_version() bind(C, name="grz_abi_version") result(grz_result)
            import
            integer(c_int32_t) :: grz_result
        end function

        function grz_build_configuration() bind(C, name="grz_build_configuration") result(grz_result)
            import
            type(c_ptr) :: grz_result
        end function

        ! Every integer constant of this header by name, for callers that cannot read C: the number of
        ! constants, the name of the i-th (NULL outside 0 <= i < count), and a constant's value by name.
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (name, value); GRZ_ERROR_INVALID_ARGUMENT (no constant
        ! of that name). Any thread.
        function grz_constant_count() bind(C, name="grz_constant_count") result(grz_result)
            import
            integer(c_int32_t) :: grz_result
        end function

        function grz_constant_name(index) bind(C, name="grz_constant_name") result(grz_result)
            import
            integer(c_int32_t), value :: index
            type(c_ptr) :: grz_result
        end function

        function grz_constant_value(name, value) bind(C, name="grz_constant_value") result(grz_result)
            import
            character(kind=c_char), intent(in) :: name(*)
            integer(c_int32_t), intent(inout), optional :: value
            integer(c_int) :: grz_result
        end function

        ! Makes a context. The second form takes allocator hooks for all memory of the context and its
        ! handles (FFTW, BLAS and OpenMP keep their own); either both hooks or neither.
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (out, or one hook without the other);
        ! GRZ_ERROR_OUT_OF_MEMORY. Any thread.
        function grz_context_create(out) bind(C, name="grz_context_create") result(grz_result)
            import
            type(grz_context), intent(inout) :: out
            integer(c_int) :: grz_result
        end function

        function grz_context_create_with_allocator(allocate, release, user, out) bind(C, &
            name="grz_context_create_with_allocator") result(grz_result)
            import
            type(c_funptr), value :: allocate
            type(c_funptr), value :: release
            type(c_ptr), value :: user
            type(grz_context), intent(inout) :: out
            integer(c_int) :: grz_result
        end function

        subroutine grz_context_destroy(context) bind(C, name="grz_context_destroy")
            import
            type(grz_context), intent(inout) :: context
        end subroutine

        ! Threads that one call of the library may use: 1 <= threads <= 1024, or 0 for OpenMP's own default
        ! (the initial value).
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (context); GRZ_ERROR_INVALID_ARGUMENT (threads). Any
        ! thread; calls already running keep their count, and an operator uses at most the threads that the
        ! context had at its last set-up (grz_operator_setup again takes in more). grz_context_threads
        ! gives the number in force (at least 1).
        function grz_context_set_threads(context, threads) bind(C, name="grz_context_set_threads") result(grz_result)
            import
            type(grz_context), value :: context
            integer(c_int32_t), value :: threads
            integer(c_int) :: grz_result
        end function

        function grz_context_threads(context) bind(C, name="grz_context_threads") result(grz_result)
            import
            type(grz_context), value :: context
            integer(c_int32_t) :: grz_result
        end function

        ! Whether FFTW may time candidates for the transforms of operators made later: 1 (the initial
        ! value; up to 96 nodes per axis) or 0. Timed plans are often faster, but two processes may choose
        ! different ones and then differ in the last digits of spectral results. With 0 plans depend on
        ! FFTW's version and the processor's instruction set alone, so that a saved state continues with
        ! the same bits in another process of the same machine and library. measured_plans gives the value
        ! in force.
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (context); GRZ_ERROR_INVALID_ARGUMENT (measured). Any
        ! thread.
        function grz_context_set_measured_plans(context, measured) bind(C, &
            name="grz_context_set_measured_plans") result(grz_result)
            import
            type(grz_context), value :: context
            integer(c_int32_t), value :: measured
            integer(c_int) :: grz_result
        end function

        function grz_context_measured_plans(context) bind(C, name="grz_context_measured_plans") result(grz_result)
            import
            type(grz_context), value :: context
            integer(c_int32_t) :: grz_result
        end function

        ! Status and message of the last call on this context or its handles that failed; "" and GRZ_OK
        ! when none did or the context is NULL. failure_count counts these calls: where it stands as it did
        ! before a call that failed, the message is of another call (this one had a NULL handle). The
        ! string of last_message belongs to the context and lives until the next failing call; copy_message
        ! copies at most size bytes including the final zero (size >= 1) under the lock and is the one to
        ! use when several threads share a context.
        ! Returns (copy): GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (context, buffer); GRZ_ERROR_INVALID_ARGUMENT
        ! (size < 1). Any thread.
        function grz_context_last_status(context) bind(C, name="grz_context_last_status") result(grz_result)
            import
            type(grz_context), value :: context
            integer(c_int) :: grz_result
        end function

        function grz_context_last_message(context) bind(C, name="grz_context_last_message") result(grz_result)
            import
            type(grz_context), value :: context
            type(c_ptr) :: grz_result
        end function

        function grz_context_failure_count(context) bind(C, name="grz_context_failure_count") result(grz_result)
            import
            type(grz_context), value :: context
            integer(c_int64_t) :: grz_result
        end function

        function grz_context_copy_message(context, buffer, size) bind(C, &
            name="grz_context_copy_message") result(grz_result)
            import
            type(grz_context), value :: context
            character(kind=c_char), intent(out) :: buffer(*)
            integer(c_int64_t), value :: size
            integer(c_int) :: grz_result
        end function

        ! Progress callback (NULL switches it off). Not while another thread runs a computation of this
        ! context.
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (context).
        function grz_context_set_progress(context, progress, user) bind(C, &
            name="grz_context_set_progress") result(grz_result)
            import
            type(grz_context), value :: context
            type(c_funptr), value :: progress
            type(c_ptr), value :: user
            integer(c_int) :: grz_result
        end function

        ! Asks every running computation of the context to stop with GRZ_ERROR_CANCELLED, outputs
        ! untouched; the flag stays up, and stops later ones too, until clear_cancel. Any thread, also a
        ! signal handler.
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (context). is_cancelled: 1 or 0.
        function grz_context_cancel(context) bind(C, name="grz_context_cancel") result(grz_result)
            import
            type(grz_context), value :: context
            integer(c_int) :: grz_result
        end function

        function grz_context_clear_cancel(context) bind(C, name="grz_context_clear_cancel") result(grz_result)
            import
            type(grz_context), value :: context
            integer(c_int) :: grz_result
        end function

        function grz_context_is_cancelled(context) bind(C, name="grz_context_is_cancelled") result(grz_result)
            import
            type(grz_context), value :: context
            integer(c_int32_t) :: grz_result
        end function

        ! The velocity grid of n^3 cell-centred nodes v_i = centre - half_width + (i + 1/2) h, h = 2
        ! half_width/n on each axis, in velocity units (nondimensional, as the paper's). Integrals over R^3
        ! become sums over the nodes with weight h^3 (midpoint rule), which converges faster than any power
        ! of h for a smooth f that is negligible at the boundary. A grid is immutable and keeps its context
        ! alive.
        ! Valid: 8 <= n <= 1024; 1e-50 <= half_width <= 1e50; centre: 3 doubles, |centre[a]| <= 1e6
        ! half_width, or NULL for the origin (copied).
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (context, out); GRZ_ERROR_INVALID_ARGUMENT (n,
        ! half_width or centre outside its range); GRZ_ERROR_NOT_FINITE (half_width, centre);
        ! GRZ_ERROR_OUT_OF_MEMORY. Any thread; destroy when no other thread uses the handle.
        function grz_grid_create(context, n, half_width, centre, out) bind(C, name="grz_grid_create") result(grz_result)
            import
            type(grz_context), value :: context
            integer(c_int32_t), value :: n
            real(c_double), value :: half_width
            real(c_double), intent(in), optional :: centre(*)
            type(grz_grid), intent(inout) :: out
            integer(c_int) :: grz_result
        end function

        subroutine grz_grid_destroy(grid) bind(C, name="grz_grid_destroy")
            import
            type(grz_grid), intent(inout) :: grid
        end subroutine

        ! Nodes per axis n, all nodes n^3, half width, spacing h. Any thread.
        function grz_grid_nodes_per_axis(grid) bind(C, name="grz_grid_nodes_per_axis") result(grz_result)
            import
            type(grz_grid), value :: grid
            integer(c_int32_t) :: grz_result
        end function

        function grz_grid_node_count(grid) bind(C, name="grz_grid_node_count") result(grz_result)
            import
            type(grz_grid), value :: grid
            integer(c_int64_t) :: grz_result
        end function

        function grz_grid_half_width(grid) bind(C, name="grz_grid_half_width") result(grz_result)
            import
            type(grz_grid), value :: grid
            real(c_double) :: grz_result
        end function

        function grz_grid_spacing(grid) bind(C, name="grz_grid_spacing") result(grz_result)
            import
            type(grz_grid), value :: grid
            real(c_double) :: grz_result
        end function

        ! The centre (3 doubles, out); the n node coordinates of axis 0, 1 or 2 (x, y or z; n doubles,
        ! out).
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (grid, centre, nodes); GRZ_ERROR_INVALID_ARGUMENT
        ! (axis). Any thread.
        function grz_grid_centre(grid, centre) bind(C, name="grz_grid_centre") result(grz_result)
            import
            type(grz_grid), value :: grid
            real(c_double), intent(inout), optional :: centre(*)
            integer(c_int) :: grz_result
        end function

        function grz_grid_axis_nodes(grid, axis, nodes) bind(C, name="grz_grid_axis_nodes") result(grz_result)
            import
            type(grz_grid), value :: grid
            integer(c_int32_t), value :: axis
            real(c_double), intent(inout), optional :: nodes(*)
            integer(c_int) :: grz_result
        end function

        ! Power law beta = c theta^{-1-nu} on (0, pi/2] (3.2), -4 <= gamma <= 1, 0 < nu < 2. c = 0:
        ! normalised by (2.2), so that C_beta = 1, which is c = (8/pi)(2 - nu)(pi/2)^{nu-2}; else c > 0.
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (context, out); GRZ_ERROR_INVALID_ARGUMENT (gamma, nu, c
        ! out of range); GRZ_ERROR_NOT_FINITE (gamma, nu, c); GRZ_ERROR_NOT_REPRESENTABLE (the angular
        ! momentum transfer overflows); GRZ_ERROR_OUT_OF_MEMORY. Any thread.
        function grz_kernel_create_power_law(context, gamma, nu, c, out) bind(C, &
            name="grz_kernel_create_power_law") result(grz_result)
            import
            type(grz_context), value :: context
            real(c_double), value :: gamma
            real(c_double), value :: nu
            real(c_double), value :: c
            type(grz_kernel), intent(inout) :: out
            integer(c_int) :: grz_result
        end function

        ! Inverse-power potential U ~ rho^{-(s-1)}, 2 < s <= 1e6: gamma = (s-5)/(s-1), nu = 2/(s-1)
        ! (section 3.1), with the power law or the classical scattering law, beta = b |db/dtheta| of the
        ! deflection theta(b), symmetrised (beta(theta) + beta(pi - theta), section 3.2) to (0, pi/2]. Both
        ! are normalised by (2.2) when normalise is nonzero. Otherwise the classical law keeps the constant
        ! of the potential, impact parameter measured in the distance where U equals the relative energy at
        ! |z| = 1, and the power law that of the classical one at theta -> 0, (nu/2) A^nu with A = sqrt(pi)
        ! Gamma(s/2)/Gamma((s-1)/2). s -> infinity tends to hard spheres of unit diameter.
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (context, out); GRZ_ERROR_INVALID_ARGUMENT (s,
        ! scattering out of range); GRZ_ERROR_NOT_FINITE (s); GRZ_ERROR_NOT_REPRESENTABLE (the angular
        ! momentum transfer overflows); GRZ_ERROR_OUT_OF_MEMORY. Any thread.
        ! Source: deflection integral as in Cercignani, The Boltzmann Equation and Its Applications,
        ! II.4.
        function grz_kernel_create_inverse_power(context, s, scattering, normalise, out) bind(C, &
            name="grz_kernel_create_inverse_power") result(grz_result)
            import
            type(grz_context), value :: context
            real(c_double), value :: s
            integer(c_int), value :: scattering
            integer(c_int32_t), value :: normalise
            type(grz_kernel), intent(inout) :: out
            integer(c_int) :: grz_result
        end function

        ! Coulomb (gamma = -3, nu = 2) with the logarithmic cutoff of Remark 2.6: beta^eps = 1_{theta >=
        ! eps} beta(theta)/log(1/eps), beta = (8/pi) theta^{-3}, or Rutherford's law (1/2 pi) sin(theta)
        ! [sin^{-4}(theta/2) + cos^{-4}(theta/2)], which has the same behaviour at 0 and is symmetrised to
        ! (0, pi/2]. 1e-300 <= eps < 1; eps = 0 is the grazing limit. Its eps is this cutoff angle, which
        ! grz_kernel_create_scaled changes. The transfer tends to 8/pi slowly: for the power law it is
        ! (8/pi) log(pi/(2 eps))/log(1/eps).
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (context, out); GRZ_ERROR_INVALID_ARGUMENT (eps,
        ! scattering out of range); GRZ_ERROR_NOT_FINITE (eps); GRZ_ERROR_NOT_REPRESENTABLE (the angular
        ! momentum transfer overflows); GRZ_ERROR_OUT_OF_MEMORY. Any thread.
        function grz_kernel_create_coulomb(context, eps, scattering, out) bind(C, &
            name="grz_kernel_create_coulomb") result(grz_result)
            import
            type(grz_context), value :: context
            real(c_double), value :: eps
            integer(c_int), value :: scattering
            type(grz_kernel), intent(inout) :: out
            integer(c_int) :: grz_result
        end function

        ! Variable hard spheres: B = |z|^gamma b0 for 0 <= theta <= pi, symmetrised to 2 b0 on (0, pi/2],
        ! so beta = 2 b0 sin(theta); hard spheres are gamma = 1 (of diameter d: b0 = d^2/4); cutoff Maxwell
        ! molecules gamma = 0. b0 = 0: normalised by (2.2), b0 = 4/(pi (pi-2)); else b0 > 0. -4 <= gamma <=
        ! 1.
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (context, out); GRZ_ERROR_INVALID_ARGUMENT (gamma, b0
        ! out of range); GRZ_ERROR_NOT_FINITE (gamma, b0); GRZ_ERROR_NOT_REPRESENTABLE (the angular
        ! momentum transfer overflows); GRZ_ERROR_OUT_OF_MEMORY. Any thread.
        function grz_kernel_create_vhs(context, gamma, b0, out) bind(C, name="grz_kernel_create_vhs") result(grz_result)
            import
            type(grz_context), value :: context
            real(c_double), value :: gamma
            real(c_double), value :: b0
            type(grz_kernel), intent(inout) :: out
            integer(c_int) :: grz_result
        end function

        ! Table of beta at count >= 2 increasing angles in (0, pi/2], with its singularity exponent -1 <=
        ! nu < 2: theta^{1+nu} beta is interpolated by a monotone cubic (Fritsch & Carlson 1980, slopes of
        ! Fritsch & Butland 1984), constant below the first angle, and beta is 0 above the last. Values
        ! finite, >= 0, not all 0. -4 <= gamma <= 1. Arrays are copied.
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (context, theta, beta, out); GRZ_ERROR_INVALID_ARGUMENT
        ! (gamma, nu, count, an angle or a value out of range); GRZ_ERROR_NOT_FINITE (gamma, nu, an angle,
        ! a value); GRZ_ERROR_SIZE_OVERFLOW (count); GRZ_ERROR_NOT_REPRESENTABLE (the angular momentum
        ! transfer overflows); GRZ_ERROR_OUT_OF_MEMORY. Any thread.
        function grz_kernel_create_table(context, gamma, nu, count, theta, beta, out) bind(C, &
            name="grz_kernel_create_table") result(grz_result)
            import
            type(grz_context), value :: context
            real(c_double), value :: gamma
            real(c_double), value :: nu
            integer(c_int64_t), value :: count
            real(c_double), intent(in), optional :: theta(*)
            real(c_double), intent(in), optional :: beta(*)
            type(grz_kernel), intent(inout) :: out
            integer(c_int) :: grz_result
        end function

        ! Callback for beta, and for a general B (Remarks 2.5, 5.8). theta^{1+nu} beta should be smooth on
        ! (0, pi/2] (-1 <= nu < 2), a few jumps or kinks are found by bisection at the price of more calls;
        ! beta(theta) must not be 0 everywhere. For a general kernel |z|^{-gamma} beta(z, .) should be
        ! smooth in z^2 near 0; its gamma in [-4, 1] only serves the operators' quadrature in |z|. The
        ! callback and its user pointer must live as long as the kernel and what is made from it. A general
        ! kernel calls back at every query.
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (context, beta, out); GRZ_ERROR_INVALID_ARGUMENT (gamma,
        ! nu, or a negative value of the callback: the message has angle and value); GRZ_ERROR_NOT_FINITE
        ! (gamma, nu, a value of the callback); GRZ_ERROR_CALLBACK (it returned nonzero);
        ! GRZ_ERROR_NOT_CONVERGED (bisection does not resolve the transfer to 1e-6: it diverges, or nu is
        ! not the law's exponent); GRZ_ERROR_NOT_REPRESENTABLE (the transfer overflows);
        ! GRZ_ERROR_OUT_OF_MEMORY. Any thread.
        function grz_kernel_create_callback(context, gamma, nu, beta, user, out) bind(C, &
            name="grz_kernel_create_callback") result(grz_result)
            import
            type(grz_context), value :: context
            real(c_double), value :: gamma
            real(c_double), value :: nu
            type(c_funptr), value :: beta
            type(c_ptr), value :: user
            type(grz_kernel), intent(inout) :: out
            integer(c_int) :: grz_result
        end function

        function grz_kernel_create_general(context, gamma, nu, beta, user, out) bind(C, &
            name="grz_kernel_create_general") result(grz_result)
            import
            type(grz_context), value :: context
            real(c_double), value :: gamma
            real(c_double), value :: nu
            type(c_funptr), value :: beta
            type(c_ptr), value :: user
            type(grz_kernel), intent(inout) :: out
            integer(c_int) :: grz_result
        end function

        ! New kernels from one: the same law at another eps (0 <= eps <= pi, counted from the unscaled law,
        ! not from the kernel's own eps; for Coulomb 0 or 1e-300 <= eps < 1; eps = 0 is the grazing limit
        ! itself, whose Boltzmann operator is Landau's); multiplied by a factor > 0; with |z|^gamma
        ! replaced by |z|_kin^gamma = min(1, |z|^gamma), -4 <= gamma <= 0 (appendix B).
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (context, kernel, out); GRZ_ERROR_INVALID_ARGUMENT (eps,
        ! factor); GRZ_ERROR_NOT_FINITE (eps, factor); GRZ_ERROR_MISMATCH (kernel of another context);
        ! GRZ_ERROR_NOT_REPRESENTABLE (multiplied: the product or the transfer leaves double precision);
        ! GRZ_ERROR_UNSUPPORTED (cut_off_kinetic of a general kernel, or gamma > 0);
        ! GRZ_ERROR_OUT_OF_MEMORY. Any thread.
        function grz_kernel_create_scaled(context, kernel, eps, out) bind(C, &
            name="grz_kernel_create_scaled") result(grz_result)
            import
            type(grz_context), value :: context
            type(grz_kernel), value :: kernel
            real(c_double), value :: eps
            type(grz_kernel), intent(inout) :: out
            integer(c_int) :: grz_result
        end function

        function grz_kernel_create_multiplied(context, kernel, factor, out) bind(C, &
            name="grz_kernel_create_multiplied") result(grz_result)
            import
            type(grz_context), value :: context
            type(grz_kernel), value :: kernel
            real(c_double), value :: factor
            type(grz_kernel), intent(inout) :: out
            integer(c_int) :: grz_result
        end function

        function grz_kernel_create_cut_off_kinetic(context, kernel, out) bind(C, &
            name="grz_kernel_create_cut_off_kinetic") result(grz_result)
            import
            type(grz_context), value :: context
            type(grz_kernel), value :: kernel
            type(grz_kernel), intent(inout) :: out
            integer(c_int) :: grz_result
        end function

        ! Releases a kernel and sets the pointer to NULL; NULL, and a pointer to NULL, are allowed. Any
        ! thread.
        subroutine grz_kernel_destroy(kernel) bind(C, name="grz_kernel_destroy")
            import
            type(grz_kernel), intent(inout) :: kernel
        end subroutine

        ! Parameters: a grz_kernel_type, a grz_kernel_class, gamma and nu of (3.2), eps. nu is the
        ! singularity exponent (VHS: -2, beta = O(theta); table, callback: as given). Any thread.
        function grz_kernel_type_of(kernel) bind(C, name="grz_kernel_type_of") result(grz_result)
            import
            type(grz_kernel), value :: kernel
            integer(c_int32_t) :: grz_result
        end function

        function grz_kernel_class_of(kernel) bind(C, name="grz_kernel_class_of") result(grz_result)
            import
            type(grz_kernel), value :: kernel
            integer(c_int32_t) :: grz_result
        end function

        function grz_kernel_gamma(kernel) bind(C, name="grz_kernel_gamma") result(grz_result)
            import
            type(grz_kernel), value :: kernel
            real(c_double) :: grz_result
        end function

        function grz_kernel_nu(kernel) bind(C, name="grz_kernel_nu") result(grz_result)
            import
            type(grz_kernel), value :: kernel
            real(c_double) :: grz_result
        end function

        function grz_kernel_eps(kernel) bind(C, name="grz_kernel_eps") result(grz_result)
            import
            type(grz_kernel), value :: kernel
            real(c_double) :: grz_result
        end function

        ! Pointwise: the unscaled beta(theta) (Coulomb: without cutoff and logarithm), beta^eps(theta)
        ! (A2), both at count >= 0 angles in (0, pi/2] (a general kernel: at relative speed 1), and
        ! B^eps(z, theta) = |z|^gamma beta^eps/sin(theta) (3.2) at count pairs, z > 0. Zero outside the
        ! support. Arrays of count doubles; inputs and outputs may be the same array.
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_INVALID_ARGUMENT (count, an angle, a speed);
        ! GRZ_ERROR_NOT_FINITE (an angle, a speed, a value of the callback); GRZ_ERROR_UNSUPPORTED
        ! (beta_eps, B at eps = 0); GRZ_ERROR_NOT_REPRESENTABLE (a value overflows); GRZ_ERROR_CALLBACK;
        ! GRZ_ERROR_OUT_OF_MEMORY. Any thread.
        function grz_kernel_beta(kernel, count, theta, beta) bind(C, name="grz_kernel_beta") result(grz_result)
            import
            type(grz_kernel), value :: kernel
            integer(c_int64_t), value :: count
            real(c_double), intent(in), optional :: theta(*)
            real(c_double), intent(inout), optional :: beta(*)
            integer(c_int) :: grz_result
        end function

        function grz_kernel_beta_eps(kernel, count, theta, beta) bind(C, name="grz_kernel_beta_eps") result(grz_result)
            import
            type(grz_kernel), value :: kernel
            integer(c_int64_t), value :: count
            real(c_double), intent(in), optional :: theta(*)
            real(c_double), intent(inout), optional :: beta(*)
            integer(c_int) :: grz_result
        end function

        function grz_kernel_B(kernel, count, relative_speed, theta, B) bind(C, name="grz_kernel_B") result(grz_result)
            import
            type(grz_kernel), value :: kernel
            integer(c_int64_t), value :: count
            real(c_double), intent(in), optional :: relative_speed(*)
            real(c_double), intent(in), optional :: theta(*)
            real(c_double), intent(inout), optional :: B(*)
            integer(c_int) :: grz_result
        end function

        ! Integrals of the scaled kernel. A general kernel's depend on the relative speed z > 0 and include
        ! all of it; a factorised one's are the angular ones, without |z|^gamma, and ignore z (NaN
        ! allowed).
        !   angular_momentum_transfer   int theta^2 beta^eps dtheta (2.2), 1 double; 8/pi when normalised;
        !                               the same for every eps but for Coulomb
        !   landau_constant             C_beta = pi/8 of the unscaled law's transfer (section 1), 1 double;
        !                               Coulomb: 1, the limit of Remark 2.6
        !   spectrum                    lambda_l = 2 pi int beta^eps [P_l(cos theta) - 1] dtheta for l =
        !                               0..lmax, lmax + 1 doubles: the eigenvalues of the collision
        !                               operator on the sphere of an orbit's directions; at eps = 0, -4
        !                               C_beta l(l+1)
        !   moments                     m_k = 2 pi int beta^eps sin^{2k}(theta/2) dtheta, k = 1..kmax, kmax
        !                               doubles, that of k first; at eps = 0, 4 C_beta and zeros; lambda_1
        !                               = -2 m_1, lambda_2 = -6 m_1 + 6 m_2
        ! spectrum is accurate to 1e-12 relative for any l and eps: no cancellation; 0 <= lmax <= 2000, 1
        ! <= kmax <= 100.
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (kernel, output); GRZ_ERROR_INVALID_ARGUMENT (lmax,
        ! kmax, z of a general kernel, a negative value of the callback); GRZ_ERROR_NOT_FINITE (z of a
        ! general kernel); GRZ_ERROR_CALLBACK, GRZ_ERROR_NOT_FINITE (the kernel's values);
        ! GRZ_ERROR_NOT_CONVERGED (the integral is not resolved to 1e-6: it diverges, or nu is not the
        ! law's exponent); GRZ_ERROR_NOT_REPRESENTABLE (it overflows); GRZ_ERROR_OUT_OF_MEMORY. Any
        ! thread.
        function grz_kernel_angular_momentum_transfer(kernel, relative_speed, transfer) bind(C, &
            name="grz_kernel_angular_momentum_transfer") result(grz_result)
            import
            type(grz_kernel), value :: kernel
            real(c_double), value :: relative_speed
            real(c_double), intent(inout), optional :: transfer
            integer(c_int) :: grz_result
        end function

        function grz_kernel_landau_constant(kernel, relative_speed, constant) bind(C, &
            name="grz_kernel_landau_constant") result(grz_result)
            import
            type(grz_kernel), value :: kernel
            real(c_double), value :: relative_speed
            real(c_double), intent(inout), optional :: constant
            integer(c_int) :: grz_result
        end function

        function grz_kernel_spectrum(kernel, relative_speed, lmax, lambda) bind(C, &
            name="grz_kernel_spectrum") result(grz_result)
            import
            type(grz_kernel), value :: kernel
            real(c_double), value :: relative_speed
            integer(c_int32_t), value :: lmax
            real(c_double), intent(inout), optional :: lambda(*)
            integer(c_int) :: grz_result
        end function

        function grz_kernel_moments(kernel, relative_speed, kmax, moments) bind(C, &
            name="grz_kernel_moments") result(grz_result)
            import
            type(grz_kernel), value :: kernel
            real(c_double), value :: relative_speed
            integer(c_int32_t), value :: kmax
            real(c_double), intent(inout), optional :: moments(*)
            integer(c_int) :: grz_result
        end function

        ! With the kinetic factor, 1 double each, z > 0:
        !   kinetic_factor       |z|^gamma or its kinetic cutoff (appendix B); 1 for a general kernel
        !   total_cross_section  T^eps(z) = int theta^2 sin(theta) B^eps dtheta (2.3)
        !   cancellation         S^eps(z) with int int B^eps (f' - f) dsigma dv = (f * S^eps)(v*), Lemma
        !                        B.1, as 2 pi int [bracket] beta^eps dtheta times |z|^gamma, bracket
        !                        cos^{-3-gamma}(theta/2) - 1, exact for the pure power; or times
        !                        |z|_kin^gamma (1 for |z| <= 1), bracket cos^{-3}(theta/2) - 1, the lemma's
        !                        own form, exact for the kinetic cutoff at |z| <= cos(theta/2) for all
        !                        theta of the support
        !   cancellation_bound   the lemma's bound on its form, (3 pi/2) |z|_kin^gamma int theta^2
        !                        beta^eps; at most 12 under (2.2)
        ! cancellation of either form is that of the law and gamma, whether or not the kernel is cut off
        ! kinetically.
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (kernel, output); GRZ_ERROR_INVALID_ARGUMENT (z, form, a
        ! negative value of the callback); GRZ_ERROR_NOT_FINITE (z); GRZ_ERROR_UNSUPPORTED (cancellation
        ! and bound: of a general kernel; of the kinetic form with gamma > 0); GRZ_ERROR_CALLBACK,
        ! GRZ_ERROR_NOT_FINITE (the kernel's values); GRZ_ERROR_NOT_CONVERGED (the integral is not resolved
        ! to 1e-6: it diverges, or nu is not the law's exponent); GRZ_ERROR_NOT_REPRESENTABLE (it
        ! overflows); GRZ_ERROR_OUT_OF_MEMORY. Any thread.
        function grz_kernel_kinetic_factor(kernel, relative_speed, factor) bind(C, &
            name="grz_kernel_kinetic_factor") result(grz_result)
            import
            type(grz_kernel), value :: kernel
            real(c_double), value :: relative_speed
            real(c_double), intent(inout), optional :: factor
            integer(c_int) :: grz_result
        end function

        function grz_kernel_total_cross_section(kernel, relative_speed, T) bind(C, &
            name="grz_kernel_total_cross_section") result(grz_result)
            import
            type(grz_kernel), value :: kernel
            real(c_double), value :: relative_speed
            real(c_double), intent(inout), optional :: T
            integer(c_int) :: grz_result
        end function

        function grz_kernel_cancellation(kernel, form, relative_speed, S) bind(C, &
            name="grz_kernel_cancellation") result(grz_result)
            import
            type(grz_kernel), value :: kernel
            integer(c_int), value :: form
            real(c_double), value :: relative_speed
            real(c_double), intent(inout), optional :: S
            integer(c_int) :: grz_result
        end function

        function grz_kernel_cancellation_bound(kernel, relative_speed, bound) bind(C, &
            name="grz_kernel_cancellation_bound") result(grz_result)
            import
            type(grz_kernel), value :: kernel
            real(c_double), value :: relative_speed
            real(c_double), intent(inout), optional :: bound
            integer(c_int) :: grz_result
        end function

        ! Whether the kernel satisfies (A2): a factorised kernel, gamma in [-4, 0), c1 theta^{-1-nu} <=
        ! beta on (0, pi/2] with c1 > 0 and the kernel's nu in (0, 2) (a callback is sampled at 257 angles
        ! from 1.6e-8 on), transfer (2.2) equal to 8/pi within 1e-10, no kinetic cutoff; and whether it
        ! satisfies (2.3), that T (|z|^{-4}+1)^{-1} tends to 0 at small and large |z|: known for a
        ! factorised kernel (-4 < gamma < 0, with kinetic cutoff gamma < 0), sampled at |z| = 10^{-6..-2}
        ! and 10^{2..6} for a general one. 1 or 0 into *holds; *reason (may be NULL) receives a static
        ! sentence.
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (kernel, holds); GRZ_ERROR_INVALID_ARGUMENT (a
        ! negative value of the callback); GRZ_ERROR_CALLBACK, GRZ_ERROR_NOT_FINITE (the kernel's
        ! values); GRZ_ERROR_NOT_CONVERGED (the integral is not resolved to 1e-6: it diverges, or nu is
        ! not the law's exponent); GRZ_ERROR_NOT_REPRESENTABLE (it overflows); GRZ_ERROR_OUT_OF_MEMORY.
        ! Any thread.
        function grz_kernel_satisfies_A2(kernel, holds, reason) bind(C, &
            name="grz_kernel_satisfies_A2") result(grz_result)
            import
            type(grz_kernel), value :: kernel
            integer(c_int32_t), intent(inout), optional :: holds
            type(c_ptr), intent(out), optional :: reason
            integer(c_int) :: grz_result
        end function

        function grz_kernel_satisfies_2_3(kernel, holds, reason) bind(C, &
            name="grz_kernel_satisfies_2_3") result(grz_result)
            import
            type(grz_kernel), value :: kernel
            integer(c_int32_t), intent(inout), optional :: holds
            type(c_ptr), intent(out), optional :: reason
            integer(c_int) :: grz_result
        end function

        ! Constructors; *out is a new handle, all arrays are copied. Families are evaluated at the nodes
        ! and not renormalised there; values below 1e-308 may come out 0.
        !   array        values[n^3], finite and >= 0
        !   callback     values by a vectorised function, finite and >= 0; reports progress
        !   maxwellian   rho (2 pi T)^{-3/2} exp(-|v-u|^2/(2T)): the equilibria of (1.1). u: 3 doubles or
        !                NULL for 0
        !   bimaxwellian rho prod_i (2 pi T[i])^{-1/2} exp(-(a_i.(v-u))^2/(2 T[i])): three temperatures
        !                T[3] along the rows a_i of axes[9], which are orthonormal within 1e-12 (either
        !                handedness); NULL: the coordinate axes
        !   bkw          (2 pi K)^{-3/2} exp(-|v|^2/2K) [(5K-3)/(2K) + (1-K)/(2K^2) |v|^2], 3/5 <= K <= 1:
        !                density 1, temperature 1. The exact solution for gamma = 0, with K = 1 - C
        !                exp(-(pi/2) t int beta sin^2(theta) dtheta). Source: A. V. Bobylev, Sov. Phys.
        !                Dokl. 20 (1975) 820; M. Krook, T. T. Wu, Phys. Rev. Lett. 36 (1976) 1107
        !   mixture      sum over m < count of weights[m] N(means[3m..], covariances[9m..]), N the normal
        !                density; weights > 0, covariances symmetric within 1e-12 and positive definite
        !                (relative pivots of Cholesky's factorisation above 16 DBL_EPSILON)
        !   shell        rho exp(-S (|v-u|-c)^2/c^2)/Z with the exact Z = 4 pi c^3 [sqrt(pi/S)/2 (1 + erf
        !                sqrt S)(1 + 1/(2S)) + exp(-S)/(2S)]. Source: M. N. Rosenbluth, W. M. MacDonald, D.
        !                L. Judd, Phys. Rev. 107 (1957) 1
        ! Valid: rho, T, weights and diagonals of covariances in [1e-100, 1e100]; u, means and covariances
        ! in [-1e100, 1e100]; S, c in [1e-50, 1e50]; count >= 1.
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (also for a NULL callback, T, weights, means,
        ! covariances); GRZ_ERROR_INVALID_ARGUMENT (a parameter outside its range, axes not orthonormal,
        ! covariance not symmetric or not positive definite); GRZ_ERROR_NOT_FINITE; GRZ_ERROR_NOT_POSITIVE
        ! (array, callback: a value < 0); GRZ_ERROR_CALLBACK; GRZ_ERROR_CANCELLED (callback only);
        ! GRZ_ERROR_MISMATCH (grid of another context); GRZ_ERROR_OUT_OF_MEMORY. Any thread; destroy when
        ! no other thread uses the handle.
        function grz_distribution_create_array(context, grid, values, out) bind(C, &
            name="grz_distribution_create_array") result(grz_result)
            import
            type(grz_context), value :: context
            type(grz_grid), value :: grid
            real(c_double), intent(in), optional :: values(*)
            type(grz_distribution), intent(inout) :: out
            integer(c_int) :: grz_result
        end function

        function grz_distribution_create_callback(context, grid, density, user, out) bind(C, &
            name="grz_distribution_create_callback") result(grz_result)
            import
            type(grz_context), value :: context
            type(grz_grid), value :: grid
            type(c_funptr), value :: density
            type(c_ptr), value :: user
            type(grz_distribution), intent(inout) :: out
            integer(c_int) :: grz_result
        end function

        function grz_distribution_create_maxwellian(context, grid, rho, u, T, out) bind(C, &
            name="grz_distribution_create_maxwellian") result(grz_result)
            import
            type(grz_context), value :: context
            type(grz_grid), value :: grid
            real(c_double), value :: rho
            real(c_double), intent(in), optional :: u(*)
            real(c_double), value :: T
            type(grz_distribution), intent(inout) :: out
            integer(c_int) :: grz_result
        end function

        function grz_distribution_create_bimaxwellian(context, grid, rho, u, T, axes, out) bind(C, &
            name="grz_distribution_create_bimaxwellian") result(grz_result)
            import
            type(grz_context), value :: context
            type(grz_grid), value :: grid
            real(c_double), value :: rho
            real(c_double), intent(in), optional :: u(*)
            real(c_double), intent(in), optional :: T(*)
            real(c_double), intent(in), optional :: axes(*)
            type(grz_distribution), intent(inout) :: out
            integer(c_int) :: grz_result
        end function

        function grz_distribution_create_bkw(context, grid, K, out) bind(C, &
            name="grz_distribution_create_bkw") result(grz_result)
            import
            type(grz_context), value :: context
            type(grz_grid), value :: grid
            real(c_double), value :: K
            type(grz_distribution), intent(inout) :: out
            integer(c_int) :: grz_result
        end function

        function grz_distribution_create_mixture(context, grid, count, weights, means, covariances, out) bind(C, &
            name="grz_distribution_create_mixture") result(grz_result)
            import
            type(grz_context), value :: context
            type(grz_grid), value :: grid
            integer(c_int32_t), value :: count
            real(c_double), intent(in), optional :: weights(*)
            real(c_double), intent(in), optional :: means(3, *)
            real(c_double), intent(in), optional :: covariances(*)
            type(grz_distribution), intent(inout) :: out
            integer(c_int) :: grz_result
        end function

        function grz_distribution_create_shell(context, grid, rho, u, S, c, out) bind(C, &
            name="grz_distribution_create_shell") result(grz_result)
            import
            type(grz_context), value :: context
            type(grz_grid), value :: grid
            real(c_double), value :: rho
            real(c_double), intent(in), optional :: u(*)
            real(c_double), value :: S
            real(c_double), value :: c
            type(grz_distribution), intent(inout) :: out
            integer(c_int) :: grz_result
        end function

        subroutine grz_distribution_destroy(distribution) bind(C, name="grz_distribution_destroy")
            import
            type(grz_distribution), intent(inout) :: distribution
        end subroutine

        ! NumPy .npy files, format versions 1 to 3 (source: NumPy Enhancement Proposal 1). load makes a
        ! distribution of an array of shape (n, n, n), little- or big-endian float64 or float32, in C or
        ! Fortran order, index (i, j, k) for the velocity (x, y, z). save writes version 1.0, little-endian
        ! float64, C order; a regular file at path is replaced only once the new one is complete (written
        ! beside it and renamed), anything else is written in place. The path is read during the call only.
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (any argument); GRZ_ERROR_IO (the system's reason is in
        ! the message); GRZ_ERROR_FORMAT (not a .npy file, another type of values, header malformed or over
        ! 64 KiB, file shorter or longer than its array); GRZ_ERROR_MISMATCH (the shape is not the grid's,
        ! or the grid is of another context); GRZ_ERROR_NOT_FINITE; GRZ_ERROR_NOT_POSITIVE (a value < 0);
        ! GRZ_ERROR_OUT_OF_MEMORY. Any thread.
        function grz_distribution_load_npy(context, grid, path, out) bind(C, &
            name="grz_distribution_load_npy") result(grz_result)
            import
            type(grz_context), value :: context
            type(grz_grid), value :: grid
            character(kind=c_char), intent(in) :: path(*)
            type(grz_distribution), intent(inout) :: out
            integer(c_int) :: grz_result
        end function

        function grz_distribution_save_npy(distribution, path) bind(C, &
            name="grz_distribution_save_npy") result(grz_result)
            import
            type(grz_distribution), value :: distribution
            character(kind=c_char), intent(in) :: path(*)
            integer(c_int) :: grz_result
        end function

        ! The n of a .npy file that load can read on a grid of n^3 nodes, from its header alone, so that a
        ! caller can make the grid.
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_IO; GRZ_ERROR_FORMAT (also: not of shape (n,
        ! n, n), 8 <= n <= 1024); GRZ_ERROR_OUT_OF_MEMORY. Any thread.
        function grz_npy_nodes_per_axis(context, path, n) bind(C, name="grz_npy_nodes_per_axis") result(grz_result)
            import
            type(grz_context), value :: context
            character(kind=c_char), intent(in) :: path(*)
            integer(c_int32_t), intent(inout), optional :: n
            integer(c_int) :: grz_result
        end function

        ! The values of f on another grid of the same context (n, half width and centre may differ), with
        ! the source's mass, momentum and energy: sums over the nodes times the cell agree within 1e-13 of
        ! those of their absolute values.
        !   LOGARITHMIC  the quintic spline of log f, beyond the source's nodes continued as log M, M the
        !                Maxwellian of f's moments; then the density nearest in relative entropy that has
        !                the moments, exp of a quadratic times the interpolated one (Newton's method)
        !   FOURIER      the trigonometric polynomial through the nodes, 0 outside the source's box; then
        !                the Gaussian of f's mean and temperature times a quadratic is added
        ! f: n^3 values of the source (> 0, resp. finite); g: n^3 of the target, out, not overlapping f.
        ! *lost: share of int |f| outside the target's box, which the correction put back. *change: size of
        ! the correction: relative entropy over the mass, resp. its L^1 norm over that of g. Either may be
        ! NULL; 1 double each. Reports progress. Since 0.2.
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_INVALID_ARGUMENT (method);
        ! GRZ_ERROR_NOT_POSITIVE (LOGARITHMIC: f <= 0); GRZ_ERROR_NOT_FINITE; GRZ_ERROR_MISMATCH (a grid of
        ! another context); GRZ_ERROR_NOT_CONVERGED (the target's box or spacing cannot hold the moments);
        ! GRZ_ERROR_NOT_REPRESENTABLE (a moment or value overflows); GRZ_ERROR_CANCELLED;
        ! GRZ_ERROR_OUT_OF_MEMORY. Any thread.
        function grz_regrid(context, source, f, target, method, g, lost, change) bind(C, &
            name="grz_regrid") result(grz_result)
            import
            type(grz_context), value :: context
            type(grz_grid), value :: source
            real(c_double), intent(in), optional :: f(*)
            type(grz_grid), value :: target
            integer(c_int), value :: method
            real(c_double), intent(inout), optional :: g(*)
            real(c_double), intent(inout), optional :: lost(*)
            real(c_double), intent(inout), optional :: change(*)
            integer(c_int) :: grz_result
        end function

        ! Values: copied out and in (n^3 doubles, finite and >= 0), or viewed: the pointer belongs to the
        ! handle and stays valid until destroy. The grid that they live on.
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; set_values also GRZ_ERROR_NOT_FINITE and
        ! GRZ_ERROR_NOT_POSITIVE (a value < 0), the values then unchanged. Reading: any number of threads;
        ! set_values: while no other thread uses the handle.
        function grz_distribution_values(distribution, values) bind(C, &
            name="grz_distribution_values") result(grz_result)
            import
            type(grz_distribution), value :: distribution
            real(c_double), intent(inout), optional :: values(*)
            integer(c_int) :: grz_result
        end function

        function grz_distribution_set_values(distribution, values) bind(C, &
            name="grz_distribution_set_values") result(grz_result)
            import
            type(grz_distribution), value :: distribution
            real(c_double), intent(in), optional :: values(*)
            integer(c_int) :: grz_result
        end function

        function grz_distribution_view(distribution) bind(C, name="grz_distribution_view") result(grz_result)
            import
            type(grz_distribution), value :: distribution
            type(c_ptr) :: grz_result
        end function

        function grz_distribution_grid(distribution) bind(C, name="grz_distribution_grid") result(grz_result)
            import
            type(grz_distribution), value :: distribution
            type(grz_grid) :: grz_result
        end function

        ! Moments by the midpoint rule, of which mass, momentum and energy are the collision invariants'
        ! (section 1): density rho = int f; mean velocity u = int v f/rho (3); temperature T = trace P/(3
        ! rho); stress P_ij = int (v-u)_i (v-u)_j f (9, row by row); heat flux q_i = 1/2 int |v-u|^2
        ! (v-u)_i f (3). Sums are compensated. Any output may be NULL.
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (distribution); GRZ_ERROR_NOT_POSITIVE (rho = 0 while u,
        ! T, P or q is asked); GRZ_ERROR_NOT_REPRESENTABLE (a moment overflows). Any thread.
        function grz_distribution_moments(distribution, rho, u, T, P, q) bind(C, &
            name="grz_distribution_moments") result(grz_result)
            import
            type(grz_distribution), value :: distribution
            real(c_double), intent(inout), optional :: rho
            real(c_double), intent(inout), optional :: u(*)
            real(c_double), intent(inout), optional :: T
            real(c_double), intent(inout), optional :: P(*)
            real(c_double), intent(inout), optional :: q(*)
            integer(c_int) :: grz_result
        end function

        ! Of a plain array of n^3 values, finite and of any sign, on a grid: moments as
        ! grz_distribution_moments has them (any output may be NULL), the entropy H = int f log f (section
        ! 1, midpoint rule; 1 double), and the n^3 values of the Maxwellian that
        ! grz_distribution_create_equilibrium makes (equilibrium may not overlap values). *negative (may be
        ! NULL): the sum of |f| over f < 0 relative to that over all nodes, in [0, 1].
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (grid, values, H, equilibrium);
        ! GRZ_ERROR_INVALID_ARGUMENT (rule); GRZ_ERROR_NOT_FINITE (a value); GRZ_ERROR_NOT_POSITIVE (rho <=
        ! 0 while u, T, P, q or the equilibrium is asked, or with RESCALE; T <= 0 of the equilibrium);
        ! GRZ_ERROR_NOT_CONVERGED (no Maxwellian on this grid has these moments);
        ! GRZ_ERROR_NOT_REPRESENTABLE (a moment overflows); GRZ_ERROR_OUT_OF_MEMORY. Any thread.
        function grz_grid_moments(grid, values, rule, rho, u, T, P, q, negative) bind(C, &
            name="grz_grid_moments") result(grz_result)
            import
            type(grz_grid), value :: grid
            real(c_double), intent(in), optional :: values(*)
            integer(c_int), value :: rule
            real(c_double), intent(inout), optional :: rho
            real(c_double), intent(inout), optional :: u(*)
            real(c_double), intent(inout), optional :: T
            real(c_double), intent(inout), optional :: P(*)
            real(c_double), intent(inout), optional :: q(*)
            real(c_double), intent(inout), optional :: negative(*)
            integer(c_int) :: grz_result
        end function

        function grz_grid_entropy(grid, values, rule, H, negative) bind(C, name="grz_grid_entropy") result(grz_result)
            import
            type(grz_grid), value :: grid
            real(c_double), intent(in), optional :: values(*)
            integer(c_int), value :: rule
            real(c_double), intent(inout), optional :: H(*)
            real(c_double), intent(inout), optional :: negative(*)
            integer(c_int) :: grz_result
        end function

        function grz_grid_equilibrium(grid, values, rule, equilibrium, negative) bind(C, &
            name="grz_grid_equilibrium") result(grz_result)
            import
            type(grz_grid), value :: grid
            real(c_double), intent(in), optional :: values(*)
            integer(c_int), value :: rule
            real(c_double), intent(inout), optional :: equilibrium(*)
            real(c_double), intent(inout), optional :: negative(*)
            integer(c_int) :: grz_result
        end function

        ! The Maxwellian exp(a + b.v + c|v|^2), c < 0, on the same grid whose five discrete moments equal
        ! the distribution's: rho relative to itself, u to sqrt(T) and T to itself within 1e-13. It
        ! minimises the discrete entropy among the densities with these moments. Newton's method on the
        ! convex dual problem, damped, from the Maxwellian of R^3.
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (context, distribution, out); GRZ_ERROR_MISMATCH
        ! (distribution of another context); GRZ_ERROR_NOT_POSITIVE (rho = 0 or T = 0);
        ! GRZ_ERROR_NOT_CONVERGED (no Maxwellian on this grid has these moments: too cold for the spacing,
        ! or at least as hot as the uniform density); GRZ_ERROR_NOT_REPRESENTABLE (a moment overflows);
        ! GRZ_ERROR_OUT_OF_MEMORY. Any thread.
        function grz_distribution_create_equilibrium(context, distribution, out) bind(C, &
            name="grz_distribution_create_equilibrium") result(grz_result)
            import
            type(grz_context), value :: context
            type(grz_distribution), value :: distribution
            type(grz_distribution), intent(inout) :: out
            integer(c_int) :: grz_result
        end function

        ! Collision operator on a grid with a kernel. Grid, kernel and context are kept alive; *out has the
        ! initial options and is not yet set up. Fields are n^3 doubles of the caller's (layout as stated
        ! at the top), f in particles per velocity volume, Q in f per time.
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (any argument); GRZ_ERROR_INVALID_ARGUMENT (equation,
        ! method); GRZ_ERROR_MISMATCH (handles of another context); GRZ_ERROR_OUT_OF_MEMORY. Any thread;
        ! destroy when no other thread uses the handle.
        function grz_operator_create(context, grid, kernel, equation, method, out) bind(C, &
            name="grz_operator_create") result(grz_result)
            import
            type(grz_context), value :: context
            type(grz_grid), value :: grid
            type(grz_kernel), value :: kernel
            integer(c_int), value :: equation
            integer(c_int), value :: method
            type(grz_operator), intent(inout) :: out
            integer(c_int) :: grz_result
        end function

        subroutine grz_operator_destroy(op) bind(C, name="grz_operator_destroy")
            import
            type(grz_operator), intent(inout) :: op
        end subroutine

        ! What it was made of: grid (NULL of a mixture's), kernel, a grz_equation, a grz_method. Any
        ! thread.
        function grz_operator_grid(op) bind(C, name="grz_operator_grid") result(grz_result)
            import
            type(grz_operator), value :: op
            type(grz_grid) :: grz_result
        end function

        function grz_operator_kernel(op) bind(C, name="grz_operator_kernel") result(grz_result)
            import
            type(grz_operator), value :: op
            type(grz_kernel) :: grz_result
        end function

        function grz_operator_equation(op) bind(C, name="grz_operator_equation") result(grz_result)
            import
            type(grz_operator), value :: op
            integer(c_int32_t) :: grz_result
        end function

        function grz_operator_method(op) bind(C, name="grz_operator_method") result(grz_result)
            import
            type(grz_operator), value :: op
            integer(c_int32_t) :: grz_result
        end function

        ! Options: set (takes effect at the next computation), the value in force (after the level has
        ! been applied), and the bounds and initial value of one for this operator (where that is 0,
        ! setting 0 goes back to what the level says, RADIUS to (L - h/2)/sqrt(2) for an entropic
        ! operator). A change discards the set-up. Below: least to largest (initial) value, with n nodes
        ! per axis (of PADDED_NODES the next even number), half width L and spacing h.
        ! Entropic: ACCURACY 1 to 4 (2); RADIUS h/2 to L - h/2 (0); SPLINE_DEGREE 3 to 5 (5); RADIAL_NODES
        ! 2 to 60 (0); SPHERE_DEGREE 3 to 101 (0); THETA_NODES 1 to 32 (0); PHI_NODES 4 to 128 (0);
        ! MOBILITY_MEMORY 1 to 1e6 (0); COLLISIONS 1 to 2 (1).
        ! Spectral: ACCURACY 1 to 4 (2); RADIUS L/1000 to L (0); RADIAL_NODES 2 to 1000 (0); SPHERE_DEGREE
        ! 1 to 200 (0); SCHEME 1 to 3 (0); OUTPUT_RANK 1 to 64 (0); INPUT_RANK 1 to 64 (0); SAMPLES 8 to
        ! 512 (0); DECAY 0.001 to 100 (0); FLOOR 1e-8 to 1 (0); PADDED_NODES n to 2n (0); CONSERVE 1 to 2
        ! (2); EQUILIBRIUM 1 to 2 (1); MODES 1 to 2 (1); PERIOD n to 2n (0). Boltzmann's SCHEME is 1 or 2.
        ! Left alone, RADIUS is 0.75 L and PERIOD at least 2 R n/L: whatever the box holds collides. In a
        ! box made for f (grz_spectral_propose) a smaller R is right and several times as fast.
        ! docs/entropic.md has what the levels stand for and cost. With mobility memory, the second
        ! application of K_f in a row at one f keeps the mobilities of as many nodes as fit, 8 bytes each,
        ! and the next ones take them: the same bits in less than two thirds of the time, for metric
        ! derivatives and proximal steps.
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_INVALID_ARGUMENT (no such option, value out
        ! of bounds or not one of the option's choices); GRZ_ERROR_NOT_FINITE (value);
        ! GRZ_ERROR_UNSUPPORTED (the method has no such option); option_value where the set-up is still to
        ! do, GRZ_ERROR_INVALID_ARGUMENT (options that do not go together), GRZ_ERROR_OUT_OF_MEMORY,
        ! GRZ_ERROR_SIZE_OVERFLOW and, of the kernel, GRZ_ERROR_CALLBACK, GRZ_ERROR_NOT_FINITE,
        ! GRZ_ERROR_NOT_CONVERGED, GRZ_ERROR_NOT_REPRESENTABLE, GRZ_ERROR_CANCELLED. One thread at a time
        ! per handle.
        function grz_operator_set_option(op, option, value) bind(C, name="grz_operator_set_option") result(grz_result)
            import
            type(grz_operator), value :: op
            integer(c_int), value :: option
            real(c_double), value :: value
            integer(c_int) :: grz_result
        end function

        function grz_operator_option_value(op, option, value) bind(C, &
            name="grz_operator_option_value") result(grz_result)
            import
            type(grz_operator), value :: op
            integer(c_int), value :: option
            real(c_double), intent(inout), optional :: value
            integer(c_int) :: grz_result
        end function

        function grz_operator_option_bounds(op, option, minimum, maximum, initial) bind(C, &
            name="grz_operator_option_bounds") result(grz_result)
            import
            type(grz_operator), value :: op
            integer(c_int), value :: option
            real(c_double), intent(inout), optional :: minimum
            real(c_double), intent(inout), optional :: maximum
            real(c_double), intent(inout), optional :: initial
            integer(c_int) :: grz_result
        end function

        ! Builds rules, tables and workspace now instead of at the first computation, for the number of
        ! threads that the context has now. Run again after that has been raised, it adds workspace for the
        ! new ones; until then computations use the threads of the last set-up. After it no call of the
        ! operator, or of a functional or flow made of it, allocates, but for estimate_error and, of the
        ! spectral method, the first apply_bilinear or apply_directed and the first apply_batch.
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (op); GRZ_ERROR_INVALID_ARGUMENT (options that do not go
        ! together, spline degree 4); GRZ_ERROR_OUT_OF_MEMORY; GRZ_ERROR_SIZE_OVERFLOW; GRZ_ERROR_CALLBACK
        ! (kernel); GRZ_ERROR_NOT_FINITE (kernel values); GRZ_ERROR_NOT_CONVERGED,
        ! GRZ_ERROR_NOT_REPRESENTABLE (kernel integrals); GRZ_ERROR_CANCELLED. One thread at a time per
        ! handle.
        function grz_operator_setup(op) bind(C, name="grz_operator_setup") result(grz_result)
            import
            type(grz_operator), value :: op
            integer(c_int) :: grz_result
        end function

        ! After setup, which they run if need be: (y, r, w, sigma) nodes of one application (its time is
        ! proportional to them), bytes of workspace. One number each.
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; where the set-up is still to do also
        ! GRZ_ERROR_INVALID_ARGUMENT (options that do not go together), GRZ_ERROR_OUT_OF_MEMORY,
        ! GRZ_ERROR_SIZE_OVERFLOW and, of the kernel, GRZ_ERROR_CALLBACK, GRZ_ERROR_NOT_FINITE,
        ! GRZ_ERROR_NOT_CONVERGED, GRZ_ERROR_NOT_REPRESENTABLE, GRZ_ERROR_CANCELLED. One thread at a time
        ! per handle.
        function grz_operator_node_count(op, nodes) bind(C, name="grz_operator_node_count") result(grz_result)
            import
            type(grz_operator), value :: op
            integer(c_int64_t), intent(inout), optional :: nodes
            integer(c_int) :: grz_result
        end function

        function grz_operator_workspace(op, bytes) bind(C, name="grz_operator_workspace") result(grz_result)
            import
            type(grz_operator), value :: op
            integer(c_int64_t), intent(inout), optional :: bytes
            integer(c_int) :: grz_result
        end function

        ! Q(f, f), n^3 values (1.1; section 1 for Landau). The entropic method, which needs f > 0
        ! everywhere, takes the weak form (3.1) or (3.10) and its adjoint; sum Q = sum Q v = sum Q |v|^2 =
        ! 0 and -h^3 sum Q log f is the dissipation, to rounding. Reports progress.
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_NOT_FINITE (f); GRZ_ERROR_NOT_POSITIVE
        ! (entropic, f <= 0); GRZ_ERROR_NOT_REPRESENTABLE (Q overflows); GRZ_ERROR_CANCELLED; where the
        ! set-up is still to do also GRZ_ERROR_INVALID_ARGUMENT (options that do not go together),
        ! GRZ_ERROR_OUT_OF_MEMORY, GRZ_ERROR_SIZE_OVERFLOW and, of the kernel, GRZ_ERROR_CALLBACK,
        ! GRZ_ERROR_NOT_FINITE, GRZ_ERROR_NOT_CONVERGED, GRZ_ERROR_NOT_REPRESENTABLE. One thread at a time
        ! per handle.
        function grz_operator_apply(op, f, Q) bind(C, name="grz_operator_apply") result(grz_result)
            import
            type(grz_operator), value :: op
            real(c_double), intent(in), optional :: f(*)
            real(c_double), intent(inout), optional :: Q(*)
            integer(c_int) :: grz_result
        end function

        ! Weak form <Q(f,f), psi> = h^3 sum Q psi for a grid function psi (n^3 values, finite), (3.1) or
        ! (3.10); 1 double. The rate of change of int psi f, without the work of Q.
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_NOT_FINITE (f, psi); GRZ_ERROR_NOT_POSITIVE
        ! (entropic, f <= 0); GRZ_ERROR_NOT_REPRESENTABLE (the value overflows); GRZ_ERROR_CANCELLED; where
        ! the set-up is still to do also GRZ_ERROR_INVALID_ARGUMENT (options that do not go together),
        ! GRZ_ERROR_OUT_OF_MEMORY, GRZ_ERROR_SIZE_OVERFLOW and, of the kernel, GRZ_ERROR_CALLBACK,
        ! GRZ_ERROR_NOT_FINITE, GRZ_ERROR_NOT_CONVERGED, GRZ_ERROR_NOT_REPRESENTABLE. One thread at a time
        ! per handle.
        function grz_operator_weak_form(op, f, psi, value) bind(C, name="grz_operator_weak_form") result(grz_result)
            import
            type(grz_operator), value :: op
            real(c_double), intent(in), optional :: f(*)
            real(c_double), intent(in), optional :: psi(*)
            real(c_double), intent(inout), optional :: value
            integer(c_int) :: grz_result
        end function

        ! Onsager operator: K_f phi with <phi, K_f phi> = the action A_B or A_L of the rate of potential
        ! phi (section 4), Q(f,f) = -K_f log f. Symmetric and positive semidefinite in h^3 sum; 1, v and
        ! |v|^2 span its kernel. phi (finite) and K_phi: n^3 values.
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_NOT_FINITE (f, phi); GRZ_ERROR_NOT_POSITIVE
        ! (f); GRZ_ERROR_UNSUPPORTED (spectral); GRZ_ERROR_NOT_REPRESENTABLE (K_f phi overflows);
        ! GRZ_ERROR_CANCELLED; where the set-up is still to do also GRZ_ERROR_INVALID_ARGUMENT (options
        ! that do not go together), GRZ_ERROR_OUT_OF_MEMORY, GRZ_ERROR_SIZE_OVERFLOW and, of the kernel,
        ! GRZ_ERROR_CALLBACK, GRZ_ERROR_NOT_FINITE, GRZ_ERROR_NOT_CONVERGED, GRZ_ERROR_NOT_REPRESENTABLE.
        ! One thread at a time per handle.
        function grz_operator_onsager(op, f, phi, K_phi) bind(C, name="grz_operator_onsager") result(grz_result)
            import
            type(grz_operator), value :: op
            real(c_double), intent(in), optional :: f(*)
            real(c_double), intent(in), optional :: phi(*)
            real(c_double), intent(inout), optional :: K_phi(*)
            integer(c_int) :: grz_result
        end function

        ! Compares the accuracy level in force (all options) with the next finer one on the same grid: the
        ! largest |Q - Q_finer| over the largest |Q_finer|, and |D - D_finer|/D_finer (either may be NULL);
        ! 1 double each, of the error of quadrature and fit. The spectral method adds the same for Landau's
        ! operator with this radius, period, ball of modes and padding against that with R = L, a period of
        ! 2n nodes, the cube of modes and no aliasing: pairs beyond 2R, periodic images, what the ball
        ! leaves out and aliases. What f has beyond the box, and beyond the modes of the grid, neither
        ! counts; nor does the entropic method count pairs beyond 2R: see grz_operator_health. Costs two
        ! set-ups and two applications, of Landau's operator in a period of 2n nodes too; allocates.
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_NOT_FINITE (f); GRZ_ERROR_NOT_POSITIVE
        ! (entropic, f <= 0); GRZ_ERROR_UNSUPPORTED (D of a method without it); GRZ_ERROR_NOT_REPRESENTABLE
        ! (Q or D overflows); GRZ_ERROR_CANCELLED; GRZ_ERROR_OUT_OF_MEMORY; of the two set-ups also
        ! GRZ_ERROR_INVALID_ARGUMENT (options that do not go together), GRZ_ERROR_SIZE_OVERFLOW and, of the
        ! kernel, GRZ_ERROR_CALLBACK, GRZ_ERROR_NOT_FINITE, GRZ_ERROR_NOT_CONVERGED. One thread at a time
        ! per handle.
        function grz_operator_estimate_error(op, f, Q_error, dissipation_error) bind(C, &
            name="grz_operator_estimate_error") result(grz_result)
            import
            type(grz_operator), value :: op
            real(c_double), intent(in), optional :: f(*)
            real(c_double), intent(inout), optional :: Q_error
            real(c_double), intent(inout), optional :: dissipation_error
            integer(c_int) :: grz_result
        end function

        ! The largest rate at which the operator linearised at f damps anything on this grid: the largest
        ! modulus of an eigenvalue of g -> -2 Q(f, g) (spectral), of f^{-1/2} K_f f^{-1/2} (entropic),
        ! which is that near equilibrium; 1 double >= 0 in units of 1/time. An explicit method of
        ! stability interval [-s, 0] needs dt <= s/rate: s = 2 and 2.51 for orders 2 and 3, about 4.5 for
        ! SSP_RK4. It grows like (n/L)^2 for Landau, so its modes need no accuracy, only stability. By 14
        ! steps of Arnoldi's process, one application each: from below, within a few per cent. Allocates
        ! 17 n^3 doubles.
        ! Entropic rates are those of the thinnest tails, see docs/flow.md.
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_NOT_FINITE (f); GRZ_ERROR_NOT_POSITIVE
        ! (entropic, f <= 0); GRZ_ERROR_NOT_REPRESENTABLE (the rates overflow); GRZ_ERROR_CANCELLED;
        ! GRZ_ERROR_OUT_OF_MEMORY; where the set-up is still to do also GRZ_ERROR_INVALID_ARGUMENT (options
        ! that do not go together), GRZ_ERROR_SIZE_OVERFLOW and, of the kernel, GRZ_ERROR_CALLBACK,
        ! GRZ_ERROR_NOT_FINITE, GRZ_ERROR_NOT_CONVERGED. One thread at a time per handle.
        function grz_operator_largest_rate(op, f, rate) bind(C, name="grz_operator_largest_rate") result(grz_result)
            import
            type(grz_operator), value :: op
            real(c_double), intent(in), optional :: f(*)
            real(c_double), intent(inout), optional :: rate(*)
            integer(c_int) :: grz_result
        end function

        ! Whether the grid resolves log f: the largest value that its spline takes at the midpoints between
        ! neighbouring nodes, over the largest f at the nodes (entropic only); 1 double >= 1, +infinity
        ! where it overflows. A little above 1 when the maximum lies between nodes; 2 and more says that
        ! the spline overshoots between nodes whose f differ by many orders: Q then is exact in its
        ! structure, but of a density that is not f. Costs a fraction of an application.
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_NOT_FINITE (f); GRZ_ERROR_NOT_POSITIVE (f);
        ! GRZ_ERROR_UNSUPPORTED (spectral); GRZ_ERROR_CANCELLED; where the set-up is still to do also
        ! GRZ_ERROR_INVALID_ARGUMENT (options that do not go together), GRZ_ERROR_OUT_OF_MEMORY,
        ! GRZ_ERROR_SIZE_OVERFLOW and, of the kernel, GRZ_ERROR_CALLBACK, GRZ_ERROR_NOT_FINITE,
        ! GRZ_ERROR_NOT_CONVERGED, GRZ_ERROR_NOT_REPRESENTABLE. One thread at a time per handle.
        function grz_operator_overshoot(op, f, ratio) bind(C, name="grz_operator_overshoot") result(grz_result)
            import
            type(grz_operator), value :: op
            real(c_double), intent(in), optional :: f(*)
            real(c_double), intent(inout), optional :: ratio
            integer(c_int) :: grz_result
        end function

        ! Whether box, grid and radius of an operator suit a density f (n^3 values): GRZ_HEALTH_TERM_COUNT
        ! doubles into terms, and a static sentence that names the worst of what exceeds 1e-3 (CELLS < 1,
        ! OVERSHOOT > 1.5) and its remedy into *advice (may be NULL). Costs an application and two
        ! transforms of (2n)^3 nodes; allocates.
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (op, f, terms); GRZ_ERROR_NOT_FINITE (f);
        ! GRZ_ERROR_NOT_POSITIVE (entropic, f <= 0); GRZ_ERROR_NOT_REPRESENTABLE (Q or a term overflows);
        ! GRZ_ERROR_OUT_OF_MEMORY; GRZ_ERROR_CANCELLED; where the set-up is still to do also
        ! GRZ_ERROR_INVALID_ARGUMENT (options that do not go together), GRZ_ERROR_SIZE_OVERFLOW and, of the
        ! kernel, GRZ_ERROR_CALLBACK, GRZ_ERROR_NOT_CONVERGED. One thread at a time per handle.
        function grz_operator_health(op, f, terms, advice) bind(C, name="grz_operator_health") result(grz_result)
            import
            type(grz_operator), value :: op
            real(c_double), intent(in), optional :: f(*)
            real(c_double), intent(inout), optional :: terms(*)
            type(c_ptr), intent(out), optional :: advice
            integer(c_int) :: grz_result
        end function

        ! How an entropic operator sums over the sphere |v - v*| = 2r of each of its radii, index from 0 to
        ! count - 1 (r ascending but for rounding of the rule): r; collisions, a grz_collisions, 0 where
        ! Landau's form is all (Landau operators, eps = 0); directions, the nodes w of the rule, one of
        ! each antipodal pair; landau, the share of the momentum transfer 2 pi int beta sin^2(theta/2) that
        ! Landau's form carries: 1, 0 for circles, and what a generator leaves to it. Outputs may be NULL.
        ! sphere_count sets the operator up as grz_operator_setup does, sphere too.
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (op; count); GRZ_ERROR_INVALID_ARGUMENT (index);
        ! GRZ_ERROR_UNSUPPORTED (spectral); where the set-up is still to do also GRZ_ERROR_INVALID_ARGUMENT
        ! (options that do not go together), GRZ_ERROR_OUT_OF_MEMORY, GRZ_ERROR_SIZE_OVERFLOW,
        ! GRZ_ERROR_CANCELLED and, of the kernel, GRZ_ERROR_CALLBACK, GRZ_ERROR_NOT_FINITE,
        ! GRZ_ERROR_NOT_CONVERGED, GRZ_ERROR_NOT_REPRESENTABLE. One thread at a time per handle.
        function grz_operator_sphere_count(op, count) bind(C, name="grz_operator_sphere_count") result(grz_result)
            import
            type(grz_operator), value :: op
            integer(c_int32_t), intent(inout), optional :: count
            integer(c_int) :: grz_result
        end function

        function grz_operator_sphere(op, index, r, collisions, directions, landau) bind(C, &
            name="grz_operator_sphere") result(grz_result)
            import
            type(grz_operator), value :: op
            integer(c_int32_t), value :: index
            real(c_double), intent(inout), optional :: r(*)
            integer(c_int32_t), intent(inout), optional :: collisions
            integer(c_int32_t), intent(inout), optional :: directions
            real(c_double), intent(inout), optional :: landau(*)
            integer(c_int) :: grz_result
        end function

        ! The symmetric bilinear form (Q(f, g) + Q(g, f))/2, n^3 values (spectral only), with Q(f, f) =
        ! apply(f) for the plain form of GRZ_OPERATOR_OPTION_EQUILIBRIUM. The first call allocates.
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_NOT_FINITE (f, g); GRZ_ERROR_UNSUPPORTED
        ! (entropic); GRZ_ERROR_OUT_OF_MEMORY; GRZ_ERROR_NOT_REPRESENTABLE (the result overflows);
        ! GRZ_ERROR_CANCELLED; where the set-up is still to do also GRZ_ERROR_INVALID_ARGUMENT (options
        ! that do not go together), GRZ_ERROR_OUT_OF_MEMORY, GRZ_ERROR_SIZE_OVERFLOW and, of the kernel,
        ! GRZ_ERROR_CALLBACK, GRZ_ERROR_NOT_FINITE, GRZ_ERROR_NOT_CONVERGED, GRZ_ERROR_NOT_REPRESENTABLE.
        ! One thread at a time per handle.
        function grz_operator_apply_bilinear(op, f, g, Q) bind(C, name="grz_operator_apply_bilinear") result(grz_result)
            import
            type(grz_operator), value :: op
            real(c_double), intent(in), optional :: f(*)
            real(c_double), intent(in), optional :: g(*)
            real(c_double), intent(inout), optional :: Q(*)
            integer(c_int) :: grz_result
        end function

        ! Q_L(f, g), n^3 values: the rate of change of f by collisions with g, C_beta div int |v -
        ! v*|^{gamma+2} Pi (g* grad f - f grad* g*) dv* (3.10), of Landau's equation with the separable
        ! scheme (its default) only. Q_L(f, g) + Q_L(g, f) is twice the symmetric form, Q_L(f, f) is
        ! apply(f); what f loses of momentum and energy g gains, to the accuracy of the method: nothing but
        ! mass is projected. The friction and the heating of a part of f by another. The first call
        ! allocates.
        ! Returns: as grz_operator_apply_bilinear; GRZ_ERROR_UNSUPPORTED (another scheme or equation). One
        ! thread at a time per handle.
        function grz_operator_apply_directed(op, f, g, Q) bind(C, name="grz_operator_apply_directed") result(grz_result)
            import
            type(grz_operator), value :: op
            real(c_double), intent(in), optional :: f(*)
            real(c_double), intent(in), optional :: g(*)
            real(c_double), intent(inout), optional :: Q(*)
            integer(c_int) :: grz_result
        end function

        ! Q(f, f) for count densities, count*n^3 values in and out: the same numbers as count calls of
        ! apply. The spectral method spreads the densities over the threads of the set-up, each with its
        ! own workspace (allocated at the first batch after it); the entropic one takes them in turn. All
        ! densities are checked before the first application; on a later error (overflow, cancelled) the Q
        ! of each density is complete or untouched.
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_INVALID_ARGUMENT (count < 0);
        ! GRZ_ERROR_SIZE_OVERFLOW (count); GRZ_ERROR_NOT_FINITE (f); GRZ_ERROR_NOT_POSITIVE (entropic, f <=
        ! 0); GRZ_ERROR_OUT_OF_MEMORY; GRZ_ERROR_NOT_REPRESENTABLE (Q overflows); GRZ_ERROR_CANCELLED;
        ! where the set-up is still to do also GRZ_ERROR_INVALID_ARGUMENT (options that do not go
        ! together), GRZ_ERROR_OUT_OF_MEMORY, GRZ_ERROR_SIZE_OVERFLOW and, of the kernel,
        ! GRZ_ERROR_CALLBACK, GRZ_ERROR_NOT_FINITE, GRZ_ERROR_NOT_CONVERGED, GRZ_ERROR_NOT_REPRESENTABLE.
        ! One thread at a time per handle.
        function grz_operator_apply_batch(op, count, f, Q) bind(C, name="grz_operator_apply_batch") result(grz_result)
            import
            type(grz_operator), value :: op
            integer(c_int64_t), value :: count
            real(c_double), intent(in), optional :: f(*)
            real(c_double), intent(inout), optional :: Q(*)
            integer(c_int) :: grz_result
        end function

        ! After setup, the radial tensor scheme's own error: weighted root mean square of the fitted
        ! kernel's error over that of the kernel, on 2000 triangles that the fit has not seen; 0 for
        ! schemes without a fit. After an application: the largest correction of the conservation
        ! projection over the largest |Q| (of the last density of a batch); 0 when it is off.
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_UNSUPPORTED (entropic); fit_error where the
        ! set-up is still to do, GRZ_ERROR_INVALID_ARGUMENT (options that do not go together),
        ! GRZ_ERROR_OUT_OF_MEMORY, GRZ_ERROR_SIZE_OVERFLOW and, of the kernel, GRZ_ERROR_CALLBACK,
        ! GRZ_ERROR_NOT_FINITE, GRZ_ERROR_NOT_CONVERGED, GRZ_ERROR_NOT_REPRESENTABLE, GRZ_ERROR_CANCELLED.
        ! One thread at a time per handle.
        function grz_operator_fit_error(op, error) bind(C, name="grz_operator_fit_error") result(grz_result)
            import
            type(grz_operator), value :: op
            real(c_double), intent(inout), optional :: error
            integer(c_int) :: grz_result
        end function

        function grz_operator_projection_size(op, size) bind(C, name="grz_operator_projection_size") result(grz_result)
            import
            type(grz_operator), value :: op
            real(c_double), intent(inout), optional :: size
            integer(c_int) :: grz_result
        end function

        ! A box for densities whose temperatures in all directions lie in [T_min, T_max] (of beams: T_max
        ! the variance of the whole), at relative accuracy tol of Q in L2, for every gamma: R with
        ! e^{-x}(1 + x + x^2/2) = tol, x = R^2/T_max, the share of pairs beyond 2R in the stress of hard
        ! spheres; half width L = 2R, so that as few meet a periodic image within 2R; n even, of small
        ! prime factors, with 3 exp(-T_min kappa^2/4) <= tol at the last mode kappa = pi n/(2L), the decay
        ! of Q of soft kernels. Set the option RADIUS to R. The error of a fit (radial tensor) is not in
        ! it: see grz_operator_estimate_error. Centre the grid on the mean velocity. Outputs may be NULL.
        ! Valid: 0 < T_min <= T_max <= 1e6 T_min; 1e-14 <= tol <= 0.1.
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (context); GRZ_ERROR_INVALID_ARGUMENT (T_min, T_max,
        ! tol; also when n would exceed 1024); GRZ_ERROR_NOT_FINITE (T_min, T_max, tol). Any thread.
        function grz_spectral_propose(context, T_min, T_max, tol, n, half_width, radius) bind(C, &
            name="grz_spectral_propose") result(grz_result)
            import
            type(grz_context), value :: context
            real(c_double), value :: T_min
            real(c_double), value :: T_max
            real(c_double), value :: tol
            integer(c_int32_t), intent(inout), optional :: n
            real(c_double), intent(inout), optional :: half_width
            real(c_double), intent(inout), optional :: radius
            integer(c_int) :: grz_result
        end function

        ! Factorisations of the radial tensor fits. They depend on the ranks, nodes and kappa R only, not
        ! on kernel or eps: the first operator of a shape computes it (seconds), later ones of the same
        ! context find it. The context keeps them until clear or its end. save writes all of them to a file
        ! (native byte order, 40 MB at n = 32 and the default level), replaced whole or not at all; load
        ! adds those of a file whose numbers solve the equations they belong to.
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_IO; GRZ_ERROR_FORMAT (another version or byte
        ! order, damaged, wrong numbers, bytes after its content); GRZ_ERROR_OUT_OF_MEMORY. Any thread.
        ! size: count and bytes may be NULL.
        function grz_spectral_cache_clear(context) bind(C, name="grz_spectral_cache_clear") result(grz_result)
            import
            type(grz_context), value :: context
            integer(c_int) :: grz_result
        end function

        function grz_spectral_cache_size(context, count, bytes) bind(C, &
            name="grz_spectral_cache_size") result(grz_result)
            import
            type(grz_context), value :: context
            integer(c_int32_t), intent(inout), optional :: count
            integer(c_int64_t), intent(inout), optional :: bytes
            integer(c_int) :: grz_result
        end function

        function grz_spectral_cache_save(context, path) bind(C, name="grz_spectral_cache_save") result(grz_result)
            import
            type(grz_context), value :: context
            character(kind=c_char), intent(in) :: path(*)
            integer(c_int) :: grz_result
        end function

        function grz_spectral_cache_load(context, path) bind(C, name="grz_spectral_cache_load") result(grz_result)
            import
            type(grz_context), value :: context
            character(kind=c_char), intent(in) :: path(*)
            integer(c_int) :: grz_result
        end function

        ! FFTW's planner keeps global state and is not thread-safe. The library plans under one lock; a
        ! program that plans itself while other threads may create operators takes the same lock around its
        ! planner calls. Not recursive: no call of this library in between. export and import carry FFTW's
        ! wisdom, which makes planning immediate, through a file, which export replaces whole or not at
        ! all.
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_IO; GRZ_ERROR_FORMAT (import: no wisdom of
        ! this FFTW). Any thread.
        subroutine grz_fft_lock_planner() bind(C, name="grz_fft_lock_planner")
            import
        end subroutine

        subroutine grz_fft_unlock_planner() bind(C, name="grz_fft_unlock_planner")
            import
        end subroutine

        function grz_fft_export_wisdom(context, path) bind(C, name="grz_fft_export_wisdom") result(grz_result)
            import
            type(grz_context), value :: context
            character(kind=c_char), intent(in) :: path(*)
            integer(c_int) :: grz_result
        end function

        function grz_fft_import_wisdom(context, path) bind(C, name="grz_fft_import_wisdom") result(grz_result)
            import
            type(grz_context), value :: context
            character(kind=c_char), intent(in) :: path(*)
            integer(c_int) :: grz_result
        end function

        ! A species: name (copied; NULL: ""), mass > 0 and charge in any units that the mixture's other
        ! species have too. The charge serves grz_mixture_set_coulomb only.
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (context, out); GRZ_ERROR_INVALID_ARGUMENT (mass);
        ! GRZ_ERROR_NOT_FINITE (mass, charge); GRZ_ERROR_OUT_OF_MEMORY. Any thread.
        function grz_species_create(context, name, mass, charge, out) bind(C, &
            name="grz_species_create") result(grz_result)
            import
            type(grz_context), value :: context
            character(kind=c_char), intent(in) :: name(*)
            real(c_double), value :: mass
            real(c_double), value :: charge
            type(grz_species), intent(inout) :: out
            integer(c_int) :: grz_result
        end function

        subroutine grz_species_destroy(species) bind(C, name="grz_species_destroy")
            import
            type(grz_species), intent(inout) :: species
        end subroutine

        ! What it was made of; NULL and NaN for NULL. The name belongs to the species. Any thread.
        function grz_species_name(species) bind(C, name="grz_species_name") result(grz_result)
            import
            type(grz_species), value :: species
            type(c_ptr) :: grz_result
        end function

        function grz_species_mass(species) bind(C, name="grz_species_mass") result(grz_result)
            import
            type(grz_species), value :: species
            real(c_double) :: grz_result
        end function

        function grz_species_charge(species) bind(C, name="grz_species_charge") result(grz_result)
            import
            type(grz_species), value :: species
            real(c_double) :: grz_result
        end function

        ! A mixture of 1 <= count <= 32 species, the i-th on grids[i] (a grid may serve several). Grids of
        ! two species need one centre and spacings in a whole ratio, at most 16, such that the nodes of the
        ! coarser are among those of the finer's lattice: an odd ratio for n both even or both odd, an even
        ! ratio for n of the finer odd. No kernel is set yet.
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (context, species, grids, one of them, out);
        ! GRZ_ERROR_INVALID_ARGUMENT (count); GRZ_ERROR_MISMATCH (handles of another context, grids without
        ! a common lattice: the message has both); GRZ_ERROR_OUT_OF_MEMORY. Any thread.
        function grz_mixture_create(context, count, species, grids, out) bind(C, &
            name="grz_mixture_create") result(grz_result)
            import
            type(grz_context), value :: context
            integer(c_int32_t), value :: count
            type(grz_species), intent(in) :: species(*)
            type(grz_grid), intent(in) :: grids(*)
            type(grz_mixture), intent(inout) :: out
            integer(c_int) :: grz_result
        end function

        subroutine grz_mixture_destroy(mixture) bind(C, name="grz_mixture_destroy")
            import
            type(grz_mixture), intent(inout) :: mixture
        end subroutine

        ! Kernels by pair, a and b in either order (0 <= a, b < count); each has an eps of its own. For
        ! unlike species theta runs over the kernel's (0, pi/2] only, but for kernels that are the same on
        ! the whole sphere (VHS): these scatter over all of it, with half of the law at pi - theta.
        ! set_coulomb gives every pair grz_kernel_create_coulomb(eps, scattering) times strength (q_a
        ! q_b/mu)^2, mu = m_a m_b/(m_a + m_b): Landau's operator of the plasma when strength is (pi/2) log
        ! Lambda (Gaussian units) or log Lambda/(32 pi epsilon_0^2) (SI).
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_INVALID_ARGUMENT (a, b; strength, eps,
        ! scattering; a species without charge); GRZ_ERROR_NOT_FINITE (strength, eps); GRZ_ERROR_MISMATCH
        ! (kernel of another context); GRZ_ERROR_NOT_REPRESENTABLE (a factor overflows);
        ! GRZ_ERROR_OUT_OF_MEMORY. One thread at a time per mixture; kernels stay as they were on an error.
        function grz_mixture_set_kernel(mixture, a, b, kernel) bind(C, name="grz_mixture_set_kernel") result(grz_result)
            import
            type(grz_mixture), value :: mixture
            integer(c_int32_t), value :: a
            integer(c_int32_t), value :: b
            type(grz_kernel), value :: kernel
            integer(c_int) :: grz_result
        end function

        function grz_mixture_set_coulomb(mixture, strength, eps, scattering) bind(C, &
            name="grz_mixture_set_coulomb") result(grz_result)
            import
            type(grz_mixture), value :: mixture
            real(c_double), value :: strength
            real(c_double), value :: eps
            integer(c_int), value :: scattering
            integer(c_int) :: grz_result
        end function

        ! What it is made of: the number of species; one of them, its grid, a pair's kernel (NULL where
        ! there is none); and where a species' values begin in a density, for index = count the number of
        ! doubles of all (-1 for others). Any thread.
        function grz_mixture_species_count(mixture) bind(C, name="grz_mixture_species_count") result(grz_result)
            import
            type(grz_mixture), value :: mixture
            integer(c_int32_t) :: grz_result
        end function

        function grz_mixture_species(mixture, index) bind(C, name="grz_mixture_species") result(grz_result)
            import
            type(grz_mixture), value :: mixture
            integer(c_int32_t), value :: index
            type(grz_species) :: grz_result
        end function

        function grz_mixture_grid(mixture, index) bind(C, name="grz_mixture_grid") result(grz_result)
            import
            type(grz_mixture), value :: mixture
            integer(c_int32_t), value :: index
            type(grz_grid) :: grz_result
        end function

        function grz_mixture_kernel(mixture, a, b) bind(C, name="grz_mixture_kernel") result(grz_result)
            import
            type(grz_mixture), value :: mixture
            integer(c_int32_t), value :: a
            integer(c_int32_t), value :: b
            type(grz_kernel) :: grz_result
        end function

        function grz_mixture_offset(mixture, index) bind(C, name="grz_mixture_offset") result(grz_result)
            import
            type(grz_mixture), value :: mixture
            integer(c_int32_t), value :: index
            integer(c_int64_t) :: grz_result
        end function

        ! Moments of a density f of the mixture: each species' number density (count doubles), mean
        ! velocity (3 count) and temperature m <|v - u|^2>/3 (count, in units of energy); and those of all,
        ! the mean velocity of mass (3) and the temperature with respect to it. Any output may be NULL.
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (mixture, f); GRZ_ERROR_NOT_FINITE (f);
        ! GRZ_ERROR_INVALID_ARGUMENT (a species without mass); GRZ_ERROR_NOT_REPRESENTABLE (a moment
        ! overflows). Any thread.
        function grz_mixture_moments(mixture, f, number, velocity, temperature, total_velocity, &
            total_temperature) bind(C, name="grz_mixture_moments") result(grz_result)
            import
            type(grz_mixture), value :: mixture
            real(c_double), intent(in), optional :: f(*)
            real(c_double), intent(inout), optional :: number(*)
            real(c_double), intent(inout), optional :: velocity(3, *)
            real(c_double), intent(inout), optional :: temperature(*)
            real(c_double), intent(inout), optional :: total_velocity(*)
            real(c_double), intent(inout), optional :: total_temperature(*)
            integer(c_int) :: grz_result
        end function

        ! The Maxwellians that collisions drive f to: of f's number densities and the mean velocity and
        ! temperature of all, at the nodes. And the entropy, the sum over species of int f log f.
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_NOT_FINITE (f); GRZ_ERROR_INVALID_ARGUMENT
        ! (moments that no Maxwellian has; entropy: a negative value); GRZ_ERROR_NOT_REPRESENTABLE (the
        ! result overflows). Any thread.
        function grz_mixture_equilibrium(mixture, f, equilibrium) bind(C, &
            name="grz_mixture_equilibrium") result(grz_result)
            import
            type(grz_mixture), value :: mixture
            real(c_double), intent(in), optional :: f(*)
            real(c_double), intent(inout), optional :: equilibrium(*)
            integer(c_int) :: grz_result
        end function

        function grz_mixture_entropy(mixture, f, entropy) bind(C, name="grz_mixture_entropy") result(grz_result)
            import
            type(grz_mixture), value :: mixture
            real(c_double), intent(in), optional :: f(*)
            real(c_double), intent(inout), optional :: entropy(*)
            integer(c_int) :: grz_result
        end function

        ! The collision operator of all species: an operator whose densities are those of the mixture.
        ! Options are those of the method, for every pair; RADIUS is r = |z|/2. What takes an operator
        ! takes this one, too, where a density is any array of grz_operator_size doubles: apply, weak form,
        ! Onsager operator, action, dissipations with their variations, overshoot, explicit flows (without
        ! floor). GRZ_ERROR_UNSUPPORTED says where it does not. The spectral method needs one grid for all.
        ! For any quadrature, mass of each species, sum m v and sum m |v|^2 are kept and, for the entropic
        ! method, sum <Q_a, log f_a> = -D with Maxwellians of common mean velocity and temperature in
        ! equilibrium. With one species it is grz_operator_create's, bit for bit.
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_INVALID_ARGUMENT (equation, method, a pair
        ! without a kernel); GRZ_ERROR_MISMATCH (mixture of another context); GRZ_ERROR_UNSUPPORTED (grids
        ! that the method cannot do); GRZ_ERROR_OUT_OF_MEMORY. One thread at a time per mixture.
        function grz_operator_create_mixture(context, mixture, equation, method, out) bind(C, &
            name="grz_operator_create_mixture") result(grz_result)
            import
            type(grz_context), value :: context
            type(grz_mixture), value :: mixture
            integer(c_int), value :: equation
            integer(c_int), value :: method
            type(grz_operator), intent(inout) :: out
            integer(c_int) :: grz_result
        end function

        ! The mixture that an operator was made from (NULL for others), and the doubles of its densities:
        ! n^3, of a mixture the sum over its species. Any thread.
        function grz_operator_mixture(op) bind(C, name="grz_operator_mixture") result(grz_result)
            import
            type(grz_operator), value :: op
            type(grz_mixture) :: grz_result
        end function

        function grz_operator_size(op) bind(C, name="grz_operator_size") result(grz_result)
            import
            type(grz_operator), value :: op
            integer(c_int64_t) :: grz_result
        end function

        ! Functionals of a density f on a grid, given by its n^3 values; integrals are midpoint sums,
        ! compensated.
        !   entropy          H[f] = int f log f; first variation log f + 1
        !   relative_entropy int f log(f/g) - f + g >= 0, g = reference (its grid and a copy of its values
        !                    are kept); first variation log(f/g). Accurate also for f close to g
        !   fisher           h^3 sum f |D log f|^2, D the eighth-order differences along the axes (nine
        !                    nodes, one-sided near the boundary, for n = 8 all eight nodes, order seven):
        !                    exact for a Maxwellian. Where some f is 0, 4 h^3 sum |D sqrt f|^2. First
        !                    variation, for f > 0 only: the exact derivative of the discrete value, |D log
        !                    f|^2 + (2/f) D^T (f D log f). Source: Remark 2.9; stencils as by B. Fornberg,
        !                    Math. Comp. 51 (1988) 699
        !   dissipation      type GRZ_FUNCTIONAL_TYPE_DISSIPATION: D_B or D_L (1.2), or
        !                    GRZ_FUNCTIONAL_TYPE_DISSIPATION_SQUARE_ROOT: D_B^R = int B (sqrt(f'f*') -
        !                    sqrt(ff*))^2 <= D_B (6.1.3), of op at its options of the time of the call. op
        !                    is kept and used by the calls, so the one-thread rule covers both handles
        !                    together
        ! fisher and dissipation hold a workspace of n^3 doubles.
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (any argument); GRZ_ERROR_INVALID_ARGUMENT (dissipation:
        ! any other type); GRZ_ERROR_NOT_POSITIVE (a value of the reference is 0); GRZ_ERROR_MISMATCH
        ! (grid, reference or op of another context); GRZ_ERROR_UNSUPPORTED (op's method does not offer it,
        ! as the square-root dissipation of a spectral operator); GRZ_ERROR_OUT_OF_MEMORY. Any thread.
        function grz_functional_create_entropy(context, grid, out) bind(C, &
            name="grz_functional_create_entropy") result(grz_result)
            import
            type(grz_context), value :: context
            type(grz_grid), value :: grid
            type(grz_functional), intent(inout) :: out
            integer(c_int) :: grz_result
        end function

        function grz_functional_create_relative_entropy(context, reference, out) bind(C, &
            name="grz_functional_create_relative_entropy") result(grz_result)
            import
            type(grz_context), value :: context
            type(grz_distribution), value :: reference
            type(grz_functional), intent(inout) :: out
            integer(c_int) :: grz_result
        end function

        function grz_functional_create_fisher(context, grid, out) bind(C, &
            name="grz_functional_create_fisher") result(grz_result)
            import
            type(grz_context), value :: context
            type(grz_grid), value :: grid
            type(grz_functional), intent(inout) :: out
            integer(c_int) :: grz_result
        end function

        function grz_functional_create_dissipation(context, op, type, out) bind(C, &
            name="grz_functional_create_dissipation") result(grz_result)
            import
            type(grz_context), value :: context
            type(grz_operator), value :: op
            integer(c_int), value :: type
            type(grz_functional), intent(inout) :: out
            integer(c_int) :: grz_result
        end function

        subroutine grz_functional_destroy(functional) bind(C, name="grz_functional_destroy")
            import
            type(grz_functional), intent(inout) :: functional
        end subroutine

        ! What it is: a grz_functional_type, its grid. Any thread.
        function grz_functional_type_of(functional) bind(C, name="grz_functional_type_of") result(grz_result)
            import
            type(grz_functional), value :: functional
            integer(c_int32_t) :: grz_result
        end function

        function grz_functional_grid(functional) bind(C, name="grz_functional_grid") result(grz_result)
            import
            type(grz_functional), value :: functional
            type(grz_grid) :: grz_result
        end function

        ! The value at f, and the first variation dF/df at the nodes: F(f + t g) = F(f) + t h^3 sum g dF/df
        ! + o(t). f: n^3 values, finite and >= 0 (a dissipation: what grz_operator_apply takes); variation:
        ! n^3 values out, may be the array f itself.
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_NOT_FINITE; GRZ_ERROR_NOT_POSITIVE (f < 0;
        ! first variation: also f = 0); GRZ_ERROR_NOT_REPRESENTABLE (the result overflows); dissipations
        ! also GRZ_ERROR_UNSUPPORTED (the method has no first variation), GRZ_ERROR_CANCELLED; where the
        ! set-up is still to do also GRZ_ERROR_INVALID_ARGUMENT (options that do not go together),
        ! GRZ_ERROR_OUT_OF_MEMORY, GRZ_ERROR_SIZE_OVERFLOW and, of the kernel, GRZ_ERROR_CALLBACK,
        ! GRZ_ERROR_NOT_FINITE, GRZ_ERROR_NOT_CONVERGED, GRZ_ERROR_NOT_REPRESENTABLE. One thread at a time
        ! per handle.
        function grz_functional_evaluate(functional, f, value) bind(C, &
            name="grz_functional_evaluate") result(grz_result)
            import
            type(grz_functional), value :: functional
            real(c_double), intent(in), optional :: f(*)
            real(c_double), intent(inout), optional :: value
            integer(c_int) :: grz_result
        end function

        function grz_functional_first_variation(functional, f, variation) bind(C, &
            name="grz_functional_first_variation") result(grz_result)
            import
            type(grz_functional), value :: functional
            real(c_double), intent(in), optional :: f(*)
            real(c_double), intent(inout), optional :: variation(*)
            integer(c_int) :: grz_result
        end function

        ! Affine lower bound of the Fisher information (Remark 2.9) by a test function psi (n^3 values):
        ! *bound = 4 int (2 grad sqrt f . grad psi - |grad psi|^2) <= 4 int |grad sqrt f|^2, node by node
        ! in the functional's own differences, so never above its value; psi = sqrt(f) attains it up to the
        ! differences' error, to rounding where f has zeros. *best (may be NULL): by the best multiple of
        ! psi; *gap (may be NULL): the value minus *bound, as a sum of squares.
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (functional, f, psi, bound); GRZ_ERROR_NOT_FINITE (f,
        ! psi); GRZ_ERROR_NOT_POSITIVE (f < 0); GRZ_ERROR_UNSUPPORTED (another functional);
        ! GRZ_ERROR_NOT_REPRESENTABLE (a result overflows). One thread at a time per handle.
        function grz_functional_fisher_bound(functional, f, psi, bound, best, gap) bind(C, &
            name="grz_functional_fisher_bound") result(grz_result)
            import
            type(grz_functional), value :: functional
            real(c_double), intent(in), optional :: f(*)
            real(c_double), intent(in), optional :: psi(*)
            real(c_double), intent(inout), optional :: bound
            real(c_double), intent(inout), optional :: best
            real(c_double), intent(inout), optional :: gap
            integer(c_int) :: grz_result
        end function

        ! Spherical harmonic transforms up to degree lmax, on which the sphere |v - v*| = const of a pair
        ! lives: the collision operator is the multiplier lambda_l of grz_kernel_spectrum there, Landau's
        ! the Laplace-Beltrami operator (section 3.3, Lemmas A.5, 6.5). The rule has antipodal nodes and is
        ! exact to degree 2 lmax, so all below is exact for polynomials of degree lmax. 0 <= lmax <= 64;
        ! memory about (lmax+1)^4 2.2 doubles. Immutable; any number of threads may use one handle.
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_INVALID_ARGUMENT (lmax);
        ! GRZ_ERROR_OUT_OF_MEMORY. Any thread.
        function grz_sphere_create(context, lmax, out) bind(C, name="grz_sphere_create") result(grz_result)
            import
            type(grz_context), value :: context
            integer(c_int32_t), value :: lmax
            type(grz_sphere), intent(inout) :: out
            integer(c_int) :: grz_result
        end function

        subroutine grz_sphere_destroy(sphere) bind(C, name="grz_sphere_destroy")
            import
            type(grz_sphere), intent(inout) :: sphere
        end subroutine

        ! lmax; nodes N; coefficients C = (lmax+1)^2. nodes: N*3 unit vectors, the second half minus the
        ! first; weights: N, sum 4 pi; either may be NULL. Returns (nodes): GRZ_OK;
        ! GRZ_ERROR_NULL_ARGUMENT. Any thread.
        function grz_sphere_degree(sphere) bind(C, name="grz_sphere_degree") result(grz_result)
            import
            type(grz_sphere), value :: sphere
            integer(c_int32_t) :: grz_result
        end function

        function grz_sphere_node_count(sphere) bind(C, name="grz_sphere_node_count") result(grz_result)
            import
            type(grz_sphere), value :: sphere
            integer(c_int64_t) :: grz_result
        end function

        function grz_sphere_coefficient_count(sphere) bind(C, name="grz_sphere_coefficient_count") result(grz_result)
            import
            type(grz_sphere), value :: sphere
            integer(c_int64_t) :: grz_result
        end function

        function grz_sphere_nodes(sphere, nodes, weights) bind(C, name="grz_sphere_nodes") result(grz_result)
            import
            type(grz_sphere), value :: sphere
            real(c_double), intent(inout), optional :: nodes(*)
            real(c_double), intent(inout), optional :: weights(*)
            integer(c_int) :: grz_result
        end function

        ! Transforms of batch functions or tangent fields at once, by matrix products. values: batch*N;
        ! coefficients: batch*C, that of the real orthonormal Y_lm at l*l + l + m; field: batch*N*3,
        ! tangential out, in of which only the tangential part counts.
        !   analyse      c_lm = int psi Y_lm, by the rule       synthesise  psi = sum c_lm Y_lm at the
        !                nodes
        !   gradient     grad_S sum c_lm Y_lm at the nodes      divergence  coefficients of div_S: -int
        !                field . grad_S Y_lm, by the rule
        !   multiply     c_lm := multiplier[l] c_lm, lmax + 1 multipliers, as lambda_l
        !   solve        c_lm := -c_lm/(l(l+1)), c_00 := 0: Laplacian psi = c of mean 0 (6.10)
        ! solve of divergence is the orthogonal projection onto gradients in the rule's inner product, for
        ! any nodal field: the split (6.8).
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_INVALID_ARGUMENT (batch < 0);
        ! GRZ_ERROR_NOT_FINITE (an input); GRZ_ERROR_OUT_OF_MEMORY. Any thread.
        function grz_sphere_analyse(sphere, batch, values, coefficients) bind(C, &
            name="grz_sphere_analyse") result(grz_result)
            import
            type(grz_sphere), value :: sphere
            integer(c_int64_t), value :: batch
            real(c_double), intent(in), optional :: values(*)
            real(c_double), intent(inout), optional :: coefficients(*)
            integer(c_int) :: grz_result
        end function

        function grz_sphere_synthesise(sphere, batch, coefficients, values) bind(C, &
            name="grz_sphere_synthesise") result(grz_result)
            import
            type(grz_sphere), value :: sphere
            integer(c_int64_t), value :: batch
            real(c_double), intent(in), optional :: coefficients(*)
            real(c_double), intent(inout), optional :: values(*)
            integer(c_int) :: grz_result
        end function

        function grz_sphere_gradient(sphere, batch, coefficients, field) bind(C, &
            name="grz_sphere_gradient") result(grz_result)
            import
            type(grz_sphere), value :: sphere
            integer(c_int64_t), value :: batch
            real(c_double), intent(in), optional :: coefficients(*)
            real(c_double), intent(inout), optional :: field(3, *)
            integer(c_int) :: grz_result
        end function

        function grz_sphere_divergence(sphere, batch, field, coefficients) bind(C, &
            name="grz_sphere_divergence") result(grz_result)
            import
            type(grz_sphere), value :: sphere
            integer(c_int64_t), value :: batch
            real(c_double), intent(in), optional :: field(3, *)
            real(c_double), intent(inout), optional :: coefficients(*)
            integer(c_int) :: grz_result
        end function

        function grz_sphere_multiply(sphere, batch, multiplier, coefficients) bind(C, &
            name="grz_sphere_multiply") result(grz_result)
            import
            type(grz_sphere), value :: sphere
            integer(c_int64_t), value :: batch
            real(c_double), intent(in), optional :: multiplier(*)
            real(c_double), intent(inout), optional :: coefficients(*)
            integer(c_int) :: grz_result
        end function

        function grz_sphere_solve(sphere, batch, coefficients) bind(C, name="grz_sphere_solve") result(grz_result)
            import
            type(grz_sphere), value :: sphere
            integer(c_int64_t), value :: batch
            real(c_double), intent(inout), optional :: coefficients(*)
            integer(c_int) :: grz_result
        end function

        ! Action A_B or A_L (section 4) of the rate with potential phi, M = Lambda B dbar phi resp. ff*
        ! grad_tilde phi: 1/4 int Lambda B (dbar phi)^2 resp. 1/2 int ff* |grad_tilde phi|^2, by the
        ! operator's own quadrature, so that phi = log f gives D_B or D_L to rounding. f, phi: n^3 values;
        ! value: 1 double >= 0.
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_NOT_FINITE (f, phi); GRZ_ERROR_NOT_POSITIVE
        ! (f); GRZ_ERROR_UNSUPPORTED (spectral); GRZ_ERROR_NOT_REPRESENTABLE (the action overflows);
        ! GRZ_ERROR_CANCELLED; where the set-up is still to do also GRZ_ERROR_INVALID_ARGUMENT (options
        ! that do not go together), GRZ_ERROR_OUT_OF_MEMORY, GRZ_ERROR_SIZE_OVERFLOW and, of the kernel,
        ! GRZ_ERROR_CALLBACK, GRZ_ERROR_NOT_FINITE, GRZ_ERROR_NOT_CONVERGED, GRZ_ERROR_NOT_REPRESENTABLE.
        ! One thread at a time per handle.
        function grz_operator_action(op, f, phi, value) bind(C, name="grz_operator_action") result(grz_result)
            import
            type(grz_operator), value :: op
            real(c_double), intent(in), optional :: f(*)
            real(c_double), intent(in), optional :: phi(*)
            real(c_double), intent(inout), optional :: value
            integer(c_int) :: grz_result
        end function

        ! First variation in f of half the action at fixed potential, G(f, phi) with h^3 sum G g = d/ds of
        ! 1/2 <phi, K_{f+sg} phi> at s = 0: for Landau 1/2 int f* |grad_tilde phi|^2 dv*, for Boltzmann by
        ! the derivatives of the logarithmic mean; exactly that of the discrete action. Geodesics of d_B
        ! and d_L satisfy f' = K_f phi, phi' = -G(f, phi). h^3 sum f G is the action. variation: n^3
        ! values; it may be f or phi.
        ! Returns: as grz_operator_action; GRZ_ERROR_NOT_REPRESENTABLE (G overflows). One thread at a time
        ! per handle.
        function grz_operator_action_variation(op, f, phi, variation) bind(C, &
            name="grz_operator_action_variation") result(grz_result)
            import
            type(grz_operator), value :: op
            real(c_double), intent(in), optional :: f(*)
            real(c_double), intent(in), optional :: phi(*)
            real(c_double), intent(inout), optional :: variation(*)
            integer(c_int) :: grz_result
        end function

        ! Solver for metric derivatives of an entropic operator (Definition 4.2, Lemma 4.5), with a
        ! workspace of 8 n^3 doubles, and 2 n^3 more from the first derivative on. Later derivatives
        ! allocate nothing; dense ones and the spectrum do, for the time of the call. op is kept and used
        ! by the calls at its options of the time, so the one-thread rule covers both handles together.
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_MISMATCH (op of another context);
        ! GRZ_ERROR_UNSUPPORTED (op is not entropic); GRZ_ERROR_OUT_OF_MEMORY. Any thread.
        function grz_metric_create(context, op, out) bind(C, name="grz_metric_create") result(grz_result)
            import
            type(grz_context), value :: context
            type(grz_operator), value :: op
            type(grz_metric), intent(inout) :: out
            integer(c_int) :: grz_result
        end function

        subroutine grz_metric_destroy(metric) bind(C, name="grz_metric_destroy")
            import
            type(grz_metric), intent(inout) :: metric
        end subroutine

        ! Options: set one, its value, its bounds and initial value.
        ! Bounds: TOLERANCE 1e-15 to 0.1 (1e-9); ITERATION_CAP 1 to 100000 (1000); MOMENT_TOLERANCE 1e-15
        ! to 1 (1e-8).
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_INVALID_ARGUMENT (no such option, value out
        ! of bounds or not an integer); GRZ_ERROR_NOT_FINITE. One thread at a time per handle.
        function grz_metric_set_option(metric, option, value) bind(C, name="grz_metric_set_option") result(grz_result)
            import
            type(grz_metric), value :: metric
            integer(c_int), value :: option
            real(c_double), value :: value
            integer(c_int) :: grz_result
        end function

        function grz_metric_option_value(metric, option, value) bind(C, &
            name="grz_metric_option_value") result(grz_result)
            import
            type(grz_metric), value :: metric
            integer(c_int), value :: option
            real(c_double), intent(inout), optional :: value
            integer(c_int) :: grz_result
        end function

        function grz_metric_option_bounds(metric, option, minimum, maximum, initial) bind(C, &
            name="grz_metric_option_bounds") result(grz_result)
            import
            type(grz_metric), value :: metric
            integer(c_int), value :: option
            real(c_double), intent(inout), optional :: minimum
            real(c_double), intent(inout), optional :: maximum
            real(c_double), intent(inout), optional :: initial
            integer(c_int) :: grz_result
        end function

        ! |f'|^2 = <g, phi> for a density f > 0 and a time derivative g of it, and the optimal potential
        ! phi (may be NULL), K_f phi = g: the rate M = Lambda B dbar phi, resp. ff* grad_tilde phi, has the
        ! least action of all that produce g (Lemma 4.5), and that action is the value to rounding: what
        ! has not converged makes it smaller, never larger, as (7.1) is a lower bound. phi is determined up
        ! to collision invariants chi; it is returned with sum f phi chi = 0. For g = Q(f,f), phi = -log f
        ! up to these and |f'|^2 = D. When g changes mass, momentum or energy by more than the moment
        ! tolerance no rate produces it: the value is +infinity, phi is left alone, the status is GRZ_OK
        ! and grz_metric_unreachable names the moment. Smaller defects are taken out of g as f times a
        ! combination of invariants. derivative: preconditioned conjugate gradients on K_f, some twenty to
        ! seventy iterations for g = Q(f,f); reports progress. derivative_dense: n <= 16 per axis, by the
        ! spectrum below; 6 n^6 doubles of memory.
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_NOT_FINITE (f, g); GRZ_ERROR_NOT_POSITIVE
        ! (f); GRZ_ERROR_INVALID_ARGUMENT (f lives on too few nodes); GRZ_ERROR_NOT_CONVERGED (cap reached,
        ! or g outside the discrete operator's range); GRZ_ERROR_NOT_REPRESENTABLE (|f'|^2 or phi
        ! overflows); GRZ_ERROR_CANCELLED; dense: GRZ_ERROR_UNSUPPORTED (n > 16),
        ! GRZ_ERROR_NOT_REPRESENTABLE (f spans too many orders), GRZ_ERROR_OUT_OF_MEMORY; where the set-up
        ! is still to do also GRZ_ERROR_INVALID_ARGUMENT (options that do not go together),
        ! GRZ_ERROR_OUT_OF_MEMORY, GRZ_ERROR_SIZE_OVERFLOW and, of the kernel, GRZ_ERROR_CALLBACK,
        ! GRZ_ERROR_NOT_FINITE, GRZ_ERROR_NOT_CONVERGED, GRZ_ERROR_NOT_REPRESENTABLE. One thread at a time
        ! per handle.
        function grz_metric_derivative(metric, f, g, value, phi) bind(C, &
            name="grz_metric_derivative") result(grz_result)
            import
            type(grz_metric), value :: metric
            real(c_double), intent(in), optional :: f(*)
            real(c_double), intent(in), optional :: g(*)
            real(c_double), intent(inout), optional :: value
            real(c_double), intent(inout), optional :: phi(*)
            integer(c_int) :: grz_result
        end function

        function grz_metric_derivative_dense(metric, f, g, value, phi) bind(C, &
            name="grz_metric_derivative_dense") result(grz_result)
            import
            type(grz_metric), value :: metric
            real(c_double), intent(in), optional :: f(*)
            real(c_double), intent(in), optional :: g(*)
            real(c_double), intent(inout), optional :: value
            real(c_double), intent(inout), optional :: phi(*)
            integer(c_int) :: grz_result
        end function

        ! Of the last derivative: iterations; norm of the preconditioned residual relative to that of phi =
        ! 0; a grz_moment. And the operator.
        function grz_metric_iterations(metric) bind(C, name="grz_metric_iterations") result(grz_result)
            import
            type(grz_metric), value :: metric
            integer(c_int32_t) :: grz_result
        end function

        function grz_metric_residual(metric) bind(C, name="grz_metric_residual") result(grz_result)
            import
            type(grz_metric), value :: metric
            real(c_double) :: grz_result
        end function

        function grz_metric_unreachable(metric) bind(C, name="grz_metric_unreachable") result(grz_result)
            import
            type(grz_metric), value :: metric
            integer(c_int32_t) :: grz_result
        end function

        function grz_metric_operator(metric) bind(C, name="grz_metric_operator") result(grz_result)
            import
            type(grz_metric), value :: metric
            type(grz_operator) :: grz_result
        end function

        ! "none", "mass", "momentum along x", ..., "energy"; "unknown moment" for any other value. Static
        ! strings. Any thread.
        function grz_moment_name(moment) bind(C, name="grz_moment_name") result(grz_result)
            import
            integer(c_int), value :: moment
            type(c_ptr) :: grz_result
        end function

        ! Spectrum of K_f relative to f, n <= 16 per axis: K_f m = rate f m, ascending, n^3 rates; the five
        ! invariants have rate 0 up to rounding. modes (may be NULL) receives n^3 grid functions one after
        ! the other, h^3 sum f m_a m_b = delta_ab. At an equilibrium f, perturbations f (1 + c m) relax
        ! like exp(-rate t).
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (metric, f, rates); GRZ_ERROR_NOT_FINITE (f);
        ! GRZ_ERROR_NOT_POSITIVE (f); GRZ_ERROR_INVALID_ARGUMENT (f lives on too few nodes);
        ! GRZ_ERROR_UNSUPPORTED (n > 16); GRZ_ERROR_NOT_REPRESENTABLE (f spans too many orders);
        ! GRZ_ERROR_NOT_CONVERGED (LAPACK's iteration); GRZ_ERROR_OUT_OF_MEMORY; GRZ_ERROR_CANCELLED; where
        ! the set-up is still to do also GRZ_ERROR_INVALID_ARGUMENT (options that do not go together),
        ! GRZ_ERROR_OUT_OF_MEMORY, GRZ_ERROR_SIZE_OVERFLOW and, of the kernel, GRZ_ERROR_CALLBACK,
        ! GRZ_ERROR_NOT_FINITE, GRZ_ERROR_NOT_CONVERGED, GRZ_ERROR_NOT_REPRESENTABLE. One thread at a time
        ! per handle.
        function grz_metric_spectrum(metric, f, rates, modes) bind(C, name="grz_metric_spectrum") result(grz_result)
            import
            type(grz_metric), value :: metric
            real(c_double), intent(in), optional :: f(*)
            real(c_double), intent(inout), optional :: rates(*)
            real(c_double), intent(inout), optional :: modes(*)
            integer(c_int) :: grz_result
        end function

        ! A collision rate M on R^6 x S^2 (CRE) of a Boltzmann operator, or a grazing rate, a vector M on
        ! R^6 (GCE), of a Landau operator (Definition 4.4). op is entropic; its nodes are the quadrature of
        ! all integrals below.
        !   potential      M = Lambda B dbar phi, resp. ff* grad_tilde phi; phi: n^3 values, copied. n^3
        !                  doubles of memory
        !   gradient_flow  potential -log f, for the f of each query (Remark 4.7)
        !   collision      M by a callback (Boltzmann, eps > 0), evaluated batch by batch at both (v, v*,
        !                  sigma) and (v*, v, -sigma): never stored. A finite action needs U = O(theta);
        !                  callback values of small differences are divided by theta, so their rounding is
        !                  too. Where op takes small angles in the limit (grz_operator_sphere's landau), M
        !                  counts by lim M/(Lambda B theta), from its values at six theta up to 0.08
        !   grazing        M by a callback (Landau), at (v, v*) and (v*, v). Its component along v - v* has
        !                  a part in the action only
        ! op is used by the calls at its options of the time, so the one-thread rule covers all handles of
        ! one operator together. add_potential adds factor times the rate of potential phi (n^3 values) to
        ! any rate.
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (any argument but user); GRZ_ERROR_INVALID_ARGUMENT
        ! (form); GRZ_ERROR_NOT_FINITE (phi, factor, their product); GRZ_ERROR_MISMATCH (op of another
        ! context); GRZ_ERROR_UNSUPPORTED (op is not entropic, or of the other equation, or has eps = 0);
        ! GRZ_ERROR_OUT_OF_MEMORY. Any thread; add_potential: one thread at a time.
        function grz_rate_create_potential(context, op, phi, out) bind(C, &
            name="grz_rate_create_potential") result(grz_result)
            import
            type(grz_context), value :: context
            type(grz_operator), value :: op
            real(c_double), intent(in), optional :: phi(*)
            type(grz_rate), intent(inout) :: out
            integer(c_int) :: grz_result
        end function

        function grz_rate_create_gradient_flow(context, op, out) bind(C, &
            name="grz_rate_create_gradient_flow") result(grz_result)
            import
            type(grz_context), value :: context
            type(grz_operator), value :: op
            type(grz_rate), intent(inout) :: out
            integer(c_int) :: grz_result
        end function

        function grz_rate_create_collision(context, op, M, user, form, out) bind(C, &
            name="grz_rate_create_collision") result(grz_result)
            import
            type(grz_context), value :: context
            type(grz_operator), value :: op
            type(c_funptr), value :: M
            type(c_ptr), value :: user
            integer(c_int), value :: form
            type(grz_rate), intent(inout) :: out
            integer(c_int) :: grz_result
        end function

        function grz_rate_create_grazing(context, op, M, user, form, out) bind(C, &
            name="grz_rate_create_grazing") result(grz_result)
            import
            type(grz_context), value :: context
            type(grz_operator), value :: op
            type(c_funptr), value :: M
            type(c_ptr), value :: user
            integer(c_int), value :: form
            type(grz_rate), intent(inout) :: out
            integer(c_int) :: grz_result
        end function

        function grz_rate_add_potential(rate, factor, phi) bind(C, name="grz_rate_add_potential") result(grz_result)
            import
            type(grz_rate), value :: rate
            real(c_double), value :: factor
            real(c_double), intent(in), optional :: phi(*)
            integer(c_int) :: grz_result
        end function

        subroutine grz_rate_destroy(rate) bind(C, name="grz_rate_destroy")
            import
            type(grz_rate), intent(inout) :: rate
        end subroutine

        ! The operator whose rate it is. Any thread.
        function grz_rate_operator(rate) bind(C, name="grz_rate_operator") result(grz_result)
            import
            type(grz_rate), value :: rate
            type(grz_operator) :: grz_result
        end function

        ! Of a rate at a density f > 0 (n^3 values):
        !   action      A_B(f, M) = 1/4 int M^2/(Lambda B), resp. A_L(f, M) = 1/2 int |M|^2/(ff*) (section
        !               4); +infinity where M lives and Lambda does not
        !   divergence  the time derivative g that M produces, -1/4 dbar . M resp. -1/2 grad_tilde . M, n^3
        !               values: the strong form
        !   pairing     <g, psi> = 1/4 int dbar psi dM, resp. 1/2 int grad_tilde psi . dM, psi: n^3 values:
        !               the weak form, h^3 sum g psi to rounding
        ! Potential rates cost one application of K_f. sum g = sum g v = sum g |v|^2 = 0 to rounding, for
        ! every rate.
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_NOT_FINITE (f, psi, a value of the callback);
        ! GRZ_ERROR_NOT_POSITIVE (f); GRZ_ERROR_NOT_REPRESENTABLE (the result overflows);
        ! GRZ_ERROR_CALLBACK; GRZ_ERROR_CANCELLED; GRZ_ERROR_OUT_OF_MEMORY; where the set-up is still to do
        ! also GRZ_ERROR_INVALID_ARGUMENT (options that do not go together), GRZ_ERROR_OUT_OF_MEMORY,
        ! GRZ_ERROR_SIZE_OVERFLOW and, of the kernel, GRZ_ERROR_CALLBACK, GRZ_ERROR_NOT_FINITE,
        ! GRZ_ERROR_NOT_CONVERGED, GRZ_ERROR_NOT_REPRESENTABLE. One thread at a time per handle.
        function grz_rate_action(rate, f, value) bind(C, name="grz_rate_action") result(grz_result)
            import
            type(grz_rate), value :: rate
            real(c_double), intent(in), optional :: f(*)
            real(c_double), intent(inout), optional :: value
            integer(c_int) :: grz_result
        end function

        function grz_rate_divergence(rate, f, g) bind(C, name="grz_rate_divergence") result(grz_result)
            import
            type(grz_rate), value :: rate
            real(c_double), intent(in), optional :: f(*)
            real(c_double), intent(inout), optional :: g(*)
            integer(c_int) :: grz_result
        end function

        function grz_rate_pairing(rate, f, psi, value) bind(C, name="grz_rate_pairing") result(grz_result)
            import
            type(grz_rate), value :: rate
            real(c_double), intent(in), optional :: f(*)
            real(c_double), intent(in), optional :: psi(*)
            real(c_double), intent(inout), optional :: value
            integer(c_int) :: grz_result
        end function

        ! The optimal rate among those with the divergence of a given one (Lemma 4.5), by its potential phi
        ! (n^3 values, or NULL; normalised as in grz_metric_derivative), its action *optimal = |f'|^2, and
        ! the action of the remainder M - Lambda B dbar phi, resp. M - ff* grad_tilde phi, which has no
        ! divergence (*remainder, or NULL): A(f, M) = *optimal + *remainder. The remainder as a rate is
        ! what grz_rate_add_potential(rate, -1, phi) leaves. metric is of the same operator; its options
        ! and its queries about the last solution apply.
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (rate, metric, f, optimal); GRZ_ERROR_NOT_FINITE (f, a
        ! value of the callback); GRZ_ERROR_NOT_POSITIVE (f); GRZ_ERROR_NOT_REPRESENTABLE (the result
        ! overflows); GRZ_ERROR_CALLBACK; GRZ_ERROR_CANCELLED; GRZ_ERROR_OUT_OF_MEMORY; GRZ_ERROR_MISMATCH
        ! (metric of another operator); GRZ_ERROR_INVALID_ARGUMENT (f lives on too few nodes);
        ! GRZ_ERROR_NOT_CONVERGED (cap reached, or the divergence outside the discrete operator's range);
        ! where the set-up is still to do also GRZ_ERROR_INVALID_ARGUMENT (options that do not go
        ! together), GRZ_ERROR_OUT_OF_MEMORY, GRZ_ERROR_SIZE_OVERFLOW and, of the kernel,
        ! GRZ_ERROR_CALLBACK, GRZ_ERROR_NOT_FINITE, GRZ_ERROR_NOT_CONVERGED, GRZ_ERROR_NOT_REPRESENTABLE.
        ! One thread at a time per handle.
        function grz_rate_project(rate, metric, f, optimal, remainder, phi) bind(C, &
            name="grz_rate_project") result(grz_result)
            import
            type(grz_rate), value :: rate
            type(grz_metric), value :: metric
            real(c_double), intent(in), optional :: f(*)
            real(c_double), intent(inout), optional :: optimal
            real(c_double), intent(inout), optional :: remainder
            real(c_double), intent(inout), optional :: phi(*)
            integer(c_int) :: grz_result
        end function

        ! Residual of the CRE or GCE along a curve (Definition 4.4) given by count >= 2 snapshots f(t_k)
        ! (count arrays of n^3 values, one after the other) and rates: R_k = f(t_k) - f(t_0) -
        ! int_{t_0}^{t_k} g dt, g the divergence of rates[k] at f(t_k), by the trapezoidal rule (any
        ! ascending times) or Simpson's (equispaced times, count odd). residual (n^3 values, or NULL): R at
        ! the last snapshot; norms: int |R_k| dv at every snapshot (count doubles), for Simpson's rule at
        ! every other one (k = 0, 2, ...: (count + 1)/2 doubles). The same handle may stand for several
        ! snapshots.
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (context, times, f, a rate, norms); GRZ_ERROR_NOT_FINITE
        ! (f, times, a value of the callback); GRZ_ERROR_NOT_POSITIVE (f); GRZ_ERROR_NOT_REPRESENTABLE (the
        ! result overflows); GRZ_ERROR_CALLBACK; GRZ_ERROR_CANCELLED; GRZ_ERROR_OUT_OF_MEMORY;
        ! GRZ_ERROR_INVALID_ARGUMENT (count, times, rule); GRZ_ERROR_MISMATCH (rates of another context or
        ! of several grids); where the set-up is still to do also GRZ_ERROR_INVALID_ARGUMENT (options that
        ! do not go together), GRZ_ERROR_OUT_OF_MEMORY, GRZ_ERROR_SIZE_OVERFLOW and, of the kernel,
        ! GRZ_ERROR_CALLBACK, GRZ_ERROR_NOT_FINITE, GRZ_ERROR_NOT_CONVERGED, GRZ_ERROR_NOT_REPRESENTABLE.
        ! One thread at a time for all the rates.
        function grz_curve_residual(context, count, times, f, rates, rule, residual, norms) bind(C, &
            name="grz_curve_residual") result(grz_result)
            import
            type(grz_context), value :: context
            integer(c_int64_t), value :: count
            real(c_double), intent(in), optional :: times(*)
            real(c_double), intent(in), optional :: f(*)
            type(grz_rate), intent(in) :: rates(*)
            integer(c_int), value :: rule
            real(c_double), intent(inout), optional :: residual(*)
            real(c_double), intent(inout), optional :: norms(*)
            integer(c_int) :: grz_result
        end function

        ! Logarithmic mean (b - a)/(log b - log a) (Lemma A.1), a for a = b, 0 when either is 0, infinity
        ! when one is and the other is positive; a, b >= 0, of any magnitude, to a few units in the last
        ! place. The integrands of the actions (section 4): alpha = u^2/(4 L(s, t)) and kappa = |u|^2/(2 s)
        ! (u: 3 doubles), 0 for u = 0 and +infinity for u != 0 where the denominator is 0. NaN for a
        ! negative or NaN argument, or NULL. Any thread.
        function grz_logarithmic_mean(a, b) bind(C, name="grz_logarithmic_mean") result(grz_result)
            import
            real(c_double), value :: a
            real(c_double), value :: b
            real(c_double) :: grz_result
        end function

        function grz_alpha(u, s, t) bind(C, name="grz_alpha") result(grz_result)
            import
            real(c_double), value :: u
            real(c_double), value :: s
            real(c_double), value :: t
            real(c_double) :: grz_result
        end function

        function grz_kappa(u, s) bind(C, name="grz_kappa") result(grz_result)
            import
            real(c_double), intent(in), optional :: u(*)
            real(c_double), value :: s
            real(c_double) :: grz_result
        end function

        ! Post-collisional velocities of count pairs (section 3): v' = (v + v*)/2 + |v - v*|/2 sigma, v*'
        ! with the opposite sign, sigma unit vectors; or in the form (3.3) by theta and phi, sigma =
        ! cos(theta) k + sin(theta) p, p = cos(phi) h + sin(phi) i with h, i a right-handed frame with k
        ! that the library chooses; displacements are accurate however small theta is. All arrays count*3
        ! doubles, angles count; sigma may be NULL as an output.
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_INVALID_ARGUMENT (count < 0);
        ! GRZ_ERROR_NOT_FINITE; GRZ_ERROR_NOT_REPRESENTABLE (a velocity or sigma beyond 1e100). Any
        ! thread.
        function grz_post_collision(context, count, v, v_star, sigma, v_prime, v_star_prime) bind(C, &
            name="grz_post_collision") result(grz_result)
            import
            type(grz_context), value :: context
            integer(c_int64_t), value :: count
            real(c_double), intent(in), optional :: v(3, *)
            real(c_double), intent(in), optional :: v_star(3, *)
            real(c_double), intent(in), optional :: sigma(3, *)
            real(c_double), intent(inout), optional :: v_prime(*)
            real(c_double), intent(inout), optional :: v_star_prime(*)
            integer(c_int) :: grz_result
        end function

        function grz_post_collision_angles(context, count, v, v_star, theta, phi, v_prime, v_star_prime, &
            sigma) bind(C, name="grz_post_collision_angles") result(grz_result)
            import
            type(grz_context), value :: context
            integer(c_int64_t), value :: count
            real(c_double), intent(in), optional :: v(3, *)
            real(c_double), intent(in), optional :: v_star(3, *)
            real(c_double), intent(in), optional :: theta(*)
            real(c_double), intent(in), optional :: phi(*)
            real(c_double), intent(inout), optional :: v_prime(*)
            real(c_double), intent(inout), optional :: v_star_prime(*)
            real(c_double), intent(inout), optional :: sigma(3, *)
            integer(c_int) :: grz_result
        end function

        ! Calculus of section 3.3 at count pairs for one test function, given as psi(v) or as psi(v, v*)
        ! (the other callback NULL); -4 <= gamma <= 1.
        !   discrete_gradient   dbar psi = psi(v') + psi(v*') - psi(v) - psi(v*), resp. psi(v',v*') +
        !                       psi(v*',v') - psi(v,v*) - psi(v*,v)
        !   circle_average      (1/2 pi) int dbar psi dp over the circle of angle theta (Lemmas 3.4, 3.6),
        !                       by 1 <= nodes <= 256 equispaced points
        !   grazing_gradient    grad_tilde psi = |v-v*|^{1+gamma/2} Pi (grad psi - grad* psi*), resp. Pi
        !                       (grad - grad*) psi(v, v*); count*3 out
        !   grazing_laplacian   grad_tilde . grad_tilde psi, as in (3.12)
        !   grazing_divergence  the adjoint grad_tilde . A = (grad - grad*) . (Pi |v-v*|^{1+gamma/2} A)
        ! Derivatives are central differences of order eight along great circles of the pair's sphere, at
        ! steps of 0.015 radians: about 1e-10 relative for a psi whose scale is |v - v*|/10 or larger. All
        ! are 0 where v = v*.
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (context, both callbacks, an array);
        ! GRZ_ERROR_INVALID_ARGUMENT (count < 0, two callbacks, nodes, gamma); GRZ_ERROR_NOT_FINITE (an
        ! array, theta, gamma, a value of a callback); GRZ_ERROR_CALLBACK; after these two, outputs of
        ! earlier pairs have been written; GRZ_ERROR_NOT_REPRESENTABLE (a velocity beyond 1e100). Any
        ! thread.
        function grz_discrete_gradient(context, psi, psi_pair, user, count, v, v_star, sigma, out) bind(C, &
            name="grz_discrete_gradient") result(grz_result)
            import
            type(grz_context), value :: context
            type(c_funptr), value :: psi
            type(c_funptr), value :: psi_pair
            type(c_ptr), value :: user
            integer(c_int64_t), value :: count
            real(c_double), intent(in), optional :: v(3, *)
            real(c_double), intent(in), optional :: v_star(3, *)
            real(c_double), intent(in), optional :: sigma(3, *)
            real(c_double), intent(inout), optional :: out(*)
            integer(c_int) :: grz_result
        end function

        function grz_circle_average(context, psi, psi_pair, user, count, v, v_star, theta, nodes, out) bind(C, &
            name="grz_circle_average") result(grz_result)
            import
            type(grz_context), value :: context
            type(c_funptr), value :: psi
            type(c_funptr), value :: psi_pair
            type(c_ptr), value :: user
            integer(c_int64_t), value :: count
            real(c_double), intent(in), optional :: v(3, *)
            real(c_double), intent(in), optional :: v_star(3, *)
            real(c_double), value :: theta
            integer(c_int32_t), value :: nodes
            real(c_double), intent(inout), optional :: out(*)
            integer(c_int) :: grz_result
        end function

        function grz_grazing_gradient(context, psi, psi_pair, user, gamma, count, v, v_star, out) bind(C, &
            name="grz_grazing_gradient") result(grz_result)
            import
            type(grz_context), value :: context
            type(c_funptr), value :: psi
            type(c_funptr), value :: psi_pair
            type(c_ptr), value :: user
            real(c_double), value :: gamma
            integer(c_int64_t), value :: count
            real(c_double), intent(in), optional :: v(3, *)
            real(c_double), intent(in), optional :: v_star(3, *)
            real(c_double), intent(inout), optional :: out(*)
            integer(c_int) :: grz_result
        end function

        function grz_grazing_laplacian(context, psi, psi_pair, user, gamma, count, v, v_star, out) bind(C, &
            name="grz_grazing_laplacian") result(grz_result)
            import
            type(grz_context), value :: context
            type(c_funptr), value :: psi
            type(c_funptr), value :: psi_pair
            type(c_ptr), value :: user
            real(c_double), value :: gamma
            integer(c_int64_t), value :: count
            real(c_double), intent(in), optional :: v(3, *)
            real(c_double), intent(in), optional :: v_star(3, *)
            real(c_double), intent(inout), optional :: out(*)
            integer(c_int) :: grz_result
        end function

        function grz_grazing_divergence(context, field, user, gamma, count, v, v_star, out) bind(C, &
            name="grz_grazing_divergence") result(grz_result)
            import
            type(grz_context), value :: context
            type(c_funptr), value :: field
            type(c_ptr), value :: user
            real(c_double), value :: gamma
            integer(c_int64_t), value :: count
            real(c_double), intent(in), optional :: v(3, *)
            real(c_double), intent(in), optional :: v_star(3, *)
            real(c_double), intent(inout), optional :: out(*)
            integer(c_int) :: grz_result
        end function

        ! The same calculus from a user's gradient: of psi(v), or (grad - grad*) psi(v, v*) for psi(v, v*)
        ! (the other callback NULL).
        !   discrete_gradient_from  dbar psi/theta for sigma of (theta, phi) as in
        !                           grz_post_collision_angles, by sixteen Gauss nodes on the arc: accurate
        !                           however small theta is; at theta = 0 the limit 1/2 |v-v*| p . (grad -
        !                           grad*) psi of Lemma 3.5 (psi(v, v*): symmetrised, as dbar)
        !   grazing_gradient_from   grad_tilde psi, to rounding
        !   grazing_laplacian_from  grad_tilde . grad_tilde psi, with one difference of order eight: about
        !                           1e-12 relative
        ! theta, phi: count; v, v_star: count*3; out: count, grazing_gradient_from count*3; -4 <= gamma <=
        ! 1.
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (context, both callbacks, an array);
        ! GRZ_ERROR_INVALID_ARGUMENT (count < 0, two callbacks, gamma); GRZ_ERROR_NOT_FINITE (an array,
        ! gamma, a value of a callback); GRZ_ERROR_CALLBACK; after these two, outputs of earlier pairs have
        ! been written; GRZ_ERROR_NOT_REPRESENTABLE (a velocity beyond 1e100); GRZ_ERROR_OUT_OF_MEMORY
        ! (discrete_gradient_from). Any thread.
        function grz_discrete_gradient_from(context, gradient, gradient_pair, user, count, v, v_star, theta, phi, &
            out) bind(C, name="grz_discrete_gradient_from") result(grz_result)
            import
            type(grz_context), value :: context
            type(c_funptr), value :: gradient
            type(c_funptr), value :: gradient_pair
            type(c_ptr), value :: user
            integer(c_int64_t), value :: count
            real(c_double), intent(in), optional :: v(3, *)
            real(c_double), intent(in), optional :: v_star(3, *)
            real(c_double), intent(in), optional :: theta(*)
            real(c_double), intent(in), optional :: phi(*)
            real(c_double), intent(inout), optional :: out(*)
            integer(c_int) :: grz_result
        end function

        function grz_grazing_gradient_from(context, gradient, gradient_pair, user, gamma, count, v, v_star, &
            out) bind(C, name="grz_grazing_gradient_from") result(grz_result)
            import
            type(grz_context), value :: context
            type(c_funptr), value :: gradient
            type(c_funptr), value :: gradient_pair
            type(c_ptr), value :: user
            real(c_double), value :: gamma
            integer(c_int64_t), value :: count
            real(c_double), intent(in), optional :: v(3, *)
            real(c_double), intent(in), optional :: v_star(3, *)
            real(c_double), intent(inout), optional :: out(*)
            integer(c_int) :: grz_result
        end function

        function grz_grazing_laplacian_from(context, gradient, gradient_pair, user, gamma, count, v, v_star, &
            out) bind(C, name="grz_grazing_laplacian_from") result(grz_result)
            import
            type(grz_context), value :: context
            type(c_funptr), value :: gradient
            type(c_funptr), value :: gradient_pair
            type(c_ptr), value :: user
            real(c_double), value :: gamma
            integer(c_int64_t), value :: count
            real(c_double), intent(in), optional :: v(3, *)
            real(c_double), intent(in), optional :: v_star(3, *)
            real(c_double), intent(inout), optional :: out(*)
            integer(c_int) :: grz_result
        end function

        ! Lambda(f) = (f'f*' - ff*)/(log f'f*' - log ff*) at count collisions (v, v*, sigma) of a density f
        ! >= 0 given by a callback, and its bounds of Corollary A.3 (each may be NULL): lower =
        ! sqrt(ff*f'f*') <= Lambda <= upper = (f'f*' + ff*)/2. count doubles each.
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_INVALID_ARGUMENT (count < 0);
        ! GRZ_ERROR_NOT_FINITE (also a value of f); GRZ_ERROR_NOT_POSITIVE (f < 0); GRZ_ERROR_CALLBACK;
        ! GRZ_ERROR_NOT_REPRESENTABLE (ff* overflows, a velocity beyond 1e100); after these four, outputs
        ! of earlier collisions have been written. Any thread.
        function grz_collision_mobility(context, f, user, count, v, v_star, sigma, Lambda, lower, upper) bind(C, &
            name="grz_collision_mobility") result(grz_result)
            import
            type(grz_context), value :: context
            type(c_funptr), value :: f
            type(c_ptr), value :: user
            integer(c_int64_t), value :: count
            real(c_double), intent(in), optional :: v(3, *)
            real(c_double), intent(in), optional :: v_star(3, *)
            real(c_double), intent(in), optional :: sigma(3, *)
            real(c_double), intent(inout), optional :: Lambda(*)
            real(c_double), intent(inout), optional :: lower(*)
            real(c_double), intent(inout), optional :: upper(*)
            integer(c_int) :: grz_result
        end function

        ! Projection of a field V(v, v*) onto the image of grad_tilde (Lemma 6.5), sphere by sphere: count
        ! spheres, of centre (v + v*)/2 (count*3) and radius |v - v*|/2 > 0 (count); -4 <= gamma <= 1. psi
        ! (count*C, or NULL): coefficients of the solution of the Poisson problem (6.10) in harmonics of
        ! the direction of v - v*, mean 0, so that grad_tilde psi = 2 |z|^{gamma/2} grad_S psi is the
        ! projection of Pi V. norms (count*3, or NULL): the integrals over directions of |Pi V|^2,
        ! |grad_tilde psi|^2 and |Pi V - grad_tilde psi|^2; the first is the sum of the others to rounding
        ! (6.8). V antisymmetric in v, v* gives psi even. The callback gets N times up to 16 pairs at a
        ! time.
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_INVALID_ARGUMENT (gamma, count);
        ! GRZ_ERROR_NOT_FINITE; GRZ_ERROR_NOT_POSITIVE (a radius); GRZ_ERROR_CALLBACK;
        ! GRZ_ERROR_OUT_OF_MEMORY; after a failure of the callback, outputs of earlier spheres have been
        ! written. Any thread.
        function grz_grazing_project(context, sphere, field, user, gamma, count, centre, radius, psi, norms) bind(C, &
            name="grz_grazing_project") result(grz_result)
            import
            type(grz_context), value :: context
            type(grz_sphere), value :: sphere
            type(c_funptr), value :: field
            type(c_ptr), value :: user
            real(c_double), value :: gamma
            integer(c_int64_t), value :: count
            real(c_double), intent(in), optional :: centre(*)
            real(c_double), intent(in), optional :: radius(*)
            real(c_double), intent(inout), optional :: psi(*)
            real(c_double), intent(inout), optional :: norms(*)
            integer(c_int) :: grz_result
        end function

        ! Affine lower bound (7.1) for |f'|^2 by a test function psi(v) on the grid: *bound = 2 <g, psi> -
        ! A(f, psi) <= |f'|^2, with equality for the optimal potential; *best (may be NULL) = <g,
        ! psi>^2/A(f, psi), the bound of the best multiple of psi (0 when <g, psi> = 0).
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (op, f, g, psi, bound); GRZ_ERROR_NOT_FINITE (f, g,
        ! psi); GRZ_ERROR_NOT_POSITIVE (f); GRZ_ERROR_UNSUPPORTED (spectral); GRZ_ERROR_NOT_REPRESENTABLE
        ! (a result overflows); GRZ_ERROR_CANCELLED; where the set-up is still to do also
        ! GRZ_ERROR_INVALID_ARGUMENT (options that do not go together), GRZ_ERROR_OUT_OF_MEMORY,
        ! GRZ_ERROR_SIZE_OVERFLOW and, of the kernel, GRZ_ERROR_CALLBACK, GRZ_ERROR_NOT_FINITE,
        ! GRZ_ERROR_NOT_CONVERGED, GRZ_ERROR_NOT_REPRESENTABLE. One thread at a time per handle.
        function grz_operator_metric_bound(op, f, g, psi, bound, best) bind(C, &
            name="grz_operator_metric_bound") result(grz_result)
            import
            type(grz_operator), value :: op
            real(c_double), intent(in), optional :: f(*)
            real(c_double), intent(in), optional :: g(*)
            real(c_double), intent(in), optional :: psi(*)
            real(c_double), intent(inout), optional :: bound
            real(c_double), intent(inout), optional :: best
            integer(c_int) :: grz_result
        end function

        ! gap = |f'|^2 minus the bound (7.1) of psi, as the action of the optimal potential minus psi
        ! (Lemma 4.5): a sum of squares, so that bound + gap = |f'|^2 to the square root of the metric's
        ! tolerance. Its options and queries about the last solution apply. +infinity when no rate produces
        ! g. f, g, psi: n^3 values. Costs a metric derivative.
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_NOT_FINITE (f, g, psi);
        ! GRZ_ERROR_NOT_POSITIVE (f); GRZ_ERROR_INVALID_ARGUMENT (f lives on too few nodes);
        ! GRZ_ERROR_NOT_CONVERGED (cap reached, or g outside the discrete operator's range);
        ! GRZ_ERROR_NOT_REPRESENTABLE (a result overflows); GRZ_ERROR_CANCELLED; where the set-up is still
        ! to do also GRZ_ERROR_INVALID_ARGUMENT (options that do not go together), GRZ_ERROR_OUT_OF_MEMORY,
        ! GRZ_ERROR_SIZE_OVERFLOW and, of the kernel, GRZ_ERROR_CALLBACK, GRZ_ERROR_NOT_FINITE,
        ! GRZ_ERROR_NOT_CONVERGED, GRZ_ERROR_NOT_REPRESENTABLE. One thread at a time per handle.
        function grz_metric_gap(metric, f, g, psi, gap) bind(C, name="grz_metric_gap") result(grz_result)
            import
            type(grz_metric), value :: metric
            real(c_double), intent(in), optional :: f(*)
            real(c_double), intent(in), optional :: g(*)
            real(c_double), intent(in), optional :: psi(*)
            real(c_double), intent(inout), optional :: gap
            integer(c_int) :: grz_result
        end function

        ! The density that an entropic operator sees between the nodes, exp of its spline through log f, at
        ! the operator's options of the time; f: n^3 values, not kept. evaluate: f and (unless NULL) its
        ! gradient at count velocities (count*3 doubles in, count and count*3 out), 0 outside the outermost
        ! nodes.
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; create: GRZ_ERROR_MISMATCH (op of another context),
        ! GRZ_ERROR_NOT_FINITE (f), GRZ_ERROR_NOT_POSITIVE (f), GRZ_ERROR_UNSUPPORTED (spectral),
        ! GRZ_ERROR_OUT_OF_MEMORY, GRZ_ERROR_CANCELLED; where the set-up is still to do also
        ! GRZ_ERROR_INVALID_ARGUMENT (options that do not go together), GRZ_ERROR_OUT_OF_MEMORY,
        ! GRZ_ERROR_SIZE_OVERFLOW and, of the kernel, GRZ_ERROR_CALLBACK, GRZ_ERROR_NOT_FINITE,
        ! GRZ_ERROR_NOT_CONVERGED, GRZ_ERROR_NOT_REPRESENTABLE; evaluate: GRZ_ERROR_INVALID_ARGUMENT (count
        ! < 0), GRZ_ERROR_NOT_FINITE (v). create: one thread at a time for op; evaluate: any thread.
        function grz_interpolant_create(context, op, f, out) bind(C, name="grz_interpolant_create") result(grz_result)
            import
            type(grz_context), value :: context
            type(grz_operator), value :: op
            real(c_double), intent(in), optional :: f(*)
            type(grz_interpolant), intent(inout) :: out
            integer(c_int) :: grz_result
        end function

        subroutine grz_interpolant_destroy(interpolant) bind(C, name="grz_interpolant_destroy")
            import
            type(grz_interpolant), intent(inout) :: interpolant
        end subroutine

        function grz_interpolant_evaluate(interpolant, count, v, f, gradient) bind(C, &
            name="grz_interpolant_evaluate") result(grz_result)
            import
            type(grz_interpolant), value :: interpolant
            integer(c_int64_t), value :: count
            real(c_double), intent(in), optional :: v(3, *)
            real(c_double), intent(inout), optional :: f(*)
            real(c_double), intent(inout), optional :: gradient(*)
            integer(c_int) :: grz_result
        end function

        ! Affine representations of the dissipations (section 6.1) as lower bounds by a test function:
        !   affine_bound        (6.2), Lemma 6.7: psi(v, v*), symmetrised. Boltzmann: int (sqrt(f'f*') -
        !                       sqrt(ff*)) dbar psi B - 1/4 int (dbar psi)^2 B, which is -2 int sqrt(ff*)
        !                       dbar psi B - 1/4 int (dbar psi)^2 B when the exchange of v and v' is
        !                       carried out. Landau: 4 int grad_tilde sqrt(ff*) . grad_tilde psi - 2 int
        !                       |grad_tilde psi|^2, in (6.2) integrated by parts; derivatives of psi are
        !                       differences of order four along great circles
        !   affine_field_bound  (6.3), (6.5): xi(v, v*) in place of grad_tilde psi, of which only Pi (xi -
        !                       xi with v, v* exchanged)/2 pairs (Landau)
        !   affine_jump_bound   (6.12): psi(v, v*, sigma) in place of dbar psi/2 (Boltzmann); small
        !                       angles as of grz_rate_create_collision
        ! *bound <= D_B^R <= D_B, resp. <= D_L, for every test function: the inequality holds at every node
        ! of op's quadrature, so it is one for the values that GRZ_FUNCTIONAL_TYPE_DISSIPATION_SQUARE_ROOT
        ! gives, to rounding. *best (may be NULL): the bound of the best multiple of the test function, 0
        ! for one that pairs to 0 or whose square is below 1e-280. *gap (may be NULL): D_B^R, resp. D_L,
        ! minus *bound, as a sum of squares. Calls back from the calling thread with up to 256 pairs at a
        ! time; runs on that thread.
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (op, f, the callback, bound); GRZ_ERROR_NOT_FINITE (f, a
        ! value of the test function); GRZ_ERROR_NOT_POSITIVE (f); GRZ_ERROR_UNSUPPORTED (spectral, or the
        ! other equation's formula); GRZ_ERROR_CALLBACK; GRZ_ERROR_NOT_REPRESENTABLE (a result overflows);
        ! GRZ_ERROR_CANCELLED; where the set-up is still to do also GRZ_ERROR_INVALID_ARGUMENT (options
        ! that do not go together), GRZ_ERROR_OUT_OF_MEMORY, GRZ_ERROR_SIZE_OVERFLOW and, of the kernel,
        ! GRZ_ERROR_CALLBACK, GRZ_ERROR_NOT_FINITE, GRZ_ERROR_NOT_CONVERGED, GRZ_ERROR_NOT_REPRESENTABLE.
        ! One thread at a time per handle.
        function grz_operator_affine_bound(op, f, psi, user, bound, best, gap) bind(C, &
            name="grz_operator_affine_bound") result(grz_result)
            import
            type(grz_operator), value :: op
            real(c_double), intent(in), optional :: f(*)
            type(c_funptr), value :: psi
            type(c_ptr), value :: user
            real(c_double), intent(inout), optional :: bound
            real(c_double), intent(inout), optional :: best
            real(c_double), intent(inout), optional :: gap
            integer(c_int) :: grz_result
        end function

        function grz_operator_affine_field_bound(op, f, xi, user, bound, best, gap) bind(C, &
            name="grz_operator_affine_field_bound") result(grz_result)
            import
            type(grz_operator), value :: op
            real(c_double), intent(in), optional :: f(*)
            type(c_funptr), value :: xi
            type(c_ptr), value :: user
            real(c_double), intent(inout), optional :: bound
            real(c_double), intent(inout), optional :: best
            real(c_double), intent(inout), optional :: gap
            integer(c_int) :: grz_result
        end function

        function grz_operator_affine_jump_bound(op, f, psi, user, bound, best, gap) bind(C, &
            name="grz_operator_affine_jump_bound") result(grz_result)
            import
            type(grz_operator), value :: op
            real(c_double), intent(in), optional :: f(*)
            type(c_funptr), value :: psi
            type(c_ptr), value :: user
            real(c_double), intent(inout), optional :: bound
            real(c_double), intent(inout), optional :: best
            real(c_double), intent(inout), optional :: gap
            integer(c_int) :: grz_result
        end function

        ! The optimal test functions as such callbacks, user an interpolant of the same operator and
        ! density: sqrt(ff*) for affine_bound, grad_tilde sqrt(ff*) for affine_field_bound, sqrt(f'f*') -
        ! sqrt(ff*) for affine_jump_bound. They attain D_B^R, resp. D_L, within 1e-12 relative. 0 on
        ! success. Any thread.
        function grz_optimal_pair(count, v, v_star, psi, interpolant) bind(C, &
            name="grz_optimal_pair") result(grz_result)
            import
            integer(c_int64_t), value :: count
            real(c_double), intent(in), optional :: v(3, *)
            real(c_double), intent(in), optional :: v_star(3, *)
            real(c_double), intent(inout), optional :: psi(*)
            type(c_ptr), value :: interpolant
            integer(c_int) :: grz_result
        end function

        function grz_optimal_field(count, v, v_star, field, interpolant) bind(C, &
            name="grz_optimal_field") result(grz_result)
            import
            integer(c_int64_t), value :: count
            real(c_double), intent(in), optional :: v(3, *)
            real(c_double), intent(in), optional :: v_star(3, *)
            real(c_double), intent(inout), optional :: field(3, *)
            type(c_ptr), value :: interpolant
            integer(c_int) :: grz_result
        end function

        function grz_optimal_jump(count, v, v_star, sigma, psi, interpolant) bind(C, &
            name="grz_optimal_jump") result(grz_result)
            import
            integer(c_int64_t), value :: count
            real(c_double), intent(in), optional :: v(3, *)
            real(c_double), intent(in), optional :: v_star(3, *)
            real(c_double), intent(in), optional :: sigma(3, *)
            real(c_double), intent(inout), optional :: psi(*)
            type(c_ptr), value :: interpolant
            integer(c_int) :: grz_result
        end function

        ! The lift of section 5.1, L_{q,delta}(N) = |z|^{-gamma/2-q}/(4 (1 + (|v|^2 + |v*|^2)^{delta/2}))
        ! int N p dsigma with p of (3.3), of the measure N = theta m B: m(v, v*, sigma) is its density
        ! relative to theta times the kernel B^eps, eps > 0, and must be O(theta). For a rate M the measure
        ! of Proposition 5.5 has m = (M/B) times grz_lift_weight = |z|^q (1 + (|v|^2 + |v*|^2)^{delta/2});
        ! its lift then tends at O(eps^2) to the rate of the grazing equation, M = Lambda B dbar phi to ff*
        ! grad_tilde phi. Where C_beta is not 1, divided by sqrt(C_beta). Integrals over theta by the Gauss
        ! rule of the law, 1 <= theta_nodes <= 32, over p by 3 <= phi_nodes <= 64 points. 0 <= q, delta <=
        ! 4. v, v_star, out: count*3 doubles, weight: count; 0 where v = v*.
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_INVALID_ARGUMENT (q, delta, nodes, count);
        ! GRZ_ERROR_NOT_FINITE (also a value of m); GRZ_ERROR_UNSUPPORTED (eps = 0); GRZ_ERROR_CALLBACK,
        ! after which outputs of earlier pairs have been written; GRZ_ERROR_NOT_CONVERGED,
        ! GRZ_ERROR_NOT_REPRESENTABLE (the kernel's integrals); GRZ_ERROR_OUT_OF_MEMORY. Any thread.
        function grz_lift_weight(context, q, delta, count, v, v_star, weight) bind(C, &
            name="grz_lift_weight") result(grz_result)
            import
            type(grz_context), value :: context
            real(c_double), value :: q
            real(c_double), value :: delta
            integer(c_int64_t), value :: count
            real(c_double), intent(in), optional :: v(3, *)
            real(c_double), intent(in), optional :: v_star(3, *)
            real(c_double), intent(inout), optional :: weight(*)
            integer(c_int) :: grz_result
        end function

        function grz_kernel_lift(kernel, m, user, q, delta, theta_nodes, phi_nodes, count, v, v_star, out) bind(C, &
            name="grz_kernel_lift") result(grz_result)
            import
            type(grz_kernel), value :: kernel
            type(c_funptr), value :: m
            type(c_ptr), value :: user
            real(c_double), value :: q
            real(c_double), value :: delta
            integer(c_int32_t), value :: theta_nodes
            integer(c_int32_t), value :: phi_nodes
            integer(c_int64_t), value :: count
            real(c_double), intent(in), optional :: v(3, *)
            real(c_double), intent(in), optional :: v_star(3, *)
            real(c_double), intent(inout), optional :: out(*)
            integer(c_int) :: grz_result
        end function

        ! Proposition 5.5 for the rate M = Lambda B dbar phi (phi, f: n^3 values): *mass = int |z|^q (1 +
        ! (|v|^2 + |v*|^2)^{delta/2}) theta |M|, by the operator's nodes, and *bound (may be NULL), the
        ! proof's, uniform in eps: 2 sqrt(A_B(f, M)) (16 C_beta int |z|^{2q+gamma} (..)^2 ff*)^{1/2} with
        ! the moments estimated by the mean of |v|^2. -gamma/2 <= q, 0 <= delta <= 1 - gamma/2 - q.
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (op, f, phi, mass); GRZ_ERROR_INVALID_ARGUMENT (q,
        ! delta); GRZ_ERROR_NOT_FINITE (f, phi, q, delta); GRZ_ERROR_NOT_POSITIVE (f);
        ! GRZ_ERROR_UNSUPPORTED (spectral, Landau, eps = 0, general kernel, gamma > 0);
        ! GRZ_ERROR_NOT_REPRESENTABLE (a result overflows); GRZ_ERROR_CANCELLED; where the set-up is still
        ! to do also GRZ_ERROR_INVALID_ARGUMENT (options that do not go together), GRZ_ERROR_OUT_OF_MEMORY,
        ! GRZ_ERROR_SIZE_OVERFLOW and, of the kernel, GRZ_ERROR_CALLBACK, GRZ_ERROR_NOT_FINITE,
        ! GRZ_ERROR_NOT_CONVERGED, GRZ_ERROR_NOT_REPRESENTABLE. One thread at a time per handle.
        function grz_operator_lift_mass(op, f, phi, q, delta, mass, bound) bind(C, &
            name="grz_operator_lift_mass") result(grz_result)
            import
            type(grz_operator), value :: op
            real(c_double), intent(in), optional :: f(*)
            real(c_double), intent(in), optional :: phi(*)
            real(c_double), value :: q
            real(c_double), value :: delta
            real(c_double), intent(inout), optional :: mass
            real(c_double), intent(inout), optional :: bound
            integer(c_int) :: grz_result
        end function

        ! Lemma 5.7: |int psi d(f0 - f1)| <= C d(f0, f1) for every psi with Lipschitz constant 1 (-2 <=
        ! gamma <= 0), resp. with |D^2 psi| <= 1 (gamma < -2), d the metric d_B^eps or d_L of the
        ! operator's equation and kernel. comparison_constant gives C by the proof's steps, from the
        ! transfer (2.2), rho and T of f alone: C = rho sqrt(4 C_beta) (6 T)^{(2+gamma)/4}, resp. rho
        ! sqrt(C_beta) (6 T)^{(4+gamma)/4}, C_beta the law's at its eps; for Landau over sqrt(2).
        ! comparison takes two densities and an upper bound of their distance, int |f'| dt along any curve
        ! from one to the other (or sqrt(T int A dt) of its rates): *bound = C distance with C of f0, and
        ! *difference <= *bound is the largest |int psi d(f0 - f1)| over the functions psi of one
        ! coordinate in the class, each axis' supremum taken exactly; difference/bound is how much of the
        ! lemma is used. difference is +infinity where the supremum is: masses differ, or for gamma < -2
        ! momenta (1e-8 relative). f0, f1: n^3 values >= 0; distance >= 0, may be +infinity. Either method.
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_INVALID_ARGUMENT (distance);
        ! GRZ_ERROR_NOT_FINITE; GRZ_ERROR_NOT_POSITIVE (f < 0, or no mass); GRZ_ERROR_UNSUPPORTED (general
        ! kernel, gamma > 0); GRZ_ERROR_NOT_REPRESENTABLE (the constant or bound overflows);
        ! GRZ_ERROR_OUT_OF_MEMORY. One thread at a time per handle.
        function grz_operator_comparison_constant(op, f, constant) bind(C, &
            name="grz_operator_comparison_constant") result(grz_result)
            import
            type(grz_operator), value :: op
            real(c_double), intent(in), optional :: f(*)
            real(c_double), intent(inout), optional :: constant
            integer(c_int) :: grz_result
        end function

        function grz_operator_comparison(op, f0, f1, distance, difference, bound) bind(C, &
            name="grz_operator_comparison") result(grz_result)
            import
            type(grz_operator), value :: op
            real(c_double), intent(in), optional :: f0(*)
            real(c_double), intent(in), optional :: f1(*)
            real(c_double), value :: distance
            real(c_double), intent(inout), optional :: difference
            real(c_double), intent(inout), optional :: bound
            integer(c_int) :: grz_result
        end function

        ! The coercivity estimate (B.1), LEFT <= RIGHT, with every constant of its proof for this f (n^3
        ! values): the first count, 1 to 8, of them in the order of grz_coercivity_term. C1 to C4 do not
        ! depend on eps <= sqrt(8) (above, C4 is smaller); chi_R is smooth, 1 in B_R and 0 outside B_{R+1}
        ! about the origin. LEFT by a transform of twice n nodes per axis, over the modes of the grid; r
        ! and delta of (B.5) are the best of a search; c1 is exact for power laws, the least of 257 angles
        ! for other laws. 1 <= R, and B_{R+1} within the box.
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_INVALID_ARGUMENT (R, count);
        ! GRZ_ERROR_NOT_FINITE (f, R); GRZ_ERROR_NOT_POSITIVE (f); GRZ_ERROR_UNSUPPORTED (Landau, eps = 0,
        ! general kernel, gamma > 0, nu not in (0, 2), no c1 > 0); GRZ_ERROR_NOT_REPRESENTABLE (a term
        ! overflows); GRZ_ERROR_OUT_OF_MEMORY; GRZ_ERROR_CANCELLED; where the set-up is still to do also
        ! GRZ_ERROR_INVALID_ARGUMENT (options that do not go together), GRZ_ERROR_OUT_OF_MEMORY,
        ! GRZ_ERROR_SIZE_OVERFLOW and, of the kernel, GRZ_ERROR_CALLBACK, GRZ_ERROR_NOT_FINITE,
        ! GRZ_ERROR_NOT_CONVERGED, GRZ_ERROR_NOT_REPRESENTABLE. One thread at a time per handle.
        function grz_operator_coercivity(op, f, R, count, terms) bind(C, &
            name="grz_operator_coercivity") result(grz_result)
            import
            type(grz_operator), value :: op
            real(c_double), intent(in), optional :: f(*)
            real(c_double), value :: R
            integer(c_int32_t), value :: count
            real(c_double), intent(inout), optional :: terms(*)
            integer(c_int) :: grz_result
        end function

        ! A geodesic of the metric of an entropic operator's equation and kernel between two densities
        ! (n^3 values > 0 each, copied). Where a moment of f1 differs from f0's by more than the tolerance
        ! (|sum (f1 - f0) chi| over sum (f0 + f1) |chi|; 1e-15 to 1, 0 for 1e-8) no curve connects them:
        ! the distance is +infinity, and unreachable names the moment. Otherwise f1 is replaced by f1
        ! exp(quadratic) of f0's moments; the number PROJECTED is the change. op is kept and used by the
        ! calls at its options of the time, so the one-thread rule covers both handles together.
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_MISMATCH (op of another context);
        ! GRZ_ERROR_UNSUPPORTED (op is not entropic); GRZ_ERROR_NOT_FINITE; GRZ_ERROR_NOT_POSITIVE (f0,
        ! f1); GRZ_ERROR_INVALID_ARGUMENT (moment_tolerance; f1 lives on too few nodes);
        ! GRZ_ERROR_OUT_OF_MEMORY. Any thread.
        function grz_geodesic_create(context, op, f0, f1, moment_tolerance, out) bind(C, &
            name="grz_geodesic_create") result(grz_result)
            import
            type(grz_context), value :: context
            type(grz_operator), value :: op
            real(c_double), intent(in), optional :: f0(*)
            real(c_double), intent(in), optional :: f1(*)
            real(c_double), value :: moment_tolerance
            type(grz_geodesic), intent(inout) :: out
            integer(c_int) :: grz_result
        end function

        subroutine grz_geodesic_destroy(geodesic) bind(C, name="grz_geodesic_destroy")
            import
            type(grz_geodesic), intent(inout) :: geodesic
        end subroutine

        ! Options: set one, its value, its bounds and initial value.
        ! Bounds: REFINEMENTS 0 to 7 (2); TOLERANCE 1e-12 to 1 (1e-4); ITERATION_CAP 1 to 10000 (60);
        ! GRADIENT_CAP 1 to 100000 (1000).
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_INVALID_ARGUMENT (no such option, value out
        ! of bounds or not an integer); GRZ_ERROR_NOT_FINITE. One thread at a time per handle.
        function grz_geodesic_set_option(geodesic, option, value) bind(C, &
            name="grz_geodesic_set_option") result(grz_result)
            import
            type(grz_geodesic), value :: geodesic
            integer(c_int), value :: option
            real(c_double), value :: value
            integer(c_int) :: grz_result
        end function

        function grz_geodesic_option_value(geodesic, option, value) bind(C, &
            name="grz_geodesic_option_value") result(grz_result)
            import
            type(grz_geodesic), value :: geodesic
            integer(c_int), value :: option
            real(c_double), intent(inout), optional :: value
            integer(c_int) :: grz_result
        end function

        function grz_geodesic_option_bounds(geodesic, option, minimum, maximum, initial) bind(C, &
            name="grz_geodesic_option_bounds") result(grz_result)
            import
            type(grz_geodesic), value :: geodesic
            integer(c_int), value :: option
            real(c_double), intent(inout), optional :: minimum
            real(c_double), intent(inout), optional :: maximum
            real(c_double), intent(inout), optional :: initial
            integer(c_int) :: grz_result
        end function

        ! The operator; a grz_moment, NONE where the ends are connected. Any thread.
        function grz_geodesic_operator(geodesic) bind(C, name="grz_geodesic_operator") result(grz_result)
            import
            type(grz_geodesic), value :: geodesic
            type(grz_operator) :: grz_result
        end function

        function grz_geodesic_unreachable(geodesic) bind(C, name="grz_geodesic_unreachable") result(grz_result)
            import
            type(grz_geodesic), value :: geodesic
            integer(c_int32_t) :: grz_result
        end function

        ! Begins anew, from a path of count >= 3 densities (count n^3 values > 0) at increasing times from
        ! 0 to 1, whose first and last do not matter, or, with path NULL, from the straight line of two
        ! steps, as a first run does by itself. The path is sampled, linearly in time, at as many steps as
        ! it has densities for; what its moments are off is taken out.
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (geodesic, times with a path);
        ! GRZ_ERROR_INVALID_ARGUMENT (count, times); GRZ_ERROR_NOT_FINITE; GRZ_ERROR_NOT_POSITIVE (path,
        ! or its moments are far off); GRZ_ERROR_SIZE_OVERFLOW (count); GRZ_ERROR_OUT_OF_MEMORY; of the
        ! operator's set-up also GRZ_ERROR_CALLBACK, GRZ_ERROR_NOT_CONVERGED, GRZ_ERROR_NOT_REPRESENTABLE,
        ! GRZ_ERROR_CANCELLED. One thread at a time per handle.
        function grz_geodesic_start(geodesic, count, times, path) bind(C, name="grz_geodesic_start") result(grz_result)
            import
            type(grz_geodesic), value :: geodesic
            integer(c_int64_t), value :: count
            real(c_double), intent(in), optional :: times(*)
            real(c_double), intent(in), optional :: path(*)
            integer(c_int) :: grz_result
        end function

        ! Minimises: descends at the steps that the curve has, then halves them and goes on, up to
        ! REFINEMENTS; limited-memory BFGS, preconditioned by the exact Hessian of fixed K. Every step
        ! lowers the energy and keeps densities positive and moments. On an error or cancelled, the curve
        ! is that of the last step, and another run goes on from it. Reports progress; allocates. With ends
        ! that are not connected it does nothing.
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_NOT_CONVERGED (residual above TOLERANCE at
        ! the cap or where rounding ends the descent, after which all numbers can be asked; GRADIENT_CAP);
        ! GRZ_ERROR_NOT_REPRESENTABLE; GRZ_ERROR_OUT_OF_MEMORY; GRZ_ERROR_CANCELLED; where the set-up is
        ! still to do also GRZ_ERROR_INVALID_ARGUMENT (options that do not go together),
        ! GRZ_ERROR_SIZE_OVERFLOW and, of the kernel, GRZ_ERROR_CALLBACK, GRZ_ERROR_NOT_FINITE. One thread
        ! at a time per handle.
        function grz_geodesic_run(geodesic) bind(C, name="grz_geodesic_run") result(grz_result)
            import
            type(grz_geodesic), value :: geodesic
            integer(c_int) :: grz_result
        end function

        ! A number; a bound. Of ends that are not connected +infinity for both distances and all bounds, 0
        ! for the other numbers. ERROR and EXTRAPOLATED are NaN with one number of steps only.
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_INVALID_ARGUMENT (no such number or bound,
        ! not run); bound: as grz_metric_derivative, GRZ_ERROR_OUT_OF_MEMORY. One thread at a time.
        function grz_geodesic_number_value(geodesic, number, value) bind(C, &
            name="grz_geodesic_number_value") result(grz_result)
            import
            type(grz_geodesic), value :: geodesic
            integer(c_int), value :: number
            real(c_double), intent(inout), optional :: value
            integer(c_int) :: grz_result
        end function

        function grz_geodesic_bound_value(geodesic, bound, value) bind(C, &
            name="grz_geodesic_bound_value") result(grz_result)
            import
            type(grz_geodesic), value :: geodesic
            integer(c_int), value :: bound
            real(c_double), intent(inout), optional :: value
            integer(c_int) :: grz_result
        end function

        ! Time steps m (0 before a start). The density at level 0..m, time level/m, and f' there by the
        ! cubic polynomial in time; of a step 0..m-1 the density in its middle, the potential phi with K
        ! phi = f' there, and the speed <phi, K phi>^{1/2}, 1 double. n^3 values each; any may be NULL. A
        ! ledger takes the curve level by level, rate included.
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (geodesic); GRZ_ERROR_INVALID_ARGUMENT (level, step; not
        ! run); GRZ_ERROR_OUT_OF_MEMORY. One thread at a time per handle.
        function grz_geodesic_steps(geodesic) bind(C, name="grz_geodesic_steps") result(grz_result)
            import
            type(grz_geodesic), value :: geodesic
            integer(c_int32_t) :: grz_result
        end function

        function grz_geodesic_level(geodesic, level, f, rate) bind(C, name="grz_geodesic_level") result(grz_result)
            import
            type(grz_geodesic), value :: geodesic
            integer(c_int32_t), value :: level
            real(c_double), intent(inout), optional :: f(*)
            real(c_double), intent(inout), optional :: rate(*)
            integer(c_int) :: grz_result
        end function

        function grz_geodesic_step(geodesic, step, middle, phi, speed) bind(C, &
            name="grz_geodesic_step") result(grz_result)
            import
            type(grz_geodesic), value :: geodesic
            integer(c_int32_t), value :: step
            real(c_double), intent(inout), optional :: middle(*)
            real(c_double), intent(inout), optional :: phi(*)
            real(c_double), intent(inout), optional :: speed(*)
            integer(c_int) :: grz_result
        end function

        ! The curve as state_size doubles, for a geodesic of the same ends and grid to start from: levels
        ! and potentials. restore takes size of them, which need not be its own state_size. Numbers come
        ! with the next run.
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; save: GRZ_ERROR_INVALID_ARGUMENT (no curve yet);
        ! restore: GRZ_ERROR_FORMAT (not a saved state, size), GRZ_ERROR_MISMATCH (grid size, other ends),
        ! GRZ_ERROR_NOT_FINITE, GRZ_ERROR_NOT_POSITIVE, GRZ_ERROR_OUT_OF_MEMORY. One thread at a time.
        function grz_geodesic_state_size(geodesic) bind(C, name="grz_geodesic_state_size") result(grz_result)
            import
            type(grz_geodesic), value :: geodesic
            integer(c_int64_t) :: grz_result
        end function

        function grz_geodesic_save(geodesic, state) bind(C, name="grz_geodesic_save") result(grz_result)
            import
            type(grz_geodesic), value :: geodesic
            real(c_double), intent(inout), optional :: state(*)
            integer(c_int) :: grz_result
        end function

        function grz_geodesic_restore(geodesic, size, state) bind(C, name="grz_geodesic_restore") result(grz_result)
            import
            type(grz_geodesic), value :: geodesic
            integer(c_int64_t), value :: size
            real(c_double), intent(in), optional :: state(*)
            integer(c_int) :: grz_result
        end function

        ! The flow df/dt = Q(f, f) of an operator (1.1), discretised in time by a scheme.
        !   SSP_RK*, BOGACKI_SHAMPINE, DORMAND_PRINCE   explicit, for both methods. A fixed step beyond
        !              the stability interval over grz_operator_largest_rate at the state that the flow was
        !              started from is refused with a spectral operator, and |f| that grows to ten times
        !              its largest value there ends a step: the last good state stays. With an entropic
        !              operator all stages must stay positive. GRZ_FLOW_OPTION_FLOOR = c > 0 keeps them so
        !              in the tails: with M the Maxwellian of f's moments, no stage falls below min(f, c
        !              M), f the state before the step. What that adds (to moments, too) is taken from all
        !              nodes in proportion to f (1 + quadratic), so that the five moments stay. A stage
        !              that would need more than 1e-6 of the mass counts as not positive.
        !   PROXIMAL   f' = exp(phi) with exp(phi) + dt A phi = f, A = P^T K_f P + S: the minimiser of
        !              the strictly convex int exp(phi) + dt/2 <phi, A phi> - <f, phi>. K_f is the Onsager
        !              operator of the entropic method at the old state. P and S are there for nodes where
        !              f falls so steeply that K_f could take more than it holds: P continues phi from the
        !              others by a quadratic polynomial, S >= 0 draws such nodes to it (docs/flow.md). P =
        !              1 and S = 0 once dt is small, and RELAXED tells how much S did. Both see nothing of
        !              the collision invariants, hence f' > 0, the five moments are f's, and H(f') <=
        !              H(f) - dt <phi, A phi> <= H(f), for every dt > 0. Order 1. A mode of rate lambda is
        !              damped by 1/(1 + lambda dt), so a step longer than ten relaxation times, dt D(f)/(2
        !              (H(f) - H(M))) with the Maxwellian M, is cut into up to PARTS equal parts
        !              (PROXIMAL_2: three quarters of that), and a step whose minimisation does not
        !              converge into four, sixteen or 64 times as many; the statistic PARTS counts them.
        !              Each keeps its inequality, their sum the whole's.
        !   PROXIMAL_2 the same with A + dt/2 A W^{-1} A for A, K at a first-order step of dt/2, W that
        !              density but for S: the same guarantees, order 2. Both by Newton's method with
        !              conjugate gradients and exact line search, from the best point between log f and the
        !              Maxwellian; exact minimisation over the collision invariants after every step keeps
        !              the moments whatever the residual.
        !   MINIMISING_MOVEMENT   f' minimises H(f') + d^2(f, f')/(2 dt), with d^2 the energy of a curve of
        !              LEVELS steps as a grz_geodesic's, over its levels and f' together: H(f') + d^2/(2
        !              dt) <= H(f) and positivity at every step, the five moments are f's. Order 1.
        !              RESIDUAL is
        !              of the last descent step's length relative to d, LARGEST_NEWTON caps these steps,
        !              DISSIPATED sums d^2/(2 dt). Each step allocates.
        ! The flow keeps op and uses it at its options of the time of the call, so the one-thread rule
        ! covers both handles together.
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (any argument); GRZ_ERROR_INVALID_ARGUMENT (scheme);
        ! GRZ_ERROR_MISMATCH (op of another context); GRZ_ERROR_UNSUPPORTED (PROXIMAL* with a method
        ! without Onsager operator); GRZ_ERROR_OUT_OF_MEMORY. Any thread.
        function grz_flow_create(context, op, scheme, out) bind(C, name="grz_flow_create") result(grz_result)
            import
            type(grz_context), value :: context
            type(grz_operator), value :: op
            integer(c_int), value :: scheme
            type(grz_flow), intent(inout) :: out
            integer(c_int) :: grz_result
        end function

        subroutine grz_flow_destroy(flow) bind(C, name="grz_flow_destroy")
            import
            type(grz_flow), intent(inout) :: flow
        end subroutine

        ! The operator that it follows and its grz_time_scheme. Any thread.
        function grz_flow_operator(flow) bind(C, name="grz_flow_operator") result(grz_result)
            import
            type(grz_flow), value :: flow
            type(grz_operator) :: grz_result
        end function

        function grz_flow_scheme(flow) bind(C, name="grz_flow_scheme") result(grz_result)
            import
            type(grz_flow), value :: flow
            integer(c_int32_t) :: grz_result
        end function

        ! Options: set one, its value, its bounds and initial value.
        ! Bounds: TOLERANCE 1e-14 to 1 (1e-6); LARGEST_STEP 0 to infinity (0); SMALLEST_STEP 0 to infinity
        ! (0); RESIDUAL 1e-15 to 0.01 (1e-7); LARGEST_NEWTON 1 to 1e9 (60); LARGEST_GRADIENTS 1 to 1e9
        ! (2000); FLOOR 0 to 0.1 (0); PARTS 1 to 1000 (4); LEVELS 1 to 64 (2).
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_INVALID_ARGUMENT (no such option, value out
        ! of bounds); GRZ_ERROR_NOT_FINITE (value). One thread at a time per handle.
        function grz_flow_set_option(flow, option, value) bind(C, name="grz_flow_set_option") result(grz_result)
            import
            type(grz_flow), value :: flow
            integer(c_int), value :: option
            real(c_double), value :: value
            integer(c_int) :: grz_result
        end function

        function grz_flow_option_value(flow, option, value) bind(C, name="grz_flow_option_value") result(grz_result)
            import
            type(grz_flow), value :: flow
            integer(c_int), value :: option
            real(c_double), intent(inout), optional :: value
            integer(c_int) :: grz_result
        end function

        function grz_flow_option_bounds(flow, option, minimum, maximum, initial) bind(C, &
            name="grz_flow_option_bounds") result(grz_result)
            import
            type(grz_flow), value :: flow
            integer(c_int), value :: option
            real(c_double), intent(inout), optional :: minimum
            real(c_double), intent(inout), optional :: maximum
            real(c_double), intent(inout), optional :: initial
            integer(c_int) :: grz_result
        end function

        ! Starts a curve at this time with these n^3 values (copied), finite, and > 0 for an entropic
        ! operator; statistics go back to 0.
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_NOT_FINITE (time, f); GRZ_ERROR_NOT_POSITIVE
        ! (f). One thread at a time per handle.
        function grz_flow_start(flow, time, f) bind(C, name="grz_flow_start") result(grz_result)
            import
            type(grz_flow), value :: flow
            real(c_double), value :: time
            real(c_double), intent(in), optional :: f(*)
            integer(c_int) :: grz_result
        end function

        ! The state: time (NaN before start), n^3 values copied out or viewed (valid until the next call
        ! that moves the flow, NULL before start), and statistics.
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_INVALID_ARGUMENT (not started, no such
        ! statistic). One thread at a time per handle.
        function grz_flow_time(flow) bind(C, name="grz_flow_time") result(grz_result)
            import
            type(grz_flow), value :: flow
            real(c_double) :: grz_result
        end function

        function grz_flow_values(flow, f) bind(C, name="grz_flow_values") result(grz_result)
            import
            type(grz_flow), value :: flow
            real(c_double), intent(inout), optional :: f(*)
            integer(c_int) :: grz_result
        end function

        function grz_flow_view(flow) bind(C, name="grz_flow_view") result(grz_result)
            import
            type(grz_flow), value :: flow
            type(c_ptr) :: grz_result
        end function

        function grz_flow_statistic_value(flow, statistic, value) bind(C, &
            name="grz_flow_statistic_value") result(grz_result)
            import
            type(grz_flow), value :: flow
            integer(c_int), value :: statistic
            real(c_double), intent(inout), optional :: value
            integer(c_int) :: grz_result
        end function

        ! One step of size dt > 0, of any scheme. On an error the state is what it was.
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_INVALID_ARGUMENT (not started, dt);
        ! GRZ_ERROR_NOT_FINITE (dt); GRZ_ERROR_NOT_POSITIVE (an explicit stage is not positive where the
        ! operator needs it: the step is too long); GRZ_ERROR_NOT_REPRESENTABLE (a stage, or dt K,
        ! overflows); GRZ_ERROR_NOT_CONVERGED (proximal: a cap is reached); GRZ_ERROR_OUT_OF_MEMORY;
        ! GRZ_ERROR_CANCELLED; where the set-up is still to do also GRZ_ERROR_INVALID_ARGUMENT (options
        ! that do not go together), GRZ_ERROR_OUT_OF_MEMORY, GRZ_ERROR_SIZE_OVERFLOW and, of the kernel,
        ! GRZ_ERROR_CALLBACK, GRZ_ERROR_NOT_FINITE, GRZ_ERROR_NOT_CONVERGED, GRZ_ERROR_NOT_REPRESENTABLE.
        ! One thread at a time per handle.
        function grz_flow_step(flow, dt) bind(C, name="grz_flow_step") result(grz_result)
            import
            type(grz_flow), value :: flow
            real(c_double), value :: dt
            integer(c_int) :: grz_result
        end function

        ! Steps until time = end >= the flow's time: of size dt > 0, the last one shorter where needed; or,
        ! with dt = 0 and an embedded pair, as TOLERANCE demands: steps with too large an error or a stage
        ! that is not positive are rejected and tried again shorter. observer may be NULL. Progress is
        ! reported per step as well as by the operator. On an error the state is that of the last accepted
        ! step, and a run can go on from there.
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_INVALID_ARGUMENT (not started, end, dt);
        ! GRZ_ERROR_NOT_FINITE (end, dt); GRZ_ERROR_NOT_POSITIVE (an explicit stage is not positive where
        ! the operator needs it: the step is too long); GRZ_ERROR_NOT_REPRESENTABLE (a stage, or dt K,
        ! overflows); GRZ_ERROR_NOT_CONVERGED (proximal: a cap is reached; adaptive: steps shrank below
        ! SMALLEST_STEP); GRZ_ERROR_OUT_OF_MEMORY; GRZ_ERROR_CANCELLED; GRZ_ERROR_CALLBACK (observer);
        ! GRZ_ERROR_UNSUPPORTED (dt = 0 with a scheme that is not adaptive); where the set-up is still to
        ! do also GRZ_ERROR_INVALID_ARGUMENT (options that do not go together), GRZ_ERROR_OUT_OF_MEMORY,
        ! GRZ_ERROR_SIZE_OVERFLOW and, of the kernel, GRZ_ERROR_CALLBACK, GRZ_ERROR_NOT_FINITE,
        ! GRZ_ERROR_NOT_CONVERGED, GRZ_ERROR_NOT_REPRESENTABLE. One thread at a time per handle.
        function grz_flow_run(flow, end, dt, observer, user) bind(C, name="grz_flow_run") result(grz_result)
            import
            type(grz_flow), value :: flow
            real(c_double), value :: end
            real(c_double), value :: dt
            type(c_funptr), value :: observer
            type(c_ptr), value :: user
            integer(c_int) :: grz_result
        end function

        ! The whole state as state_size doubles, to go on later, elsewhere, in a new flow of the same
        ! scheme, grid, operator and options: what follows then has the same bits as without the break.
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; save: GRZ_ERROR_INVALID_ARGUMENT (not started);
        ! restore: GRZ_ERROR_FORMAT (not a saved state; a next step that is negative or does not move its
        ! time), GRZ_ERROR_MISMATCH (scheme or grid size),
        ! GRZ_ERROR_NOT_FINITE, GRZ_ERROR_NOT_POSITIVE. One thread at a time per handle.
        function grz_flow_state_size(flow) bind(C, name="grz_flow_state_size") result(grz_result)
            import
            type(grz_flow), value :: flow
            integer(c_int64_t) :: grz_result
        end function

        function grz_flow_save(flow, state) bind(C, name="grz_flow_save") result(grz_result)
            import
            type(grz_flow), value :: flow
            real(c_double), intent(inout), optional :: state(*)
            integer(c_int) :: grz_result
        end function

        function grz_flow_restore(flow, state) bind(C, name="grz_flow_restore") result(grz_result)
            import
            type(grz_flow), value :: flow
            real(c_double), intent(in), optional :: state(*)
            integer(c_int) :: grz_result
        end function

        ! A ledger for curves of densities f > 0 on the grid of an entropic operator, which measures D and
        ! |f'|^2 whatever made the curve. op is kept and used by the calls at its options of the time, so
        ! the one-thread rule covers both handles together. |f'|^2 is computed to 1e-8. Holds the last five
        ! snapshots.
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_MISMATCH (op of another context);
        ! GRZ_ERROR_UNSUPPORTED (op is not entropic); GRZ_ERROR_OUT_OF_MEMORY. Any thread.
        function grz_ledger_create(context, op, out) bind(C, name="grz_ledger_create") result(grz_result)
            import
            type(grz_context), value :: context
            type(grz_operator), value :: op
            type(grz_ledger), intent(inout) :: out
            integer(c_int) :: grz_result
        end function

        subroutine grz_ledger_destroy(ledger) bind(C, name="grz_ledger_destroy")
            import
            type(grz_ledger), intent(inout) :: ledger
        end subroutine

        ! The operator that measures. Any thread.
        function grz_ledger_operator(ledger) bind(C, name="grz_ledger_operator") result(grz_result)
            import
            type(grz_ledger), value :: ledger
            type(grz_operator) :: grz_result
        end function

        ! Adds the snapshot f (n^3 values, copied) at a time after the last one. rate: f' there (n^3
        ! values), or NULL: differences of order four of five neighbouring snapshots, whose times may be
        ! unequal. observe is a grz_flow_observer_fn that records without rate, user being the ledger; it
        ! returns the status, GRZ_ERROR_MISMATCH where the flow that calls it is on another grid. A failure
        ! of the metric derivative of an earlier snapshot leaves this one recorded; any other, the ledger
        ! as it was.
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_INVALID_ARGUMENT (time not after the last
        ! one, ledger ended; f lives on too few nodes); GRZ_ERROR_NOT_FINITE (time, f, rate);
        ! GRZ_ERROR_NOT_POSITIVE (f); GRZ_ERROR_NOT_CONVERGED (the metric derivative);
        ! GRZ_ERROR_NOT_REPRESENTABLE (an entry overflows); GRZ_ERROR_OUT_OF_MEMORY; GRZ_ERROR_CANCELLED;
        ! where the set-up is still to do also GRZ_ERROR_INVALID_ARGUMENT (options that do not go
        ! together), GRZ_ERROR_OUT_OF_MEMORY, GRZ_ERROR_SIZE_OVERFLOW and, of the kernel,
        ! GRZ_ERROR_CALLBACK, GRZ_ERROR_NOT_FINITE, GRZ_ERROR_NOT_CONVERGED, GRZ_ERROR_NOT_REPRESENTABLE.
        ! One thread at a time per handle.
        function grz_ledger_record(ledger, time, f, rate) bind(C, name="grz_ledger_record") result(grz_result)
            import
            type(grz_ledger), value :: ledger
            real(c_double), value :: time
            real(c_double), intent(in), optional :: f(*)
            real(c_double), intent(in), optional :: rate(*)
            integer(c_int) :: grz_result
        end function

        function grz_ledger_observe(time, f, ledger) bind(C, name="grz_ledger_observe") result(grz_result)
            import
            real(c_double), value :: time
            real(c_double), intent(in), optional :: f(*)
            type(c_ptr), value :: ledger
            integer(c_int) :: grz_result
        end function

        ! Closes the ledger: the last derivatives, and the integrals in time by piecewise polynomials of
        ! degree five.
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_INVALID_ARGUMENT (fewer than two snapshots,
        ! ledger ended; f lives on too few nodes); GRZ_ERROR_NOT_FINITE; GRZ_ERROR_NOT_POSITIVE (f);
        ! GRZ_ERROR_NOT_CONVERGED (the metric derivative); GRZ_ERROR_NOT_REPRESENTABLE (an entry
        ! overflows); GRZ_ERROR_OUT_OF_MEMORY; GRZ_ERROR_CANCELLED. One thread at a time per handle.
        function grz_ledger_end(ledger) bind(C, name="grz_ledger_end") result(grz_result)
            import
            type(grz_ledger), value :: ledger
            integer(c_int) :: grz_result
        end function

        ! Number of snapshots; an entry at each, count doubles, of a ledger that has ended.
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (ledger, column); GRZ_ERROR_INVALID_ARGUMENT (no such
        ! entry, not ended). One thread at a time per handle.
        function grz_ledger_count(ledger) bind(C, name="grz_ledger_count") result(grz_result)
            import
            type(grz_ledger), value :: ledger
            integer(c_int64_t) :: grz_result
        end function

        function grz_ledger_column(ledger, entry, column) bind(C, name="grz_ledger_column") result(grz_result)
            import
            type(grz_ledger), value :: ledger
            integer(c_int), value :: entry
            real(c_double), intent(inout), optional :: column(*)
            integer(c_int) :: grz_result
        end function

        ! Whether the curve is an H-gradient flow (Definition 2.1): defect <= tolerance times all that was
        ! dissipated, plus its estimated error; mass kept and energy not growing within tolerance,
        ! relative. *where (may be NULL): the first snapshot at which it is not, or -1.
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (ledger, verdict); GRZ_ERROR_INVALID_ARGUMENT (tolerance
        ! < 0, not ended); GRZ_ERROR_NOT_FINITE (tolerance). One thread at a time per handle.
        function grz_ledger_judge(ledger, tolerance, verdict, where) bind(C, name="grz_ledger_judge") result(grz_result)
            import
            type(grz_ledger), value :: ledger
            real(c_double), value :: tolerance
            integer(c_int), intent(inout), optional :: verdict
            integer(c_int64_t), intent(inout), optional :: where
            integer(c_int) :: grz_result
        end function

        ! A study on a grid at these times (count of them, 2 to 1e6, increasing, copied). Holds count n^3
        ! doubles for the limit's curve and n^3 for each test function.
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (any argument); GRZ_ERROR_INVALID_ARGUMENT (count, times
        ! not increasing); GRZ_ERROR_NOT_FINITE (times); GRZ_ERROR_MISMATCH (grid of another context);
        ! GRZ_ERROR_OUT_OF_MEMORY. Any thread.
        function grz_limit_create(context, grid, count, times, out) bind(C, name="grz_limit_create") result(grz_result)
            import
            type(grz_context), value :: context
            type(grz_grid), value :: grid
            integer(c_int64_t), value :: count
            real(c_double), intent(in), optional :: times(*)
            type(grz_limit), intent(inout) :: out
            integer(c_int) :: grz_result
        end function

        subroutine grz_limit_destroy(limit) bind(C, name="grz_limit_destroy")
            import
            type(grz_limit), intent(inout) :: limit
        end subroutine

        ! The grid of its curves. Any thread.
        function grz_limit_grid(limit) bind(C, name="grz_limit_grid") result(grz_result)
            import
            type(grz_limit), value :: limit
            type(grz_grid) :: grz_result
        end function

        ! Test functions for WEAK and HOELDER, at most 256, before the first curve. add_test: phi at the
        ! nodes by a callback, evaluated here and not kept; lipschitz = sup |grad phi| and curvature = sup
        ! |D^2 phi| (the norm as a matrix) > 0 are the seminorms of Theorem 2.7 for gamma >= -2 and gamma <
        ! -2; with infinity phi is left out of HOELDER of that class. add_smooth_tests: nine of w = (v -
        ! the grid's centre)/scale, scale > 0: cos w_a, sin w_a (a = x, y, z), cos(w_x + w_y + w_z),
        ! sin(w_x - w_y), exp(-|w|^2/2). test_count: how many there are.
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_INVALID_ARGUMENT (seminorms, scale, a curve
        ! has begun, no room); GRZ_ERROR_NOT_FINITE (a value of phi, scale); GRZ_ERROR_CALLBACK;
        ! GRZ_ERROR_OUT_OF_MEMORY. One thread at a time per handle.
        function grz_limit_add_test(limit, phi, user, lipschitz, curvature) bind(C, &
            name="grz_limit_add_test") result(grz_result)
            import
            type(grz_limit), value :: limit
            type(c_funptr), value :: phi
            type(c_ptr), value :: user
            real(c_double), value :: lipschitz
            real(c_double), value :: curvature
            integer(c_int) :: grz_result
        end function

        function grz_limit_add_smooth_tests(limit, scale) bind(C, name="grz_limit_add_smooth_tests") result(grz_result)
            import
            type(grz_limit), value :: limit
            real(c_double), value :: scale
            integer(c_int) :: grz_result
        end function

        function grz_limit_test_count(limit) bind(C, name="grz_limit_test_count") result(grz_result)
            import
            type(grz_limit), value :: limit
            integer(c_int32_t) :: grz_result
        end function

        ! A curve of any origin: begin, record at every time in turn, end. The first has eps = 0, and every
        ! other an eps > 0 below the one before; data may depend on eps (A1). begin drops a curve that has
        ! not ended. op measures it, whatever made it: an entropic one D, D^R, |f'|^2 and the defect by a
        ! grz_ledger; a spectral one D = -int Q log f alone; NULL nothing but H, moments and distances.
        ! What is not measured is NaN. op is kept until end and used at its options of the time. record:
        ! time is the next one, to 1e-9 of the whole interval; f: n^3 values, > 0 for an entropic op, else
        ! finite, and logarithms are taken where f > 0; rate: f' (n^3 values), or NULL: by differences as
        ! in grz_ledger_record. observe: a grz_flow_observer_fn, user being the study, that records without
        ! rate at the study's times and passes over others; it returns the status, GRZ_ERROR_MISMATCH where
        ! the flow that calls it is on another grid. After an error other than of an argument the curve is
        ! dropped, those before it stay.
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_MISMATCH (op of another context or grid);
        ! GRZ_ERROR_INVALID_ARGUMENT (eps, time, no curve begun, end before the last time, observe: a time
        ! was skipped; op's options do not go together); GRZ_ERROR_NOT_FINITE; GRZ_ERROR_NOT_POSITIVE (f);
        ! GRZ_ERROR_NOT_CONVERGED; GRZ_ERROR_NOT_REPRESENTABLE; GRZ_ERROR_OUT_OF_MEMORY;
        ! GRZ_ERROR_CANCELLED; of op's set-up also GRZ_ERROR_SIZE_OVERFLOW and GRZ_ERROR_CALLBACK. One
        ! thread at a time per handle.
        function grz_limit_begin(limit, eps, op) bind(C, name="grz_limit_begin") result(grz_result)
            import
            type(grz_limit), value :: limit
            real(c_double), value :: eps
            type(grz_operator), value :: op
            integer(c_int) :: grz_result
        end function

        function grz_limit_record(limit, time, f, rate) bind(C, name="grz_limit_record") result(grz_result)
            import
            type(grz_limit), value :: limit
            real(c_double), value :: time
            real(c_double), intent(in), optional :: f(*)
            real(c_double), intent(in), optional :: rate(*)
            integer(c_int) :: grz_result
        end function

        function grz_limit_observe(time, f, limit) bind(C, name="grz_limit_observe") result(grz_result)
            import
            real(c_double), value :: time
            real(c_double), intent(in), optional :: f(*)
            type(c_ptr), value :: limit
            integer(c_int) :: grz_result
        end function

        function grz_limit_end(limit) bind(C, name="grz_limit_end") result(grz_result)
            import
            type(grz_limit), value :: limit
            integer(c_int) :: grz_result
        end function

        ! Options of the flows that run_flow and run make (grz_flow_set_option has them, with their bounds
        ! and initial values): FLOOR where tails lie in their rounding, TOLERANCE of adaptive steps. They
        ! hold for curves begun after the call.
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_INVALID_ARGUMENT (no such option, value out
        ! of bounds); GRZ_ERROR_NOT_FINITE (value). One thread at a time per handle. Since 0.2.
        function grz_limit_set_flow_option(limit, option, value) bind(C, &
            name="grz_limit_set_flow_option") result(grz_result)
            import
            type(grz_limit), value :: limit
            integer(c_int), value :: option
            real(c_double), value :: value
            integer(c_int) :: grz_result
        end function

        function grz_limit_flow_option_value(limit, option, value) bind(C, &
            name="grz_limit_flow_option_value") result(grz_result)
            import
            type(grz_limit), value :: limit
            integer(c_int), value :: option
            real(c_double), intent(inout), optional :: value
            integer(c_int) :: grz_result
        end function

        ! Curves that the study computes. run_flow: the flow of op from f (n^3 values) at the first time,
        ! by steps dt of a scheme between the times (0: adaptive), measured by op. run: a whole family from
        ! the same f: the limit's, if there is none yet, then those of count values of eps, decreasing, by
        ! operators of op's grid, method, options (where both equations have them) and kernel scaled to
        ! eps; op's own equation and eps do not matter, and it is not set up. eps as
        ! grz_kernel_create_scaled allows. Reports progress; cancelled, the curves finished before stay.
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_MISMATCH (op of another context or grid);
        ! GRZ_ERROR_INVALID_ARGUMENT (count < 1, eps, scheme, dt, op's options do not go together);
        ! GRZ_ERROR_NOT_FINITE; GRZ_ERROR_NOT_POSITIVE (f); GRZ_ERROR_NOT_CONVERGED;
        ! GRZ_ERROR_NOT_REPRESENTABLE; GRZ_ERROR_OUT_OF_MEMORY; GRZ_ERROR_CANCELLED; of op's set-up also
        ! GRZ_ERROR_SIZE_OVERFLOW and GRZ_ERROR_CALLBACK; GRZ_ERROR_UNSUPPORTED (a scheme that op's method
        ! or dt = 0 does not allow). One thread at a time per handle.
        function grz_limit_run_flow(limit, eps, op, scheme, dt, f) bind(C, name="grz_limit_run_flow") result(grz_result)
            import
            type(grz_limit), value :: limit
            real(c_double), value :: eps
            type(grz_operator), value :: op
            integer(c_int), value :: scheme
            real(c_double), value :: dt
            real(c_double), intent(in), optional :: f(*)
            integer(c_int) :: grz_result
        end function

        function grz_limit_run(limit, op, scheme, dt, count, eps, f) bind(C, name="grz_limit_run") result(grz_result)
            import
            type(grz_limit), value :: limit
            type(grz_operator), value :: op
            integer(c_int), value :: scheme
            real(c_double), value :: dt
            integer(c_int64_t), value :: count
            real(c_double), intent(in), optional :: eps(*)
            real(c_double), intent(in), optional :: f(*)
            integer(c_int) :: grz_result
        end function

        ! How many curves have ended, the limit's included. column: a quantity of each, count doubles.
        ! orders: measured between each curve and the one before, log of the quantity's ratio over log of
        ! the scale's; NaN for the first two, and where the quantity is 0 or changes sign. curve_column: a
        ! series, one number at every time of a curve 0 <= curve < count; means: int f phi of a test
        ! function likewise; number of times doubles.
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_INVALID_ARGUMENT (no such quantity, scale,
        ! curve, series, test; LOGARITHM with eps >= 1). One thread at a time per handle.
        function grz_limit_count(limit) bind(C, name="grz_limit_count") result(grz_result)
            import
            type(grz_limit), value :: limit
            integer(c_int64_t) :: grz_result
        end function

        function grz_limit_column(limit, quantity, column) bind(C, name="grz_limit_column") result(grz_result)
            import
            type(grz_limit), value :: limit
            integer(c_int), value :: quantity
            real(c_double), intent(inout), optional :: column(*)
            integer(c_int) :: grz_result
        end function

        function grz_limit_orders(limit, quantity, scale, orders) bind(C, name="grz_limit_orders") result(grz_result)
            import
            type(grz_limit), value :: limit
            integer(c_int), value :: quantity
            integer(c_int), value :: scale
            real(c_double), intent(inout), optional :: orders(*)
            integer(c_int) :: grz_result
        end function

        function grz_limit_curve_column(limit, curve, series, column) bind(C, &
            name="grz_limit_curve_column") result(grz_result)
            import
            type(grz_limit), value :: limit
            integer(c_int64_t), value :: curve
            integer(c_int), value :: series
            real(c_double), intent(inout), optional :: column(*)
            integer(c_int) :: grz_result
        end function

        function grz_limit_means(limit, curve, test, column) bind(C, name="grz_limit_means") result(grz_result)
            import
            type(grz_limit), value :: limit
            integer(c_int64_t), value :: curve
            integer(c_int32_t), value :: test
            real(c_double), intent(inout), optional :: column(*)
            integer(c_int) :: grz_result
        end function

        ! The liminf inequalities: for H, D, D^R or |f'|^2 (SERIES_ENTROPY to SERIES_SPEED), *margin =
        ! inf_t of the value extrapolated to eps = 0 minus the limit's, >= -*error if the inequality holds.
        ! Extrapolated from the last two curves, as if the differences were the scale's expected order;
        ! *error: the largest change from the extrapolation of the two before, or, with two curves, from
        ! the last: of the operators' own quadrature it knows nothing. NaN: not measured.
        ! Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_INVALID_ARGUMENT (other series, scale, fewer
        ! than two eps > 0, LOGARITHM with eps >= 1). One thread at a time per handle.
        function grz_limit_liminf(limit, series, scale, margin, error) bind(C, &
            name="grz_limit_liminf") result(grz_result)
            import
            type(grz_limit), value :: limit
            integer(c_int), value :: series
            integer(c_int), value :: scale
            real(c_double), intent(inout), optional :: margin
            real(c_double), intent(inout), optional :: error
            integer(c_int) :: grz_result
        end function
    end interface
end module grazing_c
