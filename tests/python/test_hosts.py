"""What a program around the module does: distributions of other grids, processes, text with zeros."""
import ctypes
import multiprocessing
import os
import pickle
import signal
import threading
import unittest

import numpy as np

from support import grazing


def _fails():
    with grazing.Context() as context:
        grazing.Grid(context, 3, 5)


class OtherGrids(unittest.TestCase):
    """A handle takes grid functions of its own grid only: fewer nodes would be read beyond their end, another width means other velocities."""

    def setUp(self):
        self.context = grazing.Context(threads=1)
        self.grid = grazing.Grid(self.context, 16, 5)
        self.kernel = grazing.Kernel.power_law(self.context, gamma=0, nu=1)
        self.op = grazing.Operator(self.grid, self.kernel, "landau", accuracy=1)
        self.f = np.ascontiguousarray(grazing.Distribution.maxwellian(self.grid).values)
        others = [grazing.Grid(self.context, 8, 5), grazing.Grid(self.context, 12, 5), grazing.Grid(self.context, 64, 5),
                  grazing.Grid(self.context, 16, 4), grazing.Grid(self.context, 16, 5, (0, 0, 0.5))]
        self.strangers = [grazing.Distribution.maxwellian(grid) for grid in others]

    def calls(self):
        """Every call with one grid function left open."""
        op, f = self.op, self.f
        metric, ledger, limit = grazing.Metric(op), grazing.Ledger(op), grazing.Limit(self.grid, [0, 1])
        rate = grazing.Rate.potential(op, f)
        spectral = grazing.Operator(self.grid, self.kernel, "landau", "spectral")
        relative = grazing.Functional.relative_entropy(grazing.Distribution.maxwellian(self.grid))
        d = grazing.Functional.dissipation(op)
        yield from (op.apply, op.overshoot, op.estimate_error, op.comparison_constant, lambda x: op.coercivity(x, 1.0),
                    lambda x: op.weak_form(x, f), lambda x: op.weak_form(f, x), lambda x: op.onsager(x, f), lambda x: op.onsager(f, x),
                    lambda x: op.action(x, f), lambda x: op.action(f, x), lambda x: op.metric_bound(f, x, f), lambda x: op.metric_bound(f, f, x),
                    lambda x: op.comparison(x, f, 1), lambda x: op.comparison(f, x, 1), lambda x: op.lift_mass(x, f, 0, 1), lambda x: op.lift_mass(f, x, 0, 1),
                    lambda x: op.apply_batch([f, x]), lambda x: op.affine_bound(x, lambda v, w: v[:, 0]),
                    lambda x: spectral.apply_bilinear(f, x), lambda x: spectral.apply_bilinear(x, f), spectral.apply,
                    relative, relative.first_variation, d, d.first_variation,
                    lambda x: metric.derivative(x, f), lambda x: metric.derivative(f, x), metric.spectrum, lambda x: metric.gap(f, f, x),
                    lambda x: grazing.Flow(op).start(0, x), lambda x: ledger.record(0, x), lambda x: ledger.record(0, f, x),
                    lambda x: limit.record(0, x), lambda x: limit.record(0, f, x), lambda x: limit.run(op, "ssp_rk2", 0.1, [0.5], x),
                    rate.action, rate.divergence, lambda x: rate.pairing(f, x), lambda x: rate.pairing(x, f), lambda x: rate.add_potential(1, x),
                    lambda x: rate.project(metric, x), lambda x: grazing.Rate.potential(op, x), lambda x: grazing.Interpolant(op, x),
                    lambda x: grazing.Distribution.array(self.grid, x), grazing.Distribution.maxwellian(self.grid).set_values)

    def test_every_call_refuses_another_grid(self):
        for call in self.calls():
            for stranger in self.strangers:
                with self.assertRaisesRegex(ValueError, "another grid|shape"):
                    call(stranger)

    def test_its_own_grid_made_anew_is_the_same(self):
        same = grazing.Distribution.maxwellian(grazing.Grid(self.context, 16, 5))
        np.testing.assert_array_equal(self.op(same), self.op(self.f))
        np.testing.assert_array_equal(self.op.apply_batch([same, self.f])[0], self.op(self.f))

    def test_observers_of_another_grid(self):
        flow = grazing.Flow(self.op, "ssp_rk2")
        flow.start(0, self.f)
        large = grazing.Grid(self.context, 24, 5)
        for observer in (grazing.Ledger(grazing.Operator(large, self.kernel, "landau")), grazing.Limit(large, [0, 1])):
            with self.assertRaisesRegex(ValueError, "another grid"):
                flow.run(0.1, 0.1, observer)

    def test_rates_are_rates(self):
        for wrong in ([], [self.op], [None]):
            with self.assertRaises(TypeError):
                grazing.curve_residual(self.context, [0.0], np.zeros((1, 16, 16, 16)), wrong)


class Text(unittest.TestCase):
    def test_a_zero_in_a_path_is_refused(self):
        with grazing.Context() as context:
            f = grazing.Distribution.maxwellian(grazing.Grid(context, 8, 4))
            for path in ("a\0b.npy", b"a\0b.npy"):
                with self.assertRaisesRegex(ctypes.ArgumentError, "null byte"):
                    f.save(path)
            self.assertFalse(os.path.exists("a"))


class Processes(unittest.TestCase):
    def test_every_error_is_pickled(self):
        for status, kind in grazing.errors.items():
            for message in ("what = 1 is wrong", ""):
                error = kind(status, message)
                again = pickle.loads(pickle.dumps(error))
                self.assertIs(type(again), kind)
                self.assertEqual((again.status, again.name, str(again)), (error.status, error.name, str(error)))

    @unittest.skipUnless(hasattr(os, "fork"), "no fork here")
    def test_an_error_in_a_worker_arrives(self):
        with multiprocessing.get_context("fork").Pool(1) as pool:
            with self.assertRaisesRegex(grazing.InvalidArgumentError, "n = 3"):
                pool.apply_async(_fails).get(timeout=60)

    @unittest.skipUnless(hasattr(os, "fork"), "no fork here")
    def test_callbacks_survive_fork(self):
        """Progress, a kernel's law and a flow's observer, made before the fork, called after; a lock that another thread held is free."""
        context = grazing.Context(threads=1, progress=lambda stage, fraction: None)
        grid = grazing.Grid(context, 8, 4)
        kernel = grazing.Kernel.callback(context, 0, 0.5, lambda theta: theta**-1.5 * np.ones_like(theta))
        op = grazing.Operator(grid, kernel, accuracy=1)
        f = grazing.Distribution.maxwellian(grid, T=0.7).values
        expected = op(f)
        held, leave = threading.Event(), threading.Event()

        def hold():
            with op._lock:
                held.set()
                leave.wait(60)

        holder = threading.Thread(target=hold)
        holder.start()
        held.wait(60)
        child = os.fork()
        if child == 0:
            signal.alarm(60)
            seen = []
            try:
                flow = grazing.Flow(op, "ssp_rk2")
                flow.start(0, f)
                flow.run(0.01, 0.01, lambda time, state: seen.append(time))
                fresh = grazing.Operator(grid, kernel, accuracy=1)
                good = np.array_equal(fresh(f), expected) and np.array_equal(op(f), expected) and seen[-1] == 0.01
            except BaseException:
                good = False
            os._exit(0 if good else 1)
        leave.set()
        holder.join()
        _, status = os.waitpid(child, 0)
        self.assertEqual(status, 0)


if __name__ == "__main__":
    unittest.main()
