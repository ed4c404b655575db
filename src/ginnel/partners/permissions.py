"""
Who may do what: one table, and the one function that reads it.

A rule says which roles inside the organisation concerned carry an act, which roles of *another* organisation do if an agreement in force
allows it, and whether the partnership's own administrators may. Nothing else gives access: not the kind of an organisation, not a parent.
`docs/security.md` holds this table, written out by `ginnel permissions`; a test keeps the two the same.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.utils import timezone

from ginnel.accounts.models import User
from ginnel.core.prepared import Prepared
from ginnel.partners.models import Allowance, Membership, Organisation, Role, Term

PARTNERSHIP_ADMINISTRATORS = "Partnership administrators"
"""The group whose members look after the partnership as a whole."""

MEMBER = "member"
"""Everybody who belongs to the organisation, whatever they do there."""


class Act(StrEnum):
    """Something a person may do with an organisation's things, or with the partnership's."""

    SEE_ORGANISATION = "see-organisation"
    EDIT_ORGANISATION = "edit-organisation"
    SEE_PEOPLE = "see-people"
    MANAGE_PEOPLE = "manage-people"
    CONNECT_DIRECTORY = "connect-directory"
    SEE_AGREEMENTS = "see-agreements"
    SET_AGREEMENTS = "set-agreements"
    SEE_EVENTS = "see-events"
    SEE_SHARED_APPLICANTS = "see-shared-applicants"
    USE_TRAINING_EVIDENCE = "use-training-evidence"
    SEE_SHARED_TEAMS = "see-shared-teams"
    REFER_TO = "refer-to"
    DECIDE_JOINING = "decide-joining"
    SEE_ALL_EVENTS = "see-all-events"
    MANAGE_PARTNERSHIP = "manage-partnership"


@dataclass(frozen=True, slots=True)
class Rule:
    """
    Who may do one act.

    `inside`: roles in the organisation concerned. `outside`: roles in a partner to which the organisation concerned gives `allowance`.
    """

    words: str
    inside: frozenset[str] = frozenset()
    allowance: str = ""
    outside: frozenset[str] = frozenset()
    partnership: bool = False


def _of(*roles: str) -> frozenset[str]:
    return frozenset(roles)


_A, _R, _L = Role.ADMINISTRATOR.value, Role.RECRUITER.value, Role.LEARNING_MANAGER.value
_M, _P, _V = Role.LINE_MANAGER.value, Role.PLACEMENT_SUPERVISOR.value, Role.VIEWER.value

RULES: dict[Act, Rule] = {
    Act.SEE_ORGANISATION: Rule("See the organisation's own page for members", _of(MEMBER), partnership=True),
    Act.EDIT_ORGANISATION: Rule(
        "Change what is said of the organisation, its sites and names", _of(_A), partnership=True
    ),
    Act.SEE_PEOPLE: Rule("See everybody who belongs to it (a line manager: those they manage)", _of(_A, _L, _V)),
    Act.MANAGE_PEOPLE: Rule("Invite people, give and take roles, say who has left", _of(_A)),
    Act.CONNECT_DIRECTORY: Rule("Connect the organisation's own directory or sign-in", _of(_A)),
    Act.SEE_AGREEMENTS: Rule("See its agreements and their history", _of(MEMBER), partnership=True),
    Act.SET_AGREEMENTS: Rule("Propose, agree and end agreements", _of(_A)),
    Act.SEE_EVENTS: Rule("See what happened in the organisation", _of(_A)),
    Act.SEE_SHARED_APPLICANTS: Rule(
        "See applicants it shares", _of(_A, _R), Allowance.SEE_APPLICANTS.value, _of(_A, _R)
    ),
    Act.USE_TRAINING_EVIDENCE: Rule(
        "Put forward training evidence to it", _of(_A, _L), Allowance.TRAINING_EVIDENCE.value, _of(_A, _L)
    ),
    Act.SEE_SHARED_TEAMS: Rule(
        "See its people in teams both take part in",
        _of(_A, _M, _V),
        Allowance.SHARED_TEAMS.value,
        _of(_A, _M, _V),
    ),
    Act.REFER_TO: Rule("Refer people to it", _of(_A, _R, _P), Allowance.REFER.value, _of(_A, _R, _P)),
    Act.DECIDE_JOINING: Rule("Decide which organisations join", partnership=True),
    Act.SEE_ALL_EVENTS: Rule("See what happened in the whole partnership", partnership=True),
    Act.MANAGE_PARTNERSHIP: Rule("Say who looks after the partnership", partnership=True),
}


def _memberships(person: int) -> QuerySet[Membership]:
    return Membership.objects.current().filter(user=person).order_by()


_roles = Prepared(lambda person: _memberships(person).values_list("organisation_id", "roles__role"), -1)
_terms = Prepared(
    lambda person, today: (
        Term.objects.in_force(today)
        .filter(receiver__in=_memberships(person).values("organisation"))
        .order_by()
        .values_list("giver_id", "what", "receiver_id")
    ),
    -1,
    date.min,
)
"""What one person is, and what partners let their organisations do: asked by nearly every page of everybody who has signed in."""


class Standing:
    """
    What a person is, each part read when it is first asked about: a page that asks only about roles costs one query, not three.

    `roles`: by organisation. `allowed`: (giver, allowance) to the organisations of this person that receive it. `partnership`: whether
    they look after it.
    """

    def __init__(self, user: User | None) -> None:
        self._user = user

    @cached_property
    def roles(self) -> dict[int, frozenset[str]]:
        if self._user is None:
            return {}
        found: dict[int, set[str]] = {}
        for organisation, role in _roles.ask(self._user.pk):
            found.setdefault(organisation, {MEMBER}).update({role} if role else ())
        return {key: frozenset(roles) for key, roles in found.items()}

    @cached_property
    def allowed(self) -> dict[tuple[int, str], frozenset[int]]:
        if self._user is None:
            return {}
        found: dict[tuple[int, str], set[int]] = {}
        for giver, what, receiver in _terms.ask(self._user.pk, timezone.localdate()):
            found.setdefault((giver, what), set()).add(receiver)
        return {key: frozenset(receivers) for key, receivers in found.items()}

    @cached_property
    def partnership(self) -> bool:
        return self._user is not None and self._user.groups.filter(name=PARTNERSHIP_ADMINISTRATORS).exists()


NOBODY = Standing(None)


def standing(user: User | AnonymousUser) -> Standing:
    """
    What this person is now. Kept on the user object, which lives as long as one request: somebody who left a minute ago is out.

    Costs at most three queries: each part at the first question about it.
    """
    if not isinstance(user, User) or not user.is_active:
        return NOBODY
    kept: Standing | None = getattr(user, "_standing", None)
    if kept is None:
        kept = Standing(user)
        user._standing = kept  # type: ignore[attr-defined]
    return kept


def forget_standing(user: User) -> None:
    """Read the person's standing afresh at the next question, after a change in the same request."""
    user.__dict__.pop("_standing", None)


def may(user: User | AnonymousUser, act: Act, organisation: Organisation | int | None = None) -> bool:
    """
    Whether this person may do this, with this organisation's things if the act concerns one.

    The one function that every page, API and command asks.

    :raises ValueError: if the act concerns an organisation and none is given.
    """
    rule, now = RULES[act], standing(user)
    if rule.inside:
        if organisation is None:
            if rule.partnership and now.partnership:
                return True
            raise ValueError(f"{act} is about an organisation: say which")
        key = organisation if isinstance(organisation, int) else organisation.pk
        if rule.inside & now.roles.get(key, frozenset()):
            return True
        if rule.allowance and any(
            rule.outside & now.roles[mine] for mine in now.allowed.get((key, rule.allowance), ())
        ):
            return True
    return rule.partnership and now.partnership


def organisations_where(user: User | AnonymousUser, act: Act) -> QuerySet[Organisation] | list[int]:
    """Organisations with whose things this person may do this: what scopes of QuerySets filter by."""
    rule, now = RULES[act], standing(user)
    if rule.partnership and now.partnership:
        return Organisation.objects.partners()
    inside = {key for key, roles in now.roles.items() if roles & rule.inside}
    if not rule.allowance:
        return sorted(inside)
    outside = {
        giver
        for (giver, what), receivers in now.allowed.items()
        if what == rule.allowance and any(now.roles[mine] & rule.outside for mine in receivers)
    }
    return sorted(inside | outside)


def table() -> str:
    """The rules as a table in Markdown, for docs/security.md."""
    names = dict(Role.choices) | {MEMBER: "Everybody in it"}
    lines = [
        "| act | in the organisation itself | in a partner, if it agreed to | the partnership's administrators |",
        "|---|---|---|---|",
    ]
    for rule in RULES.values():
        inside = ", ".join(names[role].lower() for role in names if role in rule.inside)
        outside = ", ".join(names[role].lower() for role in names if role in rule.outside)
        agreed = f"“{Allowance(rule.allowance).label}”: {outside}" if rule.allowance else ""
        lines.append(f"| {rule.words} | {inside} | {agreed} | {'yes' if rule.partnership else ''} |")
    return "\n".join(lines)
