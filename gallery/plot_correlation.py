"""
What a correlation sees
=======================

Pearson's coefficient measures how close the points lie to a line, Spearman's whether one quantity rises with
the other. Neither sees a curve that turns around. A matrix of them gives a first look at a table.
"""

import matplotlib.pyplot as plt
import numpy as np

from cheatsheet.metrics import correlation_matrix, pearson_correlation, spearman_correlation

# %%
# Pearson correlation of six point clouds: the parabola has r = 0, and one outlier makes a high r by itself.
rng = np.random.default_rng(0)
x, e = rng.normal(size=(2, 60))
grid = np.arange(-15, 16) / 5
clouds = {
    "close to a line": (x, x + 0.3 * e),
    "loosely": (x, x + 2 * e),
    "unrelated": (x, e),
    "falling": (x, -x + 0.5 * e),
    "parabola": (grid, grid**2),
    "one outlier": (np.append(0.3 * x, 4), np.append(0.3 * e, 4)),
}
fig, axes = plt.subplots(2, 3, figsize=(7, 4.6))
for ax, (name, (a, b)) in zip(axes.flat, clouds.items(), strict=True):
    ax.plot(a, b, "C0.", markersize=4)
    ax.set_title(f"{name}: r = {round(pearson_correlation(a, b), 2) + 0.0:.2f}")
    _ = ax.set(xticks=[], yticks=[])
plt.show()

# %%
# Spearman and Pearson correlation of four relations: only Spearman's gives 1 on every rising curve.
# An outlier moves it less, because only its rank counts; on the parabola both are 0.
rising = np.linspace(0, 5, 31)
spoiled = rising + 0.3 * rng.normal(size=31)
spoiled[0] = 40
relations = {
    "exponential": (rising, np.exp(2 * rising)),
    "saturating": (rising, np.tanh(2 * rising)),
    "line and outlier": (rising, spoiled),
    "parabola": (grid, grid**2),
}
fig, axes = plt.subplots(1, 4, figsize=(7, 2.6))
for ax, (name, (a, b)) in zip(axes, relations.items(), strict=True):
    rho, r = round(spearman_correlation(a, b), 2) + 0.0, round(pearson_correlation(a, b), 2) + 0.0
    ax.plot(a, b, "C1.", markersize=4)
    ax.set_title(f"{name}\nSpearman {rho:.2f}\nPearson {r:.2f}")
    _ = ax.set(xticks=[], yticks=[])
plt.show()

# %%
# Correlation matrix of 500 invented houses as a heat map: area goes with price, and rooms repeat area.
# To predict the price choose area and distance: strongly correlated with it and weakly with each other. The
# last feature, the direction of the garden, has no correlation with the price, although the price depends on
# its square: the matrix does not see curves.
area = rng.normal(100, 25, 500)
rooms = np.round(area / 25 + rng.normal(0, 0.5, 500))
distance = rng.gamma(3, 2, 500)
age = rng.uniform(0, 80, 500)
garden = rng.uniform(-1, 1, 500)
price = 3 * area - 14 * distance - 0.5 * age - 120 * garden**2 + rng.normal(0, 25, 500)
names = ["price", "area", "rooms", "distance", "age", "garden"]
matrix = correlation_matrix(np.column_stack([price, area, rooms, distance, age, garden]))
fig, ax = plt.subplots(figsize=(7, 4.4))
image = ax.imshow(matrix, vmin=-1, vmax=1)
for (row, column), value in np.ndenumerate(matrix.round(2) + 0.0):
    ax.text(column, row, f"{value:.2f}", ha="center", va="center", color="0" if value > 0.1 else "1")
_ = ax.set(xticks=range(6), yticks=range(6), xticklabels=names, yticklabels=names)
fig.colorbar(image, label="Pearson correlation")
plt.show()
