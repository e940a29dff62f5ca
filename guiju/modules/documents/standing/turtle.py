"""How a process is done: its documents, in the box "how" of the process's page."""

from typing import Any

from guiju.modules.documents.models import ENDED, Document
from guiju.modules.documents.workflow import document_workflow
from guiju.modules.kinds.models import Kind
from guiju.spine.acts import current
from guiju.spine.registers import addresses
from guiju.spine.registers.declaration import by_key

MOST = 12
HOW = (Kind.POLICY, Kind.MANUAL, Kind.PROCEDURE, Kind.WORK_INSTRUCTION, Kind.SPECIFICATION)


def lines(process: Any) -> dict[str, list[tuple[str, str, str, str, str]]]:
    """Its procedures and instructions, each with where it stands while that is not in force."""
    register = by_key("documents")
    if register is None or not current().actor.may("documents.view"):
        return {}
    rows = register.rows(current().actor).filter(process=process.pk, kind__in=HOW).exclude(state__in=ENDED)
    return {"how": [_line(one) for one in rows.order_by("number")[:MOST]]}


def _line(document: Document) -> tuple[str, str, str, str, str]:
    state = document_workflow.state_of(document)
    tone, word = ("", "") if state.name == "effective" else ("due", str(state.label))
    return document.title, addresses.of_record(document), tone, word, document.number or ""
