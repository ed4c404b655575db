"""The care workforce pathway of adult social care (prototype data): kept as small reference tables."""

from collections import Counter

from ginnel.careers.importers.shared import lines, reference_sheet
from ginnel.sources.importing import Importer, Publication, Run, TableReader

PATHWAY = Publication(
    slug="care-workforce-pathway",
    title="Care workforce pathway for adult social care (prototype service)",
    publisher="Department of Health and Social Care; Skills for Care",
    url="https://www.gov.uk/government/publications/care-workforce-pathway-for-adult-social-care",
    vintage="2024",
)


class RoleCategories(Importer):
    name = "care-pathway.roles"
    order = 440
    publication = PATHWAY
    required = ("code", "category", "name", "description", "roles")

    def read(self, table: TableReader, run: Run) -> None:
        sheet = reference_sheet(run, self.name)
        for row, (code, category, name, about, roles) in table.rows(*self.required):
            if not code or not name:
                table.refuse(row, "code", "A category needs a code and a name", "Check the row")
            else:
                data = {"category": category, "about": about, "roles": lines(roles.rstrip("."), ",")}
                sheet.put((code,), (name, data), table, row)


class RoleSkills(Importer):
    name = "care-pathway.skills"
    order = 441
    publication = PATHWAY
    required = ("role", "skill_category", "lead_in", "skill")

    def read(self, table: TableReader, run: Run) -> None:
        sheet = reference_sheet(run, self.name)
        seen: Counter[str] = Counter()
        for row, (role, category, lead, skill) in table.rows(*self.required):
            if not role or not skill:
                table.refuse(row, "skill", "A statement needs a role and a text", "Check the row")
                continue
            seen[role] += 1
            data = {"role": role, "category": category, "lead_in": lead}
            sheet.put((f"{role}.{seen[role]:03}",), (skill, data), table, row)


class Training(Importer):
    name = "care-pathway.training"
    order = 442
    publication = PATHWAY
    required = ("awardingOrganisation", "fundingModel", "reimbursable", "reimbursementAmount", "roleCat", "title")

    def read(self, table: TableReader, run: Run) -> None:
        sheet = reference_sheet(run, self.name)
        seen: Counter[str] = Counter()
        more = ("code", "type", "link", "totalLearningTime", "skillsCat")
        for row, (by, model, _, amount, roles, title, *rest) in table.rows(*self.required, optional=more):
            code, kind, link, time, skills = rest
            if not title:
                table.refuse(row, "title", "It is empty", "Check the row")
                continue
            pounds = None
            if amount:
                pounds = table.number(row, "reimbursementAmount", amount, 0, 50_000)
                if pounds is None:
                    continue
            code = code or "none"
            seen[code] += 1
            data = {"by": by, "funding": model, "reimbursed_gbp": pounds, "roles": lines(roles, ";"), "kind": kind}
            data |= {"link": link, "time": time, "skills": lines(skills, ";")}
            sheet.put((f"{code}.{seen[code]:02}",), (title, data), table, row)


IMPORTERS: tuple[Importer, ...] = (RoleCategories(), RoleSkills(), Training())
