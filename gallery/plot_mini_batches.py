"""
Batches
=======

The gradient of a few examples is the gradient of all plus noise. The fewer they are, the cheaper the step
and the noisier the path.
"""

import matplotlib.pyplot as plt
import numpy as np

from cheatsheet.losses import mse, mse_grad
from cheatsheet.optimizers import gradient_descent
from cheatsheet.training import (
    accumulate_gradient,
    examples_per_period,
    examples_seen,
    minibatches,
    steps_per_epoch,
)

rng = np.random.default_rng(0)
inputs = rng.normal(size=(200, 2)) * [1.0, 0.5]
targets = inputs @ [1.5, -1.0] + 0.5 * rng.normal(size=200)


def gradient(w, batch):
    return inputs[batch].T @ mse_grad(targets[batch], inputs[batch] @ w)


def run(batch_size, steps, rate):
    """The weights after each step, epoch after epoch."""
    rng, path, waiting = np.random.default_rng(1), [np.array([-1.0, 1.0])], []
    for _step in range(steps):
        waiting = waiting or minibatches(rng.permutation(200), batch_size)
        w, _state = gradient_descent(path[-1], gradient(path[-1], waiting.pop(0)), lr=rate)
        path.append(w)
    return np.array(path)


# %%
# Paths of batch, stochastic and mini-batch descent over the same loss, 60 steps each: smooth, wandering,
# trembling. The first uses all 200 examples per step, the second one, the third 20.
x, y = np.meshgrid(np.linspace(-1.3, 2.3, 50), np.linspace(-1.8, 1.4, 50))
height = [
    [mse(targets, inputs @ [a, b]) for a, b in zip(*row, strict=True)] for row in zip(x, y, strict=True)
]
fig, axes = plt.subplots(1, 3, figsize=(7, 2.8), sharey=True)
for ax, name, size in zip(axes, ["batch", "stochastic", "mini-batch"], (200, 1, 20), strict=True):
    ax.contour(x, y, height, levels=9, colors="0.5", linewidths=0.6)
    ax.plot(*run(size, 60, 0.15).T, "-", color="C1", linewidth=1.2)
    _ = ax.set(title=f"{name}, B = {size}", xlabel=r"$w_1$")
_ = axes[0].set(ylabel=r"$w_2$")
plt.show()

# %%
# Loss over the steps for three batch sizes, and over the examples seen: the full batch falls smoothly,
# small ones jump, and per example the small ones are far ahead.
fig, (left, right) = plt.subplots(1, 2, sharey=True)
for size in (200, 20, 1):
    path = run(size, 80, 0.1)
    losses = [mse(targets, inputs @ w) for w in path]
    left.plot(losses, label=f"B = {size}")
    right.plot([0, *(examples_seen(step, size) for step in range(1, 81))], losses)
left.set(xlabel="step", ylabel="loss", ylim=(0, 6))
_ = right.set(xlabel="examples seen", xscale="symlog", xlim=(0, 16000))
left.legend()
plt.show()

# %%
# A shuffled epoch of ten examples cut into batches of four, and the steps that an epoch of 1000 examples
# takes at each batch size. The last batch is smaller. Each color is a batch.
fig, (left, right) = plt.subplots(1, 2)
for epoch in range(3):
    order = np.random.default_rng(epoch).permutation(10)
    for number, batch in enumerate(minibatches(order, 4)):
        for place, example in enumerate(batch):
            left.text(4 * number + place, -epoch, str(example), color=f"C{number}", ha="center", fontsize=12)
_ = left.set(xlim=(-0.8, 9.8), ylim=(-2.6, 0.8), xticks=[], yticks=[0, -1, -2])
left.set_yticklabels(["epoch 1", "epoch 2", "epoch 3"])
sizes = np.arange(1, 1001)
right.loglog(sizes, [steps_per_epoch(1000, int(size)) for size in sizes])
right.plot([1, 300, 1000], [1000, 4, 1], "o", color="C1")
right.text(280, 7, "B = 300: 4 steps", ha="center")
_ = right.set(xlabel="batch size", ylabel="steps per epoch")
plt.show()

# %%
# Examples per report of a run of 500 steps of 100 examples: 50000 in all, cut into 5, 10 or 25 periods.
fig, ax = plt.subplots(figsize=(7, 2.4))
for row, periods in enumerate((5, 10, 25)):
    length = examples_per_period(steps=500, batch_size=100, periods=periods)
    ax.barh(row, np.full(periods, 0.94 * length), left=length * np.arange(periods), color=f"C{row}")
    ax.text(51000, row, f"{length:.0f} each", va="center")
_ = ax.set(xlabel="examples seen", yticks=[0, 1, 2], xlim=(0, 61000))
ax.set_yticklabels(["5 periods", "10", "25"])
plt.show()

# %%
# Loss of one training run with its reporting periods marked: the batch losses jump, the loss over all
# examples, reported five times, shows the convergence.
fig, ax = plt.subplots()
path = run(10, 60, 0.05)
batch_losses = [
    mse(targets[b], inputs[b] @ w) for b, w in zip(3 * minibatches(np.arange(200), 10), path[1:], strict=True)
]
ax.plot(np.arange(1, 61), batch_losses, linewidth=1, label="one batch")
ends = np.arange(12, 61, 12)
ax.plot(ends, [mse(targets, inputs @ path[end]) for end in ends], "o-", label="all examples, per period")
for end in ends:
    ax.axvline(end, color="0.5", linestyle=":", linewidth=0.8)
_ = ax.set(xlabel="step", ylabel="loss")
ax.legend()
plt.show()

# %%
# A batch of 60 examples is split into four micro-batches, whose weighted gradients are added up for one step.
# Right, the mean so far for two weights: after the last part it is that of the whole batch, dashed.
fig, (scheme, ax) = plt.subplots(1, 2, width_ratios=[1.1, 1])
batch, w, state, means = np.arange(60), np.zeros(2), None, []
for k, part in enumerate(np.split(batch, [20, 40, 50])):
    top, height = 60 - part[0], len(part)
    scheme.add_patch(plt.Rectangle((0, top - height + 0.6), 1, height - 1.2, fc=f"C{k}", alpha=0.4))
    scheme.text(0.5, top - height / 2, f"{height}", ha="center", va="center")
    scheme.text(
        1.9, top - height / 2, rf"$\frac{{{height}}}{{60}} \, g^{{({k + 1})}}$", ha="center", va="center"
    )
    for start, end in [
        ((1, top - height / 2), (1.45, top - height / 2)),
        ((2.4, top - height / 2), (3.1, 30)),
    ]:
        scheme.annotate("", end, start, arrowprops={"arrowstyle": "->", "color": "0.5"})
    mean, state = accumulate_gradient(gradient(w, part), len(part), state)
    means.append(mean)
ax.plot([20, 40, 50, 60], means, "o-")
for j, value in enumerate(gradient(w, batch)):
    ax.axhline(value, color=f"C{j}", linestyle="--", linewidth=1)
    ax.text(16, value + (0.08 if j else -0.3), rf"$g_{j + 1}$ of the whole batch", color=f"C{j}")
_ = ax.set(xlabel="examples so far", ylabel="mean gradient so far", xlim=(15, 63), ylim=(-3.3, 0.8))
scheme.text(3.3, 30, r"$\sum$", ha="center", va="center", fontsize=14)
scheme.annotate("", (4.05, 30), (3.5, 30), arrowprops={"arrowstyle": "->", "color": "0.5"})
scheme.text(4.1, 30, "one\nstep", va="center")
scheme.text(0.5, 61, "batch", ha="center", va="bottom", color="0.5")
scheme.text(1.9, 61, "gradients", ha="center", va="bottom", color="0.5")
_ = scheme.set(xlim=(-0.1, 4.8), ylim=(-1, 66))
scheme.axis("off")
plt.show()

# %%
# Noise of a gradient against the batch size: it falls like one over the root, so a hundred times the
# examples buy one more digit.
fig, ax = plt.subplots()
draw, sizes = np.random.default_rng(2), np.array([1, 2, 5, 10, 20, 50, 100, 200])
noise = [np.std([gradient(w, draw.integers(200, size=n)) for _ in range(300)], axis=0).mean() for n in sizes]
ax.loglog(sizes, noise, "o", label="standard deviation of the gradient")
ax.loglog(sizes, noise[0] / np.sqrt(sizes), "--", color="0.5", label=r"$1 / \sqrt{B}$")
_ = ax.set(xlabel="batch size", ylabel="noise")
ax.legend()
plt.show()
