"""
Penalties on weights
====================

Squares keep weights small, absolute values set them to zero. The reason is the slope of the penalty near
zero, or, seen from above, the corners of its contours.
"""

import matplotlib.pyplot as plt
import numpy as np

from cheatsheet.regularization import (
    activity_penalty,
    activity_penalty_grad,
    elastic_net_penalty,
    elastic_net_penalty_grad,
    l1_penalty,
    l1_penalty_grad,
    l2_penalty,
    l2_penalty_grad,
)

# %%
# L1, L2 and elastic net penalty of one weight and their derivatives: the push of L2 fades near zero, that of
# L1 keeps its size.
w = np.linspace(-2, 2, 201)
fig, (left, right) = plt.subplots(1, 2)
for name, penalty, slope, options in [
    ("L2", l2_penalty, l2_penalty_grad, {"strength": 0.5}),
    ("L1", l1_penalty, l1_penalty_grad, {"strength": 0.5}),
    ("elastic net", elastic_net_penalty, elastic_net_penalty_grad, {"l1": 0.25, "l2": 0.25}),
]:
    left.plot(w, [penalty([a], **options) for a in w], label=name)
    right.plot(w, slope(w, **options))
_ = left.set(xlabel="weight", ylabel="penalty", ylim=(0, 2))
_ = right.set(xlabel="weight", ylabel="derivative")
left.legend()
plt.show()

# %%
# Contours of a loss and, shaded, all weights whose penalty is below a limit: the loss meets the diamond of L1
# at a corner, where one weight is zero, and the disk of L2 beside the axis.
a, b = np.meshgrid(np.linspace(-1.6, 2.6, 120), np.linspace(-1.3, 2.1, 120))
best, bend = np.array([1.8, 0.9]), np.array([[1.0, 0.35], [0.35, 0.6]])
offset = np.stack([a - best[0], b - best[1]], axis=-1)
loss = np.einsum("...i,ij,...j->...", offset, bend, offset)
fig, axes = plt.subplots(1, 3, figsize=(7, 2.7), sharey=True)
for ax, name, penalty, options in [
    (axes[0], "L1", l1_penalty, {"strength": 1.0}),
    (axes[1], "L2", l2_penalty, {"strength": 1.0}),
    (axes[2], "elastic net", elastic_net_penalty, {"l1": 0.5, "l2": 0.5}),
]:
    size = np.array([[penalty(pair, **options) for pair in row] for row in np.stack([a, b], axis=-1)])
    touched = np.where(size <= 1, loss, np.inf).min()
    ax.contourf(a, b, size, levels=[0, 1], colors=["C0"], alpha=0.3)
    ax.contour(a, b, loss, levels=[touched / 4, touched, touched * 2], colors="0.5", linewidths=0.8)
    i = np.unravel_index(np.where(size <= 1, loss, np.inf).argmin(), loss.shape)
    ax.plot(a[i], b[i], "o", color="C1")
    ax.plot(*best, "x", color="C2")
    ax.axhline(0, color="0.5", linewidth=0.5)
    ax.axvline(0, color="0.5", linewidth=0.5)
    _ = ax.set(title=name, xlabel=r"$w_1$", aspect="equal")
_ = axes[0].set(ylabel=r"$w_2$")
plt.show()

# %%
# Codes of signals that are sums of a few patterns, found by descent with growing activity penalty: the
# stronger it is, the fewer units are active, and the worse the signals are rebuilt.
rng = np.random.default_rng(0)
patterns = rng.normal(size=(20, 12)) / np.sqrt(12)
truth = rng.random((40, 20)) * (rng.random((40, 20)) < 0.15)
signals = truth @ patterns
strengths, active, error, penalties = np.logspace(-3, 0, 10), [], [], []
for strength in strengths:
    code = np.zeros((40, 20))
    for _step in range(150):
        g = (code @ patterns - signals) @ patterns.T / len(code) + activity_penalty_grad(code, strength)
        code = np.maximum(code - 10.0 * g, 0)  # as a ReLU gives
    active.append(np.mean(code > 0))
    error.append(np.mean((code @ patterns - signals) ** 2) / np.mean(signals**2))
    penalties.append(activity_penalty(code, 1.0))
fig, (left, right) = plt.subplots(1, 2)
left.semilogx(strengths, active, "o-", label="share of active units")
left.semilogx(strengths, error, "s-", label="error, as a share")
right.semilogx(strengths, penalties, "o-", color="C2")
_ = left.set(xlabel="strength", ylim=(0, 1.05))
_ = right.set(xlabel="strength", ylabel="activity penalty at strength 1", ylim=(0, None))
left.legend()
plt.show()
