"""What an entry of the history changed, field by field, as people read it."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db import models
from django.utils.functional import Promise
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext, pgettext

from guiju.lib.differences import extent
from guiju.spine.registers import values
from guiju.spine.trail.past import Moment
from guiju.spine.trail.states import field_of, from_text
from guiju.spine.workflow.table import Workflow

HIDDEN = {"id", "organization", "version", "created_at", "created_by", "document", "position"}
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
    quoted: bool = False  # words that somebody wrote

    @property
    def sentence(self) -> SafeString:
        """What became of the field, as a sentence with both values marked."""
        if self.long or (self.quoted and "\n" in f"{self.before}{self.after}"):
            return format_html("{}", gettext("“%(field)s”: %(much)s.") % {"field": self.label, "much": self._extent()})
        if not self.after:
            pattern = gettext("“%(field)s” was emptied; it was %(before)s.")
        elif self.before:
            pattern = gettext("“%(field)s” was changed from %(before)s to %(after)s.")
        else:
            pattern = gettext("“%(field)s” was filled in: %(after)s.")
        marks = {"before": _marked("gj-old", self.before, self.quoted), "after": _marked("gj-new", self.after, self.quoted)}
        return mark_safe(conditional_escape(pattern) % {"field": conditional_escape(self.label), **marks})

    @property
    def long(self) -> bool:
        return max(len(self.before), len(self.after)) > SHORT

    @property
    def much(self) -> str:
        """How much of a long text changed, in words; empty for a short one. Worked out only when it is shown."""
        return self._extent() if self.long else ""

    def _extent(self) -> str:
        changed, new, gone = extent(self.before, self.after)
        said = [
            ngettext("%(n)s paragraph changed", "%(n)s paragraphs changed", changed) % {"n": changed} if changed else "",
            ngettext("%(n)s paragraph new", "%(n)s paragraphs new", new) % {"n": new} if new else "",
            ngettext("%(n)s paragraph gone", "%(n)s paragraphs gone", gone) % {"n": gone} if gone else "",
        ]
        return pgettext("list", ", ").join(one for one in said if one) or gettext("only its spacing changed")


def _marked(css: str, text: str, quoted: bool) -> SafeString:
    return format_html('<span class="{}">{}</span>', css, gettext("“%(words)s”") % {"words": text} if quoted else text)


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
        if name not in known or _of_file(name, moment):
            continue
        field = field_of(model, name)
        if _said_already(field, text, moment, workflow) or not isinstance(field.verbose_name, Promise):
            continue  # what nobody has put into words is for programs
        if isinstance(field, models.JSONField):
            yield from _in_parts(model, name, moment, before)
            continue
        if _is_file(name, moment):
            pair = [_file(name, one) for one in (before, moment)]
        elif before.state.get(name) == text:
            continue
        else:
            pair = [_said(model, name, one.state.get(name), workflow) for one in (before, moment)]
        label = str(field.verbose_name)
        instant, quoted = isinstance(field, models.DateTimeField), _is_written(field) and not _is_file(name, moment)
        yield Difference(name, label[:1].upper() + label[1:], pair[0], pair[1], instant, quoted)


def _said_already(field: models.Field, text: str | None, moment: Moment, workflow: Workflow | None) -> bool:
    """Whether the entry itself says what became of a field: its reason, its time, who acted, the step that was taken."""
    if text is None:
        return False
    if isinstance(field, models.DateTimeField):
        return bool(values.when(from_text(field, text)) == values.when(moment.at))
    if field.is_relation:
        return text == str(moment.actor)
    if field.name == "state":
        return workflow is not None and moment.action in workflow.transitions
    return field.name == "reason" and text == moment.reason


def _is_written(field: models.Field) -> bool:
    """Whether people write in a field whatever they like; states and choices are words of the product."""
    return isinstance(field, models.CharField | models.TextField) and not field.choices and field.name != "state"


def _is_file(name: str, moment: Moment) -> bool:
    return f"{name}_digest" in moment.state


def _in_parts(model: type[models.Model], name: str, moment: Moment, before: Moment) -> Iterator[Difference]:
    """A field that holds several values, by each of them as its model puts them in words; else it is for programs alone."""
    told = getattr(model, "told_in_parts", {}).get(name)
    if told is None or before.state.get(name) == moment.state.get(name):
        return
    then, now = told(before.state), told(moment.state)
    for label in then | now:
        yield Difference(name, label, then.get(label, ""), now.get(label, ""))


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
