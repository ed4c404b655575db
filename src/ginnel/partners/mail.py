"""E-mails about invitations and requests."""

from django.core.mail import send_mail
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from ginnel.accounts.models import User
from ginnel.partners.models import AnswerLink, Invitation, JoinRequest
from ginnel.partners.queries import terms_in_words
from ginnel.places.queries import current_place


def send_invitation(request: HttpRequest, invitation: Invitation, key: str) -> None:
    """:raises OSError: if the mail server does not take it (smtplib's errors are OSErrors)."""
    place = current_place()
    link = request.build_absolute_uri(reverse("partners:invitation_accept", args=[key]))
    text = render_to_string(
        "partners/mail/invitation.txt", {"invitation": invitation, "link": link, "place": place, "by": request.user}
    )
    send_mail(f"{invitation.organisation.name} invites you to {place.site_name}", text, None, [invitation.email])


def send_decision(request: HttpRequest, joining: JoinRequest) -> None:
    """Tell who asked what was decided; nothing is sent where their account is gone. :raises OSError: as above."""
    if not joining.asked_by:
        return
    place = current_place()
    link = request.build_absolute_uri(
        reverse("partners:partner", args=[joining.organisation_id])
        if joining.status == JoinRequest.Status.APPROVED
        else reverse("partners:request_list")
    )
    text = render_to_string("partners/mail/decision.txt", {"joining": joining, "link": link, "place": place})
    send_mail(f"{joining.name} on {place.site_name}", text, None, [joining.asked_by.email])


def send_joining_request(joining: JoinRequest, to: User, origin: str) -> None:
    """Tell one of those who decide that a request waits. :raises OSError: as above."""
    place = current_place()
    link = origin + reverse("partners:request_decide", args=[joining.pk])
    text = render_to_string("partners/mail/request.txt", {"joining": joining, "link": link, "place": place})
    send_mail(f"{joining.name} asks to join {place.site_name}", text, None, [to.email])


def send_answer_link(link: AnswerLink, key: str, origin: str, *, by: object) -> None:
    """Ask somebody to answer a proposal; `by` (a person, an organisation) is who asks. :raises OSError: as above."""
    place = current_place()
    [line] = terms_in_words([link.term], link.organisation, today=timezone.localdate())
    address = origin + reverse("partners:term_answer", args=[key])
    text = render_to_string(
        "partners/mail/answer.txt", {"link": link, "line": line, "address": address, "place": place, "by": by}
    )
    send_mail(f"A question to {link.organisation.name} on {place.site_name}", text, None, [link.email])
