"""What stands on the page of a nonconformity."""

from decimal import Decimal
from typing import Any

from django.utils.html import format_html, linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from guiju.modules.actions import effects, services
from guiju.modules.actions.workflow import action_workflow
from guiju.modules.nonconformities import similar
from guiju.modules.nonconformities.models import CauseDecision, Cost, Nonconformity, Search
from guiju.spine.acts import current
from guiju.spine.registers import addresses, record_values
from guiju.spine.registers.markup import link, row, section, state_badge, title_link
from guiju.spine.registers.values import day

HAPPENED = ("description", "requirement_not_met", "containment", "other_lots_checked", "correction", "consequences")
FACTS = (
    *("kind", "stage", "severity", "process", "owner", "detected_on", "where", "product", "lot_number", "customer", "supplier"),
    *("contained_on", "segregated_at", "customer_informed_on", "corrected_on", "recurrence_of"),
)


def _label(name: str) -> str:
    text = str(Nonconformity._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    return text[:1].upper() + text[1:]


def happened(case: Nonconformity) -> SafeString:
    """What is wrong and what was done at once, in the words of those who were there."""
    rows = []
    for name in HAPPENED:
        if text := getattr(case, name).strip():
            rows.append(format_html("<h3>{}</h3>{}", _label(name), mark_safe(linebreaks(text, autoescape=True))))
    if not rows:
        return mark_safe("")
    return section(_("What happened"), format_html('<div class="gj-read">{}</div>', mark_safe("".join(rows))))


def alike(case: Nonconformity) -> SafeString:
    """The most similar past cases, while it is graded and analysed."""
    if case.state not in ("reported", "contained") or current().as_of is not None:
        return mark_safe("")
    found = similar.to(case)
    if not found:
        return mark_safe("")
    rows = mark_safe("".join(_past(one.case) for one in found))
    table = format_html('<table class="gj-table gj-table--plain gj-table--cards"><tbody>{}</tbody></table>', rows)
    return section(_("Similar past cases"), table)


def _past(case: Nonconformity) -> SafeString:
    number = (case.number, "gj-num gj-second is-first")
    return row(
        [number, (title_link(addresses.of_record(case), case.title), "is-wide"), (day(case.detected_on), "gj-num gj-right")]
    )


def decisions(case: Nonconformity) -> SafeString:
    """What is decided on the cause, and where similar cases were looked for; where it is open, the way to decide."""
    base, may = addresses.of_record(case), current().as_of is None and case.state == "contained"
    parts = []
    if case.cause_decision != CauseDecision.OPEN:
        words = _("%(who)s decided on %(day)s: %(what)s. %(why)s") % {
            "who": case.cause_decided_by,
            "day": day(case.cause_decided_on) if case.cause_decided_on else "",
            "what": case.get_cause_decision_display(),
            "why": case.cause_decision_reason,
        }
        parts.append(format_html("<p>{}</p>", words))
    if may and current().actor.may("nonconformities.confirm_cause", case):
        parts.append(
            format_html("<p>{}</p>", link(f"{base}decide-cause/", _("Decide whether the cause is to be removed"), "btn"))
        )
    if case.similar_search == Search.DONE:
        words = _("Looked for the same at: %(where)s Found: %(found)s")
        parts.append(format_html("<p>{}</p>", words % {"where": case.similar_where, "found": case.similar_found}))
    elif may and case.cause_decision == CauseDecision.REMOVE and current().actor.may("nonconformities.change", case):
        parts.append(format_html("<p>{}</p>", link(f"{base}similar/", _("Say where similar cases were looked for"), "btn")))
    return section(_("Decisions"), mark_safe("".join(parts))) if parts else mark_safe("")


def actions(case: Nonconformity) -> SafeString:
    """The actions raised from it, and the way to plan one."""
    found = services.of(case)
    may = current().as_of is None and case.state in ("contained", "analysed", "acted") and current().actor.may("actions.create")
    if not found and not may:
        return mark_safe("")
    url = f"{addresses.of_record(case)}plan-action/" if may else ""
    if not found:
        body = format_html('<p class="gj-muted">{}</p>', _("No action is planned yet."))
        return section(_("Actions"), body, url, _("Plan an action"))
    rows = mark_safe("".join(_action(one) for one in found))
    table = format_html('<table class="gj-table gj-table--plain gj-table--cards"><tbody>{}</tbody></table>', rows)
    drawn = mark_safe("".join(effects.panel(one) for one in found if one.effectiveness_criterion))
    return section(_("Actions"), table, url, _("Plan an action")) + drawn


def _action(one: Any) -> SafeString:
    state = action_workflow.state_of(one)
    return row(
        [
            (one.number, "gj-num gj-second is-first"),
            (title_link(addresses.of_record(one), one.title), "is-wide"),
            (one.get_kind_display(), "gj-low"),
            (str(one.owner) if one.owner else "", ""),
            (day(one.due_on) if one.due_on else "", "gj-num gj-right"),
            (state_badge(state.tone, str(state.label)), "is-state"),
        ]
    )


def facts(case: Nonconformity) -> list[tuple[Any, Any]]:
    """The right side of the page."""
    made: list[tuple[Any, Any]] = [(_label(name), record_values.shown(case, name)) for name in FACTS]
    if case.quantity is not None:
        made.append((_label("quantity"), f"{case.quantity.normalize():f} {case.unit}".strip()))
    if (cost := total(case)) is not None:
        made.append((_("Cost so far"), f"{cost:,.2f}"))
    return made


def total(case: Nonconformity) -> Decimal | None:
    """What a case has cost so far; None where nothing is entered."""
    amounts = list(Cost.objects.filter(nonconformity=case, ended=False).values_list("amount", flat=True))
    return sum(amounts, Decimal(0)) if amounts else None
