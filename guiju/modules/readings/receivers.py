"""What readings do when something happens below."""

from typing import Any

from django.dispatch import receiver

from guiju.modules.documents.models import Document, Revision
from guiju.modules.documents.signals import approved, disposed, taken_back, withdrawn
from guiju.modules.readings import assigning, emptying
from guiju.organizations.models import Membership
from guiju.organizations.signals import placed
from guiju.spine.trail.erasing import Row


@receiver([approved, withdrawn])
def ask_readers(sender: Any, document: Document, **more: Any) -> None:
    assigning.assign(document)


@receiver(taken_back)
def ask_for_the_one_before(sender: Any, document: Document, revision: Revision, **more: Any) -> None:
    assigning.tell_taken_back(document, revision)
    assigning.assign(document)


@receiver(disposed)
def empty(sender: Any, document: Document, **more: Any) -> list[Row]:
    return emptying.empty(document)


@receiver(placed)
def ask_the_placed(sender: Any, membership: Membership, **more: Any) -> None:
    assigning.assign_person(membership.person_id)
