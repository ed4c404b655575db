"""This area's lines of the retention table."""

from datetime import datetime

from django.contrib.sessions.models import Session

from ginnel.accounts.commands.browsers import drop_ended_browsers
from ginnel.accounts.models import Consent, Erasure, RecordAccess
from ginnel.accounts.privacy.retention import Kept

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
    Kept("account", "E-mail addresses, name, days of signing in", "to sign you in", "you delete your account: at once"),
    Kept(
        "ways-in",
        "How you sign in: a password nobody can read, apps, passkeys, recovery codes, your number at an organisation's sign-in",
        "to let you in and nobody else",
        "you take it away or delete your account: at once",
    ),
    Kept(
        "browsers",
        "Where you are signed in: the kind of browser, since when, last seen",
        "so that you can see it, and sign out from afar",
        "the sign-in ends: within a day",
        purge=lambda before: drop_ended_browsers(at=before),
    ),
    Kept(
        "about-me", "What you say in About me", "to show what fits you", "you change it or delete your account: at once"
    ),
    Kept(
        "support",
        "What would help you (it may tell of your health)",
        "so that people who help you can see to it, if you agreed",
        "you take back your consent or delete your account: at once",
    ),
    Kept(
        "consents",
        "What you agreed to, and when",
        "to show that you did",
        "6 years after you took it back, or you delete your account: at once",
        days=6 * YEAR,
        purge=_old_consents,
    ),
    Kept(
        "reads",
        "Who looked at your record",
        "so that you can see it",
        "6 years, or you delete your account: at once",
        days=6 * YEAR,
        purge=_old_reads,
    ),
    Kept(
        "sessions",
        "Your visit: being signed in, answers in “suit me”, a list",
        "to keep your visit together",
        "2 weeks after the last change; signing out ends it; deleting your account at once",
        purge=_ended_sessions,
    ),
    Kept(
        "erasure-address",
        "The address of a deleted account",
        "to tell you that the rest is gone",
        "the report is sent: minutes as a rule, 7 days at most",
    ),
    Kept(
        "backups",
        "Copies of the database",
        "to put the site right after a fault",
        "35 days",
    ),
    Kept(
        "erasures",
        "That an account was deleted: its number, the days",
        "to show that we did it",
        "6 years",
        names_person=False,
        days=6 * YEAR,
        purge=_old_erasures,
    ),
    Kept(
        "equality",
        "Equality answers, under a number that only a secret key makes",
        "to count who is reached, and who is not",
        "you take them back at once; you delete your account: within a day",
        names_person=False,
    ),
    Kept(
        "events",
        "What happened: numbers, counts and codes",
        "to answer for it; tampering shows",
        "no end; a deleted account's number points at nobody",
        names_person=False,
    ),
]
