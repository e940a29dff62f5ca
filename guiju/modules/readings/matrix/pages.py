"""Pages of the matrix, and of what one person has read; both leave as files."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop, ngettext
from django.views.decorators.http import require_safe

from guiju.modules.documents.models import Document
from guiju.modules.documents.revisions import named
from guiju.modules.kinds.models import Kind
from guiju.modules.readings import audience
from guiju.modules.readings.matrix import asking, cells, choosing, records
from guiju.modules.readings.matrix.cells import Cell
from guiju.modules.readings.models import Reading
from guiju.organizations.members import require
from guiju.organizations.models import Department, Membership
from guiju.spine.acts import Refused, current
from guiju.spine.registers import addresses, exporting, values
from guiju.spine.registers.export_pages import as_file
from guiju.spine.registers.markup import filter_menu, icon
from guiju.spine.registers.pages import found_register
from guiju.spine.registers.places import Place
from guiju.spine.registers.present import present

MOST = 200_000  # cells of a file; that many take as long as a person waits
TOGETHER = 100  # people of a file whose readings are read at once


def base() -> str:
    return f"{addresses.home()}readings/"


def places() -> list[Place]:
    """Where Ctrl K leads to."""
    may = current().actor.may
    if not may("documents.view"):
        return []
    also = (gettext_lazy("Training record"), gettext_lazy("Readings"))
    found = [Place(gettext_lazy("What I have read"), f"{base()}mine/", icon("eye-check"), "7.2", also)]
    if may(audience.RIGHT):
        also = (gettext_lazy("Training matrix"), gettext_lazy("Readings"))
        found.insert(0, Place(gettext_lazy("Reading matrix"), f"{base()}matrix/", icon("table"), "7.2", also))
    return found


@present
@require_safe
def begin(request: HttpRequest, organization: str) -> HttpResponse:
    """The matrix for those who have the right to it, for others their own record."""
    found_register("documents")
    return HttpResponseRedirect(f"{base()}{'matrix' if current().actor.may(audience.RIGHT) else 'mine'}/")


@present
@require_safe
def matrix(request: HttpRequest, organization: str) -> HttpResponse:
    """Who has read what: a page of people against a page of documents."""
    register = found_register("documents")
    require(audience.RIGHT)
    ask = asking.asked(request.GET)
    members, more_people = asking.members_page(ask)
    documents, more_documents = asking.documents_page(ask)
    people = [one.person_id for one in members]
    revisions = choosing.chosen(ask, documents)
    found, counts = _found(ask, people, documents, revisions)
    context = {
        "eyebrow": [(register.label, addresses.of_register(register))],
        "documents": [_head(ask, one, revisions) for one in documents],
        "rows": [_row(one, documents, found, counts) for one in members],
        "departments_html": _menu(_("Department"), ask, "department", _departments()),
        "kinds_html": _menu(_("Kind"), ask, "kind", [(value, str(label)) for value, label in Kind.choices]),
        "revisions_html": _menu(_("Revision"), ask, "revision", choosing.offered(ask, documents), none=str(choosing.WORDS[""])),
        "for_text": dict(choosing.offered(ask, documents)).get(ask.revision, ""),
        "q": ask.q,
        "kept": [(name, text) for name, text in ask.words(q="").items()],
        "clear_url": f"{base()}matrix/" if any(ask.words(people="", documents="").values()) else "",
        "mine_url": f"{base()}mine/",
        "export_urls": [(name, f"{base()}matrix/export.{name}?{urlencode(ask.words(q=ask.q))}") for name in exporting.FORMATS],
        "pages": [
            (_("Next people"), _address(ask, people=more_people)) if more_people else None,
            (_("First people"), _address(ask, people="")) if ask.people else None,
            (_("Next documents"), _address(ask, documents=more_documents)) if more_documents else None,
            (_("First documents"), _address(ask, documents="")) if ask.documents else None,
        ],
    }
    return render(request, "readings/matrix.html", context)


def _address(ask: asking.Asked, **changed: str) -> str:
    return f"{base()}matrix/?{urlencode(ask.words(**changed))}"


def _found(ask: asking.Asked, people: list[UUID], documents: list[Document], revisions: Any) -> tuple[dict, dict]:
    """The cells of some people and documents, and how much each of them has still to read."""
    every = asking.documents(ask)
    if revisions is None:
        return cells.cells(people, documents), cells.open_ones(people, every)
    return cells.cells_of(people, revisions), cells.open_ones(people, every, choosing.chosen(ask, every))


def _head(ask: asking.Asked, document: Document, revisions: Any) -> tuple[Document, str, str, str]:
    """A column: the document, its page, its revision where one was chosen, and where it is shown alone."""
    label = ""
    if revisions is not None:
        row = revisions.get(document.pk)
        label = _("rev. %(label)s") % {"label": row.label} if row else _("no such revision")
    return document, addresses.of_record(document), label, _address(ask, document="" if ask.document else document.number or "")


def _menu(label: str, ask: asking.Asked, name: str, offered: list[tuple[str, str]], none: str = "") -> Any:
    now = str(getattr(ask, name) or "")
    options = [(none or _("All"), _address(ask, **{name: ""}), not now)]
    options += [(words, _address(ask, **{name: value}), value == now) for value, words in offered]
    return filter_menu(label, dict(offered).get(now, ""), options)


def _departments() -> list[tuple[str, str]]:
    rows = Department.objects.filter(closed=False)
    return sorted(((str(one.pk), str(one)) for one in rows), key=lambda pair: pair[1])


def _row(member: Membership, documents: list[Document], found: dict[tuple[UUID, UUID], Cell], counts: Any) -> dict[str, Any]:
    n, late = counts.get(member.person_id, (0, 0))
    said = [ngettext("%(n)s to be read", "%(n)s to be read", n) % {"n": n}] if n else []
    said += [ngettext("%(n)s overdue", "%(n)s overdue", late) % {"n": late}] if late else []
    return {
        "name": str(member.person),
        "url": f"{base()}of/{member.person_id}/",
        "department": str(member.department or ""),
        "counts": _(", ").join(said),
        "late": bool(late),
        "cells": [(document, _shown(found.get((member.person_id, document.pk)))) for document in documents],
    }


def _shown(cell: Cell | None) -> dict[str, Any] | None:
    if cell is None:
        return None
    when = values.day(cell.confirmed_at.astimezone(values.reader_zone()).date()) if cell.confirmed_at else ""
    until = _("until %(day)s") % {"day": values.day(cell.due_on)} if cell.due_on and not when else ""
    words = (_("rev. %(label)s") % {"label": cell.revision}, when or until)
    return {"tone": cell.tone, "word": cells.word(cell.state), "more": _(", ").join(one for one in words if one)}


@present
@require_safe
def export(request: HttpRequest, organization: str, format: str) -> HttpResponse:
    """The whole of the matrix, as it is filtered, as a file."""
    found_register("documents")
    require(audience.RIGHT)
    ask = asking.asked(request.GET)
    members, documents = list(asking.members(ask)[: MOST + 1]), list(asking.documents(ask)[: MOST + 1])
    if len(members) * len(documents) > MOST:
        raise Refused(gettext_noop("A matrix has at most %(most)s cells in a file; narrow it."), {"most": MOST})
    heads = [_("Person"), _("User name"), _("Department"), _("To be read"), _("Overdue")]
    revisions = choosing.chosen(ask, documents)
    heads += [
        " ".join(part for part in (one.number, values.title_of(one), _head(ask, one, revisions)[2]) if part) for one in documents
    ]
    return as_file("reading-matrix", format, heads, _lines(ask, members, documents, revisions))  # type: ignore[return-value]


def _lines(ask: asking.Asked, members: list[Membership], documents: list[Document], revisions: Any) -> Iterator[list[str]]:
    for start in range(0, len(members), TOGETHER):
        together = members[start : start + TOGETHER]
        people = [one.person_id for one in together]
        found, counts = _found(ask, people, documents, revisions)
        for one in together:
            n, late = counts.get(one.person_id, (0, 0))
            of_person = [str(one.person), one.person.username, str(one.department or ""), str(n), str(late)]
            yield of_person + [_text(found.get((one.person_id, document.pk))) for document in documents]


def _text(cell: Cell | None) -> str:
    if cell is None:
        return ""
    at = cell.confirmed_at.astimezone(values.reader_zone()).date() if cell.confirmed_at else cell.due_on
    return " ".join(part for part in (cells.word(cell.state), cell.revision, at.isoformat() if at else "") if part)


@present
@require_safe
def record(request: HttpRequest, organization: str, person: UUID | None = None) -> HttpResponse:
    """What one person has read, and has still to read."""
    register = found_register("documents")
    mine = person is None or person == current().actor.id
    member = records.member_of(person or current().actor.id)  # type: ignore[arg-type]
    here, may = f"{base()}mine/" if mine else f"{base()}of/{member.person_id}/", current().actor.may(audience.RIGHT)
    rows = list(records.readings_of(member.person_id)[: records.SHOWN + 1])
    above = [(register.label, addresses.of_register(register)), *([(_("Reading matrix"), f"{base()}matrix/")] if may else [])]
    context = {
        "eyebrow": above,
        "title": _("What I have read") if mine else _("What %(name)s has read") % {"name": member.person},
        "mine": mine,
        "member": member,
        "rows": [_line(row) for row in rows[: records.SHOWN]],
        "shown": records.SHOWN if len(rows) > records.SHOWN else 0,
        "export_urls": [(name, f"{here}export.{name}") for name in exporting.FORMATS],
    }
    return render(request, "readings/record.html", context)


def _line(row: Reading) -> dict[str, Any]:
    state, document = cells.state_of(row.confirmed_at, row.how, row.due_on, True), row.revision.document
    return {
        "number": document.number,
        "title": row.revision.title or values.untitled(),
        "url": addresses.of_record(document),
        "revision": named(row.revision),
        "tone": cells.TONES[state],
        "word": cells.word(state),
        "when": values.when(row.confirmed_at) if row.confirmed_at else "",
        "due": values.day(row.due_on) if row.due_on and not row.confirmed_at else "",
        "how": row.get_how_display(),
    }


@present
@require_safe
def export_record(request: HttpRequest, organization: str, format: str, person: UUID | None = None) -> HttpResponse:
    """All that one person has read and has still to read, as a file."""
    found_register("documents")
    member = records.member_of(person or current().actor.id)  # type: ignore[arg-type]
    heads = [_("Person"), _("User name"), _("Number"), _("Title"), _("Revision"), _("State"), _("Asked at")]
    heads += [_("Until"), _("Confirmed at"), _("How")]
    rows = records.readings_of(member.person_id)
    lines = (_record_cells(member, row) for row in rows[: exporting.AT_ONCE])
    return as_file(f"readings-{member.person.username}", format, heads, lines)  # type: ignore[return-value]


def _record_cells(member: Membership, row: Reading) -> list[str]:
    line = _line(row)
    what = [str(member.person), member.person.username, line["number"], line["title"], line["revision"], line["word"]]
    due, at = row.due_on.isoformat() if row.due_on else "", values.sortable(row.confirmed_at) if row.confirmed_at else ""
    return [*what, values.sortable(row.asked_at), due, at, str(line["how"])]
