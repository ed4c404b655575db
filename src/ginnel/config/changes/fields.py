"""What an editor sees of a row: plain labels, and the help that docs/data.md gives."""

from collections.abc import Callable
from dataclasses import dataclass

from ginnel.careers.models import Family, Gate, Role, Setting, Skill, Start, Step
from ginnel.careers.pack.roles import SHIFTS
from ginnel.careers.pack.steps import PAID_BY
from ginnel.careers.pack.vocabulary import WHO_PAYS
from ginnel.config.changes.text import rows_of
from ginnel.partners.models import KINDS
from ginnel.site.models import PackChange

Files = dict[str, bytes]
Choices = Callable[[Files], list[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Field:
    """
    One cell of a row. `shape`: line, lines (running text), day (Markdown), one or several of `choices`, many (several of a long list),
    or either (written, or one of `choices`).
    """

    name: str
    label: str
    help: str = ""
    shape: str = "line"
    choices: Choices | None = None


def _words(values: list[str] | tuple[str, ...]) -> Choices:
    return lambda files: [(value, value.replace("-", " ").capitalize()) for value in values]


def _pairs(pairs: list[tuple[str, str]]) -> Choices:
    return lambda files: [(value, str(label)) for value, label in pairs]


def _sources(files: Files) -> list[tuple[str, str]]:
    rows = rows_of(files, "sources.csv")
    named = [(row.cells["slug"], f"{row.cells['title']} ({row.cells['as_of']})") for row in rows]
    return sorted(named, key=lambda pair: pair[1].casefold())


def _named(*models: type[Role] | type[Start] | type[Gate] | type[Skill] | type[Family] | type[Setting]) -> Choices:
    """By name, and after them what is only a draft so far: a new role and the step that leads to it are published together."""
    kinds = {Role: "role", Gate: "gate"}

    def choices(files: Files) -> list[tuple[str, str]]:
        held = [pair for model in models for pair in model.objects.order_by("name").values_list("slug", "name")]
        new = PackChange.objects.waiting().filter(kind__in=[kinds[one] for one in models if one in kinds], before="")
        drafts = new.order_by("key").values_list("key", flat=True).distinct() if set(models) & set(kinds) else []
        return [*held, *((key, f"{key} (only a draft so far)") for key in drafts)]

    return choices


def _with(first: list[tuple[str, str]], choices: Choices) -> Choices:
    return lambda files: [*first, *choices(files)]


def _organisation_kinds(files: Files) -> list[tuple[str, str]]:
    used = {row.cells["kind"]: row.cells["kind"] for row in rows_of(files, "organisations.csv")}
    return sorted((used | KINDS).items())


def _points(files: Files) -> list[tuple[str, str]]:
    paths = [path for path in sorted(files) if path.startswith("pay/")]
    rows = [row.cells for path in paths for row in rows_of(files, path)]
    return [(f"{cells['scale']}:{cells['band']}", f"{cells['name']} ({cells['low_gbp']})") for cells in rows]


def _points_or_none(files: Files) -> list[tuple[str, str]]:
    return [("", "None: figures below"), *_points(files)]


def _sources_or_none(files: Files) -> list[tuple[str, str]]:
    return [("", "None"), *_sources(files)]


_YES = _pairs([("yes", "Yes"), ("no", "No")])
_SOURCE = Field("source", "Source", "Where the facts come from: one of the pack's sources.", "one", _sources)
_PAY_HELP = (
    "Money coming in each year: whole pounds, a pay point such as afc:3, the word keep (the pay you have), or 0. "
    "A loan does not count."
)
_LEVEL_HELP = "Entry needs no qualification in the work itself; professional is registered or degree level."
_NO_ROUTE_HELP = "In words for a resident; only for a role that nobody can reach from no qualifications."
_ANYBODY = [("any", "Anybody, wherever they are now")]
_NOWHERE = [("-", "No role: study that leaves one where one is")]
_KEEP = [("keep", "The pay one has now"), ("0", "None")]

STEP = [
    Field("title", "Title", "What it is called, as a person would look it up."),
    Field("from", "From", "Roles or starting points it begins at.", "many", _with(_ANYBODY, _named(Role, Start))),
    Field("min_level", "Qualification level needed", "0 none, 2 five GCSEs, 3 A levels or T Level, 5 foundation degree, 6 degree, 7, 8."),
    Field("to", "Leads to", "The role one has at its end.", "one", _with(_NOWHERE, _named(Role))),
    Field("by", "By", "What kind of step it is.", "one", _pairs(list(Step.By.choices))),
    Field("months", "Months", "Usual length from start to having the role or the qualification, not counting waits for gates."),
    Field("cost_gbp", "Cost in pounds", "What it costs the person in all, loans included; 0 if nothing."),
    Field("upfront_gbp", "Cash in pounds", "The part that must be paid in cash, at most the cost."),
    Field("paid_by", "Paid by", "Who pays the rest, or lends it.", "several", _words(tuple(PAID_BY))),
    Field("pay", "Pay on the way", _PAY_HELP, "either", _with(_KEEP, _points)),
    Field("needs", "Gates needed at the start", "", "many", _named(Gate)),
    Field("clears", "Gates it gives at its end", "", "many", _named(Gate)),
    Field("gives_level", "Qualification level it gives", "A number from 1 to 8, or empty."),
    Field("about", "About", "One or two plain sentences: what happens, and anything to watch for.", "lines"),
    _SOURCE,
    Field("as_of", "Checked on", "The day the facts were checked, such as 2026-11-22."),
]  # fmt: skip
GATE = [
    Field("name", "Name"),
    Field("kind", "Kind", "", "one", _pairs(list(Gate.Kind.choices))),
    Field("plain", "In plain words", "One or two sentences a resident understands.", "lines"),
    Field("months", "Months", "The usual wait to get it."),
    Field("cost_gbp", "Cost in pounds", "What it costs the person."),
    Field("who_pays", "Who pays", "", "one", _words(WHO_PAYS)),
    Field("how", "How to get it", "", "lines"),
    Field("self_clear", "Can be had on the way", "Yes if a person can get it without a step of a route, as a DBS check.", "one", _YES),
    Field("min_age", "Youngest age", "For gates of the kind Age only."),
    Field("held_from_level", "Held from level", "Who has a qualification at this level or above is taken to hold it; or empty."),
    _SOURCE,
]  # fmt: skip
PAY = [
    Field("name", "Name"),
    Field("low_gbp", "Lowest pay in pounds a year"),
    Field("high_gbp", "Highest pay in pounds a year"),
    Field("effective_from", "Paid from", "The day it began, such as 2026-04-01."),
    _SOURCE,
]
ORGANISATION = [
    Field("name", "Name"),
    Field("kind", "Kind", "One of the list, or lower-case words joined by -.", "either", _organisation_kinds),
    Field("website", "Website", "Begins with https://, or empty."),
    Field("about", "About", "One sentence a resident understands.", "lines"),
    Field("lat", "Latitude", "Degrees, or empty."),
    Field("lon", "Longitude", "Degrees, or empty."),
    Field("ods_code", "ODS code", "Or empty."),
]
ROLE = [
    Field("name", "Name"),
    Field("also_called", "Also called", "Other names people use, parted by ;", "lines"),
    Field("family", "Part of health and care", "", "one", _named(Family)),
    Field("level", "Level", _LEVEL_HELP, "one", _pairs(list(Role.Level.choices))),
    Field("summary", "Summary", "One to three short sentences, at most 300 characters.", "lines"),
    Field("day", "A day", "Two to four short paragraphs or a list: what a day is really like, the hard parts too.", "day"),
    Field("settings", "Where", "Kinds of workplace.", "several", _named(Setting)),
    Field("hours", "Hours", "In words.", "lines"),
    Field("shifts", "Shifts", "", "several", _words(SHIFTS)),
    Field("part_time", "Part time", "Can it be done part time?", "one", _YES),
    Field("pay_unpaid", "Unpaid", "Yes for volunteers; then the figures below are not used.", "one", _YES),
    Field("pay_scale", "Pay point", "Its lowest and highest point are shown. Empty where you give figures.", "one", _points_or_none),
    Field("pay_low", "Lowest pay in pounds a year", "Used where there is no pay point."),
    Field("pay_high", "Highest pay in pounds a year", "Used where there is no pay point."),
    Field("pay_source", "Source of the pay", "Used where there is no pay point.", "one", _sources_or_none),
    Field("pay_note", "Note on pay", "One sentence, or empty."),
    Field("gates", "Gates needed to hold it", "", "many", _named(Gate)),
    Field("essential", "Skills it needs", "Choose 4 to 8.", "many", _named(Skill)),
    Field("helpful", "Skills that help", "Choose 2 to 6.", "many", _named(Skill)),
    Field("interests", "Interests", "Six digits from 0 to 5 for R I A S E C, such as 213512."),
    Field("soc2020", "SOC 2020", "The four digits of its unit group, or empty."),
    Field("onet", "O*NET codes", "Nearest first, parted by ;"),
    Field("ncs", "National Careers Service profiles", "The last part of each address, parted by ;"),
    Field("esco", "ESCO occupations", "Their addresses, parted by ;", "lines"),
    Field("sources", "Sources", "What the facts were checked against.", "several", _sources),
    Field("no_route_because", "Why no route leads there", _NO_ROUTE_HELP, "lines"),
]  # fmt: skip
FIELDS = {"role": ROLE, "step": STEP, "gate": GATE, "pay": PAY, "organisation": ORGANISATION}

OF_PROBLEM = {"pay": "pay_low", "pay.scale": "pay_scale", "pay.source": "pay_source"}
"""Where a problem of a role's pay is shown: its file has one field for what the form asks in six."""


def field_of(kind: str, name: str) -> str:
    """The form's field that a problem's field is about; empty where it is about the whole row."""
    if kind == "role":
        name = OF_PROBLEM.get(name, name)
    return name if any(field.name == name for field in FIELDS[kind]) else ""
