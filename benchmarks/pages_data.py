"""The Leeds demonstration in a folder of its own, asked through WSGI as the server asks it. For the benchmark of the pages."""

from __future__ import annotations

import io
import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

PROJECT = Path(__file__).resolve().parent.parent
LINKED = re.compile(r'<(?:link|script)[^>]*(?:href|src)="(/[^"]+\.(?:css|js|woff2|svg)|/theme\.css[^"]*)"')
FONTS = re.compile(rb"url\(\"?([^\")]+\.woff2)")


@contextmanager
def demonstration() -> Iterator[None]:
    """Django set up over a fresh Leeds place, static files collected and compressed as `ginnel demo` does."""
    folder = Path(tempfile.mkdtemp(prefix="ginnel-bench-"))
    os.environ.pop("DATABASE_URL", None)
    os.environ |= {
        "GINNEL_VAR": str(folder),
        "GINNEL_DEMO": "yes",
        "GINNEL_LOG_LEVEL": "ERROR",
        "DJANGO_SETTINGS_MODULE": "ginnel.config.settings",
    }
    try:
        import django

        django.setup()
        from django.core.management import call_command

        from ginnel.config.pack import load_pack

        call_command("migrate", verbosity=0)
        call_command("collectstatic", verbosity=0, interactive=False)
        load_pack(PROJECT / "places" / "leeds")
        yield
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class Visitor:
    """
    A browser without a screen: one WSGI application, one visit's cookies.

    Every request goes through the whole stack: middleware, session, view, template, compression.
    """

    def __init__(self, application: Callable[..., Any]):
        self.application, self.cookies = application, dict[str, str]()

    def get(self, path: str) -> tuple[int, dict[str, str], bytes]:
        return self._ask("GET", path, b"")

    def post(self, path: str, **fields: str) -> tuple[int, dict[str, str], bytes]:
        """Send a form, with the token of the page it is on."""
        _, _, page = self.get(path)
        import gzip

        text = gzip.decompress(page) if page[:2] == b"\x1f\x8b" else page
        token = re.search(rb'name="csrfmiddlewaretoken" value="(\w+)"', text)
        assert token, f"no form at {path}"
        return self._ask("POST", path, urlencode({"csrfmiddlewaretoken": token[1].decode(), **fields}).encode())

    def _ask(self, method: str, path: str, body: bytes) -> tuple[int, dict[str, str], bytes]:
        path, _, query = path.partition("?")
        environ = {
            "REQUEST_METHOD": method,
            "SCRIPT_NAME": "",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_ACCEPT_ENCODING": "gzip",
            "HTTP_COOKIE": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": False,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }
        said: dict[str, Any] = {}

        def start_response(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> None:
            said["status"], said["headers"] = int(status[:3]), dict(headers)
            for name, value in headers:
                if name.lower() == "set-cookie":
                    key, _, rest = value.partition("=")
                    self.cookies[key] = rest.partition(";")[0]

        response = self.application(environ, start_response)
        content = b"".join(response)
        if hasattr(response, "close"):
            response.close()
        return said["status"], said["headers"], content


def milliseconds(ask: Callable[[], object], times: int) -> list[float]:
    """How long each of `times` calls took, smallest first."""
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        ask()
        taken.append((time.perf_counter() - began) * 1000)
    return sorted(taken)


def first_load_bytes(visitor: Visitor, page: bytes) -> int:
    """Bytes a first visit moves beside the page: style sheets, scripts, the icon, and the typefaces the style sheets name."""
    import gzip

    from django.conf import settings

    text = (gzip.decompress(page) if page[:2] == b"\x1f\x8b" else page).decode()
    files: set[Path] = set()
    total = 0
    for address in set(LINKED.findall(text)):
        if not address.startswith(settings.STATIC_URL):
            total += len(visitor.get(address)[2])
            continue
        files.add(Path(settings.STATIC_ROOT) / address.removeprefix(settings.STATIC_URL))
    for sheet in [file for file in files if file.suffix == ".css"]:
        files |= {(sheet.parent / name.decode()).resolve() for name in FONTS.findall(sheet.read_bytes())}
    for file in files:
        packed = [file.with_name(file.name + ending) for ending in (".br", ".gz")]
        total += next((one.stat().st_size for one in packed if one.exists()), file.stat().st_size)
    return total
