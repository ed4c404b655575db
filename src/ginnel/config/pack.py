"""A place pack as a whole: every area reads its own files, and all are loaded together or not at all."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from ginnel.careers.commands import publish_roles, rebuild_engine
from ginnel.careers.pack import CareersPack, load_careers, read_careers
from ginnel.core.tables import BadPack, Problems
from ginnel.events.commands import record_event
from ginnel.partners.pack import PartnerRow, load_partners, read_partners
from ginnel.places.models import Place
from ginnel.places.pack import Ward, load_place, read_place, read_wards
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


def pack_digest(root: Path) -> str:
    """SHA-256 over the names and bytes of the pack's files: equal digests, equal packs."""
    digest = hashlib.sha256()
    for path in sorted(path for path in root.rglob("*") if path.is_file()):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(root).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def loaded_digest() -> str:
    """The digest of the pack that is loaded, or an empty text."""
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
        load_partners(pack.partners)
        load_careers(pack.careers, sources)
        publish_roles()
        record_event(
            "place.pack.loaded", by=None, about=place, roles=len(pack.careers.roles), steps=len(pack.careers.steps)
        )
    rebuild_engine()
    return pack
