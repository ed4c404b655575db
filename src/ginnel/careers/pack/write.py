"""The text of a role file with some of its fields changed; every other byte stays."""

import re
from collections.abc import Mapping
from typing import Any

import tomlkit
from tomlkit.toml_document import TOMLDocument

LISTS = ("also_called", "settings", "shifts", "gates", "essential", "helpful", "onet", "ncs", "esco", "sources")
TEXTS = ("name", "family", "level", "hours", "soc2020", "no_route_because")
INTERESTS = "RIASEC"
_FENCE = re.compile(r"^\+\+\+[ \t]*$", re.MULTILINE)
_DAY = "## A day"


def role_cells(text: str) -> dict[str, str]:
    """
    A role file's fields, each as one text: lists parted by `;`, interests as six digits, pay in its parts, yes or no.

    :raises ValueError: if the file cannot be read so.
    """
    _, document, body = _parts(text)
    cells = {name: "; ".join(str(item) for item in document.get(name, [])) for name in LISTS}
    cells |= {name: str(document.get(name, "")) for name in TEXTS}
    cells["part_time"] = "yes" if document.get("part_time") is True else "no"
    interests = document.get("interests", {})
    cells["interests"] = "".join(str(interests.get(letter, 0)) for letter in INTERESTS)
    pay = document.get("pay", {})
    cells |= {f"pay_{name}": str(pay.get(name, "")) for name in ("scale", "low", "high", "source", "note")}
    cells["pay_unpaid"] = "yes" if pay.get("unpaid") is True else "no"
    summary, _, day = body.partition(_DAY)
    return cells | {"summary": " ".join(summary.split()), "day": day.strip()}


def change_role(text: str, cells: Mapping[str, str]) -> str:
    """
    The file with those fields changed that `cells` says otherwise. What is no number is written as a text, for the checks to refuse.

    :raises ValueError: if the file cannot be read.
    """
    now = role_cells(text)
    new = {name: value for name, value in cells.items() if name in now and _plain(value) != _plain(now[name])}
    if not new:
        return text
    before, document, body = _parts(text)
    for name in LISTS:
        if name in new:
            document[name] = _items(new[name])
    for name in TEXTS:
        if name in new:
            if name == "no_route_because" and not new[name]:
                document.remove(name)
            else:
                document[name] = new[name]
    if "part_time" in new:
        document["part_time"] = new["part_time"] == "yes"
    if "interests" in new:
        digits = new["interests"]
        letters = {letter: _number(digits[place : place + 1]) for place, letter in enumerate(INTERESTS)}
        document["interests"] = _inline(letters) if len(digits) == len(INTERESTS) else digits
    if any(name.startswith("pay_") for name in new):
        document["pay"] = _pay({**now, **new})
    fields = tomlkit.dumps(document)
    if new.keys() & {"summary", "day"}:
        body = _body(body, {**now, **new}, new)
    return f"{before}{fields}{_FENCE.findall(text)[1]}{body}"


def new_role(cells: Mapping[str, str]) -> str:
    """A whole role file with these fields."""
    lists = "".join(f"{name} = []\n" for name in LISTS)
    texts = "".join(f'{name} = ""\n' for name in TEXTS if name != "no_route_because")
    interests = ", ".join(f"{letter} = 0" for letter in INTERESTS)
    fields = f"{texts}{lists}part_time = false\npay = {{ unpaid = true }}\ninterests = {{ {interests} }}\n"
    return change_role(f"+++\n{fields}+++\n-\n\n{_DAY}\n\n-\n", cells)


def _parts(text: str) -> tuple[str, TOMLDocument, str]:
    parts = _FENCE.split(text, maxsplit=2)
    if len(parts) != 3:
        raise ValueError("no fields between two +++ lines")
    fence = _FENCE.findall(text)[0]
    start = "\n" if parts[1].startswith("\n") else ""
    return f"{parts[0]}{fence}{start}", tomlkit.parse(parts[1].removeprefix("\n")), parts[2]


def _body(body: str, cells: Mapping[str, str], new: Mapping[str, Any]) -> str:
    """Summary and day. The part that is not changed keeps its bytes."""
    summary, heading, day = body.partition(_DAY)
    if "summary" in new:
        summary = f"\n{cells['summary']}\n\n"
    if "day" in new or not heading:
        day = f"\n\n{cells['day']}\n"
    return f"{summary}{_DAY}{day}"


def _pay(cells: Mapping[str, str]) -> Any:
    values: dict[str, Any] = {}
    if cells["pay_unpaid"] == "yes":
        values["unpaid"] = True
    elif cells["pay_scale"]:
        values["scale"] = cells["pay_scale"]
    else:
        values = {"low": _number(cells["pay_low"]), "high": _number(cells["pay_high"]), "source": cells["pay_source"]}
    return _inline(values | ({"note": cells["pay_note"]} if cells["pay_note"] else {}))


def _inline(values: Mapping[str, Any]) -> Any:
    """A table on one line, with blanks inside its braces as in every file we have."""
    inside = ", ".join(f"{name} = {tomlkit.item(value).as_string()}" for name, value in values.items())
    return tomlkit.parse(f"table = {{ {inside} }}")["table"]


def _number(value: str) -> Any:
    return int(value) if re.fullmatch(r"\d{1,9}", value, re.ASCII) else value


def _items(value: str) -> list[str]:
    return list(dict.fromkeys(part.strip() for part in value.split(";") if part.strip()))


def _plain(value: str) -> str:
    """Two values that differ only in blanks round `;` and at the ends are the same."""
    return re.sub(r"\s*;\s*", ";", value.strip().replace("\r\n", "\n"))
