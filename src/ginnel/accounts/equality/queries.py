"""Reading equality answers: one's own, and everybody's as counts. There is no third way."""

from collections import Counter
from dataclasses import dataclass

from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q

from ginnel.accounts.equality.models import EqualityAnswer
from ginnel.accounts.equality.pseudonyms import pseudonyms
from ginnel.accounts.equality.questions import QUESTIONS, EqualityQuestion
from ginnel.accounts.equality.rules import sayable, sayable_total
from ginnel.accounts.models import User


@dataclass(frozen=True, slots=True)
class Counts:
    """How many gave which answer to one question, as it may be said. None: too few to say."""

    question: str
    title: str
    source: str
    total: int | None
    answers: dict[str, int | None]


def own_answers(user: User) -> dict[str, EqualityAnswer]:
    """A person's own answers by question, for their own page alone."""
    mine = pseudonyms(user.pk)
    return {mine[answer.pk]: answer for answer in EqualityAnswer.objects.filter(pk__in=mine)}


def counts(*, reader: User) -> dict[str, Counts]:
    """
    How many people gave which answer to each question, with small numbers left out and the rest rounded (`rules`).

    The only way to read anybody's answers but one's own. Whoever runs the whole site needs the permission like anybody else.

    :raises PermissionDenied: without the permission `accounts.read_equality_aggregates`.
    """
    if not may_read_aggregates(reader):
        raise PermissionDenied
    rows = EqualityAnswer.objects.values_list("question", "answer").annotate(n=Count("pk")).order_by()
    found = Counter({(question, answer): n for question, answer, n in rows})
    return {slug: _counts(question, found) for slug, question in QUESTIONS.items()}


def _counts(question: EqualityQuestion, found: Counter[tuple[str, str]]) -> Counts:
    whole = {name: found[question.slug, code] for code, name in question.choices.items()}
    return Counts(question.slug, question.title, question.source, sayable_total(sum(whole.values())), sayable(whole))


def may_read_aggregates(user: User) -> bool:
    """Whether the permission was given to this person or to a group of theirs. Being superuser does not imply it."""
    codename = "read_equality_aggregates"
    given = Permission.objects.filter(content_type__app_label="accounts", codename=codename)
    return user.is_active and given.filter(Q(user=user) | Q(group__user=user)).exists()
