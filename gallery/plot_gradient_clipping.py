"""
Clipping a gradient
===================

One huge gradient can undo a hundred steps. Clipping limits it, by its length or entry by entry, and leaves
small ones alone.
"""

import matplotlib.pyplot as plt
import numpy as np

from cheatsheet.optimizers import gradient_descent
from cheatsheet.training import clip_by_norm, clip_by_value

# %%
# Gradients before and after clipping at 1: by norm the long ones end on a circle in their own direction, by
# value on a square, turned.
fig, axes = plt.subplots(1, 2, figsize=(7, 3.6))
gradients = [(1.8, 0.7), (0.9, 1.9), (-1.9, 0.4), (-0.5, -0.5), (0.3, -1.7), (1.6, -1.2)]
angle = np.linspace(0, 2 * np.pi, 100)
for ax, name, clip in zip(axes, ["by norm", "by value"], [clip_by_norm, clip_by_value], strict=True):
    for g in gradients:
        ax.plot([0, g[0]], [0, g[1]], ":", color="0.5")
        x, y = clip(g, limit=1.0)
        ax.annotate("", (x, y), (0, 0), arrowprops={"arrowstyle": "->", "color": "C0", "linewidth": 1.8})
    _ = ax.set(
        title=name, xlim=(-2.2, 2.2), ylim=(-2.2, 2.2), aspect="equal", xlabel=r"$g_1$", ylabel=r"$g_2$"
    )
axes[0].plot(np.cos(angle), np.sin(angle), color="C1", linewidth=1)
axes[1].plot([-1, 1, 1, -1, -1], [-1, -1, 1, 1, -1], color="C1", linewidth=1)
plt.show()

# %%
# Descent toward a cliff of the loss: without clipping one step from the wall throws the weight far away,
# with clipping it climbs down. The wall is where the loss rises by 40 within a tenth of a unit.
fig, ax = plt.subplots()
w = np.linspace(-3, 8, 400)


def loss(w):
    return 0.1 * (w - 3) ** 2 + 40 / (1 + np.exp(60 * (w + 0.5)))


def slope(w):
    e = np.exp(-np.abs(60 * (w + 0.5)))
    return 0.2 * (w - 3) - 40 * 60 * e / (1 + e) ** 2


ax.plot(w, loss(w), color="0.5")
for name, limit in [("not clipped", np.inf), ("clipped at 1", 1.0)]:
    at, path = -0.55, []
    for _step in range(12):
        path.append(at)
        g = slope(at)
        (at,), _state = gradient_descent([at], clip_by_norm([g], limit) if limit < np.inf else [g], lr=0.3)
    path = np.array(path)[np.abs(path) < 8]
    ax.plot(path, loss(path), "o-", label=f"{name}: {len(path)} of 12 steps in view")
_ = ax.set(xlabel="weight", ylabel="loss", ylim=(-2, 50))
ax.legend()
plt.show()
