"""
The questions, with the categories of the census of England in 2021 and of the harmonised standards, so that counts can be set beside
the population.

Categories are their publishers' facts; the words around them are ours. Ethnic group, religion, sex, gender identity, sexual
orientation, disability, care: Office for National Statistics, Census 2021 and Government Analysis Function harmonised standards.
Background: Social Mobility Commission, the parental occupation question in its employers' toolkit of 2021.
"""

from dataclasses import dataclass

NOT_SAID = "prefer-not-to-say"
NOT_SAID_WORDS = "I would rather not say"


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
            code: f"{group}: {name}" if group else name
            for group, names in self.groups.items()
            for code, name in names.items()
        }
        return said | {NOT_SAID: NOT_SAID_WORDS}


_ONS = "Office for National Statistics, Census 2021"
_GSS = "Government Analysis Function, harmonised standard"

QUESTIONS: dict[str, EqualityQuestion] = {
    question.slug: question
    for question in [
        EqualityQuestion(
            "age",
            "Age",
            "How old are you?",
            _GSS,
            {
                "": {
                    "under-16": "Under 16",
                    "16-24": "16 to 24",
                    "25-34": "25 to 34",
                    "35-49": "35 to 49",
                    "50-64": "50 to 64",
                    "65-over": "65 or over",
                }
            },
        ),
        EqualityQuestion(
            "ethnic-group",
            "Ethnic group",
            "Which ethnic group do you belong to?",
            _ONS,
            {
                "Asian or Asian British": {
                    "indian": "Indian",
                    "pakistani": "Pakistani",
                    "bangladeshi": "Bangladeshi",
                    "chinese": "Chinese",
                    "asian-other": "Any other Asian background",
                },
                "Black, Black British, Caribbean or African": {
                    "caribbean": "Caribbean",
                    "african": "African",
                    "black-other": "Any other Black, Black British or Caribbean background",
                },
                "Mixed or multiple ethnic groups": {
                    "white-black-caribbean": "White and Black Caribbean",
                    "white-black-african": "White and Black African",
                    "white-asian": "White and Asian",
                    "mixed-other": "Any other Mixed or multiple ethnic background",
                },
                "White": {
                    "white-british": "English, Welsh, Scottish, Northern Irish or British",
                    "white-irish": "Irish",
                    "gypsy-traveller": "Gypsy or Irish Traveller",
                    "roma": "Roma",
                    "white-other": "Any other White background",
                },
                "Other ethnic group": {"arab": "Arab", "other": "Any other ethnic group"},
            },
        ),
        EqualityQuestion(
            "condition",
            "Long-lasting condition",
            "Do you have a condition or illness, of body or mind, that has lasted or will last 12 months or more?",
            _GSS,
            {"": {"yes": "Yes", "no": "No"}},
        ),
        EqualityQuestion(
            "condition-effect",
            "Effect of the condition",
            "Does it make everyday things harder for you?",
            _GSS,
            {
                "": {
                    "lot": "Yes, a lot",
                    "little": "Yes, a little",
                    "not": "Not at all",
                    "none": "I have no such condition",
                }
            },
        ),
        EqualityQuestion(
            "sex",
            "Sex",
            "What is your sex?",
            _ONS,
            {"": {"female": "Female", "male": "Male"}},
            hint="A question about gender comes separately.",
        ),
        EqualityQuestion(
            "gender",
            "Gender identity",
            "Is your gender the same as the sex you were registered with at birth?",
            _ONS,
            {"": {"same": "Yes", "different": "No"}},
            from_16=True,
        ),
        EqualityQuestion(
            "orientation",
            "Sexual orientation",
            "Which of these fits you best?",
            _ONS,
            {
                "": {
                    "heterosexual": "Straight or heterosexual",
                    "gay-lesbian": "Gay or lesbian",
                    "bisexual": "Bisexual",
                    "other": "Other sexual orientation",
                }
            },
            from_16=True,
        ),
        EqualityQuestion(
            "religion",
            "Religion",
            "What is your religion?",
            _ONS,
            {
                "": {
                    "none": "No religion",
                    "christian": "Christian, of any church",
                    "buddhist": "Buddhist",
                    "hindu": "Hindu",
                    "jewish": "Jewish",
                    "muslim": "Muslim",
                    "sikh": "Sikh",
                    "other": "Any other religion",
                }
            },
        ),
        EqualityQuestion(
            "caring",
            "Caring for somebody",
            "How long do you care in a week, without pay, for somebody who is ill, old or disabled?",
            _ONS,
            {
                "": {
                    "none": "I do not",
                    "9-less": "9 hours or less",
                    "10-19": "10 to 19 hours",
                    "20-34": "20 to 34 hours",
                    "35-49": "35 to 49 hours",
                    "50-more": "50 hours or more",
                }
            },
        ),
        EqualityQuestion(
            "background",
            "What a parent did",
            "When you were about 14, what kind of work did the parent do who earned most?",
            "Social Mobility Commission, employers' toolkit 2021",
            {
                "": {
                    "modern-professional": "Modern professional: teacher, nurse, social worker, police officer, software designer",
                    "traditional-professional": "Traditional professional: accountant, solicitor, doctor, scientist, engineer",
                    "senior-manager": "Senior, middle or junior manager or administrator",
                    "clerical": "Clerical and intermediate: secretary, call centre agent, nursery nurse",
                    "technical": "Technical and craft: mechanic, plumber, electrician, gardener",
                    "routine": "Routine, semi-routine, manual and service: driver, cleaner, porter, shop worker, care worker",
                    "small-business": "Owner of a small business with fewer than 25 people",
                    "unemployed": "Long-term unemployed",
                    "other": "Something else, or this does not apply",
                    "unknown": "I do not know",
                }
            },
        ),
    ]
}


def asked_of(*, under_16: bool) -> list[EqualityQuestion]:
    """The questions for somebody, in order."""
    return [question for question in QUESTIONS.values() if not (question.from_16 and under_16)]
