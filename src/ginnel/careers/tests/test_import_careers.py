"""ESCO, O*NET, SOC 2020, job profiles and standards: small invented files in the publishers' columns."""

from pathlib import Path

import pytest
from django.utils import timezone

from ginnel.careers.importers import IMPORTERS
from ginnel.careers.models import EscoSkill, Occupation, OccupationFacet, Standard
from ginnel.sources.importing import run_import
from ginnel.sources.models import ReferenceEntry
from ginnel.sources.report import Report

pytestmark = pytest.mark.django_db

ESCO = "http://data.europa.eu/esco"
TAILOR, WEAVER = (f"{ESCO}/occupation/0000000{n}-0000-4000-8000-000000000000" for n in (1, 2))
SEW, MEND, CLOTH = (f"{ESCO}/skill/0000000{n}-0000-4000-8000-000000000000" for n in (3, 4, 5))
OCCUPATIONS = f"""conceptType,conceptUri,iscoGroup,preferredLabel,altLabels,hiddenLabels,status,description,code
Occupation,{TAILOR},7531,tailor,"clothes maker
tailor
suit maker",,released,"Makes clothes, to measure.",7531.1
Occupation,{WEAVER},7318,weaver,,,released,Weaves.,7318.1
"""
SKILLS = f"""conceptType,conceptUri,skillType,reuseLevel,preferredLabel,altLabels,hiddenLabels,status,description
KnowledgeSkillCompetence,{SEW},skill/competence,cross-sector,sew,"stitch
use a needle",,released,Sewing.
KnowledgeSkillCompetence,{MEND},skill/competence,sector-specific,mend,,,released,Mending.
"""
GROUPS = f"""conceptType,conceptUri,preferredLabel,altLabels,hiddenLabels,status,scopeNote,inScheme,description,code
SkillGroup,{CLOTH},working with cloth,,,released,,x,About cloth.,S9
"""
RELATIONS = f"""occupationUri,relationType,skillType,skillUri
{TAILOR},essential,skill/competence,{SEW}
{TAILOR},optional,skill/competence,{MEND}
{WEAVER},optional,skill/competence,{MEND}
"""
BROADER = f"""conceptType,conceptUri,broaderType,broaderUri
KnowledgeSkillCompetence,{SEW},SkillGroup,{CLOTH}
KnowledgeSkillCompetence,{MEND},KnowledgeSkillCompetence,{SEW}
"""
ONET = "O*NET-SOC Code\tTitle\tDescription\n51-6052.00\tTailors\tDesign, make, alter garments.\n"
RATINGS = "O*NET-SOC Code\tElement ID\tScale ID\tData Value\tDate\n"
PROFILES = (
    "title,url,soc,onet_code,esco_label,categories,description,salary_starter,salary_experienced,apprenticeshiproute,"
    "day_to_day_tasks,career_path_and_progression,modified\n"
    "Tailor,/job-profiles/tailor's-cutter,5414,51-6052.00,tailor,Making,Tailors make clothes.,11111,22222,"
    "Requirements: none,measure people ; cut cloth,You could run a shop.,2020-11-16T00:00:00Z\n"
)
SOC = (
    '"SOC\n2020 Major Group"\tSOC 2020 Unit Group\t"SOC\n2020 \nGroup Title"\tGroup  Description\t'
    "Typical Entry Routes And Associated Qualifications\tTasks\tRelated Job Titles\n"
    "5\t<blank>\tSkilled trades\tTrades.\t<blank>\t<blank>\t<blank>\n"
    '<blank>\t5413\tTailors\tThey sew.\tNo formal needs.\t"~measures people\n\n~cuts cloth"\t"~Tailor\n\n~Cutter"\n'
)
STANDARDS = (
    "reference,title,lars_code,level,typical_duration_months,max_funding_gbp,routes,type\n"
    ",Weaving,0,,0,0,,Framework\nST9001,Tailor,901,3,24,9000,Craft,Standard\n"
)


@pytest.fixture
def bring_in(tmp_path: Path):
    def run(**texts: str) -> Report:
        for name, text in texts.items():
            (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
        return run_import([tmp_path / f"{name}.txt" for name in texts], IMPORTERS, at=timezone.now())

    return run


def esco(bring_in, **changed: str) -> Report:
    # Named so that the order on disk is the wrong one: the order of dependency must win.
    texts = {"a": RELATIONS, "b": BROADER, "c": SKILLS, "d": GROUPS, "e": OCCUPATIONS}
    return bring_in(**(texts | changed))


def facets(scheme: str, code: str) -> dict[str, object]:
    return dict(
        OccupationFacet.objects.filter(occupation__scheme=scheme, occupation__code=code).values_list("kind", "data")
    )


def test_esco_is_put_together_from_its_files_in_any_order(bring_in):
    report = esco(bring_in)
    assert [str(problem) for problem in report.problems] == []
    assert facets("esco", TAILOR) == {
        "alt_titles": ["clothes maker", "suit maker"],
        "isco_group": [f"{ESCO}/isco/C7531"],
        "essential_skills": [SEW],
        "optional_skills": [MEND],
    }
    mend = EscoSkill.objects.get(uri=MEND)
    assert (mend.title, mend.broader, mend.kind) == ("mend", [SEW], "skill/competence")
    assert EscoSkill.objects.get(uri=CLOTH).kind == "group"
    again = esco(bring_in)
    assert [again.total(count) for count in ("added", "changed", "removed")] == [0, 0, 0]


def test_one_file_alone_leaves_what_others_said(bring_in):
    esco(bring_in)
    report = bring_in(skills=SKILLS.replace("Mending.", "Mending well."))
    assert (report.total("changed"), report.total("unchanged")) == (1, 1)
    assert EscoSkill.objects.get(uri=MEND).broader == [SEW]


def test_a_relation_that_vanished_is_taken_away(bring_in):
    esco(bring_in)
    report = bring_in(b=BROADER.replace(f"KnowledgeSkillCompetence,{MEND},KnowledgeSkillCompetence,{SEW}\n", ""))
    assert report.total("removed") == 1
    assert EscoSkill.objects.get(uri=MEND).broader == []


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"a": RELATIONS + f"{TAILOR},essential,knowledge,{CLOTH[:-1]}9\n"}, "The skill"),
        ({"a": RELATIONS.replace(WEAVER, TAILOR[:-1] + "7")}, "The occupation"),
        ({"a": RELATIONS.replace("essential", "vital")}, "'vital' is neither essential nor optional"),
        ({"a": RELATIONS + f"{TAILOR},optional,skill/competence,{SEW}\n"}, "twice"),
        ({"a": RELATIONS[:-40]}, "is not known"),
        ({"a": RELATIONS[:-90]}, "cells where the header has 4"),
        ({"b": BROADER + f"KnowledgeSkillCompetence,{SEW},KnowledgeSkillCompetence,{MEND}\n"}, "go round in a circle"),
        ({"b": BROADER.replace(CLOTH, CLOTH[:-1] + "9")}, "is not known"),
        ({"c": SKILLS.replace(SEW, "sew")}, "'sew' is not an ESCO address"),
        ({"e": OCCUPATIONS.replace(",weaver,", ",,")}, "preferredLabel: It is empty"),
        ({"e": OCCUPATIONS.replace(WEAVER, TAILOR)}, "is there twice, first in row 2"),
    ],
    ids=["skill", "occupation", "kind", "pair", "cut URI", "cut row", "circle", "above", "address", "title", "code"],
)  # fmt: skip
def test_bad_esco_files_have_clear_errors_and_save_nothing(bring_in, changed, words):
    report = esco(bring_in, **changed)
    assert any(words in str(problem) for problem in report.problems), report.problems
    assert not Occupation.objects.exists()


def test_rows_count_lines_of_the_file_even_when_cells_hold_some(bring_in):
    report = esco(bring_in, e=OCCUPATIONS.replace(f"Occupation,{WEAVER}", "Occupation,nowhere"))
    assert report.problems[0].row == 5


def test_onet_ratings_become_one_object_per_occupation(bring_in):
    skills = RATINGS + "51-6052.00\t2.A.1.a\tIM\t3.5\t08/2023\n51-6052.00\t2.A.1.a\tLV\t4\t08/2023\n"
    interests = RATINGS + "".join(
        f"51-6052.00\t1.B.1.{end}\tOI\t{number}\t11/2023\n" for number, end in enumerate("abcdef", start=1)
    )
    more = (
        "O*NET-SOC Code\tTitle\tAlternate Title\tShort Title\tSource(s)\n51-6052.00\tTailors\tSuit Maker (SM)\tSM\t08\n"
        "51-6052.00\tTailors\tSeamstress\t\t08\n"
    )
    dwas = "O*NET-SOC Code\tTask ID\tDWA ID\tDate\n51-6052.00\t1\t4.A.3.a.2.I01.D02\t07/2014\n"
    report = bring_in(a=skills, b=interests, c=more, d=dwas, e=ONET)
    assert [str(problem) for problem in report.problems] == []
    assert facets("onet", "51-6052.00") == {
        "skills": {"2.A.1.a": [3.5, 4.0]},
        "interests": {"R": 1.0, "I": 2.0, "A": 3.0, "S": 4.0, "E": 5.0, "C": 6.0},
        "alt_titles": ["Suit Maker (SM)", "SM", "Seamstress"],
        "activities": ["4.A.3.a.2.I01.D02"],
    }


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("51-6052.00\t2.A.1.a\tIM\t6\t08/2023\n", "6 is not between 1 and 5"),
        ("51-6052.00\t2.A.1.a\tIM\thigh\t08/2023\n", "'high' is not a number"),
        ("99-9999.00\t2.A.1.a\tIM\t3\t08/2023\n", "The occupation '99-9999.00' is not known"),
        ("51-6052.00\t2.A.1.a\tIM\t3\t08/2023\n" * 2, "twice"),
        ("51-6052.00\t2.A.1.a\tIM\t3\t08/2023\n", "only one of importance and level"),
        (
            "51-6052.00\t2.A.1.a\tIM\t3\t08/2023\n51-6052.00\t1.B.1.a\tOI\t3\t08/2023\n",
            "does not belong in a table of skills",
        ),
        ("51-6052.00\t2.A.1.a\tIM\t3\n", "4 cells where the header has 5"),
    ],
)  # fmt: skip
def test_bad_onet_ratings_have_clear_errors(bring_in, rows, words):
    report = bring_in(a=ONET, b=RATINGS + rows)
    assert words in str(report.problems[0])
    assert not Occupation.objects.exists()


def test_ratings_without_their_occupations_say_what_to_import(bring_in):
    report = bring_in(b=RATINGS + "51-6052.00\t1.C.1.a\tIM\t3\t08/2023\n")
    assert "Import Occupation Data of the same O*NET version with it" in str(report.problems[0])


def test_a_newer_onet_is_called_newer(bring_in):
    report = bring_in(a=ONET, b=RATINGS + "51-6052.00\t1.C.1.a\tIM\t3\t02/2027\n")
    assert report.files[-1].vintage == "later than 29.3 (to 02/2027)"


def test_reference_tables_are_kept_small(bring_in):
    bring_in(a="Element ID\tElement Name\tDescription\n2.A.1.a\tReading\tReads.\n")
    entry = ReferenceEntry.objects.get()
    assert (entry.table, entry.code, entry.title, entry.data) == (
        "onet.elements",
        "2.A.1.a",
        "Reading",
        {"about": "Reads."},
    )


def test_job_profiles_keep_their_own_slug_and_no_salary(bring_in):
    report = bring_in(a=PROFILES)
    assert report.files[0].vintage == "November 2020"
    assert facets("ncs", "tailor's-cutter") == {
        "links": {"soc2010": "5414", "onet": "51-6052.00", "esco": "tailor"},
        "entry": {"apprenticeship": "Requirements: none"},
        "tasks": ["measure people", "cut cloth"],
        "career_path": ["You could run a shop."],
        "categories": ["Making"],
    }


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("5414", "54", "'54' is not a four-digit SOC 2010 code"),
        ("51-6052.00", "tailor", "'tailor' is not like 29-1141.00"),
        ("/job-profiles/", "/elsewhere/", "does not end in /job-profiles/"),
    ],
)
def test_bad_job_profiles_have_clear_errors(bring_in, old, new, words):
    assert words in str(bring_in(a=PROFILES.replace(old, new, 1)).problems[0])


def test_soc_headers_with_line_ends_are_known(bring_in):
    report = bring_in(a=SOC)
    assert report.files[0].left_out == {"major, sub-major and minor groups": 1}
    assert facets("soc2020", "5413") == {
        "tasks": ["measures people", "cuts cloth"],
        "alt_titles": ["Tailor", "Cutter"],
        "entry_routes": ["No formal needs."],
    }


def test_standards_leave_out_old_frameworks(bring_in):
    report = bring_in(a=STANDARDS)
    assert sum(report.files[0].left_out.values()) == 1
    standard = Standard.objects.get()
    assert (standard.reference, standard.level, standard.months, standard.max_funding_gbp) == ("ST9001", 3, 24, 9000)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("ST9001", "9001", "is not like ST0005"),
        (",3,24,", ",3,-1,", "is not between"),
        (",3,24,", ",,24,", "It is empty"),
    ],
)
def test_bad_standards_have_clear_errors(bring_in, old, new, words):
    assert words in str(bring_in(a=STANDARDS.replace(old, new)).problems[0])
    assert not Standard.objects.exists()
