"""Accounts that were deleted, until all that they left is gone and the person has been told."""

from typing import Self

from django.db import models
from django.db.models import Q


class ErasureQuerySet(models.QuerySet["Erasure"]):
    def waiting(self) -> Self:
        """Not finished yet, oldest first."""
        return self.filter(done_at__isnull=True).order_by("asked_at", "pk")


class Erasure(models.Model):
    """
    Somebody deleted their account. `email` is kept only until the report has gone to it; `person` is a number that points at nobody.
    """

    person = models.BigIntegerField()
    email = models.EmailField(max_length=254, blank=True)
    asked_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    told = models.BooleanField(default=False, help_text="Whether the report reached a mail server")

    objects = ErasureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | Q(email=""), name="accounts_erasure_address_goes_when_done"
            )
        ]

    def __str__(self) -> str:
        return f"erasure {self.pk}"
