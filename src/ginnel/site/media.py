"""Pictures and films that editors uploaded, as browsers ask for them."""

import mimetypes
import re
from collections.abc import Iterator
from typing import IO

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

# What may be read by anyone. Originals stay where they are (they may carry where a picture was taken), and downloads have an
# address of their own, which asks whether the person may have them.
PUBLIC = re.compile(r"(images|films|captions)/[\w.-]+")
TYPES = {".vtt": "text/vtt; charset=utf-8", ".avif": "image/avif", ".webp": "image/webp"}
_RANGE = re.compile(r"bytes=(\d*)-(\d*)")
_PIECE = 64 * 1024


@require_safe
@cache_control(public=True, max_age=30 * 24 * 3600)
def media(request: HttpRequest, name: str) -> HttpResponseBase:
    """One file, whole or the one range a player asks for. Names change with their content, so browsers may keep them."""
    if not PUBLIC.fullmatch(name):
        raise Http404
    try:
        file = default_storage.open(name)
        size = default_storage.size(name)
    except (FileNotFoundError, SuspiciousFileOperation) as error:
        raise Http404 from error
    ending = "." + name.rpartition(".")[2].lower()
    kind = TYPES.get(ending) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    asked = _RANGE.fullmatch(request.headers.get("Range", ""))
    response: HttpResponseBase
    if asked and any(asked.groups()):
        response = _part(file, size, asked[1], asked[2])
    else:
        response = FileResponse(file)
        response["Content-Length"] = str(size)
    response["Content-Type"] = kind
    response["Accept-Ranges"] = "bytes"
    # Nothing uploaded may run as a page of ours.
    response._csp_config = {"default-src": ["'none'"], "sandbox": True}  # type: ignore[attr-defined]
    return response


def _part(file: IO[bytes], size: int, first: str, last: str) -> HttpResponseBase:
    """The bytes from `first` to `last`; without `first`, so many of the end."""
    start = int(first) if first else max(0, size - int(last))
    end = min(int(last), size - 1) if first and last else size - 1
    if start > end:
        file.close()
        refused = HttpResponse(status=416)
        refused["Content-Range"] = f"bytes */{size}"
        return refused
    file.seek(start)
    response = StreamingHttpResponse(_read(file, end - start + 1), status=206)
    response["Content-Range"] = f"bytes {start}-{end}/{size}"
    response["Content-Length"] = str(end - start + 1)
    return response


def _read(file: IO[bytes], left: int) -> Iterator[bytes]:
    with file:
        while left and (piece := file.read(min(left, _PIECE))):
            left -= len(piece)
            yield piece
