"""
Reading a confusion matrix
==========================

Every metric of hard labels is a fraction of cells of the confusion matrix. These figures show the table
itself, the cells that each rate looks at, and the scores of each class when there are more than two.
"""

import matplotlib.pyplot as plt
import numpy as np

from cheatsheet.metrics import (
    confusion_matrix,
    f1,
    false_negative_rate,
    false_positive_rate,
    per_class_scores,
    precision,
    recall,
    specificity,
)

# A hundred tumors, nine of them malignant (class 1). The model finds one and raises one false alarm.
y_true = np.repeat([1, 0], [9, 91])
y_pred = np.repeat([1, 0, 1, 0], [1, 8, 1, 90])

# %%
# Heat map of the confusion matrix of a hundred tumors: 90 true negatives, 1 false positive, 8 false
# negatives, 1 true positive. Rows are the truth, columns the prediction; the right answers stand on the
# diagonal. Eight of nine malignant tumors are missed.
counts = confusion_matrix(y_true, y_pred)
names = [["TN", "FP"], ["FN", "TP"]]
fig, ax = plt.subplots(figsize=(7, 3.6))
ax.imshow(counts, cmap="cividis", vmin=0, vmax=90)
for j in range(2):
    for k in range(2):
        tone = "0" if counts[j, k] > 45 else "1"
        ax.text(k, j, f"{names[j][k]}\n{counts[j, k]}", ha="center", va="center", size=14, color=tone)
ax.set(xlabel="predicted", ylabel="actual")
ax.set_xticks([0, 1], ["benign", "malignant"])
ax.set_yticks([0, 1], ["benign", "malignant"])
plt.show()

# %%
# Six rates as fractions of the cells of the tumor table: solid cells are the numerator, pale cells the rest
# of the denominator. Precision looks at a column, recall and specificity at a row, F1 at all but the true
# negatives.
cells = {  # numerator, rest of the denominator
    ("Precision", precision): ("TP", "FP"),
    ("Recall", recall): ("TP", "FN"),
    (r"$F_1$, TP counts twice", f1): ("TP", "FP FN"),
    ("Specificity", specificity): ("TN", "FP"),
    ("False positive rate", false_positive_rate): ("FP", "TN"),
    ("False negative rate", false_negative_rate): ("FN", "TP"),
}
fig, axes = plt.subplots(2, 3, figsize=(7, 4.4))
for ax, ((title, rate), (top, rest)) in zip(axes.flat, cells.items(), strict=True):
    for j in range(2):
        for k in range(2):
            name = names[j][k]
            alpha = 0.75 if name in top else 0.2 if name in rest else 0
            ax.add_patch(plt.Rectangle((k, j), 1, 1, facecolor=("C1", alpha), edgecolor="0.5"))
            ax.text(k + 0.5, j + 0.5, f"{name} {counts[j, k]}", ha="center", va="center")
    ax.set(xlim=(0, 2), ylim=(2, 0), title=f"{title}: {rate(y_true, y_pred):.2f}")
    ax.axis("off")
plt.show()

# %%
# Confusion matrix of 300 animals in three classes, and the precision, recall and F1 of each class as bars:
# cats and dogs are mixed up, birds are not. Each class in turn is the positive one; an average of the bars
# would hide which pair is the problem.
animals = ["cat", "dog", "bird"]
counts = np.array([[62, 35, 3], [18, 80, 2], [1, 1, 98]])
fig, (left, right) = plt.subplots(1, 2, width_ratios=[2, 3])
left.imshow(counts, cmap="cividis", vmin=0, vmax=100)
for j in range(3):
    for k in range(3):
        left.text(k, j, counts[j, k], ha="center", va="center", color="0" if counts[j, k] > 50 else "1")
left.set(xlabel="predicted", ylabel="actual")
left.set_xticks(range(3), animals)
left.set_yticks(range(3), animals)
for shift, label, scores in zip(
    [-0.26, 0, 0.26], ["precision", "recall", "F1"], per_class_scores(counts), strict=True
):
    right.bar(np.arange(3) + shift, scores, width=0.24, label=label)
right.set(ylabel="score", ylim=(0, 1.02))
right.set_xticks(range(3), animals)
right.legend(loc="lower center", ncols=3, bbox_to_anchor=(0.5, 1))
plt.show()
