"""What a page costs: all by their files, some in a real browser. The limits stand in budgets.txt."""

import re
from pathlib import Path
from urllib.parse import urljoin

import pytest

from .conftest import compressed
from .pages import HEAVY, KINDS, PAGES

LINES = Path(__file__).with_name("budgets.txt").read_text().splitlines()
BUDGETS = [float(line.split()[0]) for line in LINES]
FIRST, REQUESTS, WHOLE, SECOND, _ = BUDGETS
WATCH = """
window.shift = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.shift += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""
# One screen further, once this one is painted; then whether there is more.
STEP = """() => new Promise((painted) => {
  scrollBy(0, innerHeight);
  const more = () => scrollY + innerHeight + 2 < document.body.scrollHeight;
  requestAnimationFrame(() => requestAnimationFrame(() => painted(more())));
})"""


def kilobytes(sent):
    return sum(size for _, size in sent) / 1000


@pytest.fixture(scope="module")
def weigh(site):
    """The compressed size of a page's files: its own text alone, and all that it can ask for."""

    def weigh(name):
        page = (site / name).read_text(encoding="utf-8")
        tags = r'<(?:link rel="stylesheet" href|script[^>]* src|img[^>]* src)="([^"?]+)'
        asked_for = {urljoin(name, path) for path in re.findall(tags, page) if not path.startswith("data:")}
        assert "_static/page.css" in asked_for
        alone, rest = [sum(len(compressed(site / path)) for path in paths) for paths in ([name], asked_for)]
        return alone / 1000, (alone + rest) / 1000

    return weigh


@pytest.mark.parametrize("name", PAGES)
def test_files_keep_to_the_budget(weigh, name):
    alone, whole = weigh(name)
    assert alone <= SECOND
    assert whole <= WHOLE


def test_the_heaviest_pages_are_opened(weigh):
    """Those that pages.py names, so that the browser need not open all."""
    by_weight = sorted(PAGES, key=lambda name: -weigh(name)[1])
    assert set(by_weight[:5]) <= {*KINDS, *HEAVY}


def test_front_page_keeps_to_its_budget_on_a_desk(browser, address, sent):
    """It has the most images, and a wide window shows most of them at once."""
    tab = browser.new_page(base_url=address, viewport={"width": 1440, "height": 900})
    tab.goto("/index.html")
    tab.wait_for_load_state("networkidle")
    tab.close()
    assert kilobytes(sent) <= FIRST
    assert len(sent) <= REQUESTS


@pytest.mark.parametrize("name", dict.fromkeys(KINDS + HEAVY))
def test_page_keeps_to_its_budget(browser, address, sent, name, record_property):
    """On a phone, from an empty cache; as a second page, what the front page has not brought."""

    def visit(name):
        context = browser.new_context(base_url=address, viewport={"width": 390, "height": 844})
        context.add_init_script(WATCH)
        tab = context.new_page()
        sent.clear()
        tab.goto(f"/{name}")
        tab.wait_for_load_state("networkidle")
        return tab, list(sent)

    tab, _ = visit("glossary.html" if name == "index.html" else "index.html")
    tab.context.close()
    kept = set(sent)
    tab, first = visit(name)
    while tab.evaluate(STEP):
        pass
    tab.wait_for_load_state("networkidle")
    shift = tab.evaluate("shift")
    tab.context.close()

    second = [file for file in first if file not in kept]
    measured = [kilobytes(first), len(first), kilobytes(sent), kilobytes(second), shift]
    record_property("budget", [*measured, name])
    over = [(got, limit) for got, limit in zip(measured, BUDGETS, strict=True) if got > limit]
    assert not over
