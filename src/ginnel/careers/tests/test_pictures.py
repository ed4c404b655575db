"""Pictures as numbers: the words of a street plan stay on it, and it fits where it is shown."""

from itertools import pairwise

import pytest

from ginnel.careers.pictures import DOWN_WIDTH, MOST_ACROSS, pay_picture, street_plan, wrap

STEP = ("A degree apprenticeship with a long name (level 6)", "2 years 6 months", ["DBS check", "Full driving licence"])


@pytest.mark.parametrize("moves", range(1, 8))
def test_every_word_lies_on_the_picture(moves: int) -> None:
    plan = street_plan(["Somewhere with a long name"] * (moves + 1), [STEP] * moves)
    for drawing in (plan.across, plan.down):
        if drawing is None:
            continue
        assert all(0 < label.y < drawing.height and 0 < label.x < drawing.width for label in drawing.labels)
        assert all(0 < door.x < drawing.width and 0 < door.y < drawing.height for door in drawing.doors)
        assert [door.end for door in drawing.doors] == [False] * moves + [True]
    assert plan.down.width == DOWN_WIDTH and len(plan.steps_in_words) == moves
    assert (plan.across is None) == (moves > MOST_ACROSS)


def test_lines_on_the_way_down_never_cross() -> None:
    ys = [label.y for label in street_plan(["A place with a name of three lines, no less"] * 4, [STEP] * 3).down.labels]
    assert all(later - earlier >= 13 for earlier, later in pairwise(ys))


def test_a_level_stays_with_its_number() -> None:
    assert wrap("Pre-Access course (level 2)", 24) == ["Pre-Access course", "(level\u00a02)"]


def test_stops_must_be_one_more_than_steps() -> None:
    with pytest.raises(ValueError, match="do not fit"):
        street_plan(["One"], [STEP])


def test_a_very_high_salary_stays_inside_the_pay_picture() -> None:
    picture = pay_picture(105_000, 185_000, [24_000, 25_000, 31_000, 60_000])
    assert picture is not None and picture.left >= 0 and picture.left + picture.width <= 560.1
