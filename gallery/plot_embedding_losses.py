"""
Losses for embeddings
=====================

An embedding turns an example into a point, so that alike examples are close. These figures show what the
losses for pairs, triplets and whole batches ask of the points, and where they stop pulling.
"""

import matplotlib.pyplot as plt
import numpy as np

from cheatsheet.losses import (
    contrastive,
    contrastive_grad,
    cosine_embedding,
    cosine_embedding_grad,
    cosine_similarity,
    cosine_similarity_grad,
    info_nce,
    info_nce_grad,
    triplet,
    triplet_grad,
)

# %%
# Cosine similarity of two unit vectors against their angle, with squared distance and gradient length:
# similarity falls from 1 to -1 while squared distance, 2 - 2 cos, rises from 0 to 4. The gradient is longest
# at a right angle.
degrees = np.linspace(0, 180, 181)
turned = np.stack([np.cos(np.deg2rad(degrees)), np.sin(np.deg2rad(degrees))], axis=1)
fixed = np.array([1.0, 0.0])
fig, ax = plt.subplots()
ax.plot(degrees, [cosine_similarity(fixed, v) for v in turned], label="cosine similarity")
ax.plot(degrees, np.sum((fixed - turned) ** 2, axis=1), "--", label="squared distance")
ax.plot(
    degrees,
    [np.linalg.norm(cosine_similarity_grad(fixed, v)[0]) for v in turned],
    ":",
    label="gradient length",
)
ax.axhline(0, color="0.5", linewidth=0.8)
ax.set(xlabel="angle (degrees)", xticks=[0, 45, 90, 135, 180])
ax.legend()
plt.show()

# %%
# Cosine embedding loss of one pair against its angle and the length of its gradient: a similar pair pays
# until it is parallel, a dissimilar pair only while its cosine is above the margin.
fig, (left, right) = plt.subplots(1, 2)
for label, margin, style, name in [
    (1, 0.0, "-", "similar"),
    (-1, 0.0, "--", "dissimilar, margin 0"),
    (-1, 0.5, ":", "dissimilar, margin 0.5"),
]:
    pairs = [([label], fixed[None], v[None], margin) for v in turned]
    left.plot(degrees, [cosine_embedding(*pair) for pair in pairs], style, label=name)
    right.plot(
        degrees, [np.linalg.norm(cosine_embedding_grad(*pair)[0]) for pair in pairs], style, label=name
    )
left.set(xlabel="angle (degrees)", ylabel="loss", xticks=[0, 60, 120, 180], ylim=(-0.05, 3))
right.set(xlabel="angle (degrees)", ylabel="gradient length", xticks=[0, 60, 120, 180])
left.legend()
plt.show()

# %%
# Contrastive loss of one pair against its distance, and its slope: a similar pair is pulled together like a
# spring, a dissimilar pair is pushed apart until its distance reaches the margin 1.
distances = np.linspace(0.005, 1.6, 200)
fig, (left, right) = plt.subplots(1, 2)
for label, style, name in [(1, "-", "similar"), (0, "--", "dissimilar")]:
    pairs = [([label], [[0.0, 0.0]], [[r, 0.0]]) for r in distances]
    left.plot(distances, [contrastive(*pair) for pair in pairs], style, label=name)
    right.plot(distances, [contrastive_grad(*pair)[1][0, 0] for pair in pairs], style, label=name)
right.axhline(0, color="0.5", linewidth=0.8)
left.set(xlabel="distance", ylabel="loss")
right.set(xlabel="distance", ylabel="slope of the loss")
left.legend()
plt.show()

# %%
# Triplet loss over the place of the negative, anchor at 0, positive at distance 1, margin 0.8: hard inside
# the inner circle, semi-hard between the circles, easy outside, without loss and gradient. The arrows point
# downhill: away from the anchor.
anchor, positive, margin = np.array([[0.0, 0.0]]), np.array([[1.0, 0.0]]), 0.8
axis = np.linspace(-2, 2, 81)
loss = [[triplet(anchor, positive, [[x, y]], margin) for x in axis] for y in axis]
angles = np.linspace(0, 2 * np.pi, 120)
places = np.array(
    [[r * np.cos(a), r * np.sin(a)] for r in (0.5, 1.17, 1.7) for a in np.arange(0.4, 6.2, np.pi / 4)]
)
downhill = np.array([-triplet_grad(anchor, positive, place[None], margin)[2][0] for place in places])
fig, ax = plt.subplots(figsize=(7, 4.6))
filled = ax.contourf(axis, axis, loss, levels=[0, 0.8, 1.2, 1.6, 1.81], cmap="cividis", alpha=0.5)
for radius, style in [(1, "-"), (np.sqrt(1 + margin), "--")]:
    ax.plot(radius * np.cos(angles), radius * np.sin(angles), style, color="0.5", linewidth=1)
moving = np.any(downhill != 0, axis=1)
ax.quiver(*places[moving].T, *downhill[moving].T, color="C1", scale=28, width=0.006)
for name, height in [("hard", 0.62), ("semi-hard", 1.15), ("easy", 1.6)]:
    ax.text(0, height, name, ha="center", va="center")
ax.plot(*places[~moving].T, ".", color="C1")
ax.plot(*anchor.T, "o", color="C0", label="anchor")
ax.plot(*positive.T, "s", color="C2", label="positive")
ax.set(xlabel="first coordinate of the negative", ylabel="second coordinate", aspect="equal")
fig.colorbar(filled, label="loss")
ax.legend(loc="upper left")
plt.show()

# %%
# InfoNCE loss of one query against the similarity of its own key among four, and the gradients of the keys
# along the query: at a low temperature the hardest negative dominates. The gradients are multiplied by the
# temperature.
others = np.array([0.6, 0.3, -0.2])
similarities = np.linspace(-0.5, 1, 151)


def batch(similarity, n=4):
    """Queries and keys whose first row has the wanted similarities and whose other rows fit perfectly."""
    queries, keys = np.eye(n, n + 1), np.eye(n, n + 1)
    queries[1:, 1:n] *= 20
    keys[:, 0] = [similarity, *others]
    return queries, keys


fig, (left, right) = plt.subplots(1, 2)
for temperature, style, offset in [(0.07, "-", -0.25), (0.2, "--", 0), (1.0, ":", 0.25)]:
    losses = [4 * info_nce(*batch(s), temperature) for s in similarities]
    left.plot(similarities, losses, style, label=rf"$\tau$ = {temperature}")
    dkeys = info_nce_grad(*batch(0.5), temperature)[1]
    right.bar(np.arange(4) + offset, 4 * temperature * dkeys[:, 0], 0.25, label=rf"$\tau$ = {temperature}")
right.axhline(0, color="0.5", linewidth=0.8)
left.set(xlabel="similarity of query and own key", ylabel="loss of the query (nats)")
right.set(xlabel="key and its similarity", ylabel=r"$\tau \times$ gradient along the query")
right.set_xticks(range(4), ["own\n0.5", *others])
left.legend()
plt.show()
