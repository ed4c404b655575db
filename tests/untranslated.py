"""What a page in another script says in Latin letters without marking it as English."""

import re
from html.parser import HTMLParser

SPOKEN = ("alt", "aria-label", "placeholder", "data-said")
EMPTY = frozenset(("area", "br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr"))
# A picture's words stand again in the list below it; what is told of a code or an address is the same in every language.
SILENT = frozenset(("script", "style", "svg", "samp", "title"))
# Marked English within a choice of a list; names of things, and what qualifications are called in England: a translation would help
# nobody to find them.
KEPT = re.compile(
    "\u2066[^\u2069]*\u2069"
    r"|NHS Learning Support Fund|\S+@\S+|https?://\S+|\([^)]*\)"
    r"|\b(?:GCSE|A levels?|T Level|BTEC|HNC|HND|Access|Foundation degree|Functional Skills|DBS|NHS|GP|QR|AA)\b"
    r"|\b(?:JavaScript|Ginnel|FreeOTP|Aegis|Google|Microsoft|Authenticator|SOC|O\*NET|CSV|JSON|Polski|Firefox|Linux|on)\b"
    r"|National Careers Service|Information Commissioner|Equality Advisory and Support Service"
)


class Reader(HTMLParser):
    """Gathers texts of a page whose language is not marked as English."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, str, bool]] = [("", "", False)]
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        _tag, language, silent = self.open[-1]
        language, silent = values.get("lang") or language, silent or tag in SILENT
        for name in SPOKEN:
            self._hear(values.get(name) or "", language, silent)
        if tag not in EMPTY:
            self.open.append((tag, language, silent))

    def handle_endtag(self, tag: str) -> None:
        for place in range(len(self.open) - 1, 0, -1):
            if self.open[place][0] == tag:
                del self.open[place:]
                return

    def handle_data(self, data: str) -> None:
        self._hear(data, *self.open[-1][1:])

    def _hear(self, words: str, language: str, silent: bool) -> None:
        if not silent and language != "en" and re.search(r"[A-Za-z]{2}", KEPT.sub("", words)):
            self.found.append(" ".join(words.split()))


def untranslated(page: str) -> list[str]:
    """Texts in Latin letters, each as it stands, of a page in Arabic."""
    reader = Reader()
    reader.feed(page)
    return reader.found
