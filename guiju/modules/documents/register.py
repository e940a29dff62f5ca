"""How documents are listed, shown, found."""

from collections.abc import Mapping
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from guiju.lib import markdown
from guiju.modules.documents import page, services, shown
from guiju.modules.documents.approval import remarks_page
from guiju.modules.documents.confidential import insiders
from guiju.modules.documents.confidential import pages as confidential
from guiju.modules.documents.forms import DocumentForm
from guiju.modules.documents.models import ENDED, Document, Revision
from guiju.modules.documents.prints import content
from guiju.modules.documents.workflow import document_workflow
from guiju.modules.kinds import services as kinds
from guiju.modules.kinds.custom import CustomField, exported
from guiju.spine.acts import current
from guiju.spine.attachments.models import FileText
from guiju.spine.registers.declaration import Custom, Panel, Prints, Register, View, register
from guiju.spine.tasks.models import Task


def in_force() -> Q:
    today = current().today()
    return Q(state="approved", effective_on__lte=today) | Q(standing_on__lte=today) & ~Q(state__in=ENDED)


def being_changed() -> Q:
    return Q(state__in=("draft", "in_review"))


def waiting_for_me() -> Q:
    mine = Task.objects.filter(who_id=current().actor.id, done_at=None, record_kind="documents.document")
    return Q(pk__in=mine.values("record"))


def texts(documents: list[Document]) -> Mapping[UUID, list[str]]:
    """What stands in the documents: in their texts and in their files, the newest revision first."""
    revisions = Revision.objects.filter(document__in=documents).exclude(document__state="disposed").order_by("-position")
    rows = list(revisions.values_list("document", "text", "file_digest"))
    files = dict(FileText.objects.filter(digest__in={row[2] for row in rows if row[2]}).values_list("digest", "text"))
    found: dict[UUID, list[str]] = {}
    for pk, text, digest in rows:
        found.setdefault(pk, []).extend(part for part in (markdown.plain(text), files.get(digest, "")) if part)
    return found


def customs() -> list[Custom]:
    """The further fields of all kinds: one column for each name."""
    named: dict[str, dict[str, str]] = {}  # by label: the key under which each kind keeps it
    for rule in kinds.rules():
        for one in rule.fields:
            named.setdefault(str(CustomField.of(one)), {})[rule.kind] = one["key"]

    def read(keys: Mapping[str, str], row: Mapping[str, Any]) -> str:
        key = keys.get(row["kind"], "")
        return exported(row["more"][key]) if key in row["more"] else ""

    return [Custom(label, ("kind", "more"), partial(read, keys)) for label, keys in named.items()]


documents = register(
    Register(
        key="documents",
        model=Document,
        workflow=document_workflow,
        label=_("Documents"),
        label_one=_("Document"),
        label_new=_("New document"),
        purpose=_("What the organization has written down: how things are done, and what shows that they were."),
        clause="7.5",
        phase="do",
        columns=("number", "title", "revision", "state", "process", "owner", "due_on"),
        filters=("state", "kind", "process", "owner"),
        sorts=("number", "title", "due_on"),
        form=DocumentForm,
        create=services.draft,
        change=services.change,
        editable=lambda document: document.state == "draft",
        views=(
            View("in_force", _("In force"), in_force),
            View("changing", _("Being changed"), being_changed),
            View("mine", _("Waiting for me"), waiting_for_me),
        ),
        facts=page.facts,
        panels=(Panel("", page.sheet), Panel("", remarks_page.panel), Panel("", page.seals)),
        aside=(Panel(_("Revisions"), page.revisions), Panel(_("Seen by"), confidential.aside)),
        visible_to=insiders.visible_to,
        history_of=services.history_rows,
        texts=texts,
        shows=shown.shows,
        shown_as=shown.SCHEMAS,
        import_page="import/documents/",
        rights={
            "rules": _("set how each kind is numbered, reviewed and kept"),
            "distribute": _("say who gets a document and reads it"),
            "confidential": _("see what is confidential"),
            "hold": _("put documents on hold and release them"),
        },
        rules_page="kinds/",
        batch_page="batches/documents/review/",
        copied=services.copied,
        pages=(("editions/", _("Editions")), ("keeping/", _("Keeping"))),
        customs=customs,
        prints=Prints(content.parts, content.sheet),
        sentences={
            "print": _("%(who)s printed revision %(revision)s."),
            "hold": _("%(who)s put it on hold."),
            "release": _("%(who)s released it from hold."),
            "remark": _("%(who)s remarked on a passage."),
            "answer": _("%(who)s answered a remark."),
            "hide": _("%(who)s made it confidential."),
            "show": _("%(who)s made it visible to all who may see documents."),
            "watch": _("%(who)s said who looks for newer editions; held is %(edition)s."),
            "watch_end": _("%(who)s ended the watch of its editions."),
            "edition_same": _("%(who)s looked, and there is no newer edition than %(held)s."),
            "edition_newer": _("%(who)s found the newer edition %(edition)s, to be taken over."),
            "edition_left": _("%(who)s found the newer edition %(edition)s, which does not apply."),
            "edition_taken_over": _("With revision %(revision)s the edition %(edition)s was taken over."),
            "edition_overdue": _("Nobody had looked in time whether there is a newer edition."),
        },
        imports=("number", "title", "kind", "revision", "language", "process", "owner", "due_on"),
    )
)
