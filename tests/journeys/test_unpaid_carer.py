"""Denise looks after her mum. She has a phone, ten minutes, and no wish to fill in a form."""

import re

from playwright.sync_api import expect

from tests.journeys.walking import follow

WORDS = "I look after my mum and used to be a dinner lady. I drive a van. I have no GCSEs."


def test_an_unpaid_carer_finds_roles_with_reasons_and_keeps_them(walker, site, sound, visitor):
    page = walker
    page.goto(site.url("/"))
    follow(page.get_by_role("link", name="What might suit me?"))
    sound(page, "suit-start")
    page.get_by_label("Tell us what you have done").fill(WORDS)
    page.get_by_role("button", name="Carry on").click()

    # She sees what was understood and puts one thing right.
    expect(page.get_by_role("heading", level=1)).to_have_text("What we understood")
    mum, van = page.get_by_label(re.compile("mum or dad")), page.get_by_label(re.compile("Delivery driver"))
    expect(mum).to_be_checked()
    sound(page, "suit-understood")
    van.uncheck()
    page.get_by_role("button", name="That's right, carry on").click()

    # She answers one question about herself and leaves the rest.
    expect(page.get_by_role("heading", level=1)).to_have_text("About you")
    page.get_by_label("Which is nearest to you now?").select_option("unpaid-carer")
    sound(page, "suit-about-you")
    page.get_by_role("button", name="Carry on").click()

    # Three statements are enough for her.
    asked = []
    for number, answer in enumerate(("Yes", "Not sure", "No")):
        expect(page.get_by_text(f"{number} answered. We ask")).to_be_visible()
        asked.append(page.get_by_role("heading", level=1).inner_text())
        if not number:
            sound(page, "suit-interests")
        page.get_by_label(answer, exact=True).check()
        page.get_by_role("button", name="Next").click()
    assert len(set(asked)) == 3
    expect(page.get_by_text("3 answered. We ask")).to_be_visible()
    page.get_by_role("link", name="Stop here and show my results").click()

    # Bands, and in each role a reason that comes from her own life; nothing from what she took off.
    expect(page.get_by_role("heading", name="You could start these now")).to_be_visible()
    now = page.locator(".gn-stage--now .gn-card")
    assert now.count() >= 3
    assert page.locator(".gn-stage").count() >= 2
    expect(now.filter(has_text="From looking after your mum or dad you bring").first).to_be_visible()
    expect(now.filter(has_text="First step:").first).to_be_visible()
    expect(page.locator("main")).not_to_contain_text("delivery driver")
    assert "mum" not in page.url
    sound(page, "suit-results")

    # She opens the first, adds it, comes back and adds another.
    first = now.nth(0).get_by_role("heading", level=3).inner_text()
    second = now.nth(1).get_by_role("heading", level=3).inner_text()
    now.nth(0).get_by_role("link", name=first, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(first)
    page.get_by_role("button", name=re.compile(f"^Add to my list ?: {first}$")).click()
    expect(page.get_by_role("button", name=re.compile("On my list: take off"))).to_be_visible()
    page.goto(site.url("/suit/results/"))
    page.get_by_role("button", name=re.compile(f"^Add to my list ?: {second}$")).click()
    expect(page.get_by_role("link", name="My list (2)")).to_be_visible()

    # The list, side by side.
    page.get_by_role("link", name="My list (2)").click()
    expect(page.locator(".gn-card h2")).to_have_text([first, second])
    sound(page, "list")
    boxes = page.locator("input[type=checkbox]")
    for box in boxes.all():
        box.check()
    page.get_by_role("button", name="Compare them").click()
    expect(page.locator("thead a")).to_have_count(2)
    sound(page, "compare")

    # She keeps it by link, and opens the link somewhere else.
    page.get_by_role("link", name="My list (2)").click()
    page.get_by_role("button", name="Keep it as a link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your list is kept")
    sound(page, "list-kept")
    link = page.locator(".gn-link a").get_attribute("href")
    elsewhere = visitor(width=360)
    elsewhere.goto(link)
    expect(elsewhere.locator(".gn-card h3")).to_have_text([first, second])
    sound(elsewhere, "list-opened")
    elsewhere.get_by_role("button", name="Make this my list").click()
    expect(elsewhere.get_by_role("link", name="My list (2)")).to_be_visible()

    # "Start again" forgets her words.
    page.goto(site.url("/suit/results/"))
    page.get_by_role("button", name="Start again and forget my words").click()
    expect(page.get_by_label("Tell us what you have done")).to_have_value("")
