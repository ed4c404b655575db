"""What careers holds about a person: their list of roles, and what they told suit me on this visit."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ginnel.accounts.holdings import Held, Holding
from ginnel.accounts.models import User
from ginnel.accounts.privacy.retention import Kept
from ginnel.careers.models import ShortlistItem
from ginnel.careers.said import SESSION_KEY, Said
from ginnel.careers.shortlists import drop_unopened_lists, join_visit
from ginnel.core.words import english, gettext_lazy

MOST_OWN_WORDS = 300


def my_list(user: User) -> Held:
    """The roles this person keeps in their account, oldest first."""
    items = (
        ShortlistItem.objects.filter(shortlist__owner=user).select_related("role__family").order_by("added_at", "pk")
    )
    rows = [(item.role, timezone.localdate(item.added_at).isoformat()) for item in items]
    count = len(rows)
    return Held(
        words=ngettext("You keep %(count)s role on your list.", "You keep %(count)s roles on your list.", count)
        % {"count": count}
        if count
        else _("No roles are on it yet."),
        items=[(english(role.name), reverse("careers:role", args=[role.slug])) for role, _ in rows],
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


MY_LIST = Holding(
    slug="my-list", title=gettext_lazy("My list"), page="careers:shortlist", read=my_list, join_visit=join_visit
)


def suit_answers(request: HttpRequest) -> Held:
    """What was typed and ticked in Suit me on this visit. It is in no account: it goes with the session."""
    said = Said.from_session(request.session.get(SESSION_KEY, {}))
    told = {name: value for name, value in said.to_session().items() if _is_told(value)}
    if not told:
        return Held(words=_("You have told Suit me nothing on this visit."))
    own = _("You wrote: “%(words)s”") % {"words": Truncator(said.text).chars(MOST_OWN_WORDS)} if said.text else ""
    told_here = _("What you told Suit me on this visit, until you press “Forget them” or this visit ends.")
    return Held(
        words=f"{told_here} {own}".rstrip(),
        data=told,
        table=[{"What": name, "Your answer": _as_text(value)} for name, value in told.items()],
    )


def _is_told(value: object) -> bool:
    """Level 0 and the answer 0 are told; what was left empty is not."""
    return bool(value) or (value == 0 and not isinstance(value, bool))


def _as_text(value: object) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{key}: {part}" for key, part in value.items())
    return "; ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


SUIT_ANSWERS = Holding(
    slug="suit-me",
    title=gettext_lazy("Suit me answers"),
    page="careers:suit",
    read_visit=suit_answers,
    clear="careers:suit_restart",
)

KEPT = [
    Kept(
        "my-list",
        gettext_lazy("Roles on your list"),
        gettext_lazy("so that you find them again"),
        gettext_lazy("you take them off or delete your account: at once"),
    ),
    Kept(
        "kept-lists",
        gettext_lazy("A list under a link, without whose it is"),
        gettext_lazy("so that whoever has the link finds it again"),
        gettext_lazy("nobody has opened it for a year"),
        names_person=False,
        purge=lambda before: drop_unopened_lists(at=before),
    ),
]
