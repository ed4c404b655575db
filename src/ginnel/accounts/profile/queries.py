"""Reading what a person said about themself."""

from ginnel.accounts.models import ProfileAnswer, SupportAnswer, User


def answers(user: User) -> dict[str, list[str]]:
    """A person's answers about themself by question, in the order they are asked; without needs for support."""
    return dict(ProfileAnswer.objects.filter(user=user).order_by("pk").values_list("question", "values"))


def support_answers(user: User) -> dict[str, list[str]]:
    """
    A person's needs for support, which may tell of their health; only those whose consent stands.

    Whoever shows them to anybody else notes it with `record_read`.
    """
    mine = SupportAnswer.objects.filter(consent__user=user, consent__withdrawn_at__isnull=True)
    return dict(mine.order_by("pk").values_list("question", "values"))


def birth_year(said: dict[str, list[str]]) -> int | None:
    """The year of birth among a person's answers; None if they did not say."""
    return int(said["birth-year"][0]) if said.get("birth-year") else None
