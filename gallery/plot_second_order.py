"""
Second-order steps
==================

Methods that know the curvature, or learn it from gradients, take few and long steps where gradient descent
takes many short ones.
"""

import matplotlib.pyplot as plt
import numpy as np

from cheatsheet.second_order import (
    armijo,
    bfgs,
    conjugate_gradient,
    fletcher_reeves,
    gauss_newton,
    lbfgs_direction,
    newton,
    polak_ribiere,
)


def rosenbrock(w):
    return (1 - w[0]) ** 2 + 100 * (w[1] - w[0] ** 2) ** 2


def slope(w):
    return np.array([-2 * (1 - w[0]) - 400 * w[0] * (w[1] - w[0] ** 2), 200 * (w[1] - w[0] ** 2)])


def curvature(w):
    return np.array([[2 - 400 * (w[1] - 3 * w[0] ** 2), -400 * w[0]], [-400 * w[0], 200]])


def backtracked(w, p):
    return w + armijo(lambda a: rosenbrock(w + a * p), slope=slope(w) @ p) * p


def lowest(w, p):
    """The lowest point along a direction, by halving an interval in which the slope changes sign."""
    low, high = 0.0, 1e-3
    while slope(w + high * p) @ p < 0:
        high *= 2
    for _ in range(50):
        middle = (low + high) / 2
        low, high = (middle, high) if slope(w + middle * p) @ p < 0 else (low, middle)
    return w + low * p


def along_newton():
    path = [start]
    while np.linalg.norm(slope(path[-1])) > 1e-6:
        w = path[-1]
        path.append(backtracked(w, newton(w, slope(w), curvature(w)) - w))
    return path


def along_bfgs():
    path, inverse = [start], np.eye(2)
    while np.linalg.norm(slope(path[-1])) > 1e-6:
        w = path[-1]
        path.append(backtracked(w, -inverse @ slope(w)))
        inverse = bfgs(inverse, path[-1] - w, slope(path[-1]) - slope(w))
    return path


def along_lbfgs():
    path = [start]
    while np.linalg.norm(slope(path[-1])) > 1e-6:
        dw = np.diff(path, axis=0)[-5:].reshape(-1, 2)
        dg = np.diff([slope(w) for w in path], axis=0)[-5:].reshape(-1, 2)
        scale = dw[-1] @ dg[-1] / (dg[-1] @ dg[-1]) if len(dw) else 1.0
        path.append(lowest(path[-1], lbfgs_direction(slope(path[-1]), dw, dg, scale)))
    return path


def along_conjugate(factor):
    path, p = [start], -slope(start)
    while np.linalg.norm(slope(path[-1])) > 1e-6 and len(path) < 200:
        path.append(lowest(path[-1], p))
        g, last = slope(path[-1]), slope(path[-2])
        p = -g + max(0.0, factor(g, last)) * p
        p = p if g @ p < 0 else -g
    return path


start = np.array([-1.2, 1.0])
grid = np.meshgrid(np.linspace(-1.7, 1.5, 60), np.linspace(-0.7, 1.8, 60))


def show_path(ax, name, path):
    """The path over the valley, with the number of its steps."""
    ax.contour(*grid, np.log(1 + rosenbrock(grid)), levels=9, colors="0.5", linewidths=0.5)
    ax.plot(*np.transpose(path), "o-", color="C1", markersize=3, linewidth=1)
    ax.plot(1, 1, "o", color="C0")
    ax.set(title=f"{name}: {len(path) - 1} steps", xlabel=r"$w_1$", xlim=(-1.7, 1.5), ylim=(-0.7, 1.8))


# %%
# Newton's method, BFGS and L-BFGS on Rosenbrock's function, with the number of steps that each needs: some
# tens where gradient descent takes ten thousand. Newton's method knows the second derivatives, the other
# two learn them.
fig, axes = plt.subplots(1, 3, figsize=(7, 2.8), sharey=True)
for ax, name, run in zip(
    axes, ["Newton", "BFGS", "L-BFGS"], [along_newton, along_bfgs, along_lbfgs], strict=True
):
    show_path(ax, name, run())
_ = axes[0].set(ylabel=r"$w_2$")
plt.show()

# %%
# Conjugate gradients for a linear system with 60 unknowns: the solution after all steps, and what is left
# after each. With eigenvalues in five groups five steps do nearly all.
fig, ax = plt.subplots()
rng = np.random.default_rng(0)
turn = np.linalg.qr(rng.normal(size=(60, 60)))[0]
right = rng.normal(size=60)
for name, eigenvalues in [
    ("eigenvalues spread from 1 to 100", np.linspace(1, 100, 60)),
    ("eigenvalues in five groups", np.repeat([1, 20, 50, 80, 100], 12) + 0.001 * rng.random(60)),
]:
    matrix = (turn * eigenvalues) @ turn.T
    matrix = (matrix + matrix.T) / 2
    exact = conjugate_gradient(matrix, right)
    exact = exact + conjugate_gradient(matrix, right - matrix @ exact)
    x, r, p, errors = np.zeros(60), right, right, []
    for _ in range(60):
        errors.append(np.linalg.norm(x - exact))
        step = (r @ r) / (p @ matrix @ p)
        x, r, last = x + step * p, r - step * matrix @ p, r
        p = r + (r @ r) / (last @ last) * p
    ax.semilogy(errors, label=name)
_ = ax.set(xlabel="step", ylabel="distance to the solution", ylim=(1e-14, 10))
ax.legend()
plt.show()

# %%
# Nonlinear conjugate gradients on Rosenbrock's function with the factors of Polak and Ribière and of
# Fletcher and Reeves: the first restarts by itself and needs fewer steps.
fig, axes = plt.subplots(1, 2, sharey=True)
for ax, name, factor in zip(
    axes, ["Polak-Ribière", "Fletcher-Reeves"], [polak_ribiere, fletcher_reeves], strict=True
):
    show_path(ax, name, along_conjugate(factor))
_ = axes[0].set(ylabel=r"$w_2$")
plt.show()

# %%
# Armijo's condition along a line: the function must fall below the dashed line, a share of what its slope
# promises. The tries 1, 0.5 and 0.25 are dots; the last is the first that is low enough. The share is 0.3
# here, so that the line can be told from a level one.
fig, ax = plt.subplots()
a = np.linspace(0, 1.05, 200)


def along(a):
    return 4 * (a - 0.22) ** 2


found = armijo(along, slope=-1.76, c=0.3)
tries = np.array([1.0, 0.5, 0.25])
ax.plot(a, along(a), label=r"$\phi(\alpha)$")
ax.plot(a, along(0) - 0.3 * 1.76 * a, "--", color="0.5", label=r"$\phi(0) + c \, \alpha \, \phi'(0)$")
ax.plot(tries, along(tries), "o", color="C1", label=f"tries; taken: {found}")
_ = ax.set(xlabel=r"length of the step $\alpha$", ylabel="function", ylim=(-0.4, 2.6))
ax.legend()
plt.show()

# %%
# Fitting an exponential to ten points by Gauss-Newton: the curve after no, one, two and five steps. The
# first step uses only how the curve changes with its two weights.
fig, ax = plt.subplots()
x = np.linspace(0, 4, 10)
y = 3 * np.exp(-0.8 * x) + 0.1 * rng.normal(size=10)
w, fine = np.array([1.0, -0.1]), np.linspace(0, 4, 100)
ax.plot(x, y, "o", color="0.5", label="data")
for step in range(6):
    if step in (0, 1, 2, 5):
        ax.plot(fine, w[0] * np.exp(w[1] * fine), label=f"after {step} steps")
    e = np.exp(w[1] * x)
    w = gauss_newton(w, w[0] * e - y, np.stack([e, w[0] * x * e], axis=1))
_ = ax.set(xlabel="x", ylabel="y", ylim=(-0.5, 4))
ax.legend()
plt.show()
