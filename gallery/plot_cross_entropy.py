"""
Cross-entropy
=============

A classifier that announces probabilities pays the surprise at what happens. A confident mistake is expensive,
the gradient for the logits is a plain difference, and uncertain labels put a floor under the loss.
"""

import matplotlib.pyplot as plt
import numpy as np

from cheatsheet.losses import (
    binary_cross_entropy,
    binary_cross_entropy_from_logits,
    binary_cross_entropy_from_logits_grad,
    binary_cross_entropy_grad,
    cross_entropy,
    cross_entropy_from_logits,
    cross_entropy_from_logits_grad,
    cross_entropy_grad,
    entropy,
    information_content,
    sparse_cross_entropy_from_logits,
    sparse_cross_entropy_from_logits_grad,
)

prob = np.linspace(0.005, 0.995, 199)
logit = np.linspace(-8, 8, 201)

# %%
# Log loss over the predicted probability for labels 1 and 0, with the point (0.012, 4.42) marked, and its
# gradient.
fig, (left, right) = plt.subplots(1, 2)
for label in (1, 0):
    left.plot(prob, [binary_cross_entropy([label], [p]) for p in prob], label=f"label {label}")
    right.plot(prob, [binary_cross_entropy_grad([label], [p])[0] for p in prob])
left.plot(0.012, binary_cross_entropy([1], [0.012]), "o", color="C0")
left.annotate("(0.012, 4.42)", (0.012, 4.42), (8, -3), textcoords="offset points")
left.set(xlabel="predicted probability of label 1", ylabel="log loss (nats)", ylim=(0, 5.4))
_ = right.set(xlabel="predicted probability of label 1", ylabel="gradient", ylim=(-20, 20))
left.legend(loc="center")
plt.show()

# %%
# Binary cross-entropy over the logit for labels 1, 0 and 0.7, and its gradient: a sigmoid shifted down by the
# label. A soft label has its minimum above zero, where the sigmoid equals the label.
fig, (left, right) = plt.subplots(1, 2)
for label in (1, 0, 0.7):
    left.plot(logit, [binary_cross_entropy_from_logits([label], [z]) for z in logit], label=f"label {label}")
    right.plot(logit, [binary_cross_entropy_from_logits_grad([label], [z])[0] for z in logit])
left.set(xlabel="logit", ylabel="loss (nats)")
_ = right.set(xlabel="logit", ylabel="gradient", ylim=(-1.05, 1.05))
left.legend(loc="upper center")
plt.show()

# %%
# Log loss of label 0 for large logits: taken through the sigmoid it moves in steps and is infinite from 37
# on; computed from the logit it is right everywhere.
large = np.linspace(30, 45, 151)
sigmoid = 1 / (1 + np.exp(-large))
with np.errstate(divide="ignore"):
    two_steps = -np.log(1 - sigmoid)
fig, ax = plt.subplots()
ax.plot(large, [binary_cross_entropy_from_logits([0], [z]) for z in large], label="from the logit")
ax.plot(large, np.where(np.isfinite(two_steps), two_steps, np.nan), label="through the sigmoid")
_ = ax.set(xlabel="logit", ylabel="loss (nats)")
ax.legend()
plt.show()

# %%
# Cross-entropy of two classes for three label distributions: each has its minimum at the label, as high as
# its entropy.
fig, (left, right) = plt.subplots(1, 2)
for share in (1.0, 0.9, 0.6):
    y = [share, 1 - share]
    left.plot(
        prob, [cross_entropy([y], [[p, 1 - p]]) for p in prob], label=f"label ({share}, {1 - share:.1f})"
    )
    left.plot(share, entropy(y), "o", color=left.lines[-1].get_color())
    slopes = np.array([cross_entropy_grad([y], [[p, 1 - p]])[0] for p in prob])
    right.plot(prob, slopes[:, 0])
left.set(xlabel="predicted probability of class 0", ylabel="cross-entropy (nats)", ylim=(0, 4))
_ = right.set(xlabel="predicted probability of class 0", ylabel="gradient for class 0", ylim=(-20, 1))
left.legend()
plt.show()

# %%
# Cross-entropy of three classes over the logit of the true class, with and without label smoothing, and its
# gradients. Without smoothing a larger logit always pays; with it the loss rises again.
fig, (left, right) = plt.subplots(1, 2)
one_hot = [[1, 0, 0]]
left.plot(logit, [cross_entropy_from_logits(one_hot, [[z, 0, 0]]) for z in logit], label="cross-entropy")
right.plot(logit, [cross_entropy_from_logits_grad(one_hot, [[z, 0, 0]])[0, 0] for z in logit])
for share in (0.1, 0.3):
    left.plot(
        logit,
        [sparse_cross_entropy_from_logits([0], [[z, 0, 0]], share) for z in logit],
        label=f"sparse, smoothing {share}",
    )
    right.plot(logit, [sparse_cross_entropy_from_logits_grad([0], [[z, 0, 0]], share)[0, 0] for z in logit])
left.set(xlabel="logit of the true class, others 0", ylabel="loss (nats)", ylim=(0, 9))
_ = right.set(xlabel="logit of the true class, others 0", ylabel="gradient for that logit", ylim=(-1.05, 0.4))
left.legend()
plt.show()

# %%
# Information content of an outcome and entropy of a coin over the probability, in bits: at one half both are
# 1 bit.
fig, (left, right) = plt.subplots(1, 2)
left.plot(prob, information_content(prob) / np.log(2))
left.plot([0.125, 0.5], information_content([0.125, 0.5]) / np.log(2), "o", color="C1")
right.plot(prob, [entropy([p, 1 - p]) / np.log(2) for p in prob])
right.plot([0.5, 0.9], [entropy([0.5, 0.5]) / np.log(2), entropy([0.9, 0.1]) / np.log(2)], "o", color="C1")
left.set(xlabel="probability of the outcome", ylabel="information content (bits)", ylim=(0, 8))
_ = right.set(xlabel="probability of heads", ylabel="entropy (bits)", ylim=(0, 1.05))
plt.show()
