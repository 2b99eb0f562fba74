"""How long the site takes to build: sites of 30, 100 and 300 pages of entries, and the present site.

The pages are made of the package's own functions under new names and with formulas of their own, and built with the
project's settings, extensions and templates. Seconds are measured on the clock and, in brackets, on the processor,
which other programs disturb less.
"""

import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "docs" / "_ext")]

from snippets import Snippet, sections  # noqa: E402

from cheatsheet import losses  # noqa: E402

FUNCTIONS = [Snippet(getattr(losses, name)) for name in next(iter(sections(losses).values()))[:10]]
PROSE = """
Prose as it stands above the entries of a page: a few sentences with a formula such as $y = {number} x + b$ and a
link to {{func}}`~cheatsheet.page_{number}.{name}`, then an example.

```python
import numpy as np

x = np.arange({number})
```

"""
SCRIPT = '''"""
One story
=========

A figure that calls a function.
"""

import matplotlib.pyplot as plt

from cheatsheet.page_0 import {name}

# %%
# The value of the function at two points, as two bars side by side, no more than that.
fig, ax = plt.subplots()
ax.bar([0, 1], [{name}([0], [1]), {name}([0], [2])])
plt.show()
'''


def copy_of_the_sources(folder):
    """The present site as it is in a fresh clone."""
    skip = shutil.ignore_patterns(".*", "build", "tests", "benchmarks", "__pycache__")
    shutil.copytree(ROOT, folder, ignore=skip, dirs_exist_ok=True)
    shutil.rmtree(folder / "docs" / "gallery", ignore_errors=True)


def module(number):
    """Ten functions of the package under names that begin with the page's, each with a formula of its own."""
    text = "\n\n\n".join(snippet.source for snippet in FUNCTIONS)
    for snippet in FUNCTIONS:
        text = re.sub(rf"\b{snippet.name}\b", f"page_{number}_{snippet.name}", text)
    text = re.sub(r"(\.\. math::\n +)", rf"\g<1>\\text{{{number}}} \\quad ", text)
    return f'"""Functions of one page."""\n\nimport numpy as np\n\n# %% Entries\n\n\n{text}\n'


def generated_site(folder, pages):
    """A site of as many pages of entries, all on one level of the navigation: the hardest case for the theme."""
    copy_of_the_sources(folder)
    docs, package = folder / "docs", folder / "cheatsheet"
    for path in [*docs.rglob("*.md"), *package.glob("[!_]*.py"), *folder.glob("gallery/plot_*.py")]:
        path.unlink()
    names = [f"page_{number}" for number in range(pages)]
    init = (package / "__init__.py").read_text(encoding="utf-8")
    (package / "__init__.py").write_text(
        re.sub(r"__all__ = .*", f"__all__ = {names}", init), encoding="utf-8"
    )
    for number, name in enumerate(names):
        (package / f"{name}.py").write_text(module(number), encoding="utf-8")
        prose = PROSE.format(number=number, name=f"{name}_{FUNCTIONS[0].name}")
        (docs / f"{name}.md").write_text(f"# Page {number}\n{prose}% entries Entries\n", encoding="utf-8")
    listing = "\n".join([*names, "gallery/index", "glossary"])
    (docs / "index.md").write_text(
        f"# Pages\n\n```{{toctree}}\n:hidden:\n\n{listing}\n```\n", encoding="utf-8"
    )
    terms = "\n".join(
        f"Term {name}\n  See {{func}}`~cheatsheet.{name}.{name}_{s.name}`.\n"
        for name in names
        for s in FUNCTIONS[:1]
    )
    (docs / "glossary.md").write_text(f"# Glossary\n\n% terms\n{terms}", encoding="utf-8")
    script = SCRIPT.format(name=f"page_0_{FUNCTIONS[2].name}")
    (folder / "gallery" / "plot_story.py").write_text(script, encoding="utf-8")


def build(folder):
    """Seconds on the clock and on the processor."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    command = [sys.executable, "-m", "sphinx", "-c", ".", "-q", "-d", "build/doctrees", "docs", "build/html"]
    subprocess.run(command, cwd=folder, check=True)
    clock = time.perf_counter() - start
    now = resource.getrusage(resource.RUSAGE_CHILDREN)
    return clock, now.ru_utime + now.ru_stime - used.ru_utime - used.ru_stime


def change(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def shown(seconds):
    return f"{seconds[0]:6.1f} ({seconds[1]:5.1f})"


def main():
    print("pages   from scratch    a page  growth     no change      one page  one function")
    first = None
    for pages in (30, 100, 300):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            generated_site(folder, pages)
            scratch = build(folder)
            nothing = build(folder)
            change(folder / "docs" / "page_7.md", "Prose", "More prose")
            page = build(folder)
            change(folder / "cheatsheet" / "page_7.py", "    return ", "    return 1.0 * ")
            function = build(folder)
        each = scratch[1] / pages
        first = first or each
        print(
            f"{pages:5}  {shown(scratch)}  {each:6.3f} s  {each / first:5.2f}x {shown(nothing)} {shown(page)} {shown(function)}",
            flush=True,
        )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        copy_of_the_sources(folder)
        scratch = build(folder)
        nothing = build(folder)
        snippet = next(s for s in FUNCTIONS if s.name == "huber")
        path = folder / "cheatsheet" / "losses.py"
        change(path, snippet.source, snippet.source.replace("    return ", "    return 1.5 * "))
        function = build(folder)
        change(path, "Squared error near zero", "Squared error close to zero")
        docstring = build(folder)
    print("\nThe present site")
    for what, seconds in [
        ("from scratch", scratch),
        ("no change", nothing),
        ("the code of huber, with the figures that it draws", function),
        ("the docstring of huber", docstring),
    ]:
        print(f"{shown(seconds)}  {what}")


if __name__ == "__main__":
    main()
