"""A query put together once and asked with other values: for the few questions that nearly every request asks."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import QuerySet


class Prepared:
    """
    A QuerySet's SQL, kept. Putting a query together takes ten times as long as an indexed one takes to answer.

    `build` makes the QuerySet (of `values_list`) from stand-ins, one for each of `stand_ins`; `ask` gives real values in their place.
    A stand-in is any value that is nowhere else in the query. Values go to the database as parameters.

        teams = Prepared(lambda person: Team.objects.filter(people=person).values_list("pk"), -1)
        teams.ask(user.pk)
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Any]], *stand_ins: Any) -> None:
        self._build = build
        self._stand_ins = stand_ins

    @cached_property
    def _parts(self) -> tuple[str, tuple[tuple[int | None, Any], ...]]:
        """The SQL, and for each parameter the number of the value that goes there, or None and the parameter itself."""
        sql, known = self._build(*self._stand_ins).query.sql_with_params()
        numbers = {connection.ops.adapt_unknown_value(value): at for at, value in enumerate(self._stand_ins)}
        parameters = tuple((numbers.get(value), value) for value in known)
        if {at for at, _ in parameters if at is not None} != set(range(len(self._stand_ins))):
            raise RuntimeError("each stand-in must be in the query, and be one of its parameters")
        return sql, parameters

    def ask(self, *values: Any) -> list[tuple[Any, ...]]:
        """The rows, with these values."""
        sql, parameters = self._parts
        ready = [connection.ops.adapt_unknown_value(value) for value in values]
        with connection.cursor() as cursor:
            cursor.execute(sql, [kept if at is None else ready[at] for at, kept in parameters])
            rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows
