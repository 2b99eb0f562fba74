"""
Constraints and pruning
=======================

Instead of a penalty in the loss, a rule after each step: no unit's weights may be longer than a limit. And
after training: what is small may go.
"""

import matplotlib.pyplot as plt
import numpy as np

from cheatsheet.regularization import max_norm, prune_by_magnitude

# %%
# The weights of forty units with two inputs before and after the max-norm constraint: those outside the
# circle move straight onto it, the others stay.
rng = np.random.default_rng(0)
w = rng.normal(size=(2, 40))
short = max_norm(w, limit=1.0)
angle = np.linspace(0, 2 * np.pi, 100)
fig, ax = plt.subplots(figsize=(7, 3.6))
ax.plot(np.cos(angle), np.sin(angle), color="0.5", linewidth=0.8)
ax.plot([w[0], short[0]], [w[1], short[1]], color="0.5", linewidth=0.6)
ax.plot(*w, "o", markersize=4, label="after the step")
ax.plot(*short, "o", markersize=4, label="after max-norm")
_ = ax.set(xlabel=r"$w_1$", ylabel=r"$w_2$", aspect="equal")
ax.legend(loc="center left", bbox_to_anchor=(1, 0.5))
plt.show()

# %%
# Weights of a regression before and after pruning 70 %, and its error against the pruned share: most weights
# can go before the error on new data rises.
x, x_new = rng.normal(size=(300, 100)), rng.normal(size=(500, 100))
truth = rng.normal(size=100) * (rng.random(100) < 0.25)
y, y_new = x @ truth + rng.normal(size=300), x_new @ truth + rng.normal(size=500)
found = np.linalg.lstsq(x, y)[0][:, None]
shares = np.linspace(0, 1, 41)
error = [np.mean((y_new - x_new @ prune_by_magnitude(found, share)[:, 0]) ** 2) for share in shares]
fig, (left, right) = plt.subplots(1, 2)
pruned = prune_by_magnitude(found, 0.7)
left.hist(found[:, 0], bins=np.linspace(-2.5, 2.5, 41), label="all weights")
left.hist(pruned[pruned != 0], bins=np.linspace(-2.5, 2.5, 41), label="kept")
right.plot(shares, error)
_ = left.set(xlabel="weight", ylabel="weights")
_ = right.set(xlabel="share that is pruned", ylabel="error on new data", ylim=(0, 5))
left.legend()
plt.show()
