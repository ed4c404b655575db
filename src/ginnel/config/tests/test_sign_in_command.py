"""`ginnel sign-in`."""

import pytest
from click.testing import CliRunner
from django.conf import settings as real

from ginnel.accounts.models import IdentityProvider, SignInPolicy
from ginnel.accounts.sealing import unseal
from ginnel.config.cli import main

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("very secret\n")

    def go(*arguments: str, **settings: str):
        values = {
            "--organisation": "7", "--name": "Northfield", "--issuer": "https://login.northfield.example", "--client-id": "ginnel",
            "--secret-file": str(secret),
        } | settings  # fmt: skip
        options = [part for pair in values.items() for part in pair] if arguments[0] == "connect" else []
        return CliRunner().invoke(main, ["sign-in", *arguments, *options])

    return go


def test_a_provider_is_connected_with_its_domain_and_the_return_address_is_said(run):
    done = run("connect", "northfield", "--domain", "Northfield.example", "--parameter", "acr_values=AAL2")
    assert done.exit_code == 0, done.output
    assert f"{real.SITE_ORIGIN}/account/sign-in/organisation/northfield/back/" in done.output
    provider = IdentityProvider.objects.get()
    assert unseal(provider.sealed_secret) == "very secret"
    assert provider.extra_parameters == {"acr_values": "AAL2"}
    assert IdentityProvider.objects.for_address("sam@northfield.example") == provider
    listed = run("list").output
    assert "northfield.example: checked" in listed
    assert "very secret" not in listed + done.output


@pytest.mark.parametrize(
    "arguments, settings, words",
    [
        ([], {"--issuer": "http://login.northfield.example"}, "must begin with https://"),
        (["--domain", "gmail.com"], {}, "Anybody can have an address at gmail.com"),
        (["--domain", "northfield"], {}, "is not a domain"),
        (["--parameter", "redirect_uri=https://evil.example"], {}, "ours to set: redirect_uri"),
        (["--method", "private_key_jwt"], {}, "needs a private key"),
        (["--parameter", "vtr"], {}, "NAME=VALUE"),
    ],
)
def test_what_cannot_be_connected_is_refused_whole_with_why(run, arguments, settings, words):
    done = run("connect", "northfield", *arguments, **settings)
    assert done.exit_code == 1
    assert words in done.output
    assert not IdentityProvider.objects.exists()


def test_another_organisations_short_name_or_domain_is_refused(run):
    run("connect", "northfield", "--domain", "northfield.example")
    assert "has this short name" in run("connect", "northfield", **{"--organisation": "8"}).output
    other = run("connect", "southfield", "--domain", "northfield.example", **{"--organisation": "8"})
    assert "another organisation's" in other.output
    assert IdentityProvider.objects.count() == 1


def test_a_key_nobody_set_encrypts_nothing(run, settings):
    settings.OFFLINE_KEY = True
    assert "Set GINNEL_SECRET_KEY" in run("connect", "northfield").output
    assert not IdentityProvider.objects.exists()


def test_a_provider_that_does_not_answer_is_said(run):
    run("connect", "northfield", **{"--issuer": "http://localhost:9"})
    done = run("check", "northfield")
    assert done.exit_code == 1
    assert "no answer" in done.output
    assert run("check", "nothing").exit_code == 1


def test_disconnecting_and_requiring_a_second_step(run):
    run("connect", "northfield", "--domain", "northfield.example")
    assert run("disconnect", "northfield").exit_code == 0
    assert IdentityProvider.objects.for_address("sam@northfield.example") is None
    assert "Administrators must" in run("require", "7", "administrators").output
    assert SignInPolicy.objects.get(organisation=7).second_factor == "administrators"
