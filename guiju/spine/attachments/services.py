"""Keeping files at records, and checking that they are what they were."""

import mimetypes
import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_noop as _

from guiju.spine.acts import NotFound, Refused, current, write
from guiju.spine.attachments import previews, storage
from guiju.spine.attachments.models import Attachment, FileText
from guiju.spine.trail.erasing import Row
from guiju.spine.trail.states import kind_of
from guiju.spine.trail.verify import Finding

BIDI = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def keep(stream: BinaryIO, name: str, *, limit: int | None = None) -> Attachment:
    """Store a file and enter it, belonging to no record yet. Refused when empty, too large or the disk is full."""
    organization = current().organization_id
    stored = storage.store(organization, stream, limit=limit)
    attachment = adopt(stored.digest, stored.size, name)
    if not stored.path.exists():  # the same file was disposed of meanwhile: see `remove`
        stream.seek(0)
        storage.store(organization, stream, limit=limit)
    return attachment


def adopt(digest: str, size: int, name: str) -> Attachment:
    """Enter a file that is stored already, belonging to no record yet."""
    acting = current()
    name = clean_name(name)
    attachment = Attachment(
        name=name,
        media_type=mimetypes.guess_type(name)[0] or "application/octet-stream",
        size=size,
        digest=digest,
        added_at=acting.now(),
        added_by_id=acting.actor.id,
    )
    attachment.save(action="add")
    return attachment


def clean_name(name: str) -> str:
    """A file's name as it may be shown and sent: no path, no control or direction marks, at most 255 characters."""
    name = unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1])
    name = "".join(c for c in BIDI.sub("", name) if unicodedata.category(c)[0] != "C").strip(" .")
    stem, dot, ending = name.rpartition(".")
    return (f"{stem[: 254 - len(ending)]}{dot}{ending}" if dot and len(ending) < 20 else name[:255]) or "file"


def give(attachment: Attachment, record: models.Model) -> None:
    """Let an uploaded file belong to a record. Refused when it already belongs to another."""
    kind, pk = kind_of(type(record)), record.pk

    def giving() -> None:
        row = Attachment.locked(attachment.pk)
        if row.record not in (None, pk):
            raise Refused(_("This file already belongs to another record; add it again."))
        row.record_kind, row.record = kind, pk
        row.save(action="attach", says={"name": row.name})

    write(giving)


def mine(pk: UUID) -> Attachment:
    """An uploaded file of the acting person that belongs to no record yet. NotFound otherwise."""
    found = Attachment.objects.filter(pk=pk, record=None, added_by_id=current().actor.id, disposed_at=None).first()
    if found is None:
        raise NotFound(_("There is no such file waiting to be attached."))
    return found


def of(record: models.Model) -> models.QuerySet[Attachment]:
    """A record's files that are there, the oldest first."""
    return Attachment.objects.filter(record_kind=kind_of(type(record)), record=record.pk, disposed_at=None).order_by("id")


def path(attachment: Attachment) -> Path:
    return storage.place(attachment.organization_id, attachment.digest)


def dispose(files: Iterable[Attachment]) -> list[Row]:
    """Enter that files are disposed of; answers their rows, to be erased. To be called inside a `write`.

    From the disk they go when it commits, unless another row holds the same file.
    """
    rows = []
    for file in files:
        file.name, file.disposed_at = "", current().now()
        file.save(action="dispose")
        FileText.objects.filter(digest=file.digest).exclude(digest__in=_held([file.digest])).delete()
        rows.append((kind_of(Attachment), file.pk))
    return rows


def held_elsewhere(files: Iterable[Attachment]) -> set[str]:
    """The digests of `files` that other rows of the organization hold too: those files stay on the disk."""
    files = list(files)
    others = Attachment.objects.filter(digest__in={f.digest for f in files}, disposed_at=None)
    return set(others.exclude(pk__in=[f.pk for f in files]).values_list("digest", flat=True))


def remove(digests: Iterable[str]) -> None:
    """Take files from the disk that no row holds any more. It writes nothing else, and may be run again.

    Each is set aside before it is asked who holds it: whoever adds the same file meanwhile either is seen here, or
    sees that it is gone and stores it again (`keep`).
    """
    organization = current().organization_id
    for digest in set(digests):
        aside = storage.set_aside(organization, digest)
        if not _held([digest]):
            previews.forget(organization, digest)
            if aside is not None:
                aside.unlink(missing_ok=True)
        elif aside is not None:
            storage.put_back(organization, digest, aside)


def _held(digests: Iterable[str]) -> set[str]:
    return set(Attachment.objects.filter(digest__in=list(digests), disposed_at=None).values_list("digest", flat=True))


def verification(of: UUID | None = None) -> Iterator[Finding]:
    """Part of `trail verify`: every file, of one organization or of all, is there, byte for byte; what was disposed of is not."""
    seen: set[tuple[UUID, str]] = set()
    living_first = models.F("disposed_at").asc(nulls_first=True)
    rows = Attachment.everywhere.order_by("organization_id", "digest", living_first)
    for attachment in (rows.filter(organization=of) if of else rows).iterator(chunk_size=500):
        key = (attachment.organization_id, attachment.digest)
        if key in seen:
            continue
        seen.add(key)
        if attachment.disposed_at is not None:
            if storage.place(*key).exists():
                says = _("was disposed of and is still there")
                yield Finding("file", str(attachment.pk), attachment.digest[:12], says, row=(kind_of(Attachment), attachment.pk))
            continue
        found = storage.digest_on_disk(*key)
        if found is None:
            yield _differs(attachment, _("is gone"))
        elif found != attachment.digest:
            yield _differs(attachment, _("its bytes were altered"))


def _differs(file: Attachment, says: str) -> Finding:
    return Finding("file", file.name, file.digest[:12], says, row=(kind_of(Attachment), file.pk))
