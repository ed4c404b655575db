"""People and pages that tests of the office share."""

import json
from datetime import date, timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from ginnel.accounts.commands import open_account
from ginnel.accounts.models import User
from ginnel.site.commands import open_languages, set_office_groups, start_translation
from ginnel.site.models import ArticlePage, HomePage, StoryPage


def person(email: str, *groups: str) -> User:
    user = open_account(email)
    set_office_groups(user, groups, by=None, at=timezone.now())
    return user


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def home() -> HomePage:
    """The English one."""
    return HomePage.objects.get(locale__language_code="en-gb")


def in_languages(settings: Any) -> None:
    """A site that offers every language there is, each with its tree of pages."""
    settings.LANGUAGES = [("en-gb", "English"), *settings.TRANSLATED.items()]
    settings.WAGTAIL_CONTENT_LANGUAGES = settings.LANGUAGES
    settings.WAGTAIL_I18N_ENABLED = True
    open_languages(by=None, at=timezone.now())


def translated(page: Any, language: str = "pl", *, by: User | None = None, live: bool = True, **fields: Any) -> Any:
    """A version of a page in another language, its title and summary marked with the language."""
    draft = start_translation(page, language, by=by, at=timezone.now()).specific
    for name, value in {
        "title": f"{page.title} ({language})",
        "summary": f"{page.summary} ({language})",
        **fields,
    }.items():
        setattr(draft, name, value)
    revision = draft.save_revision(user=by)
    if live:
        revision.publish()
        draft.refresh_from_db()
    return draft


def article(title: str = "A first talk", *, by: User | None = None, live: bool = False, **fields: Any) -> ArticlePage:
    """An article under home; its one revision is `by` this person."""
    fields = {"summary": "What to bring.", "body": [("text", "<p>Bring a friend.</p>")], **fields}
    body = fields.pop("body")
    page = ArticlePage(title=title, slug=title.lower().replace(" ", "-"), live=False, owner=by, **fields)
    # As the database holds it, so that a test may name a picture or a page by its number.
    blocks = [{"type": kind, "value": value} for kind, value in body]
    page.body = ArticlePage._meta.get_field("body").to_python(json.dumps(blocks))
    home().add_child(instance=page)
    revision = page.save_revision(user=by)
    if live:
        revision.publish()
        page.refresh_from_db()
    return page


def story(*, until: date, owner: User | None = None, live: bool = True) -> StoryPage:
    page = StoryPage(
        title="Tam's path",
        slug="tam",
        summary="How Tam got here.",
        person="Tam Example",
        consent_by="Tamsin Secretname",
        consent_on=until - timedelta(days=400),
        consent_scope="site",
        consent_until=until,
        live=False,
        owner=owner,
        stages=[("stage", {"when": "Now", "what": "I work in care.", "step": "", "role": ""})],
    )
    home().add_child(instance=page)
    revision = page.save_revision(user=owner)
    if live:
        revision.publish()
        page.refresh_from_db()
    return page


def on(now, days):
    return timezone.localdate(now) + timedelta(days=days)


def read(client, path, language="en-gb", status=200):
    answer = client.get(path, HTTP_ACCEPT_LANGUAGE=language)
    assert answer.status_code == status, path
    return answer.content.decode()
