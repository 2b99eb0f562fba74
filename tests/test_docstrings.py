"""A snippet's docstring has the form that the site and the other tests read."""

import re

import pytest
from numpydoc.docscrape import NumpyDocString
from snippets import IDENTIFIERS, SIZES, VOCABULARY, snippets

LONGEST_CODE = 30  # lines; of a layer, each of its two passes


def test_names_are_unique():
    names = [s.name for s in snippets()]
    assert sorted(set(names)) == sorted(names)


def test_summary_is_one_sentence(snippet):
    assert snippet.summary, f"{snippet} has no docstring: begin it with one sentence that says what it is"
    assert snippet.summary.endswith("."), f"end the summary of {snippet} with a full stop"
    assert len(snippet.summary) <= 88, f"the summary of {snippet} is too long for one line: {snippet.summary}"


def test_has_one_formula(snippet):
    assert snippet.formula


def test_says_when_to_use_it(snippet):
    assert snippet.use or snippet.is_derivative, f"{snippet}: add a paragraph 'Use it ...' below the formula"


def test_parameters_match_the_signature(snippet):
    documented = [p.name for p in snippet.parameters]
    assert documented == list(snippet.signature.parameters), (
        f"Parameters of {snippet} must list its arguments"
    )


def test_types_are_readable(snippet):
    assert snippet.results, f"{snippet} has no section Returns"
    for argument in snippet.parameters + snippet.inputs + snippet.results + snippet.gradients:
        assert argument.slot.text


def test_parameters_name_their_symbol(snippet):
    for parameter in snippet.inputs:
        assert parameter.symbols, (
            f"{snippet}: the text of {parameter.name} names no symbol; write :math:`...`"
        )
        symbol = parameter.symbols[0]
        start = re.sub("_0$", "_{t-1}", symbol)  # h_0 is where the steps start
        indexed = re.sub("_(.)$", r"_{\1,", symbol)  # W_{Q,h} is an entry of W_Q
        assert any(form in snippet.formula for form in (symbol, start, indexed)), (
            f"{snippet}: {parameter.name}'s symbol {symbol} is not in the formula"
        )
    symbols = list(snippet.symbols.values())
    assert sorted(set(symbols)) == sorted(symbols), f"{snippet}: one symbol stands for two parameters"


def test_common_symbols_have_one_meaning_on_the_whole_site(snippet):
    for name, symbol in snippet.symbols.items():
        assert symbol not in {"n", "K", "d"}, f"{snippet}: {symbol} is the {SIZES[symbol]} everywhere"
        if symbol in VOCABULARY:
            meaning, names = VOCABULARY[symbol]
            assert name in names, (
                f"{snippet}: {symbol} means '{meaning}' everywhere, so {name} needs another symbol"
            )
    for name, symbol in snippet.symbols.items():
        carried = {symbol for symbol, (_, names) in VOCABULARY.items() if name in names}
        assert not carried or symbol in carried, f"{snippet}: {name} has the symbol {carried} everywhere"


def test_example_calls_it(snippet):
    assert re.search(rf"^(>>>|\.\.\.).*\b{snippet.name}\(", snippet.examples, re.MULTILINE), (
        f"{snippet} has no example that calls it: add '>>> {snippet.name}(...)' to its docstring's Examples"
    )


def test_errors_are_documented(snippet):
    raised = set(re.findall(r"raise (\w+)", snippet.code))
    assert raised <= {r.type for r in snippet.raises}, f"{snippet}: add {raised} under Raises"


def test_see_also_knows_its_names(snippet):
    names = {s.name for s in snippets()}
    assert set(snippet.neighbours) <= names, f"{snippet}: See Also names an unknown snippet"


def test_code_is_short(snippet):
    assert len(snippet.code.splitlines()) <= LONGEST_CODE * (1 + bool(snippet.gradients))


def test_backward_pass_returns_a_gradient_for_each_array(snippet):
    arrays = {p.name: p.slot for p in snippet.given if p.slot.shape is not None}
    for gradient in snippet.gradients:
        of = arrays.get(gradient.name.removeprefix("d"))
        assert of, f"{snippet}: name what backward returns dx for the argument x, not {gradient.name}"
        assert gradient.slot.shape == of.shape
    if any(r.is_backward for r in snippet.results):
        needed = [f"d{name}" for name, slot in arrays.items() if not slot.domain]
        assert [g.name for g in snippet.gradients if g.name in needed] == needed


def isbn_is_valid(isbn):
    digits = [10 if c == "X" else int(c) for c in isbn.replace("-", "")]
    if len(digits) == 13:
        return sum(d * (3 if i % 2 else 1) for i, d in enumerate(digits)) % 10 == 0
    return len(digits) == 10 and sum(d * (10 - i) for i, d in enumerate(digits)) % 11 == 0


@pytest.mark.parametrize(("isbn", "valid"), [("978-0-262-03561-3", True), ("978-0-262-03561-4", False)])
def test_isbn_check_digit(isbn, valid):
    assert isbn_is_valid(isbn) == valid


def test_references_are_complete(snippet):
    assert snippet.references or snippet.is_derivative, (
        f"{snippet} has no source: add '.. [1] Authors (year). Title. Venue. doi:...' under References"
    )
    for reference in snippet.references:
        assert re.match(r"[^(]{3,}\((1[89]|20)\d\d\)\. \S.{5,}", reference), (
            f"{snippet}: write 'Authors (year). Title': {reference}"
        )
        found = [match for pattern in IDENTIFIERS.values() for match in pattern.findall(reference)]
        assert found, f"{snippet}: the reference has no DOI, arXiv number or ISBN: {reference}"
        for isbn in IDENTIFIERS["isbn"].findall(reference):
            assert isbn_is_valid(isbn), f"{snippet}: the ISBN {isbn} has a wrong check digit"


def test_one_work_is_cited_in_one_form():
    """Two citations with the same identifier must agree to the letter."""
    forms = {}
    for snippet in snippets():
        for reference in snippet.references:
            for pattern in IDENTIFIERS.values():
                for identifier in pattern.findall(reference):
                    forms.setdefault(identifier, set()).add(reference)
    assert [sorted(texts) for texts in forms.values() if len(texts) > 1] == []


def test_sections_are_numpydoc(snippet):
    assert isinstance(snippet.doc, NumpyDocString)
    order = ["Parameters", "Returns", "Raises", "See Also", "Notes", "References", "Examples"]
    headings = re.findall(r"^ *(\w[\w ]+)\n *-{3,}$", snippet.function.__doc__, re.MULTILINE)
    assert headings == [h for h in order if h in headings], f"{snippet}: sections out of order or unknown"
