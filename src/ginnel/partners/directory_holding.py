"""What partners holds about a person because their organisations' directories said it."""

from django.utils.translation import gettext as _

from ginnel.accounts.holdings import Held, Holding
from ginnel.accounts.models import User
from ginnel.core.words import gettext_lazy
from ginnel.partners.models import DirectoryPerson


def directories_say(user: User) -> Held:
    """What the directory of each of a person's organisations says of them, groups and manager too."""
    found = (
        DirectoryPerson.objects.filter(membership__user=user)
        .select_related("organisation", "manager")
        .prefetch_related("groups")
        .order_by("organisation__name", "pk")
    )
    rows = [_row(person) for person in found]
    names = ", ".join(row["Organisation"] for row in rows)
    return Held(
        words=_("The directory of %(names)s tells us about you. To correct it, ask them.") % {"names": names}
        if rows
        else _("No directory tells us about you."),
        data=rows,
        table=rows,
    )


def _row(person: DirectoryPerson) -> dict[str, str]:
    return {
        "Organisation": person.organisation.name,
        "User name": person.user_name,
        "Their own id": person.external_id,
        "Name": person.display_name or person.formatted_name or f"{person.given_name} {person.family_name}".strip(),
        "E-mail addresses": "; ".join(str(email["value"]) for email in person.emails),
        "Job title": person.job_title,
        "Staff number": person.staff_number,
        "Department": person.department,
        "Manager": (person.manager.display_name or person.manager.user_name) if person.manager else "",
        "Groups": "; ".join(sorted(group.display_name for group in person.groups.all())),
        "Active": {True: "yes", False: "no", None: "not said"}[person.active],
        "First said": person.created_at.date().isoformat(),
        "Last changed": person.changed_at.date().isoformat(),
    }


DIRECTORIES = Holding(
    slug="directories", title=gettext_lazy("What your employer's directory says"), page="", read=directories_say
)
