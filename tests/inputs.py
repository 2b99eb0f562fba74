"""Arguments for any snippet, drawn from the shapes and sets that its docstring states."""

import inspect

import numpy as np

SIZES = {"n": 7, "k": 4, "d": 3, "m": 5}


def draw_array(slot, rng, sizes, scale):
    shape = tuple(size for letter in slot.shape for size in ((2, 3) if letter == "..." else (sizes[letter],)))
    if slot.members or slot.domain == "{0, ..., k - 1}":
        members = np.array(slot.members or range(sizes["k"]))
        values = np.resize(rng.permutation(members), shape)  # every member occurs where there is room
        return rng.permutation(values.ravel()).reshape(shape)
    if slot.domain == "rows sum to 1":
        return rng.dirichlet(np.full(shape[-1], 2.0), shape[:-1])
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
    low = low if np.isfinite(low) else 0.0
    high = high if np.isfinite(high) else low + 2.0
    return int(low) + 1 if slot.integer else float(rng.uniform(low + 0.1, high - 0.1))


def draw(snippet, rng, scale=1.0, vary=(), **sizes):
    """One set of arguments by name; unbounded numbers grow by scale, scalars vary or keep their defaults."""
    sizes = SIZES | sizes
    values = {}
    for parameter in snippet.parameters:
        default = snippet.signature.parameters[parameter.name].default
        if parameter.slot.shape is not None:
            values[parameter.name] = draw_array(parameter.slot, rng, sizes, scale)
        elif default is not inspect.Parameter.empty and parameter.name not in vary:
            values[parameter.name] = default
        else:
            values[parameter.name] = draw_scalar(parameter.slot, rng, sizes)
    return values


def array_parameters(snippet):
    return [p for p in snippet.parameters if p.slot.shape is not None]


def results(snippet, values):
    """What the snippet returns, always as a tuple."""
    result = snippet.function(**values)
    return result if isinstance(result, tuple) else (result,)
