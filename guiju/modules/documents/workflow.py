"""From draft to withdrawal. ISO 9001 7.5.2 (review and approval) and 7.5.3 (control)."""

from django.utils.translation import gettext_lazy as _

from guiju.modules.documents.approval import guards, references, steps, touching
from guiju.modules.documents.approval.forms import ApproveForm, ConfirmForm, ReviseForm, SubmitForm
from guiju.modules.documents.before.step import TAKE_OVER
from guiju.modules.documents.checkout import taking
from guiju.modules.documents.models import Document, Revision
from guiju.spine.workflow.table import State, Transition, Workflow


def newest(document: Document) -> Revision:
    """What is signed: the revision, not the document's place and dates (law L9)."""
    return document.newest()


def last(document: Document) -> Revision:
    """The revision with the highest position: that which a step takes back, before the step and after it."""
    return Revision.objects.filter(document=document).order_by("-position")[0]


document_workflow = Workflow(
    "documents",
    states=(
        State("draft", _("Draft")),
        State("in_review", _("In review"), "due"),
        State("approved", _("Approved"), "due"),
        State("effective", _("Effective"), "done", follows=("approved", "effective_on")),
        State("withdrawn", _("Withdrawn"), final=True),
        State("disposed", _("Disposed of"), final=True),
    ),
    transitions=(
        Transition(
            "submit",
            _("Send to review"),
            "draft",
            "in_review",
            _("%(who)s sent revision %(revision)s to review."),
            explains=_("Those you choose are asked to review it. The text then stands still."),
            needs=(guards.has_content, taking.not_taken, references.references_stand),
            form=SubmitForm,
            effect=steps.submit,
            icon="send",
        ),
        TAKE_OVER,
        Transition(
            "review",
            _("Review"),
            "in_review",
            "in_review",
            _("%(who)s reviewed revision %(revision)s and signed."),
            explains=_("With your signature you say that you have read it and find it fit."),
            needs=(guards.not_the_author, guards.asked_to_review),
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
            explains=_("With your signature this revision comes into force on the day you choose."),
            needs=(
                guards.not_the_author,
                guards.every_review_done,
                guards.reviewed_by_another,
                guards.remarks_answered,
                references.references_stand,
                guards.asked_to_approve,
            ),
            form=ApproveForm,
            meaning=_("Approved"),
            signs=newest,
            effect=steps.approve,
            others=guards.others_have_to_approve,
            touches=touching.touched,
            icon="rubber-stamp",
        ),
        Transition(
            "return",
            _("Return to draft"),
            "in_review",
            "draft",
            _("%(who)s returned revision %(revision)s to its author."),
            explains=_("The author gets it back with your reason. The reviews made so far are kept."),
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
            explains=_("The present revision stays in force until the new one is effective."),
            needs=(guards.nothing_to_come,),
            form=ReviseForm,
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
            explains=_("You have looked whether it is still right, and it is. Nobody has to read it again."),
            needs=(guards.still_in_force, guards.nothing_newer),
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
            _("%(who)s withdrew the document."),
            explains=_(
                "Nobody works by the document any more, neither by the revision in force nor by one to come. It stays readable,"
                " marked as withdrawn."
            ),
            needs=(references.nothing_refers_to_it,),
            asks_reason=True,
            meaning=_("Withdrawn"),
            signs=newest,
            effect=steps.withdraw,
            touches=touching.touched,
            icon="archive",
        ),
        Transition(
            "take_back",
            _("Take back before it is in force"),
            "approved",
            "approved",
            _("%(who)s took back the approved revision %(revision)s before it came into force."),
            explains=_(
                "This revision is approved and does not come into force: the one before stands on as it is. It stays readable"
                " with its signatures, marked as taken back."
            ),
            needs=(guards.something_before,),
            asks_reason=True,
            meaning=_("Taken back"),
            signs=last,
            effect=steps.take_back,
            icon="arrow-back-up",
        ),
        Transition(
            "give_up",
            _("Give up the draft"),
            "draft",
            "withdrawn",
            _("%(who)s gave up the draft of revision %(revision)s."),
            explains=_(
                "What was drafted is not to be issued. It stays readable, marked as given up. A revision that was approved"
                " before stands again; a document that never had one is withdrawn."
            ),
            asks_reason=True,
            effect=steps.give_up,
            instead=("approved", steps.has_standing),
            icon="archive",
        ),
        Transition(
            "dispose",
            _("Dispose of"),
            "withdrawn",
            "disposed",
            _("%(who)s disposed of it under %(under)s."),
            explains=_("Two people decide it together, on a list. What it said is erased; that it was there stays."),
            inner=True,
        ),
    ),
)
