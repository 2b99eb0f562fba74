"""
From scores to probabilities
============================

Softmax and its relatives turn a row of scores into a row that sums to one. Temperature decides how much of
the mass the largest score gets; sparsemax and hardmax give exact zeros.
"""

import matplotlib.pyplot as plt
import numpy as np

from cheatsheet.activations import (
    hardmax,
    log_softmax,
    log_softmax_jacobian,
    softmax,
    softmax_jacobian,
    sparsemax,
    sparsemax_jacobian,
    temperature_softmax,
)

logits = np.array([5.0, 2.0, -1.0, 3.0])
classes = np.arange(1, 5)

# %%
# Bars of four logits (5, 2, -1 and 3) and of their softmax probabilities: 0.842 for the largest, 0.042,
# 0.002 and 0.114 for the others. Negative logits are nothing special, only differences count.
fig, axes = plt.subplots(1, 2)
axes[0].bar(classes, logits)
axes[0].axhline(0, color="0.5", linewidth=1)
axes[0].set(xlabel="class", ylabel="logit $z$", xticks=classes)
bars = axes[1].bar(classes, softmax(logits), color="C1")
axes[1].bar_label(bars, fmt="%.3f")
axes[1].set(xlabel="class", ylabel="probability $p$", xticks=classes, ylim=(0, 1))
plt.show()

# %%
# The same four logits at temperature 1 and 3, and how the four probabilities move with the temperature: one
# takes all when it is cold, all become equal when it is hot.
tau = np.geomspace(0.2, 50, 120)
paths = np.array([temperature_softmax(logits, t) for t in tau])
fig, axes = plt.subplots(1, 2, sharey=True)
axes[0].bar(classes - 0.2, temperature_softmax(logits, 1), width=0.4, label=r"$\tau = 1$")
axes[0].bar(classes + 0.2, temperature_softmax(logits, 3), width=0.4, label=r"$\tau = 3$")
axes[0].set(xlabel="class", ylabel="probability $p$", xticks=classes)
axes[0].legend()
for k, style in enumerate(["-", "--", ":", "-."]):
    axes[1].semilogx(tau, paths[:, k], style, color=f"C{k + 2}", label=f"class {k + 1}")
axes[1].set(xlabel=r"temperature $\tau$")
axes[1].legend()
plt.show()

# %%
# Two classes with scores t and 0: softmax is the S-curve of the sigmoid, sparsemax a ramp that is exactly 0
# and 1 beyond -1 and 1, hardmax a step.
t = np.linspace(-4, 4, 201)
pairs = np.stack([t, np.zeros_like(t)], axis=-1)
fig, ax = plt.subplots()
for name, f, style in [("softmax", softmax, "-"), ("sparsemax", sparsemax, "--"), ("hardmax", hardmax, ":")]:
    ax.plot(t, f(pairs)[:, 0], style, label=name)
ax.set(xlabel="score $t$ of the first class", ylabel="probability of the first class")
ax.legend()
plt.show()

# %%
# Two classes with scores t and 0: the log softmax of both, one of which is nearly 0 and the other nearly
# straight, down to values whose probability would round to 0.
t = np.linspace(-1000, 1000, 201)
pairs = np.stack([t, np.zeros_like(t)], axis=-1)
fig, ax = plt.subplots()
ax.plot(t, log_softmax(pairs)[:, 0], label="first class")
ax.plot(t, log_softmax(pairs)[:, 1], "--", label="second class")
ax.set(xlabel="score $t$ of the first class", ylabel=r"$\log p$ in nats")
ax.legend()
plt.show()

# %%
# The Jacobians of softmax, log softmax and sparsemax at the scores 1, 0.8, 0.6 and -1, as 4 by 4 images:
# the fourth class, which sparsemax drops, has an empty row and column there.
scores = np.array([1.0, 0.8, 0.6, -1.0])
jacobians = {
    "softmax": softmax_jacobian(scores),
    "log softmax": log_softmax_jacobian(scores),
    "sparsemax": sparsemax_jacobian(scores),
}
fig, axes = plt.subplots(1, 3)
for ax, (name, jacobian) in zip(axes, jacobians.items(), strict=True):
    ax.imshow(jacobian, cmap="cividis", vmin=-0.6, vmax=1)
    for (i, j), value in np.ndenumerate(jacobian):
        ax.text(j, i, f"{value:.2f}", ha="center", va="center", fontsize=8, color="0" if value > 0.3 else "1")
    ax.set(
        title=name,
        xlabel="logit $j$",
        xticks=range(4),
        xticklabels=classes,
        yticks=range(4),
        yticklabels=classes,
    )
axes[0].set(ylabel="output $i$")
plt.show()
