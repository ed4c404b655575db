"""The form of a page in the editor."""

from wagtail.admin.forms import WagtailAdminPageForm


class CheckedPageForm(WagtailAdminPageForm):
    """Lets a draft be saved as it is; sends it for approval, or publishes it, only when no check stops it."""

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.is_deferred_validation or self.errors:
            return
        from ginnel.site.checking import what_stops

        if self.instance.depth is None and self.parent_page is not None:  # not saved yet
            self.instance.depth = self.parent_page.depth + 1
            findings = what_stops(self.instance)
            self.instance.depth = None
        else:
            findings = what_stops(self.instance)
        for finding in findings:
            self.add_error(None, str(finding))
