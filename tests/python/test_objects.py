"""Grids, kernels and densities as Python objects: what they show, equality, pickling, arithmetic."""
import copy
import math
import multiprocessing
import os
import pickle
import unittest

import numpy as np
from support import Case, grazing, two_gaussians


def softened(theta):
    return theta / (theta**2 + 0.04) ** 1.5


def softened_general(speed, theta):
    return softened(theta) / (1 + speed**2)


def _density_of(f, grid):
    """In another process: the context, the grid and the density arrive together and belong together."""
    return float(grazing.Functional.entropy(grid)(f)), f.context == grid.context


class Objects(Case):
    def setUp(self):
        super().setUp()
        self.grid = grazing.Grid(self.context, 8, 4, (0.25, 0, -1))
        self.f = two_gaussians(self.grid)

    def kernels(self):
        c = self.context
        theta = np.linspace(0.1, 1.5, 8)
        yield grazing.Kernel.power_law(c, -3, 1.5)
        yield grazing.Kernel.power_law(c, -3, 1.5).scale(0.1)
        yield grazing.Kernel.power_law(c, -2, 0.5, c=2.0).scale(0.1).multiply(3).cut_off_kinetic()
        yield grazing.Kernel.inverse_power(c, 4.0, "classical", normalise=False)
        yield grazing.Kernel.coulomb(c, 0.01)
        yield grazing.Kernel.vhs(c, 0.5)
        yield grazing.Kernel.table(c, 0, 0.5, theta, theta**-1.5)
        yield grazing.Kernel.callback(c, -2, -1, softened)
        yield grazing.Kernel.general(c, -1, -1, softened_general)

    def test_equality(self):
        """By what they are, not by where they lie in memory."""
        for first, second in zip(self.kernels(), self.kernels()):
            self.assertEqual(first, second)
            self.assertEqual(hash(first), hash(second))
        self.assertEqual(len(set(self.kernels())), 9)
        law = grazing.Kernel.power_law(self.context, -3, 1.5)
        self.assertEqual(law.scale(0.5).scale(0.1), law.scale(0.1))  # counted from the unscaled law
        np.testing.assert_array_equal(law.scale(0.5).scale(0.1).spectrum(None, 4), law.scale(0.1).spectrum(None, 4))
        self.assertEqual(self.grid, grazing.Grid(self.context, 8, 4, (0.25, 0, -1)))
        self.assertEqual(len({self.grid, self.f.grid, grazing.Grid(self.context, 8, 4), grazing.Grid(self.context, 8, 3, (0.25, 0, -1))}), 3)
        again = grazing.Distribution.array(self.grid, self.f.values)
        self.assertEqual(self.f, again)
        again.set_values(np.nextafter(self.f.values, 1))
        self.assertNotEqual(self.f, again)
        elsewhere = grazing.Grid(self.context, 8, 4)
        self.assertNotEqual(self.f, grazing.Distribution.array(elsewhere, self.f.values))
        with self.assertRaises(TypeError):
            hash(self.f)
        self.assertNotEqual(self.f, self.grid)

    def test_pickling(self):
        """The copy has the same bits, belongs to the same context, and lends itself to the same computations."""
        for kernel in self.kernels():
            for again in (pickle.loads(pickle.dumps(kernel)), copy.deepcopy(kernel)):
                self.assertEqual(kernel, again)
                self.assertEqual(kernel.context, again.context)
                speed = 1.3
                np.testing.assert_array_equal(kernel.spectrum(speed, 6), again.spectrum(speed, 6))
                self.assertEqual((kernel.type, kernel.gamma, kernel.nu, kernel.eps), (again.type, again.gamma, again.nu, again.eps))
        op = grazing.Operator(self.grid, grazing.Kernel.power_law(self.context, -3, 1.5), "landau", accuracy=1)
        again = pickle.loads(pickle.dumps({"f": self.f, "grid": self.grid, "kernel": op.kernel}))
        self.assertEqual((again["f"], again["grid"], again["kernel"]), (self.f, self.grid, op.kernel))
        same = grazing.Operator(again["grid"], again["kernel"], "landau", accuracy=1)
        np.testing.assert_array_equal(same(again["f"]), op(self.f))
        with self.assertRaises(AttributeError):
            pickle.dumps(grazing.Kernel.callback(self.context, -2, -1, lambda theta: softened(theta)))

    def test_pickling_into_another_process(self):
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            entropy, together = pool.apply_async(_density_of, (self.f, self.grid)).get(timeout=60)
        self.assertEqual(entropy, grazing.Functional.entropy(self.grid)(self.f))
        self.assertTrue(together)

    @unittest.skipUnless(hasattr(os, "fork"), "no fork here")
    def test_pickling_into_a_fork(self):
        with multiprocessing.get_context("fork").Pool(2) as pool:
            results = pool.starmap(_density_of, [(self.f, self.grid)] * 4)
        self.assertEqual(results, [(grazing.Functional.entropy(self.grid)(self.f), True)] * 4)

    def test_arithmetic(self):
        f, g = self.f, grazing.Distribution.maxwellian(self.grid, 0.5)
        for result, values in ((f + g, f.values + g.values), (2 * f, 2 * f.values), (f * 0.5, 0.5 * f.values), (f / 3, f.values / 3),
                               (f - 0.5 * f, 0.5 * f.values), (np.float64(2) * f, 2 * f.values), (sum([f, g, f]), 2 * f.values + g.values),
                               (f * np.full(self.grid.shape, 2.0), 2 * f.values), (np.full(self.grid.shape, 2.0) * f, 2 * f.values),
                               (f + g.copy_values(), f.values + g.values), (g.copy_values() + f, f.values + g.values)):
            self.assertIsInstance(result, grazing.Distribution)
            np.testing.assert_allclose(result.values, values, rtol=1e-15)
        self.assertEqual((f + g).grid, self.grid)
        self.assertEqual(f[3, 4, 5], f.values[3, 4, 5])
        np.testing.assert_array_equal(f[3], f.values[3])
        np.testing.assert_array_equal(np.log(f), np.log(f.values))
        with self.assertRaises(ValueError):
            f[0][...] = 1
        with self.assertRaises(grazing.NotPositiveError):
            f - 2 * f
        for wrong in (lambda: f * f, lambda: f + 1.0, lambda: f * "2", lambda: f / f, lambda: f * 1j):
            with self.assertRaises(TypeError):
                wrong()
        with self.assertRaisesRegex(ValueError, "another grid"):
            f + grazing.Distribution.maxwellian(grazing.Grid(self.context, 8, 4))
        with self.assertRaisesRegex(ValueError, "shape"):
            f * np.ones(8)
        with grazing.Context() as other:
            with self.assertRaisesRegex(ValueError, "context"):
                f + grazing.Distribution.maxwellian(grazing.Grid(other, 8, 4, (0.25, 0, -1)))

    def test_what_is_shown(self):
        self.assertEqual(repr(self.grid), "Grid(n=8, half_width=4, centre=(0.25, 0, -1))")
        self.assertEqual(repr(grazing.Kernel.power_law(self.context, -3, 1.5).scale(0.1)), "Kernel.power_law(-3, 1.5, 0).scale(0.1)")
        self.assertEqual(repr(grazing.Kernel.callback(self.context, -2, -1, softened)), "Kernel.callback(-2, -1, softened)")
        grid = grazing.Grid(self.context, 16, 5)
        f = grazing.Distribution.maxwellian(grid, T=0.6)
        self.assertEqual(repr(f), "<Distribution on Grid(n=16, half_width=5): density 1, velocity (0, 0, 0), temperature 0.6>")
        self.assertEqual(repr(0 * f), "<Distribution on Grid(n=16, half_width=5)>")
        op = grazing.Operator(grid, grazing.Kernel.vhs(self.context, 0), "landau", accuracy=1)
        flow = grazing.Flow(op, "ssp_rk2")
        for thing, words in ((self.context, "Context(threads=1)"), (op, "landau, entropic on Grid(n=16"), (op, "accuracy=1"), (flow, "not started"),
                             (grazing.Functional.dissipation(op), "dissipation on"), (grazing.Metric(op), "Metric of <Operator"),
                             (grazing.Rate.gradient_flow(op), "Rate of"), (grazing.Ledger(op), "0 snapshots"), (grazing.Sphere(self.context, 4), "lmax=4"),
                             (grazing.Limit(grid, [0, 1]), "0 curves at 2 times"), (grazing.Interpolant(op, f), "Interpolant")):
            self.assertIn(words, repr(thing))
        flow.start(0, f)
        self.assertIn("at t = 0 after 0 steps", repr(flow))
        op.close()
        self.assertEqual(repr(op), "<closed Operator>")

    def test_flow_view(self):
        """The state without a copy: read-only, taken anew after a step, alive after close."""
        op = grazing.Operator(self.grid, grazing.Kernel.vhs(self.context, 0), "landau", accuracy=1)
        flow = grazing.Flow(op, "proximal")
        with self.assertRaisesRegex(ValueError, "not been started"):
            flow.view()
        flow.start(0, self.f)
        view = flow.view()
        np.testing.assert_array_equal(view, self.f.values)
        flow.step(0.01)
        view = flow.view()
        np.testing.assert_array_equal(view, flow.values())
        self.assertFalse(np.array_equal(view, self.f.values))
        with self.assertRaises(ValueError):
            view[0, 0, 0] = 1
        last = flow.values()
        flow.close()
        np.testing.assert_array_equal(view, last)
        self.assertTrue(math.isfinite(view.sum()))


if __name__ == "__main__":
    unittest.main()
