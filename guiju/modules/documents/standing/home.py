"""Documents at a glance, for the home page."""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from guiju.modules.documents.models import Document
from guiju.modules.documents.workflow import document_workflow
from guiju.spine.acts import current
from guiju.spine.registers import addresses, values
from guiju.spine.registers.declaration import by_key
from guiju.spine.registers.listing import due_tone
from guiju.spine.registers.markup import row, state_badge, title_link

SHOWN = 6


def part() -> dict[str, Any]:
    """The documents that are being worked on, then those whose review comes next."""
    register = by_key("documents")
    if register is None or not current().actor.may("documents.view") or current().as_of is not None:
        return {}
    rows = register.rows(current().actor)
    changing = [*rows.filter(state="in_review").order_by("-id")[:SHOWN], *rows.filter(state="draft").order_by("-id")[:SHOWN]][
        :SHOWN
    ]
    next_up = list(rows.filter(state="approved").exclude(due_on=None).order_by("due_on", "id")[: SHOWN - min(len(changing), 3)])
    shown = (changing[: SHOWN - len(next_up)] if next_up else changing) + next_up
    if not shown:
        return {}
    return {
        "documents": {
            "title": _("Documents at a glance"),
            "url": addresses.of_register(register),
            "headings": [(_("Number"), ""), (_("Title"), ""), (_("State"), ""), (_("Review again by"), "gj-right")],
            "rows_html": mark_safe("".join(_row(document) for document in shown)),
            "note": "",
        }
    }


def _row(document: Document) -> str:
    state = document_workflow.state_of(document)
    return row(
        [
            (document.number, "gj-num gj-second is-first"),
            (title_link(addresses.of_record(document), document.title), "is-wide"),
            (state_badge(state.tone, str(state.label)), "is-state"),
            (_due(document), "gj-num gj-right"),
        ]
    )


def _due(document: Document) -> SafeString | None:
    if document.due_on is None:
        return None
    tone = due_tone(document.due_on, current().today())
    return format_html('<span class="gj-tone-{}">{}</span>', tone or "ink", values.day(document.due_on))
