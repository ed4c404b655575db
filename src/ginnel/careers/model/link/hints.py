"""What a text says of qualifications, gates, hours, pay, age and how long: found by patterns, before any linking."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ginnel.careers.model.link.answer import GateHint, LevelHint, Wants
from ginnel.careers.model.link.line import Line

HOURS_A_YEAR = 37.5 * 52
NUMBERS = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
        " eighteen nineteen twenty".split()
    )
} | {"a": 1, "an": 1, "couple": 2, "few": 3, "several": 4, "thirty": 30, "forty": 40, "half": 0.5}
_N = r"(?:\d{1,2}(?:\.\d)?|" + "|".join(sorted(NUMBERS, key=len, reverse=True)) + ")"
_NO = r"(?:no|without|zero|not? any|never (?:got|had|did|passed|took|sat)|(?:didnt|did not|dont|havent|have not|hasnt|do not) (?:got|get|have|pass|finish|do|sit|take)(?: any| my| a| no)?|havent(?: any)?|failed(?: all| my)*|lack|lacking|not got(?: any| my)?|aint got(?: no| any)?)(?: (?:any|formal|real|proper|good|actual|of|my))*"
_STUDYING = re.compile(
    r"(?:doing|studying|study|taking|finishing|sitting|in the middle of|currently on|working towards|half ?way through|retaking|revising|applying|final year|(?:first|second|third|1st|2nd|3rd) year|year 1[0-3]|about to (?:do|take|finish)|on an?)\b[^.]{0,24}$"
)
_DROPPED = re.compile(r"(?:dropped out|drop out|left|quit|didnt finish|never finished|did not finish|gave up)\b[^.]{0,30}$")

# Highest first: a text that speaks of several is read at the highest that is held.
LEVELS: tuple[tuple[int, str], ...] = (
    (8, r"phd|doctorate|doctoral"),
    (7, r"masters?(?: degree)|masters(?! of ceremon)|msc|mba|m ?phil|pgce|postgrad(?:uate)?|pg ?dip|mbbs|mbchb|level 7|(?:nvq|qcf) 7"),
    (6, r"degrees?|bsc|b sc|ba hons|ba in|beng|llb|bachelors?|graduated?|graduated from|went to uni(?:versity)?|finished uni(?:versity)?|uni(?:versity)? graduate|2 1 in|first class hons|honours|level 6|medical degree"),
    (5, r"foundation degree|hnd|higher national diploma|diploma of higher education|dip ?he|(?:nvq|qcf|rqf)(?: level)? 5|level 5"),
    (4, r"hnc|higher national certificate|cert ?he|(?:nvq|qcf|rqf)(?: level)? 4|level 4"),
    (3, r"a levels?|as levels?|alevels?|btec(?: level)? 3|btec national|btec extended|btecs?(?: in)?(?! level [12])(?! [12])|t levels?|(?:nvq|qcf|rqf)(?: level)? (?:3|three)|(?:nvq|qcf|rqf)3|level (?:3|three)|l3|access (?:course|to he|to nursing|diploma)|international baccalaureate|highers|sixth form|6th form|abitur|matura"),
    (2, r"(?:nvq|qcf|rqf)(?: level)? (?:2|two)|(?:nvq|qcf|rqf)2|level (?:2|two)|l2|o levels?|(?:[5-9]|1[0-2]|five|six|seven|eight|nine|ten|good|all my|got my|passed my|passed all my) gcses?|gcses? (?:grades? )?(?:a|b|c|[4-9])(?: to|s| and|$)[^.,]{0,8}|english and maths gcses?|gcses? (?:in )?(?:english|maths) and (?:maths|english)|(?<!few )(?<!some )(?<!couple of )(?<!low )(?<!bad )(?<!poor )(?<!one )(?<!two )(?<!three )(?<!four )(?<![1-4] )gcses"),
    (1, r"(?:a few|some|couple of|a couple of|few|one|two|three|four|[1-4]|low|bad|poor) (?:low |bad |poor )?gcses?|gcses? (?:grades? )?(?:[1-3]|d|e|f)\b|(?:nvq|qcf|rqf)(?: level)? (?:1|one)|level (?:1|one)|cses?|btec level 1|entry level"),
)  # fmt: skip
_LEVEL = tuple((level, re.compile(rf"\b(?:{pattern})\b")) for level, pattern in LEVELS)
_ANY_QUALIFICATION = r"(?:gcses?|qualifications?|quals|exams?|grades|certificates|education|schooling|o levels?)"
_NOTHING = re.compile(
    rf"\b{_NO} {_ANY_QUALIFICATION}(?: (?:or|nor|and) (?:anything|nothing|{_ANY_QUALIFICATION}))?\b|\bleft school (?:at \w+ )?with (?:nothing|no\w*)(?: \w+)?|\bunqualified\b"
    r"|\bno (?:gcses|qualifications) (?:at all|to my name)|\bleft school (?:at|when i was) 1[0-5]\b|\bnever (?:went to|finished) school\b|\bdidnt finish school\b"
)
_NO_HIGH = re.compile(rf"\b{_NO}(?: an?| the)? (?:degree|a levels?|uni(?:versity)?|btec|nvqs?|college)(?: (?:or|and) \w+)?\b|\b(?:didnt|never|not) (?:go|went|been|gone|go on) to (?:uni|university|college)\b")

_DRIVE = re.compile(
    r"\b(?:(?:full|clean|uk|manual|valid|have a|got a|my) )+(?:driving )?licen[cs]e\b|\bdriving licen[cs]e\b|\bi can drive\b|\bi drive\b|\bable to drive\b|\bcar (?:owner|driver)\b|\b(?:have|got|own) (?:a|my own) (?:car|van)\b|\bpassed my (?:driving )?test\b|\bdriver and car owner\b"
)
_NO_DRIVE = re.compile(
    rf"\b(?:cant|cannot|can not|dont|do not|unable to|never learn(?:ed|t) to|not able to) drive\b|\b{_NO}(?: a| driving| full| my)* (?:licen[cs]e|car)\b|\bnon driver\b|\blost my licen[cs]e\b"
)
_DBS = re.compile(r"\b(?:enhanced |clear |clean |up to date |valid |full )*(?:dbs|crb)(?: check(?:ed)?| certificate)?\b")
_NO_DBS = re.compile(rf"\b{_NO}(?: a| an| enhanced)* (?:dbs|crb)\b")
_ENGLISH_MATHS = re.compile(
    r"\b(?:gcses? )?(?:in )?(?:english and maths|maths and english)(?: language)?(?: gcses?)?(?: (?:at )?(?:grades?|level) ?\w+)?|\bfunctional skills(?: (?:in )?(?:english|maths|and|english and maths|maths and english))*(?: level ?\w+)?|\bkey skills level \w+"
)
_NO_ENGLISH_MATHS = re.compile(rf"\b{_NO}(?: gcse)?(?: in)? (?:english|maths)(?: (?:or|and) (?:english|maths))?(?: gcses?)?\b")

_SHIFT = {
    "nights": r"nights?|night shifts?|nightshifts?|overnights?|waking nights|sleep ?ins?",
    "evenings": r"evenings?|evening shifts?|late shifts?|lates",
    "weekends": r"weekends?|saturdays?|sundays?|saturdays and sundays",
    "school-hours": r"school (?:hours|times?|run hours)|term ?time(?: only)?|while the kids are at school|when the kids are (?:at|in) school|between school runs?|around (?:the )?(?:school|kids|my kids|my children|children)(?: runs?)?|fit (?:round|around) (?:school|the kids|my kids|my children)|9 ?(?:30)?(?:am)? (?:to|til|till|until) (?:2|3|230|2 30)(?:pm)?",
    "days": r"days only|day shifts?|daytimes?|day time|during the day|monday to friday|mon to fri|9 to 5|nine to five|office hours",
    "on-call": r"on call|standby",
    "flexible": r"flexible(?: hours| working| shifts?)?|any shifts?|any hours|bank work|zero hours",
}  # fmt: skip
_ANY_SHIFT = "|".join(f"(?:{pattern})" for pattern in _SHIFT.values())
_SHIFT_RE = {slug: re.compile(rf"\b(?:{pattern})\b") for slug, pattern in _SHIFT.items()}
_SHIFTS_NOT = re.compile(
    r"\b(?:(?:cant|cannot|can not|dont|do not|wont|wouldnt|not able to|unable to|not|no|never|rather not|without|avoid|except|no more|hate|not keen on|am not)(?: (?:want|wanting|like|do|doing|work|working|to|any|be|on|at|the|more|able|or|available|willing|cover|manage|really|ideally))*)"
    rf" (?:(?:{_ANY_SHIFT})(?: ?,? ?(?:and|or|nor|,) ?)?)+"
)
_SHIFTS_ONLY = re.compile(rf"\b(?:only|just|must be|has to be|have to be|need(?:s)?(?: to be| it to)?)(?: (?:do|work|want|available|during|be|fit|in|on|round|around|can|for))* (?:{_ANY_SHIFT})|(?:{_ANY_SHIFT}) only\b")
_PART_TIME = re.compile(r"\bpart ?time\b|\bfew hours(?: a (?:week|day))?\b|\bcouple of days a week\b|\bnot full ?time\b|\bcant (?:do|work) full ?time\b|\bjob ?share\b|\breduced hours\b")
_FULL_TIME = re.compile(r"(?<!not )(?<!do )(?<!work )\bfull ?time (?:job|work|hours|role|position|post|only)\b|\b(?:want|need|looking for)(?: to work| a| to be)? full ?time\b")
_HOURS = re.compile(r"\b(?:up to |about |around |max |maximum |only )?(\d{1,2})(?: (?:to|or) (\d{1,2}))? ?(?:hours|hrs|hr|h) (?:a|per|each|every) ?week\b")

_MONEY = re.compile(
    r"(?P<need>(?:need|at least|minimum|min|must|no less than|less than|looking for|want|have to|got to|earn|above|over|more than|wage of|salary of|pay of)\b[^.]{0,28}?)?(?P<now>\b(?:on|earning|earn|paid|making|was on|currently)\b[^.\d£]{0,14})?"
    r"(?P<sum>£ ?\d[\d,]*(?:\.\d{1,2})?k?|\b\d[\d,]*(?:\.\d{1,2})?k\b|\b\d{2},?\d{3}\b|\b\d{1,3}(?:\.\d{1,2})? ?(?:pounds|quid))"
    r"(?: ?(?:pounds|quid|gbp))?(?P<unit> ?,? ?(?:an?|per|each|every|p) ?(?:hour|hr|h|week|wk|w|month|m|year|annum|a|yr|day)\b| ?(?:ph|pw|pm|pa|hourly|weekly|monthly|yearly|annually)\b)?"
)
_AGE = re.compile(
    r"\b(?:im|i am|i m|am|aged|age|turned|turning|just turned|nearly|i will be|ill be)(?: nearly| almost| only| now| just| about)? (?P<age>1[3-9]|[2-7]\d)\b(?! ?(?:stone|st|kg|hours|hrs|weeks|months|miles|minutes|days|percent|,\d|k\b|years? (?:in|of|as|exp|work)))|\b(?P<age2>1[3-9]|[2-7]\d) ?(?:years? old|yrs? old|yo|y o|year old)\b"
)
_OTHERS = re.compile(r"\b(?:mum|dad|son|daughter|gran|nan|nana|nanna|grandad|grandma|husband|wife|partner|sister|brother|child|boy|girl|kids?|mother|father|who|she|he|they|friend|uncle|aunt|auntie|neighbour|with an?|have an?|an?|my|twins?)\b[^.]{0,14}$")
DURATION = re.compile(
    rf"\b(?:(?P<n>{_N})(?: (?:and a|to|or) (?:half|{_N}))?(?: ?\+)?(?: of)?(?: or so| plus| whole| long| full)?) ?(?P<unit>years?|yrs?|y|months?|mths?|weeks?|wks?|decades?)\b(?! ?(?:old|ago))"
)
_UNIT_MONTHS = {"y": 12.0, "m": 1.0, "w": 12 / 52, "d": 120.0}


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


def find_hints(line: Line) -> Hints:
    """Read all hints of a line. ``covered`` words are understood; ``closed`` ones must not be linked to anything else."""
    hints = Hints()
    _find_level(line, hints)
    _find_gates(line, hints)
    _find_wants(line, hints)
    _find_pay(line, hints)
    for found in _AGE.finditer(line.plain):
        if found["age2"] and _OTHERS.search(line.plain[: found.start()]) and not re.search(r"(?:\bim|i am|as)(?: an?)? $", line.plain[: found.start()]):
            continue
        hints.age = hints.age or int(found["age"] or found["age2"])
        _cover(line, hints, found, close=True)
    for found in DURATION.finditer(line.plain):
        number = NUMBERS.get(found["n"], 0) or float(found["n"]) if not found["n"].isalpha() else NUMBERS[found["n"]]
        hints.durations.append((line.span(*found.span()), number * _UNIT_MONTHS[found["unit"][0]]))
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
    nothing = _NOTHING.search(text)
    for pattern in (_NOTHING, _NO_HIGH):
        for found in pattern.finditer(text):
            taken.append(found.span())
            _cover(line, hints, found, close=True)
    for level, pattern in _LEVEL:
        for found in pattern.finditer(text):
            if any(start < found.end() and found.start() < end for start, end in taken):
                continue
            taken.append(found.span())
            before = text[: found.start()]
            going = bool(_STUDYING.search(before)) or bool(re.match(r" (?:student|at the moment|next year|this year|in (?:september|june))", text[found.end() :]))
            hint = LevelHint(level, found[0])
            if going or _DROPPED.search(before):
                held = {8: 7, 7: 6, 6: 3, 5: 3, 4: 3, 3: 2, 2: 1, 1: 0}[level]
                hint = LevelHint(held, found[0], level if going else None)
            _cover(line, hints, found, close=level in (7, 8) or found[0].startswith(("gcse", "nvq", "level")))
            if best is None or (hint.level, hint.studying_for or 0) > (best.level, best.studying_for or 0):
                best = hint
    hints.level = best if best or not nothing else LevelHint(0, nothing[0])


def _find_gates(line: Line, hints: Hints) -> None:
    for gate, no, yes in (("driving-licence", _NO_DRIVE, _DRIVE), ("dbs", _NO_DBS, _DBS), ("english-maths", _NO_ENGLISH_MATHS, _ENGLISH_MATHS)):
        for held, pattern in ((False, no), (True, yes)):
            found = pattern.search(line.plain)
            if found:
                slug = gate
                if gate == "english-maths":
                    low = re.search(r"level (?:1|one)|grades? [1-3d-f]\b|entry level", found[0])
                    spoken = re.search(r"gcse|functional|level|grade|key skills", line.plain[max(0, found.start() - 25) : found.end() + 20])
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
    for pattern, into in ((_SHIFTS_NOT, unwelcome), (_SHIFTS_ONLY, only)):
        for found in pattern.finditer(rest):
            into.update(slug for slug, one in _SHIFT_RE.items() if one.search(found[0]))
            _cover(line, hints, found, close=True)
        rest = pattern.sub(lambda found: " " * len(found[0]), rest)
    for slug, one in _SHIFT_RE.items():
        for found in one.finditer(rest):
            before = rest[: found.start()]
            if slug == "school-hours" or (slug == "flexible" and re.search(r"(?:want|need|something|prefer|looking for|like)[^.]{0,20}$", before)):
                only.add(slug)
            elif slug in ("on-call", "flexible") and not re.search(r"\b(?:hours|shifts?|on call)\b", found[0]):
                continue
            elif not re.search(r"\b(?:like|love|sleep|out|free|off|my|church on|on) $", before):
                fine.add(slug)
            _cover(line, hints, found)
    hours = _HOURS.search(line.plain)
    part, full = _PART_TIME.search(line.plain), _FULL_TIME.search(line.plain)
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
    for found in _MONEY.finditer(line.plain):
        digits = found["sum"].replace("£", "").replace(",", "").replace("pounds", "").replace("quid", "").strip()
        thousand = digits.endswith("k")
        amount = float(digits.removesuffix("k")) * (1000 if thousand else 1)
        unit = (found["unit"] or "").strip()
        of = re.sub(r"^(?:,|an?|per|each|every|p)+ ?", "", unit)[:1] if unit not in ("ph", "pw", "pm", "pa") else unit[1]
        year = {"h": HOURS_A_YEAR, "w": 52, "m": 12, "y": 1, "a": 1, "d": 260}.get(of)
        if year is None:
            year = HOURS_A_YEAR if amount < 60 else 52 if amount < 1_000 else 12 if amount < 6_000 else 1
        yearly = amount * year
        _cover(line, hints, found, close=True)
        if found["now"] and not found["need"]:
            continue
        if 1_000 <= yearly <= 500_000 and (found["need"] or unit):
            hints.pay_needed_gbp = max(hints.pay_needed_gbp or 0, round(yearly))
