"""A page in several languages: where each version stands, and who gets which."""

import re

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction, Site

from ginnel.search.models import Document
from ginnel.site.checking import look_at
from ginnel.site.commands import check_links, publish_pages
from ginnel.site.demo import load_demo_pages
from ginnel.site.models import HomePage, LandingPage, MenuEntry, NewsPage, StoryPage
from ginnel.site.tests.office import article, home, person, read, signed_in, translated

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("languages")]


# --- Addresses ---


def test_each_version_has_its_own_address_language_and_direction(client, tam):
    translated(tam, "pl")
    translated(tam, "ar")
    english, polish, arabic = read(client, "/tam/"), read(client, "/pl/tam/"), read(client, "/ar/tam/")
    assert '<html lang="en" class' in english and "How Tam got here.<" in english
    assert '<html lang="pl" class' in polish and '<article lang="pl" dir="ltr">' in polish
    assert '<html lang="ar" dir="rtl" class' in arabic and '<article lang="ar" dir="rtl">' in arabic
    for page in (english, polish, arabic):
        found = dict(re.findall(r'<link rel="alternate" hreflang="([\w-]+)" href="([^"]+)"', page))
        assert {code: url.partition("testserver")[2] for code, url in found.items()} == {
            "en-gb": "/tam/", "x-default": "/tam/", "pl": "/pl/tam/", "ar": "/ar/tam/",
        }  # fmt: skip
    assert '<a href="/pl/tam/" hreflang="pl" lang="pl" dir="ltr">Polski</a>' in english
    assert '<a href="/ar/tam/" hreflang="ar" lang="ar" dir="rtl">العربية</a>' in polish
    assert client.get("/pl/tam/", HTTP_ACCEPT_LANGUAGE="ar")["Content-Language"] == "pl"


def test_an_english_page_in_a_polish_frame_says_that_its_words_are_english(client, tam):
    page = read(client, "/tam/", "pl")
    assert '<html lang="pl"' in page and '<article lang="en" dir="ltr">' in page
    assert "Tam Example’s path" in page


def test_a_draft_translation_is_nowhere_for_strangers(client, tam):
    translated(tam, live=False)
    read(client, "/pl/tam/", status=404)
    english = read(client, "/tam/")
    assert "hreflang" not in english and "gn-versions" not in english
    assert "/pl/tam/" not in read(client, "/sitemap.xml")
    assert not Document.objects.filter(url="/pl/tam/").exists()
    assert client.post("/language/", {"language": "pl", "next": "/tam/"})["Location"] == "/tam/"


@pytest.mark.parametrize("path", ["/pl/no-such/", "/cy/tam/", "/pl/roles/", "/en-gb/tam/", "/home-pl/"])
def test_other_addresses_with_a_language_are_not_found(client, tam, path):
    translated(tam)
    read(client, path, status=404)


def test_home_stands_under_each_language(client):
    polish = read(client, "/pl/")
    assert '<html lang="pl"' in polish and "Wybierz drzwi" in polish
    assert 'hreflang="ar"' in polish
    assert client.get("/pl").status_code in {301, 302}


def test_a_language_that_is_offered_no_more_takes_its_pages_out_of_sight(client, tam, settings):
    translated(tam)
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = [("en-gb", "English")]
    settings.WAGTAIL_I18N_ENABLED = False
    Site.clear_site_root_paths_cache()
    publish_pages()
    read(client, "/pl/tam/", status=404)
    assert "hreflang" not in read(client, "/tam/")
    assert "/pl/" not in read(client, "/sitemap.xml")
    assert Document.objects.filter(kind="page", removed=False).count() == 1


def test_the_switcher_leads_to_the_version_of_the_page_one_reads(client, tam):
    translated(tam, "pl")
    lead = {
        ("pl", "/tam/"): "/pl/tam/",
        ("en-gb", "/pl/tam/"): "/tam/",
        ("ar", "/tam/"): "/tam/",  # no Arabic version: the same page, in an Arabic frame
        ("ar", "/pl/tam/"): "/tam/",
        ("pl", "/pl/tam/"): "/pl/tam/",
        ("en-gb", "/pl/"): "/",
        ("pl", "/near/?q=LS1"): "/near/?q=LS1",
        ("tlh", "/tam/"): "/tam/",
    }
    for (language, path), there in lead.items():
        assert client.post("/language/", {"language": language, "next": path})["Location"] == there, (language, path)


def test_a_translation_that_moves_leaves_a_redirect(client, tam, django_capture_on_commit_callbacks):
    draft = translated(tam)
    draft.slug = "historia-tama"
    with django_capture_on_commit_callbacks(execute=True):
        draft.save_revision().publish()
    answer = client.get("/pl/tam/")
    assert answer.status_code == 301 and answer["Location"].endswith("/pl/historia-tama/")
    assert client.post("/language/", {"language": "pl", "next": "/tam/"})["Location"] == "/pl/historia-tama/"


def test_a_page_for_some_is_for_them_in_every_language(client):
    page = article(live=True)
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    translated(page)
    answer = client.get("/pl/a-first-talk/")
    assert answer.status_code == 302 and "/account/sign-in/" in answer["Location"]
    assert "/pl/a-first-talk/" not in read(client, "/sitemap.xml")


# --- Lists, menus, links, feeds ---


def news(count):
    top = LandingPage(title="News", slug="news", summary="What is new.", order="newest")
    home().add_child(instance=top)
    top.save_revision().publish()
    for number in range(count):
        page = NewsPage(title=f"Item {number:02}", slug=f"item-{number}", summary="New.", dated=timezone.localdate())
        top.add_child(instance=page)
        page.save_revision().publish()
    return top


def test_a_list_shows_each_page_once_in_the_readers_language_or_else_in_english(client):
    top = news(3)
    translated(NewsPage.objects.get(slug="item-1"), "pl")
    translated(NewsPage.objects.get(slug="item-2"), "pl", live=False)
    titles = re.compile(r'<h3 lang="(\w+)" dir="ltr"><a href="([^"]+)">')
    assert titles.findall(read(client, "/news/")) == [("en", f"/news/item-{number}/") for number in (2, 1, 0)]
    mixed = [("en", "/news/item-2/"), ("pl", "/pl/news/item-1/"), ("en", "/news/item-0/")]
    assert titles.findall(read(client, "/news/", "pl")) == mixed
    assert titles.findall(read(client, "/news/", "ar")) == [("en", f"/news/item-{number}/") for number in (2, 1, 0)]
    draft = top.get_translations().get(locale__language_code="pl").specific
    draft.summary = "Co nowego."
    draft.save_revision().publish()
    assert titles.findall(read(client, "/pl/news/")) == mixed


def test_a_list_in_the_order_of_the_tree_keeps_it_in_every_language(client):
    top = news(3)
    top.order = "tree"
    top.save_revision().publish()
    translated(NewsPage.objects.get(slug="item-1"), "pl")
    shown = re.findall(r"Item 0(\d)", "".join(re.findall(r"<h3.*?</h3>", read(client, "/news/", "pl"))))
    assert shown == ["0", "1", "2"]


@pytest.mark.parametrize("language", ["en-gb", "pl"])
def test_a_list_of_twenty_costs_what_a_list_of_two_does(client, language, django_assert_max_num_queries):
    news(20)
    for page in NewsPage.objects.all():
        translated(page, "pl")
    read(client, "/news/", language)
    with django_assert_max_num_queries(14):
        shown = read(client, "/news/", language)
    assert shown.count('class="gn-card"') == 12
    assert read(client, "/news/?page=2", language).count('class="gn-card"') == 8


def test_a_story_with_links_and_versions_stays_cheap(client, tam, django_assert_max_num_queries):
    pages = [article(f"Page {number}", live=True) for number in range(10)]
    links = " ".join(f'<a linktype="page" id="{page.pk}">Page</a>' for page in pages)
    tam.body = [("text", f"<p>{links}</p>")]
    tam.save_revision().publish()
    polish = translated(tam)
    assert polish.live
    read(client, "/pl/tam/")
    with django_assert_max_num_queries(12):
        read(client, "/pl/tam/")


def test_a_link_in_a_text_leads_to_the_readers_version(client):
    near, far = article("Near", live=True), article("Far", live=True)
    page = article(
        "Links",
        live=True,
        body=[("text", f'<p><a linktype="page" id="{near.pk}">Near</a> <a linktype="page" id="{far.pk}">Far</a></p>')],
    )
    translated(near)
    translated(far, live=False)
    translated(page)
    polish = read(client, "/pl/links/")
    assert 'href="/pl/near/"' in polish and 'href="/far/"' in polish
    assert 'href="/near/"' in read(client, "/links/")


def test_menus_lead_to_the_readers_version(client):
    page, plain = article("Talks", live=True), article("Only English", live=True)
    MenuEntry.objects.create(where="footer", words="First talks", page=page)
    MenuEntry.objects.create(where="footer", words="More words", page=plain)
    translated(page)
    polish = read(client, "/privacy/", "pl")
    assert '<a href="/pl/talks/">Talks (pl)</a>' in polish
    assert '<a href="/only-english/" lang="en" dir="ltr">More words</a>' in polish
    assert '<a href="/talks/">First talks</a>' in read(client, "/privacy/")


def test_home_shows_what_editors_put_there_in_the_readers_language(client, tam):
    top = home()
    top.body = [("stories", {"heading": "How others found their way", "stories": [tam]})]
    top.save_revision().publish()
    assert "How Tam got here. (pl)" not in read(client, "/", "pl")
    translated(tam)
    english, polish = read(client, "/"), read(client, "/", "pl")
    assert 'href="/tam/"' in english and 'href="/pl/tam/"' in polish
    assert '<div lang="en" dir="ltr"><h2>How others' in re.sub(r">\s+<", "><", polish)
    own = top.get_translation(HomePage.objects.get(locale__language_code="pl").locale)
    own.body = [("stories", {"heading": "Jak inni znaleźli drogę", "stories": [tam]})]
    own.save_revision().publish()
    assert "Jak inni znaleźli drogę" in read(client, "/", "pl") and "Jak inni" not in read(client, "/")


def test_the_map_of_the_site_names_every_version_and_the_feed_is_english(client, settings, tam):
    top = news(1)
    translated(NewsPage.objects.get(), "pl")
    translated(tam, "pl")
    sitemap = read(client, "/sitemap.xml", "pl")
    origin = settings.SITE_ORIGIN
    for path in ("/tam/", "/pl/tam/", "/pl/", "/ar/", "/news/item-0/", "/pl/news/item-0/"):
        assert sitemap.count(f"<loc>{origin}{path}</loc>") == 1, path
    assert sitemap.count(f'hreflang="pl" href="{origin}/pl/tam/"') == 2
    feed = read(client, "/news.atom", "pl")
    assert feed.count("<entry>") == 1 and "(pl)" not in feed
    assert top.live


def test_every_version_is_found_by_its_words_with_its_language(tam):
    translated(tam, "pl")
    found = {doc.url: doc.facts for doc in Document.objects.filter(kind="page", removed=False)}
    assert {url: facts["language"] for url, facts in found.items()} == {"/tam/": "en", "/pl/tam/": "pl"}


def test_links_of_translations_are_looked_at_too(now):
    page = article("Links", live=True)
    translated(
        page,
        body=[("text", '<p><a href="/pl/nie-ma/">Nie ma</a> <a href="/pl/">Dom</a> <a href="/links/">Linki</a></p>')],
    )
    assert [finding.address for finding in check_links(at=now)] == ["/pl/nie-ma/"]
    assert check_links(at=now)[0].page.locale.language_code == "pl"


def test_a_preview_of_a_translation_is_in_its_language(tam):
    draft = translated(tam, "ar", live=False)
    shown = signed_in(person("e@example.org", "Editors")).get(f"/office/pages/{draft.pk}/view_draft/")
    assert '<html lang="ar" dir="rtl"' in shown.content.decode()


def test_the_demonstration_has_a_story_in_every_language_and_no_check_finds_a_fault(client, leeds, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    assert load_demo_pages()
    for path, start in (
        ("/pl/stories/tam-example/", '<html lang="pl"'),
        ("/ar/stories/tam-example/", '<html lang="ar" dir="rtl"'),
    ):
        assert start in read(client, path)
    for page in StoryPage.objects.live().exclude(original=None):
        assert look_at(page).findings == [], page
    assert check_links(at=timezone.now()) == []
    assert "قصص" in read(client, "/ar/stories/") and "/stories/robin-sample/" in read(client, "/ar/stories/")
