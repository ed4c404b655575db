"""A setting that cannot be used is said in one line."""

import os
import subprocess
import sys

import pytest


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("GINNEL_EMAIL_PORT", "abc", "GINNEL_EMAIL_PORT must be a whole number, not 'abc'"),
        ("GINNEL_LOG_LEVEL", "loud", "GINNEL_LOG_LEVEL must be one of DEBUG, INFO, WARNING, ERROR, not 'LOUD'"),
        ("GINNEL_DEBUG", "perhaps", "GINNEL_DEBUG must be yes or no, not 'perhaps'"),
        ("DATABASE_URL", "mysql://somewhere/x", "DATABASE_URL must begin with postgres:// or sqlite://"),
    ],
)
def test_a_bad_setting_is_named_in_one_line(name, value, words, tmp_path):
    environment = {**os.environ, "GINNEL_VAR": str(tmp_path), name: value}
    done = subprocess.run(
        [sys.executable, "-m", "ginnel", "place", "where", "LS1 4AP"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1 and words in done.stderr
