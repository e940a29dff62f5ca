"""What readings bring to a document's page: the way to read it, who has, and to whom it goes."""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from guiju.modules.documents.models import Document
from guiju.modules.readings import assigning, audience, confirming
from guiju.modules.readings.models import Briefing, Distribution, How, Reading, Weight
from guiju.modules.readings.progress import progress
from guiju.spine.acts import current
from guiju.spine.registers import addresses, values
from guiju.spine.registers.declaration import RecordPart
from guiju.spine.registers.markup import facts, link
from guiju.spine.workflow.table import Touch

SHOWN = 8


def of_record(record: Any) -> RecordPart | None:
    if not isinstance(record, Document):
        return None
    base = addresses.of_record(record)
    may = current().actor.may
    actions = []
    mine = confirming.mine(record) if current().actor.on_behalf_of is None else None  # nobody reads for another
    if mine is not None and mine.confirmed_at is None:
        actions.append((_("Read and confirm"), f"{base}read/", "eye-check"))
    if record.state in ("draft", "in_review") and may("documents.change", record):
        actions.append((_("For the readers"), f"{base}briefing/", "users"))
    return RecordPart(top=_asked(record, mine, base), right=_aside(record, base), actions=actions)


def _asked(document: Document, mine: Any, base: str) -> list[SafeString]:
    """What the reader has confirmed, above all else; the request itself is an action."""
    if mine is None or mine.confirmed_at is None or mine.how == "took_part":
        return []
    words = _("You have read and confirmed revision %(label)s on %(when)s.") % {
        "label": mine.revision.label,
        "when": values.when(mine.confirmed_at),
    }
    return [format_html('<p class="gj-note">{}</p>', words)]


def _aside(document: Document, base: str) -> list[tuple[Any, SafeString]]:
    if document.state == "disposed":
        return []
    rows = audience.distribution(document)
    may = current().actor.may(audience.RIGHT, document)
    if not rows and not may:
        return []
    made: list[tuple[Any, Any]] = []
    named = pgettext("list", ", ").join(str(row) for row in rows) or _("nobody")
    made.append((pgettext("distribution", "Goes to"), link(f"{base}distribution/", named) if may else named))
    if found := progress(document):
        words = _("%(confirmed)s of %(asked)s") % {"confirmed": found.confirmed, "asked": found.asked}
        made.append((_("Confirmed"), link(f"{base}readers/", words)))
        if found.answered:
            made.append((_("Right at once"), _("%(n)s of %(all)s") % {"n": found.at_once, "all": found.answered}))
        if found.late:
            made.append((_("Late"), format_html('<span class="gj-tone-late">{}</span>', found.late)))
    return [(_("Who has read it"), mark_safe(facts(made, in_rows=True)))]


def of_history(record: Any, most: int) -> list[Distribution | Briefing | Reading]:
    """Whom a document goes to, what its readers were told, and its newest confirmations, at most `most`."""
    if not isinstance(record, Document):
        return []
    goes = audience.ever(record)
    if goes:
        goes = list(Distribution.objects.filter(document=record).select_related("role", "department", "person"))
    told = Briefing.objects.filter(revision__document=record)
    if all(revision.approved_at is None for revision in record.all_revisions()):
        return [*goes, *told]  # nobody was asked to read it yet
    read = Reading.objects.filter(revision__document=record, confirmed_at__isnull=False).exclude(how=How.TOOK_PART)
    if (instant := current().as_of) is not None:
        read = read.filter(confirmed_at__lte=instant)
    return [*goes, *told, *read.order_by("-confirmed_at")[:most]]


def touched(record: Any) -> list[Touch]:
    """Whom a change of a document reaches: those it goes to."""
    if not isinstance(record, Document):
        return []
    base, may = addresses.of_record(record), current().actor.may(audience.RIGHT, record)
    rows = audience.distribution(record)
    people = audience.people_of(record) if rows else set()
    if not people:
        nobody = Touch(_("Nobody is asked to read it"), f"{base}distribution/" if may else "")
        return [nobody] if record.state == "in_review" else []
    url = f"{base}distribution/" if may else f"{base}readers/"
    return [Touch(_reached(record, len(people)), url, [(str(row), "") for row in rows[:SHOWN]])]


def _reached(document: Document, n: int) -> str:
    if document.state != "in_review":
        return ngettext("%(n)s person gets it to read", "%(n)s people get it to read", n) % {"n": n}
    if assigning.briefing(document.newest()).weight == Weight.MINOR:
        words = ngettext("%(n)s person is told of a minor change", "%(n)s people are told of a minor change", n)
    else:
        words = ngettext("%(n)s person has to read and confirm it", "%(n)s people have to read and confirm it", n)
    return words % {"n": n}
