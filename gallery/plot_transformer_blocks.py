"""
Transformer blocks
==================

Attention moves information between positions, dense layers work on each position, and a residual path leads
around both. Where the normalization stands decides how a deep stack behaves at the start.
"""

import matplotlib.pyplot as plt
import numpy as np

from cheatsheet.attention import transformer_post_norm, transformer_pre_norm

# %%
# A stack of up to 16 blocks at the start of training. Left, the activations behind each block: pre-norm lets
# them grow. Right, the gradient of the last dense weights: pre-norm's shrinks with the depth of the stack.
blocks, steps, width, heads = 16, 12, 32, 4
rng = np.random.default_rng(0)


def weights():
    def glorot(*shape, fans):
        return rng.normal(size=shape) * np.sqrt(2 / sum(fans))

    w_qkv = [glorot(heads, width, width // heads, fans=(width, width)) for _ in range(3)]
    w_o = glorot(heads, width // heads, width, fans=(width, width))
    dense = [
        glorot(width, 4 * width, fans=(width, 4 * width)),
        np.zeros(4 * width),
        glorot(4 * width, width, fans=(width, 4 * width)),
        np.zeros(width),
    ]
    return [*w_qkv, w_o, *dense, np.ones((2, width)), np.zeros((2, width))]


stack = [weights() for _ in range(blocks)]
x = rng.normal(size=(2, steps, width))
gradient = rng.normal(size=(2, steps, width)) / np.sqrt(2 * steps * width)
fig, (left, right) = plt.subplots(1, 2)
for name, block in [("post-norm", transformer_post_norm), ("pre-norm", transformer_pre_norm)]:
    h, sizes, lengths = x, [], []
    for parts in stack:
        h, backward = block(h, *parts)
        sizes.append(h.std())
        dh = gradient
        if name == "pre-norm":  # one more normalization behind the last block
            n = (h - h.mean(-1, keepdims=True)) / h.std(-1, keepdims=True)
            dh = dh - dh.mean(-1, keepdims=True) - n * (n * dh).mean(-1, keepdims=True)
            dh = dh / h.std(-1, keepdims=True)
        lengths.append(np.linalg.norm(backward(dh)[7]))
    left.plot(np.arange(1, blocks + 1), sizes, "o-", markersize=4, label=name)
    right.plot(np.arange(1, blocks + 1), lengths, "o-", markersize=4, label=name)
left.set(xlabel="block", ylabel="spread of the activations", ylim=(0, None))
_ = right.set(xlabel="blocks in the stack", ylabel="gradient of the last dense weights", ylim=(0, None))
left.legend()
plt.show()

# %%
# What the blocks do to one position: how much each output changes with each input position, without a bias
# and with a causal one. Normalization and dense layers stay on the diagonal.
causal = np.where(np.tri(steps) > 0, 0.0, -np.inf)
fig, axes = plt.subplots(1, 4, sharey=True)
pictures = [
    (name, block, bias)
    for name, block in [("pre-norm", transformer_pre_norm), ("post-norm", transformer_post_norm)]
    for bias in (None, causal)
]
for ax, (name, block, bias) in zip(axes, pictures, strict=True):
    _, backward = block(np.repeat(x[:1], steps, axis=0), *stack[0], bias=bias)
    pick = np.zeros((steps, steps, width))
    pick[np.arange(steps), np.arange(steps)] = gradient[0, 0]
    dx, *_ = backward(pick)
    size = np.linalg.norm(dx, axis=-1)
    ax.imshow(np.log10(size / size.max() + 1e-3), vmin=-3, vmax=0)
    ax.set_title(name + (", causal" if bias is not None else ""), fontsize=9)
    _ = ax.set(xlabel="input")
_ = axes[0].set(ylabel="output")
plt.show()
