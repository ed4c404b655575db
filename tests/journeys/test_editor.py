"""
An editor writes a story, a check stops it, a moderator approves it, it goes live at its time, and then in Arabic too; and nobody
approves their own.
"""

import os
import re
import secrets
import subprocess
import sys
import time
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from tests.journeys.walking import follow

EDITOR, MODERATOR = "editor@office.example", "moderator@office.example"


def into_the_office(page, site, email):
    """Through the site's own sign-in; the office has none of its own."""
    page.goto(site.url("/office/"))
    expect(page).to_have_url(re.compile("/account/sign-in/"))
    page.get_by_label("Your e-mail address").fill(email)
    page.get_by_role("button", name="Carry on").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Look in your e-mail")
    expect(page.locator("main")).to_contain_text(email)
    code = re.findall(r"^\s+(\d{4} \d{4})\s*$", "\n".join(site.letters()), re.M)[-1]
    page.get_by_label("The code from the e-mail").fill(code)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(site.url("/office/"))


def ginnel(site, *arguments):
    """A command on the machine that serves the site."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GINNEL_")}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    return subprocess.run(
        [sys.executable, "-m", "ginnel", *arguments],
        env={**environment, "GINNEL_VAR": str(site.var), "GINNEL_LANGUAGES": "pl ar"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def send_for_approval(page):
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Submit to Two people").click()


def approve(page, title):
    """From the list of what waits for approval."""
    follow(page.get_by_role("link", name=title).first)
    page.get_by_role("button", name="More actions").click()
    expect(page.get_by_role("button", name="Publish", exact=True)).to_have_count(0)
    page.get_by_role("button", name=re.compile("^Approve and ")).click()
    expect(page.locator(".messages")).to_contain_text(title)


def write_over(page, field, words):
    """Give a text field of the editor other words."""
    page.get_by_role("textbox", name=field, exact=True).fill(words)


def test_a_story_is_written_stopped_approved_scheduled_live_and_translated(page, visitor, site, sound):
    title = f"Robin told us {secrets.token_hex(3)}"
    into_the_office(page, site, EDITOR)
    page.goto(site.url("/office/pages/"))
    # The pages of each language have a home of their own.
    follow(page.get_by_role("link", name="Explore child pages of 'Home'", exact=True))
    follow(page.get_by_role("link", name="Explore child pages of 'Stories'"))
    page.locator("a[href$='/add_subpage/']").first.click()
    page.get_by_role("link", name=re.compile("^Story")).first.click()
    page.get_by_role("textbox", name="Title").fill(title)
    page.get_by_role("textbox", name="Summary").fill("How an invented person found the way in.")
    page.get_by_role("textbox", name="Person").fill("Robin Invented")
    soon = datetime.now(ZoneInfo("Europe/London")) + timedelta(seconds=75)
    page.get_by_role("button", name="Toggle status").click()
    page.get_by_role("button", name="Set schedule").click()
    page.locator("#id_go_live_at").fill(f"{soon:%Y-%m-%d %H:%M}")
    # A calendar opens under the field, a moment after it is entered, and over the buttons: a press beside it closes it.
    calendar = page.locator(".xdsoft_datetimepicker:visible")
    expect(calendar).to_have_count(1)
    page.get_by_role("heading", name=re.compile("publishing schedule", re.I)).click()
    expect(calendar).to_have_count(0)
    page.get_by_role("button", name="Save schedule").click()

    # Without the consent of the person it goes nowhere; as a draft it is kept.
    send_for_approval(page)
    expect(page.locator("main")).to_contain_text("The consent has no end")
    expect(page.locator("main")).to_contain_text("The consent does not say who gave it")
    today = soon.date()
    page.get_by_role("textbox", name="Who agreed").fill("Nobody: Robin is invented")
    page.get_by_role("textbox", name="On which day").fill(f"{today:%Y-%m-%d}")
    page.get_by_role("combobox", name="Where it may be shown").select_option("site")
    page.get_by_role("textbox", name="Until which day").fill(f"{today + timedelta(days=100):%Y-%m-%d}")
    page.get_by_role("textbox", name="Where the signed form is").click()
    send_for_approval(page)
    expect(page.get_by_text("has been submitted for moderation")).to_be_visible()

    # The editor can neither approve nor publish it.
    page.get_by_role("link", name=title).first.click()
    expect(page.get_by_role("button", name="Publish", exact=True)).to_have_count(0)
    expect(page.get_by_role("button", name=re.compile("^Approve"))).to_have_count(0)

    other = visitor()
    into_the_office(other, site, MODERATOR)
    approve(other, title)

    # Not before its time, and then by itself.
    reader = visitor(width=360)
    address = site.url(f"/stories/{title.lower().replace(' ', '-')}/")
    ginnel(site, "pages", "due")
    assert reader.goto(address).status == 404
    wait = (soon.replace(second=0, microsecond=0) - datetime.now(ZoneInfo("Europe/London"))).total_seconds()
    time.sleep(max(0, wait) + 2)
    ginnel(site, "pages", "due")
    assert reader.goto(address).status == 200
    expect(reader.get_by_role("heading", level=1)).to_have_text(title)
    expect(reader.locator("body")).not_to_contain_text("Nobody: Robin is invented")
    sound(reader, "story")
    translate(page, other, reader, site, sound, title)


def translate(page, other, reader, site, sound, title):
    """The same editor writes the live story in Arabic, the same moderator approves, and a reader finds it from the English one."""
    english = reader.url
    expect(reader.get_by_role("link", name="العربية")).to_have_count(0)
    page.reload()
    page.get_by_role("button", name="Actions", exact=True).first.click()
    follow(page.get_by_role("link", name="Translate", exact=True).first)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Translate page")
    page.get_by_label("العربية").check()
    sound(page, "office-translate")
    follow(page.get_by_role("button", name="Submit"))
    expect(page.locator(".messages")).to_contain_text("Drafts of")
    assert reader.goto(english.replace("/stories/", "/ar/stories/")).status == 404

    # As it was copied, it is still English: the checks stop it. The consent is the one of the story and not asked for again.
    expect(page.get_by_role("textbox", name="Who agreed")).to_have_count(0)
    send_for_approval(page)
    expect(page.locator("main")).to_contain_text("The summary is still the English one")
    arabic = "روبن أخبرنا"
    write_over(page, "Title*", arabic)
    write_over(page, "Summary*", "كيف وجد شخص من نسج الخيال طريقه.")
    send_for_approval(page)
    expect(page.get_by_text("has been submitted for moderation")).to_be_visible()
    other.goto(site.url("/office/"))
    approve(other, arabic)

    reader.goto(english)
    follow(reader.get_by_role("link", name="العربية"))
    expect(reader.get_by_role("heading", level=1)).to_have_text(arabic)
    assert reader.locator("html").get_attribute("dir") == "rtl" and reader.locator("html").get_attribute("lang") == "ar"
    sound(reader, "story-in-arabic")
    # The switcher leads between the versions, and lists show the reader's own.
    follow(reader.get_by_role("button", name="English"))
    expect(reader).to_have_url(english)
    follow(reader.get_by_role("button", name="العربية"))
    expect(reader.get_by_role("heading", level=1)).to_have_text(arabic)
    reader.goto(site.url("/stories/"))
    expect(reader.get_by_role("link", name=arabic)).to_have_count(1)
    expect(reader.get_by_role("link", name=title)).to_have_count(0)
    sound(reader, "stories-in-arabic")


@pytest.mark.parametrize(
    "path",
    [
        "/stories/",
        "/stories/tam-example/",
        "/pl/stories/tam-example/",
        "/ar/stories/tam-example/",
        "/ar/stories/",
        "/pl/",
        "/news/",
        "/a-first-talk/",
        "/open-morning/",
        "/who-works-in-a-hospital/",
    ],
)
def test_pages_of_editors_are_sound_in_every_browser(path, walker, site, sound):
    walker.goto(site.url(path))
    assert walker.locator("h1").count() == 1
    sound(walker, f"editorial{path.replace('/', '-').rstrip('-')}")


def test_pages_of_editors_can_be_read_in_the_dark(page, site, sound):
    page.emulate_media(color_scheme="dark")
    for path in ("/stories/tam-example/", "/a-first-talk/", "/open-morning/"):
        page.goto(site.url(path))
        sound(page)
