"""Reads across organisations, agreements and places."""

from ginnel.partners.queries.agreements import TermWords, terms_in_words
from ginnel.partners.queries.joining import kinds_of_partners, listed_as
from ginnel.partners.queries.nearest import GP_KINDS, LEARNING_KINDS, NearOrganisation, nearest

__all__ = [
    "GP_KINDS",
    "LEARNING_KINDS",
    "NearOrganisation",
    "TermWords",
    "kinds_of_partners",
    "listed_as",
    "nearest",
    "terms_in_words",
]
