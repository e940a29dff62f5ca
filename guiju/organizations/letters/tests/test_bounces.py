"""Letters that come back by mail hours later: reports are read, everything else is ignored."""

import io
import sys
from types import SimpleNamespace

import pytest

from guiju.organizations.letters import bounces
from guiju.organizations.letters.models import Letter, Letterbox
from guiju.organizations.letters.sending import message_id
from guiju.project import commands
from guiju.spine.acts import act, write
from guiju.spine.notices.services import tell

pytestmark = pytest.mark.django_db

REPORT = """\
Return-Path: <>
From: MAILER-DAEMON@mail.lanzhu.example (Mail Delivery System)
To: bounces@lanzhu.example
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="edge"

--edge
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--edge
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.lanzhu.example
X-Postfix-Queue-ID: 4F2C1
Arrival-Date: Mon, 23 Nov 2026 07:10:02 +0100

Final-Recipient: rfc822; {address}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} User unknown

--edge
Content-Type: {returned}

From: Guiju <guiju@lanzhu.example>
To: wei@lanzhu.example
Message-ID: {name}
Subject: Lanzhu: It burns.

--edge--
"""


@pytest.fixture
def letter(house: SimpleNamespace, work) -> Letter:
    with act(house.organization, house.tang):
        write(lambda: tell([house.wei.id], "It burns.", urgent=True))
    work()
    return Letter.everywhere.get()


def report(letter: Letter, **other: str) -> bytes:
    words = {
        "address": "Wei@lanzhu.example",
        "action": "failed",
        "status": "5.1.1",
        "returned": "message/rfc822",
        "name": message_id(letter),
    }
    return REPORT.format(**(words | other)).encode()


@pytest.mark.parametrize("returned", ["message/rfc822", "text/rfc822-headers"])
def test_a_report_of_one_of_our_letters_marks_the_address(letter, returned):
    assert bounces.take(report(letter, returned=returned)) == letter.person
    box = Letterbox.objects.get()
    assert (box.refused_address, box.refused_words) == ("wei@lanzhu.example", "5.1.1 550 5.1.1 User unknown")


@pytest.mark.parametrize(
    "other",
    [
        {"name": "<0190a0a0-0000-7000-8000-000000000000@guiju.lanzhu.example>"},
        {"name": "<something@elsewhere.example>"},
        {"address": "min@lanzhu.example"},
        {"action": "delayed"},
        {"status": "4.4.7"},
        {"status": "5.7.1"},
    ],
    ids=["of no letter", "of another's letter", "of another address", "of a delay", "of a time that ran out", "of a policy"],
)
def test_a_report_marks_nothing_when_it_is(letter, other):
    assert bounces.take(report(letter, **other)) is None
    assert not Letterbox.objects.exists()


@pytest.mark.parametrize(
    "mail",
    [
        b"Auto-Submitted: auto-replied\r\nSubject: Out of office\r\n\r\nI am away until Monday.",
        b"",
        b"\xff\xfe\x00 no mail at all",
        b"Content-Type: multipart/report; report-type=delivery-status; boundary=x\r\n\r\n--x\r\nbroken",
        b"Content-Type: multipart/report; report-type=delivery-status\r\n\r\nwithout parts",
    ],
    ids=["an answer by itself", "nothing", "bytes", "a broken report", "a report without parts"],
)
def test_everything_else_is_ignored(house, mail):
    assert bounces.take(mail) is None
    assert not Letterbox.objects.exists()


def piped(monkeypatch, mail: bytes) -> int:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(mail)))
    return commands.run(SimpleNamespace(command="bounce"))


def test_the_command_reads_a_mail_servers_pipe(letter, monkeypatch, capsys):
    assert piped(monkeypatch, report(letter)) == 0
    assert Letterbox.objects.get().refused_at
    assert "wei" in capsys.readouterr().err


def test_the_command_takes_what_it_ignores_so_that_nobody_bounces_it_again(house, monkeypatch, capsys):
    assert piped(monkeypatch, b"Subject: hello\n\nhello") == 0
    assert "ignored" in capsys.readouterr().err
