"""Whatever is typed at the command line: an answer, or one line that says what is wrong; never a traceback."""

import json

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ginnel.config.cli import main

pytestmark = pytest.mark.usefixtures("leeds")

few = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
# No lone surrogates: a shell cannot pass them. No NUL: neither can an argument hold it.
words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=80)
known = st.sampled_from(
    [
        "porter",
        "registered-nurse",
        "unpaid-carer",
        "school-leaver",
        "paramedic",
        "29-1141.00",
        "nobody",
        "-",
        "--",
        "'; DROP TABLE x",
        "<b>",
    ]
)
codes = st.one_of(known, words)


def run(*arguments: str) -> str:
    """The output of a command that ended as a command should."""
    done = CliRunner().invoke(main, list(arguments))
    assert done.exception is None or isinstance(done.exception, SystemExit), (arguments, done.exception)
    assert done.exit_code in (0, 1, 2)
    assert "Traceback" not in done.output
    if done.exit_code == 0 and "--json" in arguments and "--help" not in done.output:
        json.loads(done.stdout)
    return done.output


@few
@given(words, st.sampled_from([[], ["--json"], ["--level", "3"], ["--age", "17", "--json"], ["--level", "99"]]))
def test_suit_takes_any_words(text, options):
    assert run("careers", "suit", *options, "--", text)


@few
@given(codes, codes, st.sampled_from([[], ["--json"], ["--years", "3"], ["--has", "driving-licence"], ["--has", "x"]]))
def test_route_takes_any_ends(start, target, options):
    assert run("careers", "route", *options, "--", start, target)


@few
@given(codes, st.sampled_from([[], ["--json"], ["--limit", "3"], ["--limit", "0"], ["--limit", "x"]]))
def test_related_takes_any_code(code, options):
    assert run("careers", "related", *options, "--", code)


@few
@given(codes, st.integers(-3, 10**9))
def test_next_takes_any_pool(code, heads):
    assert run("careers", "next", "--pool", f"{code}={heads}")


@few
@given(words)
def test_where_takes_any_postcode(code):
    assert run("place", "where", "--", code)


@few
@given(words, st.binary(max_size=400), st.sampled_from(["a.csv", "b.json", "c.csv.gz", "d.zip", "e.xlsx", "f.tsv"]))
def test_import_takes_any_file(tmp_path_factory, name, content, file_name):
    path = tmp_path_factory.mktemp("files") / file_name
    path.write_bytes(content)
    assert run("import", "--dry-run", str(path))
    assert run("import", "--dry-run", "--", f"/nowhere/{name}")


def test_a_pool_of_less_than_nobody_is_refused_and_says_how():
    assert "as in porter=40" in run("careers", "next", "--pool", "porter=-1")
