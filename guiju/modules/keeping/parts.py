"""What keeping brings to a document's page: until when it is kept, its holds, and what is said of one that is gone."""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guiju.modules.documents.models import Document
from guiju.modules.keeping import holds, retention
from guiju.modules.keeping.models import DisposalLine, Hold
from guiju.spine.acts import current
from guiju.spine.registers import addresses, values
from guiju.spine.registers.declaration import RecordPart
from guiju.spine.registers.markup import facts, icon, link, state_badge
from guiju.spine.registers.places import Place
from guiju.spine.signatures.services import of as signatures_of


def places() -> list[Place]:
    """The page of keeping, for whoever may see documents."""
    if not current().actor.may("documents.view"):
        return []
    also = (gettext_lazy("Retention"), gettext_lazy("Holds"), gettext_lazy("Disposals"))
    return [Place(gettext_lazy("Keeping"), f"{addresses.home()}keeping/", icon("archive"), "7.5.3", also)]


def of_record(record: Any) -> RecordPart | None:
    if not isinstance(record, Document):
        return None
    if record.state == "disposed":
        return RecordPart(top=_gone(record))
    base, may = addresses.of_record(record), current().actor.may(holds.RIGHT, record)
    held = holds.of([record]).get(record.pk, []) if holds.any_on(record) else []
    rows = _retention(record) + [(_("On hold"), _hold(one, base, may)) for one in held]
    right = [(_("Keeping"), mark_safe(facts(rows, in_rows=True)))] if rows else []
    actions = [(_("Put on hold"), f"{base}hold/", "lock")] if may and not held else []
    words = _("On hold: it is not disposed of before it is released.")
    return RecordPart(top=[format_html('<p class="gj-note">{}</p>', words)] if held else [], right=right, actions=actions)


def _retention(document: Document) -> list[tuple[Any, Any]]:
    """Since when it is out of force, and until when it is kept."""
    if document.state != "withdrawn":
        return []
    on = retention.out_of_force([document]).get(document.pk)
    if on is None:
        return []
    until = retention.kept_until(document.kind, on)
    return [
        (_("Out of force since"), values.day(on)),
        (_("Kept until"), values.day(until) if until else _("for good")),
    ]


def _hold(hold: Hold, base: str, may: bool) -> SafeString:
    words = _("since %(when)s, by %(who)s: %(reason)s") % {
        "when": values.when(hold.put_at),
        "who": hold.put_by,
        "reason": hold.reason,
    }
    way = format_html(" {}", link(f"{base}hold/{hold.pk}/release/", _("Release"))) if may else ""
    return format_html("{} {}{}", state_badge("late", _("on hold")), words, way)


def _gone(document: Document) -> list[SafeString]:
    """When it went, by whom, under which certificate."""
    rows = DisposalLine.objects.filter(document=document, dropped=False, disposal__state="carried_out")
    line = rows.select_related("disposal").first()
    if line is None or line.disposal.carried_out_at is None:
        return []
    people = " / ".join(str(one.signer_then) for one in signatures_of([line.disposal]))
    words = _("This document was disposed of on %(when)s, decided by %(people)s. What it said is erased; certificate:") % {
        "when": values.when(line.disposal.carried_out_at),
        "people": people,
    }
    may = current().actor.may("disposals.view")
    number = line.disposal.number or ""
    shown = link(addresses.of_record(line.disposal), number) if may else number
    return [format_html('<p class="gj-note">{} {}</p>', words, shown)]
