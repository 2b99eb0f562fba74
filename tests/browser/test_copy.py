"""In a real browser: what the copy buttons put on the clipboard runs as it is."""

import subprocess
import sys

import pytest


@pytest.fixture
def entry(page):
    page.goto("/losses/regression.html")
    return page.locator("dl.py.function", has=page.locator("[id='cheatsheet.losses.huber']"))


def copied(block):
    block.hover()
    block.locator("button.copybtn").click()
    return block.page.evaluate("navigator.clipboard.readText()")


def test_code_of_an_entry_is_copied_as_it_runs(entry):
    text = copied(entry.locator(".highlight-python").first)
    assert text.startswith("import numpy as np")
    subprocess.run(
        [sys.executable, "-W", "error", "-c", f"{text}\nassert huber([0, 0], [0.5, 3]) == 1.3125"], check=True
    )


def test_example_is_copied_without_prompts_and_results(entry):
    text = copied(entry.locator("div.highlight", has=entry.page.locator(".gp")).first)
    assert ">>>" not in text
    assert "1.3125" not in text
    subprocess.run([sys.executable, "-W", "error", "-c", text], check=True)
