"""`ginnel partners import` at the command line."""

import json

import pytest
from click.testing import CliRunner

from ginnel.config.cli import main
from ginnel.partners.models import Membership
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
