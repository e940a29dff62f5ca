"""What paper copies do when something happens below."""

from typing import Any

from django.dispatch import receiver

from guiju.modules.copies import services
from guiju.modules.copies.recalling import recall
from guiju.modules.documents.models import Document, Revision
from guiju.modules.documents.signals import approved, disposed, taken_back, withdrawn
from guiju.organizations.models import Membership
from guiju.organizations.signals import placed
from guiju.spine.acts import current
from guiju.spine.trail.erasing import Row


@receiver(approved)
def call_back_what_it_supersedes(sender: Any, document: Document, revision: Revision, **more: Any) -> None:
    """At once where it is in force at once; else the worker does it on the day."""
    today = current().today()
    at_once = revision.effective_on is not None and revision.effective_on <= today
    # The document's own columns follow when the step is done.
    recall.settle(document, revision.label if at_once else document.in_force(today))


@receiver(taken_back)
def look_again(sender: Any, document: Document, **more: Any) -> None:
    recall.settle(document, document.in_force(current().today()))


@receiver(withdrawn)
def call_back_all(sender: Any, document: Document, **more: Any) -> None:
    recall.settle(document, "")


@receiver(disposed)
def empty(sender: Any, document: Document, **more: Any) -> list[Row]:
    return services.empty(document)


@receiver(placed)
def look_at_the_placed(sender: Any, membership: Membership, **more: Any) -> None:
    recall.look_at_person(membership.person_id)
