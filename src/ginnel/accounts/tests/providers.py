"""A real OpenID Connect provider on this machine (npm's oidc-provider), with people and lies the tests choose."""

import json
import socket
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import requests
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.test import Client
from django.utils import timezone
from joserfc.jwk import RSAKey

from ginnel.accounts.commands import check_domain, claim_domain, connect_provider
from ginnel.accounts.models import IdentityProvider

PROJECT = Path(__file__).parents[4]
SECRET = "a-secret-of-the-tests-long-enough-for-anybody"
SLUGS = ("northfield", "southfield")


@dataclass
class RunningProvider:
    """The provider; `set` says who is there and which lie it tells."""

    issuer: str
    private_key: str

    def set(self, lie: str = "", **people: Mapping[str, Any]) -> None:
        requests.post(f"{self.issuer}/test/people", json={"people": people, "lie": lie}, timeout=5).raise_for_status()

    def walk(self, client: Client, login: str, start: str) -> Any:
        """Go there from our page `start`, sign in as `login`, come back: our last answer."""
        here = client.get(start)
        if not here.headers.get("Location", "").startswith(self.issuer):
            return here
        return client.get(self.sign_in(here.headers["Location"], login))

    def sign_in(self, address: str, login: str) -> str:
        """What the person does at the provider; the address on our side it sends them back to."""
        with requests.Session() as browser:
            for _ in range(10):
                answer = browser.get(address, allow_redirects=False, timeout=5)
                if answer.status_code == 200 and "Test sign-in" in answer.text:
                    answer = browser.post(address, data={"login": login}, allow_redirects=False, timeout=5)
                assert answer.is_redirect, f"{answer.status_code} {answer.text[:500]}"
                address = urljoin(address, answer.headers["Location"])
                if not address.startswith(self.issuer):
                    return address
        raise AssertionError("the provider sends people round in circles")

    def connect(
        self, slug: str = "northfield", *domains: str, organisation: int = 1, **settings: Any
    ) -> IdentityProvider:
        """Connect it as an organisation's provider, with domains somebody has checked."""
        now = timezone.now()
        values = {"name": slug.title(), "client_id": "ginnel", "secret": SECRET, "issuer": self.issuer} | settings
        provider = connect_provider(slug, organisation=organisation, at=now, **values)
        for domain in domains:
            check_domain(claim_domain(provider, domain, at=now), at=now)
        return provider


@contextmanager
def running_provider(
    modules: str, folder: Path, *, host: str = "http://testserver", userinfo: bool = False
) -> Iterator[RunningProvider]:
    """Start it on a free port, and stop it at the end."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    key = generate_private_key(65537, 2048)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    public = RSAKey.import_key(pem).as_dict(private=False) | {"use": "sig", "kid": "2026"}
    common = {"redirect_uris": [f"{host}/account/sign-in/organisation/{slug}/back/" for slug in SLUGS]}
    config = {
        "modules": modules,
        "port": port,
        "userinfo": userinfo,
        "clients": [
            common | {"client_id": "ginnel", "client_secret": SECRET},
            common | {"client_id": "post", "client_secret": SECRET, "token_endpoint_auth_method": "client_secret_post"},
            common | {"client_id": "key", "token_endpoint_auth_method": "private_key_jwt", "jwks": {"keys": [public]}},
        ],
    }
    file = folder / f"provider-{port}.json"
    file.write_text(json.dumps(config))
    with (folder / f"provider-{port}.log").open("w+") as log:
        process = subprocess.Popen(
            ["node", PROJECT / "tools" / "oidc" / "provider.mjs", file], stdout=subprocess.PIPE, stderr=log, text=True
        )
        try:
            assert process.stdout is not None
            said = process.stdout.readline()
            assert said.startswith("ready"), f"the provider did not start: {said}{Path(log.name).read_text()}"
            yield RunningProvider(f"http://localhost:{port}", pem)
        finally:
            process.terminate()
            process.wait(10)
