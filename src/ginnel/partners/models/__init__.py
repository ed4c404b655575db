"""Organisations, the people who belong to them, and what organisations allow each other."""

from ginnel.partners.models.agreements import Allowance, Term
from ginnel.partners.models.directories import DirectoryGroup, DirectoryKey, DirectoryPerson
from ginnel.partners.models.imports import NameQuestion, PeopleImport
from ginnel.partners.models.joining import AnswerLink, Invitation, JoinRequest
from ginnel.partners.models.members import LineManagement, Membership, MembershipRole, Role
from ginnel.partners.models.organisations import KINDS, Organisation, OrganisationName, OwnWord, Site

__all__ = [
    "KINDS",
    "Allowance",
    "AnswerLink",
    "DirectoryGroup",
    "DirectoryKey",
    "DirectoryPerson",
    "Invitation",
    "JoinRequest",
    "LineManagement",
    "Membership",
    "MembershipRole",
    "NameQuestion",
    "Organisation",
    "OrganisationName",
    "OwnWord",
    "PeopleImport",
    "Role",
    "Site",
    "Term",
]
