"""The public page as a draft would make it: loaded into a transaction, rendered, and rolled back."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from ginnel.careers.engine import trial_engine
from ginnel.careers.pack import load_careers
from ginnel.careers.views.role import role_detail
from ginnel.config.changes.checking import Trial
from ginnel.config.changes.text import cells_in, find_row
from ginnel.site.models import PackChange
from ginnel.sources.pack import load_sources


def page_of(change: PackChange, files: dict[str, bytes]) -> str:
    """The role whose page shows a change; empty where none does, or the role is to go."""
    slug = change.key
    if change.kind == "step":
        slug = cells_in(files, "step", change.file, change.after or change.before).get("to", "").strip()
    elif change.kind != "role":
        return ""
    return slug if find_row(files, "role", slug) else ""


def rendered(request: HttpRequest, change: PackChange, trial: Trial) -> HttpResponse:
    """
    The role's page from the pack with the draft in it.

    Nothing of it lasts. The site goes on answering from what is loaded; on SQLite others who write wait for these one or two seconds.
    """
    assert trial.pack is not None
    with transaction.atomic():
        load_careers(trial.pack.careers, load_sources(trial.pack.sources))
        with trial_engine():
            response = role_detail(request, page_of(change, trial.files))
        transaction.set_rollback(True)
    response["X-Robots-Tag"] = "noindex"
    return response
