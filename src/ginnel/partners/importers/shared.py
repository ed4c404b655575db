"""What both lists of organisations need: the place's authority, where a postcode lies, and calm letters."""

import re
from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Q
from django.utils import timezone

from ginnel.partners.models import Organisation
from ginnel.partners.own_words import hear, in_words, own_words
from ginnel.places.models import Postcode
from ginnel.places.queries import current_place, forget_place
from ginnel.sources.importing import Held, Run
from ginnel.sources.upsert import Keeping, OwnWords, Sheet

OUTSIDE = "outside the place's authority"
COLUMNS = ("name", "kind", "website", "address", "postcode", "ods_code", "ukprn", "latitude", "longitude", "closed_on")
POSTCODE_AT = COLUMNS.index("postcode")


def authorities(run: Run) -> frozenset[str]:
    """Codes of the loaded place's authority; empty where no pack is loaded."""

    def find() -> frozenset[str]:
        forget_place()
        return frozenset(code for code in re.split(r"[,; ]+", current_place().authority_code) if code)

    return run.once("authorities", find)


def postcodes(run: Run) -> dict[str, tuple[str, float | None, float | None]]:
    """Authority and place of each postcode, of this run's file or held."""

    def find() -> dict[str, tuple[str, float | None, float | None]]:
        held = Postcode.objects.values_list("postcode", "authority_code", "latitude", "longitude")
        found: dict[str, tuple[str, float | None, float | None]] = {row[0]: (row[1], row[2], row[3]) for row in held}
        for sheet in run.sheets.values():
            if sheet.model is Postcode:
                found.update((key[0], (values[4], values[5], values[6])) for key, values in sheet.rows.items())
        return found

    return run.once("where postcodes lie", find)


def where(run: Run, postcode: str) -> tuple[str, float | None, float | None]:
    """Authority and degrees of a postcode; blank where it is not known."""
    return postcodes(run).get(postcode.replace(" ", "").upper(), ("", None, None))


def organisation_sheet(run: Run, origin: str, covered: set[str], *, fallback: bool = False) -> Sheet:
    """Organisations of one list. It is complete for the authorities in `covered`; for everything if that holds `*`."""
    slug = run.current

    def complete_for(held: Held) -> bool:
        if held.source_id not in run.once(f"ids of {slug}", lambda: _source_ids(slug)):
            return False
        return "*" in covered or where(run, held.values[POSTCODE_AT])[0] in covered

    return run.sheet(
        f"{origin} organisations" + (" (short list)" if fallback else ""),
        Organisation,
        ("code",),
        COLUMNS,
        6,
        scope={"origin": origin},
        fixed={"origin": origin},
        owns=complete_for,
        fallback=fallback,
        keeping=Keeping(
            "no longer listed by their publisher, but they take part here or people here depend on them",
            keep_used,
            lambda keys: _listed_again(origin, keys),
        ),
        own_words=OwnWords(lambda: own_words(Q(origin=origin)), _hear),
    )


def keep_used(gone: Collection[int]) -> list[tuple[int, str]]:
    """Of organisations that would go: those that people here depend on, marked as no longer listed since today."""
    of_these = Organisation.objects.filter(pk__in=gone)
    stay = list(of_these.exclude(pk__in=of_these.unused().values("pk")).values_list("pk", "name"))
    keys = [key for key, _ in stay]
    Organisation.objects.filter(pk__in=keys, unlisted_on__isnull=True).update(unlisted_on=timezone.localdate())
    return stay


def _hear(otherwise: dict[int, dict[str, Any]]) -> list[str]:
    hear(otherwise.items(), at=timezone.now())
    names = dict(Organisation.objects.filter(pk__in=otherwise).values_list("pk", "name"))
    return [in_words(names[pk], fields) for pk, fields in otherwise.items()]


def _listed_again(origin: str, keys: Iterable[tuple[str, ...]]) -> None:
    marked = Organisation.objects.filter(origin=origin, unlisted_on__isnull=False)
    codes = set(marked.values_list("code", flat=True)) & {key[0] for key in keys}
    if codes:
        marked.filter(code__in=codes).update(unlisted_on=None)


def _source_ids(slug: str) -> set[int]:
    from ginnel.sources.models import Source

    return set(Source.objects.filter(slug=slug).values_list("pk", flat=True))


_SMALL = {"and", "of", "the", "in", "at", "for", "on", "with", "upon"}
_LARGE = {"NHS", "GP", "PCN", "UK", "HMP", "CIC", "PMS", "APMS", "MC", "LLP", "II", "III", "IV", "OOH"}
_WORD = re.compile(r"\bO(?=')|(?<=\bO')[A-Z]+|[A-Z]+('[A-Z]+)?")


def calm(text: str) -> str:
    """`DR N SADDIQ'S PRACTICE` → `Dr N Saddiq's Practice`. Text that already has small letters stays as it is."""
    if text != text.upper():
        return text
    words = []
    for place, word in enumerate(text.split()):
        bare = word.strip("(),.&")
        if bare in _LARGE or (bare.isalpha() and len(bare) == 1) or any(letter.isdigit() for letter in bare):
            words.append(word)
        elif place and bare.lower() in _SMALL:
            words.append(word.lower())
        else:
            words.append(_WORD.sub(lambda found: found[0].capitalize(), word))
    return " ".join(words)


def website(text: str) -> str:
    """A web address fit for a link; empty for what is none."""
    text = text.strip()
    if not text or " " in text or "." not in text:
        return ""
    address = text if re.match(r"https?://", text, re.IGNORECASE) else f"https://{text.lstrip('/')}"
    return address if len(address) <= 500 and re.match(r"https?://[\w.-]+\.\w", address, re.IGNORECASE) else ""
