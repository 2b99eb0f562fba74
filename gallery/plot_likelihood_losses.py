"""
Losses from a likelihood
========================

Minus the logarithm of a probability makes a loss of any distribution: the normal for numbers with their own
uncertainty, the Poisson for counts. The focal loss is the Bernoulli one with a dimmer for easy examples.
"""

import matplotlib.pyplot as plt
import numpy as np

from cheatsheet.losses import (
    focal,
    focal_grad,
    gaussian_nll,
    gaussian_nll_grad,
    poisson_nll,
    poisson_nll_grad,
)

# %%
# Gaussian loss over the predicted variance for misses of 0.5, 1 and 2, lowest at the squared miss, where its
# gradient is 0.
variance = np.geomspace(0.05, 20, 200)
fig, (left, right) = plt.subplots(1, 2)
for miss in (0.5, 1, 2):
    left.plot(variance, [gaussian_nll([miss], [0], [v]) for v in variance], label=f"miss by {miss}")
    right.plot(variance, [gaussian_nll_grad([miss], [0], [v])[1][0] for v in variance])
left.set(xlabel="predicted variance", ylabel="Gaussian loss (nats)", xscale="log", ylim=(0, 6))
_ = right.set(xlabel="predicted variance", ylabel="gradient for the variance", xscale="log", ylim=(-3, 3))
left.legend()
plt.show()

# %%
# Poisson loss over the logarithm of the rate for counts of 0, 1 and 4: lowest at the logarithm of the count;
# its gradient.
log_rate = np.linspace(-3, 2.5, 200)
fig, (left, right) = plt.subplots(1, 2)
for count in (0, 1, 4):
    left.plot(log_rate, [poisson_nll([count], [z]) for z in log_rate], label=f"count {count}")
    right.plot(log_rate, [poisson_nll_grad([count], [z])[0] for z in log_rate])
left.set(xlabel="logarithm of the predicted rate", ylabel="Poisson loss (nats)", ylim=(-3, 10))
_ = right.set(xlabel="logarithm of the predicted rate", ylabel="gradient", ylim=(-5, 10))
left.legend()
plt.show()

# %%
# Focal loss over the logit of label 1 for gamma 0, 1, 2 and 5: the larger gamma, the less a fairly right
# example costs.
logit = np.linspace(-4, 4, 201)
fig, (left, right) = plt.subplots(1, 2)
for gamma in (0, 1, 2, 5):
    left.plot(logit, [focal([1], [z], gamma, alpha=1) for z in logit], label=rf"focal, $\gamma$ = {gamma}")
    right.plot(logit, [focal_grad([1], [z], gamma, alpha=1)[0] for z in logit])
left.set(xlabel="logit of the true label", ylabel="focal loss (nats)")
_ = right.set(xlabel="logit of the true label", ylabel="gradient")
left.legend()
plt.show()
