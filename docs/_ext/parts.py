"""Which texts and figures a change of the package concerns.

Sphinx reads a page anew when a file that it depends on is newer than the page, and sphinx-gallery draws a
figure anew when its script has changed. A module holds the functions of many pages and figures. So each text
that the build makes is kept in a file of its own, written only when the text changes, and pages depend on
these files, not on the modules. The navigation is such a text, too: all pages show it.
"""

import gc
from pathlib import Path

import figures
import ink
import jinja2
from snippets import modules, snippets
from sphinx.pycode import ModuleAnalyzer

PARTS = Path(__file__).parents[2] / "build" / "parts"


def keep(name, text):
    """The file that keeps the text; it is as old as the text's last change."""
    path = PARTS / name
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return path


def include(app, name):
    """The text that was kept under the name; the page that is being read depends on it."""
    path = PARTS / name
    app.env.note_dependency(path)
    return path.read_text(encoding="utf-8")


def forget_stale_figures(app):
    """Make sphinx-gallery run those scripts again whose functions, or their style, have changed."""
    by_name = {s.name: s for s in snippets()}
    drawing = (figures.STYLE, Path(figures.__file__), Path(ink.__file__))
    style = [path.read_text(encoding="utf-8") for path in drawing]
    for script in figures.GALLERY.glob("plot_*.py"):
        drawn = Path(app.srcdir, "gallery", f"{script.name}.md5")  # sphinx-gallery's record
        used = [by_name[name].code for name in sorted(figures.imported(script))]
        part = keep(script.stem, "\n".join(style + used))
        if drawn.exists() and drawn.stat().st_mtime_ns < part.stat().st_mtime_ns:
            drawn.unlink()


def forget_modules(app, doctree):
    """Take back the dependency on whole modules that autodoc has noted for the page."""
    files = {Path(module.__file__) for module in modules()}
    noted = app.env.dependencies.get(app.env.docname, set())
    noted -= {path for path in noted if Path(path).resolve() in files}


def refresh_sources(app):
    """Give the pages of the modules' source its present text, also for pages that are not read anew."""
    sources = getattr(app.env, "_viewcode_modules", {})
    for name, (code, _, *rest) in sources.items():
        analyzer = ModuleAnalyzer.for_module(name)
        if code != analyzer.code:
            analyzer.find_tags()
            sources[name] = (analyzer.code, analyzer.tags, *rest)


def remove_pages(app, env, added, changed, removed):
    """Take pages off the site whose text is gone."""
    for name in removed if app.builder.name == "html" else ():
        Path(app.outdir, app.builder.get_target_uri(name)).unlink(missing_ok=True)
    return []


def renew_navigation(app, env):
    """Write all pages again that are older than the navigation, since each shows it."""
    titles = sorted((name, title.astext()) for name, title in env.titles.items())
    navigation = keep("navigation", repr((titles, sorted(env.toctree_includes.items()))))

    def is_old(page):
        return page.exists() and page.stat().st_mtime_ns < navigation.stat().st_mtime_ns

    if app.builder.name != "html":
        return []
    for page in filter(is_old, Path(app.outdir, "_modules").rglob("*.html")):
        page.unlink()  # viewcode makes it again
    return [name for name in env.found_docs if is_old(Path(app.outdir, app.builder.get_target_uri(name)))]


def keep_templates(app):
    """Compile the theme's templates once, not in each build."""
    if templates := getattr(app.builder, "templates", None):
        folder = PARTS.with_name("templates")
        folder.mkdir(parents=True, exist_ok=True)
        templates.environment.bytecode_cache = jinja2.FileSystemBytecodeCache(str(folder))


def collect_less_garbage(app):
    """Modules stay, and nodes live long: a fifth of a build was spent looking for dead ones."""
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)


def setup(app):
    app.connect("builder-inited", collect_less_garbage, priority=1)
    app.connect("builder-inited", forget_stale_figures, priority=400)  # sphinx-gallery draws at 500
    app.connect("builder-inited", refresh_sources)
    app.connect("doctree-read", forget_modules, priority=900)  # after Sphinx has collected the dependencies
    app.connect("builder-inited", keep_templates)
    app.connect("env-get-outdated", remove_pages)
    app.connect("env-updated", renew_navigation)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
