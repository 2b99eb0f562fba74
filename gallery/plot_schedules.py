"""
Learning-rate schedules
=======================

The learning rate over the steps of a run: it may fall in stairs or smoothly, rise first, or begin again.
"""

import matplotlib.pyplot as plt
import numpy as np

from cheatsheet.schedules import (
    cosine_decay,
    cosine_restarts,
    exponential_decay,
    inverse_root_decay,
    inverse_time_decay,
    linear_warmup,
    one_cycle,
    piecewise_constant,
    polynomial_decay,
    reduce_on_plateau,
    step_decay,
    warmup_cosine,
    warmup_stable_decay,
)

# %%
# Five ways to let the learning rate fall from 0.2: one over the epoch drops at once and then crawls, a
# constant factor per epoch falls steadily, stairs fall in jumps.
epochs = np.arange(61)
fig, ax = plt.subplots()
ax.plot(epochs, inverse_time_decay(epochs, decay_rate=1.0, lr=0.2), label="inverse time, rate 1")
ax.plot(epochs, inverse_root_decay(epochs, lr=0.2), label="inverse root")
ax.plot(epochs, exponential_decay(epochs, gamma=0.95, lr=0.2), label="exponential, 0.95")
ax.step(
    epochs, step_decay(epochs, period=15, gamma=0.5, lr=0.2), where="post", label="steps, halved every 15"
)
by_hand = piecewise_constant(epochs, milestones=[20, 45], factors=[0.5, 0.1], lr=0.2)
ax.step(epochs, by_hand, where="post", label="by hand, at 20 and 45")
_ = ax.set(xlabel="epoch", ylabel=r"learning rate $\eta_t$", ylim=(0, 0.21))
ax.legend()
plt.show()

# %%
# Schedules that reach zero at a given step, here 100: the line, two other powers, and the cosine, which is
# flat at both ends.
t = np.arange(111)
fig, ax = plt.subplots()
ax.plot(t, cosine_decay(t, steps=100), label="cosine")
for power in (0.5, 1, 2):
    ax.plot(t, polynomial_decay(t, steps=100, power=power), "--", label=f"polynomial, power {power}")
_ = ax.set(xlabel="step", ylabel=r"factor $\eta_t / \eta$")
ax.legend()
plt.show()

# %%
# Schedules with a warm-up of 20 steps: after it the rate stays, falls along a cosine, stays for a while, or
# falls like one over the root.
t = np.arange(201)
fig, ax = plt.subplots()
ax.plot(t, linear_warmup(t, warmup=20), ":", color="0.5", linewidth=3, label="warm-up only")
ax.plot(t, warmup_cosine(t, warmup=20, decay=180, end=0.1), label="warm-up and cosine")
ax.plot(t, warmup_stable_decay(t, warmup=20, stable=130, decay=50), label="warm-up, stable, decay")
ax.plot(t, inverse_root_decay(t, warmup=20), label="inverse root")
_ = ax.set(xlabel="step", ylabel=r"factor $\eta_t / \eta$", ylim=(0, 1.05))
ax.legend()
plt.show()

# %%
# One cycle rises to a peak and falls to almost zero; the cosine with restarts jumps back up every 50 steps.
fig, ax = plt.subplots()
ax.plot(t, one_cycle(t, warmup=60, decay=140), label="one cycle")
ax.plot(t, cosine_restarts(t, period=50), label="cosine with restarts")
_ = ax.set(xlabel="step", ylabel=r"factor $\eta_t / \eta$", ylim=(0, 1.25))
ax.legend(loc="upper center", ncols=2)
plt.show()

# %%
# Reduce on plateau, patience 3: a noisy loss stops falling at a level that depends on the rate, and each time
# the rate is cut to a third.
rng = np.random.default_rng(0)
loss, lr, state, losses, rates = 2.0, 0.5, None, [], []
for _epoch in range(80):
    loss += 0.3 * (lr - loss) + 0.1 * lr * rng.normal()
    losses.append(loss)
    rates.append(lr)
    lr, state = reduce_on_plateau(lr, loss, state, factor=1 / 3, patience=3, min_delta=0)
fig, ax = plt.subplots()
ax.semilogy(losses, label="loss")
ax.step(np.arange(80), rates, where="post", label="learning rate")
_ = ax.set(xlabel="epoch", ylabel="loss, rate")
ax.legend()
plt.show()

# %%
# Twelve schedules over the same 200 steps, each in a panel of its own: four fall all the time, four fall to
# zero at the end, four rise first.
t = np.arange(200)
curves = {
    "steps": step_decay(t, period=50, gamma=0.5),
    "by hand": piecewise_constant(t, milestones=[60, 150], factors=[0.5, 0.2]),
    "exponential": exponential_decay(t, gamma=0.5, period=40),
    "inverse time": inverse_time_decay(t, decay_rate=0.05),
    "linear": polynomial_decay(t, steps=200),
    "polynomial": polynomial_decay(t, steps=200, power=2),
    "cosine": cosine_decay(t, steps=200),
    "restarts": cosine_restarts(t, period=50),
    "inverse root": inverse_root_decay(t, warmup=30),
    "warm-up + cosine": warmup_cosine(t, warmup=30, decay=170),
    "stable": warmup_stable_decay(t, warmup=30, stable=120, decay=50),
    "one cycle": one_cycle(t, warmup=60, decay=140),
}
fig, axes = plt.subplots(3, 4, figsize=(7, 4.4), sharex=True, sharey=True)
for ax, (name, rates) in zip(axes.flat, curves.items(), strict=True):
    ax.plot(t, rates)
    _ = ax.set(title=name)
for ax in axes[-1]:
    _ = ax.set(xlabel="step")
for ax in axes[:, 0]:
    _ = ax.set(ylabel=r"$\eta_t / \eta$")
plt.show()
