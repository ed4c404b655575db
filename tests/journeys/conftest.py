"""
A browser, and the site as it really runs: `ginnel demo` with its server and worker, in a folder of its own.

A journey asks for a page and walks:

    def test_a_school_leaver_finds_a_way_in(page, site):
        page.goto(site.url("/"))

- `site`: `url(path)`, `letters()` (the e-mails sent so far, newest last), `letter_about(words)`. Shared by all journeys of a process;
  the browser starts clean for each. It is another process: a journey sees what a person sees, and not the database.
- `page` (1280 px wide), `phone` (360), `plain_page` (no JavaScript), `either_page` (the journey runs twice: with and
  without). `visitor(width=…, javascript=…)` makes more.
- `walker`: the journey runs three times: wide with JavaScript, wide without, and on a phone.
- `sound(page, name="")`: axe finds nothing, nothing scrolls sideways, and a picture is taken where a name is given.
- `axe(page)`: fails with what axe finds wrong with the page as it stands.
- `picture(page, name)`: a screenshot of the whole page, kept where GINNEL_PICTURES names a folder.

A page that breaks its content security policy or throws in a script fails its journey at the end.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from pathlib import Path
from weakref import WeakSet

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
BROWSER_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PATIENCE_MS = 20_000

_without_scripts: "WeakSet[BrowserContext]" = WeakSet()


@dataclass(frozen=True)
class Site:
    """A running demonstration."""

    origin: str
    var: Path

    def url(self, path: str = "/") -> str:
        return self.origin + path

    def letters(self) -> list[str]:
        """The text of every e-mail sent so far, newest last."""
        files = sorted((self.var / "mail").glob("*"), key=lambda path: (path.stat().st_mtime_ns, path.name))
        # Django's file backend ends each message with a line of dashes.
        parts = [part for file in files for part in re.split(rb"\n-{70,}\n", file.read_bytes()) if part.strip()]
        messages = [message_from_bytes(part, policy=policy.default) for part in parts]
        return [message.get_body(("plain",)).get_content() for message in messages]  # type: ignore[union-attr]

    def letter_about(self, words: str) -> str:
        """The newest e-mail with these words in it; many are written by the worker, so it may take a moment."""
        end = time.monotonic() + PATIENCE_MS / 1000
        while not (found := [letter for letter in self.letters() if words in letter]):
            assert time.monotonic() < end, f"no letter says {words!r}"
            time.sleep(0.2)
        return found[-1]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The Leeds demonstration on a free port, stopped after the last journey."""
    var = tmp_path_factory.mktemp("site")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = var / "demo.log"
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("GINNEL_") and name not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}
    }
    with log.open("wb") as output:
        demo = subprocess.Popen(
            [sys.executable, "-m", "ginnel", "demo", "--port", str(port), "--place", "leeds"],
            env={**environment, "GINNEL_VAR": str(var), "PYTHONUNBUFFERED": "1"},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait_for_address(demo, log)
            yield Site(f"http://localhost:{port}", var)
        finally:
            demo.terminate()
            demo.wait(30)


def _wait_for_address(demo: "subprocess.Popen[bytes]", log: Path) -> None:
    while "Ginnel is at" not in log.read_text():
        try:
            demo.wait(0.1)
        except subprocess.TimeoutExpired:
            continue
        pytest.fail(f"ginnel demo stopped while starting:\n{log.read_text()}")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The machine's own Chromium, or else the one that `playwright install chromium` fetched."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=BROWSER_ARGUMENTS)
        yield browser
        browser.close()


Visitor = Callable[..., Page]


@pytest.fixture
def visitor(chromium: Browser) -> Iterator[Visitor]:
    """Make a person's browser: `visitor(width=360, javascript=False)`. None of its mistakes may go unseen."""
    contexts = []
    mistakes: list[str] = []

    def open_page(*, width: int = 1280, javascript: bool = True) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": 900 if width > 600 else 740},
            java_script_enabled=javascript,
            locale="en-GB",
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        if not javascript:
            _without_scripts.add(context)
        page = context.new_page()
        page.on("pageerror", lambda error: mistakes.append(f"{page.url}: {error}"))
        page.on(
            "console",
            lambda message: (
                mistakes.append(f"{page.url}: {message.text}") if "Content Security Policy" in message.text else None
            ),
        )
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not mistakes, "The page made mistakes:\n" + "\n".join(mistakes)


@pytest.fixture
def page(visitor: Visitor) -> Page:
    return visitor()


@pytest.fixture
def phone(visitor: Visitor) -> Page:
    return visitor(width=360)


@pytest.fixture
def plain_page(visitor: Visitor) -> Page:
    return visitor(javascript=False)


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def either_page(request: pytest.FixtureRequest, visitor: Visitor) -> Page:
    return visitor(javascript=request.param)


@pytest.fixture(params=["wide", "wide without JavaScript", "phone"])
def walker(request: pytest.FixtureRequest, visitor: Visitor) -> Page:
    return visitor(width=360 if request.param == "phone" else 1280, javascript="without" not in request.param)


@pytest.fixture
def axe(chromium: Browser) -> Callable[[Page], None]:
    """
    Fail with every violation of WCAG 2.2 A and AA, and of axe's best practice, on the page as it stands.

    axe enters from outside the page, so the content security policy needs no hole for it.
    """

    def check(page: Page) -> None:
        results = Axe().run(_scriptable(chromium, page), options={"resultTypes": ["violations"]})
        assert results.violations_count == 0, f"{page.url}\n{results.generate_report()}"

    return check


def _scriptable(chromium: Browser, page: Page) -> Page:
    """The page itself, or where its scripts are off, a copy of it as it stands in which axe can run."""
    if page.context not in _without_scripts:
        return page
    copy = chromium.new_page(viewport=page.viewport_size, locale="en-GB", reduced_motion="reduce")
    body = page.content()
    copy.route(
        page.url,
        lambda route: route.fulfill(
            body=body, content_type="text/html; charset=utf-8", headers={"Content-Security-Policy": "script-src 'none'"}
        ),
    )
    copy.goto(page.url)
    page.context.on("close", lambda _: copy.close())
    return copy


@pytest.fixture
def picture() -> Callable[[Page, str], None]:
    """Keep a screenshot of the whole page as NAME.png in the folder GINNEL_PICTURES; without it, do nothing."""

    def take(page: Page, name: str) -> None:
        if folder := os.environ.get("GINNEL_PICTURES"):
            page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)

    return take


@pytest.fixture
def sound(axe: Callable[[Page], None], picture: Callable[[Page, str], None]) -> Callable[..., None]:
    """The page as it stands is accessible and as wide as the window, not wider."""

    def check(page: Page, name: str = "") -> None:
        axe(page)
        width = page.viewport_size["width"]  # type: ignore[index]
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{page.url} scrolls sideways"
        if name and page.context not in _without_scripts:
            picture(page, f"j-{name}-{width}")

    return check
