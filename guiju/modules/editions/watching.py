"""Setting who watches the editions of a document, and what ends a watch."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_noop as _

from guiju.modules.documents.approval.steps import after_months
from guiju.modules.documents.confidential.insiders import let_in
from guiju.modules.documents.models import ENDED, Document
from guiju.modules.documents.revisions import words
from guiju.modules.editions import asking
from guiju.modules.editions.models import Check, Watch
from guiju.modules.kinds.models import Kind
from guiju.organizations.members import people_who_may, require
from guiju.organizations.models import Membership
from guiju.spine.acts import Conflict, Refused, Stale, current, write
from guiju.spine.notices.services import tell
from guiju.spine.tasks import services as tasks
from guiju.spine.trail.append import note
from guiju.spine.trail.states import kind_of
from guiju.spine.workflow.perform import acting_people

RIGHT = "documents.change"
LONGEST = 120  # months between two checks
WATCHES = _("You watch from now on whether there is a newer edition of %(number)s %(title)s.")
NOBODY = _("Nobody watches the editions of this document.")
CHANGED = _("Someone else has changed this since you opened it.")


def of(document: Document) -> Watch | None:
    """The watch of a document, also one that has ended."""
    return Watch.objects.filter(document=document).select_related("watcher", "document").first()


def active(document: Document) -> Watch | None:
    """The watch of a document that is watched."""
    return asking.active().filter(document=document).select_related("watcher", "document").first()


def may(document: Document, *people: UUID | None) -> bool:
    """Whether who acts may change documents, or is one of these people, or their deputy; not a token in a person's place."""
    actor = current().actor
    if actor.may(RIGHT, document):
        return True
    return not actor.by_token and actor.may(asking.SEE, document) and not acting_people().isdisjoint(people)


def permit(document: Document, *people: UUID | None) -> None:
    """NotPermitted where `may` says no."""
    if not may(document, *people):
        require(RIGHT, document)


def refuse_unwatchable(document: Document) -> None:
    """Refused for what was written here, Conflict for what is out of force."""
    if document.kind != Kind.EXTERNAL:
        raise Refused(_("Only external documents have editions to watch; this one was written here."))
    if document.state in ENDED:
        raise Conflict(_("This document is out of force; its editions are watched no longer."))


def watch(document: Document, values: Mapping[str, Any], *, version: int | None = None) -> Watch:
    """Say which edition of an external document is held, where it is published, and who looks how often.

    `values`: edition, source, watcher (a person), months; checked_on, as long as no check is recorded; next_on, or the
    next check is due so many months after the last, where there was none today. What is not given stays.
    NotPermitted for whoever neither may change documents nor owns this one, Refused for values that cannot be, Conflict
    out of force, Stale when `version` (0: nobody watched yet) is not the present one.
    """
    permit(document, document.owner_id)

    def setting() -> Watch:
        row = Document.locked(document.pk)
        refuse_unwatchable(row)
        found = Watch.objects.select_for_update(of=("self",)).filter(document=row).first()
        if version is not None and version != (found.version if found else 0):
            raise Stale(CHANGED)
        made = found or Watch(document=row)
        before = made.watcher_id if made.ended_at is None else None
        _fill(made, row, values)
        made.save(action="watch")
        note(kind_of(Document), row.pk, "watch", says={"edition": made.edition, "months": str(made.months)})
        if not asking.put_in_order(made, row) and made.watcher_id != before:
            tell([made.watcher_id], WATCHES, words(row), row)
        return made

    return write(setting)


def _fill(made: Watch, document: Document, values: Mapping[str, Any]) -> None:
    """Lay values over a watch; Refused for those that cannot be."""
    made.edition = str(values.get("edition", made.edition) or "").strip()
    made.source = str(values.get("source", made.source) or "").strip()
    if not made.edition:
        raise wrong("edition", _("Say which edition is held."))
    if not made.source:
        raise wrong("source", _("Say where it is published."))
    months, before = values.get("months", made.months), (made.months, made.checked_on)
    if not isinstance(months, int) or not 1 <= months <= LONGEST:
        raise wrong("months", _("Between two checks lie 1 to 120 months."))
    made.months = months
    _set_watcher(made, document, values)
    if "checked_on" in values and not Check.objects.filter(watch=made.pk).exists():
        made.checked_on = past(values["checked_on"])
    _set_next(made, values, moved=before != (made.months, made.checked_on) or made.ended_at is not None)
    made.ended_at = None


def _set_watcher(made: Watch, document: Document, values: Mapping[str, Any]) -> None:
    person = values.get("watcher")
    if person is not None and person.pk != made.watcher_id:
        if person.pk not in {one.pk for one in people_who_may(asking.SEE)}:
            raise wrong("watcher", _("Only a member who may see documents can watch this one."))
        made.watcher = person
        let_in(document, [person.pk])
    if made.watcher_id is None:
        raise wrong("watcher", _("Say who watches it."))


def _set_next(made: Watch, values: Mapping[str, Any], *, moved: bool) -> None:
    """The day chosen; without one it stays, unless it is to follow from the last check, or what it follows from has moved."""
    today, chosen = current().today(), values.get("next_on")
    if chosen is None:
        if made.next_on is None or moved or "next_on" in values:
            made.next_on = following(made)
        return
    if chosen == made.next_on:
        return
    if chosen < today:
        raise wrong("next_on", _("Choose today or a later day."))
    if chosen > after_months(today, LONGEST):
        raise wrong("next_on", _("Choose a day of the next ten years."))
    made.next_on = chosen


def following(made: Watch) -> date:
    """When the next check is due by itself: so many months after the last, or at once where nobody has looked."""
    return after_months(made.checked_on, made.months) if made.checked_on else current().today()


def past(on: date | None) -> date | None:
    """A day on which somebody can have looked; Refused for one that is to come, or too long ago to be meant."""
    today = current().today()
    if on is not None and on > today:
        raise wrong("checked_on", _("This day is still to come."))
    if on is not None and after_months(on, LONGEST) < today:
        raise wrong("checked_on", _("Choose a day of the last ten years."))
    return on


def wrong(field: str, sentence: str, params: Mapping[str, Any] | None = None) -> Refused:
    return Refused(sentence, params, errors={field: [sentence % params if params else sentence]})


def end(document: Document, reason: str, *, version: int | None = None) -> Watch:
    """Watch a document's editions no longer. As `watch`; Refused without a reason, Conflict when nobody watches."""
    permit(document, document.owner_id)
    if not reason.strip():
        raise wrong("reason", _("Say why: this step is kept with its reason."))

    def ending() -> Watch:
        row = Document.locked(document.pk)
        found = locked(row, version)
        _end(found, row, reason.strip())
        note(kind_of(Document), row.pk, "watch_end", reason=reason.strip())
        return found

    return write(ending)


def locked(document: Document, version: int | None) -> Watch:
    """The watch of a locked document, to be changed. Conflict where nobody watches, Stale when it is a later version."""
    found = asking.active().select_for_update(of=("self",)).filter(document=document).first()
    if found is None:
        raise Conflict(NOBODY)
    if version is not None and version != found.version:
        raise Stale(CHANGED)
    return found


def end_with(document: Document) -> None:
    """The document is out of force, or is no longer of outside origin: its watch ends. Inside a `write`."""
    found = Watch.objects.select_for_update(of=("self",)).filter(document=document, ended_at=None).first()
    if found is not None:
        _end(found, document, "")


def _end(found: Watch, document: Document, reason: str) -> None:
    found.ended_at = current().now()
    found.save(action="end", reason=reason)
    tasks.drop(document, door=asking.CHECK)
    tasks.drop(document, door=asking.TAKE_OVER)


def placed(membership: Membership) -> None:
    """Somebody has left, or may do other things than before: their watches go to whoever got their tasks, else to the owner.

    A watch that nobody can take stays with its person, and is shown so.
    """
    rows = list(asking.active().filter(watcher=membership.person_id).order_by("document").values_list("document", flat=True))
    if not rows:
        return

    def moving() -> None:
        for pk in rows:
            row = Document.locked(pk)
            found = asking.active().select_for_update(of=("self",)).filter(document=row, watcher=membership.person_id).first()
            if found is None:  # ended, or given to another, meanwhile
                continue
            if not membership.active:
                _pass_on(found, row)
            asking.put_in_order(found, row)

    write(moving)


def _pass_on(found: Watch, document: Document) -> None:
    handed = list(tasks.of(document).filter(door=asking.CHECK).values_list("who", flat=True))
    new = asking.first_who_can(document, *handed, document.owner_id)
    if new is None or new == found.watcher_id:
        return
    found.watcher_id = new
    found.save(action="hand_over")
    tell([new], WATCHES, words(document), document)
