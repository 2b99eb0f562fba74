"""Formulas as HTML and MathML at build time: KaTeX's own script runs in a small JavaScript engine."""

import functools
from pathlib import Path

import dukpy
from docutils import nodes
from sphinx.util import logging

SCRIPT = Path(__file__).parents[1] / "_katex" / "katex.min.js"
logger = logging.getLogger(__name__)


@functools.cache
def engine():
    interpreter = dukpy.JSInterpreter()
    interpreter.evaljs(SCRIPT.read_text(encoding="utf-8"))
    return interpreter


@functools.cache
def render(tex, display):
    """The formula as HTML; a formula that KaTeX cannot read raises ``dukpy.JSRuntimeError``."""
    call = "katex.renderToString(dukpy.tex, {displayMode: dukpy.display, strict: 'ignore'})"
    tex = tex.replace(r"\mathbb{1}", r"\mathbf{1}")  # KaTeX has no blackboard-bold digits
    return engine().evaljs(call, tex=tex, display=display)


def visit(translator, node, display):
    try:
        html = render(node.astext().strip(), display)
    except dukpy.JSRuntimeError as error:
        reason = str(error).splitlines()[0]
        logger.warning("formula not rendered: %s", reason, location=node, type="katex")
        html = translator.encode(node.astext())
    if display:
        html = f'<div class="math">{html}</div>\n'
    translator.body.append(html)
    raise nodes.SkipNode


def setup(app):
    app.add_html_math_renderer(
        "katex",
        inline_renderers=(lambda translator, node: visit(translator, node, display=False), None),
        block_renderers=(lambda translator, node: visit(translator, node, display=True), None),
    )
    app.add_css_file("katex/katex.min.css")
    return {"parallel_read_safe": True, "parallel_write_safe": True}
