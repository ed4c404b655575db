"""Where facts come from: one row per published file or typed-in source, and one per import of it."""

from typing import Self

from django.db import models


class SourceQuerySet(models.QuerySet["Source"]):
    def public(self) -> Self:
        """Every source: what we rely on is nobody's secret."""
        return self.all()

    def for_list(self) -> Self:
        """Sources as the public page shows them, by publisher."""
        return self.order_by("publisher", "title", "pk")


class Source(models.Model):
    """A publication that figures or records were taken from."""

    class Kind(models.TextChoices):
        IMPORTED = "imported", "Imported from the publisher's file"
        TYPED = "typed", "Facts typed in by editors"

    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=300)
    publisher = models.CharField(max_length=200)
    url = models.URLField(max_length=500, blank=True)
    licence = models.CharField(max_length=200, blank=True)
    attribution = models.TextField(blank=True)
    vintage = models.CharField(
        max_length=80, blank=True, help_text="What the publisher calls this edition, e.g. 2025 or v1.1.1"
    )
    as_of = models.DateField(null=True, blank=True, help_text="The day typed-in facts were checked")
    kind = models.CharField(max_length=10, choices=Kind)
    rows = models.PositiveIntegerField(default=0, help_text="Rows held from this source")
    imported_at = models.DateTimeField(null=True, blank=True)

    objects = SourceQuerySet.as_manager()

    def __str__(self) -> str:
        return self.title


class ImportRunQuerySet(models.QuerySet["ImportRun"]):
    def for_list(self) -> Self:
        """Newest first, with the source each run belongs to."""
        return self.select_related("source").order_by("-finished_at", "-pk")


class ImportRun(models.Model):
    """One finished import of one file: what it added, changed, left alone and removed."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="runs")
    file_name = models.CharField(max_length=300)
    file_sha256 = models.CharField(max_length=64)
    importer = models.CharField(max_length=60)
    rows_read = models.PositiveIntegerField()
    added = models.PositiveIntegerField()
    changed = models.PositiveIntegerField()
    unchanged = models.PositiveIntegerField()
    removed = models.PositiveIntegerField()
    finished_at = models.DateTimeField()
    seconds = models.FloatField()

    objects = ImportRunQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.file_name} at {self.finished_at:%Y-%m-%d %H:%M}"


class ReferenceEntryQuerySet(models.QuerySet["ReferenceEntry"]):
    def of(self, table: str) -> Self:
        """Entries of one small table, by code."""
        return self.filter(table=table).order_by("code")


class ReferenceEntry(models.Model):
    """
    One row of a publisher's small reference table: the names behind codes that other facts use.

    `table` by publisher: `onet.elements`, `onet.dwa`, `onet.iwa`, `onet.scales`, `onet.job-zones`, `ncs.soc2010`,
    `ncs.job-categories`, `esco.skills-hierarchy`, `care-workforce-pathway.roles` …
    """

    table = models.CharField(max_length=40)
    code = models.CharField(max_length=120)
    title = models.CharField(max_length=500)
    data = models.JSONField(default=dict)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")

    objects = ReferenceEntryQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["table", "code"], name="sources_referenceentry_once")]

    def __str__(self) -> str:
        return f"{self.table} {self.code}: {self.title}"
