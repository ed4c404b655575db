"""The office: who gets in, who approves, what stops a page."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from ginnel.events.models import Event
from ginnel.search.models import Document
from ginnel.search.queries import find_keys, forget_index
from ginnel.site.commands import set_office_groups
from ginnel.site.models import ArticlePage, HomePage
from ginnel.site.models.approval import reasons_against
from ginnel.site.tests.office import article, home, person, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(db):
    return person("editor@example.org", "Editors")


@pytest.fixture
def moderator(db):
    return person("moderator@example.org", "Moderators")


def block(kind, value, *, prefix="body"):
    """Form fields of one StreamField with one block."""
    fields = {
        f"{prefix}-count": "1",
        f"{prefix}-0-deleted": "",
        f"{prefix}-0-order": "0",
        f"{prefix}-0-type": kind,
        f"{prefix}-0-id": "",
    }
    if isinstance(value, dict):
        return fields | {f"{prefix}-0-value-{name}": part for name, part in value.items()}
    return fields | {f"{prefix}-0-value": value}


def draftail(html_text, link=None):
    """Rich text as the editor sends it."""
    entities = {"0": {"type": "LINK", "mutability": "MUTABLE", "data": {"url": link[1]}}} if link else {}
    ranges = [{"offset": html_text.index(link[0]), "length": len(link[0]), "key": 0}] if link else []
    import json

    return json.dumps(
        {
            "blocks": [
                {
                    "key": "a",
                    "text": html_text,
                    "type": "unstyled",
                    "depth": 0,
                    "inlineStyleRanges": [],
                    "entityRanges": ranges,
                }
            ],
            "entityMap": entities,
        }
    )


def form(page=None, **more):
    """What the editor's form posts for an article."""
    return {
        "title": "A first talk",
        "slug": "a-first-talk",
        "summary": "What to bring.",
        "go_live_at": "",
        "expire_at": "",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "comments-MIN_NUM_FORMS": "0",
        "comments-MAX_NUM_FORMS": "",
        **block("text", draftail("Bring a friend.")),
        **more,
    }


def edit(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


# --- The door ---


@pytest.mark.parametrize(
    "path", ["/office/", "/office/login/", "/office/pages/", "/office/images/", "/office/password_reset/"]
)
def test_a_stranger_is_sent_to_our_own_sign_in(client, path):
    answer = client.get(path)
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login") + "?next=/office/")


@pytest.mark.parametrize("path", ["/office/", "/office/login/", "/office/pages/", "/office/api/"])
def test_a_signed_in_person_who_is_no_editor_is_refused_without_a_loop(path):
    answer = signed_in(person("resident@example.org")).get(path)
    assert answer.status_code == 403
    assert "cannot open this page" in answer.content.decode()


def test_only_the_office_has_a_looser_policy_and_the_public_page_of_the_same_person_has_not(editor):
    client = signed_in(editor)
    office, public = client.get("/office/"), client.get("/")
    assert "'unsafe-inline'" in office["Content-Security-Policy"]
    assert "unsafe-eval" not in office["Content-Security-Policy"]
    assert "default-src 'none'" in office["Content-Security-Policy"]
    assert office["X-Frame-Options"] == "SAMEORIGIN"
    assert "no-store" in office["Cache-Control"]
    assert "unsafe" not in public["Content-Security-Policy"]
    assert public["X-Frame-Options"] == "DENY"


def test_an_editor_sees_no_people_groups_or_workflows(editor):
    client = signed_in(editor)
    for path in ("/office/users/", "/office/groups/", "/office/workflows/list/", "/office/sites/"):
        assert client.get(path).status_code == 302, path


def test_the_office_makes_and_deletes_no_accounts_even_for_a_superuser(editor):
    root = person("root@example.org")
    root.is_superuser = True
    root.save()
    client = signed_in(root)
    assert client.get("/office/users/new/").status_code == 302
    assert client.post(f"/office/users/delete/{editor.pk}/").status_code in {302, 404}
    editor.refresh_from_db()
    page = client.get("/office/users/").content.decode()
    assert "editor@example.org" in page
    assert "root@example.org" not in page.split("<main", 1)[1]


def test_a_superuser_gives_and_takes_the_groups_of_the_office_and_nothing_else(editor):
    root = person("root@example.org")
    root.is_superuser = True
    root.save()
    moderators = editor.groups.model.objects.get(name="Moderators")
    signed_in(root).post(
        f"/office/users/edit/{editor.pk}/", {"name": "Edie", "groups": [moderators.pk], "is_superuser": "on"}
    )
    editor.refresh_from_db()
    assert [group.name for group in editor.groups.all()] == ["Moderators"]
    assert not editor.is_superuser
    assert Event.objects.filter(name="site.office.groups_set", by=root.pk, about_id=str(editor.pk)).exists()


def test_an_unknown_group_of_the_office_is_refused(editor):
    with pytest.raises(ValueError, match="has only"):
        set_office_groups(editor, ["Owners"], by=None, at=timezone.now())


# --- Two people ---


def test_an_editor_cannot_publish(editor):
    page = article(by=editor)
    assert not page.permissions_for_user(editor).can_publish()
    signed_in(editor).post(edit(page), form(**{"action-publish": "1"}))
    page.refresh_from_db()
    assert not page.live


def test_a_moderator_cannot_publish_what_they_wrote_themselves(moderator):
    page = article(by=moderator)
    assert not page.permissions_for_user(moderator).can_publish()
    signed_in(moderator).post(edit(page), form(**{"action-publish": "1"}))
    page.refresh_from_db()
    assert not page.live


def test_not_even_a_superuser_publishes_alone():
    root = person("root@example.org")
    root.is_superuser = True
    root.save()
    page = article(by=root)
    signed_in(root).post(edit(page), form(**{"action-publish": "1"}))
    page.refresh_from_db()
    assert not page.live


def test_nobody_makes_and_publishes_a_page_in_one_go(moderator):
    client = signed_in(moderator)
    client.post(
        reverse("wagtailadmin_pages:add", args=["site", "articlepage", home().pk]), form(**{"action-publish": "1"})
    )
    assert not ArticlePage.objects.get().live


def test_an_editor_submits_a_moderator_approves_and_it_is_live_and_found(editor, moderator):
    page = article(by=editor)
    signed_in(editor).post(edit(page), form(**{"action-submit": "1"}))
    page.refresh_from_db()
    assert page.workflow_in_progress and not page.live
    assert not Document.objects.filter(kind="page", removed=False).exists()
    answer = signed_in(moderator).post(
        reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", page.current_workflow_task_state.pk])
    )
    assert answer.status_code == 302
    page.refresh_from_db()
    assert page.live
    forget_index()
    assert find_keys("page", "first talk") == [str(page.pk)]
    assert Event.objects.filter(name="site.page.published", about_id=str(page.pk)).count() == 1


def test_a_moderator_who_sent_it_cannot_approve_it(moderator):
    page = article(by=person("someone@example.org", "Editors"))
    page.get_workflow().start(page, moderator)
    page.refresh_from_db()
    assert reasons_against(moderator, page)
    answer = signed_in(moderator).post(
        reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", page.current_workflow_task_state.pk])
    )
    page.refresh_from_db()
    assert not page.live
    assert answer.status_code in {302, 403}


def approval(page):
    return reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", page.current_workflow_task_state.pk])


def test_a_moderator_who_changed_it_on_the_way_cannot_approve_it(editor, moderator):
    page = article(by=editor)
    signed_in(editor).post(edit(page), form(**{"action-submit": "1"}))
    signed_in(moderator).post(edit(page), form(title="Changed by the moderator"))
    page.refresh_from_db()
    address = approval(page)
    signed_in(moderator).post(address)
    page.refresh_from_db()
    assert not page.live
    signed_in(person("other@example.org", "Moderators")).post(address)
    page.refresh_from_db()
    assert page.live and page.title == "Changed by the moderator"


def test_two_moderators_who_approve_at_once_publish_once(editor, moderator):
    page = article(by=editor)
    signed_in(editor).post(edit(page), form(**{"action-submit": "1"}))
    page.refresh_from_db()
    address = approval(page)
    signed_in(moderator).post(address)
    signed_in(person("other@example.org", "Moderators")).post(address)
    assert Event.objects.filter(name="site.page.published", about_id=str(page.pk)).count() == 1


# --- Checks ---


def test_a_draft_with_mistakes_can_be_saved_but_not_sent(editor):
    page = article(by=editor)
    vague = block("text", draftail("To know more click here.", ("click here", "/near/")))
    client = signed_in(editor)
    assert client.post(edit(page), form(**vague)).status_code == 302
    answer = client.post(edit(page), form(**vague, **{"action-submit": "1"}))
    assert answer.status_code == 200
    assert "does not say where it leads" in answer.content.decode()
    page.refresh_from_db()
    assert not page.workflow_in_progress


def test_a_page_that_a_check_stops_cannot_be_approved(editor, moderator):
    page = article(by=editor)
    page.get_workflow().start(page, editor)
    page.body = [("heading", {"words": "Too deep", "level": "3"})]
    page.save_revision(user=editor)
    page.refresh_from_db()
    assert [action[0] for action in page.current_workflow_task.get_actions(page, moderator)] == ["reject"]


def test_many_pages_at_once_are_stopped_by_the_same_checks(editor, moderator):
    page = article(by=editor, body=[("heading", {"words": "Too deep", "level": "3"})])
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"]) + f"?id={page.pk}"
    signed_in(moderator).post(address)
    page.refresh_from_db()
    assert not page.live
    page.body = []
    page.save_revision(user=editor)
    signed_in(moderator).post(address)
    page.refresh_from_db()
    assert page.live


@pytest.mark.parametrize("slug", ["roles", "office", "near", "account", "media", "downloads"])
def test_a_page_cannot_take_an_address_of_the_site_itself(editor, slug):
    page = article(by=editor)
    answer = signed_in(editor).post(edit(page), form(slug=slug, **{"action-submit": "1"}))
    assert "belongs to the site itself" in answer.content.decode()


def test_the_editor_shows_reading_age_and_longest_sentences(editor):
    hard = "Notwithstanding considerable institutional heterogeneity, organisations necessitate familiarisation with registration. "
    page = article(by=editor, body=[("text", f"<p>{hard * 4}</p>")])
    shown = signed_in(editor).get(edit(page)).content.decode()
    assert re.search(r"Reading age: <strong>[\d.]+</strong>", shown)
    assert "The reading age is" in shown
    assert "Longest sentences" in shown


def test_scripts_in_rich_text_never_reach_a_page(client, editor):
    article(
        "Nasty",
        live=True,
        body=[
            (
                "text",
                '<p onclick="x()">Hi<script>alert(1)</script> <a href="javascript:x()">a link</a></p><style>p{}</style>',
            )
        ],
    )
    shown = client.get("/nasty/").content.decode()
    assert "<p>Hi" in shown
    for word in ("onclick", "alert(1)", "javascript:", "<style>"):
        assert word not in shown


def test_the_root_is_one_home_page_and_no_welcome_page():
    assert [page.specific_class for page in Page.objects.filter(depth=2)] == [HomePage]
