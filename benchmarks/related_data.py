"""Reads the shared publishers' files straight into records. For benchmarks only: Ginnel itself imports to its database."""

from __future__ import annotations

import csv
import gzip
import os
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from ginnel.careers.model.records import LEVEL_SUFFIX, OccupationRecord

csv.field_size_limit(10_000_000)
RIASEC = ("1.B.1.a", "1.B.1.b", "1.B.1.c", "1.B.1.d", "1.B.1.e", "1.B.1.f")


def careers_folder() -> Path:
    """Folder of the shared careers files; ``GINNEL_SHARED`` names its root, else ``../shared/data``."""
    return Path(os.environ.get("GINNEL_SHARED", "../shared/data")) / "careers"


def rows(path: Path, *, delimiter: str = ",") -> Iterator[dict[str, str]]:
    """Rows of a CSV or TSV file, gzipped or not."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8", newline="") as handle:
        quoting = csv.QUOTE_NONE if delimiter == "\t" else csv.QUOTE_MINIMAL
        yield from csv.DictReader(handle, delimiter=delimiter, quoting=quoting)


def onet_records(folder: Path) -> list[OccupationRecord]:
    """All O*NET-SOC occupations, rated or not."""

    def tsv(name: str) -> Iterator[dict[str, str]]:
        return rows(folder / "onet" / f"{name}.tsv.gz", delimiter="\t")

    titles: dict[str, list[str]] = defaultdict(list)
    tasks: dict[str, list[str]] = defaultdict(list)
    activities: dict[str, dict[str, None]] = defaultdict(dict)
    rated: dict[str, dict[str, dict[str, float]]] = {name: defaultdict(dict) for name in ("skills", "knowledge")}
    interests: dict[str, dict[str, float]] = defaultdict(dict)
    for row in tsv("alternate_titles"):
        titles[row["O*NET-SOC Code"]] += [t for t in (row["Alternate Title"], row["Short Title"]) if t and t != "n/a"]
    for row in tsv("task_statements"):
        tasks[row["O*NET-SOC Code"]].append(row["Task"])
    for row in tsv("tasks_to_dwas"):
        activities[row["O*NET-SOC Code"]][row["DWA ID"]] = None
    for name, found in rated.items():
        for row in tsv(name):
            suffix = LEVEL_SUFFIX if row["Scale ID"] == "LV" else ""
            found[row["O*NET-SOC Code"]][row["Element ID"] + suffix] = float(row["Data Value"])
    for row in tsv("interests"):
        if row["Scale ID"] == "OI":
            interests[row["O*NET-SOC Code"]][row["Element ID"]] = float(row["Data Value"])
    zones = {row["O*NET-SOC Code"]: int(row["Job Zone"]) for row in tsv("job_zones")}
    return [
        OccupationRecord(
            scheme="onet",
            code=code,
            title=row["Title"],
            description=row["Description"],
            alt_titles=tuple(titles[code]),
            tasks=tuple(tasks[code]),
            activities=tuple(activities[code]),
            skills=rated["skills"][code],
            knowledge=rated["knowledge"][code],
            interests=tuple(interests[code][element] for element in RIASEC) if interests[code] else (),
            preparation=zones.get(code, 0),
        )
        for row in tsv("occupation_data")
        for code in [row["O*NET-SOC Code"]]
    ]


def esco_records(folder: Path) -> list[OccupationRecord]:
    """All ESCO occupations with their essential and optional skills."""
    skills: dict[str, dict[str, float]] = defaultdict(dict)
    knowledge: dict[str, dict[str, float]] = defaultdict(dict)
    for row in rows(folder / "esco" / "occupationSkillRelations.csv.gz"):
        into = knowledge if row["skillType"] == "knowledge" else skills
        into[row["occupationUri"]][row["skillUri"]] = 1.0 if row["relationType"] == "essential" else 0.5
    return [
        OccupationRecord(
            scheme="esco",
            code=row["conceptUri"],
            title=row["preferredLabel"],
            description=row["description"],
            alt_titles=tuple(filter(None, row["altLabels"].split("\n"))),
            skills=skills[row["conceptUri"]],
            knowledge=knowledge[row["conceptUri"]],
        )
        for row in rows(folder / "esco" / "occupations_en.csv.gz")
    ]


def ncs_records(folder: Path) -> list[OccupationRecord]:
    """National Careers Service job profiles; they carry no ratings, so only words and tasks."""
    return [
        OccupationRecord(
            scheme="ncs",
            code=row["url"].rsplit("/", 1)[-1],
            title=row["title"],
            description=row["description"],
            tasks=tuple(part.strip() for part in row["day_to_day_tasks"].split(" ; ") if part.strip()),
        )
        for row in rows(folder / "ncs" / "job_profiles.csv")
    ]


def all_records() -> list[OccupationRecord]:
    """Every scheme in the shared files: 829 NCS, 1,016 O*NET, 3,007 ESCO."""
    folder = careers_folder()
    return [*ncs_records(folder), *onet_records(folder), *esco_records(folder)]


def domain_texts(folder: Path) -> list[str]:
    """Distinct titles, tasks, activities, descriptions and skill names of every file: what the table is fitted on."""
    texts: dict[str, None] = {}
    for record in [*ncs_records(folder), *onet_records(folder), *esco_records(folder)]:
        texts.update(dict.fromkeys((record.title, record.description, *record.alt_titles, *record.tasks)))
    for row in rows(folder / "onet" / "dwa_reference.tsv.gz", delimiter="\t"):
        texts.update(dict.fromkeys((row["DWA Title"], row["IWA Title"])))
    for row in rows(folder / "onet" / "content_model_reference.tsv.gz", delimiter="\t"):
        texts.update(dict.fromkeys((row["Element Name"], row["Description"])))
    for row in rows(folder / "esco" / "skills_en.csv.gz"):
        texts.update(dict.fromkeys((row["preferredLabel"], row["description"], *row["altLabels"].split("\n"))))
    with (folder / "soc" / "soc2020_vol1.tsv").open(encoding="utf-8", newline="") as handle:
        for cells in csv.reader(handle, delimiter="\t"):  # this one is quoted: cells hold bulleted lines
            for cell in cells[4:]:
                texts.update(dict.fromkeys(line.strip(" ~") for line in cell.split("\n") if line != "<blank>"))
    for row in rows(folder / "ncs" / "job_profiles.csv"):
        for column in ("career_path_and_progression", "environment", "directroute", "workroute", "collegeroute"):
            texts.update(dict.fromkeys(part.strip() for part in row[column].replace(" | ", "\n").split("\n")))
    return [text for text in texts if text and text.strip()]
