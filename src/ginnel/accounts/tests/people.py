"""People for tests: signed in, just now or a while ago."""

import time

from django.test import Client
from django.utils import timezone

from ginnel.accounts.commands import begin_browser
from ginnel.accounts.keeping import KEY, duties_of
from ginnel.accounts.models import User


def sign_in(client: Client, user: User, *, minutes_ago: float = 0, strong: bool = False) -> None:
    """Sign a person in as if through the door, so long ago. After ten minutes, `fresh_sign_in` asks them again."""
    client.force_login(user)
    session = client.session
    duties, at = duties_of(user), time.time() - minutes_ago * 60
    browser = begin_browser(user, str(session.session_key), device="Firefox on Linux", at=timezone.now())
    session["fresh_at"] = at
    session[KEY] = {
        "browser": browser.pk,
        "key": session.session_key,
        "since": at,
        "seen": time.time(),
        "staff": duties.staff,
        "needs_second": duties.second_factor,
        "strong": strong,
    }
    session.save()
