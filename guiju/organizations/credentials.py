"""Comparing a person's secrets, password and one-time code, each comparison counted first."""

from typing import Any

from allauth.mfa import app_settings as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt
from allauth.usersessions.models import UserSession
from django.db.models.functions import Lower
from django.utils.crypto import constant_time_compare

from guiju.organizations import throttle
from guiju.organizations.factors import remembered
from guiju.organizations.models import Person
from guiju.spine.acts import write

# The counter of the last code that was accepted, beside the secret: a code that was seen is worth nothing (RFC 6238, 5.2).
COUNTER = "counter"
SIGNING = "sign "
CODE = "code "


def find_person(login: str) -> Person | None:
    """Whom a user name or an e-mail address belongs to. A user name has no "@", so that one text means one person."""
    login = login.strip()
    if not login or "\x00" in login:
        return None
    if "@" in login:
        return Person.objects.alias(address=Lower("email")).filter(address=login.lower()).first()
    found = {person.username: person for person in Person.objects.filter(username__in={login, login.lower()})}
    return found.get(login) or found.get(login.lower())


def password_fits(person: Person | None, password: str, network: str, *, login: str = "", purpose: str = "") -> bool:
    """Whether the password is the person's; costs the same time for nobody and for whoever cannot sign in.

    `purpose` keeps counts apart: being right at one place must not forgive guesses at another.
    Raises TooManyFailures.
    """
    account = f"{purpose}{person.pk.hex}" if person else throttle.unknown_account(login)
    attempt = throttle.begin(account, network, at_home=_networks(person))
    if person is None:
        Person().set_password(password)  # as long as a comparison takes
        fits = False
    else:
        fits = person.check_password(password) and person.is_active
    settle(attempt, person, fits, "fail_to_sign" if purpose == SIGNING else "fail_sign_in")
    return fits


def code_fits(person: Person, code: str, network: str) -> bool:
    """Whether a code is of the person's authenticator app now, or an unused recovery code; it is used up by that.

    Counted apart from passwords, since whoever knows the password could else guess codes without end.
    Raises TooManyFailures.
    """
    attempt = throttle.begin(f"{CODE}{person.pk.hex}", network, at_home=_networks(person))
    fits = write(lambda: _use_code(person, "".join(code.split())))
    settle(attempt, person, fits, "fail_code")
    return fits


def has_second_factor(person: Person) -> bool:
    """An authenticator app or a passkey; signing in, and signing, ask for one of them beside the password."""
    return Authenticator.objects.filter(user=person, type__in=(Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)).exists()


def has_app(person: Person) -> bool:
    return Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).exists()


def settle(attempt: throttle.Attempt, person: Person | None, fits: bool, action: str) -> None:
    """Say how a counted try has ended; one that failed is an entry."""
    if fits:
        throttle.succeeded(attempt)
    else:
        throttle.failed(attempt, person.pk if person else None, action)


def _networks(person: Person | None) -> set[str]:
    if person is None:
        return set()
    return {throttle.network_of(ip) for ip in UserSession.objects.filter(user=person).values_list("ip", flat=True)}


def _use_code(person: Person, code: str) -> bool:
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES)
    authenticators = {a.type: a for a in Authenticator.objects.select_for_update().filter(user=person, type__in=kinds)}
    totp = authenticators.get(Authenticator.Type.TOTP)
    if totp is not None and _use_totp(totp, code):
        return True
    return _use_recovery_code(person, authenticators.get(Authenticator.Type.RECOVERY_CODES), code)


def _use_totp(totp: Authenticator, code: str) -> bool:
    secret = decrypt(totp.data["secret"])
    for counter in yield_hotp_counters_from_time():
        if counter <= totp.data.get(COUNTER, 0) or len(code) != mfa.TOTP_DIGITS:
            continue
        if constant_time_compare(code, format_hotp_value(hotp_value(secret, counter))):
            totp.data[COUNTER] = counter
            totp.save()
            return True
    return False


def _use_recovery_code(person: Person, recovery: Any, code: str) -> bool:
    if recovery is None or len(code) != mfa.RECOVERY_CODE_DIGITS:
        return False
    wrapped = recovery.wrap()
    return remembered(person, "use_recovery_code", lambda: wrapped.validate_code(code))
