"""A file of organisations and people: what it changes, and everything that stops it."""

import time
import zipfile
from datetime import timedelta

import pytest

from ginnel.accounts.commands import open_account
from ginnel.accounts.models import User
from ginnel.events.models import Event
from ginnel.partners.bulk.compare import make_plan
from ginnel.partners.bulk.reading import read_files
from ginnel.partners.bulk.saving import CannotSave, import_paths, save_plan
from ginnel.partners.models import Membership, NameQuestion, Organisation
from ginnel.partners.permissions import Act, may
from ginnel.partners.tests.files import a_csv, a_workbook, many
from ginnel.partners.tests.people import NOW, a_member, an_organisation

pytestmark = pytest.mark.django_db

BEA = (
    "Bramble Home Care",
    "home-care",
    "bea.moss@example.org",
    "Bea Moss",
    "Care worker",
    "B1",
    "Recruiter; viewer",
    "",
)


def load(*paths, at=NOW, **options):
    return import_paths(paths, by=None, at=at, **options)


def told(plan):
    return [(problem.row, problem.field, problem.what) for problem in plan.report.problems]


def member(email="bea.moss@example.org"):
    return Membership.objects.get(user__email=email)


def test_organisations_and_people_come_in_and_a_second_time_nothing_changes(tmp_path):
    boss = ("Bramble Home Care Ltd", "", "ada@example.org", "Ada", "Manager", "", "administrator", "")
    path = a_csv(tmp_path, (*BEA[:7], "ada@example.org"), boss)
    plan = load(path)
    assert plan.report.saved, told(plan)
    bramble = Organisation.objects.get(name="Bramble Home Care")
    assert (bramble.status, bramble.kind, bramble.origin) == ("live", "home-care", "joined")
    bea, ada = member(), member("ada@example.org")
    assert {role.role for role in bea.roles.all()} == {"recruiter", "viewer"}
    assert {role.role for role in ada.roles.all()} == {"administrator", "line-manager"}
    assert bea in Membership.objects.visible_to(ada.user)
    assert (bea.job_title, bea.staff_number, bea.user.name) == ("Care worker", "B1", "Bea Moss")
    assert not bea.user.is_proven()
    events = Event.objects.count()
    again = load(path, at=NOW + timedelta(days=1))
    counts = again.as_dict()["counts"]
    assert counts["person"] == {"added": 0, "changed": 0, "unchanged": 2, "left": 0}
    assert counts["organisation"]["unchanged"] == 1
    assert Event.objects.count() == events


def test_an_account_that_is_there_keeps_its_name_and_gains_a_membership(tmp_path):
    bea = open_account("bea.moss@example.org")
    User.objects.filter(pk=bea.pk).update(name="Dr Moss")
    second = open_account("home@example.org")
    second.emailaddress_set.create(email="cy@example.org", verified=True)  # type: ignore[attr-defined]
    load(a_csv(tmp_path, BEA, ("Bramble Home Care", "", "CY@example.org", "Cy", "", "", "", "")))
    assert member().user.name == "Dr Moss"
    assert Membership.objects.filter(user=second).exists(), "a proven second address is the same person"


def test_movers_and_leavers(tmp_path):
    load(a_csv(tmp_path, BEA, ("Bramble Home Care", "", "ada@example.org", "Ada", "", "", "administrator", "")))
    header = ("organisation", "email", "job title", "roles", "left")
    load(a_csv(tmp_path, ("Bramble Home Care", "bea.moss@example.org", "Team lead", "none", ""), header=header))
    assert member().job_title == "Team lead"
    assert not member().roles.exists()
    at = NOW + timedelta(days=1)
    load(a_csv(tmp_path, ("Bramble Home Care", "bea.moss@example.org", "", "", "yes"), header=header), at=at)
    assert member().left_at == at
    assert not may(member().user, Act.SEE_ORGANISATION, member().organisation)
    load(a_csv(tmp_path, BEA), at=at + timedelta(days=1))
    assert member().left_at is None


def test_one_person_may_be_in_two_organisations(tmp_path):
    plan = load(a_csv(tmp_path, BEA, ("Willow House", "care-home", *BEA[2:])))
    assert plan.report.saved
    assert Membership.objects.filter(user__email="bea.moss@example.org").count() == 2


def test_sheets_of_a_workbook_are_read_by_their_headers(tmp_path):
    sheets = [
        [["Notes"], ["Nothing to see"]],
        [["Organisation", "Kind", "Postcode"], ["Bramble Home Care", "Home care", "ls1 3ex"]],
        [
            ["Organisation", "E-mail", "Name", "Staff_number"],
            ["Bramble Home Care", "bea.moss@example.org", "Bea Moss", 17],
        ],
    ]
    plan = load(a_workbook(tmp_path, *sheets))
    assert plan.report.saved, told(plan)
    assert member().staff_number == "17"
    assert Organisation.objects.get().postcode == "LS1 3EX"


def test_a_cp1252_file_is_read_and_a_utf16_one_is_told_how_to_be_saved(tmp_path):
    row = ("Bramble Home Care", "home-care", "zoe@example.org", "Zoë O’Neill", "", "", "", "")
    assert load(a_csv(tmp_path, row, encoding="cp1252")).report.saved
    assert member("zoe@example.org").user.name == "Zoë O’Neill"
    plan = load(a_csv(tmp_path, row, name="u.csv", encoding="utf-16"))
    assert plan.report.problems[0].remedy == "Save it as “CSV UTF-8”"


@pytest.mark.parametrize(
    ("row", "field", "what"),
    [
        ((*BEA[:2], "not an address", *BEA[3:]), "email", "It is not an e-mail address"),
        ((*BEA[:6], "Emperor", ""), "roles", "There is no role “Emperor”"),
        ((*BEA[:7], "nobody@example.org"), "line manager", "Nobody of this organisation has that address"),
        ((*BEA[:7], BEA[2]), "line manager", "It is the person's own address"),
        ((BEA[0], "castle", *BEA[2:]), "kind", "“castle” is no kind we know"),
        (("Willow House", "", *BEA[2:]), "kind", "“Willow House” is new here, and its kind is empty"),
        (("", *BEA[1:]), "organisation", "It is empty"),
        ((*BEA[:3], "=HYPERLINK(1)", *BEA[4:]), "name", "It begins with “=”, which a spreadsheet program would run as a formula"),
        ((*BEA[:4], "+441134960000", *BEA[5:]), "job title", "It begins with “+”, which a spreadsheet program would run as a formula"),
        ((*BEA[:4], "-1+1", *BEA[5:]), "job title", "It begins with “-”, which a spreadsheet program would run as a formula"),
        (("@SUM(A1)", *BEA[1:]), "organisation", "It begins with “@”, which a spreadsheet program would run as a formula"),
        ((*BEA[:5], "x" * 61, *BEA[6:]), "staff number", "It has 61 letters"),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_is_named_with_its_field_and_nothing_is_saved(tmp_path, row, field, what):
    good = ("Bramble Home Care", "home-care", "ada@example.org", "Ada", "", "", "", "")
    plan = load(a_csv(tmp_path, good, row))
    assert told(plan) == [(3, field, what)]
    assert plan.report.problems[0].remedy
    assert not User.objects.exists()
    assert not Organisation.objects.exists()


def test_an_address_or_a_staff_number_twice_is_refused(tmp_path):
    upper = (*BEA[:2], BEA[2].upper(), *BEA[3:5], "B2", *BEA[6:])
    other = (*BEA[:2], "cy@example.org", "Cy", "", "B1", "", "")
    plan = load(a_csv(tmp_path, BEA, upper, other))
    assert told(plan) == [
        (3, "email", "It is in row 2 too, for the same organisation"),
        (4, "staff number", "It is in row 2 too"),
    ]
    a_member(an_organisation(), "Ada Bramble")
    Membership.objects.update(staff_number="B1")
    assert (2, "staff number", "It is another member's") in told(load(a_csv(tmp_path, BEA)))


def test_rows_of_one_organisation_must_not_contradict_each_other(tmp_path):
    plan = load(a_csv(tmp_path, BEA, ("Bramble Home Care", "charity", "cy@example.org", "", "", "", "", "")))
    assert told(plan) == [(3, "kind", "Row 2 says something else")]


def test_one_bad_row_of_five_thousand_saves_nothing(tmp_path):
    rows = many(180, 5000)
    rows[4321] = (*rows[4321][:6], "emperor", "")
    plan = load(a_csv(tmp_path, *rows))
    assert [(row, field) for row, field, _ in told(plan)] == [(4323, "roles")]
    assert not User.objects.exists()


def test_a_hundred_and_eighty_organisations_and_five_thousand_people_in_under_a_minute(tmp_path):
    path = a_csv(tmp_path, *many(180, 5000))
    started = time.perf_counter()
    plan = load(path)
    assert time.perf_counter() - started < 60
    assert plan.report.saved, told(plan)[:3]
    assert Membership.objects.count() == 5000
    counts = load(path).as_dict()["counts"]
    assert counts["person"]["unchanged"] == 5000
    assert counts["organisation"]["unchanged"] == 180


def test_looking_costs_the_same_for_twenty_people_or_two_thousand(tmp_path, django_assert_max_num_queries):
    for size in (20, 2000):
        read = read_files([a_csv(tmp_path, *many(10, size))], needed="organisation")
        with django_assert_max_num_queries(24):
            make_plan(read)


def test_half_a_file_is_refused(tmp_path):
    whole = a_csv(tmp_path, *many(3, 30)).read_bytes()
    (tmp_path / "half.csv").write_bytes(whole[: len(whole) // 2] + b'"')
    assert load(tmp_path / "half.csv").report.problem_count
    workbook = a_workbook(tmp_path, [list(row) for row in many(3, 30)]).read_bytes()
    (tmp_path / "half.xlsx").write_bytes(workbook[: len(workbook) // 2])
    assert load(tmp_path / "half.xlsx").report.problem_count
    assert not User.objects.exists()


def test_a_file_that_swells_is_refused_without_being_unpacked(tmp_path):
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 100_000_000)
    started = time.perf_counter()
    plan = load(path)
    assert "unpacks to 100 MB" in told(plan)[0][2]
    assert time.perf_counter() - started < 5


@pytest.mark.parametrize(
    "content", [b"", b"\n\n", b"organisation,email\n", b"a,b\n1,2\n", b"\x00\x01\x02", b"organisation;email\nx;y\n"]
)
def test_a_file_without_a_table_says_what_it_needs(tmp_path, content):
    (tmp_path / "x.csv").write_bytes(content)
    plan = load(tmp_path / "x.csv")
    assert plan.report.problem_count == 1
    assert plan.report.problems[0].remedy


def test_a_name_that_may_be_known_is_put_to_a_person_and_nothing_is_saved(tmp_path):
    an_organisation("Leeds Teaching Hospitals NHS Trust", kind="nhs-trust")
    row = ("Leeds Teaching Hosptials", "nhs-trust", *BEA[2:])
    assert load(a_csv(tmp_path, row), dry_run=True).report.problem_count == 1
    assert not NameQuestion.objects.exists(), "a dry run leaves nothing behind"
    plan = load(a_csv(tmp_path, row))
    assert "We are not sure" in told(plan)[0][2]
    assert NameQuestion.objects.get().name == "Leeds Teaching Hosptials"
    assert not User.objects.exists()


def test_a_ward_is_not_an_employer(tmp_path):
    trust = an_organisation("Leeds Teaching Hospitals NHS Trust", kind="nhs-trust")
    plan = load(a_csv(tmp_path, ("LTHT – Ward J12", "", *BEA[2:])))
    assert plan.report.saved, told(plan)
    assert member().organisation == trust
    assert "Taken for Leeds Teaching Hospitals NHS Trust" in plan.as_dict()["lines"][0]["note"]
    assert "sounds like a part" in told(load(a_csv(tmp_path, ("Ward 9", "", *BEA[2:]))))[0][2]


def test_the_last_administrator_cannot_be_taken_by_a_file(tmp_path):
    a_member(an_organisation(), "Ada Bramble", "administrator")
    row = ("Bramble Home Care", "", "ada.bramble@example.org", "", "", "", "viewer", "")
    assert told(load(a_csv(tmp_path, row))) == [(2, "roles", "The organisation would have no administrator")]
    other = ("Bramble Home Care", "", "bea.moss@example.org", "", "", "", "administrator", "")
    assert load(a_csv(tmp_path, row, other)).report.saved


def test_the_report_names_no_person(tmp_path):
    text = str(load(a_csv(tmp_path, BEA, (*BEA[:2], "someone secret", *BEA[3:]))).as_dict())
    assert not any(word in text for word in ("Bea", "moss", "secret"))


def test_a_plan_with_problems_is_never_saved(tmp_path):
    plan = make_plan(read_files([a_csv(tmp_path, (*BEA[:2], "x", *BEA[3:]))], needed="organisation"))
    with pytest.raises(CannotSave):
        save_plan(plan, by=None, at=NOW, about=None)
