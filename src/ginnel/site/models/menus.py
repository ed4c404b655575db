"""Entries editors add to the navigation and the footer."""

from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q


class MenuEntryQuerySet(models.QuerySet["MenuEntry"]):
    def shown(self) -> Self:
        """Entries whose page, if they have one, is live, in their order."""
        return self.filter(Q(page__isnull=True) | Q(page__live=True)).select_related("page").order_by("position", "pk")


class MenuEntry(models.Model):
    """One link beside those the site always has."""

    class Where(models.TextChoices):
        NAVIGATION = "navigation", "At the head of every page"
        FOOTER = "footer", "At the foot of every page"

    where = models.CharField(max_length=10, choices=Where)
    words = models.CharField(max_length=40, help_text="Short: the head of a phone's screen has room for few words")
    page = models.ForeignKey("wagtailcore.Page", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    address = models.CharField(
        max_length=300, blank=True, help_text="Instead of a page: /near/ on this site, or https://… elsewhere"
    )
    position = models.PositiveSmallIntegerField(default=100, help_text="Smaller comes first")

    objects = MenuEntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "menu entries"
        constraints = [
            models.CheckConstraint(
                condition=Q(page__isnull=True) & ~Q(address="") | Q(page__isnull=False, address=""),
                name="site_menuentry_one_target",
                violation_error_message="Choose a page or give an address, one of the two.",
            )
        ]

    def __str__(self) -> str:
        return self.words

    def clean(self) -> None:
        """:raises ValidationError: for an address that leads nowhere or could run a script."""
        from ginnel.site.links import address_problem

        if self.address and (problem := address_problem(self.address)):
            raise ValidationError({"address": problem})

    @property
    def href(self) -> str:
        """Where it leads."""
        return (self.page.url or "/") if self.page else self.address
