"""Pictures drawn as numbers for SVG templates: the pay bar and the street plan of a route."""

from collections.abc import Sequence
from dataclasses import dataclass

PAY_WIDTH = 560
DOOR_GAP = 210
MARGIN = 70


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
    label_at: float


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
        round(min(max(left + width / 2, 70), PAY_WIDTH - 70), 1),
    )


@dataclass(frozen=True, slots=True)
class Door:
    """A place you stand. `lines` is its name in short lines, `end` whether it is the last."""

    x: float
    y: float
    lines: list[tuple[float, str]]
    end: bool


@dataclass(frozen=True, slots=True)
class GateMark:
    """A gate drawn across a ginnel."""

    x: float
    y: float
    name: str


@dataclass(frozen=True, slots=True)
class Ginnel:
    """The passage between two doors, with the words for its step."""

    path: str
    x: float
    y: float
    lines: list[tuple[float, str]]
    months: str
    months_y: float


@dataclass(frozen=True, slots=True)
class StreetPlan:
    """A route as a street plan. Pixels."""

    width: int
    height: int
    doors: list[Door]
    ginnels: list[Ginnel]
    gates: list[GateMark]
    steps_in_words: list[str]


def street_plan(stops: Sequence[str], steps: Sequence[tuple[str, str, Sequence[str]]]) -> StreetPlan:
    """
    Doors for each stop and a ginnel for each step: `steps[i]` leads from `stops[i]` to `stops[i + 1]` and is
    (title, months in words, names of the gates that stand in it).

    :raises ValueError: unless there is one stop more than steps.
    """
    if len(stops) != len(steps) + 1:
        raise ValueError(f"{len(stops)} stops do not fit {len(steps)} steps")
    street_y, depth = 120.0, 54.0
    doors, ginnels, gates = [], [], []
    for i, stop in enumerate(stops):
        x, y = MARGIN + i * DOOR_GAP, street_y + (depth if i % 2 else 0)
        lines = wrap(stop, 18)[:3]
        doors.append(Door(x, y, [(y + 46 + 17 * n, line) for n, line in enumerate(lines)], i == len(stops) - 1))
    for i, (title, months, gate_names) in enumerate(steps):
        a, b = doors[i], doors[i + 1]
        middle = (a.x + b.x) / 2
        top = min(a.y, b.y)
        lines = wrap(title, 24)[:3]
        first = top - 38 - 16 * (len(lines) - 1)
        path = f"M{a.x:g} {a.y:g}H{middle:g}V{b.y:g}H{b.x:g}"
        ginnels.append(
            Ginnel(path, middle, top, [(first + 16 * n, line) for n, line in enumerate(lines)], months, top - 20)
        )
        for k, name in enumerate(gate_names[:3]):
            gates.append(GateMark(a.x + 44 + 16 * k, a.y, name))
    words = []
    for (title, months, names), stop in zip(steps, stops[1:], strict=True):
        gates_in_words = f". Gates: {', '.join(names)}" if names else ""
        words.append(f"{title}{', ' if months else ''}{months}, to {stop}{gates_in_words}")
    return StreetPlan(
        int(2 * MARGIN + DOOR_GAP * len(steps)), int(street_y + depth + 110), doors, ginnels, gates, words
    )


def wrap(text: str, most: int) -> list[str]:
    """Text in lines of at most `most` characters, broken between words; a longer word is cut with an ellipsis."""
    lines: list[str] = []
    for word in text.split():
        word = word if len(word) <= most else word[: most - 1] + "…"
        if lines and len(lines[-1]) + 1 + len(word) <= most:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
