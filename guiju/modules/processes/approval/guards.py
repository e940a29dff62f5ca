"""What is missing before a step of a process, in words."""

from django.utils.translation import gettext_noop as _
from django.utils.translation import pgettext

from guiju.modules.processes import revisions
from guiju.modules.processes.models import Flow, Process, Step
from guiju.modules.processes.steps import ways
from guiju.spine.acts import Missing, current
from guiju.spine.registers import values
from guiju.spine.tasks import services as tasks
from guiju.spine.tasks.models import Task
from guiju.spine.workflow.perform import acting_people


def has_purpose(process: Process) -> Missing | None:
    return None if process.purpose.strip() else Missing(_("Its purpose is missing"), link="change")


def has_owner(process: Process) -> Missing | None:
    return None if process.owner_id else Missing(_("An owner is missing"), link="change")


def has_inputs_and_outputs(process: Process) -> Missing | None:
    """ISO 9001 4.4.1 a): the inputs required and the outputs expected."""
    found = set(Flow.objects.filter(process=process.pk, ended=False).values_list("direction", flat=True))
    if found >= {"input", "output"}:
        return None
    words = (
        _("An output is missing")
        if "input" in found
        else _("An input is missing")
        if found
        else _("Inputs and outputs are missing")
    )
    return Missing(words, link="lines/flows/new")


def flows_lead_somewhere(process: Process) -> Missing | None:
    """A flow that leads to a withdrawn process leads nowhere."""
    lost = Flow.objects.filter(process=process.pk, ended=False, other__state="withdrawn").select_related("other").first()
    if lost is None:
        return None
    return Missing(
        _("“%(what)s” flows from or to %(other)s, which was withdrawn"),
        {"what": lost.what, "other": lost.other.title},
        link="#flows",
    )


def steps_lead_on(process: Process) -> Missing | None:
    """The first step that leads to one that is not there."""
    rows = list(Step.objects.filter(process=process.pk, ended=False).order_by("position", "id"))
    places = {row.position for row in rows}
    for row in rows:
        for way in ways.read(row.goes_to):
            if way.to not in places:
                return Missing(
                    _("Step %(step)s leads to step %(to)s, which is not there"),
                    {"step": row.position, "to": way.to},
                    link="#steps",
                )
    return None


def not_the_drafter(process: Process) -> Missing | None:
    """Approved by another than whoever drafted it or sent it; also held against their deputies."""
    revision = revisions.open_one(process)
    drafters = {process.drafted_by_id, revision.submitted_by_id if revision else None}
    if drafters & set(acting_people()):
        return Missing(_("You drafted this; another person has to do this"))
    return None


def every_review_done(process: Process) -> Missing | None:
    waiting = _asked(process, "review")
    return Missing(_("%(names)s: not reviewed yet"), {"names": _names(waiting)}) if waiting else None


def asked_to_review(process: Process) -> Missing | None:
    waiting = _asked(process, "review")
    if current().actor.id is None or any(task.who_id in acting_people() for task in waiting):
        return None
    return Missing(_("You were not asked to review this"))


def asked_to_approve(process: Process) -> Missing | None:
    """Where approvers were named, they alone approve; where none was, whoever has the right."""
    waiting = _asked(process, "approve")
    if not waiting or any(task.who_id in acting_people() for task in waiting):
        return None
    return Missing(_("Others were asked to approve this: %(names)s"), {"names": _names(waiting)})


def has_a_say(process: Process) -> Missing | None:
    """Whoever was asked, drafted it, or may approve can send it back; nobody else stops others' work."""
    acting = current()
    waiting = tasks.of(process).filter(door__in=("review", "approve"), who__in=acting_people())
    if acting.actor.may("processes.approve", process) or waiting.exists() or process.drafted_by_id in acting_people():
        return None
    return Missing(_("You were not asked to review this"))


def in_force_now(process: Process) -> Missing | None:
    """What is not in force yet is not reviewed for whether it still holds."""
    today = current().today()
    if process.effective_on is not None and process.effective_on <= today:
        return None
    day = values.day(process.effective_on) if process.effective_on else ""
    return Missing(_("It comes into force on %(day)s"), {"day": day}) if day else Missing(_("It is not in force yet"))


def nothing_below(process: Process) -> Missing | None:
    """A process with parts is not withdrawn before them."""
    parts = Process.objects.filter(parent=process.pk).exclude(state="withdrawn")
    names = pgettext("list", ", ").join(str(part) for part in parts[:5])
    return Missing(_("Processes are parts of it: %(names)s"), {"names": names}) if names else None


def nothing_below_a_first_draft(process: Process) -> Missing | None:
    """The same of a draft with which the process itself would be withdrawn."""
    return nothing_below(process) if revisions.approved_before(process) is None else None


def _asked(process: Process, door: str) -> list[Task]:
    return list(tasks.of(process).filter(door=door).select_related("who").order_by("turn", "id"))


def _names(waiting: list[Task]) -> str:
    return pgettext("list", ", ").join(task.who.shown_name for task in waiting)
