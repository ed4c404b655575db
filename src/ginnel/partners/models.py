"""Organisations of the partnership, and those the publishers list in the place."""

from typing import Self

from django.db import models


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def public(self) -> Self:
        """Open organisations: all of these come from public lists or the place pack."""
        return self.filter(closed_on__isnull=True)

    def for_list(self) -> Self:
        """By name, as lists show them."""
        return self.order_by("name", "pk")


class Organisation(models.Model):
    """A public record of an organisation: a partner named in the place pack, a GP practice, a school or college."""

    class Origin(models.TextChoices):
        PACK = "pack", "Place pack"
        ODS = "ods", "NHS Organisation Data Service"
        GIAS = "gias", "Get Information about Schools"

    origin = models.CharField(max_length=10, choices=Origin)
    code = models.CharField(max_length=40, help_text="Pack slug, ODS code or URN")
    name = models.CharField(max_length=300)
    kind = models.CharField(max_length=60)
    about = models.TextField(blank=True)
    website = models.URLField(max_length=500, blank=True)
    address = models.CharField(max_length=500, blank=True)
    postcode = models.CharField(max_length=8, blank=True, help_text="Of the organisation: public")
    ods_code = models.CharField(max_length=10, blank=True)
    ukprn = models.CharField(max_length=8, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    closed_on = models.DateField(null=True)
    source = models.ForeignKey("sources.Source", null=True, on_delete=models.PROTECT, related_name="+")

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["origin", "code"], name="partners_organisation_once")]

    def __str__(self) -> str:
        return self.name
