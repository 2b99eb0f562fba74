"""What other libraries say of second-order steps: one line per snippet."""

import numpy as np


def damped(lstsq, w, r, jacobian, damping):
    stacked = np.concatenate([jacobian, np.sqrt(damping) * np.eye(len(w))])
    return w - lstsq(stacked, np.concatenate([r, 0 * w]))[0]


def updated(strategy, h, dw, dg):
    estimate = strategy(min_curvature=0, init_scale=h)
    estimate.initialize(len(dw), "inv_hess")
    estimate.update(dw, dg)
    return estimate.get_matrix()


def scaled(product, g, dw, dg, scale):
    """Pairs that are stretched by the root of the scale carry it; those without curvature are left out."""
    kept = np.sum(dw * dg, axis=1) > 0
    return -scale * product(dw[kept] / np.sqrt(scale), dg[kept] * np.sqrt(scale)).matvec(g)


def length(search, phi, slope, step, c, shrink):
    import jax.numpy as jnp

    search = search(100, slope_rtol=c, decrease_factor=shrink, increase_factor=step, max_learning_rate=step)
    at, state = jnp.zeros(1), search.init(jnp.zeros(1))
    gradient = jnp.full(1, slope)
    along = {"value": phi(0.0), "grad": gradient, "value_fn": lambda a: phi(a).sum()}
    return search.update(jnp.ones(1), state, at, **along)[1].learning_rate


ORACLES = {
    "numerical_hessian": {
        "torch.autograd.functional.hessian": lambda f, function, w, h: f(function, w),
        "jax.hessian": lambda f, function, w, h: f(function)(w),
    },
    "curvature_signs": {
        "scipy.linalg.eigvalsh": lambda f, h, tol: tuple(
            np.bincount(np.searchsorted([-tol, tol], f(h)), minlength=3)[::-1]
        ),
        "torch.linalg.eigvalsh": lambda f, h, tol: (
            int((f(h) > tol).sum()),
            int((f(h).abs() <= tol).sum()),
            int((f(h) < -tol).sum()),
        ),
    },
    "newton": {
        "scipy.linalg.solve": lambda f, w, g, h: w - f(h, g),
        "torch.linalg.solve": lambda f, w, g, h: w - f(h, g),
    },
    "gauss_newton": {
        "scipy.linalg.lstsq": lambda f, w, r, jacobian, damping: damped(f, w, r, jacobian, damping),
        "numpy.linalg.lstsq": lambda f, w, r, jacobian, damping: damped(f, w, r, jacobian, damping),
    },
    "bfgs": {"scipy.optimize.BFGS": lambda f, h, dw, dg: updated(f, h, dw, dg)},
    "lbfgs_direction": {
        "scipy.optimize.LbfgsInvHessProduct": lambda f, g, dw, dg, scale: scaled(f, g, dw, dg, scale),
    },
    "conjugate_gradient": {
        "scipy.sparse.linalg.cg": lambda f, h, g: f(h, g, rtol=1e-14)[0],
        "scipy.linalg.solve": lambda f, h, g: f(h, g),
        "jax.scipy.sparse.linalg.cg": lambda f, h, g: f(h, g, tol=1e-14)[0],
    },
    "fletcher_reeves": {"numpy.vdot": lambda f, g, last: f(g, g) / f(last, last)},
    "polak_ribiere": {"numpy.vdot": lambda f, g, last: (f(g, g) - f(g, last)) / f(last, last)},
    "armijo": {
        "numpy.power": lambda f, phi, slope, step, c, shrink: next(
            a for a in step * f(shrink, np.arange(101.0)) if phi(a) <= phi(0.0) + c * a * slope
        ),
        "optax.scale_by_backtracking_linesearch": lambda f, phi, slope, step, c, shrink: length(
            f, phi, slope, step, c, shrink
        ),
    },
}
