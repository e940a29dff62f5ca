"""Passkeys (WebAuthn): a key in a person's device, which answers our challenge once the device has verified the person.

That verification, by PIN, finger or face, is always required: an answer is two components by itself, and nobody can guess
it. The rows are django-allauth's; the ceremony is ours, since each challenge here is for one purpose and one answer.
"""

import json
import struct
import time
from collections.abc import Mapping
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from django.conf import settings
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import AuthenticationResponse, RegistrationResponse, ResidentKeyRequirement, UserVerificationRequirement

from guiju.organizations import throttle
from guiju.organizations.credentials import COUNTER, SIGNING, settle
from guiju.organizations.models import Person
from guiju.spine.acts import write

# What a challenge is good for. One that was asked for to sign in signs nothing.
ADD, SIGN_IN, SECOND, AGAIN, SIGN = PURPOSES = ("add", "sign-in", "second", "again", "sign")
FRESH = 300  # seconds in which a challenge is to be answered
PASSKEY = "passkey "
# All that fido2 raises for what is not such an answer; it comes from outside.
MALFORMED = (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, RecursionError, struct.error)

Session = Any


def relying_party() -> str:
    """The host that passkeys belong to: that of BASE_URL, however the page was reached."""
    return urlsplit(settings.BASE_URL).hostname or "localhost"


def possible() -> bool:
    """Whether browsers allow passkeys at our address: by TLS or on this very machine, under a name."""
    host = relying_party()
    try:
        ip_address(host)
        return False
    except ValueError:
        return settings.BASE_URL.startswith("https://") or host == "localhost" or host.endswith(".localhost")


def of(person: Person) -> list[Authenticator]:
    """The person's passkeys, the first one first."""
    return list(Authenticator.objects.filter(user=person, type=Authenticator.Type.WEBAUTHN).order_by("created_at", "pk"))


def has_passkey(person: Person) -> bool:
    return Authenticator.objects.filter(user=person, type=Authenticator.Type.WEBAUTHN).exists()


def to_add(person: Person, session: Session) -> dict[str, Any]:
    """What the browser is asked, so that the person's device makes a passkey."""
    options, state = auth.get_server().register_begin(
        user=auth.build_user_payload(person),
        credentials=auth.get_credentials(person),
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,  # found again without a user name
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    _keep(ADD, state, session)
    return dict(options)


def to_use(purpose: str, session: Session, person: Person | None = None) -> dict[str, Any]:
    """What the browser is asked, so that a passkey answers: the person's, or any of this installation's."""
    options, state = auth.get_server().authenticate_begin(
        credentials=auth.get_credentials(person) if person else [],
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    _keep(purpose, state, session)
    return dict(options)


def made(person: Person, answer: str, session: Session) -> dict[str, Any] | None:
    """A new passkey as it is to be kept, only the parts we know; None where the answer does not fit what was asked."""
    state, said = _taken(ADD, session), _read(answer)
    try:
        binding = auth.get_server().register_complete(state, said)
        response = RegistrationResponse.from_dict(said)
        if binding.credential_data is None or auth.get_authenticator_by_credential_id(person, response.raw_id):
            return None
    except MALFORMED:
        return None
    name = websafe_encode(response.raw_id)
    parts = {
        "clientDataJSON": websafe_encode(bytes(response.response.client_data)),
        "attestationObject": websafe_encode(bytes(response.response.attestation_object)),
    }
    return {"id": name, "rawId": name, "type": "public-key", "response": parts, "clientExtensionResults": {}}


def used(purpose: str, answer: str, session: Session, network: str, person: Person | None = None) -> Authenticator | None:
    """The passkey that has answered, the person's or anybody's; None for a wrong answer and for whoever may not sign in.

    Counted as other tries are, but never across networks: that would only let strangers lock its owner out.
    Raises TooManyFailures.
    """
    state, said = _taken(purpose, session), _read(answer)
    owner = person or _owner(said)
    account = f"{PASSKEY}{owner.pk.hex}" if owner else throttle.unknown_account(ascii(said.get("id")))
    attempt = throttle.begin(account, network, anywhere=False)
    found = _answered(owner, said, state) if owner is not None and owner.is_active else None
    settle(attempt, owner, found is not None, "fail_to_sign" if purpose == SIGN else "fail_passkey")
    return found


def proves(person: Person, answer: str, session: Session) -> bool:
    """Whether the answer is a fresh one of the person's own passkey, to sign with. Raises TooManyFailures."""
    return session is not None and used(SIGN, answer, session, f"{SIGNING}{person.pk.hex}", person) is not None


def _answered(owner: Person, said: Mapping[str, Any], state: Any) -> Authenticator | None:
    try:
        fitting = auth.get_server().authenticate_complete(state, auth.get_credentials(owner), said)
        count = AuthenticationResponse.from_dict(said).response.authenticator_data.counter
    except MALFORMED:
        return None
    found = auth.get_authenticator_by_credential_id(owner, fitting.credential_id)
    return found if found is not None and write(lambda: _counted_on(found.pk, count)) else None


def _counted_on(pk: int, count: int) -> bool:
    """Whether a device that counts has counted on; if not, there are two of it (WebAuthn 7.2, step 22). Most say 0."""
    row = Authenticator.objects.select_for_update().get(pk=pk)
    before = row.data.get(COUNTER, 0)
    if (count or before) and count <= before:
        return False
    if count:
        row.data[COUNTER] = count
        row.save(update_fields=["data"])
    return True


def _owner(said: Mapping[str, Any]) -> Person | None:
    """Whom the answer claims to be of; it is believed when the signature fits."""
    try:
        claimed = UUID(websafe_decode(said["response"]["userHandle"]).decode())
    except MALFORMED:
        return None
    return Person.objects.filter(pk=claimed).first()


def _read(answer: str) -> dict[str, Any]:
    try:
        said = json.loads(answer)
    except MALFORMED:
        return {}
    return said if isinstance(said, dict) else {}


def _keep(purpose: str, state: Any, session: Session) -> None:
    session[PASSKEY + purpose] = {"state": state, "at": int(time.time())}


def _taken(purpose: str, session: Session) -> Any:
    """The challenge that was asked for, this once; None when there is none, or it is old."""
    kept = session.pop(PASSKEY + purpose, None)
    return kept["state"] if kept and time.time() - kept["at"] <= FRESH else None
