"""Losses: how wrong a prediction is, as one number to minimize."""

import numpy as np


# %% Regression


@np.errstate(over="ignore", invalid="ignore")
def squared_error(y_true, y_pred):
    r"""Square of the residual of each example.

    .. math::
        L_i = (y_i - \hat{y}_i)^2

    Use it to look at single examples or to weight them before averaging; to train and report, use its mean.

    Parameters
    ----------
    y_true : (n,) array
        Targets :math:`y`.
    y_pred : (n,) array
        Predictions :math:`\hat{y}`.

    Returns
    -------
    (n,) array in [0, inf)
        Losses :math:`L`, in the squared unit of the target.

    Raises
    ------
    ValueError
        If the shapes differ.

    See Also
    --------
    squared_error_grad : its gradient.
    mse : its mean.
    torch.nn.functional.mse_loss : the same with ``reduction="none"``; takes the prediction first.
    optax.losses.squared_error : the same; takes the prediction first.
    optax.losses.l2_loss : half of it; takes the prediction first.

    Notes
    -----
    Also called L2 loss. It belongs to one example; MSE is its mean over the examples. Twice the residual
    costs four times as much, so outliers weigh heavily. The signed residual itself is no loss: errors of
    opposite sign would cancel.

    References
    ----------
    .. [1] Hastie, T., Tibshirani, R., Friedman, J. (2009). The Elements of Statistical Learning.
       Springer. doi:10.1007/978-0-387-84858-7

    Examples
    --------
    >>> squared_error([3, 1, 2], [2, 1, 5])
    array([1., 0., 9.])
    """
    y, p = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    if y.shape != p.shape:
        raise ValueError(f"need equal shapes, got {y.shape} and {p.shape}")
    return (y - p) ** 2


@np.errstate(over="ignore", invalid="ignore")
def squared_error_grad(y_true, y_pred):
    r"""Gradient of the squared error with respect to the prediction, example by example.

    .. math::
        \frac{\partial L_i}{\partial \hat{y}_i} = 2 (\hat{y}_i - y_i)

    Parameters
    ----------
    y_true : (n,) array
        Targets :math:`y`.
    y_pred : (n,) array
        Predictions :math:`\hat{y}`.

    Returns
    -------
    (n,) array
        Slopes :math:`\partial L_i / \partial \hat{y}_i`, in the unit of the target.

    Raises
    ------
    ValueError
        If the shapes differ.

    Examples
    --------
    >>> squared_error_grad([3, 1, 2], [2, 1, 5])
    array([-2.,  0.,  6.])
    """
    y, p = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    if y.shape != p.shape:
        raise ValueError(f"need equal shapes, got {y.shape} and {p.shape}")
    return 2 * (p - y)


@np.errstate(over="ignore", invalid="ignore")
def mse(y_true, y_pred):
    r"""Mean squared error: the average of the squared residuals.

    .. math::
        L = \frac{1}{n} \sum_{i=1}^{n} (y_i - \hat{y}_i)^2

    Use it for regression when large errors are much worse than small ones. Use Huber or MAE if outliers are
    noise.

    Parameters
    ----------
    y_true : (n,) array
        Targets :math:`y`.
    y_pred : (n,) array
        Predictions :math:`\hat{y}`.

    Returns
    -------
    float in [0, inf)
        Mean loss :math:`L`, in the squared unit of the target.

    Raises
    ------
    ValueError
        If the shapes differ or are empty.

    See Also
    --------
    mse_grad : its gradient.
    squared_error : before the mean.
    mae : absolute instead of squared residuals.
    sklearn.metrics.mean_squared_error : the same.
    torch.nn.functional.mse_loss : the same; takes the prediction first.
    keras.losses.MeanSquaredError : the same.
    optax.losses.squared_error : no mean; takes the prediction first.

    Notes
    -----
    The constant prediction with the smallest MSE is the mean of the targets. Some texts put
    :math:`\frac{1}{2n}` in front, so that the gradient has no factor 2, and call that MSE too. The minimizer
    is the same, but the value is half and so is the gradient: say which one is meant, and never mix them.

    References
    ----------
    .. [1] Hastie, T., Tibshirani, R., Friedman, J. (2009). The Elements of Statistical Learning.
       Springer. doi:10.1007/978-0-387-84858-7

    Examples
    --------
    Residuals 1, -1, 1, -1 and 10: the last one makes up 100 of the 104.

    >>> mse([1, -1, 1, -1, 10], [0, 0, 0, 0, 0])
    20.8
    """
    y, p = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    if y.shape != p.shape or not y.size:
        raise ValueError(f"need equal, non-empty shapes, got {y.shape} and {p.shape}")
    return float(np.sum((y - p) ** 2 / y.size))


@np.errstate(over="ignore", invalid="ignore")
def mse_grad(y_true, y_pred):
    r"""Gradient of the mean squared error with respect to the predictions.

    .. math::
        \frac{\partial L}{\partial \hat{y}_i} = \frac{2}{n} (\hat{y}_i - y_i)

    Parameters
    ----------
    y_true : (n,) array
        Targets :math:`y`.
    y_pred : (n,) array
        Predictions :math:`\hat{y}`.

    Returns
    -------
    (n,) array
        Gradient :math:`\partial L / \partial \hat{y}_i`, in the unit of the target.

    Raises
    ------
    ValueError
        If the shapes differ or are empty.

    Examples
    --------
    >>> mse_grad([1, 2, 3, 4], [1, 4, 3, 3])
    array([ 0. ,  1. ,  0. , -0.5])
    """
    y, p = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    if y.shape != p.shape or not y.size:
        raise ValueError(f"need equal, non-empty shapes, got {y.shape} and {p.shape}")
    return 2 / y.size * (p - y)


@np.errstate(over="ignore", invalid="ignore")
def mae(y_true, y_pred):
    r"""Mean absolute error: the average distance between target and prediction.

    .. math::
        L = \frac{1}{n} \sum_{i=1}^{n} |y_i - \hat{y}_i|

    Use it for regression with outliers, or to report an error in the unit of the target.

    Parameters
    ----------
    y_true : (n,) array
        Targets :math:`y`.
    y_pred : (n,) array
        Predictions :math:`\hat{y}`.

    Returns
    -------
    float in [0, inf)
        Mean loss :math:`L`, in the unit of the target.

    Raises
    ------
    ValueError
        If the shapes differ or are empty.

    See Also
    --------
    mae_grad : its gradient.
    mse : squared instead of absolute residuals.
    huber : quadratic near zero, linear in the tails.
    sklearn.metrics.mean_absolute_error : the same.
    torch.nn.functional.l1_loss : the same; takes the prediction first.
    keras.losses.MeanAbsoluteError : the same.

    Notes
    -----
    Also called L1 loss. The constant prediction with the smallest MAE is the median of the targets. The
    gradient has the same size for every residual, however small, so gradient descent needs a shrinking
    learning rate to settle.

    References
    ----------
    .. [1] Willmott, C. J., Matsuura, K. (2005). Advantages of the mean absolute error (MAE) over the root
       mean square error (RMSE) in assessing average model performance. Climate Research 30(1), 79-82.
       doi:10.3354/cr030079

    Examples
    --------
    The residuals for which MSE is 20.8:

    >>> mae([1, -1, 1, -1, 10], [0, 0, 0, 0, 0])
    2.8
    """
    y, p = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    if y.shape != p.shape or not y.size:
        raise ValueError(f"need equal, non-empty shapes, got {y.shape} and {p.shape}")
    return float(np.sum(np.abs(y - p) / y.size))


@np.errstate(over="ignore", invalid="ignore")
def mae_grad(y_true, y_pred):
    r"""Gradient of the mean absolute error with respect to the predictions.

    .. math::
        \frac{\partial L}{\partial \hat{y}_i} =
        \frac{1}{n} \left( \mathbb{1}[\hat{y}_i > y_i] - \mathbb{1}[\hat{y}_i < y_i] \right)

    At the kink, where prediction and target are equal, it takes the subgradient 0.

    Parameters
    ----------
    y_true : (n,) array
        Targets :math:`y`.
    y_pred : (n,) array
        Predictions :math:`\hat{y}`.

    Returns
    -------
    (n,) array in [-1, 1]
        Gradient :math:`\partial L / \partial \hat{y}_i`.

    Raises
    ------
    ValueError
        If the shapes differ or are empty.

    Examples
    --------
    >>> mae_grad([1, 2, 3, 4], [1, 4, 3, 3])
    array([ 0.  ,  0.25,  0.  , -0.25])
    """
    y, p = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    if y.shape != p.shape or not y.size:
        raise ValueError(f"need equal, non-empty shapes, got {y.shape} and {p.shape}")
    return np.sign(p - y) / y.size


@np.errstate(over="ignore", invalid="ignore")
def huber(y_true, y_pred, delta=1.0):
    r"""Squared error near zero, absolute error in the tails.

    .. math::
        L_\delta = \frac{1}{n} \sum_{i=1}^{n} \begin{cases}
            \frac{1}{2} (y_i - \hat{y}_i)^2 & |y_i - \hat{y}_i| \le \delta \\
            \delta \, (|y_i - \hat{y}_i| - \frac{1}{2} \delta) & \text{otherwise}
        \end{cases}

    Use it for regression with outliers: they pull with a constant force instead of a growing one.

    Parameters
    ----------
    y_true : (n,) array
        Targets :math:`y`.
    y_pred : (n,) array
        Predictions :math:`\hat{y}`.
    delta : float > 0
        Where the square ends, :math:`\delta`, in the unit of the target.

    Returns
    -------
    float in [0, inf)
        Mean loss :math:`L_\delta`, in the squared unit of the target.

    Raises
    ------
    ValueError
        If the shapes differ or are empty, or ``delta`` is not positive.

    See Also
    --------
    huber_grad : its gradient.
    smooth_l1 : divided by the threshold.
    log_cosh : without a threshold to choose.
    scipy.special.huber : one residual; no mean; ``delta`` comes first.
    torch.nn.functional.huber_loss : the same; takes the prediction first.
    keras.losses.Huber : the same.
    optax.losses.huber_loss : no mean; takes the prediction first.

    Notes
    -----
    Both pieces meet at :math:`\delta` with value :math:`\delta^2 / 2` and slope :math:`\delta`. The best
    constant prediction goes from the median to the mean of the targets as :math:`\delta` grows. The linear
    piece needs the absolute value: without it, as some texts print it, a large negative residual would get a
    negative loss.

    References
    ----------
    .. [1] Huber, P. J. (1964). Robust Estimation of a Location Parameter.
       The Annals of Mathematical Statistics 35(1), 73-101. doi:10.1214/aoms/1177703732

    Examples
    --------
    A residual of 0.5 costs 0.125, residuals of 3 and -3 cost 2.5 each:

    >>> huber([0], [0.5]), huber([0, 0], [3, -3])
    (0.125, 2.5)
    >>> huber([0, 0], [0.5, 3])
    1.3125
    """
    y, p = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    if y.shape != p.shape or not y.size:
        raise ValueError(f"need equal, non-empty shapes, got {y.shape} and {p.shape}")
    if not delta > 0:
        raise ValueError(f"delta must be positive, got {delta}")
    e = np.abs(y - p)
    return float(np.sum(np.where(e <= delta, e**2 / 2, delta * (e - delta / 2)) / e.size))


@np.errstate(over="ignore", invalid="ignore")
def huber_grad(y_true, y_pred, delta=1.0):
    r"""Gradient of the Huber loss: the residual, cut off at plus and minus the threshold.

    .. math::
        \frac{\partial L_\delta}{\partial \hat{y}_i} =
        \frac{1}{n} \max(-\delta, \min(\hat{y}_i - y_i, \delta))

    Parameters
    ----------
    y_true : (n,) array
        Targets :math:`y`.
    y_pred : (n,) array
        Predictions :math:`\hat{y}`.
    delta : float > 0
        Where the square ends, :math:`\delta`, in the unit of the target.

    Returns
    -------
    (n,) array in [-delta, delta]
        Gradient :math:`\partial L_\delta / \partial \hat{y}_i`, in the unit of the target.

    Raises
    ------
    ValueError
        If the shapes differ or are empty, or ``delta`` is not positive.

    Examples
    --------
    >>> huber_grad([0, 0, 0, 0], [0.5, 3, -3, 0])
    array([ 0.125,  0.25 , -0.25 ,  0.   ])
    """
    y, p = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    if y.shape != p.shape or not y.size:
        raise ValueError(f"need equal, non-empty shapes, got {y.shape} and {p.shape}")
    if not delta > 0:
        raise ValueError(f"delta must be positive, got {delta}")
    return np.clip(p - y, -delta, delta) / y.size


@np.errstate(over="ignore", invalid="ignore")
def smooth_l1(y_true, y_pred, beta=1.0):
    r"""Absolute error whose kink at zero is rounded off.

    .. math::
        L_\beta = \frac{1}{n} \sum_{i=1}^{n} \begin{cases}
            \frac{1}{2 \beta} (y_i - \hat{y}_i)^2 & |y_i - \hat{y}_i| < \beta \\
            |y_i - \hat{y}_i| - \frac{1}{2} \beta & \text{otherwise}
        \end{cases}

    Use it like MAE, where a kink at zero disturbs the optimizer; it is common for the corners of bounding
    boxes.

    Parameters
    ----------
    y_true : (n,) array
        Targets :math:`y`.
    y_pred : (n,) array
        Predictions :math:`\hat{y}`.
    beta : float > 0
        Where the rounding ends, :math:`\beta`, in the unit of the target.

    Returns
    -------
    float in [0, inf)
        Mean loss :math:`L_\beta`, in the unit of the target.

    Raises
    ------
    ValueError
        If the shapes differ or are empty, or ``beta`` is not positive.

    See Also
    --------
    smooth_l1_grad : its gradient.
    huber : beta times it.
    torch.nn.functional.smooth_l1_loss : the same; takes the prediction first; allows ``beta=0``, MAE.

    Notes
    -----
    It is the Huber loss with :math:`\delta = \beta`, divided by :math:`\beta`. So the slope in the tails is
    always 1, and a small :math:`\beta` leads to MAE, whereas a small :math:`\delta` makes the Huber loss
    vanish. For a threshold of 1 the two are the same, which is why they are often confused.

    References
    ----------
    .. [1] Girshick, R. (2015). Fast R-CNN. ICCV. arXiv:1504.08083

    Examples
    --------
    >>> smooth_l1([0, 0], [0.5, 3])
    1.3125
    >>> smooth_l1([0, 0], [0.5, 3], beta=0.5)
    1.5
    """
    y, p = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    if y.shape != p.shape or not y.size:
        raise ValueError(f"need equal, non-empty shapes, got {y.shape} and {p.shape}")
    if not beta > 0:
        raise ValueError(f"beta must be positive, got {beta}")
    e = np.abs(y - p)
    return float(np.sum(np.where(e < beta, e / beta * e / 2, e - beta / 2) / e.size))


@np.errstate(over="ignore", invalid="ignore")
def smooth_l1_grad(y_true, y_pred, beta=1.0):
    r"""Gradient of the smooth L1 loss: residual over threshold, cut off at plus and minus 1.

    .. math::
        \frac{\partial L_\beta}{\partial \hat{y}_i} =
        \frac{1}{n} \max\left(-1, \min\left(\frac{\hat{y}_i - y_i}{\beta}, 1\right)\right)

    Parameters
    ----------
    y_true : (n,) array
        Targets :math:`y`.
    y_pred : (n,) array
        Predictions :math:`\hat{y}`.
    beta : float > 0
        Where the rounding ends, :math:`\beta`, in the unit of the target.

    Returns
    -------
    (n,) array in [-1, 1]
        Gradient :math:`\partial L_\beta / \partial \hat{y}_i`.

    Raises
    ------
    ValueError
        If the shapes differ or are empty, or ``beta`` is not positive.

    Examples
    --------
    >>> smooth_l1_grad([0, 0, 0, 0], [0.5, 3, -3, 0], beta=2)
    array([ 0.0625,  0.25  , -0.25  ,  0.    ])
    """
    y, p = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    if y.shape != p.shape or not y.size:
        raise ValueError(f"need equal, non-empty shapes, got {y.shape} and {p.shape}")
    if not beta > 0:
        raise ValueError(f"beta must be positive, got {beta}")
    return np.clip((p - y) / beta, -1, 1) / y.size


@np.errstate(over="ignore", invalid="ignore")
def log_cosh(y_true, y_pred):
    r"""Logarithm of the hyperbolic cosine of the residual: a smooth Huber loss.

    .. math::
        L = \frac{1}{n} \sum_{i=1}^{n} \log \cosh(y_i - \hat{y}_i)

    Use it in place of Huber where the optimizer wants a second derivative everywhere. Scale the target first.

    Parameters
    ----------
    y_true : (n,) array
        Targets :math:`y`.
    y_pred : (n,) array
        Predictions :math:`\hat{y}`.

    Returns
    -------
    float in [0, inf)
        Mean loss :math:`L`.

    Raises
    ------
    ValueError
        If the shapes differ or are empty.

    See Also
    --------
    log_cosh_grad : its gradient.
    huber : two pieces with a threshold.
    scipy.special.logsumexp : of residual and negative residual, minus log 2; no mean.
    keras.losses.LogCosh : the same.
    optax.losses.log_cosh : no mean; takes the prediction first.

    Notes
    -----
    Near zero it is :math:`e^2 / 2`, far out :math:`|e| - \log 2`, for the residual :math:`e`. It has no unit
    of its own: where square turns into line is fixed at about 1, so divide targets and predictions by the
    size of a usual error. ``np.log(np.cosh(e))`` overflows beyond 710, and for a residual of 1e-8 it gives 0
    instead of 5e-17. The code uses :math:`\cosh e = 1 + 2 \sinh^2 \frac{e}{2}` up to 20 and goes on straight.

    References
    ----------
    .. [1] Green, P. J. (1990). Bayesian reconstructions from emission tomography data using a modified EM
       algorithm. IEEE Transactions on Medical Imaging 9(1), 84-93. doi:10.1109/42.52985

    Examples
    --------
    >>> round(log_cosh([0, 0], [0.5, 3]), 4)
    1.2147
    >>> round(log_cosh([0], [1000]), 4)
    999.3069
    """
    y, p = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    if y.shape != p.shape or not y.size:
        raise ValueError(f"need equal, non-empty shapes, got {y.shape} and {p.shape}")
    e = np.abs(y - p)
    t = np.minimum(e, 20)  # from here on the curve is a straight line to the last digit
    return float(np.sum((e - t + np.log1p(2 * np.sinh(t / 2) ** 2)) / e.size))


@np.errstate(over="ignore", invalid="ignore")
def log_cosh_grad(y_true, y_pred):
    r"""Gradient of the log-cosh loss with respect to the predictions.

    .. math::
        \frac{\partial L}{\partial \hat{y}_i} = \frac{1}{n} \tanh(\hat{y}_i - y_i)

    Parameters
    ----------
    y_true : (n,) array
        Targets :math:`y`.
    y_pred : (n,) array
        Predictions :math:`\hat{y}`.

    Returns
    -------
    (n,) array in [-1, 1]
        Gradient :math:`\partial L / \partial \hat{y}_i`.

    Raises
    ------
    ValueError
        If the shapes differ or are empty.

    Examples
    --------
    >>> log_cosh_grad([0, 0, 0, 0], [0.5, 3, -3, 0]).round(4)
    array([ 0.1155,  0.2488, -0.2488,  0.    ])
    """
    y, p = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    if y.shape != p.shape or not y.size:
        raise ValueError(f"need equal, non-empty shapes, got {y.shape} and {p.shape}")
    return np.tanh(p - y) / y.size


@np.errstate(over="ignore", invalid="ignore")
def quantile(y_true, y_pred, tau):
    r"""Absolute error with one weight for predictions too low and another for too high.

    .. math::
        L_\tau = \frac{1}{n} \sum_{i=1}^{n} \max(\tau (y_i - \hat{y}_i), (\tau - 1) (y_i - \hat{y}_i))

    Use it to predict a quantile: the upper end of a delivery time, or both ends of an interval with two
    models.

    Parameters
    ----------
    y_true : (n,) array
        Targets :math:`y`.
    y_pred : (n,) array
        Predictions :math:`\hat{y}`.
    tau : float in (0, 1)
        Which quantile, :math:`\tau`: 0.5 is the median.

    Returns
    -------
    float in [0, inf)
        Mean loss :math:`L_\tau`, in the unit of the target.

    Raises
    ------
    ValueError
        If the shapes differ or are empty, or ``tau`` is not between 0 and 1.

    See Also
    --------
    quantile_grad : its gradient.
    mae : twice it, for the median.
    sklearn.metrics.mean_pinball_loss : the same; ``tau`` is named ``alpha``.

    Notes
    -----
    Also called pinball loss, or check loss. The constant prediction with the smallest loss is the
    :math:`\tau` quantile of the targets: with 0.9, being one too low costs nine times as much as being one
    too high.

    References
    ----------
    .. [1] Koenker, R., Bassett, G. (1978). Regression Quantiles. Econometrica 46(1), 33-50.
       doi:10.2307/1913643

    Examples
    --------
    >>> quantile([10], [8], tau=0.75), quantile([10], [12], tau=0.75)
    (1.5, 0.5)
    """
    y, p = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    if y.shape != p.shape or not y.size:
        raise ValueError(f"need equal, non-empty shapes, got {y.shape} and {p.shape}")
    if not 0 < tau < 1:
        raise ValueError(f"tau must lie between 0 and 1, got {tau}")
    e = y - p
    return float(np.sum(np.maximum(tau * e, (tau - 1) * e) / e.size))


@np.errstate(over="ignore", invalid="ignore")
def quantile_grad(y_true, y_pred, tau):
    r"""Gradient of the quantile loss with respect to the predictions.

    .. math::
        \frac{\partial L_\tau}{\partial \hat{y}_i} =
        \frac{1}{n} \left( (1 - \tau) \mathbb{1}[\hat{y}_i > y_i] - \tau \mathbb{1}[\hat{y}_i < y_i] \right)

    At the kink, where prediction and target are equal, it takes the subgradient 0.

    Parameters
    ----------
    y_true : (n,) array
        Targets :math:`y`.
    y_pred : (n,) array
        Predictions :math:`\hat{y}`.
    tau : float in (0, 1)
        Which quantile, :math:`\tau`: 0.5 is the median.

    Returns
    -------
    (n,) array in [-1, 1]
        Gradient :math:`\partial L_\tau / \partial \hat{y}_i`.

    Raises
    ------
    ValueError
        If the shapes differ or are empty, or ``tau`` is not between 0 and 1.

    Examples
    --------
    >>> quantile_grad([10, 10, 10, 10], [8, 12, 10, 9], tau=0.75)
    array([-0.1875,  0.0625,  0.    , -0.1875])
    """
    y, p = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    if y.shape != p.shape or not y.size:
        raise ValueError(f"need equal, non-empty shapes, got {y.shape} and {p.shape}")
    if not 0 < tau < 1:
        raise ValueError(f"tau must lie between 0 and 1, got {tau}")
    return (np.heaviside(p - y, tau) - tau) / y.size


@np.errstate(over="ignore", invalid="ignore")
def gaussian_nll(y_true, y_pred, var):
    r"""Minus the log-density of the targets under predicted normal distributions.

    .. math::
        L = \frac{1}{2n} \sum_{i=1}^{n} \left[ \log(2 \pi v_i) + \frac{(y_i - \hat{y}_i)^2}{v_i} \right]

    Use it to predict how uncertain each prediction is, along with the prediction itself.

    Parameters
    ----------
    y_true : (n,) array
        Targets :math:`y`.
    y_pred : (n,) array
        Predicted means :math:`\hat{y}`.
    var : (n,) array in (0, inf)
        Predicted variances :math:`v`, in the squared unit of the target.

    Returns
    -------
    float
        Mean loss :math:`L`, in nats; negative where the density is above 1.

    Raises
    ------
    ValueError
        If the shapes differ or are empty, or a variance is not positive.

    See Also
    --------
    gaussian_nll_grad : its gradients.
    mse : what is left when the variance is fixed.
    scipy.stats.norm.logpdf : its negative, one example; takes the standard deviation.
    torch.nn.functional.gaussian_nll_loss : the same with ``full=True``; mean first; lifts variances to 1e-6.

    Notes
    -----
    The whole log-density is kept. PyTorch leaves out the constant :math:`\frac{1}{2} \log 2 \pi = 0.9189`
    unless told ``full=True``. For a fixed variance the loss is MSE up to a factor and a constant; for a fixed
    mean it is smallest where the variance equals the squared residual. A network that outputs the logarithm
    of the variance keeps it positive.

    References
    ----------
    .. [1] Nix, D. A., Weigend, A. S. (1994). Estimating the mean and variance of the target probability
       distribution. IEEE International Conference on Neural Networks 1, 55-60.
       doi:10.1109/ICNN.1994.374138

    Examples
    --------
    A hit costs 0.9189; a miss by 2 costs less if a variance of 4 was announced instead of 1.

    >>> round(gaussian_nll([5], [5], [1]), 4)
    0.9189
    >>> round(gaussian_nll([5], [3], [1]), 4), round(gaussian_nll([5], [3], [4]), 4)
    (2.9189, 2.1121)
    """
    y, p, v = (np.asarray(a, dtype=float) for a in (y_true, y_pred, var))
    if not y.shape == p.shape == v.shape or not y.size:
        raise ValueError(f"need equal, non-empty shapes, got {y.shape}, {p.shape}, {v.shape}")
    if not v.min() > 0:
        raise ValueError(f"need positive variances, got {v.min()}")
    r = (y - p) / np.sqrt(v)  # residual in standard deviations
    return float(np.sum((np.log(2 * np.pi) + np.log(v) + r**2) / (2 * y.size)))


@np.errstate(over="ignore", invalid="ignore")
def gaussian_nll_grad(y_true, y_pred, var):
    r"""Gradients of the Gaussian negative log-likelihood: for the means and for the variances.

    .. math::
        \begin{aligned}
            \frac{\partial L}{\partial \hat{y}_i} &= \frac{\hat{y}_i - y_i}{n v_i} \\
            \frac{\partial L}{\partial v_i} &= \frac{1}{2 n v_i}
            \left( 1 - \frac{(y_i - \hat{y}_i)^2}{v_i} \right)
        \end{aligned}

    Parameters
    ----------
    y_true : (n,) array
        Targets :math:`y`.
    y_pred : (n,) array
        Predicted means :math:`\hat{y}`.
    var : (n,) array in (0, inf)
        Predicted variances :math:`v`, in the squared unit of the target.

    Returns
    -------
    d_y_pred : (n,) array
        Gradient :math:`\partial L / \partial \hat{y}_i`.
    d_var : (n,) array
        Gradient :math:`\partial L / \partial v_i`.

    Raises
    ------
    ValueError
        If the shapes differ or are empty, or a variance is not positive.

    Examples
    --------
    A miss by 2 pulls at the mean; a variance that equals the squared residual is left alone.

    >>> gaussian_nll_grad([5, 5], [3, 3], [1, 4])
    (array([-1.  , -0.25]), array([-0.75,  0.  ]))
    """
    y, p, v = (np.asarray(a, dtype=float) for a in (y_true, y_pred, var))
    if not y.shape == p.shape == v.shape or not y.size:
        raise ValueError(f"need equal, non-empty shapes, got {y.shape}, {p.shape}, {v.shape}")
    if not v.min() > 0:
        raise ValueError(f"need positive variances, got {v.min()}")
    r = (y - p) / np.sqrt(v)  # residual in standard deviations
    return -r / np.sqrt(v) / y.size, (1 - r**2) / v / (2 * y.size)


@np.errstate(over="ignore", invalid="ignore")
def poisson_nll(y_true, z):
    r"""Minus the log-probability of counts under predicted Poisson rates, up to a constant.

    .. math::
        L = \frac{1}{n} \sum_{i=1}^{n} \left[ e^{z_i} - y_i z_i \right]

    Use it for counts: visits, defects, goals. The model outputs the logarithm of the rate, so the rate stays
    positive.

    Parameters
    ----------
    y_true : (n,) array in [0, inf)
        Counts :math:`y`.
    z : (n,) array
        Logarithms of the predicted rates, :math:`z`.

    Returns
    -------
    float
        Mean loss :math:`L`, in nats, without the term of the targets alone.

    Raises
    ------
    ValueError
        If the shapes differ or are empty, or a count is negative, or a rate overflows.

    See Also
    --------
    poisson_nll_grad : its gradient.
    mse : for numbers that can be negative.
    torch.nn.functional.poisson_nll_loss : the same; logarithm first; ``full=True`` adds about log y!.
    keras.losses.Poisson : takes the rate; adds 1e-7 inside the logarithm.
    sklearn.metrics.mean_poisson_deviance : takes the rate; twice the excess over the smallest loss.

    Notes
    -----
    Left out is :math:`\log y!`, which no prediction can change; so the loss can be negative, and its smallest
    value is :math:`y - y \log y` per example instead of 0. PyTorch has ``log_input=True`` by default, which
    is this form; Keras and scikit-learn take the rate :math:`e^z`. The rate overflows at :math:`z = 709.8`;
    logarithms from 709 on are refused.

    References
    ----------
    .. [1] McCullagh, P., Nelder, J. A. (1989). Generalized Linear Models. Chapman and Hall.
       doi:10.1007/978-1-4899-3242-6

    Examples
    --------
    For a count of 2 the best rate is 2:

    >>> [round(poisson_nll([2], [np.log(rate)]), 4) for rate in (1, 2, 4)]
    [1.0, 0.6137, 1.2274]
    """
    y, z = np.asarray(y_true, dtype=float), np.asarray(z, dtype=float)
    if y.shape != z.shape or not y.size:
        raise ValueError(f"need equal, non-empty shapes, got {y.shape} and {z.shape}")
    if not (y.min() >= 0 and np.isfinite(y * z).all() and z.max() < 709):
        raise ValueError(f"need counts >= 0 and log-rates < 709, their products finite, got {y}, {z}")
    return float(np.sum((np.exp(z) - y * z) / z.size))


def poisson_nll_grad(y_true, z):
    r"""Gradient of the Poisson negative log-likelihood: predicted rate minus count.

    .. math::
        \frac{\partial L}{\partial z_i} = \frac{1}{n} (e^{z_i} - y_i)

    Parameters
    ----------
    y_true : (n,) array in [0, inf)
        Counts :math:`y`.
    z : (n,) array
        Logarithms of the predicted rates, :math:`z`.

    Returns
    -------
    (n,) array
        Gradient :math:`\partial L / \partial z_i`.

    Raises
    ------
    ValueError
        If the shapes differ or are empty, or a count is negative, or a rate overflows.

    Examples
    --------
    >>> poisson_nll_grad([2, 0], [0, 0])
    array([-0.5,  0.5])
    """
    y, z = np.asarray(y_true, dtype=float), np.asarray(z, dtype=float)
    if y.shape != z.shape or not y.size:
        raise ValueError(f"need equal, non-empty shapes, got {y.shape} and {z.shape}")
    if not (y.min() >= 0 and np.isfinite([y, z]).all() and z.max() < 709):
        raise ValueError(f"need counts >= 0 and log-rates < 709, all finite, got {y}, {z}")
    return (np.exp(z) - y) / z.size


# %% Classification


def binary_cross_entropy(y_true, y_prob, eps=2**-52):
    r"""Mean surprise at the true labels of a yes-or-no question, from probabilities.

    .. math::
        L = -\frac{1}{n} \sum_{i=1}^{n} \left[ y_i \log \max(\epsilon, \min(p_i, 1 - \epsilon))
        + (1 - y_i) \log (1 - \max(\epsilon, \min(p_i, 1 - \epsilon))) \right]

    Use it to score predicted probabilities of two classes. To train, use the version from logits.

    Parameters
    ----------
    y_true : (n,) array in [0, 1]
        Labels :math:`y`, hard (0 or 1) or soft (in between).
    y_prob : (n,) array in [0, 1]
        Predicted probabilities of label 1, :math:`p`.
    eps : float in [2**-53, 0.5)
        How close to 0 and 1 a probability may come, :math:`\epsilon`; less would vanish in 1 - eps.

    Returns
    -------
    float in [0, inf)
        Mean loss :math:`L`, in nats.

    Raises
    ------
    ValueError
        If the shapes differ or are empty, or a label, a probability or ``eps`` is out of range.

    See Also
    --------
    binary_cross_entropy_grad : its gradient.
    binary_cross_entropy_from_logits : stable for training.
    cross_entropy : more than two classes.
    sklearn.metrics.log_loss : the same for hard labels; soft ones go in as sample weights.
    torch.nn.functional.binary_cross_entropy : takes the probability first; cuts the logarithms off at -100.
    keras.losses.BinaryCrossentropy : the same, with an epsilon of 1e-7.

    Notes
    -----
    Also called log loss or logistic loss. The factors :math:`y` and :math:`1 - y` switch off the half that
    does not apply. A probability of 0.5 costs 0.6931, the logarithm of 2; a confident mistake costs far more
    than a confident hit saves. Without the clip a single wrong 0 or 1 makes the mean infinite, and a right
    one makes it NaN, for 0 times :math:`\log 0`. The default is scikit-learn's for 64-bit floats. It is the
    cross-entropy of information theory, between the distribution of the label and the predicted one; for soft
    labels its minimum is their entropy, not 0.

    References
    ----------
    .. [1] Good, I. J. (1952). Rational Decisions. Journal of the Royal Statistical Society,
       Series B 14(1), 107-114. doi:10.1111/j.2517-6161.1952.tb00104.x

    Examples
    --------
    A probability of 0.012 costs 4.42 nats (6.38 bits) if the label is 1, and 0.012 nats if it is 0:

    >>> round(binary_cross_entropy([1], [0.012]), 4)
    4.4228
    >>> round(binary_cross_entropy([0], [0.012]), 3)
    0.012
    >>> round(binary_cross_entropy([1, 0, 1], [0.5, 0.5, 0.5]), 6)
    0.693147
    """
    y, p = np.asarray(y_true, dtype=float), np.asarray(y_prob, dtype=float)
    if y.shape != p.shape or not y.size:
        raise ValueError(f"need equal, non-empty shapes, got {y.shape} and {p.shape}")
    low, high = np.min([y, p]), np.max([y, p])
    if not (low >= 0 and high <= 1 and 0 < eps < 1 - eps < 1):
        raise ValueError(f"numbers {low} to {high} not in [0, 1], or eps {eps} not in [2**-53, 0.5)")
    p = np.clip(p, eps, 1 - eps)
    return float(-np.mean(y * np.log(p) + (1 - y) * np.log1p(-p)))


def binary_cross_entropy_grad(y_true, y_prob, eps=2**-52):
    r"""Gradient of the binary cross-entropy with respect to the probabilities.

    .. math::
        \frac{\partial L}{\partial p_i} = \begin{cases}
            \frac{p_i - y_i}{n p_i (1 - p_i)} & \epsilon \le p_i \le 1 - \epsilon \\
            0 & \text{otherwise}
        \end{cases}

    At the two kinks of the clip it takes the slope from inside. Beyond them the loss is flat: a predicted
    0 or 1 gets no gradient, however wrong it is.

    Parameters
    ----------
    y_true : (n,) array in [0, 1]
        Labels :math:`y`, hard (0 or 1) or soft (in between).
    y_prob : (n,) array in [0, 1]
        Predicted probabilities of label 1, :math:`p`.
    eps : float in [2**-53, 0.5)
        How close to 0 and 1 a probability may come, :math:`\epsilon`; less would vanish in 1 - eps.

    Returns
    -------
    (n,) array
        Gradient :math:`\partial L / \partial p_i`.

    Raises
    ------
    ValueError
        If the shapes differ or are empty, or a label, a probability or ``eps`` is out of range.

    Examples
    --------
    >>> binary_cross_entropy_grad([1, 0, 1, 1], [0.5, 0.5, 0.25, 0])
    array([-0.5,  0.5, -1. ,  0. ])
    """
    y, p = np.asarray(y_true, dtype=float), np.asarray(y_prob, dtype=float)
    if y.shape != p.shape or not y.size:
        raise ValueError(f"need equal, non-empty shapes, got {y.shape} and {p.shape}")
    low, high = np.min([y, p]), np.max([y, p])
    if not (low >= 0 and high <= 1 and 0 < eps < 1 - eps < 1):
        raise ValueError(f"numbers {low} to {high} not in [0, 1], or eps {eps} not in [2**-53, 0.5)")
    q = np.clip(p, eps, 1 - eps)
    return np.where(q == p, (q - y) / (y.size * q * (1 - q)), 0.0)


def binary_cross_entropy_from_logits(y_true, z):
    r"""Binary cross-entropy computed from logits, without overflow.

    .. math::
        L = \frac{1}{n} \sum_{i=1}^{n} \left[ \max(z_i, 0) - z_i y_i + \log(1 + e^{-|z_i|}) \right]

    Use it to train a classifier with two classes, or with several labels that can be true at once.

    Parameters
    ----------
    y_true : (n,) array in [0, 1]
        Labels :math:`y`, hard (0 or 1) or soft (in between).
    z : (n,) array
        Logits :math:`z`: the log-odds of label 1.

    Returns
    -------
    float in [0, inf)
        Mean loss :math:`L`, in nats.

    Raises
    ------
    ValueError
        If the shapes differ or are empty, or a label is outside [0, 1], or a logit is infinite.

    See Also
    --------
    binary_cross_entropy_from_logits_grad : its gradient.
    binary_cross_entropy : from probabilities.
    cross_entropy_from_logits : more than two classes.
    torch.nn.functional.binary_cross_entropy_with_logits : the same; takes the logit first.
    keras.losses.BinaryCrossentropy : the same with ``from_logits=True``.
    optax.losses.sigmoid_binary_cross_entropy : no mean; takes the logit first.

    Notes
    -----
    The formula is :math:`-y \log \sigma(z) - (1 - y) \log(1 - \sigma(z))` with the sigmoid multiplied out.
    Taken in two steps it breaks: from :math:`z = 37` on, the sigmoid rounds to 1 and :math:`\log(1 -
    \sigma(z))` is minus infinity; at :math:`z = -710`, :math:`e^{-z}` overflows. Here a logit of -1000 for
    label 1 costs exactly 1000. Infinite logits are refused.

    References
    ----------
    .. [1] Goodfellow, I., Bengio, Y., Courville, A. (2016). Deep Learning.
       MIT Press. ISBN 978-0-262-03561-3

    Examples
    --------
    >>> round(binary_cross_entropy_from_logits([1, 0, 1], [0, 0, 0]), 6)
    0.693147
    >>> binary_cross_entropy_from_logits([1, 0, 0.5], [-1000, -1000, 1000])
    500.0
    """
    y, z = np.asarray(y_true, dtype=float), np.asarray(z, dtype=float)
    if y.shape != z.shape or not y.size:
        raise ValueError(f"need equal, non-empty shapes, got {y.shape} and {z.shape}")
    if not (y.min() >= 0 and y.max() <= 1 and np.isfinite(z).all()):
        raise ValueError(f"need labels in [0, 1] and finite logits, got {y} and {z}")
    return float(np.sum((np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z)))) / z.size))


def binary_cross_entropy_from_logits_grad(y_true, z):
    r"""Gradient of the binary cross-entropy by the logits: probability minus label.

    .. math::
        \frac{\partial L}{\partial z_i} = \frac{1}{n} \left( \frac{1}{1 + e^{-z_i}} - y_i \right)

    The slope of the sigmoid has canceled: the more wrong the prediction, the larger the gradient.

    Parameters
    ----------
    y_true : (n,) array in [0, 1]
        Labels :math:`y`, hard (0 or 1) or soft (in between).
    z : (n,) array
        Logits :math:`z`: the log-odds of label 1.

    Returns
    -------
    (n,) array in [-1, 1]
        Gradient :math:`\partial L / \partial z_i`.

    Raises
    ------
    ValueError
        If the shapes differ or are empty, or a label is outside [0, 1], or a logit is infinite.

    Examples
    --------
    >>> binary_cross_entropy_from_logits_grad([1, 0, 1, 0], [0, 0, -1000, -1000])
    array([-0.125,  0.125, -0.25 ,  0.   ])
    """
    y, z = np.asarray(y_true, dtype=float), np.asarray(z, dtype=float)
    if y.shape != z.shape or not y.size:
        raise ValueError(f"need equal, non-empty shapes, got {y.shape} and {z.shape}")
    if not (y.min() >= 0 and y.max() <= 1 and np.isfinite(z).all()):
        raise ValueError(f"need labels in [0, 1] and finite logits, got {y} and {z}")
    return (np.exp(-np.logaddexp(0, -z)) - y) / z.size  # a sigmoid that cannot overflow


@np.errstate(over="ignore", invalid="ignore")
def cross_entropy(y_true, y_prob, eps=2**-52):
    r"""Mean surprise at the true classes, from probabilities.

    .. math::
        L = -\frac{1}{n} \sum_{i=1}^{n} \sum_{j=1}^{K} y_{ij} \log \max(\epsilon, \min(p_{ij}, 1 - \epsilon))

    Use it to score predicted probabilities of several classes. To train, use the version from logits.

    Parameters
    ----------
    y_true : (n, k) array, rows sum to 1
        Labels :math:`y`, one-hot or soft.
    y_prob : (n, k) array, rows sum to 1
        Predicted probabilities :math:`p`.
    eps : float in [2**-53, 0.5)
        How close to 0 and 1 a probability may come, :math:`\epsilon`; less would vanish in 1 - eps.

    Returns
    -------
    float in [0, inf)
        Mean loss :math:`L`, in nats.

    Raises
    ------
    ValueError
        If the shapes differ or are empty, a row is no distribution, or ``eps`` is out of range.

    See Also
    --------
    cross_entropy_grad : its gradient.
    cross_entropy_from_logits : stable for training.
    binary_cross_entropy : two classes, one probability each.
    entropy : the smallest value, for a soft label.
    sklearn.metrics.log_loss : the same for one-hot labels; soft ones go in as sample weights.
    torch.nn.functional.cross_entropy : takes logits first; logarithms of probabilities are valid logits.
    keras.losses.CategoricalCrossentropy : divides by the row sum, then clips at 1e-7.

    Notes
    -----
    With one-hot labels only the probability of the true class counts: there is no separate loss per class to
    add up. With soft labels the loss is the entropy of the label plus the Kullback-Leibler divergence from
    label to prediction. It is smallest where the prediction equals the label, and that minimum is not 0.

    References
    ----------
    .. [1] Gneiting, T., Raftery, A. E. (2007). Strictly Proper Scoring Rules, Prediction, and Estimation.
       Journal of the American Statistical Association 102(477), 359-378. doi:10.1198/016214506000001437

    Examples
    --------
    >>> y = [[1, 0, 0], [0, 1, 0]]
    >>> round(cross_entropy(y, [[0.7, 0.2, 0.1], [0.1, 0.8, 0.1]]), 4)
    0.2899
    """
    y, p = np.asarray(y_true, dtype=float), np.asarray(y_prob, dtype=float)
    if y.shape != p.shape or y.ndim != 2 or not y.size:
        raise ValueError(f"need equal shapes (n, k), got {y.shape} and {p.shape}")
    sums = np.sum([y, p], axis=2)
    if not (np.min([y, p]) >= 0 and np.allclose(sums, 1) and 0 < eps < 1 - eps < 1):
        raise ValueError(f"row sums {sums} not 1, a number < 0, or eps {eps} not in [2**-53, 0.5)")
    return float(-np.sum(y * np.log(np.clip(p, eps, 1 - eps)) / len(y)))


@np.errstate(over="ignore", invalid="ignore")
def cross_entropy_grad(y_true, y_prob, eps=2**-52):
    r"""Gradient of the cross-entropy with respect to the probabilities.

    .. math::
        \frac{\partial L}{\partial p_{ij}} = \begin{cases}
            -\frac{y_{ij}}{n p_{ij}} & \epsilon \le p_{ij} \le 1 - \epsilon \\
            0 & \text{otherwise}
        \end{cases}

    At the two kinks of the clip it takes the slope from inside. Each probability counts as a free variable;
    that a row must sum to 1 is the business of the softmax before it.

    Parameters
    ----------
    y_true : (n, k) array, rows sum to 1
        Labels :math:`y`, one-hot or soft.
    y_prob : (n, k) array, rows sum to 1
        Predicted probabilities :math:`p`.
    eps : float in [2**-53, 0.5)
        How close to 0 and 1 a probability may come, :math:`\epsilon`; less would vanish in 1 - eps.

    Returns
    -------
    (n, k) array
        Gradient :math:`\partial L / \partial p_{ij}`.

    Raises
    ------
    ValueError
        If the shapes differ or are empty, a row is no distribution, or ``eps`` is out of range.

    Examples
    --------
    >>> cross_entropy_grad([[1, 0, 0], [0, 1, 0]], [[0.5, 0.25, 0.25], [0.25, 0.25, 0.5]])
    array([[-1.,  0.,  0.],
           [ 0., -2.,  0.]])
    """
    y, p = np.asarray(y_true, dtype=float), np.asarray(y_prob, dtype=float)
    if y.shape != p.shape or y.ndim != 2 or not y.size:
        raise ValueError(f"need equal shapes (n, k), got {y.shape} and {p.shape}")
    sums = np.sum([y, p], axis=2)
    if not (np.min([y, p]) >= 0 and np.allclose(sums, 1) and 0 < eps < 1 - eps < 1):
        raise ValueError(f"row sums {sums} not 1, a number < 0, or eps {eps} not in [2**-53, 0.5)")
    q = np.clip(p, eps, 1 - eps)
    return np.where(q == p, 0 - y / (len(y) * q), 0.0)  # 0 - 0 is 0, but -(0.0) prints as -0.0


@np.errstate(over="ignore", invalid="ignore")
def cross_entropy_from_logits(y_true, z, label_smoothing=0.0):
    r"""Cross-entropy of softmax probabilities, computed from logits without overflow.

    .. math::
        L = -\frac{1}{n} \sum_{i=1}^{n} \sum_{j=1}^{K}
        \left( (1 - \epsilon) y_{ij} + \frac{\epsilon}{K} \right)
        \log \frac{e^{z_{ij}}}{\sum_{k=1}^{K} e^{z_{ik}}}

    Use it to train a classifier whose labels are one-hot or soft. For class numbers use the sparse version.

    Parameters
    ----------
    y_true : (n, k) array, rows sum to 1
        Labels :math:`y`, one-hot or soft.
    z : (n, k) array
        Logits :math:`z`, one per class.
    label_smoothing : float in [0, 1)
        Share of the label that is spread evenly over all classes, :math:`\epsilon`.

    Returns
    -------
    float in [0, inf)
        Mean loss :math:`L`, in nats.

    Raises
    ------
    ValueError
        If the shapes differ or are empty, a label row is no distribution, the smoothing is outside [0, 1),
        or a row's largest logit is infinite.

    See Also
    --------
    cross_entropy_from_logits_grad : its gradient.
    sparse_cross_entropy_from_logits : labels as class numbers.
    cross_entropy : from probabilities.
    torch.nn.functional.cross_entropy : the same; takes the logits first.
    keras.losses.CategoricalCrossentropy : the same with ``from_logits=True``.
    optax.losses.softmax_cross_entropy : no mean, no smoothing; takes the logits first.

    Notes
    -----
    Negative log-likelihood, softmax loss and multinomial logistic loss are other names. Subtracting the
    largest logit of a row changes no probability and makes 1 the largest exponential; without it a logit of
    710 overflows. Never apply a softmax first: it is part of the loss; a second one flattens the gradient.
    Classes with label 0 are left out of the sum, so a class can be masked with a logit of minus infinity.

    Label smoothing is a change of the labels, to :math:`(1 - \epsilon) y + \epsilon / K`, as in PyTorch,
    Keras and Optax's ``smooth_labels``. The smallest loss is then the entropy of the smoothed label.

    References
    ----------
    .. [1] Bridle, J. S. (1990). Probabilistic Interpretation of Feedforward Classification Network
       Outputs, with Relationships to Statistical Pattern Recognition. Neurocomputing: Algorithms,
       Architectures and Applications, 227-236. doi:10.1007/978-3-642-76153-9_28

    Examples
    --------
    Three equal logits cost the logarithm of 3; huge ones do no harm.

    >>> y = [[1, 0, 0], [0, 1, 0]]
    >>> round(cross_entropy_from_logits(y, [[2, 2, 2], [5, 5, 5]]), 4)
    1.0986
    >>> cross_entropy_from_logits(y, [[1000, 0, 0], [1000, 0, 0]])
    500.0

    Labels smoothed by 0.1:

    >>> y, z = [[1, 0, 0], [0, 0, 1]], [[2, 0, 0], [0, 0, 1]]
    >>> round(cross_entropy_from_logits(y, z, label_smoothing=0.1), 4)
    0.4955
    """
    y, z = np.asarray(y_true, dtype=float), np.asarray(z, dtype=float)
    if y.shape != z.shape or y.ndim != 2 or not y.size:
        raise ValueError(f"need equal shapes (n, k), got {y.shape} and {z.shape}")
    if not (y.min() >= 0 and np.allclose(y.sum(axis=1), 1) and 0 <= label_smoothing < 1):
        raise ValueError(
            f"need label rows >= 0 that sum to 1, smoothing in [0, 1), got {y}, {label_smoothing}"
        )
    if not np.isfinite(z.max(axis=1)).all():
        raise ValueError(f"need logits < inf, in each row one > -inf, got {z}")
    y = (1 - label_smoothing) * y + label_smoothing / y.shape[1]
    z = z - z.max(axis=1, keepdims=True)  # the largest exponent is 0
    loss = np.log(np.sum(np.exp(z), axis=1, keepdims=True)) - z  # (n, k), minus log softmax
    return float(np.sum(y * loss / len(y), where=y > 0))


@np.errstate(over="ignore", invalid="ignore")
def cross_entropy_from_logits_grad(y_true, z, label_smoothing=0.0):
    r"""Gradient of the cross-entropy with respect to the logits: softmax minus label.

    .. math::
        \frac{\partial L}{\partial z_{ij}} =
        \frac{1}{n} \left( \frac{e^{z_{ij}}}{\sum_{k=1}^{K} e^{z_{ik}}}
        - (1 - \epsilon) y_{ij} - \frac{\epsilon}{K} \right)

    Parameters
    ----------
    y_true : (n, k) array, rows sum to 1
        Labels :math:`y`, one-hot or soft.
    z : (n, k) array
        Logits :math:`z`, one per class.
    label_smoothing : float in [0, 1)
        Share of the label that is spread evenly over all classes, :math:`\epsilon`.

    Returns
    -------
    (n, k) array in [-1, 1]
        Gradient :math:`\partial L / \partial z_{ij}`; each row sums to 0.

    Raises
    ------
    ValueError
        If the shapes differ or are empty, a label row is no distribution, the smoothing is outside [0, 1),
        or a row's largest logit is infinite.

    Examples
    --------
    >>> y, z = [[1, 0, 0, 0], [0, 1, 0, 0]], [[2, 2, 2, 2], [1000, 0, 0, 0]]
    >>> cross_entropy_from_logits_grad(y, z)
    array([[-0.375,  0.125,  0.125,  0.125],
           [ 0.5  , -0.5  ,  0.   ,  0.   ]])
    """
    y, z = np.asarray(y_true, dtype=float), np.asarray(z, dtype=float)
    if y.shape != z.shape or y.ndim != 2 or not y.size:
        raise ValueError(f"need equal shapes (n, k), got {y.shape} and {z.shape}")
    if not (y.min() >= 0 and np.allclose(y.sum(axis=1), 1) and 0 <= label_smoothing < 1):
        raise ValueError(
            f"need label rows >= 0 that sum to 1, smoothing in [0, 1), got {y}, {label_smoothing}"
        )
    if not np.isfinite(z.max(axis=1)).all():
        raise ValueError(f"need logits < inf, in each row one > -inf, got {z}")
    y = (1 - label_smoothing) * y + label_smoothing / y.shape[1]
    p = np.exp(z - z.max(axis=1, keepdims=True))
    p = p / p.sum(axis=1, keepdims=True)  # softmax, (n, k)
    return (p - y) / len(y)


@np.errstate(over="ignore", invalid="ignore")
def sparse_cross_entropy_from_logits(y_true, z, label_smoothing=0.0):
    r"""Cross-entropy of softmax probabilities for labels given as class numbers.

    .. math::
        L = -\frac{1}{n} \sum_{i=1}^{n} \sum_{j=0}^{K-1}
        \left( (1 - \epsilon) \mathbb{1}[y_i = j] + \frac{\epsilon}{K} \right)
        \log \frac{e^{z_{ij}}}{\sum_{k=0}^{K-1} e^{z_{ik}}}

    Use it to train a classifier in which every example has one class. Smooth the labels against
    overconfidence.

    Parameters
    ----------
    y_true : (n,) array in {0, ..., k - 1}
        Class numbers :math:`y`.
    z : (n, k) array
        Logits :math:`z`, one per class.
    label_smoothing : float in [0, 1)
        Share of the label that is spread evenly over all classes, :math:`\epsilon`.

    Returns
    -------
    float in [0, inf)
        Mean loss :math:`L`, in nats.

    Raises
    ------
    ValueError
        If the shapes do not fit or are empty, a class does not exist, the smoothing is outside
        [0, 1), or a row's largest logit is infinite.

    See Also
    --------
    sparse_cross_entropy_from_logits_grad : its gradient.
    cross_entropy_from_logits : labels one-hot or soft.
    torch.nn.functional.cross_entropy : the same; takes the logits first.
    keras.losses.SparseCategoricalCrossentropy : the same with ``from_logits=True``; no smoothing.
    optax.losses.softmax_cross_entropy_with_integer_labels : no mean; no smoothing; takes the logits first.

    Notes
    -----
    Without smoothing only the logarithm of the true class's probability is left. Smoothing gives the true
    class :math:`1 - \epsilon + \epsilon / K` and every other class :math:`\epsilon / K`, as in PyTorch,
    Keras's ``CategoricalCrossentropy`` and Optax's ``smooth_labels``; another convention gives the wrong
    classes :math:`\epsilon / (K - 1)`. The smallest loss is then the entropy of the smoothed label instead of
    0.

    References
    ----------
    .. [1] Szegedy, C., Vanhoucke, V., Ioffe, S., Shlens, J., Wojna, Z. (2015). Rethinking the Inception
       Architecture for Computer Vision. arXiv:1512.00567

    Examples
    --------
    >>> z = [[2, 0, 0], [0, 0, 1]]
    >>> round(sparse_cross_entropy_from_logits([0, 2], z), 4)
    0.3955
    >>> round(sparse_cross_entropy_from_logits([0, 2], z, label_smoothing=0.1), 4)
    0.4955
    """
    y, z = np.asarray(y_true), np.asarray(z, dtype=float)
    if z.ndim != 2 or y.shape != z.shape[:1] or not z.size:
        raise ValueError(f"need shapes (n,) and (n, k), got {y.shape} and {z.shape}")
    n, k = z.shape
    wrong = np.setdiff1d(y, np.arange(k))
    if wrong.size or not 0 <= label_smoothing < 1:
        raise ValueError(f"classes {wrong} of {k}, or smoothing {label_smoothing}, out of range")
    if not np.isfinite(z.max(axis=1)).all():
        raise ValueError(f"need logits < inf, in each row one > -inf, got {z}")
    t = (1 - label_smoothing) * (y[:, None] == np.arange(k)) + label_smoothing / k  # (n, k)
    z = z - z.max(axis=1, keepdims=True)  # the largest exponent is 0
    loss = np.log(np.sum(np.exp(z), axis=1, keepdims=True)) - z  # (n, k), minus log softmax
    return float(np.sum(t * loss / n, where=t > 0))


@np.errstate(over="ignore", invalid="ignore")
def sparse_cross_entropy_from_logits_grad(y_true, z, label_smoothing=0.0):
    r"""Gradient of the sparse cross-entropy with respect to the logits: softmax minus label.

    .. math::
        \frac{\partial L}{\partial z_{ij}} = \frac{1}{n} \left( \frac{e^{z_{ij}}}{\sum_{k=0}^{K-1} e^{z_{ik}}}
        - (1 - \epsilon) \mathbb{1}[y_i = j] - \frac{\epsilon}{K} \right)

    Parameters
    ----------
    y_true : (n,) array in {0, ..., k - 1}
        Class numbers :math:`y`.
    z : (n, k) array
        Logits :math:`z`, one per class.
    label_smoothing : float in [0, 1)
        Share of the label that is spread evenly over all classes, :math:`\epsilon`.

    Returns
    -------
    (n, k) array in [-1, 1]
        Gradient :math:`\partial L / \partial z_{ij}`; each row sums to 0.

    Raises
    ------
    ValueError
        If the shapes do not fit or are empty, a class does not exist, the smoothing is outside
        [0, 1), or a row's largest logit is infinite.

    Examples
    --------
    >>> sparse_cross_entropy_from_logits_grad([0, 1], [[2, 2, 2, 2], [1000, 0, 0, 0]])
    array([[-0.375,  0.125,  0.125,  0.125],
           [ 0.5  , -0.5  ,  0.   ,  0.   ]])
    """
    y, z = np.asarray(y_true), np.asarray(z, dtype=float)
    if z.ndim != 2 or y.shape != z.shape[:1] or not z.size:
        raise ValueError(f"need shapes (n,) and (n, k), got {y.shape} and {z.shape}")
    n, k = z.shape
    wrong = np.setdiff1d(y, np.arange(k))
    if wrong.size or not 0 <= label_smoothing < 1:
        raise ValueError(f"classes {wrong} of {k}, or smoothing {label_smoothing}, out of range")
    if not np.isfinite(z.max(axis=1)).all():
        raise ValueError(f"need logits < inf, in each row one > -inf, got {z}")
    t = (1 - label_smoothing) * (y[:, None] == np.arange(k)) + label_smoothing / k  # (n, k)
    p = np.exp(z - z.max(axis=1, keepdims=True))
    p = p / p.sum(axis=1, keepdims=True)  # softmax, (n, k)
    return (p - t) / n


@np.errstate(over="ignore")
def focal(y_true, z, gamma=2.0, alpha=0.25):
    r"""Binary cross-entropy that turns down examples which are already right.

    .. math::
        L = -\frac{1}{n} \sum_{i=1}^{n} a_i (1 - p_i)^\gamma \log p_i, \quad
        a_i = \alpha y_i + (1 - \alpha) (1 - y_i), \quad
        p_i = \frac{1}{1 + e^{(1 - 2 y_i) z_i}}

    Use it when easy negatives outnumber everything else, as in object detection. It spoils the calibration of
    the probabilities.

    Parameters
    ----------
    y_true : (n,) array in {0, 1}
        Labels :math:`y`.
    z : (n,) array
        Logits :math:`z`: the log-odds of label 1.
    gamma : float >= 0
        How strongly easy examples are turned down, :math:`\gamma`.
    alpha : float in [0, 1]
        Weight of label 1, :math:`\alpha`; label 0 weighs the rest.

    Returns
    -------
    float in [0, inf)
        Mean loss :math:`L`, in nats.

    Raises
    ------
    ValueError
        If the shapes differ or are empty, or a label, parameter or logit is out of range.

    See Also
    --------
    focal_grad : its gradient.
    binary_cross_entropy_from_logits : twice it, for gamma 0 and alpha 0.5.
    torch.nn.functional.binary_cross_entropy_with_logits : the cross-entropy in it; takes the logit first.
    keras.losses.BinaryFocalCrossentropy : no weights by default; clips at 1e-7 even from logits.
    optax.losses.sigmoid_focal_loss : no mean; takes the logit first; no weights by default.

    Notes
    -----
    Here :math:`p_i` is the probability given to the true label. An example with :math:`p = 0.9` counts
    :math:`0.1^2`, a hundredth, for :math:`\gamma = 2`; with 0 it counts in full. The defaults are the paper's
    best. They give the rarer label 1 the smaller weight, because :math:`\gamma` has already removed most of
    label 0. The paper divides the sum by the number of boxes (anchors) that are assigned to an object; here
    it is a mean.

    References
    ----------
    .. [1] Lin, T.-Y., Goyal, P., Girshick, R., He, K., Dollár, P. (2017). Focal Loss for Dense Object
       Detection. ICCV. arXiv:1708.02002

    Examples
    --------
    Probabilities 0.9 (easy) and 0.1 (hard) for label 1, then how many times as much the hard one costs, here
    and with the plain cross-entropy:

    >>> easy, hard = np.log(9), -np.log(9)
    >>> round(focal([1], [easy]), 6), round(focal([1], [hard]), 6)
    (0.000263, 0.466273)
    >>> round(focal([1], [hard]) / focal([1], [easy])), round(np.log(0.1) / np.log(0.9))
    (1770, 22)
    """
    y, z = np.asarray(y_true, dtype=float), np.asarray(z, dtype=float)
    if y.shape != z.shape or not y.size:
        raise ValueError(f"need equal, non-empty shapes, got {y.shape} and {z.shape}")
    wrong = np.setdiff1d(y, [0, 1])
    if wrong.size or not (0 <= gamma < np.inf and 0 <= alpha <= 1):
        raise ValueError(f"labels {wrong}, gamma {gamma} or alpha {alpha} out of range")
    if not np.isfinite(z).all():
        raise ValueError(f"need finite logits, got {z}")
    s = (2 * y - 1) * z  # log-odds of the true label
    a = alpha * y + (1 - alpha) * (1 - y)
    log_p, log_1_p = -np.logaddexp(0, -s), -np.logaddexp(0, s)
    return float(np.sum(a * np.exp(gamma * log_1_p) * -log_p / z.size))


@np.errstate(over="ignore")
def focal_grad(y_true, z, gamma=2.0, alpha=0.25):
    r"""Gradient of the focal loss with respect to the logits.

    .. math::
        \frac{\partial L}{\partial z_i} =
        \frac{1 - 2 y_i}{n} a_i (1 - p_i)^\gamma (1 - p_i - \gamma p_i \log p_i), \quad
        a_i = \alpha y_i + (1 - \alpha) (1 - y_i), \quad
        p_i = \frac{1}{1 + e^{(1 - 2 y_i) z_i}}

    Parameters
    ----------
    y_true : (n,) array in {0, 1}
        Labels :math:`y`.
    z : (n,) array
        Logits :math:`z`: the log-odds of label 1.
    gamma : float >= 0
        How strongly easy examples are turned down, :math:`\gamma`.
    alpha : float in [0, 1]
        Weight of label 1, :math:`\alpha`; label 0 weighs the rest.

    Returns
    -------
    (n,) array
        Gradient :math:`\partial L / \partial z_i`.

    Raises
    ------
    ValueError
        If the shapes differ or are empty, or a label, parameter or logit is out of range.

    Examples
    --------
    >>> focal_grad([1, 0, 1], [0, 0, 1000]).round(4)
    array([-0.0249,  0.0746, -0.    ])
    """
    y, z = np.asarray(y_true, dtype=float), np.asarray(z, dtype=float)
    if y.shape != z.shape or not y.size:
        raise ValueError(f"need equal, non-empty shapes, got {y.shape} and {z.shape}")
    wrong = np.setdiff1d(y, [0, 1])
    if wrong.size or not (0 <= gamma < np.inf and 0 <= alpha <= 1):
        raise ValueError(f"labels {wrong}, gamma {gamma} or alpha {alpha} out of range")
    if not np.isfinite(z).all():
        raise ValueError(f"need finite logits, got {z}")
    s = (2 * y - 1) * z  # log-odds of the true label
    a = alpha * y + (1 - alpha) * (1 - y)
    log_p, log_1_p = -np.logaddexp(0, -s), -np.logaddexp(0, s)
    slope = np.exp(gamma * log_1_p) * (np.exp(log_1_p) - gamma * np.exp(log_p) * log_p)
    return (1 - 2 * y) * a * slope / z.size


# %% Margins


def hinge(y_true, y_score):
    r"""Mean shortfall of the margins: zero once a score is right by at least one.

    .. math::
        L = \frac{1}{n} \sum_{i=1}^{n} \max(0, 1 - y_i s_i)

    Use it to train a linear classifier with a wide margin (a support vector machine) when only the
    decision matters; it gives no probabilities.

    Parameters
    ----------
    y_true : (n,) array in {-1, 1}
        Labels :math:`y`.
    y_score : (n,) array
        Raw scores :math:`s`; the sign decides, no sigmoid.

    Returns
    -------
    float in [0, inf)
        Mean loss :math:`L`.

    Raises
    ------
    ValueError
        If the shapes differ or are empty, or a label is not -1 or 1.

    See Also
    --------
    hinge_grad : its gradient.
    squared_hinge : the smooth variant.
    multiclass_hinge : more than two classes.
    sklearn.metrics.hinge_loss : the same; also accepts other pairs of labels.
    keras.losses.Hinge : the same; turns the labels 0 and 1 into -1 and 1.
    optax.losses.hinge_loss : no mean; takes the score first.
    torch.nn.functional.hinge_embedding_loss : fed :math:`y_i s_i` and the target -1, the same.

    Notes
    -----
    The product :math:`y_i s_i` is the functional margin: negative for a wrong sign, and still penalized
    between 0 and 1. The loss is at least 1 for each wrong sign, so it bounds the error rate from above.

    With labels 0 and 1 the formula would charge every example of class 0 a constant 1 and learn nothing from
    it. Hence the ValueError; convert with ``2 * y - 1``.

    PyTorch's ``hinge_embedding_loss`` shares the name but takes distances, not scores.

    References
    ----------
    .. [1] Cortes, C., Vapnik, V. (1995). Support-Vector Networks. Machine Learning 20(3), 273-297.
       doi:10.1007/BF00994018

    Examples
    --------
    Right by 2, wrong by 0.5, right by only 0.25:

    >>> hinge([1, -1, 1], [2, 0.5, 0.25])
    0.75
    """
    y, s = np.asarray(y_true, dtype=float), np.asarray(y_score, dtype=float)
    if y.shape != s.shape or not y.size:
        raise ValueError(f"need equal, non-empty shapes, got {y.shape} and {s.shape}")
    if not np.isin(y, [-1, 1]).all():
        raise ValueError(f"labels must be -1 or 1, got {np.unique(y)}")
    e = np.maximum(0, 1 - y * s)
    return float(np.sum(e / e.size))


def hinge_grad(y_true, y_score):
    r"""Gradient of the mean hinge loss with respect to the scores.

    .. math::
        \frac{\partial L}{\partial s_i} = -\frac{y_i}{n} \, \mathbb{1}[y_i s_i < 1]

    At the kink :math:`y_i s_i = 1` the subgradient is 0.

    Parameters
    ----------
    y_true : (n,) array in {-1, 1}
        Labels :math:`y`.
    y_score : (n,) array
        Raw scores :math:`s`.

    Returns
    -------
    (n,) array in [-1, 1]
        Gradient :math:`\frac{\partial L}{\partial s}`.

    Raises
    ------
    ValueError
        If the shapes differ or are empty, or a label is not -1 or 1.

    See Also
    --------
    hinge : the loss.

    Notes
    -----
    Any value from :math:`-y_i / n` to 0 is a subgradient at the kink. Examples beyond the margin have
    gradient 0; the others are the support vectors of the current scores.

    Examples
    --------
    >>> hinge_grad([1, -1, 1, -1], [0.25, 0.5, -3, -2])
    array([-0.25,  0.25, -0.25,  0.  ])
    """
    y, s = np.asarray(y_true, dtype=float), np.asarray(y_score, dtype=float)
    if y.shape != s.shape or not y.size:
        raise ValueError(f"need equal, non-empty shapes, got {y.shape} and {s.shape}")
    if not np.isin(y, [-1, 1]).all():
        raise ValueError(f"labels must be -1 or 1, got {np.unique(y)}")
    return -y / y.size * np.heaviside(1 - y * s, 0.0)


@np.errstate(over="ignore")
def squared_hinge(y_true, y_score):
    r"""Mean squared shortfall of the margins: the hinge loss without its kink.

    .. math::
        L = \frac{1}{n} \sum_{i=1}^{n} \max(0, 1 - y_i s_i)^2

    Use it instead of the hinge loss when the optimizer wants a continuous gradient. It is more sensitive to
    wrong labels and outliers.

    Parameters
    ----------
    y_true : (n,) array in {-1, 1}
        Labels :math:`y`.
    y_score : (n,) array
        Raw scores :math:`s`; the sign decides, no sigmoid.

    Returns
    -------
    float in [0, inf)
        Mean loss :math:`L`.

    Raises
    ------
    ValueError
        If the shapes differ or are empty, or a label is not -1 or 1.

    See Also
    --------
    squared_hinge_grad : its gradient.
    hinge : the loss before squaring.
    keras.losses.SquaredHinge : the same; turns the labels 0 and 1 into -1 and 1.
    torch.nn.functional.multi_margin_loss : with ``p=2``, on the two scores :math:`(-s/2, s/2)`, half of this.

    Notes
    -----
    It is the loss of scikit-learn's ``LinearSVC`` by default, which sums where this one takes the mean.

    References
    ----------
    .. [1] Tang, Y. (2013). Deep Learning using Linear Support Vector Machines. arXiv:1306.0239

    Examples
    --------
    >>> squared_hinge([1, -1], [2, 0.5])
    1.125
    """
    y, s = np.asarray(y_true, dtype=float), np.asarray(y_score, dtype=float)
    if y.shape != s.shape or not y.size:
        raise ValueError(f"need equal, non-empty shapes, got {y.shape} and {s.shape}")
    if not np.isin(y, [-1, 1]).all():
        raise ValueError(f"labels must be -1 or 1, got {np.unique(y)}")
    e = np.maximum(0, 1 - y * s)
    return float(np.sum(e**2 / e.size))


@np.errstate(over="ignore")
def squared_hinge_grad(y_true, y_score):
    r"""Gradient of the mean squared hinge loss with respect to the scores.

    .. math::
        \frac{\partial L}{\partial s_i} = -\frac{2 y_i}{n} \max(0, 1 - y_i s_i)

    Parameters
    ----------
    y_true : (n,) array in {-1, 1}
        Labels :math:`y`.
    y_score : (n,) array
        Raw scores :math:`s`.

    Returns
    -------
    (n,) array
        Gradient :math:`\frac{\partial L}{\partial s}`.

    Raises
    ------
    ValueError
        If the shapes differ or are empty, or a label is not -1 or 1.

    See Also
    --------
    squared_hinge : the loss.

    Notes
    -----
    Continuous everywhere. The second derivative jumps where :math:`y_i s_i = 1`.

    Examples
    --------
    >>> squared_hinge_grad([1, -1, -1], [-2, 0.5, -2])
    array([-2.,  1.,  0.])
    """
    y, s = np.asarray(y_true, dtype=float), np.asarray(y_score, dtype=float)
    if y.shape != s.shape or not y.size:
        raise ValueError(f"need equal, non-empty shapes, got {y.shape} and {s.shape}")
    if not np.isin(y, [-1, 1]).all():
        raise ValueError(f"labels must be -1 or 1, got {np.unique(y)}")
    return -2 * y / y.size * np.maximum(0, 1 - y * s)


@np.errstate(over="ignore", invalid="ignore")
def multiclass_hinge(y_true, y_score):
    r"""Mean shortfall of the true class's lead over the best wrong class.

    .. math::
        L = \frac{1}{n} \sum_{i=1}^{n}
            \max\left(0, 1 + \max_{0 \le j \le K-1, \, j \ne y_i} s_{ij} - s_{i, y_i}\right)

    Use it for a multi-class support vector machine (Crammer and Singer): only the strongest rival of each
    example is pushed down.

    Parameters
    ----------
    y_true : (n,) array in {0, ..., k - 1}
        Class numbers :math:`y`.
    y_score : (n, k) array
        Raw scores :math:`s`, one column per class; at least two.

    Returns
    -------
    float in [0, inf)
        Mean loss :math:`L`.

    Raises
    ------
    ValueError
        If the shapes do not fit or are empty, there is only one class, or a label is not a column number.

    See Also
    --------
    multiclass_hinge_grad : its gradient.
    multiclass_hinge_sum : sums over all wrong classes (Weston and Watkins).
    sklearn.metrics.hinge_loss : the same for three classes or more.
    optax.losses.multiclass_hinge_loss : no mean; takes the scores first.
    keras.losses.CategoricalHinge : one-hot labels; the same only where some wrong score is not negative.

    Notes
    -----
    Three losses share this name. This one takes the maximum over the wrong classes, as scikit-learn and
    Optax do. Weston and Watkins sum over them. PyTorch's ``multi_margin_loss`` sums and divides by the
    number of classes.

    Keras takes the maximum of :math:`(1 - y) s`, whose entry for the true class is 0. If all wrong scores are
    negative, this 0 counts as the rival.

    For two classes it is the binary hinge loss of the difference of both scores.

    References
    ----------
    .. [1] Shalev-Shwartz, S., Ben-David, S. (2014). Understanding Machine Learning: From Theory to
       Algorithms. Cambridge University Press. ISBN 978-1-107-05713-5

    Examples
    --------
    The first example leads by 2, the second trails by 0.5:

    >>> multiclass_hinge([0, 2], [[3, 1, 0], [1, 1.5, 1]])
    0.75
    """
    y, s = np.asarray(y_true, dtype=float), np.asarray(y_score, dtype=float)
    if s.ndim != 2 or y.shape != s.shape[:1] or not s.size or s.shape[1] < 2:
        raise ValueError(f"need shapes (n,) and (n, k) with k >= 2, got {y.shape} and {s.shape}")
    classes = np.arange(s.shape[1])
    if not np.isin(y, classes).all():
        raise ValueError(f"labels must be 0, ..., {classes[-1]}, got {np.unique(y)}")
    true = classes == y[:, None]  # (n, k)
    rival = np.max(np.where(true, -np.inf, s), axis=1)  # (n,)
    e = np.maximum(0, 1 + rival - s[true])
    return float(np.sum(e / e.size))


@np.errstate(over="ignore", invalid="ignore")
def multiclass_hinge_grad(y_true, y_score):
    r"""Gradient of the mean multi-class hinge loss with respect to the scores.

    .. math::
        \frac{\partial L}{\partial s_{ij}} = \frac{1}{n} \, \mathbb{1}[1 + s_{i, r_i} > s_{i, y_i}]
        \, \left(\mathbb{1}[j = r_i] - \mathbb{1}[j = y_i]\right),
        \quad r_i = \operatorname*{argmax}_{0 \le k \le K-1, \, k \ne y_i} s_{ik}

    At the kink, a lead of exactly 1, the subgradient is 0; of several best wrong classes the first gets it
    all.

    Parameters
    ----------
    y_true : (n,) array in {0, ..., k - 1}
        Class numbers :math:`y`.
    y_score : (n, k) array
        Raw scores :math:`s`, one column per class; at least two.

    Returns
    -------
    (n, k) array in [-1, 1]
        Gradient :math:`\frac{\partial L}{\partial s}`; each row sums to 0.

    Raises
    ------
    ValueError
        If the shapes do not fit or are empty, there is only one class, or a label is not a column number.

    See Also
    --------
    multiclass_hinge : the loss.

    Examples
    --------
    >>> multiclass_hinge_grad([0, 2], [[3, 2.5, 0], [1, 1.5, 1]])
    array([[-0.5,  0.5,  0. ],
           [ 0. ,  0.5, -0.5]])
    """
    y, s = np.asarray(y_true, dtype=float), np.asarray(y_score, dtype=float)
    if s.ndim != 2 or y.shape != s.shape[:1] or not s.size or s.shape[1] < 2:
        raise ValueError(f"need shapes (n,) and (n, k) with k >= 2, got {y.shape} and {s.shape}")
    classes = np.arange(s.shape[1])
    if not np.isin(y, classes).all():
        raise ValueError(f"labels must be 0, ..., {classes[-1]}, got {np.unique(y)}")
    true = classes == y[:, None]  # (n, k)
    wrong = np.where(true, -np.inf, s)
    rival = classes == np.argmax(wrong, axis=1)[:, None]  # (n, k)
    short = np.heaviside(1 + np.max(wrong, axis=1) - s[true], 0.0)  # (n,)
    return short[:, None] * (rival * 1.0 - true) / len(y)


@np.errstate(over="ignore", invalid="ignore")
def multiclass_hinge_sum(y_true, y_score):
    r"""Mean over the examples of the summed shortfalls against all wrong classes.

    .. math::
        L = \frac{1}{n} \sum_{i=1}^{n} \sum_{j=0}^{K-1}
            \mathbb{1}[j \ne y_i] \, \max(0, 1 + s_{ij} - s_{i, y_i})

    Use it for a multi-class support vector machine (Weston and Watkins) that pushes down every class which
    comes too close, not only the strongest.

    Parameters
    ----------
    y_true : (n,) array in {0, ..., k - 1}
        Class numbers :math:`y`.
    y_score : (n, k) array
        Raw scores :math:`s`, one column per class; at least two.

    Returns
    -------
    float in [0, inf)
        Mean loss :math:`L`.

    Raises
    ------
    ValueError
        If the shapes do not fit or are empty, there is only one class, or a label is not a column number.

    See Also
    --------
    multiclass_hinge_sum_grad : its gradient.
    multiclass_hinge : only the best wrong class counts (Crammer and Singer).
    torch.nn.functional.multi_margin_loss : takes the scores first and divides by the number of classes.

    Notes
    -----
    Never smaller than :func:`multiclass_hinge`, and equal to it for two classes.

    PyTorch divides the sum by :math:`K`, although only :math:`K - 1` terms are in it.

    References
    ----------
    .. [1] Alber, M., Zimmert, J., Dogan, U., Kloft, M. (2017). Distributed optimization of multi-class
       SVMs. PLOS ONE 12(6), e0178161. doi:10.1371/journal.pone.0178161

    Examples
    --------
    The first example leads by 2, the second trails by 0.5 and ties:

    >>> multiclass_hinge_sum([0, 2], [[3, 1, 0], [1, 1.5, 1]])
    1.25
    """
    y, s = np.asarray(y_true, dtype=float), np.asarray(y_score, dtype=float)
    if s.ndim != 2 or y.shape != s.shape[:1] or not s.size or s.shape[1] < 2:
        raise ValueError(f"need shapes (n,) and (n, k) with k >= 2, got {y.shape} and {s.shape}")
    classes = np.arange(s.shape[1])
    if not np.isin(y, classes).all():
        raise ValueError(f"labels must be 0, ..., {classes[-1]}, got {np.unique(y)}")
    true = classes == y[:, None]  # (n, k)
    e = np.maximum(0, 1 + s - s[true][:, None])  # (n, k)
    return float(np.sum(e[~true] / len(y)))


@np.errstate(over="ignore", invalid="ignore")
def multiclass_hinge_sum_grad(y_true, y_score):
    r"""Gradient of the summed multi-class hinge loss with respect to the scores.

    .. math::
        \frac{\partial L}{\partial s_{ij}} = \frac{1}{n} \begin{cases}
            -\sum_{k=0}^{K-1} \mathbb{1}[k \ne y_i] \, \mathbb{1}[1 + s_{ik} > s_{i, y_i}]
                & \text{if } j = y_i \\
            \mathbb{1}[1 + s_{ij} > s_{i, y_i}] & \text{otherwise}
        \end{cases}

    At a kink, a lead of exactly 1 over a class, the subgradient of that term is 0.

    Parameters
    ----------
    y_true : (n,) array in {0, ..., k - 1}
        Class numbers :math:`y`.
    y_score : (n, k) array
        Raw scores :math:`s`, one column per class; at least two.

    Returns
    -------
    (n, k) array in [1 - k, 1]
        Gradient :math:`\frac{\partial L}{\partial s}`; each row sums to 0.

    Raises
    ------
    ValueError
        If the shapes do not fit or are empty, there is only one class, or a label is not a column number.

    See Also
    --------
    multiclass_hinge_sum : the loss.

    Examples
    --------
    >>> multiclass_hinge_sum_grad([0, 2], [[3, 2.5, 0], [1, 1.5, 1]])
    array([[-0.5,  0.5,  0. ],
           [ 0.5,  0.5, -1. ]])
    """
    y, s = np.asarray(y_true, dtype=float), np.asarray(y_score, dtype=float)
    if s.ndim != 2 or y.shape != s.shape[:1] or not s.size or s.shape[1] < 2:
        raise ValueError(f"need shapes (n,) and (n, k) with k >= 2, got {y.shape} and {s.shape}")
    classes = np.arange(s.shape[1])
    if not np.isin(y, classes).all():
        raise ValueError(f"labels must be 0, ..., {classes[-1]}, got {np.unique(y)}")
    true = classes == y[:, None]  # (n, k)
    short = np.heaviside(1 + s - s[true][:, None], 0.0)  # (n, k)
    short[true] = 0
    short[true] -= np.sum(short, axis=1)
    return short / len(y)


# %% Distributions


def information_content(p):
    r"""How surprising an outcome is: minus the logarithm of its probability.

    .. math::
        I = -\log p

    Use it to read a log loss: the loss of one example is the surprise at its label. Divide by ``np.log(2)``
    for bits.

    Parameters
    ----------
    p : (...) array in (0, 1]
        Probabilities :math:`p` of the outcomes.

    Returns
    -------
    (...) array in [0, inf)
        Information :math:`I`, in nats.

    Raises
    ------
    ValueError
        If a probability is outside (0, 1].

    See Also
    --------
    entropy : its mean.
    scipy.special.entr : p times it.

    Notes
    -----
    Also called self-information or surprisal. The natural logarithm gives nats, base 2 gives bits; one bit is
    0.6931 nats. Likely outcomes carry little information, rare ones a lot, and the information of independent
    outcomes adds up. An outcome of probability 0 has no finite information and is refused.

    References
    ----------
    .. [1] Shannon, C. E. (1948). A Mathematical Theory of Communication.
       Bell System Technical Journal 27(3), 379-423. doi:10.1002/j.1538-7305.1948.tb01338.x

    Examples
    --------
    A certain outcome, a coin toss and a chance of one in eight: 0, 1 and 3 bits.

    >>> information_content([1, 0.5, 0.125]).round(4)
    array([0.    , 0.6931, 2.0794])
    >>> information_content([1, 0.5, 0.125]) / np.log(2)
    array([0., 1., 3.])
    """
    p = np.asarray(p, dtype=float)
    if not np.all((p > 0) & (p <= 1)):
        raise ValueError(f"need probabilities in (0, 1], got {p}")
    return 0 - np.log(p)  # 0 - 0 is 0, but -(0.0) prints as -0.0


@np.errstate(over="ignore")
def entropy(p):
    r"""Expected information of a random outcome: how uncertain a distribution is.

    .. math::
        H = -\sum_{j=1}^{K} p_j \log p_j

    Use it as the floor of a cross-entropy: no prediction of these probabilities costs less.
    Divide by ``np.log(2)`` for bits.

    Parameters
    ----------
    p : (k,) array, rows sum to 1
        Distribution :math:`p`.

    Returns
    -------
    float in [0, log(k)]
        Entropy :math:`H`, in nats.

    Raises
    ------
    ValueError
        If the input is not one row of probabilities that sum to 1.

    See Also
    --------
    information_content : of one outcome.
    cross_entropy : between two distributions.
    scipy.stats.entropy : the same; divides by the sum instead of refusing; ``base=2`` gives bits.
    torch.distributions.Categorical : its method ``entropy()``; divides by the sum.
    jax.scipy.special.entr : the terms; no sum.

    Notes
    -----
    A certain outcome has entropy 0, with :math:`0 \log 0 = 0`; the uniform distribution has the largest,
    :math:`\log K`. A fair coin has 1 bit, a coin that falls on one side with probability 0.9 has 0.469 bits.

    References
    ----------
    .. [1] Shannon, C. E. (1948). A Mathematical Theory of Communication.
       Bell System Technical Journal 27(3), 379-423. doi:10.1002/j.1538-7305.1948.tb01338.x

    Examples
    --------
    >>> round(entropy([0.5, 0.5]), 4), entropy([1, 0, 0])
    (0.6931, 0.0)

    In bits:

    >>> round(entropy([0.9, 0.1]) / float(np.log(2)), 3)
    0.469
    """
    p = np.asarray(p, dtype=float)
    if p.ndim != 1 or not (np.all(p >= 0) and np.isclose(p.sum(), 1)):
        raise ValueError(f"need one row of probabilities that sum to 1, got {p}")
    H = 0 - np.sum(p[p > 0] * np.log(p[p > 0]))  # 0 log 0 = 0
    return float(np.clip(H, 0, np.log(p.size)))  # rounding may leave the range


@np.errstate(over="ignore", divide="ignore")
def kl_divergence(p, q):
    r"""Extra nats paid, on average, for coding outcomes of one distribution with another.

    .. math::
        D_{\mathrm{KL}}(p \Vert q) = \sum_{j=1}^{K} p_j \log \frac{p_j}{q_j}

    Use it to measure how far a model's distribution is from a fixed one, as in distillation and variational
    inference. It is not a distance: the order of the arguments matters.

    Parameters
    ----------
    p : (k,) array, rows sum to 1
        True distribution :math:`p`.
    q : (k,) array, rows sum to 1
        Predicted distribution :math:`q`.

    Returns
    -------
    float in [0, inf]
        Divergence :math:`D_{\mathrm{KL}}`, in nats; divide by :math:`\log 2` for bits.

    Raises
    ------
    ValueError
        If the shapes differ, a probability is negative or NaN, or a distribution does not sum to 1.

    See Also
    --------
    kl_divergence_grad : its gradient.
    js_divergence : symmetric and bounded.
    scipy.stats.entropy : the same with two arguments; rescales both to the sum 1.
    scipy.special.rel_entr : the terms, to be summed.
    torch.nn.functional.kl_div : takes :math:`\log q` first, then p; wants ``reduction="sum"``.
    keras.losses.KLDivergence : mean over rows; clips both to 1e-7 or more.
    jax.scipy.special.rel_entr : the terms, to be summed.
    optax.losses.kl_divergence : takes :math:`\log q` first, then p.

    Notes
    -----
    Terms with :math:`p_j = 0` count 0. Where :math:`q_j = 0` but :math:`p_j > 0` the divergence is
    infinite: the model excludes what happens. This function returns ``inf`` there, as SciPy does; Keras
    clips and returns a finite number.

    Cross-entropy is entropy plus this divergence, :math:`H(p, q) = H(p) + D_{\mathrm{KL}}(p \Vert q)`.

    PyTorch's default ``reduction="mean"`` divides by the number of entries and so does not give the
    divergence. ``"batchmean"`` gives the mean over the rows.

    The code subtracts logarithms. The quotient :math:`p_j / q_j` would overflow for :math:`q_j` below 1e-308.

    References
    ----------
    .. [1] Kullback, S., Leibler, R. A. (1951). On Information and Sufficiency. The Annals of Mathematical
       Statistics 22(1), 79-86. doi:10.1214/aoms/1177729694

    Examples
    --------
    >>> p, uniform = np.array([0.36, 0.48, 0.16]), np.full(3, 1 / 3)
    >>> round(kl_divergence(p, uniform), 6)
    0.0853
    >>> round(kl_divergence(uniform, p), 6)
    0.097455
    """
    p, q = np.asarray(p, dtype=float), np.asarray(q, dtype=float)
    if p.ndim != 1 or p.shape != q.shape:
        raise ValueError(f"need two distributions of one shape (k,), got {p.shape} and {q.shape}")
    if not (np.all(p >= 0) and np.all(q >= 0) and np.allclose([p.sum(), q.sum()], 1)):
        raise ValueError(f"probabilities must be >= 0 and sum to 1, got {p} and {q}")
    s = p > 0  # the support of p
    return max(0.0, float(np.sum(p[s] * (np.log(p[s]) - np.log(q[s])))))  # rounding may give -1e-17


@np.errstate(over="ignore", divide="ignore")
def kl_divergence_grad(p, q):
    r"""Gradient of the Kullback-Leibler divergence with respect to the second distribution.

    .. math::
        \frac{\partial D_{\mathrm{KL}}}{\partial q_j} = -\frac{p_j}{q_j}

    Parameters
    ----------
    p : (k,) array, rows sum to 1
        True distribution :math:`p`.
    q : (k,) array, rows sum to 1
        Predicted distribution :math:`q`.

    Returns
    -------
    (k,) array in [-inf, 0]
        Gradient :math:`\frac{\partial D_{\mathrm{KL}}}{\partial q}`.

    Raises
    ------
    ValueError
        If the shapes differ, a probability is negative or NaN, or a distribution does not sum to 1.

    See Also
    --------
    kl_divergence : the divergence.

    Notes
    -----
    Every :math:`q_j` is treated as free. Steps that keep the sum at 1 see only the differences between the
    entries: at :math:`q = p` all are -1, so no step helps. If q is a softmax of logits, the gradient with
    respect to the logits is :math:`q - p`.

    An entry with :math:`p_j = 0` has gradient 0, also where :math:`q_j = 0`.

    Examples
    --------
    >>> kl_divergence_grad([0.5, 0.5, 0], [0.25, 0.5, 0.25])
    array([-2., -1.,  0.])
    """
    p, q = np.asarray(p, dtype=float), np.asarray(q, dtype=float)
    if p.ndim != 1 or p.shape != q.shape:
        raise ValueError(f"need two distributions of one shape (k,), got {p.shape} and {q.shape}")
    if not (np.all(p >= 0) and np.all(q >= 0) and np.allclose([p.sum(), q.sum()], 1)):
        raise ValueError(f"probabilities must be >= 0 and sum to 1, got {p} and {q}")
    return np.divide(-p, q, out=np.zeros_like(q), where=p > 0)


@np.errstate(over="ignore", divide="ignore", invalid="ignore")
def js_divergence(p, q):
    r"""Mean Kullback-Leibler divergence of two distributions from their midpoint.

    .. math::
        D_{\mathrm{JS}}(p, q) = \frac{1}{2} \sum_{j=1}^{K} \left(p_j \log \frac{2 p_j}{p_j + q_j}
        + q_j \log \frac{2 q_j}{p_j + q_j}\right)

    Use it to compare two distributions when neither is the reference, or when their supports may differ:
    it is symmetric and always finite.

    Parameters
    ----------
    p : (k,) array, rows sum to 1
        First distribution :math:`p`.
    q : (k,) array, rows sum to 1
        Second (predicted) distribution :math:`q`.

    Returns
    -------
    float in [0, log(2)]
        Divergence :math:`D_{\mathrm{JS}}`, in nats; divide by :math:`\log 2` for a number in [0, 1].

    Raises
    ------
    ValueError
        If the shapes differ, a probability is negative or NaN, or a distribution does not sum to 1.

    See Also
    --------
    js_divergence_grad : its gradient.
    kl_divergence : its one-sided parts.
    scipy.spatial.distance.jensenshannon : the square root of this, a metric; rescales both to the sum 1.
    scipy.special.rel_entr : the terms, to be summed, against the midpoint.

    Notes
    -----
    Terms with :math:`p_j = 0` or :math:`q_j = 0` count 0.

    Divergence and distance are often confused: SciPy's ``jensenshannon`` returns the distance
    :math:`\sqrt{D_{\mathrm{JS}}}`.

    Distributions that never overlap have the divergence :math:`\log 2 \approx 0.6931`, however far apart
    they are. See :func:`wasserstein_1d` for a measure that sees how far.

    References
    ----------
    .. [1] Lin, J. (1991). Divergence measures based on the Shannon entropy. IEEE Transactions on
       Information Theory 37(1), 145-151. doi:10.1109/18.61115
    .. [2] Endres, D. M., Schindelin, J. E. (2003). A new metric for probability distributions. IEEE
       Transactions on Information Theory 49(7), 1858-1860. doi:10.1109/TIT.2003.813506

    Examples
    --------
    >>> round(js_divergence([1, 0, 0], [0.5, 0.5, 0]), 4)
    0.2158
    >>> round(js_divergence([1, 0, 0], [0, 0.5, 0.5]), 4)
    0.6931
    """
    p, q = np.asarray(p, dtype=float), np.asarray(q, dtype=float)
    if p.ndim != 1 or p.shape != q.shape:
        raise ValueError(f"need two distributions of one shape (k,), got {p.shape} and {q.shape}")
    if not (np.all(p >= 0) and np.all(q >= 0) and np.allclose([p.sum(), q.sum()], 1)):
        raise ValueError(f"probabilities must be >= 0 and sum to 1, got {p} and {q}")
    p_part = np.where(p > 0, p * np.log(2 * p / (p + q)), 0)
    q_part = np.where(q > 0, q * np.log(2 * q / (p + q)), 0)
    return float(np.clip(np.sum(p_part + q_part) / 2, 0, np.log(2)))  # rounding may leave the range


@np.errstate(over="ignore", divide="ignore")
def js_divergence_grad(p, q):
    r"""Gradient of the Jensen-Shannon divergence with respect to the second distribution.

    .. math::
        \frac{\partial D_{\mathrm{JS}}}{\partial q_j} = \frac{1}{2} \log \frac{2 q_j}{p_j + q_j}

    Parameters
    ----------
    p : (k,) array, rows sum to 1
        First distribution :math:`p`.
    q : (k,) array, rows sum to 1
        Second (predicted) distribution :math:`q`.

    Returns
    -------
    (k,) array in [-inf, log(2) / 2]
        Gradient :math:`\frac{\partial D_{\mathrm{JS}}}{\partial q}`.

    Raises
    ------
    ValueError
        If the shapes differ, a probability is negative or NaN, or a distribution does not sum to 1.

    See Also
    --------
    js_divergence : the divergence.

    Notes
    -----
    Every :math:`q_j` is treated as free. Steps that keep the sum at 1 see only the differences between the
    entries. Where :math:`p_j = q_j = 0` the slope to the right is given, :math:`\frac{1}{2} \log 2`.

    Examples
    --------
    >>> js_divergence_grad([0.5, 0.5, 0], [0.5, 0.25, 0.25]).round(4)
    array([ 0.    , -0.2027,  0.3466])
    """
    p, q = np.asarray(p, dtype=float), np.asarray(q, dtype=float)
    if p.ndim != 1 or p.shape != q.shape:
        raise ValueError(f"need two distributions of one shape (k,), got {p.shape} and {q.shape}")
    if not (np.all(p >= 0) and np.all(q >= 0) and np.allclose([p.sum(), q.sum()], 1)):
        raise ValueError(f"probabilities must be >= 0 and sum to 1, got {p} and {q}")
    return np.log(np.divide(2 * q, p + q, out=np.full_like(q, 2), where=p + q > 0)) / 2


@np.errstate(over="ignore", invalid="ignore")
def wasserstein_1d(y_true, y_pred):
    r"""Least mean distance by which one sample must move to become the other.

    .. math::
        W_1 = \frac{1}{n} \sum_{i=1}^{n} |\operatorname{sort}(\hat{y})_i - \operatorname{sort}(y)_i|

    Use it to compare two distributions of numbers by their samples, where it matters how far the mass is off
    and not only whether the values coincide.

    Parameters
    ----------
    y_true : (n,) array
        Observed sample :math:`y`, in any order.
    y_pred : (n,) array
        Predicted or generated sample :math:`\hat{y}`, of the same size, in any order.

    Returns
    -------
    float in [0, inf)
        Distance :math:`W_1`, in the unit of the samples.

    Raises
    ------
    ValueError
        If the shapes differ, are empty or not (n,), or a value is NaN.

    See Also
    --------
    wasserstein_1d_grad : its gradient.
    js_divergence : blind to distance between the values.
    scipy.stats.wasserstein_distance : the same; also samples of different sizes and with weights.

    Notes
    -----
    On a line it is optimal to match the smallest with the smallest, and so on upwards: sorting solves the
    transport problem. In the plane it does not.

    The pairs are made by rank, not by position: the mean absolute error of the same two arrays
    is at least as large.

    References
    ----------
    .. [1] Ramdas, A., García Trillos, N., Cuturi, M. (2017). On Wasserstein Two-Sample Testing and Related
       Families of Nonparametric Tests. Entropy 19(2), 47. doi:10.3390/e19020047
    .. [2] Peyré, G., Cuturi, M. (2019). Computational Optimal Transport. Foundations and Trends in Machine
       Learning 11(5-6), 355-607. arXiv:1803.00567

    Examples
    --------
    >>> wasserstein_1d([0, 1, 3], [8, 5, 6])
    5.0
    >>> wasserstein_1d([0, 1], [1, 0])
    0.0
    """
    y, p = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    if y.ndim != 1 or y.shape != p.shape or not y.size:
        raise ValueError(f"need two samples of one shape (n,), got {y.shape} and {p.shape}")
    if np.isnan([y, p]).any():
        raise ValueError(f"a NaN has no rank, got {y} and {p}")
    e = np.abs(np.sort(p) - np.sort(y))
    return float(np.sum(e / e.size))


@np.errstate(over="ignore", invalid="ignore")
def wasserstein_1d_grad(y_true, y_pred):
    r"""Gradient of the 1-Wasserstein distance with respect to the predicted sample.

    .. math::
        \frac{\partial W_1}{\partial \hat{y}_i}
            = \frac{1}{n} \operatorname{sign}(\hat{y}_i - \operatorname{sort}(y)_{r_i}), \quad
        r_i = \sum_{j=1}^{n} \mathbb{1}[\hat{y}_j < \hat{y}_i]
            + \sum_{j=1}^{i} \mathbb{1}[\hat{y}_j = \hat{y}_i]

    The rank :math:`r_i` of a prediction picks its partner; equal predictions rank in the order given. At a
    kink, where a matched pair coincides, the subgradient is 0.

    Parameters
    ----------
    y_true : (n,) array
        Observed sample :math:`y`, in any order.
    y_pred : (n,) array
        Predicted or generated sample :math:`\hat{y}`, of the same size, in any order.

    Returns
    -------
    (n,) array in [-1, 1]
        Gradient :math:`\frac{\partial W_1}{\partial \hat{y}}`, in the order of ``y_pred``.

    Raises
    ------
    ValueError
        If the shapes differ, are empty or not (n,), or a value is NaN.

    See Also
    --------
    wasserstein_1d : the distance.

    Notes
    -----
    Every prediction is pulled towards the observation of its rank with the same force :math:`1 / n`, near
    or far.

    Examples
    --------
    >>> wasserstein_1d_grad([0, 1, 2, 3], [9, -1, 0, 2])
    array([ 0.25, -0.25, -0.25,  0.  ])
    """
    y, p = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    if y.ndim != 1 or y.shape != p.shape or not y.size:
        raise ValueError(f"need two samples of one shape (n,), got {y.shape} and {p.shape}")
    if np.isnan([y, p]).any():
        raise ValueError(f"a NaN has no rank, got {y} and {p}")
    order = np.argsort(p, kind="stable")
    g = np.empty_like(p)
    g[order] = np.sign(p[order] - np.sort(y)) / p.size
    return g


# %% Embeddings


def cosine_similarity(u, v):
    r"""Cosine of the angle between two vectors: 1 same direction, 0 unrelated, -1 opposite.

    .. math::
        c = \frac{u^\top v}{\lVert u \rVert \, \lVert v \rVert}

    Use it to compare embeddings by direction and to ignore their lengths. As a loss, take one minus it.

    Parameters
    ----------
    u : (d,) array in (-inf, inf)
        First vector :math:`u`; not zero.
    v : (d,) array in (-inf, inf)
        Second vector :math:`v`; not zero.

    Returns
    -------
    float in [-1, 1]
        Similarity :math:`c`.

    Raises
    ------
    ValueError
        If the shapes differ or are not (d,), or a vector is zero or not finite.

    See Also
    --------
    cosine_similarity_grad : its gradients.
    cosine_embedding : a loss over labeled pairs.
    torch.nn.functional.cosine_similarity : per row unless ``dim=0``; lengths below 1e-8 count as 1e-8.
    sklearn.metrics.pairwise.cosine_similarity : all pairs of rows; zero vectors give 0.
    scipy.spatial.distance.cosine : the cosine distance, one minus this.
    keras.losses.CosineSimilarity : minus the mean over rows; zero vectors give 0.
    optax.losses.cosine_similarity : the same along the last axis; zero vectors give NaN.

    Notes
    -----
    Cosine similarity is large for vectors that are alike, squared distance is large for vectors that differ
    and depends on the lengths. For unit vectors :math:`\lVert u - v \rVert^2 = 2 - 2 c`, so both rank alike.

    Some texts print :math:`\cos 90^\circ = 1`. It is 0, and the range goes down to -1.

    A zero vector has no direction. Libraries answer 0 or NaN; here it is a ValueError.

    The vectors are scaled by their largest entry first: squares of 1e200 would overflow, squares of
    1e-200 would vanish.

    References
    ----------
    .. [1] Manning, C. D., Raghavan, P., Schütze, H. (2008). Introduction to Information Retrieval.
       Cambridge University Press. doi:10.1017/CBO9780511809071

    Examples
    --------
    Angles of 0, 90 and 180 degrees:

    >>> cosine_similarity([1, 0], [2, 0]), cosine_similarity([1, 0], [0, 3])
    (1.0, 0.0)
    >>> cosine_similarity([3, 4], [-6, -8])
    -1.0
    """
    u, v = np.asarray(u, dtype=float), np.asarray(v, dtype=float)
    a, b = np.max(np.abs(u), initial=0), np.max(np.abs(v), initial=0)
    if u.ndim != 1 or u.shape != v.shape or not (0 < a < np.inf and 0 < b < np.inf):
        raise ValueError(f"need two finite vectors of one shape (d,), neither of them zero, got {u} and {v}")
    u, v = u / a, v / b
    c = u @ v / (np.linalg.norm(u) * np.linalg.norm(v))
    return float(np.clip(c, -1, 1))


@np.errstate(over="ignore")
def cosine_similarity_grad(u, v):
    r"""Gradients of the cosine similarity with respect to both vectors.

    .. math::
        \begin{aligned}
            \frac{\partial c}{\partial u} &= \frac{1}{\lVert u \rVert} \left(\frac{v}{\lVert v \rVert}
                - \frac{u^\top v}{\lVert u \rVert \, \lVert v \rVert} \frac{u}{\lVert u \rVert}\right) \\
            \frac{\partial c}{\partial v} &= \frac{1}{\lVert v \rVert} \left(\frac{u}{\lVert u \rVert}
                - \frac{u^\top v}{\lVert u \rVert \, \lVert v \rVert} \frac{v}{\lVert v \rVert}\right)
        \end{aligned}

    Parameters
    ----------
    u : (d,) array in (-inf, inf)
        First vector :math:`u`; not zero.
    v : (d,) array in (-inf, inf)
        Second vector :math:`v`; not zero.

    Returns
    -------
    du : (d,) array
        Gradient :math:`\frac{\partial c}{\partial u}`.
    dv : (d,) array
        Gradient :math:`\frac{\partial c}{\partial v}`.

    Raises
    ------
    ValueError
        If the shapes differ or are not (d,), or a vector is zero or not finite.

    See Also
    --------
    cosine_similarity : the similarity.

    Notes
    -----
    Each gradient is perpendicular to its vector, because length does not count. So gradient steps make
    vectors longer, and longer vectors turn more slowly.

    Examples
    --------
    >>> cosine_similarity_grad([2, 0], [0, 4])
    (array([0. , 0.5]), array([0.25, 0.  ]))
    """
    u, v = np.asarray(u, dtype=float), np.asarray(v, dtype=float)
    a, b = np.max(np.abs(u), initial=0), np.max(np.abs(v), initial=0)
    if u.ndim != 1 or u.shape != v.shape or not (0 < a < np.inf and 0 < b < np.inf):
        raise ValueError(f"need two finite vectors of one shape (d,), neither of them zero, got {u} and {v}")
    u, v = u / a, v / b
    u_norm, v_norm = np.linalg.norm(u), np.linalg.norm(v)
    u, v = u / u_norm, v / v_norm
    return (v - u @ v * u) / u_norm / a, (u - u @ v * v) / v_norm / b


def cosine_embedding(y_true, u, v, margin=0.0):
    r"""Loss that turns similar pairs parallel and dissimilar pairs below a cosine margin.

    .. math::
        L = \frac{1}{n} \sum_{i=1}^{n} \begin{cases}
            1 - \frac{u_i^\top v_i}{\lVert u_i \rVert \, \lVert v_i \rVert} & \text{if } y_i = 1 \\
            \max\left(0, \frac{u_i^\top v_i}{\lVert u_i \rVert \, \lVert v_i \rVert} - m\right)
                & \text{if } y_i = -1
        \end{cases}

    Use it to learn embeddings from pairs labeled similar or dissimilar when only the direction counts.

    Parameters
    ----------
    y_true : (n,) array in {-1, 1}
        Labels :math:`y`: 1 for a similar pair, -1 for a dissimilar pair.
    u : (n, d) array in (-inf, inf)
        Embeddings :math:`u` of the first members; no zero row.
    v : (n, d) array in (-inf, inf)
        Embeddings :math:`v` of the second members; no zero row.
    margin : float in [-1, 1]
        Cosine :math:`m` below which a dissimilar pair costs nothing.

    Returns
    -------
    float in [0, 2]
        Mean loss :math:`L`.

    Raises
    ------
    ValueError
        If the shapes do not fit, a label is not -1 or 1, a row is zero or not finite, or the margin is
        outside [-1, 1].

    See Also
    --------
    cosine_embedding_grad : its gradients.
    cosine_similarity : the similarity of one pair.
    contrastive : the same idea with distances.
    torch.nn.functional.cosine_embedding_loss : takes the label last; adds 1e-12 to the squared lengths.
    sklearn.metrics.pairwise.paired_cosine_distances : one minus the cosine of each pair.

    Notes
    -----
    With the margin 0, as in PyTorch, dissimilar pairs need only be perpendicular. PyTorch's manual suggests
    0 to 0.5. Opposite directions are never asked for unless :math:`m < 0`.

    The network that gave siamese networks their name compared signatures by this cosine: a small angle for
    two genuine ones, a large one for a forgery.

    References
    ----------
    .. [1] Bromley, J., Bentz, J. W., Bottou, L., Guyon, I., LeCun, Y., Moore, C., Säckinger, E., Shah, R.
       (1993). Signature Verification Using a "Siamese" Time Delay Neural Network. International Journal of
       Pattern Recognition and Artificial Intelligence 7(4), 669-688. doi:10.1142/S0218001493000339

    Examples
    --------
    A similar pair at 90 degrees, a dissimilar one with cosine 0.8:

    >>> round(cosine_embedding([1, -1], [[1, 0, 0], [1, 0, 0]], [[0, 3, 0], [4, 3, 0]], margin=0.5), 4)
    0.65
    """
    y, u, v = (np.asarray(x, dtype=float) for x in (y_true, u, v))
    if u.ndim != 2 or u.shape != v.shape or y.shape != u.shape[:1] or not u.size:
        raise ValueError(f"need shapes (n,), (n, d) and (n, d), got {y.shape}, {u.shape} and {v.shape}")
    if not np.isin(y, [-1, 1]).all() or not -1 <= margin <= 1:
        raise ValueError(f"need labels -1 or 1 and a margin in [-1, 1], got {np.unique(y)} and {margin}")
    a, b = np.max(np.abs(u), axis=1, keepdims=True), np.max(np.abs(v), axis=1, keepdims=True)
    if not (np.all((a > 0) & (a < np.inf)) and np.all((b > 0) & (b < np.inf))):
        raise ValueError(f"need finite embeddings, none of them zero, got {u} and {v}")
    u, v = u / a, v / b  # squares neither overflow nor vanish
    c = np.sum(u * v, axis=1) / (np.linalg.norm(u, axis=1) * np.linalg.norm(v, axis=1))
    c = np.clip(c, -1, 1)
    return float(np.mean(np.where(y == 1, 1 - c, np.maximum(0, c - margin))))


@np.errstate(over="ignore")
def cosine_embedding_grad(y_true, u, v, margin=0.0):
    r"""Gradients of the cosine embedding loss with respect to both embeddings.

    .. math::
        \begin{aligned}
            \frac{\partial L}{\partial u_i} &= \frac{w_i}{n \lVert u_i \rVert}
                \left(\frac{v_i}{\lVert v_i \rVert} - c_i \frac{u_i}{\lVert u_i \rVert}\right) \\
            \frac{\partial L}{\partial v_i} &= \frac{w_i}{n \lVert v_i \rVert}
                \left(\frac{u_i}{\lVert u_i \rVert} - c_i \frac{v_i}{\lVert v_i \rVert}\right) \\
            c_i &= \frac{u_i^\top v_i}{\lVert u_i \rVert \, \lVert v_i \rVert}, \quad
                w_i = \begin{cases}
                    -1 & \text{if } y_i = 1 \\
                    \mathbb{1}[c_i > m] & \text{if } y_i = -1
                \end{cases}
        \end{aligned}

    At the kink :math:`c_i = m` of a dissimilar pair the subgradient is 0.

    Parameters
    ----------
    y_true : (n,) array in {-1, 1}
        Labels :math:`y`: 1 for a similar pair, -1 for a dissimilar pair.
    u : (n, d) array in (-inf, inf)
        Embeddings :math:`u` of the first members; no zero row.
    v : (n, d) array in (-inf, inf)
        Embeddings :math:`v` of the second members; no zero row.
    margin : float in [-1, 1]
        Cosine :math:`m` below which a dissimilar pair costs nothing.

    Returns
    -------
    du : (n, d) array
        Gradient :math:`\frac{\partial L}{\partial u}`.
    dv : (n, d) array
        Gradient :math:`\frac{\partial L}{\partial v}`.

    Raises
    ------
    ValueError
        If the shapes do not fit, a label is not -1 or 1, a row is zero or not finite, or the margin is
        outside [-1, 1].

    See Also
    --------
    cosine_embedding : the loss.

    Examples
    --------
    Two dissimilar pairs; the second is beyond the margin:

    >>> du, dv = cosine_embedding_grad([-1, -1], [[2, 0, 0], [1, 0, 0]], [[3, 4, 0], [-1, 0, 0]])
    >>> du
    array([[0. , 0.2, 0. ],
           [0. , 0. , 0. ]])
    """
    y, u, v = (np.asarray(x, dtype=float) for x in (y_true, u, v))
    if u.ndim != 2 or u.shape != v.shape or y.shape != u.shape[:1] or not u.size:
        raise ValueError(f"need shapes (n,), (n, d) and (n, d), got {y.shape}, {u.shape} and {v.shape}")
    if not np.isin(y, [-1, 1]).all() or not -1 <= margin <= 1:
        raise ValueError(f"need labels -1 or 1 and a margin in [-1, 1], got {np.unique(y)} and {margin}")
    a, b = np.max(np.abs(u), axis=1, keepdims=True), np.max(np.abs(v), axis=1, keepdims=True)
    if not (np.all((a > 0) & (a < np.inf)) and np.all((b > 0) & (b < np.inf))):
        raise ValueError(f"need finite embeddings, none of them zero, got {u} and {v}")
    u, v = u / a, v / b  # squares neither overflow nor vanish
    u_norm, v_norm = np.linalg.norm(u, axis=1, keepdims=True), np.linalg.norm(v, axis=1, keepdims=True)
    u, v = u / u_norm, v / v_norm
    c = np.clip(np.sum(u * v, axis=1, keepdims=True), -1, 1)  # (n, 1)
    w = np.where(y[:, None] == 1, -1, np.heaviside(c - margin, 0.0)) / len(y)  # (n, 1)
    return w * (v - c * u) / u_norm / a, w * (u - c * v) / v_norm / b


@np.errstate(over="ignore", invalid="ignore")
def contrastive(y_true, u, v, margin=1.0):
    r"""Loss that pulls similar pairs together and pushes dissimilar pairs a margin apart.

    .. math::
        L = \frac{1}{2n} \sum_{i=1}^{n} \begin{cases}
            \lVert u_i - v_i \rVert^2 & \text{if } y_i = 1 \\
            \max(0, m - \lVert u_i - v_i \rVert)^2 & \text{if } y_i = 0
        \end{cases}

    Use it to learn embeddings from pairs labeled similar or dissimilar when their distances will be compared
    with a threshold later.

    Parameters
    ----------
    y_true : (n,) array in {0, 1}
        Labels :math:`y`: 1 for a similar pair, 0 for a dissimilar pair.
    u : (n, d) array
        Embeddings :math:`u` of the first members.
    v : (n, d) array
        Embeddings :math:`v` of the second members.
    margin : float in (0, inf)
        Distance :math:`m` beyond which a dissimilar pair costs nothing.

    Returns
    -------
    float in [0, inf)
        Mean loss :math:`L`, in the squared unit of the embeddings.

    Raises
    ------
    ValueError
        If the shapes do not fit or are empty, a label is not 0 or 1, or the margin is not in (0, inf).

    See Also
    --------
    contrastive_grad : its gradients.
    triplet : compares two distances instead of a distance and a constant.
    torch.nn.functional.pairwise_distance : the distances; adds 1e-6 to each coordinate unless ``eps=0``.
    sklearn.metrics.pairwise.paired_euclidean_distances : the distances.

    Notes
    -----
    Label conventions differ: the paper writes :math:`Y = 0` for similar pairs, this function 1. Swapping
    them trains the opposite of what is wanted.

    The factor one half is the paper's. Some implementations drop it, and some do not square the distances.

    The name is also used for the family of losses with many negatives, such as :func:`info_nce`.

    References
    ----------
    .. [1] Hadsell, R., Chopra, S., LeCun, Y. (2006). Dimensionality Reduction by Learning an Invariant
       Mapping. CVPR, 1735-1742. doi:10.1109/CVPR.2006.100

    Examples
    --------
    A similar pair at distance 3, a dissimilar one at distance 0.5:

    >>> contrastive([1, 0], [[0, 0, 0], [0, 0, 0]], [[1, 2, 2], [0, 0, 0.5]])
    2.3125
    """
    y, u, v = (np.asarray(x, dtype=float) for x in (y_true, u, v))
    if u.ndim != 2 or u.shape != v.shape or y.shape != u.shape[:1] or not u.size:
        raise ValueError(f"need shapes (n,), (n, d) and (n, d), got {y.shape}, {u.shape} and {v.shape}")
    if not np.isin(y, [0, 1]).all() or not 0 < margin < np.inf:
        raise ValueError(f"need labels 0 or 1 and a finite margin > 0, got {np.unique(y)} and {margin}")
    D = np.hypot.reduce(u - v, axis=1)  # a norm whose squares neither overflow nor vanish
    e = np.where(y == 1, D, np.maximum(0, margin - D))
    return float(np.sum(e**2 / (2 * len(y))))


def contrastive_grad(y_true, u, v, margin=1.0):
    r"""Gradients of the contrastive loss with respect to both embeddings.

    .. math::
        \begin{aligned}
            \frac{\partial L}{\partial u_i} &= \frac{1}{n} \begin{cases}
                u_i - v_i & \text{if } y_i = 1 \\
                -\max(0, m - \lVert u_i - v_i \rVert) \, \frac{u_i - v_i}{\lVert u_i - v_i \rVert}
                    & \text{if } y_i = 0
            \end{cases} \\
            \frac{\partial L}{\partial v_i} &= -\frac{\partial L}{\partial u_i}
        \end{aligned}

    At the kink, a dissimilar pair at distance 0, there is no direction to push, and the subgradient is 0.

    Parameters
    ----------
    y_true : (n,) array in {0, 1}
        Labels :math:`y`: 1 for a similar pair, 0 for a dissimilar pair.
    u : (n, d) array
        Embeddings :math:`u` of the first members; below 1e300.
    v : (n, d) array
        Embeddings :math:`v` of the second members; below 1e300.
    margin : float in (0, inf)
        Distance :math:`m` beyond which a dissimilar pair costs nothing.

    Returns
    -------
    du : (n, d) array
        Gradient :math:`\frac{\partial L}{\partial u}`.
    dv : (n, d) array
        Gradient :math:`\frac{\partial L}{\partial v}`.

    Raises
    ------
    ValueError
        If the shapes do not fit or are empty, a label is not 0 or 1, the margin is not in (0, inf), or an
        embedding is NaN or not below 1e300.

    See Also
    --------
    contrastive : the loss.

    Notes
    -----
    The kink is at the peak of a cone: the loss of a dissimilar pair is largest where both coincide, and every
    direction lowers it alike.

    Examples
    --------
    >>> du, dv = contrastive_grad([1, 0], [[0, 0, 0], [0, 0, 0]], [[1, 2, 2], [0.25, 0.5, 0.5]])
    >>> du.round(4)
    array([[-0.5   , -1.    , -1.    ],
           [ 0.0417,  0.0833,  0.0833]])
    """
    y, u, v = (np.asarray(x, dtype=float) for x in (y_true, u, v))
    if u.ndim != 2 or u.shape != v.shape or y.shape != u.shape[:1] or not u.size:
        raise ValueError(f"need shapes (n,), (n, d) and (n, d), got {y.shape}, {u.shape} and {v.shape}")
    if not np.isin(y, [0, 1]).all() or not 0 < margin < np.inf:
        raise ValueError(f"need labels 0 or 1 and a finite margin > 0, got {np.unique(y)} and {margin}")
    if not np.max(np.abs([u, v])) < 1e300:
        raise ValueError(f"need embeddings below 1e300, got {u} and {v}")
    D = np.hypot.reduce(u - v, axis=1)[:, None]  # (n, 1)
    push = -np.maximum(0, margin - D) * ((u - v) / np.where(D > 0, D, 1))
    du = np.where(y[:, None] == 1, u - v, push) / len(y)
    return du, -du


def triplet(anchor, positive, negative, margin=0.2):
    r"""Shortfall by which negatives are not farther from the anchor than positives.

    .. math::
        L = \frac{1}{n} \sum_{i=1}^{n}
            \max\left(0, \lVert A_i - P_i \rVert^2 - \lVert A_i - N_i \rVert^2 + m\right)

    Use it to learn embeddings in which examples of one identity, such as pictures of one person, are closer
    to each other than to the rest. It needs several examples per identity and a choice of triplets that are
    not too easy.

    Parameters
    ----------
    anchor : (n, d) array
        Embeddings :math:`A`; below 1e150, as all three.
    positive : (n, d) array
        Embeddings :math:`P` of the same identity as the anchor.
    negative : (n, d) array
        Embeddings :math:`N` of another identity.
    margin : float >= 0
        Lead :math:`m` in squared distance that the positive must have; FaceNet's :math:`\alpha`.

    Returns
    -------
    float in [0, inf)
        Mean loss :math:`L`, in the squared unit of the embeddings.

    Raises
    ------
    ValueError
        If the shapes differ, are empty or not (n, d), the margin is negative, or an embedding is NaN or not
        below 1e150.

    See Also
    --------
    triplet_grad : its gradients.
    contrastive : works with pairs.
    info_nce : compares with many negatives at once.
    torch.nn.functional.triplet_margin_with_distance_loss : the same, given the squared distance.

    Notes
    -----
    Distances are squared here, as in FaceNet, whose loss is the sum over the triplets instead of the mean.
    The better known ``triplet_margin_loss`` of PyTorch and Optax does not square, and its margin is 1.

    The margin is not the threshold for "same person". The margin is how much farther negatives must be
    during training, and without it all embeddings at 0 would be a perfect solution. The threshold
    :math:`\tau` is chosen afterwards, on validation pairs: same person if the distance is below it.

    Random triplets are mostly easy: their loss is 0 and they teach nothing. Hard negatives are closer to
    the anchor than the positive; picking the hardest of all can make training collapse to a point.
    Semi-hard ones, farther than the positive but within the margin, are customary.

    References
    ----------
    .. [1] Schroff, F., Kalenichenko, D., Philbin, J. (2015). FaceNet: A Unified Embedding for Face
       Recognition and Clustering. CVPR. arXiv:1503.03832

    Examples
    --------
    Squared distances 1 and 1 (hard), then 1 and 9 (easy):

    >>> triplet([[0, 0, 0], [0, 0, 0]], [[1, 0, 0], [0, 1, 0]], [[0, 1, 0], [2, 2, 1]])
    0.1
    """
    A, P, N = (np.asarray(x, dtype=float) for x in (anchor, positive, negative))
    if A.ndim != 2 or not A.shape == P.shape == N.shape or not A.size:
        raise ValueError(f"need three equal shapes (n, d), got {A.shape}, {P.shape} and {N.shape}")
    if not np.max(np.abs([A, P, N])) < 1e150 or not 0 <= margin < 1e300:
        raise ValueError(
            f"need embeddings below 1e150 and a margin from 0 to 1e300, got {A}, {P}, {N} and {margin}"
        )
    e = np.sum((A - P) ** 2, axis=1) - np.sum((A - N) ** 2, axis=1) + margin
    return float(np.mean(np.maximum(0, e)))


def triplet_grad(anchor, positive, negative, margin=0.2):
    r"""Gradients of the triplet loss with respect to all three embeddings.

    .. math::
        \begin{aligned}
            \frac{\partial L}{\partial A_i} &= \frac{2}{n} w_i (N_i - P_i) \\
            \frac{\partial L}{\partial P_i} &= \frac{2}{n} w_i (P_i - A_i) \\
            \frac{\partial L}{\partial N_i} &= \frac{2}{n} w_i (A_i - N_i) \\
            w_i &= \mathbb{1}[\lVert A_i - P_i \rVert^2 - \lVert A_i - N_i \rVert^2 + m > 0]
        \end{aligned}

    At the kink, a lead of exactly the margin, the subgradient is 0.

    Parameters
    ----------
    anchor : (n, d) array
        Embeddings :math:`A`; below 1e150, as all three.
    positive : (n, d) array
        Embeddings :math:`P` of the same identity as the anchor.
    negative : (n, d) array
        Embeddings :math:`N` of another identity.
    margin : float >= 0
        Lead :math:`m` in squared distance that the positive must have.

    Returns
    -------
    danchor : (n, d) array
        Gradient :math:`\frac{\partial L}{\partial A}`.
    dpositive : (n, d) array
        Gradient :math:`\frac{\partial L}{\partial P}`.
    dnegative : (n, d) array
        Gradient :math:`\frac{\partial L}{\partial N}`.

    Raises
    ------
    ValueError
        If the shapes differ, are empty or not (n, d), the margin is negative, or an embedding is NaN or not
        below 1e150.

    See Also
    --------
    triplet : the loss.

    Notes
    -----
    The three gradients add up to zero: moving the whole triplet changes nothing. The anchor's does not
    depend on where the anchor is.

    Examples
    --------
    >>> danchor, dpositive, dnegative = triplet_grad([[0, 0, 0]], [[1, 0, 0]], [[0, 1, 0]])
    >>> danchor
    array([[-2.,  2.,  0.]])
    >>> dpositive
    array([[2., 0., 0.]])
    """
    A, P, N = (np.asarray(x, dtype=float) for x in (anchor, positive, negative))
    if A.ndim != 2 or not A.shape == P.shape == N.shape or not A.size:
        raise ValueError(f"need three equal shapes (n, d), got {A.shape}, {P.shape} and {N.shape}")
    if not np.max(np.abs([A, P, N])) < 1e150 or not margin >= 0:
        raise ValueError(f"need embeddings below 1e150 and a margin >= 0, got {A}, {P}, {N} and {margin}")
    e = np.sum((A - P) ** 2, axis=1) - np.sum((A - N) ** 2, axis=1) + margin
    w = 2 / len(A) * (e > 0)[:, None]  # (n, 1)
    return w * (N - P), w * (P - A), w * (A - N)


@np.errstate(over="ignore", invalid="ignore")
def info_nce(queries, keys, temperature=0.07):
    r"""Cross-entropy of finding each query's own key among all keys of the batch.

    .. math::
        L = -\frac{1}{n} \sum_{i=1}^{n} \log
            \frac{\exp(q_i^\top k_i / \tau)}{\sum_{j=1}^{n} \exp(q_i^\top k_j / \tau)}

    Use it for self-supervised embeddings: two views of one example, or a picture and its caption, belong
    together, and the rest of the batch serves as negatives. Normalize the embeddings first.

    Parameters
    ----------
    queries : (n, d) array
        Embeddings :math:`q`.
    keys : (n, d) array
        Embeddings :math:`k`; row i belongs to query i.
    temperature : float > 0
        Temperature :math:`\tau`; small values make the hardest negatives dominate.

    Returns
    -------
    float in [0, inf)
        Mean loss :math:`L`, in nats.

    Raises
    ------
    ValueError
        If the shapes differ, are empty or not (n, d), the temperature is not positive, or a similarity is
        not finite.

    See Also
    --------
    info_nce_grad : its gradients.
    triplet : one negative at a time.
    torch.nn.functional.cross_entropy : the same, on similarities / temperature and targets 0, ..., n - 1.
    scipy.special.log_softmax : the logarithms, whose diagonal is averaged.
    optax.losses.softmax_cross_entropy_with_integer_labels : as in PyTorch; no mean.

    Notes
    -----
    Guessing costs :math:`\log n`, so losses of different batch sizes cannot be compared.

    The temperature 0.07 suits embeddings of length 1, for which similarities lie in [-1, 1]. The original
    paper has none and scores with a learned matrix. CLIP takes the mean of this loss in both directions.
    SimCLR's variant, NT-Xent, also counts the other queries as negatives.

    The largest similarity is subtracted before the exponential: ``np.exp(710)`` overflows.

    References
    ----------
    .. [1] van den Oord, A., Li, Y., Vinyals, O. (2018). Representation Learning with Contrastive Predictive
       Coding. arXiv:1807.03748
    .. [2] He, K., Fan, H., Wu, Y., Xie, S., Girshick, R. (2020). Momentum Contrast for Unsupervised Visual
       Representation Learning. CVPR. arXiv:1911.05722

    Examples
    --------
    Keys that fit; then keys that do not tell the queries apart, which cost log 2:

    >>> round(info_nce([[1, 0, 0], [0, 1, 0]], [[1, 0, 0], [0, 1, 0]], temperature=1), 4)
    0.3133
    >>> round(info_nce([[1, 0, 0], [0, 1, 0]], [[1, 1, 0], [1, 1, 0]], temperature=1), 4)
    0.6931
    """
    q, k = np.asarray(queries, dtype=float), np.asarray(keys, dtype=float)
    if q.ndim != 2 or q.shape != k.shape or not q.size or not temperature > 0:
        raise ValueError(f"need (n, d) twice and temperature > 0, got {q.shape}, {k.shape}, {temperature}")
    z = q @ k.T / temperature  # (n, n)
    if not np.isfinite(z).all():
        raise ValueError(f"need finite similarities, got {z}")
    top = np.max(z, axis=1)
    return float(np.mean(np.log(np.sum(np.exp(z - top[:, None]), axis=1)) + (top - np.diag(z))))


@np.errstate(over="ignore", invalid="ignore")
def info_nce_grad(queries, keys, temperature=0.07):
    r"""Gradients of the InfoNCE loss with respect to queries and keys.

    .. math::
        \begin{aligned}
            \frac{\partial L}{\partial q_i} &= \frac{1}{n \tau} \sum_{j=1}^{n}
                (S_{ij} - \mathbb{1}[i = j]) \, k_j \\
            \frac{\partial L}{\partial k_j} &= \frac{1}{n \tau} \sum_{i=1}^{n}
                (S_{ij} - \mathbb{1}[i = j]) \, q_i \\
            S_{ij} &= \frac{\exp(q_i^\top k_j / \tau)}{\sum_{l=1}^{n} \exp(q_i^\top k_l / \tau)}
        \end{aligned}

    Parameters
    ----------
    queries : (n, d) array
        Embeddings :math:`q`.
    keys : (n, d) array
        Embeddings :math:`k`; row i belongs to query i.
    temperature : float > 0
        Temperature :math:`\tau`.

    Returns
    -------
    dqueries : (n, d) array
        Gradient :math:`\frac{\partial L}{\partial q}`.
    dkeys : (n, d) array
        Gradient :math:`\frac{\partial L}{\partial k}`.

    Raises
    ------
    ValueError
        If the shapes differ, are empty or not (n, d), the temperature is not positive, or a similarity is
        not finite.

    See Also
    --------
    info_nce : the loss.

    Notes
    -----
    Each query is pulled to its own key and pushed from the others in proportion to their softmax weights
    :math:`S_{ij}`. It is the gradient of softmax and cross-entropy, sent through one matrix product.

    Examples
    --------
    >>> dqueries, dkeys = info_nce_grad([[1, 0, 0], [0, 1, 0]], [[1, 1, 0], [1, 1, 4]], temperature=1)
    >>> dqueries
    array([[ 0.,  0.,  1.],
           [ 0.,  0., -1.]])
    """
    q, k = np.asarray(queries, dtype=float), np.asarray(keys, dtype=float)
    if q.ndim != 2 or q.shape != k.shape or not q.size or not temperature > 0:
        raise ValueError(f"need (n, d) twice and temperature > 0, got {q.shape}, {k.shape}, {temperature}")
    z = q @ k.T / temperature  # (n, n)
    if not np.isfinite(z).all():
        raise ValueError(f"need finite similarities, got {z}")
    S = np.exp(z - np.max(z, axis=1, keepdims=True))
    S = S / np.sum(S, axis=1, keepdims=True)
    dz = (S - np.eye(len(q))) / len(q)
    return dz @ k / temperature, dz.T @ q / temperature


# %% Overlap


def dice(y_true, y_prob, eps=1e-7):
    r"""One minus the soft Dice coefficient: twice the overlap over the total size.

    .. math::
        L = 1 - \frac{\epsilon + 2 \sum_{i=1}^{n} y_i p_i}{\epsilon + \sum_{i=1}^{n} (y_i + p_i)}

    Use it for segmentation when the foreground is small: pixels that are rightly background do not count.
    It is often added to the cross-entropy, whose gradient is steadier.

    Parameters
    ----------
    y_true : (n,) array in {0, 1}
        Mask :math:`y`, the pixels of one image in a row.
    y_prob : (n,) array in [0, 1]
        Predicted probabilities :math:`p` of the foreground.
    eps : float >= 0
        Smoothing :math:`\epsilon`; makes two empty masks cost 0.

    Returns
    -------
    float in [0, 1]
        Loss :math:`L`.

    Raises
    ------
    ValueError
        If the shapes differ or are empty, a label is not 0 or 1, a probability is outside [0, 1], ``eps`` is
        negative, or the formula is 0/0.

    See Also
    --------
    dice_grad : its gradient.
    tversky : weighs false positives and false negatives.
    scipy.spatial.distance.dice : the same without smoothing; two empty masks give NaN.
    keras.losses.Dice : the smoothing, 1e-7, only in the denominator; two empty masks cost 1.
    optax.losses.dice_loss : takes logits first; its smoothing of 1 counts as ``eps=2``.

    Notes
    -----
    For a 0/1 prediction the coefficient is the F1 score of the foreground, :math:`2 I / (|A| + |B|)`, and
    follows from the intersection over union :math:`J` as :math:`2 J / (1 + J)`.

    V-Net squares in the denominator, :math:`\sum y_i^2 + \sum p_i^2`. For a 0/1 prediction both agree, for
    probabilities they do not.

    The loss is one number per image (Keras: per batch unless ``axis`` is given), not a mean over pixels.

    References
    ----------
    .. [1] Milletari, F., Navab, N., Ahmadi, S.-A. (2016). V-Net: Fully Convolutional Neural Networks for
       Volumetric Medical Image Segmentation. 3DV. arXiv:1606.04797
    .. [2] Dice, L. R. (1945). Measures of the Amount of Ecologic Association Between Species. Ecology
       26(3), 297-302. doi:10.2307/1932409

    Examples
    --------
    Masks of 2 and 3 pixels that share 1:

    >>> dice([1, 1, 0, 0, 0], [0, 1, 1, 1, 0], eps=0)
    0.6
    """
    y, p = np.asarray(y_true, dtype=float), np.asarray(y_prob, dtype=float)
    if y.shape != p.shape or not y.size:
        raise ValueError(f"need equal, non-empty shapes, got {y.shape} and {p.shape}")
    if not (np.isin(y, [0, 1]).all() and np.all((p >= 0) & (p <= 1))):
        raise ValueError(f"need labels 0 or 1 and probabilities in [0, 1], got {y} and {p}")
    overlap, total = eps + 2 * np.sum(y * p), eps + np.sum(y + p)
    if not 0 <= eps < np.inf or total == 0:
        raise ValueError(f"need a finite eps >= 0, and > 0 if both masks are empty, got {eps}")
    return float(1 - overlap / total)


@np.errstate(over="ignore")
def dice_grad(y_true, y_prob, eps=1e-7):
    r"""Gradient of the soft Dice loss with respect to the probabilities.

    .. math::
        \frac{\partial L}{\partial p_i} = \frac{1}{T} \left(
            \frac{\epsilon + 2 \sum_{j=1}^{n} y_j p_j}{T} - 2 y_i\right), \quad
        T = \epsilon + \sum_{j=1}^{n} (y_j + p_j)

    Parameters
    ----------
    y_true : (n,) array in {0, 1}
        Mask :math:`y`, the pixels of one image in a row.
    y_prob : (n,) array in [0, 1]
        Predicted probabilities :math:`p` of the foreground.
    eps : float >= 0
        Smoothing :math:`\epsilon`.

    Returns
    -------
    (n,) array
        Gradient :math:`\frac{\partial L}{\partial p}`.

    Raises
    ------
    ValueError
        If the shapes differ or are empty, a label is not 0 or 1, a probability is outside [0, 1], ``eps`` is
        negative, or the formula is 0/0.

    See Also
    --------
    dice : the loss.

    Notes
    -----
    It takes only two values, one for the pixels of the foreground and one for those of the background. Each
    depends on the whole image: small objects get large gradients.

    Examples
    --------
    >>> dice_grad([1, 1, 0, 0], [1, 0.5, 0.5, 0], eps=0)
    array([-0.3125, -0.3125,  0.1875,  0.1875])
    """
    y, p = np.asarray(y_true, dtype=float), np.asarray(y_prob, dtype=float)
    if y.shape != p.shape or not y.size:
        raise ValueError(f"need equal, non-empty shapes, got {y.shape} and {p.shape}")
    if not (np.isin(y, [0, 1]).all() and np.all((p >= 0) & (p <= 1))):
        raise ValueError(f"need labels 0 or 1 and probabilities in [0, 1], got {y} and {p}")
    overlap, total = eps + 2 * np.sum(y * p), eps + np.sum(y + p)
    if not 0 <= eps < np.inf or total == 0:
        raise ValueError(f"need a finite eps >= 0, and > 0 if both masks are empty, got {eps}")
    return (overlap / total - 2 * y) / total


@np.errstate(over="ignore")
def tversky(y_true, y_prob, alpha=0.5, beta=0.5, eps=1e-7):
    r"""One minus the soft Tversky index: overlap against weighted misses and false alarms.

    .. math::
        L = 1 - \frac{\epsilon + \sum_{i=1}^{n} y_i p_i}{\epsilon + \sum_{i=1}^{n}
            (y_i p_i + \alpha (1 - y_i) p_i + \beta y_i (1 - p_i))}

    Use it for segmentation when missing a pixel and marking one wrongly are not equally bad;
    :math:`\beta > \alpha` favors recall.

    Parameters
    ----------
    y_true : (n,) array in {0, 1}
        Mask :math:`y`, the pixels of one image in a row.
    y_prob : (n,) array in [0, 1]
        Predicted probabilities :math:`p` of the foreground.
    alpha : float >= 0
        Weight :math:`\alpha` of the false positives.
    beta : float >= 0
        Weight :math:`\beta` of the false negatives.
    eps : float >= 0
        Smoothing :math:`\epsilon`; makes two empty masks cost 0.

    Returns
    -------
    float in [0, 1]
        Loss :math:`L`.

    Raises
    ------
    ValueError
        If the shapes differ or are empty, a label is not 0 or 1, a probability is outside [0, 1], a weight
        or ``eps`` is negative, or the formula is 0/0.

    See Also
    --------
    tversky_grad : its gradient.
    dice : both weights one half.
    scipy.spatial.distance.dice : the same for both weights one half and no smoothing.
    keras.losses.Tversky : up to 3.15 ``alpha`` weighs the false negatives; smooths only the denominator.
    optax.losses.dice_loss : the same with ``smooth=eps``, given logits first.

    Notes
    -----
    :math:`\alpha = \beta = 1` gives the Jaccard index (intersection over union), :math:`\alpha = \beta = 1/2`
    gives Dice. The paper found :math:`\alpha = 0.3`, :math:`\beta = 0.7` best for the lesions of multiple
    sclerosis.

    Implementations swap the two weights. Here, in the paper and in Optax, :math:`\alpha` weighs false
    positives. Keras says so too, but up to version 3.15 its code weighs false negatives with it; with equal
    weights nobody sees it.

    With both weights one half, :math:`\epsilon` here does what :math:`2 \epsilon` does in :func:`dice`.

    References
    ----------
    .. [1] Salehi, S. S. M., Erdogmus, D., Gholipour, A. (2017). Tversky loss function for image
       segmentation using 3D fully convolutional deep networks. arXiv:1706.05721

    Examples
    --------
    Masks of 2 and 3 pixels that share 1 (Jaccard index 1/4), then with the missed pixel counted twice:

    >>> tversky([1, 1, 0, 0, 0], [0, 1, 1, 1, 0], alpha=1, beta=1, eps=0)
    0.75
    >>> tversky([1, 1, 0, 0, 0], [0, 1, 1, 1, 0], alpha=1, beta=2, eps=0)
    0.8
    """
    y, p = np.asarray(y_true, dtype=float), np.asarray(y_prob, dtype=float)
    if y.shape != p.shape or not y.size:
        raise ValueError(f"need equal, non-empty shapes, got {y.shape} and {p.shape}")
    if not (np.isin(y, [0, 1]).all() and np.all((p >= 0) & (p <= 1))):
        raise ValueError(f"need labels 0 or 1 and probabilities in [0, 1], got {y} and {p}")
    if not (0 <= alpha < np.inf and 0 <= beta < np.inf and 0 <= eps < np.inf):
        raise ValueError(f"need finite alpha, beta, eps >= 0, got {alpha}, {beta} and {eps}")
    overlap = eps + np.sum(y * p)
    total = eps + np.sum(y * p + alpha * (1 - y) * p + beta * y * (1 - p))
    if total == 0:
        raise ValueError("0/0: nothing overlaps and nothing counts as wrong; use eps > 0")
    return float(1 - overlap / total)


@np.errstate(over="ignore")
def tversky_grad(y_true, y_prob, alpha=0.5, beta=0.5, eps=1e-7):
    r"""Gradient of the soft Tversky loss with respect to the probabilities.

    .. math::
        \begin{aligned}
            \frac{\partial L}{\partial p_i} &= \frac{1}{T} \left(\frac{\epsilon + \sum_{j=1}^{n} y_j p_j}{T}
                (y_i + \alpha (1 - y_i) - \beta y_i) - y_i\right) \\
            T &= \epsilon + \sum_{j=1}^{n} (y_j p_j + \alpha (1 - y_j) p_j + \beta y_j (1 - p_j))
        \end{aligned}

    Parameters
    ----------
    y_true : (n,) array in {0, 1}
        Mask :math:`y`, the pixels of one image in a row.
    y_prob : (n,) array in [0, 1]
        Predicted probabilities :math:`p` of the foreground.
    alpha : float >= 0
        Weight :math:`\alpha` of the false positives.
    beta : float >= 0
        Weight :math:`\beta` of the false negatives.
    eps : float >= 0
        Smoothing :math:`\epsilon`.

    Returns
    -------
    (n,) array
        Gradient :math:`\frac{\partial L}{\partial p}`.

    Raises
    ------
    ValueError
        If the shapes differ or are empty, a label is not 0 or 1, a probability is outside [0, 1], a weight
        or ``eps`` is negative, or the formula is 0/0.

    See Also
    --------
    tversky : the loss.

    Examples
    --------
    >>> tversky_grad([1, 1, 0, 0], [1, 0.5, 0.5, 0], alpha=1, beta=1, eps=0)
    array([-0.4 , -0.4 ,  0.24,  0.24])
    """
    y, p = np.asarray(y_true, dtype=float), np.asarray(y_prob, dtype=float)
    if y.shape != p.shape or not y.size:
        raise ValueError(f"need equal, non-empty shapes, got {y.shape} and {p.shape}")
    if not (np.isin(y, [0, 1]).all() and np.all((p >= 0) & (p <= 1))):
        raise ValueError(f"need labels 0 or 1 and probabilities in [0, 1], got {y} and {p}")
    if not (0 <= alpha < np.inf and 0 <= beta < np.inf and 0 <= eps < np.inf):
        raise ValueError(f"need finite alpha, beta, eps >= 0, got {alpha}, {beta} and {eps}")
    overlap = eps + np.sum(y * p)
    total = eps + np.sum(y * p + alpha * (1 - y) * p + beta * y * (1 - p))
    if total == 0:
        raise ValueError("0/0: nothing overlaps and nothing counts as wrong; use eps > 0")
    return (overlap / total * (y + alpha * (1 - y) - beta * y) - y) / total
