"""
Who looks at whom
=================

A query is compared with every key; the better a key fits, the more of its value comes through. Biases on the
comparison say who may look at whom.
"""

import matplotlib.pyplot as plt
import numpy as np

from cheatsheet.attention import (
    additive_attention,
    alibi_bias,
    causal_bias,
    grouped_query_attention,
    kv_cache_step,
    multi_head_attention,
    scaled_dot_product_attention,
)

# %%
# Attention weights of a toy task, turning "3 May 2024" into "2024-05-03": the month's digits look at all
# letters of its name, each other digit at one character. Left as edges, right as a map.
source, target = list("3 May 2024"), list("2024-05-03")
looks_at = [[6], [7], [8], [9], [1, 5], [2, 3, 4], [2, 3, 4], [1, 5], [0, 1], [0]]
k = np.eye(len(source))  # keys that tell the position
q = np.zeros((len(target), len(source)))
for row, places in zip(q, looks_at, strict=True):
    row[places] = 1
weights, _ = scaled_dot_product_attention(12 * q, k, np.eye(len(source)))  # values that show the weights
fig, (left, right) = plt.subplots(1, 2)
for i, row in enumerate(weights):
    for j, weight in enumerate(row):
        left.plot([j, i], [0, 1], color="C0", linewidth=2.5, alpha=float(weight))
for row, letters in enumerate((source, target)):
    for place, letter in enumerate(letters):
        left.text(place, row * 1.16 - 0.08, letter, ha="center", va="center")
left.axis("off")
image = right.imshow(weights, vmin=0, vmax=1)
right.set_xticks(range(len(source)), source)
_ = right.set_yticks(range(len(target)), target)
_ = right.set(xlabel="source", ylabel="target")
fig.colorbar(image, shrink=0.8, label="weight")
plt.show()

# %%
# Additive attention as in the first attention models: the score of a query and a key is a small network, here
# one that is largest where both numbers agree. Darker is less weight.
places = np.linspace(-2, 2, 41)[:, None]
q, k = np.hstack([places, np.ones((41, 1))]), np.hstack([places, np.ones((41, 1))])
w = np.array([[3.0, 3.0], [1.5, -1.5]])  # tanh(3 (q - k) + 1.5) - tanh(3 (q - k) - 1.5) is a bump
u = np.array([[-3.0, -3.0], [0.0, 0.0]])
fig, (left, right) = plt.subplots(1, 2)
for strength, ax in ((1.0, left), (3.0, right)):
    mean, backward = additive_attention(q, k, w, u, np.array([strength, -strength]))
    scores = strength * np.tanh((q @ w)[:, None] + (k @ u)) @ [1, -1]
    weights = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    image = ax.imshow(weights, extent=(-2, 2, 2, -2), vmin=0)
    ax.plot(mean[:, 0], places[:, 0], color="C1")
    ax.text(mean[-8, 0] - 0.1, places[-8, 0], "mean", color="C1", ha="right")
    _ = ax.set(xlabel="key", ylabel="query", title=f"v = ({strength:g}, {-strength:g})")
    fig.colorbar(image, ax=ax, shrink=0.8, label="weight")
plt.show()

# %%
# Why the scores are divided by the root of d: the largest of 16 weights for random queries and keys. Without
# the root it goes to 1 with growing d, and the softmax has no gradient left.
rng = np.random.default_rng(0)
sizes = 2 ** np.arange(1, 10)
largest = {"with the root": [], "without": []}
for d in sizes:
    q, k = rng.normal(size=(100, 1, d)), rng.normal(size=(100, 16, d))
    for name, factor in (("with the root", 1.0), ("without", np.sqrt(d))):
        weights, _ = scaled_dot_product_attention(factor * q, k, np.broadcast_to(np.eye(16), (100, 16, 16)))
        largest[name].append(weights.max(axis=-1).mean())
fig, ax = plt.subplots()
for name, values in largest.items():
    ax.semilogx(sizes, values, "o-", base=2, label=name)
_ = ax.set(xlabel="width of queries and keys, d", ylabel="largest weight, mean", ylim=(0, 1.05))
ax.legend()
plt.show()

# %%
# Biases on the scores: the causal bias forbids later keys, for as many queries as keys and for two new
# queries after cached keys. ALiBi lowers distant ones, in each head with another slope.
fig, axes = plt.subplots(1, 4, width_ratios=[1, 1, 1, 1.25])
steps = 12
causal, late, alibi = causal_bias(steps, steps), causal_bias(2, steps), alibi_bias(8, steps, steps)
pictures = [
    ("causal", np.isfinite(causal).astype(float)),
    ("causal, 2 new queries", np.isfinite(late).astype(float)),
    ("ALiBi, head 1 of 8", np.where(np.isfinite(causal), alibi[0], np.nan)),
    ("ALiBi, head 4 of 8", np.where(np.isfinite(causal), alibi[3], np.nan)),
]
for ax, (title, picture) in zip(axes, pictures, strict=True):
    low, high = (0, 1) if title.startswith("causal") else (-6, 0)
    image = ax.imshow(picture, vmin=low, vmax=high)
    ax.set_title(title, fontsize=8)
    _ = ax.set(xlabel="key", xticks=[], yticks=[])
_ = axes[0].set(ylabel="query")
fig.colorbar(image, ax=axes[-1], shrink=0.6, label="bias")
plt.show()

# %%
# Four heads over the same sequence look at different things: at the position itself, at the one before, at
# the first, and at all alike. With the identity as source and values, the output is the weights.
steps = 10
x = np.eye(steps)
before = np.eye(steps, k=-1) + np.outer(x[0], x[0])
first = np.outer(np.ones(steps), x[0])
w_q = 12 * np.stack([x, before, first, 0 * x])
w_k = w_v = np.broadcast_to(x, (4, steps, steps))
fig, axes = plt.subplots(1, 4, sharey=True)
for head, (ax, name) in enumerate(zip(axes, ["itself", "the one before", "the first", "all"], strict=True)):
    w_o = np.zeros((4, steps, steps))
    w_o[head] = x  # one head at a time
    weights, _ = multi_head_attention(x, x, w_q, w_k, w_v, w_o, causal_bias(steps, steps))
    ax.imshow(weights, vmin=0, vmax=1)
    _ = ax.set(title=name, xlabel="key")
_ = axes[0].set(ylabel="query")
plt.show()

# %%
# What a cache of keys and values costs: numbers kept for one layer with 32 query heads of width 128 while a
# text is written, with 32 key heads, with 8, and with a single one.
fig, ax = plt.subplots()
for groups in (32, 8, 1):
    keys = values = np.zeros((groups, 0, 128))
    q, new = np.zeros((groups, 128)), np.zeros((groups, 128))
    kept = []
    for _step in range(40):
        _, keys, values = kv_cache_step(q, new, new, keys, values)
        kept.append(keys.size + values.size)
    heads = np.zeros((groups, 32 // groups, 1, 128))
    y, _ = grouped_query_attention(heads, keys, values)  # the same shape whatever the number of groups
    ax.plot(
        np.arange(1, 41), np.array(kept) / 1000, label=f"{groups} key heads for {y.size // 128} query heads"
    )
_ = ax.set(xlabel="positions", ylabel="cached numbers (thousands)")
ax.legend()
plt.show()

# %%
# Step by step with a cache, or all positions at once with the causal bias: the same outputs. Points are
# steps, lines the whole sequence.
rng = np.random.default_rng(1)
q, k = rng.normal(size=(2, 30, 4))
v = np.cumsum(rng.normal(size=(30, 2)), axis=0)
whole, _ = scaled_dot_product_attention(q, k, v, causal_bias(30, 30))
keys, values, steps = np.zeros((0, 4)), np.zeros((0, 2)), []
for t in range(30):
    y, keys, values = kv_cache_step(q[t], k[t], v[t], keys, values)
    steps.append(y)
fig, ax = plt.subplots()
for column in range(2):
    ax.plot(whole[:, column], color=f"C{column}", label=f"all at once, feature {column + 1}")
    ax.plot(np.array(steps)[:, column], "o", color=f"C{column}", markersize=4, label="step by step")
_ = ax.set(xlabel="position", ylabel="output")
ax.legend(loc="center left", bbox_to_anchor=(1, 0.5))
plt.show()
