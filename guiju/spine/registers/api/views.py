"""A person's own views of a register, for programs: below each register, under a word that no number can be."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from guiju.spine.acts import NotFound
from guiju.spine.registers import saved
from guiju.spine.registers.api import schema
from guiju.spine.registers.api.declaration import Call, Operation, Shape, declare
from guiju.spine.registers.declaration import Register, registers
from guiju.spine.registers.saved_pages import NameForm

VIEW = Shape(
    "View",
    {
        "id": schema.ID,
        "name": schema.TEXT,
        "query": {**schema.TEXT, "description": _("The words of the list: filters, view, q, sort.")},
    },
)


class KeptForm(NameForm):
    """A list and the name under which it is kept."""

    query = forms.CharField(label=_("List"), max_length=saved.LONGEST, help_text=_("As in the address: state=draft&sort=title"))


def operations(register: Register) -> Iterator[Operation]:
    """The operations on whoever acts' own views of a register."""
    base, name = f"{register.key}/views/", f"{register.key}_views"
    one = f"{base}{{uuid:view}}/"

    def found(call: Call) -> saved.Own:
        view = next((view for view in saved.of(register) if view.id == call.parts["view"]), None)
        if view is None:
            raise NotFound(gettext_noop("You keep no such view."))
        return view

    def keep(call: Call) -> saved.Own:
        return saved.keep(register, call.values["name"], saved.read(call.values["query"]))

    def rename(call: Call) -> saved.Own:
        saved.rename(register, found(call), call.values["name"])
        return found(call)

    def remove(call: Call) -> None:
        saved.remove(register, found(call))

    yield Operation("GET", base, name, _("My views"), lambda call: saved.of(register), _listed, VIEW, lists="id")
    yield Operation("POST", base, f"{name}_keep", _("Keep a view"), keep, _said, VIEW, form=KeptForm, status=201)
    yield Operation("PUT", one, f"{name}_rename", _("Rename a view"), rename, _said, VIEW, form=NameForm)
    yield Operation("DELETE", one, f"{name}_remove", _("Remove a view"), remove, status=204)


def _listed(views: Sequence[saved.Own]) -> list[dict[str, Any]]:
    return [_said(view) for view in views]


def _said(view: saved.Own) -> dict[str, Any]:
    return {"id": str(view.id), "name": view.name, "query": view.query}


for _register in registers():
    declare(*operations(_register))
