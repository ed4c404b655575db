"""What editors change in the place pack, one row or role file at a time."""

from typing import Self

from django.conf import settings
from django.db import models


class PackChangeQuerySet(models.QuerySet["PackChange"]):
    def waiting(self) -> Self:
        """Drafts nobody has decided on."""
        return self.filter(status=PackChange.Status.DRAFT)

    def of_row(self, kind: str, key: str) -> Self:
        """Every change of one row, newest first."""
        return self.filter(kind=kind, key=key).order_by("-pk")

    def only_here(self) -> Self:
        """Published in the office and not yet in a pack that was loaded from a folder: a load could lose them."""
        return self.filter(status=PackChange.Status.PUBLISHED, in_folder=False)

    def for_list(self) -> Self:
        """What lists touch."""
        return self.select_related("written_by", "decided_by")


class PackChange(models.Model):
    """
    One row of the pack, or one role file, as it was and as somebody wants it.

    Both texts are what stands in the file. `before` is empty for a new row, `after` for one that is to go.
    """

    class Kind(models.TextChoices):
        ROLE = "role", "Role"
        STEP = "step", "Step of a route"
        GATE = "gate", "Gate"
        PAY = "pay", "Pay point"
        ORGANISATION = "organisation", "Organisation"

    class Status(models.TextChoices):
        DRAFT = "draft", "Waiting"
        PUBLISHED = "published", "Published"
        DISCARDED = "discarded", "Discarded"

    kind = models.CharField(max_length=12, choices=Kind)
    key = models.CharField(max_length=130)
    file = models.CharField(max_length=300, help_text="From the pack's folder, with /")
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    note = models.CharField(max_length=400, blank=True)
    status = models.CharField(max_length=9, choices=Status, default=Status.DRAFT)
    version = models.PositiveIntegerField(default=1, help_text="Counts the times the draft was saved")
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    writers = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", help_text="Everybody who saved it")
    written_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True, help_text="When those who may approve it were written to")
    in_folder = models.BooleanField(default=False, help_text="A pack loaded from a folder has taken its place since")

    objects = PackChangeQuerySet.as_manager()

    class Meta:
        permissions = [("publish_packchange", "Can approve and publish changes of the pack")]
        indexes = [models.Index(fields=["kind", "key"], name="site_packchange_row")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status="draft", decided_at__isnull=True)
                | (~models.Q(status="draft") & models.Q(decided_at__isnull=False)),
                name="site_packchange_decided",
            ),
            models.CheckConstraint(condition=~models.Q(before=models.F("after")), name="site_packchange_changes"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.key}"

    @property
    def adds(self) -> bool:
        return not self.before

    @property
    def retires(self) -> bool:
        return not self.after
