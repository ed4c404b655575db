"""Names of organisations as they are compared: without case, signs, legal forms and the many ways to shorten a word."""

import re
from functools import lru_cache
from unicodedata import combining, normalize

SHORT = {
    "ft": "foundation trust", "nhsft": "nhs foundation trust", "hosp": "hospital", "hosps": "hospital", "hsp": "hospital",
    "univ": "university", "uni": "university", "st": "saint", "sts": "saint", "coll": "college", "sch": "school", "schl": "school",
    "pri": "primary", "prim": "primary", "jnr": "junior", "inf": "infant", "acad": "academy", "mc": "medical centre",
    "med": "medical", "ctr": "centre", "center": "centre", "cntr": "centre", "surg": "surgery", "pract": "practice", "prac": "practice",
    "hc": "health centre", "comm": "community", "assoc": "association", "grp": "group", "svc": "service", "svcs": "service",
    "serv": "service", "dept": "department", "dir": "directorate", "auth": "authority", "govt": "government", "mgmt": "management",
    "ce": "church england", "cofe": "church england", "rc": "catholic", "vc": "", "va": "", "vol": "voluntary",
    "mbc": "metropolitan borough council", "cc": "city council", "rd": "road", "ln": "lane", "ave": "avenue", "hse": "house",
    "amb": "ambulance", "yorks": "yorkshire", "w": "west", "dom": "domiciliary",
    "utc": "university technical college", "silc": "specialist inclusive learning centre", "confed": "confederation",
    "icb": "integrated care board", "pcn": "primary care network", "gp": "gp", "and": "",
}  # fmt: skip
"""What a short form stands for; empty: it says nothing."""

LEGAL = frozenset("ltd limited llp plc cic cio co company inc incorporated charity registered uk the".split())
"""Legal forms and the like: two names that differ in them alone are one."""
FILLER = frozenset("and of for in at on with a an by to upon".split())
GENERIC = frozenset(
    "nhs trust foundation hospital university college school primary secondary junior infant nursery high academy catholic "
    "church england roman care home nursing residential service group centre medical surgery practice health healthcare "
    "community council city partnership association society support housing living homecare domiciliary saint "
    "voluntary controlled aided".split()
)
"""Words many names share: they tell the kind, not which one."""
UNITS = frozenset(
    "ward directorate department team unit csu clinic theatre division section bureau branch site reception estate "
    "pathology radiology oncology maternity outpatient icu itu a&e ae emergency hr payroll procurement catering "
    "faculty campus library wing".split()
)
"""A part of an employer, not an employer: if the rest of the name is one. Without plurals, as `words` gives them."""
TRUSTS = frozenset({"nhs", "trust", "foundation"})
"""What people leave out of the name of a hospital trust."""
KINDS = {
    "school": "school", "academy": "school", "primary": "school", "infant": "school", "junior": "school", "nursery": "school",
    "surgery": "practice", "practice": "practice", "college": "college", "university": "university", "hospice": "hospice",
    "council": "council", "pharmacy": "pharmacy", "trust": "trust",
}  # fmt: skip
"""What a word says of the kind. Two names of different kinds are not one organisation, however alike they sound."""

_APOSTROPHE = re.compile(r"[’'`´]")
_POSSESSIVE = re.compile(r"(?<=\w)[’'`´]s\b")
_SIGN = re.compile(r"[^\w&]+")
_JOINED = re.compile(r"\b(c)\s*(?:of|/)\s*(e)\b")
_DOTS = re.compile(r"\b(?:\w\.){2,}")
_PARTS = re.compile(r"\s+[-–—/|]\s+|[,:;()\[\]|]+|\bt/a\b|\btrading as\b|\bpart of\b", re.IGNORECASE)


@lru_cache(maxsize=20_000)
def words(name: str) -> tuple[str, ...]:
    """
    The words that tell a name apart, in their order.

    >>> words("The St. Gemma's Hosp. (North) Ltd")
    ('saint', 'gemma', 'hospital', 'north')
    """
    text = "".join(sign for sign in normalize("NFKD", name) if not combining(sign)).casefold()
    text = _POSSESSIVE.sub("", text)
    text = _DOTS.sub(lambda found: found.group().replace(".", ""), text)
    text = _JOINED.sub("cofe", _APOSTROPHE.sub("", text)).replace("a&e", "ae").replace("&", " and ")
    found: list[str] = []
    for word in _SIGN.sub(" ", text).split():
        found += SHORT.get(word, word).split()
    return tuple(_one(word) for word in found if word not in LEGAL and word not in FILLER)


def key(name: str) -> str:
    """A name as we compare and store it. Empty for a name without a word in it."""
    return " ".join(words(name))[:300]


def core(name: str) -> str:
    """
    A name as people shorten it in speech and write it apart or together: without “NHS” and “Foundation Trust”, without spaces.

    >>> core("Leeds Community Health Care") == core("Leeds Community Healthcare NHS Trust")
    True
    """
    return "".join(word for word in words(name) if word not in TRUSTS)


def parts(name: str) -> list[str]:
    """The pieces of a name that joins several: “LTHT – Ward J12” is two."""
    found = [piece.strip() for piece in _PARTS.split(name)]
    return [piece for piece in found if words(piece)]


def without_own_initials(name: str) -> str:
    """
    A name without its own short form beside it.

    >>> without_own_initials("Leeds City Council (LCC)")
    'Leeds City Council'
    """
    pieces = parts(name)
    short = [piece for piece in pieces if any("".join(words(piece)) in initials(other) for other in pieces)]
    kept = [piece for piece in pieces if piece not in short]
    return kept[0] if short and len(kept) == 1 else name


@lru_cache(maxsize=20_000)
def initials(name: str) -> frozenset[str]:
    """
    The short forms a name is likely to have: of all its words, without “NHS”, without “trust”, with and without small words.

    >>> sorted(initials("Leeds and York Partnership NHS Foundation Trust"))[:3]
    ['layp', 'laypft', 'laypnft']
    """
    raw = [
        word
        for word in _SIGN.sub(" ", _APOSTROPHE.sub("", name.casefold()).replace("&", " and ")).split()
        if word != "the"
    ]
    found = set()
    for kept in (raw, [word for word in raw if word not in FILLER and word not in LEGAL]):
        without_nhs = [word for word in kept if word != "nhs"]
        for some in (kept, without_nhs, [word for word in without_nhs if word not in {"foundation", "trust"}]):
            short = "".join(word[0] for word in some)
            if len(short) >= 3:
                found.add(short)
    return frozenset(found)


def kinds(of: tuple[str, ...]) -> frozenset[str]:
    """The kinds that a name's words say."""
    return frozenset(KINDS[word] for word in of if word in KINDS)


def names_a_unit(name: str) -> bool:
    """Whether a name says it is a part of something: a ward, a directorate, a team."""
    return any(word in UNITS for word in words(name))


def _one(word: str) -> str:
    """A word without its plural: “hospitals” is “hospital”."""
    if len(word) > 4 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word
