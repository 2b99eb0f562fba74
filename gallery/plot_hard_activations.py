"""
Straight pieces for small machines
==================================

Exponentials are slow on phones and awkward in integer arithmetic. These activations replace the curve with
two or three straight pieces, and pay with kinks and flat ends.
"""

import matplotlib.pyplot as plt
import numpy as np

from cheatsheet.activations import (
    hard_sigmoid,
    hard_sigmoid_grad,
    hard_swish,
    hard_swish_grad,
    hard_tanh,
    hard_tanh_grad,
    relu6,
    relu6_grad,
)

z = np.linspace(-5, 8, 260)
smooth = 1 / (1 + np.exp(-z))

# %%
# Hard sigmoid and hard tanh over the smooth curves that they replace, and their slopes: constant in the
# middle, exactly zero outside.
curves = [
    ("hard sigmoid", hard_sigmoid, hard_sigmoid_grad, smooth, smooth * (1 - smooth)),
    ("hard tanh", hard_tanh, hard_tanh_grad, np.tanh(z), 1 - np.tanh(z) ** 2),
]
fig, axes = plt.subplots(2, 2, sharex=True, figsize=(7, 4.6))
for row, (name, f, f_grad, curve, slope) in zip(axes, curves, strict=True):
    row[0].plot(z, curve, "--", color="0.5", linewidth=1, label="smooth")
    row[0].plot(z, f(z), label="hard")
    row[1].plot(z, slope, "--", color="0.5", linewidth=1)
    row[1].plot(z, f_grad(z), color="C1")
    row[0].set(ylabel=name, xlim=(-5, 5))
    row[1].set(ylabel="slope")
for ax in axes[1]:
    ax.set(xlabel="input $z$")
axes[0, 0].legend()
plt.show()

# %%
# ReLU6 is flat below 0 and from 6 on, with slope 1 between; hard swish follows the smooth SiLU closely,
# with a slope that jumps at -3 and 3.
fig, axes = plt.subplots(1, 2, sharex=True, sharey=True)
axes[0].plot(z, relu6(z), label="function")
axes[0].plot(z, relu6_grad(z), "--", label="slope")
axes[0].set(xlabel="input $z$", title="ReLU6")
axes[1].plot(z, z * smooth, "--", color="0.5", linewidth=1, label="smooth")
axes[1].plot(z, hard_swish(z), label="function")
axes[1].plot(z, hard_swish_grad(z), "--", label="slope")
axes[1].set(xlabel="input $z$", title="hard swish")
axes[1].legend()
plt.show()
