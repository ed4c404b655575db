"""What people and imports change in Career Compass."""

from ginnel.careers.search import role_documents
from ginnel.search.commands import publish_all


def publish_roles() -> None:
    """Bring the search documents of roles up to date. Call in the transaction that changed the roles."""
    publish_all("role", role_documents())


def rebuild_engine() -> None:
    """Build the engine's arrays anew from what is in the database."""
