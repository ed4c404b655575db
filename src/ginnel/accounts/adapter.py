"""How signing in behaves here."""

from allauth.account.adapter import DefaultAccountAdapter


class CodeAdapter(DefaultAccountAdapter):
    """Residents have no password: a code by e-mail is the one way in."""
