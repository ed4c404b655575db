"""Uploading a file of people: preview, save, report, and who may."""

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from ginnel.accounts.tests.people import sign_in
from ginnel.core.spreadsheet import harmless
from ginnel.partners.commands.imports import ImportMoved, confirm_import, drop_old_imports, keep_import
from ginnel.partners.models import Membership, Organisation, PeopleImport
from ginnel.partners.permissions import PARTNERSHIP_ADMINISTRATORS
from ginnel.partners.tests.files import csv_text, many
from ginnel.partners.tests.people import NOW, a_member, a_person, an_organisation

pytestmark = pytest.mark.django_db

OWN = ("email", "name", "roles")


@pytest.fixture
def partnership():
    person = a_person("Pat Ners")
    person.groups.add(Group.objects.get_or_create(name=PARTNERSHIP_ADMINISTRATORS)[0])
    return person


def give(client, where, text, name="people.csv"):
    content = text if isinstance(text, bytes) else text.encode()
    return client.post(where, {"file": SimpleUploadedFile(name, content)}, follow=True)


def test_a_file_is_previewed_saved_and_reported(client, partnership):
    sign_in(client, partnership)
    page = give(client, reverse("bulk:upload"), csv_text(*many(3, 60)))
    assert "Nothing is saved yet" in page.content.decode()
    assert Membership.objects.count() == 0
    row = PeopleImport.objects.get()
    saved = client.post(reverse("bulk:confirm", args=[row.pk]), follow=True).content.decode()
    assert "Saved on" in saved
    assert Membership.objects.count() == 60
    row.refresh_from_db()
    assert (row.status, bytes(row.content)) == ("saved", b""), "the file itself is not kept"
    report = client.get(reverse("bulk:report", args=[row.pk])).content.decode("utf-8-sig")
    assert report.count("\r\n") == 1 + 3 + 60
    assert "person1@" not in report
    again = give(client, reverse("bulk:upload"), csv_text(*many(3, 60))).content.decode()
    assert "There is nothing to change" in again
    assert "Save all of this" not in again


def test_a_file_with_a_mistake_shows_row_field_and_remedy_and_cannot_be_saved(client, bramble, boss):
    sign_in(client, boss)
    page = give(client, reverse("bulk:upload_own", args=[bramble.pk]), csv_text(("x", "X", "emperor"), header=OWN))
    text = page.content.decode()
    assert "It is not an e-mail address" in text
    assert "There is no role “emperor”" in text
    assert "Save all of this" not in text
    client.post(reverse("bulk:confirm", args=[PeopleImport.objects.get().pk]))
    assert Membership.objects.count() == 1


def test_an_administrator_imports_their_own_people_and_nobody_elses(client, bramble, boss):
    sign_in(client, boss)
    where = reverse("bulk:upload_own", args=[bramble.pk])
    give(client, where, csv_text(("bea@example.org", "Bea", "viewer"), header=OWN))
    client.post(reverse("bulk:confirm", args=[PeopleImport.objects.get().pk]))
    assert Membership.objects.get(user__email="bea@example.org").organisation == bramble
    an_organisation("Willow House")
    rows = [("Willow House", "will@example.org", "", "administrator"), ("New Place", "new@example.org", "", "")]
    page = give(client, where, csv_text(*rows, header=("organisation", *OWN)))
    assert "It is not Bramble Home Care" in page.content.decode()
    assert Organisation.objects.count() == 2


def test_strangers_neighbours_and_other_roles_find_nothing(client, bramble, boss, partnership):
    row = keep_import(b"email\nx@example.org\n", "x.csv", bramble, by=boss, at=NOW)
    whole = keep_import(b"email\nx@example.org\n", "x.csv", None, by=partnership, at=NOW)

    def asks(file):
        for name in ("preview", "report"):
            yield client.get(reverse(f"bulk:{name}", args=[file.pk]))
        for name in ("confirm", "withdraw"):
            yield client.post(reverse(f"bulk:{name}", args=[file.pk]))

    uploads = [reverse("bulk:upload"), reverse("bulk:upload_own", args=[bramble.pk]), reverse("bulk:template")]
    assert {answer.status_code for answer in (*asks(row), *map(client.get, uploads))} == {302}
    neighbour = a_member(an_organisation("Willow House"), "Will Oak", "administrator").user
    for person in (a_person("Sy Strange"), neighbour, a_member(bramble, "Bea Moss", "recruiter").user):
        sign_in(client, person)
        assert {answer.status_code for answer in (*asks(row), *asks(whole), *map(client.get, uploads))} == {404}
    sign_in(client, boss)
    assert {answer.status_code for answer in asks(whole)} == {404}, (
        "one organisation does not see the partnership's file"
    )
    sign_in(client, partnership)
    assert {answer.status_code for answer in asks(row)} == {404}, "nor the partnership an organisation's people"
    assert set(PeopleImport.objects.values_list("status", flat=True)) == {"checking"}


def test_two_people_pressing_save_at_once_save_once(bramble, boss):
    row = keep_import(b"x", "x.csv", bramble, by=boss, at=NOW)
    PeopleImport.objects.update(status="ready")
    confirm_import(row)
    with pytest.raises(ImportMoved):
        confirm_import(row)


def test_what_changed_since_the_preview_is_shown_again_before_it_is_saved(client, bramble, boss):
    sign_in(client, boss)
    give(client, reverse("bulk:upload_own", args=[bramble.pk]), csv_text(("bea@example.org", "", "viewer"), header=OWN))
    a_member(bramble, "Bea").user.__class__.objects.filter(email="bea@example.org").update(name="Bea")
    page = client.post(reverse("bulk:confirm", args=[PeopleImport.objects.get().pk]), follow=True).content.decode()
    assert "has changed since you looked" in page
    assert "Save all of this" in page
    assert not Membership.objects.get(user__email="bea@example.org").roles.exists()


def test_a_file_let_go_or_forgotten_is_deleted(client, bramble, boss):
    sign_in(client, boss)
    first, second = (keep_import(b"x", "x.csv", bramble, by=boss, at=NOW) for _ in range(2))
    client.post(reverse("bulk:withdraw", args=[first.pk]))
    drop_old_imports(at=second.made_at.replace(year=2027))
    assert [bytes(row.content) for row in PeopleImport.objects.all()] == [b"", b""]


def test_a_file_that_is_none_or_too_large_is_refused_at_the_door(client, bramble, boss):
    sign_in(client, boss)
    where = reverse("bulk:upload_own", args=[bramble.pk])
    assert "Choose a file" in client.post(where).content.decode()
    assert "larger than 5 MB" in give(client, where, b"x" * 5_000_001).content.decode()
    assert "The file is empty" in give(client, where, b"").content.decode()
    assert not PeopleImport.objects.exists()


def test_a_mistake_of_ours_leaves_no_file_being_checked_for_ever(client, bramble, boss, monkeypatch):
    sign_in(client, boss)

    def broken(*args):
        raise RuntimeError

    monkeypatch.setattr("ginnel.partners.tasks.make_plan", broken)
    page = give(
        client, reverse("bulk:upload_own", args=[bramble.pk]), csv_text(("bea@example.org", "", ""), header=OWN)
    )
    assert "Something went wrong on our side" in page.content.decode()


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\tx"])
def test_an_exported_cell_is_never_a_formula(cell):
    assert harmless(cell) == "'" + cell
    assert harmless("plain") == "plain"


def test_a_long_preview_costs_no_more_queries_than_a_short_one(client, partnership, django_assert_max_num_queries):
    sign_in(client, partnership)
    give(client, reverse("bulk:upload"), csv_text(*many(5, 200)))
    with django_assert_max_num_queries(8):
        assert client.get(reverse("bulk:preview", args=[PeopleImport.objects.get().pk])).status_code == 200
