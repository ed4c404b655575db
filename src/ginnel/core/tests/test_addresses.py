"""Links that leave the site."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client, RequestFactory

from ginnel.core.addresses import full_address


def test_the_sites_own_address_goes_before_the_one_the_visitor_used(settings: Any) -> None:
    request = RequestFactory().get("/list/")
    settings.SITE_ORIGIN = "https://careers.example.org"
    assert full_address(request, "/roles/porter/") == "https://careers.example.org/roles/porter/"
    settings.SITE_ORIGIN = ""
    assert full_address(request, "/roles/porter/") == "http://testserver/roles/porter/"


@pytest.mark.django_db
def test_the_mail_with_a_code_names_the_site_by_its_own_address(settings: Any, client: Client) -> None:
    settings.SITE_ORIGIN = "https://careers.example.org"
    client.post("/account/sign-in/", {"email": "sam@example.com"})
    assert "https://careers.example.org/" in mail.outbox[-1].body
