"""What the events of this area are called, and their sentences."""

from ginnel.events.words import Words

EVENT_WORDS = {
    "place.pack.loaded": Words("Place pack loaded", "{by} loaded a place pack"),
}
