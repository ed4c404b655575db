"""
Talking OpenID Connect with an organisation's provider: authorisation code with PKCE, by Authlib. No database, no decisions.

Why not allauth's own provider: docs/adr/0006.
"""

import secrets
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlsplit

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oauth2.rfc7523 import PrivateKeyJWT
from authlib.oidc.core import CodeIDToken
from django.conf import settings
from django.core.cache import cache
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet, import_key
from joserfc.jws import JWSRegistry

from ginnel.accounts.models import IdentityProvider
from ginnel.accounts.rules import says_yes
from ginnel.accounts.sealing import CannotUnseal, unseal

TIMEOUT_SECONDS = 5
CLOCK_SKEW_SECONDS = 60
KEPT_SECONDS = 600
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519"]
"""Signatures only the provider can make. Never `none`, and none made with a secret that we hold too."""


class ProviderDown(Exception):
    """The provider does not answer, or not as OpenID Connect says. The argument is for the log: no secrets, nobody's data."""


class ProviderRefused(Exception):
    """The provider did not let the person in, or the person turned back there."""


class ProviderLied(Exception):
    """What the provider says does not hold: another's signature, another's token, not the answer to our question."""


@dataclass(frozen=True, slots=True)
class Pending:
    """What must match when the person comes back. Lives in their session."""

    provider: str
    state: str
    nonce: str
    verifier: str
    issuer: str
    at: float
    again: bool = False

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Claims:
    """What a provider has said and proven of a person. `verified` is what it says of the address; believing it is `rules`' matter."""

    issuer: str
    subject: str
    email: str
    verified: bool
    name: str


def begin(
    provider: IdentityProvider, *, redirect_uri: str, email: str = "", again: bool = False
) -> tuple[str, Pending]:
    """
    The address to send a person to, and what to remember. `again`: they must sign in there afresh.

    :raises ProviderDown: if the provider's discovery document cannot be had.
    """
    known = discover(provider.issuer)
    pending = Pending(
        provider=provider.slug,
        state=secrets.token_urlsafe(24),
        nonce=secrets.token_urlsafe(24),
        verifier=secrets.token_urlsafe(48),
        issuer=provider.issuer,
        at=time.time(),
        again=again,
    )
    more: dict[str, str] = {str(key): str(value) for key, value in provider.extra_parameters.items()}
    if email:
        more["login_hint"] = email
    if again:
        more |= {"prompt": "login", "max_age": "0"}
    with OAuth2Session(
        provider.client_id, scope=provider.scopes, redirect_uri=redirect_uri, code_challenge_method="S256"
    ) as session:
        address, _ = session.create_authorization_url(
            known["authorization_endpoint"],
            state=pending.state,
            nonce=pending.nonce,
            code_verifier=pending.verifier,
            **more,
        )
    return address, pending


def finish(provider: IdentityProvider, pending: Pending, answer: Mapping[str, str], *, redirect_uri: str) -> Claims:
    """
    What the provider says of the person who has come back with this answer.

    :raises ProviderRefused: if it did not let them in.
    :raises ProviderDown: if it does not answer.
    :raises ProviderLied: if what it says does not hold.
    """
    # RFC 9207: with two providers, the answer of one must not be taken for the other's.
    if answer.get("iss", pending.issuer) != pending.issuer or provider.issuer != pending.issuer:
        raise ProviderLied("the answer names another issuer")
    if answer.get("error"):
        raise ProviderRefused(answer["error"][:60])
    if not answer.get("code"):
        raise ProviderLied("the answer has neither a code nor an error")
    known = discover(provider.issuer)
    token = _fetch_token(provider, known, answer["code"], pending, redirect_uri)
    claims = _checked(provider, known, token, pending)
    said = claims
    if "email" not in claims and known.get("userinfo_endpoint") and token.get("access_token"):
        said = _userinfo(known["userinfo_endpoint"], token["access_token"])
        if said.get("sub") != claims["sub"]:
            raise ProviderLied("userinfo is about somebody else")
    email = said.get("email")
    return Claims(
        issuer=claims["iss"],
        subject=claims["sub"],
        email=email.strip().lower() if isinstance(email, str) else "",
        verified=says_yes(said.get(provider.verified_claim)),
        name=str(said.get("name") or "")[:120],
    )


def discover(issuer: str) -> dict[str, Any]:
    """
    The provider's discovery document, kept for ten minutes.

    :raises ProviderDown: if it cannot be had, is another issuer's, or names an endpoint that is not https.
    """
    key = f"oidc:{issuer}"
    kept: dict[str, Any] | None = cache.get(key)
    if kept is None:
        kept = _get_json(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
        if kept.get("issuer") != issuer:
            raise ProviderDown("the discovery document is another issuer's")
        for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
            if not _is_safe(kept.get(name)):
                raise ProviderDown(f"{name} is missing or not https")
        cache.set(key, kept, KEPT_SECONDS)
    return kept


def signing_keys(issuer: str) -> int:
    """
    How many keys a provider signs with, asked afresh.

    :raises ProviderDown: if discovery document or keys cannot be had.
    """
    cache.delete(f"oidc:{issuer}")
    try:
        return len(list(_keys(discover(issuer)["jwks_uri"], again=True)))
    except (JoseError, ValueError) as wrong:
        raise ProviderDown(f"its keys cannot be read: {type(wrong).__name__}") from wrong


def _fetch_token(
    provider: IdentityProvider, known: dict[str, Any], code: str, pending: Pending, redirect_uri: str
) -> dict[str, Any]:
    try:
        secret: Any = unseal(provider.sealed_secret)
        with OAuth2Session(
            provider.client_id,
            _signing_key(secret) if provider.auth_method == "private_key_jwt" else secret,
            token_endpoint_auth_method=provider.auth_method,
            redirect_uri=redirect_uri,
            default_timeout=TIMEOUT_SECONDS,
        ) as session:
            if provider.auth_method == IdentityProvider.AuthMethod.PRIVATE_KEY:
                session.register_client_auth_method(_private_key_jwt(provider, known, secret))
            token: dict[str, Any] = session.fetch_token(
                known["token_endpoint"],
                grant_type="authorization_code",
                code=code,
                code_verifier=pending.verifier,
                allow_redirects=False,
            )
    except (requests.RequestException, AuthlibBaseError, JoseError, CannotUnseal, ValueError) as failed:
        raise ProviderDown(f"no token: {type(failed).__name__}") from failed
    return token


def _signing_key(pem: str) -> Any:
    for kind in ("RSA", "EC"):
        try:
            return import_key(pem, kind)
        except (JoseError, ValueError, TypeError):
            continue
    raise ValueError("the private key is neither RSA nor EC")


def _private_key_jwt(provider: IdentityProvider, known: dict[str, Any], pem: str) -> PrivateKeyJWT:
    header = {"kid": provider.key_id} if provider.key_id else None
    algorithm = {"RSA": "RS256", "EC": "ES256"}[_signing_key(pem).key_type]
    return PrivateKeyJWT(known["token_endpoint"], headers=header, alg=algorithm)


def _checked(
    provider: IdentityProvider, known: dict[str, Any], token: dict[str, Any], pending: Pending
) -> dict[str, Any]:
    """The ID token's claims, once signature, issuer, audience, times, nonce and freshness hold."""
    if not isinstance(token.get("id_token"), str):
        raise ProviderLied("there is no ID token")
    try:
        read = _decode(token["id_token"], known["jwks_uri"])
        claims = CodeIDToken(
            read.claims,
            read.header,
            {
                "iss": {"essential": True, "value": provider.issuer},
                "aud": {"essential": True, "value": provider.client_id},
            },
            {"nonce": pending.nonce, "client_id": provider.client_id, "access_token": token.get("access_token")},
        )
        claims.validate(leeway=CLOCK_SKEW_SECONDS)
    except (JoseError, ValueError, TypeError, KeyError) as wrong:
        raise ProviderLied(f"the ID token does not hold: {type(wrong).__name__}") from wrong
    if not isinstance(claims["sub"], str) or not 0 < len(claims["sub"]) <= 255:
        raise ProviderLied("the subject is no text of at most 255 letters")
    if pending.again:
        signed_in = claims.get("auth_time")
        if not isinstance(signed_in, int | float) or signed_in < pending.at - CLOCK_SKEW_SECONDS:
            raise ProviderLied("it did not ask the person to sign in afresh")
    return dict(claims)


def _decode(id_token: str, jwks_uri: str) -> jwt.Token:
    registry = JWSRegistry(algorithms=ALGORITHMS, strict_check_header=False)
    try:
        return jwt.decode(id_token, _keys(jwks_uri), registry=registry)
    except InvalidKeyIdError:  # keys change now and then: look again, once
        return jwt.decode(id_token, _keys(jwks_uri, again=True), registry=registry)


def _keys(jwks_uri: str, *, again: bool = False) -> KeySet:
    key = f"oidc-keys:{jwks_uri}"
    kept = None if again else cache.get(key)
    if kept is None:
        kept = _get_json(jwks_uri)
        cache.set(key, kept, KEPT_SECONDS)
    usable = [one for one in kept.get("keys", ()) if isinstance(one, dict) and one.get("use", "sig") == "sig"]
    return KeySet.import_key_set({"keys": usable})


def _userinfo(endpoint: str, access_token: str) -> dict[str, Any]:
    if not _is_safe(endpoint):
        raise ProviderDown("userinfo_endpoint is not https")
    return _get_json(endpoint, headers={"Authorization": f"Bearer {access_token}"})


def _get_json(address: str, headers: dict[str, str] | None = None) -> dict[str, Any]:
    try:
        response = requests.get(address, headers=headers, timeout=TIMEOUT_SECONDS, allow_redirects=False)
        response.raise_for_status()
        found = response.json()
    except (requests.RequestException, ValueError) as failed:
        raise ProviderDown(f"no answer: {type(failed).__name__}") from failed
    if response.status_code != 200 or not isinstance(found, dict):
        raise ProviderDown(f"an answer of status {response.status_code} that is no JSON object")
    return found


def _is_safe(address: object) -> bool:
    """https; or, in the demonstration and the tests, this machine."""
    if not isinstance(address, str):
        return False
    parts = urlsplit(address)
    local = parts.scheme == "http" and parts.hostname in {"localhost", "127.0.0.1"}
    return (parts.scheme == "https" and bool(parts.hostname)) or (local and settings.LOCAL_PROVIDERS)
