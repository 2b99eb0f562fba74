"""
Margin losses
=============

A margin loss asks for more than the right sign: the score has to be right by at least one. These figures show
the hinge losses, where their gradients stop, and two ways to count rivals when there are more than two
classes.
"""

import matplotlib.pyplot as plt
import numpy as np

from cheatsheet.losses import (
    hinge,
    hinge_grad,
    multiclass_hinge,
    multiclass_hinge_grad,
    multiclass_hinge_sum,
    multiclass_hinge_sum_grad,
    squared_hinge,
    squared_hinge_grad,
)

# %%
# Hinge and squared hinge loss of one example against its margin, and their slopes: both are 0 beyond a margin
# of 1, the hinge with a kink, the squared hinge smoothly. The counted errors (0 or 1) lie below both.
margins = np.linspace(-2, 2.5, 181)
fig, (left, right) = plt.subplots(1, 2)
left.plot(margins, [hinge([1], [m]) for m in margins], label="hinge")
left.plot(margins, [squared_hinge([1], [m]) for m in margins], "--", label="squared hinge")
left.plot(margins, margins < 0, ":", color="0.5", label="error, 0 or 1")
right.plot(margins, [hinge_grad([1], [m])[0] for m in margins], label="hinge")
right.plot(margins, [squared_hinge_grad([1], [m])[0] for m in margins], "--", label="squared hinge")
left.set(xlabel="margin $y s$", ylabel="loss")
right.set(xlabel="margin $y s$", ylabel="slope of the loss")
left.legend()
right.legend()
plt.show()

# %%
# Multi-class hinge loss of one example against the true class's score, rivals at 0 and 1: the maximum version
# counts the best rival, the sum counts each that is closer than 1 and bends twice.
scores = np.linspace(-1.5, 3, 181)
fig, ax = plt.subplots()
ax.plot(scores, [multiclass_hinge([0], [[s, 0, 1]]) for s in scores], label="maximum: best rival")
ax.plot(
    scores,
    [multiclass_hinge_sum([0], [[s, 0, 1]]) for s in scores],
    "--",
    label="sum: all rivals",
)
ax.set(xlabel="score of the true class", ylabel="loss")
ax.legend()
plt.show()

# %%
# Gradients of both multi-class hinge losses for scores 1, 0.6, 0.4 and -0.5, true class 0: the maximum
# version pushes only the best rival down, the sum the two that come closer than 1.
example = [[1, 0.6, 0.4, -0.5]]
classes = np.arange(4)
fig, ax = plt.subplots()
ax.bar(classes - 0.2, multiclass_hinge_grad([0], example)[0], 0.4, label="maximum: best rival")
ax.bar(classes + 0.2, multiclass_hinge_sum_grad([0], example)[0], 0.4, label="sum: all rivals")
ax.axhline(0, color="0.5", linewidth=0.8)
ax.set(ylabel="gradient with respect to the score")
ax.set_xticks(classes, [f"class {k}\nscore {s}" for k, s in enumerate(example[0])])
ax.legend()
plt.show()
