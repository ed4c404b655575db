"""Saving what a file says: one transaction, a few statements for thousands of rows, and an event for each change."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction

from ginnel.accounts.models import User
from ginnel.events.commands import record_event
from ginnel.partners.bulk.compare import make_plan, users_by_address
from ginnel.partners.bulk.plan import ADDED, CHANGED, LEFT, OrganisationPlan, PersonPlan, Plan, chunks
from ginnel.partners.bulk.reading import Read, read_files
from ginnel.partners.models import LineManagement, Membership, MembershipRole, Organisation, PeopleImport, Role
from ginnel.partners.resolver import ask_a_person

_BATCH = 1000


class CannotSave(Exception):
    """The file has problems, or what is held has changed since it was looked at. The argument says which."""


@dataclass(slots=True)
class _Done:
    """Rows by what the plan calls them."""

    organisations: dict[str, int]
    users: dict[str, int]
    memberships: dict[tuple[int, int], int]


def import_paths(paths: Iterable[Path], *, by: User | None, at: datetime, dry_run: bool = False) -> Plan:
    """
    Read files of the whole partnership, and save them if nothing is wrong: at the command line, where nobody previews.

    Names we are unsure of are put to a person, unless `dry_run`.
    """
    plan = make_plan(read_files(list(paths), needed="organisation"))
    if dry_run:
        return plan
    if plan.report.ok:
        save_plan(plan, by=by, at=at, about=None)
        plan.report.saved = True
    else:
        ask_people(plan, at=at)
    return plan


def ask_people(plan: Plan, *, at: datetime) -> None:
    """Put the names a plan is unsure of on the list of names to decide about."""
    for asked, answer in plan.unsure:
        ask_a_person(asked, answer, at=at)


def check_and_save(
    read: Read, own: Organisation | None, digest: str, *, by: User, at: datetime, about: PeopleImport
) -> Plan:
    """
    Save what was previewed: the plan is made again, and must be the same.

    :raises CannotSave: if it is not, or has problems.
    """
    try:
        with transaction.atomic():
            plan = make_plan(read, own)
            if not plan.report.ok or plan.digest() != digest:
                raise CannotSave("What we hold has changed since you looked. Look again, then save")
            save_plan(plan, by=by, at=at, about=about)
    except IntegrityError as clash:
        raise CannotSave("Somebody saved the same people just now. Look again, then save") from clash
    return plan


@transaction.atomic
def save_plan(plan: Plan, *, by: User | None, at: datetime, about: PeopleImport | None) -> None:
    """
    Write a plan without problems, all or nothing. A plan that changes nothing writes nothing.

    :raises CannotSave: for a plan with problems.
    :raises IntegrityError: if somebody else wrote the same meanwhile.
    """
    if not plan.report.ok:
        raise CannotSave(f"{plan.report.problem_count} problems")
    done = _Done({}, {}, {})
    for name, place in plan.organisations.items():
        done.organisations[name] = _organisation(place, by=by, at=at)
    people = [one for one in plan.people if one.outcome in {ADDED, CHANGED, LEFT}]
    ids = {id(place): done.organisations[name] for name, place in plan.organisations.items()}
    _accounts(people, done, at=at)
    _memberships(people, ids, done, at=at)
    _roles(people, ids, done)
    _managers(people, ids, done, at=at)
    for one in people:
        membership = Membership(pk=_membership(one, ids, done))
        name = {ADDED: "joined", LEFT: "left"}.get(one.outcome, "imported")
        record_event(
            f"partners.member.{name}",
            by=by,
            about=membership,
            at=at,
            organisation=_place(one, ids),
            person=_user(one, done),
            fields=" ".join([*sorted(one.fields), *(["roles"] if one.roles is not None else []), *(["manager"] if one.manager else [])]),
        )  # fmt: skip
    if about is not None:
        record_event("partners.import.saved", by=by, about=about, at=at, people=len(people))


def _organisation(place: OrganisationPlan, *, by: User | None, at: datetime) -> int:
    if place.pk is None:
        row = Organisation.objects.create(
            origin=Organisation.Origin.JOINED,
            code=f"import-{at:%Y%m%d%H%M%S%f}-{place.line.row}",
            name=place.name,
            status=Organisation.Status.LIVE,
            live_since=at,
            **place.fields,
        )
    elif place.fields:
        row = Organisation.objects.get(pk=place.pk)
        changes = dict(place.fields)
        if "status" in changes:
            changes |= {"live_since": row.live_since or at, "left_at": None}
        Organisation.objects.filter(pk=row.pk).update(**changes)
    else:
        return place.pk
    record_event(
        f"partners.organisation.{'joined' if place.pk is None else 'changed'}",
        by=by,
        about=row,
        at=at,
        organisation=row.pk,
        fields=" ".join(sorted(place.fields)),
    )
    return row.pk


def _accounts(people: list[PersonPlan], done: _Done, *, at: datetime) -> None:
    """An account, proven by nobody yet, for each address that has none."""
    new = {one.person.email: one.person for one in people if one.user is None and one.outcome != LEFT}
    rows = [
        User(email=email, name=person.name, password=make_password(None), joined_at=at) for email, person in new.items()
    ]
    User.objects.bulk_create(rows, batch_size=_BATCH)
    for some in chunks(sorted(new), _BATCH):
        done.users |= dict(User.objects.filter(email__in=some).values_list("email", "pk"))


def _user(one: PersonPlan, done: _Done) -> int:
    return one.user if one.user is not None else done.users[one.person.email]


def _place(one: PersonPlan, ids: dict[int, int]) -> int:
    """The organisation's row: those that are not in the plan are the importing organisation itself."""
    return ids.get(id(one.organisation)) or one.organisation.pk or 0


def _membership(one: PersonPlan, ids: dict[int, int], done: _Done) -> int:
    return one.membership or done.memberships[_place(one, ids), _user(one, done)]


def _memberships(people: list[PersonPlan], ids: dict[int, int], done: _Done, *, at: datetime) -> None:
    new = [
        Membership(
            organisation_id=_place(one, ids),
            user_id=_user(one, done),
            joined_at=at,
            **one.fields,
        )
        for one in people
        if one.membership is None and one.outcome == ADDED
    ]
    Membership.objects.bulk_create(new, batch_size=_BATCH)
    places = {row.organisation_id for row in new}
    for some in chunks(sorted(places), _BATCH):
        found = Membership.objects.filter(organisation__in=some).values_list("organisation_id", "user_id", "pk")
        done.memberships |= {(place, user): pk for place, user, pk in found}
    held = {one.membership: one for one in people if one.membership is not None}
    changed = []
    for some in chunks(sorted(held), _BATCH):
        for row in Membership.objects.filter(pk__in=some):
            one = held[row.pk]
            for name, value in one.fields.items():
                setattr(row, name, value)
            if one.back:
                row.joined_at, row.left_at = at, None
            if one.outcome == LEFT:
                row.left_at = max(at, row.joined_at)
            changed.append(row)
    Membership.objects.bulk_update(changed, ["job_title", "staff_number", "joined_at", "left_at"], batch_size=_BATCH)


def _roles(people: list[PersonPlan], ids: dict[int, int], done: _Done) -> None:
    cleared = [
        one.membership
        for one in people
        if one.membership is not None and (one.roles is not None or one.back or one.outcome == LEFT)
    ]
    for some in chunks(cleared, _BATCH):
        MembershipRole.objects.filter(membership__in=some).delete()
    given = [
        MembershipRole(membership_id=_membership(one, ids, done), role=role)
        for one in people
        for role in sorted(one.roles or ())
    ]
    MembershipRole.objects.bulk_create(given, batch_size=_BATCH)


def _managers(people: list[PersonPlan], ids: dict[int, int], done: _Done, *, at: datetime) -> None:
    """Who manages whom; whoever manages somebody has the role of a line manager."""
    gone = [one.membership for one in people if one.membership is not None and one.outcome == LEFT]
    managed = [one for one in people if one.manager is not None]
    free = gone + [one.membership for one in managed if one.membership is not None]
    for some in chunks(free, _BATCH):
        LineManagement.objects.filter(person__in=some).delete()
    for some in chunks(gone, _BATCH):
        LineManagement.objects.filter(manager__in=some).delete()
    if not managed:
        return
    places = {_place(one, ids) for one in managed}
    users = users_by_address({one.manager for one in managed if one.manager})
    current = Membership.objects.filter(organisation__in=places, left_at__isnull=True)
    members = {(place, user): pk for pk, place, user in current.values_list("pk", "organisation_id", "user_id")}
    pairs = [(members[_place(one, ids), users[one.manager or ""]], _membership(one, ids, done)) for one in managed]
    LineManagement.objects.bulk_create(
        [LineManagement(manager_id=manager, person_id=person, since=at) for manager, person in pairs], batch_size=_BATCH
    )
    MembershipRole.objects.bulk_create(
        [
            MembershipRole(membership_id=manager, role=Role.LINE_MANAGER)
            for manager in sorted({pair[0] for pair in pairs})
        ],
        ignore_conflicts=True,
        batch_size=_BATCH,
    )
