"""What the events of this area are called, and their sentences."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from ginnel.core.marking import gettext_noop
from ginnel.core.words import Translated, in_a_row
from ginnel.events.words import Words, say_organisations_with
from ginnel.partners.models.agreements import Allowance
from ginnel.partners.models.members import Role


def _names(numbers: set[int]) -> dict[int, str]:
    from ginnel.partners.models import Organisation

    return dict(Organisation.objects.filter(pk__in=numbers).values_list("pk", "name"))


say_organisations_with(_names)


def _roles(codes: str) -> str:
    """Codes of roles, parted by spaces, as words."""
    return in_a_row([_(Role(code).label).lower() if code in Role.values else code for code in codes.split()])


def _roles_changed(values: Mapping[str, str]) -> str:
    given, taken = _roles(values.get("given", "")), _roles(values.get("taken", ""))
    if given and taken:
        said = _("{by} made {person} {given}, and took away the role of {taken} at {organisation}")
    elif given:
        said = _("{by} made {person} {given} at {organisation}")
    else:
        said = _("{by} took from {person} the role of {taken} at {organisation}")
    return said.format_map({**values, "given": given, "taken": taken})


def _manager_set(values: Mapping[str, str]) -> str:
    said = (
        _("{by} said that somebody manages {person} at {organisation}")
        if values.get("manager")
        else _("{by} said that nobody manages {person} at {organisation}")
    )
    return said.format_map(values)


_BY = Translated(
    {
        "": "{by}",
        "own": gettext_noop("{by}, by a link from an e-mail,"),
        "passed-on": gettext_noop("Somebody an administrator asked, by a link from an e-mail,"),
    }
)


def _agreement(kind: str, done: str) -> "Words":
    def say(values: Mapping[str, str]) -> str:
        what = values.get("what", "")
        allowed = _(Allowance(what).label).lower() if what in Allowance.values else what
        who = _BY.get(values.get("by_link", ""), _BY[""]).format_map(values)
        return _(done).format_map({**values, "who": who, "allowed": allowed})

    return Words(kind, say)


EVENT_WORDS = {
    "partners.administrator.added": Words(
        "Looks after the partnership", gettext_noop("{by} said that {person} looks after the partnership")
    ),
    "partners.administrator.removed": Words(
        "Looks after the partnership no more",
        gettext_noop("{by} said that {person} looks after the partnership no more"),
    ),
    "partners.joining.asked": Words(
        "Asked to join the partnership", gettext_noop("{by} asked that an organisation may join")
    ),
    "partners.joining.approved": Words("Joining approved", gettext_noop("{by} let {organisation} join")),
    "partners.joining.refused": Words(
        "Joining not approved", gettext_noop("{by} did not approve that an organisation joins")
    ),
    "partners.joining.withdrawn": Words("Joining request withdrawn", gettext_noop("{by} took back a request to join")),
    "partners.person.invited": Words("Person invited", gettext_noop("{by} invited somebody to {organisation}")),
    "partners.invitation.withdrawn": Words(
        "Invitation withdrawn", gettext_noop("{by} took back an invitation to {organisation}")
    ),
    "partners.member.joined": Words("Became a member", gettext_noop("{person} became a member of {organisation}")),
    "partners.member.details_changed": Words(
        "Job title changed", gettext_noop("{by} changed the job title of {person} at {organisation}")
    ),
    "partners.details.changed": Words("Details changed", gettext_noop("{by} changed what is said of {organisation}")),
    "partners.site.added": Words("Place added", gettext_noop("{by} added a place where {organisation} works")),
    "partners.site.removed": Words("Place removed", gettext_noop("{by} took off a place where {organisation} works")),
    "partners.member.account_moved": Words(
        "Membership moved",
        gettext_noop("The place of {person} at {organisation} moved to the account that proved its address"),
    ),
    "partners.directory.person_added": Words(
        "Directory: person added", gettext_noop("The directory of {organisation} told us of somebody")
    ),
    "partners.directory.person_changed": Words(
        "Directory: person changed", gettext_noop("The directory of {organisation} changed what it says of somebody")
    ),
    "partners.directory.person_removed": Words(
        "Directory: person removed", gettext_noop("The directory of {organisation} took somebody off")
    ),
    "partners.directory.group_added": Words(
        "Directory: group added", gettext_noop("The directory of {organisation} told us of a group")
    ),
    "partners.directory.group_changed": Words(
        "Directory: group changed", gettext_noop("The directory of {organisation} changed a group")
    ),
    "partners.directory.group_removed": Words(
        "Directory: group removed", gettext_noop("The directory of {organisation} took a group off")
    ),
    "partners.directory.group_role_set": Words(
        "Directory: role of a group", gettext_noop("{by} said which role a group gives at {organisation}")
    ),
    "partners.directory_key.made": Words(
        "Directory key made", gettext_noop("{by} made a key for the directory of {organisation}")
    ),
    "partners.directory_key.revoked": Words(
        "Directory key revoked", gettext_noop("{by} revoked a key of the directory of {organisation}")
    ),
    "partners.import.uploaded": Words(
        "File uploaded", gettext_noop("{by} uploaded a file of organisations and people")
    ),
    "partners.import.saved": Words("File saved", gettext_noop("{by} saved a file of organisations and people")),
    "partners.import.withdrawn": Words("File let go", gettext_noop("{by} let a file of organisations and people go")),
    "partners.organisation.joined": Words("Organisation joined", gettext_noop("{organisation} came in by a file")),
    "partners.organisation.changed": Words(
        "Organisation changed", gettext_noop("A file changed what is said of {organisation}")
    ),
    "partners.name.decided": Words("Name decided", gettext_noop("{by} said which organisation a name means")),
    "partners.member.imported": Words(
        "Changed by a file", gettext_noop("A file changed what is said of {person} at {organisation}")
    ),
    "partners.member.left": Words("Left an organisation", gettext_noop("{person} left {organisation}")),
    "partners.member.roles_changed": Words("Roles changed", _roles_changed),
    "partners.member.manager_set": Words("Line manager set", _manager_set),
    "partners.agreement.proposed": _agreement(
        "Agreement proposed", gettext_noop("{who} proposed this: {organisation} allows {other} to {allowed}")
    ),
    "partners.agreement.agreed": _agreement(
        "Agreement agreed", gettext_noop("{who} agreed this: {organisation} allows {other} to {allowed}")
    ),
    "partners.agreement.ended": _agreement(
        "Agreement ended", gettext_noop("{who} ended this: {organisation} allows {other} to {allowed}")
    ),
    "partners.answer_link.sent": Words(
        "Link to answer sent", gettext_noop("A link was sent by which a proposal to {organisation} can be answered")
    ),
    "partners.answer_link.not_sent": Words(
        "E-mail not sent", "An e-mail that asks {organisation} to answer a proposal could not be sent"
    ),
    "partners.events.exported": Words(
        "What happened was downloaded", gettext_noop("{by} downloaded what happened at {organisation}")
    ),
}
