"""Grace nursed for six years in Kerala. She knows where she wants to go, and asks what it takes."""

import re

from playwright.sync_api import expect


def test_an_overseas_nurse_sees_gates_cost_and_months(walker, site, sound):
    page = walker
    page.goto(site.url("/"))
    page.get_by_role("link", name="I know where I want to go").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Plan a route")
    sound(page, "route-start")

    # Pressing the button too early says what to do, and keeps what she chose.
    page.get_by_label("Where are you now?").select_option("overseas-nurse")
    page.get_by_role("button", name="Show routes").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose where you would like to get to")
    expect(page.get_by_label("Where are you now?")).to_have_value("overseas-nurse")
    sound(page, "route-error")

    page.get_by_label("Where would you like to get to?").select_option("registered-nurse")
    page.get_by_role("button", name="Show routes").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Routes to Registered nurse (adult)")
    rows = page.get_by_role("region", name="Routes side by side").locator("tbody tr")
    assert rows.count() >= 2
    for row in rows.all():
        time, cost, cash = row.locator("td > span:last-child").all_inner_texts()[:3]
        assert re.search(r"\d+ (month|year)", time), time
        assert re.fullmatch(r"£[\d,]+", cost), cost
        assert re.fullmatch(r"£[\d,]+", cash), cash

    quickest = page.get_by_role("region", name=re.compile("^Quickest"))
    expect(quickest).to_contain_text("Join the NMC register from overseas")
    expect(quickest).to_contain_text(re.compile(r"Gate on the way: English language test: £\d+ for you, \d+ months"))
    expect(quickest).to_contain_text(re.compile(r"It gives you: .*NMC"))
    quickest.get_by_text("Why it takes").click()
    expect(quickest.locator("details li").first).to_be_visible()
    # The years of study she has already are not asked of her again.
    expect(quickest).not_to_contain_text("BSc")
    sound(page, "route-nurse")

    # With the test already passed, the gate is open and the way is cheaper and shorter.
    page.get_by_label("English language test").check()
    page.get_by_role("button", name="Show routes").click()
    expect(page.get_by_label("English language test")).to_be_checked()
    expect(page.locator(".gn-gate", has_text="English language test")).to_have_count(0)
