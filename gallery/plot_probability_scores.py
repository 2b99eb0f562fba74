"""
Scores for probabilities
========================

Log loss and the Brier score judge a predicted probability by what happened. Both are proper: they reward
saying what one believes. They differ in how much a confident mistake costs.
"""

import matplotlib.pyplot as plt
import numpy as np

from cheatsheet.metrics import brier_score, log_loss

# %%
# Log loss of one example against the predicted probability of label 1: it has no bound for a sure mistake.
# Probability 0.012 for what then happens costs 4.42 nats; if it does not happen, the same prediction costs
# 0.012. The log loss of 0.5 is 0.69 either way.
fig, ax = plt.subplots()
p = np.linspace(0.002, 0.998, 200)
for label in (1, 0):
    ax.plot(p, [log_loss([label], [[1 - q, q]]) for q in p], label=f"label {label}")
ax.plot(0.012, log_loss([1], [[0.988, 0.012]]), "C0o")
ax.annotate("(0.012, 4.42)", (0.012, 4.42), (8, 0), textcoords="offset points", va="center")
ax.legend(loc="upper center")
_ = ax.set(xlabel="predicted probability of label 1", ylabel="log loss (nats)", ylim=(0, 6.5))
plt.show()

# %%
# Brier score of one example against the predicted probability of label 1: a sure mistake costs 1 and no more.
# The log loss for label 1 in grey for comparison.
fig, ax = plt.subplots()
for label in (1, 0):
    ax.plot(p, [brier_score([label], [q]) for q in p], label=f"Brier score, label {label}")
ax.plot(p, [log_loss([1], [[1 - q, q]]) for q in p], "--", color="0.5", label="log loss, label 1")
ax.legend(loc="upper center")
_ = ax.set(xlabel="predicted probability of label 1", ylabel="score", ylim=(0, 2))
plt.show()

# %%
# Mean score if 7 of 10 labels are 1: log loss and Brier score are smallest at 0.7, the absolute error at 1.
# That is why the absolute error is not a proper score: it rewards exaggeration.
fig, ax = plt.subplots()
labels = [1, 1, 1, 1, 1, 1, 1, 0, 0, 0]
curves = {
    "log loss": [log_loss(labels, [[1 - q, q]] * 10) for q in p],
    "Brier score": [brier_score(labels, [q] * 10) for q in p],
    "absolute error": [np.mean(np.abs(np.array(labels) - q)) for q in p],
}
for i, (name, values) in enumerate(curves.items()):
    ax.plot(p, values, f"C{i}", label=name)
    ax.plot(p[np.argmin(values)], min(values), f"C{i}o", clip_on=False)
ax.axvline(0.7, color="0.5", linewidth=1)
ax.legend(loc="upper center")
_ = ax.set(xlabel="probability that is always predicted", ylabel="mean score", ylim=(0, 1.6))
plt.show()
