"""One style sheet and one script for all pages, cut down to what the pages use.

Theme and extensions bring about 2 MB of style sheets, scripts and fonts, in some thirty requests a page.
When the pages are written, this keeps the rules whose names occur in a page or a script, the glyphs of the
characters that occur in a page, and the scripts that a page needs.
"""

import base64
import hashlib
import html
import io
import json
import logging
import re
from pathlib import Path

import minify_html
import pydata_sphinx_theme
import tinycss2
from fontTools import subset
from fontTools.ttLib import TTFont
from sphinx.errors import ExtensionError

logging.getLogger(subset.__name__).setLevel(logging.WARNING)  # the code's color styles turn all logs on

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
}
ICONS = {"fa-solid-900", "fa-brands-400"}
FACE = r"@font-face\s*\{[^}]*\}"
DARK, LIGHT = "screen and (prefers-color-scheme:dark)", "print, not all and (prefers-color-scheme:dark)"


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


def shorten(script):
    """The script without comments and superfluous space."""
    return minify_html.minify(f"<script>{script}</script>", minify_js=True)[
        len("<script>") : -len("</script>")
    ]


ALWAYS = {"html", "body", "root", "data-theme", "data-mode"}  # the last two are set by first.js


def names_in(page):
    """What a rule can be about: tags, attributes, classes and ids."""
    names = {*re.findall(r"<([a-z]\w*)", page), *re.findall(r'\s([a-z][\w-]*)="', page)}
    for values in re.findall(r'\s(?:class|id)="([^"]*)"', page):
        names.update(values.split())
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


def by_color_mode(selector, body):
    """A rule for each way to its color mode: the reader chose it, or the system; paper is always light."""

    def where(media, mode, root):
        other = re.sub(rf"html\[data-theme=[\"']?{mode}[\"']?\]", root, selector)
        return f"@media {media}{{{other}{{{body}}}}}"

    if re.search(r"\[data-theme=[\"']?dark", selector):
        return where("screen", "dark", "html[data-theme=dark]") + where(
            DARK, "dark", "html:not([data-theme])"
        )
    rule = f"{selector}{{{body}}}"
    if re.search(r"\[data-theme=[\"']?light", selector):
        rule += where("print", "light", "html[data-theme=dark]") + where(
            LIGHT, "light", "html:not([data-theme])"
        )
    return rule


def shake(rules, names):
    """The rules of a style sheet that can apply, as text."""
    css = ""
    for rule in rules:
        if rule.type == "qualified-rule":
            selectors = [text_of(part) for part in parts(rule.prelude) if occurs(part, names)]
            body = text_of(rule.content)
            if selectors and body:
                css += by_color_mode(",".join(selectors), body)
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


def characters_by_class(page):
    """The characters of a page by the class of the element that they stand in; "" has those of all."""
    found = {}
    for classes, text in re.findall(r'<span class="([^"]*)"[^>]*>([^<]+)', page):
        for name in ["", *classes.split()]:
            found.setdefault(name, set()).update(html.unescape(text))
    return found


def classes_by_font(css):
    """The classes that KaTeX's rules set in each of its fonts; the font of the plain text serves all."""
    found = {"KaTeX_Main-Regular": {""}}
    rules = re.findall(r"([^{}]+)\{([^{}]*font-family:(KaTeX_\w+)[^{}]*)\}", re.sub(FACE, "", css))
    for selectors, body, family in rules:
        bold, italic = "Bold" * ("weight:700" in body), "Italic" * ("style:italic" in body)
        classes = {""} if "Size" in family else re.findall(r"\.([\w-]+)(?:,|$)", selectors)
        found.setdefault(f"{family}-{bold + italic or 'Regular'}", set()).update(classes)
    return found


def subset_font(path, text, cache):
    """The font with the glyphs of the text's characters alone, as WOFF2."""
    source = path.read_bytes()
    kept = cache / f"{hashlib.sha256(source + text.encode()).hexdigest()}.woff2"
    if not kept.exists():
        font = TTFont(io.BytesIO(source), recalcTimestamp=False)
        subsetter = subset.Subsetter(subset.Options(layout_features=[], hinting=False))
        subsetter.populate(text=text)
        subsetter.subset(font)
        font.flavor = "woff2"
        cache.mkdir(parents=True, exist_ok=True)
        font.save(kept)
    return kept.read_bytes()


def add_fonts(css, fonts, characters, cache):
    """Each @font-face that has something to show with a subset of its font, within the style sheet.

    A font that comes after the text moves it; one that comes with the style sheet does not.
    """
    classes = classes_by_font(css)
    icons = set(re.findall(r'--fa:"(.)"', css))

    def face(match):
        name = re.search(r"([\w-]+)\.woff2", match[0])[1]
        wanted = icons if name in ICONS else set()
        wanted = wanted.union(*(characters.get(c, ()) for c in classes.get(name, ())))
        text = "".join(sorted(wanted & set(map(chr, TTFont(fonts[name]).getBestCmap()))))
        if not text.strip():
            return ""
        data = base64.b64encode(subset_font(fonts[name], text, cache)).decode()
        return re.sub(r"src:[^;}]+", f'src:url(data:font/woff2;base64,{data}) format("woff2")', match[0])

    return re.sub(FACE, face, css)


def uses_of(pages, cache):
    """For each page its names, characters by class, and files; looked for anew only in pages that changed."""
    by = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()
    known = json.loads(cache.read_text(encoding="utf-8")) if cache.exists() else {}
    uses = {}
    for page in pages:
        key = hashlib.sha256(by.encode() + page.encode()).hexdigest()
        if key not in known:
            characters = {name: "".join(sorted(found)) for name, found in characters_by_class(page).items()}
            known[key] = [sorted(names_in(page)), characters, re.findall(r"_static/([^\"'?]+)", page)]
        uses[key] = known[key]
    cache.parent.mkdir(parents=True, exist_ok=True)
    cache.write_text(json.dumps(uses), encoding="utf-8")
    return uses.values()


def style_sheet(sheets, fonts, names, characters, cache):
    """The rules and glyphs that the pages use; made anew when the pages use others."""
    used = sorted(names), sorted((name, sorted(found)) for name, found in characters.items())
    key = hashlib.sha256(repr((sheets, used)).encode())
    for path in [Path(__file__), *fonts.values()]:
        key.update(path.read_bytes())
    kept = cache / f"{key.hexdigest()}.css"
    if not kept.exists():
        rules = [rule for sheet in sheets for rule in tinycss2.parse_stylesheet(sheet, True, True)]
        css = add_fonts(drop_unused_variables(shake(rules, names)), fonts, characters, cache)
        cache.mkdir(parents=True, exist_ok=True)
        kept.write_text(css, encoding="utf-8")
    return kept.read_text(encoding="utf-8")


def write_bundle(app, exception):
    """Write page.css and page.js, and remove what they replace."""
    if exception or app.builder.name != "html" or not hasattr(app, "bundle"):
        return
    static = Path(app.outdir, "_static")
    scripts = [static / name for name in app.bundle["script"] if name not in UNUSED]
    texts = [path.read_text(encoding="utf-8") for path in scripts] + [theme_script()]
    written = sorted(path for path in Path(app.outdir).rglob("*.html") if static not in path.parents)
    pages = [path.read_text(encoding="utf-8") for path in written]
    cache = Path(app.doctreedir).parent / "bundle"
    names = ALWAYS.union(*(re.findall(r"[A-Za-z][\w-]*", text) for text in texts))  # any word of a script
    characters, asked_for = {}, {"page.css", "page.js"}
    for own_names, own_characters, own_files in uses_of(pages, cache / "pages.json"):
        names.update(own_names)
        asked_for.update(own_files)
        for name, found in own_characters.items():
            characters.setdefault(name, set()).update(found)
    script = ";\n".join(shorten(text) for text in texts)
    (static / "page.js").write_text(script + "\n", encoding="utf-8")

    sheets = [(static / name).read_text(encoding="utf-8") for name in THEME_STYLES + app.bundle["css"]]
    fonts = {path.stem: path for path in sorted(static.rglob("*.woff2"))}
    css = style_sheet(sheets, fonts, names, characters, cache)
    (static / "page.css").write_text(css, encoding="utf-8")

    for path in static.rglob("*"):
        name = path.relative_to(static).as_posix()
        if path.is_file() and name not in asked_for:
            path.unlink()


def setup(app):
    app.connect("html-page-context", note_files, priority=900)
    app.connect("build-finished", write_bundle, priority=900)  # the theme completes pygments.css at 500
    return {"parallel_read_safe": True, "parallel_write_safe": True}
