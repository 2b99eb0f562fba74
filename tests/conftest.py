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


# One process runs these in this order: the site is built once, and says how often a formula was checked.
SITE = [
    "test_formulas",
    "test_site",
    "test_search_index",
    "test_katex",
    "test_hover",
    "test_bundle",
    "test_book",
    "browser",
]


def place(nodeid):
    """Where in the order a test's file stands: those of the site, then the longest, then all others."""
    name = nodeid.removeprefix("tests/").partition("/")[0].partition(".py")[0]
    return [*SITE, "test_builds", name].index(name)


def pytest_collection_modifyitems(items):
    items.sort(key=lambda item: place(item.nodeid))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """A process takes a file at a time, or all of the site's."""
    from xdist.scheduler import LoadFileScheduling

    class Scheduling(LoadFileScheduling):
        def _split_scope(self, nodeid):
            return "site" if place(nodeid) < len(SITE) else super()._split_scope(nodeid)

    config.option.loadscopereorder = False  # else it would start with the file of the most tests
    return Scheduling(config, log)


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
