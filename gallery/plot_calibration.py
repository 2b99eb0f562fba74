"""
Calibration: does 70 % mean 70 %?
=================================

Four models see the same 3000 examples. One gives honest probabilities, one exaggerates them, one is too high
throughout, and one always answers with the base rate. A single number that compares means cannot tell the
good model from the last one; buckets of predictions can.
"""

import matplotlib.pyplot as plt
import numpy as np

from cheatsheet.metrics import bias_by_bucket, calibration_curve, expected_calibration_error, prediction_bias

# %%
# The log odds of each example are normal, and the label is drawn with exactly that probability.


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


rng = np.random.default_rng(0)
z = rng.normal(0, 1.5, 3000)
label = (rng.random(3000) < sigmoid(z)).astype(int)
models = {
    "honest": sigmoid(z),
    "overconfident": sigmoid(3 * z),
    "too high": sigmoid(z + 0.8),
    "base rate": np.full(3000, label.mean()),
}

# %%
# Calibration curves: the honest model follows the diagonal, the overconfident one leaves it at both ends.
# Above 0.65 it promises more than it keeps, below 0.5 less. On the right, how many predictions stand behind
# each point.
fig, (curve, counts) = plt.subplots(1, 2, figsize=(7, 3.6), width_ratios=(3, 2))
curve.plot([0, 1], [0, 1], color="0.5", linewidth=1, label="calibrated")
for i, name in enumerate(["honest", "overconfident"]):
    mean_prob, share, count = calibration_curve(label, models[name])
    curve.plot(mean_prob, share, f"C{i}o-", markersize=4, label=name)
    counts.plot(mean_prob, count, f"C{i}o-", markersize=4)
promised, kept = mean_prob[-1], share[-1]  # of the overconfident model's last bucket
text = f"miscalibrated:\npromises {promised:.0%},\nkeeps {kept:.0%}"
curve.annotate(text, (promised, kept), (0.57, 0.05), arrowprops={"arrowstyle": "->", "color": "0.5"})
curve.legend(loc="upper left")
_ = curve.set(xlabel="mean prediction of the bucket", ylabel="mean label of the bucket", aspect="equal")
_ = counts.set(xlabel="mean prediction of the bucket", ylabel="examples", ylim=(0, None))
plt.show()

# %%
# Expected calibration error when the log odds are multiplied by a factor: smallest near 1, the honest model.
# With 100 buckets, of about 30 examples each, noise alone gives 0.05. With 5 buckets a timid model looks
# better than it is, because errors of both signs cancel in the bucket in the middle.
fig, ax = plt.subplots()
factors = np.geomspace(0.25, 4, 40)
for bins in (5, 10, 100):
    errors = [expected_calibration_error(label, sigmoid(a * z), bins) for a in factors]
    ax.plot(factors, errors, label=f"{bins} buckets")
ax.axvline(1, color="0.5", linewidth=1)
ax.set_xscale("log", base=2)
ax.legend()
_ = ax.set(
    xlabel="factor: below 1 too timid, above 1 too sure", ylabel="expected calibration error", ylim=(0, None)
)
plt.show()

# %%
# Prediction bias of the four models: only the one that is too high shows; the base rate has none at all.
# The overconfident model passes as well: its errors at both ends cancel.
fig, ax = plt.subplots(figsize=(7, 2.4))
biases = [prediction_bias(label, p) for p in models.values()]
bars = ax.barh(list(models), biases, color=["C0", "C1", "C2", "C3"])
ax.bar_label(bars, [f"{b:+.3f}" for b in biases], padding=4)
ax.axvline(0, color="0.5", linewidth=1)
ax.invert_yaxis()
_ = ax.set(xlabel="prediction bias: mean prediction - mean label", xlim=(-0.04, 0.16))
plt.show()

# %%
# Bias by bucket for three models: the overconfident one is too low at the bottom and too high at the top.
# Each bucket holds 300 examples, so all points are equally reliable.
fig, ax = plt.subplots()
for i, name in enumerate(["honest", "overconfident", "too high"]):
    mean_pred, bias, _count = bias_by_bucket(label, models[name])
    ax.plot(mean_pred, bias, f"C{i}o-", markersize=4, label=name)
ax.axhline(0, color="0.5", linewidth=1)
ax.legend()
_ = ax.set(xlabel="mean prediction of the bucket", ylabel="mean prediction - mean label")
plt.show()
