"""
Gradients through time
======================

On its way back through many steps a gradient is multiplied again and again. In a plain recurrent network it
fades or explodes; gates give it a path on which it survives.
"""

import matplotlib.pyplot as plt
import numpy as np

from cheatsheet.recurrent import gru, lstm, rnn

steps, units = 100, 32
rng = np.random.default_rng(0)
x = rng.normal(size=(8, steps, 4))
h0 = np.zeros((8, units))
last = np.zeros((8, steps, units))
last[:, -1] = 1 / np.sqrt(units)  # the loss sees the last state only


def weights(gates):
    """As PyTorch draws them: uniform, up to one over the root of the number of units."""
    draw = [rng.uniform(-1, 1, (gates, size, units)) / np.sqrt(units) for size in (4, units)]
    return [part[0] if gates == 1 else part for part in draw]


def norms(dx):
    """Length of the gradient by the input of each step, averaged over the examples."""
    return np.linalg.norm(dx, axis=-1).mean(axis=0)


# %%
# How much the last state depends on the input of each step, at the start of training: it fades for the
# plain network, for GRU and LSTM with zero biases too, but not with gates that start open.
fig, ax = plt.subplots()
w, u = weights(1)
_, backward = rnn(x, h0, w, u, np.zeros(units))
ax.semilogy(norms(backward(last)[0]), label="RNN")
w, u = weights(3)
for bias in (0.0, 3.0):
    b = np.zeros((3, units))
    b[1] = bias
    _, backward = gru(x, h0, w, u, b, np.zeros(units))
    ax.semilogy(norms(backward(last)[0]), color="C1", ls="-" if bias else "--", label=f"GRU, bias {bias:g}")
w, u = weights(4)
for bias in (0.0, 3.0):
    b = np.zeros((4, units))
    b[1] = bias
    _, _, backward = lstm(x, h0, h0, w, u, b)
    dx = backward(last, np.zeros_like(last))[0]
    ax.semilogy(norms(dx), color="C2", ls="-" if bias else "--", label=f"LSTM, bias {bias:g}")
_ = ax.set(xlabel="step of the input", ylabel="length of the gradient", ylim=(1e-20, 10))
ax.legend(loc="center left", bbox_to_anchor=(1, 0.5))
plt.show()

# %%
# A plain network whose recurrent matrix is a rotation times a factor, with small inputs: the gradient fades
# for a factor below 1 and explodes above, until tanh saturates.
fig, ax = plt.subplots()
rotation, _ = np.linalg.qr(rng.normal(size=(units, units)))
for factor in (0.8, 0.95, 1.0, 1.05, 1.2):
    w, _ = weights(1)
    _, backward = rnn(1e-3 * x, h0, w, factor * rotation, np.zeros(units))
    ax.semilogy(norms(backward(last)[0]), label=f"{factor:g}")
_ = ax.set(xlabel="step of the input", ylabel="length of the gradient")
ax.legend(title="factor", loc="center left", bbox_to_anchor=(1, 0.5))
plt.show()
