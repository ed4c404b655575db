"""The patterns by which hints are found. They read `Line.plain`: lower case, no apostrophes, signs as " ." and " ,"."""

from __future__ import annotations

import re

NUMBERS = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
        " eighteen nineteen twenty".split()
    )
} | {"a": 1, "an": 1, "couple": 2, "few": 3, "several": 4, "thirty": 30, "forty": 40, "half": 0.5}
NUMBER = r"(?:\d{1,2}(?:\.\d)?|" + "|".join(sorted(NUMBERS, key=len, reverse=True)) + ")"
NOT_HAVING = (
    r"(?:no|without|zero|not? any|never (?:got|had|did|passed|took|sat)|(?:didnt|did not|dont|havent|"
    r"have not|hasnt|do not) (?:got|get|have|pass|finish|do|sit|take)(?: any| my| a| no)?|"
    r"havent(?: any)?|failed(?: all| my)*|lack|lacking|not got(?: any| my)?|aint got(?: no|"
    r" any)?)(?: (?:any|formal|real|proper|good|actual|of|my))*"
)
STUDYING = re.compile(
    r"(?:doing|studying|study|taking|finishing|sitting|in the middle of|currently on|working towards|"
    r"half ?way through|retaking|revising|applying|final year|(?:first|second|third|1st|2nd|"
    r"3rd) year|year 1[0-3]|about to (?:do|take|finish)|on an?)\b[^.]{0,24}$"
)
DROPPED = re.compile(
    r"(?:dropped out|drop out|left|quit|didnt finish|never finished|did not finish|gave up)\b[^.]{0,30}$"
)

# Highest first: a text that speaks of several is read at the highest that is held.
LEVELS: tuple[tuple[int, str], ...] = (
    (8, r"phd|doctorate|doctoral"),
    (7,
        r"masters?(?: degree)|masters(?! of ceremon)|msc|mba|m ?phil|pgce|postgrad(?:uate)?|pg ?dip|mbbs|"
        r"mbchb|level 7|(?:nvq|qcf) 7"),
    (6,
        r"degrees?|bsc|b sc|ba hons|ba in|beng|llb|bachelors?|graduated?|graduated from|"
        r"went to uni(?:versity)?|finished uni(?:versity)?|uni(?:versity)? graduate|2 1 in|"
        r"first class hons|honours|level 6|medical degree"),
    (5,
        r"foundation degree|hnd|higher national diploma|diploma of higher education|dip ?he|(?:nvq|qcf|"
        r"rqf)(?: level)? 5|level 5"),
    (4, r"hnc|higher national certificate|cert ?he|(?:nvq|qcf|rqf)(?: level)? 4|level 4"),
    (3,
        r"a levels?|as levels?|alevels?|btec(?: level)? 3|btec national|btec extended|"
        r"btecs?(?: in)?(?! level [12])(?! [12])|t levels?|(?:nvq|qcf|rqf)(?: level)? (?:3|three)|(?:nvq|"
        r"qcf|rqf)3|level (?:3|three)|l3|access (?:course|to he|to nursing|diploma)|"
        r"international baccalaureate|highers|sixth form|6th form|abitur|matura"),
    (2,
        r"(?:nvq|qcf|rqf)(?: level)? (?:2|two)|(?:nvq|qcf|rqf)2|level (?:2|two)|l2|o levels?|(?:[5-9]|"
        r"1[0-2]|five|six|seven|eight|nine|ten|good|all my|got my|passed my|passed all my) gcses?|"
        r"gcses? (?:grades? )?(?:a|b|c|[4-9])(?: to|s| and|$)[^.,]{0,8}|english and maths gcses?|"
        r"gcses? (?:in )?(?:english|maths) and (?:maths|english)|"
        r"(?<!few )(?<!some )(?<!couple of )(?<!low )(?<!bad )(?<!poor )(?<!one )(?<!two )(?<!three )(?<!four )(?<![1-4] )gcses"),
    (1,
        r"(?:a few|some|couple of|a couple of|few|one|two|three|four|[1-4]|low|bad|poor) (?:low |bad |"
        r"poor )?gcses?|gcses? (?:grades? )?(?:[1-3]|d|e|f)\b|(?:nvq|qcf|rqf)(?: level)? (?:1|one)|"
        r"level (?:1|one)|cses?|btec level 1|entry level"),
)  # fmt: skip
LEVEL_PATTERNS = tuple((level, re.compile(rf"\b(?:{pattern})\b")) for level, pattern in LEVELS)
ANY_QUALIFICATION = r"(?:gcses?|qualifications?|quals|exams?|grades|certificates|education|schooling|o levels?)"
NOTHING = re.compile(
    rf"\b{NOT_HAVING} {ANY_QUALIFICATION}(?: (?:or|nor|and) (?:anything|nothing|{ANY_QUALIFICATION}))?\b|"
    rf"\bleft school (?:at \w+ )?with (?:nothing|no\w*)(?: \w+)?|\bunqualified\b"
    r"|\bno (?:gcses|qualifications) (?:at all|to my name)|\bleft school (?:at|when i was) 1[0-5]\b|"
    r"\bnever (?:went to|finished) school\b|\bdidnt finish school\b"
)
NO_HIGH = re.compile(
    rf"\b{NOT_HAVING}(?: an?| the)? (?:degree|a levels?|uni(?:versity)?|btec|nvqs?|college)(?: (?:or|"
    rf"and) \w+)?\b|\b(?:didnt|never|not) (?:go|went|been|gone|go on) to (?:uni|university|college)\b"
)

DRIVE = re.compile(
    r"\b(?:(?:full|clean|uk|manual|valid|have a|got a|my) )+(?:driving )?licen[cs]e\b|"
    r"\bdriving licen[cs]e\b|\bi can drive\b|\bi drive\b|\bable to drive\b|\bcar (?:owner|driver)\b|"
    r"\b(?:have|got|own) (?:a|my own) (?:car|van)\b|\bpassed my (?:driving )?test\b|"
    r"\bdriver and car owner\b"
)
NO_DRIVE = re.compile(
    rf"\b(?:cant|cannot|can not|dont|do not|unable to|never learn(?:ed|t) to|not able to) drive\b|"
    rf"\b{NOT_HAVING}(?: a| driving| full| my)* (?:licen[cs]e|car)\b|\bnon driver\b|\blost my licen[cs]e\b"
)
DBS = re.compile(r"\b(?:enhanced |clear |clean |up to date |valid |full )*(?:dbs|crb)(?: check(?:ed)?| certificate)?\b")
NO_DBS = re.compile(rf"\b{NOT_HAVING}(?: a| an| enhanced)* (?:dbs|crb)\b")
ENGLISH_MATHS = re.compile(
    r"\b(?:gcses? )?(?:in )?(?:english and maths|"
    r"maths and english)(?: language)?(?: gcses?)?(?: (?:at )?(?:grades?|level) ?\w+)?|"
    r"\bfunctional skills(?: (?:in )?(?:english|maths|and|english and maths|"
    r"maths and english))*(?: level ?\w+)?|\bkey skills level \w+"
)
NO_ENGLISH_MATHS = re.compile(
    rf"\b{NOT_HAVING}(?: gcse)?(?: in)? (?:english|maths)(?: (?:or|and) (?:english|maths))?(?: gcses?)?\b"
)

SHIFT_WORDS = {
    "nights": r"nights?|night shifts?|nightshifts?|overnights?|waking nights|sleep ?ins?",
    "evenings": r"evenings?|evening shifts?|late shifts?|lates",
    "weekends": r"weekends?|saturdays?|sundays?|saturdays and sundays",
    "school-hours": (
        r"school (?:hours|times?|run hours)|term ?time(?: only)?|while the kids are at school|"
        r"when the kids are (?:at|in) school|between school runs?|around (?:the )?(?:school|kids|my kids|"
        r"my children|children)(?: runs?)?|fit (?:round|around) (?:school|the kids|my kids|my children)|"
        r"9 ?(?:30)?(?:am)? (?:to|til|till|until) (?:2|3|230|2 30)(?:pm)?"
    ),
    "days": (
        r"days only|day shifts?|daytimes?|day time|during the day|monday to friday|mon to fri|9 to 5|"
        r"nine to five|office hours"
    ),
    "on-call": r"on call|standby",
    "flexible": r"flexible(?: hours| working| shifts?)?|any shifts?|any hours|bank work|zero hours",
}  # fmt: skip
ANY_SHIFT = "|".join(f"(?:{pattern})" for pattern in SHIFT_WORDS.values())
SHIFTS = {slug: re.compile(rf"\b(?:{pattern})\b") for slug, pattern in SHIFT_WORDS.items()}
SHIFTS_NOT = re.compile(
    r"\b(?:(?:cant|cannot|can not|dont|do not|wont|wouldnt|not able to|unable to|not|no|never|"
    r"rather not|without|avoid|except|no more|hate|not keen on|am not)(?: (?:want|wanting|like|do|"
    r"doing|work|working|to|any|be|on|at|the|more|able|or|available|willing|cover|manage|really|"
    r"ideally))*)"
    rf" (?:(?:{ANY_SHIFT})(?: ?,? ?(?:and|or|nor|,) ?)?)+"
)
SHIFTS_ONLY = re.compile(
    rf"\b(?:only|just|must be|has to be|have to be|need(?:s)?(?: to be| it to)?)(?: (?:do|work|want|"
    rf"available|during|be|fit|in|on|round|around|can|for))* (?:{ANY_SHIFT})|(?:{ANY_SHIFT}) only\b"
)
PART_TIME = re.compile(
    r"\bpart ?time\b|\bfew hours(?: a (?:week|day))?\b|\bcouple of days a week\b|\bnot full ?time\b|"
    r"\bcant (?:do|work) full ?time\b|\bjob ?share\b|\breduced hours\b"
)
FULL_TIME = re.compile(
    r"(?<!not )(?<!do )(?<!work )\bfull ?time (?:job|work|hours|role|position|post|only)\b|\b(?:want|"
    r"need|looking for)(?: to work| a| to be)? full ?time\b"
)
HOURS = re.compile(
    r"\b(?:up to |about |around |max |maximum |only )?(\d{1,2})(?: (?:to|or) (\d{1,2}))? ?(?:hours|"
    r"hrs|hr|h) (?:a|per|each|every) ?week\b"
)

MONEY = re.compile(
    r"(?P<need>(?:need|at least|minimum|min|must|no less than|less than|looking for|want|have to|"
    r"got to|earn|above|over|more than|wage of|salary of|pay of)\b[^.]{0,28}?)?(?P<now>\b(?:on|"
    r"earning|earn|paid|making|was on|currently)\b[^.\d£]{0,14})?"
    r"(?P<sum>£ ?\d[\d,]*(?:\.\d{1,2})?k?|\b\d[\d,]*(?:\.\d{1,2})?k\b|\b\d{2},?\d{3}\b|"
    r"\b\d{1,3}(?:\.\d{1,2})? ?(?:pounds|quid))"
    r"(?: ?(?:pounds|quid|gbp))?(?P<unit> ?,? ?(?:an?|per|each|every|p) ?(?:hour|hr|h|week|wk|w|"
    r"month|m|year|annum|a|yr|day)\b| ?(?:ph|pw|pm|pa|hourly|weekly|monthly|yearly|annually)\b)?"
)
AGE = re.compile(
    r"\b(?:im|i am|i m|am|aged|age|turned|turning|just turned|nearly|i will be|ill be)(?: nearly|"
    r" almost| only| now| just| about)? (?P<age>1[3-9]|[2-7]\d)\b(?! ?(?:stone|st|kg|hours|hrs|weeks|"
    r"months|miles|minutes|days|percent|,\d|k\b|years? (?:in|of|as|exp|work)))|\b(?P<age2>1[3-9]|"
    r"[2-7]\d) ?(?:years? old|yrs? old|yo|y o|year old)\b"
)
OTHER_PEOPLE = re.compile(
    r"\b(?:mum|dad|son|daughter|gran|nan|nana|nanna|grandad|grandma|husband|wife|partner|sister|"
    r"brother|child|boy|girl|kids?|mother|father|who|she|he|they|friend|uncle|aunt|auntie|neighbour|"
    r"with an?|have an?|an?|my|twins?)\b[^.]{0,14}$"
)
DURATION = re.compile(
    rf"\b(?:(?P<n>{NUMBER})(?: (?:and a|to|or) (?:half|{NUMBER}))?(?: ?\+)?(?: of)?(?: or so| plus| whole|"
    rf" long| full)?) ?(?P<unit>years?|yrs?|y|months?|mths?|weeks?|wks?|decades?)\b(?! ?(?:old|ago))"
)
UNIT_MONTHS = {"y": 12.0, "m": 1.0, "w": 12 / 52, "d": 120.0}
RECORD = re.compile(
    r"\b(?:criminal (?:record|conviction|past)|convictions?|ex ?offender|did time|doing time|served time|inside for|(?:been |was |went )?"
    r"(?:in|to|out of) (?:prison|jail)|police record|on probation|spent conviction)\b"
)
REGISTERED = re.compile(
    r"\b(?:(?:hcpc|nmc|gphc|gmc|gdc|social work england)(?: (?:registered|registration|pin|register))?|on the (?:nmc |hcpc )?register|"
    r"registration|nmc pin|band (?:[1-9]|two|three|four|five|six|seven|eight)[abcd]?)\b"
)
"""Words of registration and pay band: the role that is named carries them."""
