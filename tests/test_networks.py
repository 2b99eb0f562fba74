"""The executed pages: the network in PyTorch that a page shows has the losses of the page's own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from notebooks import ONE_THREAD, TWIN, cells, notebooks, prepare_kernel

ROOT = Path(__file__).parents[1]
PAGES = {name: text for name, text in notebooks().items() if name.startswith("networks/")}
COMPARED = """
import numpy

assert len(losses) > 5
numpy.testing.assert_allclose(twin_losses, losses, rtol=1e-6, atol=1e-9)
"""
RUN = """
import contextlib, io, json, sys, traceback

errors = {}
for name, code in json.load(sys.stdin).items():
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            exec(compile(code, name, "exec"), {})
    except Exception:
        errors[name] = traceback.format_exc()
print(json.dumps(errors))
"""


@pytest.fixture(scope="module")
def errors():
    """What went wrong on each page, run with its twin in one process that has one thread."""
    pytest.importorskip("torch")
    code = {name: "\n".join([*cells(text), *TWIN.findall(text), COMPARED]) for name, text in PAGES.items()}
    run = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", RUN],
        input=json.dumps(code),
        env=os.environ | ONE_THREAD | {"MPLBACKEND": "agg", "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return json.loads(run.stdout)


@pytest.mark.parametrize("name", PAGES)
def test_pytorch_loses_as_much_in_each_step(name, errors):
    assert len(TWIN.findall(PAGES[name])) == 1
    assert name not in errors, errors[name]


@pytest.mark.parametrize("name", PAGES)
def test_page_shows_a_loss_curve_and_what_it_reached(name):
    code = "\n".join(cells(PAGES[name]))
    assert "print(" in code
    assert "plt.show()" in code


def test_what_a_cell_prints_stays_in_one_piece(monkeypatch):
    for name in ("IPYTHONDIR", "MATPLOTLIBRC", "MPLBACKEND", "PYTHONPATH", *ONE_THREAD):
        monkeypatch.setenv(name, "")  # and what it was is there again after the test
    prepare_kernel()
    code = "import time\nprint('one', end='')\ntime.sleep(1)\nprint(' line')"
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)])
    (cell,) = NotebookClient(notebook, kernel_name="python3").execute().cells
    assert [output["text"] for output in cell.outputs] == ["one line\n"]


def test_there_are_executed_pages():
    assert PAGES
