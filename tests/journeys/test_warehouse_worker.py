"""Kev picks orders at night and types on a cracked screen. Nothing he writes may end in a dead end."""

import re

from playwright.sync_api import expect


def test_a_warehouse_worker_gets_somewhere_with_typos_and_nonsense(walker, site, sound):
    page = walker

    # Words that mean nothing: the page says so, and there is a way on.
    page.goto(site.url("/roles/"))
    page.get_by_role("textbox", name="Words").fill("zzqq")
    page.get_by_role("button", name="Show roles").click()
    expect(page.get_by_role("heading", name="No role fits all of that")).to_be_visible()
    expect(page.locator("main")).to_contain_text("“zzqq”")
    sound(page, "explore-none")
    page.locator("main").get_by_role("link", name="see what might suit you").click()

    # Emoji and another script: still an answer.
    page.get_by_label("Tell us what you have done").fill("😀🚑 我照顾我的祖母 zzqq")
    page.get_by_role("button", name="Carry on").click()
    expect(page.locator("main")).to_contain_text("That is our fault, not yours")
    sound(page, "suit-not-understood")
    page.get_by_role("link", name="Skip to the results").click()
    expect(page.locator("main")).to_contain_text("We could not pick out a job")
    assert page.locator(".gn-card").count() >= 3
    page.get_by_role("button", name="Start again and forget my words").click()

    # Typos: understood.
    page.get_by_label("Tell us what you have done").fill("wharehouse oprative nigths 4 yrs, forklfit, no gcses")
    page.get_by_role("button", name="Carry on").click()
    expect(page.get_by_label(re.compile("Warehouse", re.I)).first).to_be_checked()
    page.get_by_role("button", name="That's right, carry on").click()
    page.get_by_role("button", name="Show my results now").click()
    expect(page.get_by_role("heading", name="You could start these now")).to_be_visible()
    expect(page.locator(".gn-reasons", has_text=re.compile("warehouse", re.I)).first).to_be_visible()
    sound(page, "suit-results-warehouse")

    # Porter is among what he could start now, and leads somewhere.
    page.locator(".gn-stage--now").get_by_role("link", name="Hospital porter", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hospital porter")
    onward = page.get_by_role("table", name="Where next").locator("tbody tr")
    assert onward.count() >= 3
    expect(onward.filter(has_text=re.compile(r"£[\d,]+ more")).first).to_be_visible()
    sound(page, "role-porter")
    onward.get_by_role("link").first.click()
    expect(page.get_by_role("heading", name="Ways in")).to_be_visible()
