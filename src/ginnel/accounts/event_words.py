"""What the events of this area are called, and their sentences."""

from ginnel.events.words import Words

EVENT_WORDS = {
    "accounts.consent.given": Words("Consent given", "{person} agreed to something being kept"),
    "accounts.consent.withdrawn": Words("Consent withdrawn", "{person} took back a consent"),
    "accounts.name.corrected": Words("Name corrected", "{person} corrected the name that colleagues see"),
    "accounts.account.deleted": Words("Account deleted", "{person} deleted the account"),
    "accounts.account.erased": Words("Erasure finished", "Everything that {person} left behind was erased"),
}
