"""The history as sentences, in the reader's language; never stored (laws L15, section 7)."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from guiju.spine.registers import values
from guiju.spine.registers.changed import differences
from guiju.spine.registers.declaration import Register
from guiju.spine.trail.past import Moment, histories
from guiju.spine.trail.states import kind_of

# What every kind's history can say; a workflow's own sentences come from its transitions.
COMMON = {
    "create": _("%(who)s entered it."),
    "change": _("%(who)s changed it."),
    "comment": _("%(who)s commented: %(text)s"),
    "import": _("%(who)s brought it in from %(source)s."),
    "attach": _("%(who)s added the file %(name)s."),
    "add": _("%(who)s uploaded the file %(name)s."),
    "print": _("%(who)s printed it."),
    "effective": _("Revision %(revision)s came into force."),
    "migrate": _("The release %(reason)s carried it over."),
}


def told(
    register: Register,
    rows: Iterable[models.Model],
    *,
    brought: Iterable[models.Model] = (),
    most: int = 200,
    until: int | None = None,
) -> list[dict]:
    """The history of a record and the rows that belong to it, newest first, as the page shows it.

    Of `brought` rows, which modules above keep about it, only what the register has a sentence for is read.
    """
    own, others = {row.pk: row for row in rows}, {row.pk: row for row in brought}
    every = own | others
    kinds = {pk: kind_of(type(row)) for pk, row in every.items()}
    line = histories(kinds, until=until, limit=most, wanted=lambda e: e.record in own or e.action in register.sentences)
    if register.retold:
        words = register.retold(line)
        line = [replace(moment, says={**moment.says, **words.get(moment.id, {})}) for moment in line]
    later: dict[UUID, Moment] = {}
    before: dict[UUID, Moment] = {}
    for moment in line:
        if moment.stateful:
            if newer := later.get(moment.record):
                before[newer.id] = moment
            later[moment.record] = moment
    people = _people(line)
    shown = [_told(register, m, before.get(m.id), every[m.record], people) for m in line]
    _join(shown)
    return [one for one in shown if one["sentence"]]


def _join(shown: list[dict]) -> None:
    """Let what a plain change of a row beside the record changed stand with the record's own entry of the same act."""
    spoken = [one for one in shown if one["own"] and one["sentence"]]
    for one in shown:
        if one["sentence"] or one["action"] != "change" or not one["values"]:
            continue
        same_act = [other for other in spoken if (other["at"], other["actor"]) == (one["at"], one["actor"])]
        if same_act:
            whole = min(same_act, key=lambda other: abs(other["sequence"] - one["sequence"]))
            labels = {value.label for value in whole["values"]}
            whole["values"] += [value for value in one["values"] if value.label not in labels and not value.instant]


def _people(moments: Iterable[Moment]) -> dict[UUID, str]:
    ids = {pk for m in moments for pk in (m.actor, m.on_behalf_of) if pk}
    return values.names_of(get_user_model(), ids)


def _told(register: Register, moment: Moment, before: Moment | None, row: models.Model, people: dict[UUID, str]) -> dict:
    own = isinstance(row, register.model)
    return {
        "own": own,
        "when": values.when(moment.at),
        "at": moment.at,
        "sequence": moment.sequence,
        "action": moment.action,
        "actor": moment.actor,
        "sentence": sentence(register, moment, people, row) if own or moment.action in register.sentences else "",
        "reason": moment.reason,
        "values": differences(type(row), moment, before, register.workflow if own else None) if moment.stateful else [],
        "erased": gettext("erased on %(when)s") % {"when": values.when(moment.erased_at)} if moment.erased_at else "",
    }


def sentence(register: Register, moment: Moment, people: dict[UUID, str], row: models.Model) -> str:
    """What happened, in words; %(row)s is the row by the name it has now."""
    workflow = register.workflow
    transition = workflow.transitions.get(moment.action) if workflow else None
    pattern = register.sentences.get(moment.action) or (transition.sentence if transition else COMMON.get(moment.action))
    if pattern is None:
        return ""
    who = people.get(moment.actor, "") if moment.actor else gettext("Guiju")
    if moment.on_behalf_of:
        who = gettext("%(who)s as deputy for %(absent)s") % {"who": who, "absent": people.get(moment.on_behalf_of, "")}
    said: dict[str, Any] = {"who": who, **{k: v or "" for k, v in moment.says.items()}}
    if "%(row)s" in str(pattern):
        said["row"] = str(row)
    return str(pattern) % (_Erased(said) if moment.erased else _Forgiving(said))


class _Forgiving(dict):
    """Words that an older entry does not have are left out of its sentence, not an error."""

    def __missing__(self, key: str) -> str:
        return ""


class _Erased(dict):
    """Words that were erased leave a gap that can be seen."""

    def __missing__(self, key: str) -> str:
        return "…"
