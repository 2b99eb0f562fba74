"""Attention: each position takes a weighted mean of others, with weights that depend on what they hold."""

import numpy as np

# %% Attention


@np.errstate(over="ignore", invalid="ignore")
def scaled_dot_product_attention(q, k, v, bias=None):
    r"""Weighted mean of values, weighted by how well their keys fit a query.

    .. math::
        y = \operatorname{softmax}\Bigl(\frac{q k^\top}{\sqrt{d}} + B\Bigr) v

    Use it as the core of every transformer. With one sequence for all three it is self-attention, with
    queries from another sequence cross-attention.

    Parameters
    ----------
    q : (..., t, d) array
        Queries :math:`q`, one per row: what each position asks for.
    k : (..., s, d) array
        Keys :math:`k`: what each position offers.
    v : (..., s, m) array
        Values :math:`v`: what each position hands over.
    bias : (t, s) array
        Added to the scores :math:`B`, -inf where a query must not look; nothing by default. One matrix for
        all, or one for each, (..., t, s).

    Returns
    -------
    y : (..., t, m) array
        Outputs :math:`y`, one per query.
    backward : function
        Takes the gradient by ``y``; returns those by the inputs:

        dq : (..., t, d) array
            By ``q``.
        dk : (..., s, d) array
            By ``k``.
        dv : (..., s, m) array
            By ``v``.
        dbias : (t, s) array
            By ``bias``.

    Raises
    ------
    ValueError
        If the shapes do not fit, a query may look at no key, or a score is too large for a float.

    See Also
    --------
    multi_head_attention : several of them on learned projections.
    causal_bias : forbids to look ahead.
    softmax : the weights.
    torch.nn.functional.scaled_dot_product_attention : the same; also takes a mask of booleans.
    jax.nn.dot_product_attention : the same with the heads behind the steps.

    Notes
    -----
    The products of random vectors with unit variance have the variance :math:`d`; divided by
    :math:`\sqrt{d}` they keep the softmax out of its flat ends, where no gradient comes back. The largest
    score of each row is subtracted first, so large scores do not overflow.

    Backward, each row of weights :math:`p` gives :math:`\partial L / \partial z = p \odot (g - p^\top g)`
    with :math:`g = \partial L / \partial p`.

    A row whose keys are all forbidden has no answer, 0/0. Here it is an error; PyTorch gives zeros or NaN,
    depending on the version and the kernel. A mask of booleans, True where a query may look, becomes a bias
    by ``np.where(mask, 0.0, -np.inf)``. In Keras' layers True means the same; in
    ``torch.nn.MultiheadAttention`` True means forbidden.

    References
    ----------
    .. [1] Vaswani, A., Shazeer, N., Parmar, N., Uszkoreit, J., Jones, L., Gomez, A. N., Kaiser, Ł.,
       Polosukhin, I. (2017). Attention Is All You Need. arXiv:1706.03762

    Examples
    --------
    One query that fits the first of three keys best:

    >>> k = np.eye(3)
    >>> v = [[10.0, 0.0], [0.0, 10.0], [0.0, 0.0]]
    >>> y, backward = scaled_dot_product_attention([[4.0, 0.0, 0.0]], k, v)
    >>> y.round(2)
    array([[8.34, 0.83]])

    With the identity as values the output is the weights:

    >>> scaled_dot_product_attention([[4.0, 0.0, 0.0]], np.eye(3), v=np.eye(3))[0].round(3)
    array([[0.834, 0.083, 0.083]])
    """
    q, k, v = (np.asarray(a, dtype=float) for a in (q, k, v))
    if min(q.ndim, v.ndim) < 2:
        raise ValueError(f"need q (..., t, d) and v (..., s, m), got {q.shape} and {v.shape}")
    (*n, t, d), (*_, s, m) = q.shape, v.shape
    bias = np.zeros((t, s)) if bias is None else np.asarray(bias, dtype=float)
    shapes = q.shape, k.shape, v.shape, bias.shape
    if shapes[1:3] != ((*n, s, d), (*n, s, m)) or bias.shape not in ((t, s), (*n, t, s)):
        raise ValueError(f"need q (..., t, d), k (..., s, d), v (..., s, m) and bias (t, s), got {shapes}")
    z = (q / np.sqrt(d)) @ k.mT + bias  # (..., t, s)
    top = z.max(axis=-1, keepdims=True)
    if not np.isfinite(top).all():
        raise ValueError("a query has no key to look at, or a score is inf or NaN")
    p = np.exp(z - top)
    p /= p.sum(axis=-1, keepdims=True)
    y = np.asarray_chkfinite(p @ v)  # (..., t, m)

    def backward(dy):
        dy = np.asarray(dy, dtype=float)
        if dy.shape != y.shape:
            raise ValueError(f"need the shape of y, got {dy.shape} and {y.shape}")
        dp = dy @ v.mT
        dz = p * (dp - (p * dp).sum(axis=-1, keepdims=True))
        dbias = dz.reshape(-1, *bias.shape).sum(axis=0)
        return dz @ k / np.sqrt(d), dz.mT @ q / np.sqrt(d), p.mT @ dy, dbias

    return y, backward


def causal_bias(queries, keys):
    r"""A bias that forbids each position to look at later ones.

    .. math::
        B_{ij} = \begin{cases}
            0 & j \le i + S - T \\
            -\infty & \text{otherwise}
        \end{cases}

    Use it in decoders, which predict the next element: without it each position would see the answer.

    Parameters
    ----------
    queries : int >= 1
        Number of queries :math:`T`, the last positions of the sequence.
    keys : int >= 1
        Number of keys :math:`S`: as many, or more when earlier ones are cached.

    Returns
    -------
    (t, s) array in [-inf, 0]
        Bias :math:`B` for the scores.

    Raises
    ------
    ValueError
        If one of them is not a whole number from 1 on.

    See Also
    --------
    scaled_dot_product_attention : takes it.
    alibi_bias : fades with the distance; add both.
    torch.triu : the part above the diagonal ``keys - queries + 1``.

    Notes
    -----
    The last query is the last key: the mask ends in the lower right corner. PyTorch's ``is_causal=True``
    begins in the upper left corner instead, so with a cache of earlier keys the first query would see one key
    only. For as many queries as keys both are the same.

    References
    ----------
    .. [1] Vaswani, A., Shazeer, N., Parmar, N., Uszkoreit, J., Jones, L., Gomez, A. N., Kaiser, Ł.,
       Polosukhin, I. (2017). Attention Is All You Need. arXiv:1706.03762

    Examples
    --------
    >>> causal_bias(3, 3)
    array([[  0., -inf, -inf],
           [  0.,   0., -inf],
           [  0.,   0.,   0.]])

    Two new queries after two cached keys:

    >>> causal_bias(2, 4)
    array([[  0.,   0.,   0., -inf],
           [  0.,   0.,   0.,   0.]])
    """
    if not (queries >= 1 and keys >= 1 and queries % 1 == keys % 1 == 0):
        raise ValueError(f"need whole numbers from 1 on, got {queries} and {keys}")
    i, j = np.arange(queries)[:, None], np.arange(keys)
    return np.where(j <= i + keys - queries, 0.0, -np.inf)


@np.errstate(over="ignore", invalid="ignore")
def multi_head_attention(x, source, w_q, w_k, w_v, w_o, bias=None):
    r"""Several attentions side by side, each on its own projections, added up at the end.

    .. math::
        y = \sum_{h=1}^{G} \operatorname{softmax}\Bigl(\frac{x W_{Q,h} (c W_{K,h})^\top}{\sqrt{m}} + B\Bigr)
            c W_{V,h} W_{O,h}

    Use it with ``source = x`` for self-attention, and with an encoder's output as the source for
    cross-attention.

    Parameters
    ----------
    x : (..., t, d) array
        Sequence that asks :math:`x`, one position per row.
    source : (..., s, d) array
        Sequence that is asked :math:`c`; the same as ``x`` for self-attention.
    w_q : (g, d, m) array
        Weights of the queries :math:`W_Q`, one matrix per head.
    w_k : (g, d, m) array
        Weights of the keys :math:`W_K`.
    w_v : (g, d, m) array
        Weights of the values :math:`W_V`.
    w_o : (g, m, d) array
        Weights of the output :math:`W_O`.
    bias : (t, s) array
        Added to the scores :math:`B`, -inf where a query must not look; nothing by default. One matrix for
        all heads, or one for each, (g, t, s).

    Returns
    -------
    y : (..., t, d) array
        Outputs :math:`y`, before any residual connection.
    backward : function
        Takes the gradient by ``y``; returns those by the inputs:

        dx : (..., t, d) array
            By ``x``.
        dsource : (..., s, d) array
            By ``source``; in self-attention it adds to ``dx``.
        dw_q : (g, d, m) array
            By ``w_q``.
        dw_k : (g, d, m) array
            By ``w_k``.
        dw_v : (g, d, m) array
            By ``w_v``.
        dw_o : (g, m, d) array
            By ``w_o``.
        dbias : (t, s) array
            By ``bias``.

    Raises
    ------
    ValueError
        If the shapes do not fit, a query may look at no key, or a number is too large for a float.

    See Also
    --------
    scaled_dot_product_attention : one head without projections.
    grouped_query_attention : heads that share keys and values.
    torch.nn.MultiheadAttention : the same with ``bias=False``; stacks the transposed weights of all heads.

    Notes
    -----
    The usual form puts the heads side by side and multiplies by one matrix:
    :math:`[y_1, \dots, y_G] W_O`. That is the sum over the heads of :math:`y_h W_{O,h}`, where
    :math:`W_{O,h}` are the rows of the matrix that head :math:`h` meets. With :math:`m = d / G` all heads
    together cost as much as one of full width.

    PyTorch and Keras add a bias to each projection; many later models leave it out, as here.

    References
    ----------
    .. [1] Vaswani, A., Shazeer, N., Parmar, N., Uszkoreit, J., Jones, L., Gomez, A. N., Kaiser, Ł.,
       Polosukhin, I. (2017). Attention Is All You Need. arXiv:1706.03762

    Examples
    --------
    Two heads of one number each, which look at the source with opposite signs:

    >>> x, source = [[1.0], [2.0]], [[0.0], [3.0], [4.0]]
    >>> w, ones = np.array([[[3.0]], [[-3.0]]]), np.ones((2, 1, 1))
    >>> y, backward = multi_head_attention(x, source, w, ones, ones, ones / 2)
    >>> y.round(3)  # half of the largest and half of the smallest
    array([[1.976],
           [1.999]])
    """
    x, source, w_q, w_k, w_v, w_o = (np.asarray(a, dtype=float) for a in (x, source, w_q, w_k, w_v, w_o))
    if min(x.ndim, source.ndim) < 2 or w_q.ndim != 3:
        raise ValueError(
            "need x (..., t, d), source (..., s, d) and w_q (g, d, m), "
            f"got {x.shape}, {source.shape} and {w_q.shape}"
        )
    (*n, t, d), (*_, s, _), (g, _, m) = x.shape, source.shape, w_q.shape
    bias = np.zeros((t, s)) if bias is None else np.asarray(bias, dtype=float)
    shapes = [a.shape for a in (source, w_q, w_k, w_v, w_o, bias)]
    need = [(*n, s, d), *[(g, d, m)] * 3, (g, m, d)]
    if shapes[:-1] != need or bias.shape not in ((t, s), (g, t, s)):
        raise ValueError(f"need for x {x.shape} the shapes {need} and a bias of {(t, s)}, got {shapes}")
    x_h, source_h = x[..., None, :, :], source[..., None, :, :]  # an axis for the heads
    q, k, v = x_h @ w_q, source_h @ w_k, source_h @ w_v  # (..., g, t, m) and (..., g, s, m)
    z = (q / np.sqrt(m)) @ k.mT + bias  # (..., g, t, s)
    top = z.max(axis=-1, keepdims=True)
    if not np.isfinite(top).all():
        raise ValueError("a query has no key to look at, or a score is inf or NaN")
    p = np.exp(z - top)
    p /= p.sum(axis=-1, keepdims=True)
    heads = p @ v  # (..., g, t, m)
    y = np.asarray_chkfinite((heads @ w_o).sum(axis=-3))  # (..., t, d)

    def backward(dy):
        dy = np.asarray(dy, dtype=float)
        if dy.shape != y.shape:
            raise ValueError(f"need the shape of y, got {dy.shape} and {y.shape}")
        dy_h = dy[..., None, :, :]
        dheads = dy_h @ w_o.mT
        dp = dheads @ v.mT
        dz = p * (dp - (p * dp).sum(axis=-1, keepdims=True))
        dq, dk, dv = dz @ k / np.sqrt(m), dz.mT @ q / np.sqrt(m), p.mT @ dheads
        dx = (dq @ w_q.mT).sum(axis=-3)
        dsource = (dk @ w_k.mT + dv @ w_v.mT).sum(axis=-3)
        by_weights = x_h.mT @ dq, source_h.mT @ dk, source_h.mT @ dv, heads.mT @ dy_h, dz
        sums = (a.reshape(-1, *w).sum(axis=0) for a, w in zip(by_weights, shapes[1:], strict=True))
        return dx, dsource, *sums

    return y, backward


@np.errstate(over="ignore", invalid="ignore")
def grouped_query_attention(q, k, v, bias=None):
    r"""Attention in which several query heads share the keys and values of one head.

    .. math::
        y_{hi} = \operatorname{softmax}\Bigl(\frac{q_{hi} k_h^\top}{\sqrt{d}} + B\Bigr) v_h

    Use it in models that write long texts: the cache of keys and values shrinks by the size of a group.

    Parameters
    ----------
    q : (..., g, r, t, d) array
        Queries :math:`q`: the heads in groups.
    k : (..., g, s, d) array
        Keys :math:`k`, one head per group.
    v : (..., g, s, m) array
        Values :math:`v`, one head per group.
    bias : (t, s) array
        Added to the scores :math:`B`, -inf where a query must not look; nothing by default. One matrix for
        all heads, or one for each, (g, r, t, s).

    Returns
    -------
    y : (..., g, r, t, m) array
        Outputs :math:`y` of each query head.
    backward : function
        Takes the gradient by ``y``; returns those by the inputs:

        dq : (..., g, r, t, d) array
            By ``q``.
        dk : (..., g, s, d) array
            By ``k``, summed over the group.
        dv : (..., g, s, m) array
            By ``v``, summed over the group.
        dbias : (t, s) array
            By ``bias``.

    Raises
    ------
    ValueError
        If the shapes do not fit, a query may look at no key, or a score is too large for a float.

    See Also
    --------
    multi_head_attention : one query head per group.
    kv_cache_step : keeps the keys and values.
    torch.nn.functional.scaled_dot_product_attention : the same with ``enable_gqa=True``; the heads of all
        groups in one axis.
    jax.nn.dot_product_attention : the same; the heads of all groups in one axis, behind the steps.

    Notes
    -----
    One group for all is multi-query attention; groups of one head are multi-head attention. Libraries keep
    the query heads in one axis: heads 1 to r belong to the first key head, the next r to the second. Only
    keys and values get fewer; the scores cost the same.

    References
    ----------
    .. [1] Ainslie, J., Lee-Thorp, J., de Jong, M., Zemlyanskiy, Y., Lebrón, F., Sanghai, S. (2023). GQA:
       Training Generalized Multi-Query Transformer Models from Multi-Head Checkpoints. arXiv:2305.13245
    .. [2] Shazeer, N. (2019). Fast Transformer Decoding: One Write-Head is All You Need. arXiv:1911.02150

    Examples
    --------
    One group of two heads, one query each, over the same three keys:

    >>> q = [[[[2.0, 0.0]], [[0.0, 2.0]]]]
    >>> k = [[[5.0, 0.0], [0.0, 5.0], [0.0, 0.0]]]
    >>> y, backward = grouped_query_attention(q, k, v=[[[1.0], [2.0], [3.0]]])
    >>> y.round(2).tolist()
    [[[[1.0]], [[2.0]]]]
    """
    q, k, v = (np.asarray(a, dtype=float) for a in (q, k, v))
    if q.ndim < 4 or v.ndim < 3:
        raise ValueError(f"need q (..., g, r, t, d) and v (..., g, s, m), got {q.shape} and {v.shape}")
    (*n, g, r, t, d), (*_, s, m) = q.shape, v.shape
    bias = np.zeros((t, s)) if bias is None else np.asarray(bias, dtype=float)
    shapes = q.shape, k.shape, v.shape, bias.shape
    if shapes[1:3] != ((*n, g, s, d), (*n, g, s, m)) or bias.shape not in ((t, s), (g, r, t, s)):
        raise ValueError(
            f"need q (..., g, r, t, d), k (..., g, s, d), v (..., g, s, m), bias (t, s), got {shapes}"
        )
    k_r, v_r = k[..., None, :, :], v[..., None, :, :]  # the same for each head of the group
    z = (q / np.sqrt(d)) @ k_r.mT + bias  # (..., g, r, t, s)
    top = z.max(axis=-1, keepdims=True)
    if not np.isfinite(top).all():
        raise ValueError("a query has no key to look at, or a score is inf or NaN")
    p = np.exp(z - top)
    p /= p.sum(axis=-1, keepdims=True)
    y = np.asarray_chkfinite(p @ v_r)  # (..., g, r, t, m)

    def backward(dy):
        dy = np.asarray(dy, dtype=float)
        if dy.shape != y.shape:
            raise ValueError(f"need the shape of y, got {dy.shape} and {y.shape}")
        dp = dy @ v_r.mT
        dz = p * (dp - (p * dp).sum(axis=-1, keepdims=True))
        dk, dv = (dz.mT @ q / np.sqrt(d)).sum(axis=-3), (p.mT @ dy).sum(axis=-3)
        return dz @ k_r / np.sqrt(d), dk, dv, dz.reshape(-1, *bias.shape).sum(axis=0)

    return y, backward


@np.errstate(over="ignore", invalid="ignore")
def additive_attention(q, k, w, u, v):
    r"""Attention whose scores come from a small network on query and key.

    .. math::
        \begin{aligned}
        y_t &= \sum_{s=1}^{S} \alpha_{ts} \, k_s \\
        \alpha_{ts} &= \frac{\exp(e_{ts})}{\sum_{r=1}^{S} \exp(e_{tr})} \\
        e_{ts} &= v^\top \tanh(q_t W + k_s U)
        \end{aligned}

    Use it to follow the first attention models, a recurrent decoder over the states of an encoder; the
    scaled product is faster.

    Parameters
    ----------
    q : (..., t, d) array
        Queries :math:`q`: the states of the decoder.
    k : (..., s, d) array
        Keys :math:`k`, which are the values too: the states of the encoder.
    w : (d, m) array
        Weights of the query :math:`W`.
    u : (d, m) array
        Weights of the key :math:`U`.
    v : (m,) array
        Weights of the score :math:`v`.

    Returns
    -------
    y : (..., t, d) array
        Contexts :math:`y_t`: what the decoder sees of the source at each step.
    backward : function
        Takes the gradient by ``y``; returns those by the inputs:

        dq : (..., t, d) array
            By ``q``.
        dk : (..., s, d) array
            By ``k``.
        dw : (d, m) array
            By ``w``.
        du : (d, m) array
            By ``u``.
        dv : (m,) array
            By ``v``.

    Raises
    ------
    ValueError
        If the shapes do not fit, or a score is too large for a float.

    See Also
    --------
    scaled_dot_product_attention : the product as the score.
    torch.nn.functional.softmax : the weights from the scores.
    keras.layers.AdditiveAttention : the same for queries and keys that are projected already.

    Notes
    -----
    The weights of a step add up to 1 over all positions of the source, near and far. There are
    :math:`T S` scores, for each one a row of the small network. In the paper the query is the decoder's state
    before the step, and the keys are the states of a bidirectional network. Translating piece by piece, as
    people do with long sentences, is the intuition; the network looks at all pieces at every step.

    References
    ----------
    .. [1] Bahdanau, D., Cho, K., Bengio, Y. (2014). Neural Machine Translation by Jointly Learning to Align
       and Translate. arXiv:1409.0473

    Examples
    --------
    Scores of 4 tanh(q + k); at the first query 3.86, 3.05 and 0:

    >>> q, k = [[1.0], [-1.0]], [[1.0], [0.0], [-1.0]]
    >>> y, backward = additive_attention(q, k, w=[[1.0]], u=[[1.0]], v=[4.0])
    >>> y.round(3)
    array([[0.668],
           [0.916]])
    """
    q, k, w, u, v = (np.asarray(a, dtype=float) for a in (q, k, w, u, v))
    if min(q.ndim, k.ndim) < 2 or v.ndim != 1:
        raise ValueError(
            f"need q (..., t, d), k (..., s, d) and v (m,), got {q.shape}, {k.shape} and {v.shape}"
        )
    (*n, _, d), (*_, s, _), (m,) = q.shape, k.shape, v.shape
    shapes = q.shape, k.shape, w.shape, u.shape, v.shape
    if shapes[1:4] != ((*n, s, d), (d, m), (d, m)):
        raise ValueError(f"need q (..., t, d), k (..., s, d), w and u (d, m), v (m,), got {shapes}")
    a = np.tanh((q @ w)[..., :, None, :] + (k @ u)[..., None, :, :])  # (..., t, s, m)
    e = a @ v  # (..., t, s)
    top = e.max(axis=-1, keepdims=True)
    if not np.isfinite(top).all():
        raise ValueError("a score is inf or NaN")
    p = np.exp(e - top)
    p /= p.sum(axis=-1, keepdims=True)
    y = np.asarray_chkfinite(p @ k)  # (..., t, d)

    def backward(dy):
        dy = np.asarray(dy, dtype=float)
        if dy.shape != y.shape:
            raise ValueError(f"need the shape of y, got {dy.shape} and {y.shape}")
        dp = dy @ k.mT
        de = p * (dp - (p * dp).sum(axis=-1, keepdims=True))
        dz = de[..., None] * v * (1 - a**2)  # (..., t, s, m)
        by_q, by_k = dz.sum(axis=-2), dz.sum(axis=-3)  # (..., t, m) and (..., s, m)
        dw, du = ((x.mT @ g).reshape(-1, d, m).sum(axis=0) for x, g in ((q, by_q), (k, by_k)))
        dv = (de[..., None] * a).reshape(-1, m).sum(axis=0)
        return by_q @ w.T, p.mT @ dy + by_k @ u.T, dw, du, dv

    return y, backward


# %% Positions


def sinusoidal_positions(positions, m, base=10000.0):
    r"""Sines and cosines of each position at falling frequencies, to be added to embeddings.

    .. math::
        P_{tj} = \begin{cases}
            \sin(r_t \, c^{-(j - 1) / m}) & j < 2 \lceil j / 2 \rceil \\
            \cos(r_t \, c^{-(j - 2) / m}) & \text{otherwise}
        \end{cases}

    Use it to tell a transformer the order of its inputs without learned positions. It is added once, before
    the first block.

    Parameters
    ----------
    positions : (t,) array in (-inf, inf)
        Positions :math:`r`, such as 0, 1, 2.
    m : int >= 1
        Width of the embedding :math:`m`.
    base : float > 0
        Slows down from feature to feature :math:`c`; the longest wave is nearly :math:`2 \pi c`.

    Returns
    -------
    (t, m) array in [-1, 1]
        One row :math:`P` per position.

    Raises
    ------
    ValueError
        If the positions are not one finite row, ``m`` is not a whole number from 1 on, or ``base`` is not
        positive.

    See Also
    --------
    rotary_interleaved : turns queries and keys instead of adding.
    alibi_bias : a bias on the scores instead.
    torch.sin : the odd columns.

    Notes
    -----
    Attention by itself does not know the order of its inputs. Each pair of columns is a hand of a clock,
    each slower than the one before. The product of two rows depends on the distance of the positions alone.
    Sines and cosines alternate, as in the paper; other code puts all sines first.

    References
    ----------
    .. [1] Vaswani, A., Shazeer, N., Parmar, N., Uszkoreit, J., Jones, L., Gomez, A. N., Kaiser, Ł.,
       Polosukhin, I. (2017). Attention Is All You Need. arXiv:1706.03762

    Examples
    --------
    >>> sinusoidal_positions([0, 1, 2], m=4).round(4)
    array([[ 0.    ,  1.    ,  0.    ,  1.    ],
           [ 0.8415,  0.5403,  0.01  ,  1.    ],
           [ 0.9093, -0.4161,  0.02  ,  0.9998]])
    """
    r = np.asarray_chkfinite(positions, dtype=float)
    if r.ndim != 1 or not (m >= 1 and m % 1 == 0 and base > 0):
        raise ValueError(f"need positions (t,), a whole m from 1 on, base > 0, got {r.shape}, {m}, {base}")
    j = np.arange(m)  # from 0
    angle = r[:, None] * float(base) ** (-(j - j % 2) / m)  # (t, m)
    return np.where(j % 2 == 0, np.sin(angle), np.cos(angle))


@np.errstate(over="ignore", invalid="ignore")
def rotary_interleaved(x, positions, base=10000.0):
    r"""Turn each pair of neighboring features by an angle that grows with the position.

    .. math::
        \begin{aligned}
        y_{tj} &= x_{tj} \cos \phi_{tj} + \tilde{x}_{tj} \sin \phi_{tj} \\
        \phi_{tj} &= r_t \, c^{-(\lceil j / 2 \rceil - 1) / m} \\
        \tilde{x}_{tj} &= \begin{cases}
            -x_{t, j+1} & j < 2 \lceil j / 2 \rceil \\
            x_{t, j-1} & \text{otherwise}
        \end{cases}
        \end{aligned}

    Use it on queries and keys, not on values, in every layer: their products then depend on the distance of
    the positions, not on the positions.

    Parameters
    ----------
    x : (..., t, 2 * m) array
        Queries or keys :math:`x`, one position per row.
    positions : (t,) array in (-inf, inf)
        Positions :math:`r`, such as 0, 1, 2.
    base : float > 0
        Slows down from pair to pair :math:`c`; the longest wave is nearly :math:`2 \pi c`.

    Returns
    -------
    y : (..., t, 2 * m) array
        Turned queries or keys :math:`y`, as long as before.
    backward : function
        Takes the gradient by ``y``; returns that by ``x``:

        dx : (..., t, 2 * m) array
            By ``x``: the gradient, turned back.

    Raises
    ------
    ValueError
        If the shapes do not fit, a position is not finite, or ``base`` is not positive.

    See Also
    --------
    rotary_halves : the other pairing.
    sinusoidal_positions : is added instead.
    torch.polar : the rotation as a complex number.

    Notes
    -----
    The pairs here are features 1 and 2, 3 and 4, as in the paper and in Llama's first code; other code pairs
    feature j with feature m + j, as Hugging Face does. Weights that were trained with one pairing need it
    later too: the other gives wrong numbers without an error. Both are the same up to the order of the
    features, which the weights before can take up. The first pair turns by one radian per position, the last
    hardly.

    References
    ----------
    .. [1] Su, J., Lu, Y., Pan, S., Murtadha, A., Wen, B., Liu, Y. (2021). RoFormer: Enhanced Transformer with
       Rotary Position Embedding. arXiv:2104.09864

    Examples
    --------
    Two positions and one pair: the second row turns by 1 radian.

    >>> y, backward = rotary_interleaved([[1.0, 0.0], [1.0, 0.0]], positions=[0, 1])
    >>> y.round(4)
    array([[1.    , 0.    ],
           [0.5403, 0.8415]])

    Neighbors make the pairs:

    >>> rotary_interleaved([[1.0, 0.0, 0.0, 0.0]], positions=[1])[0].round(4)
    array([[0.5403, 0.8415, 0.    , 0.    ]])
    """
    x, r = np.asarray(x, dtype=float), np.asarray_chkfinite(positions, dtype=float)
    if x.ndim < 2 or x.shape[-1] % 2 or r.shape != x.shape[-2:-1] or not base > 0:
        raise ValueError(
            f"need x (..., t, 2 * m), positions (t,), base > 0, got {x.shape}, {r.shape}, {base}"
        )
    d = x.shape[-1]
    angle = r[:, None] * float(base) ** (-np.arange(0, d, 2) / d)  # (t, m)
    c, s = np.cos(angle), np.sin(angle)
    a, b = x[..., 0::2], x[..., 1::2]
    y = np.stack([a * c - b * s, a * s + b * c], axis=-1).reshape(x.shape)  # a and b alternate again

    def backward(dy):
        dy = np.asarray(dy, dtype=float)
        if dy.shape != y.shape:
            raise ValueError(f"need the shape of y, got {dy.shape} and {y.shape}")
        da, db = dy[..., 0::2], dy[..., 1::2]
        return np.stack([da * c + db * s, db * c - da * s], axis=-1).reshape(x.shape)

    return y, backward


@np.errstate(over="ignore", invalid="ignore")
def rotary_halves(x, positions, base=10000.0):
    r"""Turn pairs made of the first and second half by an angle that grows with the position.

    .. math::
        \begin{aligned}
        y_{tj} &= x_{tj} \cos \phi_{tj} + \tilde{x}_{tj} \sin \phi_{tj} \\
        \phi_{tj} &= r_t \, c^{-(j - 1) / m + \mathbb{1}[j > m]} \\
        \tilde{x}_{tj} &= \begin{cases}
            -x_{t, j+m} & j \le m \\
            x_{t, j-m} & \text{otherwise}
        \end{cases}
        \end{aligned}

    Use it on queries and keys, not on values, in every layer: their products then depend on the distance of
    the positions, not on the positions.

    Parameters
    ----------
    x : (..., t, 2 * m) array
        Queries or keys :math:`x`, one position per row.
    positions : (t,) array in (-inf, inf)
        Positions :math:`r`, such as 0, 1, 2.
    base : float > 0
        Slows down from pair to pair :math:`c`; the longest wave is nearly :math:`2 \pi c`.

    Returns
    -------
    y : (..., t, 2 * m) array
        Turned queries or keys :math:`y`, as long as before.
    backward : function
        Takes the gradient by ``y``; returns that by ``x``:

        dx : (..., t, 2 * m) array
            By ``x``: the gradient, turned back.

    Raises
    ------
    ValueError
        If the shapes do not fit, a position is not finite, or ``base`` is not positive.

    See Also
    --------
    rotary_interleaved : the other pairing.
    sinusoidal_positions : is added instead.
    torch.polar : the rotation as a complex number.

    Notes
    -----
    The pairs here are features 1 and m + 1, 2 and m + 2, as in Hugging Face's code and GPT-NeoX;
    the paper pairs neighbors. Weights that were trained with one pairing need it later
    too: the other gives wrong numbers without an error. Both are the same up to the order of the features,
    which the weights before can take up. Code for this form calls the step
    ``rotate_half``.

    References
    ----------
    .. [1] Su, J., Lu, Y., Pan, S., Murtadha, A., Wen, B., Liu, Y. (2021). RoFormer: Enhanced Transformer with
       Rotary Position Embedding. arXiv:2104.09864

    Examples
    --------
    Two positions and one pair: the second row turns by 1 radian.

    >>> y, backward = rotary_halves([[1.0, 0.0], [1.0, 0.0]], positions=[0, 1])
    >>> y.round(4)
    array([[1.    , 0.    ],
           [0.5403, 0.8415]])

    The halves make the pairs:

    >>> rotary_halves([[1.0, 0.0, 0.0, 0.0]], positions=[1])[0].round(4)
    array([[0.5403, 0.    , 0.8415, 0.    ]])
    """
    x, r = np.asarray(x, dtype=float), np.asarray_chkfinite(positions, dtype=float)
    if x.ndim < 2 or x.shape[-1] % 2 or r.shape != x.shape[-2:-1] or not base > 0:
        raise ValueError(
            f"need x (..., t, 2 * m), positions (t,), base > 0, got {x.shape}, {r.shape}, {base}"
        )
    d = x.shape[-1]
    angle = r[:, None] * float(base) ** (-np.arange(0, d, 2) / d)  # (t, m)
    c, s = np.cos(angle), np.sin(angle)
    a, b = x[..., : d // 2], x[..., d // 2 :]
    y = np.concatenate([a * c - b * s, a * s + b * c], axis=-1)

    def backward(dy):
        dy = np.asarray(dy, dtype=float)
        if dy.shape != y.shape:
            raise ValueError(f"need the shape of y, got {dy.shape} and {y.shape}")
        da, db = dy[..., : d // 2], dy[..., d // 2 :]
        return np.concatenate([da * c + db * s, db * c - da * s], axis=-1)

    return y, backward


def alibi_bias(heads, queries, keys):
    r"""A bias that falls with the distance, in each head with another slope.

    .. math::
        B_{hij} = -2^{-8 h / G} \, |i + S - T - j|

    Use it in place of position embeddings where texts may be longer than those of the training.

    Parameters
    ----------
    heads : int >= 1
        Number of heads :math:`G`.
    queries : int >= 1
        Number of queries :math:`T`, the last positions of the sequence.
    keys : int >= 1
        Number of keys :math:`S`: as many, or more when earlier ones are cached.

    Returns
    -------
    (g, t, s) array in (-inf, 0]
        Bias :math:`B` for the scores, one matrix per head.

    Raises
    ------
    ValueError
        If one of them is not a whole number from 1 on.

    See Also
    --------
    causal_bias : forbids to look ahead; add both in a decoder.
    rotary_halves : positions inside queries and keys.
    torch.cdist : the distances.

    Notes
    -----
    Eight heads have the slopes 1/2, 1/4, ..., 1/256: some heads look at neighbors, others far back. Nothing
    is learned. The paper has only :math:`j \le i`; the absolute value is the form for encoders and the same
    there. For numbers of heads that are no power of two, the paper's code takes slopes of the next lower
    power and fills up with every other one of the next higher; this is the plain sequence.

    References
    ----------
    .. [1] Press, O., Smith, N. A., Lewis, M. (2021). Train Short, Test Long: Attention with Linear Biases
       Enables Input Length Extrapolation. arXiv:2108.12409

    Examples
    --------
    >>> alibi_bias(8, 3, 3)[0]  # the first head has the slope 1/2
    array([[-0. , -0.5, -1. ],
           [-0.5, -0. , -0.5],
           [-1. , -0.5, -0. ]])
    """
    if not all(count >= 1 and count % 1 == 0 for count in (heads, queries, keys)):
        raise ValueError(f"need whole numbers from 1 on, got {heads}, {queries} and {keys}")
    slopes = 2.0 ** (-8 * np.arange(1, heads + 1) / heads)
    i, j = np.arange(queries)[:, None] + keys - queries, np.arange(keys)
    return -slopes[:, None, None] * np.abs(i - j)


# %% Transformer blocks


@np.errstate(over="ignore", invalid="ignore")
def transformer_pre_norm(x, w_q, w_k, w_v, w_o, w1, b1, w2, b2, gain, shift, bias=None, eps=1e-5):
    r"""Transformer block that normalizes what goes into attention and into the dense layers.

    .. math::
        \begin{aligned}
        y &= a + \max(0, f W_1 + b_1) \, W_2 + b_2 \\
        f &= \gamma_2 \odot N(a) + \beta_2 \\
        a &= x + \sum_{h=1}^{G} \operatorname{softmax}\Bigl(
            \frac{u W_{Q,h} (u W_{K,h})^\top}{\sqrt{m}} + B\Bigr) u W_{V,h} W_{O,h} \\
        u &= \gamma_1 \odot N(x) + \beta_1 \\
        N(z)_{tj} &= \frac{z_{tj} - \mathbb{E}[z_t]}{\sqrt{\operatorname{Var}(z_t) + \epsilon}}
        \end{aligned}

    Use it for deep transformers: the residual path runs from the input to the output untouched, so training
    is stable without a long warm-up. Put one more normalization behind the last block.

    Parameters
    ----------
    x : (..., t, g * m) array
        Sequence :math:`x`, one position per row.
    w_q : (g, g * m, m) array
        Weights of the queries :math:`W_Q`, one matrix per head.
    w_k : (g, g * m, m) array
        Weights of the keys :math:`W_K`.
    w_v : (g, g * m, m) array
        Weights of the values :math:`W_V`.
    w_o : (g, m, g * m) array
        Weights of the output :math:`W_O`.
    w1 : (g * m, r) array
        Weights of the hidden layer :math:`W_1`; usually four times as wide as ``x``.
    b1 : (r,) array
        Biases of the hidden layer :math:`b_1`.
    w2 : (r, g * m) array
        Weights of the layer behind :math:`W_2`.
    b2 : (g * m,) array
        Biases of the layer behind :math:`b_2`.
    gain : (2, g * m) array
        Factors of both normalizations :math:`\gamma`, ones at the start.
    shift : (2, g * m) array
        Shifts of both normalizations :math:`\beta`, zeros at the start.
    bias : (t, t) array
        Added to the scores :math:`B`, -inf where a query must not look; nothing by default. One matrix for
        all heads, or one for each, (g, t, t).
    eps : float > 0
        Keeps the root from zero :math:`\epsilon`.

    Returns
    -------
    y : (..., t, g * m) array
        Outputs :math:`y`.
    backward : function
        Takes the gradient by ``y``; returns those by the inputs:

        dx : (..., t, g * m) array
            By ``x``.
        dw_q : (g, g * m, m) array
            By ``w_q``.
        dw_k : (g, g * m, m) array
            By ``w_k``.
        dw_v : (g, g * m, m) array
            By ``w_v``.
        dw_o : (g, m, g * m) array
            By ``w_o``.
        dw1 : (g * m, r) array
            By ``w1``.
        db1 : (r,) array
            By ``b1``.
        dw2 : (r, g * m) array
            By ``w2``.
        db2 : (g * m,) array
            By ``b2``.
        dgain : (2, g * m) array
            By ``gain``.
        dshift : (2, g * m) array
            By ``shift``.
        dbias : (t, t) array
            By ``bias``.

    Raises
    ------
    ValueError
        If the shapes do not fit, a query may look at no key, or a number is too large for a float.

    See Also
    --------
    transformer_post_norm : normalizes after the sums.
    multi_head_attention : the first half.
    torch.nn.TransformerEncoderLayer : the same with ``norm_first=True, dropout=0`` and no biases in the
        attention.

    Notes
    -----
    The other order, with the normalization after the sum, is the first paper's. There the gradient near the
    output is large at the start and needs a warm-up of the learning rate; here it is not.

    Attention moves information between positions; the dense layers work on each position by itself. A decoder
    is the same block with a causal bias. Later models often have GELU or SwiGLU in place of ReLU and RMS
    normalization in place of this one.

    References
    ----------
    .. [1] Vaswani, A., Shazeer, N., Parmar, N., Uszkoreit, J., Jones, L., Gomez, A. N., Kaiser, Ł.,
       Polosukhin, I. (2017). Attention Is All You Need. arXiv:1706.03762
    .. [2] Xiong, R., Yang, Y., He, D., Zheng, K., Zheng, S., Xing, C., Zhang, H., Lan, Y., Wang, L., Liu,
       T.-Y. (2020). On Layer Normalization in the Transformer Architecture. arXiv:2002.04745

    Examples
    --------
    Attention and dense layers switched off: the input passes.

    >>> x = [[1.0, 3.0], [2.0, -2.0], [0.0, 1.0]]
    >>> attention = [np.zeros((1, 2, 2))] * 4
    >>> dense = np.zeros((2, 4)), np.zeros(4), np.zeros((4, 2)), np.zeros(2)
    >>> gain, shift = np.ones((2, 2)), np.zeros((2, 2))
    >>> y, backward = transformer_pre_norm(x, *attention, *dense, gain, shift)
    >>> y.round(1)
    array([[ 1.,  3.],
           [ 2., -2.],
           [ 0.,  1.]])
    """
    weights = [np.asarray(a, dtype=float) for a in (w_q, w_k, w_v, w_o, w1, b1, w2, b2)]
    w_q, w_k, w_v, w_o, w1, b1, w2, b2 = weights
    x, gain, shift = (np.asarray(a, dtype=float) for a in (x, gain, shift))
    if x.ndim < 2 or w_q.ndim != 3:
        raise ValueError(f"need x (..., t, d) and w_q (g, d, m), got {x.shape} and {w_q.shape}")
    (*_, t, d), (g, _, m), r = x.shape, w_q.shape, b1.size
    bias = np.zeros((t, t)) if bias is None else np.asarray(bias, dtype=float)
    shapes = [a.shape for a in (*weights, gain, shift, bias)]
    need = [*[(g, d, m)] * 3, (g, m, d), (d, r), (r,), (r, d), (d,), (2, d), (2, d)]
    if shapes[:-1] != need or bias.shape not in ((t, t), (g, t, t)) or not eps > 0:
        raise ValueError(f"need eps > 0 and for x {x.shape} weights of {need}, got {eps} and {shapes}")
    s1 = np.sqrt(np.asarray_chkfinite(x.var(axis=-1, keepdims=True)) + eps)
    n1 = (x - x.mean(axis=-1, keepdims=True)) / s1
    u = gain[0] * n1 + shift[0]
    u_h = u[..., None, :, :]  # an axis for the heads
    q, k, v = u_h @ w_q, u_h @ w_k, u_h @ w_v  # (..., g, t, m)
    z = (q / np.sqrt(m)) @ k.mT + bias  # (..., g, t, t)
    top = z.max(axis=-1, keepdims=True)
    if not np.isfinite(top).all():
        raise ValueError("a query has no key to look at, or a score is inf or NaN")
    p = np.exp(z - top)
    p /= p.sum(axis=-1, keepdims=True)
    heads = p @ v
    a = x + (heads @ w_o).sum(axis=-3)
    s2 = np.sqrt(np.asarray_chkfinite(a.var(axis=-1, keepdims=True)) + eps)
    n2 = (a - a.mean(axis=-1, keepdims=True)) / s2
    f = gain[1] * n2 + shift[1]
    h = np.maximum(0, f @ w1 + b1)  # (..., t, r)
    y = np.asarray_chkfinite(a + h @ w2 + b2)

    def backward(dy):
        dy = np.asarray(dy, dtype=float)
        if dy.shape != y.shape:
            raise ValueError(f"need the shape of y, got {dy.shape} and {y.shape}")
        dh = (dy @ w2.T) * (h > 0)
        df = dh @ w1.T
        dn = gain[1] * df
        da = dy + (dn - dn.mean(axis=-1, keepdims=True) - n2 * (n2 * dn).mean(axis=-1, keepdims=True)) / s2
        da_h = da[..., None, :, :]
        dheads = da_h @ w_o.mT
        dp = dheads @ v.mT
        dz = p * (dp - (p * dp).sum(axis=-1, keepdims=True))
        dq, dk, dv = dz @ k / np.sqrt(m), dz.mT @ q / np.sqrt(m), p.mT @ dheads
        du = (dq @ w_q.mT + dk @ w_k.mT + dv @ w_v.mT).sum(axis=-3)
        dn = gain[0] * du
        dx = da + (dn - dn.mean(axis=-1, keepdims=True) - n1 * (n1 * dn).mean(axis=-1, keepdims=True)) / s1
        by_weights = [u_h.mT @ dq, u_h.mT @ dk, u_h.mT @ dv, heads.mT @ da_h]
        by_weights += [f.mT @ dh, dh, h.mT @ dy, dy]
        dw = [g.reshape(-1, *w.shape).sum(axis=0) for g, w in zip(by_weights, weights, strict=True)]
        dgain, dshift = (
            np.stack([g.reshape(-1, d).sum(axis=0) for g in pair]) for pair in ((du * n1, df * n2), (du, df))
        )
        return dx, *dw, dgain, dshift, dz.reshape(-1, *bias.shape).sum(axis=0)

    return y, backward


@np.errstate(over="ignore", invalid="ignore")
def transformer_post_norm(x, w_q, w_k, w_v, w_o, w1, b1, w2, b2, gain, shift, bias=None, eps=1e-5):
    r"""Transformer block that normalizes after each residual sum, as in the first paper.

    .. math::
        \begin{aligned}
        y &= \gamma_2 \odot N(f + \max(0, f W_1 + b_1) \, W_2 + b_2) + \beta_2 \\
        f &= \gamma_1 \odot N\Bigl(x + \sum_{h=1}^{G} \operatorname{softmax}\Bigl(
            \frac{x W_{Q,h} (x W_{K,h})^\top}{\sqrt{m}} + B\Bigr) x W_{V,h} W_{O,h}\Bigr) + \beta_1 \\
        N(z)_{tj} &= \frac{z_{tj} - \mathbb{E}[z_t]}{\sqrt{\operatorname{Var}(z_t) + \epsilon}}
        \end{aligned}

    Use it to follow the first paper, BERT and models like it; for deep networks the other order trains more
    easily.

    Parameters
    ----------
    x : (..., t, g * m) array
        Sequence :math:`x`, one position per row.
    w_q : (g, g * m, m) array
        Weights of the queries :math:`W_Q`, one matrix per head.
    w_k : (g, g * m, m) array
        Weights of the keys :math:`W_K`.
    w_v : (g, g * m, m) array
        Weights of the values :math:`W_V`.
    w_o : (g, m, g * m) array
        Weights of the output :math:`W_O`.
    w1 : (g * m, r) array
        Weights of the hidden layer :math:`W_1`; usually four times as wide as ``x``.
    b1 : (r,) array
        Biases of the hidden layer :math:`b_1`.
    w2 : (r, g * m) array
        Weights of the layer behind :math:`W_2`.
    b2 : (g * m,) array
        Biases of the layer behind :math:`b_2`.
    gain : (2, g * m) array
        Factors of both normalizations :math:`\gamma`, ones at the start.
    shift : (2, g * m) array
        Shifts of both normalizations :math:`\beta`, zeros at the start.
    bias : (t, t) array
        Added to the scores :math:`B`, -inf where a query must not look; nothing by default. One matrix for
        all heads, or one for each, (g, t, t).
    eps : float > 0
        Keeps the root from zero :math:`\epsilon`.

    Returns
    -------
    y : (..., t, g * m) array
        Outputs :math:`y`.
    backward : function
        Takes the gradient by ``y``; returns those by the inputs:

        dx : (..., t, g * m) array
            By ``x``.
        dw_q : (g, g * m, m) array
            By ``w_q``.
        dw_k : (g, g * m, m) array
            By ``w_k``.
        dw_v : (g, g * m, m) array
            By ``w_v``.
        dw_o : (g, m, g * m) array
            By ``w_o``.
        dw1 : (g * m, r) array
            By ``w1``.
        db1 : (r,) array
            By ``b1``.
        dw2 : (r, g * m) array
            By ``w2``.
        db2 : (g * m,) array
            By ``b2``.
        dgain : (2, g * m) array
            By ``gain``.
        dshift : (2, g * m) array
            By ``shift``.
        dbias : (t, t) array
            By ``bias``.

    Raises
    ------
    ValueError
        If the shapes do not fit, a query may look at no key, or a number is too large for a float.

    See Also
    --------
    transformer_pre_norm : normalizes before.
    multi_head_attention : the first half.
    torch.nn.TransformerEncoderLayer : the same with ``norm_first=False, dropout=0`` and no biases in the
        attention.

    Notes
    -----
    Each block ends in a normalization, so the sum of residuals does not grow with depth; but the gradient
    passes one after every sum, and training needs a warm-up of the learning rate.

    Attention moves information between positions; the dense layers work on each position by itself. A decoder
    is the same block with a causal bias. Later models often have GELU or SwiGLU in place of ReLU and RMS
    normalization in place of this one.

    References
    ----------
    .. [1] Vaswani, A., Shazeer, N., Parmar, N., Uszkoreit, J., Jones, L., Gomez, A. N., Kaiser, Ł.,
       Polosukhin, I. (2017). Attention Is All You Need. arXiv:1706.03762
    .. [2] Xiong, R., Yang, Y., He, D., Zheng, K., Zheng, S., Xing, C., Zhang, H., Lan, Y., Wang, L., Liu,
       T.-Y. (2020). On Layer Normalization in the Transformer Architecture. arXiv:2002.04745

    Examples
    --------
    Attention and dense layers switched off: two normalizations are left.

    >>> x = [[1.0, 3.0], [2.0, -2.0], [0.0, 1.0]]
    >>> attention = [np.zeros((1, 2, 2))] * 4
    >>> dense = np.zeros((2, 4)), np.zeros(4), np.zeros((4, 2)), np.zeros(2)
    >>> gain, shift = np.ones((2, 2)), np.zeros((2, 2))
    >>> y, backward = transformer_post_norm(x, *attention, *dense, gain, shift)
    >>> y.round(3)
    array([[-1.,  1.],
           [ 1., -1.],
           [-1.,  1.]])
    """
    weights = [np.asarray(a, dtype=float) for a in (w_q, w_k, w_v, w_o, w1, b1, w2, b2)]
    w_q, w_k, w_v, w_o, w1, b1, w2, b2 = weights
    x, gain, shift = (np.asarray(a, dtype=float) for a in (x, gain, shift))
    if x.ndim < 2 or w_q.ndim != 3:
        raise ValueError(f"need x (..., t, d) and w_q (g, d, m), got {x.shape} and {w_q.shape}")
    (*_, t, d), (g, _, m), r = x.shape, w_q.shape, b1.size
    bias = np.zeros((t, t)) if bias is None else np.asarray(bias, dtype=float)
    shapes = [a.shape for a in (*weights, gain, shift, bias)]
    need = [*[(g, d, m)] * 3, (g, m, d), (d, r), (r,), (r, d), (d,), (2, d), (2, d)]
    if shapes[:-1] != need or bias.shape not in ((t, t), (g, t, t)) or not eps > 0:
        raise ValueError(f"need eps > 0 and for x {x.shape} weights of {need}, got {eps} and {shapes}")
    x_h = x[..., None, :, :]  # an axis for the heads
    q, k, v = x_h @ w_q, x_h @ w_k, x_h @ w_v  # (..., g, t, m)
    z = (q / np.sqrt(m)) @ k.mT + bias  # (..., g, t, t)
    top = z.max(axis=-1, keepdims=True)
    if not np.isfinite(top).all():
        raise ValueError("a query has no key to look at, or a score is inf or NaN")
    p = np.exp(z - top)
    p /= p.sum(axis=-1, keepdims=True)
    heads = p @ v
    a = x + (heads @ w_o).sum(axis=-3)
    s1 = np.sqrt(np.asarray_chkfinite(a.var(axis=-1, keepdims=True)) + eps)
    n1 = (a - a.mean(axis=-1, keepdims=True)) / s1
    f = gain[0] * n1 + shift[0]
    h = np.maximum(0, f @ w1 + b1)  # (..., t, r)
    c = f + h @ w2 + b2
    s2 = np.sqrt(np.asarray_chkfinite(c.var(axis=-1, keepdims=True)) + eps)
    n2 = (c - c.mean(axis=-1, keepdims=True)) / s2
    y = np.asarray_chkfinite(gain[1] * n2 + shift[1])

    def backward(dy):
        dy = np.asarray(dy, dtype=float)
        if dy.shape != y.shape:
            raise ValueError(f"need the shape of y, got {dy.shape} and {y.shape}")
        dn = gain[1] * dy
        dc = (dn - dn.mean(axis=-1, keepdims=True) - n2 * (n2 * dn).mean(axis=-1, keepdims=True)) / s2
        dh = (dc @ w2.T) * (h > 0)
        df = dc + dh @ w1.T
        dn = gain[0] * df
        da = (dn - dn.mean(axis=-1, keepdims=True) - n1 * (n1 * dn).mean(axis=-1, keepdims=True)) / s1
        da_h = da[..., None, :, :]
        dheads = da_h @ w_o.mT
        dp = dheads @ v.mT
        dz = p * (dp - (p * dp).sum(axis=-1, keepdims=True))
        dq, dk, dv = dz @ k / np.sqrt(m), dz.mT @ q / np.sqrt(m), p.mT @ dheads
        dx = da + (dq @ w_q.mT + dk @ w_k.mT + dv @ w_v.mT).sum(axis=-3)
        by_weights = [x_h.mT @ dq, x_h.mT @ dk, x_h.mT @ dv, heads.mT @ da_h]
        by_weights += [f.mT @ dh, dh, h.mT @ dc, dc]
        dw = [g.reshape(-1, *w.shape).sum(axis=0) for g, w in zip(by_weights, weights, strict=True)]
        dgain, dshift = (
            np.stack([g.reshape(-1, d).sum(axis=0) for g in pair]) for pair in ((df * n1, dy * n2), (df, dy))
        )
        return dx, *dw, dgain, dshift, dz.reshape(-1, *bias.shape).sum(axis=0)

    return y, backward


@np.errstate(over="ignore", invalid="ignore")
def kv_cache_step(q, k, v, keys, values):
    r"""Attention of one new position that appends its key and value to those of the past.

    .. math::
        \begin{aligned}
        y &= \sum_{j=1}^{S+1} \alpha_j V'_j \\
        K'_j &= \begin{cases} K_{c,j} & j \le S \\ k & \text{otherwise} \end{cases} \\
        V'_j &= \begin{cases} V_{c,j} & j \le S \\ v & \text{otherwise} \end{cases} \\
        \alpha_j &= \frac{\exp(q^\top K'_j / \sqrt{d})}{\sum_{i=1}^{S+1} \exp(q^\top K'_i / \sqrt{d})}
        \end{aligned}

    Use it when a model writes one element after the other: nothing of the past is computed again.

    Parameters
    ----------
    q : (..., d) array
        Query :math:`q` of the new position.
    k : (..., d) array
        Key :math:`k` of the new position.
    v : (..., m) array
        Value :math:`v` of the new position.
    keys : (..., s, d) array
        Keys of the past :math:`K_c`, none before the first step.
    values : (..., s, m) array
        Values of the past :math:`V_c`.

    Returns
    -------
    y : (..., m) array
        Output :math:`y` of the new position.
    keys_next : (..., s + 1, d) array
        Keys :math:`K'` for the next step.
    values_next : (..., s + 1, m) array
        Values :math:`V'` for the next step.

    Raises
    ------
    ValueError
        If the shapes do not fit, or a score is too large for a float.

    See Also
    --------
    causal_bias : for all positions at once, as in training.
    grouped_query_attention : makes the cache smaller.
    torch.nn.functional.scaled_dot_product_attention : the same with the appended keys and values.

    Notes
    -----
    Step after step it gives the rows of causal attention over the whole sequence. A step costs a time that
    grows with the past, and the cache holds :math:`S (d + m)` numbers per head and layer. Libraries reserve
    the memory first; appending copies.

    References
    ----------
    .. [1] Pope, R., Douglas, S., Chowdhery, A., Devlin, J., Bradbury, J., Levskaya, A., Heek, J., Xiao, K.,
       Agrawal, S., Dean, J. (2022). Efficiently Scaling Transformer Inference. arXiv:2211.05102

    Examples
    --------
    The first position sees itself alone, the second both:

    >>> keys, values = np.empty((0, 1)), np.empty((0, 1))
    >>> y, keys, values = kv_cache_step([0.0], [1.0], [10.0], keys, values)
    >>> y
    array([10.])
    >>> y, keys, values = kv_cache_step([0.0], [1.0], [20.0], keys, values)
    >>> y, values.tolist()
    (array([15.]), [[10.0], [20.0]])
    """
    q, k, v, keys, values = (np.asarray(a, dtype=float) for a in (q, k, v, keys, values))
    shapes = q.shape, k.shape, v.shape, keys.shape, values.shape
    if min(keys.ndim, values.ndim) < 2:
        raise ValueError(f"need keys (..., s, d) and values (..., s, m), got {keys.shape} and {values.shape}")
    (*n, s, d), (*_, m) = keys.shape, values.shape
    if shapes != ((*n, d), (*n, d), (*n, m), (*n, s, d), (*n, s, m)):
        raise ValueError(
            f"need q and k (..., d), v (..., m), keys (..., s, d) and values (..., s, m), got {shapes}"
        )
    keys = np.concatenate([keys, k[..., None, :]], axis=-2)  # (..., s + 1, d)
    values = np.concatenate([values, v[..., None, :]], axis=-2)
    z = (keys @ q[..., None])[..., 0] / np.sqrt(d)  # (..., s + 1)
    top = z.max(axis=-1, keepdims=True)
    if not np.isfinite(top).all():
        raise ValueError("a score is inf or NaN")
    p = np.exp(z - top)
    p /= p.sum(axis=-1, keepdims=True)
    return np.asarray_chkfinite((p[..., None, :] @ values)[..., 0, :]), keys, values


@np.errstate(over="ignore", invalid="ignore")
def online_softmax(z, v, state=None):
    r"""Mean of values with softmax weights, block by block, without all scores at once.

    .. math::
        \begin{aligned}
        y_{t,i} &= \frac{o_{t,i}}{\ell_{t,i}} \\
        \mu_{t,i} &= \max(\mu_{t-1,i}, \max_j z_{t,i,j}), \quad \mu_0 = -\infty \\
        \ell_{t,i} &= e^{\mu_{t-1,i} - \mu_{t,i}} \, \ell_{t-1,i} + \sum_j e^{z_{t,i,j} - \mu_{t,i}},
            \quad \ell_0 = 0 \\
        o_{t,i} &= e^{\mu_{t-1,i} - \mu_{t,i}} \, o_{t-1,i} + \sum_j e^{z_{t,i,j} - \mu_{t,i}} \, v_{t,j},
            \quad o_0 = 0
        \end{aligned}

    Use it to see how FlashAttention works: scores are made block by block in fast memory and never stored.

    Parameters
    ----------
    z : (n, s) array
        Scores :math:`z` of the next block of keys, one query per row; -inf where a query must not look.
    v : (s, m) array
        Values :math:`v` of that block.
    state : tuple or None
        What the last call returned, None for the first block:

        top : (n,) array
            Largest score so far :math:`\mu`.
        total : (n,) array in [0, inf)
            Sum of the exponentials so far :math:`\ell`, relative to the largest.
        weighted : (n, m) array
            Sum of the weighted values so far :math:`o`, relative to the largest.

    Returns
    -------
    y : (n, m) array
        Mean :math:`y_t` over all blocks so far; zeros where no key was allowed yet.
    state : tuple
        For the next block: ``(top, total, weighted)``.

    Raises
    ------
    ValueError
        If the shapes do not fit, or a score is inf or NaN.

    See Also
    --------
    softmax : all scores at once.
    scaled_dot_product_attention : with all scores in memory.
    scipy.special.softmax : the weights over all blocks so far.

    Notes
    -----
    When a larger score comes, what was added up before is scaled down by the exponential of the difference;
    so nothing overflows, and the result is that of the softmax over everything. The memory does not grow with
    the number of keys. Backward, FlashAttention makes the scores anew from ``top`` and ``total``.

    References
    ----------
    .. [1] Milakov, M., Gimelshein, N. (2018). Online normalizer calculation for softmax. arXiv:1805.02867
    .. [2] Dao, T., Fu, D. Y., Ermon, S., Rudra, A., Ré, C. (2022). FlashAttention: Fast and Memory-Efficient
       Exact Attention with IO-Awareness. arXiv:2205.14135

    Examples
    --------
    Four scores in two blocks; then all at once.

    >>> z, v = np.array([[1.0, 2.0, 4.0, 3.0]]), np.array([[1.0], [0.0], [2.0], [5.0]])
    >>> y, state = online_softmax(z[:, :2], v[:2])
    >>> y, state = online_softmax(z[:, 2:], v[2:], state)
    >>> p = np.exp(z) / np.exp(z).sum()
    >>> y.round(4), (p @ v).round(4)
    (array([[2.5043]]), array([[2.5043]]))
    """
    z, v = np.asarray(z, dtype=float), np.asarray(v, dtype=float)
    if not z.ndim == v.ndim == 2:
        raise ValueError(f"need z (n, s) and v (s, m), got {z.shape} and {v.shape}")
    (n, s), (_, m) = z.shape, v.shape
    top, total, weighted = state or (np.full(n, -np.inf), np.zeros(n), np.zeros((n, m)))
    shapes = v.shape, top.shape, total.shape, weighted.shape
    if shapes != ((s, m), (n,), (n,), (n, m)):
        raise ValueError(f"need v (s, m) and a state of (n,), (n,), (n, m) for z {z.shape}, got {shapes}")
    if not (z < np.inf).all():
        raise ValueError("need scores below inf")
    new = np.maximum(top, z.max(axis=1, initial=-np.inf))
    base = np.where(new == -np.inf, 0.0, new)  # no key so far: -inf - -inf is NaN
    scale, p = np.exp(top - base), np.exp(z - base[:, None])  # (n,) and (n, s)
    total = scale * total + p.sum(axis=1)
    weighted = np.asarray_chkfinite(scale[:, None] * weighted + p @ v)
    return weighted / np.where(total == 0, 1.0, total)[:, None], (new, total, weighted)
