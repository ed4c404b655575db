"""
Which of the organisations we know does a name mean? Every candidate has a score from 0 to 1 and the reasons for it.

The score is a rule of thumb made of few parts, so that a person can follow it (docs/methods.md#which-organisation-a-name-means).
Names sure of one organisation are taken; the rest goes to a person. It decides nothing about people.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from math import log

from rapidfuzz import fuzz

from ginnel.partners.model.names import (
    GENERIC,
    core,
    initials,
    key,
    kinds,
    names_a_unit,
    parts,
    without_own_initials,
    words,
)

SURE = 0.9
"""From here on, and with nobody close behind, no person is asked."""
MAYBE = 0.62
"""Below this a candidate is not worth showing."""
AHEAD = 0.05
"""How far the best must be ahead of the next organisation."""
ENOUGH = 0.72
"""From here on, being the only organisation that has all words of the name makes it sure."""
MOST = 5
"""Candidates shown to a person."""
ALIKE = 86
"""Two words are one with slips of the finger in it. Unit: 0 to 100, of rapidfuzz's ratio."""


@dataclass(frozen=True, slots=True)
class Known:
    """An organisation and all that is known of how it is called. `sites` are names and postcodes of its places."""

    id: int
    name: str
    other_names: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    postcodes: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A name somebody used, with what else they said."""

    name: str
    postcode: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An organisation the name may mean. `part`: the name is of a part of it, a ward or a site, and it is the employer."""

    id: int
    score: float
    reasons: tuple[str, ...]
    part: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """Candidates, best first. `sure`: the first is it."""

    candidates: tuple[Candidate, ...] = ()
    sure: bool = False
    unit: bool = False

    @property
    def best(self) -> Candidate | None:
        return self.candidates[0] if self.candidates else None


@dataclass(slots=True)
class Resolver:
    """All known organisations, ready to be asked. Building takes about a millisecond for fifty of them."""

    known: Sequence[Known]
    _by_id: dict[int, Known] = field(default_factory=dict)
    _by_key: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    _by_core: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    _by_site: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    _by_code: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    _by_initials: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    _by_word: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    _names: dict[int, list[tuple[str, ...]]] = field(default_factory=lambda: defaultdict(list))
    _rarity: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        seen: Counter[str] = Counter()
        for one in self.known:
            self._by_id[one.id] = one
            for name in (one.name, *one.other_names):
                of = words(name)
                self._by_key[" ".join(of)[:300]].add(one.id)
                self._by_core[core(name)].add(one.id)
                self._names[one.id].append(of)
                for short in initials(name):
                    self._by_initials[short].add(one.id)
            for site in one.sites:
                self._by_site[key(site)].add(one.id)
            for code in one.codes:
                self._by_code[code.casefold()].add(one.id)
            mine = {word for of in self._names[one.id] for word in of}
            seen.update(mine)
            for word in mine:
                self._by_word[word].add(one.id)
        total = max(len(self.known), 1)
        for word, count in seen.items():
            self._rarity[word] = log(1 + total / count) * (0.45 if word in GENERIC else 1.0)

    def ask(self, asked: Asked) -> Answer:
        """Every organisation the name may mean, best first, and whether a person need be asked."""
        asked = replace(asked, name=without_own_initials(asked.name))
        found = self._whole(asked)
        unit = names_a_unit(asked.name)
        pieces = parts(asked.name)
        if (unit or len(pieces) > 1) and not self._is_sure(found):
            self._add_parts(found, asked, pieces, unit=unit)
        ranked = sorted(found.values(), key=lambda one: (-one.score, one.id))
        shown = tuple(one for one in ranked if one.score >= MAYBE)[:MOST]
        return Answer(shown, self._is_sure(found), unit)

    @staticmethod
    def _is_sure(found: dict[int, Candidate]) -> bool:
        scores = sorted((one.score for one in found.values()), reverse=True)
        return bool(scores) and scores[0] >= SURE and (len(scores) == 1 or scores[0] - scores[1] >= AHEAD)

    def _whole(self, asked: Asked) -> dict[int, Candidate]:
        """Candidates for the name as one."""
        found: dict[int, Candidate] = {}
        code = asked.code.strip().casefold()
        for one in self._by_code.get(code, ()) if code else ():
            _keep(found, Candidate(one, 1.0, ("has this code",)))
        of = words(asked.name)
        exact = " ".join(of)[:300]
        if exact:
            # “The Medical Centre” is a name, and no name: many could be called so.
            plain = set(of) <= GENERIC
            for one in self._by_key.get(exact, ()):
                _keep(found, self._placed(Candidate(one, 0.86 if plain else 0.97, ("is called this",)), asked))
            for one in () if plain else self._by_core.get(core(asked.name), ()):
                _keep(
                    found,
                    self._placed(Candidate(one, 0.94, ("is called this, but for “NHS Trust” or a space",)), asked),
                )
            for one in self._by_site.get(exact, ()):
                _keep(found, self._placed(Candidate(one, 0.95, ("has a site of this name",), part=True), asked))
            if len(of) == 1 and len(of[0]) >= 3:
                for one in self._by_initials.get(of[0], ()):
                    _keep(found, self._placed(Candidate(one, 0.93, ("has these initials",)), asked))
        containing = self._containing(of)
        for one in self._likely(of):
            score, reason = max(self._alike(of, name) for name in self._names[one])
            whole = any(sorted(of) == sorted(name) for name in self._names[one])
            if set(of) <= GENERIC or (one in containing and len(containing) > 1 and not whole):
                score = min(score, SURE - 0.02)
            elif one in containing and len(of) > 1 and score >= ENOUGH:
                score, reason = max(score, SURE + 0.01), "is the only one with all these words"
            if score > 0:
                _keep(found, self._placed(Candidate(one, score, (reason,)), asked))
        return found

    def _add_parts(self, found: dict[int, Candidate], asked: Asked, pieces: list[str], *, unit: bool) -> None:
        """A ward of a hospital trust is not an employer: its trust is."""
        tried = list(pieces)
        if unit:
            said = asked.name.split()
            # “LTHT Ward J12”, “Ward J12 LTHT”: the beginning or the end may be the employer.
            tried += [" ".join(said[:n]) for n in range(1, len(said))] + [
                " ".join(said[n:]) for n in range(1, len(said))
            ]
        for piece in dict.fromkeys(tried):
            if piece.casefold() == asked.name.casefold() or not key(piece):
                continue
            rest_is_unit = names_a_unit(asked.name) and not names_a_unit(piece)
            for one in self._whole(Asked(piece, asked.postcode)).values():
                if one.score >= SURE:
                    score = one.score - (0.02 if rest_is_unit else 0.06)
                    _keep(
                        found,
                        Candidate(one.id, score, (f"“{piece}” {one.reasons[0]}", "the rest names a part of it"), True),
                    )

    def _likely(self, of: tuple[str, ...]) -> set[int]:
        """Organisations that share a telling word, or one very like it."""
        telling = [word for word in of if word not in GENERIC] or list(of)
        found: set[int] = set()
        for word in telling:
            if word in self._by_word:
                found |= self._by_word[word]
            elif len(word) >= 4:
                for other, ids in self._by_word.items():
                    if other not in GENERIC and abs(len(other) - len(word)) <= 2 and fuzz.ratio(word, other) >= ALIKE:
                        found |= ids
        return found

    def _containing(self, of: tuple[str, ...]) -> set[int]:
        """Organisations whose names have every one of these words."""
        found = [self._by_word.get(word, set()) for word in of]
        return set.intersection(*found) if found else set()

    def _alike(self, of: tuple[str, ...], other: tuple[str, ...]) -> tuple[float, str]:
        """How much of what both names say is said by both, rare words counting most."""
        left, same, slips = list(other), 0.0, 0
        for word in of:
            match = word if word in left else _nearest(word, left)
            if match is not None:
                left.remove(match)
                same += 2 * self._weight(match) * (1.0 if match == word else 0.9)
                slips += match != word
        whole = sum(map(self._weight, of)) + sum(map(self._weight, other))
        score = min(0.96, same / whole) if whole else 0.0
        mine, theirs = kinds(of), kinds(other)
        if mine and theirs and mine.isdisjoint(theirs):
            score *= 0.6
        if _numbers(of) != _numbers(other):
            score *= 0.7
        telling = {word for word in of if word not in GENERIC}
        if telling and telling.isdisjoint(other) and not slips:
            score *= 0.6
        if score < MAYBE * 0.8:
            return 0.0, ""
        return score, "is spelt almost like this" if slips else "shares the words that matter"

    def _weight(self, word: str) -> float:
        return self._rarity.get(word, log(1 + max(len(self.known), 1)) * (0.45 if word in GENERIC else 1.0))

    def _placed(self, one: Candidate, asked: Asked) -> Candidate:
        """A postcode that is the organisation's own speaks for it; another one a little against it."""
        given = "".join(asked.postcode.split()).upper()
        held = {"".join(code.split()).upper() for code in self._by_id[one.id].postcodes if code}
        if not given or not held:
            return one
        if given in held:
            return Candidate(one.id, min(0.99, one.score + 0.12), (*one.reasons, "has this postcode"), one.part)
        if given[:-3] in {code[:-3] for code in held}:
            return one
        return Candidate(one.id, one.score - 0.08, (*one.reasons, "but has another postcode"), one.part)


def _keep(found: dict[int, Candidate], one: Candidate) -> None:
    if one.id not in found or found[one.id].score < one.score:
        found[one.id] = one


def _nearest(word: str, others: Iterable[str]) -> str | None:
    if len(word) < 4:
        return None
    best = max(((fuzz.ratio(word, other), other) for other in others if len(other) >= 4), default=(0, ""))
    return best[1] if best[0] >= ALIKE else None


def _numbers(of: tuple[str, ...]) -> set[str]:
    return {word for word in of if any(sign.isdigit() for sign in word)}
