"""More ways in than a code: a passkey, an app, a password, an organisation's own sign-in, a second address."""

import re
import secrets
import subprocess
import sys
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import expect

from ginnel.accounts.tests.conftest import provider_modules  # noqa: F401 - a fixture
from ginnel.accounts.tests.providers import SECRET, running_provider
from tests.journeys.walking import follow

PASSWORD = "three quiet lamps on a barge"


def _code(site, page, heading: str = "Look in your e-mail") -> str:
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    return re.findall(r"^\s+(\d{4} \d{4})\s*$", "\n".join(site.letters()), re.M)[-1]


def _sign_in(page, site, email: str) -> None:
    page.goto(site.url("/account/sign-in/"))
    page.get_by_label("Your e-mail address").fill(email)
    page.get_by_role("button", name="Carry on").click()
    page.get_by_label("The code from the e-mail").fill(_code(site, page))
    page.get_by_role("button", name="Sign in").click()


def _sign_out(page, site) -> None:
    page.goto(site.url("/account/"))
    page.get_by_role("button", name="Sign out").click()


@pytest.fixture
def passkey_device():
    """Give a browser a device that says yes when asked for a finger."""

    def give(page) -> None:
        devtools = page.context.new_cdp_session(page)
        devtools.send("WebAuthn.enable")
        options = {
            "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
            "isUserVerified": True, "automaticPresenceSimulation": True,
        }  # fmt: skip
        devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})

    return give


@pytest.mark.parametrize("width", [1280, 360])
def test_a_passkey_is_made_and_opens_the_account_by_itself(visitor, site, sound, passkey_device, width):
    page = visitor(width=width)
    passkey_device(page)
    _sign_in(page, site, f"noor-{secrets.token_hex(4)}@example.org")
    page.goto(site.url("/account/security/"))
    sound(page, "security")
    follow(page.get_by_role("link", name="Make one"))
    sound(page, "passkey")
    page.get_by_label("What do you call this device?").fill("Noor's phone")
    page.get_by_role("button", name="Make a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    sound(page, "recovery-codes")
    page.goto(site.url("/account/security/"))
    expect(page.locator("main")).to_contain_text("Noor's phone")
    sound(page, "security-passkey")

    # No address, no code, no second step: the passkey is all of them.
    _sign_out(page, site)
    page.goto(site.url("/account/sign-in/?next=/account/sessions/"))
    sound(page, "door")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Where I am signed in")
    sound(page, "sessions")

    # Removing it is asked once.
    page.goto(site.url("/account/security/"))
    follow(page.get_by_role("link", name="Remove Noor's phone"))
    sound(page, "passkey-remove")
    page.get_by_role("button", name="Remove the passkey").click()
    expect(page.locator("main")).not_to_contain_text("Noor's phone")


def test_a_passkey_is_the_second_step_after_a_code(page, site, sound, passkey_device):
    passkey_device(page)
    email = f"noor-{secrets.token_hex(4)}@example.org"
    _sign_in(page, site, email)
    page.goto(site.url("/account/security/passkey/"))
    page.get_by_role("button", name="Make a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    _sign_out(page, site)
    _sign_in(page, site, email)
    expect(page.get_by_role("heading", level=1)).to_have_text("The second step")
    sound(page, "second-step-passkey")
    page.get_by_role("button", name="Use my passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("My page")


def test_an_app_and_a_password_work_without_javascript_and_on_a_phone(walker, site, sound):
    page = walker
    email = f"ravi-{secrets.token_hex(4)}@example.org"
    _sign_in(page, site, email)
    page.get_by_role("link", name="How I sign in").click()
    follow(page.get_by_role("link", name="Set a password"))
    sound(page, "password")
    page.get_by_label("New password").fill("password")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert").first).to_contain_text("too short")
    page.get_by_label("New password").fill(PASSWORD)
    page.get_by_role("button", name="Save").click()
    expect(page.locator("main")).to_contain_text("Your new password works")

    follow(page.get_by_role("link", name="Set up an app"))
    sound(page, "app")
    secret = page.locator("main samp").inner_text()
    page.get_by_label("The code your app shows now").fill("000000")
    page.get_by_role("button", name="Switch it on").click()
    expect(page.get_by_role("alert").first).to_contain_text("did not work")
    page.get_by_label("The code your app shows now").fill(_app_code(secret))
    page.get_by_role("button", name="Switch it on").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    recovery = page.locator("main samp").first.inner_text()
    _sign_out(page, site)

    # The browser knows that this address uses a password here.
    page.goto(site.url("/account/sign-in/"))
    page.get_by_label("Your e-mail address").fill(email)
    page.get_by_role("button", name="Carry on").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in with a password or passkey")
    sound(page, "password-sign-in")
    page.get_by_label("Your password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The second step")
    sound(page, "second-step")
    page.get_by_label("The code from your app").fill(recovery)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("My page")
    sound(page, "my-page-app")


def _app_code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def test_a_second_address_is_added_and_made_the_main_one(walker, site, sound, visitor):
    page = walker
    work, home = (f"ines-{secrets.token_hex(4)}@{place}.example.org" for place in ("work", "home"))
    _sign_in(page, site, work)
    page.get_by_role("link", name="My e-mail addresses").click()
    follow(page.get_by_role("button", name="Add an address"))
    sound(page, "address-add")
    page.get_by_label("The other e-mail address").fill(home)
    page.get_by_role("button", name="Send a code to it").click()
    code = _code(site, page, "Look in the e-mail of that address")
    sound(page, "address-code")
    page.get_by_label("The code from the e-mail").fill(code)
    follow(page.get_by_role("button", name="Add this address"))
    sound(page, "addresses")
    page.get_by_role("button", name="Make it the main address").click()
    expect(page.locator("main")).to_contain_text(f"We write to {home} from now on")

    # An address with an account of its own is not joined in silence.
    other, taken = visitor(), f"ines-{secrets.token_hex(4)}@old.example.org"
    _sign_in(other, site, taken)
    expect(other.get_by_role("heading", level=1)).to_have_text("My page")
    page.get_by_role("button", name="Add an address").click()
    page.get_by_label("The other e-mail address").fill(taken)
    page.get_by_role("button", name="Send a code to it").click()
    page.get_by_label("The code from the e-mail").fill(_code(site, page, "Look in the e-mail of that address"))
    page.get_by_role("button", name="Add this address").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("This address has an account of its own")
    sound(page, "address-taken")


def test_an_organisations_own_sign_in_and_what_to_do_when_it_is_down(walker, site, sound, provider_modules, tmp_path):  # noqa: F811
    page = walker
    secret = tmp_path / "secret"
    secret.write_text(SECRET)

    def ginnel(*arguments: str) -> None:
        environment = {"GINNEL_VAR": str(site.var), "GINNEL_DEMO": "yes", "PATH": "/usr/bin:/bin"}
        subprocess.run([sys.executable, "-m", "ginnel", "sign-in", *arguments], env=environment, check=True)

    with running_provider(provider_modules, tmp_path, host=site.origin) as provider:
        ginnel(
            "connect", "northfield", "--organisation", "7", "--name", "Northfield Care", "--client-id", "ginnel",
            "--issuer", provider.issuer, "--secret-file", str(secret), "--domain", "northfield.example",
        )  # fmt: skip
        provider.set(
            kim={"email": "kim@northfield.example", "email_verified": True},
            mallory={"email": "kim@northfield.example", "email_verified": False},
        )
        page.goto(site.url("/account/sign-in/?next=/account/sessions/"))
        page.get_by_label("Your e-mail address").fill("kim@northfield.example")
        page.get_by_role("button", name="Carry on").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Sign in with Northfield Care")
        sound(page, "organisation")
        page.get_by_role("button", name="Go to the sign-in of Northfield Care").click()
        page.get_by_label("Login").fill("kim")
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Where I am signed in")

        # A provider that lies about the address lets nobody in.
        page.context.clear_cookies()
        page.goto(site.url("/account/sign-in/organisation/"))
        sound(page, "organisations")
        page.get_by_role("link", name="Northfield Care").click()
        page.get_by_role("button", name="Go to the sign-in of Northfield Care").click()
        page.get_by_label("Login").fill("mallory")
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("That sign-in did not work")
        expect(page.locator("main")).to_contain_text("does not say that the e-mail address was checked")
        sound(page, "organisation-refused")

    # It is down, and the code works. (Its discovery document is kept for some minutes: another name, so nothing is known of it.)
    ginnel(
        "connect", "southfield", "--organisation", "8", "--name", "Southfield", "--client-id", "ginnel",
        "--issuer", "http://localhost:9", "--secret-file", str(secret), "--domain", "southfield.example",
    )  # fmt: skip
    page.goto(site.url("/account/sign-in/"))
    page.get_by_label("Your e-mail address").fill("lee@southfield.example")
    page.get_by_role("button", name="Carry on").click()
    page.get_by_role("button", name="Go to the sign-in of Southfield").click()
    expect(page.locator("main")).to_contain_text("It does not answer just now")
    sound(page, "organisation-down")
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_label("The code from the e-mail").fill(_code(site, page))
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("My page")
