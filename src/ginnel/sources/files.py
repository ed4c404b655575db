"""
Finding and opening the files an import was given, whatever they are packed in.

Nothing here trusts a file: sizes are checked while reading, not as a header states them, so an archive that swells to
gigabytes or a file of a gigabyte ends in a clear error and little memory.
"""

import codecs
import gzip
import hashlib
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, cast

MEGABYTE = 1_000_000
MAX_TEXT = 250 * MEGABYTE
MAX_GEOJSON = 100 * MEGABYTE
MAX_EXCEL_PACKED = 60 * MEGABYTE
MAX_EXCEL_PLAIN = 400 * MEGABYTE
MAX_MEMBERS = 500
HEAD = 64 * 1024
_CHUNK = 256 * 1024


class Unreadable(Exception):
    """A file cannot be read to its end, or is not what it says."""

    def __init__(self, what: str, remedy: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.remedy = remedy


@dataclass(slots=True)
class InputFile:
    """One file to look at: on disk, unpacked from gzip, or one member of a zip archive."""

    name: str
    path: Path
    member: str = ""
    explicit: bool = False
    head: bytes = b""
    kind: str = "text"
    encoding: str = "utf-8-sig"
    sha256: str = ""
    size: int = 0
    _gzip: bool = field(default=False)

    def open(self) -> IO[bytes]:
        """The file's own bytes, unpacked."""
        if self.member:
            archive = zipfile.ZipFile(self.path)
            member = archive.open(self.member)
            archive.close()  # the member keeps the shared file handle open until it is closed itself
            return member
        if self._gzip:
            return cast(IO[bytes], gzip.open(self.path, "rb"))
        return self.path.open("rb")

    def sniff(self) -> None:
        """Read the first 64 kB and tell text from Excel and from everything else."""
        try:
            with self.open() as stream:
                head = stream.read(HEAD)
                while stream and 0 < len(head) < HEAD and (more := stream.read(HEAD - len(head))):
                    head += more
        except (OSError, EOFError, zlib.error, zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
            raise Unreadable(_packing_trouble(error), "Download it again") from error
        self.head = head
        if head.startswith(b"PK\x03\x04"):
            self.kind = "excel"
        elif head.startswith((b"\xff\xfe", b"\xfe\xff")):
            self.kind = "utf-16"
        elif b"\x00" in head:
            self.kind = "binary"

    def check(self, limit: int, progress: Callable[[int], None]) -> None:
        """
        Read the file once through: its size against `limit`, its digest, and whether it is UTF-8 or Windows-1252.

        :raises Unreadable: if it is too large, cut short, or not text.
        """
        digest, size, utf8 = hashlib.sha256(), 0, True
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            with self.open() as stream:
                while chunk := stream.read(_CHUNK):
                    size += len(chunk)
                    if size > limit:
                        raise Unreadable(
                            f"It is larger than {limit // MEGABYTE} MB when unpacked, the most Ginnel reads",
                            "Cut it to the areas you serve, or import the publisher's parts one by one",
                        )
                    digest.update(chunk)
                    progress(len(chunk))
                    if self.kind != "text":
                        continue
                    if b"\x00" in chunk:
                        raise Unreadable("It holds zero bytes, so it is not a text file", "Download it again")
                    if utf8:
                        try:
                            decoder.decode(chunk)
                        except UnicodeDecodeError:
                            utf8 = False
            if utf8 and self.kind == "text":
                try:
                    decoder.decode(b"", True)
                except UnicodeDecodeError as error:
                    raise Unreadable("It ends in the middle of a letter: cut short?", "Download it again") from error
        except (OSError, EOFError, zlib.error, zipfile.BadZipFile, RuntimeError) as error:
            raise Unreadable(_packing_trouble(error), "Download it again") from error
        self.sha256, self.size = digest.hexdigest(), size
        self.encoding = "utf-8-sig" if utf8 else "cp1252"

    def text(self) -> io.TextIOWrapper:
        """The file as text, with its own line ends (cells may hold some)."""
        return io.TextIOWrapper(self.open(), encoding=self.encoding, newline="")


def _packing_trouble(error: BaseException) -> str:
    if isinstance(error, EOFError):
        return "It is cut short: the packed file ends too early"
    if isinstance(error, RuntimeError):
        return "It is locked with a password"
    if isinstance(error, PermissionError):
        return "It may not be read by this user"
    return f"It cannot be unpacked or read ({type(error).__name__}: it may be damaged or cut short)"


def find_files(paths: list[Path]) -> Iterator[InputFile | tuple[str, Unreadable]]:
    """Every file under the given paths, sorted; zip archives opened. What cannot be opened comes with its reason."""
    for path in paths:
        if path.is_dir():
            found = sorted(
                entry
                for entry in path.rglob("*")
                if entry.is_file() and not any(part.startswith(".") for part in entry.relative_to(path).parts)
            )
            for entry in found:
                yield from _open(entry, str(entry.relative_to(path.parent)), explicit=False)
        elif path.is_file():
            yield from _open(path, path.name, explicit=True)
        elif path.exists():
            yield str(path), Unreadable("It is neither a file nor a folder")
        else:
            yield (str(path), Unreadable("There is no such file or folder", "Check the path"))


def _open(path: Path, name: str, *, explicit: bool) -> Iterator[InputFile | tuple[str, Unreadable]]:
    try:
        with path.open("rb") as stream:
            first = stream.read(4)
    except OSError as error:
        yield name, Unreadable(_packing_trouble(error))
        return
    if first.startswith(b"PK\x03\x04"):
        yield from _open_zip(path, name, explicit=explicit)
        return
    file = InputFile(name=name, path=path, explicit=explicit, _gzip=first.startswith(b"\x1f\x8b"))
    try:
        file.sniff()
    except Unreadable as error:
        yield name, error
        return
    yield file


def _open_zip(path: Path, name: str, *, explicit: bool) -> Iterator[InputFile | tuple[str, Unreadable]]:
    try:
        with zipfile.ZipFile(path) as archive:
            members = [info for info in archive.infolist() if not info.is_dir()]
    except (zipfile.BadZipFile, OSError, NotImplementedError) as error:
        yield name, Unreadable(_packing_trouble(error), "Download it again")
        return
    if any(info.filename == "xl/workbook.xml" for info in members):
        yield _excel(path, name, members, explicit=explicit)
        return
    if len(members) > MAX_MEMBERS:
        yield (name, Unreadable(f"It holds {len(members):,} files; Ginnel reads archives of up to {MAX_MEMBERS}"))
        return
    for info in sorted(members, key=lambda info: info.filename):
        file = InputFile(name=f"{name}:{info.filename}", path=path, member=info.filename)
        try:
            file.sniff()
        except Unreadable as error:
            yield file.name, error
            continue
        if file.kind == "excel" and not (b"[Content_Types].xml" in file.head or b"xl/" in file.head):
            file.kind = "binary"  # an archive in an archive: to be given on its own
        yield file


def _excel(
    path: Path, name: str, members: list[zipfile.ZipInfo], *, explicit: bool
) -> InputFile | tuple[str, Unreadable]:
    plain = sum(info.file_size for info in members)
    if path.stat().st_size > MAX_EXCEL_PACKED or plain > MAX_EXCEL_PLAIN:
        return name, Unreadable(
            f"This Excel file unpacks to {plain // MEGABYTE:,} MB; Ginnel reads up to {MAX_EXCEL_PLAIN // MEGABYTE} MB",
            "Save the sheet that is wanted as CSV",
        )
    return InputFile(name=name, path=path, explicit=explicit, kind="excel")
