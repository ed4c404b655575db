"""Numbers of people as pseudonyms, one for each question."""

import hashlib
import hmac

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connections, router

from ginnel.accounts.equality.models import KeyMark
from ginnel.accounts.equality.questions import QUESTIONS

_seen: set[tuple[str, str]] = set()


def pseudonym(person: int, question: str) -> str:
    """What stands for this person beside this question. :raises ImproperlyConfigured: without the key, or with another one than before."""
    return _keyed(_key(), f"answer:{question}:{person}")


def pseudonyms(person: int) -> dict[str, str]:
    """All of a person's pseudonyms and their questions. :raises ImproperlyConfigured: as `pseudonym`."""
    key = _key()
    return {_keyed(key, f"answer:{slug}:{person}"): slug for slug in QUESTIONS}


def _keyed(key: bytes, text: str) -> str:
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def _key() -> bytes:
    """The key, compared with the mark of its first use; the database is asked once in a process."""
    key: bytes = settings.EQUALITY_KEY.encode()
    if not key:
        raise ImproperlyConfigured("Set GINNEL_EQUALITY_KEY (or GINNEL_SECRET_KEY) as it is where the site runs.")
    mark = _keyed(key, "mark")
    here = str(connections[router.db_for_read(KeyMark)].settings_dict["NAME"]), mark
    if here not in _seen:
        known, _ = KeyMark.objects.get_or_create(pk=1, defaults={"mark": mark})
        if known.mark != mark:
            raise ImproperlyConfigured(
                "GINNEL_EQUALITY_KEY is not the key that equality answers were kept under: put the old one back."
            )
        _seen.add(here)
    return key
