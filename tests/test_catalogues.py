"""Catalogues of translations are whole, say what the English says, and are what the site reads. No database."""

import ast
import gettext
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

LOCALE = Path(settings.LOCALE_PATHS[0])
LANGUAGES = sorted(folder.name for folder in LOCALE.iterdir() if folder.is_dir())
HOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}|</?[a-z][^>]*>")
TRIED = range(1000)

each_language = pytest.mark.parametrize("language", LANGUAGES)


def entries(language: str) -> Iterator[tuple[str, str, dict[str, str]]]:
    """English, its plural, and the translations of each entry of a catalogue."""
    text = (LOCALE / language / "LC_MESSAGES" / "django.po").read_text(encoding="utf-8")
    for entry in text.split("\n\n")[1:]:
        found: dict[str, str] = {}
        for key, value in re.findall(r'^(msgid|msgid_plural|msgstr(?:\[\d\])?) ((?:".*"\n?)+)', entry, re.MULTILINE):
            found[key] = "".join(ast.literal_eval(line) for line in value.strip().split("\n"))
        if found.get("msgid"):
            yield found.pop("msgid"), found.pop("msgid_plural", ""), found


def compiled(language: str) -> gettext.GNUTranslations:
    with (LOCALE / language / "LC_MESSAGES" / "django.mo").open("rb") as file:
        return gettext.GNUTranslations(file)


def test_every_language_a_site_can_offer_has_a_catalogue_and_a_name():
    assert set(settings.TRANSLATED) == set(LANGUAGES)


@each_language
def test_what_is_compiled_is_what_was_translated(language):
    wanted = {}
    for english, plural, translations in entries(language):
        for key, words in translations.items():
            wanted[(english, int(key[7:-1])) if plural else english] = words
    assert {key: value for key, value in compiled(language)._catalog.items() if key} == wanted


@each_language
def test_everything_is_translated(language):
    assert not [english for english, _plural, translations in entries(language) if not all(translations.values())]


@each_language
def test_nothing_is_a_guess(language):
    assert "fuzzy" not in (LOCALE / language / "LC_MESSAGES" / "django.po").read_text(encoding="utf-8")


@each_language
def test_a_translation_keeps_every_value_and_tag(language):
    """A form of words for one number alone (Arabic has one for two) may leave the number out."""
    form_of = compiled(language).plural
    forms = [form_of(count) for count in TRIED]
    for english, _plural, translations in entries(language):
        holders = sorted(HOLDER.findall(english))
        for key, words in translations.items():
            alone = key != "msgstr" and forms.count(int(key[7:-1])) == 1
            said = sorted(HOLDER.findall(words))
            assert said == holders or (alone and _but_one(holders, said)), f"{english} → {words}"


def _but_one(holders: list[str], said: list[str]) -> bool:
    rest = list(holders)
    for one in said:
        if one not in rest:
            return False
        rest.remove(one)
    return len(rest) == 1
