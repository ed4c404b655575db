"""Occupations like one another, and why."""

from dataclasses import dataclass

from ginnel.careers.model.related import Neighbour, related
from ginnel.careers.reference import Reference, reference

LOOK_NAMES = {
    "tasks": "what people do",
    "task_words": "what people do",
    "task_sense": "what people do",
    "activities": "what people do",
    "knowledge": "what people know",
    "skills": "the skills they use",
    "titles": "what it is called",
    "title_words": "what it is called",
    "description": "how it is described",
    "whole": "how it is described",
    "words": "how it is described",
}


class UnknownCode(Exception):
    """No list that is held has such a code."""


@dataclass(frozen=True, slots=True)
class RelatedOccupation:
    """One occupation like the one asked for. `score` is from 0 to 1; `because` says what they share."""

    code: str
    title: str
    score: float
    because: list[str]


@dataclass(frozen=True, slots=True)
class RelatedTo:
    """The answer, in the same list as the code asked for."""

    code: str
    scheme: str
    title: str
    related: list[RelatedOccupation]


def related_to(code: str, *, limit: int = 10) -> RelatedTo:
    """
    The occupations most like this one, best first. The ranking goes by content only.

    :raises UnknownCode: if the code is in none of the lists held.
    """
    held = reference()
    row = next(
        (held.row_of[scheme, code] for scheme in ("role", "onet", "ncs", "esco") if (scheme, code) in held.row_of), None
    )
    if row is None:
        schemes = ", ".join(sorted(set(held.schemes)))
        raise UnknownCode(
            f"{code!r} is in none of the lists held ({schemes}). Give a role slug, an NCS slug, an ESCO address or an O*NET code; "
            "`ginnel import` reads the published lists in."
        )
    answer = related(held.related, row, limit)
    return RelatedTo(
        code,
        held.schemes[row],
        held.titles[row],
        [
            RelatedOccupation(held.codes[one.row], held.titles[one.row], round(one.score, 4), _because(held, one))
            for one in answer.neighbours
        ],
    )


def _because(held: Reference, one: Neighbour) -> list[str]:
    """At most two things they share, by name where names are held, else the two strongest ways of looking."""
    keys = [held.key_names[key] for key in (*one.skills, *one.knowledge) if key in held.key_names]
    if keys:
        return [f"both need: {', '.join(keys[:3])}"]
    strongest = sorted(one.alike.items(), key=lambda item: -item[1])
    names = list(dict.fromkeys(LOOK_NAMES.get(name, name) for name, _ in strongest))
    return [f"alike in {name}" for name in names[:2]]
