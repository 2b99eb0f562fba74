"""What other libraries say of recurrent networks, one line per snippet.

Ours has the weights of each gate apart, (gates, d, m) and (gates, m, m). PyTorch stacks their transposes and
has two biases; Keras puts them side by side, with the gates of the GRU in the order z, r, candidate.
"""

import numpy as np

ROWS = ["weight_ih", "weight_hh", "bias_ih", "bias_hh"]


def stacked(w, u, *biases):
    """Weights and biases of all gates, as PyTorch has them."""
    return [a.transpose(-1, -2).reshape(-1, a.shape[-2]) for a in (w, u)] + [b.reshape(-1) for b in biases]


def cell(f, w, u, *biases):
    """A cell of PyTorch with these weights."""
    import torch

    parts = dict(zip(ROWS, stacked(w, u, *biases), strict=True))
    module = f(w.shape[-2], w.shape[-1], dtype=torch.float64)
    return lambda *inputs: torch.func.functional_call(module, parts, inputs)


def layer(f, *directions):
    """A layer of PyTorch with these weights: one tuple of them for each direction."""
    import torch

    w = directions[0][0]
    parts = {
        f"{name}_l0{'_reverse' * i}": part
        for i, weights in enumerate(directions)
        for name, part in zip(ROWS, stacked(*weights), strict=True)
    }
    options = {"batch_first": True, "bidirectional": len(directions) == 2, "dtype": torch.float64}
    module = f(w.shape[-2], w.shape[-1], **options)
    return lambda *inputs: torch.func.functional_call(module, parts, inputs)


def gru_biases(b, b_hn):
    """The bias of the old state is zero but for the candidate."""
    import torch

    return b, torch.cat([0 * b[:2], b_hn[None]])


def reset_first(f, x, h, w, u, b):
    """The candidate from a plain cell of PyTorch that gets the state after the reset."""
    r, z = (x @ w[:2] + h @ u[:2] + b[:2, None]).sigmoid()
    return cell(f, w[2], u[2], b[2], 0 * b[2])(x, r * h).lerp(h, z)


def memories(f, x, h0, c0, weights):
    """The states, and the last memory of each beginning of the sequence."""
    import torch

    run = layer(f, weights)
    start = h0[None], c0[None]
    ends = [run(x[:, : t + 1], start)[1][1] for t in range(x.shape[1])]
    return run(x, start)[0], torch.cat(ends).movedim(0, 1)


def gated(f, x, h0, w, u, b, b_hn):
    return layer(f, (w, u, *gru_biases(b, b_hn)))(x, h0[None])[0]


def both_ways(f, x, h0, w, u, b):
    run = layer(f, *((w[i], u[i], b[i], 0 * b[i]) for i in range(2)))
    return run(x, h0)[0].tensor_split(2, dim=-1)


def keras_layer(f, x, state, w, u, b, order=None, **options):
    """What a cell or a layer of Keras gives with these weights."""
    order = order or range(len(w))
    module = f(w.shape[-1], dtype="float64", **options)
    module.build(x.shape)
    b = np.concatenate([b[..., i, :] for i in order], axis=-1)
    module.set_weights([np.concatenate([a[i] for i in order], axis=-1) for a in (w, u)] + [b])
    return module(x, state) if "Cell" in f.__name__ else module(x, initial_state=state)


def keras_gru_biases(b, b_hn):
    return np.stack([b, [0 * b_hn, 0 * b_hn, b_hn]])


GRU_ORDER = [1, 0, 2]
ORACLES = {
    "rnn_cell": {
        "torch.nn.RNNCell": lambda f, x, h, w, u, b: cell(f, w, u, b, 0 * b)(x, h),
        "keras.layers.SimpleRNNCell": lambda f, x, h, w, u, b: keras_layer(
            f, x, [h], w[None], u[None], b[None]
        )[0],
    },
    "gru_cell": {
        "torch.nn.GRUCell": lambda f, x, h, w, u, b, b_hn: cell(f, w, u, *gru_biases(b, b_hn))(x, h),
        "keras.layers.GRUCell": lambda f, x, h, w, u, b, b_hn: keras_layer(
            f, x, [h], w, u, keras_gru_biases(b, b_hn), GRU_ORDER
        )[0],
    },
    "gru_cell_reset_first": {
        "torch.nn.RNNCell": reset_first,
        "keras.layers.GRUCell": lambda f, x, h, w, u, b: keras_layer(
            f, x, [h], w, u, b, GRU_ORDER, reset_after=False
        )[0],
    },
    "lstm_cell": {
        "torch.nn.LSTMCell": lambda f, x, h, c, w, u, b: cell(f, w, u, b, 0 * b)(x, (h, c)),
        "keras.layers.LSTMCell": lambda f, x, h, c, w, u, b: tuple(keras_layer(f, x, [h, c], w, u, b)[1]),
    },
    "rnn": {
        "torch.nn.RNN": lambda f, x, h0, w, u, b: layer(f, (w, u, b, 0 * b))(x, h0[None])[0],
    },
    "gru": {
        "torch.nn.GRU": gated,
        "keras.layers.GRU": lambda f, x, h0, w, u, b, b_hn: keras_layer(
            f, x, [h0], w, u, keras_gru_biases(b, b_hn), GRU_ORDER, return_sequences=True
        ),
    },
    "lstm": {
        "torch.nn.LSTM": lambda f, x, h0, c0, w, u, b: memories(f, x, h0, c0, (w, u, b, 0 * b)),
    },
    "bidirectional_rnn": {
        "torch.nn.RNN": both_ways,
    },
}
