"""Postcodes, distance, travel time and the words for a decile."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ginnel.places import rules
from ginnel.places.rules import (
    PACES,
    TRAVEL_METHOD,
    Mode,
    Shape,
    distance_km,
    read_postcode,
    travel_minutes,
)
from ginnel.places.words import decile_in_words

latitudes = st.floats(-90, 90)
longitudes = st.floats(-180, 180)
points = st.tuples(latitudes, longitudes)
distances = st.floats(0, 20_000)
LEEDS, BRADFORD = (53.7997, -1.5492), (53.7950, -1.7594)


@pytest.mark.parametrize(
    ("text", "postcode"),
    [
        ("LS9 7TF", "LS97TF"),
        ("  ls97tf ", "LS97TF"),
        ("l s 9 7 t f", "LS97TF"),
        ("LS9-7TF.", "LS97TF"),
        ("ＬＳ９ ７ＴＦ", "LS97TF"),
        ("LS9\u00a07TF\u200b", "LS97TF"),
        ("M1 1AE", "M11AE"),
        ("ec1a 1bb", "EC1A1BB"),
        ("W1A 0AX", "W1A0AX"),
        ("GIR 0AA", "GIR0AA"),
    ],
)
def test_a_postcode_is_read_however_it_is_written(text, postcode):
    reading = read_postcode(text)
    assert (reading.shape, reading.postcode, reading.corrected) == (Shape.FULL, postcode, False)
    assert reading.spaced == f"{postcode[:-3]} {postcode[-3:]}"


@pytest.mark.parametrize(
    ("text", "postcode"),
    [
        ("LSI 3AD", "LS13AD"),
        ("LS1O 2AB", "LS102AB"),
        ("LS9 OAA", "LS90AA"),
        ("0X1 2JD", "OX12JD"),
        ("C01 1AA", "CO11AA"),
        ("LI 8JQ", "L18JQ"),
        ("I live at 4 Mill Lane, Leeds LS9 7TF, thanks", "LS97TF"),
    ],
)
def test_letters_taken_for_numbers_are_put_right_and_said_so(text, postcode):
    reading = read_postcode(text)
    assert (reading.shape, reading.postcode, reading.corrected) == (Shape.FULL, postcode, True)


@pytest.mark.parametrize(
    ("text", "outward"), [("LS9", "LS9"), ("ls 9", "LS9"), ("LSI", "LS1"), ("LS9 7", "LS9"), ("LS9 7T", "LS9")]
)
def test_the_first_part_alone_is_told_from_a_whole_postcode(text, outward):
    reading = read_postcode(text)
    assert (reading.shape, reading.outward, reading.postcode) == (Shape.OUTWARD, outward, "")
    assert outward in reading.problem


@pytest.mark.parametrize("text", ["", "   ", "\t\n", "\u200b", "-"])
def test_nothing_typed_is_told_from_something_wrong(text):
    assert read_postcode(text).shape == Shape.EMPTY


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("75001", "only numbers"),
        ("Leeds", "only letters"),
        ("🙂🙂", "no letters or numbers"),
        ("ЛС9 7ТФ", "letters A to Z"),
        ("<b>LS9</b>", "letters A to Z"),
        ("LS9 7TFXX9", "too long"),
        ("L1", ""),
        ("A1B2", "too short"),
        ("LS9 7CM", "never C, I, K, M, O or V"),
        ("QQ9 7TF", "first part"),
        ("LS9 TTF", "end is not right"),
        ("LS9 7TF or LS1 3AD", "more than one"),
        ("D02 AF30", "end is not right"),
    ],
)
def test_what_is_wrong_is_said_exactly(text, part):
    reading = read_postcode(text)
    assert reading.shape != Shape.FULL
    assert part in reading.problem


@given(st.text())
def test_any_text_at_all_is_read_without_an_error(text):
    reading = read_postcode(text)
    assert (reading.shape == Shape.FULL) == bool(reading.postcode)
    assert (reading.shape == Shape.FULL) != bool(reading.problem)


@given(st.from_regex(rf"{rules._OUTWARD} ?{rules._INWARD}", fullmatch=True, alphabet=st.characters(codec="ascii")))
def test_whatever_has_the_shape_is_read_as_it_stands(text):
    reading = read_postcode(text.lower())
    assert (reading.postcode, reading.corrected) == (text.replace(" ", ""), False)
    assert read_postcode(reading.spaced) == reading


def test_ten_thousand_characters_are_read_at_once():
    assert read_postcode("LS9 " * 2500).shape == Shape.WRONG
    assert read_postcode("I1O0" * 2500).shape == Shape.WRONG


def test_leeds_to_bradford_is_fourteen_kilometres():
    assert distance_km(*LEEDS, *BRADFORD) == pytest.approx(13.8, abs=0.1)


def test_a_degree_of_latitude_and_half_the_earth_are_as_long_as_they_are():
    assert distance_km(53, 0, 54, 0) == pytest.approx(111.195, abs=0.001)
    assert distance_km(0, 0, 0, 180) == pytest.approx(math.pi * 6371.0088)


@given(points, points)
def test_there_is_as_far_as_back(here, there):
    assert distance_km(*here, *there) == pytest.approx(distance_km(*there, *here), abs=1e-6)
    assert distance_km(*here, *here) == 0


@given(points, points, points)
def test_a_detour_is_never_shorter(here, between, there):
    assert distance_km(*here, *there) <= distance_km(*here, *between) + distance_km(*between, *there) + 1e-3


@given(distances, distances, st.sampled_from(Mode))
def test_further_never_takes_less_time(near, far, mode):
    near, far = sorted((near, far))
    first, second = travel_minutes(near, mode), travel_minutes(far, mode)
    assert (first.low, first.minutes, first.high) <= (second.low, second.minutes, second.high)
    assert first.minutes <= second.minutes
    assert first.high <= second.high


@given(distances, st.sampled_from(Mode))
def test_times_are_in_fives_inside_their_range(km, mode):
    time = travel_minutes(km, mode)
    assert 5 <= time.low <= time.minutes <= time.high
    assert not any(value % 5 for value in (time.low, time.minutes, time.high))


@pytest.mark.parametrize("km", [-1, math.nan, math.inf])
def test_a_distance_that_is_none_is_refused(km):
    with pytest.raises(ValueError, match="0 km or more"):
        travel_minutes(km, Mode.WALK)


def test_an_unknown_way_to_travel_is_refused():
    with pytest.raises(ValueError, match="hovercraft"):
        travel_minutes(1, "hovercraft")


def test_two_kilometres_take_about_half_an_hour_on_foot():
    walk = travel_minutes(2, "walk")
    assert (walk.minutes, walk.low, walk.high) == (35, 30, 50)


def test_every_way_to_travel_names_its_sources_and_the_method_says_it_guesses():
    assert set(PACES) == set(Mode)
    assert all(len(pace.source) > 20 for pace in PACES.values())
    assert "guess" in TRAVEL_METHOD
    assert "straight line" in TRAVEL_METHOD


def test_only_the_first_decile_is_called_most_deprived_and_every_one_has_its_year():
    assert decile_in_words(1, 2025) == "This area is among the 10 % most deprived in England (2025)."
    for decile in range(2, 11):
        words = decile_in_words(decile, 2019)
        assert "deprived" not in words
        assert f"group {decile} (2019)" in words
