"""Each derivative against numerical differentiation of the function it belongs to."""

import numpy as np
import pytest
from inputs import array_parameters, called, draw, flat, results
from snippets import snippets
from test_oracles import ORACLES, as_library_sees_it, found, tolerance

STEP = 1e-6
GRID = np.array([-6.0, -3.0, -1.0, -0.5, 0.0, 0.5, 1.0, 3.0, 6.0])  # where the kinks are
BY_NAME = {s.name: s for s in snippets()}
DERIVATIVES = [s for s in snippets() if s.is_derivative]
LAYERS = [s for s in snippets() if s.gradients]


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


def passes(layer, values):
    """The outputs of a layer, its backward pass, and the gradients by its arguments under their names."""
    returned = called(layer, values)
    by_name = dict(zip([r.name for r in layer.results], returned, strict=True))
    outputs = [by_name[r.name] for r in layer.results if r.slot.shape is not None]
    (backward,) = (by_name[r.name] for r in layer.results if r.is_backward)

    def gradients(dys):
        names = [g.name.removeprefix("d") for g in layer.gradients]
        return dict(zip(names, flat(backward(*dys)), strict=True))

    return outputs, gradients


@pytest.mark.parametrize("layer", LAYERS, ids=repr)
def test_backward_pass_is_the_numerical_gradient(layer, rng):
    scalars = {p.name for p in layer.parameters if p.slot.scalar}
    for scale, vary in [(1.0, ())] * 4 + [(3.0, ())] * 2 + [(1.0, scalars)] * 4:
        values = draw(layer, rng, scale, vary)
        outputs, gradients = passes(layer, values)
        dys = [rng.normal(size=y.shape) for y in outputs]
        for name, gradient in gradients(dys).items():
            assert gradient.shape == values[name].shape
            direction = rng.normal(size=gradient.shape)
            forth, _ = passes(layer, values | {name: values[name] + STEP * direction})
            back, _ = passes(layer, values | {name: values[name] - STEP * direction})
            numerical = sum(np.sum(dy * (f - b)) for dy, f, b in zip(dys, forth, back, strict=True)) / (
                2 * STEP
            )
            rounding = (
                sum(np.spacing(np.linalg.norm(dy * f)) for dy, f in zip(dys, forth, strict=True)) / STEP
            )
            np.testing.assert_allclose(
                np.sum(gradient * direction),
                numerical,
                rtol=1e-5,
                atol=max(1e-7, rounding),
                err_msg=f"gradient by {name}",
            )


TWINS = [(s, path) for s in LAYERS for path in ORACLES.get(s.name, {}) if path.startswith("torch.")]


@pytest.mark.parametrize(("layer", "path"), TWINS, ids=str)
def test_backward_pass_agrees_with_pytorch(layer, path, rng):
    function, torch = found(path), pytest.importorskip("torch")
    for _ in range(3):
        values = draw(layer, rng)
        outputs, gradients = passes(layer, values)
        dys = [rng.normal(size=y.shape) for y in outputs]
        handed = {p.name: as_library_sees_it(path, values.get(p.name)) for p in layer.parameters}
        expected = gradients(dys)
        for name in expected:
            handed[name].requires_grad_()
        theirs = flat(ORACLES[layer.name][path](function, *handed.values()))
        sum((y * torch.from_numpy(dy)).sum() for y, dy in zip(theirs, dys, strict=False)).backward()
        for name, gradient in expected.items():
            np.testing.assert_allclose(gradient, handed[name].grad.numpy(), **tolerance(path), err_msg=name)


@pytest.mark.parametrize("layer", LAYERS, ids=repr)
def test_backward_pass_can_be_repeated_and_refuses_other_shapes(layer, rng):
    outputs, gradients = passes(layer, draw(layer, rng))
    dys = [rng.normal(size=y.shape) for y in outputs]
    for dy in dys:
        dy.setflags(write=False)
    first, again = gradients(dys), gradients([dy.tolist() for dy in dys])
    for name, gradient in first.items():
        np.testing.assert_array_equal(gradient, again[name])
    for i, dy in enumerate(dys):
        for wrong in (dy[..., None], dy[None], dy[:1], dy[..., :1]):
            with pytest.raises(ValueError, match=r"need .*\(.*\)"):
                gradients([*dys[:i], wrong, *dys[i + 1 :]])
