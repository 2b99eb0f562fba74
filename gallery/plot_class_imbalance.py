"""
Rare classes
============

Accuracy counts examples, so a rare class hardly moves it. These figures keep a classifier as it is, make one
class rarer and rarer, and compare what the metrics say.
"""

import matplotlib.pyplot as plt
import numpy as np

from cheatsheet.metrics import (
    accuracy,
    balanced_accuracy,
    cohen_kappa,
    macro_f1,
    matthews_correlation,
    micro_f1,
    null_accuracy,
    weighted_f1,
)


def labels(positives, n=10_000):
    """Truth and predictions of a classifier with recall 0.8 and specificity 0.9."""
    tp, fp = round(0.8 * positives), round(0.1 * (n - positives))
    y = np.repeat([1, 0], [positives, n - positives])
    p = np.repeat([1, 0, 1, 0], [tp, positives - tp, fp, n - positives - fp])
    return y, p


share = np.linspace(0.01, 0.5, 50)
cases = [labels(round(10_000 * s)) for s in share]

# %%
# One classifier with recall 0.8 and specificity 0.9, on data with ever fewer positives, to the left: the null
# accuracy overtakes its accuracy, while its balanced accuracy stays the same. Below a share of one in nine,
# the constant answer "negative" has the higher accuracy.
fig, ax = plt.subplots()
ax.plot(share, [accuracy(y, p) for y, p in cases], label="accuracy")
ax.plot(share, [null_accuracy(y) for y, _ in cases], "--", label="null accuracy")
ax.plot(share, [balanced_accuracy(y, p) for y, p in cases], ":", label="balanced accuracy")
ax.set(xlabel="share of positives", ylabel="score", ylim=(0.45, 1.02))
ax.legend()
plt.show()

# %%
# The same classifier: the Matthews correlation and Cohen's kappa fall as the positives get rarer, because
# more and more of its alarms are false. A constant answer scores 0 with both, at any share.
fig, ax = plt.subplots()
ax.plot(share, [matthews_correlation(y, p) for y, p in cases], label="Matthews correlation")
ax.plot(share, [cohen_kappa(y, p) for y, p in cases], "--", label="Cohen's kappa")
ax.plot(
    share,
    [matthews_correlation(y, 0 * p) for y, p in cases],
    ":",
    color="0.5",
    label='both, always "negative"',
)
ax.set(xlabel="share of positives", ylabel="score", ylim=(-0.05, 1.02))
ax.legend()
plt.show()

# %%
# Three classes with 900, 80 and 20 examples, the first two always right: as the rare class is missed more and
# more, to the left, the macro F1 falls to 0.66, while the micro and weighted F1 stay at 0.97 or more. What is
# missed goes to the large class.
y = np.repeat([0, 1, 2], [900, 80, 20])
found = np.arange(21)
predictions = [np.repeat([0, 1, 0, 2], [900, 80, 20 - hits, hits]) for hits in found]
fig, ax = plt.subplots()
ax.plot(found / 20, [macro_f1(y, p) for p in predictions], label="macro F1")
ax.plot(found / 20, [micro_f1(y, p) for p in predictions], "--", label="micro F1 = accuracy")
ax.plot(found / 20, [weighted_f1(y, p) for p in predictions], ":", label="weighted F1")
ax.set(xlabel="share of the rare class that is found", ylabel="score", ylim=(0.6, 1.02))
ax.legend()
plt.show()
