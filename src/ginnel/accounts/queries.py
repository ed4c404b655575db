"""What a person sees about themself."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.http import HttpRequest

from ginnel.accounts.holdings import Held, Holding, holdings
from ginnel.accounts.models import IdentityProvider, ProviderIdentity, RecordAccess, SignedInBrowser, User


@dataclass(frozen=True, slots=True)
class HeldByArea:
    """One holding and what it holds about one person."""

    holding: Holding
    held: Held


@dataclass(frozen=True, slots=True)
class Address:
    """One e-mail address that opens an account."""

    email: str
    main: bool


@dataclass(frozen=True, slots=True)
class WaysIn:
    """How a person can sign in, and which organisations' sign-in they could link."""

    password: bool
    app: Authenticator | None
    passkeys: list[Authenticator]
    recovery_codes: int
    organisations: list[ProviderIdentity]
    could_link: list[IdentityProvider]

    @property
    def second_step(self) -> bool:
        return bool(self.app or self.passkeys)


def addresses_of(user: User) -> list[Address]:
    """Every address that opens this account, the main one first."""
    proven = EmailAddress.objects.filter(user=user, verified=True).exclude(email=user.email).order_by("email")
    return [Address(user.email, main=True), *(Address(one.email, main=False) for one in proven)]


def ways_in(user: User) -> WaysIn:
    """How this person can sign in. Three queries."""
    found: dict[str, list[Authenticator]] = {}
    for one in Authenticator.objects.filter(user=user).order_by("created_at", "pk"):
        found.setdefault(one.type, []).append(one)
    linked = list(
        ProviderIdentity.objects.filter(user=user, provider__active=True).select_related("provider").order_by("pk")
    )
    codes = found.get(Authenticator.Type.RECOVERY_CODES, [])
    could = IdentityProvider.objects.in_use().exclude(pk__in=[one.provider_id for one in linked])
    return WaysIn(
        password=user.has_usable_password(),
        app=next(iter(found.get(Authenticator.Type.TOTP, [])), None),
        passkeys=found.get(Authenticator.Type.WEBAUTHN, []),
        recovery_codes=len(codes[0].wrap().get_unused_codes()) if codes else 0,
        organisations=linked,
        could_link=list(could),
    )


def held_about(user: User, request: HttpRequest) -> list[HeldByArea]:
    """What each area holds about this person, for good and in this visit."""
    return [HeldByArea(holding, holding.held(user, request)) for holding in holdings()]


def who_looked(user: User, *, most: int | None = None) -> list[RecordAccess]:
    """Who read this person's record, newest first; all of them, or `most`."""
    return list(RecordAccess.objects.about(user)[:most])


def everything_about(user: User, request: HttpRequest, *, at: datetime) -> dict[str, Any]:
    """All that is held about this person, as plain values for the download."""
    from ginnel.accounts.privacy.queries import further_tables

    areas, reads = held_about(user, request), who_looked(user)
    further = further_tables(user, areas, reads)
    return {
        "downloaded_at": at.isoformat(timespec="seconds"),
        "account": {
            "email": user.email,
            "name": user.name,
            "addresses": [address.email for address in addresses_of(user)],
            "joined_at": user.joined_at.isoformat(timespec="seconds"),
            "last_signed_in_at": user.last_login.isoformat(timespec="seconds") if user.last_login else None,
        },
        "signing_in": {
            "password": user.has_usable_password(),
            "second_step": [
                {"kind": one.type, "since": one.created_at.isoformat(timespec="seconds")}
                for one in Authenticator.objects.filter(user=user).order_by("created_at", "pk")
            ],
            "organisations": [
                {
                    "name": one.provider.name,
                    "number_there": one.subject,
                    "since": one.linked_at.isoformat(timespec="seconds"),
                }
                for one in ProviderIdentity.objects.filter(user=user).select_related("provider").order_by("pk")
            ],
            "signed_in_with": [
                {
                    "browser": one.device,
                    "since": one.signed_in_at.isoformat(timespec="seconds"),
                    "last_seen": one.last_seen_at.isoformat(timespec="seconds"),
                }
                for one in SignedInBrowser.objects.of_person(user)
            ],
        },
        "who_looked": [
            {
                "at": read.at.isoformat(timespec="seconds"),
                "by": read.by.email if read.by else None,
                "organisation": read.organisation_name or None,
                "purpose": read.purpose,
            }
            for read in reads
        ],
        **{area.holding.slug: area.held.data for area in areas},
        **{name: further[name] for name in ("shared", "consents", "what-happened")},
    }
