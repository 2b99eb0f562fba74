"""The site as one file: an EPUB whose formulas are MathML, and a PDF that Chromium prints."""

import re
import shutil
import subprocess
from pathlib import Path
from urllib.parse import unquote

from docutils import nodes
from ink import INK, INK_RULE
from katex import STYLE as FORMULAS
from reproducible import pack
from sphinx import addnodes
from sphinx.builders.epub3 import Epub3Builder
from sphinx.builders.singlehtml import SingleFileHTMLBuilder
from sphinx.errors import SphinxError
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx_design.shared import is_component

DOCS = Path(__file__).parents[1]
STYLE = DOCS / "_book" / "book.css"
PRINT = DOCS / "_print" / "print.css"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


class Book:
    """What both have in common: plain pages with a style of their own, no script, no link out of the book."""

    embedded = True  # Sphinx's word for pages without scripts
    add_permalinks = False
    download_support = False
    html_scaled_image_link = False
    search = False

    def get_theme_config(self):
        return "epub", {}

    def init_templates(self):
        self.config.templates_path = []  # those are the site's
        super().init_templates()

    def copy_static_files(self):
        for style in self.styles:
            shutil.copytree(style.parent, self.outdir / "_static" / style.parent.name, dirs_exist_ok=True)


class Epub(Book, Epub3Builder):
    styles = (STYLE,)
    page_endings = (".xhtml",)

    def init(self):
        super().init()
        self.use_index = False

    def prepare_writing(self, docnames):
        super().prepare_writing(docnames)
        self.domain_indices = []

    def copy_image_files(self):
        super().copy_image_files()
        for path in Path(self.outdir, self.imagedir).glob("*.svg"):  # few readers know CSS variables
            svg = path.read_text(encoding="utf-8")
            path.write_text(svg.replace(INK_RULE, "").replace("var(--ink)", INK), encoding="utf-8")

    def build_content(self):
        """Say in the list of files which pages hold MathML: the standard wants it."""
        super().build_content()

        def with_properties(item):
            page = Path(self.outdir, unquote(item[1])).read_text(encoding="utf-8")
            return item[0] + (' properties="mathml"' if "<math" in page else "")

        listing = Path(self.outdir, "content.opf")
        text = listing.read_text(encoding="utf-8")
        page = r'href="([^"]+)" media-type="application/xhtml\+xml"(?! properties)'
        listing.write_text(re.sub(page, with_properties, text), encoding="utf-8")

    def build_epub(self):
        names = ["mimetype", "META-INF/container.xml", "content.opf", "toc.ncx", *self.files]
        pack(self.outdir / f"{self.config.epub_basename}.epub", self.outdir, names)


class UnfoldTabs(SphinxPostTransform):
    """In a book there is nothing to click: what is in tabs follows each other."""

    default_priority = 190  # before sphinx-design makes them for HTML
    builders = ("epub", "pdf")

    def run(self, **kwargs):
        for tabs in list(self.document.findall(lambda node: is_component(node, "tab-set"))):
            parts = [(nodes.rubric("", "", *label), *content) for label, content in tabs]
            tabs.replace_self([node for part in parts for node in part])


class Pdf(Book, SingleFileHTMLBuilder):
    name = "pdf"
    epilog = "The PDF is in %(outdir)s."
    styles = (FORMULAS, STYLE, PRINT)
    page_endings = ()

    def init(self):
        super().init()
        self.config.suppress_warnings = [*self.config.suppress_warnings, "toc.not_readable"]  # no index here

    def assemble_doctree(self):
        """All pages in one, each as a chapter of its own, not as a part of the section that lists it."""
        tree = super().assemble_doctree()
        for page in list(tree.findall(addnodes.start_of_file)):
            chapter = page.parent
            while isinstance(chapter.parent, nodes.section):
                chapter = chapter.parent
            page.parent.remove(page)
            (tree if chapter.parent is tree else chapter).append(page)
        return tree

    def copy_download_files(self):
        pass

    def finish(self):
        super().finish()
        import pikepdf  # an extra of this builder alone

        browser = next(filter(None, map(shutil.which, BROWSERS)), None)
        if not browser:
            raise SphinxError(f"a PDF needs a browser that prints it: one of {', '.join(BROWSERS)}")
        page = Path(self.outdir, f"{self.config.root_doc}.html")
        printed = Path(self.outdir, f"{self.config.epub_basename}.pdf")
        options = ["--headless", "--no-pdf-header-footer", "--generate-pdf-document-outline"]
        options += ["--no-sandbox", f"--print-to-pdf={printed}"]  # the page is our own; root has no sandbox
        subprocess.run([browser, *options, page.as_uri()], check=True, capture_output=True)
        with pikepdf.open(printed, allow_overwriting_input=True) as pdf:
            pdf.save(object_stream_mode=pikepdf.ObjectStreamMode.generate)  # a third of the size


def use_own_styles(app, pagename, template, context, doctree):
    if isinstance(app.builder, Book):
        context["css_files"] = [f"_static/{style.parent.name}/{style.name}" for style in app.builder.styles]


def keep_inside(app, doctree, docname):
    """Drop links to what only the site has: plain files, sources, pages behind figures; keep the figures."""
    if not isinstance(app.builder, Book):
        return
    for link in list(doctree.findall(nodes.reference)):
        address = link.get("refuri", "#")
        path = address.partition("#")[0]
        if path and ":" not in path and not path.endswith(app.builder.page_endings):
            following = link.next_node(nodes.Text, descend=False, siblings=True)
            if following and following.startswith(" · "):
                link.parent.replace(following, nodes.Text(following.removeprefix(" · ")))
            link.replace_self([child for child in link if isinstance(child, nodes.image)])
        elif address.count("#") == 2:  # the page and the place in it; all places are now on one page
            link["refuri"] = "#" + address.rpartition("#")[2]


def setup(app):
    app.add_builder(Epub, override=True)
    app.add_builder(Pdf)
    app.add_post_transform(UnfoldTabs)
    app.connect("html-page-context", use_own_styles, priority=900)
    app.connect("doctree-resolved", keep_inside)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
