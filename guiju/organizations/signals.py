"""What happened to people, for modules above: sent within the transaction, with `membership`."""

from django.dispatch import Signal

# Roles, department or standing of a member are other than before.
placed = Signal()
