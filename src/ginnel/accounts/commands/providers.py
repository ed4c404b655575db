"""Organisations' own sign-in: connecting it, and whom it lets in."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction

from ginnel.accounts.commands.people import open_account
from ginnel.accounts.models import IdentityProvider, ProviderDomain, ProviderIdentity, SignInPolicy, User
from ginnel.accounts.oidc import Claims
from ginnel.accounts.rules import reasons_not_to_believe_address, reasons_not_to_connect, reasons_not_to_use_domain
from ginnel.accounts.sealing import seal
from ginnel.events.commands import record_event


class CannotConnect(Exception):
    """A provider or a domain cannot be used; the arguments are the reasons, in words."""


class NotBelieved(Exception):
    """A provider's word is not enough to sign this person in; the arguments are the reasons, in words."""


class AlreadyLinked(Exception):
    """This sign-in, or this account, is linked already, each to another."""


@transaction.atomic
def connect_provider(
    slug: str,
    *,
    name: str,
    organisation: int,
    issuer: str,
    client_id: str,
    secret: str,
    at: datetime,
    by: User | None = None,
    auth_method: str = "client_secret_basic",
    key_id: str = "",
    scopes: str = "openid email profile",
    extra_parameters: Mapping[str, str] | None = None,
    verified_claim: str = "email_verified",
    second_factor: bool = False,
) -> IdentityProvider:
    """
    Connect an organisation's provider, or change its settings. Who may is the caller's to check.

    With another issuer, people are new to it: they are known by issuer and subject.

    :raises CannotConnect: if a rule stops it, or the slug is another organisation's.
    """
    reasons = reasons_not_to_connect(
        issuer=issuer,
        local_allowed=settings.LOCAL_PROVIDERS,
        method=auth_method,
        secret=secret,
        scopes=scopes,
        parameters=extra_parameters or {},
    )
    if IdentityProvider.objects.filter(slug=slug).exclude(organisation=organisation).exists():
        reasons.append("Another organisation's sign-in has this short name")
    if reasons:
        raise CannotConnect(*reasons)
    values = {
        "name": name,
        "organisation": organisation,
        "issuer": issuer,
        "client_id": client_id,
        "auth_method": auth_method,
        "sealed_secret": seal(secret),
        "key_id": key_id,
        "scopes": scopes,
        "extra_parameters": dict(extra_parameters or {}),
        "verified_claim": verified_claim,
        "second_factor": second_factor,
        "active": True,
    }
    provider, _ = IdentityProvider.objects.update_or_create(
        slug=slug, defaults=values, create_defaults=values | {"created_at": at}
    )
    record_event("accounts.provider.connected", by=by, about=provider, at=at, organisation=organisation)
    return provider


@transaction.atomic
def disconnect_provider(provider: IdentityProvider, *, at: datetime, by: User | None = None) -> None:
    """Nobody signs in with it any more. Who was who is kept, for the day it is connected again."""
    IdentityProvider.objects.filter(pk=provider.pk).update(active=False)
    record_event("accounts.provider.disconnected", by=by, about=provider, at=at, organisation=provider.organisation)


@transaction.atomic
def claim_domain(provider: IdentityProvider, domain: str, *, at: datetime, by: User | None = None) -> ProviderDomain:
    """
    Note that an organisation says a domain is its own. Nothing follows until it is checked.

    :raises CannotConnect: for what is no domain, or one where anybody can have an address.
    """
    plain = domain.strip().lower().lstrip("@")
    if reasons := reasons_not_to_use_domain(plain):
        raise CannotConnect(*reasons)
    found, _ = ProviderDomain.objects.get_or_create(provider=provider, domain=plain)
    record_event("accounts.domain.claimed", by=by, about=found, at=at, organisation=provider.organisation)
    return found


@transaction.atomic
def check_domain(domain: ProviderDomain, *, at: datetime, by: User | None = None) -> None:
    """
    Somebody who looks after the whole site has seen that the domain is this organisation's. Never the organisation itself.

    :raises CannotConnect: if it is checked for another provider.
    """
    try:
        with transaction.atomic():
            ProviderDomain.objects.filter(pk=domain.pk).update(verified_at=at)
    except IntegrityError as taken:
        raise CannotConnect(f"{domain.domain} is another organisation's") from taken
    record_event("accounts.domain.checked", by=by, about=domain, at=at, organisation=domain.provider.organisation)


@transaction.atomic
def person_from_provider(provider: IdentityProvider, claims: Claims, *, at: datetime) -> tuple[User, bool]:
    """
    The person a provider has let in, and whether they come with it for the first time.

    Whoever has come before is known by issuer and subject; what the provider says of their address then moves nothing. For others the
    address counts, if it is verified and of a domain checked for this provider; an address without an account gets one.

    :raises NotBelieved: if the provider's word is not enough.
    """
    known = ProviderIdentity.objects.filter(provider=provider, issuer=claims.issuer, subject=claims.subject)
    if found := known.select_related("user").first():
        known.update(last_used_at=at)
        return found.user, False
    reasons = reasons_not_to_believe_address(
        email=claims.email, verified=claims.verified, domains=_checked_domains(provider)
    )
    if reasons:
        raise NotBelieved(*reasons)
    user = User.objects.owner_of(claims.email) or open_account(claims.email)
    try:
        link_identity(user, provider, claims, at=at)
    except AlreadyLinked as linked:
        raise NotBelieved("Somebody else of this organisation has signed in with this address before") from linked
    return user, True


@transaction.atomic
def link_identity(user: User, provider: IdentityProvider, claims: Claims, *, at: datetime) -> ProviderIdentity:
    """
    From now on this person may come in with this provider.

    :raises AlreadyLinked: if this sign-in is somebody else's, or this person has another one there.
    """
    try:
        with transaction.atomic():
            identity, new = ProviderIdentity.objects.get_or_create(
                provider=provider,
                issuer=claims.issuer,
                subject=claims.subject,
                user=user,
                defaults={"linked_at": at, "last_used_at": at},
            )
    except IntegrityError as taken:
        raise AlreadyLinked from taken
    if new:
        organisation = provider.organisation
        record_event(
            "accounts.provider.linked", by=user, about=identity, at=at, person=user.pk, organisation=organisation
        )
    return identity


@transaction.atomic
def unlink_identity(identity: ProviderIdentity, *, by: User, at: datetime) -> None:
    """This person comes in with this provider no more, until they link it again."""
    organisation = identity.provider.organisation
    person = identity.user_id
    record_event("accounts.provider.unlinked", by=by, about=identity, at=at, person=person, organisation=organisation)
    ProviderIdentity.objects.filter(pk=identity.pk).delete()


@transaction.atomic
def set_policy(organisation: int, second_factor: str, *, at: datetime, by: User | None = None) -> SignInPolicy:
    """
    Say who of an organisation must have a second step. Who may say so is the caller's to check.

    :raises ValueError: for a word that is not one of `SignInPolicy.SecondFactor`.
    """
    if second_factor not in SignInPolicy.SecondFactor.values:
        raise ValueError(second_factor)
    policy, _ = SignInPolicy.objects.update_or_create(
        organisation=organisation, defaults={"second_factor": second_factor}
    )
    record_event(
        "accounts.policy.set", by=by, about=policy, at=at, organisation=organisation, second_factor=second_factor
    )
    return policy


def _checked_domains(provider: IdentityProvider) -> Iterable[str]:
    return provider.domains.filter(verified_at__isnull=False).values_list("domain", flat=True)
