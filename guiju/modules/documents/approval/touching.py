"""What an approval or a withdrawal reaches: what it supersedes, what refers to the document, what was made with it."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guiju.modules.documents.approval.references import mentions
from guiju.modules.documents.models import Document, Revision
from guiju.modules.kinds.models import Kind
from guiju.spine.acts import current
from guiju.spine.registers import addresses, values
from guiju.spine.registers.declaration import by_key
from guiju.spine.workflow.table import Touch

SHOWN = 8  # records made with a form
MOST = 40  # documents that refer to it


def touched(document: Document) -> list[Touch]:
    """What the step supersedes or ends, what speaks of the document, and for a form the records that were made with it."""
    return [*_out_of_force(document), *_mentions(document), *_made_with(document)]


def _out_of_force(document: Document) -> list[Touch]:
    label = document.in_force(current().today())
    found = next((one for one in document.all_revisions() if label and one.label == label and one.given_up_on is None), None)
    if found is None:
        return [Touch(_("It supersedes nothing: no revision is in force."))] if document.state == "in_review" else []
    if document.state == "in_review":
        words = _("Revision %(label)s, in force since %(day)s, is superseded")
    else:
        words = _("Revision %(label)s, in force since %(day)s, goes out of force")
    text = words % {"label": label, "day": values.day(found.effective_on) if found.effective_on else "–"}
    return [Touch(text, f"{addresses.of_record(document)}revision/{found.position}/")]


def _mentions(document: Document) -> list[Touch]:
    rows = mentions(document)
    if not rows:
        return [Touch(_("No other document refers to it"))]
    words = ngettext("%(n)s document refers to it", "%(n)s documents refer to it", len(rows)) % {"n": len(rows)}
    return [Touch(words, "", rows[:MOST])]


def _made_with(document: Document) -> list[Touch]:
    if document.kind != Kind.FORM:
        return []
    register = by_key("documents")
    assert register is not None
    revisions: Sequence[Revision] = document.all_revisions()
    rows = register.rows(current().actor).filter(made_with__in=[one.pk for one in revisions]).order_by("-id")
    n = rows.count()
    words = ngettext(
        "%(n)s record was made with this form and keeps the revision it was made with",
        "%(n)s records were made with this form and keep the revision they were made with",
        n,
    )
    return [Touch(words % {"n": n}, "", [(str(row), addresses.of_record(row)) for row in rows[:SHOWN]])] if n else []
