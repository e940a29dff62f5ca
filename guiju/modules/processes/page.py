"""What stands on a process's page: its purpose, and what belongs to it, found through the registers."""

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from guiju.modules.processes.models import Process
from guiju.spine.acts import current
from guiju.spine.registers import addresses
from guiju.spine.registers.declaration import Register, registers
from guiju.spine.registers.markup import row, section, state_badge, title_link
from guiju.spine.registers.values import title_of

SHOWN = 12


def purpose(process: Process) -> SafeString:
    if not process.purpose:
        return mark_safe("")
    return format_html('<article class="gj-sheet"><div class="gj-read">{}</div></article>', _paragraphs(process.purpose))


def _paragraphs(text: str) -> SafeString:
    return format_html_join("", "<p>{}</p>", ((part,) for part in text.splitlines() if part.strip()))


def belongings(process: Process) -> SafeString:
    """Per register the records of this process, the newest first."""
    if current().as_of is not None:
        return mark_safe("")
    return mark_safe("".join(_of(register, process) for register in registers() if _has_process(register)))


def _has_process(register: Register) -> bool:
    fields = {field.name for field in register.model._meta.concrete_fields}
    return "process" in fields and current().actor.may(f"{register.key}.view")


def _of(register: Register, process: Process) -> SafeString:
    found = list(register.rows(current().actor).filter(process=process).order_by("-id")[: SHOWN + 1])
    if not found:
        return section(str(register.label), format_html('<p class="gj-muted">{}</p>', _("Nothing belongs to this process yet.")))
    rows = mark_safe("".join(_row(register, record) for record in found[:SHOWN]))
    table = format_html('<table class="gj-table gj-table--plain gj-table--cards"><tbody>{}</tbody></table>', rows)
    url = f"{addresses.of_register(register)}?process={process.pk}"
    return section(str(register.label), table, url, _("Show all"))


def _row(register: Register, record: object) -> SafeString:
    state = register.workflow.state_of(record) if register.workflow else None
    return row(
        [
            (record.number, "gj-num gj-second is-first"),  # type: ignore[attr-defined]
            (title_link(addresses.of_record(record), title_of(record)), "is-wide"),
            (state_badge(state.tone, str(state.label)) if state else "", "is-state"),
        ]
    )
