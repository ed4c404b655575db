"""Suggestions in words: why a role is suggested, what speaks against it, and how near it is."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from ginnel.careers.model.link import Understanding
from ginnel.careers.model.suit import Reason
from ginnel.careers.words import SHIFT_NAMES
from ginnel.core.marking import gettext_noop
from ginnel.core.text import money
from ginnel.core.words import Translated, english, gettext_lazy, in_a_row

BAND_NAMES = Translated(
    {
        "now": gettext_noop("You could start these now"),
        "one-step": gettext_noop("One step away"),
        "longer": gettext_noop("A longer road"),
        "no-route": gettext_noop("We know no way there yet"),
    }
)
BAND_MEANINGS = Translated(
    {
        "now": gettext_noop("You could apply this month. Checks such as a DBS are done on the way."),
        "one-step": gettext_noop("One course, apprenticeship or job stands between you and these."),
        "longer": gettext_noop("These take more steps. Each step is a place worth being."),
        "no-route": gettext_noop("Ask us about these: people find ways that we do not know yet."),
    }
)
INTEREST_LIKES = Translated(
    {
        "R": gettext_noop("working with their hands"),
        "I": gettext_noop("finding out how things work"),
        "A": gettext_noop("making things"),
        "S": gettext_noop("helping people"),
        "E": gettext_noop("getting things going"),
        "C": gettext_noop("keeping things in order"),
    }
)
CONFIDENCE = Translated(
    {
        "high": gettext_noop("We know enough about you to be fairly sure of this."),
        "medium": gettext_noop("Tell us more and this will get surer."),
        "low": gettext_noop("This is a guess from very little. Tell us more."),
    }
)
BASIS = Translated(
    {
        "nothing-understood": (
            gettext_noop(
                "We could not pick out a job, skill or part of life in your words, so these are first roles of very different kinds. "
                "Try other words, or tell us what you like."
            )
        ),
        "interests-only": gettext_noop(
            "These rest only on what you said you like. Tell us what you have done, too, and they will fit better."
        ),
        "text-only": (
            gettext_noop(
                "We matched your own words with what each role is like. "
                "Tell us about a job or something you did at home, and they will fit better."
            )
        ),
        "wishes-only": gettext_noop("These rest on what you said you would like. Tell us what you have done, too."),
    }
)


FIRST_ROLE = gettext_lazy("Many people start here: it asks for no health or care work before.")
NEAR_YOUR_WORDS = gettext_lazy("What it is like reads much like what you wrote.")
NOTHING_FOR_IT = gettext_lazy("Nothing you told us speaks for or against it. It is here because it is near.")
RECORD_NOTE = gettext_lazy(
    "You spoke of a criminal record or prison. That does not have to stop you. Employers must look at what it was, how long ago, and what "
    "the job is. Old and minor things often need not be told at all. Ask the person named below before you apply."
)


def _and(names: Sequence[str]) -> str:
    names = list(dict.fromkeys(names))
    return in_a_row(names)


def _lower(name: str) -> str:
    """The first letter small, unless the word is one of capitals (NHS, DBS). Names are English on every page."""
    return english(name[:1].lower() + name[1:] if name[1:2].islower() or name[1:2] == " " else name)


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
        told = {"known": _and(known), "skills": _and(skills)}
        good.append(_("From %(known)s you bring: %(skills)s.") % told if known else _("You bring: %(skills)s.") % told)
    for reason in reasons:
        sentence = _sentence(reason, names)
        if sentence:
            (bad if reason.against else good).append(sentence)
    if basis == "nothing-understood":
        good.append(str(FIRST_ROLE))
    elif not good and any(reason.kind == "text" for reason in reasons):
        good.append(_("Its page has words of yours."))
    return good, bad


def _sentence(reason: Reason, names: Mapping[str, str]) -> str:
    match reason.kind, reason.against:
        case "experience", _:
            return _("It is close to something you know: %(keys)s.") % {
                "keys": _lower(names.get(reason.keys[0], reason.keys[0]))
            }
        case "interest", _:
            return _("It suits people who like %(keys)s.") % {
                "keys": _and([INTEREST_LIKES[key] for key in reason.keys])
            }
        case "wanted", False:
            return _("You said you would like this kind of work (%(keys)s).") % {
                "keys": _lower(names.get(reason.keys[0], reason.keys[0]))
            }
        case "avoid", _:
            return _("It has what you said is not for you: %(keys)s.") % {"keys": " ".join(reason.keys)}
        case "wanted", True:
            return _("You said this is not for you.")
        case "pay", False:
            return _("It pays what you need from the start.")
        case "pay", True:
            return _("It pays less than you said you need.")
        case "hours", against:
            shifts = _and([SHIFT_NAMES.get(key, key.replace("-", " ")).lower() for key in reason.keys])
            return (
                _("Mind the hours: %(shifts)s.") % {"shifts": shifts}
                if against
                else _("The hours can fit: %(shifts)s.") % {"shifts": shifts}
            )
    return ""


def hints_in_words(understood: Understanding, levels: Mapping[int, str]) -> list[str]:
    """What was understood beside jobs and skills: qualifications, gates, hours, pay, age."""
    words = []
    if understood.level:
        words.append(_("Qualifications: %(levels)s") % {"levels": levels[understood.level.level]})
    for gate in understood.gates:
        name = english(gate.gate.replace("-", " "))
        words.append(_("You have: %(name)s") % {"name": name} if gate.held else _("Not yet: %(name)s") % {"name": name})
    wants = understood.wants
    for lead, shifts in (
        (_("Fine for you"), wants.shifts_fine),
        (_("Not for you"), wants.shifts_not),
        (_("Only"), wants.only),
    ):
        if shifts:
            words.append(f"{lead}: {_and([SHIFT_NAMES.get(shift, shift).lower() for shift in sorted(shifts)])}")
    if wants.part_time:
        words.append(_("Part time"))
    if understood.pay_needed_gbp:
        words.append(
            _("Pay you need: %(pay_needed_gbp)s a year") % {"pay_needed_gbp": money(understood.pay_needed_gbp)}
        )
    if understood.age:
        words.append(_("Age %(age)s") % {"age": understood.age})
    return words
