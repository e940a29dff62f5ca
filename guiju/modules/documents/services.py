"""Documents are drafted and changed here; what follows is their workflow."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_noop as _

from guiju.modules.documents import revisions
from guiju.modules.documents.approval import remarks
from guiju.modules.documents.checkout import taking
from guiju.modules.documents.confidential.insiders import let_in
from guiju.modules.documents.filling import columns
from guiju.modules.documents.filling.filled import revision_to_fill
from guiju.modules.documents.jobs import index_file
from guiju.modules.documents.models import CheckOut, Document, Remark, Revision
from guiju.modules.kinds import services as kinds
from guiju.spine.acts import Refused, current, write

FIELDS = ("title", "kind", "language", "process", "department", "owner", "due_on", "more")


def draft(values: Mapping[str, Any]) -> Document:
    """A new document with its first revision, written by the acting person.

    `values`: the fields of DocumentForm; `number` and `revision` keep what exists already, `made_with` is a form in force,
    `brought_in` says that it comes from elsewhere, as what is stated of the time before does.
    """
    given = {name: values[name] for name in FIELDS if name in values}

    def drafting() -> Document:
        document = Document(**given, state="draft", number=(values.get("number") or "").strip() or None)
        document.state_before(values, current().person_id)
        document.came_in = bool(values.get("brought_in")) or any(document.stated().values())
        if values.get("made_with") is not None:
            document.made_with = revision_to_fill(values["made_with"])
        document.confidential = kinds.rule(document.kind).confidential
        document.revision = (values.get("revision") or "").strip() or "1"
        if document.owner_id is None:
            document.owner_id = current().actor.id
        document.save(action=values.get("action", ""), says=values.get("says"))
        revisions.first(document, document.revision, values.get("text") or "", values.get("file"), values.get("changes") or "")
        if values.get("file") is not None or values.get("text"):
            index_file(document)
        let_in(document, [current().person_id] if document.confidential else ())
        return document

    return write(drafting)


def change(document: Document, values: Mapping[str, Any]) -> Document:
    """Lay changed values over a draft and its newest revision; to be called with the row locked."""
    taking.refuse_in_other_hands(document, values)
    _refuse_another_kind(document, values)
    for name in FIELDS:
        if name in values:
            setattr(document, name, values[name])
    document.state_before(values, current().person_id)
    if document.made_with is not None and values.get("text"):
        columns.refuse_unfit(document.made_with.text, values["text"])
    revision = document.newest()
    content = {n: v for n, v in values.items() if n in ("text", "file", "changes", "revision")}
    if content or any(getattr(revision, name) != getattr(document, name) for name in revisions.CONTENT):
        revisions.rewrite(document, revision, content)
    document.save()
    if "file" in values or "text" in values:
        index_file(document)
    return document


def _refuse_another_kind(document: Document, values: Mapping[str, Any]) -> None:
    """Whoever may do no more than fill in forms corrects a record, and does not make a procedure of it."""
    if values.get("kind", document.kind) != document.kind and not current().actor.may("documents.change"):
        sentence = _("What was made by filling in a form stays a record.")
        raise Refused(sentence, errors={"kind": [sentence]})


def history_rows(document: Document) -> list[Revision | Remark | CheckOut]:
    """The rows whose history is told with the document's."""
    revisions = document.all_revisions()
    return [*revisions, *remarks.on(document), *taking.ever(document)]


def copied(document: Document) -> dict[str, Any]:
    """What a copy of a document begins with: its place and its text, not its number, revision or file."""
    names = ("title", "kind", "language", "process", "department", "more")
    return {name: getattr(document, name) for name in names} | {"text": document.newest().text}
