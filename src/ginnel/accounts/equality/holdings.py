"""Equality answers on their person's own page."""

from django.utils.translation import gettext as _

from ginnel.accounts.equality.queries import own_answers
from ginnel.accounts.equality.questions import QUESTIONS
from ginnel.accounts.holdings import Held, Holding
from ginnel.accounts.models import User
from ginnel.core.words import gettext_lazy


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
        words=_(
            "You answered %(rows)s of %(questions)s questions. They are kept apart from your account, and only counted."
        )
        % {"rows": len(rows), "questions": len(QUESTIONS)}
        if rows
        else _("You answered no questions for equality. You need not."),
        data={slug: answer.answer for slug, answer in mine.items()},
        table=rows,
    )


EQUALITY = Holding(
    slug="equality", title=gettext_lazy("Equality answers"), page="accounts:equality", read=equality_answers
)
