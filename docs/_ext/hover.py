"""The card of each term and of each entry: a small script of its own, loaded when a reader points at a link.

All cards are written at the end, by the one process that knows every page: what the processes of a parallel
build collect while they write pages is lost.
"""

import json
import re
import shutil
from html import escape
from pathlib import Path

from docutils import nodes
from entries import defined_terms, linked
from katex import render
from snippets import snippets
from sphinx import addnodes

LONG = 240  # characters from which on a definition is its first sentence alone


def sentences(paragraph):
    """The nodes of each sentence, without those that only name an entry: "See f.", "f."."""
    found = [[]]
    for node in paragraph:
        texts = re.split(r"(?<=[.!?])\s+", node) if isinstance(node, nodes.Text) else []
        first, *others = map(nodes.Text, texts) if texts else [node]
        found[-1].append(first)
        found += [[other] for other in others]

    def beside_links(sentence):
        return "".join(n.astext() for n in sentence if not isinstance(n, addnodes.pending_xref))

    return [s for s in found if beside_links(s).strip(" .:") not in {"", "See", "Example"}]


def definition(paragraph):
    """The first sentence, and the second one if both are short, without links: a card is read, not walked."""
    chosen, *others = sentences(paragraph)
    if others and sum(len(node.astext()) for node in chosen + others[0]) < LONG:
        chosen += [nodes.Text(" "), *others[0]]
    short = nodes.paragraph("", "", *chosen)
    for link in list(short.findall(addnodes.pending_xref)):
        link.replace_self(link.children)
    return short


def cards(env, builder):
    """The three parts of each card (name, definition, formula) by the anchor of its term or entry."""
    functions = {s.path: s for s in snippets()}
    formulas = {path: render(s.formula, display=True) for path, s in functions.items()}
    found = {path: (s.name, f"<p>{escape(s.summary)}</p>", formulas[path]) for path, s in functions.items()}
    places = {
        name: (page, anchor)
        for name, _, kind, page, anchor, _ in env.domains.standard_domain.get_objects()
        if kind == "term"
    }
    anchors = {name: anchor for name, (_, anchor) in places.items()}
    pages = sorted({page for page, _ in places.values()})
    terms = {term["ids"][0]: term for page in pages for term in env.get_doctree(page).findall(nodes.term)}
    for names, text in defined_terms():
        term = terms[anchors[names[0]]]
        html = builder.render_partial(definition(term.next_node(nodes.paragraph, ascend=True)))["fragment"]
        told = linked(text)
        formula = formulas[told.pop()] if len(told) == 1 else ""
        found |= {anchors[name]: (escape(term.astext()), html.strip(), formula) for name in names}
    return found


def write(app, exception):
    if exception or app.builder.name not in {"html", "dirhtml"}:
        return
    folder = Path(app.outdir, "hover")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for anchor, parts in cards(app.env, app.builder).items():
        arguments = json.dumps([anchor, *parts], ensure_ascii=False)[1:-1]
        (folder / f"{anchor}.js").write_text(f"hoverCard({arguments});\n", encoding="utf-8")


def setup(app):
    app.connect("build-finished", write)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
