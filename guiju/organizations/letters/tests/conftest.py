"""A mail server that letters really go to, and people with addresses."""

import socket
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from types import SimpleNamespace

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django_tasks_db.models import DBTaskResult

from guiju.organizations.letters import jobs
from guiju.organizations.models import Person
from guiju.spine.acts import act


class PostOffice:
    """An SMTP server on a port of its own: keeps what it takes, refuses whom it is told to, and can be away."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, list[str], bytes]] = []
        self.refusals: dict[str, str] = {}
        self.at_data = ""
        self.port = _free_port()
        self.back()

    def away(self) -> None:
        if self._here:
            self._controller.stop()
        self._here = False

    def back(self) -> None:
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self._controller.start()
        self._here = True

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]) -> str:
        if address in self.refusals:
            return self.refusals[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.at_data:
            return self.at_data
        assert isinstance(envelope.content, bytes) and envelope.mail_from is not None
        self.taken.append((envelope.mail_from, list(envelope.rcpt_tos), envelope.content))
        return "250 OK"

    @property
    def letters(self) -> list[EmailMessage]:
        return [BytesParser(policy=default).parsebytes(content) for _sender, _to, content in self.taken]

    def to(self, person: Person) -> list[EmailMessage]:
        return [letter for letter in self.letters if letter["To"] == person.email]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def text(letter: EmailMessage) -> str:
    return letter.get_body(("plain",)).get_content().replace("\r\n", "\n")


def html(letter: EmailMessage) -> str:
    return letter.get_body(("html",)).get_content()


@pytest.fixture
def post_office(settings: SimpleNamespace) -> Iterator[PostOffice]:
    """The mail server, known to the product."""
    office = PostOffice()
    settings.EMAIL_URL = f"smtp://127.0.0.1:{office.port}"
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", office.port
    settings.DEFAULT_FROM_EMAIL, settings.EMAIL_BOUNCES_TO = "Guiju <guiju@lanzhu.example>", "bounces@lanzhu.example"
    settings.BASE_URL = "https://guiju.lanzhu.example"
    yield office
    office.away()


@pytest.fixture
def house(lanzhu: SimpleNamespace, post_office: PostOffice) -> SimpleNamespace:
    """Lanzhu, whose people have addresses: Wei reads English in Hamburg, Min Chinese where the organization is."""
    for who, values in (
        (lanzhu.wei, {"time_zone": "Europe/Berlin"}),
        (lanzhu.min, {"language": "zh-hans"}),
        (lanzhu.tang, {}),
    ):
        change(who.person, email=f"{who.person.username}@lanzhu.example", **values)
    lanzhu.post = post_office
    return lanzhu


def change(person: Person, **values: object) -> None:
    with act(None):
        for name, value in values.items():
            setattr(person, name, value)
        person.save()


@pytest.fixture
def work() -> Callable[[], list[str]]:
    """Do what waits, as the worker does but inside the test's transaction; answers the classes of what failed."""

    def done() -> list[str]:
        failed = []
        for row in list(DBTaskResult.objects.ready().filter(queue_name="notices")):
            row.claim("test")
            try:
                row.task.func(*row.args_kwargs["args"])
            except Exception as error:
                row.set_failed(error)
                failed.append(type(error).__name__)
            else:
                row.set_successful(None)
        return failed

    return done


@pytest.fixture
def an_hour_passes(work: Callable[[], list[str]]) -> Callable[[], list[str]]:
    """The hourly work, and what it asks for."""

    def passed() -> list[str]:
        with act(None):
            jobs.ask_for_digests()
        return work()

    return passed
