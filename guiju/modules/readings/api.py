"""Readings for programs: who gets a document, what readers are told, who has read it, and what one has to read oneself.

A token has read nothing: it confirms no reading, so there is no operation for it.
"""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from guiju.modules.documents.comparison import comparing
from guiju.modules.documents.comparison.api import PARAGRAPH, changed, whole
from guiju.modules.documents.models import Document
from guiju.modules.readings import assigning, audience, briefings, confirming, progress, reminding
from guiju.modules.readings.forms import BriefingForm, DistributionForm
from guiju.modules.readings.matrix import api as matrix
from guiju.modules.readings.models import Briefing, How, Reading, Weight
from guiju.modules.readings.pages import set_distribution, state_of
from guiju.spine.acts import NotFound, current
from guiju.spine.registers.api import schema
from guiju.spine.registers.api.declaration import Call, Operation, Shape, declare
from guiju.spine.registers.api.kinds import json_value
from guiju.spine.registers.api.shown import named
from guiju.spine.registers.declaration import by_key

LABEL = {**schema.TEXT, "description": _("The label of the revision.")}
SINCE = {**schema.or_null(schema.TEXT), "description": _("The revision that was read before; null: all of it is to be read.")}

DISTRIBUTION = Shape(
    "Distribution",
    {
        "everyone": schema.TRUTH,
        "roles": schema.list_of(schema.NAMED),
        "departments": schema.list_of(schema.NAMED),
        "people": schema.list_of(schema.NAMED),
    },
)
BRIEFING = Shape(
    "Briefing",
    {
        "revision": LABEL,
        "weight": schema.one_of(Weight.values),
        "reason": schema.TEXT,
        "days": schema.WHOLE,
        "question": schema.TEXT,
        "choices": schema.list_of(schema.TEXT),
        "right": {**schema.or_null(schema.WHOLE), "description": _("Number of the right answer")},
    },
)
READER = Shape(
    "Reader",
    {
        "id": schema.ID,
        "person": schema.NAMED,
        "revision": LABEL,
        "since": SINCE,
        "asked_at": schema.INSTANT,
        "due_on": schema.or_null(schema.DAY),
        "late": schema.TRUTH,
        "confirmed_at": schema.or_null(schema.INSTANT),
        "how": schema.one_of(("", *How.values)),
        "tries": {**schema.WHOLE, "description": _("answers given")},
    },
)
REMINDER = Shape("Reminder", {"revision": LABEL, "people": schema.list_of(schema.NAMED)})
TO_READ = Shape(
    "ToRead",
    {
        "id": schema.ID,
        "number": {**schema.TEXT, "description": _("The number of the document.")},
        "title": schema.TEXT,
        "revision": LABEL,
        "since": SINCE,
        "asked_at": schema.INSTANT,
        "due_on": schema.or_null(schema.DAY),
        "late": schema.TRUTH,
        "confirmed_at": schema.or_null(schema.INSTANT),
    },
    alone={
        "weight": schema.one_of(Weight.values),
        "reason": schema.TEXT,
        "question": schema.TEXT,
        "choices": schema.list_of(schema.TEXT),
        "file": {**schema.or_null(schema.ID), "description": _("The file of the revision, to be fetched below files/.")},
        "passages": schema.list_of(PARAGRAPH),
    },
)


def _distribution(document: Document) -> dict[str, Any]:
    rows = audience.distribution(document)
    return {
        "everyone": any(not (row.role_id or row.department_id or row.person_id) for row in rows),
        "roles": [named(row.role) for row in rows if row.role],
        "departments": [named(row.department) for row in rows if row.department],
        "people": [named(row.person) for row in rows if row.person],
    }


def _distribute(call: Call) -> Document:
    set_distribution(call.record, dict(call.values))
    return call.record


def _version(call: Call) -> str:
    return state_of(audience.distribution(call.record))


def _briefing_version(call: Call) -> int | None:
    """None while nothing was said of the newest revision."""
    return assigning.briefing(call.record.newest()).version or None


def _briefing(row: Briefing) -> dict[str, Any]:
    return {
        "revision": row.revision.label,
        "weight": row.weight,
        "reason": row.reason,
        "days": row.days,
        "question": row.question,
        "choices": list(row.choices),
        "right": row.right + 1 if row.question else None,
    }


def _readers(call: Call) -> list[Reading]:
    return progress.chosen(call.record, call.query.get("revision", ""))[1]


def _is_late(row: Reading) -> bool:
    return row.confirmed_at is None and row.due_on is not None and row.due_on < current().today()


def _state(row: Reading) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "revision": row.revision.label,
        "since": row.since.label if row.since is not None else None,
        "asked_at": json_value(row.asked_at),
        "due_on": json_value(row.due_on),
        "late": _is_late(row),
        "confirmed_at": json_value(row.confirmed_at),
    }


def _read_by(rows: Sequence[Reading]) -> list[dict[str, Any]]:
    return [_state(row) | {"person": named(row.person), "how": row.how, "tries": row.tries} for row in rows]


def _open_ones(call: Call) -> list[Reading]:
    """What the token's person is asked to read, of what they may see."""
    register = by_key("documents")
    assert register is not None
    rows = Reading.objects.filter(person=current().actor.id, confirmed_at=None, ended_at=None, how="")
    rows = rows.filter(revision__document__in=register.rows(current().actor))
    return list(rows.select_related("revision__document", "since").order_by("due_on", "id"))


def _to_read(row: Reading) -> dict[str, Any]:
    return _state(row) | {"number": row.revision.document.number, "title": row.revision.title}


def _mine(call: Call) -> Reading:
    found = confirming.mine(call.record)
    if found is None:
        raise NotFound(gettext_noop("You are not asked to read this."))
    return found


def _what_to_read(row: Reading) -> dict[str, Any]:
    """As the page shows it: what changed since the person read it, or all of it."""
    said, found = assigning.briefing(row.revision), confirming.passages(row)
    if found is None:
        passages = [whole(one, "added") for one in comparing.paragraphs(row.revision)]
    else:
        passages = [changed(one) for one in found]
    return _to_read(row) | {
        "weight": said.weight,
        "reason": said.reason,
        "question": said.question,
        "choices": list(said.choices),
        "file": json_value(row.revision.file_id),
        "passages": passages,
    }


DOCUMENT = "documents/{number}/"
declare(
    *matrix.OPERATIONS,
    Operation(
        "GET",
        f"{DOCUMENT}distribution/",
        "documents_distribution",
        _("Who gets this document"),
        lambda call: call.record,
        _distribution,
        DISTRIBUTION,
        version=_version,
    ),
    Operation(
        "PUT",
        f"{DOCUMENT}distribution/",
        "documents_distribute",
        _("Set who gets this document"),
        _distribute,
        _distribution,
        DISTRIBUTION,
        right=audience.RIGHT,
        form=DistributionForm,
        version=_version,
        explains=_("Whoever gets it reads what changed and confirms; who joins later reads all of it."),
    ),
    Operation(
        "GET",
        f"{DOCUMENT}briefing/",
        "documents_briefing",
        _("What readers are told of the newest revision"),
        lambda call: assigning.briefing(call.record.newest()),
        _briefing,
        BRIEFING,
        right="documents.change",
        version=_briefing_version,
    ),
    Operation(
        "PUT",
        f"{DOCUMENT}briefing/",
        "documents_brief",
        _("Set what readers are told"),
        lambda call: briefings.brief(call.record, call.values),
        _briefing,
        BRIEFING,
        right="documents.change",
        form=BriefingForm,
        version=_briefing_version,
        explains=_("Said before the approval: how heavy the change is, why, and a question on it."),
    ),
    Operation(
        "GET",
        f"{DOCUMENT}readers/",
        "documents_readers",
        _("Who has read it, and who has not"),
        _readers,
        _read_by,
        READER,
        lists="id",
        asks={"revision": {**schema.WHOLE, "description": _("The position of another revision.")}},
        explains=_("Of the revision that people are to read, or of another; those first who have still to read it."),
    ),
    Operation(
        "POST",
        f"{DOCUMENT}reminders/",
        "documents_remind_readers",
        _("Remind those who have still to read it"),
        lambda call: reminding.remind(call.record),
        lambda rows: {"revision": rows[0].revision.label, "people": [named(row.person) for row in rows]},
        REMINDER,
        right=audience.RIGHT,
        explains=_("Each of them gets one notice; once a day for a document."),
    ),
    Operation(
        "GET",
        f"{DOCUMENT}reading/",
        "documents_reading",
        _("What I am asked to read of it"),
        _mine,
        _what_to_read,
        TO_READ,
        explains=_(
            "What changed since the token's person read it, or all of it. A confirmation needs a person: no token gives one."
        ),
    ),
    Operation(
        "GET",
        "readings/",
        "readings_list",
        _("What I have still to read"),
        _open_ones,
        lambda rows: [_to_read(row) for row in rows],
        TO_READ,
        right="documents.view",
        lists="id",
    ),
)
