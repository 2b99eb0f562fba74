"""Numbers that say how good predictions are."""

import numpy as np


# %% Labels


def classify(y_prob, threshold=0.5):
    r"""Class 1 for each probability at or above a threshold, class 0 for the others.

    .. math::
        \hat{y} = \mathbb{1}[p \ge \tau]

    Use it to turn the output of a binary classifier into decisions. Choose the threshold from the costs of
    the two errors: 0.5 is right only when both cost the same.

    Parameters
    ----------
    y_prob : (...) array in [0, 1]
        Predicted probabilities of class 1, :math:`p`.
    threshold : float in [0, 1]
        Smallest probability that counts as positive, :math:`\tau`.

    Returns
    -------
    (...) array in {0, 1}
        Labels :math:`\hat{y}`.

    Raises
    ------
    ValueError
        If a probability or the threshold lies outside [0, 1].

    See Also
    --------
    roc_curve : what every threshold would give.
    sklearn.preprocessing.binarize : takes a table; strictly greater, so a score equal to the threshold is 0.
    torch.ge : the same, as booleans.

    Notes
    -----
    On this site a score equal to the threshold is positive, everywhere. Keras metrics count it as negative.

    Where a false positive costs :math:`a` and a false negative :math:`b`, calibrated probabilities lead to
    the lowest expected cost at the threshold :math:`a / (a + b)`.

    With more than two classes, take the class of the highest probability: ``np.argmax(p, axis=-1)``.

    A probability in single precision is compared as it is: 0.9 stored as float32 is 0.89999998, which is
    below a threshold of 0.9.

    References
    ----------
    .. [1] Bishop, C. M. (2006). Pattern Recognition and Machine Learning. Springer.
       ISBN 978-0-387-31073-2

    Examples
    --------
    >>> classify([0.967, 0.448, 0.015, 0.780, 0.978, 0.004])
    array([1, 0, 0, 1, 1, 0])
    >>> classify([0.93, 0.82, 0.79], threshold=0.82)
    array([1, 1, 0])
    """
    p, t = np.asarray(y_prob, dtype=float), float(threshold)
    if not (0 <= t <= 1 and np.all((p >= 0) & (p <= 1))):
        raise ValueError(f"probabilities and threshold lie in [0, 1], got {p} and {t}")
    return np.asarray(p >= t).astype(int)


def confusion_matrix(y_true, y_pred):
    r"""Table of how many examples of each class were predicted as each class.

    .. math::
        C_{jk} = \sum_{i=1}^{n} \mathbb{1}[y_i = j] \, \mathbb{1}[\hat{y}_i = k]

    Use it first: every metric of hard labels is read off this table, and it shows which classes are mixed up.

    Parameters
    ----------
    y_true : (n,) array in {0, ..., k - 1}
        Class numbers :math:`y`.
    y_pred : (n,) array in {0, ..., k - 1}
        Predicted class numbers :math:`\hat{y}`.

    Returns
    -------
    (k, k) array in [0, inf)
        Counts :math:`C`: row = actual class, column = predicted class.

    Raises
    ------
    ValueError
        If the shapes differ, are empty or are not rows, or a label is not a whole number from 0 to 9999.

    See Also
    --------
    per_class_scores : precision, recall and F1 of each class, from this table.
    sklearn.metrics.confusion_matrix : the same; leaves out classes that do not occur.
    scipy.stats.contingency.crosstab : the same; leaves out classes that do not occur.

    Notes
    -----
    Row = actual and column = predicted is also the order of scikit-learn and TensorFlow; many textbooks and
    Wikipedia pages show the transpose. The diagonal holds the correct predictions.

    For two classes the table is ``[[TN, FP], [FN, TP]]``, with class 0 first. With more than two classes TP,
    FP, FN and TN exist for one class at a time: class :math:`k` against all others.

    The number of classes is the largest label plus one. To add up batches, join their labels, not the tables.

    References
    ----------
    .. [1] Fawcett, T. (2006). An introduction to ROC analysis. Pattern Recognition Letters 27(8), 861-874.
       doi:10.1016/j.patrec.2005.10.010

    Examples
    --------
    Three classes; one example of class 0 was taken for class 2:

    >>> confusion_matrix([0, 0, 1, 2, 2, 2], [0, 2, 1, 2, 2, 2])
    array([[1, 0, 1],
           [0, 1, 0],
           [0, 0, 3]])

    A hundred tumors, nine of them malignant (class 1):

    >>> confusion_matrix([1] * 9 + [0] * 91, [1] + [0] * 8 + [1] + [0] * 90)
    array([[90,  1],
           [ 8,  1]])
    """
    y, p = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    if y.ndim != 1 or y.shape != p.shape or not y.size:
        raise ValueError(f"need equal, non-empty rows, got {y.shape} and {p.shape}")
    classes = np.unique([y, p])
    if not all(0 <= k < 10_000 and k.is_integer() for k in classes):
        raise ValueError(f"class numbers are 0, 1, 2, ..., 9999, got {classes}")
    K = int(classes[-1]) + 1
    C = np.zeros((K, K), dtype=int)
    np.add.at(C, (y.astype(int), p.astype(int)), 1)
    return C


def accuracy(y_true, y_pred):
    r"""Share of predictions that are right.

    .. math::
        A = \frac{1}{n} \sum_{i=1}^{n} \mathbb{1}[\hat{y}_i = y_i]

    Use it when the classes are about equally frequent and both kinds of error cost the same. Otherwise
    compare it with the null accuracy at least.

    Parameters
    ----------
    y_true : (n,) array in {0, ..., k - 1}
        Class numbers :math:`y`.
    y_pred : (n,) array in {0, ..., k - 1}
        Predicted class numbers :math:`\hat{y}`.

    Returns
    -------
    float in [0, 1]
        Accuracy :math:`A`.

    Raises
    ------
    ValueError
        If the shapes differ, are empty or are not rows, or a label is not a whole number from 0 to 2^53 - 1.

    See Also
    --------
    null_accuracy : what a constant answer would reach.
    balanced_accuracy : each class counts the same.
    sklearn.metrics.accuracy_score : the same.
    keras.metrics.Accuracy : the same.

    Notes
    -----
    For two classes this is (TP + TN) / (TP + TN + FP + FN).

    For a disease that one person in 10 000 has, always answering "healthy" is 99.99 % accurate.

    A column against a row is refused: ``np.mean(y == p)`` would compare each label with every prediction.

    References
    ----------
    .. [1] Sokolova, M., Lapalme, G. (2009). A systematic analysis of performance measures for classification
       tasks. Information Processing & Management 45(4), 427-437. doi:10.1016/j.ipm.2009.03.002

    Examples
    --------
    >>> accuracy([0, 1, 2, 2], [0, 1, 2, 1])
    0.75

    A hundred tumors with TP 1, FP 1, FN 8, TN 90, then the answer "benign" for all of them:

    >>> accuracy([1] * 9 + [0] * 91, [1] + [0] * 8 + [1] + [0] * 90)
    0.91
    >>> accuracy([1] * 9 + [0] * 91, [0] * 100)
    0.91
    """
    y, p = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    if y.ndim != 1 or y.shape != p.shape or not y.size:
        raise ValueError(f"need equal, non-empty rows, got {y.shape} and {p.shape}")
    classes = np.unique([y, p])
    if not all(0 <= k < 2**53 and k.is_integer() for k in classes):
        raise ValueError(f"class numbers are 0, 1, 2, ..., got {classes}")
    return float(np.mean(p == y))


def balanced_accuracy(y_true, y_pred):
    r"""Mean over the classes of the share of each class that is recognized.

    .. math::
        A_b = \frac{1}{K} \sum_{k=0}^{K-1}
            \frac{\sum_{i=1}^{n} \mathbb{1}[y_i = k] \, \mathbb{1}[\hat{y}_i = k]}
                 {\sum_{i=1}^{n} \mathbb{1}[y_i = k]}

    Use it instead of accuracy when some classes are rare and every class matters equally.

    Parameters
    ----------
    y_true : (n,) array in {0, ..., k - 1}
        Class numbers :math:`y`.
    y_pred : (n,) array in {0, ..., k - 1}
        Predicted class numbers :math:`\hat{y}`.

    Returns
    -------
    float in [0, 1]
        Balanced accuracy :math:`A_b`.

    Raises
    ------
    ValueError
        If the shapes differ, are empty or are not rows, or a label is not a whole number from 0 to 2^53 - 1.

    See Also
    --------
    recall : the share of one class that is recognized.
    accuracy : each example counts the same.
    sklearn.metrics.balanced_accuracy_score : the same.

    Notes
    -----
    It is the mean of the recalls, also called macro recall. A constant answer gets :math:`1 / K`, however
    frequent its class is. For two classes it is the mean of recall and specificity.

    A class that never occurs in ``y_true`` has no recall and is left out of the mean, as in scikit-learn.

    References
    ----------
    .. [1] Brodersen, K. H., Ong, C. S., Stephan, K. E., Buhmann, J. M. (2010). The Balanced Accuracy and Its
       Posterior Distribution. 20th International Conference on Pattern Recognition, 3121-3124.
       doi:10.1109/ICPR.2010.764

    Examples
    --------
    All four of class 0 are right, but only one of the two of class 1:

    >>> balanced_accuracy([0, 0, 0, 0, 1, 1], [0, 0, 0, 0, 1, 0])
    0.75

    The answer "benign" for 91 benign and 9 malignant tumors, whose accuracy is 0.91:

    >>> balanced_accuracy([1] * 9 + [0] * 91, [0] * 100)
    0.5
    """
    y, p = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    if y.ndim != 1 or y.shape != p.shape or not y.size:
        raise ValueError(f"need equal, non-empty rows, got {y.shape} and {p.shape}")
    classes = np.unique([y, p])
    if not all(0 <= k < 2**53 and k.is_integer() for k in classes):
        raise ValueError(f"class numbers are 0, 1, 2, ..., got {classes}")
    return float(np.mean([np.mean(p[y == k] == k) for k in np.unique(y)]))


def null_accuracy(y_true):
    r"""Accuracy of always answering the most frequent class.

    .. math::
        A_0 = \max_{0 \le k \le K-1} \frac{1}{n} \sum_{i=1}^{n} \mathbb{1}[y_i = k]

    Use it as the baseline of every accuracy: a classifier that does not beat it has learned nothing useful.

    Parameters
    ----------
    y_true : (n,) array in {0, ..., k - 1}
        Class numbers :math:`y`.

    Returns
    -------
    float in (0, 1]
        Null accuracy :math:`A_0`, the share of the majority class.

    Raises
    ------
    ValueError
        If the labels are empty or not a row, or one is not a whole number from 0 to 2^53 - 1.

    See Also
    --------
    accuracy : the number to compare with it.
    sklearn.dummy.DummyClassifier : such a classifier, with ``strategy="most_frequent"``.
    scipy.stats.mode : the most frequent class and its count.

    Notes
    -----
    Also called no-information rate. A fair baseline answers the class that is most frequent in the training
    data. Where the test data have another majority, its accuracy is below this number.

    References
    ----------
    .. [1] Kuhn, M., Johnson, K. (2013). Applied Predictive Modeling. Springer.
       doi:10.1007/978-1-4614-6849-3

    Examples
    --------
    >>> null_accuracy([0, 1, 2, 2])
    0.5
    >>> null_accuracy([1] * 9 + [0] * 91)
    0.91
    """
    y = np.asarray(y_true, dtype=float)
    if y.ndim != 1 or not y.size:
        raise ValueError(f"need one non-empty row of labels, got shape {y.shape}")
    classes, counts = np.unique(y, return_counts=True)
    if not all(0 <= k < 2**53 and k.is_integer() for k in classes):
        raise ValueError(f"class numbers are 0, 1, 2, ..., got {classes}")
    return float(np.max(counts) / y.size)


def precision(y_true, y_pred):
    r"""Share of the positive predictions that are right.

    .. math::
        P = \frac{\mathrm{TP}}{\mathrm{TP} + \mathrm{FP}}, \quad
        \mathrm{TP} = \sum_{i=1}^{n} y_i \, \hat{y}_i, \quad
        \mathrm{FP} = \sum_{i=1}^{n} (1 - y_i) \, \hat{y}_i

    Use it when a false alarm is costly, and together with recall: a model that flags only its single surest
    case can reach 1.

    Parameters
    ----------
    y_true : (n,) array in {0, 1}
        Labels :math:`y`.
    y_pred : (n,) array in {0, 1}
        Predicted labels :math:`\hat{y}`.

    Returns
    -------
    float in [0, 1]
        Precision :math:`P`; 0 if nothing is predicted positive.

    Raises
    ------
    ValueError
        If the shapes differ, are empty or are not rows, or a label is neither 0 nor 1.

    See Also
    --------
    recall : share of the actual positives that are found.
    precision_recall_curve : precision and recall at every threshold.
    sklearn.metrics.precision_score : the same; warns when nothing is predicted positive.
    keras.metrics.Precision : takes probabilities; positive if strictly greater than 0.5.

    Notes
    -----
    Also called positive predictive value. Without any positive prediction it is 0 / 0, which counts as 0
    here, as in scikit-learn and Keras.

    It depends on how frequent the positive class is: the same classifier has lower precision where positives
    are rarer. It usually rises with the threshold but need not, whereas recall never rises.

    Printed without parentheses, TP/TP+FP would be 1 + FP: the sum is the denominator.

    References
    ----------
    .. [1] Manning, C. D., Raghavan, P., Schütze, H. (2008). Introduction to Information Retrieval. Cambridge
       University Press. doi:10.1017/CBO9780511809071

    Examples
    --------
    Four predicted positive, three of them right:

    >>> precision([1, 1, 1, 0, 0, 1], [1, 1, 1, 1, 0, 0])
    0.75

    A hundred tumors with TP 1, FP 1, FN 8, TN 90:

    >>> precision([1] * 9 + [0] * 91, [1] + [0] * 8 + [1] + [0] * 90)
    0.5
    """
    y, p = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    if y.ndim != 1 or y.shape != p.shape or not y.size:
        raise ValueError(f"need equal, non-empty rows, got {y.shape} and {p.shape}")
    if not np.isin([y, p], [0, 1]).all():
        raise ValueError(f"labels are 0 or 1, got {np.unique([y, p])}")
    tp, fp = np.sum(y * p), np.sum((1 - y) * p)
    return float(tp / max(tp + fp, 1))  # 0 / 0 counts as 0


def recall(y_true, y_pred):
    r"""Share of the actual positives that are found.

    .. math::
        R = \frac{\mathrm{TP}}{\mathrm{TP} + \mathrm{FN}}, \quad
        \mathrm{TP} = \sum_{i=1}^{n} y_i \, \hat{y}_i, \quad
        \mathrm{FN} = \sum_{i=1}^{n} y_i \, (1 - \hat{y}_i)

    Use it when a missed positive is costly, and together with precision: calling everything positive gives 1.

    Parameters
    ----------
    y_true : (n,) array in {0, 1}
        Labels :math:`y`.
    y_pred : (n,) array in {0, 1}
        Predicted labels :math:`\hat{y}`.

    Returns
    -------
    float in [0, 1]
        Recall :math:`R`; 0 if there is no actual positive.

    Raises
    ------
    ValueError
        If the shapes differ, are empty or are not rows, or a label is neither 0 nor 1.

    See Also
    --------
    precision : share of the positive predictions that are right.
    specificity : the same for the negatives.
    false_negative_rate : one minus recall.
    sklearn.metrics.recall_score : the same; warns when there is no actual positive.
    keras.metrics.Recall : takes probabilities; positive if strictly greater than 0.5.

    Notes
    -----
    Also called sensitivity or true positive rate (TPR), the vertical axis of the ROC curve. It is the power,
    :math:`1 - \beta`, of a test. Raising the threshold never raises it.

    Without any actual positive it is 0 / 0, which counts as 0 here, as in scikit-learn and Keras.

    References
    ----------
    .. [1] Manning, C. D., Raghavan, P., Schütze, H. (2008). Introduction to Information Retrieval. Cambridge
       University Press. doi:10.1017/CBO9780511809071

    Examples
    --------
    Four actual positives, three of them found:

    >>> recall([1, 1, 1, 1, 0, 0], [1, 1, 1, 0, 1, 0])
    0.75

    A hundred tumors with TP 1, FP 1, FN 8, TN 90, so eight of nine malignant ones are missed:

    >>> round(recall([1] * 9 + [0] * 91, [1] + [0] * 8 + [1] + [0] * 90), 2)
    0.11
    """
    y, p = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    if y.ndim != 1 or y.shape != p.shape or not y.size:
        raise ValueError(f"need equal, non-empty rows, got {y.shape} and {p.shape}")
    if not np.isin([y, p], [0, 1]).all():
        raise ValueError(f"labels are 0 or 1, got {np.unique([y, p])}")
    tp, fn = np.sum(y * p), np.sum(y * (1 - p))
    return float(tp / max(tp + fn, 1))  # 0 / 0 counts as 0


def specificity(y_true, y_pred):
    r"""Share of the actual negatives that are recognized as negative.

    .. math::
        S = \frac{\mathrm{TN}}{\mathrm{TN} + \mathrm{FP}}, \quad
        \mathrm{TN} = \sum_{i=1}^{n} (1 - y_i) (1 - \hat{y}_i), \quad
        \mathrm{FP} = \sum_{i=1}^{n} (1 - y_i) \, \hat{y}_i

    Use it with recall to describe a test independently of how frequent the positives are. Alone it can be
    gamed: calling everything negative gives 1.

    Parameters
    ----------
    y_true : (n,) array in {0, 1}
        Labels :math:`y`.
    y_pred : (n,) array in {0, 1}
        Predicted labels :math:`\hat{y}`.

    Returns
    -------
    float in [0, 1]
        Specificity :math:`S`; 0 if there is no actual negative.

    Raises
    ------
    ValueError
        If the shapes differ, are empty or are not rows, or a label is neither 0 nor 1.

    See Also
    --------
    recall : the same for the positives (sensitivity).
    false_positive_rate : one minus specificity.
    sklearn.metrics.recall_score : the same with ``pos_label=0``; warns when there is no actual negative.

    Notes
    -----
    Also called true negative rate (TNR) or selectivity. Without any actual negative it is 0 / 0, which counts
    as 0 here, as in scikit-learn.

    References
    ----------
    .. [1] Altman, D. G., Bland, J. M. (1994). Diagnostic tests 1: sensitivity and specificity. BMJ 308, 1552.
       doi:10.1136/bmj.308.6943.1552

    Examples
    --------
    Four actual negatives, three of them recognized:

    >>> specificity([0, 0, 0, 0, 1, 1], [0, 0, 0, 1, 0, 1])
    0.75
    """
    y, p = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    if y.ndim != 1 or y.shape != p.shape or not y.size:
        raise ValueError(f"need equal, non-empty rows, got {y.shape} and {p.shape}")
    if not np.isin([y, p], [0, 1]).all():
        raise ValueError(f"labels are 0 or 1, got {np.unique([y, p])}")
    tn, fp = np.sum((1 - y) * (1 - p)), np.sum((1 - y) * p)
    return float(tn / max(tn + fp, 1))  # 0 / 0 counts as 0


def false_positive_rate(y_true, y_pred):
    r"""Share of the actual negatives that are taken for positive.

    .. math::
        \mathrm{FPR} = \frac{\mathrm{FP}}{\mathrm{FP} + \mathrm{TN}}, \quad
        \mathrm{FP} = \sum_{i=1}^{n} (1 - y_i) \, \hat{y}_i, \quad
        \mathrm{TN} = \sum_{i=1}^{n} (1 - y_i) (1 - \hat{y}_i)

    Use it for the price of a threshold: how many ordinary cases raise an alarm. It is the horizontal axis of
    the ROC curve.

    Parameters
    ----------
    y_true : (n,) array in {0, 1}
        Labels :math:`y`.
    y_pred : (n,) array in {0, 1}
        Predicted labels :math:`\hat{y}`.

    Returns
    -------
    float in [0, 1]
        False positive rate :math:`\mathrm{FPR}`; 0 if there is no actual negative.

    Raises
    ------
    ValueError
        If the shapes differ, are empty or are not rows, or a label is neither 0 nor 1.

    See Also
    --------
    specificity : one minus this rate.
    precision : the share among the positive predictions instead.
    sklearn.metrics.recall_score : the same of the opposite labels, ``1 - y_pred``, with ``pos_label=0``.

    Notes
    -----
    Also called fall-out or type I error rate, the significance level :math:`\alpha` of a test. It is not the
    share of alarms that are false, which is one minus precision (the false discovery rate).

    Without any actual negative it is 0 / 0, which counts as 0 here. Specificity is then 0 as well; in all
    other cases the two add up to 1.

    References
    ----------
    .. [1] Fawcett, T. (2006). An introduction to ROC analysis. Pattern Recognition Letters 27(8), 861-874.
       doi:10.1016/j.patrec.2005.10.010

    Examples
    --------
    Four actual negatives, one of them flagged:

    >>> false_positive_rate([0, 0, 0, 0, 1, 1], [0, 0, 0, 1, 0, 1])
    0.25
    """
    y, p = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    if y.ndim != 1 or y.shape != p.shape or not y.size:
        raise ValueError(f"need equal, non-empty rows, got {y.shape} and {p.shape}")
    if not np.isin([y, p], [0, 1]).all():
        raise ValueError(f"labels are 0 or 1, got {np.unique([y, p])}")
    fp, tn = np.sum((1 - y) * p), np.sum((1 - y) * (1 - p))
    return float(fp / max(fp + tn, 1))  # 0 / 0 counts as 0


def false_negative_rate(y_true, y_pred):
    r"""Share of the actual positives that are missed.

    .. math::
        \mathrm{FNR} = \frac{\mathrm{FN}}{\mathrm{FN} + \mathrm{TP}}, \quad
        \mathrm{FN} = \sum_{i=1}^{n} y_i \, (1 - \hat{y}_i), \quad
        \mathrm{TP} = \sum_{i=1}^{n} y_i \, \hat{y}_i

    Use it where a miss is the error that hurts: an untreated disease, an undetected fraud.

    Parameters
    ----------
    y_true : (n,) array in {0, 1}
        Labels :math:`y`.
    y_pred : (n,) array in {0, 1}
        Predicted labels :math:`\hat{y}`.

    Returns
    -------
    float in [0, 1]
        False negative rate :math:`\mathrm{FNR}`; 0 if there is no actual positive.

    Raises
    ------
    ValueError
        If the shapes differ, are empty or are not rows, or a label is neither 0 nor 1.

    See Also
    --------
    recall : one minus this rate.
    false_positive_rate : the same for the negatives.
    sklearn.metrics.recall_score : the same of the opposite labels, ``1 - y_pred``.

    Notes
    -----
    Also called miss rate or type II error rate, :math:`\beta` in statistics. It never falls when the
    threshold rises.

    Without any actual positive it is 0 / 0, which counts as 0 here. Recall is then 0 as well; in all other
    cases the two add up to 1.

    References
    ----------
    .. [1] Fawcett, T. (2006). An introduction to ROC analysis. Pattern Recognition Letters 27(8), 861-874.
       doi:10.1016/j.patrec.2005.10.010

    Examples
    --------
    Four actual positives, one of them missed:

    >>> false_negative_rate([1, 1, 1, 1, 0, 0], [1, 1, 1, 0, 1, 0])
    0.25
    """
    y, p = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    if y.ndim != 1 or y.shape != p.shape or not y.size:
        raise ValueError(f"need equal, non-empty rows, got {y.shape} and {p.shape}")
    if not np.isin([y, p], [0, 1]).all():
        raise ValueError(f"labels are 0 or 1, got {np.unique([y, p])}")
    fn, tp = np.sum(y * (1 - p)), np.sum(y * p)
    return float(fn / max(fn + tp, 1))  # 0 / 0 counts as 0


def f1(y_true, y_pred):
    r"""Harmonic mean of precision and recall.

    .. math::
        F_1 = \frac{2 P R}{P + R}
            = \frac{2 \sum_{i=1}^{n} y_i \, \hat{y}_i}{\sum_{i=1}^{n} y_i + \sum_{i=1}^{n} \hat{y}_i}, \quad
        P = \operatorname{precision}(y, \hat{y}), \quad
        R = \operatorname{recall}(y, \hat{y})

    Use it as one number for a rare positive class when precision and recall matter equally. It ignores the
    true negatives.

    Parameters
    ----------
    y_true : (n,) array in {0, 1}
        Labels :math:`y`.
    y_pred : (n,) array in {0, 1}
        Predicted labels :math:`\hat{y}`.

    Returns
    -------
    float in [0, 1]
        :math:`F_1`; 0 if no label and no prediction is positive.

    Raises
    ------
    ValueError
        If the shapes differ, are empty or are not rows, or a label is neither 0 nor 1.

    See Also
    --------
    f_beta : recall weighs more, or less, than precision.
    macro_f1 : for more than two classes.
    sklearn.metrics.f1_score : the same; warns when no label and no prediction is positive.

    Notes
    -----
    The harmonic mean, :math:`2 / (1/P + 1/R)`, stays close to the smaller of the two: with precision 1 and
    recall 0.01 the arithmetic mean is 0.505, but :math:`F_1` is 0.02. It punishes the low value; it does not
    dampen outliers.

    With no positive label and no positive prediction it is 0 / 0, which counts as 0 here, as in scikit-learn.

    It is the Dice coefficient of the set of positives and the set of predicted positives. Keras adds 1e-7 to
    each denominator, so its F1Score differs from the seventh digit on.

    References
    ----------
    .. [1] Manning, C. D., Raghavan, P., Schütze, H. (2008). Introduction to Information Retrieval. Cambridge
       University Press. doi:10.1017/CBO9780511809071

    Examples
    --------
    Precision 2/3 and recall 1/2:

    >>> round(f1([1, 1, 1, 1, 0, 0], [1, 1, 0, 0, 1, 0]), 4)
    0.5714

    A hundred brain scans, ten with a tumor, one flagged and right: precision 1, recall 0.10:

    >>> round(f1([1] * 10 + [0] * 90, [1] + [0] * 99), 4)
    0.1818
    """
    y, p = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    if y.ndim != 1 or y.shape != p.shape or not y.size:
        raise ValueError(f"need equal, non-empty rows, got {y.shape} and {p.shape}")
    if not np.isin([y, p], [0, 1]).all():
        raise ValueError(f"labels are 0 or 1, got {np.unique([y, p])}")
    tp, fp, fn = np.sum(y * p), np.sum((1 - y) * p), np.sum(y * (1 - p))
    return float(2 * tp / max(2 * tp + fp + fn, 1))  # 0 / 0 counts as 0


def f_beta(y_true, y_pred, beta):
    r"""Mean of precision and recall in which recall is beta times as important.

    .. math::
        F_\beta = \frac{(1 + \beta^2) \, P R}{\beta^2 P + R}
            = \frac{(1 + \beta^2) \sum_{i=1}^{n} y_i \, \hat{y}_i}
                   {\beta^2 \sum_{i=1}^{n} y_i + \sum_{i=1}^{n} \hat{y}_i}, \quad
        P = \operatorname{precision}(y, \hat{y}), \quad
        R = \operatorname{recall}(y, \hat{y})

    Use it with beta 2 where a miss is worse than a false alarm, and with beta 0.5 where it is the other way
    round.

    Parameters
    ----------
    y_true : (n,) array in {0, 1}
        Labels :math:`y`.
    y_pred : (n,) array in {0, 1}
        Predicted labels :math:`\hat{y}`.
    beta : float > 0
        How many times as important recall is as precision, :math:`\beta`.

    Returns
    -------
    float in [0, 1]
        :math:`F_\beta`; 0 if no label and no prediction is positive.

    Raises
    ------
    ValueError
        If the shapes differ, are empty or are not rows, a label is neither 0 nor 1, or ``beta`` is not
        positive and finite.

    See Also
    --------
    f1 : beta is 1.
    sklearn.metrics.fbeta_score : the same; warns when no label and no prediction is positive.

    Notes
    -----
    It goes to precision as :math:`\beta \to 0` and to recall as :math:`\beta \to \infty`. The square comes
    from the definition of "as important": at :math:`R = \beta P` a small gain in precision and the same gain
    in recall are worth the same.

    The code divides both sides by :math:`1 + \beta^2`, so that a large :math:`\beta` cannot overflow. With no
    positive label and no positive prediction the score is 0 / 0, which counts as 0 here, as in scikit-learn.

    References
    ----------
    .. [1] van Rijsbergen, C. J. (1979). Information Retrieval. 2nd edition. Butterworths.
       ISBN 978-0-408-70929-3

    Examples
    --------
    Precision 1 and recall 1/2, first with recall more important, then with precision:

    >>> y, p = [1, 1, 1, 1, 0, 0], [1, 1, 0, 0, 0, 0]
    >>> round(f_beta(y, p, beta=2), 4), round(f_beta(y, p, beta=0.5), 4)
    (0.5556, 0.8333)
    """
    y, p = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    b = float(beta)
    if y.ndim != 1 or y.shape != p.shape or not y.size:
        raise ValueError(f"need equal, non-empty rows, got {y.shape} and {p.shape}")
    if not np.isin([y, p], [0, 1]).all() or not 0 < b < np.inf:
        raise ValueError(f"labels are 0 or 1, beta > 0, got {np.unique([y, p])} and {b}")
    tp, fp, fn = np.sum(y * p), np.sum((1 - y) * p), np.sum(y * (1 - p))
    w = (b / np.hypot(1, b)) ** 2  # beta^2 / (1 + beta^2)
    return float(tp / max(tp + w * fn + (1 - w) * fp, 1))  # 0 / 0 counts as 0


def per_class_scores(counts):
    r"""Precision, recall and F1 of each class, read off a confusion matrix.

    .. math::
        P_k = \frac{C_{kk}}{\sum_{j=0}^{K-1} C_{jk}}, \quad
        R_k = \frac{C_{kk}}{\sum_{j=0}^{K-1} C_{kj}}, \quad
        F_k = \frac{2 \, C_{kk}}{\sum_{j=0}^{K-1} C_{jk} + \sum_{j=0}^{K-1} C_{kj}}

    Use it to see which class an average hides, and to check the numbers of a published table.

    Parameters
    ----------
    counts : (k, k) array in [0, inf)
        Confusion matrix :math:`C`: row = actual class, column = predicted class.

    Returns
    -------
    precision : (k,) array in [0, 1]
        Diagonal by column sum, :math:`P`; 0 for a class that is never predicted.
    recall : (k,) array in [0, 1]
        Diagonal by row sum, :math:`R`; 0 for a class that never occurs.
    f1 : (k,) array in [0, 1]
        Harmonic mean of the two, :math:`F`; 0 for a class that does neither.

    Raises
    ------
    ValueError
        If the matrix is empty or not square, or a count is not between 0 and 2^53.

    See Also
    --------
    confusion_matrix : makes the table.
    macro_f1 : mean of the F1 over the classes.
    sklearn.metrics.precision_recall_fscore_support : the same with ``average=None``, from labels.

    Notes
    -----
    Each class in turn is the positive one, all others are negative. A transposed table swaps precision and
    recall. 0 / 0 counts as 0, as in scikit-learn.

    References
    ----------
    .. [1] Sokolova, M., Lapalme, G. (2009). A systematic analysis of performance measures for classification
       tasks. Information Processing & Management 45(4), 427-437. doi:10.1016/j.ipm.2009.03.002

    Examples
    --------
    Benign tumors in the first row, malignant ones in the second:

    >>> precision, recall, f1 = per_class_scores([[90, 1], [8, 1]])
    >>> precision.round(2), recall.round(2), f1.round(2)
    (array([0.92, 0.5 ]), array([0.99, 0.11]), array([0.95, 0.18]))
    """
    C = np.asarray(counts, dtype=float)
    if C.ndim != 2 or C.shape[0] != C.shape[1] or not C.size:
        raise ValueError(f"need a square, non-empty table, got shape {C.shape}")
    if not ((C >= 0) & (C <= 2**53)).all():
        raise ValueError(f"counts lie between 0 and 2^53, got {C}")
    hits, predicted, actual = np.diag(C), np.sum(C, axis=0), np.sum(C, axis=1)  # (k,)
    P = hits / np.where(predicted > 0, predicted, 1)  # 0 / 0 counts as 0
    R = hits / np.where(actual > 0, actual, 1)
    F = 2 * hits / np.where(predicted + actual > 0, predicted + actual, 1)
    return P, R, F


def macro_f1(y_true, y_pred):
    r"""Mean of the F1 of the classes, each class counting the same.

    .. math::
        F_\text{macro} = \frac{1}{K} \sum_{k=0}^{K-1}
            \frac{2 \sum_{i=1}^{n} \mathbb{1}[y_i = k] \, \mathbb{1}[\hat{y}_i = k]}
                 {\sum_{i=1}^{n} \mathbb{1}[y_i = k] + \sum_{i=1}^{n} \mathbb{1}[\hat{y}_i = k]}

    Use it when rare classes matter as much as frequent ones.

    Parameters
    ----------
    y_true : (n,) array in {0, ..., k - 1}
        Class numbers :math:`y`.
    y_pred : (n,) array in {0, ..., k - 1}
        Predicted class numbers :math:`\hat{y}`.

    Returns
    -------
    float in [0, 1]
        :math:`F_\text{macro}`.

    Raises
    ------
    ValueError
        If the shapes differ, are empty or are not rows, or a label is not a whole number from 0 to 2^53 - 1.

    See Also
    --------
    weighted_f1 : each class counts by its number of examples.
    micro_f1 : each example counts the same.
    sklearn.metrics.f1_score : the same with ``average="macro"``.

    Notes
    -----
    A class that occurs neither in ``y_true`` nor in ``y_pred`` is left out of the mean, as in scikit-learn. A
    class that occurs and is never hit counts as 0.

    Some papers average precision and recall first and take the harmonic mean of the two averages. That is
    another number, by up to 0.5 (Opitz and Burst).

    References
    ----------
    .. [1] Opitz, J., Burst, S. (2019). Macro F1 and Macro F1. arXiv:1911.03347

    Examples
    --------
    The F1 of the three classes is 1, 2/3 and 0:

    >>> round(macro_f1([0, 0, 0, 1, 2], [0, 0, 0, 1, 1]), 4)
    0.5556
    """
    y, p = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    if y.ndim != 1 or y.shape != p.shape or not y.size:
        raise ValueError(f"need equal, non-empty rows, got {y.shape} and {p.shape}")
    classes = np.unique([y, p])
    if not all(0 <= k < 2**53 and k.is_integer() for k in classes):
        raise ValueError(f"class numbers are 0, 1, 2, ..., got {classes}")
    hits = [np.sum((y == k) & (p == k)) for k in classes]
    F = 2 * np.array(hits) / [np.sum(y == k) + np.sum(p == k) for k in classes]
    return float(np.mean(F))


def micro_f1(y_true, y_pred):
    r"""F1 of the hits and errors of all classes added up.

    .. math::
        F_\text{micro}
            = \frac{2 \sum_{k=0}^{K-1} \sum_{i=1}^{n} \mathbb{1}[y_i = k] \, \mathbb{1}[\hat{y}_i = k]}
                   {\sum_{k=0}^{K-1} \sum_{i=1}^{n} (\mathbb{1}[y_i = k] + \mathbb{1}[\hat{y}_i = k])}

    Use it to compare with published tables. With one label per example it equals accuracy, which says the
    same in plainer words.

    Parameters
    ----------
    y_true : (n,) array in {0, ..., k - 1}
        Class numbers :math:`y`.
    y_pred : (n,) array in {0, ..., k - 1}
        Predicted class numbers :math:`\hat{y}`.

    Returns
    -------
    float in [0, 1]
        :math:`F_\text{micro}`.

    Raises
    ------
    ValueError
        If the shapes differ, are empty or are not rows, or a label is not a whole number from 0 to 2^53 - 1.

    See Also
    --------
    accuracy : the same number.
    macro_f1 : each class counts the same.
    sklearn.metrics.f1_score : the same with ``average="micro"``.

    Notes
    -----
    A wrong prediction is one false positive (of the class it named) and one false negative (of the class it
    missed). So with one label per example, micro precision, micro recall, micro F1 and accuracy are all
    equal. They differ where an example can have several labels, or where one class is left out of the sums.

    References
    ----------
    .. [1] Sokolova, M., Lapalme, G. (2009). A systematic analysis of performance measures for classification
       tasks. Information Processing & Management 45(4), 427-437. doi:10.1016/j.ipm.2009.03.002

    Examples
    --------
    Four of five are right:

    >>> micro_f1([0, 0, 0, 1, 2], [0, 0, 0, 1, 1])
    0.8
    """
    y, p = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    if y.ndim != 1 or y.shape != p.shape or not y.size:
        raise ValueError(f"need equal, non-empty rows, got {y.shape} and {p.shape}")
    classes = np.unique([y, p])
    if not all(0 <= k < 2**53 and k.is_integer() for k in classes):
        raise ValueError(f"class numbers are 0, 1, 2, ..., got {classes}")
    hits = sum(np.sum((y == k) & (p == k)) for k in classes)
    return float(2 * hits / sum(np.sum(y == k) + np.sum(p == k) for k in classes))


def weighted_f1(y_true, y_pred):
    r"""Mean of the F1 of the classes, each class weighted by its number of examples.

    .. math::
        F_\text{weighted} = \sum_{k=0}^{K-1} \frac{\sum_{i=1}^{n} \mathbb{1}[y_i = k]}{n} \,
            \frac{2 \sum_{i=1}^{n} \mathbb{1}[y_i = k] \, \mathbb{1}[\hat{y}_i = k]}
                 {\sum_{i=1}^{n} \mathbb{1}[y_i = k] + \sum_{i=1}^{n} \mathbb{1}[\hat{y}_i = k]}

    Use it when frequent classes should count more. It hides a rare class as accuracy does; report the macro
    average beside it.

    Parameters
    ----------
    y_true : (n,) array in {0, ..., k - 1}
        Class numbers :math:`y`.
    y_pred : (n,) array in {0, ..., k - 1}
        Predicted class numbers :math:`\hat{y}`.

    Returns
    -------
    float in [0, 1]
        :math:`F_\text{weighted}`.

    Raises
    ------
    ValueError
        If the shapes differ, are empty or are not rows, or a label is not a whole number from 0 to 2^53 - 1.

    See Also
    --------
    macro_f1 : each class counts the same.
    sklearn.metrics.f1_score : the same with ``average="weighted"``.

    Notes
    -----
    The weight is the share of the class in ``y_true``, so a class that is only predicted has weight 0. Unlike
    a harmonic mean of two numbers, the result need not lie between the weighted precision and the weighted
    recall.

    References
    ----------
    .. [1] Opitz, J. (2024). A Closer Look at Classification Evaluation Metrics and a Critical Reflection of
       Common Evaluation Practice. Transactions of the Association for Computational Linguistics 12, 820-836.
       doi:10.1162/tacl_a_00675

    Examples
    --------
    The F1 of the three classes is 1, 2/3 and 0; their shares are 3/5, 1/5 and 1/5:

    >>> round(weighted_f1([0, 0, 0, 1, 2], [0, 0, 0, 1, 1]), 4)
    0.7333
    """
    y, p = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    if y.ndim != 1 or y.shape != p.shape or not y.size:
        raise ValueError(f"need equal, non-empty rows, got {y.shape} and {p.shape}")
    classes = np.unique([y, p])
    if not all(0 <= k < 2**53 and k.is_integer() for k in classes):
        raise ValueError(f"class numbers are 0, 1, 2, ..., got {classes}")
    hits = [np.sum((y == k) & (p == k)) for k in classes]
    F = 2 * np.array(hits) / [np.sum(y == k) + np.sum(p == k) for k in classes]
    n_k = [np.sum(y == k) for k in classes]
    return float(np.dot(n_k, F) / y.size)


def matthews_correlation(y_true, y_pred):
    r"""Correlation of actual and predicted classes.

    .. math::
        \phi = \frac{n \sum_{i=1}^{n} \mathbb{1}[y_i = \hat{y}_i] - \sum_{k=0}^{K-1} n_k \, \hat{n}_k}
            {\sqrt{\left( n^2 - \sum_{k=0}^{K-1} n_k^2 \right)
                   \left( n^2 - \sum_{k=0}^{K-1} \hat{n}_k^2 \right)}}, \quad
        n_k = \sum_{i=1}^{n} \mathbb{1}[y_i = k], \quad
        \hat{n}_k = \sum_{i=1}^{n} \mathbb{1}[\hat{y}_i = k]

    Use it as one number for imbalanced classes when all cells of the confusion matrix matter.

    Parameters
    ----------
    y_true : (n,) array in {0, ..., k - 1}
        Class numbers :math:`y`.
    y_pred : (n,) array in {0, ..., k - 1}
        Predicted class numbers :math:`\hat{y}`.

    Returns
    -------
    float in [-1, 1]
        Correlation :math:`\phi`: 1 if all are right, 0 if no better than chance, negative if worse.

    Raises
    ------
    ValueError
        If the shapes differ, are empty or are not rows, or a label is not a whole number from 0 to 2^53 - 1.

    See Also
    --------
    f1 : ignores the true negatives.
    cohen_kappa : another score that is 0 for a constant answer.
    sklearn.metrics.matthews_corrcoef : the same.
    scipy.stats.pearsonr : the same for two classes, for more if fed the one-hot labels, columns centered.

    Notes
    -----
    Also called MCC or, for two classes, phi coefficient. There it is Pearson's correlation of the zeros and
    ones,

    :math:`\frac{\mathrm{TP} \, \mathrm{TN} - \mathrm{FP} \, \mathrm{FN}}{\sqrt{(\mathrm{TP} + \mathrm{FP})
    (\mathrm{TN} + \mathrm{FN}) (\mathrm{TP} + \mathrm{FN}) (\mathrm{TN} + \mathrm{FP})}}`,

    and -1 if all are wrong. With more classes the smallest value lies between -1 and 0.

    Swapping two classes, or truth and prediction, leaves it unchanged; F1 has only the second symmetry. If
    either row is constant, it is 0 / 0, which counts as 0 here, as in scikit-learn.

    References
    ----------
    .. [1] Matthews, B. W. (1975). Comparison of the predicted and observed secondary structure of T4 phage
       lysozyme. Biochimica et Biophysica Acta (BBA) - Protein Structure 405(2), 442-451.
       doi:10.1016/0005-2795(75)90109-9
    .. [2] Gorodkin, J. (2004). Comparing two K-category assignments by a K-category correlation coefficient.
       Computational Biology and Chemistry 28(5-6), 367-374. doi:10.1016/j.compbiolchem.2004.09.006
    .. [3] Chicco, D., Jurman, G. (2020). The advantages of the Matthews correlation coefficient (MCC) over F1
       score and accuracy in binary classification evaluation. BMC Genomics 21, 6.
       doi:10.1186/s12864-019-6413-7

    Examples
    --------
    TP 2, FP 1, FN 1, TN 2:

    >>> round(matthews_correlation([1, 1, 1, 0, 0, 0], [1, 1, 0, 1, 0, 0]), 4)
    0.3333

    A constant answer, whose accuracy is 0.91; then three classes:

    >>> matthews_correlation([1] * 9 + [0] * 91, [0] * 100)
    0.0
    >>> round(matthews_correlation([0, 0, 0, 1, 2], [0, 0, 0, 1, 1]), 4)
    0.6944
    """
    y, p = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    if y.ndim != 1 or y.shape != p.shape or not y.size:
        raise ValueError(f"need equal, non-empty rows, got {y.shape} and {p.shape}")
    classes = np.unique([y, p])
    if not all(0 <= k < 2**53 and k.is_integer() for k in classes):
        raise ValueError(f"class numbers are 0, 1, 2, ..., got {classes}")
    n, hits = float(y.size), np.sum(y == p)
    n_y = np.array([np.sum(y == k) for k in classes], dtype=float)
    n_p = np.array([np.sum(p == k) for k in classes], dtype=float)
    product = (n**2 - np.sum(n_y**2)) * (n**2 - np.sum(n_p**2))
    return float((n * hits - np.sum(n_y * n_p)) / np.sqrt(max(product, 1)))  # 0 / 0 counts as 0


def cohen_kappa(y_true, y_pred):
    r"""Agreement of two raters beyond what chance would give.

    .. math::
        \kappa = \frac{p_o - p_e}{1 - p_e}, \quad
        p_o = \frac{1}{n} \sum_{i=1}^{n} \mathbb{1}[y_i = \hat{y}_i], \quad
        p_e = \sum_{k=0}^{K-1} \frac{\sum_{i=1}^{n} \mathbb{1}[y_i = k]}{n} \,
            \frac{\sum_{i=1}^{n} \mathbb{1}[\hat{y}_i = k]}{n}

    Use it to measure how far two raters agree, before their labels are called ground truth, or as an accuracy
    that is 0 for a constant answer.

    Parameters
    ----------
    y_true : (n,) array in {0, ..., k - 1}
        Class numbers :math:`y` of the first rater, or the truth.
    y_pred : (n,) array in {0, ..., k - 1}
        Class numbers :math:`\hat{y}` of the second rater, or the predictions.

    Returns
    -------
    float in [-1, 1]
        Agreement :math:`\kappa`: 1 if complete, 0 if as expected by chance, negative if less.

    Raises
    ------
    ValueError
        If the shapes differ, are empty or are not rows, or a label is not a whole number from 0 to 2^53 - 1.

    See Also
    --------
    accuracy : the agreement without the correction for chance.
    matthews_correlation : close to it; never smaller in size.
    sklearn.metrics.cohen_kappa_score : the same; NaN if both raters always name the same single class.

    Notes
    -----
    :math:`p_o` is the agreement that is observed, :math:`p_e` the one that is expected if each rater kept the
    frequencies of the classes and drew them at random.

    If both raters name one and the same class throughout, it is 0 / 0, which counts as 0 here: their
    agreement is complete but says nothing.

    Rare classes make chance agreement high, so the same accuracy gives a lower :math:`\kappa` on imbalanced
    data. Compare values only between sets with similar class frequencies.

    References
    ----------
    .. [1] Cohen, J. (1960). A Coefficient of Agreement for Nominal Scales. Educational and Psychological
       Measurement 20(1), 37-46. doi:10.1177/001316446002000104

    Examples
    --------
    Observed agreement 4/5, expected agreement 11/25:

    >>> round(cohen_kappa([0, 0, 0, 1, 2], [0, 0, 0, 1, 1]), 4)
    0.6429
    """
    y, p = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    if y.ndim != 1 or y.shape != p.shape or not y.size:
        raise ValueError(f"need equal, non-empty rows, got {y.shape} and {p.shape}")
    classes = np.unique([y, p])
    if not all(0 <= k < 2**53 and k.is_integer() for k in classes):
        raise ValueError(f"class numbers are 0, 1, 2, ..., got {classes}")
    p_o = np.mean(y == p)
    p_e = sum(np.mean(y == k) * np.mean(p == k) for k in classes)
    return float((p_o - p_e) / (1 - p_e)) if classes.size > 1 else 0.0  # 0 / 0 is 0


# %% Scores


def roc_curve(y_true, y_score):
    r"""False and true positive rate at every threshold, from (0, 0) to (1, 1).

    .. math::
        \mathrm{FPR}_j = \frac{\sum_{i=1}^{n} (1 - y_i) \, \mathbb{1}[s_i \ge \tau_j]}
                              {\sum_{i=1}^{n} (1 - y_i)}, \quad
        \mathrm{TPR}_j = \frac{\sum_{i=1}^{n} y_i \, \mathbb{1}[s_i \ge \tau_j]}{\sum_{i=1}^{n} y_i}, \quad
        \tau_1 = \infty, \quad
        \tau_{j+1} = \max_{i \,:\, s_i < \tau_j} s_i

    Use it to choose a threshold, or to compare classifiers over all of them. Where positives are rare, look
    at the precision-recall curve too.

    Parameters
    ----------
    y_true : (n,) array in {0, 1}
        Labels :math:`y`.
    y_score : (n,) array
        Scores :math:`s`, larger for the positive class; probabilities or logits.

    Returns
    -------
    fpr : (m,) array in [0, 1]
        False positive rates :math:`\mathrm{FPR}`, rising.
    tpr : (m,) array in [0, 1]
        True positive rates (recall) :math:`\mathrm{TPR}`, rising.
    thresholds : (m,) array
        Thresholds :math:`\tau`, falling: infinity, then every distinct score.

    Raises
    ------
    ValueError
        If the shapes differ, are empty or are not rows, a label is neither 0 nor 1, only one class occurs, or
        a score is not finite.

    See Also
    --------
    roc_auc : the area under this curve.
    precision_recall_curve : precision instead of the false positive rate.
    sklearn.metrics.roc_curve : the same with ``drop_intermediate=False``.

    Notes
    -----
    Equal scores cross the threshold together: a tie of positives and negatives is one sloping piece, not a
    staircase that depends on the order of the examples. A random ranking lies near the diagonal.

    There is one point for each distinct score, also where three lie on a line; by default scikit-learn drops
    the middle ones. The first threshold is infinity, at which nothing is positive, as in scikit-learn since
    1.3 (before, it was the largest score plus one).

    With only one class, one of the rates is 0 / 0 everywhere, so that is an error here; scikit-learn warns
    and returns NaN.

    References
    ----------
    .. [1] Fawcett, T. (2006). An introduction to ROC analysis. Pattern Recognition Letters 27(8), 861-874.
       doi:10.1016/j.patrec.2005.10.010

    Examples
    --------
    >>> fpr, tpr, thresholds = roc_curve([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])
    >>> fpr, tpr
    (array([0. , 0. , 0.5, 0.5, 1. ]), array([0. , 0.5, 0.5, 1. , 1. ]))
    >>> thresholds
    array([ inf, 0.8 , 0.4 , 0.35, 0.1 ])
    """
    y, s = np.asarray(y_true, dtype=float), np.asarray(y_score, dtype=float)
    if y.ndim != 1 or y.shape != s.shape or not y.size:
        raise ValueError(f"need equal, non-empty rows, got {y.shape} and {s.shape}")
    if not np.array_equal(np.unique(y), [0, 1]) or not np.isfinite(s).all():
        raise ValueError(f"need labels 0 and 1, finite scores, got {np.unique(y)}, {s}")
    neg, pos = np.sort(s[y == 0]), np.sort(s[y == 1])
    t = np.append(np.inf, np.unique(s)[::-1])  # (m,)
    fpr = (neg.size - np.searchsorted(neg, t)) / neg.size  # all but those below t
    tpr = (pos.size - np.searchsorted(pos, t)) / pos.size
    return fpr, tpr, t


def roc_auc(y_true, y_score):
    r"""Probability that a random positive scores above a random negative.

    .. math::
        \mathrm{AUC} = \frac{\sum_{i=1}^{n} \sum_{j=1}^{n} y_i (1 - y_j)
                \left( \mathbb{1}[s_i > s_j] + \frac{1}{2} \, \mathbb{1}[s_i = s_j] \right)}
            {\sum_{i=1}^{n} y_i \sum_{j=1}^{n} (1 - y_j)}

    Use it to judge how well scores rank, whatever the threshold. Not when the probabilities themselves are
    used, or when one kind of error costs much more than the other.

    Parameters
    ----------
    y_true : (n,) array in {0, 1}
        Labels :math:`y`.
    y_score : (n,) array
        Scores :math:`s`, larger for the positive class; probabilities or logits.

    Returns
    -------
    float in [0, 1]
        :math:`\mathrm{AUC}`: 1 if every positive is above every negative, 0.5 for a random ranking, 0 if all
        are reversed.

    Raises
    ------
    ValueError
        If the shapes differ, are empty or are not rows, a label is neither 0 nor 1, only one class occurs, or
        a score is not finite.

    See Also
    --------
    roc_curve : the curve.
    area_under_curve : the area under it, which is the same number.
    average_precision : the counterpart for the precision-recall curve.
    sklearn.metrics.roc_auc_score : the same; NaN if only one class occurs.
    scipy.stats.mannwhitneyu : its statistic is this number times the number of pairs.

    Notes
    -----
    Only the order of the scores counts: any strictly increasing function of them, such as doubling or a
    sigmoid, leaves it unchanged. So it cannot see whether probabilities are calibrated, and it averages over
    thresholds that nobody would use. Both can be drawbacks.

    Ties count one half. Sorting the negatives makes it :math:`O(n \log n)` instead of a look at every pair.

    Keras approximates the area with 200 fixed thresholds, so its number differs slightly.

    References
    ----------
    .. [1] Hanley, J. A., McNeil, B. J. (1982). The meaning and use of the area under a receiver operating
       characteristic (ROC) curve. Radiology 143(1), 29-36. doi:10.1148/radiology.143.1.7063747

    Examples
    --------
    Of the four pairs, only 0.35 (positive) against 0.4 (negative) is in the wrong order:

    >>> roc_auc([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])
    0.75
    """
    y, s = np.asarray(y_true, dtype=float), np.asarray(y_score, dtype=float)
    if y.ndim != 1 or y.shape != s.shape or not y.size:
        raise ValueError(f"need equal, non-empty rows, got {y.shape} and {s.shape}")
    if not np.array_equal(np.unique(y), [0, 1]) or not np.isfinite(s).all():
        raise ValueError(f"need labels 0 and 1, finite scores, got {np.unique(y)}, {s}")
    neg, pos = np.sort(s[y == 0]), s[y == 1]
    below, upto = np.searchsorted(neg, pos, "left"), np.searchsorted(neg, pos, "right")
    return float(np.mean((below + upto) / 2) / neg.size)  # a tie is one half


def area_under_curve(fpr, tpr):
    r"""Area under points joined by straight lines, by the trapezoid rule.

    .. math::
        A = \sum_{j=2}^{m} (\mathrm{FPR}_j - \mathrm{FPR}_{j-1}) \,
            \frac{\mathrm{TPR}_j + \mathrm{TPR}_{j-1}}{2}

    Use it for the area under a ROC curve. Not for a precision-recall curve, whose points may not be joined by
    straight lines.

    Parameters
    ----------
    fpr : (m,) array in [0, 1]
        False positive rates :math:`\mathrm{FPR}`, rising: the horizontal positions.
    tpr : (m,) array in [0, 1]
        True positive rates :math:`\mathrm{TPR}`: the heights.

    Returns
    -------
    float
        Area :math:`A`.

    Raises
    ------
    ValueError
        If the shapes differ or are not rows, there are fewer than two points, or a value lies outside [0, 1].

    See Also
    --------
    roc_auc : the same number from the scores, without a curve.
    scipy.integrate.trapezoid : the same; takes the heights first; any values.
    torch.trapezoid : the same; takes the heights first; any values.
    jax.numpy.trapezoid : the same; takes the heights first; any values.
    sklearn.metrics.auc : the same for rising positions; positive for falling ones; refuses any other order.

    Notes
    -----
    A step to the left counts as negative area, so a curve that is listed from right to left gives minus the
    area. Sort the points, or reverse both rows.

    References
    ----------
    .. [1] Fawcett, T. (2006). An introduction to ROC analysis. Pattern Recognition Letters 27(8), 861-874.
       doi:10.1016/j.patrec.2005.10.010

    Examples
    --------
    The ROC curve of the labels 0, 0, 1, 1 with the scores 0.1, 0.4, 0.35, 0.8:

    >>> area_under_curve([0, 0, 0.5, 0.5, 1], [0, 0.5, 0.5, 1, 1])
    0.75
    """
    x, y = np.asarray(fpr, dtype=float), np.asarray(tpr, dtype=float)
    if x.ndim != 1 or x.shape != y.shape or x.size < 2:
        raise ValueError(f"need equal rows of 2 or more, got {x.shape} and {y.shape}")
    if not np.all((x >= 0) & (x <= 1) & (y >= 0) & (y <= 1)):
        raise ValueError(f"rates lie in [0, 1], got {x} and {y}")
    return float(np.sum((x[1:] - x[:-1]) * (y[1:] + y[:-1]) / 2))


def precision_recall_curve(y_true, y_score):
    r"""Precision and recall at every threshold, from the highest score to the lowest.

    .. math::
        P_j = \frac{\sum_{i=1}^{n} y_i \, \mathbb{1}[s_i \ge \tau_j]}
                   {\sum_{i=1}^{n} \mathbb{1}[s_i \ge \tau_j]}, \quad
        R_j = \frac{\sum_{i=1}^{n} y_i \, \mathbb{1}[s_i \ge \tau_j]}{\sum_{i=1}^{n} y_i}, \quad
        \tau_1 = \max_{1 \le i \le n} s_i, \quad
        \tau_{j+1} = \max_{i \,:\, s_i < \tau_j} s_i

    Use it instead of the ROC curve when positives are rare: precision shows the false alarms that a small
    false positive rate hides.

    Parameters
    ----------
    y_true : (n,) array in {0, 1}
        Labels :math:`y`.
    y_score : (n,) array
        Scores :math:`s`, larger for the positive class; probabilities or logits.

    Returns
    -------
    precision : (m,) array in [0, 1]
        Precision :math:`P`, not monotone.
    recall : (m,) array in [0, 1]
        Recall :math:`R`, rising to 1.
    thresholds : (m,) array
        Thresholds :math:`\tau`, falling: every distinct score.

    Raises
    ------
    ValueError
        If the shapes differ, are empty or are not rows, a label is neither 0 nor 1, no positive occurs, or a
        score is not finite.

    See Also
    --------
    average_precision : the curve as one number.
    roc_curve : false positive rate instead of precision.
    sklearn.metrics.precision_recall_curve : the same from the lowest score up, then the point (1, 0).

    Notes
    -----
    Every point belongs to a threshold that calls something positive, so 0 / 0 cannot occur. scikit-learn adds
    a last point with precision 1 and recall 0, which belongs to no threshold.

    The last point has recall 1 and the share of positives as its precision; that share is also the level of a
    random ranking. Without a positive label recall is undefined; scikit-learn warns and sets it to 1.

    References
    ----------
    .. [1] Saito, T., Rehmsmeier, M. (2015). The Precision-Recall Plot Is More Informative than the ROC Plot
       When Evaluating Binary Classifiers on Imbalanced Datasets. PLOS ONE 10(3), e0118432.
       doi:10.1371/journal.pone.0118432

    Examples
    --------
    Precision need not rise with the threshold; read from right to left it is 0.5, 0.67, 0.5, 0:

    >>> precision, recall, thresholds = precision_recall_curve([0, 1, 1, 0], [0.9, 0.8, 0.7, 0.1])
    >>> precision.round(2), recall
    (array([0.  , 0.5 , 0.67, 0.5 ]), array([0. , 0.5, 1. , 1. ]))
    >>> thresholds
    array([0.9, 0.8, 0.7, 0.1])
    """
    y, s = np.asarray(y_true, dtype=float), np.asarray(y_score, dtype=float)
    if y.ndim != 1 or y.shape != s.shape or not y.size:
        raise ValueError(f"need equal, non-empty rows, got {y.shape} and {s.shape}")
    if not np.isin(y, [0, 1]).all() or not np.any(y == 1) or not np.isfinite(s).all():
        raise ValueError(f"need labels 0 or 1, finite scores, got {np.unique(y)}, {s}")
    pos, t = np.sort(s[y == 1]), np.unique(s)[::-1]  # (m,)
    hits = pos.size - np.searchsorted(pos, t)  # positives at or above t
    flagged = s.size - np.searchsorted(np.sort(s), t)
    return hits / flagged, hits / pos.size, t


def average_precision(y_true, y_score):
    r"""Precision at the score of each positive, averaged over the positives.

    .. math::
        \mathrm{AP} = \frac{1}{\sum_{i=1}^{n} y_i} \sum_{i=1}^{n} y_i \,
            \frac{\sum_{j=1}^{n} y_j \, \mathbb{1}[s_j \ge s_i]}{\sum_{j=1}^{n} \mathbb{1}[s_j \ge s_i]}

    Use it to compare rankings when positives are rare. It sums up the precision-recall curve.

    Parameters
    ----------
    y_true : (n,) array in {0, 1}
        Labels :math:`y`.
    y_score : (n,) array
        Scores :math:`s`, larger for the positive class; probabilities or logits.

    Returns
    -------
    float in (0, 1]
        Average precision :math:`\mathrm{AP}`.

    Raises
    ------
    ValueError
        If the shapes differ, are empty or are not rows, a label is neither 0 nor 1, no positive occurs, or a
        score is not finite.

    See Also
    --------
    precision_recall_curve : the curve.
    roc_auc : the counterpart for the ROC curve.
    sklearn.metrics.average_precision_score : the same; warns and gives 0 without a positive.

    Notes
    -----
    It is the area of steps under the precision-recall curve, :math:`\sum_j (R_j - R_{j-1}) P_j` with
    :math:`R_0 = 0`. The trapezoid rule is wrong there: between two thresholds precision does not follow a
    straight line, and the area under that line is too optimistic.

    A random ranking gets about the share of positives, not 0.5. So values from data with different shares of
    positives cannot be compared.

    References
    ----------
    .. [1] Davis, J., Goadrich, M. (2006). The Relationship Between Precision-Recall and ROC Curves.
       Proceedings of the 23rd International Conference on Machine Learning, 233-240.
       doi:10.1145/1143844.1143874

    Examples
    --------
    The positives stand at places 1 and 3 of the ranking, where precision is 1 and 2/3:

    >>> round(average_precision([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]), 4)
    0.8333
    """
    y, s = np.asarray(y_true, dtype=float), np.asarray(y_score, dtype=float)
    if y.ndim != 1 or y.shape != s.shape or not y.size:
        raise ValueError(f"need equal, non-empty rows, got {y.shape} and {s.shape}")
    if not np.isin(y, [0, 1]).all() or not np.any(y == 1) or not np.isfinite(s).all():
        raise ValueError(f"need labels 0 or 1, finite scores, got {np.unique(y)}, {s}")
    pos = np.sort(s[y == 1])
    hits = pos.size - np.searchsorted(pos, pos)  # positives at or above each positive
    flagged = s.size - np.searchsorted(np.sort(s), pos)
    return float(np.mean(hits / flagged))


# %% Probabilities


def log_loss(y_true, y_prob, eps=2**-52):
    r"""Mean negative logarithm of the probability given to the true class.

    .. math::
        L = -\frac{1}{n} \sum_{i=1}^{n} \log \max(\epsilon, \min(p_{i, y_i}, 1 - \epsilon))

    Use it to judge predicted probabilities, not only the class they point to. A single confident mistake
    can dominate it; :func:`brier_score` is bounded.

    Parameters
    ----------
    y_true : (n,) array in {0, ..., k - 1}
        True class numbers :math:`y`.
    y_prob : (n, k) array, rows sum to 1
        Predicted probability of each class, :math:`p`.
    eps : float in (0, 0.5)
        How close to 0 and 1 a probability may come, :math:`\epsilon`.

    Returns
    -------
    float in [0, inf)
        Log loss :math:`L`, in nats.

    Raises
    ------
    ValueError
        If the shapes do not fit or are empty, a label is not a class number, a probability is outside
        [0, 1], a row does not sum to 1, or ``eps`` is not between 0 and 0.5.

    See Also
    --------
    brier_score : the squared error of the probability instead of the logarithm.
    cross_entropy : for one-hot labels or label probabilities; a loss, with a gradient.
    sklearn.metrics.log_loss : the same; needs ``labels`` if a class is missing.
    torch.nn.functional.nll_loss : the same, without clipping; takes the log probabilities first.
    keras.losses.SparseCategoricalCrossentropy : the same; clips at 1e-7.

    Notes
    -----
    This is the cross-entropy between the one-hot labels and the predictions. Only the true class counts:
    the losses of the other classes are not added. For two classes with :math:`p` for class 1 it is
    :math:`-\frac{1}{n} \sum_i [y_i \log p_i + (1 - y_i) \log(1 - p_i)]`; pass the columns ``1 - p`` and
    ``p``.

    Reference points for two classes: a probability of 1/2 costs :math:`\log 2 = 0.693`, a sure and right
    answer 2e-16, a sure and wrong one :math:`-\log \epsilon = 36.04`. The probability 0.012 for the
    true class costs 4.42 nats, which is 6.38 bits (divide by the logarithm of 2).

    It is a strictly proper scoring rule: the expected loss is smallest for the true probabilities. With
    noisy labels even those do not reach 0; the minimum is the entropy of the labels.

    References
    ----------
    .. [1] Good, I. J. (1952). Rational Decisions. Journal of the Royal Statistical Society,
       Series B 14(1), 107-114. doi:10.1111/j.2517-6161.1952.tb00104.x
    .. [2] Gneiting, T., Raftery, A. E. (2007). Strictly Proper Scoring Rules, Prediction, and Estimation.
       Journal of the American Statistical Association 102(477), 359-378. doi:10.1198/016214506000001437

    Examples
    --------
    Probability 0.012 for the true class, then the same prediction with the other label:

    >>> round(log_loss([1], [[0.988, 0.012]]), 4)
    4.4228
    >>> round(log_loss([0], [[0.988, 0.012]]), 3)
    0.012

    Two examples, three classes; the mean of log 2 and log 4:

    >>> round(log_loss([0, 2], [[0.5, 0.2, 0.3], [0.25, 0.5, 0.25]]), 4)
    1.0397
    """
    y, p = np.asarray(y_true), np.asarray(y_prob, dtype=float)
    if p.ndim != 2 or y.shape != p.shape[:1] or not p.size:
        raise ValueError(f"need shapes (n,) and (n, k), not empty, got {y.shape} and {p.shape}")
    if not np.isin(y, np.arange(p.shape[1])).all():
        raise ValueError(f"need class numbers 0 to {p.shape[1] - 1}, got {np.unique(y)}")
    if not np.all((p >= 0) & (p <= 1)) or not np.allclose(p.sum(axis=1), 1):
        raise ValueError(f"need rows in [0, 1] that sum to 1, got {p}")
    if not 0 < eps < 0.5:
        raise ValueError(f"need eps between 0 and 0.5, got {eps}")
    p_true = p[np.arange(y.size), y.astype(int)]  # (n,)
    return float(-np.mean(np.log(np.clip(p_true, eps, 1 - eps))))


def brier_score(y_true, y_prob):
    r"""Mean squared difference between the predicted probability and the 0 or 1 that happened.

    .. math::
        B = \frac{1}{n} \sum_{i=1}^{n} (p_i - y_i)^2

    Use it to judge probabilities when one confident mistake must not dominate: each example costs at most
    1.

    Parameters
    ----------
    y_true : (n,) array in {0, 1}
        Labels :math:`y`.
    y_prob : (n,) array in [0, 1]
        Predicted probability of label 1, :math:`p`.

    Returns
    -------
    float in [0, 1]
        Brier score :math:`B`; smaller is better.

    Raises
    ------
    ValueError
        If the shapes differ or are empty, a label is not 0 or 1, or a probability is outside [0, 1].

    See Also
    --------
    log_loss : the logarithm of the probability instead of the square.
    expected_calibration_error : only calibration, without the separation of the labels.
    sklearn.metrics.brier_score_loss : the same.

    Notes
    -----
    Always answering 1/2 scores 0.25; always answering the base rate :math:`\bar{y}` scores
    :math:`\bar{y} (1 - \bar{y})`.

    Brier's own definition sums the squares over all classes. For two classes that is twice the number
    here, because both columns are off by the same amount, and it ranges from 0 to 2. scikit-learn halves
    it for two classes and does not for three or more.

    It is a strictly proper scoring rule, and falls both with better calibration and with better
    separation of the labels, so a small score alone does not prove calibration.

    References
    ----------
    .. [1] Brier, G. W. (1950). Verification of Forecasts Expressed in Terms of Probability. Monthly
       Weather Review 78(1), 1-3. doi:10.1175/1520-0493(1950)078<0001:VOFEIT>2.0.CO;2

    Examples
    --------
    >>> round(brier_score([0, 1, 1], [0.2, 0.4, 0.9]), 4)  # (0.04 + 0.36 + 0.01) / 3
    0.1367
    >>> brier_score([0, 1, 1, 0], [0.5, 0.5, 0.5, 0.5])
    0.25
    """
    y, p = np.asarray(y_true, dtype=float), np.asarray(y_prob, dtype=float)
    if y.ndim != 1 or y.shape != p.shape or not y.size:
        raise ValueError(f"need equal, non-empty shapes (n,), got {y.shape} and {p.shape}")
    if not np.isin(y, [0, 1]).all() or not np.all((p >= 0) & (p <= 1)):
        raise ValueError(f"need labels 0 or 1 and probabilities in [0, 1], got {np.unique(y)} and {p}")
    return float(np.mean((p - y) ** 2))


def calibration_curve(y_true, y_prob, bins=10):
    r"""Mean predicted probability and share of positives, for buckets of equal width.

    .. math::
        \bar{p}_b = \frac{1}{n_b} \sum_{i=1}^{n} \mathbb{1}[b_i = b] \, p_i, \quad
        \bar{y}_b = \frac{1}{n_b} \sum_{i=1}^{n} \mathbb{1}[b_i = b] \, y_i, \quad
        n_b = \sum_{i=1}^{n} \mathbb{1}[b_i = b], \quad
        b_i = 1 + \sum_{j=1}^{B-1} \mathbb{1}[p_i > j / B]

    Use it to see whether 70 % means 70 %: plotted as share against probability, a calibrated model lies
    on the diagonal. Below it the model promises too much, above it too little.

    Parameters
    ----------
    y_true : (n,) array in {0, 1}
        Labels :math:`y`.
    y_prob : (n,) array in [0, 1]
        Predicted probability of label 1, :math:`p`.
    bins : int >= 1
        Number of buckets, :math:`B`; empty ones are left out of the result.

    Returns
    -------
    mean_prob : (m,) array in [0, 1]
        Mean predicted probability of each bucket, :math:`\bar{p}_b`: the horizontal axis.
    share : (m,) array in [0, 1]
        Share of label 1 in each bucket, :math:`\bar{y}_b`: the vertical axis.
    count : (m,) array in [1, inf)
        Number of examples in each bucket, :math:`n_b`.

    Raises
    ------
    ValueError
        If the shapes differ or are empty, a label is not 0 or 1, a probability is outside [0, 1], or
        ``bins`` is not a positive whole number.

    See Also
    --------
    expected_calibration_error : the distance from the diagonal as one number.
    bias_by_bucket : buckets of equal count instead of equal width.
    sklearn.calibration.calibration_curve : the same without the counts; gives the share first; 5 buckets.

    Notes
    -----
    One example cannot show a bias, because its label is 0 or 1 and the prediction is between; a bucket
    can. Bucket :math:`b` holds the probabilities above :math:`(b - 1) / B` up to and including
    :math:`b / B`, and the first one holds 0 as well. scikit-learn uses the same rule.

    A share of 10 examples is uncertain by 0.16, one of 1000 by 0.016 (one standard deviation at 1/2):
    read the counts before the curve.

    References
    ----------
    .. [1] Niculescu-Mizil, A., Caruana, R. (2005). Predicting Good Probabilities with Supervised
       Learning. International Conference on Machine Learning, 625-632. doi:10.1145/1102351.1102430

    Examples
    --------
    The buckets are [0, 0.5] and (0.5, 1]:

    >>> mean_prob, share, count = calibration_curve([0, 1, 0, 1, 1], [0.1, 0.2, 0.3, 0.7, 0.9], bins=2)
    >>> mean_prob.round(4)
    array([0.2, 0.8])
    >>> share.round(4)
    array([0.3333, 1.    ])
    >>> count
    array([3, 2])
    """
    y, p = np.asarray(y_true, dtype=float), np.asarray(y_prob, dtype=float)
    if y.ndim != 1 or y.shape != p.shape or not y.size:
        raise ValueError(f"need equal, non-empty shapes (n,), got {y.shape} and {p.shape}")
    if not np.isin(y, [0, 1]).all() or not np.all((p >= 0) & (p <= 1)) or bins < 1 or bins % 1:
        raise ValueError(f"need labels 0 or 1, probabilities in [0, 1], whole bins > 0, got {y}, {p}, {bins}")
    bucket = np.searchsorted(np.arange(1, bins) / bins, p)  # (n,)
    _, bucket, count = np.unique(bucket, return_inverse=True, return_counts=True)  # drops the empty ones
    mean_prob = np.bincount(bucket, p) / count
    share = np.bincount(bucket, y) / count
    return mean_prob, share, count


def expected_calibration_error(y_true, y_prob, bins=10):
    r"""Mean distance between predicted probability and share of positives, over buckets.

    .. math::
        E = \frac{1}{n} \sum_{b=1}^{B} \left|
            \sum_{i=1}^{n} \mathbb{1}[b_i = b] \, (p_i - y_i) \right|, \quad
        b_i = 1 + \sum_{j=1}^{B-1} \mathbb{1}[p_i > j / B]

    Use it to compare the calibration of models on the same data with the same buckets. It says nothing
    about how well the model separates the classes.

    Parameters
    ----------
    y_true : (n,) array in {0, 1}
        Labels :math:`y`.
    y_prob : (n,) array in [0, 1]
        Predicted probability of label 1, :math:`p`.
    bins : int >= 1
        Number of buckets of equal width, :math:`B`.

    Returns
    -------
    float in [0, 1]
        Expected calibration error :math:`E`; 0 is calibrated.

    Raises
    ------
    ValueError
        If the shapes differ or are empty, a label is not 0 or 1, a probability is outside [0, 1], or
        ``bins`` is not a positive whole number.

    See Also
    --------
    calibration_curve : the buckets it is made of.
    brier_score : rewards calibration and separation together.
    sklearn.calibration.calibration_curve : gives the means whose distances are added here.

    Notes
    -----
    With :math:`n_b` examples in bucket :math:`b` it is
    :math:`\sum_b \frac{n_b}{n} |\bar{p}_b - \bar{y}_b|`, the mean vertical distance of the curve from the
    diagonal.

    For several classes the usual form compares confidence with accuracy: pass ``y_pred == y_true`` as the
    labels and the largest probability of each row as ``y_prob``.

    It is not a proper scoring rule. Always predicting the base rate gives 0, and so does any model with
    one bucket and no :func:`prediction_bias`. The value depends on the number of buckets, and with few
    examples noise alone makes it positive.

    References
    ----------
    .. [1] Naeini, M. P., Cooper, G. F., Hauskrecht, M. (2015). Obtaining Well Calibrated Probabilities
       Using Bayesian Binning. AAAI Conference on Artificial Intelligence, 2901-2907.
       doi:10.1609/aaai.v29i1.9602
    .. [2] Guo, C., Pleiss, G., Sun, Y., Weinberger, K. Q. (2017). On Calibration of Modern Neural
       Networks. arXiv:1706.04599

    Examples
    --------
    Five forecasts of 0.8, four of which come true, are calibrated; if two come true the distance is 0.4:

    >>> round(expected_calibration_error([1, 1, 1, 1, 0], [0.8, 0.8, 0.8, 0.8, 0.8]), 4)
    0.0
    >>> round(expected_calibration_error([1, 1, 0, 0, 0], [0.8, 0.8, 0.8, 0.8, 0.8]), 4)
    0.4
    """
    y, p = np.asarray(y_true, dtype=float), np.asarray(y_prob, dtype=float)
    if y.ndim != 1 or y.shape != p.shape or not y.size:
        raise ValueError(f"need equal, non-empty shapes (n,), got {y.shape} and {p.shape}")
    if not np.isin(y, [0, 1]).all() or not np.all((p >= 0) & (p <= 1)) or bins < 1 or bins % 1:
        raise ValueError(f"need labels 0 or 1, probabilities in [0, 1], whole bins > 0, got {y}, {p}, {bins}")
    bucket = np.searchsorted(np.arange(1, bins) / bins, p)  # (n,)
    return float(np.sum(np.abs(np.bincount(bucket, p - y))) / y.size)


@np.errstate(over="ignore", invalid="ignore")
def prediction_bias(y_true, y_pred):
    r"""Mean prediction minus mean label.

    .. math::
        b = \frac{1}{n} \sum_{i=1}^{n} \hat{y}_i - \frac{1}{n} \sum_{i=1}^{n} y_i

    Use it as a quick alarm: a value far from 0 says that something is wrong. A value near 0 does not say
    that the model is good.

    Parameters
    ----------
    y_true : (n,) array
        Labels :math:`y`: 0 and 1, or numbers.
    y_pred : (n,) array
        Predictions :math:`\hat{y}`: probabilities or numbers.

    Returns
    -------
    float
        Prediction bias :math:`b`, in the unit of the label; positive if the model predicts too much.

    Raises
    ------
    ValueError
        If the shapes differ or are empty.

    See Also
    --------
    bias_by_bucket : the same for each range of predictions.
    mean_absolute_error : errors of opposite sign do not cancel.
    torch.mean : one mean; take the difference of two.

    Notes
    -----
    A logistic or linear regression with an unpenalized bias term has 0 on its training data once it has
    converged. Near 0 is necessary, not sufficient: the model that always predicts the base rate has no
    bias either, and knows nothing about any example.

    This bias is neither the bias term of a model nor the bias of a sample.

    Usual causes are a missing feature, noisy labels, an error in the data pipeline, a biased training sample
    and too strong regularization. Mend the cause: a calibration layer on top hides the symptom, and has to be
    redone when the cause changes.

    References
    ----------
    .. [1] McMahan, H. B., Holt, G., Sculley, D., et al. (2013). Ad Click Prediction: a View from the
       Trenches. ACM SIGKDD International Conference on Knowledge Discovery and Data Mining, 1222-1230.
       doi:10.1145/2487575.2488200

    Examples
    --------
    >>> round(prediction_bias([0, 1, 1], [0.2, 0.4, 0.9]), 3)
    -0.167

    The base rate as the answer to everything:

    >>> prediction_bias([0, 1, 1, 1], [0.75, 0.75, 0.75, 0.75])
    0.0
    """
    y, p = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    if y.ndim != 1 or y.shape != p.shape or not y.size:
        raise ValueError(f"need equal, non-empty shapes (n,), got {y.shape} and {p.shape}")
    e = p / 2 - y / 2  # half the error: no difference overflows
    return float(2 * np.sum(e / y.size))


@np.errstate(over="ignore", invalid="ignore")
def bias_by_bucket(y_true, y_pred, bins=10):
    r"""Mean prediction minus mean label, for buckets that hold about equally many examples.

    .. math::
        \bar{p}_b = \frac{1}{n_b} \sum_{i=1}^{n} \mathbb{1}[b_i = b] \, \hat{y}_i, \quad
        \beta_b = \frac{1}{n_b} \sum_{i=1}^{n} \mathbb{1}[b_i = b] \, (\hat{y}_i - y_i), \quad
        n_b = \sum_{i=1}^{n} \mathbb{1}[b_i = b], \quad
        b_i = \left\lceil \frac{B \sum_{j=1}^{n} \mathbb{1}[\hat{y}_j \le \hat{y}_i]}{n} \right\rceil

    Use it to find the range of predictions in which a model is off, although its overall
    :func:`prediction_bias` is 0. Equal counts make every bucket equally reliable.

    Parameters
    ----------
    y_true : (n,) array
        Labels :math:`y`: 0 and 1, or numbers.
    y_pred : (n,) array
        Predictions :math:`\hat{y}`: probabilities or numbers.
    bins : int >= 1
        Number of buckets, :math:`B`; empty ones are left out of the result.

    Returns
    -------
    mean_pred : (m,) array
        Mean prediction of each bucket, :math:`\bar{p}_b`, increasing, in the unit of the label.
    bias : (m,) array
        Bias of each bucket, :math:`\beta_b`, in the unit of the label.
    count : (m,) array in [1, inf)
        Number of examples in each bucket, :math:`n_b`.

    Raises
    ------
    ValueError
        If the shapes differ or are empty, a prediction is NaN, or ``bins`` is not a positive whole number.

    See Also
    --------
    prediction_bias : one bucket that holds everything.
    calibration_curve : buckets of equal width, for probabilities.
    scipy.stats.rankdata : the ranks (``method="max"``) that decide the bucket.

    Notes
    -----
    Equal predictions always share a bucket, so with ties the counts differ and some buckets are empty.
    The bucket comes from the rank, without interpolated quantiles; ``strategy="quantile"`` of
    scikit-learn's calibration curve interpolates, and can put an example near an edge into the
    neighboring bucket.

    References
    ----------
    .. [1] Nixon, J., Dusenberry, M., Jerfel, G., Nguyen, T., Liu, J., Zhang, L., Tran, D. (2019).
       Measuring Calibration in Deep Learning. arXiv:1904.01685

    Examples
    --------
    No bias overall, but the low predictions are too low and the high ones too high:

    >>> mean_pred, bias, count = bias_by_bucket([0, 1, 0, 1], [0.2, 0.4, 0.6, 0.8], bins=2)
    >>> mean_pred.round(4)
    array([0.3, 0.7])
    >>> bias.round(4)
    array([-0.2,  0.2])
    >>> count
    array([2, 2])
    """
    y, p = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    if y.ndim != 1 or y.shape != p.shape or not y.size:
        raise ValueError(f"need equal, non-empty shapes (n,), got {y.shape} and {p.shape}")
    if np.isnan(p).any() or bins < 1 or bins % 1:
        raise ValueError(f"need predictions without NaN and whole bins >= 1, got {p} and {bins}")
    rank = np.searchsorted(np.sort(p), p, side="right").astype(float)  # how many are at most this one
    bucket = np.ceil(bins * rank / y.size)
    _, bucket, count = np.unique(bucket, return_inverse=True, return_counts=True)  # drops the empty ones
    mean_pred = np.bincount(bucket, p / count[bucket])
    bias = 2 * np.bincount(bucket, (p / 2 - y / 2) / count[bucket])  # halves: no difference overflows
    return mean_pred, bias, count


# %% Regression


@np.errstate(over="ignore", invalid="ignore")
def rmse(y_true, y_pred):
    r"""Square root of the mean squared error.

    .. math::
        \mathrm{RMSE} = \sqrt{\frac{1}{n} \sum_{i=1}^{n} (y_i - \hat{y}_i)^2}

    Use it to report the typical error in the unit of the target, where large errors must count more than
    in proportion.

    Parameters
    ----------
    y_true : (n,) array
        Targets :math:`y`.
    y_pred : (n,) array
        Predictions :math:`\hat{y}`.

    Returns
    -------
    float in [0, inf)
        Root mean squared error :math:`\mathrm{RMSE}`, in the unit of the target.

    Raises
    ------
    ValueError
        If the shapes differ or are empty.

    See Also
    --------
    mse : its square, as a loss with a gradient.
    mean_absolute_error : less moved by outliers.
    r2_score : without a unit, compared with predicting the mean.
    sklearn.metrics.root_mean_squared_error : the same.
    keras.metrics.RootMeanSquaredError : the same, over all batches so far.

    Notes
    -----
    The same model minimizes it and the mean squared error. It is never smaller than the mean absolute
    error, and equal only if all errors have the same size. The constant with the smallest RMSE is the
    mean of the targets.

    The square root stands outside the mean, so the mean of the RMSE of batches is not the RMSE of all the
    examples.

    Squares overflow for errors above 1e154 and vanish below 1e-162; ``np.hypot`` adds squares without
    either.

    References
    ----------
    .. [1] Hodson, T. O. (2022). Root-mean-square error (RMSE) or mean absolute error (MAE): when to use
       them or not. Geoscientific Model Development 15(14), 5481-5487. doi:10.5194/gmd-15-5481-2022

    Examples
    --------
    One error of 10 among errors of 1 gives a mean squared error of 20.8:

    >>> round(rmse([0, 0, 0, 0, 0], [1, -1, 1, -1, 10]), 4)
    4.5607
    >>> round(rmse([0, 0, 0, 0, 0], [1, -1, 1, -1, 10]) ** 2, 4)
    20.8
    """
    y, p = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    if y.ndim != 1 or y.shape != p.shape or not y.size:
        raise ValueError(f"need equal, non-empty shapes (n,), got {y.shape} and {p.shape}")
    e = p / 2 - y / 2  # half the error: no difference overflows
    return float(2 * np.hypot.reduce(e / np.sqrt(y.size), initial=0))


@np.errstate(over="ignore", invalid="ignore")
def mean_absolute_error(y_true, y_pred):
    r"""Mean distance between prediction and target.

    .. math::
        \mathrm{MAE} = \frac{1}{n} \sum_{i=1}^{n} |y_i - \hat{y}_i|

    Use it to report how far off the predictions are on average, in the unit of the target; a few outliers
    do not dominate it.

    Parameters
    ----------
    y_true : (n,) array
        Targets :math:`y`.
    y_pred : (n,) array
        Predictions :math:`\hat{y}`.

    Returns
    -------
    float in [0, inf)
        Mean absolute error :math:`\mathrm{MAE}`, in the unit of the target.

    Raises
    ------
    ValueError
        If the shapes differ or are empty.

    See Also
    --------
    mae : the same number as a loss, with a gradient.
    rmse : large errors count more.
    mape : relative to the target.
    sklearn.metrics.mean_absolute_error : the same.
    torch.nn.functional.l1_loss : the same; takes the prediction first.
    keras.losses.MeanAbsoluteError : the same.

    Notes
    -----
    The constant with the smallest MAE is the median of the targets; for the squared error it is the mean.
    The sum has :math:`n` terms; a formula that runs from 0 to :math:`n` has one too many. It may be
    computed on any set of examples, not only on the training set.

    References
    ----------
    .. [1] Willmott, C. J., Matsuura, K. (2005). Advantages of the mean absolute error (MAE) over the root
       mean square error (RMSE) in assessing average model performance. Climate Research 30(1), 79-82.
       doi:10.3354/cr030079

    Examples
    --------
    The residuals 1, -1, 1, -1, 10:

    >>> round(mean_absolute_error([0, 0, 0, 0, 0], [1, -1, 1, -1, 10]), 4)
    2.8
    """
    y, p = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    if y.ndim != 1 or y.shape != p.shape or not y.size:
        raise ValueError(f"need equal, non-empty shapes (n,), got {y.shape} and {p.shape}")
    e = p / 2 - y / 2  # half the error: no difference overflows
    return float(2 * np.sum(np.abs(e) / y.size))


@np.errstate(over="ignore", invalid="ignore")
def mape(y_true, y_pred):
    r"""Mean absolute error relative to the target.

    .. math::
        \mathrm{MAPE} = \frac{1}{n} \sum_{i=1}^{n} \left| \frac{y_i - \hat{y}_i}{y_i} \right|

    Use it to compare errors over targets of different size, if all targets are positive and far from 0.
    It favors models that predict too little.

    Parameters
    ----------
    y_true : (n,) array
        Targets :math:`y`, none of them 0.
    y_pred : (n,) array
        Predictions :math:`\hat{y}`.

    Returns
    -------
    float in [0, inf)
        Mean absolute percentage error :math:`\mathrm{MAPE}` as a fraction: 0.1 is 10 %.

    Raises
    ------
    ValueError
        If the shapes differ or are empty, or a target is 0 or infinite.

    See Also
    --------
    mean_absolute_error : in the unit of the target.
    sklearn.metrics.mean_absolute_percentage_error : the same; targets count as at least 2.2e-16 in size.
    keras.losses.MeanAbsolutePercentageError : in percent; targets count as at least 1e-7 in size.

    Notes
    -----
    For positive targets and predictions a prediction that is too low costs at most 1, one that is too
    high has no bound; so the best constant is at most the median. The targets need a true zero: in
    degrees Celsius the number means nothing.

    References
    ----------
    .. [1] Hyndman, R. J., Koehler, A. B. (2006). Another look at measures of forecast accuracy.
       International Journal of Forecasting 22(4), 679-688. doi:10.1016/j.ijforecast.2006.03.001

    Examples
    --------
    Off by 10 %, 20 % and 0 %:

    >>> round(mape([10, 100, 5], [11, 80, 5]), 4)
    0.1
    """
    y, p = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    if y.ndim != 1 or y.shape != p.shape or not y.size:
        raise ValueError(f"need equal, non-empty shapes (n,), got {y.shape} and {p.shape}")
    if np.any(y == 0) or np.isinf(y).any():
        raise ValueError(f"need finite targets other than 0, got {y}")
    _, exponent = np.frexp(y)
    y, p = np.ldexp(y, -exponent), np.ldexp(p, -exponent)  # the scale cancels; no difference overflows
    return float(np.sum(np.abs((y - p) / y) / y.size))


@np.errstate(over="ignore", invalid="ignore")
def r2_score(y_true, y_pred):
    r"""One minus the squared error divided by that of predicting the mean target.

    .. math::
        R^2 = 1 - \frac{\sum_{i=1}^{n} (y_i - \hat{y}_i)^2}
            {\sum_{i=1}^{n} \left( y_i - \frac{1}{n} \sum_{j=1}^{n} y_j \right)^2}

    Use it to judge a regression without its unit: 1 is perfect, 0 is no better than the mean target. Do
    not compare it between data sets: it falls when the targets vary less, with errors of the same size.

    Parameters
    ----------
    y_true : (n,) array
        Targets :math:`y`, not all equal.
    y_pred : (n,) array
        Predictions :math:`\hat{y}`.

    Returns
    -------
    float in (-inf, 1]
        Coefficient of determination :math:`R^2`.

    Raises
    ------
    ValueError
        If the shapes differ or are empty, all targets are equal, or one is infinite.

    See Also
    --------
    explained_variance : forgives a constant error.
    rmse : in the unit of the target.
    sklearn.metrics.r2_score : the same; equal targets give 1 if predicted exactly, else 0.
    keras.metrics.R2Score : the same, over all batches so far; needs columns.

    Notes
    -----
    Despite its name it can be negative: the predictions are then worse than the mean. For a least-squares
    line with intercept, on its own training data, it is the square of the :func:`pearson_correlation` of
    targets and predictions; in general it is not. It is not symmetric in its arguments. One target, or
    equal ones, leave nothing to explain: 0/0.

    The code divides everything by a power of two, which is exact, so that squares neither overflow nor
    vanish.

    References
    ----------
    .. [1] Kvålseth, T. O. (1985). Cautionary Note about R². The American Statistician 39(4), 279-285.
       doi:10.1080/00031305.1985.10479448
    .. [2] Chicco, D., Warrens, M. J., Jurman, G. (2021). The coefficient of determination R-squared is
       more informative than SMAPE, MAE, MAPE, MSE and RMSE in regression analysis evaluation. PeerJ
       Computer Science 7, e623. doi:10.7717/peerj-cs.623

    Examples
    --------
    Squared errors 0.25 + 0 + 0.25 against 1 + 0 + 1 around the mean 2:

    >>> round(r2_score([1, 2, 3], [1.5, 2, 2.5]), 4)
    0.75
    >>> round(r2_score([1, 2, 3], [2, 2, 2]), 4), round(r2_score([1, 2, 3], [3, 2, 1]), 4)
    (0.0, -3.0)
    """
    y, p = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    if y.ndim != 1 or y.shape != p.shape or not y.size:
        raise ValueError(f"need equal, non-empty shapes (n,), got {y.shape} and {p.shape}")
    if y.min() == y.max() or np.isinf(y).any():
        raise ValueError(f"need finite targets that differ, got {y}")
    _, exponent = np.frexp(np.max(np.abs(y)))
    y, p = np.ldexp(y, -exponent), np.ldexp(p, -exponent)  # the scale cancels; squares stay finite
    d = y - y[0]  # in the spread the offset cancels too
    return float(1 - np.sum((y - p) ** 2) / np.sum((d - np.mean(d)) ** 2))


@np.errstate(over="ignore", invalid="ignore")
def explained_variance(y_true, y_pred):
    r"""One minus the variance of the errors divided by the variance of the targets.

    .. math::
        V = 1 - \frac{\sum_{i=1}^{n} \left( e_i - \frac{1}{n} \sum_{j=1}^{n} e_j \right)^2}
            {\sum_{i=1}^{n} \left( y_i - \frac{1}{n} \sum_{j=1}^{n} y_j \right)^2}, \quad
        e_i = y_i - \hat{y}_i

    Use it together with :func:`r2_score`: if it is much higher, the errors share a constant that can
    simply be added to the predictions.

    Parameters
    ----------
    y_true : (n,) array
        Targets :math:`y`, not all equal.
    y_pred : (n,) array
        Predictions :math:`\hat{y}`.

    Returns
    -------
    float in (-inf, 1]
        Explained variance :math:`V`.

    Raises
    ------
    ValueError
        If the shapes differ or are empty, all targets are equal, or a number is infinite.

    See Also
    --------
    r2_score : does not forgive a constant error.
    prediction_bias : the constant that is forgiven.
    sklearn.metrics.explained_variance_score : the same; equal targets give 1 or 0.

    Notes
    -----
    It is never below :math:`R^2`; the difference is the square of the prediction bias divided by the
    variance of the targets. Without a bias they are equal. Unlike :math:`R^2` it does not notice that all
    predictions are 1000 too high. The share of variance that a principal component explains is another
    quantity.

    References
    ----------
    .. [1] Kvålseth, T. O. (1985). Cautionary Note about R². The American Statistician 39(4), 279-285.
       doi:10.1080/00031305.1985.10479448

    Examples
    --------
    Every prediction is 5 too high; R² would be 1 - 75/2 = -36.5:

    >>> round(explained_variance([1, 2, 3], [6, 7, 8]), 4)
    1.0
    >>> round(explained_variance([1, 2, 3], [1.5, 2, 2.5]), 4)
    0.75
    """
    y, p = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    if y.ndim != 1 or y.shape != p.shape or not y.size:
        raise ValueError(f"need equal, non-empty shapes (n,), got {y.shape} and {p.shape}")
    if y.min() == y.max() or np.isinf([y, p]).any():
        raise ValueError(f"need finite numbers, and targets that differ, got {y} and {p}")
    _, exponent = np.frexp(np.max(np.abs([y, p])))
    y, p = np.ldexp(y, 1020 - exponent), np.ldexp(p, 1020 - exponent)  # the scale cancels; nothing overflows
    y, p = y - y[0], p - p[0]  # so do offsets
    n, e = y.size, y - p
    residual = np.hypot.reduce((e - np.sum(e / n)) / n)
    spread = np.hypot.reduce((y - np.sum(y / n)) / n)
    return float(1 - (residual / spread) ** 2)


def pearson_correlation(u, v):
    r"""Strength and direction of the linear relation between two quantities.

    .. math::
        r = \frac{\sum_{i=1}^{n} (u_i - \bar{u}) (v_i - \bar{v})}
            {\sqrt{\sum_{i=1}^{n} (u_i - \bar{u})^2 \sum_{i=1}^{n} (v_i - \bar{v})^2}}, \quad
        \bar{u} = \frac{1}{n} \sum_{i=1}^{n} u_i, \quad
        \bar{v} = \frac{1}{n} \sum_{i=1}^{n} v_i

    Use it to find pairs of quantities that rise and fall together along a line. Plot them as well: 0 does
    not mean unrelated, and one outlier can make or hide a correlation.

    Parameters
    ----------
    u : (n,) array
        First quantity, :math:`u`, not constant.
    v : (n,) array
        Second quantity, :math:`v`, not constant.

    Returns
    -------
    float in [-1, 1]
        Correlation coefficient :math:`r`: 1 on a rising line, -1 on a falling one.

    Raises
    ------
    ValueError
        If the shapes differ or are empty, one of the two is constant, or a value is infinite.

    See Also
    --------
    spearman_correlation : for any increasing relation, not only a linear one.
    correlation_matrix : for all pairs of features in a table.
    numpy.corrcoef : a matrix; the off-diagonal entry is the same.
    scipy.stats.pearsonr : the same, with a p-value.
    torch.corrcoef : a matrix of the rows; the off-diagonal entry is the same.
    keras.metrics.PearsonCorrelation : the same for each row of a table, then the mean over the rows.

    Notes
    -----
    It is the covariance divided by both standard deviations; whether those divide by :math:`n` or
    :math:`n - 1` makes no difference. Shifting or stretching either quantity leaves it as it is.

    It sees only linear relations: for :math:`u = -3, \dots, 3` and :math:`v = u^2` it is 0, although
    :math:`v` is a function of :math:`u`. It measures association, not cause.

    References
    ----------
    .. [1] Pearson, K. (1895). Note on Regression and Inheritance in the Case of Two Parents. Proceedings
       of the Royal Society of London 58, 240-242. doi:10.1098/rspl.1895.0041
    .. [2] Rodgers, J. L., Nicewander, W. A. (1988). Thirteen Ways to Look at the Correlation Coefficient.
       The American Statistician 42(1), 59-66. doi:10.1080/00031305.1988.10475524

    Examples
    --------
    >>> round(pearson_correlation([1, 2, 3], [10, 30, 20]), 4)
    0.5
    >>> abs(round(pearson_correlation([-3, -2, -1, 0, 1, 2, 3], [9, 4, 1, 0, 1, 4, 9]), 4))
    0.0
    """
    u, v = np.asarray(u, dtype=float), np.asarray(v, dtype=float)
    if u.ndim != 1 or u.shape != v.shape or not u.size:
        raise ValueError(f"need equal, non-empty shapes (n,), got {u.shape} and {v.shape}")
    if u.min() == u.max() or v.min() == v.max() or np.isinf([u, v]).any():
        raise ValueError(f"need finite values that differ, got {u} and {v}")
    u, v = (np.ldexp(w, -np.frexp(np.max(np.abs(w)))[1]) for w in (u, v))  # the scale cancels
    u, v = u - u[0], v - v[0]  # so does the offset
    a, b = u - np.mean(u), v - np.mean(v)
    r = np.sum(a * b) / np.sqrt(np.sum(a**2) * np.sum(b**2))
    return float(np.clip(r, -1, 1))  # rounding can pass 1 by 2e-16


def correlation_matrix(x):
    r"""Pearson correlation of every pair of columns of a table.

    .. math::
        R_{jk} = \frac{\sum_{i=1}^{n} (x_{ij} - \bar{x}_j) (x_{ik} - \bar{x}_k)}
            {\sqrt{\sum_{i=1}^{n} (x_{ij} - \bar{x}_j)^2} \sqrt{\sum_{i=1}^{n} (x_{ik} - \bar{x}_k)^2}},
            \quad
        \bar{x}_j = \frac{1}{n} \sum_{i=1}^{n} x_{ij}

    Use it for a first look at a table: features that go with the target, and features that repeat each
    other.

    Parameters
    ----------
    x : (n, d) array
        One example per row, one feature per column, :math:`x`; no column constant.

    Returns
    -------
    (d, d) array in [-1, 1]
        Correlation matrix :math:`R`: symmetric, with ones on the diagonal.

    Raises
    ------
    ValueError
        If ``x`` is not a table, is empty, has a constant column, or holds an infinite value.

    See Also
    --------
    pearson_correlation : one pair.
    numpy.corrcoef : the same for rows instead of columns.
    torch.corrcoef : the same for rows instead of columns.

    Notes
    -----
    To choose features, look for columns that are strongly correlated with the target and weakly with each
    other: two columns with a correlation near 1 carry the same information.

    Do not discard a feature only because its correlation with the target is near 0. The matrix sees
    linear relations, one pair at a time. It misses a curve such as :math:`y = x^2`, and it misses
    features that matter only together: if the target is the exclusive or of two features, its correlation
    with each of them is 0.

    References
    ----------
    .. [1] Hastie, T., Tibshirani, R., Friedman, J. (2009). The Elements of Statistical Learning.
       Springer. doi:10.1007/978-0-387-84858-7

    Examples
    --------
    The second feature is twice the first; the third is the target:

    >>> correlation_matrix([[1, 2, 10], [2, 4, 30], [3, 6, 20], [4, 8, 40]]).round(2)
    array([[1. , 1. , 0.8],
           [1. , 1. , 0.8],
           [0.8, 0.8, 1. ]])

    Exclusive or: the last column depends on the first two together, and on neither alone:

    >>> abs(correlation_matrix([[0, 0, 0], [0, 1, 1], [1, 0, 1], [1, 1, 0]]).round(2))
    array([[1., 0., 0.],
           [0., 1., 0.],
           [0., 0., 1.]])
    """
    x = np.asarray(x, dtype=float)
    if x.ndim != 2 or not x.size:
        raise ValueError(f"need a non-empty shape (n, d), got {x.shape}")
    if np.any(x.min(axis=0) == x.max(axis=0)) or np.isinf(x).any():
        raise ValueError(f"need finite columns that are not constant, got {x}")
    x = np.ldexp(x, -np.frexp(np.max(np.abs(x), axis=0))[1])  # the scale cancels
    x = x - x[0]  # so does the offset
    x = x - np.mean(x, axis=0)
    x = x / np.sqrt(np.sum(x**2, axis=0))
    return np.clip(x.T @ x, -1, 1)  # rounding can pass 1 by 2e-16


def spearman_correlation(u, v):
    r"""Pearson correlation of the ranks: how close two quantities are to rising together.

    .. math::
        \rho = \operatorname{pearson\_correlation}(R(u), R(v)), \quad
        R(u)_i = \frac{1}{2} + \sum_{j=1}^{n} \left( \mathbb{1}[u_j < u_i]
            + \frac{1}{2} \mathbb{1}[u_j = u_i] \right)

    Use it for relations that rise or fall steadily but not along a line, for ratings, and for data with
    outliers.

    Parameters
    ----------
    u : (n,) array
        First quantity, :math:`u`, not constant.
    v : (n,) array
        Second quantity, :math:`v`, not constant.

    Returns
    -------
    float in [-1, 1]
        Rank correlation :math:`\rho`: 1 if one always rises with the other, -1 if it always falls.

    Raises
    ------
    ValueError
        If the shapes differ or are empty, a value is NaN, or one of the two is constant.

    See Also
    --------
    pearson_correlation : the same without ranks.
    scipy.stats.spearmanr : the same, with a p-value.

    Notes
    -----
    Equal values share the mean of the ranks they occupy. The short form
    :math:`1 - 6 \sum_i d_i^2 / (n (n^2 - 1))` with the rank differences :math:`d_i` is right only without
    ties. Any increasing function of either quantity, such as the logarithm, leaves the result as it is.
    Like Pearson's, it is 0 for :math:`v = u^2` around 0.

    References
    ----------
    .. [1] Spearman, C. (1904). The Proof and Measurement of Association between Two Things. The American
       Journal of Psychology 15(1), 72-101. doi:10.2307/1412159

    Examples
    --------
    Rising, not along a line (the Pearson correlation is 0.82); then with two equal values:

    >>> round(spearman_correlation([1, 2, 3, 4], [1, 10, 100, 1000]), 4)
    1.0
    >>> round(spearman_correlation([1, 2, 2, 4], [1, 2, 3, 4]), 4)
    0.9487
    """
    u, v = np.asarray(u, dtype=float), np.asarray(v, dtype=float)
    if u.ndim != 1 or u.shape != v.shape or not u.size:
        raise ValueError(f"need equal, non-empty shapes (n,), got {u.shape} and {v.shape}")
    if np.isnan(u).any() or np.isnan(v).any() or u.min() == u.max() or v.min() == v.max():
        raise ValueError(f"need values that differ, without NaN, got {u} and {v}")
    u_sorted, v_sorted = np.sort(u), np.sort(v)
    # below plus equal, and below alone: their mean gives ties the mean of their ranks
    a = (np.searchsorted(u_sorted, u, side="right") + np.searchsorted(u_sorted, u) + 1) / 2
    b = (np.searchsorted(v_sorted, v, side="right") + np.searchsorted(v_sorted, v) + 1) / 2
    a, b = a - np.mean(a), b - np.mean(b)
    r = np.sum(a * b) / np.sqrt(np.sum(a**2) * np.sum(b**2))
    return float(np.clip(r, -1, 1))  # rounding can pass 1 by 2e-16


# %% Ranking


def top_k_accuracy(y_true, y_score, top):
    r"""Share of the examples whose true class is among the classes with the highest scores.

    .. math::
        A = \frac{1}{n} \sum_{i=1}^{n} \mathbb{1}\left[
            \sum_{k=0}^{K-1} \mathbb{1}[s_{ik} \ge s_{i, y_i}] \le T \right]

    Use it where several answers may be shown, or where classes overlap so much that the first answer is a
    matter of taste. ImageNet results quote top-1 and top-5.

    Parameters
    ----------
    y_true : (n,) array in {0, ..., k - 1}
        True class numbers :math:`y`.
    y_score : (n, k) array
        Score of each class, :math:`s`: probabilities or logits; only their order counts.
    top : int >= 1
        How many classes may be named, :math:`T`.

    Returns
    -------
    float in [0, 1]
        Accuracy :math:`A`.

    Raises
    ------
    ValueError
        If the shapes do not fit or are empty, a label is not a class number, a score is NaN, or ``top``
        is not a positive whole number.

    See Also
    --------
    accuracy : one answer per example.
    precision_at_k : many right answers in one list instead of one right answer in each of many.
    sklearn.metrics.top_k_accuracy_score : the same; a higher class number wins a tie.
    keras.metrics.sparse_top_k_categorical_accuracy : one hit or miss per example, no mean; ties are hits.

    Notes
    -----
    The inner sum counts the classes that score at least as high as the true class, which includes itself.
    So a tie counts against the model: equal scores for all classes give 0, not a perfect score. With
    ``top`` equal to the number of classes or more the result is always 1. Top-5 error is 1 minus top-5
    accuracy.

    References
    ----------
    .. [1] Russakovsky, O., Deng, J., Su, H., Krause, J., Satheesh, S., Ma, S., Huang, Z., Karpathy, A.,
       Khosla, A., Bernstein, M., Berg, A. C., Fei-Fei, L. (2015). ImageNet Large Scale Visual Recognition
       Challenge. International Journal of Computer Vision 115(3), 211-252. doi:10.1007/s11263-015-0816-y

    Examples
    --------
    The true class is first in one row, second in one, last in one:

    >>> scores = [[0.7, 0.2, 0.1, 0.0], [0.5, 0.1, 0.3, 0.1], [0.4, 0.3, 0.2, 0.1]]
    >>> [round(top_k_accuracy([0, 2, 3], scores, top), 2) for top in (1, 2, 4)]
    [0.33, 0.67, 1.0]
    """
    y, s = np.asarray(y_true), np.asarray(y_score, dtype=float)
    if s.ndim != 2 or y.shape != s.shape[:1] or not s.size:
        raise ValueError(f"need shapes (n,) and (n, k), not empty, got {y.shape} and {s.shape}")
    if not np.isin(y, np.arange(s.shape[1])).all():
        raise ValueError(f"need class numbers 0 to {s.shape[1] - 1}, got {np.unique(y)}")
    if np.isnan(s).any() or top < 1 or top % 1:
        raise ValueError(f"need scores without NaN and whole top >= 1, got {s} and {top}")
    s_true = np.take_along_axis(s, y.astype(int)[:, None], axis=1)  # (n, 1)
    rank = np.sum(s >= s_true, axis=1)  # (n,)
    return float(np.mean(rank <= top))


def precision_at_k(y_true, y_score, top):
    r"""Share of relevant items among the items with the highest scores.

    .. math::
        P = \frac{1}{T} \sum_{i=1}^{\min(T, n)} y_{\pi(i)}, \quad
        \pi(i) = \operatorname{argsort}(-s, y)_i

    Use it for a list of fixed length, such as one page of search results, of which only the content
    counts and not the order.

    Parameters
    ----------
    y_true : (n,) array in {0, 1}
        Relevance of each item, :math:`y`.
    y_score : (n,) array
        Score of each item, :math:`s`; the items are ranked from the highest down.
    top : int >= 1
        Length of the list, :math:`T`.

    Returns
    -------
    float in [0, 1]
        Precision at the cut-off, :math:`P`.

    Raises
    ------
    ValueError
        If the shapes differ or are empty, a relevance is not 0 or 1, a score is NaN, or ``top`` is not
        a positive whole number.

    See Also
    --------
    precision : over all items predicted positive, however many.
    ndcg : also rewards the order within the list.
    top_k_accuracy : one right class in each of many lists.
    sklearn.metrics.precision_score : the same, if exactly the top items are predicted as 1.

    Notes
    -----
    Item :math:`\pi(i)` has the i-th highest score. Ties count against the model: equal scores are ordered by
    rising :math:`y`, so the order in which the items are passed does not matter. If
    there are fewer than ``top`` items, the missing ones count as irrelevant. With fewer than ``top``
    relevant items 1 cannot be reached. It is a number for one query; report the mean over the queries.

    References
    ----------
    .. [1] Manning, C. D., Raghavan, P., Schütze, H. (2008). Introduction to Information Retrieval.
       Cambridge University Press. doi:10.1017/CBO9780511809071

    Examples
    --------
    The ranked relevances are 1, 0, 1, 0, 0:

    >>> [round(precision_at_k([0, 1, 0, 1, 0], [0.1, 0.9, 0.8, 0.7, 0.2], top), 2) for top in (1, 2, 3)]
    [1.0, 0.5, 0.67]
    """
    y, s = np.asarray(y_true, dtype=float), np.asarray(y_score, dtype=float)
    if y.ndim != 1 or y.shape != s.shape or not y.size:
        raise ValueError(f"need equal, non-empty shapes (n,), got {y.shape} and {s.shape}")
    if not np.isin(y, [0, 1]).all() or np.isnan(s).any() or top < 1 or top % 1:
        raise ValueError(f"need relevance 0 or 1, scores without NaN, whole top >= 1, got {y}, {s}, {top}")
    order = np.lexsort((y, -s))  # highest score first; among ties, irrelevant first
    return float(np.sum(y[order][:top]) / top)


def reciprocal_rank(y_true, y_score):
    r"""One divided by the rank of the first relevant item.

    .. math::
        \mathrm{RR} = \max_{1 \le i \le n} \frac{y_i}{1 + \sum_{j=1}^{n} (1 - y_j) \, \mathbb{1}[s_j \ge s_i]}

    Use it where one right answer is enough and further ones add nothing, as in looking up a known page.

    Parameters
    ----------
    y_true : (n,) array in {0, 1}
        Relevance of each item, :math:`y`.
    y_score : (n,) array
        Score of each item, :math:`s`.

    Returns
    -------
    float in [0, 1]
        Reciprocal rank :math:`\mathrm{RR}`; 0 if no item is relevant.

    Raises
    ------
    ValueError
        If the shapes differ or are empty, a relevance is not 0 or 1, or a score is NaN.

    See Also
    --------
    precision_at_k : counts every relevant item of the list.
    ndcg : discounts every relevant item by its rank.
    sklearn.metrics.label_ranking_average_precision_score : the same for one relevant item.

    Notes
    -----
    The denominator is the rank of the first relevant item: 1 plus the number of irrelevant items that
    score at least as high. So ties count against the model, and the order of the items does not matter.

    It is a number for one query. The mean over the queries is the mean reciprocal rank (MRR):
    ranks 1, 2 and 4 give (1 + 0.5 + 0.25) / 3 = 0.583.

    References
    ----------
    .. [1] Craswell, N. (2009). Mean Reciprocal Rank. Encyclopedia of Database Systems, Springer.
       doi:10.1007/978-0-387-39940-9_488

    Examples
    --------
    The first relevant item is second; then the mean over three queries:

    >>> reciprocal_rank([0, 1, 0, 1], [0.9, 0.8, 0.1, 0.3])
    0.5
    >>> queries = [[1, 0, 0, 0], [0, 1, 0, 1], [0, 0, 0, 1]]
    >>> round(sum(reciprocal_rank(y, [0.9, 0.8, 0.2, 0.1]) for y in queries) / 3, 4)
    0.5833
    """
    y, s = np.asarray(y_true, dtype=float), np.asarray(y_score, dtype=float)
    if y.ndim != 1 or y.shape != s.shape or not y.size:
        raise ValueError(f"need equal, non-empty shapes (n,), got {y.shape} and {s.shape}")
    if not np.isin(y, [0, 1]).all() or np.isnan(s).any():
        raise ValueError(f"need relevance 0 or 1 and scores without NaN, got {y} and {s}")
    first = np.max(s[y == 1], initial=-np.inf)  # score of the best relevant item
    rank = 1 + np.sum((1 - y) * (s >= first))
    return float(np.max(y) / rank)


def ndcg(y_true, y_score, top):
    r"""Discounted gain of a ranking divided by that of the best possible ranking.

    .. math::
        \mathrm{NDCG} = \frac{\sum_{i=1}^{\min(T, n)} y_{\pi(i)} / \log_2(1 + i)}
            {\sum_{i=1}^{\min(T, n)} y_{\tau(i)} / \log_2(1 + i)}, \quad
        \pi(i) = \operatorname{argsort}(-s, y)_i, \quad
        \tau(i) = \operatorname{argsort}(-y)_i

    Use it for ranked lists whose items are more or less relevant, not just right or wrong.

    Parameters
    ----------
    y_true : (n,) array in [0, inf)
        Relevance of each item, :math:`y`; at least one above 0.
    y_score : (n,) array
        Score of each item, :math:`s`; the items are ranked from the highest down.
    top : int >= 1
        Number of ranks that count, :math:`T`; n or more for all.

    Returns
    -------
    float in [0, 1]
        Normalized discounted cumulative gain :math:`\mathrm{NDCG}`; 1 for the best order.

    Raises
    ------
    ValueError
        If the shapes differ or are empty, a relevance is negative or not finite, all are 0, a score is
        NaN, or ``top`` is not a positive whole number.

    See Also
    --------
    precision_at_k : relevance 0 or 1, no discount.
    reciprocal_rank : only the first relevant item.
    sklearn.metrics.ndcg_score : the same, as a mean over queries; ties count with their mean.

    Notes
    -----
    Item :math:`\pi(i)` has the i-th highest score, item :math:`\tau(i)` the i-th highest relevance. The
    numerator is the discounted cumulative gain (DCG), the denominator the DCG of the items sorted by
    relevance. The gain is the relevance itself, as in scikit-learn. The other common form has the gain
    :math:`2^y - 1`, which stresses the best grades: pass ``2**y - 1`` as ``y_true``. Say which one you
    report.

    Ties count against the model: equal scores are ordered by rising :math:`y`.
    scikit-learn takes the mean over all orders of the tied items.

    If nothing is relevant, the ratio is 0/0 and libraries disagree; scikit-learn gives 0. This one
    raises, so that the choice is yours.

    With all ranks counted it is high even for a random order, so compare it with a baseline. It is a
    number for one query; report the mean over the queries.

    References
    ----------
    .. [1] Järvelin, K., Kekäläinen, J. (2002). Cumulated gain-based evaluation of IR techniques. ACM
       Transactions on Information Systems 20(4), 422-446. doi:10.1145/582415.582418

    Examples
    --------
    The relevances in ranked order are 0, 3, 1. DCG: 3 / 1.585 + 1 / 2 = 2.393; best: 3 + 1 / 1.585 =
    3.631:

    >>> round(ndcg([3, 0, 1], [0.5, 0.9, 0.2], top=3), 4)
    0.659
    >>> ndcg([3, 0, 1], [0.9, 0.1, 0.5], top=3)
    1.0
    """
    y, s = np.asarray(y_true, dtype=float), np.asarray(y_score, dtype=float)
    if y.ndim != 1 or y.shape != s.shape or not y.size:
        raise ValueError(f"need equal, non-empty shapes (n,), got {y.shape} and {s.shape}")
    if not np.all((y >= 0) & (y < np.inf)) or not y.any() or np.isnan(s).any() or top < 1 or top % 1:
        raise ValueError(f"need relevance >= 0, not all 0, no NaN, whole top >= 1, got {y}, {s}, {top}")
    gain = y / y.max()  # the scale cancels; sums stay finite
    order = np.lexsort((y, -s))  # highest score first; among ties, the least relevant first
    discount = np.log2(1 + np.arange(1, y.size + 1))
    dcg = np.sum((gain[order] / discount)[:top])
    best = np.sum((np.sort(gain)[::-1] / discount)[:top])
    return float(dcg / best)
