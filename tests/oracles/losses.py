"""What other libraries say of the losses: one line per snippet."""

import numpy as np


def logit(p):
    return np.log(p / (1 - p))[None, :, None]  # (1, n, 1): one image, one class


def resmooth(loss, total, old, new):
    """Replace one smoothing of a coefficient by another."""
    return 1 - ((1 - loss) * (total + old) + new) / (total + new)


ORACLES = {
    "squared_error": {
        "torch.nn.functional.mse_loss": lambda f, y, p: f(p, y, reduction="none"),
        "optax.losses.squared_error": lambda f, y, p: f(p, y),
        "optax.losses.l2_loss": lambda f, y, p: 2 * f(p, y),
    },
    "mse": {
        "sklearn.metrics.mean_squared_error": lambda f, y, p: f(y, p),
        "torch.nn.functional.mse_loss": lambda f, y, p: f(p, y),
        "keras.losses.MeanSquaredError": lambda f, y, p: f()(y, p),
        "optax.losses.squared_error": lambda f, y, p: f(p, y).mean(),
    },
    "mae": {
        "sklearn.metrics.mean_absolute_error": lambda f, y, p: f(y, p),
        "torch.nn.functional.l1_loss": lambda f, y, p: f(p, y),
        "keras.losses.MeanAbsoluteError": lambda f, y, p: f()(y, p),
    },
    "huber": {
        "scipy.special.huber": lambda f, y, p, delta: f(delta, p - y).mean(),
        "torch.nn.functional.huber_loss": lambda f, y, p, delta: f(p, y, delta=delta),
        "keras.losses.Huber": lambda f, y, p, delta: f(delta)(y, p),
        "optax.losses.huber_loss": lambda f, y, p, delta: f(p, y, delta=delta).mean(),
    },
    "smooth_l1": {
        "torch.nn.functional.smooth_l1_loss": lambda f, y, p, beta: f(p, y, beta=beta),
    },
    "log_cosh": {
        "scipy.special.logsumexp": lambda f, y, p: f([y - p, p - y], axis=0).mean() - np.log(2),
        "keras.losses.LogCosh": lambda f, y, p: f()(y, p),
        "optax.losses.log_cosh": lambda f, y, p: f(p, y).mean(),
    },
    "quantile": {
        "sklearn.metrics.mean_pinball_loss": lambda f, y, p, tau: f(y, p, alpha=tau),
    },
    "information_content": {
        "scipy.special.entr": lambda f, p: f(p) / p,
    },
    "entropy": {
        "scipy.stats.entropy": lambda f, p: f(p),
        "torch.distributions.Categorical": lambda f, p: f(probs=p).entropy(),
        "jax.scipy.special.entr": lambda f, p: f(p).sum(),
    },
    "binary_cross_entropy": {
        "sklearn.metrics.log_loss": lambda f, y, p, eps: f(
            np.repeat([1, 0], y.size), np.tile(p, 2), sample_weight=np.concatenate([y, 1 - y])
        ),
        "torch.nn.functional.binary_cross_entropy": lambda f, y, p, eps: f(p, y),
        "keras.losses.BinaryCrossentropy": lambda f, y, p, eps: f()(y, p),
    },
    "binary_cross_entropy_from_logits": {
        "torch.nn.functional.binary_cross_entropy_with_logits": lambda f, y, z: f(z, y),
        "keras.losses.BinaryCrossentropy": lambda f, y, z: f(from_logits=True)(y, z),
        "optax.losses.sigmoid_binary_cross_entropy": lambda f, y, z: f(z, y).mean(),
    },
    "cross_entropy": {
        "sklearn.metrics.log_loss": lambda f, y, p, eps: f(
            np.tile(np.arange(4), len(y)), np.repeat(p, 4, axis=0), sample_weight=y.ravel()
        ),
        "torch.nn.functional.cross_entropy": lambda f, y, p, eps: f(p.log(), y),
        "keras.losses.CategoricalCrossentropy": lambda f, y, p, eps: f()(y, p),
    },
    "cross_entropy_from_logits": {
        "torch.nn.functional.cross_entropy": lambda f, y, z, eps: f(z, y, label_smoothing=eps),
        "keras.losses.CategoricalCrossentropy": lambda f, y, z, eps: f(True, eps)(y, z),
        "optax.losses.softmax_cross_entropy": lambda f, y, z, eps: f(z, y).mean(),
    },
    "sparse_cross_entropy_from_logits": {
        "torch.nn.functional.cross_entropy": lambda f, y, z, eps: f(z, y.long(), label_smoothing=eps),
        "keras.losses.SparseCategoricalCrossentropy": lambda f, y, z, eps: f(from_logits=True)(y, z),
        "optax.losses.softmax_cross_entropy_with_integer_labels": lambda f, y, z, eps: f(z, y).mean(),
    },
    "gaussian_nll": {
        "scipy.stats.norm.logpdf": lambda f, y, p, var: -f(y, p, np.sqrt(var)).mean(),
        "torch.nn.functional.gaussian_nll_loss": lambda f, y, p, var: f(p, y, var, full=True),
    },
    "poisson_nll": {
        "torch.nn.functional.poisson_nll_loss": lambda f, y, z: f(z, y),
        "keras.losses.Poisson": lambda f, y, z: f()(y, np.exp(z)) + np.mean(y * np.log1p(1e-7 * np.exp(-z))),
        "sklearn.metrics.mean_poisson_deviance": lambda f, y, z: (
            f(y, np.exp(z)) / 2 + np.mean(y - y * np.log(y))
        ),
    },
    "focal": {
        "torch.nn.functional.binary_cross_entropy_with_logits": lambda f, y, z, gamma, alpha: sum(
            (alpha if label else 1 - alpha) * -((1 - p) ** gamma) * p.log() / len(y)
            for label, p in zip(y, (-f(z, y, reduction="none")).exp(), strict=True)
        ),
        "keras.losses.BinaryFocalCrossentropy": lambda f, y, z, gamma, alpha: (
            f(apply_class_balancing=True, alpha=alpha, gamma=gamma, from_logits=True)(y, z)
            + np.mean(np.where(y, alpha, 1 - alpha) * np.maximum((1 - 2 * y) * z - 7 * np.log(10), 0))
        ),
        "optax.losses.sigmoid_focal_loss": lambda f, y, z, gamma, alpha: f(
            z, y, alpha=alpha, gamma=gamma
        ).mean(),
    },
    "hinge": {
        "sklearn.metrics.hinge_loss": lambda f, y, s: f(y, s),
        "keras.losses.Hinge": lambda f, y, s: f()(y, s),
        "optax.losses.hinge_loss": lambda f, y, s: f(s, y).mean(),
        "torch.nn.functional.hinge_embedding_loss": lambda f, y, s: f(y * s, 0 * s - 1),
    },
    "squared_hinge": {
        "keras.losses.SquaredHinge": lambda f, y, s: f()(y, s),
        "torch.nn.functional.multi_margin_loss": lambda f, y, s: (
            2 * f((s[:, None] / 2) * s.new_tensor([-1, 1]), (y > 0).long(), p=2)
        ),
    },
    "multiclass_hinge": {
        "sklearn.metrics.hinge_loss": lambda f, y, s: f(y, s, labels=np.arange(s.shape[1])),
        "optax.losses.multiclass_hinge_loss": lambda f, y, s: f(s, y.astype(int)).mean(),
        "keras.losses.CategoricalHinge": lambda f, y, s: f()(np.eye(s.shape[1])[y.astype(int)], s - s.min()),
    },
    "multiclass_hinge_sum": {
        "torch.nn.functional.multi_margin_loss": lambda f, y, s: f(s, y.long()) * s.shape[1],
    },
    "kl_divergence": {
        "scipy.stats.entropy": lambda f, p, q: f(p, q),
        "scipy.special.rel_entr": lambda f, p, q: f(p, q).sum(),
        "torch.nn.functional.kl_div": lambda f, p, q: f(q.log(), p, reduction="sum"),
        "keras.losses.KLDivergence": lambda f, p, q: f()(p[None], q[None]),
        "jax.scipy.special.rel_entr": lambda f, p, q: f(p, q).sum(),
        "optax.losses.kl_divergence": lambda f, p, q: f(np.log(q), p),
    },
    "js_divergence": {
        "scipy.spatial.distance.jensenshannon": lambda f, p, q: f(p, q) ** 2,
        "scipy.special.rel_entr": lambda f, p, q: (f(p, (p + q) / 2) + f(q, (p + q) / 2)).sum() / 2,
    },
    "wasserstein_1d": {
        "scipy.stats.wasserstein_distance": lambda f, y, p: f(y, p),
    },
    "cosine_similarity": {
        "torch.nn.functional.cosine_similarity": lambda f, u, v: f(u, v, dim=0),
        "sklearn.metrics.pairwise.cosine_similarity": lambda f, u, v: f(u[None], v[None])[0, 0],
        "scipy.spatial.distance.cosine": lambda f, u, v: 1 - f(u, v),
        "keras.losses.CosineSimilarity": lambda f, u, v: -f()(u[None], v[None]),
        "optax.losses.cosine_similarity": lambda f, u, v: f(u, v),
    },
    "cosine_embedding": {
        "torch.nn.functional.cosine_embedding_loss": lambda f, y, u, v, margin: f(
            u, v, y, margin=float(margin)
        ),
        "sklearn.metrics.pairwise.paired_cosine_distances": lambda f, y, u, v, margin: np.mean(
            np.where(y == 1, f(u, v), np.maximum(0, 1 - f(u, v) - margin))
        ),
    },
    "contrastive": {
        "torch.nn.functional.pairwise_distance": lambda f, y, u, v, margin: (
            (y * f(u, v, eps=0) ** 2 + (1 - y) * (margin - f(u, v, eps=0)).clamp(min=0) ** 2).mean() / 2
        ),
        "sklearn.metrics.pairwise.paired_euclidean_distances": lambda f, y, u, v, margin: (
            np.mean(y * f(u, v) ** 2 + (1 - y) * np.maximum(0, margin - f(u, v)) ** 2) / 2
        ),
    },
    "triplet": {
        "torch.nn.functional.triplet_margin_with_distance_loss": lambda f, a, p, n, margin: f(
            a, p, n, distance_function=lambda x, y: ((x - y) ** 2).sum(1), margin=float(margin)
        ),
    },
    "info_nce": {
        "torch.nn.functional.cross_entropy": lambda f, q, k, t: f(
            q @ k.T / t, q.new_tensor(range(len(q))).long()
        ),
        "scipy.special.log_softmax": lambda f, q, k, t: -np.mean(np.diag(f(q @ k.T / t, axis=1))),
        "optax.losses.softmax_cross_entropy_with_integer_labels": lambda f, q, k, t: f(
            q @ k.T / t, np.arange(len(q))
        ).mean(),
    },
    "dice": {
        "scipy.spatial.distance.dice": lambda f, y, p, eps: resmooth(f(y, p), y.sum() + p.sum(), 0, eps),
        "keras.losses.Dice": lambda f, y, p, eps: resmooth(f()(y, p), y.sum() + p.sum(), 1e-7, eps),
        "optax.losses.dice_loss": lambda f, y, p, eps: f(logit(p), y[None, :, None], smooth=eps / 2)[0],
    },
    "tversky": {
        "scipy.spatial.distance.dice": lambda f, y, p, alpha, beta, eps: resmooth(
            f(y, p), (y.sum() + p.sum()) / 2, 0, eps
        ),
        "keras.losses.Tversky": lambda f, y, p, alpha, beta, eps: resmooth(
            f()(y, p), (y.sum() + p.sum()) / 2, 1e-7, eps
        ),  # equal weights only: up to 3.15 Keras swaps them
        "optax.losses.dice_loss": lambda f, y, p, alpha, beta, eps: f(
            logit(p), y[None, :, None], smooth=eps, alpha=alpha, beta=beta
        )[0],
    },
}
