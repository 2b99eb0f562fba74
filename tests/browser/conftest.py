"""The built site on a local server and the system's browser, shared by all browser tests."""

import functools
import http.server
import os
import shutil
import threading

import pytest

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args):
        """Keep the test's output free of requests."""


@pytest.fixture(scope="session")
def address(site):
    handler = functools.partial(Quiet, directory=site)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="session")
def browser():
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
        yield browser
        browser.close()


@pytest.fixture
def page(browser, address):
    """An empty tab whose relative addresses start at the site's root; gone after the test."""
    context = browser.new_context(base_url=address, permissions=["clipboard-read", "clipboard-write"])
    yield context.new_page()
    context.close()
