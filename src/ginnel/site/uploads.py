"""What a file must be before we keep it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.deconstruct import deconstructible

MOST_FILM_BYTES = 60 * 1024 * 1024
MOST_CAPTION_BYTES = 512 * 1024
_BEGINNINGS = {"mp4": (4, b"ftyp"), "webm": (0, b"\x1aE\xdf\xa3")}


@deconstructible
class _CheckFilm:
    def __call__(self, file: Any) -> None:
        if file.size > MOST_FILM_BYTES:
            raise ValidationError("This film is larger than 60 MB. Make it shorter, or save it with a lower bit rate.")
        start, signature = _BEGINNINGS.get(file.name.rpartition(".")[2].lower(), (0, b""))
        if _head(file, start + len(signature))[start:] != signature:
            raise ValidationError("This is not a film of that kind, whatever its name says.")


@deconstructible
class _CheckCaptions:
    def __call__(self, file: Any) -> None:
        if file.size > MOST_CAPTION_BYTES:
            raise ValidationError("Captions this large are a mistake: at most 512 kB.")
        file.seek(0)
        content = file.read()
        file.seek(0)
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise ValidationError("Save the captions as UTF-8.") from None
        if not text.startswith("WEBVTT") or "-->" not in text:
            raise ValidationError("These are not WebVTT captions: the file begins with WEBVTT and has times with -->.")


def _head(file: Any, size: int) -> bytes:
    file.seek(0)
    head: bytes = file.read(size)
    file.seek(0)
    return head


check_film, check_captions = _CheckFilm(), _CheckCaptions()
