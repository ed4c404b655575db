"""Which organisation each line of a file is about, and what changes for it. Reads the database, writes nothing."""

from collections import defaultdict
from typing import Any

from django.db.models import Q

from ginnel.partners.bulk.plan import ADDED, CHANGED, UNCHANGED, OrganisationPlan, Plan, refuse
from ginnel.partners.bulk.reading import Line, Read
from ginnel.partners.bulk.words import read_organisation
from ginnel.partners.model.matching import Answer, Asked
from ginnel.partners.model.names import key
from ginnel.partners.models import Organisation
from ginnel.partners.own_words import Own, in_words, own_words
from ginnel.partners.resolver import decided_as_new, resolver


def place_lines(plan: Plan, read: Read, own: Organisation | None) -> dict[int, OrganisationPlan]:
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
    spoken = own_words(Q())
    found: dict[int, OrganisationPlan] = {}
    for name_key, lines in asked.items():
        place = _organisation(plan, name_key, lines, own, known, new, details, spoken)
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
    spoken: Own,
) -> OrganisationPlan | None:
    first, name = lines[0], lines[0].get("organisation")
    if not name_key:
        if own is not None:
            return plan.organisations.setdefault(own.name, OrganisationPlan(own.name, first, own.pk))
        for line in lines:
            refuse(plan, line, "organisation", "It is empty", "Give the organisation's name")
        return None
    said = read_organisation(lines, lambda line, field, what, remedy: refuse(plan, line, field, what, remedy))
    if said is None:
        return None
    answer = known.ask(Asked(name, said.get("postcode", ""), said.get("ods_code", "")))
    if own is not None:
        if answer.sure and answer.best is not None and answer.best.id == own.pk:
            return plan.organisations.setdefault(own.name, OrganisationPlan(own.name, first, own.pk))
        for line in lines:
            refuse(
                plan,
                line,
                "organisation",
                f"It is not {own.name}",
                "Leave the column out, or import only your own people",
            )
        return None
    if answer.sure and answer.best is not None:
        return _known_organisation(plan, first, details[answer.best.id], said, answer, spoken)
    if (answer.candidates or answer.unit) and name_key not in new:
        plan.unsure.append((Asked(name, said.get("postcode", ""), said.get("ods_code", "")), answer))
        which = " or ".join(f"“{details[one.id].name}”" for one in answer.candidates[:2])
        what = (
            f"We are not sure whether “{name}” is {which}" if which else f"“{name}” sounds like a part of an employer"
        )
        refuse(plan, first, "organisation", what, "Say which it is under “Names to decide”, then check the file again")
        return None
    if not said.get("kind"):
        refuse(
            plan,
            first,
            "kind",
            f"“{name}” is new here, and its kind is empty",
            "Say what kind it is in one of its rows",
        )
        return None
    return plan.organisations.setdefault(name_key, OrganisationPlan(name, first, None, said, ADDED))


def _known_organisation(
    plan: Plan, line: Line, row: Organisation, said: dict[str, str], answer: Answer, spoken: Own
) -> OrganisationPlan:
    fields: dict[str, Any] = {name: value for name, value in said.items() if value and getattr(row, name) != value}
    if row.origin != Organisation.Origin.JOINED:
        # The pack's or a publisher's own word is not ours to change: a file only fills in what they leave empty.
        fields = {name: value for name, value in fields.items() if not getattr(row, name)}
    own = sorted(set(fields) & spoken.get(row.pk, frozenset()))
    fields = {name: value for name, value in fields.items() if name not in own}
    if row.status != Organisation.Status.LIVE:
        fields["status"] = Organisation.Status.LIVE.value
    note = f"Left as it says it itself: {in_words(row.name, own)}" if own else ""
    if answer.best is not None and (answer.best.part or key(row.name) != key(line.get("organisation"))):
        taken = f"Taken for {row.name}: {', '.join(answer.best.reasons)}"
        note = f"{taken}. {note}" if note else taken
    place = plan.organisations.get(f"#{row.pk}")
    if place is None:
        place = OrganisationPlan(row.name, line, row.pk, fields, CHANGED if fields else UNCHANGED, note)
        plan.organisations[f"#{row.pk}"] = place
    else:
        place.fields |= fields
        place.outcome = CHANGED if place.fields else UNCHANGED
        place.note = place.note or note
    return place
