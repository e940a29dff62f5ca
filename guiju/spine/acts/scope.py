"""No query leaks: the organization is read when SQL is compiled, not when a queryset is built."""

from typing import Any

from django.db import models
from django.db.models.expressions import Expression
from django.db.models.sql.compiler import SQLCompiler

from guiju.spine.acts.act import current
from guiju.spine.acts.prepared import ORGANIZATION, slot_while_preparing


class ActiveOrganization(Expression):
    """The acting organization's id; raises NoAct outside an act."""

    output_field = models.UUIDField()

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, tuple[Any, ...]]:
        if slot := slot_while_preparing(ORGANIZATION, self.output_field):
            return "%s", (slot,)
        return "%s", (self.output_field.get_db_prep_value(current().organization_id, connection),)


class ScopedManager(models.Manager):
    """Only the acting organization's rows.

    Used as `objects` and, by `Meta.base_manager_name`, wherever Django asks behind a model's back (law L17).
    """

    scope = "organization_id"

    def get_queryset(self) -> models.QuerySet:
        # Built once and copied, since every query begins here. It names no organization: that is read when the SQL is
        # compiled. What a related manager hints belongs to the copy alone. Copies of a manager share what is kept.
        kept: dict[Any, models.QuerySet] = self.__dict__.setdefault("_scoped", {})
        key = self.model, self._db
        if key not in kept:
            plain: models.QuerySet = self._queryset_class(self.model, using=self._db)  # type: ignore[attr-defined]
            kept[key] = plain.filter(**{self.scope: ActiveOrganization()})
        made = kept[key].all()
        made._add_hints(**self._hints)  # type: ignore[attr-defined]
        return made
