"""
A rate for each weight
======================

Adaptive optimizers divide each gradient by the size of those that came before it. How they remember that
size makes the difference: a sum that only grows, a mean that forgets, a largest value.
"""

import matplotlib.pyplot as plt
import numpy as np

from cheatsheet.optimizers import adadelta, adagrad, adam, adamw, amsgrad, nadam, rmsprop


def step_lengths(optimizer, gradients, **options):
    """How far a weight moves at each gradient."""
    w, state, path = 0.0, None, [0.0]
    for g in gradients:
        w, state = optimizer(w, g, state, **options)
        path.append(w)
    return np.abs(np.diff(path))


# %%
# Length of each step against a constant gradient: Adagrad's steps fall for ever, RMSProp's settle at the
# rate, Adadelta's grow from nearly nothing. All have the rate 0.1 but Adadelta, which has none. RMSProp
# starts at three times its rate, as its mean begins at zero and is not corrected.
fig, ax = plt.subplots()
steps = np.arange(1, 51)
ax.plot(steps, step_lengths(adagrad, np.ones(50), lr=0.1), label=r"Adagrad: $0.1 / \sqrt{t}$")
ax.plot(steps, step_lengths(rmsprop, np.ones(50), lr=0.1), label="RMSProp")
ax.plot(steps, step_lengths(adadelta, np.ones(50)), label="Adadelta")
ax.axhline(0.1, color="0.5", linestyle=":")
_ = ax.set(xlabel="step", ylabel="length of the step", yscale="log", ylim=(2e-3, 1))
ax.legend()
plt.show()

# %%
# Adam's first steps with and without bias correction against a constant gradient: corrected, each is as
# long as the rate from the first on. Without any correction they are three times too long at first; with
# the wrong beta under the root, ten times.
fig, ax = plt.subplots()
t = np.arange(1, 31)
m, v = 1 - 0.9**t, 1 - 0.999**t  # the means of a gradient that is always 1
ax.plot(t, step_lengths(adam, np.ones(30), lr=0.1), label="Adam")
ax.plot(t, 0.1 * m / np.sqrt(v), "--", label="without correction")
ax.plot(t, 0.1 / np.sqrt(v / m), "--", label=r"corrected by $\beta_1$ twice")
_ = ax.set(xlabel="step", ylabel="length of the step", ylim=(0, 1.05))
ax.legend()
plt.show()

# %%
# Step lengths of Adam, AMSGrad and NAdam when every 20th gradient is ten times as large: Adam recovers at
# once, AMSGrad keeps its divisor, NAdam looks ahead. The second mean forgets quickly here, beta is 0.8, so
# that the difference shows.
gradients = np.where(np.arange(60) % 20 == 10, 10.0, 1.0)
fig, ax = plt.subplots()
for name, optimizer in [("Adam", adam), ("AMSGrad", amsgrad), ("NAdam", nadam)]:
    ax.plot(np.arange(1, 61), step_lengths(optimizer, gradients, lr=0.1, b2=0.8), label=name)
_ = ax.set(xlabel="step", ylabel="length of the step", ylim=(0, 0.18))
ax.legend(ncols=3, loc="upper center")
plt.show()

# %%
# Two weights with large and small gradients that average to zero: AdamW shrinks both alike, a penalty in
# Adam's gradient only the one whose gradients are small. Solid lines are the weight with gradients of the
# size 10, dashed ones that with 0.1.
fig, ax = plt.subplots()
size = np.array([10.0, 0.1])
for name, penalty, decay in [("AdamW, decay 0.1", 0.0, 0.1), ("Adam, penalty 0.1 in the gradient", 0.1, 0.0)]:
    w, state, path = np.ones(2), None, []
    for step in range(600):
        path.append(w)
        w, state = adamw(w, size * (-1) ** step + penalty * w, state, lr=0.01, weight_decay=decay)
    color = ax.plot(np.array(path)[::3, 0], label=name)[0].get_color()
    ax.plot(np.array(path)[::3, 1], "--", color=color)
ax.set_xticks([0, 50, 100, 150, 200], [0, 150, 300, 450, 600])
_ = ax.set(xlabel="step", ylabel="weight", ylim=(-0.05, 1.05))
ax.legend()
plt.show()
