"""Work put off or done on a schedule."""

from django.utils import timezone
from django_tasks import task

from ginnel.site.commands import check_links, do_what_is_due


@task()
def do_due_pages() -> int:
    """Publish, unpublish and warn as scheduled. Running it again does no harm."""
    return do_what_is_due(at=timezone.now()).ended


@task()
def look_at_links() -> int:
    """Look at the links of every page, by their form only."""
    return len(check_links(at=timezone.now()))
