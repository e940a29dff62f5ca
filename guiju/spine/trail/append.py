"""The one writer: what an act changed becomes entries at the end of its chains, right before the commit."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

from django.db import models
from django.utils import timezone

from guiju.lib import chain as arithmetic
from guiju.lib.canonical import canonical
from guiju.spine.acts import INSTALLATION, SYSTEM, Act, act, current
from guiju.spine.acts.prepared import Param, Prepared
from guiju.spine.trail.models import Entry, Head, Payload
from guiju.spine.trail.states import kind_of, state_of

FORMAT = "guiju-entry-1"


@dataclass
class Change:
    """One record's change in this act; several savings of a record make one entry, with its state at the end."""

    row: models.Model
    action: str
    chain: UUID
    created: bool
    reason: str = ""
    says: dict[str, str | None] = field(default_factory=dict)
    fallback: Callable[[], None] | None = None

    def undo(self) -> None:
        """Put the instance in memory back to what the database has, after a failed transaction."""
        if self.fallback is not None:
            self.fallback()


@dataclass(frozen=True)
class Event:
    """Something that happened to a record without changing its row: a reading, a failed sign-in."""

    kind: str
    record: UUID
    action: str
    chain: UUID
    reason: str = ""
    says: Mapping[str, str | None] = field(default_factory=dict)
    personal: Mapping[str, str | None] = field(default_factory=dict)


def changed(
    row: models.Model,
    action: str,
    *,
    chain: UUID,
    created: bool = False,
    reason: str = "",
    says: Mapping[str, str | None] | None = None,
    fallback: Callable[[], None] | None = None,
) -> None:
    """Say that `row` has been written in this act. An explicit action wins over a plain "change"."""
    acting = current()
    key = (kind_of(type(row)), row.pk)
    before = acting.changes.get(key)
    if before is None:
        acting.changes[key] = Change(row, action, chain, created, reason, dict(says or {}), fallback)
        return
    before.row = row
    if action not in ("", "change"):
        before.action = action
    before.reason = reason or before.reason
    before.says.update(says or {})


def note(
    kind: str,
    record: UUID,
    action: str,
    *,
    chain: UUID | None = None,
    reason: str = "",
    says: Mapping[str, str | None] | None = None,
    personal: Mapping[str, str | None] | None = None,
) -> None:
    """Say that something happened to a record that its row does not show. To be called inside a `write`."""
    acting = current()
    if not acting.writing:
        raise RuntimeError("An event is noted inside a write, so that it stands or falls with what happened.")
    acting.events.append(Event(kind, record, action, chain or acting.chain, reason, says or {}, personal or {}))


def append(acting: Act) -> None:
    """Write the entries of all changes and events of `acting`, chain by chain in the order of their ids (law L12)."""
    by_chain: dict[UUID, list[Change | Event]] = {}
    for what in (*acting.changes.values(), *acting.events):
        by_chain.setdefault(what.chain, []).append(what)
    for chain in sorted(by_chain):
        _append(acting, chain, by_chain[chain])


HEAD = [field.attname for field in Head._meta.concrete_fields]
_HEAD = Prepared(
    lambda: Head.everywhere.select_for_update().filter(pk=Param("chain", models.UUIDField())).order_by().values_list(*HEAD)
)


def _append(acting: Act, chain: UUID, what: list[Change | Event]) -> None:
    kept = _HEAD.rows(chain=chain)
    values = next(kept, None)
    head = Head.from_db("default", HEAD, values) if values else Head.everywhere.create(pk=chain, digest=arithmetic.START)
    at, behind = instant(acting, chain, head.at)
    entries, payloads = [], []
    for one in what:
        head.length += 1
        entry, its_payloads = _entry(acting, chain, head, at, behind, one)
        head.digest = entry.digest
        entries.append(entry)
        payloads.extend(its_payloads)
    Entry.everywhere.bulk_create(entries, batch_size=500)
    Payload.everywhere.bulk_create(payloads, batch_size=500)
    ends = {"length": head.length, "digest": head.digest, "at": at}
    if behind:
        ends |= {"behind": head.behind + len(entries), "behind_at": at, "behind_clock": behind}
    Head.everywhere.filter(pk=chain).update(**ends)


def instant(acting: Act, chain: UUID, last: datetime | None) -> tuple[datetime, datetime | None]:
    """When this is written, and what the clock said if it was behind the chain (law L4: it never decreases)."""
    now = acting.now() if chain != INSTALLATION else timezone.now()
    return (last, now) if last is not None and now < last else (now, None)


def _entry(
    acting: Act, chain: UUID, head: Head, at: datetime, behind: datetime | None, what: Change | Event
) -> tuple[Entry, list[Payload]]:
    if isinstance(what, Change):
        kind, record, schema = kind_of(type(what.row)), what.row.pk, getattr(what.row, "schema_version", 1)
        ordinary, personal = state_of(what.row)
    else:
        kind, record, schema = what.kind, what.record, 0
        ordinary, personal = {}, {f"@{name}": value for name, value in what.personal.items()}
    ordinary |= {f"@{name}": value for name, value in what.says.items()}
    if reason := what.reason or acting.reason:
        ordinary["@reason"] = reason
    salted = {
        holds: (arithmetic.new_salt(), values)
        for holds, values in ((Payload.ORDINARY, ordinary), (Payload.PERSONAL, personal))
        if values
    }
    fields: dict[str, str] = {}
    for salt, values in salted.values():
        fields |= arithmetic.commitments(salt, values)
    text = canonical(
        {
            "format": FORMAT,
            "chain": str(chain),
            "sequence": str(head.length),
            "at": _instant_text(at),
            "actor": _id_text(acting.actor.id),
            "for": _id_text(acting.actor.on_behalf_of),
            "kind": kind,
            "record": str(record),
            "action": what.action,
            "schema": str(schema),
            "fields": fields,
        }
        | ({"clock": _instant_text(behind)} if behind else {})
    )
    entry = Entry(
        chain=chain,
        sequence=head.length,
        at=at,
        actor=acting.actor.id,
        on_behalf_of=acting.actor.on_behalf_of,
        kind=kind,
        record=record,
        action=what.action,
        stateful=isinstance(what, Change),
        text=text,
        digest=arithmetic.digest(head.digest, text),
    )
    payloads = [Payload(entry=entry, holds=holds, salt=s, values=canonical(v)) for holds, (s, v) in salted.items()]
    return entry, payloads


def _instant_text(value: datetime) -> str:
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _id_text(value: UUID | None) -> str | None:
    return None if value is None else str(value)


@contextmanager
def migrating(release: str, why: str) -> Iterator[Callable[[models.Model, UUID], None]]:
    """For data migrations that touch records (law L8): yields `keep(row, chain)`, which saves a migration's row.

    The entries are written in the name of the release, with the state after the change.
    """
    with act(None, SYSTEM, f"{release}: {why}") as acting:
        acting.writing = True

        def keep(row: models.Model, chain: UUID) -> None:
            row.save()
            changed(row, "migrate", chain=chain)

        yield keep
        append(acting)
        acting.changes.clear()
