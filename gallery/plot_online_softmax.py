"""
Softmax in one pass
===================

FlashAttention never stores the scores of a whole row. Block by block it keeps the largest score, the sum of
the exponentials and the weighted sum of the values, and rescales them when a larger score comes.
"""

import matplotlib.pyplot as plt
import numpy as np

from cheatsheet.activations import softmax
from cheatsheet.attention import online_softmax

# %%
# Running maximum, sum and mean over 24 blocks of 8 scores: where a larger score comes, the sum drops to its
# new scale. At the end the mean is that of the softmax over all scores, the dotted line.
rng = np.random.default_rng(0)
blocks = 24
z = rng.normal(size=(1, blocks * 8)) + np.linspace(0, 3, blocks * 8)
v = np.cumsum(rng.normal(size=(blocks * 8, 1)), axis=0) / 5
state, tops, totals, means = None, [], [], []
for i in range(blocks):
    part = slice(8 * i, 8 * i + 8)
    y, state = online_softmax(z[:, part], v[part], state)
    tops.append(state[0][0])
    totals.append(state[1][0])
    means.append(y[0, 0])
fig, (first, second, third) = plt.subplots(3, 1, sharex=True, figsize=(7, 5))
first.plot(np.arange(blocks * 8) / 8 + 0.5, z[0], ".", color="0.5", markersize=3)
first.step(np.arange(1, blocks + 1), tops, where="mid")
first.set(ylabel="scores and\nmaximum")
second.step(np.arange(1, blocks + 1), totals, where="mid", color="C1")
second.set(ylabel="sum of\nexponentials")
third.plot(np.arange(1, blocks + 1), means, "o-", color="C2", markersize=4)
third.axhline((softmax(z[0]) @ v).item(), color="0.5", linestyle=":")
_ = third.set(ylabel="mean so far", xlabel="block")
plt.show()
