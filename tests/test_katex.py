"""Formulas are rendered while building: a broken one fails the build with its place, a known one is free."""

import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import katex
import pytest
from dukpy import JSRuntimeError

EXTENSIONS = Path(katex.__file__).parent
CONF = f"""
import sys
sys.path.insert(0, {str(EXTENSIONS)!r})
extensions = ["katex"]
html_math_renderer = "katex"
"""


@pytest.fixture
def cache(tmp_path, monkeypatch):
    monkeypatch.setattr(katex, "CACHE", tmp_path / "formulas")
    katex.render.cache_clear()
    yield tmp_path / "formulas"
    katex.render.cache_clear()


def test_a_broken_formula_fails_the_build_with_its_place(tmp_path):
    (tmp_path / "conf.py").write_text(CONF)
    (tmp_path / "index.rst").write_text("Title\n=====\n\nRight: :math:`x^2`.\n\nWrong: :math:`\\frac{1`.\n")
    command = [
        sys.executable,
        "-m",
        "sphinx",
        "-W",
        "--keep-going",
        "-q",
        str(tmp_path),
        str(tmp_path / "html"),
    ]
    build = subprocess.run(command, capture_output=True, text=True)
    assert build.returncode != 0
    assert "index.rst:6: WARNING: formula not rendered: ParseError" in build.stderr
    assert build.stderr.count("formula not rendered") == 1


def test_every_way_out_has_its_form(cache):
    assert "<math" in katex.render("x", False)
    assert "katex-html" in katex.render("x", False)
    assert "katex-html" not in katex.render("x", False, "mathml")
    assert "<math" not in katex.render("x", False, "html")


def test_a_formula_is_rendered_once(cache, monkeypatch):
    html = katex.render(r"\frac{1}{n}", True)
    assert html != katex.render(r"\frac{1}{n}", False)
    assert len([*cache.iterdir()]) == 2
    katex.render.cache_clear()
    monkeypatch.setattr(katex, "engine", lambda: pytest.fail("it was rendered again"))
    assert katex.render(r"\frac{1}{n}", True) == html


def test_another_renderer_uses_no_old_formula(cache, monkeypatch):
    katex.render("x", False)
    katex.render.cache_clear()
    monkeypatch.setattr(katex, "renderer", lambda: "another version of KaTeX")
    katex.render("x", False)
    assert len([*cache.iterdir()]) == 2


def test_a_formula_that_fails_is_not_kept(cache):
    with pytest.raises(JSRuntimeError):
        katex.render(r"\frac{1", False)
    assert not cache.exists()


def test_an_interrupted_build_leaves_no_half_formula(cache, monkeypatch):
    """The file appears under its name only when it is whole."""
    monkeypatch.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        katex.render("x", False)
    monkeypatch.undo()
    monkeypatch.setattr(katex, "CACHE", cache)
    assert "<math" in katex.render("x", False)


def test_processes_may_render_the_same_formulas_at_once(cache):
    code = f"""
import sys
sys.path.insert(0, {str(EXTENSIONS)!r})
import katex, pathlib
katex.CACHE = pathlib.Path({str(cache)!r})
print(sum("<math" in katex.render(f"x_{{{{{{i}}}}}}", True) for i in range(200)))
"""
    running = [
        subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) for _ in range(2)
    ]
    assert [process.communicate()[0] for process in running] == ["200\n", "200\n"]
    assert len([*cache.iterdir()]) == 200


CHILDREN = dict.fromkeys(["mfrac", "mroot", "msub", "msup", "munder", "mover"], 2) | {
    "msubsup": 3,
    "munderover": 3,
}


def misshapen(page):
    """The elements of a page's MathML that have more or fewer children than they need."""
    for formula in re.findall("<math.*?</math>", page, re.DOTALL):
        for element in ElementTree.fromstring(formula).iter():
            tag = element.tag.rpartition("}")[2]
            if len(element) != CHILDREN.get(tag, len(element)):
                yield ElementTree.tostring(element, encoding="unicode")


def test_every_formula_has_valid_mathml(site):
    """Screen readers and EPUB readers stumble over other MathML, which KaTeX gives in rare cases."""
    assert [*misshapen("<math><msub><mi>a</mi><mi>max</mi><mo>f</mo></msub></math>")]
    found = {page.name: [*misshapen(page.read_text(encoding="utf-8"))] for page in site.rglob("*.html")}
    assert {name: wrong for name, wrong in found.items() if wrong} == {}
