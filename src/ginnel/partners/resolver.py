"""Which organisation a name means: the organisations we hold, the names learned, and the questions put to people."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import F

from ginnel.accounts.models import User
from ginnel.events.commands import record_event
from ginnel.partners.model.matching import Answer, Asked, Known, Resolver
from ginnel.partners.model.names import key
from ginnel.partners.models import NameQuestion, Organisation, OrganisationName, Site


class AlreadyDecided(Exception):
    """Somebody else has just decided about this name."""


def resolver() -> Resolver:
    """
    All open organisations, with the names, sites and codes they are known by. Four queries; about 20 ms for a thousand.

    A part of an organisation stands for it: a directorate is not an employer.
    """
    names: dict[int, list[str]] = defaultdict(list)
    sites: dict[int, list[str]] = defaultdict(list)
    codes: dict[int, list[str]] = defaultdict(list)
    postcodes: dict[int, list[str]] = defaultdict(list)
    rows = list(
        Organisation.objects.public().values_list(
            "pk", "name", "parent_id", "postcode", "ods_code", "ukprn", "cqc_number", "charity_number"
        )
    )
    parents = {pk: parent for pk, _, parent, *_ in rows if parent}
    for pk, name in OrganisationName.objects.order_by("pk").values_list("organisation_id", "name"):
        names[_employer(pk, parents)].append(name)
    for pk, name, postcode, ods in Site.objects.order_by("pk").values_list(
        "organisation_id", "name", "postcode", "ods_code"
    ):
        employer = _employer(pk, parents)
        sites[employer].append(name)
        postcodes[employer].append(postcode)
        codes[employer].append(ods)
    known = []
    for pk, name, parent, postcode, *own in rows:
        employer = _employer(pk, parents)
        postcodes[employer].append(postcode)
        codes[employer] += own
        if parent:
            sites[employer].append(name)
        else:
            known.append((pk, name))
    return Resolver(
        [
            Known(
                pk,
                name,
                tuple(names[pk]),
                tuple(filter(None, codes[pk])),
                tuple(filter(None, postcodes[pk])),
                tuple(sites[pk]),
            )
            for pk, name in known
        ]
    )


def _employer(pk: int, parents: dict[int, int]) -> int:
    """The organisation at the top, however deep a part lies; a circle ends where it closes."""
    seen = set()
    while pk in parents and pk not in seen:
        seen.add(pk)
        pk = parents[pk]
    return pk


def decided_as_new(names: Iterable[str]) -> set[str]:
    """Of these names those that a person has said are organisations of their own, as keys."""
    keys = {key(name) for name in names}
    decided = NameQuestion.objects.filter(key__in=keys, decision=NameQuestion.Decision.NEW)
    return set(decided.values_list("key", flat=True))


@transaction.atomic
def ask_a_person(asked: Asked, answer: Answer, *, at: datetime) -> NameQuestion | None:
    """
    Put a name we are unsure of on the list of names to decide about. Asked again, it is counted. None for a name without words.
    """
    name_key = key(asked.name)
    if not name_key:
        return None
    candidates = [
        {"organisation": one.id, "score": round(one.score, 3), "reasons": list(one.reasons), "part": one.part}
        for one in answer.candidates
    ]
    question, new = NameQuestion.objects.get_or_create(
        key=name_key,
        defaults={"name": asked.name, "postcode": asked.postcode[:8], "candidates": candidates, "asked_at": at},
    )
    if not new:
        NameQuestion.objects.filter(pk=question.pk).update(times=F("times") + 1)
        NameQuestion.objects.filter(pk=question.pk, decided_at__isnull=True).update(candidates=candidates)
        question.refresh_from_db()
    return question


@transaction.atomic
def decide_name(
    question: NameQuestion, decision: str, organisation: Organisation | None, *, by: User, at: datetime
) -> None:
    """
    A person says what a name means. It is learned: from now on the name is sure.

    :raises AlreadyDecided: if somebody else was quicker.
    :raises ValueError: if the decision needs an organisation and none is given, or the other way round.
    """
    known = decision in {NameQuestion.Decision.SAME, NameQuestion.Decision.PART}
    if known != (organisation is not None) or decision not in NameQuestion.Decision.values:
        raise ValueError(f"{decision!r} does not go with {organisation!r}")
    waiting = NameQuestion.objects.filter(pk=question.pk, decided_at__isnull=True)
    if not waiting.update(decision=decision, organisation=organisation, decided_by=by, decided_at=at):
        raise AlreadyDecided("Somebody else has just decided about this name")
    if organisation is not None:
        learn_name(organisation, question.name, by=by, at=at)
    record_event(
        "partners.name.decided",
        by=by,
        about=question,
        at=at,
        decision=decision,
        organisation=organisation.pk if organisation else None,
    )


def learn_names(said: Iterable[tuple[int, str]], *, by: User | None, at: datetime) -> None:
    """Names of many organisations, by their primary keys, known from now on. One query where all are known, else two."""
    said = {(pk, key(name)): name for pk, name in said if key(name)}
    if not said:
        return
    organisations = {pk for pk, _ in said}
    known = set(OrganisationName.objects.filter(organisation__in=organisations).values_list("organisation_id", "key"))
    rows = [
        OrganisationName(organisation_id=pk, key=name_key, name=name, said_by=by, said_at=at)
        for (pk, name_key), name in said.items()
        if (pk, name_key) not in known
    ]
    OrganisationName.objects.bulk_create(rows, ignore_conflicts=True)


def learn_name(organisation: Organisation, name: str, *, by: User | None, at: datetime) -> OrganisationName:
    """Another name of an organisation, known from now on. Learned twice, it is one."""
    learned, _ = OrganisationName.objects.get_or_create(
        organisation=organisation, key=key(name), defaults={"name": name, "said_by": by, "said_at": at}
    )
    return learned
