"""What partners holds about a person: where they belong, and what they left behind when they joined or asked to."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ginnel.accounts.holdings import Held, Holding, Shared
from ginnel.accounts.models import User
from ginnel.accounts.privacy.retention import Kept
from ginnel.core.words import english, gettext_lazy, in_a_row
from ginnel.events.commands import record_event
from ginnel.partners.commands import end_membership
from ginnel.partners.models import AnswerLink, Invitation, JoinRequest, Membership, Organisation, Role
from ginnel.partners.permissions import PARTNERSHIP_ADMINISTRATORS

YEAR = 365


def my_organisations(user: User) -> Held:
    """Where this person belongs or belonged, and what that lets others see."""
    mine = list(Membership.objects.of_person(user).prefetch_related("roles"))
    now = [one for one in mine if one.left_at is None]
    rows = [
        {
            "Organisation": one.organisation.name,
            "Job": one.job_title,
            "Staff number": one.staff_number,
            "Roles": ", ".join(_(Role(held.role).label) for held in one.roles.all()),
            "From": timezone.localdate(one.joined_at).isoformat(),
            "To": timezone.localdate(one.left_at).isoformat() if one.left_at else "",
        }
        for one in mine
    ]
    return Held(
        words=_("You belong to %(organisations)s.")
        % {"organisations": in_a_row([english(one.organisation.name) for one in now])}
        if now
        else _("You belong to no organisation here."),
        items=[*_pages(now), *_what_happened(user, now)],
        data=[{key.lower().replace(" ", "_"): value for key, value in row.items()} for row in rows],
        table=rows,
        shared=[
            Shared(
                what=_("your name, your e-mail address, your job and your roles there"),
                whom=one.organisation.name,
                since=date_format(timezone.localtime(one.joined_at), "j E Y"),
                why=_("Its administrators look after who belongs to it."),
            )
            for one in now
        ],
    )


def _pages(now: list[Membership]) -> list[tuple[str, str]]:
    """The pages of the organisations somebody belongs to."""
    return [
        (english(one.organisation.name), reverse("partners:partner", args=[one.organisation_id]))
        for one in now
        if one.organisation.status == Organisation.Status.LIVE
    ]


def _what_happened(user: User, now: list[Membership]) -> list[tuple[str, str]]:
    """Links to what happened, for whoever may see it."""
    page = reverse("audit:event_list")
    links = [
        (
            _("What happened at %(name)s") % {"name": english(one.organisation.name)},
            f"{page}?organisation={one.organisation_id}",
        )
        for one in now
        if any(held.role == Role.ADMINISTRATOR for held in one.roles.all())
    ]
    if user.groups.filter(name=PARTNERSHIP_ADMINISTRATORS).exists():
        links += [
            (_("Requests to join"), reverse("partners:request_list")),
            (_("Names to decide"), reverse("names:list")),
            (_("Bring in organisations and people from a file"), reverse("bulk:upload")),
            (_("What happened in the whole partnership"), page),
        ]
    return links


def leave(user: User, at: datetime) -> None:
    """
    Before an account goes: the organisations see that the person has left, and no row that stays says who they were.

    Even the last administrator may go: the partnership's administrators can name another.
    """
    for membership in Membership.objects.filter(user=user, left_at__isnull=True).select_related("organisation", "user"):
        # Where clocks differ somebody may have joined a moment from now; that must not keep them here.
        end_membership(membership, by=None, at=max(at, membership.joined_at))
    addresses = {user.email, *EmailAddress.objects.filter(user=user).values_list(Lower("email"), flat=True)}
    Invitation.objects.alias(address=Lower("email")).filter(Q(address__in=addresses) | Q(accepted_by=user)).delete()
    JoinRequest.objects.filter(asked_by=user).update(contact_name="", contact_job="")
    links = AnswerLink.objects.filter(email__in=[address.lower() for address in addresses])
    links.filter(answered_at__isnull=True).delete()
    links.update(email="")


def _long_gone(before: datetime) -> int:
    return Membership.objects.filter(left_at__lt=before).delete()[0]


def _old_invitations(before: datetime) -> int:
    return Invitation.objects.filter(expires_at__lt=before).delete()[0]


def _never_signed_in(before: datetime) -> int:
    """
    Accounts that organisations made and nobody ever proved, once nobody says any more that the person is theirs.

    A current member's stays, signed in or not: the organisation goes on saying things of them.
    """
    wanted = Exists(Membership.objects.filter(Q(left_at=None) | Q(left_at__gte=before), user=OuterRef("pk")))
    proven = Exists(EmailAddress.objects.filter(user=OuterRef("pk"), verified=True))
    found = User.objects.filter(~wanted, ~proven, last_login=None, joined_at__lt=before, is_superuser=False)
    return sum(_drop(user) for user in found.order_by("pk").iterator(chunk_size=500))


@transaction.atomic
def _drop(user: User) -> int:
    # Somebody may be signing in just now.
    if user.is_proven():
        return 0
    record_event("accounts.account.dropped", by=None, about=user, person=user.pk)
    user.delete()
    return 1


def _old_answer_links(before: datetime) -> int:
    return AnswerLink.objects.filter(expires_at__lt=before).delete()[0]


def _old_contacts(before: datetime) -> int:
    named = JoinRequest.objects.filter(decided_at__lt=before).exclude(contact_name="", contact_job="")
    return named.update(contact_name="", contact_job="")


ORGANISATIONS = Holding(
    slug="organisations",
    title=gettext_lazy("My organisations"),
    page="",
    read=my_organisations,
    leave=leave,
)

KEPT = [
    Kept(
        "memberships",
        gettext_lazy("Which organisations you belong to, your job, staff number and roles there"),
        gettext_lazy("so that each organisation knows who is theirs"),
        gettext_lazy("2 years after you left it, or you delete your account: at once"),
        days=2 * YEAR,
        purge=_long_gone,
    ),
    Kept(
        "invitations",
        gettext_lazy("The address an invitation was sent to"),
        gettext_lazy("so that only that person can take it up"),
        gettext_lazy("30 days after its link stopped working, or you delete your account: at once"),
        days=30,
        purge=_old_invitations,
    ),
    Kept(
        "never-signed-in",
        gettext_lazy("An account that an organisation made and nobody ever signed in to: address, name"),
        gettext_lazy("so that it is ready for you"),
        gettext_lazy("1 year after you left the last organisation that says you are theirs"),
        days=YEAR,
        purge=_never_signed_in,
    ),
    Kept(
        "answer-links",
        gettext_lazy("The address that a link to answer a proposal was sent to"),
        gettext_lazy("so that the organisation knows who answered for it"),
        gettext_lazy("2 years after the link stopped working, or you delete your account: at once"),
        days=2 * YEAR,
        purge=_old_answer_links,
    ),
    Kept(
        "contacts",
        gettext_lazy("Name and job of who asked that an organisation may join"),
        gettext_lazy("to talk about the request"),
        gettext_lazy("1 year after the decision, or you delete your account: at once"),
        days=YEAR,
        purge=_old_contacts,
    ),
]
