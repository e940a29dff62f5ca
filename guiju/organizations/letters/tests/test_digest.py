"""One letter a day, of what is new and what is due; at the hour of each person's own day."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from guiju.conftest import join, make_person
from guiju.modules.processes.models import Process
from guiju.organizations.letters import boxes, jobs
from guiju.organizations.letters.models import Letter
from guiju.organizations.letters.tests.conftest import change, html, text
from guiju.spine.acts import act, write
from guiju.spine.notices.models import Notice
from guiju.spine.notices.services import mark_read, tell
from guiju.spine.tasks.services import ask, finish

pytestmark = pytest.mark.django_db
BERLIN_MORNING = datetime(2026, 11, 23, 6, 10, tzinfo=UTC)  # 07:10 in Berlin, 14:10 in Shanghai
TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def clock(house):
    with time_machine.travel(BERLIN_MORNING, tick=False) as traveller:
        yield traveller


@pytest.fixture
def process(house):
    """A process that Tang has entered, of which Wei and Min are told."""
    with act(house.organization, house.tang):
        made = Process(title="Final <inspection>")
        made.save()
        words = {"number": made.number, "title": made.title}
        write(lambda: tell([house.wei.id, house.min.id], "%(number)s %(title)s has been approved.", words, made))
    return made


def test_a_letter_tells_what_was_not_read(house, process, an_hour_passes):
    assert an_hour_passes() == []
    (letter,) = house.post.to(house.wei.person)
    assert letter["Subject"] == "Lanzhu: new and due on 23 Nov 2026"
    assert f"- {process.number} Final <inspection> has been approved.\n  23 Nov 2026, 07:10" in text(letter)


def test_it_has_a_text_and_an_html_without_anything_from_elsewhere(house, process, an_hour_passes):
    an_hour_passes()
    (letter,) = house.post.to(house.wei.person)
    assert letter.get_content_type() == "multipart/alternative"
    assert "Final &lt;inspection&gt; has been approved." in html(letter)
    assert not re.search(r"<img|<script|<link|src=|style|url\(", html(letter))
    assert set(re.findall(r"https?://([^/\"\s]+)", html(letter) + text(letter))) == {"guiju.lanzhu.example"}


def test_it_is_in_the_readers_language_and_time_zone(house, process, an_hour_passes):
    an_hour_passes()
    (letter,) = house.post.to(house.min.person)
    assert 'lang="zh-CN"' in html(letter) and letter["Content-Language"] == "zh-CN"
    assert "2026年11月23日 14:10" in text(letter)
    assert "已批准" in text(letter)


def test_it_says_to_other_programs_that_nobody_is_to_answer(house, process, an_hour_passes):
    an_hour_passes()
    (letter,) = house.post.to(house.wei.person)
    assert letter["Auto-Submitted"] == "auto-generated"
    assert (letter["X-Auto-Response-Suppress"], letter["Precedence"]) == ("All", "bulk")
    assert letter["List-Unsubscribe"] == "<https://guiju.lanzhu.example/account/#letters>"
    assert letter["From"] == "Guiju <guiju@lanzhu.example>"
    assert house.post.taken[0][0] == "bounces@lanzhu.example"


def test_its_link_opens_the_record_after_sign_in(house, process, an_hour_passes):
    an_hour_passes()
    (letter,) = house.post.to(house.wei.person)
    link = re.search(r"https://guiju\.lanzhu\.example(/lanzhu/processes/\S+)", text(letter))[1]
    client = Client()
    at_the_door = client.get(link)
    assert at_the_door.status_code == 302 and at_the_door.url.startswith("/account/login/?next=/lanzhu/processes/")
    page = client.get(at_the_door.url).content.decode()
    following = re.search(r'name="next" value="([^"]+)"', page)[1]
    signing_in = {"login": "wei", "password": "bamboo-lamp-42", "next": following}
    inside = client.post("/account/login/", signing_in, follow=True)
    assert inside.redirect_chain[-1][0] == link
    assert "Final &lt;inspection&gt;" in inside.content.decode()


def test_what_is_due_is_told_until_it_is_done(house, process, an_hour_passes, clock):
    with act(house.organization, house.tang):
        ask(process, house.wei.id, "Check %(title)s", params={"title": "lamps"}, due_on=TODAY - timedelta(days=2))
        ask(process, house.wei.id, "Later", due_on=TODAY + timedelta(days=1))
        mark_read(house.wei.id)
    an_hour_passes()
    clock.shift(timedelta(days=1))
    an_hour_passes()
    with act(house.organization, house.wei):
        finish(process)
    clock.shift(timedelta(days=1))
    an_hour_passes()
    first, second = house.post.to(house.wei.person)
    assert f"Check lamps ({process.number})\n  2 days late" in text(first) and "Later" not in text(first)
    assert "3 days late" in text(second) and "Later" in text(second) and "due today" in text(second)


def test_who_has_nothing_to_read_and_nothing_due_gets_none(house, process, an_hour_passes):
    with act(house.organization, house.wei):
        mark_read(house.wei.id)
    an_hour_passes()
    assert house.post.to(house.wei.person) == house.post.to(house.tang.person) == []


def test_the_next_letter_tells_only_what_no_letter_told(house, process, an_hour_passes, clock):
    an_hour_passes()
    with act(house.organization, house.tang):
        write(lambda: tell([house.wei.id], "Second", {}))
    clock.shift(timedelta(days=1))
    an_hour_passes()
    (_first, second) = house.post.to(house.wei.person)
    assert "Second" in text(second) and "inspection" not in text(second)


def test_it_goes_when_the_hour_has_come_where_the_person_is(house, process, an_hour_passes, clock):
    with act(None):
        boxes.choose(house.wei.person, {"hour": 9})
    an_hour_passes()
    assert house.post.to(house.wei.person) == []
    clock.move_to(BERLIN_MORNING + timedelta(hours=2))
    an_hour_passes()
    assert len(house.post.to(house.wei.person)) == 1


def test_after_a_sleep_it_goes_at_waking_and_once(house, process, an_hour_passes, clock):
    clock.move_to(BERLIN_MORNING + timedelta(hours=8))
    for _hour in range(3):
        an_hour_passes()
        clock.shift(timedelta(hours=1))
    assert len(house.post.to(house.wei.person)) == 1


def test_what_comes_after_the_hour_waits_for_the_next_day(house, an_hour_passes, clock):
    an_hour_passes()
    with act(house.organization, house.tang):
        write(lambda: tell([house.wei.id], "Later today", {}))
    clock.shift(timedelta(hours=2))
    an_hour_passes()
    assert house.post.to(house.wei.person) == []
    clock.shift(timedelta(hours=22))
    an_hour_passes()
    assert len(house.post.to(house.wei.person)) == 1


@pytest.mark.parametrize(
    "values",
    [{"email": ""}, {"is_active": False}, {"password": "!unusable"}],
    ids=["without an address", "deactivated", "not in yet"],
)
def test_nobody_gets_one_who(house, process, an_hour_passes, values):
    change(house.wei.person, **values)
    an_hour_passes()
    assert all(letter["To"] == house.min.person.email for letter in house.post.letters)


def test_whoever_wants_none_gets_none(house, process, an_hour_passes):
    with act(None):
        boxes.choose(house.wei.person, {"daily": False})
    an_hour_passes()
    assert house.post.to(house.wei.person) == []


def test_without_mail_nothing_is_asked_for(house, process, an_hour_passes, settings):
    settings.EMAIL_URL = ""
    an_hour_passes()
    assert house.post.letters == [] and not Letter.everywhere.exists()


def test_each_organization_writes_its_own_letter(house, other, process, an_hour_passes):
    join(other.organization, house.wei.person, "*")
    with act(other.organization, other.eve):
        write(lambda: tell([house.wei.id, other.eve.id], "Kanarienvogel", {}))
    an_hour_passes()
    letters = {letter["Subject"].partition(":")[0]: text(letter) + html(letter) for letter in house.post.to(house.wei.person)}
    assert sorted(letters) == ["Lanzhu", "Other"]
    assert "Kanarienvogel" in letters["Other"] and "Kanarienvogel" not in letters["Lanzhu"]
    assert all("Kanarienvogel" not in text(letter) for letter in house.post.to(house.min.person))


def test_what_the_person_may_not_see_is_told_without_number_and_title(house, process, an_hour_passes):
    blind = join(house.organization, make_person("gu", "Gu Yi", email="gu@lanzhu.example"), "documents.view")
    with act(house.organization, house.wei):
        words = {"number": process.number, "title": process.title}
        write(lambda: tell([blind.id], "%(number)s %(title)s has been approved.", words, process))
        ask(process, blind.id, "Check %(title)s", params={"title": process.title}, due_on=TODAY)
    an_hour_passes()
    (letter,) = house.post.to(blind.person)
    assert process.number not in text(letter) and "inspection" not in text(letter) + html(letter)
    assert text(letter).count("sign in to see it") == 2
    assert "https://guiju.lanzhu.example/lanzhu/notices/" in text(letter)


def test_more_than_a_reader_reads_is_said_as_a_number(house, an_hour_passes):
    with act(house.organization, house.tang):
        for n in range(33):
            write(lambda n=n: tell([house.wei.id], "Notice %(n)s.", {"n": n}))
    an_hour_passes()
    (letter,) = house.post.to(house.wei.person)
    assert text(letter).count("Notice ") == 30 and "and 3 more" in text(letter)
    with act(house.organization, house.wei):
        assert not Notice.objects.filter(mailed_at=None).exists()


def test_a_letter_that_waited_until_the_next_one_was_asked_for_does_not_go(house, process, an_hour_passes, clock, work):
    with act(None):
        jobs.ask_for_digests()
    clock.shift(timedelta(days=1))
    with act(None):
        jobs.ask_for_digests()
    work()
    (letter,) = house.post.to(house.wei.person)
    assert "24 Nov" in letter["Subject"]


def test_old_letters_are_forgotten(house, process, an_hour_passes, clock):
    an_hour_passes()
    clock.shift(timedelta(days=61))
    with act(None):
        jobs.forget_old()
    assert not Letter.everywhere.exists()
