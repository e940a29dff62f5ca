"""Queries that every page asks, compiled once: building their SQL costs three times as much as running it.

A prepared query is an ordinary queryset with `Param` where a value comes later. The acting organization stays what it is
elsewhere: read at each asking, NoAct outside an act.
"""

import threading
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.db.models.expressions import Expression
from django.db.models.sql.compiler import SQLCompiler

from guiju.spine.acts.act import current

_preparing: ContextVar[bool] = ContextVar("preparing", default=False)
ORGANIZATION = "acting organization"


@dataclass(frozen=True)
class Slot:
    """The place of a value in a prepared statement."""

    name: str
    field: models.Field


def slot_while_preparing(name: str, field: models.Field) -> Slot | None:
    """What stands for a value while a statement is being prepared; None otherwise."""
    return Slot(name, field) if _preparing.get() else None


class Param(Expression):
    """A value that is given when the prepared query is asked."""

    def __init__(self, name: str, output_field: models.Field) -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, tuple[Any, ...]]:
        return "%s", (Slot(self.name, self.output_field),)


class Prepared:
    """A query by a function that builds its queryset, which must end in `values_list`."""

    def __init__(self, build: Callable[[], models.QuerySet]) -> None:
        self.build = build
        self._of_thread = threading.local()

    def rows(self, **values: Any) -> Iterator[Any]:
        """The rows for these values, as tuples. NoAct outside an act when the queryset is scoped."""
        sql, slots, compiler, converters = self._compiled()
        params = [_value(slot, values) if isinstance(slot, Slot) else slot for slot in slots]
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            found = cursor.fetchall()
        return map(tuple, compiler.apply_converters(found, converters)) if converters else iter(found)

    def _compiled(self) -> tuple[str, tuple[Any, ...], SQLCompiler, dict[int, Any]]:
        """The statement, compiled once for each thread, since a compiler belongs to its thread's connection; and what makes
        values of what the database gives."""
        kept = getattr(self._of_thread, "kept", None)
        if kept is None:
            token = _preparing.set(True)
            try:
                compiler = self.build().query.get_compiler(connection=connection)
                sql, params = compiler.as_sql()
            except EmptyResultSet as error:
                raise ValueError("A prepared query must be able to find something.") from error
            finally:
                _preparing.reset(token)
            # Any, since the stubs know them only as what the compiler keeps to itself.
            selected: Any = [column[0] for column in compiler.select or ()]
            kept = self._of_thread.kept = (sql, params, compiler, compiler.get_converters(selected))
        return kept


def _value(slot: Slot, values: dict[str, Any]) -> Any:
    value = current().organization_id if slot.name == ORGANIZATION else values[slot.name]
    return slot.field.get_db_prep_value(value, connection)
