"""Formulas as HTML and MathML at build time: KaTeX's own script runs in a small JavaScript engine."""

import functools
import hashlib
import os
from html import escape
from pathlib import Path

import dukpy
from docutils import nodes
from sphinx.util import logging

SCRIPT = Path(__file__).parents[1] / "_katex" / "katex.min.js"
STYLE = Path(__file__).parents[1] / "_static" / "katex" / "katex.min.css"
OUTPUTS = {"epub": "mathml", "pdf": "html"}  # a page has HTML for the eye and MathML for the ear
CACHE = Path(__file__).parents[2] / "build" / "formulas"  # one file per formula
READ_AS = {
    r"\mathbb{1}": r"\mathbf{1}",  # KaTeX has no blackboard-bold digits
    r"_{\max}": r"_{\max{}}",  # its MathML for an operator by itself is not valid
    r"_{\min}": r"_{\min{}}",
}
logger = logging.getLogger(__name__)


@functools.cache
def engine():
    interpreter = dukpy.JSInterpreter()
    interpreter.evaljs(SCRIPT.read_text(encoding="utf-8"))
    return interpreter


@functools.cache
def renderer():
    """Changes with KaTeX and with this module, so that no formula of another version is used."""
    return hashlib.sha256(SCRIPT.read_bytes() + Path(__file__).read_bytes()).hexdigest()


@functools.cache
def render(tex, display, output="htmlAndMathml"):
    """The formula as HTML; a formula that KaTeX cannot read raises ``dukpy.JSRuntimeError``."""
    key = hashlib.sha256(repr((renderer(), tex, display, output)).encode()).hexdigest()
    kept = CACHE / f"{key}.html"
    if kept.exists():
        return kept.read_text(encoding="utf-8")
    options = "{displayMode: dukpy.display, output: dukpy.output, strict: 'ignore'}"
    readable = functools.reduce(lambda text, pair: text.replace(*pair), READ_AS.items(), tex)
    html = engine().evaljs(
        f"katex.renderToString(dukpy.tex, {options})",
        tex=readable,
        display=display,
        output=output,
    )
    html = html.replace(f">{escape(readable)}</annotation>", f">{escape(tex)}</annotation>")
    CACHE.mkdir(parents=True, exist_ok=True)
    unfinished = kept.with_suffix(f".{os.getpid()}")
    unfinished.write_text(html, encoding="utf-8")
    unfinished.replace(kept)  # at once, so that no other process and no later build reads half a formula
    return html


def visit(translator, node, display):
    try:
        html = render(node.astext().strip(), display, OUTPUTS.get(translator.builder.name, "htmlAndMathml"))
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
