"""What programs do with nonconformities beside what every register offers."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from guiju.modules.actions import services as actions
from guiju.modules.actions.forms import ActionForm
from guiju.modules.actions.models import Action
from guiju.modules.nonconformities import services, similar
from guiju.modules.nonconformities.forms import CauseDecisionForm, SimilarForm
from guiju.modules.nonconformities.models import CauseDecision, Nonconformity
from guiju.spine.registers.api import schema
from guiju.spine.registers.api.declaration import Operation, Shape, declare

DECIDED = Shape(
    "CauseDecided",
    {
        "number": schema.TEXT,
        "cause_decision": schema.one_of(CauseDecision.values),
        "cause_decision_reason": schema.TEXT,
        "similar_where": schema.TEXT,
        "similar_found": schema.TEXT,
    },
)
ALIKE = Shape("SimilarCase", {"id": schema.ID, "number": schema.TEXT, "title": schema.TEXT, "alike": {"type": "number"}})
PLANNED = Shape("ActionPlanned", {"id": schema.ID, "number": schema.TEXT})


def _decided(case: Nonconformity) -> dict[str, Any]:
    names = ("cause_decision", "cause_decision_reason", "similar_where", "similar_found")
    return {"number": case.number, **{name: getattr(case, name) for name in names}}


def _alike(rows: list[similar.Similar]) -> list[dict[str, Any]]:
    return [
        {"id": str(one.case.pk), "number": one.case.number, "title": one.case.title, "alike": round(one.alike, 3)} for one in rows
    ]


def _planned(action: Action) -> dict[str, Any]:
    return {"id": str(action.pk), "number": action.number}


BASE = "nonconformities/{number}/"
declare(
    Operation(
        "POST",
        f"{BASE}cause-decision/",
        "nonconformities_decide_cause",
        _("Decide on the cause"),
        does=lambda call: services.decide_cause(call.record, decision=call.values["decision"], reason=call.values["reason"]),
        says=_decided,
        shape=DECIDED,
        right="nonconformities.confirm_cause",
        form=CauseDecisionForm,
    ),  # fmt: skip
    Operation(
        "POST",
        f"{BASE}similar-search/",
        "nonconformities_look_for_similar",
        _("Similar cases"),
        does=lambda call: services.look_for_similar(call.record, where=call.values["where"], found=call.values["found"]),
        says=_decided,
        shape=DECIDED,
        right="nonconformities.change",
        form=SimilarForm,
    ),  # fmt: skip
    Operation(
        "GET",
        f"{BASE}alike/",
        "nonconformities_alike",
        _("Similar past cases"),
        does=lambda call: similar.to(call.record),
        says=_alike,
        shape=ALIKE,
        lists="id",
    ),  # fmt: skip
    Operation(
        "POST",
        f"{BASE}planned-actions/",
        "nonconformities_plan_action",
        _("Plan an action"),
        does=lambda call: actions.plan(call.values, raised_from=call.record),
        says=_planned,
        shape=PLANNED,
        right="actions.create",
        form=ActionForm,
        status=201,
        again=lambda pk: Action.objects.filter(pk=pk).first(),
    ),  # fmt: skip
)
