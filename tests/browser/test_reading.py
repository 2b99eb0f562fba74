"""In a real browser: reading with the keyboard, in either color mode, on paper."""

import pytest


@pytest.fixture
def focused(page):
    """Presses a key and says what has the focus then."""

    def press(key="Tab"):
        page.keyboard.press(key)
        return page.evaluate("document.activeElement.outerHTML.replace(/\\s+/g, ' ').slice(0, 200)")

    return press


def test_the_first_tab_skips_the_navigation(page, focused):
    page.goto("/losses/regression.html")
    assert "Skip to main content" in focused()
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#main-content"
    assert "sidebar" in focused() or "Color mode" in focused()


def test_focus_walks_through_the_page_and_is_seen(page, focused):
    """Every stop is visible, has a name and an outline; none is a trap."""
    page.goto("/losses/overlap.html")
    stops = []
    for _ in range(400):
        stop = focused()
        if stop.startswith("<body"):
            break
        stops.append(stop)
        seen = page.evaluate(
            """() => {
                const focused = document.activeElement;
                const text = focused.textContent.trim() || focused.querySelector("img")?.alt;
                const name = focused.ariaLabel || focused.title || text || "";
                const seen = [focused, ...focused.children].some((part) => {
                    const { outlineStyle, boxShadow } = getComputedStyle(part);
                    return part.getBoundingClientRect().width && (outlineStyle + boxShadow !== "nonenone");
                });
                return seen && name !== "";
            }"""
        )
        assert seen, stop
    else:
        pytest.fail("the focus never leaves the page")
    assert any("copybtn" in stop for stop in stops)
    assert any("Glossary" in stop for stop in stops)


def test_wide_boxes_take_the_focus_and_scroll(page):
    page.set_viewport_size({"width": 320, "height": 900})
    page.goto("/losses/overlap.html#cheatsheet.losses.tversky")
    for selector in ("div.math[tabindex='0']", "pre[tabindex='0']"):
        box = page.locator(f"#main-content {selector}").first
        box.focus()
        page.keyboard.press("ArrowRight")
        page.wait_for_function("box => box.scrollLeft > 0", arg=box.element_handle())


def test_narrow_screens_open_the_navigation_as_a_dialog(page):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/losses/regression.html")
    link = page.locator("nav.bd-docs-nav a", has_text="Glossary")
    link.wait_for(state="hidden")
    page.locator(".primary-toggle").click()
    link.wait_for(state="visible")
    page.keyboard.press("Escape")
    link.wait_for(state="hidden")
    page.locator(".secondary-toggle").click()
    page.locator("#pst-secondary-sidebar-modal a", has_text="huber_grad").click()
    assert page.evaluate("location.hash") == "#cheatsheet.losses.huber_grad"


@pytest.mark.parametrize("system", ["light", "dark"])
def test_color_mode_is_chosen_kept_and_given_back_to_the_system(page, system):
    def wait_for(theme):
        page.wait_for_function("theme => document.documentElement.dataset.theme === theme", arg=theme)

    def choose(name):
        page.get_by_role("button", name="Color mode").click()
        page.get_by_role("button", name=name).click()

    other = {"light": "dark", "dark": "light"}[system]
    page.emulate_media(color_scheme=system)
    page.goto("/index.html")
    wait_for(system)
    choose(other.capitalize())
    wait_for(other)
    page.goto("/glossary.html")
    wait_for(other)
    choose("System")
    wait_for(system)
    page.emulate_media(color_scheme=other)
    wait_for(other)


def test_figures_follow_the_color_mode_of_the_page(page):
    """The ink of a figure is dark on a light page and light on a dark one, whatever the system prefers."""
    page.emulate_media(color_scheme="light")
    page.goto("/losses/regression.html")
    figure = page.locator("figure img").first
    figure.scroll_into_view_if_needed()
    page.wait_for_function("image => image.complete && image.naturalWidth", arg=figure.element_handle())
    light = figure.screenshot()
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    page.wait_for_timeout(300)
    assert figure.screenshot() != light
    assert page.evaluate("getComputedStyle(document.querySelector('figure img')).filter") == "none"


def test_figures_of_executed_pages_stand_on_the_page_itself(page):
    """In the dark their light ink would vanish in the white box that the theme puts behind outputs."""
    page.emulate_media(color_scheme="dark")
    page.goto("/networks/perceptron.html")
    style = "getComputedStyle(document.querySelector('.cell_output img'))"
    assert page.evaluate(f"{style}.backgroundColor") == "rgba(0, 0, 0, 0)"
    assert page.evaluate(f"{style}.padding") == "0px"


def test_paper_has_the_text_and_nothing_to_click(page):
    page.goto("/losses/regression.html")
    page.emulate_media(media="print", color_scheme="dark")
    for selector in ("nav", "button", ".bd-sidebar-primary", ".bd-header-article", ".prev-next-footer"):
        for element in page.locator(selector).all():
            assert not element.is_visible(), selector
    assert page.locator("dl.py.function").last.is_visible()
    cut = page.evaluate(
        "[...document.querySelectorAll('pre')].filter(p => p.scrollWidth > p.clientWidth + 1).length"
    )
    assert cut == 0
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") in (
        "rgb(255, 255, 255)",
        "rgba(0, 0, 0, 0)",
    )


def test_motion_stops_for_readers_who_asked(page):
    page.emulate_media(reduced_motion="reduce")
    page.goto("/losses/regression.html")
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
