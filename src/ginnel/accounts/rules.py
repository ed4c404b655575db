"""Decisions about signing in."""

from collections.abc import Iterable

from ginnel.core.marking import gettext_noop

FREE_MAIL = frozenset(
    "aol.com btinternet.com gmail.com googlemail.com gmx.com gmx.co.uk hotmail.co.uk hotmail.com icloud.com live.co.uk live.com "
    "mail.com me.com msn.com ntlworld.com outlook.com pm.me proton.me protonmail.com sky.com talktalk.net virginmedia.com "
    "yahoo.co.uk yahoo.com ymail.com".split()
)
"""Domains anybody can have an address in: no organisation's own."""

OURS = frozenset(
    "client_id client_secret code_challenge code_challenge_method login_hint max_age nonce prompt redirect_uri request request_uri "
    "response_mode response_type scope state".split()
)
"""Parameters of the authorisation request that are ours to set."""


def says_yes(claim: object) -> bool:
    """Whether a provider's claim says yes. Some write it as a text or a number; anything but a plain yes is a no."""
    return (
        claim is True
        or (isinstance(claim, str) and claim.lower() in {"true", "1"})
        or (type(claim) is int and claim == 1)
    )


def reasons_not_to_believe_address(*, email: str, verified: bool, domains: Iterable[str]) -> list[str]:
    """Why an address a provider names is not taken as its person's; empty means it is."""
    if not email:
        return [gettext_noop("It did not tell us an e-mail address")]
    reasons = []
    if not verified:
        reasons.append(gettext_noop("It does not say that the e-mail address was checked"))
    if email.rpartition("@")[2].lower() not in set(domains):
        reasons.append(gettext_noop("The e-mail address is not one of this organisation's"))
    return reasons


def reasons_not_to_use_domain(domain: str) -> list[str]:
    """Why a domain cannot be an organisation's own; empty means it can."""
    labels = domain.split(".")
    plain = all(label and label.replace("-", "").isalnum() and label.isascii() for label in labels)
    if len(labels) < 2 or not plain or len(domain) > 253:
        return [f"{domain} is not a domain. Write it as in the addresses, after the @"]
    if domain in FREE_MAIL:
        return [f"Anybody can have an address at {domain}"]
    return []


def reasons_not_to_connect(
    *, issuer: str, local_allowed: bool, method: str, secret: str, scopes: str, parameters: Iterable[str]
) -> list[str]:
    """Why a provider cannot be connected with these settings; empty means it can."""
    reasons = []
    local = issuer.startswith(("http://localhost", "http://127.0.0.1"))
    if not (issuer.startswith("https://") or (local and local_allowed)):
        reasons.append("The issuer must begin with https://")
    if method == "private_key_jwt" and "PRIVATE KEY" not in secret:
        reasons.append("This way needs a private key in PEM")
    if not secret:
        reasons.append("The secret is empty")
    if "openid" not in scopes.split():
        reasons.append("The scopes must hold openid")
    if taken := sorted(set(parameters) & OURS):
        reasons.append(f"These parameters are ours to set: {', '.join(taken)}")
    return reasons


def needs_second_factor(*, works: Iterable[tuple[bool, str]], site: str) -> bool:
    """
    Whether a person must have a second step.

    `works`: for each organisation, whether they are an administrator and what it asks for. `site`: what the whole site asks for.
    """
    return any(
        "staff" in (asked, site) or (administrator and "administrators" in (asked, site))
        for administrator, asked in works
    )
