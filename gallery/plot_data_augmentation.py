"""
Data augmentation
=================

More training examples from those at hand: moved, mirrored, turned, blended or cut together. The label must
stay true or change with the image.
"""

import matplotlib.pyplot as plt
import numpy as np

from cheatsheet.regularization import cutmix, flip_left_right, mixup, quarter_turn, random_deletion, shift

rows, columns = np.mgrid[:16, :16]
letter = ((columns - 3) % 16 < 3) * (rows > 1) * (rows < 14) + ((rows - 11) % 16 < 3) * (columns > 2) * (
    columns < 12
)
letter = np.minimum(letter, 1.0) * (0.6 + rows / 40)  # an L, shaded
ring = np.exp(-((np.hypot(rows - 7.5, columns - 7.5) - 5) ** 2) / 2)

# %%
# An image of an L, mirrored, turned by 90 degrees, moved down and to the right: all are an L to us, except
# where letters that look alike are different classes.
pictures = {
    "image": letter,
    "flip_left_right": flip_left_right(letter),
    "quarter_turn": quarter_turn(letter),
    "shift": shift(letter, down=2, right=3),
}
fig, axes = plt.subplots(1, 4, figsize=(7, 2.2))
for ax, (name, picture) in zip(axes, pictures.items(), strict=True):
    ax.imshow(picture, vmin=0, vmax=1)
    _ = ax.set(title=name, xticks=[], yticks=[])
plt.show()

# %%
# Two images with labels, their mixup and their CutMix: mixup blends all pixels, CutMix replaces a box; the
# label gets the same shares.
pair = letter[None], np.array([[1, 0]]), ring[None], np.array([[0, 1]])
blend, blend_label = mixup(letter.reshape(1, -1), pair[1], ring.reshape(1, -1), pair[3], share=0.6)
cut, cut_label = cutmix(*pair, top=5, left=6, height=9, width=8)
fig, axes = plt.subplots(1, 4, figsize=(7, 2.3))
for ax, name, picture, label in [
    (axes[0], "L", letter, [1, 0]),
    (axes[1], "ring", ring, [0, 1]),
    (axes[2], "mixup", blend.reshape(16, 16), blend_label[0]),
    (axes[3], "cutmix", cut[0], cut_label[0]),
]:
    ax.imshow(picture, vmin=0, vmax=1)
    _ = ax.set(title=f"{name}\n{label[0]:.2f} L, {label[1]:.2f} ring", xticks=[], yticks=[])
plt.show()

# %%
# Ten shortened copies of one sentence: each word stays with probability 0.7, and every copy keeps at least
# one word.
words = np.array(["more", "data", "beats", "a", "better", "model", "but", "costs", "more", "money"])
rng = np.random.default_rng(0)
fig, ax = plt.subplots(figsize=(7, 3.4))
for copy in range(10):
    stays = random_deletion(rng.random(len(words)), rate=0.3)
    for place, (word, stay) in enumerate(zip(words, stays, strict=True)):
        ax.text(place, -copy, word if stay else "·", ha="center", va="center", fontsize=9)
_ = ax.set(xlim=(-0.6, len(words) - 0.4), ylim=(-9.7, 0.7), xticks=[], ylabel="copy")
_ = ax.set(yticks=range(0, -10, -3), yticklabels=["1", "4", "7", "10"])
plt.show()
