"""Pages as visitors get them: each kind, its components, its cost, and what is not shown."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.images import ImageFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image
from wagtail.models import PageViewRestriction

from ginnel.search.models import Document
from ginnel.site.context import forget_menus
from ginnel.site.demo import load_demo_pages
from ginnel.site.models import ArticlePage, Download, Film, LandingPage, MenuEntry, NewsPage, Picture, StoryPage
from ginnel.site.tests.office import article, home, person, signed_in, story

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 26)


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def demo(leeds, media):
    assert load_demo_pages(today=TODAY)


@pytest.fixture(autouse=True)
def fresh_menus():
    forget_menus()
    yield
    forget_menus()


def picture(name="street.png", size=(1200, 800), **fields: Any) -> Picture:
    content = BytesIO()
    Image.new("RGB", size, "#a4513b").save(content, "PNG")
    made = Picture(title="A street", description="A brick street", file=ImageFile(content, name), **fields)
    made.save()
    return made


def text_of(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


PATHS = ["/stories/", "/stories/tam-example/", "/stories/robin-sample/", "/news/", "/news/stories-have-moved-in/",
         "/a-first-talk/", "/open-morning/", "/who-works-in-a-hospital/"]  # fmt: skip


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("path", ["/", *PATHS])
def test_every_kind_of_page_opens_in_few_queries_and_sets_no_cookie(client, path, django_assert_max_num_queries):
    client.get(path)
    with django_assert_max_num_queries(11):
        page = client.get(path)
    assert page.status_code == 200
    assert not page.cookies
    assert page.content.decode().count("<h1") == 1
    assert "style=" not in page.content.decode()
    assert "unsafe" not in page["Content-Security-Policy"]


@pytest.mark.usefixtures("demo")
def test_the_demonstration_is_made_once_and_left_alone_after():
    ArticlePage.objects.get(slug="a-first-talk").delete()
    assert not load_demo_pages(today=TODAY)
    assert not ArticlePage.objects.filter(slug="a-first-talk").exists()


@pytest.mark.usefixtures("demo")
def test_no_check_stops_a_page_of_the_demonstration_and_none_is_hard_to_read():
    from ginnel.site.checking import look_at
    from ginnel.site.commands import check_links
    from ginnel.site.links import live_pages

    for page in live_pages():
        report = look_at(page)
        if page.depth > 2:
            assert report.findings == [], page
    assert check_links(at=timezone.now()) == []


@pytest.mark.usefixtures("leeds")
def test_home_is_whole_without_a_word_from_editors(client):
    page = text_of(client, "/")
    assert page.count('class="gn-door ') == 3
    assert "<h2>News</h2>" not in page


@pytest.mark.usefixtures("demo")
def test_home_shows_stories_and_news_at_once_when_they_change(client):
    page = text_of(client, "/")
    assert "From warehouse nights to home care" in page and "Stories have moved in" in page
    StoryPage.objects.get(slug="tam-example").unpublish()
    assert "From warehouse nights" not in text_of(client, "/")


@pytest.mark.usefixtures("demo")
def test_a_list_of_twenty_costs_what_a_list_of_two_does(client, django_assert_max_num_queries):
    news = LandingPage.objects.get(slug="news")
    for number in range(20):
        page = NewsPage(title=f"More {number}", slug=f"more-{number}", summary="More.", dated=TODAY)
        news.add_child(instance=page)
        page.save_revision().publish()
    client.get("/news/")
    with django_assert_max_num_queries(11):
        shown = client.get("/news/")
    assert shown.content.decode().count('class="gn-card"') == 12
    assert text_of(client, "/news/?page=2").count('class="gn-card"') == 10
    assert text_of(client, "/news/?page=zz")


def test_a_draft_is_not_found(client):
    article(live=False)
    assert client.get("/a-first-talk/").status_code == 404
    assert "first talk" not in text_of(client, "/sitemap.xml")


def test_the_record_of_a_consent_is_nowhere_public(client):
    page = story(until=timezone.localdate() + timedelta(days=90))
    shown = text_of(client, "/tam/")
    assert "Tam Example" in shown
    assert "Secretname" not in shown
    assert "Secretname" not in str(list(Document.objects.filter(kind="page").values()))
    assert Document.objects.get(kind="page", key=str(page.pk)).body


@pytest.mark.usefixtures("leeds")
def test_a_role_that_left_the_pack_leaves_the_stage_standing(client):
    page = story(until=timezone.localdate() + timedelta(days=90))
    page.stages = [("stage", {"when": "Then", "what": "I was a lamplighter.", "step": "gone", "role": "lamplighter"})]
    page.body = [("roles", {"heading": "Roles", "roles": ["lamplighter", "porter"]})]
    page.save_revision().publish()
    shown = text_of(client, "/tam/")
    assert "I was a lamplighter." in shown
    assert "/roles/porter/" in shown
    assert "/roles/lamplighter/" not in shown


def test_a_page_for_some_is_kept_from_others_and_from_search(client):
    page = article(live=True)
    restriction = PageViewRestriction.objects.create(page=page, restriction_type="login")
    answer = client.get("/a-first-talk/")
    assert answer.status_code == 302 and "/account/sign-in/" in answer["Location"]
    assert Document.objects.get(kind="page", key=str(page.pk)).removed
    restriction.delete()
    assert not Document.objects.get(kind="page", key=str(page.pk)).removed


def test_a_page_that_moves_leaves_a_redirect(client, django_capture_on_commit_callbacks):
    page = article(live=True)
    page.slug = "the-first-talk"
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    answer = client.get("/a-first-talk/")
    assert answer.status_code == 301 and answer["Location"].endswith("/the-first-talk/")
    assert Document.objects.get(kind="page", key=str(page.pk)).url == "/the-first-talk/"


def test_a_deleted_page_is_not_found_by_words_either():
    page = article(live=True)
    key = str(page.pk)
    page.delete()
    assert Document.objects.get(kind="page", key=key).removed


def test_menu_entries_stand_in_head_and_foot_and_only_while_their_page_is_live(client):
    page = article(live=True)
    MenuEntry.objects.create(where="navigation", words="First talks", page=page)
    MenuEntry.objects.create(where="footer", words="Elsewhere", address="https://example.org/x")
    shown = text_of(client, "/privacy/")
    assert '<a href="/a-first-talk/">First talks</a>' in shown.split("<main")[0]
    assert '<a href="https://example.org/x">Elsewhere</a>' in shown.split("</main>")[1]
    page.unpublish()
    assert "First talks" not in text_of(client, "/privacy/")


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "near/", "//evil", "ftp://example.org", "https://nowhere", "/no-such/"]
)
def test_a_menu_entry_cannot_lead_nowhere_or_run_a_script(address):
    person("m@example.org", "Moderators")
    client = signed_in(person("m@example.org", "Moderators"))
    client.post(
        "/office/snippets/site/menuentry/add/",
        {"where": "footer", "words": "X", "page": "", "address": address, "position": "1"},
    )
    assert not MenuEntry.objects.exists()


# --- Files ---


def test_a_picture_has_modern_kinds_sizes_and_words(client, media):
    article(
        "Seen",
        live=True,
        body=[
            (
                "picture",
                {"picture": {"image": picture().pk, "decorative": False, "alt_text": "Our street"}, "caption": "Here"},
            )
        ],
    )
    shown = text_of(client, "/seen/")
    assert "<picture>" in shown and 'type="image/avif"' in shown and 'type="image/webp"' in shown
    assert 'alt="Our street"' in shown
    source = shown.split('srcset="')[1].split(" ")[0]
    answer = client.get(source)
    assert answer.status_code == 200 and answer["Content-Type"] == "image/avif"
    assert "sandbox" in answer["Content-Security-Policy"]


def upload(client, name, content, kind, **fields):
    return client.post(
        "/office/images/add/", {"title": "T", "file": SimpleUploadedFile(name, content, kind), "tags": "", **fields}
    )


def test_pictures_without_words_and_drawings_that_carry_scripts_are_refused(media):
    client = signed_in(person("e@example.org", "Editors"))
    content = BytesIO()
    Image.new("RGB", (10, 10)).save(content, "PNG")
    assert "Say what the picture shows" in upload(client, "a.png", content.getvalue(), "image/png").content.decode()
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    upload(client, "a.svg", svg, "image/svg+xml", description="x")
    upload(client, "a.png", svg, "image/png", description="x")
    upload(client, "a.png", b"\x89PNG not", "image/png", description="x")
    assert not Picture.objects.exists()
    upload(client, "a.png", content.getvalue(), "image/png", description="A dot")
    assert Picture.objects.get().default_alt_text == "A dot"


def test_a_picture_too_large_is_refused(media, settings):
    settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE = 100
    content = BytesIO()
    Image.effect_noise((50, 50), 80).save(content, "PNG")
    upload(signed_in(person("e@example.org", "Editors")), "a.png", content.getvalue(), "image/png", description="x")
    assert not Picture.objects.exists()


MP4 = b"\x00\x00\x00\x18ftypmp42" + b"\0" * 500
VTT = b"WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n"


def film(client, **changes):
    fields = {
        "title": "A day", "film": SimpleUploadedFile("a.mp4", MP4), "captions": SimpleUploadedFile("a.vtt", VTT),
        "transcript": "Hello.", "minutes": "1", "poster": "", **changes,
    }  # fmt: skip
    return client.post(
        "/office/snippets/site/film/add/", {key: value for key, value in fields.items() if value is not None}
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"captions": None},
        {"transcript": ""},
        {"captions": SimpleUploadedFile("a.vtt", b"just words")},
        {"film": SimpleUploadedFile("a.mp4", b"<html>")},
        {"film": SimpleUploadedFile("a.html", MP4)},
    ],
    ids=["no captions", "no transcript", "captions that are none", "a page in disguise", "a page"],
)
def test_a_film_without_captions_or_transcript_or_that_is_no_film_is_refused(media, changes):
    film(signed_in(person("e@example.org", "Editors")), **changes)
    assert not Film.objects.exists()


def test_a_film_is_shown_with_its_captions_and_transcript_and_sent_in_parts(client, media):
    film(signed_in(person("e@example.org", "Editors")))
    made = Film.objects.get()
    article("Watch", live=True, body=[("video", made.pk)])
    shown = text_of(client, "/watch/")
    assert '<track kind="captions"' in shown and "Read what is said and shown" in shown and "<p>Hello.</p>" in shown
    whole = client.get(made.film.url)
    assert whole["Content-Type"] == "video/mp4" and b"".join(whole.streaming_content) == MP4
    part = client.get(made.film.url, headers={"Range": "bytes=4-7"})
    assert part.status_code == 206 and b"".join(part.streaming_content) == b"ftyp"
    assert part["Content-Range"] == f"bytes 4-7/{len(MP4)}"
    last = client.get(made.film.url, headers={"Range": "bytes=-3"})
    assert b"".join(last.streaming_content) == MP4[-3:]
    assert client.get(made.film.url, headers={"Range": "bytes=9999-"}).status_code == 416
    captions = client.get(made.captions.url)
    assert captions["Content-Type"].startswith("text/vtt")


@pytest.mark.parametrize(
    "path",
    [
        "original_images/street.png",
        "documents/a.pdf",
        "../ginnel.sqlite3",
        "images/../documents/a.pdf",
        "films/none.mp4",
    ],
)
def test_originals_documents_and_anything_else_are_not_served_as_media(client, media, path):
    picture("street.png")
    (media / "documents").mkdir()
    (media / "documents" / "a.pdf").write_bytes(b"%PDF")
    assert client.get(f"/media/{path}").status_code == 404


def test_a_download_says_its_kind_size_and_that_it_may_not_work_with_a_screen_reader(client, media):
    made = Download.objects.create(title="A leaflet", file=SimpleUploadedFile("leaflet.pdf", b"%PDF-1.7"))
    article("Take", live=True, body=[("download", {"file": made.pk, "about": "Two pages"})])
    shown = text_of(client, "/take/")
    assert "(PDF, 8\xa0bytes)" in shown and "may not work with a screen reader" in shown
    answer = client.get(made.url)
    assert answer["Content-Disposition"].startswith("attachment")
    made.accessible = "yes"
    made.save()
    assert "may not work" not in text_of(client, "/take/")


# --- Machines ---


@pytest.mark.usefixtures("demo")
def test_the_feed_and_the_map_name_every_public_page_once(client, settings):
    feed = text_of(client, "/news.atom")
    assert feed.count("<entry>") == 2
    assert f"{settings.SITE_ORIGIN}/news/stories-have-moved-in/" in feed
    sitemap = text_of(client, "/sitemap.xml")
    for path in ["/", "/roles/porter/", *PATHS]:
        assert sitemap.count(f"<loc>{settings.SITE_ORIGIN}{path}</loc>") == 1, path


def test_home_does_not_stand_at_a_second_address(client):
    assert home().url == "/"
    assert client.get("/home/").status_code == 404
