"""ESCO's relations: what lies under what, and which occupation or skill needs which skills."""

from ginnel.careers.importers.esco import GROUP, EscoImporter
from ginnel.careers.importers.shared import facet_sheet, known_occupations
from ginnel.careers.models import EscoSkill
from ginnel.sources.importing import Importer, Match, Run, Sample, TableReader

# Version 1.1.1 names this occupation in its relations but does not list it among its occupations.
GAPS = {"http://data.europa.eu/esco/occupation/a9e54177-a185-404d-b6e6-15663d31137e"}
GAP = "about an occupation that ESCO v1.1.1 does not list"
UNKNOWN = "Import the ESCO file that lists it at the same time, all of one version"


def _known_skills(run: Run) -> dict[str, str]:
    """Skills and groups this run lists; those held for a part that no file of the run lists."""

    def find() -> dict[str, str]:
        sheets = [sheet for sheet in run.sheets.values() if sheet.model is EscoSkill and not sheet.patch]
        codes = {key[0]: key[0] for sheet in sheets for key in sheet.rows}
        held = EscoSkill.objects.all()
        if "ESCO skills" in run.sheets:
            held = held.filter(kind=GROUP)
        if "ESCO skill groups" in run.sheets:
            held = held.exclude(kind=GROUP)
        codes.update((uri, uri) for uri in held.values_list("uri", flat=True))
        return codes

    return run.once("known ESCO skills", find)


def _cycle(broader: dict[str, list[str]]) -> list[str]:
    """One loop in the relation, or nothing."""
    done: set[str] = set()
    for start in broader:
        path: list[str] = []
        on_path: set[str] = set()
        stack = [(start, False)]
        while stack:
            node, leaving = stack.pop()
            if leaving:
                path.pop()
                on_path.discard(node)
                done.add(node)
                continue
            if node in on_path:
                return path[path.index(node) :]
            if node in done:
                continue
            path.append(node)
            on_path.add(node)
            stack.append((node, True))
            stack += [(above, False) for above in broader.get(node, ())]
    return []


class Broader(EscoImporter):
    """What lies under what, in either pillar."""

    order = 206
    required = ("conceptType", "conceptUri", "broaderType", "broaderUri")
    types: frozenset[str]

    def match(self, sample: Sample) -> Match | None:
        found = sample.find(self.dialects, self.required)
        if not found:
            return None
        _, rows = sample.tables(found.dialect)[0]
        first = next((row for row in rows[found.header_row + 1 :] if row), None)
        return found if first is None or first[found.header.index("concepttype")] in self.types else None

    def relations(self, table: TableReader, known: dict[str, str]) -> tuple[dict[str, list[str]], dict[str, int]]:
        """Broader concepts by concept, and the row where each concept stands first."""
        broader: dict[str, list[str]] = {}
        places: dict[str, int] = {}
        for row, (uri, above) in table.rows("conceptUri", "broaderUri"):
            if uri in GAPS or above in GAPS:
                table.leave_out(GAP)
                continue
            unknown = uri if uri not in known else above if above not in known else ""
            if unknown:
                column = "conceptUri" if unknown == uri else "broaderUri"
                table.refuse(row, column, f"{unknown[:90]} is not known", UNKNOWN)
                continue
            places.setdefault(uri, row)
            found = broader.setdefault(known[uri], [])
            if above in found:
                table.refuse(row, "broaderUri", f"{uri} lies under {above} twice", "Remove one of the two rows")
                continue
            found.append(known[above])
        if loop := _cycle(broader):
            shown = " → ".join(uri.rsplit("/", 1)[-1] for uri in [*loop[:5], loop[0]])
            table.refuse(
                places.get(loop[0]), "broaderUri", f"The relations go round in a circle: {shown}", "Download it again"
            )
        return broader, places


class BroaderOccupations(Broader):
    name = "esco.broader-occupations"
    types = frozenset({"Occupation", "ISCOGroup"})

    def read(self, table: TableReader, run: Run) -> None:
        known = known_occupations(run, "esco", "isco")
        sheets = {scheme: facet_sheet(run, scheme, "broader") for scheme in ("esco", "isco")}
        broader, places = self.relations(table, known)
        for uri, above in broader.items():
            scheme = "isco" if "/isco/" in uri else "esco"
            sheets[scheme].put((uri,), (above,), table, places[uri])


class BroaderSkills(Broader):
    name = "esco.broader-skills"
    types = frozenset({"SkillGroup", "KnowledgeSkillCompetence"})

    def read(self, table: TableReader, run: Run) -> None:
        sheet = run.sheet("ESCO broader skills", EscoSkill, ("uri",), ("broader",), 30, patch=True, empty=([],))
        broader, places = self.relations(table, _known_skills(run))
        for uri, above in broader.items():
            sheet.put((uri,), (above,), table, places[uri])


class OccupationSkills(EscoImporter):
    name = "esco.occupation-skills"
    order = 207
    required = ("occupationUri", "relationType", "skillType", "skillUri")

    def read(self, table: TableReader, run: Run) -> None:
        occupations, skills = known_occupations(run, "esco"), _known_skills(run)
        found: dict[str, dict[str, dict[str, int]]] = {"essential": {}, "optional": {}}
        for row, (occupation, relation, skill) in table.rows("occupationUri", "relationType", "skillUri"):
            if occupation in GAPS:
                table.leave_out(GAP)
            elif occupation not in occupations:
                table.refuse(row, "occupationUri", f"The occupation {occupation[:90]} is not known", UNKNOWN)
            elif skill not in skills:
                table.refuse(row, "skillUri", f"The skill {skill[:90]} is not known", UNKNOWN)
            elif relation not in found:
                table.refuse(
                    row, "relationType", f"{relation!r} is neither essential nor optional", "Download it again"
                )
            elif skill in found["essential"].get(occupation, ()) or skill in found["optional"].get(occupation, ()):
                table.refuse(row, "skillUri", f"{occupation} has {skill} twice", "Remove one of the two rows")
            else:
                found[relation].setdefault(occupations[occupation], {})[skills[skill]] = row
        for relation, pairs in found.items():
            sheet = facet_sheet(run, "esco", f"{relation}_skills")
            for occupation, uris in pairs.items():
                sheet.put((occupation,), (list(uris),), table, next(iter(uris.values())))


class SkillSkills(EscoImporter):
    name = "esco.skill-skills"
    order = 207
    required = ("originalSkillUri", "relationType", "relatedSkillUri")

    def read(self, table: TableReader, run: Run) -> None:
        skills = _known_skills(run)
        related: dict[str, dict[str, list[str]]] = {}
        places: dict[str, int] = {}
        for row, (skill, relation, other) in table.rows("originalSkillUri", "relationType", "relatedSkillUri"):
            if skill not in skills or other not in skills:
                column, uri = ("relatedSkillUri", other) if skill in skills else ("originalSkillUri", skill)
                table.refuse(row, column, f"The skill {uri[:90]} is not known", UNKNOWN)
            elif relation not in {"essential", "optional"}:
                table.refuse(
                    row, "relationType", f"{relation!r} is neither essential nor optional", "Download it again"
                )
            else:
                places.setdefault(skill, row)
                related.setdefault(skills[skill], {}).setdefault(relation, []).append(skills[other])
        sheet = run.sheet("ESCO related skills", EscoSkill, ("uri",), ("related",), 31, patch=True, empty=({},))
        for uri, others in related.items():
            sheet.put((uri,), (others,), table, places[uri])


IMPORTERS: tuple[Importer, ...] = (BroaderOccupations(), BroaderSkills(), OccupationSkills(), SkillSkills())
