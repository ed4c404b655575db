"""Equality answers on their person's own page."""

from ginnel.accounts.equality.queries import own_answers
from ginnel.accounts.equality.questions import QUESTIONS
from ginnel.accounts.holdings import Held, Holding
from ginnel.accounts.models import User


def equality_answers(user: User) -> Held:
    """What this person answered, for them alone."""
    mine = own_answers(user)
    rows = [
        {
            "Question": QUESTIONS[slug].text,
            "Your answer": QUESTIONS[slug].choices.get(mine[slug].answer, mine[slug].answer),
            "You agreed on": mine[slug].consented_on.isoformat(),
        }
        for slug in QUESTIONS
        if slug in mine
    ]
    return Held(
        words=f"You answered {len(rows)} of {len(QUESTIONS)} questions. They are kept apart from your account, and only counted."
        if rows
        else "You answered no questions for equality. You need not.",
        data={slug: answer.answer for slug, answer in mine.items()},
        table=rows,
    )


EQUALITY = Holding(slug="equality", title="Equality answers", page="accounts:equality", read=equality_answers)
