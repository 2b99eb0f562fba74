"""
Recurrent cells
===============

One cell is applied at every step of a sequence, with the same weights. What it remembers is its state; gates
decide what the state forgets, takes in and shows.
"""

import matplotlib.pyplot as plt
import numpy as np

from cheatsheet.recurrent import (
    bidirectional_rnn,
    gru,
    gru_cell,
    gru_cell_reset_first,
    lstm,
    lstm_cell,
    rnn,
    rnn_cell,
)


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def box(ax, x, y, text, color="C0", width=0.72, height=0.5):
    ax.add_patch(
        plt.Rectangle((x - width / 2, y - height / 2), width, height, fc=color, alpha=0.25, ec=color)
    )
    ax.text(x, y, text, ha="center", va="center")


def arrow(ax, start, end, text="", offset=(0, 0.12), **options):
    ax.annotate("", end, start, arrowprops={"arrowstyle": "->", "color": "0.5"} | options)
    middle = np.add(start, end) / 2 + offset
    ax.text(*middle, text, ha="center", va="center", fontsize=9)


# %%
# An RNN unrolled over four steps: copies of one cell with the same weights, inputs below, outputs above, the
# state handed to the right. The numbers are those of one unit with W = 1 and U = 0.5.
inputs = [1.0, 0.0, 0.0, -1.0]
h, _ = rnn(np.reshape(inputs, (1, 4, 1)), [[0.0]], [[1.0]], [[0.5]], [0.0])
state, fig_states = np.zeros((1, 1)), []
for value in inputs:  # the same, one cell at a time
    state, _ = rnn_cell([[value]], state, [[1.0]], [[0.5]], [0.0])
    fig_states.append(state[0, 0])
fig, ax = plt.subplots()
box(ax, -1.6, 0, r"$h$")
arrow(ax, (-1.6, -0.9), (-1.6, -0.27), "$W$", (0.17, 0))
arrow(ax, (-1.6, 0.27), (-1.6, 0.9), "$V$", (0.17, 0))
arrow(ax, (-1.23, 0.12), (-1.23, -0.12), "$U$", (0.5, 0), connectionstyle="arc3,rad=-2.2")
ax.text(-1.6, -1.05, "$x_t$", ha="center", va="center")
ax.text(-1.6, 1.05, r"$\hat{y}_t$", ha="center", va="center")
ax.text(-0.36, 0, "=", fontsize=16, ha="center", va="center")
for t, value in enumerate(inputs):
    box(ax, 1.5 * t + 1, 0, f"{fig_states[t]:.2f}")
    arrow(ax, (1.5 * t + 1, -0.9), (1.5 * t + 1, -0.27), "$W$", (0.17, 0))
    arrow(ax, (1.5 * t + 1, 0.27), (1.5 * t + 1, 0.9), "$V$", (0.17, 0))
    arrow(ax, (1.5 * t + 0.13 - 0.25 * (t == 0), 0), (1.5 * t + 0.62, 0), "$U$")
    ax.text(1.5 * t + 1, -1.05, f"$x_{t + 1}$ = {value:g}", ha="center", va="center")
    ax.text(1.5 * t + 1, 1.05, rf"$\hat{{y}}_{t + 1}$", ha="center", va="center")
_ = ax.set(xlim=(-2.2, 6.1), ylim=(-1.25, 1.25))
ax.axis("off")
plt.show()

# %%
# Kinds of recurrent networks by what goes in and out: one output from one input, a sequence from one input,
# one output from a sequence, a label for each step, and an encoder before a decoder.
fig, axes = plt.subplots(1, 5, width_ratios=[1.2, 3, 3, 3, 4])
kinds = [
    ("one\nto one", 1, [0], [0]),
    ("one to many\n(music)", 3, [0], [0, 1, 2]),
    ("many to one\n(sentiment)", 3, [0, 1, 2], [2]),
    ("many to many,\nequal (entities)", 3, [0, 1, 2], [0, 1, 2]),
    ("many to many,\nunequal (translation)", 4, [0, 1], [2, 3]),
]
for ax, (title, steps, reads, writes) in zip(axes, kinds, strict=True):
    for t in range(steps):
        box(ax, t, 0, "", "C0" if steps < 4 or t < 2 else "C1", width=0.5, height=0.4)
        if t:
            arrow(ax, (t - 0.74, 0), (t - 0.26, 0))
        if t in reads:
            arrow(ax, (t, -0.8), (t, -0.22))
        if t in writes:
            arrow(ax, (t, 0.22), (t, 0.8))
    _ = ax.set(xlim=(-0.5, steps - 0.5), ylim=(-0.9, 0.9))
    ax.set_title(title, fontsize=8)
    ax.axis("off")
plt.show()

# %%
# The two gated cells: the old state of a GRU and the memory of an LSTM run along the top and are only scaled
# and added to. The numbers come from one unit of each.
w, u = np.array([0.5, -1.0, 2.0]).reshape(3, 1, 1), np.array([1.0, 0.5, -1.0]).reshape(3, 1, 1)
h_gru, _ = gru_cell([[1.0]], [[0.5]], w, u, np.zeros((3, 1)), [0.0])
w4, u4 = np.array([0.5, 2.0, 1.0, 0.0]).reshape(4, 1, 1), np.array([1.0, 0.5, -1.0, 1.0]).reshape(4, 1, 1)
h_lstm, c_lstm, _ = lstm_cell([[1.0]], [[0.2]], [[0.5]], w4, u4, np.zeros((4, 1)))
fig, (left, right) = plt.subplots(1, 2)
for ax, old, new in [
    (left, "h = 0.50", f"h' = {h_gru[0, 0]:.2f}"),
    (right, "c = 0.50", f"c' = {c_lstm[0, 0]:.2f}"),
]:
    arrow(ax, (-0.1, 2), (4.9, 2), color="C1", lw=2)
    ax.text(-0.2, 2, old, ha="right", va="center")
    ax.text(5.0, 2, new, ha="left", va="center")
gates_gru = [(0.7, "r"), (1.9, "z"), (3.1, r"$\tilde{h}$")]
gates_lstm = [(0.7, "f"), (1.9, "i"), (2.7, "g"), (4.0, "o")]
values = sigmoid(w[:2, 0, 0] + 0.5 * u[:2, 0, 0])
values = [*values, np.tanh(2.0 + values[0] * -0.5)]
for (x, name), value in zip(gates_gru, values, strict=True):
    box(left, x, 0.4, f"{name}\n{value:.2f}", "C2" if name.startswith("$") else "C0", width=0.8, height=0.8)
z = w4[:, 0, 0] + 0.2 * u4[:, 0, 0]
order = [sigmoid(z[1]), sigmoid(z[0]), np.tanh(z[2]), sigmoid(z[3])]
for (x, name), value in zip(gates_lstm, order, strict=True):
    box(right, x, 0.4, f"{name}\n{value:.2f}", "C2" if name == "g" else "C0", width=0.7, height=0.8)
for ax, x, y, sign in [
    (left, 1.9, 2, "×"),
    (left, 3.1, 2, "+"),
    (right, 0.7, 2, "×"),
    (right, 2.3, 2, "+"),
    (right, 2.3, 1.3, "×"),
    (right, 4.0, 1.3, "×"),
    (left, 3.1, 1.3, "×"),
]:
    ax.text(
        x,
        y,
        sign,
        ha="center",
        va="center",
        bbox={"boxstyle": "circle,pad=0.15", "fc": "0.9", "ec": "0.5"},
        color="black",
    )
arrow(left, (1.8, 0.82), (1.88, 1.8), "z", (-0.2, 0))
arrow(left, (2.1, 0.82), (2.9, 1.22), "1 − z", (-0.14, 0.29))
arrow(left, (3.1, 0.82), (3.1, 1.12))
arrow(left, (3.1, 1.48), (3.1, 1.8))
arrow(
    left,
    (0.7, 0.0),
    (2.75, 0.0),
    "r scales the old state inside",
    (0.3, -0.2),
    connectionstyle="arc3,rad=0.25",
)
arrow(right, (0.7, 0.82), (0.7, 1.8))
arrow(right, (1.9, 0.82), (2.2, 1.15))
arrow(right, (2.7, 0.82), (2.4, 1.15))
arrow(right, (2.3, 1.48), (2.3, 1.8))
arrow(right, (4.0, 0.82), (4.0, 1.1))
arrow(right, (4.0, 1.9), (4.0, 1.5), "tanh", (0.42, 0))
arrow(right, (4.2, 1.3), (4.9, 1.3))
right.text(5.0, 1.3, f"h' = {h_lstm[0, 0]:.2f}", ha="left", va="center")
left.set(title="GRU", xlim=(-1.3, 6.2), ylim=(-0.6, 2.4))
_ = right.set(title="LSTM", xlim=(-1.3, 6.2), ylim=(-0.6, 2.4))
for ax in (left, right):
    ax.axis("off")
plt.show()

# %%
# Write, keep, read: an LSTM unit whose gates obey two marks. The input gate opens at the first mark, the
# memory holds what came in, and the output gate shows it at the second.
rng = np.random.default_rng(0)
steps = 24
signal = np.sin(np.arange(steps))
write, read = np.zeros(steps), np.zeros(steps)
write[[3, 13]], read[[9, 10, 20, 21]] = 1, 1
x = np.stack([signal, write, read], axis=-1)[None]
w = np.zeros((4, 3, 1))
w[0, 1], w[1, 1], w[2, 0], w[3, 2] = 16, -16, 2, 16  # write opens the input gate and closes the forget gate
b = np.array([[-8.0], [8.0], [0.0], [-8.0]])
h, c, _ = lstm(x, [[0.0]], [[0.0]], w, np.zeros((4, 1, 1)), b)
fig, (top, bottom) = plt.subplots(2, 1, sharex=True, figsize=(7, 4))
for name, gate in [("input gate", 0), ("forget gate", 1), ("output gate", 3)]:
    top.step(np.arange(steps), sigmoid(x[0] @ w[gate] + b[gate])[:, 0], where="mid", label=name)
bottom.step(np.arange(steps), signal, where="mid", color="0.5", linewidth=1, label="input")
bottom.step(np.arange(steps), c[0, :, 0], where="mid", color="C3", label="memory c")
bottom.step(np.arange(steps), h[0, :, 0], where="mid", color="C4", label="state h")
top.set(ylabel="gate", ylim=(-0.05, 1.05))
_ = bottom.set(xlabel="step", ylabel="value")
for ax in (top, bottom):
    ax.legend(loc="center left", bbox_to_anchor=(1, 0.5))
plt.show()

# %%
# What a memory of one number looks like after an impulse: the plain network forgets in a few steps, a GRU
# holds it as long as its update gate is near 1.
steps = 40
impulse = np.zeros((1, steps, 1))
impulse[0, 0] = 1.0
fig, ax = plt.subplots()
for recurrence in (0.5, 0.9, 1.2):
    h, _ = rnn(impulse, [[0.0]], [[1.0]], [[recurrence]], [0.0])
    ax.plot(np.arange(1, steps + 1), h[0, :, 0], "--", label=f"RNN, U = {recurrence}")
w = np.array([0.0, -20.0, 1.0]).reshape(3, 1, 1)
for bias in (2.0, 4.0, 6.0):
    h, _ = gru(impulse, [[0.0]], w, np.zeros((3, 1, 1)), [[0.0], [bias], [0.0]], [0.0])
    ax.plot(np.arange(1, steps + 1), h[0, :, 0], label=f"GRU, z = {sigmoid(bias):.3f}")
_ = ax.set(xlabel="step", ylabel="state", ylim=(0, 1))
ax.legend(loc="center left", bbox_to_anchor=(1, 0.5))
plt.show()

# %%
# The two forms of the GRU for the same weights: the new state of two units whose reset gates open in
# opposite directions. Where one gate is open and the other closed, reset before and after differ.
bias = np.linspace(-6, 6, 121)
x, h = np.array([[0.5]]), np.array([[0.8, -0.6]])
rng = np.random.default_rng(2)
w, u = rng.normal(size=(3, 1, 2)), 1.5 * rng.normal(size=(3, 2, 2))
after, before = [], []
for value in bias:
    b = np.array([[value, -value], [0.0, 0.0], [0.0, 0.0]])
    after.append(gru_cell(x, h, w, u, b, np.zeros(2))[0][0])
    before.append(gru_cell_reset_first(x, h, w, u, b)[0][0])
fig, ax = plt.subplots()
for unit in range(2):
    ax.plot(bias, np.array(after)[:, unit], color=f"C{unit}", label=f"unit {unit + 1}, reset after (PyTorch)")
    ax.plot(
        bias,
        np.array(before)[:, unit],
        "--",
        color=f"C{unit}",
        label=f"unit {unit + 1}, reset before (paper)",
    )
_ = ax.set(xlabel="bias of the reset gate (unit 2: its negative)", ylabel="new state")
ax.legend(fontsize=8)
plt.show()

# %%
# Which inputs a state knows: size of the derivative of each state by each input. The network that reads
# forth knows the past, the one that reads back knows the future.
steps = 16
rng = np.random.default_rng(0)
x = rng.normal(size=(1, steps, 1))
w, u, b = np.ones((2, 1, 1)), np.full((2, 1, 1), 0.9), np.zeros((2, 1))
x = np.repeat(x, steps, axis=0)  # one copy for each state that is differentiated
_, _, backward = bidirectional_rnn(0.3 * x, np.zeros((2, steps, 1)), w, u, b)
pick, none = np.eye(steps)[:, :, None], np.zeros((steps, steps, 1))
forth, back = backward(pick, none)[0][..., 0], backward(none, pick)[0][..., 0]
fig, axes = plt.subplots(1, 3, sharey=True)
for ax, (name, known) in zip(axes, [("forth", forth), ("back", back), ("both", forth + back)], strict=True):
    image = ax.imshow(known, vmin=0, vmax=1, extent=(0.5, steps + 0.5, steps + 0.5, 0.5))
    _ = ax.set(title=name, xlabel="input")
_ = axes[0].set(ylabel="state")
fig.colorbar(image, ax=axes, shrink=0.7)
plt.show()
