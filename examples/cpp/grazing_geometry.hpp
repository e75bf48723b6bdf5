/* The geometry section of grazing.h for C++: rates, spheres, the density between the nodes, affine bounds, ledgers, the limit of
 * solutions, the lift. */
#ifndef GRAZING_GEOMETRY_HPP
#define GRAZING_GEOMETRY_HPP

#include "grazing.hpp"

#if __cplusplus >= 201703L /* grazing_base.hpp says what is wanted */

namespace grazing {

/* Fill their last argument: a number, for a field three, of every pair or collision. */
using pair_function = std::function<void(input v, input v_star, output psi)>;
using collision_function = std::function<void(input v, input v_star, input sigma, output M)>;

namespace detail {

inline int call_pair(std::int64_t count, const double *v, const double *v_star, double *psi, void *user)
{
    auto n = static_cast<std::size_t>(count);
    return guarded([&] { return (*static_cast<pair_function *>(user))({v, 3 * n}, {v_star, 3 * n}, {psi, n}), false; });
}

inline int call_field(std::int64_t count, const double *v, const double *v_star, double *field, void *user)
{
    auto n = 3 * static_cast<std::size_t>(count);
    return guarded([&] { return (*static_cast<pair_function *>(user))({v, n}, {v_star, n}, {field, n}), false; });
}

inline int call_collision(std::int64_t count, const double *v, const double *v_star, const double *sigma, double *M, void *user)
{
    auto n = static_cast<std::size_t>(count);
    return guarded([&] { return (*static_cast<collision_function *>(user))({v, 3 * n}, {v_star, 3 * n}, {sigma, 3 * n}, {M, n}), false; });
}

} /* namespace detail */

/* A rate of the collision (CRE) or grazing (GCE) equation. */
class rate : public detail::object<grz_rate, grz_rate_destroy> {
public:
    static rate potential(const collision &op, const field &phi)
    {
        detail::expect_field(phi, op.grid_handle(), "phi");
        return make(op, {}, grz_rate_create_potential, phi.data());
    }
    static rate gradient_flow(const collision &op) { return make(op, {}, grz_rate_create_gradient_flow); }
    static rate of_collisions(const collision &op, collision_function M, grz_rate_form form = GRZ_RATE_FORM_DENSITY)
    {
        auto kept = std::make_shared<collision_function>(std::move(M));
        return make(op, {kept}, grz_rate_create_collision, detail::call_collision, static_cast<void *>(kept.get()), form);
    }
    static rate of_pairs(const collision &op, pair_function M, grz_rate_form form = GRZ_RATE_FORM_DENSITY)
    {
        auto kept = std::make_shared<pair_function>(std::move(M));
        return make(op, {kept}, grz_rate_create_grazing, detail::call_field, static_cast<void *>(kept.get()), form);
    }
    void add_potential(double factor, const field &phi)
    {
        detail::expect_field(phi, grz_operator_grid(grz_rate_operator(get())), "phi");
        call(grz_rate_add_potential(get(), factor, phi.data()));
    }
    double action(const field &f)
    {
        double value;
        detail::expect_field(f, grz_operator_grid(grz_rate_operator(get())), "f");
        call(grz_rate_action(get(), f.data(), &value));
        return value;
    }
    double pairing(const field &f, const field &psi)
    {
        double value;
        detail::expect_field(f, grz_operator_grid(grz_rate_operator(get())), "f");
        detail::expect_field(psi, grz_operator_grid(grz_rate_operator(get())), "psi");
        call(grz_rate_pairing(get(), f.data(), psi.data(), &value));
        return value;
    }
    values divergence(const field &f)
    {
        values g(size_);
        detail::expect_field(f, grz_operator_grid(grz_rate_operator(get())), "f");
        call(grz_rate_divergence(get(), f.data(), g.data()));
        return g;
    }
    struct projection {
        double optimal, remainder;
        values phi;
    };
    projection project(metric &solver, const field &f)
    {
        projection result{0, 0, values(size_)};
        detail::expect_field(f, grz_operator_grid(grz_rate_operator(get())), "f");
        call(grz_rate_project(get(), solver.get(), f.data(), &result.optimal, &result.remainder, result.phi.data()));
        return result;
    }

private:
    rate(const collision &op, const detail::keepers &keep) : object(op.context(), detail::both(op.kept(), keep)), size_(op.size()) {}
    template <class F, class... A> static rate make(const collision &op, const detail::keepers &keep, F create, A... arguments)
    {
        rate result(op, keep);
        result.call(create(op.context()->handle, op.get(), arguments..., result.out()));
        return result;
    }
    std::size_t size_;
};

/* The density that an entropic operator sees between the nodes. */
class interpolant : public detail::object<grz_interpolant, grz_interpolant_destroy> {
public:
    interpolant(const collision &op, const field &f) : object(op.context(), op.kept())
    {
        detail::expect_field(f, op.grid_handle(), "f");
        call(grz_interpolant_create(context_->handle, op.get(), f.data(), out()));
    }
    values operator()(input v) const
    {
        values result(v.size() / 3);
        call(grz_interpolant_evaluate(get(), static_cast<std::int64_t>(result.size()), v.data(), result.data(), nullptr));
        return result;
    }
};

/* Affine lower bounds of the square-root dissipation (section 6.1) by a test function, or by the optimal one of an interpolant. */
struct affine {
    double bound, best, gap;
};

inline affine affine_bound(collision &op, const field &f, pair_function psi)
{
    affine result;
    detail::expect_field(f, op.grid_handle(), "f");
    detail::check(grz_operator_affine_bound(op.get(), f.data(), detail::call_pair, &psi, &result.bound, &result.best, &result.gap),
                  op.context().get());
    return result;
}

inline affine affine_bound(collision &op, const field &f, const interpolant &optimal)
{
    affine result;
    detail::expect_field(f, op.grid_handle(), "f");
    detail::check(grz_operator_affine_bound(op.get(), f.data(), grz_optimal_pair, optimal.get(), &result.bound, &result.best, &result.gap),
                  op.context().get());
    return result;
}

/* The energy-dissipation ledger (1.3) of a curve: record snapshots or run a flow with it, end, read, judge. */
class ledger : public detail::object<grz_ledger, grz_ledger_destroy> {
public:
    explicit ledger(const collision &op) : object(op.context(), op.kept()) { call(grz_ledger_create(context_->handle, op.get(), out())); }
    void record(double time, const field &f)
    {
        detail::expect_field(f, grz_operator_grid(grz_ledger_operator(get())), "f");
        call(grz_ledger_record(get(), time, f.data(), nullptr));
    }
    void run(flow &curve, double end, double dt = 0) { call(grz_flow_run(curve.get(), end, dt, grz_ledger_observe, get())); }
    void end() { call(grz_ledger_end(get())); }
    std::size_t count() const { return static_cast<std::size_t>(grz_ledger_count(get())); }
    values column(grz_ledger_entry entry) const
    {
        values result(count());
        call(grz_ledger_column(get(), entry, result.data()));
        return result;
    }
    grz_ledger_verdict judge(double tolerance) const
    {
        grz_ledger_verdict verdict;
        call(grz_ledger_judge(get(), tolerance, &verdict, nullptr));
        return verdict;
    }
};

/* The limit of solutions (Theorem 2.7): curves at the same times, the limit's (eps = 0) first, then with eps decreasing. run makes a
 * family of flows; begin, record and end take curves of any origin. */
class limit : public detail::object<grz_limit, grz_limit_destroy> {
public:
    limit(const grid &g, input times) : object(g.context(), g.kept()), times_(times.size())
    {
        call(grz_limit_create(context_->handle, g.get(), static_cast<std::int64_t>(times.size()), times.data(), out()));
    }
    void add_test(velocity_function phi, double lipschitz, double curvature)
    {
        call(grz_limit_add_test(get(), detail::call_velocity, &phi, lipschitz, curvature));
    }
    void add_smooth_tests(double scale) { call(grz_limit_add_smooth_tests(get(), scale)); }
    std::int32_t test_count() const { return grz_limit_test_count(get()); }
    void begin(double eps) { call(grz_limit_begin(get(), eps, nullptr)); }
    void begin(double eps, const collision &op)
    {
        keep_ = detail::both(keep_, op.kept());
        call(grz_limit_begin(get(), eps, op.get()));
    }
    void record(double time, const field &f)
    {
        detail::expect_field(f, grz_limit_grid(get()), "f");
        call(grz_limit_record(get(), time, f.data(), nullptr));
    }
    void record(double time, const field &f, const field &rate)
    {
        detail::expect_field(f, grz_limit_grid(get()), "f");
        detail::expect_field(rate, grz_limit_grid(get()), "rate");
        call(grz_limit_record(get(), time, f.data(), rate.data()));
    }
    void observe(flow &curve, double end, double dt = 0) { call(grz_flow_run(curve.get(), end, dt, grz_limit_observe, get())); }
    void end() { call(grz_limit_end(get())); }
    /* Of the flows that run_flow and run make. */
    limit &set(grz_flow_option option, double value)
    {
        call(grz_limit_set_flow_option(get(), option, value));
        return *this;
    }
    double option(grz_flow_option option) const
    {
        double value;
        call(grz_limit_flow_option_value(get(), option, &value));
        return value;
    }
    void run_flow(double eps, collision &op, grz_time_scheme scheme, double dt, const field &f)
    {
        detail::expect_field(f, grz_limit_grid(get()), "f");
        call(grz_limit_run_flow(get(), eps, op.get(), scheme, dt, f.data()));
    }
    void run(collision &op, grz_time_scheme scheme, double dt, input eps, const field &f)
    {
        detail::expect_field(f, grz_limit_grid(get()), "f");
        call(grz_limit_run(get(), op.get(), scheme, dt, static_cast<std::int64_t>(eps.size()), eps.data(), f.data()));
    }
    std::size_t count() const { return static_cast<std::size_t>(grz_limit_count(get())); }
    values column(grz_limit_quantity quantity) const
    {
        values result(count());
        call(grz_limit_column(get(), quantity, result.data()));
        return result;
    }
    values orders(grz_limit_quantity quantity, grz_limit_scale scale = GRZ_LIMIT_SCALE_POWER) const
    {
        values result(count());
        call(grz_limit_orders(get(), quantity, scale, result.data()));
        return result;
    }
    values column(std::int64_t curve, grz_limit_series series) const
    {
        values result(times_);
        call(grz_limit_curve_column(get(), curve, series, result.data()));
        return result;
    }
    values means(std::int64_t curve, std::int32_t test) const
    {
        values result(times_);
        call(grz_limit_means(get(), curve, test, result.data()));
        return result;
    }
    struct inequality {
        double margin, error; /* it holds if margin >= -error */
    };
    inequality liminf(grz_limit_series series, grz_limit_scale scale = GRZ_LIMIT_SCALE_POWER) const
    {
        inequality result;
        call(grz_limit_liminf(get(), series, scale, &result.margin, &result.error));
        return result;
    }

private:
    std::size_t times_;
};

/* Lemma 5.7 for two densities and an upper bound of their distance: difference <= bound = C distance. */
struct comparison {
    double difference, bound;
};

inline comparison compare(const collision &op, const field &f0, const field &f1, double distance)
{
    comparison result;
    detail::expect_field(f0, op.grid_handle(), "f0");
    detail::expect_field(f1, op.grid_handle(), "f1");
    detail::check(grz_operator_comparison(op.get(), f0.data(), f1.data(), distance, &result.difference, &result.bound), op.context().get());
    return result;
}

inline constexpr std::int32_t coercivity_terms = GRZ_COERCIVITY_TERM_RIGHT + 1;

/* (B.1) with the constants of its proof, by grz_coercivity_term: [GRZ_COERCIVITY_TERM_LEFT] <= [GRZ_COERCIVITY_TERM_RIGHT]. */
inline std::array<double, coercivity_terms> coercivity(const collision &op, const field &f, double R)
{
    std::array<double, coercivity_terms> terms;
    detail::expect_field(f, op.grid_handle(), "f");
    detail::check(grz_operator_coercivity(op.get(), f.data(), R, coercivity_terms, terms.data()), op.context().get());
    return terms;
}

/* The lift of section 5.1 of m(v, v_star, sigma), relative to theta B, at pairs: three numbers each. */
inline values lift(const kernel &k, collision_function m, double q, double delta, std::int32_t theta_nodes, std::int32_t phi_nodes, input v,
                   input v_star)
{
    values result(v.size());
    detail::expect_size(v_star.size(), v.size(), "v_star");
    detail::check(grz_kernel_lift(k.get(), detail::call_collision, &m, q, delta, theta_nodes, phi_nodes,
                                  static_cast<std::int64_t>(v.size() / 3), v.data(), v_star.data(), result.data()),
                  k.context().get());
    return result;
}

/* Spherical harmonic transforms of one function or tangent field at a time. */
class sphere : public detail::object<grz_sphere, grz_sphere_destroy> {
public:
    sphere(const grazing::context &c, std::int32_t lmax) : object(c.state()) { call(grz_sphere_create(c.get(), lmax, out())); }
    std::int32_t degree() const { return grz_sphere_degree(get()); }
    std::size_t node_count() const { return static_cast<std::size_t>(grz_sphere_node_count(get())); }
    std::size_t coefficient_count() const { return static_cast<std::size_t>(grz_sphere_coefficient_count(get())); }
    /* Unit vectors and weights. */
    std::pair<values, values> nodes() const
    {
        std::pair<values, values> result{values(3 * node_count()), values(node_count())};
        call(grz_sphere_nodes(get(), result.first.data(), result.second.data()));
        return result;
    }
    values analyse(input psi) const { return transform(grz_sphere_analyse, psi, node_count(), coefficient_count()); }
    values synthesise(input c) const { return transform(grz_sphere_synthesise, c, coefficient_count(), node_count()); }
    values gradient(input c) const { return transform(grz_sphere_gradient, c, coefficient_count(), 3 * node_count()); }
    values divergence(input field) const { return transform(grz_sphere_divergence, field, 3 * node_count(), coefficient_count()); }
    values solve(values c) const
    {
        detail::expect_size(c.size(), coefficient_count(), "coefficients");
        call(grz_sphere_solve(get(), 1, c.data()));
        return c;
    }

private:
    values transform(grz_status (*function)(const grz_sphere *, std::int64_t, const double *, double *), input from, std::size_t size,
                     std::size_t result_size) const
    {
        values result(result_size);
        detail::expect_size(from.size(), size, "the input");
        call(function(get(), 1, from.data(), result.data()));
        return result;
    }
};

namespace detail {

inline int call_velocity_gradient(std::int64_t count, const double *v, double *gradient, void *user)
{
    auto n = 3 * static_cast<std::size_t>(count);
    return guarded([&] { return (*static_cast<velocity_function *>(user))({v, n}, {gradient, n}), false; });
}

/* How many pairs v and v_star hold. */
inline std::int64_t pairs(input v, input v_star)
{
    expect_size(v_star.size(), v.size(), "v_star");
    return static_cast<std::int64_t>(v.size() / 3);
}

inline values circle_average(const context &c, grz_velocity_fn one, grz_pair_fn two, void *user, input v, input v_star, double theta,
                             std::int32_t nodes)
{
    values result(v.size() / 3);
    c.check(grz_circle_average(c.get(), one, two, user, pairs(v, v_star), v.data(), v_star.data(), theta, nodes, result.data()));
    return result;
}

inline values discrete_gradient_from(const context &c, grz_velocity_gradient_fn one, grz_pair_vector_fn two, void *user, input v,
                                     input v_star, input theta, input phi)
{
    values result(v.size() / 3);
    expect_size(theta.size(), result.size(), "theta");
    expect_size(phi.size(), result.size(), "phi");
    c.check(grz_discrete_gradient_from(c.get(), one, two, user, pairs(v, v_star), v.data(), v_star.data(), theta.data(), phi.data(),
                                       result.data()));
    return result;
}

/* grz_grazing_gradient_from or grz_grazing_laplacian_from, with size numbers a pair. */
template <class F>
values grazing_from(F function, std::size_t size, const context &c, grz_velocity_gradient_fn one, grz_pair_vector_fn two, void *user,
                    double gamma, input v, input v_star)
{
    values result(size * (v.size() / 3));
    c.check(function(c.get(), one, two, user, gamma, pairs(v, v_star), v.data(), v_star.data(), result.data()));
    return result;
}

} /* namespace detail */

/* The mean of dbar psi over the circle of angle theta (Lemmas 3.4, 3.6), of psi(v) or psi(v, v_star). */
inline values circle_average(const context &c, velocity_function psi, input v, input v_star, double theta, std::int32_t nodes = 32)
{
    return detail::circle_average(c, detail::call_velocity, nullptr, &psi, v, v_star, theta, nodes);
}
inline values circle_average(const context &c, pair_function psi, input v, input v_star, double theta, std::int32_t nodes = 32)
{
    return detail::circle_average(c, nullptr, detail::call_pair, &psi, v, v_star, theta, nodes);
}

/* From a gradient, three numbers of each velocity, or (grad - grad_star) psi(v, v_star), three of each pair: dbar psi / theta at the angles
 * of (3.3), grad_tilde psi, grad_tilde . grad_tilde psi. */
inline values discrete_gradient_from(const context &c, velocity_function gradient, input v, input v_star, input theta, input phi)
{
    return detail::discrete_gradient_from(c, detail::call_velocity_gradient, nullptr, &gradient, v, v_star, theta, phi);
}
inline values discrete_gradient_from(const context &c, pair_function gradient, input v, input v_star, input theta, input phi)
{
    return detail::discrete_gradient_from(c, nullptr, detail::call_field, &gradient, v, v_star, theta, phi);
}
inline values grazing_gradient_from(const context &c, velocity_function gradient, double gamma, input v, input v_star)
{
    return detail::grazing_from(grz_grazing_gradient_from, 3, c, detail::call_velocity_gradient, nullptr, &gradient, gamma, v, v_star);
}
inline values grazing_gradient_from(const context &c, pair_function gradient, double gamma, input v, input v_star)
{
    return detail::grazing_from(grz_grazing_gradient_from, 3, c, nullptr, detail::call_field, &gradient, gamma, v, v_star);
}
inline values grazing_laplacian_from(const context &c, velocity_function gradient, double gamma, input v, input v_star)
{
    return detail::grazing_from(grz_grazing_laplacian_from, 1, c, detail::call_velocity_gradient, nullptr, &gradient, gamma, v, v_star);
}
inline values grazing_laplacian_from(const context &c, pair_function gradient, double gamma, input v, input v_star)
{
    return detail::grazing_from(grz_grazing_laplacian_from, 1, c, nullptr, detail::call_field, &gradient, gamma, v, v_star);
}

} /* namespace grazing */

#endif

#endif
