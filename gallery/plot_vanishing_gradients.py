"""
Vanishing and exploding gradients
=================================

The gradient of a layer near the input is a product with one factor for each layer above it. Where the
factors are a little too small or too large, depth does the rest.
"""

import matplotlib.pyplot as plt
import numpy as np

from cheatsheet.activations import relu, relu_grad, sigmoid, sigmoid_grad, tanh, tanh_grad
from cheatsheet.initializers import glorot_normal, he_normal


def gradient_norms(f, f_grad, rule, depth=30, width=100):
    """The norm of the gradient of the loss for the sums of each layer, the first layer first."""
    rng = np.random.default_rng(0)
    a, tape = rng.normal(size=(32, width)), []
    for _layer in range(depth):
        w = rule(rng.normal(size=(width, width)))
        z = a @ w
        tape.append((w, z))
        a = f(z)
    da, norms = rng.normal(size=a.shape) / len(a), []
    for w, z in reversed(tape):
        dz = da * f_grad(z)
        norms.append(np.linalg.norm(dz))
        da = dz @ w.T
    return norms[::-1]


# %%
# Norm of the gradient at the sums of each of 30 layers: with sigmoids it vanishes towards the input, with
# weights twice too large it explodes, with ReLU and He's weights it stays.
nets = [
    ("sigmoid, Glorot", sigmoid, sigmoid_grad, glorot_normal),
    ("tanh, Glorot", tanh, tanh_grad, glorot_normal),
    ("ReLU, Glorot", relu, relu_grad, glorot_normal),
    ("ReLU, He", relu, relu_grad, he_normal),
    ("ReLU, twice He", relu, relu_grad, lambda u: 2 * he_normal(u)),
]
fig, ax = plt.subplots(figsize=(7, 3.8))
for name, f, f_grad, rule in nets:
    ax.semilogy(np.arange(1, 31), gradient_norms(f, f_grad, rule), label=name)
_ = ax.set(xlabel="layer, 1 is next to the input", ylabel="norm of the gradient")
ax.legend(loc="center left", bbox_to_anchor=(1, 0.5))
plt.show()

# %%
# A chain of layers that each multiply by the same factor: 0.5 and 0.9 vanish, 1.1 and 1.5 explode, over 150
# layers by up to 46 powers of ten.
layers = np.arange(151)
fig, ax = plt.subplots()
for factor in (1.5, 1.1, 1.0, 0.9, 0.5):
    ax.semilogy(layers, factor**layers, label=f"factor {factor}")
_ = ax.set(xlabel="layers", ylabel="product")
ax.legend()
plt.show()
