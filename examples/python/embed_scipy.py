#!/usr/bin/env python3
"""The spectral operator as the right-hand side of SciPy's solve_ivp.

The homogeneous Boltzmann equation for Maxwell molecules, from a BKW state, whose exact solution is known: K(t) = 1 - (1 - K(0)) exp(lambda_2 t/6).
Prints conservation, the entropy and the error; fails when one is larger than the tolerance explains. With --output it draws f and H.

Then a cold beam through a warm gas by the entropic operator, which needs f > 0 at every trial state of the integrator: as f it is refused at the
first stage that goes below zero, so log f is integrated.
"""
import argparse
import sys

import numpy as np
from scipy.integrate import solve_ivp

import grazing


class LogarithmicRate:
    """g' = Q(e^g, e^g)/e^g for g = log f, so that no trial state has f <= 0; absolute errors of g are relative errors of f. A trial state
    beyond the range of numbers answers with NaN: solve_ivp then takes a shorter step. Mass and energy, which Q keeps, are kept to the
    tolerance."""

    def __init__(self, operator, shape):
        self.operator, self.shape, self.evaluations = operator, shape, 0

    def __call__(self, t, g):
        self.evaluations += 1
        with np.errstate(over="ignore", under="ignore", invalid="ignore"):
            f = np.exp(g)
        try:
            return self.operator(f.reshape(self.shape)).ravel() / f
        except (grazing.NotPositiveError, grazing.NotFiniteError, grazing.NotRepresentableError):
            return np.full_like(g, np.nan)

    def first_step(self, g, tolerance):
        return tolerance / abs(self(0.0, g)).max()


def cold_beam(context, end=0.1, tolerance=1e-4):
    """Whether a beam of 0.4 of the gas's temperature is slowed as grazing.Flow says, by Landau's operator with gamma = 0."""
    with grazing.Grid(context, 12, 4.2) as grid:
        op = grazing.Operator(grid, grazing.Kernel.vhs(context, gamma=0), "landau", "entropic")
        op.set_options(accuracy=1)
        gas, beam = (grazing.Distribution.maxwellian(grid, rho, (u, 0, 0), T).values for rho, u, T in ((1, 0, 1), (0.3, 1.2, 0.4)))
        f0 = (gas + beam).ravel()
        try:
            solve_ivp(lambda t, f: op(f.reshape(grid.shape)).ravel(), (0, end), f0, rtol=1e-4, atol=1e-6 * f0.max())
            print("cold beam: as f, accepted")
        except grazing.NotPositiveError as error:
            print(f"cold beam: as f, {error}")
        rate, g0 = LogarithmicRate(op, grid.shape), np.log(f0)
        solution = solve_ivp(rate, (0, end), g0, rtol=1e-10, atol=tolerance, first_step=rate.first_step(g0, tolerance))
        if not solution.success:
            print(solution.message)
            return False
        f, square = np.exp(solution.y[:, -1]), sum(v**2 for v in grid.velocities()).ravel()
        drift = max(abs(f.sum() / f0.sum() - 1), abs((f * square).sum() / (f0 * square).sum() - 1))
        flow = grazing.Flow(op, "dormand_prince", tolerance=1e-8, floor=1e-4)
        flow.start(0, f0.reshape(grid.shape))
        flow.run(end)
        error = abs(f.reshape(grid.shape) - flow.values()).max() / f.max()
        print(f"cold beam: as log f, {rate.evaluations} evaluations, smallest f {f.min():.1e}, drift of mass and energy {drift:.1e}, "
              f"distance from grazing.Flow {error:.1e}")
        return drift < 10 * tolerance and error < 10 * tolerance


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--n", type=int, default=24, help="nodes per axis")
    parser.add_argument("--half-width", type=float, default=6.2)
    parser.add_argument("--end", type=float, default=0.5)
    parser.add_argument("--method", default="RK45", help="of solve_ivp")
    parser.add_argument("--tolerance", type=float, default=1e-5)
    parser.add_argument("--output", help="a figure")
    arguments = parser.parse_args()

    with grazing.Context(progress=sys.stderr.isatty()) as context, grazing.Grid(context, arguments.n, arguments.half_width) as grid:
        kernel = grazing.Kernel.vhs(context, gamma=0)
        op = grazing.Operator(grid, kernel, "boltzmann", "spectral")
        entropy = grazing.Functional.entropy(grid)
        K0, rate = 0.7, -kernel.spectrum(None, 2)[2] / 6
        f0 = grazing.Distribution.bkw(grid, K0).copy_values()

        def right_hand_side(t, y):
            return op(y.reshape(grid.shape)).ravel()  # no copies: views of contiguous arrays

        times = np.linspace(0, arguments.end, 6)
        solution = solve_ivp(right_hand_side, (0, arguments.end), f0.ravel(), method=arguments.method, t_eval=times, rtol=arguments.tolerance,
                             atol=arguments.tolerance * f0.max())
        if not solution.success:
            print(solution.message)
            return 1
        vx, vy, vz = grid.velocities()
        square = vx**2 + vy**2 + vz**2
        print(f"{solution.nfev} evaluations\n     t      error of f    mass        energy         H")
        errors, drift, entropies = [], [], []
        for t, y in zip(solution.t, solution.y.T):
            f = np.ascontiguousarray(y).reshape(grid.shape)
            exact = grazing.Distribution.bkw(grid, 1 - (1 - K0) * np.exp(-rate * t)).values
            errors.append(abs(f - exact).max() / exact.max())
            drift.append(max(abs(np.sum(f - f0)) / np.sum(f0), abs(np.sum((f - f0) * square)) / np.sum(f0 * square)))
            entropies.append(entropy(np.maximum(f, 0)))
            print(f"{t:8.3f}  {errors[-1]:.2e}  {grid.integrate(f):.10f}  {grid.integrate(f * square):.10f}  {entropies[-1]:.8f}")

        if arguments.output:
            import matplotlib
            matplotlib.use("Agg")
            import matplotlib.pyplot as plt
            figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3.6), layout="constrained")
            for t, y in zip(solution.t, solution.y.T):
                left.plot(grid.axis(0), y.reshape(grid.shape)[:, arguments.n // 2, arguments.n // 2], label=f"t = {t:.2g}")
            left.set(title="f along v_x", xlabel="v_x")
            left.legend(fontsize=8)
            right.plot(solution.t, entropies, "o-")
            right.set(title="entropy H", xlabel="t")
            figure.savefig(arguments.output, dpi=110)
        slowed = cold_beam(context)
    kept = slowed and max(drift) < 1e-12 and max(errors) < 10 * arguments.tolerance + 2e-4 and all(np.diff(entropies) < 0)
    print(f"largest error {max(errors):.1e}, largest drift of mass and energy {max(drift):.1e}")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
