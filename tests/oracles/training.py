"""What other libraries say of batches, clipping and averages: one line per snippet."""

import numpy as np


def clipped(clip, g, limit):
    """A function of PyTorch that clips the gradients of parameters in place."""
    parameter = g.clone().requires_grad_()
    parameter.grad = g.clone()
    clip([parameter], limit)
    return parameter.grad


def chained(transform, g):
    return transform.update(g, transform.init(g))[0]


def averages(transform, series):
    """The outputs of a transform of Optax for a series."""
    state, path = transform.init(series[0]), []
    for x in series:
        average, state = transform.update(x, state)
        path.append(average)
    return np.stack(path)


ORACLES = {
    "steps_per_epoch": {
        "torch.utils.data.BatchSampler": lambda f, n, size: len(f(range(n), size, drop_last=False)),
        "numpy.ceil": lambda f, n, size: f(n / size),
    },
    "examples_seen": {"numpy.multiply": lambda f, steps, size: f(steps, size)},
    "examples_per_period": {"numpy.divide": lambda f, steps, size, periods: f(steps * size, periods)},
    "minibatches": {
        "sklearn.utils.gen_batches": lambda f, order, size: [order[b] for b in f(len(order), int(size))],
        "torch.utils.data.BatchSampler": lambda f, order, size: [
            np.stack(batch) for batch in f(order, size, drop_last=False)
        ],
    },
    "accumulate_gradient": {
        "numpy.average": lambda f, g, size, state: np.stack(
            [f(g[:k], axis=0, weights=size[:k]) for k in range(1, len(g) + 1)]
        ),
    },
    "clip_by_value": {
        "torch.nn.utils.clip_grad_value_": lambda f, g, c: clipped(f, g, c),
        "torch.clamp": lambda f, g, c: f(g, -c, c),
        "optax.clip": lambda f, g, c: chained(f(c), g),
    },
    "clip_by_norm": {
        "torch.nn.utils.clip_grad_norm_": lambda f, g, c: clipped(f, g, c * (1 + 1e-6 / g.norm())),
        "optax.clip_by_global_norm": lambda f, g, c: chained(f(c), g),
        "optax.projections.projection_l2_ball": lambda f, g, c: f(g, c),
    },
    "moving_average": {
        "scipy.signal.lfilter": lambda f, x, state, beta: (
            f([1 - beta], [1, -beta], x, axis=0) / (1 - beta ** np.arange(1, len(x) + 1)[:, None, None])
        ),
        "optax.ema": lambda f, x, state, beta: averages(f(beta), x),
    },
    "average_weights": {
        "torch.lerp": lambda f, a, w, beta: f(a, w, 1 - beta),
        "optax.incremental_update": lambda f, a, w, beta: f(w, a, 1 - beta),
    },
    "numerical_gradient": {
        "torch.autograd.functional.jacobian": lambda f, function, w, h: f(function, w),
        "jax.grad": lambda f, function, w, h: f(function)(w),
    },
    "gradient_difference": {
        "scipy.linalg.norm": lambda f, g, n: f((n - g).ravel()) / (f(n.ravel()) + f(g.ravel())),
        "torch.linalg.vector_norm": lambda f, g, n: f(n - g) / (f(n) + f(g)),
    },
}
