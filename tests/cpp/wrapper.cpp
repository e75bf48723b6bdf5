/* examples/cpp/grazing.hpp and grazing_geometry.hpp: values against closed forms, exceptions both ways, lifetimes, moves, sizes, threads.
 * Prints what fails. */
#include "grazing_geometry.hpp"

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <new>
#include <thread>
#include <unistd.h>

static int failures, checks;

static void expect(bool holds, const char *what, int line)
{
    checks++;
    if (holds) return;
    failures++;
    std::printf("wrapper.cpp:%d: %s\n", line, what);
}
#define EXPECT(condition) expect((condition), #condition, __LINE__)

/* Whether call throws E, and its message contains the text. */
template <class E, class F> static bool throws(F &&call, const char *text)
{
    try {
        call();
    } catch (const E &caught) {
        return std::strstr(caught.what(), text) != nullptr;
    } catch (...) {
    }
    return false;
}

/* The larger of two; NaN if either is: fmax would lose it. */
static double larger(double a, double b)
{
    return a >= b || std::isnan(a) ? a : b;
}

static double distance(grazing::input a, grazing::input b)
{
    double difference = 0, size = 0;
    for (std::size_t i = 0; i < a.size(); i++) {
        difference = larger(difference, std::fabs(a[i] - b[i]));
        size = larger(size, std::fabs(b[i]));
    }
    return difference / size;
}

struct failure : std::runtime_error {
    failure() : std::runtime_error("from the callable")
    {
    }
};

static const double pi = 3.14159265358979323846;

/* BKW for gamma = 0: Q = 4 (1 - K) df/dK. */
static void test_values(const grazing::context &context)
{
    const double K = 0.75;
    grazing::grid grid(context, 20, 5.5);
    auto kernel = grazing::kernel::power_law(context, 0, 0.5);
    auto f = grazing::distribution::bkw(grid, K);
    auto exact = grid.sample([&](double x, double y, double z) {
        double s = x * x + y * y + z * z, a = (5 * K - 3) / (2 * K), b = (1 - K) / (2 * K * K);
        double da = 3 / (2 * K * K), db = -1 / (2 * K * K) - (1 - K) / (K * K * K);
        return 4 * (1 - K) * std::pow(2 * pi * K, -1.5) * std::exp(-s / (2 * K)) *
               (da + db * s + (a + b * s) * (-1.5 / K + s / (2 * K * K)));
    });
    grazing::collision op(grid, kernel, GRZ_EQUATION_LANDAU, GRZ_METHOD_ENTROPIC);
    auto Q = op(f);
    EXPECT(distance(Q, exact) < 2e-2);
    auto log_f = grid.sample([](double, double, double) { return 0.0; });
    std::transform(f.view().begin(), f.view().end(), log_f.begin(), [](double x) { return std::log(x); });
    auto dissipation = grazing::functional::dissipation(op);
    double D = dissipation(f);
    EXPECT(std::fabs(-grid.integrate(Q, log_f) / D - 1) < 1e-11);
    EXPECT(std::fabs(op.action(f, log_f) / D - 1) < 1e-11);
    EXPECT(std::fabs(-op.weak_form(f, log_f) / D - 1) < 1e-11);
    grazing::values K_phi(grid.size());
    op.onsager(f, log_f, K_phi);
    for (double &value : K_phi) value = -value;
    EXPECT(distance(K_phi, Q) < 1e-11);
    auto variation = grazing::functional::entropy(grid).first_variation(f);
    for (double &value : variation) value -= 1;
    EXPECT(distance(variation, log_f) < 1e-13);
    EXPECT(std::fabs(grazing::functional::fisher(grid)(grazing::distribution::maxwellian(grid)) - 3) < 1e-3);
    EXPECT(std::fabs(kernel.angular_momentum_transfer() - 8 / pi) < 1e-13 && kernel.satisfies_2_3() == false);
    EXPECT(std::fabs(kernel.spectrum(NAN, 1)[1] + 2 * kernel.moments(NAN, 1)[0]) < 1e-12);
    const double theta[] = {0.3, 1.1}, z[] = {2, 2};
    auto b = kernel.beta(theta), B = kernel.B(z, theta), same = kernel.scale(pi).beta_eps(theta);
    for (std::size_t i = 0; i < 2; i++)
        EXPECT(std::fabs(B[i] * std::sin(theta[i]) / b[i] - 1) < 1e-13 && std::fabs(same[i] / b[i] - 1) < 1e-13);
    auto m = grazing::distribution::bimaxwellian(grid, 2, grazing::vector3{0.1, 0, 0}, {0.8, 1, 0.7}).moments();
    EXPECT(std::fabs(m.density - 2) < 1e-4 && std::fabs(m.velocity[0] - 0.1) < 1e-4 && std::fabs(m.stress[0] - 1.6) < 1e-3);

    grazing::collision fast(grid, grazing::kernel::vhs(context, 0), GRZ_EQUATION_BOLTZMANN, GRZ_METHOD_SPECTRAL);
    fast.set(GRZ_OPERATOR_OPTION_SCHEME, GRZ_SPECTRAL_SCHEME_SPHERE_RULE);
    for (int turn = 0; turn < 2; turn++) { /* a message is of its call */
        EXPECT(throws<grazing::error>([&] { context.check(grz_grid_centre(grid.get(), nullptr)); }, "centre is NULL"));
        EXPECT(throws<grazing::error>([&] { context.check(grz_grid_centre(nullptr, nullptr)); }, "a required argument is NULL"));
    }
    EXPECT(fast.equation() == GRZ_EQUATION_BOLTZMANN && fast.method() == GRZ_METHOD_SPECTRAL);
    EXPECT(grz_grid_spacing(fast.grid_handle()) == grid.spacing() && grz_kernel_gamma(fast.kernel_handle()) == 0);
    EXPECT(static_cast<grz_spectral_scheme>(fast.option(GRZ_OPERATOR_OPTION_SCHEME)) == GRZ_SPECTRAL_SCHEME_SPHERE_RULE);
    grazing::values one = fast(f), two(2 * grid.size()), pair(f.view().begin(), f.view().end());
    pair.insert(pair.end(), f.view().begin(), f.view().end());
    fast.apply_batch(2, pair, two);
    EXPECT(std::equal(one.begin(), one.end(), two.begin()) && std::equal(one.begin(), one.end(), two.begin() + (std::ptrdiff_t)one.size()));
    fast.apply_bilinear(f, f, pair = grazing::values(grid.size()));
    EXPECT(distance(pair, one) < 1e-9);
    EXPECT(throws<grazing::error>([&] { fast.apply_directed(f, f, pair); }, "scheme"));

    /* A distribution is of its grid: nodes, width and centre. */
    const grazing::grid others[] = {{context, grid.n() + 2, grid.half_width()},
                                    {context, grid.n(), 1.01 * grid.half_width()},
                                    {context, grid.n(), grid.half_width(), grazing::vector3{0.1, 0, 0}}};
    for (const auto &other : others) {
        auto foreign = grazing::distribution::maxwellian(other);
        EXPECT(throws<std::invalid_argument>([&] { fast(foreign); }, "f is a distribution on another grid"));
        EXPECT(throws<std::invalid_argument>([&] { fast.weak_form(f, foreign); }, "psi is a distribution on another grid"));
        EXPECT(throws<std::invalid_argument>([&] { grazing::functional::entropy(grid)(foreign); }, "another grid"));
        EXPECT(throws<std::invalid_argument>([&] { grazing::flow(fast, GRZ_TIME_SCHEME_SSP_RK2).start(0, foreign); }, "another grid"));
        EXPECT(throws<std::invalid_argument>([&] { grid.integrate(f, foreign); }, "psi"));
        EXPECT(throws<std::invalid_argument>([&] { grazing::distribution::array(grid, foreign); }, "another grid"));
        EXPECT(throws<std::invalid_argument>([&] { grazing::distribution::maxwellian(grid).set_values(foreign); }, "another grid"));
    }
    EXPECT(fast(grazing::distribution::maxwellian(grazing::grid(context, grid.n(), grid.half_width()))).size() == grid.size());
    auto range = fast.bounds(GRZ_OPERATOR_OPTION_ACCURACY);
    EXPECT(range.least == 1 && range.largest == 4 && range.initial == 2);
    auto tolerances = grazing::flow(fast, GRZ_TIME_SCHEME_DORMAND_PRINCE).bounds(GRZ_FLOW_OPTION_TOLERANCE);
    EXPECT(tolerances.least < tolerances.initial && tolerances.initial < tolerances.largest);
    auto of_values = grid.moments(f);
    EXPECT(std::fabs(of_values.density / f.moments().density - 1) < 1e-14 &&
           std::fabs(grid.entropy(f) / grazing::functional::entropy(grid)(f) - 1) < 1e-13);
    EXPECT(fast.largest_rate(f) > 0 && !fast.health(f).advice.empty());

    const double v[] = {1, 2, 3}, w[] = {-1, 0, 1}, sigma[] = {0, 0, 1};
    auto after = grazing::post_collision(context, v, w, sigma);
    EXPECT(std::fabs(after.first[2] - (2 + std::sqrt(3.0))) < 1e-14);
    auto change = grazing::discrete_gradient(
        context,
        [](grazing::input x, grazing::output psi) {
            for (std::size_t i = 0; i < psi.size(); i++) psi[i] = x[3 * i + 2] * x[3 * i + 2];
        },
        v, w, sigma);
    double now = std::pow(after.first[2], 2) + std::pow(after.second[2], 2);
    EXPECT(std::fabs(change[0] - (now - 10)) < 1e-13);
}

static void test_metric_and_flow(const grazing::context &context)
{
    grazing::grid grid(context, 10, 3);
    grazing::collision op(grid, grazing::kernel::power_law(context, 0, 0.5), GRZ_EQUATION_LANDAU, GRZ_METHOD_ENTROPIC);
    op.set(GRZ_OPERATOR_OPTION_RADIAL_NODES, 4).set(GRZ_OPERATOR_OPTION_SPHERE_DEGREE, 7).set(GRZ_OPERATOR_OPTION_SPLINE_DEGREE, 3);
    auto f = grazing::distribution::bimaxwellian(grid, 1, {}, {0.7, 0.8, 0.9});
    auto Q = op(f);
    double D = grazing::functional::dissipation(op)(f);
    grazing::metric metric(op);
    grazing::values phi(grid.size());
    EXPECT(std::fabs(metric.derivative(f, Q, phi) / D - 1) < 1e-5 && metric.iterations() > 2);
    EXPECT(metric.gap(f, Q, phi) < 1e-5 * D);
    EXPECT(std::isinf(metric.derivative(f, f)) && metric.unreachable() == GRZ_MOMENT_MASS);

    grazing::flow flow(op, GRZ_TIME_SCHEME_SSP_RK2), other(op, GRZ_TIME_SCHEME_SSP_RK2);
    EXPECT(flow.scheme() == GRZ_TIME_SCHEME_SSP_RK2 && grazing::functional::fisher(grid).type() == GRZ_FUNCTIONAL_TYPE_FISHER_INFORMATION);
    int seen = 0;
    flow.start(0, f);
    flow.run(0.003, 0.001, [&](double, grazing::input) { seen++; });
    other.restore(flow.save());
    flow.step(0.001), other.step(0.001);
    EXPECT(seen == 4 && flow.statistic(GRZ_FLOW_STATISTIC_STEPS) == 4 &&
           std::equal(flow.view().begin(), flow.view().end(), other.view().begin()));
    grazing::ledger ledger(op);
    flow.start(0, f);
    ledger.run(flow, 0.003, 0.001);
    ledger.end();
    EXPECT(ledger.count() == 4 && std::fabs(ledger.column(GRZ_LEDGER_ENTRY_DISSIPATION)[0] / D - 1) < 1e-12);
    EXPECT(ledger.judge(1e-3) == GRZ_LEDGER_VERDICT_GRADIENT_FLOW);

    const grazing::values times{0, 0.001, 0.002}, small_eps{0.2};
    grazing::limit family(grid, times), by_hand(grid, times);
    for (auto study : {&family, &by_hand}) {
        study->add_smooth_tests(1);
        study->add_test(
            [](grazing::input v, grazing::output psi) {
                for (std::size_t i = 0; i < psi.size(); i++) psi[i] = v[3 * i];
            },
            1, 1);
    }
    family.run(op, GRZ_TIME_SCHEME_SSP_RK2, 0.001, small_eps, f);
    flow.start(0, f);
    by_hand.begin(0, op);
    by_hand.observe(flow, 0.002, 0.001);
    by_hand.end();
    EXPECT(family.count() == 2 && by_hand.count() == 1 && family.test_count() == 10);
    EXPECT(family.column(0, GRZ_LIMIT_SERIES_SPEED) == by_hand.column(0, GRZ_LIMIT_SERIES_SPEED) &&
           family.means(0, 9) == by_hand.means(0, 9));
    for (double eps : {0.5, 0.1}) {
        by_hand.begin(eps);
        for (double time : times) by_hand.record(time, f);
        by_hand.end();
    }
    EXPECT(by_hand.liminf(GRZ_LIMIT_SERIES_ENTROPY).margin >= 0 && by_hand.column(GRZ_LIMIT_QUANTITY_L1)[0] == 0 &&
           by_hand.column(GRZ_LIMIT_QUANTITY_L1)[1] > 0);
    EXPECT(std::isnan(by_hand.orders(GRZ_LIMIT_QUANTITY_EPS)[1]) && std::fabs(by_hand.orders(GRZ_LIMIT_QUANTITY_EPS)[2] - 1) < 1e-14);
    EXPECT(throws<grazing::error>([&] { by_hand.begin(0.2); }, "eps = 0.2"));
    EXPECT(throws<grazing::error>([&] { flow.run(1, 1e-3, [](double, grazing::input) { return true; }); }, "GRZ_ERROR_CALLBACK"));
    EXPECT(throws<failure>([&] { flow.run(1, 1e-3, [](double, grazing::input) { throw failure(); }); }, "from the callable"));
}

static void test_geometry(const grazing::context &context)
{
    grazing::grid grid(context, 10, 4);
    auto f = grazing::distribution::bimaxwellian(grid, 1, {}, {0.7, 0.8, 0.9});
    auto phi = grid.sample([](double x, double, double) { return x * x; });
    for (auto equation : {GRZ_EQUATION_BOLTZMANN, GRZ_EQUATION_LANDAU}) {
        grazing::collision op(grid, grazing::kernel::power_law(context, 0, 0.5), equation, GRZ_METHOD_ENTROPIC);
        op.set(GRZ_OPERATOR_OPTION_RADIAL_NODES, 4)
            .set(GRZ_OPERATOR_OPTION_SPHERE_DEGREE, 7)
            .set(GRZ_OPERATOR_OPTION_THETA_NODES, 2)
            .set(GRZ_OPERATOR_OPTION_PHI_NODES, 6);
        double D = grazing::functional::dissipation(op)(f), action = op.action(f, phi);
        auto flow = grazing::rate::gradient_flow(op);
        EXPECT(std::fabs(flow.action(f) / D - 1) < 1e-10 && distance(flow.divergence(f), op(f)) < 1e-9);
        EXPECT(std::fabs(flow.pairing(f, phi) / op.weak_form(f, phi) - 1) < 1e-8);
        /* dbar phi, or grad_tilde phi = |z| Pi (2 z_x, 0, 0) for gamma = 0, as functions. */
        auto by_hand = equation == GRZ_EQUATION_BOLTZMANN
                           ? grazing::rate::of_collisions(
                                 op,
                                 [](grazing::input v, grazing::input w, grazing::input sigma, grazing::output U) {
                                     for (std::size_t i = 0; i < U.size(); i++) {
                                         double z = 0;
                                         for (std::size_t a = 3 * i; a < 3 * i + 3; a++) z += (v[a] - w[a]) * (v[a] - w[a]);
                                         double half = std::sqrt(z) / 2 * sigma[3 * i], relative = (v[3 * i] - w[3 * i]) / 2;
                                         U[i] = 2 * (half * half - relative * relative);
                                     }
                                 },
                                 GRZ_RATE_FORM_RELATIVE)
                           : grazing::rate::of_pairs(
                                 op,
                                 [](grazing::input v, grazing::input w, grazing::output U) {
                                     for (std::size_t i = 0; i < U.size(); i += 3) {
                                         double z[3] = {v[i] - w[i], v[i + 1] - w[i + 1], v[i + 2] - w[i + 2]};
                                         double square = z[0] * z[0] + z[1] * z[1] + z[2] * z[2];
                                         for (std::size_t a = 0; a < 3; a++)
                                             U[i + a] = std::sqrt(square) * ((a == 0) * 2 * z[0] - z[a] * 2 * z[0] * z[0] / square);
                                     }
                                 },
                                 GRZ_RATE_FORM_RELATIVE);
        EXPECT(std::fabs(by_hand.action(f) / action - 1) < 1e-8);
        by_hand.add_potential(-1, phi);
        EXPECT(by_hand.action(f) < 1e-8 * action);
        grazing::metric metric(op);
        metric.set(GRZ_METRIC_OPTION_TOLERANCE, 1e-7);
        EXPECT(std::fabs(flow.project(metric, f).optimal / D - 1) < 1e-4);
        grazing::interpolant between(op, f);
        double root = grazing::functional::dissipation(op, equation == GRZ_EQUATION_BOLTZMANN ? GRZ_FUNCTIONAL_TYPE_DISSIPATION_SQUARE_ROOT
                                                                                              : GRZ_FUNCTIONAL_TYPE_DISSIPATION)(f);
        EXPECT(std::fabs(grazing::affine_bound(op, f, between).bound / root - 1) < 1e-9);
        EXPECT(throws<failure>([&] { grazing::affine_bound(op, f, [](auto, auto, auto) { throw failure(); }); }, "callable"));
    }
    grazing::sphere sphere(context, 4);
    auto nodes = sphere.nodes().first;
    grazing::values z(sphere.node_count());
    for (std::size_t i = 0; i < z.size(); i++) z[i] = nodes[3 * i + 2];
    auto c = sphere.analyse(z);
    EXPECT(std::fabs(c[2] - std::sqrt(4 * pi / 3)) < 1e-12 && distance(sphere.synthesise(c), z) < 1e-12);
    EXPECT(distance(sphere.solve(sphere.divergence(sphere.gradient(c))), c) < 1e-11);
    const double v[] = {1, 2, 3}, w[] = {-1, 0, 1};
    auto lifted = grazing::lift(
        grazing::kernel::power_law(context, 0, 0.5).scale(0.1),
        [](grazing::input, grazing::input, grazing::input, grazing::output m) {
            for (double &value : m) value = 0;
        },
        1, 0.5, 8, 16, v, w);
    EXPECT(lifted == grazing::values(3));
}

/* psi = v_z^2: with z = v - v_star = |z| k, all of these are polynomials in z, sigma. */
static void test_pointwise(const grazing::context &context)
{
    const double v[] = {1, 2, 3, 0.3, -0.2, 0.7}, w[] = {-1, 0, 1, 1.1, 0.4, -0.9}, theta[] = {0.7, 1e-6}, phi[] = {0.4, 2.1};
    auto square = [](grazing::input x, grazing::output psi) {
        for (std::size_t i = 0; i < psi.size(); i++) psi[i] = x[3 * i + 2] * x[3 * i + 2];
    };
    auto squares = [](grazing::input x, grazing::input y, grazing::output psi) {
        for (std::size_t i = 0; i < psi.size(); i++) psi[i] = (x[3 * i + 2] * x[3 * i + 2] + y[3 * i + 2] * y[3 * i + 2]) / 2;
    };
    auto slope = [](grazing::input x, grazing::output gradient) {
        for (std::size_t i = 0; i < gradient.size(); i++) gradient[i] = i % 3 == 2 ? 2 * x[i] : 0;
    };
    auto slopes = [](grazing::input x, grazing::input y, grazing::output field) {
        for (std::size_t i = 0; i < field.size(); i++) field[i] = i % 3 == 2 ? x[i] - y[i] : 0;
    };
    auto average = grazing::circle_average(context, square, v, w, 0.7), of_pairs = grazing::circle_average(context, squares, v, w, 0.7);
    auto change = grazing::discrete_gradient_from(context, slope, v, w, theta, phi);
    auto change_of_pairs = grazing::discrete_gradient_from(context, slopes, v, w, theta, phi);
    auto gradient = grazing::grazing_gradient_from(context, slope, 0, v, w);
    auto gradient_of_pairs = grazing::grazing_gradient_from(context, slopes, 0, v, w);
    auto laplacian = grazing::grazing_laplacian_from(context, slope, 0, v, w);
    auto laplacian_of_pairs = grazing::grazing_laplacian_from(context, slopes, 0, v, w);
    double after[6], after_star[6], sigma[6];
    context.check(grz_post_collision_angles(context.get(), 2, v, w, theta, phi, after, after_star, sigma));
    for (std::size_t i = 0; i < 2; i++) {
        double z[3] = {v[3 * i] - w[3 * i], v[3 * i + 1] - w[3 * i + 1], v[3 * i + 2] - w[3 * i + 2]};
        double s = z[0] * z[0] + z[1] * z[1] + z[2] * z[2];
        EXPECT(std::fabs(average[i] - std::pow(std::sin(0.7), 2) * (s - 3 * z[2] * z[2]) / 4) < 1e-12);
        /* 2 (|z|/2)^2 (sigma_z - k_z)(sigma_z + k_z)/theta, the first factor by the displacement. */
        double exact = 2 * (after[3 * i + 2] - v[3 * i + 2]) * (std::sqrt(s) * sigma[3 * i + 2] + z[2]) / (2 * theta[i]);
        EXPECT(std::fabs(change[i] - exact) < (theta[i] < 1e-3 ? 1e-8 : 1e-12));
        EXPECT(std::fabs(laplacian[i] - 4 * (s - 3 * z[2] * z[2])) < 1e-9);
        for (std::size_t a = 0; a < 3; a++)
            EXPECT(std::fabs(gradient[3 * i + a] - std::sqrt(s) * 2 * z[2] * ((a == 2) - z[a] * z[2] / s)) < 1e-12);
        /* psi(v, v_star) = (v_z^2 + v_star_z^2)/2: dbar symmetrises it to the same, (grad - grad_star) is half of that above. */
        EXPECT(std::fabs(of_pairs[i] - average[i]) < 1e-12 && std::fabs(change_of_pairs[i] - change[i]) < 1e-8);
        EXPECT(std::fabs(laplacian_of_pairs[i] - laplacian[i] / 2) < 1e-9);
        EXPECT(std::fabs(gradient_of_pairs[3 * i + 2] - gradient[3 * i + 2] / 2) < 1e-12);
    }
    EXPECT(throws<std::invalid_argument>([&] { grazing::discrete_gradient_from(context, slope, v, w, theta, grazing::values(3)); }, "phi"));
    EXPECT(throws<failure>(
        [&] {
            grazing::circle_average(
                context, [](auto, auto) { throw failure(); }, v, w, 0.1);
        },
        "callable"));
    EXPECT(throws<failure>(
        [&] {
            grazing::grazing_gradient_from(
                context, [](auto, auto, auto) { throw failure(); }, 0, v, w);
        },
        "callable"));
}

/* Lemma 5.7: a displacement is its own distance in one coordinate. (B.1): what has a closed form, and the inequality. */
static void test_inequalities(const grazing::context &context)
{
    grazing::grid grid(context, 12, 5);
    auto kernel = grazing::kernel::power_law(context, 0, 0.5);
    grazing::collision landau(grid, kernel, GRZ_EQUATION_LANDAU, GRZ_METHOD_ENTROPIC),
        boltzmann(grid, kernel, GRZ_EQUATION_BOLTZMANN, GRZ_METHOD_ENTROPIC);
    auto f0 = grazing::distribution::maxwellian(grid, 1, {}, 0.8);
    auto one = grid.sample([](double, double, double) { return 1.0; });
    auto f1 = grid.sample([](double x, double y, double z) { return std::exp(-((x - 0.2) * (x - 0.2) + y * y + z * z) / 1.6); });
    double mass = grid.integrate(f0, one) / grid.integrate(f1, one);
    for (double &value : f1) value *= mass;
    auto m = f0.moments();
    auto found = grazing::compare(landau, f0, f1, 0.3);
    EXPECT(std::fabs(found.bound / (0.3 * m.density * std::sqrt(2 * 6 * m.temperature)) - 1) < 1e-10);
    EXPECT(std::fabs(found.difference - 0.2) < 1e-3);
    EXPECT(throws<grazing::error>([&] { grazing::compare(landau, f0, f1, -1); }, "distance"));

    boltzmann.set(GRZ_OPERATOR_OPTION_RADIAL_NODES, 4)
        .set(GRZ_OPERATOR_OPTION_SPHERE_DEGREE, 7)
        .set(GRZ_OPERATOR_OPTION_THETA_NODES, 2)
        .set(GRZ_OPERATOR_OPTION_PHI_NODES, 6);
    auto f = grazing::distribution::bimaxwellian(grid, 1, {}, {0.7, 0.8, 0.9});
    auto terms = grazing::coercivity(boltzmann, f, 2);
    double rho = f.moments().density, D = grazing::functional::dissipation(boltzmann)(f);
    EXPECT(terms[GRZ_COERCIVITY_TERM_LEFT] > 0 && terms[GRZ_COERCIVITY_TERM_LEFT] <= terms[GRZ_COERCIVITY_TERM_RIGHT]);
    EXPECT(std::fabs(terms[GRZ_COERCIVITY_TERM_DISSIPATION] / D - 1) < 1e-10 && std::fabs(terms[GRZ_COERCIVITY_TERM_C3] - 0.5) < 1e-14);
    EXPECT(std::fabs(terms[GRZ_COERCIVITY_TERM_C1] / (12 * rho * rho) - 1) < 1e-10);
    EXPECT(throws<grazing::error>([&] { grazing::coercivity(landau, f, 2); }, "GRZ_ERROR_UNSUPPORTED"));
}

static void test_memory_and_planner()
{
    std::atomic<long> live{0}, blocks{0};
    long limit = 1000000;
    grazing::allocator memory{[&](std::int64_t size) {
                                  if (blocks >= limit) throw std::bad_alloc();
                                  live++, blocks++;
                                  return std::malloc(static_cast<std::size_t>(size));
                              },
                              [&](void *pointer) { live--, std::free(pointer); }};
    {
        auto f = [&] {
            grazing::context context(1, memory);
            return grazing::distribution::bkw(grazing::grid(context, 8, 4), 0.75);
        }();
        EXPECT(live > 0 && f.moments().density > 0.9);
    }
    EXPECT(live == 0 && blocks > 2);
    limit = blocks;
    EXPECT(throws<grazing::error>([&] { grazing::context(1, memory); }, "GRZ_ERROR_OUT_OF_MEMORY"));
    blocks = limit - 2;
    EXPECT(throws<grazing::error>(
        [&] {
            grazing::context context(1, memory);
            grazing::distribution::bkw(grazing::grid(context, 8, 4), 0.75);
        },
        "GRZ_ERROR_OUT_OF_MEMORY"));
    EXPECT(live == 0);

    char path[] = "/tmp/grazing-wisdom-XXXXXX";
    int file = mkstemp(path);
    grazing::context context(1);
    grazing::grid grid(context, 8, 5);
    grazing::collision(grid, grazing::kernel::vhs(context, 0), GRZ_EQUATION_BOLTZMANN, GRZ_METHOD_SPECTRAL).setup();
    context.export_wisdom(path);
    context.import_wisdom(path);
    EXPECT(std::ifstream(path).peek() != EOF); /* the file at path is a new one, written aside and renamed */
    close(file), unlink(path);
    EXPECT(throws<grazing::error>([&] { context.import_wisdom(path); }, "GRZ_ERROR_IO"));

    std::atomic<bool> entered{false};
    std::optional<grazing::planner_lock> held(std::in_place);
    std::thread other([&] {
        grazing::planner_lock lock;
        entered = true;
    });
    usleep(20000);
    EXPECT(!entered);
    held.reset();
    other.join();
    EXPECT(entered);
}

static void test_errors(grazing::context &context)
{
    EXPECT(throws<grazing::error>([&] { grazing::grid(context, 7, 1); }, "n = 7"));
    try {
        grazing::kernel::power_law(context, 2, 0.5);
    } catch (const grazing::error &caught) {
        EXPECT(caught.status() == GRZ_ERROR_INVALID_ARGUMENT);
    }
    grazing::grid grid(context, 8, 4);
    grazing::values few(7);
    grazing::collision op(grid, grazing::kernel::power_law(context, 0, 0.5), GRZ_EQUATION_LANDAU, GRZ_METHOD_ENTROPIC);
    EXPECT(throws<std::invalid_argument>([&] { op(few); }, "f has 7 values instead of 512"));
    EXPECT(throws<std::invalid_argument>([&] { grazing::distribution::mixture(grid, few, few, few); }, "means"));
    EXPECT(throws<failure>([&] { grazing::distribution::callback(grid, [](auto, auto) { throw failure(); }); }, "callable"));
    EXPECT(throws<failure>([&] { grazing::kernel::callback(context, 0, 0.5, [](auto, auto) { throw failure(); }); }, "callable"));

    auto f = grazing::distribution::bkw(grid, 0.8);
    int reports = 0, outside = 0;
    context.set_progress([&](const char *, double fraction) { return reports++, outside += !(fraction >= 0 && fraction <= 1), false; });
    op(f);
    EXPECT(reports > 0 && outside == 0);
    context.set_progress([](const char *, double) -> bool { throw failure(); });
    EXPECT(throws<failure>([&] { op(f); }, "callable"));
    context.set_progress([](const char *, double) { return true; });
    EXPECT(throws<grazing::error>([&] { op(f); }, "GRZ_ERROR_CANCELLED"));
    context.set_progress({});
    std::atomic<bool> cancelled{false};
    std::thread other([&] { usleep(20000), context.cancel(), cancelled = true; });
    EXPECT(throws<grazing::error>(
        [&] {
            for (int i = 0; i < 100000; i++) op(f);
        },
        "GRZ_ERROR_CANCELLED"));
    other.join();
    EXPECT(cancelled && context.cancelled());
    context.clear_cancel();
    op(f);
}

/* What is made from a context, a grid and a kernel with a callable outlives them; moved objects keep working. */
static void test_lifetimes()
{
    auto calls = std::make_shared<int>(0);
    std::weak_ptr<int> alive = calls;
    auto make = [&] {
        grazing::context context(1);
        grazing::grid grid(context, 8, 4);
        auto kernel = grazing::kernel::general(context, 0, 0.5, [calls](double, grazing::input theta, grazing::output beta) {
            ++*calls;
            for (std::size_t i = 0; i < theta.size(); i++) beta[i] = std::pow(theta[i], -1.5);
        });
        grazing::collision op(grid, kernel.multiply(0.5), GRZ_EQUATION_LANDAU, GRZ_METHOD_ENTROPIC);
        op.set(GRZ_OPERATOR_OPTION_RADIAL_NODES, 3).set(GRZ_OPERATOR_OPTION_SPHERE_DEGREE, 5);
        return std::make_pair(grazing::distribution::bkw(grid, 0.75), grazing::functional::dissipation(op));
    };
    auto pair = make();
    auto moved = std::move(pair.second);
    int before = *calls;
    calls.reset();
    EXPECT(!alive.expired());
    EXPECT(moved(pair.first) > 0 && *alive.lock() > before);
    EXPECT(throws<grazing::error>([&] { moved(grazing::values(512)); }, "GRZ_ERROR_NOT_POSITIVE"));
    {
        auto last = std::move(moved);
    }
    {
        auto emptied = std::move(pair);
    }
    EXPECT(alive.expired());
}

/* Two gases: a Maxwellian of both is in equilibrium, energy goes from the warmer to the colder one. */
static void test_mixture(const grazing::context &c)
{
    grazing::grid g(c, 12, 5);
    grazing::species light(c, "light", 1, -1), heavy(c, "heavy", 2, 1);
    grazing::mixture m(c, {{light, g}, {heavy, g}});
    m.set_kernel(0, 0, grazing::kernel::power_law(c, 0, 1)).set_coulomb(1);
    EXPECT(m.count() == 2 && m.size() == 2 * g.size() && light.name() == "light" && heavy.mass() == 2 && heavy.charge() == 1);
    grazing::values f(m.size());
    auto fill = [&](std::size_t from, double mass, double T) {
        auto one = g.sample([&](double x, double y, double z) { return std::exp(-mass * (x * x + y * y + z * z) / (2 * T)); });
        std::copy(one.begin(), one.end(), f.begin() + static_cast<std::ptrdiff_t>(from));
    };
    fill(0, 1, 1);
    fill(m.offset(1), 2, 1.4);
    auto moments = m.moments_of(f);
    EXPECT(std::fabs(moments.temperature[0] - 1) < 1e-2 && std::fabs(moments.temperature[1] - 1.4) < 1e-2);
    grazing::collision op(m, GRZ_EQUATION_LANDAU, GRZ_METHOD_ENTROPIC);
    op.set(GRZ_OPERATOR_OPTION_RADIAL_NODES, 4).set(GRZ_OPERATOR_OPTION_SPHERE_DEGREE, 7);
    auto Q = op(f), equilibrium = m.equilibrium(f), rest = op(equilibrium);
    double gain = 0, most = 0, left = 0;
    auto energy = g.sample([](double x, double y, double z) { return x * x + y * y + z * z; });
    for (std::size_t i = 0; i < g.size(); i++) gain += Q[i] * energy[i];
    for (std::size_t i = 0; i < m.size(); i++) most = larger(most, std::fabs(Q[i])), left = larger(left, std::fabs(rest[i]));
    EXPECT(gain > 0 && left < 1e-10 * most && m.entropy(equilibrium) < m.entropy(f));
    EXPECT(grazing::functional::dissipation(op)(f) > 0);
    EXPECT(throws<grazing::error>([&] { grazing::species(c, "", -1); }, "mass = -1"));
}

int main()
{
    grazing::context context(1);
    test_values(context);
    test_metric_and_flow(context);
    test_geometry(context);
    test_pointwise(context);
    test_inequalities(context);
    test_memory_and_planner();
    test_mixture(context);
    test_errors(context);
    test_lifetimes();
    std::printf("cpp: %d checks, %d failures\n", checks, failures);
    return failures != 0;
}
