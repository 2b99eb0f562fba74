"""
Minimum, maximum, saddle
========================

Where the gradient is zero, the second derivatives tell what the point is.
"""

import matplotlib.pyplot as plt
import numpy as np

from cheatsheet.optimizers import adam, gradient_descent, momentum
from cheatsheet.second_order import curvature_signs, numerical_hessian


def clear(ax):
    """No walls behind a surface, so that it suits light and dark pages."""
    for axis in (ax.xaxis, ax.yaxis, ax.zaxis):
        axis.set_pane_color((0, 0, 0, 0))


# %%
# A minimum, a maximum and a saddle with the eigenvalues of their Hessian: both positive, both negative, one
# of each. The counts in brackets are directions that curve up, are flat and curve down.
fig, axes = plt.subplots(1, 3, figsize=(7, 2.9), subplot_kw={"projection": "3d"})
x, y = np.meshgrid(np.linspace(-1, 1, 13), np.linspace(-1, 1, 13))
for ax, (name, a, b) in zip(axes, [("minimum", 1, 1), ("maximum", -1, -1), ("saddle", 1, -1)], strict=True):
    hessian = numerical_hessian(lambda w, a=a, b=b: a * w[0] ** 2 + b * w[1] ** 2, [0.0, 0.0])
    clear(ax)
    ax.plot_surface(x, y, a * x**2 + b * y**2, cmap="cividis", alpha=0.8, linewidth=0)
    ax.plot([0], [0], [0], "o", color="C1", zorder=5)
    values = ", ".join(f"{v:.0f}" for v in np.linalg.eigvalsh(hessian))
    _ = ax.set(
        title=f"{name}: {values}\n{curvature_signs(hessian, tol=1e-6)}", xticks=[], yticks=[], zticks=[]
    )
plt.show()

# %%
# A saddle is a point, a plateau a region: the surface of x² - y², and a flat step with a slope behind it.
fig, axes = plt.subplots(1, 2, figsize=(7, 3.2), subplot_kw={"projection": "3d"})
x, y = np.meshgrid(np.linspace(-3, 3, 17), np.linspace(-3, 3, 17))
surfaces = [("saddle", x**2 - y**2), ("plateau", 1 / (1 + np.exp(3 * (x - 1.5))) + 0.02 * y**2)]
for ax, (name, height) in zip(axes, surfaces, strict=True):
    clear(ax)
    ax.plot_surface(x, y, height, cmap="cividis", alpha=0.9, linewidth=0)
    _ = ax.set(title=name, xticks=[], yticks=[], zticks=[])
plt.show()

# %%
# Loss over the steps from a point beside a saddle and from the middle of a plateau: gradient descent waits
# longest, momentum less, Adam hardly. The plateau is that of a sigmoid.
fig, (left, right) = plt.subplots(1, 2)
runs = [("gradient descent", gradient_descent), ("momentum", momentum), ("Adam", adam)]
for name, optimizer in runs:
    w, state, losses = np.array([1.0, 1e-4]), None, []
    for _step in range(60):
        losses.append(w[0] ** 2 - w[1] ** 2)
        w, state = optimizer(w, np.array([2 * w[0], -2 * w[1]]), state, lr=0.1)
    left.plot(losses, label=name)
    w, state, losses = np.array([0.0]), None, []
    for _step in range(300):
        s = 1 / (1 + np.exp(-3 * (1.5 - w)))
        losses.append(s[0])
        w, state = optimizer(w, -3 * s * (1 - s), state, lr=0.1)
    right.plot(losses)
left.set(xlabel="step", ylabel=r"$x^2 - y^2$", ylim=(-2, 1.1))
_ = right.set(xlabel="step", ylabel="height of the plateau")
left.legend()
plt.show()

# %%
# Three convex functions, whose chords lie above the graph and whose region above it, shaded, is convex, and
# one that is not: there a chord runs below the graph.
fig, axes = plt.subplots(1, 4, figsize=(7, 2.2), sharex=True)
x = np.linspace(-2, 2, 200)
curves = [
    ("$x^2$", np.square),
    ("$|x|$", np.abs),
    ("$e^x$", np.exp),
    ("$x^4 - 3 x^2 + x$", lambda x: x**4 - 3 * x**2 + x),
]
for ax, (name, f) in zip(axes, curves, strict=True):
    top = max(f(x)) + 0.5
    ax.fill_between(x, f(x), top, color="C0", alpha=0.15, linewidth=0)
    ax.plot(x, f(x))
    ends = np.array([-1.3, 1.2])
    ax.plot(ends, f(ends), "o-", color="C1", markersize=4)
    _ = ax.set(title=name, ylim=(min(f(x)) - 0.5, top), xticks=[-2, 0, 2], yticks=[])
plt.show()
