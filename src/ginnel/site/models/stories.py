"""Stories: a person's own path, shown for as long as that person agrees."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from ginnel.site.blocks import PATH
from ginnel.site.models.pages import EditorialPage
from ginnel.site.office.panels import OriginalsOnlyPanel

CONSENT = ("consent_by", "consent_on", "consent_scope", "consent_until", "consent_kept")


class StoryPage(EditorialPage):
    """
    How one person got where they are: their path by roles and steps of the route table, and their words.

    The consent is for those who run the site and is on no public page. When it ends the page unpublishes itself.

    A translation has no consent of its own: that of the story it was made from counts, and it is live only while that story is.
    """

    class Scope(models.TextChoices):
        SITE = "site", "This site"
        PARTNERS = "partners", "This site and the partners' own sites and papers"
        ANYWHERE = "anywhere", "Anywhere, social media and press too"

    person = models.CharField(max_length=80, help_text="As the person wants to be called here; a first name is enough")
    picture = models.ForeignKey("site.Picture", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    picture_words = models.CharField(
        "what the picture shows",
        max_length=255,
        blank=True,
        help_text="In the language of this page. Empty: what is written with the picture, which is English",
    )
    stages = StreamField(PATH, blank=True)
    original = models.ForeignKey(
        "self", null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="translations"
    )
    # Empty while a story is drafted; nothing is published without them (rules.consent_findings).
    consent_by = models.CharField("who agreed", max_length=120, blank=True, help_text="Full name. Not shown to anyone")
    consent_on = models.DateField("on which day", null=True, blank=True)
    consent_scope = models.CharField("where it may be shown", max_length=10, choices=Scope, blank=True)
    consent_until = models.DateField(
        "until which day", null=True, blank=True, help_text="The day after, the story unpublishes itself"
    )
    consent_kept = models.CharField(
        "where the signed form is", max_length=200, blank=True, help_text="Such as: folder 12 in the office"
    )

    # The consent is to this story, not to one made of its words.
    exclude_fields_in_copy: ClassVar[list[str]] = ["original", *CONSENT]
    content_panels: ClassVar[list[Any]] = [
        *EditorialPage.content_panels[:2],
        FieldPanel("person"),
        FieldPanel("picture"),
        FieldPanel("picture_words"),
        FieldPanel("stages"),
        FieldPanel("body"),
        OriginalsOnlyPanel([FieldPanel(name) for name in CONSENT], heading="Consent (not shown)"),
        EditorialPage.content_panels[-1],
    ]
    template = "site/pages/story.html"

    class Meta:
        verbose_name = "story"
        verbose_name_plural = "stories"

    @property
    def consenting(self) -> "StoryPage":
        """The story whose consent counts for this one: itself, or the one it was translated from, as it is on the site now."""
        return self.original or self

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from ginnel.site.queries import path_of

        return {**super().get_context(request, *args, **kwargs), "path": path_of(self)}


class ConsentNotice(models.Model):
    """Editors were told that a story's consent ends. Once for each warning and each end."""

    page = models.ForeignKey(StoryPage, on_delete=models.CASCADE, related_name="consent_notices")
    until = models.DateField()
    days_before = models.PositiveSmallIntegerField()
    told_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "until", "days_before"], name="site_consentnotice_once")]

    def __str__(self) -> str:
        return f"{self.page_id}: {self.days_before} days before {self.until}"
