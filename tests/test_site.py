"""The built site: what the reader sees, copies and clicks on is there and works."""

import doctest
import re
import subprocess
import sys
from urllib.parse import unquote, urlsplit

import pytest
from bs4 import BeautifulSoup
from conftest import SITE, place
from entries import defined_terms, glossary_terms, library_url, linked
from snippets import modules, snippets


@pytest.fixture(scope="session")
def pages(site):
    paths = [p for p in site.rglob("*.html") if not {"_modules", "_static"} & set(p.parts)]
    return {
        p.relative_to(site).as_posix(): BeautifulSoup(p.read_text(encoding="utf-8"), "html.parser")
        for p in paths
    }


@pytest.fixture(scope="session")
def anchors(pages):
    """The element of each anchor of each page."""
    return {name: {tag["id"]: tag for tag in page.find_all(id=True)} for name, page in pages.items()}


@pytest.fixture(scope="session")
def entries(anchors):
    """The entries by the full names of their functions."""
    found = [(path, tag.parent) for ids in anchors.values() for path, tag in ids.items() if tag.name == "dt"]
    paths = [path for path, _ in found]
    assert len(set(paths)) == len(paths), "an entry stands on two pages"
    return dict(found)


@pytest.fixture
def entry(entries, snippet):
    assert snippet.path in entries, f"{snippet} has no entry: is its section on a page?"
    return entries[snippet.path]


def test_one_process_runs_all_that_needs_the_site(request):
    """Two would build it into the same folder at the same time."""
    using = [item for item in request.session.items if "site" in item.fixturenames]
    assert [item for item in using if place(item.nodeid) >= len(SITE)] == []


def test_entry_shows_the_code_as_it_runs_alone(entry, snippet):
    shown = entry.select_one(".highlight-python pre").get_text()
    assert shown.strip() == snippet.code.strip()


def test_example_without_prompts_runs(entry):
    """The copy button keeps the input lines: they must run as they are."""
    for block in entry.select(
        ".highlight-default pre, .highlight-pycon pre, .highlight-doctest pre, .doctest pre"
    ):
        lines = [line[4:] for line in block.get_text().splitlines() if line.startswith((">>> ", "... "))]
        assert lines
        exec("\n".join(lines), {})


def test_entry_has_all_its_parts(entry, snippet):
    text = entry.get_text()
    assert entry.select_one(".katex"), "formula"
    assert entry.select_one(".legend"), "legend"
    assert entry.select_one("figure img[alt]"), "figure"
    assert entry.select_one("a.headerlink"), "permalink"
    assert entry.select_one("a[href*='_modules/']"), "link to the source"
    assert "Example" in text
    assert not snippet.references or "References" in text
    for path in snippet.counterparts:
        assert entry.select_one(f"a[href='{library_url(path)}']"), path


def test_entry_says_on_how_many_inputs_its_formula_was_checked(entry, snippet):
    line = entry.select_one(".checked")
    assert (line.get_text(strip=True) if line else "") == (
        f"Formula checked against the code on {snippet.inputs_checked} inputs."
        if snippet.inputs_checked
        else ""
    )


def test_plain_file_passes_its_doctest(site, snippet):
    path = site / "snippets" / snippet.module / f"{snippet.name}.py"
    text = path.read_text(encoding="utf-8")
    assert text.startswith("import numpy as np\n")
    namespace = {}
    exec(text, namespace)
    finder = doctest.DocTestFinder(recurse=False)
    (test,) = finder.find(namespace[snippet.name], snippet.name, globs=namespace, module=False)
    assert test.examples
    assert doctest.DocTestRunner(verbose=False).run(test).failed == 0


def test_plain_file_as_a_reader_runs_it(site):
    path = site / "snippets" / "losses" / "huber.py"
    subprocess.run([sys.executable, "-W", "error", "-m", "doctest", str(path)], check=True)


@pytest.mark.parametrize("topic", [m.__name__.rpartition(".")[2] for m in modules()])
def test_table_at_a_glance_names_every_snippet(pages, topic):
    table = pages[f"{topic}.html"].select_one("table.at-a-glance")
    linked = {a["href"].partition("#")[2] for a in table.select("a")}
    assert linked == {s.path for s in snippets() if s.module == topic}


def test_links_inside_the_site_lead_somewhere(site, pages, anchors):
    broken = []
    for name, page in pages.items():
        for node in page.select("a[href], link[href], img[src], script[src]"):
            address = node.get("href") or node.get("src")
            link = urlsplit(address)
            if link.scheme or link.netloc:
                continue
            target = ((site / name).parent / unquote(link.path) if link.path else site / name).resolve()
            known = anchors.get(target.relative_to(site.resolve()).as_posix())
            if not target.exists() or (link.fragment and known and unquote(link.fragment) not in known):
                broken.append((name, address))
    assert broken == []


def test_a_second_build_reads_no_page_anew(site, build_site):
    assert "0 added, 0 changed, 0 removed" in build_site().stdout


def test_every_image_has_a_text_alternative(pages):
    """A gallery thumbnail stands beside its title, so its own text is empty."""
    images = [(name, image) for name, page in pages.items() for image in page.select("article img")]
    assert images
    assert [(n, i["src"]) for n, i in images if not i.get("alt") and "_thumb." not in i["src"]] == []


def test_every_column_has_a_title(pages):
    """A screen reader says it before each cell."""
    titles = [(name, th) for name, page in pages.items() for th in page.select("article thead th")]
    assert titles
    assert [name for name, th in titles if not th.get_text(strip=True)] == []


def test_formulas_are_rendered(pages):
    for page in pages.values():
        assert not page.select(".katex-error")
    assert sum(len(page.select(".katex")) for page in pages.values()) > len(snippets())


def test_terms_and_entries_are_linked_both_ways(entries):
    functions = {s.path: s for s in snippets()}
    for names, text in glossary_terms():
        assert linked(text), f"the term {names[0]} links to no entry"
        assert linked(text) <= functions.keys()
    told = {path for _, text in defined_terms() for path in linked(text)}
    for path, s in functions.items():
        if not s.is_derivative:
            assert path in told
            links = entries[path].select(".entry-links a[href*='/glossary/'][href*='#term-']")
            assert links, f"{s} links to no term"


def test_terms_are_defined_once():
    """A hyphen or a capital makes no other term: its card and its address would be the same."""
    names = [re.sub(r"\W+", "-", name.lower()) for terms, _ in glossary_terms() for name in terms]
    assert sorted(set(names)) == sorted(names)


def test_notation_has_every_symbol(pages):
    shown = {a.get_text() for a in pages["notation.html"].select("table.notation annotation")}
    assert {symbol for s in snippets() for symbol in s.symbols.values()} <= shown


def test_numpy_is_the_only_import_of_every_snippet(snippet):
    assert snippet.code.count("import ") == 1
