"""What must not stand in a log."""

import logging

import pytest
from django.conf import settings

from ginnel.core.logs import without_keys

KEY = "Zx3-Qw_7uYt1RpL0aBcDeFgH"


@pytest.mark.parametrize(
    "path", ["/list/{}/", "/list/{}/code.svg", "/organisations/invitation/{}/", "/organisations/answer/{}/"]
)
def test_the_key_of_a_link_is_in_no_line(path: str) -> None:
    line = without_keys(None, "info", {"request": f"GET {path.format(KEY)}", "event": "request_started", "code": 200})
    assert KEY not in str(line) and line["code"] == 200 and "…" in line["request"]


def test_other_paths_are_left_as_they_are() -> None:
    line = {"request": "GET /roles/approved-mental-health-professional/"}
    assert without_keys(None, "info", dict(line)) == line


def test_every_line_is_written_without_keys() -> None:
    made = settings.LOGGING["formatters"]["line"]
    factory = made["()"]
    formatter = factory(**{name: value for name, value in made.items() if name != "()"})
    record = logging.LogRecord(
        "django.request", logging.WARNING, "", 1, "Gone: /organisations/answer/%s/", (KEY,), None
    )
    assert KEY not in formatter.format(record)
