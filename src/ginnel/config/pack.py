"""A place pack as a whole: every area reads its own files, and all are loaded together or not at all."""

import hashlib
import tempfile
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any

from django.db import transaction
from django.utils import timezone

from ginnel.careers.commands import publish_roles, rebuild_engine
from ginnel.careers.pack import CareersPack, load_careers, read_careers
from ginnel.config.changes.text import row_text
from ginnel.core.tables import BadPack, Problems
from ginnel.events.commands import record_event
from ginnel.partners.pack import PartnerRow, export_partners, load_partners, read_partners
from ginnel.places.models import PackFile, Place
from ginnel.places.pack import Ward, held_files, load_files, load_place, read_place, read_wards
from ginnel.places.queries import forget_place
from ginnel.site.models import PackChange
from ginnel.sources.pack import SourceRow, load_sources, read_sources


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack that was read. To be loaded only if `problems` is empty."""

    place: dict[str, Any]
    wards: list[Ward]
    sources: dict[str, SourceRow]
    partners: dict[str, PartnerRow]
    careers: CareersPack
    problems: Problems
    own_words: tuple[str, ...] = ()
    """Once loaded: what organisations say themselves, and the pack otherwise."""


def read_pack(root: Path) -> Pack:
    """Read every file of the pack, and note all that is wrong with it."""
    problems = Problems()
    sources = read_sources(root, problems)
    pack = Pack(
        read_place(root, problems),
        read_wards(root, problems),
        sources,
        read_partners(root, problems),
        read_careers(root, sources, problems),
        problems,
    )
    problems.drop_consequences()
    return pack


def pack_files(root: Path) -> dict[str, bytes]:
    """Every file of the folder by its path from there."""
    paths = sorted(path for path in root.rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in paths}


def read_files(files: dict[str, bytes]) -> Pack:
    """Read a pack that is held as files by path, as `read_pack` reads a folder."""
    with tempfile.TemporaryDirectory() as folder:
        _write(Path(folder), files)
        return read_pack(Path(folder))


def digest_of(files: dict[str, bytes]) -> str:
    """SHA-256 over the names and bytes of a pack's files: equal digests, equal packs."""
    digest = hashlib.sha256()
    for path in sorted(files, key=PurePosixPath):
        digest.update(f"{path}\0{len(files[path])}\0".encode())
        digest.update(files[path])
    return digest.hexdigest()


def pack_digest(root: Path) -> str:
    """The digest of the pack in a folder."""
    return digest_of(pack_files(root))


def loaded_digest() -> str:
    """The digest of the pack that is loaded, or an empty text; also where its files are not kept yet, so that it is loaded again."""
    if not PackFile.objects.exists():
        return ""
    return Place.objects.values_list("pack_digest", flat=True).first() or ""


def is_loaded(root: Path) -> bool:
    """Whether just this folder was loaded last. What was published in the office since then stays: it is younger than the folder."""
    loaded = loaded_digest()
    return bool(loaded) and pack_digest(root) in {
        loaded,
        Place.objects.values_list("folder_digest", flat=True).first(),
    }


class WouldLose(Exception):
    """The pack was not loaded: `rows` says which rows, published in the office, it has otherwise."""

    def __init__(self, rows: list[str]):
        self.rows = rows
        super().__init__(f"{len(rows)} changes made in the office are not in this folder: {', '.join(rows)}")


def load_pack(root: Path, *, discard_office_changes: bool = False) -> Pack:
    """
    Check the pack and make it the place this installation serves, in one transaction.

    :raises BadPack: if anything in it is wrong; then nothing was changed.
    :raises WouldLose: if rows were published in the office that this pack has otherwise, unless they are to be discarded.
    """
    files, at = pack_files(root), timezone.now()
    digest, pack = digest_of(files), read_pack(root)
    if pack.problems:
        raise BadPack(sorted(pack.problems.found))
    with transaction.atomic():
        if not discard_office_changes and (rows := rows_only_in_office(files)):
            raise WouldLose(rows)
        place, own = put_in_place(pack, files, digest=digest, at=at)
        Place.objects.filter(pk=place.pk).update(folder_digest=digest)
        PackChange.objects.only_here().update(in_folder=True)
        record_event(
            "place.pack.loaded", by=None, about=place, roles=len(pack.careers.roles), steps=len(pack.careers.steps)
        )
    rebuild_engine()
    return replace(pack, own_words=tuple(own))


def put_in_place(pack: Pack, files: dict[str, bytes], *, digest: str, at: datetime) -> tuple[Place, list[str]]:
    """
    Write a pack without mistakes into every area's tables. Call inside a transaction, and `rebuild_engine` after it.

    Also returns what was left as organisations say it themselves.
    """
    sources = load_sources(pack.sources)
    place = load_place(pack.place, pack.wards, digest=digest, at=at)
    load_files(files)
    own = load_partners(pack.partners, at=at)
    load_careers(pack.careers, sources)
    publish_roles()
    transaction.on_commit(forget_place)  # what this process read meanwhile was the place before
    return place, own


def rows_only_in_office(files: dict[str, bytes]) -> list[str]:
    """Rows published in the office since the last load of a folder that these files have otherwise."""
    held = held_files()
    rows = dict.fromkeys(PackChange.objects.only_here().order_by("pk").values_list("kind", "key"))
    return [f"{kind} {key}" for kind, key in rows if row_text(files, kind, key) != row_text(held, kind, key)]


def current_files(held: dict[str, bytes] | None = None) -> dict[str, bytes]:
    """The pack as it is now: the files that are held, with what partners changed of their own lines since."""
    held = held_files() if held is None else held
    if "organisations.csv" not in held:
        return held
    with tempfile.TemporaryDirectory() as folder:
        _write(Path(folder), {"organisations.csv": held["organisations.csv"]})
        rows = read_partners(Path(folder), Problems())
    return export_partners(held, rows)


class CannotExport(Exception):
    """The pack was not written; the message says why and what to do."""


def export_pack(folder: Path) -> list[str]:
    """
    Write the loaded pack into an empty folder, and return the paths of the files that differ from the folder loaded last.

    A file in which nothing was changed here is written byte for byte. What was changed passes the pack's own checks first.

    :raises CannotExport: if no pack is held, or the folder is not empty.
    :raises BadPack: if what was changed here breaks the pack; then nothing is written.
    """
    held = held_files()
    if not held:
        raise CannotExport("No pack is held. Load one with `ginnel place load` first.")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CannotExport(f"{folder} is not an empty folder. Name one that is, or a new one.")
    files = current_files(held)
    changed = [path for path in files if files[path] != held[path]]
    if changed and (problems := read_files(files).problems):
        raise BadPack(sorted(problems.found))
    _write(folder, files)
    return sorted({*changed, *PackChange.objects.only_here().values_list("file", flat=True)})


def _write(folder: Path, files: dict[str, bytes]) -> None:
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
