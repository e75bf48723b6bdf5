/* libgrazing for C++17 and later: objects that release themselves, spans, exceptions, callables. Header-only over grazing.h, whose comments
 * say what each call computes. A status becomes grazing::error with the library's message; an exception of a callable of yours stops the
 * library and goes on from the call that was running. Objects move, do not copy, and may be destroyed in any order; get() is the C
 * handle. */
#ifndef GRAZING_HPP
#define GRAZING_HPP

#include "grazing_base.hpp"

#if __cplusplus >= 201703L /* grazing_base.hpp says what is wanted */

namespace grazing {

class context {
public:
    explicit context(std::int32_t threads = 0) : state_(std::make_shared<detail::context_state>())
    {
        detail::check(grz_context_create(&state_->handle), nullptr);
        set_threads(threads);
    }
    /* All memory of the context and its objects by these hooks; they live as long as the last of the objects. */
    context(std::int32_t threads, allocator memory) : state_(std::make_shared<detail::context_state>())
    {
        state_->memory = std::move(memory);
        auto allocate = [](std::int64_t size, void *user) -> void * {
            try {
                return static_cast<allocator *>(user)->allocate(size);
            } catch (...) {
                return nullptr;
            }
        };
        auto release = [](void *pointer, void *user) { static_cast<allocator *>(user)->release(pointer); };
        detail::check(grz_context_create_with_allocator(allocate, release, &state_->memory, &state_->handle), nullptr);
        set_threads(threads);
    }
    grz_context *get() const noexcept { return state_->handle; }
    const detail::shared_context &state() const noexcept { return state_; }
    void check(grz_status status) const { detail::check(status, state_.get()); }

    void set_threads(std::int32_t threads) { check(grz_context_set_threads(get(), threads)); }
    std::int32_t threads() const { return grz_context_threads(get()); }
    void cancel() { check(grz_context_cancel(get())); }
    void clear_cancel() { check(grz_context_clear_cancel(get())); }
    bool cancelled() const { return grz_context_is_cancelled(get()) != 0; }

    void set_progress(progress_function progress)
    {
        state_->progress = std::move(progress);
        auto hook = [](const char *stage, double fraction, void *user) {
            auto *state = static_cast<detail::context_state *>(user);
            return detail::guarded([&] { return state->progress(stage, fraction); });
        };
        check(grz_context_set_progress(get(), state_->progress ? static_cast<grz_progress_fn>(hook) : nullptr, state_.get()));
    }

    struct box {
        std::int32_t n;
        double half_width, radius;
    };
    box spectral_propose(double T_min, double T_max, double tol) const
    {
        box result;
        check(grz_spectral_propose(get(), T_min, T_max, tol, &result.n, &result.half_width, &result.radius));
        return result;
    }
    void spectral_cache_save(const std::string &path) const { check(grz_spectral_cache_save(get(), path.c_str())); }
    void spectral_cache_load(const std::string &path) const { check(grz_spectral_cache_load(get(), path.c_str())); }
    void spectral_cache_clear() const { check(grz_spectral_cache_clear(get())); }
    /* Whether FFTW may time its plans: without, plans and so the bits are the same in every process. */
    void set_measured_plans(bool measured) const { check(grz_context_set_measured_plans(get(), measured)); }
    bool measured_plans() const { return grz_context_measured_plans(get()) > 0; }
    /* Entries and bytes. */
    std::pair<std::int32_t, std::int64_t> spectral_cache_size() const
    {
        std::pair<std::int32_t, std::int64_t> result;
        check(grz_spectral_cache_size(get(), &result.first, &result.second));
        return result;
    }
    void export_wisdom(const std::string &path) const { check(grz_fft_export_wisdom(get(), path.c_str())); }
    void import_wisdom(const std::string &path) const { check(grz_fft_import_wisdom(get(), path.c_str())); }

private:
    detail::shared_context state_;
};

/* Holds the library's lock of FFTW's planner, for planning of one's own: no call of this library while it lives. */
class planner_lock {
public:
    planner_lock() { grz_fft_lock_planner(); }
    ~planner_lock() { grz_fft_unlock_planner(); }
    planner_lock(const planner_lock &) = delete;
    planner_lock &operator=(const planner_lock &) = delete;
};

class distribution;

/* Values on a grid that are handed in: an array, of which only the size is known, or a distribution, whose grid must be that of the object
 * that takes it. */
class field {
public:
    template <class A, class = std::enable_if_t<std::is_convertible_v<A &&, input> && !std::is_convertible_v<A &&, const distribution &> &&
                                                !std::is_same_v<std::decay_t<A>, field>>>
    field(A &&values) : values_(std::forward<A>(values))
    {
    }
    inline field(const distribution &f);
    const double *data() const { return values_.data(); }
    std::size_t size() const { return values_.size(); }
    const double &operator[](std::size_t i) const { return values_[i]; }
    const grz_grid *grid() const { return grid_; }

private:
    input values_;
    const grz_grid *grid_ = nullptr;
};

namespace detail {

inline bool same_grid(const grz_grid *a, const grz_grid *b)
{
    vector3 at{}, bt{};
    return grz_grid_nodes_per_axis(a) == grz_grid_nodes_per_axis(b) && grz_grid_half_width(a) == grz_grid_half_width(b) &&
           grz_grid_centre(a, at.data()) == GRZ_OK && grz_grid_centre(b, bt.data()) == GRZ_OK && at == bt;
}

inline void expect_field(const field &values, const grz_grid *grid, const char *name)
{
    if (grid && values.grid() && !same_grid(values.grid(), grid))
        throw std::invalid_argument(std::string("grazing: ") + name + " is a distribution on another grid");
    if (grid) expect_size(values.size(), static_cast<std::size_t>(grz_grid_node_count(grid)), name);
}

/* Least, largest and initial value of an option of a handle. */
struct option_range {
    double least, largest, initial;
};
template <class T, class O, class F> option_range bounds_of(F function, T *handle, O option, context_state *context)
{
    option_range range;
    check(function(handle, option, &range.least, &range.largest, &range.initial), context);
    return range;
}

} /* namespace detail */

using option_range = detail::option_range;

struct moments {
    double density, temperature;
    vector3 velocity, heat_flux;
    tensor3 stress;
};

class grid : public detail::object<grz_grid, grz_grid_destroy> {
public:
    grid(const grazing::context &c, std::int32_t n, double half_width, std::optional<vector3> centre = {}) : object(c.state())
    {
        call(grz_grid_create(c.get(), n, half_width, detail::data_or_null(centre), out()));
    }
    std::int32_t n() const { return grz_grid_nodes_per_axis(get()); }
    std::size_t size() const { return static_cast<std::size_t>(grz_grid_node_count(get())); }
    double half_width() const { return grz_grid_half_width(get()); }
    double spacing() const { return grz_grid_spacing(get()); }
    vector3 centre() const
    {
        vector3 result;
        call(grz_grid_centre(get(), result.data()));
        return result;
    }
    values axis(std::int32_t axis) const
    {
        values result(static_cast<std::size_t>(n()));
        call(grz_grid_axis_nodes(get(), axis, result.data()));
        return result;
    }
    /* function(x, y, z) at every node. */
    template <class F> values sample(F &&function) const
    {
        values x = axis(0), y = axis(1), z = axis(2), result;
        result.reserve(size());
        for (double vx : x)
            for (double vy : y)
                for (double vz : z) result.push_back(function(vx, vy, vz));
        return result;
    }
    /* h^3 sum f psi */
    double integrate(const field &f, const field &psi) const
    {
        detail::expect_field(f, get(), "f");
        detail::expect_field(psi, get(), "psi");
        double sum = 0, correction = 0;
        for (std::size_t i = 0; i < size(); i++) {
            double term = f[i] * psi[i] - correction, next = sum + term;
            correction = (next - sum) - term;
            sum = next;
        }
        return sum * spacing() * spacing() * spacing();
    }
    /* Of plain values, which may be negative: what the rule makes of those; *negative: their share. */
    grazing::moments moments(const field &f, grz_negative_rule rule = GRZ_NEGATIVE_RULE_KEEP, double *negative = nullptr) const
    {
        grazing::moments m;
        detail::expect_field(f, get(), "f");
        call(grz_grid_moments(get(), f.data(), rule, &m.density, m.velocity.data(), &m.temperature, m.stress.data(), m.heat_flux.data(),
                              negative));
        return m;
    }
    double entropy(const field &f, grz_negative_rule rule = GRZ_NEGATIVE_RULE_KEEP, double *negative = nullptr) const
    {
        double H;
        detail::expect_field(f, get(), "f");
        call(grz_grid_entropy(get(), f.data(), rule, &H, negative));
        return H;
    }
    values equilibrium(const field &f, grz_negative_rule rule = GRZ_NEGATIVE_RULE_KEEP, double *negative = nullptr) const
    {
        values M(size());
        detail::expect_field(f, get(), "f");
        call(grz_grid_equilibrium(get(), f.data(), rule, M.data(), negative));
        return M;
    }
    struct regridded {
        values f;
        double lost, change;
    };
    /* f of this grid on another one, with its mass, momentum and energy. */
    regridded regrid(const field &f, const grid &target, grz_regrid_method method = GRZ_REGRID_METHOD_LOGARITHMIC) const
    {
        regridded result{values(target.size()), 0, 0};
        detail::expect_field(f, get(), "f");
        call(grz_regrid(context_->handle, get(), f.data(), target.get(), method, result.f.data(), &result.lost, &result.change));
        return result;
    }
};

class kernel : public detail::object<grz_kernel, grz_kernel_destroy> {
public:
    static kernel power_law(const grazing::context &c, double gamma, double nu, double factor = 0)
    {
        return make(c.state(), {}, grz_kernel_create_power_law, c.get(), gamma, nu, factor);
    }
    static kernel inverse_power(const grazing::context &c, double s, grz_scattering scattering = GRZ_SCATTERING_POWER_LAW,
                                bool normalise = true)
    {
        return make(c.state(), {}, grz_kernel_create_inverse_power, c.get(), s, scattering, normalise ? 1 : 0);
    }
    static kernel coulomb(const grazing::context &c, double eps, grz_scattering scattering = GRZ_SCATTERING_POWER_LAW)
    {
        return make(c.state(), {}, grz_kernel_create_coulomb, c.get(), eps, scattering);
    }
    static kernel vhs(const grazing::context &c, double gamma, double b0 = 0)
    {
        return make(c.state(), {}, grz_kernel_create_vhs, c.get(), gamma, b0);
    }
    static kernel table(const grazing::context &c, double gamma, double nu, input theta, input beta)
    {
        detail::expect_size(beta.size(), theta.size(), "beta");
        return make(c.state(), {}, grz_kernel_create_table, c.get(), gamma, nu, static_cast<std::int64_t>(theta.size()), theta.data(),
                    beta.data());
    }
    static kernel callback(const grazing::context &c, double gamma, double nu, beta_function beta)
    {
        auto kept = std::make_shared<beta_function>(std::move(beta));
        auto hook = [](std::int64_t count, const double *theta, double *result, void *user) {
            auto n = static_cast<std::size_t>(count);
            return detail::guarded([&] { return (*static_cast<beta_function *>(user))({theta, n}, {result, n}), false; });
        };
        return make(c.state(), {kept}, grz_kernel_create_callback, c.get(), gamma, nu, static_cast<grz_beta_fn>(hook),
                    static_cast<void *>(kept.get()));
    }
    static kernel general(const grazing::context &c, double gamma, double nu, general_beta_function beta)
    {
        auto kept = std::make_shared<general_beta_function>(std::move(beta));
        auto hook = [](double speed, std::int64_t count, const double *theta, double *result, void *user) {
            auto n = static_cast<std::size_t>(count);
            return detail::guarded([&] { return (*static_cast<general_beta_function *>(user))(speed, {theta, n}, {result, n}), false; });
        };
        return make(c.state(), {kept}, grz_kernel_create_general, c.get(), gamma, nu, static_cast<grz_general_beta_fn>(hook),
                    static_cast<void *>(kept.get()));
    }
    kernel scale(double eps) const { return make(context_, keep_, grz_kernel_create_scaled, context_->handle, get(), eps); }
    kernel multiply(double factor) const { return make(context_, keep_, grz_kernel_create_multiplied, context_->handle, get(), factor); }
    kernel cut_off_kinetic() const { return make(context_, keep_, grz_kernel_create_cut_off_kinetic, context_->handle, get()); }

    double gamma() const { return grz_kernel_gamma(get()); }
    double nu() const { return grz_kernel_nu(get()); }
    double eps() const { return grz_kernel_eps(get()); }
    grz_kernel_type type() const { return static_cast<grz_kernel_type>(grz_kernel_type_of(get())); }
    grz_kernel_class kernel_class() const { return static_cast<grz_kernel_class>(grz_kernel_class_of(get())); }

    values beta(input theta) const { return pointwise(grz_kernel_beta, theta); }
    values beta_eps(input theta) const { return pointwise(grz_kernel_beta_eps, theta); }
    values B(input relative_speed, input theta) const
    {
        detail::expect_size(relative_speed.size(), theta.size(), "relative_speed");
        values result(theta.size());
        call(grz_kernel_B(get(), static_cast<std::int64_t>(theta.size()), relative_speed.data(), theta.data(), result.data()));
        return result;
    }
    /* Only general kernels need the speed: NAN does for the others. */
    double angular_momentum_transfer(double speed = NAN) const { return at(grz_kernel_angular_momentum_transfer, speed); }
    double landau_constant(double speed = NAN) const { return at(grz_kernel_landau_constant, speed); }
    values spectrum(double speed, std::int32_t lmax) const
    {
        values result(lmax < 0 ? 1 : static_cast<std::size_t>(lmax) + 1);
        call(grz_kernel_spectrum(get(), speed, lmax, result.data()));
        return result;
    }
    values moments(double speed, std::int32_t kmax) const
    {
        values result(kmax < 1 ? 1 : static_cast<std::size_t>(kmax));
        call(grz_kernel_moments(get(), speed, kmax, result.data()));
        return result;
    }
    double kinetic_factor(double speed) const { return at(grz_kernel_kinetic_factor, speed); }
    double total_cross_section(double speed) const { return at(grz_kernel_total_cross_section, speed); }
    double cancellation_bound(double speed) const { return at(grz_kernel_cancellation_bound, speed); }
    double cancellation(grz_cancellation form, double speed) const
    {
        double value;
        call(grz_kernel_cancellation(get(), form, speed, &value));
        return value;
    }
    bool satisfies_A2() const
    {
        std::int32_t holds;
        call(grz_kernel_satisfies_A2(get(), &holds, nullptr));
        return holds != 0;
    }
    bool satisfies_2_3() const
    {
        std::int32_t holds;
        call(grz_kernel_satisfies_2_3(get(), &holds, nullptr));
        return holds != 0;
    }

private:
    using object::object;
    template <class F, class... A> static kernel make(detail::shared_context context, detail::keepers keep, F create, A... arguments)
    {
        kernel result(std::move(context), std::move(keep));
        result.call(create(arguments..., result.out()));
        return result;
    }
    double at(grz_status (*function)(const grz_kernel *, double, double *), double speed) const
    {
        double value;
        call(function(get(), speed, &value));
        return value;
    }
    values pointwise(grz_status (*function)(const grz_kernel *, std::int64_t, const double *, double *), input theta) const
    {
        values result(theta.size());
        call(function(get(), static_cast<std::int64_t>(theta.size()), theta.data(), result.data()));
        return result;
    }
};

class distribution : public detail::object<grz_distribution, grz_distribution_destroy> {
public:
    static distribution array(const grid &g, const field &f)
    {
        detail::expect_field(f, g.get(), "values");
        return make(g, grz_distribution_create_array, f.data());
    }
    static distribution callback(const grid &g, density_function density)
    {
        auto hook = [](std::int64_t count, const double *v, double *f, void *user) {
            auto n = static_cast<std::size_t>(count);
            return detail::guarded([&] { return (*static_cast<density_function *>(user))({v, 3 * n}, {f, n}), false; });
        };
        return make(g, grz_distribution_create_callback, static_cast<grz_density_fn>(hook), static_cast<void *>(&density));
    }
    static distribution maxwellian(const grid &g, double rho = 1, std::optional<vector3> u = {}, double T = 1)
    {
        return make(g, grz_distribution_create_maxwellian, rho, detail::data_or_null(u), T);
    }
    static distribution bimaxwellian(const grid &g, double rho, std::optional<vector3> u, const vector3 &T,
                                     const std::optional<tensor3> &axes = {})
    {
        return make(g, grz_distribution_create_bimaxwellian, rho, detail::data_or_null(u), T.data(), axes ? axes->data() : nullptr);
    }
    static distribution bkw(const grid &g, double K) { return make(g, grz_distribution_create_bkw, K); }
    static distribution mixture(const grid &g, input weights, input means, input covariances)
    {
        detail::expect_size(means.size(), 3 * weights.size(), "means");
        detail::expect_size(covariances.size(), 9 * weights.size(), "covariances");
        return make(g, grz_distribution_create_mixture, static_cast<std::int32_t>(weights.size()), weights.data(), means.data(),
                    covariances.data());
    }
    static distribution shell(const grid &g, double rho, std::optional<vector3> u, double S, double c)
    {
        return make(g, grz_distribution_create_shell, rho, detail::data_or_null(u), S, c);
    }
    static distribution load(const grid &g, const std::string &path) { return make(g, grz_distribution_load_npy, path.c_str()); }
    void save(const std::string &path) const { call(grz_distribution_save_npy(get(), path.c_str())); }
    distribution equilibrium() const
    {
        distribution result(context_, size_);
        call(grz_distribution_create_equilibrium(context_->handle, get(), result.out()));
        return result;
    }

    /* The object's own values, valid as long as it lives. */
    input view() const { return {grz_distribution_view(get()), size_}; }
    operator input() const { return view(); }
    /* Borrowed, for calls of the C interface. */
    const grz_grid *grid_handle() const { return grz_distribution_grid(get()); }
    void set_values(const field &f)
    {
        detail::expect_field(f, grz_distribution_grid(get()), "values");
        call(grz_distribution_set_values(get(), f.data()));
    }
    grazing::moments moments() const
    {
        grazing::moments m;
        call(grz_distribution_moments(get(), &m.density, m.velocity.data(), &m.temperature, m.stress.data(), m.heat_flux.data()));
        return m;
    }

private:
    distribution(detail::shared_context context, std::size_t size) : object(std::move(context)), size_(size) {}
    template <class F, class... A> static distribution make(const grid &g, F create, A... arguments)
    {
        distribution result(g.context(), g.size());
        result.call(create(g.context()->handle, g.get(), arguments..., result.out()));
        return result;
    }
    std::size_t size_;
};

inline field::field(const distribution &f) : values_(f.view()), grid_(f.grid_handle()) {}

/* What the particles of a species are. */
class species : public detail::object<grz_species, grz_species_destroy> {
public:
    species(const grazing::context &c, const std::string &name, double mass, double charge = 0) : object(c.state())
    {
        call(grz_species_create(c.get(), name.c_str(), mass, charge, out()));
    }
    std::string name() const { return grz_species_name(get()); }
    double mass() const { return grz_species_mass(get()); }
    double charge() const { return grz_species_charge(get()); }
};

/* Species on their grids, with a kernel for every pair. Fields are the species' values one after another, size() in all. */
class mixture : public detail::object<grz_mixture, grz_mixture_destroy> {
public:
    struct member {
        const grazing::species &species;
        const grazing::grid &grid;
    };
    struct moments {
        values number, velocity, temperature; /* of each species: 1, 3, 1 */
        vector3 total_velocity;
        double total_temperature;
    };
    mixture(const grazing::context &c, std::initializer_list<member> members) : object(c.state())
    {
        std::vector<const grz_species *> all;
        std::vector<const grz_grid *> grids;
        for (const member &m : members) all.push_back(m.species.get()), grids.push_back(m.grid.get());
        call(grz_mixture_create(c.get(), static_cast<std::int32_t>(all.size()), all.data(), grids.data(), out()));
    }
    std::int32_t count() const { return grz_mixture_species_count(get()); }
    std::size_t size() const { return offset(count()); }
    std::size_t offset(std::int32_t index) const { return static_cast<std::size_t>(grz_mixture_offset(get(), index)); }
    mixture &set_kernel(std::int32_t a, std::int32_t b, const kernel &k)
    {
        call(grz_mixture_set_kernel(get(), a, b, k.get()));
        keep_ = detail::both(keep_, k.kept());
        return *this;
    }
    mixture &set_coulomb(double strength, double eps = 0, grz_scattering scattering = GRZ_SCATTERING_POWER_LAW)
    {
        call(grz_mixture_set_coulomb(get(), strength, eps, scattering));
        return *this;
    }
    moments moments_of(input f) const
    {
        const std::size_t n = static_cast<std::size_t>(count());
        moments m{values(n), values(3 * n), values(n), {}, 0};
        detail::expect_size(f.size(), size(), "f");
        call(grz_mixture_moments(get(), f.data(), m.number.data(), m.velocity.data(), m.temperature.data(), m.total_velocity.data(),
                                 &m.total_temperature));
        return m;
    }
    values equilibrium(input f) const
    {
        values result(size());
        detail::expect_size(f.size(), size(), "f");
        call(grz_mixture_equilibrium(get(), f.data(), result.data()));
        return result;
    }
    double entropy(input f) const
    {
        double value;
        detail::expect_size(f.size(), size(), "f");
        call(grz_mixture_entropy(get(), f.data(), &value));
        return value;
    }
};

/* A collision operator (`operator` is taken). Fields have grid.size() values, or a mixture's. */
class collision : public detail::object<grz_operator, grz_operator_destroy> {
public:
    collision(const mixture &m, grz_equation equation, grz_method method) : object(m.context(), m.kept()), size_(m.size())
    {
        call(grz_operator_create_mixture(context_->handle, m.get(), equation, method, out()));
    }
    collision(const grid &g, const kernel &k, grz_equation equation, grz_method method)
        : object(g.context(), detail::both(g.kept(), k.kept())), size_(g.size())
    {
        call(grz_operator_create(context_->handle, g.get(), k.get(), equation, method, out()));
    }
    std::size_t size() const { return size_; }
    grz_equation equation() const { return static_cast<grz_equation>(grz_operator_equation(get())); }
    grz_method method() const { return static_cast<grz_method>(grz_operator_method(get())); }
    /* Borrowed, for calls of the C interface. */
    const grz_grid *grid_handle() const { return grz_operator_grid(get()); }
    const grz_kernel *kernel_handle() const { return grz_operator_kernel(get()); }

    collision &set(grz_operator_option option, double value)
    {
        call(grz_operator_set_option(get(), option, value));
        return *this;
    }
    double option(grz_operator_option option) const
    {
        double value;
        call(grz_operator_option_value(get(), option, &value));
        return value;
    }
    option_range bounds(grz_operator_option option) const
    {
        return detail::bounds_of(grz_operator_option_bounds, get(), option, context_.get());
    }
    void setup() { call(grz_operator_setup(get())); }
    std::int64_t workspace()
    {
        std::int64_t bytes;
        call(grz_operator_workspace(get(), &bytes));
        return bytes;
    }

    void apply(const field &f, output Q) { expect(f, "f"), expect(Q, "Q"), call(grz_operator_apply(get(), f.data(), Q.data())); }
    values operator()(const field &f)
    {
        values Q(size_);
        apply(f, Q);
        return Q;
    }
    void apply_bilinear(const field &f, const field &g, output Q)
    {
        expect(f, "f"), expect(g, "g"), expect(Q, "Q");
        call(grz_operator_apply_bilinear(get(), f.data(), g.data(), Q.data()));
    }
    void apply_directed(const field &f, const field &g, output Q)
    {
        expect(f, "f"), expect(g, "g"), expect(Q, "Q");
        call(grz_operator_apply_directed(get(), f.data(), g.data(), Q.data()));
    }
    void apply_batch(std::int64_t count, input f, output Q)
    {
        detail::expect_size(f.size(), static_cast<std::size_t>(count) * size_, "f");
        detail::expect_size(Q.size(), f.size(), "Q");
        call(grz_operator_apply_batch(get(), count, f.data(), Q.data()));
    }
    double weak_form(const field &f, const field &psi) { return pair(grz_operator_weak_form, f, psi); }
    double action(const field &f, const field &phi) { return pair(grz_operator_action, f, phi); }
    void onsager(const field &f, const field &phi, output K_phi)
    {
        expect(f, "f"), expect(phi, "phi"), expect(K_phi, "K_phi");
        call(grz_operator_onsager(get(), f.data(), phi.data(), K_phi.data()));
    }
    /* G(f, phi), the first variation in f of half the action. */
    void action_variation(input f, input phi, output variation)
    {
        expect(f, "f"), expect(phi, "phi"), expect(variation, "variation");
        call(grz_operator_action_variation(get(), f.data(), phi.data(), variation.data()));
    }
    /* Errors of Q and of D against the next accuracy level. */
    std::pair<double, double> estimate_error(const field &f)
    {
        std::pair<double, double> result;
        expect(f, "f");
        call(grz_operator_estimate_error(get(), f.data(), &result.first, &result.second));
        return result;
    }
    /* The largest rate at which its linearisation at f decays: explicit steps are bounded by it. */
    double largest_rate(const field &f)
    {
        double rate;
        expect(f, "f");
        call(grz_operator_largest_rate(get(), f.data(), &rate));
        return rate;
    }
    /* Whether the grid resolves log f: above 1.5 it does not. */
    double overshoot(const field &f)
    {
        double ratio;
        expect(f, "f");
        call(grz_operator_overshoot(get(), f.data(), &ratio));
        return ratio;
    }
    struct health_terms {
        std::array<double, GRZ_HEALTH_TERM_COUNT> terms;
        std::string advice;
    };
    health_terms health(const field &f)
    {
        health_terms result;
        const char *advice;
        expect(f, "f");
        call(grz_operator_health(get(), f.data(), result.terms.data(), &advice));
        result.advice = advice;
        return result;
    }
    struct sphere_rule {
        double r, landau;
        std::int32_t collisions, directions;
    };
    /* How an entropic operator sums over the spheres of its radii. */
    std::vector<sphere_rule> spheres()
    {
        std::int32_t count;
        call(grz_operator_sphere_count(get(), &count));
        std::vector<sphere_rule> result(static_cast<std::size_t>(count));
        for (std::int32_t i = 0; i < count; i++) {
            sphere_rule &rule = result[static_cast<std::size_t>(i)];
            call(grz_operator_sphere(get(), i, &rule.r, &rule.collisions, &rule.directions, &rule.landau));
        }
        return result;
    }
    std::int64_t node_count()
    {
        std::int64_t nodes;
        call(grz_operator_node_count(get(), &nodes));
        return nodes;
    }
    /* A lower bound of |f'|^2 for the derivative g, and the best one by a multiple of psi. */
    std::pair<double, double> metric_bound(const field &f, const field &g, const field &psi)
    {
        std::pair<double, double> result;
        expect(f, "f"), expect(g, "g"), expect(psi, "psi");
        call(grz_operator_metric_bound(get(), f.data(), g.data(), psi.data(), &result.first, &result.second));
        return result;
    }
    /* Proposition 5.5: the weighted mass of the rate of potential phi, and its bound. */
    std::pair<double, double> lift_mass(const field &f, const field &phi, double q, double delta)
    {
        std::pair<double, double> result;
        expect(f, "f"), expect(phi, "phi");
        call(grz_operator_lift_mass(get(), f.data(), phi.data(), q, delta, &result.first, &result.second));
        return result;
    }
    double fit_error() const { return number(grz_operator_fit_error); }
    double projection_size() const { return number(grz_operator_projection_size); }

private:
    void expect(const field &values, const char *name) const
    {
        detail::expect_field(values, grid_handle(), name);
        detail::expect_size(values.size(), size_, name);
    }
    void expect(output values, const char *name) const { detail::expect_size(values.size(), size_, name); }
    double pair(grz_status (*function)(grz_operator *, const double *, const double *, double *), const field &f, const field &psi)
    {
        double value;
        expect(f, "f"), expect(psi, "psi");
        call(function(get(), f.data(), psi.data(), &value));
        return value;
    }
    std::size_t size_;
};

class functional : public detail::object<grz_functional, grz_functional_destroy> {
public:
    static functional entropy(const grid &g) { return make(g, g.size(), grz_functional_create_entropy, g.get()); }
    static functional relative_entropy(const distribution &reference)
    {
        return make(reference, reference.view().size(), grz_functional_create_relative_entropy, reference.get());
    }
    static functional fisher(const grid &g) { return make(g, g.size(), grz_functional_create_fisher, g.get()); }
    static functional dissipation(const collision &op, grz_functional_type type = GRZ_FUNCTIONAL_TYPE_DISSIPATION)
    {
        return make(op, op.size(), grz_functional_create_dissipation, op.get(), type);
    }
    grz_functional_type type() const { return static_cast<grz_functional_type>(grz_functional_type_of(get())); }
    double operator()(const field &f)
    {
        double value;
        detail::expect_field(f, grz_functional_grid(get()), "f");
        detail::expect_size(f.size(), size_, "f");
        call(grz_functional_evaluate(get(), f.data(), &value));
        return value;
    }
    values first_variation(const field &f)
    {
        values result(size_);
        detail::expect_field(f, grz_functional_grid(get()), "f");
        detail::expect_size(f.size(), size_, "f");
        call(grz_functional_first_variation(get(), f.data(), result.data()));
        return result;
    }

    const grz_grid *grid_handle() const { return grz_functional_grid(get()); }

private:
    functional(detail::shared_context context, detail::keepers keep, std::size_t size)
        : object(std::move(context), std::move(keep)), size_(size)
    {
    }
    template <class P, class F, class... A> static functional make(const P &parent, std::size_t size, F create, A... arguments)
    {
        functional result(parent.context(), parent.kept(), size);
        result.call(create(parent.context()->handle, arguments..., result.out()));
        return result;
    }
    std::size_t size_;
};

class metric : public detail::object<grz_metric, grz_metric_destroy> {
public:
    explicit metric(const collision &op) : object(op.context(), op.kept()), size_(op.size())
    {
        call(grz_metric_create(context_->handle, op.get(), out()));
    }
    metric &set(grz_metric_option option, double value)
    {
        call(grz_metric_set_option(get(), option, value));
        return *this;
    }
    double option(grz_metric_option option) const
    {
        double value;
        call(grz_metric_option_value(get(), option, &value));
        return value;
    }
    option_range bounds(grz_metric_option option) const
    {
        return detail::bounds_of(grz_metric_option_bounds, get(), option, context_.get());
    }
    /* |f'|^2 for the time derivative g of f; phi, the optimal potential, may be empty. */
    double derivative(const field &f, const field &g, output phi = {})
    {
        double value;
        detail::expect_field(f, grz_operator_grid(grz_metric_operator(get())), "f");
        detail::expect_field(g, grz_operator_grid(grz_metric_operator(get())), "g");
        if (!phi.empty()) detail::expect_size(phi.size(), size_, "phi");
        call(grz_metric_derivative(get(), f.data(), g.data(), &value, phi.empty() ? nullptr : phi.data()));
        return value;
    }
    /* By a dense factorisation, n <= 16. */
    double derivative_dense(const field &f, const field &g, output phi = {})
    {
        double value;
        detail::expect_field(f, grz_operator_grid(grz_metric_operator(get())), "f");
        detail::expect_field(g, grz_operator_grid(grz_metric_operator(get())), "g");
        if (!phi.empty()) detail::expect_size(phi.size(), size_, "phi");
        call(grz_metric_derivative_dense(get(), f.data(), g.data(), &value, phi.empty() ? nullptr : phi.data()));
        return value;
    }
    /* |f'|^2 minus the affine bound (7.1) of psi. */
    double gap(const field &f, const field &g, const field &psi)
    {
        double value;
        detail::expect_field(f, grz_operator_grid(grz_metric_operator(get())), "f");
        detail::expect_field(g, grz_operator_grid(grz_metric_operator(get())), "g");
        detail::expect_field(psi, grz_operator_grid(grz_metric_operator(get())), "psi");
        call(grz_metric_gap(get(), f.data(), g.data(), psi.data(), &value));
        return value;
    }
    std::int32_t iterations() const { return grz_metric_iterations(get()); }
    double residual() const { return grz_metric_residual(get()); }
    grz_moment unreachable() const { return static_cast<grz_moment>(grz_metric_unreachable(get())); }

private:
    std::size_t size_;
};

/* A curve of least length between two densities in the metric of an entropic operator. */
class geodesic : public detail::object<grz_geodesic, grz_geodesic_destroy> {
public:
    geodesic(const collision &op, input f0, input f1, double moment_tolerance = 0) : object(op.context(), op.kept()), size_(op.size())
    {
        detail::expect_size(f0.size(), size_, "f0"), detail::expect_size(f1.size(), size_, "f1");
        call(grz_geodesic_create(context_->handle, op.get(), f0.data(), f1.data(), moment_tolerance, out()));
    }
    geodesic &set(grz_geodesic_option option, double value)
    {
        call(grz_geodesic_set_option(get(), option, value));
        return *this;
    }
    /* From the straight line, or from densities one after the other at times from 0 to 1. */
    void start() { call(grz_geodesic_start(get(), 0, nullptr, nullptr)); }
    void start(input times, input path)
    {
        detail::expect_size(path.size(), times.size() * size_, "path");
        call(grz_geodesic_start(get(), static_cast<std::int64_t>(times.size()), times.data(), path.data()));
    }
    void run() { call(grz_geodesic_run(get())); }
    double number(grz_geodesic_number number) const
    {
        double value;
        call(grz_geodesic_number_value(get(), number, &value));
        return value;
    }
    double distance() const { return number(GRZ_GEODESIC_NUMBER_DISTANCE); }
    double bound(grz_geodesic_bound bound)
    {
        double value;
        call(grz_geodesic_bound_value(get(), bound, &value));
        return value;
    }
    grz_moment unreachable() const { return static_cast<grz_moment>(grz_geodesic_unreachable(get())); }
    std::int32_t steps() const { return grz_geodesic_steps(get()); }
    /* The density at time level/steps; of a step the potential of its rate. */
    values level(std::int32_t level) const
    {
        values f(size_);
        call(grz_geodesic_level(get(), level, f.data(), nullptr));
        return f;
    }
    values rate(std::int32_t level) const
    {
        values rate(size_);
        call(grz_geodesic_level(get(), level, nullptr, rate.data()));
        return rate;
    }
    values potential(std::int32_t step) const
    {
        values phi(size_);
        call(grz_geodesic_step(get(), step, nullptr, phi.data(), nullptr));
        return phi;
    }
    double speed(std::int32_t step) const
    {
        double speed;
        call(grz_geodesic_step(get(), step, nullptr, nullptr, &speed));
        return speed;
    }
    values save() const
    {
        values state(static_cast<std::size_t>(grz_geodesic_state_size(get())));
        call(grz_geodesic_save(get(), state.data()));
        return state;
    }
    void restore(input state) { call(grz_geodesic_restore(get(), static_cast<std::int64_t>(state.size()), state.data())); }

private:
    std::size_t size_;
};

class flow : public detail::object<grz_flow, grz_flow_destroy> {
public:
    flow(const collision &op, grz_time_scheme scheme) : object(op.context(), op.kept()), size_(op.size())
    {
        call(grz_flow_create(context_->handle, op.get(), scheme, out()));
    }
    flow &set(grz_flow_option option, double value)
    {
        call(grz_flow_set_option(get(), option, value));
        return *this;
    }
    double option(grz_flow_option option) const
    {
        double value;
        call(grz_flow_option_value(get(), option, &value));
        return value;
    }
    option_range bounds(grz_flow_option option) const { return detail::bounds_of(grz_flow_option_bounds, get(), option, context_.get()); }
    void start(double time, const field &f)
    {
        detail::expect_field(f, grz_operator_grid(grz_flow_operator(get())), "f");
        detail::expect_size(f.size(), size_, "f");
        call(grz_flow_start(get(), time, f.data()));
    }
    void step(double dt) { call(grz_flow_step(get(), dt)); }
    void run(double end, double dt = 0) { call(grz_flow_run(get(), end, dt, nullptr, nullptr)); }
    /* observer(time, f) sees every state during the call; one that returns true stops the run with GRZ_ERROR_CALLBACK. */
    template <class F> void run(double end, double dt, F &&observer)
    {
        struct user {
            std::remove_reference_t<F> *observer;
            std::size_t size;
        } data{&observer, size_};
        auto hook = [](double time, const double *f, void *pointer) {
            auto *u = static_cast<user *>(pointer);
            return detail::guarded([&] {
                if constexpr (std::is_void_v<decltype((*u->observer)(time, input(f, u->size)))>)
                    return (*u->observer)(time, input(f, u->size)), false;
                else
                    return static_cast<bool>((*u->observer)(time, input(f, u->size)));
            });
        };
        call(grz_flow_run(get(), end, dt, static_cast<grz_flow_observer_fn>(hook), &data));
    }
    grz_time_scheme scheme() const { return static_cast<grz_time_scheme>(grz_flow_scheme(get())); }
    double time() const { return grz_flow_time(get()); }
    /* Valid until the next call that moves the flow. */
    input view() const
    {
        const double *f = grz_flow_view(get());
        return {f, f ? size_ : 0};
    }
    double statistic(grz_flow_statistic statistic) const
    {
        double value;
        call(grz_flow_statistic_value(get(), statistic, &value));
        return value;
    }
    values save() const
    {
        values state(static_cast<std::size_t>(grz_flow_state_size(get())));
        call(grz_flow_save(get(), state.data()));
        return state;
    }
    void restore(input state)
    {
        detail::expect_size(state.size(), static_cast<std::size_t>(grz_flow_state_size(get())), "state");
        call(grz_flow_restore(get(), state.data()));
    }

private:
    std::size_t size_;
};

/* Pointwise calculus: arrays of three numbers a velocity. */
inline std::pair<values, values> post_collision(const context &c, input v, input v_star, input sigma)
{
    std::pair<values, values> result{values(v.size()), values(v.size())};
    detail::expect_size(v_star.size(), v.size(), "v_star");
    detail::expect_size(sigma.size(), v.size(), "sigma");
    c.check(grz_post_collision(c.get(), static_cast<std::int64_t>(v.size() / 3), v.data(), v_star.data(), sigma.data(), result.first.data(),
                               result.second.data()));
    return result;
}

namespace detail {

inline int call_velocity(std::int64_t count, const double *v, double *psi, void *user)
{
    auto n = static_cast<std::size_t>(count);
    return guarded([&] { return (*static_cast<velocity_function *>(user))({v, 3 * n}, {psi, n}), false; });
}

} /* namespace detail */

inline values discrete_gradient(const context &c, velocity_function psi, input v, input v_star, input sigma)
{
    values result(v.size() / 3);
    detail::expect_size(v_star.size(), v.size(), "v_star");
    detail::expect_size(sigma.size(), v.size(), "sigma");
    c.check(grz_discrete_gradient(c.get(), detail::call_velocity, nullptr, &psi, static_cast<std::int64_t>(v.size() / 3), v.data(),
                                  v_star.data(), sigma.data(), result.data()));
    return result;
}

inline values grazing_gradient(const context &c, velocity_function psi, double gamma, input v, input v_star)
{
    values result(v.size());
    detail::expect_size(v_star.size(), v.size(), "v_star");
    c.check(grz_grazing_gradient(c.get(), detail::call_velocity, nullptr, &psi, gamma, static_cast<std::int64_t>(v.size() / 3), v.data(),
                                 v_star.data(), result.data()));
    return result;
}

} /* namespace grazing */

#endif

#endif
