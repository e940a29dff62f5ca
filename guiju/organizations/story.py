"""What an organization's chain tells of a person in it, as sentences in the reader's language."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from guiju.organizations.models import Deputyship, Grant, HandOver, Invitation, Membership, Person, Role
from guiju.spine.registers import changed, values
from guiju.spine.trail.past import Moment, histories
from guiju.spine.trail.states import kind_of

SENTENCES = {
    (Membership, "create"): _("%(who)s made %(name)s a member."),
    (Membership, "change"): _("%(who)s changed where %(name)s stands."),
    (Membership, "join"): _("%(name)s accepted the invitation."),
    (Membership, "deactivate"): _("%(who)s deactivated %(name)s."),
    (Membership, "reactivate"): _("%(who)s let %(name)s back in."),
    (Grant, "create"): _("%(who)s gave the role %(role)s."),
    (Grant, "grant"): _("%(who)s gave the role %(role)s."),
    (Grant, "take_back"): _("%(who)s took back the role %(role)s."),
    (Deputyship, "create"): _("%(who)s named %(deputy)s as deputy for %(absent)s."),
    (Deputyship, "end"): _("%(who)s ended that %(deputy)s is deputy for %(absent)s."),
    (Invitation, "invite"): _("%(who)s made a one-time code."),
    (Invitation, "withdraw"): _("%(who)s made a one-time code worthless."),
    (Invitation, "use"): _("The one-time code was used."),
    (HandOver, "create"): _("%(who)s handed over what %(name)s answered for, with a signature."),
}
SHOWN = 30
Differing = Callable[[type[models.Model], Moment, Moment | None], list[changed.Difference]]


def of(membership: Membership) -> list[dict[str, Any]]:
    """The moments of a member, newest first, as registers/_history.html shows them."""
    found = _rows(membership)
    line = histories({row.pk: kind_of(type(row)) for row in found.values()}, limit=SHOWN)
    people = values.names_of(Person, {pk for m in line for pk in (m.actor, m.on_behalf_of) if pk})
    later: dict[UUID, Moment] = {}
    before: dict[UUID, Moment] = {}
    for moment in line:
        if moment.stateful:
            if newer := later.get(moment.record):
                before[newer.id] = moment
            later[moment.record] = moment
    told = (_told(found[m.record], m, before.get(m.id), people, membership) for m in line)
    return [one for one in told if one["sentence"]]


def _rows(membership: Membership) -> dict[UUID, Any]:
    rows: list[Any] = [membership]
    rows += Grant.objects.filter(membership=membership).select_related("role")
    deputies = Deputyship.objects.select_related("absent__person", "deputy__person")
    rows += [*deputies.filter(absent=membership), *deputies.filter(deputy=membership)]
    rows += Invitation.objects.filter(membership=membership)
    rows += HandOver.objects.filter(membership=membership)
    return {row.pk: row for row in rows}


def _told(row: Any, moment: Moment, before: Moment | None, people: dict[UUID, str], membership: Membership) -> dict[str, Any]:
    said = {"who": _who(moment, people), "name": membership.person.shown_name}
    if isinstance(row, Grant):
        said["role"] = str(row.role)
    if isinstance(row, Deputyship):
        said |= {"deputy": row.deputy.person.shown_name, "absent": row.absent.person.shown_name}
    pattern = SENTENCES.get((type(row), moment.action))
    plain = isinstance(row, Membership) and moment.action == "change"
    return {
        "when": values.when(moment.at),
        "sentence": str(pattern) % said if pattern else "",
        "reason": moment.reason,
        "values": changed.differences(Membership, moment, before) if plain else [],
    }


def of_role(role: Role) -> list[dict[str, Any]]:
    """How a role was changed, newest first."""
    words = {"create": _("%(who)s made the role."), "change": _("%(who)s changed the role.")}
    return of_row(role, lambda moment: words.get(moment.action, words["change"]))


def of_row(row: Any, sentence: Callable[[Moment], Any], differing: Differing = changed.differences) -> list[dict[str, Any]]:
    """How one row was changed, newest first: each moment in the words of `sentence`, with %(who)s in it."""
    line = histories({row.pk: kind_of(type(row))}, limit=SHOWN)
    people = values.names_of(Person, {pk for m in line for pk in (m.actor, m.on_behalf_of) if pk})
    told = []
    for place, moment in enumerate(line):
        before = line[place + 1] if place + 1 < len(line) else None
        said = {**moment.says, "who": _who(moment, people)}
        shown = differing(type(row), moment, before)
        told.append(
            {"when": values.when(moment.at), "sentence": str(sentence(moment)) % said, "reason": moment.reason, "values": shown}
        )
    return told


def _who(moment: Moment, people: dict[UUID, str]) -> str:
    who = people.get(moment.actor, "") if moment.actor else gettext("Guiju")
    if moment.on_behalf_of:
        who = gettext("%(who)s as deputy for %(absent)s") % {"who": who, "absent": people.get(moment.on_behalf_of, "")}
    return who
