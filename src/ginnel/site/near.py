"""What is near a postcode or a ward. The postcode is used for the one answer: never stored, logged or put in an address."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from ginnel.core.forms import PlainForm
from ginnel.core.marking import gettext_noop
from ginnel.core.text import grouped
from ginnel.core.words import Translated, english, gettext_lazy
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
    read_postcode,
    travel_minutes,
)
from ginnel.places.words import decile_in_words, problem_in_words

MOST_PARTNERS, MOST_OTHERS = 6, 3
WORTH_AN_HOUR = 60  # longer than this nobody should be told to walk or cycle
_VERBS = Translated(
    {
        Mode.WALK: gettext_noop("Walk"),
        Mode.CYCLE: gettext_noop("Cycle"),
        Mode.BUS: gettext_noop("Bus"),
        Mode.CAR: gettext_noop("Car"),
    }
)


class NearForm(PlainForm):
    """A postcode, or a ward for those who have none or would rather not say. Without a table of postcodes, only a ward."""

    postcode = forms.CharField(
        label=gettext_lazy("Your postcode"),
        help_text=gettext_lazy("We use it once, to find your area. Then we forget it."),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "postal-code"}),
    )
    ward = forms.ChoiceField(
        label=gettext_lazy("Or choose a ward"),
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Choose a ward from the list.")},
    )

    def __init__(self, *args: Any, wards: list[NamedArea], postcodes: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        choices = [("", _("Choose a ward")), *((ward.code, english(ward.name)) for ward in wards)]
        self.fields["ward"].choices = choices  # type: ignore[attr-defined]
        if not postcodes:
            del self.fields["postcode"]
            self.fields["ward"].label = _("Choose a ward")

    @sensitive_variables()
    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if not self.errors and not values.get("ward") and not values.get("postcode"):
            if "postcode" in self.fields:
                self.add_error("postcode", _("Type your postcode, or choose a ward."))
            else:
                self.add_error("ward", _("Choose a ward."))
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
        {"text": english(ward.name), "name": "ward", "value": ward.code, "classes": "nhsuk-button--secondary"}
        for ward in nearby
    ]
    context = {"section": "near", "form": form, "wards": wards, "postcodes": postcodes, "answer": answer}
    return render(request, "site/near.html", context | {"buttons": buttons, "method": _(TRAVEL_METHOD)})


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
        note = " ".join(
            (
                _("We could not use the postcode."),
                found.words.removesuffix(_(" Choose a ward instead.")),
                _("This is for the ward you chose."),
            )
        )
    elif text and not ward:
        form.add_error("postcode", problem_in_words(reading))
        return None, []
    facts = ward_facts(ward)
    return (_for_ward(facts, note) if facts else None), []


def _for_postcode(found: Lookup, facts: AreaFacts, reading: PostcodeReading) -> Answer:
    groups, sources = _near(facts.latitude, facts.longitude)
    notes = (
        [_("We read your postcode as %(spaced)s.") % {"spaced": english(reading.spaced)}] if reading.corrected else []
    )
    notes += [found.words] if found.words else []
    newest, *older = facts.deciles or (None,)
    people = facts.residents
    rows = [
        _row(_("Ward"), english(facts.ward.name) if facts.ward else ""),
        _row(_("Small area"), english(f"{facts.lsoa21.name} ({facts.lsoa21.code})") if facts.lsoa21 else ""),
        _row(_("Council"), english(facts.authority.name) if facts.authority else ""),
        _row(_("People who live in the small area"), f"{people.total:,} ({people.year})" if people else ""),
    ]
    used = [facts.source, *(decile.source for decile in facts.deciles), *([people.source] if people else [])]
    earlier = [
        _(
            "In the index of %(index_year)s it was in group %(decile)s. That index used older areas and other "
            "figures, so the two cannot be set side by side."
        )
        % {"index_year": one.index_year, "decile": one.decile}
        for one in older
        if one
    ]
    return Answer(
        heading=_("Near you: %(name)s") % {"name": english(facts.ward.name)}
        if facts.ward and facts.ward.name
        else _("Near you"),
        note=" ".join(notes),
        measured_from=_("from your postcode"),
        facts={"rows": [row for row in rows if row["value"]["text"]]},
        deprivation=[decile_in_words(newest.decile, newest.index_year)] if newest else [],
        earlier=" ".join(earlier),
        groups=groups,
        sources=_unique([*(str(note) for note in used), *sources]),
    )


def _for_ward(facts: WardFacts, note: str) -> Answer:
    groups, sources = _near(facts.latitude, facts.longitude)
    rows = [_row(_("Ward"), english(facts.ward.name))]
    if facts.residents:
        rows.append(_row(_("People who live in the ward"), f"{facts.residents:,} ({facts.residents_year})"))
    deprivation = []
    if facts.areas:
        told = {"areas": facts.areas, "some": grouped(facts.most_deprived), "year": facts.index_year}
        if facts.most_deprived:
            words = ngettext(
                "This ward has %(areas)s small areas. %(some)s of them is among the 10 %% most deprived in England (%(year)s).",
                "This ward has %(areas)s small areas. %(some)s of them are among the 10 %% most deprived in England (%(year)s).",
                facts.most_deprived,
            )
        else:
            words = _(
                "This ward has %(areas)s small areas. None of them are among the 10 %% most deprived in England (%(year)s)."
            )
        deprivation = [words % told]
    return Answer(
        heading=_("Near the middle of %(name)s") % {"name": english(facts.ward.name)},
        note=note,
        measured_from=_("from the middle of the ward"),
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
        "partners": _("Partners"),
        "learning": _("Colleges and universities"),
        "practices": _("GP practices"),
    }
    sources = [str(one.source) for group in found.values() for one in group if one.source]
    if any(one.from_pack for group in found.values() for one in group) and (loaded := pack_loaded_at()):
        sources.insert(
            0,
            _("Partners: named by this site's editors (loaded %(loaded)s)")
            % {"loaded": date_format(localtime(loaded), "j E Y")},
        )
    return [Group(slug, headings[slug], [_card(one) for one in group]) for slug, group in found.items()], sources


def _card(organisation: NearOrganisation) -> Card:
    miles = organisation.km / KM_IN_A_MILE
    times = [travel_minutes(organisation.km, mode) for mode in Mode]
    return Card(
        organisation,
        distance=_("%(miles)s miles (%(km)s km)") % {"miles": f"{miles:.1f}", "km": f"{organisation.km:.1f}"}
        if miles >= 0.1
        else _("Under 0.1 miles"),
        times=[_in_words(time) for time in times if time.mode in {Mode.BUS, Mode.CAR} or time.minutes <= WORTH_AN_HOUR],
    )


def _in_words(time: TravelTime) -> str:
    told = {"way": _VERBS[time.mode], "minutes": time.minutes, "low": time.low, "high": time.high}
    if time.low < time.high:
        return _("%(way)s: about %(minutes)s min (%(low)s to %(high)s)") % told
    return _("%(way)s: about %(minutes)s min") % told


def _row(key: str, value: str) -> dict[str, Any]:
    return {"key": {"text": key}, "value": {"text": value}}


def _unique(lines: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(lines))
