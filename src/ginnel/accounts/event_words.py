"""What the events of this area are called, and their sentences."""

from ginnel.events.words import Words

EVENT_WORDS = {
    "accounts.consent.given": Words("Consent given", "{person} agreed to something being kept"),
    "accounts.consent.withdrawn": Words("Consent withdrawn", "{person} took back a consent"),
    "accounts.name.corrected": Words("Name corrected", "{person} corrected the name that colleagues see"),
    "accounts.address.added": Words("E-mail address added", "{person} added an e-mail address"),
    "accounts.address.made-main": Words("Main e-mail address changed", "{person} changed the main e-mail address"),
    "accounts.address.removed": Words("E-mail address removed", "{person} removed an e-mail address"),
    "accounts.password.set": Words("Password set", "{person} set a password"),
    "accounts.password.removed": Words("Password removed", "{person} removed the password"),
    "accounts.second-step.added": Words("Second step added", "{person} added a second step to signing in"),
    "accounts.second-step.removed": Words("Second step removed", "{person} took away a second step of signing in"),
    "accounts.browser.ended": Words("Signed out elsewhere", "{person} signed out of another browser, or of several"),
    "accounts.provider.connected": Words(
        "Organisation's sign-in connected", "{by} connected the sign-in of {organisation}, or changed its settings"
    ),
    "accounts.provider.disconnected": Words(
        "Organisation's sign-in disconnected", "{by} disconnected the sign-in of {organisation}"
    ),
    "accounts.provider.linked": Words(
        "Organisation's sign-in linked", "{person} may sign in with the sign-in of {organisation}"
    ),
    "accounts.provider.unlinked": Words(
        "Organisation's sign-in unlinked", "{person} signs in with the sign-in of {organisation} no more"
    ),
    "accounts.domain.claimed": Words("E-mail domain claimed", "{organisation} said that an e-mail domain is its own"),
    "accounts.domain.checked": Words("E-mail domain checked", "{by} checked that an e-mail domain is {organisation}'s"),
    "accounts.policy.set": Words(
        "Rule about signing in set", "{by} said who of {organisation} needs a second step to sign in"
    ),
    "accounts.account.deleted": Words("Account deleted", "{person} deleted the account"),
    "accounts.account.dropped": Words("Unused account dropped", "An account that nobody ever signed in to was dropped"),
    "accounts.account.erased": Words("Erasure finished", "Everything that {person} left behind was erased"),
}
