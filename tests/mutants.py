"""Change the code of every snippet in small ways; each change must make a test fail.

Cosmic Ray makes the changes. Each mutant lives in a process of its own that replaces one function and
runs the tests that meet it, so the thousands of runs take minutes. Prints the survivors.

    python tests/mutants.py [topic or topic.snippet ...]
"""

import contextlib
import difflib
import gc
import io
import linecache
import multiprocessing
import os
import re
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
sys.path[:0] = [str(ROOT), str(ROOT / "docs" / "_ext"), str(ROOT / "tests")]

import cosmic_ray.mutating  # noqa: E402
import cosmic_ray.plugins  # noqa: E402
import pytest  # noqa: E402
import scipy.stats  # noqa: E402, F401  loaded once, for all children
import sklearn.calibration  # noqa: E402
import sklearn.metrics  # noqa: E402, F401
import snippets  # noqa: E402

with contextlib.suppress(ModuleNotFoundError):
    import torch  # noqa: F401

OPERATORS = re.compile(
    r"core/(ReplaceBinaryOperator_(Add_Sub|Sub_Add|Mul_Div|Div_Mul|Pow_Mul|BitAnd_BitOr|BitOr_BitAnd)"
    r"|ReplaceComparisonOperator_(Lt_LtE|LtE_Lt|Gt_GtE|GtE_Gt|Lt_Gt|Gt_Lt|LtE_GtE|GtE_LtE|Eq_NotEq|NotEq_Eq)"
    r"|ReplaceUnaryOperator_(USub_UAdd|Delete_\w+)"
    r"|AddNot|Replace(AndWithOr|OrWithAnd|TrueWithFalse|FalseWithTrue)|NumberReplacer|RemoveDecorator)"
)
TESTS = [
    str(ROOT / "tests" / f"test_{name}.py") for name in ("behavior", "gradients", "oracles", "special_cases")
]
# Left out: a check that looks at all snippets at once, and libraries that do not survive a fork.
CHOICE = "not without_an_oracle and not keras and not jax and not optax"


def mutants(snippet):
    """Every changed source of a snippet."""
    for name in filter(OPERATORS.fullmatch, cosmic_ray.plugins.operator_names()):
        operator_class = cosmic_ray.plugins.get_operator(name)
        occurrence = 0
        while changed := cosmic_ray.mutating.mutate_code(snippet.source + "\n", operator_class(), occurrence):
            yield changed
            occurrence += 1


def difference(snippet, changed):
    lines = difflib.unified_diff(snippet.source.splitlines(), changed.splitlines(), lineterm="", n=0)
    return "\n".join(line for line in list(lines)[2:] if not line.startswith("@@"))


def survives(task):
    """Run in a child process: put the mutant in the snippet's place and run its tests."""
    snippet, changed = task
    filename = f"<mutant of {snippet.name}>"
    linecache.cache[filename] = (len(changed), None, changed.splitlines(keepends=True), filename)
    module = sys.modules[snippet.function.__module__]
    try:
        exec(compile(changed, filename, "exec"), vars(module))
    except Exception:
        return False
    snippets.snippets.cache_clear()  # it has met the function before the change
    family = {snippet.name, snippet.base, *(s.name for s in snippets.snippets() if s.base == snippet.name)}
    chosen = [s for s in snippets.snippets() if s.name in family]
    snippets.snippets = lambda module=None: chosen
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        off = [f"-pno:{name}" for name in ("cacheprovider", "unraisableexception", "threadexception")]
        arguments = ["-xq", *off, "-oaddopts=", "-k", CHOICE]
        return pytest.main([*arguments, *TESTS]) in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED)


def main(wanted):
    chosen = [
        s for s in snippets.snippets() if not wanted or {s.module, f"{s.module}.{s.name}"} & set(wanted)
    ]
    gc.freeze()  # the children need not look at what they inherit
    tasks = [(s, changed) for s in chosen for changed in mutants(s)]
    survivors = 0
    with multiprocessing.get_context("fork").Pool(maxtasksperchild=1) as pool:
        for (snippet, changed), alive in zip(tasks, pool.imap(survives, tasks), strict=True):
            if alive:
                survivors += 1
                print(f"\n{snippet}\n{difference(snippet, changed)}", flush=True)
    print(f"\n{len(tasks)} mutants, {survivors} survived")


if __name__ == "__main__":
    main(sys.argv[1:])
