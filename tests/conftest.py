"""Each test that asks for a snippet runs once for every snippet of the package."""

import json
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from snippets import snippets

ROOT = Path(__file__).parents[1]


def pytest_generate_tests(metafunc):
    if "snippet" in metafunc.fixturenames:
        metafunc.parametrize("snippet", snippets(), ids=repr)


@pytest.hookimpl(tryfirst=True)  # before the groups are read
def pytest_collection_modifyitems(items):
    """The site is built once, in one process, after the formulas were checked, since it says how often."""
    items.sort(key=lambda item: "site" in item.fixturenames)
    for item in items:
        if {"site", "build_site", "record"} & set(item.fixturenames):
            item.add_marker(pytest.mark.xdist_group("site"))
        elif item.path.stem in ("test_builds", "test_networks"):  # what they make serves the whole module
            item.add_marker(pytest.mark.xdist_group(item.path.stem))


def pytest_terminal_summary(terminalreporter):
    """What the pages cost, whichever process has measured it."""
    reports = [*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")]
    rows = [row for report in reports for name, row in report.user_properties if name == "budget"]
    if rows:
        terminalreporter.section("costs of pages")
        terminalreporter.write_line("first kB  requests  whole kB  second kB  shift  page")
    for first, requests, whole, second, shift, name in rows:
        terminalreporter.write_line(
            f"{first:8.0f}  {requests:8}  {whole:8.0f}  {second:9.0f}  {shift:5.3f}  {name}"
        )


@pytest.fixture
def rng():
    return np.random.default_rng(0)


@pytest.fixture(scope="session")
def build_site():
    """Builds the site as ``make site`` does."""

    def build(*options):
        command = ["-m", "sphinx", "-c", ".", "-n", "-W", "--keep-going", "-d", "build/doctrees", *options]
        command = [sys.executable, *command, "docs", "build/html"]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True)

    return build


@pytest.fixture(scope="session")
def site(build_site):
    """The site's folder; an unchanged site costs seconds."""
    build = build_site("-q")
    assert build.returncode == 0, build.stderr
    return ROOT / "build" / "html"


@pytest.fixture(scope="session")
def records(site):
    """What the search can find."""
    text = (site / "searchnames.js").read_text(encoding="utf-8")
    return json.loads(re.search(r"searchRecords = (\[.*\]);\n", text)[1])
