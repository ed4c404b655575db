"""Amal reads Arabic on her phone, Ola reads Polish at a library: each goes all the way in her own language."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.walking import follow

SPOKEN = {
    "ar": {
        "switch": "العربية",
        "direction": "rtl",
        "suit": "ما الذي قد يناسبني؟",
        "role": "Home care worker",
        "my page": "صفحتي",
    },
    "pl": {
        "switch": "Polski",
        "direction": "ltr",
        "suit": "Co może mi pasować?",
        "role": "Home care worker",
        "my page": "Moja strona",
    },
}
PLACES = {
    "suit-about-you": "/suit/about-you/",
    "suit-interests": "/suit/interests/",
    "suit-results": "/suit/results/",
    "roles": "/roles/",
    "compare": "/compare/?role=porter&role=paramedic",
    "route": "/route/?start=unpaid-carer&to=registered-nurse&level=1&age=30&years=10&go=1",
    "near": "/near/",
    "facts": "/facts/",
    "privacy": "/privacy/",
    "not-found": "/no-such-page/",
}
OWN = {"about-me": "/account/about-me/", "security": "/account/security/", "what-happened": "/account/what-happened/"}


@pytest.mark.parametrize(("language", "width"), [("ar", 360), ("pl", 1280)])
def test_somebody_goes_all_the_way_in_their_own_language(language, width, visitor, site, sound):
    said = SPOKEN[language]
    page = visitor(width=width)

    def check(name):
        html = page.locator("html")
        expect(html).to_have_attribute("lang", language)
        assert html.evaluate("one => getComputedStyle(one).direction") == said["direction"]
        sound(page, f"{language}-{name}")

    # The choice is made once, at the top of any page, and leads back to that page.
    page.goto(site.url("/roles/home-care-worker/"))
    follow(page.get_by_role("button", name=said["switch"]))
    assert page.url == site.url("/roles/home-care-worker/")
    check("role")
    expect(page.get_by_role("heading", level=1)).to_have_attribute("lang", "en")

    follow(page.locator(".gn-wordmark"))
    check("home")
    follow(page.get_by_role("link", name=said["suit"]))
    check("suit")
    page.locator("textarea").fill("I look after my mum and used to be a dinner lady.")
    follow(page.locator("main button[type=submit]").first)
    check("suit-understood")
    for name, path in PLACES.items():
        page.goto(site.url(path))
        check(name)

    # She signs in with a code, and the letter is in her language too.
    address = f"reader-{language}@example.org"
    page.goto(site.url("/account/sign-in/"))
    check("sign-in")
    page.locator("input[name=login], input[name=email]").first.fill(address)
    follow(page.locator("main form button[type=submit]").first)
    check("sign-in-code")
    letter = site.letters()[-1]
    page.locator("input[name=code]").fill(re.search(r"\b(\d{4} ?\d{4})\b", letter)[1])
    follow(page.locator("main form button[type=submit]").first)
    page.goto(site.url("/account/"))
    expect(page.get_by_role("heading", level=1)).to_have_text(said["my page"])
    check("my-page")
    for name, path in OWN.items():
        page.goto(site.url(path))
        check(name)

    # And back to English with one press.
    follow(page.get_by_role("button", name="English"))
    expect(page.locator("html")).to_have_attribute("lang", "en")
