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
from guiju.modules.readings.audience import below
from guiju.modules.readings.models import Distribution
from guiju.modules.terminals.models import Terminal
from guiju.organizations.members import require
from guiju.organizations.models import Department
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
    """The documents a terminal shows: in force today, and, where it belongs to a department, what goes to it or to all."""
    today = current().today()
    register = by_key("documents")
    assert register is not None
    rows = register.rows(AtTerminal(terminal)).filter(in_force_on(today))
    if terminal.department_id is not None:
        parents = dict(Department.objects.values_list("pk", "parent"))
        above = {place for place in {*parents} if terminal.department_id in below(place, parents)}
        sent = Distribution.objects.filter(ended=False)
        to_all = sent.filter(role=None, department=None, person=None)
        rows = rows.filter(pk__in=(sent.filter(department__in=above) | to_all).values("document"))
    return rows.exclude(effective_on__gt=today, standing_on=None).order_by("number")
