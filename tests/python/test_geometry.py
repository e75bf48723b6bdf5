"""The geometry section through Python: spheres, rates, projections, the lift, affine bounds and the estimates, by identities and closed forms."""
import math
import unittest

import numpy as np
from support import Case, grazing, square, two_gaussians


def unit(array):
    return array / np.linalg.norm(array, axis=1, keepdims=True)


def dbar_square(v, v_star, sigma):
    """dbar psi of psi = v_x^2."""
    middle, half = (v + v_star) / 2, np.linalg.norm(v - v_star, axis=1, keepdims=True) / 2 * sigma
    return (middle + half)[:, 0] ** 2 + (middle - half)[:, 0] ** 2 - v[:, 0] ** 2 - v_star[:, 0] ** 2


def grazing_gradient_square(v, v_star, gamma):
    """grad_tilde psi of psi = v_x^2."""
    z = v - v_star
    distance = np.linalg.norm(z, axis=1, keepdims=True)
    gradient = np.zeros_like(v)
    gradient[:, 0] = 2 * z[:, 0]
    return distance ** (1 + gamma / 2) * (gradient - z * np.sum(z * gradient, axis=1, keepdims=True) / distance**2)


class Geometry(Case):
    def setUp(self):
        super().setUp()
        self.grid = grazing.Grid(self.context, 10, 4)
        self.f = two_gaussians(self.grid)
        vx, _, _ = self.grid.velocities()
        self.phi = vx**2 + 0 * square(self.grid)
        random = np.random.default_rng(3)
        self.v, self.v_star, sigma = random.normal(size=(3, 9, 3))
        self.sigma = unit(sigma)

    def operator(self, equation, gamma=-2.0, eps=0.8):
        kernel = grazing.Kernel.power_law(self.context, gamma, 0.5).scale(eps)
        return grazing.Operator(self.grid, kernel, equation, radial_nodes=4, sphere_degree=7, theta_nodes=2, phi_nodes=6, spline_degree=3)

    def test_sphere(self):
        sphere = grazing.Sphere(self.context, 6)
        nodes, weights = sphere.nodes()
        self.assertEqual((sphere.degree, sphere.coefficient_count, nodes.shape), (6, 49, (sphere.node_count, 3)))
        self.close_to(weights.sum(), 4 * math.pi, 1e-13)
        x, y, z = nodes.T
        psi = np.stack([z, x * y])
        coefficients = sphere.analyse(psi)
        self.close_to(coefficients[0, 2], math.sqrt(4 * math.pi / 3), 1e-12)
        self.assertLess(abs(np.delete(coefficients[0], 2)).max(), 1e-12)
        self.close_to(sphere.synthesise(coefficients), psi, 1e-12)
        gradient = sphere.gradient(coefficients)
        self.close_to(gradient[0], np.array([0, 0, 1]) - z[:, None] * nodes, 1e-12)
        laplacian = sphere.divergence(gradient)
        self.close_to(laplacian[1], -6 * coefficients[1], 1e-11)
        self.close_to(sphere.multiply(-np.arange(7.0) * np.arange(1.0, 8), coefficients), laplacian, 1e-11)
        self.close_to(sphere.solve(laplacian), coefficients, 1e-11)
        _, norms = sphere.grazing_project(lambda v, v_star: grazing_gradient_square(v, v_star, -1.0), -1.0, self.v[:2], [0.7, 1.2])
        self.close_to(norms[:, 0], norms[:, 1], 1e-12)
        self.assertLess(norms[:, 2].max(), 1e-20 + 1e-12 * norms.max())

    def test_rates(self):
        """The gradient-flow rate produces Q at action D; a rate given by a callback is the one of its potential."""
        log_f = np.log(self.f.values)
        for equation in ("boltzmann", "landau"):
            op = self.operator(equation)
            Q, D = op(self.f), grazing.Functional.dissipation(op)(self.f)
            for rate in (grazing.Rate.gradient_flow(op), grazing.Rate.potential(op, -log_f)):
                self.close_to(rate.divergence(self.f), Q, 1e-10)
                self.close_to(rate.action(self.f), D, 1e-10)
                self.close_to(rate.pairing(self.f, self.phi), op.weak_form(self.f, self.phi), 1e-9)
            if equation == "boltzmann":
                rate = grazing.Rate.collision(op, dbar_square, "relative")
            else:
                rate = grazing.Rate.grazing(op, lambda v, v_star: grazing_gradient_square(v, v_star, -2.0), "relative")
            self.close_to(rate.action(self.f), op.action(self.f, self.phi), 1e-9)
            rate.add_potential(-1.0, self.phi)
            self.assertLess(rate.action(self.f), 1e-9 * D)

    def test_projection_and_residual(self):
        op = self.operator("landau")
        rate = grazing.Rate.potential(op, self.phi)
        metric = grazing.Metric(op, tolerance=1e-8)
        optimal, remainder, phi = rate.project(metric, self.f)
        self.close_to(optimal, rate.action(self.f), 1e-6)
        self.assertLess(remainder, 1e-3 * optimal)
        self.assertEqual(phi.shape, self.grid.shape)
        flow = grazing.Rate.gradient_flow(op)
        maxwellian = grazing.Distribution.maxwellian(self.grid).values
        residual, norms = grazing.curve_residual(self.context, [0, 0.5, 1], [maxwellian, maxwellian, 1.25 * maxwellian], [flow] * 3, "simpson")
        self.close_to(residual, 0.25 * maxwellian, 1e-9)
        self.close_to(norms[1], 0.25 * self.grid.integrate(maxwellian), 1e-9)
        with self.assertRaises(grazing.InvalidArgumentError):
            grazing.curve_residual(self.context, [0, 0], [maxwellian] * 2, [flow] * 2)

    def test_interpolant_and_affine_bounds(self):
        for equation in ("boltzmann", "landau"):
            op = self.operator(equation)
            between = grazing.Interpolant(op, self.f)
            root = grazing.Functional.dissipation(op, square_root=equation == "boltzmann")(self.f)
            inner = self.grid.axis(0)[3:7]
            points = np.stack(np.meshgrid(inner, inner, inner, indexing="ij"), axis=-1).reshape(-1, 3)
            self.close_to(between(points), self.f.values[3:7, 3:7, 3:7].ravel(), 1e-12)
            v, v_star = points[:5], points[10:15]
            self.close_to(between.optimal_pair(v, v_star), np.sqrt(between(v) * between(v_star)), 1e-12)
            bound, best, gap = op.affine_bound(self.f, between)
            self.close_to([bound, best], [root, root], 1e-10)
            self.assertLess(abs(gap), 1e-10 * root)
            bound, best, gap = op.affine_bound(self.f, lambda a, b: 0.9 * between.optimal_pair(a, b))
            self.close_to(best, root, 1e-5)
            self.assertLess(bound, root)
            self.close_to(bound + gap, root, 1e-9)
            if equation == "boltzmann":
                self.assertLess(op.affine_jump_bound(self.f, between)[2], 1e-10 * root)
                self.assertLess(op.affine_jump_bound(self.f, lambda a, b, s: np.zeros(len(a)))[0], 1e-12 * root)
                self.assertEqual(between.optimal_jump(v, v_star, self.sigma[:5]).shape, (5,))
            else:
                self.assertLess(op.affine_field_bound(self.f, between)[2], 1e-10 * root)
                self.assertLess(op.affine_field_bound(self.f, lambda a, b: 0 * a)[0], 1e-12 * root)
                self.assertEqual(between.optimal_field(v, v_star).shape, (5, 3))
        op = self.operator("landau")
        maxwellian = grazing.Interpolant(op, grazing.Distribution.maxwellian(self.grid))
        value, slope = maxwellian(points + 0.1, gradient=True)
        self.close_to(slope, -(points + 0.1) * value[:, None], 1e-10)
        self.assertTrue(1 <= op.overshoot(self.f) < 2)

    def test_lift(self):
        """For f = 1 the lift of Lambda B dbar phi tends to grad_tilde phi like eps^2."""
        weight = grazing.lift_weight(self.context, 1.5, 0.5, self.v, self.v_star)
        z = np.linalg.norm(self.v - self.v_star, axis=1)
        norm = np.sqrt(np.sum(self.v**2 + self.v_star**2, axis=1))
        self.close_to(weight, z**1.5 * (1 + norm**0.5), 1e-13)
        exact, errors = grazing_gradient_square(self.v, self.v_star, -2.0), []
        for eps in (0.1, 0.05):
            kernel = grazing.Kernel.power_law(self.context, -2, 0.5).scale(eps)
            lifted = grazing.lift(kernel, lambda a, b, s: dbar_square(a, b, s) * grazing.lift_weight(self.context, 1.5, 0.5, a, b), 1.5, 0.5, 8, 16,
                                  self.v, self.v_star)
            errors.append(abs(lifted - exact).max())
        self.assertLess(errors[0], 0.01 * abs(exact).max())
        self.assertTrue(1.9 < math.log2(errors[0] / errors[1]) < 2.1)
        mass, bound = self.operator("boltzmann").lift_mass(self.f, self.phi, 1.0, 0.5)
        self.assertTrue(0 < mass <= bound)

    def test_estimates(self):
        """Lemma 5.7's constant in closed form, both sides of it and of (B.1)."""
        moments = self.f.moments()
        for equation, factor in (("boltzmann", 2.0), ("landau", math.sqrt(2.0))):
            self.close_to(self.operator(equation).comparison_constant(self.f), factor * moments.density, 1e-9)
        op = self.operator("boltzmann")
        centred = grazing.Distribution.maxwellian(self.grid, 1, None, 0.6).values
        shifted = grazing.Distribution.maxwellian(self.grid, 1, (0.1, 0, 0), 0.6).values
        difference, bound = op.comparison(centred, shifted * (np.sum(centred) / np.sum(shifted)), 1.0)
        self.close_to(difference, 0.1, 1e-2)  # the Lipschitz function v_x sees the shift
        self.close_to(bound, 2.0, 1e-2)
        terms = op.coercivity(self.f, 1.5)
        self.assertLessEqual(terms["left"], terms["right"])
        self.close_to(terms["dissipation"], grazing.Functional.dissipation(op)(self.f), 1e-12)
        self.close_to(terms["c1"], 12 * moments.density**2, 1e-9)

    def test_ledger(self):
        """A flow's ledger balances; the same curve run backwards does not."""
        grid = grazing.Grid(self.context, 10, 3)
        kernel = grazing.Kernel.power_law(self.context, 0, 0.5)
        op = grazing.Operator(grid, kernel, "landau", radial_nodes=3, sphere_degree=5, spline_degree=3)
        f, ledger = grazing.Distribution.bimaxwellian(grid, 1, None, (0.7, 0.8, 0.9)), grazing.Ledger(op)
        flow, states = grazing.Flow(op, "ssp_rk3"), []
        flow.start(0.0, f)
        flow.run(0.005, 0.001, ledger)
        self.assertEqual(len(ledger), 6)
        ledger.end()
        np.testing.assert_allclose(ledger["time"], np.arange(6) * 1e-3, rtol=1e-9)
        self.close_to(ledger["entropy"][0], grazing.Functional.entropy(grid)(f), 1e-13)
        self.close_to(ledger["dissipation"][0], grazing.Functional.dissipation(op)(f), 1e-12)
        self.close_to(ledger["speed"], ledger["dissipation"], 1e-3)
        self.assertEqual(ledger.judge(1e-4), (grazing.LEDGER_VERDICT_GRADIENT_FLOW, None))
        flow.start(0.0, f)
        flow.run(0.005, 0.001, lambda time, state: states.append(state))
        backwards = grazing.Ledger(op)
        for index, state in enumerate(reversed(states)):
            backwards.record(index * 1e-3, state, rate=-op(state))
        backwards.end()
        self.assertEqual(backwards.judge(1e-4)[0], grazing.LEDGER_VERDICT_INEQUALITY_FAILS)

    def test_limit(self):
        """A family of flows, the same curves by hand, and one that is known."""
        grid = grazing.Grid(self.context, 8, 3)
        kernel = grazing.Kernel.power_law(self.context, -2, 0.5)
        rules = dict(radial_nodes=3, sphere_degree=5, spline_degree=3)
        op = grazing.Operator(grid, kernel, "boltzmann", **rules)
        f, times, eps = grazing.Distribution.bimaxwellian(grid, 1, None, (0.7, 0.8, 0.9)), [0, 0.001, 0.002], [0.2, 0.1]
        family, by_hand = grazing.Limit(grid, times), grazing.Limit(grid, times)
        for study in (family, by_hand):
            study.add_smooth_tests(0.9)
            study.add_test(lambda v: v[:, 0] ** 2, curvature=2)
            self.assertEqual(study.test_count, 10)
        family.run(op, "ssp_rk2", 0.001, eps, f)
        for value in (0, *eps):
            own = grazing.Operator(grid, kernel.scale(value), "boltzmann" if value else "landau", **rules)
            if value == 0.2:
                by_hand.run_flow(value, own, "ssp_rk2", 0.001, f)
                continue
            flow = grazing.Flow(own, "ssp_rk2")
            flow.start(0.0, f)
            by_hand.begin(value, own)
            flow.run(0.002, 0.001, by_hand)
            by_hand.end()
        self.assertEqual(len(family), 3)
        for name in ("eps", "entropy", "speed", "l1", "weak", "hoelder", "hoelder_bound", "margin_square_root", "defect"):
            np.testing.assert_array_equal(family[name], by_hand[name], name)
        for name in ("entropy", "dissipation", "square_root", "speed"):
            self.close_to(family.orders(name)[2], 2, 0.02)
            margin, error = family.liminf(name)
            self.assertGreaterEqual(margin, -error)
        self.assertTrue(np.all(family["hoelder"] < family["hoelder_bound"]))
        np.testing.assert_array_equal(family.series(1, "l1").max(), family["l1"][1])
        self.close_to(family.means(0, 9)[0], np.einsum("ijk,i->", f.values, grid.axis(0) ** 2) * grid.spacing**3, 1e-13)
        known = grazing.Limit(grid, times)
        for value in (0, 0.5, 0.1):
            known.begin(value)
            for time in times:
                known.record(time, f.values * (1 + value**2))
            known.end()
        np.testing.assert_allclose(known["l1"], np.array([0, 0.25, 0.01]) * np.sum(f.values) * grid.spacing**3, rtol=1e-12)
        self.close_to(known.orders("l1")[2], 2, 1e-9)
        self.assertTrue(np.all(np.isnan(known["dissipation"])))
        with self.assertRaises(grazing.InvalidArgumentError):
            known.begin(0.2)

    def test_pointwise(self):
        v, v_star, sigma = self.v, self.v_star, self.sigma
        theta, phi = np.full(len(v), 0.3), np.linspace(0, 6, len(v))
        _, _, direction = grazing.post_collision_angles(self.context, v, v_star, theta, phi)
        gradient = lambda w: np.column_stack([2 * w[:, 0], 0 * w[:, 0], 0 * w[:, 0]])
        quotient = grazing.discrete_gradient_from(self.context, gradient, v, v_star, theta, phi)
        self.close_to(quotient * theta, dbar_square(v, v_star, direction), 1e-12)
        self.close_to(grazing.grazing_gradient_from(self.context, gradient, -1.0, v, v_star), grazing_gradient_square(v, v_star, -1.0), 1e-13)
        z = v - v_star
        distance = np.linalg.norm(z, axis=1)
        self.close_to(grazing.grazing_laplacian_from(self.context, gradient, -1.0, v, v_star),
                      -24 * (z[:, 0] ** 2 / 2 - distance**2 / 6) / distance, 1e-9)
        density = lambda w: np.exp(-w[:, 0] ** 2 - np.sum(w**2, axis=1) / 3)
        mean, lower, upper = grazing.collision_mobility(self.context, density, v, v_star, sigma)
        first, second = grazing.post_collision(self.context, v, v_star, sigma)
        before, after = density(v) * density(v_star), density(first) * density(second)
        self.close_to(mean, (after - before) / np.log(after / before), 1e-9)
        self.close_to(lower, np.sqrt(after * before), 1e-12)
        self.close_to(upper, (after + before) / 2, 1e-12)


if __name__ == "__main__":
    unittest.main()
