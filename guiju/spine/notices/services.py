"""Telling people, and what they have read."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import models

from guiju.spine.acts import current
from guiju.spine.acts.hooks import urgent_notices
from guiju.spine.acts.prepared import Param, Prepared
from guiju.spine.notices.models import Notice
from guiju.spine.trail.erasing import emptied
from guiju.spine.trail.states import kind_of


def tell(
    people: Iterable[UUID],
    key: str,
    params: Mapping[str, Any] | None = None,
    record: models.Model | None = None,
    *,
    urgent: bool = False,
) -> None:
    """Tell each person once, in the transaction of what it speaks of (law L13); whoever acts is not told.

    `urgent` is what should not wait until the person looks here by themselves.
    """
    acting = current()
    told = [
        Notice(
            organization_id=acting.organization_id,
            person_id=person,
            key=key,
            params=dict(params or {}),
            record_kind=kind_of(type(record)) if record is not None else "",
            record=record.pk if record is not None else None,
            made_at=acting.now(),
            urgent=urgent,
        )
        for person in sorted(set(people) - {acting.actor.id})
    ]
    Notice.objects.bulk_create(told)
    if urgent and told:
        for carry in urgent_notices:
            carry(told)


def empty(record: models.Model) -> None:
    """Take the words about a record out of what people were told of it. To be called inside a `write`."""
    for notice in Notice.objects.filter(record_kind=kind_of(type(record)), record=record.pk):
        Notice.objects.filter(pk=notice.pk).update(params=emptied(notice.params))


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


def to_mail() -> models.QuerySet[Notice]:
    """What the people of the acting organization have not read, and no letter has told them, newest first."""
    return Notice.objects.filter(read_at=None, mailed_at=None).order_by("-id")


def mark_mailed(notices: Iterable[UUID]) -> None:
    """A letter with these notices went out."""
    Notice.objects.filter(pk__in=set(notices)).update(mailed_at=current().now())


def mark_read(person: UUID) -> int:
    """Mark all of a person's notices as read; answers how many."""
    return of(person).filter(read_at=None).update(read_at=current().now())
