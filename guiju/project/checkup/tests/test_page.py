"""The page of health says in plain words how the installation is, to those who keep it."""

import re
import shutil
from datetime import timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from guiju.conftest import make_person
from guiju.modules.processes.models import Process
from guiju.organizations.jobs import send_invitation, send_reset
from guiju.project import processes
from guiju.project.checkup import database, trail
from guiju.project.checkup.line import State, how_long
from guiju.project.checkup.machine import GB, room
from guiju.spine.acts import act, write
from guiju.spine.jobs.job import called, enqueue, scheduled
from guiju.spine.jobs.worker import beat
from guiju.spine.trail import triggers, verified
from guiju.spine.trail.models import Verification
from guiju.spine.trail.protection import protection
from tests.plugin import ON_POSTGRES


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_whoever_may_not_change_the_settings_is_refused(lanzhu):
    client = Client()
    client.force_login(lanzhu.tang.person)
    assert client.get("/lanzhu/health/").status_code == 403


def test_the_page_shows_the_present_only(rui):
    answer = rui.get("/lanzhu/health/?as_of=2026-01-01T12:00")
    assert (answer.status_code, answer.url) == (302, "/lanzhu/health/")


def test_an_administrator_finds_it_in_the_menu_of_ones_own(rui):
    assert 'href="/lanzhu/health/"' in rui.get("/lanzhu/").content.decode()


def test_whoever_may_not_see_it_has_no_link_to_it(lanzhu):
    client = Client()
    client.force_login(lanzhu.tang.person)
    assert "/lanzhu/health/" not in client.get("/lanzhu/").content.decode()


def test_what_needs_somebody_stands_above_what_is_fine(rui):
    answer = rui.get("/lanzhu/health/")
    assert [one.state for one in answer.context["first"]] == sorted(
        (one.state for one in answer.context["first"]), key=list(State).index
    )
    text = text_of(answer)
    assert text.index("None is alive") < text.index("What is in order") < text.index("All are applied")


def test_every_state_has_its_word_beside_its_shape(rui):
    html = rui.get("/lanzhu/health/").content.decode()
    badges = re.findall(r'<span class="gj-state[^>]*><svg.*?</svg>([^<]+)</span>', html)
    assert set(badges) >= {"broken", "fine", "not yet"}


def test_a_clock_that_was_behind_is_said_with_how_often_and_by_how_much(line, lanzhu):
    assert line("Clock").state is State.FINE
    with act(lanzhu.organization, lanzhu.wei):
        Process(title="first").save()
        for hours in (3, 1):
            with time_machine.travel(timezone.now() - timedelta(hours=hours), tick=False):
                Process(title=f"behind by {hours}").save()
    said = line("Clock")
    assert said.state is State.LOOK
    assert "2 entries of this organization" in said.says
    assert "by 60 minutes" in said.says


def test_a_clock_that_was_behind_in_another_organization_is_not_said_here(line, other):
    with act(other.organization, other.eve):
        Process(title="first").save()
        with time_machine.travel(timezone.now() - timedelta(hours=1), tick=False):
            Process(title="behind").save()
    assert line("Clock").state is State.FINE


def test_a_clock_that_was_behind_at_the_installation_is_said_apart(line):
    with time_machine.travel(timezone.now() - timedelta(hours=1), tick=False):
        make_person("late", "Late")
    assert "1 entry of the installation" in line("Clock").says


def test_a_clock_that_was_behind_long_ago_is_only_told(line, lanzhu, monkeypatch):
    monkeypatch.setattr(trail, "LATELY", timedelta())
    with act(lanzhu.organization, lanzhu.wei), time_machine.travel(timezone.now() - timedelta(hours=1), tick=False):
        Process(title="behind").save()
    said = line("Clock")
    assert (said.state, "1 entry" in said.says) == (State.FINE, True)


def drop_a_trigger() -> None:
    name, made = next(iter(triggers.statements(connection.vendor).items()))
    table = made[-1].split(" ON ")[1].split()[0]
    with connection.cursor() as cursor:
        cursor.execute(f'DROP TRIGGER "{name}"' + (f" ON {table}" if connection.vendor == "postgresql" else ""))


def test_triggers_that_are_in_place_are_said_to_be(line):
    assert line("Triggers of the trail").state is State.FINE


def test_a_trigger_that_was_dropped_is_named(line):
    drop_a_trigger()
    said = line("Triggers of the trail")
    assert said.state is State.BROKEN
    assert next(iter(triggers.statements(connection.vendor))) in said.says
    assert said.code == ("guiju migrate", "guiju trail verify")


if ON_POSTGRES:

    def test_one_role_on_postgresql_is_said_with_what_to_set(line):
        said = line("Protection of the trail")
        assert said.state is State.LOOK
        assert said.says.startswith("One role: the trail is protected by its chain only")
        assert [one.partition("=")[0] for one in said.code[:2]] == ["MIGRATE_DATABASE_URL", "DATABASE_URL"]

    def test_two_roles_on_postgresql_are_fine(db):
        with connection.cursor() as cursor:
            cursor.execute("CREATE ROLE guiju_page")
            processes.grant("guiju_page")
            cursor.execute("SET LOCAL ROLE guiju_page")
            said = database.roles(protection())
            cursor.execute("RESET ROLE")
        assert (said.state, "guiju_page" in said.says) == (State.FINE, True)

    @pytest.mark.parametrize(
        ("more", "lifts"),
        [
            ("GRANT TRUNCATE ON trail_entry TO guiju_page", ("truncate",)),
            ("GRANT TRIGGER ON trail_head TO guiju_page", ("trigger",)),
            ("ALTER SCHEMA public OWNER TO guiju_page", ("owner",)),
            ("ALTER TABLE trail_payload OWNER TO guiju_page", ("owner", "truncate", "trigger")),
        ],
    )
    def test_a_right_that_lifts_the_triggers_is_named(db, more, lifts):
        with connection.cursor() as cursor:
            cursor.execute("CREATE ROLE guiju_page")
            processes.grant("guiju_page")
            cursor.execute(more)
            cursor.execute("SET LOCAL ROLE guiju_page")
            found = protection()
            cursor.execute("RESET ROLE")
        assert found.lifts == lifts

else:

    def test_the_file_of_sqlite_is_said_to_be_protected_by_its_chain(line):
        assert "by its chain only" in line("Protection of the trail").says


def test_a_missing_migration_is_named(line):
    MigrationRecorder(connection).record_unapplied("folders", "0001_initial")
    said = line("Migrations")
    assert (said.state, said.code) == (State.BROKEN, ("guiju migrate",))
    assert "folders.0001_initial" in said.says


def test_a_database_of_a_later_release_is_said(line):
    MigrationRecorder(connection).record_applied("folders", "0042_later")
    said = line("Migrations")
    assert said.state is State.BROKEN
    assert "folders.0042_later" in said.says


def test_the_database_is_named_with_its_version(line):
    kind = "SQLite 3." if connection.vendor == "sqlite" else "PostgreSQL 1"
    assert kind in line("Database").says


def test_a_trail_that_was_never_verified_is_not_called_fine(line):
    assert line("Verification").state is State.OPEN


def test_a_verification_without_findings_is_fine(line):
    verified.run()
    said = line("Verification")
    assert said.state is State.FINE
    assert "all it speaks of is as it says" in said.says


def kept(ended: timedelta, findings: int = 0, *, chain_only: bool = False) -> None:
    at = timezone.now() - ended
    Verification(began_at=at, ended_at=at, chain_only=chain_only, findings=findings).save()


def test_findings_of_the_last_verification_are_said(line):
    kept(timedelta(hours=1), 3)
    said = line("Verification")
    assert (said.state, "3 things are not as the trail says" in said.says) == (State.BROKEN, True)


def test_a_chain_that_is_whole_does_not_hide_what_was_found_in_depth(line):
    kept(timedelta(days=2), 3)
    kept(timedelta(hours=1), chain_only=True)
    assert line("Verification").state is State.BROKEN


def test_a_verification_in_depth_answers_for_the_chain_too(line):
    kept(timedelta(hours=5), 1, chain_only=True)
    kept(timedelta(hours=1))
    assert line("Verification").state is State.FINE


def test_a_verification_that_was_not_done_for_days_is_to_look_at(line):
    kept(timedelta(days=5))
    assert line("Verification").state is State.LOOK


def test_a_worker_that_lives_is_fine(line):
    beat("w")
    assert line("Worker").state is State.FINE


def test_without_a_worker_something_is_broken(line):
    assert line("Worker").state is State.BROKEN


@pytest.fixture
def letter(lanzhu) -> DBTaskResult:
    """A letter that was asked for."""
    with act(None):
        write(lambda: enqueue(send_reset, "secret@example.com"))
    return DBTaskResult.objects.get()


def failed(row: DBTaskResult, error: Exception) -> None:
    row.claim("w")
    row.set_failed(error)


def test_work_that_waits_for_long_is_to_look_at(line, letter):
    assert line("Waiting work").state is State.FINE
    DBTaskResult.objects.update(enqueued_at=timezone.now() - timedelta(hours=3))
    said = line("Waiting work")
    assert (said.state, "3 hours" in said.says) == (State.LOOK, True)


def test_work_that_failed_is_counted_with_its_kind_and_the_class_of_its_error(line, letter):
    assert line("Failed work").state is State.FINE
    failed(letter, ConnectionRefusedError("by secret@example.com"))
    said = line("Failed work")
    assert said.state is State.LOOK
    assert said.says.startswith("1 in the last seven days")
    assert said.says.endswith("letter for a new password. Last error: ConnectionRefusedError.")


def test_neither_person_nor_traceback_of_failed_work_is_shown(rui, letter):
    failed(letter, ConnectionRefusedError("by secret@example.com"))
    html = rui.get("/lanzhu/health/").content.decode()
    assert "secret@" not in html and "Traceback" not in html


def test_work_that_failed_long_ago_is_not_counted(line, letter):
    failed(letter, OSError())
    DBTaskResult.objects.update(finished_at=timezone.now() - timedelta(days=8))
    assert line("Failed work").state is State.FINE


@pytest.fixture
def mail(settings) -> None:
    settings.EMAIL_URL = "smtp://localhost"


def test_an_installation_without_mail_says_so(line):
    assert line("Mail").word == "not set up"


def test_a_letter_that_could_not_be_sent_is_said(line, letter, mail):
    failed(letter, ConnectionRefusedError())
    said = line("Mail")
    assert (said.state, "ConnectionRefusedError" in said.says) == (State.LOOK, True)


def test_a_letter_that_went_out_later_is_what_counts(line, letter, mail, lanzhu):
    failed(letter, ConnectionRefusedError())
    with act(lanzhu.organization, lanzhu.wei):
        write(lambda: enqueue(send_invitation, "x"))
    later = DBTaskResult.objects.get(worker_ids=[])
    later.claim("w")
    later.set_successful(None)
    assert line("Mail").state is State.FINE


def test_every_kind_of_work_has_a_name_in_words(line):
    assert len(called) >= 11
    assert [path for path, name in called.items() if not name or "." in name] == []
    assert set(scheduled) <= set(called)


def on_disk(monkeypatch, free: int, total: int) -> State:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=free, total=total))
    return room("x", "/").state  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("free", "total", "state"),
    [
        (50 * GB, 100 * GB, State.FINE),
        (9 * GB, 100 * GB, State.LOOK),
        (1 * GB, 4 * GB, State.LOOK),
        (GB // 20, 4 * GB, State.BROKEN),
    ],
)
def test_room_that_comes_to_its_end_is_said(monkeypatch, free, total, state):
    assert on_disk(monkeypatch, free, total) is state


@pytest.mark.parametrize(
    ("base", "host", "state"),
    [
        ("https://q.example", "q.example", State.FINE),
        ("http://localhost:8000", "127.0.0.1:8000", State.FINE),
        ("http://q.example", "q.example", State.LOOK),
        ("http://localhost:8000", "q.example", State.LOOK),
        ("https://q.example", "localhost:8000", State.FINE),
    ],
)
def test_an_address_that_letters_should_not_name_is_said(line, rui, settings, base, host, state):
    settings.BASE_URL, settings.ALLOWED_HOSTS = base, ["*"]
    rui.defaults["HTTP_HOST"] = host
    assert line("Address").state is state


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(milliseconds=12), "12 milliseconds"),
        (timedelta(seconds=1), "1 second"),
        (timedelta(minutes=5), "5 minutes"),
        (timedelta(hours=30), "30 hours"),
        (timedelta(days=3), "3 days"),
    ],
)
def test_a_span_is_said_in_its_largest_unit(span, words):
    assert how_long(span) == words


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_no_place_in_a_sentence_is_left_open(rui, lanzhu, language):
    person = rui.get("/lanzhu/health/").wsgi_request.user
    person.language = language
    with act(None):
        person.save()
    assert "%(" not in text_of(rui.get("/lanzhu/health/"))
