"""The history as sentences, in the reader's language; never stored (laws L15, section 7)."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from guiju.spine.registers import values
from guiju.spine.registers.declaration import Register
from guiju.spine.trail.past import Moment, histories
from guiju.spine.trail.states import field_of, kind_of
from guiju.spine.workflow.table import Workflow

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
HIDDEN = {"id", "organization", "version", "created_at", "created_by", "document", "position"}


def told(register: Register, rows: Iterable[models.Model], *, most: int = 200, until: int | None = None) -> list[dict]:
    """The history of a record and the rows that belong to it, newest first, as the page shows it."""
    models_of = {row.pk: type(row) for row in rows}
    line = histories({pk: kind_of(model) for pk, model in models_of.items()}, until=until, limit=most)
    later: dict[UUID, Moment] = {}
    before: dict[UUID, Moment] = {}
    for moment in line:
        if moment.stateful:
            if newer := later.get(moment.record):
                before[newer.id] = moment
            later[moment.record] = moment
    people = _people(line)
    shown = [_told(register, m, before.get(m.id), models_of[m.record], people) for m in line]
    return [one for one in shown if one["sentence"]]


def _people(moments: Iterable[Moment]) -> dict[UUID, str]:
    ids = {pk for m in moments for pk in (m.actor, m.on_behalf_of) if pk}
    return values.names_of(get_user_model(), ids)


def _told(register: Register, moment: Moment, before: Moment | None, model: type[models.Model], people: dict[UUID, str]) -> dict:
    own = model is register.model
    return {
        "when": values.when(moment.at),
        "at": moment.at,
        "sequence": moment.sequence,
        "action": moment.action,
        "actor": moment.actor,
        "sentence": sentence(register, moment, people) if own or moment.action in register.sentences else "",
        "reason": moment.reason,
        "values": differences(model, moment, before, register.workflow if own else None) if moment.stateful else [],
        "erased": gettext("erased on %(when)s") % {"when": values.when(moment.erased_at)} if moment.erased_at else "",
    }


def sentence(register: Register, moment: Moment, people: dict[UUID, str]) -> str:
    """What happened, in words."""
    workflow = register.workflow
    transition = workflow.transitions.get(moment.action) if workflow else None
    pattern = register.sentences.get(moment.action) or (transition.sentence if transition else COMMON.get(moment.action))
    if pattern is None:
        return ""
    who = people.get(moment.actor, "") if moment.actor else gettext("Guiju")
    if moment.on_behalf_of:
        who = gettext("%(who)s as deputy for %(absent)s") % {"who": who, "absent": people.get(moment.on_behalf_of, "")}
    said: dict[str, Any] = {"who": who, **{k: v or "" for k, v in moment.says.items()}}
    return str(pattern) % (_Erased(said) if moment.erased else _Forgiving(said))


class _Forgiving(dict):
    """Words that an older entry does not have are left out of its sentence, not an error."""

    def __missing__(self, key: str) -> str:
        return ""


class _Erased(dict):
    """Words that were erased leave a gap that can be seen."""

    def __missing__(self, key: str) -> str:
        return "…"


def differences(
    model: type[models.Model], moment: Moment, before: Moment | None, workflow: Workflow | None = None
) -> list[tuple[str, str, str]]:
    """(field, before, after) of what an entry changed, as people read it; states by the words of their workflow."""
    if before is None or before.erased:
        return []
    found = []
    for name, text in moment.state.items():
        if name in HIDDEN or before.state.get(name) == text or name not in {f.name for f in model._meta.concrete_fields}:
            continue
        field = field_of(model, name)
        label = str(field.verbose_name)
        texts = (before.state.get(name), text)
        if name == "state" and workflow is not None:
            pair = [str(workflow.states[t].label) if t in workflow.states else t or "" for t in texts]
        else:
            pair = [values.said(model, name, t, _name) for t in texts]
        found.append((label[:1].upper() + label[1:], shortened(pair[0]), shortened(pair[1])))
    return found


def shortened(text: str, most: int = 400) -> str:
    return text if len(text) <= most else f"{text[:most]}…"


def _name(model: type[models.Model], pk: UUID) -> str:
    return values.names_of(model, [pk]).get(pk, "")
