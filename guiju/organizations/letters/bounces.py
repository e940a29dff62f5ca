"""Letters that came back by mail: reports of a mail server (RFC 3464). Everything else is ignored, and answered by nobody."""

import re
from collections.abc import Iterator
from email.message import EmailMessage, Message
from email.parser import BytesHeaderParser, BytesParser
from email.policy import default
from functools import partial
from uuid import UUID

from guiju.organizations.letters import sending
from guiju.organizations.letters.models import Letter
from guiju.organizations.models import Person
from guiju.spine.acts import act, write

LONGEST = 2 << 20  # bytes of a report that are read
OURS = re.compile(r"<([0-9a-fA-F-]{36})@[^>]+>")


def take(mail: bytes) -> Person | None:
    """Read a mail; whose address it says is refused for good, which is marked. None for any other mail.

    It has to name one of our letters by its Message-ID, which only those know who saw it, and that letter's recipient:
    anybody can write to the address at which bounces arrive.
    """
    report = BytesParser(policy=default).parsebytes(mail[:LONGEST])
    letter = _letter(report)
    if letter is None:
        return None
    for address, words in _failures(report):
        if address.casefold() == letter.person.email.casefold():
            with act(letter.organization):
                write(partial(sending.refused, letter, letter.person, words))
            return letter.person
    return None


def _letter(report: EmailMessage) -> Letter | None:
    """The letter of which a report speaks, by the headers that it brings back."""
    if report.get_content_type() != "multipart/report" or report.get_param("report-type") != "delivery-status":
        return None
    for part in report.walk():
        found = OURS.search(_returned(part).get("Message-ID", ""))
        if found is not None:
            rows = Letter.everywhere.select_related("person", "organization")
            return rows.filter(pk=UUID(found.group(1))).first()
    return None


def _returned(part: Message) -> Message:
    """The headers of what came back, where a part of a report holds it whole or only them; else none."""
    kind = part.get_content_type()
    if kind == "message/rfc822" and isinstance(whole := part.get_payload(), list) and isinstance(whole[0], Message):
        return whole[0]
    if kind == "text/rfc822-headers" and isinstance(headers := part.get_payload(decode=True), bytes):
        return BytesHeaderParser(policy=default).parsebytes(headers)
    return Message()


def _failures(report: EmailMessage) -> Iterator[tuple[str, str]]:
    """(address, the server's words) of each recipient to whom delivery failed for good, by both names that it may have."""
    for part in report.walk():
        blocks = part.get_payload() if part.get_content_type() == "message/delivery-status" else ()
        for block in blocks if isinstance(blocks, list) else ():
            if not isinstance(block, Message):
                continue
            status, said = str(block.get("Status", "")), _typed(block, "Diagnostic-Code")
            failed = str(block.get("Action", "")).strip().lower() == "failed"
            if not failed or not sending.is_of_the_address(status):
                continue
            for name in ("Final-Recipient", "Original-Recipient"):
                if name in block:
                    yield _typed(block, name).strip("<>"), f"{status} {said}"


def _typed(block: Message, name: str) -> str:
    """A field's value without its type: "rfc822; ann@example.com"."""
    return str(block.get(name, "")).partition(";")[2].strip()
