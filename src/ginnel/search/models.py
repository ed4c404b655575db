"""What can be searched: one row per public record. The tantivy index is a cache of these rows."""

from django.db import models


class Document(models.Model):
    """
    One public record as words.

    `sequence` grows with every change, so that a process can catch its own index up by asking for rows past the last it saw.
    """

    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=120)
    title = models.CharField(max_length=300)
    also = models.TextField(blank=True, help_text="Other names, one on a line")
    body = models.TextField(blank=True)
    url = models.CharField(max_length=300)
    summary = models.CharField(max_length=400, blank=True)
    facts = models.JSONField(default=dict)
    sequence = models.BigIntegerField(db_index=True)
    removed = models.BooleanField(default=False, help_text="Kept as a marker so that every index drops it")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="search_document_once")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.title}"
