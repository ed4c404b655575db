"""Pictures, downloads and films."""

from django.core.validators import FileExtensionValidator
from django.db import models
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image

from ginnel.site.uploads import check_captions, check_film


class Picture(AbstractImage):
    """A picture with words for those who do not see it; a use of it may say something else, or that it is decoration."""

    credit = models.CharField(
        max_length=200, blank=True, help_text="Who made it, and under which licence; shown under the picture"
    )

    admin_form_fields = (*Image.admin_form_fields, "credit")

    class Meta:
        verbose_name = "picture"
        permissions = [("choose_picture", "Can choose picture")]


class PictureRendition(AbstractRendition):
    """A picture cut and compressed for one place."""

    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="site_picturerendition_once"
            )
        ]


class Download(AbstractDocument):
    """A file to take away."""

    class Accessible(models.TextChoices):
        YES = "yes", "Yes: checked with a screen reader, or plain text"
        NO = "no", "No, or not all of it"
        UNKNOWN = "unknown", "Nobody has checked"

    accessible = models.CharField(
        "works with a screen reader", max_length=8, choices=Accessible, default=Accessible.UNKNOWN
    )

    admin_form_fields = (*Document.admin_form_fields, "accessible")

    class Meta:
        verbose_name = "download"
        permissions = [("choose_download", "Can choose download")]


class Film(models.Model):
    """A film with captions and a transcript, both required: nobody is left out of what is said in it."""

    title = models.CharField(max_length=120)
    film = models.FileField(
        upload_to="films",
        validators=[FileExtensionValidator(["mp4", "webm"]), check_film],
        help_text="MP4 (H.264) or WebM, at most 60 MB",
    )
    captions = models.FileField(
        upload_to="captions",
        validators=[FileExtensionValidator(["vtt"]), check_captions],
        help_text="A WebVTT file (.vtt) with everything that is said, and sounds that matter",
    )
    transcript = models.TextField(help_text="All that is said and all that is shown, in plain text")
    poster = models.ForeignKey(Picture, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    minutes = models.DecimalField(max_digits=4, decimal_places=1, help_text="Length in minutes")

    def __str__(self) -> str:
        return self.title
