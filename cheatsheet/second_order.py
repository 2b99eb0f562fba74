"""Second-order methods: steps that know the curvature, or learn it from gradients."""

import numpy as np

# %% Newton's method and its approximations


@np.errstate(over="ignore", invalid="ignore")
def numerical_hessian(f, w, h=1e-4):
    r"""Second derivatives of a function by central differences.

    .. math::
        H_{jk} = \frac{[f(w + h e_j + h e_k) + f(w - h e_j - h e_k)]
            - [f(w + h e_j - h e_k) + f(w - h e_j + h e_k)]}{4 h^2}

    Use it to check a Hessian that was derived by hand, or to look at the curvature at a point. Not for
    training: it calls the function :math:`4 d^2` times.

    Parameters
    ----------
    f : function of (d,) array
        Function :math:`f`, which returns a number.
    w : (d,) array
        Where the derivatives are wanted, :math:`w`.
    h : float > 0
        Length of the difference, :math:`h`.

    Returns
    -------
    (d, d) array, symmetric
        Hessian matrix :math:`H`.

    Raises
    ------
    ValueError
        If ``w`` or a value of ``f`` is not finite, ``w`` has not one axis, or ``h`` is not positive.

    See Also
    --------
    curvature_signs : what kind of point it is.
    newton : the step that needs it.
    torch.autograd.functional.hessian : exact, by automatic differentiation.
    jax.hessian : exact, by automatic differentiation.

    Notes
    -----
    The error is of the order :math:`h^2` from the curve and :math:`10^{-16} / h^2` from rounding; 1e-4
    balances the two, and about eight digits are right.

    References
    ----------
    .. [1] Nocedal, J., Wright, S. J. (2006). Numerical Optimization. Springer. doi:10.1007/978-0-387-40065-5

    Examples
    --------
    >>> numerical_hessian(lambda w: w[0] ** 2 - w[1] ** 2 + 3 * w[0] * w[1], [1.0, 2.0]).round(4)
    array([[ 2.,  3.],
           [ 3., -2.]])
    """
    w = np.asarray_chkfinite(w, dtype=float)
    if w.ndim != 1 or not h > 0:
        raise ValueError(f"need one axis and a positive h, got {w.shape} and {h}")
    steps = h * np.eye(w.size)
    hessian = np.empty((w.size, w.size))
    for j, dj in enumerate(steps):
        for k, dk in enumerate(steps):
            up, across = f(w + dj + dk) + f(w - dj - dk), f(w + dj - dk) + f(w - dj + dk)
            hessian[j, k] = (up - across) / (4 * h * h)
    return np.asarray_chkfinite(hessian)


def curvature_signs(hessian, tol=1e-8):
    r"""How many directions curve up, lie flat and curve down: minimum, maximum or saddle.

    .. math::
        \begin{aligned}
        P &= \sum_{j=1}^{d} \mathbb{1}[\lambda_j > \tau], \quad
        Z = \sum_{j=1}^{d} \mathbb{1}[|\lambda_j| \le \tau], \quad
        N = \sum_{j=1}^{d} \mathbb{1}[\lambda_j < -\tau] \\
        \lambda &= \operatorname{eig}(H)
        \end{aligned}

    Use it at a point where the gradient is zero. All up is a minimum, all down a maximum, both signs a
    saddle; with flat directions and one sign only, the test is inconclusive.

    Parameters
    ----------
    hessian : (d, d) array, symmetric
        Hessian matrix :math:`H`.
    tol : float >= 0
        Largest eigenvalue that counts as zero, :math:`\tau`.

    Returns
    -------
    up : int in [0, inf)
        Positive eigenvalues :math:`P`.
    flat : int in [0, inf)
        Zero eigenvalues :math:`Z`.
    down : int in [0, inf)
        Negative eigenvalues :math:`N`.

    Raises
    ------
    ValueError
        If it is not a finite symmetric matrix or ``tol`` is negative.

    See Also
    --------
    numerical_hessian : the matrix.
    scipy.linalg.eigvalsh : the eigenvalues.
    torch.linalg.eigvalsh : the eigenvalues.

    Notes
    -----
    Away from stationary points the signs say nothing about minima. If the signs of 20000 eigenvalues were
    coin flips, the chance of a minimum would be :math:`2^{-20000} \approx 2.5 \times 10^{-6021}`: in high
    dimensions nearly all stationary points are saddles. A saddle is no plateau, which is a whole region of
    small gradients.

    References
    ----------
    .. [1] Dauphin, Y., Pascanu, R., Gulcehre, C., Cho, K., Ganguli, S., Bengio, Y. (2014). Identifying and
       attacking the saddle point problem in high-dimensional non-convex optimization. arXiv:1406.2572

    Examples
    --------
    Bowl, dome, saddle and trough:

    >>> for f_xx, f_yy in [(2, 2), (-2, -2), (2, -2), (2, 0)]:
    ...     print(curvature_signs([[f_xx, 0], [0, f_yy]]))
    (2, 0, 0)
    (0, 0, 2)
    (1, 0, 1)
    (1, 1, 0)
    """
    hessian = np.asarray_chkfinite(hessian, dtype=float)
    if hessian.ndim != 2 or hessian.shape != hessian.T.shape or not np.allclose(hessian, hessian.T):
        raise ValueError(f"need a symmetric matrix, got {hessian}")
    if not tol >= 0:
        raise ValueError(f"need tol >= 0, got {tol}")
    eigenvalues = np.asarray_chkfinite(np.linalg.eigvalsh(hessian))
    up, down = int(np.sum(eigenvalues > tol)), int(np.sum(eigenvalues < -tol))
    return up, len(eigenvalues) - up - down, down


@np.errstate(over="ignore")
def newton(w, g, hessian):
    r"""Step to the stationary point of the parabola that fits slope and curvature.

    .. math::
        w' = w - H^{-1} g

    Use it for smooth problems with few weights, near a minimum, such as logistic regression. Not near
    saddles, which attract it.

    Parameters
    ----------
    w : (d,) array
        Weights :math:`w`.
    g : (d,) array
        Gradient :math:`g` at these weights.
    hessian : (d, d) array
        Hessian matrix :math:`H` at these weights.

    Returns
    -------
    (d,) array
        New weights :math:`w'`.

    Raises
    ------
    ValueError
        If the shapes do not fit, a number is not finite, or the Hessian is singular.

    See Also
    --------
    numerical_hessian : the curvature.
    gauss_newton : for sums of squares, without second derivatives.
    bfgs : learns the curvature from gradients.
    conjugate_gradient : solves for the step without a matrix inverse.
    scipy.linalg.solve : the step itself.
    torch.linalg.solve : the step itself.

    Notes
    -----
    On a quadratic one step is enough, whatever its condition. Near a minimum the number of right digits
    doubles with each step. A step costs :math:`d^3`, the matrix :math:`d^2`. Where the Hessian is not
    positive definite the step may go uphill: add a multiple of the identity. In one dimension
    :math:`1 / f''` is the ideal learning rate, and the inverse Hessian is its counterpart in several.

    References
    ----------
    .. [1] Nocedal, J., Wright, S. J. (2006). Numerical Optimization. Springer. doi:10.1007/978-0-387-40065-5

    Examples
    --------
    One step on :math:`4 + (w_1 - 2)^2 + 2 w_2^2` from (0, 1) reaches the minimum:

    >>> newton([0.0, 1.0], [-4.0, 4.0], [[2.0, 0.0], [0.0, 4.0]])
    array([2., 0.])
    """
    w, g = np.asarray(w, dtype=float), np.asarray_chkfinite(g, dtype=float)
    hessian = np.asarray_chkfinite(hessian, dtype=float)
    if w.ndim != 1 or w.shape != g.shape or hessian.shape != 2 * w.shape:
        raise ValueError(f"need the shapes (d,), (d,), (d, d), got {w.shape}, {g.shape}, {hessian.shape}")
    return w - np.asarray_chkfinite(np.linalg.solve(hessian, g))


@np.errstate(over="ignore")
def gauss_newton(w, r, jacobian, damping=0.0):
    r"""Newton's step for a sum of squared residuals, with first derivatives alone.

    .. math::
        w' = w - (J^\top J + \mu I)^{-1} J^\top r

    Use it to fit curves by least squares. With damping it is the step of Levenberg and Marquardt, which
    dares less far from the minimum.

    Parameters
    ----------
    w : (d,) array
        Weights :math:`w`.
    r : (n,) array
        Residuals :math:`r`, prediction minus target.
    jacobian : (n, d) array
        Derivatives of the residuals :math:`J`.
    damping : float >= 0
        How much it is held back, :math:`\mu`.

    Returns
    -------
    (d,) array
        New weights :math:`w'`.

    Raises
    ------
    ValueError
        If the shapes do not fit, a number is not finite, ``damping`` is negative, or the columns of the
        Jacobian depend on each other and nothing is damped.

    See Also
    --------
    newton : with the second derivatives.
    scipy.linalg.lstsq : the step itself.
    numpy.linalg.lstsq : the step itself.

    Notes
    -----
    :math:`J^\top J` is the Hessian of half the sum of squares without the term that contains the residuals
    times their own curvature. So it is exact for linear models, good for small residuals, and never
    negative. Written as a least-squares problem it is solved without forming :math:`J^\top J`, whose
    condition is the square of that of :math:`J`.

    References
    ----------
    .. [1] Marquardt, D. W. (1963). An Algorithm for Least-Squares Estimation of Nonlinear Parameters.
       Journal of the Society for Industrial and Applied Mathematics 11(2), 431-441. doi:10.1137/0111030
    .. [2] Nocedal, J., Wright, S. J. (2006). Numerical Optimization. Springer. doi:10.1007/978-0-387-40065-5

    Examples
    --------
    A line through the points (0, 1), (1, 3), (2, 5), from zero weights, in one step:

    >>> x, y, w = np.array([0.0, 1.0, 2.0]), np.array([1.0, 3.0, 5.0]), np.zeros(2)
    >>> jacobian = np.stack([x, np.ones(3)], axis=1)
    >>> gauss_newton(w, jacobian @ w - y, jacobian).round(6)
    array([2., 1.])
    """
    w, r = np.asarray(w, dtype=float), np.asarray_chkfinite(r, dtype=float)
    jacobian = np.asarray_chkfinite(jacobian, dtype=float)
    if w.ndim != 1 or r.ndim != 1 or jacobian.shape != r.shape + w.shape:
        raise ValueError(f"need the shapes (d,), (n,), (n, d), got {w.shape}, {r.shape}, {jacobian.shape}")
    if not 0 <= damping < np.inf:
        raise ValueError(f"need a finite damping >= 0, got {damping}")
    stacked = np.concatenate([jacobian, np.sqrt(damping) * np.eye(w.size)])
    step, _, rank, _ = np.linalg.lstsq(stacked, np.concatenate([r, np.zeros(w.size)]))
    if rank < w.size:
        raise ValueError(f"the Jacobian has rank {rank} for {w.size} weights: it needs damping")
    return w - np.asarray_chkfinite(step)


@np.errstate(over="ignore", invalid="ignore")
def bfgs(inverse_hessian, dw, dg):
    r"""Estimate of the inverse Hessian, corrected by what one step has shown.

    .. math::
        \begin{aligned}
        H' &= \begin{cases}
            (I - \rho \, \delta \gamma^\top) H (I - \rho \, \gamma \delta^\top) + \rho \, \delta \delta^\top
                & \text{if } \delta^\top \gamma > 0 \\
            H & \text{otherwise}
        \end{cases} \\
        \rho &= \frac{1}{\delta^\top \gamma}
        \end{aligned}

    Use it for smooth problems with up to some thousand weights and no noise: step by :math:`-\alpha H g`
    with a line search, then update.

    Parameters
    ----------
    inverse_hessian : (d, d) array, positive definite
        Estimate so far :math:`H`; the identity at first.
    dw : (d,) array
        The step: new minus old weights, :math:`\delta`.
    dg : (d,) array
        New minus old gradient, :math:`\gamma`.

    Returns
    -------
    (d, d) array, positive definite
        New estimate :math:`H'`.

    Raises
    ------
    ValueError
        If the shapes do not fit, the estimate is not symmetric and positive definite, or a number is not
        finite.

    See Also
    --------
    lbfgs_direction : the same from the last few steps, without a matrix.
    armijo : how long the step should be.
    scipy.optimize.BFGS : the same with ``approx_type="inv_hess"``, ``min_curvature=0``.

    Notes
    -----
    A quasi-Newton method: Newton's step with a curvature that is learned from differences of gradients, so
    no second derivative and no linear system is needed. It is no conjugate-gradient method, although some
    texts file it there. The new estimate maps :math:`\gamma` to :math:`\delta`, which is what the inverse
    of the true Hessian does on a quadratic. Where the slope did not rise along the step the update is left
    out, as it would spoil the estimate. Textbooks write :math:`s` and :math:`y` for the two differences.

    References
    ----------
    .. [1] Fletcher, R. (1970). A new approach to variable metric algorithms. The Computer Journal 13(3),
       317-322. doi:10.1093/comjnl/13.3.317
    .. [2] Nocedal, J., Wright, S. J. (2006). Numerical Optimization. Springer. doi:10.1007/978-0-387-40065-5

    Examples
    --------
    A step on a quadratic with the Hessian [[2, 0], [0, 4]] turns :math:`\delta` into :math:`\gamma`; the
    estimate turns it back:

    >>> new = bfgs(np.eye(2), dw=[1.0, 1.0], dg=[2.0, 4.0])
    >>> new.round(4)
    array([[ 1.0556, -0.2778],
           [-0.2778,  0.3889]])
    >>> (new @ [2.0, 4.0]).round(4)
    array([1., 1.])
    """
    h = np.asarray_chkfinite(inverse_hessian, dtype=float)
    dw, dg = np.asarray(dw, dtype=float), np.asarray(dg, dtype=float)
    if dw.ndim != 1 or dw.shape != dg.shape or h.shape != 2 * dw.shape:
        raise ValueError(f"need the shapes (d, d), (d,), (d,), got {h.shape}, {dw.shape}, {dg.shape}")
    if not np.allclose(h, h.T) or np.linalg.eigvalsh(h).min(initial=1) <= 0:
        raise ValueError(f"need a symmetric, positive definite matrix, got {h}")
    curvature = np.asarray_chkfinite(dw @ dg)
    if curvature <= 0:
        return h.copy()
    rho = 1 / curvature
    turn = np.eye(dw.size) - rho * np.outer(dw, dg)
    return np.asarray_chkfinite(turn @ h @ turn.T + rho * np.outer(dw, dw))


@np.errstate(over="ignore", invalid="ignore")
def lbfgs_direction(g, dw, dg, scale=1.0):
    r"""The two-loop recursion: the direction of BFGS from the last steps, without a matrix.

    .. math::
        \begin{aligned}
        p &= -r_m \\
        q_k &= q_{k-1} - a_k \gamma_{m+1-k}, \quad
            a_k = \rho_{m+1-k} \, \delta_{m+1-k}^\top q_{k-1}, \quad q_0 = g \\
        r_k &= r_{k-1} + (a_{m+1-k} - \rho_k \, \gamma_k^\top r_{k-1}) \, \delta_k, \quad r_0 = c \, q_m \\
        \rho_k &= \begin{cases}
            \frac{1}{\gamma_k^\top \delta_k} & \text{if } \gamma_k^\top \delta_k > 0 \\
            0 & \text{otherwise}
        \end{cases}
        \end{aligned}

    Use it for smooth problems with many weights and full-batch gradients: fitting logistic regression,
    style transfer, physics-informed networks.

    Parameters
    ----------
    g : (d,) array
        Gradient :math:`g`.
    dw : (m, d) array
        Last steps :math:`\delta`, oldest first.
    dg : (m, d) array
        Changes of the gradient over these steps :math:`\gamma`.
    scale : float > 0
        Estimate :math:`c` of the inverse Hessian that the recursion starts with, times the identity.

    Returns
    -------
    (d,) array
        Direction :math:`p`, which leads down.

    Raises
    ------
    ValueError
        If the shapes do not fit, a number is not finite, or ``scale`` is not positive.

    See Also
    --------
    bfgs : with the matrix.
    armijo : how far to go.
    scipy.optimize.LbfgsInvHessProduct : the same product with ``scale=1``, without the sign.

    Notes
    -----
    It needs :math:`2 m d` numbers and :math:`4 m d` multiplications; 5 to 20 pairs are usual. The scale of
    choice is that of the newest step, :math:`\delta_m^\top \gamma_m / \gamma_m^\top \gamma_m`, as
    ``torch.optim.LBFGS`` and SciPy's L-BFGS-B have it. Without pairs it is steepest descent. Pairs without
    positive curvature are skipped. Gradients of changing mini-batches spoil the differences.

    References
    ----------
    .. [1] Nocedal, J. (1980). Updating Quasi-Newton Matrices with Limited Storage. Mathematics of
       Computation 35(151), 773-782. doi:10.1090/S0025-5718-1980-0572855-7

    Examples
    --------
    Two steps on a quadratic with the Hessian [[2, 0], [0, 4]] reveal it: the direction is Newton's,
    :math:`-H^{-1} g`.

    >>> dw = np.array([[1.0, 0.0], [0.0, 1.0]])
    >>> lbfgs_direction([2.0, 4.0], dw, dw @ [[2.0, 0.0], [0.0, 4.0]])
    array([-1., -1.])
    """
    g = np.asarray_chkfinite(g, dtype=float)
    dw, dg = np.asarray_chkfinite(dw, dtype=float), np.asarray_chkfinite(dg, dtype=float)
    if g.ndim != 1 or dw.ndim != 2 or dw.shape != dg.shape or dw.shape[1:] != g.shape:
        raise ValueError(f"need the shapes (d,), (m, d), (m, d), got {g.shape}, {dw.shape}, {dg.shape}")
    if not 0 < scale < np.inf:
        raise ValueError(f"need a positive scale, got {scale}")
    curvature = np.asarray_chkfinite(np.sum(dw * dg, axis=1))
    rho = np.divide(1, curvature, out=np.zeros_like(curvature), where=curvature > 0)
    a = np.zeros(len(dw))
    q = g
    for k in reversed(range(len(dw))):
        a[k] = rho[k] * (dw[k] @ q)
        q = q - a[k] * dg[k]
    r = scale * q
    for k in range(len(dw)):
        r = r + (a[k] - rho[k] * (dg[k] @ r)) * dw[k]
    return -np.asarray_chkfinite(r)


# %% Conjugate gradients and line search


@np.errstate(over="ignore", invalid="ignore")
def conjugate_gradient(hessian, g):
    r"""Solve a positive definite system by as many line searches as it has unknowns.

    .. math::
        \begin{aligned}
        u &= x_d, \quad x_k = x_{k-1} + a_k p_{k-1}, \quad x_0 = 0 \\
        a_k &= \frac{r_{k-1}^\top r_{k-1}}{p_{k-1}^\top H p_{k-1}}, \quad
            r_k = r_{k-1} - a_k H p_{k-1}, \quad r_0 = g \\
        p_k &= r_k + b_k p_{k-1}, \quad b_k = \frac{r_k^\top r_k}{r_{k-1}^\top r_{k-1}}, \quad p_0 = g
        \end{aligned}

    Use it for large systems :math:`A x = b`, where products with the matrix are cheap, and for Newton's
    step without an inverse.

    Parameters
    ----------
    hessian : (d, d) array, positive definite
        Matrix :math:`H`, which textbooks call :math:`A`.
    g : (d,) array
        Right side :math:`g`, which textbooks call :math:`b`.

    Returns
    -------
    (d,) array
        Solution :math:`u` of :math:`H u = g`.

    Raises
    ------
    ValueError
        If the shapes do not fit, a number is not finite, or the matrix is not symmetric and positive
        definite.

    See Also
    --------
    newton : needs this solution.
    fletcher_reeves : the same idea for functions that are not quadratic.
    scipy.sparse.linalg.cg : the same; stops by a tolerance.
    scipy.linalg.solve : the exact solution.
    jax.scipy.sparse.linalg.cg : the same; stops by a tolerance.

    Notes
    -----
    Each direction is conjugate to all before, :math:`p_j^\top H p_k = 0`, so a line search along it never
    undoes an earlier one, and after :math:`d` steps the solution is exact but for rounding. With few
    different eigenvalues it is there sooner. In large or badly conditioned systems rounding costs more
    steps: solve once more for the residual, and add. Only products with the matrix are needed, never its
    inverse.

    References
    ----------
    .. [1] Hestenes, M. R., Stiefel, E. (1952). Methods of Conjugate Gradients for Solving Linear Systems.
       Journal of Research of the National Bureau of Standards 49(6), 409-436. doi:10.6028/jres.049.044

    Examples
    --------
    >>> conjugate_gradient([[4.0, 1.0], [1.0, 3.0]], [1.0, 2.0]).round(4)
    array([0.0909, 0.6364])
    """
    hessian, g = np.asarray_chkfinite(hessian, dtype=float), np.asarray_chkfinite(g, dtype=float)
    if g.ndim != 1 or hessian.shape != 2 * g.shape:
        raise ValueError(f"need the shapes (d, d) and (d,), got {hessian.shape} and {g.shape}")
    if not np.allclose(hessian, hessian.T):
        raise ValueError(f"need a symmetric matrix, got {hessian}")
    x, r, p = np.zeros_like(g), g, g
    for _ in range(g.size):
        if not r.any():
            break
        curvature = p @ hessian @ p
        if not curvature > 0:
            raise ValueError(f"the matrix is not positive definite: p H p = {curvature}")
        a = (r @ r) / curvature
        x = x + a * p
        previous, r = r, r - a * hessian @ p
        p = r + (r @ r) / (previous @ previous) * p
    return np.asarray_chkfinite(x)


@np.errstate(over="ignore", invalid="ignore", divide="ignore")
def fletcher_reeves(g, g_last):
    r"""How much of the last direction to keep in nonlinear conjugate gradients.

    .. math::
        \beta = \frac{g_k^\top g_k}{g_{k-1}^\top g_{k-1}}

    Use it in :math:`p_k = -g_k + \beta p_{k-1}`, with a line search along each direction. Polak and
    Ribière's factor usually needs fewer steps.

    Parameters
    ----------
    g : (d,) array
        Gradient now :math:`g_k`.
    g_last : (d,) array
        Gradient of the step before :math:`g_{k-1}`.

    Returns
    -------
    float in [0, inf)
        Share of the last direction :math:`\beta`.

    Raises
    ------
    ValueError
        If the shapes differ, or the quotient is not finite.

    See Also
    --------
    polak_ribiere : restarts by itself.
    conjugate_gradient : for quadratics, where both factors are equal.
    numpy.vdot : the two products.

    Notes
    -----
    On a quadratic with exact line searches it gives the directions of the linear method. Restart with
    :math:`\beta = 0` every :math:`d` steps: one bad, short step is otherwise followed by more of them.

    References
    ----------
    .. [1] Fletcher, R., Reeves, C. M. (1964). Function minimization by conjugate gradients. The Computer
       Journal 7(2), 149-154. doi:10.1093/comjnl/7.2.149

    Examples
    --------
    >>> fletcher_reeves([1.0, 2.0], [3.0, 4.0])
    0.2
    """
    g, last = np.asarray(g, dtype=float), np.asarray(g_last, dtype=float)
    if g.ndim != 1 or g.shape != last.shape:
        raise ValueError(f"need two gradients of one shape (d,), got {g.shape} and {last.shape}")
    return float(np.asarray_chkfinite((g @ g) / (last @ last)))


@np.errstate(over="ignore", invalid="ignore", divide="ignore")
def polak_ribiere(g, g_last):
    r"""How much of the last direction to keep; near zero where the gradient hardly changed.

    .. math::
        \beta = \frac{g_k^\top (g_k - g_{k-1})}{g_{k-1}^\top g_{k-1}}

    Use it in :math:`p_k = -g_k + \beta p_{k-1}`, with a line search along each direction; take 0 where it
    is negative.

    Parameters
    ----------
    g : (d,) array
        Gradient now :math:`g_k`.
    g_last : (d,) array
        Gradient of the step before :math:`g_{k-1}`.

    Returns
    -------
    float in (-inf, inf)
        Share of the last direction :math:`\beta`.

    Raises
    ------
    ValueError
        If the shapes differ, or the quotient is not finite.

    See Also
    --------
    fletcher_reeves : without the difference.
    conjugate_gradient : for quadratics, where both factors are equal.
    numpy.vdot : the two products.

    Notes
    -----
    After a short step the two gradients are nearly equal and the factor is nearly 0: the method restarts
    along the gradient by itself. With :math:`\max(0, \beta)` and a careful line search it converges from
    every start; without, it can run in circles. SciPy's ``minimize(method="CG")`` takes
    :math:`\max(0, \beta)`.

    References
    ----------
    .. [1] Polak, E., Ribière, G. (1969). Note sur la convergence de méthodes de directions conjuguées.
       Revue française d'informatique et de recherche opérationnelle, Série rouge 3(R1), 35-43.
       doi:10.1051/m2an/196903R100351

    Examples
    --------
    >>> polak_ribiere([1.0, 2.0], [3.0, 4.0])
    -0.24
    >>> polak_ribiere([3.0, 4.0], [3.0, 4.0])
    0.0
    """
    g, last = np.asarray(g, dtype=float), np.asarray(g_last, dtype=float)
    if g.ndim != 1 or g.shape != last.shape:
        raise ValueError(f"need two gradients of one shape (d,), got {g.shape} and {last.shape}")
    return float(np.asarray_chkfinite(g @ (g - last) / (last @ last)))


def armijo(phi, slope, step=1.0, c=1e-4, shrink=0.5):
    r"""Backtracking line search: shorten the step until the function has fallen enough.

    .. math::
        \alpha = \max_{0 \le j \le 100 \,:\,
            \phi(\alpha_0 \tau^j) \le \phi(0) + c \, \alpha_0 \tau^j m} \alpha_0 \tau^j

    Use it along any direction that leads down: Newton's, BFGS's, the negative gradient. With mini-batches
    the noise is in the way.

    Parameters
    ----------
    phi : function of float
        Function along the line :math:`\phi`, such as ``lambda a: f(w + a * p)``.
    slope : float < 0
        Its slope at 0, :math:`m`: the gradient times the direction, ``g @ p``.
    step : float > 0
        First try, :math:`\alpha_0`; 1 for Newton's step and BFGS.
    c : float in (0, 1)
        Share :math:`c` of the fall that the slope promises which must be reached.
    shrink : float in (0, 1)
        Factor from one try to the next, :math:`\tau`.

    Returns
    -------
    float in (0, inf)
        Length of the step, :math:`\alpha`.

    Raises
    ------
    ValueError
        If the slope is not negative, a number is outside its set, or no try falls enough.

    See Also
    --------
    bfgs : gives the direction.
    newton : gives the direction.
    numpy.power : all lengths at once; the first that is good enough.
    optax.scale_by_backtracking_linesearch : the same, as the last link of a chain; shrinks by 0.8.

    Notes
    -----
    Any fall at all is not enough: ever smaller falls can end away from a minimum. The second condition of
    Wolfe, that the slope must have risen, keeps steps from being too short and gives BFGS its positive
    curvature; ``scipy.optimize.line_search`` looks for both.

    References
    ----------
    .. [1] Armijo, L. (1966). Minimization of functions having Lipschitz continuous first partial
       derivatives. Pacific Journal of Mathematics 16(1), 1-3. doi:10.2140/pjm.1966.16.1

    Examples
    --------
    The gradient of :math:`w^4` at 1 is 4. A step of 1 against it overshoots to -3, one of 0.5 reaches -1,
    as high as before:

    >>> armijo(lambda a: (1 - 4 * a) ** 4, slope=-16.0)
    0.25
    """
    if not (slope < 0 < step and 0 < c < 1 and 0 < shrink < 1):
        raise ValueError(
            f"need slope < 0, step > 0, c and shrink in (0, 1), got {slope}, {step}, {c}, {shrink}"
        )
    start = phi(0.0)
    for j in range(101):
        alpha = float(step * shrink**j)
        if phi(alpha) <= start + c * alpha * slope:
            return alpha
    raise ValueError(f"no step down to {alpha} lowers the function enough: does the direction lead down?")
