"""Paper copies for programs: which are out, those of a document, giving out, what became of them, and their prints."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _

from guiju.modules.copies import listing, services, standing
from guiju.modules.copies.forms import EndForm, FoundForm, IssueForm
from guiju.modules.copies.models import How, PaperCopy
from guiju.modules.copies.recalling import recall
from guiju.spine.registers import printing
from guiju.spine.registers.api import schema
from guiju.spine.registers.api.answering import printed
from guiju.spine.registers.api.declaration import Call, Listed, Operation, Shape, declare
from guiju.spine.registers.api.kinds import json_value
from guiju.spine.registers.api.shown import named
from guiju.spine.registers.declaration import by_key

OUT, RECALL = "out", "recall"
COPY = Shape(
    "PaperCopy",
    {
        "id": schema.ID,
        "document": {**schema.TEXT, "description": _("The number of the document.")},
        "title": schema.TEXT,
        "copy": {**schema.WHOLE, "description": _("Its number among the document's copies, never given again.")},
        "revision": {**schema.TEXT, "description": _("The label of the revision.")},
        "person": schema.or_null(schema.NAMED),
        "place": {**schema.TEXT, "description": _("Where it lies, when no person holds it.")},
        "reason": schema.TEXT,
        "state": schema.one_of((OUT, RECALL, *How.values)),
        "why": {**schema.TEXT, "description": _("Why it is to be called back.")},
        "issued_at": schema.INSTANT,
        "issued_by": schema.NAMED,
        "instead_of": {**schema.or_null(schema.ID), "description": _("The copy in whose place it was given.")},
        "called_at": schema.or_null(schema.INSTANT),
        "ended_at": schema.or_null(schema.INSTANT),
        "ended_by": schema.or_null(schema.NAMED),
        "words": {**schema.TEXT, "description": _("What is known of it, such as of a lost one, or where it was found again.")},
        "prints": {**schema.WHOLE, "description": _("How often it was printed; from the second on the paper says so.")},
        "printed_at": schema.or_null(schema.INSTANT),
        "printed_by": schema.or_null(schema.NAMED),
    },
)


def _all(call: Call) -> Listed:
    rows, key = listing.page(replace(listing.chosen(call.query), limit=call.limit))
    return Listed(rows, key)


def _of_document(call: Call) -> list[PaperCopy]:
    rows = standing.judged(PaperCopy.objects.all(), call.record).select_related("issued_by", "ended_by", "printed_by")
    return sorted(rows, key=lambda one: (not one.recall, one.ended_at is not None, one.number))


def _issue(call: Call) -> list[PaperCopy]:
    return services.issue(call.record, call.values)


def _end(call: Call) -> list[PaperCopy]:
    return services.end(call.record, call.values)


def _print(call: Call) -> HttpResponseBase:
    register = by_key("documents")
    assert register is not None
    language, sealed = (call.query.get(name, "") for name in ("language", "sealed"))
    return printed(printing.asked(register, call.record, call.parts["copy_number"], language, sealed, recall.PRINT))


def _given(rows: Sequence[PaperCopy]) -> list[dict[str, Any]]:
    """Copies of one document as they stand now, by number."""
    found = PaperCopy.objects.filter(pk__in=[row.pk for row in rows])
    judged = standing.judged(found, rows[0].document).select_related("issued_by", "ended_by", "printed_by")
    return _said(judged.order_by("number"))


def _ended(rows: Sequence[PaperCopy]) -> list[dict[str, Any]]:
    """Those that ended, and those that were given in their place."""
    return _given([*rows, *PaperCopy.objects.filter(instead_of__in=rows)])


def _said(rows: Iterable[PaperCopy]) -> list[dict[str, Any]]:
    """Judged copies."""
    return [
        {
            "id": str(row.pk),
            "document": row.document.number,
            "title": row.document.title,
            "copy": row.number,
            "revision": row.revision.label,
            "person": named(row.person),
            "place": row.place,
            "reason": row.reason,
            "state": row.how or (RECALL if row.recall else OUT),
            "why": standing.why(row),
            "issued_at": json_value(row.issued_at),
            "issued_by": named(row.issued_by),
            "instead_of": json_value(row.instead_of_id),
            "called_at": json_value(row.called_at),
            "ended_at": json_value(row.ended_at),
            "ended_by": named(row.ended_by),
            "words": row.words,
            "prints": row.prints,
            "printed_at": json_value(row.printed_at),
            "printed_by": named(row.printed_by),
        }
        for row in rows
    ]


ASKS = {
    "view": {**schema.one_of(listing.VIEWS), "default": "out", "title": _("A view that is saved for all.")},
    "holder": {**schema.TEXT, "title": _("Only those that this person (by id) holds; “place”: those that no person holds.")},
    "department": {**schema.ID, "title": _("Only those held by people of this department.")},
    "q": {**schema.TEXT, "title": _("Words in number, title or place.")},
}
OF_DOCUMENT = "documents/{number}/copies/"
declare(
    Operation(
        "GET",
        "copies/",
        "copies_list",
        _("Paper copies, those to be called back first"),
        _all,
        _said,
        COPY,
        right="documents.view",
        lists="id",
        asks=ASKS,
    ),
    Operation(
        "GET",
        OF_DOCUMENT,
        "documents_copies",
        _("Paper copies of this document, also those that are gone"),
        _of_document,
        _said,
        COPY,
        lists="id",
    ),
    Operation(
        "POST",
        OF_DOCUMENT,
        "documents_issue",
        _("Give out on paper"),
        _issue,
        _given,
        COPY,
        right=recall.RIGHT,
        form=IssueForm,
        lists="id",
        again=services.given_with,
        status=201,
        explains=_("Of the revision in force: to each person and each place as many as are said, each with its own number."),
    ),
    Operation(
        "POST",
        f"{OF_DOCUMENT}end/",
        "documents_end_copies",
        _("Say what became of paper copies"),
        _end,
        _ended,
        COPY,
        right=recall.RIGHT,
        form=EndForm,
        lists="id",
        again=services.ended_with,
        explains=_("All of them, or none. Answers those that ended, and those that were given in their place."),
    ),
    Operation(
        "POST",
        f"{OF_DOCUMENT}found/",
        "documents_find_copies",
        _("Say that lost paper copies are found again"),
        lambda call: services.find(call.record, call.values),
        _given,
        COPY,
        right=recall.RIGHT,
        form=FoundForm,
        lists="id",
        explains=_("They are out again with their holders, and called back where they hold no longer."),
    ),
    Operation(
        "GET",
        f"{OF_DOCUMENT}{{int:copy_number}}/print/",
        "documents_print_copy",
        _("Print a paper copy"),
        _print,
        right=recall.RIGHT,
        asks={one["name"]: {**one["schema"], "title": one["description"]} for one in schema.printing() if one["name"] != "part"},
        explains=_("A PDF that says whose copy it is; 202 with a Location while the worker makes one that takes long."),
        file=True,
    ),
)
