"""Template tags used on every page."""

from functools import cache
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString, mark_safe
from jinja2 import ChainableUndefined, Environment, PackageLoader

from ginnel.core.forms import error_summary, field_params
from ginnel.core.text import in_words, markdown, money, months_in_words, pay_change

register = template.Library()
register.filter("money", money)
register.filter("pay_change", pay_change)
register.filter("months", months_in_words)
register.filter("markdown", markdown)
register.filter("in_words", in_words)


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("nhsuk_frontend_jinja"), undefined=ChainableUndefined, autoescape=True, auto_reload=False
    )


@cache
def _macro(component: str) -> Any:
    """The design system's macro for a component, compiled once: `summary-list` → `summaryList`."""
    first, *rest = component.split("-")
    name = first + "".join(part.title() for part in rest)
    module = _environment().get_template(f"nhsuk/components/{component}/macro.jinja").module
    return getattr(module, name)


def component(name: str, params: dict[str, Any]) -> SafeString:
    """One design-system component as HTML. Text is escaped; `html` values are taken as they are."""
    return mark_safe(str(_macro(name)(params)))  # noqa: S308 - the macro escapes


@register.simple_tag
def nhs(component_name: str, params: dict[str, Any] | None = None, /, **kwargs: Any) -> SafeString:
    """
    `{% nhs "tag" text="New" classes="nhsuk-tag--blue" %}`: a component of the NHS.UK design system.

    Nested options come as one dictionary from the view: `{% nhs "radios" form.level.radios %}`; keywords are laid over it.
    """
    return component(component_name, {**(params or {}), **kwargs})


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
