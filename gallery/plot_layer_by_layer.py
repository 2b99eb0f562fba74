"""
Steps for whole layers
======================

Some optimizers look at a weight matrix as a whole: at its norm, its rows and columns, its singular values.
Lion drops sizes altogether.
"""

import matplotlib.pyplot as plt
import numpy as np

from cheatsheet.optimizers import adafactor, adam, lamb, lion, muon, newton_schulz

rng = np.random.default_rng(0)
gradient = rng.normal(size=(6, 10)) * np.logspace(0, -2, 6)[:, None]  # rows of very different sizes
weights = rng.normal(size=(6, 10))

# %%
# The first step of five optimizers for one weight matrix, rows differing a hundredfold: Adam and Lion keep
# signs, LAMB scales them, Adafactor keeps patterns within a row, Muon makes all singular values equal.
# Yellow is up, blue is down; each panel has its own scale.
fig, axes = plt.subplots(1, 6, figsize=(7, 2.2), sharex=True, sharey=True)
panels = [("gradient", -gradient)]
for name, optimizer in [
    ("Adam", adam),
    ("Lion", lion),
    ("LAMB", lamb),
    ("Adafactor", adafactor),
    ("Muon", muon),
]:
    panels.append((name, optimizer(weights, gradient)[0] - weights))
for ax, (name, step) in zip(axes, panels, strict=True):
    ax.imshow(step, cmap="cividis", vmin=-np.abs(step).max(), vmax=np.abs(step).max())
    _ = ax.set(title=name, xticks=[], yticks=[])
plt.show()

# %%
# Newton-Schulz pushes the singular values of a matrix towards 1 iteration by iteration: after five, all
# above a hundredth of the norm lie between 0.7 and 1.2. The right panel is the polynomial after one, three
# and five iterations.
fig, (left, right) = plt.subplots(1, 2)
matrix = rng.normal(size=(8, 8)) @ np.diag(np.logspace(0, -2, 8))
iterations = np.arange(1, 8)
values = [np.linalg.svd(newton_schulz(matrix, steps=int(k)), compute_uv=False) for k in iterations]
left.plot(iterations, values, "o-", color="C0", linewidth=1, markersize=3)
left.axhline(1, color="0.5", linestyle=":")
_ = left.set(xlabel="iteration", ylabel="singular values", ylim=(0, 1.4))
s = np.linspace(0, 1, 120)
for k in (1, 3, 5):
    values = [newton_schulz(np.diag([x, np.sqrt(1 - x**2)]), steps=k)[0, 0] for x in s]
    right.plot(s, values, label=f"after {k}")
_ = right.set(xlabel="singular value over norm", ylabel="afterwards", ylim=(0, 1.4))
right.legend(loc="lower right")
plt.show()

# %%
# Steps of Lion and Adam for a gradient that shrinks from 1 to 0.001: Lion always moves by its rate, Adam's
# steps fade as its divisor forgets slowly.
fig, ax = plt.subplots()
sizes = np.logspace(0, -3, 100)
for name, optimizer, options in [("Lion", lion, {}), ("Adam", adam, {"b2": 0.99})]:
    w, state, path = 0.0, None, [0.0]
    for g in sizes:
        w, state = optimizer(w, g, state, lr=0.01, **options)
        path.append(w)
    ax.plot(np.arange(1, 101), np.abs(np.diff(path)), label=name)
_ = ax.set(xlabel="step", ylabel="length of the step", ylim=(0, 0.013))
ax.legend()
plt.show()
