"""Fresh proof at each signing (law L10): all components the first time in a web session, at least the password after.

A passkey is all components each time: the device, and the PIN, finger or face without which it does not answer.
"""

from typing import Any

from django.utils.translation import gettext_noop as _

from guiju.organizations import passkeys
from guiju.organizations.credentials import SIGNING, code_fits, has_app, has_second_factor, password_fits
from guiju.organizations.models import Person
from guiju.spine.acts import Refused
from guiju.spine.signatures.models import Method

ENTER_CODE = _("Enter the code of your authenticator app as well: it is asked once in each session.")
USE_PASSKEY = _("Sign with your passkey, or enter a recovery code as well: it is asked once in each session.")
PROVEN = "proven"  # in the web session: who has proven all components in it


def needs_code(person: Person, session: Any) -> bool:
    """Whether a code is asked as well, of the app or for recovery, where no passkey answers."""
    return (session is None or session.get(PROVEN) != str(person.pk)) and has_second_factor(person)


def prove(person: Person, secret: str, code: str, session: Any, passkey: str = "") -> str:
    """Compare what was entered, or what a passkey has answered, with what the person has; answers the way of proof.

    Raises Refused for what is wrong, or while signing is closed; TooManyFailures. Guesses are counted by person, since
    whoever guesses here has already taken over a web session, from whatever network.
    """
    refuse_while_closed(person)
    if passkey:
        return _by_passkey(person, passkey, session)
    place = f"{SIGNING}{person.pk.hex}"
    if not password_fits(person, secret, place, purpose=SIGNING):
        raise _wrong("password", _("The password is not right. Nothing was signed."))
    if not needs_code(person, session):
        return Method.PASSWORD
    if not code.strip():
        raise _wrong("code", ENTER_CODE if has_app(person) else USE_PASSKEY)
    if not code_fits(person, code, place):
        raise _wrong("code", _("The code is not right, or was used already. Wait for the next one. Nothing was signed."))
    if session is not None:
        session[PROVEN] = str(person.pk)
    return Method.PASSWORD_AND_CODE


def _by_passkey(person: Person, answer: str, session: Any) -> str:
    if not passkeys.proves(person, answer, session):
        raise _wrong("passkey", _("The passkey's answer does not fit, or came too late. Try again. Nothing was signed."))
    session[PROVEN] = str(person.pk)
    return Method.PASSKEY


def refuse_while_closed(person: Person) -> None:
    """Refused while a second person has not yet confirmed who this is."""
    if person.signing_closed_at is not None:
        raise Refused(
            _(
                "Your password, address or second factor was reset, not by you while signed in. You can sign again when a"
                " second authorized person has confirmed on your page that it is you."
            )
        )


def _wrong(field: str, sentence: str) -> Refused:
    return Refused(sentence, errors={field: [sentence]})
