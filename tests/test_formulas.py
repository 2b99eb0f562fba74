"""The LaTeX of each docstring, computed, gives what the function returns."""

import functools
import json

import numpy as np
import pytest
from formulas import Formula, FormulaError, compute, read
from inputs import draw, draw_scalar, draw_steps, given_arrays, given_scalars, results, take_steps
from snippets import CHECKED, snippets

EXCEPTIONS = {  # a snippet whose formula cannot be computed: the reason, in one sentence
    "minibatches": "The batches differ in length, so no array of indices holds them.",
}
SCALES = (1.0, 1.0, 1.0, 1.0, 5.0, 5.0, 5.0, 5.0)  # of random numbers without bounds
HARD = 25  # inputs made of a few different numbers
MOST = 12  # of what counts
FEW = {"n": 2, "c": 4, "m": 2, "h": 4, "w": 3, "t": 7, "o": 2, "r": 2}  # images have many entries
HARD_IMAGES, MOST_OF_IMAGES = 10, 4
BY_NAME = {s.name: s for s in snippets()}


def inside(slot, candidates):
    """Those candidates that lie in a slot's set."""
    low, high = slot.bounds({})
    text = slot.domain or "()"
    open_below, open_above = not text.startswith(("[", ">=")), not text.endswith("]")
    return [
        c
        for c in candidates
        if low <= c <= high and (c, open_below) != (low, 1) and (c, open_above) != (high, 1)
    ]


def any_number(slot, rng, most=MOST):
    return int(rng.integers(draw_scalar(slot, rng, {}), most)) if slot.integer else draw_scalar(slot, rng, {})


def round_number(slot, rng):
    """A number of few binary digits, so that sums meet exactly."""
    numbers = [0.0, 0.25, 0.5, 1.0, 2.0]
    found = inside(slot, numbers) or inside(slot, [-number for number in numbers])
    return rng.choice(inside(slot, [-2, -1, 0, 1, 2, 3, 4]) if slot.integer else found)


def few_values(slot, rng, shape, numbers):
    """An array with equal entries, zeros, kinks and missing classes."""
    if slot.domain == "{0, ..., k - 1}":
        return rng.integers(4, size=shape)
    if slot.domain == "rows sum to 1":
        return rng.multinomial(4, np.full(shape[-1], 1 / shape[-1]), shape[:-1]) / 4
    if slot.symmetric:
        a = rng.integers(-1, 2, shape)
        up = a @ a.T + np.eye(len(a))
        exact = np.diag(rng.choice(numbers, len(a)))  # its eigenvalues meet the numbers
        return up if slot.domain == "positive definite" else (a + a.T, up, -up, exact)[rng.integers(4)]
    return rng.choice(rng.choice(slot.members or inside(slot, numbers), 4), shape)


def takes_images(snippet):
    """Or sequences."""
    return any({"h", "t"} & {*p.slot.shape} for p in given_arrays(snippet))


def arguments(snippet, rng, scale=1.0, **sizes):
    """Of one call, or of several steps from the start."""
    sizes = (FEW if takes_images(snippet) else {}) | sizes
    return (draw_steps if snippet.stateful else draw)(snippet, rng, scale, **sizes)


def returned(snippet, values):
    return take_steps(snippet, values)[-1] if snippet.stateful else results(snippet, values)


def refuses(snippet, values):
    try:
        returned(snippet, values)
    except ValueError:
        return True
    return False


def with_scalars(snippet, rng, number, values):
    """The arguments with other scalars than the defaults."""
    fixed = [p for p in given_scalars(snippet) if p.name not in snippet.moving]
    return values | {p.name: number(p.slot, rng) for p in fixed}


def hard(snippet, formula, rng, number):
    """Arguments at which < and <= differ: the arrays hold the numbers that they are compared with.

    Each array is zero throughout once.
    """
    values = with_scalars(snippet, rng, round_number, arguments(snippet, rng))
    numbers = {0.0, 0.25, 0.5, 0.75, 1.0, 2.0, *formula.numbers}
    numbers |= {float(v) for p in given_scalars(snippet) for v in np.ravel(values[p.name])}
    numbers = sorted(numbers | {-number for number in numbers})
    arrays = given_arrays(snippet)
    moving = [p for p in given_scalars(snippet) if p.name in snippet.moving and not p.slot.integer]
    values |= {p.name: few_values(p.slot, rng, values[p.name].shape, numbers) for p in arrays + moving}
    series = [p for p in given_scalars(snippet) if p.name in snippet.moving and not p.slot.integer]
    values |= {p.name: few_values(p.slot, rng, values[p.name].shape, numbers) for p in arrays + series}
    if number < len(arrays) and arrays[number].slot.domain in (None, "symmetric"):
        values[arrays[number].name] = np.zeros_like(values[arrays[number].name])
    return values


def compare(snippet, formula, values, skip_undefined=False):
    """Fail where the code returns something else; where the formula is 0 / 0, the code may decide."""
    found = returned(snippet, values)
    trios = zip(snippet.outputs, compute(formula, snippet, values, found), found, strict=True)
    for result, ours, theirs in trios:
        skip = np.isnan(ours) & skip_undefined
        name = result.name or "result"
        where = f"formula (ACTUAL) and code (DESIRED) of {snippet}, {name}, differ at {values}"
        np.testing.assert_allclose(
            np.where(skip, 0, ours), np.where(skip, 0, theirs), rtol=1e-10, atol=1e-12, err_msg=where
        )


def check(snippet, rng, tex=None):
    """Compare on random and hard inputs; on how many."""
    formula = read(snippet, tex)
    number, hards = any_number, HARD
    if takes_images(snippet):
        number, hards = functools.partial(any_number, most=MOST_OF_IMAGES), HARD_IMAGES
    compare(snippet, formula, arguments(snippet, rng))
    compare(snippet, formula, arguments(snippet, rng, d=6, m=2))  # tall where it was wide
    compare(snippet, formula, arguments(snippet, np.random.default_rng(1), d=4, m=4))  # and square
    agreed = 3
    for scale in SCALES:
        values = with_scalars(snippet, rng, number, arguments(snippet, rng, scale))
        if snippet.gradients and refuses(snippet, values):  # a kernel larger than the image
            continue
        try:
            compare(snippet, formula, values)
        except FloatingPointError:  # the plain formula overflows, the code does not
            continue
        agreed += 1
    taken = 0
    for case in range(hards):
        values = hard(snippet, formula, rng, case)
        if refuses(snippet, values):
            continue
        compare(snippet, formula, values, skip_undefined=True)
        taken += 1
    assert taken, f"{snippet} refuses every hard input"
    return agreed + taken


@pytest.fixture(scope="module")
def record():
    """What the site tells the reader: on how many inputs formula and code agreed."""
    counts = json.loads(CHECKED.read_text()) if CHECKED.exists() else {}
    counts = {name: count for name, count in counts.items() if name in map(repr, snippets())}
    yield counts
    text = json.dumps(counts, indent=1, sort_keys=True)
    if not CHECKED.exists() or CHECKED.read_text() != text:  # pages are built anew when it changes
        CHECKED.parent.mkdir(exist_ok=True)
        CHECKED.write_text(text)


def test_formula_gives_what_the_code_returns(snippet, rng, record):
    record.pop(repr(snippet), None)
    if snippet.name in EXCEPTIONS:
        pytest.skip(EXCEPTIONS[snippet.name])
    record[repr(snippet)] = {"fingerprint": snippet.fingerprint, "inputs": check(snippet, rng)}


def test_the_record_names_every_snippet(record, request):
    run = [
        item
        for item in request.session.items
        if item.originalname == "test_formula_gives_what_the_code_returns"
    ]
    if len(run) == len(BY_NAME):
        assert record.keys() == {repr(s) for s in BY_NAME.values() if s.name not in EXCEPTIONS}


def test_few_formulas_are_not_checked():
    assert EXCEPTIONS.keys() <= BY_NAME.keys()
    assert len(EXCEPTIONS) <= 0.05 * len(BY_NAME)


X, A, B = np.array([3.0, 1.0, 2.0]), np.diag([1.0, 2.0, 3.0]) + 1, np.ones((3, 2))


@pytest.mark.parametrize(
    ("tex", "expected"),
    [
        (r"x^\top A x", X @ A @ X),
        (r"A^\top B", A.T @ B),
        (r"x x^\top", np.outer(X, X)),
        (r"x \odot x + \lVert x \rVert_1 x", X * X + 6 * X),
        (r"\bar{x} + \mathbb{E}[x] + \operatorname{Var}(x)", 2 + 2 + np.var(X)),
        (r"x_{(3)} - x_{(1)}", 2),
        (r"\prod_{i=1}^{n} \sum_{j \ne i} x_j", 3 * 5 * 4),
        (r"\sum_{i \,:\, x_i > 1} x_i^2 - \min_i x_i", 9 + 4 - 1),
        (r"\arg\max_i x_i + \log_{10} 100 + \lfloor 2.5 \rfloor + \sqrt[3]{8}", 1 + 2 + 2 + 2),
        (r"\sin^2(b) + \cos(b)^2 + |b - |b|| + \sigma(0)", 1 + 4 + 0.5),
        (r"m_3, \quad m_0 = 0, \quad m_t = \beta_1 m_{t-1} + (1 - \beta_1) x_t", 1.625),
        (r"m_2 + v_2, \quad m_t = m_{t-1} + x_t, \quad v_t = v_{t-1} + 1, \quad m_0 = v_0 = 0", 4 + 2),
        (r"x^\top A^{-1} x + \lVert A \rVert_F", X @ np.linalg.inv(A) @ X + np.linalg.norm(A)),
        (r"(A + b I) e_2", (A - 2 * np.eye(3))[:, 1]),
        (r"\max_{0 \le j \le 5 \,:\, f(b^j) \le -b} b^j, \quad f(a) = a - 3", 4),
        (r"\frac12 b \tilde{b}, \qquad \tilde{b} = -b / 2", -1),
        (r"\tilde{x}_{2, 4} - \tilde{x}_{1, 1}, \quad \tilde{x} = \operatorname{pad}(A, 1)", 1),
        (r"A_{Q,2} \odot x - x", A[1] * X - X),
        (r"\operatorname{softmax}(A x)_1", np.exp(0) / (np.exp(0) + np.exp(-1) + np.exp(3))),
    ],
)
def test_what_a_formula_may_contain(tex, expected):
    given = {"x": X, "A": A, "A_Q": A, "B": B, "b": -2.0, r"\beta_1": 0.5, "n": 3.0, "K": 9.0, "d": 3.0}
    (value,) = Formula(f"r = {tex}", given).results(given, [[]])
    np.testing.assert_allclose(value, expected)


@pytest.mark.parametrize(
    ("tex", "message"),
    [
        (r"L = \frac{1}{n} \sum_{i=1}^{n} y_i", r"y_pred has no symbol"),
        (r"L = c \sum_{i=1}^{n} (y_i - \hat{y}_i)^2", r"c is the symbol of no parameter"),
        (r"L = \frac{1}{n} \sum_{i=0}^{n} (y_i - \hat{y}_i)^2", r"index 0 is outside"),
        (r"J = \frac{1}{n} \sum_{i=1}^{n} (y_i - \hat{y}_i)^2", r"result L is not the left side J"),
        (r"L = \frac{1}{n} y \hat{y}", r"needs \\top or \\odot"),
    ],
)
def test_author_is_told_what_is_wrong(tex, message, rng):
    with pytest.raises(FormulaError, match=message):
        check(BY_NAME["mse"], rng, tex)


def test_author_is_told_where_formula_and_code_differ(rng):
    with pytest.raises(AssertionError, match=r"(?s)losses.mse, result, differ at .*y_true.*ACTUAL.*DESIRED"):
        check(BY_NAME["mse"], rng, r"L = \sum_{i=1}^{n} (y_i - \hat{y}_i)^2")


def test_an_axis_with_a_prime_is_as_long_as_the_code_says(rng):
    snippet = BY_NAME["cross_correlation"]
    values = arguments(snippet, rng)
    (code,) = returned(snippet, values)
    (formula,) = compute(read(snippet), snippet, values, [code])
    np.testing.assert_allclose(formula, code)
    with pytest.raises(FormulaError, match="outside an axis"):
        compute(read(snippet), snippet, values, [np.pad(code, 1)])


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (r"v_t}{1 - \beta_2^t}", r"v_t}{1 - \beta_1^t}"),
        (r"v_t}{1 - \beta_2^t}", r"v_t}{1}"),
        (r"\sqrt{\hat{v}_t} + \epsilon", r"\sqrt{\hat{v}_t + \epsilon}"),
        (r"w_{t-1} - \eta", r"w_{t-1} + \eta"),
        (r"\beta_1 m_{t-1}", r"\beta_1 m_{0}"),
    ],
)
def test_a_wrong_step_is_seen(right, wrong, rng):
    adam = BY_NAME["adam"]
    assert right in adam.formula
    with pytest.raises(AssertionError, match=r"optimizers.adam, w, differ"):
        check(adam, rng, adam.formula.replace(right, wrong))


@pytest.mark.parametrize(
    "wrong", [r"\tanh(x_t W + h_0 U + b)", r"\tanh(x_t W + h_{t-1} U - b)", r"x_t W + b"]
)
def test_a_wrong_sequence_is_seen(wrong, rng):
    with pytest.raises((AssertionError, FormulaError), match=r"recurrent.rnn, h, differ|no symbol"):
        check(BY_NAME["rnn"], rng, f"h_t = {wrong}")
