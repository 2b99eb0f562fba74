"""
Optimizers side by side
=======================

Fourteen optimizers from the same start on four landscapes. Since all are called alike, one loop draws them
all.
"""

import matplotlib.pyplot as plt
import numpy as np

from cheatsheet.optimizers import (
    adadelta,
    adafactor,
    adagrad,
    adam,
    adamw,
    amsgrad,
    gradient_descent,
    lamb,
    lion,
    momentum,
    muon,
    nadam,
    nesterov,
    rmsprop,
)

OPTIMIZERS = [  # with their rates on each of the four landscapes
    ("gradient descent", gradient_descent, (0.07, 0.1, 0.003, 0.07)),
    ("momentum", momentum, (0.02, 0.03, 0.002, 0.01)),
    ("Nesterov", nesterov, (0.04, 0.03, 0.0015, 0.015)),
    ("Adagrad", adagrad, (1.0, 0.3, 1.0, 1.0)),
    ("Adadelta", adadelta, (50.0, 20.0, 2.0, 50.0)),
    ("RMSProp", rmsprop, (0.15, 0.05, 0.015, 0.15)),
    ("Adam", adam, (0.3, 0.1, 0.2, 0.2)),
    ("AdamW", adamw, (0.3, 0.1, 0.2, 0.2)),
    ("AMSGrad", amsgrad, (0.3, 0.1, 0.2, 0.2)),
    ("NAdam", nadam, (0.5, 0.1, 0.2, 0.2)),
    ("Lion", lion, (0.1, 0.05, 0.007, 0.1)),
    ("Muon", muon, (0.15, 0.1, 0.015, 0.15)),
    ("LAMB", lamb, (0.1, 0.1, 0.07, 0.1)),
    ("Adafactor", adafactor, (0.3, 0.3, 0.3, 0.5)),
]
rng = np.random.default_rng(0)


def rosenbrock(x, y):
    return (1 - x) ** 2 + 100 * (y - x**2) ** 2


LANDSCAPES = [  # name, height, gradient, start, extent, steps
    ("valley", lambda x, y: x**2 / 2 + 10 * y**2, lambda x, y: (x, 20 * y), (-4.0, 1.3), (-5, 2, -2, 2), 60),
    ("saddle", lambda x, y: x**2 - y**2, lambda x, y: (2 * x, -2 * y), (1.5, 0.02), (-1, 2, -1.5, 2), 60),
    (
        "Rosenbrock's function",
        lambda x, y: np.log(1 + rosenbrock(x, y)),
        lambda x, y: (-2 * (1 - x) - 400 * x * (y - x**2), 200 * (y - x**2)),
        (-1.2, 1.0),
        (-1.6, 1.5, -0.6, 2.2),
        400,
    ),
    (
        "noisy quadratic",
        lambda x, y: x**2 + 2 * y**2,
        lambda x, y: (2 * x + 3 * rng.normal(), 4 * y + 3 * rng.normal()),
        (-3.0, 2.0),
        (-4, 2, -2, 3),
        80,
    ),
]

# %%
# Paths of fourteen optimizers from one start in a valley, at a saddle, on Rosenbrock's function and on a
# noisy quadratic. Each has a rate that suits it there. Weights and gradients are a matrix of one row, so
# that Muon and Adafactor can take part; for one row Muon's step is the normalized momentum. The star is the
# minimum; the saddle has none.
fig, axes = plt.subplots(2, 2, figsize=(7, 7))
styles = ["-", "--"]
for number, (ax, (name, height, gradient, start, extent, steps)) in enumerate(
    zip(axes.flat, LANDSCAPES, strict=True)
):
    left, right, low, high = extent
    x, y = np.meshgrid(np.linspace(left, right, 60), np.linspace(low, high, 60))
    ax.contour(x, y, height(x, y), levels=9, colors="0.6", linewidths=0.5)
    for i, (label, optimizer, rates) in enumerate(OPTIMIZERS):
        w, state, path = np.array([start]), None, [start]
        for _step in range(steps):
            w, state = optimizer(w, np.array([gradient(*w[0])]), state, lr=rates[number])
            path.append(w[0])
        path = np.array(path)[:: 1 + steps // 100]
        ax.plot(
            *path.T, styles[i // 7], color=f"C{i % 7}", linewidth=1.1, label=label if number == 0 else None
        )
    if name != "saddle":
        ax.plot(*((1, 1) if number == 2 else (0, 0)), "*", color="0.5", markersize=12)
    _ = ax.set(title=name, xlim=(left, right), ylim=(low, high))
fig.legend(loc="outside lower center", ncols=5, fontsize=8)
plt.show()

# %%
# Distance to the minimum over the steps in the valley, whose condition number is 20, for the same fourteen
# optimizers. Those with momentum swing. Lion and Muon, whose steps keep their length, end where the rate
# lets them.
fig, ax = plt.subplots(figsize=(7, 4))
for i, (label, optimizer, rates) in enumerate(OPTIMIZERS):
    w, state, distance = np.array([[-4.0, 1.3]]), None, []
    for _step in range(100):
        w, state = optimizer(w, w * [1.0, 20.0], state, lr=rates[0])
        distance.append(np.linalg.norm(w))
    ax.semilogy(distance, styles[i // 7], color=f"C{i % 7}", linewidth=1.2, label=label)
_ = ax.set(xlabel="step", ylabel="distance to the minimum", ylim=(1e-6, 10))
ax.legend(fontsize=8, ncols=2, loc="center left", bbox_to_anchor=(1, 0.5))
plt.show()
