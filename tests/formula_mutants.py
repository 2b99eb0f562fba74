"""Change every formula in small ways: a wrong one must differ from the code, a rewritten one must not.

    python tests/formula_mutants.py [topic or topic.snippet ...]

Prints the wrong formulas that pass and the harmless ones that fail.
"""

import multiprocessing
import os
import re
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "docs" / "_ext"), str(ROOT / "tests")]

import numpy as np  # noqa: E402
from snippets import snippets  # noqa: E402
from test_formulas import EXCEPTIONS, check  # noqa: E402

WRONG = {  # kind: pattern and replacement, applied to one place at a time
    "sign": [(r" \+ ", " - "), (r" - ", " + "), (r"(?<=[({])-", ""), (r"(?<== )-", "")],
    "lower bound": [(r"=1\}", "=2}"), (r"=0\}\^", "=1}^"), (r"=2\}\^", "=1}^")],
    "upper bound": [(r"\^\{(n|K|m|d)\}", r"^{\1-1}"), (r"\^\{K-1\}", "^{K-2}"), (r"\^\{B-1\}", "^{B}")],
    "missing mean": [(r"\\frac\{1\}\{(n|K|T)\}", "1"), (r"\\frac\{(2|y_i)\}\{n\}", r"\1")],
    "factor": [(r"(?<== )(?=\\[^i])", "2 "), (r"\\frac\{1\}\{2\}", "1"), (r"\b2 ", "")],
    "square": [(r"\^2", ""), (r"\\sqrt(?=\{)", "")],
    "absolute value": [(r"\|([^|]+)\|", r"(\1)"), (r"\\left\|(.+?)\\right\|", r"\\left(\1\\right)")],
    "boundary": [(r" < ", r" \\le "), (r" > ", r" \\ge "), (r"\\le(?= )", "<"), (r"\\ge(?= )", ">")],
    "direction": [(r" < ", " > "), (r" > ", " < "), (r"\\le(?= )", r"\\ge"), (r"\\ge(?= )", r"\\le")],
    "equality": [(r"\[([^\]=]+) = ([^\]=]+)\]", r"[\1 \\ne \2]")],
    "extremum": [(r"\\max(?![a-z])", r"\\min"), (r"\\min(?![a-z])", r"\\max"), ("argmax", "argmin")],
    "swap": [(r"\\hat\{y\}_i", "y_i"), (r"(?<!\{)\by_i", r"\\hat{y}_i"), (r"p_i", "y_i"), (r"u_i", "v_i")],
    "letter": [(r"\\alpha", r"\\beta"), (r"\\beta", r"\\alpha"), (r"\\lambda", r"\\alpha"), ("P_i", "N_i")],
    "index": [(r"_\{ij\}", "_{ji}"), (r"_\{ik\}", "_{ij}"), (r"z_k", "z_j"), (r"C_\{jk\}", "C_{kj}")],
    "number": [(r"\b0\.044715", "0.04475"), (r"\b6\b", "5"), (r"\b3\b", "2"), (r"\\log_2", r"\\log")],
    "step": [(r"_\{t-1\}", "_t"), (r"_\{t-1,", "_{t,"), (r"\^t(?![a-z])", ""), (r"\\beta_1", r"\\beta_2")],
    "other beta": [(r"\\beta_2", r"\\beta_1"), (r"\^\\top", "")],
    "complement": [(r"\(1 - ([^()]+)\)", r"\1")],
}
HARMLESS = {
    "tfrac": (r"\\frac", r"\\tfrac"),
    "dfrac": (r"\\frac", r"\\dfrac"),
    "left": (r"(?<!\\left)([(\[])(?=[^()\[\]]*([)\]]))([^()\[\]]*)(?<!\\right)\2", r"\\left\1\3\\right\2"),
    "thin space": (r" (?=[^&\\{}\s])", r" \\, "),
    "thick space": (r"(?<=\}) (?=\S)", r" \\; "),
    "no space": (r"\\,", ""),
    "bars": (r"(?<!left)(?<!right)\|([^|]+)\|", r"\\left|\1\\right|"),
    "leq": (r"\\le(?= )", r"\\leq"),
    "braces": (r"_([a-z])(?![A-Za-z}])", r"_{\1}"),
    "reordered sum": (r"\(([^()+\-=,]+) \+ ([^()+\-=,]+)\)", r"(\2 + \1)"),
    "reordered difference": (r"\(([^()+\-=,]+) - ([^()+\-=,]+)\)", r"(-\2 + \1)"),
    "dot": (r"(?<=[\]\w]) \\, (?=[\\(\w])", r" \\cdot "),
    "quad": (r"\\quad", r"\\qquad"),
    "line": (r"\s+", " "),
}


def right_side(tex):
    """Where the first right side begins: a name may be written as one likes."""
    return re.search(r"(?<![{_a-z])&?=", tex).end()


def wrong(tex):
    """Every change of one place in the right sides."""
    for kind, changes in WRONG.items():
        for pattern, replacement in changes:
            for match in re.finditer(pattern, tex):
                changed = tex[: match.start()] + match.expand(replacement) + tex[match.end() :]
                if match.start() >= right_side(tex) and changed != tex:
                    yield kind, changed


def harmless(tex):
    for kind, (pattern, replacement) in HARMLESS.items():
        changed = re.sub(pattern, replacement, tex)
        if changed != tex:
            yield kind, changed


def outcome(task):
    name, _, tex = task
    snippet = next(s for s in snippets() if s.name == name)
    try:
        check(snippet, np.random.default_rng(0), tex)
    except (AssertionError, ArithmeticError, ValueError, RecursionError) as error:
        return (str(error).strip() or type(error).__name__).splitlines()[0]
    return ""


def main(wanted):
    chosen = [s for s in snippets() if not wanted or {s.module, f"{s.module}.{s.name}"} & set(wanted)]
    chosen = [s for s in chosen if s.name not in EXCEPTIONS]
    with multiprocessing.Pool(os.cpu_count()) as pool:
        for what, change, fine in (("wrong", wrong, bool), ("harmless", harmless, lambda error: not error)):
            tasks = [(s.name, kind, tex) for s in chosen for kind, tex in change(s.formula)]
            errors = pool.map(outcome, tasks, chunksize=8)
            missed = [(task, error) for task, error in zip(tasks, errors, strict=True) if not fine(error)]
            for (name, kind, tex), error in missed:
                print(f"\n{what}: {name}, {kind}: {error or 'passes'}\n{tex}")
            print(f"\n{len(tasks)} {what} formulas, {len(missed)} not seen as such")


if __name__ == "__main__":
    main(sys.argv[1:])
