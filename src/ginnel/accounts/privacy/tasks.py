"""Erasing, later."""

from django.utils import timezone
from django_tasks import task

from ginnel.accounts.models import Erasure
from ginnel.accounts.privacy.erasure import finish


@task()
def finish_erasure(number: int) -> bool:
    """Finish one erasure; one that is finished already, or gone, is left alone. The task's own row holds a number, never an address."""
    erasure = Erasure.objects.waiting().filter(pk=number).first()
    return finish(erasure, at=timezone.now()) if erasure else True
