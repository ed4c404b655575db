"""Roles a person has put aside, with or without signing in."""

import secrets
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.utils import timezone

from ginnel.careers.models.roles import Role

if TYPE_CHECKING:
    from ginnel.accounts.models import User


def new_token() -> str:
    """22 characters, 128 random bits: whoever has the link has the list, nobody can guess it."""
    return secrets.token_urlsafe(16)


class ShortlistQuerySet(models.QuerySet["Shortlist"]):
    def for_owner(self, user: "User") -> Self:
        """Lists this person keeps. Every read for a signed-in person starts here."""
        return self.filter(owner=user)

    def for_token(self, token: str) -> Self:
        """The list behind a link: a list someone keeps in an account is not opened by its old link."""
        return self.filter(token=token, owner__isnull=True)


class Shortlist(models.Model):
    """A list of roles. Without an owner it is opened by its unguessable link only; nothing in it says whose it is."""

    token = models.CharField(max_length=32, unique=True, default=new_token)
    owner = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="shortlist"
    )
    created_at = models.DateTimeField(default=timezone.now)
    opened_at = models.DateTimeField(default=timezone.now)

    objects = ShortlistQuerySet.as_manager()

    def __str__(self) -> str:
        return f"shortlist {self.pk}"


class ShortlistItem(models.Model):
    """One role on a list."""

    shortlist = models.ForeignKey(Shortlist, on_delete=models.CASCADE, related_name="items")
    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shortlist", "role"], name="careers_shortlistitem_once")]

    def __str__(self) -> str:
        return f"{self.role_id} on {self.shortlist_id}"
