"""Signing in with an organisation's own sign-in, linking it to an account, and showing with it that it is still you."""

import logging
import time
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from ginnel.accounts import oidc
from ginnel.accounts.commands import AlreadyLinked, NotBelieved, link_identity, person_from_provider, unlink_identity
from ginnel.accounts.fresh import fresh_sign_in, mark_fresh
from ginnel.accounts.keeping import has_second_factor
from ginnel.accounts.limits import client_address, within_limit
from ginnel.accounts.models import IdentityProvider, ProviderIdentity, User
from ginnel.accounts.notices import tell_owner
from ginnel.accounts.people import signed_in
from ginnel.accounts.signin import TYPED, let_in
from ginnel.accounts.views.shared import next_page, with_next

log = logging.getLogger(__name__)
_KEY = "at_provider"
_MOST_AT_ONCE = 4
_SECONDS = 900


@require_safe
@never_cache
def organisations(request: HttpRequest) -> HttpResponse:
    """Choose the organisation whose sign-in you use."""
    found = list(IdentityProvider.objects.in_use())
    return render(request, "accounts/organisations.html", {"providers": found, "next": next_page(request)})


@require_safe
@never_cache
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """
    Say who looks after this sign-in, and lead there by a link.

    A page between, not a redirect: browsers stop a form's answer from leaving the site, as our content security policy asks.
    """
    provider = _provider(slug)
    context = {"provider": provider, "email": request.session.get(TYPED, ""), "next": next_page(request)}
    return render(request, "accounts/organisation.html", context)


@require_safe
@never_cache
def start(request: HttpRequest, slug: str) -> HttpResponse:
    """Go to the organisation's sign-in."""
    return _leave(request, _provider(slug), "sign-in", email=request.session.get(TYPED, ""))


@require_safe
@never_cache
@fresh_sign_in
def start_link(request: HttpRequest, slug: str) -> HttpResponse:
    """Go there to link it to the account one is signed in with."""
    return _leave(request, _provider(slug), "link")


@require_safe
@never_cache
def start_confirm(request: HttpRequest, slug: str) -> HttpResponse:
    """Go there to sign in once more, and so show that it is still you."""
    provider = _provider(slug)
    if not ProviderIdentity.objects.filter(user=signed_in(request), provider=provider).exists():
        return redirect("accounts:confirm")
    return _leave(request, provider, "confirm")


@require_safe
@never_cache
def back(request: HttpRequest, slug: str) -> HttpResponse:
    """Somebody comes back from there."""
    provider = _provider(slug)
    begun = _take_begun(request, request.GET.get("state", ""))
    if begun is None or begun["pending"]["provider"] != slug:
        return _failed(request, provider, [_("It took too long, or the page was opened twice")], status=400)
    pending = oidc.Pending(**begun["pending"])
    if not within_limit("provider-back", client_address(request), most=30, seconds=60):
        return _failed(request, provider, [_("There were many tries from where you are. Wait a minute")], status=429)
    try:
        claims = oidc.finish(provider, pending, request.GET.dict(), redirect_uri=_back_address(request, slug))
    except oidc.ProviderRefused:
        return _failed(request, provider, [_("You were not signed in there")], status=403)
    except oidc.ProviderDown as down:
        log.warning("provider %s: %s", slug, down)
        return _failed(request, provider, [_("It does not answer as it should just now")], status=503)
    except oidc.ProviderLied as lie:
        log.error("provider %s: %s", slug, lie)
        return _failed(request, provider, [_("Its answer was not safe to believe")], status=403)
    done = {"sign-in": _sign_in, "link": _link, "confirm": _confirm}[begun["purpose"]]
    return done(request, provider, claims, begun)


def _sign_in(
    request: HttpRequest, provider: IdentityProvider, claims: oidc.Claims, begun: dict[str, Any]
) -> HttpResponse:
    try:
        user, first = person_from_provider(provider, claims, at=timezone.now())
    except NotBelieved as reasons:
        return _failed(request, provider, list(reasons.args), status=403)
    if first:
        tell_owner(user, "organisation_linked", provider=provider.name)
    # The first time, its word for a second step does not stand for one the account has of its own.
    strong = provider.second_factor and not (first and has_second_factor(user))
    return let_in(
        request,
        user,
        way=f"organisation:{provider.slug}",
        redirect_url=begun["next"] or None,
        second_factor=strong or None,
    )


def _link(request: HttpRequest, provider: IdentityProvider, claims: oidc.Claims, begun: dict[str, Any]) -> HttpResponse:
    user = request.user
    if not isinstance(user, User) or str(user.pk) != begun["user"]:
        return _failed(request, provider, [_("You are not signed in any more")], status=403)
    try:
        link_identity(user, provider, claims, at=timezone.now())
    except AlreadyLinked:
        return _failed(
            request,
            provider,
            [_("This sign-in is linked to another account, or your account to another sign-in there")],
            status=409,
        )
    tell_owner(user, "organisation_linked", provider=provider.name)
    messages.success(request, _("You can now sign in with %(name)s.") % {"name": provider.name})
    return redirect("mfa_index")


def _confirm(
    request: HttpRequest, provider: IdentityProvider, claims: oidc.Claims, begun: dict[str, Any]
) -> HttpResponse:
    user = request.user
    if (
        not isinstance(user, User)
        or str(user.pk) != begun["user"]
        or not ProviderIdentity.objects.filter(
            provider=provider, issuer=claims.issuer, subject=claims.subject, user=user
        ).exists()
    ):
        return _failed(request, provider, [_("That was somebody else's sign-in")], status=403)
    mark_fresh(request)
    return redirect(begun["next"] or "accounts:mine")


@require_POST
@never_cache
@fresh_sign_in
def unlink(request: HttpRequest, slug: str) -> HttpResponse:
    """Sign in with this organisation no more."""
    identity = get_object_or_404(ProviderIdentity, user=signed_in(request), provider__slug=slug)
    unlink_identity(identity, by=signed_in(request), at=timezone.now())
    messages.success(request, _("That sign-in does not open your account any more."))
    return redirect("mfa_index")


def _provider(slug: str) -> IdentityProvider:
    return get_object_or_404(IdentityProvider.objects.in_use(), slug=slug)


def _back_address(request: HttpRequest, slug: str) -> str:
    return request.build_absolute_uri(reverse("accounts:organisation_back", args=[slug]))


def _leave(request: HttpRequest, provider: IdentityProvider, purpose: str, email: str = "") -> HttpResponse:
    try:
        address, pending = oidc.begin(
            provider, redirect_uri=_back_address(request, provider.slug), email=email, again=purpose == "confirm"
        )
    except oidc.ProviderDown as down:
        log.warning("provider %s: %s", provider.slug, down)
        return _failed(request, provider, [_("It does not answer just now")], status=503)
    begun = dict(request.session.get(_KEY, {}))
    for old in sorted(begun, key=lambda state: begun[state]["pending"]["at"])[: max(0, len(begun) + 1 - _MOST_AT_ONCE)]:
        del begun[old]
    user = str(request.user.pk) if request.user.is_authenticated else ""
    begun[pending.state] = {"pending": pending.as_dict(), "purpose": purpose, "next": next_page(request), "user": user}
    request.session[_KEY] = begun
    return redirect(address)


def _take_begun(request: HttpRequest, state: str) -> dict[str, Any] | None:
    """What was begun under this state, once, while it is not too old."""
    begun = dict(request.session.get(_KEY, {}))
    found: dict[str, Any] | None = begun.pop(state, None)
    if found is None:
        return None
    request.session[_KEY] = begun
    return found if time.time() - found["pending"]["at"] <= _SECONDS else None


def _failed(request: HttpRequest, provider: IdentityProvider, reasons: list[str], *, status: int) -> HttpResponse:
    """It did not work: why, and the code by e-mail, which always does."""
    context = {
        "provider": provider,
        "reasons": [_(reason) for reason in reasons],
        "email": request.session.get(TYPED, ""),
        "again": with_next(reverse("accounts:organisation_start", args=[provider.slug]), next_page(request)),
    }
    return render(request, "accounts/organisation_failed.html", context, status=status)
