"""
Fixtures for every test, in `src/ginnel/*/tests` and in `tests`.

- `leeds`: the real Leeds pack, loaded once. Ask for it by name in the test or in a fixture's arguments.
- `shared_data`: the folder of publishers' files. A test that asks for it is skipped where the folder is absent, and fails
  there when CI=true. A whole file can ask with `pytestmark = pytest.mark.usefixtures("shared_data")`.
- pytest-django's own: `client`, `db`, `settings`, `django_assert_num_queries` …

Journeys in a real browser have more, in `tests/journeys/conftest.py`.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

PROJECT = Path(__file__).parent
IN_CI = os.environ.get("CI", "").lower() in {"1", "true"}

_var: Path | None = None


def pytest_configure(config: pytest.Config) -> None:
    """Keep the tests' files out of the checkout's own var/: each process of the run has a folder of its own."""
    global _var
    if settings.configured:
        _var = Path(tempfile.mkdtemp(prefix="ginnel-test-"))
        settings.VAR_DIR = _var


def pytest_unconfigure(config: pytest.Config) -> None:
    if _var is not None:
        shutil.rmtree(_var, ignore_errors=True)


def pytest_itemcollected(item: pytest.Item) -> None:
    """Every test in tests/journeys is a journey."""
    if "journeys" in item.path.parts:
        item.add_marker("journey")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """
    Tests that need the Leeds pack come after those that may expect an empty database; those that commit come after both, because
    what they leave is wiped, and the pack and the first page of the editors' tree with it.

    Journeys come last: from its start to the end of the run, the browser holds an event loop in which Django refuses the ORM.
    """

    def place(item: pytest.Item) -> tuple[bool, bool, bool]:
        names = getattr(item, "fixturenames", ())
        return "journeys" in item.path.parts, _commits(item), "leeds" in names

    items.sort(key=place)


def _commits(item: pytest.Item) -> bool:
    """Whether a test's changes are committed, so that the database is wiped after it."""
    marker = item.get_closest_marker("django_db")
    names = getattr(item, "fixturenames", ())
    return "transactional_db" in names or "live_server" in names or bool(marker and marker.kwargs.get("transaction"))


@pytest.fixture(autouse=True)
def _begins_empty(request: pytest.FixtureRequest) -> None:
    """A test that commits begins without the pack that others share."""
    if _commits(request.node):
        request.getfixturevalue("transactional_db")
        from django.core.management import call_command

        call_command("flush", verbosity=0, interactive=False, inhibit_post_migrate=False)


@pytest.fixture(scope="session", autouse=True)
def _a_test_may_empty_its_database() -> Iterator[None]:
    """The database refuses to lose events, and a transactional test ends by emptying every table: guards off, empty, guards on."""
    from django.db import connection

    from ginnel.events import guards

    flush = connection.ops.__class__.execute_sql_flush

    def flush_events_too(operations: "object", statements: list[str]) -> None:
        guards.remove(operations.connection)  # type: ignore[attr-defined]
        flush(operations, statements)
        guards.install(operations.connection)  # type: ignore[attr-defined]

    connection.ops.__class__.execute_sql_flush = flush_events_too  # type: ignore[method-assign]
    yield
    connection.ops.__class__.execute_sql_flush = flush  # type: ignore[method-assign]


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The publishers' files: GINNEL_SHARED, or ../shared/data beside the checkout."""
    folder = Path(os.environ.get("GINNEL_SHARED") or PROJECT.parent / "shared" / "data").resolve()
    if not folder.is_dir():
        reason = f"the publishers' files are not at {folder} (set GINNEL_SHARED)"
        if IN_CI:
            pytest.fail(reason)
        pytest.skip(reason)
    return folder


@pytest.fixture(scope="session")
def _leeds_loaded(django_db_setup: None, django_db_blocker: "object") -> None:
    from ginnel.config.pack import load_pack

    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        load_pack(PROJECT / "places" / "leeds")


@pytest.fixture
def leeds(_leeds_loaded: None, request: pytest.FixtureRequest, db: None) -> Iterator[None]:
    """
    The Leeds pack in the test database; what the test changes is rolled back.

    Loaded once for the whole run, outside any test's transaction. A transactional test would empty it for the others.
    """
    if "transactional_db" in request.fixturenames:
        pytest.fail("`leeds` cannot be used with transactional_db, which would empty the database: use `db`")
    yield
