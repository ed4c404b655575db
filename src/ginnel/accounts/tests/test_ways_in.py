"""Passwords, the second step, a fresh sign-in, and what the door does not tell."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from ginnel.accounts import workplaces
from ginnel.accounts.commands import change_password, open_account, set_policy
from ginnel.accounts.models import User
from ginnel.accounts.sealing import CannotUnseal, seal, unseal
from ginnel.accounts.tests.people import sign_in
from ginnel.accounts.workplaces import Workplace, register_workplaces

pytestmark = pytest.mark.django_db
DOOR, CODE, PASSWORD, SECOND = (f"/account/sign-in/{part}" for part in ("", "code/", "password/", "second-step/"))
SECURITY = "/account/security/"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
GOOD = "three quiet lamps on a barge"


@pytest.fixture
def sam() -> User:
    return open_account("sam@example.com")


@pytest.fixture
def works(monkeypatch):
    """Say where people work: `works(organisation=7, administrator=True)`."""
    monkeypatch.setattr(workplaces, "_readers", {})

    def say(organisation: int = 7, *, administrator: bool = False) -> None:
        register_workplaces("test", lambda user: [Workplace(organisation, administrator)])

    return say


def give_password(user: User) -> None:
    change_password(user, GOOD, by=user, at=timezone.now())


def give_app(user: User) -> None:
    TOTP.activate(user, SECRET)
    RecoveryCodes.activate(user)


def app_code(seconds: int = 0) -> str:
    return format_hotp_value(hotp_value(SECRET, int(time.time() + seconds) // 30))


def mailed_code() -> str:
    found = re.findall(r"^ {4}(\d{4} \d{4})$", str(mail.outbox[-1].body), re.MULTILINE)
    return found[-1]


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def by_code(client: Client, email: str = "sam@example.com"):
    client.post(DOOR, {"email": email})
    return client.post(CODE, {"code": mailed_code()})


# --- Passwords --------------------------------------------------------------------------------------------------


def test_a_password_opens_the_account_from_the_page_that_everybody_is_offered(client, sam):
    give_password(sam)
    client.post(DOOR, {"email": "sam@example.com"})
    assert "Use a password or passkey instead" in client.get(CODE).content.decode()
    assert 'value="sam@example.com"' in client.get(PASSWORD).content.decode()
    response = client.post(PASSWORD, {"email": "SAM@example.com", "password": GOOD, "next": "/account/sessions/"})
    assert response.headers["Location"] == "/account/sessions/"
    assert is_in(client)


def test_known_unknown_and_without_a_password_get_the_same_answer(sam):
    give_password(sam)
    open_account("codes-only@example.com")
    User.objects.filter(pk=open_account("closed@example.com").pk).update(is_active=False)
    pages = set()
    for email in ("sam@example.com", "codes-only@example.com", "closed@example.com", "nobody@example.com"):
        page = Client().post(PASSWORD, {"email": email, "password": "wrong"}).content.decode()
        pages.add(re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page).replace(email, "EMAIL"))
    assert len(pages) == 1
    assert "is not right" in pages.pop()


def test_what_an_account_has_does_not_show_at_the_door(sam):
    give_password(sam)
    give_app(sam)
    answers = []
    for email in ("sam@example.com", "nobody@example.com"):
        client = Client()
        first = client.post(DOOR, {"email": email})
        page = client.get(first.headers["Location"]).content.decode()
        answers.append(
            (first.headers["Location"], re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page).replace(email, ""))
        )
    assert answers[0] == answers[1]


def test_a_browser_that_knows_the_way_is_led_there_and_no_other(client, sam):
    give_password(sam)
    client.post(PASSWORD, {"email": "sam@example.com", "password": GOOD})
    client.post("/account/sign-out/")
    assert client.post(DOOR, {"email": "sam@example.com"}).headers["Location"] == PASSWORD
    assert client.post(DOOR, {"email": "other@example.com"}).headers["Location"] == CODE
    assert Client().post(DOOR, {"email": "sam@example.com"}).headers["Location"] == CODE
    assert "sam@example.com" not in client.cookies["known"].value


def test_wrong_passwords_lock_out_the_one_who_types_them_and_nobody_else(client, sam):
    give_password(sam)
    stranger = Client(REMOTE_ADDR="203.0.113.9")
    for _ in range(5):
        stranger.post(PASSWORD, {"email": "sam@example.com", "password": "guess"})
    locked = stranger.post(PASSWORD, {"email": "sam@example.com", "password": GOOD})
    assert "too many tries" in locked.content.decode()
    assert not is_in(stranger)
    client.post(PASSWORD, {"email": "sam@example.com", "password": GOOD})
    assert is_in(client)


def test_strangers_from_everywhere_lock_out_no_browser_that_is_known(client, sam):
    give_password(sam)
    client.post(PASSWORD, {"email": "sam@example.com", "password": GOOD})
    client.post("/account/sign-out/")
    for number in range(50):
        Client(REMOTE_ADDR=f"203.0.113.{number}").post(PASSWORD, {"email": "sam@example.com", "password": "guess"})
    assert (
        "too many"
        in Client(REMOTE_ADDR="198.51.100.1")
        .post(PASSWORD, {"email": "sam@example.com", "password": GOOD})
        .content.decode()
    )
    client.post(PASSWORD, {"email": "sam@example.com", "password": GOOD})
    assert is_in(client)


def test_strangers_who_ask_for_codes_stop_neither_a_code_in_flight_nor_the_next(client, sam):
    client.post(DOOR, {"email": "sam@example.com"})
    own = mailed_code()
    stranger = Client(REMOTE_ADDR="203.0.113.9")
    for _ in range(12):
        stranger.post(DOOR, {"email": "sam@example.com"})
    for _ in range(3):
        stranger.post(CODE, {"code": "0000 0000"})
    assert client.post(CODE, {"code": own}).headers["Location"] == "/account/"
    client.post("/account/sign-out/")
    assert by_code(client).headers["Location"] == "/account/"


@pytest.mark.parametrize("password", ["short", "password1234", "sam@example.com", ""])
def test_a_weak_password_is_refused_with_why(client, sam, password):
    sign_in(client, sam)
    assert "There is a problem" in client.post("/account/password/", {"password": password}).content.decode()
    sam.refresh_from_db()
    assert not sam.has_usable_password()


def test_a_new_password_signs_everybody_else_out_and_tells_the_owner(client, sam):
    elsewhere = Client()
    sign_in(elsewhere, sam)
    sign_in(client, sam)
    assert client.post("/account/password/", {"password": GOOD}).headers["Location"] == SECURITY
    assert client.get(SECURITY).status_code == 200
    assert elsewhere.get(SECURITY).status_code == 302
    assert "password was set or changed" in mail.outbox[-1].body
    client.post("/account/password/", {"action": "remove"})
    sam.refresh_from_db()
    assert not sam.has_usable_password()
    assert client.get(SECURITY).status_code == 200


# --- Second step ------------------------------------------------------------------------------------------------


def test_an_app_is_set_up_with_its_first_code_and_recovery_codes_come_with_it(client, sam):
    sign_in(client, sam)
    page = client.get("/account/security/app/").content.decode()
    secret = re.search(r"<samp[^>]*>(\w+)</samp>", page)[1]
    assert "did not work" in client.post("/account/security/app/", {"code": "000000"}).content.decode()
    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    response = client.post("/account/security/app/", {"code": code})
    assert response.headers["Location"] == "/account/security/recovery-codes/"
    assert len(re.findall(r"<samp[^>]*>\d{8}</samp>", client.get(response.headers["Location"]).content.decode())) == 10
    stored = Authenticator.objects.get(user=sam, type="totp")
    assert secret not in str(stored.data)
    assert client.get("/account/security/recovery-codes/recovery-codes.txt").content.count(b"\n") == 10


@pytest.mark.parametrize("way", ["code", "password"])
def test_the_second_step_is_asked_after_a_code_and_after_a_password(client, sam, way):
    give_password(sam)
    give_app(sam)
    password = {"email": "sam@example.com", "password": GOOD}
    response = by_code(client) if way == "code" else client.post(PASSWORD, password)
    assert response.headers["Location"] == SECOND
    assert not is_in(client)
    assert client.get("/account/").status_code == 302
    assert "did not work" in client.post(SECOND, {"code": "123456"}).content.decode()
    client.post(SECOND, {"code": app_code()})
    assert is_in(client)


def test_a_code_of_the_app_works_once(client, sam):
    give_app(sam)
    by_code(client)
    code = app_code()
    client.post(SECOND, {"code": code})
    other = Client()
    by_code(other)
    other.post(SECOND, {"code": code})
    assert not is_in(other)


def test_a_recovery_code_works_once(client, sam):
    give_app(sam)
    code = Authenticator.objects.get(user=sam, type="recovery_codes").wrap().generate_codes()[0]
    by_code(client)
    client.post(SECOND, {"code": code})
    assert is_in(client)
    other = Client()
    by_code(other)
    other.post(SECOND, {"code": code})
    assert not is_in(other)


def test_the_second_step_page_is_closed_to_who_has_not_done_the_first(client, sam):
    give_app(sam)
    assert client.get(SECOND).headers["Location"] == DOOR


def test_removing_the_app_removes_the_recovery_codes_and_tells_the_owner(client, sam):
    give_app(sam)
    sign_in(client, sam)
    client.post("/account/security/app/remove/")
    assert not Authenticator.objects.filter(user=sam).exists()
    assert "was removed" in mail.outbox[-1].body


def test_another_persons_passkey_is_not_found(client, sam):
    other = open_account("other@example.com")
    theirs = Authenticator.objects.create(user=other, type="webauthn", data={"name": "Theirs", "credential": {}})
    sign_in(client, sam)
    assert client.post(f"/account/security/passkey/{theirs.pk}/remove/").status_code == 404
    assert Authenticator.objects.filter(pk=theirs.pk).exists()


@pytest.mark.parametrize("credential", ["", "{}", "[]", '"x"', '{"response": {"userHandle": "AA"}}', "not json"])
def test_what_is_no_passkey_lets_nobody_in(client, sam, credential):
    response = client.post("/account/sign-in/passkey/", {"credential": credential})
    assert response.status_code == 302
    assert not is_in(client)


# --- Who must have one ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "asked, administrator, must",
    [("nobody", True, False), ("administrators", False, False), ("administrators", True, True), ("staff", False, True)],
)
def test_an_organisation_says_who_must_have_a_second_step(client, sam, works, asked, administrator, must):
    works(organisation=7, administrator=administrator)
    set_policy(7, asked, at=timezone.now())
    set_policy(8, "staff", at=timezone.now())
    sign_in(client, sam)
    assert ("Your organisation asks" in client.get(SECURITY).content.decode()) is must


def test_whoever_must_have_one_gets_no_further_without(rf, sam, works):
    from ginnel.accounts.middleware import KeepSignedIn

    works(administrator=True)
    set_policy(7, "administrators", at=timezone.now())
    client = Client()
    sign_in(client, sam)

    def asks(namespace: str):
        request = rf.get("/people/")
        request.COOKIES["sessionid"] = "x"
        request.session, request.user = client.session, sam
        request._messages = type("Messages", (), {"add": lambda *_: None})()
        request.resolver_match = type("Match", (), {"namespace": namespace, "url_name": "people"})()
        return KeepSignedIn(lambda _: HttpResponse()).process_view(request, None, (), {})

    assert asks("partners").headers["Location"] == SECURITY
    assert asks("careers") is None
    give_app(sam)
    assert asks("partners") is None


# --- Fresh sign-in ----------------------------------------------------------------------------------------------

SENSITIVE = [
    "/account/download.json", "/account/delete/", "/account/password/", "/account/addresses/add/",
    "/account/security/app/", "/account/security/passkey/", "/account/security/recovery-codes/",
]  # fmt: skip


@pytest.mark.parametrize("path", SENSITIVE)
def test_sensitive_pages_ask_again_after_ten_minutes(client, sam, path):
    assert client.get(path).headers["Location"].startswith(DOOR)
    sign_in(client, sam, minutes_ago=11)
    assert client.get(path).headers["Location"].startswith("/account/still-you/?next=")
    if path != "/account/download.json":
        assert client.post(path).headers["Location"].startswith("/account/still-you/?next=")


def test_a_code_by_e_mail_shows_that_it_is_still_you(client, sam):
    sign_in(client, sam, minutes_ago=11)
    confirm = client.get("/account/delete/").headers["Location"]
    assert "Send me a code" in client.get(confirm).content.decode()
    client.post(confirm, {"way": "send", "next": "/account/delete/"})
    assert "not right" in client.post(confirm, {"way": "code", "code": "0000 0000"}).content.decode()
    response = client.post(confirm, {"way": "code", "code": mailed_code(), "next": "/account/delete/"})
    assert response.headers["Location"] == "/account/delete/"
    assert client.get("/account/delete/").status_code == 200


def test_a_password_shows_it_too_and_three_wrong_codes_end_the_code(client, sam):
    give_password(sam)
    sign_in(client, sam, minutes_ago=11)
    confirm = "/account/still-you/"
    client.post(confirm, {"way": "send"})
    right = mailed_code()
    for _ in range(3):
        client.post(confirm, {"way": "code", "code": "0000 0000"})
    assert "does not work any more" in client.post(confirm, {"way": "code", "code": right}).content.decode()
    assert "not your password" in client.post(confirm, {"way": "password", "password": "wrong"}).content.decode()
    assert client.post(confirm, {"way": "password", "password": GOOD}).headers["Location"] == "/account/"


def test_whoever_has_a_second_step_uses_that_and_no_mailbox(client, sam):
    give_password(sam)
    give_app(sam)
    sign_in(client, sam, minutes_ago=11)
    confirm = "/account/still-you/"
    page = client.get(confirm).content.decode()
    assert "Send me a code" not in page
    assert "Your password" not in page
    client.post(confirm, {"way": "send"})
    assert not mail.outbox
    client.post(confirm, {"way": "password", "password": GOOD})
    assert client.get("/account/delete/").status_code == 302
    client.post(confirm, {"way": "second", "code": app_code()})
    assert client.get("/account/delete/").status_code == 200


def test_nobody_is_sent_to_another_site_after_showing_it(client, sam):
    give_password(sam)
    sign_in(client, sam, minutes_ago=11)
    response = client.post("/account/still-you/", {"way": "password", "password": GOOD, "next": "//evil.example"})
    assert response.headers["Location"] == "/account/"


# --- Secrets at rest --------------------------------------------------------------------------------------------


def test_what_is_sealed_opens_with_the_old_key_last_and_with_no_other(settings):
    settings.FIELD_KEYS = ["old"]
    sealed = seal("a secret")
    assert "secret" not in sealed
    settings.FIELD_KEYS = ["new", "old"]
    assert unseal(sealed) == "a secret"
    settings.FIELD_KEYS = ["new"]
    with pytest.raises(CannotUnseal):
        unseal(sealed)


@pytest.mark.django_db(transaction=True)
def test_each_change_of_how_an_account_is_opened_stands_in_its_timeline(client, sam):
    sign_in(client, sam)
    secret = re.search(r"<samp[^>]*>(\w+)</samp>", client.get("/account/security/app/").content.decode())[1]
    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    client.post("/account/security/app/", {"code": code})
    client.post("/account/security/app/remove/")
    client.post("/account/password/", {"password": GOOD})
    client.post("/account/password/", {"action": "remove"})
    page = client.get("/account/what-happened/").content.decode()
    for said in ("added a second step", "took away a second step", "set a password", "removed the password"):
        assert said in page, said
