"""The installation's key: made once, in a file and never in the database; its public half and its successors in both (law L7)."""

import os
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key
from django.conf import settings
from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from guiju.lib import heads
from guiju.lib.whole_files import held, move_over, write_new
from guiju.spine.acts import INSTALLATION, SYSTEM, Refused, act, write
from guiju.spine.trail.append import note
from guiju.spine.trail.models import PublicKey
from guiju.spine.trail.states import kind_of

KIND = kind_of(PublicKey)


class NoKey(Refused):
    """This machine has not the key with which the installation signs."""


def lock() -> Path:
    """The lock of key and last heads; beside the heads, since the key may be mounted where nothing can be written."""
    return settings.LAST_HEADS.with_name(settings.LAST_HEADS.name + ".lock")


def own() -> str:
    """The public half of this machine's key, "" when it has none. Read again only when the file has changed."""
    try:
        found = os.stat(settings.SIGNING_KEY)
    except OSError:
        return ""
    return _public(settings.SIGNING_KEY, found.st_mtime_ns, found.st_ino)


@lru_cache(maxsize=4)
def _public(path: Path, changed: int, inode: int) -> str:
    try:
        return heads.public_of(_read(path))
    except (OSError, NoKey):
        return ""


def fingerprint() -> str:
    """The key's fingerprint in groups, for footers and prints; "" when this machine has no key. Asks no database."""
    public = own()
    return heads.grouped(heads.fingerprint(public)) if public else ""


def known() -> list[PublicKey]:
    """All keys of the installation, the present one last."""
    return list(PublicKey.everywhere.order_by("place"))


def vouched() -> frozenset[str]:
    """The public keys whose signatures count: that of this machine, and those it follows.

    When this machine's is none of the installation's, those of the last one announced; that is a finding of its own.
    """
    rows = known()
    if not rows:
        return frozenset()
    mine = own()
    last = mine if mine in {row.public for row in rows} else rows[-1].public
    return heads.vouched(last, [row.text for row in rows])


def ready() -> Ed25519PrivateKey:
    """The key to sign with; made and announced when the installation has none yet. NoKey when this machine's is another."""
    with held(lock()):
        return _ready()


def _ready() -> Ed25519PrivateKey:
    path = settings.SIGNING_KEY
    rows = known()
    if not rows:
        if not path.exists():
            write_new(path, _pem(Ed25519PrivateKey.generate()))
        key = _read(path)
        _announce(key, None, 1)
        return key
    _settle(rows[-1].public)
    if not path.exists():
        raise NoKey(
            _("The key of this installation is not here: %(path)s. Put it back from where it is kept."), {"path": str(path)}
        )
    key = _read(path)
    if heads.public_of(key) != rows[-1].public:
        raise NoKey(
            _("The key in %(path)s is not the one of this installation, whose fingerprint is %(fingerprint)s."),
            {"path": str(path), "fingerprint": heads.grouped(heads.fingerprint(rows[-1].public))},
        )
    return key


def rotate() -> PublicKey:
    """Sign with a new key from now on. The change is signed by both, and an entry of the installation; the old key is gone."""
    with held(lock()):
        old = _ready()
        new = Ed25519PrivateKey.generate()
        coming = _coming()
        coming.unlink(missing_ok=True)  # of a change that broke off before it was announced
        write_new(coming, _pem(new))
        row = _announce(new, old, known()[-1].place + 1)
        move_over(coming, settings.SIGNING_KEY)
        return row


def _settle(present: str) -> None:
    """Finish a change of keys that broke off between the database and the file."""
    coming = _coming()
    if coming.exists() and heads.public_of(_read(coming)) == present:
        move_over(coming, settings.SIGNING_KEY)


def _coming() -> Path:
    return settings.SIGNING_KEY.with_name(settings.SIGNING_KEY.name + ".next")


def _announce(key: Ed25519PrivateKey, old: Ed25519PrivateKey | None, place: int) -> PublicKey:
    """Write the public half down, and that it was, on the installation's chain."""
    public, now = heads.public_of(key), timezone.now()
    previous = heads.public_of(old) if old else None
    statement = heads.key_statement(key=public, previous=previous, at=_text(now))
    row = PublicKey(place=place, public=public, at=now, text=heads.signed(statement, [old, key] if old else [key]))

    def announce() -> None:
        PublicKey.everywhere.bulk_create([row])
        note(KIND, row.pk, "rotate" if old else "add", chain=INSTALLATION, says={"key": public, "previous": previous})

    try:
        with act(None, SYSTEM):
            write(announce)
    except IntegrityError:
        raise NoKey(_("Another machine has announced a key of its own. Give this one the same key.")) from None
    return row


def _text(instant: datetime) -> str:
    return instant.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _pem(key: Ed25519PrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _read(path: Path) -> Ed25519PrivateKey:
    try:
        key = load_pem_private_key(path.read_bytes(), None)
    except (ValueError, TypeError) as error:
        raise NoKey(_("%(path)s is not a private key that can be read: %(error)s"), {"path": str(path), "error": error}) from None
    if not isinstance(key, Ed25519PrivateKey):
        raise NoKey(_("The key in %(path)s is of another kind; it must be Ed25519."), {"path": str(path)})
    return key
