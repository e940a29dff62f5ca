"""A person leaves: all they answer for goes to others in one signed step, so that nothing is left without an owner."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, pgettext

from guiju.organizations import deputies, invitations, sessions
from guiju.organizations.keeping import still_kept
from guiju.organizations.members import member_elsewhere, not_expired, require
from guiju.organizations.models import Grant, HandOver, Membership, Person, Role
from guiju.organizations.roles import refuse_ungrantable
from guiju.organizations.services import grant
from guiju.organizations.signals import placed
from guiju.spine.acts import Conflict, Refused, current, write
from guiju.spine.registers.declaration import Register, Words, registers
from guiju.spine.registers.seeing import seen
from guiju.spine.registers.values import title_of
from guiju.spine.signatures.services import Proof, sign
from guiju.spine.tasks.models import Task
from guiju.spine.tasks.services import to_hand_over
from guiju.spine.trail.states import kind_of

TASKS = "tasks"
ROLE = "role-"
SHOWN = 5  # numbers named in the text of one kind


@dataclass(frozen=True)
class Holding:
    """One kind of thing a person answers for: records of a register, open tasks, or a role that nobody else has.

    A role may be left to nobody (`required` is False); the rest may not.
    """

    name: str
    label: Words
    text: str
    count: int
    visible: int  # of them to the acting person
    required: bool = True


def holdings(membership: Membership) -> list[Holding]:
    """What a member of the acting organization answers for, asked of the registers.

    All of it is counted, since all of it goes to others; only what the acting person may see is named.
    """
    found = []
    for register in registers():
        rows = _records(register, membership.person_id)
        if count := rows.count():
            visible = register.rows(current().actor).filter(pk__in=rows.values("pk"))
            named = [f"{row.number} {title_of(row)}" for row in visible.order_by("number")[:SHOWN]]
            found.append(Holding(register.key, register.label, _some(named, count), count, visible.count()))
    tasks = list(to_hand_over(membership.person_id).order_by("id"))
    if tasks:
        known = seen((task.record_kind, task.record) for task in tasks)
        named = [str(task) for task in tasks if (task.record_kind, task.record) in known]
        found.append(Holding(TASKS, _("Open tasks"), _some(named[:SHOWN], len(tasks)), len(tasks), len(named)))
    for one in _only_holder(membership):
        label = _("Role: %(role)s") % {"role": one.role}
        found.append(Holding(f"{ROLE}{one.role.key}", label, _("Nobody else has this role."), 1, 1, required=False))
    return found


def _records(register: Register, person: UUID) -> Any:
    """The records of a register that a person owns and that are not at their end."""
    rows = register.model.objects.filter(owner_id=person)
    final = [s.name for s in register.workflow.states.values() if s.final] if register.workflow else []
    return rows.exclude(state__in=final)


def _some(named: list[str], count: int) -> str:
    if not named:
        return _("%(count)s, which you may not see") % {"count": count}
    shown = pgettext("list", "; ").join(named)
    return _("%(some)s and %(more)s more") % {"some": shown, "more": count - len(named)} if count > len(named) else shown


def _only_holder(membership: Membership) -> list[Grant]:
    """The person's grants of roles that no other active member holds."""
    others = Grant.objects.filter(active=True, membership__active=True).exclude(membership=membership).values("role")
    return list(Grant.objects.filter(membership=membership, active=True).exclude(role__in=others).select_related("role"))


def deactivate(membership: Membership, to: Mapping[str, Person | None], *, reason: str, proof: Proof) -> HandOver:
    """Deactivate a member and hand over what they answer for, by the names of the holdings, in one signed write.

    Needs people.change and a fresh proof. Refused for oneself, without a reason, or where something is left without an
    owner; Conflict when the person is not active, or nobody could change roles any more.
    """
    acting = current()
    by = require("people.change").id
    if membership.person_id == by:
        raise Refused(gettext_noop("You cannot deactivate yourself. Ask somebody else with this right."))
    if not reason.strip():
        sentence = gettext_noop("A reason is needed.")
        raise Refused(sentence, errors={"reason": [sentence]})

    def leaving() -> HandOver:
        row = Membership.locked(membership.pk)
        if not row.active:
            raise Conflict(gettext_noop("This person is deactivated already."))
        items = _hand_over(row, to, reason)
        with still_kept():
            row.active = False
            row.save(action="deactivate", reason=reason)
        deputies.end_all(row)
        invitations.withdraw_all(row)
        placed.send(Membership, membership=row)
        made = HandOver(membership=row, items=items, reason=reason, made_at=acting.now(), made_by_id=by)
        made.save()
        sign(made, "hand_over", proof)
        _close_account(row, reason)
        return made

    return write(leaving)


def _hand_over(membership: Membership, to: Mapping[str, Person | None], reason: str) -> list[dict[str, str]]:
    """Move everything; Refused where a new owner is missing or is the one who leaves."""
    items = []
    for holding in holdings(membership):
        new = to.get(holding.name)
        if new is not None and new.pk == membership.person_id:
            new = None
        if new is None:
            if holding.required:
                sentence = gettext_noop("Choose who answers for this from now on.")
                raise Refused(sentence, errors={holding.name: [sentence]})
            continue
        if not Membership.objects.filter(not_expired(current().today()), person=new, active=True).exists():
            raise Refused(gettext_noop("Only a member can take this over."))
        items += _move(holding, membership, new, reason)
    return items


def _move(holding: Holding, membership: Membership, new: Person, reason: str) -> list[dict[str, str]]:
    to = str(new.pk)
    if holding.name == TASKS:
        tasks = list(to_hand_over(membership.person_id).select_for_update(of=("self",)))
        for task in tasks:
            task.who = new
            task.save(action="hand_over", reason=reason)
        return [{"kind": kind_of(Task), "record": str(task.pk), "number": "", "to": to} for task in tasks]
    if holding.name.startswith(ROLE):
        key = holding.name.removeprefix(ROLE)
        refuse_ungrantable(Role.objects.filter(key=key))
        given = grant(Membership.objects.get(person=new), key, reason=reason)
        return [{"kind": kind_of(Grant), "record": str(given.pk), "number": key, "to": to}]
    register = next(r for r in registers() if r.key == holding.name)
    rows = list(_records(register, membership.person_id).select_for_update(of=("self",)))
    for row in rows:
        row.owner = new
        row.save(action="hand_over", reason=reason)
    return [{"kind": register.kind, "record": str(row.pk), "number": row.number, "to": to} for row in rows]


def _close_account(membership: Membership, reason: str) -> None:
    """Nobody signs in without an organization to work for; what they have open ends."""
    person = Person.locked(membership.person_id)
    if member_elsewhere(person, membership.organization):
        return
    person.is_active = False
    person.save(action="deactivate", reason=reason)
    sessions.end_all(person)
