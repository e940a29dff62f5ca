"""What stands on a record's page: steps, doors, panels, facts, comments, history."""

from collections.abc import Iterable
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guiju.lib.names import initials
from guiju.spine.acts import Missing, current
from guiju.spine.acts.hooks import history_parts, record_parts
from guiju.spine.attachments import services as attachments
from guiju.spine.records.services import comments as comments_of
from guiju.spine.registers import addresses, past, record_values, sentences, values
from guiju.spine.registers.declaration import RecordPart, Register
from guiju.spine.registers.forms import CommentForm
from guiju.spine.registers.lines import panel as lines_panel
from guiju.spine.registers.lines import writing as lines_of
from guiju.spine.registers.markup import state_badge
from guiju.spine.registers.writing import takes_comments
from guiju.spine.trail.states import field_of
from guiju.spine.workflow.table import Transition, Workflow

MOST = 1000  # entries of the whole history
SHOWN = 8  # entries of the history on the page itself


def context(register: Register, record: Any, comment_form: CommentForm | None = None) -> dict[str, Any]:
    """The context of registers/detail.html. A past record has neither doors nor forms."""
    looking_back = getattr(record, "read_as_of", None) is not None
    may_comment = not looking_back and current().actor.may(f"{register.key}.comment", record)
    may_comment = may_comment and takes_comments(register, record)
    told = history(register, record, whole=SHOWN)
    base = addresses.of_record(record)
    parts = [] if looking_back else [found for part in record_parts if (found := part(record)) is not None]
    return {
        "heading": values.heading_of(record),
        "record": {"number": record.number, "title": values.title_of(record), "version": record.version},
        "eyebrow": eyebrow(register, record),
        "actions": [] if looking_back else [*_actions(register, record, base), *(a for part in parts for a in part.actions)],
        "across": [drawn for panel in register.across if (drawn := panel.render(record))],
        "steps": steps(register, record, told),
        "doors": [] if looking_back else doors(register, record, base),
        "left": [*_erased(record), *_above(parts), *_drawn(register, record), *(s for part in parts for s in part.left)],
        "right": [(panel.title, drawn) for panel in register.aside if (drawn := panel.render(record))]
        + [aside for part in parts for aside in part.right],
        "facts": facts(register, record),
        "comments": [_comment(c) for c in comments_of(record)] if not looking_back else None,
        "comment_form": (comment_form or CommentForm()) if may_comment else None,
        "comment_url": f"{base}comment/",
        "history": told[:SHOWN],
        "history_url": f"{base}history/" if len(told) > SHOWN else "",
        "history_count": len(told),
        "trail_text": trail_text(),
    }


def _drawn(register: Register, record: Any) -> list[Any]:
    own = [drawn for panel in register.panels if (drawn := panel.render(record))]
    return own + [drawn for lines in register.lines if (drawn := lines_panel.panel(lines, record))]


def _above(parts: Iterable[RecordPart]) -> list[Any]:
    return [drawn for part in parts for drawn in part.top]


def _erased(record: Any) -> list[SafeString]:
    """Above a past state of which something was erased since: when, and that this is what is left."""
    at = getattr(record, "erased_at", None)
    if at is None:
        return []
    words = _("What was kept of this moment was erased on %(when)s. What stands here is what is left.")
    return [format_html('<p class="gj-note">{}</p>', words % {"when": values.when(at)})]


def eyebrow(register: Register, record: Any, *, linked: bool = False) -> list[tuple[Any, str]]:
    words = f"{register.label_one} {record.number}"
    return [(register.label, addresses.of_register(register)), (words, addresses.of_record(record) if linked else "")]


def history(register: Register, record: Any, *, most: int = 200, whole: int | None = None) -> list[dict[str, Any]]:
    limit = past.until() if current().as_of is not None else None
    return sentences.told(
        register, _own_rows(register, record), brought=_brought(record, most), most=most, until=limit, whole=whole
    )


def rows_of(register: Register, record: Any, *, most: int = MOST) -> list[Any]:
    """A record and the rows whose entries belong to its history."""
    return [*_own_rows(register, record), *_brought(record, most)]


def _own_rows(register: Register, record: Any) -> list[Any]:
    lines = [line for one in register.lines for line in lines_of.rows(one, record, ended=True)]
    return [record, *(register.history_of(record) if register.history_of else ()), *lines]


def _brought(record: Any, most: int) -> list[Any]:
    """The rows of modules above whose entries belong to a record's history."""
    return [row for part in history_parts for row in part(record, most)]


def trail_text() -> str:
    return _("Every line here is an entry of the audit trail, which nobody can rewrite.")


def _actions(register: Register, record: Any, base: str) -> list[tuple[Any, str, str]]:
    may = current().actor.may(f"{register.key}.change", record)
    editable = register.editable is None or register.editable(record)
    made = [(_("Edit"), f"{base}change/", "pencil")] if may and editable else []
    made += [(_("Print"), f"{base}print/", "printer")] if register.prints else []
    if register.copied and not values.is_untitled(record) and current().actor.may(f"{register.key}.create"):
        made.append((_("Copy"), f"{addresses.of_register(register)}new/?from={addresses.in_address(record.number)}", "copy"))
    return made


def steps(register: Register, record: Any, told: list[dict[str, Any]]) -> list[tuple[Any, str, str]]:
    """(label, when it was reached, past | now | coming) of the states in their order."""
    if register.workflow is None:
        return []
    states = list(register.workflow.states.values())
    now = register.workflow.state_of(record).name
    order = [state.name for state in states]
    place = order.index(now)
    led_on = {source for transition in register.workflow.transitions.values() for source in transition.sources}
    leap = _leap(register.workflow, order, told)
    over = range(order.index(leap.sources[0]) + 1, order.index(leap.target)) if leap else range(0)
    made = []
    for index, state in enumerate(states):
        if index in over:
            continue  # a state in which it never was is not shown as behind it
        if state.final and state.name != now and not (index < place and state.name in led_on):
            continue
        status = "past" if index < place else "now" if index == place else "coming"
        label = leap.meaning or leap.label if leap and state.name == leap.target else state.label
        made.append((label, _step_note(register, record, state.name, told, status), status))
    return made


def _leap(workflow: Workflow, order: list[str], told: list[dict[str, Any]]) -> Transition | None:
    """The door by which a record came to where it stands, where that leads past a state."""
    for one in told:  # the newest first
        door = workflow.transitions.get(one["action"]) if one["own"] else None
        if door is None or door.target in door.sources or workflow.states[door.target].final:
            continue
        return door if order.index(door.target) - order.index(door.sources[0]) > 1 else None
    return None


def _step_note(register: Register, record: Any, state: str, told: list[dict[str, Any]], status: str) -> str:
    """When the state was reached, or is expected by date."""
    assert register.workflow is not None
    follows = register.workflow.states[state].follows
    if follows:
        on = getattr(record, follows[1])
        return values.day(on) if on else ""
    if status == "coming":
        return ""
    leading = {t.name for t in register.workflow.transitions.values() if t.target == state and state not in t.sources}
    if state == register.workflow.initial:
        leading |= {"create", "import"}
    return next((one["when"] for one in told if one["action"] in leading), "")


def doors(register: Register, record: Any, base: str) -> list[dict[str, Any]]:
    """Each possible step: a button, or what is missing before it."""
    if register.workflow is None:
        return []
    made: list[dict[str, Any]] = []
    for transition in register.workflow.doors(record):
        missing = transition.missing(record)
        # The first open door that leads on; one that asks for a reason leads back, or out.
        leads_on = not missing and not transition.asks_reason
        made.append(_door(transition, missing, base, primary=leads_on and not any(d["primary"] for d in made)))
    return made


def _door(transition: Transition, missing: list[Missing], base: str, primary: bool) -> dict[str, Any]:
    return {
        "name": transition.name,
        "label": transition.label,
        "open": not missing,
        "others": any(one.others for one in missing),
        "explanation": transition.explains,
        "missing": [
            {"text": str(m), "url": _mended_at(base, m.link), "link_label": _("Mend it") if m.link else ""} for m in missing
        ],
        "url": f"{base}{transition.name}/",
        "primary": primary,
        "icon": transition.icon,
    }


def _mended_at(base: str, link: str) -> str:
    """Where a thing that is missing can be mended: a page below the record's, or ("#...") a place on it."""
    return f"{base}{link}{'' if link.startswith('#') else '/'}" if link else ""


def facts(register: Register, record: Any) -> list[tuple[Any, Any]]:
    made: list[tuple[Any, Any]] = []
    if register.workflow:
        state = register.workflow.state_of(record)
        made.append((gettext_lazy("State"), state_badge(state.tone, str(state.label))))
    return made + list(register.facts(record) if register.facts else _plain_facts(register, record))


def _plain_facts(register: Register, record: Any) -> list[tuple[Any, Any]]:
    made = []
    for name in register.edits:
        field = field_of(register.model, name)
        if name == "title":
            continue
        label = str(field.verbose_name)
        made.append((label[:1].upper() + label[1:], record_values.shown(record, name)))
    return made


def _comment(comment: Any) -> dict[str, str]:
    name = str(comment.made_by)
    return {"name": name, "initials": initials(name), "when": values.when(comment.made_at), "text": comment.text}


def files(record: Any) -> list[tuple[str, str, int]]:
    """(name, address, size) of a record's files."""
    base = addresses.of_record(record)
    return [(a.name, f"{base}files/{a.pk}/", a.size) for a in attachments.of(record)]
