"""Single inputs with a known answer, where the answer is a matter of convention or of rounding."""

import numpy as np
import pytest
from snippets import modules

NAMES = {name: thing for module in modules() for name, thing in vars(module).items()} | {"inf": np.inf}

VALUES = [  # expression, value
    ("tversky([1, 1], [1, 0], eps=0)", 1 / 3),
    ("macro_f1([0, 0, 2], [0, 0, 0])", 0.4),
    ("precision([0, 1], [0, 0])", 0.0),
    ("recall([0, 0], [0, 1])", 0.0),
    ("f1([0, 0], [0, 0])", 0.0),
    ("kl_divergence([0.5, 0.5, 0], [0.25, 0.25, 0.5])", np.log(2)),
    ("kl_divergence([1, 0], [0, 1])", np.inf),
    ("js_divergence([1, 0], [0, 1])", np.log(2)),
    ("binary_cross_entropy([1, 0], [0, 1])", 52 * np.log(2)),
    ("binary_cross_entropy([1, 0], [1, 0])", 2.0**-52),
    ("log_loss([0], [[0, 1]])", 52 * np.log(2)),
    ("entropy([1, 0, 0])", 0.0),
    ("mae([1e308, 1e308], [0, 0])", 1e308),
    ("rmse([1e308, 1e308], [0, 0])", 1e308),
    ("sigmoid(-1000)", 0.0),
    ("softplus(1000)", 1000.0),
    ("silu(-inf)", 0.0),
    ("mish(-inf)", 0.0),
    ("gelu(-inf)", 0.0),
]

REFUSED = [
    "tversky([0, 0], [0, 0], eps=0)",
    "tversky_grad([0, 0], [0, 0], eps=0)",
    "accuracy([0, 2.0**53], [0, 1])",
    "expected_calibration_error([0, 1], [0.2, 0.8], bins=2.5)",
    "ndcg([0, 0], [1, 2], top=2)",
    "r2_score([1, 1], [1, 2])",
    "roc_auc([1, 1], [0.1, 0.2])",
    "cosine_similarity([0, 0], [1, 1])",
]


def evaluate(expression):
    return eval(expression, NAMES)


@pytest.mark.parametrize(("expression", "value"), VALUES, ids=str)
def test_value(expression, value):
    np.testing.assert_allclose(evaluate(expression), value, rtol=1e-14)


@pytest.mark.parametrize("expression", REFUSED)
def test_refused(expression):
    with pytest.raises(ValueError, match=r"\S"):
        evaluate(expression)
