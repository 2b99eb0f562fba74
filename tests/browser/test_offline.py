"""The packed site works from the file system: pages, styles, formulas, figures, links, copying; no server."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path
from urllib.parse import urldefrag

import pytest

ROOT = Path(__file__).parents[2]


def pack(folder, archive):
    command = [sys.executable, "docs/_ext/reproducible.py", str(folder), str(archive)]
    subprocess.run(command, cwd=ROOT, check=True)
    return archive.read_bytes()


@pytest.fixture(scope="module")
def unpacked(site, tmp_path_factory):
    folder = tmp_path_factory.mktemp("a folder with spaces")
    pack(site, folder / "site.zip")
    with zipfile.ZipFile(folder / "site.zip") as archive:
        archive.extractall(folder)
    (index,) = folder.glob("*/index.html")
    return index.parent


@pytest.fixture
def tab(browser):
    """A tab and what went wrong in it: requests that fail or leave the file system, errors, refusals."""
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page, wrong = context.new_page(), []

    def on_failure(request):
        if request.failure != "net::ERR_ABORTED":  # by going on to the next page
            wrong.append((request.url, request.failure))

    page.on("request", lambda r: None if r.url.startswith(("file:", "data:")) else wrong.append(r.url))
    page.on("requestfailed", on_failure)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    yield page, wrong
    context.close()


def test_every_page_that_links_lead_to_is_whole(unpacked, tab):
    page, wrong = tab
    ahead, seen = [(unpacked / "index.html").as_uri()], set()
    while ahead:
        address = ahead.pop()
        if address in seen:
            continue
        seen.add(address)
        page.goto(address)
        state = page.evaluate(
            """async () => {
                const images = [...document.images].map(image => (image.loading = "eager", image.decode()));
                await Promise.all([document.fonts.ready, ...images]);  // fails for a missing image
                const color = getComputedStyle(document.body).getPropertyValue("--pst-color-text-base");
                return {color, links: [...document.links].map(link => link.href)};
            }"""
        )
        assert state["color"], f"{address} has no style"
        links = [urldefrag(link)[0] for link in state["links"] if link.startswith("file:")]
        ahead += [link for link in links if link.endswith(".html")]
        assert wrong == [], address
    there = {path for path in unpacked.rglob("*.html") if "_static" not in path.parts}
    unseen = {path.relative_to(unpacked).as_posix() for path in there if path.as_uri() not in seen}
    assert unseen <= {"search.html", "_modules/index.html"}


def test_a_page_looks_and_copies_as_on_a_server(unpacked, tab):
    page, wrong = tab
    page.goto((unpacked / "losses" / "regression.html").as_uri())
    assert page.locator("html").get_attribute("data-theme")
    assert page.evaluate("document.fonts.check('20px KaTeX_Main')")
    assert page.evaluate("[...document.fonts].some(f => f.family === 'KaTeX_Math' && f.status === 'loaded')")
    block = page.locator(".highlight-python").first
    block.hover()
    block.locator("button.copybtn").click()
    assert page.evaluate("navigator.clipboard.readText()").startswith("import numpy as np")
    assert wrong == []


def test_packing_depends_on_names_and_contents_alone(site, unpacked, tmp_path):
    packed = pack(unpacked, tmp_path / "one.zip")
    for number, path in enumerate(sorted(unpacked.rglob("*"))):
        os.utime(path, (number, number))
    assert pack(unpacked, tmp_path / "two.zip") == packed
    names = zipfile.ZipFile(tmp_path / "one.zip").namelist()
    assert names == sorted(names)
    assert f"{site.name}/index.html" in names
    assert not [name for name in names if "/." in name]
