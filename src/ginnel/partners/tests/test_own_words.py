"""What an organisation says of itself stands against publishers, the place pack and files of others."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from ginnel.partners.bulk.saving import import_paths
from ginnel.partners.commands import approve_joining, ask_to_join, change_details
from ginnel.partners.importers import IMPORTERS
from ginnel.partners.model.matching import Asked
from ginnel.partners.models import Organisation, OrganisationName, OwnWord
from ginnel.partners.pack import PartnerRow, load_partners
from ginnel.partners.permissions import PARTNERSHIP_ADMINISTRATORS
from ginnel.partners.resolver import resolver
from ginnel.partners.tests.files import a_csv
from ginnel.partners.tests.people import NOW, a_member, a_person, an_organisation
from ginnel.places.models import Postcode
from ginnel.sources.importing import run_import
from ginnel.sources.models import Source

pytestmark = pytest.mark.django_db

HEADER = (
    "URN,LA (code),EstablishmentName,TypeOfEstablishment (name),EstablishmentStatus (name),CloseDate,Street,Town,"
    "Postcode,SchoolWebsite,UKPRN,DistrictAdministrative (code)\n"
)


def a_school(number: int, name: str = "Mill School", street: str = "1 Mill Lane") -> str:
    return f"{number},383,{name},Community school,Open,,{street},Town,ZZ1 1AA,www.mill.example,,E08000901\n"


@pytest.fixture
def bring_in(tmp_path):
    def run(*rows, **options):
        path = tmp_path / "schools.csv"
        path.write_text(HEADER + "".join(rows))
        return run_import([path], IMPORTERS, at=timezone.now(), **options)

    return run


@pytest.fixture
def boss():
    return a_person("Ada Bramble")


@pytest.fixture
def decider():
    person = a_person("Fern Lea")
    person.groups.add(Group.objects.get_or_create(name=PARTNERSHIP_ADMINISTRATORS)[0])
    return person


def a_live_school(bring_in, number=900001):
    bring_in(a_school(number))
    school = Organisation.objects.get(code=str(number))
    school.status, school.live_since = "live", NOW
    school.save()
    return school


def test_a_publisher_does_not_change_what_an_organisation_said_itself(bring_in, boss):
    school = a_live_school(bring_in)
    change_details(school, {"website": "https://own.example", "kind": "school"}, by=boss, at=NOW)
    for _ in range(2):
        report = bring_in(a_school(900001, street="2 Mill Lane"))
        school.refresh_from_db()
        assert (school.website, school.kind, school.address) == ("https://own.example", "school", "2 Mill Lane, Town")
        assert (report.files[0].own, report.files[0].own_shown) == (1, "Mill School (kind, website)")
        assert report.as_dict()["totals"]["own"] == 1
    assert (report.total("changed"), report.total("unchanged")) == (0, 1)


def test_the_publishers_name_is_learned_as_one_it_is_known_by(bring_in, decider):
    school = a_live_school(bring_in)
    change_details(school, {"name": "Fern House"}, by=decider, at=NOW)
    for _ in range(2):
        bring_in(a_school(900001, "Mill Lane Academy"))
    school.refresh_from_db()
    assert school.name == "Fern House"
    names = OrganisationName.objects.filter(organisation=school).order_by("pk")
    assert list(names.values_list("name", flat=True)) == ["Mill School", "Mill Lane Academy"]
    answer = resolver().ask(Asked("Mill Lane Academy"))
    assert answer.sure and answer.best.id == school.pk


def test_a_look_without_saving_learns_nothing(bring_in, decider):
    school = a_live_school(bring_in)
    change_details(school, {"name": "Fern House"}, by=decider, at=NOW)
    report = bring_in(a_school(900001, "Mill Lane Academy"), dry_run=True)
    assert report.files[0].own_shown == "Fern House (name)"
    assert not OrganisationName.objects.filter(name="Mill Lane Academy").exists()


def test_an_import_costs_the_same_for_one_own_word_or_twenty(bring_in, decider):
    rows = [a_school(900001 + number, f"Mill School {number}") for number in range(20)]

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as told:
            report = bring_in(*rows)
        assert report.ok and report.total("unchanged") == 20
        return len(told)

    bring_in(*rows)
    schools = list(Organisation.objects.order_by("code"))
    change_details(schools[0], {"name": "Own 0"}, by=decider, at=NOW)
    bring_in(*rows)
    one = queries()
    for number, school in enumerate(schools[1:], 1):
        change_details(school, {"name": f"Own {number}", "about": "Ours."}, by=decider, at=NOW)
    bring_in(*rows)
    assert queries() == one
    assert set(Organisation.objects.values_list("name", flat=True)) == {f"Own {number}" for number in range(20)}


def test_the_pack_does_not_change_it_either_and_says_so(boss):
    row = PartnerRow("Bramble", "charity", "https://bramble.example", "Helps.", 53.8, -1.5, "")
    assert load_partners({"bramble": row}, at=NOW) == []
    bramble = Organisation.objects.get(origin="pack", code="bramble")
    change_details(bramble, {"about": "We visit people at home."}, by=boss, at=NOW)
    newer = PartnerRow("Bramble Trust", "charity", "https://new.example", "Helps everybody.", 53.8, -1.5, "")
    assert load_partners({"bramble": newer}, at=NOW) == ["Bramble Trust (about)"]
    bramble.refresh_from_db()
    assert (bramble.name, bramble.website) == ("Bramble Trust", "https://new.example")
    assert bramble.about == "We visit people at home."


def test_loading_a_pack_costs_the_same_for_one_organisation_or_twenty(django_assert_num_queries):
    def rows(many, name):
        return {
            f"o{number}": PartnerRow(f"{name} {number}", "charity", "", "", None, None, "") for number in range(many)
        }

    load_partners(rows(1, "A"), at=NOW)
    with CaptureQueriesContext(connection) as told:
        load_partners(rows(1, "B"), at=NOW)
    load_partners(rows(20, "B"), at=NOW)
    with django_assert_num_queries(len(told)):
        load_partners(rows(20, "C"), at=NOW)


def test_a_file_of_the_partnership_leaves_it_and_its_report_says_so(tmp_path, boss):
    bramble = an_organisation()
    change_details(bramble, {"kind": "charity", "website": ""}, by=boss, at=NOW)
    path = a_csv(tmp_path, ("Bramble Home Care", "home-care", "bea@example.org", "Bea", "", "", "viewer", ""))
    plan = import_paths([path], by=None, at=NOW)
    assert plan.report.saved
    bramble.refresh_from_db()
    assert bramble.kind == "charity"
    assert [place.note for place in plan.organisations.values()] == [
        "Left as it says it itself: Bramble Home Care (kind)"
    ]


def test_what_an_organisation_says_when_it_joins_is_its_own(bring_in, decider):
    bring_in(a_school(900001))
    listed = Organisation.objects.get()
    asked = {"name": listed.name, "kind": "school", "organisation": listed, "website": "https://own.example"}
    request = ask_to_join(asked | {"contact_name": "Ada", "contact_job": "Head"}, by=a_person(), at=NOW)
    approve_joining(request, by=decider, at=NOW)
    bring_in(a_school(900001))
    listed.refresh_from_db()
    assert listed.website == "https://own.example"


def test_saying_the_same_again_is_no_own_word_and_saying_anew_keeps_when(bring_in, boss):
    school = a_live_school(bring_in)
    change_details(school, {"website": school.website}, by=boss, at=NOW)
    assert not OwnWord.objects.exists()
    for days in (0, 5):
        change_details(school, {"about": f"Day {days}"}, by=boss, at=NOW + timedelta(days=days))
    assert OwnWord.objects.get().said_at == NOW + timedelta(days=5)


def test_who_says_a_new_postcode_lies_there_from_then_on(bring_in, boss):
    school = a_live_school(bring_in)
    source = Source.objects.create(slug="postcodes", title="-", publisher="-", kind="imported")
    Postcode.objects.create(postcode="ZZ99ZZ", authority_code="E08000901", latitude=53.9, longitude=-1.6, source=source)
    change_details(school, {"postcode": "ZZ9 9ZZ"}, by=boss, at=NOW)
    report = bring_in(a_school(900001))
    school.refresh_from_db()
    assert (school.postcode, school.latitude, school.longitude) == ("ZZ9 9ZZ", 53.9, -1.6)
    assert report.files[0].own_shown == "Mill School (postcode)"


def test_the_name_is_changed_by_who_checks_names_and_by_nobody_else(client, decider):
    bramble = an_organisation()
    others = [
        a_member(bramble, "Ada Bramble", "administrator").user,
        a_member(an_organisation("Willow House"), "Wil Low", "administrator").user,
        a_person("Stranger Here"),
    ]
    page, sent = reverse("partners:details_edit", args=[bramble.pk]), {"kind": "home-care", "name": "The NHS"}
    for person in others:
        client.force_login(person)
        client.post(page, sent)
        with pytest.raises(ValueError, match="checked when it joins"):
            change_details(bramble, {"name": "The NHS"}, by=person, at=NOW)
    bramble.refresh_from_db()
    assert bramble.name == "Bramble Home Care"
    client.force_login(others[0])
    assert "Name of the organisation" not in client.get(page).content.decode()
    client.force_login(decider)
    assert "Name of the organisation" in client.get(page).content.decode()
    client.post(page, sent | {"name": "Bramble House"})
    bramble.refresh_from_db()
    assert bramble.name == "Bramble House"
