"""What the events of this area are called, and their sentences."""

from ginnel.core.marking import gettext_noop
from ginnel.events.words import Words

EVENT_WORDS = {
    "place.pack.loaded": Words("Place pack loaded", gettext_noop("{by} loaded a place pack")),
    "place.change.drafted": Words(
        "Change of the pack drafted", gettext_noop("{by} drafted a change of the place pack")
    ),
    "place.change.published": Words(
        "Change of the pack published", gettext_noop("{by} approved a change of the place pack")
    ),
    "place.change.discarded": Words(
        "Change of the pack discarded", gettext_noop("{by} discarded a change of the place pack")
    ),
}
