"""Python functions called by the library: exceptions, lifetimes, progress, cancelling, threads, allocators."""
import ctypes
import gc
import io
import signal
import threading
import time
import traceback
import unittest
import unittest.mock
import weakref

import numpy as np
from support import Case, grazing
from grazing import progress


class Failure(Exception):
    pass


def fail(*arguments):
    raise Failure("from the callback")


class Callbacks(Case):
    def setUp(self):
        super().setUp()
        self.grid = grazing.Grid(self.context, 8, 4)
        self.kernel = grazing.Kernel.power_law(self.context, 0, 0.5)
        self.f = grazing.Distribution.bkw(self.grid, 0.75).copy_values()

    def operator(self, **options):
        return grazing.Operator(self.grid, self.kernel, "landau", **({"radial_nodes": 3, "sphere_degree": 5} | options))

    def test_exceptions_come_through(self):
        v = np.ones((2, 3))
        flow = grazing.Flow(self.operator(), "ssp_rk2")
        flow.start(0.0, self.f)
        for call in (lambda: grazing.Kernel.callback(self.context, 0, 0.5, fail),
                     lambda: grazing.Kernel.general(self.context, 0, 0.5, fail),
                     lambda: grazing.Distribution.callback(self.grid, fail),
                     lambda: grazing.grazing_gradient(self.context, fail, 0, v, -v),
                     lambda: grazing.grazing_divergence(self.context, fail, 0, v, -v),
                     lambda: grazing.discrete_gradient(self.context, fail, v, -v, v / 3**0.5, pairs=True),
                     lambda: flow.run(0.1, 0.01, fail)):
            try:
                call()
            except Failure as error:
                self.assertIn("fail", [frame.name for frame in traceback.extract_tb(error.__traceback__)])
            else:
                self.fail("no exception")
        self.assertEqual(flow.time, 0)
        self.assertTrue(np.all(np.isfinite(self.operator()(self.f))), "an exception stays behind")

    def test_results_are_checked(self):
        with self.assertRaisesRegex(ValueError, r"density returned the shape \(3,\)"):
            grazing.Distribution.callback(self.grid, lambda v: np.ones(3))
        with self.assertRaises(grazing.NotPositiveError):
            grazing.Distribution.callback(self.grid, lambda v: -np.ones(len(v)))
        self.assertEqual(grazing.Distribution.callback(self.grid, lambda v: 2.5).values.max(), 2.5)

    def test_observer_stops(self):
        flow, kept = grazing.Flow(self.operator(), "ssp_rk2"), []
        flow.start(0.0, self.f)

        def observer(t, f):
            kept.append(f)
            return len(kept) == 3

        with self.assertRaises(grazing.CallbackError):
            flow.run(1, 1e-3, observer)
        self.assertAlmostEqual(flow.time, 2e-3)
        np.testing.assert_array_equal(kept[0], self.f)  # copies: the library has moved on
        np.testing.assert_array_equal(kept[2], flow.values())

    def test_observer_may_use_the_operator(self):
        op = self.operator()
        flow, norms = grazing.Flow(op, "ssp_rk2"), []
        flow.start(0.0, self.f)
        flow.run(2e-3, 1e-3, lambda t, f: norms.append(abs(op(f)).max()))
        self.assertEqual(len(norms), 3)

    def test_lifetime(self):
        """A kernel's Python function lives as long as an operator that may call it, and no longer."""

        class Law:
            def __call__(self, z, theta):
                return theta**-1.5

        law = Law()
        alive = weakref.ref(law)
        kernel = grazing.Kernel.general(self.context, 0, 0.5, law)
        op = grazing.Operator(self.grid, kernel.multiply(2), "boltzmann", radial_nodes=3, sphere_degree=5, theta_nodes=1, phi_nodes=4)
        dissipation = grazing.Functional.dissipation(op)
        kernel.close()
        op.close()
        del law, kernel, op
        gc.collect()
        self.assertIsNotNone(alive())
        self.assertGreater(dissipation(self.f), 0)  # sets up now, and calls the law
        del dissipation
        gc.collect()
        self.assertIsNone(alive())

    def test_progress(self):
        seen = []
        self.context.progress = lambda stage, fraction: seen.append((stage, fraction))
        self.operator()(self.f)
        self.assertEqual({stage for stage, _ in seen}, {"entropic sweep"})
        self.assertTrue(all(0 <= fraction <= 1 for _, fraction in seen))
        self.context.progress = lambda stage, fraction: True
        with self.assertRaises(grazing.CancelledError):
            self.operator()(self.f)
        self.context.progress = fail
        out = np.full(self.grid.shape, 7.0)
        with self.assertRaises(Failure):
            self.operator().apply(self.f, out)
        self.assertTrue(np.all(out == 7.0))
        self.context.progress = None
        self.operator()(self.f)

    def test_progress_bar(self):
        text = io.StringIO()
        self.context.progress = grazing.ProgressBar(text, tqdm=False)
        self.operator()(self.f)
        self.assertIn("entropic sweep: ", text.getvalue())
        self.assertEqual(text.getvalue().rsplit("\r", 1)[1], "")  # the line is taken away

    def test_one_bar_for_a_flow_and_for_a_study(self):
        """Not one for every application inside; its time left follows from the share done."""
        text = io.StringIO()
        self.context.progress = grazing.ProgressBar(text, tqdm=False)
        op = self.operator()
        flow = grazing.Flow(op, "ssp_rk2")
        flow.start(0, self.f)
        flow.run(0.002, 0.001)
        stages = {part.partition(":")[0].strip() for part in text.getvalue().split("\r")} - {""}
        self.assertEqual(stages, {"flow"})
        self.assertRegex(text.getvalue(), r"flow:  50 % \[#{10}\.{10}\] 0:0\d, 0:0\d left")
        text.truncate(0)
        study = grazing.Limit(self.grid, [0, 0.001])
        study.run(op, "ssp_rk2", 0.001, [0.1], self.f)
        stages = {part.partition(":")[0].strip("\0 ") for part in text.getvalue().split("\r")} - {""}
        self.assertEqual(stages, {"limit of solutions"})

    def test_time_left(self):
        """A quarter of the work in a minute leaves three; hours are written as such."""
        text, now = io.StringIO(), [100.0]
        with unittest.mock.patch("time.monotonic", lambda: now[0]):
            bar = progress.LineBar("work", text)
            now[0] += 60
            bar.show(0.25)
        self.assertEqual(text.getvalue(), "\rwork:  25 % [#####...............] 1:00, 3:00 left")
        self.assertEqual([progress.clock(seconds) for seconds in (0, 75, 3700)], ["0:00", "1:15", "1:01:40"])

    def test_bar_of_tqdm(self):
        steps = []

        class Tqdm:
            def __init__(self, total, desc, bar_format, **rest):
                steps.append((desc, total, "{remaining}" in bar_format))
                self.n = 0

            def update(self, amount):
                self.n += amount
                steps.append(round(amount, 12))

            def close(self):
                steps.append("closed")

        bar = grazing.ProgressBar()
        bar._kind = lambda stage, file: progress.TqdmBar(stage, file, Tqdm)
        for fraction in (0, 0.3, 0.3, 1):
            bar("work", fraction)
        bar.close()
        self.assertEqual(steps, [("work", 1, True), 0, 0.3, 0, 0.7, "closed"])

    def test_interrupt(self):
        """Ctrl-C during a long call raises KeyboardInterrupt within it."""
        op = self.operator(radial_nodes=60, sphere_degree=101)
        before = signal.signal(signal.SIGINT, signal.default_int_handler)
        timer = threading.Timer(0.2, signal.raise_signal, [signal.SIGINT])
        try:
            with self.assertRaises(KeyboardInterrupt):
                timer.start()
                begin = time.monotonic()
                while time.monotonic() - begin < 60:
                    op(self.f)
        finally:
            timer.join()
            signal.signal(signal.SIGINT, before)

    def test_cancel_from_another_thread(self):
        op, context = self.operator(), self.context
        timer = threading.Timer(0.1, context.cancel)
        timer.start()
        with self.assertRaises(grazing.CancelledError):
            begin = time.monotonic()
            while time.monotonic() - begin < 60:
                op(self.f)
        timer.join()
        self.assertTrue(context.cancelled)
        with self.assertRaises(grazing.CancelledError):
            op(self.f)
        context.clear_cancel()
        op(self.f)

    def test_threads_release_the_interpreter(self):
        """While one thread computes, another runs Python."""
        op, count, done = self.operator(radial_nodes=20, sphere_degree=41), 0, threading.Event()

        def work():
            for _ in range(3):
                op(self.f)
            done.set()

        self.context.progress = None
        thread = threading.Thread(target=work)
        thread.start()
        while not done.is_set():
            count += 1
            time.sleep(1e-4)
        thread.join()
        self.assertGreater(count, 10)

    def test_shared_operator(self):
        """Threads that use one operator take turns: every result is right. Exceptions of callbacks stay in their thread."""
        op = self.operator()
        densities = [grazing.Distribution.bkw(self.grid, K).copy_values() for K in (0.65, 0.75, 0.85, 0.95)]
        expected, wrong = [op(f) for f in densities], []

        def work(f, Q):
            for _ in range(25):
                if not np.array_equal(op(f), Q):
                    wrong.append("another thread's numbers")
                try:
                    grazing.Distribution.callback(self.grid, fail)
                    wrong.append("no exception")
                except Failure:
                    pass

        threads = [threading.Thread(target=work, args=pair) for pair in zip(densities, expected)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(wrong, [])

    def test_same_bits_for_any_number_of_threads(self):
        results = []
        for threads in (1, 3):
            self.context.threads = threads
            self.assertEqual(self.context.threads, threads)
            results.append(self.operator()(self.f))
        np.testing.assert_array_equal(*results)

    def test_allocator(self):
        """All memory through Python hooks; what is allocated is given back; an allocation that fails is a MemoryError."""
        buffers, refuse = {}, [False]

        def allocate(size):
            if refuse[0]:
                return 0
            buffer = ctypes.create_string_buffer(size + 64)
            address = (ctypes.addressof(buffer) + 63) // 64 * 64
            buffers[address] = buffer
            return address

        with grazing.Context(threads=1, allocator=(allocate, buffers.pop)) as context:
            grid = grazing.Grid(context, 8, 4)
            f = grazing.Distribution.bkw(grid, 0.75)
            self.assertGreater(len(buffers), 2)
            refuse[0] = True
            with self.assertRaises(MemoryError):
                f.equilibrium()
            refuse[0] = False
            f.equilibrium()
            f.close()
            grid.close()
        del context
        gc.collect()
        self.assertEqual(buffers, {})

    def test_planner_lock(self):
        with grazing.fft_planner_lock():
            pass
        with grazing.fft_planner_lock():
            pass


if __name__ == "__main__":
    unittest.main()
