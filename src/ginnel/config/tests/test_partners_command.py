"""`ginnel partners import` at the command line."""

import json

import pytest
from click.testing import CliRunner

from ginnel.accounts.commands import open_account
from ginnel.accounts.commands.people import account_for
from ginnel.accounts.models import User
from ginnel.config.cli import main
from ginnel.events.models import Event
from ginnel.partners.models import Membership
from ginnel.partners.permissions import Act, may
from ginnel.partners.tests.files import a_csv, many

pytestmark = pytest.mark.django_db


def run(*arguments):
    return CliRunner().invoke(main, ["partners", "import", *map(str, arguments)])


def test_a_good_file_is_saved_and_counted(tmp_path):
    path = a_csv(tmp_path, *many(2, 10))
    looked = run(path, "--dry-run")
    assert "Dry run, nothing saved" in looked.output
    assert not Membership.objects.exists()
    done = run(path)
    assert done.exit_code == 0, done.output
    assert "added 10" in done.output
    again = json.loads(run(path, "--json").output)
    assert (again["saved"], again["counts"]["person"]["unchanged"]) == (True, 10)


def test_a_bad_row_ends_with_1_and_says_where(tmp_path):
    rows = many(2, 10)
    rows[3] = (*rows[3][:2], "nonsense", *rows[3][3:])
    done = run(a_csv(tmp_path, *rows))
    assert done.exit_code == 1
    assert "people.csv, row 5, email: It is not an e-mail address." in done.output
    assert "Nothing was saved." in done.output
    assert not Membership.objects.exists()


def test_a_file_that_is_not_there_is_said_in_one_line(tmp_path):
    done = run(tmp_path / "none.csv")
    assert done.exit_code == 1
    assert "There is no such file or folder" in done.output


def administrator(*arguments):
    return CliRunner().invoke(main, ["partners", "administrator", *arguments])


def test_a_person_who_has_signed_in_looks_after_the_partnership_and_no_more():
    dee = open_account("dee@example.org")
    done = administrator("Dee@example.org")
    assert done.exit_code == 0 and "dee@example.org looks after the partnership." in done.output
    assert may(User.objects.get(pk=dee.pk), Act.DECIDE_JOINING)
    assert "already; nothing changed" in administrator("dee@example.org").output
    assert "no more" in administrator("dee@example.org", "--remove").output
    assert not may(User.objects.get(pk=dee.pk), Act.DECIDE_JOINING)
    assert "nothing changed" in administrator("dee@example.org", "--remove").output
    names = Event.objects.filter(name__startswith="partners.administrator").order_by("pk")
    assert [(one.name.rpartition(".")[2], one.person) for one in names] == [("added", dee.pk), ("removed", dee.pk)]


@pytest.mark.parametrize("known", [True, False])
def test_an_address_nobody_has_signed_in_with_looks_after_nothing(known):
    if known:
        account_for("typo@example.org", name="Made By An Import")
    done = administrator("typo@example.org")
    assert done.exit_code == 1
    assert "sign in once" in done.output
    assert not Event.objects.filter(name__startswith="partners.administrator").exists()


def test_one_person_alone_is_warned_about():
    open_account("dee@example.org")
    assert "Name a second person" in administrator("dee@example.org").output
    open_account("kim@example.org")
    assert "second" not in administrator("kim@example.org").output
