"""The few words that components of the design system say by themselves, in the reader's language."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _


def said_in_this_language(name: str, params: dict[str, Any]) -> dict[str, Any]:
    """The options of a component with its own words laid under them; on an English page just the options: its words are English."""
    if (get_language() or "en").startswith("en"):
        return params
    if "errorMessage" in params:
        params = {**params, "errorMessage": {"visuallyHiddenText": _("Error"), **params["errorMessage"]}}
    if name == "error-message":
        return {"visuallyHiddenText": _("Error"), **params}
    if name == "inset-text":
        return {"visuallyHiddenText": _("Information"), **params}
    if name == "warning-callout":
        return {"visuallyHiddenText": _("Important"), **params}
    if name == "password-input":
        return {**_password(), **params}
    if name == "pagination":
        return _pagination(params)
    return params


def _password() -> dict[str, str]:
    return {
        "showPasswordText": _("Show"),
        "hidePasswordText": _("Hide"),
        "showPasswordAriaLabelText": _("Show password"),
        "hidePasswordAriaLabelText": _("Hide password"),
        "passwordShownAnnouncementText": _("Your password is visible"),
        "passwordHiddenAnnouncementText": _("Your password is hidden"),
    }


def _pagination(params: dict[str, Any]) -> dict[str, Any]:
    said = {"ariaLabel": _("Pages"), **params}
    for side, words in (("previous", _("Previous page")), ("next", _("Next page"))):
        if said.get(side):
            said[side] = {"text": words, **said[side]}
    if said.get("items"):
        said["items"] = [
            {"ariaLabel": _("Page %(number)s") % {"number": one["number"]}, **one} if one.get("number") else one
            for one in said["items"]
        ]
    return said
