"""Pages of a case beside those of every register: deciding on its cause, similar cases, an action for it."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from guiju.modules.actions import services as actions
from guiju.modules.actions.forms import ActionForm
from guiju.modules.actions.models import Action, Origin, Sort
from guiju.modules.nonconformities import services
from guiju.modules.nonconformities.forms import CauseDecisionForm, SimilarForm
from guiju.organizations.members import require
from guiju.spine.acts import Refused
from guiju.spine.registers import addresses, record_page, values, writing
from guiju.spine.registers.editing import bad
from guiju.spine.registers.form_page import get_or_post, page_of
from guiju.spine.registers.pages import found_record, found_register


def _asked(request: HttpRequest, number: str, form: Any, title: str, take: Callable[[Any, dict[str, Any]], Any]) -> HttpResponse:
    """One form about one case: taken, or shown with what stands against it."""
    shown = found_register("nonconformities")
    case = found_record(shown, number)
    base = addresses.of_record(case)
    if request.method == "POST" and form.is_valid():
        try:
            take(case, form.cleaned_data)
            messages.success(request, _("It is kept."))
            return HttpResponseRedirect(base)
        except Refused as refused:
            bad(form, refused)
    above, token = record_page.eyebrow(shown, case, linked=True), request.POST.get("token") or str(uuid4())
    return page_of(request, form, title, base, eyebrow=above, lead=values.title_of(case), token=token)


@get_or_post
def decide_cause(request: HttpRequest, organization: str, number: str) -> HttpResponse:
    """Whether the cause is to be removed, and why."""
    require("nonconformities.confirm_cause")
    form = CauseDecisionForm(request.POST if request.method == "POST" else None)

    def take(case: Any, said: dict[str, Any]) -> None:
        services.decide_cause(case, decision=said["decision"], reason=said["reason"])

    return _asked(request, number, form, _("Decide on the cause"), take)


@get_or_post
def similar(request: HttpRequest, organization: str, number: str) -> HttpResponse:
    """Where similar cases were looked for."""
    require("nonconformities.change")
    form = SimilarForm(request.POST if request.method == "POST" else None)

    def take(case: Any, said: dict[str, Any]) -> None:
        services.look_for_similar(case, where=said["where"], found=said["found"])

    return _asked(request, number, form, _("Similar cases"), take)


@get_or_post
def plan_action(request: HttpRequest, organization: str, number: str) -> HttpResponse:
    """An action raised from the case; it begins with what the case knows."""
    require("actions.create")
    case = found_record(found_register("nonconformities"), number)
    if request.method == "POST":
        form = ActionForm(request.POST)
    else:
        initial = {"origin": Origin.NONCONFORMITY, "process": case.process_id, "problem": case.description or case.title}
        form = ActionForm(initial={**initial, "kind": Sort.CORRECTIVE, "owner": case.owner_id})

    def take(case: Any, said: dict[str, Any]) -> None:
        once = writing.OnceOnly.of(f"action-{request.POST['token']}") if request.POST.get("token") else None
        writing.made_once(lambda: actions.plan(said, raised_from=case), once, lambda pk: Action.objects.filter(pk=pk).first())

    return _asked(request, number, form, _("Plan an action"), take)
