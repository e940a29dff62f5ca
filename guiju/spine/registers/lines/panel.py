"""Lines as they stand on a record's page: a table, with the ways to add and to change."""

from collections.abc import Sequence
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from guiju.spine.registers import addresses, record_values
from guiju.spine.registers.lines import writing
from guiju.spine.registers.lines.declaration import Lines
from guiju.spine.registers.markup import dash, escaped, icon, section
from guiju.spine.trail.states import field_of


def panel(lines: Lines, record: Any) -> SafeString:
    """The section of one kind of lines; nothing where there are none and none can be added."""
    base = f"{addresses.of_record(record)}lines/{lines.key}/"
    found, may = writing.rows(lines, record), writing.may_write(lines, record)
    if lines.drawn is not None:
        return lines.drawn(record, found, base if may else "")
    if not found and not may:
        return mark_safe("")
    body = table(lines, found, base if may else "") if found else nothing(lines)
    return section(str(lines.label), body, f"{base}new/" if may else "", str(lines.label_add))


def nothing(lines: Lines) -> SafeString:
    return format_html('<p class="gj-muted">{}</p>', lines.explains or _("Nothing is entered yet."))


def table(lines: Lines, found: Sequence[Any], base: str) -> SafeString:
    """A table of lines; with `base` each can be opened to be changed."""
    heads = "".join(f'<th scope="col">{escaped(_label(lines, name))}</th>' for name in lines.columns)
    more = f'<th><span class="visually-hidden">{escaped(_("Change"))}</span></th>' if base else ""
    rows = "".join(_row(lines, one, base) for one in found)
    return mark_safe(
        f'<table class="gj-table gj-table--plain gj-lines"><thead><tr>{heads}{more}</tr></thead><tbody>{rows}</tbody></table>'
    )


def _row(lines: Lines, one: Any, base: str) -> str:
    cells = "".join(_cell(_label(lines, name), record_values.shown(one, name)) for name in lines.columns)
    return f"<tr>{cells}{f'<td>{_way(lines, one, base)}</td>' if base else ''}</tr>"


def _cell(label: str, shown: Any) -> str:
    return f'<td data-label="{escaped(label)}">{dash() if shown in (None, "") else escaped(shown)}</td>'


def _way(lines: Lines, one: Any, base: str) -> SafeString:
    if not writing.may_change(lines, one):
        return mark_safe("")
    words = _("Change: %(line)s") % {"line": one}
    inside = mark_safe(f'{icon("pencil", True)}<span class="visually-hidden">{escaped(words)}</span>')
    return mark_safe(f'<a class="gj-icon-link" href="{escaped(base)}{one.pk}/">{inside}</a>')


def _label(lines: Lines, name: str) -> str:
    text = str(field_of(lines.model, name).verbose_name)
    return text[:1].upper() + text[1:]
