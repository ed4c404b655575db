"""The questions of About me: each with why it is asked, and answers to choose from. No free text: nothing can be said by mistake."""

from dataclasses import dataclass, field

ABOUT, SUPPORT = "about", "support"


@dataclass(frozen=True, slots=True)
class Question:
    """
    One question on one page. `group`: ABOUT, or SUPPORT for what may tell of a person's health and needs their consent first.

    `alone`: the choice that excludes all others. A question without `choices` asks for a year.
    """

    slug: str
    group: str
    title: str
    text: str
    why: str
    choices: dict[str, str] = field(default_factory=dict)
    many: bool = False
    alone: str = ""


QUESTIONS: dict[str, Question] = {
    question.slug: question
    for question in [
        Question(
            "days",
            ABOUT,
            "What you do now",
            "What do you do now?",
            "So that we show what fits beside it.",
            {
                "school": "I go to school or college",
                "university": "I study at university",
                "work": "I have paid work",
                "own-business": "I work for myself",
                "looking": "I am looking for work",
                "family": "I look after my home or family",
                "caring": "I care for somebody without pay, who is ill, old or disabled",
                "volunteering": "I volunteer",
                "not-able": "I cannot work at the moment",
                "retired": "I am retired",
            },
            many=True,
        ),
        Question(
            "hours",
            ABOUT,
            "When you are free",
            "When could you work or learn?",
            "Many jobs and courses have fixed times. We leave out those that cannot fit.",
            {
                "days": "Weekdays",
                "school-hours": "School hours only",
                "evenings": "Evenings",
                "nights": "Nights",
                "weekends": "Weekends",
            },
            many=True,
        ),
        Question(
            "travel",
            ABOUT,
            "How you get around",
            "How could you get to work?",
            "Some jobs go from home to home and need a car. Most do not.",
            {
                "walk": "On foot",
                "bike": "By bike",
                "bus": "By bus or train",
                "car": "I drive, and have a car",
                "licence": "I have a driving licence, but no car",
            },
            many=True,
        ),
        Question(
            "qualifications",
            ABOUT,
            "Your qualifications",
            "What do you have already?",
            "It may open a gate, or save you a course.",
            {
                "none": "None of these yet",
                "english": "GCSE English, grade 4 (C) or higher, or Functional Skills level 2",
                "maths": "GCSE maths, grade 4 (C) or higher, or Functional Skills level 2",
                "level-2": "A level 2 certificate, or five good GCSEs",
                "level-3": "A levels, a T Level or a level 3 diploma",
                "care-certificate": "The Care Certificate",
                "apprenticeship": "An apprenticeship",
                "foundation": "A foundation degree, or a diploma at level 4 or 5",
                "degree": "A degree",
                "abroad": "A qualification from another country",
                "registration": "I was registered as a health or care professional in another country",
            },
            many=True,
            alone="none",
        ),
        Question(
            "birth-year",
            ABOUT,
            "The year you were born",
            "In which year were you born?",
            "A few jobs and courses begin at 16 or 18. And who is under 18 gets more protection here. You need not say the day.",
        ),
        Question(
            "support",
            SUPPORT,
            "What would help you",
            "What would make applying or starting easier?",
            "So that a person who helps you can see to it before the day.",
            {
                "none": "Nothing of this kind",
                "step-free": "A way in without steps",
                "breaks": "More breaks, or more time",
                "quiet": "A quiet place",
                "hearing": "Help with hearing: a loop, captions or a sign language interpreter",
                "seeing": "Large print, or a screen reader",
                "reading": "Help with reading, writing or forms",
                "talk-first": "To talk to somebody beforehand",
                "come-along": "To bring somebody along",
            },
            many=True,
            alone="none",
        ),
        Question(
            "language",
            SUPPORT,
            "Help with English",
            "Would help with English be good?",
            "So that we tell you of courses, and can ask for an interpreter.",
            {"no": "No", "some": "Yes, with difficult words", "yes": "Yes, an interpreter or a course"},
        ),
    ]
}


def of_group(group: str) -> list[Question]:
    """The questions of one group, in the order they are asked."""
    return [question for question in QUESTIONS.values() if question.group == group]


def after(question: Question) -> Question | None:
    """The next question of the same group."""
    row = of_group(question.group)
    place = row.index(question) + 1
    return row[place] if place < len(row) else None


def in_words(slug: str, values: list[str]) -> str:
    """An answer as a person reads it."""
    choices = QUESTIONS[slug].choices if slug in QUESTIONS else {}
    return "; ".join(choices.get(value, value) for value in values)
