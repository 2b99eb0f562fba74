"""
Why the learning rate should fall
=================================

With noisy gradients a constant learning rate comes near the minimum and then wanders around it. The larger
the rate, the sooner it is there and the farther off it stays. A schedule has both: large steps first, small
ones at the end.
"""

import matplotlib.pyplot as plt
import numpy as np

from cheatsheet.optimizers import gradient_descent
from cheatsheet.schedules import cosine_decay, inverse_time_decay, step_decay, warmup_stable_decay

curvature, steps = np.array([1.0, 20.0]), 400


def losses(rates):
    """The mean loss of 200 runs down a valley, with noise in each gradient."""
    rng = np.random.default_rng(0)
    w, path = np.full((200, 2), 2.0), []
    for rate in rates:
        path.append(np.mean(w**2 @ curvature) / 2)
        w, _state = gradient_descent(w, curvature * w + rng.normal(size=w.shape), lr=rate)
    return path


# %%
# Gradient descent on a noisy quadratic, mean of 200 runs: the large rate stays on a high floor, the small one
# is slow, and the rates that fall get below both. Left the rates, right the losses.
t = np.arange(steps)
schedules = {
    "constant, 0.06": np.full(steps, 0.06),
    "constant, 0.006": np.full(steps, 0.006),
    "steps": step_decay(t, period=100, gamma=0.3, lr=0.06),
    "inverse time": inverse_time_decay(t, decay_rate=0.03, lr=0.06),
    "cosine": cosine_decay(t, steps, lr=0.06),
}
fig, (left, right) = plt.subplots(1, 2)
for name, rates in schedules.items():
    left.plot(t, rates)
    right.semilogy(t, losses(rates), label=name)
left.set(xlabel="step", ylabel=r"learning rate $\eta_t$")
_ = right.set(xlabel="step", ylabel="loss above the minimum")
right.legend()
plt.show()

# %%
# A fall of 80 steps that begins at step 100, 200 or 300 of a constant rate: whenever it begins, the loss
# drops to about the same level.
fig, ax = plt.subplots()
ax.semilogy(t, losses(np.full(steps, 0.06)), color="0.5", label="constant")
for start in (100, 200, 300):
    rates = warmup_stable_decay(t, warmup=10, stable=start - 10, decay=80, lr=0.06)
    ax.semilogy(t[: start + 80], losses(rates[: start + 80]), label=f"fall from step {start}")
_ = ax.set(xlabel="step", ylabel="loss above the minimum")
ax.legend()
plt.show()
