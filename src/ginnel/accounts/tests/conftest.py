"""For the tests of signing in: a clean count of tries, and a real identity provider."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import cache

from ginnel.accounts.tests.providers import PROJECT, RunningProvider, running_provider


@pytest.fixture(autouse=True)
def _no_limits_left_over():
    cache.clear()


@pytest.fixture(scope="session")
def provider_modules() -> str:
    """The folder of npm's oidc-provider. Skipped where there is no npm; failed there when CI=true."""
    made = subprocess.run([PROJECT / "tools" / "oidc-provider.sh"], capture_output=True, text=True, check=False)
    if made.returncode:
        if os.environ.get("CI", "").lower() in {"1", "true"}:
            pytest.fail(made.stderr)
        pytest.skip(made.stderr.strip())
    return made.stdout.strip()


@pytest.fixture(scope="session")
def _provider(provider_modules: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningProvider]:
    with running_provider(provider_modules, tmp_path_factory.mktemp("provider")) as provider:
        yield provider


@pytest.fixture
def provider(_provider: RunningProvider) -> RunningProvider:
    """A real provider whose ID token tells the address. Nobody is there until the test says so."""
    _provider.set()
    return _provider


@pytest.fixture
def userinfo_provider(provider_modules: str, tmp_path: Path) -> Iterator[RunningProvider]:
    """A real provider that tells the address only at its userinfo endpoint."""
    with running_provider(provider_modules, tmp_path, userinfo=True) as provider:
        yield provider
