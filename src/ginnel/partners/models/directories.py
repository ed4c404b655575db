"""An organisation's own directory: the keys it shows, and what it says of people and groups."""

import uuid
from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from ginnel.partners.models.members import Role

if TYPE_CHECKING:
    from ginnel.accounts.models import User


class DirectoryKeyQuerySet(models.QuerySet["DirectoryKey"]):
    def visible_to(self, user: "User") -> Self:
        """Keys of organisations whose directory this person may connect."""
        from ginnel.partners.permissions import Act, organisations_where

        return self.filter(organisation__in=organisations_where(user, Act.CONNECT_DIRECTORY))

    def open_at(self, at: datetime) -> Self:
        """Neither revoked nor too old, of an organisation that takes part."""
        return self.filter(revoked_at__isnull=True, expires_at__gt=at, organisation__status="live")

    def for_list(self) -> Self:
        """Everything the page shows: newest first."""
        return self.select_related("made_by", "revoked_by").order_by("-made_at", "-pk")


class DirectoryKey(models.Model):
    """A key an organisation's directory shows. Only its digest is kept: the key itself is shown once."""

    organisation = models.ForeignKey("partners.Organisation", on_delete=models.CASCADE, related_name="directory_keys")
    name = models.CharField(max_length=80, help_text="What it is for, as its administrators know it")
    digest = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = DirectoryKeyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("made_at")), name="partners_directorykey_expires_after_making"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.organisation_id})"


class DirectoryPerson(models.Model):
    """
    What an organisation's directory says of one person, kept apart from the person's own account.

    `membership` is the link to the person: none as long as the directory gives no e-mail address or has never said that they are active.
    The directory is told what it said, never what the account holds.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey("partners.Organisation", on_delete=models.CASCADE, related_name="directory_people")
    membership = models.OneToOneField(
        "partners.Membership", null=True, blank=True, on_delete=models.CASCADE, related_name="directory_person"
    )
    external_id = models.CharField(max_length=200, blank=True)
    user_name = models.CharField(max_length=254)
    user_name_key = models.CharField(max_length=254, help_text="As user names are compared: without case")
    display_name = models.CharField(max_length=200, blank=True)
    formatted_name = models.CharField(max_length=200, blank=True)
    given_name = models.CharField(max_length=100, blank=True)
    family_name = models.CharField(max_length=100, blank=True)
    job_title = models.CharField(max_length=120, blank=True)
    staff_number = models.CharField(max_length=60, blank=True)
    department = models.CharField(max_length=120, blank=True)
    emails = models.JSONField(default=list, help_text="As the directory says them: value, type, primary")
    address = models.CharField(
        max_length=254, blank=True, help_text="The e-mail address that finds the person's account"
    )
    manager = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="manages")
    active = models.BooleanField(null=True, help_text="None: the directory did not say, which counts as active")
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "user_name_key"], name="partners_directoryperson_once"),
        ]
        indexes = [
            models.Index(fields=["organisation", "external_id"]),
            models.Index(fields=["organisation", "address"]),
            models.Index(fields=["organisation", "created_at", "id"]),
        ]

    def __str__(self) -> str:
        return f"{self.pk} in the directory of {self.organisation_id}"


class DirectoryGroup(models.Model):
    """A group of an organisation's directory. It gives its people a role here only if an administrator here said so."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey("partners.Organisation", on_delete=models.CASCADE, related_name="directory_groups")
    external_id = models.CharField(max_length=200, blank=True)
    display_name = models.CharField(max_length=200)
    display_name_key = models.CharField(max_length=200)
    gives_role = models.CharField(max_length=24, choices=Role, blank=True)
    people = models.ManyToManyField(DirectoryPerson, related_name="groups")
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(gives_role__in=["", *Role.values]), name="partners_directorygroup_role"),
        ]
        indexes = [
            models.Index(fields=["organisation", "display_name_key"]),
            models.Index(fields=["organisation", "created_at", "id"]),
        ]

    def __str__(self) -> str:
        return f"{self.pk} in the directory of {self.organisation_id}"
