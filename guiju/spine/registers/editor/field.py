"""The field of a text in Markdown: a plain textarea, over which the page lays its tools where scripts run."""

from typing import Any

from django import forms

from guiju.spine.registers import addresses
from guiju.spine.registers.declaration import by_kind
from guiju.spine.trail.states import kind_of


class MarkdownInput(forms.Textarea):
    """A textarea that is drawn with tools. `pictures`: whether what is written may hold pictures of its own."""

    def __init__(self, attrs: dict[str, Any] | None = None, *, pictures: bool = False) -> None:
        super().__init__({"rows": 18, **(attrs or {})})
        self.pictures = pictures
        self.of = ""

    def write_for(self, record: Any) -> None:
        """Show the pictures of a record, whose text is being written."""
        register = by_kind(kind_of(type(record)))
        if register is not None and record.number:
            self.of = f"{register.key}/{addresses.in_address(record.number)}"
