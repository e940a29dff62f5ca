"""Stamps of signed heads by a time-stamping authority (RFC 3161): that they were there at an instant that is not our clock's."""

import base64
import binascii
import urllib.error
import urllib.request
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from cryptography import x509
from django.conf import settings
from django.db.models import Max
from django.utils.translation import gettext_noop
from rfc3161_client import (
    HashAlgorithm,
    TimestampRequestBuilder,
    TimeStampResponse,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from guiju.spine.trail.finding import Finding
from guiju.spine.trail.models import SignedHead, Stamp

TIMEOUT = 10  # seconds
LARGEST = 1 << 20  # bytes of an answer; a token with its certificates has some thousand
BATCH = 500
GRANTED = 0  # PKIStatus, RFC 3161, section 2.4.2
SHA256 = x509.ObjectIdentifier("2.16.840.1.101.3.4.2.1")


class NotStamped(RuntimeError):
    """The authority did not answer with a stamp that holds."""


def unstamped() -> list[SignedHead]:
    """The last signed head of each chain that has no stamp. Those before it are covered by it: it stands for them too."""
    newest = SignedHead.everywhere.order_by().values("chain").annotate(size=Max("size")).values_list("chain", "size")
    found = (SignedHead.everywhere.filter(chain=chain, size=size, stamps__isnull=True).first() for chain, size in newest)
    return [head for head in found if head]


def stamp_heads() -> list[Stamp]:
    """Have the last signed heads stamped. NotStamped at the first that is not: the others would wait as long for nothing."""
    return [_stamp(head) for head in unstamped()]


def last_of(chain: UUID) -> Stamp | None:
    """The last stamp of a chain's heads."""
    return Stamp.everywhere.filter(head__chain=chain).select_related("head").order_by("-head__size").first()


def _stamp(head: SignedHead) -> Stamp:
    data = head.text.encode()
    request = TimestampRequestBuilder().data(data).hash_algorithm(HashAlgorithm.SHA256).build()
    answer = _post(settings.TSA_URL, request.as_bytes())
    if why := fault(answer, data):
        raise NotStamped(f"{_authority()}: {why}")
    response = decode_timestamp_response(answer)
    if response.tst_info.nonce != request.nonce:
        raise NotStamped(f"{_authority()}: the stamp answers another request")
    token = base64.b64encode(answer).decode()
    made = Stamp(head=head, at=response.tst_info.gen_time, authority=_authority(), token=token)
    Stamp.everywhere.bulk_create([made])
    return made


def _authority() -> str:
    """The authority's address without name, password and query, to be kept."""
    parts = urlsplit(settings.TSA_URL)
    return f"{parts.scheme}://{parts.hostname}{f':{parts.port}' if parts.port else ''}{parts.path}"[:200]


class _NowhereElse(urllib.request.HTTPRedirectHandler):
    """Only the authority that is set is asked, and none that it names."""

    def redirect_request(self, *args: Any) -> None:
        return None


_ASKING = urllib.request.build_opener(_NowhereElse)


def _post(url: str, data: bytes) -> bytes:
    """RFC 3161, section 3.4."""
    if urlsplit(url).scheme not in ("http", "https"):
        raise NotStamped("TSA_URL is no address of the web")
    request = urllib.request.Request(url, data, {"Content-Type": "application/timestamp-query"})
    try:
        with _ASKING.open(request, timeout=TIMEOUT) as answer:
            return answer.read(LARGEST)
    except (OSError, urllib.error.URLError, ValueError) as error:
        raise NotStamped(f"{_authority()}: {error}") from error


def fault(token: bytes, data: bytes) -> str:
    """What is wrong with an authority's answer as a stamp of `data`; "" when nothing is.

    Whose signature it carries is only asked when TSA_CA_PATH says whom to believe.
    """
    try:
        response = decode_timestamp_response(token)
        if response.status != GRANTED:
            return f"no stamp was granted (status {response.status})"
        imprint = response.tst_info.message_imprint
        if (imprint.hash_algorithm, imprint.message) != (SHA256, sha256(data).digest()):
            return "the stamp is of something else"
    except ValueError as error:
        return f"the stamp cannot be read: {error}"
    return _signature_fault(response, data)


def _signature_fault(response: TimeStampResponse, data: bytes) -> str:
    if not settings.TSA_CA:
        return ""
    try:
        builder = VerifierBuilder()
        for root in x509.load_pem_x509_certificates(Path(settings.TSA_CA).read_bytes()):
            builder = builder.add_root_certificate(root)
        builder.build().verify_message(response, data)
    except (VerificationError, ValueError) as error:
        return f"the stamp is not the authority's: {error}"
    except OSError as error:
        return f"the authority's certificate cannot be read: {error}"
    return ""


def findings(of: UUID | None = None) -> Iterator[Finding]:
    """Every stamp, of one chain or of all, is of its head, by the authority that is believed, at the instant that it says."""
    rows = Stamp.everywhere.select_related("head").order_by("head__chain", "head__size")
    for stamp in (rows.filter(head__chain=of) if of else rows).iterator(chunk_size=BATCH):
        name = f"{stamp.head.chain}/{stamp.head.size}"
        try:
            token = base64.b64decode(stamp.token, validate=True)
        except binascii.Error:
            yield Finding("stamp", name, "token", gettext_noop("cannot be read"))
            continue
        if why := fault(token, stamp.head.text.encode()):
            yield Finding("stamp", name, "token", why, plain=gettext_noop("does not hold"))
        elif decode_timestamp_response(token).tst_info.gen_time != stamp.at:
            yield Finding("stamp", name, "at", gettext_noop("is not the instant of the stamp"))
