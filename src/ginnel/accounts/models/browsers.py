"""Where a person is signed in."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import models

if TYPE_CHECKING:
    from ginnel.accounts.models.people import User


class BrowserQuerySet(models.QuerySet["SignedInBrowser"]):
    def of_person(self, user: "User") -> Self:
        """Where this person is signed in, latest first; only they may see the list."""
        return self.filter(user=user).order_by("-last_seen_at", "-pk")

    def live(self, at: datetime) -> Self:
        """Browsers whose session has not ended by itself."""
        return self.filter(session_key__in=Session.objects.filter(expire_date__gt=at).values("session_key"))


class SignedInBrowser(models.Model):
    """
    One browser a person is signed in with. No address on the net is kept, and of the browser only words such as "Firefox on Windows".

    Ending it ends its session at once. A session whose row is gone is over at its next look, within five minutes (`keeping`).
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="signed_in_browsers")
    session_key = models.CharField(max_length=40, unique=True)
    device = models.CharField(max_length=60)
    signed_in_at = models.DateTimeField()
    last_seen_at = models.DateTimeField(db_index=True)

    objects = BrowserQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.device}, last seen {self.last_seen_at:%Y-%m-%d %H:%M}"
