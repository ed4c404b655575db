"""A place pack as a whole: every area reads its own files, and all are loaded together or not at all."""

import hashlib
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from ginnel.careers.commands import publish_roles, rebuild_engine
from ginnel.careers.pack import CareersPack, load_careers, read_careers
from ginnel.core.tables import BadPack, Problems
from ginnel.events.commands import record_event
from ginnel.partners.pack import PartnerRow, export_partners, load_partners, read_partners
from ginnel.places.models import PackFile, Place
from ginnel.places.pack import Ward, held_files, load_files, load_place, read_place, read_wards
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


def pack_digest(root: Path) -> str:
    """SHA-256 over the names and bytes of the pack's files: equal digests, equal packs."""
    digest = hashlib.sha256()
    for path, content in pack_files(root).items():
        digest.update(f"{path}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def loaded_digest() -> str:
    """The digest of the pack that is loaded, or an empty text; also where its files are not kept yet, so that it is loaded again."""
    if not PackFile.objects.exists():
        return ""
    return Place.objects.values_list("pack_digest", flat=True).first() or ""


def load_pack(root: Path) -> Pack:
    """
    Check the pack and make it the place this installation serves, in one transaction.

    :raises BadPack: if anything in it is wrong; then nothing was changed.
    """
    digest = pack_digest(root)
    pack = read_pack(root)
    if pack.problems:
        raise BadPack(sorted(pack.problems.found))
    with transaction.atomic():
        sources = load_sources(pack.sources)
        place = load_place(pack.place, pack.wards, digest=digest, at=timezone.now())
        load_files(pack_files(root))
        load_partners(pack.partners)
        load_careers(pack.careers, sources)
        publish_roles()
        record_event(
            "place.pack.loaded", by=None, about=place, roles=len(pack.careers.roles), steps=len(pack.careers.steps)
        )
    rebuild_engine()
    return pack


class CannotExport(Exception):
    """The pack was not written; the message says why and what to do."""


def export_pack(folder: Path) -> list[str]:
    """
    Write the loaded pack into an empty folder, and return the paths of the files that differ from what was loaded.

    A file in which nothing was changed here is written byte for byte. What was changed passes the pack's own checks first.

    :raises CannotExport: if no pack is held, or the folder is not empty.
    :raises BadPack: if what was changed here breaks the pack; then nothing is written.
    """
    held = held_files()
    if not held:
        raise CannotExport("No pack is held. Load one with `ginnel place load` first.")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CannotExport(f"{folder} is not an empty folder. Name one that is, or a new one.")
    with tempfile.TemporaryDirectory() as trial:
        _write(Path(trial), held)
        files = export_partners(held, read_pack(Path(trial)).partners)
        changed = [path for path in files if files[path] != held[path]]
        _write(Path(trial), {path: files[path] for path in changed})
        if changed and (problems := read_pack(Path(trial)).problems):
            raise BadPack(sorted(problems.found))
    _write(folder, files)
    return changed


def _write(folder: Path, files: dict[str, bytes]) -> None:
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
