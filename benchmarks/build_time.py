"""How long the site takes to build: generated sites of 30, 100 and 300 pages, and the present site.

A generated topic has a page with the table at a glance and nine pages of fourteen entries, functions of the
package under new names and with formulas of their own. Settings, extensions and templates are the project's.
Seconds are given on the clock and, in brackets, on the processor, which other programs disturb less.
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

from snippets import snippets  # noqa: E402

from cheatsheet import losses  # noqa: E402

ENTRIES = snippets(losses)[:14]
HUBER = next(snippet for snippet in snippets(losses) if snippet.name == "huber")
GUIDE = """# Topic {topic}

Prose with a formula, $y = {topic} x + b$, a {{term}}`link <Term {topic}>` and an example:

```python
import numpy as np

x = np.arange({topic})
```

## At a glance

% at a glance

```{{toctree}}
:hidden:
:glob:

topic_{topic}/*
```
"""
INDEX = """# Index

```{toctree}
:hidden:
:glob:

topic_*
gallery/plot_*
glossary
```
"""
STORY = '''"""
One story
=========

A figure that calls a function.
"""

import matplotlib.pyplot as plt

from cheatsheet.topic_0 import {name}

# %%
# The values of the function at two points, as two bars side by side.
fig, ax = plt.subplots()
ax.bar([0, 1], {name}([0, 0], [1, 2]))
plt.show()
'''


def new_name(topic, section, entry):
    return f"t{topic}_{section}_{entry.name}"


def section_source(topic, section):
    """The entries as one section of a module, under other names, each formula with the section's number."""
    text = "\n\n\n".join(entry.source for entry in ENTRIES)
    for entry in ENTRIES:
        text = re.sub(rf"\b{entry.name}\b", new_name(topic, section, entry), text)
    text = re.sub(r"(\.\. math::\n +)", rf"\g<1>\\text{{{topic}.{section}}} \\quad ", text)
    return f"# %% Section {section}\n\n\n{text}\n\n\n"


def copy_of_the_sources(folder):
    """The present site as it is in a fresh clone."""
    skip = shutil.ignore_patterns(".*", "build", "tests", "benchmarks", "__pycache__")
    shutil.copytree(ROOT, folder, ignore=skip, dirs_exist_ok=True)
    shutil.rmtree(folder / "docs" / "gallery", ignore_errors=True)


def generated_site(folder, topics):
    copy_of_the_sources(folder)
    docs, package, gallery = folder / "docs", folder / "cheatsheet", folder / "gallery"
    for path in [*docs.rglob("*.md"), *package.glob("[!_]*.py"), *gallery.glob("plot_*.py")]:
        path.unlink()
    init = (package / "__init__.py").read_text(encoding="utf-8")
    names = [f"topic_{topic}" for topic in range(topics)]
    (package / "__init__.py").write_text(re.sub("__all__ = .*", f"__all__ = {names}", init), encoding="utf-8")
    terms = ""
    for topic, name in enumerate(names):
        source = '"""A topic."""\n\nimport numpy as np\n\n'
        source += "".join(section_source(topic, section) for section in range(9))
        (package / f"{name}.py").write_text(source, encoding="utf-8")
        (docs / f"{name}.md").write_text(GUIDE.format(topic=topic), encoding="utf-8")
        (docs / name).mkdir()
        for section in range(9):
            page = f"# Section {topic}.{section}\n\nProse of the page.\n\n% entries Section {section}\n"
            (docs / name / f"page_{section}.md").write_text(page, encoding="utf-8")
        first = new_name(topic, 0, ENTRIES[0])
        terms += f"Term {topic}\n  A definition. See {{func}}`~cheatsheet.{name}.{first}`.\n\n"
    (docs / "index.md").write_text(INDEX, encoding="utf-8")
    (docs / "search_synonyms.txt").write_text("", encoding="utf-8")
    (docs / "glossary.md").write_text(f"# Glossary\n\n% terms\n{terms}", encoding="utf-8")
    (gallery / "plot_story.py").write_text(STORY.format(name=new_name(0, 0, ENTRIES[0])), encoding="utf-8")


def build(folder):
    """Seconds on the clock and on the processor."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    command = [sys.executable, "-m", "sphinx", "-c", ".", "-q", "-d", "build/doctrees", "docs", "build/html"]
    subprocess.run(command, cwd=folder, check=True, stderr=subprocess.PIPE)
    clock = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return clock, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def build_changed(folder, file, old, new):
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return build(folder)


def shown(seconds):
    return f"{seconds[0]:6.1f} ({seconds[1]:5.1f})"


def main():
    print("pages    from scratch  per page  growth       no change        one page    one function")
    least = None
    for pages in (30, 100, 300):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            generated_site(folder, pages // 10)
            scratch, nothing = build(folder), build(folder)
            page = build_changed(folder, "docs/topic_1/page_1.md", "Prose", "More prose")
            function = build_changed(folder, "cheatsheet/topic_1.py", "    return ", "    return 1.0 * ")
        per_page = scratch[1] / pages
        least = least or per_page
        seconds = "  ".join(map(shown, (nothing, page, function)))
        print(f"{pages:5}  {shown(scratch)}  {per_page:8.3f}  {per_page / least:6.2f}  {seconds}", flush=True)
    print("\nThe present site")
    with tempfile.TemporaryDirectory() as name:
        folder, file = Path(name), "cheatsheet/losses.py"
        copy_of_the_sources(folder)
        print(f"{shown(build(folder))}  from scratch")
        print(f"{shown(build(folder))}  no change")
        changed = HUBER.source.replace("    return ", "    return 1.5 * ")
        seconds = build_changed(folder, file, HUBER.source, changed)
        print(f"{shown(seconds)}  the code of one function, with the figures that it draws")
        summary = HUBER.summary.rstrip(".")
        seconds = build_changed(folder, file, summary, summary + ", also")
        print(f"{shown(seconds)}  the docstring of one function")


if __name__ == "__main__":
    main()
