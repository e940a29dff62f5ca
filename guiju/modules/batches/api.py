"""Batches for programs: one step for many documents, and what became of each."""

from collections.abc import Callable, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from guiju.modules.batches import services
from guiju.modules.batches.forms import FORMS
from guiju.modules.batches.titles import TITLES
from guiju.modules.keeping.forms import NUMBERS, NumbersField
from guiju.spine.registers.api import schema
from guiju.spine.registers.api.declaration import Call, Operation, Shape, declare

OUTCOME = Shape(
    "Outcome",
    {
        "id": schema.ID,
        "number": schema.TEXT,
        "done": schema.TRUTH,
        "refused": {**schema.TEXT, "description": _("Why it was not done; empty where it was.")},
        "missing": schema.list_of(schema.TEXT),
    },
)


def _form(name: str) -> type[Any]:
    """The form of the page, and for which documents: there they are ticked."""
    numbers = NumbersField(label=_("Documents"), help_text=NUMBERS)
    return type(f"{FORMS[name].__name__}OfMany", (FORMS[name],), {"numbers": numbers})


def _each(name: str) -> Callable[[Call], Sequence[services.Outcome]]:
    def each(call: Call) -> Sequence[services.Outcome]:
        values = {key: value for key, value in call.values.items() if key != "numbers"}
        return services.each(call.values["numbers"], services.step(name, values))

    return each


def _said(outcomes: Sequence[services.Outcome]) -> list[dict[str, Any]]:
    return [
        {
            "id": str(one.document.pk),
            "number": one.document.number,
            "done": not one.refused,
            "refused": one.refused,
            "missing": list(one.missing),
        }
        for one in outcomes
    ]


declare(
    *(
        Operation(
            "POST",
            f"batches/documents/{name}/",
            f"batches_{name}",
            TITLES[name],
            _each(name),
            _said,
            OUTCOME,
            right=services.RIGHTS[name],
            form=_form(name),
            lists="id",
            explains=_("Each document by itself: one that is refused holds up no other, and says why."),
        )
        for name in FORMS
    )
)
