"""`guiju export`: an organization's records, trail, files and proofs, written into a new folder (law L7)."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.exceptions import FieldDoesNotExist
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from guiju import __version__
from guiju.lib import heads
from guiju.lib.canonical import canonical
from guiju.organizations.models import Organization
from guiju.project.leaving import parts, persons
from guiju.project.leaving.folder import Folder, redacted
from guiju.project.leaving.words import readme
from guiju.spine.acts import INSTALLATION, SYSTEM, Refused, act, write
from guiju.spine.attachments import storage
from guiju.spine.trail import keys, origins, signing
from guiju.spine.trail.append import note
from guiju.spine.trail.models import Entry, Head, Payload, SignedHead, Stamp
from guiju.spine.trail.states import kind_of, state_of
from guiju.spine.trail.verified import one_moment

BATCH = 1000
STRANGER = Path(__file__).with_name("stranger") / parts.VERIFIER


def export(organization: Organization, path: Path, *, hidden: list[str] | None = None, who: Any = SYSTEM) -> str:
    """Write an organization into a new folder; answers the digest of its list of files. An entry of the installation says so.

    `hidden` are fields as "kind.field" whose values are left out while the proof still holds; such an export cannot be
    restored. Refused where the folder is not empty or a file is missing, NoKey where this machine cannot sign.
    """
    chosen = _chosen(hidden or [])
    if path.exists() and any(path.iterdir()):
        raise Refused(_("The folder %(path)s is not empty."), {"path": str(path)})
    path.mkdir(parents=True, exist_ok=True)
    os.chmod(path, 0o700)  # it holds all that the organization keeps
    with act(None, SYSTEM, "export"):
        key = keys.ready()
        signing.sign_heads()
    folder = Folder(path, frozenset(chosen))
    with one_moment():
        size, digest = _trail(folder, organization)
        people = _records(folder, organization)
        persons.write_out(folder, people | _actors(organization))
        _proofs(folder, organization, size)
    if f"{kind_of(parts.Attachment)}.digest" not in folder.hidden:
        _files(folder, organization)
    folder.write(parts.README, readme(organization, chosen).splitlines())
    folder.copy(parts.VERIFIER, STRANGER)
    sums = folder.list()
    statement = heads.export_statement(
        organization=str(organization.pk),
        slug=organization.slug,
        at=timezone.now().strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        program=__version__,
        size=size,
        digest=digest,
        sums=sums,
        hidden=chosen,
    )
    folder.write(parts.STATEMENT, [heads.signed(statement, [key])])
    says = {"size": str(size), "sums": sums, "hidden": ", ".join(chosen)}
    with act(None, who, "export"):
        write(lambda: note(kind_of(Organization), organization.pk, "export", chain=INSTALLATION, says=says))
    return sums


def _chosen(hidden: list[str]) -> list[str]:
    try:
        return parts.refuse_unknown(hidden)
    except (ValueError, LookupError, FieldDoesNotExist) as error:
        raise Refused(_("This cannot be hidden: %(why)s"), {"why": str(error)}) from error


def _trail(folder: Folder, organization: Organization) -> tuple[int, str]:
    """The chain, as it was hashed and with its values; answers its length and its last digest."""
    head = Head.everywhere.get(pk=organization.pk)
    folder.write(parts.ENTRIES, _entries(organization.pk, head.length, folder.hidden))
    return head.length, head.digest


def _entries(chain: UUID, size: int, hidden: frozenset[str]) -> Iterator[str]:
    for start in range(0, size, BATCH):
        found = Entry.everywhere.filter(chain=chain, sequence__gt=start, sequence__lte=min(start + BATCH, size)).order_by(
            "sequence"
        )
        entries = list(found.values_list("pk", "kind", "text"))
        held: dict[UUID, list[dict[str, Any]]] = {}
        rows = Payload.everywhere.filter(entry__in=[pk for pk, _kind, _text in entries]).order_by("holds")
        for owner, holds, salt, values in rows.values_list("entry_id", "holds", "salt", "values"):
            held.setdefault(owner, []).append({"holds": holds, "salt": salt, "values": values})
        for pk, kind, text in entries:
            payloads = [redacted(one, kind, hidden) for one in held.get(pk, [])]
            yield canonical({"id": str(pk), "text": text, "payloads": payloads})


def _records(folder: Folder, organization: Organization) -> set[UUID]:
    """Every row of every kind as the trail has it; answers the people they name."""
    people: set[UUID] = set()
    for model in parts.kept_models():
        kind, columns = kind_of(model), parts.points_to_people(model)

        def lines(model: Any = model, kind: str = kind, columns: list[str] = columns) -> Iterator[str]:
            for row in parts.rows_of(model, organization).iterator(chunk_size=BATCH):
                people.update(pk for name in columns if (pk := getattr(row, name)) is not None)
                ordinary, personal = state_of(row)
                state = ordinary | personal
                yield canonical({name: text for name, text in state.items() if f"{kind}.{name}" not in folder.hidden})

        folder.write(f"records/{kind}.jsonl", lines())
    folder.write("records/records.counter.jsonl", map(canonical, parts.counters(organization)))
    return people


def _actors(organization: Organization) -> set[UUID]:
    """Whoever has acted in the organization, also for another."""
    entries = Entry.everywhere.filter(chain=organization.pk).order_by()
    found = {*entries.values_list("actor", flat=True).distinct(), *entries.values_list("on_behalf_of", flat=True).distinct()}
    return {pk for pk in found if pk is not None}


def _proofs(folder: Folder, organization: Organization, size: int) -> None:
    """The signed heads, the stamps, and the keys that signed: those of earlier installations and of this one."""
    signed = SignedHead.everywhere.filter(chain=organization.pk, size__lte=size).order_by("size")
    folder.write(parts.HEADS, signed.values_list("text", flat=True).iterator(chunk_size=BATCH))
    stamps = Stamp.everywhere.filter(head__chain=organization.pk, head__size__lte=size).order_by("head__size", "at", "pk")
    folder.write(parts.STAMPS, (_stamp(stamp) for stamp in stamps.select_related("head")))
    groups: list[tuple[str | None, list[str]]] = [(str(one.size), one.texts()) for one in origins.of(organization.pk)]
    groups.append((None, [row.text for row in keys.known()]))
    folder.write(parts.KEYS, (canonical({"until": until, "text": text}) for until, texts in groups for text in texts))


def _stamp(stamp: Stamp) -> str:
    at = stamp.at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return canonical({"size": str(stamp.head.size), "at": at, "authority": stamp.authority, "token": stamp.token})


def _files(folder: Folder, organization: Organization) -> None:
    for digest in parts.digests(organization):
        source = storage.place(organization.pk, digest)
        if not source.exists():
            raise Refused(_("The file %(digest)s is missing; `guiju trail verify` says whose it is."), {"digest": digest})
        folder.copy(f"files/{digest[:2]}/{digest}", source)
