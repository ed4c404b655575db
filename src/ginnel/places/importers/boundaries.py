"""Boundaries from the ONS Open Geography Portal: GeoJSON in degrees (WGS84)."""

import json
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from ginnel.places.importers.scope import OUTSIDE, authorities, kind_of
from ginnel.places.models import Area
from ginnel.sources.files import MAX_GEOJSON
from ginnel.sources.importing import OS_LINES, Held, Importer, Match, Publication, Run, Sample, TableReader

PORTAL = "https://geoportal.statistics.gov.uk/"
_PROPERTIES = re.compile(r'"properties"\s*:\s*(\{[^{}]*\})')
DIGITS = 5  # about a metre
WEST, EAST, SOUTH, NORTH = -9.0, 2.5, 49.0, 61.5


class Boundaries(Importer):
    """One kind of area; `code` and `name` are patterns of property names, `year` is in them."""

    order = 100
    limit = MAX_GEOJSON

    def __init__(self, kind: str, title: str, code: str, name: str) -> None:
        self.name = f"boundaries.{kind}"
        self.kind, self.title = kind, title
        self.code, self.label = re.compile(code, re.IGNORECASE), re.compile(name, re.IGNORECASE)

    def match(self, sample: Sample) -> Match | None:
        if '"FeatureCollection"' not in sample.text[:2000]:
            return None
        for found in _PROPERTIES.finditer(sample.text):  # the first may be the coordinate system's
            try:
                names = tuple(json.loads(found[1]))
            except ValueError:
                continue
            code = next((name for name in names if self.code.fullmatch(name)), None)
            label = next((name for name in names if self.label.fullmatch(name)), None)
            if code and label and not self._of_smaller_areas(names):
                return Match("geojson", (code, label))
        return None

    def _of_smaller_areas(self, names: tuple[str, ...]) -> bool:
        """A ward's outline also names its authority: that does not make it an authority's outline."""
        return self.kind == Area.Kind.AUTHORITY and any(
            re.match(r"(LSOA|MSOA|WD|ward)\d\d", name, re.IGNORECASE) for name in names
        )

    def source_of(self, match: Match) -> Publication:
        year = re.search(r"\d\d", match.header[0])
        return Publication(
            slug=f"ons-boundaries-{self.kind}",
            title=f"{self.title} boundaries, generalised",
            publisher="Office for National Statistics, Open Geography Portal",
            url=PORTAL,
            attribution=OS_LINES,
            vintage=f"20{year[0]}" if year else "",
        )

    def read(self, table: TableReader, run: Run) -> None:
        covered: set[str] = set()

        def complete_for(held: Held) -> bool:
            return held.values[1] in covered

        areas = run.sheet(
            f"areas {self.kind}",
            Area,
            ("code",),
            ("name", "authority_code", "latitude", "longitude", "boundary"),
            1,
            scope={"kind": self.kind},
            fixed={"kind": self.kind},
            owns=complete_for,
        )
        code_name, label_name = table.match.header
        wanted = authorities(run)
        for row, feature in self._features(table):
            properties, geometry = (feature.get("properties") or {}, feature.get("geometry") or {})
            code, label = (str(properties.get(code_name) or ""), str(properties.get(label_name) or ""))
            if self.kind not in {kind_of(code), kind_of(code, Area.Kind.LSOA11)}:
                table.refuse(row, code_name, f"{code[:20]!r} is not the code of such an area", "Download it again")
                continue
            authority = code if self.kind == Area.Kind.AUTHORITY else _authority(properties)
            if self.kind != Area.Kind.AUTHORITY and wanted and authority and authority not in wanted:
                table.leave_out(OUTSIDE)
                continue
            if trouble := _trouble(geometry):
                table.refuse(row, "geometry", trouble, "Choose GeoJSON in WGS84 (EPSG:4326) when downloading")
                continue
            boundary = {"type": geometry["type"], "coordinates": _rounded(geometry)}
            longitude, latitude = _centre(boundary)
            if isinstance(properties.get("LAT"), float) and isinstance(properties.get("LONG"), float):
                longitude, latitude = properties["LONG"], properties["LAT"]
            covered.add(authority)
            areas.put(
                (code,), (label.strip(), authority, round(latitude, 6), round(longitude, 6), boundary), table, row
            )

    def _features(self, table: TableReader) -> Iterator[tuple[int, dict[str, Any]]]:
        """One feature at a time: a national file as Python objects would not fit the memory Ginnel is given."""
        decoder = json.JSONDecoder()
        with table.file.text() as stream:
            text = stream.read()
        start = re.search(r'"features"\s*:\s*\[', text)
        place, row = (start.end() if start else len(text)), 0
        while True:
            gap = _GAP.match(text, place)
            place = gap.end() if gap else place
            if text[place : place + 1] == "]":
                return
            row += 1
            try:
                feature, place = decoder.raw_decode(text, place)
            except ValueError:
                feature = None
            if not isinstance(feature, dict):
                table.refuse(row, "", "The GeoJSON ends or breaks here", "Download it again: it may be cut short")
                return
            table.counts.read += 1
            yield row, feature


_GAP = re.compile(r"[\s,]*")


def _authority(properties: dict[str, Any]) -> str:
    for name in (
        "LADCD_ACTIVE",
        *(key for key in properties if re.fullmatch(r"(LAD|LTLA)\d\d(CD|_code)", key, re.IGNORECASE)),
    ):
        if kind_of(str(properties.get(name) or "")) == Area.Kind.AUTHORITY:
            return str(properties[name])
    return ""


def _polygons(geometry: dict[str, Any]) -> list[Any]:
    return [geometry["coordinates"]] if geometry["type"] == "Polygon" else list(geometry["coordinates"])


def _trouble(geometry: dict[str, Any]) -> str:
    """Why a geometry cannot be used; empty if it can."""
    if geometry.get("type") not in {"Polygon", "MultiPolygon"} or not geometry.get("coordinates"):
        return "It has no polygon"
    try:
        for polygon in _polygons(geometry):
            for ring in polygon:
                if len(ring) < 4:
                    return "A ring of its outline has fewer than four points"
                for x, y, *_ in ring:
                    if not (WEST <= x <= EAST and SOUTH <= y <= NORTH):
                        return f"The point {x}, {y} is not in Britain in degrees"
    except (TypeError, ValueError):
        return "Its coordinates are not pairs of numbers"
    return ""


def _rounded(geometry: dict[str, Any]) -> list[Any]:
    polygons = [[_ring(ring) for ring in polygon] for polygon in _polygons(geometry)]
    return polygons[0] if geometry["type"] == "Polygon" else polygons


def _ring(points: list[Any]) -> list[list[float]]:
    """A ring to a metre, without the points that fall together, unless too few would be left."""
    rounded = [[round(x, DIGITS), round(y, DIGITS)] for x, y, *_ in points]
    kept = [point for place, point in enumerate(rounded) if place == 0 or point != rounded[place - 1]]
    return kept if len(kept) >= 4 else rounded


def _centre(geometry: dict[str, Any]) -> tuple[float, float]:
    """Centre of gravity of the outer rings (plane geometry: areas are small)."""
    total = x_sum = y_sum = 0.0
    for polygon in _polygons(geometry):
        ring = polygon[0]
        for (x0, y0), (x1, y1) in pairwise(ring):
            cross = x0 * y1 - x1 * y0
            total += cross
            x_sum += (x0 + x1) * cross
            y_sum += (y0 + y1) * cross
    if not total:
        first = _polygons(geometry)[0][0][0]
        return first[0], first[1]
    return x_sum / (3 * total), y_sum / (3 * total)


IMPORTERS: tuple[Importer, ...] = (
    Boundaries(
        Area.Kind.LSOA21, "Lower layer Super Output Areas (2021)", "LSOA21CD|lsoa21_code", "LSOA21NM|lsoa21_name"
    ),
    Boundaries(
        Area.Kind.LSOA11, "Lower layer Super Output Areas (2011)", "LSOA11CD|lsoa11_code", "LSOA11NM|lsoa11_name"
    ),
    Boundaries(
        Area.Kind.MSOA21, "Middle layer Super Output Areas (2021)", "MSOA21CD|msoa21_code", "MSOA21NM|msoa21_name"
    ),
    Boundaries(Area.Kind.WARD, "Wards", r"WD\d\dCD|ward\d\d_code", r"WD\d\dNM|ward\d\d_name"),
    Boundaries(
        Area.Kind.AUTHORITY,
        "Local authority districts",
        r"(?:LAD|LTLA)\d\d(?:CD|_code)",
        r"(?:LAD|LTLA)\d\d(?:NM|_name)",
    ),
)
