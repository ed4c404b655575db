"""What the events of this area are called, and their sentences."""

from ginnel.core.marking import gettext_noop
from ginnel.events.words import Words

EVENT_WORDS = {
    "accounts.consent.given": Words("Consent given", gettext_noop("{person} agreed to something being kept")),
    "accounts.consent.withdrawn": Words("Consent withdrawn", gettext_noop("{person} took back a consent")),
    "accounts.name.corrected": Words("Name corrected", gettext_noop("{person} corrected the name that colleagues see")),
    "accounts.address.added": Words("E-mail address added", gettext_noop("{person} added an e-mail address")),
    "accounts.address.made-main": Words(
        "Main e-mail address changed", gettext_noop("{person} changed the main e-mail address")
    ),
    "accounts.address.removed": Words("E-mail address removed", gettext_noop("{person} removed an e-mail address")),
    "accounts.password.set": Words("Password set", gettext_noop("{person} set a password")),
    "accounts.password.removed": Words("Password removed", gettext_noop("{person} removed the password")),
    "accounts.second-step.added": Words(
        "Second step added", gettext_noop("{person} added a second step to signing in")
    ),
    "accounts.second-step.removed": Words(
        "Second step removed", gettext_noop("{person} took away a second step of signing in")
    ),
    "accounts.browser.ended": Words(
        "Signed out elsewhere", gettext_noop("{person} signed out of another browser, or of several")
    ),
    "accounts.provider.connected": Words(
        "Organisation's sign-in connected",
        gettext_noop("{by} connected the sign-in of {organisation}, or changed its settings"),
    ),
    "accounts.provider.disconnected": Words(
        "Organisation's sign-in disconnected", gettext_noop("{by} disconnected the sign-in of {organisation}")
    ),
    "accounts.provider.linked": Words(
        "Organisation's sign-in linked", gettext_noop("{person} may sign in with the sign-in of {organisation}")
    ),
    "accounts.provider.unlinked": Words(
        "Organisation's sign-in unlinked", gettext_noop("{person} signs in with the sign-in of {organisation} no more")
    ),
    "accounts.domain.claimed": Words(
        "E-mail domain claimed", gettext_noop("{organisation} said that an e-mail domain is its own")
    ),
    "accounts.domain.checked": Words(
        "E-mail domain checked", gettext_noop("{by} checked that an e-mail domain is {organisation}'s")
    ),
    "accounts.policy.set": Words(
        "Rule about signing in set", gettext_noop("{by} said who of {organisation} needs a second step to sign in")
    ),
    "accounts.account.deleted": Words("Account deleted", gettext_noop("{person} deleted the account")),
    "accounts.account.erased": Words(
        "Erasure finished", gettext_noop("Everything that {person} left behind was erased")
    ),
    "accounts.account.dropped": Words(
        "Unused account dropped", gettext_noop("An account that nobody ever signed in to was dropped")
    ),
}
