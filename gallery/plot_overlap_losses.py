"""
Overlap losses for segmentation
===============================

A mask of few pixels is easily outvoted by its background. Dice and Tversky losses look only at the overlap;
these figures show what they charge for a mask that is too small or too large, and their gradients.
"""

import matplotlib.pyplot as plt
import numpy as np

from cheatsheet.losses import dice, dice_grad, tversky, tversky_grad

# %%
# Dice, Jaccard and Tversky loss of a growing predicted mask over a true mask of 40 pixels: all are 0 at 40,
# Jaccard is above Dice, Tversky with weights 0.3 and 0.7 forgives a mask that is too large.
pixels = np.arange(200)
y_true = (pixels < 40).astype(int)
lengths = np.arange(0, 161, 2)
masks = [(pixels < length).astype(int) for length in lengths]
fig, ax = plt.subplots()
ax.plot(lengths, [dice(y_true, mask) for mask in masks], label="Dice")
ax.plot(
    lengths,
    [tversky(y_true, mask, alpha=1, beta=1) for mask in masks],
    "--",
    label="Jaccard: Tversky, 1 and 1",
)
ax.plot(
    lengths,
    [tversky(y_true, mask, alpha=0.3, beta=0.7) for mask in masks],
    "-.",
    label="Tversky, 0.3 and 0.7",
)
ax.axvline(40, color="0.5", linewidth=0.8)
ax.set(xlabel="pixels in the predicted mask", ylabel="loss", ylim=(0, 1.02))
ax.legend()
plt.show()

# %%
# Soft Dice and Tversky loss for 10 foreground pixels of 200, predicted with the probability p, the background
# with 0.1, and gradients: foreground pixels are pulled up, background pixels pushed down.
y_true = (pixels < 10).astype(int)
probabilities = np.linspace(0, 1, 101)
images = [np.where(y_true == 1, p, 0.1) for p in probabilities]
fig, (left, right) = plt.subplots(1, 2)
left.plot(probabilities, [dice(y_true, image) for image in images], label="Dice")
left.plot(
    probabilities,
    [tversky(y_true, image, 0.3, 0.7) for image in images],
    "-.",
    color="C2",
    label="Tversky, 0.3 and 0.7",
)
for pixel, name, marker in [(0, "foreground", "o"), (-1, "background", "s")]:
    right.plot(
        probabilities,
        [dice_grad(y_true, image)[pixel] for image in images],
        color="C0",
        marker=marker,
        markevery=20,
    )
    tversky_slope = [tversky_grad(y_true, image, 0.3, 0.7)[pixel] for image in images]
    right.plot(probabilities, tversky_slope, "-.", color="C2", marker=marker, markevery=20)
    right.plot([], [], marker, color="0.5", label=name)
right.axhline(0, color="0.5", linewidth=0.8)
left.set(xlabel="$p$ of the foreground pixels", ylabel="loss", ylim=(0, 1.02))
right.set(xlabel="$p$ of the foreground pixels", ylabel="gradient of one pixel")
left.legend(loc="lower left")
right.legend(loc="lower right")
plt.show()
