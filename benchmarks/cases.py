"""The arguments with which each layer is timed; the images are those of a layer of a small network."""

import numpy as np


def cases():
    normal, uniform = np.random.default_rng(0).normal, np.random.default_rng(0).uniform
    image, rows = normal(size=(32, 16, 32, 32)), normal(size=(4096, 64))
    some, series = image[:8], normal(size=(32, 32, 64))

    def weights(*shapes):
        return [0.1 * normal(size=shape) for shape in shapes]

    yield "dense", (normal(size=(256, 512)), normal(size=(512, 256)), normal(size=256))
    yield "flatten", (image,)
    yield "embedding", (np.arange(4096) % 1000, normal(size=(1000, 64)))
    yield "conv1d", (normal(size=(32, 32, 128)), *weights((32, 32, 5), 32), 1, 2, 1)
    yield "conv2d", (image, normal(size=(32, 16, 3, 3)), normal(size=32), 1, 1, 1)
    yield "grouped_conv2d", (some, *weights((16, 4, 3, 3), 16), 1, 1)
    yield "conv2d_transpose", (some, *weights((16, 8, 4, 4), 8), 2, 1)
    yield "max_pool2d", (image, 2, 2)
    yield "avg_pool2d", (image, 2, 2)
    yield "global_avg_pool2d", (image,)
    wide = normal(size=(256, 256))
    yield "residual_block", (wide, *weights((256, 256), 256, (256, 256), 256))
    yield "projection_block", (wide, *weights((256, 128), (256, 256), 256, (256, 128), 128))
    yield "squeeze_excitation", (image, *weights((16, 4), 4, (4, 16), 16))

    gamma, beta = weights(64, 64)
    yield "batch_norm", (rows, gamma, beta, None, 0.1, 1e-5)
    yield "batch_norm_inference", (rows, normal(size=64), uniform(1, 2, 64), gamma, beta, 1e-5)
    yield "layer_norm", (rows, gamma, beta, 1e-5)
    yield "rms_norm", (rows, gamma, 1e-6)
    yield "group_norm", (image, gamma[:16], beta[:16], 4, 1e-5)
    yield "instance_norm", (image, gamma[:16], beta[:16], 1e-5)

    x, h, c = normal(size=(3, 128, 128))
    yield "rnn_cell", (x, h, *weights((128, 128), (128, 128), 128))
    yield "gru_cell", (x, h, *weights((3, 128, 128), (3, 128, 128), (3, 128), 128))
    yield "gru_cell_reset_first", (x, h, *weights((3, 128, 128), (3, 128, 128), (3, 128)))
    yield "lstm_cell", (x, h, c, *weights((4, 128, 128), (4, 128, 128), (4, 128)))
    yield "rnn", (series, *weights((32, 64), (64, 64), (64, 64), 64))
    yield "gru", (series, *weights((32, 64), (3, 64, 64), (3, 64, 64), (3, 64), 64))
    yield "lstm", (series, *weights((32, 64), (32, 64), (4, 64, 64), (4, 64, 64), (4, 64)))
    yield "bidirectional_rnn", (series, *weights((2, 32, 64), (2, 64, 64), (2, 64, 64), (2, 64)))

    words, free = normal(size=(1, 2, 128, 64)), np.zeros((128, 128))
    heads = weights(*[(4, 64, 16)] * 3, (4, 16, 64))
    feed = weights((64, 256), 256, (256, 64), 64, (2, 64), (2, 64))
    yield "scaled_dot_product_attention", (*normal(size=(3, 16, 128, 64)), free)
    yield "multi_head_attention", (words, words.copy(), *heads, free)
    queries, keys, values = normal(size=(1, 2, 2, 2, 128, 64)), *normal(size=(2, 1, 2, 2, 128, 64))
    yield "grouped_query_attention", (queries, keys, values, free)
    yield "additive_attention", (*normal(size=(2, 8, 64, 64)), *weights((64, 64), (64, 64), 64))
    yield "rotary_interleaved", (normal(size=(16, 128, 64)), np.arange(128.0), 10000.0)
    yield "rotary_halves", (normal(size=(16, 128, 64)), np.arange(128.0), 10000.0)
    yield "transformer_pre_norm", (words, *heads, *feed, free, 1e-5)
    yield "transformer_post_norm", (words, *heads, *feed, free, 1e-5)

    yield "dropout", (rows, uniform(size=rows.shape), 0.5)
    yield "drop_path", (rows, uniform(size=len(rows)), 0.1)
