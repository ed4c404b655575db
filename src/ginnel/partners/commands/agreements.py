"""What two organisations allow each other: proposed by one, agreed by the other, ended by either."""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from ginnel.accounts.models import User
from ginnel.events.commands import record_event
from ginnel.partners.models import AnswerLink, Organisation, Term
from ginnel.partners.rules import reasons_not_to_propose


class CannotPropose(Exception):
    """The line cannot be proposed; the arguments are the reasons, in words."""


class TermChanged(Exception):
    """Somebody has just agreed to or ended this line."""


@transaction.atomic
def propose_term(
    giver: Organisation,
    receiver: Organisation,
    what: str,
    *,
    for_giver: bool,
    by: User,
    at: datetime,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> Term:
    """
    Propose that the giver allows the receiver one thing. `for_giver`: `by` speaks for the giver, else for the receiver.

    :raises CannotPropose: if a rule stops it, or the same line is open already.
    """
    _close_past(giver, receiver, what, at=at)
    open_now = Term.objects.filter(giver=giver, receiver=receiver, what=what, ended_at__isnull=True)
    reasons = reasons_not_to_propose(
        same=giver.pk == receiver.pk,
        both_take_part=giver.status == receiver.status == Organisation.Status.LIVE,
        already_open=open_now.exists(),
        starts_on=starts_on,
        ends_on=ends_on,
        today=timezone.localdate(at),
    )
    if reasons:
        raise CannotPropose(*reasons)
    try:
        with transaction.atomic():
            term = Term.objects.create(
                giver=giver,
                receiver=receiver,
                what=what,
                starts_on=starts_on,
                ends_on=ends_on,
                proposed_by_giver=for_giver,
                proposed_by=by,
                proposed_at=at,
            )
    except IntegrityError as taken:
        raise CannotPropose("Somebody has just proposed the same") from taken
    _record("proposed", term, by=by, at=at)
    return term


@transaction.atomic
def agree_term(term: Term, *, by: User | None, at: datetime, link: AnswerLink | None = None) -> Term:
    """
    The other side agrees. Who may speak for it is the caller's to check: `side_to_agree`. `link`: it was answered by that, from an e-mail.

    :raises TermChanged: if the line was agreed or ended meanwhile.
    """
    if not Term.objects.filter(pk=term.pk, agreed_at__isnull=True, ended_at__isnull=True).update(
        agreed_by=by, agreed_at=at
    ):
        raise TermChanged("Somebody has just agreed to this or ended it")
    term.refresh_from_db()
    _record("agreed", term, by=by, at=at, link=link)
    return term


@transaction.atomic
def end_term(term: Term, *, by: User | None, at: datetime, link: AnswerLink | None = None) -> Term:
    """
    Either side ends a line, agreed or only proposed. It stays as history.

    :raises TermChanged: if it was ended meanwhile.
    """
    if not Term.objects.filter(pk=term.pk, ended_at__isnull=True).update(ended_by=by, ended_at=at):
        raise TermChanged("Somebody has just ended this")
    term.refresh_from_db()
    _record("ended", term, by=by, at=at, link=link)
    return term


def side_to_agree(term: Term) -> int:
    """The organisation whose agreement a proposal waits for."""
    return term.receiver_id if term.proposed_by_giver else term.giver_id


def _close_past(giver: Organisation, receiver: Organisation, what: str, *, at: datetime) -> None:
    """A line whose last day is over makes room for a new one."""
    Term.objects.filter(
        giver=giver, receiver=receiver, what=what, ended_at__isnull=True, ends_on__lt=timezone.localdate(at)
    ).update(ended_at=at)


def _record(done: str, term: Term, *, by: User | None, at: datetime, link: AnswerLink | None = None) -> None:
    how: dict[str, Any] = {"link": link.pk, "by_link": "own" if by else "passed-on"} if link else {}
    record_event(
        f"partners.agreement.{done}",
        by=by,
        about=term,
        at=at,
        organisation=term.giver_id,
        other_organisation=term.receiver_id,
        what=term.what,
        **how,
    )
