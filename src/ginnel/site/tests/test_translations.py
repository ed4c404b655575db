"""A translation: how it is begun and approved, what its checks say, and what takes it down."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale

from ginnel.events.models import Event
from ginnel.search.models import Document
from ginnel.site.checking import look_at
from ginnel.site.commands import CannotTranslate, do_what_is_due, open_languages, start_translation
from ginnel.site.models import HomePage, LandingPage, StoryPage
from ginnel.site.rules import link_findings
from ginnel.site.tests.office import article, home, on, person, read, signed_in, story, translated
from ginnel.site.tests.test_editorial_pages import picture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("languages")]


# --- Begun in the office ---


def begin(client, page, *codes):
    locales = [Locale.objects.get(language_code=code).pk for code in codes]
    return client.post(f"/office/translation/submit/page/{page.pk}/", {"locales": locales})


def test_an_editor_begins_a_translation_of_an_approved_story_with_one_press(tam):
    editor = person("editor@example.org", "Editors")
    client = signed_in(editor)
    assert f"/office/translation/submit/page/{tam.pk}/" in client.get(f"/office/pages/{tam.pk}/edit/").content.decode()
    shown = client.get(f"/office/translation/submit/page/{tam.pk}/").content.decode()
    assert "Polski" in shown and "العربية" in shown and "English" not in re.findall(r"<label.*?</label>", shown, re.S)
    answer = begin(client, tam, "pl", "ar")
    polish = StoryPage.objects.get(locale__language_code="pl")
    assert answer["Location"] in {f"/office/pages/{page.pk}/edit/" for page in StoryPage.objects.exclude(pk=tam.pk)}
    assert not polish.live and polish.owner == editor and polish.original == tam
    assert polish.latest_revision.user == editor
    assert Event.objects.filter(name="site.page.translation_begun", by=editor.pk, about_id=str(polish.pk)).exists()
    edit = client.get(f"/office/pages/{polish.pk}/edit/").content.decode()
    assert 'name="consent_by"' not in edit and 'name="picture_words"' in edit
    assert "A reading age can be told of English only" in edit


def test_pages_above_get_drafts_of_their_own():
    stories = LandingPage(title="Stories", slug="stories", summary="How people found their way.")
    home().add_child(instance=stories)
    stories.save_revision().publish()
    page = story(until=timezone.localdate() + timedelta(days=9))
    page.move(stories, pos="last-child")
    page = StoryPage.objects.get(pk=page.pk)
    draft = translated(page)
    assert draft.url == "/pl/stories/tam/"
    above = LandingPage.objects.get(locale__language_code="pl")
    assert not above.live and draft.get_parent().pk == above.pk


@pytest.mark.parametrize(("group", "status"), [("", 403), ("Editors", 200), ("Moderators", 200)])
def test_only_people_of_the_office_begin_translations(tam, group, status):
    client = signed_in(person("x@example.org", *filter(None, [group])))
    assert client.get(f"/office/translation/submit/page/{tam.pk}/").status_code == status


def test_a_stranger_is_sent_to_sign_in_and_begins_nothing(client, tam):
    assert begin(client, tam, "pl").status_code == 302
    assert StoryPage.objects.count() == 1


def test_a_second_translation_into_the_same_language_is_refused_in_words(tam, now):
    start_translation(tam, "pl", by=None, at=now)
    with pytest.raises(CannotTranslate, match="has a version in Polski already"):
        start_translation(tam, "pl", by=None, at=now)
    with pytest.raises(CannotTranslate, match="no language cy"):
        start_translation(tam, "cy", by=None, at=now)
    assert StoryPage.objects.count() == 2


def test_opening_languages_twice_makes_each_home_once_for_the_same_groups(now):
    assert open_languages(by=None, at=now) == []
    homes = HomePage.objects.exclude(locale__language_code="en-gb")
    assert sorted(homes.values_list("locale__language_code", "live")) == [("ar", False), ("pl", False)]
    editor = person("e@example.org", "Editors")
    assert all(page.permissions_for_user(editor).can_edit() for page in homes)
    assert not any(page.permissions_for_user(editor).can_publish() for page in homes)


def test_two_people_are_needed_for_a_translation_too(tam):
    moderator = person("m@example.org", "Moderators")
    said = [("stage", {"when": "Teraz", "what": "Pracuję w opiece.", "step": "", "role": ""})]
    draft = translated(tam, by=moderator, live=False, stages=said)
    draft.get_workflow().start(draft, person("e@example.org", "Editors"))
    draft.refresh_from_db()
    assert not draft.permissions_for_user(moderator).can_publish()
    address = reverse(
        "wagtailadmin_pages:workflow_action", args=[draft.pk, "approve", draft.current_workflow_task_state.pk]
    )
    signed_in(moderator).post(address)
    draft.refresh_from_db()
    assert not draft.live
    signed_in(person("other@example.org", "Moderators")).post(address)
    draft.refresh_from_db()
    assert draft.live


# --- What the checks say ---


def test_a_translation_that_is_still_english_is_stopped(tam, now):
    draft = start_translation(tam, "pl", by=None, at=now)
    assert [finding.what for finding in look_at(draft).stops] == [
        "The summary is still the English one",
        "The words of the page are still the English ones",
    ]
    draft.summary = "Jak Tam tu trafił."
    draft.stages = [("stage", {"when": "Teraz", "what": "Pracuję w opiece.", "step": "", "role": ""})]
    assert look_at(draft).findings == []


def test_a_picture_needs_words_in_the_language_of_the_page(tam, now, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    tam.picture = picture()
    tam.save_revision().publish()
    draft = translated(StoryPage.objects.get(pk=tam.pk), live=False)
    assert any("picture" in finding.what for finding in look_at(draft).stops)
    draft.picture_words = "Ulica"
    assert not any("picture" in finding.what for finding in look_at(draft).stops)


def test_reading_age_is_told_of_english_only():
    hard = "Notwithstanding considerable institutional heterogeneity, organisations necessitate familiarisation. " * 4
    page = article("Hard", live=True, body=[("text", f"<p>{hard}</p>")])
    assert look_at(page).hints
    draft = translated(page, live=False)
    assert not look_at(draft).hints and look_at(draft).reading.age is None


def test_a_link_that_says_nothing_is_found_in_polish_and_arabic_too(tam):
    for words in ("kliknij tutaj", "Więcej…", "اضغط هنا"):
        assert link_findings([(words, "/near/")])


def test_an_english_page_changed_later_is_pointed_out(tam):
    draft = translated(tam)
    assert not look_at(draft).hints
    tam.summary = "Otherwise."
    tam.save_revision().publish()
    assert [finding.what for finding in look_at(draft).hints] == ["The English page was changed after this translation"]


@pytest.mark.parametrize("slug", ["pl", "ar"])
def test_no_page_takes_the_address_of_a_language(slug):
    page = article(slug)
    assert any("belongs to the site itself" in finding.what for finding in look_at(page).stops)


# --- Consent ---


def live_translations(page):
    return StoryPage.objects.live().filter(original=page).count()


def test_when_the_consent_ends_every_version_goes_down(client, tam, now):
    translated(tam, "pl")
    translated(tam, "ar")
    assert live_translations(tam) == 2
    do_what_is_due(at=now + timedelta(days=91))
    for path in ("/tam/", "/pl/tam/", "/ar/tam/"):
        read(client, path, status=404)
    assert not Document.objects.filter(kind="page", removed=False).exists()
    assert Event.objects.filter(name="site.page.unpublished").count() == 3


def test_whoever_takes_the_story_down_takes_down_every_version(client, tam):
    polish = translated(tam)
    moderator = person("m@example.org", "Moderators")
    signed_in(moderator).post(reverse("wagtailadmin_pages:unpublish", args=[tam.pk]))
    polish.refresh_from_db()
    assert not polish.live
    read(client, "/pl/tam/", status=404)


def test_a_story_deleted_takes_its_versions_off_the_site(client, tam):
    polish = translated(tam)
    StoryPage.objects.get(pk=tam.pk).delete()
    polish.refresh_from_db()
    assert not polish.live and polish.original is None
    assert look_at(polish).stops


def test_a_version_left_live_by_a_crash_is_taken_down_by_the_next_run(tam, now):
    translated(tam)
    StoryPage.objects.filter(pk=tam.pk).update(live=False)
    do_what_is_due(at=now)
    assert not live_translations(tam)


def schedule(page, at):
    page.go_live_at = at
    revision = page.save_revision()
    revision.approved_go_live_at = at
    revision.save(update_fields=["approved_go_live_at"])


def test_a_scheduled_translation_goes_live_at_its_time(client, tam, now):
    schedule(translated(tam, live=False), now - timedelta(minutes=1))
    do_what_is_due(at=now)
    read(client, "/pl/tam/")


@pytest.mark.parametrize("how", ["taken down", "ended", "left by a crash"])
def test_a_scheduled_translation_never_goes_live_once_the_story_is_gone(client, tam, now, how):
    draft = translated(tam, live=False)
    schedule(draft, now - timedelta(minutes=1))
    if how == "taken down":
        tam.unpublish()
    elif how == "ended":
        StoryPage.objects.filter(pk=tam.pk).update(consent_until=on(now, -1))
    else:
        StoryPage.objects.filter(pk=tam.pk).update(live=False)
    do_what_is_due(at=now)
    draft.refresh_from_db()
    assert not draft.live
    read(client, "/pl/tam/", status=404)


def test_a_translation_cannot_be_approved_while_the_story_is_not_on_the_site(tam):
    draft = translated(tam, live=False)
    assert not any("not on the site" in finding.what for finding in look_at(draft).stops)
    tam.unpublish()
    draft = StoryPage.objects.get(pk=draft.pk)
    assert any("not on the site" in finding.what for finding in look_at(draft).stops)


def test_the_consent_is_copied_into_no_translation_and_shown_on_none(client, tam):
    polish = translated(tam)
    assert polish.consent_by == "" and polish.consent_until is None
    assert "Secretname" not in read(client, "/pl/tam/")
    assert "Secretname" not in str(polish.latest_revision.content)


def test_an_article_taken_down_in_the_office_goes_down_in_every_language(client):
    page = article(live=True)
    translated(page)
    signed_in(person("m@example.org", "Moderators")).post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))
    read(client, "/pl/a-first-talk/", status=404)


def test_a_copy_of_a_story_or_of_its_translation_needs_a_consent_of_its_own(tam):
    for page in (StoryPage.objects.get(pk=tam.pk), translated(tam)):
        copy = page.copy(update_attrs={"slug": f"copy-{page.pk}"}, keep_live=False, reset_translation_key=True)
        assert copy.specific.original is None and copy.specific.consent_by == ""
        assert any("consent has no end" in finding.what for finding in look_at(copy.specific).stops)
