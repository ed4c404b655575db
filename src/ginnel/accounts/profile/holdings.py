"""About me as part of My page."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ginnel.accounts.holdings import Held, Holding
from ginnel.accounts.models import User
from ginnel.accounts.profile.queries import answers, support_answers
from ginnel.accounts.profile.questions import QUESTIONS, in_words
from ginnel.core.words import gettext_lazy


def about_me(user: User) -> Held:
    """What this person said about themself."""
    said, support = answers(user), support_answers(user)
    both = said | support
    count = len(both)
    return Held(
        words=ngettext(
            "You answered %(count)s question. Only you see the answer.",
            "You answered %(count)s questions. Only you see the answers.",
            count,
        )
        % {"count": count}
        if count
        else _("You have told us nothing about yourself. You need not."),
        data={"answers": said, "needs_for_support": support},
        table=[
            {"Question": QUESTIONS[slug].text if slug in QUESTIONS else slug, "Your answer": in_words(slug, values)}
            for slug, values in both.items()
        ],
    )


ABOUT_ME = Holding(slug="about-me", title=gettext_lazy("About me"), page="accounts:about_me", read=about_me)
