"""What other libraries say of attention, one line per snippet."""

import numpy as np


def flat(*arrays):
    """The axes of the batch as one."""
    return [a.reshape(-1, *a.shape[2:]) for a in arrays]


def like(x, y):
    return y.reshape(*x.shape[:2], *y.shape[1:])


def filled(a, width):
    """As wide as the values, which JAX asks for; zeros change no product."""
    return np.concatenate([a, np.zeros((*a.shape[:-1], width - a.shape[-1]))], axis=-1)


def jax_attention(f, q, k, v, bias):
    """JAX has the heads behind the steps."""
    width = v.shape[-1]
    one_head = [a[:, :, None] for a in flat(filled(q, width), filled(k, width), v)]
    return like(q, np.asarray(f(*one_head, bias=bias[None, None], scale=q.shape[-1] ** -0.5))[:, :, 0])


def heads_of_torch(w_q, w_k, w_v, w_o):
    """Weights as PyTorch has them; the inputs are as wide as all heads together."""
    import torch

    width = w_q.shape[0] * w_q.shape[2]
    rows = [w.transpose(1, 2).reshape(width, -1) for w in (w_q, w_k, w_v)]
    rows = [torch.nn.functional.pad(w, (0, width - w.shape[1])) for w in rows]
    columns = w_o.reshape(width, -1).T
    return width, torch.cat(rows), torch.nn.functional.pad(columns, (0, 0, 0, width - columns.shape[0]))


def multi_head(f, x, source, w_q, w_k, w_v, w_o, bias):
    """Inputs that are narrower than all heads together are filled up with zeros."""
    import torch

    width, w_in, w_out = heads_of_torch(w_q, w_k, w_v, w_o)
    module = f(width, len(w_q), bias=False, batch_first=True, dtype=torch.float64)
    parts = {"in_proj_weight": w_in, "out_proj.weight": w_out}
    d = x.shape[-1]
    q, k = (torch.nn.functional.pad(a, (0, width - d)) for a in flat(x, source))
    y, _ = torch.func.functional_call(module, parts, (q, k, k), {"attn_mask": bias})
    return like(x, y[..., :d])


def block(f, x, w_q, w_k, w_v, w_o, w1, b1, w2, b2, gain, shift, bias, eps, norm_first):
    import torch

    width, w_in, w_out = heads_of_torch(w_q, w_k, w_v, w_o)
    module = f(
        width,
        len(w_q),
        len(b1),
        dropout=0.0,
        layer_norm_eps=eps,
        batch_first=True,
        norm_first=norm_first,
        dtype=torch.float64,
    )
    parts = {
        "self_attn.in_proj_weight": w_in,
        "self_attn.in_proj_bias": w_in.new_zeros(3 * width),
        "self_attn.out_proj.weight": w_out,
        "self_attn.out_proj.bias": w_in.new_zeros(width),
        "linear1.weight": w1.T,
        "linear1.bias": b1,
        "linear2.weight": w2.T,
        "linear2.bias": b2,
    }
    for i in range(2):
        parts |= {f"norm{i + 1}.weight": gain[i], f"norm{i + 1}.bias": shift[i]}
    return like(x, torch.func.functional_call(module, parts, flat(x)[0], {"src_mask": bias}))


def grouped(f, q, k, v, bias):
    heads, k, v = flat(q.flatten(2, 3), k, v)
    return f(heads, k, v, attn_mask=bias, enable_gqa=True).reshape(*q.shape[:-1], -1)


def grouped_jax(f, q, k, v, bias):
    width, scale = v.shape[-1], q.shape[-1] ** -0.5
    heads = filled(q, width).reshape(*q.shape[:2], -1, q.shape[4], width)
    heads, k, v = (np.moveaxis(a, 1, 2) for a in flat(heads, filled(k, width), v))
    y = np.moveaxis(np.asarray(f(heads, k, v, bias=bias[None, None], scale=scale)), 2, 1)
    return y.reshape(*q.shape[:-1], -1)


def additive(f, q, k, w, u, v):
    scores = ((q @ w)[..., :, None, :] + (k @ u)[..., None, :, :]).tanh() @ v
    return f(scores, dim=-1) @ k


def additive_keras(f, q, k, w, u, v):
    queries, keys, values = flat(q @ w, k @ u, k)
    module = f(dtype="float64")
    module.build([queries.shape, values.shape, keys.shape])
    module.set_weights([v])
    return like(q, np.asarray(module([queries, values, keys])))


def turned(f, a, b, positions, base):
    """The first and the second parts of pairs that are turned as complex numbers: (..., t, 2, m)."""
    import torch

    m = a.shape[-1]
    angle = positions[:, None] * base ** (-torch.arange(m, dtype=torch.float64) / m)
    z = torch.complex(a, b) * f(torch.ones_like(angle), angle)
    return torch.stack([z.real, z.imag], dim=-2)


def waves(f, positions, m, base):
    import torch

    j = torch.arange(m, dtype=torch.float64)
    angle = positions[:, None] * base ** (-(j - j % 2) / m)
    return f(angle + (j % 2) * np.pi / 2)


def forbidden(queries, keys):
    import torch

    return torch.full((queries, keys), -np.inf, dtype=torch.float64)


def distances(f, heads, queries, keys):
    import torch

    i = torch.arange(queries, dtype=torch.float64) + keys - queries
    j = torch.arange(keys, dtype=torch.float64)
    slopes = [2.0 ** (-8 * h / heads) for h in range(1, heads + 1)]
    return torch.stack([-slope * f(i[:, None], j[:, None]) for slope in slopes])


def appended(f, q, k, v, keys, values):
    import torch

    keys, values = torch.cat([keys, k[..., None, :]], dim=-2), torch.cat([values, v[..., None, :]], dim=-2)
    return f(q[..., None, :], keys, values)[..., 0, :], keys, values


ORACLES = {
    "scaled_dot_product_attention": {
        "torch.nn.functional.scaled_dot_product_attention": lambda f, q, k, v, b: f(q, k, v, attn_mask=b),
        "jax.nn.dot_product_attention": jax_attention,
    },
    "causal_bias": {
        "torch.triu": lambda f, t, s: f(forbidden(t, s), diagonal=s - t + 1),
    },
    "multi_head_attention": {"torch.nn.MultiheadAttention": multi_head},
    "grouped_query_attention": {
        "torch.nn.functional.scaled_dot_product_attention": grouped,
        "jax.nn.dot_product_attention": grouped_jax,
    },
    "additive_attention": {
        "torch.nn.functional.softmax": additive,
        "keras.layers.AdditiveAttention": additive_keras,
    },
    "sinusoidal_positions": {"torch.sin": waves},
    "rotary_interleaved": {
        "torch.polar": lambda f, x, r, base: turned(f, x[..., 0::2], x[..., 1::2], r, base).mT.flatten(-2),
    },
    "rotary_halves": {
        "torch.polar": lambda f, x, r, base: turned(f, *x.tensor_split(2, dim=-1), r, base).flatten(-2),
    },
    "alibi_bias": {"torch.cdist": distances},
    "transformer_pre_norm": {
        "torch.nn.TransformerEncoderLayer": lambda f, *a: block(f, *a, norm_first=True),
    },
    "transformer_post_norm": {
        "torch.nn.TransformerEncoderLayer": lambda f, *a: block(f, *a, norm_first=False),
    },
    "kv_cache_step": {"torch.nn.functional.scaled_dot_product_attention": appended},
    "online_softmax": {
        "scipy.special.softmax": lambda f, z, v, state: np.stack(
            [f(np.concatenate(z[:i], axis=1), axis=1) @ np.concatenate(v[:i]) for i in range(1, len(z) + 1)]
        ),
    },
}
