"""Terminals: made, found again by their secret, withdrawn; and what each of them shows."""

from dataclasses import dataclass
from hashlib import sha256
from secrets import token_urlsafe
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_noop as _

from guiju.modules.documents.models import Document
from guiju.modules.documents.standing.dates import in_force_on
from guiju.modules.readings.audience import below, members_now
from guiju.modules.readings.models import Distribution
from guiju.modules.terminals.models import Terminal
from guiju.organizations.members import require
from guiju.organizations.models import Department, Grant, Membership
from guiju.spine.acts import Refused, current, write
from guiju.spine.registers.declaration import by_key

RIGHT = "people.change"


@dataclass(frozen=True)
class AtTerminal:
    """Nobody in particular, standing before a terminal: may see documents and do nothing."""

    terminal: Terminal
    id: UUID | None = None
    on_behalf_of: UUID | None = None
    by_token: bool = True
    ids: frozenset[UUID] = frozenset()

    def may(self, action: str, record: Any = None) -> bool:
        return action == "documents.view"


def make(name: str, department: Department | None) -> tuple[Terminal, str]:
    """A terminal and its secret, which is kept nowhere. Needs people.change. Refused without a name."""
    require(RIGHT)
    if not name.strip():
        raise Refused(_("Give the terminal a name: where it stands."))
    secret = token_urlsafe(32)
    made = Terminal(
        name=name.strip(),
        department=department,
        digest=sha256(secret.encode()).hexdigest(),
        made_at=current().now(),
        made_by_id=current().person_id,
    )
    write(made.save)
    return made, secret


def withdraw(terminal: Terminal) -> None:
    """From now on the device shows nothing any more. Needs people.change."""
    require(RIGHT)

    def withdrawing() -> None:
        row = Terminal.locked(terminal.pk)
        row.withdrawn_at = row.withdrawn_at or current().now()
        row.save(action="withdraw")

    write(withdrawing)


def by_secret(secret: str) -> Terminal | None:
    """The terminal of a device, in whatever organization; None for one that was withdrawn or never was."""
    digest = sha256(secret.encode()).hexdigest()
    return Terminal.everywhere.filter(digest=digest, withdrawn_at=None).select_related("organization", "department").first()


def shown(terminal: Terminal) -> QuerySet[Document]:
    """The documents a terminal shows: in force today, and, where it belongs to a department, what goes there or to all."""
    today = current().today()
    register = by_key("documents")
    assert register is not None
    rows = register.rows(AtTerminal(terminal)).filter(in_force_on(today))
    if terminal.department_id is not None:
        rows = rows.filter(pk__in=_sent_to(terminal.department_id))
    return rows.exclude(effective_on__gt=today, standing_on=None).order_by("number")


def _sent_to(department: UUID) -> QuerySet[Distribution]:
    """The documents that go to all, or to a department: by itself, by one it is part of, or by what its people are or do."""
    parents = dict(Department.objects.values_list("pk", "parent"))
    within = below(department, parents)
    above = {place for place in parents if department in below(place, parents)}
    there = [member for member in members_now() if member.department_id in within]
    roles = Grant.objects.filter(active=True, membership__in=[member.pk for member in there]).values("role")
    sent = Distribution.objects.filter(ended=False)
    to_all = sent.filter(role=None, department=None, person=None)
    by_place = sent.filter(department__in=above | within)
    by_people = sent.filter(person__in=[member.person_id for member in there])
    return (to_all | by_place | by_people | sent.filter(role__in=roles)).values("document")


def near(membership: Membership) -> Terminal | None:
    """A terminal at which a member may confirm: one of the own department or of one it is part of, else one of all."""
    parents = dict(Department.objects.values_list("pk", "parent"))
    found = list(Terminal.objects.filter(withdrawn_at=None).select_related("department").order_by("name"))
    own = (one for one in found if one.department_id and membership.department_id in below(one.department_id, parents))
    return next(own, None) or next((one for one in found if one.department_id is None), None)
