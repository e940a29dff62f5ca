"""The arithmetic of the trail: commitments to values, and the chain of digests (law L2)."""

import hashlib
import secrets
from collections.abc import Mapping

from guiju.lib.canonical import canonical

START = "0" * 64  # what the first entry of a chain follows


def new_salt() -> str:
    """32 random bytes in hexadecimal, from which the salts of one entry's fields are drawn."""
    return secrets.token_hex(32)


def field_salt(salt: str, field: str) -> bytes:
    """The salt of one field: SHA-256(0x01 ‖ salt ‖ field), 32 bytes.

    One field can be shown to a stranger with its own salt, and the others stay hidden.
    """
    return hashlib.sha256(b"\x01" + bytes.fromhex(salt) + field.encode()).digest()


def commitment(salt: str, field: str, value: str | None) -> str:
    """SHA-256(0x00 ‖ field salt ‖ canonical([field, value])), in hexadecimal.

    The canonical pair, not mere concatenation: ("ab", "c") and ("a", "bc") must not commit to the same bytes.
    """
    return hashlib.sha256(b"\x00" + field_salt(salt, field) + canonical([field, value]).encode()).hexdigest()


def commitments(salt: str, values: Mapping[str, str | None]) -> dict[str, str]:
    """The commitment of each field of `values`."""
    sha256, begins = hashlib.sha256, b"\x01" + bytes.fromhex(salt)
    made: dict[str, str] = {}
    for field, value in values.items():  # as `commitment`, with what is the same for all fields worked out once
        own = sha256(begins + field.encode()).digest()
        made[field] = sha256(b"\x00" + own + canonical([field, value]).encode()).hexdigest()
    return made


def digest(previous: str, entry: str) -> str:
    """SHA-256(previous ‖ entry bytes), in hexadecimal; `previous` is the digest before it, or START."""
    return hashlib.sha256(bytes.fromhex(previous) + entry.encode()).hexdigest()
