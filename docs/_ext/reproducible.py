"""Two builds of one commit give the same bytes, wherever and whenever they run.

As a command: reproducible.py FOLDER ARCHIVE packs a built site.
"""

import sys
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from sphinx.util._serialise import stable_hash

FOLDERS = {"html_static_path", "templates_path", "sphinx_gallery_conf"}  # settings that hold absolute paths


def forget_folders(app):
    """Leave out of .buildinfo, a hash of the settings, in which folders the site and its packages lie."""
    if app.builder.name == "html":
        settings = {s.name: s.value for s in app.config.filter({"html"}) if s.name not in FOLDERS}
        app.builder.build_info.config_hash = stable_hash(settings)


def drop_zip(app, docname, source):
    """A gallery page links its script, its notebook and a dated archive of just these two: drop the last."""
    if docname.startswith("gallery/"):
        source[0] = source[0].partition("    .. container:: sphx-glr-download sphx-glr-download-zip\n")[0]


def pack(archive, folder, names):
    """Write files of a folder into a zip that depends on nothing but their names and contents."""
    with ZipFile(archive, "w") as target:
        for name in names:
            entry = ZipInfo(name)  # dated 1980
            entry.create_system = 3  # as on Unix, also elsewhere
            entry.external_attr = 0o644 << 16
            marker = name == "mimetype"  # programs know an EPUB by it, so it is not compressed
            target.writestr(entry, Path(folder, name).read_bytes(), ZIP_STORED if marker else ZIP_DEFLATED)


def setup(app):
    app.connect("builder-inited", forget_folders)
    app.connect("source-read", drop_zip)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


if __name__ == "__main__":
    site, target = Path(sys.argv[1]), Path(sys.argv[2])
    paths = [path for path in site.rglob("*") if path.is_file() and not path.name.startswith(".")]
    pack(target, site.parent, sorted(path.relative_to(site.parent).as_posix() for path in paths))
