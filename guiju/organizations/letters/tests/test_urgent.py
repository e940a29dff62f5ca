"""At once what is urgent: once, not to whoever read it, and not more than a person bears."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from guiju.modules.documents import services
from guiju.organizations import verifying
from guiju.organizations.letters import boxes
from guiju.organizations.letters.models import Letter
from guiju.organizations.letters.tests.conftest import text
from guiju.spine.acts import act, write
from guiju.spine.jobs.job import opened
from guiju.spine.notices.models import Notice
from guiju.spine.notices.services import mark_read, tell

pytestmark = pytest.mark.django_db


def told(house, *people, key="It burns.", urgent=True):
    with act(house.organization, house.tang):
        write(lambda: tell([who.id for who in people], key, urgent=urgent))


def test_what_is_urgent_goes_at_once_and_is_the_subject(house, work):
    told(house, house.wei)
    assert work() == []
    (letter,) = house.post.letters
    assert (letter["To"], letter["Subject"]) == ("wei@lanzhu.example", "Lanzhu: It burns.")


def test_what_is_not_urgent_does_not(house, work):
    told(house, house.wei, urgent=False)
    work()
    assert house.post.letters == []


def test_a_letter_is_asked_for_with_what_it_tells_or_not_at_all(house):
    def failing():
        tell([house.wei.id], "It burns.", urgent=True)
        raise ZeroDivisionError

    with act(house.organization, house.tang), pytest.raises(ZeroDivisionError):
        write(failing)
    assert not DBTaskResult.objects.exists()


def test_the_digest_does_not_tell_it_again(house, work, an_hour_passes):
    told(house, house.wei)
    with act(None):
        boxes.choose(house.wei.person, {"hour": 0})
    work()
    an_hour_passes()
    assert len(house.post.letters) == 1


def test_whoever_has_read_it_gets_no_letter(house, work):
    told(house, house.wei)
    with act(house.organization, house.wei):
        mark_read(house.wei.id)
    work()
    assert house.post.letters == []


def test_whoever_wants_nothing_at_once_gets_it_with_the_day(house, work, an_hour_passes):
    with act(None):
        boxes.choose(house.wei.person, {"at_once": False, "hour": 0})
    told(house, house.wei)
    work()
    assert house.post.letters == []
    an_hour_passes()
    assert "It burns." in text(house.post.letters[0])


def test_more_than_a_person_bears_in_an_hour_waits_for_the_digest(house, work, an_hour_passes, settings):
    settings.URGENT_LETTERS_PER_HOUR = 2
    with act(None):
        boxes.choose(house.wei.person, {"hour": 0})
    for n in range(3):
        told(house, house.wei, house.min, key=f"Fire {n}.")
    work()
    assert [letter["Subject"] for letter in house.post.to(house.wei.person)] == ["Lanzhu: Fire 0.", "Lanzhu: Fire 1."]
    an_hour_passes()
    assert "Fire 2." in text(house.post.to(house.wei.person)[-1])


def test_after_an_hour_there_is_room_again(house, work, settings):
    settings.URGENT_LETTERS_PER_HOUR = 1
    told(house, house.wei)
    work()
    Letter.everywhere.update(made_at=timezone.now() - timedelta(minutes=61))
    told(house, house.wei)
    work()
    assert len(house.post.letters) == 2


def test_it_goes_also_when_whoever_told_it_is_gone(house, work):
    told(house, house.wei)
    with act(None):
        house.tang.person.is_active = False
        house.tang.person.save()
    assert work() == []
    assert len(house.post.letters) == 1


def test_a_worker_that_died_before_it_was_said_that_it_went_lets_it_go_again_under_the_same_name(house, work):
    told(house, house.wei)
    work()
    Letter.everywhere.update(ended_at=None, outcome="")
    Notice.everywhere.update(mailed_at=None)
    row = DBTaskResult.objects.get()
    row.task.func(*row.args_kwargs["args"])
    first, again = house.post.letters
    assert first["Message-ID"] == again["Message-ID"] == f"<{Letter.everywhere.get().pk}@guiju.lanzhu.example>"


def test_work_that_runs_twice_sends_one(house, work):
    told(house, house.wei)
    work()
    row = DBTaskResult.objects.get()
    row.task.func(*row.args_kwargs["args"])
    assert len(house.post.letters) == 1


def test_without_mail_no_work_waits(house, settings):
    settings.EMAIL_URL = ""
    told(house, house.wei)
    assert not DBTaskResult.objects.exists()


def test_findings_of_a_verification_are_urgent(house, monkeypatch):
    verifying._tell(house.organization, 3)
    assert set(Notice.everywhere.values_list("person__username", "urgent")) == {("wei", True), ("min", True)}


def test_its_link_opens_what_it_speaks_of(house, work):
    with act(house.organization, house.wei):
        document = services.draft({"title": "Ageing", "kind": "procedure", "language": "en", "text": "x"})
        words = {"number": document.number, "title": document.title}
        write(lambda: tell([house.min.id], "You are asked to review %(number)s %(title)s.", words, document, urgent=True))
    work()
    (letter,) = house.post.to(house.min.person)
    link = re.search(r"https://guiju\.lanzhu\.example(\S+)", text(letter))[1]
    client = Client()
    client.force_login(house.min.person)
    assert "Ageing" in client.get(link).content.decode()


def test_work_for_the_installation_runs_in_its_name(house):
    told(house, house.wei)
    context = DBTaskResult.objects.get().args_kwargs["args"][0]
    assert context["actor"] == ""
    with opened(context) as _nothing:
        assert Notice.objects.count() == 1
