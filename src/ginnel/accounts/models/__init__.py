"""People who sign in, the browsers they are signed in with, and the organisations whose own sign-in they may use."""

from ginnel.accounts.models.browsers import SignedInBrowser
from ginnel.accounts.models.people import AccessQuerySet, RecordAccess, User, UserManager
from ginnel.accounts.models.providers import IdentityProvider, ProviderDomain, ProviderIdentity, SignInPolicy
from ginnel.accounts.privacy.models import Erasure
from ginnel.accounts.profile.models import Consent, ProfileAnswer, SupportAnswer

__all__ = [
    "AccessQuerySet",
    "Consent",
    "Erasure",
    "IdentityProvider",
    "ProfileAnswer",
    "ProviderDomain",
    "ProviderIdentity",
    "RecordAccess",
    "SignInPolicy",
    "SignedInBrowser",
    "SupportAnswer",
    "User",
    "UserManager",
]
