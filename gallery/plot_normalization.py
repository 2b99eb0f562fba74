"""
Normalization
=============

Activations get mean 0 and variance 1, and the layers differ in what they take the mean over.
"""

from itertools import pairwise

import matplotlib.pyplot as plt
import numpy as np

from cheatsheet.activations import relu
from cheatsheet.layers import dense
from cheatsheet.normalization import (
    batch_norm,
    batch_norm_inference,
    group_norm,
    instance_norm,
    layer_norm,
    rms_norm,
)

rng = np.random.default_rng(0)

# %%
# Pre-activations of three units over a batch of 500, before and after batch normalization: different
# centers and widths become mean 0 and deviation 1, or what scale and shift say. The third panel has other
# scales and shifts for each unit.
fig, axes = plt.subplots(1, 3, sharey=True)
z = rng.normal(size=(500, 3)) * [0.4, 1.5, 3.0] + [-3.0, 0.0, 5.0]
normal, backward, state = batch_norm(z, np.ones(3), np.zeros(3))
shifted, backward, state = batch_norm(z, [0.5, 1.0, 2.0], [-4.0, 0.0, 5.0])
for ax, values, title in zip(
    axes, [z, normal, shifted], ["before", "normalized", "scale and shift"], strict=True
):
    for j in range(3):
        ax.hist(values[:, j], bins=np.linspace(-12, 15, 55), density=True, histtype="step", color=f"C{j}")
    _ = ax.set(title=title, xlabel="pre-activation")
_ = axes[0].set(ylabel="density")
plt.show()

# %%
# Running mean and variance of batch normalization over 300 batches of 16, true values dotted: with
# momentum 0.1 the start is soon forgotten and the values tremble, 0.01 is slower and calmer. At inference
# they replace the batch's own.
fig, (left, right) = plt.subplots(1, 2)
for weight in (0.1, 0.01):
    state, path = None, []
    for _batch in range(300):
        batch = 3.0 + 2.0 * rng.normal(size=(16, 1))
        _y, _backward, state = batch_norm(batch, [1], [0], state, momentum=weight)
        path.append(np.ravel(state))
    left.plot(np.array(path)[:, 0], label=f"momentum {weight}")
    right.plot(np.array(path)[:, 1])
left.axhline(3, color="0.5", linestyle=":")
right.axhline(4, color="0.5", linestyle=":")
_ = left.set(xlabel="batch", ylabel="running mean")
_ = right.set(xlabel="batch", ylabel="running variance")
left.legend()
plt.show()

# %%
# What a batch of six examples becomes in training and at inference: batch normalization centers whatever
# comes, the running statistics keep the shift of a batch that differs from the training data.
fig, ax = plt.subplots()
usual, unusual = np.linspace(1, 5, 6), np.linspace(4, 8, 6)
for place, (_name, batch) in enumerate([("usual batch", usual), ("shifted batch", unusual)]):
    train, _backward, _state = batch_norm(batch[:, None], [1], [0])
    fixed, _backward = batch_norm_inference(batch[:, None], mean=[3], var=[2], gamma=[1], beta=[0])
    ax.plot(train[:, 0], np.full(6, place + 0.15), "o", color="C0", label="training" if place == 0 else None)
    ax.plot(fixed[:, 0], np.full(6, place - 0.15), "s", color="C1", label="inference" if place == 0 else None)
ax.axvline(0, color="0.5", linestyle=":")
_ = ax.set(yticks=[0, 1], yticklabels=["usual batch", "shifted batch"], xlabel="output", ylim=(-0.6, 1.6))
ax.legend()
plt.show()

# %%
# Which numbers share a mean and a variance: rows are two examples, columns four channels, each of 3 by 3
# pixels. Equal colors belong together: per channel, per example, per group of two channels, per map.
fig, axes = plt.subplots(1, 4, figsize=(7, 1.9))
x = rng.normal(size=(2, 4, 3, 3)) + 3 * rng.normal(size=(2, 4, 1, 1))
ones, zeros = np.ones(4), np.zeros(4)
rows = x.transpose(0, 2, 3, 1).reshape(-1, 4)
outputs = {
    "batch": batch_norm(rows, ones, zeros)[0].reshape(2, 3, 3, 4).transpose(0, 3, 1, 2),
    "layer": layer_norm(x.reshape(2, -1), np.ones(36), np.zeros(36))[0].reshape(x.shape),
    "group, 2 groups": group_norm(x, ones, zeros, groups=2)[0],
    "instance": instance_norm(x, ones, zeros)[0],
}
for ax, (name, y) in zip(axes, outputs.items(), strict=True):
    slope = (x[..., 0, 0] - x[..., 1, 1]) / (
        y[..., 0, 0] - y[..., 1, 1]
    )  # one over the divisor: who shares it
    offset = x[..., 0, 0] - slope * y[..., 0, 0]
    sets = np.unique(offset.round(6), return_inverse=True)[1].reshape(2, 4)
    order = {number: place for place, number in enumerate(dict.fromkeys(sets.ravel()))}
    for (i, j), number in np.ndenumerate(sets):
        for p in range(9):
            corner = j * 3.6 + p % 3, i * 3.6 + p // 3
            ax.add_patch(plt.Rectangle(corner, 1, 1, facecolor=f"C{order[number]}", edgecolor="white"))
    _ = ax.set(title=name, xlim=(-0.4, 14.4), ylim=(7.2, -0.4), aspect="equal")
    _ = ax.set(xticks=[], yticks=[1.5, 5.1], yticklabels=["1", "2"], xlabel="channels")
_ = axes[0].set(ylabel="example")
plt.show()

# %%
# Layer and RMS normalization of rows of two numbers: layer normalization leaves little more than two
# points, RMS normalization puts every row on a circle. Mean 0 and variance 1 fix two numbers up to a sign.
fig, (left, right) = plt.subplots(1, 2, figsize=(7, 3.4), sharex=True, sharey=True)
cloud = rng.normal(size=(150, 2)) + np.array([0.7, 0.0])
for ax, name, (y, _backward) in [
    (left, "layer", layer_norm(cloud, [1, 1], [0, 0])),
    (right, "RMS", rms_norm(cloud, [1, 1])),
]:
    ax.plot(*cloud.T, ".", color="0.5", markersize=3)
    ax.plot(*y.T, "o", color="C1", markersize=4)
    _ = ax.set(title=name, xlabel=r"$x_1$", aspect="equal")
_ = left.set(ylabel=r"$x_2$")
plt.show()

# %%
# A picture of low and one of high contrast: instance normalization makes them alike, channel by channel;
# group normalization with one group keeps how the channels differ.
fig, axes = plt.subplots(2, 6, figsize=(7, 2.8))
y0, x0 = np.mgrid[:24, :24] / 24
pattern = np.stack([np.sin(9 * x0), np.cos(9 * y0) * (x0 > 0.5)])
pictures = np.stack([0.3 * pattern, [[[2.0]], [[0.5]]] * pattern + [[[1.0]], [[0.0]]]])
panels = [pictures, instance_norm(pictures, [1, 1], [0, 0])[0], group_norm(pictures, [1, 1], [0, 0], 1)[0]]
for k, (name, values) in enumerate(zip(["input", "instance", "one group"], panels, strict=True)):
    for i in range(2):
        for j in range(2):
            axes[i, 2 * k + j].imshow(values[i, j], vmin=-2.5, vmax=2.5)
            _ = axes[i, 2 * k + j].set(xticks=[], yticks=[], title=f"{name}, {j + 1}" if i == 0 else "")
_ = axes[0, 0].set(ylabel="low contrast")
_ = axes[1, 0].set(ylabel="high contrast")
plt.show()

# %%
# Training loss of a network with four hidden layers from a bad start, weights ten times too small, with one
# learning rate: without normalization nothing happens, with it the loss falls.
fig, ax = plt.subplots()
x = rng.normal(size=(64, 6))
target = np.sin(2 * x[:, :1]) + x[:, 1:2] * x[:, 2:3]
for name, normalized in [("plain", False), ("batch normalization", True)]:
    start = np.random.default_rng(1)
    sizes = [6, 24, 24, 24, 24]
    w = [0.1 * start.normal(size=pair) * np.sqrt(2 / pair[0]) for pair in pairwise(sizes)]
    b, gamma, beta = [np.zeros(24)] * 4, [np.ones(24)] * 4, [np.zeros(24)] * 4
    out, losses = np.zeros((24, 1)), []
    for _step in range(150):
        a, ways = x, []
        for k in range(4):
            z, back = dense(a, w[k], b[k])
            y, back_norm = batch_norm(z, gamma[k], beta[k])[:2] if normalized else (z, None)
            ways.append((back, back_norm, y > 0))
            a = relu(y)
        error = a @ out - target
        losses.append(np.mean(error**2))
        g = 2 / 64 * error @ out.T
        out = out - 0.05 * 2 / 64 * a.T @ error
        for k in (3, 2, 1, 0):
            back, back_norm, active = ways[k]
            g = g * active
            if back_norm:
                g, dgamma, dbeta = back_norm(g)
                gamma[k], beta[k] = gamma[k] - 0.05 * dgamma, beta[k] - 0.05 * dbeta
            g, dw, db = back(g)
            w[k], b[k] = w[k] - 0.05 * dw, b[k] - 0.05 * db
    ax.plot(losses, label=name)
_ = ax.set(xlabel="step", ylabel="training loss", ylim=(0, None))
ax.legend()
plt.show()
