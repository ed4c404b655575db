"""The place pack: what is checked, what is loaded, and that nothing is half done."""

import shutil
from pathlib import Path

import pytest
from django.conf import settings

from ginnel.careers.models import Role, Shortlist, ShortlistItem, Step
from ginnel.careers.pack import read_careers
from ginnel.config.pack import load_pack, loaded_digest, pack_digest, read_pack
from ginnel.core.tables import BadPack
from ginnel.places.models import Area, Place
from ginnel.search.models import Document
from ginnel.sources.models import Source

SMALLBRIDGE = settings.PROJECT_DIR / "tests" / "packs" / "smallbridge"
LEEDS = settings.PLACES_DIR / "leeds"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A copy of the small pack that a test may spoil."""
    return Path(shutil.copytree(SMALLBRIDGE, tmp_path / "smallbridge"))


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {path.name}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def problems(pack: Path) -> str:
    return "\n".join(str(problem) for problem in sorted(read_pack(pack).problems.found))


def test_a_second_place_has_no_mistakes() -> None:
    assert problems(SMALLBRIDGE) == ""


def test_leeds_has_no_mistakes() -> None:
    assert problems(LEEDS) == ""


def test_leeds_holds_at_least_a_hundred_roles_and_three_hundred_steps() -> None:
    careers = read_pack(LEEDS).careers
    assert len(careers.roles) >= 100
    assert len(careers.steps) >= 300
    levels = {role.level for role in careers.roles.values()}
    assert levels == {"entry", "trained", "professional", "senior", "lead"}


def test_every_leeds_fact_names_a_dated_source() -> None:
    pack = read_pack(LEEDS)
    assert all(step.source in pack.sources and step.as_of.year >= 2024 for step in pack.careers.steps.values())
    assert all(role.sources for role in pack.careers.roles.values())


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("roles/helper.md", 'family = "care"', 'family = "cair"', "roles/helper.md, line 4, family: 'cair' is not in families.csv"),
        ("roles/helper.md", 'scale = "local:1"', 'scale = "local:9"', "roles/helper.md, line 10, pay.scale: 'local:9' is not in pay/"),
        ("roles/lead.md", "low = 30000", "low = -5", "roles/lead.md, line 10, pay: low -5"),
        ("roles/lead.md", "low = 30000", "low = 40000", "are not a range of pounds"),
        ("roles/helper.md", "S = 5", "S = 9", "interests: has a value outside 0 to 5"),
        ("roles/helper.md", "## A day", "## Something", "or the day is missing"),
        ("roles/helper.md", '"adult", "check"', '"adult", "chek"', "'chek' is not in gates/"),
        ("roles/helper.md", "part_time = true", "part_tim = true", "part_tim: is not a field of a role"),
        ("roles/helper.md", 'soc2020 = "6135"', 'soc2020 = "61"', "'61' is not a unit group"),
        ("roles/helper.md", "+++\nname", "name", "does not begin with fields"),
        ("routes/all.csv", "Apply to be a home helper,0.5", "Apply to be a home helper,-1", "routes/all.csv, line 2, months: -1 is out of range"),  # noqa: E501
        ("routes/all.csv", "Apply to be a home helper,0.5,0", "Apply to be a home helper,0.5,-9", "cost_gbp: -9 is out of range"),
        ("routes/all.csv", "any,0,helper,job", "any,0,surgeon,job", "line 2, to: 'surgeon' is not in roles/"),
        ("routes/all.csv", "helper,0,lead,promotion", "lead,0,lead,promotion", "line 4, to: is where the step starts"),
        ("routes/all.csv", "12,500,100", "12,500,900", "upfront_gbp: 900 is more than cost_gbp 500"),
        ("routes/all.csv", "all-visitor,", "all-helper,", "line 3, id: 'all-helper' is used twice"),
        ("routes/all.csv", ",survey,2026-01-31\nall-visitor", ",survey,31/01/2026\nall-visitor", "line 2, as_of: '31/01/2026' is not a date"),  # noqa: E501
        ("routes/all.csv", "Ask at the co-op.", "Ask, at the co-op.", "line 2: has 18 cells, the first line has 17"),
        ("routes/all.csv", "id,from", "idd,from", "line 1, id: is missing from the first line"),
        ("routes/all.csv", ",badge,3", ",,3", "roles/lead.md, line 1: cannot be reached from no-qualifications (no step clears badge)"),
        ("gates/all.csv", "adult,Be 18 or over,age", "adult,Be 18 or over,check", "min_age: is given for a gate that is not an age"),
        ("skills/all.csv", "people,", "persons,", "kind: 'persons' is not known"),
        ("experiences.csv", "215112", "2151", "'2151' is not six digits"),
        ("wards.csv", "51.01", "5101", "lat: 5101 is out of range"),
        ("pay/local.csv", "25000,27000", "27000,25000", "high_gbp: 25000 is less than low_gbp 27000"),
        ("sources.csv", "https://smallbridge", "ftp://smallbridge", "is not a web address"),
        ("place.toml", 'ink = "#1a1a1a"', 'ink = "#bbbbbb"', "colours.ink: has contrast"),
        ("place.toml", 'name = "Smallbridge"', 'name = "Smallbridge', "place.toml, line 2: cannot be read"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_file_line_field_and_remedy(
    pack: Path, file: str, old: str, new: str, said: str
) -> None:
    edit(pack / file, old, new)
    assert said in problems(pack)


def test_all_mistakes_are_told_at_once(pack: Path) -> None:
    edit(pack / "wards.csv", "51.01", "north")
    edit(pack / "skills" / "all.csv", "people,", "persons,")
    told = problems(pack)
    assert "wards.csv, line 2" in told and "skills/all.csv, line 2" in told


def test_a_file_that_is_not_text_is_told_and_not_a_crash(pack: Path) -> None:
    (pack / "wards.csv").write_bytes(b"code,name,lat,lon\n\xff\xfe\x00")
    (pack / "roles" / "helper.md").write_bytes(b"\xff\xfe\x00")
    told = problems(pack)
    assert "wards.csv: is not UTF-8" in told and "roles/helper.md: is not UTF-8" in told


def test_a_missing_file_is_told(pack: Path) -> None:
    (pack / "starts.csv").unlink()
    shutil.rmtree(pack / "roles")
    told = problems(pack)
    assert "starts.csv: is missing" in told and "roles: has no role" in told


def test_a_file_cut_in_half_is_told(pack: Path) -> None:
    path = pack / "routes" / "all.csv"
    content = path.read_text()
    path.write_text(content[: len(content) // 2])
    assert "routes/all.csv" in problems(pack)


def test_routes_that_lead_round_in_a_circle_are_no_mistake(pack: Path) -> None:
    with (pack / "routes" / "all.csv").open("a") as file:
        file.write("all-back,lead,0,helper,job,Go back,0,0,0,,local:1,,,,For a rest.,survey,2026-01-31\n")
    assert problems(pack) == ""


@pytest.mark.django_db
def test_a_bad_pack_changes_nothing(pack: Path) -> None:
    load_pack(pack)
    before = loaded_digest()
    edit(pack / "routes" / "all.csv", "12,500,100", "12,500,900")
    with pytest.raises(BadPack, match="upfront_gbp"):
        load_pack(pack)
    assert loaded_digest() == before
    assert Step.objects.count() == 4


@pytest.mark.django_db
def test_loading_makes_the_place_say_what_the_pack_says(pack: Path) -> None:
    load_pack(pack)
    assert Place.objects.get().name == "Smallbridge"
    assert set(Role.objects.values_list("slug", flat=True)) == {"helper", "visitor", "lead"}
    helper = Role.objects.get(slug="helper")
    assert (helper.pay_low_gbp, helper.pay_high_gbp, str(helper.pay_as_of)) == (25000, 27000, "2026-01-01")
    assert Area.objects.of_kind("ward").count() == 2
    assert Document.objects.filter(kind="role", removed=False).count() == 3
    assert Source.objects.get(slug="pack-survey").kind == Source.Kind.TYPED


@pytest.mark.django_db
def test_loading_twice_changes_nothing(pack: Path) -> None:
    load_pack(pack)
    roles = dict(Role.objects.values_list("slug", "pk"))
    sequence = list(Document.objects.order_by("key").values_list("key", "sequence"))
    load_pack(pack)
    assert dict(Role.objects.values_list("slug", "pk")) == roles
    assert list(Document.objects.order_by("key").values_list("key", "sequence")) == sequence
    assert loaded_digest() == pack_digest(pack)


@pytest.mark.django_db
def test_a_role_that_left_the_pack_leaves_lists_and_others_stay(pack: Path) -> None:
    load_pack(pack)
    kept = Shortlist.objects.create()
    for role in Role.objects.filter(slug__in=["helper", "visitor"]):
        ShortlistItem.objects.create(shortlist=kept, role=role)
    (pack / "roles" / "visitor.md").unlink()
    edit(
        pack / "routes" / "all.csv",
        "all-visitor,any,0,visitor,volunteering,Become a visiting friend,0.5,0,0,,keep,,,,Say hello at the co-op.,survey,2026-01-31\n",
        "",
    )
    load_pack(pack)
    assert [item.role.slug for item in kept.items.all()] == ["helper"]
    assert Document.objects.get(key="visitor").removed


@pytest.mark.django_db
def test_another_place_takes_the_place_of_the_first(pack: Path) -> None:
    load_pack(pack)
    edit(pack / "place.toml", 'slug = "smallbridge"', 'slug = "otherbridge"')
    load_pack(pack)
    assert Place.objects.get().slug == "otherbridge"


def test_every_esco_skill_link_in_leeds_has_an_esco_address() -> None:
    from ginnel.core.tables import Problems
    from ginnel.sources.pack import read_sources

    found = Problems()
    careers = read_careers(LEEDS, read_sources(LEEDS, found), found)
    linked = [row for row in careers.skills.values() if row.esco]
    assert len(linked) > 0.9 * len(careers.skills)


@pytest.mark.parametrize("field", ["esco", "onet", "ncs"])
def test_a_code_that_no_list_could_hold_is_refused(pack: Path, field: str) -> None:
    path = pack / "roles" / "helper.md"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith(f"{field} =")]
    kept.insert(1, f'{field} = ["javascript:alert(1)"]\n')
    path.write_text("".join(kept), encoding="utf-8")
    assert f"{field}: 'javascript:alert(1)' is not a code of that list" in problems(pack)


def test_an_id_used_twice_is_told_under_its_own_column(pack: Path) -> None:
    path = pack / "routes" / "all.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join([*lines, lines[1]]), encoding="utf-8")
    assert ", id: " in problems(pack) and "is used twice. Give one of them another id" in problems(pack)


@pytest.mark.parametrize("file", ["sources.csv", "families.csv"])
def test_a_file_that_cannot_be_read_is_one_mistake_not_hundreds(tmp_path: Path, file: str) -> None:
    pack = Path(shutil.copytree(LEEDS, tmp_path / "leeds"))
    (pack / file).write_bytes(b"\xff\xfe\x00")
    found = read_pack(pack).problems.found
    assert 1 <= len(found) <= 3 and any(one.file == file for one in found), found[:5]
