"""
Residual blocks
===============

A shortcut around two layers lets signals and gradients through, however many blocks follow each other. A gate
per channel is a smaller idea of the same kind.
"""

from itertools import pairwise

import matplotlib.pyplot as plt
import numpy as np

from cheatsheet.activations import relu
from cheatsheet.layers import dense, projection_block, residual_block, squeeze_excitation

rng = np.random.default_rng(0)


def plain_block(x, w1, b1, w2, b2):
    """The same two layers without the shortcut."""
    z1, back1 = dense(x, w1, b1)
    z2, back2 = dense(relu(z1), w2, b2)

    def backward(dy):
        da, dw2, db2 = back2(dy * (z2 > 0))
        dx, dw1, db1 = back1(da * (z1 > 0))
        return dx, dw1, db1, dw2, db2

    return relu(z2), backward


def weights(depth, width, scale, rng):
    return [
        [
            scale * rng.normal(size=(width, width)),
            np.zeros(width),
            scale * rng.normal(size=(width, width)),
            np.zeros(width),
        ]
        for _block in range(depth)
    ]


def through(block, x, layers):
    """Outputs of all blocks, and the way back."""
    outputs, ways = [x], []
    for arrays in layers:
        y, backward = block(outputs[-1], *arrays)
        outputs.append(y)
        ways.append(backward)
    return outputs, ways


# %%
# Norms of signals and gradients through 40 blocks with small random weights, relative to the start: without
# shortcuts both fade to nothing, with shortcuts both stay.
fig, (left, right) = plt.subplots(1, 2)
x, layers = relu(rng.normal(size=(50, 16))), weights(40, 16, 0.15, rng)
for name, block in [("residual", residual_block), ("plain", plain_block)]:
    outputs, ways = through(block, x, layers)
    gradients = [rng.normal(size=x.shape)]
    for backward in reversed(ways):
        gradients.append(backward(gradients[-1])[0])
    left.semilogy([np.linalg.norm(y) / np.linalg.norm(x) for y in outputs], label=name)
    norms = [np.linalg.norm(g) / np.linalg.norm(gradients[0]) for g in reversed(gradients)]
    right.semilogy(norms, label=name)
_ = left.set(xlabel="block", ylabel="norm of the signal", ylim=(1e-40, 1e3))
_ = right.set(xlabel="block", ylabel="norm of the gradient", ylim=(1e-40, 1e3))
left.legend()
plt.show()

# %%
# A residual block and a projection block as drawings: two layers on the straight way, a shortcut around them,
# a sum before the last activation. The shapes are those of a batch of 50: the projection changes the width.
fig, axes = plt.subplots(2, 1, figsize=(7, 3.6))
narrow = [np.zeros((16, 16)), np.zeros(16), np.zeros((16, 8)), np.zeros(8)]
for ax, (y, _backward), shortcut in [
    (axes[0], residual_block(x, *layers[0]), "$x$"),
    (axes[1], projection_block(x, np.zeros((16, 8)), *narrow), "$x W_s$"),
]:
    stations = [(f"x\n{x.shape}", 0), ("dense", 1.6), ("ReLU", 3), ("dense", 4.4), ("+", 5.7), ("ReLU", 6.9)]
    stations.append((f"y\n{y.shape}", 8.4))
    for name, place in stations:
        style = {"boxstyle": "circle" if name == "+" else "round", "facecolor": "none", "edgecolor": "C0"}
        ax.text(place, 0, name, ha="center", va="center", bbox=None if "\n" in name else style)
    for (_name, start), (_next, end) in pairwise(stations):
        ax.annotate("", (end - 0.5, 0), (start + 0.55, 0), arrowprops={"arrowstyle": "->", "color": "0.5"})
    ax.plot([0.7, 0.7, 5.7], [0, 1, 1], color="C1")
    ax.annotate("", (5.7, 0.35), (5.7, 1.04), arrowprops={"arrowstyle": "->", "color": "C1"})
    ax.text(3, 1.15, f"shortcut: {shortcut}", ha="center", color="C1")
    _ = ax.set(xlim=(-0.7, 9.1), ylim=(-0.7, 1.6))
    ax.axis("off")
plt.show()

# %%
# Training error after 60 steps against the number of blocks, for a smooth function: with more plain blocks
# the error grows, with residual blocks it does not. The function has four inputs; of three learning rates
# the best counts; gradients are clipped at 1; the weights begin at a scale that suits each kind.
fig, ax = plt.subplots()
x = rng.normal(size=(64, 4))
target = np.sin(x[:, :1]) + 0.5 * x[:, 1:2] * x[:, 2:3]
depths = [1, 2, 4, 8, 16]


def trained(block, depth, rate, steps=60):
    """The training error in the end."""
    start, width = np.random.default_rng(1), 12
    lift, out = start.normal(size=(4, width)) / 2, start.normal(size=(width, 1)) / 4
    scale = np.sqrt(2 / width) / (np.sqrt(2 * depth) if block is residual_block else 1)
    layers = weights(depth, width, scale, start)
    for _step in range(steps):
        outputs, ways = through(block, relu(x @ lift), layers)
        y, backward = dense(outputs[-1], out, np.zeros(1))
        g, d_out, _d_bias = backward(2 * (y - target) / y.size)
        for arrays, back in zip(reversed(layers), reversed(ways), strict=True):
            g, *changes = back(g)
            for array, change in zip(arrays, changes, strict=True):
                array -= rate * np.clip(change, -1, 1)
        out = out - rate * np.clip(d_out, -1, 1)
    return np.mean((y - target) ** 2)


for name, block in [("residual", residual_block), ("plain", plain_block)]:
    errors = [min(trained(block, depth, rate) for rate in (0.01, 0.03, 0.1)) for depth in depths]
    ax.plot(depths, errors, "o-", label=name)
_ = ax.set(xlabel="blocks", ylabel="training error", xscale="log", xticks=depths, xticklabels=depths)
ax.minorticks_off()
ax.legend()
plt.show()

# %%
# Squeeze and excitation on eight channels of an image: the bars are the gates that the means of all channels
# compute, and the maps below are the channels before and after, louder or quieter as a whole.
fig, axes = plt.subplots(3, 8, figsize=(7, 3), sharey="row")
image = rng.uniform(0.2, 1, size=(1, 8, 6, 6))
y, backward = squeeze_excitation(
    image, rng.normal(size=(8, 4)), np.zeros(4), rng.normal(size=(4, 8)), [0] * 8
)
gates = (y / image)[0, :, 0, 0]
for j in range(8):
    axes[0, j].bar([0], [gates[j]], color="C0")
    axes[1, j].imshow(image[0, j], vmin=0, vmax=1)
    axes[2, j].imshow(y[0, j], vmin=0, vmax=1)
    for i in range(3):
        _ = axes[i, j].set(xticks=[], yticks=[])
_ = axes[0, 0].set(ylabel="gate", ylim=(0, 1), yticks=[0, 1])
_ = axes[1, 0].set(ylabel="before")
_ = axes[2, 0].set(ylabel="after")
plt.show()
