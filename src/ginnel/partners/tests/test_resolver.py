"""Which organisation a name means: what is sure, what a person decides, and that it is learned."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from ginnel.accounts.models import User
from ginnel.partners.model.matching import SURE, Asked, Known, Resolver
from ginnel.partners.model.names import initials, key, words
from ginnel.partners.models import NameQuestion, OrganisationName
from ginnel.partners.permissions import PARTNERSHIP_ADMINISTRATORS
from ginnel.partners.resolver import AlreadyDecided, ask_a_person, decide_name, decided_as_new, resolver
from ginnel.partners.tests.people import NOW, a_member, a_person, an_organisation

TRUST, PARTNERSHIP, COUNCIL, COLLEGE, HOSPICE, SCHOOL, SURGERY = range(1, 8)
CITY = Resolver(
    [
        Known(
            TRUST,
            "Leeds Teaching Hospitals NHS Trust",
            codes=("RR8",),
            postcodes=("LS9 7TF",),
            sites=("St James's University Hospital",),
        ),
        Known(PARTNERSHIP, "Leeds and York Partnership NHS Foundation Trust"),
        Known(COUNCIL, "Leeds City Council"),
        Known(COLLEGE, "Leeds City College"),
        Known(HOSPICE, "St Gemma's Hospice"),
        Known(SCHOOL, "Oakwood Primary School", postcodes=("LS8 3LF",)),
        Known(SURGERY, "Oakwood Lane Medical Practice", postcodes=("LS8 3BZ",)),
    ]
)  # fmt: skip


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("LEEDS TEACHING HOSPITALS NHS TRUST", TRUST),
        ("The Leeds Teaching Hospitals NHS Trust", TRUST),
        ("Leeds Teaching Hospital NHS Trust", TRUST),
        ("LTHT", TRUST),
        ("L.T.H.T.", TRUST),
        ("LYPFT", PARTNERSHIP),
        ("Leeds & York Partnership NHSFT", PARTNERSHIP),
        ("Leeds & York Partnership FT", PARTNERSHIP),
        ("St. Gemmas Hospice", HOSPICE),
        ("Leeds City Council (LCC)", COUNCIL),
        ("Oakwood Pri. Sch.", SCHOOL),
    ],
)
def test_the_same_organisation_in_other_words_is_sure(name, expected):
    answer = CITY.ask(Asked(name))
    assert answer.sure
    assert (answer.best.id, answer.best.part) == (expected, False)
    assert answer.best.reasons


@pytest.mark.parametrize("name", ["LCC", "Leeds City", "Oakwood", "Leeds Teaching Hosptials", "Gemma"])
def test_what_may_be_one_or_the_other_is_never_sure(name):
    assert not CITY.ask(Asked(name)).sure


@pytest.mark.parametrize(
    "name",
    ["Bradford Teaching Hospitals NHS Trust", "Meadow Care Ltd", "St Oswald's Hospice", "Oakwood House Nursing Home"],
)
def test_an_organisation_we_do_not_know_is_not_taken_for_one_we_do(name):
    assert not CITY.ask(Asked(name)).sure


@pytest.mark.parametrize(
    "name",
    [
        "LTHT – Ward J12",
        "Ward J12, LTHT",
        "LTHT Ward J12",
        "Oncology CSU, Leeds Teaching Hospitals NHS Trust",
        "St James’s University Hospital",
        "Pathology (Leeds Teaching Hospitals NHS Trust)",
    ],
)
def test_a_ward_a_directorate_and_a_site_belong_to_their_employer(name):
    answer = CITY.ask(Asked(name))
    assert answer.sure
    assert answer.best.id == TRUST
    assert answer.best.part


def test_a_ward_of_nobody_is_a_unit_and_nobodys():
    answer = CITY.ask(Asked("Ward 9"))
    assert answer.unit
    assert not answer.candidates


def test_a_code_decides_and_a_postcode_tips_the_balance():
    assert CITY.ask(Asked("Somebody", code="rr8")).best.id == TRUST
    unsure = CITY.ask(Asked("Oakwood Practice"))
    with_place = CITY.ask(Asked("Oakwood Practice", postcode="ls83bz"))
    assert not unsure.sure
    assert with_place.best.id == SURGERY
    assert with_place.best.score > max((one.score for one in unsure.candidates), default=0)
    assert "has this postcode" in with_place.best.reasons


def test_two_organisations_of_one_name_are_put_to_a_person_unless_the_postcode_tells_them_apart():
    twins = Resolver(
        [Known(1, "St Mary's School", postcodes=("LS1 1AA",)), Known(2, "St Mary's School", postcodes=("LS27 9NB",))]
    )
    assert not twins.ask(Asked("St Marys School")).sure
    assert twins.ask(Asked("St Marys School", postcode="LS27 9NB")).best.id == 2
    assert twins.ask(Asked("St Marys School", postcode="LS27 9NB")).sure


@pytest.mark.parametrize("name", ["", " ", "!!!", "The Ltd", "\x00", "ж" * 500, "a" * 5000, "(((((", "=1+1"])
def test_nonsense_is_nobody(name):
    assert not CITY.ask(Asked(name)).sure


def test_words_keys_and_initials():
    assert words("The St. Gemma's Hosps. (North) Ltd") == ("saint", "gemma", "hospital", "north")
    assert key("Leeds & York") == key("Leeds and York")
    assert key("Zoë’s Care") == key("Zoe Care")
    assert "ltht" in initials("Leeds Teaching Hospitals NHS Trust")
    assert SURE > 0.5


@pytest.fixture
def partnership(db):
    person = a_person("Pat Ners")
    person.groups.add(Group.objects.get_or_create(name=PARTNERSHIP_ADMINISTRATORS)[0])
    return person


@pytest.fixture
def question(db):
    an_organisation("Leeds Teaching Hospitals NHS Trust")
    asked = Asked("Leeds Teaching Hosptials")
    return ask_a_person(asked, resolver().ask(asked), at=NOW)


def test_a_name_asked_twice_is_one_question(question):
    again = ask_a_person(Asked("The LEEDS teaching hosptials"), resolver().ask(Asked(question.name)), at=NOW)
    assert (again.pk, again.times) == (question.pk, 2)


def test_what_a_person_decides_is_learned(question, partnership, client):
    client.force_login(partnership)
    trust = question.candidates[0]["organisation"]
    assert "is spelt almost like this" in client.get(reverse("names:list")).content.decode()
    client.post(reverse("names:decide", args=[question.pk]), {f"q{question.pk}-answer": f"same-{trust}"})
    assert OrganisationName.objects.get().organisation_id == trust
    answer = resolver().ask(Asked("Leeds teaching hosptials"))
    assert answer.sure
    assert answer.best.id == trust
    question.refresh_from_db()
    assert (question.decided_by, question.decision) == (partnership, "same")
    with pytest.raises(AlreadyDecided):
        decide_name(question, "new", None, by=partnership, at=NOW)


def test_a_part_of_an_organisation_not_among_the_candidates(question, partnership, client):
    client.force_login(partnership)
    willow = an_organisation("Willow House")
    where, field = reverse("names:decide", args=[question.pk]), f"q{question.pk}"
    wrong = client.post(where, {f"{field}-answer": "part-other", f"{field}-other": "Nowhere"}).content.decode()
    assert "Type the organisation&#x27;s whole name" in wrong or "Type the organisation" in wrong
    client.post(where, {f"{field}-answer": "part-other", f"{field}-other": "willow house"})
    assert resolver().ask(Asked(question.name)).best.id == willow.pk


def test_an_organisation_of_its_own_is_not_asked_about_again(question, partnership):
    decide_name(question, "new", None, by=partnership, at=NOW)
    assert decided_as_new(["the leeds teaching HOSPTIALS"]) == {question.key}


def test_a_part_stands_for_its_employer(db):
    trust = an_organisation("Leeds Teaching Hospitals NHS Trust")
    part = an_organisation("Leeds Cancer Centre")
    type(part).objects.filter(pk=part.pk).update(parent=trust)
    answer = resolver().ask(Asked("Leeds Cancer Centre"))
    assert answer.sure
    assert (answer.best.id, answer.best.part) == (trust.pk, True)


def test_only_those_who_look_after_the_partnership_decide(question, client):
    asks = [lambda: client.get(reverse("names:list")), lambda: client.post(reverse("names:decide", args=[question.pk]))]
    assert {ask().status_code for ask in asks} == {302}
    for person in (a_person("Sy Strange"), a_member(an_organisation("Willow House"), "Will Oak", "administrator").user):
        client.force_login(User.objects.get(pk=person.pk))
        assert {ask().status_code for ask in asks} == {404}
    assert NameQuestion.objects.waiting().count() == 1


def test_the_list_costs_the_same_for_one_name_or_twenty(partnership, client, django_assert_max_num_queries):
    client.force_login(partnership)
    an_organisation("Leeds Teaching Hospitals NHS Trust")
    known = resolver()
    for n in range(20):
        asked = Asked(f"Leeds Teaching Hosptials {'abcdefghijklmnopqrst'[n]}xyz")
        ask_a_person(asked, known.ask(asked), at=NOW)
    with django_assert_max_num_queries(9):
        assert client.get(reverse("names:list")).status_code == 200
