"""The pack changed in the office by several people, over time, and by a folder that is loaded over it."""

import re
import shutil
from pathlib import Path

import pytest
from django.urls import reverse

from ginnel.careers.models import Gate, Step
from ginnel.config.changes import commands
from ginnel.config.changes.checking import attempt
from ginnel.config.pack import (
    WouldLose,
    current_files,
    digest_of,
    export_pack,
    is_loaded,
    load_pack,
    pack_digest,
)
from ginnel.config.tests.pack_changes import SMALLBRIDGE, changed_lines, draft, form_of, publish, save_again
from ginnel.events.models import Event
from ginnel.partners.models import Organisation
from ginnel.places.models import Place
from ginnel.site.models import PackChange
from ginnel.site.tests.office import person, signed_in

pytestmark = pytest.mark.django_db


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
    save_again(change, editor, ",3,", ",4,")
    answer = client.post(edit, late | {"months": "5"})
    assert "Somebody else saved this draft meanwhile" in answer.content.decode()
    assert answer.context["form"]["months"].value() == "5"
    change.refresh_from_db()
    assert ",4," in change.after


@pytest.mark.usefixtures("pack")
def test_what_was_not_looked_at_is_not_published(editor, moderator):
    change = draft("step", "all-helper", editor, months="3")
    save_again(change, editor, ",3,", ",4,")
    signed_in(moderator).post(reverse("pack_changes:publish"), {"change": change.pk, "version": 1})
    change.refresh_from_db()
    assert change.status == "draft"


@pytest.mark.usefixtures("pack")
def test_two_people_publishing_at_once_one_is_told_to_try_again(editor, moderator, monkeypatch):
    change = draft("step", "all-helper", editor, months="3")
    other = draft("gate", "check", editor, months="2")
    checked = attempt

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
