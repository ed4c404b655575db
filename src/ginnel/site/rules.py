"""What must hold before something is published. Plain values in; reasons in words out."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

TELL_DAYS_BEFORE = (30, 7)
"""Editors hear this many days before a consent ends."""

VAGUE = frozenset(
    (
        "click here|here|read more|more|learn more|find out more|link|this link|this page|this|see here|go|continue"
        "|tutaj|tu|kliknij|kliknij tutaj|kliknij tu|więcej|czytaj więcej|dowiedz się więcej|ta strona"
        "|هنا|اضغط هنا|انقر هنا|المزيد|اقرأ المزيد|هذه الصفحة|رابط"
    ).split("|")
)
"""Link texts that say nothing to somebody who hears only the links of a page."""


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing an editor should know. `stops`: the page cannot be published so."""

    stops: bool
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.what}. {self.remedy}."


def consent_findings(
    *, given_by: str, given_on: date | None, scope: str, until: date | None, today: date
) -> list[Finding]:
    """What is missing in the consent of the person a story is about; empty when it may be shown today."""
    found = []
    if not given_by.strip():
        found.append(Finding(True, "The consent does not say who gave it", "Write the person's name; it is not shown"))
    if given_on is None:
        found.append(Finding(True, "The consent has no date", "Give the day the person agreed"))
    elif given_on > today:
        found.append(Finding(True, "The consent is dated in the future", "Give the day the person agreed"))
    if not scope:
        found.append(Finding(True, "The consent does not say what it covers", "Choose where the story may be shown"))
    if until is None:
        found.append(Finding(True, "The consent has no end", "Give the last day the story may be shown"))
    elif until < today:
        found.append(Finding(True, "The consent has ended", "Ask the person again, or leave the story unpublished"))
    return found


def consent_days_to_tell(*, until: date, today: date, told: Iterable[int]) -> int | None:
    """Which of the warnings before the end of a consent is due now and not yet sent; None when none is."""
    left = (until - today).days
    due = [days for days in TELL_DAYS_BEFORE if 0 <= left <= days]
    nearest = min(due, default=None)
    return None if nearest is None or nearest in set(told) else nearest


def heading_findings(levels: Sequence[tuple[int, str]]) -> list[Finding]:
    """Headings below the page's own (level 1) that skip a level, in the order they stand."""
    found, before = [], 1
    for level, words in levels:
        if level > before + 1:
            what = f"The heading “{words}” is {level - before} levels below the one before it"
            found.append(Finding(True, what, f"Make it level {before + 1}, so that a screen reader can follow"))
        before = level
    return found


def link_findings(links: Iterable[tuple[str, str]]) -> list[Finding]:
    """Links whose words do not say where they lead. Each is (words, address)."""
    found = []
    for words, address in links:
        plain = re.sub(r"[^\w ]", "", words.casefold()).strip()
        if not address:
            found.append(Finding(True, f"The link “{words}” leads nowhere", "Choose its page again, or take it out"))
        if not plain:
            found.append(Finding(True, f"A link to {address} has no words", "Write what it leads to"))
        elif plain in VAGUE:
            found.append(
                Finding(True, f"The link text “{words}” does not say where it leads", "Name the page or the act")
            )
        elif re.match(r"(https?://|www\.)", words.strip()):
            found.append(Finding(False, f"The link text is an address: {words}", "Say what is there instead"))
    return found


def translation_findings(
    *,
    summary: str,
    source_summary: str,
    text: str,
    source_text: str,
    picture_without_words: bool,
    source_changed: bool,
) -> list[Finding]:
    """What is not yet in the language of a translated page, going by whether it is still word for word the English one."""
    found = []
    if summary.strip() and summary.strip() == source_summary.strip():
        found.append(Finding(True, "The summary is still the English one", "Write it in the language of this page"))
    if text.strip() and text.strip() == source_text.strip():
        found.append(Finding(True, "The words of the page are still the English ones", "Write them in its language"))
    if picture_without_words:
        what = "What the picture shows is told in English only"
        found.append(Finding(True, what, "Write it under the picture, in the language of this page"))
    if source_changed:
        what = "The English page was changed after this translation"
        found.append(Finding(False, what, "Look whether the same must change here"))
    return found


def reasons_not_to_approve(*, changed_it: bool, asked_for_it: bool) -> list[str]:
    """Why this person cannot approve this page; empty means they can."""
    if changed_it:
        return ["You changed this page since it was last live: somebody else must approve it"]
    if asked_for_it:
        return ["You sent this page for approval: somebody else must approve it"]
    return []


def reasons_not_to_publish_change(*, status: str, may_publish: bool, wrote_it: bool) -> list[str]:
    """Why this person cannot publish this change of the pack, whatever the checks say; empty means they can."""
    if status != "draft":
        return ["It has been decided already"]
    if not may_publish:
        return ["A moderator must approve it"]
    if wrote_it:
        return ["You wrote this change: somebody else must approve it"]
    return []
