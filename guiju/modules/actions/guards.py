"""What is missing before a step of an action, in words. ISO 9001 10.2.1 c), d)."""

from django.utils.translation import gettext_noop as _

from guiju.modules.actions.models import Action, Answer, Basis, Finding, Sort
from guiju.spine.acts import Missing
from guiju.spine.workflow.perform import acting_people


def says_what(action: Action) -> Missing | None:
    return None if action.action_text.strip() else Missing(_("What is to be done is not written down"), link="change")


def addresses_a_cause(action: Action) -> Missing | None:
    """A corrective action names the confirmed cause that it removes."""
    if action.kind != Sort.CORRECTIVE:
        return None
    cause = action.cause_addressed
    if cause is not None and cause.finding == Finding.CONFIRMED and not cause.ended:
        return None
    return Missing(_("It names no confirmed cause that it removes"), link="change")


def criterion_set(action: Action) -> Missing | None:
    """By what its effect is judged is said before it is done, so that nobody chooses what fits."""
    if action.kind == Sort.CORRECTION:
        return None
    if not action.effectiveness_criterion.strip() or not action.effectiveness_basis_kind or action.effectiveness_due_on is None:
        return Missing(_("By which data and until when its effect is judged is not said"), link="change")
    if action.effectiveness_basis_kind == Basis.INDICATOR and action.effectiveness_indicator is None:
        return Missing(_("The indicator by which its effect is judged is not named"), link="change")
    return None


def not_the_doer(action: Action) -> Missing | None:
    """Another verifies and decides than whoever did it or answers for it; also held against a deputy of theirs."""
    if {action.done_by_id, action.owner_id} & acting_people():
        return Missing(_("You did this or answer for it; another person has to do this"))
    return None


def risks_and_system_answered(action: Action) -> Missing | None:
    """ISO 9001 10.2.1 e), f): whether risks and the system itself have to change is answered, with words."""
    if action.kind != Sort.CORRECTIVE:
        return None
    answers = ((action.risk_review, action.risk_review_reason), (action.system_change, action.system_change_reason))
    if all(answer != Answer.OPEN and reason.strip() for answer, reason in answers):
        return None
    return Missing(_("Whether risks and the quality management system have to change is not answered"), link="change")


def benefit_measured(action: Action) -> Missing | None:
    if action.kind != Sort.IMPROVEMENT or action.benefit_measured.strip():
        return None
    return Missing(_("The benefit that was measured is not written down"), link="change")


def nothing_asked(action: Action) -> Missing | None:
    """A request for more time is decided before anything else."""
    if action.extensions.filter(decision="asked", ended=False).exists():
        return Missing(_("A request for more time waits for its decision"))
    return None
