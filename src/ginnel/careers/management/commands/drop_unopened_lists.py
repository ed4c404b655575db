"""`ginnel manage drop_unopened_lists`: for a daily timer."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from ginnel.careers.shortlists import drop_unopened_lists


class Command(BaseCommand):
    help = "Delete kept lists whose link nobody has opened for a year. Lists in accounts stay."

    def handle(self, *args: Any, **options: Any) -> None:
        count = drop_unopened_lists(at=timezone.now())
        self.stdout.write(f"Deleted {count} list{'' if count == 1 else 's'} that nobody has opened for a year.")
