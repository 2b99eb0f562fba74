"""Every snippet against other libraries, and every counterpart that a docstring names is run."""

import dis
import importlib
import inspect
import os
import re
from importlib.util import find_spec

import numpy as np
import pytest
from inputs import draw, draw_steps, flat, gradient, results, take_steps
from snippets import modules, snippets

os.environ["KERAS_BACKEND"] = "jax"
INDEPENDENT = {"scipy", "sklearn", "torch", "numpy"}
TOPICS = [m.__name__.rpartition(".")[2] for m in modules()]
ORACLES = {
    name: line for t in TOPICS for name, line in importlib.import_module(f"oracles.{t}").ORACLES.items()
}
CASES = [(s, path) for s in snippets() for path in ORACLES.get(s.name, {})]


def found(path):
    """The library's function by its dotted name; a missing library skips the test, but never in CI."""
    library = path.partition(".")[0]
    for needed in {"keras": ("jax", "keras"), "optax": ("jax", "optax")}.get(library, (library,)):
        if not find_spec(needed):
            assert not os.environ.get("CI"), f"{needed} must be installed in CI"
            pytest.skip(f"{needed} is not installed")
    if library == "keras":
        importlib.import_module("keras").config.set_floatx("float64")
    if library in ("jax", "keras", "optax"):
        importlib.import_module("jax").config.update("jax_enable_x64", True)
    parts = path.split(".")
    for i in range(len(parts), 0, -1):
        try:
            thing = importlib.import_module(".".join(parts[:i]))
        except ModuleNotFoundError:
            continue
        for name in parts[i:]:
            thing = getattr(thing, name)
        return thing
    raise AssertionError(f"{path} does not exist")


def as_library_sees_it(path, value):
    """Whole-number arrays as integers, and tensors for PyTorch."""
    if isinstance(value, np.ndarray) and path.startswith("torch."):
        return importlib.import_module("torch").from_numpy(np.ascontiguousarray(value))
    return value


@pytest.mark.parametrize("topic", TOPICS)
def test_no_snippet_is_without_an_oracle(topic):
    table = importlib.import_module(f"oracles.{topic}").ORACLES
    expected = [s.name for s in snippets() if s.module == topic and not s.is_derivative]
    missing = sorted(set(expected) - set(table))
    assert not missing, (
        f"tests/oracles/{topic}.py has no line for {missing}: say what another library answers"
    )
    assert sorted(table) == sorted(expected)


def test_named_counterparts_are_those_that_are_run(snippet):
    if not snippet.is_derivative:
        assert sorted(snippet.counterparts) == sorted(ORACLES.get(snippet.name, {})), (
            f"See Also of {snippet} and tests/oracles/{snippet.module}.py name different functions"
        )
        assert {path.partition(".")[0] for path in snippet.counterparts} & INDEPENDENT


def read_scalars(snippet, line):
    """The scalar parameters that a line of the table hands on to the library: those can be varied."""
    read = " ".join(str(instruction.argval) for instruction in dis.get_instructions(line))
    names = zip(snippet.parameters, line.__code__.co_varnames[1:], strict=False)
    return {p.name for p, name in names if p.slot.scalar and re.search(rf"\b{name}\b", read)}


COARSE = {  # by how much a library may differ, and why
    "keras.optimizers.": 1e-4,  # keeps its rate in single precision and has its epsilon elsewhere
    "keras.": 1e-6,  # takes means and tanh in single precision whatever it is told
    "optax.adagrad": 1e-6,  # has its epsilon in the root
    "torch.optim.NAdam": 1e-5,  # keeps the product of the momenta in single precision
    "torch.renorm": 1e-6,  # adds 1e-7 to the norm
    "torch.optim.Muon": 5e-3,  # computes in bfloat16, which has three digits
    "torch.autograd.functional.hessian": 1e-4,  # is exact, where ours is a difference
    "jax.hessian": 1e-4,
    "torch.autograd.functional.jacobian": 1e-6,
    "jax.grad": 1e-6,
    "jax.nn.dot_product_attention": 1e-4,  # takes the scores in single precision
}


def tolerance(path):
    tolerances = [value for name, value in COARSE.items() if path.startswith(name)]
    return {"rtol": tolerances[0], "atol": tolerances[0]} if tolerances else {"rtol": 1e-9, "atol": 1e-12}


def paths_of(snippet, values):
    """Each result over the steps; a gradient is taken at the weights that the step begins with."""
    return map(np.stack, zip(*take_steps(snippet, values), strict=True))


CURVE = {  # libraries count whole steps: of a schedule they are asked for the first of them
    "step": np.arange(30.0),
    "steps": 20,
    "period": 7,
    "warmup": 5,
    "stable": 9,
    "decay": 12,
    "milestones": np.array([3.0, 9.0, 10.0, 27.0, 40.0]),
}


def path_of(snippet, values):
    """The first result of each step; a gradient is taken at the weights that the step begins with."""
    return np.stack([first for first, *_ in take_steps(snippet, values)])


@pytest.mark.parametrize(("checked", "path"), CASES, ids=str)
@pytest.mark.filterwarnings("ignore:::(?!cheatsheet)")
def test_other_library_agrees(checked, path, rng):
    function, line = found(path), ORACLES[checked.name][path]
    rounds = [(1.0, ()), (1.0, read_scalars(checked, line)), (1.0, read_scalars(checked, line))]
    if not path.startswith("keras."):
        rounds += [(5.0, ()), (30.0, ())]
    for scale, vary in rounds:
        values = (draw_steps if checked.stateful else draw)(checked, rng, scale, vary)
        values |= {"g": gradient} if {"w", "g"} <= values.keys() and checked.stateful else {}
        if checked.module == "schedules":
            values |= {name: CURVE[name] for name in CURVE.keys() & values.keys()}
        handed = [values.get(p.name) for p in checked.parameters]  # no state: the line begins at the start
        expected = flat([line(function, *(as_library_sees_it(path, v) for v in handed))])
        ours_all = paths_of(checked, values) if checked.stateful else results(checked, values)
        for ours, theirs in zip(ours_all, expected, strict=not checked.stateful):  # or the first results only
            np.testing.assert_allclose(ours, np.asarray(theirs), **tolerance(path))


DEFAULTS = [  # what the pages say of the defaults: snippet, library, our names and theirs
    ("gradient_descent", "keras.optimizers.SGD", {"lr": "learning_rate"}),
    ("momentum", "keras.optimizers.SGD", {"lr": "learning_rate"}),
    ("nesterov", "keras.optimizers.SGD", {"lr": "learning_rate"}),
    ("adagrad", "torch.optim.Adagrad", {"lr": "lr", "eps": "eps"}),
    ("adadelta", "torch.optim.Adadelta", {"lr": "lr", "rho": "rho", "eps": "eps"}),
    ("rmsprop", "keras.optimizers.RMSprop", {"lr": "learning_rate", "beta": "rho"}),
    ("rmsprop", "torch.optim.RMSprop", {"eps": "eps"}),
    ("adam", "torch.optim.Adam", {"lr": "lr", "eps": "eps"}),
    ("adam", "optax.adam", {"b1": "b1", "b2": "b2"}),
    ("adamw", "torch.optim.AdamW", {"lr": "lr", "eps": "eps", "weight_decay": "weight_decay"}),
    ("amsgrad", "torch.optim.Adam", {"lr": "lr", "eps": "eps"}),
    ("nadam", "torch.optim.NAdam", {"lr": "lr", "eps": "eps", "psi": "momentum_decay"}),
    ("lion", "optax.lion", {"b1": "b1", "b2": "b2"}),
    ("muon", "torch.optim.Muon", {"beta": "momentum", "steps": "ns_steps"}),
    ("lamb", "optax.lamb", {"b1": "b1", "b2": "b2", "eps": "eps", "weight_decay": "weight_decay"}),
    ("adafactor", "torch.optim.Adafactor", {"lr": "lr", "clip": "d"}),
    ("adafactor", "keras.optimizers.Adafactor", {"eps": "epsilon_1", "eps_w": "epsilon_2"}),
    ("transformer_pre_norm", "torch.nn.TransformerEncoderLayer", {"eps": "layer_norm_eps"}),
    ("transformer_post_norm", "torch.nn.TransformerEncoderLayer", {"eps": "layer_norm_eps"}),
    ("batch_norm", "torch.nn.BatchNorm1d", {"momentum": "momentum", "eps": "eps"}),
    ("layer_norm", "torch.nn.LayerNorm", {"eps": "eps"}),
    ("group_norm", "torch.nn.GroupNorm", {"eps": "eps"}),
    ("instance_norm", "torch.nn.InstanceNorm2d", {"eps": "eps"}),
    ("rms_norm", "keras.layers.RMSNormalization", {"eps": "epsilon"}),
]
THEIRS = [  # other defaults that the pages name
    ("keras.layers.BatchNormalization", {"momentum": 0.99, "epsilon": 1e-3}),
    ("keras.layers.LayerNormalization", {"epsilon": 1e-3}),
    ("keras.layers.GroupNormalization", {"epsilon": 1e-3, "groups": 32}),
    ("torch.nn.RMSNorm", {"eps": None}),
    ("torch.nn.AvgPool2d", {"ceil_mode": False, "count_include_pad": True}),
]


NAMED = [(s, path, names) for s in snippets() for name, path, names in DEFAULTS if name == s.name]


@pytest.mark.parametrize(("checked", "path", "names"), NAMED, ids=str)
def test_defaults_are_those_of_the_library_that_is_named(checked, path, names):
    ours, theirs = checked.signature.parameters, inspect.signature(found(path)).parameters
    assert {p: ours[p].default for p in names} == {p: theirs[other].default for p, other in names.items()}


@pytest.mark.parametrize(("path", "values"), THEIRS, ids=str)
def test_defaults_of_others_are_those_that_the_pages_name(path, values):
    theirs = inspect.signature(found(path)).parameters
    assert {name: theirs[name].default for name in values} == values
