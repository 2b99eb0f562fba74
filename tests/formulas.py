r"""Compute the formula of a docstring: its LaTeX is read into functions of the values of its letters.

A formula is a list of equations with ``\quad`` or ``\\`` between them. The first left sides are the results
of the snippet, in their order; what follows defines helpers. An index counts from 1, or from 0 where it
stands for a label. A sum, a product or an extremum over an index reaches to the end of its term.

The index t counts the steps of a snippet that keeps a state: w_t and m_t follow from w_{t-1} and m_{t-1}, the
formula says where they start (m_0 = v_0 = 0), and the arguments have one value per step (g_t). In a snippet
for sequences it counts along the axis t: x_t is a slice of (n, t, d), and the argument h_0 is where h starts.
"""

import functools
import itertools
import math
import operator
import re
from dataclasses import dataclass

import numpy as np
from inputs import STEPS
from scipy.special import erfinv
from snippets import length, snippets

TOKEN = re.compile(
    r"\\operatorname\*?\s*\{[^{}]+\}|\\(?:begin|end)\{\w+\}|\\(?:math(?:rm|bf|cal|bb)|text)\s*\{[^{}]*\}"
    r"|\\(?:left|right)\s*\\?\||\\[A-Za-z]+|\\.|\d+(?:\.\d+)?|\S"
)
SILENT = re.compile(
    r"\\(?:left|right|[bB]igg?[lr]?|displaystyle|limits|[,;:! ])|~"
    r"|\\(?:begin|end)\{aligned\}|\\text\{(?:if|for)\}"
)
SAME = {
    r"\tfrac": r"\frac", r"\dfrac": r"\frac", r"\qquad": r"\quad", r"\leq": r"\le", r"\geq": r"\ge",
    r"\neq": r"\ne", r"\lt": "<", r"\gt": ">", r"\ln": r"\log", r"\mid": ":", r"\prime": "'",
    r"\left|": r"\lvert", r"\right|": r"\rvert", r"\left\|": r"\lVert", r"\right\|": r"\rVert",
    r"\text{and}": ",", r"\land": ",", r"\lbrack": "[", r"\rbrack": "]", r"\intercal": r"\top",
}  # fmt: skip
BARS = {"|": (r"\lvert", r"\rvert"), r"\|": (r"\lVert", r"\rVert")}
ACCENTS = {
    r"\hat", r"\bar", r"\tilde", r"\dot", r"\vec", r"\widehat", r"\widetilde", r"\overline",
    r"\overrightarrow", r"\overleftarrow",
}  # fmt: skip
CLOSING = {
    "(": ")", "[": "]", "{": "}", r"\{": r"\}", r"\lvert": r"\rvert", r"\lVert": r"\rVert",
    r"\lfloor": r"\rfloor", r"\lceil": r"\rceil", r"\begin{cases}": r"\end{cases}",
}  # fmt: skip
ENDS = set(CLOSING.values())
RELATIONS = {
    "=": operator.eq, r"\ne": operator.ne, "<": operator.lt, ">": operator.gt,
    r"\le": operator.le, r"\ge": operator.ge, r"\in": np.isin,
}  # fmt: skip
STEP = "t"  # counts the steps of what keeps a state
UNITS = {"I", "e"}  # the identity matrix, and its rows
CONSTANTS = {"e": np.e, r"\pi": np.pi, r"\infty": np.inf}
AROUND = {r"\lvert": np.abs, r"\lfloor": np.floor, r"\lceil": np.ceil}
FUNCTIONS = {  # besides the snippets and NumPy's
    "E": np.mean, "Var": np.var, "erf": np.vectorize(math.erf), "erfinv": erfinv,
    "tr": np.trace, "sgn": np.sign,
    "argsort": lambda *keys: np.lexsort(keys[::-1]) + 1,  # indices count from 1; later keys break ties
    "max": lambda *values: functools.reduce(np.maximum, values) if values[1:] else np.max(values[0]),
    "min": lambda *values: functools.reduce(np.minimum, values) if values[1:] else np.min(values[0]),
    "pad": lambda x, size: np.pad(x, [(0, 0)] * (2 * (x.ndim > 2)) + [(int(size),) * 2] * (x.ndim - 2 or 2)),
    "eig": np.linalg.eigvalsh, "det": np.linalg.det, "sigma": lambda z: function_named("sigmoid")(z),
}  # fmt: skip
REDUCTIONS = {  # of the values at some indices
    "sum": lambda values, _: sum(values),
    "prod": lambda values, _: math.prod(values),
    "max": lambda values, _: np.max(values, axis=0) if values else np.nan,
    "min": lambda values, _: np.min(values, axis=0) if values else np.nan,
    "argmax": lambda values, indices: indices[np.argmax(values)] if values else np.nan,
    "argmin": lambda values, indices: indices[np.argmin(values)] if values else np.nan,
}
SIZES = {"k": "K", "t": "T", "s": "S", "g": "G"}  # the formula's letter where it is not that of the shape
LONGEST = 20  # a result whose length no argument tells is looked for at the indices up to here
# ... but not that of an axis with a prime, such as h' where a kernel made an image smaller: the code tells it


class FormulaError(ValueError):
    """The formula cannot be read or has no meaning."""


def tokens(tex):
    """The formula in pieces: one spelling for each thing, and bars that say whether they open or close."""
    found, bars = [], [[]]
    for text in TOKEN.findall(re.sub(r"\\arg\s*\\(max|min)", r"\\operatorname{arg\1}", tex)):
        token = re.sub(r"\s|\*(?={)", "", text) if len(text) > 2 else text
        token = SAME.get(token, token)
        if SILENT.fullmatch(token) or (token == "&" and len(bars) == 1):
            continue
        if token in BARS:
            closes = bool(bars[-1]) and found[-1] not in {*CLOSING, *RELATIONS, "+", "-", "/", ",", r"\cdot"}
            bars[-1] = bars[-1][:-1] if closes else [*bars[-1], token]
            token = BARS[token][closes]
        elif token in CLOSING:
            bars.append([])
        elif token in ENDS:
            bars.pop()
        found.append(token)
    return found


def split(items, *separators):
    """The parts between separators that stand in no bracket, and those separators."""
    parts, marks, depth = [[]], [], 0
    for token in items:
        if token in separators and not depth:
            marks.append(token)
            parts.append([])
        else:
            depth += (token in CLOSING) - (token in ENDS)
            parts[-1].append(token)
    return parts, marks


def enclosed(rest):
    """Take a bracket off the front; what it holds."""
    depth = 0
    for i, token in enumerate(rest):
        depth += (token in CLOSING) - (token in ENDS)
        if not depth:
            inside = rest[1:i]
            del rest[: i + 1]
            return inside
    raise FormulaError(f"a bracket is not closed: {' '.join(rest)}")


def argument(rest):
    """Take off what a command, a subscript or a power applies to."""
    if not rest:
        raise FormulaError("the formula ends too early")
    if rest[0] in ACCENTS:
        return [rest.pop(0), "{", *argument(rest), "}"]
    if rest[0].isdigit():  # TeX takes one digit where there is no brace
        rest[:1] = rest[0]
    return enclosed(rest) if rest[0] == "{" else [rest.pop(0)]


def scripts(rest):
    """Take off the subscript and the superscript."""
    found = {"_": [], "^": []}
    while rest and rest[0] in found:
        mark = rest.pop(0)
        found[mark] = argument(rest)
    return found.values()


def symbol_name(rest):
    """Take off a symbol with its accent and primes."""
    name = rest.pop(0)
    if name in ACCENTS:
        name += "{" + "".join(argument(rest)) + "}"
    while rest and rest[0] == "'":
        name += rest.pop(0)
    return name


def names(items):
    """Every symbol that stands in the formula, also with its subscript."""
    rest, found = list(items), set()
    while rest:
        name = symbol_name(rest)
        found.add(name)
        if rest[:1] == ["_"]:
            below = argument(rest[1:])
            found |= {name + "_" + "".join(below[:i]) for i in range(1, len(below)) if below[i] == ","}
            found.add(name + "_" + "".join(below))
    return found


def is_letter(token):
    return len(token) == 1 and token.isalpha()


def subscripts(items):
    """The indices in a subscript: ij are two, as are j + 1, y_i."""
    parts, _ = split(items, ",")
    return [i for part in parts for i in (map(list, part) if all(map(is_letter, part)) else [part])]


def constant(value):
    return lambda local: value


def lift(function, *parts):
    """The function of what the parts give; a part is a function of the local letters."""
    return lambda local: function(*(part(local) for part in parts))


def span(low, high):
    return [np.float64(i) for i in range(int(low), int(high) + 1)]


def times(a, b):
    """The product by the shapes, as in linear algebra. A weight of zero hides what follows: 0 log 0 = 0."""
    if np.ndim(a) and np.ndim(b):
        if np.ndim(a) == np.ndim(b) == 1:
            raise FormulaError(r"a product of two vectors needs \top or \odot")
        if np.ndim(a) == 1 and np.shape(b)[0] == 1:
            return np.outer(a, b)
        return (a @ b)[0] if np.shape(a)[0] == 1 and np.ndim(b) == 1 else a @ b
    return np.zeros_like(b) if np.ndim(a) == 0 and a == 0 else a * b


def power(a, b):
    """Of numbers, or the inverse of a matrix."""
    return np.linalg.inv(a) if np.ndim(a) == 2 and np.ndim(b) == 0 and b == -1 else operator.pow(a, b)


PRODUCTS = {"/": np.divide, r"\odot": np.multiply, r"\cdot": times, r"\times": times}


@functools.cache
def function_named(name):
    r"""Ours, a snippet's or NumPy's; None for a symbol such as \pi."""
    by_name = {s.name: s.function for s in snippets()}
    function = FUNCTIONS.get(name) or by_name.get(name) or getattr(np, name, None)
    return function if callable(function) else None


def word(token):
    return re.sub(r"\\operatorname|\\mathbb|[\\{}]", "", token)


@dataclass
class Equation:
    name: str  # the left side without indices
    indices: list  # pairs of a letter and what is added to it; a number has no letter
    arguments: list  # names
    members: list  # the right sides, which agree

    def bind(self, indices):
        """The letters for given indices, or None where the equation does not speak of them."""
        pairs = zip(self.indices, indices, strict=False)
        bound = {letter: index - added for (letter, added), index in pairs}
        return None if bound.pop("", 0) else bound


class Formula:
    """The equations of a formula, computed from the values of the parameters' symbols."""

    def __init__(self, tex, symbols=(), labels=False, functions=()):
        items = tokens(tex)
        self.whole = r"\lVert" in items  # speaks of all entries of an array of any shape at once
        self.names, self.parameters = names(items), set(map(self.spelled, symbols))
        self.functions = set(map(self.spelled, functions))
        self.numbers = {float(token) for token in items if token[0].isdigit()}
        self.first_label = 0 if labels or "{K-1}" in tex.replace(" ", "") else 1
        self.indexed, self.equations, self.inputs, self.memo = {}, {}, {}, {}
        parts = [part for part in split(items, r"\quad", r"\\")[0] if part]
        sides = [split(part[:-1] if part[-1] == "," else part, "=")[0] for part in parts]
        sides += [  # m_0 = v_0 = 0 defines both
            [side, members[-1]]
            for _, *members in sides
            for side in members[:-1]
            if side[1:2] == ["_"] and side[2:] == ["0"]
        ]
        heads = [self.head(left, set(itertools.chain(*right))) for left, *right in sides]
        stepping = {head.name for head in heads if head.indices}
        for head, (left, *right) in zip(heads, sides, strict=True):
            base, _, number = head.name.rpartition("_")
            if base in stepping and number.isdigit():
                head.name, head.indices = base, [("", int(number))]
            self.equations.setdefault(head.name, []).append(head)
            head.members = right
            if not right:
                raise FormulaError(f"this is no equation: {' '.join(left)}")
        self.known = self.parameters | self.equations.keys()
        self.commands = {
            r"\frac": self.fraction,
            r"\sqrt": self.root,
            r"\mathbb{1}": self.indicator,
            r"\begin{cases}": self.cases,
        }
        for head in heads:
            head.members = [self.expression(member) for member in head.members]
        for equations in self.equations.values():
            equations.sort(key=lambda e: [letter for letter, _ in e.indices])  # m_0 before m_t

    @staticmethod
    def spelled(symbol):
        rest = tokens(symbol)
        name = symbol_name(rest)
        return name + "_" + "".join(argument(rest[1:])) if rest[:1] == ["_"] else name

    def head(self, left, seen):
        """A left side: a subscript that the right side does not speak of belongs to the name."""
        rest, name, indices, arguments = list(left), "", [], []
        while rest:
            if rest[0] == "(":
                arguments = ["".join(part) for part in split(enclosed(rest), ",")[0]]
            elif rest[0] == "_":
                below, _ = scripts(rest)
                found = [(part[0], int("".join(part[1:]) or 0)) for part in subscripts(below)]
                if all(is_letter(i) and i in seen and i not in self.parameters for i, _ in found):
                    indices += [index for index in found if index not in indices]
                else:
                    name += "_" + "".join(below)
            else:
                name += symbol_name(rest)
        return Equation(name, indices, arguments, [])

    def expression(self, items):
        parts, signs = split(items, "+", "-")
        signs = ["+", *signs]
        if not parts[0] and parts[1:]:
            del parts[0], signs[0]
        terms = [
            self.term(part) if sign == "+" else lift(operator.neg, self.term(part))
            for sign, part in zip(signs, parts, strict=True)
        ]
        return functools.reduce(functools.partial(lift, operator.add), terms)

    def term(self, items):
        rest = list(items)
        value = self.factor(rest)
        while rest:
            product = PRODUCTS.get(rest[0], times)
            del rest[: rest[0] in PRODUCTS]
            value = lift(product, value, self.factor(rest))
        return value

    def factor(self, rest):
        token, symbol, arguments = rest[0] if rest else " ", "", []
        if token in CLOSING and token != r"\begin{cases}":
            value = lift(AROUND.get(token, np.positive), self.expression(enclosed(rest)))
        elif token[0].isdigit():
            value = constant(np.float64(rest.pop(0)))
        elif token in self.commands:
            del rest[: token != r"\begin{cases}"]
            value = self.commands[token](rest)
        elif token[0] == "\\" and token not in self.known and function_named(word(token)):
            value = self.named(word(rest.pop(0)), rest)
        elif token[0] == "\\" or is_letter(token):
            symbol = symbol_name(rest)
            defined = any(e.arguments for e in self.equations.get(symbol, ()))
            if rest[:1] == ["("] and (defined or symbol in self.functions):
                arguments = self.arguments(rest)
        else:
            raise FormulaError(f"cannot read {' '.join(rest) or 'what is not there'}")
        below, above = scripts(rest)
        if symbol:
            value = self.symbol(symbol, arguments, below)
        elif token == r"\lVert" and above == ["2"] and not below:
            return lift(lambda x: np.sum(x * x), value)  # exact where the root and its square are not
        elif token == r"\lVert":
            order = constant(None) if below in ([], ["F"]) else self.expression(below)
            value = lift(lambda x, o: np.linalg.norm(np.ravel(x), o), value, order)  # over all entries
        elif below:
            value = lift(self.at, value, *map(self.expression, subscripts(below)))
        if above == [r"\top"]:
            return lift(lambda a: a[None] if a.ndim == 1 else a.T, value)
        return lift(power, value, self.expression(above)) if above else value

    def fraction(self, rest):
        above, below = argument(rest), argument(rest)
        if above[:1] != [r"\partial"]:
            return lift(np.divide, self.expression(above), self.expression(below))
        head = self.head([r"\frac", "{", *above, "}", "{", *below, "}"], {*above, *below})
        indices = [self.expression([letter]) for letter, _ in head.indices]
        return lambda local: self.value(head.name, local, [index(local) for index in indices])

    def root(self, rest):
        degree = self.expression(enclosed(rest)) if rest[0] == "[" else constant(2)
        return lift(lambda x, n: x ** (1 / n), self.expression(argument(rest)), degree)

    def indicator(self, rest):
        return lift(np.float64, self.condition(enclosed(rest)))

    def cases(self, rest):
        rows = []
        for row in split(enclosed(rest), r"\\")[0]:
            (value, condition), _ = split(row, "&")
            value = self.expression(value[:-1] if value[-1] == "," else value)
            otherwise = condition == [r"\text{otherwise}"]
            rows.append((value, constant(True) if otherwise else self.condition(condition)))
        return lambda local: next((value(local) for value, holds in rows if holds(local)), np.nan)

    def condition(self, items):
        tests = []
        for part in split(items, ",")[0]:
            pieces, relations = split(part, *RELATIONS)
            if not relations:
                raise FormulaError(f"this is no condition: {' '.join(part)}")
            pairs = itertools.pairwise(map(self.expression, pieces))
            tests += [lift(RELATIONS[r], *pair) for r, pair in zip(relations, pairs, strict=True)]
        return lambda local: all(np.all(test(local)) for test in tests)

    def arguments(self, rest):
        return [self.expression(part) for part in split(enclosed(rest), ",")[0]]

    def symbol(self, name, arguments, below):
        for taken in range(len(below), 0, -1):  # W_{Q,j} is entry j of W_Q
            if name + "_" + "".join(below[:taken]) in self.known and below[taken : taken + 1] in ([], [","]):
                name, below = name + "_" + "".join(below[:taken]), below[taken + 1 :]
                break
        for position, index in enumerate(subscripts(below)):
            self.indexed.setdefault("".join(index), []).append((name, position))
        indices = [self.expression(index) for index in subscripts(below)] if below else []

        def value(local):
            given = [index(local) for index in indices]
            if below[:1] == ["("]:  # y_(i) is the i-th smallest
                return self.at(np.sort(self.value(name, local)), *given)
            return self.value(name, local, given, [a(local) for a in arguments])

        return value

    def named(self, name, rest):
        below, above = scripts(rest)
        if name in REDUCTIONS and below:
            return self.reduction(name, below, above, rest)
        arguments = self.arguments(rest) if rest and rest[0] in "([" else [self.factor(rest)]
        value = lift(function_named(name), *arguments)
        if below:
            if name != "log":
                raise FormulaError(f"the index of {name} belongs behind its argument")
            value = lift(np.divide, value, lift(np.log, self.expression(below)))
        return lift(operator.pow, value, self.expression(above)) if above else value

    def reduction(self, name, below, above, rest):
        ranges, conditions = [], []
        for part in split(below, ",", ":")[0]:
            pieces, relations = split(part, *RELATIONS)
            if relations == ["="] and above:
                ranges.append((pieces[0][0], lift(span, self.expression(pieces[1]), self.expression(above))))
            elif relations == [r"\le", r"\le"]:
                ranges.append(
                    (pieces[1][0], lift(span, self.expression(pieces[0]), self.expression(pieces[2])))
                )
            elif relations == [r"\in"] and len(pieces[0]) == 1:
                ranges.append((pieces[0][0], lift(np.ravel, self.expression(pieces[1]))))
            elif len(part) == 1:
                ranges.append((part[0], functools.partial(self.extent, part[0])))
            else:
                conditions.append(self.condition(part))
        ranges = ranges or [(below[0], functools.partial(self.extent, below[0]))]
        letter, body = ranges[0][0], self.term(rest)
        rest.clear()

        def bound(local, ranges):
            if ranges:
                for value in ranges[0][1](local):
                    yield from bound({**local, ranges[0][0]: np.float64(value)}, ranges[1:])
            elif all(holds(local) for holds in conditions):
                yield local

        def reduced(local):
            places = list(bound(local, ranges))
            return REDUCTIONS[name]([body(place) for place in places], [place[letter] for place in places])

        return reduced

    def first(self, length):
        """Where the indices of an axis begin: the sizes differ, so its length tells what it counts."""
        return self.first_label if length == self.inputs["K"] else 1

    def places(self, length):
        return span(self.first(length), self.first(length) + length - 1)

    def at(self, array, *indices):
        for index in indices:
            if not np.ndim(array):
                raise FormulaError(f"there are too many indices: {indices}")
            place = index - self.first(len(array))
            if place not in range(len(array)):
                raise FormulaError(f"the index {index:g} is outside an axis of length {len(array)}")
            array = array[int(place)]
        return array

    def extent(self, letter, local):
        """The values of an index without bounds: as far as the array reaches that it stands at."""
        for name, position in self.indexed.get(letter, ()):
            shape = np.shape(local.get(name, self.inputs.get(name)))
            if len(shape) > position:
                return self.places(shape[position])
        raise FormulaError(f"no array tells how far the index {letter} runs")

    def value(self, name, local, indices=(), arguments=()):
        """The value of a symbol: by the equation with as many indices, as it is given, or of an array."""
        if name in self.functions:
            return self.inputs[name](*arguments)
        if (name, *indices[:1]) in self.inputs:  # where the steps start
            return self.at(self.inputs[name, indices[0]], *indices[1:])
        equations = self.equations.get(name, [])
        for equation in equations:
            bound = equation.bind(indices)
            if len(equation.indices) == len(indices) and bound is not None:
                return self.solved(equation, bound, arguments)
            if indices and equation.indices == [("", indices[0])]:
                return self.solved(equation, {}, arguments)  # m_0 = 0 holds for every entry
        for given in (local, self.inputs):
            if name in given and np.ndim(given[name]) >= len(indices):
                return self.at(given[name], *indices)
        indexed = max([e.indices for e in equations], key=len, default=[])
        count = len(indexed)
        if equations and count < len(indices):
            return self.at(self.value(name, local, indices[:count], arguments), *indices[count:])
        if equations:
            given = dict(zip(equations[0].arguments, arguments, strict=False))
            extents = [self.extent(letter, given) for letter, _ in indexed[len(indices) :]]
            values = [self.value(name, local, [*indices, *i], arguments) for i in itertools.product(*extents)]
            return np.reshape(values, [*map(len, extents)])
        if name.startswith(r"\bar{"):
            return self.at(np.mean(self.value(name[5:-1], local), axis=0), *indices)
        if name in CONSTANTS and not indices:
            return CONSTANTS[name]
        if name in UNITS:
            return self.at(np.eye(int(self.inputs["d"])), *indices)
        raise FormulaError(f"{name} is the symbol of no parameter, and no equation defines it")

    def solved(self, equation, bound, arguments):
        """The right side; of several, all give the same."""
        key = (id(equation), *bound.values())
        if not arguments and key in self.memo:
            return self.memo[key]
        local = bound | dict(zip(equation.arguments, arguments, strict=bool(arguments)))
        *others, value = [member(local) for member in equation.members]
        for other in others:
            if not np.isnan(other).any():  # 0 / 0 says nothing
                np.testing.assert_allclose(other, value, 1e-10, 1e-12, err_msg=f"sides of {equation.name}")
        if not arguments:
            self.memo[key] = value
        return value

    def results(self, inputs, shapes, step=()):
        """The results for given inputs, one per shape; where a length is unknown, the defined entries."""
        self.inputs, self.memo = inputs, {}
        computed, known = [], True
        for name, shape in zip(self.equations, shapes, strict=False):
            indexed = shape[: max(len(e.indices) for e in self.equations[name]) - len(step)]
            known &= all(name in inputs for letter in indexed for name in re.findall("[A-Za-z]+'?", letter))
            sizes = [
                length(letter, inputs) if re.search(r"[^\w']", letter) else int(inputs.get(letter, LONGEST))
                for letter in indexed
            ]
            extents = map(self.places, sizes)
            values = [self.value(name, {}, [*step, *i]) for i in itertools.product(*extents)]
            computed.append(np.reshape(values, (*sizes, *np.shape(values[0]))))
        return computed if known else [part[~np.isnan(computed).any(axis=0)] for part in computed]


def core(shape):
    """The letters of the axes that one computation needs; over "..." it is done again and again."""
    return [
        re.sub(r"[a-z]+\b(?!')", lambda x: SIZES.get(x[0], x[0]), entry)
        for entry in shape or ()
        if entry != "..."
    ]


def is_label(parameter):
    return parameter.slot.domain == "{0, ..., k - 1}"


def axis_of_time(formula, argument):
    """Which axis the index t of x_t counts, for (n, t, d) the second; 0 for what has no such index."""
    letters, name = core(argument.slot.shape), formula.spelled(argument.symbols[0])
    timed = "T" in letters and any(
        known.startswith(f"{name.removesuffix('_t')}_t") for known in formula.names
    )
    return letters.index("T") if timed else 0


def is_count(argument):
    """The piece of a state that counts the steps: it is the index of the formula."""
    return argument.symbols[:1] == [STEP]


def read(snippet, tex=None):
    """The formula of a snippet, or another text in its place."""
    labels = any(map(is_label, snippet.parameters))
    symbols = [symbol for symbol in snippet.symbols.values() if symbol != STEP or not snippet.stateful]
    functions = [p.symbols[0] for p in snippet.given if p.slot.takes is not None]
    formula = Formula(tex or snippet.formula, symbols, labels, functions)
    for parameter in snippet.inputs:
        spelled = formula.spelled(snippet.symbols.get(parameter.name, "?"))
        if not {spelled, re.sub("_0$", "_t-1", spelled)} & formula.names:
            raise FormulaError(f"the parameter {parameter.name} has no symbol in the formula")
    lefts = [equations[-1] for equations in formula.equations.values()]
    outputs = [output for output in snippet.outputs if not is_count(output)]
    for result, left in itertools.zip_longest(outputs, lefts[: len(outputs)]):
        symbol = (result.symbols or ["without symbol"])[0]
        fraction = re.sub(r"(\\partial .+) / (\\partial .+)", r"\\frac{\1}{\2}", symbol)
        if (
            not left
            or formula.head(tokens(fraction), {letter for letter, _ in left.indices}).name != left.name
        ):
            raise FormulaError(f"the result {symbol} is not the left side {left.name if left else 'missing'}")
    return formula


@np.errstate(all="ignore", over="raise", under="raise")
def compute(formula, snippet, values, returned=()):
    """What the formula gives where the function is given these values: one array per result.

    What was returned tells the lengths of axes with a prime.
    Of what keeps a state: after the last step. Where it leaves the range of floats, as the code may not:
    FloatingPointError.
    """
    arrays = {
        p: values[p.name] if p.slot.takes is not None else np.asarray(values[p.name], dtype=float)
        for p in snippet.given
    }
    whole = formula.whole and all(p.slot.shape in (None, ("...",)) for p in arrays)
    step = [float(STEPS)] * snippet.stateful
    sizes = {"K": 1 + max((array.max() for p, array in arrays.items() if is_label(p)), default=0)}
    for output, array in zip(snippet.outputs, returned, strict=False):
        lengths = dict(zip(output.slot.shape or (), np.shape(array), strict=False))
        sizes |= {letter: float(size) for letter, size in lengths.items() if letter.endswith("'")}
    batch = ()
    for p, array in arrays.items():
        letters, shape = core(p.slot.shape), np.shape(array)[p.name in snippet.moving :]
        leading = shape[: len(shape) - len(letters)]
        sizes |= dict(zip(letters, map(float, shape[len(leading) :]), strict=True))
        sizes |= {x[4:]: sizes[x] / 2 for x in letters if x.startswith("2 * ")}
        batch = batch if whole else np.broadcast_shapes(batch, leading)
    results = {result.name for result in snippet.results if step}
    outputs = [output for output in snippet.outputs if not is_count(output)]
    moved = [axis_of_time(formula, output) for output in outputs]
    shapes = []
    for output, axis in zip(outputs, moved, strict=True):
        letters = core(output.slot.shape)
        shapes.append([*letters[axis : axis + 1], *letters[:axis], *letters[axis + 1 :]])
    points = []
    for point in np.ndindex(batch):
        inputs = {}
        for p, array in arrays.items():
            name = formula.spelled(p.symbols[0])
            place = point if "..." in (p.slot.shape or ()) else ()
            place = (slice(None), *place) if p.name in snippet.moving else place
            value = array if callable(array) else array[place]
            if p.slot.shape and not snippet.stateful:
                axis = axis_of_time(formula, p)
                value = np.moveaxis(value, axis, 0) if axis else value
                if name.endswith("_0") and name not in formula.names:
                    inputs[name.removesuffix("_0"), 0.0] = value
            inputs[(name, 0.0) if p.name in results else name] = value
        points.append(formula.results(sizes | inputs, shapes, step))
    points = [
        [np.moveaxis(part, 0, axis) if axis else part for part, axis in zip(point, moved, strict=True)]
        for point in points
    ]
    computed = iter([np.reshape(part, batch + np.shape(part[0])) for part in zip(*points, strict=True)])
    return [np.asarray(STEPS) if is_count(output) else next(computed) for output in snippet.outputs]
