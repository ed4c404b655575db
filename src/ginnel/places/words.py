"""What `rules` found, in the reader's language."""

from django.utils.translation import gettext as _

from ginnel.places.rules import PostcodeReading, Shape


def problem_in_words(reading: PostcodeReading) -> str:
    """What is wrong with what was typed for a postcode, and what to do; empty when nothing is."""
    if reading.shape == Shape.OUTWARD:
        first = {"first": reading.outward}
        return (
            _("%(first)s is only the first part. Type all of your postcode: a number and two letters come after it.")
            % first
        )
    return _(reading.problem) if reading.problem else ""


def decile_in_words(decile: int, index_year: int) -> str:
    """What a decile says of an area. Only the first is called deprived: the rest are places in an order."""
    if decile == 1:
        return _("This area is among the 10 %% most deprived in England (%(year)s).") % {"year": index_year}
    return _(
        "England's small areas are put in 10 groups by how much people lack. Group 1 lacks most. "
        "This area is in group %(decile)s (%(year)s)."
    ) % {"decile": decile, "year": index_year}
