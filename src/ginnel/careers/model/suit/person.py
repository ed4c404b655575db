"""From what a text was understood to say to what `suit` is told."""

from __future__ import annotations

from ginnel.careers.model.link.answer import Mention, Understanding
from ginnel.careers.model.suit.answer import Past, SuitPerson

NOISE = frozenset(
    "night nights evening evenings weekend weekends shift shifts hour hours day days week weeks month months year years yrs"
    " gcse gcses level levels degree qualification qualifications qualified nvq btec no not never work worked working job jobs"
    " want wanted like love need looking look good really now next part full time new start starts early late bored tired"
    " going go went get got thinking something happy pay paid pound pounds".split()
)
"""Words that stand in many roles' pages and say nothing of what somebody could do."""


def person_from(understood: Understanding, *, interests: tuple[float, ...] | None = None) -> SuitPerson:
    """
    The person a text describes.

    The words that go into the text signals are theirs without what they do not want or have not done. A page that lets
    people correct what was understood changes the `Understanding` (or the result) first.
    """
    unwelcome = {mention.key for mention in understood.unwanted if mention.stance == "unwanted"}
    return SuitPerson(
        experiences=_past(understood.mentions, "experience"),
        roles=_past(understood.mentions, "role"),
        occupations=_past(understood.mentions, "occupation"),
        skills=_keys(understood.mentions, "skill"),
        no_skills=frozenset(mention.key for mention in understood.unwanted if mention.kind == "skill"),
        interests=interests,
        text=_text(understood),
        wanted_roles=_past(understood.wanted, "role"),
        wanted_experiences=_past(understood.wanted, "experience"),
        wanted_skills=_keys(understood.wanted, "skill"),
        avoid=understood.avoid,
        unwanted_roles=frozenset(
            mention.key for mention in understood.unwanted if mention.kind == "role" and mention.key in unwelcome
        ),
        shifts_not=understood.wants.shifts_not,
        shifts_only=understood.wants.only,
        part_time=understood.wants.part_time,
        pay_needed_gbp=understood.pay_needed_gbp,
        level=understood.level.level if understood.level else None,
    )


def _past(mentions: tuple[Mention, ...], kind: str) -> tuple[Past, ...]:
    return tuple(
        Past(one.key, one.confidence * (0.5 if one.stance == "weary" else 1.0), one.months, one.label)
        for one in mentions
        if one.kind == kind
    )


def _keys(mentions: tuple[Mention, ...], kind: str) -> tuple[str, ...]:
    return tuple(one.key for one in mentions if one.kind == kind)


def _text(understood: Understanding) -> str:
    """The words that tell something of the person, without those of time, hours, schooling and wishing."""
    return " ".join(word for word in understood.telling if word not in NOISE)
