"""Roles, skills, gates, steps, and the published occupations they are linked to."""

from ginnel.careers.models.occupations import EscoSkill, Occupation, OccupationFacet, Standard
from ginnel.careers.models.roles import Experience, Family, Gate, PayPoint, Role, RoleSkill, Setting, Skill, Start
from ginnel.careers.models.routes import Step
from ginnel.careers.models.shortlist import Shortlist, ShortlistItem

__all__ = [
    "EscoSkill",
    "Experience",
    "Family",
    "Gate",
    "Occupation",
    "OccupationFacet",
    "PayPoint",
    "Role",
    "RoleSkill",
    "Setting",
    "Shortlist",
    "ShortlistItem",
    "Skill",
    "Standard",
    "Start",
    "Step",
]
