"""Two builds of one commit are equal byte by byte, and a rebuild redoes what a change concerns, no more."""

import re
import zipfile

import pytest
from builds import finish, list_page, start_build
from figures import GALLERY, imported
from snippets import snippets

BY_NAME = {s.name: s for s in snippets()}
CHANGES = {
    "huber": ("    return ", "    return 1.5 * "),
    "sigmoid": ("Notes\n    -----\n", "Notes\n    -----\n    This note is new.\n\n"),
}


def files(folder):
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.fixture(scope="module")
def built(folders):
    """The files of both builds, read before anything is changed."""
    return [files(folder / "build" / "html") for folder in folders]


def test_two_builds_are_equal(built):
    first, second = built
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []


def test_two_epubs_are_equal(folders):
    (first,), (second,) = ([*folder.glob("build/epub/*.epub")] for folder in folders)
    with zipfile.ZipFile(first) as one, zipfile.ZipFile(second) as other:
        assert one.namelist() == other.namelist()
        assert [name for name in one.namelist() if one.read(name) != other.read(name)] == []
    same = first.read_bytes() == second.read_bytes()  # by itself: pytest would compare them line by line
    assert same


@pytest.fixture(scope="module")
def rebuilt(folders, built):
    """What a build leaves, draws and reads when the code of one function and a note on another are new."""
    folder, _ = folders
    for name, (old, new) in CHANGES.items():
        module = folder / "cheatsheet" / f"{BY_NAME[name].module}.py"
        source = BY_NAME[name].source
        assert old in source
        text = module.read_text(encoding="utf-8").replace(source, source.replace(old, new))
        module.write_text(text, encoding="utf-8")
    before = {path: path.stat().st_mtime_ns for path in folder.glob("docs/gallery/*.md5")}
    output = finish(start_build(folder, "html"))
    drawn = [path.name for path, time in before.items() if path.stat().st_mtime_ns > time]
    run = {name.removesuffix(".py.md5") for name in drawn}
    read = set(re.findall(r"reading sources\.\.\. \[ *\d+%\] (\S+)", output))
    return files(folder / "build" / "html"), run, read


def test_figures_of_a_changed_function_are_drawn_anew(built, rebuilt):
    site, run, _ = rebuilt
    concerned = {path.stem for path in GALLERY.glob("plot_*.py") if "huber" in imported(path)}
    assert run == concerned
    drawn = {n for n in site if n.endswith(".svg") and "_thumb" not in n and site[n] != built[0][n]}
    assert drawn
    assert all(any(script in name for script in concerned) for name in drawn)


def test_pages_of_a_changed_function_are_read_anew(built, rebuilt):
    site, run, read = rebuilt
    for name, new in [("huber", b'mf">1.5'), ("sigmoid", b"This note is new.")]:
        anchor = f'id="{BY_NAME[name].path}"'.encode()
        (page,) = [page for page, text in site.items() if page.endswith(".html") and anchor in text]
        assert new in site[page]
        read = read - {page.removesuffix(".html")}
    for page in read:
        assert any(script.encode() in site[f"{page}.html"] for script in run), f"{page} was read for nothing"
    assert b"    return 1.5 * " in site["snippets/losses/huber.py"]


def test_page_of_the_source_follows(built, rebuilt):
    name = "_modules/cheatsheet/losses.html"
    assert rebuilt[0][name] != built[0][name]
    assert rebuilt[0][name].count(b"viewcode-back") == built[0][name].count(b"viewcode-back") > 1


def test_every_page_shows_a_new_page_and_no_removed_one(folders, built, rebuilt):
    folder, _ = folders
    list_page(folder, "new_page", "old_page", "new_page")
    (folder / "docs" / "old_page.md").unlink()
    finish(start_build(folder, "html"))
    site = files(folder / "build" / "html")
    assert "old_page.html" in built[0].keys() - site.keys()
    pages = [name for name in site if name.endswith(".html") and not name.startswith("_static")]
    assert all(b"Title of old_page" in built[0][name] for name in pages if name in built[0])
    assert [name for name in pages if b"Title of old_page" in site[name]] == []
    assert [name for name in pages if b"Title of new_page" not in site[name]] == []
