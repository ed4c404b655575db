"""The WSGI application that granian serves."""

import os
import threading

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ginnel.config.settings")
application = get_wsgi_application()


def _warm() -> None:
    """Build the engines and get ready for every role before the first visitor asks; a failure here shows when somebody does ask."""
    from contextlib import suppress

    from django.db import close_old_connections

    from ginnel.careers.engine import route_engine
    from ginnel.careers.model.routing import prepare
    from ginnel.careers.suit_engine import suit_engine
    from ginnel.places.queries import current_place

    with suppress(Exception):
        if current_place().loaded:
            suit_engine()
            prepare(route_engine().table)
    close_old_connections()


threading.Thread(target=_warm, name="warm", daemon=True).start()
