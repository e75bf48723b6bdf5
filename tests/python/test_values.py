"""Numbers through the Python module against closed forms and the C tests' oracle."""
import math
import tempfile
import unittest

import numpy as np
from support import Case, grazing, oracle, square, two_gaussians


def bkw(s, K):
    """f and df/dK at |v|^2 = s."""
    a, b, gaussian = (5 * K - 3) / (2 * K), (1 - K) / (2 * K * K), (2 * math.pi * K) ** -1.5 * np.exp(-s / (2 * K))
    da, db = 3 / (2 * K * K), -1 / (2 * K * K) - (1 - K) / K**3
    return gaussian * (a + b * s), gaussian * (da + db * s + (a + b * s) * (-1.5 / K + s / (2 * K * K)))


def bkw_entropy_slope(K):
    """dH/dK = int df/dK log f by midpoints in |v|."""
    v = (np.arange(2000) + 0.5) * 13 / 2000
    f, slope = bkw(v * v, K)
    return np.sum(4 * math.pi * v * v * slope * np.log(f)) * 13 / 2000


class Values(Case):
    def test_bkw(self):
        """The exact solution for gamma = 0: Q = (1 - K) 4 df/dK for Landau, D = -(1 - K) 4 dH/dK."""
        K = 0.75
        grid = grazing.Grid(self.context, 20, 5.5)
        f = grazing.Distribution.bkw(grid, K)
        exact, slope = bkw(square(grid), K)
        self.close_to(f.values, exact, 1e-14)
        kernel = grazing.Kernel.power_law(self.context, 0, 0.5)
        op = grazing.Operator(grid, kernel, "landau", accuracy=2)
        self.close_to(op(f), 4 * (1 - K) * slope, 2e-2)
        self.close_to(grazing.Functional.dissipation(op)(f), -4 * (1 - K) * bkw_entropy_slope(K), 1e-3)
        spectral_grid = grazing.Grid(self.context, 32, 6.62)
        spectral = grazing.Operator(spectral_grid, kernel, "landau", "spectral", radius=3)
        self.close_to(spectral(grazing.Distribution.bkw(spectral_grid, K)), 4 * (1 - K) * bkw(square(spectral_grid), K)[1], 2e-3)

    def test_bimaxwellian(self):
        """Dissipations, second moments of Q and the action of v_x^2, Boltzmann and Landau, against the oracle."""
        T, gamma, nu, eps = (0.8, 1.0, 1.3), -2, 1.0, 0.5
        exact = oracle("--temperature", *T, "--gamma", gamma, "--power", nu, "--eps", eps)
        grid = grazing.Grid(self.context, 20, 6, centre=(0.1, -0.2, 0.0))
        f = grazing.Distribution.bimaxwellian(grid, 1.0, (0.1, -0.2, 0.0), T)
        kernel = grazing.Kernel.power_law(self.context, gamma, nu).scale(eps)
        self.close_to(kernel.spectrum(None, 2)[2], exact["lambda_2"], 1e-12)
        vx, vy, _ = grid.velocities()
        for equation, letter in (("boltzmann", "B"), ("landau", "L")):
            op = grazing.Operator(grid, kernel, equation, accuracy=1)
            tensor = exact[f"<Q_{letter}, v v>"]
            self.close_to(grazing.Functional.dissipation(op)(f), exact[f"D_{letter}"], 1e-3)
            self.close_to(op.weak_form(f, vx**2 + 0 * square(grid)), tensor[0, 0], 1e-3)
            self.close_to(grid.integrate(op(f) * vy**2), tensor[1, 1], 1e-3)
            self.close_to(op.action(f, vx**2 + 0 * square(grid)), exact[f"A_{letter}"], 1e-3)
        boltzmann = grazing.Operator(grid, kernel, "boltzmann", accuracy=1)
        root = grazing.Functional.dissipation(boltzmann, square_root=True)
        self.close_to(root(f), exact["D_B^R"], 1e-3)
        self.assertLessEqual(root(f), grazing.Functional.dissipation(boltzmann)(f))

    def test_structure(self):
        """Conservation, D = -<Q, log f>, Q = -K_f log f and equilibria to rounding; estimates of error and |f'|^2 = D."""
        grid = grazing.Grid(self.context, 12, 5)
        kernel = grazing.Kernel.power_law(self.context, -3, 1.5)
        op = grazing.Operator(grid, kernel, "landau", accuracy=1, spline_degree=3)
        dissipation = grazing.Functional.dissipation(op)
        f = two_gaussians(grid)
        Q, D, log_f = op(f), dissipation(f), np.log(f.values)
        vx, vy, vz = grid.velocities()
        for phi in (1, vx, vy, vz, square(grid)):
            self.assertLess(abs(np.sum(Q * phi)), 1e-12 * np.sum(abs(Q * phi)))
        self.close_to(-grid.integrate(Q * log_f), D, 1e-11)
        self.close_to(op.onsager(f, -log_f), Q, 1e-11)
        self.close_to(op.action(f, log_f), D, 1e-11)
        self.assertLess(abs(op(grazing.Distribution.maxwellian(grid))).max(), 1e-12 * abs(Q).max())
        Q_error, D_error = op.estimate_error(f)
        self.assertTrue(0 < D_error < Q_error < 0.1)

        metric = grazing.Metric(op, tolerance=1e-8)
        self.assertEqual(metric["tolerance"], 1e-8)
        value, phi = metric.derivative(f, Q)
        self.close_to(value, D, 1e-6)
        self.close_to(op.onsager(f, phi), Q, 1e-3)
        self.assertGreater(metric.iterations, 3)
        self.assertLess(metric.residual, 1e-2)
        self.close_to(op.metric_bound(f, Q, phi), value, 1e-6)
        self.close_to(op.metric_bound(f, Q, 2 * phi)[0] + metric.gap(f, Q, 2 * phi), value, 1e-4)
        value, phi = metric.derivative(f, f.values * (vx - f.moments().velocity[0]))
        self.assertEqual((value, phi, metric.unreachable), (math.inf, None, grazing.MOMENT_MOMENTUM_X))
        self.assertEqual(grazing.moment_name(metric.unreachable), "momentum along x")

    def test_queries(self):
        grid = grazing.Grid(self.context, 8, 4)
        kernel = grazing.Kernel.power_law(self.context, -2.5, 0.7)
        op = grazing.Operator(grid, kernel, "landau", "spectral")
        kernel.close()
        self.assertEqual((op.equation, op.method), (grazing.EQUATION_LANDAU, grazing.METHOD_SPECTRAL))
        self.assertEqual((op.grid.n, op.grid.half_width, op.kernel.gamma, op.kernel.nu), (8, 4, -2.5, 0.7))
        lent = op.grid
        f = grazing.Distribution.maxwellian(lent)
        op.close()
        grid.close()
        self.assertEqual((lent.shape, f.grid.spacing), ((8, 8, 8), 1))
        self.assertEqual(grazing.Functional.fisher(f.grid).type, grazing.FUNCTIONAL_TYPE_FISHER_INFORMATION)
        flow = grazing.Flow(grazing.Operator(lent, grazing.Kernel.vhs(self.context, 0), method="spectral"), "ssp_rk3")
        self.assertEqual((flow.scheme, flow.operator.method), (grazing.TIME_SCHEME_SSP_RK3, grazing.METHOD_SPECTRAL))
        entropic = grazing.Operator(lent, grazing.Kernel.vhs(self.context, 0.5))
        for made in (grazing.Metric(entropic), grazing.Rate.gradient_flow(entropic), grazing.Ledger(entropic)):
            self.assertEqual((made.operator.kernel.gamma, made.operator.method), (0.5, grazing.METHOD_ENTROPIC))
        self.assertEqual(grazing.Limit(lent, [0, 1]).grid.n, 8)
        self.assertEqual(grazing.Metric(entropic).option_bounds("tolerance"), (1e-15, 0.1, 1e-9))
        self.assertEqual(flow.option_bounds("parts"), (1, 1000, 4))
        landau = grazing.Operator(lent, grazing.Kernel.power_law(self.context, -2, 0.5), "landau", accuracy=1)
        spheres = landau.spheres()
        self.assertGreater(len(spheres), 1)
        self.assertTrue(all(s["collisions"] is None and s["landau"] == 1 and s["directions"] > 0 and s["r"] > 0 for s in spheres))

    def test_wrong_enumerators(self):
        grid = grazing.Grid(self.context, 8, 4)
        op = grazing.Operator(grid, grazing.Kernel.vhs(self.context, 0), "boltzmann", "spectral")
        with self.assertRaises(TypeError):
            grazing.Flow(op, grazing.SPECTRAL_SCHEME_SPHERE_RULE)
        with self.assertRaises(TypeError):
            op[grazing.FLOW_OPTION_TOLERANCE] = 1
        with self.assertRaises(TypeError):
            grazing.Operator(grid, grazing.Kernel.vhs(self.context, 0), grazing.METHOD_ENTROPIC, grazing.EQUATION_LANDAU)
        with self.assertRaises(ValueError):
            op["tolerance"] = 1

    def test_a_message_is_of_its_call(self):
        grid = grazing.Grid(self.context, 8, 4)
        check, lib = grazing.check, grazing.lib
        for _ in range(2):
            with self.assertRaisesRegex(grazing.GrazingError, "centre is NULL"):
                check(lib.grz_grid_centre(grid._pointer, None), self.context._context)
            with self.assertRaisesRegex(grazing.GrazingError, "a required argument is NULL"):
                check(lib.grz_grid_centre(None, None), self.context._context)

    def test_spectrum_of_the_onsager_operator(self):
        grid = grazing.Grid(self.context, 8, 3.5)
        op = grazing.Operator(grid, grazing.Kernel.power_law(self.context, 0, 0.5), "landau", radial_nodes=3, sphere_degree=5)
        f = grazing.Distribution.maxwellian(grid).values
        rates, modes = grazing.Metric(op).spectrum(f, modes=True)
        self.assertTrue(np.all(np.diff(rates) >= 0))
        self.assertLess(abs(rates[:5]).max(), 1e-10 * rates[-1])
        self.close_to(op.onsager(f, modes[-1]), rates[-1] * f * modes[-1], 1e-9)
        dense, _ = grazing.Metric(op).derivative(f, op.onsager(f, modes[-1]), dense=True)
        self.close_to(dense, rates[-1], 1e-8)

    def test_spectral(self):
        """Maxwell molecules: <Q, v_x^2> = (lambda_2/2)(T_x - T). Bilinear and batch calls against single ones."""
        n, half_width, radius = self.context.spectral_propose(0.7, 1.3, 1e-3)
        grid = grazing.Grid(self.context, n, half_width)
        kernel = grazing.Kernel.vhs(self.context, 0)
        op = grazing.Operator(grid, kernel, "boltzmann", "spectral", radius=radius, conserve=2, accuracy=1)
        f, g = grazing.Distribution.bimaxwellian(grid, 1, None, (1.3, 0.8, 0.9)), grazing.Distribution.maxwellian(grid, T=0.9)
        vx, _, _ = grid.velocities()
        Q = op(f)
        self.close_to(grid.integrate(Q * vx**2), kernel.spectrum(None, 2)[2] / 2 * 0.3, 2e-2)
        self.assertLess(op.projection_size, 0.1)
        self.assertGreaterEqual(op.fit_error, 0)
        Q_sum, mixed = op(f.values + g.values), op.apply_bilinear(f, g)
        # the coefficients of the fit amplify rounding, far below the error of the fit
        self.close_to(Q_sum, Q + op(g) + 2 * mixed, max(1e-9, 1e-4 * op.fit_error))
        batch = op.apply_batch(np.stack([f.values, g.values]))
        np.testing.assert_array_equal(batch[0], Q)
        self.assertEqual(op["conserve"], 2)
        self.assertEqual(op.option_bounds("conserve"), (1, 2, 2))
        self.assertGreater(op.workspace, 8 * grid.size)
        with self.assertRaises(NotImplementedError):
            op.onsager(f, f.values)

    def test_flow(self):
        """A relaxation by fixed steps keeps the moments and lowers H; saved and restored it goes on with the same bits."""
        grid = grazing.Grid(self.context, 12, 3.2)
        op = grazing.Operator(grid, grazing.Kernel.power_law(self.context, 0, 0.5), "landau", radial_nodes=4, sphere_degree=7)
        entropy, seen = grazing.Functional.entropy(grid), []
        flow = grazing.Flow(op, "ssp_rk2")
        self.assertFalse(flow.started)
        f = two_gaussians(grid)
        flow.start(0.0, f)
        flow.run(0.004, 0.001, lambda time, state: seen.append((time, entropy(state))))
        np.testing.assert_allclose([time for time, _ in seen], np.arange(5) * 0.001, rtol=1e-12)
        self.assertTrue(np.all(np.diff([H for _, H in seen]) < 0))
        self.assertEqual(flow.statistic("steps"), 4)
        self.close_to(np.sum(flow.values()), np.sum(f.values), 1e-13)
        other = grazing.Flow(op, "ssp_rk2")
        other.restore(flow.save())
        for curve in (flow, other):
            curve.step(0.001)
        np.testing.assert_array_equal(flow.values(), other.values())
        adaptive = grazing.Flow(op, tolerance=1e-4)
        adaptive.start(0.0, f)
        adaptive.run(0.005)
        self.close_to(adaptive.values(), flow.values(), 1e-3)
        proximal = grazing.Flow(op, "proximal")
        proximal.start(0.0, f)
        proximal.step(0.5)
        self.assertLess(entropy(proximal.values()), seen[-1][1])

    def test_plain_values_and_health(self):
        """Moments of values below zero by hand; the health of a good box and of one too small; the largest rate of a Maxwellian's relaxation."""
        grid = grazing.Grid(self.context, 16, 5)
        f = grazing.Distribution.maxwellian(grid, 1.3, (0.2, -0.1, 0), 0.9)
        values = f.values.copy()
        values[0, 0, 0] = -1e-3
        moments, below = grid.moments(values)
        self.close_to(moments.density, values.sum() * grid.spacing**3, 1e-14)
        self.close_to(below, 1e-3 / np.abs(values).sum(), 1e-13)
        self.assertGreater(grid.moments(values, "drop")[0].density, moments.density)
        self.close_to(grid.entropy(f.values)[0], grid.integrate(f.values * np.log(f.values)), 1e-13)
        self.close_to(grid.equilibrium(f.values)[0], f.equilibrium().values, 1e-12)
        with self.assertRaisesRegex(ValueError, "negative"):
            grid.moments(values, "ignore")
        kernel = grazing.Kernel.power_law(self.context, 0, 0.5)
        op = grazing.Operator(grid, kernel, "landau", accuracy=1)
        terms, advice = op.health(f)
        self.assertLess(terms["outside"], 1e-3)
        self.assertIn(".", advice)
        small = grazing.Grid(self.context, 16, 1.5)
        terms, advice = grazing.Operator(small, kernel, "landau", accuracy=1).health(grazing.Distribution.maxwellian(small, 1, None, 0.9))
        self.assertIn("too small", advice)
        self.assertGreater(op.largest_rate(f), 8 * 1.3)  # degree four relaxes at 8 rho, higher ones faster

    def test_regridding(self):
        """A Maxwellian on another grid is that Maxwellian; moments stay; f of another grid is refused."""
        source, target = grazing.Grid(self.context, 20, 6), grazing.Grid(self.context, 24, 6.5, (0.1, 0, -0.2))
        f = grazing.Distribution.maxwellian(source, 1.3, (0.2, -0.1, 0), 0.9)
        g = f.regrid(target)
        self.close_to(g.values, grazing.Distribution.maxwellian(target, 1.3, (0.2, -0.1, 0), 0.9).values, 1e-6)
        before, after = f.moments(), g.moments()
        self.close_to(np.array([after.density, after.temperature, *after.velocity]), np.array([before.density, before.temperature, *before.velocity]), 1e-13)
        result = grazing.regrid(source, -2 * f.values, target, "fourier")
        self.close_to(result.values, -2 * g.values, 1e-4)
        self.assertLess(result.lost, 1e-6)
        with self.assertRaisesRegex(ValueError, "shape"):
            grazing.regrid(target, f.values, source)
        with self.assertRaisesRegex(ValueError, "method"):
            f.regrid(target, "linear")

    def test_distributions(self):
        grid = grazing.Grid(self.context, 24, 6.5, (0.25, 0, -0.5))
        np.testing.assert_allclose(grid.axis(0), 0.25 - 6.5 + (np.arange(24) + 0.5) * grid.spacing, atol=1e-14)
        np.testing.assert_array_equal(grid.centre, (0.25, 0, -0.5))
        self.assertEqual((grid.n, grid.size, grid.half_width), (24, 24**3, 6.5))
        u, axes = np.array([0.3, -0.1, 0.2]), np.array([[0.6, 0.8, 0], [-0.8, 0.6, 0], [0, 0, 1]])
        T = np.array([1.4, 0.7, 0.9])
        moments = grazing.Distribution.bimaxwellian(grid, 1.5, u, T, axes).moments()
        self.close_to(moments.density, 1.5, 1e-6)
        self.close_to(moments.velocity, u, 1e-5)
        self.close_to(moments.temperature, 1, 1e-5)
        self.close_to(moments.stress, 1.5 * axes.T @ np.diag(T) @ axes, 1e-5)
        self.assertLess(abs(moments.heat_flux).max(), 1e-4)
        f = two_gaussians(grid)
        before, after = f.moments(), f.equilibrium().moments()
        self.close_to(after.temperature, before.temperature, 1e-12)
        relative = grazing.Functional.relative_entropy(f.equilibrium())
        entropy = grazing.Functional.entropy(grid)
        self.close_to(relative(f), entropy(f) - entropy(f.equilibrium()), 1e-9)
        self.close_to(entropy.first_variation(f), np.log(f.values) + 1, 1e-13)
        self.close_to(grazing.Functional.fisher(grid)(grazing.Distribution.maxwellian(grid, 1, None, 1.2)), 3 / 1.2, 1e-4)
        fisher = grazing.Functional.fisher(grid)
        bound, best, gap = fisher.fisher_bound(f, 0.9 * np.sqrt(f.values))
        self.assertTrue(bound < best <= fisher(f) * (1 + 1e-12))
        self.close_to(bound + gap, fisher(f), 1e-9)
        self.close_to(best, fisher(f), 1e-3)
        shell = grazing.Distribution.shell(grid, 2, None, 4, 1.5)
        self.close_to(shell.moments().density, 2, 1e-5)
        by_callback = grazing.Distribution.callback(grid, lambda v: np.exp(-np.sum(v * v, axis=1) / 2))
        np.testing.assert_allclose(by_callback.values, np.exp(-square(grid) / 2), rtol=1e-14)

        with tempfile.TemporaryDirectory() as folder:
            f.save(folder + "/f.npy")
            np.testing.assert_array_equal(np.load(folder + "/f.npy"), f.values)
            self.assertEqual(grazing.Distribution.nodes_per_axis(self.context, folder + "/f.npy"), 24)
            np.testing.assert_array_equal(grazing.Distribution.load(grid, folder + "/f.npy").values, f.values)

    def test_kernels(self):
        theta = np.array([[0.1, 0.4], [1.0, 1.5]])
        kernel = grazing.Kernel.power_law(self.context, -2.5, 0.5, 2.0)
        np.testing.assert_allclose(kernel.beta(theta), 2 * theta**-1.5, rtol=1e-14)
        half = kernel.scale(1.0)
        np.testing.assert_allclose(half.beta_eps(theta / 4), math.pi**3 * 2 * (math.pi * theta / 4) ** -1.5, rtol=1e-13)
        np.testing.assert_allclose(kernel.B(2.0, theta), 2**-2.5 * 2 * theta**-1.5 / np.sin(theta), rtol=1e-13)
        self.assertEqual((kernel.gamma, kernel.nu, half.eps, kernel.type, kernel.kernel_class),
                         (-2.5, 0.5, 1.0, grazing.KERNEL_TYPE_POWER_LAW, grazing.KERNEL_CLASS_VERY_SOFT))
        transfer = 2 * (math.pi / 2) ** 1.5 / 1.5
        self.close_to(kernel.angular_momentum_transfer(), transfer, 1e-13)
        self.close_to(kernel.landau_constant(), math.pi / 8 * transfer, 1e-13)
        self.close_to(kernel.multiply(3).kinetic_factor(2.0), 2**-2.5, 1e-14)
        self.close_to(kernel.cut_off_kinetic().kinetic_factor(0.5), 1, 1e-14)
        lambda_1, m_1 = kernel.spectrum(None, 1)[1], kernel.moments(None, 1)[0]
        self.close_to(lambda_1, -2 * m_1, 1e-13)
        normalised = grazing.Kernel.power_law(self.context, -2.5, 0.5)
        self.close_to(normalised.angular_momentum_transfer(), 8 / math.pi, 1e-13)
        self.assertTrue(normalised.satisfies_A2()[0] and normalised.satisfies_2_3()[0])
        self.assertFalse(kernel.satisfies_A2()[0])
        self.assertGreater(len(kernel.satisfies_A2()[1]), 10)
        self.assertLessEqual(normalised.cancellation("kinetic", 2.0), normalised.cancellation_bound(2.0))
        self.assertGreater(normalised.total_cross_section(2.0), 0)
        same = [grazing.Kernel.callback(self.context, -2.5, 0.5, lambda t: 2 * t**-1.5),
                grazing.Kernel.table(self.context, -2.5, 0.5, np.linspace(0.1, math.pi / 2, 9), 2 * np.linspace(0.1, math.pi / 2, 9) ** -1.5)]
        for other in same:
            np.testing.assert_allclose(other.spectrum(None, 6), kernel.spectrum(None, 6), rtol=1e-9)
        general = grazing.Kernel.general(self.context, -2.5, 0.5, lambda z, t: z**-2.5 * 2 * t**-1.5)
        np.testing.assert_allclose(general.spectrum(2.0, 4), 2**-2.5 * kernel.spectrum(None, 4), rtol=1e-8)
        self.assertEqual(grazing.Kernel.coulomb(self.context, 0.1, "classical").gamma, -3)
        self.close_to(grazing.Kernel.inverse_power(self.context, 3).gamma, -1, 1e-14)

    def test_geometry(self):
        """Collisions conserve; dbar of a collision invariant is 0; closed forms of grad_tilde for psi = v_x^2."""
        random = np.random.default_rng(1)
        v, v_star, sigma = random.normal(size=(3, 7, 3))
        sigma /= np.linalg.norm(sigma, axis=1, keepdims=True)
        v_prime, v_star_prime = grazing.post_collision(self.context, v, v_star, sigma)
        np.testing.assert_allclose(v_prime + v_star_prime, v + v_star, atol=1e-14)
        np.testing.assert_allclose(np.sum(v_prime**2 + v_star_prime**2, axis=1), np.sum(v**2 + v_star**2, axis=1), rtol=1e-13)
        theta, phi = random.uniform(0.1, 1.5, size=(2, 7))
        first, _, direction = grazing.post_collision_angles(self.context, v, v_star, theta, phi)
        np.testing.assert_allclose(first, (v + v_star) / 2 + np.linalg.norm(v - v_star, axis=1)[:, None] / 2 * direction, atol=1e-14)
        np.testing.assert_allclose(np.sum((v - v_star) * direction, axis=1) / np.linalg.norm(v - v_star, axis=1), np.cos(theta), atol=1e-14)
        energy = grazing.discrete_gradient(self.context, lambda w: np.sum(w**2, axis=1), v, v_star, sigma)
        self.assertLess(abs(energy).max(), 1e-13)
        by_pair = grazing.discrete_gradient(self.context, lambda a, b: a[:, 0] ** 4 * b[:, 1], v, v_star, sigma, pairs=True)
        np.testing.assert_allclose(by_pair, v_prime[:, 0] ** 4 * v_star_prime[:, 1] + v_star_prime[:, 0] ** 4 * v_prime[:, 1]
                                   - v[:, 0] ** 4 * v_star[:, 1] - v_star[:, 0] ** 4 * v[:, 1], atol=1e-12)
        z = v - v_star
        distance = np.linalg.norm(z, axis=1)[:, None]
        gradient = np.zeros_like(v)
        gradient[:, 0] = 2 * z[:, 0]
        projected = gradient - z * np.sum(z * gradient, axis=1, keepdims=True) / distance**2
        np.testing.assert_allclose(grazing.grazing_gradient(self.context, lambda w: w[:, 0] ** 2, -1.0, v, v_star), distance**0.5 * projected,
                                   atol=1e-8)
        # psi = v_x^2 on the sphere is, but for its mean, of degree 2 in z: grad_tilde . grad_tilde = 4 |z|^gamma Laplacian_S.
        laplacian = -4 * distance[:, 0] ** -1.0 * 6 * (z[:, 0] ** 2 / 2 - distance[:, 0] ** 2 / 6)
        np.testing.assert_allclose(grazing.grazing_laplacian(self.context, lambda w: w[:, 0] ** 2, -1.0, v, v_star), laplacian, atol=1e-7)
        divergence = grazing.grazing_divergence(
            self.context, lambda a, b: grazing.grazing_gradient(self.context, lambda w: w[:, 0] ** 2, -1.0, a, b), -1.0, v, v_star)
        np.testing.assert_allclose(divergence, laplacian, atol=1e-5)
        average = grazing.circle_average(self.context, lambda w: w[:, 0] ** 2, v, v_star, 1.0)
        legendre = 1.5 * math.cos(1.0) ** 2 - 0.5
        np.testing.assert_allclose(average, (legendre - 1) * (z[:, 0] ** 2 / 2 - distance[:, 0] ** 2 / 6), atol=1e-12)
        self.close_to(grazing.logarithmic_mean(2.0, 3.0), 1 / math.log(1.5), 1e-15)
        self.close_to(grazing.alpha(2.0, 2.0, 3.0), math.log(1.5), 1e-15)
        self.close_to(grazing.kappa([1, 2, 2], 3.0), 1.5, 1e-15)


if __name__ == "__main__":
    unittest.main()
