"""
Regression losses
=================

What a residual costs, and how hard it pulls at the model. The square lets one outlier dominate; the other
losses limit its pull.
"""

import matplotlib.pyplot as plt
import numpy as np

from cheatsheet.losses import (
    huber,
    huber_grad,
    log_cosh,
    log_cosh_grad,
    mae,
    mae_grad,
    mse,
    mse_grad,
    quantile,
    quantile_grad,
    smooth_l1,
    smooth_l1_grad,
    squared_error,
    squared_error_grad,
)

residual = np.linspace(-4, 4, 201)  # prediction minus target

# %%
# Loss and gradient of MSE, MAE and Huber over the residual: a parabola, a V, and a parabola that turns into
# lines.
fig, (left, right) = plt.subplots(1, 2)
for name, loss, gradient in [("MSE", mse, mse_grad), ("MAE", mae, mae_grad), ("Huber", huber, huber_grad)]:
    left.plot(residual, [loss([0], [e]) for e in residual], label=name)
    right.plot(residual, [gradient([0], [e])[0] for e in residual], label=name)
left.set(xlabel="prediction minus target", ylabel="loss", ylim=(0, 6))
_ = right.set(xlabel="prediction minus target", ylabel="gradient", ylim=(-4, 4))
left.legend()
plt.show()

# %%
# Squared error as squares between targets and a line, and its curve and slope: a residual of 2 costs 4, one
# of 1 costs 1.
x, y = np.array([0.5, 2.0, 3.5, 5.0, 6.5]), np.array([2.0, 1.0, 3.5, 2.5, 5.5])
line = 0.5 + 0.6 * x
fig, (left, right) = plt.subplots(1, 2)
left.plot([-1, 8], [-0.1, 5.3], label="prediction")
left.plot(x, y, "o", label="target")
for xi, yi, li, area in zip(x, y, line, squared_error(y, line), strict=True):
    left.add_patch(plt.Rectangle((xi, li), li - yi, yi - li, facecolor="C1", alpha=0.3))
    left.text(xi + (li - yi) / 2, (li + yi) / 2, f"{area:.1f}", ha="center", va="center")
left.set(xlabel="x", ylabel="y", xlim=(-1, 8.5), ylim=(0, 6.5), aspect="equal")
left.legend(loc="lower right")
right.plot(residual, squared_error(0 * residual, residual), label="squared error")
right.plot(residual, squared_error_grad(0 * residual, residual), label="its gradient")
_ = right.set(xlabel="prediction minus target", ylabel="loss, gradient", ylim=(-8, 16))
right.legend()
plt.show()

# %%
# Smooth L1 with three thresholds and log-cosh: all have slopes between -1 and 1, and differ in how wide they
# round the kink.
fig, (left, right) = plt.subplots(1, 2)
for beta in (0.25, 1, 3):
    left.plot(residual, [smooth_l1([0], [e], beta) for e in residual], label=rf"smooth L1, $\beta$ = {beta}")
    right.plot(residual, [smooth_l1_grad([0], [e], beta)[0] for e in residual])
left.plot(residual, [log_cosh([0], [e]) for e in residual], "--", label="log-cosh")
right.plot(residual, [log_cosh_grad([0], [e])[0] for e in residual], "--")
left.set(xlabel="prediction minus target", ylabel="loss", ylim=(0, 6))
_ = right.set(xlabel="prediction minus target", ylabel="gradient", ylim=(-1.2, 1.2))
left.legend()
plt.show()

# %%
# Quantile loss for the quantiles 0.1, 0.5 and 0.9 over the residual: a V that leans; the gradient is a step.
fig, (left, right) = plt.subplots(1, 2)
for tau in (0.1, 0.5, 0.9):
    left.plot(residual, [quantile([0], [e], tau) for e in residual], label=rf"quantile, $\tau$ = {tau}")
    right.plot(residual, [quantile_grad([0], [e], tau)[0] for e in residual])
left.set(xlabel="prediction minus target", ylabel="loss", ylim=(0, 4))
_ = right.set(xlabel="prediction minus target", ylabel="gradient", ylim=(-1.05, 1.05))
left.legend()
plt.show()

# %%
# MSE, MAE and Huber of one constant prediction for targets -1, -1, 1, 1 and 10, with minima at 2, 1 and 0.5.
# The outlier drags the mean to 2, and the median is 1. For Huber the pulls of the targets, cut off at 1,
# balance at 0.5: its best constant need not lie between the other two.
targets = np.array([-1.0, -1.0, 1.0, 1.0, 10.0])
constant = np.linspace(-2, 5, 281)
fig, axes = plt.subplots(1, 3)
for ax, name, loss in zip(axes, ["MSE", "MAE", "Huber"], [mse, mae, huber], strict=True):
    cost = np.array([loss(targets, np.full(5, c)) for c in constant])
    best = cost.argmin()
    ax.plot(constant, cost)
    ax.plot(constant[best], cost[best], "o", color="C1")
    ax.text(0.5, 0.85, f"lowest at {constant[best]:.1f}", ha="center", transform=ax.transAxes)
    ax.set(xlabel="constant prediction", ylabel=name)
plt.show()
