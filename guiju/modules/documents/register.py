"""How documents are listed, shown, found."""

from collections.abc import Mapping
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from guiju.lib import markdown
from guiju.modules.documents import page, revisions, services
from guiju.modules.documents.approval import remarks_page, seals, signing
from guiju.modules.documents.before import step
from guiju.modules.documents.before.models import STATED
from guiju.modules.documents.checkout import pages as checkout
from guiju.modules.documents.confidential import insiders
from guiju.modules.documents.confidential import pages as confidential
from guiju.modules.documents.forms import DocumentForm
from guiju.modules.documents.models import Document, Revision
from guiju.modules.documents.prints import content
from guiju.modules.documents.programs import shown
from guiju.modules.documents.standing import columns
from guiju.modules.documents.standing.dates import STANDING, in_force_on
from guiju.modules.documents.workflow import document_workflow
from guiju.spine.acts import current
from guiju.spine.attachments.models import FileText
from guiju.spine.registers.declaration import Panel, Prints, Register, Standing, View, register
from guiju.spine.tasks import services as tasks


def being_changed() -> Q:
    return Q(state__in=("draft", "in_review"))


def waiting_for_me() -> Q:
    return Q(pk__in=tasks.mine().filter(record_kind="documents.document").values("record"))


def texts(documents: list[Document]) -> Mapping[UUID, list[str]]:
    """What stands in the documents: in their texts and in their files, the newest revision first."""
    every = Revision.objects.filter(document__in=documents, given_up_on=None)
    every = every.exclude(document__state="disposed").order_by("-position")
    rows = list(every.values_list("document", "text", "file_digest"))
    files = dict(FileText.objects.filter(digest__in={row[2] for row in rows if row[2]}).values_list("digest", "text"))
    found: dict[UUID, list[str]] = {}
    for pk, text, digest in rows:
        found.setdefault(pk, []).extend(part for part in (markdown.plain(text), files.get(digest, "")) if part)
    return found


PAGES = (("readings/", _("Readings")), ("editions/", _("Editions")), ("copies/", _("Paper copies")), ("keeping/", _("Keeping")))
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
        columns=("number", "title", "kind", "revision", "state", "process", "owner", "effective_on", "due_on"),
        filters=("state", "kind", "process", "owner"),
        sorts=("number", "title", "effective_on", "due_on"),
        form=DocumentForm,
        create=services.draft,
        change=services.change,
        editable=lambda document: document.state == "draft",
        commented=lambda document: document.state != "disposed",
        views=(
            View("in_force", _("In force"), lambda: in_force_on(current().today())),
            View("changing", _("Being changed"), being_changed),
            View("before", _("To be taken over"), step.waiting),
            View("mine", _("Waiting for me"), waiting_for_me),
        ),
        facts=page.facts,
        panels=(Panel("", checkout.panel), Panel("", page.sheet), Panel("", remarks_page.panel), Panel("", seals.seals)),
        aside=(Panel(_("Revisions"), page.revisions), Panel(_("Seen by"), confidential.aside)),
        visible_to=insiders.visible_to,
        history_of=services.history_rows,
        retold=revisions.retold,
        texts=texts,
        shows=shown.shows,
        shown_as=shown.SCHEMAS,
        import_page="import/documents/",
        marks_imports=True,
        after_import=step.after_import,
        rights={
            "fill": _("fill in forms"),
            "change_any": _("work on the documents of others: change, send, return, revise, give up"),
            "rules": _("set how each kind is numbered, reviewed and kept"),
            "distribute": _("say who gets a document and reads it, give out and call back its paper copies"),
            "confidential": _("see what is confidential"),
            "hold": _("put documents on hold and release them"),
        },
        writes=("create", "change", "fill"),
        rules_page="kinds/",
        batch_page="batches/documents/",
        batch_rights=("change", "approve"),
        copied=services.copied,
        pages=PAGES,
        customs=columns.customs,
        standing=Standing(STANDING, columns.standing, columns.stands),
        signed=signing.signed,
        prints=Prints(content.parts, content.sheet),
        sentences={
            "print": _("%(who)s printed revision %(revision)s."),
            "print_copy": _("%(who)s printed paper copy %(copies)s of revision %(revision)s."),
            "reprint_copy": _("%(who)s printed paper copy %(copies)s of revision %(revision)s again: print no. %(print)s."),
            "find_copies": _("%(who)s entered that paper copy %(copies)s was found again."),
            "give_copies": _("%(who)s gave out on paper: copy %(copies)s of revision %(revision)s, to %(holders)s."),
            "call_copies": _("To be called back: paper copy %(copies)s."),
            "take_copies": _("%(who)s took paper copy %(copies)s back."),
            "destroy_copies": _("%(who)s entered that paper copy %(copies)s was destroyed at its place."),
            "lose_copies": _("%(who)s entered that paper copy %(copies)s is lost."),
            "hold": _("%(who)s put it on hold."),
            "release": _("%(who)s released it from hold."),
            "remark": _("%(who)s remarked on a passage."),
            "answer": _("%(who)s answered a remark."),
            "take_file": _("%(who)s took the file to work on it."),
            "bring_file_back": _("%(who)s brought the file back."),
            "give_file_back": _("%(who)s gave the file back unchanged."),
            "end_check_out": _("%(who)s ended the check-out of the file."),
            "hide": _("%(who)s made it confidential."),
            "show": _("%(who)s made it visible to all who may see documents."),
            "distribute": _("%(who)s set that it goes to: %(row)s."),
            "distribute_end": _("%(who)s set that it goes no longer to: %(row)s."),
            "brief_material": _(
                "%(who)s told the readers of revision %(revision)s: a material change, to be read and confirmed."
            ),
            "brief_minor": _("%(who)s told the readers of revision %(revision)s: a minor change, with nothing to confirm."),
            "read": _("%(who)s read revision %(revision)s and confirmed it."),
            "answer_right": _("%(who)s answered the question on revision %(revision)s: right."),
            "answer_wrong": _("%(who)s answered the question on revision %(revision)s: wrong."),
            "remind_readers": _("%(who)s reminded those who have still to read revision %(revision)s: %(count)s."),
            "translate": _("%(who)s translated it. %(row)s."),
            "check_translation": _("%(who)s checked the translation. %(row)s."),
            "watch": _("%(who)s said who looks for newer editions; held is %(edition)s."),
            "watch_end": _("%(who)s ended the watch of its editions."),
            "edition_same": _("%(who)s looked, and there is no newer edition than %(held)s."),
            "edition_newer": _("%(who)s found the newer edition %(edition)s, to be taken over."),
            "edition_left": _("%(who)s found the newer edition %(edition)s, which does not apply."),
            "edition_taken_over": _("With revision %(revision)s the edition %(edition)s was taken over."),
            "edition_overdue": _("Nobody had looked in time whether there is a newer edition."),
        },
        imports=("number", "title", "kind", "revision", "language", "process", "owner", "due_on", *STATED),
    )
)
