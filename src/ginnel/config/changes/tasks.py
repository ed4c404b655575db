"""Later work: telling those who may approve a draft that it waits."""

from functools import partial

from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django_tasks import task

from ginnel.accounts.models import User
from ginnel.config.changes.commands import people_to_tell, reasons_against
from ginnel.core.letters import deliver
from ginnel.places.queries import current_place
from ginnel.site.models import PackChange


@task()
def tell_of_draft(change: int, origin: str) -> int:
    """Have a letter written to each person who may approve the draft. Run again, it writes to nobody."""
    with transaction.atomic():
        people = people_to_tell(PackChange.objects.get(pk=change), at=timezone.now())
        for person in people:
            write_of_draft.enqueue(change, person.pk, origin)
    return len(people)


@task()
def write_of_draft(change: int, person: int, origin: str, tried: int = 0) -> bool:
    """Write to one person, if the draft still waits and they may still approve it."""
    draft = PackChange.objects.for_list().filter(pk=change).first()
    to = User.objects.filter(pk=person, is_active=True).first()
    if draft is None or to is None or reasons_against(draft, to):
        return True
    return deliver(partial(_send, draft, to, origin), write_of_draft, change, person, origin, tried=tried)


def _send(draft: PackChange, to: User, origin: str) -> None:
    place = current_place()
    link = origin + reverse("pack_changes:change", args=[draft.pk])
    text = render_to_string("config/changes/mail_waiting.txt", {"draft": draft, "link": link, "place": place})
    send_mail(f"A draft waits for you on {place.site_name}: {draft}", text, None, [to.email])
