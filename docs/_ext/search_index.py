"""The index of names behind the search dialog: functions, terms, symbols, pages and sections.

docs/_static/search.js loads it, together with the library that searches it, when a reader opens the dialog.
The full text of the pages is not in it: that is Sphinx's own index, on the search page.
"""

import json
import re
import unicodedata
from pathlib import Path

from docutils import nodes
from entries import defined_terms, linked, symbols
from snippets import snippets
from sphinx import addnodes
from sphinx.errors import ExtensionError

DOCS = Path(__file__).parents[1]
SYNONYMS = DOCS / "search_synonyms.txt"
LIBRARY = DOCS / "_minisearch" / "minisearch.js"
NOTICE = "/* MiniSearch 7.2.0, Copyright 2022 Luca Ongaro, MIT License: github.com/lucaong/minisearch */"
COMMENT = re.compile(r"^ *(?:/\*\*.*?\*/|//[^\n]*)(?:\n|$)", re.MULTILINE | re.DOTALL)  # half of the library
KIND_OF_NAME = re.compile(r"(?:loss|function|score|coefficient)$")  # "Huber loss" is huber, "F1 score" is f1


def joined(name):
    """The letters and digits of a name: ``f1score`` for "F1 score" and for ``f1_score``."""
    name = unicodedata.normalize("NFKD", re.sub(r"['’]s\b", "", name)).lower()
    return "".join(re.findall(r"[^\W_]+", name))


def spoken(symbol):
    r"""A symbol in words: "y hat" for ``\hat{y}``, "TPR" for ``\mathrm{TPR}``."""
    symbol = re.sub(r"\\math\w+\{(\w+)\}", r"\1", symbol)
    symbol = re.sub(r"\\(hat|bar|tilde)\{(\w+)\}", r"\2 \1", symbol)
    return " ".join(re.findall(r"[^\W_]+", symbol))


def greek_letter(symbol):
    """The letter as a reader may paste it; nothing for other symbols."""
    name = symbol.removeprefix("\\")
    size = "small" if name.islower() else "capital"
    try:
        return [unicodedata.lookup(f"greek {size} letter {name.replace('lambda', 'lamda')}")]
    except KeyError:
        return []


def anchor_of(symbol):
    return "symbol-" + spoken(symbol).replace(" ", "-")


def first_sentence(definition):
    """The first sentence of a definition as plain text, up to its formula; empty if it needs the formula."""
    text = re.split(r"[,:] \{(?:math|func)\}|[.;](?=\s|$)", definition)[0]
    if "{math}" in text:
        return ""
    text = re.sub(r"\{\w+\}`([^`<]+?) <[^`]+>`", r"\1", text)
    return re.sub(r"\{\w+\}`~?(?:[\w.]+\.(?=\w))?([^`]+)`", r"\1", text)


def own_names():
    """For each function the names of the terms that it computes.

    Those are the terms that share its name, and a term that speaks of nothing else and is alone in doing so.
    """
    functions = {s.path: s.name for s in snippets() if not s.is_derivative}
    terms = [(names, linked(text) & functions.keys()) for names, text in defined_terms()]
    own = {}
    for path, function in functions.items():
        telling = [(names, paths) for names, paths in terms if path in paths]
        for names, paths in telling:
            forms = {joined(name) for name in names}
            forms |= {KIND_OF_NAME.sub("", form) for form in forms}
            if joined(function) in forms or len(telling) == len(paths) == 1:
                own[path] = [*own.get(path, []), *names]
    return own


def synonyms():
    """What readers type that is no real name, by the function, term or symbol that they mean."""
    found = {}
    for line in SYNONYMS.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            typed, _, target = line.partition(" -> ")
            found.setdefault(target, []).append(typed)
    return found


def records(app):
    """Everything that can be found. Of equal hits, the one that comes first here is shown first."""
    env = app.env
    objects = env.domains.python_domain.objects
    glossary = {
        name: (docname, anchor)
        for name, _, kind, docname, anchor, _ in env.domains.standard_domain.get_objects()
        if kind == "term"
    }
    own, typed = own_names(), synonyms()

    def record(kind, title, place, text, names=(), other=()):
        docname, anchor = place
        url = app.builder.get_target_uri(docname) + (f"#{anchor}" if anchor else "")
        return {"kind": kind, "title": title, "url": url, "text": text, "names": names, "other": other}

    for s in snippets():
        kind, names = "entry", own.get(s.path, [])
        if s.is_derivative:
            base = s.path.removesuffix(s.name) + s.base
            kind, names = "derivative", [f"{name} derivative" for name in own.get(base, [])]
        counterparts = {name.rpartition(".")[2] for name in s.counterparts}
        place = objects[s.path].docname, objects[s.path].node_id
        yield record(kind, s.name, place, s.summary, names, sorted(counterparts) + typed.pop(s.path, []))
    for (term, *aliases), definition in defined_terms():
        text = first_sentence(definition) or "Glossary"
        yield record("term", term, glossary[term], text, aliases, typed.pop(term, []))
    for symbol, (meaning, _, _) in symbols().items():
        place = "notation", anchor_of(symbol)
        yield record("symbol", spoken(symbol), place, meaning, greek_letter(symbol), typed.pop(symbol, []))
    above = {page: parent for parent, pages in env.toctree_includes.items() for page in pages}
    for docname, toc in sorted(env.tocs.items()):
        for link in toc.findall(nodes.reference):
            title, anchor = link.astext(), link["anchorname"].removeprefix("#")
            if not anchor:
                text = env.titles[above.get(docname, env.config.root_doc)].astext()
                yield record("page", title, (docname, ""), text)
            elif anchor not in objects and len(title) > 1:  # not the letters of the glossary
                yield record("section", title, (docname, anchor), env.titles[docname].astext())
    if typed:
        raise ExtensionError(f"{SYNONYMS.name} names what this site has not: {', '.join(typed)}")


def give_symbols_anchors(app, doctree):
    """Each row of the table of symbols can be linked to."""
    for table in doctree.findall(nodes.table):
        if "notation" in table["classes"]:
            for row in table.findall(nodes.row):
                if symbol := next(row.findall(nodes.math), None):
                    row["ids"].append(anchor_of(symbol.astext()))


def leave_out_code(app, doctree, docname):
    """The full text is searched for words. Formulas and code have none, and are a third of the index.

    Entries of the general index are names: the search dialog finds them, and a rebuild would lose them here.
    """
    if docname.startswith("gallery/"):
        app.env.metadata[docname]["no-search"] = True
    for node in doctree.findall(lambda n: isinstance(n, nodes.math | nodes.math_block | nodes.literal_block)):
        node["classes"].append("no-search")
    for node in list(doctree.findall(addnodes.index)):
        node.parent.remove(node)


def write_index(app, exception):
    if exception or not getattr(app.builder, "search", False):
        return
    library = COMMENT.sub("", LIBRARY.read_text(encoding="utf-8"))
    index = json.dumps(list(records(app)), ensure_ascii=False, separators=(",", ":"))
    text = f"{NOTICE}\n{library}\nglobalThis.searchRecords = {index};\n"
    Path(app.outdir, "searchnames.js").write_text(text, encoding="utf-8")


def setup(app):
    app.connect("doctree-read", give_symbols_anchors)
    app.connect("doctree-resolved", leave_out_code)
    app.connect("build-finished", write_index)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
