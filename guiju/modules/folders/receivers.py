"""What folders do when a document that came from one is disposed of."""

from typing import Any

from django.dispatch import receiver

from guiju.modules.documents.models import Document
from guiju.modules.documents.signals import disposed
from guiju.modules.folders import services
from guiju.spine.trail.erasing import Row


@receiver(disposed)
def forget(sender: Any, document: Document, **more: Any) -> list[Row]:
    services.forget(document)
    return []
