"""What the cells of a line say: kinds, sizes, roles and addresses in the words people use for them."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from ginnel.partners.bulk.reading import Line
from ginnel.partners.models import KINDS, Role
from ginnel.partners.models.organisations import SIZES

_KINDS = {name.casefold(): code for code, name in KINDS.items()} | {code: code for code in KINDS}
_SIZES = {name.casefold(): code for code, name in SIZES.items()} | {code: code for code in SIZES}
_ROLES = {label.casefold(): value for value, label in Role.choices} | {value: value for value in Role.values}
_YES = {"yes": True, "no": False, "": False, "true": True, "false": False, "y": True, "n": False}
_POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}")
NO_ROLES = "none"

Refuse = Callable[[str, str, str], None]


@dataclass(frozen=True, slots=True)
class Person:
    """What one line says of one person. `roles` None: it says nothing of them."""

    email: str
    name: str
    job_title: str
    staff_number: str
    roles: tuple[str, ...] | None
    manager: str
    left: bool


def read_person(line: Line, refuse: Refuse) -> Person | None:
    """The person of a line; None after `refuse` was told what is wrong."""
    sound = True

    def wrong(field: str, what: str, remedy: str) -> None:
        nonlocal sound
        sound = False
        refuse(field, what, remedy)

    email, manager = line.get("email").lower(), line.get("line manager").lower()
    for field, address in (("email", email), ("line manager", manager)):
        if address and not _is_address(address):
            wrong(field, "It is not an e-mail address", "Write it in full, like name@example.org")
    if manager and manager == email:
        wrong("line manager", "It is the person's own address", "Give the address of whoever manages them")
    left = line.get("left").casefold()
    if left not in _YES:
        wrong("left", f"“{left[:20]}” is neither yes nor no", "Write yes for somebody who has left, else nothing")
    roles = _roles(line.get("roles"), wrong)
    if not sound:
        return None
    return Person(email, line.get("name"), line.get("job title"), line.get("staff number"), roles, manager, _YES[left])


def read_organisation(lines: Sequence[Line], refuse: Callable[[Line, str, str, str], None]) -> dict[str, str] | None:
    """What all lines of one organisation say of it together; None if they contradict each other or make no sense."""
    found: dict[str, str] = {}
    where: dict[str, Line] = {}
    sound = True
    for line in lines:
        for column in ("kind", "ods code", "ukprn", "cqc number", "charity number", "postcode", "website", "size"):
            value, field = line.get(column), column.replace(" ", "_")
            if not value:
                continue
            said, what, remedy = _organisation_value(column, value)
            if what:
                refuse(line, column, what, remedy)
                sound = False
            elif found.setdefault(field, said) != said:
                refuse(
                    line,
                    column,
                    f"Row {where[field].row} says something else",
                    "Say the same in each row of an organisation",
                )
                sound = False
            else:
                where.setdefault(field, line)
    return found if sound else None


def _organisation_value(column: str, value: str) -> tuple[str, str, str]:
    """The value as we hold it, and what is wrong with it and its remedy, or two empty texts."""
    if column == "kind":
        code = _KINDS.get(value.casefold(), "")
        return code, "" if code else f"“{value[:40]}” is no kind we know", "Use one of: " + ", ".join(KINDS.values())
    if column == "size":
        code = _SIZES.get(value.casefold(), "")
        return code, "" if code else f"“{value[:20]}” is no size we know", "Use one of: " + ", ".join(SIZES)
    if column == "postcode":
        plain = "".join(value.split()).upper()
        good = bool(_POSTCODE.fullmatch(plain))
        return (
            f"{plain[:-3]} {plain[-3:]}",
            "" if good else f"“{value[:12]}” is not a postcode",
            "Write it like LS1 3EX",
        )
    if column == "website":
        good = value.startswith(("https://", "http://")) and "." in value and " " not in value
        return value, "" if good else "It is not a web address", "Begin it with https://"
    if column == "ods code":
        return (
            value.upper(),
            "" if value.isalnum() else "It has signs other than letters and digits",
            "Write it like RR8",
        )
    if column in {"ukprn", "charity number"}:
        good = value.replace("-", "").isdecimal()
        return value, "" if good else "It has signs other than digits", "Write digits only"
    return value, "", ""


def _roles(text: str, wrong: Refuse) -> tuple[str, ...] | None:
    if not text:
        return None
    if text.casefold() == NO_ROLES:
        return ()
    found = []
    for part in (piece.strip() for piece in text.split(";")):
        role = _ROLES.get(part.casefold())
        if role is None and part:
            wrong("roles", f"There is no role “{part[:40]}”", f"Use {NO_ROLES}, or some of: {'; '.join(Role.labels)}")
        elif role:
            found.append(role)
    return tuple(dict.fromkeys(found))


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True
