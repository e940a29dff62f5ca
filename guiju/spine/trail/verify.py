"""`guiju trail verify`: the chain, and everything it speaks of, against what stands in the database (law L6).

Each step yields findings; no finding at all is the proof. It reads across organizations and writes nothing.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models

from guiju.lib import chain as arithmetic
from guiju.lib.canonical import canonical
from guiju.spine.acts import verifications
from guiju.spine.trail import stamps, triggers
from guiju.spine.trail.erasing import erasures
from guiju.spine.trail.finding import Finding
from guiju.spine.trail.models import Entry, Head, Payload
from guiju.spine.trail.states import kind_of, state_of
from guiju.spine.trail.witness import NOTHING, Given, Watch, Witness

BATCH = 2000


def verify(*, chain_only: bool = False, given: Given = NOTHING) -> Iterator[Finding]:
    """All findings. `chain_only` walks the chains alone; signed heads are compared either way, also those `given`."""
    witness = Witness(given)
    yield from witness.keys()
    yield from witness.heads()
    for head in Head.everywhere.order_by("chain"):
        yield from chain(head, witness.watch(head.chain))
    yield from _orphans()
    yield from witness.unwatched()
    yield from stamps.findings()
    if chain_only:
        return
    yield from columns()
    yield from payloads()
    for model in trailed_models():
        yield from rows(model)
    for name in triggers.missing():
        yield Finding("trigger", name, "presence", "is missing or altered")
    for step in verifications:
        yield from step()


def trailed_models() -> list[type[models.Model]]:
    """The evidence tables, by kind."""
    return sorted((m for m in apps.get_models() if getattr(m, "on_trail", False)), key=kind_of)


def chain(head: Head, watch: Watch) -> Iterator[Finding]:
    """Walk one chain: every sequence there, every digest right, the end where the head says, every signed head's root."""
    name = str(head.chain)
    expected, previous = 1, arithmetic.START
    entries = Entry.everywhere.filter(chain=head.chain).order_by("sequence").values_list("sequence", "text", "digest")
    for sequence, text, digest in entries.iterator(chunk_size=BATCH):
        if sequence != expected:
            yield Finding("chain", name, f"entry {expected}", f"is missing; entry {sequence} follows {expected - 1}")
        previous = arithmetic.digest(previous, text)
        if previous != digest:
            yield Finding("chain", name, f"entry {sequence}", "its text or one before it was altered")
            previous = digest
        expected = sequence + 1
        if watch.waiting:
            yield from watch.see(sequence, text, previous)
    if expected - 1 != head.length:
        yield Finding("chain", name, "head", f"says {head.length} entries, {expected - 1} are there")
    elif previous != head.digest:
        yield Finding("chain", name, "head", "its digest is not that of the last entry")
    yield from watch.end(expected - 1)


def _orphans() -> Iterator[Finding]:
    headed = set(Head.everywhere.values_list("chain", flat=True))
    for found in Entry.everywhere.order_by().values_list("chain", flat=True).distinct():
        if found not in headed:
            yield Finding("chain", str(found), "head", "is missing")


def columns() -> Iterator[Finding]:
    """The columns of every entry repeat its text, and the heads count those written while the clock was behind."""
    behind: Counter[UUID] = Counter()
    for entry in Entry.everywhere.order_by("chain", "sequence").iterator(chunk_size=BATCH):
        name = f"{entry.chain}/{entry.sequence}"
        try:
            said = json.loads(entry.text)
        except ValueError:
            yield Finding("entry", name, "text", "is not readable")
            continue
        behind[entry.chain] += "clock" in said
        for part, value in (
            ("chain", str(entry.chain)),
            ("sequence", str(entry.sequence)),
            ("at", entry.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")),
            ("actor", entry.actor and str(entry.actor)),
            ("for", entry.on_behalf_of and str(entry.on_behalf_of)),
            ("kind", entry.kind),
            ("record", str(entry.record)),
            ("action", entry.action),
        ):
            if said.get(part) != value:
                yield Finding("entry", name, part, f"the text says {said.get(part)!r}, the column {value!r}")
        if entry.stateful != (said.get("schema") != "0"):
            yield Finding("entry", name, "stateful", "the column does not agree with the text")
    for head in Head.everywhere.order_by("chain"):
        if head.behind != behind[head.chain]:
            says = f"counts {head.behind} entries while the clock was behind, {behind[head.chain]} are there"
            yield Finding("chain", str(head.chain), "head", says)


def payloads() -> Iterator[Finding]:
    """Every value is the one its entry commits to, or was erased with an entry that says so, and stays erased."""
    erased = set(erasures().values_list("record", flat=True))
    query = Payload.everywhere.select_related("entry").order_by("entry__chain", "entry__sequence")
    shown: dict[UUID, set[str]] = {}
    for payload in query.iterator(chunk_size=BATCH):
        yield from _payload(payload, erased, shown.setdefault(payload.entry_id, set()))
        if len(shown) > BATCH:
            yield from _uncovered(shown, erased, keep=payload.entry_id)
    yield from _uncovered(shown, erased, keep=None)
    for entry in Entry.everywhere.filter(payloads__isnull=True).iterator(chunk_size=BATCH):
        for field in json.loads(entry.text).get("fields", {}):
            yield Finding("entry", f"{entry.chain}/{entry.sequence}", field, "its value is missing")


def _payload(payload: Payload, erased: set[UUID], covered: set[str]) -> Iterator[Finding]:
    entry = payload.entry
    name = f"{entry.chain}/{entry.sequence}"
    committed = json.loads(entry.text).get("fields", {})
    if payload.values is None or payload.salt is None:
        if entry.pk not in erased:
            yield Finding("entry", name, f"{payload.holds} values", "are gone, and no entry says they were erased")
            covered.update(committed)  # said once, not field by field
        return
    if entry.pk in erased:
        yield Finding("entry", name, f"{payload.holds} values", "were erased, and are there again")
    values = json.loads(payload.values)
    if canonical(values) != payload.values:
        yield Finding("entry", name, f"{payload.holds} values", "are not in their canonical form")
    covered.update(values)
    for field, value in values.items():
        if committed.get(field) != arithmetic.commitment(payload.salt, field, value):
            yield Finding("entry", name, field, f"the value {value!r} is not the one the entry commits to")


def _uncovered(shown: dict[UUID, set[str]], erased: set[UUID], keep: UUID | None) -> Iterator[Finding]:
    """Fields that an entry commits to and no payload holds."""
    done = [pk for pk in shown if pk != keep]
    for entry in Entry.everywhere.filter(pk__in=[pk for pk in done if pk not in erased]):
        for field in json.loads(entry.text).get("fields", {}).keys() - shown[entry.pk]:
            yield Finding("entry", f"{entry.chain}/{entry.sequence}", field, "its value is missing")
    for pk in done:
        del shown[pk]


def rows(model: type[models.Model]) -> Iterator[Finding]:
    """Every row equals the state after its last entry; no row without an entry, no entry without its row."""
    kind = kind_of(model)
    last = _last_states(kind)
    for row in model.everywhere.order_by("pk").iterator(chunk_size=BATCH):  # type: ignore[attr-defined]
        said = last.pop(row.pk, None)
        if said is None:
            yield Finding(kind, _name(row), "row", "no entry speaks of it: it was not made through the product")
            continue
        yield from _row(kind, row, said)
    for pk in last:
        yield Finding(kind, str(pk), "row", "is gone, though its entries are there")


def _row(kind: str, row: models.Model, said: dict[str, str | None] | None) -> Iterator[Finding]:
    ordinary, personal = state_of(row)
    for field, value in (ordinary | personal).items():
        if said is not None and field in said and said[field] != value:
            yield Finding(kind, _name(row), field, f"the trail says {said[field]!r}, the row {value!r}")


def _last_states(kind: str) -> dict[UUID, dict[str, str | None]]:
    """Of every record of a kind the state in its last entry; erased parts are left out."""
    states: dict[UUID, dict[str, str | None]] = {}
    query = Entry.everywhere.filter(kind=kind, stateful=True).order_by("sequence")
    newest: dict[UUID, UUID] = dict(query.values_list("record", "pk").iterator(chunk_size=BATCH))
    owner = {pk: record for record, pk in newest.items()}
    for record in newest:
        states[record] = {}
    for part in _batches(list(owner)):
        for entry, text in Payload.everywhere.filter(entry__in=part).values_list("entry_id", "values"):
            if text is not None:
                states[owner[entry]].update(json.loads(text))
    return states


def _batches(keys: list[UUID], size: int = 500) -> Iterable[list[UUID]]:
    return (keys[start : start + size] for start in range(0, len(keys), size))


def _name(row: Any) -> str:
    return str(getattr(row, "number", None) or getattr(row, "slug", None) or row.pk)
