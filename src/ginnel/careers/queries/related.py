"""Occupations like one another, and why."""

import re
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


LISTS = {
    "role": "the roles of this place",
    "ncs": "National Careers Service profiles",
    "esco": "ESCO occupations",
    "onet": "O*NET occupations",
}
_SEARCHED = ("role", "onet", "ncs", "esco")
_ONET = re.compile(r"\d{2}-\d{4}(\.\d{2})?")


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
    """The answer, in the same list as the code asked for. `also_in`: other lists that have this code, for another occupation perhaps."""

    code: str
    scheme: str
    title: str
    related: list[RelatedOccupation]
    also_in: list[str]

    @property
    def list_name(self) -> str:
        return LISTS.get(self.scheme, self.scheme)


def related_to(code: str, *, limit: int = 10, scheme: str = "") -> RelatedTo:
    """
    The occupations most like this one, best first. The ranking goes by content only.

    The code is looked for in the list `scheme` ("role", "ncs", "esco", "onet"); without one, in each in turn, this place's
    roles first. Capitals do not matter, nor does the ".00" of an O*NET code.

    :raises UnknownCode: if the code is in none of the lists looked in.
    """
    held = reference()
    rows = {name: row for name in _SEARCHED if (row := _row(held, name, code)) is not None}
    row = rows.get(scheme) if scheme else next(iter(rows.values()), None)
    if row is None and rows:
        raise UnknownCode(f"{code!r} is not in {LISTS[scheme]}, but in {' and '.join(LISTS[name] for name in rows)}.")
    if row is None:
        schemes = ", ".join(sorted(set(held.schemes)))
        raise UnknownCode(
            f"{code!r} is in none of the lists held ({schemes}). Give a role slug, an NCS slug, an ESCO address or an O*NET code; "
            "`ginnel import` reads the published lists in."
        )
    answer = related(held.related, row, limit)
    return RelatedTo(
        held.codes[row],
        held.schemes[row],
        held.titles[row],
        [
            RelatedOccupation(held.codes[one.row], held.titles[one.row], round(one.score, 4), _because(held, one))
            for one in answer.neighbours
        ],
        [name for name in rows if name != held.schemes[row]],
    )


def _row(held: Reference, scheme: str, code: str) -> int | None:
    """The row of a code in one list, as typed or in the list's own spelling."""
    asked = code.strip()
    if scheme == "onet" and _ONET.fullmatch(asked):
        asked = asked if "." in asked else f"{asked}.00"
    elif scheme == "esco":
        asked = asked.casefold()
        if asked.startswith("https:"):
            asked = f"http{asked[5:]}"
    elif scheme in ("role", "ncs"):
        asked = asked.casefold()
    return held.row_of.get((scheme, code), held.row_of.get((scheme, asked)))


def _because(held: Reference, one: Neighbour) -> list[str]:
    """At most two things they share, by name where names are held, else the two strongest ways of looking."""
    keys = [held.key_names[key] for key in (*one.skills, *one.knowledge) if key in held.key_names]
    if keys:
        return [f"both need: {', '.join(keys[:3])}"]
    strongest = sorted(one.alike.items(), key=lambda item: -item[1])
    names = list(dict.fromkeys(LOOK_NAMES.get(name, name) for name, _ in strongest))
    return [f"alike in {name}" for name in names[:2]]
