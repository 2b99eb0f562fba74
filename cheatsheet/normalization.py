"""Normalization layers: mean and variance of activations are set, then learned anew."""

import numpy as np

# %% Normalization


@np.errstate(over="ignore", invalid="ignore")
def batch_norm(x, gamma, beta, state=None, momentum=0.1, eps=1e-5):
    r"""Each feature gets mean 0 and variance 1 over the batch, then a learned scale and shift.

    .. math::
        \begin{aligned}
        y_{t,ij} &= \gamma_j \frac{x_{t,ij} - \mu_{t,j}}{\sqrt{v_{t,j} + \epsilon}} + \beta_j \\
        M_{t,j} &= (1 - \alpha) M_{t-1,j} + \alpha \, \mu_{t,j}, \quad M_0 = 0 \\
        V_{t,j} &= (1 - \alpha) V_{t-1,j} + \alpha \, \frac{n}{n - 1} v_{t,j}, \quad V_0 = 1 \\
        \mu_{t,j} &= \frac{1}{n} \sum_{i=1}^{n} x_{t,ij} \\
        v_{t,j} &= \frac{1}{n} \sum_{i=1}^{n} (x_{t,ij} - \mu_{t,j})^2
        \end{aligned}

    Use it while training, mostly between a dense or convolutional layer and its activation; not for small
    batches. To predict, use ``batch_norm_inference`` with the state.

    Parameters
    ----------
    x : (n, d) array
        Inputs :math:`x`, one example per row.
    gamma : (d,) array
        Scales :math:`\gamma`, at first 1.
    beta : (d,) array
        Shifts :math:`\beta`, at first 0.
    state : tuple or None
        What the last call returned, None before the first:

        mean : (d,) array
            Running mean :math:`M`.
        var : (d,) array in [0, inf)
            Running variance :math:`V`.
    momentum : float in [0, 1]
        Weight of the newest batch in the running statistics :math:`\alpha`.
    eps : float > 0
        Small number :math:`\epsilon` that keeps the divisor from 0.

    Returns
    -------
    y : (n, d) array
        Outputs :math:`y`: mean :math:`\beta`, standard deviation about :math:`\gamma`.
    backward : function
        Takes the gradient by ``y``; returns those by the arrays:

        dx : (n, d) array
            By ``x``.
        dgamma : (d,) array
            By ``gamma``.
        dbeta : (d,) array
            By ``beta``.
    state : tuple
        For the next batch and for inference: ``(mean, var)``.

    Raises
    ------
    ValueError
        If the shapes do not fit, there are fewer than two rows, mean or variance is not finite, or a scalar
        is outside its set.

    See Also
    --------
    batch_norm_inference : with the running statistics.
    layer_norm : over the features of each example.
    group_norm : for images in small batches.
    torch.nn.functional.batch_norm : the same with ``training=True``; changes the running statistics in place.
    keras.layers.BatchNormalization : the outputs are the same; ``momentum`` is the weight of the past there,
        0.99, the running variance is the biased one, ``epsilon`` is 0.001.

    Notes
    -----
    In the formula :math:`t` counts batches. Two variances are at work: the batch is divided by the biased
    one, the running one averages the unbiased one (here and in PyTorch). Backward, mean and variance
    depend on :math:`x` too, so two projections are taken off: with :math:`\hat{x}` before scale and
    shift, :math:`\partial L / \partial x` is :math:`\gamma / \sqrt{v + \epsilon}` times ``dy - mean(dy) -
    x_hat * mean(dy * x_hat)``. A bias in the layer before is useless, as the mean is subtracted. With
    :math:`\gamma = \sqrt{v + \epsilon}` and :math:`\beta = \mu` the layer would do nothing. Images: give
    each pixel a row, channels as columns. Why it helps is disputed: the paper says, since the inputs of a
    layer shift less; later work, since the loss becomes smoother.

    References
    ----------
    .. [1] Ioffe, S., Szegedy, C. (2015). Batch Normalization: Accelerating Deep Network Training by Reducing
       Internal Covariate Shift. arXiv:1502.03167
    .. [2] Santurkar, S., Tsipras, D., Ilyas, A., Madry, A. (2018). How Does Batch Normalization Help
       Optimization? arXiv:1805.11604

    Examples
    --------
    >>> y, backward, state = batch_norm([[1, 100], [3, 500]], gamma=[1, 10], beta=[0, 5])
    >>> y.round(3)
    array([[-1., -5.],
           [ 1., 15.]])
    >>> mean, var = state  # a tenth of the batch's mean 2 and unbiased variance 2, nine tenths of 0 and 1
    >>> print(f"{mean[0]:.2f} {var[0]:.2f}")
    0.20 1.10

    Images (n, c, h, w): every pixel is a row.

    >>> images = np.arange(24.0).reshape(2, 3, 2, 2)
    >>> rows = images.transpose(0, 2, 3, 1).reshape(-1, 3)
    >>> y, backward, state = batch_norm(rows, np.ones(3), np.zeros(3))
    >>> y.reshape(2, 2, 2, 3).transpose(0, 3, 1, 2).mean(axis=(0, 2, 3)).round(6)
    array([0., 0., 0.])
    """
    x, gamma, beta = (np.asarray(a, dtype=float) for a in (x, gamma, beta))
    mean, var = state or (np.zeros_like(gamma), np.ones_like(gamma))
    if x.ndim != 2 or len(x) < 2 or not x.shape[1:] == gamma.shape == beta.shape == mean.shape == var.shape:
        shapes = x.shape, gamma.shape, beta.shape, mean.shape, var.shape
        raise ValueError(f"need x (n, d) with n > 1, gamma, beta, mean and var (d,), got {shapes}")
    if not (0 <= momentum <= 1 and eps > 0):
        raise ValueError(f"need momentum in [0, 1] and eps > 0, got {momentum} and {eps}")
    n = len(x)
    mu, v = np.asarray_chkfinite([x.mean(axis=0), x.var(axis=0)])  # (d,)
    std = np.sqrt(v + eps)
    x_hat = (x - mu) / std  # (n, d)
    y = gamma * x_hat + beta
    mean = (1 - momentum) * mean + momentum * mu
    var = (1 - momentum) * var + momentum * n / (n - 1) * v

    def backward(dy):
        dy = np.asarray(dy, dtype=float)
        if dy.shape != y.shape:
            raise ValueError(f"need the shape of y, got {dy.shape} and {y.shape}")
        dgamma, dbeta = (dy * x_hat).sum(axis=0), dy.sum(axis=0)
        dx = gamma / std * (dy - dbeta / n - x_hat * dgamma / n)
        return dx, dgamma, dbeta

    return y, backward, (mean, var)


@np.errstate(over="ignore", invalid="ignore")
def batch_norm_inference(x, mean, var, gamma, beta, eps=1e-5):
    r"""Batch normalization with given mean and variance: a fixed scale and shift per feature.

    .. math::
        y_{ij} = \gamma_j \frac{x_{ij} - M_j}{\sqrt{V_j + \epsilon}} + \beta_j

    Use it to predict, with the running statistics of the training: an example's result does not depend on
    the others in its batch.

    Parameters
    ----------
    x : (n, d) array
        Inputs :math:`x`.
    mean : (d,) array in (-inf, inf)
        Running mean :math:`M`.
    var : (d,) array in [0, inf)
        Running variance :math:`V`.
    gamma : (d,) array
        Scales :math:`\gamma`.
    beta : (d,) array
        Shifts :math:`\beta`.
    eps : float > 0
        Small number :math:`\epsilon`, the same as in training.

    Returns
    -------
    y : (n, d) array
        Outputs :math:`y`.
    backward : function
        Takes the gradient by ``y``; returns those by what is learned and by the input:

        dx : (n, d) array
            By ``x``.
        dgamma : (d,) array
            By ``gamma``.
        dbeta : (d,) array
            By ``beta``.

    Raises
    ------
    ValueError
        If the shapes do not fit, a mean is not finite, a variance is negative or ``eps`` is not positive.

    See Also
    --------
    batch_norm : in training.
    torch.nn.functional.batch_norm : the same with ``training=False``.
    keras.ops.batch_normalization : the same; takes ``offset`` before ``scale``; ``epsilon`` is 0.001.

    Notes
    -----
    As it is linear, it can be merged into the layer before: multiply that layer's weights and bias by
    :math:`\gamma / \sqrt{V + \epsilon}` and shift the bias. Forgetting to switch to it at inference is a
    common bug; in training mode a batch of one example would come out as :math:`\beta`, whatever it is.
    Fine-tuning with frozen statistics uses its backward pass.

    References
    ----------
    .. [1] Ioffe, S., Szegedy, C. (2015). Batch Normalization: Accelerating Deep Network Training by Reducing
       Internal Covariate Shift. arXiv:1502.03167

    Examples
    --------
    >>> y, backward = batch_norm_inference([[5.0], [1.0]], mean=[3], var=[4], gamma=[10], beta=[1])
    >>> y.round(3)
    array([[11.],
           [-9.]])
    """
    x, mean, var, gamma, beta = (np.asarray(a, dtype=float) for a in (x, mean, var, gamma, beta))
    if x.ndim != 2 or not x.shape[1:] == mean.shape == var.shape == gamma.shape == beta.shape:
        shapes = x.shape, mean.shape, var.shape, gamma.shape, beta.shape
        raise ValueError(f"need x (n, d), mean, var, gamma and beta (d,), got {shapes}")
    if not (np.isfinite(mean).all() and (var >= 0).all() and eps > 0):
        raise ValueError(f"need finite means, variances from 0 on and eps > 0, got {mean}, {var} and {eps}")
    std = np.sqrt(var + eps)
    x_hat = (x - mean) / std  # (n, d)
    y = gamma * x_hat + beta

    def backward(dy):
        dy = np.asarray(dy, dtype=float)
        if dy.shape != y.shape:
            raise ValueError(f"need the shape of y, got {dy.shape} and {y.shape}")
        return gamma / std * dy, (dy * x_hat).sum(axis=0), dy.sum(axis=0)

    return y, backward


@np.errstate(over="ignore", invalid="ignore")
def layer_norm(x, gamma, beta, eps=1e-5):
    r"""Each example gets mean 0 and variance 1 over its features, then a scale and a shift.

    .. math::
        y_j = \gamma_j \frac{x_j - \mu}{\sqrt{v + \epsilon}} + \beta_j, \quad
        \mu = \frac{1}{d} \sum_{l=1}^{d} x_l, \quad v = \frac{1}{d} \sum_{l=1}^{d} (x_l - \mu)^2

    Use it in transformers and recurrent networks: it needs no batch, and does the same in training and
    prediction.

    Parameters
    ----------
    x : (..., d) array
        Inputs :math:`x`; each row of the last axis is normalized by itself.
    gamma : (d,) array
        Scales :math:`\gamma`, at first 1.
    beta : (d,) array
        Shifts :math:`\beta`, at first 0.
    eps : float > 0
        Small number :math:`\epsilon` that keeps the divisor from 0.

    Returns
    -------
    y : (..., d) array
        Outputs :math:`y`.
    backward : function
        Takes the gradient by ``y``; returns those by the arrays:

        dx : (..., d) array
            By ``x``.
        dgamma : (d,) array
            By ``gamma``.
        dbeta : (d,) array
            By ``beta``.

    Raises
    ------
    ValueError
        If the shapes do not fit, there is no feature, a variance is not finite or ``eps`` is not positive.

    See Also
    --------
    rms_norm : without the mean.
    batch_norm : over the examples.
    torch.nn.functional.layer_norm : the same with ``normalized_shape=(d,)``.
    keras.ops.layer_normalization : the same; the layer's ``epsilon`` is 0.001.
    jax.nn.standardize : without scale and shift.

    Notes
    -----
    In a transformer a row is one token, so tokens do not see each other here. The variance is the biased one
    everywhere. Backward it is batch normalization with the axes exchanged: :math:`\partial L / \partial x`
    is the gradient before scale and shift, less its mean and less its part along :math:`\hat{x}`, over the
    standard deviation.

    References
    ----------
    .. [1] Ba, J. L., Kiros, J. R., Hinton, G. E. (2016). Layer Normalization. arXiv:1607.06450

    Examples
    --------
    >>> y, backward = layer_norm([[1, 3], [10, 50]], gamma=[1, 1], beta=[0, 0])
    >>> y.round(3)
    array([[-1.,  1.],
           [-1.,  1.]])
    """
    x, gamma, beta = (np.asarray(a, dtype=float) for a in (x, gamma, beta))
    if not gamma.size or not x.shape[-1:] == gamma.shape == beta.shape:
        raise ValueError(f"need x (..., d), gamma and beta (d,), got {x.shape}, {gamma.shape}, {beta.shape}")
    if not eps > 0:
        raise ValueError(f"need eps > 0, got {eps}")
    mu = x.mean(axis=-1, keepdims=True)  # (..., 1)
    std = np.sqrt(np.asarray_chkfinite(x.var(axis=-1, keepdims=True)) + eps)
    x_hat = (x - mu) / std  # (..., d)
    y = gamma * x_hat + beta

    def backward(dy):
        dy = np.asarray(dy, dtype=float)
        if dy.shape != y.shape:
            raise ValueError(f"need the shape of y, got {dy.shape} and {y.shape}")
        dx_hat = dy * gamma
        along = (dx_hat * x_hat).mean(axis=-1, keepdims=True)
        dx = (dx_hat - dx_hat.mean(axis=-1, keepdims=True) - x_hat * along) / std
        others = tuple(range(x.ndim - 1))
        return dx, (dy * x_hat).sum(axis=others), dy.sum(axis=others)

    return y, backward


@np.errstate(over="ignore", invalid="ignore")
def rms_norm(x, gamma, eps=1e-6):
    r"""Each example is divided by the root mean square of its features, then scaled.

    .. math::
        y_j = \gamma_j \frac{x_j}{\sqrt{v + \epsilon}}, \quad v = \frac{1}{d} \sum_{l=1}^{d} x_l^2

    Use it in place of layer normalization in large language models: it is cheaper and does about as well.

    Parameters
    ----------
    x : (..., d) array
        Inputs :math:`x`; each row of the last axis is normalized by itself.
    gamma : (d,) array
        Scales :math:`\gamma`, at first 1.
    eps : float > 0
        Small number :math:`\epsilon` that keeps the divisor from 0.

    Returns
    -------
    y : (..., d) array
        Outputs :math:`y`.
    backward : function
        Takes the gradient by ``y``; returns those by the arrays:

        dx : (..., d) array
            By ``x``.
        dgamma : (d,) array
            By ``gamma``.

    Raises
    ------
    ValueError
        If the shapes do not fit, there is no feature, a mean square is not finite or ``eps`` is not positive.

    See Also
    --------
    layer_norm : subtracts the mean first.
    torch.nn.functional.rms_norm : the same with ``normalized_shape=(d,)``; ``eps`` is the machine's
        epsilon unless given.
    keras.ops.rms_normalization : the same; the layer's ``epsilon`` is 1e-6.

    Notes
    -----
    Where the features have mean 0, it is layer normalization without a shift. A constant added to all
    features changes the result here and does not there. Backward, only the part of the gradient along
    :math:`x` is taken off.

    References
    ----------
    .. [1] Zhang, B., Sennrich, R. (2019). Root Mean Square Layer Normalization. arXiv:1910.07467

    Examples
    --------
    >>> y, backward = rms_norm([[1, 7], [30, 40]], gamma=[1, 1])
    >>> y.round(3)
    array([[0.2  , 1.4  ],
           [0.849, 1.131]])
    """
    x, gamma = np.asarray(x, dtype=float), np.asarray(gamma, dtype=float)
    if not gamma.size or x.shape[-1:] != gamma.shape:
        raise ValueError(f"need x (..., d) and gamma (d,), got {x.shape} and {gamma.shape}")
    if not eps > 0:
        raise ValueError(f"need eps > 0, got {eps}")
    rms = np.sqrt(np.asarray_chkfinite((x**2).mean(axis=-1, keepdims=True)) + eps)  # (..., 1)
    x_hat = x / rms  # (..., d)
    y = gamma * x_hat

    def backward(dy):
        dy = np.asarray(dy, dtype=float)
        if dy.shape != y.shape:
            raise ValueError(f"need the shape of y, got {dy.shape} and {y.shape}")
        dx_hat = dy * gamma
        dx = (dx_hat - x_hat * (dx_hat * x_hat).mean(axis=-1, keepdims=True)) / rms
        return dx, (dy * x_hat).sum(axis=tuple(range(x.ndim - 1)))

    return y, backward


@np.errstate(over="ignore", invalid="ignore")
def group_norm(x, gamma, beta, groups, eps=1e-5):
    r"""Each group of channels of each image gets mean 0 and variance 1.

    .. math::
        \begin{aligned}
        y_{ijpq} &= \gamma_j \frac{x_{ijpq} - \mu_{ij}}{\sqrt{v_{ij} + \epsilon}} + \beta_j \\
        \mu_{ij} &= \frac{G}{c} \sum_{l \,:\, \lceil l G / c \rceil = \lceil j G / c \rceil}
        \operatorname{mean}(x_{il}) \\
        v_{ij} &= \frac{G}{c} \sum_{l \,:\, \lceil l G / c \rceil = \lceil j G / c \rceil}
        \operatorname{mean}((x_{il} - \mu_{ij})^2)
        \end{aligned}

    Use it for images when batches are small, as in detection and segmentation.

    Parameters
    ----------
    x : (n, c, h, w) array
        Inputs :math:`x`.
    gamma : (c,) array
        Scales :math:`\gamma`, one per channel, at first 1.
    beta : (c,) array
        Shifts :math:`\beta`, one per channel, at first 0.
    groups : int >= 1
        Groups :math:`G` of neighboring channels; divides their number.
    eps : float > 0
        Small number :math:`\epsilon` that keeps the divisor from 0.

    Returns
    -------
    y : (n, c, h, w) array
        Outputs :math:`y`.
    backward : function
        Takes the gradient by ``y``; returns those by the arrays:

        dx : (n, c, h, w) array
            By ``x``.
        dgamma : (c,) array
            By ``gamma``.
        dbeta : (c,) array
            By ``beta``.

    Raises
    ------
    ValueError
        If the shapes do not fit, ``groups`` is no divisor of the channels, the images are empty, a variance
        is not finite or ``eps`` is not positive.

    See Also
    --------
    instance_norm : one channel per group.
    batch_norm : over the batch, each channel by itself.
    torch.nn.functional.group_norm : the same; takes the groups second.
    keras.layers.GroupNormalization : the same; 32 groups unless given; ``epsilon`` is 0.001.

    Notes
    -----
    With one group it normalizes each image as a whole, with as many groups as channels it is instance
    normalization. Nothing depends on the batch, so training and prediction are the same. The sums run over
    the channels :math:`l` of the group that :math:`j` is in.

    References
    ----------
    .. [1] Wu, Y., He, K. (2018). Group Normalization. arXiv:1803.08494

    Examples
    --------
    Channels of one row and two pixels; the first two are one group, the last two another.

    >>> x = [[[[1, 1]], [[3, 3]], [[10, 50]], [[10, 50]]]]
    >>> y, backward = group_norm(x, np.ones(4), np.zeros(4), groups=2)
    >>> y[0, :, 0].round(3)
    array([[-1., -1.],
           [ 1.,  1.],
           [-1.,  1.],
           [-1.,  1.]])
    """
    x, gamma, beta = (np.asarray(a, dtype=float) for a in (x, gamma, beta))
    if x.ndim != 4 or 0 in x.shape[1:] or not x.shape[1:2] == gamma.shape == beta.shape:
        raise ValueError(f"need x (n, c, h, w), gamma, beta (c,), got {x.shape}, {gamma.shape}, {beta.shape}")
    if not (groups >= 1 and x.shape[1] % groups == 0 and eps > 0):
        raise ValueError(f"need groups that divide {x.shape[1]} channels, eps > 0, got {groups} and {eps}")
    grouped = x.reshape(
        len(x), int(groups), np.prod(x.shape[1:]) // int(groups)
    )  # (n, groups, numbers in each)
    mu = grouped.mean(axis=2, keepdims=True)  # (n, groups, 1)
    std = np.sqrt(np.asarray_chkfinite(grouped.var(axis=2, keepdims=True)) + eps)
    x_hat = (grouped - mu) / std
    y = gamma[:, None, None] * x_hat.reshape(x.shape) + beta[:, None, None]

    def backward(dy):
        dy = np.asarray(dy, dtype=float)
        if dy.shape != y.shape:
            raise ValueError(f"need the shape of y, got {dy.shape} and {y.shape}")
        dx_hat = (dy * gamma[:, None, None]).reshape(grouped.shape)
        along = (dx_hat * x_hat).mean(axis=2, keepdims=True)
        dx = (dx_hat - dx_hat.mean(axis=2, keepdims=True) - x_hat * along) / std
        dgamma = (dy * x_hat.reshape(x.shape)).sum(axis=(0, 2, 3))
        return dx.reshape(x.shape), dgamma, dy.sum(axis=(0, 2, 3))

    return y, backward


@np.errstate(over="ignore", invalid="ignore")
def instance_norm(x, gamma, beta, eps=1e-5):
    r"""Each channel of each image gets mean 0 and variance 1.

    .. math::
        \begin{aligned}
        y_{ijpq} &= \gamma_j \frac{x_{ijpq} - \mu_{ij}}{\sqrt{v_{ij} + \epsilon}} + \beta_j \\
        \mu_{ij} &= \frac{1}{h w} \sum_{p,q} x_{ijpq} \\
        v_{ij} &= \frac{1}{h w} \sum_{p,q} (x_{ijpq} - \mu_{ij})^2
        \end{aligned}

    Use it to transfer styles and generate images, where the contrast of a single image should not matter.

    Parameters
    ----------
    x : (n, c, h, w) array
        Inputs :math:`x`.
    gamma : (c,) array
        Scales :math:`\gamma`, one per channel, at first 1.
    beta : (c,) array
        Shifts :math:`\beta`, one per channel, at first 0.
    eps : float > 0
        Small number :math:`\epsilon` that keeps the divisor from 0.

    Returns
    -------
    y : (n, c, h, w) array
        Outputs :math:`y`.
    backward : function
        Takes the gradient by ``y``; returns those by the arrays:

        dx : (n, c, h, w) array
            By ``x``.
        dgamma : (c,) array
            By ``gamma``.
        dbeta : (c,) array
            By ``beta``.

    Raises
    ------
    ValueError
        If the shapes do not fit, the images are empty, a variance is not finite or ``eps`` is not positive.

    See Also
    --------
    group_norm : several channels together.
    batch_norm : over the batch as well.
    torch.nn.functional.instance_norm : the same; the layer has neither scale nor shift unless
        ``affine=True``.
    keras.layers.GroupNormalization : the same with ``groups=-1``; ``epsilon`` is 0.001.

    Notes
    -----
    Brightness and contrast of a map are lost, whatever they meant. It is of no use before a global average
    pooling: all means would be :math:`\beta`.

    References
    ----------
    .. [1] Ulyanov, D., Vedaldi, A., Lempitsky, V. (2016). Instance Normalization: The Missing Ingredient for
       Fast Stylization. arXiv:1607.08022

    Examples
    --------
    >>> x = [[[[1, 3], [1, 3]], [[10, 10], [50, 50]]]]
    >>> y, backward = instance_norm(x, gamma=[1, 2], beta=[0, 5])
    >>> y.round(3)
    array([[[[-1.,  1.],
             [-1.,  1.]],
    <BLANKLINE>
            [[ 3.,  3.],
             [ 7.,  7.]]]])
    """
    x, gamma, beta = (np.asarray(a, dtype=float) for a in (x, gamma, beta))
    if x.ndim != 4 or 0 in x.shape[2:] or not x.shape[1:2] == gamma.shape == beta.shape:
        raise ValueError(f"need x (n, c, h, w), gamma, beta (c,), got {x.shape}, {gamma.shape}, {beta.shape}")
    if not eps > 0:
        raise ValueError(f"need eps > 0, got {eps}")
    mu = x.mean(axis=(2, 3), keepdims=True)  # (n, c, 1, 1)
    std = np.sqrt(np.asarray_chkfinite(x.var(axis=(2, 3), keepdims=True)) + eps)
    x_hat = (x - mu) / std  # (n, c, h, w)
    y = gamma[:, None, None] * x_hat + beta[:, None, None]

    def backward(dy):
        dy = np.asarray(dy, dtype=float)
        if dy.shape != y.shape:
            raise ValueError(f"need the shape of y, got {dy.shape} and {y.shape}")
        dx_hat = dy * gamma[:, None, None]
        along = (dx_hat * x_hat).mean(axis=(2, 3), keepdims=True)
        dx = (dx_hat - dx_hat.mean(axis=(2, 3), keepdims=True) - x_hat * along) / std
        return dx, (dy * x_hat).sum(axis=(0, 2, 3)), dy.sum(axis=(0, 2, 3))

    return y, backward
