"""An organisation's directory as the tests of SCIM meet it."""

import json

from django.utils import timezone

from ginnel.partners.commands import make_directory_key
from ginnel.partners.models import Membership
from ginnel.partners.tests.people import a_member

USER = "urn:ietf:params:scim:schemas:core:2.0:User"
ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group"
PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp"


class Directory:
    """An organisation's directory as we meet it: requests with a key."""

    def __init__(self, client, organisation, days=30):
        self.client, self.organisation = client, organisation
        boss = a_member(organisation, f"Boss {organisation.name}", "administrator", "viewer").user
        self.boss = boss
        self.key, self.secret = make_directory_key(organisation, "Entra", days=days, by=boss, at=timezone.now())

    def ask(self, method, path, body=None, **headers):
        data = {"data": json.dumps(body), "content_type": "application/scim+json"} if body is not None else {}
        headers = {"authorization": f"Bearer {self.secret}"} | headers
        return self.client.generic(method, f"/scim/v2{path}", headers=headers, **data)

    def add(self, address="bea.moss@example.org", **more):
        body = {"schemas": [USER], "userName": address, "active": True} | more
        return self.ask("POST", "/Users", body)

    def patch(self, path, *operations, **headers):
        return self.ask("PATCH", path, {"schemas": [PATCH], "Operations": list(operations)}, **headers)


def membership(address="bea.moss@example.org", name="Bramble Home Care"):
    return Membership.objects.filter(user__email=address, organisation__name=name).first()
