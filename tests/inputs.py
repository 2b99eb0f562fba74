"""Arguments for any snippet, drawn from the shapes and sets that its docstring states."""

import inspect

import numpy as np

SIZES = {"n": 7, "k": 4, "d": 3, "m": 5, "c": 6, "h": 8, "w": 9, "kh": 3, "kw": 2, "o": 4, "r": 3}
SIZES |= {"t": 6, "s": 8, "g": 2}
STEPS = 6  # of what keeps a state: one step cannot see a missing bias correction


def gradient(w):
    """The gradient of a function that is not quadratic and couples the weights; w of any library."""
    return w / (1 + w * w) + w.mean() / 8


def bowl(w):
    """A function of a vector that is not quadratic; w of any library."""
    return (w * w / (1 + w * w)).sum() + w[0] * w[-1]


def fall(a):
    """A function of a number with slope -2 at 0, a minimum at 1 and a limit."""
    return -2 * a / (1 + a * a)


def draw_array(slot, rng, sizes, scale):
    shape = tuple(slot.lengths(sizes))
    if slot.members or slot.domain == "{0, ..., k - 1}":
        members = np.array(slot.members or range(sizes["k"]))
        values = np.resize(rng.permutation(members), shape)  # every member occurs where there is room
        return rng.permutation(values.ravel()).reshape(shape)
    if slot.domain == "rows sum to 1":
        return rng.dirichlet(np.full(shape[-1], 2.0), shape[:-1])
    if slot.symmetric:
        a = scale * rng.normal(size=shape)
        return a + a.T if slot.domain == "symmetric" else a @ a.T + np.eye(len(a))
    low, high = slot.bounds(sizes)
    if np.isfinite([low, high]).all():
        return rng.uniform(low + 0.05 * (high - low), high - 0.05 * (high - low), shape)
    if np.isfinite(low):
        return low + 0.1 + rng.exponential(size=shape)
    return scale * rng.normal(size=shape)


def draw_scalar(slot, rng, sizes):
    if slot.members:
        return rng.choice(slot.members)
    low, high = slot.bounds(sizes)
    low = low if np.isfinite(low) else min(0.0, high - 2.0)
    high = high if np.isfinite(high) else low + 2.0
    return int(low) + 1 if slot.integer else float(rng.uniform(low + 0.1, high - 0.1))


def draw(snippet, rng, scale=1.0, vary=(), **sizes):
    """One set of arguments by name; unbounded numbers grow by scale, scalars vary or keep their defaults.

    The pieces of a state stand under their own names.
    """
    sizes = SIZES | sizes
    defaults = {p.name: p.default for p in snippet.signature.parameters.values()}
    values = {}
    for parameter in snippet.inputs:
        slot, default = parameter.slot, defaults.get(parameter.name, inspect.Parameter.empty)
        if slot.shape is not None:
            values[parameter.name] = draw_array(slot, rng, sizes, scale)
        elif slot.takes is not None:
            values[parameter.name] = bowl if slot.takes else fall
        elif default is not inspect.Parameter.empty and parameter.name not in vary:
            values[parameter.name] = default
        else:
            values[parameter.name] = draw_scalar(slot, rng, sizes)
    return values


def array_parameters(snippet):
    return [p for p in snippet.inputs if p.slot.shape is not None]


def given_arrays(snippet):
    """The arrays that the caller chooses. A state comes from the step before: only its shape can be wrong."""
    return [p for p in snippet.given if p.slot.shape is not None]


def given_scalars(snippet):
    return [p for p in snippet.given if p.slot.scalar]


def flat(result):
    """The numbers that a snippet returns, as one tuple: results, pieces of a state, arrays of a list."""
    if isinstance(result, tuple | list):
        return tuple(value for part in result for value in flat(part))
    return () if result is None or callable(result) else (result,)


def called(snippet, values):
    """What the snippet returns."""
    arguments = {
        p.name: tuple(values[piece.name] for piece in p.pieces) or None if p.is_state else values[p.name]
        for p in snippet.parameters
    }
    return snippet.function(**arguments)


def results(snippet, values):
    """The numbers that the snippet returns, always as a tuple."""
    return flat(called(snippet, values))


def draw_steps(snippet, rng, scale=1.0, vary=(), **sizes):
    """Arguments for several steps from the start: what moves gets one more axis in front, for the steps."""
    values = draw(snippet, rng, scale, vary, **sizes)
    values = {p.name: values[p.name] for p in snippet.given}
    for name in snippet.moving:
        values[name] = np.stack([draw(snippet, rng, scale, **sizes)[name] for _ in range(STEPS)])
        if values[name].dtype.kind == "i":  # whole numbers are always drawn the same
            values[name] += rng.integers(4, size=STEPS)
    return values


def take_steps(snippet, values):
    """The results of each step from the start. What moves may also be a function of the weights."""
    values, state, path = dict(values), None, []
    for t in range(STEPS):
        moved = {
            name: values[name](values["w"]) if callable(values[name]) else values[name][t]
            for name in snippet.moving
        }
        *first, state = snippet.function(**values | moved | {"state": state})
        path.append(flat([first, state]))
        news = zip([r.name for r in snippet.results], first, strict=False)
        values |= {name: value for name, value in news if name in values}
    return path
