"""How organisations and people come in: a request that is decided, an invitation that is taken up."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from ginnel.partners.models.organisations import KINDS, SIZES

if TYPE_CHECKING:
    from ginnel.accounts.models import User


class JoinRequestQuerySet(models.QuerySet["JoinRequest"]):
    def visible_to(self, user: "User") -> Self:
        """All of them for those who decide, one's own for everybody else."""
        from ginnel.partners.permissions import Act, may

        return self.all() if may(user, Act.DECIDE_JOINING) else self.filter(asked_by=user)

    def for_list(self) -> Self:
        """Waiting ones first, oldest first; then the newest decisions."""
        return self.select_related("organisation", "asked_by", "decided_by").order_by(
            models.Case(models.When(status="waiting", then=0), default=1), "asked_at", "pk"
        )


class JoinRequest(models.Model):
    """An organisation asks to take part. `organisation` is its public record, if it has one, and in any case once approved."""

    class Status(models.TextChoices):
        WAITING = "waiting", "Waiting for a decision"
        APPROVED = "approved", "Approved"
        REFUSED = "refused", "Not approved"
        WITHDRAWN = "withdrawn", "Withdrawn"

    organisation = models.ForeignKey(
        "partners.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="join_requests"
    )
    name = models.CharField(max_length=300)
    kind = models.CharField(max_length=60)
    size = models.CharField(max_length=10, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    website = models.URLField(max_length=500, blank=True)
    ods_code = models.CharField(max_length=10, blank=True)
    ukprn = models.CharField(max_length=8, blank=True)
    cqc_number = models.CharField(max_length=20, blank=True)
    charity_number = models.CharField(max_length=10, blank=True)
    about = models.CharField(max_length=400, blank=True)
    contact_name = models.CharField(max_length=120)
    contact_job = models.CharField(max_length=120)
    status = models.CharField(max_length=10, choices=Status, default=Status.WAITING)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True, help_text="When those who decide were written to")
    reason = models.CharField(max_length=400, blank=True, help_text="Said to who asked, when it is not approved")

    objects = JoinRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "asked_by", Lower("name"), condition=Q(status="waiting"), name="partners_joinrequest_one_waiting"
            ),
            models.CheckConstraint(
                condition=Q(status="waiting", decided_at__isnull=True)
                | (~Q(status="waiting") & Q(decided_at__isnull=False)),
                name="partners_joinrequest_decided_or_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.status}"

    @property
    def kind_name(self) -> str:
        """The kind in words."""
        return KINDS.get(self.kind, self.kind)

    @property
    def size_words(self) -> str:
        """How many people work there, in words."""
        return SIZES.get(self.size, "")


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def visible_to(self, user: "User") -> Self:
        """Invitations of organisations whose people this person manages."""
        from ginnel.partners.permissions import Act, organisations_where

        return self.filter(organisation__in=organisations_where(user, Act.MANAGE_PEOPLE))

    def open_at(self, at: datetime) -> Self:
        """Neither taken up, nor withdrawn, nor too old."""
        return self.filter(accepted_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=at)

    def sent_to(self, user: "User") -> Self:
        """Those to an address this person has shown to be theirs."""
        return self.filter(email__in=user.owned_addresses()).select_related("organisation", "invited_by")


class Invitation(models.Model):
    """
    A person is asked to join an organisation. Only a digest of the link's key is kept: the link itself is in their e-mail alone.

    It is for one address: who opens the link signs in with that address first.
    """

    organisation = models.ForeignKey("partners.Organisation", on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(max_length=254)
    roles = models.JSONField(default=list, help_text="Codes of the roles they will have")
    key_digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "email"],
                condition=Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="partners_invitation_one_open",
            ),
            models.CheckConstraint(
                condition=~Q(accepted_at__isnull=False, withdrawn_at__isnull=False),
                name="partners_invitation_accepted_or_withdrawn",
            ),
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk} to {self.organisation_id}"


class AnswerLinkQuerySet(models.QuerySet["AnswerLink"]):
    def open_at(self, at: datetime) -> Self:
        """Not answered and not too old. Whether it still carries anybody's authority is `answer_by_link`'s to ask."""
        return self.filter(answered_at__isnull=True, expires_at__gt=at)


class AnswerLink(models.Model):
    """
    A link in an e-mail by which one proposal can be answered, once, without signing in. Only a digest of its key is kept.

    It answers for `organisation` with the authority of one of its administrators: their own link, or one that they had sent to somebody.
    When they may not set agreements any more, neither may the link.
    """

    term = models.ForeignKey("partners.Term", on_delete=models.CASCADE, related_name="answer_links")
    organisation = models.ForeignKey("partners.Organisation", on_delete=models.CASCADE, related_name="+")
    email = models.EmailField(max_length=254, blank=True, help_text="Empty once the account of this address is gone")
    authority = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    key_digest = models.CharField(max_length=64, unique=True)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    agreed = models.BooleanField(null=True, help_text="What was answered")

    objects = AnswerLinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, agreed__isnull=True)
                | Q(answered_at__isnull=False, agreed__isnull=False),
                name="partners_answerlink_answered_or_not",
            ),
        ]

    def __str__(self) -> str:
        return f"link {self.pk} to answer {self.term_id}"
