"""Template tags used on every page."""

from collections import OrderedDict
from collections.abc import Iterable
from functools import cache
from hashlib import blake2b
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from jinja2 import ChainableUndefined, Environment, PackageLoader

from ginnel.core.component_words import said_in_this_language
from ginnel.core.forms import error_summary, field_params
from ginnel.core.text import in_words, markdown, money, months_in_words, pay_change, pay_range
from ginnel.core.words import english, listed

register = template.Library()
register.filter("money", money)
register.filter("pay_change", pay_change)
register.filter("pay_range", pay_range)
register.filter("months", months_in_words)
register.filter("markdown", markdown)
register.filter("in_words", in_words)


@register.filter("english")
def stays_english(words: Any) -> str:
    """Words that are English on every page: `{{ role.name|english }}`, where the element they stand in has other words too."""
    return english(str(words if words is not None else ""))


@register.filter("listed")
def in_a_list(words: Iterable[Any]) -> str:
    """`{{ names|listed }}`: parted by the comma of the reader's language."""
    return listed(str(one) for one in words)


@register.filter
def each_english(words: Iterable[Any]) -> list[str]:
    """`{{ names|each_english|listed }}`"""
    return [stays_english(one) for one in words]


# The one macro that is not called after its component.
_ODD_NAMES = {"do-dont-list": "list", "tables": "table"}


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("nhsuk_frontend_jinja"), undefined=ChainableUndefined, autoescape=True, auto_reload=False
    )


@cache
def _macro(component: str) -> Any:
    """The design system's macro for a component, compiled once: `summary-list` → `summaryList`."""
    first, *rest = component.split("-")
    name = _ODD_NAMES.get(component, first + "".join(part.title() for part in rest))
    module = _environment().get_template(f"nhsuk/components/{component}/macro.jinja").module
    return getattr(module, name)


# Components made of our own words and choices only. Those that may hold what a person typed (input, textarea, checkboxes of what
# we understood) are not among them: nothing of a person's outlives the request.
KEPT_COMPONENTS = frozenset({"back-link", "button", "select", "skip-link"})
MOST_KEPT = 512
_kept: OrderedDict[bytes, SafeString] = OrderedDict()


def component(name: str, params: dict[str, Any], *, keep: bool = False) -> SafeString:
    """
    One design-system component as HTML. Text is escaped; `html` values are taken as they are.

    A component depends on its options and on nothing else, and a long select takes the macro several milliseconds: with `keep`, or for
    the components named above, the same options give the same HTML without asking the macro again. Error messages may quote what was
    typed, so a component with one is always made anew.
    """
    params = said_in_this_language(name, params)
    if not (keep or name in KEPT_COMPONENTS) or "errorMessage" in params:
        return _rendered(name, params)
    key = blake2b(repr((name, _told_apart(params))).encode(), digest_size=16).digest()
    html = _kept.get(key)
    if html is None:
        html = _kept[key] = _rendered(name, params)
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return html


def _rendered(name: str, params: dict[str, Any]) -> SafeString:
    return mark_safe(str(_macro(name)(params)))  # noqa: S308 - the macro escapes


def _told_apart(value: Any) -> Any:
    """Options as plain values in which safe text differs from the same text to be escaped."""
    if isinstance(value, dict):
        return [(key, _told_apart(one)) for key, one in value.items()]
    if isinstance(value, list | tuple):
        return [_told_apart(one) for one in value]
    return ("html", str(value)) if hasattr(value, "__html__") else value if value is None else (type(value), str(value))


@register.simple_tag
def nhs(
    component_name: str, params: dict[str, Any] | None = None, /, *, keep: bool = False, **kwargs: Any
) -> SafeString:
    """
    `{% nhs "tag" text="New" classes="nhsuk-tag--blue" %}`: a component of the NHS.UK design system.

    Nested options come as one dictionary from the view: `{% nhs "radios" form.level.radios %}`; keywords are laid over it.
    `keep=True` where nothing in it was typed by a person and it is long (see `component`).
    """
    return component(
        component_name,
        {**(params or {}), **{key: str(one) if isinstance(one, Promise) else one for key, one in kwargs.items()}},
        keep=keep,
    )


@register.simple_tag
def nhs_field(bound: BoundField, **extra: Any) -> SafeString:
    """`{% nhs_field form.email %}`: a form field as its component, with hint, value and errors."""
    name, params = field_params(bound, **extra)
    return component(name, params)


@register.simple_tag
def nhs_errors(form: forms.BaseForm) -> SafeString:
    """`{% nhs_errors form %}`: the error summary at the head of a page; nothing when all is well."""
    params = error_summary(form)
    return component("error-summary", params) if params else SafeString("")
