"""Writing the loaded pack out again."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from ginnel.config.cli import main
from ginnel.config.pack import CannotExport, export_pack, load_pack, loaded_digest, pack_digest, pack_files
from ginnel.core.tables import BadPack, change_cells
from ginnel.partners.models import Organisation
from ginnel.places.models import PackFile

SMALLBRIDGE = settings.PROJECT_DIR / "tests" / "packs" / "smallbridge"
LEEDS = settings.PLACES_DIR / "leeds"
CSV = 'slug,name,about\r\n"a","One, two","x"\r\nb,Plain,"over\ntwo lines"\nc,Last,end'


@pytest.mark.django_db
def test_the_small_pack_comes_out_as_it_went_in(tmp_path: Path) -> None:
    load_pack(SMALLBRIDGE)
    assert export_pack(tmp_path / "out") == []
    assert pack_files(tmp_path / "out") == pack_files(SMALLBRIDGE)


@pytest.mark.usefixtures("leeds")
def test_leeds_comes_out_as_it_went_in(tmp_path: Path) -> None:
    assert export_pack(tmp_path / "out") == []
    assert pack_files(tmp_path / "out") == pack_files(LEEDS)
    assert pack_digest(tmp_path / "out") == loaded_digest()


@pytest.mark.usefixtures("leeds")
def test_what_a_partner_changed_here_is_one_line_of_the_pack_and_loads_again(tmp_path: Path) -> None:
    before = (LEEDS / "organisations.csv").read_text(encoding="utf-8").splitlines()
    partner = Organisation.objects.get(code="leeds-community-healthcare")
    partner.about, partner.latitude = 'Nurses "at home", and more', 53.5
    partner.save()
    assert export_pack(tmp_path / "out") == ["organisations.csv"]
    after = (tmp_path / "out" / "organisations.csv").read_text(encoding="utf-8").splitlines()
    assert [new for old, new in zip(before, after, strict=True) if old != new] == [
        "leeds-community-healthcare,Leeds Community Healthcare NHS Trust,nhs-trust,https://www.leedscommunityhealthcare.nhs.uk/,"
        '"Nurses ""at home"", and more",53.5,-1.5756,RY6'
    ]
    load_pack(tmp_path / "out")
    assert Organisation.objects.get(pk=partner.pk).about == partner.about
    assert export_pack(tmp_path / "again") == []
    assert pack_files(tmp_path / "again") == pack_files(tmp_path / "out")


@pytest.mark.usefixtures("leeds")
def test_a_change_that_breaks_the_pack_is_not_written(tmp_path: Path) -> None:
    Organisation.objects.filter(code="leeds-community-healthcare").update(website="http://plain.example")
    with pytest.raises(BadPack, match="not a web address"):
        export_pack(tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.django_db
def test_nothing_is_written_over_and_nothing_comes_of_nothing(tmp_path: Path) -> None:
    with pytest.raises(CannotExport, match="No pack is held"):
        export_pack(tmp_path / "out")
    load_pack(SMALLBRIDGE)
    (tmp_path / "mine.txt").write_text("keep me")
    with pytest.raises(CannotExport, match="not an empty folder"):
        export_pack(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


@pytest.mark.django_db
def test_a_pack_loaded_before_files_were_kept_is_loaded_again() -> None:
    load_pack(SMALLBRIDGE)
    PackFile.objects.all().delete()
    assert loaded_digest() == ""


@pytest.mark.django_db
def test_the_command_says_what_was_changed_here(tmp_path: Path) -> None:
    load_pack(SMALLBRIDGE)
    run = CliRunner().invoke(main, ["place", "export", str(tmp_path / "out")])
    assert run.exit_code == 0 and "Changed here: nothing" in run.output
    assert CliRunner().invoke(main, ["place", "export", str(tmp_path / "out")]).exit_code == 1


def test_only_the_row_that_changes_is_written_anew() -> None:
    changed = change_cells(CSV, "slug", {"b": {"name": "New, name"}})
    assert changed == CSV.replace('b,Plain,"over\ntwo lines"', 'b,"New, name","over\ntwo lines"')
    assert change_cells(CSV, "slug", {"c": {"about": "the end"}}) == CSV[:-3] + "the end"
    assert change_cells(CSV, "slug", {"a": {"about": "y"}}).startswith('slug,name,about\r\na,"One, two",y\r\nb,')


@pytest.mark.parametrize("changes", [{"z": {"name": "x"}}, {"a": {"colour": "x"}}])
def test_a_row_or_column_that_is_not_there_is_refused(changes: dict[str, dict[str, str]]) -> None:
    with pytest.raises(KeyError):
        change_cells(CSV, "slug", changes)


@given(st.text(st.characters(exclude_characters="\r\n\0", exclude_categories=["Cs", "Zl", "Zp", "Cc"]), max_size=30))
def test_whatever_is_written_into_a_cell_is_read_back_and_nothing_else_changes(value: str) -> None:
    import csv

    changed = change_cells(CSV, "slug", {"b": {"name": value}})
    rows = list(csv.reader(changed.splitlines(keepends=True), strict=True))
    assert rows[2] == ["b", value, "over\ntwo lines"]
    assert [rows[1], rows[3]] == [["a", "One, two", "x"], ["c", "Last", "end"]]
