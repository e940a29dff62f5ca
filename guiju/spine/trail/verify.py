"""`guiju trail verify`: the chain, and everything it speaks of, against what stands in the database (law L6).

Each part yields findings; no finding at all is the proof. It reads across organizations and writes nothing; asked for one
organization (`of`) it reads that one's chain and rows, and what all of them share: the keys and the triggers.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC
from functools import partial
from itertools import chain as chain_of
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, gettext_noop

from guiju.lib import chain as arithmetic
from guiju.lib.canonical import canonical
from guiju.spine.acts import verifications
from guiju.spine.trail import stamps, triggers
from guiju.spine.trail.erasing import erasures
from guiju.spine.trail.finding import Finding, Part
from guiju.spine.trail.models import Entry, Head, Payload
from guiju.spine.trail.states import kind_of, state_of
from guiju.spine.trail.witness import NOTHING, Given, Watch, Witness

BATCH = 2000
MISSING = gettext_noop("its value is missing")


def verify(*, chain_only: bool = False, given: Given = NOTHING) -> Iterator[Finding]:
    """All findings. `chain_only` walks the chains alone; signed heads are compared either way, also those `given`."""
    for part in parts(chain_only=chain_only, given=given):
        yield from part.find()


def parts(*, chain_only: bool = False, given: Given = NOTHING, of: UUID | None = None) -> Iterator[Part]:
    """The parts of a verification, to be asked one after another in this order; of one organization's chain and rows."""
    witness = Witness(given, of)
    yield Part(gettext_lazy("the key and the signed heads"), lambda: chain_of(witness.keys(), witness.heads()))
    yield Part(gettext_lazy("the chain of entries"), lambda: _chains(witness, of))
    yield Part(gettext_lazy("the time stamps"), lambda: stamps.findings(of))
    if chain_only:
        return
    yield Part(gettext_lazy("what the entries say of themselves"), lambda: columns(of))
    yield Part(gettext_lazy("the values that the entries commit to"), lambda: payloads(of))
    for model in trailed_models():
        if of is None or _of_organizations(model):
            yield Part(called(model), partial(rows, model, of))
    yield Part(gettext_lazy("the protection in the database"), _triggers)
    yield Part(gettext_lazy("files, signatures and factors"), lambda: chain_of(*(step(of) for step in verifications)))


def called(model: type[models.Model]) -> str | Promise:
    """What people call the rows of a model on the trail."""
    return getattr(model, "called", "") or model._meta.verbose_name or kind_of(model)


def _of_organizations(model: type[models.Model]) -> bool:
    return any(field.name == "organization" for field in model._meta.concrete_fields)


def _chains(witness: Witness, of: UUID | None) -> Iterator[Finding]:
    for head in _only(Head.everywhere.order_by("chain"), of):
        yield from chain(head, witness.watch(head.chain))
    yield from _orphans(of)
    yield from witness.unwatched()


def _only(query: models.QuerySet[Any], of: UUID | None, name: str = "chain") -> models.QuerySet[Any]:
    return query if of is None else query.filter(**{name: of})


def _triggers() -> Iterator[Finding]:
    for name in triggers.missing():
        yield Finding("trigger", name, "presence", gettext_noop("is missing or altered"))


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
            says = gettext_noop("is missing; entry %(next)s follows %(before)s")
            said = {"next": sequence, "before": expected - 1}
            yield Finding("chain", name, f"entry {expected}", says, said, entry=expected)
        previous = arithmetic.digest(previous, text)
        if previous != digest:
            says = gettext_noop("its text or one before it was altered")
            yield Finding("chain", name, f"entry {sequence}", says, entry=sequence)
            previous = digest
        expected = sequence + 1
        if watch.waiting:
            yield from watch.see(sequence, text, previous)
    if expected - 1 != head.length:
        says = gettext_noop("says %(length)s entries, %(count)s are there")
        yield Finding("chain", name, "head", says, {"length": head.length, "count": expected - 1})
    elif previous != head.digest:
        yield Finding("chain", name, "head", gettext_noop("its digest is not that of the last entry"))
    yield from watch.end(expected - 1)


def _orphans(of: UUID | None) -> Iterator[Finding]:
    headed = set(Head.everywhere.values_list("chain", flat=True))
    for found in _only(Entry.everywhere.order_by(), of).values_list("chain", flat=True).distinct():
        if found not in headed:
            yield Finding("chain", str(found), "head", gettext_noop("is missing"))


def columns(of: UUID | None = None) -> Iterator[Finding]:
    """The columns of every entry repeat its text, and the heads count those written while the clock was behind."""
    behind: Counter[UUID] = Counter()
    for entry in _only(Entry.everywhere.order_by("chain", "sequence"), of).iterator(chunk_size=BATCH):
        try:
            said = json.loads(entry.text)
        except ValueError:
            yield _of_entry(entry, "text", gettext_noop("is not readable"))
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
                says = gettext_noop("the text says %(text)r, the column %(column)r")
                yield _of_entry(entry, part, says, {"text": said.get(part), "column": value})
        if entry.stateful != (said.get("schema") != "0"):
            yield _of_entry(entry, "stateful", gettext_noop("the column does not agree with the text"))
    for head in _only(Head.everywhere.order_by("chain"), of):
        if head.behind != behind[head.chain]:
            says = gettext_noop("counts %(length)s entries while the clock was behind, %(count)s are there")
            yield Finding("chain", str(head.chain), "head", says, {"length": head.behind, "count": behind[head.chain]})


def _of_entry(entry: Entry, part: str, says: str, params: dict[str, Any] | None = None, plain: str = "") -> Finding:
    name = f"{entry.chain}/{entry.sequence}"
    return Finding("entry", name, part, says, params or {}, plain, (entry.kind, entry.record), entry.sequence)


def payloads(of: UUID | None = None) -> Iterator[Finding]:
    """Every value is the one its entry commits to, or was erased with an entry that says so, and stays erased."""
    erased = set(erasures().values_list("record", flat=True))
    query = _only(Payload.everywhere.select_related("entry").order_by("entry__chain", "entry__sequence"), of, "entry__chain")
    shown: dict[UUID, set[str]] = {}
    for payload in query.iterator(chunk_size=BATCH):
        yield from _payload(payload, erased, shown.setdefault(payload.entry_id, set()))
        if len(shown) > BATCH:
            yield from _uncovered(shown, erased, keep=payload.entry_id)
    yield from _uncovered(shown, erased, keep=None)
    for entry in _only(Entry.everywhere.filter(payloads__isnull=True), of).iterator(chunk_size=BATCH):
        for field in json.loads(entry.text).get("fields", {}):
            yield _of_entry(entry, field, MISSING)


def _payload(payload: Payload, erased: set[UUID], covered: set[str]) -> Iterator[Finding]:
    entry, part = payload.entry, f"{payload.holds} values"
    committed = json.loads(entry.text).get("fields", {})
    if payload.values is None or payload.salt is None:
        if entry.pk not in erased:
            yield _of_entry(entry, part, gettext_noop("are gone, and no entry says they were erased"))
            covered.update(committed)  # said once, not field by field
        return
    if entry.pk in erased:
        yield _of_entry(entry, part, gettext_noop("were erased, and are there again"))
    values = json.loads(payload.values)
    if canonical(values) != payload.values:
        yield _of_entry(entry, part, gettext_noop("are not in their canonical form"))
    covered.update(values)
    for field, value in values.items():
        if committed.get(field) != arithmetic.commitment(payload.salt, field, value):
            says = gettext_noop("the value %(value)r is not the one the entry commits to")
            yield _of_entry(entry, field, says, {"value": value}, gettext_noop("its value is not the one the entry commits to"))


def _uncovered(shown: dict[UUID, set[str]], erased: set[UUID], keep: UUID | None) -> Iterator[Finding]:
    """Fields that an entry commits to and no payload holds."""
    done = [pk for pk in shown if pk != keep]
    for entry in Entry.everywhere.filter(pk__in=[pk for pk in done if pk not in erased]):
        for field in json.loads(entry.text).get("fields", {}).keys() - shown[entry.pk]:
            yield _of_entry(entry, field, MISSING)
    for pk in done:
        del shown[pk]


def rows(model: type[models.Model], of: UUID | None = None) -> Iterator[Finding]:
    """Every row equals the state after its last entry; no row without an entry, no entry without its row."""
    kind = kind_of(model)
    last = _last_states(kind, of)
    every = _only(model.everywhere.order_by("pk"), of, "organization")  # type: ignore[attr-defined]
    for row in every.iterator(chunk_size=BATCH):
        said = last.pop(row.pk, None)
        if said is None:
            says = gettext_noop("no entry speaks of it: it was not made through the product")
            yield Finding(kind, _name(row), "row", says, row=(kind, row.pk))
            continue
        yield from _row(kind, row, said)
    for pk in last:
        yield Finding(kind, str(pk), "row", gettext_noop("is gone, though its entries are there"), row=(kind, pk))


def _row(kind: str, row: models.Model, said: dict[str, str | None] | None) -> Iterator[Finding]:
    ordinary, personal = state_of(row)
    for field, value in (ordinary | personal).items():
        if said is not None and field in said and said[field] != value:
            says = gettext_noop("the trail says %(trail)r, the row %(row)r")
            plain = gettext_noop("is not as the trail says")
            yield Finding(kind, _name(row), field, says, {"trail": said[field], "row": value}, plain, (kind, row.pk))


def _last_states(kind: str, of: UUID | None) -> dict[UUID, dict[str, str | None]]:
    """Of every record of a kind the state in its last entry; erased parts are left out."""
    states: dict[UUID, dict[str, str | None]] = {}
    query = _only(Entry.everywhere.filter(kind=kind, stateful=True).order_by("sequence"), of)
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
