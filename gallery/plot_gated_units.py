"""
Gates and maxima
================

Units with more than one weighted sum. One sum can open or close the way for another, or several compete and
the largest wins.
"""

import matplotlib.pyplot as plt
import numpy as np

from cheatsheet.activations import glu, glu_grad, maxout, swiglu

# %%
# A gated linear unit with the gate nearly closed (-3), half open (0) and nearly open (3): the output is a
# straight line that the gate scales, beside it the slopes to the value and to the gate.
# The slope to the gate is the same at -3 and 3, as the slope of the sigmoid is.
z = np.linspace(-4, 4, 100)
fig, axes = plt.subplots(1, 3, sharex=True)
for gate, style in [(3, "-"), (0, "--"), (-3, ":")]:
    gates = np.full(z.shape, gate)
    dz, dgate = glu_grad(z, gates)
    for ax, y in zip(axes, [glu(z, gates), dz, dgate], strict=True):
        ax.plot(z, y, style, label=f"gate {gate}")
axes[0].set(xlabel="value $z$", title="output")
axes[1].set(xlabel="value $z$", title="slope to the value", ylim=(-0.05, 1.05))
axes[2].set(xlabel="value $z$", title="slope to the gate")
axes[0].legend()
plt.show()

# %%
# One SwiGLU unit with inputs x1 and x2, the gate fed by x1 and the value by x2: the output is their product
# where the gate is open, right, and small where it is closed, left.
side = np.linspace(-4, 4, 60)
x = np.stack(np.meshgrid(side, side), axis=-1)  # (60, 60, 2)
h = swiglu(x, w=[[1], [0]], v=[[0], [1]])[..., 0]
fig, ax = plt.subplots()
lines = ax.contour(side, side, h, levels=[-12, -8, -4, -2, -1, -0.2, 0.2, 1, 2, 4, 8, 12], cmap="viridis")
ax.clabel(lines, fontsize=8)
ax.set(xlabel="$x_1$, to the gate", ylabel="$x_2$, to the value")
plt.show()

# %%
# Three maxout units of one input, each the largest of its straight pieces: two pieces make a ReLU or an
# absolute value, five approach a parabola.
x = np.linspace(-2, 2, 200)
t = np.linspace(-2, 2, 5)
units = {
    "ReLU": ([0, 1, 0, 0, 0], [0, 0, 0, 0, 0]),
    "absolute value": ([-1, 1, 0, 0, 0], [0, 0, -9, -9, -9]),
    "parabola": (t, -(t**2) / 2),
}
fig, axes = plt.subplots(1, 3, sharex=True, sharey=True)
for ax, (name, (w, b)) in zip(axes, units.items(), strict=True):
    for slope, offset in set(zip(w, b, strict=True)):
        ax.plot(x, slope * x + offset, ":", color="0.5", linewidth=1)
    ax.plot(x, maxout(x[:, None], np.array([[w]]), np.array([b]))[:, 0])
    ax.set(xlabel="input $x$", title=name, ylim=(-2, 2.5))
axes[0].set(ylabel="output")
plt.show()
