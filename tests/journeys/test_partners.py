"""An organisation comes in: it asks, is let in, invites a colleague, and agrees something with a partner, who answers by a link alone."""

import re
import secrets

import pytest
from playwright.sync_api import expect

from tests.journeys.walking import follow

PARTNERSHIP, NEIGHBOUR = "partnership@example.org", "administrator2.bramble@example.org"


@pytest.fixture(params=["wide", "phone without JavaScript"])
def browser_of(request, visitor):
    """Makes a browser of the journey's kind for each person who takes part."""
    width = 360 if "phone" in request.param else 1280
    return lambda: visitor(width=width, javascript="without" not in request.param)


def sign_in(page, site, email, path):
    page.goto(site.url(path))
    page.get_by_label("Your e-mail address").fill(email)
    page.get_by_role("button", name=re.compile("Carry on|Send me a code")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Look in your e-mail")
    expect(page.locator("main")).to_contain_text(email)
    code = re.findall(r"^\s+(\d{4} \d{4})\s*$", "\n".join(site.letters()), re.M)[-1]
    page.get_by_label("The code from the e-mail").fill(code)
    page.get_by_role("button", name="Sign in").click()


def test_an_organisation_comes_in_and_agrees_something(browser_of, site, sound):
    mark = secrets.token_hex(3)
    name, colleague = f"Fernlea {mark}", f"bea-{mark}@example.org"

    # Somebody asks for it to join.
    fern = browser_of()
    fern.goto(site.url("/organisations/"))
    sound(fern, "partners-list")
    fern.get_by_role("link", name="Ask to join").click()
    sign_in(fern, site, f"fern-{mark}@example.org", "/organisations/join/")
    expect(fern.get_by_role("heading", level=1)).to_have_text(re.compile("join", re.I))
    fern.get_by_role("button", name=re.compile("Send|Ask")).click()
    expect(fern.get_by_role("alert")).to_contain_text("Type the name of the organisation")
    sound(fern, "partners-join-errors")
    fern.get_by_label("Name of the organisation").fill(name)
    fern.get_by_label("What kind of organisation is it?").select_option("home-care")
    fern.get_by_label("Your name").fill("Fern Invented")
    fern.get_by_label("Your job there").fill("Manager")
    fern.get_by_role("button", name=re.compile("Send|Ask")).click()
    expect(fern.locator("main")).to_contain_text("Waiting for a decision")
    sound(fern, "partners-requests")

    # Who looks after the partnership lets it in.
    boss = browser_of()
    sign_in(boss, site, PARTNERSHIP, "/account/")
    boss.goto(site.url("/organisations/"))
    sound(boss, "partners-list-partnership")
    boss.get_by_role("link", name="Requests to join").click()
    follow(boss.get_by_role("link", name=name))
    sound(boss, "partners-decide")
    boss.get_by_role("button", name=re.compile("Approve|Let")).click()
    expect(boss.get_by_text(f"{name} is approved")).to_be_visible()

    # Its first administrator invites a colleague, who accepts.
    fern.goto(re.findall(r"http://\S+/organisations/\d+/", site.letter_about(f"{name} takes part"))[-1])
    sound(fern, "partners-own-page")
    fern.get_by_role("link", name="People", exact=True).click()
    expect(fern.locator("main")).to_contain_text("Only one person can look after this organisation")
    sound(fern, "partners-people")
    fern.get_by_role("link", name="Invite somebody").click()
    fern.get_by_label("Their e-mail address").fill(colleague)
    fern.get_by_role("checkbox", name=re.compile("^Administrator")).check()
    sound(fern, "partners-invite")
    fern.get_by_role("button", name=re.compile("Invite|Send")).click()
    expect(fern.get_by_text(f"Sent to {colleague}")).to_be_visible()
    bea = browser_of()
    link = re.findall(r"http://\S+(/organisations/invitation/\S+)", site.letter_about(f"join {name}"))[-1]
    sign_in(bea, site, colleague, link)
    sound(bea, "partners-accept")
    bea.get_by_role("button", name=re.compile("Join|Yes|Accept")).click()
    expect(bea.get_by_text(f"You belong to {name} now.")).to_be_visible()

    # She proposes something to a neighbour, who says yes by the link alone, without signing in.
    bea.get_by_role("link", name="Agreements with partners").click()
    bea.get_by_role("link", name="Propose something").click()
    bea.get_by_label("With whom?").select_option(label="Bramble House care home")
    bea.get_by_label("We allow them").check()
    bea.get_by_label("Refer people to us").check()
    sound(bea, "partners-propose")
    bea.get_by_role("button", name="Propose").click()
    expect(bea.get_by_text("we are writing to them")).to_be_visible()
    expect(bea.get_by_text("Proposed", exact=True).first).to_be_visible()
    letter = site.letter_about(f"We may refer people to {name}")
    link = re.findall(r"http://\S+/organisations/answer/\S+", letter)[-1]
    neighbour = browser_of()
    neighbour.goto(link)
    expect(neighbour.get_by_role("heading", level=1)).to_contain_text(f"{name} proposes this to Bramble House")
    neighbour.get_by_role("button", name="Send the answer").click()
    expect(neighbour.get_by_role("alert")).to_contain_text("Choose yes or no")
    sound(neighbour, "partners-answer")
    neighbour.get_by_label("Yes, we agree").check()
    neighbour.get_by_role("button", name="Send the answer").click()
    expect(neighbour.locator("main")).to_contain_text("Bramble House care home has agreed")
    sound(neighbour, "partners-answered")
    neighbour.goto(link)
    expect(neighbour.get_by_role("heading", level=1)).to_have_text("This link cannot be used")
    sound(neighbour, "partners-link-used")
    bea.reload()
    expect(bea.get_by_text("In force", exact=True)).to_be_visible()
    sound(bea, "partners-agreements")

    # The first administrator's own page says who saw her in the list.
    bea.goto(site.url("/organisations/"))
    bea.get_by_role("link", name=name).click()
    bea.get_by_role("link", name="People", exact=True).click()
    fern.goto(site.url("/account/"))
    expect(fern.locator("main")).to_contain_text(f"{colleague}, {name}: saw you in the list of people")
    sound(fern, "partners-my-page")


def test_every_page_of_an_organisation_can_be_read_wide_and_narrow(page, phone, site, sound):
    # Addresses that no other journey signs in with: three codes a minute are an address's limit.
    paths = {}
    for where in (page, phone):
        sign_in(where, site, "administrator.bramble@example.org", "/account/")
        follow(where.get_by_role("link", name="Bramble House care home", exact=True))
        sound(where, "partners-bramble")
        base = re.search(r"/organisations/\d+/", where.url)[0]
        paths = {
            "people-full": "people/",
            "people-past": "people/?past=1",
            "people-none": "people/?q=zzz",
            "details": "details/",
            "agreements-full": "agreements/",
            "import": "import/",
            "directory": "directory/",
        }
        for name, path in paths.items():
            where.goto(site.url(base + path))
            sound(where, f"partners-{name}")
        where.goto(site.url(f"{base}people/"))
        follow(where.get_by_role("link", name="Demo Worker 1, Bramble House care home"))
        sound(where, "partners-member")
        follow(where.get_by_role("link", name=re.compile("Change who manages")))
        where.get_by_label("Find a colleague").fill("worker")
        follow(where.get_by_role("button", name="Find"))
        expect(where.get_by_role("radio", name=re.compile("Demo Worker 2"))).to_be_visible()
        sound(where, "partners-manager")
        where.get_by_label("Find a colleague").fill("zzz")
        follow(where.get_by_role("button", name="Find"))
        expect(where.get_by_role("status")).to_contain_text("fits “zzz”")
        sound(where, "partners-manager-none")
        follow(where.get_by_role("link", name="Demo Worker 1"))
        follow(where.get_by_role("link", name=re.compile("has left")))
        sound(where, "partners-member-left")
        where.goto(site.url(f"{base}agreements/"))
        follow(where.get_by_role("link", name=re.compile("Have somebody answer")))
        sound(where, "partners-ask")
        where.goto(site.url("/what-happened/"))
        sound(where, "partners-what-happened")
    for where in (page, phone):
        where.context.clear_cookies()
        sign_in(where, site, "partnership2@example.org", "/organisations/import/")
        sound(where, "partners-import-all")
        where.goto(site.url("/organisations/names/"))
        sound(where, "partners-names")
