"""In a real browser: every page is safe, fits every screen, and is readable by everybody."""

import os
import re
import threading

import pytest

from .conftest import Handler, serving
from .pages import KINDS, PAGES

try:
    from axe_playwright_python.sync_playwright import Axe
except ModuleNotFoundError:
    assert not os.environ.get("CI"), "axe-playwright-python must be installed in CI"
    pytest.skip("axe-playwright-python is not installed: pip install -e .[browser]", allow_module_level=True)

RULES = {
    "light": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "dark": {"type": "rule", "values": ["color-contrast"]},  # all else is the same in both modes
}


@pytest.fixture
def complaints(page):
    """What the browser says against the page: errors, refusals of the security policy, failed requests."""
    found = []
    page.on("console", lambda message: found.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("requestfailed", lambda request: found.append(request.url))
    return found


@pytest.mark.parametrize("name", PAGES)
def test_page_is_safe_and_fits(page, address, complaints, name):
    foreign = []
    page.on("request", lambda request: foreign.append(request.url) if address not in request.url else None)
    page.goto(f"/{name}")
    policy = page.locator("meta[http-equiv=Content-Security-Policy]").get_attribute("content")
    assert re.search(r"script-src 'self';", policy)
    assert page.locator("script:not([src]), [onclick], [onload]").count() == 0
    page.add_style_tag(content="* { content-visibility: visible !important }")  # it clips what is wide
    for width in (320, 390, 768, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("document.cookie") == ""
    assert [url for url in foreign if not url.startswith("data:")] == []
    assert complaints == []


class SlowHandler(Handler):
    """Sends half of a page and waits before it sends the rest."""

    rest = threading.Event()

    def write(self, body):
        half = len(body) // 2 if self.path.endswith(".html") else 0
        super().write(body[:half])
        if half:
            self.rest.wait(timeout=30)
        super().write(body[half:])


def test_half_a_page_is_not_shown(page, site):
    """What is centered, as a formula is, would move while its rest is read."""
    paints = "performance.getEntriesByType('paint').length"
    styled = "[...document.styleSheets].some((sheet) => sheet.href.endsWith('page.css'))"
    with serving(site, SlowHandler) as server:
        page.goto(f"http://127.0.0.1:{server.server_port}/losses/regression.html", wait_until="commit")
        while not page.evaluate(f"{styled} && document.querySelector('dl .katex')"):
            page.wait_for_timeout(50)
        page.wait_for_timeout(500)
        assert page.evaluate(paints) == 0
        SlowHandler.rest.set()
        while not page.evaluate(paints):
            page.wait_for_timeout(50)


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
@pytest.mark.parametrize("name", KINDS)
def test_axe_finds_nothing(page, name, color_scheme):
    page.emulate_media(color_scheme=color_scheme, reduced_motion="reduce")
    page.goto(f"/{name}")
    assert page.evaluate("document.documentElement.dataset.theme") == color_scheme
    page.add_style_tag(content="* { content-visibility: visible !important }")
    results = Axe().run(page, options={"runOnly": RULES[color_scheme]}).response
    assert results["passes"]
    found = [(v["id"], [node["target"] for node in v["nodes"]][:3]) for v in results["violations"]]
    assert found == []


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["index.html", "losses.html", "losses/regression.html", "glossary.html"])
def test_page_reads_without_script(browser, address, name, color_scheme):
    """Formulas, colors and links are there; what only a script could do is not shown."""
    context = browser.new_context(base_url=address, java_script_enabled=False, color_scheme=color_scheme)
    page = context.new_page()
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"/{name}")
    shade = page.locator("body").evaluate("body => getComputedStyle(body).backgroundColor")
    lightness = sum(map(int, re.findall(r"\d+", shade)[:3])) / 3
    assert lightness > 200 if color_scheme == "light" else lightness < 60
    for button in page.locator("button").all():
        assert not button.is_visible()
    assert page.locator("nav a", has_text="Glossary").first.is_visible()
    context.close()
