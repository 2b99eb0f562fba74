"""What other libraries say of normalization layers: one line per snippet."""


def trained(f, x, gamma, beta, momentum, eps):
    """Outputs and running statistics of PyTorch, batch by batch; x may also be one batch."""
    import torch

    mean, var, path = torch.zeros_like(gamma), torch.ones_like(gamma), []
    for batch in x if x.ndim == 3 else x[None]:
        y = f(batch, mean, var, gamma, beta, True, momentum, eps)
        path.append((y, mean.clone(), var.clone()))
    return tuple(map(torch.stack, zip(*path, strict=True)))


def with_weights(layer, x, *weights, **options):
    """The outputs of a layer of Keras with these weights."""
    layer.build(x.shape)
    for variable, weight in zip(layer.trainable_variables, weights, strict=True):
        variable.assign(weight)
    return layer(x, **options)


def each(f, x, gamma, beta, eps):
    import numpy as np

    return np.stack([np.asarray(with_weights(f(epsilon=eps), b, gamma, beta, training=True)) for b in x])


ORACLES = {
    "batch_norm": {
        "torch.nn.functional.batch_norm": lambda f, x, gamma, beta, state, momentum, eps: trained(
            f, x, gamma, beta, momentum, eps
        ),
        "keras.layers.BatchNormalization": lambda f, x, gamma, beta, state, momentum, eps: each(
            f, x, gamma, beta, eps
        ),
    },
    "batch_norm_inference": {
        "torch.nn.functional.batch_norm": lambda f, x, mean, var, gamma, beta, eps: f(
            x, mean, var, gamma, beta, eps=eps
        ),
        "keras.ops.batch_normalization": lambda f, x, mean, var, gamma, beta, eps: f(
            x, mean, var, -1, beta, gamma, eps
        ),
    },
    "layer_norm": {
        "torch.nn.functional.layer_norm": lambda f, x, gamma, beta, eps: f(x, gamma.shape, gamma, beta, eps),
        "keras.ops.layer_normalization": lambda f, x, gamma, beta, eps: f(x, gamma, beta, epsilon=eps),
        "jax.nn.standardize": lambda f, x, gamma, beta, eps: f(x, epsilon=eps) * gamma + beta,
    },
    "rms_norm": {
        "torch.nn.functional.rms_norm": lambda f, x, gamma, eps: f(x, gamma.shape, gamma, eps),
        "keras.ops.rms_normalization": lambda f, x, gamma, eps: f(x, gamma, epsilon=eps),
    },
    "group_norm": {
        "torch.nn.functional.group_norm": lambda f, x, gamma, beta, groups, eps: f(
            x, groups, gamma, beta, eps
        ),
        "keras.layers.GroupNormalization": lambda f, x, gamma, beta, groups, eps: with_weights(
            f(groups, axis=1, epsilon=eps), x, gamma, beta
        ),
    },
    "instance_norm": {
        "torch.nn.functional.instance_norm": lambda f, x, gamma, beta, eps: f(
            x, None, None, gamma, beta, eps=eps
        ),
        "keras.layers.GroupNormalization": lambda f, x, gamma, beta, eps: with_weights(
            f(-1, axis=1, epsilon=eps), x, gamma, beta
        ),
    },
}
