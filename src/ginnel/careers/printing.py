"""What printed pages need: QR codes of our own addresses, and the button that prints."""

from functools import lru_cache
from io import BytesIO
from typing import Any

import segno
from django.utils.safestring import SafeString, mark_safe

from ginnel.core.words import gettext_lazy

# Hidden until the page's script, without which it could do nothing, shows it.
PRINT_BUTTON: dict[str, Any] = {
    "text": gettext_lazy("Print this page"),
    "type": "button",
    "attributes": {"data-print": "yes", "hidden": "hidden"},
}
_BLACK_ON_WHITE = {"border": 4, "dark": "#000", "light": "#fff", "lineclass": None, "omitsize": True}


@lru_cache(maxsize=512)
def qr_inline(address: str) -> SafeString:
    """The code to put into a page. The page says beside it, in words, where it leads."""
    code = segno.make(address, error="m")
    return mark_safe(code.svg_inline(svgclass="gn-qr", **_BLACK_ON_WHITE))  # noqa: S308 - numbers only


def qr_file(address: str) -> bytes:
    """The code as an SVG file."""
    buffer = BytesIO()
    segno.make(address, error="m").save(buffer, kind="svg", svgclass=None, **_BLACK_ON_WHITE)
    return buffer.getvalue()
