"""The form of a row. It takes whatever is written: what is wrong with it the pack's own checks say, beside the field."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict

from ginnel.config.changes.fields import FIELDS, Field
from ginnel.config.changes.text import HOMES, find_row, header
from ginnel.core.forms import PlainForm
from ginnel.core.tables import SLUG_CHARACTERS

Files = dict[str, bytes]
KEY_LABELS = {"id": "Short name (id)", "slug": "Short name", "scale": "Scale", "band": "Band"}
MOST = 20_000


LISTS = {"several", "many"}


class PickMany(forms.CheckboxSelectMultiple):
    """Boxes as a group of a name. Of a `long` list those ticked, and the others behind a line that opens them."""

    template_name = "config/changes/pick_many.html"

    def __init__(self, label: str, *, long: bool) -> None:
        super().__init__()
        self.label, self.long = label, long

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        options = [option for _, group, _ in context["widget"]["optgroups"] for option in group]
        first = [option for option in options if option["selected"] or not self.long]
        return context | {
            "group": self.label,
            "first": first,
            "others": [option for option in options if self.long and not option["selected"]],
        }


class WriteOrPick(forms.TextInput):
    """A line to write in, with the words that fit it offered."""

    template_name = "config/changes/write_or_pick.html"

    def __init__(self, name: str, choices: list[tuple[str, str]]) -> None:
        super().__init__({"list": f"{name}-words"})
        self.choices = choices

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        return super().get_context(name, value, attrs) | {"choices": self.choices}


def seen_of(text: str) -> str:
    """What a form remembers of a row's text, to notice that it changed meanwhile."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _items(value: str) -> list[str]:
    return list(dict.fromkeys(part.strip() for part in value.split(";") if part.strip()))


class RowForm(PlainForm):
    """
    Every field of a row as text.

    `cells`: the row as it is now (none for a new row); `known`: its file's columns, None where a kind has no table.
    """

    def __init__(self, kind: str, files: Files, known: list[str] | None, cells: Mapping[str, str], **kwargs: Any):
        super().__init__(**kwargs)
        self.now = cells
        self.row_fields = [field for field in FIELDS[kind] if known is None or field.name in known]
        for field in self.row_fields:
            self.fields[field.name] = _form_field(field, files, cells.get(field.name, ""))
        self.fields["note"] = forms.CharField(
            label="Why",
            required=False,
            max_length=400,
            help_text="For whoever approves it: what changed, and where it says so.",
        )
        self.fields["seen"] = forms.CharField(required=False, widget=forms.HiddenInput)
        self.fields["version"] = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def cells(self) -> dict[str, str]:
        """The row as the form has it. A field in which only blanks differ stays as it is."""
        return {field.name: self._cell(field) for field in self.row_fields}

    def _cell(self, field: Field) -> str:
        value, now = self.cleaned_data[field.name], self.now.get(field.name, "")
        if field.shape in LISTS:
            kept = [item for item in _items(now) if item in value]
            return now if set(value) == set(_items(now)) else ";".join([*kept, *(x for x in value if x not in kept)])
        if field.shape == "day":
            text = value.replace("\r\n", "\n").replace("\r", "\n").strip()
            return now if text == now.replace("\r\n", "\n").strip() else text
        return now if value.split() == now.split() else " ".join(value.split())

    def tell(self, problems: Mapping[str, Iterable[str]]) -> None:
        """Show the checks' problems beside their fields."""
        for name, words in problems.items():
            for each in words:
                self.add_error(name if name in self.fields else None, each)


def data_of(form_kind: str, cells: Mapping[str, str], **more: object) -> MultiValueDict[str, str]:
    """A row's cells as if they had been sent, so that errors can stand beside them."""
    several = {field.name for field in FIELDS[form_kind] if field.shape in LISTS}
    data = {name: _items(value) if name in several else [value] for name, value in cells.items()}
    return MultiValueDict(data | {name: [str(value)] for name, value in more.items()})


def _form_field(field: Field, files: Files, value: str) -> forms.Field:
    common: dict[str, Any] = {"label": field.label, "help_text": field.help, "required": False}
    choices = field.choices(files) if field.choices else []
    known = dict(choices)
    if field.shape == "one":
        if value not in known:
            choices = [(value, value or "Choose"), *choices]
        return forms.ChoiceField(choices=choices, initial=value, **common)
    if field.shape in LISTS:
        items = _items(value)
        choices += [(item, item) for item in items if item not in known]
        widget = PickMany(field.label, long=field.shape == "many")
        return forms.MultipleChoiceField(choices=choices, initial=items, widget=widget, **common)
    if field.shape == "either":
        return forms.CharField(initial=value, max_length=MOST, widget=WriteOrPick(field.name, choices), **common)
    if field.shape in {"lines", "day"}:
        rows = 14 if field.shape == "day" else 3
        return forms.CharField(initial=value, widget=forms.Textarea(attrs={"rows": rows}), max_length=MOST, **common)
    return forms.CharField(initial=value, max_length=MOST, **common)


class NewRowForm(RowForm):
    """A row that is not there yet: also how it is known, and the file it goes into."""

    def __init__(self, kind: str, files: Files, paths: list[str], **kwargs: Any):
        columns = (
            None if kind == "role" else list(dict.fromkeys(name for path in paths for name in header(files, path)))
        )
        super().__init__(kind, files, columns, {}, **kwargs)
        self.kind, self.held = kind, files
        self.key_columns = HOMES[kind].key or ("slug",)
        first: dict[str, forms.Field] = {}
        if kind != "role":
            first["file"] = forms.ChoiceField(label="File of the pack", choices=[(path, path) for path in paths])
        for column in self.key_columns:
            help_text = "Lower-case letters, digits and hyphens. It cannot be changed later."
            first[f"key_{column}"] = forms.CharField(label=KEY_LABELS[column], max_length=60, help_text=help_text)
        self.fields = {**first, **self.fields}

    @property
    def key(self) -> str:
        return ":".join(self.cleaned_data[f"key_{column}"] for column in self.key_columns)

    def clean(self) -> dict[str, Any]:
        super().clean()
        names = [f"key_{column}" for column in self.key_columns]
        for name in names:
            if not set(self.cleaned_data.get(name, "")) <= SLUG_CHARACTERS:
                self.add_error(name, "Use lower-case letters, digits and hyphens only")
        if all(name in self.cleaned_data for name in names) and find_row(self.held, self.kind, self.key):
            self.add_error(names[0], "The pack has one of that name already")
        return self.cleaned_data

    def cells(self) -> dict[str, str]:
        own = {column: self.cleaned_data[f"key_{column}"] for column in self.key_columns if self.kind != "role"}
        return own | super().cells()
