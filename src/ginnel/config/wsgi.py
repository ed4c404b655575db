"""The WSGI application that granian serves."""

import os
import threading

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ginnel.config.settings")
application = get_wsgi_application()


def _warm() -> None:
    """In a thread of its own, so that the first page need not wait; a failure here shows when somebody asks."""
    from contextlib import suppress

    from django.db import close_old_connections

    from ginnel.config.warm import warm

    with suppress(Exception):
        warm()
    close_old_connections()


# A moment later, so that whoever waits for the site to start has their first page before.
_later = threading.Timer(1.5, _warm)
_later.daemon = True
_later.start()
