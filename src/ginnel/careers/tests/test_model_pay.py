"""Pay as people write it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ginnel.careers.model.pay import yearly_pay


@pytest.mark.parametrize(
    ("words", "pounds"),
    [
        ("25000", 25_000),
        ("£25,000", 25_000),
        (" 25 000 ", 25_000),
        ("25k", 25_000),
        ("£22.5k a year", 22_500),
        ("25,000 a year", 25_000),
        ("25000.00 p.a.", 25_000),
        ("25,000 pounds per annum", 25_000),
        ("at least £25,000", 25_000),
        ("12.50 an hour", 24_375),
        ("£12.50/hr", 24_375),
        ("12.50 p.h.", 24_375),
        ("£480 pw", 24_960),
        ("2,000 a month", 24_000),
        ("£100 a day", 26_000),
        ("0", 0),
    ],
)
def test_pay_is_read_in_the_ways_people_write_it(words: str, pounds: int) -> None:
    assert yearly_pay(words) == pounds


@pytest.mark.parametrize("words", ["", "lots", "-5", "12.50", "25-30k", "25,00", "12 an egg", "£", "1e5", "25k 30k"])
def test_what_is_no_clear_amount_is_not_guessed(words: str) -> None:
    assert yearly_pay(words) is None


@given(st.text(max_size=40))
def test_any_text_is_pounds_or_nothing(words: str) -> None:
    pounds = yearly_pay(words)
    assert pounds is None or pounds >= 0


@given(st.integers(1_000, 300_000))
def test_a_year_is_read_back_however_it_is_written(pounds: int) -> None:
    assert {yearly_pay(words) for words in (str(pounds), f"£{pounds:,}", f"{pounds:,} a year", f"£{pounds} pa")} == {
        pounds
    }
