"""Organisations, the people who belong to them, and what organisations allow each other."""

from ginnel.partners.models.agreements import Allowance, Term
from ginnel.partners.models.joining import Invitation, JoinRequest
from ginnel.partners.models.members import LineManagement, Membership, MembershipRole, Role
from ginnel.partners.models.organisations import KINDS, Organisation, OrganisationName, Site

__all__ = [
    "KINDS",
    "Allowance",
    "Invitation",
    "JoinRequest",
    "LineManagement",
    "Membership",
    "MembershipRole",
    "Organisation",
    "OrganisationName",
    "Role",
    "Site",
    "Term",
]
