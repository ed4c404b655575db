"""Those who may approve a draft are told that it waits."""

import pytest
from django.core import mail
from django.urls import reverse

from ginnel.config.changes.tasks import tell_of_draft, write_of_draft
from ginnel.config.tests.pack_changes import draft, form_of, publish, save_again
from ginnel.site.models import PackChange
from ginnel.site.tests.office import person, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pack")]
STEP = reverse("pack_changes:row", args=["step", "all-helper"])


def save(user, **cells):
    client = signed_in(user)
    client.post(STEP, form_of(client, STEP) | cells)
    return PackChange.objects.latest("pk")


def test_a_sound_draft_is_told_once_to_each_moderator_with_a_link_and_to_nobody_else(editor, moderator):
    person("second@example.org", "Moderators")
    person("another-editor@example.org", "Editors")
    person("resident@example.org")
    change = save(editor, months="3", note="Their page says so")
    assert sorted(letter.to[0] for letter in mail.outbox) == ["moderator@example.org", "second@example.org"]
    letter = mail.outbox[0]
    assert f"http://testserver/office/pack/changes/{change.pk}/" in letter.body
    assert "Their page says so" in letter.body and "Step of a route all-helper" in letter.subject
    tell_of_draft.call(change.pk, "http://testserver")
    assert len(mail.outbox) == 2
    url = reverse("pack_changes:change_edit", args=[change.pk])
    client = signed_in(editor)
    client.post(url, form_of(client, url) | {"months": "4"})
    assert len(mail.outbox) == 2, "saved again, it is not told again"


def test_nobody_is_told_of_a_draft_of_their_own(moderator):
    save(moderator, months="3")
    assert mail.outbox == []


def test_a_draft_that_breaks_the_pack_is_told_when_it_is_mended(editor, moderator):
    change = save(editor, months="many")
    assert mail.outbox == []
    url = reverse("pack_changes:change_edit", args=[change.pk])
    client = signed_in(editor)
    client.post(url, form_of(client, url) | {"months": "3"})
    assert [letter.to for letter in mail.outbox] == [["moderator@example.org"]]


def test_a_letter_that_comes_too_late_is_not_written(editor, moderator):
    second = person("second@example.org", "Moderators")
    change = draft("step", "all-helper", editor, months="3")
    save_again(change, second, ",3,", ",4,")
    assert write_of_draft.call(change.pk, second.pk, "http://testserver"), "they have saved it themselves meanwhile"
    change.refresh_from_db()
    publish(change, by=moderator)
    assert write_of_draft.call(change.pk, moderator.pk, "http://testserver"), "it is decided"
    assert mail.outbox == []
