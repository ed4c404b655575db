"""Organisations: public records, and partners that take part here."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext

from ginnel.core.marking import gettext_noop

KINDS = {
    "nhs-trust": gettext_noop("NHS trust"),
    "gp-practice": gettext_noop("GP practice"),
    "pcn": gettext_noop("Primary care network"),
    "gp-confederation": gettext_noop("GP practices together"),
    "icb": gettext_noop("NHS board that plans care"),
    "council": gettext_noop("Council"),
    "care-home": gettext_noop("Care home"),
    "home-care": gettext_noop("Home care"),
    "supported-living": gettext_noop("Supported living"),
    "hospice": gettext_noop("Hospice"),
    "pharmacy": gettext_noop("Pharmacy"),
    "dental-practice": gettext_noop("Dental practice"),
    "charity": gettext_noop("Charity"),
    "community-group": gettext_noop("Community group"),
    "carers-organisation": gettext_noop("Carers' organisation"),
    "college": gettext_noop("College"),
    "school": gettext_noop("School"),
    "university": gettext_noop("University"),
    "training-provider": gettext_noop("Training provider"),
    "company": gettext_noop("Company"),
    "social-enterprise": gettext_noop("Social enterprise"),
    "other": gettext_noop("Something else"),
}
"""Kinds an organisation can say it is when it joins. Publishers' lists have words of their own."""

SIZES = {"1-9": "1 to 9", "10-49": "10 to 49", "50-249": "50 to 249", "250+": "250 or more"}
"""People who work there, in the bands of the Office for National Statistics."""


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def public(self) -> Self:
        """Open organisations: what a public record says of them, or what they say of themselves here."""
        return self.filter(closed_on__isnull=True).exclude(status="left")

    def partners(self) -> Self:
        """Organisations that take part here now."""
        return self.filter(status="live")

    def unused(self) -> Self:
        """Public records that nothing here depends on: no members past or present, agreements, requests or parts. These may be deleted."""
        return self.filter(
            status="listed",
            memberships__isnull=True,
            terms_given__isnull=True,
            terms_received__isnull=True,
            join_requests__isnull=True,
            parts__isnull=True,
        )

    def for_list(self) -> Self:
        """By name, as lists show them."""
        return self.order_by("name", "pk")


class Organisation(models.Model):
    """An organisation of the place: named in the pack or by a publisher, or joined here. `live` ones have members."""

    class Origin(models.TextChoices):
        PACK = "pack", "Place pack"
        ODS = "ods", "NHS Organisation Data Service"
        GIAS = "gias", "Get Information about Schools"
        JOINED = "joined", "Joined here"

    class Status(models.TextChoices):
        LISTED = "listed", "Listed"
        LIVE = "live", "Takes part"
        LEFT = "left", "Has left"

    origin = models.CharField(max_length=10, choices=Origin)
    code = models.CharField(
        max_length=40, help_text="Pack slug, ODS code or URN; a number of ours for those that joined"
    )
    name = models.CharField(max_length=300)
    kind = models.CharField(max_length=60)
    status = models.CharField(max_length=8, choices=Status, default=Status.LISTED)
    live_since = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    about = models.TextField(blank=True)
    website = models.URLField(max_length=500, blank=True)
    address = models.CharField(max_length=500, blank=True)
    postcode = models.CharField(max_length=8, blank=True, help_text="Of the organisation: public")
    ods_code = models.CharField(max_length=10, blank=True)
    ukprn = models.CharField(max_length=8, blank=True)
    cqc_number = models.CharField(max_length=20, blank=True)
    charity_number = models.CharField(max_length=10, blank=True)
    size = models.CharField(max_length=10, blank=True, choices=list(SIZES.items()))
    parent = models.ForeignKey(
        "partners.Organisation",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="parts",
        help_text="The employer this is a part of: a directorate is not one itself",
    )
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    closed_on = models.DateField(null=True)
    unlisted_on = models.DateField(
        null=True, blank=True, help_text="Its publisher lists it no more since; kept because people belong to it"
    )
    source = models.ForeignKey("sources.Source", null=True, on_delete=models.PROTECT, related_name="+")

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["origin", "code"], name="partners_organisation_once"),
            models.CheckConstraint(
                condition=Q(status="live", live_since__isnull=False) | ~Q(status="live"),
                name="partners_organisation_live_since",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=models.F("pk")),
                name="partners_organisation_not_own_parent",
            ),
        ]
        indexes = [models.Index(fields=["status", "name"])]

    def __str__(self) -> str:
        return self.name

    @property
    def kind_name(self) -> str:
        """The kind in words; a publisher's own words as they are."""
        return gettext(KINDS[self.kind]) if self.kind in KINDS else self.kind


class Site(models.Model):
    """A place where an organisation works."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="sites")
    name = models.CharField(max_length=200)
    address = models.CharField(max_length=500, blank=True)
    postcode = models.CharField(max_length=8)
    ods_code = models.CharField(max_length=10, blank=True)
    cqc_number = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="partners_site_once")]

    def __str__(self) -> str:
        return self.name


class OwnWord(models.Model):
    """A field that the organisation has said itself, here: what publishers and the place pack say of it does not change it any more."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="own_words")
    field = models.CharField(max_length=40)
    said_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "field"], name="partners_ownword_once")]

    def __str__(self) -> str:
        return f"{self.organisation_id} says its {self.field}"


class OrganisationName(models.Model):
    """A name an organisation appears under elsewhere. `key` is the name as the resolver compares it."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="other_names")
    name = models.CharField(max_length=300)
    key = models.CharField(max_length=300, db_index=True)
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    said_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "key"], name="partners_organisationname_once")]

    def __str__(self) -> str:
        return self.name
