"""Single inputs with a known answer, where the answer is a matter of convention or of rounding."""

import numpy as np
import pytest
from scipy.special import ndtr
from scipy.stats import norm
from sklearn.linear_model import ElasticNet, Lasso, Ridge
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
    ("numerical_gradient(lambda w: abs(w[0]) + w[0], [0.0])", [1.0]),
    ("numerical_gradient(lambda w: w[0] ** 3, [1.0], h=0.5)", [3.25]),
    ("gradient_difference([0.0, 0.0], [0.0, 0.0])", 0.0),
    ("gradient_difference([0.0, 3.0], [0.0, 0.0])", 1.0),
    ("gradient_difference([1e308, 1e308], [-1e308, -1e308])", 1.0),
    ("gradient_difference([7.5e307, 0.0], [0.0, 1e308])", 5 / 7),
    ("gradient_difference([3e-320], [1e-320])", 0.5),
    ("armijo(lambda a: -2 * a / (1 + a * a), slope=-2.0, c=0.5)", 1.0),
    ("armijo(lambda a: abs(a - 2.0**-100) - 2.0**-100, slope=-1.0)", 2.0**-100),
    # recurrent networks: gates that are shut or open, no steps
    ("gru_cell([[1.0]], [[0.5]], *[np.zeros((3, 1, 1))] * 2, [[0.0], [800.0], [9.0]], [0.0])[0]", [[0.5]]),
    (
        "lstm_cell([[1.0]], [[0.0]], [[3.0]], *[np.zeros((4, 1, 1))] * 2, [[-800], [800], [0], [800]])[1]",
        [[3.0]],
    ),
    ("rnn(np.zeros((2, 0, 3)), np.ones((2, 1)), np.ones((3, 1)), [[1.0]], [0.0])[0]", np.empty((2, 0, 1))),
    ("rnn_cell([[1e308]], [[0.0]], [[9.0]], [[1.0]], [0.0])[0]", [[1.0]]),
    # attention: huge scores, forbidden keys, one key
    ("scaled_dot_product_attention([[1e154]], [[1e154], [-1e154]], [[1.0], [2.0]])[0]", [[1.0]]),
    ("scaled_dot_product_attention([[1.0]], [[1.0], [9.0]], [[1.0], [2.0]], [[0.0, -np.inf]])[0]", [[1.0]]),
    (
        "scaled_dot_product_attention([[0.0], [0.0]], [[0.0], [0.0]], [[1.0], [2.0]], causal_bias(2, 2))[0]",
        [[1.0], [1.5]],
    ),
    ("scaled_dot_product_attention([[9.0]], [[5.0]], [[7.0, 8.0]])[0]", [[7.0, 8.0]]),
    ("online_softmax([[1e4, -1e4]], [[1.0], [2.0]])[0]", [[1.0]]),
    ("online_softmax([[-np.inf, -np.inf]], [[1.0], [2.0]])[0]", [[0.0]]),
    ("online_softmax([[5.0]], [[3.0]], online_softmax([[-np.inf]], [[1.0]])[1])[0]", [[3.0]]),
    ("kv_cache_step([1.0], [5.0], [7.0], np.empty((0, 1)), np.empty((0, 1)))[0]", [7.0]),
    ("rotary_halves([[3.0, 4.0]], [0])[0]", [[3.0, 4.0]]),
    ("rotary_interleaved([[3.0, 4.0]], [0])[0]", [[3.0, 4.0]]),
    ("alibi_bias(1, 1, 1)", [[[0.0]]]),
    # penalties, constraints, stopping
    ("l1_penalty_grad([0.0, -0.0, 2.0], strength=3.0)", [0.0, 0.0, 3.0]),
    ("np.signbit(soft_threshold(-0.5, threshold=1.0))", False),
    ("np.signbit(l1_step(-0.001, 0.0, lr=1.0)[0])", False),
    ("np.signbit(elastic_net_step(-0.001, 0.0, lr=1.0)[0])", False),
    ("soft_threshold(np.inf, threshold=np.inf)", np.nan),
    ("l1_penalty_grad(0.0, strength=np.inf)", np.nan),
    ("activity_penalty_grad([[0.0, 1.0]], strength=np.inf)", [[np.nan, np.inf]]),
    ("dropout([1.0, 2.0], [0.5, 0.49], rate=0.5)[0]", [2.0, 0.0]),
    ("dropout([1.0, 2.0], [0.5, 0.9], rate=1.0)[0]", [0.0, 0.0]),
    ("dropout([1.0, 2.0], [0.0, 0.9], rate=0.0)[0]", [1.0, 2.0]),
    ("dropout([1.0], [0.7])[0]", [2.0]),
    ("drop_path([[1.0]], [0.1])[0]", [[1 / 0.9]]),
    ("soft_threshold([1.0, -1.0, 1.5], threshold=1.0)", [0.0, 0.0, 0.5]),
    ("l1_step([0.0], [0.01], lr=1.0, strength=0.01)[0]", [0.0]),
    ("l1_step([1.0], [0.0])[0]", [0.9999]),
    ("l2_step([1.0], [0.0])[0]", [0.9998]),
    ("elastic_net_step([1.0], [0.0])[0]", [0.9999 / 1.0002]),
    ("l1_penalty([1.0, -3.0])", 0.04),
    ("l2_penalty([1.0, -3.0])", 0.1),
    ("elastic_net_penalty([1.0, -3.0])", 0.14),
    ("max_norm([[3.0, 0.0], [4.0, 0.0]])", [[0.6, 0.0], [0.8, 0.0]]),
    ("max_norm([[3e200], [4e200]], limit=1e200)", [[6e199], [8e199]]),
    ("prune_by_magnitude([[1.0, -1.0], [1.0, 2.0]])", [[1.0, -1.0], [1.0, 2.0]]),
    ("prune_by_magnitude([[1.0, -1.0], [1.0, 2.0]], share=0.75)", [[0.0, 0.0], [0.0, 2.0]]),
    ("prune_by_magnitude([[1.0, 2.0]], share=1.0)", [[0.0, 0.0]]),
    ("prune_by_magnitude([[0.0, 2.0]], share=0.0)", [[0.0, 2.0]]),
    ("random_deletion([0.5], rate=1.0)", [1]),
    ("random_deletion([0.5, 0.1], rate=0.5)", [1, 0]),
    ("label_noise([0, 1], [1, 0], [0.1, 0.0999])", [0, 0]),
    ("shift([[1.0, 2.0]], down=0, right=5, fill=7.0)", [[7.0, 7.0]]),
    ("cutmix(np.zeros((1, 2, 2)), [[1, 0]], np.ones((1, 2, 2)), [[0, 1]], 1, 1, 9, 9)[1]", [[0.75, 0.25]]),
    ("label_noise([2**31 - 1], [0], [0.5])", [2**31 - 1]),
    ("add_noise([1.0], [1.0])", [1.1]),
    ("early_stopping(1.0)[0]", 0),
    ("early_stopping(1.0, (1.0, 1, 0, 1), patience=1)[1]", (1.0, 1, 1, 2)),
    ("early_stopping(0.5, (1.0, 1, 3, 4), patience=1, min_delta=0.5)[0]", 1),
    ("early_stopping(0.4, (1.0, 1, 3, 4), patience=1, min_delta=0.5)[1]", (0.4, 5, 0, 5)),
    # ends and corners of the schedules
    ("step_decay([9, 10], 10)", [1.0, 0.1]),
    ("piecewise_constant([0, 2, 3], [3, 0], [0.5, 4.0], lr=0.25)", [1.0, 1.0, 0.5]),
    ("exponential_decay(np.inf)", 0.0),
    ("cosine_decay(np.inf, 10, lr=2.0, end=0.5)", 0.5),
    ("linear_warmup([0, 4, 5], 4, start=0.5)", [0.5, 1.0, 1.0]),
    ("warmup_cosine([0, 4, 8, 9], 4, 4, start=0.5, end=0.25)", [0.5, 1.0, 0.25, 0.25]),
    ("warmup_stable_decay([0, 4, 5, 7, 8], 4, 0, 4)", [0.0, 1.0, 0.75, 0.25, 0.0]),
    ("one_cycle([0, 3, 7, 8], 3, 4, div=4.0, final_div=2.0)", [0.25, 1.0, 0.125, 0.125]),
    ("cosine_restarts([3, 4, 8], 4, end=0.5)[1:]", [1.0, 1.0]),
    ("np.hstack(reduce_on_plateau(1.0, 2.0))", [1.0, 2.0, 0]),
    ("np.hstack(reduce_on_plateau(1.0, 2.0, (2.0, 9), min_delta=0))", [1.0, 2.0, 10]),
    ("np.hstack(reduce_on_plateau(1.0, 2.0, (2.0, 10)))", [0.1, 2.0, 0]),
    ("np.hstack(reduce_on_plateau(1.0, 1.0, (2.0, 10), factor=0.5, min_delta=1.0))", [0.5, 2.0, 0]),
    ("np.hstack(reduce_on_plateau(1.0, np.inf))", [1.0, np.inf, 1]),
    ("piecewise_constant([7], [], [])", [1.0]),
    ("[inverse_time_decay(1), inverse_root_decay(3), polynomial_decay(5, 10)]", [0.5, 0.5, 0.5]),
    ("[cosine_decay(0, 10), cosine_restarts(0, 10), exponential_decay(1)]", [1.0, 1.0, 0.95]),
    ("one_cycle([0, 1, 2], 1, 1)", [0.04, 1.0, 0.04 / 1e4]),
    ("inverse_root_decay(1.7e308, warmup=0.5)", np.sqrt(0.5 / 1.7e308)),
    ("exponential_decay(1.7e308, period=0.5)", 0.0),
    ("warmup_cosine(2, 1, 1)", 0.0),
    # starting weights
    ("fans(3, 2)", (3, 2)),
    ("orthogonal([[-2.0]])", [[-1.0]]),
    ("orthogonal([[3.0], [-4.0]])", [[0.6], [-0.8]]),
    ("truncated_normal([-1, 0, 1])", [-2.0, 0.0, 2.0]),
    # windows that do not fit, ties, what occurs twice
    ("conv_output_size(2, kernel=5)", 0),
    ("conv_output_size(2, kernel=3, padding=1)", 2),
    ("max_pool2d(np.ones((1, 1, 2, 2)))[1]([[[[1.0]]]])[0, 0]", [[1, 0], [0, 0]]),
    ("max_pool2d([[[[1, 5, 2]]]], size=1, stride=1)[0][0, 0]", [[1, 5, 2]]),
    ("max_pool2d(np.arange(9).reshape(1, 1, 3, 3), stride=1)[1](np.ones((1, 1, 2, 2)))[0, 0, 2]", [0, 1, 1]),
    ("avg_pool2d(np.ones((1, 1, 3, 3)), stride=1)[1](np.ones((1, 1, 2, 2)))[0, 0, 1]", [0.5, 1, 0.5]),
    ("np.shape(avg_pool2d(np.ones((1, 1, 6, 6)))[0])", (1, 1, 3, 3)),
    ("np.shape(conv2d_transpose(np.ones((1, 1, 3, 3)), np.ones((1, 1, 2, 2)), [0])[0])", (1, 1, 4, 4)),
    ("conv2d_transpose(np.ones((1, 1, 3, 3)), [[[[2.0]]]], [0], padding=1)[0][0, 0]", [[2]]),
    ("grouped_conv2d([[[[2.0]]]], [[[[3.0]]]], [1.0])[0][0, 0]", [[7]]),
    ("embedding([1, 1], [[0.0], [2.0]])[1]([[3.0], [4.0]])", [[0], [7]]),
    ("batch_norm([[1.0], [1.0]], [2.0], [3.0])[0]", [[3], [3]]),
    ("layer_norm([5.0], [2.0], [3.0])[0]", [3]),
    ("np.shape(grouped_conv2d(np.ones((1, 4, 2, 2)), np.ones((2, 2, 1, 1)), [0, 0])[0])", (1, 2, 2, 2)),
    ("early_stopping(1.0, (0.5, 1, 8, 9))[0]", 0),
    ("early_stopping(1.0, (0.5, 1, 9, 10))[0]", 1),
    ("early_stopping(np.inf)[1]", (np.inf, 0, 1, 1)),
    ("shift([[1.0, 2.0], [3.0, 4.0]], down=-1, right=0)", [[3.0, 4.0], [0.0, 0.0]]),
    ("shift([[1.0, 2.0], [3.0, 4.0]], down=0, right=-1)", [[2.0, 0.0], [4.0, 0.0]]),
    ("additive_attention([[1.0]], [[9.0], [-9.0]], [[0.0]], [[1.0]], [1e3])[0]", [[9.0]]),
    ("sinusoidal_positions([1], 4)", [[np.sin(1), np.cos(1), np.sin(0.01), np.cos(0.01)]]),
    ("rotary_interleaved([[0.0, 0.0, 1.0, 0.0]], [1])[0]", [[0.0, 0.0, np.cos(0.01), np.sin(0.01)]]),
    ("rotary_halves([[0.0, 1.0, 0.0, 0.0]], [1])[0]", [[0.0, np.cos(0.01), 0.0, np.sin(0.01)]]),
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
    "max_pool2d(np.ones((1, 1, 2, 2)), size=3)",
    "conv1d(np.ones((1, 1, 4)), np.ones((1, 1, 3)), [0], dilation=2)",
    "conv2d_transpose(np.ones((1, 1, 1, 1)), np.ones((1, 1, 2, 2)), [0], padding=1)",
    "grouped_conv2d(np.ones((1, 4, 2, 2)), np.ones((2, 3, 1, 1)), [0, 0])",
    "grouped_conv2d(np.ones((1, 4, 2, 2)), np.ones((3, 2, 1, 1)), [0, 0, 0])",
    "group_norm(np.ones((1, 4, 2, 2)), np.ones(4), np.zeros(4), groups=3)",
    "batch_norm([[1.0]], [1.0], [0.0])",
    "embedding([-1], [[1.0]])",
    "global_avg_pool2d(np.ones((1, 1, 0, 2)))",
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
    "numerical_gradient(lambda w: w[0], [1.0], h=0.0)",
    "numerical_gradient(lambda w: np.inf * w[0], [1.0])",
    "lbfgs_direction([[1.0]], [[1.0]], [[1.0]])",
    "gauss_newton([[1.0]], [1.0], [[1.0]])",
    "armijo(lambda a: a, slope=-1.0)",
    "minibatches([[0, 1]], 1)",
    "gru_cell([[1.0]], [[np.inf]], *[np.ones((3, 1, 1))] * 2, np.zeros((3, 1)), [0.0])",
    "lstm_cell([[1.0]], [[1.0]], [[np.inf]], *[np.ones((4, 1, 1))] * 2, np.zeros((4, 1)))",
    "scaled_dot_product_attention([[1.0]], [[1.0]], [[1.0]], [[-np.inf]])",
    "scaled_dot_product_attention([[1e200]], [[1e200]], [[1.0]])",
    "scaled_dot_product_attention([[1.0]], np.empty((0, 1)), np.empty((0, 1)))",
    "multi_head_attention([[1.0]], [[1.0]], *[np.ones((1, 1, 1))] * 4, [[-np.inf]])",
    "grouped_query_attention([[[[1.0]]]], [[[1.0]]], [[[1.0]]], [[-np.inf]])",
    "additive_attention([[1.0]], [[1.0]], [[1.0]], [[1.0]], [np.inf])",
    "kv_cache_step([1e200], [1e200], [1.0], np.empty((0, 1)), np.empty((0, 1)))",
    "rotary_halves([[1.0, 2.0, 3.0]], [0])",
    "rotary_interleaved([[1.0, 2.0, 3.0]], [0])",
    "online_softmax([[np.inf]], [[1.0]])",
    "l2_step([np.inf], [0.0])",
    "max_norm([[1.7e308], [1.7e308]])",
    "cutmix(np.zeros((1, 2, 2)), [[1, 0]], np.ones((1, 2, 2)), [[0, 1]], 0.5, 0, 1, 1)",
    "shift([[1.0]], down=0.5, right=0)",
    "early_stopping(np.nan)",
    "early_stopping(1.0, (0.5, 3, 0, 2))",
    "early_stopping(1.0, patience=1.5)",
    "bias_variance([1.0], [[np.inf]])",
    "cosine_decay(0, 10, lr=np.inf)",
    "step_decay(0, 1, lr=np.inf)",
    "piecewise_constant(0, [], [], lr=np.inf)",
    "piecewise_constant(0, [0], [np.inf])",
    "exponential_decay(0, lr=np.inf)",
    "inverse_time_decay(0, lr=np.inf)",
    "polynomial_decay(0, 1, lr=np.inf)",
    "polynomial_decay(0, 1, end=np.inf)",
    "cosine_decay(0, 1, lr=np.inf)",
    "cosine_decay(0, 1, end=np.inf)",
    "linear_warmup(0, 1, lr=np.inf)",
    "linear_warmup(0, 1, start=np.inf)",
    "warmup_cosine(0, 1, 1, end=np.inf)",
    "warmup_stable_decay(0, 1, 1, 1, lr=np.inf)",
    "inverse_root_decay(0, lr=np.inf)",
    "one_cycle(0, 1, 1, lr=np.inf)",
    "cosine_restarts(0, 1, lr=np.inf)",
    "cosine_restarts(0, 1, end=np.inf)",
    "truncated_normal(0, std=np.inf)",
    "cosine_restarts(np.inf, 10)",
    "warmup_stable_decay(0, 1, np.inf, 1)",
    "orthogonal([[1.0, 2.0], [2.0, 4.0]])",
    "orthogonal([[0.0]])",
    "he_normal([1.0, 2.0])",
    "cutmix(np.zeros((1, 2, 2)), [1.0], np.ones((1, 2, 2)), [1.0], 0, 0, 1, 1)",
    "cutmix(np.zeros((2, 2, 2)), [[1, 0]], np.ones((2, 2, 2)), [[0, 1]], 0, 0, 1, 1)",
    "cutmix(np.zeros((1, 2, 2)), [[1, 0]], np.ones((1, 2, 2)), [[1]], 0, 0, 1, 1)",
    "mixup([[[1.0]]], [[1, 0]], [[[1.0]]], [[0, 1]])",
    "mixup([[1.0]], [[[1, 0]]], [[1.0]], [[[0, 1]]])",
    "mixup([[1.0], [2.0]], [[1, 0]], [[1.0], [2.0]], [[0, 1]])",
    "mixup([[1.0]], [[1, 0]], [[1.0]], [[1]])",
    "label_noise([2**31], [0], [0.5])",
    "label_noise([0], [-1], [0.5])",
    "flip_left_right([1.0, 2.0])",
    "shift([[1.0]], down=0.5, right=0)",
    "shift([1.0], down=0, right=0)",
    "early_stopping(1.0, (0.5, -1, 0, 2))",
    "early_stopping(1.0, (0.5, 1, -1, 2))",
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


REGRESSION = np.random.default_rng(5).normal(size=(40, 6))
TARGETS = REGRESSION @ [2.0, -1.0, 0.5, 0.0, 0.0, 0.0] + np.random.default_rng(6).normal(size=40)


@pytest.mark.parametrize(
    ("step", "options", "model"),
    [
        ("l1_step", {"strength": 0.6}, Lasso(alpha=0.3, fit_intercept=False, tol=1e-12)),
        ("l2_step", {"strength": 0.3}, Ridge(alpha=0.3 * 40, fit_intercept=False)),
        (
            "elastic_net_step",
            {"l1": 0.4, "l2": 0.3},
            ElasticNet(alpha=0.5, l1_ratio=0.4, fit_intercept=False, tol=1e-12),
        ),
    ],
)
def test_penalized_steps_end_where_the_regression_does(step, options, model):
    """The penalties stand beside the mean squared error; scikit-learn halves it, or takes the sum."""
    w, state = np.zeros(6), None
    for _ in range(3000):
        gradient = REGRESSION.T @ NAMES["mse_grad"](TARGETS, REGRESSION @ w)
        w, state = NAMES[step](w, gradient, state, lr=0.1, **options)
    solution = model.fit(REGRESSION, TARGETS).coef_
    np.testing.assert_allclose(w, solution, rtol=1e-7, atol=1e-12)
    assert ((w == 0) == (solution == 0)).all()


def test_early_stopping_follows_a_given_list():
    """Once it stops for a plateau, a new minimum starts the count again."""
    losses, state, flags = [5.0, 4.0, 4.0, 4.5, 3.0, 3.1], None, []
    for loss in losses:
        stop, state = NAMES["early_stopping"](loss, state, patience=2)
        flags.append(stop)
    assert flags == [0, 0, 0, 1, 0, 0]
    assert state == (3.0, 5, 1, 6)


SQUARING = ["adagrad", "adadelta", "rmsprop", "adam", "adamw", "amsgrad", "nadam", "lamb", "adafactor"]


@pytest.mark.parametrize("name", SQUARING)
def test_a_gradient_is_refused_from_where_its_square_is_infinite(name):
    w, _ = NAMES[name](np.ones((1, 1)), np.full((1, 1), 1e150))
    assert np.isfinite(w).all()
    with pytest.raises(ValueError, match="infs or NaNs"):
        NAMES[name](np.ones((1, 1)), np.full((1, 1), 1e160))


def test_one_pass_of_online_softmax_is_attention(rng):
    """Blocks of any size, with forbidden keys in some of them, give what all scores at once give."""
    q, k, v = rng.normal(size=(3, 12, 4))
    bias = NAMES["causal_bias"](12, 12)
    expected, _ = NAMES["scaled_dot_product_attention"](q, k, v, bias)
    for size in (1, 5, 12):
        state = None
        for start in range(0, 12, size):
            part = slice(start, start + size)
            y, state = NAMES["online_softmax"](q @ k[part].T / 2 + bias[:, part], v[part], state)
        np.testing.assert_allclose(y, expected, rtol=1e-12)


def test_steps_with_a_cache_are_causal_attention(rng):
    q, k, v = rng.normal(size=(3, 2, 6, 4))
    expected, _ = NAMES["scaled_dot_product_attention"](q, k, v, NAMES["causal_bias"](6, 6))
    keys = values = np.empty((2, 0, 4))
    for t in range(6):
        y, keys, values = NAMES["kv_cache_step"](q[:, t], k[:, t], v[:, t], keys, values)
        np.testing.assert_allclose(y, expected[:, t], rtol=1e-12)
    np.testing.assert_array_equal(keys, k)


@pytest.mark.parametrize("name", ["rotary_interleaved", "rotary_halves"])
def test_rotary_products_depend_on_the_distance(name, rng):
    q, k = rng.normal(size=(2, 1, 8))
    turn = NAMES[name]
    products = [turn(q, [p])[0] @ turn(k, [p + 3])[0].T for p in (0, 1, 50)]
    np.testing.assert_allclose(products, np.broadcast_to(products[0], (3, 1, 1)), rtol=1e-9)


def through_layers(rule, activation):
    rng = np.random.default_rng(0)
    a = rng.normal(size=(100, 100))
    for _ in range(50):
        a = activation(a @ NAMES[rule](rng.normal(size=(100, 100))))
    return a.std()


@pytest.mark.parametrize(
    ("rule", "activation", "low", "high"),
    [
        ("he_normal", "relu", 0.1, 10),
        ("lecun_normal", "relu", 0, 1e-5),
        ("glorot_normal", "relu", 0, 1e-5),
        ("orthogonal", "identity", 0.9, 1.1),
        ("lecun_normal", "tanh", 0.05, 0.5),
    ],
)
def test_signals_survive_fifty_layers_by_the_rule_of_their_activation(rule, activation, low, high):
    assert low < through_layers(rule, NAMES.get(activation, np.positive)) < high


def test_stacked_layers_are_those_of_pytorch(rng):
    """Deep recurrent networks need no code of their own."""
    torch = pytest.importorskip("torch")
    x, m = rng.normal(size=(2, 5, 3)), 4
    module = torch.nn.RNN(3, 4, num_layers=3, batch_first=True, dtype=torch.float64)
    h, theirs = x, torch.from_numpy(x)
    parts = {}
    for i, d in enumerate([3, m, m]):
        w, u, b = rng.normal(size=(d, m)), rng.normal(size=(m, m)), rng.normal(size=m)
        h, _ = NAMES["rnn"](h, np.zeros((2, m)), w, u, b)
        layer = {"weight_ih": w.T, "weight_hh": u.T, "bias_ih": b, "bias_hh": 0 * b}
        parts |= {f"{name}_l{i}": torch.from_numpy(part.copy()) for name, part in layer.items()}
    expected, _ = torch.func.functional_call(module, parts, theirs)
    np.testing.assert_allclose(h, expected.numpy(), rtol=1e-9, atol=1e-12)


def test_a_bias_for_each_head(rng):
    """A head sees its own matrix only, and the gradients of all heads add up to that of a common one."""
    x, w = rng.normal(size=(2, 5, 6)), rng.normal(size=(3, 3, 6, 2))
    w_o, common, dy = rng.normal(size=(3, 2, 6)), rng.normal(size=(5, 5)), rng.normal(size=(2, 5, 6))
    attend = NAMES["multi_head_attention"]
    y, backward = attend(x, x, *w, w_o, common)
    same, by_head = attend(x, x, *w, w_o, np.broadcast_to(common, (3, 5, 5)))
    np.testing.assert_array_equal(same, y)
    np.testing.assert_allclose(by_head(dy)[-1].sum(axis=0), backward(dy)[-1], rtol=1e-12)
    alibi = NAMES["alibi_bias"](3, 5, 5)
    alone = sum(attend(x, x, *w[:, [h]], w_o[[h]], alibi[h])[0] for h in range(3))
    np.testing.assert_allclose(attend(x, x, *w, w_o, alibi)[0], alone, rtol=1e-12)


def test_groups_without_a_batch(rng):
    """Axes in front change nothing, in the gradients neither."""
    q, k, v, dy = (rng.normal(size=shape) for shape in ((2, 3, 4, 5), (2, 6, 5), (2, 6, 7), (2, 3, 4, 7)))
    attend = NAMES["grouped_query_attention"]
    _, alone = attend(q, k, v)
    _, batch = attend(q[None], k[None], v[None])
    for one, part in zip(alone(dy)[:3], batch(dy[None])[:3], strict=True):
        np.testing.assert_allclose(one, part[0], rtol=1e-12)
