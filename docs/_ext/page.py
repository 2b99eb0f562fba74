"""What every page gets beside its text: a description, sizes of its images, links that give nothing away."""

import html
import re

from docutils import nodes
from PIL import Image
from sphinx.transforms.post_transforms import SphinxPostTransform


def size_of(path):
    """Width and height of an image file in CSS pixels."""
    if path.suffix == ".svg":
        head = path.read_text(encoding="utf-8")[:1000]
        sizes = (re.search(rf'\b{side}="([\d.]+)(pt)?"', head) for side in ("width", "height"))
        return [round(float(size[1]) * (4 / 3 if size[2] else 1)) for size in sizes]
    with Image.open(path) as image:
        return image.size


class SizeImages(SphinxPostTransform):
    """An image takes its room before it is loaded, and is loaded when the reader comes near."""

    default_priority = 900  # after the images were collected
    formats = ("html",)

    def run(self, **kwargs):
        for image in self.document.findall(nodes.image):
            path = self.env.srcdir / image["uri"]
            if path.is_file() and not {"width", "height"} & set(image.attributes):
                image["width"], image["height"] = map(str, size_of(path))
            image["loading"] = "lazy"


class GuardLinks(SphinxPostTransform):
    """A page of another host learns nothing of the page that links to it."""

    default_priority = 900
    formats = ("html",)

    def run(self, **kwargs):
        for link in self.document.findall(nodes.reference):
            if link.get("refuri", "").startswith(("http:", "https:")):
                link["rel"] = "noopener"


def describe(app, pagename, templatename, context, doctree):
    """The first paragraph, as search engines show it."""
    first = next(doctree.findall(nodes.paragraph), None) if doctree else None
    title = re.sub(r"<[^>]*>", "", context.get("title") or "")
    text = (
        " ".join(first.astext().split())
        if first
        else f"{html.unescape(title)}: a page of the {app.config.project}."
    )
    if len(text) > 160:
        text = text[:157].rpartition(" ")[0] + " ..."
    tag = f'\n    <meta name="description" content="{html.escape(text)}" />'
    context["metatags"] = context.get("metatags", "") + tag


def setup(app):
    app.add_post_transform(SizeImages)
    app.add_post_transform(GuardLinks)
    app.connect("html-page-context", describe)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
