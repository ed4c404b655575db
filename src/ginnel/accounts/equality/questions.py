"""
The questions, with the categories of the census of England in 2021 and of the harmonised standards, so that counts can be set beside
the population.

Categories are their publishers' facts; the words around them are ours. Ethnic group, religion, sex, gender identity, sexual
orientation, disability, care: Office for National Statistics, Census 2021 and Government Analysis Function harmonised standards.
Background: Social Mobility Commission, the parental occupation question in its employers' toolkit of 2021.
"""

from dataclasses import dataclass

from django.utils.translation import gettext

from ginnel.core.marking import gettext_noop
from ginnel.core.words import gettext_lazy

NOT_SAID = "prefer-not-to-say"
NOT_SAID_WORDS = gettext_lazy("I would rather not say")


@dataclass(frozen=True, slots=True)
class EqualityQuestion:
    """One question. `groups`: a heading (may be empty) to its categories, code to name. `from_16`: not asked of younger people."""

    slug: str
    title: str
    text: str
    source: str
    groups: dict[str, dict[str, str]]
    hint: str = ""
    from_16: bool = False

    @property
    def choices(self) -> dict[str, str]:
        """All categories in order, and the choice not to say, which every question has."""
        said = {
            code: f"{gettext(group)}: {name}" if group else str(name)
            for group, names in self.groups.items()
            for code, name in names.items()
        }
        return said | {NOT_SAID: str(NOT_SAID_WORDS)}


_ONS = "Office for National Statistics, Census 2021"
_GSS = "Government Analysis Function, harmonised standard"

QUESTIONS: dict[str, EqualityQuestion] = {
    question.slug: question
    for question in [
        EqualityQuestion(
            "age",
            gettext_lazy("Age"),
            gettext_lazy("How old are you?"),
            _GSS,
            {
                "": {
                    "under-16": gettext_lazy("Under 16"),
                    "16-24": gettext_lazy("16 to 24"),
                    "25-34": gettext_lazy("25 to 34"),
                    "35-49": gettext_lazy("35 to 49"),
                    "50-64": gettext_lazy("50 to 64"),
                    "65-over": gettext_lazy("65 or over"),
                }
            },
        ),
        EqualityQuestion(
            "ethnic-group",
            gettext_lazy("Ethnic group"),
            gettext_lazy("Which ethnic group do you belong to?"),
            _ONS,
            {
                "Asian or Asian British": {
                    "indian": gettext_lazy("Indian"),
                    "pakistani": gettext_lazy("Pakistani"),
                    "bangladeshi": gettext_lazy("Bangladeshi"),
                    "chinese": gettext_lazy("Chinese"),
                    "asian-other": gettext_lazy("Any other Asian background"),
                },
                "Black, Black British, Caribbean or African": {
                    "caribbean": gettext_lazy("Caribbean"),
                    "african": gettext_lazy("African"),
                    "black-other": gettext_lazy("Any other Black, Black British or Caribbean background"),
                },
                "Mixed or multiple ethnic groups": {
                    "white-black-caribbean": gettext_lazy("White and Black Caribbean"),
                    "white-black-african": gettext_lazy("White and Black African"),
                    "white-asian": gettext_lazy("White and Asian"),
                    "mixed-other": gettext_lazy("Any other Mixed or multiple ethnic background"),
                },
                "White": {
                    "white-british": gettext_lazy("English, Welsh, Scottish, Northern Irish or British"),
                    "white-irish": gettext_lazy("Irish"),
                    "gypsy-traveller": gettext_lazy("Gypsy or Irish Traveller"),
                    "roma": gettext_lazy("Roma"),
                    "white-other": gettext_lazy("Any other White background"),
                },
                "Other ethnic group": {"arab": gettext_lazy("Arab"), "other": gettext_lazy("Any other ethnic group")},
            },
        ),
        EqualityQuestion(
            "condition",
            gettext_lazy("Long-lasting condition"),
            gettext_lazy(
                "Do you have a condition or illness, of body or mind, that has lasted or will last 12 months or more?"
            ),
            _GSS,
            {"": {"yes": gettext_lazy("Yes"), "no": gettext_lazy("No")}},
        ),
        EqualityQuestion(
            "condition-effect",
            gettext_lazy("Effect of the condition"),
            gettext_lazy("Does it make everyday things harder for you?"),
            _GSS,
            {
                "": {
                    "lot": gettext_lazy("Yes, a lot"),
                    "little": gettext_lazy("Yes, a little"),
                    "not": gettext_lazy("Not at all"),
                    "none": gettext_lazy("I have no such condition"),
                }
            },
        ),
        EqualityQuestion(
            "sex",
            gettext_lazy("Sex"),
            gettext_lazy("What is your sex?"),
            _ONS,
            {"": {"female": gettext_lazy("Female"), "male": gettext_lazy("Male")}},
            hint=gettext_lazy("A question about gender comes separately."),
        ),
        EqualityQuestion(
            "gender",
            gettext_lazy("Gender identity"),
            gettext_lazy("Is your gender the same as the sex you were registered with at birth?"),
            _ONS,
            {"": {"same": gettext_lazy("Yes"), "different": gettext_lazy("No")}},
            from_16=True,
        ),
        EqualityQuestion(
            "orientation",
            gettext_lazy("Sexual orientation"),
            gettext_lazy("Which of these fits you best?"),
            _ONS,
            {
                "": {
                    "heterosexual": gettext_lazy("Straight or heterosexual"),
                    "gay-lesbian": gettext_lazy("Gay or lesbian"),
                    "bisexual": gettext_lazy("Bisexual"),
                    "other": gettext_lazy("Other sexual orientation"),
                }
            },
            from_16=True,
        ),
        EqualityQuestion(
            "religion",
            gettext_lazy("Religion"),
            gettext_lazy("What is your religion?"),
            _ONS,
            {
                "": {
                    "none": gettext_lazy("No religion"),
                    "christian": gettext_lazy("Christian, of any church"),
                    "buddhist": gettext_lazy("Buddhist"),
                    "hindu": gettext_lazy("Hindu"),
                    "jewish": gettext_lazy("Jewish"),
                    "muslim": gettext_lazy("Muslim"),
                    "sikh": gettext_lazy("Sikh"),
                    "other": gettext_lazy("Any other religion"),
                }
            },
        ),
        EqualityQuestion(
            "caring",
            gettext_lazy("Caring for somebody"),
            gettext_lazy("How long do you care in a week, without pay, for somebody who is ill, old or disabled?"),
            _ONS,
            {
                "": {
                    "none": gettext_lazy("I do not"),
                    "9-less": gettext_lazy("9 hours or less"),
                    "10-19": gettext_lazy("10 to 19 hours"),
                    "20-34": gettext_lazy("20 to 34 hours"),
                    "35-49": gettext_lazy("35 to 49 hours"),
                    "50-more": gettext_lazy("50 hours or more"),
                }
            },
        ),
        EqualityQuestion(
            "background",
            gettext_lazy("What a parent did"),
            gettext_lazy("When you were about 14, what kind of work did the parent do who earned most?"),
            "Social Mobility Commission, employers' toolkit 2021",
            {
                "": {
                    "modern-professional": gettext_lazy(
                        "Modern professional: teacher, nurse, social worker, police officer, software designer"
                    ),
                    "traditional-professional": gettext_lazy(
                        "Traditional professional: accountant, solicitor, doctor, scientist, engineer"
                    ),
                    "senior-manager": gettext_lazy("Senior, middle or junior manager or administrator"),
                    "clerical": gettext_lazy("Clerical and intermediate: secretary, call centre agent, nursery nurse"),
                    "technical": gettext_lazy("Technical and craft: mechanic, plumber, electrician, gardener"),
                    "routine": gettext_lazy(
                        "Routine, semi-routine, manual and service: driver, cleaner, porter, shop worker, care worker"
                    ),
                    "small-business": gettext_lazy("Owner of a small business with fewer than 25 people"),
                    "unemployed": gettext_lazy("Long-term unemployed"),
                    "other": gettext_lazy("Something else, or this does not apply"),
                    "unknown": gettext_lazy("I do not know"),
                }
            },
        ),
    ]
}

GROUPS = (
    gettext_noop("Asian or Asian British"),
    gettext_noop("Black, Black British, Caribbean or African"),
    gettext_noop("Mixed or multiple ethnic groups"),
    gettext_noop("White"),
    gettext_noop("Other ethnic group"),
)
"""The headings above, marked for translation."""


def asked_of(*, under_16: bool) -> list[EqualityQuestion]:
    """The questions for somebody, in order."""
    return [question for question in QUESTIONS.values() if not (question.from_16 and under_16)]
