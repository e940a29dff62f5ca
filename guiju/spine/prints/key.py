"""The installation's key for prints: made once, under a lock, and kept beside the data; or the one that the settings name."""

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from django.utils.translation import gettext_noop as _

from guiju.lib.pdf.sealing import sealed
from guiju.lib.problems import Unreadable
from guiju.spine.acts import Refused

VALID_FOR = timedelta(days=3650)
NAME, CERTIFICATE = "print-key.pem", "print-certificate.pem"


def signed(made: bytes, reason: str) -> bytes:
    """A PDF under the installation's signature. Refused when its key does not serve."""
    key, certificates = places()
    try:
        return sealed(made, key=key, certificates=certificates, reason=reason)
    except Unreadable as error:
        raise Refused(_("The key for prints does not serve. Whoever runs Guiju has to look at SEAL_KEY_PATH.")) from error


def places() -> tuple[Path, Path]:
    """The files of key and certificates; made when there are none and none are named."""
    if settings.SEAL_KEY:
        return Path(settings.SEAL_KEY), Path(settings.SEAL_CERTIFICATE)
    key, certificate = Path(settings.DATA) / NAME, Path(settings.DATA) / CERTIFICATE
    with _alone(Path(settings.DATA) / f"{NAME}.lock"):
        # The key last: where it is, the certificate is too.
        if not key.exists():
            made = ec.generate_private_key(ec.SECP256R1())
            _keep(certificate, _certificate(made).public_bytes(serialization.Encoding.PEM), 0o644)
            form = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            _keep(key, made.private_bytes(serialization.Encoding.PEM, *form), 0o600)
    return key, certificate


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """Of several processes one at a time."""
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def _keep(path: Path, content: bytes, mode: int) -> None:
    """Written whole before it has its name."""
    handle, name = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        os.fchmod(handle, mode)
        file.write(content)
        file.flush()
        os.fsync(handle)
    os.replace(name, path)


def _certificate(key: ec.EllipticCurvePrivateKey) -> x509.Certificate:
    host = urlsplit(settings.BASE_URL).hostname or "localhost"
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, f"Guiju, {host}"[:64])])
    now = datetime.now(UTC)
    usage = dict.fromkeys(
        "key_encipherment data_encipherment key_agreement key_cert_sign crl_sign encipher_only decipher_only".split(), False
    )
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now, now + VALID_FOR)
    for extension in (
        x509.BasicConstraints(ca=False, path_length=None),
        x509.KeyUsage(digital_signature=True, content_commitment=True, **usage),
    ):
        builder = builder.add_extension(extension, critical=True)
    identifier = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    return builder.add_extension(identifier, critical=False).sign(key, hashes.SHA256())
