"""What careers holds about a person: their list of roles."""

from django.urls import reverse
from django.utils import timezone

from ginnel.accounts.holdings import Held, Holding
from ginnel.accounts.models import User
from ginnel.accounts.privacy.retention import Kept
from ginnel.careers.models import ShortlistItem
from ginnel.careers.shortlists import drop_unopened_lists, join_visit


def my_list(user: User) -> Held:
    """The roles this person keeps in their account, oldest first."""
    items = (
        ShortlistItem.objects.filter(shortlist__owner=user).select_related("role__family").order_by("added_at", "pk")
    )
    rows = [(item.role, timezone.localdate(item.added_at).isoformat()) for item in items]
    count = len(rows)
    return Held(
        words=f"You keep {count} role{'' if count == 1 else 's'} on your list." if count else "No roles are on it yet.",
        items=[(role.name, reverse("careers:role", args=[role.slug])) for role, _ in rows],
        data=[{"role": role.slug, "name": role.name, "added_on": added_on} for role, added_on in rows],
        table=[
            {
                "Role": role.name,
                "Part of health and care": role.family.name,
                "Pay from (£ a year)": role.pay_low_gbp or "",
                "Pay to (£ a year)": role.pay_high_gbp or "",
                "Pay as of": role.pay_as_of or "",
                "Added on": added_on,
            }
            for role, added_on in rows
        ],
    )


MY_LIST = Holding(slug="my-list", title="My list", page="careers:shortlist", read=my_list, join_visit=join_visit)

KEPT = [
    Kept(
        "my-list",
        "Roles on your list",
        "so that you find them again",
        "you take them off or delete your account: at once",
    ),
    Kept(
        "kept-lists",
        "A list under a link, without whose it is",
        "so that whoever has the link finds it again",
        "nobody has opened it for a year",
        names_person=False,
        purge=lambda before: drop_unopened_lists(at=before),
    ),
]
