"""The SCIM server as its makers test one: the storage's contract, and every check of scim2-tester against the running server."""

import pytest
from django.utils import timezone
from httpx2 import Client
from scim2_client.engines.httpx2 import SyncSCIMClient
from scim2_server.testing import SEARCH_USERS, ScimStorageContract
from scim2_tester import Status, check_server

from ginnel.partners.commands import make_directory_key
from ginnel.partners.scim.resources import POLICY, PROVIDER
from ginnel.partners.scim.storage import DirectoryStorage
from ginnel.partners.tests.people import a_member, an_organisation


@pytest.mark.django_db
class TestStorage(ScimStorageContract):
    @pytest.fixture(autouse=True)
    def policy(self):
        with POLICY:
            yield

    @pytest.fixture
    def provider(self):
        return PROVIDER

    @pytest.fixture
    def storage(self):
        other = DirectoryStorage(an_organisation("Willow House"), timezone.now)
        kind = next(kind for kind in PROVIDER.resource_types if kind.name == "User")
        # A neighbour's directory is full of the same names, and none of them is ever met.
        for user in SEARCH_USERS:
            other.create(kind, PROVIDER.model_for("User").model_validate(user))
        return DirectoryStorage(an_organisation(), timezone.now)


@pytest.mark.django_db(transaction=True)
def test_every_check_of_scim2_tester_is_green_against_the_running_server(live_server):
    bramble = an_organisation()
    boss = a_member(bramble, "Ada Bramble", "administrator").user
    _, secret = make_directory_key(bramble, "Tester", days=30, by=boss, at=timezone.now())
    with Client(base_url=f"{live_server.url}/scim/v2", headers={"Authorization": f"Bearer {secret}"}) as http:
        results = check_server(SyncSCIMClient(http))
    wrong = [f"{r.status.name} {r.title} {r.resource_type}: {r.reason}" for r in results if r.status != Status.SUCCESS]
    assert not wrong, "\n".join(wrong)
    # It checks each attribute that is served: 85 checks for ours, 135 for everything that RFC 7643 names.
    assert len(results) >= 85
