"""What a document refers to by [[number]], and which documents speak of it: what a change or a withdrawal touches."""

import re
from collections.abc import Sequence

from django.utils.translation import gettext_noop as _
from django.utils.translation import pgettext

from guiju.lib import markdown
from guiju.modules.documents.models import ENDED, Document, Revision
from guiju.spine.acts import Missing, current
from guiju.spine.registers import addresses
from guiju.spine.registers.declaration import by_kind
from guiju.spine.search.models import Directory
from guiju.spine.search.services import find
from guiju.spine.trail.states import kind_of


def references_stand(document: Document) -> Missing | None:
    """A text that refers to nothing, or to what is withdrawn, is not approved."""
    numbers = markdown.references(document.newest().text)
    if not numbers:
        return None
    found = {row.number: row for row in Directory.objects.filter(number__in=numbers)}
    if gone := [number for number in numbers if number not in found]:
        return Missing(_("The text refers to what is not there: %(numbers)s"), {"numbers": _list(gone)})
    if ended := [number for number in numbers if found[number].state in ENDED]:
        return Missing(_("The text refers to what is withdrawn: %(numbers)s"), {"numbers": _list(ended)})
    return None


def nothing_refers_to_it(document: Document) -> Missing | None:
    """What others in force refer to by [[number]] is not withdrawn under their feet."""
    today = current().today()
    others = [one for one in mentioned_in(document) if _refers(one, one.in_force(today), document.number or "")]
    if not others:
        return None
    return Missing(_("These refer to it: %(numbers)s"), {"numbers": _list([one.number or "" for one in others])})


def _refers(document: Document, in_force: str, number: str) -> bool:
    """Whether the revision in force, or one that was approved for later, names a number in [[ ]]."""
    labels = {in_force, document.revision if document.state == "approved" else ""} - {""}
    texts = Revision.objects.filter(document=document, label__in=labels, given_up_on=None).values_list("text", flat=True)
    return any(number in markdown.references(text) for text in texts)


def mentioned_in(document: Document) -> list[Document]:
    """The other documents, not withdrawn, in whose texts or files this one's number stands."""
    if not document.number:
        return []
    others = [hit.record for hit in find(document.number, [kind_of(Document)]) if hit.record != document.pk]
    if not others:
        return []
    found = Document.objects.filter(pk__in=others).exclude(state__in=ENDED)
    register = by_kind(kind_of(Document))
    texts = register.texts(list(found)) if register is not None and register.texts else {}
    # The search finds beginnings of words; what is meant is the number as a whole.
    whole = re.compile(rf"(?<![A-Za-z0-9_-]){re.escape(document.number)}(?![A-Za-z0-9_-])", re.IGNORECASE)
    meant = [one for one in found if any(whole.search(text) for text in texts.get(one.pk, ()))]
    return sorted(meant, key=lambda one: one.number or "")


def mentions(document: Document) -> list[tuple[str, str]]:
    """(words, address) of the documents that speak of this one."""
    found = mentioned_in(document)
    register = by_kind(kind_of(Document))
    assert register is not None
    seen = set(register.rows(current().actor).filter(pk__in=[one.pk for one in found]).values_list("pk", flat=True))
    return [(str(one), addresses.of_record(one)) for one in found if one.pk in seen]


def _list(numbers: Sequence[str]) -> str:
    return pgettext("list", ", ").join(numbers)
