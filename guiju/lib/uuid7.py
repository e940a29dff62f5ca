"""UUIDs of version 7 (RFC 9562, 5.7): keys that sort by the instant they were made."""

import os
import threading
import time
from uuid import UUID

_lock = threading.Lock()
_last = 0


def uuid7() -> UUID:
    """A new UUIDv7, larger than every one made before it in this process.

    The 48 bits of milliseconds are followed by 12 bits that count on within a millisecond (RFC 9562, 6.2, method 1),
    so that records made in one act keep their order; 62 bits are random.
    """
    global _last
    with _lock:
        stamp = (time.time_ns() // 1_000_000) << 12
        _last = stamp = max(stamp, _last + 1)
    value = (stamp >> 12) << 80 | 0x7 << 76 | (stamp & 0xFFF) << 64 | 0x2 << 62
    return UUID(int=value | int.from_bytes(os.urandom(8), "big") >> 2)
