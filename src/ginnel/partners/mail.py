"""E-mails about invitations and requests."""

from django.core.mail import send_mail
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from ginnel.partners.models import Invitation, JoinRequest
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
