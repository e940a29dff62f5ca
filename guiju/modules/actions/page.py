"""What stands on an action's page."""

from typing import Any

from django.utils.html import format_html, linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from guiju.modules.actions import extensions, services
from guiju.modules.actions.models import Action, Decision, Extension
from guiju.spine.acts import current
from guiju.spine.registers import addresses, record_values
from guiju.spine.registers.declaration import by_kind
from guiju.spine.registers.markup import link, section
from guiju.spine.registers.values import day

TEXTS = (
    *("problem", "action_text", "selected_reason", "scale_reason", "benefit_expected", "benefit_measured", "done_evidence"),
    *("risk_review_reason", "system_change_reason"),
)


def plan(action: Action) -> SafeString:
    """What is to be done and why, in the words of who planned it."""
    rows = []
    for name in TEXTS:
        if text := getattr(action, name).strip():
            label = str(action._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
            rows.append(format_html("<h3>{}</h3>{}", label[:1].upper() + label[1:], mark_safe(linebreaks(text, autoescape=True))))
    return section(_("Plan"), format_html('<div class="gj-read">{}</div>', mark_safe("".join(rows)))) if rows else mark_safe("")


def waiting(action: Action) -> SafeString:
    """A request for more time, for whoever may decide it."""
    if current().as_of is not None or not current().actor.may(extensions.RIGHT, action):
        return mark_safe("")
    asked = Extension.objects.filter(action=action, decision=Decision.ASKED, ended=False).first()
    if asked is None:
        return mark_safe("")
    words = _("More time is asked for, until %(day)s: %(reason)s") % {"day": day(asked.until_on), "reason": asked.reason}
    url = f"{addresses.of_record(action)}extensions/{asked.pk}/"
    return format_html('<p class="gj-note">{} {}</p>', words, link(url, _("Decide")))


def facts(action: Action) -> list[tuple[Any, Any]]:
    """The right side of the page."""
    names = ("kind", "origin", "aim", "process", "owner", "cause_addressed", "strength", "done_on", "done_by", "verified_on")
    more = ("verified_by", "effectiveness_due_on", "risk_review", "system_change")
    made: list[tuple[Any, Any]] = [(_("Due on"), day(action.due_on) if action.due_on else "")]
    if moved := extensions.count(action):
        made.append((_("Due date moved"), str(moved)))
    for name in (*names, *more):
        label = str(action._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
        made.append((label[:1].upper() + label[1:], record_values.shown(action, name)))
    return made


def came_from(action: Action) -> SafeString:
    """The records it was raised from, those that may be seen."""
    found = []
    for kind, pk in services.cases(action):
        register = by_kind(kind)
        if register is None or not current().actor.may(f"{register.key}.view"):
            continue
        row = register.rows(current().actor).filter(pk=pk).first()
        if row is not None:
            found.append(format_html("<li>{}</li>", link(addresses.of_record(row), f"{row.number} {row.title}")))
    return format_html('<ul class="gj-plain">{}</ul>', mark_safe("".join(found))) if found else mark_safe("")
