"""Learning-rate schedules: the learning rate as a function of the step."""

import numpy as np

# %% Decay


@np.errstate(over="ignore")
def step_decay(step, period, gamma=0.1, lr=1.0):
    r"""A staircase: after every period the learning rate is multiplied by the same factor.

    .. math::
        \eta_t = \eta \, \gamma^{\lfloor t / S \rfloor}

    Use it for image classifiers trained by momentum, as older papers do; count epochs or steps.

    Parameters
    ----------
    step : (...) array in [0, inf)
        Step or steps :math:`t`, the first is 0.
    period : float > 0
        Length of a stair :math:`S`, in the unit of the step.
    gamma : float in (0, 1]
        Factor of each stair :math:`\gamma`; 0.5 halves the rate.
    lr : float >= 0
        Learning rate of the first stair :math:`\eta`; 1 makes the result a factor.

    Returns
    -------
    (...) array in [0, lr]
        Learning rate :math:`\eta_t`.

    Raises
    ------
    ValueError
        If a step or ``lr`` is negative, ``lr`` is infinite, ``period`` is not positive or ``gamma`` is
        outside (0, 1].

    See Also
    --------
    exponential_decay : the smooth curve through the corners.
    piecewise_constant : stairs of any length and height.
    torch.optim.lr_scheduler.StepLR : the same.
    keras.optimizers.schedules.ExponentialDecay : the same with ``staircase=True``.
    optax.exponential_decay : the same with ``staircase=True``.

    Notes
    -----
    The step 0 is the first, so the rate falls for the first time when ``period`` steps are done.

    References
    ----------
    .. [1] He, K., Zhang, X., Ren, S., Sun, J. (2015). Deep Residual Learning for Image Recognition.
       arXiv:1512.03385

    Examples
    --------
    >>> step_decay([0, 9, 10, 20], period=10, gamma=0.5, lr=0.2)
    array([0.2 , 0.2 , 0.1 , 0.05])
    """
    t = np.asarray(step, dtype=float)
    if not (np.all(t >= 0) and period > 0 and 0 < gamma <= 1 and 0 <= lr < np.inf):
        raise ValueError(f"need step, lr >= 0, period > 0, gamma in (0, 1], got {step, lr, period, gamma}")
    return lr * gamma ** np.floor(t / period)


@np.errstate(over="ignore")
def piecewise_constant(step, milestones, factors, lr=1.0):
    r"""Stairs set by hand: from each milestone on the learning rate carries one more factor.

    .. math::
        \eta_t = \eta \prod_{j=1}^{m} f_j^{\mathbb{1}[t \ge M_j]}

    Use it to repeat a published recipe, such as a tenth after 30, 60 and 80 epochs.

    Parameters
    ----------
    step : (...) array in [0, inf)
        Step or steps :math:`t`, the first is 0.
    milestones : (m,) array in [0, inf)
        First steps of the new rates :math:`M`.
    factors : (m,) array in [0, inf)
        What the rate is multiplied by there :math:`f`.
    lr : float >= 0
        Learning rate before the first milestone :math:`\eta`.

    Returns
    -------
    (...) array in [0, inf)
        Learning rate :math:`\eta_t`.

    Raises
    ------
    ValueError
        If milestones and factors are not two rows of one length, or a number is negative.

    See Also
    --------
    step_decay : stairs of one length and height.
    torch.optim.lr_scheduler.MultiStepLR : one factor for all milestones.
    keras.optimizers.schedules.PiecewiseConstantDecay : takes the rates; a milestone still has the old one.
    optax.piecewise_constant_schedule : the same.

    Notes
    -----
    At the milestone itself the new rate holds, as in PyTorch and Optax. In Keras the old one still does:
    its boundaries are one step earlier.

    References
    ----------
    .. [1] Goyal, P., Dollár, P., Girshick, R., Noordhuis, P., Wesolowski, L., Kyrola, A., Tulloch, A.,
       Jia, Y., He, K. (2017). Accurate, Large Minibatch SGD: Training ImageNet in 1 Hour.
       arXiv:1706.02677

    Examples
    --------
    >>> piecewise_constant([0, 29, 30, 60], milestones=[30, 60], factors=[0.1, 0.5], lr=2.0)
    array([2. , 2. , 0.2, 0.1])
    """
    t = np.asarray(step, dtype=float)
    M, f = np.asarray(milestones, dtype=float), np.asarray(factors, dtype=float)
    if M.ndim != 1 or M.shape != f.shape:
        raise ValueError(f"need two rows of one length, got the shapes {M.shape} and {f.shape}")
    if not (np.all(t >= 0) and np.all(M >= 0) and np.all((f >= 0) & (f < np.inf)) and 0 <= lr < np.inf):
        raise ValueError(f"need no negative numbers, got {step, milestones, factors, lr}")
    return lr * np.prod(np.where(t[..., None] >= M, f, 1.0), axis=-1)


@np.errstate(over="ignore")
def exponential_decay(step, gamma=0.95, period=1.0, lr=1.0):
    r"""The learning rate shrinks by the same share at every step.

    .. math::
        \eta_t = \eta \, \gamma^{t / S}

    Use it per epoch with a factor a little below 1. Per step it dies out fast: 0.95 leaves 0.6 % after
    100.

    Parameters
    ----------
    step : (...) array in [0, inf)
        Step or steps :math:`t`, the first is 0.
    gamma : float in (0, 1]
        What is left after a period :math:`\gamma`.
    period : float > 0
        Length of a period :math:`S`, in the unit of the step.
    lr : float >= 0
        Learning rate of the first step :math:`\eta`; 1 makes the result a factor.

    Returns
    -------
    (...) array in [0, lr]
        Learning rate :math:`\eta_t`.

    Raises
    ------
    ValueError
        If a step or ``lr`` is negative, ``lr`` is infinite, ``period`` is not positive or ``gamma`` is
        outside (0, 1].

    See Also
    --------
    step_decay : the same in stairs.
    torch.optim.lr_scheduler.ExponentialLR : the same for the period 1.
    keras.optimizers.schedules.ExponentialDecay : the same.
    optax.exponential_decay : the same.

    Notes
    -----
    ``gamma=0.5`` makes ``period`` the half-life. Keras and Optax name gamma ``decay_rate`` and the period
    ``decay_steps`` or ``transition_steps``.

    References
    ----------
    .. [1] Senior, A., Heigold, G., Ranzato, M., Yang, K. (2013). An Empirical Study of Learning Rates in
       Deep Neural Networks for Speech Recognition. ICASSP. doi:10.1109/ICASSP.2013.6638963

    Examples
    --------
    >>> exponential_decay([0, 1, 2], gamma=0.5, lr=0.2)
    array([0.2 , 0.1 , 0.05])
    >>> exponential_decay([0, 1, 2, 3], gamma=0.95, lr=0.2).round(4)
    array([0.2   , 0.19  , 0.1805, 0.1715])
    """
    t = np.asarray(step, dtype=float)
    if not (np.all(t >= 0) and period > 0 and 0 < gamma <= 1 and 0 <= lr < np.inf):
        raise ValueError(f"need step, lr >= 0, period > 0, gamma in (0, 1], got {step, lr, period, gamma}")
    return lr * gamma ** (t / period)


@np.errstate(over="ignore")
def inverse_time_decay(step, decay_rate=1.0, lr=1.0):
    r"""The learning rate falls like one over the step: fast at first, then ever more slowly.

    .. math::
        \eta_t = \frac{\eta}{1 + r t}

    Use it for convex problems with noise, where it makes SGD converge. For deep networks it falls too
    fast early on.

    Parameters
    ----------
    step : (...) array in [0, inf)
        Step, or epoch, or several :math:`t`; the first is 0.
    decay_rate : float > 0
        How fast it falls, :math:`r`: after :math:`1 / r` steps half is left.
    lr : float >= 0
        Learning rate of the first step :math:`\eta`; 1 makes the result a factor.

    Returns
    -------
    (...) array in [0, lr]
        Learning rate :math:`\eta_t`.

    Raises
    ------
    ValueError
        If a step or ``lr`` is negative, ``lr`` is infinite or ``decay_rate`` is not positive.

    See Also
    --------
    inverse_root_decay : falls more slowly.
    torch.optim.lr_scheduler.LambdaLR : takes the factor as a function.
    keras.optimizers.schedules.InverseTimeDecay : the same with ``decay_steps=1``.

    Notes
    -----
    The rates add up to infinity, so any minimum can be reached, and their squares to a finite number, so
    the noise dies out: the conditions of Robbins and Monro. Old versions of Keras had it in the optimizers
    as the argument ``decay``, counted in steps and not in epochs.

    References
    ----------
    .. [1] Robbins, H., Monro, S. (1951). A Stochastic Approximation Method. The Annals of Mathematical
       Statistics 22(3), 400-407. doi:10.1214/aoms/1177729586

    Examples
    --------
    >>> inverse_time_decay([1, 2, 3, 4], decay_rate=1, lr=0.2).round(3)
    array([0.1  , 0.067, 0.05 , 0.04 ])
    """
    t = np.asarray(step, dtype=float)
    if not (np.all(t >= 0) and decay_rate > 0 and 0 <= lr < np.inf):
        raise ValueError(f"need step, lr >= 0, decay_rate > 0, got {step, lr, decay_rate}")
    return lr / (1 + decay_rate * t)


def polynomial_decay(step, steps, power=1.0, lr=1.0, end=0.0):
    r"""The learning rate falls to its end value in a given time, in a line or along a power.

    .. math::
        \eta_t = \eta_{\min} + (\eta - \eta_{\min}) \left(1 - \frac{\min(t, T)}{T}\right)^q

    Use it with power 1, the linear decay, to fine-tune and to end a run; 0.9 is usual in segmentation.

    Parameters
    ----------
    step : (...) array in [0, inf)
        Step or steps :math:`t`, the first is 0.
    steps : float > 0
        Steps until the end :math:`T`; from then on the rate stays.
    power : float > 0
        Power :math:`q`: 1 is a line, more falls earlier.
    lr : float >= 0
        Learning rate of the first step :math:`\eta`; 1 makes the result a factor.
    end : float >= 0
        Learning rate at the end :math:`\eta_{\min}`.

    Returns
    -------
    (...) array in [0, inf)
        Learning rate :math:`\eta_t`.

    Raises
    ------
    ValueError
        If a step, ``lr`` or ``end`` is negative or infinite, or ``steps`` or ``power`` is not positive.

    See Also
    --------
    cosine_decay : begins and ends more gently.
    torch.optim.lr_scheduler.PolynomialLR : the same for the end 0.
    keras.optimizers.schedules.PolynomialDecay : the same; its end is 0.0001 by default.
    optax.polynomial_schedule : the same.
    optax.linear_schedule : power 1.

    Notes
    -----
    With ``steps`` the number of all steps, the last step, number ``steps - 1``, still has a rate above the
    end value. PyTorch's ``LinearLR`` is for warm-up: by default it rises from a third.

    References
    ----------
    .. [1] Chen, L.-C., Papandreou, G., Kokkinos, I., Murphy, K., Yuille, A. L. (2016). DeepLab: Semantic
       Image Segmentation with Deep Convolutional Nets, Atrous Convolution, and Fully Connected CRFs.
       arXiv:1606.00915

    Examples
    --------
    >>> polynomial_decay([0, 25, 50, 100, 120], steps=100, lr=0.8)
    array([0.8, 0.6, 0.4, 0. , 0. ])
    >>> polynomial_decay([0, 25, 50, 100, 120], steps=100, power=2, lr=0.8)
    array([0.8 , 0.45, 0.2 , 0.  , 0.  ])
    """
    t = np.asarray(step, dtype=float)
    if not (np.all(t >= 0) and steps > 0 and power > 0 and 0 <= lr < np.inf and 0 <= end < np.inf):
        raise ValueError(f"need step, lr, end >= 0, steps, power > 0, got {step, lr, end, steps, power}")
    return end + (lr - end) * (1 - np.minimum(t, steps) / steps) ** power


def cosine_decay(step, steps, lr=1.0, end=0.0):
    r"""The learning rate falls along half a cosine: slowly, then fast, then slowly again.

    .. math::
        \eta_t = \eta_{\min} + \frac{\eta - \eta_{\min}}{2} \left(1 + \cos \frac{\pi \min(t, T)}{T}\right)

    Use it as the default where the number of steps is known beforehand; set ``steps`` to all of them.

    Parameters
    ----------
    step : (...) array in [0, inf)
        Step or steps :math:`t`, the first is 0.
    steps : float > 0
        Steps until the end :math:`T`; from then on the rate stays.
    lr : float >= 0
        Learning rate of the first step :math:`\eta`; 1 makes the result a factor.
    end : float >= 0
        Learning rate at the end :math:`\eta_{\min}`.

    Returns
    -------
    (...) array in [0, inf)
        Learning rate :math:`\eta_t`.

    Raises
    ------
    ValueError
        If a step, ``lr`` or ``end`` is negative or infinite, or ``steps`` is not positive.

    See Also
    --------
    warmup_cosine : begins with a rise.
    cosine_restarts : begins again and again.
    torch.optim.lr_scheduler.CosineAnnealingLR : the same with ``T_max=steps``; rises again after it.
    keras.optimizers.schedules.CosineDecay : the same with ``alpha=end / lr``.
    optax.cosine_decay_schedule : the same with ``alpha=end / lr``.

    Notes
    -----
    The end value is a rate in PyTorch, ``eta_min``, and a share of the first rate in Keras and Optax,
    ``alpha``. After ``steps`` the rate stays at the end in Keras, Optax and here; in PyTorch it climbs
    back, a cosine with the period of 2 ``T_max``.

    References
    ----------
    .. [1] Loshchilov, I., Hutter, F. (2016). SGDR: Stochastic Gradient Descent with Warm Restarts.
       arXiv:1608.03983

    Examples
    --------
    >>> cosine_decay([0, 25, 50, 75, 100], steps=100, lr=0.2).round(3)
    array([0.2  , 0.171, 0.1  , 0.029, 0.   ])
    """
    t = np.asarray(step, dtype=float)
    if not (np.all(t >= 0) and steps > 0 and 0 <= lr < np.inf and 0 <= end < np.inf):
        raise ValueError(f"need step, lr, end >= 0, steps > 0, got {step, lr, end, steps}")
    return end + (lr - end) / 2 * (1 + np.cos(np.pi * (np.minimum(t, steps) / steps)))


# %% Warm-up


def linear_warmup(step, warmup, lr=1.0, start=0.0):
    r"""The learning rate rises in a line and then stays.

    .. math::
        \eta_t = \eta_0 + (\eta - \eta_0) \, \frac{\min(t, T_w)}{T_w}

    Use it with large batches, Adam, and transformers, whose first gradients are large and noisy.

    Parameters
    ----------
    step : (...) array in [0, inf)
        Step or steps :math:`t`, the first is 0.
    warmup : float > 0
        Steps of the rise :math:`T_w`, often 1 to 10 % of all.
    lr : float >= 0
        Learning rate after the rise :math:`\eta`; 1 makes the result a factor for another schedule.
    start : float >= 0
        Learning rate of the first step :math:`\eta_0`.

    Returns
    -------
    (...) array in [0, inf)
        Learning rate :math:`\eta_t`.

    Raises
    ------
    ValueError
        If a step, ``lr`` or ``start`` is negative or infinite, or ``warmup`` is not positive.

    See Also
    --------
    warmup_cosine : falls after the rise.
    torch.optim.lr_scheduler.LinearLR : the same with ``start_factor=start / lr``, which must be above 0.
    optax.warmup_constant_schedule : the same.

    Notes
    -----
    With the start 0 the first step does nothing, and that is what most libraries do. ``start=lr /
    warmup`` with ``warmup - 1`` steps gives the rates 1, 2, 3 and so on over ``warmup``.

    References
    ----------
    .. [1] Goyal, P., Dollár, P., Girshick, R., Noordhuis, P., Wesolowski, L., Kyrola, A., Tulloch, A.,
       Jia, Y., He, K. (2017). Accurate, Large Minibatch SGD: Training ImageNet in 1 Hour.
       arXiv:1706.02677

    Examples
    --------
    >>> linear_warmup([0, 1, 2, 3, 4, 5], warmup=4, lr=0.2)
    array([0.  , 0.05, 0.1 , 0.15, 0.2 , 0.2 ])
    >>> linear_warmup([0, 1, 2, 3, 4], warmup=3, lr=0.2, start=0.05)
    array([0.05, 0.1 , 0.15, 0.2 , 0.2 ])
    """
    t = np.asarray(step, dtype=float)
    if not (np.all(t >= 0) and warmup > 0 and 0 <= lr < np.inf and 0 <= start < np.inf):
        raise ValueError(f"need step, lr, start >= 0, warmup > 0, got {step, lr, start, warmup}")
    return start + (lr - start) * (np.minimum(t, warmup) / warmup)


def warmup_cosine(step, warmup, decay, lr=1.0, start=0.0, end=0.0):
    r"""The learning rate rises in a line, then falls along half a cosine.

    .. math::
        \begin{aligned}
        \eta_t &= \begin{cases}
            \eta_0 + (\eta - \eta_0) \, \frac{t}{T_w} & t < T_w \\
            \eta_{\min} + \frac{\eta - \eta_{\min}}{2} (1 + \cos(\pi \tau)) & \text{otherwise}
        \end{cases} \\
        \tau &= \frac{\min(t - T_w, T_f)}{T_f}
        \end{aligned}

    Use it for transformers and large batches, where the number of steps is known beforehand.

    Parameters
    ----------
    step : (...) array in [0, inf)
        Step or steps :math:`t`, the first is 0.
    warmup : float > 0
        Steps of the rise :math:`T_w`.
    decay : float > 0
        Steps of the fall :math:`T_f`, counted from the end of the rise.
    lr : float >= 0
        Learning rate at the peak :math:`\eta`.
    start : float >= 0
        Learning rate of the first step :math:`\eta_0`.
    end : float >= 0
        Learning rate at the end :math:`\eta_{\min}`, often a tenth of the peak.

    Returns
    -------
    (...) array in [0, inf)
        Learning rate :math:`\eta_t`.

    Raises
    ------
    ValueError
        If a step or rate is negative or infinite, or ``warmup`` or ``decay`` is not positive.

    See Also
    --------
    cosine_decay : the fall alone.
    warmup_stable_decay : stays at the peak.
    torch.optim.lr_scheduler.SequentialLR : joins a rise and ``CosineAnnealingLR``.
    keras.optimizers.schedules.CosineDecay : the same with ``warmup_target=lr``.
    optax.warmup_cosine_decay_schedule : the same with ``decay_steps=warmup + decay``.

    Notes
    -----
    Optax counts ``decay_steps`` from the first step, rise included; Keras from the end of the rise, as
    here. In Keras the end value is a share of the peak, in Optax a rate.

    References
    ----------
    .. [1] He, T., Zhang, Z., Zhang, H., Zhang, Z., Xie, J., Li, M. (2018). Bag of Tricks for Image
       Classification with Convolutional Neural Networks. arXiv:1812.01187

    Examples
    --------
    >>> warmup_cosine([0, 5, 10, 20, 30, 40], warmup=10, decay=20, lr=0.2, end=0.02).round(3)
    array([0.  , 0.1 , 0.2 , 0.11, 0.02, 0.02])
    """
    t = np.asarray(step, dtype=float)
    if not (np.all(t >= 0) and warmup > 0 and decay > 0):
        raise ValueError(f"need step >= 0, warmup, decay > 0, got {step, warmup, decay}")
    if not all(0 <= rate < np.inf for rate in (lr, start, end)):
        raise ValueError(f"need finite lr, start, end >= 0, got {lr, start, end}")
    rise = start + (lr - start) * (np.minimum(t, warmup) / warmup)
    fall = end + (lr - end) / 2 * (1 + np.cos(np.pi * (np.clip(t - warmup, 0, decay) / decay)))
    return np.where(t < warmup, rise, fall)


@np.errstate(over="ignore", invalid="ignore")
def warmup_stable_decay(step, warmup, stable, decay, lr=1.0):
    r"""A trapezoid: the learning rate rises in a line, stays, and falls in a line to zero.

    .. math::
        \eta_t = \eta \, \max\left(
            \min\left(\frac{t}{T_w}, 1, \frac{T_w + T_s + T_f - t}{T_f}\right), 0\right)

    Use it where the length of the run is open: the fall can begin at any time, also from an old
    checkpoint.

    Parameters
    ----------
    step : (...) array in [0, inf)
        Step or steps :math:`t`, the first is 0.
    warmup : float > 0
        Steps of the rise :math:`T_w`.
    stable : float >= 0
        Steps at the peak :math:`T_s`.
    decay : float > 0
        Steps of the fall :math:`T_f`, often 10 to 20 % of all.
    lr : float >= 0
        Learning rate at the peak :math:`\eta`; 1 makes the result a factor.

    Returns
    -------
    (...) array in [0, lr]
        Learning rate :math:`\eta_t`.

    Raises
    ------
    ValueError
        If a step, ``stable`` or ``lr`` is negative, or ``warmup`` or ``decay`` is not positive, or a length
        is infinite.

    See Also
    --------
    warmup_cosine : falls all the time.
    torch.optim.lr_scheduler.SequentialLR : joins the three pieces.
    optax.join_schedules : joins the three pieces.
    numpy.interp : the lines between the four corners.

    Notes
    -----
    Most of the gain comes during the fall: the loss is high at the peak and drops quickly when the rate
    does. Other shapes of the fall are in use: exponential in the first report, :math:`1 - \sqrt{x}` later.

    References
    ----------
    .. [1] Hu, S., Tu, Y., Han, X., He, C., Cui, G., Long, X., et al. (2024). MiniCPM: Unveiling the
       Potential of Small Language Models with Scalable Training Strategies. arXiv:2404.06395
    .. [2] Hägele, A., Bakouch, E., Kosson, A., Ben Allal, L., Von Werra, L., Jaggi, M. (2024). Scaling Laws
       and Compute-Optimal Training Beyond Fixed Training Durations. arXiv:2405.18392

    Examples
    --------
    >>> warmup_stable_decay([0, 5, 10, 80, 90, 100], warmup=10, stable=70, decay=20, lr=0.2)
    array([0. , 0.1, 0.2, 0.2, 0.1, 0. ])
    """
    t = np.asarray(step, dtype=float)
    lengths = (warmup, stable, decay)
    if not (np.all(t >= 0) and warmup > 0 and decay > 0 and min(lengths) >= 0 and max(lengths) < np.inf):
        raise ValueError(f"need step, stable >= 0, warmup, decay > 0, all finite, got {step, *lengths}")
    if not 0 <= lr < np.inf:
        raise ValueError(f"need a finite lr >= 0, got {lr}")
    fall = (warmup + stable + decay - t) / decay
    return lr * np.maximum(np.minimum(np.minimum(t / warmup, 1), fall), 0)


@np.errstate(over="ignore")
def inverse_root_decay(step, warmup=1.0, lr=1.0):
    r"""One over the root of the step, after a rise in a line; the first transformer's schedule.

    .. math::
        \eta_t = \eta \, \min\left(\frac{t + 1}{T_w}, \sqrt{\frac{T_w}{t + 1}}\right)

    Use it for runs without a fixed end; without the rise it is the classical decay for SGD.

    Parameters
    ----------
    step : (...) array in [0, inf)
        Step or steps :math:`t`, the first is 0.
    warmup : float > 0
        Step with the highest rate, counted from 1, :math:`T_w`; 1 is no rise.
    lr : float >= 0
        Highest learning rate :math:`\eta`.

    Returns
    -------
    (...) array in [0, lr]
        Learning rate :math:`\eta_t`.

    Raises
    ------
    ValueError
        If a step or ``lr`` is negative, ``lr`` is infinite or ``warmup`` is not positive.

    See Also
    --------
    inverse_time_decay : falls faster.
    torch.optim.lr_scheduler.LambdaLR : takes the factor as a function.

    Notes
    -----
    The rule :math:`\eta \, k / \sqrt{t}` with the epochs counted from 1 is this one with
    :math:`k = \sqrt{T_w}`, once the rise is over. The transformer's rate,
    :math:`d^{-1/2} \min(t^{-1/2}, t \, T_w^{-3/2})` with the width :math:`d` of the model and steps from 1,
    is this one with the peak :math:`\eta = (d \, T_w)^{-1/2}`: 0.0007 for 512 and 4000.

    References
    ----------
    .. [1] Vaswani, A., Shazeer, N., Parmar, N., Uszkoreit, J., Jones, L., Gomez, A. N., Kaiser, Ł.,
       Polosukhin, I. (2017). Attention Is All You Need. arXiv:1706.03762

    Examples
    --------
    >>> inverse_root_decay([0, 3, 8, 15], lr=0.6)
    array([0.6 , 0.3 , 0.2 , 0.15])
    >>> inverse_root_decay([0, 1, 3, 15], warmup=4, lr=0.6)
    array([0.15, 0.3 , 0.6 , 0.3 ])
    """
    t = np.asarray(step, dtype=float)
    if not (np.all(t >= 0) and warmup > 0 and 0 <= lr < np.inf):
        raise ValueError(f"need step, lr >= 0, warmup > 0, got {step, lr, warmup}")
    return lr * np.minimum((t + 1) / warmup, np.sqrt(warmup / (t + 1)))


# %% Cycles and plateaus


def one_cycle(step, warmup, decay, lr=1.0, div=25.0, final_div=1e4):
    r"""The learning rate rises to a high peak and falls to almost zero, along half cosines.

    .. math::
        \begin{aligned}
        \eta_t &= \begin{cases}
            \eta_0 + \frac{\eta - \eta_0}{2} (1 - \cos(\pi t / T_w)) & t < T_w \\
            \eta_{\min} + \frac{\eta - \eta_{\min}}{2} (1 + \cos(\pi \tau)) & \text{otherwise}
        \end{cases} \\
        \eta_0 &= \frac{\eta}{c}, \quad \eta_{\min} = \frac{\eta_0}{f} \\
        \tau &= \frac{\min(t - T_w, T_f)}{T_f}
        \end{aligned}

    Use it for short runs with a peak near the highest rate that still converges.

    Parameters
    ----------
    step : (...) array in [0, inf)
        Step or steps :math:`t`, the first is 0.
    warmup : float > 0
        Steps of the rise :math:`T_w`, usually 30 % of all.
    decay : float > 0
        Steps of the fall :math:`T_f`.
    lr : float >= 0
        Learning rate at the peak :math:`\eta`.
    div : float >= 1
        Peak over first rate :math:`c`.
    final_div : float >= 1
        First over last rate :math:`f`.

    Returns
    -------
    (...) array in [0, lr]
        Learning rate :math:`\eta_t`.

    Raises
    ------
    ValueError
        If a step or ``lr`` is negative, ``lr`` is infinite, ``warmup`` or ``decay`` is not positive, or
        ``div`` or ``final_div`` is below 1.

    See Also
    --------
    warmup_cosine : rises in a line.
    torch.optim.lr_scheduler.OneCycleLR : the same; takes all steps and the share of the rise.
    optax.cosine_onecycle_schedule : the same; takes all steps and the share of the rise.

    Notes
    -----
    The first paper has three straight pieces, and lets momentum fall while the rate rises; so does
    PyTorch's ``cycle_momentum``. PyTorch reaches the last rate at the step ``total_steps - 1``, Optax at
    ``transition_steps``: for the same curve PyTorch's number is larger by one.

    References
    ----------
    .. [1] Smith, L. N., Topin, N. (2017). Super-Convergence: Very Fast Training of Neural Networks Using
       Large Learning Rates. arXiv:1708.07120

    Examples
    --------
    >>> one_cycle([0, 15, 30, 65, 100], warmup=30, decay=70, lr=0.5).round(3)
    array([0.02, 0.26, 0.5 , 0.25, 0.  ])
    """
    t = np.asarray(step, dtype=float)
    if not (np.all(t >= 0) and warmup > 0 and decay > 0 and 0 <= lr < np.inf):
        raise ValueError(f"need step, lr >= 0, warmup, decay > 0, got {step, lr, warmup, decay}")
    if not (div >= 1 and final_div >= 1):
        raise ValueError(f"need div, final_div >= 1, got {div, final_div}")
    start, end = lr / div, lr / div / final_div
    rise = start + (lr - start) / 2 * (1 - np.cos(np.pi * (np.minimum(t, warmup) / warmup)))
    fall = end + (lr - end) / 2 * (1 + np.cos(np.pi * (np.clip(t - warmup, 0, decay) / decay)))
    return np.where(t < warmup, rise, fall)


def cosine_restarts(step, period, lr=1.0, end=0.0):
    r"""Half a cosine again and again: after each period the learning rate jumps back up.

    .. math::
        \eta_t = \eta_{\min} + \frac{\eta - \eta_{\min}}{2}
        \left(1 + \cos\left(\pi \left(\frac{t}{S} - \left\lfloor \frac{t}{S} \right\rfloor\right)
        \right)\right)

    Use it to have a usable model at the end of every period, or several to average.

    Parameters
    ----------
    step : (...) array in [0, inf)
        Step or steps :math:`t`, the first is 0.
    period : float > 0
        Steps from one start to the next :math:`S`.
    lr : float >= 0
        Learning rate at each start :math:`\eta`; 1 makes the result a factor.
    end : float >= 0
        Learning rate at the end of each period :math:`\eta_{\min}`.

    Returns
    -------
    (...) array in [0, inf)
        Learning rate :math:`\eta_t`.

    Raises
    ------
    ValueError
        If a step, ``lr`` or ``end`` is negative or infinite, or ``period`` is not positive.

    See Also
    --------
    cosine_decay : one period.
    torch.optim.lr_scheduler.CosineAnnealingWarmRestarts : the same with ``T_0=period``.
    keras.optimizers.schedules.CosineDecayRestarts : the same with ``t_mul=1`` and ``alpha=end / lr``.
    optax.sgdr_schedule : takes one dictionary for each period.

    Notes
    -----
    Keras doubles the period after each restart, one of the choices of the paper; PyTorch does not unless
    told (``T_mult=2``). A restart takes the weights as they are; only the rate jumps.

    References
    ----------
    .. [1] Loshchilov, I., Hutter, F. (2016). SGDR: Stochastic Gradient Descent with Warm Restarts.
       arXiv:1608.03983

    Examples
    --------
    >>> cosine_restarts([0, 5, 9, 10, 15], period=10, lr=0.2).round(3)
    array([0.2  , 0.1  , 0.005, 0.2  , 0.1  ])
    """
    t = np.asarray(step, dtype=float)
    if not (np.all((t >= 0) & (t < np.inf)) and period > 0 and 0 <= lr < np.inf and 0 <= end < np.inf):
        raise ValueError(f"need finite step, lr, end >= 0, period > 0, got {step, lr, end, period}")
    return end + (lr - end) / 2 * (1 + np.cos(np.pi * (np.mod(t, period) / period)))


def reduce_on_plateau(lr, loss, state=None, factor=0.1, patience=10, min_delta=1e-4):
    r"""Cut the learning rate when the loss has not improved for more than some epochs.

    .. math::
        \begin{aligned}
        \eta_t &= \gamma^{\mathbb{1}[u_t > P]} \, \eta_{t-1} \\
        B_t &= \begin{cases}
            L_t & L_t < B_{t-1} - \delta \\
            B_{t-1} & \text{otherwise}
        \end{cases} \\
        c_t &= \mathbb{1}[u_t \le P] \, u_t, \quad B_0 = \infty, \quad c_0 = 0 \\
        u_t &= \mathbb{1}[L_t \ge B_{t-1} - \delta] \, (c_{t-1} + 1)
        \end{aligned}

    Use it, once per epoch with the validation loss, where no schedule can be fixed beforehand.

    Parameters
    ----------
    lr : float >= 0
        Learning rate so far :math:`\eta`.
    loss : float
        Loss of this epoch :math:`L`.
    state : tuple or None
        What the last call returned, None before the first:

        best : float
            Loss of the best epoch so far :math:`B`.
        bad : int >= 0
            Epochs without improvement since the best one or the last cut :math:`c`.
    factor : float in (0, 1)
        What the rate is multiplied by :math:`\gamma`.
    patience : int >= 0
        Epochs without improvement that are let pass :math:`P`.
    min_delta : float >= 0
        What a loss must gain to count as an improvement :math:`\delta`, in the unit of the loss.

    Returns
    -------
    lr : float in [0, inf)
        Learning rate of the next epoch :math:`\eta_t`.
    state : tuple
        For the next call: ``(best, bad)``.

    Raises
    ------
    ValueError
        If ``loss`` is NaN, or another number is outside its set.

    See Also
    --------
    step_decay : cuts at fixed times.
    torch.optim.lr_scheduler.ReduceLROnPlateau : the same with ``threshold_mode="abs"``.
    keras.callbacks.ReduceLROnPlateau : the same with a ``patience`` larger by one.
    optax.contrib.reduce_on_plateau : the same with a ``patience`` larger by one and ``rtol=0``.

    Notes
    -----
    Here and in PyTorch the rate falls at the bad epoch number ``patience + 1``, in Keras and Optax at the
    bad epoch number ``patience``. By default PyTorch and Optax want the loss to gain a share of the best,
    0.0001, and Keras an amount, as here: a share makes no sense for a loss below zero. The libraries can
    also wait after a cut (``cooldown``) and keep a least rate.

    References
    ----------
    .. [1] He, K., Zhang, X., Ren, S., Sun, J. (2015). Deep Residual Learning for Image Recognition.
       arXiv:1512.03385

    Examples
    --------
    >>> lr, state, rates = 0.5, None, []
    >>> for loss in [3.0, 2.0, 2.5, 2.1, 2.0, 1.0]:
    ...     lr, state = reduce_on_plateau(lr, loss, state, factor=0.5, patience=2)
    ...     rates.append(lr)
    >>> rates
    [0.5, 0.5, 0.5, 0.5, 0.25, 0.25]
    """
    best, bad = state or (np.inf, 0)
    if np.isnan(loss) or not (lr >= 0 and 0 < factor < 1 and min_delta >= 0):
        raise ValueError(f"need lr, min_delta >= 0, factor in (0, 1), got {loss, lr, min_delta, factor}")
    if not (patience >= 0 and patience % 1 == 0):
        raise ValueError(f"need a whole patience from 0 on, got {patience}")
    if loss < best - min_delta:
        best, bad = loss, 0
    else:
        bad = bad + 1
    if bad > patience:
        lr, bad = factor * lr, 0
    return float(lr), (float(best), bad)
