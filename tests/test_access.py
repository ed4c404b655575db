"""
Who may open which page: every address of the site, every kind of person.

The list of addresses is the site's own. A new page without a line in `RULES` fails here, so that nobody forgets to say who may see it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.contrib.auth.models import Group
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from ginnel.accounts.tests.people import sign_in
from ginnel.partners.commands import ask_to_join, invite, propose_term
from ginnel.partners.models import NameQuestion, Role, Site
from ginnel.partners.permissions import PARTNERSHIP_ADMINISTRATORS
from ginnel.partners.tests.people import NOW, a_member, a_person, an_organisation

PUBLIC = frozenset(("stranger", "person", "neighbour", "member", *Role.values, "partnership"))
SIGNED_IN = PUBLIC - {"stranger"}
IN_IT = frozenset(("member", *Role.values))


def only(*roles: str) -> frozenset[str]:
    return frozenset(roles)


RULES: dict[str, frozenset[str]] = {
    "partners:partner_list": PUBLIC,
    "partners:partner": PUBLIC,
    "partners:joining_ask": SIGNED_IN,
    "partners:request_list": SIGNED_IN,
    "partners:request_decide": only("partnership"),
    "partners:request_withdraw": only(),  # whoever asked: nobody of these
    "partners:invitation_accept": SIGNED_IN,  # the key says whose; a wrong key or person gets a page that says so
    "partners:details_edit": only("administrator", "partnership"),
    "partners:site_add": only("administrator", "partnership"),
    "partners:site_remove": only("administrator", "partnership"),
    "partners:people_list": only("administrator", "learning-manager", "viewer"),
    "partners:person_invite": only("administrator"),
    "partners:member": only("administrator"),
    "partners:member_manager": only("administrator"),
    "partners:member_left": only("administrator"),
    "partners:invitation_withdraw": only("administrator"),
    "partners:agreement_list": IN_IT | {"partnership"},
    "partners:term_propose": only("administrator"),
    "partners:term_agree": only("administrator"),
    "partners:term_ask": only("administrator"),
    "partners:term_answer": PUBLIC,  # the key says for which proposal; a wrong one gets a page that says so: test_answering.py
    "partners:term_end": only("administrator"),
    "directory:page": only("administrator"),
    "bulk:upload": only("partnership"),
    "bulk:template": only("partnership"),
    "bulk:upload_own": only("administrator"),
    "bulk:template_own": only("administrator"),
    "partners_moved": PUBLIC,  # leads to an address with a rule of its own
    "names:list": only("partnership"),
    "names:decide": only("partnership"),
    # Whoever is an administrator anywhere sees a page, of their own organisations' events only: test_audit.py.
    "audit:event_list": only("administrator", "neighbour", "partnership"),
    "audit:event_export": only("administrator", "neighbour", "partnership"),
}
"""Who gets in. A line manager without people sees no list of people."""

ELSEWHERE = {
    "scim:server": "test_scim.py: a key of the organisation's own directory and nothing else",
    "directory:key_revoke": "test_directory_page.py",
    "directory:group_role": "test_directory_page.py",
    "bulk:preview": "test_bulk_pages.py",
    "bulk:confirm": "test_bulk_pages.py",
    "bulk:withdraw": "test_bulk_pages.py",
    "bulk:report": "test_bulk_pages.py",
}
"""Pages about a thing that the scene here does not have: the file whose tests refuse strangers and neighbours."""

OFFICE = "office/"
"""Wagtail's own pages, behind its permission to enter: `site/tests/test_office.py` refuses strangers and people who are no editors."""

PUBLISHED = frozenset(
    (
        "sitemap",
        "news_feed",
        "media",
        "wagtail_serve",
        "wagtailcore_login",
        "wagtaildocs_serve",
        "wagtaildocs_authenticate_with_password",
    )
)
"""What editors have published; a page or file for some is kept from others by Wagtail (`site/tests/test_editorial_pages.py`)."""

OPEN = frozenset(("site", "careers"))
"""Areas whose pages are public reference data, or what the visitor's own session holds."""

OWN = frozenset(("accounts",))
"""Areas whose pages show the signed-in person their own record and nobody else's: their tests say so page by page."""

UNNAMED = frozenset(
    ("account_login", "account_request_login_code", "account_confirm_login_code", "account_logout", "account_inactive")
)
"""django-allauth's names for the door itself."""

SECOND_STEP = "mfa_"
"""django-allauth's names for passwords' second steps: of the signed-in person, after a fresh sign-in (`test_ways_in.py`)."""


def addresses(resolver: URLResolver | None = None, namespace: str = "", before: str = "") -> Iterator[str]:
    """The name of every address outside the editors' office, with its area."""
    for pattern in (resolver or get_resolver()).url_patterns:
        path = f"{before}{pattern.pattern}"
        if path.startswith(OFFICE):
            continue
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from addresses(pattern, inner, path)
        elif isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name or pattern.pattern}"


def test_every_address_has_a_rule_about_who_may_open_it():
    without = sorted(
        name
        for name in set(addresses())
        if name not in RULES
        and name not in ELSEWHERE
        and name.split(":")[0] not in OPEN | OWN
        and name not in UNNAMED | PUBLISHED
        and not name.startswith(SECOND_STEP)
    )
    assert not without, f"say who may open these, in RULES: {without}"


def test_every_rule_is_of_an_address():
    assert not (set(RULES) | set(ELSEWHERE)) - set(addresses())


@dataclass
class Scene:
    """One organisation with things of every kind, its neighbour, and somebody of each sort."""

    people: dict[str, object]
    arguments: dict[str, object]


@pytest.fixture
def scene(db) -> Scene:
    place, neighbour = an_organisation(), an_organisation("Willow House", kind="care-home")
    a_member(place, "Second Admin", "administrator")
    people: dict[str, object] = {"stranger": None, "person": a_person("Some Body")}
    people["neighbour"] = a_member(neighbour, "Will Oak", "administrator").user
    people["member"] = a_member(place, "Plain Member").user
    for role in Role.values:
        people[role] = a_member(place, f"The {role}", role).user
    people["partnership"] = a_person("Dee Cider")
    people["partnership"].groups.add(Group.objects.get_or_create(name=PARTNERSHIP_ADMINISTRATORS)[0])
    boss = people["administrator"]
    invitation, key = invite(place, "new@example.org", [], by=boss, at=NOW)
    asked = {"name": "Fern", "kind": "home-care", "contact_name": "F", "contact_job": "Owner"}
    joining = ask_to_join(asked, by=a_person("Fern Lea"), at=NOW)
    term = propose_term(neighbour, place, "refer", for_giver=True, by=people["neighbour"], at=NOW)
    site = Site.objects.create(organisation=place, name="Office", postcode="LS1 4AP")
    question = NameQuestion.objects.create(name="Bramble Care", key="bramble care", asked_at=NOW)
    member = a_member(place, "Some Colleague")
    return Scene(
        people,
        {
            "organisation": place.pk,
            "membership": member.pk,
            "invitation": invitation.pk,
            "joining": joining.pk,
            "term": term.pk,
            "site": site.pk,
            "key": key,
            "form": "csv",
            "rest": "names/",
            "pk": question.pk,
        },
    )


def address_of(name: str, arguments: dict[str, object]) -> str:
    """An address with what it needs of these arguments: its own, and the organisation's if it lies below one."""
    resolver = get_resolver()
    *namespaces, last = name.split(":")
    for namespace in namespaces:
        resolver = resolver.namespace_dict[namespace][1]
    own = {each: arguments[each] for each in resolver.reverse_dict.getlist(last)[0][0][0][1]}
    try:
        return reverse(name, kwargs=own)
    except NoReverseMatch:
        return reverse(name, kwargs=own | {"organisation": arguments["organisation"]})


@pytest.mark.parametrize("who", sorted(PUBLIC))
@pytest.mark.parametrize("name", sorted(RULES))
def test_who_gets_in(client, scene, name, who):
    user = scene.people[who]
    if user is not None:
        sign_in(client, user)
    url = address_of(name, scene.arguments)
    answer = client.get(url)
    if answer.status_code == 405:
        answer = client.post(url)
    to_the_door = answer.status_code == 302 and answer["Location"].startswith(reverse("account_login"))
    got_in = answer.status_code not in (403, 404) and not to_the_door
    assert got_in == (who in RULES[name]), f"{who} at {url}: {answer.status_code}"
    if user is None and who not in RULES[name]:
        assert to_the_door, "a stranger is led to the door, not told what there is"
