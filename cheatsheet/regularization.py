"""Regularization: penalties, constraints, noise, dropout, augmentation, early stopping."""

import numpy as np

# %% Penalties


@np.errstate(over="ignore", invalid="ignore")
def l2_penalty(w, strength=0.01):
    r"""Sum of the squared weights, times a strength: what ridge regression adds to the loss.

    .. math::
        R = \lambda \lVert w \rVert^2

    Use it to keep all weights small, above all with correlated features or more features than examples.

    Parameters
    ----------
    w : (...) array
        Weights :math:`w`, without the biases.
    strength : float >= 0
        Strength :math:`\lambda`, also called regularization rate.

    Returns
    -------
    float in [0, inf)
        Penalty :math:`R`, to be added to the loss.

    Raises
    ------
    ValueError
        If ``strength`` is negative.

    See Also
    --------
    l2_penalty_grad : its gradient.
    l2_step : a step with it.
    l1_penalty : sets weights to zero.
    keras.regularizers.L2 : the same.
    torch.linalg.vector_norm : its square times the strength.

    Notes
    -----
    The square makes outliers dear: of the weights 0.2, 0.5, 5, 1, 0.25, 0.75 the single 5 brings 25 of
    26.915. Biases are left out, as they do not make the model more sensitive to its inputs. It is the
    negative logarithm of a Gaussian prior on the weights, up to a constant.

    Factors differ: :math:`\lambda \lVert w \rVert^2` here, in Keras and in scikit-learn's ``Ridge``, where
    the loss is a sum; half of it in PyTorch's ``weight_decay``; :math:`\frac{\lambda}{2n}` in textbooks
    whose loss is a mean over n examples.

    References
    ----------
    .. [1] Hoerl, A. E., Kennard, R. W. (1970). Ridge Regression: Biased Estimation for Nonorthogonal
       Problems. Technometrics 12(1), 55-67. doi:10.1080/00401706.1970.10488634

    Examples
    --------
    >>> round(l2_penalty([0.2, 0.5, 5, 1, 0.25, 0.75], strength=1.0), 6)
    26.915
    """
    w = np.asarray(w, dtype=float)
    if not strength >= 0:
        raise ValueError(f"need a strength >= 0, got {strength}")
    return float(np.sum(strength * w * w))


@np.errstate(over="ignore", invalid="ignore")
def l2_penalty_grad(w, strength=0.01):
    r"""Gradient of the L2 penalty: in proportion to each weight.

    .. math::
        \frac{\partial R}{\partial w} = 2 \lambda w

    Parameters
    ----------
    w : (...) array
        Weights :math:`w`, without the biases.
    strength : float >= 0
        Strength :math:`\lambda`.

    Returns
    -------
    (...) array
        Gradient :math:`\partial R / \partial w`, to be added to that of the loss.

    Raises
    ------
    ValueError
        If ``strength`` is negative.

    See Also
    --------
    l2_penalty : the penalty.

    Notes
    -----
    A small weight is hardly pushed, so it comes near zero and not to it.

    Examples
    --------
    >>> l2_penalty_grad([5.0, 0.5, 0.0], strength=0.1)
    array([1. , 0.1, 0. ])
    """
    w = np.asarray(w, dtype=float)
    if not strength >= 0:
        raise ValueError(f"need a strength >= 0, got {strength}")
    return 2 * (strength * w)


@np.errstate(over="ignore", invalid="ignore")
def l1_penalty(w, strength=0.01):
    r"""Sum of the absolute weights, times a strength: what the lasso adds to the loss.

    .. math::
        R = \lambda \lVert w \rVert_1

    Use it where only some of many features should count: it sets the other weights to exactly zero, if the
    step is ``l1_step``.

    Parameters
    ----------
    w : (...) array
        Weights :math:`w`, without the biases.
    strength : float >= 0
        Strength :math:`\lambda`, also called regularization rate.

    Returns
    -------
    float in [0, inf)
        Penalty :math:`R`, to be added to the loss.

    Raises
    ------
    ValueError
        If ``strength`` is negative.

    See Also
    --------
    l1_penalty_grad : a subgradient.
    l1_step : a step that makes zeros.
    l2_penalty : keeps all weights.
    mae : the absolute residual, which is another matter.
    keras.regularizers.L1 : the same.
    torch.linalg.vector_norm : with ``ord=1``, times the strength.

    Notes
    -----
    The norm is the sum over all entries, also for a matrix. Of all convex penalties it is the closest to
    counting the weights that are not zero, which is hard to minimize. It is the negative logarithm of a
    Laplace prior on the weights, up to a constant.

    Lasso stands for least absolute shrinkage and selection operator. It is not regression by least absolute
    deviations, which measures residuals, not weights.

    References
    ----------
    .. [1] Tibshirani, R. (1996). Regression Shrinkage and Selection via the Lasso. Journal of the Royal
       Statistical Society: Series B 58(1), 267-288. doi:10.1111/j.2517-6161.1996.tb02080.x

    Examples
    --------
    >>> round(l1_penalty([0.2, -0.5, 5, 1, -0.25, 0.75], strength=1.0), 6)
    7.7
    """
    w = np.asarray(w, dtype=float)
    if not strength >= 0:
        raise ValueError(f"need a strength >= 0, got {strength}")
    return float(np.sum(strength * np.abs(w)))


@np.errstate(invalid="ignore")
def l1_penalty_grad(w, strength=0.01):
    r"""Subgradient of the L1 penalty: a push of constant size towards zero.

    .. math::
        \frac{\partial R}{\partial w} = \lambda \operatorname{sgn}(w)

    At zero the sign, and so the subgradient, is 0; any number between plus and minus the strength is one.

    Parameters
    ----------
    w : (...) array
        Weights :math:`w`, without the biases.
    strength : float >= 0
        Strength :math:`\lambda`.

    Returns
    -------
    (...) array in [-strength, strength]
        Subgradient :math:`\partial R / \partial w`.

    Raises
    ------
    ValueError
        If ``strength`` is negative.

    See Also
    --------
    l1_penalty : the penalty.
    l1_step : reaches zero, which a step with this gradient does not.

    Notes
    -----
    A step against it jumps over zero: a weight of 0.03 at the rate 0.1 and the strength 1 becomes -0.07, then
    0.03 again, for ever.

    Examples
    --------
    >>> l1_penalty_grad([5.0, -0.5, 0.0], strength=0.1)
    array([ 0.1, -0.1,  0. ])
    """
    w = np.asarray(w, dtype=float)
    if not strength >= 0:
        raise ValueError(f"need a strength >= 0, got {strength}")
    return strength * np.sign(w)


@np.errstate(over="ignore", invalid="ignore")
def elastic_net_penalty(w, l1=0.01, l2=0.01):
    r"""L1 and L2 penalty together: sparse, and fair to features that are alike.

    .. math::
        R = \lambda_1 \lVert w \rVert_1 + \lambda_2 \lVert w \rVert^2

    Use it where features are many and correlated: of a group of similar ones the lasso prefers any one, the
    elastic net shares.

    Parameters
    ----------
    w : (...) array
        Weights :math:`w`, without the biases.
    l1 : float >= 0
        Strength of the absolute values :math:`\lambda_1`.
    l2 : float >= 0
        Strength of the squares :math:`\lambda_2`.

    Returns
    -------
    float in [0, inf)
        Penalty :math:`R`, to be added to the loss.

    Raises
    ------
    ValueError
        If a strength is negative.

    See Also
    --------
    elastic_net_penalty_grad : a subgradient.
    elastic_net_step : a step that makes zeros.
    keras.regularizers.L1L2 : the same.
    torch.linalg.vector_norm : with ``ord=1`` and with its default.

    Notes
    -----
    scikit-learn's ``ElasticNet`` has the strength ``alpha`` and the share ``l1_ratio``, and half of the
    squares: :math:`\lambda_1 =` ``alpha * l1_ratio``, :math:`\lambda_2 =` ``alpha * (1 - l1_ratio) / 2``.

    References
    ----------
    .. [1] Zou, H., Hastie, T. (2005). Regularization and variable selection via the elastic net. Journal of
       the Royal Statistical Society: Series B 67(2), 301-320. doi:10.1111/j.1467-9868.2005.00503.x

    Examples
    --------
    >>> elastic_net_penalty([2.0, -1.0, 0.0], l1=1.0, l2=0.5)
    5.5
    """
    w = np.asarray(w, dtype=float)
    if not (l1 >= 0 and l2 >= 0):
        raise ValueError(f"need strengths >= 0, got {l1} and {l2}")
    return float(np.sum(l1 * np.abs(w) + l2 * w * w))


@np.errstate(over="ignore", invalid="ignore")
def elastic_net_penalty_grad(w, l1=0.01, l2=0.01):
    r"""Subgradient of the elastic net: a constant push, and one in proportion to the weight.

    .. math::
        \frac{\partial R}{\partial w} = \lambda_1 \operatorname{sgn}(w) + 2 \lambda_2 w

    At zero the sign is 0.

    Parameters
    ----------
    w : (...) array
        Weights :math:`w`, without the biases.
    l1 : float >= 0
        Strength of the absolute values :math:`\lambda_1`.
    l2 : float >= 0
        Strength of the squares :math:`\lambda_2`.

    Returns
    -------
    (...) array
        Subgradient :math:`\partial R / \partial w`.

    Raises
    ------
    ValueError
        If a strength is negative.

    See Also
    --------
    elastic_net_penalty : the penalty.

    Examples
    --------
    >>> elastic_net_penalty_grad([2.0, -1.0, 0.0], l1=1.0, l2=0.5)
    array([ 3., -2.,  0.])
    """
    w = np.asarray(w, dtype=float)
    if not (l1 >= 0 and l2 >= 0):
        raise ValueError(f"need strengths >= 0, got {l1} and {l2}")
    return l1 * np.sign(w) + 2 * (l2 * w)


@np.errstate(over="ignore", invalid="ignore")
def activity_penalty(a, strength=0.01):
    r"""L1 penalty on what units give out instead of on weights: few units are active at a time.

    .. math::
        R = \frac{\lambda}{n} \sum_{i=1}^{n} \sum_{j=1}^{d} |a_{ij}|

    Use it for sparse representations, as in sparse autoencoders.

    Parameters
    ----------
    a : (n, d) array
        Activations :math:`a` of d units for n examples.
    strength : float >= 0
        Strength :math:`\lambda`.

    Returns
    -------
    float in [0, inf)
        Penalty :math:`R`, to be added to the loss.

    Raises
    ------
    ValueError
        If ``a`` has not two axes or is empty, or ``strength`` is negative.

    See Also
    --------
    activity_penalty_grad : a subgradient.
    l1_penalty : on the weights.
    torch.nn.functional.l1_loss : against zeros, summed; over the number of examples.
    keras.regularizers.L1 : given activations, over the number of examples.

    Notes
    -----
    Keras divides an ``activity_regularizer`` by the number of examples, as here, so that the penalty does
    not grow with the batch. A penalty on weights is not divided. With squares in place of absolute values
    all activations are small and few are zero.

    References
    ----------
    .. [1] Goodfellow, I., Bengio, Y., Courville, A. (2016). Deep Learning. MIT Press. ISBN 978-0-262-03561-3

    Examples
    --------
    >>> activity_penalty([[1.0, 0.0, -3.0], [0.0, 0.0, 2.0]], strength=0.5)
    1.5
    """
    a = np.asarray(a, dtype=float)
    if a.ndim != 2 or not a.size:
        raise ValueError(f"need activations of the shape (n, d), got {a.shape}")
    if not strength >= 0:
        raise ValueError(f"need a strength >= 0, got {strength}")
    return float(np.sum(strength / len(a) * np.abs(a)))


@np.errstate(invalid="ignore")
def activity_penalty_grad(a, strength=0.01):
    r"""Subgradient of the activity penalty; it joins the one that comes back to the layer.

    .. math::
        \frac{\partial R}{\partial a_{ij}} = \frac{\lambda}{n} \operatorname{sgn}(a_{ij})

    At zero it is 0.

    Parameters
    ----------
    a : (n, d) array
        Activations :math:`a` of d units for n examples.
    strength : float >= 0
        Strength :math:`\lambda`.

    Returns
    -------
    (n, d) array
        Subgradient :math:`\partial R / \partial a_{ij}`.

    Raises
    ------
    ValueError
        If ``a`` has not two axes or is empty, or ``strength`` is negative.

    See Also
    --------
    activity_penalty : the penalty.

    Examples
    --------
    >>> activity_penalty_grad([[1.0, 0.0, -3.0], [0.0, 0.0, 2.0]], strength=0.5)
    array([[ 0.25,  0.  , -0.25],
           [ 0.  ,  0.  ,  0.25]])
    """
    a = np.asarray(a, dtype=float)
    if a.ndim != 2 or not a.size:
        raise ValueError(f"need activations of the shape (n, d), got {a.shape}")
    if not strength >= 0:
        raise ValueError(f"need a strength >= 0, got {strength}")
    return strength / len(a) * np.sign(a)


# %% Steps and constraints


@np.errstate(invalid="ignore")
def soft_threshold(w, threshold):
    r"""Move numbers towards zero by a threshold, and to zero those that are smaller.

    .. math::
        w' = \operatorname{sgn}(w) \, \max(|w| - \tau, 0)

    Use it after a gradient step: it is the part of the step that belongs to an L1 penalty.

    Parameters
    ----------
    w : (...) array
        Weights :math:`w`, or any numbers.
    threshold : float >= 0
        How far they move :math:`\tau`.

    Returns
    -------
    (...) array
        Numbers nearer to zero :math:`w'`.

    Raises
    ------
    ValueError
        If ``threshold`` is negative.

    See Also
    --------
    l1_step : a gradient step before it.
    prune_by_magnitude : leaves what is large as it is.
    torch.nn.functional.softshrink : the same; ``lambd=0.5``.
    keras.ops.soft_shrink : the same; ``threshold=0.5``.

    Notes
    -----
    It is the proximal operator of :math:`\tau |v|`: the v for which
    :math:`\frac{1}{2} (v - w)^2 + \tau |v|` is smallest. A hard threshold sets the small ones to zero too,
    but leaves the others alone.

    References
    ----------
    .. [1] Donoho, D. L. (1995). De-noising by soft-thresholding. IEEE Transactions on Information Theory
       41(3), 613-627. doi:10.1109/18.382009

    Examples
    --------
    >>> soft_threshold([3.0, -2.0, 0.5, -0.1], threshold=1.0)
    array([ 2., -1.,  0.,  0.])
    """
    w = np.asarray(w, dtype=float)
    if not threshold >= 0:
        raise ValueError(f"need a threshold >= 0, got {threshold}")
    return np.sign(w) * np.maximum(np.abs(w) - threshold, 0) + 0.0  # no zero is negative


@np.errstate(over="ignore", invalid="ignore")
def l1_step(w, g, state=None, lr=0.01, strength=0.01):
    r"""Gradient step on the loss, then a soft threshold: the proximal step for an L1 penalty.

    .. math::
        \begin{aligned}
        w_t &= \operatorname{sgn}(u_t) \, \max(|u_t| - \eta \lambda, 0) \\
        u_t &= w_{t-1} - \eta \, g_t
        \end{aligned}

    Use it to train with an L1 penalty: weights that the loss does not need become exactly zero and stay
    there.

    Parameters
    ----------
    w : (...) array
        Weights :math:`w`.
    g : (...) array
        Gradient of the loss without the penalty :math:`g`.
    state : None
        Nothing to remember; it is called like an optimizer.
    lr : float >= 0
        Learning rate :math:`\eta`.
    strength : float >= 0
        Strength of the penalty :math:`\lambda`.

    Returns
    -------
    w : (...) array
        New weights :math:`w_t`.
    state : None
        Nothing.

    Raises
    ------
    ValueError
        If the shapes differ, or ``lr`` or ``strength`` is negative.

    See Also
    --------
    l1_penalty : what it lowers, together with the loss.
    soft_threshold : its second half.
    sklearn.linear_model.Lasso : solves such a step for orthogonal features with ``alpha`` as lr times
        strength.

    Notes
    -----
    The threshold is the strength times the learning rate. The step with the subgradient,
    :math:`w - \eta (g + \lambda \operatorname{sgn}(w))`, never ends at zero: it jumps from one side to the
    other. A larger strength makes more zeros; from some strength on all weights are zero, and the loss is
    that of a constant. The problem stays convex if the loss is.

    References
    ----------
    .. [1] Tibshirani, R. (1996). Regression Shrinkage and Selection via the Lasso. Journal of the Royal
       Statistical Society: Series B 58(1), 267-288. doi:10.1111/j.2517-6161.1996.tb02080.x
    .. [2] Donoho, D. L. (1995). De-noising by soft-thresholding. IEEE Transactions on Information Theory
       41(3), 613-627. doi:10.1109/18.382009

    Examples
    --------
    >>> w, state = l1_step([1.0, -0.5, 0.05], [0.0, 1.0, 0.0], lr=0.1, strength=1.0)
    >>> w
    array([ 0.9, -0.5,  0. ])
    """
    w, g = np.asarray(w, dtype=float), np.asarray(g, dtype=float)
    if w.shape != g.shape:
        raise ValueError(f"need equal shapes, got {w.shape} and {g.shape}")
    if not (lr >= 0 and strength >= 0):
        raise ValueError(f"need lr >= 0 and strength >= 0, got {lr} and {strength}")
    u = w - lr * g
    return np.sign(u) * np.maximum(np.abs(u) - lr * strength, 0) + 0.0, None  # no zero is negative


@np.errstate(over="ignore", invalid="ignore")
def l2_step(w, g, state=None, lr=0.01, strength=0.01):
    r"""Gradient step on the loss with an L2 penalty: each weight also shrinks by a fraction.

    .. math::
        w_t = w_{t-1} - \eta \, (g_t + 2 \lambda w_{t-1})

    Use it for plain gradient descent with an L2 penalty. Adaptive optimizers need ``adamw``.

    Parameters
    ----------
    w : (...) array
        Weights :math:`w`.
    g : (...) array
        Gradient of the loss without the penalty :math:`g`.
    state : None
        Nothing to remember; it is called like an optimizer.
    lr : float >= 0
        Learning rate :math:`\eta`.
    strength : float >= 0
        Strength of the penalty :math:`\lambda`.

    Returns
    -------
    w : (...) array
        New weights :math:`w_t`.
    state : None
        Nothing.

    Raises
    ------
    ValueError
        If the shapes differ, a weight is not finite, or ``lr`` or ``strength`` is negative.

    See Also
    --------
    l2_penalty : what it lowers, together with the loss.
    adamw : weight decay where steps are scaled.
    torch.optim.SGD : the same with ``weight_decay`` as twice the strength.
    keras.optimizers.SGD : the same with ``weight_decay`` as twice the strength.
    optax.add_decayed_weights : twice the strength, before the plain step.

    Notes
    -----
    It is also :math:`w_t = (1 - 2 \eta \lambda) w_{t-1} - \eta g_t`, hence the name weight decay: without a
    gradient the weights fall geometrically and never reach zero. For plain gradient descent the penalty and
    the decay are one; for Adam they are not, since it divides the penalty's gradient as well. It needs
    :math:`\eta \lambda < 1`, or the weights grow.

    References
    ----------
    .. [1] Hoerl, A. E., Kennard, R. W. (1970). Ridge Regression: Biased Estimation for Nonorthogonal
       Problems. Technometrics 12(1), 55-67. doi:10.1080/00401706.1970.10488634
    .. [2] Goodfellow, I., Bengio, Y., Courville, A. (2016). Deep Learning. MIT Press. ISBN 978-0-262-03561-3

    Examples
    --------
    >>> w, state = l2_step([1.0, -0.5, 0.05], [0.0, 1.0, 0.0], lr=0.1, strength=1.0)
    >>> w
    array([ 0.8 , -0.5 ,  0.04])
    """
    w, g = np.asarray_chkfinite(w, dtype=float), np.asarray(g, dtype=float)
    if w.shape != g.shape:
        raise ValueError(f"need equal shapes, got {w.shape} and {g.shape}")
    if not (lr >= 0 and strength >= 0):
        raise ValueError(f"need lr >= 0 and strength >= 0, got {lr} and {strength}")
    return w - lr * (g + 2 * (strength * w)), None


@np.errstate(over="ignore", invalid="ignore")
def elastic_net_step(w, g, state=None, lr=0.01, l1=0.01, l2=0.01):
    r"""Gradient step on the loss, a soft threshold, then a shrinkage: both penalties at once.

    .. math::
        \begin{aligned}
        w_t &= \frac{\operatorname{sgn}(u_t) \, \max(|u_t| - \eta \lambda_1, 0)}{1 + 2 \eta \lambda_2} \\
        u_t &= w_{t-1} - \eta \, g_t
        \end{aligned}

    Use it to train with an elastic net penalty.

    Parameters
    ----------
    w : (...) array
        Weights :math:`w`.
    g : (...) array
        Gradient of the loss without the penalty :math:`g`.
    state : None
        Nothing to remember; it is called like an optimizer.
    lr : float >= 0
        Learning rate :math:`\eta`.
    l1 : float >= 0
        Strength of the absolute values :math:`\lambda_1`.
    l2 : float >= 0
        Strength of the squares :math:`\lambda_2`.

    Returns
    -------
    w : (...) array
        New weights :math:`w_t`.
    state : None
        Nothing.

    Raises
    ------
    ValueError
        If the shapes differ, or ``lr`` or a strength is negative.

    See Also
    --------
    elastic_net_penalty : what it lowers, together with the loss.
    l1_step : without the squares.
    sklearn.linear_model.ElasticNet : solves such a step for orthogonal features.

    Notes
    -----
    The proximal step divides by :math:`1 + 2 \eta \lambda_2` where the plain L2 step multiplies by
    :math:`1 - 2 \eta \lambda_2`. Both lead to the same minimum; the quotient cannot overshoot, however
    large the strength.

    References
    ----------
    .. [1] Zou, H., Hastie, T. (2005). Regularization and variable selection via the elastic net. Journal of
       the Royal Statistical Society: Series B 67(2), 301-320. doi:10.1111/j.1467-9868.2005.00503.x

    Examples
    --------
    >>> w, state = elastic_net_step([1.0, -0.5, 0.05], [0.0, 1.0, 0.0], lr=0.1, l1=1.0, l2=1.25)
    >>> w
    array([ 0.72, -0.4 ,  0.  ])
    """
    w, g = np.asarray(w, dtype=float), np.asarray(g, dtype=float)
    if w.shape != g.shape:
        raise ValueError(f"need equal shapes, got {w.shape} and {g.shape}")
    if not (lr >= 0 and l1 >= 0 and l2 >= 0):
        raise ValueError(f"need lr, l1 and l2 >= 0, got {lr}, {l1} and {l2}")
    u = w - lr * g
    return np.sign(u) * np.maximum(np.abs(u) - lr * l1, 0) / (1 + 2 * (lr * l2)) + 0.0, None


@np.errstate(over="ignore")
def max_norm(w, limit=1.0):
    r"""Shorten the weights of each unit that are longer than a limit, after a step.

    .. math::
        w'_{ij} = w_{ij} \min\left(1, \frac{c}{\sqrt{\sum_{k=1}^{d} w_{kj}^2}}\right)

    Use it with dropout and large learning rates: the weights may move far and cannot explode.

    Parameters
    ----------
    w : (d, k) array
        Weights :math:`w`, one column for each of the k units.
    limit : float > 0
        Greatest length of a column :math:`c`; 3 or 4 is usual.

    Returns
    -------
    (d, k) array
        Weights :math:`w'`, no column longer than the limit.

    Raises
    ------
    ValueError
        If ``w`` has not two axes, ``limit`` is not positive, or a column's length is not finite.

    See Also
    --------
    clip_by_norm : the same for a gradient as a whole.
    clip_by_value : limits each entry, another weight constraint.
    l2_penalty : pulls at short columns too.
    keras.constraints.MaxNorm : the same; adds 1e-7 to the length; ``max_value=2``.
    torch.renorm : the same with ``p=2, dim=1``; adds 1e-7 to the length.

    Notes
    -----
    A column within the limit is left untouched. Where the weights of a unit are a row, as in PyTorch's
    ``Linear``, give the transpose.

    References
    ----------
    .. [1] Hinton, G. E., Srivastava, N., Krizhevsky, A., Sutskever, I., Salakhutdinov, R. R. (2012).
       Improving neural networks by preventing co-adaptation of feature detectors. arXiv:1207.0580

    Examples
    --------
    >>> max_norm([[3.0, 0.6], [4.0, 0.8]], limit=2.0)
    array([[1.2, 0.6],
           [1.6, 0.8]])
    """
    w = np.asarray(w, dtype=float)
    if w.ndim != 2 or not limit > 0:
        raise ValueError(f"need the shape (d, k) and a positive limit, got {w.shape} and {limit}")
    length = np.asarray_chkfinite(np.hypot.reduce(w, axis=0))  # (k,)
    return w / np.maximum(1, length / limit)


def prune_by_magnitude(w, share=0.5):
    r"""Set the smallest weights of a trained network to zero.

    .. math::
        w'_{ij} = w_{ij} \, \mathbb{1}\left[
            \sum_{k=1}^{d} \sum_{l=1}^{K} \mathbb{1}[|w_{kl}| \le |w_{ij}|] > \rho \, d K \right]

    Use it to make a trained network smaller. Train on for a while afterwards, with the zeros held, and
    repeat as long as the validation error does not suffer.

    Parameters
    ----------
    w : (d, k) array
        Weights :math:`w`.
    share : float in [0, 1]
        Share that is set to zero :math:`\rho`.

    Returns
    -------
    (d, k) array
        Weights :math:`w'`, many of them zero.

    Raises
    ------
    ValueError
        If ``w`` has not two axes or holds a NaN, or ``share`` is outside [0, 1].

    See Also
    --------
    l1_step : makes zeros during training.
    torch.nn.utils.prune.L1Unstructured : the same for a number of weights; rounds a share to the nearest
        number.

    Notes
    -----
    A weight stays if more than the share of all weights are not larger than it. The number of zeros is
    rounded down; weights of equal size go or stay together. Removing whole units, columns here, saves time on
    any machine; single zeros save memory, and time only with sparse kernels.

    References
    ----------
    .. [1] Han, S., Pool, J., Tran, J., Dally, W. J. (2015). Learning both Weights and Connections for
       Efficient Neural Networks. arXiv:1506.02626

    Examples
    --------
    >>> prune_by_magnitude([[0.1, -2.0, 0.3], [1.0, 0.2, -0.4]], share=0.5)
    array([[ 0. , -2. ,  0. ],
           [ 1. ,  0. , -0.4]])
    """
    w = np.asarray(w, dtype=float)
    if w.ndim != 2 or np.isnan(w).any() or not 0 <= share <= 1:
        raise ValueError(f"need numbers of the shape (d, k), a share in [0, 1], got {w.shape} and {share}")
    size = np.abs(w)
    not_larger = np.searchsorted(np.sort(size, axis=None), size, side="right")  # (d, k), how many
    return np.where(not_larger > share * w.size, w, 0)


# %% Noise and dropout


@np.errstate(over="ignore", invalid="ignore")
def add_noise(x, noise, std=0.1):
    r"""Add Gaussian noise to inputs, weights or targets, during training only.

    .. math::
        x' = x + \sigma \, \xi

    Use it on inputs so that similar inputs get similar answers, on weights to favor flat minima, on targets
    of a regression against trust in their last digit.

    Parameters
    ----------
    x : (...) array
        Inputs :math:`x`, or weights or targets.
    noise : (...) array
        Draws from a standard normal distribution :math:`\xi`, such as ``rng.normal(size=x.shape)``.
    std : float >= 0
        Standard deviation of the noise :math:`\sigma`, in the unit of the inputs.

    Returns
    -------
    (...) array
        Noisy inputs :math:`x'`.

    Raises
    ------
    ValueError
        If the shapes differ or ``std`` is negative.

    See Also
    --------
    label_noise : for class numbers.
    dropout : noise that multiplies.
    torch.add : the same as ``torch.add(x, noise, alpha=std)``.

    Notes
    -----
    Draw anew for each step, and give clean inputs at the test. In linear regression noise on the inputs adds
    :math:`\sigma^2 \lVert w \rVert^2` to the expected squared error: an L2 penalty, exactly. For other models
    small noise adds, to first order, a penalty on the slope of the model with respect to its inputs. The
    gradient passes through unchanged.

    References
    ----------
    .. [1] Bishop, C. M. (1995). Training with Noise is Equivalent to Tikhonov Regularization. Neural
       Computation 7(1), 108-116. doi:10.1162/neco.1995.7.1.108

    Examples
    --------
    >>> add_noise([[1.0, 2.0], [3.0, 4.0]], [[0.5, -1.0], [0.0, 2.0]], std=0.1)
    array([[1.05, 1.9 ],
           [3.  , 4.2 ]])
    """
    x, noise = np.asarray(x, dtype=float), np.asarray(noise, dtype=float)
    if x.shape != noise.shape:
        raise ValueError(f"need equal shapes, got {x.shape} and {noise.shape}")
    if not std >= 0:
        raise ValueError(f"need a standard deviation >= 0, got {std}")
    return x + std * noise


@np.errstate(invalid="ignore")
def label_noise(y_true, y_random, u, rate=0.1):
    r"""Replace some labels by random classes, anew in each epoch: noise on the outputs.

    .. math::
        y'_i = \begin{cases}
            r_i & \text{if } u_i < \rho \\
            y_i & \text{otherwise}
        \end{cases}

    Use it against trust in single labels; ``smooth_labels`` does the same on average and without chance.

    Parameters
    ----------
    y_true : (n,) array in {0, ..., k - 1}
        Class numbers :math:`y`.
    y_random : (n,) array in {0, ..., k - 1}
        Random classes :math:`r`, such as ``rng.integers(k, size=n)``.
    u : (n,) array in [0, 1)
        Uniform draws :math:`u`, such as ``rng.random(n)``.
    rate : float in [0, 1]
        Share of labels that are drawn anew :math:`\rho`.

    Returns
    -------
    (n,) array in {0, ..., k - 1}
        Noisy class numbers :math:`y'`.

    Raises
    ------
    ValueError
        If the shapes differ, a label is no class number, a draw is outside [0, 1), or ``rate`` is outside
        [0, 1].

    See Also
    --------
    smooth_labels : its mean.
    numpy.where : chooses in the same way.
    torch.where : chooses in the same way.

    Notes
    -----
    A random class may be the right one, so a share of :math:`\rho (1 - 1 / K)` is wrong. The mean over the
    draws of the one-hot labels is the smoothed label with :math:`\epsilon = \rho`.

    References
    ----------
    .. [1] Xie, L., Wang, J., Wei, Z., Wang, M., Tian, Q. (2016). DisturbLabel: Regularizing CNN on the Loss
       Layer. arXiv:1605.00055

    Examples
    --------
    >>> label_noise([0, 1, 2, 2], y_random=[2, 2, 0, 1], u=[0.9, 0.05, 0.5, 0.3], rate=0.1)
    array([0, 2, 2, 2])
    """
    y, r, u = np.asarray(y_true), np.asarray(y_random), np.asarray(u, dtype=float)
    if not y.shape == r.shape == u.shape or y.ndim != 1:
        raise ValueError(f"need three equal shapes (n,), got {y.shape}, {r.shape} and {u.shape}")
    if not all(((c >= 0) & (c < 2**31) & (c % 1 == 0)).all() for c in (y, r)):
        raise ValueError(f"need class numbers, got {y} and {r}")
    if not (((u >= 0) & (u < 1)).all() and 0 <= rate <= 1):
        raise ValueError(f"need draws in [0, 1) and a rate in [0, 1], got {u} and {rate}")
    return np.where(u < rate, r, y).astype(np.int64)


@np.errstate(over="ignore", invalid="ignore")
def smooth_labels(y_true, smoothing=0.1):
    r"""Take a little from the right class and spread it evenly over all classes.

    .. math::
        y'_{ij} = (1 - \epsilon) \, y_{ij} + \frac{\epsilon}{K}

    Use it against overconfident probabilities. The cross-entropies here do it themselves if they are given
    the smoothing.

    Parameters
    ----------
    y_true : (n, k) array, rows sum to 1
        One-hot labels, or probabilities :math:`y`.
    smoothing : float in [0, 1]
        Share of the label that is spread :math:`\epsilon`.

    Returns
    -------
    (n, k) array, rows sum to 1
        Smoothed labels :math:`y'`.

    Raises
    ------
    ValueError
        If ``y_true`` has not two axes, is empty, or a row is no distribution, or ``smoothing`` is outside
        [0, 1].

    See Also
    --------
    cross_entropy_from_logits : takes the smoothing as an argument.
    label_noise : the same by chance.
    torch.lerp : the same between the labels and 1 / K.
    optax.smooth_labels : the same.

    Notes
    -----
    With 10 classes and 0.1 the right class gets 0.91 and each other 0.01. Another convention gives the right
    class 0.9 and spreads 0.1 over the nine others.

    References
    ----------
    .. [1] Szegedy, C., Vanhoucke, V., Ioffe, S., Shlens, J., Wojna, Z. (2015). Rethinking the Inception
       Architecture for Computer Vision. arXiv:1512.00567

    Examples
    --------
    >>> smooth_labels([[0, 1, 0, 0], [0, 0, 0, 1]], smoothing=0.2)
    array([[0.05, 0.85, 0.05, 0.05],
           [0.05, 0.05, 0.05, 0.85]])
    """
    y = np.asarray(y_true, dtype=float)
    if y.ndim != 2 or not y.size:
        raise ValueError(f"need labels of the shape (n, k), got {y.shape}")
    if not (y.min() >= 0 and np.allclose(y.sum(axis=1), 1) and 0 <= smoothing <= 1):
        raise ValueError(f"need rows >= 0 that sum to 1, smoothing in [0, 1], got {y} and {smoothing}")
    return (1 - smoothing) * y + smoothing / y.shape[1]


@np.errstate(over="ignore")
def dropout(x, u, rate=0.5):
    r"""Set entries to zero by chance and scale up the others, so that the mean stays.

    .. math::
        y = \begin{cases}
            \frac{x}{1 - \rho} & \text{if } u \ge \rho \\
            0 & \text{otherwise}
        \end{cases}

    Use it in training on the outputs of large hidden layers. At the test leave it out, or set ``rate=0``.

    Parameters
    ----------
    x : (...) array
        Inputs :math:`x`, which the layer before gives out.
    u : (...) array in [0, 1)
        Uniform draws :math:`u`, such as ``rng.random(x.shape)``.
    rate : float in [0, 1]
        Probability :math:`\rho` that an entry is dropped; 0.2 to 0.5 is usual.

    Returns
    -------
    y : (...) array
        Outputs :math:`y`.
    backward : function
        Takes the gradient by ``y``; returns those by the inputs:

        dx : (...) array
            By ``x``.

    Raises
    ------
    ValueError
        If the shapes differ, an input is not finite, a draw is outside [0, 1), or ``rate`` is outside
        [0, 1].

    See Also
    --------
    drop_path : drops a whole branch for an example.
    add_noise : noise that adds.
    torch.nn.functional.dropout : the same with draws of its own.
    keras.random.dropout : the same with draws of its own.

    Notes
    -----
    This is the inverted form, which all libraries have: the scale is in the training, and the test needs
    none. The first paper scaled at the test instead, by :math:`1 - \rho`. Backward, the same entries are
    dropped and the others get the same scale. Each entry is dropped independently, so the number of dropped
    ones is random. With a rate of 1 all are zero and nothing is learned.

    Units cannot rely on particular other units, which are often absent: that prevents co-adaptation. It is
    one network with one set of weights; the whole network at the test only approximates the mean over all
    thinned ones.

    References
    ----------
    .. [1] Hinton, G. E., Srivastava, N., Krizhevsky, A., Sutskever, I., Salakhutdinov, R. R. (2012).
       Improving neural networks by preventing co-adaptation of feature detectors. arXiv:1207.0580

    Examples
    --------
    >>> x = [[0.0, 1.0, 2.0, 3.0], [4.0, 5.0, 6.0, 7.0]]
    >>> u = [[0.9, 0.2, 0.7, 0.5], [0.1, 0.8, 0.3, 0.6]]
    >>> y, backward = dropout(x, u, rate=0.5)
    >>> y
    array([[ 0.,  0.,  4.,  6.],
           [ 0., 10.,  0., 14.]])
    >>> backward(np.ones((2, 4)))
    array([[2., 0., 2., 2.],
           [0., 2., 0., 2.]])

    The numbers 0 to 19, with draws from a generator:

    >>> x = np.arange(20.0).reshape(5, 4)
    >>> dropout(x, np.random.default_rng(0).random(x.shape), rate=0.5)[0]
    array([[ 0.,  0.,  0.,  0.],
           [ 8., 10., 12., 14.],
           [16., 18., 20.,  0.],
           [24.,  0., 28.,  0.],
           [32., 34.,  0.,  0.]])
    """
    x, u = np.asarray_chkfinite(x, dtype=float), np.asarray(u, dtype=float)
    if x.shape != u.shape:
        raise ValueError(f"need equal shapes, got {x.shape} and {u.shape}")
    if not (((u >= 0) & (u < 1)).all() and 0 <= rate <= 1):
        raise ValueError(f"need draws in [0, 1) and a rate in [0, 1], got {u} and {rate}")
    mask = np.divide(1, 1 - rate, where=u >= rate, out=np.zeros(u.shape))
    y = x * mask

    def backward(dy):
        dy = np.asarray(dy, dtype=float)
        if dy.shape != y.shape:
            raise ValueError(f"need the shape of y, got {dy.shape} and {y.shape}")
        return dy * mask

    return y, backward


@np.errstate(over="ignore")
def drop_path(x, u, rate=0.1):
    r"""Drop a whole branch of a network for some examples: stochastic depth.

    .. math::
        y_{ij} = \begin{cases}
            \frac{x_{ij}}{1 - \rho} & \text{if } u_i \ge \rho \\
            0 & \text{otherwise}
        \end{cases}

    Use it in deep residual networks and transformers on each branch, just before it is added to the shortcut.

    Parameters
    ----------
    x : (n, d) array
        Inputs :math:`x`: what the branch gives out, one example per row.
    u : (n,) array in [0, 1)
        Uniform draws :math:`u`, one per example, such as ``rng.random(n)``.
    rate : float in [0, 1]
        Probability :math:`\rho` that the branch is dropped.

    Returns
    -------
    y : (n, d) array
        Outputs :math:`y`, to be added to the shortcut.
    backward : function
        Takes the gradient by ``y``; returns those by the inputs:

        dx : (n, d) array
            By ``x``.

    Raises
    ------
    ValueError
        If the shapes do not fit, an input is not finite, a draw is outside [0, 1), or ``rate`` is outside
        [0, 1].

    See Also
    --------
    dropout : drops single entries.
    torch.nn.functional.dropout1d : the same with draws of its own.
    keras.random.dropout : the same with ``noise_shape=(n, 1)`` and draws of its own.

    Notes
    -----
    An example whose branch is dropped passes through the shortcut alone, so the network is shallower for it,
    in both directions. Later layers are dropped more often: the rate rises evenly from 0 at the input to
    0.1 to 0.5 at the output. The paper drops a branch for the whole batch and scales at the test instead.

    References
    ----------
    .. [1] Huang, G., Sun, Y., Liu, Z., Sedra, D., Weinberger, K. (2016). Deep Networks with Stochastic Depth.
       arXiv:1603.09382

    Examples
    --------
    >>> branch = [[0.4, 0.8], [1.2, 1.6], [2.0, 2.4]]
    >>> y, backward = drop_path(branch, u=[0.9, 0.1, 0.5], rate=0.2)
    >>> y
    array([[0.5, 1. ],
           [0. , 0. ],
           [2.5, 3. ]])
    >>> backward(np.ones((3, 2)))
    array([[1.25, 1.25],
           [0.  , 0.  ],
           [1.25, 1.25]])
    """
    x, u = np.asarray_chkfinite(x, dtype=float), np.asarray(u, dtype=float)
    if x.ndim != 2 or u.shape != x.shape[:1]:
        raise ValueError(f"need shapes (n, d) and (n,), got {x.shape} and {u.shape}")
    if not (((u >= 0) & (u < 1)).all() and 0 <= rate <= 1):
        raise ValueError(f"need draws in [0, 1) and a rate in [0, 1], got {u} and {rate}")
    mask = np.divide(1, 1 - rate, where=u >= rate, out=np.zeros(u.shape))[:, None]  # (n, 1)
    y = x * mask

    def backward(dy):
        dy = np.asarray(dy, dtype=float)
        if dy.shape != y.shape:
            raise ValueError(f"need the shape of y, got {dy.shape} and {y.shape}")
        return dy * mask

    return y, backward


# %% Data augmentation


@np.errstate(over="ignore", invalid="ignore")
def mixup(x, y_true, x_other, y_other, share=0.5):
    r"""Blend pairs of examples and, in the same proportion, their labels.

    .. math::
        \begin{aligned}
        x'_{ij} &= \theta \, x_{ij} + (1 - \theta) \, \tilde{x}_{ij} \\
        y'_{ik} &= \theta \, y_{ik} + (1 - \theta) \, \tilde{y}_{ik}
        \end{aligned}

    Use it to train classifiers whose answers change gradually between examples. The other examples are
    usually the same batch in another order.

    Parameters
    ----------
    x : (n, d) array
        Inputs :math:`x`.
    y_true : (n, k) array, rows sum to 1
        One-hot labels :math:`y`.
    x_other : (n, d) array
        Inputs of the partners :math:`\tilde{x}`, such as ``x[order]``.
    y_other : (n, k) array, rows sum to 1
        Labels of the partners :math:`\tilde{y}`.
    share : float in [0, 1]
        Share of the first example :math:`\theta`, such as ``rng.beta(0.2, 0.2)``.

    Returns
    -------
    x : (n, d) array
        Blended inputs :math:`x'`.
    y : (n, k) array, rows sum to 1
        Blended labels :math:`y'`.

    Raises
    ------
    ValueError
        If the shapes do not fit, a row of labels is no distribution, or ``share`` is outside [0, 1].

    See Also
    --------
    cutmix : puts parts side by side.
    cross_entropy_from_logits : takes such labels.
    torch.lerp : each of the two as ``torch.lerp(other, first, share)``.

    Notes
    -----
    The share comes from a Beta distribution with both parameters 0.1 to 0.4, so that most blends are nearly
    one of the two. One share may serve the whole batch.

    References
    ----------
    .. [1] Zhang, H., Cisse, M., Dauphin, Y. N., Lopez-Paz, D. (2017). mixup: Beyond Empirical Risk
       Minimization. arXiv:1710.09412

    Examples
    --------
    >>> x, y = mixup([[0.0, 4.0, 8.0]], [[1, 0]], [[4.0, 4.0, 0.0]], [[0, 1]], share=0.75)
    >>> x
    array([[1., 4., 6.]])
    >>> y
    array([[0.75, 0.25]])
    """
    x, other = np.asarray(x, dtype=float), np.asarray(x_other, dtype=float)
    y, label = np.asarray(y_true, dtype=float), np.asarray(y_other, dtype=float)
    if x.shape != other.shape or y.shape != label.shape or x.ndim != 2 or y.ndim != 2 or len(x) != len(y):
        raise ValueError(
            f"need (n, d), (n, k), (n, d), (n, k), got {x.shape}, {y.shape}, {other.shape}, {label.shape}"
        )
    if not (min(y.min(), label.min()) >= 0 and np.allclose([y.sum(axis=1), label.sum(axis=1)], 1)):
        raise ValueError(f"need label rows >= 0 that sum to 1, got {y} and {label}")
    if not 0 <= share <= 1:
        raise ValueError(f"need a share in [0, 1], got {share}")
    return share * x + (1 - share) * other, share * y + (1 - share) * label


@np.errstate(over="ignore", invalid="ignore")
def cutmix(x, y_true, x_other, y_other, top, left, height, width):
    r"""Replace a box of each image by that of a partner; the labels follow the areas.

    .. math::
        \begin{aligned}
        x'_{ijl} &= \begin{cases}
            \tilde{x}_{ijl} & \text{if } r < j \le r + h, c < l \le c + v \\
            x_{ijl} & \text{otherwise}
        \end{cases} \\
        y'_{ik} &= \theta \, y_{ik} + (1 - \theta) \, \tilde{y}_{ik} \\
        \theta &= 1 - \frac{1}{m d} \sum_{j=1}^{m} \sum_{l=1}^{d}
            \mathbb{1}[r < j \le r + h, c < l \le c + v]
        \end{aligned}

    Use it for image classifiers: they learn to look at all of an object, not at its most telling part only.

    Parameters
    ----------
    x : (n, m, d) array
        Images :math:`x`, with m rows and d columns.
    y_true : (n, k) array, rows sum to 1
        One-hot labels :math:`y`.
    x_other : (n, m, d) array
        Images of the partners :math:`\tilde{x}`, such as ``x[order]``.
    y_other : (n, k) array, rows sum to 1
        Labels of the partners :math:`\tilde{y}`.
    top : int >= 0
        Rows above the box :math:`r`.
    left : int >= 0
        Columns left of the box :math:`c`.
    height : int >= 0
        Rows of the box :math:`h`.
    width : int >= 0
        Columns of the box :math:`v`.

    Returns
    -------
    x : (n, m, d) array
        Images with a box of another :math:`x'`.
    y : (n, k) array, rows sum to 1
        Labels by area :math:`y'`.

    Raises
    ------
    ValueError
        If the shapes do not fit, a pixel is not finite, a row of labels is no distribution, or the box is
        not made of whole numbers from 0 on.

    See Also
    --------
    mixup : blends whole examples.
    torch.where : chooses the pixels.

    Notes
    -----
    The box is cut off at the border of the image, and the share is that of the pixels really replaced. To
    draw a box as in the paper, draw the area from a uniform distribution, the center from all pixels, and
    take the sides in proportion to the image's.

    References
    ----------
    .. [1] Yun, S., Han, D., Oh, S. J., Chun, S., Choe, J., Yoo, Y. (2019). CutMix: Regularization Strategy
       to Train Strong Classifiers with Localizable Features. arXiv:1905.04899

    Examples
    --------
    >>> dark, bright = np.zeros((1, 2, 4)), np.ones((1, 2, 4))
    >>> x, y = cutmix(dark, [[1, 0]], bright, [[0, 1]], top=0, left=2, height=1, width=2)
    >>> x
    array([[[0., 0., 1., 1.],
            [0., 0., 0., 0.]]])
    >>> y
    array([[0.75, 0.25]])
    """
    x, other = np.asarray_chkfinite(x, dtype=float), np.asarray_chkfinite(x_other, dtype=float)
    y, label = np.asarray(y_true, dtype=float), np.asarray(y_other, dtype=float)
    if (
        x.shape != other.shape
        or y.shape != label.shape
        or (x.ndim, y.ndim) != (3, 2)
        or len(x) != len(y)
        or not x.size
    ):
        raise ValueError(
            f"need (n, m, d), (n, k), both twice, got {x.shape}, {y.shape}, {other.shape}, {label.shape}"
        )
    if not (min(y.min(), label.min()) >= 0 and np.allclose([y.sum(axis=1), label.sum(axis=1)], 1)):
        raise ValueError(f"need label rows >= 0 that sum to 1, got {y} and {label}")
    if not all(side >= 0 and side % 1 == 0 for side in (top, left, height, width)):
        raise ValueError(f"need whole numbers from 0 on, got {top}, {left}, {height}, {width}")
    kept = np.ones(x.shape[1:])  # (m, d)
    kept[int(top) : int(top + height), int(left) : int(left + width)] = 0
    share = np.mean(kept)
    return np.where(kept, x, other), share * y + (1 - share) * label


def flip_left_right(x):
    r"""Mirror images: the first column becomes the last.

    .. math::
        x'_{ij} = x_{i, d + 1 - j}

    Use it on half of the training images, by chance, where left and right mean the same; not for text.

    Parameters
    ----------
    x : (..., m, d) array
        Images :math:`x`, with m rows and d columns.

    Returns
    -------
    (..., m, d) array
        Mirrored images :math:`x'`.

    Raises
    ------
    ValueError
        If ``x`` has fewer than two axes.

    See Also
    --------
    quarter_turn : turns instead.
    shift : moves instead.
    numpy.flip : the same with ``axis=-1``.
    torch.flip : the same with ``dims=[-1]``.
    keras.ops.flip : the same with ``axis=-1``.
    jax.numpy.flip : the same with ``axis=-1``.

    Notes
    -----
    An augmentation must not change what the label says: a mirrored cat is a cat, a mirrored b is a d. Boxes
    and points that belong to the label must be mirrored with the image.

    References
    ----------
    .. [1] Shorten, C., Khoshgoftaar, T. M. (2019). A survey on Image Data Augmentation for Deep Learning.
       Journal of Big Data 6, 60. doi:10.1186/s40537-019-0197-0

    Examples
    --------
    >>> flip_left_right([[1, 2, 3], [4, 5, 6]])
    array([[3., 2., 1.],
           [6., 5., 4.]])
    """
    x = np.asarray(x, dtype=float)
    if x.ndim < 2:
        raise ValueError(f"need images of the shape (..., m, d), got {x.shape}")
    return x[..., ::-1].copy()


def quarter_turn(x):
    r"""Turn images by 90 degrees against the clock.

    .. math::
        x'_{ij} = x_{j, d + 1 - i}

    Use it where up and down mean nothing, as in pictures from a microscope or from above; call it again for
    180 and 270 degrees.

    Parameters
    ----------
    x : (..., m, d) array
        Images :math:`x`, with m rows and d columns.

    Returns
    -------
    (..., d, m) array
        Turned images :math:`x'`.

    Raises
    ------
    ValueError
        If ``x`` has fewer than two axes.

    See Also
    --------
    flip_left_right : mirrors instead.
    numpy.rot90 : the same with ``axes=(-2, -1)``.
    torch.rot90 : the same with ``dims=[-2, -1]``.
    keras.ops.rot90 : the same with ``axes=(-2, -1)``.
    jax.numpy.rot90 : the same with ``axes=(-2, -1)``.

    Notes
    -----
    A turned 6 is a 9 after two turns, so digits must not be turned.

    References
    ----------
    .. [1] Shorten, C., Khoshgoftaar, T. M. (2019). A survey on Image Data Augmentation for Deep Learning.
       Journal of Big Data 6, 60. doi:10.1186/s40537-019-0197-0

    Examples
    --------
    >>> quarter_turn([[1, 2, 3], [4, 5, 6]])
    array([[3., 6.],
           [2., 5.],
           [1., 4.]])
    """
    x = np.asarray(x, dtype=float)
    if x.ndim < 2:
        raise ValueError(f"need images of the shape (..., m, d), got {x.shape}")
    return np.swapaxes(x, -2, -1)[..., ::-1, :].copy()


def shift(x, down, right, fill=0.0):
    r"""Move images by whole pixels and fill what comes into view.

    .. math::
        x'_{ij} = \begin{cases}
            x_{i - a, j - c} & \text{if } 1 \le i - a \le m, 1 \le j - c \le d \\
            f & \text{otherwise}
        \end{cases}

    Use it so that a classifier does not depend on where the object is. It is the random crop of an image
    with a border.

    Parameters
    ----------
    x : (..., m, d) array
        Images :math:`x`, with m rows and d columns.
    down : int
        Rows to move down :math:`a`, up if negative; such as ``rng.integers(-2, 3)``.
    right : int
        Columns to move to the right :math:`c`, to the left if negative.
    fill : float
        New pixels :math:`f`.

    Returns
    -------
    (..., m, d) array
        Moved images :math:`x'`.

    Raises
    ------
    ValueError
        If ``x`` has fewer than two axes, or ``down`` or ``right`` is not a whole number.

    See Also
    --------
    flip_left_right : mirrors instead.
    scipy.ndimage.shift : the same with ``order=0``; moves by fractions too.

    Notes
    -----
    A crop without a border is a slice: ``x[..., top:bottom, left:right]``.

    References
    ----------
    .. [1] Shorten, C., Khoshgoftaar, T. M. (2019). A survey on Image Data Augmentation for Deep Learning.
       Journal of Big Data 6, 60. doi:10.1186/s40537-019-0197-0

    Examples
    --------
    >>> shift([[1, 2, 3], [4, 5, 6]], down=1, right=-1)
    array([[0., 0., 0.],
           [2., 3., 0.]])
    """
    x = np.asarray(x, dtype=float)
    if x.ndim < 2 or not (down % 1 == 0 and right % 1 == 0):
        raise ValueError(f"need images (..., m, d), whole numbers, got {x.shape}, {down} and {right}")
    m, d = x.shape[-2:]
    i, j = np.arange(m)[:, None] - int(down), np.arange(d) - int(right)  # where a pixel comes from
    inside = (i >= 0) & (i < m) & (j >= 0) & (j < d)  # (m, d)
    return np.where(inside, x[..., i % m, j % d], fill)


def random_deletion(u, rate=0.1):
    r"""Which words of a sentence stay when each is deleted at random; one always stays.

    .. math::
        k_i = \mathbb{1}[u_i \ge \min(\rho, \max_j u_j)]

    Use it to train text classifiers on shortened copies of sentences: ``words[random_deletion(u)]``.

    Parameters
    ----------
    u : (n,) array in [0, 1)
        Uniform draws :math:`u`, one per word, such as ``rng.random(len(words))``.
    rate : float in [0, 1]
        Probability that a word is deleted :math:`\rho`.

    Returns
    -------
    (n,) array in {0, 1}
        Whether each word stays :math:`k`.

    Raises
    ------
    ValueError
        If ``u`` has not one axis, is empty or is outside [0, 1), or ``rate`` is outside [0, 1].

    See Also
    --------
    dropout : sets entries to zero and scales the others.
    torch.ge : the comparison.

    Notes
    -----
    Where all words would go, the one with the largest draw stays, which is a random one; so a single word
    always stays. There is nothing to delete from an empty sentence: that is an error here.

    References
    ----------
    .. [1] Wei, J., Zou, K. (2019). EDA: Easy Data Augmentation Techniques for Boosting Performance on Text
       Classification Tasks. arXiv:1901.11196

    Examples
    --------
    >>> stays = random_deletion([0.9, 0.05, 0.5, 0.3], rate=0.1)
    >>> np.array(["no", "two", "snowflakes", "agree"])[stays]
    array(['no', 'snowflakes', 'agree'], dtype='<U10')
    >>> random_deletion([0.9, 0.05, 0.5, 0.3], rate=1.0)
    array([ True, False, False, False])
    """
    u = np.asarray(u, dtype=float)
    if u.ndim != 1 or not u.size:
        raise ValueError(f"need one draw per word, got the shape {u.shape}")
    if not (((u >= 0) & (u < 1)).all() and 0 <= rate <= 1):
        raise ValueError(f"need draws in [0, 1) and a rate in [0, 1], got {u} and {rate}")
    return u >= np.minimum(rate, np.max(u))


# %% Overfitting


def early_stopping(value, state=None, patience=10, min_delta=0.0):
    r"""Say when to stop: the validation loss has not improved for a number of checks.

    .. math::
        \begin{aligned}
        q_t &= \mathbb{1}[c_t \ge P] \\
        m_t &= \begin{cases}
            v_t & \text{if } v_t < m_{t-1} - \delta \\
            m_{t-1} & \text{otherwise}
        \end{cases} \\
        r_t &= \begin{cases}
            t & \text{if } v_t < m_{t-1} - \delta \\
            r_{t-1} & \text{otherwise}
        \end{cases} \\
        c_t &= \begin{cases}
            0 & \text{if } v_t < m_{t-1} - \delta \\
            c_{t-1} + 1 & \text{otherwise}
        \end{cases} \\
        m_0 &= \infty, \quad r_0 = c_0 = 0
        \end{aligned}

    Use it in nearly every training run, with a copy of the weights of the best check kept aside.

    Parameters
    ----------
    value : float
        Loss on the validation data at this check :math:`v`; the smaller, the better.
    state : tuple or None
        What the last check returned, None before the first:

        best : float
            Smallest loss so far :math:`m`.
        best_check : int >= 0
            Number of the check that found it :math:`r`.
        waited : int >= 0
            Checks since then :math:`c`.
        t : int >= 0
            Checks so far :math:`t`.
    patience : int >= 1
        Checks without improvement after which to stop :math:`P`.
    min_delta : float >= 0
        How much smaller the loss must be to count as better :math:`\delta`.

    Returns
    -------
    stop : int in {0, 1}
        Whether to stop :math:`q_t`.
    state : tuple
        For the next check: ``(best, best_check, waited, t)``.

    Raises
    ------
    ValueError
        If ``value`` or the state is NaN or out of range, ``patience`` is not a whole number from 1 on, or
        ``min_delta`` is negative.

    See Also
    --------
    l2_penalty : has a similar effect on a quadratic loss.
    average_weights : another way not to depend on the last step.
    keras.callbacks.EarlyStopping : the same; ``patience=0``; keeps the best weights if it is told to.
    torch.optim.lr_scheduler.ReduceLROnPlateau : counts bad checks alike with ``threshold_mode="abs"``, but
        lowers the learning rate.

    Notes
    -----
    The copy of the weights is due when ``waited`` is 0. With the best weights and their check, and checks
    any number of steps apart, this is algorithm 7.1 of the Deep Learning book. The first rise of the loss
    is no reason to stop, as it is noisy; hence the patience. Only validation data may decide: the training
    loss falls on, and a test set that decides is no test set any more.

    References
    ----------
    .. [1] Prechelt, L. (1998). Early Stopping - But When? Neural Networks: Tricks of the Trade, 55-69.
       doi:10.1007/3-540-49430-8_3
    .. [2] Goodfellow, I., Bengio, Y., Courville, A. (2016). Deep Learning. MIT Press. ISBN 978-0-262-03561-3

    Examples
    --------
    >>> state, stop = None, False
    >>> for loss in [0.9, 0.7, 0.8, 0.6, 0.61, 0.65, 0.64, 0.5]:
    ...     if not stop:
    ...         stop, state = early_stopping(loss, state, patience=3)
    >>> state  # the loss of check 4 was the best, and the run ended with check 7
    (0.6, 4, 3, 7)
    """
    value = float(value)
    best, best_check, waited, t = state or (np.inf, 0, 0, 0)
    if not (0 <= best_check <= t and waited >= 0 and best == best and value == value):
        raise ValueError(f"need numbers, counts from 0 on, got {value}, {best}, {best_check}, {waited}, {t}")
    if not (patience >= 1 and patience % 1 == 0 and min_delta >= 0):
        raise ValueError(f"need patience 1, 2, ..., min_delta >= 0, got {patience} and {min_delta}")
    t, waited = t + 1, waited + 1
    if value < best - float(min_delta):
        best, best_check, waited = value, t, 0
    return int(waited >= patience), (best, best_check, waited, t)


@np.errstate(over="ignore", invalid="ignore")
def bias_variance(y_true, y_pred):
    r"""Squared bias and variance, from models fitted to many training sets.

    .. math::
        \begin{aligned}
        B &= \frac{1}{n} \sum_{i=1}^{n} (\bar{y}_i - y_i)^2 \\
        V &= \frac{1}{n m} \sum_{i=1}^{n} \sum_{j=1}^{m} (\hat{y}_{ji} - \bar{y}_i)^2 \\
        \bar{y}_i &= \frac{1}{m} \sum_{j=1}^{m} \hat{y}_{ji}
        \end{aligned}

    Use it in experiments with generated data, where the truth is known, to see which of the two a change
    of the model moves.

    Parameters
    ----------
    y_true : (n,) array
        True values without noise :math:`y` at n inputs.
    y_pred : (m, n) array
        Predictions :math:`\hat{y}` of m models, each fitted to a training set of its own.

    Returns
    -------
    bias2 : float in [0, inf)
        Squared bias, mean over the inputs :math:`B`.
    variance : float in [0, inf)
        Variance between the models, mean over the inputs :math:`V`.

    Raises
    ------
    ValueError
        If the shapes do not fit, are empty, or a number is not finite.

    See Also
    --------
    mse : squared error of one model.
    avoidable_bias : a diagnosis from three error rates.
    sklearn.metrics.mean_squared_error : of the mean prediction, and around it.
    torch.var_mean : variance and mean at each input, with ``correction=0``.

    Notes
    -----
    The expected squared error on new data is squared bias plus variance plus the variance of the noise.
    Bias and variance speak of all training sets that might have come, not of the spread of one model's
    predictions or of its training steps. A small bias may be many exact hits or errors that cancel.

    References
    ----------
    .. [1] Geman, S., Bienenstock, E., Doursat, R. (1992). Neural Networks and the Bias/Variance Dilemma.
       Neural Computation 4(1), 1-58. doi:10.1162/neco.1992.4.1.1

    Examples
    --------
    Two models that miss the truth on opposite sides, then two that agree on something wrong.

    >>> bias_variance([1.0, 2.0, 3.0], [[0.0, 1.0, 2.0], [2.0, 3.0, 4.0]])
    (0.0, 1.0)
    >>> bias_variance([1.0, 2.0, 3.0], [[2.0, 2.0, 2.0], [2.0, 2.0, 2.0]])
    (0.6666666666666666, 0.0)
    """
    y, p = np.asarray_chkfinite(y_true, dtype=float), np.asarray_chkfinite(y_pred, dtype=float)
    if p.ndim != 2 or p.shape[1:] != y.shape or not p.size:
        raise ValueError(f"need shapes (n,) and (m, n), got {y.shape} and {p.shape}")
    mean = np.sum(p / len(p), axis=0)  # (n,)
    return float(np.mean((mean - y) ** 2)), float(np.mean((p - mean) ** 2))


def avoidable_bias(human, train, dev):
    r"""Two gaps between error rates that say what to work on: bias or variance.

    .. math::
        \begin{aligned}
        B &= E_r - E_h \\
        V &= E_v - E_r
        \end{aligned}

    Use it to decide between a larger model and more data: work on the larger gap.

    Parameters
    ----------
    human : float in [0, 1]
        Error rate of the best people :math:`E_h`, in place of the Bayes error.
    train : float in [0, 1]
        Error rate on the training data :math:`E_r`.
    dev : float in [0, 1]
        Error rate on the validation data :math:`E_v`.

    Returns
    -------
    bias : float in [-1, 1]
        Avoidable bias :math:`B`: how far training may still fall.
    variance : float in [-1, 1]
        Variance :math:`V`: what is lost on new data.

    Raises
    ------
    ValueError
        If an error rate is outside [0, 1].

    See Also
    --------
    bias_variance : the two in the sense of statistics.
    accuracy : one minus an error rate.
    numpy.diff : of the three in this order.

    Notes
    -----
    The bias is measured against what can be reached, not against zero: a training error of 15 % is fine
    where nobody does better. Of several error rates of people the lowest is the best bound on the Bayes
    error: if laypeople misread 3 % of the images, doctors 1 %, experienced doctors 0.7 % and a team of them
    0.5 %, it is at most 0.5 %. A negative bias means that the model is better than people, or that it has
    learned the training data by heart.

    References
    ----------
    .. [1] Goodfellow, I., Bengio, Y., Courville, A. (2016). Deep Learning. MIT Press. ISBN 978-0-262-03561-3

    Examples
    --------
    The same errors, where people err in 1 % and in 7.5 % of the cases:

    >>> bias, variance = avoidable_bias(human=0.01, train=0.08, dev=0.10)
    >>> print(f"bias {bias:.1%}, variance {variance:.1%}")
    bias 7.0%, variance 2.0%
    >>> bias, variance = avoidable_bias(human=0.075, train=0.08, dev=0.10)
    >>> print(f"bias {bias:.1%}, variance {variance:.1%}")
    bias 0.5%, variance 2.0%
    """
    if not all(0 <= error <= 1 for error in (human, train, dev)):
        raise ValueError(f"need error rates in [0, 1], got {human}, {train} and {dev}")
    return float(train - human), float(dev - train)
