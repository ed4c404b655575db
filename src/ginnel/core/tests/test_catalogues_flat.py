"""Flattened catalogues say what they said before."""

from typing import Any

import pytest
from django.utils.translation import trans_real

from ginnel.core.catalogues import flatten


@pytest.mark.parametrize("language", ["en-gb", "pl", "ar"])
def test_every_text_and_every_plural_stays_the_same(language, monkeypatch):
    monkeypatch.setattr(trans_real, "_translations", {})
    before: Any = trans_real.translation(language)
    texts: set[Any] = set()
    link: Any = before
    while link is not None:
        texts |= {key for key in getattr(link, "_catalog", {}).keys() if key}  # noqa: SIM118 - Django's has no __iter__
        link = link._fallback
    single = sorted(text for text in texts if isinstance(text, str))
    several = sorted({text[0] for text in texts if isinstance(text, tuple)})

    def said(whole):
        plurals = {
            (text, n): whole.ngettext(text, f"{text} s", n) for text in several for n in (0, 1, 2, 3, 5, 11, 22, 100)
        }
        return {text: whole.gettext(text) for text in single}, plurals, whole.gettext("in no catalogue at all")

    was = said(before)
    flatten(language)
    now: Any = trans_real.translation(language)
    assert now._fallback is None
    assert len(now._catalog._catalogs) < 8
    assert said(now) == was
    flatten(language)
    assert said(trans_real.translation(language)) == was
