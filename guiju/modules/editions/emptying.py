"""What is left of a watch when its document is disposed of: who looked on which days, and who was to look."""

from guiju.modules.documents.models import Document
from guiju.modules.editions.models import Check, Watch
from guiju.spine.trail.erasing import Row
from guiju.spine.trail.states import kind_of


def empty(document: Document) -> list[Row]:
    """Take the words out of what is kept about a document's editions; answers the rows, to be erased. Inside a `write`."""
    watches = list(Watch.objects.select_for_update(of=("self",)).filter(document=document))
    for watch in watches:
        watch.edition = watch.source = ""
        watch.save(action="empty")
    checks = list(Check.objects.select_for_update(of=("self",)).filter(watch__document=document))
    for check in checks:
        check.held = check.note = check.edition = check.impact = check.reason = ""
        check.save(action="empty")
    return [(kind_of(type(one)), one.pk) for one in (*watches, *checks)]
