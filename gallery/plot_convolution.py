"""
Convolution
===========

A small filter slides over an image and answers at each place. What it finds depends on its few numbers; how
large the map becomes depends on stride, padding and dilation.
"""

import matplotlib.pyplot as plt
import numpy as np

from cheatsheet.layers import (
    conv1d,
    conv2d,
    conv2d_transpose,
    conv_output_size,
    convolution,
    cross_correlation,
    grouped_conv2d,
)

rng = np.random.default_rng(0)


def house(size=48):
    """A small picture with vertical, horizontal and slanted edges."""
    y, x = np.mgrid[:size, :size] / size
    picture = 0.75 - 0.3 * y + 0.03 * rng.normal(size=(size, size))  # sky
    picture[(y > 0.45) & (y < 0.92) & (np.abs(x - 0.5) < 0.3)] = 0.35  # wall
    picture[(y > 0.15) & (y <= 0.45) & (np.abs(x - 0.5) < 1.2 * (y - 0.15))] = 0.15  # roof
    picture[(np.abs(y - 0.62) < 0.08) & (np.abs(x - 0.36) < 0.07)] = 0.95  # window
    picture[(y > 0.62) & (y < 0.92) & (np.abs(x - 0.62) < 0.07)] = 0.05  # door
    return picture


def show(ax, values, title, numbers=False, **options):
    ax.imshow(values, **options)
    _ = ax.set(title=title, xticks=[], yticks=[])
    if numbers:
        middle = (np.min(values) + np.max(values)) / 2
        for (p, q), value in np.ndenumerate(values):
            color = "white" if value <= middle else "black"
            ax.text(q, p, f"{value:.0f}", ha="center", va="center", color=color, fontsize=8)


picture = house()
vertical = np.array([[1, 0, -1], [2, 0, -2], [1, 0, -1]])  # Sobel

# %%
# A kernel at two positions of a 5 by 5 image, and the 3 by 3 feature map: the framed nine pixels, multiplied
# by the kernel and added up, give the framed number in the same color.
fig, axes = plt.subplots(1, 3, width_ratios=[5, 3, 3])
image = np.array(
    [
        [128, 97, 53, 201, 198],
        [35, 22, 25, 200, 195],
        [37, 24, 28, 197, 182],
        [33, 28, 92, 195, 179],
        [31, 40, 100, 192, 177],
    ]
)
kernel = np.array([[0, 1, 0], [1, 0, 1], [0, 1, 0]])
for ax, values, title in [
    (axes[0], image, "image"),
    (axes[1], kernel, "kernel"),
    (axes[2], cross_correlation(image, kernel), "feature map"),
]:
    show(ax, values, title, numbers=True)
for color, (p, q) in [("C1", (0, 0)), ("C3", (1, 2))]:
    axes[0].add_patch(plt.Rectangle((q - 0.45, p - 0.45), 2.9, 2.9, fill=False, edgecolor=color, linewidth=3))
    axes[2].add_patch(plt.Rectangle((q - 0.45, p - 0.45), 0.9, 0.9, fill=False, edgecolor=color, linewidth=3))
plt.show()

# %%
# Edges in the simplest image, bright on the left and dark on the right: the filter for vertical edges answers
# with 30 at the edge and 0 elsewhere, its transpose for horizontal edges answers nowhere.
fig, axes = plt.subplots(1, 4, figsize=(7, 2.4), width_ratios=[6, 3, 4, 4])
image, kernel = np.array([[10, 10, 10, 0, 0, 0]] * 6), np.array([[1, 0, -1]] * 3)
show(axes[0], image, "image", numbers=True)
show(axes[1], kernel, "filter", numbers=True)
show(axes[2], cross_correlation(image, kernel), "its map", numbers=True, vmin=0, vmax=30)
show(axes[3], cross_correlation(image, kernel.T), "transposed", numbers=True, vmin=0, vmax=30)
plt.show()

# %%
# One picture and six kernels: edges in two directions, edges of any direction, blur, sharpen, emboss. Gray is
# zero in the edge maps, yellow an edge from dark to bright or the other way round.
fig, axes = plt.subplots(2, 4, figsize=(7, 3.8))
kernels = [
    ("vertical edges", vertical),
    ("horizontal edges", vertical.T),
    ("Scharr", [[3, 0, -3], [10, 0, -10], [3, 0, -3]]),
    ("all edges", [[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]]),
    ("blur", np.full((5, 5), 1 / 25)),
    ("sharpen", [[0, -1, 0], [-1, 5, -1], [0, -1, 0]]),
]
show(axes[0, 0], picture, "picture")
for ax, (name, kernel) in zip(axes.ravel()[1:], kernels, strict=False):
    show(ax, cross_correlation(picture, kernel), name)
edges = np.hypot(cross_correlation(picture, vertical), cross_correlation(picture, vertical.T))
show(axes[1, 3], edges, "strength of edges")
plt.show()

# %%
# One bright pixel and a kernel of increasing numbers: convolution leaves a copy of the kernel around the
# pixel, cross-correlation, which deep learning calls convolution, a copy turned by 180 degrees.
fig, axes = plt.subplots(1, 4, figsize=(7, 2.2), width_ratios=[3, 3, 5, 5])
pixel, kernel = np.zeros((3, 3)), np.arange(1, 10).reshape(3, 3)
pixel[1, 1] = 1
show(axes[0], pixel, "image", numbers=True)
show(axes[1], kernel, "kernel", numbers=True)
show(axes[2], convolution(pixel, kernel), "convolution", numbers=True)
show(axes[3], cross_correlation(pixel, kernel, padding=2), "cross-correlation", numbers=True)
plt.show()

# %%
# Which pixels a 3 by 3 filter meets at its first and its last place on a 7 by 7 image: plain, stride 2,
# padding 1, dilation 2. Dots are the weights, the dark rim is padding; the title tells the size of the map.
fig, axes = plt.subplots(1, 4, figsize=(7, 2.3))
for ax, (name, options) in zip(
    axes,
    [
        ("plain", {}),
        ("stride 2", {"stride": 2}),
        ("padding 1", {"padding": 1}),
        ("dilation 2", {"dilation": 2}),
    ],
    strict=True,
):
    size = conv_output_size(7, kernel=3, **options)
    padding, dilation = options.get("padding", 0), options.get("dilation", 1)
    board = np.pad(np.full((7, 7), 0.6), padding, constant_values=0.15)
    ax.imshow(board, vmin=0, vmax=1, extent=(-padding - 0.5, 6.5 + padding, 6.5 + padding, -padding - 0.5))
    last = (size - 1) * options.get("stride", 1)
    for color, start in [("C1", -padding), ("C3", last - padding)]:
        rows, columns = np.mgrid[:3, :3] * dilation + start
        ax.scatter(columns, rows, s=22, color=color, edgecolor="white", linewidth=0.5)
    _ = ax.set(title=f"{name}: {size} by {size}", xticks=[], yticks=[], xlim=(-1.7, 7.7), ylim=(7.7, -1.7))
plt.show()

# %%
# Two filters over three channels of a color picture give two feature maps: each filter has a slice of 3 by 3
# for every channel, and the three answers are added up.
fig, axes = plt.subplots(1, 7, figsize=(7, 1.7), width_ratios=[3, 3, 3, 1.4, 1.4, 3, 3])
colors = np.stack([picture, picture.T, np.flip(picture, 0)])
filters = np.stack([np.stack([vertical] * 3), np.stack([vertical.T] * 3)])
maps, backward = conv2d(colors[None], filters, b=[0, 0])
gaps = [(0, 0), (0, 1), (0, 0)]  # an empty row between slices
slices = [np.concatenate(np.pad(f.astype(float), gaps, constant_values=np.nan))[:-1] for f in filters]
names = ["red", "green", "blue", "filter 1", "filter 2", "map 1", "map 2"]
for ax, values, title in zip(axes, [*colors, *slices, *maps[0]], names, strict=True):
    show(ax, values, title)
    ax.title.set_fontsize(8)
plt.show()

# %%
# A convolution along time finds a pattern in a noisy series: the filter is the pattern, and the output peaks
# where it occurs. Dilation 4 with the same nine weights reaches four times as far.
fig, (top, bottom) = plt.subplots(2, 1, figsize=(7, 3.6), sharex=True)
pattern = np.sin(np.linspace(0, 2 * np.pi, 9))
series = 0.3 * rng.normal(size=200)
series[40:49] += pattern
series[120:153:4] += pattern
for dilation, color in [(1, "C1"), (4, "C2")]:
    output, backward = conv1d(series[None, None], pattern[None, None], [0], dilation=dilation)
    bottom.plot(output[0, 0], color=color, label=f"dilation {dilation}")
top.plot(series, color="C7", linewidth=1)
_ = top.set(ylabel="input")
_ = bottom.set(xlabel="time step", ylabel="output")
bottom.legend()
plt.show()

# %%
# Depthwise convolution is the extreme of grouped convolution: each channel has one filter of its own, so
# three channels give three maps, and nothing is mixed between them.
fig, axes = plt.subplots(2, 3, figsize=(7, 4))
own = np.stack([vertical, vertical.T, np.full((3, 3), 1 / 9)])[:, None]
maps, backward = grouped_conv2d(colors[None], own, b=np.zeros(3))
for j, name in enumerate(["vertical edges", "horizontal edges", "blur"]):
    show(axes[0, j], colors[j], f"channel {j + 1}")
    show(axes[1, j], maps[0, j], name)
plt.show()

# %%
# A transposed convolution puts a weighted copy of its kernel at every pixel: side by side with kernel 2
# and stride 2; with kernel 3 they overlap, and equal pixels become a checkerboard.
fig, axes = plt.subplots(1, 4, figsize=(7, 2.2))
small = np.array([[1.0, 2.0], [3.0, 4.0]])
show(axes[0], small, "input", numbers=True)
for ax, image, size, title in [
    (axes[1], small, 2, "kernel 2"),
    (axes[2], small, 3, "kernel 3"),
    (axes[3], np.ones((4, 4)), 3, "equal pixels"),
]:
    large, backward = conv2d_transpose(image[None, None], np.ones((1, 1, size, size)), [0], stride=2)
    show(ax, large[0, 0], title, numbers=True)
plt.show()
