"""
ROC and precision-recall curves
===============================

A classifier that gives scores has one confusion matrix for each threshold. The curves show all of them at
once, and the areas sum them up in one number.
"""

import matplotlib.pyplot as plt
import numpy as np

from cheatsheet.metrics import area_under_curve, average_precision, precision_recall_curve, roc_auc, roc_curve

rng = np.random.default_rng(0)
y = np.repeat([0, 1], [140, 60])
noise = rng.normal(size=200)
classifiers = {"good": 2.2 * y + noise, "mediocre": 0.9 * y + noise, "random": rng.normal(size=200)}

# %%
# ROC curves of a good, a mediocre and a random classifier with their areas: the better the ranking, the
# closer the curve comes to the top left corner; the random one follows the diagonal. Each step to the right
# is a false alarm, each step up a positive that is found.
fig, ax = plt.subplots(figsize=(7, 4))
for name, score in classifiers.items():
    fpr, tpr, _ = roc_curve(y, score)
    ax.plot(fpr, tpr, label=f"{name}, AUC {roc_auc(y, score):.2f}")
ax.plot([0, 1], [0, 1], "--", color="0.5", linewidth=1)
ax.set(xlabel="false positive rate", ylabel="true positive rate (recall)", aspect="equal")
ax.legend(loc="center left", bbox_to_anchor=(1.05, 0.5))
plt.show()

# %%
# Precision-recall curves of the same three classifiers with their average precision: the random one stays
# near the share of positives, 0.3. Precision goes up and down along the curve; recall only rises as the
# threshold falls.
fig, ax = plt.subplots(figsize=(7, 4))
for name, score in classifiers.items():
    p, r, _ = precision_recall_curve(y, score)
    ax.step(
        np.append(0, r),
        np.append(p[0], p),
        where="pre",
        label=f"{name}, AP {average_precision(y, score):.2f}",
    )
ax.axhline(0.3, linestyle="--", color="0.5", linewidth=1)
ax.set(xlabel="recall", ylabel="precision", ylim=(0, 1.03), aspect="equal")
ax.legend(loc="center left", bbox_to_anchor=(1.05, 0.5))
plt.show()

# %%
# Two ways to the same number: every pair of a positive and a negative, colored where the positive scores
# higher, and the area under the ROC curve of the same ten examples. The border between the two colors is the
# curve.
pos, neg = np.array([0.95, 0.8, 0.6, 0.35]), np.array([0.9, 0.65, 0.5, 0.4, 0.2, 0.1])
labels, scores = np.repeat([1, 0], [4, 6]), np.append(pos, neg)
fpr, tpr, _ = roc_curve(labels, scores)
fig, (left, right) = plt.subplots(1, 2)
for i, s in enumerate(pos):
    for j, t in enumerate(neg):
        left.add_patch(plt.Rectangle((j, i), 1, 1, facecolor=("C0", 0.5 if s > t else 0.05), edgecolor="0.5"))
left.set(xlim=(0, 6), ylim=(0, 4), xlabel="score of the negative", ylabel="score of the positive")
left.set_xticks(np.arange(6) + 0.5, neg)
left.set_yticks(np.arange(4) + 0.5, pos)
left.set_title(f"pairs in the right order: {roc_auc(labels, scores):.3f}")
right.fill_between(fpr, tpr, alpha=0.5, linewidth=0)
right.plot(fpr, tpr)
right.set(xlim=(0, 1), ylim=(0, 1), xlabel="false positive rate", ylabel="true positive rate")
right.set_title(f"area under the curve: {area_under_curve(fpr, tpr):.3f}")
plt.show()

# %%
# The good classifier on data with 30 % and with 1 % positives: the two ROC curves nearly coincide, the
# precision-recall curves are far apart. Both have 60 positives. A false positive rate of 0.1 means 14 false
# alarms among 140 negatives, and 594 among 5940.
rare = np.repeat([0, 1], [5940, 60])
rare_score = np.append(rng.normal(size=5940), classifiers["good"][140:])
fig, (left, right) = plt.subplots(1, 2)
for name, label, score in [("30 % positive", y, classifiers["good"]), ("1 % positive", rare, rare_score)]:
    fpr, tpr, _ = roc_curve(label, score)
    p, r, _ = precision_recall_curve(label, score)
    rises = np.flatnonzero(np.diff(tpr))  # between two rises the curve runs straight to the right
    corners = np.unique([0, *rises, *rises + 1, len(tpr) - 1])
    left.plot(fpr[corners], tpr[corners], label=f"{name}, AUC {roc_auc(label, score):.2f}")
    hits = np.flatnonzero(np.diff(r, prepend=0))
    right.step(r[hits], p[hits], label=f"{name}, AP {average_precision(label, score):.2f}")
left.set(xlabel="false positive rate", ylabel="true positive rate")
right.set(xlabel="recall", ylabel="precision", ylim=(0, 1.03))
left.legend(loc="lower right")
right.legend(loc="lower center", bbox_to_anchor=(0.5, 1))
plt.show()
