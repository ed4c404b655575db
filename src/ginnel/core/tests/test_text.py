"""Money, months, Markdown and colours as people read them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ginnel.core.colour import contrast
from ginnel.core.text import in_words, markdown, money, months_in_words, pay_change


@pytest.mark.parametrize(
    ("pounds", "said"), [(24852, "£24,852"), (0, "£0"), (-300, "−£300"), (None, ""), (999.6, "£1,000")]
)
def test_money_reads_in_whole_pounds(pounds: float | None, said: str) -> None:
    assert money(pounds) == said


@pytest.mark.parametrize(
    ("months", "said"),
    [(0, "no wait"), (0.75, "about 3 weeks"), (2, "2 months"), (12, "1 year"), (14, "1 year 2 months")],
)  # fmt: skip
def test_months_read_as_people_say_them(months: float, said: str) -> None:
    assert months_in_words(months) == said


@given(st.floats(min_value=0, max_value=1200, allow_nan=False))
def test_any_months_have_words(months: float) -> None:
    assert months_in_words(months)


def test_a_change_of_pay_never_says_minus() -> None:
    assert pay_change(-435) == "£435 less"
    assert pay_change(1200) == "£1,200 more"
    assert pay_change(0.2) == "the same"


def test_small_counts_are_words() -> None:
    assert [in_words(n) for n in (0, 3, 11, 1200)] == ["no", "three", "11", "1,200"]


@pytest.mark.parametrize(
    "attack",
    ["<script>alert(1)</script>", "[x](javascript:alert(1))", '<img src=x onerror="a()">', "<p style='x'>a</p>"],
)
def test_markdown_lets_no_script_through(attack: str) -> None:
    html = markdown(attack)
    assert "<script" not in html and 'href="javascript' not in html and "<img" not in html and "<p style" not in html


def test_black_on_white_has_the_highest_contrast() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#ffffff", "#ffffff") == pytest.approx(1)


@given(st.integers(0, 0xFFFFFF), st.integers(0, 0xFFFFFF))
def test_contrast_is_the_same_both_ways(one: int, other: int) -> None:
    first, second = f"#{one:06x}", f"#{other:06x}"
    assert contrast(first, second) == pytest.approx(contrast(second, first))
    assert 1 <= contrast(first, second) <= 21
