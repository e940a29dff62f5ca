"""The print of a paper copy: the revision's own sheet, which says on every page whose copy it is."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from guiju.modules.copies import standing
from guiju.modules.copies.models import PaperCopy
from guiju.modules.copies.recalling import recall
from guiju.modules.documents.models import Document
from guiju.modules.documents.prints import content
from guiju.organizations.members import require
from guiju.spine.acts import Conflict, current
from guiju.spine.prints.sheets import Sheet
from guiju.spine.registers import addresses, printing, values


def address(copy: PaperCopy) -> str:
    """Where a copy's print is asked for."""
    return f"{addresses.of_record(copy.document)}print/?part={printing.address_of(copy.number, recall.PRINT)}"


def sheet(record: Any, of: str, number: int) -> Sheet | None:
    """What is printed of a copy; None for what is none. NotPermitted without the right, Conflict for one not to be used."""
    if not isinstance(record, Document) or of != recall.PRINT:
        return None
    copy = standing.judged(PaperCopy.objects.filter(number=number), record).select_related("issued_by").first()
    if copy is None:
        return None
    require(recall.RIGHT, record)
    _refuse_unless_current(copy)
    whole = content.sheet(record, copy.revision.position)
    assert whole is not None
    facts = [*whole.facts, (_("Paper copy"), f"{copy.number}"), (_("Holder"), copy.holder)]
    says: dict[str, str | None] = {"copies": str(copy.number), "revision": copy.revision.label}
    entered = "print_copy"
    if copy.prints:
        facts.append((_("Reprint"), reprint(copy.prints + 1, _day(current().now()), _who())))
        entered, says = "reprint_copy", says | {"print": str(copy.prints + 1)}
    return replace(whole, control=line(copy), facts=facts, entered=entered, says=says, entering=lambda: _count(copy))


def _count(copy: PaperCopy) -> None:
    """One print more, within the write that enters it. Conflict where it was printed meanwhile, as the paper would not say."""
    row = PaperCopy.locked(copy.pk)
    if row.prints != copy.prints:
        raise Conflict(
            gettext_noop("Copy %(copy)s was printed a moment ago. Print it again if you need to."), {"copy": row.number}
        )
    row.prints, row.printed_at, row.printed_by_id = row.prints + 1, current().now(), current().person_id
    row.save(action="print")


def line(copy: PaperCopy) -> str:
    """How a copy is controlled, as it stands on its pages; of a later print than the first also that it is one."""
    words = _("Controlled copy no. %(copy)s, %(holder)s, issued on %(day)s by %(who)s.")
    said = words % {"copy": copy.number, "holder": copy.holder, "day": issued_on(copy), "who": copy.issued_by}
    if not copy.prints:
        return said
    again = _("Reprint: %(said)s.") % {"said": reprint(copy.prints + 1, _day(current().now()), _who())}
    return f"{said} {again}"


def reprint(times: int, day: str, who: str) -> str:
    """That it is a later print: which one, when, by whom."""
    return _("print no. %(times)s, %(day)s, %(who)s") % {"times": times, "day": day, "who": who}


def printed(copy: PaperCopy) -> str:
    """When a copy was printed last, in words, and that it was printed again; empty for one that never was."""
    if copy.printed_at is None:
        return ""
    day, who = _day(copy.printed_at), str(copy.printed_by)
    if copy.prints > 1:
        return _("Reprint: %(said)s") % {"said": reprint(copy.prints, day, who)}
    return _("Printed on %(day)s by %(who)s") % {"day": day, "who": who}


def _who() -> str:
    return str(getattr(current().actor, "person", "") or "Guiju")


def issued_on(copy: PaperCopy) -> str:
    """The day on which it was given out, where the organization is."""
    return _day(copy.issued_at)


def _day(instant: datetime) -> str:
    return values.day(instant.astimezone(ZoneInfo(current().organization.time_zone)).date())


def _refuse_unless_current(copy: PaperCopy) -> None:
    params = {"copy": copy.number, "label": copy.revision.label}
    if copy.ended_at is not None:
        words = gettext_noop("Copy %(copy)s is not out any more: it is not printed again. Give out a new one.")
        raise Conflict(words, params)
    if copy.recall:
        words = gettext_noop("Copy %(copy)s, of revision %(label)s, is to be called back, not printed again.")
        raise Conflict(words, params)
