"""The print of a paper copy: the revision's own sheet, which says on every page whose copy it is."""

from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from guiju.modules.copies import recall, standing
from guiju.modules.copies.models import PaperCopy
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
    return replace(whole, control=line(copy), facts=facts, entered="print_copy", says=says)


def line(copy: PaperCopy) -> str:
    """How a copy is controlled, as it stands on its pages."""
    words = _("Controlled copy no. %(copy)s, %(holder)s, issued on %(day)s by %(who)s.")
    return words % {"copy": copy.number, "holder": copy.holder, "day": issued_on(copy), "who": copy.issued_by}


def issued_on(copy: PaperCopy) -> str:
    """The day on which it was given out, where the organization is."""
    return values.day(copy.issued_at.astimezone(ZoneInfo(current().organization.time_zone)).date())


def _refuse_unless_current(copy: PaperCopy) -> None:
    params = {"copy": copy.number, "label": copy.revision.label}
    if copy.ended_at is not None:
        words = gettext_noop("Copy %(copy)s is not out any more: it is not printed again. Give out a new one.")
        raise Conflict(words, params)
    if copy.recall:
        words = gettext_noop("Copy %(copy)s, of revision %(label)s, is to be called back, not printed again.")
        raise Conflict(words, params)
