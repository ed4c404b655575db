"""This area's lines of the retention table."""

from datetime import datetime

from django.contrib.sessions.models import Session

from ginnel.accounts.commands.browsers import drop_ended_browsers
from ginnel.accounts.models import Consent, Erasure, RecordAccess
from ginnel.accounts.privacy.retention import Kept
from ginnel.core.words import gettext_lazy

YEAR = 365


def _old_reads(before: datetime) -> int:
    return RecordAccess.objects.filter(at__lt=before).delete()[0]


def _old_consents(before: datetime) -> int:
    return Consent.objects.filter(withdrawn_at__lt=before).delete()[0]


def _old_erasures(before: datetime) -> int:
    return Erasure.objects.filter(done_at__lt=before).delete()[0]


def _ended_sessions(before: datetime) -> int:
    return Session.objects.filter(expire_date__lt=before).delete()[0]


ROWS = [
    Kept(
        "account",
        gettext_lazy("E-mail addresses, name, days of signing in"),
        gettext_lazy("to sign you in"),
        gettext_lazy("you delete your account: at once"),
    ),
    Kept(
        "ways-in",
        gettext_lazy(
            "How you sign in: a password nobody can read, apps, passkeys, recovery codes, your number at an organisation's sign-in"
        ),
        gettext_lazy("to let you in and nobody else"),
        gettext_lazy("you take it away or delete your account: at once"),
    ),
    Kept(
        "browsers",
        gettext_lazy("Where you are signed in: the kind of browser, since when, last seen"),
        gettext_lazy("so that you can see it, and sign out from afar"),
        gettext_lazy("the sign-in ends: within a day"),
        purge=lambda before: drop_ended_browsers(at=before),
    ),
    Kept(
        "about-me",
        gettext_lazy("What you say in About me"),
        gettext_lazy("to show what fits you"),
        gettext_lazy("you change it or delete your account: at once"),
    ),
    Kept(
        "support",
        gettext_lazy("What would help you (it may tell of your health)"),
        gettext_lazy("so that people who help you can see to it, if you agreed"),
        gettext_lazy("you take back your consent or delete your account: at once"),
    ),
    Kept(
        "consents",
        gettext_lazy("What you agreed to, and when"),
        gettext_lazy("to show that you did"),
        gettext_lazy("6 years after you took it back, or you delete your account: at once"),
        days=6 * YEAR,
        purge=_old_consents,
    ),
    Kept(
        "reads",
        gettext_lazy("Who looked at your record"),
        gettext_lazy("so that you can see it"),
        gettext_lazy("6 years, or you delete your account: at once"),
        days=6 * YEAR,
        purge=_old_reads,
    ),
    Kept(
        "sessions",
        gettext_lazy("Your visit: being signed in, answers in “suit me”, a list"),
        gettext_lazy("to keep your visit together"),
        gettext_lazy("2 weeks after the last change; signing out ends it; deleting your account at once"),
        purge=_ended_sessions,
    ),
    Kept(
        "erasure-address",
        gettext_lazy("The address of a deleted account"),
        gettext_lazy("to tell you that the rest is gone"),
        gettext_lazy("the report is sent: minutes as a rule, 7 days at most"),
    ),
    Kept(
        "backups",
        gettext_lazy("Copies of the database"),
        gettext_lazy("to put the site right after a fault"),
        gettext_lazy("35 days"),
    ),
    Kept(
        "erasures",
        gettext_lazy("That an account was deleted: its number, the days"),
        gettext_lazy("to show that we did it"),
        gettext_lazy("6 years"),
        names_person=False,
        days=6 * YEAR,
        purge=_old_erasures,
    ),
    Kept(
        "equality",
        gettext_lazy("Equality answers, under a number that only a secret key makes"),
        gettext_lazy("to count who is reached, and who is not"),
        gettext_lazy("you take them back at once; you delete your account: within a day"),
        names_person=False,
    ),
    Kept(
        "events",
        gettext_lazy("What happened: numbers, counts and codes"),
        gettext_lazy("to answer for it; tampering shows"),
        gettext_lazy("no end; a deleted account's number points at nobody"),
        names_person=False,
    ),
]
