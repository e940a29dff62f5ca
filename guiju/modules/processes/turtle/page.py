"""What stands on a process's page below its turtle: its flow, what waits, what belongs to it, signatures, revisions."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from guiju.modules.processes import content, revisions
from guiju.modules.processes.content import Content
from guiju.modules.processes.maps.health import SOON, ended, of_processes
from guiju.modules.processes.models import Outsourced, Process, ProcessRevision
from guiju.modules.processes.steps import drawing
from guiju.modules.processes.turtle import boxes
from guiju.modules.processes.workflow import process_workflow
from guiju.spine.acts import current
from guiju.spine.registers import addresses, values
from guiju.spine.registers.declaration import Register
from guiju.spine.registers.markup import facts as drawn_facts
from guiju.spine.registers.markup import link, mark, row, seal, seal_characters, seal_missing, section, state_badge, title_link
from guiju.spine.registers.record_values import shown
from guiju.spine.registers.values import title_of
from guiju.spine.signatures.services import holds
from guiju.spine.signatures.services import of as signatures_of
from guiju.spine.tasks import services as tasks

SHOWN = 12
OPEN = 10  # open matters
MEANINGS = {name: t.meaning for name, t in process_workflow.transitions.items() if t.signs}


def _gone_by(process: Process) -> tuple[Content, ProcessRevision | None]:
    """What people go by of it, read once for a page."""
    acting = current()
    if acting.writing or ("process", process.pk) not in acting.known:
        acting.known["process", process.pk] = content.people_go_by(process)
    found: tuple[Content, ProcessRevision | None] = acting.known["process", process.pk]
    return found


def turtle(process: Process) -> SafeString:
    """The process among its boxes, as it is in force; above it where it stands when that is not all."""
    said, revision = _gone_by(process)
    state = process_workflow.state_of(process)
    badge = state_badge(state.tone, str(state.label))
    note: SafeString = mark_safe("")
    if revision is not None:
        words = _("Revision %(new)s is being worked on. What stands here is revision %(old)s, in force since %(day)s.") % {
            "new": process.revision,
            "old": revision.position,
            "day": values.day(revision.effective_on) if revision.effective_on else "–",
        }
        way = link(address(process, process.revision), _("Read what is being worked on"))
        note = format_html('<p class="gj-note">{} {}</p>', words, way)
    elif state.name != "effective":
        words = {
            "draft": _("A draft: nothing of it is in force yet."),
            "in_review": _("In review: nothing of it is in force yet."),
            "approved": _("Approved: in force from %(day)s.")
            % {"day": values.day(process.effective_on) if process.effective_on else "–"},
            "withdrawn": _("Withdrawn: nobody works by it any more."),
        }[state.name]
        note = format_html('<p class="gj-note">{} {}</p>', badge, words)
    return mark_safe(note + boxes.drawn(said))


def flow(process: Process) -> SafeString:
    """The flow in lanes, of what is in force; of a draft its own, below."""
    said, revision = _gone_by(process)
    made = lanes(said.steps, _("How it flows"))
    if revision is not None:
        draft = content.live([process], "steps")[process.pk]
        made = mark_safe(made + lanes(draft.steps, _("How it flows, as drafted")))
    return made


def lanes(steps: Any, title: str) -> SafeString:
    if not steps:
        return mark_safe("")
    region = format_html(
        '<div class="gj-drawing" tabindex="0" role="region" aria-label="{}">{}</div>', title, drawing.drawn(steps)
    )
    return section(title, region)


def address(process: Process, position: int) -> str:
    return f"{addresses.of_record(process)}revision/{position}/"


def facts(process: Process) -> list[tuple[Any, Any]]:
    rows: list[tuple[Any, Any]] = [
        (gettext_lazy("Kind"), process.get_kind_display()),
        (gettext_lazy("Revision"), process.revision),
        (gettext_lazy("Effective on"), values.day(process.effective_on) if process.effective_on else ""),
        (gettext_lazy("Owner"), shown(process, "owner")),
        (gettext_lazy("Owner since"), values.day(process.owner_since) if process.owner_since else ""),
        (gettext_lazy("What the owner may decide"), process.owner_authority),
        (gettext_lazy("Where it runs"), ", ".join(str(place) for place in _gone_by(process)[0].places)),
        (gettext_lazy("Clauses served"), process.clauses),
        (gettext_lazy("Part of"), shown(process, "parent")),
        (gettext_lazy("Reviewed on"), values.day(process.reviewed_on) if process.reviewed_on else ""),
        (gettext_lazy("Next review"), values.day(process.due_on) if process.due_on else ""),
    ]
    if process.outsourced != Outsourced.NO:
        rows += [
            (gettext_lazy("Done by others"), process.outsourced_part),
            (gettext_lazy("How their work is controlled"), process.outsourced_control),
        ]
    return rows


def parts(process: Process) -> SafeString:
    """The processes that are parts of it."""
    if current().as_of is not None:
        return mark_safe("")
    rows = Process.objects.filter(parent=process.pk).exclude(state="withdrawn").order_by("id")
    return (
        drawn_facts([(one.number, link(addresses.of_record(one), str(one))) for one in rows], in_rows=True)
        if rows
        else mark_safe("")
    )


def revisions_of(process: Process) -> SafeString:
    """All revisions, the newest first, each to be read."""
    if current().as_of is not None:
        return mark_safe("")
    rows = revisions.of(process)
    standing = revisions.in_force_position(process, rows, current().today())
    made = [
        (
            link(address(process, r.position), _("Revision %(label)s") % {"label": r.position})
            if r.given_up_on is None
            else _("Revision %(label)s") % {"label": r.position},
            revision_words(r, standing),
        )  # fmt: skip
        for r in rows
    ]
    return drawn_facts(made, in_rows=True) if made else mark_safe("")


def revision_words(revision: ProcessRevision, standing: int | None) -> str:
    """Where a revision stands, in words."""
    if revision.given_up_on is not None:
        return _("given up on %(day)s") % {"day": values.day(revision.given_up_on)}
    if revision.approved_at is None or revision.effective_on is None:
        return _("not approved")
    if revision.position == standing:
        return _("in force since %(day)s") % {"day": values.day(revision.effective_on)}
    if revision.effective_on > current().today():
        return _("from %(day)s") % {"day": values.day(revision.effective_on)}
    return _("withdrawn") if revision.withdrawn_on else _("superseded")


def seals(process: Process) -> SafeString:
    """Who signed the revision that is worked on or stands, and who has still to."""
    revision = revisions.open_one(process) if current().as_of is None else None
    return seals_of(process, revision, asked=True) if revision is not None else mark_safe("")


def seals_of(process: Process, revision: ProcessRevision, *, asked: bool = False) -> SafeString:
    made = []
    for signature in signatures_of([revision]):
        meaning = str(MEANINGS.get(signature.meaning, signature.meaning))
        if signature.on_behalf_of_id:
            meaning = _("%(meaning)s, as deputy for %(name)s") % {"meaning": meaning, "name": signature.absent_then}
        if not holds(signature, revision):
            meaning = _("%(meaning)s (of an earlier text)") % {"meaning": meaning}
        signer = signature.signer_then
        stamp = seal_characters(signer.name_zh or signer.name)
        made.append(seal(stamp, str(signer), meaning, values.signed(signature.signed_at), signature.meaning == "approve"))
    if asked:
        asks = {"review": _("Review"), "approve": _("Approval")}
        for task in sorted(tasks.of(process).filter(door__in=asks).select_related("who"), key=lambda task: (task.turn, task.pk)):
            since = _("asked %(when)s") % {"when": values.when(task.asked_at)} if task.asked_at else _("is asked later")
            made.append(seal_missing(str(task.who), asks[task.door], since))
    if not made:
        return mark_safe("")
    return section(_("Signatures"), mark_safe(f'<div class="gj-seals">{"".join(made)}</div>'))


# --- What belongs to it -------------------------------------------------------------------------------------------------


def open_matters(process: Process) -> SafeString:
    """What waits in all registers, the most pressing first."""
    if current().as_of is not None:
        return mark_safe("")
    found: list[tuple[date, Register, Any]] = []
    for register in of_processes():
        if "due_on" in {column.name for column in register.model._meta.concrete_fields}:
            rows = (
                register.rows(current().actor).filter(process=process.pk, due_on__isnull=False).exclude(state__in=ended(register))
            )
            found += [(one.due_on, register, one) for one in rows.order_by("due_on", "id")[:OPEN]]
    found.sort(key=lambda one: (one[0], one[1].key, one[2].pk))
    if not found:
        return section(_("Open matters"), format_html('<p class="gj-muted">{}</p>', _("Nothing waits here.")))
    items = "".join(_matter(on, one) for on, _register, one in found[:OPEN])
    return section(_("Open matters"), mark_safe(f'<ul class="gj-plain">{items}</ul>'))


def _matter(on: date, record: Any) -> SafeString:
    today = current().today()
    late = (today - on).days
    tone = "late" if late > 0 else "due" if on <= today + timedelta(days=SOON.days) else "none"
    when = ngettext("%(n)s day late", "%(n)s days late", late) % {"n": late} if late > 0 else values.day(on)
    return format_html(
        '<li class="gj-matter"><span class="gj-tone-{tone}">{sign}</span><span class="gj-grow">{title}</span>'
        '<span class="gj-muted gj-sm gj-num">{number}</span><span class="gj-sm gj-nowrap gj-tone-{tone}">{when}</span></li>',
        tone=tone,
        sign=mark(tone),
        title=title_link(addresses.of_record(record), title_of(record)),
        number=record.number,
        when=when,
    )


def belongings(process: Process) -> SafeString:
    """Per register the records of this process, the newest first."""
    if current().as_of is not None:
        return mark_safe("")
    return mark_safe("".join(_of(register, process) for register in of_processes()))


def _of(register: Register, process: Process) -> SafeString:
    found = list(register.rows(current().actor).filter(process=process).order_by("-id")[: SHOWN + 1])
    if not found:
        return mark_safe("")
    rows = mark_safe("".join(_rows(register, found[:SHOWN])))
    table = format_html('<table class="gj-table gj-table--plain gj-table--cards"><tbody>{}</tbody></table>', rows)
    url = f"{addresses.of_register(register)}?process={process.pk}"
    return section(str(register.label), table, url, _("Show all"))


def _rows(register: Register, records: Iterable[Any]) -> Iterable[SafeString]:
    for record in records:
        state = register.workflow.state_of(record) if register.workflow else None
        yield row(
            [
                (record.number, "gj-num gj-second is-first"),
                (title_link(addresses.of_record(record), title_of(record)), "is-wide"),
                (state_badge(state.tone, str(state.label)) if state else "", "is-state"),
            ]
        )


def signed(process: Process, revision: ProcessRevision) -> tuple[list[tuple[Any, Any]], Any]:
    """What is about to be signed, as it is read."""
    said = content.of_revision(process, revision)
    drawn = mark_safe(boxes.drawn(said, alone=True) + lanes(said.steps, _("How it flows")))
    return [(_("Revision"), str(revision.position))], drawn
