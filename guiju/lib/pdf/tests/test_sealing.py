"""Signatures in PDFs, judged by another program: Poppler's pdfsig."""

import subprocess
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from guiju.lib.pdf.sealing import sealed
from guiju.lib.pdf.tests.cover import AT, cover
from guiju.lib.pdf.typesetting import typeset
from guiju.lib.problems import Unreadable


@pytest.fixture
def places(tmp_path):
    """Key and certificate in files."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Test")])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder(name, name, key.public_key(), 1, now - timedelta(1), now + timedelta(9))
    form = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    (tmp_path / "key.pem").write_bytes(key.private_bytes(serialization.Encoding.PEM, *form))
    (tmp_path / "own.pem").write_bytes(made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    return {"key": tmp_path / "key.pem", "certificates": tmp_path / "own.pem"}


def judged(made: bytes, folder) -> str:
    (folder / "judged.pdf").write_bytes(made)
    return subprocess.run(["pdfsig", "-nocert", folder / "judged.pdf"], capture_output=True, text=True, check=False).stdout


def test_the_signature_is_valid_and_covers_the_whole_file(places, tmp_path):
    said = judged(sealed(typeset("sheet", cover(), at=AT), **places, reason="Printed by 陈玮"), tmp_path)
    assert "Signature is Valid" in said and "Total document signed" in said and "ETSI.CAdES.detached" in said


def test_a_byte_that_was_changed_is_found(places, tmp_path):
    made = bytearray(sealed(typeset("sheet", cover(), at=AT), **places, reason=""))
    made[made.index(b"stream") + 60] ^= 1
    assert "Digest Mismatch" in judged(bytes(made), tmp_path)


def test_a_key_that_is_none_is_refused(places):
    places["key"].write_text("none")
    with pytest.raises(Unreadable):
        sealed(typeset("sheet", cover(), at=AT), **places, reason="")
