"""Creating and changing records: the same for pages, API and import."""

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from guiju.spine.acts import Conflict, NotPermitted, Refused, Stale, current, write
from guiju.spine.records import services as records
from guiju.spine.records.models import Comment, Record
from guiju.spine.registers.addresses import RESERVED
from guiju.spine.registers.declaration import Register, registers
from guiju.spine.registers.models import Once


@dataclass(frozen=True)
class OnceOnly:
    """A key that makes a write happen once, and the digest of what is asked under it."""

    key: str
    asked: str = ""

    @classmethod
    def of(cls, key: str, body: bytes = b"") -> "OnceOnly":
        return cls(key[:100], sha256(body).hexdigest())


def permit(register: Register, verb: str, record: Record | None = None) -> None:
    """NotPermitted where the acting member has not the right."""
    if not current().actor.may(f"{register.key}.{verb}", record):
        raise NotPermitted(_("You do not have the right to this. Ask who administers roles."))


def permit_somewhere() -> None:
    """NotPermitted where the acting member may write in no register at all."""
    actor = current().actor
    if not any(actor.may(f"{register.key}.{verb}") for register in registers() for verb in register.writes):
        raise NotPermitted(_("You do not have the right to this. Ask who administers roles."))


def create(register: Register, values: Mapping[str, Any], once: OnceOnly | None = None) -> Record:
    """A new record from cleaned values; for a key used before, the record that came of it then.

    Raises NotPermitted, Refused (a number that is used or reserved), Conflict (the key was used for something else).
    """
    permit(register, "create")

    def creating() -> Record:
        check_number(register, values.get("number"))
        return register.create(values) if register.create else _plain(register, values)

    return made_once(creating, once, lambda pk: register.model.objects.filter(pk=pk).first())


def made_once(make: Callable[[], Any], once: OnceOnly | None, again: Callable[[UUID], Any] | None) -> Any:
    """What `make` makes, in one write; for a key used before what came of it then, as `again` finds it by its id.

    Of many things that are made in one the first is remembered. Raises what `make` raises, and Conflict (the key was used
    for something else, or something alike was made a moment ago).
    """

    def making() -> Any:
        made = make()
        if once is not None:
            _remember(once, (made[0] if isinstance(made, Sequence) else made).pk)
        return made

    try:
        return write(making)
    except (IntegrityError, Refused) as error:
        # The key is looked up only now: what is asked for the first time pays nothing for it.
        before = _came_of(once) if once is not None else None
        if again is not None and before is not None and (found := again(before)):
            return found
        if isinstance(error, IntegrityError):
            raise clash(error) from error
        raise


def _plain(register: Register, values: Mapping[str, Any]) -> Record:
    """A new record of a register without a verb of its own."""
    record = register.model(**values)
    if register.workflow:
        record.state = register.workflow.initial
    record.save()
    return record


def first_time(once: OnceOnly | None, record: UUID) -> bool:
    """Whether what is done under a key is done for the first time; from then on it is not. Always true without a key.

    For writes that make no record of a register: to be called inside a `write`, with what it changes locked, so that a
    second click waits for the first. Conflict when the key was used for something else.
    """
    if once is None:
        return True
    if was_done(once):
        return False
    _remember(once, record)
    return True


def was_done(once: OnceOnly) -> bool:
    """Whether something was done under a key already, so that what asks for it again is answered by what came of it."""
    return _came_of(once) is not None


def _remember(once: OnceOnly, record: UUID) -> None:
    acting = current()
    assert acting.actor.id is not None
    Once.objects.create(
        organization_id=acting.organization_id, person_id=acting.actor.id, key=once.key, asked=once.asked, record=record
    )


def made_before(register: Register, once: OnceOnly) -> Record | None:
    """What came of the same request under the same key. Conflict when the key was used for something else."""
    before = _came_of(once)
    return register.model.objects.filter(pk=before).first() if before is not None else None


def _came_of(once: OnceOnly) -> UUID | None:
    found = Once.objects.filter(person=current().actor.id, key=once.key).first()
    if found is not None and found.asked != once.asked:
        raise Conflict(_("This key was already used for something else."))
    return found.record if found is not None else None


def change(register: Register, record: Record, values: Mapping[str, Any], version: int | None) -> Record:
    """Write changed values over a record. Raises NotPermitted, Stale, Conflict (it stands still), Refused."""
    permit(register, "change", record)

    def changing() -> Record:
        row = register.model.locked(record.pk)
        if version is not None and row.version != version:
            raise Stale(_("Someone else has changed this since you opened it."))
        refuse_unless_editable(register, row)
        if not values:
            return row
        if register.change:
            return register.change(row, values)
        for name, value in values.items():
            setattr(row, name, value)
        row.save()
        return row

    try:
        return write(changing)
    except IntegrityError as error:
        raise clash(error) from error


def refuse_unless_editable(register: Register, record: Record) -> None:
    if register.editable is not None and not register.editable(record):
        raise Conflict(_("This stands still in its present state; it can be changed as a draft."))


def takes_comments(register: Register, record: Record) -> bool:
    return register.commented is None or register.commented(record)


def comment(register: Register, record: Record, text: str) -> Comment:
    """A comment on a record. NotPermitted without the right, Conflict where it takes none any more, Refused for its text."""
    permit(register, "comment", record)

    def commenting() -> Comment:
        if not takes_comments(register, type(record).locked(record.pk)):
            raise Conflict(_("This takes no more comments: what it said is erased."))
        return records.comment(record, text)

    return write(commenting)


def check_number(register: Register, number: str | None) -> None:
    """Refused when somebody gives a number that is used already, that an address needs, or that nobody can see whole."""
    if not number:
        return
    if any(unicodedata.category(character)[0] == "C" for character in number):
        sentence = _("The number holds characters that cannot be seen.")
        raise Refused(sentence, errors={"number": [gettext(sentence)]})
    if number in RESERVED or register.model.objects.filter(number=number).exists():
        sentence = _("The number %(number)s is already used.")
        raise Refused(sentence, {"number": number}, errors={"number": [gettext(sentence) % {"number": number}]})


def clash(error: IntegrityError) -> Conflict:
    """The refusal for what the database's own rules did not let through."""
    if "crosses organizations" in str(error):
        return Conflict(_("This refers to something that is not there."))
    return Conflict(_("Something with the same number or name was made a moment ago. Look and try again."))
