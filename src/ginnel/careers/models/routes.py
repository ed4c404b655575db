"""The route table: one row is one step a person can take."""

from typing import Self

from django.db import models

from ginnel.careers.models.roles import Gate, Role, Start
from ginnel.core.words import gettext_lazy


class StepQuerySet(models.QuerySet["Step"]):
    def public(self) -> Self:
        """Steps anyone may read: all that the pack holds."""
        return self.all()

    def leading_to(self, role: Role) -> Self:
        return self.filter(to=role)

    def open_from(self, role: Role) -> Self:
        """Steps that begin in this role and lead to another. Steps open to anyone are left out."""
        return self.filter(from_roles=role, to__isnull=False)

    def for_ways_in(self) -> Self:
        """What a role page says of a step; the names of where it starts come from the engine."""
        return self.select_related("source").prefetch_related("needs").order_by("months", "slug")

    def for_list(self) -> Self:
        rows = self.select_related("to", "source").prefetch_related("from_roles", "from_starts", "needs", "clears")
        return rows.order_by("months", "slug")


class Step(models.Model):
    """One move: a job, a course, an apprenticeship, a degree, with its gates, months and money."""

    class By(models.TextChoices):
        JOB = "job", gettext_lazy("Apply for the job")
        ON_THE_JOB = "on-the-job", gettext_lazy("Learn on the job")
        APPRENTICESHIP = "apprenticeship", gettext_lazy("Apprenticeship")
        DEGREE_APPRENTICESHIP = "degree-apprenticeship", gettext_lazy("Degree apprenticeship")
        T_LEVEL = "t-level", gettext_lazy("T Level")
        COURSE = "course", gettext_lazy("Course")
        ACCESS_COURSE = "access-course", gettext_lazy("Access course")
        DEGREE = "degree", gettext_lazy("Degree")
        POSTGRADUATE = "postgraduate", gettext_lazy("Postgraduate course")
        TOP_UP = "top-up", "Top-up"
        CONVERSION = "conversion", gettext_lazy("Conversion course")
        RETURN_TO_PRACTICE = "return-to-practice", gettext_lazy("Return to practice")
        OVERSEAS_RECOGNITION = "overseas-recognition", gettext_lazy("Getting an overseas qualification recognised")
        VOLUNTEERING = "volunteering", gettext_lazy("Volunteering")
        PROMOTION = "promotion", gettext_lazy("Moving up")

    slug = models.SlugField(max_length=120, unique=True)
    from_anywhere = models.BooleanField(default=False)
    from_roles = models.ManyToManyField(Role, related_name="steps_out")
    from_starts = models.ManyToManyField(Start, related_name="steps_out")
    min_level = models.PositiveSmallIntegerField(default=0)
    to = models.ForeignKey(Role, null=True, on_delete=models.CASCADE, related_name="steps_in")
    by = models.CharField(max_length=24, choices=By)
    title = models.CharField(max_length=200)
    months = models.FloatField()
    cost_gbp = models.PositiveIntegerField()
    upfront_gbp = models.PositiveIntegerField()
    paid_by = models.JSONField(default=list)
    pay_gbp = models.PositiveIntegerField(
        null=True, help_text="A year, while on the step; empty: you keep the pay you have"
    )
    pay_point = models.ForeignKey("careers.PayPoint", null=True, on_delete=models.PROTECT, related_name="+")
    needs = models.ManyToManyField(Gate, related_name="steps_needing")
    clears = models.ManyToManyField(Gate, related_name="steps_clearing")
    gives_level = models.PositiveSmallIntegerField(null=True)
    about = models.TextField(blank=True)
    source = models.ForeignKey("sources.Source", on_delete=models.PROTECT, related_name="+")
    as_of = models.DateField()

    objects = StepQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(months__gte=0), name="careers_step_months_not_negative"),
            models.CheckConstraint(
                condition=models.Q(upfront_gbp__lte=models.F("cost_gbp")), name="careers_step_upfront_within_cost"
            ),
        ]

    def __str__(self) -> str:
        return self.title
