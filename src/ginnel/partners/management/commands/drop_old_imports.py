"""`ginnel manage drop_old_imports`: once a day."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from ginnel.partners.commands.imports import drop_old_imports


class Command(BaseCommand):
    """Let go of files of people that nobody saved within a day."""

    help = "Delete uploaded files of people that nobody saved within a day."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{drop_old_imports(at=timezone.now())} files deleted")
