"""Every snippet is drawn, and every figure says what it shows."""

import ast

import pytest
from figures import GALLERY, figure_calls, figure_of, figures, read_script
from sphinx_gallery.py_source_parser import split_code_and_text_blocks

SCRIPTS = sorted(GALLERY.glob("plot_*.py"))


def test_a_figure_draws_it(snippet):
    assert figure_of(snippet.name), f"no figure draws {snippet}: call it in a block of a script in gallery/"


def test_a_figure_of_its_own_topic_comes_first():
    """ReLU and softmax are also used in stories about layers and labels, some of which come first."""
    assert "normalization" not in figure_of("relu").script
    assert figure_of("relu").own >= {"relu"}
    assert figure_of("softmax").own >= {"softmax"}


@pytest.mark.parametrize("figure", figures(), ids=lambda f: f"{f.script}-{f.number}")
def test_figures_say_what_they_show(figure):
    assert 20 <= len(figure.sentence) <= 220, figure.sentence


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda p: p.stem)
def test_each_block_draws_one_figure(path):
    _, blocks = split_code_and_text_blocks(str(path))
    for block in blocks:
        if block.type == "code":
            assert figure_calls(ast.parse(block.content)) <= 1
    assert read_script(str(path), path.stat().st_mtime_ns)
