"""Two worker processes look at the same hour, and at a queue of the same letters: each person gets one."""

import json
import subprocess
import sys
from collections import Counter
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from guiju.conftest import join, make_person
from guiju.organizations.letters import boxes, posting
from guiju.organizations.letters.jobs import send_urgent
from guiju.organizations.letters.models import Letter, Outcome
from guiju.organizations.letters.tests.conftest import change, text
from guiju.organizations.tests.test_two_processes import ROOT, environment
from guiju.spine.acts import act, write
from guiju.spine.jobs.worker import Work
from guiju.spine.notices.services import tell

PEOPLE = 8
WORK = """
import json, sys, django
django.setup()
from guiju.organizations.letters import jobs
from guiju.spine.acts import act
from guiju.spine.jobs.worker import Work
sys.stdin.readline()
with act(None):
    jobs.ask_for_digests()
work = Work(["notices"])
for _turn in range(20):
    work._beaten = float("inf")  # the schedule has been asked above, by both
    work.turn()
print(json.dumps("done"))
"""


@pytest.mark.server
@pytest.mark.django_db(transaction=True)
def test_two_workers_send_one_letter_a_day_to_each(lanzhu, post_office):
    hour = datetime.now(UTC).hour
    zone = next(f"Etc/GMT{-shift:+d}" for shift in range(-12, 13) if 8 <= (hour + shift) % 24 <= 22)
    for n in range(PEOPLE):
        person = make_person(f"p{n}", f"Person {n}", email=f"p{n}@lanzhu.example", time_zone=zone)
        who = join(lanzhu.organization, person, "documents.view")
        with act(lanzhu.organization, lanzhu.wei):
            write(lambda who=who: tell([who.id], "Something is new.", {}))
    connection.close()
    known = environment() | {"EMAIL_URL": f"smtp://127.0.0.1:{post_office.port}", "BASE_URL": "https://guiju.lanzhu.example"}
    command = [sys.executable, "-c", WORK]
    started = [
        subprocess.Popen(command, cwd=ROOT, env=known, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _worker in range(2)
    ]
    for process in started:
        process.stdin.write("go\n")
        process.stdin.flush()
    assert [json.loads(process.communicate(timeout=120)[0]) for process in started] == ["done", "done"]
    assert Counter(letter["To"] for letter in post_office.letters) == {f"p{n}@lanzhu.example": 1 for n in range(PEOPLE)}
    assert all("Something is new." in text(letter) for letter in post_office.letters)
    assert Letter.everywhere.filter(outcome=Outcome.SENT).count() == PEOPLE


@pytest.mark.django_db
def test_who_asks_a_moment_later_for_the_same_letters_makes_none(lanzhu, monkeypatch):
    of = [(lanzhu.wei.id, date(2026, 11, 23))]
    with act(lanzhu.organization, lanzhu.tang):
        write(lambda: tell([lanzhu.wei.id], "Something is new.", {}))
        first = write(lambda: posting.digests(of))
        monkeypatch.setattr(posting, "_without_one", lambda found: found)  # as if the first were not there to be seen yet
        assert (len(first), write(lambda: posting.digests(of))) == (1, [])
    assert Letter.everywhere.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_worker_sends_what_is_urgent_in_its_turn(lanzhu, post_office):
    change(lanzhu.wei.person, email="wei@lanzhu.example")
    with act(lanzhu.organization, lanzhu.tang):
        boxes.choose(lanzhu.wei.person, {"daily": False})
        write(lambda: tell([lanzhu.wei.id], "It burns.", urgent=True))
    assert post_office.letters == []
    Work(["notices"]).turn()
    assert [letter["To"] for letter in post_office.letters] == ["wei@lanzhu.example"]


@pytest.mark.django_db(transaction=True)
def test_the_worker_gives_a_letter_back_to_the_queue_while_the_server_is_away(lanzhu, post_office):
    change(lanzhu.wei.person, email="wei@lanzhu.example")
    with act(lanzhu.organization, lanzhu.tang):
        boxes.choose(lanzhu.wei.person, {"daily": False})
        write(lambda: tell([lanzhu.wei.id], "It burns.", urgent=True))
    post_office.away()
    work = Work(["notices"])
    work.turn()
    work._looked_back = float("-inf")
    work.turn()
    row = DBTaskResult.objects.get(task_path=send_urgent.module_path)
    assert (row.status, row.run_after is not None) == (TaskResultStatus.READY, True)
