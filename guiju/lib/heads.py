"""What the installation's key signs: heads of chains, and the keys that follow one another (law L7).

A statement is canonical text. What is kept and sent away is a signed text, canonical too: the statement as it was signed,
and each signature (Ed25519, RFC 8032) beside the public key that made it.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from guiju.lib.canonical import canonical

SIGNED, HEAD, KEY, EXPORT = "guiju-signed-1", "guiju-head-1", "guiju-key-1", "guiju-export-1"
PARTS = {
    HEAD: {"format", "chain", "size", "root", "digest", "at"},
    KEY: {"format", "key", "previous", "at"},
    EXPORT: {"format", "organization", "slug", "at", "program", "size", "digest", "sums", "hidden"},
}


class Forged(ValueError):
    """A text that nobody signed in this form."""


@dataclass(frozen=True)
class Signed:
    """What was signed, and by which public keys; only made where every signature is right."""

    statement: dict[str, Any]
    keys: frozenset[str]
    text: str

    @property
    def size(self) -> int:
        return int(self.statement["size"])


def public_of(private: Ed25519PrivateKey) -> str:
    """The raw public key in hexadecimal."""
    return private.public_key().public_bytes_raw().hex()


def fingerprint(public: str) -> str:
    """SHA-256 of the raw public key, in hexadecimal."""
    return sha256(bytes.fromhex(public)).hexdigest()


def grouped(hexadecimal: str) -> str:
    """In groups of four, so that people can compare it."""
    return " ".join(hexadecimal[place : place + 4] for place in range(0, len(hexadecimal), 4))


def head_statement(*, chain: str, size: int, root: str, digest: str, at: str) -> str:
    """That the chain had so many entries, with this root over their texts and this last digest."""
    return canonical({"format": HEAD, "chain": chain, "size": str(size), "root": root, "digest": digest, "at": at})


def key_statement(*, key: str, previous: str | None, at: str) -> str:
    """That a public key is the installation's from now on, in place of the previous one."""
    return canonical({"format": KEY, "key": key, "previous": previous, "at": at})


def export_statement(
    *, organization: str, slug: str, at: str, program: str, size: int, digest: str, sums: str, hidden: Sequence[str]
) -> str:
    """That an organization left with so many entries, and with the files whose list has the SHA-256 `sums`."""
    ends = {"size": str(size), "digest": digest, "sums": sums, "hidden": list(hidden)}
    return canonical({"format": EXPORT, "organization": organization, "slug": slug, "at": at, "program": program} | ends)


def signed(statement: str, privates: Sequence[Ed25519PrivateKey]) -> str:
    """The signed text of a statement."""
    signatures = {public_of(private): private.sign(statement.encode()).hex() for private in privates}
    return canonical({"format": SIGNED, "statement": statement, "signatures": signatures})


def opened(text: str, form: str) -> Signed:
    """What a signed text says. Forged unless it is in its one form, of this format, and every signature is right."""
    try:
        envelope = json.loads(text)
        if canonical(envelope) != text or set(envelope) != {"format", "statement", "signatures"}:
            raise Forged("it is not in the form of a signed text")
        statement = json.loads(envelope["statement"])
        if envelope["format"] != SIGNED or statement["format"] != form or set(statement) != PARTS[form]:
            raise Forged(f"it is not of the format {form}")
        signatures = envelope["signatures"]
        for key, signature in signatures.items():
            public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(key))
            public.verify(bytes.fromhex(signature), envelope["statement"].encode())
    except InvalidSignature:
        raise Forged("a signature is not right") from None
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise error if isinstance(error, Forged) else Forged("it cannot be read") from error
    if not signatures:
        raise Forged("nobody has signed it")
    return Signed(statement, frozenset(signatures), text)


def vouched(own: str, texts: Sequence[str]) -> frozenset[str]:
    """The public keys that `own` vouches for: itself, and those before it, as far as each change is signed by both."""
    changes = {}
    for text in texts:
        try:
            change = opened(text, KEY)
        except Forged:
            continue
        changes[change.statement["key"]] = change
    known: list[str] = []
    key: str | None = own
    while key is not None and key not in known:
        known.append(key)
        last = changes.get(key)
        previous = last.statement["previous"] if last else None
        key = previous if last and previous and {key, previous} <= last.keys else None
    return frozenset(known)
