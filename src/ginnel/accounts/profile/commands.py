"""What people change about what they say of themselves."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from ginnel.accounts.models import Consent, ProfileAnswer, SupportAnswer, User
from ginnel.accounts.profile.questions import ABOUT, Question
from ginnel.events.commands import record_event

WORDING = "2026-11"
"""Edition of the words of consent. A change of what they mean is a new edition, and people are asked anew."""


class NoConsent(Exception):
    """The person has not agreed that this is kept, or has taken it back."""


@transaction.atomic
def give_consent(user: User, purpose: str, *, at: datetime) -> Consent:
    """The person agrees. Agreeing twice, or in two windows at once, is agreeing once."""
    try:
        with transaction.atomic():
            consent, new = Consent.objects.standing().get_or_create(
                user=user, purpose=purpose, withdrawn_at=None, defaults={"wording": WORDING, "given_at": at}
            )
    except IntegrityError:
        return Consent.objects.standing().get(user=user, purpose=purpose)
    if new:
        # For which purpose is left out: that somebody has needs is theirs to know.
        record_event("accounts.consent.given", by=user, about=consent, at=at, person=user.pk)
    return consent


@transaction.atomic
def withdraw_consent(consent: Consent, *, by: User, at: datetime) -> None:
    """The person takes it back: what was kept under it is deleted. A second time changes nothing."""
    if not Consent.objects.standing().filter(pk=consent.pk).update(withdrawn_at=at):
        return
    SupportAnswer.objects.filter(consent=consent).delete()
    record_event("accounts.consent.withdrawn", by=by, about=consent, at=at, person=consent.user_id)


@transaction.atomic
def save_answer(user: User, question: Question, values: Sequence[str], *, at: datetime) -> None:
    """
    Keep the person's answer in place of an earlier one; an empty one takes the answer away.

    What is said is nobody's business but theirs: it is no event.

    :raises NoConsent: for a question that needs it and has it not.
    """
    said = {"values": list(values), "answered_at": at}
    if question.group == ABOUT:
        mine = ProfileAnswer.objects.filter(user=user, question=question.slug)
        if values:
            ProfileAnswer.objects.update_or_create(user=user, question=question.slug, defaults=said)
        else:
            mine.delete()
        return
    consent = Consent.objects.standing().filter(user=user, purpose=Consent.Purpose.SUPPORT).first()
    if consent is None:
        raise NoConsent
    if values:
        SupportAnswer.objects.update_or_create(consent=consent, question=question.slug, defaults=said)
    else:
        SupportAnswer.objects.filter(consent=consent, question=question.slug).delete()


@transaction.atomic
def correct_name(user: User, name: str, *, at: datetime) -> None:
    """Change the name that colleagues see."""
    if User.objects.filter(pk=user.pk).exclude(name=name).update(name=name):
        user.name = name
        record_event("accounts.name.corrected", by=user, about=user, at=at, person=user.pk)
