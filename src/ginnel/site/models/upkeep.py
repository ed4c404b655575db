"""What the last look at the links of all pages found."""

from typing import Self

from django.db import models


class LinkFindingQuerySet(models.QuerySet["LinkFinding"]):
    def for_list(self) -> Self:
        return self.select_related("page").order_by("page__title", "address", "pk")


class LinkFinding(models.Model):
    """A link that leads nowhere, or may not. Written anew by each look."""

    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")
    words = models.CharField(max_length=200)
    address = models.CharField(max_length=500)
    problem = models.CharField(max_length=200)
    checked_at = models.DateTimeField()

    objects = LinkFindingQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.address}: {self.problem}"
