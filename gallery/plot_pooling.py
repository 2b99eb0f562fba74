"""
Pooling
=======

A window of a feature map becomes one number: its maximum or its mean.
"""

import matplotlib.pyplot as plt
import numpy as np

from cheatsheet.layers import avg_pool2d, global_avg_pool2d, max_pool2d

rng = np.random.default_rng(0)


def show(ax, values, title):
    ax.imshow(values, vmin=0, vmax=9)
    _ = ax.set(title=title, xticks=[], yticks=[])
    for (p, q), value in np.ndenumerate(values):
        color = "white" if value < 5 else "black"
        ax.text(q, p, f"{value:.2f}".rstrip("0").rstrip("."), ha="center", va="center", color=color)


# %%
# A 4 by 4 map in four windows of 2 by 2: max pooling keeps the largest number of each, average pooling the
# mean, and global average pooling one mean for the whole map.
fig, axes = plt.subplots(1, 4, figsize=(7, 2.4), width_ratios=[4, 2.4, 2.4, 2.4])
x = np.array([[1, 3, 2, 1], [2, 9, 1, 1], [1, 3, 2, 3], [5, 6, 1, 2]])[None, None]
largest, _backward = max_pool2d(x)
means, _backward = avg_pool2d(x)
whole, _backward = global_avg_pool2d(x)
show(axes[0], x[0, 0], "map")
show(axes[1], largest[0, 0], "maximum")
show(axes[2], means[0, 0], "mean")
show(axes[3], whole, "global mean")
axes[0].axhline(1.5, color="C1", linewidth=3)
axes[0].axvline(1.5, color="C1", linewidth=3)
plt.show()

# %%
# Where the gradient goes: max pooling sends all of it to the largest pixel of each window, average pooling
# spreads it evenly, global average pooling over the whole map.
fig, axes = plt.subplots(1, 3, figsize=(7, 2.6))
for ax, (name, pool) in zip(
    axes, [("max", max_pool2d), ("average", avg_pool2d), ("global average", global_avg_pool2d)], strict=True
):
    y, backward = pool(x)
    gradient = backward(np.ones_like(y))[0, 0]
    ax.imshow(gradient, vmin=0, vmax=1)
    for (p, q), value in np.ndenumerate(gradient):
        color = "white" if value < 0.6 else "black"
        ax.text(
            q, p, f"{value:.4f}".rstrip("0").rstrip("."), ha="center", va="center", color=color, fontsize=8
        )
    _ = ax.set(title=name, xticks=[], yticks=[])
plt.show()

# %%
# Shifts of a random map by 0 to 4 pixels, and how much the output changes relative to its size: pooled maps
# change less than the map itself, and the global mean does not change at all.
fig, ax = plt.subplots()
image = rng.normal(size=(32, 32))
image = sum(np.roll(image, shift, axis=(0, 1)) for shift in [(0, 0), (0, 1), (1, 0), (1, 1)])  # smoother
layers = [
    ("map itself", lambda z: z),
    ("max, window 2", lambda z: max_pool2d(z)[0]),
    ("average, window 4", lambda z: avg_pool2d(z, 4, 4)[0]),
    ("max, window 8", lambda z: max_pool2d(z, 8, 8)[0]),
    ("global average", lambda z: global_avg_pool2d(z)[0]),
]
for name, layer in layers:
    outputs = [layer(np.roll(image, shift, axis=1)[None, None]) for shift in range(5)]
    change = [np.linalg.norm(y - outputs[0]) / np.linalg.norm(outputs[0]) for y in outputs]
    ax.plot(change, "o-", label=name)
_ = ax.set(xlabel="shift, in pixels", ylabel="relative change", xticks=range(5))
ax.legend()
plt.show()
