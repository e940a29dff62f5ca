"""What watches do when something happens to their document, or to who watches."""

from typing import Any

from django.dispatch import receiver

from guiju.modules.documents.models import Document, Revision
from guiju.modules.documents.signals import approved, disposed, taken_back, withdrawn
from guiju.modules.editions import asking, emptying, watching
from guiju.modules.editions.taking_over import settling
from guiju.modules.kinds.models import Kind
from guiju.organizations.models import Membership
from guiju.organizations.signals import placed
from guiju.spine.trail.erasing import Row


@receiver(approved)
def take_over(sender: Any, document: Document, revision: Revision, **more: Any) -> None:
    if document.kind != Kind.EXTERNAL:
        watching.end_with(document)
        return
    watch = asking.active().select_for_update(of=("self",)).filter(document=document).first()
    if watch is not None:
        settling.settle(watch, document, revision)
        asking.put_in_order(watch, document)  # the approval has dropped every open task of the document


@receiver(taken_back)
def hold_again(sender: Any, document: Document, revision: Revision, **more: Any) -> None:
    watch = asking.active().select_for_update(of=("self",)).filter(document=document).first()
    if watch is not None:
        settling.unsettle(watch, document, revision)


@receiver(withdrawn)
def end(sender: Any, document: Document, **more: Any) -> None:
    watching.end_with(document)


@receiver(disposed)
def empty(sender: Any, document: Document, **more: Any) -> list[Row]:
    return emptying.empty(document)


@receiver(placed)
def pass_on(sender: Any, membership: Membership, **more: Any) -> None:
    watching.placed(membership)
