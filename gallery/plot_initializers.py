"""
Starting weights
================

The rules for random starting weights differ in one number, the standard deviation. It decides whether a
signal survives twenty layers.
"""

import matplotlib.pyplot as plt
import numpy as np

from cheatsheet.initializers import (
    fans,
    glorot_normal,
    glorot_uniform,
    he_normal,
    he_uniform,
    lecun_normal,
    lecun_uniform,
    orthogonal,
    truncated_normal,
)

# %%
# Histograms of the weights from 400 inputs to 100 units by LeCun's, Glorot's and He's rule, normal and
# uniform: the same spread in two shapes, largest by Glorot's here.
rng = np.random.default_rng(0)
normal, uniform = rng.normal(size=(400, 100)), rng.uniform(-1, 1, size=(400, 100))
bins = np.linspace(-0.25, 0.25, 51)
fig, axes = plt.subplots(1, 3, sharey=True)
rules = [
    ("LeCun", lecun_normal(normal), lecun_uniform(uniform)),
    ("Glorot", glorot_normal(normal), glorot_uniform(uniform)),
    ("He", he_normal(normal), he_uniform(uniform)),
]
for ax, (name, *both) in zip(axes, rules, strict=True):
    for w, shape in zip(both, ("normal", "uniform"), strict=True):
        ax.stairs(np.histogram(w, bins, density=True)[0], bins, label=shape)
    _ = ax.set(title=f"{name}, std {both[0].std():.3f}", xlabel="weight")
axes[0].set(ylabel="density")
axes[2].legend()
plt.show()

# %%
# A truncated normal ends at two standard deviations, here 0.04; the normal of the same width has tails, and a
# little less in the middle.
fig, ax = plt.subplots()
bins = np.linspace(-0.08, 0.08, 33)
cut = truncated_normal(rng.uniform(-1, 1, size=(100, 400)), std=0.02)
ax.stairs(np.histogram(cut, bins, density=True)[0], bins, label=f"truncated, std {cut.std():.4f}")
whole = 0.02 * rng.normal(size=(100, 400))
ax.stairs(np.histogram(whole, bins, density=True)[0], bins, label=f"normal, std {whole.std():.4f}")
_ = ax.set(xlabel="weight", ylabel="density")
ax.legend()
plt.show()

# %%
# Standard deviation of the weights over the inputs of a unit: He's is the root of 2 over them. The dots are
# layers, with the fans of their kernels.
layers = {
    "3x3 on 3": fans(3, 64, receptive=9),
    "1x1 on 64": fans(64, 256),
    "3x3 on 64": fans(64, 128, receptive=9),
    "dense 4096": fans(4096, 1000),
}
n = np.logspace(1, 4)
fig, ax = plt.subplots()
ax.loglog(n, np.sqrt(2 / n), label="He")
ax.loglog(n, np.sqrt(1 / n), label="LeCun")
for name, (fan_in, fan_out) in layers.items():
    ax.plot(fan_in, np.sqrt(2 / fan_in), "o", color="C0")
    ax.plot(fan_in, np.sqrt(2 / (fan_in + fan_out)), "s", color="C2")
    ax.annotate(name, (fan_in, np.sqrt(2 / fan_in)), xytext=(4, 4), textcoords="offset points")
ax.plot([], "s", color="C2", label="Glorot")
_ = ax.set(xlabel="inputs of a unit (fan in)", ylabel="standard deviation")
ax.legend()
plt.show()

# %%
# Singular values of a product of 20 matrices of 50 by 50: with orthogonal ones all stay 1, with LeCun's
# normal ones they spread over many powers of ten.
product = {"orthogonal": np.eye(50), "LeCun, normal": np.eye(50)}
for _layer in range(20):
    draws = rng.normal(size=(50, 50))
    product["orthogonal"] = product["orthogonal"] @ orthogonal(draws)
    product["LeCun, normal"] = product["LeCun, normal"] @ lecun_normal(draws)
fig, ax = plt.subplots()
for name, matrix in product.items():
    ax.semilogy(np.arange(1, 51), np.linalg.svd(matrix, compute_uv=False), label=name)
_ = ax.set(xlabel="number of the singular value", ylabel="singular value", ylim=(1e-12, 1e3))
ax.legend()
plt.show()

# %%
# Standard deviation of the activations through 20 layers of 100 units: He's weights keep it with ReLU,
# LeCun's and Glorot's nearly keep it with tanh; small weights lose the signal. As all layers are equally
# wide, LeCun's and Glorot's are the same here. Large weights explode with ReLU and saturate tanh.
rules = {
    "normal, std 0.01": lambda u: 0.01 * u,
    "LeCun": lecun_normal,
    "Glorot": glorot_normal,
    "He": he_normal,
    "normal, std 0.3": lambda u: 0.3 * u,
}
fig, axes = plt.subplots(1, 2, sharey=True, figsize=(7, 3.4))
for ax, activation in zip(axes, ("tanh", "ReLU"), strict=True):
    for (name, rule), style in zip(rules.items(), ("-", "-", "--", "-", "-"), strict=True):
        rng = np.random.default_rng(0)
        a, spread = rng.normal(size=(100, 100)), []
        for _layer in range(20):
            z = a @ rule(rng.normal(size=(100, 100)))
            a = np.tanh(z) if activation == "tanh" else np.maximum(z, 0)
            spread.append(a.std())
        ax.semilogy(np.arange(1, 21), spread, style, label=name)
    _ = ax.set(title=activation, xlabel="layer", ylim=(1e-8, 1e10), xticks=(1, 5, 10, 15, 20))
axes[0].set(ylabel="standard deviation")
axes[1].legend(fontsize="small")
plt.show()

# %%
# Histograms of the tanh activations in layers 1, 5 and 20: with small weights all are soon 0, with large ones
# many are 1 or -1, with Glorot's they narrow slowly.
fig, axes = plt.subplots(1, 3, sharey=True)
bins = np.linspace(-1, 1, 41)
for ax, name in zip(axes, ("normal, std 0.01", "Glorot", "normal, std 0.3"), strict=True):
    rng = np.random.default_rng(0)
    a = rng.normal(size=(100, 100))
    for layer in range(1, 21):
        a = np.tanh(a @ rules[name](rng.normal(size=(100, 100))))
        if layer in (1, 5, 20):
            ax.stairs(np.histogram(a, bins)[0] / a.size, bins, label=f"layer {layer}")
    _ = ax.set(title=name, xlabel="activation", yscale="log")
axes[0].set(ylabel="share of the units")
axes[2].legend(loc="lower center")
plt.show()
