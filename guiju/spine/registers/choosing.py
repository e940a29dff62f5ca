"""Choosing out of many: boxes to tick, or one of a list; each with what tells it from the others and the words under which it
is found."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms


@dataclass(frozen=True)
class Beside:
    """What stands beside a choice, and further words under which a filter finds it."""

    note: str = ""
    also: str = ""


class Choosing(forms.CheckboxSelectMultiple):
    """Boxes to tick; where there are many the page offers a filter, all or none of what it shows, and the ticked ones first.

    `beside` says of a row that is offered what stands beside it. The list is complete without any script.
    """

    beside: Callable[[Any], Beside] | None = None

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        row = getattr(value, "instance", None)
        option["beside"] = self.beside(row) if self.beside is not None and row is not None else Beside()
        return option


class ChoosingOne(forms.Select):
    """One of a list; where it is long the page offers a filter over it. Without any script it is the plain list.

    `beside` says of a row that is offered under which further words it is found.
    """

    beside: Callable[[Any], Beside] | None = None

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        row = getattr(value, "instance", None)
        if self.beside is not None and row is not None and (also := self.beside(row).also):
            option["attrs"]["data-also"] = also
        return option
