"""What actions tell modules above them."""

from django.dispatch import Signal

moved = Signal()  # action: verified, judged or cancelled; sent inside the write that moved it
