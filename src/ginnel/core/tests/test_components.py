"""Components that are kept: the same options give the same HTML, and nothing a person typed is kept."""

from typing import Any

import pytest
from django.utils.safestring import mark_safe

from ginnel.core.templatetags import ginnel as tags


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    tags._kept.clear()


def select(**more: Any) -> dict[str, Any]:
    return {"id": "a", "name": "a", "label": {"text": "A"}, "items": [{"value": "1", "text": "One"}], **more}


def test_a_kept_component_is_what_the_macro_makes() -> None:
    first = tags.component("select", select())
    assert tags.component("select", select()) is first
    assert first == tags._rendered("select", select())


def test_another_choice_is_another_component() -> None:
    chosen = select(items=[{"value": "1", "text": "One", "selected": True}])
    assert "selected" in tags.component("select", chosen)
    assert "selected" not in tags.component("select", select())


def test_text_to_be_escaped_is_not_answered_with_the_same_text_held_safe() -> None:
    safe = tags.component("button", {"html": mark_safe("<b>Go</b>")})
    text = tags.component("button", {"text": "<b>Go</b>"})
    assert "<b>Go</b>" in safe and "<b>Go</b>" not in text
    label = tags.component("select", select(label=mark_safe("<b>A</b>")))
    escaped = tags.component("select", select(label="<b>A</b>"))
    assert "<b>A</b>" in label and "&lt;b&gt;A" in escaped


@pytest.mark.parametrize(
    ("name", "params"),
    [
        ("input", {"id": "q", "name": "q", "label": {"text": "Words"}, "value": "my gran"}),
        ("textarea", {"id": "t", "name": "t", "label": {"text": "Words"}, "value": "my gran"}),
        ("select", select(errorMessage={"text": "my gran is not one of the choices"})),
    ],
)
def test_what_a_person_typed_is_never_kept(name: str, params: dict[str, Any]) -> None:
    assert "my gran" in tags.component(name, params)
    assert not tags._kept


def test_only_so_many_are_kept() -> None:
    for number in range(tags.MOST_KEPT + 5):
        tags.component("button", {"text": str(number)})
    assert len(tags._kept) == tags.MOST_KEPT
