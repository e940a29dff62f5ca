"""The history as sentences, in the reader's language; never stored (laws L15, section 7)."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from guiju.spine.acts import current
from guiju.spine.acts.words import readable
from guiju.spine.registers import values
from guiju.spine.registers.changed import Difference, differences
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
    whole: int | None = None,
) -> list[dict]:
    """The history of a record and the rows that belong to it, newest first, as the page shows it.

    Of `brought` rows, which modules above keep about it, only what the register has a sentence for is read. What changed is
    told of the newest `whole` alone, where no more of them are shown.
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
    people = called_then(line)
    shown = [_told(register, m, every[m.record], people(m)) for m in line]
    spoken = [one for one in shown if one["sentence"]]

    def changes(one: dict) -> list[Difference]:
        moment = one["moment"]
        workflow = register.workflow if one["own"] else None
        return differences(type(every[moment.record]), moment, before.get(moment.id), workflow) if moment.stateful else []

    _join(shown, spoken[:whole], changes)
    return spoken


def _join(shown: list[dict], told: list[dict], changes: Callable[[dict], list[Difference]]) -> None:
    """Let what a plain change of a row beside the record changed stand with the record's own entry of the same act."""
    acts: dict[Any, list[dict]] = {}
    for one in shown:
        if one["own"] and one["sentence"]:
            acts.setdefault((one["at"], one["actor"]), []).append(one)
    for one in told:
        one["values"] = changes(one)
    whole = {one["sequence"] for one in told}
    for one in shown:
        same_act = acts.get((one["at"], one["actor"]), [])
        if one["sentence"] or one["action"] != "change" or not same_act:
            continue
        entry = min(same_act, key=lambda other: abs(other["sequence"] - one["sequence"]))
        if entry["sequence"] not in whole:
            continue
        labels = {value.label for value in entry["values"]}
        entry["values"] += [value for value in changes(one) if value.label not in labels and not value.instant]


RENAME = "rename"  # an event of a person, on the chain of each organization that calls them otherwise from then on


def called_then(moments: Iterable[Moment]) -> Callable[[Moment], dict[UUID, str]]:
    """Of a moment who acted by the name of then, by id; one statement where nobody was renamed since."""
    person = get_user_model()
    ids = {pk for m in moments for pk in (m.actor, m.on_behalf_of) if pk}
    acting = getattr(current().actor, "person", None)
    found = {acting.pk: acting} if acting is not None else {}
    if rest := ids - found.keys():
        found |= person._default_manager.in_bulk(rest)
    names = {pk: str(row) for pk, row in found.items()}
    renamed = [pk for pk, row in found.items() if row.renamed_at is not None]
    events = histories(dict.fromkeys(renamed, kind_of(person)), wanted=lambda e: e.action == RENAME) if renamed else []

    def at(moment: Moment) -> dict[UUID, str]:
        then = dict(names)
        for event in events:  # the newest first, so that the first change after the moment has the last word
            if event.sequence > moment.sequence and not event.erased:
                said = {name: event.says.get(name) or "" for name in ("name", "name_zh")}
                then[event.record] = str(person(**said))
        return then

    return at


def _told(register: Register, moment: Moment, row: models.Model, people: dict[UUID, str]) -> dict:
    own = isinstance(row, register.model)
    door = register.workflow.transitions.get(moment.action) if register.workflow else None
    return {
        "own": own,
        "moment": moment,
        "when": values.signed(moment.at) if door is not None and door.signs is not None else values.when(moment.at),
        "at": moment.at,
        "sequence": moment.sequence,
        "action": moment.action,
        "actor": moment.actor,
        "sentence": sentence(register, moment, people, row) if own or moment.action in register.sentences else "",
        "reason": moment.reason,
        "values": [],
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
    said: dict[str, Any] = {"who": who, **readable({k: v or "" for k, v in moment.says.items()})}
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
