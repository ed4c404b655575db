"""Two people for every page: one writes, another approves."""

from typing import Any

from wagtail.models import AbstractGroupApprovalTask, Page, PagePermissionTester

from ginnel.site.rules import reasons_not_to_approve


def reasons_against(user: Any, page: Page) -> list[str]:
    """Why this person cannot approve or publish the page as it stands. Costs two queries."""
    changes = page.revisions.filter(user=user)
    if page.live_revision_id:
        changes = changes.filter(pk__gt=page.live_revision_id)
    state = page.current_workflow_state
    return reasons_not_to_approve(
        changed_it=changes.exists(), asked_for_it=bool(state and state.requested_by_id == user.pk)
    )


class TwoPeople(PagePermissionTester):
    """
    Wagtail's own permissions, with one thing taken away: nobody publishes what they wrote, whatever their group.

    Wagtail asks this object wherever a page can go live: the button, lists, bulk actions and the end of a workflow.
    """

    def can_publish(self) -> bool:
        return bool(super().can_publish()) and not reasons_against(self.user, self.page)

    def can_publish_subpage(self) -> bool:
        """A page that is made and published in one go would have been seen by one person only."""
        return False

    def can_set_view_restrictions(self) -> bool:
        return bool(super().can_publish())

    def can_unschedule(self) -> bool:
        return bool(super().can_publish())


class SecondPersonTask(AbstractGroupApprovalTask):
    """Somebody of the chosen groups approves, who neither changed the page nor sent it; and only while no check stops it."""

    class Meta:
        verbose_name = "Approval by a second person"
        verbose_name_plural = "Approvals by a second person"

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, str, bool]]:
        from ginnel.site.checking import what_stops

        actions: list[tuple[str, str, bool]] = super().get_actions(obj, user)
        if actions and (reasons_against(user, obj) or what_stops(obj.get_latest_revision_as_object())):
            return [action for action in actions if action[0] == "reject"]
        return actions

    @classmethod
    def get_description(cls) -> str:
        return "Members of the chosen groups can approve, but not their own work"
