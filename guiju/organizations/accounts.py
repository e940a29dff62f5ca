"""What a person does with their own account. All of it is on the installation's chain (law L5)."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError
from django.utils.translation import gettext_noop as _

from guiju.organizations.members import Member
from guiju.organizations.models import Person
from guiju.spine.acts import INSTALLATION, Refused, act, write
from guiju.spine.trail.append import note
from guiju.spine.trail.states import kind_of

PROFILE = ("language", "time_zone", "theme")


def note_sign_in(person: Person, network: str, ways: str = "") -> None:
    """Enter that a person has signed in, by what, and from which network."""

    def noting() -> None:
        note(kind_of(Person), person.pk, "sign_in", chain=INSTALLATION, says={"by": ways}, personal={"network": network})

    with act(None, Member(person, None, frozenset())):
        write(noting)


def change_password(person: Person, password: str) -> None:
    """Set the password of whoever is signed in; hashed before the transaction opens (law L11)."""
    hashed = make_password(password)
    change(person, {"password": hashed}, action="change_password")


def change_profile(person: Person, values: Mapping[str, Any]) -> None:
    """Change one's own language, time zone or theme; other fields are refused. A name is kept by others (`identity.rename`)."""
    if unknown := values.keys() - set(PROFILE):
        raise ValueError(f"{', '.join(sorted(unknown))} is not of the profile")
    if any(getattr(person, name) != value for name, value in values.items()):
        change(person, values, action="change_profile")


def change_email(person: Person, email: str) -> None:
    """Change one's own address. Refused when it is somebody else's."""
    change(person, {"email": email.strip().lower()}, action="change_email")


def change(person: Person, values: Mapping[str, Any], *, action: str, reason: str = "") -> None:
    """Write values over a person's row; the object in hand is as the row is afterwards.

    Refused when the user name or the address belongs to somebody else.
    """

    def changing() -> None:
        row = Person.locked(person.pk)
        for name, value in values.items():
            setattr(row, name, value)
        row.save(action=action, reason=reason)

    try:
        write(changing)
    except IntegrityError as error:
        raise taken(error) from error
    person.refresh_from_db()


def taken(error: IntegrityError) -> Refused:
    """The refusal for a user name or an address that is somebody's already."""
    if "email" in str(error):
        sentence, field = _("This address belongs to another account."), "email"
    else:
        sentence, field = _("This user name is taken."), "username"
    return Refused(sentence, errors={field: [sentence]})
