"""
Smooth rectifiers
=================

Curves that follow ReLU far from zero and round off its corner. Most of them dip below zero first, so that a
unit with a slightly negative input still has a slope.
"""

import matplotlib.pyplot as plt
import numpy as np

from cheatsheet.activations import (
    gelu,
    gelu_grad,
    gelu_tanh,
    gelu_tanh_grad,
    mish,
    mish_grad,
    silu,
    silu_grad,
    softplus,
    softplus_grad,
)

z = np.linspace(-5, 5, 200)

# %%
# Softplus lies above the ReLU (dashed), most at 0, where it is 0.69; its slope is the sigmoid.
fig, axes = plt.subplots(1, 2, sharex=True)
axes[0].plot(z, np.maximum(z, 0), "--", color="0.5", linewidth=1)
axes[0].plot(z, softplus(z))
axes[0].set(xlabel="input $z$", ylabel="softplus")
axes[1].plot(z, softplus_grad(z), color="C1")
axes[1].set(xlabel="input $z$", ylabel="slope")
plt.show()

# %%
# GELU, SiLU and mish dip below zero, GELU least, and then follow the ReLU (dashed); their slopes are
# negative left of the dip and exceed 1 on the right.
fig, axes = plt.subplots(1, 2, sharex=True)
axes[0].plot(z, np.maximum(z, 0), "--", color="0.5", linewidth=1)
for name, f, f_grad, style in [
    ("GELU", gelu, gelu_grad, "-"),
    ("SiLU", silu, silu_grad, "-."),
    ("mish", mish, mish_grad, ":"),
]:
    axes[0].plot(z, f(z), style, label=name)
    axes[1].plot(z, f_grad(z), style, label=name)
axes[0].set(xlabel="input $z$", ylabel="output", ylim=(-0.5, 3), xlim=(-5, 3))
axes[1].set(xlabel="input $z$", ylabel="slope")
axes[0].legend()
plt.show()

# %%
# The tanh approximation of the GELU with its slope, and the errors of both: less than 0.0005 in the output
# and less than 0.001 in the slope.
fig, axes = plt.subplots(1, 3, sharex=True)
axes[0].plot(z, gelu_tanh(z), label="function")
axes[0].plot(z, gelu_tanh_grad(z), "--", label="slope")
axes[0].set(xlabel="input $z$", ylabel="tanh approximation")
axes[0].legend()
axes[1].plot(z, 1000 * (gelu_tanh(z) - gelu(z)))
axes[1].set(xlabel="input $z$", ylabel=r"error of the output, $\times 10^{-3}$")
axes[2].plot(z, 1000 * (gelu_tanh_grad(z) - gelu_grad(z)), "--", color="C1")
axes[2].set(xlabel="input $z$", ylabel=r"error of the slope, $\times 10^{-3}$")
plt.show()
