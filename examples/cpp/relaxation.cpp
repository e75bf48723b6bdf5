/* A displaced pair of Gaussians relaxes under Landau's operator for Maxwell molecules: entropy falls, moments stay, and the anisotropy of
 * the stress decays like exp(-12 t) (rate -lambda_2/2 with lambda_2 = -24). Fails when it does not.
 *
 * Build: c++ -std=c++17 relaxation.cpp $(pkg-config --cflags --libs grazing) */
#include "grazing.hpp"

#include <cstdio>

int main()
try {
    grazing::context context(1);
    grazing::grid grid(context, 32, 8.5);
    auto kernel = grazing::kernel::power_law(context, 0, 0.5);
    grazing::collision landau(grid, kernel, GRZ_EQUATION_LANDAU, GRZ_METHOD_SPECTRAL);

    const double weights[] = {0.5, 0.5}, means[] = {0.8, 0, 0, -0.8, 0, 0};
    const double covariances[] = {0.8, 0, 0, 0, 0.8, 0, 0, 0, 0.8, 0.8, 0, 0, 0, 0.8, 0, 0, 0, 0.8};
    auto f = grazing::distribution::mixture(grid, weights, means, covariances);
    auto anisotropy = grid.sample([](double x, double y, double z) { return x * x - (y * y + z * z) / 2; });
    auto energy = grid.sample([](double x, double y, double z) { return x * x + y * y + z * z; });

    auto entropy = grazing::functional::entropy(grid);
    double first = grid.integrate(f, anisotropy), before = grid.integrate(f, energy), last_H = INFINITY, worst = 0;
    bool falls = true;
    grazing::flow flow(landau, GRZ_TIME_SCHEME_SSP_RK4);
    flow.start(0, f);
    std::printf("    t     anisotropy      exact          H\n");
    flow.run(0.1, 0.1 / 60, [&](double t, grazing::input state) {
        grazing::values positive(state.begin(), state.end());
        for (double &value : positive) value = value > 0 ? value : 0;
        double exact = first * std::exp(-12 * t), found = grid.integrate(state, anisotropy), H = entropy(positive);
        worst = std::fmax(worst, std::fabs(found / exact - 1));
        falls = falls && H < last_H;
        last_H = H;
        if (std::fmod(t + 1e-9, 0.02) < 1e-6) std::printf("%6.3f  %12.8f  %12.8f  %12.8f\n", t, found, exact, H);
    });
    double drift = std::fabs(grid.integrate(flow.view(), energy) / before - 1);
    std::printf("largest error %.1e, drift of energy %.1e\n", worst, drift);
    return falls && worst < 1e-3 && drift < 1e-12 ? 0 : 1;
} catch (const std::exception &problem) {
    std::fprintf(stderr, "%s\n", problem.what());
    return 1;
}
