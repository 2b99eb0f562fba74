"""The formulas of the layers as loops, one output at a time: what the snippets are compared with."""

import numpy as np

# %% Dense


def each(f, *arrays):
    """The function of every entry of arrays of one shape."""
    y = np.empty(arrays[0].shape)
    for place in np.ndindex(y.shape):
        y[place] = f(*(a[place] for a in arrays))
    return y


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def dense(x, w, b):
    y = np.empty((*x.shape[:-1], len(b)))
    for *i, j in np.ndindex(y.shape):
        y[*i, j] = sum(x[*i] * w[:, j]) + b[j]

    def backward(dy):
        dx, dw, db = np.zeros_like(x), np.zeros_like(w), np.zeros_like(b)
        for *i, j in np.ndindex(y.shape):
            dx[*i] += dy[*i, j] * w[:, j]
            dw[:, j] += dy[*i, j] * x[*i]
            db[j] += dy[*i, j]
        return dx, dw, db

    return y, backward


def linear(x, w):
    """A dense layer without a bias."""
    y, back = dense(x, w, np.zeros(w.shape[1]))
    return y, lambda dy: back(dy)[:2]


def flatten(x):
    _, c, h, w = x.shape
    y = np.empty((len(x), c * h * w))
    for i, k, p, q in np.ndindex(x.shape):
        y[i, (k * h + p) * w + q] = x[i, k, p, q]

    def backward(dy):
        dx = np.empty_like(x)
        for i, k, p, q in np.ndindex(x.shape):
            dx[i, k, p, q] = dy[i, (k * h + p) * w + q]
        return dx

    return y, backward


def embedding(indices, w):
    y = np.array([w[i] for i in indices])

    def backward(dy):
        dw = np.zeros_like(w)
        for i, row in zip(indices, dy, strict=True):
            dw[i] += row
        return dw

    return y, backward


# %% Convolution and pooling


def convolution(x, w, b, stride=1, padding=0, dilation=1):
    """Along as many axes as the kernel has."""
    padded = np.pad(x, [(0, 0), (0, 0)] + [(padding, padding)] * (x.ndim - 2))
    reach = [dilation * (size - 1) + 1 for size in w.shape[2:]]
    sides = [(side - r) // stride + 1 for side, r in zip(padded.shape[2:], reach, strict=True)]
    y = np.empty((len(x), len(w), *sides))

    def patch(i, place):
        starts = zip(place, reach, strict=True)
        return i, slice(None), *(slice(stride * p, stride * p + r, dilation) for p, r in starts)

    for i, m, *place in np.ndindex(y.shape):
        y[i, m, *place] = np.sum(padded[patch(i, place)] * w[m]) + b[m]

    def backward(dy):
        dpadded, dw, db = np.zeros_like(padded), np.zeros_like(w), np.zeros_like(b)
        for i, m, *place in np.ndindex(y.shape):
            dpadded[patch(i, place)] += dy[i, m, *place] * w[m]
            dw[m] += dy[i, m, *place] * padded[patch(i, place)]
            db[m] += dy[i, m, *place]
        return dpadded[:, :, *(slice(padding, padding + side) for side in x.shape[2:])], dw, db

    return y, backward


conv1d = conv2d = convolution


def grouped_conv2d(x, w, b, stride=1, padding=0):
    r, groups = w.shape[1], x.shape[1] // w.shape[1]
    filters = np.split(w, groups), np.split(b, groups)
    parts = [
        conv2d(x[:, g * r : (g + 1) * r], *kernels, stride, padding)
        for g, kernels in enumerate(zip(*filters, strict=True))
    ]

    def backward(dy):
        pieces = np.split(dy, groups, axis=1)
        dx, dw, db = zip(*(back(d) for (_, back), d in zip(parts, pieces, strict=True)), strict=True)
        return np.concatenate(dx, axis=1), np.concatenate(dw), np.concatenate(db)

    return np.concatenate([y for y, _ in parts], axis=1), backward


def conv2d_transpose(x, w, b, stride=1, padding=0):
    (kh, kw), (h, v) = w.shape[2:], x.shape[2:]
    full = np.zeros((len(x), len(b), stride * (h - 1) + kh, stride * (v - 1) + kw))
    inner = np.s_[:, :, padding : full.shape[2] - padding, padding : full.shape[3] - padding]

    def patch(i, p, q):
        return np.s_[i, :, stride * p : stride * p + kh, stride * q : stride * q + kw]

    for i, c, p, q in np.ndindex(x.shape):
        full[patch(i, p, q)] += x[i, c, p, q] * w[c]
    y = np.empty_like(full[inner])
    for i, m, p, q in np.ndindex(y.shape):
        y[i, m, p, q] = full[i, m, padding + p, padding + q] + b[m]

    def backward(dy):
        dfull, dx, dw, db = (np.zeros_like(a) for a in (full, x, w, b))
        dfull[inner] = dy
        for i, c, p, q in np.ndindex(x.shape):
            dx[i, c, p, q] = np.sum(dfull[patch(i, p, q)] * w[c])
            dw[c] += x[i, c, p, q] * dfull[patch(i, p, q)]
        for i, m in np.ndindex(dy.shape[:2]):
            db[m] += np.sum(dy[i, m])
        return dx, dw, db

    return y, backward


def pooling(choose, share):
    """A pooling layer from what it makes of a window, and from each entry's share in that."""

    def layer(x, size=2, stride=2):
        height, width = ((side - size) // stride + 1 for side in x.shape[2:])
        y = np.empty((*x.shape[:2], height, width))

        def window(i, c, p, q):
            return np.s_[i, c, stride * p : stride * p + size, stride * q : stride * q + size]

        for place in np.ndindex(y.shape):
            y[place] = choose(x[window(*place)])

        def backward(dy):
            dx = np.zeros_like(x)
            for place in np.ndindex(y.shape):
                dx[window(*place)] += share(x[window(*place)]) * dy[place]
            return dx

        return y, backward

    return layer


max_pool2d = pooling(np.max, lambda a: np.arange(a.size).reshape(a.shape) == np.argmax(a))
avg_pool2d = pooling(np.mean, lambda a: 1 / a.size)


def global_avg_pool2d(x):
    y = np.array([[np.mean(channel) for channel in image] for image in x])

    def backward(dy):
        dx = np.empty_like(x)
        for i, c, p, q in np.ndindex(x.shape):
            dx[i, c, p, q] = dy[i, c] / x[i, c].size
        return dx

    return y, backward


# %% Blocks


def feed_forward(x, w1, b1, w2, b2):
    """Two dense layers with a ReLU between them."""
    z, back1 = dense(x, w1, b1)
    y, back2 = dense(each(lambda z: max(0, z), z), w2, b2)

    def backward(dy):
        da, dw2, db2 = back2(dy)
        dx, dw1, db1 = back1(each(lambda da, z: da * (z > 0), da, z))
        return dx, dw1, db1, dw2, db2

    return y, backward


def residual_block(x, w1, b1, w2, b2):
    z, back = feed_forward(x, w1, b1, w2, b2)
    y = each(lambda x, z: max(0, x + z), x, z)

    def backward(dy):
        dz = each(lambda dy, y: dy * (y > 0), dy, y)
        dx, *dweights = back(dz)
        return dx + dz, *dweights

    return y, backward


def projection_block(x, ws, w1, b1, w2, b2):
    shortcut, back_shortcut = linear(x, ws)
    z, back = feed_forward(x, w1, b1, w2, b2)
    y = each(lambda s, z: max(0, s + z), shortcut, z)

    def backward(dy):
        dz = each(lambda dy, y: dy * (y > 0), dy, y)
        (dx_shortcut, dws), (dx, *dweights) = back_shortcut(dz), back(dz)
        return dx_shortcut + dx, dws, *dweights

    return y, backward


def squeeze_excitation(x, w1, b1, w2, b2):
    s, back_s = global_avg_pool2d(x)
    z, back_z = feed_forward(s, w1, b1, w2, b2)
    a, y = each(sigmoid, z), np.empty_like(x)
    for i, c, p, q in np.ndindex(x.shape):
        y[i, c, p, q] = x[i, c, p, q] * a[i, c]

    def backward(dy):
        dx, dz = np.empty_like(x), np.empty_like(z)
        for i, c in np.ndindex(a.shape):
            dz[i, c] = np.sum(dy[i, c] * x[i, c]) * a[i, c] * (1 - a[i, c])
        for i, c, p, q in np.ndindex(x.shape):
            dx[i, c, p, q] = dy[i, c, p, q] * a[i, c]
        ds, *dweights = back_z(dz)
        return dx + back_s(ds), *dweights

    return y, backward


# %% Normalization


def normalized(rows, eps):
    """Each row with mean 0 and variance 1, and how a gradient goes back through that."""
    mean, std = [row.mean() for row in rows], [np.sqrt(row.var() + eps) for row in rows]
    x_hat = np.empty_like(rows)
    for i, j in np.ndindex(rows.shape):
        x_hat[i, j] = (rows[i, j] - mean[i]) / std[i]

    def backward(dx_hat):
        mean = [d.mean() for d in dx_hat]
        along = [(d * h).mean() for d, h in zip(dx_hat, x_hat, strict=True)]
        dx = np.empty_like(rows)
        for i, j in np.ndindex(rows.shape):
            dx[i, j] = (dx_hat[i, j] - mean[i] - x_hat[i, j] * along[i]) / std[i]
        return dx

    return x_hat, backward


def scaled(columns, gamma, beta):
    """Each column with a factor and a summand of its own."""
    y = np.empty_like(columns)
    for i in np.ndindex(y.shape):
        y[i] = gamma[i[0]] * columns[i] + beta[i[0]]

    def backward(dy):
        dcolumns, dgamma, dbeta = np.empty_like(columns), np.zeros_like(gamma), np.zeros_like(beta)
        for i in np.ndindex(y.shape):
            dcolumns[i] = gamma[i[0]] * dy[i]
            dgamma[i[0]] += dy[i] * columns[i]
            dbeta[i[0]] += dy[i]
        return dcolumns, dgamma, dbeta

    return y, backward


def batch_norm(x, gamma, beta, state=None, momentum=0.1, eps=1e-5):
    x_hat, back = normalized(x.T, eps)
    y, back_scaled = scaled(x_hat, gamma, beta)

    def backward(dy):
        dx_hat, dgamma, dbeta = back_scaled(dy.T)
        return back(dx_hat).T, dgamma, dbeta

    return y.T, backward


def batch_norm_inference(x, mean, var, gamma, beta, eps=1e-5):
    std = [np.sqrt(v + eps) for v in var]
    x_hat = np.empty_like(x)
    for i, j in np.ndindex(x.shape):
        x_hat[i, j] = (x[i, j] - mean[j]) / std[j]
    y, back = scaled(x_hat.T, gamma, beta)

    def backward(dy):
        dx_hat, dgamma, dbeta = back(dy.T)
        dx = np.empty_like(x)
        for i, j in np.ndindex(x.shape):
            dx[i, j] = dx_hat[j, i] / std[j]
        return dx, dgamma, dbeta

    return y.T, backward


def layer_norm(x, gamma, beta, eps=1e-5):
    x_hat, back = normalized(x.reshape(-1, len(gamma)), eps)
    y, back_scaled = scaled(x_hat.T, gamma, beta)

    def backward(dy):
        dx_hat, dgamma, dbeta = back_scaled(dy.reshape(x_hat.shape).T)
        return back(dx_hat.T).reshape(x.shape), dgamma, dbeta

    return y.T.reshape(x.shape), backward


def rms_norm(x, gamma, eps=1e-6):
    y, x_hat, rms = np.empty_like(x), np.empty_like(x), np.empty(x.shape[:-1])
    for i in np.ndindex(rms.shape):
        rms[i] = np.sqrt((x[i] ** 2).mean() + eps)
    for *i, j in np.ndindex(x.shape):
        x_hat[*i, j] = x[*i, j] / rms[*i]
        y[*i, j] = gamma[j] * x_hat[*i, j]

    def backward(dy):
        dx, dgamma, along = np.empty_like(x), np.zeros_like(gamma), np.empty_like(rms)
        for i in np.ndindex(rms.shape):
            along[i] = (gamma * dy[i] * x_hat[i]).mean()
        for *i, j in np.ndindex(x.shape):
            dx[*i, j] = (gamma[j] * dy[*i, j] - x_hat[*i, j] * along[*i]) / rms[*i]
            dgamma[j] += dy[*i, j] * x_hat[*i, j]
        return dx, dgamma

    return y, backward


def group_norm(x, gamma, beta, groups, eps=1e-5):
    x_hat, back = normalized(x.reshape(len(x) * groups, -1), eps)
    images = [scaled(image, gamma, beta) for image in x_hat.reshape(x.shape)]

    def backward(dy):
        parts = (back_scaled(d) for (_, back_scaled), d in zip(images, dy, strict=True))
        dx_hat, dgamma, dbeta = zip(*parts, strict=True)
        return back(np.reshape(dx_hat, x_hat.shape)).reshape(x.shape), sum(dgamma), sum(dbeta)

    return np.array([y for y, _ in images]), backward


def instance_norm(x, gamma, beta, eps=1e-5):
    return group_norm(x, gamma, beta, len(gamma), eps)


# %% Attention


def softmax(z):
    p = np.exp(z - z.max())
    return p / p.sum()


def scaled_dot_product_attention(q, k, v, bias):
    y, weights = (np.zeros((*q.shape[:-1], size)) for size in (v.shape[-1], k.shape[-2]))
    scale = np.sqrt(q.shape[-1])
    for *i, t in np.ndindex(q.shape[:-1]):
        weights[*i, t] = softmax(np.array([sum(q[*i, t] * key) / scale for key in k[*i]]) + bias[t])
        for s, value in enumerate(v[*i]):
            y[*i, t] += weights[*i, t, s] * value

    def backward(dy):
        dq, dk, dv, dbias = (np.zeros_like(a) for a in (q, k, v, bias))
        for *i, t in np.ndindex(q.shape[:-1]):
            p, dp = weights[*i, t], np.array([sum(dy[*i, t] * value) for value in v[*i]])
            dz = p * (dp - sum(p * dp))
            dbias[t] += dz
            for s in range(len(dz)):
                dq[*i, t] += dz[s] * k[*i, s] / scale
                dk[*i, s] += dz[s] * q[*i, t] / scale
                dv[*i, s] += p[s] * dy[*i, t]
        return dq, dk, dv, dbias

    return y, backward


def head(x, source, w_q, w_k, w_v, w_o, bias):
    """One of the heads, with its part of the output's weights."""
    (q, back_q), (k, back_k), (v, back_v) = linear(x, w_q), linear(source, w_k), linear(source, w_v)
    a, back_a = scaled_dot_product_attention(q, k, v, bias)
    y, back_o = linear(a, w_o)

    def backward(dy):
        da, dw_o = back_o(dy)
        dq, dk, dv, dbias = back_a(da)
        (dx, dw_q), (by_k, dw_k), (by_v, dw_v) = back_q(dq), back_k(dk), back_v(dv)
        return dx, by_k + by_v, dw_q, dw_k, dw_v, dw_o, dbias

    return y, backward


def multi_head_attention(x, source, w_q, w_k, w_v, w_o, bias):
    heads = [head(x, source, *w, bias) for w in zip(w_q, w_k, w_v, w_o, strict=True)]

    def backward(dy):
        dx, dsource, *dweights, dbias = zip(*(back(dy) for _, back in heads), strict=True)
        return sum(dx), sum(dsource), *map(np.array, dweights), sum(dbias)

    return sum(y for y, _ in heads), backward


def grouped_query_attention(q, k, v, bias):
    heads = [scaled_dot_product_attention(q[..., r, :, :], k, v, bias) for r in range(q.shape[-3])]

    def backward(dy):
        parts = (back(dy[..., r, :, :]) for r, (_, back) in enumerate(heads))
        dq, dk, dv, dbias = zip(*parts, strict=True)
        return np.stack(dq, axis=-3), sum(dk), sum(dv), sum(dbias)

    return np.stack([y for y, _ in heads], axis=-3), backward


def additive_attention(q, k, w, u, v):
    (by_w, back_w), (by_u, back_u) = linear(q, w), linear(k, u)
    y, a, p = np.zeros_like(q), {}, {}
    for *i, t in np.ndindex(q.shape[:-1]):
        a[*i, t] = [np.tanh(by_w[*i, t] + row) for row in by_u[*i]]
        p[*i, t] = softmax(np.array([sum(row * v) for row in a[*i, t]]))
        for s, key in enumerate(k[*i]):
            y[*i, t] += p[*i, t][s] * key

    def backward(dy):
        dk, dv, dby_w, dby_u = (np.zeros_like(b) for b in (k, v, by_w, by_u))
        for *i, t in np.ndindex(q.shape[:-1]):
            dp = np.array([sum(dy[*i, t] * key) for key in k[*i]])
            de = p[*i, t] * (dp - sum(p[*i, t] * dp))
            for s, row in enumerate(a[*i, t]):
                dz = de[s] * v * (1 - row**2)
                dby_w[*i, t] += dz
                dby_u[*i, s] += dz
                dv += de[s] * row
                dk[*i, s] += p[*i, t][s] * dy[*i, t]
        (dq, dw), (by_keys, du) = back_w(dby_w), back_u(dby_u)
        return dq, dk + by_keys, dw, du, dv

    return y, backward


def rotary(pair):
    """A layer that turns pairs of entries: where the two of pair j are, of m pairs."""

    def layer(x, positions, base=10000.0):
        m = x.shape[-1] // 2

        def turned(x, direction):
            y = np.empty_like(x)
            for *i, t, j in np.ndindex(*x.shape[:-1], m):
                angle = direction * positions[t] * base ** (-j / m)
                c, s = np.cos(angle), np.sin(angle)
                first, second = ((*i, t, place) for place in pair(j, m))
                y[first] = c * x[first] - s * x[second]
                y[second] = s * x[first] + c * x[second]
            return y

        return turned(x, 1), lambda dy: turned(dy, -1)

    return layer


rotary_interleaved = rotary(lambda j, m: (2 * j, 2 * j + 1))
rotary_halves = rotary(lambda j, m: (j, m + j))


def transformer_pre_norm(x, w_q, w_k, w_v, w_o, w1, b1, w2, b2, gain, shift, bias, eps=1e-5):
    u, back_u = layer_norm(x, gain[0], shift[0], eps)
    attended, back_attended = multi_head_attention(u, u, w_q, w_k, w_v, w_o, bias)
    a = x + attended
    f, back_f = layer_norm(a, gain[1], shift[1], eps)
    fed, back_fed = feed_forward(f, w1, b1, w2, b2)

    def backward(dy):
        df, *dfed = back_fed(dy)
        da, *second = back_f(df)
        by_queries, by_keys, *dheads, dbias = back_attended(dy + da)
        dx, *first = back_u(by_queries + by_keys)
        return dy + da + dx, *dheads, *dfed, *np.stack([first, second], axis=1), dbias

    return a + fed, backward


def transformer_post_norm(x, w_q, w_k, w_v, w_o, w1, b1, w2, b2, gain, shift, bias, eps=1e-5):
    attended, back_attended = multi_head_attention(x, x, w_q, w_k, w_v, w_o, bias)
    f, back_f = layer_norm(x + attended, gain[0], shift[0], eps)
    fed, back_fed = feed_forward(f, w1, b1, w2, b2)
    y, back_y = layer_norm(f + fed, gain[1], shift[1], eps)

    def backward(dy):
        dc, *second = back_y(dy)
        df, *dfed = back_fed(dc)
        da, *first = back_f(dc + df)
        by_queries, by_keys, *dheads, dbias = back_attended(da)
        return da + by_queries + by_keys, *dheads, *dfed, *np.stack([first, second], axis=1), dbias

    return y, backward


# %% Recurrent layers


def gates(x, w, b):
    """A dense layer for each gate."""
    y, backs = zip(*(dense(x, *weights) for weights in zip(w, b, strict=True)), strict=True)

    def backward(dy):
        dx, dw, db = zip(*(back(d) for back, d in zip(backs, dy, strict=True)), strict=True)
        return sum(dx), np.array(dw), np.array(db)

    return np.array(y), backward


def rnn_cell(x, h, w, u, b):
    (from_x, back_x), (from_h, back_h) = dense(x, w, b), linear(h, u)
    h_next = each(lambda p, q: np.tanh(p + q), from_x, from_h)

    def backward(dh_next):
        dz = each(lambda d, h: d * (1 - h**2), dh_next, h_next)
        (dx, dw, db), (dh, du) = back_x(dz), back_h(dz)
        return dx, dh, dw, du, db

    return h_next, backward


def gru_cell(x, h, w, u, b, b_hn):
    (from_x, back_x), (from_h, back_h) = gates(x, w, b), gates(h, u, [0 * b_hn, 0 * b_hn, b_hn])
    r, z, c, h_next = (np.empty_like(h) for _ in range(4))
    for i in np.ndindex(h.shape):
        r[i], z[i] = (sigmoid(from_x[gate, *i] + from_h[gate, *i]) for gate in range(2))
        c[i] = np.tanh(from_x[2, *i] + r[i] * from_h[2, *i])
        h_next[i] = (1 - z[i]) * c[i] + z[i] * h[i]

    def backward(dh_next):
        by_x, by_h, around = np.empty_like(from_x), np.empty_like(from_h), np.empty_like(h)
        for i in np.ndindex(h.shape):
            dc = dh_next[i] * (1 - z[i]) * (1 - c[i] ** 2)
            dr = dc * from_h[2, *i] * r[i] * (1 - r[i])
            dz = dh_next[i] * (h[i] - c[i]) * z[i] * (1 - z[i])
            by_x[:, *i], by_h[:, *i] = (dr, dz, dc), (dr, dz, dc * r[i])
            around[i] = dh_next[i] * z[i]
        (dx, dw, db), (dh, du, db_h) = back_x(by_x), back_h(by_h)
        return dx, around + dh, dw, du, db, db_h[2]

    return h_next, backward


def gru_cell_reset_first(x, h, w, u, b):
    (from_x, back_x), (from_h, back_h) = gates(x, w, b), gates(h, u[:2], 0 * b[:2])
    r, z = each(sigmoid, from_x[:2] + from_h)
    from_cut, back_cut = linear(each(lambda r, h: r * h, r, h), u[2])
    c = each(lambda p, q: np.tanh(p + q), from_x[2], from_cut)
    h_next = each(lambda z, c, h: (1 - z) * c + z * h, z, c, h)

    def backward(dh_next):
        dc = each(lambda d, z, c: d * (1 - z) * (1 - c**2), dh_next, z, c)
        dcut, du_cut = back_cut(dc)
        by_gates, around = np.empty_like(from_h), np.empty_like(h)
        for i in np.ndindex(h.shape):
            dr = dcut[i] * h[i] * r[i] * (1 - r[i])
            by_gates[:, *i] = dr, dh_next[i] * (h[i] - c[i]) * z[i] * (1 - z[i])
            around[i] = dh_next[i] * z[i] + dcut[i] * r[i]
        (dx, dw, db), (dh, du, _) = back_x([*by_gates, dc]), back_h(by_gates)
        return dx, around + dh, dw, np.array([*du, du_cut]), db

    return h_next, backward


def lstm_cell(x, h, c, w, u, b):
    (from_x, back_x), (from_h, back_h) = gates(x, w, b), gates(h, u, 0 * b)
    kept, h_next, c_next = np.empty_like(from_x), np.empty_like(c), np.empty_like(c)
    for i in np.ndindex(c.shape):
        z = from_x[:, *i] + from_h[:, *i]
        kept[:, *i] = into, forget, new, out = sigmoid(z[0]), sigmoid(z[1]), np.tanh(z[2]), sigmoid(z[3])
        c_next[i] = forget * c[i] + into * new
        h_next[i] = out * np.tanh(c_next[i])

    def backward(dh_next, dc_next):
        dz, dc = np.empty_like(kept), np.empty_like(c)
        for i in np.ndindex(c.shape):
            (into, forget, new, out), s = kept[:, *i], np.tanh(c_next[i])
            d = dc_next[i] + dh_next[i] * out * (1 - s**2)
            dz[:2, *i] = d * new * into * (1 - into), d * c[i] * forget * (1 - forget)
            dz[2:, *i] = d * into * (1 - new**2), dh_next[i] * s * out * (1 - out)
            dc[i] = d * forget
        (dx, dw, db), (dh, du, _) = back_x(dz), back_h(dz)
        return dx, dh, dc, dw, du, db

    return h_next, c_next, backward


def unrolled(cell, count):
    """A layer that takes a step of the cell, which hands on so many states, for each time."""

    def layer(x, *others):
        states, weights, path, backs = others[:count], others[count:], [], []
        for t in range(x.shape[1]):
            *states, back = cell(x[:, t], *states, *weights)
            path.append(states)
            backs.append(back)

        def backward(*dpath):
            dx, later, dweights = np.zeros_like(x), [0] * count, [0] * len(weights)
            for t in reversed(range(len(backs))):
                arriving = (d[:, t] + more for d, more in zip(dpath, later, strict=True))
                dx[:, t], *found = backs[t](*arriving)
                later = found[:count]
                dweights = [a + d for a, d in zip(dweights, found[count:], strict=True)]
            return dx, *later, *dweights

        return *(np.stack(steps, axis=1) for steps in zip(*path, strict=True)), backward

    return layer


rnn, gru, lstm = unrolled(rnn_cell, 1), unrolled(gru_cell, 1), unrolled(lstm_cell, 2)


def bidirectional_rnn(x, h0, w, u, b):
    (h, back_h), (g, back_g) = (
        rnn(series, *weights) for series, *weights in zip([x, x[:, ::-1]], h0, w, u, b, strict=True)
    )

    def backward(dforth, dback):
        (dx, *first), (dx_back, *second) = back_h(dforth), back_g(dback[:, ::-1])
        return dx + dx_back[:, ::-1], *(np.stack(pair) for pair in zip(first, second, strict=True))

    return h, g[:, ::-1], backward


# %% Regularization


def dropout(x, u, rate=0.5):
    def kept(a):
        return each(lambda a, u: a / (1 - rate) if u >= rate else 0, a, u)

    return kept(x), kept


def drop_path(x, u, rate=0.1):
    def kept(a):
        y = np.zeros_like(a)
        for i, j in np.ndindex(a.shape):
            if u[i] >= rate:
                y[i, j] = a[i, j] / (1 - rate)
        return y

    return kept(x), kept
