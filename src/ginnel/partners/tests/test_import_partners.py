"""GP practices and schools: small invented files in the publishers' columns."""

from datetime import date
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

from ginnel.partners.commands import ask_to_join
from ginnel.partners.importers import IMPORTERS
from ginnel.partners.importers.shared import calm, website
from ginnel.partners.models import Organisation, Term
from ginnel.partners.tests.people import a_member, a_person, an_organisation
from ginnel.places.models import Place, Postcode
from ginnel.sources.importing import run_import
from ginnel.sources.models import Source
from ginnel.sources.report import Report

pytestmark = pytest.mark.django_db

HERE, THERE = "E08000901", "E08000902"


@pytest.fixture
def bring_in(tmp_path: Path):
    def run(*texts: str | bytes) -> Report:
        paths = []
        for number, text in enumerate(texts):
            path = tmp_path / f"{number}.csv"
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
            paths.append(path)
        return run_import(paths, IMPORTERS, at=timezone.now())

    return run


@pytest.fixture
def place() -> None:
    Place.objects.all().delete()
    facts = {"authority_code": HERE, "name": "Here", "slug": "here"}
    Place.objects.create(slug="here", name="Here", settings=facts, pack_digest="-", loaded_at=timezone.now())
    source = Source.objects.create(slug="postcodes", title="-", publisher="-", kind="imported")
    for code, authority in (("ZZ11AA", HERE), ("ZZ21AA", THERE)):
        Postcode.objects.create(postcode=code, authority_code=authority, latitude=53.8, longitude=-1.5, source=source)


def practice(code: str, postcode: str = "ZZ1 1AA", status: str = "A", setting: str = "4") -> str:
    """One line of epraccur: 27 columns, all quoted, no header."""
    cells = [code, "THE MILL PRACTICE", "Y01", "Q01", "1 HIGH STREET", "MILLTOWN", "", "", "", postcode, "19740401", ""]
    cells += [status, "B", "15F", "20200401", "", "01130000000", "", "", "", "0", "", "15F", "", setting, ""]
    return ",".join(f'"{cell}"' for cell in cells) + "\n"


def test_active_gp_practices_of_the_place_are_kept(bring_in, place):
    lines = [
        practice("B00001"),
        practice("B00002", status="C"),
        practice("B00003", setting="9"),
        practice("B00004", "ZZ2 1AA"),
    ]
    report = bring_in("".join(lines))
    assert [str(problem) for problem in report.problems] == []
    kept = Organisation.objects.get()
    assert (kept.origin, kept.code, kept.name, kept.kind) == ("ods", "B00001", "The Mill Practice", "GP practice")
    assert (kept.address, kept.postcode, kept.latitude) == ("1 High Street, Milltown", "ZZ1 1AA", 53.8)
    assert sum(report.files[0].left_out.values()) == 3
    again = bring_in("".join(lines))
    assert (again.total("unchanged"), again.total("added"), again.total("removed")) == (1, 0, 0)


def test_a_practice_that_left_the_list_is_removed(bring_in, place):
    bring_in(practice("B00001") + practice("B00002"))
    assert bring_in(practice("B00001") + practice("B00002", status="C")).total("removed") == 1


def test_a_practice_that_people_belong_to_is_kept_and_marked(bring_in, place, client):
    both = practice("B00001") + practice("B00002")
    bring_in(both)
    live = Organisation.objects.get(code="B00002")
    live.status, live.live_since, live.name = "live", timezone.now(), "The Fern Practice"
    live.save()
    a_member(live, "Ada Fern", "administrator")
    for _ in range(2):
        report = bring_in(practice("B00001"))
        assert report.ok, report.problems
        assert (report.total("removed"), report.total("kept"), report.total("unchanged")) == (0, 1, 1)
        assert report.files[0].kept_why.endswith("depend on them: The Fern Practice")
        assert report.as_dict()["totals"]["kept"] == 1
    live.refresh_from_db()
    assert live.unlisted_on == timezone.localdate()
    assert "does not list it any more" in client.get(reverse("partners:partner", args=[live.pk])).content.decode()
    bring_in(both)
    live.refresh_from_db()
    assert live.unlisted_on is None


def test_whatever_depends_on_a_listed_organisation_keeps_it_and_nothing_else_does(bring_in, place):
    codes = ["B00001", "B00002", "B00003", "B00004", "B00005"]
    bring_in("".join(map(practice, codes)))
    _, asked, parent, agreed, _ = Organisation.objects.order_by("code")
    details = {"name": "X", "kind": "gp-practice", "contact_name": "F", "contact_job": "O", "organisation": asked}
    ask_to_join(details, by=a_person("Fern Lea"), at=timezone.now())
    part = an_organisation("A part")
    Organisation.objects.filter(pk=part.pk).update(parent=parent)
    Term.objects.create(giver=agreed, receiver=part, what="refer", proposed_by_giver=True, proposed_at=timezone.now())
    report = bring_in(practice("B00001"))
    assert report.ok, report.problems
    assert (report.total("removed"), report.total("kept")) == (1, 3)
    assert set(Organisation.objects.filter(origin="ods").values_list("code", flat=True)) == set(codes[:4])


def test_a_look_without_saving_marks_nothing(bring_in, place, tmp_path):
    bring_in(practice("B00001") + practice("B00002"))
    Organisation.objects.filter(code="B00002").update(status="live", live_since=timezone.now())
    path = tmp_path / "again.csv"
    path.write_text(practice("B00001"))
    report = run_import([path], IMPORTERS, at=timezone.now(), dry_run=True)
    assert report.total("kept") == 1
    assert Organisation.objects.get(code="B00002").unlisted_on is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (practice("B00001") + practice("B00001"), "is there twice"),
        (practice("B00001") + practice("B00002", status="Z"), "'Z' is not A, C, D or P"),
        (practice("B00001") + practice("B00002", setting="four"), "'four' is not a number"),
        (practice("B00001") + practice("B00002")[:70], "7 cells where the header has 27"),
        (practice("B00001") + practice("??"), "'??' is not an ODS code"),
    ],
)
def test_bad_practices_have_clear_errors(bring_in, text, words):
    assert words in str(bring_in(text).problems[0])
    assert not Organisation.objects.exists()


SCHOOLS = (
    "URN,LA (code),EstablishmentName,TypeOfEstablishment (name),EstablishmentStatus (name),CloseDate,Street,Town,"
    "Postcode,SchoolWebsite,UKPRN,DistrictAdministrative (code)\n"
)
OPEN = (
    f"900001,383,St Chad’s College,Further education,Open,,1 Mill Lane,Town,ZZ1 1AA,www.chad.example,10000001,{HERE}\n"
)
CLOSED = f"900002,383,Old School,Community school,Closed,31-08-2015,,,ZZ1 1AA,,,{HERE}\n"
UNPLACED = "900003,383,Hill School,Community school,Open,,,,,,,9999\n"
ELSEWHERE = f"900004,380,Dock School,Community school,Open,,,,,,,{THERE}\n"
UNPLACED_ELSEWHERE = "900005,380,Quay School,Community school,Open,,,,,,,9999\n"
SHORT = (
    "urn,la_name,establishment_name,establishment_type,education_phase,longitude,latitude\n"
    "900001.0,Here,St Chad’s,College,16 plus,-1.5,53.8\n900009.0,Here,New School,Free school,Primary,-1.5,53.8\n"
)


def test_schools_of_the_place_are_kept_in_the_publishers_encoding(bring_in, place):
    text = (SCHOOLS + OPEN + CLOSED + UNPLACED + ELSEWHERE + UNPLACED_ELSEWHERE).encode("cp1252")
    report = bring_in(text)
    assert [str(problem) for problem in report.problems] == []
    assert set(Organisation.objects.values_list("code", flat=True)) == {"900001", "900002", "900003"}
    college = Organisation.objects.get(code="900001")
    assert (college.name, college.website, college.ukprn) == (
        "St Chad’s College",
        "https://www.chad.example",
        "10000001",
    )
    assert Organisation.objects.get(code="900002").closed_on == date(2015, 8, 31)
    assert report.files[0].left_out == {"outside the place's authority": 2}


def test_the_short_list_only_adds_what_the_full_one_lacks(bring_in, place):
    for _ in range(2):
        report = bring_in(SHORT, SCHOOLS + OPEN)
        assert Organisation.objects.get(code="900001").name == "St Chad’s College"
        assert Organisation.objects.get(code="900009").name == "New School"
    assert [report.total(count) for count in ("added", "changed", "removed")] == [0, 0, 0]
    assert bring_in(SHORT).files[0].left_out == {"already held from a fuller file": 1}
    assert bring_in(SCHOOLS + OPEN).total("removed") == 0


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (OPEN.replace("900001", "URN"), "'URN' is not a school's number"),
        (CLOSED.replace("31-08-2015", "long ago"), "'long ago' is not a day"),
        (OPEN + OPEN, "is there twice"),
        (OPEN[:40], "cells where the header has 12"),
    ],
)
def test_bad_schools_have_clear_errors(bring_in, rows, words):
    assert words in str(bring_in(SCHOOLS + rows).problems[0])
    assert not Organisation.objects.exists()


def test_capitals_are_calmed_and_odd_addresses_dropped():
    assert calm("DR N O'NEIL & PARTNERS OF THE NHS HUB (LS2)") == "Dr N O'Neil & Partners of the NHS Hub (LS2)"
    assert calm("Already Calm") == "Already Calm"
    assert website("javascript:alert(1)") == ""
    assert website("not a site") == ""
    assert website("HTTP://a.example/x") == "HTTP://a.example/x"
