"""Roles for tests of lists and packs."""

from datetime import date

from ginnel.careers.models import Family, Gate, Role, Setting, Step
from ginnel.sources.models import Source


def make_roles(count: int, *, family: str = "care") -> list[Role]:
    """`role-0`, `role-1` … in one part of health and care, each with a gate, a setting and two ways in."""
    source, _ = Source.objects.get_or_create(
        slug="pay", defaults={"title": "Test pay", "publisher": "Test", "kind": "typed"}
    )
    part, _ = Family.objects.get_or_create(slug=family, defaults={"name": family.title(), "about": "About"})
    home, _ = Setting.objects.get_or_create(slug="own-home", defaults={"name": "At home", "about": "About"})
    check, _ = Gate.objects.get_or_create(
        slug="dbs",
        defaults={
            "name": "DBS check", "kind": Gate.Kind.CHECK, "plain": "Your employer asks for it.", "months": 0.75,
            "cost_gbp": 0, "self_clear": True, "source": source,
        },
    )  # fmt: skip
    roles = [
        Role.objects.create(
            slug=f"role-{number}", name=f"Role {number}", family=part, level=Role.Level.ENTRY, summary="You help people.",
            day="You *start* early.", hours="Full time.", pay_low_gbp=25000, pay_high_gbp=27000, pay_source=source,
            pay_as_of=date(2026, 4, 1), interests=[1, 1, 1, 5, 1, 1],
        )
        for number in range(count)
    ]  # fmt: skip
    for role in roles:
        role.gates.add(check)
        role.settings.add(home)
        for way, cost in (("apply", 0), ("study", 300)):
            Step.objects.create(
                slug=f"{way}-{role.slug}", from_anywhere=way == "apply", to=role, by=Step.By.JOB, title=f"{way} for it",
                months=1, cost_gbp=cost, upfront_gbp=0, source=source, as_of=date(2026, 4, 1),
            )  # fmt: skip
    return roles
