"""A device with passkeys, as a browser speaks of it: for tests that need no browser."""

import json
from hashlib import sha256
from secrets import token_bytes

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from django.test import Client
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

FLAG = AuthenticatorData.FLAG


class Device:
    """One passkey; `count` 0 for those that do not count, `verifies` whether it asks for the PIN."""

    def __init__(self, origin: str = "http://localhost:8000", host: str = "localhost") -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id, self.origin, self.host = token_bytes(16), origin, host
        self.user = b""
        self.count, self.verifies = 0, True

    def make(self, asked: dict) -> str:
        """Answer to a challenge to make the passkey."""
        asked = asked["publicKey"]
        self.user = websafe_decode(asked["user"]["id"])
        public = ES256.from_cryptography_key(self.key.public_key())
        data = self._data(FLAG.AT, AttestedCredentialData.create(Aaguid(bytes(16)), self.id, public))
        client = self._client(CollectedClientData.TYPE.CREATE, asked)
        return self._said(clientDataJSON=client, attestationObject=AttestationObject.create("none", data, {}))

    def use(self, asked: dict) -> str:
        """Answer to a challenge to use it."""
        data = self._data()
        client = self._client(CollectedClientData.TYPE.GET, asked["publicKey"])
        signature = self.key.sign(data + client.hash, ec.ECDSA(SHA256()))
        return self._said(clientDataJSON=client, authenticatorData=data, signature=signature, userHandle=self.user)

    def _data(self, more: int = 0, credential: bytes = b"") -> AuthenticatorData:
        flags = FLAG.UP | (FLAG.UV if self.verifies else 0) | more
        return AuthenticatorData.create(sha256(self.host.encode()).digest(), flags, self.count, credential)

    def _client(self, kind: str, asked: dict) -> CollectedClientData:
        return CollectedClientData.create(kind, websafe_decode(asked["challenge"]), self.origin)

    def _said(self, **parts: bytes) -> str:
        name = websafe_encode(self.id)
        said = {part: websafe_encode(bytes(value)) for part, value in parts.items()}
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": said, "clientExtensionResults": {}})


def asked(client: Client, purpose: str) -> dict:
    """The challenge that a page's script would ask for."""
    answer = client.post(f"/account/passkeys/ask/{purpose}/")
    assert answer.status_code == 200, answer.content.decode()
    return answer.json()


def add(client: Client, password: str, name: str = "Laptop") -> Device:
    """A passkey, added on the page by whoever is signed in there."""
    made = Device()
    client.post("/account/again/?next=/account/passkeys/new/", {"password": password})
    sent = {"name": name, "credential": made.make(asked(client, "add"))}
    answer = client.post("/account/passkeys/new/", sent)
    assert answer.status_code == 302, answer.content.decode()
    return made


def sign_in(client: Client, device: Device):
    return client.post("/account/login/passkey/", {"credential": device.use(asked(client, "sign-in"))})
