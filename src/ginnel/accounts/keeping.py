"""
Being signed in: what begins with it, how long it lasts, what it must have. `middleware.KeepSignedIn` asks at every request.

What is asked at every request lies in the session; the table of browsers and the areas above are asked once in five minutes.
"""

import time
from dataclasses import dataclass

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from ginnel.accounts.commands import begin_browser, see_browser
from ginnel.accounts.fresh import mark_fresh
from ginnel.accounts.models import SignInPolicy, User
from ginnel.accounts.rules import needs_second_factor
from ginnel.accounts.workplaces import workplaces_of

KEY = "signed_in"
LOOK_AGAIN_SECONDS = 300


@dataclass(frozen=True, slots=True)
class Duties:
    """What follows from where a person works."""

    staff: bool
    second_factor: bool


def duties_of(user: User) -> Duties:
    """Read where a person works and what is asked there. Two queries for staff."""
    works = workplaces_of(user)
    keys = [work.organisation for work in works if work.organisation is not None]
    asked = dict(
        SignInPolicy.objects.filter(organisation__in=keys).values_list("organisation", "second_factor") if keys else ()
    )
    return Duties(
        staff=bool(works),
        second_factor=needs_second_factor(
            works=[(work.administrator, asked.get(work.organisation or 0, "nobody")) for work in works],
            site=settings.SECOND_FACTOR,
        ),
    )


def begin(request: HttpRequest, user: User) -> None:
    """The person has just signed in here."""
    if request.session.session_key is None:
        request.session.create()
    key = str(request.session.session_key)
    browser = begin_browser(user, key, device=device_words(request.META.get("HTTP_USER_AGENT", "")), at=timezone.now())
    duties, now = duties_of(user), time.time()
    if duties.staff:
        # Whatever else happens, the stored session ends then too.
        request.session.set_expiry(settings.STAFF_SESSION_SECONDS)
    request.session[KEY] = {
        "browser": browser.pk,
        "key": key,
        "since": now,
        "seen": now,
        "staff": duties.staff,
        "needs_second": duties.second_factor,
        "strong": any(
            record.get("method") == "mfa" or record.get("second_factor")
            for record in get_authentication_records(request, user)
        ),
    }
    mark_fresh(request)


def is_over(kept: dict[str, float]) -> bool:
    """Whether this session of a member of staff has lasted too long, or been left alone for too long."""
    now = time.time()
    return bool(kept["staff"]) and (
        now - kept["since"] > settings.STAFF_SESSION_SECONDS or now - kept["seen"] > settings.STAFF_IDLE_SECONDS
    )


def look_again(request: HttpRequest, user: User) -> bool:
    """
    Once in five minutes, or when the session's key has changed: note that the browser was seen, and what the person's duties are now.

    False if the browser was signed out meanwhile.
    """
    kept, now, key = request.session[KEY], time.time(), str(request.session.session_key)
    if now - kept["seen"] <= LOOK_AGAIN_SECONDS and kept["key"] == key:
        return True
    if not see_browser(kept["browser"], session_key=key, at=timezone.now()):
        return False
    duties = duties_of(user)
    request.session[KEY] = kept | {
        "seen": now,
        "key": key,
        "staff": duties.staff,
        "needs_second": duties.second_factor,
    }
    return True


def lacks_second_factor(request: HttpRequest, user: User) -> bool:
    """Whether this person must have a second step, and has none."""
    kept = request.session.get(KEY)
    if not kept or not kept["needs_second"] or kept["strong"]:
        return False
    if has_second_factor(user):
        request.session[KEY] = kept | {"strong": True}
        return False
    return True


def has_second_factor(user: User) -> bool:
    """Whether an app or a passkey is set up. Recovery codes alone are none."""
    return bool(Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.RECOVERY_CODES).exists())


_BROWSERS = (
    ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"), ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
_SYSTEMS = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("CrOS", "Chromebook"), ("Windows", "Windows"),
    ("Mac OS", "Mac"), ("Linux", "Linux"),
)  # fmt: skip


def device_words(user_agent: str) -> str:
    """A browser in the words its owner would use: "Firefox on Windows". Nothing more of it is kept."""
    browser = next((words for sign, words in _BROWSERS if sign in user_agent), "A browser")
    system = next((words for sign, words in _SYSTEMS if sign in user_agent), "")
    return f"{browser} on {system}" if system else browser
