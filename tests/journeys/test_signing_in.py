"""Signing in by a code, finding the list again, taking everything away, and leaving."""

import json
import re
import secrets
from pathlib import Path

from playwright.sync_api import expect

from tests.journeys.walking import follow


def _code(site, email: str, page) -> str:
    """The code in the newest letter; the page that asks for it comes only after the letter is sent."""
    expect(page.get_by_role("heading", level=1)).to_have_text("Look in your e-mail")
    expect(page.locator("main")).to_contain_text(email)
    return re.findall(r"^\s+(\d{4} \d{4})\s*$", "\n".join(site.letters()), re.M)[-1]


def test_a_person_signs_in_finds_the_list_again_takes_it_away_and_leaves(either_page, site, sound, visitor):
    page = either_page
    email = f"denise-{secrets.token_hex(4)}@example.org"
    page.goto(site.url("/roles/porter/"))
    page.get_by_role("button", name="Add to my list").click()
    page.get_by_role("link", name="My list (1)").click()
    follow(page.get_by_role("link", name="Sign in to keep it"))
    sound(page, "sign-in")

    # A slip is said plainly.
    page.get_by_label("Your e-mail address").fill("denise")
    page.get_by_role("button", name="Carry on").click()
    expect(page.get_by_role("alert")).to_contain_text("name@example.com")
    page.get_by_label("Your e-mail address").fill(email)
    page.get_by_role("button", name="Carry on").click()
    code = _code(site, email, page)
    sound(page, "sign-in-code")
    page.get_by_label("The code from the e-mail").fill("0000 0000" if code != "0000 0000" else "1111 1111")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("That code is not right")
    page.get_by_label("The code from the e-mail").fill(code)
    page.get_by_role("button", name="Sign in").click()

    # The list came along, and it is there on another phone too.
    expect(page.get_by_role("heading", level=1)).to_have_text("My list")
    expect(page.get_by_text("They are kept in your account.")).to_be_visible()
    expect(page.get_by_role("link", name="Hospital porter", exact=True)).to_be_visible()
    other = visitor(width=360)
    other.goto(site.url("/account/sign-in/"))
    other.get_by_label("Your e-mail address").fill(email)
    other.get_by_role("button", name="Carry on").click()
    other.get_by_label("The code from the e-mail").fill(_code(site, email, other))
    other.get_by_role("button", name="Sign in").click()
    expect(other.get_by_role("link", name="My list (1)")).to_be_visible()

    # All that is held, in one file.
    page.get_by_role("link", name="Keep my list, my data").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("My page")
    sound(page, "my-page")
    with page.expect_download() as download:
        page.get_by_role("link", name="Everything, in one file (JSON)").click()
    held = Path(download.value.path()).read_text(encoding="utf-8")
    assert email in held
    assert "porter" in held
    json.loads(held)

    # Leaving: sure first, then everything is gone, on every phone.
    follow(page.get_by_role("link", name="Delete my account and everything in it"))
    sound(page, "delete")
    page.get_by_role("button", name="Delete everything").click()
    expect(page.get_by_role("alert")).to_contain_text("Tick the box")
    page.get_by_label("Yes, delete my account and everything in it").check()
    page.get_by_role("button", name="Delete everything").click()
    expect(page.get_by_role("link", name="My list", exact=True)).to_be_visible()
    other.goto(site.url("/account/"))
    expect(other.get_by_label("Your e-mail address")).to_be_visible()
