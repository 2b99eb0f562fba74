"""Training: batches, steps and epochs, and what happens to a gradient before and to weights after a step."""

import numpy as np

# %% Training steps


def steps_per_epoch(examples, batch_size):
    r"""How many updates one pass over all examples takes; the last batch may be smaller.

    .. math::
        T = \left\lceil \frac{N}{B} \right\rceil

    Use it to turn a number of epochs into a number of steps, as schedules want it.

    Parameters
    ----------
    examples : int >= 1
        Training examples :math:`N`.
    batch_size : int >= 1
        Examples per step :math:`B`.

    Returns
    -------
    int in [1, inf)
        Steps per epoch :math:`T`.

    Raises
    ------
    ValueError
        If one of them is not a whole number from 1 on.

    See Also
    --------
    examples_seen : the other way round.
    minibatches : the batches themselves.
    torch.utils.data.BatchSampler : its length is the same; with ``drop_last=True`` the quotient is rounded
        down.
    numpy.ceil : rounds up.

    Notes
    -----
    A step, also called iteration or update, is one batch: forward pass, loss, gradient, new weights. An
    epoch is one pass over all examples, not the number of such passes. The quotient is rounded up, as the
    last batch counts too.

    References
    ----------
    .. [1] Bottou, L., Curtis, F. E., Nocedal, J. (2018). Optimization Methods for Large-Scale Machine
       Learning. SIAM Review 60(2), 223-311. doi:10.1137/16M1080173

    Examples
    --------
    >>> steps_per_epoch(1000, batch_size=300)
    4
    """
    if not (examples >= 1 and batch_size >= 1 and examples % 1 == batch_size % 1 == 0):
        raise ValueError(f"need whole numbers from 1 on, got {examples} and {batch_size}")
    return int(-(-examples // batch_size))


def examples_seen(steps, batch_size):
    r"""How many examples a run has been trained on, each counted as often as it came.

    .. math::
        E = B T

    Use it to compare runs with different batch sizes.

    Parameters
    ----------
    steps : int >= 1
        Steps :math:`T`.
    batch_size : int >= 1
        Examples per step :math:`B`.

    Returns
    -------
    int in [1, inf)
        Examples seen :math:`E`.

    Raises
    ------
    ValueError
        If one of them is not a whole number from 1 on.

    See Also
    --------
    steps_per_epoch : the other way round.
    examples_per_period : cut into periods.
    numpy.multiply : the product.

    Notes
    -----
    If the last batch of an epoch is smaller, the number is an upper bound.

    References
    ----------
    .. [1] Bottou, L., Curtis, F. E., Nocedal, J. (2018). Optimization Methods for Large-Scale Machine
       Learning. SIAM Review 60(2), 223-311. doi:10.1137/16M1080173

    Examples
    --------
    >>> examples_seen(steps=500, batch_size=100)
    50000
    """
    if not (steps >= 1 and batch_size >= 1 and steps % 1 == batch_size % 1 == 0):
        raise ValueError(f"need whole numbers from 1 on, got {steps} and {batch_size}")
    return int(steps * batch_size)


def examples_per_period(steps, batch_size, periods):
    r"""How many examples lie between two reports of a run that is cut into equal periods.

    .. math::
        E = \frac{B T}{P}

    Use it to print the loss now and then; a period changes nothing in the training.

    Parameters
    ----------
    steps : int >= 1
        Steps of the whole run :math:`T`.
    batch_size : int >= 1
        Examples per step :math:`B`.
    periods : int >= 1
        Reports :math:`P`.

    Returns
    -------
    float in (0, inf)
        Examples per period :math:`E`.

    Raises
    ------
    ValueError
        If one of them is not a whole number from 1 on.

    See Also
    --------
    examples_seen : over the whole run.
    numpy.divide : the quotient.

    Notes
    -----
    The quotient counts examples, not periods, although it is sometimes given as their definition.

    References
    ----------
    .. [1] Bottou, L., Curtis, F. E., Nocedal, J. (2018). Optimization Methods for Large-Scale Machine
       Learning. SIAM Review 60(2), 223-311. doi:10.1137/16M1080173

    Examples
    --------
    >>> examples_per_period(steps=500, batch_size=100, periods=10)
    5000.0
    """
    if not all(number >= 1 and number % 1 == 0 for number in (steps, batch_size, periods)):
        raise ValueError(f"need whole numbers from 1 on, got {steps}, {batch_size} and {periods}")
    return float(steps * batch_size / periods)


def minibatches(order, batch_size):
    r"""Cut the shuffled numbers of the examples into batches; the last one may be smaller.

    .. math::
        b_{jk} = \pi_{(j - 1) B + k}

    Use it once per epoch, with a new order each time: without replacement, each example comes once.

    Parameters
    ----------
    order : (n,) array
        Numbers of the examples in the order of this epoch :math:`\pi`, such as ``rng.permutation(n)``.
    batch_size : int >= 1
        Examples per step :math:`B`: 1 is stochastic descent, ``n`` the full batch.

    Returns
    -------
    list of (m,) array
        Batches :math:`b`, to index inputs and targets with.

    Raises
    ------
    ValueError
        If ``order`` has not one axis or ``batch_size`` is not a whole number from 1 on.

    See Also
    --------
    steps_per_epoch : how many there are.
    gradient_descent : the step for each of them.
    sklearn.utils.gen_batches : the same as slices.
    torch.utils.data.BatchSampler : the same with ``drop_last=False``.

    Notes
    -----
    Shuffle every epoch: batches in a fixed order, such as sorted by class, pull the weights to and fro. The
    mean of the gradients of batches of equal size is the gradient of the full batch; a smaller last one
    must be weighted. Several epochs are a loop around this call.

    References
    ----------
    .. [1] Bengio, Y. (2012). Practical recommendations for gradient-based training of deep architectures.
       arXiv:1206.5533

    Examples
    --------
    >>> minibatches([4, 0, 3, 1, 2], batch_size=2)
    [array([4, 0]), array([3, 1]), array([2])]

    An epoch of training, with the examples in a random order:

    >>> rng = np.random.default_rng(0)
    >>> x, y, w = np.arange(5.0), 3 * np.arange(5.0), 0.0
    >>> for batch in minibatches(rng.permutation(5), batch_size=2):
    ...     w = w - 0.05 * np.mean(2 * (w * x[batch] - y[batch]) * x[batch])
    >>> print(f"{w:.2f}")
    3.00
    """
    order = np.asarray(order)
    if order.ndim != 1:
        raise ValueError(f"need the numbers of the examples in one row, got the shape {order.shape}")
    if not (batch_size >= 1 and batch_size % 1 == 0):
        raise ValueError(f"need a whole batch size from 1 on, got {batch_size}")
    return [order[i : i + batch_size] for i in range(0, order.size, batch_size)]


@np.errstate(over="ignore", invalid="ignore")
def accumulate_gradient(g, batch_size, state=None):
    r"""Mean gradient over several micro-batches, as if they had been one batch.

    .. math::
        \begin{aligned}
        \bar{g}_t &= \frac{S_t}{N_t} \\
        S_t &= S_{t-1} + B_t \, g_t \\
        N_t &= N_{t-1} + B_t, \quad S_0 = N_0 = 0
        \end{aligned}

    Use it when a batch does not fit into memory: call it for each part with the same weights, then take one
    step.

    Parameters
    ----------
    g : (...) array
        Gradient of the mean loss over this micro-batch :math:`g`.
    batch_size : int >= 1
        Examples in this micro-batch :math:`B`.
    state : tuple or None
        What the last call returned, None for the first part of a batch:

        total : (...) array
            Sum over all examples so far :math:`S`.
        count : int >= 0
            Examples so far :math:`N`.

    Returns
    -------
    mean : (...) array
        Gradient of the mean loss over all parts so far :math:`\bar{g}_t`.
    state : tuple
        For the next part: ``(total, count)``.

    Raises
    ------
    ValueError
        If the shapes differ, the sum is not finite, or ``batch_size`` is not a whole number from 1 on.

    See Also
    --------
    minibatches : cuts the examples.
    numpy.average : the same with the sizes as weights.

    Notes
    -----
    It gives the gradient of the whole batch under three conditions: the parts are averaged and not added,
    parts of different sizes are weighted by them, as here, and no layer looks at the batch as a whole.
    Batch normalization does, so with it the result differs. Optax's ``MultiSteps`` and a plain loop in
    PyTorch weight all parts alike.

    References
    ----------
    .. [1] Ott, M., Edunov, S., Grangier, D., Auli, M. (2018). Scaling Neural Machine Translation.
       arXiv:1806.00187

    Examples
    --------
    >>> g, state = accumulate_gradient([2.0, 0.0], batch_size=3)
    >>> g, state = accumulate_gradient([6.0, 4.0], batch_size=1, state=state)
    >>> g
    array([3., 1.])
    """
    g = np.asarray(g, dtype=float)
    total, count = state or (np.zeros_like(g), 0)
    if g.shape != total.shape:
        raise ValueError(f"need equal shapes, got {g.shape} and {total.shape}")
    if not (batch_size >= 1 and batch_size % 1 == 0):
        raise ValueError(f"need a whole batch size from 1 on, got {batch_size}")
    total = np.asarray_chkfinite(total + batch_size * g)
    count = count + int(batch_size)
    return total / count, (total, count)


def clip_by_value(g, limit=1.0):
    r"""Cap each entry of a gradient.

    .. math::
        g' = \min(\max(g, -c), c)

    Use it against single entries that explode. It can turn the gradient; clipping by norm cannot.

    Parameters
    ----------
    g : (...) array
        Gradient :math:`g`.
    limit : float > 0
        Largest entry that is let through, :math:`c`.

    Returns
    -------
    (...) array in [-limit, limit]
        Clipped gradient :math:`g'`.

    Raises
    ------
    ValueError
        If ``limit`` is not positive.

    See Also
    --------
    clip_by_norm : keeps the direction.
    torch.nn.utils.clip_grad_value_ : the same, in place, on the gradients of parameters.
    torch.clamp : the same of a tensor.
    optax.clip : the same as a step of a chain.

    Notes
    -----
    Clipping limits large gradients. It does nothing for vanishing ones. In Keras it is an argument of the
    optimizer, ``clipvalue``.

    References
    ----------
    .. [1] Pascanu, R., Mikolov, T., Bengio, Y. (2012). On the difficulty of training Recurrent Neural
       Networks. arXiv:1211.5063

    Examples
    --------
    >>> clip_by_value([0.5, -3.0, 4.0], limit=1.0)
    array([ 0.5, -1. ,  1. ])
    """
    if not limit > 0:
        raise ValueError(f"need a positive limit, got {limit}")
    return np.clip(np.asarray(g, dtype=float), -limit, limit)


@np.errstate(over="ignore")
def clip_by_norm(g, limit=1.0):
    r"""Shorten a gradient that is too long; its direction stays.

    .. math::
        g' = g \, \min\left(1, \frac{c}{\lVert g \rVert}\right)

    Use it against exploding gradients, in recurrent networks above all, over all weights at once.

    Parameters
    ----------
    g : (...) array
        Gradient :math:`g`.
    limit : float > 0
        Greatest length that is let through, :math:`c`.

    Returns
    -------
    (...) array in [-limit, limit]
        Clipped gradient :math:`g'`.

    Raises
    ------
    ValueError
        If the norm is not finite or ``limit`` is not positive.

    See Also
    --------
    clip_by_value : caps each entry.
    torch.nn.utils.clip_grad_norm_ : in place, over all parameters; adds 1e-6 to the norm; returns the norm.
    optax.clip_by_global_norm : the same over all parameters, as a step of a chain.
    optax.projections.projection_l2_ball : the same.

    Notes
    -----
    A gradient within the limit is left untouched. For several arrays the norm is that of all of them
    together: join them to one vector first. Keras tells the two apart as ``global_clipnorm`` and
    ``clipnorm``, which looks at each array by itself. Adam's step hardly depends on the length of the
    gradient, so there clipping acts on outliers only.

    References
    ----------
    .. [1] Pascanu, R., Mikolov, T., Bengio, Y. (2012). On the difficulty of training Recurrent Neural
       Networks. arXiv:1211.5063

    Examples
    --------
    >>> clip_by_norm([6.0, 8.0], limit=5.0)
    array([3., 4.])
    >>> clip_by_norm([0.6, 0.8], limit=5.0)
    array([0.6, 0.8])
    """
    g = np.asarray(g, dtype=float)
    norm = np.linalg.norm(g)
    if not (limit > 0 and norm < np.inf):
        raise ValueError(f"need a positive limit and a finite norm, got {limit} and {norm}")
    return g * (limit / norm) if norm > limit else g.copy()


@np.errstate(invalid="ignore")
def moving_average(x, state=None, beta=0.9):
    r"""Exponentially weighted average of a series, free of the pull towards its start at zero.

    .. math::
        \begin{aligned}
        \hat{v}_t &= \frac{v_t}{1 - \beta^t} \\
        v_t &= \beta v_{t-1} + (1 - \beta) x_t, \quad v_0 = 0
        \end{aligned}

    Use it to smooth a loss curve or any series of noisy numbers; it is also what is inside Adam.

    Parameters
    ----------
    x : (...) array
        Newest value :math:`x`.
    state : tuple or None
        What the last call returned, None before the first:

        v : (...) array
            Average before the correction :math:`v`.
        t : int >= 0
            Values so far :math:`t`.
    beta : float in [0, 1)
        Weight of the past :math:`\beta`.

    Returns
    -------
    average : (...) array
        Average with bias correction :math:`\hat{v}_t`.
    state : tuple
        For the next value: ``(v, t)``.

    Raises
    ------
    ValueError
        If the shapes differ or ``beta`` is outside [0, 1).

    See Also
    --------
    adam : corrects two such averages.
    average_weights : starts at the first value instead.
    scipy.signal.lfilter : the average before the correction.
    optax.ema : the same.

    Notes
    -----
    It averages over about :math:`\frac{1}{1 - \beta}` values: 10 for 0.9, 50 for 0.98, 2 for 0.5. By then
    the weight of a value has fallen to :math:`\beta^{1 / (1 - \beta)}`, which tends to :math:`1 / e` as
    :math:`\beta` tends to 1. The weights of the past add up to :math:`1 - \beta^t`; dividing by that makes
    them add up to 1.

    References
    ----------
    .. [1] Kingma, D. P., Ba, J. (2014). Adam: A Method for Stochastic Optimization. arXiv:1412.6980

    Examples
    --------
    The values 40 and 49: before the correction, and with it.

    >>> average, state = moving_average(40.0, beta=0.98)
    >>> print(f"{state[0]:.2f} {average:.2f}")
    0.80 40.00
    >>> average, state = moving_average(49.0, state, beta=0.98)
    >>> print(f"{state[0]:.3f} {average:.2f}")
    1.764 44.55
    """
    x = np.asarray(x, dtype=float)
    v, t = state or (np.zeros_like(x), 0)
    if x.shape != v.shape:
        raise ValueError(f"need equal shapes, got {x.shape} and {v.shape}")
    if not 0 <= beta < 1:
        raise ValueError(f"need beta in [0, 1), got {beta}")
    t = t + 1
    v = beta * v + (1 - beta) * x
    return v / (1 - beta**t), (v, t)


@np.errstate(over="ignore", invalid="ignore")
def average_weights(average, w, beta=0.999):
    r"""Exponential moving average of the weights, to evaluate with instead of the last ones.

    .. math::
        a' = \beta a + (1 - \beta) w

    Use it after each step, from a copy of the first weights on. It calms the noise of the last steps
    without a smaller rate.

    Parameters
    ----------
    average : (...) array
        Average so far :math:`a`.
    w : (...) array
        Weights after the newest step :math:`w`.
    beta : float in [0, 1]
        Weight of the past :math:`\beta`.

    Returns
    -------
    (...) array
        New average :math:`a'`.

    Raises
    ------
    ValueError
        If the shapes differ or ``beta`` is outside [0, 1].

    See Also
    --------
    moving_average : starts at zero and corrects that.
    torch.lerp : the same as ``torch.lerp(average, w, 1 - beta)``.
    optax.incremental_update : the same with ``step_size=1 - beta``; takes the weights first.

    Notes
    -----
    The training goes on with the weights themselves. The average remembers about
    :math:`\frac{1}{1 - \beta}` steps, so 0.999 is too slow for a run of a few hundred. Batch
    normalization's running statistics must be averaged or computed anew. In Keras it is an argument of the
    optimizer, ``use_ema``; in PyTorch ``torch.optim.swa_utils`` does it for a whole model.

    References
    ----------
    .. [1] Polyak, B. T., Juditsky, A. B. (1992). Acceleration of Stochastic Approximation by Averaging.
       SIAM Journal on Control and Optimization 30(4), 838-855. doi:10.1137/0330046
    .. [2] Tarvainen, A., Valpola, H. (2017). Mean teachers are better role models: Weight-averaged
       consistency targets improve semi-supervised deep learning results. arXiv:1703.01780

    Examples
    --------
    >>> average_weights([1.0, 2.0], [2.0, 0.0], beta=0.9)
    array([1.1, 1.8])
    """
    a, w = np.asarray(average, dtype=float), np.asarray(w, dtype=float)
    if a.shape != w.shape:
        raise ValueError(f"need equal shapes, got {a.shape} and {w.shape}")
    if not 0 <= beta <= 1:
        raise ValueError(f"need beta in [0, 1], got {beta}")
    return beta * a + (1 - beta) * w


# %% Gradient check


@np.errstate(over="ignore", invalid="ignore")
def numerical_gradient(f, w, h=1e-5):
    r"""Derivatives of a function by central differences, one entry at a time.

    .. math::
        g_j = \frac{f(w + h e_j) - f(w - h e_j)}{2 h}

    Use it to check a gradient that was derived by hand. Not for training: it calls the function :math:`2 d`
    times, where the way back through a network takes about one call.

    Parameters
    ----------
    f : function of (d,) array
        Function :math:`f`, which returns a number.
    w : (d,) array
        Where the derivatives are wanted, :math:`w`.
    h : float > 0
        Half of the difference, :math:`h`.

    Returns
    -------
    (d,) array
        Gradient :math:`g`.

    Raises
    ------
    ValueError
        If ``w`` or a derivative is not finite, ``w`` has not one axis, or ``h`` is not positive.

    See Also
    --------
    gradient_difference : compares it with the gradient in question.
    numerical_hessian : second derivatives.
    torch.autograd.functional.jacobian : exact, by automatic differentiation.
    jax.grad : exact, by automatic differentiation.

    Notes
    -----
    The error is of the order :math:`h^2` from the curve and :math:`10^{-16} / h` from rounding; 1e-5 balances
    the two, and about ten digits are right. One-sided differences, as in SciPy's ``check_grad``, have an
    error of the order :math:`h`: for :math:`w^3` at 1 and a difference of 0.01 they give 3.0301, central
    ones 3.0001. At a kink, as ReLU has at 0, the result is the mean of the slopes on both sides.

    References
    ----------
    .. [1] Nocedal, J., Wright, S. J. (2006). Numerical Optimization. Springer. doi:10.1007/978-0-387-40065-5

    Examples
    --------
    >>> numerical_gradient(lambda w: w[0] ** 3 + 2 * w[0] * w[1], [1.0, 4.0]).round(6)
    array([11.,  2.])
    >>> numerical_gradient(lambda w: w[0] ** 3, [1.0], h=0.01)
    array([3.0001])
    """
    w = np.asarray_chkfinite(w, dtype=float)
    if w.ndim != 1 or not h > 0:
        raise ValueError(f"need one axis and a positive h, got {w.shape} and {h}")
    return np.asarray_chkfinite([(f(w + step) - f(w - step)) / (2 * h) for step in h * np.eye(w.size)])


def gradient_difference(g, g_numerical):
    r"""How far two gradients are apart, relative to their lengths.

    .. math::
        \delta = \frac{\lVert \tilde{g} - g \rVert}{\lVert \tilde{g} \rVert + \lVert g \rVert}

    Use it to check backpropagation: in double precision about 1e-7 or less is fine, 1e-5 asks for a closer
    look, 1e-3 or more is a bug.

    Parameters
    ----------
    g : (...) array
        Gradient in question :math:`g`.
    g_numerical : (...) array
        Gradient to compare with :math:`\tilde{g}`, such as that of :func:`numerical_gradient`.

    Returns
    -------
    float in [0, 1]
        Relative difference :math:`\delta`: 0 if both are zero.

    Raises
    ------
    ValueError
        If the shapes differ or are empty, or an entry is not finite.

    See Also
    --------
    numerical_gradient : the other gradient.
    scipy.linalg.norm : the norms.
    torch.linalg.vector_norm : the norms.

    Notes
    -----
    Join all weights and biases to one vector for a single answer, or compare them one by one to see where the
    bug is. Check at random weights and again after some training, with dropout switched off, with the
    penalty in both gradients or in neither, and away from the kinks of ReLU. PyTorch's
    ``torch.autograd.gradcheck`` compares entry by entry with an absolute and a relative tolerance.

    References
    ----------
    .. [1] Goodfellow, I., Bengio, Y., Courville, A. (2016). Deep Learning. MIT Press. ISBN 978-0-262-03561-3

    Examples
    --------
    >>> gradient_difference([3.0, 4.0], [3.0, 4.0])
    0.0
    >>> gradient_difference([3.0, 0.0], [0.0, 4.0])  # 5 / (3 + 4)
    0.7142857142857143
    >>> gradient_difference([0.0, 1.0], [0.0, 1.0 + 1e-6]) < 1e-5
    True
    """
    g, approx = np.asarray_chkfinite(g, dtype=float), np.asarray_chkfinite(g_numerical, dtype=float)
    if g.shape != approx.shape or not g.size:
        raise ValueError(f"need equal, non-empty shapes, got {g.shape} and {approx.shape}")
    scale = max(np.abs(g).max(), np.abs(approx).max()) or 1.0
    g, approx = g / scale, approx / scale  # no square overflows
    length = np.linalg.norm(approx) + np.linalg.norm(g)
    return float(min(1.0, np.linalg.norm(approx - g) / length)) if length else 0.0
