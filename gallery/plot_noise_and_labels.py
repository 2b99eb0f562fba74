"""
Noise while training
====================

Noise on the inputs makes a model smooth, noise on the labels makes it less sure. Both vanish at the test.
"""

import matplotlib.pyplot as plt
import numpy as np

from cheatsheet.activations import softmax
from cheatsheet.regularization import add_noise, label_noise, smooth_labels

rng = np.random.default_rng(0)

# %%
# A polynomial of degree 12 fitted to 15 points as they are, and to 200 copies with noise on the inputs: the
# noise takes the swings out.
x = np.linspace(-1, 1, 15)
y = np.sin(np.pi * x) + 0.3 * rng.normal(size=15)
grid = np.linspace(-1, 1, 200)
fig, axes = plt.subplots(1, 3, sharey=True)
for ax, std in zip(axes, (0.0, 0.05, 0.15), strict=True):
    copies = np.tile(x, 200)
    noisy = add_noise(copies, rng.normal(size=copies.shape), std)
    design = np.polynomial.chebyshev.chebvander(noisy, 12)
    w = np.linalg.lstsq(design, np.tile(y, 200))[0]
    ax.plot(x, y, "o", markersize=4)
    ax.plot(grid, np.polynomial.chebyshev.chebval(grid, w))
    _ = ax.set(title=rf"$\sigma$ = {std}", xlabel="x", ylim=(-2, 2))
_ = axes[0].set(ylabel="y")
plt.show()

# %%
# One label of five classes: the share of each class after many draws of noisy labels, the smoothed label, and
# the label itself. The first two agree.
n = 5000
drawn = label_noise(np.full(n, 1), rng.integers(5, size=n), rng.random(n), rate=0.3)
fig, ax = plt.subplots()
classes = np.arange(5)
ax.bar(classes - 0.27, np.eye(5)[1], 0.25, label="label", color="0.5")
ax.bar(classes, np.bincount(drawn, minlength=5) / n, 0.25, label="mean of noisy labels")
ax.bar(classes + 0.27, smooth_labels(np.eye(5)[[1]], smoothing=0.3)[0], 0.25, label="smoothed label")
_ = ax.set(xlabel="class", ylabel="probability")
ax.legend()
plt.show()

# %%
# The loss of the right answer against the lead of its logit: with smoothed labels it is smallest at a finite
# lead, so a model is not driven to be ever more sure.
lead = np.linspace(-2, 10, 200)
p = softmax(np.column_stack([lead, np.zeros((200, 4))]))
fig, ax = plt.subplots()
for smoothing in (0.0, 0.1, 0.3):
    target = smooth_labels(np.eye(5)[[0]], smoothing)
    ax.plot(lead, -np.sum(target * np.log(p), axis=1), label=rf"$\epsilon$ = {smoothing}")
_ = ax.set(xlabel="lead of the right class's logit", ylabel="cross-entropy", ylim=(0, 3))
ax.legend()
plt.show()
