"""Files of organisations and people that wait to be confirmed, and what came of them."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from ginnel.accounts.models import User


class PeopleImportQuerySet(models.QuerySet["PeopleImport"]):
    def visible_to(self, user: "User") -> Self:
        """Those of the whole partnership for its administrators; those of one organisation for its own."""
        from ginnel.partners.permissions import Act, may, organisations_where

        found = Q(organisation__in=organisations_where(user, Act.MANAGE_PEOPLE))
        if may(user, Act.DECIDE_JOINING):
            found |= Q(organisation__isnull=True)
        return self.filter(found)

    def for_list(self) -> Self:
        """Newest first, without the file itself."""
        return self.defer("content", "report").select_related("organisation", "made_by").order_by("-made_at", "-pk")


class PeopleImport(models.Model):
    """
    One file of organisations and people. `organisation`: all its people are that organisation's; None: the whole partnership.

    The file is kept until it is saved, withdrawn or a day old; the report names rows and fields, never people.
    """

    class Status(models.TextChoices):
        CHECKING = "checking", "Being checked"
        READY = "ready", "Ready to save"
        REFUSED = "refused", "Cannot be saved as it is"
        SAVING = "saving", "Being saved"
        SAVED = "saved", "Saved"
        WITHDRAWN = "withdrawn", "Not saved"

    organisation = models.ForeignKey(
        "partners.Organisation", null=True, blank=True, on_delete=models.CASCADE, related_name="people_imports"
    )
    file_name = models.CharField(max_length=200)
    content = models.BinaryField(default=bytes)
    sha256 = models.CharField(max_length=64)
    status = models.CharField(max_length=10, choices=Status, default=Status.CHECKING)
    rows_done = models.PositiveIntegerField(default=0)
    rows_total = models.PositiveIntegerField(default=0)
    report = models.JSONField(default=dict)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()
    saved_at = models.DateTimeField(null=True, blank=True)

    objects = PeopleImportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status="saved", saved_at__isnull=False) | (~Q(status="saved") & Q(saved_at__isnull=True)),
                name="partners_peopleimport_saved_at",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_name}: {self.status}"


class NameQuestionQuerySet(models.QuerySet["NameQuestion"]):
    def waiting(self) -> Self:
        """Names nobody has decided about."""
        return self.filter(decided_at__isnull=True)

    def for_list(self) -> Self:
        """Everything the page shows: oldest first."""
        return self.select_related("organisation", "decided_by").order_by("asked_at", "pk")


class NameQuestion(models.Model):
    """A name the resolver was unsure of, with the organisations it may mean, and what a person decided."""

    class Decision(models.TextChoices):
        SAME = "same", "Another name of an organisation we know"
        PART = "part", "A part of an organisation we know: a directorate, ward or site"
        NEW = "new", "An organisation we do not know yet"

    name = models.CharField(max_length=300)
    key = models.CharField(max_length=300, unique=True, help_text="The name as the resolver compares it")
    postcode = models.CharField(max_length=8, blank=True)
    candidates = models.JSONField(default=list, help_text="Organisation, score and reasons, best first")
    times = models.PositiveIntegerField(default=1)
    asked_at = models.DateTimeField()
    decision = models.CharField(max_length=4, choices=Decision, blank=True)
    organisation = models.ForeignKey(
        "partners.Organisation", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = NameQuestionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(decision="", decided_at__isnull=True)
                | (Q(decision__in=["same", "part", "new"]) & Q(decided_at__isnull=False)),
                name="partners_namequestion_decided",
            ),
            models.CheckConstraint(
                condition=Q(decision__in=["same", "part"], organisation__isnull=False)
                | (Q(decision__in=["", "new"]) & Q(organisation__isnull=True)),
                name="partners_namequestion_organisation",
            ),
        ]

    def __str__(self) -> str:
        return self.name
