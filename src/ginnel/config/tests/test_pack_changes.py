"""The pack changed in the office: drafts, checks, two people, and the pack's text as the truth."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ginnel.accounts.tests.people import sign_in
from ginnel.careers.models import Gate, PayPoint, Role, Step
from ginnel.config.changes import commands
from ginnel.config.changes.checking import attempt
from ginnel.config.changes.text import find_row
from ginnel.config.pack import (
    current_files,
    export_pack,
    loaded_digest,
    pack_digest,
)
from ginnel.config.tests.pack_changes import SMALLBRIDGE, changed_lines, draft, form_of, publish, save_again
from ginnel.partners.models import Organisation
from ginnel.partners.tests.people import a_member, an_organisation
from ginnel.site.models import PackChange
from ginnel.site.tests.office import person, signed_in

pytestmark = pytest.mark.django_db


# --- Who may ---


ADDRESSES = [
    "/office/pack/role/",
    "/office/pack/step/row/all-helper/",
    "/office/pack/gate/add/",
    "/office/pack/changes/",
]


@pytest.mark.parametrize("path", ADDRESSES)
def test_a_stranger_is_led_to_the_door(client, path):
    answer = client.get(path)
    assert answer.status_code == 302 and answer["Location"].startswith(reverse("account_login"))


@pytest.mark.usefixtures("pack")
@pytest.mark.parametrize("path", ADDRESSES)
def test_residents_and_members_of_organisations_are_refused(client, path):
    assert signed_in(person("resident@example.org")).get(path).status_code == 403
    for place in (an_organisation(), an_organisation("Willow House", kind="care-home")):
        sign_in(client, a_member(place, f"Boss of {place.pk}", "administrator").user)
        assert client.get(path).status_code == 403
        assert client.post(path, {"title": "Mine"}).status_code == 403
    assert not PackChange.objects.exists()


@pytest.mark.usefixtures("pack")
def test_somebody_of_the_office_without_the_permission_is_refused(editor):
    editor.groups.get().permissions.filter(content_type__model="packchange").delete()
    client = signed_in(editor)
    for path in ADDRESSES:
        assert client.get(path).status_code == 302, path
    assert "Roles and routes" not in client.get("/office/").content.decode()


@pytest.mark.usefixtures("pack")
def test_an_editor_drafts_and_cannot_approve_not_even_what_others_wrote(editor, moderator):
    change = draft("step", "all-helper", moderator, months="1")
    with pytest.raises(commands.CannotPublish, match="A moderator must approve it"):
        publish(change, by=editor)
    client = signed_in(editor)
    client.post(reverse("pack_changes:publish"), {"change": change.pk, "version": 1})
    change.refresh_from_db()
    assert change.status == "draft" and Step.objects.get(slug="all-helper").months == 0.5


@pytest.mark.usefixtures("pack")
def test_nobody_approves_what_they_wrote_or_saved_not_even_a_superuser(moderator, editor):
    root = person("root@example.org")
    root.is_superuser = True
    root.save()
    own = draft("step", "all-helper", root, months="1")
    with pytest.raises(commands.CannotPublish, match="You wrote this change"):
        publish(own, by=root)
    theirs = draft("gate", "check", editor, months="2")
    save_again(theirs, moderator, ",2,", ",3,")
    with pytest.raises(commands.CannotPublish, match="You wrote this change"):
        publish(theirs, by=moderator)


# --- From draft to site ---


@pytest.mark.usefixtures("pack")
def test_a_step_is_drafted_checked_approved_shown_and_exported_as_one_line(editor, moderator, tmp_path):
    url = reverse("pack_changes:row", args=["step", "all-helper"])
    client = signed_in(editor)
    answer = client.post(
        url, form_of(client, url) | {"title": "Apply, with a friend", "note": "They said so"}, follow=True
    )
    assert "The draft is saved, and the checks pass" in answer.content.decode()
    change = PackChange.objects.get()
    assert Step.objects.get(slug="all-helper").title == "Apply to be a home helper"
    boss = signed_in(moderator)
    page = boss.get(reverse("pack_changes:change", args=[change.pk])).content.decode()
    assert "<del>Apply to be a home helper</del>" in page and "<ins>Apply, with a friend</ins>" in page
    before = loaded_digest()
    boss.post(reverse("pack_changes:publish"), {"change": change.pk, "version": 1})
    change.refresh_from_db()
    assert (change.status, change.written_by, change.decided_by) == ("published", editor, moderator)
    assert Step.objects.get(slug="all-helper").title == "Apply, with a friend"
    assert "Apply, with a friend" in Client().get("/roles/helper/").content.decode()
    assert loaded_digest() != before
    assert export_pack(tmp_path / "out") == ["routes/all.csv"]
    line = (
        'all-helper,any,0,helper,job,"Apply, with a friend",0.5,0,0,employer,0,,,,Ask at the co-op.,survey,2026-01-31'
    )
    assert changed_lines(tmp_path / "out") == [("routes/all.csv", line)]
    assert pack_digest(tmp_path / "out") == loaded_digest()


@pytest.mark.usefixtures("pack")
def test_a_failing_check_stops_it_beside_its_field_and_nothing_is_lost(editor, moderator):
    url = reverse("pack_changes:row", args=["step", "all-course"])
    client = signed_in(editor)
    answer = client.post(url, form_of(client, url) | {"upfront_gbp": "900", "source": "survey"}, follow=True)
    form = answer.context["form"]
    assert form.errors == {"upfront_gbp": ["900 is more than cost_gbp 500. It is the part of the cost paid in cash."]}
    change = PackChange.objects.get()
    page = signed_in(moderator).get(reverse("pack_changes:change", args=[change.pk])).content.decode()
    assert "routes/all.csv, line 5, upfront_gbp: 900 is more than cost_gbp 500" in page
    assert "Approve and publish" not in page
    with pytest.raises(commands.CannotPublish, match="upfront_gbp"):
        publish(change, by=moderator)
    edit = reverse("pack_changes:change_edit", args=[change.pk])
    client.post(edit, form_of(client, edit) | {"upfront_gbp": "90"})
    change.refresh_from_db()
    assert change.version == 2
    publish(change, by=moderator)
    assert Step.objects.get(slug="all-course").upfront_gbp == 90


@pytest.mark.usefixtures("pack")
def test_a_change_that_cuts_a_role_off_is_refused_and_names_the_role(editor, moderator):
    change = draft("step", "all-lead", editor, clears="")
    with pytest.raises(commands.CannotPublish, match=r"roles/lead.md, line 1: cannot be reached"):
        publish(change, by=moderator)


@pytest.mark.usefixtures("pack")
def test_a_role_that_a_route_leads_to_cannot_go(editor, moderator):
    client = signed_in(editor)
    client.post(reverse("pack_changes:row_retire", args=["role", "lead"]))
    change = PackChange.objects.get()
    assert change.retires
    with pytest.raises(commands.CannotPublish, match="'lead' is not in roles/"):
        publish(change, by=moderator)
    client.post(reverse("pack_changes:row_retire", args=["step", "all-lead"]))
    publish(*PackChange.objects.order_by("pk"), by=moderator)
    assert not Role.objects.filter(slug="lead").exists() and not Step.objects.filter(slug="all-lead").exists()
    assert "roles/lead.md" not in current_files()


@pytest.mark.usefixtures("pack")
def test_a_role_changes_only_the_fields_edited(editor, moderator, tmp_path):
    url = reverse("pack_changes:row", args=["role", "helper"])
    client = signed_in(editor)
    client.post(
        url,
        form_of(client, url)
        | {"name": 'Home "helper"', "pay_scale": "", "pay_low": "25100", "pay_high": "25900", "pay_source": "survey"},
    )
    publish(PackChange.objects.get(), by=moderator)
    role = Role.objects.get(slug="helper")
    assert (role.name, role.pay_low_gbp, role.pay_high_gbp) == ('Home "helper"', 25100, 25900)
    export_pack(tmp_path / "out")
    assert [line.split(" =")[0] for _, line in changed_lines(tmp_path / "out")] == ["name", "pay"]


@pytest.mark.usefixtures("pack")
@pytest.mark.parametrize(
    ("kind", "key", "cells"),
    [
        ("gate", "check", {"months": "2"}),
        ("pay", "local:1", {"high_gbp": "27500"}),
        ("organisation", "smallbridge-care", {"about": "It looks, and listens."}),
    ],
)
def test_gates_pay_and_organisations_change_one_line(editor, moderator, tmp_path, kind, key, cells):
    url = reverse("pack_changes:row", args=[kind, key])
    client = signed_in(editor)
    client.post(url, form_of(client, url) | cells)
    publish(PackChange.objects.get(), by=moderator)
    export_pack(tmp_path / "out")
    assert len(changed_lines(tmp_path / "out")) == 1
    held = {
        "gate": lambda: Gate.objects.get(slug="check").months == 2,
        "pay": lambda: PayPoint.objects.get(scale="local").high_gbp == 27500,
        "organisation": lambda: Organisation.objects.get(code="smallbridge-care").about == "It looks, and listens.",
    }
    assert held[kind]()


@pytest.mark.usefixtures("pack")
def test_a_form_sent_unchanged_changes_nothing(editor):
    client = signed_in(editor)
    for kind, key in (
        ("role", "lead"),
        ("step", "all-lead"),
        ("gate", "adult"),
        ("pay", "local:1"),
        ("organisation", "smallbridge-care"),
    ):
        url = reverse("pack_changes:row", args=[kind, key])
        answer = client.post(url, form_of(client, url))
        assert "Nothing is changed" in answer.content.decode(), (kind, answer.context["form"].errors)
    assert not PackChange.objects.exists()


@pytest.mark.usefixtures("pack")
def test_a_new_step_is_added_as_a_line_at_the_end_of_its_file(editor, moderator, tmp_path):
    url = reverse("pack_changes:row_add", args=["step"])
    client = signed_in(editor)
    step = {
        "file": "routes/all.csv",
        "key_id": "all-return",
        "from": "any",
        "min_level": "0",
        "to": "helper",
        "by": "job",
        "title": "Come back",
    }
    more = {
        "months": "1",
        "cost_gbp": "0",
        "upfront_gbp": "0",
        "pay": "keep",
        "about": "Ask.",
        "source": "survey",
        "as_of": "2026-01-31",
    }
    client.post(url, step | more)
    change = PackChange.objects.get()
    assert attempt([change]).problems == []
    page = signed_in(moderator).get(reverse("pack_changes:preview", args=[change.pk]))
    assert "Come back" in page.content.decode() and not Step.objects.filter(slug="all-return").exists()
    publish(change, by=moderator)
    assert Step.objects.get(slug="all-return").title == "Come back"
    export_pack(tmp_path / "out")
    before, after = (SMALLBRIDGE / "routes/all.csv").read_bytes(), (tmp_path / "out/routes/all.csv").read_bytes()
    assert after == before + b"all-return,any,0,helper,job,Come back,1,0,0,,keep,,,,Ask.,survey,2026-01-31\n"
    again = client.post(url, step | more)
    assert "has one of that name already" in again.content.decode()


@pytest.mark.usefixtures("pack")
def test_a_new_role_and_the_way_to_it_are_published_together(editor, moderator):
    client = signed_in(editor)
    role: dict[str, Any] = find_row(current_files(), "role", "helper").cells | {
        "name": "Night helper",
        "key_slug": "night-helper",
    }
    role["settings"], role["shifts"], role["sources"] = ["home"], ["nights"], ["survey"]
    client.post(reverse("pack_changes:row_add", args=["role"]), role | lists_of(role))
    change = PackChange.objects.get()
    with pytest.raises(commands.CannotPublish, match=r"night-helper\.md, line 1: cannot be reached"):
        publish(change, by=moderator)
    step: dict[str, Any] = find_row(current_files(), "step", "all-helper").cells | {
        "to": "night-helper",
        "file": "routes/all.csv",
        "key_id": "all-night",
    }
    step["paid_by"] = ["employer"]
    client.post(reverse("pack_changes:row_add", args=["step"]), step | lists_of(step))
    both = PackChange.objects.order_by("pk")
    boss = signed_in(moderator)
    chosen = "&".join(f"change={one.pk}" for one in both)
    page = boss.get(f"{reverse('pack_changes:together')}?{chosen}").content.decode()
    assert "Approve and publish" in page
    boss.post(reverse("pack_changes:publish"), {"change": [one.pk for one in both], "version": [1, 1]})
    assert Client().get("/roles/night-helper/").status_code == 200
    assert "Every change" in page


def lists_of(cells: dict[str, Any]) -> dict[str, list[str]]:
    """The cells for which a form has boxes to tick, as a browser sends them."""
    names = ("from", "needs", "clears", "gates", "essential", "helpful")
    return {name: [item.strip() for item in cells.get(name, "").split(";") if item.strip()] for name in names}


@pytest.mark.usefixtures("pack")
def test_lists_are_ticked_by_name_and_what_was_chosen_keeps_its_place(editor):
    url = reverse("pack_changes:row", args=["step", "all-lead"])
    browser = signed_in(editor)
    page = browser.get(url).content.decode()
    for slug, name in Gate.objects.values_list("slug", "name"):
        assert page.count(f'name="clears" value="{slug}"') == 1 and name in page
    answer = browser.post(url, form_of(browser, url) | {"clears": ["no-such-gate"]})
    assert answer.context["form"].errors["clears"]
    browser.post(url, form_of(browser, url) | {"clears": ["adult", "badge"]})
    assert ",badge;adult," in PackChange.objects.get().after


@pytest.mark.usefixtures("pack")
def test_words_that_fit_a_line_are_offered_and_others_may_be_written(editor):
    url = reverse("pack_changes:row", args=["step", "all-helper"])
    browser = signed_in(editor)
    page = browser.get(url).content.decode()
    assert 'list="pay-words"' in page and '<option value="keep">The pay one has now</option>' in page
    browser.post(url, form_of(browser, url) | {"pay": "12345"})
    assert "12345" in PackChange.objects.get().after


# --- Preview ---


@pytest.mark.usefixtures("pack")
def test_the_preview_is_the_page_of_the_draft_and_leaves_nothing_behind(editor):
    change = draft("role", "helper", editor, name="Helping hand")
    before = (loaded_digest(), list(Role.objects.values_list("pk", "name")), list(Step.objects.values_list("slug")))
    page = signed_in(editor).get(reverse("pack_changes:preview", args=[change.pk]))
    assert "Helping hand" in page.content.decode() and page["X-Robots-Tag"] == "noindex"
    assert (
        loaded_digest(),
        list(Role.objects.values_list("pk", "name")),
        list(Step.objects.values_list("slug")),
    ) == before
    public = Client().get("/roles/helper/").content.decode()
    assert "Home helper" in public and "Helping hand" not in public


@pytest.mark.usefixtures("pack")
def test_a_draft_that_fails_a_check_has_no_preview(editor):
    change = draft("role", "helper", editor, family="nowhere")
    answer = signed_in(editor).get(reverse("pack_changes:preview", args=[change.pk]), follow=True)
    assert "There is no page to show until the checks pass" in answer.content.decode()
