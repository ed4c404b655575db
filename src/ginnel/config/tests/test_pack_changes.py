"""The pack changed in the office: drafts, checks, two people, and the pack's text as the truth."""

import re
import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ginnel.accounts.tests.people import sign_in
from ginnel.careers.models import Gate, PayPoint, Role, Step
from ginnel.config.changes import commands
from ginnel.config.changes.checking import attempt
from ginnel.config.changes.text import changed_text, find_row
from ginnel.config.pack import (
    WouldLose,
    current_files,
    digest_of,
    export_pack,
    is_loaded,
    load_pack,
    loaded_digest,
    pack_digest,
    pack_files,
)
from ginnel.events.models import Event
from ginnel.partners.models import Organisation
from ginnel.partners.tests.people import a_member, an_organisation
from ginnel.places.models import Place
from ginnel.site.models import PackChange
from ginnel.site.tests.office import person, signed_in

SMALLBRIDGE = settings.PROJECT_DIR / "tests" / "packs" / "smallbridge"
pytestmark = pytest.mark.django_db


@pytest.fixture
def pack():
    load_pack(SMALLBRIDGE)


@pytest.fixture
def editor(db):
    return person("editor@example.org", "Editors")


@pytest.fixture
def moderator(db):
    return person("moderator@example.org", "Moderators")


def draft(kind, key, by, **cells):
    """A draft of these cells of a row, as the form makes one."""
    files = current_files()
    row = find_row(files, kind, key)
    after = changed_text(files, kind, row.file, row.text, row.cells | cells)
    return commands.draft_change(kind, key, row.file, before=row.text, after=after, by=by, at=timezone.now())


def publish(*changes, by):
    return commands.publish_changes(changes, by=by, at=timezone.now())


def form_of(client, url):
    """What a browser would send of the form at this address, unchanged."""
    form = client.get(url).context["form"]
    data = {}
    for bound in form:
        value = bound.value()
        data[bound.html_name] = "" if value is None else value
    return data


def changed_lines(folder):
    """Lines that differ between the small pack and an export of what is loaded."""
    out = pack_files(folder)
    before = pack_files(SMALLBRIDGE)
    assert set(out) == set(before)
    found = []
    for path, content in out.items():
        pairs = zip(before[path].decode().splitlines(), content.decode().splitlines(), strict=True)
        found += [(path, new) for old, new in pairs if old != new]
    return found


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
    commands.revise_change(
        theirs,
        before=theirs.before,
        after=theirs.after.replace(",2,", ",3,"),
        note="",
        version=1,
        by=moderator,
        at=timezone.now(),
    )
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
    role = find_row(current_files(), "role", "helper").cells | {"name": "Night helper", "key_slug": "night-helper"}
    role["settings"], role["shifts"], role["sources"] = ["home"], ["nights"], ["survey"]
    client.post(reverse("pack_changes:row_add", args=["role"]), role)
    change = PackChange.objects.get()
    with pytest.raises(commands.CannotPublish, match="night-helper.md, line 1: cannot be reached"):
        publish(change, by=moderator)
    step = find_row(current_files(), "step", "all-helper").cells | {
        "to": "night-helper",
        "file": "routes/all.csv",
        "key_id": "all-night",
    }
    step["paid_by"] = ["employer"]
    client.post(reverse("pack_changes:row_add", args=["step"]), step)
    both = PackChange.objects.order_by("pk")
    boss = signed_in(moderator)
    chosen = "&".join(f"change={one.pk}" for one in both)
    page = boss.get(f"{reverse('pack_changes:together')}?{chosen}").content.decode()
    assert "Approve and publish" in page
    boss.post(reverse("pack_changes:publish"), {"change": [one.pk for one in both], "version": [1, 1]})
    assert Client().get("/roles/night-helper/").status_code == 200
    assert "Every change" in page


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


# --- Two at once ---


@pytest.mark.usefixtures("pack")
def test_the_second_of_two_editors_is_told_and_loses_nothing(editor, moderator):
    second = person("second@example.org", "Editors")
    url = reverse("pack_changes:row", args=["step", "all-helper"])
    late = signed_in(second)
    late_form = form_of(late, url)
    publish(draft("step", "all-helper", editor, months="3"), by=moderator)
    answer = late.post(url, late_form | {"title": "My new title"})
    assert "Somebody published a change of this row meanwhile" in answer.content.decode()
    assert answer.context["form"]["title"].value() == "My new title"
    assert not PackChange.objects.waiting().exists()


@pytest.mark.usefixtures("pack")
def test_a_draft_begun_before_another_was_published_lies_over_what_is_there_now(editor, moderator):
    first, late = (
        draft("step", "all-helper", editor, months="3"),
        draft("step", "all-helper", editor, title="New title"),
    )
    publish(first, by=moderator)
    with pytest.raises(commands.CannotPublish) as stopped:
        publish(late, by=moderator)
    assert stopped.value.moved == [late]
    client = signed_in(editor)
    edit = reverse("pack_changes:change_edit", args=[late.pk])
    client.post(edit, form_of(client, edit))
    late.refresh_from_db()
    publish(late, by=moderator)
    step = Step.objects.get(slug="all-helper")
    assert (step.title, step.months) == ("New title", 3)


@pytest.mark.usefixtures("pack")
def test_two_people_saving_one_draft_the_second_is_told(editor, moderator):
    change = draft("step", "all-helper", editor, months="3")
    client = signed_in(moderator)
    edit = reverse("pack_changes:change_edit", args=[change.pk])
    late = form_of(client, edit)
    commands.revise_change(
        change,
        before=change.before,
        after=change.after.replace(",3,", ",4,"),
        note="",
        version=1,
        by=editor,
        at=timezone.now(),
    )
    answer = client.post(edit, late | {"months": "5"})
    assert "Somebody else saved this draft meanwhile" in answer.content.decode()
    assert answer.context["form"]["months"].value() == "5"
    change.refresh_from_db()
    assert ",4," in change.after


@pytest.mark.usefixtures("pack")
def test_what_was_not_looked_at_is_not_published(editor, moderator):
    change = draft("step", "all-helper", editor, months="3")
    commands.revise_change(
        change,
        before=change.before,
        after=change.after.replace(",3,", ",4,"),
        note="",
        version=1,
        by=editor,
        at=timezone.now(),
    )
    signed_in(moderator).post(reverse("pack_changes:publish"), {"change": change.pk, "version": 1})
    change.refresh_from_db()
    assert change.status == "draft"


@pytest.mark.usefixtures("pack")
def test_two_people_publishing_at_once_one_is_told_to_try_again(editor, moderator, monkeypatch):
    change = draft("step", "all-helper", editor, months="3")
    other = draft("gate", "check", editor, months="2")
    checked = commands.attempt

    def check_while_another_publishes(changes):
        trial = checked(changes)
        monkeypatch.setattr(commands, "attempt", checked)
        publish(other, by=moderator)
        return trial

    monkeypatch.setattr(commands, "attempt", check_while_another_publishes)
    with pytest.raises(commands.CannotPublish, match="Somebody else has just changed the pack"):
        publish(change, by=moderator)
    assert Step.objects.get(slug="all-helper").months == 0.5 and Gate.objects.get(slug="check").months == 2
    publish(PackChange.objects.get(pk=change.pk), by=moderator)
    assert Gate.objects.get(slug="check").months == 2


@pytest.mark.usefixtures("pack")
def test_what_a_partner_says_of_itself_is_not_lost_by_publishing(editor, moderator, tmp_path):
    change = draft("step", "all-helper", editor, months="3")
    Organisation.objects.filter(code="smallbridge-care").update(about="Our own words.")
    publish(change, by=moderator)
    assert Organisation.objects.get(code="smallbridge-care").about == "Our own words."
    assert b"Our own words." in current_files()["organisations.csv"]
    export_pack(tmp_path / "out")
    assert len(changed_lines(tmp_path / "out")) == 2


# --- History ---


@pytest.mark.usefixtures("pack")
def test_an_earlier_version_comes_back_as_a_new_draft(editor, moderator):
    change = draft("step", "all-helper", editor, months="3")
    publish(change, by=moderator)
    signed_in(editor).post(reverse("pack_changes:bring_back", args=[change.pk]), {"which": "before"})
    back = PackChange.objects.waiting().get()
    assert (back.before, back.after) == (change.after, change.before)
    publish(back, by=moderator)
    assert digest_of(current_files()) == pack_digest(SMALLBRIDGE)
    page = signed_in(editor).get(reverse("pack_changes:row", args=["step", "all-helper"])).content.decode()
    assert f"Change {change.pk}" in page and f"Change {back.pk}" in page


@pytest.mark.usefixtures("pack")
def test_a_discarded_draft_stays_in_the_history_and_can_be_brought_back(editor):
    change = draft("step", "all-helper", editor, months="3")
    client = signed_in(editor)
    client.post(reverse("pack_changes:discard", args=[change.pk]))
    change.refresh_from_db()
    assert change.status == "discarded"
    client.post(reverse("pack_changes:bring_back", args=[change.pk]), {"which": "after"})
    assert PackChange.objects.waiting().get().after == change.after


@pytest.mark.usefixtures("pack")
def test_events_hold_ids_and_codes_only(editor, moderator):
    change = draft("step", "all-helper", editor, title="Secret words")
    publish(change, by=moderator)
    told = Event.objects.filter(name__startswith="place.change.").order_by("pk")
    assert [event.name for event in told] == ["place.change.drafted", "place.change.published"]
    assert [event.by for event in told] == [editor.pk, moderator.pk]
    assert all(event.facts == {"kind": "step", "row": "all-helper"} for event in told)


# --- Loading a folder over it ---


@pytest.mark.usefixtures("pack")
def test_a_folder_that_would_lose_what_the_office_published_is_not_loaded(editor, moderator, tmp_path):
    publish(draft("step", "all-helper", editor, months="3"), by=moderator)
    assert is_loaded(SMALLBRIDGE)  # a restart with the same folder keeps what the office did
    newer = Path(shutil.copytree(SMALLBRIDGE, tmp_path / "newer"))
    (newer / "wards.csv").write_text((newer / "wards.csv").read_text().replace("51.01", "51.02"))
    with pytest.raises(WouldLose, match="step all-helper"):
        load_pack(newer)
    assert Step.objects.get(slug="all-helper").months == 3
    export_pack(tmp_path / "out")
    shutil.copy(tmp_path / "out/routes/all.csv", newer / "routes/all.csv")
    load_pack(newer)
    assert Step.objects.get(slug="all-helper").months == 3
    load_pack(SMALLBRIDGE)  # the folder has had it: from now on the folder says
    assert Step.objects.get(slug="all-helper").months == 0.5


@pytest.mark.usefixtures("pack")
def test_the_command_says_how_to_keep_them_and_discards_only_when_told(editor, moderator):
    from click.testing import CliRunner

    from ginnel.config.cli import main

    publish(draft("step", "all-helper", editor, months="3"), by=moderator)
    run = CliRunner().invoke(main, ["place", "load", str(SMALLBRIDGE)])
    assert run.exit_code == 1 and "step all-helper" in run.output and "ginnel place export" in run.output
    run = CliRunner().invoke(main, ["place", "load", str(SMALLBRIDGE), "--discard-office-changes"])
    assert run.exit_code == 0 and Step.objects.get(slug="all-helper").months == 0.5
    assert PackChange.objects.get().status == "published"
    assert Place.objects.get().pack_digest == Place.objects.get().folder_digest


# --- Lists ---


@pytest.mark.usefixtures("leeds")
@pytest.mark.parametrize(
    ("kind", "word"),
    [("role", "Activities"), ("step", "ESOL"), ("gate", "DBS"), ("pay", "band 5"), ("organisation", "Council")],
)
def test_lists_are_searched_paged_and_cost_the_same_however_long(editor, kind, word, django_assert_max_num_queries):
    client = signed_in(editor)
    url = reverse("pack_changes:rows", args=[kind])
    client.get(url)  # Wagtail's own first look at a person
    with django_assert_max_num_queries(14) as full:
        page = client.get(url).content.decode()
    assert re.search(r"Page \d+ of \d+", page)
    with django_assert_max_num_queries(14) as found:
        page = client.get(url, {"q": word}).content.decode()
    assert word in page
    assert abs(len(full) - len(found)) <= 1


@pytest.mark.usefixtures("pack")
def test_the_list_of_changes_costs_the_same_for_one_or_twenty(editor, moderator, django_assert_num_queries):
    client = signed_in(editor)
    url = reverse("pack_changes:changes")
    draft("step", "all-helper", editor, months="1")
    client.get(url)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as one:
        client.get(url)
    for month in range(2, 22):
        draft("step", "all-helper", moderator, months=str(month))
    with django_assert_num_queries(len(one)):
        page = client.get(url).content.decode()
    assert page.count("Step of a route all-helper") >= 20
