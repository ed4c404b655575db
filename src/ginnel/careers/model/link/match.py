"""Candidate links of a line: spans of words and the names they could be, by words and by meaning."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

import numpy as np

from ginnel.careers.model.link.index import GENERIC, LONGEST_NAME, WORKISH, Linker
from ginnel.careers.model.link.line import Line, content, matching_stem

REACH = 3
"""Words that carry meaning which may stand between two words of one name."""
APART = 4
"""Words of any sort that may stand between the first and the last word of one name, all in all."""
LEAST_COVERED = 0.72
"""Share of a name's weight that must be in the text."""
MOST_TELLING = 2
"""Words of a name that must be there at least, if any but a word like "worker" is not."""
NOT_SLIPS = frozenset(("career", "careers"))
"""Right words that are one slip from a name's: "careers" are not carers."""
OCCUPATION_ENDINGS = ("ist", "ian", "ologist", "engineer", "officer", "manager", "worker", "driver", "teacher")
COMMON = 400
"""A stem in more names than this does not by itself call up its names."""
MEANING_FROM, MEANING_SURE = 0.68, 0.9
"""Cosine below which meaning says nothing, and from which it is as good as it gets."""
GUESSED, LIFE_FROM = ("skill",), 0.84
"""What may be guessed from meaning; anything else (a life somebody has had) only when the meaning is all but the same."""
PREFERENCE = {"experience": 0.0, "role": 0.02, "start": 0.05, "skill": 0.03, "occupation": 0.12}
"""Taken off the confidence when readings are compared, so that equal readings come in this order."""


@dataclass(slots=True)
class Candidate:
    """A reading of some words of the line. ``score`` decides between overlapping readings; more words, more sure, more."""

    words: tuple[int, ...]
    kind: str
    key: str
    label: str
    confidence: float
    score: float
    method: str

    @property
    def first(self) -> int:
        return self.words[0]

    @property
    def last(self) -> int:
        return self.words[-1]


def candidates(linker: Linker, line: Line, closed: set[int]) -> list[Candidate]:
    """All readings by words, best first. Words in `closed` are not used."""
    _fix_spelling(linker, line, closed)
    found: dict[tuple[str, str, int], Candidate] = {}
    numbers = [number for number in content(line) if number not in closed]
    for _, group in groupby(numbers, key=lambda number: line.words[number].sentence):
        sentence = list(group)
        for one in [*_by_words(linker, line, sentence), *_by_reference(linker, line, sentence)]:
            place = (one.kind, one.key, one.first)
            if place not in found or found[place].score < one.score:
                found[place] = one
    return sorted(found.values(), key=lambda one: (-one.score, one.first, one.kind, one.key))


def _fix_spelling(linker: Linker, line: Line, closed: set[int]) -> None:
    for number in content(line)[:400]:
        word = line.words[number]
        known = number in closed or word.plain in NOT_SLIPS
        better = None if known else linker.fix(word.plain, word.stem)
        if better:
            word.stem, word.fixed = matching_stem(better), True


def _by_words(linker: Linker, line: Line, sentence: list[int]) -> list[Candidate]:
    where: dict[str, list[int]] = {}
    for place, number in enumerate(sentence):
        where.setdefault(line.words[number].stem, []).append(place)
    names: set[int] = set()
    for stem in where:
        posted = linker.postings.get(stem, ())
        if len(posted) <= COMMON and not (stem in GENERIC and len(where) > 1 and len(posted) > 60):
            names.update(posted)
    names.update(name for name in linker.generic if all(stem in where for stem in linker.stems[name]))
    found = []
    for name in sorted(names):
        stems, weights, total = linker.stems[name], linker.weights[name], linker.total[name]
        if len(stems) > LONGEST_NAME:
            continue
        here = [(weight, where[stem]) for stem, weight in zip(stems, weights, strict=True) if stem in where]
        covered = sum(weight for weight, _ in here) / total
        lacking = [stem for stem in stems if stem not in where and stem not in WORKISH]
        if covered < LEAST_COVERED or (lacking and len(here) < MOST_TELLING):
            continue
        for anchor in max(here, key=lambda one: one[0])[1]:
            used: list[int] = []
            weight = 0.0
            for gain, places in here:
                near = min((p for p in places if p not in used), key=lambda p: abs(p - anchor), default=None)
                if near is not None and abs(near - anchor) <= REACH + len(stems):
                    used.append(near)
                    weight += gain
            covered = weight / total
            gaps = max(used) - min(used) + 1 - len(used) if used else 0
            apart = sentence[max(used)] - sentence[min(used)] + 1 - len(used) if used else 0
            if covered < LEAST_COVERED or gaps > (0 if name in linker.generic else REACH):
                continue
            if apart <= APART:
                found.append(_reading(linker, line, sentence, name, used, covered, weight, gaps))
            # "Worked in a warehouse and a nursery": the second has no "worked" of its own.
            telling = [place for place in used if line.words[sentence[place]].stem not in WORKISH]
            if 0 < len(telling) < len(used) and name not in linker.generic:
                part = sum(linker.rarity[line.words[sentence[place]].stem] for place in telling)
                if part / total >= LEAST_COVERED:
                    gaps = max(telling) - min(telling) + 1 - len(telling)
                    found.append(_reading(linker, line, sentence, name, telling, part / total, part, gaps))
    return found


def _reading(
    linker: Linker,
    line: Line,
    sentence: list[int],
    name: int,
    used: list[int],
    covered: float,
    weight: float,
    gaps: int,
) -> Candidate:
    item = linker.items[linker.owner[name]]
    numbers = tuple(sorted(sentence[place] for place in used))
    fixed = any(line.words[number].fixed for number in numbers)
    turned = used != sorted(used)
    confidence = 0.97 * covered**1.5 - 0.08 * gaps - 0.05 * turned - 0.06 * fixed
    if len(numbers) == 1:
        word = line.words[numbers[0]]
        confidence -= (
            0.05
            + 0.2 * (word.stem in GENERIC)
            + 0.2 * (len(word.plain) <= 2 and not line.text[word.start : word.end].isupper())
        )
    if name in linker.phrases and f" {linker.phrases[name]} " not in f" {line.plain} ":
        confidence -= 0.4
    confidence -= 0.02 * (linker.names[name] is not item.names[0] and item.kind == "skill")
    confidence = float(np.clip(confidence, 0.05, 0.99))
    score = (confidence - PREFERENCE[item.kind]) * (weight + 1.0)
    return Candidate(numbers, item.kind, item.key, item.label, confidence, score, "spelling" if fixed else "words")


def _by_reference(linker: Linker, line: Line, sentence: list[int]) -> list[Candidate]:
    reference = linker.reference
    if reference is None:
        return []
    found = []
    for first in range(len(sentence)):
        for size in range(1, min(LONGEST_NAME - 1, len(sentence) - first) + 1):
            numbers = tuple(sentence[first : first + size])
            if numbers[-1] - numbers[0] > 2 * size + 1:
                break
            chosen = [line.words[number] for number in numbers]
            stems = [word.stem for word in chosen]
            if all(stem in GENERIC for stem in stems) or (size == 1 and len(chosen[0].plain) < 5):
                continue
            following = line.words[numbers[-1] + 1].plain if numbers[-1] + 1 in sentence else ""
            if size == 1 and following.endswith(OCCUPATION_ENDINGS):
                continue  # a marine biologist is no marine
            for rank, row in enumerate(reference.find(stems, chosen[0].plain)):
                kind, weight = reference.kinds[row], sum(map(linker.weight, stems))
                confidence = (0.6 if size == 1 else 0.8) - 0.05 * rank - 0.1 * (kind == "skill")
                score = (confidence - PREFERENCE["occupation"]) * (min(weight, 4.5 * size) + 1.0)
                found.append(
                    Candidate(numbers, kind, reference.keys[row], reference.labels[row], confidence, score, "words")
                )
    return found


def choose(found: list[Candidate], least: float) -> list[Candidate]:
    """The best readings that share no word, greedily by score, in the order of the text."""
    taken: set[int] = set()
    kept = []
    for one in found:
        span = set(range(one.first, one.last + 1))
        if one.confidence >= least and not span & taken:
            taken |= span
            kept.append(one)
    return sorted(kept, key=lambda one: one.first)


def by_meaning(linker: Linker, line: Line, left: list[tuple[int, ...]]) -> list[Candidate]:
    """Readings by meaning of runs of words nothing else covers: the nearest name of the place's own, if near enough."""
    if linker.embedder is None or linker.vectors is None or not left:
        return []
    texts = [" ".join(word.plain for word in line.words[run[0] : run[-1] + 1]) for run in left]
    vectors = linker.embedder.embed(texts)
    likeness = vectors @ linker.vectors.T
    found = []
    for run, row in zip(left, likeness, strict=True):
        seen: set[int] = set()
        for name in np.argsort(-row, kind="stable")[:12]:
            owner = linker.owner[int(name)]
            cosine = float(row[name])
            if cosine < MEANING_FROM:
                break
            if owner in seen or (linker.items[owner].kind not in GUESSED and cosine < LIFE_FROM):
                continue
            seen.add(owner)
            item = linker.items[owner]
            share = min(1.0, (cosine - MEANING_FROM) / (MEANING_SURE - MEANING_FROM))
            confidence = 0.4 + 0.35 * share
            found.append(
                Candidate(
                    run, item.kind, item.key, item.label, confidence, confidence - PREFERENCE[item.kind], "meaning"
                )
            )
    return sorted(found, key=lambda one: (-one.score, one.first, one.kind, one.key))
