"""Aisha is 16 and likes finding out how bodies work. She looks round, finds a role, and sees more than one way to it."""

from playwright.sync_api import expect


def unfold(page):
    """On a phone the choices are folded away until asked for."""
    fold = page.get_by_text("Narrow it down")
    if fold.is_visible():
        fold.click()


def test_a_school_leaver_looks_round_and_finds_three_ways_to_physiotherapy(walker, site, sound):
    page = walker
    page.goto(site.url("/"))
    sound(page, "home")
    page.get_by_role("link", name="Show me what's out there").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Explore roles")

    # She says what she likes and where she would like to be.
    unfold(page)
    page.get_by_label("What you like doing").select_option("I")
    page.get_by_label("Where", exact=True).select_option("hospital-clinic")
    page.get_by_role("button", name="Show roles").click()
    expect(page.get_by_label("What you like doing")).to_have_value("I")
    assert page.locator(".gn-card").count() >= 5
    sound(page, "explore")

    page.get_by_role("link", name="Clear all").click()
    page.get_by_role("textbox", name="Words").fill("physiotherapist")
    page.get_by_role("button", name="Show roles").click()
    page.get_by_role("link", name="Physiotherapist", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Physiotherapist")
    expect(page.locator("main")).to_contain_text("Registered as a physiotherapist")
    sound(page, "role")

    # How does she get there?
    page.get_by_role("link", name="How do I get there?").click()
    expect(page.get_by_label("Where would you like to get to?")).to_have_value("physiotherapist")
    page.get_by_label("Where are you now?").select_option("school-leaver")
    page.get_by_label("Your highest qualification").select_option("1")
    page.get_by_label("Your age").fill("16")
    page.get_by_label("How far ahead should we look?").select_option("10")
    page.get_by_role("button", name="Show routes").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Routes to Physiotherapist")
    steps = page.locator(".gn-legs h3").all_inner_texts()
    assert any("T Level" in step for step in steps), steps
    assert any("apprenticeship" in step for step in steps), steps
    assert any(step.startswith("BSc") for step in steps), steps
    # Courses for adults are not for her; where she must wait for a birthday, the route says so.
    assert not any("Access to HE" in step or "for adults" in step for step in steps), steps
    expect(page.locator(".gn-gate", has_text="18").first).to_be_visible()
    # Each route is a picture and the same as a list, with a source and a date.
    expect(page.locator(".gn-map > svg:visible")).to_have_count(page.locator("ol.gn-legs").count())
    assert page.locator(".gn-legs .gn-dated", has_text="checked").count() == len(steps)
    sound(page, "route")
