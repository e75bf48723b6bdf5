"""Arrays in and out: what is taken without a copy, what is converted, what is refused; lifetimes of handles and views; errors."""
import gc
import timeit
import unittest
import weakref

import numpy as np
from support import Case, grazing, square


class Arrays(Case):
    def setUp(self):
        super().setUp()
        self.grid = grazing.Grid(self.context, 8, 4)
        self.op = grazing.Operator(self.grid, grazing.Kernel.power_law(self.context, 0, 0.5), "landau", radial_nodes=3, sphere_degree=5)
        self.f = grazing.Distribution.bkw(self.grid, 0.75).copy_values()
        self.Q = self.op(self.f)

    def test_out(self):
        out = np.full(self.grid.shape, np.nan)
        self.assertIs(self.op.apply(self.f, out=out), out)
        np.testing.assert_array_equal(out, self.Q)
        row = np.zeros((3,) + self.grid.shape)
        self.op.apply(self.f, out=row[1])
        np.testing.assert_array_equal(row[1], self.Q)
        self.assertFalse(row[0].any() or row[2].any())

    def test_refused_outputs(self):
        shape = self.grid.shape
        read_only = np.zeros(shape)
        read_only.flags.writeable = False
        for out in (np.zeros(shape, np.float32), np.zeros(shape, order="F"), np.zeros((16, 8, 8))[::2], read_only, [0.0]):
            with self.assertRaises(TypeError):
                self.op.apply(self.f, out=out)
        for out in (np.zeros(512), np.zeros((8, 8, 9)), self.f):
            with self.assertRaisesRegex(ValueError, "out"):
                self.op.apply(self.f, out=out)

    def test_converted_inputs(self):
        """Other orders, strides and types that lose nothing give the same result; the caller's array is not touched."""
        spread = np.zeros((16, 8, 8))
        spread[::2] = self.f
        misaligned = np.frombuffer(bytearray(8 * 512 + 1), np.uint8)[1:].view(np.float64).reshape(8, 8, 8)
        misaligned[...] = self.f
        for same in (np.asfortranarray(self.f), spread[::2], self.f.astype(">f8"), misaligned, self.f.tolist()):
            np.testing.assert_array_equal(self.op(same), self.Q)
        narrow = self.f.astype(np.float32)
        np.testing.assert_array_equal(self.op(narrow), self.op(narrow.astype(np.float64)))
        ones = grazing.Distribution.array(self.grid, np.ones(self.grid.shape, dtype=int))
        np.testing.assert_array_equal(ones.values, np.ones(self.grid.shape))

    def test_refused_inputs(self):
        for f in (self.f[:7], self.f.ravel(), self.f[None], self.f[..., None], 1.0):
            with self.assertRaisesRegex(ValueError, "f: the shape"):
                self.op(f)
        for f in (self.f + 0j, self.f.astype(str), self.f > 0, np.full(self.grid.shape, None)):
            with self.assertRaisesRegex(TypeError, "f: numbers"):
                self.op(f)
        with self.assertRaises(ValueError):
            grazing.Grid(self.context, 8, 1, centre=(1, 2))
        with self.assertRaises(ValueError):
            grazing.Distribution.mixture(self.grid, [0.5, 0.5], [[0, 0, 0]], [np.eye(3)] * 2)
        with self.assertRaises(ValueError):
            grazing.post_collision(self.context, np.zeros((3, 2)), np.zeros((3, 2)), np.zeros((3, 2)))

    def test_errors(self):
        """Statuses are exceptions with the library's message, and Python's own kinds of them."""
        f = self.f.copy()
        f[1, 2, 3] = np.nan
        with self.assertRaises(grazing.NotFiniteError) as caught:
            self.op(f)
        self.assertIsInstance(caught.exception, (grazing.GrazingError, ValueError))
        self.assertEqual((caught.exception.status, caught.exception.name), (grazing.ERROR_NOT_FINITE, "GRZ_ERROR_NOT_FINITE"))
        self.assertIn("nan", str(caught.exception))
        self.assertEqual(self.context.last_error[0], grazing.ERROR_NOT_FINITE)
        f[1, 2, 3] = -1
        with self.assertRaisesRegex(grazing.NotPositiveError, "-1"):
            self.op(f)
        with self.assertRaisesRegex(grazing.InvalidArgumentError, "n = 7"):
            grazing.Grid(self.context, 7, 1)
        with self.assertRaisesRegex(OSError, "No such file"):
            grazing.Distribution.load(self.grid, "/nonexistent/f.npy")
        with grazing.Context() as other, self.assertRaises(grazing.MismatchError):
            grazing.Operator(self.grid, grazing.Kernel.power_law(other, 0, 0.5))
        with self.assertRaisesRegex(ValueError, "no 'acuracy' in grz_operator_option: did you mean 'accuracy'"):
            self.op["acuracy"] = 2
        with self.assertRaises(grazing.lib.grz_grid_create.argtypes and Exception):
            grazing.Grid(self.context, 2**32 + 8, 1)  # would be 8 in 32 bits
        np.testing.assert_array_equal(self.op(self.f), self.Q)

    def test_closed(self):
        self.op.close()
        self.op.close()
        self.assertTrue(self.op.closed)
        with self.assertRaisesRegex(ValueError, "Operator is closed"):
            self.op(self.f)
        with grazing.Context() as context:
            pass
        with self.assertRaisesRegex(ValueError, "Context is closed"):
            grazing.Grid(context, 8, 1)

    def test_any_order(self):
        """What is closed early lives on inside what was made from it."""
        context = grazing.Context()
        grid = grazing.Grid(context, 8, 4)
        kernel = grazing.Kernel.power_law(context, 0, 0.5)
        op = grazing.Operator(grid, kernel, "landau", radial_nodes=3, sphere_degree=5)
        dissipation = grazing.Functional.dissipation(op)
        for thing in (context, grid, kernel, op):
            thing.close()
        self.assertGreater(dissipation(self.f), 0)
        with self.assertRaisesRegex(grazing.NotPositiveError, "f"):
            dissipation(0 * self.f)

    def test_views(self):
        """values is the library's memory, read-only, and valid after close for as long as anybody holds it."""
        f = grazing.Distribution.array(self.grid, self.f)
        values = f.values
        self.assertFalse(values.flags.owndata or values.flags.writeable)
        f.set_values(2 * self.f)
        np.testing.assert_array_equal(values, 2 * self.f)
        pointer = weakref.ref(f._pointer)
        f.close()
        gc.collect()
        self.assertIsNotNone(pointer())
        np.testing.assert_array_equal(values, 2 * self.f)
        del values
        self.assertIsNone(pointer(), "the C object was not released with the last view")

    def test_released_at_once(self):
        """No cycles: a handle goes with its last reference, without the garbage collector."""
        gc.disable()
        try:
            flow = grazing.Flow(self.op, "ssp_rk2")
            pointer = weakref.ref(flow._pointer)
            del flow
            self.assertIsNone(pointer())
        finally:
            gc.enable()

    def test_first_variation_in_place(self):
        H = grazing.Functional.entropy(self.grid)
        expected = H.first_variation(self.f)
        f = self.f.copy()
        self.assertIs(H.first_variation(f, out=f), f)
        np.testing.assert_array_equal(f, expected)

    def test_overhead(self):
        """A call with arrays costs at most 10 microseconds more than the library's work (here: copies of 512 numbers)."""
        f, kernel = grazing.Distribution.array(self.grid, self.f), grazing.Kernel.power_law(self.context, 0, 0.5)
        out = np.empty(self.grid.shape)
        for call in (lambda: self.grid.n, lambda: kernel.kinetic_factor(1.0), lambda: f.copy_values(out), lambda: f.set_values(self.f), lambda: f.values):
            self.assertLess(min(timeit.repeat(call, number=300, repeat=30)) / 300, 10e-6)

    def test_integrate(self):
        self.close_to(self.grid.integrate(self.f * square(self.grid)), np.sum(self.f * square(self.grid)), 1e-13)


if __name__ == "__main__":
    unittest.main()
