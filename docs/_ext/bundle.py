"""One style sheet and one script for all pages, cut down to what the pages use.

Theme and extensions bring about 2 MB of style sheets, scripts and fonts, in some thirty requests a page.
When the pages are written, this keeps the rules whose names occur in a page or a script, the glyphs of the
characters that occur in a page, and the scripts that a page needs.
"""

import base64
import hashlib
import io
import re
from pathlib import Path

import pydata_sphinx_theme
import rjsmin
import tinycss2
from fontTools import subset
from fontTools.ttLib import TTFont
from sphinx.errors import ExtensionError

# What the theme's own templates load. Left out are its scripts for menus and tooltips (the one menu is a
# popover) and for icons (they are a font). tests/test_bundle.py notices when a new theme loads others.
THEME_STYLES = ["basic.css", "styles/pydata-sphinx-theme.css"]
THEME_SCRIPTS = Path(pydata_sphinx_theme.__file__).parent / "assets" / "scripts"
# Of the theme's script: its sections by their headings, and what it calls in them when the page is there.
# Left out are banners and version menus, which this site has not, and a search for boxes to scroll that lays
# out the whole page; reader.js looks at what is on the screen.
THEME_SECTIONS = ["Theme interaction", "Search", "Inline search", "Sidebar modals", "Reveal (and animate)"]
THEME_CALLS = [
    "addModeListener",
    "setupSearchButtons",
    "setupMobileSidebarKeyboardHandlers",
    "setupArticleTocSyncing",
]
UNUSED = {
    "sg-tags.js",  # filters the gallery by tags: it has none
    "fa-regular-400.woff2",  # the outlined icons: all are solid
}
INLINE = 4000  # bytes; a smaller font costs less within the style sheet than as a request
FACE = r"@font-face\s*\{[^}]*\}"
DARK, LIGHT = "(prefers-color-scheme:dark)", "not all and (prefers-color-scheme:dark)"


def files(context, kind):
    """The names of the style sheets or scripts that a page was to load, within _static."""
    names = [getattr(entry, "filename", entry) for entry in context[f"{kind}_files"]]
    return [str(name).removeprefix("_static/") for name in names if name]


def note_files(app, pagename, templatename, context, doctree):
    """The last page before the bundle, the search page, tells what every page was to load."""
    app.bundle = {kind: files(context, kind) for kind in ("css", "script")}


def theme_script():
    """The parts of the theme's script that this site needs."""
    ready = (THEME_SCRIPTS / "mixin.js").read_text(encoding="utf-8").replace("export ", "")
    source = (THEME_SCRIPTS / "pydata-sphinx-theme.js").read_text(encoding="utf-8")
    _, *pieces = re.split(r"^/\*{9,}\n \* ", source, flags=re.MULTILINE)
    *sections, calls = ["/* " + piece for piece in pieces]
    kept = [text for text in sections if text[3:].startswith(tuple(THEME_SECTIONS))]
    wanted = [f"documentReady({name});" for name in THEME_CALLS]
    if len(kept) < len(THEME_SECTIONS) or not all(call in calls for call in wanted):
        raise ExtensionError("the theme's script has changed: look at THEME_SECTIONS and THEME_CALLS")
    return "\n".join(["(() => {", ready, *kept, *wanted, "})()"])


def names_in(pages, scripts):
    """What a rule can be about: tags, attributes, classes and ids of the pages, and any word of a script."""
    names = {"html", "body", "root"}
    for page in pages:
        names.update(re.findall(r"<([a-z]\w*)", page), re.findall(r'\s([a-z][\w-]*)="', page))
        for values in re.findall(r'\s(?:class|id)="([^"]*)"', page):
            names.update(values.split())
    for script in scripts:
        names.update(re.findall(r"[A-Za-z][\w-]*", script))
    return names


def occurs(selector, names):
    """Whether every tag, class, id and attribute occurs; functions such as :not() are let pass."""
    before = ""
    for token in selector:
        wanted = None
        if (token.type == "ident" and before != ":") or token.type == "hash":
            wanted = token.value
        elif token.type == "[] block":
            wanted = next(t.value for t in token.content if t.type == "ident")
        if wanted and wanted not in names:
            return False
        before = token.value if token.type == "literal" else ""
    return True


def text_of(tokens):
    """The tokens as text without superfluous space."""
    return re.sub(r"\s+", " ", tinycss2.serialize(tokens)).strip()


def parts(prelude):
    """The selectors of a rule, which commas separate."""
    found = [[]]
    for token in prelude:
        if token.type == "literal" and token.value == ",":
            found.append([])
        else:
            found[-1].append(token)
    return found


def without_script(selector, body):
    """What follows the reader's system when no script has set the color mode."""
    rule = ""
    for mode, condition in (("dark", DARK), ("light", LIGHT)):
        followed = re.sub(rf"html\[data-theme=[\"']?{mode}[\"']?\]", "html:not([data-theme])", selector)
        if followed != selector:
            rule += f"@media {condition}{{{followed}{{{body}}}}}"
    return rule


def shake(rules, names):
    """The rules of a style sheet that can apply, as text."""
    css = ""
    for rule in rules:
        if rule.type == "qualified-rule":
            selectors = [text_of(part) for part in parts(rule.prelude) if occurs(part, names)]
            body = text_of(rule.content)
            if selectors and body:
                css += f"{','.join(selectors)}{{{body}}}{without_script(','.join(selectors), body)}"
        elif rule.type == "at-rule" and rule.lower_at_keyword in ("media", "supports", "layer", "container"):
            inner = shake(tinycss2.parse_rule_list(rule.content, True, True), names)
            if inner:
                css += f"@{rule.at_keyword} {text_of(rule.prelude)}{{{inner}}}"
        elif rule.type == "at-rule" and rule.content:
            css += f"@{rule.at_keyword} {text_of(rule.prelude)}{{{text_of(rule.content)}}}"
    return css


def drop_unused_variables(css):
    """The text without custom properties that nothing reads; dropping one can free others."""
    declaration = r"(?<=[{;])\s*(--[\w-]+)\s*:((?:[^;{}\"']|\"[^\"]*\"|'[^']*')*)(?:;|(?=\}))"
    before = None
    while css != before:
        before, read = css, set(re.findall(r"var\(\s*(--[\w-]+)", css))
        css = re.sub(declaration, lambda match, read=read: match[0] if match[1] in read else "", css)
    return re.sub(r"[^{}]*\{\s*\}", "", css)


def subset_font(path, text, cache):
    """The font with the glyphs of the text's characters alone, as WOFF2; None if it has none of them."""
    source = path.read_bytes()
    key = hashlib.sha256(source + text.encode()).hexdigest()
    kept = cache / f"{key}.woff2"
    if not kept.exists():
        font = TTFont(io.BytesIO(source), recalcTimestamp=False)
        if not set(font.getBestCmap()) & set(map(ord, text)):
            return None
        options = subset.Options(flavor="woff2", layout_features=[], hinting=False, desubroutinize=True)
        subsetter = subset.Subsetter(options)
        subsetter.populate(text=text)
        subsetter.subset(font)
        font.flavor = "woff2"
        cache.mkdir(parents=True, exist_ok=True)
        font.save(kept)
    return kept.read_bytes()


def add_fonts(css, folder, fonts, text, cache):
    """Each @font-face with a subset of its font; nothing where no rule or character asks for it."""
    rules = re.sub(FACE, "", css).replace("\\", "")
    icons = "".join(re.findall(r'--fa:"(.)"', css))

    def face(match):
        family = re.search(r"font-family:\s*([^;}]+)", match[0])[1].strip("\"' ").replace("\\", "")
        name = re.search(r"url\([\"']?([^\"')]+)", match[0])[1].rpartition("/")[2]
        if name in UNUSED or family not in rules:
            return ""
        data = subset_font(fonts[name], icons if "Awesome" in family else text, cache)
        if data is None:
            return ""
        url = f"fonts/{name}"
        if len(data) < INLINE:
            url = "data:font/woff2;base64," + base64.b64encode(data).decode()
        else:
            (folder / "fonts").mkdir(exist_ok=True)
            (folder / url).write_bytes(data)
        return re.sub(r"src:[^;}]+", f'src:url({url}) format("woff2")', match[0])

    return re.sub(FACE, face, css)


def write_bundle(app, exception):
    """Write page.css, page.js and the fonts, and remove what they replace."""
    if exception or app.builder.name != "html" or not hasattr(app, "bundle"):
        return
    static = Path(app.outdir, "_static")
    cache = Path(app.doctreedir).parent / "fonts"
    scripts = [static / name for name in app.bundle["script"] if name not in UNUSED]
    texts = [path.read_text(encoding="utf-8") for path in scripts] + [theme_script()]
    pages = [path.read_text(encoding="utf-8") for path in sorted(Path(app.outdir).rglob("*.html"))]
    names = names_in(pages, texts)
    (static / "page.js").write_text(";\n".join(map(rjsmin.jsmin, texts)) + "\n", encoding="utf-8")

    sheets = THEME_STYLES + app.bundle["css"]
    rules = [
        rule
        for name in sheets
        for rule in tinycss2.parse_stylesheet((static / name).read_text(encoding="utf-8"), True, True)
    ]
    css = drop_unused_variables(shake(rules, names))
    text = "".join(sorted(set("".join(pages))))
    fonts = {path.name: path for path in static.rglob("*.woff2") if path.parent != static / "fonts"}
    (static / "page.css").write_text(add_fonts(css, static, fonts, text, cache), encoding="utf-8")

    asked_for = set(re.findall(r"_static/([^\"'?]+)", "".join(pages)))
    for path in static.rglob("*"):
        name = path.relative_to(static).as_posix()
        if path.is_file() and name not in asked_for and not name.startswith("fonts/"):
            path.unlink()


def setup(app):
    app.connect("html-page-context", note_files, priority=900)
    app.connect("build-finished", write_bundle, priority=900)  # the theme completes pygments.css at 500
    return {"parallel_read_safe": True, "parallel_write_safe": True}
