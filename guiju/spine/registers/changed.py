"""What an entry of the history changed, field by field, as people read it."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db import models
from django.utils.translation import gettext, ngettext, pgettext

from guiju.lib.differences import extent
from guiju.spine.registers import values
from guiju.spine.trail.past import Moment
from guiju.spine.trail.states import field_of
from guiju.spine.workflow.table import Workflow

HIDDEN = {"id", "organization", "version", "created_at", "created_by", "document", "position", "ended"}
SHORT = 400  # characters of a text that is shown as it was and as it became
DIGITS = 12  # of a file's digest: enough to tell two files apart


@dataclass(frozen=True)
class Difference:
    """One field, before and after. Of a long text only how much of it changed is told, since nobody reads both here."""

    name: str
    label: str
    before: str
    after: str
    instant: bool = False

    @property
    def long(self) -> bool:
        return max(len(self.before), len(self.after)) > SHORT

    @property
    def much(self) -> str:
        """How much of a long text changed, in words; empty for a short one. Worked out only when it is shown."""
        if not self.long:
            return ""
        changed, new, gone = extent(self.before, self.after)
        said = [
            ngettext("%(n)s paragraph changed", "%(n)s paragraphs changed", changed) % {"n": changed} if changed else "",
            ngettext("%(n)s paragraph new", "%(n)s paragraphs new", new) % {"n": new} if new else "",
            ngettext("%(n)s paragraph gone", "%(n)s paragraphs gone", gone) % {"n": gone} if gone else "",
        ]
        return pgettext("list", ", ").join(one for one in said if one) or gettext("only its spacing changed")


def differences(
    model: type[models.Model], moment: Moment, before: Moment | None, workflow: Workflow | None = None
) -> list[Difference]:
    """What an entry changed; states by the words of their workflow. Nothing where either moment was erased."""
    if before is None or before.erased:
        return []
    return [one for one in _all(model, moment, before, workflow) if one.before != one.after]


def _all(model: type[models.Model], moment: Moment, before: Moment, workflow: Workflow | None) -> Iterator[Difference]:
    known = {field.name for field in model._meta.concrete_fields} - HIDDEN - set(getattr(model, "untold", ()))
    for name, text in moment.state.items():
        said_already = name == "reason" and text == moment.reason
        if name not in known or _of_file(name, moment) or said_already:
            continue
        field = field_of(model, name)
        if f"{name}_digest" in moment.state:
            pair = [_file(name, one) for one in (before, moment)]
        elif before.state.get(name) == text:
            continue
        else:
            pair = [_said(model, name, one.state.get(name), workflow) for one in (before, moment)]
        label = str(field.verbose_name)
        yield Difference(name, label[:1].upper() + label[1:], pair[0], pair[1], isinstance(field, models.DateTimeField))


def _of_file(name: str, moment: Moment) -> bool:
    """Whether a field repeats the name or the digest of a file that is a field beside it."""
    base, _line, what = name.rpartition("_")
    return what in ("name", "digest") and base in moment.state and f"{base}_digest" in moment.state


def _file(name: str, moment: Moment) -> str:
    """A file by its name and the first digits of its digest, as the moment itself says."""
    digest = moment.state.get(f"{name}_digest") or ""
    return f"{moment.state.get(f'{name}_name') or ''} (SHA-256 {digest[:DIGITS]}…)" if digest else ""


def _said(model: type[models.Model], name: str, text: str | None, workflow: Workflow | None) -> str:
    if name == "state" and workflow is not None:
        return str(workflow.states[text].label) if text in workflow.states else text or ""
    return values.said(model, name, text, _name)


def _name(model: type[models.Model], pk: UUID) -> str:
    return values.names_of(model, [pk]).get(pk, "")
