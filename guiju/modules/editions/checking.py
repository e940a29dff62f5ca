"""Recording that somebody looked: there is no newer edition, or there is one, with what it means for us and what is decided."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_noop as _

from guiju.modules.documents.approval.steps import after_months
from guiju.modules.documents.models import Document
from guiju.modules.documents.revisions import words
from guiju.modules.editions import asking, watching
from guiju.modules.editions.models import Check, Decision, Watch
from guiju.modules.editions.watching import wrong
from guiju.spine.acts import current, write
from guiju.spine.notices.services import tell
from guiju.spine.tasks import services as tasks
from guiju.spine.trail.append import note
from guiju.spine.trail.states import kind_of

SHOWN = 200  # checks of one document that are read at once


def of(watch: Watch) -> list[Check]:
    """The checks of a watch, the newest first."""
    rows = Check.objects.filter(watch=watch).select_related("made_by", "on_behalf_of", "settled_with")
    return list(rows.order_by("-checked_on", "-id")[:SHOWN])


def may(watch: Watch) -> bool:
    """Whether who acts may record a check: who watches or owns the document, or may change it."""
    return watching.may(watch.document, watch.watcher_id, watch.document.owner_id)


def record(document: Document, values: Mapping[str, Any], *, version: int | None = None) -> Check:
    """The acting person has looked whether there is a newer edition.

    `values`: checked_on (today where not given), note; with a newer edition also edition, impact, decision, for
    `not_applicable` a reason, and applies_on. NotPermitted, Refused for values that cannot be, Conflict where nobody
    watches, Stale when `version` is not the watch's present one.
    """

    def recording() -> Check:
        row = Document.locked(document.pk)
        watching.refuse_unwatchable(row)
        watch = watching.locked(row, version)
        watching.permit(row, watch.watcher_id, row.owner_id)
        made = _filled(watch, values)
        made.save(action="check")
        watch.checked_on, watch.next_on = made.checked_on, after_months(made.checked_on, watch.months)
        watch.save(action="check")
        tasks.finish(row, door=asking.CHECK)
        asking.put_in_order(watch, row)
        _say(made, row)
        return made

    return write(recording)


def _filled(watch: Watch, values: Mapping[str, Any]) -> Check:
    acting = current()
    made = Check(watch=watch, held=watch.edition, made_at=acting.now(), made_by_id=acting.person_id)
    made.on_behalf_of_id = acting.actor.on_behalf_of
    made.checked_on = watching.past(values.get("checked_on")) or acting.today()
    if watch.checked_on is not None and made.checked_on < watch.checked_on:
        sentence = _("It was checked on %(day)s already; choose no earlier day.")
        raise wrong("checked_on", sentence, {"day": watch.checked_on.isoformat()})
    made.note = _text(values, "note")
    if "edition" in values:
        _fill_newer(made, values)
    return made


def _fill_newer(made: Check, values: Mapping[str, Any]) -> None:
    made.edition, made.impact = _text(values, "edition"), _text(values, "impact")
    made.decision, made.reason = _text(values, "decision"), _text(values, "reason")
    made.applies_on = values.get("applies_on")
    if not made.edition:
        raise wrong("edition", _("Name the newer edition."))
    if made.edition == made.held:
        raise wrong("edition", _("This is the edition that is held."))
    if not made.impact:
        raise wrong("impact", _("Say what it means for us: that is what the decision rests on."))
    if made.decision not in Decision.values:
        raise wrong("decision", _("Say what is to be done."))
    if made.decision == Decision.NOT_APPLICABLE and not made.reason:
        raise wrong("reason", _("Say why it does not apply to us."))


def _text(values: Mapping[str, Any], name: str) -> str:
    return str(values.get(name) or "").strip()


def _say(made: Check, document: Document) -> None:
    """The document's history, the owner's task, and whom it concerns."""
    kind, says = kind_of(Document), {"held": made.held, "edition": made.edition}
    if not made.edition:
        note(kind, document.pk, "edition_same", says=says)
    elif made.decision == Decision.TAKE_OVER:
        note(kind, document.pk, "edition_newer", says=says)
        tasks.drop(document, door=asking.TAKE_OVER)  # asked for an edition before this one
        asking.ask_to_take_over(made, document)
    else:
        note(kind, document.pk, "edition_left", says=says)
        told = [document.owner_id] if document.owner_id else []
        sentence = _("Of %(number)s %(title)s there is a newer edition that does not apply to us: %(edition)s")
        tell(told, sentence, words(document) | {"edition": made.edition}, document)
