"""An indicator is in use until it is retired."""

from django.utils.translation import gettext_lazy as _

from guiju.spine.workflow.table import State, Transition, Workflow

indicator_workflow = Workflow(
    "indicators",
    states=(State("in_use", _("In use"), "done"), State("retired", _("Retired"))),
    transitions=(
        Transition("retire", _("Retire"), "in_use", "retired", _("%(who)s retired it."), asks_reason=True, icon="archive"),
        Transition(
            "use_again",
            _("Use again"),
            "retired",
            "in_use",
            _("%(who)s took it into use again."),
            asks_reason=True,
            icon="arrow-back-up",
        ),
    ),
)
