"""The documentation tells the truth: commands, settings, links, and what README asks people to type."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from ginnel.config.cli import main as ginnel

PROJECT = Path(__file__).resolve().parent.parent
OPERATE = (PROJECT / "docs" / "operate.md").read_text()
PAGES = sorted(
    [*PROJECT.glob("*.md"), *PROJECT.glob("docs/**/*.md"), *PROJECT.glob("src/**/*.md"), *PROJECT.glob("places/*.md")]
)
CODE = sorted(
    path
    for folder in ("src", "tests", "tools", "benchmarks", "conftest.py")
    for path in ([PROJECT / folder] if folder.endswith(".py") else (PROJECT / folder).rglob("*"))
    if path.suffix in {".py", ".sh"} and path != Path(__file__)
)
LINK = re.compile(r"(?<!\\)\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)


def name_of(path: Path) -> str:
    return path.relative_to(PROJECT).as_posix()


def commands(command: click.Command = ginnel, name: str = "ginnel") -> Iterator[str]:
    """Every command in full: `ginnel place check`."""
    if not isinstance(command, click.Group):
        yield name
        return
    for part, below in command.commands.items():
        yield from commands(below, f"{name} {part}")


def anchors(path: Path) -> set[str]:
    """The anchors a page's headings have, as GitHub makes them."""
    headings = re.findall(r"^#+ +(.+)$", FENCE.sub("", path.read_text()), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("command", sorted(commands()))
def test_operate_documents_every_command(command):
    assert re.search(rf"`{command}\b", OPERATE), f"docs/operate.md does not tell of `{command}`"


def used_settings() -> set[str]:
    places = ("environment", "settings", "settings_people")
    settings = "".join((PROJECT / f"src/ginnel/config/{name}.py").read_text() for name in places)
    named = {f"GINNEL_{name}" for name in re.findall(r"\benv(?:_flag|_number|_choice)?\(\s*\"([A-Z_]+)\"", settings)}
    return named.union(*(re.findall(r"GINNEL_[A-Z]+(?:_[A-Z]+)*(?!_)\b", path.read_text()) for path in CODE))


@pytest.mark.parametrize("setting", sorted(used_settings()))
def test_operate_documents_every_setting(setting):
    assert f"`{setting}`" in OPERATE, f"docs/operate.md does not tell of {setting}"


def test_operate_documents_no_setting_that_is_gone():
    assert set(re.findall(r"GINNEL_[A-Z_]+", OPERATE)) - used_settings() == set()


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_leads_somewhere(page):
    for target in LINK.findall(FENCE.sub("", page.read_text())):
        if re.match(r"[a-z]+:", target):
            continue
        file, _, anchor = target.partition("#")
        there = (page.parent / file).resolve() if file else page
        assert there.exists(), f"{name_of(page)} links to {target}, which is not there"
        if anchor:
            assert anchor in anchors(there), f"{name_of(page)} links to {target}, which has no such heading"


def test_every_page_that_the_code_refers_to_is_there():
    missing = []
    for path in CODE:
        for file, anchor in re.findall(r"\b(docs/[\w/-]+\.md)(?:#([\w-]+))?", path.read_text()):
            there = PROJECT / file
            if not there.exists() or (anchor and anchor not in anchors(there)):
                missing.append(f"{name_of(path)}: {file}{'#' if anchor else ''}{anchor}")
    assert not missing, "\n".join(missing)


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_what_a_page_asks_to_type_exists(page):
    typed = re.findall(r"`([^`\n]+)`", page.read_text()) + re.findall(
        r"^ *\$? *((?:make|ginnel) .+)$", page.read_text(), re.MULTILINE
    )
    targets = set(re.findall(r"^([a-z]+):", (PROJECT / "Makefile").read_text(), re.MULTILINE))
    known = set(commands())
    for text in typed:
        words = text.split()
        if words[:1] == ["make"] and len(words) > 1 and words[1].isalpha():
            assert words[1] in targets, f"{name_of(page)}: there is no `{text}`"
        if words[:1] == ["ginnel"] and len(words) > 1 and re.fullmatch(r"[a-z]+", words[1]):
            command = " ".join(words[:2]), " ".join(words[:3])
            groups = {" ".join(name.split()[:2]) for name in known}
            assert command[1] in known or command[0] in known or (len(words) == 2 and command[0] in groups), (
                f"{name_of(page)}: there is no `{text}`"
            )


def test_security_shows_the_permissions_as_the_code_has_them():
    from ginnel.partners.permissions import table

    assert table() in (PROJECT / "docs" / "security.md").read_text(), (
        "run `ginnel permissions` and put its table into docs/security.md"
    )
