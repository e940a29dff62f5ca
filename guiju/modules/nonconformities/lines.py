"""What belongs to a case as lines: dispositions of quantities, concessions, costs. ISO 9001 8.7."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guiju.modules.actions import causes
from guiju.modules.nonconformities.models import Concession, Cost, Disposition, Fate, Nonconformity, Party
from guiju.spine.acts import Refused, current
from guiju.spine.registers.lines.declaration import Lines

RIGHT = "nonconformities.dispose"
HOLDING = (Fate.SEGREGATE, Fate.SUSPEND)  # these hold it, and leave open what becomes of it


def is_open(case: Nonconformity) -> bool:
    return case.state not in ("closed", "dismissed")


def judge_disposition(case: Nonconformity, values: Mapping[str, Any], line: Disposition | None) -> None:
    """Refused for more than there is, for days out of order, and for a verification by nobody or without a result."""

    def said(name: str) -> Any:
        return values[name] if name in values else getattr(line, name, None)

    _refuse_too_much(case, said("quantity"), said("kind"), line)
    carried, again = said("carried_out_on"), said("reverified_on")
    if carried is not None and carried > current().today():
        _refuse("carried_out_on", _("That day has not come yet."))
    if again is not None and (carried is None or again < carried):
        _refuse("reverified_on", _("It is verified again after it was carried out."))
    if again is not None and not said("reverified_result"):
        _refuse("reverified_result", _("Say what the verification found."))
    if again is not None and not (said("criteria") or "").strip():
        _refuse("criteria", _("Say against which requirements it was verified."))
    if again is not None and said("reverified_by") is None:
        _refuse("reverified_by", _("Say who verified it."))


def _refuse_too_much(case: Nonconformity, quantity: Decimal | None, kind: Any, line: Disposition | None) -> None:
    if quantity is None:
        return
    if quantity <= 0:
        _refuse("quantity", _("A quantity is more than nothing."))
    others = [one for one in case.dispositions.filter(ended=False) if line is None or one.pk != line.pk]
    taken = sum((one.quantity or Decimal(0) for one in others if one.kind not in HOLDING), Decimal(0))
    if kind in HOLDING or case.quantity is None or taken + quantity <= case.quantity:
        return
    left = {"left": f"{(case.quantity - taken).normalize():f}", "whole": f"{case.quantity.normalize():f}", "unit": case.unit}
    _refuse("quantity", _("There is no more than %(left)s left of %(whole)s %(unit)s.") % left)


def _refuse(field: str, words: str) -> None:
    raise Refused(words, errors={field: [words]})


def prepare_disposition(values: Mapping[str, Any], case: Nonconformity, line: Disposition | None) -> dict[str, Any]:
    acting = current()
    return dict(values) if line is not None else {**values, "decided_on": acting.today(), "decided_by_id": acting.actor.id}


def judge_concession(case: Nonconformity, values: Mapping[str, Any], line: Concession | None) -> None:
    """Refused for a use beyond its limits, and for one's own permission where the customer's is needed."""

    def said(name: str) -> Any:
        return values[name] if name in values else getattr(line, name, None)

    limit, used = said("limit_quantity"), said("used_quantity")
    if limit is not None and used is not None and used > limit:
        _refuse("used_quantity", _("More is used than was granted."))
    until, last = said("valid_until"), said("last_used_on")
    if until is not None and last is not None and last > until:
        _refuse("last_used_on", _("It was used after it had expired."))
    if said("granted_on") is not None and said("granted_on") > current().today():
        _refuse("granted_on", _("That day has not come yet."))
    if said("customer_needed") and said("granting_party") == Party.ORGANIZATION:
        _refuse("granting_party", _("The customer's consent is needed: this organization cannot give it to itself."))


dispositions = Lines(
    key="dispositions",
    model=Disposition,
    label=gettext_lazy("Dispositions"),
    label_one=gettext_lazy("Disposition"),
    label_add=gettext_lazy("Decide on a quantity"),
    columns=("kind", "quantity", "reason", "decided_by", "carried_out_on", "reverified_result"),
    edits=(
        *("kind", "quantity", "reason", "authority", "note", "carried_out_on", "criteria", "reverified_on", "reverified_by"),
        "reverified_result",
    ),
    right=RIGHT,
    editable=is_open,
    explains=gettext_lazy("What is done with which quantity; what is reworked or repaired is verified again."),
    judge=judge_disposition,
    prepare=prepare_disposition,
)
concessions = Lines(
    key="concessions",
    model=Concession,
    label=gettext_lazy("Concessions"),
    label_one=gettext_lazy("Concession"),
    label_add=gettext_lazy("Enter a concession"),
    columns=("granting_party", "granted_by", "granted_on", "limit_quantity", "used_quantity", "valid_until"),
    edits=(
        *("granting_party", "granted_by", "granted_on", "customer_needed", "conditions", "limit_quantity", "used_quantity"),
        *("valid_until", "last_used_on", "evidence"),
    ),
    right=RIGHT,
    editable=is_open,
    judge=judge_concession,
)
costs = Lines(
    key="costs",
    model=Cost,
    label=gettext_lazy("Cost"),
    label_one=gettext_lazy("Cost"),
    label_add=gettext_lazy("Enter a cost"),
    columns=("kind", "amount", "on", "note"),
    edits=("kind", "amount", "on", "note"),
    right="nonconformities.change",
)
case_causes = causes.lines("nonconformities.confirm_cause", lambda case: case.state == "contained")
