"""What holds for every public page: no sideways scrolling at 320 px, dark colours that can be read, keys enough."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.walking import follow

PAGES = {
    "home": "/",
    "explore": "/roles/",
    "explore-none": "/roles/?q=zzqq",
    "role": "/roles/paramedic/",
    "role-unpaid": "/roles/hospital-volunteer/",
    "compare": "/compare/?role=porter&role=paramedic&role=registered-nurse",
    "compare-none": "/compare/",
    "suit": "/suit/",
    "suit-about-you": "/suit/about-you/",
    "suit-interests": "/suit/interests/",
    "suit-results": "/suit/results/",
    "route-start": "/route/",
    "route": "/route/?start=school-leaver&to=physiotherapist&level=1&age=16&years=10&go=1",
    "route-none": "/route/?start=no-qualifications&to=director&age=13&years=5&go=1",
    "list": "/list/",
    "list-print": "/list/?view=print",
    "advisers": "/advisers/",
    "pack": "/advisers/pack/?family=dental",
    "near": "/near/",
    "facts": "/facts/",
    "accessibility": "/accessibility/",
    "privacy": "/privacy/",
    "sign-in": "/account/sign-in/",
    "not-found": "/no-such-page/",
}
DARK = ("home", "explore", "role", "route", "compare", "suit-results", "suit-interests", "pack", "near", "sign-in")


def test_no_page_scrolls_sideways_at_320_px(visitor, site):
    page = visitor(width=320)
    too_wide = {}
    for name, path in PAGES.items():
        page.goto(site.url(path))
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 320:
            too_wide[name] = width
    assert not too_wide


@pytest.mark.parametrize("name", DARK)
def test_dark_colours_can_be_read(name, page, site, sound):
    page.emulate_media(color_scheme="dark")
    page.goto(site.url(PAGES[name]))
    sound(page, f"dark-{name}")


def test_each_page_has_one_heading_a_title_and_a_way_to_the_near_page(page, site):
    titles = {}
    for name, path in PAGES.items():
        page.goto(site.url(path))
        assert page.locator("h1").count() == 1, name
        titles[name] = page.title()
        expect(page.get_by_role("contentinfo").get_by_role("link", name="Near me")).to_be_visible()
    assert titles["role"].startswith("Paramedic")
    assert len(set(titles.values())) >= len(titles) - 5, titles


def test_near_me_answers_for_a_ward(walker, site, sound):
    page = walker
    page.goto(site.url("/"))
    follow(page.get_by_role("link", name="Near me"))
    sound(page, "near")
    page.get_by_role("button", name="Show what is near").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("Choose a ward").select_option(index=3)
    page.get_by_role("button", name="Show what is near").click()
    expect(page.locator("h2#answer")).to_be_visible()
    assert re.search(r"\d+(\.\d+)? (miles|mile|km)", page.locator("main").inner_text())
    sound(page, "near-answer")


def test_the_keyboard_alone_goes_from_the_top_of_home_through_the_conversation(page, site):
    def focused() -> dict:
        return page.evaluate(
            """() => {
              const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
              return {
                text: (one.innerText || one.value || one.name || "").trim(), id: one.id, name: one.name || "",
                shown: box.width > 1 && box.height > 1 && box.bottom > 0 && box.top < innerHeight,
                marked: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0
                  || style.boxShadow !== "none" || one.labels?.length > 0
              };
            }"""
        )

    def tab_to(found, most: int = 60) -> None:
        for _ in range(most):
            page.keyboard.press("Tab")
            here = focused()
            assert here["shown"], f"focus is out of sight on {here}"
            assert here["marked"], f"focus cannot be seen on {here}"
            if found(here):
                return
        pytest.fail(f"{most} tabs did not reach it")

    # The skip link is first, shows itself, and leads past the masthead.
    page.goto(site.url("/"))
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    assert focused()["shown"]
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    tab_to(lambda here: "What might suit me?" in here["text"], most=3)
    page.keyboard.press("Enter")

    expect(page.get_by_label("Tell us what you have done")).to_be_visible()
    tab_to(lambda here: here["name"] == "text")
    page.keyboard.type("I look after my gran and I work in a shop")
    tab_to(lambda here: here["text"] == "Carry on", most=2)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("What we understood")

    tab_to(lambda here: here["name"] == "right")
    page.keyboard.press("Space")
    expect(page.locator("input[name=right]").first).not_to_be_checked()
    tab_to(lambda here: here["text"].startswith("That's right"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("About you")

    tab_to(lambda here: here["name"] == "start")
    page.keyboard.press("ArrowDown")
    tab_to(lambda here: here["text"] == "Carry on")
    page.keyboard.press("Enter")
    expect(page.get_by_text("0 answered. We ask")).to_be_visible()

    tab_to(lambda here: here["name"] == "answer")
    page.keyboard.press("Space")
    tab_to(lambda here: here["text"] == "Next")
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 answered. We ask")).to_be_visible()
    tab_to(lambda here: here["text"].startswith("Stop here"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("What might suit you")
    tab_to(lambda here: here["text"].startswith("See the ways there"))
