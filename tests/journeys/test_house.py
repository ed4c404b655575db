"""The house stands: the real server answers, and its home page is sound with and without JavaScript."""

import re
import urllib.request


def test_the_home_page_opens_and_has_three_doors(either_page, site, picture):
    either_page.goto(site.url("/"))
    assert either_page.locator("h1").count() == 1
    assert either_page.locator("main a").count() >= 3


def test_the_home_page_is_accessible(page, site, axe, picture):
    page.goto(site.url("/"))
    axe(page)
    picture(page, "home-1280")


def test_the_home_page_is_accessible_without_javascript(plain_page, site, axe):
    plain_page.goto(site.url("/"))
    axe(plain_page)


def test_the_home_page_is_accessible_on_a_phone(phone, site, axe, picture):
    phone.goto(site.url("/"))
    axe(phone)
    picture(phone, "home-360")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360


def test_every_answer_carries_the_security_headers(site):
    with urllib.request.urlopen(site.url("/")) as answer:
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert "unsafe" not in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_static_files_are_kept_for_ever_under_names_that_change(site):
    with urllib.request.urlopen(site.url("/")) as answer:
        sheet = re.search(r'href="(/static/[^"]+\.css)"', answer.read().decode())
    assert sheet
    with urllib.request.urlopen(site.url(sheet[1])) as answer:
        assert "immutable" in answer.headers["Cache-Control"]


def test_health_and_readiness_answer(site):
    for path in ("/healthz", "/readyz"):
        with urllib.request.urlopen(site.url(path)) as answer:
            assert answer.status == 200
