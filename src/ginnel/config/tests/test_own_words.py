"""An organisation's own words, the office and a folder of the pack."""

import shutil

import pytest
from click.testing import CliRunner

from ginnel.config.changes import commands
from ginnel.config.changes.checking import attempt
from ginnel.config.cli import main
from ginnel.config.pack import current_files, load_pack
from ginnel.config.tests.pack_changes import SMALLBRIDGE, draft, publish
from ginnel.partners.commands import change_details
from ginnel.partners.models import Organisation
from ginnel.partners.tests.people import NOW, a_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pack")]
KEY = "smallbridge-care"


@pytest.fixture
def care():
    care = Organisation.objects.get(code=KEY)
    change_details(care, {"about": "We come to your home."}, by=a_person(), at=NOW)
    return care


def test_a_newer_folder_leaves_it_and_the_command_says_so_each_time(care, tmp_path):
    newer = tmp_path / "newer"
    shutil.copytree(SMALLBRIDGE, newer)
    table = newer / "organisations.csv"
    table.write_text(table.read_text().replace("A made-up co-op", "Another co-op").replace("Care Co-op", "Care"))
    for _ in range(2):
        run = CliRunner().invoke(main, ["place", "load", str(newer)])
        assert run.exit_code == 0 and "As it says it itself: Smallbridge Care (about)." in run.output
    care.refresh_from_db()
    assert (care.name, care.about) == ("Smallbridge Care", "We come to your home.")
    load_pack(SMALLBRIDGE)
    assert b"We come to your home." in current_files()["organisations.csv"]


def test_the_office_cannot_publish_over_it_and_is_told_at_the_field(care, editor, moderator):
    change = draft("organisation", KEY, editor, about="The office says.", website="https://new.example")
    [problem] = attempt([change]).problems
    assert (problem.field, problem.message) == ("about", "the organisation says this itself")
    with pytest.raises(commands.CannotPublish):
        publish(change, by=moderator)
    care.refresh_from_db()
    assert care.about == "We come to your home."


def test_the_office_can_publish_the_rest(care, editor, moderator):
    publish(draft("organisation", KEY, editor, website="https://new.example"), by=moderator)
    care.refresh_from_db()
    assert (care.website, care.about) == ("https://new.example", "We come to your home.")
