"""Executed pages: run again when a snippet that they use has changed, drawn in the site's style."""

import hashlib
import os
import re
from pathlib import Path

from docutils import nodes
from figures import STYLE
from parts import include, keep
from snippets import snippets
from sphinx.transforms import SphinxTransform

DOCS = Path(__file__).parents[1]
IPYTHON = DOCS.parent / "build" / "ipython"
# What a cell prints is sent when the cell has ended: what is sent within a line would become two lines.
KERNEL = """
c.IPKernelApp.log_level = 40
c.InteractiveShellApp.exec_lines = ["import sys; sys.stdout.flush_interval = 3600; del sys"]
"""
# The networks are so small that threads would only wait for each other, and sums would depend on them.
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
IMPORT = re.compile(r"^from cheatsheet\.\w+ import (?:\(([^)]*)\)|(.+))$", re.MULTILINE)
CELL = re.compile(
    r"^```\{code-cell\}[^\n]*\n(?:---\n.*?\n---\n|(?::[^\n]*\n)*)(.*?)^```$", re.MULTILINE | re.DOTALL
)
TWIN = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def cells(text):
    """The code that the page runs."""
    return CELL.findall(text)


def notebooks():
    """The texts of the executed pages by their names."""
    texts = {path: path.read_text(encoding="utf-8") for path in sorted(DOCS.glob("*/*.md"))}
    return {
        path.relative_to(DOCS).with_suffix("").as_posix(): text for path, text in texts.items() if cells(text)
    }


def keep_code(app):
    """For each page the code of the snippets that it imports."""
    by_name = {s.name: s for s in snippets()}
    for name, text in notebooks().items():
        used = {word for match in IMPORT.findall(text) for word in re.findall(r"\w+", " ".join(match))}
        keep(f"code of {name}", "\n".join(by_name[word].code for word in sorted(used)))


def on_source(app, docname, source):
    """Let the cache of executed pages notice when the snippets are others."""
    if docname in notebooks():
        mark = hashlib.sha256(include(app, f"code of {docname}").encode()).hexdigest()
        source[0] += f"\n```{{code-cell}}\n:tags: [remove-cell]\n\n# snippets {mark}\n```\n"


class DescribeFigures(SphinxTransform):
    """The caption of a figure is its text alternative, too."""

    default_priority = 800

    def apply(self, **kwargs):
        for figure in self.document.findall(nodes.figure):
            for image in figure.findall(nodes.image):
                captions = [caption.astext() for caption in figure.findall(nodes.caption)]
                image.setdefault("alt", " ".join(captions))


def prepare_kernel():
    """What the processes that run the pages find: the site's style, a backend that follows the page, and
    nothing of what the reader's own IPython does at its start.
    """
    profile = IPYTHON / "profile_default"
    profile.mkdir(parents=True, exist_ok=True)
    (profile / "ipython_kernel_config.py").write_text(KERNEL, encoding="utf-8")
    os.environ["IPYTHONDIR"] = str(IPYTHON)
    os.environ.update(ONE_THREAD)
    os.environ["MATPLOTLIBRC"] = str(STYLE)
    os.environ["MPLBACKEND"] = "module://ink"
    os.environ["PYTHONPATH"] = os.pathsep.join([str(DOCS.parent), str(Path(__file__).parent)])


def setup(app):
    prepare_kernel()
    app.connect("builder-inited", keep_code)
    app.connect("source-read", on_source)
    app.add_transform(DescribeFigures)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
