"""
Metrics for regression
======================

RMSE, MAE and MAPE measure the same errors and prefer different predictions. The coefficient of determination
and the explained variance compare them with predicting the mean.
"""

import matplotlib.pyplot as plt
import numpy as np

from cheatsheet.metrics import explained_variance, mape, mean_absolute_error, r2_score, rmse

# %%
# RMSE and MAE of five errors, four of size 1 and one that grows: the single outlier moves the RMSE more.
# At an outlier of 10 they are 4.56 and 2.8. Where all errors have the same size they agree.
fig, ax = plt.subplots()
outlier = np.linspace(0, 12, 200)
for i, (name, metric) in enumerate({"RMSE": rmse, "MAE": mean_absolute_error}.items()):
    ax.plot(outlier, [metric(np.zeros(5), [1, -1, 1, -1, e]) for e in outlier], f"C{i}", label=name)
    at_ten = metric(np.zeros(5), [1, -1, 1, -1, 10])
    ax.plot(10, at_ten, f"C{i}o")
    ax.annotate(f"{at_ten:.2f}", (10, at_ten), (6, -12), textcoords="offset points")
ax.legend()
_ = ax.set(xlabel="size of the fifth error", ylabel="in the unit of the target", ylim=(0, None))
plt.show()

# %%
# RMSE, MAE and MAPE of one constant prediction for the targets 1, 2, 3, 4 and 10: each has another minimum.
# RMSE is smallest at the mean 4, MAE at the median 3, and MAPE below both.
fig, (left, right) = plt.subplots(1, 2)
target = np.array([1, 2, 3, 4, 10])
constant = np.linspace(0, 8, 161)
for ax, i, name, metric in [
    (left, 0, "RMSE", rmse),
    (left, 1, "MAE", mean_absolute_error),
    (right, 2, "MAPE", mape),
]:
    values = [metric(target, np.full(5, c)) for c in constant]
    ax.plot(constant, values, f"C{i}", label=name)
    ax.plot(constant[np.argmin(values)], min(values), f"C{i}o")
    ax.legend()
_ = left.set(xlabel="constant prediction", ylabel="in the unit of the target", ylim=(0, None))
_ = right.set(xlabel="constant prediction", ylabel="fraction of the target", ylim=(0, None))
plt.show()

# %%
# R² and explained variance of four models, prediction against target: only a constant error tells them apart.
# On the grey line prediction and target agree.
rng = np.random.default_rng(0)
y = rng.uniform(0, 10, 60)
noise = rng.normal(size=60)
predictions = {
    "small errors": y + noise,
    "large errors": y + 2 * noise,
    "4 too high": y + 4 + 0.5 * noise,
    "always the mean": np.full(60, y.mean()),
}
fig, axes = plt.subplots(1, 4, figsize=(7, 2.6), sharey=True)
for ax, (name, prediction) in zip(axes, predictions.items(), strict=True):
    r2, ev = r2_score(y, prediction), explained_variance(y, prediction)
    ax.plot([0, 10], [0, 10], color="0.5", linewidth=1)
    ax.plot(y, prediction, "C0.", markersize=4)
    ax.set_title(f"{name}\nR² = {r2:.2f}\nexpl. var. = {ev:.2f}")
    ax.set_xlabel("target")
axes[0].set_ylabel("prediction")
plt.show()
