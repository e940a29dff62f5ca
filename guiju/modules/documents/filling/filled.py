"""Which forms can be filled in, what a record begins with, and what was made with a form."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from guiju.modules.documents.models import Document, Revision
from guiju.modules.documents.standing.dates import in_force_on
from guiju.modules.documents.standing.readers import revision_in_force
from guiju.modules.kinds.models import Kind
from guiju.spine.acts import Refused, current
from guiju.spine.registers import addresses
from guiju.spine.registers.declaration import RecordPart, Register, by_key
from guiju.spine.registers.markup import link

SHOWN = 8
# What no form is filled in for: a form itself, and what others have written.
NOT_MADE = (Kind.FORM, Kind.EXTERNAL)


def forms() -> QuerySet[Document]:
    """The forms in force that the acting member may see, by number."""
    return _documents().rows(current().actor).filter(in_force_on(current().today()), kind=Kind.FORM).order_by("number")


def revision_to_fill(form: Document) -> Revision:
    """The revision by which a form is filled in today. Refused where none is in force."""
    found = revision_in_force(form) if form.kind == Kind.FORM else None
    if found is None:
        sentence = gettext_noop("Only a form that is in force is filled in.")
        raise Refused(sentence, errors={"made_with": [sentence]})
    return found


def begun_with(form: Document) -> Mapping[str, Any]:
    """What the record begins with: the form's text as it is in force, its place, its language."""
    return {
        "kind": Kind.RECORD,
        "title": form.title,
        "language": form.language,
        "process": form.process_id,
        "department": form.department_id,
        "text": revision_to_fill(form).text,
        "made_with": form.pk,
    }


def fact(document: Document) -> SafeString | str:
    """The form and the revision of it that a document was made with; its number alone to who may not see it."""
    if document.made_with_id is None:
        return ""
    revision = Revision.objects.select_related("document").get(pk=document.made_with_id)
    words = _("%(number)s, revision %(label)s") % {"number": revision.document.number, "label": revision.label}
    if not _documents().rows(current().actor).filter(pk=revision.document_id).exists():
        return words
    return link(f"{addresses.of_record(revision.document)}revision/{revision.position}/", words)


def made(documents: list[Document]) -> dict[Any, dict[str, str]]:
    """By document: number and revision of the form it was made with, for those that were; one statement, or none."""
    wanted = {document.made_with_id for document in documents} - {None}
    if not wanted:
        return {}
    rows = {row.pk: row for row in Revision.objects.filter(pk__in=wanted).select_related("document")}
    found = {document.pk: rows[document.made_with_id] for document in documents if document.made_with_id}
    return {pk: {"number": row.document.number or "", "revision": row.label} for pk, row in found.items()}


def part(record: Any) -> RecordPart | None:
    """On a form's page: filling it in, and the newest records that were made with it."""
    if not isinstance(record, Document) or record.kind != Kind.FORM or current().as_of is not None:
        return None
    may = current().actor.may("documents.fill") and record.in_force(current().today())
    actions = [(_("Fill in"), f"{addresses.of_record(record)}fill/", "pencil")] if may else []
    return RecordPart(right=[(_("Made with it"), _made_with(record))], actions=actions)


def _documents() -> Register:
    register = by_key("documents")
    assert register is not None
    return register


def _made_with(form: Document) -> SafeString:
    # By the revisions' ids, not through a join: for that SQLite reads all documents.
    revisions = [revision.pk for revision in form.all_revisions()]
    rows = _documents().rows(current().actor).filter(made_with__in=revisions).select_related("made_with").order_by("-id")
    count = rows.count()
    if not count:
        return format_html('<span class="gj-muted">{}</span>', _("Nothing yet."))
    words = ngettext("%(n)s record", "%(n)s records", count) % {"n": count}
    lines = (
        (link(addresses.of_record(row), str(row)), _("with revision %(label)s") % {"label": row.made_with.label})
        for row in rows[:SHOWN]
    )
    listed = format_html_join("", '<li>{}<br><span class="gj-muted gj-sm">{}</span></li>', lines)
    return mark_safe(format_html('<p class="gj-muted">{}</p><ul class="gj-plain">{}</ul>', words, listed))
