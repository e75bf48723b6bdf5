#!/usr/bin/env python3
"""Two beams relax under the Landau equation: the densities before and after, and the entropy's way down. Writes relaxation.png."""
import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np

import grazing

context = grazing.Context(progress=True)
grid = grazing.Grid(context, n=10, half_width=3.8)
beams = grazing.Distribution.mixture(grid, [0.5, 0.5], [[1, 0, 0], [-1, 0, 0]], [0.6 * np.eye(3)] * 2)
operator = grazing.Operator(grid, grazing.Kernel.power_law(context, gamma=-2, nu=1.0), "landau", accuracy=1)
flow = grazing.Flow(operator, "proximal")
run = grazing.Run(flow)
flow.start(0, beams)
flow.run(end=0.4, dt=0.05, observer=run)

figure, axes = plt.subplots(1, 3, figsize=(13, 3.6), layout="constrained")
grazing.plot.slice(run.values[0], grid, ax=axes[0])
grazing.plot.slice(run.values[-1], grid, ax=axes[1])
grazing.plot.entropy(run, ax=axes[2])
figure.savefig("relaxation.png")
print("relaxation.png: H falls from", run.entropy[0], "to", run.entropy[-1])
