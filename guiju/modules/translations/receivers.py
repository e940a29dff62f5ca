"""What translations do when something happens to their source."""

from typing import Any

from django.dispatch import receiver

from guiju.modules.documents.models import Document
from guiju.modules.documents.signals import approved, disposed
from guiju.modules.translations import services
from guiju.spine.trail.erasing import Row


@receiver(approved)
def source_moved(sender: Any, document: Document, **more: Any) -> None:
    services.told_stale(document)


@receiver(disposed)
def empty(sender: Any, document: Document, **more: Any) -> list[Row]:
    return services.empty(document)
