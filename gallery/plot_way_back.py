"""
Forward and back through a network
==================================

Forward, each layer computes from the one before and keeps what it will need. Back, the chain rule runs
through the same layers the other way, and each step uses what the step before has found.
"""

import matplotlib.pyplot as plt
import numpy as np

from cheatsheet.activations import relu, relu_grad, tanh, tanh_grad
from cheatsheet.layers import dense
from cheatsheet.losses import squared_error, squared_error_grad
from cheatsheet.training import gradient_difference, numerical_gradient


def node(ax, x, y, text, color="C0", size=900):
    """A circle with a text in it."""
    ax.scatter(x, y, s=size, facecolor="none", edgecolor=color, linewidth=1.6)
    ax.text(x, y, text, ha="center", va="center", fontsize=10)


def arrow(ax, start, end, color="0.5", shrink=17):
    style = {"arrowstyle": "->", "color": color, "shrinkA": shrink, "shrinkB": shrink, "linewidth": 1.4}
    ax.annotate("", end, start, arrowprops=style)


# %%
# A network of one input, one hidden and one output unit. Above, in blue, the forward pass from 2 to the cost
# of 0.125; below, in orange, the layer errors on their way back and the derivatives that branch off.
fig, ax = plt.subplots(figsize=(7, 3))
x, y, wh, wo = 2.0, 1.0, 0.5, 1.5
zh = x * wh
h = relu(zh)
zo = h * wo
o = relu(zo)
cost = squared_error([y], [o])[0] / 2
eo = squared_error_grad([y], [o])[0] / 2 * relu_grad(zo)
eh = eo * wo * relu_grad(zh)
places = [0, 2, 4, 6]
for place, name in zip(places, ["$X$", "$H$", "$O$", "$C$"], strict=True):
    node(ax, place, 0, name)
values = [f"{x:g}", f"{h:g}", f"{o:g}", f"{cost:g}"]
for place, value in zip(places, values, strict=True):
    ax.text(place, 0.42, value, ha="center", va="bottom", color="C0", fontsize=11)
weights = [(1, f"$W_h = {wh}$"), (3, f"$W_o = {wo}$"), (5, f"$y = {y:g}$")]
for place, text in weights:
    arrow(ax, (place - 1, 0.06), (place + 1, 0.06), "C0")
    ax.text(place, 0.2, text, ha="center", va="bottom", color="C0")
errors = [(6, 4, f"$E_o = {eo:g}$"), (4, 2, f"$E_h = {eh:g}$")]
for start, end, text in errors:
    arrow(ax, (start, -0.1), (end, -0.1), "C1")
    ax.text((start + end) / 2, -0.25, text, ha="center", va="top", color="C1")
slopes = [(4, 3, rf"$\partial C / \partial W_o = E_o H = {eo * h:g}$"), (2, 1, f"{eh * x:g}")]
for start, end, text in slopes:
    arrow(ax, (start, -0.1), (end, -1.05), "C1")
    text = text if end == 3 else rf"$\partial C / \partial W_h = E_h X = {text}$"
    ax.text(end - 0.1, -1.0, text, ha="center", va="top", color="C1")
_ = ax.set(xlim=(-0.6, 6.6), ylim=(-1.5, 0.9))
ax.axis("off")
plt.show()

# %%
# The derivatives by the weights of three layers, aligned: each begins with the factors of the one above it.
# The shared factors, shaded, are computed once and kept as layer errors.
fig, ax = plt.subplots(figsize=(7, 2.3))
factors = [r"(\hat{y} - y)", "R'(Z_3)", "W_3", "R'(Z_2)", "W_2", "R'(Z_1)"]
inputs = ["H_2", "H_1", "X"]
for row in range(3):
    own = 2 * (row + 1)
    ax.text(0, -row, rf"$\partial C / \partial W_{3 - row} =$", ha="right", va="center")
    for column, factor in enumerate(factors[:own]):
        ax.text(0.6 + column, -row, f"${factor}$", ha="center", va="center")
    ax.text(0.6 + own, -row, f"${inputs[row]}$", ha="center", va="center", color="C2")
    for first, color in [(0.13, "C0"), (2.13, "C1"), (4.13, "C4")][: row + 1]:
        corner = (first, -row - 0.36)
        ax.add_patch(plt.Rectangle(corner, 1.94, 0.72, facecolor=color, alpha=0.25, edgecolor="none"))
for place, color, text in [(1.1, "C0", "$E_3$"), (3.1, "C1", "$E_2 / E_3$"), (5.1, "C4", "$E_1 / E_2$")]:
    ax.text(place, 0.75, text, ha="center", va="center", color=color)
_ = ax.set(xlim=(-1.5, 7.1), ylim=(-2.5, 1))
ax.axis("off")
plt.show()

# %%
# The chain of dependencies at the last unit: weight, input and bias make the sum, the sum makes the
# activation, activation and target make the cost. Each arrow carries its derivative.
fig, ax = plt.subplots(figsize=(7, 2.9))
graph = {
    "$w^L$": (0, 1),
    "$a^{L-1}$": (0, 0),
    "$b^L$": (0, -1),
    "$z^L$": (2.2, 0),
    "$a^L$": (4.4, 0),
    "$C_0$": (6.6, 0),
    "$y$": (6.6, 1.1),
}
edges = [
    ("$w^L$", "$z^L$", "$a^{L-1}$"),
    ("$a^{L-1}$", "$z^L$", "$w^L$"),
    ("$b^L$", "$z^L$", "$1$"),
    ("$z^L$", "$a^L$", r"$\sigma'(z^L)$"),
    ("$a^L$", "$C_0$", "$a^L - y$"),
    ("$y$", "$C_0$", ""),
]
for name, place in graph.items():
    node(ax, *place, name, "C7")
for start, end, slope in edges:
    arrow(ax, graph[start], graph[end], "C0")
    middle = np.add(graph[start], graph[end]) / 2
    ax.text(middle[0], middle[1] + 0.1, slope, ha="center", va="bottom", color="C1")
_ = ax.set(xlim=(-0.5, 7.1), ylim=(-1.5, 1.6))
ax.axis("off")
plt.show()


# %%
# A network with one input, two hidden and two output units, and below it its nine matrices for three
# samples. Blue ones have a row per sample; orange and green ones belong to the network and keep their shape.
def draw_units(ax, sizes):
    """Circles in columns and all connections between neighboring columns."""
    heights = [np.arange(n)[::-1] - (n - 1) / 2 for n in sizes]
    for place in (0, 1):
        for start in heights[place]:
            for end in heights[place + 1]:
                ax.plot([3 * place, 3 * place + 3], [start, end], color="0.5", linewidth=0.8, zorder=1)
    for place, name in enumerate("XHO"):
        for height in heights[place]:
            ax.scatter(3 * place, height, s=180, color=["C7", "C0", "C0"][place], zorder=2)
        ax.text(3 * place, max(sizes) / 2 + 0.15, f"${name}$", ha="center", va="bottom")
    _ = ax.set(xlim=(-1.5, 7.5), ylim=(-max(sizes) / 2, max(sizes) / 2 + 0.7))
    ax.axis("off")


def matrices(x, hidden, outputs):
    """The nine matrices of the forward pass with their names."""
    rng = np.random.default_rng(0)
    wh, bh = rng.normal(size=(x.shape[1], hidden)), np.full((1, hidden), 0.1)
    wo, bo = rng.normal(size=(hidden, outputs)), np.full((1, outputs), 0.1)
    zh, _back = dense(x, wh, bh[0])
    h = relu(zh)
    zo, _back = dense(h, wo, bo[0])
    return {"X": x, "W_h": wh, "B_h": bh, "Z_h": zh, "H": h, "W_o": wo, "B_o": bo, "Z_o": zo, "O": zo}


def draw_matrices(ax, found):
    """Each matrix as a grid of squares, its name above and its shape below."""
    place = 0.0
    for name, matrix in found.items():
        rows, columns = matrix.shape
        color = {"W": "C1", "B": "C2"}.get(name[0], "C0")
        for i in range(rows):
            for j in range(columns):
                corner = place + j, (rows / 2 - 1 - i)
                ax.add_patch(plt.Rectangle(corner, 1, 1, facecolor=color, alpha=0.4, edgecolor=color))
        ax.text(place + columns / 2, rows / 2 + 0.25, f"${name}$", ha="center", va="bottom")
        shape = f"({rows}, {columns})"
        ax.text(place + columns / 2, -rows / 2 - 0.3, shape, ha="center", va="top", fontsize=8)
        place += columns + 1.5
    tallest = max(len(matrix) for matrix in found.values())
    _ = ax.set(xlim=(-1, place - 0.5), ylim=(-tallest / 2 - 1.5, tallest / 2 + 1.5), aspect="equal")
    ax.axis("off")


fig, (top, bottom) = plt.subplots(2, 1, figsize=(7, 3.4), height_ratios=[1, 1])
draw_units(top, (1, 2, 2))
draw_matrices(bottom, matrices(np.ones((3, 1)), hidden=2, outputs=2))
plt.show()

# %%
# The network with two inputs, three hidden and two output units: the matrices for four samples and for one.
# Only the blue ones get fewer rows.
fig, (top, middle, bottom) = plt.subplots(3, 1, figsize=(7, 4.8), height_ratios=[1, 1.2, 1])
draw_units(top, (2, 3, 2))
draw_matrices(middle, matrices(np.ones((4, 2)), hidden=3, outputs=2))
draw_matrices(bottom, matrices(np.ones((1, 2)), hidden=3, outputs=2))
plt.show()

# %%
# A deep network as blocks. Forward, each block hands on its activations and keeps its input and its sums;
# back, it takes the gradient by its output, and gives that by its input and those by its weights.
fig, ax = plt.subplots(figsize=(7, 3.2))
box = {"boxstyle": "square,pad=0.6", "facecolor": "none"}
for i, layer in enumerate(["1", "2", "L"]):
    place = 2.2 * i + (1.2 if i == 2 else 0)
    above = f"$Z^{{{layer}}} = A^{{{('0', '1', 'L-1')[i]}}} W^{{{layer}}} + b^{{{layer}}}$"
    ax.text(place, 1, f"forward {layer}", ha="center", va="center", bbox=box | {"edgecolor": "C0"})
    ax.text(place, -1, f"back {layer}", ha="center", va="center", bbox=box | {"edgecolor": "C1"})
    arrow(ax, (place, 1), (place, -1), "C2", shrink=16)
    before = ("0", "1", "L-1")[i]
    ax.text(place + 0.08, 0, f"$A^{{{before}}}, Z^{{{layer}}}$", va="center", color="C2")
    ax.text(place - 1.13, 1.12, f"$A^{{{before}}}$", ha="center", va="bottom", color="C0")
    arrow(ax, (place - 1.5, 1), (place - 0.35, 1), "C0", shrink=8)
    arrow(ax, (place + 1.5, -1), (place + 0.35, -1), "C1", shrink=8)
    ax.text(place + 1.1, -0.88, f"$dA^{{{layer}}}$", ha="center", va="bottom", color="C1")
    arrow(ax, (place, -1), (place, -2), "C1", shrink=16)
    ax.text(place, -2.0, f"$dW^{{{layer}}}, db^{{{layer}}}$", ha="center", va="center", color="C1")
arrow(ax, (5.95, 1), (7.1, 1), "C0", shrink=8)
ax.text(7.05, 1, r"$A^L = \hat{y}$", va="center", color="C0")
for height in (1, -1):
    ax.text(3.9, height, "...", ha="center", va="center", bbox={"facecolor": "none", "edgecolor": "none"})
_ = ax.set(xlim=(-1.7, 8.1), ylim=(-2.3, 1.7))
ax.axis("off")
plt.show()

# %%
# Relative difference of a numerical and a computed gradient against the step: two-sided differences are best
# near 1e-5, one-sided ones are worse by far, and a planted bug stays near one whatever the step.
fig, ax = plt.subplots()
rng = np.random.default_rng(0)
x, y, v = rng.normal(size=(6, 3)), rng.normal(size=(6, 2)), rng.normal(size=(4, 2))


def cost_of(theta):
    z, _back = dense(x, theta.reshape(3, 4), np.zeros(4))
    return np.sum(squared_error(y.ravel(), (tanh(z) @ v).ravel())) / 2


def gradient_of(theta, slope):
    z, back = dense(x, theta.reshape(3, 4), np.zeros(4))
    dp = squared_error_grad(y.ravel(), (tanh(z) @ v).ravel()).reshape(6, 2) / 2
    return back(dp @ v.T * slope(z))[1].ravel()


theta, steps, unit = rng.normal(size=12), np.logspace(-12, 0, 49), np.eye(12)
two_sided = [numerical_gradient(cost_of, theta, h) for h in steps]
one_sided = [[(cost_of(theta + h * u) - cost_of(theta)) / h for u in unit] for h in steps]
right, wrong = gradient_of(theta, tanh_grad), gradient_of(theta, np.ones_like)
for name, numerical, g in [
    ("two-sided", two_sided, right),
    ("one-sided", one_sided, right),
    ("two-sided, slope of tanh forgotten", two_sided, wrong),
]:
    ax.loglog(steps, [gradient_difference(g, n) for n in numerical], label=name)
for threshold in (1e-7, 1e-5, 1e-3):
    ax.axhline(threshold, color="0.5", linestyle=":", linewidth=0.8)
_ = ax.set(xlabel=r"step $\epsilon$", ylabel="relative difference")
ax.legend(fontsize=8, loc="lower left", bbox_to_anchor=(0, 1.0), ncols=3)
plt.show()
