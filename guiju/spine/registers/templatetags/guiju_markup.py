"""The pieces of markup.py for templates, and the drawing of a form's field."""

from functools import cache
from typing import Any

from django import template
from django.forms import (
    BoundField,
    CheckboxInput,
    CheckboxSelectMultiple,
    ClearableFileInput,
    ModelChoiceField,
    RadioSelect,
    Select,
)
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from guiju.spine.registers import markup
from guiju.spine.registers.choosing import Choosing, ChoosingOne
from guiju.spine.registers.editor.field import MarkdownInput

register = template.Library()

for piece in (
    markup.avatar,
    markup.count,
    markup.dash,
    markup.icon,
    markup.logo,
    markup.mark,
    markup.quarter,
    markup.seal,
    markup.seal_missing,
    markup.state_badge,
    markup.tags,
):
    register.simple_tag(piece, name=piece.__name__)


def _kind(field: BoundField) -> str:
    widget = field.field.widget
    if isinstance(widget, Choosing):
        return "many"
    if isinstance(widget, (RadioSelect, CheckboxSelectMultiple)):
        return "choices"
    if isinstance(widget, CheckboxInput):
        return "check"
    if isinstance(widget, ClearableFileInput):
        return "file"
    if isinstance(widget, MarkdownInput):
        return "markdown"
    if isinstance(widget, ChoosingOne):
        return "one"
    return "select" if isinstance(widget, Select) else "input"


@register.simple_tag
@cache
def page_head() -> SafeString:
    """Style sheets and scripts of every page: the same for all, so drawn once."""
    return render_to_string("_head.html")


@register.filter
def kind(field: BoundField) -> str:
    """How a field is laid out: input, select, one (of a list with a filter), check, choices (a group of radios or boxes), many
    (boxes of a long list), file or markdown."""
    return _kind(field)


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """The field's own control with our classes, told of its help and its errors by id.

    A group of choices is left as it is: its fieldset tells of them.
    """
    layout = _kind(field)
    if isinstance(field.field, ModelChoiceField) and field.field.empty_label == "---------":
        field.field.empty_label = "–"
    if layout == "choices":
        return field.as_widget(attrs={"aria-invalid": False, "aria-describedby": False})
    css = {"select": "form-select", "one": "form-select", "check": "gj-check"}.get(layout, "form-control")
    said_by = [f"{field.auto_id}_error"] if field.errors else []
    if field.help_text:
        said_by.append(f"{field.auto_id}_helptext")
    attrs: dict[str, Any] = {"class": f"{css} is-invalid" if field.errors else css}
    if said_by:
        attrs["aria-describedby"] = " ".join(said_by)
    if field.errors:
        attrs["aria-invalid"] = "true"
    return field.as_widget(attrs=attrs)
