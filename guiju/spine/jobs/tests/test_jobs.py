"""The queue is the outbox: asked for with what asks, done once however many workers there are (law L13)."""

import threading
import time
from datetime import timedelta

import pytest
from django.db import models
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from guiju.modules.documents import services
from guiju.modules.documents.jobs import read_file
from guiju.spine.acts import NotPermitted, act, write
from guiju.spine.jobs import again, schedule, worker
from guiju.spine.jobs.job import NoLonger, Scheduled, opened
from guiju.spine.jobs.models import Beat, Period
from guiju.spine.search.services import find


@pytest.fixture
def document(as_wei):
    return services.draft({"title": "Soldering", "kind": "procedure", "language": "en", "text": "Flux, heat and 焊锡丝."})


def test_work_is_there_when_what_asked_for_it_is(document):
    assert [row.task_path for row in DBTaskResult.objects.all()] == ["guiju.modules.documents.jobs.read_file"]


def test_work_is_not_there_when_what_asked_for_it_failed(as_wei):
    def failing() -> None:
        services.draft({"title": "x", "kind": "procedure", "language": "en", "text": "y"})
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write(failing)
    assert not DBTaskResult.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_worker_does_it_in_the_name_of_who_asked(document):
    assert find("焊锡丝") == []
    worker.Work([]).turn()
    assert [hit.title for hit in find("焊锡丝")] == ["Soldering"]


def test_work_done_twice_is_as_done_once(document):
    for _ in range(2):
        read_file.func(DBTaskResult.objects.get().args_kwargs["args"][0], str(document.pk))
    assert len(find("焊锡丝")) == 1


def test_work_of_a_worker_that_died_is_given_to_another(document):
    row = DBTaskResult.objects.get()
    row.claim("dead")
    Beat.everywhere.create(worker="dead", at=timezone.now() - timedelta(minutes=5))
    assert worker.take_over() == 1
    row.refresh_from_db()
    assert row.status == TaskResultStatus.READY


def test_work_of_a_living_worker_is_left_to_it(document):
    DBTaskResult.objects.get().claim("alive")
    worker.beat("alive")
    assert worker.take_over() == 0


def test_whoever_is_no_member_any_more_does_nothing(document, lanzhu):
    context = DBTaskResult.objects.get().args_kwargs["args"][0]
    with act(None):
        person = lanzhu.wei.person
        person.is_active = False
        person.save()
    with pytest.raises(NotPermitted), opened(context):
        pass


def failed(row: DBTaskResult, error: Exception) -> None:
    row.claim("w")
    row.set_failed(error)


def test_work_that_failed_is_tried_again_after_a_while(document):
    row = DBTaskResult.objects.get()
    failed(row, OSError("the disk is away"))
    assert again.try_again() == 1
    row.refresh_from_db()
    assert row.status == TaskResultStatus.READY
    assert row.run_after == pytest.approx(timezone.now() + timedelta(minutes=1), abs=timedelta(seconds=30))
    assert not DBTaskResult.objects.ready().exists()


def test_work_that_was_refused_is_not_tried_again(document):
    failed(DBTaskResult.objects.get(), NoLonger("no"))
    assert again.try_again() == 0


def test_work_that_fails_always_is_given_up(document):
    row = DBTaskResult.objects.get()
    for _ in range(again.TRIES):
        failed(row, OSError())
    assert again.try_again() == 0


def test_the_waits_grow_to_an_hour():
    assert [again.wait_after(n) // timedelta(minutes=1) for n in (1, 2, 3, 6, 7, 50)] == [1, 2, 4, 32, 60, 60]


@pytest.fixture
def ran(db, monkeypatch):
    """What ran, of one piece of scheduled work that fails while `ran` begins with "fail"."""
    ran = []

    def run() -> None:
        if ran and ran[0] == "fail":
            raise ZeroDivisionError
        ran.append("done")

    monkeypatch.setattr(schedule, "scheduled", {"x": Scheduled("x", "%Y-%m-%d", "00:00", run)})
    return ran


def later(**how_much: int) -> None:
    """Let time pass for what waits."""
    Period.everywhere.update(again_at=models.F("again_at") - timedelta(**how_much))


def test_scheduled_work_runs_once_in_its_period(ran):
    for _ in range(3):
        schedule.run_scheduled()
        later(hours=2)
    assert ran == ["done"]
    assert Period.everywhere.filter(job="x").count() == 1


def test_scheduled_work_that_failed_is_tried_again_until_it_is_done(ran):
    ran.append("fail")
    schedule.run_scheduled()
    schedule.run_scheduled()
    assert Period.everywhere.get().failures == 1
    later(minutes=2)
    schedule.run_scheduled()
    assert Period.everywhere.get().failures == 2
    ran.clear()
    later(hours=1)
    for _ in range(2):
        schedule.run_scheduled()
    assert ran == ["done"]
    assert Period.everywhere.get().done_at


def test_scheduled_work_of_a_worker_that_died_is_done_by_another(ran):
    now = timezone.now()
    row = {"job": "x", "period": now.strftime("%Y-%m-%d")}
    Period.everywhere.create(**row, claimed_at=now, again_at=now + schedule.GIVEN_UP_AFTER)
    schedule.run_scheduled()
    assert ran == []
    later(hours=2)
    schedule.run_scheduled()
    assert ran == ["done"]


def test_scheduled_work_that_fails_does_not_stop_the_others(db, monkeypatch):
    ran = []
    monkeypatch.setattr(
        schedule,
        "scheduled",
        {
            "a": Scheduled("a", "%Y-%m-%d", "00:00", lambda: 1 / 0),
            "b": Scheduled("b", "%Y-%m-%d", "00:00", lambda: ran.append(1)),
        },
    )
    schedule.run_scheduled()
    assert ran == [1]


def test_a_long_piece_of_work_does_not_look_like_a_death(db, monkeypatch):
    monkeypatch.setattr(worker, "BEAT_EVERY", 0.01)
    beats = []
    monkeypatch.setattr(worker, "beat", beats.append)
    work = worker.Work([])
    thread = threading.Thread(target=work._live)
    thread.start()
    deadline = time.monotonic() + 10
    while len(beats) < 3 and time.monotonic() < deadline:
        time.sleep(0.01)
    work._ended.set()
    thread.join(10)
    assert beats[:3] == [work.name] * 3
    assert not thread.is_alive()


def test_a_worker_that_gives_no_sign_of_life_is_not_alive(db):
    assert not worker.alive()
    worker.beat("w")
    assert worker.alive()
