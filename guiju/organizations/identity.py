"""Who is it really? After a reset that the person did not make signed in, signing waits for a second person (law L10)."""

from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext_noop as _

from guiju.organizations import accounts, factors, sessions
from guiju.organizations.members import member_elsewhere, require
from guiju.organizations.models import Person
from guiju.spine.acts import Conflict, NotPermitted, Refused, current, write
from guiju.spine.signatures.services import Proof
from guiju.spine.trail.append import note
from guiju.spine.trail.states import kind_of

RENAME = "rename"


def reset(person: Person, hashed: str, by: UUID | None) -> None:
    """Set a password (hashed already) asked for by a code or a mail; `by` made the code. Closes signing, ends sessions."""

    def resetting() -> None:
        row = Person.locked(person.pk)
        row.password = hashed
        _close(row, by)
        row.save(action="reset_password")

    write(resetting)
    person.refresh_from_db()
    sessions.end_all(person)


def reset_factors(person: Person) -> None:
    """Take the second factor from whoever lost it. Needs people.change; closes signing."""
    by = _over(person)

    def resetting() -> None:
        factors.reset(person)
        row = Person.locked(person.pk)
        _close(row, by)
        row.save(action="close_signing")

    write(resetting)
    person.refresh_from_db()
    sessions.end_all(person)


def rename(person: Person, name: str, name_zh: str, reason: str) -> None:
    """Change how a person is called. Needs people.change; Refused without a name or a reason.

    What was signed stays signed under the name of then. The organization's chain says who was called how until now.
    """
    _over(person)
    name, name_zh = name.strip(), name_zh.strip()
    if (name, name_zh) == (person.name, person.name_zh):
        return
    for field, value in (("name", name), ("reason", reason.strip())):
        if not value:
            raise Refused(_("This is needed when a name changes."), errors={field: [_("This is needed when a name changes.")]})

    def renaming() -> None:
        row = Person.locked(person.pk)
        before = {"name": row.name, "name_zh": row.name_zh}
        row.name, row.name_zh, row.renamed_at = name, name_zh, current().now()
        row.save(action=RENAME, reason=reason)
        after = {"new_name": name, "new_name_zh": name_zh}
        note(kind_of(Person), row.pk, RENAME, reason=reason, personal=before | after)

    write(renaming)
    person.refresh_from_db()


def change_email(person: Person, email: str) -> None:
    """Change another's address. Needs people.change; closes signing, since a password can be reset through it."""
    by = _over(person)

    def changing() -> None:
        row = Person.locked(person.pk)
        row.email = email.strip().lower()
        _close(row, by)
        row.save(action="change_email")

    try:
        write(changing)
    except IntegrityError as error:
        raise accounts.taken(error) from error
    person.refresh_from_db()


def _over(person: Person) -> UUID:
    """The acting administrator, who may change an account only if it is of their own organization alone.

    Else the administrator of one organization could take over someone's rights in another.
    """
    acting = require("people.change")
    if acting.organization is None or member_elsewhere(person, acting.organization):
        raise NotPermitted(_("This account belongs to another organization as well; only the person can change it."))
    return acting.id


def may_reset(person: Person) -> bool:
    """Whether the acting member may reset this account."""
    acting = current()
    return acting.actor.may("people.change") and not member_elsewhere(person, acting.organization)


def _close(row: Person, by: UUID | None) -> None:
    """Close signing in the name of whoever makes the reset; a letter asked for later does not make that forgotten.

    Conflict while another's reset waits to be confirmed: else each of two could confirm their own.
    """
    if row.signing_closed_at is not None and row.signing_closed_by_id is not None:
        if by is not None and by != row.signing_closed_by_id:
            raise Conflict(_("Somebody else has reset this account already. That has to be confirmed first."))
        return
    row.signing_closed_at, row.signing_closed_by_id = current().now(), by


def may_confirm(person: Person) -> bool:
    """Whether the acting member may say that this person is who they are: with the right, and neither the person
    nor whoever made the reset."""
    actor = current().actor
    ids = getattr(actor, "ids", frozenset({actor.id}))
    return actor.may("people.confirm") and person.pk not in ids and person.signing_closed_by_id not in ids


def confirm(person: Person, proof: Proof) -> None:
    """Confirm a person's identity, so that they can sign again; needs a fresh proof of whoever confirms.

    NotPermitted for the person, for whoever made the reset, and without people.confirm. Conflict when nothing waits.
    """
    require("people.confirm")
    if not may_confirm(person) or proof.person != current().actor.id:
        raise NotPermitted(_("Whoever made the reset cannot confirm it, nor the person. Ask somebody else with this right."))

    def confirming() -> None:
        row = Person.locked(person.pk)
        if row.signing_closed_at is None:
            raise Conflict(_("Nothing waits to be confirmed here."))
        row.signing_closed_at = row.signing_closed_by_id = None
        row.save(action="confirm_identity")

    write(confirming)
    person.refresh_from_db()
