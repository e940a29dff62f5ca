"""Which revision a page shows to whom."""

from guiju.modules.documents.models import Document, Revision
from guiju.spine.acts import current
from guiju.spine.registers.past import until
from guiju.spine.tasks import services as tasks
from guiju.spine.trail.past import as_of
from guiju.spine.workflow.perform import acting_people


def newest(document: Document) -> Revision:
    """The newest revision, as it is or as it was at the past instant of the act."""
    if current().as_of is None:
        return document.newest()
    ids = Revision.objects.filter(document=document.pk).values_list("pk", flat=True)
    found = (revision for revision in as_of(Revision, until(), ids) if revision.given_up_on is None)
    return max(found, key=lambda revision: revision.position)


def revision_in_force(document: Document) -> Revision | None:
    """The revision people go by today; nothing that is only drafted or comes later."""
    label = document.in_force(current().today())
    return Revision.objects.filter(document=document.pk, label=label, given_up_on=None).first() if label else None


def works_on(document: Document) -> bool:
    """Whether the acting member has to do with what is not in force yet: may write, wrote it, owns it, or is asked."""
    actor = current().actor
    if actor.may("documents.change", document) or actor.id in (document.owner_id, newest(document).author_id):
        return True
    return actor.id is not None and tasks.of(document).filter(who_id__in=acting_people()).exists()


def read_revision(document: Document) -> Revision:
    """The revision that a page shows: the newest to whoever works on it, to readers the one in force where there is one."""
    found, label = newest(document), document.in_force(current().today())
    if current().as_of is not None or label in ("", found.label) or works_on(document):
        return found
    return Revision.objects.get(document=document.pk, label=label, given_up_on=None)
