"""Django form fields as components of the design system."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinLengthValidator, MinValueValidator
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _

from ginnel.core.text import grouped


class PlainErrors:
    """
    A form whose errors name the question and say what to do, whatever is put in.

    A message that a field gives itself is kept; only Django's own words are replaced. Mixed in before a form's class.
    """

    fields: dict[str, forms.Field]

    def full_clean(self) -> None:
        for name, field in self.fields.items():
            label = str(field.label or name.replace("_", " ").capitalize()).rstrip("?:.")
            for code, message in _plain_errors(field, label).items():
                if field.error_messages.get(code) in (None, _django_message(field, code)):
                    field.error_messages[code] = message
        super().full_clean()  # type: ignore[misc]


class PlainForm(PlainErrors, forms.Form):
    """A form in this house: `PlainErrors` and nothing else."""


def _django_message(field: forms.Field, code: str) -> object:
    """What Django would say, were nothing said here; None for codes that only validators have."""
    for kind in type(field).__mro__:
        if code in (said := getattr(kind, "default_error_messages", {})):
            return said[code]
    return None


def _plain_errors(field: forms.Field, label: str) -> dict[str, str]:
    """Messages for each way in which an answer to this field can be wrong, by Django's codes."""
    said = {
        "required": _("%(label)s: type an answer") % {"label": label},
        "null_characters_not_allowed": _("%(label)s: there are letters in it that cannot be read. Type it again")
        % {"label": label},
    }
    if isinstance(field, forms.ChoiceField):
        again = _("%(label)s: what was sent is not in the list. Choose again") % {"label": label}
        return {
            "required": _("%(label)s: choose an answer") % {"label": label},
            "invalid_choice": again,
            "invalid_list": again,
        }
    limits = {type(check): check.limit_value for check in field.validators if hasattr(check, "limit_value")}
    least, most = limits.get(MinValueValidator), limits.get(MaxValueValidator)
    between = (
        _("from %(least)s to %(most)s") % {"least": grouped(least), "most": grouped(most)}
        if least is not None and most is not None
        else ""
    )
    if isinstance(field, forms.IntegerField):
        example = _("%(label)s: type a number in digits") % {"label": label} + (f", {between}" if between else "")
        return said | {
            "invalid": example,
            "min_value": example
            if between
            else _("%(label)s: type %(least)s or more") % {"label": label, "least": least},
            "max_value": example if between else _("%(label)s: type %(most)s or less") % {"label": label, "most": most},
        }
    if isinstance(field, forms.BooleanField):
        said["required"] = _("%(label)s: tick the box, or go back") % {"label": label}
    if isinstance(field, forms.FileField):
        said |= dict.fromkeys(("required", "invalid", "missing"), _("%(label)s: choose a file") % {"label": label})
        said |= {
            "empty": _("%(label)s: the file is empty. Choose another") % {"label": label},
            "max_length": _("%(label)s: the file's name is too long. Give it a shorter one") % {"label": label},
        }
        return said
    if type(field) is not forms.CharField:  # whose checks speak for themselves
        said["invalid"] = f"{label}: {_looks_like(field)}"
    said["max_length"] = _("%(label)s: use at most %(maxlengthvalidator)s letters") % {
        "label": label,
        "maxlengthvalidator": grouped(limits.get(MaxLengthValidator, 0)),
    }
    said["min_length"] = _("%(label)s: use at least %(minlengthvalidator)s letters") % {
        "label": label,
        "minlengthvalidator": grouped(limits.get(MinLengthValidator, 0)),
    }
    return said


def _looks_like(field: forms.Field) -> str:
    if isinstance(field, forms.EmailField):
        return _("type the address in full, like name@example.com")
    if isinstance(field, forms.URLField):
        return _("type the address in full, like https://example.org")
    if isinstance(field, forms.DateField):
        return _("type the day like 27/3/2027")
    return _("check it and type it again")


def choices_of(form: forms.BaseForm, name: str) -> list[tuple[str, str]]:
    """Values and labels of a form's field of choices."""
    return [(str(value), str(label)) for value, label in cast(forms.ChoiceField, form.fields[name]).choices]  # type: ignore[union-attr, misc]


def set_choices(form: forms.BaseForm, name: str, choices: Iterable[tuple[str, str]]) -> None:
    """Give a form's field of choices its values and labels."""
    cast(forms.ChoiceField, form.fields[name]).choices = list(choices)


def field_params(bound: BoundField, *, heading: bool = False, **extra: Any) -> tuple[str, dict[str, Any]]:
    """
    The component's name and its options for a form field, with its value, hint and errors.

    `extra` is laid over the options. With `heading`, the label is the page's heading.

    :raises TypeError: for a widget that has no component here.
    """
    widget = bound.field.widget
    params: dict[str, Any] = {
        "name": bound.html_name,
        "id": bound.id_for_label or bound.auto_id,
        "idPrefix": bound.auto_id,
    }
    if bound.help_text:
        params["hint"] = {"text": str(bound.help_text)}
    if bound.errors:
        params["errorMessage"] = {"text": " ".join(str(error) for error in bound.errors)}
    size = {"classes": "nhsuk-label--l", "isPageHeading": True} if heading else {}
    if isinstance(widget, forms.RadioSelect | forms.CheckboxInput):
        # The component gives `id` to the box around the items, and the first item the same id by `idPrefix`.
        del params["id"]
    if isinstance(widget, forms.RadioSelect):  # CheckboxSelectMultiple is one too
        many = isinstance(widget, forms.CheckboxSelectMultiple)
        chosen = {str(value) for value in bound.value() or []} if many else {str(bound.value() or "")}
        legend = {"text": str(bound.label), "classes": f"nhsuk-fieldset__legend--{'l' if heading else 's'}"}
        params["fieldset"] = {"legend": legend | ({"isPageHeading": True} if heading else {})}
        params["items"] = [
            {"value": str(value), "text": str(label), "checked": str(value) in chosen}
            for value, label in choices_of(bound.form, bound.name)
            if str(value)
        ]
        return ("checkboxes" if many else "radios"), params | extra
    if isinstance(widget, forms.CheckboxInput):
        params["items"] = [{"value": "on", "text": str(bound.label), "checked": bool(bound.value())}]
        return "checkboxes", params | extra
    params["label"] = {"text": str(bound.label), **(size or {"classes": "nhsuk-label--s"})}
    value = bound.value()
    if isinstance(widget, forms.Select):
        params["items"] = [
            {"value": str(key), "text": str(label), "selected": str(key) == str(value if value is not None else "")}
            for key, label in choices_of(bound.form, bound.name)
        ]
        return "select", params | extra
    params["value"] = "" if value is None else str(value)
    if isinstance(widget, forms.PasswordInput):
        # Never sent back to the browser, not even after a mistake elsewhere in the form.
        params["value"] = ""
        params["autocomplete"] = widget.attrs.get("autocomplete", "current-password")
        return "password-input", params | extra
    if isinstance(widget, forms.Textarea):
        if widget.attrs.get("rows"):
            params["rows"] = str(widget.attrs["rows"])
        return "textarea", params | extra
    if isinstance(widget, forms.TextInput | forms.NumberInput | forms.EmailInput):
        params["type"] = "email" if isinstance(widget, forms.EmailInput) else "text"
        attributes = dict(widget.attrs)
        for key in ("inputmode", "autocomplete", "spellcheck"):
            if key in attributes:
                params[key] = attributes.pop(key)
        if isinstance(widget, forms.NumberInput):
            params.setdefault("inputmode", "numeric")
            params.setdefault("classes", "nhsuk-input--width-5")
        return "input", params | extra
    raise TypeError(f"no component for {type(widget).__name__}")


def error_summary(form: forms.BaseForm) -> dict[str, Any] | None:
    """Options of the error summary for a form with errors; None without."""
    if not form.errors:
        return None
    items = []
    for name, errors in form.errors.items():
        target = form[name].auto_id if name in form.fields else "main"
        items += [{"text": str(error), "href": f"#{target}"} for error in errors]
    return {"titleText": _("There is a problem"), "errorList": items}
