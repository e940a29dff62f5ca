"""What happened to a document, for modules above: sent within the transaction, with `document` and `revision`."""

from django.dispatch import Signal

approved = Signal()
withdrawn = Signal()
# A revision that was approved and had not come into force was taken back: the document says again what stood before.
taken_back = Signal()
# Sent inside an erasure: each receiver takes the words out of its own rows and answers them as (kind, id), to be erased.
disposed = Signal()
