"""The package as it is installed: light to import, complete as a wheel, one version."""

import doctest
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import snippets

import cheatsheet

ROOT = Path(__file__).parents[1]


def run(*arguments):
    return subprocess.run(
        [sys.executable, *arguments], check=True, capture_output=True, text=True, cwd=ROOT
    ).stdout


def loaded_by(statement):
    return set(run("-c", f"import sys; {statement}; print(*sys.modules)").split())


def test_importing_it_loads_numpy_and_nothing_else():
    assert loaded_by("import cheatsheet") - loaded_by("import importlib") == {"cheatsheet"}
    topics = {f"cheatsheet.{name}" for name in cheatsheet.__all__}
    every = loaded_by(f"import {', '.join(topics)}") - loaded_by("import importlib, numpy")
    assert every == {"cheatsheet", *topics}


def test_topics_are_there_after_the_package_is_imported():
    assert run("-c", "import cheatsheet; print(cheatsheet.losses.huber([0, 0], [0.5, 3]))") == "1.3125\n"
    assert cheatsheet.__getattr__("losses") is cheatsheet.losses
    with pytest.raises(AttributeError, match=r"there are activations, .*losses, metrics"):
        _ = cheatsheet.alchemy


def test_every_module_is_listed():
    assert sorted(cheatsheet.__all__) == sorted(
        p.stem for p in Path(cheatsheet.__file__).parent.glob("[!_]*.py")
    )


def test_wheel_holds_the_package_and_nothing_else(tmp_path):
    run(
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "--wheel-dir",
        str(tmp_path),
        ".",
    )
    (wheel,) = tmp_path.glob("*.whl")
    assert f"-{cheatsheet.__version__}-" in wheel.name
    names = zipfile.ZipFile(wheel).namelist()
    info = [n for n in names if ".dist-info/" in n]
    assert sorted(set(names) - set(info)) == sorted(
        f"cheatsheet/{p.name}" for p in Path(cheatsheet.__file__).parent.glob("*.py")
    )
    assert any(n.endswith("licenses/LICENSE") for n in info)


def test_version_is_written_once():
    written = re.compile(rf"(?<![\d.]){re.escape(cheatsheet.__version__)}(?![\d.])")
    places = [
        p.name
        for p in (ROOT / "pyproject.toml", ROOT / "conf.py", ROOT / "CITATION.cff")
        if written.search(p.read_text())
    ]
    assert places == []


def test_readme_examples():
    assert doctest.testfile(str(ROOT / "README.md"), module_relative=False) == (0, 2)


def test_contributing_shows_a_snippet_as_it_is():
    pattern = re.search(r"```python\n(.*?)\n```", (ROOT / "CONTRIBUTING.md").read_text(), re.DOTALL)[1]
    assert pattern in {s.source for s in snippets.snippets()}


def test_documents_keep_their_length():
    """A page for newcomers fits a sitting: README below 100 lines, CONTRIBUTING below 60."""
    assert len((ROOT / "README.md").read_text().splitlines()) < 100
    assert len((ROOT / "CONTRIBUTING.md").read_text().splitlines()) < 60
