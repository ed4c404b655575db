"""Every line of a file compared with what is held. Reads the database, writes nothing."""

from collections import defaultdict
from functools import partial

from allauth.account.models import EmailAddress

from ginnel.accounts.models import User
from ginnel.partners.bulk.naming import place_lines
from ginnel.partners.bulk.plan import (
    ADDED,
    CHANGED,
    LEFT,
    UNCHANGED,
    OrganisationPlan,
    PersonPlan,
    Plan,
    chunks,
    refuse,
)
from ginnel.partners.bulk.reading import Line, Read
from ginnel.partners.bulk.words import read_person
from ginnel.partners.models import LineManagement, Membership, Organisation, Role

_AT_ONCE = 500


def make_plan(read: Read, own: Organisation | None = None) -> Plan:
    """
    Compare what was read with what is held. `own`: every person is this organisation's, and no organisation is made or changed.

    About twenty queries, however many lines.
    """
    plan = Plan(report=read.report)
    found = place_lines(plan, read, own)
    people = []
    seen: dict[tuple[str, str], Line] = {}
    for line in read.lines:
        place = found.get(id(line))
        if place is None or not line.get("email"):
            if own is not None and not line.get("email"):
                refuse(plan, line, "email", "It is empty", "Give the person's e-mail address")
            continue
        person = read_person(line, partial(refuse, plan, line))
        if person is None:
            continue
        first = seen.setdefault((place.name, person.email), line)
        if first is not line:
            refuse(
                plan, line, "email", f"It is in row {first.row} too, for the same organisation", "Keep one of the rows"
            )
            continue
        people.append(PersonPlan(person, line, place))
    _compare(plan, people)
    plan.people = people
    return plan


def _compare(plan: Plan, people: list[PersonPlan]) -> None:
    """Find accounts and memberships, and say for each person what changes."""
    users = users_by_address(
        {one.person.email for one in people} | {one.person.manager for one in people if one.person.manager}
    )
    places = {one.organisation.pk for one in people if one.organisation.pk}
    held = {
        (row.organisation_id, row.user_id): row
        for row in Membership.objects.filter(organisation__in=places).prefetch_related("roles")
    }
    managers = dict(
        LineManagement.objects.filter(person__organisation__in=places).values_list("person_id", "manager__user_id")
    )
    leading = set(managers.values())
    bosses = {(one.organisation.name, one.person.manager) for one in people if one.person.manager}
    numbers = {(row.organisation_id, row.staff_number): row for row in held.values() if row.staff_number}
    in_file: dict[tuple[str, str], PersonPlan] = {(one.organisation.name, one.person.email): one for one in people}
    taken: dict[tuple[str, str], Line] = {}
    same_person: dict[tuple[str, int], Line] = {}
    for one in people:
        said, place = one.person, one.organisation
        one.user = users.get(said.email)
        if one.user is not None:
            other = same_person.setdefault((place.name, one.user), one.line)
            if other is not one.line:
                refuse(plan, one.line, "email", f"It is of the same person as row {other.row}", "Keep one of the rows")
        row = held.get((place.pk, one.user)) if place.pk and one.user else None
        leads = (place.name, said.email) in bosses or (row is not None and row.user_id in leading)
        _compare_one(one, row, managers, users, leads=leads)
        if said.staff_number:
            first = taken.setdefault((place.name, said.staff_number), one.line)
            holder = numbers.get((place.pk, said.staff_number)) if place.pk else None
            if first is not one.line:
                refuse(
                    plan, one.line, "staff number", f"It is in row {first.row} too", "Each person has one of their own"
                )
            elif holder is not None and holder.user_id != one.user:
                refuse(plan, one.line, "staff number", "It is another member's", "Check who has this number")
        if said.manager and not _is_member(place, said.manager, in_file, users, held):
            refuse(
                plan,
                one.line,
                "line manager",
                "Nobody of this organisation has that address",
                "Add them, or correct it",
            )
    _keep_administrators(plan, people, held)


def _compare_one(
    one: PersonPlan, row: Membership | None, managers: dict[int, int], users: dict[str, int], *, leads: bool
) -> None:
    said = one.person
    if row is not None:
        one.membership, one.back = row.pk, row.left_at is not None
        one.held_roles = frozenset() if one.back else frozenset(held.role for held in row.roles.all())
    if said.left:
        one.outcome = LEFT if row is not None and row.left_at is None else UNCHANGED
        return
    for name in ("job_title", "staff_number"):
        value = getattr(said, name)
        if value and value != (getattr(row, name) if row else ""):
            one.fields[name] = value
    roles = set(said.roles) if said.roles is not None else None
    if roles is not None and leads:
        # Whoever manages somebody is a line manager, said or not.
        roles.add(Role.LINE_MANAGER)
    if roles is not None and roles != one.held_roles:
        one.roles = frozenset(roles)
    now = managers.get(row.pk) if row is not None and not one.back else None
    if said.manager and (now is None or users.get(said.manager) != now):
        one.manager = said.manager
    if row is None or one.back:
        one.outcome = ADDED
    elif one.fields or one.roles is not None or one.manager is not None:
        one.outcome = CHANGED


def _is_member(
    place: OrganisationPlan,
    email: str,
    in_file: dict[tuple[str, str], PersonPlan],
    users: dict[str, int],
    held: dict[tuple[int, int], Membership],
) -> bool:
    row = in_file.get((place.name, email))
    if row is not None:
        return not row.person.left
    member = held.get((place.pk, users[email])) if place.pk and email in users else None
    return member is not None and member.left_at is None


def _keep_administrators(plan: Plan, people: list[PersonPlan], held: dict[tuple[int, int], Membership]) -> None:
    """An organisation that has an administrator keeps one."""
    now: dict[int, set[int]] = defaultdict(set)
    for row in held.values():
        if row.left_at is None and any(role.role == Role.ADMINISTRATOR for role in row.roles.all()):
            now[row.organisation_id].add(row.pk)
    after = {pk: set(rows) for pk, rows in now.items()}
    last: dict[int, PersonPlan] = {}
    for one in people:
        pk = one.organisation.pk
        if pk not in after:
            continue
        gone = one.outcome == LEFT or (one.roles is not None and Role.ADMINISTRATOR not in one.roles)
        if gone and one.membership in after[pk]:
            after[pk].discard(one.membership)
            last[pk] = one
        elif one.roles is not None and Role.ADMINISTRATOR in one.roles:
            after[pk].add(one.membership or -one.line.row)
    for pk, rows in after.items():
        if now[pk] and not rows:
            refuse(
                plan,
                last[pk].line,
                "roles",
                "The organisation would have no administrator",
                "Make somebody else one in this file",
            )


def users_by_address(emails: set[str]) -> dict[str, int]:
    """Accounts by address: the one they sign in with, or another that they have proven."""
    found: dict[str, int] = {}
    for some in chunks(sorted(emails), _AT_ONCE):
        found |= dict(User.objects.filter(email__in=some).values_list("email", "pk"))
        proven = EmailAddress.objects.filter(email__in=some, verified=True).values_list("email", "user_id")
        found |= {email.lower(): pk for email, pk in proven}
    return found
