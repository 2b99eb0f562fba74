"""
Weights under a penalty
=======================

A regression with three useful and seven useless features, trained by the steps of this topic while the
strength of the penalty grows.
"""

import matplotlib.pyplot as plt
import numpy as np

from cheatsheet.losses import mse, mse_grad
from cheatsheet.regularization import elastic_net_step, l1_step, l2_step, soft_threshold

rng = np.random.default_rng(0)
truth = np.array([2.0, -1.5, 0.8, 0, 0, 0, 0, 0, 0, 0])
x, x_new = rng.normal(size=(25, 10)), rng.normal(size=(500, 10))
y, y_new = x @ truth + 1.5 * rng.normal(size=25), x_new @ truth + 1.5 * rng.normal(size=500)
strengths = np.logspace(-2, 1.2, 17)


def fit(step, **options):
    w, state = np.zeros(10), None
    for _step in range(200):
        w, state = step(w, x.T @ mse_grad(y, x @ w), state, lr=0.1, **options)
    return w


def options_of(step, strength):
    if step is elastic_net_step:
        return {"l1": strength / 2, "l2": strength / 2}
    return {"strength": strength}


# %%
# The soft threshold against the identity and a hard threshold: small numbers become zero, the others come
# nearer by the threshold.
w = np.linspace(-3, 3, 201)
fig, ax = plt.subplots()
ax.plot(w, w, color="0.5", linestyle=":", label="identity")
ax.plot(w, np.where(np.abs(w) > 1, w, np.nan), color="0.5", linestyle="--", label="hard threshold")
ax.plot(w, soft_threshold(w, 1.0), label="soft threshold")
_ = ax.set(xlabel="before", ylabel="after, threshold 1")
ax.legend()
plt.show()

# %%
# The ten weights of the regression under growing strength: with L1 they reach zero one after another, with
# L2 they all shrink and none is zero, the elastic net lies between.
fig, axes = plt.subplots(1, 3, sharey=True)
for ax, name, step in [
    (axes[0], "L1", l1_step),
    (axes[1], "L2", l2_step),
    (axes[2], "both", elastic_net_step),
]:
    usable = [s for s in strengths if step is not l2_step or s < 4.5]  # a plain step needs a small rate
    path = np.array([fit(step, **options_of(step, strength)) for strength in usable])
    ax.semilogx(usable, path[:, 3:], color="0.5", linewidth=0.8)
    ax.semilogx(usable, path[:, :3], linewidth=2)
    _ = ax.set(title=name, xlabel="strength")
_ = axes[0].set(ylabel="weight")
plt.show()

# %%
# Training and validation error against the strength of an L1 and an L2 penalty: too little overfits, too much
# underfits, the best is chosen on validation data.
fig, axes = plt.subplots(1, 2, sharey=True)
for ax, name, step in [(axes[0], "L1", l1_step), (axes[1], "L2", l2_step)]:
    usable = [s for s in strengths if step is not l2_step or s < 4.5]
    fitted = [fit(step, **options_of(step, strength)) for strength in usable]
    validation = [mse(y_new, x_new @ w) for w in fitted]
    ax.semilogx(usable, [mse(y, x @ w) for w in fitted], label="training")
    ax.semilogx(usable, validation, label="validation")
    ax.plot(usable[np.argmin(validation)], min(validation), "o", color="C1")
    _ = ax.set(title=name, xlabel="strength", ylim=(0, 8))
_ = axes[0].set(ylabel="mean squared error")
axes[0].legend()
plt.show()

# %%
# How the weights are spread without a penalty, with L2 and with L1: L2 draws all towards zero, L1 puts most
# at exactly zero.
wide = np.random.default_rng(1)
features = wide.normal(size=(80, 60))
target = features[:, :5] @ wide.normal(size=5) * 2 + 2 * wide.normal(size=80)
fig, axes = plt.subplots(1, 3, sharex=True, sharey=True)
for ax, name, step, options in [
    (axes[0], "no penalty", l2_step, {"strength": 0.0}),
    (axes[1], "L2", l2_step, {"strength": 0.5}),
    (axes[2], "L1", l1_step, {"strength": 0.8}),
]:
    weights, state = np.zeros(60), None
    for _step in range(500):
        g = features.T @ mse_grad(target, features @ weights)
        weights, state = step(weights, g, state, lr=0.08, **options)
    ax.hist(weights, bins=np.linspace(-4, 4, 41))
    _ = ax.set(title=f"{name}, {np.mean(weights == 0):.0%} zero", xlabel="weight")
_ = axes[0].set(ylabel="weights")
plt.show()
