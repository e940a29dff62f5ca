"""Creating and changing records: the same for pages, API and import."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from guiju.spine.acts import Conflict, NotPermitted, Refused, Stale, current, write
from guiju.spine.records.models import Record
from guiju.spine.registers.addresses import RESERVED
from guiju.spine.registers.declaration import Register
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


def create(register: Register, values: Mapping[str, Any], once: OnceOnly | None = None) -> Record:
    """A new record from cleaned values; for a key used before, the record that came of it then.

    Raises NotPermitted, Refused (a number that is used or reserved), Conflict (the key was used for something else).
    """
    permit(register, "create")

    def creating() -> Record:
        record = register.create(values) if register.create else _plain(register, values)
        if once is not None:
            _remember(once, record.pk)
        return record

    try:
        check_number(register, values.get("number"))
        return write(creating)
    except (IntegrityError, Refused) as error:
        # The key is looked up only now: what is asked for the first time pays nothing for it.
        if once is not None and (before := made_before(register, once)):
            return before
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
    return _used(once) is not None


def _remember(once: OnceOnly, record: UUID) -> None:
    acting = current()
    assert acting.actor.id is not None
    Once.objects.create(
        organization_id=acting.organization_id, person_id=acting.actor.id, key=once.key, asked=once.asked, record=record
    )


def made_before(register: Register, once: OnceOnly) -> Record | None:
    """What came of the same request under the same key. Conflict when the key was used for something else."""
    found = _used(once)
    return register.model.objects.filter(pk=found.record).first() if found is not None else None


def _used(once: OnceOnly) -> Once | None:
    found = Once.objects.filter(person=current().actor.id, key=once.key).first()
    if found is not None and found.asked != once.asked:
        raise Conflict(_("This key was already used for something else."))
    return found


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
