"""What the events of this area are called, and their sentences."""

from collections.abc import Mapping

from ginnel.events.words import Words, say_organisations_with
from ginnel.partners.models.agreements import Allowance
from ginnel.partners.models.members import Role


def _names(numbers: set[int]) -> dict[int, str]:
    from ginnel.partners.models import Organisation

    return dict(Organisation.objects.filter(pk__in=numbers).values_list("pk", "name"))


say_organisations_with(_names)


def _roles(codes: str) -> str:
    """Codes of roles, parted by spaces, as words."""
    names = [Role(code).label.lower() if code in Role.values else code for code in codes.split()]
    return " and ".join(names)


def _roles_changed(values: Mapping[str, str]) -> str:
    done = [f"made {{person}} {_roles(values['given'])}"] if values.get("given") else []
    if values.get("taken"):
        done.append(f"{'took away' if done else 'took from {person}'} the role of {_roles(values['taken'])}")
    return f"{{by}} {', and '.join(done)} at {{organisation}}".format_map(values)


def _manager_set(values: Mapping[str, str]) -> str:
    said = (
        "{by} said that somebody manages {person}"
        if values.get("manager")
        else "{by} said that nobody manages {person}"
    )
    return f"{said} at {{organisation}}".format_map(values)


_LINKED = {
    "own": "{by}, by a link from an e-mail,",
    "passed-on": "Somebody an administrator asked, by a link from an e-mail,",
}


def _agreement(done: str) -> "Words":
    def say(values: Mapping[str, str]) -> str:
        what = values.get("what", "")
        allowed = Allowance(what).label.lower() if what in Allowance.values else what
        who = _LINKED.get(values.get("by_link", ""), "{by}")
        return f"{who} {done} this: {{organisation}} allows {{other}} to {allowed}".format_map(values)

    return Words(f"Agreement {done}", say)


EVENT_WORDS = {
    "partners.administrator.added": Words(
        "Looks after the partnership", "{by} said that {person} looks after the partnership"
    ),
    "partners.administrator.removed": Words(
        "Looks after the partnership no more", "{by} said that {person} looks after the partnership no more"
    ),
    "partners.joining.asked": Words("Asked to join the partnership", "{by} asked that an organisation may join"),
    "partners.joining.approved": Words("Joining approved", "{by} let {organisation} join"),
    "partners.joining.refused": Words("Joining not approved", "{by} did not approve that an organisation joins"),
    "partners.joining.withdrawn": Words("Joining request withdrawn", "{by} took back a request to join"),
    "partners.person.invited": Words("Person invited", "{by} invited somebody to {organisation}"),
    "partners.invitation.withdrawn": Words("Invitation withdrawn", "{by} took back an invitation to {organisation}"),
    "partners.member.joined": Words("Became a member", "{person} became a member of {organisation}"),
    "partners.member.details_changed": Words(
        "Job title changed", "{by} changed the job title of {person} at {organisation}"
    ),
    "partners.details.changed": Words("Details changed", "{by} changed what is said of {organisation}"),
    "partners.site.added": Words("Place added", "{by} added a place where {organisation} works"),
    "partners.site.removed": Words("Place removed", "{by} took off a place where {organisation} works"),
    "partners.member.account_moved": Words(
        "Membership moved", "The place of {person} at {organisation} moved to the account that proved its address"
    ),
    "partners.directory.person_added": Words(
        "Directory: person added", "The directory of {organisation} told us of somebody"
    ),
    "partners.directory.person_changed": Words(
        "Directory: person changed", "The directory of {organisation} changed what it says of somebody"
    ),
    "partners.directory.person_removed": Words(
        "Directory: person removed", "The directory of {organisation} took somebody off"
    ),
    "partners.directory.group_added": Words(
        "Directory: group added", "The directory of {organisation} told us of a group"
    ),
    "partners.directory.group_changed": Words(
        "Directory: group changed", "The directory of {organisation} changed a group"
    ),
    "partners.directory.group_removed": Words(
        "Directory: group removed", "The directory of {organisation} took a group off"
    ),
    "partners.directory.group_role_set": Words(
        "Directory: role of a group", "{by} said which role a group gives at {organisation}"
    ),
    "partners.directory_key.made": Words("Directory key made", "{by} made a key for the directory of {organisation}"),
    "partners.directory_key.revoked": Words(
        "Directory key revoked", "{by} revoked a key of the directory of {organisation}"
    ),
    "partners.import.uploaded": Words("File uploaded", "{by} uploaded a file of organisations and people"),
    "partners.import.saved": Words("File saved", "{by} saved a file of organisations and people"),
    "partners.import.withdrawn": Words("File let go", "{by} let a file of organisations and people go"),
    "partners.organisation.joined": Words("Organisation joined", "{organisation} came in by a file"),
    "partners.organisation.changed": Words("Organisation changed", "A file changed what is said of {organisation}"),
    "partners.name.decided": Words("Name decided", "{by} said which organisation a name means"),
    "partners.member.imported": Words("Changed by a file", "A file changed what is said of {person} at {organisation}"),
    "partners.member.left": Words("Left an organisation", "{person} left {organisation}"),
    "partners.member.roles_changed": Words("Roles changed", _roles_changed),
    "partners.member.manager_set": Words("Line manager set", _manager_set),
    "partners.agreement.proposed": _agreement("proposed"),
    "partners.agreement.agreed": _agreement("agreed"),
    "partners.agreement.ended": _agreement("ended"),
    "partners.answer_link.sent": Words(
        "Link to answer sent", "A link was sent by which a proposal to {organisation} can be answered"
    ),
    "partners.events.exported": Words(
        "What happened was downloaded", "{by} downloaded what happened at {organisation}"
    ),
}
