"""The questions of About me: each with why it is asked, and answers to choose from. No free text: nothing can be said by mistake."""

from dataclasses import dataclass, field

from ginnel.core.words import gettext_lazy

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
            gettext_lazy("What you do now"),
            gettext_lazy("What do you do now?"),
            gettext_lazy("So that we show what fits beside it."),
            {
                "school": gettext_lazy("I go to school or college"),
                "university": gettext_lazy("I study at university"),
                "work": gettext_lazy("I have paid work"),
                "own-business": gettext_lazy("I work for myself"),
                "looking": gettext_lazy("I am looking for work"),
                "family": gettext_lazy("I look after my home or family"),
                "caring": gettext_lazy("I care for somebody without pay, who is ill, old or disabled"),
                "volunteering": gettext_lazy("I volunteer"),
                "not-able": gettext_lazy("I cannot work at the moment"),
                "retired": gettext_lazy("I am retired"),
            },
            many=True,
        ),
        Question(
            "hours",
            ABOUT,
            gettext_lazy("When you are free"),
            gettext_lazy("When could you work or learn?"),
            gettext_lazy("Many jobs and courses have fixed times. We leave out those that cannot fit."),
            {
                "days": gettext_lazy("Weekdays"),
                "school-hours": gettext_lazy("School hours only"),
                "evenings": gettext_lazy("Evenings"),
                "nights": gettext_lazy("Nights"),
                "weekends": gettext_lazy("Weekends"),
            },
            many=True,
        ),
        Question(
            "travel",
            ABOUT,
            gettext_lazy("How you get around"),
            gettext_lazy("How could you get to work?"),
            gettext_lazy("Some jobs go from home to home and need a car. Most do not."),
            {
                "walk": gettext_lazy("On foot"),
                "bike": gettext_lazy("By bike"),
                "bus": gettext_lazy("By bus or train"),
                "car": gettext_lazy("I drive, and have a car"),
                "licence": gettext_lazy("I have a driving licence, but no car"),
            },
            many=True,
        ),
        Question(
            "qualifications",
            ABOUT,
            gettext_lazy("Your qualifications"),
            gettext_lazy("What do you have already?"),
            gettext_lazy("It may open a gate, or save you a course."),
            {
                "none": gettext_lazy("None of these yet"),
                "english": gettext_lazy("GCSE English, grade 4 (C) or higher, or Functional Skills level 2"),
                "maths": gettext_lazy("GCSE maths, grade 4 (C) or higher, or Functional Skills level 2"),
                "level-2": gettext_lazy("A level 2 certificate, or five good GCSEs"),
                "level-3": gettext_lazy("A levels, a T Level or a level 3 diploma"),
                "care-certificate": gettext_lazy("The Care Certificate"),
                "apprenticeship": gettext_lazy("An apprenticeship"),
                "foundation": gettext_lazy("A foundation degree, or a diploma at level 4 or 5"),
                "degree": gettext_lazy("A degree"),
                "abroad": gettext_lazy("A qualification from another country"),
                "registration": gettext_lazy("I was registered as a health or care professional in another country"),
            },
            many=True,
            alone="none",
        ),
        Question(
            "birth-year",
            ABOUT,
            gettext_lazy("The year you were born"),
            gettext_lazy("In which year were you born?"),
            gettext_lazy(
                "A few jobs and courses begin at 16 or 18. And who is under 18 gets more protection here. You need not say the day."
            ),
        ),
        Question(
            "support",
            SUPPORT,
            gettext_lazy("What would help you"),
            gettext_lazy("What would make applying or starting easier?"),
            gettext_lazy("So that a person who helps you can see to it before the day."),
            {
                "none": gettext_lazy("Nothing of this kind"),
                "step-free": gettext_lazy("A way in without steps"),
                "breaks": gettext_lazy("More breaks, or more time"),
                "quiet": gettext_lazy("A quiet place"),
                "hearing": gettext_lazy("Help with hearing: a loop, captions or a sign language interpreter"),
                "seeing": gettext_lazy("Large print, or a screen reader"),
                "reading": gettext_lazy("Help with reading, writing or forms"),
                "talk-first": gettext_lazy("To talk to somebody beforehand"),
                "come-along": gettext_lazy("To bring somebody along"),
            },
            many=True,
            alone="none",
        ),
        Question(
            "language",
            SUPPORT,
            gettext_lazy("Help with English"),
            gettext_lazy("Would help with English be good?"),
            gettext_lazy("So that we tell you of courses, and can ask for an interpreter."),
            {
                "no": gettext_lazy("No"),
                "some": gettext_lazy("Yes, with difficult words"),
                "yes": gettext_lazy("Yes, an interpreter or a course"),
            },
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
    return "; ".join(str(choices.get(value, value)) for value in values)
