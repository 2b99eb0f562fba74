"""Recurrent networks: one cell applied at every step of a sequence, and gradients sent back through time."""

import numpy as np

# %% Cells


@np.errstate(over="ignore", invalid="ignore")
def rnn_cell(x, h, w, u, b):
    r"""One step of a plain recurrent network: the new state from the input and the old state.

    .. math::
        h' = \tanh(x W + h U + b)

    Use it where the steps come one at a time, such as when a model writes text; for whole sequences there is
    ``rnn``.

    Parameters
    ----------
    x : (n, d) array
        Inputs :math:`x` of this step, one example per row.
    h : (n, m) array
        Old state :math:`h`, zeros before the first step.
    w : (d, m) array
        Weights of the input :math:`W`.
    u : (m, m) array
        Weights of the old state :math:`U`.
    b : (m,) array
        Biases :math:`b`.

    Returns
    -------
    h_next : (n, m) array in [-1, 1]
        New state :math:`h'`, which is also the output.
    backward : function
        Takes the gradient by ``h_next``; returns those by the inputs:

        dx : (n, d) array
            By ``x``.
        dh : (n, m) array
            By ``h``.
        dw : (d, m) array
            By ``w``.
        du : (m, m) array
            By ``u``.
        db : (m,) array
            By ``b``.

    Raises
    ------
    ValueError
        If the shapes do not fit, or a sum is not a number.

    See Also
    --------
    rnn : the same over all steps.
    gru_cell : keeps part of its state as it is.
    torch.nn.RNNCell : the same; transposed weights, and two biases that are added.
    keras.layers.SimpleRNNCell : the same.

    Notes
    -----
    Stacking input and state gives the same with one product: :math:`[x, h]` side by side times :math:`W` on
    top of :math:`U`. For 10000 inputs and 100 units that matrix has 10100 rows and 100 columns, or the
    transpose of it where weights stand on the left, :math:`W_a [h; x]`.

    The activation may also be ReLU. The prediction at this step is another layer on top, such as
    :math:`\hat{y} = \operatorname{softmax}(h' V + c)`.

    References
    ----------
    .. [1] Elman, J. L. (1990). Finding Structure in Time. Cognitive Science 14(2), 179-211.
       doi:10.1207/s15516709cog1402_1

    Examples
    --------
    Two units: the second takes the input, the first what the second held.

    >>> w, u = [[0.0, 1.0]], [[0.0, 0.0], [2.0, 0.0]]
    >>> h, backward = rnn_cell([[1.0]], [[0.0, 0.25]], w, u, b=[0.0, 0.0])
    >>> h.round(4)
    array([[0.4621, 0.7616]])
    """
    x, h, w, u, b = (np.asarray(a, dtype=float) for a in (x, h, w, u, b))
    m, shapes = b.size, (h.shape, w.shape, u.shape, b.shape)
    if x.ndim != 2 or shapes != ((len(x), m), (x.shape[1], m), (m, m), (m,)):
        raise ValueError(f"need x (n, d), h (n, m), w (d, m), u (m, m), b (m,), got {x.shape} and {shapes}")
    h_next = np.tanh(x @ w + h @ u + b)  # (n, m)

    def backward(dh_next):
        dh_next = np.asarray(dh_next, dtype=float)
        if dh_next.shape != h_next.shape:
            raise ValueError(f"need the shape of h_next, got {dh_next.shape} and {h_next.shape}")
        dz = dh_next * (1 - h_next**2)
        return dz @ w.T, dz @ u.T, x.T @ dz, h.T @ dz, dz.sum(axis=0)

    return h_next, backward


@np.errstate(over="ignore", invalid="ignore")
def gru_cell(x, h, w, u, b, b_hn):
    r"""One step of a gated recurrent unit: a gate mixes the old state with a candidate.

    .. math::
        \begin{aligned}
        h' &= (1 - z) \odot \tilde{h} + z \odot h \\
        r &= \sigma(x W_1 + h U_1 + b_1) \\
        z &= \sigma(x W_2 + h U_2 + b_2) \\
        \tilde{h} &= \tanh(x W_3 + b_3 + r \odot (h U_3 + b_{hn}))
        \end{aligned}

    Use it like an LSTM with fewer weights and one state instead of two; neither of them wins in general.

    Parameters
    ----------
    x : (n, d) array
        Inputs :math:`x` of this step, one example per row.
    h : (n, m) array
        Old state :math:`h`, zeros before the first step.
    w : (3, d, m) array
        Weights of the input :math:`W`: of the reset gate, the update gate and the candidate.
    u : (3, m, m) array
        Weights of the old state :math:`U`, in the same order.
    b : (3, m) array
        Biases :math:`b`, in the same order.
    b_hn : (m,) array
        Bias of the old state in the candidate :math:`b_{hn}`, which the reset gate scales too.

    Returns
    -------
    h_next : (n, m) array
        New state :math:`h'`, which is also the output.
    backward : function
        Takes the gradient by ``h_next``; returns those by the inputs:

        dx : (n, d) array
            By ``x``.
        dh : (n, m) array
            By ``h``.
        dw : (3, d, m) array
            By ``w``.
        du : (3, m, m) array
            By ``u``.
        db : (3, m) array
            By ``b``.
        db_hn : (m,) array
            By ``b_hn``.

    Raises
    ------
    ValueError
        If the shapes do not fit, or the new state is not finite.

    See Also
    --------
    gru : the same over all steps.
    gru_cell_reset_first : the first paper's form, with the reset before the product.
    lstm_cell : has a memory beside its state.
    torch.nn.GRUCell : the same; stacks the transposed weights, and has two biases for each gate.
    keras.layers.GRUCell : the same; the gates stand in the order z, r, candidate.

    Notes
    -----
    Three conventions differ. *Which way the update gate points*: here, as in PyTorch and Keras, :math:`z = 1`
    keeps the old state. In the first paper too; the second paper and several courses write
    :math:`(1 - u) \odot h + u \odot \tilde{h}`, so their gate is :math:`u = 1 - z`. *Where the reset
    stands*: after the product here, before it in the papers. *Order of the gates*: r, z, candidate in PyTorch
    and here.

    The biases of both products only add up, but for the candidate: there :math:`b_{hn}` stands inside the
    bracket that the reset gate scales, so it is an argument of its own.

    References
    ----------
    .. [1] Cho, K., van Merrienboer, B., Gulcehre, C., Bahdanau, D., Bougares, F., Schwenk, H., Bengio, Y.
       (2014). Learning Phrase Representations using RNN Encoder-Decoder for Statistical Machine Translation.
       arXiv:1406.1078

    Examples
    --------
    With zero weights both gates are one half and the candidate is 0: half of the state is kept.

    >>> zeros = np.zeros((3, 1, 2)), np.zeros((3, 2, 2)), np.zeros((3, 2)), np.zeros(2)
    >>> h, backward = gru_cell([[1.0]], [[0.8, -0.4]], *zeros)
    >>> h
    array([[ 0.4, -0.2]])
    >>> w, u, b, b_hn = zeros
    >>> b[1] = 50.0  # a large bias of the update gate keeps all of it
    >>> gru_cell([[1.0]], [[0.8, -0.4]], w, u, b, b_hn)[0]
    array([[ 0.8, -0.4]])
    """
    x, h, w, u, b, b_hn = (np.asarray(a, dtype=float) for a in (x, h, w, u, b, b_hn))
    m, shapes = b_hn.size, (h.shape, w.shape, u.shape, b.shape, b_hn.shape)
    if x.ndim != 2 or shapes != ((len(x), m), (3, x.shape[1], m), (3, m, m), (3, m), (m,)):
        raise ValueError(
            "need x (n, d), h (n, m), w (3, d, m), u (3, m, m), b (3, m), b_hn (m,), "
            f"got {x.shape} and {shapes}"
        )
    from_x = x @ w + b[:, None]  # (3, n, m)
    from_h = h @ u
    r, z = 1 / (1 + np.exp(-(from_x[:2] + from_h[:2])))
    old = from_h[2] + b_hn
    c = np.tanh(from_x[2] + r * old)
    h_next = np.asarray_chkfinite((1 - z) * c + z * h)  # (n, m)

    def backward(dh_next):
        dh_next = np.asarray(dh_next, dtype=float)
        if dh_next.shape != h_next.shape:
            raise ValueError(f"need the shape of h_next, got {dh_next.shape} and {h_next.shape}")
        dc = dh_next * (1 - z) * (1 - c**2)
        dr, dz = dc * old * r * (1 - r), dh_next * (h - c) * z * (1 - z)
        by_x, by_h = np.stack([dr, dz, dc]), np.stack([dr, dz, dc * r])  # (3, n, m)
        dx = (by_x @ w.mT).sum(axis=0)
        dh = dh_next * z + (by_h @ u.mT).sum(axis=0)
        return dx, dh, x.T @ by_x, h.T @ by_h, by_x.sum(axis=1), (dc * r).sum(axis=0)

    return h_next, backward


@np.errstate(over="ignore", invalid="ignore")
def gru_cell_reset_first(x, h, w, u, b):
    r"""A gated recurrent unit as in the papers: the reset gate acts before the product.

    .. math::
        \begin{aligned}
        h' &= (1 - z) \odot \tilde{h} + z \odot h \\
        r &= \sigma(x W_1 + h U_1 + b_1) \\
        z &= \sigma(x W_2 + h U_2 + b_2) \\
        \tilde{h} &= \tanh(x W_3 + (r \odot h) U_3 + b_3)
        \end{aligned}

    Use it to follow the papers and textbooks, or for weights that were trained this way; libraries default to
    the other form, which is faster.

    Parameters
    ----------
    x : (n, d) array
        Inputs :math:`x` of this step, one example per row.
    h : (n, m) array
        Old state :math:`h`, zeros before the first step.
    w : (3, d, m) array
        Weights of the input :math:`W`: of the reset gate, the update gate and the candidate.
    u : (3, m, m) array
        Weights of the old state :math:`U`, in the same order.
    b : (3, m) array
        Biases :math:`b`, in the same order.

    Returns
    -------
    h_next : (n, m) array
        New state :math:`h'`, which is also the output.
    backward : function
        Takes the gradient by ``h_next``; returns those by the inputs:

        dx : (n, d) array
            By ``x``.
        dh : (n, m) array
            By ``h``.
        dw : (3, d, m) array
            By ``w``.
        du : (3, m, m) array
            By ``u``.
        db : (3, m) array
            By ``b``.

    Raises
    ------
    ValueError
        If the shapes do not fit, or the new state is not finite.

    See Also
    --------
    gru_cell : the reset after the product, as in PyTorch.
    keras.layers.GRUCell : the same with ``reset_after=False``; the gates stand in the order z, r, candidate.
    torch.nn.RNNCell : gives the candidate, with the state cut before.

    Notes
    -----
    The two forms are not the same function, so weights of one give wrong numbers in the other. They agree
    where all units have the same reset gate, or :math:`U_3` is diagonal, and :math:`b_{hn}` is zero. With the
    reset after the product, all three products of the state are computed at once.

    Papers write :math:`W_r [h, x]` for :math:`x W_1 + h U_1`: the state and the input side by side, and the
    two weight matrices in one.

    References
    ----------
    .. [1] Cho, K., van Merrienboer, B., Gulcehre, C., Bahdanau, D., Bougares, F., Schwenk, H., Bengio, Y.
       (2014). Learning Phrase Representations using RNN Encoder-Decoder for Statistical Machine Translation.
       arXiv:1406.1078

    Examples
    --------
    Gates at one half. The candidate sees half of the state, swapped:

    >>> w, u, b = np.zeros((3, 1, 2)), np.zeros((3, 2, 2)), np.zeros((3, 2))
    >>> u[2] = [[0.0, 1.0], [1.0, 0.0]]
    >>> h, backward = gru_cell_reset_first([[1.0]], [[0.8, -0.4]], w, u, b)
    >>> h.round(4)
    array([[ 0.3013, -0.01  ]])
    >>> (np.array([0.8, -0.4]) / 2 + np.tanh([-0.2, 0.4]) / 2).round(4)
    array([ 0.3013, -0.01  ])
    """
    x, h, w, u, b = (np.asarray(a, dtype=float) for a in (x, h, w, u, b))
    m, shapes = b.size // 3, (h.shape, w.shape, u.shape, b.shape)
    if x.ndim != 2 or shapes != ((len(x), m), (3, x.shape[1], m), (3, m, m), (3, m)):
        raise ValueError(
            f"need x (n, d), h (n, m), w (3, d, m), u (3, m, m), b (3, m), got {x.shape} and {shapes}"
        )
    from_x = x @ w + b[:, None]  # (3, n, m)
    r, z = 1 / (1 + np.exp(-(from_x[:2] + h @ u[:2])))
    c = np.tanh(from_x[2] + (r * h) @ u[2])
    h_next = np.asarray_chkfinite((1 - z) * c + z * h)  # (n, m)

    def backward(dh_next):
        dh_next = np.asarray(dh_next, dtype=float)
        if dh_next.shape != h_next.shape:
            raise ValueError(f"need the shape of h_next, got {dh_next.shape} and {h_next.shape}")
        dc = dh_next * (1 - z) * (1 - c**2)
        dcut = dc @ u[2].T  # by r * h
        dr, dz = dcut * h * r * (1 - r), dh_next * (h - c) * z * (1 - z)
        gates = np.stack([dr, dz, dc])  # (3, n, m)
        dx = (gates @ w.mT).sum(axis=0)
        dh = dh_next * z + dcut * r + dr @ u[0].T + dz @ u[1].T
        return dx, dh, x.T @ gates, np.stack([h, h, r * h]).mT @ gates, gates.sum(axis=1)

    return h_next, backward


@np.errstate(over="ignore", invalid="ignore")
def lstm_cell(x, h, c, w, u, b):
    r"""One step of long short-term memory: a memory cell that is only scaled and added to.

    .. math::
        \begin{aligned}
        h' &= o \odot \tanh(c') \\
        c' &= f \odot c + i \odot g \\
        i &= \sigma(x W_1 + h U_1 + b_1) \\
        f &= \sigma(x W_2 + h U_2 + b_2) \\
        g &= \tanh(x W_3 + h U_3 + b_3) \\
        o &= \sigma(x W_4 + h U_4 + b_4)
        \end{aligned}

    Use it for sequences in which something early matters late. Start the biases of the forget gate at 1 or
    2, so that it remembers before it has learned anything.

    Parameters
    ----------
    x : (n, d) array
        Inputs :math:`x` of this step, one example per row.
    h : (n, m) array
        Old state :math:`h`, zeros before the first step.
    c : (n, m) array
        Old memory :math:`c`, zeros before the first step.
    w : (4, d, m) array
        Weights of the input :math:`W`: of input gate, forget gate, candidate and output gate.
    u : (4, m, m) array
        Weights of the old state :math:`U`, in the same order.
    b : (4, m) array
        Biases :math:`b`, in the same order.

    Returns
    -------
    h_next : (n, m) array in [-1, 1]
        New state :math:`h'`, which is also the output.
    c_next : (n, m) array
        New memory :math:`c'`.
    backward : function
        Takes the gradients by ``h_next`` and ``c_next``; returns those by the inputs:

        dx : (n, d) array
            By ``x``.
        dh : (n, m) array
            By ``h``.
        dc : (n, m) array
            By ``c``.
        dw : (4, d, m) array
            By ``w``.
        du : (4, m, m) array
            By ``u``.
        db : (4, m) array
            By ``b``.

    Raises
    ------
    ValueError
        If the shapes do not fit, or the new memory is not finite.

    See Also
    --------
    lstm : the same over all steps.
    gru_cell : has one state and fewer weights.
    torch.nn.LSTMCell : the same; stacks the transposed weights, and has two biases that are added.
    keras.layers.LSTMCell : the same, in the same order.

    Notes
    -----
    The memory is where the gradient survives. Along it, :math:`\partial c' / \partial c = f`: the gradient
    is scaled by the forget gate, which can stay near 1, and passes no weight matrix and no tanh. The gates
    decide what is forgotten, what is written and what is shown; :math:`g` is what could be written.

    PyTorch and Keras have the gates in the order i, f, g, o; the older ``BasicLSTMCell`` of TensorFlow has i,
    g, f, o and adds 1 to the forget gate. Courses call :math:`i` the update gate. With *peephole* connections
    the gates also see the memory; this one, like PyTorch's and Keras', has none.

    References
    ----------
    .. [1] Hochreiter, S., Schmidhuber, J. (1997). Long Short-Term Memory. Neural Computation 9(8), 1735-1780.
       doi:10.1162/neco.1997.9.8.1735
    .. [2] Gers, F. A., Schmidhuber, J., Cummins, F. (2000). Learning to Forget: Continual Prediction with
       LSTM. Neural Computation 12(10), 2451-2471. doi:10.1162/089976600300015015

    Examples
    --------
    With zero weights the gates are one half and the candidate is 0: half of the memory is kept.

    >>> w, u, b = np.zeros((4, 1, 2)), np.zeros((4, 2, 2)), np.zeros((4, 2))
    >>> h, c, backward = lstm_cell([[1.0]], [[0.0, 0.0]], [[3.0, -1.0]], w, u, b)
    >>> c
    array([[ 1.5, -0.5]])
    >>> h.round(4)
    array([[ 0.4526, -0.2311]])
    >>> dx, dh, dc, dw, du, db = backward(np.zeros((1, 2)), np.ones((1, 2)))
    >>> dc  # by the old memory, for 1 by the new one: the forget gate
    array([[0.5, 0.5]])
    """
    x, h, c, w, u, b = (np.asarray(a, dtype=float) for a in (x, h, c, w, u, b))
    m, shapes = b.size // 4, (h.shape, c.shape, w.shape, u.shape, b.shape)
    if x.ndim != 2 or shapes != ((len(x), m), (len(x), m), (4, x.shape[1], m), (4, m, m), (4, m)):
        raise ValueError(
            f"need x (n, d), h and c (n, m), w (4, d, m), u (4, m, m), b (4, m), got {x.shape} and {shapes}"
        )
    i, f, g, o = x @ w + h @ u + b[:, None]  # (n, m) each
    i, f, o = (1 / (1 + np.exp(-z)) for z in (i, f, o))
    g = np.tanh(g)
    c_next = np.asarray_chkfinite(f * c + i * g)
    s = np.tanh(c_next)
    h_next = np.asarray_chkfinite(o * s)

    def backward(dh_next, dc_next):
        dh_next, dc_next = np.asarray(dh_next, dtype=float), np.asarray(dc_next, dtype=float)
        if not dh_next.shape == dc_next.shape == c.shape:
            raise ValueError(f"need the shape of c_next, got {dh_next.shape}, {dc_next.shape} and {c.shape}")
        dc_next = dc_next + dh_next * o * (1 - s**2)
        di, df = dc_next * g * i * (1 - i), dc_next * c * f * (1 - f)
        dg, do = dc_next * i * (1 - g**2), dh_next * s * o * (1 - o)
        dz = np.stack([di, df, dg, do])  # (4, n, m)
        dx, dh = (dz @ w.mT).sum(axis=0), (dz @ u.mT).sum(axis=0)
        return dx, dh, dc_next * f, x.T @ dz, h.T @ dz, dz.sum(axis=1)

    return h_next, c_next, backward


# %% Sequences


@np.errstate(over="ignore", invalid="ignore")
def rnn(x, h0, w, u, b):
    r"""A plain recurrent network over whole sequences, with backpropagation through time.

    .. math::
        h_t = \tanh(x_t W + h_{t-1} U + b)

    Use it for short sequences and to see how recurrence works; over many steps its gradient fades or
    explodes, and gated units learn better.

    Parameters
    ----------
    x : (n, t, d) array
        Inputs :math:`x`, at each step one row per example.
    h0 : (n, m) array
        State before the first step :math:`h_0`, usually zeros.
    w : (d, m) array
        Weights of the input :math:`W`, the same at every step.
    u : (m, m) array
        Weights of the old state :math:`U`, the same at every step.
    b : (m,) array
        Biases :math:`b`.

    Returns
    -------
    h : (n, t, m) array in [-1, 1]
        States :math:`h_t` after each step; the last is the summary of the sequence.
    backward : function
        Takes the gradient by ``h``; returns those by the inputs:

        dx : (n, t, d) array
            By ``x``.
        dh0 : (n, m) array
            By ``h0``.
        dw : (d, m) array
            By ``w``.
        du : (m, m) array
            By ``u``.
        db : (m,) array
            By ``b``.

    Raises
    ------
    ValueError
        If the shapes do not fit, or a state is not finite.

    See Also
    --------
    rnn_cell : one step.
    lstm : keeps gradients alive over many steps.
    bidirectional_rnn : reads in both directions.
    torch.nn.RNN : the same with ``batch_first=True``; transposed weights, two biases that are added.

    Notes
    -----
    Backpropagation through time is backpropagation through the unrolled network, last step first:

    .. math::
        \delta_t = \Bigl(\frac{\partial L}{\partial h_t} + \delta_{t+1} U^\top\Bigr) \odot (1 - h_t^2),
        \quad \frac{\partial L}{\partial U} = \sum_t h_{t-1}^\top \delta_t

    As all steps share the weights, their gradients add up over the steps. From the last state to the first
    the gradient passes :math:`U` once per step: it fades if the norm of :math:`U` is below 1, and can explode
    otherwise. Against the second there is clipping.

    References
    ----------
    .. [1] Elman, J. L. (1990). Finding Structure in Time. Cognitive Science 14(2), 179-211.
       doi:10.1207/s15516709cog1402_1
    .. [2] Werbos, P. J. (1990). Backpropagation through time: what it does and how to do it. Proceedings of
       the IEEE 78(10), 1550-1560. doi:10.1109/5.58337

    Examples
    --------
    One unit, an impulse at the first step of three. It is remembered, and fades:

    >>> h, backward = rnn([[[1.0], [0.0], [0.0]]], h0=[[0.0]], w=[[1.0]], u=[[0.5]], b=[0.0])
    >>> h[0, :, 0].round(4)
    array([0.7616, 0.3634, 0.1797])
    >>> dx, *_ = backward([[[0.0], [0.0], [1.0]]])
    >>> dx[0, :, 0].round(4)  # how the last state changes with each input
    array([0.0882, 0.42  , 0.9677])
    """
    x, h0, w, u, b = (np.asarray(a, dtype=float) for a in (x, h0, w, u, b))
    m, shapes = b.size, (h0.shape, w.shape, u.shape, b.shape)
    if x.ndim != 3 or shapes != ((len(x), m), (x.shape[2], m), (m, m), (m,)):
        raise ValueError(
            f"need x (n, t, d), h0 (n, m), w (d, m), u (m, m), b (m,), got {x.shape} and {shapes}"
        )
    steps, h = x.shape[1], [h0]
    for t in range(steps):
        h.append(np.tanh(x[:, t] @ w + h[t] @ u + b))
    h = np.asarray_chkfinite(np.stack(h, axis=1))  # (n, t + 1, m)
    before, after = h[:, :-1], h[:, 1:]

    def backward(dh):
        dh = np.asarray(dh, dtype=float)
        if dh.shape != after.shape:
            raise ValueError(f"need the shape of h, got {dh.shape} and {after.shape}")
        dz, later = np.zeros_like(dh), np.zeros_like(h0)
        for t in reversed(range(steps)):
            dz[:, t] = (dh[:, t] + later) * (1 - after[:, t] ** 2)
            later = dz[:, t] @ u.T
        dw, du = (np.einsum("nti,ntj->ij", a, dz, optimize=True) for a in (x, before))
        return dz @ w.T, later, dw, du, dz.sum(axis=(0, 1))

    return after, backward


@np.errstate(over="ignore", invalid="ignore")
def gru(x, h0, w, u, b, b_hn):
    r"""Gated recurrent units over whole sequences, with backpropagation through time.

    .. math::
        \begin{aligned}
        h_t &= (1 - z_t) \odot \tilde{h}_t + z_t \odot h_{t-1} \\
        r_t &= \sigma(x_t W_1 + h_{t-1} U_1 + b_1) \\
        z_t &= \sigma(x_t W_2 + h_{t-1} U_2 + b_2) \\
        \tilde{h}_t &= \tanh(x_t W_3 + b_3 + r_t \odot (h_{t-1} U_3 + b_{hn}))
        \end{aligned}

    Use it for sequences with long dependencies where memory or time is short: it has three quarters of the
    weights of an LSTM.

    Parameters
    ----------
    x : (n, t, d) array
        Inputs :math:`x`, at each step one row per example.
    h0 : (n, m) array
        State before the first step :math:`h_0`, usually zeros.
    w : (3, d, m) array
        Weights of the input :math:`W`: of the reset gate, the update gate and the candidate.
    u : (3, m, m) array
        Weights of the old state :math:`U`, in the same order.
    b : (3, m) array
        Biases :math:`b`, in the same order.
    b_hn : (m,) array
        Bias of the old state in the candidate :math:`b_{hn}`, which the reset gate scales too.

    Returns
    -------
    h : (n, t, m) array
        States :math:`h_t` after each step.
    backward : function
        Takes the gradient by ``h``; returns those by the inputs:

        dx : (n, t, d) array
            By ``x``.
        dh0 : (n, m) array
            By ``h0``.
        dw : (3, d, m) array
            By ``w``.
        du : (3, m, m) array
            By ``u``.
        db : (3, m) array
            By ``b``.
        db_hn : (m,) array
            By ``b_hn``.

    Raises
    ------
    ValueError
        If the shapes do not fit, or a state is not finite.

    See Also
    --------
    gru_cell : one step, and the conventions that differ.
    lstm : the same with a memory beside the state.
    torch.nn.GRU : the same with ``batch_first=True``; stacks the transposed weights, two biases per gate.
    keras.layers.GRU : the same with ``return_sequences=True``; the gates in the order z, r, candidate.

    Notes
    -----
    The gradient has a way back without a product with :math:`U`: :math:`\partial h_t / \partial h_{t-1}`
    contains the plain factor :math:`z_t`, which can be near 1 for as long as something must be kept.

    References
    ----------
    .. [1] Cho, K., van Merrienboer, B., Gulcehre, C., Bahdanau, D., Bougares, F., Schwenk, H., Bengio, Y.
       (2014). Learning Phrase Representations using RNN Encoder-Decoder for Statistical Machine Translation.
       arXiv:1406.1078

    Examples
    --------
    One unit. Its update gate is closed to inputs of 0, so it holds what the impulse wrote:

    >>> w, u = [[[0.0]], [[-20.0]], [[1.0]]], np.zeros((3, 1, 1))
    >>> b = [[0.0], [10.0], [0.0]]
    >>> h, backward = gru([[[1.0], [0.0], [0.0]]], [[0.0]], w, u, b, b_hn=[0.0])
    >>> h[0, :, 0].round(4)
    array([0.7616, 0.7615, 0.7615])
    """
    x, h0, w, u, b, b_hn = (np.asarray(a, dtype=float) for a in (x, h0, w, u, b, b_hn))
    m, shapes = b_hn.size, (h0.shape, w.shape, u.shape, b.shape, b_hn.shape)
    if x.ndim != 3 or shapes != ((len(x), m), (3, x.shape[2], m), (3, m, m), (3, m), (m,)):
        raise ValueError(
            "need x (n, t, d), h0 (n, m), w (3, d, m), u (3, m, m), b (3, m), b_hn (m,), "
            f"got {x.shape} and {shapes}"
        )
    n, steps, _ = x.shape
    h, kept = [h0], []
    for t in range(steps):
        from_x, from_h = x[:, t] @ w + b[:, None], h[t] @ u  # (3, n, m)
        r, z = 1 / (1 + np.exp(-(from_x[:2] + from_h[:2])))
        old = from_h[2] + b_hn
        c = np.tanh(from_x[2] + r * old)
        h.append((1 - z) * c + z * h[t])
        kept.append((r, z, c, old))
    h = np.asarray_chkfinite(np.stack(h, axis=1))  # (n, t + 1, m)

    def backward(dh):
        dh = np.asarray(dh, dtype=float)
        if dh.shape != (n, steps, m):
            raise ValueError(f"need the shape of h, got {dh.shape} and {(n, steps, m)}")
        by_x, by_h, later = np.zeros((3, n, steps, m)), np.zeros((3, n, steps, m)), np.zeros_like(h0)
        for t in reversed(range(steps)):
            r, z, c, old = kept[t]
            later = later + dh[:, t]
            dc = later * (1 - z) * (1 - c**2)
            dr, dz = dc * old * r * (1 - r), later * (h[:, t] - c) * z * (1 - z)
            by_x[:, :, t], by_h[:, :, t] = (dr, dz, dc), (dr, dz, dc * r)
            later = later * z + (by_h[:, :, t] @ u.mT).sum(axis=0)
        dx = np.einsum("gntj,gij->nti", by_x, w, optimize=True)
        dw, du = (np.einsum("nti,gntj->gij", a, g, optimize=True) for a, g in ((x, by_x), (h[:, :-1], by_h)))
        return dx, later, dw, du, by_x.sum(axis=(1, 2)), by_h[2].sum(axis=(0, 1))

    return h[:, 1:], backward


@np.errstate(over="ignore", invalid="ignore")
def lstm(x, h0, c0, w, u, b):
    r"""Long short-term memory over whole sequences, with backpropagation through time.

    .. math::
        \begin{aligned}
        h_t &= o_t \odot \tanh(c_t) \\
        c_t &= f_t \odot c_{t-1} + i_t \odot g_t \\
        i_t &= \sigma(x_t W_1 + h_{t-1} U_1 + b_1) \\
        f_t &= \sigma(x_t W_2 + h_{t-1} U_2 + b_2) \\
        g_t &= \tanh(x_t W_3 + h_{t-1} U_3 + b_3) \\
        o_t &= \sigma(x_t W_4 + h_{t-1} U_4 + b_4)
        \end{aligned}

    Use it as the first choice among recurrent layers. Clip the gradients: gates keep them from fading, not
    from exploding.

    Parameters
    ----------
    x : (n, t, d) array
        Inputs :math:`x`, at each step one row per example.
    h0 : (n, m) array
        State before the first step :math:`h_0`, usually zeros.
    c0 : (n, m) array
        Memory before the first step :math:`c_0`, usually zeros.
    w : (4, d, m) array
        Weights of the input :math:`W`: of input gate, forget gate, candidate and output gate.
    u : (4, m, m) array
        Weights of the old state :math:`U`, in the same order.
    b : (4, m) array
        Biases :math:`b`, in the same order.

    Returns
    -------
    h : (n, t, m) array in [-1, 1]
        States :math:`h_t` after each step.
    c : (n, t, m) array
        Memories :math:`c_t` after each step.
    backward : function
        Takes the gradients by ``h`` and ``c``; returns those by the inputs:

        dx : (n, t, d) array
            By ``x``.
        dh0 : (n, m) array
            By ``h0``.
        dc0 : (n, m) array
            By ``c0``.
        dw : (4, d, m) array
            By ``w``.
        du : (4, m, m) array
            By ``u``.
        db : (4, m) array
            By ``b``.

    Raises
    ------
    ValueError
        If the shapes do not fit, or a state is not finite.

    See Also
    --------
    lstm_cell : one step, and the conventions that differ.
    gru : has one state and fewer weights.
    torch.nn.LSTM : the same with ``batch_first=True``; returns the last memory only, two biases per gate.

    Notes
    -----
    It was made against vanishing gradients. The memory is updated by adding, and along it the gradient is
    scaled by the forget gates alone, :math:`\partial c_T / \partial c_0 \approx f_T \odot \dots \odot f_1`:
    with 0.99 at each of 100 steps a third is left, where a plain network with a factor of 0.9 per step has
    0.00003.

    References
    ----------
    .. [1] Hochreiter, S., Schmidhuber, J. (1997). Long Short-Term Memory. Neural Computation 9(8), 1735-1780.
       doi:10.1162/neco.1997.9.8.1735
    .. [2] Gers, F. A., Schmidhuber, J., Cummins, F. (2000). Learning to Forget: Continual Prediction with
       LSTM. Neural Computation 12(10), 2451-2471. doi:10.1162/089976600300015015

    Examples
    --------
    A counter: one unit with open gates adds up what comes in, here three times almost tanh(1).

    >>> w, u = [[[0.0]], [[0.0]], [[1.0]], [[0.0]]], np.zeros((4, 1, 1))
    >>> b = [[9.0], [9.0], [0.0], [9.0]]
    >>> h, c, backward = lstm(np.ones((1, 3, 1)), [[0.0]], [[0.0]], w, u, b)
    >>> c[0, :, 0].round(3)
    array([0.762, 1.523, 2.284])
    """
    x, h0, c0, w, u, b = (np.asarray(a, dtype=float) for a in (x, h0, c0, w, u, b))
    m, shapes = b.size // 4, (h0.shape, c0.shape, w.shape, u.shape, b.shape)
    if x.ndim != 3 or shapes != ((len(x), m), (len(x), m), (4, x.shape[2], m), (4, m, m), (4, m)):
        raise ValueError(
            "need x (n, t, d), h0 and c0 (n, m), w (4, d, m), u (4, m, m), b (4, m), "
            f"got {x.shape} and {shapes}"
        )
    n, steps, _ = x.shape
    h, c, gates = [h0], [c0], []
    for t in range(steps):
        i, f, g, o = x[:, t] @ w + h[t] @ u + b[:, None]  # (n, m) each
        i, f, o = (1 / (1 + np.exp(-z)) for z in (i, f, o))
        g = np.tanh(g)
        c.append(f * c[t] + i * g)
        h.append(o * np.tanh(c[t + 1]))
        gates.append((i, f, g, o))
    h, c = np.asarray_chkfinite([h, c]).swapaxes(1, 2)  # (n, t + 1, m) each

    def backward(dh, dc):
        dh, dc = np.asarray(dh, dtype=float), np.asarray(dc, dtype=float)
        if not dh.shape == dc.shape == (n, steps, m):
            raise ValueError(f"need the shape of h and c, got {dh.shape}, {dc.shape} and {(n, steps, m)}")
        dz, dh_t, dc_t = np.zeros((4, n, steps, m)), np.zeros_like(h0), np.zeros_like(c0)
        for t in reversed(range(steps)):
            (i, f, g, o), s = gates[t], np.tanh(c[:, t + 1])
            dh_t = dh_t + dh[:, t]
            dc_t = dc_t + dc[:, t] + dh_t * o * (1 - s**2)
            di, df = dc_t * g * i * (1 - i), dc_t * c[:, t] * f * (1 - f)
            dg, do = dc_t * i * (1 - g**2), dh_t * s * o * (1 - o)
            dz[:, :, t] = di, df, dg, do
            dh_t, dc_t = (dz[:, :, t] @ u.mT).sum(axis=0), dc_t * f
        dx = np.einsum("gntj,gij->nti", dz, w, optimize=True)
        dw, du = (np.einsum("nti,gntj->gij", a, dz, optimize=True) for a in (x, h[:, :-1]))
        return dx, dh_t, dc_t, dw, du, dz.sum(axis=(1, 2))

    return h[:, 1:], c[:, 1:], backward


@np.errstate(over="ignore", invalid="ignore")
def bidirectional_rnn(x, h0, w, u, b):
    r"""Two recurrent networks over the same sequence: one from its start, one from its end.

    .. math::
        \begin{aligned}
        \overrightarrow{h}_t &= \tanh(x_t W_1 + \overrightarrow{h}_{t-1} U_1 + b_1),
            \quad \overrightarrow{h}_0 = H_1 \\
        \overleftarrow{h}_t &= \begin{cases}
            \tanh(x_t W_2 + \overleftarrow{h}_{t+1} U_2 + b_2) & t \le T \\
            H_2 & \text{otherwise}
            \end{cases}
        \end{aligned}

    Use it where the whole sequence is there before the answer is needed, as in tagging words; it cannot
    predict the next word or work while speech comes in.

    Parameters
    ----------
    x : (n, t, d) array
        Inputs :math:`x`, at each step one row per example.
    h0 : (2, n, m) array
        States before the first step and after the last :math:`H`, usually zeros.
    w : (2, d, m) array
        Weights of the input :math:`W`, forth and back.
    u : (2, m, m) array
        Weights of the neighboring state :math:`U`, forth and back.
    b : (2, m) array
        Biases :math:`b`, forth and back.

    Returns
    -------
    forth : (n, t, m) array in [-1, 1]
        States :math:`\overrightarrow{h}_t`, which know the past.
    back : (n, t, m) array in [-1, 1]
        States :math:`\overleftarrow{h}_t`, which know the future.
    backward : function
        Takes the gradients by ``forth`` and ``back``; returns those by the inputs:

        dx : (n, t, d) array
            By ``x``.
        dh0 : (2, n, m) array
            By ``h0``.
        dw : (2, d, m) array
            By ``w``.
        du : (2, m, m) array
            By ``u``.
        db : (2, m) array
            By ``b``.

    Raises
    ------
    ValueError
        If the shapes do not fit, or a state is not finite.

    See Also
    --------
    rnn : one direction.
    torch.nn.RNN : the same with ``bidirectional=True``; puts both states side by side.

    Notes
    -----
    The prediction at a step sees both states side by side,
    :math:`\hat{y}_t = \operatorname{softmax}([\overrightarrow{h}_t, \overleftarrow{h}_t] V + c)`. Each
    direction is sent back against its own order. Any recurrent layer can be doubled like this, in Keras by
    ``Bidirectional``; bidirectional LSTMs were the standard for text and speech before attention.

    References
    ----------
    .. [1] Schuster, M., Paliwal, K. K. (1997). Bidirectional recurrent neural networks. IEEE Transactions on
       Signal Processing 45(11), 2673-2681. doi:10.1109/78.650093

    Examples
    --------
    An impulse in the middle: one direction knows it afterwards, the other before.

    >>> h0, w, u, b = np.zeros((2, 1, 1)), np.ones((2, 1, 1)), np.full((2, 1, 1), 0.5), np.zeros((2, 1))
    >>> forth, back, backward = bidirectional_rnn([[[0.0], [1.0], [0.0]]], h0, w, u, b)
    >>> np.concatenate([forth, back], axis=-1)[0].round(4)
    array([[0.    , 0.3634],
           [0.7616, 0.7616],
           [0.3634, 0.    ]])
    """
    x, h0, w, u, b = (np.asarray(a, dtype=float) for a in (x, h0, w, u, b))
    m, shapes = b.size // 2, (h0.shape, w.shape, u.shape, b.shape)
    if x.ndim != 3 or shapes != ((2, len(x), m), (2, x.shape[2], m), (2, m, m), (2, m)):
        raise ValueError(
            f"need x (n, t, d), h0 (2, n, m), w (2, d, m), u (2, m, m), b (2, m), got {x.shape} and {shapes}"
        )
    n, steps, _ = x.shape
    both = np.stack([x, x[:, ::-1]])  # (2, n, t, d): the second runs back
    h = [h0]
    for t in range(steps):
        h.append(np.tanh(both[:, :, t] @ w + h[t] @ u + b[:, None]))
    h = np.asarray_chkfinite(np.stack(h, axis=2))  # (2, n, t + 1, m)
    before, after = h[:, :, :-1], h[:, :, 1:]

    def backward(dforth, dback):
        dforth, dback = np.asarray(dforth, dtype=float), np.asarray(dback, dtype=float)
        if not dforth.shape == dback.shape == (n, steps, m):
            raise ValueError(f"need the shape {(n, steps, m)}, got {dforth.shape} and {dback.shape}")
        dh = np.stack([dforth, dback[:, ::-1]])
        dz, later = np.zeros_like(dh), np.zeros_like(h0)
        for t in reversed(range(steps)):
            dz[:, :, t] = (dh[:, :, t] + later) * (1 - after[:, :, t] ** 2)
            later = dz[:, :, t] @ u.mT
        dx = dz @ w[:, None].mT  # (2, n, t, d)
        dw, du = (np.einsum("gnti,gntj->gij", a, dz, optimize=True) for a in (both, before))
        return dx[0] + dx[1, :, ::-1], later, dw, du, dz.sum(axis=(1, 2))

    return after[0], after[1, :, ::-1], backward
