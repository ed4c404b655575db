"""Who belongs to which organisation, and what they do there."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from ginnel.core.marking import gettext_noop

if TYPE_CHECKING:
    from ginnel.accounts.models import User


class Role(models.TextChoices):
    """What somebody does for an organisation. What each may do is in `permissions.py`."""

    ADMINISTRATOR = "administrator", gettext_noop("Administrator")
    RECRUITER = "recruiter", gettext_noop("Recruiter")
    LEARNING_MANAGER = "learning-manager", gettext_noop("Learning manager")
    LINE_MANAGER = "line-manager", gettext_noop("Line manager")
    PLACEMENT_SUPERVISOR = "placement-supervisor", gettext_noop("Placement supervisor")
    VIEWER = "viewer", gettext_noop("Viewer")


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self) -> Self:
        """People who belong to an organisation that takes part now."""
        return self.filter(left_at__isnull=True, organisation__status="live")

    def of_person(self, user: "User") -> Self:
        """A person's own memberships, past ones too; only they may see the list."""
        return self.filter(user=user).select_related("organisation").order_by("-joined_at", "pk")

    def visible_to(self, user: "User") -> Self:
        """
        People of organisations whose people this person may see: all of them in some roles, those they manage in others.

        Every list of people starts here. See `permissions.SEE_PEOPLE`.
        """
        from ginnel.partners.permissions import Act, organisations_where

        whole = organisations_where(user, Act.SEE_PEOPLE)
        # A subquery, not joins: with those the rows of a list of thousands would have to be told apart.
        managed = LineManagement.objects.filter(
            manager__user=user, manager__left_at__isnull=True, manager__roles__role=Role.LINE_MANAGER
        )
        return self.filter(Q(organisation__in=whole) | Q(pk__in=managed.values("person")) | Q(user=user))

    def colleagues_of(self, one: "Membership") -> Self:
        """Who else belongs to the same organisation now."""
        return self.filter(organisation=one.organisation_id, left_at__isnull=True).exclude(pk=one.pk)

    def matching(self, words: str) -> Self:
        """With these words in their name, e-mail address or job."""
        return self.filter(
            Q(user__name__icontains=words) | Q(user__email__icontains=words) | Q(job_title__icontains=words)
        )

    def for_list(self) -> Self:
        """Everything the list of people shows, and nothing else."""
        return (
            self.select_related("user", "organisation")
            .prefetch_related("roles")
            .order_by("user__name", "user__email", "pk")
        )


class Membership(models.Model):
    """One person in one organisation. Somebody who leaves and comes back is the same row again."""

    organisation = models.ForeignKey("partners.Organisation", on_delete=models.PROTECT, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    job_title = models.CharField(max_length=120, blank=True)
    staff_number = models.CharField(
        max_length=60, blank=True, help_text="The organisation's own number for this person"
    )
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "user"], name="partners_membership_once"),
            models.UniqueConstraint(
                fields=["organisation", "staff_number"],
                condition=~Q(staff_number=""),
                name="partners_membership_staff_number_once",
            ),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True) | Q(left_at__gte=models.F("joined_at")),
                name="partners_membership_left_after_joining",
            ),
        ]
        indexes = [models.Index(fields=["user", "left_at"])]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.organisation_id}"


class MembershipRole(models.Model):
    """One thing a member does for the organisation. Members without any are plain members."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="roles")
    role = models.CharField(max_length=24, choices=Role)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["membership", "role"], name="partners_membershiprole_once"),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="partners_membershiprole_known"),
        ]

    def __str__(self) -> str:
        return f"{self.role} ({self.membership_id})"


class LineManagement(models.Model):
    """A line manager and one person they manage, both of one organisation."""

    manager = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="manages")
    person = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="managed_by")
    since = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["manager", "person"], name="partners_linemanagement_once"),
            models.CheckConstraint(condition=~Q(manager=models.F("person")), name="partners_linemanagement_not_self"),
        ]

    def __str__(self) -> str:
        return f"{self.manager_id} manages {self.person_id}"
