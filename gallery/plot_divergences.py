"""
Distances between distributions
===============================

How far is one distribution from another? The Kullback-Leibler divergence depends on the order, the
Jensen-Shannon divergence does not, and only the Wasserstein distance knows how far apart the values are.
"""

import matplotlib.pyplot as plt
import numpy as np

from cheatsheet.losses import (
    js_divergence,
    js_divergence_grad,
    kl_divergence,
    kl_divergence_grad,
    wasserstein_1d,
    wasserstein_1d_grad,
)

# %%
# Kullback-Leibler divergence in both orders and Jensen-Shannon divergence between the coins p = (0.3, 0.7)
# and q, and slopes: all are 0 at q = p, only KL(p, q) is infinite at both ends. The slopes are taken along
# the line of coins.
p = np.array([0.3, 0.7])
heads = np.linspace(0.005, 0.995, 199)
coins = np.stack([heads, 1 - heads], axis=1)
along = np.array([1, -1])
fig, (left, right) = plt.subplots(1, 2)
left.plot(heads, [kl_divergence(p, q) for q in coins], label=r"KL$(p\,\Vert\,q)$")
left.plot(heads, [kl_divergence(q, p) for q in coins], "--", label=r"KL$(q\,\Vert\,p)$")
left.plot(heads, [js_divergence(p, q) for q in coins], "-.", label="JS$(p, q)$")
right.plot(heads, [kl_divergence_grad(p, q) @ along for q in coins], label=r"KL$(p\,\Vert\,q)$")
right.plot(heads, [js_divergence_grad(p, q) @ along for q in coins], "-.", color="C2", label="JS$(p, q)$")
right.axhline(0, color="0.5", linewidth=0.8)
left.set(xlabel="$q_1$", ylabel="divergence (nats)", ylim=(0, 1.6))
right.set(xlabel="$q_1$", ylabel="slope in $q_1$", ylim=(-5, 5))
left.legend(loc="upper center")
right.legend(loc="upper left")
plt.show()

# %%
# A sample moved to the right by a shift: the Wasserstein distance grows with the shift, the Jensen-Shannon
# divergence of the histograms stops at log 2 = 0.69 once they no longer overlap.
rng = np.random.default_rng(0)
sample = rng.uniform(0, 1, 200)
shifts = np.linspace(0, 3, 61)
edges = np.linspace(0, 4, 41)


def histogram(x):
    return np.histogram(x, edges)[0] / x.size


fig, ax = plt.subplots()
ax.plot(shifts, [wasserstein_1d(sample, sample + shift) for shift in shifts], label="Wasserstein distance")
ax.plot(
    shifts,
    [js_divergence(histogram(sample), histogram(sample + shift)) for shift in shifts],
    "--",
    label="Jensen-Shannon divergence (nats)",
)
ax.set(xlabel="shift", ylabel="distance or divergence")
ax.legend()
plt.show()

# %%
# Eight predicted and eight observed values, matched by rank with lines: arrows show the negative gradient of
# the Wasserstein distance, the same force for every prediction.
observed = np.sort(rng.normal(0, 1, 8))
predicted = np.sort(rng.normal(1, 0.6, 8))
step = -8 * wasserstein_1d_grad(observed, predicted)
fig, ax = plt.subplots()
ax.plot(np.stack([predicted, observed]), np.array([[1], [0]]), color="0.5", linewidth=0.8)
ax.plot(predicted, np.ones(8), "o")
ax.plot(observed, np.zeros(8), "s")
ax.quiver(predicted, np.full(8, 1.15), step, np.zeros(8), color="C0", scale=20, width=0.004)
ax.set(xlabel="value", ylim=(-0.2, 1.4), title=f"$W_1$ = {wasserstein_1d(observed, predicted):.2f}")
ax.set_yticks([0, 1], ["observed", "predicted"])
plt.show()
