"""Lists of people as a spreadsheet opens them."""

import csv
from collections.abc import Iterable

from django.http import HttpResponse
from django.utils import timezone
from django.utils.text import slugify

from ginnel.core.spreadsheet import harmless
from ginnel.partners.models import Membership, Organisation


def people_csv(organisation: Organisation, people: Iterable[Membership]) -> HttpResponse:
    """People of an organisation as CSV, in UTF-8 with a mark that spreadsheets look for."""
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    name = f"people-{slugify(organisation.name)}-{timezone.localdate():%Y-%m-%d}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    writer = csv.writer(response)
    writer.writerow(["Name", "E-mail", "Job title", "Staff number", "Roles", "Since", "Left"])
    for person in people:
        roles = ", ".join(row.get_role_display() for row in person.roles.all())
        left = timezone.localdate(person.left_at).isoformat() if person.left_at else ""
        cells = [person.user.name, person.user.email, person.job_title, person.staff_number, roles]
        writer.writerow([*map(harmless, cells), timezone.localdate(person.joined_at).isoformat(), left])
    return response
