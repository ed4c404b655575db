"""What organisations allow each other."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from ginnel.core.marking import gettext_noop

if TYPE_CHECKING:
    from ginnel.accounts.models import User
    from ginnel.partners.models.organisations import Organisation


class Allowance(models.TextChoices):
    """One thing the giver allows the receiver."""

    SEE_APPLICANTS = "see-applicants", gettext_noop("See applicants that are shared with it")
    TRAINING_EVIDENCE = "training-evidence", gettext_noop("Have its training evidence accepted")
    SHARED_TEAMS = "shared-teams", gettext_noop("See our people in teams that both take part in")
    REFER = "refer", gettext_noop("Refer people to us")


class TermQuerySet(models.QuerySet["Term"]):
    def in_force(self, on: date) -> Self:
        """Agreed by both, begun, not over."""
        return self.filter(
            Q(starts_on__isnull=True) | Q(starts_on__lte=on),
            Q(ends_on__isnull=True) | Q(ends_on__gte=on),
            agreed_at__isnull=False,
            ended_at__isnull=True,
            giver__status="live",
            receiver__status="live",
        )

    def between(self, one: int, other: int) -> Self:
        """Terms of a pair of organisations, in both directions."""
        return self.filter(Q(giver=one, receiver=other) | Q(giver=other, receiver=one))

    def with_organisation(self, organisation: "Organisation") -> Self:
        """Terms in which an organisation gives or receives."""
        return self.filter(Q(giver=organisation) | Q(receiver=organisation))

    def waiting_for(self, organisation: "Organisation") -> Self:
        """Proposals that this organisation is to agree to: those of the other side."""
        return self.filter(
            Q(giver=organisation, proposed_by_giver=False) | Q(receiver=organisation, proposed_by_giver=True),
            agreed_at__isnull=True,
            ended_at__isnull=True,
        )

    def visible_to(self, user: "User") -> Self:
        """Terms of organisations whose agreements this person may see."""
        from ginnel.partners.permissions import Act, organisations_where

        mine = organisations_where(user, Act.SEE_AGREEMENTS)
        return self.filter(Q(giver__in=mine) | Q(receiver__in=mine))

    def for_list(self) -> Self:
        """Everything the agreements page shows: by pair, then newest first."""
        from ginnel.partners.models.joining import AnswerLink

        answered = models.Prefetch("answer_links", AnswerLink.objects.filter(answered_at__isnull=False), "answered_by")
        return (
            self.select_related("giver", "receiver", "proposed_by", "agreed_by", "ended_by")
            .prefetch_related(answered)
            .order_by("giver__name", "receiver__name", "what", "-proposed_at", "pk")
        )


class Term(models.Model):
    """
    One line of the agreement of two organisations: the giver allows the receiver one thing.

    Either side proposes it, the other agrees, either ends it. A line that is over stays as history; a new one begins afresh.
    """

    giver = models.ForeignKey("partners.Organisation", on_delete=models.PROTECT, related_name="terms_given")
    receiver = models.ForeignKey("partners.Organisation", on_delete=models.PROTECT, related_name="terms_received")
    what = models.CharField(max_length=24, choices=Allowance)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    proposed_by_giver = models.BooleanField(help_text="Which side proposed: the other one agrees")
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    proposed_at = models.DateTimeField()
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    agreed_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = TermQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["giver", "receiver", "what"], condition=Q(ended_at__isnull=True), name="partners_term_one_open"
            ),
            models.CheckConstraint(condition=~Q(giver=F("receiver")), name="partners_term_two_organisations"),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="partners_term_ends_after_start",
            ),
            models.CheckConstraint(condition=Q(what__in=Allowance.values), name="partners_term_known"),
        ]

    def __str__(self) -> str:
        return f"{self.giver_id} allows {self.receiver_id}: {self.what}"
