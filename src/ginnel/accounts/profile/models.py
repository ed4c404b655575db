"""What people say about themselves, and what they agreed to."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from ginnel.core.words import gettext_lazy

if TYPE_CHECKING:
    from ginnel.accounts.models import User


class ConsentQuerySet(models.QuerySet["Consent"]):
    def of_person(self, user: "User") -> Self:
        """A person's own, newest first."""
        return self.filter(user=user).order_by("-given_at", "-pk")

    def standing(self) -> Self:
        """Given and not taken back."""
        return self.filter(withdrawn_at__isnull=True)


class Consent(models.Model):
    """A person agreed that something is kept for one purpose. Taking it back is as easy as giving it, and deletes what was kept."""

    class Purpose(models.TextChoices):
        SUPPORT = "support", gettext_lazy("Needs for support, so that people who help you can see to them")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=20, choices=Purpose)
    wording = models.CharField(max_length=20, help_text=gettext_lazy("Which edition of the words they agreed to"))
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "purpose"], condition=Q(withdrawn_at__isnull=True), name="accounts_consent_one_standing"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=models.F("given_at")),
                name="accounts_consent_withdrawn_after_given",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} by {self.user_id}"


class ProfileAnswer(models.Model):
    """A person's answer to one question of About me. Only they see it, until something shares it with their knowledge."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="profile_answers")
    question = models.CharField(max_length=40)
    values = models.JSONField(default=list)
    answered_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "question"], name="accounts_profileanswer_once")]

    def __str__(self) -> str:
        return f"{self.question} by {self.user_id}"


class SupportAnswer(models.Model):
    """
    What may tell of a person's health: in a table of its own, and only while the consent it hangs on stands.

    No query of About me joins it; whoever will read it for somebody else asks for this table by name.
    """

    consent = models.ForeignKey(Consent, on_delete=models.CASCADE, related_name="answers")
    question = models.CharField(max_length=40)
    values = models.JSONField(default=list)
    answered_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["consent", "question"], name="accounts_supportanswer_once")]

    def __str__(self) -> str:
        return f"{self.question} under consent {self.consent_id}"
