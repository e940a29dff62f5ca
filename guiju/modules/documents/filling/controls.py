"""The control of a cell, by what the form asks there; a value that does not fit stands in it as it was entered."""

import re

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from guiju.modules.documents.filling import columns
from guiju.modules.documents.models import Language
from guiju.modules.kinds.custom import CustomField, Type

LONGEST = 500  # characters of a cell
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_YES_NO = {Language.CHINESE: ("是", "否")}  # the words stand in the record, which is in the form's language


def control(name: str, label: str, value: str, asked: CustomField | None, language: str, judged: bool) -> SafeString:
    """One cell's control; with `judged` and a value that does not fit, the reason below it."""
    field = asked or CustomField("", label)
    reason = columns.fault_of(field, value) if judged else None
    said = mark_safe(' aria-invalid="true"') if reason else mark_safe("")
    if field.required:
        said = mark_safe(said + ' aria-required="true"')
    below = format_html('<span class="gj-error">{}</span>', gettext(reason)) if reason else ""
    offered = field.choices if field.type == Type.CHOICE else ()
    if field.type == Type.YES_NO:
        offered = _YES_NO.get(Language(language), ("yes", "no"))
    if offered:
        return format_html("{}{}", _select(name, label, value, offered, said), below)
    kind, mode = "text", ""
    if field.type == Type.DATE and (not value or _DAY.fullmatch(value)):
        kind = "date"
    if field.type == Type.NUMBER:
        mode = mark_safe(' inputmode="decimal"')
    control = '<input class="form-control" type="{}" name="{}" value="{}" aria-label="{}" maxlength="{}"{}{}>{}'
    return format_html(control, kind, name, value, label, LONGEST, mode, said, below)


def _select(name: str, label: str, value: str, offered: tuple[str, ...], said: SafeString) -> SafeString:
    words = ["", *offered, *([value] if value not in ("", *offered) else [])]
    options = format_html_join(
        "", "<option{}>{}</option>", ((mark_safe(" selected") if one == value else "", one) for one in words)
    )
    return format_html('<select class="form-select" name="{}" aria-label="{}"{}>{}</select>', name, label, said, options)
