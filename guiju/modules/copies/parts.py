"""What paper copies bring to a document's page, to its steps, and to where one may go."""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from guiju.modules.copies import shown, standing
from guiju.modules.copies.models import PaperCopy
from guiju.modules.copies.recalling import recall
from guiju.modules.documents.models import Document
from guiju.spine.acts import current
from guiju.spine.registers import addresses
from guiju.spine.registers.declaration import RecordPart
from guiju.spine.registers.markup import facts, icon, link
from guiju.spine.registers.places import Place
from guiju.spine.workflow.table import Touch

SHOWN = 6  # copies named at the side; the rest stand on their own page


def base() -> str:
    return f"{addresses.home()}copies/"


def places() -> list[Place]:
    """The page of all copies, for whoever may see documents."""
    if not current().actor.may("documents.view"):
        return []
    also = (gettext_lazy("Controlled copies"), gettext_lazy("Recall list"))
    return [Place(gettext_lazy("Paper copies"), base(), icon("files"), "7.5.3", also)]


def of_record(record: Any) -> RecordPart | None:
    if not isinstance(record, Document) or record.state == "disposed":
        return None
    may = current().actor.may(recall.RIGHT, record) and bool(record.in_force(current().today()))
    rows = list(standing.judged(standing.out(), record)) if standing.any_out(record) else []
    if not rows and not may:
        return None
    rows.sort(key=lambda one: (not one.recall, one.number))
    return RecordPart(top=_called(record, rows), right=[(_("Paper copies"), _aside(record, rows, may))])


def _called(document: Document, rows: list[PaperCopy]) -> list[SafeString]:
    """Above all else, for whoever can do it: what is to be called back."""
    recalled = [one for one in rows if one.recall]
    if not recalled or not recall.may_end(document):
        return []
    way = link(f"{addresses.of_record(document)}copies/end/?recall=1", _("Say what became of them"))
    return [format_html('<p class="gj-note">{} {}</p>', recalled_words(len(recalled)), way)]


def recalled_words(n: int) -> str:
    return ngettext("%(n)s paper copy is to be called back.", "%(n)s paper copies are to be called back.", n) % {"n": n}


def _aside(document: Document, rows: list[PaperCopy], may: bool) -> SafeString:
    here = f"{addresses.of_record(document)}copies/"
    named: list[tuple[Any, Any]] = [(_("No. %(copy)s") % {"copy": one.number}, _held(one)) for one in rows[:SHOWN]]
    ways = [link(here, ngettext("%(n)s out", "%(n)s out", len(rows)) % {"n": len(rows)} if rows else _("None out"))]
    ways += [link(f"{here}issue/", _("Give out"))] if may else []
    return mark_safe(facts([*named, (_("All"), mark_safe(" · ".join(ways)))], in_rows=True))


def _held(copy: PaperCopy) -> SafeString:
    words = _("%(holder)s, revision %(label)s") % {"holder": copy.holder, "label": copy.revision.label}
    return format_html("{} {}", words, shown.badge(copy)) if copy.recall else format_html("{}", words)


def touched(record: Any) -> list[Touch]:
    """What a change of a document reaches on paper."""
    if not isinstance(record, Document):
        return []
    n = standing.out().filter(document=record.pk).count()
    words = ngettext("%(n)s paper copy is out and will be called back", "%(n)s paper copies are out and will be called back", n)
    return [Touch(words % {"n": n}, f"{addresses.of_record(record)}copies/")] if n else []
