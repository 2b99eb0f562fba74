"""
Sizes and costs of convolutional networks
=========================================

How large the maps become, where the weights sit, and what a layer costs: three small formulas, and the
networks that were built with them.
"""

import matplotlib.pyplot as plt
import numpy as np

from cheatsheet.layers import conv_multiplications, conv_output_size, conv_parameters

# %%
# A network in the style of LeNet-5 as a row of blocks, height to scale: the maps shrink from 32 to 5, the
# channels grow from 3 to 16, then come dense layers of 120, 84 and 10 units.
fig, ax = plt.subplots(figsize=(7, 2.9))
size, channels, place = 32, 3, 0.0
blocks = [("image", size, channels)]
for kernel, filters in [(5, 6), (5, 16)]:
    size, channels = conv_output_size(size, kernel), filters
    blocks.append((f"conv {kernel}x{kernel}\nReLU", size, channels))
    size = conv_output_size(size, kernel=2, stride=2)
    blocks.append(("pool 2x2", size, channels))
for name, height, depth in blocks:
    for layer in reversed(range(min(depth, 6))):
        corner = place + 1.2 * layer, -height / 2 + 1.2 * layer
        ax.add_patch(plt.Rectangle(corner, height * 0.5, height, facecolor="C0", alpha=0.35, edgecolor="C0"))
    ax.text(
        place + height / 4, -24, f"{name}\n{height}x{height}x{depth}", ha="center", va="top", fontsize=7.5
    )
    place += height * 0.5 + 14
for units, name in [(120, "dense"), (84, "dense"), (10, "softmax")]:
    ax.add_patch(plt.Rectangle((place, -units / 6), 2.5, units / 3, facecolor="C1", alpha=0.6))
    ax.text(place + 1, -24, f"{name}\n{units}", ha="center", va="top", fontsize=7.5)
    place += 11
_ = ax.set(xlim=(-3, place), ylim=(-36, 26))
ax.axis("off")
plt.show()

# %%
# Weights and multiplications of a 3 by 3 convolution from 64 to 64 channels against the size of the image:
# the weights stay the same, the multiplications grow with the area.
fig, ax = plt.subplots()
sizes = np.arange(4, 129, 4)
parameters = conv_parameters(kernel=3, channels=64, filters=64)
costs = [conv_multiplications(int(s), int(s), kernel=3, channels=64, filters=64) for s in sizes]
ax.semilogy(sizes, np.full(sizes.size, parameters), label="weights and biases")
ax.semilogy(sizes, costs, label="multiplications")
_ = ax.set(xlabel="height and width of the image", ylabel="number")
ax.legend()
plt.show()

# %%
# Multiplications of a 5 by 5 convolution from 192 to 32 channels on 28 by 28 pixels: 120 million at once, and
# 12 million in all with a bottleneck of 1 by 1 to 16 channels in between.
fig, ax = plt.subplots(figsize=(7, 2))
direct = conv_multiplications(28, 28, kernel=5, channels=192, filters=32)
first = conv_multiplications(28, 28, kernel=1, channels=192, filters=16)
second = conv_multiplications(28, 28, kernel=5, channels=16, filters=32)
ax.barh(["5x5 at once"], [direct / 1e6], color="C0")
ax.barh(["with bottleneck"], [first / 1e6], color="C1", label="1x1 to 16 channels")
ax.barh(["with bottleneck"], [second / 1e6], left=[first / 1e6], color="C2", label="5x5 from 16 channels")
_ = ax.set(xlabel="multiplications, in millions")
ax.invert_yaxis()
ax.legend(loc="lower right")
plt.show()

# %%
# An Inception module on 28 by 28 pixels with 192 channels: four branches side by side, joined along the
# channels to 256. The numbers below the boxes are their multiplications in millions.
fig, ax = plt.subplots(figsize=(7, 3.6))
branches = [
    [("1x1, 64", 1, 192, 64)],
    [("1x1, 96", 1, 192, 96), ("3x3, 128", 3, 96, 128)],
    [("1x1, 16", 1, 192, 16), ("5x5, 32", 5, 16, 32)],
    [("max pool 3x3", 0, 192, 192), ("1x1, 32", 1, 192, 32)],
]
ax.text(0, 0, "28x28x192", ha="center", va="center", rotation=90)
for height, branch in zip([1.5, 0.5, -0.5, -1.5], branches, strict=True):
    ends = [0.2]
    for i, (name, kernel, channels, filters) in enumerate(branch):
        place = 1.3 + 1.9 * i
        ax.text(place, height, name, ha="center", va="center", bbox={"facecolor": "none", "edgecolor": "C0"})
        if kernel:
            cost = conv_multiplications(28, 28, kernel, channels, filters) / 1e6
            ax.text(place, height - 0.38, f"{cost:.1f}", ha="center", va="center", fontsize=8, color="C1")
        ends += [place - 0.65, place + 0.65]
    starts = [(ends[k], ends[k + 1]) for k in range(0, len(ends) - 1, 2)]
    for start, end in [*starts, (ends[-1], 4.9)]:
        y0, y1 = (0, height) if start == 0.2 else (height, 0 if end == 4.9 else height)
        ax.annotate("", (end, y1), (start, y0), arrowprops={"arrowstyle": "->", "color": "0.5"})
ax.text(5.2, 0, "28x28x(64+128+32+32) = 28x28x256", ha="center", va="center", rotation=90)
_ = ax.set(xlim=(-0.3, 5.5), ylim=(-2.1, 2))
ax.axis("off")
plt.show()
