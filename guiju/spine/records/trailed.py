"""Rows whose every change is on the trail: the guarded `save()` and the doors that are closed beside it."""

from typing import Any, Self
from uuid import UUID

from django.db import DatabaseError, models
from django.utils.translation import gettext_noop as _

from guiju.lib.uuid7 import uuid7
from guiju.spine.acts import INSTALLATION, ActiveOrganization, Refused, ScopedManager, Stale, current, write
from guiju.spine.trail.append import changed


class PastTheTrail(RuntimeError):
    """Something tried to change rows without the trail seeing it (law L14)."""


class TrailedQuerySet(models.QuerySet):
    """Reads as any queryset; changes nothing, since what it changed would not be on the trail."""

    def _closed(self, *args: Any, **kwargs: Any) -> Any:
        raise PastTheTrail("Rows on the trail are changed one by one with save(), or with records.bulk.create().")

    update = delete = bulk_create = bulk_update = update_or_create = _closed
    aupdate = adelete = abulk_create = abulk_update = aupdate_or_create = _closed

    def __or__(self, other: models.QuerySet) -> Self:
        self._refuse_unlike(other)
        return super().__or__(other)

    def __xor__(self, other: models.QuerySet) -> Self:
        self._refuse_unlike(other)
        return super().__xor__(other)

    def union(self, *others: models.QuerySet, all: bool = False) -> Self:
        for other in others:
            self._refuse_unlike(other)
        return super().union(*others, all=all)

    def _refuse_unlike(self, other: models.QuerySet) -> None:
        """An unscoped side would let rows of another organization through (law L17)."""
        if _scoped(self.query.where) != _scoped(other.query.where):
            raise PastTheTrail("A scoped and an unscoped queryset cannot be joined.")


def _scoped(node: Any) -> bool:
    """Whether a condition, or one inside it, names the acting organization."""
    if isinstance(getattr(node, "rhs", None), ActiveOrganization):
        return True
    return any(_scoped(child) for child in getattr(node, "children", ()))


class RecordManager(ScopedManager.from_queryset(TrailedQuerySet)):  # type: ignore[misc]
    """The acting organization's rows."""


class Everywhere(models.Manager.from_queryset(TrailedQuerySet)):  # type: ignore[misc]
    """Rows of all organizations: for sign-in, the worker and verification only (a test reads the code for others)."""


class Trailed(models.Model):
    """A row on the trail of the installation. With an organization it is `Kept`."""

    on_trail = True
    schema_version = 1

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        abstract = True

    def trail_chain(self) -> UUID:
        return INSTALLATION

    def save(  # type: ignore[override]
        self,
        *,
        action: str = "",
        reason: str = "",
        says: dict[str, str | None] | None = None,
        force_insert: bool = False,
        using: str | None = None,
    ) -> None:
        """Write the row and, when the act commits, its entry. Outside a `write` it is one of its own.

        `action` names the verb in the history ("create" and "change" by themselves); `says` are facts of the
        moment beside the state. Raises Stale when the row was changed since it was loaded, PastTheTrail for
        a row loaded in part or holding database expressions.
        """
        self.check_writable()
        write(lambda: self._save_in_act(action, reason, says))

    def _save_in_act(self, action: str, reason: str, says: dict[str, str | None] | None) -> None:
        created, version = self._state.adding, self.version
        self.version = version + 1
        try:
            super().save(force_insert=created, force_update=not created)
        except DatabaseError as error:
            self.version = version
            if "Forced update did not affect any rows" in str(error):
                raise Stale(_("Someone else has changed this since you opened it.")) from error
            raise

        def undo() -> None:
            self.version, self._state.adding = version, created

        changed(
            self,
            action or ("create" if created else "change"),
            chain=self.trail_chain(),
            created=created,
            reason=reason,
            says=says,
            fallback=undo,
        )

    def _do_update(self, base_qs: Any, using: Any, pk_val: Any, values: Any, *rest: Any) -> Any:
        # The row is written only over the version that was loaded; else save() finds no row and says Stale.
        return super()._do_update(base_qs.filter(version=self.version - 1), using, pk_val, values, *rest)

    def check_writable(self) -> None:
        """PastTheTrail or Refused where the row cannot be written as it stands (law L14, U+0000)."""
        if getattr(self, "read_as_of", None) is not None:
            raise PastTheTrail("This is a past state; it is only for reading.")
        if self.get_deferred_fields():
            raise PastTheTrail("Rows load whole for writing.")
        for field in self._meta.concrete_fields:
            value = getattr(self, field.attname)
            if hasattr(value, "resolve_expression"):
                raise PastTheTrail(f"{field.name} is an expression; the trail needs its value.")
            if isinstance(value, str) and "\x00" in value:
                raise Refused(_("The text contains a character that cannot be stored (U+0000)."))

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise PastTheTrail("Nothing on the trail is deleted; it is withdrawn, and disposed of after its retention.")

    @classmethod
    def locked(cls, pk: UUID) -> Self:
        """The row as it is now, locked until the commit; DoesNotExist if there is none here."""
        return cls._base_manager.select_for_update(of=("self",)).get(pk=pk)


class Kept(Trailed):
    """A row on the trail of its organization."""

    organization = models.ForeignKey(
        "organizations.Organization", models.PROTECT, editable=False, related_name="+", db_index=False
    )

    objects = RecordManager()
    everywhere = Everywhere()

    class Meta:
        abstract = True
        base_manager_name = "objects"
        default_manager_name = "objects"

    def trail_chain(self) -> UUID:
        return self.organization_id

    def check_writable(self) -> None:
        """Also refuses a row, or a reference to a row, of another organization."""
        super().check_writable()
        acting = current().organization_id
        if self.organization_id is None:
            self.organization_id = acting
        if self.organization_id != acting:
            raise PastTheTrail("This row belongs to another organization.")
        for field in self._meta.concrete_fields:
            if isinstance(field, models.ForeignKey) and field.is_cached(self):
                target = field.get_cached_value(self)
                if target is not None and getattr(target, "organization_id", acting) != acting:
                    raise PastTheTrail(f"{field.name} belongs to another organization.")
