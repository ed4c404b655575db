"""A site of three languages, and a story on it."""

import pytest
from django.core.cache import cache
from django.utils import timezone
from wagtail.models import Site

from ginnel.site.context import forget_menus
from ginnel.site.tests.office import in_languages, on, person, story


@pytest.fixture
def languages(settings):
    in_languages(settings)
    forget_menus()
    yield
    forget_menus()
    cache.clear()
    Site.clear_site_root_paths_cache()


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def tam(languages, now):
    return story(until=on(now, 90), owner=person("owner@example.org", "Editors"))
