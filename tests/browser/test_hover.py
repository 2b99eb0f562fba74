"""In a real browser: pointing at, focusing or tapping a linked term or entry shows its card."""

import re

import pytest

ENTRY = "table.at-a-glance a[href$='#cheatsheet.losses.huber']"
TERM = "a[href$='#term-Outlier']"


@pytest.fixture
def card(page):
    return page.locator(".hover-card")


@pytest.fixture
def requests(page, address):
    """The cards that the page has asked for; there may be no error, and no request to another host."""
    urls, errors = [], []
    page.on("request", lambda request: urls.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    yield lambda: [url for url in urls if re.search(r"/hover/[^/]+\.js$", url)]
    assert errors == []
    assert [url for url in urls if not url.startswith((address, "file:", "data:"))] == []


@pytest.fixture
def losses(page, requests):
    page.goto("/losses.html")
    return page


def link(page, selector):
    return page.locator(f".bd-article {selector}").first


def focus(page, selector):
    page.keyboard.press("Tab")  # from now on focus is the keyboard's
    link(page, selector).focus()


def accessibility_tree(page):
    """What a screen reader is told: role, name, description and focus of each node."""
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    for node in nodes:
        texts = [node.get(key, {}).get("value", "") for key in ("role", "name", "description")]
        yield *texts, any(p["name"] == "focused" for p in node.get("properties", []))


@pytest.mark.parametrize(
    ("selector", "text", "formula", "way"),
    [
        (ENTRY, "huber Squared error near zero, absolute error in the tails.", True, "Open entry"),
        (TERM, "Outlier A value far from most others", False, "Open glossary"),
    ],
)
def test_pointing_shows_a_card_with_one_request(losses, card, requests, selector, text, formula, way):
    losses.wait_for_load_state("networkidle")
    assert requests() == []
    target = link(losses, selector)
    for _ in range(2):
        target.hover()
        card.wait_for(state="visible")
        assert " ".join(card.locator("[role=tooltip]").inner_text().split()).startswith(text)
        assert card.locator(".hover-formula").is_visible() == formula
        href = card.get_by_role("link", name=way).get_attribute("href")
        assert href == target.evaluate("link => link.href")
        assert target.get_attribute("title") is None, "the browser would show it beside the card"
        losses.mouse.move(0, 0)
        card.wait_for(state="hidden")
    assert len(requests()) == 1


def test_formula_is_there_for_eyes_and_for_screen_readers(losses, card):
    link(losses, ENTRY).hover()
    card.locator(".hover-formula .katex-html").wait_for(state="visible")
    assert card.locator(".hover-formula math").count() == 1
    assert "KaTeX" in card.locator(".katex").evaluate("formula => getComputedStyle(formula).fontFamily")


def test_keyboard_focus_describes_the_link(losses, card):
    focus(losses, ENTRY)
    card.wait_for(state="visible")
    description = "huber Squared error near zero, absolute error in the tails."
    tree = list(accessibility_tree(losses))
    assert ("link", "huber", description, True) in tree
    assert {"tooltip", "MathMLMath"} <= {role for role, *_ in tree}
    link(losses, ENTRY).blur()
    card.wait_for(state="hidden")
    assert link(losses, ENTRY).get_attribute("aria-describedby") is None


def test_escape_closes_the_card_and_leaves_the_focus(losses, card):
    focus(losses, ENTRY)
    card.wait_for(state="visible")
    losses.keyboard.press("Escape")
    card.wait_for(state="hidden")
    assert link(losses, ENTRY).evaluate("link => link === document.activeElement")
    link(losses, TERM).hover()
    card.wait_for(state="visible")
    losses.keyboard.press("Escape")
    card.wait_for(state="hidden")


def test_card_stays_under_the_pointer(losses, card):
    link(losses, TERM).hover()
    card.wait_for(state="visible")
    box = card.bounding_box()
    losses.mouse.move(box["x"] + 20, box["y"] + 20, steps=50)  # slowly over the gap
    losses.wait_for_timeout(1000)
    assert card.is_visible()
    losses.mouse.move(0, 0)
    card.wait_for(state="hidden")


def test_a_pointer_that_only_passes_asks_for_nothing(losses, card, requests):
    link(losses, TERM).hover()
    losses.mouse.move(0, 0)
    losses.wait_for_timeout(1000)
    assert requests() == []
    assert card.is_hidden()


def test_a_card_that_comes_too_late_is_not_shown(losses, card):
    held = []
    losses.route("**/hover/**", lambda route: held.append(route))
    with losses.expect_request("**/hover/**"):
        link(losses, TERM).hover()
    losses.mouse.move(0, 0)
    losses.wait_for_timeout(500)
    with losses.expect_response("**/hover/**"):
        held[0].continue_()
    losses.wait_for_timeout(500)
    assert card.is_hidden()


def test_wide_formula_scrolls_in_its_own_box_by_keyboard(losses, card):
    losses.set_viewport_size({"width": 390, "height": 844})
    losses.goto("/activations.html")
    focus(losses, "a[href$='#cheatsheet.activations.gelu_tanh_grad']")
    card.wait_for(state="visible")
    assert losses.evaluate("document.documentElement.scrollWidth") == 390
    assert card.locator(".hover-formula").get_attribute("tabindex") == "0"  # Chromium needs none, Safari does
    losses.keyboard.press("Tab")
    formula = card.locator(".hover-formula")
    assert formula.evaluate("box => box === document.activeElement")
    losses.keyboard.press("ArrowRight")
    losses.wait_for_timeout(500)
    assert formula.evaluate("box => box.scrollLeft") > 0
    losses.keyboard.press("Escape")
    card.wait_for(state="hidden")
    assert losses.evaluate("document.activeElement.hash") == "#cheatsheet.activations.gelu_tanh_grad"


def settle(page):
    """Wait until the sections that came near the screen have their height."""
    page.wait_for_timeout(200)


@pytest.mark.parametrize(("width", "height"), [(320, 256), (320, 640), (390, 844), (768, 1024), (1440, 900)])
def test_card_is_beside_its_link_and_inside_the_window(losses, card, width, height):
    losses.set_viewport_size({"width": width, "height": height})
    losses.keyboard.press("Tab")
    links = losses.locator(".bd-article a[href*='#cheatsheet.'], .bd-article a[href*='#term-']")
    for i in range(0, links.count(), links.count() // 12):
        links.nth(i).focus()
        losses.locator("[aria-describedby=hover-text]").and_(links.nth(i)).wait_for()
        settle(losses)
        box, line = card.bounding_box(), links.nth(i).bounding_box()
        assert box["x"] >= 0
        assert box["y"] >= 0
        assert box["x"] + box["width"] <= width
        assert box["y"] + box["height"] <= height
        assert card.evaluate("card => card.scrollWidth <= card.clientWidth")
        above, below = line["y"] - box["y"] - box["height"], box["y"] - line["y"] - line["height"]
        assert 0 <= max(above, below) < 10


def test_card_moves_nothing(losses, card):
    link(losses, TERM).scroll_into_view_if_needed()
    settle(losses)
    size = "[document.body.scrollWidth, document.body.scrollHeight]"
    before = losses.evaluate(size), link(losses, TERM).bounding_box()
    link(losses, TERM).hover()
    card.wait_for(state="visible")
    assert (losses.evaluate(size), link(losses, TERM).bounding_box()) == before


@pytest.fixture
def phone(browser, address):
    context = browser.new_context(base_url=address, has_touch=True, viewport={"width": 390, "height": 844})
    yield context.new_page()
    context.close()


def test_first_tap_shows_the_card_and_second_tap_follows(phone):
    phone.goto("/losses.html")
    phone.evaluate("document.addEventListener('mousedown', event => event.preventDefault())")  # as in Safari,
    card = phone.locator(".hover-card")  # where a tap does not focus a link
    link(phone, TERM).tap()
    card.wait_for(state="visible")
    phone.locator(".bd-article h1").tap()
    card.wait_for(state="hidden")
    link(phone, TERM).tap()
    card.wait_for(state="visible")
    assert phone.url.endswith("/losses.html")
    link(phone, TERM).tap()
    phone.wait_for_url("**/glossary/n-q.html#term-Outlier")


def test_link_in_the_card_follows(phone):
    phone.goto("/losses.html")
    link(phone, TERM).tap()
    phone.locator(".hover-card").get_by_role("link", name="Open glossary").tap()
    phone.wait_for_url("**/glossary/n-q.html#term-Outlier")


def test_a_tap_follows_where_the_card_cannot_be_loaded(phone):
    phone.route("**/hover/**", lambda route: route.abort())
    phone.goto("/losses.html")
    link(phone, TERM).tap()
    phone.wait_for_url("**/glossary/n-q.html#term-Outlier")


def test_a_second_tap_follows_while_the_card_is_on_its_way(phone):
    phone.route("**/hover/**", lambda route: None)
    phone.goto("/losses.html")
    link(phone, TERM).tap()
    assert phone.url.endswith("/losses.html")
    link(phone, TERM).tap()
    phone.wait_for_url("**/glossary/n-q.html#term-Outlier")


def test_links_that_have_no_card(losses, card, requests):
    """Links to the source, to a title, in the table of contents, and to the entry that the reader is in."""
    losses.goto("/losses/regression.html")
    losses.evaluate("""() => {
        const inside = document.querySelector("[id='cheatsheet.losses.huber'] + dd p");
        inside.innerHTML += ' <a class="reference internal" href="#cheatsheet.losses.huber" id="own">own</a>';
    }""")
    losses.locator("#own").hover()
    losses.wait_for_timeout(500)
    for selector in ["dt.sig a[href*='_modules']", "dt.sig a.headerlink"]:
        link(losses, selector).hover()
        losses.wait_for_timeout(500)
    losses.locator(".bd-sidebar-secondary a[href='#cheatsheet.losses.huber']").first.hover()
    losses.wait_for_timeout(500)
    assert requests() == []
    assert card.is_hidden()


def test_card_on_a_page_deeper_in_the_site(losses, card):
    losses.goto("/losses/regression.html")
    link(losses, ".entry-links a[href*='#term-']").hover()
    card.wait_for(state="visible")


def test_card_from_the_file_system(page, site, card, requests):
    page.goto(site.joinpath("losses", "regression.html").as_uri())
    link(page, ".entry-links a[href*='#term-']").hover()
    card.wait_for(state="visible")
    assert card.locator(".hover-definition").inner_text()
    assert len(requests()) == 1


def test_no_card_on_paper(losses, card):
    focus(losses, ENTRY)
    card.wait_for(state="visible")
    losses.emulate_media(media="print")
    assert card.is_hidden()


def test_plain_links_without_javascript(browser, address):
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/losses.html")
    link(page, TERM).click()
    assert page.url.endswith("/glossary/n-q.html#term-Outlier")
    context.close()
