"""The gallery's figures: which script draws which snippets, and an SVG for light and dark pages."""

import ast
import functools
import io
import re
from dataclasses import dataclass
from pathlib import Path

import matplotlib as mpl
import matplotlib.pyplot as plt
from sphinx_gallery.py_source_parser import split_code_and_text_blocks

import cheatsheet

GALLERY = Path(__file__).parents[2] / "gallery"
STYLE = GALLERY / "style.mplstyle"
# The style file draws text and axes in this color. In the SVG it becomes a variable that follows the page.
INK, INK_IN_THE_DARK = "#1f2328", "#d5d9de"
INK_RULE = (
    f"<style>:root {{ --ink: {INK} }}"
    f" @media (prefers-color-scheme: dark) {{ :root {{ --ink: {INK_IN_THE_DARK} }} }}</style>"
)


@dataclass(frozen=True)
class Figure:
    script: str  # file name without its ending
    number: int  # the how-manieth of its script, from 1
    sentence: str  # what it shows: caption and text alternative
    names: frozenset[str]  # the snippets that its code mentions

    @property
    def image(self):
        """The path that the build writes to, from the documentation's root."""
        return f"/gallery/images/sphx_glr_{self.script}_{self.number:03d}.svg"

    @property
    def page(self):
        return f"/gallery/{self.script}"


class Story:
    """One script: its title, its first sentence, the topic that it imports from first."""

    def __init__(self, path):
        code = ast.parse(path.read_text(encoding="utf-8"))
        self.title, _, *text = ast.get_docstring(code).splitlines()
        self.sentence = " ".join(" ".join(text).split()).partition(". ")[0].rstrip(".") + "."
        self.topic = next(node.module for node in code.body if from_package(node)).rpartition(".")[2]
        self.page = f"/gallery/{path.stem}"
        self.figures = read_script(str(path), path.stat().st_mtime_ns)


def figure_calls(code):
    """How many figures a block of code opens."""
    return sum(
        isinstance(node, ast.Attribute) and node.attr in ("subplots", "figure") for node in ast.walk(code)
    )


def from_package(node):
    return isinstance(node, ast.ImportFrom) and node.module.startswith("cheatsheet.")


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
    snippets = imported(path)
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
            figures.append(Figure(Path(path).stem, len(figures) + 1, sentence, frozenset(names & snippets)))
    return figures


def stories():
    """Every script of the gallery, by the topic that it draws first, as the package orders the topics."""
    order = cheatsheet.__all__
    found = [Story(path) for path in sorted(GALLERY.glob("plot_*.py"))]
    return sorted(found, key=lambda story: order.index(story.topic))


@functools.cache
def figures():
    """Every figure of the gallery, in the order of the scripts' names."""
    scripts = sorted(GALLERY.glob("plot_*.py"))
    return [figure for path in scripts for figure in read_script(str(path), path.stat().st_mtime_ns)]


def figure_of(name):
    """The first figure whose code mentions the snippet, or None."""
    return next((figure for figure in figures() if name in figure.names), None)


def reset_style(gallery_conf, fname):
    """Draw every script in the site's one style."""
    mpl.rcdefaults()
    mpl.style.use(STYLE)


def round_numbers(coordinates):
    return re.sub(r"\d+\.\d{2,}", lambda number: f"{float(number[0]):.1f}", coordinates[0])


def save_svg(figure, path):
    """Write the figure with its ink as a variable and its coordinates to a tenth of a point."""
    drawing = io.StringIO()
    figure.savefig(drawing, format="svg", metadata={"Date": None})
    svg = drawing.getvalue()
    svg = re.sub(r' (?:d|x|y|points)="[^"]*"', round_numbers, svg).replace(INK, "var(--ink)")
    svg = re.sub(r"(<svg [^>]*>)", rf"\1{INK_RULE}", svg, count=1)
    if not path.exists() or path.read_text(encoding="utf-8") != svg:  # pages are read anew when it changes
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
