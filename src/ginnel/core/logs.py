"""What must not stand in a log."""

import re
from collections.abc import MutableMapping
from typing import Any

_KEYS = re.compile(r"(/(?:list|invitation|answer)/)[\w-]{20,}")


def without_keys(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """A structlog processor: the key in a link's path opens what it is for, so that whoever reads the log must not learn it."""
    for name, value in event.items():
        if isinstance(value, str):
            event[name] = _KEYS.sub(r"\1…", value)
    return event
