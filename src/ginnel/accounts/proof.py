"""A code by e-mail that proves an address to somebody who is signed in: for one more address, and for a fresh sign-in."""

import hmac
import time

from allauth.account.adapter import get_adapter
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

MINUTES = 15
MOST_TRIES = 3
_KEY = "address_proof"


class ProofOver(Exception):
    """There is no code any more: too old, too many tries, or none was sent for this."""


def send_proof(request: HttpRequest, purpose: str, email: str) -> None:
    """
    Send a code to this address and remember its digest in the session. One at a time: a new one ends the one before.

    :raises OSError: or `SMTPException`, if the mail cannot be sent.
    """
    adapter = get_adapter(request)
    code = adapter.generate_login_code()
    adapter.send_mail("account/email/proof_code", email, {"code": code, "minutes": MINUTES, "purpose": purpose})
    request.session[_KEY] = {
        "purpose": purpose,
        "email": email,
        "user": str(request.user.pk),
        "digest": _digest(code),
        "at": time.time(),
        "tries": 0,
    }


def address_under_proof(request: HttpRequest, purpose: str) -> str | None:
    """The address a code was sent to for this purpose, while it works."""
    kept = request.session.get(_KEY)
    if not kept or kept["purpose"] != purpose or kept["user"] != str(request.user.pk):
        return None
    return kept["email"] if time.time() - kept["at"] <= MINUTES * 60 else None


def check_proof(request: HttpRequest, purpose: str, code: str) -> str | None:
    """
    The address, if this is its code; None if it is not.

    :raises ProofOver: if there is no code any more, or this was the last try.
    """
    email = address_under_proof(request, purpose)
    if email is None:
        drop_proof(request)
        raise ProofOver
    kept = request.session[_KEY]
    if hmac.compare_digest(kept["digest"], _digest(code)):
        drop_proof(request)
        return email
    if kept["tries"] + 1 >= MOST_TRIES:
        drop_proof(request)
        raise ProofOver
    request.session[_KEY] = kept | {"tries": kept["tries"] + 1}
    return None


def drop_proof(request: HttpRequest) -> None:
    """Forget the code."""
    request.session.pop(_KEY, None)


def _digest(code: str) -> str:
    digits = "".join(letter for letter in code if letter.isdigit())
    return salted_hmac("ginnel.accounts.proof", digits, algorithm="sha256").hexdigest()
