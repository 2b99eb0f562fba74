"""What a machine reads in a snippet: formula, symbols, shapes, code, example, counterparts, citations.

The site and the tests read the docstrings through this one module.
"""

import ast
import functools
import hashlib
import importlib
import inspect
import json
import re
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpydoc.docscrape import NumpyDocString

import cheatsheet

CHECKED = Path(__file__).parents[2] / "build" / "checked_formulas.json"  # written by tests/test_formulas.py
LIBRARIES = {
    "torch": "PyTorch",
    "keras": "Keras",
    "optax": "Optax",
    "jax": "JAX",
    "sklearn": "scikit-learn",
    "scipy": "SciPy",
    "numpy": "NumPy",
}
VOCABULARY = {  # symbols with one meaning on the whole site, and the arguments that carry them
    "y": ("What is true: target, label or class number; of a layer, its output", {"y_true"}),
    r"\hat{y}": ("What is predicted: number, label or class number", {"y_pred"}),
    "p": ("Probability", {"p", "y_prob"}),
    "s": ("Score: the larger, the more likely", {"y_score"}),
    "x": ("Input", {"x"}),
    "z": ("Input of an activation; logit", {"z"}),
    "W": ("Weights", {"w"}),
    "b": ("Bias", {"b"}),
    "w": ("Weights, as one vector or each by itself", {"w"}),
    r"\eta": ("Learning rate", {"lr"}),
    r"\lambda": ("Strength of a penalty on the weights", {"weight_decay", "strength"}),
}
SIZES = {
    "n": "number of examples",
    "K": "number of classes",
    "d": "number of features",
    "m": "number of points, pieces or columns",
    "c": "number of channels",
    "h": "height of an image",
    "w": "width of an image",
    "r": "number of channels in a group",
    "o": "number of outputs",
    "T": "number of time steps",
    "S": "number of keys",
    "G": "number of heads",
}
ALWAYS = {"n", "d", "m"}  # the others count something only where a shape has them, in small letters
STATE = ("tuple or None", "tuple", "None")  # what one step hands to the next
BACKWARD = "function"  # what a layer returns after its output: sends a gradient back
LAWS = ("rows sum to 1", "symmetric", "positive definite")  # what the entries of an array obey together
TYPE = re.compile(
    rf"(?P<state>{'|'.join(STATE)}|{BACKWARD})"
    r"|(?P<form>list of |function of )?(?:(?P<shape>\(.*?\)) array|(?P<scalar>float|int))"
    rf"(?: in (?P<set>[\[({{].+[\])}}])| (?P<bound>[<>]=? .+)|, (?P<law>{'|'.join(LAWS)}))?"
)
PIECE = re.compile(r"(\w+) : (.+)")
MATH = re.compile(r"^\.\. math::\n((?:[ \t]+\S.*\n?|\n)+)", re.MULTILINE)
IDENTIFIERS = {
    "doi": re.compile(r"doi:(10\.\d{4,9}/\S+)"),
    "arxiv": re.compile(r"arXiv:(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})"),
    "isbn": re.compile(r"ISBN ((?:97[89]-)?[\d-]{9,12}[\dX])"),
}


def length(entry, sizes):
    """An entry of a shape as a number: a letter, a number, ``2 * m``, ``s + 1``."""
    return int(eval(entry, {"__builtins__": {}}, sizes))


@dataclass(frozen=True)
class Slot:
    """The type slot of a parameter or result: ``(n, k) array in [0, 1]``, ``float > 0``."""

    text: str
    shape: tuple[str, ...] | None = field(init=False)  # None for what is no array
    scalar: bool = field(init=False)
    integer: bool = field(init=False)
    domain: str | None = field(init=False)  # "[0, 1]", "> 0", "rows sum to 1"
    many: bool = field(init=False)  # a list of such arrays
    takes: tuple[str, ...] | None = field(init=False)  # of a function: the shape of its argument

    def __post_init__(self):
        match = TYPE.fullmatch(self.text)
        if not match:
            raise ValueError(
                f"cannot read the type {self.text!r}: write it like '(n,) array in [0, 1]' or 'float > 0'"
            )
        shape = match["shape"] and tuple(s for s in re.split(r",\s*", match["shape"][1:-1]) if s)
        function = match["form"] == "function of "
        object.__setattr__(self, "shape", None if function else shape)
        object.__setattr__(self, "scalar", bool(match["scalar"]) and not function)
        object.__setattr__(self, "integer", match["scalar"] == "int" or (match["set"] or "").startswith("{"))
        object.__setattr__(self, "domain", match["set"] or match["bound"] or match["law"])
        object.__setattr__(self, "many", match["form"] == "list of ")
        object.__setattr__(self, "takes", (shape or ()) if function else None)

    def lengths(self, sizes):
        """The shape in numbers; an entry may be a letter, a number or a term such as ``2 * m``."""
        return [n for x in self.shape for n in ((2, 3) if x == "..." else (length(x, sizes),))]

    @property
    def symmetric(self):
        return self.domain in ("symmetric", "positive definite")

    @property
    def members(self):
        """The elements of a finite set such as {-1, 1}; None for {0, ..., k - 1} and intervals."""
        if self.domain and self.domain[0] == "{" and "..." not in self.domain:
            return [float(v) for v in self.domain[1:-1].split(",")]
        return None

    def bounds(self, values):
        """Lower and upper end of the set, with parameter names and sizes looked up in ``values``."""
        low, high = "-inf", "inf"
        if not self.domain or self.symmetric:
            pass
        elif self.domain[0] == ">":
            low = self.domain.lstrip(">= ")
        elif self.domain[0] == "<":
            high = self.domain.lstrip("<= ")
        elif self.domain == "rows sum to 1":
            low, high = "0", "1"
        else:
            *low_part, high = self.domain[1:-1].split(",")
            low = low_part[0]
        names = {"inf": np.inf, "log": np.log, **values}
        return eval(low, {"__builtins__": {}}, names), eval(high, {"__builtins__": {}}, names)


@dataclass(frozen=True)
class Argument:
    name: str  # empty for an unnamed result
    type: str
    text: str
    pieces: tuple["Argument", ...] = ()  # of a state; what a backward pass returns

    @classmethod
    def read(cls, name, type_, lines):
        """An argument of a section; its pieces stand in its description, in the same form."""
        whole = type_ not in (*STATE, BACKWARD)
        heads = [i for i, line in enumerate(lines) if not whole and PIECE.fullmatch(line)]
        pieces = [
            cls.read(*PIECE.fullmatch(lines[i]).groups(), lines[i + 1 : j])
            for i, j in zip(heads, [*heads[1:], None], strict=False)
        ]
        return cls(name, type_, " ".join(" ".join(lines[: min(heads, default=None)]).split()), tuple(pieces))

    @functools.cached_property
    def slot(self):
        return Slot(self.type)

    @property
    def is_state(self):
        return self.type in STATE

    @property
    def is_backward(self):
        return self.type == BACKWARD

    @property
    def symbols(self):
        return re.findall(r":math:`([^`]+)`", self.text)

    @property
    def unit(self):
        """What the description says after ", in": "nats", "the squared unit of the target"."""
        match = re.search(r", in (nats|the (?:squared )?unit of [a-z ]+)", self.text)
        return match[1] if match else ""

    @property
    def meaning(self):
        """The head of the description, without the symbol: "targets", "where the square ends"."""
        head = re.split(r"[,.;:(]\s|[.:]$", re.sub(r",?\s*:math:`[^`]+`", "", self.text))[0].strip()
        return head[0].lower() + head[1:]


class Snippet:
    """One public function of the package, taken apart."""

    def __init__(self, function):
        self.function = function
        self.name = function.__name__
        self.module = function.__module__.rpartition(".")[2]
        self.path = f"{function.__module__}.{self.name}"

    @functools.cached_property
    def doc(self):
        return NumpyDocString(inspect.getdoc(self.function) or "")

    @property
    def summary(self):
        return " ".join(self.doc["Summary"])

    def arguments(self, section):
        return [Argument.read(p.name, p.type, p.desc) for p in self.doc[section]]

    @functools.cached_property
    def parameters(self):
        return self.arguments("Parameters")

    @functools.cached_property
    def results(self):
        return self.arguments("Returns")

    @functools.cached_property
    def given(self):
        """The parameters that the caller chooses: all but the state."""
        return [p for p in self.parameters if not p.is_state]

    @functools.cached_property
    def inputs(self):
        """The parameters, with the pieces of the state in its place."""
        return [a for p in self.parameters for a in (p.pieces if p.is_state else [p])]

    @functools.cached_property
    def outputs(self):
        """The results that are numbers; in the place of the state its pieces, those that went in."""
        pieces = [piece for p in self.parameters for piece in p.pieces]
        return [a for r in self.results if not r.is_backward for a in (pieces if r.is_state else [r])]

    @functools.cached_property
    def gradients(self):
        """What the backward pass of a layer returns: dx is the gradient by x."""
        return [piece for r in self.results if r.is_backward for piece in r.pieces]

    @property
    def stateful(self):
        """Whether it is a step that hands a state to the next one."""
        return any(p.is_state for p in self.parameters)

    @functools.cached_property
    def moving(self):
        """Of a step: the arguments that are new at each step, since the formula gives them the index t."""
        known = {r.name for r in self.outputs}
        return [
            p.name
            for p in self.given
            if self.stateful
            and p.name not in known
            and re.search(rf"{re.escape(p.symbols[0])}_(t\b|\{{t\b)", self.formula)
        ]

    @property
    def raises(self):
        return self.arguments("Raises")

    def __repr__(self):
        return f"{self.module}.{self.name}"

    @property
    def is_derivative(self):
        return bool(self.base)

    @property
    def base(self):
        """``huber`` for ``huber_grad`` and ``softmax`` for ``softmax_jacobian``, else an empty string."""
        return self.base_of(self.name)

    @staticmethod
    def base_of(name):
        match = re.fullmatch(r"(\w+)_(?:grad|jacobian)", name)
        return match[1] if match else ""

    @functools.cached_property
    def signature(self):
        return inspect.signature(self.function)

    @functools.cached_property
    def formula(self):
        """The LaTeX of the one ``.. math::`` block of the docstring."""
        blocks = MATH.findall("\n".join(self.doc["Extended Summary"]))
        if len(blocks) != 1:
            raise ValueError(
                f"{self} has {len(blocks)} formulas: put one '.. math::' block below its summary"
            )
        return inspect.cleandoc(blocks[0])

    @functools.cached_property
    def prose(self):
        """The paragraphs of the extended summary, formulas left out."""
        text = MATH.sub("\n", "\n".join(self.doc["Extended Summary"]))
        return [p for p in re.split(r"\n\s*\n", text.strip()) if p]

    @property
    def fingerprint(self):
        """Changes with the formula and the code, so that an old check is not taken for one of this text."""
        return hashlib.sha256(self.source.encode()).hexdigest()

    @property
    def inputs_checked(self):
        """On how many inputs the tests last found formula and code to agree; 0 if they have not run since."""
        record = json.loads(CHECKED.read_text()).get(repr(self), {}) if CHECKED.exists() else {}
        return record["inputs"] if record.get("fingerprint") == self.fingerprint else 0

    @property
    def use(self):
        """When to reach for it: the paragraph that begins with "Use"."""
        return next((" ".join(p.split()) for p in self.prose if p.startswith("Use")), "")

    @functools.cached_property
    def source(self):
        return inspect.getsource(inspect.unwrap(self.function)).rstrip()

    @property
    def file(self):
        """The plain file: import line and function, docstring kept."""
        return f"import numpy as np\n\n\n{self.source}\n"

    @functools.cached_property
    def code(self):
        """What the copy button copies: import line and function, docstring left out."""
        docstring = ast.parse(self.source).body[0].body[0]
        lines = self.source.splitlines()
        del lines[docstring.lineno - 1 : docstring.end_lineno]
        return "import numpy as np\n\n\n" + "\n".join(lines) + "\n"

    @property
    def examples(self):
        return "\n".join(self.doc["Examples"]).strip()

    @property
    def runnable_examples(self):
        """The examples with the import lines that each block of input needs to run by itself."""
        imports = [f">>> from {self.function.__module__} import {self.name}"]
        lines, previous = [], ""
        for line in self.examples.splitlines():
            if line.startswith(">>>") and not previous.strip():
                block = self.examples[self.examples.index(line) :].partition("\n\n")[0]
                lines += [">>> import numpy as np"] * ("np." in block) + imports
            lines.append(line)
            previous = line
        return "\n".join(lines)

    @property
    def notes(self):
        return "\n".join(self.doc["Notes"]).strip()

    @functools.cached_property
    def see_also(self):
        """Pairs of a name and what is said of it."""
        return [(name, " ".join(text)) for names, text in self.doc["See Also"] for name, _ in names]

    @property
    def counterparts(self):
        """The same thing in other libraries, by its importable name."""
        return {name: text for name, text in self.see_also if name.partition(".")[0] in LIBRARIES}

    @property
    def neighbours(self):
        return {name: text for name, text in self.see_also if name not in self.counterparts}

    @functools.cached_property
    def references(self):
        text = "\n".join(self.doc["References"])
        return [
            " ".join(item.split())
            for item in re.split(r"^\.\. \[\d+\]", text, flags=re.MULTILINE)
            if item.strip()
        ]

    @property
    def symbols(self):
        """The symbol of each parameter and piece of the state, by name."""
        return {p.name: p.symbols[0] for p in self.inputs if p.symbols}

    @property
    def sizes(self):
        """The letters of the formula that count something: n, K, d, m, T."""
        shapes = " ".join(a.type for a in self.inputs + self.outputs if a.slot.shape)
        counted = [s for s in SIZES if s in ALWAYS or re.search(rf"\b{s.lower()}\b", shapes)]
        free = [s for s in counted if s not in self.symbols.values()]
        return [s for s in free if re.search(rf"(?<![A-Za-z\\]){s}(?![A-Za-z])", self.formula)]


@functools.cache
def sections(module):
    """The names under each ``# %% Title`` of a module's source: one page of entries each."""
    found = {}
    for line in inspect.getsource(module).splitlines():
        if line.startswith("# %% "):
            found[line.removeprefix("# %% ")] = names = []
        elif match := re.match(r"def ([a-z]\w*)\(", line):
            names.append(match[1])
    return found


def modules():
    """The topic modules of the package, in the order of the package's own list."""
    return [importlib.import_module(f"cheatsheet.{name}") for name in cheatsheet.__all__]


@functools.cache
def snippets(module=None):
    """Every public function defined in the module (or in all modules), in source order."""
    return [
        Snippet(f)
        for m in ([module] if module else modules())
        for name, f in vars(m).items()
        if inspect.isfunction(f) and f.__module__ == m.__name__ and not name.startswith("_")
    ]
