"""What every snippet must do, found by introspection: run alone, keep its shapes, survive bad input."""

import doctest
import warnings

import numpy as np
import pytest
from inputs import (
    SIZES,
    array_parameters,
    draw,
    draw_steps,
    flat,
    given_arrays,
    given_scalars,
    results,
    take_steps,
)
from snippets import length, snippets

HUGE = [1e3, -1e3, 1e308, -1e308, np.finfo(float).max, np.inf, -np.inf]
SAYS_WHY = "^(?!.*to unpack)."  # "not enough values to unpack" tells the reader nothing


def alone(snippet):
    namespace = {"np": np}
    exec(snippet.code.removeprefix("import numpy as np\n"), namespace)
    return namespace


def value_or_refusal(snippet, values):
    """The results, or None where the snippet refuses with a ValueError."""
    try:
        return results(snippet, values)
    except ValueError:
        return None


def agree(actual, expected):
    assert len(actual) == len(expected)
    for a, e in zip(actual, expected, strict=True):
        np.testing.assert_allclose(a, e, rtol=1e-12, atol=1e-300)


def test_runs_alone_and_its_example_passes_there(snippet):
    namespace = alone(snippet)
    runner = doctest.DocTestRunner(verbose=False)
    test = doctest.DocTestParser().get_doctest(snippet.examples, namespace, snippet.name, None, 0)
    assert test.examples
    report = []
    runner.run(test, out=report.append)
    assert not report, "".join(report)


def test_documented_shapes_and_sets_hold(snippet, rng):
    for _ in range(5):
        values = draw(snippet, rng)
        check_results(snippet, values, results(snippet, values))


def check_results(snippet, values, returned):
    sizes = dict(SIZES)
    bound = {name: value for name, value in values.items() if np.ndim(value) == 0 and not callable(value)}
    slots = [output.slot for output in snippet.outputs]
    if slots[0].many:
        slots *= len(returned)
    assert len(returned) == len(slots)
    letters = {letter for p in array_parameters(snippet) for letter in p.slot.shape}
    for value, slot in zip(returned, slots, strict=True):
        if slot.shape is None:
            assert type(value) is (int if slot.text.startswith("int") else float), (
                f"{type(value)} is not plain"
            )
        else:
            assert isinstance(value, np.ndarray)
            expected = [s for x in slot.shape for s in ((2, 3) if x == "..." else (x,))]
            assert value.ndim == len(expected), f"documented {slot.text}, got shape {value.shape}"
            for letter, size in zip(expected, value.shape, strict=True):
                if isinstance(letter, int) or letter.isdigit():
                    assert size == int(letter)
                elif not letter.rstrip("'").isalpha():  # a prime marks a size that the code tells
                    assert size == length(letter, sizes), f"documented {slot.text}, got shape {value.shape}"
                elif letter in letters or letter == "k":
                    assert size == sizes[letter], f"documented {slot.text}, got shape {value.shape}"
                elif not slot.many:  # a size that the result brings along, the same in all its parts
                    letters.add(letter)
                    sizes[letter] = size
        check_set(slot, np.asarray(value), {**sizes, **bound})


def check_set(slot, value, names):
    if slot.members:
        assert np.isin(value, slot.members).all()
    elif slot.domain == "rows sum to 1":
        np.testing.assert_allclose(value.sum(axis=-1), 1, rtol=1e-12)
        assert (value >= 0).all()
    elif slot.symmetric:
        np.testing.assert_allclose(value, value.T, rtol=0, atol=1e-12 * np.abs(value).max())
        assert slot.domain == "symmetric" or (np.linalg.eigvalsh(value) > 0).all()
    elif slot.domain:
        low, high = slot.bounds(names)
        ends = slot.domain[0] + slot.domain[-1]
        assert (value > low if ends[0] == "(" else value >= low).all(), f"{value} is not in {slot.domain}"
        assert (value < high if ends[1] == ")" and high < np.inf else value <= high).all(), (
            f"{value}, {slot.domain}"
        )


def test_arguments_are_left_alone(snippet, rng):
    values = draw(snippet, rng)
    for value in values.values():
        if isinstance(value, np.ndarray):
            value.setflags(write=False)
    agree(results(snippet, values), results(snippet, values))


STEPPING = [s for s in snippets() if s.stateful]


@pytest.mark.parametrize("step", STEPPING, ids=repr)
def test_first_step_begins_without_a_state(step, rng):
    """Every step gives what is documented, from the first on, and leaves the state it was given alone."""
    assert step.signature.parameters["state"].default is None
    assert step.results[-1].is_state, f"the last thing that {step} returns must be its state"
    values = draw_steps(step, rng)
    path, again = take_steps(step, values), take_steps(step, values)
    for returned, repeated in zip(path, again, strict=True):
        check_results(step, values, returned)
        agree(repeated, returned)
    state = None
    now = values | {name: values[name][0] for name in step.moving}
    for _ in range(3):
        *_, state = step.function(**now, state=state)
        for piece in flat(state):
            if isinstance(piece, np.ndarray):
                piece.setflags(write=False)


@pytest.mark.parametrize("step", STEPPING, ids=repr)
def test_a_state_of_another_shape_is_refused(step, rng):
    pieces = [p for p in step.inputs if p not in step.given and p.slot.shape is not None]
    for piece in pieces:
        values = draw(step, rng)
        for wrong in (values[piece.name][..., None], values[piece.name][None]):
            with pytest.raises(ValueError, match=r"need .*\(.*\)"):
                results(step, values | {piece.name: wrong})


def test_lists_and_other_number_types(snippet, rng):
    values = draw(snippet, rng)
    expected = results(snippet, values)
    arrays = {p.name for p in given_arrays(snippet)}
    lists = {k: v.tolist() if k in arrays else v for k, v in values.items()}
    agree(results(snippet, lists), expected)


@pytest.mark.parametrize("dtype", ["uint8", "int64", "float32", "bool"])
def test_number_types_do_not_change_the_answer(snippet, rng, dtype):
    """Whole numbers in any type that holds them give what they give as float64."""
    values = draw(snippet, rng)
    arrays = {p.name for p in given_arrays(snippet)}
    for p in given_arrays(snippet):
        if not p.slot.members and p.slot.domain != "{0, ..., k - 1}":
            if p.slot.domain == "rows sum to 1":
                values[p.name] = np.eye(SIZES["k"])[np.arange(len(values[p.name])) % SIZES["k"]]
            elif p.slot.symmetric:
                values[p.name] = np.eye(SIZES["d"])
            else:
                low, high = p.slot.bounds(SIZES)
                whole = np.arange(max(0, np.ceil(low)), min(3, np.floor(high)) + 1)
                values[p.name] = rng.choice(whole, values[p.name].shape)
    if dtype in ("uint8", "bool"):
        values = {k: np.maximum(v, 0) if k in arrays else v for k, v in values.items()}
    as_float = {k: v.astype(dtype).astype(float) if k in arrays else v for k, v in values.items()}
    as_type = {k: v.astype(dtype) if k in arrays else v for k, v in values.items()}
    expected, actual = value_or_refusal(snippet, as_float), value_or_refusal(snippet, as_type)
    assert (expected is None) == (actual is None)
    if expected is not None:
        agree(actual, expected)


def test_float32_stays_as_finite_as_float64(snippet, rng):
    for scale in (1.0, 1e30):
        values = draw(snippet, rng)
        for p in given_arrays(snippet):
            if p.slot.domain is None:
                values[p.name] = (values[p.name] * scale).astype(np.float32)
        wide = {k: np.asarray(v, float) if isinstance(v, np.ndarray) else v for k, v in values.items()}
        expected, actual = value_or_refusal(snippet, wide), value_or_refusal(snippet, values)
        assert (expected is None) == (actual is None)
        if expected is not None:
            agree(actual, expected)


def pairs_that_share_a_letter(snippet):
    arrays = array_parameters(snippet)
    return [
        (p, i)
        for p in arrays
        for i, x in enumerate(p.slot.shape)
        if any(x in q.slot.shape for q in arrays if q is not p)
    ]


def test_shapes_that_disagree_are_refused(snippet, rng):
    for parameter, axis in pairs_that_share_a_letter(snippet):
        values = draw(snippet, rng)
        value = values[parameter.name]
        axis = 0 if parameter.slot.shape[axis] == "..." else axis - len(parameter.slot.shape)
        for wrong in (np.concatenate([value, value], axis=axis), np.take(value, [0], axis=axis)):
            with pytest.raises(ValueError, match=SAYS_WHY):
                results(snippet, values | {parameter.name: wrong})


def test_a_column_given_for_a_row_is_refused_or_right(snippet, rng):
    for parameter in array_parameters(snippet):
        if len(parameter.slot.shape) == 1 and parameter.slot.shape != ("...",):
            values = draw(snippet, rng)
            expected = results(snippet, values)
            column = values | {parameter.name: values[parameter.name][:, None]}
            actual = value_or_refusal(snippet, column)
            others = [p for p in array_parameters(snippet) if p is not parameter]
            assert actual is None or not others, f"{parameter.name} as a column must raise ValueError"
            if actual is not None:
                agree([np.ravel(a) for a in actual], [np.ravel(e) for e in expected])


def test_a_scalar_for_an_array_is_refused_or_right(snippet, rng):
    for parameter in given_arrays(snippet):
        if parameter.slot.shape != ("...",):
            values = draw(snippet, rng)
            with pytest.raises(ValueError, match=SAYS_WHY):
                results(snippet, values | {parameter.name: 0.5})


def test_one_axis_too_many_is_refused(snippet, rng):
    for parameter in array_parameters(snippet):
        if "..." not in parameter.slot.shape and len(array_parameters(snippet)) > 1:
            values = draw(snippet, rng)
            with pytest.raises(ValueError, match=SAYS_WHY):
                results(snippet, values | {parameter.name: values[parameter.name][None]})


def test_empty_input_gives_an_empty_result_or_is_refused(snippet, rng):
    values = draw(snippet, rng)
    for letter in {x for p in array_parameters(snippet) for x in p.slot.shape}:
        empty = dict(values)
        for p in array_parameters(snippet):
            if letter in p.slot.shape:
                axis = 0 if letter == "..." else p.slot.shape.index(letter)
                empty[p.name] = np.take(values[p.name], [], axis=axis)
        returned = value_or_refusal(snippet, empty)
        for value in returned or ():
            assert not np.isnan(value).any()


def test_one_example(snippet, rng):
    for p in draw(snippet, rng, n=1), draw(snippet, rng, d=1), draw(snippet, rng, m=1):
        for value in value_or_refusal(snippet, p) or ():
            assert not np.isnan(value).any()


def test_nan_comes_out_as_nan_or_is_refused(snippet, rng):
    for parameter in snippet.inputs:
        if parameter.slot.takes is not None:
            continue
        values = draw(snippet, rng)
        value = np.array(values[parameter.name], dtype=float)
        value.flat[0] = np.nan
        values[parameter.name] = value if value.ndim else float(value)
        returned = value_or_refusal(snippet, values)
        assert returned is None or any(np.isnan(r).any() for r in returned), (
            f"{snippet} answers {returned} though {parameter.name} holds a NaN"
        )


def test_huge_numbers_give_no_nan_and_no_warning(snippet, rng):
    for parameter in given_arrays(snippet):
        for huge in HUGE:
            values = draw(snippet, rng)
            one = np.array(values[parameter.name], dtype=float)
            one.flat[0] = huge
            everywhere = np.full_like(one, huge)
            alternating = np.resize([huge, -huge], one.shape)
            for wrong in (one, everywhere, alternating):
                returned = value_or_refusal(snippet, values | {parameter.name: wrong})
                if wrong is not one and (np.isinf(huge) or (snippet.gradients and abs(huge) > 1e300)):
                    continue  # inf - inf is NaN; in a layer also that of two sums beyond the range of floats
                for result in returned or ():
                    assert not np.isnan(result).any(), f"{parameter.name} = {huge} gives {result}"


def test_huge_scalars_give_no_nan_and_no_warning(snippet, rng):
    for parameter in given_scalars(snippet):
        if not parameter.slot.integer:
            for huge in HUGE:
                for scale in (1.0, 1e300):
                    values = draw(snippet, rng, scale) | {parameter.name: huge}
                    for result in value_or_refusal(snippet, values) or ():
                        assert np.isinf(huge) or not np.isnan(result).any(), f"{huge} gives {result}"


def test_scalars_outside_their_set_are_refused(snippet, rng):
    for parameter in given_scalars(snippet):
        if parameter.slot.domain:
            low, high = parameter.slot.bounds(SIZES)
            outside = [v for v in (low - 1, high + 1) if np.isfinite(v)]
            outside += [low] if parameter.slot.domain.startswith(("(", "> ")) else []
            ends_open = parameter.slot.domain.endswith(")") or parameter.slot.domain.startswith("< ")
            outside += [high] if ends_open and np.isfinite(high) else []
            outside += [low + 1.5] if parameter.slot.integer else []
            for value in outside:
                with pytest.raises(ValueError, match=SAYS_WHY):
                    results(snippet, draw(snippet, rng) | {parameter.name: value})


def test_members_outside_their_set_are_refused(snippet, rng):
    for parameter in given_arrays(snippet):
        slot = parameter.slot
        if not slot.domain:
            continue
        outside = [0.5, 99.0, -7.0, 2.0**53] if slot.integer else [-0.5, 1.5, 99.0]
        low, high = (-np.inf, np.inf) if slot.integer else slot.bounds(SIZES)
        for wrong in outside:
            if low <= wrong <= high and not slot.integer:
                continue
            if slot.domain == "{0, ..., k - 1}" and wrong == 99.0:
                continue  # may be one more class
            values = draw(snippet, rng)
            value = np.array(values[parameter.name], dtype=float)
            value.flat[0] = wrong
            with pytest.raises(ValueError, match=SAYS_WHY):
                results(snippet, values | {parameter.name: value})


def test_closed_ends_of_its_sets_are_accepted(snippet, rng):
    for parameter in snippet.given:
        slot = parameter.slot
        if not slot.domain or slot.domain[0] == "{":
            continue
        low, high = slot.bounds(SIZES)
        ends = [low] if slot.domain.startswith(("[", ">= ", "rows")) else []
        ends += [high] if slot.domain.endswith("]") or slot.domain == "rows sum to 1" else []
        ends += [low + 2] if slot.integer and slot.shape is None else []
        for end in filter(np.isfinite, ends):
            values = draw(snippet, rng)
            if slot.shape is None:
                values[parameter.name] = int(end) if slot.integer else float(end)
            elif slot.domain == "rows sum to 1":
                values[parameter.name] = np.roll(
                    np.eye(SIZES["k"])[0] + 0 * values[parameter.name], 1, axis=-1
                )
            else:
                values[parameter.name].flat[0] = end
            for result in results(snippet, values):
                assert not np.isnan(result).any(), f"{parameter.name} = {end}"


def test_open_ends_of_its_sets_are_refused(snippet, rng):
    for parameter in given_arrays(snippet):
        domain = parameter.slot.domain or ""
        low, high = parameter.slot.bounds(SIZES)
        ends = ([low] if domain.startswith("(") else []) + ([high] if domain.endswith(")") else [])
        for end in ends:
            values = draw(snippet, rng)
            values[parameter.name].flat[0] = end
            assert value_or_refusal(snippet, values) is None or np.isinf(end), f"{parameter.name} = {end}"


def test_rows_that_sum_to_one_with_a_negative_entry_are_refused(snippet, rng):
    for parameter in array_parameters(snippet):
        if parameter.slot.domain == "rows sum to 1":
            for size in (0.5, 2.0):
                values = draw(snippet, rng)
                row = values[parameter.name].reshape(-1, SIZES["k"])[0]
                row[:] = [1 + size, -size, 0, 0]
                with pytest.raises(ValueError, match=SAYS_WHY):
                    results(snippet, values)


def test_a_matrix_that_breaks_its_law_is_refused(snippet, rng):
    for parameter in given_arrays(snippet):
        if parameter.slot.symmetric:
            values = draw(snippet, rng)
            lopsided = values[parameter.name] + np.eye(SIZES["d"], k=1)
            wrong = [lopsided, -values[parameter.name]][: 1 + (parameter.slot.domain != "symmetric")]
            for matrix in wrong:
                with pytest.raises(ValueError, match=SAYS_WHY):
                    results(snippet, values | {parameter.name: matrix})


def test_huge_numbers_that_meet_let_no_warning_out(snippet, rng):
    for huge in HUGE:
        for sign in (1, -1):
            values = draw(snippet, rng)
            signs = [1, *[sign] * len(values)]
            for p, s in zip([p for p in given_arrays(snippet) if not p.slot.domain], signs, strict=False):
                values[p.name] = np.full_like(values[p.name], s * huge)
            value_or_refusal(snippet, values)


def test_warnings_are_errors_here():
    with pytest.raises(RuntimeWarning):
        np.log(np.zeros(1))
    with pytest.raises(UserWarning):
        warnings.warn("a check that cannot fail is a defect", stacklevel=1)
