"""The EPUB and the PDF hold the whole site, with every formula rendered."""

import os
import re
import shutil
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
from book import BROWSERS
from bs4 import BeautifulSoup
from builds import finish, start_build
from figures import GALLERY
from snippets import snippets

XHTML = "{http://www.w3.org/1999/xhtml}"
MATHML = "{http://www.w3.org/1998/Math/MathML}"
OPF = "{http://www.idpf.org/2007/opf}"
RAW_TEX = re.compile(r"\\[a-zA-Z]+|\$|\^\{|_\{")


@pytest.fixture(scope="session")
def epub(folders):
    (path,) = folders[0].glob("build/epub/*.epub")
    return path


@pytest.fixture(scope="session")
def chapters(epub):
    """The pages of the EPUB as trees: a page that is no well-formed XML fails here."""
    with zipfile.ZipFile(epub) as archive:
        names = [name for name in archive.namelist() if name.endswith(".xhtml")]
        return {name: ElementTree.fromstring(archive.read(name)) for name in names}


def shown_text(element):
    """The text that is shown, without code and without the sources of formulas."""
    if element.tag in (XHTML + "pre", XHTML + "code", MATHML + "annotation"):
        return ""
    parts = [element.text or ""]
    for child in element:
        parts += [shown_text(child), child.tail or ""]
    return "".join(parts)


def test_epub_is_packed_as_the_standard_asks(epub):
    with zipfile.ZipFile(epub) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert archive.read("mimetype") == b"application/epub+zip"
        assert archive.testzip() is None


def test_epub_has_every_page_with_every_formula(folders, chapters):
    """The pages of the site say how many formulas there are."""
    docs, site = folders[0] / "docs", folders[0] / "build" / "html"
    pages = [path.relative_to(docs).with_suffix("").as_posix() for path in docs.rglob("*.md")]
    pages += [f"gallery/{path.stem}" for path in GALLERY.glob("plot_*.py")]
    assert {f"{page}.xhtml" for page in pages} | {"nav.xhtml"} == chapters.keys()
    for page in pages:
        article = (site / f"{page}.html").read_text(encoding="utf-8").partition("<article")[2]
        formulas = article.partition("</article>")[0].count('class="katex"')
        assert len([*chapters[f"{page}.xhtml"].iter(MATHML + "math")]) == formulas, page
    assert sum(len([*chapter.iter(MATHML + "math")]) for chapter in chapters.values()) > len(snippets())


def test_epub_shows_no_raw_tex(chapters):
    for name, chapter in chapters.items():
        assert not RAW_TEX.findall(shown_text(chapter.find(XHTML + "body"))), name
        assert not [tag for tag in chapter.iter(XHTML + "span") if tag.get("class") == "katex-html"]


def test_epub_needs_nothing_from_outside(epub, chapters):
    with zipfile.ZipFile(epub) as archive:
        names = set(archive.namelist())
        assert not [name for name in names if name.endswith(".js")]
        assert b"var(--" not in b"".join(archive.read(n) for n in names if n.endswith((".svg", ".css")))
    for name, chapter in chapters.items():
        assert not list(chapter.iter(XHTML + "script"))
        used = [image.get("src") for image in chapter.iter(XHTML + "img")]
        used += [link.get("href") for tag in ("a", "link") for link in chapter.iter(XHTML + tag)]
        for address in used:
            path, _, _ = address.partition("#")
            if path and not path.startswith(("http:", "https:")):
                assert os.path.normpath(Path(name).parent / path) in names, (name, address)


def test_epub_declares_its_formulas(epub, chapters):
    with zipfile.ZipFile(epub) as archive:
        listing = ElementTree.fromstring(archive.read("content.opf"))
    items = {item.get("href"): item.get("properties") for item in listing.iter(OPF + "item")}
    for name, chapter in chapters.items():
        has_formulas = next(chapter.iter(MATHML + "math"), None) is not None
        assert (items[name] == "mathml") == has_formulas, name


def test_epub_is_light(epub):
    assert 300_000 < epub.stat().st_size < 3_000_000


@pytest.fixture(scope="session")
def pdf(folders):
    try:
        import pikepdf
    except ModuleNotFoundError:
        assert not os.environ.get("CI"), "pikepdf must be installed in CI"
        pytest.skip("pikepdf is not installed: pip install -e .[pdf]")
    if not any(map(shutil.which, BROWSERS)):
        assert not os.environ.get("CI"), "a browser must be installed in CI"
        pytest.skip("no browser on this machine that could print")
    finish(start_build(folders[0], "pdf"))
    (path,) = folders[0].glob("build/pdf/*.pdf")
    with pikepdf.open(path) as opened:
        yield opened


@pytest.fixture(scope="session")
def printed(pdf):
    """The page that was printed."""
    html = Path(pdf.filename).with_name("index.html").read_text(encoding="utf-8")
    return BeautifulSoup(html, "html.parser")


def test_printed_page_has_every_entry_and_formula(printed):
    assert not printed.select(".katex-error, script")
    entries = {signature["id"]: signature.parent for signature in printed.select("dt[id]")}
    for snippet in snippets():
        assert entries[snippet.path].select_one(".katex-html"), snippet
    for code in printed.select("pre, code"):
        code.decompose()
    assert not RAW_TEX.findall(printed.body.get_text())


def test_links_stay_in_the_printed_page(printed):
    anchors = {tag["id"] for tag in printed.find_all(id=True)}
    inside = [a["href"] for a in printed.select("a[href]") if ":" not in a["href"].partition("#")[0]]
    assert len(inside) > len(snippets())
    assert [href for href in inside if href[1:] not in anchors] == []


def test_pdf_has_formulas_as_text(pdf):
    """Its pages set text in KaTeX's fonts, which say what each glyph means: the sum sign is U+2211."""
    fonts = {}
    for page in pdf.pages:
        for font in page.Resources.get("/Font", {}).values():
            fonts[str(font.BaseFont).partition("+")[2]] = font
    assert {"KaTeX_Main-Regular", "KaTeX_Math-Italic", "KaTeX_Size2-Regular"} <= fonts.keys()
    assert b"2211" in fonts["KaTeX_Size2-Regular"].ToUnicode.read_bytes()


def test_pdf_is_a_book(pdf):
    """A4 sheets, bookmarks for the chapters, and no more bytes than a mail takes."""
    assert 100 < len(pdf.pages) < 1500
    assert [round(float(side)) for side in pdf.pages[0].MediaBox[2:]] == [595, 842]
    with pdf.open_outline() as outline:
        titles = {str(item.title) for item in outline.root}
    assert {"Losses", "Glossary", "Notation", "References"} <= titles
    assert 1_000_000 < Path(pdf.filename).stat().st_size < 20_000_000
