"""Keeping search documents in step with the records they describe."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Max

from ginnel.search.models import Document

FIELDS = ("title", "also", "body", "url", "summary", "facts")


@dataclass(frozen=True, slots=True)
class Words:
    """A public record as it can be found. `also` are other names; `facts` plain values a result shows."""

    key: str
    title: str
    url: str
    also: tuple[str, ...] = ()
    body: str = ""
    summary: str = ""
    facts: dict[str, Any] = field(default_factory=dict)


@transaction.atomic
def publish_all(kind: str, records: Iterable[Words]) -> int:
    """
    Make the documents of one kind be exactly these. Returns how many were added, changed or removed.

    Documents that say the same as before keep their sequence, so that no index reads them again.
    """
    kept = {document.key: document for document in Document.objects.filter(kind=kind)}
    sequence = Document.objects.aggregate(top=Max("sequence"))["top"] or 0
    touched: list[Document] = []
    seen = set()
    for record in records:
        seen.add(record.key)
        values = {
            "title": record.title,
            "also": "\n".join(record.also),
            "body": record.body,
            "url": record.url,
            "summary": record.summary[:400],
            "facts": record.facts,
        }
        document = kept.get(record.key) or Document(kind=kind, key=record.key, removed=True)
        if document.removed or any(getattr(document, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(document, name, value)
            document.removed = False
            touched.append(document)
    for key, document in kept.items():
        if key not in seen and not document.removed:
            document.removed = True
            touched.append(document)
    for document in touched:
        sequence += 1
        document.sequence = sequence
    Document.objects.bulk_create([d for d in touched if d.pk is None], batch_size=500)
    Document.objects.bulk_update([d for d in touched if d.pk], [*FIELDS, "removed", "sequence"], batch_size=500)
    return len(touched)
