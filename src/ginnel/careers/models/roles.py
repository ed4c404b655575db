"""Roles and the small vocabularies they are described with. Loaded from the place pack."""

from typing import Self

from django.db import models

from ginnel.core.words import gettext_lazy


class Family(models.Model):
    """A part of health and care: nursing, adult social care."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    about = models.CharField(max_length=300)
    position = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return self.name


class Setting(models.Model):
    """A kind of workplace."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    about = models.CharField(max_length=300)
    position = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return self.name


class Skill(models.Model):
    """Something a person can do, know or be, shared by roles and experiences."""

    class Kind(models.TextChoices):
        PEOPLE = "people", gettext_lazy("With people")
        HANDS = "hands", gettext_lazy("With your hands")
        THINKING = "thinking", gettext_lazy("Thinking")
        ORGANISING = "organising", gettext_lazy("Organising")
        DIGITAL = "digital", gettext_lazy("Digital")
        KNOWLEDGE = "knowledge", gettext_lazy("Knowing")
        PERSONAL = "personal", gettext_lazy("About you")

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=160)
    plain = models.CharField(max_length=300)
    kind = models.CharField(max_length=12, choices=Kind)
    esco_uri = models.CharField(max_length=120, blank=True)

    def __str__(self) -> str:
        return self.name


class Gate(models.Model):
    """A hard requirement: a registration, a check, a qualification, an age."""

    class Kind(models.TextChoices):
        REGISTRATION = "registration", gettext_lazy("Registration")
        CHECK = "check", gettext_lazy("Check")
        QUALIFICATION = "qualification", gettext_lazy("Qualification")
        AGE = "age", gettext_lazy("Age")
        RIGHT_TO_WORK = "right-to-work", gettext_lazy("Right to work")
        LICENCE = "licence", gettext_lazy("Licence")
        EXPERIENCE = "experience", gettext_lazy("Experience")

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=15, choices=Kind)
    plain = models.TextField()
    months = models.FloatField(help_text="Usual wait to get it, months")
    cost_gbp = models.PositiveIntegerField(help_text="Cost to the person")
    who_pays = models.CharField(max_length=20, blank=True)
    how = models.TextField(blank=True)
    self_clear = models.BooleanField(help_text="Can be had on the way, without a step of its own")
    min_age = models.PositiveSmallIntegerField(null=True)
    held_from_level = models.PositiveSmallIntegerField(
        null=True, help_text="People who say they have this qualification level are taken to hold it"
    )
    source = models.ForeignKey("sources.Source", on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.name


class PayPoint(models.Model):
    """One row of a pay scale: lowest and highest whole-time pay a year."""

    scale = models.CharField(max_length=20)
    band = models.CharField(max_length=20)
    low_gbp = models.PositiveIntegerField()
    high_gbp = models.PositiveIntegerField()
    name = models.CharField(max_length=160)
    effective_from = models.DateField()
    source = models.ForeignKey("sources.Source", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scale", "band"], name="careers_paypoint_once")]

    def __str__(self) -> str:
        return self.name


class Start(models.Model):
    """A place a person may start from, with what is assumed of them until they say otherwise."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    plain = models.CharField(max_length=300)
    level = models.PositiveSmallIntegerField()
    age = models.PositiveSmallIntegerField()
    gates = models.ManyToManyField(Gate, related_name="+")
    pay_now_gbp = models.PositiveIntegerField()
    experiences = models.ManyToManyField("careers.Experience", related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return self.name


class Experience(models.Model):
    """A past job or a piece of life, the words people use for it, and the skills it gives."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=160)
    also_called = models.JSONField(default=list)
    skills = models.ManyToManyField(Skill, related_name="+")
    interests = models.JSONField(default=list, help_text="Holland interests R I A S E C, 0 to 5")
    health_and_care = models.BooleanField()

    def __str__(self) -> str:
        return self.name


class RoleQuerySet(models.QuerySet["Role"]):
    def public(self) -> Self:
        """Roles anyone may read: all that the pack holds."""
        return self.all()

    def in_family(self, slug: str) -> Self:
        return self.filter(family__slug=slug)

    def for_list(self) -> Self:
        """What a role card touches, and nothing else."""
        card = ("slug", "name", "summary", "unpaid", "pay_low_gbp", "pay_high_gbp", "pay_as_of")
        return self.select_related("family").only(*card, "family__slug", "family__name").order_by("name", "pk")

    def for_print(self) -> Self:
        """A role in full but for what other tables say of it, with its part of health and care and the source of its pay."""
        return self.select_related("family", "pay_source").order_by("name", "pk")

    def for_page(self) -> Self:
        """What a role page touches."""
        return self.select_related("family", "pay_source", "pay_point").prefetch_related(
            "settings", "gates", "role_skills__skill", "sources"
        )


class Role(models.Model):
    """A kind of job, in plain words, with its gates, pay, skills and published codes."""

    class Level(models.TextChoices):
        ENTRY = "entry", gettext_lazy("You could start here")
        TRAINED = "trained", gettext_lazy("After some training")
        PROFESSIONAL = "professional", gettext_lazy("Registered or degree level")
        SENIOR = "senior", gettext_lazy("Senior")
        LEAD = "lead", gettext_lazy("Leading")

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=160)
    also_called = models.JSONField(default=list)
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="roles")
    level = models.CharField(max_length=12, choices=Level)
    settings = models.ManyToManyField(Setting, related_name="roles")
    summary = models.TextField()
    day = models.TextField(help_text="Markdown")
    hours = models.CharField(max_length=300)
    shifts = models.JSONField(default=list)
    part_time = models.BooleanField(default=False)
    pay_low_gbp = models.PositiveIntegerField(null=True)
    pay_high_gbp = models.PositiveIntegerField(null=True)
    pay_point = models.ForeignKey(PayPoint, null=True, on_delete=models.PROTECT, related_name="roles")
    pay_source = models.ForeignKey("sources.Source", null=True, on_delete=models.PROTECT, related_name="+")
    pay_as_of = models.DateField(null=True)
    pay_note = models.CharField(max_length=300, blank=True)
    unpaid = models.BooleanField(default=False)
    gates = models.ManyToManyField(Gate, related_name="roles")
    skills = models.ManyToManyField(Skill, through="careers.RoleSkill", related_name="roles")
    interests = models.JSONField(default=list, help_text="Holland interests R I A S E C, 0 to 5")
    soc2020 = models.CharField(max_length=4, blank=True)
    onet_codes = models.JSONField(default=list)
    ncs_slugs = models.JSONField(default=list)
    esco_uris = models.JSONField(default=list)
    sources = models.ManyToManyField("sources.Source", related_name="+")
    no_route_because = models.TextField(blank=True)

    objects = RoleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(unpaid=True, pay_low_gbp__isnull=True, pay_high_gbp__isnull=True)
                | models.Q(
                    unpaid=False,
                    pay_low_gbp__isnull=False,
                    pay_high_gbp__gte=models.F("pay_low_gbp"),
                    pay_source__isnull=False,
                    pay_as_of__isnull=False,
                ),
                name="careers_role_pay_sourced_or_unpaid",
            )
        ]

    def __str__(self) -> str:
        return self.name


class RoleSkill(models.Model):
    """A skill a role needs."""

    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="role_skills")
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="role_skills")
    essential = models.BooleanField()
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["role", "skill"], name="careers_roleskill_once")]

    def __str__(self) -> str:
        return f"{self.role} needs {self.skill}"
