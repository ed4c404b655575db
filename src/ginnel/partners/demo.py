"""
Partners' part of the demonstration: invented organisations over the wards, their people, and what they allow each other.

Only `ginnel demo` calls this. It leaves alone what is there: made once, it is never made or mended again. Everything goes through the
commands that pages use, so that it has its history. Names say that they are invented; no address here is anybody's, and no postcode exists.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from ginnel.accounts.commands import open_account
from ginnel.accounts.models import User
from ginnel.partners.commands import (
    add_member,
    add_partnership_administrator,
    add_site,
    agree_term,
    approve_joining,
    ask_to_join,
    end_membership,
    end_term,
    invite,
    propose_term,
    set_line_manager,
    set_roles,
)
from ginnel.partners.models import Allowance, JoinRequest, Membership, Organisation, Role

PARTNERSHIP = ("partnership@example.org", "partnership2@example.org")
"""Who looks after the demonstration's partnership."""


@dataclass(frozen=True, slots=True)
class Invented:
    """
    One organisation of the demonstration. `slug` stands in the addresses of its people: `administrator.SLUG@example.org`.

    `sites`: (name, ward). `workers`: the job title of two people who only belong to it.
    """

    slug: str
    name: str
    kind: str
    size: str
    about: str
    sites: tuple[tuple[str, str], ...]
    workers: str
    parent: str = ""


ORGANISATIONS = (
    Invented("bramble", "Bramble House care home", "care-home", "50-249", "A home for 40 older people.",
             (("Bramble House", "Armley"), ("Bramble Cottage", "Farnley & Wortley")), "Care assistant"),
    Invented("cobbles", "Cobbles NHS Trust", "nhs-trust", "250+", "Two hospitals and the teams around them.",
             (("Cobbles Hospital", "Little London & Woodhouse"), ("Old Mill Clinic", "Hunslet & Riverside")), "Ward clerk"),
    Invented("snicket", "Snicket Lane Surgery", "gp-practice", "10-49", "Family doctors and nurses.",
             (("The surgery", "Bramley & Stanningley"),), "Receptionist"),
    Invented("fivegates", "Five Gates Primary Care Network", "pcn", "10-49", "Five surgeries that share staff.",
             (("The shared office", "Pudsey"),), "Care co-ordinator"),
    Invented("council", "Ginnelside Council", "council", "250+", "A council that is not on any map.",
             (("The town hall", "Little London & Woodhouse"),), "Support officer"),
    Invented("adultcare", "Adult care at Ginnelside Council", "council", "50-249", "Helps adults live as they choose.",
             (("The care hub", "Middleton Park"),), "Social care assistant", "council"),
    Invented("doorstep", "Doorstep Home Care", "home-care", "10-49", "Care at home, mornings to nights.",
             (("The office", "Gipton & Harehills"),), "Home care worker"),
    Invented("threedoors", "Three Doors Supported Living", "supported-living", "10-49", "Homes of people's own, with help.",
             (("Three Doors", "Beeston & Holbeck"),), "Support worker"),
    Invented("opengate", "Open Gate charity", "charity", "10-49", "A place to talk, eat and find work.",
             (("The open house", "Chapel Allerton"),), "Community worker"),
    Invented("soupgroup", "Tuesday Soup community group", "community-group", "1-9", "Cooks for the street on Tuesdays.",
             (("The hall", "Burmantofts & Richmond Hill"),), "Volunteer"),
    Invented("lantern", "Lantern carers' centre", "carers-organisation", "10-49", "For people who look after somebody.",
             (("The carers' centre", "Seacroft"), ("The Saturday room", "Otley & Yeadon")), "Carers' adviser"),
    Invented("lamplight", "Lamplight College", "college", "250+", "Courses for after 16, T Levels too.",
             (("The main building", "Headingley & Hyde Park"), ("The care classroom", "Morley South")), "Course leader"),
    Invented("millpond", "Mill Pond Hospice", "hospice", "50-249", "Care near the end of life.",
             (("The hospice", "Weetwood"),), "Health care assistant"),
    Invented("tinker", "Tinker Health Machines", "company", "1-9", "Builds things that help people stay well.",
             (("The workshop", "Hunslet & Riverside"),), "Tester"),
)  # fmt: skip

_TITLES = {
    Role.RECRUITER: "Recruitment officer",
    Role.LEARNING_MANAGER: "Learning and development lead",
    Role.LINE_MANAGER: "Team leader",
    Role.PLACEMENT_SUPERVISOR: "Placement supervisor",
    Role.VIEWER: "Trustee",
}
_GIVES, _ASKS = True, False
_AGREED = (
    # giver, receiver, what, who proposed, days since it was agreed
    ("bramble", "cobbles", Allowance.TRAINING_EVIDENCE, _GIVES, 120),
    ("cobbles", "bramble", Allowance.TRAINING_EVIDENCE, _ASKS, 118),
    ("doorstep", "opengate", Allowance.REFER, _ASKS, 90),
    ("cobbles", "lamplight", Allowance.SEE_APPLICANTS, _GIVES, 60),
    ("fivegates", "snicket", Allowance.SHARED_TEAMS, _GIVES, 45),
    ("lantern", "soupgroup", Allowance.REFER, _GIVES, 20),
)


@transaction.atomic
def load_demo_partners(*, at: datetime | None = None) -> bool:
    """Make the demonstration's organisations if they were never made. Returns whether it did. About a second."""
    if JoinRequest.objects.filter(name=ORGANISATIONS[0].name).exists():
        return False
    now = at or timezone.now()
    boss = _partnership(now)
    made: dict[str, Organisation] = {}
    for number, one in enumerate(ORGANISATIONS):
        began = now - timedelta(days=300 - 10 * number)
        made[one.slug] = _organisation(one, number, by=boss, at=began)
        if one.parent:
            Organisation.objects.filter(pk=made[one.slug].pk).update(parent=made[one.parent])
    _agreements(made, now)
    bramble = _head("bramble")
    invite(made["bramble"], "newcomer@example.org", [Role.VIEWER], by=bramble, at=now - timedelta(days=1))
    ask_to_join(
        {
            "name": "Ivy Bank day centre",
            "kind": "charity",
            "size": "1-9",
            "about": "Invented for the demonstration. Company and lunch for older people.",
            "contact_name": "Demo Asker, Ivy Bank",
            "contact_job": "Manager",
        },
        by=_person("asker.ivybank@example.org", "Demo Asker, Ivy Bank"),
        at=now - timedelta(days=2),
    )
    return True


def _partnership(now: datetime) -> User:
    people = [_person(email, f"Demo Partnership Administrator {n}") for n, email in enumerate(PARTNERSHIP, 1)]
    for person in people:
        add_partnership_administrator(person, by=None, at=now - timedelta(days=320))
    return people[0]


def _organisation(one: Invented, number: int, *, by: User, at: datetime) -> Organisation:
    """One organisation, asked for and approved, with its places and people."""
    first = _person(f"administrator.{one.slug}@example.org", f"Demo Administrator, {one.name}")
    asked = ask_to_join(
        {
            "name": one.name,
            "kind": one.kind,
            "size": one.size,
            "about": f"Invented for the demonstration. {one.about}",
            "contact_name": first.name,
            "contact_job": "Manager",
        },
        by=first,
        at=at - timedelta(days=3),
    )
    place = approve_joining(asked, by=by, at=at)
    for letter, (name, ward) in zip("AB", one.sites, strict=False):
        add_site(place, f"{name}, {ward}", f"LS0 {number % 9 + 1}A{letter}", by=first, at=at)
    second = _join(place, "administrator2", "Demo Second Administrator", "Deputy manager", one, by=first, at=at)
    set_roles(second, [Role.ADMINISTRATOR], by=first, at=at)
    managers = {}
    for role, title in _TITLES.items():
        managers[role] = _join(place, role.value, f"Demo {role.label}", title, one, by=first, at=at)
        set_roles(managers[role], [role], by=first, at=at)
    for n in (1, 2, 3):
        worker = _join(place, f"worker{n}", f"Demo Worker {n}", one.workers, one, by=first, at=at)
        if n == 3:
            end_membership(worker, by=first, at=at + timedelta(days=30))
        else:
            set_line_manager(worker, managers[Role.LINE_MANAGER], by=first, at=at)
    return place


def _join(
    place: Organisation, address: str, name: str, title: str, one: Invented, *, by: User, at: datetime
) -> Membership:
    person = _person(f"{address}.{one.slug}@example.org", f"{name}, {one.name}")
    return add_member(place, person, by=by, at=at, job_title=title)


def _person(email: str, name: str) -> User:
    person = open_account(email)
    User.objects.filter(pk=person.pk).update(name=name)
    person.name = name
    return person


def _head(slug: str) -> User:
    return User.objects.get(email=f"administrator.{slug}@example.org")


def _agreements(made: dict[str, Organisation], now: datetime) -> None:
    for giver, receiver, what, for_giver, days in _AGREED:
        asks, answers = (giver, receiver) if for_giver else (receiver, giver)
        began = now - timedelta(days=days)
        term = propose_term(
            made[giver], made[receiver], what, for_giver=for_giver, by=_head(asks), at=began - timedelta(days=2)
        )
        agree_term(term, by=_head(answers), at=began)
    # One that waits for Bramble House, one that Cobbles ended.
    propose_term(
        made["bramble"],
        made["lamplight"],
        Allowance.REFER,
        for_giver=False,
        by=_head("lamplight"),
        at=now - timedelta(days=3),
    )
    over = propose_term(
        made["cobbles"],
        made["doorstep"],
        Allowance.SHARED_TEAMS,
        for_giver=True,
        by=_head("cobbles"),
        at=now - timedelta(days=150),
    )
    agree_term(over, by=_head("doorstep"), at=now - timedelta(days=148))
    end_term(over, by=_head("cobbles"), at=now - timedelta(days=30))
