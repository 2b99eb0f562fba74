"""
Seven activations and their slopes
==================================

The classics side by side: the function as a solid line, its derivative dashed. Where the dashed line is at
zero, the unit passes no gradient back, and in a deep stack the slopes multiply.
"""

import matplotlib.pyplot as plt
import numpy as np

from cheatsheet.activations import (
    elu,
    elu_grad,
    leaky_relu,
    leaky_relu_grad,
    linear,
    linear_grad,
    relu,
    relu_grad,
    sigmoid,
    sigmoid_grad,
    step,
    step_grad,
    tanh,
    tanh_grad,
)

# %%
# A grid of step, linear, sigmoid, tanh, ReLU, leaky ReLU (slope 0.1) and ELU, each with its derivative
# dashed, over inputs from -4 to 4.
z = np.linspace(-4, 4, 161)
zoo = {
    "step": (step(z), step_grad(z)),
    "linear": (linear(z), linear_grad(z)),
    "sigmoid": (sigmoid(z), sigmoid_grad(z)),
    "tanh": (tanh(z), tanh_grad(z)),
    "ReLU": (relu(z), relu_grad(z)),
    "leaky ReLU": (leaky_relu(z, 0.1), leaky_relu_grad(z, 0.1)),
    "ELU": (elu(z), elu_grad(z)),
}
fig, axes = plt.subplots(2, 4, sharex=True, sharey=True, figsize=(7, 4))
for ax, (name, (f, slope)) in zip(axes.flat, zoo.items(), strict=False):
    ax.plot(z, f, label="function")
    ax.plot(z, slope, "--", label="derivative")
    ax.set(title=name, ylim=(-1.5, 2.5))
handles, labels = axes[0, 0].get_legend_handles_labels()
axes[1, 3].legend(handles, labels, loc="center")
axes[1, 3].axis("off")
fig.supxlabel("input $z$", fontsize=10)
plt.show()

# %%
# The product of slopes over 1 to 20 layers: at best 0.25 per sigmoid layer, one part in a million after
# ten; tanh loses less, an active ReLU nothing. Inputs are standard normal; the lines are medians of 200
# paths, for ReLU over the active ones.
layers = np.arange(1, 21)
inputs = np.random.default_rng(0).normal(size=(200, 20))
fig, ax = plt.subplots()
ax.semilogy(layers, 0.25**layers, ":", color="0.5", label="sigmoid, best case")
for f_grad, style, name in [(sigmoid_grad, "-", "sigmoid"), (tanh_grad, "--", "tanh")]:
    ax.semilogy(layers, np.median(np.cumprod(f_grad(inputs), axis=1), axis=0), style, label=name)
ax.semilogy(layers, np.cumprod(relu_grad(np.abs(inputs)), axis=1)[0], "-.", label="ReLU, active path")
ax.set(xlabel="layers", ylabel="factor on the gradient", xticks=[1, 5, 10, 15, 20])
ax.legend()
plt.show()
