"""
Neurons, layers and networks
============================

A neuron adds up its weighted inputs and a bias, and bends the sum. Layers are neurons side by side, and a
network is layers in a row. The schemes carry the numbers that the snippets compute.
"""

import matplotlib.pyplot as plt
import numpy as np

from cheatsheet.activations import relu, sigmoid, softmax, tanh
from cheatsheet.layers import dense


def node(ax, x, y, text, color="C0", size=320):
    """A circle with a text in it."""
    ax.scatter(x, y, s=size, facecolor="none", edgecolor=color, linewidth=1.6)
    ax.text(x, y, text, ha="center", va="center", fontsize=9)


def arrow(ax, start, end, color="0.5", shrink=14):
    style = {"arrowstyle": "->", "color": color, "shrinkA": shrink, "shrinkB": shrink}
    ax.annotate("", end, start, arrowprops=style)


# %%
# One neuron with its numbers: three inputs times three weights are added up with a bias to 0.4, and the
# sigmoid turns the sum into 0.599.
fig, ax = plt.subplots(figsize=(7, 2.9))
x, w, b = np.array([1.0, 2.0, -1.0]), np.array([0.5, 0.2, 0.7]), 0.2
z = dense([x], w[:, None], [b])[0].item()
a = sigmoid(z).item()
for j, height in enumerate([1, 0, -1]):
    node(ax, 0, height, f"{x[j]:g}")
    arrow(ax, (0, height), (2, 0))
    ax.text(-0.28, height, f"$x_{j + 1}$", ha="right", va="center")
    above = "top" if height < 0 else "bottom"
    ax.text(
        0.95,
        0.6 * height + (0.07 if height >= 0 else -0.07),
        f"$w_{j + 1} = {w[j]}$",
        ha="center",
        va=above,
        fontsize=9,
    )
node(ax, 2, 1.1, f"{b:g}", "C2")
ax.text(2.28, 1.1, "$b$", va="center")
arrow(ax, (2, 1.1), (2, 0))
node(ax, 2, 0, r"$\sum$", "C1")
node(ax, 3.6, 0, r"$\sigma$", "C1")
arrow(ax, (2, 0), (3.6, 0))
ax.text(2.8, 0.12, f"$z = {z:.1f}$", ha="center", va="bottom")
arrow(ax, (3.6, 0), (5.1, 0))
ax.text(4.4, 0.12, f"$a = {a:.3f}$", ha="center", va="bottom")
labels = [(0, "inputs"), (0.95, "weights"), (2, "weighted sum\nplus bias"), (3.6, "activation")]
labels.append((4.6, "output"))
for place, text in labels:
    ax.text(place, -1.45, text, ha="center", va="top", color="0.5")
_ = ax.set(xlim=(-0.7, 5.3), ylim=(-2, 1.5))
ax.axis("off")
plt.show()

# %%
# A neuron of one input with a sigmoid: a larger weight makes the rise steeper, and a bias moves it along
# the axis.
fig, (left, right) = plt.subplots(1, 2, sharey=True)
x = np.linspace(-6, 6, 200)
for w in (0.5, 1.0, 3.0):
    left.plot(x, sigmoid(w * x), label=f"$w = {w:g}$, $b = 0$")
for b in (-3.0, 0.0, 3.0):
    right.plot(x, sigmoid(x + b), label=f"$w = 1$, $b = {b:g}$")
for ax in (left, right):
    _ = ax.set(xlabel="input $x$")
    ax.legend(fontsize=8)
_ = left.set(ylabel=r"output $\sigma(w x + b)$")
plt.show()

# %%
# A network of an input layer with three units, a hidden layer with four and an output layer with two. Each
# line is a weight, blue positive and orange negative; the numbers are the outputs of the units.
fig, ax = plt.subplots(figsize=(7, 3.4))
rng = np.random.default_rng(1)
x = np.array([[1.0, -0.5, 2.0]])
w1, w2 = rng.normal(size=(3, 4)), rng.normal(size=(4, 2))
hidden = relu(dense(x, w1, np.full(4, 0.1))[0])
output = softmax(dense(hidden, w2, np.full(2, 0.1))[0])
heights = [(1 - np.arange(n)) + (n - 3) / 2 for n in (3, 4, 2)]
for place, w in ((0, w1), (1, w2)):
    for (j, k), value in np.ndenumerate(w):
        line = [heights[place][j], heights[place + 1][k]]
        color = "C0" if value > 0 else "C1"
        ax.plot([place + 0.07, place + 0.93], line, color=color, linewidth=0.4 + 1.3 * abs(value))
for place, values in enumerate((x, hidden, output)):
    for height, value in zip(heights[place], values[0], strict=True):
        node(ax, place, height, f"{value:.2f}", "C7", size=900)
names = ["input layer\n3 features", "hidden layer\n4 units, ReLU", "output layer\n2 units, softmax"]
for place, name in enumerate(names):
    ax.text(place, -2.05, name, ha="center", va="top")
_ = ax.set(xlim=(-0.35, 2.35), ylim=(-2.9, 2))
ax.axis("off")
plt.show()

# %%
# The index notation: the weight from unit k of one layer to unit j of the next carries both numbers, the
# later one first, and the layer that it leads to.
fig, ax = plt.subplots(figsize=(7, 2.6))
for k in range(3):
    node(ax, 0, 1 - k, f"$a_{k + 1}^{{l-1}}$", "C7", size=900)
    for j in range(2):
        bold = (j, k) == (1, 0)
        ax.plot([0.2, 2.8], [1 - k, 0.5 - j], color="C0" if bold else "0.5", linewidth=2.4 if bold else 0.7)
for j in range(2):
    node(ax, 3, 0.5 - j, f"$a_{j + 1}^{{l}}$", "C7", size=900)
    sums = rf"$= \sigma(z_{j + 1}^l), \quad z_{j + 1}^l = \sum_k w_{{{j + 1}k}}^l a_k^{{l-1}} + b_{j + 1}^l$"
    ax.text(3.3, 0.5 - j, sums, va="center")
ax.text(1.0, 0.62, "$w_{21}^l$", color="C0", fontsize=13)
for place, text in ((0, "layer $l - 1$"), (3, "layer $l$")):
    ax.text(place, -1.6, text, ha="center", va="top", color="0.5")
_ = ax.set(xlim=(-0.5, 7), ylim=(-2, 1.5))
ax.axis("off")
plt.show()

# %%
# A sine, and one hidden layer of tanh units fitted to it between -2 and 2: with more units the fit gets
# better inside, and outside it is wrong all the same.
fig, ax = plt.subplots()
draw, x = np.random.default_rng(0), np.linspace(-4, 4, 200)[:, None]
w, b = draw.normal(scale=2, size=(1, 32)), draw.uniform(-3, 3, size=32)
inside = np.abs(x[:, 0]) <= 2
ax.axvspan(-2, 2, color="0.5", alpha=0.15, linewidth=0)
ax.plot(x, np.sin(2 * x), color="0.5", linestyle="--", label=r"$\sin 2x$")
for units in (2, 4, 8):
    h = tanh(dense(x, w[:, :units], b[:units])[0])
    v = np.linalg.lstsq(h[inside], np.sin(2 * x[inside]))[0]
    ax.plot(x, h @ v, label=f"{units} units")
_ = ax.set(xlabel="$x$", ylabel="output", ylim=(-3, 3))
ax.legend(loc="center left", bbox_to_anchor=(1, 0.5))
plt.show()

# %%
# A nerve cell as a sketch: dendrites receive signals, the cell body with its nucleus adds them up, the axon
# conducts the result, and synapses pass it on to the next cell.
fig, ax = plt.subplots(figsize=(7, 3))
turns = np.linspace(0, 2 * np.pi, 100)
for start, bend, end in (
    ((-0.35, 0.25), (-1.2, 0.9), (-2.0, 0.8)),
    ((-0.35, 0.25), (-1.2, 0.9), (-1.6, 1.5)),
    ((-0.45, 0.0), (-1.3, 0.0), (-2.1, 0.15)),
    ((-0.45, 0.0), (-1.3, 0.0), (-2.0, -0.4)),
    ((-0.3, -0.3), (-1.0, -0.9), (-1.8, -1.1)),
    ((-0.3, -0.3), (-1.0, -0.9), (-1.2, -1.6)),
):
    ax.plot(*np.transpose([start, bend, end]), color="C0", linewidth=2)
ax.fill(0.5 * np.cos(turns), 0.5 * np.sin(turns), color="C0", alpha=0.35)
ax.fill(0.17 * np.cos(turns), 0.17 * np.sin(turns), color="C4")
ax.plot([0.5, 4], [0, 0], color="C1", linewidth=4)
for height in (0.7, 0, -0.7):
    ax.plot([4, 4.9], [0, height], color="C1", linewidth=2)
    ax.scatter(5, height, s=70, color="C2", zorder=3)
ax.fill(6 + 0.6 * np.cos(turns), 1.1 * np.sin(turns), color="0.5", alpha=0.25)
for height in (0.7, 0, -0.7):
    edge = 6 - 0.6 * np.sqrt(1 - (height / 1.1) ** 2)
    ax.plot([5.2, edge], [height, height], color="0.5", linewidth=2)
notes = [
    (-1.5, 1.75, "dendrites"),
    (0, 0.75, "cell body\n(soma)"),
    (2.3, 0.25, "axon"),
    (4.9, 1.0, "synapses"),
]
for place, height, text in notes:
    ax.text(place, height, text, ha="center", va="bottom")
arrow(ax, (0.7, -1.1), (0.08, -0.08), shrink=0)
ax.text(0.75, -1.15, "nucleus", va="center")
ax.text(6, 0, "next cell", ha="center", va="center")
arrow(ax, (1.4, -0.35), (3.4, -0.35), shrink=0)
ax.text(2.4, -0.45, "signal", ha="center", va="top", color="0.5")
_ = ax.set(xlim=(-2.3, 6.8), ylim=(-1.8, 2.3))
ax.axis("off")
plt.show()

# %%
# The idea of a hierarchy of features as four drawings: edges, parts such as eye, ear and nose, groups of
# parts, and a whole face. Trained networks are seldom that tidy.
fig, axes = plt.subplots(1, 4, figsize=(7, 2.2))
turns = np.linspace(0, 2 * np.pi, 100)


def eye(ax, x, y):
    ax.plot(x + 0.3 * np.cos(turns), y + 0.15 * np.sin(turns), color="C0")
    ax.scatter(x, y, s=20, color="C0")


def nose(ax, x, y):
    ax.plot([x, x - 0.2, x + 0.1], [y + 0.4, y - 0.3, y - 0.3], color="C1")


def mouth(ax, x, y):
    ax.plot(x + 0.45 * np.cos(turns[50:]), y + 0.2 * np.sin(turns[50:]), color="C2")


def ear(ax, x, y, side):
    ax.plot(x + side * 0.2 * np.sin(turns[:51]), y + 0.35 * np.cos(turns[:51]), color="C4")


for k, angle in enumerate(np.linspace(0, np.pi, 9)[:-1]):
    x, y = 0.8 * (k % 3 - 1), 0.8 * (1 - k // 3)
    dx, dy = 0.3 * np.cos(angle), 0.3 * np.sin(angle)
    axes[0].plot([x - dx, x + dx], [y - dy, y + dy], color="C7", linewidth=2)
eye(axes[1], -0.6, 0.6)
nose(axes[1], 0.6, 0.5)
ear(axes[1], -0.7, -0.6, 1)
mouth(axes[1], 0.6, -0.5)
for x in (-0.45, 0.45):
    eye(axes[2], x, 0.85)
nose(axes[2], 0, 0.5)
nose(axes[2], -0.5, -0.6)
mouth(axes[2], -0.5, -1)
eye(axes[2], 0.5, -0.6)
ear(axes[2], 0.95, -0.6, 1)
for x in (-0.45, 0.45):
    eye(axes[3], x, 0.4)
    ear(axes[3], 1.9 * x, 0.15, np.sign(x))
nose(axes[3], 0, 0)
mouth(axes[3], 0, -0.5)
axes[3].plot(0.85 * np.cos(turns), 1.15 * np.sin(turns), color="0.5")
for ax, text in zip(axes, ["edges", "parts", "groups of parts", "a face"], strict=True):
    _ = ax.set(title=text, xlim=(-1.3, 1.3), ylim=(-1.4, 1.4), aspect="equal")
    ax.axis("off")
plt.show()
