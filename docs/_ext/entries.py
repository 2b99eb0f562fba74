"""Turn each snippet into an entry of the site: autodoc hands over the function, the docstring tells."""

import functools
import re
from pathlib import Path
from urllib.parse import quote

import jinja2
from docutils import nodes
from figures import figure_of, stories
from parts import include, keep
from snippets import IDENTIFIERS, LAWS, LIBRARIES, SIZES, VOCABULARY, Snippet, modules, sections, snippets

HERE = Path(__file__).parent
GLOSSARY = HERE.parent / "glossary.md"
TEMPLATE = jinja2.Environment(
    trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined
).from_string((HERE / "entry.rst.jinja").read_text(encoding="utf-8"))
MARK = re.compile(r"^% (at a glance|entries|symbols|references|stories|terms)(?: (.+))?$", re.MULTILINE)
IDENTIFIER_PAGES = {"doi": "https://doi.org/", "arXiv": "https://arxiv.org/abs/"}
LIBRARY_PAGES = {
    "torch.utils.data": "https://docs.pytorch.org/docs/stable/data.html#{name}",
    "torch.special": "https://docs.pytorch.org/docs/stable/special.html#{name}",
    "torch.nn.init": "https://docs.pytorch.org/docs/stable/nn.init.html#{name}",
    "torch": "https://docs.pytorch.org/docs/stable/generated/{name}.html",
    "keras.optimizers.schedules": "https://www.tensorflow.org/api_docs/python/tf/{path}",
    "keras.optimizers": "https://keras.io/api/optimizers/{last}/",
    "keras": "https://www.tensorflow.org/api_docs/python/tf/{path}",
    "optax": "https://optax.readthedocs.io/en/latest/api/generated/{name}.html",
    "jax": "https://docs.jax.dev/en/latest/_autosummary/{name}.html",
    "sklearn": "https://scikit-learn.org/stable/modules/generated/{name}.html",
    "scipy": "https://docs.scipy.org/doc/scipy/reference/generated/{name}.html",
    "numpy": "https://numpy.org/doc/stable/reference/generated/{name}.html",
}


def library_url(name):
    """The page of another library's function, by that library's own pattern; None for other names."""
    for prefix, pattern in LIBRARY_PAGES.items():
        if name.startswith(prefix + "."):
            return pattern.format(
                name=name, path=name.replace(".", "/"), last=name.rpartition(".")[2].lower()
            )
    return None


def with_links(reference):
    """A citation with its DOI or arXiv number as a link."""

    def link(match):
        identifier = match[1]
        url = IDENTIFIER_PAGES[match[0].partition(":")[0]] + quote(identifier, safe="/().;:")
        shown = match[0].replace("<", "\\<").replace(">", "\\>")
        return f"`{shown} <{url}>`__"

    for kind in ("doi", "arxiv"):
        reference = IDENTIFIERS[kind].sub(link, reference)
    return reference


def set_as_math(domain, symbols):
    """The set of a type slot as mathematics, with parameters under their symbols."""
    if domain in LAWS:
        return domain
    text = domain or "(-inf, inf)"
    text = (
        text.replace("inf", r"\infty").replace("...", r"\dots").replace(" * ", " ").replace("k - 1", "K - 1")
    )
    text = re.sub(r"log\((\w+)\)", lambda log: rf"\log {log[1].replace('k', 'K')}", text)
    text = text.replace("{", r"\{").replace("}", r"\}")
    for name, symbol in symbols.items():
        text = re.sub(rf"(?<!\\)\b{name}\b", lambda _, symbol=symbol: symbol, text)
    return f":math:`{text}`"


def range_of(snippet):
    """The set that each result lies in, with its unit; said once where it is the same for all."""
    results = [result for result in snippet.results if not (result.is_state or result.is_backward)]
    sets = {result.name: set_as_math(result.slot.domain, snippet.symbols) for result in results}
    if len(set(sets.values())) == 1:
        return ", ".join(filter(None, [sets[results[0].name], results[0].unit]))
    return ", ".join(f"``{name}`` {text}" for name, text in sets.items())


def legend(snippet):
    """What each symbol of the formula is, with its name in the code."""
    parts = [f":math:`{p.symbols[0]}` {p.meaning} (``{p.name}``)" for p in snippet.inputs]
    parts += [f":math:`{letter}` {SIZES[letter]}" for letter in snippet.sizes]
    return "Symbols: " + ", ".join(parts) + "."


def glossary_terms():
    """The glossary's entries: pairs of names (the term, then its aliases) and the definition."""
    terms, names, definition = [], [], []
    for line in [*GLOSSARY.read_text(encoding="utf-8").partition("% terms\n")[2].splitlines(), "End"]:
        if line.startswith("  "):
            definition.append(line.strip())
        elif line.strip():
            if definition:
                terms.append((names, " ".join(definition)))
                names, definition = [], []
            names = [*names, line.strip()]
    return terms


def linked(definition):
    """The functions that a definition links to, by their full names."""
    return set(re.findall(r"{func}`(?:[^`]*<)?~?([\w.]+)>?`", definition))


@functools.cache
def defined_terms():
    """The glossary, completed by a term for each snippet that no term speaks of."""
    terms = glossary_terms()
    told = {path for _, text in terms for path in linked(text)}
    missing = [s for s in snippets() if not s.is_derivative and s.path not in told]
    return terms + [([s.name], f"{s.summary} See {{func}}`~{s.path}`.") for s in missing]


@functools.cache
def relations():
    """The paths of all snippets by name, their derivatives by name, the terms that link to them by path."""
    paths, derivatives, terms = {s.name: s.path for s in snippets()}, {}, {}
    for s in snippets():
        derivatives.setdefault(s.base, []).append(s.path)
    for names, text in defined_terms():
        for path in linked(text):
            terms.setdefault(path, []).append(names[0])
    return paths, derivatives, terms


def render(snippet):
    """The entry as reStructuredText, with ROOT for the way from its page to the site's root."""
    paths, derivatives, terms = relations()
    return TEMPLATE.render(
        snippet=snippet,
        legend=legend(snippet),
        base=paths.get(snippet.base),
        derivatives=derivatives.get(snippet.name, []),
        neighbours=[(paths[name], text) for name, text in snippet.neighbours.items() if name in paths],
        terms=terms.get(snippet.path, []),
        figure=figure_of(snippet.name),
        references=[with_links(reference) for reference in snippet.references],
        libraries=LIBRARIES,
    )


def on_docstring(app, what, name, obj, options, lines):
    """Replace the docstring that autodoc found by the entry."""
    if what != "function":
        return
    text = include(app, Snippet(obj).path)
    lines[:] = text.replace("ROOT/", "../" * app.env.docname.count("/")).splitlines()


def list_table(header, widths, rows, css_class):
    """A reStructuredText table."""
    text = f".. list-table::\n   :header-rows: 1\n   :widths: {widths}\n   :class: {css_class}\n\n"
    for row in [header, *rows]:
        text += "".join(f"   {'* -' if i == 0 else '  -'} {cell}\n" for i, cell in enumerate(row))
    return text


def at_a_glance(module):
    """One row per snippet of the module: name, formula, range, when to use it."""
    all_snippets = snippets(module)
    rows = []
    for s in all_snippets:
        if s.is_derivative:
            continue
        links = "".join(f" :func:`derivative <{d.path}>`" for d in all_snippets if d.base == s.name)
        formula = " ".join(s.formula.split())
        rows.append(
            (
                f":func:`{s.name} <{s.path}>`{links}",
                f":math:`{formula}`",
                range_of(s),
                s.use.partition(". ")[0].rstrip(".") + ".",
            )
        )
    table = list_table(
        ("Name", "Formula", "Range and unit", "When to use it"), "20 38 16 26", rows, "at-a-glance"
    )
    return f".. py:module:: {module.__name__}\n\n{table}"


def entries(module, section):
    """Every function of one section of the module."""
    return f".. currentmodule:: {module.__name__}\n\n" + "".join(
        f".. autofunction:: {name}\n\n" for name in sections(module)[section]
    )


def symbols():
    """For each symbol its meaning, its names in the code, and the entries where it stands."""
    found = {}
    for s in snippets():
        for p in s.inputs:
            meanings, names, places = found.setdefault(p.symbols[0], ({}, {}, {}))
            meanings[p.meaning.capitalize()], names[p.name] = True, True
            if not s.is_derivative:
                places[f":func:`{s.name} <{s.path}>`"] = True
    for letter, text in SIZES.items():
        found.setdefault(letter, ({}, {}, {}))[0][text.capitalize()] = True
    return {
        symbol: (VOCABULARY[symbol][0] if symbol in VOCABULARY else "; ".join(meanings), names, places)
        for symbol, (meanings, names, places) in sorted(
            found.items(), key=lambda item: item[0].lstrip("\\").lower()
        )
    }


def notation():
    """One row per symbol: what it means, its names in the code, where it stands."""
    rows = [
        (f":math:`{symbol}`", meaning, ", ".join(f"``{n}``" for n in names), ", ".join(places))
        for symbol, (meaning, names, places) in symbols().items()
    ]
    return list_table(("Symbol", "Meaning", "In the code", "Entries"), "10 34 16 40", rows, "notation")


def references():
    """Every work that an entry cites, with the entries that cite it."""
    cited = {}
    for s in snippets():
        for reference in s.references:
            cited.setdefault(reference, []).append(f":func:`{s.name} <{s.path}>`")
    return "\n".join(
        f"- {with_links(reference)} Cited by {', '.join(places)}."
        for reference, places in sorted(cited.items(), key=lambda item: item[0].lower())
    )


@functools.cache
def glossary():
    """Names and definitions under each letter; an alias stands at its own place and points to its term."""
    terms = {names[0]: (names[1:], text) for names, text in defined_terms()}
    aliases = {alias: name for name, (others, _) in terms.items() for alias in others}
    letters = {}
    for name, (others, text) in terms.items():
        also = f" Also called {', '.join(others)}." if others else ""
        letters.setdefault(name[0].upper(), []).append((name, text + also))
    for alias, name in aliases.items():
        letters.setdefault(alias[0].upper(), []).append((alias, f"See {{term}}`{name}`."))
    return {letter: sorted(pairs, key=lambda p: p[0].lower()) for letter, pairs in sorted(letters.items())}


def definitions(letter):
    """The part of the glossary that a letter has."""
    terms = "\n".join(f"{name}\n  {definition}\n" for name, definition in glossary()[letter])
    return f"## {letter}\n\n```{{glossary}}\n{terms}```\n\n"


def terms_from_a_to_z():
    """Every name in the glossary as a link, letter by letter."""
    return "".join(
        f"## {letter}\n\n" + " ·\n".join(f"{{term}}`{name}`" for name, _ in pairs) + "\n\n"
        for letter, pairs in glossary().items()
    )


def story_list():
    """The gallery by topics: the first figure of each, then every story with its first sentence."""
    text, previous = "", None
    for story in stories():
        if story.topic != previous:
            previous, figure = story.topic, story.figures[0]
            text += f"\n.. rubric:: {story.topic.capitalize()}\n   :heading-level: 2\n\n"
            text += f".. figure:: {figure.image}\n   :alt: {figure.sentence}\n   :class: dark-light\n\n"
            text += f"   {figure.sentence}\n\n"
        text += f"- :doc:`{story.title} <{story.page}>`: {story.sentence}\n"
    return text


def on_source(app, docname, source):
    """Fill the place that a page leaves for what the build knows."""
    mark = MARK.search(source[0])
    if not mark:
        return
    topic = docname.partition("/")[0]
    kind, title = mark.groups()
    if kind == "terms" and title:
        first, last = title.split("-")
        text = "".join(include(app, f"terms {letter}") for letter in glossary() if first <= letter <= last)
    else:
        text = include(app, {"at a glance": f"{topic} {kind}", "entries": f"{topic} {title}"}.get(kind, kind))
    if kind != "terms":
        text = f"```{{eval-rst}}\n{text}\n```\n"
    after = "" if docname == GLOSSARY.stem else source[0][mark.end() :]  # there the definitions follow
    source[0] = source[0][: mark.start()] + text + after


def on_missing_reference(app, env, node, contnode):
    """Link the functions of other libraries without asking their servers for an inventory."""
    url = library_url(node.get("reftarget", ""))
    return nodes.reference("", "", contnode, internal=False, refuri=url) if url else None


def make_parts(app):
    """Write every text that the build makes from the package, if it has changed."""
    for snippet in snippets():
        keep(snippet.path, render(snippet))
    for module in modules():
        topic = module.__name__.rpartition(".")[2]
        keep(f"{topic} at a glance", at_a_glance(module))
        for title in sections(module):
            keep(f"{topic} {title}", entries(module, title))
    keep("symbols", notation())
    keep("references", references())
    keep("terms", terms_from_a_to_z())
    for letter in glossary():
        keep(f"terms {letter}", definitions(letter))
    keep("stories", story_list())


def write_files(app, exception):
    """Each snippet as a file of its own, to be fetched and run."""
    if exception or app.builder.name != "html":
        return
    for snippet in snippets():
        path = Path(app.outdir, "snippets", snippet.module, f"{snippet.name}.py")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(snippet.file, encoding="utf-8")


def setup(app):
    app.setup_extension("parts")
    app.connect("builder-inited", make_parts)
    app.connect("autodoc-process-docstring", on_docstring)
    app.connect("source-read", on_source)
    app.connect("missing-reference", on_missing_reference)
    app.connect("build-finished", write_files)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
