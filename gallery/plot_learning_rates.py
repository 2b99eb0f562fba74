"""
The learning rate
=================

Gradient descent follows the steepest way down, at a pace that the learning rate sets. Too small is slow,
too large never arrives.
"""

import matplotlib.pyplot as plt
import numpy as np

from cheatsheet.optimizers import gradient_descent


def bowl(x, y):
    return 4 + (x - 2) ** 2 + 2 * y**2


def bowl_gradient(w):
    return np.array([2 * (w[0] - 2), 4 * w[1]])


def descend(gradient, start, rate, steps):
    path = [np.array(start, dtype=float)]
    for _step in range(steps):
        w, _state = gradient_descent(path[-1], gradient(path[-1]), lr=rate)
        path.append(w)
    return np.array(path)


def clear(ax):
    """No walls behind a surface, so that it suits light and dark pages."""
    for axis in (ax.xaxis, ax.yaxis, ax.zaxis):
        axis.set_pane_color((0, 0, 0, 0))


# %%
# Gradient descent on a bowl at four rates: 0.05 creeps, 0.3 arrives, 0.5 bounces from side to side for
# ever, 0.52 leaves. The limit is 2 over the largest curvature, which is 4 here. The dot is the minimum (2,
# 0).
x, y = np.meshgrid(np.linspace(-0.6, 3.4, 60), np.linspace(-1.8, 1.8, 60))
fig, axes = plt.subplots(2, 2, figsize=(7, 5), sharex=True, sharey=True)
for ax, rate in zip(axes.flat, (0.05, 0.3, 0.5, 0.52), strict=True):
    ax.contour(x, y, bowl(x, y), levels=8, colors="0.5", linewidths=0.6)
    path = descend(bowl_gradient, (0, 1), rate, 14)
    ax.plot(*path.T, "o-", color="C1", markersize=3, linewidth=1.2)
    ax.plot(2, 0, "o", color="C0")
    _ = ax.set(title=rf"$\eta$ = {rate}", ylim=(-1.8, 1.8))
plt.show()

# %%
# A loss surface with a ridge and a basin, and the path of gradient descent from high up: each step goes
# against the gradient of the point where it starts. The arrows in the plane below point against the
# gradient.
fig, ax = plt.subplots(figsize=(7, 4.6), subplot_kw={"projection": "3d"})
x, y = np.meshgrid(np.linspace(-2, 2, 21), np.linspace(-2, 2, 21))


def hilly(x, y):
    return 1.5 * np.exp(-((x + 0.7) ** 2) - (y + 0.5) ** 2) - 1.5 * np.exp(-((x - 0.8) ** 2) - (y - 0.6) ** 2)


def hilly_gradient(w):
    x, y = w
    up, down = np.exp(-((x + 0.7) ** 2) - (y + 0.5) ** 2), np.exp(-((x - 0.8) ** 2) - (y - 0.6) ** 2)
    return np.array([-3 * (x + 0.7) * up + 3 * (x - 0.8) * down, -3 * (y + 0.5) * up + 3 * (y - 0.6) * down])


clear(ax)
ax.plot_surface(x, y, hilly(x, y), cmap="cividis", alpha=0.6, linewidth=0, rcount=21, ccount=21)
path = descend(hilly_gradient, (-0.6, -0.2), 0.12, 25)
ax.plot(*path.T, hilly(*path.T) + 0.05, "o-", color="C1", markersize=3, zorder=5)
grid = np.stack(np.meshgrid(np.linspace(-1.6, 1.6, 7), np.linspace(-1.6, 1.6, 7)), axis=-1).reshape(-1, 2)
downhill = -np.array([hilly_gradient(w) for w in grid])
ax.quiver(*grid.T, -2.5, *downhill.T, 0, length=0.3, color="0.5", linewidth=0.8)
_ = ax.set(xlabel=r"$w_1$", ylabel=r"$w_2$", zlabel="loss", zlim=(-2.5, 1.6))
plt.show()

# %%
# Loss over the steps for five rates on the bowl: the larger the faster, up to a point, and beyond 0.5 the
# loss rises.
fig, ax = plt.subplots()
for rate in (0.02, 0.1, 0.3, 0.48, 0.51):
    path = descend(bowl_gradient, (0, 1), rate, 40)
    ax.semilogy(bowl(*path.T) - 4, label=rf"$\eta$ = {rate}")
_ = ax.set(xlabel="step", ylabel="loss above the minimum", ylim=(1e-6, 40))
ax.legend(ncols=2)
plt.show()

# %%
# A convex bowl and a wavy egg crate with gradient descent from four starts: in the bowl all end in one
# place, in the crate each in a dip of its own.
fig, axes = plt.subplots(1, 2, figsize=(7, 3.6))
x, y = np.meshgrid(np.linspace(-5, 5, 90), np.linspace(-5, 5, 90))
surfaces = [
    ("bowl", 0.1 * (x**2 + y**2), lambda w: 0.2 * w),
    (
        "egg crate",
        0.1 * (x**2 + y**2) + np.cos(x) * np.cos(y),
        lambda w: 0.2 * w - np.array([np.sin(w[0]) * np.cos(w[1]), np.cos(w[0]) * np.sin(w[1])]),
    ),
]
for ax, (name, height, gradient) in zip(axes, surfaces, strict=True):
    ax.contour(x, y, height, levels=10, cmap="cividis", linewidths=0.7)
    for start in [(-4.5, 3.5), (4.0, 4.5), (-3.0, -4.6), (4.4, -1.5)]:
        path = descend(gradient, start, 0.25, 60)
        ax.plot(*path.T, color="C1", linewidth=1.4)
        ax.plot(*path[-1], "o", color="C0")
    _ = ax.set(title=name, aspect="equal", xlabel=r"$w_1$", ylabel=r"$w_2$")
plt.show()
