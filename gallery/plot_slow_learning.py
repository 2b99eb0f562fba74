"""
Why not squared error for a classifier
======================================

One sigmoid neuron, started badly wrong, hardly learns from the squared error at first: its gradient carries
the slope of the sigmoid, which is nearly zero there. Cross-entropy cancels that slope.
"""

import matplotlib.pyplot as plt
import numpy as np

from cheatsheet.losses import (
    binary_cross_entropy,
    binary_cross_entropy_from_logits,
    binary_cross_entropy_from_logits_grad,
    squared_error,
    squared_error_grad,
)


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


# %%
# Learning curves of a sigmoid neuron started at weight and bias 2, input 1, target 0: the quadratic cost
# first stays flat. Both runs have the same learning rate, 0.15, and the same start, an output of 0.98. In the
# quadratic run it takes about 150 epochs until the curve bends; in the other the fall is steepest at the
# start.
x, target, rate, epochs = 1.0, np.array([0.0]), 0.15, 300
fig, (left, right) = plt.subplots(1, 2)
for name in ("quadratic", "cross-entropy"):
    w = b = 2.0
    costs, outputs = [], []
    for _epoch in range(epochs):
        z = np.array([w * x + b])
        a = sigmoid(z)
        if name == "quadratic":
            cost = squared_error(target, a)[0] / 2
            dz = squared_error_grad(target, a) / 2 * a * (1 - a)
        else:
            cost = binary_cross_entropy(target, a)
            dz = binary_cross_entropy_from_logits_grad(target, z)
        costs.append(cost)
        outputs.append(a[0])
        w, b = w - rate * dz[0] * x, b - rate * dz[0]
    left.plot(np.array(costs) / costs[0])
    right.plot(outputs)
left.set(xlabel="epoch", ylabel="cost, as a share of the first", ylim=(0, 1.05))
_ = right.set(xlabel="epoch", ylabel="output (target 0)", ylim=(0, 1.05))
for ax in (left, right):
    ax.text(30, 0.85, "quadratic", color="C0")
    ax.text(70, 0.15, "cross-entropy", color="C1")
plt.show()

# %%
# Cost over the single weight of a sigmoid for the target 1: squared error is flat on both sides,
# cross-entropy is convex. The dashed chord lies below the curve of the squared error, which a convex function
# does not allow.
weight = np.linspace(-8, 8, 201)
ends = np.array([-8.0, 0.0])
fig, (left, right) = plt.subplots(1, 2)
left.plot(weight, squared_error(np.ones(201), sigmoid(weight)))
left.plot(ends, squared_error([1, 1], sigmoid(ends)), "--", color="C1")
right.plot(weight, [binary_cross_entropy_from_logits([1], [w]) for w in weight])
right.plot(ends, [binary_cross_entropy_from_logits([1], [w]) for w in ends], "--", color="C1")
left.set(xlabel="weight", ylabel="squared error of the sigmoid")
_ = right.set(xlabel="weight", ylabel="cross-entropy (nats)")
plt.show()
