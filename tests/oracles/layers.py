"""What other libraries say of layers: one line per snippet."""

import numpy as np


def padded(x, padding):
    """Zeros around the last axes of a batch with channels."""
    return np.pad(x, [(0, 0), (0, 0)] + [(padding, padding)] * (x.ndim - 2))


def alone(f, x, w, **options):
    """Of one image and one kernel."""
    return f(x[None, None], w[None, None], **options)[0, 0]


def length(f, n, k, stride, padding, dilation):
    import torch

    x, w = torch.zeros(1, 1, int(n)), torch.zeros(1, 1, int(k))
    return f(x, w, stride=stride, padding=padding, dilation=dilation).shape[-1]


ORACLES = {
    "dense": {
        "torch.nn.functional.linear": lambda f, x, w, b: f(x, w.T, b),
        "jax.numpy.matmul": lambda f, x, w, b: f(x, w) + b,
    },
    "flatten": {
        "torch.flatten": lambda f, x: f(x, start_dim=1),
        "keras.layers.Flatten": lambda f, x: f()(x),
    },
    "embedding": {
        "torch.nn.functional.embedding": lambda f, i, w: f(i, w),
        "keras.ops.take": lambda f, i, w: f(w, i, axis=0),
    },
    "cross_correlation": {
        "scipy.signal.correlate2d": lambda f, x, w, s, p: f(np.pad(x, p), w, mode="valid")[::s, ::s],
        "torch.nn.functional.conv2d": lambda f, x, w, s, p: alone(f, x, w, stride=s, padding=p),
    },
    "convolution": {
        "scipy.signal.convolve2d": lambda f, x, w: f(x, w),
        "torch.nn.functional.conv2d": lambda f, x, w: alone(
            f, x, w.flip(0, 1), padding=[size - 1 for size in w.shape]
        ),
    },
    "conv1d": {
        "torch.nn.functional.conv1d": lambda f, x, w, b, s, p, d: f(x, w, b, s, p, d),
        "jax.lax.conv_general_dilated": lambda f, x, w, b, s, p, d: (
            f(x, w, [s], [(p, p)], rhs_dilation=[d]) + b[:, None]
        ),
    },
    "conv2d": {
        "torch.nn.functional.conv2d": lambda f, x, w, b, s, p, d: f(x, w, b, s, p, d),
        "keras.ops.conv": lambda f, x, w, b, s, p, d: np.moveaxis(
            np.asarray(f(np.moveaxis(padded(x, p), 1, 3), w.transpose(2, 3, 1, 0), s, dilation_rate=d) + b),
            3,
            1,
        ),
        "jax.lax.conv_general_dilated": lambda f, x, w, b, s, p, d: (
            f(x, w, [s, s], [(p, p), (p, p)], rhs_dilation=[d, d]) + b[:, None, None]
        ),
    },
    "grouped_conv2d": {
        "torch.nn.functional.conv2d": lambda f, x, w, b, s, p: f(
            x, w, b, s, p, groups=x.shape[1] // w.shape[1]
        ),
        "jax.lax.conv_general_dilated": lambda f, x, w, b, s, p: (
            f(x, w, [s, s], [(p, p), (p, p)], feature_group_count=x.shape[1] // w.shape[1]) + b[:, None, None]
        ),
    },
    "conv2d_transpose": {
        "torch.nn.functional.conv_transpose2d": lambda f, x, w, b, s, p: f(x, w, b, s, p),
        "keras.ops.conv_transpose": lambda f, x, w, b, s, p: np.moveaxis(
            np.asarray(f(np.moveaxis(x, 1, 3), w.transpose(2, 3, 1, 0), s) + b), 3, 1
        )[:, :, p : s * (x.shape[2] - 1) + w.shape[2] - p, p : s * (x.shape[3] - 1) + w.shape[3] - p],
    },
    "max_pool2d": {
        "torch.nn.functional.max_pool2d": lambda f, x, size, s: f(x, size, s),
        "keras.ops.max_pool": lambda f, x, size, s: f(x, size, s, data_format="channels_first"),
    },
    "avg_pool2d": {
        "torch.nn.functional.avg_pool2d": lambda f, x, size, s: f(x, size, s),
        "keras.ops.average_pool": lambda f, x, size, s: f(x, size, s, data_format="channels_first"),
    },
    "global_avg_pool2d": {
        "torch.nn.functional.adaptive_avg_pool2d": lambda f, x: f(x, 1)[:, :, 0, 0],
        "keras.layers.GlobalAveragePooling2D": lambda f, x: f(data_format="channels_first")(x),
    },
    "residual_block": {
        "torch.nn.functional.relu": lambda f, x, w1, b1, w2, b2: f(x + f(x @ w1 + b1) @ w2 + b2),
    },
    "projection_block": {
        "torch.nn.functional.relu": lambda f, x, ws, w1, b1, w2, b2: f(x @ ws + f(x @ w1 + b1) @ w2 + b2),
    },
    "squeeze_excitation": {
        "torch.sigmoid": lambda f, x, w1, b1, w2, b2: (
            x * f((x.mean((2, 3)) @ w1 + b1).clip(0) @ w2 + b2)[:, :, None, None]
        ),
    },
    "conv_output_size": {
        "torch.nn.functional.conv1d": lambda f, n, k, s, p, d: length(f, n, k, s, p, d),
        "numpy.arange": lambda f, n, k, s, p, d: len(f(0, n + 2 * p - d * (k - 1), s)),
    },
    "conv_parameters": {
        "torch.nn.Conv2d": lambda f, k, c, m: sum(p.numel() for p in f(int(c), int(m), int(k)).parameters()),
    },
    "conv_multiplications": {
        "torch.utils.flop_counter.conv_flop_count": lambda f, h, w, k, c, m: (
            f([1, c, h, w], [m, c, k, k], [1, m, h, w]) / 2
        ),
    },
}
