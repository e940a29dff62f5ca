"""Telling people, and what they have read."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import models

from guiju.spine.acts import current
from guiju.spine.acts.prepared import Param, Prepared
from guiju.spine.notices.models import Notice
from guiju.spine.trail.states import kind_of


def tell(people: Iterable[UUID], key: str, params: Mapping[str, Any] | None = None, record: models.Model | None = None) -> None:
    """Tell each person once, in the transaction of what it speaks of (law L13); whoever acts is not told."""
    acting = current()
    Notice.objects.bulk_create(
        Notice(
            organization_id=acting.organization_id,
            person_id=person,
            key=key,
            params=dict(params or {}),
            record_kind=kind_of(type(record)) if record is not None else "",
            record=record.pk if record is not None else None,
            made_at=acting.now(),
        )
        for person in sorted(set(people) - {acting.actor.id})
    )


def of(person: UUID) -> models.QuerySet[Notice]:
    """A person's notices, newest first."""
    return Notice.objects.filter(person_id=person).order_by("-id")


_unread = Prepared(
    lambda: (
        Notice.objects.filter(person_id=Param("person", models.UUIDField()), read_at=None)
        .order_by()
        .values_list("organization")
        .annotate(n=models.Count("id"))
    )
)


def unread(person: UUID) -> int:
    return sum(n for _, n in _unread.rows(person=person))


def mark_read(person: UUID) -> int:
    """Mark all of a person's notices as read; answers how many."""
    return of(person).filter(read_at=None).update(read_at=current().now())
