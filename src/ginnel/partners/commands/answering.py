"""Answering a proposal by a link from an e-mail, without signing in."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction

from ginnel.accounts.models import User
from ginnel.events.commands import record_event
from ginnel.partners.commands.agreements import TermChanged, agree_term, end_term, side_to_agree
from ginnel.partners.commands.people import digest
from ginnel.partners.models import AnswerLink, Membership, Role, Term
from ginnel.partners.permissions import Act, forget_standing, may
from ginnel.partners.rules import ANSWER_LINK_DAYS, reasons_not_to_answer_by_link

MOST_ASKED = 10
"""Administrators who get a letter about a proposal."""


class LinkNotOpen(Exception):
    """The link does not answer anything (any more); the argument says why."""


@transaction.atomic
def make_answer_link(term: Term, email: str, *, authority: User, by: User, at: datetime) -> tuple[AnswerLink, str]:
    """
    A link by which whoever reads this address can answer the proposal for the side it waits for.

    It carries the authority of one of that side's administrators, who must have been asked or be asking. Returns the link and its key,
    which is kept nowhere: a letter that is written later has a key of its own (`key_for_letter`).

    :raises TermChanged: if the proposal was answered or taken back.
    """
    if term.agreed_at or term.ended_at:
        raise TermChanged("Somebody has just agreed to this or ended it")
    organisation, key = side_to_agree(term), secrets.token_urlsafe(24)
    link = AnswerLink.objects.create(
        term=term,
        organisation_id=organisation,
        email=email.strip().lower(),
        authority=authority,
        key_digest=digest(key),
        sent_at=at,
        expires_at=at + timedelta(days=ANSWER_LINK_DAYS),
    )
    record_event("partners.answer_link.sent", by=by, about=link, at=at, organisation=organisation, term=term.pk)
    return link, key


@transaction.atomic
def ask_administrators(term: Term, *, by: User, at: datetime) -> list[tuple[AnswerLink, str]]:
    """A link for each administrator of the side a new proposal waits for, at the address of their account."""
    people = User.objects.filter(
        pk__in=Membership.objects.current()
        .filter(organisation=side_to_agree(term), roles__role=Role.ADMINISTRATOR)
        .values("user"),
        is_active=True,
    ).order_by("pk")[:MOST_ASKED]
    return [make_answer_link(term, person.email, authority=person, by=by, at=at) for person in people]


@transaction.atomic
def key_for_letter(link: AnswerLink, *, at: datetime) -> str:
    """
    A new key for the link, to be put into a letter now. The one before opens nothing any more.

    :raises LinkNotOpen: if the link or its proposal has been answered meanwhile.
    """
    key = secrets.token_urlsafe(24)
    open_terms = Term.objects.filter(agreed_at__isnull=True, ended_at__isnull=True)
    if not AnswerLink.objects.open_at(at).filter(pk=link.pk, term__in=open_terms).update(key_digest=digest(key)):
        raise LinkNotOpen("There is nothing to answer any more")
    return key


@transaction.atomic
def note_letter_not_sent(link: AnswerLink, *, at: datetime) -> None:
    """Both sides see among what happened that nobody was asked by this link."""
    term = link.term
    other = term.receiver_id if term.giver_id == link.organisation_id else term.giver_id
    record_event(
        "partners.answer_link.not_sent",
        by=None,
        about=link,
        at=at,
        organisation=link.organisation_id,
        other_organisation=other,
        term=term.pk,
    )


def open_link(key: str, *, at: datetime) -> AnswerLink:
    """:raises LinkNotOpen: if it answers nothing now."""
    found = (
        AnswerLink.objects.filter(key_digest=digest(key))
        .select_related("term__giver", "term__receiver", "organisation", "authority")
        .first()
    )
    if found is None:
        raise LinkNotOpen("This link does not work. Look whether all of it was copied")
    if found.authority:
        forget_standing(found.authority)
    reasons = reasons_not_to_answer_by_link(
        answered=found.answered_at is not None,
        too_old=found.expires_at <= at,
        changed=bool(found.term.agreed_at or found.term.ended_at),
        both_take_part=found.term.giver.status == found.term.receiver.status == "live",
        authorised=bool(found.authority and may(found.authority, Act.SET_AGREEMENTS, found.organisation)),
    )
    if reasons:
        raise LinkNotOpen(reasons[0])
    return found


@transaction.atomic
def answer_by_link(key: str, *, agree: bool, at: datetime) -> AnswerLink:
    """
    Agree to the proposal this link is for, or decline it; once.

    Where the link went to the administrator whose authority it has, it is they who answered; else nobody with an account did.

    :raises LinkNotOpen: if it answers nothing now.
    """
    link = open_link(key, at=at)
    # Opened twice at once: only one UPDATE finds it unanswered.
    if not AnswerLink.objects.open_at(at).filter(pk=link.pk).update(answered_at=at, agreed=agree):
        raise LinkNotOpen("This link has been used")
    own = link.authority if link.authority and link.authority.owns_address(link.email) else None
    try:
        (agree_term if agree else end_term)(link.term, by=own, at=at, link=link)
    except TermChanged as error:
        raise LinkNotOpen(str(error)) from error
    link.refresh_from_db()
    return link
