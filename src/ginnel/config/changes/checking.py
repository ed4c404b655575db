"""The pack's own checks, on the pack with drafts in it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from ginnel.config.changes.fields import FIELDS, field_of
from ginnel.config.changes.text import RowGone, cells_in, line_of, row_text, with_row
from ginnel.config.pack import Pack, current_files, digest_of, loaded_digest, read_files
from ginnel.core.tables import Problem
from ginnel.partners.models import Organisation
from ginnel.partners.own_words import own_words
from ginnel.partners.pack import column_of
from ginnel.site.models import PackChange


@dataclass(frozen=True, slots=True)
class Trial:
    """The pack with drafts in it. `base`: the digest of what is loaded; `moved`: drafts whose row is not as they found it."""

    base: str
    before: dict[str, bytes]
    files: dict[str, bytes]
    pack: Pack | None
    problems: list[Problem]
    moved: list[PackChange]

    @property
    def digest(self) -> str:
        return digest_of(self.files)

    @property
    def sound(self) -> bool:
        return not self.problems and not self.moved


def attempt(changes: Sequence[PackChange]) -> Trial:
    """Put the drafts into the pack as it is now and read the whole of it (about half a second for a pack of 160 roles)."""
    base, before = loaded_digest(), current_files()
    files, moved = before, []
    for change in changes:
        try:
            files = with_row(files, change.kind, change.key, change.file, change.before, change.after)
        except (RowGone, KeyError):
            moved.append(change)
    if len(moved) == len(changes):
        return Trial(base, before, files, None, [], moved)
    pack = read_files(files)
    own = _own_words(files, [change for change in changes if change not in moved])
    return Trial(base, before, files, pack, sorted([*pack.problems.found, *own]), moved)


def _own_words(files: dict[str, bytes], changes: Sequence[PackChange]) -> list[Problem]:
    """Cells of organisations that a draft has otherwise than the organisation says them itself, which would stand against it."""
    drafts = {change.key: change for change in changes if change.kind == "organisation" and not change.retires}
    if not drafts:
        return []
    found = []
    of_pack = Q(origin=Organisation.Origin.PACK, code__in=drafts)
    codes = dict(Organisation.objects.filter(of_pack).values_list("pk", "code"))
    for pk, fields in own_words(of_pack).items():
        change = drafts[codes[pk]]
        before, after = (cells_in(files, "organisation", change.file, text) for text in (change.before, change.after))
        line, _ = line_of(files, "organisation", change.key)
        for column in (column_of(field) for field in sorted(fields)):
            if before.get(column, "") != after.get(column, ""):
                message, remedy = "the organisation says this itself", "Ask it to change it on its own page"
                found.append(Problem(change.file, line, column, message, remedy))
    return found


def by_field(trial: Trial, change: PackChange) -> dict[str, list[str]]:
    """The problems of a change's own row, by the form's field; those of other rows, and of the row as a whole, under the empty name."""
    first, last = line_of(trial.files, change.kind, change.key)
    found: dict[str, list[str]] = {}
    for problem in trial.problems:
        own = problem.file == change.file and (change.kind == "role" or first <= problem.line <= last)
        name = field_of(change.kind, problem.field) if own else ""
        words = f"{problem.message[:1].upper()}{problem.message[1:]}. {problem.remedy}." if name else str(problem)
        found.setdefault(name, []).append(words)
    return found


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of a row, before and after."""

    label: str
    before: str
    after: str
    problems: list[str]

    @property
    def changed(self) -> bool:
        return self.before != self.after


def differences(files: dict[str, bytes], change: PackChange, problems: dict[str, list[str]]) -> list[Difference]:
    """Field by field: those that a change alters, and those with a problem. Columns that forms do not know stand by their own name."""
    try:
        before = cells_in(files, change.kind, change.file, change.before)
        after = cells_in(files, change.kind, change.file, change.after)
    except (ValueError, KeyError):  # the file has other columns now
        return [Difference("The row", change.before, change.after, [])]
    labels = {field.name: field.label for field in FIELDS[change.kind]}
    names = dict.fromkeys([*labels, *before, *after])
    rows = [
        Difference(labels.get(name, name), before.get(name, ""), after.get(name, ""), problems.get(name, []))
        for name in names
    ]
    return [row for row in rows if row.changed or row.problems]


def has_moved(change: PackChange, files: dict[str, bytes]) -> bool:
    """Whether the row is no longer as the draft found it."""
    return row_text(files, change.kind, change.key) != change.before
