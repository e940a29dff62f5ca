"""Bringing a folder in: from the command line at once, from the browser in two steps with a person's word between."""

import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from django.utils.translation import gettext, ngettext, pgettext
from django.utils.translation import gettext_noop as _

from guiju.lib.archives import Found, walk_folder, walk_zip
from guiju.lib.problems import Unreadable
from guiju.modules.documents import services as documents
from guiju.modules.documents.jobs import keep_text
from guiju.modules.documents.models import Document, Language, Revision
from guiju.modules.documents.workflow import document_workflow
from guiju.modules.folders.models import FolderItem, FolderRun, RunState
from guiju.modules.folders.survey import WORDS, Item, survey
from guiju.modules.kinds.models import Kind
from guiju.spine.acts import NotPermitted, Refused, current, write
from guiju.spine.attachments import storage
from guiju.spine.attachments.jobs import remove_after_commit
from guiju.spine.attachments.models import Attachment
from guiju.spine.attachments.services import adopt
from guiju.spine.registers import values

RIGHT = "documents.import"
BEFORE = ("stated_since", "stated_by", "stated_on")  # what a cover says of the time before
Say = Callable[[str], None]


@dataclass
class Report:
    """What became of each file."""

    folder: str
    dry_run: bool
    items: list[Any] = field(default_factory=list)

    @property
    def complete(self) -> bool:
        """Whether every file that was meant to be a document is one."""
        return self.dry_run or all(i.document_id for i in self.items if i.outcome == "document")

    def as_json(self) -> dict[str, Any]:
        rows = [row_as_json(item) for item in self.items]
        made = [row for row in rows if row["outcome"] == "document"]
        return {
            "folder": self.folder,
            "dry_run": self.dry_run,
            "counts": {"files": len(rows), "documents": len(made), "left_out": len(rows) - len(made)},
            "documents": made,
            "left_out": [row for row in rows if row["outcome"] != "document"],
        }

    def lines(self) -> Iterator[str]:
        for row in self.as_json()["documents"] + self.as_json()["left_out"]:
            words = "; ".join(note["text"] for note in row["notes"])
            said = [row["title"], row["standing"]]
            first = f"{row['number'] or '-':10} {', '.join(one for one in said if one)}" if row["outcome"] == "document" else "-"
            yield f"{row['path']}: {first}{f' ({words})' if words else ''}"

    def summary(self) -> str:
        counts = self.as_json()["counts"]
        words = {"documents": counts["documents"], "left_out": counts["left_out"], "files": counts["files"]}
        if self.dry_run:
            return gettext("%(documents)s of %(files)s files would become documents, %(left_out)s would be left aside.") % words
        said = gettext("%(documents)s of %(files)s files are documents now, %(left_out)s were left aside.") % words
        return f"{said} {came([item.document for item in self.items if item.document_id])}"


def row_as_json(item: Any) -> dict[str, Any]:
    document = getattr(item, "document", None)
    return {
        "path": item.path,
        "outcome": item.outcome,
        "number": document.number if document is not None else item.number or None,
        "title": item.title,
        "kind": item.kind or None,
        "revision": (document.revision if document is not None else item.revision) or None,
        "standing": standing(document) if document is not None else None,
        "in_force_before": {
            "since": item.stated_since.isoformat() if item.stated_since else None,
            "approved_by": item.stated_by,
            "approved_on": item.stated_on.isoformat() if item.stated_on else None,
        },
        "language": item.language or None,
        "notes": [{**note, "text": note_words(note)} for note in item.notes],
    }


def standing(document: Document) -> str:
    """What a document is now: in force and since when, or in which state."""
    label = document.in_force(current().today())
    if not label:
        return str(document_workflow.state_of(document).label)
    since = document.effective_on if label == document.revision else document.standing_on
    said = {"label": label, "day": values.day(since) if since else ""}
    return gettext("In force: revision %(label)s, from %(day)s") % said


def came(made: Iterable[Document]) -> str:
    """How many documents came as what, in a line; empty for none."""
    today = current().today()
    found = Counter("in_force" if one.in_force(today) else "draft" if one.state == "draft" else "other" for one in made)
    parts = [
        ngettext("%(n)s in force", "%(n)s in force", found["in_force"]) if found["in_force"] else "",
        ngettext("%(n)s draft", "%(n)s drafts", found["draft"]) if found["draft"] else "",
        ngettext("%(n)s in another state", "%(n)s in another state", found["other"]) if found["other"] else "",
    ]
    counts = [found[name] for name in ("in_force", "draft", "other")]
    said = [part % {"n": count} for part, count in zip(parts, counts, strict=True) if part]
    return pgettext("list", ", ").join(said)


def note_words(note: dict[str, str]) -> str:
    """What a note says, in the reader's language."""
    pattern = WORDS.get(note["code"], note["code"])
    return gettext(pattern) % {name: value for name, value in note.items() if name != "code"}


def permit() -> None:
    if not current().actor.may(RIGHT):
        raise NotPermitted(_("You do not have the right to bring in documents. Ask who administers roles."))


# --- From the command line ------------------------------------------------------------------------------------------


def bring_in(folder: Path, *, dry_run: bool = False, say: Say = lambda text: None) -> Report:
    """Read a folder (or a zip file) and make its documents. It can be repeated: what is there already is named.

    Refused when there is no such folder.
    """
    permit()
    with _readable(folder) as (found, place_of):
        items = survey(found, place_of)
        known(items)
        if dry_run:
            return Report(str(folder), True, items)
        run = keep(folder.name, items)
    for done, total in bring(run):
        if done % 10 == 0 or done == total:
            say(gettext("%(done)s of %(total)s") % {"done": done, "total": total})
    return Report(str(folder), False, list(items_of(run)))


@contextmanager
def _readable(folder: Path) -> Iterator[tuple[Iterable[Found], Callable[[Found], Path | None]]]:
    """The files of a folder where they are, or of a zip file taken out to a place that goes away again."""
    if folder.is_dir():
        yield walk_folder(folder), lambda found: found.path
        return
    if not folder.is_file():
        raise Refused(_("There is no folder or zip file %(name)s."), {"name": str(folder)})
    with tempfile.TemporaryDirectory(prefix="guiju-") as scratch:
        yield zip_files(folder), lambda found: taken_out(found, Path(scratch))


def zip_files(path: Path, name: str = "") -> Iterator[Found]:
    """The files in a zip file. Refused by its `name`, if it has another than on disk, where it is none."""
    try:
        yield from walk_zip(path)
    except Unreadable as error:
        raise Refused(_("%(name)s cannot be read as a zip file."), {"name": name or path.name}) from error


def taken_out(found: Found, scratch: Path) -> Path | None:
    place = scratch / f"{len(list(scratch.iterdir()))}{PurePosixPath(found.path_in_tree).suffix}"
    try:
        with found.open() as source, place.open("wb") as target:
            shutil.copyfileobj(source, target, 1 << 20)
    except Unreadable:
        return None
    return place


# --- Keeping what was read ------------------------------------------------------------------------------------------


def known(items: list[Item]) -> None:
    """Leave aside what is under control already, so that an import can be repeated without doubling."""
    digests = {item.digest for item in items if item.digest}
    rows = Revision.objects.filter(file_digest__in=digests).values_list("file_digest", "document__number")
    numbers = dict(rows)
    for item in items:
        if item.outcome == "document" and item.digest in numbers:
            item.leave("already", number=numbers[item.digest])


def keep(name: str, items: list[Item], run: FolderRun | None = None) -> FolderRun:
    """Store the files of a survey and enter it as a run that waits; into a run that has been read, if one is given."""
    acting = current()
    for item in items:
        if item.outcome == "document" and item.place is not None:
            try:
                with item.place.open("rb") as stream:
                    item.digest = storage.store(acting.organization_id, stream).digest
            except Refused as refused:
                item.leave("refused", why=str(refused))

    def keeping() -> FolderRun:
        made = run or begin(name)
        FolderItem.objects.filter(run=made).delete()  # of a reading that was broken off
        enter_items(made, items)
        FolderRun.objects.filter(pk=made.pk).update(state=RunState.READ)
        return made

    return write(keeping)


def begin(name: str, uploads: list[dict] | None = None) -> FolderRun:
    """Enter a run that is being read."""
    acting = current()
    return FolderRun.objects.create(
        organization_id=acting.organization_id,
        person_id=acting.actor.id,
        name=name[:255],
        made_at=acting.now(),
        uploads=uploads or [],
    )


def enter_items(run: FolderRun, items: list[Item]) -> None:
    columns = ("path", "size", "digest", "outcome", "title", "kind", "number", "revision", "language", "notes", *BEFORE)
    FolderItem.objects.bulk_create(
        FolderItem(organization_id=run.organization_id, run=run, **{name: getattr(item, name) for name in columns})
        for item in items
    )
    for item in items:
        if item.outcome == "document" and item.text:
            keep_text(run.organization_id, item.digest, item.text, [note["code"] for note in item.notes])


def items_of(run: FolderRun) -> Any:
    return FolderItem.objects.filter(run=run).select_related("document").order_by("path")


# --- Making documents -----------------------------------------------------------------------------------------------


def bring(run: FolderRun) -> Iterator[tuple[int, int]]:
    """Make the documents of a run, each in a transaction of its own; yields (done, of how many).

    What is done is passed over, so that a run that was stopped goes on where it was.
    """
    permit()
    waiting = list(items_of(run).filter(outcome="document", document=None))
    done = items_of(run).filter(outcome="document").exclude(document=None).count()
    total = done + len(waiting)
    set_state(run, RunState.BRINGING)
    for item in waiting:
        make(item)
        done += 1
        yield done, total
    set_state(run, RunState.DONE)


def set_state(run: FolderRun, state: str, error: str = "") -> None:
    write(lambda: FolderRun.objects.filter(pk=run.pk).update(state=state, error=error))


def make(item: FolderItem) -> Document | None:
    """The document of one item. None when another run has made one of the same file meanwhile."""

    def making() -> Document | None:
        row = FolderItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
        if row.document_id is not None:
            return row.document
        there = Revision.objects.filter(file_digest=row.digest).select_related("document").first()
        if there is not None:
            _leave(row, "already", number=there.document.number or "")
            return None
        number = _free_number(row)
        attachment: Attachment = adopt(row.digest, row.size, PurePosixPath(row.path).name)
        document = documents.draft(
            {
                "title": row.title or PurePosixPath(row.path).stem,
                "kind": row.kind if row.kind in Kind.values else Kind.RECORD,
                "language": {"zh": Language.CHINESE, "en": Language.ENGLISH}.get(row.language, Language.OTHER),
                "number": number,
                "revision": row.revision,
                **{name: getattr(row, name) for name in BEFORE},
                "file": attachment,
                "brought_in": True,
                "action": "import",
                "says": {"source": row.path},
            }
        )
        FolderItem.objects.filter(pk=row.pk).update(document=document, notes=row.notes)
        return document

    return write(making)


def _leave(row: FolderItem, code: str, **params: str) -> None:
    FolderItem.objects.filter(pk=row.pk).update(outcome="left_out", notes=[*row.notes, {"code": code, **params}])


def _free_number(row: FolderItem) -> str:
    """The number read from the file where it is free; else nothing, and a note that says so."""
    if row.number and Document.objects.filter(number=row.number).exists():
        row.notes = [*row.notes, {"code": "number_used", "number": row.number}]
        return ""
    return row.number


def forget(document: Document) -> None:
    """Take out of the runs what they say of a document that is disposed of, and the zip files it came in. Inside a `write`."""
    items = FolderItem.objects.filter(document=document)
    done = FolderRun.objects.filter(pk__in=items.values("run"), state=RunState.DONE)
    sent = [upload["digest"] for run in done for upload in run.uploads if "digest" in upload]
    for item in items:
        ending = PurePosixPath(item.path).suffix
        FolderItem.objects.filter(pk=item.pk).update(path=f"…{ending}", title="", stated_by="", notes=[])
    remove_after_commit(sent)


def progress(run: FolderRun) -> str:
    made = FolderItem.objects.filter(run=run).exclude(document=None).count()
    return ngettext("%(n)s document", "%(n)s documents", made) % {"n": made}
