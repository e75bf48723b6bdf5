#!/usr/bin/env python3
"""The grazing-collision limit in pictures: Boltzmann's operator and dissipation approach Landau's like eps^2.

For two displaced Gaussians and three kernels: distance of Q_B^eps from Q_L and of D_B^eps from D_L against eps, and what their difference
tends to, divided by eps^2. Writes grazing-limit-python.png and fails when an order is not 2, or a structural identity does not hold to rounding.
"""
import argparse
import sys

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np

import grazing

KERNELS = [("Maxwell molecules, ν = 1/2", 0, 0.5), ("soft, γ = −2, ν = 1/2", -2, 0.5), ("Coulomb, γ = −3, ν = 3/2", -3, 1.5)]


def two_gaussians(grid):
    return grazing.Distribution.mixture(grid, [0.5, 0.5], [[1.2, 0.3, 0], [-1.2, -0.3, 0]], [0.5 * np.eye(3)] * 2)


def operator_and_dissipation(grid, kernel, equation, f, accuracy):
    """Q, D and the largest defect of conservation and of D = -<Q, log f>."""
    with grazing.Operator(grid, kernel, equation, "entropic", accuracy=accuracy) as op, grazing.Functional.dissipation(op) as dissipation:
        Q, D = op(f), dissipation(f)
    vx, vy, vz = grid.velocities()
    invariants = [np.ones(grid.shape), vx, vy, vz, vx**2 + vy**2 + vz**2]
    defects = [abs(np.sum(Q * phi)) / np.sum(abs(Q * phi)) for phi in invariants]
    defects.append(abs(-grid.integrate(Q * np.log(f.values)) / D - 1))
    return Q, D, max(defects)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--n", type=int, default=20, help="nodes per axis")
    parser.add_argument("--accuracy", type=int, default=1)
    parser.add_argument("--eps", type=lambda text: [float(word) for word in text.split(",")], default=[1.0, 0.3, 0.1, 0.03, 0.01])
    parser.add_argument("--output", default="grazing-limit-python.png")
    arguments = parser.parse_args()

    figure, (left, middle, right) = plt.subplots(1, 3, figsize=(12, 4), layout="constrained")
    worst, orders = 0.0, []
    with grazing.Context(progress=sys.stderr.isatty()) as context, grazing.Grid(context, arguments.n, 5.5) as grid:
        f = two_gaussians(grid)
        for index, (title, gamma, nu) in enumerate(KERNELS):
            law = grazing.Kernel.power_law(context, gamma, nu)
            Q_landau, D_landau, defect = operator_and_dissipation(grid, law, "landau", f, arguments.accuracy)
            worst, Q_distance, D_distance = max(worst, defect), [], []
            for eps in arguments.eps:
                Q, D, defect = operator_and_dissipation(grid, law.scale(eps), "boltzmann", f, arguments.accuracy)
                worst = max(worst, defect)
                Q_distance.append(np.sum(abs(Q - Q_landau)) / np.sum(abs(Q_landau)))
                D_distance.append(abs(D / D_landau - 1))
                if index == 0:
                    line = (Q - Q_landau)[:, arguments.n // 2, arguments.n // 2] / eps**2
                    right.plot(grid.axis(0), line, "o-", markersize=3, linewidth=1, label=f"ε = {eps:g}")
            order = np.log(Q_distance[-2] / Q_distance[-1]) / np.log(arguments.eps[-2] / arguments.eps[-1])
            orders.append(order)
            print(f"{title:28s} D_L = {D_landau:.6f}  |Q_B - Q_L|/|Q_L| = {Q_distance[-1]:.2e} at eps = {arguments.eps[-1]:g}, order {order:.3f}")
            left.loglog(arguments.eps, Q_distance, "o-", markersize=4, label=title)
            middle.loglog(arguments.eps, D_distance, "o-", markersize=4, label=title)

    for axes, title in ((left, "|Q_B − Q_L| / |Q_L|"), (middle, "|D_B − D_L| / D_L")):
        axes.loglog(arguments.eps, 0.2 * np.square(arguments.eps), color="0.6", linestyle="--", label="slope 2")
        axes.set(title=title, xlabel="ε")
        axes.grid(color="0.9")
    left.legend(fontsize=8)
    right.set(title="(Q_B − Q_L)/ε², Maxwell molecules", xlabel="v_x")
    right.legend(fontsize=8)
    figure.savefig(arguments.output, dpi=110)
    print(f"largest defect of conservation and of D = -<Q, log f>: {worst:.1e}; {arguments.output}")
    return 0 if worst < 1e-12 and all(abs(order - 2) < 0.1 for order in orders) else 1


if __name__ == "__main__":
    sys.exit(main())
