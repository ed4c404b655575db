"""What an import's source is, and the licence lines publishers ask for."""

from dataclasses import dataclass

OGL = "Open Government Licence v3.0"
OGL_LINE = "Contains public sector information licensed under the Open Government Licence v3.0."
OS_LINES = (
    f"{OGL_LINE} Contains OS data © Crown copyright and database right. "
    "Contains Royal Mail data © Royal Mail copyright and database right."
)


@dataclass(frozen=True, slots=True)
class Publication:
    """What an importer's source is; becomes a `Source` row. `{vintage}` in the attribution is filled in."""

    slug: str
    title: str
    publisher: str
    url: str
    licence: str = OGL
    attribution: str = OGL_LINE
    vintage: str = ""
