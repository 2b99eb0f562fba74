"""
Metrics for rankings
====================

A ranked list is judged by where the relevant items stand. Precision counts them in the first places, NDCG
also rewards their order, and the reciprocal rank looks at the first one only.
"""

import matplotlib.pyplot as plt
import numpy as np

from cheatsheet.metrics import ndcg, precision_at_k, reciprocal_rank, top_k_accuracy

# %%
# Precision at k and NDCG at k of three rankings of 40 items, against the cut-off k: good, fair and random.
# Ten items are relevant, in grades 1 to 3. At k = 40 every ranking has the same precision, the base rate
# 0.25, and even the random one has an NDCG of 0.5.
rng = np.random.default_rng(0)
grade = np.zeros(40)
grade[:10] = [3, 3, 2, 2, 2, 1, 1, 1, 1, 1]
noise = rng.normal(size=40)
fig, (left, right) = plt.subplots(1, 2)
cutoffs = range(1, 41)
for name, scores in {"good": grade + 0.5 * noise, "fair": grade + 1.5 * noise, "random": noise}.items():
    left.plot(cutoffs, [precision_at_k(grade > 0, scores, k) for k in cutoffs], label=name)
    right.plot(cutoffs, [ndcg(grade, scores, k) for k in cutoffs], label=name)
left.axhline(0.25, color="0.5", linewidth=1)
left.legend()
_ = left.set(xlabel="cut-off k", ylabel="precision at k", ylim=(0, 1.05))
_ = right.set(xlabel="cut-off k", ylabel="NDCG at k", ylim=(0, 1.05))
plt.show()

# %%
# Reciprocal rank, NDCG and precision at 5 of a list of 12 items with one relevant item, against its rank.
# The reciprocal rank falls fastest, NDCG with the logarithm; precision at 5 only sees inside or outside.
fig, ax = plt.subplots()
ranks = np.arange(1, 13)
relevance = np.eye(12)  # the relevant item stands at rank 1, 2, ...
scores = -ranks
ax.plot(ranks, [reciprocal_rank(y, scores) for y in relevance], "C0o-", markersize=4, label="reciprocal rank")
ax.plot(ranks, [ndcg(y, scores, 12) for y in relevance], "C1o-", markersize=4, label="NDCG")
ax.plot(
    ranks, [precision_at_k(y, scores, 5) for y in relevance], "C2o-", markersize=4, label="precision at 5"
)
ax.legend()
_ = ax.set(xlabel="rank of the relevant item", ylabel="metric", ylim=(0, 1.05), xticks=ranks)
plt.show()

# %%
# Top-k accuracy of two classifiers with 50 classes against the number of guesses: 1 guess, 5 guesses, all.
# The grey curve is guessing at random.
classes = rng.integers(0, 50, 400)
truth = np.eye(50)[classes]
noise = rng.normal(size=(400, 50))
fig, ax = plt.subplots()
guesses = range(1, 51)
for name, strength in {"strong classifier": 2.5, "weak classifier": 1.2}.items():
    values = [top_k_accuracy(classes, strength * truth + noise, top) for top in guesses]
    (line,) = ax.plot(guesses, values, label=name)
    for top in (1, 5):
        ax.plot(top, values[top - 1], "o", color=line.get_color())
        ax.annotate(
            f"top-{top}: {values[top - 1]:.2f}", (top, values[top - 1]), (9, -9), textcoords="offset points"
        )
ax.plot(guesses, np.arange(1, 51) / 50, color="0.5", linewidth=1, label="random guesses")
ax.set_xscale("log")
ax.set_xticks([1, 2, 5, 10, 20, 50], [1, 2, 5, 10, 20, 50])
ax.set_xticks([], minor=True)
ax.legend(loc="lower right")
_ = ax.set(xlabel="number of guesses (logarithmic)", ylabel="top-k accuracy", ylim=(0, 1.05))
plt.show()
