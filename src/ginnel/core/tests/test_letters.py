"""Letters that the mail server does not take at once."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from ginnel.core.letters import WAITS, deliver


class Later:
    """Stands for a task whose backend can wait; keeps what it was asked to do."""

    name = "write"

    def __init__(self, waits=True):
        self.asked, self._waits = [], waits

    def get_backend(self):
        return SimpleNamespace(supports_defer=self._waits)

    def using(self, *, run_after):
        return SimpleNamespace(enqueue=lambda *args, tried: self.asked.append((run_after, args, tried)))


def fails():
    raise OSError("no route for ada@example.org")


def test_a_letter_that_goes_is_not_tried_again():
    later = Later()
    assert deliver(lambda: None, later, 7, tried=0) and later.asked == []


def test_a_letter_that_does_not_go_is_tried_again_later_and_later():
    for tried, wait in enumerate(WAITS):
        later = Later()
        assert deliver(fails, later, 7, "http://x", tried=tried)
        [(when, args, again)] = later.asked
        assert (args, again) == ((7, "http://x"), tried + 1)
        assert abs(when - timezone.now() - wait) < timedelta(minutes=1)


@pytest.mark.parametrize(("later", "tried"), [(Later(), len(WAITS)), (Later(waits=False), 0)])
def test_in_the_end_it_is_logged_without_the_address(later, tried, caplog):
    assert not deliver(fails, later, 7, tried=tried)
    assert later.asked == [] and "write 7" in caplog.text and "ada@" not in caplog.text
