"""What is near a postcode or a ward. The postcode is used for the one answer: never stored, logged or put in an address."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localtime
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from ginnel.core.forms import PlainForm
from ginnel.partners.models import Organisation
from ginnel.partners.queries import GP_KINDS, LEARNING_KINDS, NearOrganisation, nearest
from ginnel.places.areas import (
    AreaFacts,
    Lookup,
    NamedArea,
    Outcome,
    WardFacts,
    has_postcodes,
    look_up,
    pack_loaded_at,
    ward_facts,
    wards_of_outward,
    wards_of_place,
)
from ginnel.places.rules import (
    KM_IN_A_MILE,
    TRAVEL_METHOD,
    Mode,
    PostcodeReading,
    Shape,
    TravelTime,
    decile_in_words,
    read_postcode,
    travel_minutes,
)

MOST_PARTNERS, MOST_OTHERS = 6, 3
WORTH_AN_HOUR = 60  # longer than this nobody should be told to walk or cycle
_VERBS = {Mode.WALK: "Walk", Mode.CYCLE: "Cycle", Mode.BUS: "Bus", Mode.CAR: "Car"}


class NearForm(PlainForm):
    """A postcode, or a ward for those who have none or would rather not say. Without a table of postcodes, only a ward."""

    postcode = forms.CharField(
        label="Your postcode",
        help_text="We use it once, to find your area. Then we forget it.",
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "postal-code"}),
    )
    ward = forms.ChoiceField(
        label="Or choose a ward",
        required=False,
        error_messages={"invalid_choice": "Choose a ward from the list."},
    )

    def __init__(self, *args: Any, wards: list[NamedArea], postcodes: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        choices = [("", "Choose a ward"), *((ward.code, ward.name) for ward in wards)]
        self.fields["ward"].choices = choices  # type: ignore[attr-defined]
        if not postcodes:
            del self.fields["postcode"]
            self.fields["ward"].label = "Choose a ward"

    @sensitive_variables()
    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if not self.errors and not values.get("ward") and not values.get("postcode"):
            if "postcode" in self.fields:
                self.add_error("postcode", "Type your postcode, or choose a ward.")
            else:
                self.add_error("ward", "Choose a ward.")
        return values


@dataclass(frozen=True, slots=True)
class Card:
    """An organisation with its distance and travel times in words."""

    organisation: NearOrganisation
    distance: str
    times: list[str]


@dataclass(frozen=True, slots=True)
class Group:
    slug: str
    heading: str
    cards: list[Card]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the page says. `note` tells how the question was taken, `measured_from` where distances begin."""

    heading: str
    note: str
    measured_from: str
    facts: dict[str, Any]
    deprivation: list[str]
    earlier: str
    groups: list[Group]
    sources: list[str]


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def near_me(request: HttpRequest) -> HttpResponse:
    """Ask for a postcode or a ward, and answer on the same page."""
    wards, postcodes = wards_of_place(), has_postcodes()
    form = NearForm(request.POST if request.method == "POST" else None, wards=wards, postcodes=postcodes)
    answer, nearby = None, list[NamedArea]()
    if form.is_bound and form.is_valid():
        answer, nearby = _answer(form)
    buttons = [
        {"text": ward.name, "name": "ward", "value": ward.code, "classes": "nhsuk-button--secondary"} for ward in nearby
    ]
    context = {"section": "near", "form": form, "wards": wards, "postcodes": postcodes, "answer": answer}
    return render(request, "site/near.html", context | {"buttons": buttons, "method": TRAVEL_METHOD})


@sensitive_variables()
def _answer(form: NearForm) -> tuple[Answer | None, list[NamedArea]]:
    """The answer; or none, with the error on the form and the wards the first part of a postcode points to."""
    text, ward = form.cleaned_data.get("postcode", ""), form.cleaned_data["ward"]
    note, reading = "", read_postcode(text)
    if reading.shape != Shape.EMPTY:
        found = look_up(text)
        if found.facts and found.outcome in {Outcome.FOUND, Outcome.OUTSIDE}:
            return _for_postcode(found, found.facts, reading), []
        if not ward:
            form.add_error("postcode", found.words)
            return None, wards_of_outward(reading.outward) if reading.shape == Shape.OUTWARD else []
        note = f"We could not use the postcode. {found.words.removesuffix(' Choose a ward instead.')} This is for the ward you chose."
    elif text and not ward:
        form.add_error("postcode", reading.problem)
        return None, []
    facts = ward_facts(ward)
    return (_for_ward(facts, note) if facts else None), []


def _for_postcode(found: Lookup, facts: AreaFacts, reading: PostcodeReading) -> Answer:
    groups, sources = _near(facts.latitude, facts.longitude)
    notes = [f"We read your postcode as {reading.spaced}."] if reading.corrected else []
    notes += [found.words] if found.words else []
    newest, *older = facts.deciles or (None,)
    people = facts.residents
    rows = [
        _row("Ward", facts.ward.name if facts.ward else ""),
        _row("Small area", f"{facts.lsoa21.name} ({facts.lsoa21.code})" if facts.lsoa21 else ""),
        _row("Council", facts.authority.name if facts.authority else ""),
        _row("People who live in the small area", f"{people.total:,} ({people.year})" if people else ""),
    ]
    used = [facts.source, *(decile.source for decile in facts.deciles), *([people.source] if people else [])]
    earlier = [
        f"In the index of {one.index_year} it was in group {one.decile}. That index used older areas and other figures, so "
        "the two cannot be set side by side."
        for one in older
        if one
    ]
    return Answer(
        heading=f"Near you: {facts.ward.name}" if facts.ward and facts.ward.name else "Near you",
        note=" ".join(notes),
        measured_from="from your postcode",
        facts={"rows": [row for row in rows if row["value"]["text"]]},
        deprivation=[decile_in_words(newest.decile, newest.index_year)] if newest else [],
        earlier=" ".join(earlier),
        groups=groups,
        sources=_unique([*(str(note) for note in used), *sources]),
    )


def _for_ward(facts: WardFacts, note: str) -> Answer:
    groups, sources = _near(facts.latitude, facts.longitude)
    rows = [_row("Ward", facts.ward.name)]
    if facts.residents:
        rows.append(_row("People who live in the ward", f"{facts.residents:,} ({facts.residents_year})"))
    deprivation = []
    if facts.areas:
        some = f"{facts.most_deprived:,} of them" if facts.most_deprived else "None of them"
        verb = "is" if facts.most_deprived == 1 else "are"
        deprivation = [
            f"This ward has {facts.areas} small areas. {some} {verb} among the 10 % most deprived in England ({facts.index_year})."
        ]
    return Answer(
        heading=f"Near the middle of {facts.ward.name}",
        note=note,
        measured_from="from the middle of the ward",
        facts={"rows": rows},
        deprivation=deprivation,
        earlier="",
        groups=groups,
        sources=_unique([*(str(source) for source in facts.sources), *sources]),
    )


def _near(latitude: float | None, longitude: float | None) -> tuple[list[Group], list[str]]:
    """Partners, places to learn and GP practices near a point, and where those lists come from. Four queries."""
    if latitude is None or longitude is None:
        return [], []
    pack = [Organisation.Origin.PACK.value]
    found = {
        "partners": nearest(latitude, longitude, most=MOST_PARTNERS, origins=pack, without=LEARNING_KINDS),
        "learning": nearest(latitude, longitude, LEARNING_KINDS, most=MOST_OTHERS),
        "practices": nearest(latitude, longitude, GP_KINDS, most=MOST_OTHERS),
    }
    headings = {
        "partners": "Partners",
        "learning": "Colleges and universities",
        "practices": "GP practices",
    }
    sources = [str(one.source) for group in found.values() for one in group if one.source]
    if any(one.from_pack for group in found.values() for one in group) and (loaded := pack_loaded_at()):
        sources.insert(0, f"Partners: named by this site's editors (loaded {localtime(loaded):%-d %B %Y})")
    return [Group(slug, headings[slug], [_card(one) for one in group]) for slug, group in found.items()], sources


def _card(organisation: NearOrganisation) -> Card:
    miles = organisation.km / KM_IN_A_MILE
    times = [travel_minutes(organisation.km, mode) for mode in Mode]
    return Card(
        organisation,
        distance=f"{miles:.1f} miles ({organisation.km:.1f} km)" if miles >= 0.1 else "Under 0.1 miles",
        times=[_in_words(time) for time in times if time.mode in {Mode.BUS, Mode.CAR} or time.minutes <= WORTH_AN_HOUR],
    )


def _in_words(time: TravelTime) -> str:
    between = f" ({time.low} to {time.high})" if time.low < time.high else ""
    return f"{_VERBS[time.mode]}: about {time.minutes} min{between}"


def _row(key: str, value: str) -> dict[str, Any]:
    return {"key": {"text": key}, "value": {"text": value}}


def _unique(lines: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(lines))
