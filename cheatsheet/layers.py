"""Layers of neural networks: each returns its output and the function that sends a gradient back."""

import numpy as np

# %% Dense and embedding


@np.errstate(over="ignore", invalid="ignore")
def dense(x, w, b):
    r"""Weighted sums of all inputs, one per unit.

    .. math::
        y = x W + b

    Use it where every input may matter to every output: the hidden layers of a multilayer perceptron, the
    last layer of most networks.

    Parameters
    ----------
    x : (n, d) array
        Inputs :math:`x`, one example per row.
    w : (d, m) array
        Weights :math:`W`, one column per unit.
    b : (m,) array
        Biases :math:`b`.

    Returns
    -------
    y : (n, m) array
        Outputs :math:`y`, before any activation.
    backward : function
        Takes the gradient by ``y``; returns those by the inputs:

        dx : (n, d) array
            By ``x``.
        dw : (d, m) array
            By ``w``.
        db : (m,) array
            By ``b``.

    Raises
    ------
    ValueError
        If the shapes do not fit.

    See Also
    --------
    flatten : brings images into this form.
    embedding : the same for a one-hot input, without the multiplications.
    torch.nn.functional.linear : keeps the weights of a unit in a row, :math:`y = x W^\top + b`.
    jax.numpy.matmul : the product; the bias is added by hand.

    Notes
    -----
    It has :math:`m (d + 1)` parameters: 4 inputs and 8 units take 32 weights and 8 biases. Backward, each
    example adds to the gradient by the weights: :math:`\partial L / \partial W = x^\top \partial L / \partial
    y`. The gradient by the bias is the sum over the examples.

    References
    ----------
    .. [1] Goodfellow, I., Bengio, Y., Courville, A. (2016). Deep Learning. MIT Press. ISBN 978-0-262-03561-3

    Examples
    --------
    >>> y, backward = dense([[1, 2], [3, 4], [5, 6]], w=[[1, 0], [0, 1]], b=[10, 20])
    >>> y
    array([[11., 22.],
           [13., 24.],
           [15., 26.]])
    >>> dx, dw, db = backward(np.ones((3, 2)))
    >>> dw
    array([[ 9.,  9.],
           [12., 12.]])
    """
    x, w, b = (np.asarray(a, dtype=float) for a in (x, w, b))
    if x.ndim != 2 or b.ndim != 1 or w.shape != (x.shape[1], b.size):
        raise ValueError(f"need x (n, d), w (d, m) and b (m,), got {x.shape}, {w.shape} and {b.shape}")
    y = x @ w + b  # (n, m)

    def backward(dy):
        dy = np.asarray(dy, dtype=float)
        if dy.shape != y.shape:
            raise ValueError(f"need the shape of y, got {dy.shape} and {y.shape}")
        return dy @ w.T, x.T @ dy, dy.sum(axis=0)

    return y, backward


def flatten(x):
    r"""Write all channels and pixels of an image into one row.

    .. math::
        y_i = \operatorname{ravel}(x_i)

    Use it between the last convolution or pooling and the first dense layer.

    Parameters
    ----------
    x : (n, c, h, w) array
        Inputs :math:`x`, one image per example.

    Returns
    -------
    y : (n, m) array
        Outputs :math:`y`: channel after channel, each row after row.
    backward : function
        Takes the gradient by ``y``; returns that by the input:

        dx : (n, c, h, w) array
            By ``x``.

    Raises
    ------
    ValueError
        If ``x`` has not four axes.

    See Also
    --------
    dense : takes such rows.
    global_avg_pool2d : keeps one number per channel instead.
    torch.flatten : the same with ``start_dim=1``.
    keras.layers.Flatten : the same; its images mostly have their channels last, which gives another
        order.

    Notes
    -----
    Nothing is computed, so there is nothing to learn; backward, the gradient gets the old shape. Weights of
    the next dense layer are bound to this order: those of a network with channels last do not fit one with
    channels first.

    References
    ----------
    .. [1] Goodfellow, I., Bengio, Y., Courville, A. (2016). Deep Learning. MIT Press. ISBN 978-0-262-03561-3

    Examples
    --------
    >>> y, backward = flatten([[[[1, 2], [3, 4]], [[5, 6], [7, 8]]]])  # two channels, 2 by 2
    >>> y
    array([[1., 2., 3., 4., 5., 6., 7., 8.]])
    """
    x = np.asarray(x, dtype=float)
    if x.ndim != 4:
        raise ValueError(f"need images (n, c, h, w), got {x.shape}")
    y = x.reshape(len(x), x[:1].size)  # (n, m)

    def backward(dy):
        dy = np.asarray(dy, dtype=float)
        if dy.shape != y.shape:
            raise ValueError(f"need the shape of y, got {dy.shape} and {y.shape}")
        return dy.reshape(x.shape).copy()

    return y.copy(), backward


def embedding(indices, w):
    r"""A learned vector for each category: the row of a table with its number.

    .. math::
        y_i = W_{c_i}

    Use it as the first layer for words and other categories, above all if there are many of them.

    Parameters
    ----------
    indices : (n,) array in {0, ..., k - 1}
        Number of the category :math:`c` of each example.
    w : (k, d) array
        Table :math:`W`, one category per row.

    Returns
    -------
    y : (n, d) array
        Vectors :math:`y`.
    backward : function
        Takes the gradient by ``y``; returns that by the table:

        dw : (k, d) array
            By ``w``; zero for categories that do not occur.

    Raises
    ------
    ValueError
        If an index is no row of the table, or the shapes do not fit.

    See Also
    --------
    dense : the same as ``dense(one_hot, w, b=0)``.
    torch.nn.functional.embedding : the same.
    keras.ops.take : the same with ``axis=0``; takes the table first.

    Notes
    -----
    It is a dense layer without bias and activation, fed with one-hot rows: the product of a one-hot row and
    the table is a row of the table. So nobody multiplies; the row is looked up. A row of counts times the
    table adds up the vectors of all that was counted. Backward, a category that occurs twice gets both
    gradients. Lecture notes often keep the vectors as columns, :math:`d \times K`; libraries keep them as
    rows.

    References
    ----------
    .. [1] Goodfellow, I., Bengio, Y., Courville, A. (2016). Deep Learning. MIT Press. ISBN 978-0-262-03561-3

    Examples
    --------
    >>> table = [[0.1, 0.2], [0.3, 0.4], [0.5, 0.6]]
    >>> y, backward = embedding([2, 0, 2], table)
    >>> y
    array([[0.5, 0.6],
           [0.1, 0.2],
           [0.5, 0.6]])
    >>> backward([[1, 1], [1, 1], [1, 1]])
    array([[1., 1.],
           [0., 0.],
           [2., 2.]])
    """
    c, w = np.asarray(indices, dtype=float), np.asarray(w, dtype=float)
    if c.ndim != 1 or w.ndim != 2:
        raise ValueError(f"need indices (n,) and a table (k, d), got {c.shape} and {w.shape}")
    if not np.isin(c, np.arange(len(w))).all():
        raise ValueError(f"need whole indices from 0 to {len(w) - 1}, got {c}")
    c = c.astype(np.int64)
    y = w[c]  # (n, d)

    def backward(dy):
        dy = np.asarray(dy, dtype=float)
        if dy.shape != y.shape:
            raise ValueError(f"need the shape of y, got {dy.shape} and {y.shape}")
        dw = np.zeros_like(w)
        np.add.at(dw, c, dy)  # a category may come more than once
        return dw

    return y, backward


# %% Convolution


def cross_correlation(x, w, stride=1, padding=0):
    r"""Slide a kernel over an image; at each place multiply entry by entry and add up.

    .. math::
        y_{pq} = \sum_{u,v} W_{uv} \, \tilde{x}_{S (p - 1) + u,\, S (q - 1) + v}, \quad
        \tilde{x} = \operatorname{pad}(x, P)

    Use it to see what a convolutional layer does with one channel and one filter.

    Parameters
    ----------
    x : (h, w) array
        Image :math:`x`.
    w : (kh, kw) array
        Kernel :math:`W`, also called filter.
    stride : int >= 1
        Step of the kernel :math:`S`, down and to the right.
    padding : int >= 0
        Rows and columns of zeros :math:`P` around the image.

    Returns
    -------
    (h', w') array
        Feature map :math:`y`; its size is that of ``conv_output_size``.

    Raises
    ------
    ValueError
        If the kernel does not fit into the image, the result is not finite, or stride and padding are not
        whole numbers.

    See Also
    --------
    convolution : flips the kernel first.
    conv2d : the layer, with channels, filters, bias and gradient.
    scipy.signal.correlate2d : the same with ``mode="valid"``; has neither stride nor padding.
    torch.nn.functional.conv2d : the same, with axes for examples and channels.

    Notes
    -----
    In the formula :math:`p, q` is a place of the map, :math:`u, v` one of the kernel. The two steps, the
    product entry by entry and the sum, are called the convolutional operation. What deep learning calls
    convolution is this one: nothing is flipped. As the kernel is learned, a flipped one would only be
    learned flipped.

    References
    ----------
    .. [1] Goodfellow, I., Bengio, Y., Courville, A. (2016). Deep Learning. MIT Press. ISBN 978-0-262-03561-3
    .. [2] Dumoulin, V., Visin, F. (2016). A guide to convolution arithmetic for deep learning.
       arXiv:1603.07285

    Examples
    --------
    The first entry of the map is 97 + 35 + 25 + 24.

    >>> image = [
    ...     [128, 97, 53, 201, 198],
    ...     [35, 22, 25, 200, 195],
    ...     [37, 24, 28, 197, 182],
    ...     [33, 28, 92, 195, 179],
    ...     [31, 40, 100, 192, 177],
    ... ]
    >>> cross_correlation(image, [[0, 1, 0], [1, 0, 1], [0, 1, 0]])
    array([[181., 303., 618.],
           [115., 338., 605.],
           [189., 351., 660.]])
    """
    x, w = np.asarray(x, dtype=float), np.asarray(w, dtype=float)
    if x.ndim != 2 or w.ndim != 2:
        raise ValueError(f"need an image (h, w) and a kernel (kh, kw), got {x.shape} and {w.shape}")
    if not (stride >= 1 and padding >= 0 and stride % 1 == padding % 1 == 0):
        raise ValueError(f"need whole stride >= 1 and padding >= 0, got {stride} and {padding}")
    windows = np.lib.stride_tricks.sliding_window_view(np.pad(x, padding), w.shape)[::stride, ::stride]
    return np.asarray_chkfinite(np.einsum("pquv,uv->pq", windows, w))


def convolution(x, w):
    r"""Convolution as mathematics has it: every pixel spreads a copy of the kernel.

    .. math::
        y_{pq} = \sum_{r,u \,:\, r + u = p + 1} \; \sum_{s,v \,:\, s + v = q + 1} x_{rs} W_{uv}

    Use it for signals, images and probabilities, where order and direction matter. For layers use
    cross-correlation.

    Parameters
    ----------
    x : (h, w) array
        Image :math:`x`.
    w : (kh, kw) array
        Kernel :math:`W`.

    Returns
    -------
    (h', w') array
        Convolution :math:`y`, in full: larger than the image by the kernel less one.

    Raises
    ------
    ValueError
        If one of them is empty or has not two axes, or the result is not finite.

    See Also
    --------
    cross_correlation : does not flip the kernel.
    conv2d_transpose : the same sum as a layer.
    scipy.signal.convolve2d : the same.
    torch.nn.functional.conv2d : the same for a kernel that is flipped and padding of its size less one.

    Notes
    -----
    The sum is the same with :math:`x` and :math:`W` exchanged: convolution commutes, and it is associative.
    Cross-correlation is neither. Solved for the index of the image, the kernel appears flipped in both axes:
    :math:`y_{pq} = \sum_{u,v} W_{uv} x_{p+1-u, q+1-v}`. The inner part, where the whole kernel lies in the
    image, is the cross-correlation with the flipped kernel ``w[::-1, ::-1]``.

    References
    ----------
    .. [1] Goodfellow, I., Bengio, Y., Courville, A. (2016). Deep Learning. MIT Press. ISBN 978-0-262-03561-3

    Examples
    --------
    One pixel becomes a copy of the kernel:

    >>> convolution([[0, 0], [0, 10]], [[1, 2], [3, 4]])
    array([[ 0.,  0.,  0.],
           [ 0., 10., 20.],
           [ 0., 30., 40.]])

    A series is an image of one row, and the order does not matter:

    >>> convolution([[1, 2, 3]], [[1, -1]]), convolution([[1, -1]], [[1, 2, 3]])
    (array([[ 1.,  1.,  1., -3.]]), array([[ 1.,  1.,  1., -3.]]))
    """
    x, w = np.asarray(x, dtype=float), np.asarray(w, dtype=float)
    if x.ndim != 2 or w.ndim != 2 or not x.size * w.size:
        raise ValueError(f"need an image (h, w) and a kernel (kh, kw), got {x.shape} and {w.shape}")
    padded = np.pad(x, [(size - 1, size - 1) for size in w.shape])
    windows = np.lib.stride_tricks.sliding_window_view(padded, w.shape)
    return np.asarray_chkfinite(np.einsum("pquv,uv->pq", windows, w[::-1, ::-1]))


@np.errstate(over="ignore", invalid="ignore")
def conv1d(x, w, b, stride=1, padding=0, dilation=1):
    r"""The same small filters at every place of a sequence.

    .. math::
        y_{ikp} = b_k + \sum_{j,u} W_{kju} \, \tilde{x}_{i,\, j,\, S (p - 1) + D (u - 1) + 1}, \quad
        \tilde{x} = \operatorname{pad}(x, P)

    Use it for sound, sensors and other series. With growing dilation it sees far back at little cost.

    Parameters
    ----------
    x : (n, c, t) array
        Inputs :math:`x`, channels before time.
    w : (m, c, kw) array
        Filters :math:`W`, one per output channel.
    b : (m,) array
        Biases :math:`b`.
    stride : int >= 1
        Step of the filter :math:`S`.
    padding : int >= 0
        Zeros :math:`P` at both ends.
    dilation : int >= 1
        Distance :math:`D` of the inputs that neighboring weights meet.

    Returns
    -------
    y : (n, m, t') array
        Outputs :math:`y`, one sequence per filter; the length is that of ``conv_output_size``.
    backward : function
        Takes the gradient by ``y``; returns those by the arrays:

        dx : (n, c, t) array
            By ``x``.
        dw : (m, c, kw) array
            By ``w``.
        db : (m,) array
            By ``b``.

    Raises
    ------
    ValueError
        If the shapes do not fit, the filter is longer than the padded input, or stride, padding and dilation
        are not whole numbers.

    See Also
    --------
    conv2d : for images.
    torch.nn.functional.conv1d : the same.
    jax.lax.conv_general_dilated : the same; takes the padding of each end.

    Notes
    -----
    The channels are summed: a filter has as many of them as the input. A causal convolution, which sees no
    future, pads :math:`D (F - 1)` zeros before the sequence and none after it, for a filter of length
    :math:`F`: pad by hand there.

    References
    ----------
    .. [1] Dumoulin, V., Visin, F. (2016). A guide to convolution arithmetic for deep learning.
       arXiv:1603.07285

    Examples
    --------
    A filter that compares a value with the one two steps before:

    >>> y, backward = conv1d([[[1, 2, 4, 8, 16]]], w=[[[-1, 0, 1]]], b=[0])
    >>> y
    array([[[ 3.,  6., 12.]]])
    >>> y, backward = conv1d([[[1, 2, 4, 8, 16]]], w=[[[-1, 1]]], b=[0], dilation=2)
    >>> y  # the same filter, without its zero
    array([[[ 3.,  6., 12.]]])
    """
    x, w, b = (np.asarray(a, dtype=float) for a in (x, w, b))
    if x.ndim != 3 or b.ndim != 1 or w.ndim != 3 or w.shape[:2] != (b.size, x.shape[1]):
        raise ValueError(f"need x (n, c, t), w (m, c, kw), b (m,), got {x.shape}, {w.shape} and {b.shape}")
    steps = stride, padding, dilation
    if not (min(stride, padding + 1, dilation) >= 1 and all(step % 1 == 0 for step in steps)):
        raise ValueError(f"need whole stride, padding and dilation, got {steps}")
    padded = np.pad(x, [(0, 0), (0, 0), (padding, padding)])
    reach = dilation * (w.shape[2] - 1) + 1
    windows = np.lib.stride_tricks.sliding_window_view(padded, reach, axis=2)
    windows = windows[:, :, ::stride, ::dilation]  # (n, c, t', kw)
    y = np.einsum("ncpu,mcu->nmp", windows, w, optimize=True) + b[:, None]  # (n, m, t')

    def backward(dy):
        dy = np.asarray(dy, dtype=float)
        if dy.shape != y.shape:
            raise ValueError(f"need the shape of y, got {dy.shape} and {y.shape}")
        dpadded = np.zeros_like(padded)
        dwindows = np.lib.stride_tricks.sliding_window_view(dpadded, reach, axis=2, writeable=True)
        dwindows = dwindows[:, :, ::stride, ::dilation]  # a view: what is added to it lands in dpadded
        for u in range(w.shape[2]):
            dwindows[..., u] += np.einsum("nmp,mc->ncp", dy, w[:, :, u], optimize=True)
        dw = np.einsum("nmp,ncpu->mcu", dy, windows, optimize=True)
        return dpadded[:, :, padding : padding + x.shape[2]], dw, dy.sum(axis=(0, 2))

    return y, backward


@np.errstate(over="ignore", invalid="ignore")
def conv2d(x, w, b, stride=1, padding=0, dilation=1):
    r"""The same small filters at every place of an image: one feature map per filter.

    .. math::
        y_{ikpq} = b_k + \sum_{j,u,v} W_{kjuv} \,
        \tilde{x}_{i,\, j,\, S (p - 1) + D (u - 1) + 1,\, S (q - 1) + D (v - 1) + 1}, \quad
        \tilde{x} = \operatorname{pad}(x, P)

    Use it for images and all that has neighbors in two directions. It needs few weights, as all places
    share them.

    Parameters
    ----------
    x : (n, c, h, w) array
        Inputs :math:`x`, channels before rows and columns.
    w : (m, c, kh, kw) array
        Filters :math:`W`, one per output channel.
    b : (m,) array
        Biases :math:`b`.
    stride : int >= 1
        Step of the filter :math:`S`, down and to the right.
    padding : int >= 0
        Rows and columns of zeros :math:`P` around each image.
    dilation : int >= 1
        Distance :math:`D` of the pixels that neighboring weights meet.

    Returns
    -------
    y : (n, m, h', w') array
        Outputs :math:`y`, one map per filter; height and width are those of ``conv_output_size``.
    backward : function
        Takes the gradient by ``y``; returns those by the arrays:

        dx : (n, c, h, w) array
            By ``x``.
        dw : (m, c, kh, kw) array
            By ``w``.
        db : (m,) array
            By ``b``.

    Raises
    ------
    ValueError
        If the shapes do not fit, the filter is larger than the padded image, or stride, padding and dilation
        are not whole numbers.

    See Also
    --------
    cross_correlation : one channel, one filter.
    grouped_conv2d : each filter sees some of the channels.
    conv2d_transpose : leads back to the larger size.
    torch.nn.functional.conv2d : the same.
    keras.ops.conv : channels last, weights (kh, kw, c, m), no bias; pads for ``"same"`` only.
    jax.lax.conv_general_dilated : the same; takes the padding of each side.

    Notes
    -----
    In the formula :math:`i` counts examples, :math:`k` filters, :math:`j` channels, :math:`p, q` places
    of the map, :math:`u, v` weights of a filter. The channels are summed: a filter has as many as the
    input, and each filter gives one map. The code copies all windows and multiplies once, which is called
    im2col. Backward, the gradient by the weights is again a cross-correlation, of the input with ``dy``;
    that by the input spreads each entry of ``dy`` over the window that it came from. A filter of 1 by 1
    is a dense layer across the channels of each pixel.

    References
    ----------
    .. [1] Goodfellow, I., Bengio, Y., Courville, A. (2016). Deep Learning. MIT Press. ISBN 978-0-262-03561-3
    .. [2] Dumoulin, V., Visin, F. (2016). A guide to convolution arithmetic for deep learning.
       arXiv:1603.07285

    Examples
    --------
    A filter for vertical edges on an image that is bright on the left:

    >>> image = np.array([[10, 10, 10, 0, 0, 0]] * 6)
    >>> edges = np.array([[1, 0, -1]] * 3)
    >>> y, backward = conv2d(image[None, None], edges[None, None], b=[0])
    >>> y[0, 0]
    array([[ 0., 30., 30.,  0.],
           [ 0., 30., 30.,  0.],
           [ 0., 30., 30.,  0.],
           [ 0., 30., 30.,  0.]])

    Two filters of 1 by 1 on three channels are a matrix product at each pixel:

    >>> x, w = np.arange(12.0).reshape(1, 3, 2, 2), np.array([[1, 0, -1], [1, 1, 1]])
    >>> y, backward = conv2d(x, w[:, :, None, None], b=[0, 0])
    >>> np.array_equal(y[0, :, 1, 0], w @ x[0, :, 1, 0])
    True
    """
    x, w, b = (np.asarray(a, dtype=float) for a in (x, w, b))
    if x.ndim != 4 or b.ndim != 1 or w.ndim != 4 or w.shape[:2] != (b.size, x.shape[1]):
        shapes = x.shape, w.shape, b.shape
        raise ValueError(f"need x (n, c, h, w), w (m, c, kh, kw), b (m,), got {shapes}")
    steps = stride, padding, dilation
    if not (min(stride, padding + 1, dilation) >= 1 and all(step % 1 == 0 for step in steps)):
        raise ValueError(f"need whole stride, padding and dilation, got {steps}")
    (height, width), (kh, kw) = x.shape[2:], w.shape[2:]
    reach = dilation * (kh - 1) + 1, dilation * (kw - 1) + 1
    padded = np.pad(x, [(0, 0), (0, 0), (padding, padding), (padding, padding)])
    windows = np.lib.stride_tricks.sliding_window_view(padded, reach, axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride, ::dilation, ::dilation]  # (n, c, h', w', kh, kw)
    y = np.einsum("ncpquv,mcuv->nmpq", windows, w, optimize=True) + b[:, None, None]  # (n, m, h', w')

    def backward(dy):
        dy = np.asarray(dy, dtype=float)
        if dy.shape != y.shape:
            raise ValueError(f"need the shape of y, got {dy.shape} and {y.shape}")
        dpadded = np.zeros_like(padded)
        dwindows = np.lib.stride_tricks.sliding_window_view(dpadded, reach, axis=(2, 3), writeable=True)
        dwindows = dwindows[:, :, ::stride, ::stride, ::dilation, ::dilation]  # a view of dpadded
        for u, v in np.ndindex(kh, kw):
            dwindows[..., u, v] += np.einsum("nmpq,mc->ncpq", dy, w[:, :, u, v], optimize=True)
        dx = dpadded[:, :, padding : padding + height, padding : padding + width]
        dw = np.einsum("nmpq,ncpquv->mcuv", dy, windows, optimize=True)
        return dx, dw, dy.sum(axis=(0, 2, 3))

    return y, backward


@np.errstate(over="ignore", invalid="ignore")
def grouped_conv2d(x, w, b, stride=1, padding=0):
    r"""Convolution in which each filter sees only its group of the channels.

    .. math::
        \begin{aligned}
        y_{ikpq} &= b_k + \sum_{j,u,v} W_{kjuv} \,
        \tilde{x}_{i,\, r (\lceil k G / o \rceil - 1) + j,\, S (p - 1) + u,\, S (q - 1) + v} \\
        \tilde{x} &= \operatorname{pad}(x, P), \quad G = c / r
        \end{aligned}

    Use it to save weights and time. With one channel per group, which is called depthwise, a convolution of
    1 by 1 usually follows and mixes the channels.

    Parameters
    ----------
    x : (n, c, h, w) array
        Inputs :math:`x`.
    w : (o, r, kh, kw) array
        Filters :math:`W` with the channels of one group each; there are ``c / r`` groups.
    b : (o,) array
        Biases :math:`b`.
    stride : int >= 1
        Step of the filter :math:`S`.
    padding : int >= 0
        Rows and columns of zeros :math:`P` around each image.

    Returns
    -------
    y : (n, o, h', w') array
        Outputs :math:`y`: first the maps of the first group.
    backward : function
        Takes the gradient by ``y``; returns those by the arrays:

        dx : (n, c, h, w) array
            By ``x``.
        dw : (o, r, kh, kw) array
            By ``w``.
        db : (o,) array
            By ``b``.

    Raises
    ------
    ValueError
        If the shapes do not fit, the groups do not divide the channels and the filters, the filter is larger
        than the padded image, or stride and padding are not whole numbers.

    See Also
    --------
    conv2d : one group.
    torch.nn.functional.conv2d : the same with ``groups=c / r``.
    jax.lax.conv_general_dilated : the same with ``feature_group_count=c / r``.

    Notes
    -----
    In the formula :math:`\lceil k G / o \rceil` is the group of filter :math:`k`. The number of groups
    need not be said: the shapes tell it. Weights and multiplications shrink to one part in :math:`G`.
    A filter per channel and then 1 by 1 take far fewer weights than one convolution.

    References
    ----------
    .. [1] Howard, A. G., Zhu, M., Chen, B., Kalenichenko, D., Wang, W., Weyand, T., Andreetto, M., Adam, H.
       (2017). MobileNets: Efficient Convolutional Neural Networks for Mobile Vision Applications.
       arXiv:1704.04861

    Examples
    --------
    Depthwise: the first channel is doubled, the second negated.

    >>> x = [[[[1, 2], [3, 4]], [[5, 6], [7, 8]]]]
    >>> y, backward = grouped_conv2d(x, w=[[[[2]]], [[[-1]]]], b=[0, 0])
    >>> y
    array([[[[ 2.,  4.],
             [ 6.,  8.]],
    <BLANKLINE>
            [[-5., -6.],
             [-7., -8.]]]])
    """
    x, w, b = (np.asarray(a, dtype=float) for a in (x, w, b))
    fits = x.ndim == w.ndim == 4 and x.size * w.size > 0 and b.shape == w.shape[:1]
    if not fits or x.shape[1] % w.shape[1]:
        shapes = x.shape, w.shape, b.shape
        raise ValueError(f"need x (n, c, h, w), w (o, r, kh, kw), b (o,), r a divisor of c, got {shapes}")
    if len(w) % (x.shape[1] // w.shape[1]):
        raise ValueError(f"need as many filters in each group, got {x.shape} and {w.shape}")
    if not (stride >= 1 and padding >= 0 and stride % 1 == padding % 1 == 0):
        raise ValueError(f"need whole stride >= 1 and padding >= 0, got {stride} and {padding}")
    (n, c, height, width), (o, r, kh, kw) = x.shape, w.shape
    padded = np.pad(x, [(0, 0), (0, 0), (padding, padding), (padding, padding)])
    grouped = padded.reshape(n, c // r, r, *padded.shape[2:])
    windows = np.lib.stride_tricks.sliding_window_view(grouped, (kh, kw), axis=(3, 4))
    windows = windows[:, :, :, ::stride, ::stride]  # (n, groups, r, h', w', kh, kw)
    kernels = w.reshape(c // r, -1, r, kh, kw)  # (groups, filters in each, r, kh, kw)
    y = np.einsum("ngcpquv,gmcuv->ngmpq", windows, kernels, optimize=True)
    y = y.reshape(n, o, *y.shape[3:]) + b[:, None, None]  # (n, o, h', w')

    def backward(dy):
        dy = np.asarray(dy, dtype=float)
        if dy.shape != y.shape:
            raise ValueError(f"need the shape of y, got {dy.shape} and {y.shape}")
        dyg = dy.reshape(n, c // r, -1, *y.shape[2:])
        dgrouped = np.zeros_like(grouped)
        dwindows = np.lib.stride_tricks.sliding_window_view(dgrouped, (kh, kw), axis=(3, 4), writeable=True)
        dwindows = dwindows[:, :, :, ::stride, ::stride]  # a view of dgrouped
        for u, v in np.ndindex(kh, kw):
            dwindows[..., u, v] += np.einsum("ngmpq,gmc->ngcpq", dyg, kernels[..., u, v], optimize=True)
        dx = dgrouped.reshape(padded.shape)[:, :, padding : padding + height, padding : padding + width]
        dw = np.einsum("ngmpq,ngcpquv->gmcuv", dyg, windows, optimize=True).reshape(w.shape)
        return dx, dw, dy.sum(axis=(0, 2, 3))

    return y, backward


@np.errstate(over="ignore", invalid="ignore")
def conv2d_transpose(x, w, b, stride=1, padding=0):
    r"""Every pixel spreads a copy of the filters: a convolution backwards, to a larger image.

    .. math::
        y_{ikrs} = b_k + \sum_{p,u \,:\, S (p - 1) + u = r + P} \; \sum_{q,v \,:\, S (q - 1) + v = s + P} \;
        \sum_{j} x_{ijpq} W_{jkuv}

    Use it to enlarge feature maps: in decoders, generators, segmentation.

    Parameters
    ----------
    x : (n, c, h, w) array
        Inputs :math:`x`.
    w : (c, m, kh, kw) array
        Filters :math:`W`; the channels of the input come first.
    b : (m,) array
        Biases :math:`b`.
    stride : int >= 1
        Distance of the copies :math:`S`.
    padding : int >= 0
        Rows and columns that are cut off at each side, :math:`P`.

    Returns
    -------
    y : (n, m, h', w') array
        Outputs :math:`y`, of height :math:`S (h - 1) + F - 2 P` for a filter of height :math:`F`.
    backward : function
        Takes the gradient by ``y``; returns those by the arrays:

        dx : (n, c, h, w) array
            By ``x``.
        dw : (c, m, kh, kw) array
            By ``w``.
        db : (m,) array
            By ``b``.

    Raises
    ------
    ValueError
        If the shapes do not fit, nothing is left after the cut, or stride and padding are not whole numbers.

    See Also
    --------
    conv2d : its backward pass by the input is this layer.
    convolution : the same with one channel, one filter, stride 1.
    torch.nn.functional.conv_transpose2d : the same.
    keras.ops.conv_transpose : channels last, weights (kh, kw, m, c), no bias; cuts off nothing with
        ``"valid"``.

    Notes
    -----
    In the formula :math:`p, q` is a pixel of the input, :math:`r, s` one of the output; those pairs are
    added up that a weight connects. As a matrix, a convolution is multiplied from the left; this layer
    multiplies by the transposed matrix, hence the name. It gives back the shape, not the input.
    Deconvolution, as it is sometimes called, is something else: the inverse. Where the filter's size is
    no multiple of the stride, copies overlap more at some pixels than at others, which shows as a
    checkerboard.

    References
    ----------
    .. [1] Dumoulin, V., Visin, F. (2016). A guide to convolution arithmetic for deep learning.
       arXiv:1603.07285

    Examples
    --------
    >>> x, w = [[[[1, 2], [3, 4]]]], [[[[1, 1], [1, 1]]]]
    >>> y, backward = conv2d_transpose(x, w, b=[0], stride=2)
    >>> y[0, 0]
    array([[1., 1., 2., 2.],
           [1., 1., 2., 2.],
           [3., 3., 4., 4.],
           [3., 3., 4., 4.]])
    """
    x, w, b = (np.asarray(a, dtype=float) for a in (x, w, b))
    if x.ndim != 4 or b.ndim != 1 or w.ndim != 4 or w.shape[:2] != (x.shape[1], b.size):
        shapes = x.shape, w.shape, b.shape
        raise ValueError(f"need x (n, c, h, w), w (c, m, kh, kw), b (m,), got {shapes}")
    if not (stride >= 1 and padding >= 0 and stride % 1 == padding % 1 == 0):
        raise ValueError(f"need whole stride >= 1 and padding >= 0, got {stride} and {padding}")
    (n, _, height, width), (_, m, kh, kw) = x.shape, w.shape
    height, width = stride * (height - 1) + kh, stride * (width - 1) + kw
    if not 2 * padding < min(height, width):
        raise ValueError(f"need padding below half of the sizes {height} and {width}, got {padding}")
    full = np.zeros((n, m, height, width))
    windows = np.lib.stride_tricks.sliding_window_view(full, (kh, kw), axis=(2, 3), writeable=True)
    windows = windows[:, :, ::stride, ::stride]  # (n, m, h, w, kh, kw), a view of full
    for u, v in np.ndindex(kh, kw):
        windows[..., u, v] += np.einsum("ncpq,cm->nmpq", x, w[:, :, u, v], optimize=True)
    inner = np.s_[:, :, padding : height - padding, padding : width - padding]
    y = full[inner] + b[:, None, None]  # (n, m, h', w')

    def backward(dy):
        dy = np.asarray(dy, dtype=float)
        if dy.shape != y.shape:
            raise ValueError(f"need the shape of y, got {dy.shape} and {y.shape}")
        dfull = np.pad(dy, [(0, 0), (0, 0), (padding, padding), (padding, padding)])
        dwindows = np.lib.stride_tricks.sliding_window_view(dfull, (kh, kw), axis=(2, 3))
        dwindows = dwindows[:, :, ::stride, ::stride]  # (n, m, h, w, kh, kw)
        dx = np.einsum("nmpquv,cmuv->ncpq", dwindows, w, optimize=True)
        dw = np.einsum("ncpq,nmpquv->cmuv", x, dwindows, optimize=True)
        return dx, dw, dy.sum(axis=(0, 2, 3))

    return y, backward


# %% Pooling


def max_pool2d(x, size=2, stride=2):
    r"""The largest value of each window of a feature map.

    .. math::
        y_{ijpq} = \max_{1 \le u \le F,\, 1 \le v \le F} x_{i,\, j,\, S (p - 1) + u,\, S (q - 1) + v}

    Use it between convolutions to halve height and width and keep the strongest responses.

    Parameters
    ----------
    x : (n, c, h, w) array
        Inputs :math:`x`.
    size : int >= 1
        Height and width of the window :math:`F`.
    stride : int >= 1
        Step of the window :math:`S`.

    Returns
    -------
    y : (n, c, h', w') array
        Outputs :math:`y`; the channels stay, height and width are those of ``conv_output_size``.
    backward : function
        Takes the gradient by ``y``; returns that by the input:

        dx : (n, c, h, w) array
            By ``x``.

    Raises
    ------
    ValueError
        If the window is larger than the image, or size and stride are not whole numbers from 1 on.

    See Also
    --------
    avg_pool2d : the mean.
    torch.nn.functional.max_pool2d : the same; ``stride`` is ``size`` unless given.
    keras.ops.max_pool : the same with ``data_format="channels_first"``; ``strides`` is ``pool_size`` unless
        given.

    Notes
    -----
    It has hyperparameters, size and stride, but nothing to learn. Backward, the gradient goes to the largest
    entry of each window; of equal ones the first gets all, as in PyTorch. The result hardly changes if the
    image is shifted by a pixel: a tolerance, not an invariance. Incomplete windows at the end are left out;
    PyTorch's ``ceil_mode=True`` and Keras' ``"same"`` keep them. Padding for a maximum is minus infinity, not
    zero.

    References
    ----------
    .. [1] Goodfellow, I., Bengio, Y., Courville, A. (2016). Deep Learning. MIT Press. ISBN 978-0-262-03561-3

    Examples
    --------
    >>> x = np.arange(16).reshape(1, 1, 4, 4)
    >>> y, backward = max_pool2d(x)
    >>> y[0, 0]
    array([[ 5.,  7.],
           [13., 15.]])
    >>> backward([[[[1, 2], [3, 4]]]])[0, 0]
    array([[0., 0., 0., 0.],
           [0., 1., 0., 2.],
           [0., 0., 0., 0.],
           [0., 3., 0., 4.]])
    """
    x = np.asarray(x, dtype=float)
    if x.ndim != 4 or not (size >= 1 and stride >= 1 and size % 1 == stride % 1 == 0):
        raise ValueError(f"need x (n, c, h, w), whole size and stride, got {x.shape}, {size} and {stride}")
    windows = np.lib.stride_tricks.sliding_window_view(x, (size, size), axis=(2, 3))[:, :, ::stride, ::stride]
    flat = windows.reshape(*windows.shape[:4], size * size)  # (n, c, h', w', size²)
    y = flat.max(axis=-1)  # (n, c, h', w')

    def backward(dy):
        dy = np.asarray(dy, dtype=float)
        if dy.shape != y.shape:
            raise ValueError(f"need the shape of y, got {dy.shape} and {y.shape}")
        u, v = np.divmod(flat.argmax(axis=-1), size)
        i, j, p, q = np.indices(y.shape)
        dx = np.zeros_like(x)
        np.add.at(dx, (i, j, stride * p + u, stride * q + v), dy)  # windows may overlap
        return dx

    return y, backward


@np.errstate(over="ignore", invalid="ignore")
def avg_pool2d(x, size=2, stride=2):
    r"""The mean of each window of a feature map.

    .. math::
        y_{ijpq} = \frac{1}{F^2} \sum_{u=1}^{F} \sum_{v=1}^{F} x_{i,\, j,\, S (p - 1) + u,\, S (q - 1) + v}

    Use it to shrink a map smoothly. Maxima keep single strong responses better.

    Parameters
    ----------
    x : (n, c, h, w) array
        Inputs :math:`x`.
    size : int >= 1
        Height and width of the window :math:`F`.
    stride : int >= 1
        Step of the window :math:`S`.

    Returns
    -------
    y : (n, c, h', w') array
        Outputs :math:`y`; the channels stay, height and width are those of ``conv_output_size``.
    backward : function
        Takes the gradient by ``y``; returns that by the input:

        dx : (n, c, h, w) array
            By ``x``.

    Raises
    ------
    ValueError
        If the window is larger than the image, or size and stride are not whole numbers from 1 on.

    See Also
    --------
    max_pool2d : the largest value.
    global_avg_pool2d : one window for the whole map.
    torch.nn.functional.avg_pool2d : the same; ``stride`` is ``size`` unless given.
    keras.ops.average_pool : the same with ``data_format="channels_first"``; ``strides`` is ``pool_size``
        unless given.

    Notes
    -----
    It is a convolution of each channel with equal weights :math:`1 / F^2`; nothing is learned. Backward, each
    pixel of the window gets the same share. With padding, PyTorch counts the zeros in the mean unless
    ``count_include_pad=False``; Keras does not count them.

    References
    ----------
    .. [1] Goodfellow, I., Bengio, Y., Courville, A. (2016). Deep Learning. MIT Press. ISBN 978-0-262-03561-3

    Examples
    --------
    >>> y, backward = avg_pool2d([[[[5, 3, 1], [8, 2, 5], [9, 4, 3]]]], size=2, stride=1)
    >>> y[0, 0]
    array([[4.5 , 2.75],
           [5.75, 3.5 ]])
    """
    x = np.asarray(x, dtype=float)
    if x.ndim != 4 or not (size >= 1 and stride >= 1 and size % 1 == stride % 1 == 0):
        raise ValueError(f"need x (n, c, h, w), whole size and stride, got {x.shape}, {size} and {stride}")
    windows = np.lib.stride_tricks.sliding_window_view(x, (size, size), axis=(2, 3))[:, :, ::stride, ::stride]
    y = windows.mean(axis=(-2, -1))  # (n, c, h', w')

    def backward(dy):
        dy = np.asarray(dy, dtype=float)
        if dy.shape != y.shape:
            raise ValueError(f"need the shape of y, got {dy.shape} and {y.shape}")
        dx = np.zeros_like(x)
        dwindows = np.lib.stride_tricks.sliding_window_view(dx, (size, size), axis=(2, 3), writeable=True)
        dwindows = dwindows[:, :, ::stride, ::stride]  # a view: what is added to it lands in dx
        for u, v in np.ndindex(size, size):
            dwindows[..., u, v] += dy / size**2
        return dx

    return y, backward


@np.errstate(over="ignore", invalid="ignore")
def global_avg_pool2d(x):
    r"""The mean of each feature map: one number per channel.

    .. math::
        y_{ij} = \frac{1}{h w} \sum_{p,q} x_{ijpq}

    Use it before the last dense layer of a convolutional network: images of any size become a vector.

    Parameters
    ----------
    x : (n, c, h, w) array
        Inputs :math:`x`.

    Returns
    -------
    y : (n, c) array
        Outputs :math:`y`.
    backward : function
        Takes the gradient by ``y``; returns that by the input:

        dx : (n, c, h, w) array
            By ``x``.

    Raises
    ------
    ValueError
        If ``x`` has not four axes or its images are empty.

    See Also
    --------
    avg_pool2d : the means of small windows.
    flatten : keeps all numbers.
    torch.nn.functional.adaptive_avg_pool2d : the same with ``output_size=1``; keeps axes of length 1.
    keras.layers.GlobalAveragePooling2D : the same with ``data_format="channels_first"``.

    Notes
    -----
    It replaced the large dense layers at the end of older networks. Where a pattern is no longer matters,
    only how strong it is on average.

    References
    ----------
    .. [1] Lin, M., Chen, Q., Yan, S. (2013). Network In Network. arXiv:1312.4400

    Examples
    --------
    >>> y, backward = global_avg_pool2d([[[[1, 2], [3, 4]], [[5, 5], [5, 9]]]])
    >>> y
    array([[2.5, 6. ]])
    """
    x = np.asarray(x, dtype=float)
    if x.ndim != 4 or 0 in x.shape[2:]:
        raise ValueError(f"need images (n, c, h, w) that are not empty, got {x.shape}")
    y = x.mean(axis=(2, 3))  # (n, c)

    def backward(dy):
        dy = np.asarray(dy, dtype=float)
        if dy.shape != y.shape:
            raise ValueError(f"need the shape of y, got {dy.shape} and {y.shape}")
        return np.ones_like(x) * dy[:, :, None, None] / (x.shape[2] * x.shape[3])

    return y, backward


# %% Blocks


@np.errstate(over="ignore", invalid="ignore")
def residual_block(x, w1, b1, w2, b2):
    r"""Two layers whose result is added to their input: they learn the difference.

    .. math::
        y = \operatorname{relu}\left(x + \operatorname{relu}(x W_1 + b_1) W_2 + b_2\right)

    Use it to make networks deep: gradients pass through the shortcut undiminished.

    Parameters
    ----------
    x : (n, d) array
        Inputs :math:`x`.
    w1 : (d, m) array
        Weights of the first layer :math:`W_1`.
    b1 : (m,) array
        Biases of the first layer :math:`b_1`.
    w2 : (m, d) array
        Weights of the second layer :math:`W_2`.
    b2 : (d,) array
        Biases of the second layer :math:`b_2`.

    Returns
    -------
    y : (n, d) array in [0, inf)
        Outputs :math:`y`, as wide as the inputs.
    backward : function
        Takes the gradient by ``y``; returns those by the arrays:

        dx : (n, d) array
            By ``x``.
        dw1 : (d, m) array
            By ``w1``.
        db1 : (m,) array
            By ``b1``.
        dw2 : (m, d) array
            By ``w2``.
        db2 : (d,) array
            By ``b2``.

    Raises
    ------
    ValueError
        If the shapes do not fit or the result is not finite.

    See Also
    --------
    projection_block : if input and output differ in width.
    torch.nn.functional.relu : the activation; the rest is two products and a sum.

    Notes
    -----
    The identity is easy: with weights and biases of the second layer at zero, an input that is not negative
    comes out unchanged, so more blocks need not hurt. Plain layers have to learn the identity. Backward, the
    gradient splits: one part goes around the layers, however small their weights are. In a residual network
    the layers are convolutions with batch normalization; the shortcut is the same.

    References
    ----------
    .. [1] He, K., Zhang, X., Ren, S., Sun, J. (2015). Deep Residual Learning for Image Recognition.
       arXiv:1512.03385

    Examples
    --------
    Weights of zero: the block is the identity, also backward.

    >>> w, b = np.zeros((2, 2)), np.zeros(2)
    >>> y, backward = residual_block([[3.0, 5.0]], w, b, w, b)
    >>> y
    array([[3., 5.]])
    >>> dx, *_ = backward([[1.0, 1.0]])
    >>> dx
    array([[1., 1.]])
    """
    x, w1, b1, w2, b2 = (np.asarray(a, dtype=float) for a in (x, w1, b1, w2, b2))
    if x.ndim != 2 or b1.ndim != 1 or b2.shape != x.shape[1:]:
        raise ValueError(f"need x (n, d), b1 (m,) and b2 (d,), got {x.shape}, {b1.shape} and {b2.shape}")
    if w1.shape != (b2.size, b1.size) or w2.shape != w1.shape[::-1]:
        raise ValueError(f"need w1 (d, m) and w2 (m, d), got {w1.shape} and {w2.shape} for {x.shape}")
    a = np.maximum(0, x @ w1 + b1)  # (n, m)
    y = np.asarray_chkfinite(np.maximum(0, x + a @ w2 + b2))  # (n, d)

    def backward(dy):
        dy = np.asarray(dy, dtype=float)
        if dy.shape != y.shape:
            raise ValueError(f"need the shape of y, got {dy.shape} and {y.shape}")
        dz2 = dy * (y > 0)
        dz1 = dz2 @ w2.T * (a > 0)
        dx = dz2 + dz1 @ w1.T  # around the layers, and through them
        return dx, x.T @ dz1, dz1.sum(axis=0), a.T @ dz2, dz2.sum(axis=0)

    return y, backward


@np.errstate(over="ignore", invalid="ignore")
def projection_block(x, ws, w1, b1, w2, b2):
    r"""Residual block between different widths: the shortcut is a linear map.

    .. math::
        y = \operatorname{relu}\left(x W_s + \operatorname{relu}(x W_1 + b_1) W_2 + b_2\right)

    Use it where a residual network changes the number of features or channels; elsewhere the plain shortcut
    is better.

    Parameters
    ----------
    x : (n, d) array
        Inputs :math:`x`.
    ws : (d, o) array
        Weights of the shortcut :math:`W_s`.
    w1 : (d, m) array
        Weights of the first layer :math:`W_1`.
    b1 : (m,) array
        Biases of the first layer :math:`b_1`.
    w2 : (m, o) array
        Weights of the second layer :math:`W_2`.
    b2 : (o,) array
        Biases of the second layer :math:`b_2`.

    Returns
    -------
    y : (n, o) array in [0, inf)
        Outputs :math:`y`.
    backward : function
        Takes the gradient by ``y``; returns those by the arrays:

        dx : (n, d) array
            By ``x``.
        dws : (d, o) array
            By ``ws``.
        dw1 : (d, m) array
            By ``w1``.
        db1 : (m,) array
            By ``b1``.
        dw2 : (m, o) array
            By ``w2``.
        db2 : (o,) array
            By ``b2``.

    Raises
    ------
    ValueError
        If the shapes do not fit or the result is not finite.

    See Also
    --------
    residual_block : with the identity as shortcut.
    torch.nn.functional.relu : the activation; the rest is three products and sums.

    Notes
    -----
    For images the map is a convolution of 1 by 1, with stride 2 where the block halves the image. A network
    has few of these blocks, one at each change of the number of channels.

    References
    ----------
    .. [1] He, K., Zhang, X., Ren, S., Sun, J. (2015). Deep Residual Learning for Image Recognition.
       arXiv:1512.03385

    Examples
    --------
    >>> w1, b1 = np.zeros((2, 4)), np.zeros(4)
    >>> w2, b2 = np.zeros((4, 3)), np.zeros(3)
    >>> y, backward = projection_block([[3.0, 5.0]], [[1, 0, 1], [0, 1, 1]], w1, b1, w2, b2)
    >>> y
    array([[3., 5., 8.]])
    """
    x, ws, w1, b1, w2, b2 = (np.asarray(a, dtype=float) for a in (x, ws, w1, b1, w2, b2))
    if x.ndim != 2 or b1.ndim != 1 or b2.ndim != 1 or ws.shape != (x.shape[1], b2.size):
        raise ValueError(f"need x (n, d), ws (d, o), b2 (o,), got {x.shape}, {ws.shape} and {b2.shape}")
    if w1.shape != (x.shape[1], b1.size) or w2.shape != (b1.size, b2.size):
        raise ValueError(f"need w1 (d, m), b1 (m,), w2 (m, o), got {w1.shape}, {b1.shape} and {w2.shape}")
    a = np.maximum(0, x @ w1 + b1)  # (n, m)
    y = np.asarray_chkfinite(np.maximum(0, x @ ws + a @ w2 + b2))  # (n, o)

    def backward(dy):
        dy = np.asarray(dy, dtype=float)
        if dy.shape != y.shape:
            raise ValueError(f"need the shape of y, got {dy.shape} and {y.shape}")
        dz2 = dy * (y > 0)
        dz1 = dz2 @ w2.T * (a > 0)
        dx = dz2 @ ws.T + dz1 @ w1.T
        return dx, x.T @ dz2, x.T @ dz1, dz1.sum(axis=0), a.T @ dz2, dz2.sum(axis=0)

    return y, backward


@np.errstate(over="ignore", invalid="ignore")
def squeeze_excitation(x, w1, b1, w2, b2):
    r"""Scale each channel by a gate that the means of all channels compute.

    .. math::
        \begin{aligned}
        y_{ijpq} &= x_{ijpq} a_{ij} \\
        a &= \sigma\left(\operatorname{relu}(s W_1 + b_1) W_2 + b_2\right) \\
        s_{ij} &= \operatorname{mean}(x_{ij})
        \end{aligned}

    Use it inside convolutional blocks: with few weights, it turns channels up and down for each image.

    Parameters
    ----------
    x : (n, c, h, w) array
        Inputs :math:`x`.
    w1 : (c, m) array
        Weights to the bottleneck :math:`W_1`; ``m`` is mostly ``c / 16``.
    b1 : (m,) array
        Biases of the bottleneck :math:`b_1`.
    w2 : (m, c) array
        Weights to the gates :math:`W_2`.
    b2 : (c,) array
        Biases of the gates :math:`b_2`.

    Returns
    -------
    y : (n, c, h, w) array
        Outputs :math:`y`.
    backward : function
        Takes the gradient by ``y``; returns those by the arrays:

        dx : (n, c, h, w) array
            By ``x``.
        dw1 : (c, m) array
            By ``w1``.
        db1 : (m,) array
            By ``b1``.
        dw2 : (m, c) array
            By ``w2``.
        db2 : (c,) array
            By ``b2``.

    Raises
    ------
    ValueError
        If the shapes do not fit, the images are empty, or the result is not finite.

    See Also
    --------
    global_avg_pool2d : the squeeze.
    torch.sigmoid : the gate; the rest is a mean, two products and a ReLU.

    Notes
    -----
    The squeeze is the mean of each map, the excitation a small network with a sigmoid at its end. The gates
    lie between 0 and 1 and are the same for all pixels of a map. Backward, a pixel acts twice: through its
    gate as a factor, and through the mean on all gates of its image.

    References
    ----------
    .. [1] Hu, J., Shen, L., Albanie, S., Sun, G., Wu, E. (2017). Squeeze-and-Excitation Networks.
       arXiv:1709.01507

    Examples
    --------
    Without weights every gate is one half:

    >>> x = [[[[2, 4], [6, 8]], [[1, 1], [1, 1]]]]
    >>> y, backward = squeeze_excitation(x, np.zeros((2, 1)), [0], np.zeros((1, 2)), [0, 0])
    >>> y
    array([[[[1. , 2. ],
             [3. , 4. ]],
    <BLANKLINE>
            [[0.5, 0.5],
             [0.5, 0.5]]]])
    """
    x, w1, b1, w2, b2 = (np.asarray(a, dtype=float) for a in (x, w1, b1, w2, b2))
    if x.ndim != 4 or b1.ndim != 1 or 0 in x.shape[2:]:
        raise ValueError(f"need images (n, c, h, w) and b1 (m,), got {x.shape} and {b1.shape}")
    c, m = x.shape[1], b1.size
    if w1.shape != (c, m) or w2.shape != (m, c) or b2.shape != (c,):
        raise ValueError(f"need w1 (c, m), w2 (m, c), b2 (c,), got {w1.shape}, {w2.shape} and {b2.shape}")
    s = x.mean(axis=(2, 3))  # (n, c)
    e = np.maximum(0, s @ w1 + b1)  # (n, m)
    a = (1 + np.tanh((e @ w2 + b2) / 2)) / 2  # (n, c), the sigmoid
    y = np.asarray_chkfinite(x * a[:, :, None, None])  # (n, c, h, w)

    def backward(dy):
        dy = np.asarray(dy, dtype=float)
        if dy.shape != y.shape:
            raise ValueError(f"need the shape of y, got {dy.shape} and {y.shape}")
        dz2 = (dy * x).sum(axis=(2, 3)) * a * (1 - a)
        dz1 = dz2 @ w2.T * (e > 0)
        ds = dz1 @ w1.T
        dx = dy * a[:, :, None, None] + ds[:, :, None, None] / (x.shape[2] * x.shape[3])
        return dx, s.T @ dz1, dz1.sum(axis=0), e.T @ dz2, dz2.sum(axis=0)

    return y, backward


# %% Sizes and costs


def conv_output_size(size, kernel, stride=1, padding=0, dilation=1):
    r"""How many places a kernel takes along one axis: height or width of the feature map.

    .. math::
        M = \max\left(0, \left\lfloor \frac{N + 2 P - D (F - 1) - 1}{S} \right\rfloor + 1\right)

    Use it for height and width of every convolution and every pooling, one axis at a time.

    Parameters
    ----------
    size : int >= 1
        Height or width of the input :math:`N`.
    kernel : int >= 1
        Height or width of the kernel or window :math:`F`.
    stride : int >= 1
        Step of the kernel :math:`S`.
    padding : int >= 0
        Zeros on each side :math:`P`.
    dilation : int >= 1
        Distance of neighboring weights :math:`D`.

    Returns
    -------
    int in [0, inf)
        Height or width of the output :math:`M`; 0 if the kernel does not fit.

    Raises
    ------
    ValueError
        If an argument is not a whole number in its range.

    See Also
    --------
    conv_parameters : how many weights the layer has.
    torch.nn.functional.conv1d : its output has this length.
    numpy.arange : its length is the same from 0 to the last place, in steps of the stride.

    Notes
    -----
    Without dilation it is :math:`\lfloor (N + 2 P - F) / S \rfloor + 1`. "Valid" means no padding. "Same"
    pads so that the size stays at stride 1: :math:`P = D (F - 1) / 2`, a whole number for an odd kernel. A
    transposed convolution solves for the input: :math:`N = S (M - 1) + F - 2 P`.

    References
    ----------
    .. [1] Dumoulin, V., Visin, F. (2016). A guide to convolution arithmetic for deep learning.
       arXiv:1603.07285

    Examples
    --------
    >>> conv_output_size(7, kernel=3, stride=2)
    3
    >>> conv_output_size(6, kernel=3, padding=1)
    6
    """
    values = (size, kernel, stride, padding, dilation)
    if not all(v >= low and v % 1 == 0 for v, low in zip(values, (1, 1, 1, 0, 1), strict=True)):
        raise ValueError(f"need whole numbers, size, kernel, stride and dilation from 1 on, got {values}")
    return max(0, int((size + 2 * padding - dilation * (kernel - 1) - 1) // stride + 1))


def conv_parameters(kernel, channels, filters):
    r"""How many weights and biases a convolutional layer learns.

    .. math::
        C = (F^2 c_{\mathrm{in}} + 1) \, c_{\mathrm{out}}

    Use it to compare layers. The size of the image does not matter.

    Parameters
    ----------
    kernel : int >= 1
        Height and width of the filters :math:`F`.
    channels : int >= 1
        Channels of the input :math:`c_{\mathrm{in}}`.
    filters : int >= 1
        Filters, each an output channel, :math:`c_{\mathrm{out}}`.

    Returns
    -------
    int in [2, inf)
        Weights and biases :math:`C`.

    Raises
    ------
    ValueError
        If one of them is not a whole number from 1 on.

    See Also
    --------
    conv_multiplications : what the layer costs to compute.
    torch.nn.Conv2d : its weight and bias have as many entries.

    Notes
    -----
    The filters reach through all channels of the input, which is easily overlooked: on a color image a filter
    of 5 by 5 has 75 weights, not 25. Pooling has no parameters. A dense layer is the case of a kernel of 1.

    References
    ----------
    .. [1] Goodfellow, I., Bengio, Y., Courville, A. (2016). Deep Learning. MIT Press. ISBN 978-0-262-03561-3

    Examples
    --------
    >>> conv_parameters(kernel=3, channels=3, filters=10)
    280
    """
    if not all(v >= 1 and v % 1 == 0 for v in (kernel, channels, filters)):
        raise ValueError(f"need whole numbers from 1 on, got {kernel}, {channels} and {filters}")
    return int((kernel**2 * channels + 1) * filters)


def conv_multiplications(height, width, kernel, channels, filters):
    r"""How many multiplications a convolutional layer takes for one image.

    .. math::
        C = H V F^2 c_{\mathrm{in}} \, c_{\mathrm{out}}

    Use it to find out which layer is expensive, and what a bottleneck of 1 by 1 saves.

    Parameters
    ----------
    height : int >= 1
        Height of the output :math:`H`.
    width : int >= 1
        Width of the output :math:`V`.
    kernel : int >= 1
        Height and width of the filters :math:`F`.
    channels : int >= 1
        Channels of the input :math:`c_{\mathrm{in}}`.
    filters : int >= 1
        Filters, each an output channel, :math:`c_{\mathrm{out}}`.

    Returns
    -------
    int in [1, inf)
        Multiplications :math:`C`.

    Raises
    ------
    ValueError
        If one of them is not a whole number from 1 on.

    See Also
    --------
    conv_output_size : height and width of the output.
    conv_parameters : the weights and biases.
    torch.utils.flop_counter.conv_flop_count : twice as much, as it counts additions too.

    Notes
    -----
    Each number of the output takes as many multiplications as a filter has weights, also at places where
    it meets padding. Counts of operations (FLOPs) are twice this, as every product is also added.

    References
    ----------
    .. [1] Szegedy, C., Liu, W., Jia, Y., Sermanet, P., Reed, S., Anguelov, D., Erhan, D., Vanhoucke, V.,
       Rabinovich, A. (2014). Going Deeper with Convolutions. arXiv:1409.4842

    Examples
    --------
    A convolution of 5 by 5 from 192 to 32 channels, and the same after a bottleneck of 16 channels:

    >>> conv_multiplications(28, 28, kernel=5, channels=192, filters=32)
    120422400
    >>> conv_multiplications(28, 28, kernel=1, channels=192, filters=16)
    2408448
    >>> conv_multiplications(28, 28, kernel=5, channels=16, filters=32)
    10035200
    """
    values = (height, width, kernel, channels, filters)
    if not all(v >= 1 and v % 1 == 0 for v in values):
        raise ValueError(f"need whole numbers from 1 on, got {values}")
    return int(height * width * kernel**2 * channels * filters)
