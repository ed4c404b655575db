"""Pictures drawn as numbers for SVG templates: the pay bar and the street plan of a route."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ginnel.core.words import FROM, TO, listed

LEVEL = re.compile(r"(\(level) (\d\))")
PAY_WIDTH = 560
DOOR_GAP = 190
MARGIN = 70
MOST_ACROSS = 4
DOWN_WIDTH = 300


@dataclass(frozen=True, slots=True)
class PayPicture:
    """Where a role's pay lies among all roles of the place. Pixels of a picture `PAY_WIDTH` wide; whole pounds a year."""

    left: float
    width: float
    low_gbp: int
    high_gbp: int
    all_low_gbp: int
    all_high_gbp: int
    middle: float
    middle_gbp: int


def pay_picture(low_gbp: int, high_gbp: int, everyone: Sequence[int]) -> PayPicture | None:
    """
    The bar for one role against the starting pay of every role. None when there is nothing to compare with.

    The scale stops at the ninth tenth of all roles' starting pay, or this role's top if higher, so that a few very high salaries do
    not press all others into a corner.
    """
    if not everyone:
        return None
    ranked = sorted(everyone)
    bottom = min(ranked[0], low_gbp)
    top = max(ranked[int(0.9 * (len(ranked) - 1))], high_gbp, bottom + 1)
    scale = PAY_WIDTH / (top - bottom)
    middle_gbp = ranked[len(ranked) // 2]
    left, width = (low_gbp - bottom) * scale, max((high_gbp - low_gbp) * scale, 6.0)
    left = min(left, PAY_WIDTH - width)
    return PayPicture(
        round(left, 1),
        round(width, 1),
        low_gbp,
        high_gbp,
        bottom,
        top,
        round(min(max((middle_gbp - bottom) * scale, 0), PAY_WIDTH), 1),
        middle_gbp,
    )


@dataclass(frozen=True, slots=True)
class Door:
    """A place you stand. `end`: whether it is where the route leads."""

    x: float
    y: float
    end: bool


@dataclass(frozen=True, slots=True)
class GateMark:
    """A gate across a ginnel, turned by `turn` degrees so that it bars the way."""

    x: float
    y: float
    turn: int
    name: str


@dataclass(frozen=True, slots=True)
class Label:
    """One line of text. `kind`: "place", "end" (the last place), "step" or "months"."""

    x: float
    y: float
    words: str
    kind: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """A street plan that runs one way. Pixels."""

    width: int
    height: int
    paths: list[str]
    doors: list[Door]
    gates: list[GateMark]
    labels: list[Label]
    anchor: str


@dataclass(frozen=True, slots=True)
class StreetPlan:
    """
    A route as a street plan. `across` runs from left to right and needs `steps` times the room; `down` fits a phone. A page shows the one
    that fits at its natural size, so that the words can always be read.
    """

    steps: int
    across: Drawing | None
    down: Drawing
    steps_in_words: list[str]


Steps = Sequence[tuple[str, str, Sequence[str]]]


def street_plan(stops: Sequence[str], steps: Steps) -> StreetPlan:
    """
    Doors for each stop and a ginnel for each step: `steps[i]` leads from `stops[i]` to `stops[i + 1]` and is
    (title, months in words, names of the gates that stand in it).

    :raises ValueError: unless there is one stop more than steps.
    """
    if len(stops) != len(steps) + 1:
        raise ValueError(f"{len(stops)} stops do not fit {len(steps)} steps")
    words = []
    for (title, months, names), stop in zip(steps, stops[1:], strict=True):
        step = _("%(step)s, to %(stop)s") % {"step": listed((title, months)) if months else title, "stop": stop}
        words.append(step + (". " + _("Gates: %(gates)s") % {"gates": listed(names)} if names else ""))
    across = _across(stops, steps) if len(steps) <= MOST_ACROSS else None
    return StreetPlan(len(steps), across, _down(stops, steps), words)


def _across(stops: Sequence[str], steps: Steps) -> Drawing:
    """Doors up and down a street from left to right; places are named below them, steps above the ginnels."""
    tallest = max((len(_lines(title, 22, 3)) for title, _, _ in steps), default=0)
    upper, depth = 46.0 + 16 * tallest, 54.0
    doors, labels, paths, gates = [], [], [], []
    for i, stop in enumerate(stops):
        x, y = MARGIN + i * DOOR_GAP, upper + (depth if i % 2 else 0)
        end = i == len(steps)
        doors.append(Door(x, y, end))
        for n, line in enumerate(_lines(stop, 18, 3)):
            labels.append(Label(x, y + 46 + 17 * n, line, "end" if end else "place"))
    for (title, months, names), a, b in zip(steps, doors, doors[1:], strict=False):
        middle, top = (a.x + b.x) / 2, min(a.y, b.y)
        paths.append(f"M{a.x:g} {a.y:g}H{middle:g}V{b.y:g}H{b.x:g}")
        lines = _lines(title, 22, 3)
        for n, line in enumerate(lines):
            labels.append(Label(middle, top - 38 - 16 * (len(lines) - 1 - n), line, "step"))
        labels.append(Label(middle, top - 20, months, "months"))
        gates += [GateMark(a.x + 38 + 16 * k, a.y, 0, name) for k, name in enumerate(names[:3])]
    lowest = max(label.y for label in labels)
    return Drawing(int(2 * MARGIN + DOOR_GAP * len(steps)), int(lowest + 14), paths, doors, gates, labels, "middle")


def _down(stops: Sequence[str], steps: Steps) -> Drawing:
    """The same street from top to bottom, all words to its right: as wide as the smallest phone has room for."""
    doors, labels, paths, gates = [], [], [], []
    y, x_of_words = 40.0, 112.0
    for i, stop in enumerate(stops):
        x, end = (34.0 if i % 2 == 0 else 72.0), i == len(steps)
        doors.append(Door(x, y, end))
        below = y
        for line in _lines(stop, 24, 3):
            labels.append(Label(x_of_words, below, line, "end" if end else "place"))
            below += 17
        if end:
            y = max(y + 26, below - 17)
            continue
        title, months, names = steps[i]
        below = max(below + 10, y + 36)
        for line in _lines(title, 26, 4):
            labels.append(Label(x_of_words, below, line, "step"))
            below += 16
        labels.append(Label(x_of_words, below, months, "months"))
        next_y = max(below + 44, y + 116)
        middle = next_y - 44
        paths.append(f"M{x:g} {y:g}V{middle:g}H{72 if x == 34 else 34}V{next_y:g}")
        gates += [GateMark(x, y + 38 + 14 * k, 90, name) for k, name in enumerate(names[:2])]
        y = next_y
    return Drawing(DOWN_WIDTH, int(y + 14), paths, doors, gates, labels, "start")


def _lines(text: str, most: int, lines: int) -> list[str]:
    """The first lines of a text; an ellipsis says where there is more of it. The list below the picture has it whole."""
    found = wrap(text, most)
    return found if len(found) <= lines else [*found[: lines - 1], f"{found[lines - 1]} …"]


def wrap(text: str, most: int) -> list[str]:
    """Text in lines of at most `most` characters, broken between words; a longer word is cut with an ellipsis. `(level 2)` stays whole."""
    lines: list[str] = []
    text = text.replace(FROM, "").replace(TO, "")  # a picture's words are set line by line
    for word in LEVEL.sub("\\1\u00a0\\2", text).split(" "):
        word = word if len(word) <= most else word[: most - 1] + "…"
        if lines and len(lines[-1]) + 1 + len(word) <= most:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
