"""Builds of a copy of the sources, apart from what is built in this folder."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def copy_sources(folder):
    """The sources alone, without anything that was built."""
    folder.mkdir(parents=True)
    shutil.copy2(ROOT / "conf.py", folder)
    for name in ("cheatsheet", "docs", "gallery"):
        built = {str(ROOT / "docs"): ["gallery"]}  # where sphinx-gallery writes
        ignore = lambda path, names, built=built: ["__pycache__", *built.get(path, [])]  # noqa: E731
        shutil.copytree(ROOT / name, folder / name, ignore=ignore)


def list_page(folder, name, listed, lines):
    """Write a page and put other lines in the place of one in the list of pages."""
    (folder / "docs" / f"{name}.md").write_text(f"# Title of {name}\n", encoding="utf-8")
    index = folder / "docs" / "index.md"
    text = index.read_text(encoding="utf-8")
    assert text.count(f"\n{listed}\n") == 1
    index.write_text(text.replace(f"\n{listed}\n", f"\n{lines}\n"), encoding="utf-8")


def start_build(folder, builder, *options, **environment):
    command = [sys.executable, "-m", "sphinx", "-c", ".", "-n", "-W", "-d", "build/doctrees", *options]
    return subprocess.Popen(
        [*command, "-b", builder, "docs", f"build/{builder}"],
        cwd=folder,
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def finish(process):
    """What a build prints, if it succeeds."""
    output, _ = process.communicate()
    assert process.returncode == 0, output
    return output
