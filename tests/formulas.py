r"""Compute the formula of a docstring: its LaTeX is read into functions of the values of its letters.

A formula is a list of equations with ``\quad`` or ``\\`` between them. The first left sides are the results of the
snippet, in order; what follows defines helpers. Indices count from 1, classes from 0 where they are label values.
"""

import functools
import itertools
import math
import operator
import re
from dataclasses import dataclass

import numpy as np
from snippets import snippets

TOKEN = re.compile(
    r"\\operatorname\*?\s*\{[^{}]+\}|\\(?:begin|end)\{\w+\}|\\(?:math(?:rm|bf|cal|bb)|text)\s*\{[^{}]*\}"
    r"|\\(?:left|right)\s*\\?\||\\[A-Za-z]+|\\.|\d+(?:\.\d+)?|\S"
)
SILENT = {*r"\left \right \big \Big \bigl \bigr \Bigl \Bigr \, \; \: \! ~ \displaystyle \limits".split()} | {
    "\\ ", r"\begin{aligned}", r"\end{aligned}", r"\text{if}", r"\text{for}",
}  # fmt: skip
SAME = {
    r"\tfrac": r"\frac", r"\dfrac": r"\frac", r"\qquad": r"\quad", r"\leq": r"\le", r"\geq": r"\ge",
    r"\neq": r"\ne", r"\lt": "<", r"\gt": ">", r"\ln": r"\log", r"\mid": ":", r"\prime": "'", r"\intercal": r"\top",
    r"\left|": r"\lvert", r"\right|": r"\rvert", r"\left\|": r"\lVert", r"\right\|": r"\rVert",
    r"\text{and}": ",", r"\land": ",", r"\lbrack": "[", r"\rbrack": "]", r"\varepsilon": r"\epsilon",
}  # fmt: skip
BARS = {"|": (r"\lvert", r"\rvert"), r"\|": (r"\lVert", r"\rVert")}
ACCENTS = {*r"\hat \bar \tilde \dot \vec \widehat \widetilde \overline".split()}
CLOSING = {
    "(": ")", "[": "]", "{": "}", r"\{": r"\}", r"\lvert": r"\rvert", r"\lVert": r"\rVert",
    r"\lfloor": r"\rfloor", r"\lceil": r"\rceil", r"\begin{cases}": r"\end{cases}",
}  # fmt: skip
OPENING = {closing: opening for opening, closing in CLOSING.items()}
AROUND = {r"\lvert": np.abs, r"\lfloor": np.floor, r"\lceil": np.ceil}
RELATIONS = {
    "=": operator.eq, r"\ne": operator.ne, "<": operator.lt, ">": operator.gt, r"\le": operator.le, r"\ge": operator.ge,
}  # fmt: skip
CONSTANTS = {"e": np.e, r"\pi": np.pi, r"\infty": np.inf}
FUNCTIONS = {
    "E": np.mean, "Var": np.var, "erf": np.vectorize(math.erf), "tr": np.trace, "arcsin": np.arcsin,
    "argsort": lambda *keys: np.lexsort(keys[::-1]) + 1,  # indices count from 1; later keys break ties
    "max": lambda *values: functools.reduce(np.maximum, values) if values[1:] else np.max(values[0]),
    "min": lambda *values: functools.reduce(np.minimum, values) if values[1:] else np.min(values[0]),
}  # fmt: skip
NAMED = {*r"\sum \prod \max \min \log \exp \sin \cos \tan \sinh \cosh \tanh \arcsin \arctan \det".split()}
LETTERS = {r"\sigma": "sigmoid"}  # stands for the snippet where the formula does not define it
REDUCTIONS = {
    "sum": lambda values, _: sum(values),
    "prod": lambda values, _: math.prod(values),
    "max": lambda values, _: np.max(values, axis=0) if values else np.nan,
    "min": lambda values, _: np.min(values, axis=0) if values else np.nan,
    "argmax": lambda values, places: places[np.argmax(values)] if values else np.nan,
    "argmin": lambda values, places: places[np.argmin(values)] if values else np.nan,
}
SIZES = {"k": "K"}  # the formula's letter where it differs from the shape's
LONGEST = 20  # a result whose length no argument tells is looked for at the indices up to here


class FormulaError(ValueError):
    """The formula cannot be read or has no meaning."""


class UndefinedError(FormulaError):
    """A symbol that no parameter, no size and no equation defines."""


def tokens(tex):
    """The formula in pieces: one spelling for each thing, and bars that say whether they open or close."""
    found, bars = [], [[]]
    for token in TOKEN.findall(re.sub(r"\\arg\s*\\(max|min)", r"\\operatorname{arg\1}", tex)):
        token = re.sub(r"\s|\*(?={)", "", token) if len(token) > 2 else token
        token = SAME.get(token, token)
        if token in SILENT:
            continue
        if token in BARS:
            closes = bars[-1] and found[-1] not in {*CLOSING, *RELATIONS, "+", "-", "/", ",", r"\cdot"}
            bars[-1] = bars[-1][:-1] if closes else [*bars[-1], token]
            token = BARS[token][bool(closes)]
        elif token in CLOSING:
            bars.append([])
        elif token in OPENING:
            bars.pop()
        if token != "&" or len(bars) > 1:  # of an aligned block
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
            depth += (token in CLOSING) - (token in OPENING)
            parts[-1].append(token)
    return parts, marks


def enclosed(rest):
    """Take a bracket from the front and return what it holds."""
    depth = 0
    for i, token in enumerate(rest):
        depth += (token in CLOSING) - (token in OPENING)
        if not depth:
            inside = rest[1:i]
            if token != CLOSING[rest[0]]:
                break
            del rest[: i + 1]
            return inside
    raise FormulaError(f"the bracket {rest[0]} is not closed: {' '.join(rest)}")


def argument(rest):
    """Take what a command, a subscript or a power applies to."""
    if not rest:
        raise FormulaError("the formula ends too early")
    if rest[0] == "{":
        return enclosed(rest)
    if rest[0] in ACCENTS:
        return [rest.pop(0), "{", *argument(rest), "}"]
    return [rest.pop(0)]


def marks_of(rest):
    """Take the subscript and the superscript."""
    marks = {}
    while rest and rest[0] in ("_", "^"):
        mark = rest.pop(0)
        marks[mark] = argument(rest)
    return marks.get("_"), marks.get("^")


def is_letter(token):
    return len(token) == 1 and token.isalpha()


def symbol_name(rest):
    """Take a symbol with its accent and primes."""
    name = rest.pop(0)
    if name in ACCENTS:
        name += "{" + "".join(argument(rest)) + "}"
    while rest and rest[0] == "'":
        name += rest.pop(0)
    return name


def subscripts(items):
    """The indices in a subscript: i, j in ij and j + 1, y_i in j + 1, y_i."""
    return [
        index
        for part in split(items, ",")[0]
        for index in ([[letter] for letter in part] if all(map(is_letter, part)) else [part])
    ]


def lift(function, *parts):
    """The function of computed parts as a part itself; a part is a function of the local letters."""
    return lambda local: function(*(part(local) for part in parts))


def constant(value):
    return lambda local: value


def times(a, b):
    """A product by the shapes: with matrices as in linear algebra; a weight of zero hides what follows: 0 log 0 = 0."""
    if np.ndim(a) and np.ndim(b):
        if np.ndim(a) == np.ndim(b) == 1:
            raise FormulaError(r"a product of two vectors needs \top or \odot")
        if np.ndim(a) == 1 and np.shape(b)[0] == 1:
            return np.outer(a, b)
        return (a @ b)[0] if np.shape(a)[0] == 1 and np.ndim(b) == 1 else a @ b
    return np.zeros_like(b) if np.ndim(a) == 0 and a == 0 else a * b


def transposed(a):
    return a[None] if np.ndim(a) == 1 else np.transpose(a)


PRODUCTS = {"/": np.divide, r"\odot": np.multiply, r"\cdot": times, r"\times": times}


@functools.cache
def function_named(name):
    """Our own, a snippet's or NumPy's."""
    function = FUNCTIONS.get(name) or {s.name: s.function for s in snippets()}.get(name) or getattr(np, name, None)
    if not function:
        raise FormulaError(f"no snippet and no NumPy function is called {name}")
    return function


@dataclass
class Equation:
    name: str  # the left side without indices
    indices: list  # pairs of a letter and what is added to it; a number has no letter
    arguments: list  # names
    members: list  # the right sides, which agree

    def bind(self, indices):
        """The letters for given indices, or None where the equation does not speak of them."""
        pairs = [(letter, index - added) for (letter, added), index in zip(self.indices, indices, strict=False)]
        return None if any(value for letter, value in pairs if not letter) else dict(pairs)


class Formula:
    """The equations of a formula, computed from the values of the parameters' symbols."""

    def __init__(self, tex, parameters=(), labels=False):
        self.parameters = {self.spelled(symbol) for symbol in parameters}
        self.first_label = 0 if labels or "{K-1}" in tex.replace(" ", "") else 1
        self.indexed, self.equations, self.inputs, self.memo = {}, {}, {}, {}
        items = tokens(tex)
        self.numbers = {float(token) for token in items if token[0].isdigit()}
        sides = [split(part, "=")[0] for part in split(items, r"\quad", r"\\")[0] if part]
        heads = [self.head(left, {*itertools.chain(*right)}) for left, *right in sides]
        stepping = {head.name for head in heads if head.indices}
        for head, (left, *right) in zip(heads, sides, strict=True):
            base, _, number = head.name.rpartition("_")
            if base in stepping and number.isdigit():
                head.name, head.indices = base, [("", int(number))]
            self.equations.setdefault(head.name, []).append(head)
            head.members = [member[:-1] if member[-1:] == [","] else member for member in right]
            if not right:
                raise FormulaError(f"this is no equation: {' '.join(left)}")
        for head in heads:
            head.members = [self.expression(member) for member in head.members]
        for equations in self.equations.values():
            equations.sort(key=lambda e: [letter for letter, _ in e.indices])  # m_0 before m_t

    @staticmethod
    def spelled(symbol):
        rest = tokens(symbol)
        name = symbol_name(rest)
        while rest and rest.pop(0) == "_":
            name += "_" + "".join(argument(rest))
        return name

    def head(self, left, seen):
        """A left side: a subscript that the right side does not speak of belongs to the name."""
        rest, name, indices, arguments = list(left), "", [], []
        while rest:
            if rest[0] == "(":
                arguments = ["".join(part) for part in split(enclosed(rest), ",")[0]]
            elif rest[0] == "_":
                rest.pop(0)
                below = argument(rest)
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
        if signs and not parts[0]:
            parts.pop(0)
        else:
            signs.insert(0, "+")
        terms = [self.term(part) for part in parts]
        terms = [term if sign == "+" else lift(operator.neg, term) for sign, term in zip(signs, terms, strict=True)]
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
        token = rest[0] if rest else "nothing"
        name = ""
        if token[0].isdigit():
            value = constant(float(rest.pop(0)))
        elif token == r"\begin{cases}":
            value = self.cases(enclosed(rest))
        elif token in CLOSING:
            value = lift(AROUND.get(token, np.asarray), self.expression(enclosed(rest)))
            if token == r"\lVert":
                order = self.expression(argument(rest[1:])) if rest[:1] == ["_"] else constant(None)
                del rest[: 2 * (rest[:1] == ["_"])]
                value = lift(np.linalg.norm, value, order)
        elif token == r"\frac":
            value = self.fraction(rest)
        elif token == r"\sqrt":
            del rest[0]
            degree = self.expression(enclosed(rest)) if rest[0] == "[" else constant(2)
            value = lift(lambda x, n: x ** (1 / n), self.expression(argument(rest)), degree)
        elif token == r"\mathbb{1}":
            del rest[0]
            value = lift(np.float64, self.condition(enclosed(rest)))
        elif token in NAMED or token.startswith((r"\operatorname", r"\mathbb")):
            value = self.named(rest)
        elif is_letter(token) or token[0] == "\\":
            name = symbol_name(rest)
            arguments = self.arguments(rest) if rest[:1] == ["("] and self.is_function(name) else []
        else:
            raise FormulaError(f"cannot read {' '.join(rest) or 'an empty place'}")
        below, above = marks_of(rest)
        if name:
            value = self.symbol(name, arguments, below)
        elif below:
            value = lift(self.at, value, *map(self.expression, subscripts(below)))
        if above == [r"\top"]:
            return lift(transposed, value)
        return lift(operator.pow, value, self.expression(above)) if above else value

    def is_function(self, name):
        if name in self.equations:
            return name not in self.parameters and any(e.arguments for e in self.equations[name])
        return name in LETTERS and name not in self.parameters

    def symbol(self, name, arguments, below):
        if name in LETTERS and arguments and name not in self.equations:
            return lift(function_named(LETTERS[name]), *arguments)
        full = f"{name}_{''.join(below or [])}"
        if full in self.equations or full in self.parameters:
            name, below = full, []
        indices, order = subscripts(below or []), bool(below) and below[0] == "("
        for position, index in enumerate(indices):
            self.indexed.setdefault(index[0], []).append((name, position))
        indices = [self.expression(index) for index in indices]

        def value(local):
            given = [index(local) for index in indices]
            if order:  # y_(i) is the i-th smallest
                return self.at(np.sort(self.value(name, local)), *given)
            return self.value(name, local, given, [a(local) for a in arguments])

        return value

    def fraction(self, rest):
        del rest[0]
        above, below = argument(rest), argument(rest)
        if above[:1] != [r"\partial"]:
            return lift(np.divide, self.expression(above), self.expression(below))
        head = self.head([r"\frac", "{", *above, "}", "{", *below, "}"], {*above, *below})
        indices = [self.expression([letter]) for letter, _ in head.indices]
        return lambda local: self.value(head.name, local, [index(local) for index in indices])

    def cases(self, items):
        rows = [split(row, "&")[0] for row in split(items, r"\\")[0] if row]
        rows = [
            (
                self.expression(value[:-1] if value[-1] == "," else value),
                constant(True) if condition == [r"\text{otherwise}"] else self.condition(condition),
            )
            for value, condition in rows
        ]
        return lambda local: next((value(local) for value, holds in rows if holds(local)), np.nan)

    def condition(self, items):
        tests = []
        for part in split(items, ",")[0]:
            pieces, relations = split(part, *RELATIONS)
            if not relations:
                raise FormulaError(f"this is no condition: {' '.join(part)}")
            pieces = [self.expression(piece) for piece in pieces]
            tests += [lift(RELATIONS[r], *pair) for r, pair in zip(relations, itertools.pairwise(pieces), strict=True)]
        return lambda local: all(np.all(test(local)) for test in tests)

    def arguments(self, rest):
        return [self.expression(part) for part in split(enclosed(rest), ",")[0]]

    def named(self, rest):
        name = re.sub(r"\\operatorname|\\mathbb|[\\{}]", "", rest.pop(0))
        below, above = marks_of(rest)
        if name in REDUCTIONS and below:
            return self.reduction(name, below, above, rest)
        arguments = self.arguments(rest) if rest and rest[0] in "([" else [self.factor(rest)]
        value = lift(function_named(name), *arguments)
        if below:
            value = lift(np.divide, value, lift(function_named(name), self.expression(below)))
        return lift(operator.pow, value, self.expression(above)) if above else value

    def reduction(self, name, below, above, rest):
        """A sum, product or extremum over all that follows in its term."""
        ranges, conditions = [], []
        for part in split(below, ",", ":")[0]:
            pieces, relations = split(part, *RELATIONS)
            if relations == ["="] and above:
                ranges.append((pieces[0][0], self.expression(pieces[1]), self.expression(above)))
            elif relations == [r"\le", r"\le"]:
                ranges.append((pieces[1][0], self.expression(pieces[0]), self.expression(pieces[2])))
            elif not relations:
                ranges.append((part[0], None, None))
            else:
                conditions.append(self.condition(part))
        ranges = ranges or [(below[0], None, None)]
        letter, body = ranges[0][0], self.term(rest)
        rest.clear()

        def bound(local, ranges):
            if ranges:
                (index, low, high), *others = ranges
                extent = range(int(low(local)), int(high(local)) + 1) if low else self.extent(index, local)
                for value in extent:
                    yield from bound({**local, index: np.float64(value)}, others)
            elif all(holds(local) for holds in conditions):
                yield local

        def reduced(local):
            inner = list(bound(local, ranges))
            return REDUCTIONS[name]([body(i) for i in inner], [i[letter] for i in inner])

        return reduced

    def first(self, length):
        """Where the indices of an axis begin; the sizes differ, so its length tells what it counts."""
        return self.first_label if length == self.inputs["K"] else 1

    def at(self, array, *indices):
        for index in indices:
            if np.ndim(array) == 0:
                raise FormulaError(f"{len(indices)} indices are too many")
            place = index - self.first(len(array))
            if not (0 <= place < len(array) and place == int(place)):
                raise FormulaError(f"the index {index:g} is outside an axis of length {len(array)}")
            array = array[int(place)]
        return array

    def extent(self, letter, local):
        """The values of an index without bounds: as far as the arrays reach that it stands at."""
        for name, position in self.indexed.get(letter, ()):
            array = local.get(name, self.inputs.get(name))
            if np.ndim(array) > position:
                length = np.shape(array)[position]
                return range(self.first(length), self.first(length) + length)
        raise FormulaError(f"no array tells how far the index {letter} runs")

    def value(self, name, local, indices=(), arguments=()):
        """The value of a symbol: by an equation that has its indices, else what is given, else from an array."""
        equations = self.equations.get(name, ())
        for equation in equations:
            bound = equation.bind(indices)
            if len(equation.indices) == len(indices) and bound is not None:
                return self.solved(equation, bound, arguments)
        for given in (local, self.inputs):
            if name in given and np.ndim(given[name]) >= len(indices):
                return self.at(given[name], *indices)
        if equations and len(equations[0].indices) < len(indices):
            count = len(equations[0].indices)
            return self.at(self.value(name, local, indices[:count], arguments), *indices[count:])
        if equations:
            letters = equations[0].indices[len(indices) :]
            bound = dict(zip(equations[0].arguments, arguments, strict=False))
            extents = [self.extent(letter, bound) for letter, _ in letters]
            values = [self.value(name, local, [*indices, *i], arguments) for i in itertools.product(*extents)]
            return np.reshape(values, [len(e) for e in extents])
        if name.startswith(r"\bar{"):
            return self.at(np.mean(self.value(name[5:-1], local), axis=0), *indices)
        if name in CONSTANTS and not indices:
            return CONSTANTS[name]
        raise UndefinedError(name)

    def solved(self, equation, bound, arguments):
        """The last member, with which every other that can be computed must agree."""
        key = (id(equation), *bound.values())
        if arguments or key not in self.memo:
            local = bound | dict(zip(equation.arguments, arguments, strict=bool(arguments)))
            *others, value = equation.members
            value = value(local)
            for other in others:
                try:
                    np.testing.assert_allclose(other(local), value, rtol=1e-10, err_msg=f"members of {equation.name}")
                except UndefinedError:
                    continue
            if arguments:
                return value
            self.memo[key] = value
        return self.memo[key]

    def results(self, inputs, shapes):
        """The results for given inputs, one per shape; where a length is not known, rows that are defined."""
        self.inputs, self.memo = inputs, {}
        computed = []
        for name, shape in zip(self.equations, shapes, strict=False):
            count = max(len(e.indices) for e in self.equations[name])
            sizes = [int(inputs.get(SIZES.get(letter, letter), LONGEST)) for letter in shape or ()][:count]
            extents = [range(self.first(size), self.first(size) + size) for size in sizes]
            values = [self.value(name, {}, list(map(np.float64, i))) for i in itertools.product(*extents)]
            computed.append(np.reshape(values, (*sizes, *np.shape(values[0]))))
        if all(SIZES.get(letter, letter) in inputs for shape in shapes for letter in shape):
            return computed
        defined = ~np.any(np.isnan(computed), axis=0)
        return [part[defined] for part in computed]


def core(shape):
    """The letters of the axes that belong to one computation; over "..." it is done again and again."""
    return tuple(letter for letter in shape or () if letter != "...")


def read(snippet):
    labels = any(p.slot.domain == "{0, ..., k - 1}" for p in snippet.parameters)
    return Formula(snippet.formula, snippet.symbols.values(), labels)


@np.errstate(all="ignore")
def compute(formula, snippet, values):
    """What the formula gives where the function is given these values, one array per result."""
    arrays = {p.name: np.asarray(values[p.name], dtype=float) for p in snippet.parameters}
    sizes, batch = {}, ()
    for p in snippet.parameters:
        letters, shape = core(p.slot.shape), arrays[p.name].shape
        inner = shape[len(shape) - len(letters) :]
        sizes |= {SIZES.get(letter, letter): float(size) for letter, size in zip(letters, inner, strict=True)}
        batch = max(batch, shape[: len(shape) - len(letters)], key=len)
    sizes.setdefault("K", 1 + max((np.max(arrays[p.name]) for p in snippet.parameters if p.slot.domain == "{0, ..., k - 1}"), default=0))
    points = []
    for point in np.ndindex(batch):
        inputs = {p.symbols[0]: arrays[p.name] for p in snippet.parameters}
        inputs = {
            formula.spelled(p.symbols[0]): arrays[p.name][point]
            if "..." in (p.slot.shape or ())
            else arrays[p.name][()]
            for p in snippet.parameters
        }
        points.append(formula.results(sizes | inputs, [core(r.slot.shape) for r in snippet.results]))
    return [np.reshape(part, batch + np.shape(part[0])) for part in zip(*points, strict=True)]
