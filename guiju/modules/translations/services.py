"""Translating a revision, checking a translation, and whether one still says what its source says."""

from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from guiju.lib import markdown
from guiju.modules.documents.jobs import index_file, text_of
from guiju.modules.documents.models import Document, Language, Revision
from guiju.modules.documents.revisions import words
from guiju.modules.translations.models import Translation
from guiju.organizations.members import require
from guiju.spine.acts import Conflict, NotPermitted, Refused, current, write
from guiju.spine.attachments.services import give
from guiju.spine.notices.services import tell
from guiju.spine.registers import values as said_values
from guiju.spine.registers.editor.pictures import settled
from guiju.spine.trail.erasing import Row
from guiju.spine.trail.states import kind_of
from guiju.spine.workflow.perform import acting_people


def _all(document: Document) -> list[Translation]:
    """All translations of a document; read once in an act that only reads."""
    acting = current()
    if acting.writing or (Translation, document.pk) not in acting.known:
        acting.known[Translation, document.pk] = list(Translation.objects.filter(document=document))
    found: list[Translation] = acting.known[Translation, document.pk]
    return found


def of(document: Document) -> list[Translation]:
    """The newest translation of a document in each language, by language."""
    if not _all(document):
        return []
    rows = Translation.objects.filter(document=document, source__given_up_on=None).order_by("source__position")
    newest = {row.language: row for row in rows.select_related("document", "source", "made_by", "checked_by", "file")}
    return [newest[language] for language in sorted(newest)]


def read_revision(document: Document) -> Revision:
    """The revision that people go by: the last that was approved, or the newest while none was."""
    rows = Revision.objects.filter(document=document, given_up_on=None).order_by("-position")
    return rows.exclude(approved_at=None).first() or rows[0]


def is_stale(translation: Translation, document: Document) -> bool:
    """Whether its source has moved: people go by a later revision than the one it was made from."""
    return translation.source.position < read_revision(document).position


def checked(document: Document, revision: Revision, language: str) -> Translation | None:
    """The translation in which a revision may be read: of this very revision, and compared with it by another person."""
    if document.language == language:
        return None
    found = Translation.objects.filter(source=revision, language=language).exclude(checked_at=None)
    return found.select_related("source", "checked_by", "document").first()


def vouched(translation: Translation) -> str:
    """What stands above a checked translation, wherever it is read."""
    zone = ZoneInfo(current().organization.time_zone)
    said = {
        "label": translation.source.label,
        "language": translation.document.get_language_display(),
        "name": str(translation.checked_by),
        "day": said_values.day(translation.checked_at.astimezone(zone).date()) if translation.checked_at else "",
    }
    return gettext("Translation of revision %(label)s, which is written in: %(language)s. Checked by %(name)s on %(day)s.") % said


def translate(document: Document, language: str, values: Mapping[str, Any]) -> Translation:
    """Keep a translation of the newest revision: its title and its text or file.

    NotPermitted without the right to change documents, Refused for the document's own language, for one that is none,
    and without content. Made anew it has to be checked anew.
    """
    require("documents.change", document)
    if language not in Language.values or language == Language.OTHER:
        raise Refused(_("There is no such language here."))
    if not (values.get("text", "").strip() or values.get("file")):
        sentence = _("A translation needs a text or a file.")
        raise Refused(sentence, errors={"text": [sentence]})

    def translating() -> Translation:
        row = Document.locked(document.pk)
        if row.state == "disposed":
            raise Conflict(_("This document was disposed of."))
        if language == row.language:
            raise Refused(_("This is the language the document is written in. Change the document itself."))
        source = row.newest()
        found = Translation.objects.select_for_update(of=("self",)).filter(source=source, language=language).first()
        made = found or Translation(document=row, source=source, language=language)
        _fill(made, row, values)
        made.save(action="translate")
        index_file(row)
        return made

    return write(translating)


def _fill(made: Translation, document: Document, values: Mapping[str, Any]) -> None:
    acting, file = current(), values.get("file")
    made.title, made.text = values["title"].strip(), settled(document, values.get("text", ""))
    if file is not None:
        made.file, made.file_name, made.file_digest = file, file.name, file.digest
        if file.record is None:
            give(file, document)
    made.made_at, made.made_by_id = acting.now(), acting.person_id
    made.checked_at, made.checked_by = None, None


def check(translation: Translation, document: Document) -> Translation:
    """Another person has compared a translation with its source. NotPermitted for the translator, Conflict when done."""
    acting = current()
    require("documents.review", document)

    def checking() -> Translation:
        row = Translation.locked(translation.pk)
        if row.made_by_id in acting_people():
            raise NotPermitted(_("You made this translation; another person has to check it."))
        if row.checked_at is not None:
            raise Conflict(_("This translation has been checked already."))
        row.checked_at, row.checked_by_id = acting.now(), acting.person_id
        row.save(action="check_translation")
        tell([row.made_by_id], _("Your translation of %(number)s %(title)s was checked."), words(document), document)
        return row

    return write(checking)


def empty(document: Document) -> list[Row]:
    """Take the words out of a document's translations; answers their rows, to be erased. To be called inside a `write`.

    Who translated and who checked which revision stays.
    """
    found = list(Translation.objects.select_for_update(of=("self",)).filter(document=document))
    for one in found:
        one.title = one.text = one.file_name = ""
        one.save(action="empty")
    return [(kind_of(Translation), one.pk) for one in found]


def told_stale(document: Document) -> None:
    """Tell those who translated a document that its source has moved on."""
    stale = [one for one in of(document) if is_stale(one, document)]
    tell(
        [one.made_by_id for one in stale],
        _("%(number)s %(title)s has changed; its translation is stale."),
        words(document),
        document,
    )


def of_history(record: Any, most: int) -> list[Translation]:
    """The rows whose history is told with a document's."""
    return _all(record) if isinstance(record, Document) else []


def of_many(documents: Sequence[Document]) -> list[tuple[Translation, bool]]:
    """The newest translation of each document in each language, and whether it is stale; in two statements."""
    rows = Translation.objects.filter(document__in=documents, source__given_up_on=None).select_related("source", "file")
    newest = {(row.document_id, row.language): row for row in rows.order_by("source__position")}
    if not newest:
        return []
    approved = Revision.objects.filter(document__in={row.document_id for row in newest.values()}, given_up_on=None)
    approved = approved.exclude(approved_at=None).order_by("position")
    gone_by = dict(approved.values_list("document", "position"))
    return [(row, row.source.position < gone_by.get(row.document_id, 0)) for row in newest.values()]


def texts_of(record: Any) -> Sequence[str]:
    """What the search finds of a document besides its own text: its translations."""
    if not isinstance(record, Document):
        return ()
    return [text for one in of(record) for text in texts(one)]


def texts(translation: Translation) -> list[str]:
    """What stands in a translation: its title, its text, its file."""
    found = [translation.title, markdown.plain(translation.text)]
    if translation.file is not None:
        found.append(text_of(translation.file).text)
    return [text for text in found if text.strip()]
