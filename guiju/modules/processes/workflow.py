"""From draft to withdrawal. ISO 9001 4.4.2: the processes are maintained as documented information."""

from collections.abc import Sequence

from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from guiju.modules.processes import revisions
from guiju.modules.processes.approval import guards, steps
from guiju.modules.processes.approval.forms import ApproveForm, ConfirmForm, SubmitForm
from guiju.modules.processes.models import Flow, Process, ProcessRevision
from guiju.spine.registers import addresses
from guiju.spine.workflow.table import State, Touch, Transition, Workflow


def newest(process: Process) -> ProcessRevision:
    """What is signed: the revision with all its lines, not the process's place, owner and dates (law L9)."""
    return revisions.newest(process)


def touched(process: Process) -> Sequence[Touch]:
    """Which other processes give it something or get something from it."""
    rows = Flow.objects.filter(other=process.pk, ended=False).exclude(process__state="withdrawn").select_related("process")
    found = {row.process_id: row.process for row in rows}
    if not found:
        return [Touch(translated("No other process gives it anything or gets anything from it"))]
    words = ngettext("%(n)s process has a flow from or to it", "%(n)s processes have flows from or to it", len(found))
    named = sorted((f"{one.number} {one}", addresses.of_record(one)) for one in found.values())
    return [Touch(words % {"n": len(found)}, "", named)]


process_workflow = Workflow(
    "processes",
    states=(
        State("draft", _("Draft")),
        State("in_review", _("In review"), "due"),
        State("approved", _("Approved"), "due"),
        State("effective", _("Effective"), "done", follows=("approved", "effective_on")),
        State("withdrawn", _("Withdrawn"), final=True),
    ),
    transitions=(
        Transition(
            "submit",
            _("Send to review"),
            "draft",
            "in_review",
            _("%(who)s sent revision %(revision)s to review."),
            explains=_("Those you choose are asked to look at it. It then stands still with all its lines."),
            needs=(
                guards.has_purpose,
                guards.has_owner,
                guards.has_inputs_and_outputs,
                guards.flows_lead_somewhere,
                guards.steps_lead_on,
            ),
            form=SubmitForm,
            effect=steps.submit,
            icon="send",
        ),
        Transition(
            "review",
            _("Review"),
            "in_review",
            "in_review",
            _("%(who)s reviewed revision %(revision)s and signed."),
            explains=_("With your signature you say that this is how the work is done."),
            needs=(guards.not_the_drafter, guards.asked_to_review),
            meaning=_("Reviewed"),
            signs=newest,
            effect=steps.review,
            icon="eye-check",
        ),
        Transition(
            "approve",
            _("Approve"),
            "in_review",
            "approved",
            _("%(who)s approved revision %(revision)s and signed."),
            explains=_("With your signature this is how we work, from the day you choose."),
            needs=(guards.not_the_drafter, guards.every_review_done, guards.asked_to_approve, guards.flows_lead_somewhere),
            form=ApproveForm,
            meaning=_("Approved"),
            signs=newest,
            effect=steps.approve,
            icon="rubber-stamp",
        ),
        Transition(
            "return",
            _("Return to draft"),
            "in_review",
            "draft",
            _("%(who)s returned revision %(revision)s to draft."),
            explains=_("Whoever drafted it gets it back with your reason."),
            needs=(guards.has_a_say,),
            asks_reason=True,
            effect=steps.give_back,
            icon="arrow-back-up",
        ),
        Transition(
            "revise",
            _("Begin a new revision"),
            ("approved", "effective"),
            "draft",
            _("%(who)s began revision %(revision)s."),
            explains=_("What is approved stays in force until the new revision is effective."),
            asks_reason=True,
            effect=steps.revise,
            icon="pencil",
        ),
        Transition(
            "confirm",
            _("Confirm unchanged"),
            ("approved", "effective"),
            "approved",
            _("%(who)s confirmed after review that revision %(revision)s stays as it is. Looked at: %(looked_at)s"),
            explains=_("You have looked whether it is still right, and it is."),
            needs=(guards.in_force_now,),
            form=ConfirmForm,
            meaning=_("Reviewed, still right"),
            signs=newest,
            effect=steps.confirm,
            icon="eye-check",
        ),
        Transition(
            "withdraw",
            _("Withdraw"),
            ("approved", "effective"),
            "withdrawn",
            _("%(who)s withdrew the process."),
            explains=_("It leaves the map, and nothing new belongs to it. What belonged to it stays."),
            needs=(guards.nothing_below,),
            asks_reason=True,
            meaning=_("Withdrawn"),
            signs=newest,
            effect=steps.withdraw,
            touches=touched,
            icon="archive",
        ),
        Transition(
            "give_up",
            _("Give up the draft"),
            "draft",
            "withdrawn",
            _("%(who)s gave up the draft of revision %(revision)s."),
            explains=_(
                "What was drafted is not to be. What was approved before stands again; a process that never was approved is"
                " withdrawn."
            ),
            needs=(guards.nothing_below_a_first_draft,),
            asks_reason=True,
            effect=steps.give_up,
            instead=("approved", steps.was_approved),
            icon="archive",
        ),
    ),
)
