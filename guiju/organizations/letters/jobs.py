"""What the worker does for letters: asks each hour for those of the day, lets each go, forgets old ones."""

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from django.utils.translation import gettext_noop as _

from guiju.organizations.jobs import LETTERS
from guiju.organizations.letters import boxes, posting, sending
from guiju.organizations.letters.models import Letter, Outcome
from guiju.organizations.mail import can_mail
from guiju.organizations.models import Organization
from guiju.spine.acts import SYSTEM, act, write
from guiju.spine.jobs.job import enqueue, every, job
from guiju.spine.notices.models import Notice

TOGETHER = 200  # people whose letters are asked for in one transaction


def carry(notices: Sequence[Notice]) -> None:
    """Ask for the letters of urgent notices, in the transaction that tells them (law L13)."""
    if can_mail():
        for notice in notices:
            enqueue(send_urgent, str(notice.pk), by_itself=True)


@job(queue=LETTERS, name=_("letter with an urgent notice"))
def send_urgent(notice: str) -> None:
    """Let an urgent notice go, unless it was read meanwhile or the person does not want it at once."""
    row = Notice.objects.select_related("person").filter(pk=UUID(notice), read_at=None, mailed_at=None).first()
    if row is None:
        return
    box = boxes.of(row.person)
    letter = posting.urgent(row) if box.at_once and boxes.reaches(row.person, box) else None
    if letter is not None:
        sending.send(letter, row)


@every("hour", name=_("asking for the letters of the day"))
def ask_for_digests() -> None:
    """Ask for the digest of everybody whose hour has come and who has none yet today; also after a sleep."""
    if not can_mail():
        return
    for organization in Organization.objects.order_by("slug"):
        with act(organization, SYSTEM, "letters of the day"):
            due = posting.due()
            for start in range(0, len(due), TOGETHER):
                write(partial(_ask, due[start : start + TOGETHER]))


def _ask(people: list) -> None:
    for letter in posting.digests(people):
        enqueue(send_digest, str(letter), by_itself=True)


@job(queue=LETTERS, name=_("letter of the day"))
def send_digest(letter: str) -> None:
    """Let a digest go, once, and not when a later one has been asked for, which says the same and more."""
    row = Letter.objects.select_related("person", "organization").filter(pk=UUID(letter), ended_at=None).first()
    if row is None:
        return
    if posting.newer(row):
        posting.end(row, Outcome.NEEDLESS)
    else:
        sending.send(row)


@every("day", at="03:40", name=_("forgetting of old letters"))
def forget_old() -> None:
    posting.forget_old()
