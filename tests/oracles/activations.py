"""What other libraries say: one line per snippet."""

import numpy as np


def same(f, *args):
    return f(*args)


def first(f, z, *constants):
    return f(z)


def rows(z):
    return z.reshape(-1, z.shape[-1])


ORACLES = {
    "linear": {
        "torch.nn.Identity": lambda f, z, m: m * f()(z),
        "keras.activations.linear": lambda f, z, m: m * f(z),
        "jax.nn.identity": lambda f, z, m: m * f(z),
    },
    "step": {
        "torch.heaviside": lambda f, z, theta: f(z - theta, z.new_ones(())),
        "keras.ops.heaviside": lambda f, z, theta: f(z - theta, 1.0),
        "jax.numpy.heaviside": lambda f, z, theta: f(z - theta, 1.0),
    },
    "sigmoid": {
        "scipy.special.expit": same,
        "torch.sigmoid": same,
        "keras.activations.sigmoid": same,
        "jax.nn.sigmoid": same,
    },
    "hard_sigmoid": {
        "torch.nn.functional.hardsigmoid": same,
        "keras.activations.hard_sigmoid": same,
        "jax.nn.hard_sigmoid": same,
    },
    "tanh": {"torch.tanh": same, "keras.activations.tanh": same, "jax.nn.tanh": same},
    "hard_tanh": {
        "torch.nn.functional.hardtanh": same,
        "keras.activations.hard_tanh": same,
        "jax.nn.hard_tanh": same,
    },
    "softsign": {
        "torch.nn.functional.softsign": same,
        "keras.activations.softsign": same,
        "jax.nn.soft_sign": same,
    },
    "relu": {"torch.nn.functional.relu": same, "keras.activations.relu": same, "jax.nn.relu": same},
    "relu6": {"torch.nn.functional.relu6": same, "keras.activations.relu6": same, "jax.nn.relu6": same},
    "leaky_relu": {
        "torch.nn.functional.leaky_relu": same,
        "keras.activations.leaky_relu": same,
        "jax.nn.leaky_relu": same,
    },
    "prelu": {
        "torch.nn.functional.prelu": lambda f, z, a: f(rows(z), a).reshape(z.shape),
        "keras.layers.PReLU": lambda f, z, a: f(
            lambda shape, dtype: np.broadcast_to(a, shape), trainable=False
        )(z),
    },
    "elu": {"torch.nn.functional.elu": same, "keras.activations.elu": same, "jax.nn.elu": same},
    "celu": {"torch.nn.functional.celu": same, "keras.activations.celu": same, "jax.nn.celu": same},
    "selu": {"torch.nn.functional.selu": first, "keras.activations.selu": first, "jax.nn.selu": first},
    "squared_relu": {
        "torch.nn.functional.relu": lambda f, z: f(z) ** 2,
        "keras.activations.relu": lambda f, z: f(z) ** 2,
        "jax.nn.relu": lambda f, z: f(z) ** 2,
    },
    "softplus": {
        "scipy.special.softplus": same,
        "torch.nn.functional.softplus": same,
        "keras.activations.softplus": same,
        "jax.nn.softplus": same,
    },
    "silu": {"torch.nn.functional.silu": same, "keras.activations.silu": same, "jax.nn.silu": same},
    "hard_swish": {
        "torch.nn.functional.hardswish": same,
        "keras.activations.hard_swish": same,
        "jax.nn.hard_swish": same,
    },
    "gelu": {
        "scipy.special.ndtr": lambda f, z: z * f(z),
        "torch.nn.functional.gelu": same,
        "keras.activations.gelu": lambda f, z: f(z, approximate=False),
        "jax.nn.gelu": lambda f, z: f(z, approximate=False),
    },
    "gelu_tanh": {
        "torch.nn.functional.gelu": lambda f, z: f(z, approximate="tanh"),
        "keras.activations.gelu": lambda f, z: f(z, approximate=True),
        "jax.nn.gelu": same,
    },
    "mish": {"torch.nn.functional.mish": same, "keras.activations.mish": same, "jax.nn.mish": same},
    "softmax": {
        "scipy.special.softmax": lambda f, z: f(z, axis=-1),
        "sklearn.utils.extmath.softmax": lambda f, z: f(rows(z)).reshape(z.shape),
        "torch.nn.functional.softmax": lambda f, z: f(z, dim=-1),
        "keras.activations.softmax": same,
        "jax.nn.softmax": same,
    },
    "log_softmax": {
        "scipy.special.log_softmax": lambda f, z: f(z, axis=-1),
        "torch.nn.functional.log_softmax": lambda f, z: f(z, dim=-1),
        "keras.activations.log_softmax": same,
        "jax.nn.log_softmax": same,
    },
    "temperature_softmax": {
        "scipy.special.softmax": lambda f, z, tau: f(z / tau, axis=-1),
        "torch.nn.functional.softmax": lambda f, z, tau: f(z / tau, dim=-1),
        "keras.activations.softmax": lambda f, z, tau: f(z / tau),
        "jax.nn.softmax": lambda f, z, tau: f(z / tau),
    },
    "hardmax": {
        "torch.nn.functional.one_hot": lambda f, z: f(z.argmax(-1), z.shape[-1]),
        "jax.nn.one_hot": lambda f, z: f(z.argmax(-1), z.shape[-1]),
    },
    "sparsemax": {
        "scipy.optimize.brentq": lambda f, z: np.apply_along_axis(
            lambda r: np.maximum(r - f(lambda t: np.maximum(r - t, 0).sum() - 1, r.max() - 1, r.max()), 0),
            -1,
            z,
        ),
    },
    "glu": {
        "torch.nn.functional.glu": lambda f, z, g: f(z.ravel().new_tensor([*z.ravel(), *g.ravel()])).reshape(
            z.shape
        ),
        "keras.activations.glu": lambda f, z, g: f(np.r_[z.ravel(), g.ravel()]).reshape(z.shape),
        "jax.nn.glu": lambda f, z, g: f(np.r_[z.ravel(), g.ravel()]).reshape(z.shape),
    },
    "swiglu": {
        "torch.nn.functional.silu": lambda f, x, w, v: f(x @ w) * (x @ v),
        "keras.activations.silu": lambda f, x, w, v: f(x @ w) * (x @ v),
        "jax.nn.silu": lambda f, x, w, v: f(x @ w) * (x @ v),
    },
    "maxout": {"torch.einsum": lambda f, x, w, b: (f("...d,dkm->...km", x, w) + b).amax(-1)},
}
