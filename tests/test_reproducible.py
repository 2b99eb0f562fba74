"""Two builds of one commit are equal, byte by byte: what is published depends on nothing but the sources."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCES = ["conf.py", "cheatsheet", "docs", "gallery"]


def start_clean_build(folder, *options, **environment):
    """Begin to build a copy of the sources, without anything that was built before."""

    def built(path, names):
        return {"__pycache__"} | ({"gallery"} if Path(path) == ROOT / "docs" else set())

    folder.mkdir(parents=True)
    for name in SOURCES:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy2
        copy(ROOT / name, folder / name, **({"ignore": built} if copy is shutil.copytree else {}))
    command = [sys.executable, "-m", "sphinx", "-c", ".", "-n", "-W", "-q", *options, "-d", "build/doctrees"]
    return subprocess.Popen(
        [*command, "docs", "build/html"],
        cwd=folder,
        env=os.environ | environment,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.fixture(scope="module")
def builds(tmp_path_factory):
    """Two builds at once that share the sources and nothing else: not the folder, nor the hash seed, ..."""
    folder = tmp_path_factory.mktemp("builds")
    first, second = folder / "first", folder / "another folder" / "second"
    running = [
        start_clean_build(first, PYTHONHASHSEED="1", TZ="UTC"),
        start_clean_build(second, "-j", "2", PYTHONHASHSEED="2", TZ="Asia/Tokyo"),
    ]
    errors = [process.communicate()[1] for process in running]
    assert [process.returncode for process in running] == [0, 0], errors
    return first / "build" / "html", second / "build" / "html"


def test_two_builds_are_equal(builds):
    first, second = (
        {path.relative_to(site): path.read_bytes() for path in sorted(site.rglob("*")) if path.is_file()}
        for site in builds
    )
    assert first.keys() == second.keys()
    assert [str(path) for path in first if first[path] != second[path]] == []
