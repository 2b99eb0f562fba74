"""Machine-learning snippets: one function is the formula, the code, the example and the figure."""

import importlib

__all__ = [
    "activations",
    "attention",
    "initializers",
    "layers",
    "losses",
    "metrics",
    "normalization",
    "optimizers",
    "recurrent",
    "regularization",
    "schedules",
    "second_order",
    "training",
]
__version__ = "0.1.0"


def __getattr__(topic):
    """Load a topic when it is first asked for, so that the import itself costs nothing."""
    if topic in __all__:
        return importlib.import_module(f"{__name__}.{topic}")
    raise AttributeError(f"module {__name__} has no topic {topic}; there are {', '.join(__all__)}")
