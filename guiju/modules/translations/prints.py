"""A checked translation on paper: with a cover of its own that says of what it is one, and who vouches for it."""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from guiju.modules.documents.models import Document, Language
from guiju.modules.documents.prints import content
from guiju.modules.translations import services
from guiju.modules.translations.models import Translation
from guiju.spine.attachments import services as attachments
from guiju.spine.prints.sheets import File, Sheet
from guiju.spine.registers import addresses

SHORT = {Language.ENGLISH: "en", Language.CHINESE: "zh"}  # the languages as they stand in the address of a print


def address(document: Document, translation: Translation) -> str:
    """Where the print of a translation is asked for; empty for one that nobody has checked."""
    if translation.checked_at is None:
        return ""
    part = f"{SHORT[Language(translation.language)]}-{translation.source.position}"
    return f"{addresses.of_record(document)}print/?part={part}&language={translation.language}"


def of_record(record: Any, of: str, position: int) -> Sheet | None:
    """The translation of a revision, in the place of its text."""
    language = next((one for one, short in SHORT.items() if short == of), None)
    if not isinstance(record, Document) or language is None or record.state == "disposed":
        return None
    rows = Translation.objects.filter(document=record, source__position=position, language=language)
    found = rows.exclude(checked_at=None).select_related("source", "checked_by", "document", "file").first()
    made = content.sheet(record, position) if found is not None else None
    if found is None or made is None:
        return None
    return replace(
        made,
        title=found.title,
        revision=_("Translation of revision %(label)s") % {"label": found.source.label},
        text=found.text,
        file=_file(found, record),
        seals=[],  # they stand under the source
        notes=[services.vouched(found), _("A translation. What holds is the source."), *made.notes],
        says={**made.says, "language": found.language},
    )


def _file(translation: Translation, document: Document) -> File | None:
    if translation.file is None or translation.file.disposed_at is not None:
        return None
    here = f"{addresses.of_record(document)}files/{translation.file_id}/"
    return File(attachments.path(translation.file), translation.file_name, translation.file_digest, here)
