"""Single inputs with a known answer, where the answer is a matter of convention or of rounding."""

import numpy as np
import pytest
from scipy.special import ndtr
from scipy.stats import norm
from snippets import modules

NAMES = {name: thing for module in modules() for name, thing in vars(module).items()}

VALUES = [  # expression, value
    # 0/0 counts as 0, and one out of one is one
    ("precision([0, 1], [0, 0])", 0.0),
    ("precision([1, 0], [1, 0])", 1.0),
    ("recall([0, 0], [0, 1])", 0.0),
    ("recall([1, 0], [1, 0])", 1.0),
    ("specificity([1, 1], [1, 0])", 0.0),
    ("specificity([1, 0], [1, 0])", 1.0),
    ("false_positive_rate([1, 1], [1, 0])", 0.0),
    ("false_positive_rate([1, 0], [1, 1])", 1.0),
    ("false_negative_rate([0, 0], [1, 0])", 0.0),
    ("false_negative_rate([1, 0], [0, 0])", 1.0),
    ("f1([0, 0], [0, 0])", 0.0),
    ("f1([1, 0], [1, 0])", 1.0),
    ("f_beta([0, 0], [0, 0], beta=2)", 0.0),
    ("f_beta([1, 0], [1, 0], beta=2)", 1.0),
    ("per_class_scores([[1, 0], [0, 0]])", [[1, 0], [1, 0], [1, 0]]),
    ("macro_f1([0, 0, 2], [0, 0, 0])", 0.4),
    ("cohen_kappa([1, 1], [1, 1])", 0.0),
    ("cohen_kappa([0, 1], [0, 1])", 1.0),
    ("matthews_correlation([1, 1], [1, 0])", 0.0),
    ("tversky([1, 1], [1, 0], eps=0)", 1 / 3),
    # zeros and ones as probabilities
    ("kl_divergence([0.5, 0.5, 0], [0.25, 0.25, 0.5])", np.log(2)),
    ("kl_divergence([1, 0], [0, 1])", np.inf),
    ("js_divergence([1, 0], [0, 1])", np.log(2)),
    ("js_divergence_grad([1, 0], [1, 0])", [0, np.log(2) / 2]),
    ("binary_cross_entropy([1, 0], [0, 1])", 52 * np.log(2)),
    ("binary_cross_entropy([1, 0], [1, 0])", 2.0**-52),
    ("log_loss([0], [[0, 1]])", 52 * np.log(2)),
    ("log_loss([1], [[0, 1]])", 2.0**-52),
    ("entropy([1, 0, 0])", 0.0),
    ("entropy([0.2] * 5) <= np.log(5)", True),
    ("cross_entropy_from_logits([[1, 0]], [[0, -np.inf]])", 0.0),
    # kinks: the side that is documented
    ("prelu_grad([[0.0, 0.0]], [0.25, 0.5])[0]", [[0.25, 0.5]]),
    ("hinge_grad([1, -1], [1, -1])", [0, 0]),
    ("multiclass_hinge_grad([0], [[1, 0]])", [[0, 0]]),
    ("multiclass_hinge_sum_grad([0], [[1, 0]])", [[0, 0]]),
    ("triplet_grad([[0, 0]], [[0, 0]], [[1, 0]], margin=1)[0]", [[0, 0]]),
    ("contrastive_grad([0], [[1, 2]], [[1, 2]])[0]", [[0, 0]]),
    ("cosine_embedding_grad([-1], [[1, 0]], [[0, 1]], margin=0)[0]", [[0, 0]]),
    ("sparsemax_jacobian([1, 0])", [[0, 0], [0, 0]]),
    # ties and default buckets
    ("reciprocal_rank([1, 0], [0.5, 0.5])", 0.5),
    ("len(calibration_curve([0] * 20, np.linspace(0.01, 0.99, 20))[0])", 10),
    ("len(bias_by_bucket([0] * 20, np.arange(20))[0])", 10),
    ("expected_calibration_error([1, 0], [0.095, 0.105])", 0.505),
    ("calibration_curve([0, 1], [0, 1], bins=2)[0]", [0, 1]),
    # large offsets leave the rest as it is
    ("r2_score(1e16 + np.array([0, 2, 4]), 1e16 + np.array([0, 2, 6]))", 0.5),
    ("explained_variance(1e16 + np.array([0, 2, 4]), 1e16 + np.array([0, 2, 4]))", 1.0),
    ("explained_variance(1e16 + np.array([0, 2, 4]), np.array([0, 2, 4]) - 1e16)", 1.0),
    ("pearson_correlation(1e16 + np.array([0, 2, 4]), 1e16 + np.array([4, 0, 2]))", -0.5),
    ("correlation_matrix(1e16 + np.array([[0, 4], [2, 0], [4, 2]]))", [[1, -0.5], [-0.5, 1]]),
    # first steps, and what is left alone
    ("adam(1.0, -5.0, lr=0.5, eps=1e-300)[0]", 1.5),
    ("adam(1.0, 0.0, lr=0.5)[0]", 1.0),
    ("adagrad(1.0, -5.0, lr=0.5, eps=1e-300)[0]", 1.5),
    ("lion(1.0, 0.0)[0]", 1.0),
    ("lion(1.0, 5.0)[0]", 0.9999),
    ("lamb([2.0], [5.0])[0].round(6)", [1.998]),
    ("lamb([0.0, 0.0], [3.0, -5.0], lr=0.5, eps=1e-300)[0]", [-0.5, 0.5]),
    ("lamb([3.0, 4.0], [0.0, 0.0])[0]", [3.0, 4.0]),
    ("muon(np.zeros((4, 1)), np.full((4, 1), 5.0), steps=1)[0].round(6)", np.full((4, 1), -0.02 * 0.701)),
    ("adafactor(np.zeros((2, 2)), np.ones((2, 2)))[0]", np.full((2, 2), -1e-5)),
    ("newton_schulz([[0.0, 0.0]])", [[0.0, 0.0]]),
    ("clip_by_norm([3.0, 4.0], limit=5.0)", [3.0, 4.0]),
    ("clip_by_norm([0.0, 0.0])", [0.0, 0.0]),
    ("clip_by_norm([3.0, 4.0])", [0.6, 0.8]),
    ("clip_by_value([3.0, -0.5])", [1.0, -0.5]),
    ("len(minibatches(range(7), 3))", 3),
    ("len(minibatches(range(6), 3))", 2),
    ("steps_per_epoch(6, 3)", 2),
    ("curvature_signs([[2.0, 0.0], [0.0, -2.0]], tol=2.0)", (0, 2, 0)),
    ("curvature_signs([[0.5, 0.0], [0.0, -0.5]])", (1, 0, 1)),
    ("bfgs(np.eye(2), [0.5, 0.0], [0.25, 0.0])", [[2.0, 0.0], [0.0, 1.0]]),
    ("bfgs(np.eye(2), [1.0, 0.0], [0.0, 1.0])", np.eye(2)),
    ("bfgs(np.eye(2), [1.0, 0.0], [-1.0, 0.0])", np.eye(2)),
    ("lbfgs_direction([3.0, 4.0], [[1.0, 0.0]], [[-1.0, 0.0]])", [-3.0, -4.0]),
    ("lbfgs_direction([3.0, 4.0], np.empty((0, 2)), np.empty((0, 2)), scale=0.5)", [-1.5, -2.0]),
    ("conjugate_gradient(np.eye(2), [0.0, 0.0])", [0.0, 0.0]),
    ("armijo(lambda a: -2 * a / (1 + a * a), slope=-2.0, c=0.5)", 1.0),
    ("armijo(lambda a: abs(a - 2.0**-100) - 2.0**-100, slope=-1.0)", 2.0**-100),
    # the ends of the number range
    ("newton([1.7e308], [-1.7e308], [[1.0]])", [np.inf]),
    ("gauss_newton([1.7e308], [-1.7e308], [[1.0]])", [np.inf]),
    ("moving_average(-np.inf, (np.array(np.inf), 1))[0]", np.nan),
    ("mae([1e308, 1e308], [0, 0])", 1e308),
    ("rmse([1e308, 1e308], [0, 0])", 1e308),
    ("sigmoid(-1000)", 0.0),
    ("softplus(1000)", 1000.0),
    ("silu(-np.inf)", 0.0),
    ("mish(-np.inf)", 0.0),
    ("gelu(-np.inf)", 0.0),
    ("gelu(np.array([-5, -6, -7, -8, -10.0]))", [z * ndtr(z) for z in (-5, -6, -7, -8, -10)]),
    ("gelu_grad(np.array([-5, -7, -9.0]))", [ndtr(z) + z * norm.pdf(z) for z in (-5, -7, -9)]),
]

REFUSED = [
    "tversky([0, 0], [0, 0], eps=0)",
    "tversky_grad([0, 0], [0, 0], eps=0)",
    "dice([0, 0], [0, 0], eps=0)",
    "dice_grad([0, 0], [0, 0], eps=0)",
    "cosine_embedding([1], [[0, 0]], [[1, 1]])",
    "cosine_embedding_grad([1], [[1, 1]], [[0, 0]])",
    "accuracy([0, 2.0**53], [0, 1])",
    "confusion_matrix([0, 10_000], [0, 1])",
    "expected_calibration_error([0, 1], [0.2, 0.8], bins=2.5)",
    "ndcg([0, 0], [1, 2], top=2)",
    "r2_score([1, 1], [1, 2])",
    "roc_auc([1, 1], [0.1, 0.2])",
    "cosine_similarity([0, 0], [1, 1])",
    "poisson_nll([1], [709])",
    "adam(1.0, 1e160)",
    "adafactor([1.0], [1.0])",
    "adafactor([[1e160]], [[1.0]])",
    "muon([1.0], [1.0])",
    "newton([1.0], [1.0], [[0.0]])",
    "gauss_newton([1.0, 1.0], [1.0], [[1.0, 1.0]])",
    "fletcher_reeves([1.0], [0.0])",
    "conjugate_gradient([[0.0]], [1.0])",
    "conjugate_gradient([[-0.5]], [1.0])",
    "bfgs([[0.0]], [1.0], [1.0])",
    "bfgs([[-0.5]], [1.0], [1.0])",
    "numerical_hessian(lambda w: w[0], [1.0], h=0.0)",
    "curvature_signs([1.0])",
    "lbfgs_direction([[1.0]], [[1.0]], [[1.0]])",
    "gauss_newton([[1.0]], [1.0], [[1.0]])",
    "armijo(lambda a: a, slope=-1.0)",
    "minibatches([[0, 1]], 1)",
]


def evaluate(expression):
    return eval(expression, NAMES)


@pytest.mark.parametrize(("expression", "value"), VALUES, ids=str)
def test_value(expression, value):
    np.testing.assert_allclose(evaluate(expression), value, rtol=1e-12, atol=1e-300)


@pytest.mark.parametrize("expression", REFUSED)
def test_refused(expression):
    with pytest.raises(ValueError, match=r"\S"):
        evaluate(expression)


OPTIMIZERS = [n for n, f in NAMES.items() if getattr(f, "__module__", "") == "cheatsheet.optimizers"]


@pytest.mark.parametrize("name", [name for name in OPTIMIZERS if name != "newton_schulz"])
def test_optimizers_are_called_alike_and_go_down(name):
    """One loop serves them all: on a bowl each is nearer to the minimum after a hundred steps."""
    w, state = np.array([[3.0, -2.0]]), None
    for _ in range(100):
        w, state = NAMES[name](w, w * [1.0, 2.0], state, lr=1.0 if name == "adadelta" else 0.01)
    assert np.linalg.norm(w) < np.linalg.norm([3.0, -2.0]) - 0.1


def test_rmsprop_levels_an_ill_conditioned_bowl():
    w, state = np.array([1.0, 1.0]), None
    for _ in range(200):
        w, state = NAMES["rmsprop"](w, w * [1.0, 10_000.0], state, lr=0.01)
    assert (np.abs(w) < 0.01).all()


def test_conjugate_gradients_need_no_more_steps_than_unknowns(rng):
    a = rng.normal(size=(8, 8))
    matrix, right = a @ a.T + np.eye(8), rng.normal(size=8)
    np.testing.assert_allclose(matrix @ NAMES["conjugate_gradient"](matrix, right), right, rtol=1e-6)


SQUARING = ["adagrad", "adadelta", "rmsprop", "adam", "adamw", "amsgrad", "nadam", "lamb", "adafactor"]


@pytest.mark.parametrize("name", SQUARING)
def test_a_gradient_is_refused_from_where_its_square_is_infinite(name):
    w, _ = NAMES[name](np.ones((1, 1)), np.full((1, 1), 1e150))
    assert np.isfinite(w).all()
    with pytest.raises(ValueError, match="infs or NaNs"):
        NAMES[name](np.ones((1, 1)), np.full((1, 1), 1e160))
