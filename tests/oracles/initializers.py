"""What other libraries say of starting weights, given the same draws."""

from unittest.mock import patch

import numpy as np


def with_draws(initialize, u, **options):
    """Weights of an initializer of PyTorch that is handed our draws for its own; it stores a row per unit."""
    import torch

    def normal(self, mean=0.0, std=1.0, generator=None):
        return self.copy_(mean + std * u.T)

    def uniform(self, low=0.0, high=1.0, generator=None):
        return self.copy_(low + (high - low) * (u.T + 1) / 2)

    weights = torch.empty(u.T.shape, dtype=torch.float64)
    with patch.object(torch.Tensor, "normal_", normal), patch.object(torch.Tensor, "uniform_", uniform):
        return initialize(weights, **options).T


def keras_spread(initializer, plain, u, **options):
    """How much larger an initializer of Keras makes the numbers that it draws."""
    return np.asarray(initializer(seed=1)(u.shape)) / np.asarray(plain(seed=1, **options)(u.shape))


def keras_normal(initializer, u):
    import keras

    cut = 0.87962566103423978  # standard deviation of a standard normal between -2 and 2
    return keras_spread(initializer, keras.initializers.TruncatedNormal, u, stddev=1.0) * cut * u


def keras_uniform(initializer, u):
    import keras

    return keras_spread(initializer, keras.initializers.RandomUniform, u, minval=-1.0, maxval=1.0) * u


def jax_normal(initializer, u):
    import jax

    key, cut = jax.random.key(0), 0.87962566103423978
    plain = jax.random.truncated_normal(key, -2.0, 2.0, u.shape, dtype="float64") / cut
    return initializer()(key, u.shape, "float64") / plain * u


def jax_uniform(initializer, u):
    import jax

    key = jax.random.key(0)
    plain = jax.random.uniform(key, u.shape, minval=-1.0, maxval=1.0, dtype="float64")
    return initializer()(key, u.shape, "float64") / plain * u


def signed(q, r):
    return q * np.sign(np.diag(np.asarray(r)))


ORACLES = {
    "fans": {
        "torch.nn.Conv1d": lambda f, inputs, outputs, receptive: (
            f(inputs, outputs, receptive).weight[0].numel(),
            f(inputs, outputs, receptive).weight[:, 0].numel(),
        ),
    },
    "lecun_normal": {
        "torch.nn.init.kaiming_normal_": lambda f, u: with_draws(f, u, nonlinearity="linear"),
        "keras.initializers.LecunNormal": lambda f, u: keras_normal(f, u),
        "jax.nn.initializers.lecun_normal": lambda f, u: jax_normal(f, u),
    },
    "lecun_uniform": {
        "torch.nn.init.kaiming_uniform_": lambda f, u: with_draws(f, u, nonlinearity="linear"),
        "keras.initializers.LecunUniform": lambda f, u: keras_uniform(f, u),
        "jax.nn.initializers.lecun_uniform": lambda f, u: jax_uniform(f, u),
    },
    "glorot_normal": {
        "torch.nn.init.xavier_normal_": lambda f, u: with_draws(f, u),
        "keras.initializers.GlorotNormal": lambda f, u: keras_normal(f, u),
        "jax.nn.initializers.glorot_normal": lambda f, u: jax_normal(f, u),
    },
    "glorot_uniform": {
        "torch.nn.init.xavier_uniform_": lambda f, u: with_draws(f, u),
        "keras.initializers.GlorotUniform": lambda f, u: keras_uniform(f, u),
        "jax.nn.initializers.glorot_uniform": lambda f, u: jax_uniform(f, u),
    },
    "he_normal": {
        "torch.nn.init.kaiming_normal_": lambda f, u, alpha: with_draws(f, u, a=alpha),
        "keras.initializers.HeNormal": lambda f, u, _: keras_normal(f, u),
        "jax.nn.initializers.he_normal": lambda f, u, _: jax_normal(f, u),
    },
    "he_uniform": {
        "torch.nn.init.kaiming_uniform_": lambda f, u, alpha: with_draws(f, u, a=alpha),
        "keras.initializers.HeUniform": lambda f, u, _: keras_uniform(f, u),
        "jax.nn.initializers.he_uniform": lambda f, u, _: jax_uniform(f, u),
    },
    "orthogonal": {
        "torch.nn.init.orthogonal_": lambda f, u: with_draws(f, u),
        "torch.linalg.qr": lambda f, u: signed(*f(u.T)).T,
        "numpy.linalg.qr": lambda f, u: signed(*f(u.T)).T,
    },
    "truncated_normal": {
        "scipy.stats.truncnorm": lambda f, u, std: f.ppf((u + 1) / 2, -2, 2, scale=std),
        "torch.erfinv": lambda f, u, std: 2**0.5 * std * f(0.9544997361036416 * u),
    },
}
