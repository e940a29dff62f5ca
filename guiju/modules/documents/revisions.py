"""What happens to revisions: begun, changed, sealed, put into force."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext, gettext_noop

from guiju.modules.documents.models import Document, Revision
from guiju.spine.acts import Refused, current
from guiju.spine.attachments.models import Attachment
from guiju.spine.attachments.services import give
from guiju.spine.registers import values
from guiju.spine.registers.editor import pictures
from guiju.spine.trail.past import Moment, as_of, histories
from guiju.spine.trail.states import kind_of

CONTENT = ("title", "kind", "language")


def words(document: Document) -> dict[str, str]:
    """The parameters of a message about a document."""
    return {"number": document.number or "", "title": document.title}


def named(revision: Revision) -> str:
    """A revision's label as lists show it: of one that was given up with the day, since the next one takes its label again."""
    return ended_label(revision.label, revision.given_up_on, revision.taken_back) if revision.given_up_on else revision.label


def ended_label(label: str, on: date, taken_back: bool) -> str:
    """The label of a revision that was given up, or taken back after its approval, with the day of it."""
    words = gettext("%(label)s, taken back on %(day)s") if taken_back else gettext("%(label)s, given up on %(day)s")
    return words % {"label": label, "day": values.day(on)}


def retold(line: Sequence[Moment]) -> dict[UUID, dict[str, str]]:
    """What a history, newest first, has to say otherwise: by entry the label of what was given up later, with the day of it."""
    document, zone = kind_of(Document), ZoneInfo(current().organization.time_zone)
    ended: dict[str, str] = {}  # by label: what it is called in the entries that are older
    found = {}
    for moment in line:
        label = moment.says.get("revision")
        if not label:
            continue
        if moment.kind == document and moment.action in ("give_up", "take_back"):
            ended[label] = ended_label(label, moment.at.astimezone(zone).date(), moment.action == "take_back")
        elif label in ended:
            found[moment.id] = {"revision": ended[label]}
        if moment.kind == document and moment.action == "revise":
            ended.pop(label, None)
    return found


def first(document: Document, label: str, text: str, file: Attachment | None, changes: str = "") -> Revision:
    """Make the first revision of a document that has just been saved."""
    return _make(document, 1, label or "1", text, file, changes)


def begin(document: Document, label: str) -> Revision:
    """Make the next revision, with the content of the present one. Refused when the label is used already."""
    present = document.newest()
    label = label.strip() or following(present.label)
    _refuse_used(document, label)
    document.standing_revision, document.standing_on = document.revision, document.effective_on
    document.effective_on = None
    last = Revision.objects.filter(document=document).order_by("-position")[0]  # perhaps one that was given up
    return _make(document, last.position + 1, label, present.text, present.file, "")


def _refuse_used(document: Document, label: str, but: Revision | None = None) -> None:
    """Refused for a label that another revision of the document has, which was not given up."""
    others = Revision.objects.filter(document=document, label=label, given_up_on=None).exclude(pk=but.pk if but else None)
    if others.exists():
        sentence = gettext_noop("There is a revision %(label)s already.")
        raise Refused(sentence, {"label": label}, errors={"revision": [sentence % {"label": label}]})


def _make(document: Document, position: int, label: str, text: str, file: Attachment | None, changes: str) -> Revision:
    made = Revision(
        document=document,
        position=position,
        label=label,
        title=document.title,
        kind=document.kind,
        language=document.language,
        changes=changes,
        author_id=current().person_id,
    )
    _take_text(made, document, text)
    _take_file(made, file)
    made.save()
    if file is not None and file.record is None:
        give(file, document)
    document.revision = label
    return made


def _take_text(revision: Revision, document: Document, text: str) -> None:
    revision.text = pictures.settled(document, text)
    revision.pictures = pictures.digests(document, revision.text)


def _take_file(revision: Revision, file: Attachment | None) -> None:
    revision.file = file
    revision.file_name, revision.file_digest = (file.name, file.digest) if file is not None else ("", "")


def rewrite(document: Document, revision: Revision, changed: dict[str, Any]) -> None:
    """Lay changed values of the form over the newest revision and its document."""
    if "text" in changed:
        _take_text(revision, document, changed["text"])
    if "changes" in changed:
        revision.changes = changed["changes"]
    if "file" in changed:
        _take_file(revision, changed["file"])
        if changed["file"] is not None and changed["file"].record is None:
            give(changed["file"], document)
    if changed.get("revision"):
        _refuse_used(document, changed["revision"], but=revision)
        revision.label = document.revision = changed["revision"]
    for name in CONTENT:
        setattr(revision, name, getattr(document, name))
    revision.save()


def seal_facts(document: Document, revision: Revision, planned_on: date | None) -> None:
    """Begin a round: the document's number goes into the revision before anyone signs it, so that signatures cover it."""
    revision.number = document.number or ""
    revision.submitted_at, revision.planned_on = current().now(), planned_on
    revision.save()


def put_into_force(document: Document, revision: Revision, on: date) -> None:
    revision.approved_at, revision.effective_on = current().now(), on
    revision.save(action="approve")
    document.effective_on = on


def give_up(document: Document, reason: str) -> Revision:
    """Give the draft after an approved revision up: the document says again what that one says. Answers the draft.

    The draft stays as it is, with the reason; its label is free again. The owner, the process and the further fields of the
    document are no content of a revision, and stay.
    """
    draft = document.newest()
    _end(document, draft, reason, "give_up")
    return draft


def _end(document: Document, revision: Revision, reason: str, action: str) -> None:
    """Keep with a revision why it is none any more, and let the document say what the one approved before says."""
    revision.given_up_on, revision.given_up_because = current().today(), reason
    revision.save(action=action)
    standing = Revision.objects.get(document=document, label=document.standing_revision, given_up_on=None)
    before = Revision.objects.filter(document=document, position__lt=standing.position, given_up_on=None)
    earlier = before.exclude(approved_at=None).order_by("-position").first()
    document.revision, document.effective_on = standing.label, standing.effective_on
    document.standing_revision = earlier.label if earlier else ""
    document.standing_on = earlier.effective_on if earlier else None
    for name in CONTENT:
        setattr(document, name, getattr(standing, name))


def take_back(document: Document, reason: str) -> Revision:
    """The same with a revision that is approved and not yet in force; the next review is due again as it was before. Answers it.

    Its signatures stay with it; the day on which it was to come into force is again no more than planned.
    """
    until = _last_approval(document) - 1
    taken = document.newest()
    taken.planned_on, taken.effective_on = taken.effective_on, None
    _end(document, taken, reason, "take_back")
    document.due_on = next(as_of(Document, until, [document.pk])).due_on
    return taken


def _last_approval(document: Document) -> int:
    """The sequence of the entry that approved a document's newest revision."""
    kind = kind_of(Document)
    return histories({document.pk: kind}, limit=1, wanted=lambda entry: entry.action == "approve")[0].sequence


def following(label: str) -> str:
    """The label after one: 3 -> 4, 1.0 -> 2.0, A -> B, v2 -> v3, A/0 -> A/1, Z -> AA."""
    if found := re.fullmatch(r"(\D*)(\d+)\.0", label):
        return f"{found[1]}{int(found[2]) + 1}.0"
    if found := re.fullmatch(r"(.*?)(\d+)(\D*)", label):
        return f"{found[1]}{int(found[2]) + 1:0{len(found[2])}d}{found[3]}"
    if re.fullmatch(r"[A-Za-z]", label):
        return ("AA" if label == "Z" else "aa") if label in "Zz" else chr(ord(label) + 1)
    return f"{label}-2"
