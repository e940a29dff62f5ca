"""A newer edition is held with the revision that takes it over, and no more when that is taken back."""

from guiju.modules.documents.models import Document, Revision
from guiju.modules.editions import asking
from guiju.modules.editions.models import Check, Watch
from guiju.spine.acts import current
from guiju.spine.trail.append import note
from guiju.spine.trail.states import kind_of


def settle(watch: Watch, document: Document, revision: Revision) -> None:
    """A revision was approved: newer editions that were known when it was sent to review are taken over. Inside a `write`."""
    rows = list(asking.open_checks().select_for_update(of=("self",)).filter(watch=watch))
    known = [one for one in rows if revision.submitted_at is not None and one.made_at <= revision.submitted_at]
    for one in known:
        one.settled_at, one.settled_with = current().now(), revision
        one.save(action="take_over")
    if known:
        watch.edition = known[-1].edition
        watch.save(action="take_over")
        says = {"edition": watch.edition, "revision": revision.label}
        note(kind_of(Document), document.pk, "edition_taken_over", says=says)
    if len(rows) > len(known):
        asking.ask_to_take_over(rows[-1], document)


def unsettle(watch: Watch, document: Document, revision: Revision) -> None:
    """That revision was taken back: what it took over is held no more, and is to be taken over. Inside a `write`."""
    rows = list(Check.objects.select_for_update(of=("self",)).filter(watch=watch, settled_with=revision).order_by("id"))
    if not rows:
        return
    for one in rows:
        one.settled_at, one.settled_with = None, None
        one.save(action="take_back")
    watch.edition = rows[0].held
    watch.save(action="take_back")
    asking.ask_to_take_over(rows[-1], document)
