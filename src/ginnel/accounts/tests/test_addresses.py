"""One account for life with several addresses."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.utils import timezone

from ginnel.accounts.commands import (
    AddressTaken,
    CannotChangeAddress,
    add_address,
    make_primary,
    open_account,
    remove_address,
)
from ginnel.accounts.models import User
from ginnel.accounts.tests.people import sign_in

pytestmark = pytest.mark.django_db
WORK, HOME = "sam@northfield.example", "sam@home.example"


@pytest.fixture
def sam() -> User:
    return open_account(WORK)


def add(user: User, email: str = HOME) -> None:
    add_address(user, email, by=user, at=timezone.now())


def code_sent() -> str:
    found = re.search(r"^ {4}(\d{4} \d{4})$", str(mail.outbox[-1].body), re.MULTILINE)
    assert found
    return found[1]


def test_another_address_is_added_once_its_code_is_typed(client, sam):
    sign_in(client, sam)
    assert client.post("/account/addresses/add/", {"email": "Sam@Home.example"}).headers["Location"].endswith("/code/")
    assert mail.outbox[-1].to == [HOME]
    assert "not right" in client.post("/account/addresses/code/", {"code": "0000 0000"}).content.decode()
    client.post("/account/addresses/code/", {"code": code_sent()})
    assert HOME in client.get("/account/addresses/").content.decode()
    assert mail.outbox[-1].to == [WORK]
    assert f"{HOME} was added" in mail.outbox[-1].body


def test_each_address_opens_the_one_account(client, sam):
    add(sam)
    client.post("/account/sign-in/", {"email": HOME})
    client.post("/account/sign-in/code/", {"code": code_sent()})
    assert client.session["_auth_user_id"] == str(sam.pk)
    sam.refresh_from_db()
    assert sam.email == WORK
    assert User.objects.count() == 1


def test_three_wrong_codes_end_it_and_the_right_one_comes_too_late(client, sam):
    sign_in(client, sam)
    client.post("/account/addresses/add/", {"email": HOME})
    right = code_sent()
    for _ in range(3):
        client.post("/account/addresses/code/", {"code": "0000 0000"})
    client.post("/account/addresses/code/", {"code": right})
    assert not EmailAddress.objects.filter(email=HOME).exists()


def test_the_code_of_one_session_is_none_in_another(client, sam):
    sign_in(client, sam)
    client.post("/account/addresses/add/", {"email": HOME})
    other = Client()
    sign_in(other, open_account("mallory@example.com"))
    other.post("/account/addresses/code/", {"code": code_sent()})
    assert not EmailAddress.objects.filter(email=HOME).exists()


def test_an_address_with_an_account_of_its_own_is_said_only_to_its_owner_and_nothing_is_joined(client, sam):
    other = open_account(HOME)
    sign_in(client, sam)
    known = client.post("/account/addresses/add/", {"email": HOME})
    code = code_sent()
    unknown = client.post("/account/addresses/add/", {"email": "nobody@home.example"})
    assert (known.status_code, known.headers["Location"]) == (unknown.status_code, unknown.headers["Location"])
    client.post("/account/addresses/add/", {"email": HOME})
    assert code != code_sent()
    response = client.post("/account/addresses/code/", {"code": code_sent()})
    assert response.status_code == 409
    assert "We never join two accounts by ourselves" in response.content.decode()
    assert User.objects.owner_of(HOME) == other
    with pytest.raises(AddressTaken):
        add(sam)


def test_the_main_address_changes_and_nothing_of_the_account_does(client, sam):
    add(sam)
    sign_in(client, sam)
    client.post("/account/addresses/main/", {"email": HOME})
    sam.refresh_from_db()
    assert sam.email == HOME
    assert {tuple(letter.to) for letter in mail.outbox} == {(HOME,), (WORK,)}
    assert client.get("/account/").status_code == 200
    assert EmailAddress.objects.get(user=sam, primary=True).email == HOME
    # Leaving the employer: the old address goes, the account stays.
    client.post("/account/addresses/remove/", {"email": WORK})
    assert User.objects.owner_of(WORK) is None
    assert User.objects.get().pk == sam.pk


def test_the_main_address_cannot_be_removed_nor_an_unproven_one_made_main(sam):
    now = timezone.now()
    EmailAddress.objects.create(user=sam, email=HOME, verified=False)
    with pytest.raises(CannotChangeAddress):
        make_primary(sam, HOME, by=sam, at=now)
    with pytest.raises(CannotChangeAddress):
        remove_address(sam, WORK, by=sam, at=now)


def test_an_address_another_account_was_opened_for_cannot_become_the_main_one(sam):
    add(sam)
    User.objects.create_user(HOME)  # a directory's import, meanwhile
    with pytest.raises(CannotChangeAddress):
        make_primary(sam, HOME, by=sam, at=timezone.now())


def test_another_persons_address_is_neither_made_main_nor_removed(client, sam):
    other = open_account("other@example.com")
    add(other, "other@home.example")
    sign_in(client, sam)
    for act in ("main", "remove"):
        client.post(f"/account/addresses/{act}/", {"email": "other@home.example"})
    sam.refresh_from_db()
    assert sam.email == WORK
    assert User.objects.owner_of("other@home.example") == other


def test_changing_addresses_needs_a_fresh_sign_in(client, sam):
    add(sam)
    sign_in(client, sam, minutes_ago=11)
    client.post("/account/addresses/main/", {"email": HOME})
    client.post("/account/addresses/remove/", {"email": HOME})
    sam.refresh_from_db()
    assert sam.email == WORK
    assert User.objects.owner_of(HOME) == sam


def test_the_list_costs_the_same_for_one_address_or_twenty(client, sam, django_assert_max_num_queries):
    for number in range(20):
        add(sam, f"sam{number}@home.example")
    sign_in(client, sam)
    with django_assert_max_num_queries(8):
        assert client.get("/account/addresses/").content.decode().count("Make it the main address") == 20
