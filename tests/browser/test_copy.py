"""In a real browser: what the copy buttons put on the clipboard runs as it is."""

import functools
import http.server
import os
import shutil
import subprocess
import sys
import threading

import pytest

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args):
        """Keep the test's output free of requests."""


@pytest.fixture(scope="module")
def address(site):
    handler = functools.partial(Quiet, directory=site)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="module")
def page(address):
    try:
        from playwright.sync_api import sync_playwright
    except ModuleNotFoundError:
        assert not os.environ.get("CI"), "playwright must be installed in CI"
        pytest.skip("playwright is not installed: pip install -e .[browser]")
    if not BROWSER:
        assert not os.environ.get("CI"), "a browser must be installed in CI"
        pytest.skip("no chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
        page = context.new_page()
        page.goto(f"{address}/losses/regression.html")
        yield page
        browser.close()


def copied(page, block):
    block.hover()
    block.locator("button.copybtn").click()
    return page.evaluate("navigator.clipboard.readText()")


def test_code_of_an_entry_is_copied_as_it_runs(page):
    entry = page.locator("dl.py.function", has=page.locator("[id='cheatsheet.losses.huber']"))
    text = copied(page, entry.locator(".highlight-python").first)
    assert text.startswith("import numpy as np")
    subprocess.run(
        [sys.executable, "-W", "error", "-c", f"{text}\nassert huber([0, 0], [0.5, 3]) == 1.3125"], check=True
    )


def test_example_is_copied_without_prompts_and_results(page):
    entry = page.locator("dl.py.function", has=page.locator("[id='cheatsheet.losses.huber']"))
    text = copied(page, entry.locator("div.highlight", has=page.locator(".gp")).first)
    assert ">>>" not in text
    assert "1.3125" not in text
    subprocess.run([sys.executable, "-W", "error", "-c", text], check=True)
