"""What partners holds about a person: where they belong, or did."""

from django.urls import reverse
from django.utils import timezone

from ginnel.accounts.holdings import Held, Holding
from ginnel.accounts.models import User
from ginnel.partners.models import Membership


def my_organisations(user: User) -> Held:
    """Organisations this person belongs to or belonged to, newest first."""
    found = list(Membership.objects.of_person(user).prefetch_related("roles"))
    rows = [
        {
            "Organisation": membership.organisation.name,
            "Job title": membership.job_title,
            "Roles": ", ".join(row.get_role_display() for row in membership.roles.all()),
            "Since": timezone.localdate(membership.joined_at).isoformat(),
            "Left": timezone.localdate(membership.left_at).isoformat() if membership.left_at else "",
        }
        for membership in found
    ]
    now = [membership for membership in found if not membership.left_at]
    names = [membership.organisation.name for membership in now]
    return Held(
        words=f"You belong to {', '.join(names)}." if names else "You belong to no organisation here.",
        items=[
            (membership.organisation.name, reverse("partners:partner", args=[membership.organisation_id]))
            for membership in now
            if membership.organisation.status == "live"
        ],
        data=rows,
        table=rows,
    )


MY_ORGANISATIONS = Holding(
    slug="my-organisations", title="My organisations", page="partners:partner_list", read=my_organisations
)
