"""Form fields as components of the design system."""

import importlib
import pkgutil
import re

import pytest
from django import forms
from django.forms.forms import BaseForm
from django.template import Context, Template

import ginnel
from ginnel.core.forms import PlainErrors, PlainForm, error_summary, field_params

OF_THE_OFFICE = "ginnel.site.office."  # Wagtail's pages, in its own words


class Meal(forms.Form):
    name = forms.CharField(label="Name & more", help_text="As you like", widget=forms.Textarea(attrs={"rows": 4}))
    size = forms.ChoiceField(label="Size", choices=[("", "Any"), ("s", "Small"), ("l", "Large")])
    sides = forms.MultipleChoiceField(
        label="Sides",
        choices=[("chips", "Chips"), ("peas", "Peas")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    drink = forms.ChoiceField(
        label="Drink", choices=[("tea", "Tea"), ("water", "Water")], widget=forms.RadioSelect, required=False
    )
    hot = forms.BooleanField(label="Hot", required=False)
    email = forms.EmailField(required=False)
    number = forms.IntegerField(required=False)


def html(source: str, **context: object) -> str:
    return Template(source).render(Context(context))


def test_each_widget_has_its_component() -> None:
    form = Meal()
    found = {name: field_params(form[name])[0] for name in form.fields}
    assert found == {
        "name": "textarea",
        "size": "select",
        "sides": "checkboxes",
        "drink": "radios",
        "hot": "checkboxes",
        "email": "input",
        "number": "input",
    }


def test_several_may_be_ticked_and_stay_ticked() -> None:
    out = html("{% nhs_field form.sides %}", form=Meal({"sides": ["chips", "peas"]}))
    assert out.count('type="checkbox"') == 2 and out.count("checked") == 2


def test_no_id_is_given_twice_so_each_label_names_its_box() -> None:
    for name in ("sides", "drink", "hot"):
        out = html(f"{{% nhs_field form.{name} %}}", form=Meal())
        ids = re.findall(r'\bid="([^"]+)"', out)
        assert len(ids) == len(set(ids)) and f'for="id_{name}"' in out


def test_one_choice_is_a_radio() -> None:
    assert html("{% nhs_field form.drink %}", form=Meal({"drink": "tea"})).count("checked") == 1


def test_words_of_people_are_escaped() -> None:
    out = html("{% nhs_field form.name %}", form=Meal({"name": "<script>x</script>"}))
    assert "<script>" not in out and "&lt;script&gt;" in out and "Name &amp; more" in out


def test_errors_are_shown_at_the_field_and_in_the_summary() -> None:
    form = Meal({"name": "", "size": "s"})
    assert "This field is required" in html("{% nhs_field form.name %}", form=form)
    summary = html("{% nhs_errors form %}", form=form)
    assert 'href="#id_name"' in summary and "There is a problem" in summary


def test_without_errors_there_is_no_summary() -> None:
    assert error_summary(Meal({"name": "x", "size": "s"})) is None
    assert html("{% nhs_errors form %}", form=Meal()).strip() == ""


def test_text_given_to_a_component_is_escaped() -> None:
    assert "&lt;b&gt;" in html('{% nhs "tag" text=text %}', text="<b>")


class Visit(PlainForm):
    name = forms.CharField(max_length=3, min_length=2)
    age = forms.IntegerField(label="Your age", min_value=13, max_value=90)
    seats = forms.IntegerField(label="Seats", min_value=1)
    size = forms.ChoiceField(label="Size?", choices=[("s", "Small")])
    sides = forms.MultipleChoiceField(label="Sides", choices=[("peas", "Peas")])
    email = forms.EmailField(label="E-mail address", max_length=12)
    website = forms.URLField(label="Website", assume_scheme="https")
    day = forms.DateField(label="Day")
    code = forms.RegexField("^x$", label="Code")
    sure = forms.BooleanField(label="Yes, I am sure")
    file = forms.FileField(label="Letter", max_length=3)
    own = forms.CharField(label="Own", error_messages={"required": "Say it in your own words"})


def messages(**given: object) -> dict[str, list[str]]:
    return {name: list(errors) for name, errors in Visit(given).errors.items()}


def test_nothing_typed_is_said_by_name_with_what_to_do() -> None:
    assert messages() == {
        "name": ["Name: type an answer"],
        "age": ["Your age: type an answer"],
        "seats": ["Seats: type an answer"],
        "size": ["Size: choose an answer"],
        "sides": ["Sides: choose an answer"],
        "email": ["E-mail address: type an answer"],
        "website": ["Website: type an answer"],
        "day": ["Day: type an answer"],
        "code": ["Code: type an answer"],
        "sure": ["Yes, I am sure: tick the box, or go back"],
        "file": ["Letter: choose a file"],
        "own": ["Say it in your own words"],
    }


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("name", "abcd", "Name: use at most 3 letters"),
        ("name", "a", "Name: use at least 2 letters"),
        ("name", "a\x00", "Name: there are letters in it that cannot be read. Type it again"),
        ("age", "lots", "Your age: type a number in digits, from 13 to 90"),
        ("age", "-4", "Your age: type a number in digits, from 13 to 90"),
        ("seats", "1.5", "Seats: type a number in digits"),
        ("seats", "0", "Seats: type 1 or more"),
        ("size", "xl", "Size: what was sent is not in the list. Choose again"),
        ("sides", ["chips"], "Sides: what was sent is not in the list. Choose again"),
        ("sides", "chips", "Sides: what was sent is not in the list. Choose again"),
        ("email", "me", "E-mail address: type the address in full, like name@example.com"),
        ("email", "somebody@example.com", "E-mail address: use at most 12 letters"),
        ("website", "http://", "Website: type the address in full, like https://example.org"),
        ("day", "yesterday", "Day: type the day like 27/3/2027"),
        ("code", "y", "Code: check it and type it again"),
    ],
)
def test_whatever_is_wrong_is_said_by_name_with_what_to_do(name: str, value: object, said: str) -> None:
    assert said in messages(**{name: value})[name]


def forms_of(kind: type[BaseForm]) -> set[type[BaseForm]]:
    return {kind}.union(*(forms_of(one) for one in kind.__subclasses__()))


def test_every_form_in_the_house_has_plain_errors() -> None:
    for module in pkgutil.walk_packages(ginnel.__path__, "ginnel."):
        if not re.search(r"\.(tests|migrations|__main__)\b", module.name):
            importlib.import_module(module.name)
    ours = [one for one in forms_of(BaseForm) if re.match(r"ginnel\.(?!.*\.tests\.)", one.__module__)]
    others = [one for one in ours if not issubclass(one, PlainErrors) and not one.__module__.startswith(OF_THE_OFFICE)]
    assert len(ours) > 20 and others == []
