"""Where a person is signed in: beginning, being seen, ending."""

from datetime import datetime

from django.contrib.sessions.models import Session
from django.db import transaction

from ginnel.accounts.models import SignedInBrowser, User
from ginnel.events.commands import record_event


@transaction.atomic
def begin_browser(user: User, session_key: str, *, device: str, at: datetime) -> SignedInBrowser:
    """A person has signed in with this browser."""
    SignedInBrowser.objects.filter(session_key=session_key).delete()
    return SignedInBrowser.objects.create(
        user=user, session_key=session_key, device=device[:60], signed_in_at=at, last_seen_at=at
    )


def see_browser(pk: int, *, session_key: str, at: datetime) -> bool:
    """Note that a browser was seen, under the key its session has now; False if it was ended meanwhile."""
    return bool(SignedInBrowser.objects.filter(pk=pk).update(session_key=session_key, last_seen_at=at))


@transaction.atomic
def end_browser(browser: SignedInBrowser, *, by: User, at: datetime) -> None:
    """Sign one browser out, at once."""
    Session.objects.filter(pk=browser.session_key).delete()
    SignedInBrowser.objects.filter(pk=browser.pk).delete()
    record_event("accounts.browser.ended", by=by, about=browser.user, at=at, person=browser.user_id, browsers=1)


def end_session(session_key: str) -> None:
    """The session with this key is ending: its browser leaves the list."""
    SignedInBrowser.objects.filter(session_key=session_key).delete()


def drop_ended_browsers(*, at: datetime) -> int:
    """Forget browsers whose session has ended by itself; how many that were."""
    return SignedInBrowser.objects.exclude(pk__in=SignedInBrowser.objects.live(at).values("pk")).delete()[0]


@transaction.atomic
def end_other_browsers(user: User, *, keep: str, by: User, at: datetime) -> int:
    """Sign a person out everywhere but in the browser of the session `keep`; how many that were."""
    others = SignedInBrowser.objects.filter(user=user).exclude(session_key=keep)
    Session.objects.filter(pk__in=list(others.values_list("session_key", flat=True))).delete()
    ended = others.delete()[0]
    if ended:
        record_event("accounts.browser.ended", by=by, about=user, at=at, person=user.pk, browsers=ended)
    return ended
