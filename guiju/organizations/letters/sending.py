"""A letter goes: written at this moment, over a mail server that may refuse its address.

At least once: the row is there before, and ended only after the server has taken the letter. A worker that dies between
the two lets it go again, under the same Message-ID, by which mail servers and readers drop the double. The other way round
a letter would be lost, and what is urgent would wait unseen.
"""

import logging
import re
from smtplib import SMTPDataError, SMTPRecipientsRefused
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from guiju.organizations.letters import boxes, contents, posting
from guiju.organizations.letters.contents import Content
from guiju.organizations.letters.models import Letter, Outcome
from guiju.organizations.members import member, today_in
from guiju.organizations.models import Person
from guiju.spine.acts import act, current, write
from guiju.spine.notices.models import Notice

ENHANCED = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")  # RFC 3463
OF_THE_SENDER = {"7", "8"}  # details of 5.1: a bad address of whoever sends
OF_THE_ADDRESS = {"0", "1", "2", "4"}  # subjects: undefined, address, mailbox, the way there; not system, protocol, policy
WITHOUT_ENHANCED = {550, 551, 553}  # RFC 5321, 4.2.3: of the mailbox

log = logging.getLogger(__name__)


def send(letter: Letter, notice: Notice | None = None) -> None:
    """Let a letter go, of its notice or of its day. What fails for a while is raised, for the queue to try again."""
    organization, person = current().organization, letter.person
    who = member(organization, person, today_in(organization))
    if who is None or not boxes.reaches(person, boxes.of(person)):
        posting.end(letter, Outcome.NEEDLESS)
        return
    with act(organization, who, "letter"), override(person.language):
        content = contents.of_notice(notice) if notice is not None else contents.of_day()
        message = _message(letter, content) if content is not None else None
    if content is None or message is None:
        posting.end(letter, Outcome.NEEDLESS)
        return
    try:
        message.send()
    except (SMTPRecipientsRefused, SMTPDataError) as error:
        code, words = _answer(error)
        at_data = isinstance(error, SMTPDataError)
        if not is_of_the_address(words, None if at_data else code):
            raise
        log.info("A mail server refused an address: %s", words)
        write(lambda: refused(letter, person, f"{code} {words}"))
        return
    posting.end(letter, Outcome.SENT, content.notices)


def refused(letter: Letter, person: Person, words: str) -> None:
    """The address of a letter is none, as a mail server says."""
    boxes.refuse(person, words)
    posting.end(letter, Outcome.REFUSED)


def is_of_the_address(words: str, code: int | None = None) -> bool:
    """Whether a refusal is for good, and of the recipient's address rather than of us: a server that takes nothing from us
    refuses each address, and all would seem bad. Without an enhanced status the code of SMTP is asked, if there is one."""
    if code is not None and code < 500:
        return False
    if (found := ENHANCED.search(words)) is not None:
        level, subject, detail = found.groups()
        return level == "5" and subject in OF_THE_ADDRESS and not (subject == "1" and detail in OF_THE_SENDER)
    return code in WITHOUT_ENHANCED and "relay" not in words.lower()


def _answer(error: SMTPRecipientsRefused | SMTPDataError) -> tuple[int, str]:
    """What the server said: a letter has one recipient, and so one answer."""
    if isinstance(error, SMTPDataError):
        code, words = error.smtp_code, error.smtp_error
    else:
        code, words = next(iter(error.recipients.values()))
    return code, words.decode(errors="replace") if isinstance(words, bytes) else str(words)


def message_id(letter: Letter) -> str:
    """Under which a letter goes, each time the same; what comes back names it."""
    return f"<{letter.pk}@{urlsplit(settings.BASE_URL).hostname or 'localhost'}>"


def _message(letter: Letter, content: Content) -> EmailMultiAlternatives:
    """Text and HTML of a letter, with what tells other programs not to answer it (RFC 3834) and the reader how to end it."""
    choose = contents.address(f"{reverse('account_home')}#letters")
    language = get_language() or "en"
    context: dict[str, Any] = {
        "content": content,
        "subject": _one_line(content.subject),
        "html_lang": "zh-CN" if language.startswith("zh") else "en",
        "why": _("You get this letter as a member of %(organization)s.") % {"organization": letter.organization},
        "choose": _("Choose which letters you get"),
        "choose_url": choose,
    }
    headers = {
        "From": settings.DEFAULT_FROM_EMAIL,  # the other one is of the envelope: where bounces go
        "Message-ID": message_id(letter),
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "Precedence": "bulk",
        "List-Unsubscribe": f"<{choose}>",
        "Content-Language": context["html_lang"],
    }
    text = render_to_string("letters/letter.txt", context)
    address = letter.person.email
    message = EmailMultiAlternatives(context["subject"], text, settings.EMAIL_BOUNCES_TO, [address], headers=headers)
    message.attach_alternative(render_to_string("letters/letter.html", context), "text/html")
    return message


def _one_line(text: str) -> str:
    """A subject cannot hold a line break; and what is longer than this no list of letters shows."""
    line = " ".join(text.split())
    return line if len(line) <= 150 else f"{line[:149]}…"
