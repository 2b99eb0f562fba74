"""The cards of linked terms and entries, as they are written: complete, short, equal in a parallel build."""

import gzip
import json
import re
import subprocess
import sys

import pytest
from bs4 import BeautifulSoup
from conftest import ROOT
from docutils import nodes
from entries import defined_terms, linked
from hover import LONG, definition
from katex import render
from snippets import snippets
from sphinx import addnodes

ANCHOR = r"(?:term-|cheatsheet\.)[^\"]+"  # as in hover.js


def read(folder):
    """The parts of each card (name, definition, formula) by its anchor."""
    cards = {}
    for path in folder.iterdir():
        anchor, *parts = json.loads(
            re.fullmatch(r"hoverCard\((.+)\);\n", path.read_text(encoding="utf-8"))[1].join("[]")
        )
        assert path.name == f"{anchor}.js"
        cards[anchor] = parts
    return cards


@pytest.fixture(scope="module")
def cards(site):
    return read(site / "hover")


@pytest.fixture(scope="module")
def pages(site):
    return [p.read_text(encoding="utf-8") for p in site.rglob("*.html") if "_static" not in p.parts]


def test_every_term_and_every_entry_has_its_card(cards, pages):
    anchors = {anchor for page in pages for anchor in re.findall(rf'<dt\b[^>]* id="({ANCHOR})"', page)}
    assert len(anchors) == len(snippets()) + sum(len(names) for names, _ in defined_terms())
    assert cards.keys() == anchors


def test_every_link_that_asks_for_a_card_gets_one(cards, pages):
    links = {anchor for page in pages for anchor in re.findall(rf'<a\b[^>]* href="[^"]*#({ANCHOR})"', page)}
    assert links
    assert links <= cards.keys()


def test_card_of_an_entry(cards, snippet):
    name, text, formula = cards[snippet.path]
    assert name == snippet.name
    assert BeautifulSoup(text, "html.parser").get_text() == snippet.summary
    assert not re.search(r"[`*\\]", snippet.summary), "a card shows the summary as plain text"
    assert formula == render(snippet.formula, display=True)


def test_cards_of_terms(cards):
    formulas = {s.path: render(s.formula, display=True) for s in snippets()}
    known = {card[0].lower(): card for anchor, card in cards.items() if anchor.startswith("term-")}
    for names, text in defined_terms():
        name, html, formula = known[names[0].replace("'", "’").lower()]
        told = linked(text)
        assert formula == (formulas[told.pop()] if len(told) == 1 else ""), name
        assert len(BeautifulSoup(html, "html.parser").get_text(strip=True)) > 20, name
        assert re.search(r"\.</p>$", html), f"the card of {name} does not end with a sentence"


def test_an_alias_has_the_card_of_its_term(cards):
    assert cards["term-AUC"] == cards["term-Area-under-the-ROC-curve"]


def test_cards_are_small_and_without_anything_to_walk_through(cards, site):
    for name, text, formula in cards.values():
        assert "katex-error" not in text + formula, name
        assert not re.search(r"<(?:a|button|img|script)\b|\bid=", text + formula), name
    for path in (site / "hover").iterdir():
        assert len(gzip.compress(path.read_bytes())) < 4000, path.name


def paragraph(*parts):
    """Text, with {f} for a link to an entry and [t] for one to a term."""
    made = nodes.paragraph()
    for part in parts:
        kind = {"{": "func", "[": "term"}.get(part[0])
        made += (
            addnodes.pending_xref("", nodes.inline(text=part[1:-1]), reftype=kind)
            if kind
            else nodes.Text(part)
        )
    return made


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        (["One, at 0.5. Two. Three."], "One, at 0.5. Two."),
        (["One. ", "{f}", "."], "One."),
        (["One. See ", "{f}", "."], "One."),
        (["One. Example: ", "{f}", "."], "One."),
        (["One. As in ", "{f}", "."], "One. As in f."),
        (["Of a ", "[term]", ". ", "[term]", " again. Three."], "Of a term. term again."),
        (["One. " + "long " * (LONG // 5) + "end."], "One."),
        (["long " * (LONG // 5) + "end. Two."], "long " * (LONG // 5) + "end."),
    ],
)
def test_definition_is_a_sentence_or_two_without_links(parts, text):
    short = definition(paragraph(*parts))
    assert short.astext() == text
    assert not list(short.findall(addnodes.pending_xref))


def test_parallel_build_loses_no_card(tmp_path, cards):
    """More than five pages, so that Sphinx reads and writes them in several processes."""
    source = tmp_path / "docs"
    source.mkdir()
    source.joinpath("index.md").write_text("# Index\n\n{term}`Outlier`\n")
    for i in range(6):
        source.joinpath(f"page_{i}.md").write_text(
            f"---\norphan: true\n---\n# Page {i}\n\n{{term}}`Outlier`\n"
        )
    source.joinpath("terms.md").write_text("---\norphan: true\n---\n# Terms\n\n% terms 0-Z\n")
    settings = [
        "extensions=sphinx.ext.autodoc,myst_nb,entries,katex,hover",
        "html_theme=basic",
        "html_static_path=",
        "nitpicky=0",
    ]
    built = []
    for processes in ("1", "2"):
        out = tmp_path / processes
        options = ["-q", "-c", ROOT, "-j", processes, *(o for s in settings for o in ("-D", s))]
        subprocess.run([sys.executable, "-m", "sphinx", *options, source, out], check=True, cwd=ROOT)
        built.append({p.name: p.read_bytes() for p in (out / "hover").iterdir()})
    assert built[0] == built[1]
    assert len(built[0]) == len(cards)
