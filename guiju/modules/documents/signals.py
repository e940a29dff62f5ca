"""What happened to a document, for modules above: sent within the transaction, with `document` and `revision`."""

from django.dispatch import Signal

approved = Signal()
withdrawn = Signal()
