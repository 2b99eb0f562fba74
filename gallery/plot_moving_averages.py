"""
Moving averages
===============

An exponentially weighted average needs one number of memory. The same few lines smooth a curve, drive
momentum and Adam, and calm the last weights of a training.
"""

import matplotlib.pyplot as plt
import numpy as np

from cheatsheet.optimizers import gradient_descent
from cheatsheet.training import average_weights, moving_average

# %%
# A noisy daily series and its averages with beta 0.5, 0.9 and 0.98: the larger beta, the smoother and the
# later. The dashed line is 0.98 without bias correction, which starts at zero and takes months to catch up.
rng = np.random.default_rng(0)
days = np.arange(200)
series = 15 - 10 * np.cos(2 * np.pi * days / 365) + 3 * rng.normal(size=200)
fig, ax = plt.subplots()
ax.plot(days, series, ".", color="0.5", markersize=3)
for beta in (0.5, 0.9, 0.98):
    averages, raw, state = [], [], None
    for value in series:
        average, state = moving_average(value, state, beta)
        averages.append(average)
        raw.append(state[0])
    ax.plot(days, averages, label=rf"$\beta$ = {beta}")
ax.plot(days, raw, "--", color="C2", label="0.98, not corrected")
_ = ax.set(xlabel="day", ylabel="value")
ax.legend()
plt.show()

# %%
# Weights under noisy gradients and their moving average: the weights jump around the minimum at (0, 0), the
# average stays near it.
fig, ax = plt.subplots(figsize=(7, 4))
w, average, path, averages = np.array([2.0, 1.0]), np.array([2.0, 1.0]), [], []
for _step in range(300):
    noise = 2 * rng.normal(size=2)
    w, _state = gradient_descent(w, w * [1.0, 2.0] + noise, lr=0.15)
    average = average_weights(average, w, beta=0.97)
    path.append(w)
    averages.append(average)
ax.plot(*np.array(path).T, color="0.5", linewidth=0.6, label="weights")
ax.plot(*np.array(averages).T, color="C1", label=r"average, $\beta$ = 0.97")
ax.plot(0, 0, "o", color="C0", label="minimum")
_ = ax.set(xlabel=r"$w_1$", ylabel=r"$w_2$")
ax.legend()
plt.show()
