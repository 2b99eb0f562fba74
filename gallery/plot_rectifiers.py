"""
Rectifiers and what they do below zero
======================================

All rectifiers agree on positive inputs: pass them on, with slope 1 or near it. They differ on negative
inputs, where the plain rectifier has no slope left to learn from.
"""

import matplotlib.pyplot as plt
import numpy as np

from cheatsheet.activations import (
    celu,
    celu_grad,
    elu,
    elu_grad,
    leaky_relu,
    leaky_relu_grad,
    prelu,
    prelu_grad,
    relu,
    relu_grad,
    selu,
    selu_grad,
    squared_relu,
    squared_relu_grad,
)

z = np.linspace(-3, 3, 200)

# %%
# ReLU is a hinge at 0 and its slope a step from 0 to 1; the squared ReLU leaves 0 smoothly and its slope
# keeps growing.
fig, axes = plt.subplots(1, 2, sharex=True)
for name, f, f_grad, style in [
    ("ReLU", relu, relu_grad, "-"),
    ("squared ReLU", squared_relu, squared_relu_grad, "--"),
]:
    axes[0].plot(z, f(z), style, label=name)
    axes[1].plot(z, f_grad(z), style, label=name)
axes[0].set(xlabel="input $z$", ylabel="output", ylim=(-0.3, 5))
axes[1].set(xlabel="input $z$", ylabel="slope", ylim=(-0.3, 5))
axes[0].legend()
plt.show()

# %%
# Leaky ReLU with three negative slopes (0.01 is the usual one): a kink at 0, and a slope below it that
# never is zero.
fig, axes = plt.subplots(1, 2, sharex=True)
for alpha, style in [(0.01, "-"), (0.1, "--"), (0.3, "-.")]:
    axes[0].plot(z, leaky_relu(z, alpha), style, label=rf"$\alpha = {alpha}$")
    axes[1].plot(z, leaky_relu_grad(z, alpha), style)
axes[0].set(xlabel="input $z$", ylabel="leaky ReLU")
axes[1].set(xlabel="input $z$", ylabel="slope")
axes[0].legend()
plt.show()

# %%
# PReLU with three channels that have learned different negative slopes: outputs, slopes towards the input,
# and slopes towards the parameter, which are the same for all channels.
alpha = np.array([0.0, 0.25, -0.5])
channels = np.repeat(z[:, None], 3, axis=1)
dz, dalpha = prelu_grad(channels, alpha)
fig, axes = plt.subplots(1, 3, sharex=True)
for k, style in enumerate(["-", "--", "-."]):
    axes[0].plot(z, prelu(channels, alpha)[:, k], style, label=rf"$\alpha_{k + 1} = {alpha[k]}$")
    axes[1].plot(z, dz[:, k], style)
axes[2].plot(z, dalpha[:, 0], color="C3")
axes[0].set(xlabel="input $z$", title="output")
axes[1].set(xlabel="input $z$", title="slope to the input")
axes[2].set(xlabel="input $z$", title=r"slope to $\alpha$")
axes[0].legend()
plt.show()

# %%
# ELU, CELU and SELU level off at a negative constant; with depth 2 the slope of the ELU jumps at 0 while
# the slope of the CELU does not, and the SELU has a jump and a slope above 1.
fig, axes = plt.subplots(1, 2, sharex=True)
axes[0].plot(z, elu(z), label=r"ELU, $\alpha = 1$")
axes[1].plot(z, elu_grad(z))
axes[0].plot(z, elu(z, 2), "--", label=r"ELU, $\alpha = 2$")
axes[1].plot(z, elu_grad(z, 2), "--")
axes[0].plot(z, celu(z, 2), "-.", label=r"CELU, $\alpha = 2$")
axes[1].plot(z, celu_grad(z, 2), "-.")
axes[0].plot(z, selu(z), ":", label="SELU")
axes[1].plot(z, selu_grad(z), ":")
axes[0].set(xlabel="input $z$", ylabel="output")
axes[1].set(xlabel="input $z$", ylabel="slope")
axes[0].legend()
plt.show()
