"""
Fixtures of this folder.

- `pack`: the small pack, loaded.
- `editor`, `moderator`: a person each of the office.
"""

import pytest

from ginnel.config.pack import load_pack
from ginnel.config.tests.pack_changes import SMALLBRIDGE
from ginnel.site.tests.office import person


@pytest.fixture
def pack(db):
    load_pack(SMALLBRIDGE)


@pytest.fixture
def editor(db):
    return person("editor@example.org", "Editors")


@pytest.fixture
def moderator(db):
    return person("moderator@example.org", "Moderators")
