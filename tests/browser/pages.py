"""The pages that the browser tests look at: all written by hand, and one of each kind that is made."""

from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"
WRITTEN = sorted(path.relative_to(DOCS).with_suffix(".html").as_posix() for path in DOCS.rglob("*.md"))
MADE = [
    "gallery/plot_regression_losses.html",
    "genindex.html",
    "search.html",
    "_modules/index.html",
    "_modules/cheatsheet/training.html",
]
PAGES = WRITTEN + MADE
KINDS = [
    "index.html",
    "losses.html",
    "losses/overlap.html",
    "networks/concepts.html",
    "networks/cnn.html",
    "glossary.html",
    "glossary/e-h.html",
    "notation.html",
    "gallery.html",
    *MADE,
    "search.html?q=momentum",
]
HEAVY = [  # with the most to load; test_budgets.py says when others have more
    "layers/convolution.html",
    "metrics/labels.html",
    "networks/gan.html",
    "networks/vae.html",
    "optimizers/adaptive.html",
    "training/steps.html",
]
