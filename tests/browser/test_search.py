"""In a real browser: any name finds its entry, by keyboard, and nothing is loaded before."""

import re
from pathlib import Path

import pytest

QUERIES = Path(__file__).with_name("search_queries.txt")
SLASH = "new KeyboardEvent('keydown', { key: '/', bubbles: true, cancelable: true })"
LATER = {"cheatsheet.optimizers.adam", r"symbol \eta", r"symbol \lambda"}  # come with the topic of optimizers


@pytest.fixture
def dialog(page):
    page.goto("/losses.html")
    return page.locator("#pst-search-dialog")


@pytest.fixture
def field(dialog):
    """The field of the open dialog, ready to be typed into."""
    dialog.page.keyboard.press("/")
    field = dialog.get_by_role("combobox")
    field.wait_for()
    return field


@pytest.fixture
def hits(dialog):
    return dialog.get_by_role("option")


def queries():
    """Pairs of what is typed and the targets that are right."""
    for line in QUERIES.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            typed, _, targets = line.partition(" -> ")
            yield typed, targets.split(" | ")


def addresses(records, target):
    """Where a target stands."""
    if "." in target:
        return {r["url"] for r in records if r["url"].endswith(f"#{target}")}
    kind, _, name = target.partition(" ")
    if kind == "symbol":
        name = re.sub(r"\\(hat)\{(\w)\}", r"\2 \1", name).removeprefix("\\")
    return {r["url"] for r in records if (r["kind"], r["title"]) == (kind, name)}


def test_first_hit_is_what_readers_mean(records, field, hits, pytestconfig):
    found, misses = 0, []
    for typed, targets in queries():
        right = set().union(*(addresses(records, target) for target in targets))
        assert right or LATER.intersection(targets), f"{targets} is not on this site"
        if right:
            field.fill(typed)
            address = hits.first.get_attribute("href").removeprefix("./")
            found += address in right
            misses += [] if address in right else [f"{typed}: {address} instead of {targets}"]
    reporter = pytestconfig.pluginmanager.get_plugin("terminalreporter")
    for line in ["", f"{found} of {found + len(misses)} queries", *misses]:
        reporter.write_line(line)
    assert found + len(misses) >= 150
    assert found >= 0.95 * (found + len(misses))


@pytest.mark.parametrize("keys", ["/", "Control+k", None])
def test_search_opens_from_keyboard_and_button(dialog, keys):
    page = dialog.page
    page.keyboard.press(keys) if keys else page.locator(".search-button__button:visible").first.click()
    page.keyboard.type("huber")
    dialog.get_by_role("option", name="huber entry").click()
    page.wait_for_url("**/losses/regression.html#cheatsheet.losses.huber")


def test_nothing_of_the_search_is_loaded_before_it_is_opened(page):
    loaded = []
    page.on("request", lambda request: loaded.append(request.url))
    page.goto("/losses.html", wait_until="networkidle")
    page.keyboard.press("End")
    page.wait_for_load_state("networkidle")
    assert [url for url in loaded if "search" in url] == []
    for _ in range(2):
        page.keyboard.press("/")
        page.get_by_role("combobox").fill("huber")
        page.keyboard.press("Escape")
    assert [url.rpartition("/")[2] for url in loaded if "search" in url] == ["searchnames.js"]


def test_slash_that_follows_a_closing_at_once_opens_again(field, dialog):
    """The browser tells of a closing, and takes the focus away, only in a later task."""
    dialog.evaluate(f"dialog => {{ dialog.close(); document.activeElement.dispatchEvent({SLASH}) }}")
    dialog.page.keyboard.type("huber")
    assert field.input_value() == "huber"


def test_slash_is_kept_from_the_browser(dialog):
    """Firefox would search the page for what follows."""
    assert dialog.page.evaluate(f"document.body.dispatchEvent({SLASH})") is False


def test_slash_goes_to_the_field_of_the_search_page(page):
    page.goto("/search.html")
    page.keyboard.type("/huber")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=huber*")
    page.locator("#search-results li a").first.wait_for()


def test_slash_is_a_character_where_text_is_typed(field):
    field.press("/")
    assert field.input_value() == "/"


def test_keyboard_walks_through_the_hits(field, dialog, hits):
    def chosen():
        (option,) = dialog.locator("[role=option][aria-selected=true]").all()
        assert option.get_attribute("id") == field.get_attribute("aria-activedescendant")
        return [hit.get_attribute("id") for hit in hits.all()].index(option.get_attribute("id"))

    field.fill("cross entropy")
    assert field.get_attribute("aria-expanded") == "true"
    last = hits.count() - 1
    assert last > 3
    walked = [chosen()]
    for key in ("ArrowDown", "ArrowDown", "ArrowUp", "ArrowUp", "ArrowUp", "ArrowDown"):
        field.press(key)
        walked.append(chosen())
    assert walked == [0, 1, 2, 1, 0, last, 0]
    address = hits.nth(1).get_attribute("href").removeprefix("./")
    field.press("ArrowDown")
    field.press("Enter")
    dialog.page.wait_for_url(f"**/{address}")


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        ("huber", "/losses/regression.html#cheatsheet.losses.huber"),
        ("y hat", "/notation.html#symbol-y-hat"),
    ],
)
def test_enter_opens_the_first_hit_on_the_same_page_and_from_a_folder(page, typed, path):
    page.goto("/losses/regression.html")
    page.keyboard.press("/")
    page.get_by_role("combobox").fill(typed)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{path}")
    top = "document.querySelector(':target').getBoundingClientRect().top"
    page.wait_for_function(f"0 <= {top} && {top} < innerHeight")
    assert not page.locator("#pst-search-dialog").is_visible()


def test_click_on_a_hit_of_the_same_page_closes_the_dialog(page):
    page.goto("/losses/regression.html")
    page.keyboard.press("/")
    page.get_by_role("combobox").fill("huber")
    page.get_by_role("option").first.click()
    page.wait_for_url("**#cheatsheet.losses.huber")
    assert not page.locator("#pst-search-dialog").is_visible()


def test_last_line_searches_the_text_of_all_pages(field, dialog):
    field.fill("outlier & median")
    field.press("ArrowUp")
    field.press("Enter")
    dialog.page.wait_for_url("**/search.html?q=outlier%20%26%20median")
    dialog.page.locator("#search-results li a").first.wait_for()


@pytest.mark.parametrize("key", ["Escape", "Control+k"])
def test_closing_empties(field, dialog, hits, key):
    field.fill("huber")
    field.press(key)
    assert not dialog.is_visible()
    dialog.page.keyboard.press("/")
    assert field.input_value() == ""
    assert hits.count() == 0


def test_hits_are_counted_aloud(field, dialog, hits):
    status = dialog.get_by_role("status")
    field.fill("wasserstein_1d")
    assert status.inner_text() == f"{hits.count() - 1} hits among the names"
    field.fill("xylophone")
    assert status.inner_text() == "No hits among the names"
    assert hits.all_inner_texts() == ["Search the text of all pages for “xylophone”"]
    field.fill("")
    assert status.inner_text() == ""
    assert not dialog.get_by_role("listbox").is_visible()


def test_query_is_text_and_never_markup(field, dialog, hits):
    markup = "<img src=x onerror=alert(1)>huber</a>"
    field.fill(markup)
    assert hits.last.inner_text() == f"Search the text of all pages for “{markup}”"
    assert dialog.locator("img").count() == 0


def test_search_works_from_the_file_system(browser, site):
    page = browser.new_page()
    page.goto((site / "losses" / "regression.html").as_uri())
    page.keyboard.press("/")
    page.get_by_role("combobox").fill("kl")
    page.keyboard.press("Enter")
    page.wait_for_url("file://**/losses/distributions.html#cheatsheet.losses.kl_divergence")
    page.close()


@pytest.mark.parametrize("width", [320, 390, 768, 1440])
def test_dialog_fits_the_screen(dialog, field, width):
    dialog.page.set_viewport_size({"width": width, "height": 480})
    field.fill("cross entropy")
    box = dialog.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert box["y"] + box["height"] <= 480
    for element in ("#pst-search-dialog", "#search-hits"):
        assert dialog.page.locator(element).evaluate("box => box.scrollWidth <= box.clientWidth")
    field.press("ArrowUp")  # the last line comes into view, and the field stays
    assert field.bounding_box()["y"] > 0
