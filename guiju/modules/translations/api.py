"""A document in other languages, for programs: listed, read, written, checked. Nothing of it is signed."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from guiju.modules.documents.comparison.api import FILE
from guiju.modules.documents.models import Language
from guiju.modules.translations import services
from guiju.modules.translations.models import Translation
from guiju.modules.translations.pages import TranslationForm
from guiju.spine.acts import NotFound
from guiju.spine.registers.api import schema
from guiju.spine.registers.api.declaration import Call, Operation, Shape, declare
from guiju.spine.registers.api.kinds import json_value
from guiju.spine.registers.api.shown import named

TRANSLATION = Shape(
    "Translation",
    {
        "language": schema.one_of(one for one in Language.values if one != Language.OTHER),
        "title": schema.TEXT,
        "source": {**schema.TEXT, "description": _("The label of the revision that it was made from.")},
        "stale": {**schema.TRUTH, "description": _("Whether people go by a later revision than its source.")},
        "made_at": schema.INSTANT,
        "made_by": schema.NAMED,
        "checked_at": schema.or_null(schema.INSTANT),
        "checked_by": schema.or_null(schema.NAMED),
    },
    alone={"text": schema.TEXT, "file": schema.or_null(FILE)},
)


def _known(language: str) -> str:
    if language not in Language.values or language == Language.OTHER:
        raise NotFound(gettext_noop("There is no such language here."))
    return language


def _kept(call: Call) -> Translation | None:
    language = _known(call.parts["language"])
    return next((one for one in services.of(call.record) if one.language == language), None)


def _found(call: Call) -> Translation:
    found = _kept(call)
    if found is None:
        raise NotFound(gettext_noop("There is no translation into this language."))
    return found


def _version(call: Call) -> str | None:
    """None where nothing is kept in this language; a new one of the same source has another version."""
    found = _kept(call)
    return f"{found.pk}-{found.version}" if found is not None else None


def _write(call: Call) -> Translation:
    return services.translate(call.record, _known(call.parts["language"]), call.values)


def _check(call: Call) -> Translation:
    return services.check(_found(call), call.record)


def _said(row: Translation) -> dict[str, Any]:
    return _listed([row])[0]


def _listed(rows: Sequence[Translation]) -> list[dict[str, Any]]:
    """Translations of one document."""
    position = services.read_revision(rows[0].document).position if rows else 0
    return [
        {
            "language": row.language,
            "title": row.title,
            "source": row.source.label,
            "stale": row.source.position < position,
            "made_at": json_value(row.made_at),
            "made_by": named(row.made_by),
            "checked_at": json_value(row.checked_at),
            "checked_by": named(row.checked_by),
        }
        for row in rows
    ]


def _alone(row: Translation) -> dict[str, Any]:
    file = {"id": str(row.file_id), "name": row.file_name, "digest": row.file_digest} if row.file_id else None
    return _said(row) | {"text": row.text, "file": file}


BASE = "documents/{number}/translations/"
ONE = f"{BASE}{{slug:language}}/"
declare(
    Operation(
        "GET",
        BASE,
        "documents_translations",
        _("Other languages of this document"),
        lambda call: services.of(call.record),
        _listed,
        TRANSLATION,
        lists="language",
    ),
    Operation("GET", ONE, "documents_translation", _("A translation"), _found, _alone, TRANSLATION, version=_version),
    Operation(
        "PUT",
        ONE,
        "documents_translate",
        _("Write a translation"),
        _write,
        _alone,
        TRANSLATION,
        right="documents.change",
        form=TranslationForm,
        version=_version,
        explains=_("Of the newest revision: its title, and its text or a file. Written anew it has to be checked anew."),
    ),
    Operation(
        "POST",
        f"{ONE}check/",
        "documents_translation_check",
        _("Say that a translation was compared with its source"),
        _check,
        _alone,
        TRANSLATION,
        right="documents.review",
        explains=_("By another than the translator. It is not signed, so that a token may do it as its person."),
    ),
)
