"""The machinery of imports, with a made-up publisher of two small tables."""

import gzip
import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from ginnel.events.models import Event
from ginnel.sources import files, importing
from ginnel.sources.importing import Importer, Publication, Run, TableReader, run_import
from ginnel.sources.models import ImportRun, ReferenceEntry, Source
from ginnel.sources.report import Report

AT = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
RIVERS = Publication("rivers", "Rivers of the shire", "The River Board", "https://example.org/rivers", vintage="2026")


class Rivers(Importer):
    name = "rivers"
    order = 1
    publication = RIVERS
    required = ("river code", "river name", "miles")
    dialects = ("csv", "excel")

    def read(self, table: TableReader, run: Run) -> None:
        sheet = run.sheet(
            "rivers",
            ReferenceEntry,
            ("code",),
            ("title", "data"),
            1,
            scope={"table": "rivers"},
            fixed={"table": "rivers"},
        )
        for row, (code, name, miles) in table.rows(*self.required):
            number = table.whole(row, "miles", miles, 0, 500)
            if number is not None:
                sheet.put((code,), (name, {"miles": number}), table, row)


HEADER = "River code,River name,Miles\n"
THREE = HEADER + "R1,Aire,92\nR2,Wharfe,65\nR3,Calder,45\n"


def write(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def bring_in(*paths: Path, **options: Any) -> Report:
    return run_import(paths, [Rivers()], at=AT, **options)


def counts(report: Report) -> tuple[int, int, int, int]:
    return tuple(report.total(name) for name in ("added", "changed", "unchanged", "removed"))  # type: ignore[return-value]


def names() -> dict[str, str]:
    return dict(ReferenceEntry.objects.filter(table="rivers").values_list("code", "title"))


pytestmark = pytest.mark.django_db


def test_a_file_is_taken_in_once_and_the_second_time_nothing_changes(tmp_path):
    path = write(tmp_path, "any name at all.txt", THREE)
    first, second = bring_in(path), bring_in(path)
    assert counts(first) == (3, 0, 0, 0)
    assert counts(second) == (0, 0, 3, 0)
    assert names() == {"R1": "Aire", "R2": "Wharfe", "R3": "Calder"}


def test_source_and_run_are_stored_and_told_of(tmp_path):
    report = bring_in(write(tmp_path, "r.csv", THREE))
    source, run = Source.objects.get(), ImportRun.objects.get()
    assert (source.slug, source.rows, source.vintage, source.kind) == ("rivers", 3, "2026", "imported")
    assert source.licence == "Open Government Licence v3.0"
    assert run.file_sha256 == report.files[0].sha256
    assert len(run.file_sha256) == 64
    event = Event.objects.get()
    assert (event.name, event.facts["added"], event.about_id) == ("sources.import.finished", 3, str(run.pk))


def test_changed_and_vanished_rows_are_told_apart(tmp_path):
    bring_in(write(tmp_path, "a.csv", THREE))
    report = bring_in(write(tmp_path, "b.csv", HEADER + "R1,River Aire,92\nR3,Calder,45\nR4,Nidd,59\n"))
    assert counts(report) == (1, 1, 1, 1)
    assert names() == {"R1": "River Aire", "R3": "Calder", "R4": "Nidd"}


def test_one_bad_row_saves_nothing_and_names_file_row_field_and_remedy(tmp_path):
    report = bring_in(write(tmp_path, "r.csv", HEADER + "R1,Aire,92\nR2,Wharfe,many\n"))
    assert not report.saved
    assert names() == {}
    assert not Source.objects.exists()
    problem = report.problems[0]
    assert (problem.file, problem.row, problem.field) == ("r.csv", 3, "miles")
    assert str(problem).startswith("r.csv, row 3, miles: 'many' is not a number. Download the file again")


def test_a_bad_file_spoils_a_good_one_of_the_same_run(tmp_path):
    good, bad = write(tmp_path, "a.csv", THREE), write(tmp_path, "b.csv", HEADER + "R9,Don,-4\n")
    assert not bring_in(good, bad).saved
    assert names() == {}


def test_a_dry_run_counts_and_saves_nothing(tmp_path):
    report = bring_in(write(tmp_path, "r.csv", THREE), dry_run=True)
    assert counts(report) == (3, 0, 0, 0)
    assert (report.ok, report.saved) == (True, False)
    assert names() == {}


def test_the_same_code_twice_is_refused(tmp_path):
    report = bring_in(write(tmp_path, "r.csv", THREE + "R2,Wharfe again,65\n"))
    assert "R2 is there twice, first in row 3" in str(report.problems[0])


def test_two_files_that_agree_are_one_and_two_that_differ_are_refused(tmp_path):
    first, same = write(tmp_path, "a.csv", THREE), write(tmp_path, "b.csv", HEADER + "R1,Aire,92\n")
    assert counts(bring_in(first, same)) == (3, 0, 1, 0)
    other = write(tmp_path, "c.csv", HEADER + "R1,Aire,93\n")
    report = bring_in(first, other)
    assert "R1 differs from row 2 of a.csv" in str(report.problems[0])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (HEADER + "R1,Aire,92\nR2,Wha", "2 cells where the header has 3"),
        (HEADER + "R1,Aire,92\nR2,Wharfe,65,extra\n", "4 cells where the header has 3"),
        (HEADER + 'R1,Aire,92\nR2,"Wharfe', "cannot be read as a table"),
        (HEADER, "a header and no rows"),
        ("Code,Name,Miles\nR1,Aire,92\n", "Its columns are not those of any file Ginnel knows"),
        ("", "The file is empty"),
        ("\n\n\n", "It is blank"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00", "It is not text, Excel, gzip or zip"),
        (THREE.encode("utf-16"), "UTF-16"),
        (HEADER.encode() + b"R1,A\x00ire,92\n", "not text"),
        (HEADER + "R1,Aire,nan\n", "is not between"),
        (HEADER + "R1,Aire,9.5\n", "is not a whole number"),
        (HEADER + "R1,Aire,\n", "It is empty where a number must stand"),
        (HEADER + f"R1,{'A' * 501},92\n", "longer than 500 letters"),
    ],
)
def test_bad_files_have_clear_errors(tmp_path, text, words):
    report = bring_in(write(tmp_path, "r.csv", text))
    assert words in str(report.problems[0])
    assert not report.saved
    assert names() == {}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_publishers_encodings_are_read(tmp_path, encoding):
    bring_in(write(tmp_path, "r.csv", (HEADER + "R1,Café beck – north,3\n").encode(encoding)))
    assert names() == {"R1": "Café beck – north"}


def test_a_letter_no_encoding_has_is_a_clear_error(tmp_path):
    report = bring_in(write(tmp_path, "r.csv", HEADER.encode() + b"R1,Caf\x81\xff,3\n"))
    assert "neither UTF-8 nor Windows-1252" in str(report.problems[0])


def test_gzip_zip_and_excel_are_opened(tmp_path):
    assert counts(bring_in(write(tmp_path, "r.csv.gz", gzip.compress(THREE.encode())))) == (3, 0, 0, 0)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("notes/read me.txt", "hello")
        archive.writestr("data/r.csv", THREE)
    report = bring_in(write(tmp_path, "r.zip", packed.getvalue()))
    assert counts(report) == (0, 0, 3, 0)
    assert [name for name, _ in report.skipped] == ["r.zip:notes/read me.txt"]
    assert counts(bring_in(excel(tmp_path))) == (0, 0, 3, 0)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("r.xlsx", excel(tmp_path).read_bytes())
    assert counts(bring_in(write(tmp_path, "with excel.zip", packed.getvalue()))) == (0, 0, 3, 0)


def excel(folder: Path) -> Path:
    book = Workbook()
    notes = book.active
    assert notes is not None
    notes.append(["Notes about this file"])
    sheet = book.create_sheet("Table 1")
    for row in (["Rivers of the shire, 2026"], [], ["River code", "River  name", "Miles"], ["R1", "Aire", 92.0]):
        sheet.append(row)
    sheet.append(["R2", "Wharfe", 65])
    sheet.append(["R3", "Calder", 45])
    book.save(folder / "r.xlsx")
    return folder / "r.xlsx"


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("r.csv.gz", gzip.compress(THREE.encode())[:-12], "cut short"),
        ("r.csv.gz", gzip.compress(THREE.encode())[:-8] + b"\x01" * 8, "cannot be unpacked"),
        ("r.zip", b"PK\x03\x04" + b"\x00" * 200, "cannot be unpacked"),
    ],
    ids=["cut", "changed", "not a zip"],
)
def test_damaged_archives_have_clear_errors(tmp_path, name, data, words):
    report = bring_in(write(tmp_path, name, data))
    assert words in str(report.problems[0])


def test_a_cut_excel_file_has_a_clear_error(tmp_path):
    whole = excel(tmp_path).read_bytes()
    assert "cannot be unpacked or read" in str(
        bring_in(write(tmp_path, "cut.xlsx", whole[: len(whole) // 2])).problems[0]
    )


def test_a_packed_bomb_is_stopped_while_unpacking(tmp_path, monkeypatch):
    monkeypatch.setattr(Rivers, "limit", 2_000_000)
    bomb = gzip.compress(THREE.encode() + b"R4,Nidd,59\n" * 400_000)
    assert len(bomb) < 100_000
    assert "larger than 2 MB when unpacked" in str(bring_in(write(tmp_path, "r.csv.gz", bomb)).problems[0])


def test_a_zip_of_a_thousand_files_is_refused(tmp_path):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for number in range(files.MAX_MEMBERS + 1):
            archive.writestr(f"{number}.csv", "")
    assert "Ginnel reads archives of up to" in str(bring_in(write(tmp_path, "r.zip", packed.getvalue())).problems[0])


def test_an_excel_bomb_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "MAX_EXCEL_PLAIN", 20_000_000)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (files.MAX_EXCEL_PLAIN + 1))
    assert len(packed.getvalue()) < 100_000
    assert "Ginnel reads up to" in str(bring_in(write(tmp_path, "r.xlsx", packed.getvalue())).problems[0])


def test_a_file_of_a_gigabyte_is_refused(tmp_path):
    path = write(tmp_path, "r.csv", THREE)
    with path.open("r+b") as stream:
        stream.truncate(1_000_000_000)  # a hole: takes no room on disk
    report = bring_in(path)
    assert not report.saved
    assert report.problem_count == 1


def test_a_text_file_of_a_gigabyte_is_refused_by_size(tmp_path, monkeypatch):
    monkeypatch.setattr(Rivers, "limit", 1_000_000)
    report = bring_in(write(tmp_path, "r.csv", THREE + "R4,Nidd,59\n" * 100_000))
    assert "larger than 1 MB" in str(report.problems[0])


def test_a_folder_skips_what_it_does_not_know_and_a_named_file_does_not(tmp_path):
    write(tmp_path, "r.csv", THREE)
    other = write(tmp_path, "shopping.csv", "what,how many\nmilk,2\n")
    write(tmp_path, ".hidden.csv", HEADER + "R1,Hidden,1\n")
    report = bring_in(tmp_path)
    assert report.saved
    assert [Path(name).name for name, _ in report.skipped] == ["shopping.csv"]
    assert "not those of any file" in str(bring_in(other).problems[0])


def test_a_folder_with_nothing_known_is_an_error(tmp_path):
    write(tmp_path, "shopping.csv", "what,how many\nmilk,2\n")
    assert "Nothing in it is a file Ginnel knows" in str(bring_in(tmp_path).problems[0])


def test_a_path_that_is_not_there_is_an_error(tmp_path):
    assert "There is no such file or folder" in str(bring_in(tmp_path / "gone.csv").problems[0])


def test_the_same_file_named_twice_is_read_once(tmp_path):
    path = write(tmp_path, "r.csv", THREE)
    assert counts(bring_in(path, path, tmp_path)) == (3, 0, 0, 0)


def test_a_file_that_would_remove_much_asks_first(tmp_path):
    many = HEADER + "".join(f"R{number},River {number},5\n" for number in range(100))
    bring_in(write(tmp_path, "a.csv", many))
    half = write(tmp_path, "b.csv", "".join(many.splitlines(keepends=True)[:51]))
    report = bring_in(half)
    assert "It would remove 50 of the 100 rivers held" in str(report.problems[0])
    assert len(names()) == 100
    assert counts(bring_in(half, accept_removals=True)) == (0, 0, 50, 50)


def test_rows_still_in_use_are_not_removed(tmp_path, monkeypatch):
    from django.db.models import ProtectedError, QuerySet

    bring_in(write(tmp_path, "a.csv", THREE))

    def refuse(self: Any) -> None:
        raise ProtectedError("in use", {Source.objects.get()})

    monkeypatch.setattr(QuerySet, "delete", refuse)
    report = bring_in(write(tmp_path, "b.csv", HEADER + "R1,Aire,92\nR2,Wharfe,65\n"))
    assert "rivers no longer in it are still used by source (among them R3)" in str(report.problems[0])
    assert not report.saved
    assert "R3" in names()


def test_only_the_first_problems_are_kept_and_the_rest_counted(tmp_path):
    bad = HEADER + "".join(f"R{number},River,?\n" for number in range(50))
    shown = bring_in(write(tmp_path, "r.csv", bad)).as_dict()
    assert (len(shown["problems"]), shown["more_problems"], shown["totals"]["refused"]) == (20, 30, 50)
    hopeless = HEADER + "".join(f"R{number},River,?\n" for number in range(5000))
    assert bring_in(write(tmp_path, "r.csv", hopeless)).problem_count == 1000


def test_nothing_is_written_when_the_end_of_the_run_fails(tmp_path, monkeypatch):
    def fail(*args: Any, **facts: Any) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(importing, "record_event", fail)
    with pytest.raises(RuntimeError):
        bring_in(write(tmp_path, "r.csv", THREE))
    assert names() == {}
