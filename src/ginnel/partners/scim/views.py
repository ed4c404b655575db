"""The one view of /scim/v2: who is asking, how often, and then the SCIM server."""

from http import HTTPStatus

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.request import RawPostDataException
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from scim2_models import InvalidValueException, PayloadTooLargeException, SCIMException, UnauthorizedException
from scim2_server.errors import UnsupportedMediaTypeException
from scim2_server.handler import ScimHandler
from scim2_server.requests import ScimRequest
from scim2_server.responses import SCIM_MEDIA_TYPE
from scim2_server.routing import Operation
from scim2_server.service import ScimService

from ginnel.accounts.limits import client_address, within_limit
from ginnel.partners.commands.directory_keys import note_key_used
from ginnel.partners.commands.people import digest
from ginnel.partners.models import DirectoryKey
from ginnel.partners.rules import DIRECTORY_BAD_KEYS_PER_MINUTE, DIRECTORY_REQUESTS_PER_MINUTE
from ginnel.partners.scim.resources import BULK_BYTES, POLICY, PROVIDER
from ginnel.partners.scim.storage import DirectoryStorage

SERVICE = ScimService(PROVIDER)


class TooManyRequests(SCIMException):
    """Slower, please."""

    status = 429
    _default_detail = "Too many requests: wait a minute"


@csrf_exempt
@never_cache
def scim(request: HttpRequest, path: str = "") -> HttpResponse:
    """
    Any request of a directory. It shows a key and nothing else counts: no session, no cookie, no form token.

    Every answer is SCIM's own, errors too.
    """
    try:
        asked = _read(request, path)
        if SERVICE.match(asked).operation is Operation.service_provider_config:
            # What this server can do is for anybody (RFC 7643, section 5); it touches no directory.
            with POLICY:
                answer = SERVICE.service_provider_config(asked.url, asked.query)
        else:
            key = _key(request)
            storage = DirectoryStorage(key.organisation, timezone.now)
            answer = ScimHandler(SERVICE, storage).handle(asked)
    except SCIMException as error:
        answer = SERVICE.error_response(error)
        if error.status == 429:
            answer.headers["Retry-After"] = "60"
    response = HttpResponse(status=answer.status.value)
    if answer.body is not None:
        response = JsonResponse(answer.body, status=answer.status.value, content_type=SCIM_MEDIA_TYPE)
    for name, value in answer.headers.items():
        response[name] = value
    if answer.status == HTTPStatus.NO_CONTENT:
        del response["Content-Type"]
    return response


def _read(request: HttpRequest, path: str) -> ScimRequest:
    """The request without Django around it."""
    try:
        body = request.body
    except RequestDataTooBig as error:
        raise PayloadTooLargeException(detail=f"A request may have {BULK_BYTES} bytes") from error
    except RawPostDataException as error:
        raise UnsupportedMediaTypeException from error
    if b"\\u0000" in body or b"\x00" in body:
        raise InvalidValueException(detail="A value holds a zero character, which is never part of a text")
    return ScimRequest(
        method=request.method or "GET",
        base_url=request.build_absolute_uri("/scim/v2"),
        path=path.removesuffix(".scim"),
        query=request.GET.dict(),
        headers=dict(request.headers),
        body=body,
    )


def _key(request: HttpRequest) -> DirectoryKey:
    """
    The open key the request shows.

    :raises UnauthorizedException: if it shows none, or one that is wrong, revoked, too old, or of an organisation that has left.
    :raises TooManyRequests: if it comes too often.
    """
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    now = timezone.now()
    key = None
    if scheme.casefold() == "bearer" and secret:
        shown = DirectoryKey.objects.filter(digest=digest(secret.strip())).open_at(now)
        key = shown.select_related("organisation").first()
    if key is None:
        _count("scim-bad-key", client_address(request), DIRECTORY_BAD_KEYS_PER_MINUTE)
        raise UnauthorizedException(detail="Show an open key of the organisation's directory as a bearer token")
    _count("scim", str(key.pk), DIRECTORY_REQUESTS_PER_MINUTE)
    note_key_used(key, at=now)
    return key


def _count(name: str, who: str, most: int) -> None:
    if not within_limit(name, who, most=most, seconds=60):
        raise TooManyRequests
