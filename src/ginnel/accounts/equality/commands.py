"""What a person changes about their equality answers. None of it is an event: an event would say who and when."""

from datetime import date

from django.db import router, transaction

from ginnel.accounts.equality.models import EqualityAnswer
from ginnel.accounts.equality.pseudonyms import pseudonym, pseudonyms
from ginnel.accounts.equality.questions import QUESTIONS
from ginnel.accounts.models import User

WORDING = "2026-11"


class NotAnAnswer(ValueError):
    """The question or the answer is not one of ours."""


def keep_answer(user: User, question: str, answer: str, *, on: date, consented_on: date) -> None:
    """
    Keep a person's answer, in place of an earlier one, under the consent they gave on that day.

    :raises NotAnAnswer: for a question or an answer that is not offered.
    :raises ValueError: if the consent is of a later day than the answer.
    """
    if question not in QUESTIONS or answer not in QUESTIONS[question].choices:
        raise NotAnAnswer(f"{question}: {answer}")
    if consented_on > on:
        raise ValueError("a consent comes before what is kept under it")
    with transaction.atomic(using=router.db_for_write(EqualityAnswer)):
        EqualityAnswer.objects.update_or_create(
            pseudonym=pseudonym(user.pk, question),
            defaults={"question": question, "answer": answer, "consented_on": consented_on, "wording": WORDING},
        )


def withdraw(person: int) -> int:
    """Delete all answers of a person, who may be gone already: their number is enough. Returns how many there were."""
    with transaction.atomic(using=router.db_for_write(EqualityAnswer)):
        return EqualityAnswer.objects.filter(pk__in=pseudonyms(person)).delete()[0]
