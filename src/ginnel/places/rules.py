"""Reading a postcode, distance and travel time, and words for deprivation: plain values in, plain values out."""

import math
import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from itertools import product

from ginnel.core.marking import gettext_noop

# Each index of deprivation was made for one set of areas, and joins no other.
LSOA_OF_INDEX = {2019: "lsoa11", 2025: "lsoa21"}
EARTH_RADIUS_KM = 6371.0088  # mean radius, IUGG
KM_IN_A_MILE = 1.609344

# A district of two digits never begins with 0; CR0 and the like do.
_OUTWARD = r"(?:[A-PR-UWYZ][1-9][\dA-HJKPSTUW]?|[A-PR-UWYZ][A-HK-Y](?:[1-9][\dABEHMNPRVWXY]?|0)|GIR)"
_INWARD = r"\d[ABD-HJLNP-UW-Z]{2}"
_FULL = re.compile(rf"{_OUTWARD}{_INWARD}")
_ONLY_OUTWARD = re.compile(_OUTWARD)
_BEGUN = re.compile(rf"({_OUTWARD})\s+\d[A-Z]?")
_INSIDE = re.compile(rf"\b({_OUTWARD})\s{{0,2}}({_INWARD})\b")
_SLIPS = {"O": "O0", "0": "0O", "I": "I1", "1": "1I"}
_READ_AT_MOST = 2000


class Shape(StrEnum):
    """What somebody's text turned out to be."""

    EMPTY = "empty"
    WRONG = "wrong"
    OUTWARD = "outward"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class PostcodeReading:
    """
    A postcode as it was understood.

    `postcode` is without a space (`LS97TF`), empty unless full. `corrected` says that a letter and a number were taken
    for one another, or that other words were left away: show what was read. `problem` says what is wrong, and what to do.
    """

    shape: Shape
    postcode: str = ""
    outward: str = ""
    corrected: bool = False
    problem: str = ""

    @property
    def spaced(self) -> str:
        """As people write it: `LS9 7TF`."""
        return f"{self.postcode[:-3]} {self.postcode[-3:]}" if self.postcode else self.outward


def read_postcode(text: str) -> PostcodeReading:
    """A UK postcode from what somebody typed. Says only whether it has the shape of one, not whether it exists."""
    plain = unicodedata.normalize("NFKC", text[:_READ_AT_MOST])
    plain = "".join(" " if mark in "-.,_/\t\r\n" else mark for mark in plain if unicodedata.category(mark) != "Cf")
    words = " ".join(plain.upper().split())
    compact = words.replace(" ", "")
    if not compact:
        return PostcodeReading(Shape.EMPTY, problem=gettext_noop("Type your postcode."))
    if compact.isascii() and compact.isalnum() and len(compact) <= 7:
        if found := _without_slips(compact, _FULL):
            return PostcodeReading(Shape.FULL, found, found[:-3], corrected=found != compact)
        # Only what has a space can be cut after it; `LS97` could as well be a first part.
        begun = _BEGUN.fullmatch(words)
        first = begun[1] if begun else _without_slips(compact, _ONLY_OUTWARD)
        if first:
            problem = (
                f"{first} is only the first part. Type all of your postcode: a number and two letters come after it."
            )
            return PostcodeReading(Shape.OUTWARD, outward=first, problem=problem)
    inside = {one[1] + one[2] for one in _INSIDE.finditer(words)}
    if len(inside) == 1:
        found = inside.pop()
        return PostcodeReading(Shape.FULL, found, found[:-3], corrected=True)
    if len(inside) > 1:
        return PostcodeReading(
            Shape.WRONG, problem=gettext_noop("There is more than one postcode here. Type only one.")
        )
    return PostcodeReading(Shape.WRONG, problem=_what_is_wrong(compact))


def _without_slips(compact: str, pattern: re.Pattern[str]) -> str:
    """The text, or the nearest to it that fits when O and 0, I and 1 are swapped; empty if none fits."""
    fits = (
        "".join(marks)
        for marks in product(*(_SLIPS.get(mark, mark) for mark in compact))
        if pattern.fullmatch("".join(marks))
    )
    return min(fits, key=lambda one: (sum(a != b for a, b in zip(one, compact, strict=True)), one), default="")


def _what_is_wrong(compact: str) -> str:
    if not any(mark.isalnum() for mark in compact):
        return gettext_noop("There are no letters or numbers here. Type a UK postcode.")
    if not (compact.isascii() and compact.isalnum()):
        return gettext_noop("A UK postcode has only the letters A to Z and the numbers 0 to 9. Take out the rest.")
    if compact.isdigit():
        return gettext_noop("There are only numbers here. A UK postcode begins with one or two letters.")
    if compact.isalpha():
        return gettext_noop("There are only letters here. A UK postcode has letters and numbers.")
    if len(compact) > 7:
        return gettext_noop("This is too long. A UK postcode has 5 to 7 letters and numbers.")
    if len(compact) < 5:
        return gettext_noop("This is too short. A UK postcode has 5 to 7 letters and numbers.")
    if re.fullmatch(r".*\d[A-Z]{2}", compact):
        if not re.fullmatch(rf".*{_INWARD}", compact):
            return gettext_noop("The last two letters of a UK postcode are never C, I, K, M, O or V. Check them.")
        return gettext_noop(
            "The first part is not right. It is one or two letters and then a number, before the last three."
        )
    return gettext_noop("The end is not right. A UK postcode ends with a number and two letters.")


def distance_km(latitude1: float, longitude1: float, latitude2: float, longitude2: float) -> float:
    """Great-circle distance between two points in degrees WGS84. Unit: km. (Haversine; docs/methods.md.)"""
    north1, north2 = math.radians(latitude1), math.radians(latitude2)
    half_north, half_east = (north2 - north1) / 2, math.radians(longitude2 - longitude1) / 2
    chord = math.sin(half_north) ** 2 + math.cos(north1) * math.cos(north2) * math.sin(half_east) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(1.0, chord)))


class Mode(StrEnum):
    WALK = "walk"
    CYCLE = "cycle"
    BUS = "bus"
    CAR = "car"


@dataclass(frozen=True, slots=True)
class Pace:
    """How a mode moves, each as (quick, usual, slow). Sources: docs/methods.md#distance-and-travel-time."""

    speed_kmh: tuple[float, float, float]
    overhead_minutes: tuple[float, float, float]
    source: str


# Road distance over straight-line distance. 1.2: the study of travel access in Thurrock, 2015, which follows the
# Department for Transport's accessibility work; 1.4: Ballou, Rahardja and Sakai 2002, England. Between them for the usual case.
DETOUR = (1.2, 1.3, 1.4)
PACES = {
    Mode.WALK: Pace(
        (4.8, 4.8, 3.6),
        (0, 0, 0),
        "4.8 km/h: DfT journey time statistics, notes 2019. 3.6 km/h, slow: the default of the routing software r5r.",
    ),
    Mode.CYCLE: Pace(
        (16.0, 16.0, 12.0),
        (0, 5, 5),
        "16 km/h and 5 minutes to park: DfT journey time statistics, notes 2019. 12 km/h, slow: r5r's default.",
    ),
    Mode.BUS: Pace(
        (18.7, 15.0, 11.4),
        (5, 10, 20),
        "Quick: as other traffic on urban streets, 11.6 mph, DfT journey time modelling, 2018. Slow: buses in London, 7.1 mph, "
        "press report. Usual: between the two, our choice. Walking to the stop and waiting, 5 to 20 minutes: our choice.",
    ),
    Mode.CAR: Pace(
        (40.9, 25.7, 18.7),
        (0, 5, 10),
        "Quick: local A roads of England, 25.4 mph, DfT, year to June 2019. Slow: urban streets, 11.6 mph, DfT journey time "
        "modelling, 2018. Usual: half the way on each. Parking, up to 10 minutes: our choice.",
    ),
}
TRAVEL_METHOD = gettext_noop(
    "Distances are in a straight line. Times are rough guesses: we make the line about a third longer, as streets do, use usual "
    "speeds, most of them from the Department for Transport (2018 and 2019), and add time to park or to wait for a bus. "
    "We do not know hills, traffic or timetables. Look up the journey before you set off."
)


@dataclass(frozen=True, slots=True)
class TravelTime:
    """An estimate from door to door. Unit: minutes, in steps of five."""

    mode: Mode
    minutes: int
    low: int
    high: int


def travel_minutes(km: float, mode: Mode | str) -> TravelTime:
    """
    How long a straight-line distance takes, and between what: ``km × detour / speed + overhead``.

    Parameters
    ----------
    km : float
        Straight-line distance. Unit: km. 0 or more.
    mode : Mode
        walk, cycle, bus or car.

    Raises
    ------
    ValueError
        If the distance is negative or not a number, or there is no such mode.

    References
    ----------
    docs/methods.md#distance-and-travel-time
    """
    if not (math.isfinite(km) and km >= 0):
        raise ValueError(f"a distance must be 0 km or more, not {km}")
    mode = Mode(mode)
    pace = PACES[mode]
    low, usual, high = (
        km * detour / speed * 60 + overhead
        for detour, speed, overhead in zip(DETOUR, pace.speed_kmh, pace.overhead_minutes, strict=True)
    )
    return TravelTime(
        mode,
        minutes=max(5, 5 * math.floor(usual / 5 + 0.5)),
        low=max(5, 5 * math.floor(low / 5)),
        high=max(5, 5 * math.ceil(high / 5)),
    )
