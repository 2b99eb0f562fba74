"""Optimizers: how a gradient becomes the next weights, one pure step each."""

import numpy as np

# %% Gradient and momentum


@np.errstate(over="ignore", invalid="ignore")
def gradient_descent(w, g, state=None, lr=0.01):
    r"""Plain step against the gradient; called SGD where the gradient comes from a batch.

    .. math::
        w_t = w_{t-1} - \eta \, g_t

    Use it where its two questions, which learning rate and which batch, should stay in plain view, and as the
    yardstick for all others.

    Parameters
    ----------
    w : (...) array
        Weights :math:`w`.
    g : (...) array
        Gradient :math:`g` at these weights: of all examples (batch), of one (stochastic), of some
        (mini-batch).
    state : None
        Nothing to remember; the argument is there so that all optimizers are called alike.
    lr : float >= 0
        Learning rate :math:`\eta`.

    Returns
    -------
    w : (...) array
        New weights :math:`w_t`.
    state : None
        Nothing.

    Raises
    ------
    ValueError
        If the shapes differ, or ``lr`` is negative.

    See Also
    --------
    momentum : keeps moving in the direction of past steps.
    minibatches : the examples of each step.
    torch.optim.SGD : the same; ``lr=1e-3``.
    keras.optimizers.SGD : the same.
    optax.sgd : the same; the learning rate has no default.

    Notes
    -----
    Batch, stochastic and mini-batch descent are this one step; they differ in the examples behind ``g``. On
    a quadratic whose largest curvature is :math:`L` it converges for :math:`\eta < 2 / L`, bounces at
    :math:`2 / L` and diverges above. With gradients of batches and a constant rate it ends in a cloud
    around the minimum; to settle, the rate must fall. Without convexity it ends at a stationary point: a
    minimum in the good case, possibly only a local one.

    References
    ----------
    .. [1] Robbins, H., Monro, S. (1951). A Stochastic Approximation Method. The Annals of Mathematical
       Statistics 22(3), 400-407. doi:10.1214/aoms/1177729586
    .. [2] Bottou, L., Curtis, F. E., Nocedal, J. (2018). Optimization Methods for Large-Scale Machine
       Learning. SIAM Review 60(2), 223-311. doi:10.1137/16M1080173

    Examples
    --------
    >>> w, state = gradient_descent([1.0, 2.0], [0.5, -4.0], lr=0.1)
    >>> w
    array([0.95, 2.4 ])
    """
    w, g = np.asarray(w, dtype=float), np.asarray(g, dtype=float)
    if w.shape != g.shape:
        raise ValueError(f"need equal shapes, got {w.shape} and {g.shape}")
    if not lr >= 0:
        raise ValueError(f"need lr >= 0, got {lr}")
    return w - lr * g, None


@np.errstate(over="ignore", invalid="ignore")
def momentum(w, g, state=None, lr=0.01, beta=0.9):
    r"""Step along a velocity that past gradients have built up: the heavy ball.

    .. math::
        \begin{aligned}
        w_t &= w_{t-1} - \eta \, v_t \\
        v_t &= \beta v_{t-1} + g_t, \quad v_0 = 0
        \end{aligned}

    Use it for long valleys: it damps the zigzag across and gathers speed along. With a tuned rate it is
    still a first choice for image classifiers.

    Parameters
    ----------
    w : (...) array
        Weights :math:`w`.
    g : (...) array
        Gradient :math:`g` at these weights.
    state : tuple or None
        What the last step returned, None before the first:

        v : (...) array
            Velocity :math:`v`.
    lr : float >= 0
        Learning rate :math:`\eta`.
    beta : float in [0, 1)
        Share of the velocity that is kept, :math:`\beta`.

    Returns
    -------
    w : (...) array
        New weights :math:`w_t`.
    state : tuple
        For the next step: ``(v,)``.

    Raises
    ------
    ValueError
        If the shapes differ, ``lr`` is negative or ``beta`` is outside [0, 1).

    See Also
    --------
    nesterov : looks ahead.
    moving_average : averages instead of adding up.
    torch.optim.SGD : the same with ``momentum=beta``.
    keras.optimizers.SGD : the same with ``momentum=beta``; its velocity holds the rate as well.
    optax.sgd : the same with ``momentum=beta``.

    Notes
    -----
    Two conventions circulate. This one adds gradients up: against a constant gradient the step grows to
    :math:`\frac{1}{1 - \beta}` times the plain one, 10 times for 0.9. The other averages them,
    :math:`v_t = \beta v_{t-1} + (1 - \beta) g_t`, and ends at the plain step. They walk the same path if
    its rate is :math:`\frac{1}{1 - \beta}` times as large. PyTorch, Keras and Optax add up. PyTorch's
    ``dampening=beta`` brings the factor :math:`1 - \beta` in, but not at the first step.

    References
    ----------
    .. [1] Polyak, B. T. (1964). Some methods of speeding up the convergence of iteration methods. USSR
       Computational Mathematics and Mathematical Physics 4(5), 1-17. doi:10.1016/0041-5553(64)90137-5

    Examples
    --------
    >>> w, state = momentum([1.0, 2.0], [0.5, -4.0], lr=0.1)
    >>> w
    array([0.95, 2.4 ])
    >>> w, state = momentum(w, [0.5, -4.0], state, lr=0.1)
    >>> w  # the same gradient again moves 1.9 times as far
    array([0.855, 3.16 ])

    The averaging convention is this step for the gradient times :math:`1 - \beta`. Nine steps against the
    gradient 1 lead far in one convention, and a tenth as far in the other:

    >>> both = []
    >>> for factor in (1, 1 - 0.9):
    ...     w, state = 0.0, None
    ...     for _ in range(9):
    ...         w, state = momentum(w, factor * 1.0, state, lr=0.1, beta=0.9)
    ...     both.append(round(float(w), 3))
    >>> both
    [-3.487, -0.349]
    """
    w, g = np.asarray(w, dtype=float), np.asarray(g, dtype=float)
    (v,) = state or (np.zeros_like(w),)
    if not w.shape == g.shape == v.shape:
        raise ValueError(f"need equal shapes, got {w.shape}, {g.shape} and {v.shape}")
    if not (lr >= 0 and 0 <= beta < 1):
        raise ValueError(f"need lr >= 0 and beta in [0, 1), got {lr} and {beta}")
    v = beta * v + g
    return w - lr * v, (v,)


@np.errstate(over="ignore", invalid="ignore")
def nesterov(w, g, state=None, lr=0.01, beta=0.9):
    r"""Momentum that looks one step ahead, so that it brakes before the slope turns.

    .. math::
        \begin{aligned}
        w_t &= w_{t-1} - \eta \, (g_t + \beta v_t) \\
        v_t &= \beta v_{t-1} + g_t, \quad v_0 = 0
        \end{aligned}

    Use it like momentum when that overshoots; it costs the same.

    Parameters
    ----------
    w : (...) array
        Weights :math:`w`, already looked ahead.
    g : (...) array
        Gradient :math:`g` at these weights.
    state : tuple or None
        What the last step returned, None before the first:

        v : (...) array
            Velocity :math:`v`.
    lr : float >= 0
        Learning rate :math:`\eta`.
    beta : float in [0, 1)
        Share of the velocity that is kept, :math:`\beta`.

    Returns
    -------
    w : (...) array
        New weights :math:`w_t`, looked ahead.
    state : tuple
        For the next step: ``(v,)``.

    Raises
    ------
    ValueError
        If the shapes differ, ``lr`` is negative or ``beta`` is outside [0, 1).

    See Also
    --------
    momentum : without the look ahead.
    nadam : the same idea in Adam.
    torch.optim.SGD : the same with ``momentum=beta, nesterov=True``.
    keras.optimizers.SGD : the same with ``momentum=beta, nesterov=True``.
    optax.sgd : the same with ``momentum=beta, nesterov=True``.

    Notes
    -----
    Two forms circulate. The textbook keeps weights :math:`u` and takes the gradient where the velocity
    would lead: :math:`v_t = \beta v_{t-1} + \nabla L(u_{t-1} - \eta \beta v_{t-1})`,
    :math:`u_t = u_{t-1} - \eta v_t`. Libraries keep the looked-ahead point :math:`w = u - \eta \beta v`
    instead, so that the gradient belongs to the weights at hand. Both walk the same path, seen from two
    points: the textbook's is ``momentum`` with the gradient of the looked-ahead point.

    References
    ----------
    .. [1] Bengio, Y., Boulanger-Lewandowski, N., Pascanu, R. (2012). Advances in Optimizing Recurrent
       Networks. arXiv:1212.0901

    Examples
    --------
    >>> w, state = nesterov([1.0, 2.0], [0.5, -4.0], lr=0.1)
    >>> w
    array([0.905, 2.76 ])

    Five steps down :math:`u^4 / 4`, with the gradient :math:`u^3`: the two forms agree.

    >>> w, state = 1.0, None
    >>> u, v = 1.0, 0.0
    >>> for _ in range(5):
    ...     w, state = nesterov(w, w**3, state, lr=0.1, beta=0.9)
    ...     v = 0.9 * v + (u - 0.1 * 0.9 * v) ** 3
    ...     u = u - 0.1 * v
    >>> print(f"{w:.6f} {u - 0.1 * 0.9 * v:.6f}")
    0.195061 0.195061
    """
    w, g = np.asarray(w, dtype=float), np.asarray(g, dtype=float)
    (v,) = state or (np.zeros_like(w),)
    if not w.shape == g.shape == v.shape:
        raise ValueError(f"need equal shapes, got {w.shape}, {g.shape} and {v.shape}")
    if not (lr >= 0 and 0 <= beta < 1):
        raise ValueError(f"need lr >= 0 and beta in [0, 1), got {lr} and {beta}")
    v = beta * v + g
    return w - lr * (g + beta * v), (v,)


# %% Adaptive rates


@np.errstate(over="ignore", invalid="ignore")
def adagrad(w, g, state=None, lr=0.01, eps=1e-10):
    r"""A rate for each weight: divided by the root of the sum of all its squared gradients.

    .. math::
        \begin{aligned}
        w_t &= w_{t-1} - \eta \, \frac{g_t}{\sqrt{v_t} + \epsilon} \\
        v_t &= v_{t-1} + g_t^2, \quad v_0 = 0
        \end{aligned}

    Use it for sparse features: a weight with rare gradients keeps a large rate. Not for long training,
    since the sum only grows.

    Parameters
    ----------
    w : (...) array
        Weights :math:`w`.
    g : (...) array
        Gradient :math:`g` at these weights.
    state : tuple or None
        What the last step returned, None before the first:

        v : (...) array in [0, inf)
            Sum of squared gradients :math:`v`.
    lr : float >= 0
        Learning rate :math:`\eta`, the length of the first step.
    eps : float > 0
        Against division by zero, :math:`\epsilon`.

    Returns
    -------
    w : (...) array
        New weights :math:`w_t`.
    state : tuple
        For the next step: ``(v,)``.

    Raises
    ------
    ValueError
        If the shapes differ, a squared gradient is not finite, or ``lr`` or ``eps`` is outside its set.

    See Also
    --------
    rmsprop : forgets old gradients.
    torch.optim.Adagrad : the same.
    keras.optimizers.Adagrad : the sum starts at 0.1; epsilon is inside the root, 1e-7; ``lr=1e-3``.
    optax.adagrad : the sum starts at 0.1; epsilon is inside the root, 1e-7.

    Notes
    -----
    The rate is divided by the root of the sum, not by the sum. A constant gradient gives steps that fall
    like :math:`1 / \sqrt{t}`. The global rate still has to be chosen; what adapts is the rate of each
    weight relative to the others. With a sum that starts at 0 the first step has the length ``lr`` whatever
    the gradient; libraries that start at 0.1 avoid that.

    References
    ----------
    .. [1] McMahan, H. B., Streeter, M. (2010). Adaptive Bound Optimization for Online Convex Optimization.
       arXiv:1002.4908
    .. [2] Ruder, S. (2016). An overview of gradient descent optimization algorithms. arXiv:1609.04747

    Examples
    --------
    >>> w, state = 0.0, None
    >>> for _ in range(4):
    ...     before = w
    ...     w, state = adagrad(w, 1.0, state, lr=0.1)
    ...     print(f"{before - w:.4f}")
    0.1000
    0.0707
    0.0577
    0.0500
    """
    w, g = np.asarray(w, dtype=float), np.asarray(g, dtype=float)
    (v,) = state or (np.zeros_like(w),)
    if not w.shape == g.shape == v.shape:
        raise ValueError(f"need equal shapes, got {w.shape}, {g.shape} and {v.shape}")
    if not (lr >= 0 and eps > 0):
        raise ValueError(f"need lr >= 0 and eps > 0, got {lr} and {eps}")
    np.asarray_chkfinite(g**2)  # it would stop the weight for good
    v = v + g**2
    return w - lr * g / (np.sqrt(v) + eps), (v,)


@np.errstate(over="ignore", invalid="ignore")
def adadelta(w, g, state=None, lr=1.0, rho=0.9, eps=1e-6):
    r"""Steps in the unit of the weights: the size of recent steps over that of gradients.

    .. math::
        \begin{aligned}
        w_t &= w_{t-1} - \eta \, \Delta_t \\
        v_t &= \rho v_{t-1} + (1 - \rho) g_t^2 \\
        u_t &= \rho u_{t-1} + (1 - \rho) \Delta_t^2, \quad v_0 = u_0 = 0 \\
        \Delta_t &= \frac{\sqrt{u_{t-1} + \epsilon}}{\sqrt{v_t + \epsilon}} \, g_t
        \end{aligned}

    Use it where no learning rate can be tuned; expect a slow start.

    Parameters
    ----------
    w : (...) array
        Weights :math:`w`.
    g : (...) array
        Gradient :math:`g` at these weights.
    state : tuple or None
        What the last step returned, None before the first:

        v : (...) array in [0, inf)
            Mean of squared gradients :math:`v`.
        u : (...) array in [0, inf)
            Mean of squared steps :math:`u`.
    lr : float >= 0
        Factor of the step, :math:`\eta`; the paper has none.
    rho : float in [0, 1)
        Share of both means that is kept, :math:`\rho`.
    eps : float > 0
        Starts the first step and keeps the root from zero, :math:`\epsilon`.

    Returns
    -------
    w : (...) array
        New weights :math:`w_t`.
    state : tuple
        For the next step: ``(v, u)``.

    Raises
    ------
    ValueError
        If the shapes differ, a squared gradient is not finite, or ``lr``, ``rho`` or ``eps`` is outside its
        set.

    See Also
    --------
    rmsprop : a learning rate in the place of the past steps.
    torch.optim.Adadelta : the same.
    keras.optimizers.Adadelta : the same rule; ``lr=1e-3``, so it hardly moves as it comes; ``rho=0.95``,
        ``eps=1e-7``.
    optax.adadelta : the same.

    Notes
    -----
    The step uses the mean of squared steps of the time before, :math:`u_{t-1}`: with :math:`u_t` in its
    place, as some texts have it, the definition runs in a circle. Epsilon is inside both roots and does
    real work: as :math:`u_0 = 0`, it alone sets the length of the first step,
    :math:`\sqrt{\epsilon / (1 - \rho)}` at most. The paper uses 0.95 and 1e-6.

    References
    ----------
    .. [1] Zeiler, M. D. (2012). ADADELTA: An Adaptive Learning Rate Method. arXiv:1212.5701

    Examples
    --------
    >>> w, state = adadelta([1.0, 2.0], [0.5, -4.0])
    >>> w.round(6)
    array([0.996838, 2.003162])
    """
    w, g = np.asarray(w, dtype=float), np.asarray(g, dtype=float)
    v, u = state or (np.zeros_like(w), np.zeros_like(w))
    if not w.shape == g.shape == v.shape == u.shape:
        raise ValueError(f"need equal shapes, got {w.shape}, {g.shape}, {v.shape} and {u.shape}")
    if not (lr >= 0 and 0 <= rho < 1 and eps > 0):
        raise ValueError(f"need lr >= 0, rho in [0, 1) and eps > 0, got {lr}, {rho} and {eps}")
    np.asarray_chkfinite(g**2)  # it would stop the weight for good
    v = rho * v + (1 - rho) * g**2
    step = np.sqrt(u + eps) / np.sqrt(v + eps) * g
    u = rho * u + (1 - rho) * step**2
    return w - lr * step, (v, u)


@np.errstate(over="ignore", invalid="ignore")
def rmsprop(w, g, state=None, lr=1e-3, beta=0.9, eps=1e-8):
    r"""The gradient over the root mean square of its recent past.

    .. math::
        \begin{aligned}
        w_t &= w_{t-1} - \eta \, \frac{g_t}{\sqrt{v_t} + \epsilon} \\
        v_t &= \beta v_{t-1} + (1 - \beta) g_t^2, \quad v_0 = 0
        \end{aligned}

    Use it for recurrent networks and reinforcement learning, and wherever the sizes of gradients differ and
    drift.

    Parameters
    ----------
    w : (...) array
        Weights :math:`w`.
    g : (...) array
        Gradient :math:`g` at these weights.
    state : tuple or None
        What the last step returned, None before the first:

        v : (...) array in [0, inf)
            Mean of squared gradients :math:`v`.
    lr : float >= 0
        Learning rate :math:`\eta`.
    beta : float in [0, 1)
        Share of the mean that is kept, :math:`\beta`.
    eps : float > 0
        Against division by zero, :math:`\epsilon`.

    Returns
    -------
    w : (...) array
        New weights :math:`w_t`.
    state : tuple
        For the next step: ``(v,)``.

    Raises
    ------
    ValueError
        If the shapes differ, a squared gradient is not finite, or ``lr``, ``beta`` or ``eps`` is outside
        its set.

    See Also
    --------
    adagrad : never forgets.
    adam : adds momentum and the bias correction.
    torch.optim.RMSprop : the same; ``alpha`` is 0.99 and ``lr=1e-2`` there.
    keras.optimizers.RMSprop : epsilon is inside the root, 1e-7.
    optax.rmsprop : epsilon is inside the root unless ``eps_in_sqrt=False``.

    Notes
    -----
    It divides by the root of the mean, not by the mean, and it is no momentum: it averages squares, not
    gradients. There is no bias correction: the mean starts at 0, so the first step is
    :math:`1 / \sqrt{1 - \beta}` times the rate, 3.2 times for 0.9 and 10 times for PyTorch's 0.99. Hinton's
    lecture, where it first stood, had 0.9.

    References
    ----------
    .. [1] Graves, A. (2013). Generating Sequences With Recurrent Neural Networks. arXiv:1308.0850
    .. [2] Ruder, S. (2016). An overview of gradient descent optimization algorithms. arXiv:1609.04747

    Examples
    --------
    >>> w, state = rmsprop([1.0, 2.0], [0.5, -4.0], lr=0.1)
    >>> w.round(4)  # both move by 0.1 / sqrt(1 - 0.9)
    array([0.6838, 2.3162])
    """
    w, g = np.asarray(w, dtype=float), np.asarray(g, dtype=float)
    (v,) = state or (np.zeros_like(w),)
    if not w.shape == g.shape == v.shape:
        raise ValueError(f"need equal shapes, got {w.shape}, {g.shape} and {v.shape}")
    if not (lr >= 0 and 0 <= beta < 1 and eps > 0):
        raise ValueError(f"need lr >= 0, beta in [0, 1) and eps > 0, got {lr}, {beta} and {eps}")
    np.asarray_chkfinite(g**2)  # it would stop the weight for good
    v = beta * v + (1 - beta) * g**2
    return w - lr * g / (np.sqrt(v) + eps), (v,)


@np.errstate(over="ignore", invalid="ignore")
def adam(w, g, state=None, lr=1e-3, b1=0.9, b2=0.999, eps=1e-8):
    r"""Adaptive moment estimation: mean gradient over root mean square, both bias-corrected.

    .. math::
        \begin{aligned}
        w_t &= w_{t-1} - \eta \, \frac{\hat{m}_t}{\sqrt{\hat{v}_t} + \epsilon} \\
        m_t &= \beta_1 m_{t-1} + (1 - \beta_1) g_t \\
        v_t &= \beta_2 v_{t-1} + (1 - \beta_2) g_t^2, \quad m_0 = v_0 = 0 \\
        \hat{m}_t &= \frac{m_t}{1 - \beta_1^t}, \quad \hat{v}_t = \frac{v_t}{1 - \beta_2^t}
        \end{aligned}

    Use it as the default, also for sparse gradients. With weight decay use AdamW. Tuned momentum can
    generalize better.

    Parameters
    ----------
    w : (...) array
        Weights :math:`w`.
    g : (...) array
        Gradient :math:`g` at these weights.
    state : tuple or None
        What the last step returned, None before the first:

        m : (...) array
            Mean of gradients :math:`m`.
        v : (...) array in [0, inf)
            Mean of squared gradients :math:`v`.
        t : int >= 0
            Steps taken :math:`t`.
    lr : float >= 0
        Learning rate :math:`\eta`, about the longest step.
    b1 : float in [0, 1)
        Share of the mean that is kept, :math:`\beta_1`.
    b2 : float in [0, 1)
        Share of the mean of squares that is kept, :math:`\beta_2`.
    eps : float > 0
        Against division by zero, :math:`\epsilon`.

    Returns
    -------
    w : (...) array
        New weights :math:`w_t`.
    state : tuple
        For the next step: ``(m, v, t)``.

    Raises
    ------
    ValueError
        If the shapes differ, a squared gradient is not finite, or ``lr``, ``b1``, ``b2`` or ``eps`` is
        outside its set.

    See Also
    --------
    adamw : with weight decay.
    amsgrad : the divisor never shrinks.
    nadam : with Nesterov's look ahead.
    moving_average : the bias correction by itself.
    torch.optim.Adam : the same.
    keras.optimizers.Adam : epsilon, 1e-7, is added before the bias correction.
    optax.adam : the same; ``eps_root`` is a second epsilon inside the root.

    Notes
    -----
    Momentum and RMSProp in one, often pictured as a heavy ball with friction, which is said to favor flat
    minima. The steps are counted from 1. The second mean is corrected with :math:`\beta_2`; with
    :math:`\beta_1`, as some texts print it, the first step is 10 times too long. Without any correction it
    is 3.2 times too long. With it the first step has the length ``lr`` for every weight that has a
    gradient.

    Epsilon counts where gradients are as small as it. Here and in PyTorch it is added to the corrected
    root. Keras and the rewritten step before the paper's section 2.1 add it before the correction, which at
    the first step makes it :math:`1 / \sqrt{1 - \beta_2}` times as large, 32 times. Inside the root it
    would be a square: 1e-8 there acts like 1e-4 outside.

    References
    ----------
    .. [1] Kingma, D. P., Ba, J. (2014). Adam: A Method for Stochastic Optimization. arXiv:1412.6980

    Examples
    --------
    >>> w, state = adam([1.0, 2.0], [0.5, -4.0])
    >>> w.round(6)  # each weight moves by lr
    array([0.999, 2.001])
    >>> w, state = adam(w, [0.5, 4.0], state)
    >>> w.round(6)  # opposite gradients nearly cancel
    array([0.998   , 2.000947])

    The first step against a gradient of 1e-8 where epsilon is added to the corrected root, before the
    correction, and inside the root:

    >>> g, lr, eps = 1e-8, 1e-3, 1e-8
    >>> print(f"{0 - adam(0.0, g)[0]:.6f}")
    0.000500
    >>> print(f"{lr * np.sqrt(1 - 0.999) / (1 - 0.9) * 0.1 * g / (np.sqrt(0.001 * g**2) + eps):.6f}")
    0.000031
    >>> print(f"{lr * g / np.sqrt(g**2 + eps):.8f}")
    0.00000010
    """
    w, g = np.asarray(w, dtype=float), np.asarray(g, dtype=float)
    m, v, t = state or (np.zeros_like(w), np.zeros_like(w), 0)
    if not w.shape == g.shape == m.shape == v.shape:
        raise ValueError(f"need equal shapes, got {w.shape}, {g.shape}, {m.shape} and {v.shape}")
    if not (lr >= 0 and 0 <= b1 < 1 and 0 <= b2 < 1 and eps > 0):
        raise ValueError(f"need lr >= 0, b1 and b2 in [0, 1), eps > 0, got {lr}, {b1}, {b2}, {eps}")
    np.asarray_chkfinite(g**2)  # it would stop the weight for good
    t = t + 1
    m = b1 * m + (1 - b1) * g
    v = b2 * v + (1 - b2) * g**2
    m_hat = m / (1 - b1**t)
    v_hat = v / (1 - b2**t)
    return w - lr * m_hat / (np.sqrt(v_hat) + eps), (m, v, t)


@np.errstate(over="ignore", invalid="ignore")
def adamw(w, g, state=None, lr=1e-3, b1=0.9, b2=0.999, eps=1e-8, weight_decay=0.01):
    r"""Adam with weight decay beside the gradient instead of in it.

    .. math::
        \begin{aligned}
        w_t &= (1 - \eta \lambda) \, w_{t-1} - \eta \, \frac{\hat{m}_t}{\sqrt{\hat{v}_t} + \epsilon} \\
        m_t &= \beta_1 m_{t-1} + (1 - \beta_1) g_t \\
        v_t &= \beta_2 v_{t-1} + (1 - \beta_2) g_t^2, \quad m_0 = v_0 = 0 \\
        \hat{m}_t &= \frac{m_t}{1 - \beta_1^t}, \quad \hat{v}_t = \frac{v_t}{1 - \beta_2^t}
        \end{aligned}

    Use it wherever Adam should be regularized; it is the usual choice for transformers. Leave biases and
    norms out of the decay.

    Parameters
    ----------
    w : (...) array
        Weights :math:`w`.
    g : (...) array
        Gradient :math:`g` at these weights, of the loss without a penalty.
    state : tuple or None
        What the last step returned, None before the first:

        m : (...) array
            Mean of gradients :math:`m`.
        v : (...) array in [0, inf)
            Mean of squared gradients :math:`v`.
        t : int >= 0
            Steps taken :math:`t`.
    lr : float >= 0
        Learning rate :math:`\eta`.
    b1 : float in [0, 1)
        Share of the mean that is kept, :math:`\beta_1`.
    b2 : float in [0, 1)
        Share of the mean of squares that is kept, :math:`\beta_2`.
    eps : float > 0
        Against division by zero, :math:`\epsilon`.
    weight_decay : float >= 0
        How fast the weights shrink, :math:`\lambda`, as a multiple of the rate.

    Returns
    -------
    w : (...) array
        New weights :math:`w_t`.
    state : tuple
        For the next step: ``(m, v, t)``.

    Raises
    ------
    ValueError
        If the shapes differ, a squared gradient is not finite, or ``lr``, ``b1``, ``b2``, ``eps`` or
        ``weight_decay`` is outside its set.

    See Also
    --------
    adam : without decay.
    torch.optim.AdamW : the same.
    keras.optimizers.AdamW : ``weight_decay=0.004``; epsilon, 1e-7, is added before the bias correction.
    optax.adamw : the same; ``weight_decay=1e-4``.

    Notes
    -----
    A penalty :math:`\frac{\lambda}{2} \lVert w \rVert^2` adds :math:`\lambda w` to the gradient. For plain
    gradient descent that is weight decay. Adam divides it by the size of the gradient, so that weights with
    large gradients hardly decay. Here the decay stays outside: every weight shrinks by the factor
    :math:`1 - \eta \lambda`. The decay is multiplied by the learning rate in PyTorch, Keras and Optax, so
    their :math:`\lambda` shrinks with a schedule; the paper multiplies it by the schedule alone,
    :math:`1 - \lambda`.

    References
    ----------
    .. [1] Loshchilov, I., Hutter, F. (2017). Decoupled Weight Decay Regularization. arXiv:1711.05101

    Examples
    --------
    >>> w, state = adamw([1.0, 2.0], [0.5, -4.0], lr=0.1, weight_decay=0.1)
    >>> w.round(4)  # Adam's 0.9 and 2.1, less one percent of 1 and 2
    array([0.89, 2.08])

    The same penalty in the gradient, :math:`g + \lambda w`, vanishes in the division by its own size.
    Without any decay the answer would be 0.9 and 2.1 as well:

    >>> w, state = adamw([1.0, 2.0], [0.5 + 0.1 * 1.0, -4.0 + 0.1 * 2.0], lr=0.1, weight_decay=0)
    >>> w.round(4)
    array([0.9, 2.1])
    """
    w, g = np.asarray(w, dtype=float), np.asarray(g, dtype=float)
    m, v, t = state or (np.zeros_like(w), np.zeros_like(w), 0)
    if not w.shape == g.shape == m.shape == v.shape:
        raise ValueError(f"need equal shapes, got {w.shape}, {g.shape}, {m.shape} and {v.shape}")
    if not (lr >= 0 and 0 <= b1 < 1 and 0 <= b2 < 1 and eps > 0 and weight_decay >= 0):
        raise ValueError(
            f"need lr and weight_decay >= 0, b1 and b2 in [0, 1), eps > 0, "
            f"got {lr}, {weight_decay}, {b1}, {b2}, {eps}"
        )
    np.asarray_chkfinite(g**2)  # it would stop the weight for good
    t = t + 1
    m = b1 * m + (1 - b1) * g
    v = b2 * v + (1 - b2) * g**2
    m_hat = m / (1 - b1**t)
    v_hat = v / (1 - b2**t)
    return (1 - lr * weight_decay) * w - lr * m_hat / (np.sqrt(v_hat) + eps), (m, v, t)


@np.errstate(over="ignore", invalid="ignore")
def amsgrad(w, g, state=None, lr=1e-3, b1=0.9, b2=0.999, eps=1e-8):
    r"""Adam whose divisor never shrinks: it keeps the largest mean of squares so far.

    .. math::
        \begin{aligned}
        w_t &= w_{t-1} - \eta \, \frac{\hat{m}_t}{\sqrt{\hat{u}_t} + \epsilon} \\
        m_t &= \beta_1 m_{t-1} + (1 - \beta_1) g_t \\
        v_t &= \beta_2 v_{t-1} + (1 - \beta_2) g_t^2 \\
        u_t &= \max(u_{t-1}, v_t), \quad m_0 = v_0 = u_0 = 0 \\
        \hat{m}_t &= \frac{m_t}{1 - \beta_1^t}, \quad \hat{u}_t = \frac{u_t}{1 - \beta_2^t}
        \end{aligned}

    Use it where Adam fails to settle because rare large gradients are forgotten too soon.

    Parameters
    ----------
    w : (...) array
        Weights :math:`w`.
    g : (...) array
        Gradient :math:`g` at these weights.
    state : tuple or None
        What the last step returned, None before the first:

        m : (...) array
            Mean of gradients :math:`m`.
        v : (...) array in [0, inf)
            Mean of squared gradients :math:`v`.
        u : (...) array in [0, inf)
            Largest of those means so far :math:`u`.
        t : int >= 0
            Steps taken :math:`t`.
    lr : float >= 0
        Learning rate :math:`\eta`.
    b1 : float in [0, 1)
        Share of the mean that is kept, :math:`\beta_1`.
    b2 : float in [0, 1)
        Share of the mean of squares that is kept, :math:`\beta_2`.
    eps : float > 0
        Against division by zero, :math:`\epsilon`.

    Returns
    -------
    w : (...) array
        New weights :math:`w_t`.
    state : tuple
        For the next step: ``(m, v, u, t)``.

    Raises
    ------
    ValueError
        If the shapes differ, a squared gradient is not finite, or ``lr``, ``b1``, ``b2`` or ``eps`` is
        outside its set.

    See Also
    --------
    adam : divides by the mean itself.
    torch.optim.Adam : the same with ``amsgrad=True``.
    keras.optimizers.Adam : with ``amsgrad=True``; epsilon, 1e-7, is added before the bias correction.

    Notes
    -----
    The paper has no bias correction. PyTorch and Keras take the largest of the uncorrected means and
    correct it, as here. Optax's ``amsgrad`` corrects first, so that the first means, corrected most, stay
    the largest for longer.

    References
    ----------
    .. [1] Reddi, S. J., Kale, S., Kumar, S. (2018). On the Convergence of Adam and Beyond. arXiv:1904.09237

    Examples
    --------
    A gradient of 10 once, then none: Adam forgets its square at once if it keeps only half, AMSGrad does not.

    >>> w, state = amsgrad(0.0, 10.0, lr=0.1, b2=0.5)
    >>> w, state = amsgrad(w, 0.0, state, lr=0.1, b2=0.5)
    >>> m, v, u, t = state
    >>> print(f"{v:.1f} {u:.1f}")
    25.0 50.0
    """
    w, g = np.asarray(w, dtype=float), np.asarray(g, dtype=float)
    m, v, u, t = state or (np.zeros_like(w), np.zeros_like(w), np.zeros_like(w), 0)
    if not w.shape == g.shape == m.shape == v.shape == u.shape:
        raise ValueError(f"need equal shapes, got {w.shape}, {g.shape}, {m.shape}, {v.shape} and {u.shape}")
    if not (lr >= 0 and 0 <= b1 < 1 and 0 <= b2 < 1 and eps > 0):
        raise ValueError(f"need lr >= 0, b1 and b2 in [0, 1), eps > 0, got {lr}, {b1}, {b2}, {eps}")
    np.asarray_chkfinite(g**2)  # it would stop the weight for good
    t = t + 1
    m = b1 * m + (1 - b1) * g
    v = b2 * v + (1 - b2) * g**2
    u = np.maximum(u, v)
    m_hat = m / (1 - b1**t)
    u_hat = u / (1 - b2**t)
    return w - lr * m_hat / (np.sqrt(u_hat) + eps), (m, v, u, t)


@np.errstate(over="ignore", invalid="ignore")
def nadam(w, g, state=None, lr=2e-3, b1=0.9, b2=0.999, eps=1e-8, psi=0.004):
    r"""Adam with Nesterov's look ahead, and a momentum that warms up.

    .. math::
        \begin{aligned}
        w_t &= w_{t-1} - \frac{\eta}{\sqrt{\hat{v}_t} + \epsilon} \left(
            \frac{\mu_{t+1} m_t}{1 - c_t \mu_{t+1}} + \frac{(1 - \mu_t) g_t}{1 - c_t} \right) \\
        m_t &= \beta_1 m_{t-1} + (1 - \beta_1) g_t \\
        v_t &= \beta_2 v_{t-1} + (1 - \beta_2) g_t^2, \quad m_0 = v_0 = 0 \\
        c_t &= \mu_t c_{t-1}, \quad c_0 = 1 \\
        \hat{v}_t &= \frac{v_t}{1 - \beta_2^t}, \quad
            \mu_t = \beta_1 \left(1 - \frac{1}{2} 0.96^{\psi t}\right)
        \end{aligned}

    Use it like Adam when the direction of the gradient is steady; the difference is small.

    Parameters
    ----------
    w : (...) array
        Weights :math:`w`.
    g : (...) array
        Gradient :math:`g` at these weights.
    state : tuple or None
        What the last step returned, None before the first:

        m : (...) array
            Mean of gradients :math:`m`.
        v : (...) array in [0, inf)
            Mean of squared gradients :math:`v`.
        c : float in [0, 1]
            Product of the momenta so far :math:`c`, which the bias correction needs.
        t : int >= 0
            Steps taken :math:`t`.
    lr : float >= 0
        Learning rate :math:`\eta`.
    b1 : float in [0, 1)
        Share of the mean that is kept, :math:`\beta_1`, and the limit of the momentum.
    b2 : float in [0, 1)
        Share of the mean of squares that is kept, :math:`\beta_2`.
    eps : float > 0
        Against division by zero, :math:`\epsilon`.
    psi : float >= 0
        How fast the momentum rises from half its limit, :math:`\psi`.

    Returns
    -------
    w : (...) array
        New weights :math:`w_t`.
    state : tuple
        For the next step: ``(m, v, c, t)``.

    Raises
    ------
    ValueError
        If the shapes differ, a squared gradient is not finite, or ``lr``, ``b1``, ``b2``, ``eps`` or
        ``psi`` is outside its set.

    See Also
    --------
    adam : without the look ahead.
    nesterov : the look ahead by itself.
    torch.optim.NAdam : the same; ``psi`` is called ``momentum_decay``.

    Notes
    -----
    The libraries differ in the momentum. PyTorch lets it rise slowly, as here: from 0.45 it is half the way
    to 0.9 after 4200 steps. Keras has the exponent without the factor, ``psi=1``, and ``lr=1e-3``. Optax
    has no warm-up: its momentum is ``b1`` from the start.

    References
    ----------
    .. [1] Ruder, S. (2016). An overview of gradient descent optimization algorithms. arXiv:1609.04747

    Examples
    --------
    >>> w, state = nadam([1.0, 2.0], [0.5, -4.0], lr=0.1)
    >>> w.round(4)  # longer than lr by what it looks ahead
    array([0.8944, 2.1056])

    The momentum :math:`\mu_t` at the first step and later:

    >>> [round(0.9 * (1 - 0.5 * 0.96 ** (0.004 * t)), 3) for t in (1, 1000, 4250, 100000)]
    [0.45, 0.518, 0.675, 0.9]
    """
    w, g = np.asarray(w, dtype=float), np.asarray(g, dtype=float)
    m, v, c, t = state or (np.zeros_like(w), np.zeros_like(w), 1.0, 0)
    if not w.shape == g.shape == m.shape == v.shape:
        raise ValueError(f"need equal shapes, got {w.shape}, {g.shape}, {m.shape} and {v.shape}")
    if not (lr >= 0 and 0 <= b1 < 1 and 0 <= b2 < 1 and eps > 0 and psi >= 0):
        raise ValueError(f"need lr, psi >= 0, b1, b2 in [0, 1), eps > 0, got {lr}, {psi}, {b1}, {b2}, {eps}")
    np.asarray_chkfinite(g**2)  # it would stop the weight for good
    t = t + 1
    mu = b1 * (1 - 0.5 * 0.96 ** (psi * t))
    mu_next = b1 * (1 - 0.5 * 0.96 ** (psi * (t + 1)))
    c = mu * c
    m = b1 * m + (1 - b1) * g
    v = b2 * v + (1 - b2) * g**2
    v_hat = v / (1 - b2**t)
    ahead = mu_next * m / (1 - c * mu_next) + (1 - mu) * g / (1 - c)
    return w - lr / (np.sqrt(v_hat) + eps) * ahead, (m, v, c, t)


# %% Signs, matrices and layers


@np.errstate(over="ignore", invalid="ignore")
def lion(w, g, state=None, lr=1e-4, b1=0.9, b2=0.99, weight_decay=0.0):
    r"""Only the sign of a mean gradient counts: every weight moves by the rate.

    .. math::
        \begin{aligned}
        w_t &= (1 - \eta \lambda) \, w_{t-1}
            - \eta \operatorname{sign}(\beta_1 m_{t-1} + (1 - \beta_1) g_t) \\
        m_t &= \beta_2 m_{t-1} + (1 - \beta_2) g_t, \quad m_0 = 0
        \end{aligned}

    Use it for large batches where memory is short: half of Adam's state. Take a rate 3 to 10 times smaller
    than for AdamW and a decay as much larger.

    Parameters
    ----------
    w : (...) array
        Weights :math:`w`.
    g : (...) array
        Gradient :math:`g` at these weights.
    state : tuple or None
        What the last step returned, None before the first:

        m : (...) array
            Mean of gradients :math:`m`.
    lr : float >= 0
        Learning rate :math:`\eta`, the length of each step.
    b1 : float in [0, 1)
        Share of the mean in the sign, :math:`\beta_1`.
    b2 : float in [0, 1)
        Share of the mean that is kept, :math:`\beta_2`.
    weight_decay : float >= 0
        How fast the weights shrink, :math:`\lambda`, as a multiple of the rate.

    Returns
    -------
    w : (...) array
        New weights :math:`w_t`.
    state : tuple
        For the next step: ``(m,)``.

    Raises
    ------
    ValueError
        If the shapes differ, or ``lr``, ``b1``, ``b2`` or ``weight_decay`` is outside its set.

    See Also
    --------
    adamw : divides by the size instead of dropping it.
    torch.sign : the sign by itself; PyTorch has no Lion.
    keras.optimizers.Lion : the same; ``lr=1e-3``.
    optax.lion : the same; ``weight_decay=1e-3``.

    Notes
    -----
    Found by a search over programs. The sign looks at a shorter mean than the one that is kept, which is
    Nesterov's idea again. Where the mean is exactly zero the weight stays.

    References
    ----------
    .. [1] Chen, X., Liang, C., Huang, D., Real, E., Wang, K., Liu, Y., Pham, H., Dong, X., Luong, T.,
       Hsieh, C.-J., Lu, Y., Le, Q. V. (2023). Symbolic Discovery of Optimization Algorithms.
       arXiv:2302.06675

    Examples
    --------
    >>> w, state = lion([1.0, 2.0, 3.0], [0.5, -4.0, 0.0], lr=0.1)
    >>> w
    array([0.9, 2.1, 3. ])
    """
    w, g = np.asarray(w, dtype=float), np.asarray(g, dtype=float)
    (m,) = state or (np.zeros_like(w),)
    if not w.shape == g.shape == m.shape:
        raise ValueError(f"need equal shapes, got {w.shape}, {g.shape} and {m.shape}")
    if not (lr >= 0 and 0 <= b1 < 1 and 0 <= b2 < 1 and weight_decay >= 0):
        raise ValueError(
            f"need lr, weight_decay >= 0, b1, b2 in [0, 1), got {lr}, {weight_decay}, {b1}, {b2}"
        )
    direction = np.sign(b1 * m + (1 - b1) * g)
    m = b2 * m + (1 - b2) * g
    return (1 - lr * weight_decay) * w - lr * direction, (m,)


@np.errstate(over="ignore", invalid="ignore")
def newton_schulz(g, steps=5, eps=1e-7):
    r"""Push the singular values of a matrix towards 1 by matrix products alone.

    .. math::
        \begin{aligned}
        O &= X_T, \quad X_0 = \frac{G}{\lVert G \rVert_F + \epsilon} \\
        X_k &= 3.4445 \, X_{k-1} - 4.775 \, X_{k-1} X_{k-1}^\top X_{k-1}
            + 2.0315 \, X_{k-1} X_{k-1}^\top X_{k-1} X_{k-1}^\top X_{k-1}
        \end{aligned}

    Use it where the nearest matrix with orthonormal rows or columns is wanted fast and roughly, as in Muon.
    Use the singular value decomposition where it is wanted exactly.

    Parameters
    ----------
    g : (d, m) array
        Matrix :math:`G`.
    steps : int >= 1
        Iterations :math:`T`.
    eps : float > 0
        Against division by zero, :math:`\epsilon`.

    Returns
    -------
    (d, m) array
        Nearly orthonormal matrix :math:`O`, with the singular vectors of :math:`G`.

    Raises
    ------
    ValueError
        If it is not a matrix, its norm is not finite, ``steps`` is not a whole number from 1 on, or ``eps``
        is not positive.

    See Also
    --------
    muon : the optimizer that needs it.
    scipy.linalg.svd : the exact factors; the same polynomial of the singular values gives the same result.
    numpy.linalg.svd : as SciPy's.

    Notes
    -----
    An odd polynomial of a matrix acts on its singular values and leaves the singular vectors. These three
    numbers were chosen for the steepest rise from 0: after five iterations the values lie between about 0.7
    and 1.2 rather than at 1, which is good enough for a direction (values below 0.003 of the norm need more
    iterations). The classical iteration, :math:`\frac{3}{2} X - \frac{1}{2} X X^\top X`, converges to 1 but
    climbs slowly from small values. Transposing a tall matrix first gives the same result with smaller
    products.

    References
    ----------
    .. [1] Björck, Å., Bowie, C. (1971). An Iterative Algorithm for Computing the Best Estimate of an
       Orthogonal Matrix. SIAM Journal on Numerical Analysis 8(2), 358-364. doi:10.1137/0708036
    .. [2] Bernstein, J., Newhouse, L. (2024). Old Optimizer, New Norm: An Anthology. arXiv:2409.20325

    Examples
    --------
    >>> newton_schulz([[3.0, 0.0, 0.0], [0.0, -0.1, 0.0]]).round(2)
    array([[ 0.7 ,  0.  ,  0.  ],
           [ 0.  , -1.13,  0.  ]])
    """
    g = np.asarray(g, dtype=float)
    if g.ndim != 2:
        raise ValueError(f"need a matrix, got the shape {g.shape}")
    if not (steps >= 1 and steps % 1 == 0 and eps > 0):
        raise ValueError(f"need whole steps >= 1 and eps > 0, got {steps} and {eps}")
    norm = np.linalg.norm(g)
    if not norm < np.inf:
        raise ValueError(f"need a finite norm, got {norm}")
    x = g / (norm + eps)
    x = x.T if len(g) > g.shape[1] else x  # the smaller of the two products
    for _ in range(int(steps)):
        a = x @ x.T
        x = 3.4445 * x + (-4.775 * a + 2.0315 * a @ a) @ x
    return x.T if len(g) > g.shape[1] else x


@np.errstate(over="ignore", invalid="ignore")
def muon(w, g, state=None, lr=0.02, beta=0.95, steps=5):
    r"""Momentum for a weight matrix, with all its singular values made equal.

    .. math::
        \begin{aligned}
        w_t &= w_{t-1} - \eta \, \sqrt{\max(1, d / m)} \; \operatorname{newton\_schulz}(u_t, T) \\
        v_t &= \beta v_{t-1} + (1 - \beta) g_t, \quad v_0 = 0 \\
        u_t &= \beta v_t + (1 - \beta) g_t
        \end{aligned}

    Use it for the hidden weight matrices of large networks, with AdamW for embeddings, the last layer,
    biases and norms.

    Parameters
    ----------
    w : (d, m) array
        Weight matrix :math:`w`, as PyTorch stores it: a row per output.
    g : (d, m) array
        Gradient :math:`g` at these weights.
    state : tuple or None
        What the last step returned, None before the first:

        v : (d, m) array
            Mean of gradients :math:`v`.
    lr : float >= 0
        Learning rate :math:`\eta`.
    beta : float in [0, 1)
        Share of the mean that is kept, :math:`\beta`.
    steps : int >= 1
        Iterations of Newton-Schulz, :math:`T`.

    Returns
    -------
    w : (d, m) array
        New weights :math:`w_t`.
    state : tuple
        For the next step: ``(v,)``.

    Raises
    ------
    ValueError
        If the shapes differ or are not those of a matrix, the gradient's norm is not finite, or ``lr``,
        ``beta`` or ``steps`` is outside its set.

    See Also
    --------
    newton_schulz : the iteration by itself.
    nesterov : the look ahead.
    numpy.linalg.svd : the same polynomial of the singular values gives the same step.
    torch.optim.Muon : the same with ``weight_decay=0`` in place of 0.1; computes in bfloat16; ``lr=1e-3``.
    keras.optimizers.Muon : the same with ``rms_rate=None``, but for the factor of the shape; ``lr=1e-3``.

    Notes
    -----
    The step has the same size in every direction that the gradient has, however small its singular value
    there. Whether the momentum averages or adds up makes no difference, as the result is divided by its
    norm. Optax's ``contrib.muon`` corrects the bias of both terms of the look ahead, so its first steps
    differ. The factor of the shape is the original one; a second one, :math:`0.2 \sqrt{\max(d, m)}`, gives
    the step the size of AdamW's, so that its rate can be kept.

    References
    ----------
    .. [1] Liu, J., Su, J., Yao, X., Jiang, Z., Lai, G., Du, Y., et al. (2025). Muon is Scalable for LLM
       Training. arXiv:2502.16982
    .. [2] Bernstein, J., Newhouse, L. (2024). Old Optimizer, New Norm: An Anthology. arXiv:2409.20325

    Examples
    --------
    >>> w, state = muon([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], [[2.0, 0.0, 0.0], [0.0, -0.1, 0.0]], lr=0.1)
    >>> w.round(2)  # the gradient is 20 times larger in one place, the step is not
    array([[0.93, 2.  , 3.  ],
           [4.  , 5.08, 6.  ]])
    """
    w, g = np.asarray(w, dtype=float), np.asarray(g, dtype=float)
    (v,) = state or (np.zeros_like(w),)
    if w.ndim != 2 or not w.shape == g.shape == v.shape:
        raise ValueError(f"need matrices of equal shapes, got {w.shape}, {g.shape} and {v.shape}")
    if not (lr >= 0 and 0 <= beta < 1 and steps >= 1 and steps % 1 == 0):
        raise ValueError(f"need lr >= 0, beta in [0, 1), whole steps >= 1, got {lr}, {beta}, {steps}")
    v = beta * v + (1 - beta) * g
    u = beta * v + (1 - beta) * g
    norm = np.linalg.norm(u)
    if not norm < np.inf:
        raise ValueError(f"need a gradient with a finite norm, got {norm}")
    x = u / (norm + 1e-7)
    for _ in range(int(steps)):  # Newton-Schulz
        a = x @ x.T
        x = 3.4445 * x + (-4.775 * a + 2.0315 * a @ a) @ x
    return w - lr * np.sqrt(max(1, len(w) / max(1, w.shape[1]))) * x, (v,)


@np.errstate(over="ignore", invalid="ignore")
def lamb(w, g, state=None, lr=1e-3, b1=0.9, b2=0.999, eps=1e-6, weight_decay=0.0):
    r"""AdamW whose step in each layer is as long, relative to the weights, as the rate says.

    .. math::
        \begin{aligned}
        w_t &= w_{t-1} - \eta \, \rho_t r_t \\
        m_t &= \beta_1 m_{t-1} + (1 - \beta_1) g_t \\
        v_t &= \beta_2 v_{t-1} + (1 - \beta_2) g_t^2, \quad m_0 = v_0 = 0 \\
        r_t &= \frac{\hat{m}_t}{\sqrt{\hat{v}_t} + \epsilon} + \lambda w_{t-1}, \quad
            \hat{m}_t = \frac{m_t}{1 - \beta_1^t}, \quad \hat{v}_t = \frac{v_t}{1 - \beta_2^t} \\
        \rho_t &= \begin{cases}
            \frac{\lVert w_{t-1} \rVert}{\lVert r_t \rVert}
                & \text{if } \lVert w_{t-1} \rVert > 0, \lVert r_t \rVert > 0 \\
            1 & \text{otherwise}
        \end{cases}
        \end{aligned}

    Use it for very large batches, with one call per layer.

    Parameters
    ----------
    w : (...) array
        Weights :math:`w` of one layer.
    g : (...) array
        Gradient :math:`g` at these weights.
    state : tuple or None
        What the last step returned, None before the first:

        m : (...) array
            Mean of gradients :math:`m`.
        v : (...) array in [0, inf)
            Mean of squared gradients :math:`v`.
        t : int >= 0
            Steps taken :math:`t`.
    lr : float >= 0
        Learning rate :math:`\eta`: length of the step over length of the weights.
    b1 : float in [0, 1)
        Share of the mean that is kept, :math:`\beta_1`.
    b2 : float in [0, 1)
        Share of the mean of squares that is kept, :math:`\beta_2`.
    eps : float > 0
        Against division by zero, :math:`\epsilon`.
    weight_decay : float >= 0
        How fast the weights shrink, :math:`\lambda`.

    Returns
    -------
    w : (...) array
        New weights :math:`w_t`.
    state : tuple
        For the next step: ``(m, v, t)``.

    Raises
    ------
    ValueError
        If the shapes differ, a squared gradient or a norm is not finite, or ``lr``, ``b1``, ``b2``, ``eps``
        or ``weight_decay`` is outside its set.

    See Also
    --------
    adamw : without the ratio of norms.
    torch.optim.Adam : the direction before the decay and the ratio; PyTorch has no LAMB.
    keras.optimizers.Lamb : the same; its ``weight_decay`` is outside the ratio; ``eps=1e-7``.
    optax.lamb : the same.

    Notes
    -----
    The ratio of the two norms, the trust ratio, belongs to a layer: all its weights at once, not all
    weights of the network. The paper allows a limit on the norm of the weights; Optax and Keras have none.
    A layer of zeros takes Adam's step.

    References
    ----------
    .. [1] You, Y., Li, J., Reddi, S., Hseu, J., Kumar, S., Bhojanapalli, S., Song, X., Demmel, J., Keutzer,
       K., Hsieh, C.-J. (2019). Large Batch Optimization for Deep Learning: Training BERT in 76 minutes.
       arXiv:1904.00962

    Examples
    --------
    >>> w, state = lamb([3.0, 4.0], [0.5, -4.0], lr=0.1)
    >>> w.round(4)  # the step is a tenth as long as the weights: 0.5
    array([2.6464, 4.3536])
    """
    w, g = np.asarray(w, dtype=float), np.asarray(g, dtype=float)
    m, v, t = state or (np.zeros_like(w), np.zeros_like(w), 0)
    if not w.shape == g.shape == m.shape == v.shape:
        raise ValueError(f"need equal shapes, got {w.shape}, {g.shape}, {m.shape} and {v.shape}")
    if not (lr >= 0 and 0 <= b1 < 1 and 0 <= b2 < 1 and eps > 0 and weight_decay >= 0):
        raise ValueError(
            f"need lr and weight_decay >= 0, b1 and b2 in [0, 1), eps > 0, "
            f"got {lr}, {weight_decay}, {b1}, {b2}, {eps}"
        )
    np.asarray_chkfinite(g**2)  # it would stop the weight for good
    t = t + 1
    m = b1 * m + (1 - b1) * g
    v = b2 * v + (1 - b2) * g**2
    m_hat = m / (1 - b1**t)
    v_hat = v / (1 - b2**t)
    r = m_hat / (np.sqrt(v_hat) + eps) + weight_decay * w
    long, wide = np.asarray_chkfinite([np.linalg.norm(w), np.linalg.norm(r)])
    ratio = long / wide if long > 0 and wide > 0 else 1.0
    return w - lr * ratio * r, (m, v, t)


@np.errstate(over="ignore", invalid="ignore", divide="ignore")
def adafactor(w, g, state=None, lr=0.01, decay=0.8, clip=1.0, eps=1e-30, eps_w=1e-3):
    r"""Adam's divisor for a matrix from the means of its rows and columns alone.

    .. math::
        \begin{aligned}
        w_t &= w_{t-1} - \alpha_t \, \frac{u_t}{\max(1, \lVert u_t \rVert / (\tau \sqrt{d m}))} \\
        r_{t,i} &= (1 - t^{-\gamma}) \, r_{t-1,i}
            + t^{-\gamma} \frac{1}{m} \sum_{j=1}^{m} (g_{t,ij}^2 + \epsilon_1), \quad r_0 = 0 \\
        c_{t,j} &= (1 - t^{-\gamma}) \, c_{t-1,j}
            + t^{-\gamma} \frac{1}{d} \sum_{i=1}^{d} (g_{t,ij}^2 + \epsilon_1), \quad c_0 = 0 \\
        u_t &= \frac{g_t}{\sqrt{r_t c_t^\top / \bar{r}_t}}, \quad
            \bar{r}_t = \frac{1}{d} \sum_{i=1}^{d} r_{t,i} \\
        \alpha_t &= \min\left(\eta, \frac{1}{\sqrt{t}}\right)
            \max\left(\epsilon_2, \frac{\lVert w_{t-1} \rVert}{\sqrt{d m}}\right)
        \end{aligned}

    Use it where Adam's memory is too much: a matrix needs one row and one column instead of two matrices.

    Parameters
    ----------
    w : (d, m) array
        Weight matrix :math:`w`.
    g : (d, m) array
        Gradient :math:`g` at these weights.
    state : tuple or None
        What the last step returned, None before the first:

        r : (d,) array in [0, inf)
            Mean of squared gradients of each row :math:`r`.
        c : (m,) array in [0, inf)
            Mean of squared gradients of each column :math:`c`.
        t : int >= 0
            Steps taken :math:`t`.
    lr : float >= 0
        Longest step :math:`\eta`, relative to the size of the weights.
    decay : float in (0, 1]
        How fast old gradients are forgotten, :math:`\gamma`.
    clip : float > 0
        Largest root mean square of a step before the rate, :math:`\tau`.
    eps : float > 0
        Against division by zero, :math:`\epsilon_1`.
    eps_w : float > 0
        Least size of the weights, :math:`\epsilon_2`, so that zeros can leave their place.

    Returns
    -------
    w : (d, m) array
        New weights :math:`w_t`.
    state : tuple
        For the next step: ``(r, c, t)``.

    Raises
    ------
    ValueError
        If the shapes differ, are empty or not those of a matrix, a square is not finite, or ``lr``,
        ``decay``, ``clip``, ``eps`` or ``eps_w`` is outside its set.

    See Also
    --------
    adam : keeps a divisor for each weight.
    torch.optim.Adafactor : the same to within its epsilon, the precision of the type in place of 1e-30.
    keras.optimizers.Adafactor : the same; ``lr=1e-3``.

    Notes
    -----
    Row means times column means over the overall mean is the matrix of rank one that is nearest to the full
    divisor, in the sense of the Kullback-Leibler divergence. The forgetting rate starts at 1, so no bias
    correction is needed. Biases and norms, which are vectors, keep a full divisor as in RMSProp. The paper
    adds up rows and columns instead of averaging, which cancels. Optax leaves out the factor of the time
    and factors only matrices from 128 on.

    References
    ----------
    .. [1] Shazeer, N., Stern, M. (2018). Adafactor: Adaptive Learning Rates with Sublinear Memory Cost.
       arXiv:1804.04235

    Examples
    --------
    >>> w, state = adafactor([[1.0, -1.0, 1.0], [1.0, 1.0, -1.0]], [[0.5, 0.5, 2.0], [0.5, -0.5, 2.0]])
    >>> w.round(4)
    array([[ 0.99, -1.01,  0.99],
           [ 0.99,  1.01, -1.01]])
    >>> [np.size(piece) for piece in state]  # instead of 6 and 6
    [2, 3, 1]
    """
    w, g = np.asarray(w, dtype=float), np.asarray(g, dtype=float)
    if w.ndim != 2 or w.shape != g.shape or not w.size:
        raise ValueError(f"need non-empty matrices of equal shapes, got {w.shape} and {g.shape}")
    r, c, t = state or (np.zeros(w.shape[0]), np.zeros(w.shape[1]), 0)
    if (*r.shape, *c.shape) != w.shape:
        raise ValueError(f"need the state of a matrix of shape {w.shape}, got {r.shape} and {c.shape}")
    if not (lr >= 0 and 0 < decay <= 1 and clip > 0 and eps > 0 and eps_w > 0):
        raise ValueError(f"a number is outside its set: {lr}, {decay}, {clip}, {eps}, {eps_w}")
    np.asarray_chkfinite(w**2)
    t = t + 1
    r = (1 - t**-decay) * r + t**-decay * np.mean(g**2 + eps, axis=1)
    c = (1 - t**-decay) * c + t**-decay * np.mean(g**2 + eps, axis=0)
    u = np.asarray_chkfinite(g / np.sqrt(np.outer(r / np.mean(r), c)))
    u = u / max(1, np.sqrt(np.mean(u**2)) / clip)
    rate = min(lr, 1 / np.sqrt(t)) * max(eps_w, np.sqrt(np.mean(w**2)))
    return w - rate * u, (r, c, t)
