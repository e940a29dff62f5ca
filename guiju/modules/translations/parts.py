"""What translations bring to a document's page: its other languages, and whether they still say the same."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from guiju.modules.documents.models import Document, Language
from guiju.modules.translations import services
from guiju.modules.translations.models import Translation
from guiju.spine.acts import current
from guiju.spine.registers import addresses
from guiju.spine.registers.declaration import RecordPart
from guiju.spine.registers.markup import facts, link, state_badge
from guiju.spine.workflow.table import Touch


def of_record(record: Any) -> RecordPart | None:
    if not isinstance(record, Document) or record.state == "disposed":
        return None
    found = services.of(record)
    missing = [
        one for one in (Language.ENGLISH, Language.CHINESE) if one != record.language and one not in {t.language for t in found}
    ]
    may = current().actor.may("documents.change", record)
    if not found and not (may and missing):
        return None
    rows: list[tuple[Any, Any]] = [(_("Written in"), record.get_language_display())]
    rows += [(one.get_language_display(), _shown(one, record)) for one in found]
    if may:
        rows += [(one.label, link(address(record, one), _("Translate"))) for one in missing]
    return RecordPart(top=_in_mine(record, found), right=[(_("Languages"), mark_safe(facts(rows, in_rows=True)))])


def address(document: Document, language: str) -> str:
    return f"{addresses.of_record(document)}translation/{language}/"


def standing(translation: Translation, document: Document) -> SafeString:
    """Whether a translation says what its source says, and whether another person has compared them."""
    if services.is_stale(translation, document):
        return state_badge("late", _("stale: of revision %(label)s") % {"label": translation.source.label})
    return state_badge("done", _("checked")) if translation.checked_at else state_badge("due", _("not checked"))


def _shown(translation: Translation, document: Document) -> SafeString:
    return format_html("{} {}", link(address(document, translation.language), translation.title), standing(translation, document))


def _in_mine(document: Document, found: list[Translation]) -> list[SafeString]:
    """The way to the reader's own language, above all else."""
    mine = next((one for one in found if (get_language() or "").startswith(one.language)), None)
    if mine is None or document.language == mine.language:
        return []
    words = _("This document can be read in your language:")
    way = link(address(document, mine.language), mine.title)
    return [format_html('<p class="gj-note">{} {} {}</p>', words, way, standing(mine, document))]


def touched(record: Any) -> list[Touch]:
    """Which translations an approval turns stale, and which were made of what is approved."""
    if not isinstance(record, Document) or record.state != "in_review":
        return []
    position = record.newest().position
    found = services.of(record)
    old = [(one, address(record, one.language)) for one in found if one.source.position < position]
    ready = [(one, address(record, one.language)) for one in found if one.source.position == position]
    made = []
    if old:
        words = ngettext("%(n)s translation turns stale", "%(n)s translations turn stale", len(old)) % {"n": len(old)}
        of_old = _("%(translation)s, of revision %(label)s")
        made.append(Touch(words, "", [(of_old % {"translation": one, "label": one.source.label}, url) for one, url in old]))
    if ready:
        words = ngettext("%(n)s translation is of this revision", "%(n)s translations are of this revision", len(ready))
        told = [(one, url, _("checked") if one.checked_at else _("not checked")) for one, url in ready]
        rows = [(_("%(translation)s, %(standing)s") % {"translation": one, "standing": how}, url) for one, url, how in told]
        made.append(Touch(words % {"n": len(ready)}, "", rows))
    return made


def beside(records: Sequence[Any]) -> dict[UUID, list[tuple[str, str, bool]]]:
    """What stands in translations of the records that a search shows, and whether it may be relied on."""
    documents = [one for one in records if isinstance(one, Document) and one.state != "disposed"]
    found: dict[UUID, list[tuple[str, str, bool]]] = {}
    for one, stale in services.of_many(documents) if documents else []:
        vouched = one.checked_at is not None and not stale
        words = _("Found in the translation into %(language)s")
        if not vouched:
            unchecked = _("Found in the translation into %(language)s, which is not checked")
            words = _("Found in the translation into %(language)s, which is stale") if stale else unchecked
        told = words % {"language": one.get_language_display()}
        found.setdefault(one.document_id, []).append(("\n".join(services.texts(one)), told, vouched))
    return found
