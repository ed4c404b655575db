"""A mark for words that are translated where they are shown. No Django: rules and numbers may use it."""


def gettext_noop(words: str) -> str:
    """The words as they are. `makemessages` finds them by this name; whoever shows them calls `gettext`."""
    return words
