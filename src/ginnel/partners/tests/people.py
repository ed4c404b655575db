"""People and organisations that tests of this area begin with."""

from datetime import UTC, datetime

from ginnel.accounts.commands import open_account
from ginnel.accounts.models import User
from ginnel.partners.commands import add_member, set_roles
from ginnel.partners.models import Membership, Organisation

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


def an_organisation(name: str = "Bramble Home Care", *, status: str = "live", kind: str = "home-care") -> Organisation:
    return Organisation.objects.create(
        origin="joined", code=name.lower().replace(" ", "-")[:40], name=name, kind=kind, status=status,
        live_since=NOW if status == "live" else None,
    )  # fmt: skip


def a_person(name: str = "Ada Bramble") -> User:
    return open_account(f"{name.lower().replace(' ', '.')}@example.org")


def a_member(organisation: Organisation, name: str = "Ada Bramble", *roles: str) -> Membership:
    membership = add_member(organisation, a_person(name), by=None, at=NOW)
    set_roles(membership, roles, by=None, at=NOW)
    return membership
