"""Suit me: from what a person said to roles in bands, with reasons in words."""

from dataclasses import dataclass, replace
from typing import Any

from ginnel.careers.engine import route_engine
from ginnel.careers.model.link import Mention, Understanding, understand
from ginnel.careers.model.reach import Near, band, reach
from ginnel.careers.model.routing import Person
from ginnel.careers.model.suit import BANDS, Past, RoleMatch, SuitPerson, in_bands, person_from, suit
from ginnel.careers.models import Role, Start, Step
from ginnel.careers.people import person_at
from ginnel.careers.said import Said
from ginnel.careers.suit_engine import suit_engine
from ginnel.careers.suit_words import (
    BAND_MEANINGS,
    BAND_NAMES,
    BASIS,
    CONFIDENCE,
    NEAR_YOUR_WORDS,
    NOTHING_FOR_IT,
    RECORD_NOTE,
    reasons_in_words,
)
from ginnel.core.text import months_in_words

# Enough that something can be started now, whatever was said.
MOST_ROLES = 80
MOST_IN_BAND = 8
SHOWN_AT_ONCE = 4
LONGEST_TEXT = 10_000
FEW = 3
"""Roles shown in a band even if little can be said for them, so that no band that has any is all but empty."""
READS_ALIKE = 0.3
"""Likeness of meaning from which a role's page reads like what a person wrote. Cosine."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One role suggested, in words."""

    role: Role
    match: RoleMatch
    band: str
    reasons: list[str]
    against: list[str]
    missing: list[str]
    sure: str
    first_step: Step | None
    time: str


@dataclass(frozen=True, slots=True)
class Band:
    """Roles equally near."""

    slug: str
    name: str
    meaning: str
    suggestions: list[Suggestion]
    more: bool

    @property
    def first(self) -> list[Suggestion]:
        """Those a page shows at once; the rest unfold."""
        return self.suggestions[:SHOWN_AT_ONCE]

    @property
    def rest(self) -> list[Suggestion]:
        return self.suggestions[SHOWN_AT_ONCE:]


@dataclass(frozen=True, slots=True)
class Suited:
    """The answer to "what might suit me?". Never without a suggestion."""

    understood: Understanding
    person: Person
    bands: list[Band]
    basis: str
    notes: list[str]


def understand_said(said: Said) -> Understanding:
    """What the text was understood to say, without what the person said is wrong."""
    found = understand(suit_engine().linker, said.text[:LONGEST_TEXT])
    if not said.not_me:
        return found

    def keep(mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
        return tuple(mention for mention in mentions if mention.key not in said.not_me)

    return replace(found, mentions=keep(found.mentions), wanted=keep(found.wanted), unwanted=keep(found.unwanted))


def suited(said: Said, *, interests: tuple[float, ...] | None = None) -> Suited:
    """Roles that could suit the person, in bands by how near they are, with reasons. A fixed number of queries."""
    engine = suit_engine()
    understood = understand_said(said)
    wants = _with_choices(person_from(understood, interests=interests), said)
    person = stands_at(said, understood)
    near = reach(route_engine().table, person).roles
    matches = suit(engine.index, wants, MOST_ROLES)
    bands = in_bands(matches, {match.role: band(near.get(match.role, Near())) for match in matches})
    basis = matches[0].basis
    names = engine.names | {mention.key: mention.label for mention in understood.mentions}
    told = {match.role: reasons_in_words(match.reasons, names, basis=basis) for match in matches}
    bands = {slug: _worth_showing(found, told, basis, person.position) for slug, found in bands.items()}
    shown = [match.role for found in bands.values() for match in found[:MOST_IN_BAND]]
    roles = {role.slug: role for role in Role.objects.public().filter(slug__in=shown).for_list()}
    first = {step for slug in shown if slug in near for step in (near[slug].now_step, near[slug].first_step)}
    steps = {step.slug: step for step in Step.objects.public().filter(slug__in=first).select_related("source")}
    return Suited(
        understood,
        person,
        [
            Band(
                slug,
                BAND_NAMES[slug],
                BAND_MEANINGS[slug],
                [
                    _suggestion(match, slug, told[match.role], roles, near.get(match.role, Near()), steps)
                    for match in bands[slug][:MOST_IN_BAND]
                ],
                len(bands[slug]) > MOST_IN_BAND,
            )
            for slug in BANDS
            if bands[slug]
        ],
        BASIS.get(basis, ""),
        [RECORD_NOTE] if understood.record else [],
    )


def _worth_showing(
    found: list[RoleMatch], told: dict[str, tuple[list[str], list[str]]], basis: str, position: str
) -> list[RoleMatch]:
    """
    Of a band, the roles that something can be said for; a few others where there are hardly any, which say that they are.

    Where nothing was understood no role has a reason of the person's own: then only first roles are shown. First roles come last for
    somebody who works in a profession.
    """
    levels = route_engine().roles
    if basis == "nothing-understood":
        return [match for match in found if levels.get(match.role) == "entry"]
    best = [match for match in found if told[match.role][0]]
    best += [match for match in found if not told[match.role][0]][: max(0, FEW - len(best))]
    if levels.get(position, "entry") not in ("entry", "trained"):
        best.sort(key=lambda match: levels.get(match.role) == "entry")
    return best


def _suggestion(
    match: RoleMatch,
    slug: str,
    told: tuple[list[str], list[str]],
    roles: dict[str, Role],
    near: Near,
    steps: dict[str, Step],
) -> Suggestion:
    names = suit_engine().names
    good, bad = told
    if not good:
        good = [NEAR_YOUR_WORDS if match.signals.get("meaning", 0.0) >= READS_ALIKE else NOTHING_FOR_IT]
    months = near.now_months if slug == "now" and near.now_months is not None else near.months
    return Suggestion(
        roles[match.role],
        match,
        slug,
        good,
        bad,
        [names.get(key, key) for key in match.missing[:4]],
        CONFIDENCE[match.confidence],
        steps.get(near.now_step if slug == "now" and near.now_step else near.first_step),
        months_in_words(months) if months else "",
    )


def _with_choices(wants: SuitPerson, said: Said) -> SuitPerson:
    """What was understood, with what the person ticked or typed laid over it."""
    engine = suit_engine()
    index = engine.index
    more = [key for key in said.also if key not in said.not_me]
    return replace(
        wants,
        experiences=(*wants.experiences, *[Past(key) for key in more if key in index.experience_of]),
        roles=(*wants.roles, *[Past(key) for key in more if key in index.row_of]),
        skills=(*wants.skills, *[key for key in more if key in index.skill_of]),
        shifts_not=wants.shifts_not | frozenset(said.shifts_not),
        part_time=wants.part_time or said.part_time,
        pay_needed_gbp=said.pay_needed_gbp if said.pay_needed_gbp is not None else wants.pay_needed_gbp,
        level=said.level if said.level is not None else wants.level,
    )


def stands_at(said: Said, understood: Understanding) -> Person:
    """Where the person stands: what they chose, else what their words show, else "between jobs"."""
    level = said.level if said.level is not None else (understood.level.level if understood.level else None)
    known = set(route_engine().gates)
    held = {hint.gate for hint in understood.gates if hint.held} & known
    return person_at(
        said.start or start_from_words(understood, said.also),
        level=level,
        age=said.age or understood.age,
        has=held | (set(said.has) & known),
    )


def start_from_words(understood: Understanding, also: tuple[str, ...] = ()) -> str:
    """
    Where the words say the person stands: a starting point said outright, one that an experience belongs to, or the role they work in.

    Starting points come first: a nurse who trained in another country does not hold what a nurse here holds.
    """
    for mention in understood.mentions:
        if mention.kind == "start":
            return mention.key
    lived = [mention for mention in understood.mentions if mention.kind == "experience"]
    # "Physiotherapist" is a start for those who stopped, and a role for those who did not: without a word that it is over, the role.
    over = {mention.key for mention in lived if mention.past or not mention.role}
    starts = Start.objects.order_by("position").values_list("slug", flat=True)
    found = starts.filter(experiences__slug__in=over | set(also)).first()
    if found is None and understood.works_as in route_engine().roles:
        found = understood.works_as
    if found is None:
        found = starts.filter(experiences__slug__in=[mention.key for mention in lived]).first()
    if found:
        return found
    if understood.level and understood.level.level == 0:
        return "no-qualifications"
    fallback = Start.objects.filter(slug="between-jobs").values_list("slug", flat=True).first()
    return fallback or Start.objects.order_by("position").values_list("slug", flat=True)[0]


def suited_json(answer: Suited) -> dict[str, Any]:
    """The same as plain values, for the command line and other programs."""
    understood = answer.understood
    return {
        "understood": [
            {
                "words": m.words,
                "kind": m.kind,
                "key": m.key,
                "label": m.label,
                "confidence": m.confidence,
                "months": m.months,
            }
            for m in understood.mentions
        ],
        "not_understood": list(understood.not_understood),
        "level": understood.level.level if understood.level else None,
        "start": answer.person.position,
        "note": answer.basis,
        "notes": answer.notes,
        "wanted": [{"words": m.words, "kind": m.kind, "key": m.key, "label": m.label} for m in understood.wanted],
        "unwanted": [{"words": m.words, "kind": m.kind, "key": m.key, "label": m.label} for m in understood.unwanted],
        "bands": [
            {
                "band": found.slug,
                "roles": [
                    {
                        "role": one.role.slug,
                        "name": one.role.name,
                        "score": one.match.score,
                        "confidence": one.match.confidence,
                        "reasons": one.reasons,
                        "against": one.against,
                        "missing": one.missing,
                        "first_step": one.first_step.title if one.first_step else None,
                        "time": one.time,
                    }
                    for one in found.suggestions
                ],
            }
            for found in answer.bands
        ],
    }
