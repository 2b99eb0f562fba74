"""In a real browser: what a page costs. The limits stand in budgets.txt, one number a line."""

from pathlib import Path

import pytest

from .pages import PAGES

LINES = Path(__file__).with_name("budgets.txt").read_text().splitlines()
BUDGETS = [float(line.split()[0]) for line in LINES]
SHIFT = """
window.shift = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.shift += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""
measured = {}


def kilobytes(sent):
    return sum(size for _, size in sent) / 1000


def open_page(tab, name):
    tab.goto(f"/{name}")
    tab.wait_for_load_state("networkidle")


def scroll_to_the_end(tab):
    while tab.evaluate("scrollBy(0, innerHeight), scrollY + innerHeight + 2 < document.body.scrollHeight"):
        tab.wait_for_timeout(30)
    tab.wait_for_load_state("networkidle")


@pytest.fixture(scope="module", autouse=True)
def table(pytestconfig):
    yield
    reporter = pytestconfig.pluginmanager.get_plugin("terminalreporter")
    reporter.write_line("\n\nfirst kB  requests  whole kB  second kB  shift  page")
    for name, (first, requests, whole, second, shift) in measured.items():
        reporter.write_line(f"{first:8.0f}  {requests:8}  {whole:8.0f}  {second:9.0f}  {shift:5.3f}  {name}")


@pytest.mark.parametrize("name", PAGES)
def test_page_keeps_to_its_budget(browser, address, sent, name):
    """On a phone, from an empty cache; as a second page, after the front page."""
    phone = {"base_url": address, "viewport": {"width": 390, "height": 844}}
    context = browser.new_context(**phone)
    context.add_init_script(SHIFT)
    tab = context.new_page()
    open_page(tab, name)
    first, requests = kilobytes(sent), len(sent)
    scroll_to_the_end(tab)
    whole, shift = kilobytes(sent), tab.evaluate("shift")
    context.close()

    context = browser.new_context(**phone)
    tab = context.new_page()
    open_page(tab, "glossary.html" if name == "index.html" else "index.html")
    sent.clear()
    open_page(tab, name)
    second = kilobytes(sent)
    context.close()

    measured[name] = first, requests, whole, second, shift
    over = [(got, limit) for got, limit in zip(measured[name], BUDGETS, strict=True) if got > limit]
    assert not over
