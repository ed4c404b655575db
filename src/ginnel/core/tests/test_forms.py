"""Form fields as components of the design system."""

import re

from django import forms
from django.template import Context, Template

from ginnel.core.forms import error_summary, field_params


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
