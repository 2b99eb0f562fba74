"""
Momentum
========

A velocity adds up what past gradients agree on, and cancels what they do not. Nesterov's version looks
where it is going.
"""

import matplotlib.pyplot as plt
import numpy as np

from cheatsheet.optimizers import gradient_descent, momentum, nesterov

curvature = np.array([1.0, 30.0])


def path_of(optimizer, start, steps, **options):
    path, state = [np.array(start)], None
    for _step in range(steps):
        w, state = optimizer(path[-1], curvature * path[-1], state, **options)
        path.append(w)
    return np.array(path)


# %%
# A long valley, 40 steps each: plain descent zigzags and crawls, momentum swings through, Nesterov's brakes
# earlier. The rate is 0.06, and half of it for Nesterov's, which allows no more; beta is 0.8.
x, y = np.meshgrid(np.linspace(-11, 4, 60), np.linspace(-1.6, 1.6, 60))
fig, axes = plt.subplots(3, 1, figsize=(7, 5), sharex=True)
runs = [
    ("gradient descent", gradient_descent, {}),
    ("momentum", momentum, {"beta": 0.8}),
    ("Nesterov", nesterov, {"beta": 0.8}),
]
for ax, (name, optimizer, options) in zip(axes, runs, strict=True):
    rate = 0.06 if optimizer is not nesterov else 0.03
    path = path_of(optimizer, (-10.0, 1.0), 40, lr=rate, **options)
    ax.contour(x, y, x**2 / 2 + 15 * y**2, levels=[1, 5, 15, 30, 50], colors="0.5", linewidths=0.6)
    ax.plot(*path.T, "o-", color="C1", markersize=2.5, linewidth=1)
    ax.plot(0, 0, "o", color="C0")
    _ = ax.set(title=rf"{name}, $\eta$ = {rate}", ylim=(-1.6, 1.6), ylabel=r"$w_2$")
_ = axes[-1].set(xlabel=r"$w_1$")
plt.show()

# %%
# One weight on a parabola with momentum and Nesterov's look ahead, at the same rate and beta 0.9: momentum
# overshoots and swings, the look ahead damps the swing.
fig, ax = plt.subplots()
curvature = np.array([1.0])
for name, optimizer, options in [
    ("gradient descent", gradient_descent, {}),
    ("momentum", momentum, {"beta": 0.9}),
    ("Nesterov", nesterov, {"beta": 0.9}),
]:
    ax.plot(path_of(optimizer, (1.0,), 60, lr=0.1, **options)[:, 0], label=name)
ax.axhline(0, color="0.5", linestyle=":")
_ = ax.set(xlabel="step", ylabel="weight")
ax.legend()
plt.show()
