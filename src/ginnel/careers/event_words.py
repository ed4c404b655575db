"""What the events of this area are called, and their sentences."""

from ginnel.core.marking import gettext_noop
from ginnel.events.words import Words

EVENT_WORDS = {
    "careers.shortlist.kept": Words(
        "List of roles kept", gettext_noop("{by} kept a list of {roles} roles under a link")
    ),
}
