"""From a list to a certificate: proposed by one, checked and carried out by another. ISO 9001 7.5.3.2 d)."""

from django.utils.translation import gettext_lazy as _

from guiju.modules.keeping import guards, steps
from guiju.modules.keeping.models import Disposal
from guiju.spine.workflow.table import State, Transition, Workflow


def itself(disposal: Disposal) -> Disposal:
    return disposal


disposal_workflow = Workflow(
    "disposals",
    states=(
        State("prepared", _("Being prepared")),
        State("proposed", _("Proposed"), "due"),
        State("carried_out", _("Carried out"), "done", final=True),
        State("rejected", _("Rejected"), final=True),
    ),
    transitions=(
        Transition(
            "propose",
            _("Propose"),
            "prepared",
            "proposed",
            _("%(who)s proposed it and signed."),
            explains=_("You sign which documents are to go. Nothing happens to them until a second person has checked it."),
            needs=(
                guards.may_dispose,
                guards.any_document,
                guards.none_on_hold,
                guards.none_out_on_paper,
                guards.retention_passed,
            ),
            meaning=_("Proposed for disposal"),
            signs=itself,
            effect=steps.propose,
            icon="send",
        ),
        Transition(
            "carry_out",
            _("Check and carry out"),
            "proposed",
            "carried_out",
            _("%(who)s checked it, signed, and it was carried out."),
            explains=_(
                "With your signature what these documents said is erased, here for good. Their numbers, kinds, dates,"
                " digests and who signed them stay."
            ),
            needs=(
                guards.may_dispose,
                guards.a_second_person,
                guards.as_it_was_signed,
                guards.none_on_hold,
                guards.none_out_on_paper,
                guards.none_changed,
                guards.retention_passed,
            ),
            meaning=_("Checked, to be carried out"),
            signs=itself,
            effect=steps.carry_out,
            icon="rubber-stamp",
        ),
        Transition(
            "reject",
            _("Reject"),
            ("prepared", "proposed"),
            "rejected",
            _("%(who)s rejected it."),
            explains=_("The list is void; its documents stay. Whoever wants to change it makes a new one."),
            needs=(guards.may_dispose,),
            asks_reason=True,
            effect=steps.reject,
            icon="x",
        ),
    ),
)
