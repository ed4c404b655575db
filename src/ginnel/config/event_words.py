"""What the events of this area are called, and their sentences."""

from ginnel.events.words import Words

EVENT_WORDS = {
    "place.pack.loaded": Words("Place pack loaded", "{by} loaded a place pack"),
    "place.change.drafted": Words("Change of the pack drafted", "{by} drafted a change of the place pack"),
    "place.change.published": Words("Change of the pack published", "{by} approved a change of the place pack"),
    "place.change.discarded": Words("Change of the pack discarded", "{by} discarded a change of the place pack"),
}
