"""
S-curves, the step and the line
===============================

The oldest activations: curves that saturate on both sides, the step that they smooth, and the straight line.
Their slopes show what a gradient sees on its way back.
"""

import matplotlib.pyplot as plt
import numpy as np

from cheatsheet.activations import (
    linear,
    linear_grad,
    sigmoid,
    sigmoid_grad,
    softsign,
    softsign_grad,
    step,
    step_grad,
    tanh,
    tanh_grad,
)

z = np.linspace(-4, 4, 201)  # with 0, where the softsign has its peak of slope

# %%
# The sigmoid rises from the asymptote 0 to the asymptote 1 through the point (0, 0.5); its slope is a bell
# with the maximum 0.25 at 0, and fades on both sides.
wide = np.linspace(-6, 6, 200)
points = np.array([0.0, 2.0, 5.0])
fig, axes = plt.subplots(1, 2, sharex=True)
axes[0].plot(wide, sigmoid(wide))
axes[0].axhline(0, color="0.5", linestyle="--", linewidth=1)
axes[0].axhline(1, color="0.5", linestyle="--", linewidth=1)
axes[0].plot(0, sigmoid(0), "o", color="C0")
axes[0].annotate("(0, 0.5)", (0, 0.5), (0.5, 0.44))
axes[0].set(xlabel="input $z$", ylabel="sigmoid")
axes[1].plot(wide, sigmoid_grad(wide), color="C1")
axes[1].plot(points, sigmoid_grad(points), "o", color="C1")
for x, text in zip(points, ["0.25", "0.105", "0.0066"], strict=True):
    axes[1].annotate(text, (x, sigmoid_grad(x)), (x + 0.25, sigmoid_grad(x) + 0.004))
axes[1].set(xlabel="input $z$", ylabel="slope of the sigmoid")
plt.show()

# %%
# Tanh and softsign both go from -1 to 1 through the origin with slope 1; tanh arrives early, softsign
# approaches its ends slowly and keeps more slope far out.
fig, axes = plt.subplots(1, 2, sharex=True)
for f, f_grad, style, name in [(tanh, tanh_grad, "-", "tanh"), (softsign, softsign_grad, "--", "softsign")]:
    axes[0].plot(z, f(z), style, label=name)
    axes[1].plot(z, f_grad(z), style, label=name)
axes[0].set(xlabel="input $z$", ylabel="output")
axes[1].set(xlabel="input $z$", ylabel="slope")
axes[1].legend()
plt.show()

# %%
# A line of slope 1 has the same slope everywhere; a step at 0 has slope 0 everywhere, so that gradient
# descent learns nothing through it.
fig, axes = plt.subplots(1, 2, sharex=True, sharey=True)
axes[0].plot(z, linear(z), label="function")
axes[0].plot(z, linear_grad(z), "--", label="slope")
axes[0].set(xlabel="input $z$", title="linear, $m = 1$", ylim=(-1.5, 1.5))
axes[1].plot(z, step(z), label="function", drawstyle="steps-mid")
axes[1].plot(z, step_grad(z), "--", label="slope")
axes[1].set(xlabel="input $z$", title=r"step, $\theta = 0$")
axes[1].legend(loc="lower right")
plt.show()
