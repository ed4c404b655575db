"""Occupations and skills as their publishers list them: ESCO, O*NET, the National Careers Service, SOC 2020."""

from typing import Self

from django.db import models


class OccupationQuerySet(models.QuerySet["Occupation"]):
    def public(self) -> Self:
        """Published occupations: open reference data."""
        return self.all()

    def in_scheme(self, scheme: str) -> Self:
        return self.filter(scheme=scheme).order_by("code")


class Occupation(models.Model):
    """One occupation of one published list."""

    class Scheme(models.TextChoices):
        ESCO = "esco", "ESCO"
        ISCO = "isco", "ISCO groups (as in ESCO)"
        ONET = "onet", "O*NET"
        NCS = "ncs", "National Careers Service"
        SOC2020 = "soc2020", "SOC 2020"

    scheme = models.CharField(max_length=8, choices=Scheme)
    code = models.CharField(max_length=120, help_text="ESCO URI, O*NET-SOC code, NCS slug, SOC unit group")
    title = models.CharField(max_length=300)
    description = models.TextField(blank=True)
    source = models.ForeignKey("sources.Source", on_delete=models.PROTECT, related_name="+")

    objects = OccupationQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scheme", "code"], name="careers_occupation_once")]

    def __str__(self) -> str:
        return f"{self.title} ({self.code})"


class OccupationFacet(models.Model):
    """
    What one published file says of one occupation: its other titles, tasks, ratings or skills.

    `data` by kind: a list of texts (`alt_titles`, `tasks`), a list of codes (`activities`, `essential_skills`,
    `optional_skills`, `broader`), or an object of element id to values (`skills`, `knowledge`, `interests` …).
    """

    occupation = models.ForeignKey(Occupation, on_delete=models.CASCADE, related_name="facets")
    kind = models.CharField(max_length=24)
    data = models.JSONField()
    source = models.ForeignKey("sources.Source", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["occupation", "kind"], name="careers_facet_once")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.occupation_id}"


class EscoSkill(models.Model):
    """A skill, a piece of knowledge or a group of them in ESCO."""

    uri = models.CharField(max_length=120, unique=True)
    title = models.CharField(max_length=300)
    alt_titles = models.JSONField(default=list)
    kind = models.CharField(max_length=30, help_text="skill/competence, knowledge, or group")
    reuse_level = models.CharField(max_length=30, blank=True)
    description = models.TextField(blank=True)
    broader = models.JSONField(default=list, help_text="URIs")
    related = models.JSONField(default=dict, help_text="essential and optional skills: lists of URIs")
    source = models.ForeignKey("sources.Source", on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.title


class Standard(models.Model):
    """An apprenticeship standard or a T Level, as published."""

    class Kind(models.TextChoices):
        APPRENTICESHIP = "apprenticeship", "Apprenticeship standard"
        T_LEVEL = "t-level", "T Level"

    kind = models.CharField(max_length=15, choices=Kind)
    reference = models.CharField(max_length=40)
    title = models.CharField(max_length=300)
    level = models.PositiveSmallIntegerField()
    months = models.PositiveSmallIntegerField(null=True)
    max_funding_gbp = models.PositiveIntegerField(null=True)
    lars_code = models.CharField(max_length=10, blank=True)
    source = models.ForeignKey("sources.Source", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "reference"], name="careers_standard_once")]

    def __str__(self) -> str:
        return f"{self.title} (level {self.level})"
