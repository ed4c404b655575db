"""What a file would change: every line compared with what is held. Reads the database, writes nothing."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import Any, TypeVar

from allauth.account.models import EmailAddress

from ginnel.accounts.models import User
from ginnel.partners.bulk.reading import Line, Read
from ginnel.partners.bulk.words import Person, read_organisation, read_person
from ginnel.partners.model.matching import Answer, Asked
from ginnel.partners.model.names import key
from ginnel.partners.models import LineManagement, Membership, Organisation, Role
from ginnel.partners.resolver import decided_as_new, resolver
from ginnel.sources.report import Problem, Report

T = TypeVar("T")
ADDED, CHANGED, UNCHANGED, LEFT = "added", "changed", "unchanged", "left"
_AT_ONCE = 500


@dataclass(slots=True)
class OrganisationPlan:
    """One organisation of the file. `pk` is None for a new one. `fields` are those to set."""

    name: str
    line: Line
    pk: int | None
    fields: dict[str, Any] = field(default_factory=dict)
    outcome: str = UNCHANGED
    note: str = ""


@dataclass(slots=True)
class PersonPlan:
    """One person in one organisation. `user` and `membership` are None for new ones; `roles` and `manager` None to leave them be."""

    person: Person
    line: Line
    organisation: OrganisationPlan
    user: int | None = None
    membership: int | None = None
    back: bool = False
    fields: dict[str, str] = field(default_factory=dict)
    roles: frozenset[str] | None = None
    held_roles: frozenset[str] = frozenset()
    manager: str | None = None
    outcome: str = UNCHANGED


@dataclass(slots=True)
class Plan:
    """All a file would do, what stops it, and names to ask a person about."""

    organisations: dict[str, OrganisationPlan] = field(default_factory=dict)
    people: list[PersonPlan] = field(default_factory=list)
    report: Report = field(default_factory=Report)
    unsure: list[tuple[Asked, Answer]] = field(default_factory=list)

    def digest(self) -> str:
        """The same for the same changes: what was previewed is what is saved, or nothing."""
        told: list[tuple[Any, ...]] = [
            (o.name, o.pk, o.outcome, sorted(o.fields.items())) for o in self.organisations.values()
        ]
        told += [
            (p.person.email, p.organisation.name, p.user, p.membership, p.outcome, sorted(p.fields.items()),
             sorted(p.roles) if p.roles is not None else None, p.manager)
            for p in self.people
        ]  # fmt: skip
        return hashlib.sha256(json.dumps(told, default=str).encode()).hexdigest()

    def as_dict(self) -> dict[str, Any]:
        """The report: counts, a line for each row, problems. Rows and fields, never a person's name or address."""
        lines = [
            {"file": o.line.file, "row": o.line.row, "who": "organisation", "outcome": o.outcome,
             "fields": in_words(o.fields), "note": o.note}
            for o in self.organisations.values()
        ]  # fmt: skip
        for p in self.people:
            fields = in_words(p.fields)
            fields += [word for word, said in (("roles", p.roles), ("line manager", p.manager)) if said is not None]
            lines.append(
                {
                    "file": p.line.file,
                    "row": p.line.row,
                    "who": "person",
                    "outcome": p.outcome,
                    "fields": fields,
                    "note": "",
                }
            )
        counts = {
            who: {outcome: sum(1 for line in lines if (line["who"], line["outcome"]) == (who, outcome))
                  for outcome in (ADDED, CHANGED, UNCHANGED, LEFT)}
            for who in ("organisation", "person")
        }  # fmt: skip
        problems = [
            {"file": p.file, "row": p.row, "field": p.field, "what": p.what, "remedy": p.remedy}
            for p in sorted(self.report.problems, key=lambda p: (p.file, p.row or 0, p.field))
        ]
        return {
            "counts": counts, "problem_count": self.report.problem_count, "problems": problems, "lines": lines,
            "digest": self.digest(),
        }  # fmt: skip


def make_plan(read: Read, own: Organisation | None = None) -> Plan:
    """
    Compare what was read with what is held. `own`: every person is this organisation's, and no organisation is made or changed.

    About twenty queries, however many lines.
    """
    plan = Plan(report=read.report)
    found = _organisations(plan, read, own)
    people = []
    seen: dict[tuple[str, str], Line] = {}
    for line in read.lines:
        place = found.get(id(line))
        if place is None or not line.get("email"):
            if own is not None and not line.get("email"):
                _refuse(plan, line, "email", "It is empty", "Give the person's e-mail address")
            continue
        person = read_person(line, partial(_refuse, plan, line))
        if person is None:
            continue
        first = seen.setdefault((place.name, person.email), line)
        if first is not line:
            _refuse(
                plan, line, "email", f"It is in row {first.row} too, for the same organisation", "Keep one of the rows"
            )
            continue
        people.append(PersonPlan(person, line, place))
    _compare(plan, people)
    plan.people = people
    return plan


def _organisations(plan: Plan, read: Read, own: Organisation | None) -> dict[int, OrganisationPlan]:
    """Which organisation each line is about, by the line's id()."""
    asked: dict[str, list[Line]] = defaultdict(list)
    for line in read.lines:
        asked[key(line.get("organisation"))].append(line)
    if own is not None and not (set(asked) - {""}):
        mine = OrganisationPlan(own.name, read.lines[0], own.pk) if read.lines else None
        return {id(line): mine for line in read.lines} if mine else {}
    known = resolver()
    new = decided_as_new(lines[0].get("organisation") for lines in asked.values())
    details = {row.pk: row for row in Organisation.objects.public()}
    found: dict[int, OrganisationPlan] = {}
    for name_key, lines in asked.items():
        place = _organisation(plan, name_key, lines, own, known, new, details)
        if place is not None:
            found |= {id(line): place for line in lines}
    return found


def _organisation(
    plan: Plan,
    name_key: str,
    lines: list[Line],
    own: Organisation | None,
    known: Any,
    new: set[str],
    details: dict[int, Organisation],
) -> OrganisationPlan | None:
    first, name = lines[0], lines[0].get("organisation")
    if not name_key:
        if own is not None:
            return plan.organisations.setdefault(own.name, OrganisationPlan(own.name, first, own.pk))
        for line in lines:
            _refuse(plan, line, "organisation", "It is empty", "Give the organisation's name")
        return None
    said = read_organisation(lines, lambda line, field, what, remedy: _refuse(plan, line, field, what, remedy))
    if said is None:
        return None
    answer = known.ask(Asked(name, said.get("postcode", ""), said.get("ods_code", "")))
    if own is not None:
        if answer.sure and answer.best is not None and answer.best.id == own.pk:
            return plan.organisations.setdefault(own.name, OrganisationPlan(own.name, first, own.pk))
        for line in lines:
            _refuse(
                plan,
                line,
                "organisation",
                f"It is not {own.name}",
                "Leave the column out, or import only your own people",
            )
        return None
    if answer.sure and answer.best is not None:
        return _known_organisation(plan, first, details[answer.best.id], said, answer)
    if (answer.candidates or answer.unit) and name_key not in new:
        plan.unsure.append((Asked(name, said.get("postcode", ""), said.get("ods_code", "")), answer))
        which = " or ".join(f"“{details[one.id].name}”" for one in answer.candidates[:2])
        what = (
            f"We are not sure whether “{name}” is {which}" if which else f"“{name}” sounds like a part of an employer"
        )
        _refuse(plan, first, "organisation", what, "Say which it is under “Names to decide”, then check the file again")
        return None
    if not said.get("kind"):
        _refuse(
            plan,
            first,
            "kind",
            f"“{name}” is new here, and its kind is empty",
            "Say what kind it is in one of its rows",
        )
        return None
    return plan.organisations.setdefault(name_key, OrganisationPlan(name, first, None, said, ADDED))


def _known_organisation(
    plan: Plan, line: Line, row: Organisation, said: dict[str, str], answer: Answer
) -> OrganisationPlan:
    fields: dict[str, Any] = {name: value for name, value in said.items() if value and getattr(row, name) != value}
    if row.origin != Organisation.Origin.JOINED:
        # The pack's or a publisher's own word is not ours to change: a file only fills in what they leave empty.
        fields = {name: value for name, value in fields.items() if not getattr(row, name)}
    if row.status != Organisation.Status.LIVE:
        fields["status"] = Organisation.Status.LIVE.value
    note = ""
    if answer.best is not None and (answer.best.part or key(row.name) != key(line.get("organisation"))):
        note = f"Taken for {row.name}: {', '.join(answer.best.reasons)}"
    place = plan.organisations.get(f"#{row.pk}")
    if place is None:
        place = OrganisationPlan(row.name, line, row.pk, fields, CHANGED if fields else UNCHANGED, note)
        plan.organisations[f"#{row.pk}"] = place
    else:
        place.fields |= fields
        place.outcome = CHANGED if place.fields else UNCHANGED
        place.note = place.note or note
    return place


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
                _refuse(plan, one.line, "email", f"It is of the same person as row {other.row}", "Keep one of the rows")
        row = held.get((place.pk, one.user)) if place.pk and one.user else None
        leads = (place.name, said.email) in bosses or (row is not None and row.user_id in leading)
        _compare_one(one, row, managers, users, leads=leads)
        if said.staff_number:
            first = taken.setdefault((place.name, said.staff_number), one.line)
            holder = numbers.get((place.pk, said.staff_number)) if place.pk else None
            if first is not one.line:
                _refuse(
                    plan, one.line, "staff number", f"It is in row {first.row} too", "Each person has one of their own"
                )
            elif holder is not None and holder.user_id != one.user:
                _refuse(plan, one.line, "staff number", "It is another member's", "Check who has this number")
        if said.manager and not _is_member(place, said.manager, in_file, users, held):
            _refuse(
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
            _refuse(
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


def in_words(fields: Iterable[str]) -> list[str]:
    """Fields as the columns of the file are called."""
    return sorted("takes part" if name == "status" else name.replace("_", " ") for name in fields)


def chunks(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Lists of at most `size`: databases take only so many values at once."""
    left = iter(items)
    while some := list(islice(left, size)):
        yield some


def _refuse(plan: Plan, line: Line, field: str, what: str, remedy: str) -> None:
    plan.report.refuse(Problem(line.file, what, remedy, line.row, field))
