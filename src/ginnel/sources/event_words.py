"""What the events of this area are called, and their sentences."""

from ginnel.events.words import Words

EVENT_WORDS = {
    "sources.import.finished": Words("Publishers' files imported", "{by} took in publishers' files"),
}
