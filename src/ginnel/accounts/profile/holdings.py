"""About me as part of My page."""

from ginnel.accounts.holdings import Held, Holding
from ginnel.accounts.models import User
from ginnel.accounts.profile.queries import answers, support_answers
from ginnel.accounts.profile.questions import QUESTIONS, in_words


def about_me(user: User) -> Held:
    """What this person said about themself."""
    said, support = answers(user), support_answers(user)
    both = said | support
    count = len(both)
    return Held(
        words=f"You answered {count} question{'' if count == 1 else 's'}. Only you see the answer{'' if count == 1 else 's'}."
        if count
        else "You have told us nothing about yourself. You need not.",
        data={"answers": said, "needs_for_support": support},
        table=[
            {"Question": QUESTIONS[slug].text if slug in QUESTIONS else slug, "Your answer": in_words(slug, values)}
            for slug, values in both.items()
        ],
    )


ABOUT_ME = Holding(slug="about-me", title="About me", page="accounts:about_me", read=about_me)
