"""Giving out paper copies, and saying what became of them. ISO 9001 7.5.3.2 a (distribution) and c (control of changes)."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_noop as _

from guiju.modules.copies import standing
from guiju.modules.copies.models import LONGEST_PLACE, How, PaperCopy
from guiju.modules.copies.recalling import recall
from guiju.modules.documents.confidential.insiders import those_who_see
from guiju.modules.documents.models import Document, Revision
from guiju.modules.documents.standing.readers import revision_in_force
from guiju.organizations.members import require
from guiju.organizations.models import Person
from guiju.spine.acts import Conflict, NotPermitted, Refused, Stale, current, write
from guiju.spine.prints import kept as prints
from guiju.spine.registers.writing import OnceOnly, first_time
from guiju.spine.trail.append import note
from guiju.spine.trail.erasing import Row
from guiju.spine.trail.states import kind_of

MOST = 50  # copies given out at once
MOST_EACH = 20  # of them for one holder
LONGEST_REASON = 500
ENDS = {How.RETURNED: "take_copies", How.DESTROYED: "destroy_copies", How.LOST: "lose_copies"}

Holder = tuple[Person | None, str]  # a member, or a place in words


def issue(document: Document, values: Mapping[str, Any], *, revision: str = "", once: OnceOnly | None = None) -> list[PaperCopy]:
    """Give out copies of the revision in force: to each of `people` and `places` as many as `each` (1), for a `reason`.

    `shielded` says of a confidential document that nobody else comes to the places. `revision` is the label that the
    person saw in force. Answers the new copies, none for a key used before.
    NotPermitted without the right, Conflict where nothing is in force, Stale where it is another revision by now, Refused
    without holder or reason, for too many, for a holder who is no member or may not see the document.
    """
    require(recall.RIGHT, document)
    holders, reason = _holders(values), _reason(values.get("reason"))

    def issuing() -> list[PaperCopy]:
        row = Document.locked(document.pk)
        if not first_time(once, row.pk):
            return []
        present = _in_force(row, revision)
        _refuse_who_may_not(row, holders, bool(values.get("shielded")))
        return _give(row, present, [(holder, reason, None) for holder in holders])

    return write(issuing)


def end(document: Document, values: Mapping[str, Any], *, revision: str = "", once: OnceOnly | None = None) -> list[PaperCopy]:
    """Say what became of `copies` (by number): `how` they ended, with `words`; `again` gives their holders new ones.

    The new ones are of the revision in force. Answers the copies that ended, none for a key used before.
    NotPermitted for whoever neither has the right nor is asked to call them back, Refused for a copy that there is not, a
    lost one without a word, and as `issue` does; Conflict for one that has ended, or where nothing is in force.
    """
    if not recall.may_end(document):
        raise NotPermitted(_("You do not have the right to this. Ask who administers roles."))
    if values.get("again"):
        require(recall.RIGHT, document)
    how, said = _how(values.get("how")), str(values.get("words") or "").strip()
    if how == How.LOST and not said:
        raise _at("words", _("Say what is known of it: where it was last, and since when."))

    numbers = _chosen(values.get("copies") or ())

    def ending() -> list[PaperCopy]:
        row = Document.locked(document.pk)
        if not first_time(once, row.pk):
            return []
        rows, now = _still_out(row, numbers), current().now()
        for copy in rows:
            copy.ended_at, copy.ended_by_id, copy.how, copy.words = now, current().person_id, how.value, said
            copy.save(action=how.value)
            prints.forget(row, of=recall.PRINT, part=copy.number)
        note(kind_of(Document), row.pk, ENDS[how], reason=said, says={"copies": recall.listed(rows)})
        if values.get("again"):
            holders: list[Holder] = [(copy.person, copy.place) for copy in rows]
            present = _in_force(row, revision)
            _refuse_who_may_not(row, holders, shielded=True)  # the place was, when it got the first one
            given = [(holder, copy.reason, copy) for holder, copy in zip(holders, rows, strict=True)]
            _give(row, present, given)
        recall.settle(row)
        return rows

    return write(ending)


def find(document: Document, values: Mapping[str, Any]) -> list[PaperCopy]:
    """Say that `copies` (by number) that were lost are found again, and with what `reason`: they are out as before, and are
    called back where they hold no longer.

    NotPermitted as for `end`, Refused for a copy that there is not and without a reason, Conflict for one that is not lost, and
    of a document that was disposed of: its paper is to be destroyed.
    """
    if not recall.may_end(document):
        raise NotPermitted(_("You do not have the right to this. Ask who administers roles."))
    numbers, reason = _chosen(values.get("copies") or ()), str(values.get("reason") or "").strip()
    if not reason:
        raise _at("reason", _("Say where it was found."))

    def finding() -> list[PaperCopy]:
        row = Document.locked(document.pk)
        if row.state == "disposed":
            raise Conflict(_("This document was disposed of. Destroy the paper."))
        rows = _rows(row, numbers)
        if others := [copy.number for copy in rows if copy.how != How.LOST]:
            raise Conflict(_("Not lost, so that it cannot be found again: copy %(copies)s"), {"copies": _numbers(others)})
        for copy in rows:
            copy.ended_at = copy.ended_by_id = copy.called_at = None
            copy.how, copy.words = "", reason
            copy.save(action="found", reason=reason)
        note(kind_of(Document), row.pk, "find_copies", reason=reason, says={"copies": recall.listed(rows)})
        recall.settle(row)
        return rows

    return write(finding)


def can_be_found(copy: PaperCopy) -> bool:
    return copy.how == How.LOST and copy.document.state != "disposed"


def given_with(copy: UUID) -> list[PaperCopy]:
    """All that were given out in the same step as one of them."""
    return _of_one_step(copy, "issued_at", "issued_by")


def ended_with(copy: UUID) -> list[PaperCopy]:
    """All that ended in the same step as one of them."""
    return _of_one_step(copy, "ended_at", "ended_by")


def _of_one_step(copy: UUID, at: str, by: str) -> list[PaperCopy]:
    rows = PaperCopy.objects.filter(pk=copy)
    same = {name: rows.values(name)[:1] for name in ("document", at, by)}
    return list(PaperCopy.objects.filter(**same).order_by("number"))


def empty(document: Document) -> list[Row]:
    """Take the words out of a document's copies; numbers, days and people stay. Inside a `write`; answers their rows."""
    rows = list(PaperCopy.objects.select_for_update(of=("self",)).filter(document=document.pk))
    for row in rows:
        row.place = row.reason = row.words = ""
        row.save(action="empty")
    return [(kind_of(PaperCopy), row.pk) for row in rows]


# --- What is given --------------------------------------------------------------------------------------------------


def _give(document: Document, revision: Revision, given: Sequence[tuple[Holder, str, PaperCopy | None]]) -> list[PaperCopy]:
    """New copies with the next numbers of a locked document."""
    last = PaperCopy.objects.filter(document=document.pk).aggregate(last=Max("number"))["last"] or 0
    made, now = [], current().now()
    for number, ((person, place), reason, before) in enumerate(given, last + 1):
        copy = PaperCopy(document=document, revision=revision, number=number, person=person, place=place, reason=reason)
        copy.issued_at, copy.issued_by_id, copy.instead_of = now, current().person_id, before
        copy.save(action="issue")
        made.append(copy)
    says = {"copies": recall.listed(made), "revision": revision.label}
    named = {"holders": "; ".join(dict.fromkeys(_named(copy) for copy in made))}
    note(kind_of(Document), document.pk, "give_copies", says=says, personal=named)
    return made


def _named(copy: PaperCopy) -> str:
    """A holder in the words of every language at once, since the history keeps them."""
    person = copy.person
    return " ".join(name for name in (person.name, person.name_zh) if name) if person is not None else copy.place


def _in_force(document: Document, seen: str) -> Revision:
    found = revision_in_force(document)
    if found is None:
        raise Conflict(_("Only a revision that is in force is given out on paper."))
    if seen and seen != found.label:
        raise Stale(_("Meanwhile revision %(label)s came into force. Look at it, then send this again."), {"label": found.label})
    return found


def _refuse_who_may_not(document: Document, holders: Sequence[Holder], shielded: bool) -> None:
    """Copies go to members alone; those of a confidential document to such as may see it, or where nobody else comes."""
    people = {person.pk: person for person, _place in holders if person is not None}
    if gone := people.keys() - standing.present(people):
        raise _at("people", _("Only a member can hold a copy; not a member: %(names)s"), {"names": _names(people, gone)})
    if not document.confidential:
        return
    if others := people.keys() - those_who_see(document):
        raise _at("people", _("The document is confidential and hidden from %(names)s."), {"names": _names(people, others)})
    if any(place for _person, place in holders) and not shielded:
        raise _at("shielded", _("Say that nobody comes to these places who may not read a confidential document."))


def _names(people: Mapping[Any, Person], wanted: Iterable[Any]) -> str:
    return pgettext("list", ", ").join(sorted(people[pk].shown_name for pk in wanted))


def _rows(document: Document, numbers: set[int]) -> list[PaperCopy]:
    rows = PaperCopy.objects.select_for_update(of=("self",)).filter(document=document.pk, number__in=numbers)
    found = list(rows.order_by("number"))
    if missing := numbers - {copy.number for copy in found}:
        raise _at("copies", _("There is no paper copy of this number: %(copies)s"), {"copies": _numbers(missing)})
    return found


def _still_out(document: Document, numbers: set[int]) -> list[PaperCopy]:
    found = _rows(document, numbers)
    if ended := [copy.number for copy in found if copy.ended_at is not None]:
        raise Conflict(_("Not out any more, so that it cannot end again: copy %(copies)s"), {"copies": _numbers(ended)})
    return found


def _numbers(numbers: Iterable[int]) -> str:
    return pgettext("list", ", ").join(str(number) for number in sorted(numbers))


# --- What was said --------------------------------------------------------------------------------------------------


def _holders(values: Mapping[str, Any]) -> list[Holder]:
    places = list(dict.fromkeys(place.strip() for place in values.get("places") or () if place.strip()))
    people = list(dict.fromkeys(values.get("people") or ()))
    each = values.get("each", 1)
    if not isinstance(each, int) or not 1 <= each <= MOST_EACH:
        raise _at("each", _("From 1 to %(most)s copies for each."), {"most": MOST_EACH})
    if not places and not people:
        raise _at("people", _("Say who gets a copy: a member, or a place."))
    if long := [place for place in places if len(place) > LONGEST_PLACE]:
        raise _at(
            "places", _("A place has at most %(most)s characters: %(place)s…"), {"most": LONGEST_PLACE, "place": long[0][:20]}
        )
    if (len(places) + len(people)) * each > MOST:
        raise _at("people", _("At most %(most)s copies at once."), {"most": MOST})
    every: list[Holder] = [*((person, "") for person in people), *((None, place) for place in places)]
    return [holder for holder in every for _one in range(each)]


def _reason(text: Any) -> str:
    reason = str(text or "").strip()
    if not reason:
        raise _at("reason", _("Say what the paper is needed for."))
    if len(reason) > LONGEST_REASON:
        raise _at("reason", _("At most %(most)s characters."), {"most": LONGEST_REASON})
    return reason


def _chosen(numbers: Iterable[Any]) -> set[int]:
    texts = {str(number) for number in numbers}
    if not texts:
        raise _at("copies", _("Choose at least one copy."))
    if odd := [text for text in texts if not (text.isascii() and text.isdigit() and len(text) < 10)]:
        raise _at("copies", _("There is no paper copy of this number: %(copies)s"), {"copies": odd[0][:20]})
    return {int(text) for text in texts}


def _how(text: Any) -> How:
    if text not in How.values:
        raise _at("how", _("Say what became of it."))
    return How(text)


def _at(field: str, key: str, params: Mapping[str, Any] | None = None) -> Refused:
    """A refusal that stands at one field."""
    said = gettext(key) % params if params else gettext(key)
    return Refused(key, params, errors={field: [said]})
