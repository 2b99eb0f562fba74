"""The built site on a local server and the system's browser, shared by all browser tests."""

import contextlib
import functools
import gzip
import http.server
import os
import shutil
import threading
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GZIP = b"\x1f\x8b"  # the first bytes of what is compressed

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def compressed(path):
    """What a host sends for a file: texts are compressed, fonts and pictures are already."""
    body = path.read_bytes()
    return gzip.compress(body) if path.suffix in (".html", ".css", ".js", ".svg") else body


class Handler(http.server.SimpleHTTPRequestHandler):
    """Sends pages as hosts do, compressed and to be kept for a while, and notes what it sent."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        """Keep the test's output free of requests."""

    def write(self, body):
        self.wfile.write(body)

    def do_GET(self):
        path = Path(self.translate_path(self.path))
        body = compressed(path) if path.is_file() else b""
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Cache-Control", "max-age=600")
        if body[:2] == GZIP:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.write(body)
        self.server.sent.append((self.path, len(body)))


@contextlib.contextmanager
def serving(folder, handler=Handler):
    handler = functools.partial(handler, directory=folder)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.sent = []
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture(scope="session")
def server(site):
    with serving(site) as server:
        yield server


@pytest.fixture
def sent(server):
    """Pairs of address and compressed size of everything that the browser was sent during the test."""
    server.sent.clear()
    return server.sent


@pytest.fixture(scope="session")
def address(server):
    return f"http://127.0.0.1:{server.server_port}"


@pytest.fixture(scope="session")
def browser():
    try:
        from playwright.sync_api import Error, sync_playwright
    except ModuleNotFoundError:
        assert not os.environ.get("CI"), "playwright must be installed in CI"
        pytest.skip("playwright is not installed: pip install -e .[browser]")
    with sync_playwright() as playwright:
        try:  # the system's browser, else the one that playwright has installed
            browser = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        except Error:
            assert not os.environ.get("CI"), "a browser must be installed in CI"
            pytest.skip("no browser on this machine: playwright install chromium")
        yield browser
        browser.close()


@pytest.fixture
def page(browser, address):
    """An empty tab whose relative addresses start at the site's root; gone after the test."""
    context = browser.new_context(base_url=address, permissions=["clipboard-read", "clipboard-write"])
    yield context.new_page()
    context.close()
