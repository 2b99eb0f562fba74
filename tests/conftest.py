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


def pytest_collection_modifyitems(items):
    """The site is built after the formulas were checked, since it says how often."""
    items.sort(key=lambda item: "site" in item.fixturenames)


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
