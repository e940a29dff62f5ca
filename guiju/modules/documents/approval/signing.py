"""What is about to be signed, so that it can be read before: the text, the file, the revision. 21 CFR 11.50, 11.70."""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from guiju.modules.documents import page
from guiju.modules.documents.models import Document, Revision
from guiju.spine.registers import addresses
from guiju.spine.registers.markup import link, state_badge


def signed(document: Document, revision: Revision) -> tuple[list[tuple[Any, Any]], SafeString]:
    """The facts of the revision that is signed, with the ways to it, and the revision as it is read."""
    here = page.address(document, revision)
    facts: list[tuple[Any, Any]] = [(_("Revision"), link(here, _("Read revision %(label)s") % {"label": revision.label}))]
    rows = document.all_revisions()
    before = next((one for one in rows if one.given_up_on is None and one.position < revision.position), None)
    if before is not None:
        way = f"{addresses.of_record(document)}compare/?from={before.position}&to={revision.position}"
        words = _("Compare with revision %(label)s") % {"label": before.label}
        facts.append((_("What changed"), link(way, words)))
    if revision.file_id:
        way = f"{addresses.of_record(document)}files/{revision.file_id}/"
        facts.append((_("File"), link(way, revision.file_name)))
        facts.append((_("SHA-256 of the file"), format_html('<span class="gj-code">{}</span>', revision.file_digest)))
    badge = state_badge("due", _("To be signed"))
    return facts, mark_safe(page.drawn(document, revision, badge))
