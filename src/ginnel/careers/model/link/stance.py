"""What a person says of a thing: has done it, wants it, has never done it, wants no more of it; or it is someone else's."""

from __future__ import annotations

import re

from ginnel.careers.model.link.line import Line

_END = re.compile(
    r" (?:but|however|though|although|except|yet|because|unless)\b|\.|,? (?:and |so |then )*(?:i|im|"
    r"ive|id|ill|my|we|now|also|love|worked|did|used|happy|willing|would|can)\b|$"
)
_END_SHORT = re.compile(_END.pattern + r"| ,")
# In this order: the first that claims a word keeps it.
_CUES: tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...] = (
    ("weary", re.compile(
        r"\b(?:fed up (?:of|with)|sick of|tired of|bored (?:of|with|in)|had enough of|"
        r"want(?: to get)? out of|get(?:ting)? out of|get away from|burn(?:ed|t) out (?:of|from|by|in)|"
        r"done with|leave|leaving|escape)\b"), _END),
    ("unwanted", re.compile(
        r"\b(?:(?:dont|do not|wouldnt|would not|didnt|never|not|no longer|definitely not)(?: (?:really|"
        r"ever|actually|particularly|necessarily))* (?:want|wanting|like|fancy|enjoy|wish|interested|"
        r"keen|looking|into|see myself|suited)|not for me|hate[ds]?|hating|cant stand|cant face|"
        r"couldnt (?:do|face|stand)|anything (?:but|except)|rather not|avoid(?:ing)?|put off by|"
        r"scared of|squeamish|no more|dislike|never again)(?: (?:to|do|be|being|become|becoming|work|"
        r"working|doing|in|a|an|as|with|about|for|back|go|any))*\b"
    ), _END),
    ("lack", re.compile(
        r"\b(?:never(?: (?:really|actually|ever))?(?: (?:worked|been|done|had|did|tried|used|was|a|an|in|"
        r"as|with|any))+|no (?:\w+ ){0,2}experience(?: (?:of|in|with|at|as|working|doing))*|(?:havent|"
        r"have not|hasnt|didnt|not)(?: (?:ever|really|actually|yet))?(?: (?:worked|done|been|had|any|got|"
        r"experience|of|in|with|as|a|an|good|great|very|confident|able|at|to))+|dont (?:have|"
        r"know)(?: (?:any|much|anything|experience|of|in|with|about|a|the))*|"
        r"without (?:any )?experience(?: (?:of|in))?|cant|cannot|can not|(?:no good|bad|rubbish|useless|"
        r"terrible) (?:at|with)|know nothing (?:about|of)|unable to)\b"
    ), _END),
    ("lack", re.compile(r"\bno\b(?! (?:one|problem|worries|longer|matter))"), _END_SHORT),
    ("wanted", re.compile(
        r"\b(?:want(?:ed|ing)?(?! (?:out|no))|wanna|id (?:like|love|rather)|would (?:really |"
        r"also )?(?:like|love|prefer)|(?:love|like|hop(?:e|ing)|keen|aim(?:ing)?|aspire|"
        r"plan(?:ning)?) (?:to|for)|dream(?:ing|t)?|interested in|thinking (?:of|about)|looking (?:for|"
        r"to)|wish i|considering|fancy|train(?:ing)? (?:to be|to become|as)|become|becoming|"
        r"apply(?:ing)? for|(?:get|go|move|getting|going|moving|switch|change|step) into|prefer|ambition|"
        r"wonder(?:ing)? (?:about|if))(?: (?:to|do|be|being|become|work|working|doing|in|a|an|as|with|"
        r"something|some|job|role|career|my|own|get|into|more|about|the))*\b"
    ), _END),
)  # fmt: skip
_NOT_MINDING = re.compile(
    r"\b(?:dont|do not|wouldnt|would not|not) (?:mind|bothered|afraid|scared|squeamish|put off)\b|"
    r"\bno problem with\b|\bnot (?:just|only)\b|\bcant wait\b|\bcant get enough\b"
)
_ELIDED = re.compile(
    r"\b(?:want|like|love|willing|happy|keen|hoping|ready) to(?: (?:learn|try|start|give it a go|"
    r"have a go|do (?:it|that|so)|now|very much|one day))*(?= ?(?:\.|,|$))"
)
_OTHERS = re.compile(
    r"\b(?:mum|dad|gran|nan|nana|grandma|grandad|son|daughter|husband|wife|partner|sister|brother|"
    r"mother|father|boyfriend|girlfriend|friend|friends|aunt|auntie|uncle|cousin|family|parents|she|"
    r"he|they|mate)"
    r"(?: (?:both|all|also|always|just|who))* (?:is|was|works|worked|are|were|used to (?:be|work)|"
    r"does|did|has been|have been|runs|ran|who is|who was)(?: (?:a|an|as|in|at|for|the|on|also|all|"
    r"both))* ?"
)
_GROUPS = re.compile(
    r"\b(?:the|those|these|all|her|his|their|our|some|other)(?: \w+){0,2}? (?:nurses|doctors|carers|staff|paramedics|midwives|"
    r"therapists|physios|surgeons|porters|team|people|workers|consultants|healthcare assistants|hcas)\b"
    r"(?! (?:i|we) (?:work|manage|led|ran))"
)
"""People met, not been: "the nurses were amazing"."""
_LIKE_THEM = re.compile(
    r"\b(?:do (?:what|as) (?:they|she|he) d(?:id|oes|o)|"
    r"be like (?:them|her|him)|(?:be )?one of them|do the same|give (?:something )?back)\b"
)
_SUBJECT = re.compile(
    r"\b(?:degree|degrees|bsc|ba|msc|ma|masters|phd|diploma|hnd|hnc|a ?levels?|btec|foundation degree) (?:in|of|on) (?P<after>\w+(?: \w+)?"
    r"(?: and \w+)?)|\b(?P<before>\w+(?: \w+)?) (?:degree|a ?levels?|graduate|bsc|msc)\b"
)
"""What somebody has studied is not what they have been."""
_PAST = re.compile(
    r"\b(?:used to (?:be|work)|was|were|had been|have been|worked|ex|former|formerly|retired|previously|years ago|once)\b[^.]{0,30}$"
)


def is_over(line: Line, first: int, last: int) -> bool:
    """Whether the words before (or "ago" after) say that something is over."""
    start = line.starts[first]
    end = line.starts[last] + len(line.words[last].plain)
    after = line.plain[end : end + 24]
    return bool(_PAST.search(line.plain[max(0, start - 48) : start])) or bool(re.match(r"[^.]* ago\b", after))


def subjects(line: Line) -> set[int]:
    """Words that name what somebody studied."""
    found: set[int] = set()
    for match in _SUBJECT.finditer(line.plain):
        group = "after" if match["after"] else "before"
        found.update(line.span(*match.span(group)))
    return found


def find_stances(line: Line) -> tuple[dict[int, str], set[int], set[int]]:
    """
    Stance by word number, the numbers of the cue words themselves, and the words that tell of somebody else's work.

    A word without a stance is plain: what the person has.
    """
    stances: dict[int, str] = {}
    cues: set[int] = set()
    text = _NOT_MINDING.sub(lambda found: " " * len(found[0]), line.plain)
    for stance, cue, end in _CUES:
        for found in cue.finditer(text):
            here = line.span(*found.span())
            if any(number in cues or number in stances for number in here):
                continue
            cues.update(here)
            stop = end.search(text, found.end())
            for number in line.span(found.end(), stop.start() if stop else len(text)):
                if number not in cues:
                    stances.setdefault(number, stance)
    _wish_of_the_same(line, text, stances)
    for found in _NOT_MINDING.finditer(line.plain):
        cues.update(line.span(*found.span()))
    others: set[int] = set()
    for found in _OTHERS.finditer(line.plain):
        first = line.span(max(found.start(), found.end() - 1), found.end() + 1)
        sentence = line.words[first.start].sentence if first else -1
        others.update(
            number
            for number in range(first.start, min(first.start + 4, len(line.words)))
            if line.words[number].sentence == sentence
        )
    met: set[int] = set()
    for found in _GROUPS.finditer(line.plain):
        met.update(line.span(*found.span()))
    like_them = _LIKE_THEM.search(line.plain)
    if met and like_them:
        cues.update(line.span(*like_them.span()))
        stances.update(dict.fromkeys(met, "wanted"))
    else:
        others |= met
    return stances, cues, others


def _wish_of_the_same(line: Line, text: str, stances: dict[int, str]) -> None:
    """ "Never worked in care but I want to": what was lacking is what is wanted."""
    for found in _ELIDED.finditer(text):
        span = line.span(*found.span())
        for number in range(span.start - 1, -1, -1):
            if line.words[number].sentence != line.words[span.start].sentence:
                break
            if stances.get(number) == "lack":
                stances[number] = "wanted"
