"""
Underfitting and overfitting
============================

Polynomials fitted to a few noisy points of a sine: too few degrees of freedom miss the shape, too many follow
the noise. Training longer does to a network what more degrees do to a polynomial.
"""

import matplotlib.pyplot as plt
import numpy as np

from cheatsheet.losses import mse, mse_grad
from cheatsheet.optimizers import adam
from cheatsheet.regularization import avoidable_bias, bias_variance, early_stopping

rng = np.random.default_rng(0)


def truth(x):
    return np.sin(np.pi * x)


def sample(n, noise=0.25):
    x = rng.uniform(-1, 1, n)
    return x, truth(x) + noise * rng.normal(size=n)


def features(x, degree):
    return np.polynomial.legendre.legvander(x, degree)


x, y = sample(20)
x_new, y_new = sample(500)
grid = np.linspace(-1, 1, 200)

# %%
# The same 20 points fitted by polynomials of degree 1, 4 and 15: the line misses the curve, degree 4 follows
# it, degree 15 follows the noise and fails on new points.
fig, axes = plt.subplots(1, 3, sharey=True)
for ax, name, degree in zip(axes, ("underfit", "good fit", "overfit"), (1, 4, 15), strict=True):
    w = np.linalg.lstsq(features(x, degree), y)[0]
    train, test = mse(y, features(x, degree) @ w), mse(y_new, features(x_new, degree) @ w)
    ax.plot(grid, truth(grid), color="0.5", linestyle=":")
    ax.plot(x, y, "o", markersize=4)
    ax.plot(grid, features(grid, degree) @ w)
    _ = ax.set(title=f"{name}\ntrain {train:.3f}, test {test:.3g}", xlabel="x", ylim=(-2, 2))
_ = axes[0].set(ylabel="y")
plt.show()

# %%
# Squared bias, variance and expected error against the degree, from 200 training sets each: bias falls,
# variance rises, and their sum with the noise is smallest in between.
degrees, inputs = np.arange(0, 11), np.linspace(-1, 1, 25)
targets = truth(inputs)[:, None] + 0.5 * rng.normal(size=(25, 200))
parts = []
for degree in degrees:
    fits = features(inputs, degree) @ np.linalg.lstsq(features(inputs, degree), targets)[0]
    parts.append(bias_variance(truth(inputs), fits.T))
bias2, variance = np.array(parts).T
fig, ax = plt.subplots()
ax.semilogy(degrees, bias2, "o-", label="squared bias")
ax.semilogy(degrees, variance, "s-", label="variance")
ax.semilogy(degrees, bias2 + variance + 0.5**2, color="0.5", label="sum with the noise")
_ = ax.set(xlabel="degree of the polynomial", ylabel="mean squared error", ylim=(5e-3, 1.5))
ax.legend()
plt.show()

# %%
# Four targets, each with the shots of 20 models: bias is the distance of their center from the middle,
# variance the spread around that center.
fig, axes = plt.subplots(1, 4, figsize=(7, 2.3), sharex=True, sharey=True)
for ax, (bias, spread) in zip(axes, [(0, 0.2), (0, 0.8), (1.3, 0.2), (1.3, 0.8)], strict=True):
    shots = np.array([bias, bias / 2]) + spread * np.random.default_rng(2).normal(size=(20, 2))
    squared, variance = bias_variance(np.zeros(2), shots)
    for radius in (0.7, 1.4, 2.1, 2.8):
        ax.add_patch(plt.Circle((0, 0), radius, fill=False, color="0.5", linewidth=0.6))
    ax.plot(*shots.T, ".", color="C1")
    _ = ax.set(title=f"bias² {squared:.2f}\nvariance {variance:.2f}", aspect="equal", xticks=[], yticks=[])
    _ = ax.set(xlim=(-3, 3), ylim=(-3, 3))
plt.show()


# %%
# Learning curves of networks: one unit underfits, both losses stay high; forty units on 30 points overfit,
# the validation loss rises again; on 200 points they fit well.
def learn(units, x, y, checks=60, seed=1):
    """Training and validation loss at each check of a network with one hidden layer."""
    rng = np.random.default_rng(seed)
    w = np.concatenate([6 * rng.normal(size=units), 3 * rng.normal(size=units), 0.1 * rng.normal(size=units)])
    state, losses = None, []

    def forward(w, x):
        inner, shift, outer = np.split(w, 3)
        return np.tanh(np.outer(x, inner) + shift), outer

    for check in range(checks):
        losses.append([mse(b, np.matmul(*forward(w, a))) for a, b in ((x, y), (x_new, y_new))])
        for _step in range(2 + check):
            hidden, outer = forward(w, x)
            error = mse_grad(y, hidden @ outer)
            back = error[:, None] * outer * (1 - hidden**2)
            w, state = adam(w, np.concatenate([x @ back, back.sum(axis=0), hidden.T @ error]), state, lr=0.01)
    return np.array(losses).T


small, many = sample(30), sample(200)
runs = [("underfit", learn(1, *small)), ("overfit", learn(40, *small)), ("good fit", learn(40, *many))]
fig, axes = plt.subplots(1, 3, sharey=True)
for ax, (name, (train, validation)) in zip(axes, runs, strict=True):
    ax.semilogy(train, label="training")
    ax.semilogy(validation, label="validation")
    _ = ax.set(title=name, xlabel="check")
_ = axes[0].set(ylabel="mean squared error")
axes[0].legend()
plt.show()

# %%
# Training and validation loss of the overfitting network: early stopping ends the run some checks after the
# smallest validation loss and goes back to the weights found there.
train, validation = runs[1][1]
state, stop = None, False
for loss in validation:
    if not stop:
        stop, state = early_stopping(loss, state, patience=8)
best, best_check, _waited, stopped = state
fig, ax = plt.subplots()
ax.semilogy(np.arange(1, 61), train, label="training")
ax.semilogy(np.arange(1, 61), validation, label="validation")
ax.plot(best_check, best, "o", color="C2", label="best, kept")
ax.axvline(stopped, color="0.5", linestyle=":", label="stopped, patience 8")
_ = ax.set(xlabel="check", ylabel="mean squared error")
ax.legend()
plt.show()

# %%
# Avoidable bias and variance of four classifiers, stacked on the error of people: the larger part says what
# to work on.
cases = {
    "1 % / 11 %": (0, 0.01, 0.11),
    "15 % / 16 %": (0, 0.15, 0.16),
    "15 % / 30 %": (0, 0.15, 0.30),
    "8 % / 10 %\npeople 7.5 %": (0.075, 0.08, 0.10),
}
fig, ax = plt.subplots()
human = np.array([case[0] for case in cases.values()])
bias, variance = np.array([avoidable_bias(*case) for case in cases.values()]).T
ax.bar(list(cases), human, color="0.5", label="error of people")
ax.bar(list(cases), bias, bottom=human, label="avoidable bias")
ax.bar(list(cases), variance, bottom=human + bias, label="variance")
_ = ax.set(xlabel="error on training / validation data", ylabel="error rate")
ax.legend()
plt.show()
