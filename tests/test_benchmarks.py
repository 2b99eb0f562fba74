"""The benchmark measures every layer, and its loops compute what the snippets compute."""

import importlib.util
import itertools
from pathlib import Path

import numpy as np
import pytest
from inputs import called, draw, flat, given_scalars
from snippets import snippets

LAYERS = [s for s in snippets() if s.gradients]
NOT_MEASURED = {}  # names of layers, each with the reason


def benchmark(name):
    path = Path(__file__).parents[1] / "benchmarks" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


loops, cases = benchmark("loops"), benchmark("cases")


def test_every_layer_is_measured():
    measured = [name for name, _ in cases.cases()]
    assert sorted([*measured, *NOT_MEASURED]) == sorted(layer.name for layer in LAYERS)
    assert [name for name in measured if not hasattr(loops, name)] == []


@pytest.mark.parametrize("varied", [False, True], ids=["defaults", "varied"])
@pytest.mark.parametrize("layer", [s for s in LAYERS if s.name not in NOT_MEASURED], ids=repr)
def test_loops_give_what_the_layer_gives(layer, varied, rng):
    arguments = draw(layer, rng, vary=[p.name for p in given_scalars(layer)] if varied else ())
    ours = called(layer, arguments)
    *slow, slow_backward = getattr(loops, layer.name)(
        *(arguments.get(name) for name in layer.signature.parameters)
    )
    outputs = list(itertools.takewhile(lambda part: not callable(part), ours))
    dys = [rng.normal(size=y.shape) for y in outputs]
    ours, slow = flat([outputs, ours[len(outputs)](*dys)]), flat([slow, slow_backward(*dys)])
    for one, other in zip(ours, slow, strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-9, atol=1e-12)
