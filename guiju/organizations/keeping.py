"""Somebody can always change roles: the last one who can cannot lose that."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import gettext_noop as _

from guiju.organizations.members import people_who_may
from guiju.organizations.models import Role
from guiju.spine.acts import Conflict

KEEPS = "roles.change"


@contextmanager
def still_kept() -> Iterator[None]:
    """Around a change of roles, grants or memberships inside a `write`: Conflict, and nothing is kept, when nobody
    who can sign in would be left with the right to change roles."""
    list(Role.objects.select_for_update().order_by("pk"))  # two who take it from each other at once wait here
    before = keepers()
    yield
    if before and not keepers():
        raise Conflict(_("Nobody could change roles any more. Give this right to somebody else first."))


def keepers() -> list[str]:
    """The user names of those who can change roles and have a password to sign in with."""
    return [person.username for person in people_who_may(KEEPS) if person.has_usable_password()]
