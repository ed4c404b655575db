"""Free text is understood, corrected and never fatal."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ginnel.careers.model.link import ExactNames, Linker, LinkItem, Understanding, build_linker, exact_names, understand
from ginnel.careers.model.link.line import READ

ITEMS = (
    LinkItem(
        "experience",
        "caring-for-family",
        ("Looking after someone in your family", "look after my brother", "unpaid carer"),
    ),
    LinkItem(
        "experience", "caring-for-parent", ("Looking after your mum or dad", "look after my mum", "look after my dad")
    ),
    LinkItem(
        "experience",
        "caring-for-grandparent",
        ("Looking after a grandparent", "look after my grandad", "look after my nan"),
    ),
    LinkItem("experience", "warehouse-worker", ("Warehouse worker", "warehouse operative")),
    LinkItem("experience", "nursery-worker", ("Nursery worker", "nursery nurse", "worked in a nursery")),
    LinkItem("experience", "shop-assistant", ("Shop work", "on the tills", "retail", "sales assistant")),
    LinkItem("experience", "teaching-assistant", ("Teaching assistant", "TA", "LSA", "learning support assistant")),
    LinkItem("experience", "nurse-past", ("Nurse", "registered nurse", "RGN")),
    LinkItem("experience", "care-worker-past", ("Care worker", "care assistant")),
    LinkItem("experience", "healthcare-assistant-past", ("Healthcare assistant", "HCA")),
    LinkItem("experience", "lorry-driver", ("Lorry driver", "HGV driver")),
    LinkItem("experience", "it-support-past", ("IT support", "IT technician", "good with computers")),
    LinkItem("experience", "between-jobs-long", ("A long time out of work", "looking for work", "never had a job")),
    LinkItem("role", "midwife", ("Midwife",)),
    LinkItem("role", "healthcare-assistant", ("Healthcare assistant", "HCA")),
    LinkItem("role", "registered-nurse", ("Registered nurse", "nurse")),
    LinkItem("skill", "cook-meals", ("Cooking meals", "I can cook good food for other people")),
    LinkItem("skill", "drive-safely", ("Driving", "I am a safe driver")),
)


@pytest.fixture(scope="module")
def linker() -> Linker:
    return build_linker(ITEMS)


def keys(said: Understanding) -> set[str]:
    return {mention.key for mention in said.mentions}


def test_a_carer_who_worked_nights_in_a_warehouse_is_understood(linker):
    said = understand(linker, "I looked after my grandad for three years and worked nights in a warehouse, no GCSEs")
    assert keys(said) == {"caring-for-grandparent", "warehouse-worker"}
    assert said.durations == {"caring-for-grandparent": 36.0}
    assert said.level is not None and said.level.level == 0
    assert said.wants.shifts_fine == {"nights"}
    assert said.not_understood == ()


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("worked in a nursrey", "nursery-worker"),
        ("i was in a warehose", "warehouse-worker"),
        ("on the tills", "shop-assistant"),
        ("HCA", "healthcare-assistant-past"),
        ("I've been an LSA", "teaching-assistant"),
        ("RGN", "nurse-past"),
        ("i look after my mum", "caring-for-parent"),
        ("caring for my mam full time", "caring-for-parent"),
        ("carer for my elderly nan", "caring-for-grandparent"),
        ("drove HGVs", "lorry-driver"),
        ("IT technician", "it-support-past"),
        ("I'm good with computers.", "it-support-past"),
        ("WORKED IN A WAREHOUSE", "warehouse-worker"),
        ("Working in warehouses", "warehouse-worker"),
    ],
)
def test_everyday_ways_to_say_it_are_linked(linker, text, key):
    assert key in keys(understand(linker, text))


def test_words_stand_where_the_mention_says(linker):
    text = "Hello!  I’ve been a <b>nursery</b> nurse — & on the tills"
    for mention in understand(linker, text).mentions:
        assert text[mention.start : mention.end] == mention.words


def test_a_mention_offers_other_readings(linker):
    (mention,) = understand(linker, "HCA").mentions
    assert [(other.kind, other.key) for other in mention.alternatives] == [("role", "healthcare-assistant")]


@pytest.mark.parametrize(
    "text",
    ["I don't want to be a nurse", "never worked as a nurse", "no experience as a nurse", "I'd hate to be a nurse"],
)
def test_what_is_denied_is_no_past_job(linker, text):
    said = understand(linker, text)
    assert "nurse-past" not in keys(said)
    assert {mention.key for mention in said.unwanted} <= {"nurse-past", "registered-nurse"} and said.unwanted


def test_a_denial_ends_at_but(linker):
    said = understand(linker, "never worked in a nursery, but I worked in a warehouse")
    assert keys(said) == {"warehouse-worker"}
    assert [(mention.key, mention.stance) for mention in said.unwanted] == [("nursery-worker", "lack")]


def test_what_is_lacking_may_be_wished_for(linker):
    said = understand(linker, "Never worked in care but I want to")
    assert [mention.key for mention in said.wanted] == ["care-worker-past"] and not said.mentions


def test_what_somebody_is_fed_up_with_is_past_and_unwanted(linker):
    said = understand(linker, "fed up of retail")
    assert keys(said) == {"shop-assistant"} and [mention.stance for mention in said.unwanted] == ["weary"]


def test_a_wish_is_no_past_job(linker):
    said = understand(linker, "I want to be a midwife")
    assert not said.mentions and [mention.key for mention in said.wanted] == ["midwife"]


def test_a_mothers_job_is_not_ones_own(linker):
    assert keys(understand(linker, "My mum is a nurse. I'm good with computers")) == {"it-support-past"}


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("no GCSEs", 0),
        ("left school at 16 with nothing", 0),
        ("didn't get any qualifications", 0),
        ("a few GCSEs", 1),
        ("9 GCSEs", 2),
        ("NVQ 2 in care", 2),
        ("BTEC level 3 in sport", 3),
        ("I've got A-levels", 3),
        ("a degree in French", 6),
        ("no GCSEs but got my NVQ level 3", 3),
        ("doing my A levels", 2),
        ("dropped out of my degree", 3),
        ("a PhD", 8),
    ],
)
def test_qualifications_are_read(linker, text, level):
    found = understand(linker, text).level
    assert found is not None and found.level == level


def test_hours_are_read(linker):
    wants = understand(linker, "I can't do nights or weekends, part time, only school hours").wants
    assert wants.shifts_not == {"nights", "weekends"} and wants.only == {"school-hours"} and wants.part_time


@pytest.mark.parametrize(
    ("text", "pounds"),
    [
        ("need at least 25k", 25_000),
        ("I need £13 an hour", 25_350),
        ("must be £500 a week", 26_000),
        ("looking for 28,000 a year", 28_000),
        ("I was on £40k before", None),
        ("room 25000", None),
    ],
)
def test_pay_needed_is_read(linker, text, pounds):
    assert understand(linker, text).pay_needed_gbp == pounds


@pytest.mark.parametrize(
    ("text", "age"),
    [("I'm 17", 17), ("I am 45 years old", 45), ("19yo", 19), ("my son is 17 years old", None), ("I'm 17 stone", None)],
)
def test_age_is_read(linker, text, age):
    assert understand(linker, text).age == age


def test_gates_are_read(linker):
    said = understand(linker, "Full driving licence, enhanced DBS. No maths GCSE")
    assert {(hint.gate, hint.held) for hint in said.gates} == {
        ("driving-licence", True),
        ("dbs", True),
        ("english-maths-l2", False),
    }
    assert ("driving-licence", False) in {(hint.gate, hint.held) for hint in understand(linker, "I can't drive").gates}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "😀🎉",
        "привет мир",
        "我照顾我的祖父",
        "'; DROP TABLE roles; --",
        "<script>alert(1)</script>",
        "\x00\ufffe",
        "a" * 10_000,
    ],
)
def test_strange_text_is_answered_politely(linker, text):
    said = understand(linker, text)
    assert not said.mentions and not said.wanted and said.level is None


def test_what_nothing_covers_is_said(linker):
    assert understand(linker, "I keep bees and on the tills").not_understood == ("bees",)


def test_a_long_text_is_cut_and_said_so(linker):
    text = "worked in a warehouse and a nursrey. " * 400
    said = understand(linker, text)
    assert said.truncated and len(text) > READ
    assert keys(said) == {"warehouse-worker", "nursery-worker"}


@given(
    st.text(max_size=300)
    | st.lists(
        st.sampled_from("I never want no worked nursery tills £13k level 3 , . but my mum hca nights only 45".split())
    ).map(" ".join)
)
@settings(max_examples=150, deadline=None)
def test_any_text_is_answered_the_same_twice_without_overlap(text):
    linker = _LINKER
    said = understand(linker, text)
    assert said == understand(linker, text)
    assert all(0 <= mention.confidence <= 1 for mention in said.mentions)
    assert all(one.end <= other.start for one, other in pairwise(said.mentions))


def test_reference_names_are_found_only_by_their_own_words_and_survive_storing():
    reference = exact_names(
        [
            LinkItem("occupation", "onet:51-6064.00", ("Textile Winding Machine Setters", "Bobbin Winder")),
            LinkItem("occupation", "x", ("Beekeeper",)),
        ]
    )
    assert reference is not None
    again = ExactNames.from_arrays(reference.to_arrays())
    linker = build_linker(ITEMS, reference=again)
    assert keys(understand(linker, "bobbin winder in a mill")) == {"onet:51-6064.00"}
    assert keys(understand(linker, "I was a beekeeper")) == {"x"}
    assert keys(understand(linker, "winding people up")) == set()


_LINKER = build_linker(ITEMS)
