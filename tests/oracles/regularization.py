"""What other libraries say of penalties, noise, augmentation and early stopping: one line per snippet."""

import numpy as np
from inputs import STEPS

from oracles.optimizers import keras_path, optax_path, torch_path


def proximal_path(model, w, g, lr, **options):
    """Each step is the regression of the plain step's result on orthogonal features."""
    path, features = [], np.sqrt(w.size) * np.eye(w.size)
    for _ in range(STEPS):
        aim = (w - lr * g(w)).ravel()
        fitted = model(fit_intercept=False, tol=1e-14, **options).fit(features, features @ aim)
        w = fitted.coef_.reshape(w.shape)
        path.append(w)
    return np.stack(path)


def boxed(where, top, left, height, width, first, second):
    """The second image inside a box, the first outside, chosen by a library."""
    rows, columns = np.ogrid[: first.shape[1], : first.shape[2]]
    inside = (rows >= top) & (rows < top + height) & (columns >= left) & (columns < left + width)
    return where(first.new_tensor(inside).bool(), second, first), inside.mean()


def cut_and_mixed(where, x, y, x2, y2, *box):
    image, replaced = boxed(where, *box, x, x2)
    return image, y.lerp(y2, replaced)


def waits(callback, values, patience):
    """Whether a callback of Keras has waited long enough, after each epoch."""
    from types import SimpleNamespace

    callback.set_model(SimpleNamespace(stop_training=False))
    callback.on_train_begin()
    found = []
    for epoch, value in enumerate(values):
        callback.on_epoch_end(epoch, {"val_loss": value})
        found.append(callback.wait >= patience)
    return np.array(found)


def bad_checks(scheduler, values, patience):
    """Whether a scheduler of PyTorch has counted enough bad checks, after each."""
    import torch

    scheduler, found = scheduler(torch.optim.SGD([torch.zeros(1)], lr=1.0)), []
    for value in values:
        scheduler.step(value)
        found.append(scheduler.num_bad_epochs >= patience)
    return np.array(found)


def piece_by_piece(drop, pieces, kept):
    """Each piece dropped or kept by a library, with a seed by which its own draws say what ours say."""
    like = pieces[0] * 0 + 1
    seeds = {k: next(s for s in range(9999) if bool((drop(like, s) != 0).any()) == k) for k in set(kept)}
    return [drop(piece, seeds[k]) for piece, k in zip(pieces, kept, strict=True)]


def torch_dropped(function, pieces, u, rate):
    import torch

    def drop(piece, seed):
        torch.manual_seed(seed)
        return function(piece, rate)

    return torch.stack(piece_by_piece(drop, pieces, (u >= rate).ravel().tolist()))


def keras_dropped(function, pieces, u, rate, noise_shape=None):
    dropped = piece_by_piece(
        lambda piece, seed: function(piece, rate, noise_shape, seed), pieces, (u >= rate).ravel().tolist()
    )
    return np.stack(dropped)


def same_axis(function, x):
    return function(x, axis=-1)


ORACLES = {
    "l2_penalty": {
        "keras.regularizers.L2": lambda f, w, strength: f(strength)(w),
        "torch.linalg.vector_norm": lambda f, w, strength: strength * f(w) ** 2,
    },
    "l1_penalty": {
        "keras.regularizers.L1": lambda f, w, strength: f(strength)(w),
        "torch.linalg.vector_norm": lambda f, w, strength: strength * f(w, 1),
    },
    "elastic_net_penalty": {
        "keras.regularizers.L1L2": lambda f, w, l1, l2: f(l1, l2)(w),
        "torch.linalg.vector_norm": lambda f, w, l1, l2: l1 * f(w, 1) + l2 * f(w) ** 2,
    },
    "activity_penalty": {
        "torch.nn.functional.l1_loss": lambda f, a, strength: (
            strength * f(a, 0 * a, reduction="sum") / len(a)
        ),
        "keras.regularizers.L1": lambda f, a, strength: f(strength)(a) / len(a),
    },
    "soft_threshold": {
        "torch.nn.functional.softshrink": lambda f, w, threshold: f(w, threshold),
        "keras.ops.soft_shrink": lambda f, w, threshold: f(w, threshold),
    },
    "l1_step": {
        "sklearn.linear_model.Lasso": lambda f, w, g, state, lr, strength: proximal_path(
            f, w, g, lr, alpha=lr * strength
        ),
    },
    "l2_step": {
        "torch.optim.SGD": lambda f, w, g, state, lr, strength: torch_path(
            f, w, g, lr=lr, weight_decay=2 * strength
        ),
        "keras.optimizers.SGD": lambda f, w, g, state, lr, strength: keras_path(
            f(lr, weight_decay=2 * strength), w, g
        ),
        "optax.add_decayed_weights": lambda f, w, g, state, lr, strength: optax_path(
            decayed_descent(f, lr, strength), w, g
        ),
    },
    "elastic_net_step": {
        "sklearn.linear_model.ElasticNet": lambda f, w, g, state, lr, l1, l2: proximal_path(
            f, w, g, lr, alpha=lr * (l1 + 2 * l2), l1_ratio=l1 / (l1 + 2 * l2)
        ),
    },
    "max_norm": {
        "keras.constraints.MaxNorm": lambda f, w, limit: f(limit, axis=0)(w),
        "torch.renorm": lambda f, w, limit: f(w, 2, 1, limit),
    },
    "prune_by_magnitude": {
        "torch.nn.utils.prune.L1Unstructured": lambda f, w, share: f(int(share * w.numel())).prune(w),
    },
    "add_noise": {"torch.add": lambda f, x, noise, std: f(x, noise, alpha=std)},
    "label_noise": {
        "numpy.where": lambda f, y, r, u, rate: f(u < rate, r, y),
        "torch.where": lambda f, y, r, u, rate: f(u < rate, r, y),
    },
    "smooth_labels": {
        "torch.lerp": lambda f, y, smoothing: f(y, 0 * y + 1 / y.shape[1], smoothing),
        "optax.smooth_labels": lambda f, y, smoothing: f(y, smoothing),
    },
    "dropout": {
        "torch.nn.functional.dropout": lambda f, x, u, rate: torch_dropped(f, x.ravel(), u, rate).reshape(
            x.shape
        ),
        "keras.random.dropout": lambda f, x, u, rate: keras_dropped(f, x.reshape(-1, 1), u, rate).reshape(
            x.shape
        ),
    },
    "drop_path": {
        "torch.nn.functional.dropout1d": lambda f, x, u, rate: torch_dropped(f, x[:, None], u, rate)[:, 0],
        "keras.random.dropout": lambda f, x, u, rate: keras_dropped(f, x[:, None], u, rate, (1, 1))[:, 0],
    },
    "mixup": {"torch.lerp": lambda f, x, y, x2, y2, share: (f(x2, x, share), f(y2, y, share))},
    "cutmix": {
        "torch.where": lambda f, x, y, x2, y2, top, left, height, width: cut_and_mixed(
            f, x, y, x2, y2, top, left, height, width
        ),
    },
    "flip_left_right": {
        "numpy.flip": same_axis,
        "torch.flip": lambda f, x: f(x, [-1]),
        "keras.ops.flip": same_axis,
        "jax.numpy.flip": same_axis,
    },
    "quarter_turn": {
        "numpy.rot90": lambda f, x: f(x, axes=(-2, -1)),
        "torch.rot90": lambda f, x: f(x, 1, [-2, -1]),
        "keras.ops.rot90": lambda f, x: f(x, axes=(-2, -1)),
        "jax.numpy.rot90": lambda f, x: f(x, axes=(-2, -1)),
    },
    "shift": {
        "scipy.ndimage.shift": lambda f, x, down, right, fill: f(
            x, (*[0] * (x.ndim - 2), down, right), order=0, cval=fill
        ),
    },
    "random_deletion": {"torch.ge": lambda f, u, rate: f(u, u.max().clamp(max=rate))},
    "early_stopping": {
        "keras.callbacks.EarlyStopping": lambda f, value, state, patience, min_delta: waits(
            f(patience=patience, min_delta=min_delta), value, patience
        ),
        "torch.optim.lr_scheduler.ReduceLROnPlateau": lambda f, value, state, patience, min_delta: bad_checks(
            lambda optimizer: f(optimizer, patience=99, threshold=min_delta, threshold_mode="abs"),
            value,
            patience,
        ),
    },
    "bias_variance": {
        "sklearn.metrics.mean_squared_error": lambda f, y, p: (
            f(y, p.mean(axis=0)),
            f(p, np.broadcast_to(p.mean(axis=0), p.shape)),
        ),
        "torch.var_mean": lambda f, y, p: (
            ((f(p, dim=0)[1] - y) ** 2).mean(),
            f(p, dim=0, correction=0)[0].mean(),
        ),
    },
    "avoidable_bias": {"numpy.diff": lambda f, human, train, dev: list(f([human, train, dev]))},
}


def decayed_descent(decay, lr, strength):
    import optax

    return optax.chain(decay(2 * strength), optax.sgd(lr))
