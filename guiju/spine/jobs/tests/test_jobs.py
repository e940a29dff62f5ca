"""The queue is the outbox: asked for with what asks, done once however many workers there are (law L13)."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from guiju.modules.documents import services
from guiju.modules.documents.jobs import read_file
from guiju.spine.acts import NotPermitted, act, write
from guiju.spine.jobs import worker
from guiju.spine.jobs.job import Scheduled, opened, scheduled
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


def test_scheduled_work_runs_once_in_its_period(db, monkeypatch):
    ran = []
    monkeypatch.setitem(scheduled, "x", Scheduled("x", "%Y-%m-%d", "00:00", lambda: ran.append(1)))
    for _ in range(3):
        worker.run_scheduled()
    assert ran == [1]
    assert Period.everywhere.filter(job="x").count() == 1


def test_scheduled_work_that_fails_does_not_stop_the_others(db, monkeypatch):
    ran = []
    monkeypatch.setattr(
        worker,
        "scheduled",
        {
            "a": Scheduled("a", "%Y-%m-%d", "00:00", lambda: 1 / 0),
            "b": Scheduled("b", "%Y-%m-%d", "00:00", lambda: ran.append(1)),
        },
    )
    worker.run_scheduled()
    assert ran == [1]


def test_a_worker_that_gives_no_sign_of_life_is_not_alive(db):
    assert not worker.alive()
    worker.beat("w")
    assert worker.alive()
