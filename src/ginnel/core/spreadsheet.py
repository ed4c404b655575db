"""Cells that other people wrote, in files that a spreadsheet opens."""

from typing import Any


def harmless(cell: Any) -> Any:
    """The cell as it is, or with an apostrophe before it where a spreadsheet would take the text for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in {"=", "+", "-", "@", "\t", "\r"} else cell
