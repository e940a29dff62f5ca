"""How what holds for a kind was changed, in the reader's language."""

import json
from typing import Any

from django.db import models
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from guiju.modules.kinds.custom import CustomField
from guiju.modules.kinds.models import KindRule
from guiju.organizations.story import of_row
from guiju.spine.registers import changed
from guiju.spine.trail.past import Moment

SENTENCES = {
    "create": _("%(who)s set what holds for the kind."),
    "change": _("%(who)s changed what holds for the kind."),
    "add_field": _("%(who)s added the field %(field)s."),
    "change_field": _("%(who)s changed the field %(field)s."),
    "move_field": _("%(who)s moved the field %(field)s."),
    "end_field": _("%(who)s ended the field %(field)s."),
}


def of_rule(rule: KindRule) -> list[dict[str, Any]]:
    """The changes of a kind's rule, newest first, as registers/_history.html shows them; none where nothing was ever set."""
    if rule.version == 0:
        return []
    return of_row(rule, lambda moment: SENTENCES.get(moment.action, SENTENCES["change"]), _differences)


def _differences(model: type[models.Model], moment: Moment, before: Moment | None) -> list[changed.Difference]:
    """What changed; of the further fields each by its name."""
    found = [one for one in changed.differences(model, moment, before) if one.name != "fields"]
    if before is None or before.erased:
        return found
    then, now = _fields(before), _fields(moment)
    names = {key: one.label for key, one in (then | now).items()}
    pairs = ((label, _said(then.get(key)), _said(now.get(key))) for key, label in names.items())
    return found + [changed.Difference("fields", label, old, new) for label, old, new in pairs if old != new]


def _fields(moment: Moment) -> dict[str, CustomField]:
    return {kept["key"]: CustomField.of(kept) for kept in json.loads(moment.state.get("fields") or "[]")}


def _said(field: CustomField | None) -> str:
    """A field as it stood, in a line."""
    if field is None or field.ended:
        return ""
    parts = [field.label, field.label_zh, field.type_label, gettext("must be filled in") if field.required else ""]
    parts += [" / ".join(field.choices), field.help]
    return pgettext("list", "; ").join(part for part in parts if part)
