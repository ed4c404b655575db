"""What people and imports change in Career Compass."""


def rebuild_engine() -> None:
    """Build the engine's arrays anew from what is in the database."""
