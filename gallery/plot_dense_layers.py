"""
Dense layers, rows and tables
=============================

A dense layer connects everything with everything. Images become rows before it, categories become vectors.
"""

import matplotlib.pyplot as plt
import numpy as np

from cheatsheet.layers import dense, embedding, flatten

rng = np.random.default_rng(0)

# %%
# A dense layer with 4 inputs and 8 units: 32 weights, one per line, and 8 biases. Blue lines are positive
# weights, orange ones negative; the thicker, the larger. The numbers are the inputs and what the layer makes
# of them.
fig, ax = plt.subplots(figsize=(7, 4.2))
x, w, b = np.array([[1.0, -0.5, 0.2, 2.0]]), rng.normal(size=(4, 8)), rng.normal(size=8)
y, backward = dense(x, w, b)
left, right = np.linspace(1.5, 5.5, 4), np.arange(8)
for i in range(4):
    for j in range(8):
        color = "C0" if w[i, j] > 0 else "C1"
        ax.plot([0, 1], [left[i], right[j]], color=color, linewidth=0.3 + 1.2 * abs(w[i, j]), zorder=1)
for side, heights, values in [(0, left, x[0]), (1, right, y[0])]:
    ax.scatter(np.full(heights.size, side), heights, s=240, color="C7", zorder=2)
    for height, value in zip(heights, values, strict=True):
        ha, offset = ("right", -0.05) if side == 0 else ("left", 0.05)
        ax.text(side + offset, height, f"{value:.2f}", ha=ha, va="center")
_ = ax.set(
    xlim=(-0.2, 1.2), ylim=(7.7, -0.7), xticks=[0, 1], xticklabels=["4 inputs", "8 outputs"], yticks=[]
)
plt.show()

# %%
# Flatten writes the pixels of two channels of 3 by 4 into one row of 24 numbers, channel after channel and
# row after row. The colors show where each pixel goes.
fig, axes = plt.subplots(1, 3, figsize=(7, 2.2), width_ratios=[1, 1, 3.4])
images = np.arange(24).reshape(1, 2, 3, 4)
row, backward = flatten(images)
for ax, picture, title in zip(axes, [*images[0], row], ["channel 1", "channel 2", "row"], strict=True):
    ax.imshow(picture, vmin=0, vmax=23, aspect="equal" if ax is not axes[2] else "auto")
    for (p, q), value in np.ndenumerate(picture):
        color = "white" if value < 14 else "black"
        ax.text(q, p, f"{value + 1:.0f}", ha="center", va="center", color=color, fontsize=7)
    _ = ax.set(title=title, xticks=[], yticks=[])
plt.show()

# %%
# An embedding looks up rows of its table: five words pick their vectors, and backward each vector's gradient
# goes back to its row. The word that occurs twice gets both; the others get none.
fig, axes = plt.subplots(1, 3, figsize=(7, 3.4), width_ratios=[1, 1, 1])
words = ["a", "cat", "dog", "sat", "saw", "the"]
indices = [5, 1, 4, 0, 2]
table = rng.normal(size=(6, 4))
vectors, backward = embedding([*indices, 1], table)
gradient = backward(np.ones_like(vectors))
panels = [(table, words, "table"), (vectors, [words[i] for i in [*indices, 1]], "vectors of the words")]
for ax, (values, names, title) in zip(axes, [*panels, (gradient, words, "gradient")], strict=True):
    ax.imshow(values, vmin=-2, vmax=2, aspect="auto")
    _ = ax.set(title=title, xticks=[], yticks=range(len(names)), yticklabels=names)
plt.show()
