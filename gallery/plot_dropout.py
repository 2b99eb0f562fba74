"""
Dropout
=======

In each training step a random part of the network is missing. At the test all of it is there, and nothing
has to be scaled.
"""

import matplotlib.pyplot as plt
import numpy as np

from cheatsheet.regularization import drop_path, dropout

rng = np.random.default_rng(0)

# %%
# A network with two hidden layers, whole as at the test and thinned in two training steps: about half of the
# hidden units are missing, with all their connections.
sizes = (3, 6, 6, 2)
places = [np.column_stack([np.full(n, 2.0 * i), np.linspace(-1, 1, n)]) for i, n in enumerate(sizes)]
fig, axes = plt.subplots(1, 3, figsize=(7, 2.6))
for ax, rate, name in zip(axes, (0.0, 0.5, 0.5), ("test", "one step", "another step"), strict=True):
    there = [
        dropout(np.ones(n), rng.random(n), rate if 0 < i < 3 else 0.0)[0] > 0 for i, n in enumerate(sizes)
    ]
    for i in range(3):
        for start in places[i][there[i]]:
            for end in places[i + 1][there[i + 1]]:
                ax.plot(*zip(start, end, strict=True), color="0.5", linewidth=0.5, zorder=1)
    for layer, here in zip(places, there, strict=True):
        ax.scatter(*layer[here].T, s=60, color="C0", zorder=2)
        ax.scatter(*layer[~here].T, s=60, facecolors="none", edgecolors="C1", zorder=2)
    _ = ax.set(title=name, xticks=[], yticks=[])
    ax.spines[:].set_visible(False)
plt.show()

# %%
# What dropout makes of 400 activations, at three rates: dark entries are dropped, the others grow so that the
# mean stays about the same.
x = rng.uniform(0.5, 1.0, (20, 20))
fig, axes = plt.subplots(1, 4, figsize=(7, 2.4), sharey=True)
for ax, rate in zip(axes, (0.0, 0.2, 0.5, 0.8), strict=True):
    y, _backward = dropout(x, rng.random(x.shape), rate)
    ax.imshow(y, vmin=0, vmax=3, cmap="cividis")
    _ = ax.set(title=f"rate {rate}\nmean {y.mean():.2f}", xticks=[], yticks=[])
plt.show()

# %%
# Stochastic depth in a network of 24 residual branches, for 40 examples of a batch: the later the layer, the
# more often its branch is dropped, and each example has its own depth.
depth = np.column_stack([drop_path(np.ones((40, 1)), rng.random(40), 0.5 * i / 23)[0] for i in range(24)])
fig, (left, right) = plt.subplots(1, 2, width_ratios=(2, 1))
left.imshow(depth.T > 0, aspect="auto", cmap="cividis", origin="lower")
right.hist(np.sum(depth > 0, axis=1), bins=np.arange(11.5, 24.5))
_ = left.set(xlabel="example", ylabel="layer")
_ = right.set(xlabel="branches that are there", ylabel="examples")
plt.show()


# %%
# A network of 60 hidden units trained on 40 points without and with dropout: without it the training loss
# falls to zero and the loss on new data rises.
def learn(rate, steps=1000):
    rng = np.random.default_rng(3)
    x, x_new = rng.normal(size=(40, 10)), rng.normal(size=(400, 10))
    y, y_new = (np.sin(a[:, 0] + a[:, 1]) + 0.3 * rng.normal(size=len(a)) for a in (x, x_new))
    w, v, losses = 0.4 * rng.normal(size=(10, 60)), 0.15 * rng.normal(size=60), []
    for step in range(steps):
        if step % 25 == 0:
            losses.append([np.mean((np.maximum(a @ w, 0) @ v - b) ** 2) for a, b in ((x, y), (x_new, y_new))])
        hidden = np.maximum(x @ w, 0)
        thinned, backward = dropout(hidden, rng.random(hidden.shape), rate)
        error = 2 / len(y) * (thinned @ v - y)
        dw = x.T @ (backward(np.outer(error, v)) * (hidden > 0))
        w, v = w - 0.05 * dw, v - 0.05 * thinned.T @ error
    return np.array(losses)


fig, axes = plt.subplots(1, 2, sharey=True)
for ax, rate in zip(axes, (0.0, 0.5), strict=True):
    curves = learn(rate)
    ax.plot(np.arange(len(curves)) * 25, curves[:, 0], label="training")
    ax.plot(np.arange(len(curves)) * 25, curves[:, 1], label="new data")
    _ = ax.set(title=f"rate {rate}", xlabel="step", ylim=(0, 1.2))
_ = axes[0].set(ylabel="mean squared error")
axes[0].legend()
plt.show()
