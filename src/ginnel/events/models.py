"""What happened: append-only, ids and codes only."""

from django.conf import settings
from django.db import models


class Event(models.Model):
    """One thing that happened, written in the same transaction as the change it tells of."""

    name = models.CharField(max_length=80, db_index=True)
    at = models.DateTimeField(db_index=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_constraint=True
    )
    about_type = models.CharField(max_length=80)
    about_id = models.CharField(max_length=64)
    facts = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["about_type", "about_id"])]

    def __str__(self) -> str:
        return f"{self.name} {self.about_type}:{self.about_id}"
