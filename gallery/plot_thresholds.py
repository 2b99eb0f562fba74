"""
Choosing a threshold
====================

A threshold turns scores into decisions. These figures show what moves when it moves: some rates can only rise
or only fall, precision can do either, and the best threshold depends on what an error costs.
"""

import matplotlib.pyplot as plt
import numpy as np

from cheatsheet.metrics import (
    classify,
    f_beta,
    false_negative_rate,
    false_positive_rate,
    precision,
    recall,
    specificity,
)

rng = np.random.default_rng(208)  # a draw in which the dips are easy to see
y_true = np.repeat([0, 1], [40, 20])
y_prob = 1 / (1 + np.exp(-rng.normal(2.4 * y_true - 1.4, 1.3)))
thresholds = np.linspace(0.005, 0.98, 196)
decisions = [classify(y_prob, t) for t in thresholds]

# %%
# Sigmoid outputs classified with the thresholds 0.5 and 0.82: at 2.6 the output is 0.93, positive with both;
# at 1.3 it is 0.79, positive only with 0.5. The same model gives other decisions, without being trained
# again.
z = np.array([-2.6, -1.3, -0.4, 0.5, 1.3, 2.6])
curve = np.linspace(-4, 4, 100)
p = 1 / (1 + np.exp(-z))
fig, axes = plt.subplots(1, 2, sharey=True)
for ax, threshold in zip(axes, [0.5, 0.82], strict=True):
    positive = classify(p, threshold) == 1
    ax.plot(curve, 1 / (1 + np.exp(-curve)), color="0.5", linewidth=1)
    ax.axhline(threshold, linestyle="--", color="0.5", linewidth=1)
    ax.plot(z[positive], p[positive], "o", label="class 1")
    ax.plot(z[~positive], p[~positive], "s", label="class 0")
    ax.set(xlabel="logit $z$", title=f"threshold {threshold}")
axes[0].set(ylabel="probability $p$")
axes[0].legend(loc="upper left")
plt.show()

# %%
# Precision and recall of 60 scored examples against the threshold: recall only falls, precision rises on the
# whole but dips where a true positive drops out before the false ones. The dots mark each threshold at which
# precision falls.
P = np.array([precision(y_true, d) for d in decisions])
fig, ax = plt.subplots()
ax.step(thresholds, P, where="post", label="precision")
ax.step(thresholds, [recall(y_true, d) for d in decisions], "--", where="post", label="recall")
dips = np.flatnonzero(np.diff(P) < 0) + 1
ax.plot(thresholds[dips], P[dips], "o", color="C0", markersize=4)
ax.set(xlabel="threshold", ylabel="score", ylim=(0, 1.03))
ax.legend(loc="lower left")
plt.show()

# %%
# Error rates against the threshold: as it rises, the false positive rate can only fall and the false negative
# rate only rise, so specificity rises too. Where to stop on the way depends on the costs of the two errors.
fig, ax = plt.subplots()
ax.step(
    thresholds, [false_positive_rate(y_true, d) for d in decisions], where="post", label="false positive rate"
)
ax.step(
    thresholds,
    [false_negative_rate(y_true, d) for d in decisions],
    "--",
    where="post",
    label="false negative rate",
)
ax.step(thresholds, [specificity(y_true, d) for d in decisions], ":", where="post", label="specificity")
ax.set(xlabel="threshold", ylabel="rate", ylim=(0, 1.03))
ax.legend(loc="center left", bbox_to_anchor=(1, 0.5))
plt.show()

# %%
# F-beta of the same scores for beta 0.5, 1 and 2, with a dot at the best threshold of each: the more recall
# counts, the lower the best threshold. Beta 1 is F1.
fig, ax = plt.subplots()
for beta, style in [(0.5, "-"), (1, "--"), (2, ":")]:
    F = np.array([f_beta(y_true, d, beta) for d in decisions])
    (line,) = ax.step(thresholds, F, style, where="post", label=rf"$F_{{{beta}}}$")
    ax.plot(thresholds[F.argmax()], F.max(), "o", color=line.get_color())
ax.set(xlabel="threshold", ylabel=r"$F_\beta$", ylim=(0, 1.03))
ax.legend()
plt.show()
