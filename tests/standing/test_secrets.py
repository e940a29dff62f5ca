"""No password, code, token, PIN or cookie stands in a line of the log, at any level, nor on the trail, nor in the queue."""

import json
import logging
import re
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django_tasks_db.models import DBTaskResult

from guiju.modules.documents import services as documents
from guiju.modules.terminals import badges
from guiju.modules.terminals import services as terminals
from guiju.organizations.models import Membership
from guiju.organizations.roles import set_up
from guiju.organizations.tests.conftest import PASSWORD, code_of, turn_on_factor
from guiju.project.logs import Line
from guiju.spine.acts import act
from guiju.spine.jobs.worker import Work
from guiju.spine.trail.models import Payload

NEW, WRONG, PIN, OF_THE_MAIL = "desk-lamp-and-square-7", "wrong-guess-71x", "294617", "mail-password-93"


@pytest.fixture
def log() -> Iterator[list[str]]:
    """Every line that anything writes, as the product writes lines."""
    lines: list[str] = []

    class Keeping(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(self.format(record))

    handler, root = Keeping(), logging.getLogger()
    handler.setFormatter(Line())
    before = {name: one.level for name, one in logging.root.manager.loggerDict.items() if isinstance(one, logging.Logger)}
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    for name in before:
        logging.getLogger(name).setLevel(logging.NOTSET)
    logging.getLogger("django").setLevel(logging.DEBUG)
    yield lines
    root.removeHandler(handler)
    root.setLevel(level)
    for name, one in before.items():
        logging.getLogger(name).setLevel(one)


class Day:
    """What people do with their secrets in a day, and the secrets it took."""

    def __init__(self, lanzhu: SimpleNamespace) -> None:
        self.lanzhu, self.secrets = lanzhu, {PASSWORD, NEW, WRONG, PIN, OF_THE_MAIL}
        self.wei = self.signed_in("wei")

    def signed_in(self, login: str, password: str = PASSWORD) -> Client:
        client = Client()
        assert client.post("/account/login/", {"login": login, "password": password}).status_code == 302
        self.keep_cookies(client)
        return client

    def keep_cookies(self, client: Client) -> None:
        self.secrets |= {cookie.value for name, cookie in client.cookies.items() if name != "guiju_said" and cookie.value}

    def guess(self) -> None:
        """Wrong passwords, for somebody and for nobody; a password in the place of the name."""
        for login in ("wei", "nobody", WRONG):
            Client().post("/account/login/", {"login": login, "password": WRONG})

    def enter_a_code(self) -> None:
        secret = turn_on_factor(self.lanzhu.min.person)
        code = code_of(secret)
        client = self.signed_in("min")
        assert client.post("/account/login/code/", {"code": "not-it-at-all"}).status_code == 422
        assert client.post("/account/login/code/", {"code": code}).status_code == 302
        self.keep_cookies(client)
        self.secrets |= {secret, code}

    def use_a_token(self) -> None:
        form = {"name": "robot", "scope": ["documents.*"], "organization": "lanzhu"}
        made = self.wei.post("/account/tokens/", form).content.decode()
        token = re.search(r"guiju_[\w-]{43}", made)
        assert token is not None
        for secret in (token[0], token[0][:-1] + "x"):
            key = {"Authorization": f"Bearer {secret}"}
            Client().get("/api/v1/lanzhu/documents/", headers=key)
            Client().get(f"/api/v1/lanzhu/documents/?token={secret}", headers=key)
            Client().post("/api/v1/lanzhu/documents/", "{", content_type="application/json", headers=key)
            self.secrets.add(secret)

    def invite(self) -> None:
        """By a letter; the code is opened with a password that is refused, then with a good one, then once more."""
        form = {"name": "Lin Tao", "email": "lin@lanzhu.example", "roles": ["contributor"], "language": "en"}
        assert self.wei.post("/lanzhu/people/invite/", form).status_code == 302
        self.open(r"/invitation/([2-9A-Z]{10})/", {"username": "lin"})

    def forget(self) -> None:
        changed = self.wei.post("/account/email/", {"email": "wei@lanzhu.example", "password": PASSWORD})
        assert changed.status_code == 302
        Client().post("/account/password/reset/", {"email": "wei@lanzhu.example"})
        self.open(r"/account/password/reset/([\w-]+)/", {})

    def open(self, pattern: str, more: dict[str, str]) -> None:
        Work(["notices"]).turn()
        found = re.search(pattern, mail.outbox.pop().body)
        assert found is not None
        self.secrets.add(found[1])
        for password, status in (("short", 422), (NEW, 302), (NEW, 404)):
            answer = Client().post(found[0], {"password1": password, "password2": password} | more)
            assert answer.status_code == status, (found[0], status)

    def change_it(self) -> None:
        client = self.signed_in("wei", NEW)
        for old in (WRONG, NEW):
            client.post("/account/password/change/", {"oldpassword": old, "password1": PASSWORD, "password2": PASSWORD})
        self.keep_cookies(client)
        self.wei = self.signed_in("wei")

    def sign(self) -> None:
        """A document that Wei wrote is approved by Min, with a wrong password before the right one."""
        with act(self.lanzhu.organization, self.lanzhu.wei):
            draft = documents.draft({"title": "Ageing", "kind": "procedure", "language": "en", "text": "Four hours."})
        page = f"/lanzhu/documents/{draft.number}/submit/"
        self.wei.post(page, {"reviewers": [str(self.lanzhu.tang.id)], "version": "1"})
        for password in (WRONG, PASSWORD):
            self.wei.post(page.replace("submit", "approve"), {"password": password, "version": "2"})

    def confirm_by_pin(self) -> None:
        with act(self.lanzhu.organization, self.lanzhu.wei):
            badges.give_number(Membership.objects.get(person=self.lanzhu.tang.person), "1042")
            _terminal, secret = terminals.make("Hall 1", None)
        tang, device = self.signed_in("tang"), Client()
        for password in (WRONG, PASSWORD):
            tang.post("/lanzhu/terminals/pin/", {"password": password, "pin": PIN, "again": PIN})
        device.post(f"/terminal/start/{secret}/")
        device.get(f"/terminal/start/{secret}x/")
        for pin in ("713042", PIN):
            device.post("/terminal/QP-01/confirm/", {"number": "1042", "pin": pin})
        self.secrets |= {secret, "713042"}

    def lose_the_mail_server(self, settings: SimpleNamespace) -> None:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_HOST_USER = "127.0.0.1", 1, "guiju"
        settings.EMAIL_HOST_PASSWORD = OF_THE_MAIL
        Client().post("/account/password/reset/", {"email": "wei@lanzhu.example"})
        Work(["notices"]).turn()


@pytest.fixture
def day(lanzhu: SimpleNamespace, settings: SimpleNamespace, log: list[str]) -> Day:
    settings.EMAIL_URL = f"smtp://guiju:{OF_THE_MAIL}@mail.example"
    with act(lanzhu.organization, lanzhu.wei):
        set_up()
    lived = Day(lanzhu)
    lived.guess()
    lived.enter_a_code()
    lived.use_a_token()
    lived.invite()
    lived.forget()
    lived.change_it()
    lived.sign()
    lived.confirm_by_pin()
    lived.lose_the_mail_server(settings)
    return lived


@pytest.mark.django_db(transaction=True)
def test_no_secret_is_in_the_log_on_the_trail_or_in_the_queue(day, log):
    assert len(day.secrets) > 15 and min(map(len, day.secrets)) >= 6
    written = "\n".join(log)
    assert "Unprocessable" in written and "ConnectionRefusedError" in written
    kept = "\n".join(map(json.dumps, DBTaskResult.objects.values_list("args_kwargs", "traceback")))
    trail = everything_of(Payload) + raw("SELECT text FROM trail_entry")
    for place, text in (("log", written), ("trail", trail), ("queue", kept)):
        assert text
        assert [secret for secret in day.secrets if secret in text] == [], place


def everything_of(model) -> str:
    return "\n".join(str(values) for values in model.everywhere.values_list("values", flat=True))


def raw(query: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return "\n".join(str(row) for row in cursor.fetchall())
