"""What the events of this area are called, and their sentences."""

from ginnel.core.marking import gettext_noop
from ginnel.events.words import Words

EVENT_WORDS = {
    "sources.import.finished": Words("Publishers' files imported", gettext_noop("{by} took in publishers' files")),
}
