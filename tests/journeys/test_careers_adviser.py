"""Mr Hussain teaches year 10 and has a lesson to fill on Thursday."""

from playwright.sync_api import expect

from tests.journeys.walking import follow


def test_a_careers_adviser_makes_a_pack_and_the_class_opens_it(walker, site, sound, visitor):
    page = walker
    page.goto(site.url("/"))
    follow(page.get_by_role("link", name="For careers advisers and schools"))
    sound(page, "advisers")

    # An empty choice says what to do.
    page.get_by_role("button", name="Make the pack").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose a part of health and care")
    sound(page, "advisers-error")

    page.get_by_label("Part of health and care").select_option("ambulance")
    page.get_by_label("Name of the class or group").fill("10B")
    page.get_by_role("button", name="Make the pack").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("10B: jobs in health and care in Leeds")
    sheets = page.locator("article.gn-sheet")
    assert sheets.count() >= 4
    for heading in ("A day", "Ways in", "Gates: what you must have", "Talk about it"):
        expect(page.get_by_role("heading", name=heading)).to_have_count(sheets.count())
    expect(page.get_by_role("img", name="QR code of the link for your class")).to_be_visible()
    sound(page, "pack")

    # On paper there is no masthead, no footer and no button, and each role starts a page.
    page.emulate_media(media="print")
    expect(page.locator(".gn-masthead")).to_be_hidden()
    expect(page.locator(".gn-footer")).to_be_hidden()
    expect(page.get_by_role("button", name="Print this page")).to_be_hidden()
    expect(sheets.first).to_be_visible()
    page.emulate_media(media="screen")

    # The class opens the link.
    pupil = visitor(width=360)
    pupil.goto(page.locator(".gn-link a").first.get_attribute("href"))
    expect(pupil.locator(".gn-card h3")).to_have_count(sheets.count())
    expect(pupil.get_by_role("link", name="Paramedic", exact=True)).to_be_visible()
    sound(pupil)


def test_roles_picked_by_hand_get_a_link_that_says_nothing_of_the_class(page, site, sound, visitor):
    page.goto(site.url("/advisers/"))
    for family, role in (("Ambulance", "Paramedic"), ("Dental", "Dental nurse")):
        page.get_by_text(family, exact=True).and_(page.locator("summary *, summary")).first.click()
        page.get_by_label(role, exact=True).check()
    page.get_by_label("Name of the class or group").fill("10B")
    page.get_by_role("button", name="Make the pack").click()
    page.get_by_role("button", name="Make a link for the class").click()
    link = page.locator(".gn-link a").first.get_attribute("href")
    assert "10B" not in link
    pupil = visitor(width=360)
    pupil.goto(link)
    expect(pupil.locator(".gn-card h3")).to_have_count(2)
    expect(pupil.locator("body")).not_to_contain_text("10B")
