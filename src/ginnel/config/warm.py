"""Getting a process ready before its first visitor."""

import gc

from django.conf import settings

from ginnel.core.catalogues import flatten


def warm() -> None:
    """
    Make the catalogues quick, build the engines, get ready for every role, and take what was built out of the garbage collector's sight.

    The engines are some hundred thousand objects that live as long as the process; looked through again and again, they would make every
    page slower. Without a place there is nothing more to do.
    """
    from ginnel.careers.engine import route_engine
    from ginnel.careers.model.routing import prepare
    from ginnel.careers.suit_engine import suit_engine
    from ginnel.places.queries import current_place

    for code, _ in settings.LANGUAGES:
        flatten(code)
    if not current_place().loaded:
        return
    suit_engine()
    prepare(route_engine().table)
    gc.collect()
    gc.freeze()
