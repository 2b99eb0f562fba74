"""In a real browser: what the copy buttons put on the clipboard runs as it is."""

import subprocess
import sys

import pytest
from snippets import snippets

SNIPPETS = {snippet.path: snippet for snippet in snippets()}


def copied(block):
    block.hover()
    block.locator("button.copybtn").click()
    return block.page.evaluate("navigator.clipboard.readText()")


def entry(page, path):
    return page.locator("dl.py.function", has=page.locator(f"[id='{path}']"))


@pytest.mark.parametrize("name", ["activations/softmax_and_gates", "losses/regression", "metrics/ranking"])
def test_blocks_of_a_page_are_copied_as_they_run(page, name):
    """The code is the function with its import; an example is its input, without prompts and results."""
    page.goto(f"/{name}.html")
    paths = page.locator("dl.py.function > dt").evaluate_all("names => names.map(name => name.id)")
    assert paths
    for path in paths:
        code = copied(entry(page, path).locator(".highlight-python").first)
        assert code == SNIPPETS[path].code.rstrip()
        exec(code, {})
        example = copied(entry(page, path).locator("div.highlight", has=page.locator(".gp")).first)
        assert not set(example.splitlines()) & set(SNIPPETS[path].runnable_examples.splitlines()) - {""}
        exec(example, {})


def test_copied_code_runs_in_a_new_interpreter(page):
    page.goto("/losses/regression.html")
    text = copied(entry(page, "cheatsheet.losses.huber").locator(".highlight-python").first)
    check = f"{text}\nassert huber([0, 0], [0.5, 3]) == 1.3125"
    subprocess.run([sys.executable, "-W", "error", "-c", check], check=True)


def test_copying_is_announced(page):
    page.goto("/losses/regression.html")
    huber = entry(page, "cheatsheet.losses.huber")
    copied(huber.locator(".highlight-python").first)
    page.get_by_role("status").get_by_text("Copied the code of huber").wait_for(state="attached")
    copied(huber.locator("div.highlight", has=page.locator(".gp")).first)
    page.get_by_role("status").get_by_text("Copied the example of huber").wait_for(state="attached")
