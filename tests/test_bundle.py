"""What the theme and the extensions bring is cut down, and nothing that a page uses is lost."""

import base64
import io
import re
from pathlib import Path

import bundle
import pydata_sphinx_theme
import pytest
import soupsieve
import tinycss2
from bs4 import BeautifulSoup
from fontTools.ttLib import TTFont
from sphinx.errors import ExtensionError

THEME = Path(pydata_sphinx_theme.__file__).parent / "theme" / "pydata_sphinx_theme"
STYLES = THEME / "static" / "styles"
FONTS = Path(bundle.__file__).parents[1] / "_static" / "katex" / "fonts"


def shaken(css, *names):
    rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    return bundle.shake(rules, {"html", "body", *names})


def test_the_theme_loads_what_the_bundle_replaces():
    """If this fails, the theme has changed: look at what its new files do and at bundle.py."""
    macros = (THEME / "static" / "webpack-macros.html").read_text()
    assert set(re.findall(r"_static/([\w./-]+)", macros)) == {
        "styles/theme.css",
        "styles/pydata-sphinx-theme.css",
        "scripts/fontawesome.js",
        "scripts/bootstrap.js",
        "scripts/pydata-sphinx-theme.js",
    }
    assert re.findall(r'@import "([^"]+)"', (STYLES / "theme.css").read_text()) == ["../basic.css"]


def test_the_sections_of_the_themes_script_are_found(monkeypatch):
    script = bundle.theme_script()
    assert all(f"function {name}" in script or f"var {name}" in script for name in bundle.THEME_CALLS)
    assert "fetchVersionSwitcherJSON" not in script
    monkeypatch.setattr(bundle, "THEME_SECTIONS", ["A section of another version"])
    with pytest.raises(ExtensionError, match="has changed"):
        bundle.theme_script()


def test_no_page_asks_for_bootstraps_script(site):
    for path in site.rglob("*.html"):
        toggles = re.findall(r'data-bs-toggle="(\w+)"', path.read_text(encoding="utf-8"))
        assert set(toggles) <= {"tooltip"}, path  # a title shows without a script


@pytest.mark.parametrize(
    ("css", "names", "kept"),
    [
        (".a{x:y}", ["a"], ".a{x:y}"),
        (".a{x:y}", [], ""),
        (".a, .b > i{x:y}", ["b", "i"], ".b > i{x:y}"),
        ("#c:hover::before{x:y}", ["c"], "#c:hover::before{x:y}"),
        (".a:not(.gone){x:y}", ["a"], ".a:not(.gone){x:y}"),
        (".a[data-x=y] p{x:y}", ["a", "p"], ""),
        ("@media (x:y){.a{x:y}.b{x:y}}", ["b"], "@media (x:y){.b{x:y}}"),
        ("@media (x:y){.a{x:y}}", [], ""),
        ("@keyframes a{from{x:y}}", [], "@keyframes a{from{x:y}}"),
    ],
)
def test_rules_stay_where_all_their_names_occur(css, names, kept):
    assert shaken(css, *names) == kept


def test_a_color_mode_has_a_rule_without_script_and_on_paper():
    dark = shaken('html[data-theme="dark"] .a{x:y}', "a", "data-theme")
    assert "@media screen{html[data-theme=dark] .a{x:y}}" in dark
    assert "@media screen and (prefers-color-scheme:dark){html:not([data-theme]) .a{x:y}}" in dark
    light = shaken("html[data-theme=light] .a{x:y}", "a", "data-theme")
    assert light.startswith("html[data-theme=light] .a{x:y}")
    assert "@media print{html[data-theme=dark] .a{x:y}}" in light
    assert "not all and (prefers-color-scheme:dark){html:not([data-theme]) .a{x:y}}" in light


def test_variables_stay_where_they_are_read():
    css = ":root{--a:1;--b:var(--c);--c:url('x;}');--d:2}p{x:var(--b,3)}"
    assert bundle.drop_unused_variables(css) == ":root{--b:var(--c);--c:url('x;}');}p{x:var(--b,3)}"
    assert bundle.drop_unused_variables(":root{--a:var(--b);--b:1}p{x:y}") == "p{x:y}"


@pytest.mark.parametrize("name", ["index.html", "gallery/plot_regression_losses.html"])
def test_every_rule_that_matches_an_element_is_kept(site, name):
    """The theme's own sheet, rule by rule, against a selector engine."""
    page = BeautifulSoup((site / name).read_text(encoding="utf-8"), "html.parser")
    kept = (site / "_static" / "page.css").read_text(encoding="utf-8")
    sheet = (STYLES / "pydata-sphinx-theme.css").read_text(encoding="utf-8")
    checked = 0
    for rule in tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True):
        if rule.type != "qualified-rule" or bundle.text_of(rule.content).startswith("--"):
            continue
        for part in bundle.parts(rule.prelude):
            selector = bundle.text_of(part)
            if re.search(r":(?!not|is|where|has)|data-theme", selector):
                continue
            if soupsieve.select_one(selector, page):
                checked += 1
                assert selector in kept
    assert checked > 100


def characters(font):
    return set(map(chr, TTFont(font).getBestCmap()))


def test_fonts_have_every_character_of_the_formulas(site):
    """What a font of KaTeX can show of the text that it is asked to show, its subset shows as well."""
    css = (site / "_static" / "page.css").read_text(encoding="utf-8")
    embedded = {}
    for face in re.findall(bundle.FACE, css):
        family = re.search(r"font-family:([^;]+)", face)[1]
        style = "Bold" * ("weight:700" in face) + "Italic" * ("style:italic" in face)
        data = base64.b64decode(re.search(r"base64,([^)]+)", face)[1])
        embedded[f"{family}-{style or 'Regular'}"] = characters(io.BytesIO(data))
    shown = bundle.characters_by_class(
        "".join(path.read_text(encoding="utf-8") for path in site.rglob("*.html"))
    )
    checked = 0
    for name, classes in bundle.classes_by_font(css).items():
        asked = set().union(*(shown.get(c, ()) for c in classes)) & characters(FONTS / f"{name}.woff2")
        assert asked - {" ", "\xa0"} <= embedded.get(name, set()), name
        checked += len(asked)
    assert checked > 100
