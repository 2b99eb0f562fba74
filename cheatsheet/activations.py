"""Functions that turn the weighted sum of a unit, or of a layer, into its output."""

import numpy as np


# %% Linear, step and S-shaped


@np.errstate(over="ignore", invalid="ignore")
def linear(z, m=1.0):
    r"""A straight line through the origin: the input times a constant.

    .. math::
        f(z) = m z

    Use it, with slope 1, as the output of a regression model. Do not use it in hidden layers: a stack of
    linear layers is one linear layer.

    Parameters
    ----------
    z : (...) array
        Inputs :math:`z`.
    m : float
        Slope :math:`m`.

    Returns
    -------
    (...) array
        Outputs :math:`f(z)`.

    See Also
    --------
    linear_grad : its derivative.
    torch.nn.Identity : slope 1, as a module.
    keras.activations.linear : slope 1.
    jax.nn.identity : slope 1.

    Notes
    -----
    Also called identity when :math:`m = 1`. The output is graded, so several units can be compared, by their
    maximum or by softmax.

    The derivative is constant, but weight updates are not: the gradient of a weight is error times :math:`m`
    times the input of that weight. The defect is that the network stays linear, however deep it is.

    References
    ----------
    .. [1] Goodfellow, I., Bengio, Y., Courville, A. (2016). Deep Learning. MIT Press. ISBN 978-0-262-03561-3

    Examples
    --------
    >>> linear([-1, 0, 2], m=0.5)
    array([-0.5,  0. ,  1. ])
    """
    z = np.asarray(z, dtype=float)
    return m * z


def linear_grad(z, m=1.0):
    r"""Slope of the line: the same constant for every input.

    .. math::
        f'(z) = m

    Parameters
    ----------
    z : (...) array
        Inputs :math:`z`.
    m : float
        Slope :math:`m`.

    Returns
    -------
    (...) array
        Derivatives :math:`f'(z)`, one per input.

    Examples
    --------
    >>> linear_grad([-1, 0, 2], m=0.5)
    array([0.5, 0.5, 0.5])
    """
    z = np.asarray(z, dtype=float)
    return np.clip(z, m, m)  # m everywhere, NaN where z is NaN


@np.errstate(over="ignore", invalid="ignore")
def step(z, theta=0.0):
    r"""One from a threshold on, zero below it.

    .. math::
        f(z) = \mathbb{1}[z \ge \theta]

    Use it to turn a score into a decision after training. Do not train through it: its derivative is zero.

    Parameters
    ----------
    z : (...) array
        Inputs :math:`z`.
    theta : float
        Threshold :math:`\theta`, in the unit of the input.

    Returns
    -------
    (...) array in {0, 1}
        Outputs :math:`f(z)`.

    See Also
    --------
    step_grad : its derivative.
    sigmoid : a smooth step.
    torch.heaviside : threshold 0; the value at the threshold is an argument.
    keras.ops.heaviside : threshold 0; the value at the threshold is an argument.
    jax.numpy.heaviside : threshold 0; the value at the threshold is an argument.

    Notes
    -----
    Also called Heaviside function or threshold unit. The value at the threshold is a convention: 1 here, 1/2
    or 0 elsewhere.

    References
    ----------
    .. [1] McCulloch, W. S., Pitts, W. (1943). A Logical Calculus of the Ideas Immanent in Nervous Activity.
       The Bulletin of Mathematical Biophysics 5, 115-133. doi:10.1007/BF02478259

    Examples
    --------
    >>> step([-0.1, 0, 0.1])
    array([0., 1., 1.])
    >>> step([1, 2, 3], theta=2)
    array([0., 1., 1.])
    """
    z = np.asarray(z, dtype=float)
    return np.heaviside(z - theta, 1.0)


@np.errstate(over="ignore", invalid="ignore")
def step_grad(z, theta=0.0):
    r"""Derivative of the step: zero, so gradient descent learns nothing through it.

    .. math::
        f'(z) = \begin{cases}
            0 & z < \theta \\
            0 & \text{otherwise}
        \end{cases}

    At the threshold the step jumps and has no derivative; the value there is 0 by convention.

    Parameters
    ----------
    z : (...) array
        Inputs :math:`z`.
    theta : float
        Threshold :math:`\theta`, in the unit of the input.

    Returns
    -------
    (...) array in {0}
        Derivatives :math:`f'(z)`.

    Examples
    --------
    >>> step_grad([-0.1, 0, 0.1])
    array([0., 0., 0.])
    """
    z = np.asarray(z, dtype=float)
    return 0 * np.heaviside(z - theta, 1.0)  # 0 everywhere, NaN where z is NaN


def sigmoid(z):
    r"""An S-shaped curve from 0 to 1: the probability that belongs to a log odds.

    .. math::
        \sigma(z) = \frac{1}{1 + e^{-z}}

    Use it for the probability of a yes/no question, one per label, and for gates. In hidden layers of deep
    networks it makes gradients vanish; for one of several exclusive classes take softmax.

    Parameters
    ----------
    z : (...) array
        Inputs :math:`z`, log odds in nats.

    Returns
    -------
    (...) array in (0, 1)
        Probabilities :math:`\sigma(z)`.

    See Also
    --------
    sigmoid_grad : its derivative.
    tanh : the same shape, stretched to go from -1 to 1.
    softmax : for more than two exclusive classes.
    scipy.special.expit : the same.
    torch.sigmoid : the same.
    keras.activations.sigmoid : the same.
    jax.nn.sigmoid : the same.

    Notes
    -----
    Also called logistic function; its inverse is the logit :math:`\log \frac{p}{1 - p}`. It passes through
    :math:`(0, 0.5)`, and :math:`\sigma(-z) = 1 - \sigma(z)`. The ends 0 and 1 are never reached, but float64
    rounds to 1 from about :math:`z = 37` and to 0 below :math:`z = -745`.

    The code takes the exponential of negative numbers only. The naive ``1 / (1 + np.exp(-z))`` overflows at
    :math:`z = -1000`.

    References
    ----------
    .. [1] Bishop, C. M. (2006). Pattern Recognition and Machine Learning. Springer. ISBN 978-0-387-31073-2

    Examples
    --------
    >>> sigmoid([0, 2]).round(6)
    array([0.5     , 0.880797])
    >>> sigmoid([1.3, 2.6]).round(2)
    array([0.79, 0.93])
    >>> sigmoid([-1000, -746, 37, 1000])
    array([0., 0., 1., 1.])
    """
    z = np.asarray(z, dtype=float)
    return np.exp(np.minimum(z, 0)) / (1 + np.exp(-np.abs(z)))


def sigmoid_grad(z):
    r"""Slope of the sigmoid: a bell with its top, 1/4, at zero.

    .. math::
        \sigma'(z) = \operatorname{sigmoid}(z) \, (1 - \operatorname{sigmoid}(z))

    Parameters
    ----------
    z : (...) array
        Inputs :math:`z`.

    Returns
    -------
    (...) array in (0, 0.25]
        Derivatives :math:`\sigma'(z)`.

    Notes
    -----
    With the output :math:`a = \sigma(z)` at hand it is :math:`a (1 - a)`. That form loses digits where
    :math:`a` is close to 1; the code here does not. The slope fades gradually and never is exactly 0 (float64
    rounds it to 0 beyond :math:`|z| = 745`). Ten sigmoid layers multiply the gradient by at most
    :math:`0.25^{10} < 10^{-6}`.

    Examples
    --------
    >>> sigmoid_grad([0, 2, 5]).round(4)
    array([0.25  , 0.105 , 0.0066])
    >>> sigmoid_grad([-2, -5]).round(4)
    array([0.105 , 0.0066])
    """
    e = np.exp(-np.abs(np.asarray(z, dtype=float)))
    return e / (1 + e) ** 2


def hard_sigmoid(z):
    r"""Three straight pieces in place of the sigmoid: 0 below -3, 1 above 3, a line between.

    .. math::
        f(z) = \frac{\min(\max(z + 3, 0), 6)}{6}

    Use it for gates on phones and in integer arithmetic, where an exponential is too slow.

    Parameters
    ----------
    z : (...) array
        Inputs :math:`z`.

    Returns
    -------
    (...) array in [0, 1]
        Outputs :math:`f(z)`.

    See Also
    --------
    hard_sigmoid_grad : its derivative.
    sigmoid : the smooth original.
    torch.nn.functional.hardsigmoid : the same.
    keras.activations.hard_sigmoid : the same from Keras 3 on; before, another slope.
    jax.nn.hard_sigmoid : the same.

    Notes
    -----
    Equal to ``relu6(z + 3) / 6``, with slope 1/6. Keras 1 and 2 and Theano clip :math:`0.2 z + 0.5` instead,
    which ends at :math:`\pm 2.5`; weights trained with one do not fit the other. The sigmoid itself has slope
    1/4 at 0.

    References
    ----------
    .. [1] Howard, A., Sandler, M., Chu, G., Chen, L.-C., Chen, B., Tan, M., Wang, W., Zhu, Y., Pang, R.,
       Vasudevan, V., Le, Q. V., Adam, H. (2019). Searching for MobileNetV3. arXiv:1905.02244

    Examples
    --------
    >>> hard_sigmoid([-4, -1.5, 0, 1.5, 4])
    array([0.  , 0.25, 0.5 , 0.75, 1.  ])
    """
    z = np.asarray(z, dtype=float)
    return np.clip(z + 3, 0, 6) / 6


def hard_sigmoid_grad(z):
    r"""Slope of the hard sigmoid: 1/6 between -3 and 3, zero outside.

    .. math::
        f'(z) = \begin{cases}
            \frac{1}{6} & |z| < 3 \\
            0 & \text{otherwise}
        \end{cases}

    At the kinks -3 and 3 it is 0, as in PyTorch.

    Parameters
    ----------
    z : (...) array
        Inputs :math:`z`.

    Returns
    -------
    (...) array in [0, 1/6]
        Derivatives :math:`f'(z)`.

    Examples
    --------
    >>> hard_sigmoid_grad([-4, 0, 3]).round(4)
    array([0.    , 0.1667, 0.    ])
    """
    z = np.asarray(z, dtype=float)
    return np.heaviside(3 - np.abs(z), 0.0) / 6  # heaviside keeps NaN, a comparison does not


def tanh(z):
    r"""An S-shaped curve from -1 to 1, odd around zero.

    .. math::
        f(z) = \frac{e^z - e^{-z}}{e^z + e^{-z}}

    Use it where outputs should have both signs and be bounded, as in the states of recurrent networks. For
    probabilities and gates take the sigmoid.

    Parameters
    ----------
    z : (...) array
        Inputs :math:`z`.

    Returns
    -------
    (...) array in (-1, 1)
        Outputs :math:`f(z)`.

    See Also
    --------
    tanh_grad : its derivative.
    sigmoid : the same shape, squeezed to go from 0 to 1.
    torch.tanh : the same.
    keras.activations.tanh : the same.
    jax.nn.tanh : the same.

    Notes
    -----
    A stretched sigmoid: :math:`\tanh z = 2 \sigma(2 z) - 1`. Zero-centered, and four times as steep at 0, but
    it saturates too. The ends are never reached, though float64 rounds to them from about :math:`|z| = 19`.

    The formula typed literally gives NaN at :math:`z = 1000`: infinity over infinity.

    References
    ----------
    .. [1] LeCun, Y., Bottou, L., Orr, G. B., Müller, K.-R. (1998). Efficient BackProp.
       Neural Networks: Tricks of the Trade, 9-50. doi:10.1007/3-540-49430-8_2

    Examples
    --------
    >>> tanh([-1, 0, 1]).round(4)
    array([-0.7616,  0.    ,  0.7616])
    >>> tanh([-1000, 19, 1000])
    array([-1.,  1.,  1.])
    """
    return np.tanh(np.asarray(z, dtype=float))


def tanh_grad(z):
    r"""Slope of tanh: a bell with its top, 1, at zero.

    .. math::
        f'(z) = 1 - \tanh(z)^2

    Parameters
    ----------
    z : (...) array
        Inputs :math:`z`.

    Returns
    -------
    (...) array in (0, 1]
        Derivatives :math:`f'(z)`.

    Notes
    -----
    With the output :math:`a = \tanh z` at hand it is :math:`1 - a^2`. That form loses digits where
    :math:`|a|` is close to 1; the code here does not.

    Examples
    --------
    >>> tanh_grad([-1, 0, 1]).round(4)
    array([0.42, 1.  , 0.42])
    """
    e = np.exp(-np.abs(np.asarray(z, dtype=float))) ** 2
    return 4 * e / (1 + e) ** 2


def hard_tanh(z):
    r"""The input cut off at -1 and 1.

    .. math::
        f(z) = \min(\max(z, -1), 1)

    Use it in place of tanh where speed counts, and to keep a value within bounds.

    Parameters
    ----------
    z : (...) array
        Inputs :math:`z`.

    Returns
    -------
    (...) array in [-1, 1]
        Outputs :math:`f(z)`.

    See Also
    --------
    hard_tanh_grad : its derivative.
    tanh : the smooth original.
    torch.nn.functional.hardtanh : the same; the bounds are arguments.
    keras.activations.hard_tanh : the same.
    jax.nn.hard_tanh : the same.

    References
    ----------
    .. [1] Collobert, R., Weston, J., Bottou, L., Karlen, M., Kavukcuoglu, K., Kuksa, P. (2011).
       Natural Language Processing (almost) from Scratch. arXiv:1103.0398

    Examples
    --------
    >>> hard_tanh([-2, -0.5, 0, 0.5, 2])
    array([-1. , -0.5,  0. ,  0.5,  1. ])
    """
    return np.clip(np.asarray(z, dtype=float), -1, 1)


def hard_tanh_grad(z):
    r"""Slope of the hard tanh: one between -1 and 1, zero outside.

    .. math::
        f'(z) = \mathbb{1}[|z| < 1]

    At the kinks -1 and 1 it is 0, as in PyTorch; JAX takes 1.

    Parameters
    ----------
    z : (...) array
        Inputs :math:`z`.

    Returns
    -------
    (...) array in {0, 1}
        Derivatives :math:`f'(z)`.

    Examples
    --------
    >>> hard_tanh_grad([-2, 0.5, 1])
    array([0., 1., 0.])
    """
    z = np.asarray(z, dtype=float)
    return np.heaviside(1 - np.abs(z), 0.0)


def softsign(z):
    r"""An S-shaped curve from -1 to 1 that approaches its ends slowly.

    .. math::
        f(z) = \frac{z}{1 + |z|}

    Use it like tanh when units should saturate more slowly and no exponential is wanted.

    Parameters
    ----------
    z : (...) array
        Inputs :math:`z`.

    Returns
    -------
    (...) array in (-1, 1)
        Outputs :math:`f(z)`.

    See Also
    --------
    softsign_grad : its derivative.
    tanh : approaches its ends exponentially.
    torch.nn.functional.softsign : the same.
    keras.activations.softsign : the same.
    jax.nn.soft_sign : the same.

    References
    ----------
    .. [1] Nwankpa, C., Ijomah, W., Gachagan, A., Marshall, S. (2018). Activation Functions: Comparison of
       trends in Practice and Research for Deep Learning. arXiv:1811.03378

    Examples
    --------
    >>> softsign([-4, -1, 0, 1, 4])
    array([-0.8, -0.5,  0. ,  0.5,  0.8])
    """
    z = np.clip(np.asarray(z, dtype=float), -1e300, 1e300)  # inf / inf is NaN
    return z / (1 + np.abs(z))


def softsign_grad(z):
    r"""Slope of the softsign: a pointed bell with its top, 1, at zero.

    .. math::
        f'(z) = \frac{1}{(1 + |z|)^2}

    Parameters
    ----------
    z : (...) array
        Inputs :math:`z`.

    Returns
    -------
    (...) array in (0, 1]
        Derivatives :math:`f'(z)`.

    Examples
    --------
    >>> softsign_grad([-4, 0, 1])
    array([0.04, 1.  , 0.25])
    """
    z = np.asarray(z, dtype=float)
    return (1 / (1 + np.abs(z))) ** 2


# %% Rectifiers


def relu(z):
    r"""The input where it is positive, zero elsewhere.

    .. math::
        f(z) = \max(0, z)

    Use it as the first choice for hidden layers, and for outputs that cannot be negative. If many units die,
    lower the learning rate or take a leaky variant.

    Parameters
    ----------
    z : (...) array
        Inputs :math:`z`.

    Returns
    -------
    (...) array in [0, inf)
        Outputs :math:`f(z)`.

    See Also
    --------
    relu_grad : its derivative.
    leaky_relu : keeps a small slope for negative inputs.
    softplus : a smooth version.
    torch.nn.functional.relu : the same.
    keras.activations.relu : the same; slope, maximum and threshold are arguments.
    jax.nn.relu : the same.

    Notes
    -----
    Short for rectified linear unit. Rectifiers appear in Fukushima (1969) and became standard around 2010.
    They lessen vanishing gradients for active units only: where :math:`z < 0` the gradient is zero. A unit is
    off for those inputs that make its :math:`z` negative, which is normal and makes activations sparse; it is
    dead only if that holds for all training inputs.

    References
    ----------
    .. [1] Fukushima, K. (1969). Visual Feature Extraction by a Multilayered Network of Analog Threshold
       Elements. IEEE Transactions on Systems Science and Cybernetics 5(4), 322-333.
       doi:10.1109/TSSC.1969.300225

    Examples
    --------
    >>> relu([-2, 0, 3])
    array([0., 0., 3.])
    """
    return np.maximum(np.asarray(z, dtype=float), 0.0)


def relu_grad(z):
    r"""Slope of the rectifier: one for positive inputs, zero elsewhere.

    .. math::
        f'(z) = \mathbb{1}[z > 0]

    At the kink 0 any value from 0 to 1 is a subgradient; it is 0 here, as in PyTorch, Keras and JAX.

    Parameters
    ----------
    z : (...) array
        Inputs :math:`z`.

    Returns
    -------
    (...) array in {0, 1}
        Derivatives :math:`f'(z)`.

    Examples
    --------
    >>> relu_grad([-2, 0, 3])
    array([0., 0., 1.])
    """
    return np.heaviside(np.asarray(z, dtype=float), 0.0)


def relu6(z):
    r"""The rectifier cut off at 6.

    .. math::
        f(z) = \min(\max(z, 0), 6)

    Use it where activations are stored with few bits, as on phones: the range is known in advance.

    Parameters
    ----------
    z : (...) array
        Inputs :math:`z`.

    Returns
    -------
    (...) array in [0, 6]
        Outputs :math:`f(z)`.

    See Also
    --------
    relu6_grad : its derivative.
    relu : without the cut.
    torch.nn.functional.relu6 : the same.
    keras.activations.relu6 : the same.
    jax.nn.relu6 : the same.

    References
    ----------
    .. [1] Sandler, M., Howard, A., Zhu, M., Zhmoginov, A., Chen, L.-C. (2018). MobileNetV2: Inverted
       Residuals and Linear Bottlenecks. arXiv:1801.04381

    Examples
    --------
    >>> relu6([-2, 0, 3, 8])
    array([0., 0., 3., 6.])
    """
    return np.clip(np.asarray(z, dtype=float), 0, 6)


def relu6_grad(z):
    r"""Slope of the cut-off rectifier: one between 0 and 6, zero outside.

    .. math::
        f'(z) = \mathbb{1}[z > 0] \, \mathbb{1}[z < 6]

    At the kinks 0 and 6 it is 0, as in PyTorch.

    Parameters
    ----------
    z : (...) array
        Inputs :math:`z`.

    Returns
    -------
    (...) array in {0, 1}
        Derivatives :math:`f'(z)`.

    Examples
    --------
    >>> relu6_grad([-2, 0, 3, 8])
    array([0., 0., 1., 0.])
    """
    z = np.asarray(z, dtype=float)
    return np.heaviside(z, 0.0) * np.heaviside(6 - z, 0.0)


@np.errstate(over="ignore", invalid="ignore")
def leaky_relu(z, alpha=0.01):
    r"""The input where it is positive, a small fraction of it elsewhere.

    .. math::
        f(z) = \begin{cases}
            z & z > 0 \\
            \alpha z & \text{otherwise}
        \end{cases}

    Use it in place of ReLU when units die. Gains over ReLU vary from task to task.

    Parameters
    ----------
    z : (...) array
        Inputs :math:`z`.
    alpha : float
        Slope :math:`\alpha` for negative inputs.

    Returns
    -------
    (...) array
        Outputs :math:`f(z)`.

    See Also
    --------
    leaky_relu_grad : its derivative.
    prelu : learns the slope.
    torch.nn.functional.leaky_relu : the same; the slope is called negative_slope.
    keras.activations.leaky_relu : slope 0.2 unless told otherwise.
    jax.nn.leaky_relu : the same; the slope is called negative_slope.

    Notes
    -----
    Introduced by Maas, Hannun and Ng (2013), not by the PReLU paper that is often cited for it; Xu et al.
    (2015) compare slopes. Piecewise linear is not linear: the function works in deep classifiers.

    The shortcut ``np.maximum(alpha * z, z)`` is right only for :math:`0 \le \alpha \le 1`; the code here
    selects by sign.

    References
    ----------
    .. [1] Xu, B., Wang, N., Chen, T., Li, M. (2015). Empirical Evaluation of Rectified Activations in
       Convolutional Network. arXiv:1505.00853

    Examples
    --------
    >>> leaky_relu([-2, 0, 3])
    array([-0.02,  0.  ,  3.  ])
    >>> leaky_relu([-2, 0, 3], alpha=2)
    array([-4.,  0.,  3.])
    """
    z = np.asarray(z, dtype=float)
    return np.maximum(z, 0) + alpha * np.minimum(z, 0)


def leaky_relu_grad(z, alpha=0.01):
    r"""Slope of the leaky rectifier: one for positive inputs, a constant elsewhere.

    .. math::
        f'(z) = \begin{cases}
            1 & z > 0 \\
            \alpha & \text{otherwise}
        \end{cases}

    At the kink 0 it is the slope of the negative side, as in PyTorch; JAX takes 1.

    Parameters
    ----------
    z : (...) array
        Inputs :math:`z`.
    alpha : float
        Slope :math:`\alpha` for negative inputs.

    Returns
    -------
    (...) array
        Derivatives :math:`f'(z)`.

    Examples
    --------
    >>> leaky_relu_grad([-2, 0, 3])
    array([0.01, 0.01, 1.  ])
    """
    z = np.asarray(z, dtype=float)
    return np.select([z > 0, z <= 0], [1.0, alpha], np.nan)


@np.errstate(over="ignore", invalid="ignore")
def prelu(z, alpha):
    r"""A leaky rectifier whose negative slopes are learned, one per channel.

    .. math::
        f(z)_j = \begin{cases}
            z_j & z_j > 0 \\
            \alpha_j z_j & \text{otherwise}
        \end{cases}

    Use it in large networks with enough data to fit the slopes. Leave the slopes out of weight decay, which
    would pull them to zero and so to ReLU.

    Parameters
    ----------
    z : (..., k) array
        Inputs :math:`z`, one column per channel.
    alpha : (k,) array
        Slopes :math:`\alpha` for negative inputs, one per channel.

    Returns
    -------
    (..., k) array
        Outputs :math:`f(z)`.

    Raises
    ------
    ValueError
        If there is not one slope per channel.

    See Also
    --------
    prelu_grad : its derivatives.
    leaky_relu : one fixed slope.
    torch.nn.functional.prelu : channels are axis 1, also for images.
    keras.layers.PReLU : as a layer; one slope per unit, not per channel, unless axes are shared.

    Notes
    -----
    The paper and PyTorch start all slopes at 0.25, Keras at 0.

    References
    ----------
    .. [1] He, K., Zhang, X., Ren, S., Sun, J. (2015). Delving Deep into Rectifiers: Surpassing Human-Level
       Performance on ImageNet Classification. arXiv:1502.01852

    Examples
    --------
    >>> prelu([[-2, -2, 3], [4, -4, -1]], alpha=[0.5, 0.25, 1])
    array([[-1. , -0.5,  3. ],
           [ 4. , -1. , -1. ]])
    """
    z, alpha = np.asarray(z, dtype=float), np.asarray(alpha, dtype=float)
    if alpha.shape != z.shape[-1:]:
        raise ValueError(f"need one slope per channel, got {z.shape} and {alpha.shape}")
    return np.where(z > 0, z, alpha * z)


def prelu_grad(z, alpha):
    r"""Slopes of the learned rectifier: towards its input and towards its parameter.

    .. math::
        \frac{\partial f(z)_j}{\partial z_j} = \begin{cases}
            1 & z_j > 0 \\
            \alpha_j & \text{otherwise}
        \end{cases}, \qquad
        \frac{\partial f(z)_j}{\partial \alpha_j} = \min(0, z_j)

    At the kink 0 the first is the slope of the negative side, as in PyTorch.

    Parameters
    ----------
    z : (..., k) array
        Inputs :math:`z`, one column per channel.
    alpha : (k,) array
        Slopes :math:`\alpha` for negative inputs, one per channel.

    Returns
    -------
    dz : (..., k) array
        Derivatives :math:`\partial f(z)_j / \partial z_j`.
    dalpha : (..., k) array in (-inf, 0]
        Derivatives :math:`\partial f(z)_j / \partial \alpha_j`, one per input.

    Raises
    ------
    ValueError
        If there is not one slope per channel.

    Notes
    -----
    A slope is shared by all inputs of its channel. So its gradient for a loss is ``dalpha`` times the
    gradient of the loss, summed over all axes but the last.

    Examples
    --------
    >>> dz, dalpha = prelu_grad([[-2, -2, 3], [4, -4, -1]], alpha=[0.5, 0.25, 1])
    >>> dz
    array([[0.5 , 0.25, 1.  ],
           [1.  , 0.25, 1.  ]])
    >>> dalpha
    array([[-2., -2.,  0.],
           [ 0., -4., -1.]])
    """
    z, alpha = np.asarray(z, dtype=float), np.asarray(alpha, dtype=float)
    if alpha.shape != z.shape[-1:]:
        raise ValueError(f"need one slope per channel, got {z.shape} and {alpha.shape}")
    dz = np.where(z > 0, 1.0, alpha) + np.clip(z, 0, 0)  # plus 0, or NaN where z is NaN
    dalpha = np.minimum(z, 0)
    return dz, dalpha


def elu(z, alpha=1.0):
    r"""The input where it is positive, an exponential that levels off below zero elsewhere.

    .. math::
        f(z) = \begin{cases}
            z & z > 0 \\
            \alpha (e^z - 1) & \text{otherwise}
        \end{cases}

    Use it in hidden layers when mean activations near zero help and the cost of an exponential does not
    matter.

    Parameters
    ----------
    z : (...) array
        Inputs :math:`z`.
    alpha : float > 0
        Depth :math:`\alpha` of the negative end.

    Returns
    -------
    (...) array in (-alpha, inf)
        Outputs :math:`f(z)`.

    Raises
    ------
    ValueError
        If the depth is not positive and finite.

    See Also
    --------
    elu_grad : its derivative.
    celu : smooth for every depth.
    selu : scaled to keep mean and variance.
    torch.nn.functional.elu : the same.
    keras.activations.elu : the same.
    jax.nn.elu : the same.

    Notes
    -----
    Smooth at 0 only for :math:`\alpha = 1`. Whether it trains faster than ReLU depends on task and network.

    ``np.expm1`` keeps the digits that :math:`e^z - 1` loses near 0, and the minimum keeps large inputs away
    from the exponential.

    References
    ----------
    .. [1] Clevert, D.-A., Unterthiner, T., Hochreiter, S. (2015). Fast and Accurate Deep Network Learning by
       Exponential Linear Units (ELUs). arXiv:1511.07289

    Examples
    --------
    >>> elu([-1, 0, 2]).round(6)
    array([-0.632121,  0.      ,  2.      ])
    """
    z = np.asarray(z, dtype=float)
    if not 0 < alpha < np.inf:
        raise ValueError(f"the depth must be positive and finite, got {alpha}")
    return np.maximum(z, 0) + alpha * np.expm1(np.minimum(z, 0))


def elu_grad(z, alpha=1.0):
    r"""Slope of the ELU: one for positive inputs, an exponential elsewhere.

    .. math::
        f'(z) = \begin{cases}
            1 & z > 0 \\
            \alpha e^z & \text{otherwise}
        \end{cases}

    At 0, a kink unless the depth is 1, it is the slope of the negative side, as in PyTorch.

    Parameters
    ----------
    z : (...) array
        Inputs :math:`z`.
    alpha : float > 0
        Depth :math:`\alpha` of the negative end.

    Returns
    -------
    (...) array in (0, inf)
        Derivatives :math:`f'(z)`.

    Raises
    ------
    ValueError
        If the depth is not positive and finite.

    Examples
    --------
    >>> elu_grad([-1, 0, 2], alpha=0.5).round(4)
    array([0.1839, 0.5   , 1.    ])
    """
    z = np.asarray(z, dtype=float)
    if not 0 < alpha < np.inf:
        raise ValueError(f"the depth must be positive and finite, got {alpha}")
    return np.heaviside(z, 0.0) + alpha * np.exp(np.minimum(z, 0)) * np.heaviside(-z, 1.0)


@np.errstate(over="ignore")
def celu(z, alpha=1.0):
    r"""An ELU whose exponential is stretched so that the curve is smooth for every depth.

    .. math::
        f(z) = \max(0, z) + \min\left(0, \alpha (e^{z / \alpha} - 1)\right)

    Use it in place of ELU when the depth is not 1.

    Parameters
    ----------
    z : (...) array
        Inputs :math:`z`.
    alpha : float > 0
        Depth :math:`\alpha` of the negative end, in the unit of the input.

    Returns
    -------
    (...) array in (-alpha, inf)
        Outputs :math:`f(z)`.

    Raises
    ------
    ValueError
        If the depth is not positive and finite.

    See Also
    --------
    celu_grad : its derivative.
    elu : the same at depth 1.
    torch.nn.functional.celu : the same.
    keras.activations.celu : the same.
    jax.nn.celu : the same.

    References
    ----------
    .. [1] Barron, J. T. (2017). Continuously Differentiable Exponential Linear Units. arXiv:1704.07483

    Examples
    --------
    >>> celu([-1, 0, 2], alpha=2).round(6)
    array([-0.786939,  0.      ,  2.      ])
    """
    z = np.asarray(z, dtype=float)
    if not 0 < alpha < np.inf:
        raise ValueError(f"the depth must be positive and finite, got {alpha}")
    return np.maximum(z, 0) + alpha * np.expm1(np.minimum(z, 0) / alpha)


@np.errstate(over="ignore")
def celu_grad(z, alpha=1.0):
    r"""Slope of the CELU: one for positive inputs, an exponential elsewhere.

    .. math::
        f'(z) = \min\left(1, e^{z / \alpha}\right)

    Parameters
    ----------
    z : (...) array
        Inputs :math:`z`.
    alpha : float > 0
        Depth :math:`\alpha` of the negative end, in the unit of the input.

    Returns
    -------
    (...) array in (0, 1]
        Derivatives :math:`f'(z)`.

    Raises
    ------
    ValueError
        If the depth is not positive and finite.

    Examples
    --------
    >>> celu_grad([-1, 0, 2], alpha=2).round(4)
    array([0.6065, 1.    , 1.    ])
    """
    z = np.asarray(z, dtype=float)
    if not 0 < alpha < np.inf:
        raise ValueError(f"the depth must be positive and finite, got {alpha}")
    return np.exp(np.minimum(z, 0) / alpha)


@np.errstate(over="ignore")
def selu(z, alpha=1.6732632423543772, scale=1.0507009873554805):
    r"""An ELU scaled so that mean 0 and variance 1 survive from layer to layer.

    .. math::
        f(z) = c \left( \max(0, z) + \min(0, \alpha (e^z - 1)) \right)

    Use it in deep fully connected networks without normalization layers, with weights drawn from a normal
    distribution of variance 1 / fan-in.

    Parameters
    ----------
    z : (...) array
        Inputs :math:`z`.
    alpha : float > 0
        Depth :math:`\alpha` of the negative end before scaling.
    scale : float > 0
        Scale :math:`c`.

    Returns
    -------
    (...) array in (-scale * alpha, inf)
        Outputs :math:`f(z)`.

    Raises
    ------
    ValueError
        If the depth or the scale is not positive and finite.

    See Also
    --------
    selu_grad : its derivative.
    elu : without the scale.
    torch.nn.functional.selu : the same; the constants are fixed.
    keras.activations.selu : the same; the constants are fixed.
    jax.nn.selu : the same; the constants are fixed.

    Notes
    -----
    The two constants solve two equations: for a standard normal input the output has mean 0 and variance 1.
    The paper writes :math:`\lambda` for the scale :math:`c`.
    Dropout must be of the kind that keeps both, called alpha dropout.

    References
    ----------
    .. [1] Klambauer, G., Unterthiner, T., Mayr, A., Hochreiter, S. (2017). Self-Normalizing Neural Networks.
       arXiv:1706.02515

    Examples
    --------
    >>> selu([-1, 0, 2]).round(4)
    array([-1.1113,  0.    ,  2.1014])
    """
    z = np.asarray(z, dtype=float)
    if not (0 < alpha < np.inf and 0 < scale < np.inf):
        raise ValueError(f"depth and scale must be positive and finite, got {alpha} and {scale}")
    return scale * (np.maximum(z, 0) + alpha * np.expm1(np.minimum(z, 0)))


@np.errstate(over="ignore")
def selu_grad(z, alpha=1.6732632423543772, scale=1.0507009873554805):
    r"""Slope of the SELU: a constant above one for positive inputs, an exponential elsewhere.

    .. math::
        f'(z) = \begin{cases}
            c & z > 0 \\
            c \alpha e^z & \text{otherwise}
        \end{cases}

    At the kink 0 it is the slope of the negative side, as in PyTorch.

    Parameters
    ----------
    z : (...) array
        Inputs :math:`z`.
    alpha : float > 0
        Depth :math:`\alpha` of the negative end before scaling.
    scale : float > 0
        Scale :math:`c`.

    Returns
    -------
    (...) array in (0, inf)
        Derivatives :math:`f'(z)`.

    Raises
    ------
    ValueError
        If the depth or the scale is not positive and finite.

    Examples
    --------
    >>> selu_grad([-1, 0, 2]).round(4)
    array([0.6468, 1.7581, 1.0507])
    """
    z = np.asarray(z, dtype=float)
    if not (0 < alpha < np.inf and 0 < scale < np.inf):
        raise ValueError(f"depth and scale must be positive and finite, got {alpha} and {scale}")
    return scale * (np.heaviside(z, 0.0) + alpha * np.exp(np.minimum(z, 0)) * np.heaviside(-z, 1.0))


@np.errstate(over="ignore")
def squared_relu(z):
    r"""The square of the rectifier.

    .. math::
        f(z) = \max(0, z)^2

    Use it in the feed-forward layers of transformers as a cheap change from ReLU or GELU.

    Parameters
    ----------
    z : (...) array
        Inputs :math:`z`.

    Returns
    -------
    (...) array in [0, inf)
        Outputs :math:`f(z)`.

    See Also
    --------
    squared_relu_grad : its derivative.
    relu : not squared.
    torch.nn.functional.relu : not squared.
    keras.activations.relu : not squared.
    jax.nn.relu : not squared.

    Notes
    -----
    Smooth at 0. Its slope grows without bound, so large inputs make large gradients.

    References
    ----------
    .. [1] So, D. R., Mańke, W., Liu, H., Dai, Z., Shazeer, N., Le, Q. V. (2021). Primer: Searching for
       Efficient Transformers for Language Modeling. arXiv:2109.08668

    Examples
    --------
    >>> squared_relu([-2, 0, 3])
    array([0., 0., 9.])
    """
    z = np.asarray(z, dtype=float)
    return np.maximum(z, 0) ** 2


@np.errstate(over="ignore")
def squared_relu_grad(z):
    r"""Slope of the squared rectifier: twice the rectifier.

    .. math::
        f'(z) = 2 \max(0, z)

    Parameters
    ----------
    z : (...) array
        Inputs :math:`z`.

    Returns
    -------
    (...) array in [0, inf)
        Derivatives :math:`f'(z)`.

    Examples
    --------
    >>> squared_relu_grad([-2, 0, 3])
    array([0., 0., 6.])
    """
    z = np.asarray(z, dtype=float)
    return 2 * np.maximum(z, 0)


# %% Smooth rectifiers


def softplus(z):
    r"""A smooth rectifier: the logarithm of one plus the exponential.

    .. math::
        f(z) = \log(1 + e^z)

    Use it for outputs that must be positive, such as a standard deviation or a rate.

    Parameters
    ----------
    z : (...) array
        Inputs :math:`z`.

    Returns
    -------
    (...) array in (0, inf)
        Outputs :math:`f(z)`.

    See Also
    --------
    softplus_grad : its derivative.
    relu : the same far from 0.
    scipy.special.softplus : the same.
    torch.nn.functional.softplus : the same; has a steepness; returns the input above 20.
    keras.activations.softplus : the same.
    jax.nn.softplus : the same.

    Notes
    -----
    Its derivative is the sigmoid, and :math:`\log \sigma(z) = -f(-z)`: the logistic loss is a softplus.

    The naive ``np.log(1 + np.exp(z))`` overflows at :math:`z = 1000` and gives 0 at :math:`z = -40`, where
    the answer is :math:`4.2 \cdot 10^{-18}`.

    References
    ----------
    .. [1] Goodfellow, I., Bengio, Y., Courville, A. (2016). Deep Learning. MIT Press. ISBN 978-0-262-03561-3

    Examples
    --------
    >>> softplus([-1, 0, 1]).round(4)
    array([0.3133, 0.6931, 1.3133])
    >>> softplus([-40])
    array([4.24835426e-18])
    >>> softplus([-1000, 1000])
    array([   0., 1000.])
    """
    z = np.asarray(z, dtype=float)
    return np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z)))


def softplus_grad(z):
    r"""Slope of the softplus: the sigmoid.

    .. math::
        f'(z) = \frac{1}{1 + e^{-z}}

    Parameters
    ----------
    z : (...) array
        Inputs :math:`z`.

    Returns
    -------
    (...) array in (0, 1)
        Derivatives :math:`f'(z)`.

    Examples
    --------
    >>> softplus_grad([-2, 0, 2]).round(4)
    array([0.1192, 0.5   , 0.8808])
    """
    z = np.asarray(z, dtype=float)
    return np.exp(np.minimum(z, 0)) / (1 + np.exp(-np.abs(z)))


def silu(z):
    r"""The input times its own sigmoid: a smooth rectifier that dips below zero.

    .. math::
        f(z) = z \operatorname{sigmoid}(z)

    Use it in hidden layers of deep convolutional networks and, inside SwiGLU, of transformers.

    Parameters
    ----------
    z : (...) array
        Inputs :math:`z`.

    Returns
    -------
    (...) array in [-0.2785, inf)
        Outputs :math:`f(z)`.

    See Also
    --------
    silu_grad : its derivative.
    hard_swish : a cheap version.
    gelu : weighs with the normal distribution instead.
    torch.nn.functional.silu : the same.
    keras.activations.silu : the same.
    jax.nn.silu : the same.

    Notes
    -----
    Also called swish (Ramachandran et al., 2017), or swish with :math:`\beta = 1`; the general swish is
    :math:`z \sigma(\beta z)`. Its minimum is -0.2785 at :math:`z = -1.2785`.

    References
    ----------
    .. [1] Elfwing, S., Uchibe, E., Doya, K. (2017). Sigmoid-Weighted Linear Units for Neural Network Function
       Approximation in Reinforcement Learning. arXiv:1702.03118
    .. [2] Ramachandran, P., Zoph, B., Le, Q. V. (2017). Searching for Activation Functions. arXiv:1710.05941

    Examples
    --------
    >>> silu([-2, -1.2785, 0, 2]).round(4)
    array([-0.2384, -0.2785,  0.    ,  1.7616])
    """
    z = np.asarray(z, dtype=float)
    s = np.exp(np.minimum(z, 0)) / (1 + np.exp(-np.abs(z)))  # sigmoid
    return np.maximum(z, -800) * s  # s is 0 there: -inf * 0 would be NaN


def silu_grad(z):
    r"""Slope of the SiLU: the sigmoid plus the input times the slope of the sigmoid.

    .. math::
        f'(z) = \operatorname{sigmoid}(z) + z \operatorname{sigmoid}(z) \, (1 - \operatorname{sigmoid}(z))

    Parameters
    ----------
    z : (...) array
        Inputs :math:`z`.

    Returns
    -------
    (...) array in [-0.1, 1.1]
        Derivatives :math:`f'(z)`.

    Examples
    --------
    >>> silu_grad([-2, 0, 2]).round(4)
    array([-0.0908,  0.5   ,  1.0908])
    """
    z = np.clip(np.asarray(z, dtype=float), -800, 800)  # flat beyond: inf * 0 would be NaN
    e = np.exp(-np.abs(z))
    s = np.exp(np.minimum(z, 0)) / (1 + e)  # sigmoid
    return s + z * e / (1 + e) ** 2


def hard_swish(z):
    r"""The input times its own hard sigmoid.

    .. math::
        f(z) = z \, \frac{\min(\max(z + 3, 0), 6)}{6}

    Use it in place of SiLU on phones and in integer arithmetic.

    Parameters
    ----------
    z : (...) array
        Inputs :math:`z`.

    Returns
    -------
    (...) array in [-0.375, inf)
        Outputs :math:`f(z)`.

    See Also
    --------
    hard_swish_grad : its derivative.
    hard_sigmoid : the factor.
    silu : the smooth original.
    torch.nn.functional.hardswish : the same.
    keras.activations.hard_swish : the same.
    jax.nn.hard_swish : the same.

    Notes
    -----
    Also called hard SiLU. Zero below -3, the input itself above 3, a parabola between, lowest at -1.5.

    References
    ----------
    .. [1] Howard, A., Sandler, M., Chu, G., Chen, L.-C., Chen, B., Tan, M., Wang, W., Zhu, Y., Pang, R.,
       Vasudevan, V., Le, Q. V., Adam, H. (2019). Searching for MobileNetV3. arXiv:1905.02244

    Examples
    --------
    >>> hard_swish([-1.5, 0, 1.5, 4])
    array([-0.375,  0.   ,  1.125,  4.   ])
    """
    z = np.asarray(z, dtype=float)
    return np.maximum(z, -3) * (np.clip(z + 3, 0, 6) / 6)  # the factor is 0 below -3: -inf * 0 would be NaN


def hard_swish_grad(z):
    r"""Slope of the hard swish: a line from -1/2 to 3/2, zero before it, one after it.

    .. math::
        f'(z) = \begin{cases}
            0 & z \le -3 \\
            1 & z \ge 3 \\
            \frac{2 z + 3}{6} & \text{otherwise}
        \end{cases}

    At the kinks -3 and 3 it is the slope of the outer side, 0 and 1, as in PyTorch.

    Parameters
    ----------
    z : (...) array
        Inputs :math:`z`.

    Returns
    -------
    (...) array in [-0.5, 1.5]
        Derivatives :math:`f'(z)`.

    Examples
    --------
    >>> hard_swish_grad([-3, -1.5, 0, 1.5, 3])
    array([0. , 0. , 0.5, 1. , 1. ])
    """
    z = np.clip(np.asarray(z, dtype=float), -3, 3)
    return np.heaviside(z - 3, 1.0) + np.heaviside(3 - np.abs(z), 0.0) * (2 * z + 3) / 6


def gelu(z):
    r"""The input times the probability that a standard normal number is smaller.

    .. math::
        f(z) = \frac{z}{2} \left( 1 + \operatorname{erf}\left( \frac{z}{\sqrt{2}} \right) \right)

    Use it in the feed-forward layers of transformers.

    Parameters
    ----------
    z : (...) array
        Inputs :math:`z`.

    Returns
    -------
    (...) array in [-0.17, inf)
        Outputs :math:`f(z)`.

    See Also
    --------
    gelu_grad : its derivative.
    gelu_tanh : the usual approximation.
    scipy.special.ndtr : the probability alone, the factor of the input.
    torch.nn.functional.gelu : the same.
    keras.activations.gelu : the same.
    jax.nn.gelu : the tanh approximation unless told otherwise.

    Notes
    -----
    The factor is the normal distribution function :math:`\Phi(z)`. The minimum is -0.16997 at
    :math:`z = -0.7518`.

    NumPy has no error function. The code takes the tail :math:`\Phi(-a)`, :math:`x = a / \sqrt{2}`, from the
    integral :math:`\frac{x}{2 \pi} \int e^{-x^2 - t^2} / (x^2 + t^2) \, dt` over the real line: the midpoint
    rule with step 1/2 and 13 points on each side, plus the residues of the two poles :math:`t = \pm i x`
    while they lie within :math:`2 \pi` of the line. All terms are positive, so that the tails are right too:
    for :math:`|z| \le 12` the relative error is below :math:`10^{-13}`. The formula typed literally gives 0
    at :math:`z = -10`, where the answer is :math:`-7.6 \cdot 10^{-23}`.

    References
    ----------
    .. [1] Hendrycks, D., Gimpel, K. (2016). Gaussian Error Linear Units (GELUs). arXiv:1606.08415

    Examples
    --------
    >>> gelu([-1, -0.7518, 0, 1, 2.7]).round(5)
    array([-0.15866, -0.16997,  0.     ,  0.84134,  2.69064])
    >>> gelu([-10])
    array([-7.61985302e-23])
    """
    z = np.asarray(z, dtype=float)
    a = np.minimum(np.abs(z), 40)  # the tail is 0 there: inf * 0 would be NaN
    x = a / np.sqrt(2)
    terms = sum(np.exp(-(t**2)) / (x**2 + t**2) for t in np.arange(0.25, 6.5, 0.5))
    poles = (x < 2 * np.pi) / (1 + np.exp(4 * np.pi * x))
    tail = x * np.exp(-(x**2)) * terms / (2 * np.pi) + poles  # Phi(-a)
    return np.maximum(z, 0) - a * tail  # z Phi(z), for either sign


def gelu_grad(z):
    r"""Slope of the GELU: the normal distribution function plus the input times its density.

    .. math::
        f'(z) = \frac{1}{2} \left( 1 + \operatorname{erf}\left( \frac{z}{\sqrt{2}} \right) \right)
            + z \, \frac{e^{-z^2 / 2}}{\sqrt{2 \pi}}

    Parameters
    ----------
    z : (...) array
        Inputs :math:`z`.

    Returns
    -------
    (...) array in [-0.13, 1.13]
        Derivatives :math:`f'(z)`.

    Notes
    -----
    The tail of the normal distribution is computed as in ``gelu``.

    Examples
    --------
    >>> gelu_grad([-1, 0, 1]).round(4)
    array([-0.0833,  0.5   ,  1.0833])
    """
    z = np.clip(np.asarray(z, dtype=float), -40, 40)  # flat beyond: inf * 0 would be NaN
    x = np.abs(z) / np.sqrt(2)
    terms = sum(np.exp(-(t**2)) / (x**2 + t**2) for t in np.arange(0.25, 6.5, 0.5))
    poles = (x < 2 * np.pi) / (1 + np.exp(4 * np.pi * x))
    tail = x * np.exp(-(x**2)) * terms / (2 * np.pi) + poles  # Phi(-|z|)
    return np.where(z > 0, 1 - tail, tail) + z * np.exp(-(z**2) / 2) / np.sqrt(2 * np.pi)


def gelu_tanh(z):
    r"""An approximation of the GELU that needs only a tanh.

    .. math::
        f(z) = \frac{z}{2} \left(
            1 + \tanh\left( \sqrt{\frac{2}{\pi}} \, (z + 0.044715 z^3) \right) \right)

    Use it to load weights that were trained with it, such as GPT-2; otherwise take the exact function.

    Parameters
    ----------
    z : (...) array
        Inputs :math:`z`.

    Returns
    -------
    (...) array in [-0.1701, inf)
        Outputs :math:`f(z)`.

    See Also
    --------
    gelu_tanh_grad : its derivative.
    gelu : the exact function.
    torch.nn.functional.gelu : exact unless told ``approximate="tanh"``.
    keras.activations.gelu : exact unless told ``approximate=True``.
    jax.nn.gelu : the same; exact with ``approximate=False``.

    Notes
    -----
    It differs from the exact function by at most 0.0005, most near :math:`\pm 2.7`. A second, coarser
    approximation is :math:`z \sigma(1.702 z)`.

    References
    ----------
    .. [1] Hendrycks, D., Gimpel, K. (2016). Gaussian Error Linear Units (GELUs). arXiv:1606.08415

    Examples
    --------
    >>> gelu_tanh([-1, -0.7518, 0, 1, 2.7]).round(5)
    array([-0.15881, -0.17004,  0.     ,  0.84119,  2.69111])
    """
    z = np.asarray(z, dtype=float)
    c = np.clip(z, -30, 30)  # tanh is -1 or 1 beyond: no overflow, no inf * 0
    u = np.sqrt(2 / np.pi) * (c + 0.044715 * c**3)
    return np.maximum(z, -30) * ((1 + np.tanh(u)) / 2)


def gelu_tanh_grad(z):
    r"""Slope of the tanh approximation of the GELU.

    .. math::
        f'(z) = \frac{1}{2} \left(
                1 + \tanh\left( \sqrt{\frac{2}{\pi}} \, (z + 0.044715 z^3) \right) \right)
            + \frac{z}{2} \left(
                1 - \tanh\left( \sqrt{\frac{2}{\pi}} \, (z + 0.044715 z^3) \right)^2 \right)
            \sqrt{\frac{2}{\pi}} \, (1 + 0.134145 z^2)

    Parameters
    ----------
    z : (...) array
        Inputs :math:`z`.

    Returns
    -------
    (...) array in [-0.13, 1.13]
        Derivatives :math:`f'(z)`.

    Examples
    --------
    >>> gelu_tanh_grad([-1, 0, 1]).round(4)
    array([-0.083,  0.5  ,  1.083])
    """
    z = np.clip(np.asarray(z, dtype=float), -30, 30)  # flat beyond
    t = np.tanh(np.sqrt(2 / np.pi) * (z + 0.044715 * z**3))
    return (1 + t) / 2 + z / 2 * (1 - t**2) * np.sqrt(2 / np.pi) * (1 + 0.134145 * z**2)


def mish(z):
    r"""The input times the tanh of its softplus.

    .. math::
        f(z) = z \tanh(\log(1 + e^z))

    Use it like SiLU, in hidden layers of convolutional networks; it costs more.

    Parameters
    ----------
    z : (...) array
        Inputs :math:`z`.

    Returns
    -------
    (...) array in [-0.3089, inf)
        Outputs :math:`f(z)`.

    See Also
    --------
    mish_grad : its derivative.
    silu : cheaper, nearly the same curve.
    torch.nn.functional.mish : the same.
    keras.activations.mish : the same.
    jax.nn.mish : the same.

    Notes
    -----
    Its minimum is -0.3088 at :math:`z = -1.1924`.

    References
    ----------
    .. [1] Misra, D. (2019). Mish: A Self Regularized Non-Monotonic Activation Function. arXiv:1908.08681

    Examples
    --------
    >>> mish([-2, -1.1924, 0, 2]).round(4)
    array([-0.2525, -0.3088,  0.    ,  1.944 ])
    """
    z = np.asarray(z, dtype=float)
    softplus = np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z)))
    return np.maximum(z, -800) * np.tanh(softplus)  # the factor is 0 there: -inf * 0 would be NaN


def mish_grad(z):
    r"""Slope of mish, by the product rule and the chain rule.

    .. math::
        f'(z) = \tanh(\log(1 + e^z)) + z \, (1 - \tanh(\log(1 + e^z))^2) \, \frac{1}{1 + e^{-z}}

    Parameters
    ----------
    z : (...) array
        Inputs :math:`z`.

    Returns
    -------
    (...) array in [-0.113, 1.09]
        Derivatives :math:`f'(z)`.

    Examples
    --------
    >>> mish_grad([-2, 0, 2]).round(4)
    array([-0.1084,  0.6   ,  1.0693])
    """
    z = np.clip(np.asarray(z, dtype=float), -800, 800)  # flat beyond: inf * 0 would be NaN
    e = np.exp(-np.abs(z))
    t = np.tanh(np.maximum(z, 0) + np.log1p(e))  # of the softplus
    s = np.exp(np.minimum(z, 0)) / (1 + e)  # sigmoid, the slope of the softplus
    return t + z * (1 - t**2) * s


# %% Softmax and gates


@np.errstate(over="ignore")
def softmax(z):
    r"""Exponentials divided by their sum: scores become probabilities that sum to one.

    .. math::
        p_j = \frac{e^{z_j}}{\sum_{k=1}^{K} e^{z_k}}

    Use it when exactly one of several classes is right. If several labels may hold at once, use one sigmoid
    per label.

    Parameters
    ----------
    z : (..., k) array
        Logits :math:`z`, one column per class.

    Returns
    -------
    (..., k) array, rows sum to 1
        Probabilities :math:`p`.

    Raises
    ------
    ValueError
        If ``z`` is a single number, or a row holds plus infinity or only minus infinity.

    See Also
    --------
    softmax_jacobian : its derivatives.
    log_softmax : its logarithm, for losses.
    temperature_softmax : flatter or sharper.
    sigmoid : the case of two classes.
    scipy.special.softmax : over all axes together unless told otherwise.
    sklearn.utils.extmath.softmax : for matrices.
    torch.nn.functional.softmax : the axis is an argument.
    keras.activations.softmax : the same.
    jax.nn.softmax : the same.

    Notes
    -----
    Also called softargmax or normalized exponential. For finite logits every probability lies strictly
    between 0 and 1; rounded to float64 it may be 0 or 1, and the sum may be off in the last digit. A logit of
    minus infinity means probability 0.

    Adding a constant to all logits changes nothing. So the code subtracts the largest first: the naive
    formula overflows at :math:`z = 1000`. With two classes :math:`p_1 = \sigma(z_1 - z_2)`.

    References
    ----------
    .. [1] Bridle, J. S. (1990). Probabilistic Interpretation of Feedforward Classification Network Outputs,
       with Relationships to Statistical Pattern Recognition. Neurocomputing: Algorithms,
       Architectures and Applications, 227-236. doi:10.1007/978-3-642-76153-9_28

    Examples
    --------
    >>> softmax([1, 2, 3]).round(6)
    array([0.090031, 0.244728, 0.665241])
    >>> softmax([5, 2, -1, 3]).round(3)
    array([0.842, 0.042, 0.002, 0.114])

    Two classes: the sigmoid of 2, and the rest.

    >>> softmax([[2, 0], [1002, 1000]]).round(6)
    array([[0.880797, 0.119203],
           [0.880797, 0.119203]])

    Classes down the columns: transpose there and back.

    >>> softmax(np.array([[2, 1002], [0, 1000]]).T).T.round(6)
    array([[0.880797, 0.880797],
           [0.119203, 0.119203]])
    """
    z = np.asarray(z, dtype=float)
    top = z.max(axis=-1, keepdims=True)
    if not z.ndim or np.isinf(top).any():
        raise ValueError(f"need rows with a finite maximum, got shape {z.shape}, maxima {top.ravel()}")
    e = np.exp(z - top)
    return e / e.sum(axis=-1, keepdims=True)


@np.errstate(over="ignore")
def softmax_jacobian(z):
    r"""Derivative of every probability with respect to every logit.

    .. math::
        \frac{\partial p_i}{\partial z_j}
            = \operatorname{softmax}(z)_i \, (\mathbb{1}[i = j] - \operatorname{softmax}(z)_j)

    Parameters
    ----------
    z : (..., k) array
        Logits :math:`z`, one column per class.

    Returns
    -------
    (..., k, k) array in [-0.25, 0.25]
        Derivatives :math:`\partial p_i / \partial z_j`, rows :math:`i`, columns :math:`j`.

    Raises
    ------
    ValueError
        If ``z`` is a single number, or a row holds plus infinity or only minus infinity.

    Notes
    -----
    Symmetric; every row and every column sums to 0. A gradient :math:`g` of the probabilities goes back as
    :math:`p \odot (g - p^\top g)`, without the matrix. For cross-entropy it collapses to :math:`p - y`.

    Examples
    --------
    >>> softmax_jacobian([0, 0])
    array([[ 0.25, -0.25],
           [-0.25,  0.25]])
    """
    z = np.asarray(z, dtype=float)
    top = z.max(axis=-1, keepdims=True)
    if not z.ndim or np.isinf(top).any():
        raise ValueError(f"need rows with a finite maximum, got shape {z.shape}, maxima {top.ravel()}")
    e = np.exp(z - top)
    p = e / e.sum(axis=-1, keepdims=True)
    return p[..., :, None] * (np.eye(p.shape[-1]) - p[..., None, :])  # (..., k, k)


@np.errstate(over="ignore")
def log_softmax(z):
    r"""Logarithm of the softmax: each score minus the log of the summed exponentials.

    .. math::
        \log p_j = z_j - \log \sum_{k=1}^{K} e^{z_k}

    Use it for losses and for products of many probabilities. The log of a computed softmax fails where a
    probability rounds to 0.

    Parameters
    ----------
    z : (..., k) array
        Logits :math:`z`, one column per class.

    Returns
    -------
    (..., k) array in (-inf, 0]
        Log probabilities :math:`\log p`, in nats.

    Raises
    ------
    ValueError
        If ``z`` is a single number, or a row holds plus infinity or only minus infinity.

    See Also
    --------
    log_softmax_jacobian : its derivatives.
    softmax : the probabilities.
    scipy.special.log_softmax : over all axes together unless told otherwise.
    torch.nn.functional.log_softmax : the axis is an argument.
    keras.activations.log_softmax : the same.
    jax.nn.log_softmax : the same.

    Notes
    -----
    The naive ``np.log(softmax(z))`` gives minus infinity at ``[0, 1000]``; here it is -1000. A logit of
    minus infinity gives minus infinity.

    References
    ----------
    .. [1] Blanchard, P., Higham, D. J., Higham, N. J. (2021). Accurately computing the log-sum-exp and
       softmax functions. IMA Journal of Numerical Analysis 41(4), 2311-2330. doi:10.1093/imanum/draa038

    Examples
    --------
    >>> log_softmax([1, 2, 3]).round(4)
    array([-2.4076, -1.4076, -0.4076])
    >>> log_softmax([0, 1000])
    array([-1000.,     0.])
    """
    z = np.asarray(z, dtype=float)
    top = z.max(axis=-1, keepdims=True)
    if not z.ndim or np.isinf(top).any():
        raise ValueError(f"need rows with a finite maximum, got shape {z.shape}, maxima {top.ravel()}")
    z = z - top
    return z - np.log(np.exp(z).sum(axis=-1, keepdims=True))


@np.errstate(over="ignore")
def log_softmax_jacobian(z):
    r"""Derivative of every log probability with respect to every logit.

    .. math::
        \frac{\partial \log p_i}{\partial z_j} = \mathbb{1}[i = j] - \operatorname{softmax}(z)_j

    Parameters
    ----------
    z : (..., k) array
        Logits :math:`z`, one column per class.

    Returns
    -------
    (..., k, k) array in [-1, 1]
        Derivatives :math:`\partial \log p_i / \partial z_j`, rows :math:`i`, columns :math:`j`.

    Raises
    ------
    ValueError
        If ``z`` is a single number, or a row holds plus infinity or only minus infinity.

    Notes
    -----
    Every row sums to 0. Minus row :math:`y` is the gradient of the cross-entropy for class :math:`y`.

    Examples
    --------
    >>> log_softmax_jacobian([0, np.log(3)]).round(4)
    array([[ 0.75, -0.75],
           [-0.25,  0.25]])
    """
    z = np.asarray(z, dtype=float)
    top = z.max(axis=-1, keepdims=True)
    if not z.ndim or np.isinf(top).any():
        raise ValueError(f"need rows with a finite maximum, got shape {z.shape}, maxima {top.ravel()}")
    e = np.exp(z - top)
    p = e / e.sum(axis=-1, keepdims=True)
    return np.eye(p.shape[-1]) - p[..., None, :]  # (..., k, k)


@np.errstate(over="ignore")
def temperature_softmax(z, temperature):
    r"""Softmax of the scores divided by a temperature.

    .. math::
        p_j = \frac{e^{z_j / \tau}}{\sum_{k=1}^{K} e^{z_k / \tau}}

    Use it to calibrate probabilities after training, to distill a network, and to steer how adventurous
    sampled text is.

    Parameters
    ----------
    z : (..., k) array
        Logits :math:`z`, one column per class.
    temperature : float > 0
        Temperature :math:`\tau`: above 1 flatter, below 1 sharper.

    Returns
    -------
    (..., k) array, rows sum to 1
        Probabilities :math:`p`.

    Raises
    ------
    ValueError
        If the temperature is not positive and finite, ``z`` is a single number, or a row holds plus infinity
        or only minus infinity.

    See Also
    --------
    softmax : temperature 1.
    hardmax : the limit of temperature 0.
    scipy.special.softmax : divide the logits first.
    torch.nn.functional.softmax : divide the logits first.
    keras.activations.softmax : divide the logits first.
    jax.nn.softmax : divide the logits first.

    Notes
    -----
    The order of the classes, and so the decision, does not depend on the temperature. Towards infinity all
    classes become equally likely; towards 0 the largest takes all, tied largest ones share equally. The
    Jacobian is that of softmax at :math:`z / \tau`, divided by :math:`\tau`.

    References
    ----------
    .. [1] Hinton, G., Vinyals, O., Dean, J. (2015). Distilling the Knowledge in a Neural Network.
       arXiv:1503.02531
    .. [2] Guo, C., Pleiss, G., Sun, Y., Weinberger, K. Q. (2017). On Calibration of Modern Neural Networks.
       arXiv:1706.04599

    Examples
    --------
    >>> temperature_softmax([1, 2, 3], 1).round(3)
    array([0.09 , 0.245, 0.665])
    >>> temperature_softmax([1, 2, 3], 10).round(3)
    array([0.301, 0.332, 0.367])
    >>> temperature_softmax([1, 2, 3], 0.01).round(3)
    array([0., 0., 1.])
    """
    z = np.asarray(z, dtype=float)
    top = z.max(axis=-1, keepdims=True)
    if not z.ndim or np.isinf(top).any():
        raise ValueError(f"need rows with a finite maximum, got shape {z.shape}, maxima {top.ravel()}")
    if not 0 < temperature < np.inf:
        raise ValueError(f"the temperature must be positive and finite, got {temperature}")
    e = np.exp((z - top) / temperature)
    return e / e.sum(axis=-1, keepdims=True)


def hardmax(z):
    r"""One for the largest score, zero for the others.

    .. math::
        f(z)_j = \mathbb{1}[j = \operatorname*{argmax}_{1 \le k \le K} z_k]

    Use it to turn scores into a decision. Do not train through it: its derivative is zero.

    Parameters
    ----------
    z : (..., k) array
        Scores :math:`z`, one column per class.

    Returns
    -------
    (..., k) array, rows sum to 1
        One-hot rows :math:`f(z)`.

    Raises
    ------
    ValueError
        If ``z`` is a single number, or a score is NaN.

    See Also
    --------
    softmax : the smooth version.
    temperature_softmax : tends to this as the temperature goes to 0.
    torch.nn.functional.one_hot : of the position of the largest score.
    jax.nn.one_hot : of the position of the largest score.

    Notes
    -----
    On a tie the first of the largest wins, as in ``np.argmax`` and in ONNX. The limit of the softmax differs
    there: tied largest scores share equally. The class number itself is ``np.argmax(z, axis=-1)``.

    References
    ----------
    .. [1] Goodfellow, I., Bengio, Y., Courville, A. (2016). Deep Learning. MIT Press. ISBN 978-0-262-03561-3

    Examples
    --------
    >>> hardmax([[1, 3, 2], [5, 0, 5]])
    array([[0., 1., 0.],
           [1., 0., 0.]])
    """
    z = np.asarray(z, dtype=float)
    if not z.ndim or np.isnan(z).any():
        raise ValueError(f"need rows of scores without NaN, got {z}")
    best = z.argmax(axis=-1, keepdims=True)
    return (np.arange(z.shape[-1]) == best).astype(float)


@np.errstate(over="ignore")
def sparsemax(z):
    r"""The nearest probabilities to the scores: small scores become exactly zero.

    .. math::
        p_j = \max\left( 0, z_j - \max_{1 \le i \le K}
            \frac{\sum_{k=1}^{K} z_k \, \mathbb{1}[z_k \ge z_i] - 1}
                {\sum_{k=1}^{K} \mathbb{1}[z_k \ge z_i]} \right)

    Use it in place of softmax when most classes should get no probability at all, as in readable attention
    weights.

    Parameters
    ----------
    z : (..., k) array
        Scores :math:`z`, one column per class.

    Returns
    -------
    (..., k) array, rows sum to 1
        Probabilities :math:`p`.

    Raises
    ------
    ValueError
        If ``z`` is a single number, or a row holds plus infinity or only minus infinity.

    See Also
    --------
    sparsemax_jacobian : its derivatives.
    softmax : never exactly zero.
    scipy.optimize.brentq : finds the threshold as the root of the sum of what lies above it, minus 1.

    Notes
    -----
    The Euclidean projection onto the probability simplex: a threshold is subtracted from all scores, so large
    that what stays above 0 sums to 1. The code sorts, as the sets :math:`\{k: z_k \ge z_i\}` are the first
    few of the sorted scores; the largest of the candidate thresholds is the right one.

    ``keras.activations.sparsemax`` (seen in 3.15) is wrong where two or more scores lie above the threshold:
    its rows then do not sum to 1.

    Adding a constant to all scores changes nothing. A score of minus infinity means probability 0. Its loss
    is not cross-entropy, which would be infinite for a class of probability 0.

    References
    ----------
    .. [1] Martins, A. F. T., Astudillo, R. F. (2016). From Softmax to Sparsemax: A Sparse Model of Attention
       and Multi-Label Classification. arXiv:1602.02068

    Examples
    --------
    >>> sparsemax([1, 2, 2.5])
    array([0.  , 0.25, 0.75])
    >>> sparsemax([[0, 0.5, 0.25], [0, 9, 1]]).round(4)
    array([[0.0833, 0.5833, 0.3333],
           [0.    , 1.    , 0.    ]])
    """
    z = np.asarray(z, dtype=float)
    top = z.max(axis=-1, keepdims=True)
    if not z.ndim or np.isinf(top).any():
        raise ValueError(f"need rows with a finite maximum, got shape {z.shape}, maxima {top.ravel()}")
    z = z - top
    sums = np.cumsum(np.sort(z)[..., ::-1], axis=-1)  # of the largest 1, 2, ..., k scores
    tau = (sums - 1) / np.arange(1, z.shape[-1] + 1)  # the threshold, if these are the ones above it
    return np.maximum(0, z - tau.max(axis=-1, keepdims=True))


@np.errstate(over="ignore")
def sparsemax_jacobian(z):
    r"""Derivative of every sparse probability with respect to every score.

    .. math::
        \frac{\partial p_i}{\partial z_j} = \mathbb{1}[\operatorname{sparsemax}(z)_i > 0] \left(
            \mathbb{1}[i = j] - \frac{\mathbb{1}[\operatorname{sparsemax}(z)_j > 0]}
                {\sum_{k=1}^{K} \mathbb{1}[\operatorname{sparsemax}(z)_k > 0]} \right)

    At a kink, where a score equals the threshold, that score counts as outside: its row and column are 0.

    Parameters
    ----------
    z : (..., k) array
        Scores :math:`z`, one column per class.

    Returns
    -------
    (..., k, k) array in [-0.5, 1]
        Derivatives :math:`\partial p_i / \partial z_j`, rows :math:`i`, columns :math:`j`.

    Raises
    ------
    ValueError
        If ``z`` is a single number, or a row holds plus infinity or only minus infinity.

    Examples
    --------
    >>> sparsemax_jacobian([1, 2, 2.5])
    array([[ 0. ,  0. ,  0. ],
           [ 0. ,  0.5, -0.5],
           [ 0. , -0.5,  0.5]])
    """
    z = np.asarray(z, dtype=float)
    top = z.max(axis=-1, keepdims=True)
    if not z.ndim or np.isinf(top).any():
        raise ValueError(f"need rows with a finite maximum, got shape {z.shape}, maxima {top.ravel()}")
    z = z - top
    sums = np.cumsum(np.sort(z)[..., ::-1], axis=-1)
    tau = (sums - 1) / np.arange(1, z.shape[-1] + 1)
    s = np.heaviside(z - tau.max(axis=-1, keepdims=True), 0.0)  # 1 where p > 0
    share = s / s.sum(axis=-1, keepdims=True)
    return s[..., :, None] * np.eye(s.shape[-1]) - s[..., :, None] * share[..., None, :]  # (..., k, k)


def glu(z, gate):
    r"""One half of the inputs times the sigmoid of the other half: a learned gate.

    .. math::
        f(z, g) = z \operatorname{sigmoid}(g)

    Use it where a layer should choose what to pass on, as in convolutional language models. The layer before
    it must have twice as many units.

    Parameters
    ----------
    z : (...) array
        Values :math:`z`, finite.
    gate : (...) array
        Inputs of the gates :math:`g`, one per value.

    Returns
    -------
    (...) array
        Outputs :math:`f(z, g)`.

    Raises
    ------
    ValueError
        If the shapes differ or a value is infinite.

    See Also
    --------
    glu_grad : its derivatives.
    swiglu : the gate of transformers.
    torch.nn.functional.glu : takes one array, values first, and halves its last axis.
    keras.activations.glu : takes one array, values first, and halves its last axis.
    jax.nn.glu : takes one array, values first, and halves its last axis.

    Notes
    -----
    Short for gated linear unit: no activation acts on the values, so a gradient reaches them through an open
    gate undiminished.

    References
    ----------
    .. [1] Dauphin, Y. N., Fan, A., Auli, M., Grangier, D. (2016). Language Modeling with Gated Convolutional
       Networks. arXiv:1612.08083

    Examples
    --------
    >>> glu([4, 4, -2], gate=[0, 1000, np.log(3)]).round(4)
    array([ 2. ,  4. , -1.5])
    """
    z, g = np.asarray(z, dtype=float), np.asarray(gate, dtype=float)
    if z.shape != g.shape:
        raise ValueError(f"need one gate per value, got {z.shape} and {g.shape}")
    if np.isinf(z).any():
        raise ValueError("the values must be finite: inf behind a closed gate has no limit")
    return z * (np.exp(np.minimum(g, 0)) / (1 + np.exp(-np.abs(g))))


def glu_grad(z, gate):
    r"""Slopes of the gated linear unit: towards its value and towards its gate.

    .. math::
        \frac{\partial f}{\partial z} = \operatorname{sigmoid}(g), \qquad
        \frac{\partial f}{\partial g} = z \operatorname{sigmoid}(g) \, (1 - \operatorname{sigmoid}(g))

    Parameters
    ----------
    z : (...) array
        Values :math:`z`, finite.
    gate : (...) array
        Inputs of the gates :math:`g`, one per value.

    Returns
    -------
    dz : (...) array in (0, 1)
        Derivatives :math:`\partial f / \partial z`.
    dgate : (...) array
        Derivatives :math:`\partial f / \partial g`.

    Raises
    ------
    ValueError
        If the shapes differ or a value is infinite.

    Examples
    --------
    >>> dz, dgate = glu_grad([4, 4, -2], gate=[0, 1000, np.log(3)])
    >>> dz.round(4)
    array([0.5 , 1.  , 0.75])
    >>> dgate.round(4)
    array([ 1.   ,  0.   , -0.375])
    """
    z, g = np.asarray(z, dtype=float), np.asarray(gate, dtype=float)
    if z.shape != g.shape:
        raise ValueError(f"need one gate per value, got {z.shape} and {g.shape}")
    if np.isinf(z).any():
        raise ValueError("the values must be finite: inf behind a closed gate has no limit")
    e = np.exp(-np.abs(g))
    dz = np.exp(np.minimum(g, 0)) / (1 + e)
    dgate = z * (e / (1 + e) ** 2)
    return dz, dgate


@np.errstate(over="ignore", invalid="ignore")
def swiglu(x, w, v):
    r"""A gated layer: the SiLU of one linear map times another linear map.

    .. math::
        h = \operatorname{silu}(x W) \odot (x V)

    Use it as the first half of the feed-forward layer of a transformer.

    Parameters
    ----------
    x : (..., d) array
        Inputs :math:`x`.
    w : (d, k) array
        Weights :math:`W` of the gate.
    v : (d, k) array
        Weights :math:`V` of the values.

    Returns
    -------
    (..., k) array
        Hidden units :math:`h`.

    Raises
    ------
    ValueError
        If the shapes do not fit, or a product is not finite.

    See Also
    --------
    silu : the gate.
    glu : gates with the sigmoid.
    torch.nn.functional.silu : the gate alone, applied to the first product.
    keras.activations.silu : the gate alone, applied to the first product.
    jax.nn.silu : the gate alone, applied to the first product.

    Notes
    -----
    No biases, as in the paper. Three matrices (with the one that follows) replace the usual two, so the paper
    makes the hidden layer two thirds as wide to keep the number of weights. With GELU, ReLU or sigmoid for
    SiLU the layer is called GEGLU, ReGLU or GLU.

    References
    ----------
    .. [1] Shazeer, N. (2020). GLU Variants Improve Transformer. arXiv:2002.05202

    Examples
    --------
    >>> swiglu([[1, 2], [0, 1]], w=[[1, 0, 0], [0, 1, 0]], v=[[1, 1, 5], [1, 2, 5]]).round(4)
    array([[2.1932, 8.808 , 0.    ],
           [0.    , 1.4621, 0.    ]])
    """
    x, w, v = np.asarray(x, dtype=float), np.asarray(w, dtype=float), np.asarray(v, dtype=float)
    if (w.ndim, v.shape, x.shape[-1:]) != (2, w.shape, w.shape[:1]):
        raise ValueError(f"need x (..., d), w (d, k) and v (d, k), got {x.shape}, {w.shape} and {v.shape}")
    g, u = x @ w, x @ v  # (..., k)
    if not np.isfinite([g, u]).all():
        raise ValueError("x @ w and x @ v must be finite")
    silu = g * (np.exp(np.minimum(g, 0)) / (1 + np.exp(-np.abs(g))))
    return silu * u


@np.errstate(over="ignore", invalid="ignore")
def maxout(x, w, b):
    r"""The largest of several linear maps: each unit learns its own convex activation.

    .. math::
        h_k = \max_{1 \le j \le m} \left( \sum_{i=1}^{d} x_i W_{ikj} + b_{kj} \right)

    Use it with dropout, when the extra weights (a factor of the number of pieces) are affordable.

    Parameters
    ----------
    x : (..., d) array
        Inputs :math:`x`.
    w : (d, k, m) array
        Weights :math:`W`: one column for each piece of each unit.
    b : (k, m) array
        Biases :math:`b`.

    Returns
    -------
    (..., k) array
        Hidden units :math:`h`.

    Raises
    ------
    ValueError
        If the shapes do not fit, or a sum is not finite.

    See Also
    --------
    relu : two pieces, one of them 0.
    leaky_relu : two pieces through the origin.
    torch.einsum : has no maxout; the linear maps alone, then take the maximum.

    Notes
    -----
    ReLU, leaky ReLU and the absolute value are special cases with two pieces. With enough pieces a unit comes
    close to any convex function on a bounded region. The gradient goes to the winning piece only.

    References
    ----------
    .. [1] Goodfellow, I. J., Warde-Farley, D., Mirza, M., Courville, A., Bengio, Y. (2013). Maxout Networks.
       arXiv:1302.4389

    Examples
    --------
    One input, two units of three pieces: the absolute value cut off below at 1, and a ramp.

    >>> w = [[[1, -1, 0], [0, 1, 2]]]
    >>> b = [[0, 0, 1], [0, 0, -1]]
    >>> maxout([[-3], [0.5], [2]], w, b)
    array([[3. , 0. ],
           [1. , 0.5],
           [2. , 3. ]])
    """
    x, w, b = np.asarray(x, dtype=float), np.asarray(w, dtype=float), np.asarray(b, dtype=float)
    if (w.ndim, b.shape, x.shape[-1:]) != (3, w.shape[1:], w.shape[:1]):
        raise ValueError(f"need x (..., d), w (d, k, m) and b (k, m), got {x.shape}, {w.shape} and {b.shape}")
    pieces = np.tensordot(x, w, axes=1) + b  # (..., k, m)
    if not np.isfinite(pieces).all():
        raise ValueError("every x @ w + b must be finite")
    return pieces.max(axis=-1)
