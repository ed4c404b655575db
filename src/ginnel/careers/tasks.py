"""Work put off or done on a schedule."""

from django.utils import timezone
from django_tasks import task

from ginnel.careers.shortlists import drop_unopened_lists


@task()
def drop_lists_nobody_opens() -> int:
    """Delete kept lists whose link nobody has opened for a year. Run once a day; running it again does no harm."""
    return drop_unopened_lists(at=timezone.now())
