"""What a text says of qualifications, gates, hours, pay, age and how long: found by patterns, before any linking."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ginnel.careers.model.link.answer import GateHint, LevelHint, Wants
from ginnel.careers.model.link.line import Line
from ginnel.careers.model.link.patterns import (
    AGE,
    DBS,
    DRIVE,
    DROPPED,
    DURATION,
    ENGLISH_MATHS,
    FULL_TIME,
    HOURS,
    LEVEL_PATTERNS,
    MONEY,
    NO_DBS,
    NO_DRIVE,
    NO_ENGLISH_MATHS,
    NO_HIGH,
    NOTHING,
    NUMBERS,
    OTHER_PEOPLE,
    PART_TIME,
    RECORD,
    REGISTERED,
    SHIFTS,
    SHIFTS_NOT,
    SHIFTS_ONLY,
    STUDYING,
    UNIT_MONTHS,
)
from ginnel.careers.model.pay import HOURS_A_YEAR


@dataclass(slots=True)
class Hints:
    """Everything found, and the numbers of the words it stands on."""

    level: LevelHint | None = None
    gates: list[GateHint] = field(default_factory=list)
    wants: Wants = field(default_factory=Wants)
    pay_needed_gbp: int | None = None
    age: int | None = None
    durations: list[tuple[range, float]] = field(default_factory=list)
    covered: set[int] = field(default_factory=set)
    closed: set[int] = field(default_factory=set)
    record: bool = False


def find_hints(line: Line) -> Hints:
    """Read all hints of a line. ``covered`` words are understood; ``closed`` ones must not be linked to anything else."""
    hints = Hints()
    _find_level(line, hints)
    _find_gates(line, hints)
    _find_wants(line, hints)
    _find_pay(line, hints)
    for found in AGE.finditer(line.plain):
        if (
            found["age2"]
            and OTHER_PEOPLE.search(line.plain[: found.start()])
            and not re.search(r"(?:\bim|i am|as)(?: an?)? $", line.plain[: found.start()])
        ):
            continue
        hints.age = hints.age or int(found["age"] or found["age2"])
        _cover(line, hints, found, close=True)
    for found in RECORD.finditer(line.plain):
        hints.record = True
        _cover(line, hints, found, close=True)
    for found in REGISTERED.finditer(line.plain):
        _cover(line, hints, found, close=True)
    for found in DURATION.finditer(line.plain):
        number = NUMBERS.get(found["n"], 0) or float(found["n"]) if not found["n"].isalpha() else NUMBERS[found["n"]]
        hints.durations.append((line.span(*found.span()), number * UNIT_MONTHS[found["unit"][0]]))
        _cover(line, hints, found, close=True)
    return hints


def _cover(line: Line, hints: Hints, found: re.Match[str], *, close: bool = False) -> None:
    span = line.span(*found.span())
    hints.covered.update(span)
    if close:
        hints.closed.update(span)


def _find_level(line: Line, hints: Hints) -> None:
    text = line.plain
    taken: list[tuple[int, int]] = []
    best: LevelHint | None = None
    nothing = NOTHING.search(text)
    for pattern in (NOTHING, NO_HIGH):
        for found in pattern.finditer(text):
            taken.append(found.span())
            _cover(line, hints, found, close=True)
    for level, pattern in LEVEL_PATTERNS:
        for found in pattern.finditer(text):
            if any(start < found.end() and found.start() < end for start, end in taken):
                continue
            taken.append(found.span())
            before = text[: found.start()]
            going = bool(STUDYING.search(before)) or bool(
                re.match(r" (?:student|at the moment|next year|this year|in (?:september|june))", text[found.end() :])
            )
            hint = LevelHint(level, found[0])
            if going or DROPPED.search(before):
                held = {8: 7, 7: 6, 6: 3, 5: 3, 4: 3, 3: 2, 2: 1, 1: 0}[level]
                hint = LevelHint(held, found[0], level if going else None)
            _cover(line, hints, found, close=level in (7, 8) or found[0].startswith(("gcse", "nvq", "level")))
            if best is None or (hint.level, hint.studying_for or 0) > (best.level, best.studying_for or 0):
                best = hint
    hints.level = best if best or not nothing else LevelHint(0, nothing[0])


def _find_gates(line: Line, hints: Hints) -> None:
    for gate, no, yes in (
        ("driving-licence", NO_DRIVE, DRIVE),
        ("dbs", NO_DBS, DBS),
        ("english-maths", NO_ENGLISH_MATHS, ENGLISH_MATHS),
    ):
        for held, pattern in ((False, no), (True, yes)):
            found = pattern.search(line.plain)
            if found:
                slug = gate
                if gate == "english-maths":
                    low = re.search(r"level (?:1|one)|grades? [1-3d-f]\b|entry level", found[0])
                    spoken = re.search(
                        r"gcse|functional|level|grade|key skills",
                        line.plain[max(0, found.start() - 25) : found.end() + 20],
                    )
                    slug = "english-maths-l1" if low else "english-maths-l2"
                    if held and not spoken:
                        break
                hints.gates.append(GateHint(slug, held, found[0]))
                for each in pattern.finditer(line.plain):
                    _cover(line, hints, each, close="licen" in each[0] or gate == "dbs" or not held)
                break


def _find_wants(line: Line, hints: Hints) -> None:
    fine: set[str] = set()
    unwelcome: set[str] = set()
    only: set[str] = set()
    rest = line.plain
    for pattern, into in ((SHIFTS_NOT, unwelcome), (SHIFTS_ONLY, only)):
        for found in pattern.finditer(rest):
            into.update(slug for slug, one in SHIFTS.items() if one.search(found[0]))
            _cover(line, hints, found, close=True)
        rest = pattern.sub(lambda found: " " * len(found[0]), rest)
    for slug, one in SHIFTS.items():
        for found in one.finditer(rest):
            before = rest[: found.start()]
            if slug == "school-hours" or (
                slug == "flexible" and re.search(r"(?:want|need|something|prefer|looking for|like)[^.]{0,20}$", before)
            ):
                only.add(slug)
            elif slug in ("on-call", "flexible") and not re.search(r"\b(?:hours|shifts?|on call)\b", found[0]):
                continue
            elif not re.search(r"\b(?:like|love|sleep|out|free|off|my|church on|on) $", before):
                fine.add(slug)
            _cover(line, hints, found)
    hours = HOURS.search(line.plain)
    part, full = PART_TIME.search(line.plain), FULL_TIME.search(line.plain)
    past = part and re.search(r"\b(?:worked|was|did|been|had a|my|a) (?:\w+ )?$", line.plain[: part.start()])
    for match in (hours, part, full):
        if match:
            _cover(line, hints, match, close=True)
    weekly = int(hours[2] or hours[1]) if hours else None
    caring = hours and re.search(r"\b(?:look|care|caring|looking|looked)\b[^.]{0,40}$", line.plain[: hours.start()])
    weekly = None if caring else weekly
    hints.wants = Wants(
        frozenset(fine - unwelcome), frozenset(unwelcome), frozenset(only - unwelcome),
        bool(part and not past) or bool(weekly and weekly < 30), bool(full) and not part, weekly,
    )  # fmt: skip


def _find_pay(line: Line, hints: Hints) -> None:
    for found in MONEY.finditer(line.plain):
        digits = found["sum"].replace("£", "").replace(",", "").replace("pounds", "").replace("quid", "").strip()
        thousand = digits.endswith("k")
        amount = float(digits.removesuffix("k")) * (1000 if thousand else 1)
        unit = (found["unit"] or "").strip()
        of = (
            re.sub(r"^(?:,|an?|per|each|every|p)+ ?", "", unit)[:1] if unit not in ("ph", "pw", "pm", "pa") else unit[1]
        )
        year = {"h": HOURS_A_YEAR, "w": 52, "m": 12, "y": 1, "a": 1, "d": 260}.get(of)
        if year is None:
            year = HOURS_A_YEAR if amount < 60 else 52 if amount < 1_000 else 12 if amount < 6_000 else 1
        yearly = amount * year
        _cover(line, hints, found, close=True)
        if found["now"] and not found["need"]:
            continue
        if 1_000 <= yearly <= 500_000 and (found["need"] or unit):
            hints.pay_needed_gbp = max(hints.pay_needed_gbp or 0, round(yearly))
