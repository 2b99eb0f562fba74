"""The gallery's figures: which script draws which snippets, and an SVG for light and dark pages."""

import ast
import functools
from dataclasses import dataclass
from pathlib import Path

import matplotlib as mpl
import matplotlib.pyplot as plt
from ink import as_svg
from sphinx_gallery.py_source_parser import split_code_and_text_blocks

import cheatsheet

GALLERY = Path(__file__).parents[2] / "gallery"
STYLE = GALLERY / "style.mplstyle"


@dataclass(frozen=True)
class Figure:
    script: str  # file name without its ending
    number: int  # the how-manieth of its script, from 1
    sentence: str  # what it shows: caption and text alternative
    names: frozenset[str]  # the snippets that its code mentions
    own: frozenset[str]  # those of them that belong to the topic of the script

    @property
    def image(self):
        """The path that the build writes to, from the documentation's root."""
        return f"/gallery/images/sphx_glr_{self.script}_{self.number:03d}.svg"

    @property
    def page(self):
        return f"/gallery/{self.script}"


class Story:
    """One script: its title, its first sentence, the topic that it imports most from."""

    def __init__(self, path):
        code = ast.parse(path.read_text(encoding="utf-8"))
        self.title, _, *text = ast.get_docstring(code).splitlines()
        self.sentence = " ".join(" ".join(text).split()).partition(". ")[0].rstrip(".") + "."
        self.topic = main_import(code).module.rpartition(".")[2]
        self.page = f"/gallery/{path.stem}"
        self.figures = read_script(str(path), path.stat().st_mtime_ns)


def figure_calls(code):
    """How many figures a block of code opens."""
    return sum(
        isinstance(node, ast.Attribute) and node.attr in ("subplots", "figure") for node in ast.walk(code)
    )


def from_package(node):
    return isinstance(node, ast.ImportFrom) and node.module.startswith("cheatsheet.")


def main_import(code):
    """The import of the topic that a script is about: the one with most snippets, of equal ones the last."""
    return max(reversed([*filter(from_package, code.body)]), key=lambda node: len(node.names))


def imported(path):
    """The names of the snippets that a script imports."""
    code = ast.parse(Path(path).read_text(encoding="utf-8"))
    return {alias.name for node in ast.walk(code) if from_package(node) for alias in node.names}


def names_in(code):
    return {node.id for node in ast.walk(code) if isinstance(node, ast.Name)}


@functools.cache
def read_script(path, _mtime):
    """The figures of one gallery script, from its text alone."""
    _, blocks = split_code_and_text_blocks(path)
    snippets, code = imported(path), ast.parse(Path(path).read_text(encoding="utf-8"))
    own = {alias.name for alias in main_import(code).names}
    figures, sentence, helpers = [], "", {}
    for block in blocks[1:]:
        if block.type == "text":
            sentence = " ".join(block.content.split())
            sentence = sentence.partition(". ")[0].rstrip(".") + "."
            continue
        code = ast.parse(block.content)
        helpers |= {node.name: names_in(node) for node in code.body if isinstance(node, ast.FunctionDef)}
        if figure_calls(code):
            names = names_in(code)
            names = names.union(*(helpers[name] for name in names & helpers.keys()))
            drawn, own_drawn = frozenset(names & snippets), frozenset(names & own)
            figures.append(Figure(Path(path).stem, len(figures) + 1, sentence, drawn, own_drawn))
    return figures


def stories():
    """Every script of the gallery, by the topic that it draws most of, as the package orders the topics."""
    order = cheatsheet.__all__
    found = [Story(path) for path in sorted(GALLERY.glob("plot_*.py"))]
    return sorted(found, key=lambda story: order.index(story.topic))


@functools.cache
def figures():
    """Every figure of the gallery, in the order of the scripts' names."""
    scripts = sorted(GALLERY.glob("plot_*.py"))
    return [figure for path in scripts for figure in read_script(str(path), path.stat().st_mtime_ns)]


def figure_of(name):
    """The first figure that draws the snippet, rather one of its own topic; None if there is none."""
    drawn = [figure for figure in figures() if name in figure.names]
    return next((figure for figure in drawn if name in figure.own), drawn[0] if drawn else None)


def reset_style(gallery_conf, fname):
    """Draw every script in the site's one style."""
    mpl.rcdefaults()
    mpl.style.use(STYLE)


def save_svg(figure, path):
    """Write the figure, unless it is there and the same: pages are read anew when it changes."""
    svg = as_svg(figure)
    if not path.exists() or path.read_text(encoding="utf-8") != svg:
        path.write_text(svg, encoding="utf-8")


class SVGScraper:
    """Give each figure of a script to sphinx-gallery as an SVG, its sentence as the text alternative."""

    def __repr__(self):  # the configuration's fingerprint must not change from run to run
        return "SVGScraper()"

    def __call__(self, block, block_vars, gallery_conf):
        story = [figure for figure in figures() if figure.script == Path(block_vars["src_file"]).stem]
        rst = ""
        for number in plt.get_fignums():
            path = Path(next(block_vars["image_path_iterator"])).with_suffix(".svg")
            save_svg(plt.figure(number), path)
            drawn = story[len(block_vars["image_path_iterator"]) - 1]
            rst += (
                f"\n.. image:: {drawn.image}\n   :alt: {drawn.sentence}\n"
                "   :class: sphx-glr-single-img dark-light\n"
            )
        plt.close("all")
        return rst


def _get_sg_image_scraper():
    return SVGScraper()
