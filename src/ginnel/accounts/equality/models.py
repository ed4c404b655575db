"""Answers without people."""

from django.db import models


class EqualityAnswer(models.Model):
    """
    One answer to one question.

    `pseudonym` is made from the person's number, the question and a key that is not in the database: without the key nobody can
    join an answer to a person, nor two answers of one person to each other. The day, not the moment, of consent is kept: a moment
    would be found again in a server's log. The pseudonym is the primary key, so that there is no running number either.
    """

    pseudonym = models.CharField(max_length=64, primary_key=True)
    question = models.CharField(max_length=40, db_index=True)
    answer = models.CharField(max_length=40)
    consented_on = models.DateField(help_text="When the person agreed that this answer is kept and counted")
    wording = models.CharField(max_length=20, help_text="Which edition of the words they agreed to")

    class Meta:
        # Nobody has these: a table that is only counted is in no back office.
        default_permissions = ()

    def __str__(self) -> str:
        return f"an answer about {self.question}"


class KeyMark(models.Model):
    """A mark of the key that pseudonyms are made with. Under another key answers could be neither found nor withdrawn."""

    mark = models.CharField(max_length=64)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return "mark of the key"
