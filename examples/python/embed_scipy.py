#!/usr/bin/env python3
"""The spectral operator as the right-hand side of SciPy's solve_ivp.

The homogeneous Boltzmann equation for Maxwell molecules, from a BKW state, whose exact solution is known: K(t) = 1 - (1 - K(0)) exp(lambda_2 t/6).
Prints conservation, the entropy and the error; fails when one is larger than the tolerance explains. With --output it draws f and H.
"""
import argparse
import sys

import numpy as np
from scipy.integrate import solve_ivp

import grazing


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
    kept = max(drift) < 1e-12 and max(errors) < 10 * arguments.tolerance + 2e-4 and all(np.diff(entropies) < 0)
    print(f"largest error {max(errors):.1e}, largest drift of mass and energy {max(drift):.1e}")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
