"""What people and imports change in Career Compass."""

from ginnel.careers.engine import forget_engine
from ginnel.careers.reference import build_reference, forget_reference, is_built
from ginnel.careers.search import role_documents
from ginnel.careers.suit_engine import forget_suit_engine
from ginnel.search.commands import publish_all


def publish_roles() -> None:
    """Bring the search documents of roles up to date. Call in the transaction that changed the roles."""
    publish_all("role", role_documents())


def rebuild_engine() -> None:
    """Build the engine's arrays anew from what is in the database. Call after the transaction that changed it."""
    forget_engine()
    forget_suit_engine()
    forget_reference()
    build_reference()


def refresh_engine() -> None:
    """Build the engine's arrays anew if an import changed what they are made of. Call after its transaction."""
    if not is_built():
        rebuild_engine()
