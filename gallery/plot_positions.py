"""
Positions
=========

Attention does not know the order of its inputs. Sinusoidal positions are added to the embeddings; rotary
positions turn queries and keys, so that their products see the distance.
"""

import matplotlib.pyplot as plt
import numpy as np

from cheatsheet.attention import rotary_halves, rotary_interleaved, sinusoidal_positions

# %%
# Sinusoidal positions: each pair of columns swings more slowly than the one before. Right, the product of
# two rows depends on the distance of their positions only.
positions = sinusoidal_positions(np.arange(64), 32)
fig, (left, right) = plt.subplots(1, 2)
image = left.imshow(positions, aspect="auto", vmin=-1, vmax=1)
left.set(xlabel="feature", ylabel="position")
fig.colorbar(image, ax=left, label="value")
far = sinusoidal_positions(np.arange(1000, 1064), 32)
right.plot(positions @ positions[0], linewidth=4, alpha=0.5, label="from position 0")
right.plot(far @ far[0], color="C1", label="from position 1000")
_ = right.set(xlabel="distance", ylabel="product")
right.legend()
plt.show()

# %%
# The two pairings of rotary positions as the matrices that turn 8 features at position 1: neighboring
# features, or a feature and the one half the width further. The base is 4 here, so that every pair turns.
fig, axes = plt.subplots(1, 2)
for ax, (name, turn) in zip(
    axes, [("neighbors", rotary_interleaved), ("halves", rotary_halves)], strict=True
):
    y, _ = turn(np.eye(8)[:, None], positions=[1], base=4)  # one feature at a time
    image = ax.imshow(y[:, 0], vmin=-1, vmax=1)
    _ = ax.set(title=name, xlabel="feature out", ylabel="feature in", xticks=range(8), yticks=range(8))
    ax.set_xticklabels(range(1, 9))
    ax.set_yticklabels(range(1, 9))
fig.colorbar(image, ax=axes, shrink=0.8)
plt.show()

# %%
# The product of a turned query and a turned key over their distance, from position 0 and from position 100:
# it is the same, and large only where both are close. The pairing makes no difference to that.
q = k = np.ones((1, 64)) / 8
distance = np.arange(-60, 61)
fig, ax = plt.subplots()
for name, turn in [("neighbors", rotary_interleaved), ("halves", rotary_halves)]:
    for start, style in ((0, "-"), (100, ":")):
        query, _ = turn(q, positions=[start])
        keys, _ = turn(np.repeat(k, 121, axis=0), positions=start + distance)
        width = 5 if (name, style) == ("neighbors", "-") else 1.8
        ax.plot(distance, keys @ query[0], style, linewidth=width, alpha=0.6, label=f"{name}, from {start}")
_ = ax.set(xlabel="distance", ylabel="product of query and key")
ax.legend()
plt.show()
