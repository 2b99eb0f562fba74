"""The index of names behind the search: whatever has a name is in it, and leads to where it stands."""

import gzip
import re

import pytest
from entries import defined_terms, symbols
from search_index import first_sentence, joined, spoken
from snippets import snippets


@pytest.fixture(scope="session")
def names(records):
    """All names of the records of each kind."""
    found = {}
    for r in records:
        found.setdefault(r["kind"], set()).update([r["title"], *r["names"]])
    return found


def test_every_function_is_found(records):
    found = {r["url"].partition("#")[2]: r for r in records if r["kind"] in ("entry", "derivative")}
    assert found.keys() == {s.path for s in snippets()}
    for s in snippets():
        assert found[s.path]["text"] == s.summary
        assert {name.rpartition(".")[2] for name in s.counterparts} <= set(found[s.path]["other"])


def test_every_term_and_alias_is_found(names):
    assert names["term"] == {name for terms, _ in defined_terms() for name in terms}


def test_every_symbol_is_found_by_its_name(names):
    assert {spoken(symbol) for symbol in symbols()} <= names["symbol"]
    assert {"alpha", "α", "y hat", "TPR"} <= names["symbol"]


def test_pages_and_sections_are_found(names):
    assert {"Losses", "Regression losses", "Notation", "Gallery"} <= names["page"]
    assert {"Choosing a loss", "Why accuracy misleads"} <= names["section"]


def test_every_record_leads_somewhere(site, records):
    pages = {}
    for r in records:
        path, _, anchor = r["url"].partition("#")
        if path not in pages:
            pages[path] = (site / path).read_text(encoding="utf-8")
        assert not anchor or f'id="{anchor}"' in pages[path], r["url"]
    assert len({r["url"] for r in records}) == len(records)


def test_texts_are_plain(records):
    assert [r for r in records if re.search(r"[{}`$\\]", r["text"] + r["title"])] == []
    assert all(r["text"] for r in records)


def test_index_costs_no_more_than_a_page(site):
    assert len(gzip.compress((site / "searchnames.js").read_bytes())) < 60_000


@pytest.mark.parametrize(
    ("definition", "sentence"),
    [
        ("Share of cats, {math}`c / n`. It {term}`misleads <Bias>`.", "Share of cats"),
        (
            "A {term}`leaky ReLU <Leaky ReLU>` near {func}`~cheatsheet.metrics.f1`: so.",
            "A leaky ReLU near f1: so",
        ),
        ("Loss of {math}`x` or {math}`y`.", ""),
    ],
)
def test_first_sentence(definition, sentence):
    assert first_sentence(definition) == sentence


def test_names_are_compared_by_letters_and_digits():
    assert joined("Cohen's kappa") == joined("cohen_kappa") == "cohenkappa"
    assert joined("R²") == joined("r2")
