"""The pages editors write, but stories."""

from typing import Any, ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext, override
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager
from wagtail.search import index
from wagtail.url_routing import RouteResult

from ginnel.core.marking import gettext_noop
from ginnel.site.blocks import BODY, HOME, SUBJECTS
from ginnel.site.models.approval import TwoPeople
from ginnel.site.office.forms import CheckedPageForm
from ginnel.site.office.panels import ChecksPanel

CHILDREN = [
    "site.LandingPage",
    "site.ArticlePage",
    "site.StoryPage",
    "site.NewsPage",
    "site.CampaignPage",
    "site.EventPage",
    "site.ResourcePackPage",
]


class EditorialPage(Page):
    """What every page of ours has: one or two sentences that say what it is, and a body of components."""

    summary = models.CharField(
        max_length=300, help_text="One or two sentences: shown under the title, in lists and by search engines"
    )
    body = StreamField(BODY, blank=True)

    base_form_class = CheckedPageForm
    parent_page_types: ClassVar[list[str]] = ["site.HomePage", "site.LandingPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("body"),
        ChecksPanel(),
    ]
    # A search engine shows the title and summary: one place to write them. Menus have their own list.
    promote_panels: ClassVar[list[Any]] = [MultiFieldPanel([FieldPanel("slug")], heading="Address")]
    search_fields = [*Page.search_fields, index.SearchField("summary"), index.SearchField("body")]

    resident = True
    """Whether people who may find reading hard are meant: then a reading age over 11 is warned of."""
    listing_order: ClassVar[str] = "title"

    class Meta:
        abstract = True

    def permissions_for_user(self, user: Any) -> TwoPeople:
        return TwoPeople(user, self)

    @property
    def kind_name(self) -> str:
        """The kind of page in a word of the reader's language, for lists."""
        return gettext(str(self._meta.verbose_name)).capitalize()

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The language the page is written in, and the versions of it that anyone may read."""
        from ginnel.site.versions import code_of, versions_of

        code = code_of(self)
        return {
            **super().get_context(request, *args, **kwargs),
            "written_in": code,
            "versions": [] if getattr(request, "is_preview", False) else versions_of(self, request),
        }

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """The office is in English, the preview in the language of its page."""
        from ginnel.site.versions import code_of

        with override(code_of(self)):
            response: HttpResponse = super().serve_preview(request, mode_name)
            return response.render() if hasattr(response, "render") else response


# What `kind_name` says, marked for translators.
KINDS = (
    gettext_noop("landing page"),
    gettext_noop("article"),
    gettext_noop("story"),
    gettext_noop("news"),
    gettext_noop("campaign"),
    gettext_noop("event"),
    gettext_noop("resource pack for teachers"),
)


class HomePage(Page):
    """
    The part of the home page that editors write, shown under the three doors; the root of all other pages of its language.

    `ginnel pages languages` makes one for each language the site offers.
    """

    body = StreamField(HOME, blank=True)

    base_form_class = CheckedPageForm
    max_count = 1
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    subpage_types: ClassVar[list[str]] = CHILDREN
    content_panels: ClassVar[list[Any]] = [*Page.content_panels, FieldPanel("body"), ChecksPanel()]
    promote_panels: ClassVar[list[Any]] = []
    template = "site/home.html"
    resident = True
    summary = ""

    objects = PageManager()

    class Meta:
        verbose_name = "home page"

    def permissions_for_user(self, user: Any) -> TwoPeople:
        return TwoPeople(user, self)

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """
        The live page at this path, however deep, in two queries; Wagtail's own way costs two for each level.

        :raises Http404: if there is none.
        """
        if not path_components:
            return super().route(request, path_components)
        path = f"{self.url_path}{'/'.join(path_components)}/"
        # The slug is in an index, the path is not.
        page = self.get_descendants().filter(slug=path_components[-1], url_path=path, live=True).first()
        if page is None:
            raise Http404
        return RouteResult(page.specific)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """What the home page has besides, so that a preview shows it whole."""
        from ginnel.site.queries import around_home

        return {**super().get_context(request, *args, **kwargs), **around_home()}


class LandingPage(EditorialPage):
    """A page that leads to those under it."""

    class Order(models.TextChoices):
        TREE = "tree", "As they are arranged here"
        NEWEST = "newest", "Newest first"
        SOONEST = "soonest", "Events: soonest first, without those that are over"

    order = models.CharField("order of the pages under it", max_length=8, choices=Order, default=Order.TREE)

    subpage_types: ClassVar[list[str]] = CHILDREN
    content_panels: ClassVar[list[Any]] = [*EditorialPage.content_panels[:-1], FieldPanel("order"), ChecksPanel()]
    template = "site/pages/landing.html"

    class Meta:
        verbose_name = "landing page"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from ginnel.site.queries import pages_under

        return {
            **super().get_context(request, *args, **kwargs),
            "under": pages_under(self, request.GET.get("page", "1")),
        }


class ArticlePage(EditorialPage):
    """A page of words."""

    template = "site/pages/page.html"

    class Meta:
        verbose_name = "article"


class NewsPage(EditorialPage):
    """Something that happened, with its day. Newest ones stand on the home page and in the feed."""

    dated = models.DateField("day", help_text="The day it happened or was announced")

    content_panels: ClassVar[list[Any]] = [
        *EditorialPage.content_panels[:2],
        FieldPanel("dated"),
        *EditorialPage.content_panels[2:],
    ]
    template = "site/pages/page.html"

    class Meta:
        verbose_name = "news"
        verbose_name_plural = "news"


class CampaignPage(EditorialPage):
    """A campaign with its first and last day; after the last it says that it is over."""

    starts_on = models.DateField("first day")
    ends_on = models.DateField("last day")

    content_panels: ClassVar[list[Any]] = [
        *EditorialPage.content_panels[:2],
        MultiFieldPanel([FieldPanel("starts_on"), FieldPanel("ends_on")], heading="When"),
        *EditorialPage.content_panels[2:],
    ]
    template = "site/pages/campaign.html"

    class Meta:
        verbose_name = "campaign"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="site_campaignpage_ends_after_start",
                violation_error_message="The last day is before the first.",
            )
        ]


class EventPage(EditorialPage):
    """Something people can come to."""

    starts_at = models.DateTimeField("starts")
    ends_at = models.DateTimeField("ends")
    where = models.CharField(max_length=200, help_text="Place and street, or “Online”")
    access = models.CharField(
        "getting in", max_length=300, blank=True, help_text="Step-free entrance, hearing loop, quiet room, parking"
    )
    cost = models.CharField(max_length=100, default="Free")
    book_at = models.URLField("where to book", max_length=500, blank=True)

    content_panels: ClassVar[list[Any]] = [
        *EditorialPage.content_panels[:2],
        MultiFieldPanel(
            [FieldPanel(name) for name in ("starts_at", "ends_at", "where", "access", "cost", "book_at")],
            heading="When and where",
        ),
        *EditorialPage.content_panels[2:],
    ]
    template = "site/pages/event.html"

    class Meta:
        verbose_name = "event"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="site_eventpage_ends_after_start",
                violation_error_message="The event ends before it starts.",
            )
        ]


class ResourcePackPage(EditorialPage):
    """Something a teacher or adviser can use as it is: what for, for whom, how long, and the files."""

    subject = models.CharField(max_length=20, choices=SUBJECTS)
    age_from = models.PositiveSmallIntegerField("youngest age", validators=[MinValueValidator(4)])
    age_to = models.PositiveSmallIntegerField("oldest age")
    minutes = models.PositiveSmallIntegerField(help_text="How long it takes in the classroom")

    content_panels: ClassVar[list[Any]] = [
        *EditorialPage.content_panels[:2],
        MultiFieldPanel(
            [FieldPanel(name) for name in ("subject", "age_from", "age_to", "minutes")], heading="For whom and how long"
        ),
        *EditorialPage.content_panels[2:],
    ]
    template = "site/pages/resources.html"
    resident = False

    class Meta:
        verbose_name = "resource pack for teachers"
        verbose_name_plural = "resource packs for teachers"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(age_to__gte=models.F("age_from")),
                name="site_resourcepackpage_ages_in_order",
                violation_error_message="The oldest age is below the youngest.",
            )
        ]
