"""The explore page: roles that fit the filters, and how many fit each other choice."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ginnel.careers.models import Role
from ginnel.careers.rules import main_interests, nearest_filter_to_drop
from ginnel.search.queries import Answer, look_for

FACETS = ("family", "setting", "level", "interest", "pay")


@dataclass(frozen=True, slots=True)
class RoleFacts:
    """What the filters look at."""

    pk: int
    slug: str
    family: str
    level: str
    settings: frozenset[str]
    interests: frozenset[str]
    pay_high_gbp: int


@dataclass(frozen=True, slots=True)
class Explored:
    """
    Slugs of the roles that fit, best first.

    `counts[facet][value]` is how many roles there would be with that value and all other filters as they are.
    `how` says so when not every word was found. `drop` names the filter whose removal brings back most, when nothing fits.
    """

    slugs: list[str]
    counts: dict[str, Counter[str]]
    total: int
    drop: str | None
    how: str = ""


def explore(filters: Mapping[str, str]) -> Explored:
    """Roles for these filters (`q`, family, setting, level, interest, pay), by words' fit or by name."""
    facts = _facts()
    answer = look_for(filters["q"], kind="role") if filters.get("q") else None
    if answer is not None:
        place = {hit.key: i for i, hit in enumerate(answer.hits)}
        facts = sorted((f for f in facts if f.slug in place), key=lambda f: place[f.slug])
    total = len(facts)
    tests = {name: _test(name, filters[name]) for name in FACETS if filters.get(name)}
    fitting = [f for f in facts if all(test(f) for test in tests.values())]
    counts: dict[str, Counter[str]] = {}
    for name in FACETS:
        others = [test for other, test in tests.items() if other != name]
        pool = [f for f in facts if all(test(f) for test in others)]
        counts[name] = Counter(value for f in pool for value in _values(name, f))
    drop = None
    if not fitting:
        without = {n: sum(all(t(f) for o, t in tests.items() if o != n) for f in facts) for n in tests}
        drop = nearest_filter_to_drop(without)
    return Explored([f.slug for f in fitting], counts, total, drop, _how_found(answer, filters.get("q", "")))


def _how_found(answer: Answer | None, words: str) -> str:
    """What to say when the words typed are not all in what is shown."""
    if answer is None or not answer.hits or answer.how == "all":
        return ""
    if answer.how == "alike":
        return _("Nothing for “%(words)s”; showing “%(meant)s”.") % {"words": words, "meant": answer.meant}
    if answer.how == "some":
        return _("No role has all the words of “%(words)s”; showing those with some of them.") % {"words": words}
    return _("Nothing for “%(words)s” as it is spelled; showing what is spelled nearly the same.") % {"words": words}


def _facts() -> list[RoleFacts]:
    settings: dict[int, set[str]] = {}
    for role, slug in Role.settings.through.objects.values_list("role_id", "setting__slug"):
        settings.setdefault(role, set()).add(slug)
    rows = Role.objects.public().order_by("name", "pk")
    return [
        RoleFacts(
            pk, slug, family, level, frozenset(settings.get(pk, ())), frozenset(main_interests(interests)), high or 0
        )
        for pk, slug, family, level, interests, high in rows.values_list(
            "pk", "slug", "family__slug", "level", "interests", "pay_high_gbp"
        )
    ]


def _values(name: str, facts: RoleFacts) -> list[str]:
    from ginnel.careers.forms import PAY_STEPS

    match name:
        case "family":
            return [facts.family]
        case "level":
            return [facts.level]
        case "setting":
            return sorted(facts.settings)
        case "interest":
            return sorted(facts.interests)
        case _:
            return [str(step) for step in PAY_STEPS if facts.pay_high_gbp >= step]


def _test(name: str, value: str) -> Callable[[RoleFacts], bool]:
    return lambda facts: value in _values(name, facts)
