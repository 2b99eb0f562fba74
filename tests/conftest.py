"""Each test that asks for a snippet runs once for every snippet of the package."""

import json
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from builds import copy_sources, finish, list_page, start_build
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
    "browser",
]
BUILDS = ["test_book", "test_builds"]  # and another these, since they share two builds of a copy


def place(nodeid):
    """Where in the order the file of a test stands."""
    name = nodeid.removeprefix("tests/").partition("/")[0].partition(".py")[0]
    return [*SITE, *BUILDS, name].index(name)


def pytest_collection_modifyitems(items):
    items.sort(key=lambda item: place(item.nodeid))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """A process takes all of the site, all of the builds, or one other file."""
    from xdist.scheduler import LoadFileScheduling

    class Scheduling(LoadFileScheduling):
        def _split_scope(self, nodeid):
            if place(nodeid) < len(SITE):
                return "site"
            return "builds" if place(nodeid) < len(SITE + BUILDS) else super()._split_scope(nodeid)

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
def folders(tmp_path_factory):
    """Two clean builds at a time that share the sources, but no folder, hash seed, time zone, jobs."""
    folder = tmp_path_factory.mktemp("builds")
    first, second = folder / "first", folder / "another folder" / "second"
    for copy in (first, second):
        copy_sources(copy)
        list_page(copy, "old_page", "notation", "old_page\nnotation")
    for builder, epoch in [("html", {}), ("epub", {"SOURCE_DATE_EPOCH": "1000000000"})]:
        running = [
            start_build(first, builder, PYTHONHASHSEED="1", TZ="UTC", **epoch),
            start_build(second, builder, "-j", "2", PYTHONHASHSEED="2", TZ="Asia/Tokyo", **epoch),
        ]
        for process in running:
            assert "INFO" not in finish(process)  # of libraries that the reader of this output does not know
    return first, second


@pytest.fixture(scope="session")
def records(site):
    """What the search can find."""
    text = (site / "searchnames.js").read_text(encoding="utf-8")
    return json.loads(re.search(r"searchRecords = (\[.*\]);\n", text)[1])
