"""The components a page is put together from. Each renders through the design system's own; none takes HTML."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.choices import normalize_choices
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock
from wagtail.snippets.blocks import SnippetChooserBlock

FEATURES = ["bold", "italic", "ol", "ul", "link", "document-link"]
"""What rich text may hold. Headings are a component of their own, so that their order can be checked."""

SUBJECTS = [
    ("careers", "Careers and guidance"),
    ("science", "Science"),
    ("maths", "Maths"),
    ("english", "English"),
    ("pshe", "PSHE and citizenship"),
    ("t-level", "T Level"),
]


def role_choices() -> list[tuple[str, str]]:
    """Every role by name, for a select."""
    from ginnel.careers.models import Role

    return list(Role.objects.public().order_by("name").values_list("slug", "name"))


def step_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Every step of the route table, under the role it leads to."""
    from ginnel.careers.models import Step

    groups: dict[str, list[tuple[str, str]]] = {}
    for slug, title, role in (
        Step.objects.public().order_by("to__name", "title").values_list("slug", "title", "to__name")
    ):
        groups.setdefault(role or "Study", []).append((slug, title))
    return list(groups.items())


class PickBlock(blocks.FieldBlock):
    """One of a list that is read when the editor opens: rendering a page asks the database nothing."""

    def __init__(self, choices: Callable[[], list[Any]], required: bool = True, help_text: str = "", **kwargs: Any):
        self._choices = choices
        widget = forms.Select()
        widget.choices = normalize_choices(lambda: [("", "---------"), *choices()])
        self.field = forms.CharField(required=required, help_text=help_text, widget=widget)
        super().__init__(**kwargs)

    def clean(self, value: Any) -> str:
        """:raises ValidationError: for what is not, or no longer, in the list."""
        picked: str = super().clean(value)
        known = {key for key, name in self._choices() if isinstance(name, str)}
        known |= {key for _, group in self._choices() if not isinstance(group, str) for key, _ in group}
        if picked and picked not in known:
            raise ValidationError("This is not in the list any more. Choose another.")
        return picked

    class Meta:
        icon = "list-ul"
        default = ""


def text(**kwargs: Any) -> blocks.RichTextBlock:
    """Words with bold, lists and links."""
    return blocks.RichTextBlock(features=FEATURES, **kwargs)


class LinkTarget(blocks.StructBlock):
    """A page of this site, or an address."""

    page = blocks.PageChooserBlock(required=False)
    address = blocks.CharBlock(required=False, max_length=300, help_text="/near/ on this site, or https://… elsewhere")

    def clean(self, value: Any) -> Any:
        """:raises StructBlockValidationError: unless there is one target, and it can be opened."""
        from ginnel.site.links import address_problem

        found = super().clean(value)
        if bool(found["page"]) == bool(found["address"]):
            raise StructBlockValidationError(
                {"address": ValidationError("Choose a page or give an address, one of the two.")}
            )
        if found["address"] and (problem := address_problem(found["address"])):
            raise StructBlockValidationError({"address": ValidationError(problem)})
        return found

    class Meta:
        icon = "link"


class HeadingBlock(blocks.StructBlock):
    words = blocks.CharBlock(max_length=120)
    level = blocks.ChoiceBlock(choices=[("2", "Heading"), ("3", "Smaller heading")], default="2")

    class Meta:
        icon = "title"
        label = "Heading"
        template = "site/blocks/heading.html"


class DetailsBlock(blocks.StructBlock):
    summary = blocks.CharBlock(max_length=120, help_text="The words people open")
    text = text()

    class Meta:
        icon = "list-ul"
        label = "Details to open"
        template = "site/blocks/details.html"


class CalloutBlock(blocks.StructBlock):
    heading = blocks.CharBlock(max_length=80)
    text = text()

    class Meta:
        icon = "warning"
        label = "Important"
        template = "site/blocks/callout.html"


class DoBlock(blocks.StructBlock):
    kind = blocks.ChoiceBlock(choices=[("tick", "Do"), ("cross", "Don't")], default="tick")
    items = blocks.ListBlock(blocks.CharBlock(max_length=200), min_num=1)

    class Meta:
        icon = "tasks"
        label = "Do or don't list"
        template = "site/blocks/do.html"


class QuoteBlock(blocks.StructBlock):
    words = blocks.TextBlock(max_length=500)
    who = blocks.CharBlock(max_length=120, required=False)

    class Meta:
        icon = "openquote"
        label = "Quote"
        template = "site/blocks/quote.html"


class PictureBlock(blocks.StructBlock):
    picture = ImageBlock()
    caption = blocks.CharBlock(max_length=200, required=False)

    class Meta:
        icon = "image"
        label = "Picture"
        template = "site/blocks/picture.html"


class RolesBlock(blocks.StructBlock):
    heading = blocks.CharBlock(max_length=120, default="Roles like this")
    roles = blocks.ListBlock(PickBlock(role_choices), min_num=1, max_num=6)

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        from ginnel.site.queries import roles_named

        return {**super().get_context(value, parent_context=parent_context), "roles": roles_named(value["roles"])}

    class Meta:
        icon = "group"
        label = "Role cards"
        template = "site/blocks/roles.html"


class ActionBlock(blocks.StructBlock):
    words = blocks.CharBlock(max_length=80, help_text="What a person does there: “See the ways into nursing”")
    target = LinkTarget()

    class Meta:
        icon = "arrow-right"
        label = "Call to action"
        template = "site/blocks/action.html"


class DownloadBlock(blocks.StructBlock):
    file = DocumentChooserBlock()
    about = blocks.CharBlock(max_length=200, required=False, help_text="What is in it")

    class Meta:
        icon = "download"
        label = "Download"
        template = "site/blocks/download.html"


class NewsBlock(blocks.StructBlock):
    heading = blocks.CharBlock(max_length=80, default="News")
    most = blocks.IntegerBlock(min_value=1, max_value=6, default=3)

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        from ginnel.site.queries import latest_news

        return {**super().get_context(value, parent_context=parent_context), "pages": latest_news(value["most"])}

    class Meta:
        icon = "calendar"
        label = "Newest news"
        template = "site/blocks/cards.html"


class StoriesBlock(blocks.StructBlock):
    heading = blocks.CharBlock(max_length=80, default="How others got here")
    stories = blocks.ListBlock(blocks.PageChooserBlock(page_type=["site.StoryPage"]), min_num=1, max_num=3)

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        from ginnel.site.versions import for_reader

        pages = for_reader([page.specific for page in value["stories"] if page and page.live])
        return {**super().get_context(value, parent_context=parent_context), "pages": pages}

    class Meta:
        icon = "user"
        label = "Stories"
        template = "site/blocks/cards.html"


class StageBlock(blocks.StructBlock):
    """One stage of a person's path."""

    when = blocks.CharBlock(max_length=40, help_text="“2019”, “at 43”, “now”")
    what = blocks.CharBlock(max_length=200, help_text="“I looked after my gran and worked nights in a warehouse”")
    step = PickBlock(step_choices, required=False, help_text="The step of the route table, if it is one")
    role = PickBlock(role_choices, required=False, help_text="The role the person had then")

    class Meta:
        icon = "arrow-down"
        label = "Stage"


TEXT = [
    ("heading", HeadingBlock()),
    ("text", text(template="site/blocks/text.html", icon="pilcrow")),
    ("inset", text(template="site/blocks/inset.html", icon="info-circle", label="Inset")),
    ("action", ActionBlock()),
    ("picture", PictureBlock()),
]

BODY = [
    *TEXT,
    ("details", DetailsBlock()),
    ("important", CalloutBlock()),
    ("do", DoBlock()),
    ("quote", QuoteBlock()),
    ("video", SnippetChooserBlock("site.Film", template="site/blocks/video.html", icon="media", label="Film")),
    ("roles", RolesBlock()),
    ("download", DownloadBlock()),
]
"""What every page may hold."""

HOME = [("stories", StoriesBlock()), ("news", NewsBlock()), *TEXT, ("roles", RolesBlock())]
"""What may stand under the three doors."""

PATH = [("stage", StageBlock())]
