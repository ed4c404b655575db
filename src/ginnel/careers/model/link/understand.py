"""From free text to what was understood: the face of this package is `understand`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

from ginnel.careers.model.link.answer import SURE, Alternative, Mention, Understanding
from ginnel.careers.model.link.hints import Hints, find_hints
from ginnel.careers.model.link.index import GENERIC, Linker
from ginnel.careers.model.link.line import READ, Line, matching_stem, read_line
from ginnel.careers.model.link.match import Candidate, by_meaning, candidates, choose
from ginnel.careers.model.link.stance import find_stances, is_over, subjects

LEAST = 0.55
"""Confidence from which a reading by words is kept."""
MOST_MENTIONS = 40
MOST_UNKNOWN = 24
ALTERNATIVES = 3
MOST_RUNS = 24
FAMILY = frozenset(
    "mum dad gran nan grandad grandma husband wife partner son daughter sister brother uncle aunt mate friend".split()
)
_WORK = ("experience", "role", "occupation")
_BREAKS = frozenset("and but then or also plus because so while though although".split())
_FILLER = frozenset(
    matching_stem(word)
    for word in (
        "hello hi hey please thanks thank ok okay yes yeah well really quite very lot lots bit kind sort maybe perhaps probably"
        " currently now then recently still always often sometimes usually never ever ago since before always today back"
        " enjoy enjoyed like liked love loved want wanted need needed get got go going gone come came know think feel see"
        " find found look looking good great best better nice happy new old big small many much few several different various"
        " one two three four five six seven eight nine ten first last next full part time year years month week day days"
        " job jobs work worked working career role people person thing things something anything nothing everything someone"
        " anyone everyone stuff way life place home live living start started become able help helped helping try tried"
        " take took give gave put let say said tell told ask use used able left leave finish finished school mainly mostly"
        " im ive id dont cant didnt wasnt isnt wont wouldnt doesnt havent couldnt etc uk leeds england yorkshire area local"
        " clue career careers age aged old experience experienced skill skills qualification qualifications also too lad lass guy man woman"
        " whole couple half around about another else though although because while until till keep kept made make done"
        " shift shifts hours hour money pay paid wage salary minimum least change changing stay stayed every each able"
        " without no not only just more most some any bad hard long short around stop stopped moment world idea sure"
        " suit suitable advice question hope hoping wonder right went here there why early fast spring summer autumn winter new next back"
    ).split()
)


def understand(linker: Linker, text: str) -> Understanding:
    """
    What a text says of past jobs, skills, life experience, wishes, qualifications, hours and pay.

    Reads at most `READ` characters. Never raises for any text; the same text gives the same answer.

    References
    ----------
    docs/methods.md#suit-me
    """
    line = read_line(text)
    hints = find_hints(line)
    stances, cues, others = find_stances(line)
    studied = subjects(line)
    kept = [
        one for one in candidates(linker, line, hints.closed) if not (one.kind in _WORK and set(one.words) <= studied)
    ]
    chosen = choose(kept, LEAST)[:MOST_MENTIONS]
    covered = {number for one in chosen for number in range(one.first, one.last + 1)} | hints.covered
    runs = _runs(line, covered | cues)
    guessed = choose(by_meaning(linker, line, runs), 0.0)
    covered |= {number for one in guessed for number in one.words}
    kept += by_meaning(linker, line, [one.words for one in guessed])
    readings: dict[int, list[Candidate]] = defaultdict(list)
    for one in kept:
        for number in one.words:
            readings[number].append(one)
    links = sorted([*chosen, *guessed], key=lambda one: one.first)
    placed = _with_durations(line, [(one, _mention(line, one, readings)) for one in links], hints)
    mine: list[Mention] = []
    wanted: list[Mention] = []
    unwanted: list[Mention] = []
    for one, mention in placed:
        stance = next((stances[number] for number in one.words if number in stances), "have")
        if stance == "have" and one.first in others:
            continue
        mention = replace(mention, stance=stance, past=stance == "have" and is_over(line, one.first, one.last))
        if stance == "wanted":
            mention = _as_role(mention)
        into = {"wanted": wanted, "lack": unwanted, "unwanted": unwanted}.get(stance, mine)
        into.append(mention)
        if stance == "weary":
            unwanted.append(mention)
    unknown = _unknown(
        line,
        covered | cues | others | studied | {number for number, word in enumerate(line.words) if word.plain in FAMILY},
    )
    return Understanding(
        text=text,
        mentions=tuple(_once(mine)),
        wanted=tuple(_once(wanted)),
        unwanted=tuple(_once(unwanted)),
        level=hints.level,
        gates=tuple(hints.gates),
        wants=hints.wants,
        pay_needed_gbp=hints.pay_needed_gbp,
        age=hints.age,
        not_understood=unknown,
        telling=tuple(
            word.plain
            for number, word in enumerate(line.words)
            if (_tells(line, number) or word.stem in GENERIC - _FILLER)
            and stances.get(number) not in ("unwanted", "lack")
        ),
        avoid=_avoided(line, stances),
        record=hints.record,
        truncated=len(text) > READ,
    )


def _as_role(mention: Mention) -> Mention:
    """ "I want to be a paramedic" wishes for the role, not for having been one."""
    role = next((one for one in mention.alternatives if one.kind == "role" and one.confidence >= SURE), None)
    if mention.kind != "experience" or role is None:
        return mention
    before = Alternative(mention.kind, mention.key, mention.label, mention.confidence)
    others = (before, *(one for one in mention.alternatives if one != role))
    return replace(
        mention, kind="role", key=role.key, label=role.label, confidence=role.confidence, alternatives=others
    )


def _avoided(line: Line, stances: Mapping[int, str]) -> tuple[tuple[str, ...], ...]:
    """Words of what is not wanted, stretch by stretch: "hate blood and don't want personal care" → (blood), (personal, care)."""
    groups: list[list[str]] = []
    before = -2
    for number in sorted(number for number, stance in stances.items() if stance == "unwanted"):
        word = line.words[number]
        if number != before + 1 or word.plain in _BREAKS:
            groups.append([])
        before = number
        if not word.stop and word.plain not in _BREAKS and word.stem not in _FILLER:
            groups[-1].append(word.plain)
    return tuple(tuple(group) for group in groups if group)


def _mention(line: Line, one: Candidate, readings: Mapping[int, list[Candidate]]) -> Mention:
    start, end = line.words[one.first].start, line.words[one.last].end
    near = {id(other): other for number in range(one.first, one.last + 1) for other in readings.get(number, ())}
    others: dict[tuple[str, str], Alternative] = {}
    for other in sorted(near.values(), key=lambda other: (-other.score, other.kind, other.key)):
        same = (other.kind, other.key)
        if same != (one.kind, one.key) and same not in others:
            others[same] = Alternative(
                other.kind, other.key, other.label, round(other.confidence, 3), other.words == one.words
            )
        if len(others) == ALTERNATIVES:
            break
    return Mention(
        start, end, line.text[start:end], one.kind, one.key, one.label, round(one.confidence, 3),
        method=one.method, alternatives=tuple(others.values()),
    )  # fmt: skip


def _with_durations(
    line: Line, placed: list[tuple[Candidate, Mention]], hints: Hints
) -> list[tuple[Candidate, Mention]]:
    """Gives each length of time to the nearest mention of its sentence, one before it rather than one after."""
    for span, months in hints.durations:
        if not span:
            continue
        sentence = line.words[span.start].sentence
        near = [
            (span.start - one.last if one.last < span.start else one.first - span.stop + 1.5, place)
            for place, (one, mention) in enumerate(placed)
            if line.words[one.first].sentence == sentence and mention.months is None
        ]
        if near:
            _, place = min(near)
            one, mention = placed[place]
            placed[place] = (one, replace(mention, months=round(months, 1)))
    return placed


def _once(mentions: list[Mention]) -> list[Mention]:
    """Each item once: the surest mention of it, with the longest time said."""
    best: dict[tuple[str, str], Mention] = {}
    for mention in mentions:
        key = (mention.kind, mention.key)
        before = best.get(key)
        if before is None:
            best[key] = mention
            continue
        months = max((one.months for one in (before, mention) if one.months is not None), default=None)
        surer = mention if mention.confidence > before.confidence else before
        best[key] = replace(surer, months=months)
    return sorted(best.values(), key=lambda mention: mention.start)


def _tells(line: Line, number: int) -> bool:
    word = line.words[number]
    return (
        not word.stop
        and word.stem not in _FILLER
        and word.stem not in GENERIC
        and len(word.plain) > 1
        and not word.plain[0].isdigit()
        and word.plain[0] != "£"
    )


def _runs(line: Line, covered: set[int]) -> list[tuple[int, ...]]:
    """Stretches of words nothing covers, without a sign or "and" between them, that hold a telling word."""
    runs: list[list[int]] = [[]]
    for number, word in enumerate(line.words):
        sign_before = (
            number > 0 and line.starts[number] > line.starts[number - 1] + len(line.words[number - 1].plain) + 1
        )
        if sign_before or word.plain in _BREAKS or number in covered:
            runs.append([])
        if word.plain not in _BREAKS and number not in covered:
            runs[-1].append(number)
    kept = []
    for run in runs:
        while run and line.words[run[0]].stop:
            run = run[1:]
        while run and line.words[run[-1]].stop:
            run = run[:-1]
        if (
            any(_tells(line, number) for number in run)
            and sum(not line.words[number].stop for number in run) > 1
            and len(run) <= 14
        ):
            kept.append(tuple(run))
    return kept[:MOST_RUNS]


def _unknown(line: Line, covered: set[int]) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for number, word in enumerate(line.words):
        if number not in covered and _tells(line, number):
            found.setdefault(word.stem, line.text[word.start : word.end])
    return tuple(found.values())[:MOST_UNKNOWN]
