"""Suggestions in words: why a role is suggested, what speaks against it, and how near it is."""

from collections.abc import Mapping, Sequence

from ginnel.careers.model.link import Understanding
from ginnel.careers.model.suit import Reason
from ginnel.careers.rules import SHIFT_NAMES
from ginnel.core.text import money

BAND_NAMES = {
    "now": "You could start these now",
    "one-step": "One step away",
    "longer": "A longer road",
    "no-route": "We know no way there yet",
}
BAND_MEANINGS = {
    "now": "You could apply this month. Checks such as a DBS are done on the way.",
    "one-step": "One course, apprenticeship or job stands between you and these.",
    "longer": "These take more steps. Each step is a place worth being.",
    "no-route": "Ask us about these: people find ways that we do not know yet.",
}
INTEREST_LIKES = {
    "R": "working with their hands",
    "I": "finding out how things work",
    "A": "making things",
    "S": "helping people",
    "E": "getting things going",
    "C": "keeping things in order",
}
CONFIDENCE = {
    "high": "We know enough about you to be fairly sure of this.",
    "medium": "Tell us more and this will get surer.",
    "low": "This is a guess from very little. Tell us more.",
}
BASIS = {
    "nothing-understood": (
        "We could not pick out a job, skill or part of life in your words, so these are first roles of very different kinds. "
        "Try other words, or tell us what you like."
    ),
    "interests-only": "These rest only on what you said you like. Tell us what you have done, too, and they will fit better.",
    "text-only": (
        "We matched your own words with what each role is like. "
        "Tell us about a job or something you did at home, and they will fit better."
    ),
    "wishes-only": "These rest on what you said you would like. Tell us what you have done, too.",
}


FIRST_ROLE = "Many people start here: it asks for no health or care work before."
NEAR_YOUR_WORDS = "What it is like reads much like what you wrote."
NOTHING_FOR_IT = "Nothing you told us speaks for or against it. It is here because it is near."
RECORD_NOTE = (
    "You spoke of a criminal record or prison. That does not have to stop you. Employers must look at what it was, how long ago, and what "
    "the job is. Old and minor things often need not be told at all. Ask the person named below before you apply."
)


def _and(names: Sequence[str]) -> str:
    names = list(dict.fromkeys(names))
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1] if names else ""


def _lower(name: str) -> str:
    """The first letter small, unless the word is one of capitals (NHS, DBS)."""
    return name[:1].lower() + name[1:] if name[1:2].islower() or name[1:2] == " " else name


def reasons_in_words(
    reasons: Sequence[Reason], names: Mapping[str, str], *, basis: str = "understood"
) -> tuple[list[str], list[str]]:
    """
    Reasons for, and reasons against, each a sentence. `names` gives the names of skills, experiences, roles and occupations by key.

    Skills that the same thing gives are said together; words shared with the role's text are not worth a sentence of their own.
    """
    good: list[str] = []
    bad: list[str] = []
    given: dict[tuple[str, ...], list[str]] = {}
    for reason in reasons:
        if reason.kind == "skill":
            given.setdefault(reason.given_by[:2], []).append(_lower(names.get(reason.keys[0], reason.keys[0])))
    for sources, skills in given.items():
        known = [_lower(names.get(key, key)) for key in sources if key != "picked"]
        lead = f"From {_and(known)} you bring" if known else "You bring"
        good.append(f"{lead}: {_and(skills)}.")
    for reason in reasons:
        sentence = _sentence(reason, names)
        if sentence:
            (bad if reason.against else good).append(sentence)
    if basis == "nothing-understood":
        good.append(FIRST_ROLE)
    elif not good and any(reason.kind == "text" for reason in reasons):
        good.append("Its page has words of yours.")
    return good, bad


def _sentence(reason: Reason, names: Mapping[str, str]) -> str:
    match reason.kind, reason.against:
        case "experience", _:
            return f"It is close to something you know: {_lower(names.get(reason.keys[0], reason.keys[0]))}."
        case "interest", _:
            return f"It suits people who like {_and([INTEREST_LIKES[key] for key in reason.keys])}."
        case "wanted", False:
            return f"You said you would like this kind of work ({_lower(names.get(reason.keys[0], reason.keys[0]))})."
        case "avoid", _:
            return f"It has what you said is not for you: {' '.join(reason.keys)}."
        case "wanted", True:
            return "You said this is not for you."
        case "pay", False:
            return "It pays what you need from the start."
        case "pay", True:
            return "It pays less than you said you need."
        case "hours", against:
            shifts = _and([SHIFT_NAMES.get(key, key.replace("-", " ")).lower() for key in reason.keys])
            return f"Mind the hours: {shifts}." if against else f"The hours can fit: {shifts}."
    return ""


def hints_in_words(understood: Understanding, levels: Mapping[int, str]) -> list[str]:
    """What was understood beside jobs and skills: qualifications, gates, hours, pay, age."""
    words = []
    if understood.level:
        words.append(f"Qualifications: {levels[understood.level.level]}")
    for gate in understood.gates:
        name = gate.gate.replace("-", " ")
        words.append(f"You have: {name}" if gate.held else f"Not yet: {name}")
    wants = understood.wants
    for lead, shifts in (("Fine for you", wants.shifts_fine), ("Not for you", wants.shifts_not), ("Only", wants.only)):
        if shifts:
            words.append(f"{lead}: {_and([SHIFT_NAMES.get(shift, shift).lower() for shift in sorted(shifts)])}")
    if wants.part_time:
        words.append("Part time")
    if understood.pay_needed_gbp:
        words.append(f"Pay you need: {money(understood.pay_needed_gbp)} a year")
    if understood.age:
        words.append(f"Age {understood.age}")
    return words
