"""What other libraries say of the optimizers: the weights after each of several steps.

A line gets the weights to start from and, as the gradient, a function of the weights.
"""

import numpy as np
from inputs import STEPS


def torch_path(optimizer, w, g, **options):
    """The weights after each step of an optimizer of PyTorch."""
    w, path = w.clone().requires_grad_(), []
    optimizer = optimizer([w], **options)
    for _ in range(STEPS):
        w.grad = g(w.detach())
        optimizer.step()
        path.append(w.detach().numpy().copy())
    return np.stack(path)


def optax_path(optimizer, w, g):
    state, path = optimizer.init(w), []
    for _ in range(STEPS):
        update, state = optimizer.update(g(w), state, w)
        w = w + update
        path.append(w)
    return np.stack(path)


def keras_path(optimizer, w, g):
    import keras

    w, path = keras.Variable(w), []
    for _ in range(STEPS):
        optimizer.apply([g(w.value)], [w])
        path.append(np.asarray(w.value))
    return np.stack(path)


def layerwise(optimizer, w, g, lr, weight_decay, **options):
    """LAMB around the direction that Adam takes from zero weights at rate one."""
    w, path = w.clone(), []
    zero = w.new_zeros(w.shape).requires_grad_()
    adam = optimizer([zero], lr=1, **options)
    for _ in range(STEPS):
        before, zero.grad = zero.detach().clone(), g(w)
        adam.step()
        direction = before - zero.detach() + weight_decay * w
        w = w - lr * w.norm() / direction.norm() * direction
        path.append(w.numpy())
    return np.stack(path)


def signs(sign, w, g, lr, b1, b2, weight_decay):
    m, path = 0 * w, []
    for _ in range(STEPS):
        direction = sign(m.lerp(g(w), 1 - b1))
        m = m.lerp(g(w), 1 - b2)
        w = w * (1 - lr * weight_decay) - lr * direction
        path.append(w.numpy())
    return np.stack(path)


def with_equal_singular_values(svd, g, steps):
    """The polynomial of Newton-Schulz applied to the singular values."""
    left, s, right = svd(g, full_matrices=False)
    s = s / (np.sqrt(np.sum(s**2)) + 1e-7)
    for _ in range(steps):
        s = 3.4445 * s - 4.775 * s**3 + 2.0315 * s**5
    return left * s @ right


def orthogonal(svd, w, g, lr, beta, steps):
    v, path = 0 * w, []
    for _ in range(STEPS):
        v = v + (1 - beta) * (g(w) - v)
        w = w - lr * with_equal_singular_values(svd, g(w) + beta * (v - g(w)), steps)
        path.append(w)
    return np.stack(path)


ORACLES = {
    "gradient_descent": {
        "torch.optim.SGD": lambda f, w, g, state, lr: torch_path(f, w, g, lr=lr),
        "keras.optimizers.SGD": lambda f, w, g, state, lr: keras_path(f(lr), w, g),
        "optax.sgd": lambda f, w, g, state, lr: optax_path(f(lr), w, g),
    },
    "momentum": {
        "torch.optim.SGD": lambda f, w, g, state, lr, beta: torch_path(f, w, g, lr=lr, momentum=beta),
        "keras.optimizers.SGD": lambda f, w, g, state, lr, beta: keras_path(f(lr, beta), w, g),
        "optax.sgd": lambda f, w, g, state, lr, beta: optax_path(f(lr, beta), w, g),
    },
    "nesterov": {
        "torch.optim.SGD": lambda f, w, g, state, lr, beta: torch_path(
            f, w, g, lr=lr, momentum=beta, nesterov=True
        ),
        "keras.optimizers.SGD": lambda f, w, g, state, lr, beta: keras_path(f(lr, beta, True), w, g),
        "optax.sgd": lambda f, w, g, state, lr, beta: optax_path(f(lr, beta, True), w, g),
    },
    "adagrad": {
        "torch.optim.Adagrad": lambda f, w, g, state, lr, eps: torch_path(f, w, g, lr=lr, eps=eps),
        "keras.optimizers.Adagrad": lambda f, w, g, state, lr, eps: keras_path(f(lr, 0, 1e-14), w, g),
        "optax.adagrad": lambda f, w, g, state, lr, eps: optax_path(f(lr, 0, 1e-14), w, g),
    },
    "adadelta": {
        "torch.optim.Adadelta": lambda f, w, g, state, lr, rho, eps: torch_path(
            f, w, g, lr=lr, rho=rho, eps=eps
        ),
        "keras.optimizers.Adadelta": lambda f, w, g, state, lr, rho, eps: keras_path(f(lr, rho, eps), w, g),
        "optax.adadelta": lambda f, w, g, state, lr, rho, eps: optax_path(f(lr, rho, eps), w, g),
    },
    "rmsprop": {
        "torch.optim.RMSprop": lambda f, w, g, state, lr, beta, eps: torch_path(
            f, w, g, lr=lr, alpha=beta, eps=eps
        ),
        "keras.optimizers.RMSprop": lambda f, w, g, state, lr, beta, eps: keras_path(
            f(lr, beta, epsilon=1e-14), w, g
        ),
        "optax.rmsprop": lambda f, w, g, state, lr, beta, eps: optax_path(
            f(lr, beta, eps, eps_in_sqrt=False), w, g
        ),
    },
    "adam": {
        "torch.optim.Adam": lambda f, w, g, state, lr, b1, b2, eps: torch_path(
            f, w, g, lr=lr, betas=(b1, b2), eps=eps
        ),
        "keras.optimizers.Adam": lambda f, w, g, state, lr, b1, b2, eps: keras_path(
            f(lr, b1, b2, 1e-8), w, g
        ),
        "optax.adam": lambda f, w, g, state, lr, b1, b2, eps: optax_path(f(lr, b1, b2, eps), w, g),
    },
    "adamw": {
        "torch.optim.AdamW": lambda f, w, g, state, lr, b1, b2, eps, decay: torch_path(
            f, w, g, lr=lr, betas=(b1, b2), eps=eps, weight_decay=decay
        ),
        "keras.optimizers.AdamW": lambda f, w, g, state, lr, b1, b2, eps, decay: keras_path(
            f(lr, decay, b1, b2, 1e-8), w, g
        ),
        "optax.adamw": lambda f, w, g, state, lr, b1, b2, eps, decay: optax_path(
            f(lr, b1, b2, eps, weight_decay=decay), w, g
        ),
    },
    "amsgrad": {
        "torch.optim.Adam": lambda f, w, g, state, lr, b1, b2, eps: torch_path(
            f, w, g, lr=lr, betas=(b1, b2), eps=eps, amsgrad=True
        ),
        "keras.optimizers.Adam": lambda f, w, g, state, lr, b1, b2, eps: keras_path(
            f(lr, b1, b2, 1e-8, amsgrad=True), w, g
        ),
    },
    "nadam": {
        "torch.optim.NAdam": lambda f, w, g, state, lr, b1, b2, eps, psi: torch_path(
            f, w, g, lr=lr, betas=(b1, b2), eps=eps, momentum_decay=psi
        ),
    },
    "lion": {
        "torch.sign": lambda f, w, g, state, lr, b1, b2, decay: signs(f, w, g, lr, b1, b2, decay),
        "keras.optimizers.Lion": lambda f, w, g, state, lr, b1, b2, decay: keras_path(
            f(lr, b1, b2, weight_decay=decay), w, g
        ),
        "optax.lion": lambda f, w, g, state, lr, b1, b2, decay: optax_path(
            f(lr, b1, b2, weight_decay=decay), w, g
        ),
    },
    "newton_schulz": {
        "scipy.linalg.svd": lambda f, g, steps, eps: with_equal_singular_values(f, g, steps),
        "numpy.linalg.svd": lambda f, g, steps, eps: with_equal_singular_values(f, g, steps),
    },
    "muon": {
        "numpy.linalg.svd": lambda f, w, g, state, lr, beta, steps: orthogonal(f, w, g, lr, beta, steps),
        "torch.optim.Muon": lambda f, w, g, state, lr, beta, steps: torch_path(
            f, w, g, lr=0.02, momentum=beta, ns_steps=steps, weight_decay=0
        ),
        "keras.optimizers.Muon": lambda f, w, g, state, lr, beta, steps: keras_path(
            f(lr, momentum=beta, ns_steps=steps, weight_decay=0, rms_rate=None), w, g
        ),
    },
    "lamb": {
        "torch.optim.Adam": lambda f, w, g, state, lr, b1, b2, eps, decay: layerwise(
            f, w, g, lr, decay, betas=(b1, b2), eps=eps
        ),
        "keras.optimizers.Lamb": lambda f, w, g, state, lr, b1, b2, eps, decay: keras_path(
            f(lr, b1, b2, eps), w, g
        ),
        "optax.lamb": lambda f, w, g, state, lr, b1, b2, eps, decay: optax_path(
            f(lr, b1, b2, eps, weight_decay=decay), w, g
        ),
    },
    "adafactor": {
        "torch.optim.Adafactor": lambda f, w, g, state, lr, decay, clip, eps, eps_w: torch_path(
            f, w, g, lr=lr, beta2_decay=-decay, eps=(None, eps_w)
        ),
        "keras.optimizers.Adafactor": lambda f, w, g, state, lr, decay, clip, eps, eps_w: keras_path(
            f(lr, -decay, eps, eps_w, clip), w, g
        ),
    },
}
