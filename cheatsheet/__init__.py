"""Machine-learning snippets: one function is the formula, the code, the example and the figure."""

from . import activations, losses, metrics

__all__ = ["activations", "losses", "metrics"]
__version__ = "0.1.0"
