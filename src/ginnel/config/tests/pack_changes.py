"""Drafts of the small pack that tests share."""

from django.conf import settings
from django.utils import timezone

from ginnel.config.changes import commands
from ginnel.config.changes.text import changed_text, find_row
from ginnel.config.pack import (
    current_files,
    pack_files,
)

SMALLBRIDGE = settings.PROJECT_DIR / "tests" / "packs" / "smallbridge"


def draft(kind, key, by, **cells):
    """A draft of these cells of a row, as the form makes one."""
    files = current_files()
    row = find_row(files, kind, key)
    after = changed_text(files, kind, row.file, row.text, row.cells | cells)
    return commands.draft_change(kind, key, row.file, before=row.text, after=after, by=by, at=timezone.now())


def save_again(change, by, old, new):
    """Another version of a draft."""
    after = change.after.replace(old, new)
    commands.revise_change(change, before=change.before, after=after, note="", version=1, by=by, at=timezone.now())


def publish(*changes, by):
    return commands.publish_changes(changes, by=by, at=timezone.now())


def form_of(client, url):
    """What a browser would send of the form at this address, unchanged."""
    form = client.get(url).context["form"]
    data = {}
    for bound in form:
        value = bound.value()
        data[bound.html_name] = "" if value is None else value
    return data


def changed_lines(folder):
    """Lines that differ between the small pack and an export of what is loaded."""
    out = pack_files(folder)
    before = pack_files(SMALLBRIDGE)
    assert set(out) == set(before)
    found = []
    for path, content in out.items():
        pairs = zip(before[path].decode().splitlines(), content.decode().splitlines(), strict=True)
        found += [(path, new) for old, new in pairs if old != new]
    return found
