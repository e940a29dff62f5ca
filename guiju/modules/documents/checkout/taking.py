"""Taking a draft's file, giving it back, and what others may not do meanwhile."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_noop as _

from guiju.modules.documents.checkout.models import CheckOut, End
from guiju.modules.documents.models import Document
from guiju.modules.kinds.services import RIGHT as RULES
from guiju.organizations.members import require
from guiju.spine.acts import Conflict, Missing, NotPermitted, Refused, current, write
from guiju.spine.notices.services import tell
from guiju.spine.trail.erasing import Row
from guiju.spine.trail.states import kind_of
from guiju.spine.workflow.perform import acting_people

ENDINGS = {End.BROUGHT_BACK: "bring_file_back", End.UNCHANGED: "give_file_back", End.ENDED: "end_check_out"}
TAKEN = _("%(who)s has taken the file to work on it. It can be replaced when it is back.")


def ever(document: Document) -> list[CheckOut]:
    """Every time the document's file was taken; asked once in an act that only reads."""
    acting, asked = current(), (CheckOut, document.pk)
    if acting.writing or asked not in acting.known:
        acting.known[asked] = list(CheckOut.objects.filter(document=document).select_related("taken_by"))
    found: list[CheckOut] = acting.known[asked]
    return found


def of(document: Document) -> CheckOut | None:
    """Who has the document's file now."""
    return next((one for one in ever(document) if one.ended_at is None), None)


def take(document: Document) -> CheckOut:
    """Take the file of a draft. NotPermitted; Conflict where there is none to take, or somebody has it."""
    require("documents.change", document)

    def taking() -> CheckOut:
        row = Document.locked(document.pk)
        revision = row.newest()
        if row.state != "draft" or revision.file is None:
            raise Conflict(_("Only the file of a draft can be taken."))
        if held := of(row):
            raise Conflict(TAKEN, {"who": str(held.taken_by)})
        made = CheckOut(document=row, digest=revision.file_digest, taken_at=current().now(), taken_by_id=current().person_id)
        made.save(action="take_file")
        return made

    return write(taking)


def give_back(document: Document) -> None:
    """End one's own check-out; the file stays as it was. Conflict where one has it not."""
    write(lambda: ended(in_hand(Document.locked(document.pk)), End.UNCHANGED))


def end(document: Document, *, reason: str) -> None:
    """Take a check-out from somebody who does not bring the file back; they are told.

    For the document's owner and for those who keep the rules of kinds. NotPermitted, Refused without a reason, Conflict.
    """
    if not may_end(document):
        raise NotPermitted(_("The document's owner may do this, or whoever keeps the rules of kinds."))
    if not reason.strip():
        sentence = _("A reason is needed.")
        raise Refused(sentence, errors={"reason": [sentence]})

    def ending() -> None:
        held = of(Document.locked(document.pk))
        if held is None:
            raise Conflict(_("Nobody has the file any more."))
        taken_from(document, held, reason)

    write(ending)


def taken_from(document: Document, held: CheckOut, reason: str) -> None:
    """End somebody's check-out, who is told; to be called inside a write."""
    ended(held, End.ENDED, reason)
    words = {"number": document.number or "", "title": document.title, "reason": reason}
    tell([held.taken_by_id], _("Your check-out of %(number)s %(title)s was ended: %(reason)s"), words, document)


def may_end(document: Document) -> bool:
    """Whether whoever acts may take the file from another; its owner's token, too, where it may change documents."""
    actor = current().actor
    owns = document.owner_id in acting_people() and (not actor.by_token or actor.may("documents.change", document))
    return owns or actor.may(RULES)


def refuse_in_other_hands(document: Document, values: Mapping[str, Any]) -> None:
    """Conflict for a change of the file while somebody else has it; one's own upload brings it back."""
    if "file" not in values:
        return
    held = of(document)
    if held is None:
        return
    if held.taken_by_id != current().person_id:
        sentence = TAKEN
        raise Conflict(sentence, {"who": str(held.taken_by)}, errors={"file": [sentence % {"who": held.taken_by}]})
    ended(held, End.BROUGHT_BACK)


def not_taken(document: Document) -> Missing | None:
    """What is in somebody's hands is not sent to review."""
    held = of(document)
    return Missing(_("%(who)s has taken the file and not brought it back"), {"who": str(held.taken_by)}) if held else None


def rows(document: Document) -> list[Row]:
    """The check-outs of a document that is disposed of, for the erasure of the reasons given."""
    return [(kind_of(CheckOut), pk) for pk in CheckOut.objects.filter(document=document).values_list("pk", flat=True)]


def in_hand(document: Document) -> CheckOut:
    """The acting person's own check-out. Conflict, with who has the file or who ended it, where there is none."""
    held = of(document)
    if held is not None and held.taken_by_id == current().person_id:
        return held
    if held is not None:
        raise Conflict(TAKEN, {"who": str(held.taken_by)})
    before = CheckOut.objects.filter(document=document, taken_by=current().person_id).order_by("-taken_at").first()
    if before is not None and before.how == End.ENDED:
        raise Conflict(
            _("%(who)s ended your check-out, and the file may have changed since. Compare yours with it, then take it again."),
            {"who": str(before.ended_by)},
        )
    raise Conflict(_("You have not taken this file."))


def ended(held: CheckOut, how: End, reason: str = "") -> None:
    """Enter how a check-out ended; to be called inside a write."""
    held.ended_at, held.ended_by_id, held.how = current().now(), current().person_id, how
    held.save(action=ENDINGS[how], reason=reason)
