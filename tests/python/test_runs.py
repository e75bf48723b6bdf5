"""A whole run in a file, and the figures."""
import os
import tempfile
import unittest
import warnings
from pathlib import Path

import numpy as np
from support import Case, grazing, two_gaussians

try:
    import h5py
except ImportError:
    h5py = None


def softened(theta):
    return theta / (theta**2 + 0.04) ** 1.5


class Runs(Case):
    def setUp(self):
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        os.environ.setdefault("MPLCONFIGDIR", folder.name)
        self.grid = grazing.Grid(self.context, 10, 4, (0.1, 0, 0))
        self.f = two_gaussians(self.grid)

    def flow(self, kernel=None):
        kernel = kernel or grazing.Kernel.power_law(self.context, -3, 1.5).scale(0.2)
        op = grazing.Operator(self.grid, kernel, "landau", "spectral", radius=2, conserve=2)
        flow = grazing.Flow(op, tolerance=1e-5, largest_step=0.002)
        flow.start(0, self.f)
        return flow

    def test_a_run_goes_on_with_the_same_bits(self):
        """Saved in the middle and loaded, by another context, the flow ends in the same bits as without the break, and the record goes on."""
        whole, halves = grazing.Run(self.flow()), grazing.Run(self.flow())
        whole.flow.run(0.01, observer=whole)
        whole.flow.run(0.02, observer=whole)
        halves.flow.run(0.01, observer=halves)
        for name in ["run.npz", "run", *["run.h5"] * (h5py is not None)]:
            halves.save(self.folder / name)
            with grazing.Context(threads=1) as other:
                again = grazing.Run.load(other, self.folder / name)
                self.assertEqual((again.grid, again.kernel), (self.grid, halves.kernel))
                op = again.flow.operator
                self.assertEqual((op.equation, op.method, op["radius"], op["conserve"]), (grazing.EQUATION_LANDAU, grazing.METHOD_SPECTRAL, 2, 2))
                self.assertEqual((again.flow.scheme, again.flow["tolerance"], again.flow.time), (halves.flow.scheme, 1e-5, 0.01))
                again.flow.run(0.02, observer=again)
                np.testing.assert_array_equal(again.flow.values(), whole.flow.values())
                np.testing.assert_array_equal(again.times, whole.times)
                np.testing.assert_array_equal(again.values, whole.values)
        self.assertEqual([path.name for path in self.folder.iterdir() if path.name.endswith(".new")], [])

    def test_what_is_recorded(self):
        flow = self.flow()
        few, some = grazing.Run(flow, every=3), grazing.Run(flow, times=[0.005, 0.009])
        flow.run(0.01, 0.001, lambda time, f: few(time, f) or some(time, f))
        np.testing.assert_allclose(few.times, [0, 0.003, 0.006, 0.009], atol=1e-15)
        np.testing.assert_allclose(some.times, [0, 0.005, 0.009], atol=1e-3)
        self.assertEqual((len(few), few.values.shape), (4, (4, 10, 10, 10)))
        np.testing.assert_array_equal(few.values[0], self.f.values)
        np.testing.assert_allclose(few.entropy, [self.grid.entropy(f)[0] for f in few.values])
        self.assertAlmostEqual(few.moments[-1].density, self.f.moments().density, 10)
        with self.assertRaisesRegex(ValueError, "every"):
            grazing.Run(flow, every=0)

    def test_what_cannot_be_loaded(self):
        run = grazing.Run(self.flow(grazing.Kernel.callback(self.context, -2, -1, softened)))
        run.flow.run(0.001, 0.001, run)
        path = self.folder / "run.npz"
        run.save(path)
        with self.assertRaisesRegex(ValueError, "softened, which no file holds"):
            grazing.Run.load(self.context, path)
        again = grazing.Run.load(self.context, path, grazing.Kernel.callback(self.context, -2, -1, softened))
        self.assertEqual(again.kernel, run.kernel)
        np.savez(path, a=1)
        with self.assertRaisesRegex(ValueError, "not a run"):
            grazing.Run.load(self.context, path)
        with self.assertRaisesRegex(ValueError, "not been started"):
            grazing.Run(grazing.Flow(run.flow.operator)).save(path)
        with self.assertRaises(OSError):
            run.save(self.folder / "none" / "run.npz")

    def test_figures(self):
        """They show what was measured: lines are compared with the numbers."""
        import matplotlib
        warnings.simplefilter("ignore", UserWarning)  # of Matplotlib's own parser
        matplotlib.use("Agg")
        import matplotlib.pyplot as pyplot

        ax = grazing.plot.slice(self.f)
        drawn = ax.collections[0].get_array().reshape(10, 10)
        np.testing.assert_array_equal(drawn, self.f.values[:, :, int(np.argmin(abs(self.grid.axis(2))))].T)
        ax = grazing.plot.slice(self.f.values, self.grid, axis=0, at=1.0, logarithmic=True)
        np.testing.assert_allclose(ax.collections[0].get_array().reshape(10, 10), np.log10(self.f[int(np.argmin(abs(self.grid.axis(0) - 1)))]).T)
        self.assertEqual((ax.get_xlabel(), ax.get_ylabel()), ("$v_y$", "$v_z$"))
        with self.assertRaisesRegex(ValueError, "grid"):
            grazing.plot.slice(self.f.values)

        op = grazing.Operator(self.grid, grazing.Kernel.power_law(self.context, 0, 0.5), "landau", accuracy=1)
        flow, book = grazing.Flow(op, "ssp_rk2"), grazing.Ledger(op)
        run = grazing.Run(flow)
        flow.start(0, self.f)
        flow.run(0.002, 0.0005, run)
        for time, f in zip(run.times, run.values):
            book.record(time, f)
        book.end()
        ax = grazing.plot.entropy(run)
        lowest = self.grid.entropy(self.grid.equilibrium(self.f)[0])[0]
        np.testing.assert_allclose(ax.lines[0].get_ydata(), run.entropy - lowest, rtol=1e-9)
        np.testing.assert_array_equal(grazing.plot.entropy(book).lines[0].get_ydata(), book["entropy"])
        ax = grazing.plot.ledger(book)
        np.testing.assert_allclose(ax.lines[0].get_ydata(), ax.lines[1].get_ydata(), rtol=1e-2, atol=1e-12)  # the balance (1.3)

        study = grazing.Limit(self.grid, [0, 0.001])
        study.run(op, "ssp_rk2", 0.0005, [0.3, 0.1], self.f)
        ax = grazing.plot.limit_study(study)
        np.testing.assert_array_equal(ax.lines[0].get_ydata(), abs(study["entropy"][1:]))
        ax.figure.savefig(self.folder / "study.png")
        self.assertEqual((self.folder / "study.png").read_bytes()[:4], b"\x89PNG")
        with self.assertRaisesRegex(ValueError, "measured"):
            grazing.plot.limit_study(study, ("start",))
        pyplot.close("all")


if __name__ == "__main__":
    unittest.main()
