"""A paper copy as pages and files show it."""

from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from guiju.modules.copies import prints, services, standing
from guiju.modules.copies.models import How, PaperCopy
from guiju.spine.registers import addresses, values
from guiju.spine.registers.markup import state_badge

TONES = {How.RETURNED: "na", How.DESTROYED: "na", How.LOST: "late"}


def state(copy: PaperCopy) -> str:
    """Where a judged copy stands, in a word."""
    if copy.ended_at is not None:
        return str(copy.get_how_display())
    return pgettext("paper copy", "call back") if copy.recall else pgettext("paper copy", "out")


def badge(copy: PaperCopy) -> SafeString:
    tone = TONES[How(copy.how)] if copy.ended_at is not None else "due" if copy.recall else "done"
    return state_badge(tone, state(copy))


def base(copy: PaperCopy) -> str:
    return f"{addresses.of_record(copy.document)}copies/"


def row(copy: PaperCopy, may_print: bool, may_end: bool) -> dict[str, Any]:
    """A line of a table."""
    out = copy.ended_at is None
    return {
        "number": copy.document.number,
        "title": values.title_of(copy.document),
        "url": base(copy),
        "copy": copy.number,
        "revision": copy.revision.label,
        "holder": copy.holder,
        "department": "",
        "reason": copy.reason,
        "issued": prints.issued_on(copy),
        "issued_by": str(copy.issued_by),
        "printed": prints.printed(copy),
        "badge": badge(copy),
        "why": standing.why(copy) if out else _ended(copy),
        "print_url": prints.address(copy) if may_print and out and not copy.recall else "",
        "end_url": f"{base(copy)}end/?copy={copy.number}" if may_end and out else "",
        "found_url": f"{base(copy)}found/?copy={copy.number}" if may_end and services.can_be_found(copy) else "",
    }


def _ended(copy: PaperCopy) -> str:
    assert copy.ended_at is not None
    said = _("%(when)s, by %(who)s") % {"when": values.when(copy.ended_at), "who": copy.ended_by}
    return _("%(said)s: %(words)s") % {"said": said, "words": copy.words} if copy.words else said


def table(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """The context of copies/_rows.html."""
    return {"rows": rows, "any_action": any(one["print_url"] or one["end_url"] or one["found_url"] for one in rows)}
