"""What other libraries say: one line per snippet."""

import numpy as np


def classes(y, p):
    return np.arange(max(y.max(), p.max()) + 1)


def centered_one_hot(labels, classes):
    table = labels[:, None] == classes
    return (table - table.mean(axis=0)).ravel()


def keras_sums(metric, y, p):
    """The sums that a Keras metric keeps in double precision; its result divides them in single precision."""
    metric.update_state(y, p)
    return [np.sum(variable.numpy()) for variable in metric.variables]


def direction(x):
    return np.sign(np.diff(x))


def by_group(group, y, p):
    parts = [(y[group == g], p[group == g]) for g in np.unique(group)]
    return tuple(np.array([(v.mean(), v.mean() - u.mean(), len(v)) for u, v in parts]).T)


ORACLES = {
    "classify": {
        "sklearn.preprocessing.binarize": lambda f, p, threshold: f(
            p.reshape(1, -1), threshold=np.nextafter(threshold, -1)
        ).reshape(p.shape),
        "torch.ge": lambda f, p, threshold: f(p, threshold).int(),
    },
    "confusion_matrix": {
        "sklearn.metrics.confusion_matrix": lambda f, y, p: f(y, p, labels=classes(y, p)),
        "scipy.stats.contingency.crosstab": lambda f, y, p: f(y, p, levels=[classes(y, p)] * 2).count,
    },
    "accuracy": {
        "sklearn.metrics.accuracy_score": lambda f, y, p: f(y, p),
        "keras.metrics.Accuracy": lambda f, y, p: np.divide(*keras_sums(f(), y, p)),
    },
    "balanced_accuracy": {
        "sklearn.metrics.balanced_accuracy_score": lambda f, y, p: f(y, p),
    },
    "null_accuracy": {
        "sklearn.dummy.DummyClassifier": lambda f, y: f(strategy="most_frequent").fit(y, y).score(y, y),
        "scipy.stats.mode": lambda f, y: f(y).count / len(y),
    },
    "precision": {
        "sklearn.metrics.precision_score": lambda f, y, p: f(y, p, zero_division=0),
        "keras.metrics.Precision": lambda f, y, p: (s := keras_sums(f(), y, p))[0] / max(sum(s), 1),
    },
    "recall": {
        "sklearn.metrics.recall_score": lambda f, y, p: f(y, p, zero_division=0),
        "keras.metrics.Recall": lambda f, y, p: (s := keras_sums(f(), y, p))[0] / max(sum(s), 1),
    },
    "specificity": {
        "sklearn.metrics.recall_score": lambda f, y, p: f(y, p, pos_label=0, zero_division=0),
    },
    "false_positive_rate": {
        "sklearn.metrics.recall_score": lambda f, y, p: f(y, 1 - p, pos_label=0, zero_division=0),
    },
    "false_negative_rate": {
        "sklearn.metrics.recall_score": lambda f, y, p: f(y, 1 - p, zero_division=0),
    },
    "f1": {
        "sklearn.metrics.f1_score": lambda f, y, p: f(y, p, zero_division=0),
    },
    "f_beta": {
        "sklearn.metrics.fbeta_score": lambda f, y, p, beta: f(y, p, beta=beta, zero_division=0),
    },
    "per_class_scores": {
        "sklearn.metrics.precision_recall_fscore_support": lambda f, c: f(
            *np.indices(c.shape).reshape(2, -1), sample_weight=c.ravel(), zero_division=0
        )[:3],
    },
    "macro_f1": {
        "sklearn.metrics.f1_score": lambda f, y, p: f(y, p, average="macro", zero_division=0),
    },
    "micro_f1": {
        "sklearn.metrics.f1_score": lambda f, y, p: f(y, p, average="micro", zero_division=0),
    },
    "weighted_f1": {
        "sklearn.metrics.f1_score": lambda f, y, p: f(y, p, average="weighted", zero_division=0),
    },
    "matthews_correlation": {
        "sklearn.metrics.matthews_corrcoef": lambda f, y, p: f(y, p),
        "scipy.stats.pearsonr": lambda f, y, p: (
            f(*(centered_one_hot(v, classes(y, p)) for v in (y, p))).statistic
        ),
    },
    "cohen_kappa": {
        "sklearn.metrics.cohen_kappa_score": lambda f, y, p: f(y, p),
    },
    "roc_curve": {
        "sklearn.metrics.roc_curve": lambda f, y, s: f(y, s, drop_intermediate=False),
    },
    "roc_auc": {
        "sklearn.metrics.roc_auc_score": lambda f, y, s: f(y, s),
        "scipy.stats.mannwhitneyu": lambda f, y, s: (
            f(s[y == 1], s[y == 0]).statistic / (np.sum(y == 1) * np.sum(y == 0))
        ),
    },
    "area_under_curve": {
        "scipy.integrate.trapezoid": lambda f, x, y: f(y, x),
        "torch.trapezoid": lambda f, x, y: f(y, x),
        "jax.numpy.trapezoid": lambda f, x, y: f(y, x),
        "sklearn.metrics.auc": lambda f, x, y: sum(
            d * f(x[j : j + 2], y[j : j + 2]) for j, d in enumerate(direction(x))
        ),
    },
    "precision_recall_curve": {
        "sklearn.metrics.precision_recall_curve": lambda f, y, s: tuple(
            part[: len(np.unique(s))][::-1] for part in f(y, s)
        ),
    },
    "average_precision": {
        "sklearn.metrics.average_precision_score": lambda f, y, s: f(y, s),
    },
    "log_loss": {
        "sklearn.metrics.log_loss": lambda f, y, p, eps: f(y, p, labels=range(p.shape[1])),
        "torch.nn.functional.nll_loss": lambda f, y, p, eps: f(p.log(), y),
        "keras.losses.SparseCategoricalCrossentropy": lambda f, y, p, eps: f()(y, p),
    },
    "brier_score": {
        "sklearn.metrics.brier_score_loss": lambda f, y, p: f(y, p),
    },
    "top_k_accuracy": {
        "sklearn.metrics.top_k_accuracy_score": lambda f, y, s, top: f(y, s, k=top, labels=range(s.shape[1])),
        "keras.metrics.sparse_top_k_categorical_accuracy": lambda f, y, s, top: np.asarray(
            f(y, s, k=top)
        ).mean(),
    },
    "calibration_curve": {
        "sklearn.calibration.calibration_curve": lambda f, y, p, bins: (
            *f(y, p, n_bins=bins)[::-1],
            np.unique(np.ceil(p * bins), return_counts=True)[1],
        ),
    },
    "expected_calibration_error": {
        "sklearn.calibration.calibration_curve": lambda f, y, p, bins: np.average(
            abs(np.subtract(*f(y, p, n_bins=bins))),
            weights=np.unique(np.ceil(p * bins), return_counts=True)[1],
        ),
    },
    "prediction_bias": {
        "torch.mean": lambda f, y, p: f(p) - f(y),
    },
    "bias_by_bucket": {
        "scipy.stats.rankdata": lambda f, y, p, bins: by_group(np.ceil(bins * f(p, "max") / len(p)), y, p),
    },
    "rmse": {
        "sklearn.metrics.root_mean_squared_error": lambda f, y, p: f(y, p),
        "keras.metrics.RootMeanSquaredError": lambda f, y, p: f()(y, p),
    },
    "mean_absolute_error": {
        "sklearn.metrics.mean_absolute_error": lambda f, y, p: f(y, p),
        "torch.nn.functional.l1_loss": lambda f, y, p: f(p, y),
        "keras.losses.MeanAbsoluteError": lambda f, y, p: f()(y, p),
    },
    "mape": {
        "sklearn.metrics.mean_absolute_percentage_error": lambda f, y, p: f(y, p),
        "keras.losses.MeanAbsolutePercentageError": lambda f, y, p: f()(y, p) / 100,
    },
    "r2_score": {
        "sklearn.metrics.r2_score": lambda f, y, p: f(y, p),
        "keras.metrics.R2Score": lambda f, y, p: f()(y[:, None], p[:, None]),
    },
    "explained_variance": {
        "sklearn.metrics.explained_variance_score": lambda f, y, p: f(y, p),
    },
    "pearson_correlation": {
        "numpy.corrcoef": lambda f, x, y: f(x, y)[0, 1],
        "scipy.stats.pearsonr": lambda f, x, y: f(x, y).statistic,
        "torch.corrcoef": lambda f, x, y: f(x.new_tensor([x.tolist(), y.tolist()]))[0, 1],
        "keras.metrics.PearsonCorrelation": lambda f, x, y: f()(y[None], x[None]),
    },
    "correlation_matrix": {
        "numpy.corrcoef": lambda f, x: f(x, rowvar=False),
        "torch.corrcoef": lambda f, x: f(x.T),
    },
    "spearman_correlation": {
        "scipy.stats.spearmanr": lambda f, x, y: f(x, y).statistic,
    },
    "precision_at_k": {
        "sklearn.metrics.precision_score": lambda f, y, s, top: f(y, s >= np.sort(s)[-top]),
    },
    "reciprocal_rank": {
        "sklearn.metrics.label_ranking_average_precision_score": lambda f, y, s: f(
            [y * (s == s[y == 1].max())], [s]
        ),
    },
    "ndcg": {
        "sklearn.metrics.ndcg_score": lambda f, y, s, top: f([y], [s], k=top),
    },
}
