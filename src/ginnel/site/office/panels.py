"""What the checks found, inside the editor."""

from typing import Any

from wagtail.admin.panels import MultiFieldPanel, Panel


class ChecksPanel(Panel):
    """Reading age, longest sentences, and what stops or hinders the page: of the draft as last saved."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("heading", "Checks")
        super().__init__(**kwargs)

    class BoundPanel(Panel.BoundPanel):
        template_name = "site/office/checks.html"

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            from ginnel.site.checking import look_at
            from ginnel.site.models.approval import reasons_against
            from ginnel.site.reading import WARN_OVER, length_in_words

            context: dict[str, Any] = super().get_context_data(parent_context)
            if not self.instance.pk:
                return context
            report = look_at(self.instance)
            return context | {
                "report": report,
                "warn_over": WARN_OVER,
                "longest": [(sentence, length_in_words(sentence)) for sentence in report.reading.longest],
                "against": reasons_against(self.request.user, self.instance),
            }


class OriginalsOnlyPanel(MultiFieldPanel):
    """Fields that a translation takes from the page it was made from."""

    class BoundPanel(MultiFieldPanel.BoundPanel):
        def is_shown(self) -> bool:
            return super().is_shown() and self.instance.original_id is None
