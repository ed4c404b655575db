"""What people type about organisations, their people and their agreements."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django import forms

from ginnel.core.forms import PlainForm, set_choices
from ginnel.partners.models import KINDS, Allowance, Membership, Organisation, Role
from ginnel.partners.models.organisations import SIZES

ROLE_HINTS = {
    Role.ADMINISTRATOR: "Looks after everything here, people and agreements too",
    Role.RECRUITER: "Sees applicants and fills vacancies",
    Role.LEARNING_MANAGER: "Sees everybody, and who is in date",
    Role.LINE_MANAGER: "Sees the people they manage",
    Role.PLACEMENT_SUPERVISOR: "Looks after people on placement",
    Role.VIEWER: "Sees, and changes nothing",
}


def _text(
    label: str, missing: str, most: int, *, required: bool = True, hint: str = "", rows: int = 1
) -> forms.CharField:
    return forms.CharField(
        label=label,
        widget=forms.Textarea(attrs={"rows": rows}) if rows > 1 else forms.TextInput,
        max_length=most,
        required=required,
        help_text=hint,
        error_messages={"required": missing, "max_length": f"{label}: use at most {most} letters"},
    )


def _number(label: str, pattern: str, example: str, hint: str = "") -> forms.RegexField:
    return forms.RegexField(
        pattern,
        label=label,
        required=False,
        max_length=20,
        help_text=hint or f"If you have one. For example {example}",
        error_messages={
            "invalid": f"{label}: it looks like {example}. Check it, or leave it empty",
            "max_length": f"{label}: it looks like {example}. Check it, or leave it empty",
        },
    )


class DetailsForm(PlainForm):
    """What is said of an organisation."""

    kind = forms.ChoiceField(
        label="What kind of organisation is it?",
        choices=[("", "Choose one"), *KINDS.items()],
        error_messages={
            "required": "Choose what kind of organisation it is",
            "invalid_choice": "Choose what kind of organisation it is",
        },
    )
    size = forms.ChoiceField(
        label="How many people work there?",
        choices=[("", "Not sure"), *SIZES.items()],
        required=False,
        error_messages={"invalid_choice": "Choose how many people work there"},
    )
    about = _text("What it does", "", 400, required=False, hint="One or two sentences that anybody understands", rows=3)
    website = forms.URLField(
        label="Website",
        required=False,
        max_length=500,
        assume_scheme="https",
        widget=forms.TextInput,
        error_messages={"invalid": "Website: type the address in full, like https://example.org"},
    )
    postcode = forms.RegexField(
        r"(?i)^[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}$",
        label="Postcode of its main address",
        required=False,
        error_messages={"invalid": "Postcode: type it in full, like LS1 4AP"},
    )
    ods_code = _number("ODS code", r"^[A-Za-z0-9]{3,8}$", "RR8")
    ukprn = _number("UKPRN", r"^1\d{7}$", "10012345")
    cqc_number = _number("CQC provider or location number", r"^1-\d{6,12}$", "1-123456789")
    charity_number = _number("Charity number", r"^\d{6,8}(-\d+)?$", "1234567")

    def clean_postcode(self) -> str:
        """`ls14ap` → `LS1 4AP`."""
        code = re.sub(r"\s", "", self.cleaned_data["postcode"]).upper()
        return f"{code[:-3]} {code[-3:]}" if code else ""


class NamedDetailsForm(DetailsForm):
    """The same for those who may change the name too."""

    name = _text("Name of the organisation", "Type the name of the organisation", 300)

    field_order = ("name", "kind")


class JoinForm(DetailsForm):
    """An organisation asks to take part."""

    name = _text("Name of the organisation", "Type the name of the organisation", 300)
    contact_name = _text("Your name", "Type your name, so that we know whom to answer", 120)
    contact_job = _text("Your job there", "Type what you do there", 120)

    field_order = ("name", "kind", "contact_name", "contact_job", "size", "about", "website", "postcode")


class RefuseForm(PlainForm):
    """Why an organisation cannot join yet."""

    reason = _text(
        "Why not",
        "Say why, so that they know what to do",
        400,
        hint="It goes to the person who asked, word for word",
        rows=3,
    )


class _RolesField(forms.MultipleChoiceField):
    def __init__(self) -> None:
        super().__init__(
            label="What will they do here?",
            required=False,
            help_text="Tick none for somebody who only belongs here",
            widget=forms.CheckboxSelectMultiple,
            choices=[(value, f"{label}: {ROLE_HINTS[Role(value)].lower()}") for value, label in Role.choices],
            error_messages={"invalid_choice": "Choose from the list of roles"},
        )


class InviteForm(PlainForm):
    """Whom to invite."""

    email = forms.EmailField(
        label="Their e-mail address",
        max_length=254,
        help_text="The invitation works for this address alone, for 14 days",
        error_messages={
            "required": "Type their e-mail address",
            "invalid": "Type the address in full, like name@example.com",
        },
    )
    roles = _RolesField()


class MemberForm(PlainForm):
    """What somebody does here."""

    job_title = _text("Job title", "", 120, required=False)
    roles = _RolesField()

    def __init__(self, *args: Any, membership: Membership, **kwargs: Any) -> None:
        roles = [row.role for row in membership.roles.all()]
        kwargs.setdefault("initial", {"job_title": membership.job_title, "roles": roles})
        super().__init__(*args, **kwargs)


NOBODY = "nobody"


class ManagerForm(PlainForm):
    """Who manages somebody: one of the colleagues that were found, or nobody."""

    manager = forms.ChoiceField(
        label="Who is it?",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose a colleague, or say that nobody manages them",
            "invalid_choice": "Choose a colleague from the list: this one does not belong to the organisation now",
        },
    )

    def __init__(self, *args: Any, colleagues: Iterable[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = [(str(one.pk), ", ".join(_told_apart(one))) for one in colleagues]
        set_choices(self, "manager", [*found, (NOBODY, "Nobody")])


def _told_apart(colleague: Membership) -> Iterator[str]:
    """Two of one name differ in their job or their address."""
    if colleague.user.name:
        yield colleague.user.name
    if colleague.job_title:
        yield colleague.job_title
    yield colleague.user.email


class ProposeForm(PlainForm):
    """One line of an agreement."""

    partner = forms.ChoiceField(
        label="With whom?",
        error_messages={"required": "Choose an organisation", "invalid_choice": "Choose an organisation"},
    )
    direction = forms.ChoiceField(
        label="Who allows whom?",
        widget=forms.RadioSelect,
        choices=[("give", "We allow them"), ("ask", "We ask them to allow us")],
        error_messages={"required": "Choose who allows whom", "invalid_choice": "Choose who allows whom"},
    )
    what = forms.ChoiceField(
        label="What?",
        widget=forms.RadioSelect,
        choices=[(value, label) for value, label in Allowance.choices],
        error_messages={"required": "Choose what is allowed", "invalid_choice": "Choose what is allowed"},
    )
    starts_on = forms.DateField(
        label="From which day?",
        required=False,
        help_text="Leave empty for at once. For example 1/4/2027",
        error_messages={"invalid": "From which day: type it like 1/4/2027"},
    )
    ends_on = forms.DateField(
        label="Until which day?",
        required=False,
        help_text="Leave empty for until one side ends it",
        error_messages={"invalid": "Until which day: type it like 31/3/2028"},
    )

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Organisation.objects.partners().exclude(pk=organisation.pk).for_list()
        set_choices(self, "partner", [("", "Choose one"), *[(str(one.pk), one.name) for one in others]])

    def dates(self) -> dict[str, date | None]:
        return {name: self.cleaned_data[name] for name in ("starts_on", "ends_on")}


class AskForm(PlainForm):
    """Who should answer a proposal by e-mail."""

    email = forms.EmailField(
        label="Their e-mail address",
        max_length=254,
        help_text="Whoever reads e-mails of this address can answer",
        error_messages={
            "required": "Type their e-mail address",
            "invalid": "Type the address in full, like name@example.com",
        },
    )


class AnswerForm(PlainForm):
    """Yes or no to a proposal."""

    answer = forms.ChoiceField(
        label="Do you agree?",
        widget=forms.RadioSelect,
        choices=[("yes", "Yes, we agree"), ("no", "No")],
        error_messages={"required": "Choose yes or no", "invalid_choice": "Choose yes or no"},
    )


class SiteForm(PlainForm):
    """A place where an organisation works."""

    site_name = _text("Name of the place", "Type what people call the place", 200)
    site_postcode = forms.RegexField(
        r"(?i)^[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}$",
        label="Its postcode",
        error_messages={
            "required": "Type the postcode of the place",
            "invalid": "Its postcode: type it in full, like LS1 4AP",
        },
    )
