"""The place and its areas: deprivation, population, postcodes."""

from typing import Self

from django.db import models


class Place(models.Model):
    """The place this installation serves, as its pack describes it. One row."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=100)
    settings = models.JSONField(default=dict, help_text="place.toml as it was loaded")
    pack_digest = models.CharField(max_length=64)
    folder_digest = models.CharField(
        max_length=64,
        blank=True,
        help_text="Of the folder last loaded; what is published in the office since changes only pack_digest",
    )
    loaded_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class PackFile(models.Model):
    """One file of the pack that is loaded, byte for byte, so that it can be written out again as it was."""

    path = models.CharField(max_length=300, unique=True, help_text="From the pack's folder, with /")
    content = models.BinaryField()

    def __str__(self) -> str:
        return self.path


class AreaQuerySet(models.QuerySet["Area"]):
    def of_kind(self, kind: str) -> Self:
        """Areas of one kind, by code."""
        return self.filter(kind=kind).order_by("code")


class Area(models.Model):
    """A published statistical or electoral area. Codes change while names stay, so the code is the key."""

    class Kind(models.TextChoices):
        LSOA11 = "lsoa11", "Lower layer super output area 2011"
        LSOA21 = "lsoa21", "Lower layer super output area 2021"
        MSOA21 = "msoa21", "Middle layer super output area 2021"
        WARD = "ward", "Ward"
        AUTHORITY = "authority", "Local authority"

    kind = models.CharField(max_length=10, choices=Kind)
    code = models.CharField(max_length=9)
    name = models.CharField(max_length=120)
    authority_code = models.CharField(max_length=9, blank=True)
    latitude = models.FloatField(null=True, help_text="Centre point, degrees WGS84")
    longitude = models.FloatField(null=True)
    boundary = models.JSONField(null=True, help_text="GeoJSON geometry, WGS84")
    source = models.ForeignKey("sources.Source", null=True, on_delete=models.PROTECT, related_name="+")

    objects = AreaQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "code"], name="places_area_once")]

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"


class AreaLink(models.Model):
    """One area lies in, or became, another (LSOA 2021 in ward; LSOA 2011 became LSOA 2021), as the publisher's lookup says."""

    from_kind = models.CharField(max_length=10, choices=Area.Kind)
    from_code = models.CharField(max_length=9, db_index=True)
    to_kind = models.CharField(max_length=10, choices=Area.Kind)
    to_code = models.CharField(max_length=9, db_index=True)
    vintage = models.CharField(max_length=20, blank=True)
    source = models.ForeignKey("sources.Source", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["from_kind", "from_code", "to_kind", "to_code", "vintage"], name="places_arealink_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.from_code} → {self.to_code}"


class Deprivation(models.Model):
    """
    Rank and decile of one area in one edition of the English indices of deprivation.

    2019 joins only LSOA 2011 codes, 2025 only LSOA 2021 codes. Decile 1 is the most deprived.
    """

    index_year = models.PositiveSmallIntegerField()
    area_code = models.CharField(max_length=9)
    decile = models.PositiveSmallIntegerField()
    rank = models.PositiveIntegerField()
    score = models.FloatField(null=True)
    domains = models.JSONField(default=dict, help_text="Decile of each domain")
    source = models.ForeignKey("sources.Source", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["index_year", "area_code"], name="places_deprivation_once"),
            models.CheckConstraint(condition=models.Q(decile__gte=1, decile__lte=10), name="places_decile_1_to_10"),
        ]

    def __str__(self) -> str:
        return f"{self.area_code}: decile {self.decile} ({self.index_year})"


class Postcode(models.Model):
    """A postcode and the areas it lies in. Public reference data: says nothing of any person."""

    postcode = models.CharField(max_length=8, primary_key=True, help_text="Without a space, upper case: LS13AD")
    lsoa21 = models.CharField(max_length=9, blank=True)
    lsoa11 = models.CharField(max_length=9, blank=True)
    msoa21 = models.CharField(max_length=9, blank=True)
    ward = models.CharField(max_length=9, blank=True)
    authority_code = models.CharField(max_length=9, blank=True)
    latitude = models.FloatField(null=True, help_text="Empty where the publisher gives no grid reference")
    longitude = models.FloatField(null=True)
    source = models.ForeignKey("sources.Source", on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.postcode[:-3]} {self.postcode[-3:]}"


class Baseline(models.Model):
    """
    How many people of one category live in one area, as a census or estimate table says.

    Tables are perturbed by their publisher: sums differ by tens between tables.
    """

    table = models.CharField(max_length=60, help_text="ethnicity, disability, age …")
    area_kind = models.CharField(max_length=10, choices=Area.Kind)
    area_code = models.CharField(max_length=9)
    category = models.CharField(max_length=120)
    count = models.PositiveIntegerField()
    year = models.PositiveSmallIntegerField()
    source = models.ForeignKey("sources.Source", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["table", "area_kind", "area_code", "category", "year"], name="places_baseline_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.category} in {self.area_code}: {self.count}"
