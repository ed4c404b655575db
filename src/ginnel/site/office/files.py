"""The form of a picture."""

from typing import Any

from django.core.exceptions import ValidationError
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm


class PictureField(WagtailImageField):
    """Says so when a file is no picture, whatever its first bytes pretend; Wagtail's own field fails on some of them."""

    def to_python(self, data: Any) -> Any:
        try:
            return super().to_python(data)
        except (OSError, SyntaxError) as error:
            raise ValidationError(self.error_messages["invalid_image"], code="invalid_image") from error


class PictureForm(BaseImageForm):
    """No picture without words for those who do not see it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if file := self.fields.get("file"):
            self.fields["file"] = PictureField(label=file.label, required=file.required, widget=file.widget)
        if field := self.fields.get("description"):
            field.required = True
            field.label = "Alternative text"
            field.help_text = (
                "What the picture shows, for people who do not see it. A use of it may say something else."
            )
            field.error_messages["required"] = "Say what the picture shows"
