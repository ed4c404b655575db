"""Secrets kept in the database, encrypted: whoever reads a backup without the key reads nothing."""

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class CannotUnseal(Exception):
    """The secret was sealed with a key that is not set any more."""


def seal(text: str) -> str:
    """The text, encrypted with the first of the keys."""
    return _keys().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """
    The text that was sealed, with whichever of the keys.

    :raises CannotUnseal: if none of the keys opens it.
    """
    try:
        return _keys().decrypt(sealed.encode()).decode()
    except InvalidToken as wrong:
        raise CannotUnseal("A secret was sealed with another key. Put the old one last in GINNEL_FIELD_KEY") from wrong


def _keys() -> MultiFernet:
    """The field keys, newest first, and last the secret key, with which sites begin that set no other."""
    return MultiFernet([_fernet(key) for key in (*settings.FIELD_KEYS, settings.SECRET_KEY)])


def _fernet(key: str) -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"ginnel accounts fields").derive(key.encode())
    return Fernet(base64.urlsafe_b64encode(derived))
