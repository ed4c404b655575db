"""Languages: pages open in each with the right language and direction, and what stays English says so."""

import re
from datetime import timedelta

import pytest
from django.conf import settings as site_settings
from django.utils.translation import override

from ginnel.accounts.commands import open_account, record_read
from ginnel.accounts.profile.questions import QUESTIONS
from ginnel.accounts.tests.people import sign_in
from ginnel.careers.route_words import cost_in_words
from ginnel.core.text import money, months_in_words, pay_change
from ginnel.partners.commands import propose_term, set_roles
from ginnel.partners.tests.people import NOW, a_member, an_organisation
from tests.untranslated import untranslated

PAGES = [
    "/",
    "/roles/",
    "/roles/paramedic/",
    "/route/",
    "/suit/",
    "/list/",
    "/near/",
    "/facts/",
    "/accessibility/",
    "/privacy/",
]
PAGES += ["/compare/", "/advisers/", "/account/sign-in/", "/suit/results/", "/account/what-we-keep/"]
PAGES += ["/route/?start=school-leaver&to=paramedic&level=1&age=16&years=10&go=1"]


@pytest.fixture
def offered(settings):
    settings.LANGUAGES = [("en-gb", "English"), *site_settings.TRANSLATED.items()]


@pytest.mark.usefixtures("leeds", "offered")
@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(
    ("language", "start"), [("pl", '<html lang="pl" class'), ("ar", '<html lang="ar" dir="rtl" class')]
)
def test_a_page_opens_in_each_language(client, path, language, start):
    answer = client.get(path, HTTP_ACCEPT_LANGUAGE=language)
    page = answer.content.decode()
    assert answer.status_code == 200 and start in page and 'class="gn-translated"' in page
    assert {"Cookie", "Accept-Language"} <= set(answer["Vary"].split(", "))


@pytest.mark.usefixtures("leeds", "offered")
def test_english_pages_say_nothing_of_translations(client):
    page = client.get("/roles/paramedic/", HTTP_ACCEPT_LANGUAGE="cy").content.decode()
    assert '<html lang="en" class' in page and "gn-translated" not in page and 'lang="en" dir' not in page


@pytest.mark.usefixtures("leeds", "offered")
def test_the_home_page_speaks_polish_and_arabic(client):
    polish = client.get("/", HTTP_ACCEPT_LANGUAGE="pl").content.decode()
    arabic = client.get("/", HTTP_ACCEPT_LANGUAGE="ar").content.decode()
    for english in ("What can you do here", "Pick a door", "A street, not a ladder", "Explore roles", "Privacy"):
        assert english not in polish and english not in arabic
    assert "Wybierz drzwi" in polish and "اختر بابًا" in arabic


@pytest.mark.usefixtures("leeds", "offered")
def test_a_role_in_its_employers_words_is_marked_as_english(client):
    assert '<h1 lang="en" dir="ltr">' in client.get("/roles/paramedic/", HTTP_ACCEPT_LANGUAGE="ar").content.decode()


@pytest.mark.usefixtures("leeds", "offered")
def test_a_chosen_language_stays_and_survives_signing_in(client):
    answer = client.post("/language/", {"language": "pl", "next": "/roles/?q=nurse"})
    assert answer.status_code == 302 and answer["Location"] == "/roles/?q=nurse"
    assert 'lang="pl"' in client.get("/roles/", HTTP_ACCEPT_LANGUAGE="ar").content.decode()[:200]
    sign_in(client, open_account("sam@example.com"))
    assert 'lang="pl"' in client.get("/account/").content.decode()[:200]


@pytest.mark.usefixtures("leeds", "offered")
@pytest.mark.parametrize("wanted", ["https://elsewhere.example/", "//elsewhere.example/"])
def test_choosing_a_language_leads_to_no_other_site(client, wanted):
    assert "elsewhere" not in client.post("/language/", {"language": "ar", "next": wanted})["Location"]


@pytest.mark.usefixtures("leeds", "offered")
def test_a_language_nobody_offers_changes_nothing(client):
    client.post("/language/", {"language": "tlh", "next": "/"})
    assert 'lang="en"' in client.get("/").content.decode()[:200]


@pytest.mark.usefixtures("leeds", "offered")
def test_partners_pages_are_in_english_and_say_so_in_the_readers_words(client):
    page = client.get("/organisations/", HTTP_ACCEPT_LANGUAGE="ar").content.decode()
    assert '<html lang="en" class' in page and '<p lang="ar" dir="rtl">' in page and "بالإنجليزية فقط" in page


@pytest.mark.usefixtures("leeds")
def test_a_site_that_names_no_language_offers_no_choice(client, settings):
    settings.LANGUAGES = [("en-gb", "English")]
    page = client.get("/", HTTP_ACCEPT_LANGUAGE="pl").content.decode()
    assert '<html lang="en" class' in page and "gn-languages" not in page


def test_amounts_and_times_are_said_as_each_language_does():
    assert (money(24852), months_in_words(14), pay_change(1200)) == ("£24,852", "1 year 2 months", "£1,200 more")
    with override("pl"):
        assert money(24852) == "£24\xa0852"
        assert [months_in_words(n) for n in (2, 5, 14)] == ["2 miesiące", "5 miesięcy", "1 rok 2 miesiące"]
    with override("ar"):
        assert "أشهر" in months_in_words(5) and "شهرًا" not in months_in_words(5)
    assert cost_in_words(0, 0, []) == "Costs you nothing."


@pytest.mark.usefixtures("leeds", "offered")
@pytest.mark.parametrize("path", [*PAGES, "/no-such-page/", "/advisers/pack/?family=dental", "/list/?view=print"])
def test_nothing_on_a_page_is_english_and_not_marked_so(client, path):
    client.cookies["language"] = "ar"
    answer = client.get(path)
    assert untranslated(answer.content.decode()) == []


@pytest.mark.usefixtures("leeds", "offered")
def test_nor_on_what_comes_back_when_nothing_was_typed(client):
    client.cookies["language"] = "ar"
    for path in ("/account/sign-in/", "/account/sign-in/password/", "/near/", "/suit/about-you/", "/suit/interests/"):
        assert untranslated(client.post(path, {}, follow=True).content.decode()) == [], path
    assert untranslated(client.get("/route/?go=1").content.decode()) == []


@pytest.mark.usefixtures("leeds", "offered")
def test_nor_on_the_pages_of_somebody_signed_in(client):
    place, neighbour = an_organisation(), an_organisation("Willow House", kind="care-home")
    boss = a_member(place, "Ada Bramble", "administrator")
    member = a_member(place, "Sam Lea", "recruiter", "line-manager")
    set_roles(member, ["administrator"], by=boss.user, at=NOW)
    propose_term(place, neighbour, "refer", for_giver=True, by=member.user, at=NOW)
    for minute in range(60):
        record_read(
            member.user, by=boss.user, purpose="looked at what you do there", at=NOW + timedelta(minutes=minute)
        )
    client.cookies["language"] = "ar"
    sign_in(client, member.user)
    pages = ["/account/", "/account/what-happened/", "/account/agreed/", "/account/about-me/", "/account/addresses/"]
    pages += ["/account/security/", "/account/security/app/", "/account/security/passkey/", "/account/sessions/"]
    pages += [
        "/account/password/",
        "/account/name/",
        "/account/delete/",
        "/account/equality/",
        "/account/addresses/add/",
    ]
    pages += [f"/account/about-me/{slug}/" for slug in QUESTIONS]
    for path in pages:
        answer = client.get(path, follow=True)
        assert answer.status_code == 200, path
        assert untranslated(answer.content.decode()) == [], path


@pytest.mark.usefixtures("leeds", "offered")
def test_names_that_stay_english_keep_their_direction_in_a_sentence_and_in_a_list_of_choices(client):
    page = client.get(
        "/route/?start=school-leaver&to=paramedic&level=1&age=16&years=10&go=1", HTTP_ACCEPT_LANGUAGE="ar"
    )
    words = page.content.decode()
    assert '<h1>المسارات إلى <bdi lang="en">Paramedic</bdi></h1>' in words
    assert re.search(r'<option lang="en" dir="ltr" value="paramedic" selected\s*>Paramedic</option>', words)
    assert "أعمل في مهنة: \u2066Paramedic\u2069</option>" in words
    assert "\u2066" not in client.get("/roles/paramedic/").content.decode()
    assert page["Content-Length"] == str(len(page.content))


@pytest.mark.usefixtures("leeds", "offered")
@pytest.mark.parametrize("path", ["/roles/healthcare-assistant/", PAGES[-1]])
def test_pictures_are_drawn_with_the_same_numbers_in_every_language(client, path):
    """A comma in the place of a point, as Polish writes it, would spoil every picture."""
    drawn = [
        re.findall(r'<(?:text|rect|circle|path)[^>]*?(?: (?:x|y|cx|cy|d|width)="([^"]*)")+', page)
        for page in (client.get(path, HTTP_ACCEPT_LANGUAGE=one).content.decode() for one in ("en", "pl"))
    ]
    assert drawn[0] and sorted(set(drawn[0])) == sorted(set(drawn[1]))
