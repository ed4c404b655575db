"""
Ten and five: what may be said of how many people gave which answer.

1. A count under ten is not said.
2. What was left out must not be found by subtraction: at least two counts are left out, which together are ten people or more; to
   that end the smallest counts that could be said are left out as well.
3. Everything else, the total too, is rounded to the nearest five.

A count of nobody is a count under ten. One question at a time: no tables of two questions, no part of the people.
"""

from collections.abc import Mapping

FEWEST = 10
ROUND_TO = 5


def sayable(counts: Mapping[str, int]) -> dict[str, int | None]:
    """Counts as they may be said, in the same order; None for one that may not."""
    hidden = {name for name, count in counts.items() if count < FEWEST}
    open_ = sorted((count, name) for name, count in counts.items() if name not in hidden)
    while hidden and open_ and (len(hidden) < 2 or sum(counts[name] for name in hidden) < FEWEST):
        hidden.add(open_.pop(0)[1])
    return {name: None if name in hidden else rounded(count) for name, count in counts.items()}


def sayable_total(total: int) -> int | None:
    """The number of all answers as it may be said."""
    return None if total < FEWEST else rounded(total)


def rounded(count: int) -> int:
    """To the nearest five."""
    return ROUND_TO * ((count + ROUND_TO // 2) // ROUND_TO)
