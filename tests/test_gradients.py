"""Each derivative against numerical differentiation of the function it belongs to."""

import numpy as np
import pytest
from inputs import array_parameters, draw, results
from snippets import snippets
from test_oracles import ORACLES, found

STEP = 1e-6
GRID = np.array([-6.0, -3.0, -1.0, -0.5, 0.0, 0.5, 1.0, 3.0, 6.0])  # where the kinks are
BY_NAME = {s.name: s for s in snippets()}
DERIVATIVES = [s for s in snippets() if s.is_derivative]


def variables(derivative):
    """Pairs of a result of the derivative and the parameter it is taken for.

    An entry named ``dz`` or ``d_anchor`` says it; a lone derivative is for the last array, the prediction.
    """
    last = array_parameters(derivative)[-1].name
    names = [r.name.removeprefix("d_") or last for r in derivative.results]
    known = {p.name for p in derivative.parameters}
    return [(i, name if name in known else name.removeprefix("d")) for i, name in enumerate(names)]


def directional(part, direction, value, jacobian):
    """What the derivative says of a small step in a direction."""
    if jacobian:
        return np.einsum("...ij,...j->...i", part, direction)
    return part * direction if np.ndim(value) else np.sum(part * direction)


def shifted(base, values, name, step):
    """The change of the function over a step forth and back."""
    there = base.function(**{**values, name: values[name] + step})
    back = base.function(**{**values, name: values[name] - step})
    return (np.asarray(there) - back) / 2


def inside(parameter, rng, value):
    """A random direction that stays in the parameter's set: rows that sum to one keep their sum."""
    direction = rng.normal(size=value.shape)
    if parameter.slot.domain == "rows sum to 1":
        direction -= direction.mean(axis=-1, keepdims=True)
    return direction


@pytest.mark.parametrize("derivative", DERIVATIVES, ids=repr)
def test_has_the_parameters_of_its_function(derivative):
    assert derivative.base in BY_NAME, f"{derivative} belongs to no function"
    assert str(derivative.signature) == str(BY_NAME[derivative.base].signature)


@pytest.mark.parametrize("derivative", DERIVATIVES, ids=repr)
def test_derivative_is_the_numerical_one(derivative, rng):
    base = BY_NAME[derivative.base]
    scalars = {p.name for p in derivative.parameters if p.slot.scalar}
    for scale, vary in [(1.0, ())] * 4 + [(4.0, ())] * 4 + [(1.0, scalars)] * 4:
        values = draw(derivative, rng, scale, vary)
        returned = results(derivative, values)
        value = base.function(**values)
        for part, name in variables(derivative):
            parameter = next(p for p in derivative.parameters if p.name == name)
            direction = inside(parameter, rng, values[name])
            numerical = shifted(base, values, name, STEP * direction) / STEP
            if np.ndim(numerical) and np.shape(values[name]) != np.shape(numerical):
                direction = np.broadcast_to(direction, np.shape(numerical))
            claimed = directional(returned[part], direction, value, derivative.name.endswith("_jacobian"))
            np.testing.assert_allclose(claimed, numerical, rtol=1e-5, atol=1e-8)


@pytest.mark.parametrize("derivative", DERIVATIVES, ids=repr)
def test_at_a_kink_it_is_a_slope_between_left_and_right(derivative, rng):
    base = BY_NAME[derivative.base]
    for part, name in variables(derivative):
        parameter = next(p for p in derivative.parameters if p.name == name)
        if parameter.slot.domain or len(parameter.slot.shape) != 1 or derivative.name.endswith("_jacobian"):
            continue
        values = draw(derivative, rng, n=GRID.size, k=GRID.size, d=GRID.size)
        for p in array_parameters(derivative):
            if p.slot.domain is None and p.name != name and p.slot.shape == parameter.slot.shape:
                values[p.name] = np.zeros(GRID.size)
        values[name] = GRID
        gradient = results(derivative, values)[part]
        if np.shape(gradient) != GRID.shape:
            continue
        middle = np.asarray(base.function(**values))
        for i in range(GRID.size):
            step = STEP * (np.arange(GRID.size) == i)
            right = np.asarray(base.function(**{**values, name: GRID + step})) - middle
            left = middle - np.asarray(base.function(**{**values, name: GRID - step}))
            sides = [np.ravel(side)[i if middle.ndim else 0] / STEP for side in (left, right)]
            if np.isfinite(sides).all() and max(map(abs, sides)) < 1e5:  # not at a jump
                assert min(sides) - 1e-4 <= gradient[i] <= max(sides) + 1e-4, f"{name} = {GRID[i]}"


ELEMENTWISE = [d for d in DERIVATIVES if d.module == "activations" and len(array_parameters(d)) == 1]


@pytest.mark.parametrize("derivative", [d for d in ELEMENTWISE if d.name.endswith("_grad")], ids=repr)
def test_at_a_kink_an_activation_takes_the_slope_that_pytorch_takes(derivative):
    calls = {path: line for path, line in ORACLES[derivative.base].items() if path.startswith("torch.")}
    calls.pop("torch.heaviside", None)  # PyTorch cannot differentiate it
    for path, line in calls.items():
        function = found(path)
        z = pytest.importorskip("torch").tensor(GRID, requires_grad=True)
        constants = [p.default for p in list(derivative.signature.parameters.values())[1:]]
        line(function, z, *constants).sum().backward()
        np.testing.assert_allclose(derivative.function(GRID), z.grad.numpy(), rtol=1e-6, atol=1e-12)
