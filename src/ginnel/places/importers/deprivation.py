"""The English indices of deprivation 2019 and 2025, by LSOA: the publisher's CSV or Excel, or short column names."""

import re
from dataclasses import dataclass

from ginnel.places.importers.scope import CODE, authority_of
from ginnel.places.models import Deprivation
from ginnel.sources.importing import Held, Importer, Match, Publication, Run, Sample, TableReader

# Every LSOA of England: a file with all of them is complete; a shorter one only for the authorities it touches.
AREAS = {2019: 32_844, 2025: 33_755}
_DOMAINS = (
    ("income", r"income"),
    ("employment", r"employment"),
    ("education", r"education(, skills and training)?"),
    ("health", r"health( deprivation and disability)?"),
    ("crime", r"crime"),
    ("housing", r"barriers to housing and services|housing_and_(access|services)"),
    ("environment", r"living environment|environment"),
)
_IMD = r"(index of multiple deprivation \(imd\)|imd)"
_CODES = {"lsoa11_code": 2019, "lsoa code (2011)": 2019, "lsoa21_code": 2025, "lsoa code (2021)": 2025}


@dataclass(frozen=True, slots=True)
class _Layout:
    year: int
    code: str
    decile: str
    rank: str
    score: str
    authority: str
    domains: tuple[tuple[str, str], ...]


def _layout(header: tuple[str, ...]) -> _Layout | None:
    def column(stem: str, part: str) -> str:
        pattern = re.compile(rf"({stem})[ _]{part}( \(.*\))?")
        return next((name for name in header if pattern.fullmatch(name)), "")

    code = next((name for name in header if name in _CODES), "")
    decile, rank, score = (column(_IMD, part) for part in ("decile", "rank", "score"))
    domains = tuple((name, found) for name, stem in _DOMAINS if (found := column(stem, "decile")))
    authority = next((name for name in header if name.startswith("local authority district code")), "")
    if not (code and decile and rank) or "2013" in authority:  # 2013 districts mark the indices of 2015
        return None
    if not domains and not authority:
        return None
    return _Layout(_CODES[code], code, decile, rank, score, authority, domains)


class Indices(Importer):
    """One edition. 2019 joins only LSOA 2011 codes, 2025 only LSOA 2021 codes."""

    order = 120

    def __init__(self, year: int) -> None:
        self.year = year
        self.name = f"imd.{year}"
        self.publication = Publication(
            slug=f"imd-{year}",
            title=f"English indices of deprivation {year}",
            publisher="Ministry of Housing, Communities and Local Government",
            url=f"https://www.gov.uk/government/statistics/english-indices-of-deprivation-{year}",
            vintage=str(year),
        )

    def match(self, sample: Sample) -> Match | None:
        for dialect in self.dialects:
            for sheet, rows in sample.tables(dialect):
                for number, row in enumerate(rows):
                    header = tuple(" ".join(cell.split()).casefold() for cell in row)
                    layout = _layout(header)
                    if layout and layout.year == self.year:
                        return Match(dialect, header, number, sheet)
        return None

    def read(self, table: TableReader, run: Run) -> None:
        layout = _layout(table.columns)
        assert layout
        last = AREAS[self.year]
        covered: set[str] = run.once(f"{self.name} covered", set)
        of_area: dict[str, str] = run.once(f"{self.name} authorities", dict)
        everything: list[bool] = run.once(f"{self.name} whole", list)

        def complete_for(held: Held) -> bool:
            if everything:
                return True
            return (of_area.get(held.key[0]) or authority_of(run).get(held.key[0], "-")) in covered

        sheet = run.sheet(
            f"deprivation {self.year}",
            Deprivation,
            ("area_code",),
            ("decile", "rank", "score", "domains"),
            3,
            scope={"index_year": self.year},
            fixed={"index_year": self.year},
            owns=complete_for,
        )
        kept = 0
        columns = (layout.code, layout.decile, layout.rank, *(column for _, column in layout.domains))
        optional = (layout.score or "-", layout.authority or "-")
        for row, (code, decile_text, rank_text, *more) in table.rows(*columns, optional=optional):
            *domain_texts, score_text, authority = more
            if not CODE.fullmatch(code) or code[1:3] != "01":
                what = f"{code[:20]!r} is not the code of an LSOA"
                table.refuse(row, layout.code, what, "Codes are like E01011264: download the file again")
                continue
            decile = table.whole(row, layout.decile, decile_text, 1, 10)
            rank = table.whole(row, layout.rank, rank_text, 1, last)
            if decile is None or rank is None:
                continue
            if abs(decile - rank * 10 / last) > 1.01:  # rank 1 is the most deprived, decile 1 too
                what = f"Rank {rank} cannot be in decile {decile}"
                table.refuse(row, layout.decile, what, "Check that no columns are swapped")
                continue
            domains: dict[str, int] = {}
            for (name, column), text in zip(layout.domains, domain_texts, strict=True):
                value = table.whole(row, column, text, 1, 10)
                if value is None:
                    break
                domains[name] = value
            if len(domains) < len(layout.domains):
                continue
            score = None
            if score_text and (score := table.number(row, layout.score, score_text, 0, 100)) is None:
                continue
            kept += 1
            if authority:
                of_area[code] = authority
            covered.add(authority or authority_of(run).get(code, ""))
            sheet.put((code,), (decile, rank, score, domains), table, row)
        covered.discard("")
        if kept >= last:
            everything.append(True)


IMPORTERS: tuple[Importer, ...] = (Indices(2019), Indices(2025))
