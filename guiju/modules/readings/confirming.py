"""What a reader is shown, and the confirmation: by the person alone, of what was shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_noop as _

from guiju.lib.differences import Change
from guiju.modules.documents.comparison import comparing
from guiju.modules.documents.models import Document
from guiju.modules.readings import assigning
from guiju.modules.readings.models import How, Reading
from guiju.spine.acts import Conflict, NotPermitted, Refused, current, write
from guiju.spine.tasks import services as tasks


@dataclass(frozen=True)
class Translated:
    """A checked translation in which somebody has read: its language and its paragraphs."""

    language: str
    texts: tuple[str, ...]


def mine(document: Document) -> Reading | None:
    """What the acting person is asked to read of a document, or has read of its present revision."""
    acting, revision = current(), assigning.to_read(document)
    if acting.actor.id is None or revision is None:
        return None
    rows = Reading.objects.filter(revision=revision, person=acting.actor.id)
    rows = rows.exclude(confirmed_at=None, ended_at__isnull=False).exclude(how=How.TOLD)
    return rows.select_related("revision", "since").first()


def passages(reading: Reading) -> list[Change] | None:
    """What changed since the person read it; None for who reads all of it."""
    if reading.since is None:
        return None
    return comparing.changes_of(comparing.between(reading.since, reading.revision))


def kept(reading: Reading, found: Sequence[Change] | None) -> list[dict[str, Any]]:
    """What is kept of what was shown: each passage, or that it was the whole text."""
    if found is None:
        texts = [one.text for one in comparing.paragraphs(reading.revision)]
        return [{"heading": "", "text": text} for text in texts] or [{"heading": "", "text": reading.revision.file_digest}]
    return [
        {"heading": change.heading, "text": change.new_text, "gone": change.old_text if not change.after else ""}
        for change in found
    ]


def confirm(document: Document, answer: int | None = None) -> Reading:
    """The acting person has read what was shown.

    NotPermitted for a token or a deputy: nobody confirms for another. Conflict where nothing is asked, Refused where the
    question is not answered rightly; every answer is counted.
    """
    actor = current().actor
    if actor.by_token or actor.id is None:
        raise NotPermitted(_("A confirmation needs a person: a token has read nothing."))
    if actor.on_behalf_of is not None:
        raise NotPermitted(_("Nobody reads for another. Act as yourself to confirm what you have read."))
    return confirm_as(document, actor.id, How.SIGNED_IN, answer)


def confirm_as(document: Document, person: UUID, how: str, answer: int | None, seen: Translated | None = None) -> Reading:
    """The same for a person who has been recognized in another way; `seen`: the translation that was shown to them."""
    asked = assigning.to_read(document)
    if asked is None:
        raise Conflict(_("There is nothing to read here."))
    said = assigning.briefing(asked)
    if said.question and not _counted(document, asked.pk, person, answer, said.right):
        raise Refused(
            _("This answer is not right. Read the passages once more, then answer again."),
            errors={"answer": [_("This is not what the document says.")]},
        )

    def confirming() -> Reading:
        row = _open(document, asked.pk, person)
        row.shown = kept(row, passages(row)) if seen is None else [{"heading": "", "text": one} for one in seen.texts]
        row.language = "" if seen is None else seen.language
        row.confirmed_at, row.how = current().now(), how
        row.save(action="read", says={"revision": row.revision.label})
        tasks.finish(document, door=assigning.DOOR, who=person)
        return row

    return write(confirming)


def _open(document: Document, revision: UUID, person: UUID) -> Reading:
    rows = Reading.objects.select_for_update(of=("self",)).filter(revision=revision, person=person, ended_at=None)
    row = rows.select_related("revision", "since").first()
    if row is None:
        raise Conflict(_("You are not asked to read this."))
    if row.confirmed_at is not None:
        raise Conflict(_("You have confirmed this already."))
    return row


def _counted(document: Document, revision: UUID, person: UUID, answer: int | None, right: int) -> bool:
    """Whether the answer is right; that it was given is kept, right or wrong."""
    if answer is None:
        raise Refused(_("Answer the question first."), errors={"answer": [_("Choose an answer.")]})

    def counting() -> None:
        row = _open(document, revision, person)
        row.tries += 1
        row.save(action="answer_right" if answer == right else "answer_wrong", says={"revision": row.revision.label})

    write(counting)
    return answer == right
