"""Two builds of one commit give the same bytes, wherever and whenever they run."""

from sphinx.util._serialise import stable_hash

FOLDERS = {"html_static_path", "templates_path", "sphinx_gallery_conf"}  # settings that hold absolute paths


def forget_folders(app):
    """Leave out of .buildinfo, a hash of the settings, in which folders the site and its packages lie."""
    if app.builder.format == "html":
        settings = {s.name: s.value for s in app.config.filter({"html"}) if s.name not in FOLDERS}
        app.builder.build_info.config_hash = stable_hash(settings)


def drop_zip(app, docname, source):
    """A gallery page links its script, its notebook and a dated archive of just these two: drop the last."""
    if docname.startswith("gallery/"):
        source[0] = source[0].partition("    .. container:: sphx-glr-download sphx-glr-download-zip\n")[0]


def setup(app):
    app.connect("builder-inited", forget_folders)
    app.connect("source-read", drop_zip)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
