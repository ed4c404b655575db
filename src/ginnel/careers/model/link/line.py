"""Text cut into words that remember where they stood, with what parts sentences kept as signs of their own."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from ginnel.careers.model.text import STOP_WORDS, stem

READ = 4_000
"""Characters of a text that are read. A page of print is about 3,000."""

_TAG = re.compile(r"<[^<>]{0,300}>|https?://\S{1,300}|&[a-z]{2,8};")
_PIECE = re.compile(r"£?\d+(?:[.,]\d+)*[a-z]*|[^\W_]+(?:['\u2019`][^\W_]+)*|[.,;:!?\n()\u2022|&/]")
_SENTENCE = frozenset(".;!?\n\u2022|")
_IT_WORK = frozenset(
    "support technician helpdesk engineer engineering department service manager skill trainer security admin apprentice desk"
    " analyst developer consultant company industry sector officer".split()
)

# Family and everyday words that mean the same here, by surface word.
SAME = {
    word: canon
    for canon, group in {
        "mum": "mother mam mom mummy mums mumma ma",
        "dad": "father daddy papa dads",
        "grandad": "grandfather grandpa granddad grandparent grandparents gramps grandads",
        "gran": "grandmother granny grandma nan nanna nana nannan grans nans",
        "husband": "hubby husbands",
        "wife": "missus",
        "child": "children kid kids kiddies bairns childrens",
        "old": "elderly older pensioner pensioners oap oaps elders",
        "brother": "brothers bro",
        "sister": "sisters sis",
        "till": "tills checkout checkouts",
        "autistic": "autism asd",
        "dementia": "alzheimers alzheimer",
        "lorry": "truck lorries trucks",
        "night": "nights nightshift nightshifts",
        "hair": "hairs",
        "volunteer": "volunteered volunteering voluntary volunteers",
        "cook": "cooking cooked cooks",
        "clean": "cleaning cleaned cleaner cleaners",
        "drive": "driving drove driver drivers drives driven",
        "teach": "taught teaching teacher teachers teaches",
        "garden": "gardening gardener gardeners gardens",
        "build": "building built builder builders",
        "sell": "sold selling sells",
        "run": "ran running runs",
        "bring": "brought bringing brings",
        "wait": "waited waiting waiter waitress waitressing",
        "nurse": "nursing nurses nursed",
        "secure": "security",
    }.items()
    for word in group.split()
}
_JOINED = {
    "carehome": "care home", "carehomes": "care home", "callcentre": "call centre", "homecare": "home care",
    "nightclub": "night club", "carework": "care work", "barwork": "bar work", "shopwork": "shop work",
    "lsa": "learning support assistant", "cna": "healthcare assistant", "carehomework": "care home work",
}  # fmt: skip
_PARTED = {
    ("health", "care"): "healthcare", ("ware", "house"): "warehouse", ("child", "minder"): "childminder",
    ("child", "minding"): "childminding", ("super", "market"): "supermarket", ("fork", "lift"): "forklift",
    ("grand", "dad"): "grandad", ("grand", "ma"): "gran", ("grand", "mother"): "gran", ("grand", "father"): "grandad",
    ("take", "away"): "takeaway", ("house", "keeping"): "housekeeping", ("pot", "washer"): "pot wash",
}  # fmt: skip


@dataclass(slots=True)
class Word:
    """One word: where it stood, how it is matched, and whether it carries meaning. ``fixed``: its spelling put right."""

    start: int
    end: int
    plain: str
    stem: str
    stop: bool
    sentence: int
    fixed: bool = False


@dataclass(slots=True)
class Line:
    """
    A text in plain form. ``plain`` is every word and sign with one space between; ``starts[i]`` is where word i begins in it.
    """

    text: str
    words: list[Word]
    plain: str
    starts: list[int]

    def span(self, start: int, end: int) -> range:
        """The words that stand between two places in `plain`."""
        first = max(0, bisect_right(self.starts, start) - 1)
        while first < len(self.words) and self.starts[first] + len(self.words[first].plain) <= start:
            first += 1
        last = first
        while last < len(self.words) and self.starts[last] < end:
            last += 1
        return range(first, last)


@lru_cache(maxsize=65_536)
def plain(word: str) -> str:
    """A word without case, accents, apostrophes or possessive ending."""
    folded = unicodedata.normalize("NFKD", word).casefold().replace("\u2019", "'").replace("`", "'")
    return "".join(ch for ch in folded if not unicodedata.combining(ch)).removesuffix("'s").replace("'", "")


_CANON = frozenset(SAME.values())


@lru_cache(maxsize=65_536)
def matching_stem(word: str) -> str:
    """What a word is matched by: everyday doubles made one, then its stem."""
    canon = SAME.get(word, word)
    return canon if canon in _CANON else stem(canon)


def read_line(text: str) -> Line:
    """Cut a text into words. Mark-up, addresses and all after `READ` characters are left out."""
    raw = _TAG.sub(lambda found: " " * len(found[0]), text[:READ])
    shouting = raw.isupper()
    pieces = [(found.start(), found.end(), found[0]) for found in _PIECE.finditer(raw)]
    words: list[Word] = []
    out: list[str] = []
    starts: list[int] = []
    length = sentence = skip = 0
    for number, (start, end, piece) in enumerate(pieces):
        if skip:
            skip = 0
            continue
        if not (piece[0].isalnum() or piece[0] == "£"):
            sentence += piece in _SENTENCE
            sign = "and" if piece == "&" else "." if piece in _SENTENCE else ","
            out.append(sign)
            length += len(sign) + 1
            continue
        form = plain(piece)
        if not form:
            continue
        following = plain(pieces[number + 1][2]) if number + 1 < len(pieces) else ""
        is_it = form == "it" and ((piece == "IT" and not shouting) or following in _IT_WORK)
        parted = _PARTED.get((form, following))
        if parted:
            end = pieces[number + 1][1]
            form, skip = parted, 1
        for part in _JOINED.get(form, form).split():
            key = "infotech" if is_it else matching_stem(part)
            words.append(Word(start, end, part, key, not is_it and part in STOP_WORDS, sentence))
            starts.append(length)
            out.append(part)
            length += len(part) + 1
    _care_for(words)
    return Line(text, words, " ".join(out), starts)


def _care_for(words: list[Word]) -> None:
    """ "Care for", "carer to" and "looking after" are one: all become "look"."""
    for here, following in pairwise(words):
        if here.stem == "care" and here.plain != "careful" and following.plain in ("for", "to", "of"):
            here.stem = "look"


def content(line: Line) -> list[int]:
    """Numbers of the words that carry meaning."""
    return [number for number, word in enumerate(line.words) if not word.stop]


def name_key(name: str) -> tuple[str, ...]:
    """Stems of a name's words that carry meaning, in order. A name of stop words only keeps them."""
    line = read_line(name)
    return tuple(word.stem for word in line.words if not word.stop) or tuple(word.stem for word in line.words)
