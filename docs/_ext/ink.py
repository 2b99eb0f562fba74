"""Figures whose text and axes follow the color mode of the page, and a Matplotlib backend that draws them."""

import io
import re

from matplotlib._pylab_helpers import Gcf
from matplotlib.backend_bases import FigureManagerBase
from matplotlib.backends.backend_svg import FigureCanvasSVG

# The style file draws text and axes in this color. In the SVG it becomes a variable that follows the page.
INK, INK_IN_THE_DARK = "#1f2328", "#d5d9de"
INK_RULE = (
    f"<style>:root {{ --ink: {INK} }}"
    f" @media (prefers-color-scheme: dark) {{ :root {{ --ink: {INK_IN_THE_DARK} }} }}</style>"
)


def round_numbers(coordinates):
    return re.sub(r"\d+\.\d{2,}", lambda number: f"{float(number[0]):.1f}", coordinates[0])


def as_svg(figure):
    """The figure with its ink as a variable, its coordinates to a tenth of a point, its ids counted.

    Matplotlib's ids hash exact coordinates, whose last digits may differ from run to run.
    """
    drawing = io.StringIO()
    figure.savefig(drawing, format="svg", metadata={"Date": None})
    svg = re.sub(r' (?:d|x|y|points)="[^"]*"', round_numbers, drawing.getvalue()).replace(INK, "var(--ink)")
    for number, hashed in enumerate(dict.fromkeys(re.findall(r'id="([a-z][0-9a-f]{10})"', svg))):
        svg = svg.replace(hashed, f"id{number}")
    return re.sub(r"(<svg [^>]*>)", rf"\1{INK_RULE}", svg, count=1)


class FigureManager(FigureManagerBase):
    @classmethod
    def pyplot_show(cls, *, block=None):
        """Put the open figures into the notebook, as plt.show() asks for."""
        from IPython.display import SVG, display

        for manager in Gcf.get_all_fig_managers():
            display(SVG(as_svg(manager.canvas.figure)))
        Gcf.destroy_all()


class FigureCanvas(FigureCanvasSVG):
    manager_class = FigureManager
