"""A mail server says no: for good, for a while, or of us all; or it is not there."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from guiju.organizations import accounts
from guiju.organizations.letters import boxes
from guiju.organizations.letters.models import Letter, Letterbox
from guiju.organizations.letters.sending import is_of_the_address
from guiju.organizations.members import Member
from guiju.spine.acts import act, write
from guiju.spine.jobs import again
from guiju.spine.notices.models import Notice
from guiju.spine.notices.services import tell

pytestmark = pytest.mark.django_db
UNKNOWN = "550 5.1.1 <wei@lanzhu.example>: Recipient address rejected: User unknown"


@pytest.fixture
def told(house):
    def telling(key="It burns."):
        with act(house.organization, house.tang):
            write(lambda: tell([house.wei.id, house.min.id], key, urgent=True))

    telling()
    return telling


def wait_is_over() -> None:
    assert again.try_again() > 0
    DBTaskResult.objects.exclude(run_after=None).update(run_after=timezone.now() - timedelta(minutes=1))


def test_an_address_that_is_refused_for_good_gets_no_more_letters(house, told, work):
    house.post.refusals["wei@lanzhu.example"] = UNKNOWN
    assert work() == []
    box = Letterbox.objects.get()
    assert (box.person, box.refused_address) == (house.wei.person, "wei@lanzhu.example")
    assert box.refused_words == UNKNOWN
    house.post.refusals.clear()
    told("It burns on.")
    assert work() == []
    assert [letter["To"] for letter in house.post.letters] == ["min@lanzhu.example"] * 2


def test_what_could_not_be_mailed_stands_in_the_product_all_the_same(house, told, work):
    house.post.refusals["wei@lanzhu.example"] = UNKNOWN
    work()
    with act(house.organization, house.wei):
        assert Notice.objects.get(person=house.wei.person).mailed_at is None


def test_once_somebody_says_that_it_is_right_letters_go_there_again(house, told, work):
    house.post.refusals["wei@lanzhu.example"] = UNKNOWN
    work()
    house.post.refusals.clear()
    with act(None, Member(house.wei.person, None, frozenset())):
        boxes.confirm(house.wei.person)
    told("It burns on.")
    work()
    assert len(house.post.to(house.wei.person)) == 1


def test_another_address_is_not_refused(house, told, work):
    house.post.refusals["wei@lanzhu.example"] = UNKNOWN
    work()
    with act(None, Member(house.wei.person, None, frozenset())):
        accounts.change_email(house.wei.person, "chen.wei@lanzhu.example")
    told("It burns on.")
    work()
    assert [letter["To"] for letter in house.post.letters].count("chen.wei@lanzhu.example") == 1


def test_a_refusal_for_a_while_is_tried_again(house, told, work):
    house.post.refusals["wei@lanzhu.example"] = "451 4.7.1 Greylisted, try again later"
    assert work() == ["SMTPRecipientsRefused"]
    assert not Letterbox.objects.exists()
    house.post.refusals.clear()
    wait_is_over()
    assert work() == []
    assert len(house.post.to(house.wei.person)) == 1


def test_a_server_that_is_away_loses_no_letter(house, told, work):
    house.post.away()
    assert work() == ["ConnectionRefusedError"] * 2
    house.post.back()
    wait_is_over()
    assert work() == []
    assert sorted(letter["To"] for letter in house.post.letters) == ["min@lanzhu.example", "wei@lanzhu.example"]


def test_a_server_that_takes_nothing_from_us_makes_no_address_bad(house, told, work):
    house.post.refusals["wei@lanzhu.example"] = "554 5.7.1 <wei@lanzhu.example>: Relay access denied"
    assert work() == ["SMTPRecipientsRefused"]
    assert not Letterbox.objects.exists()


def test_a_refusal_after_the_text_is_of_the_address_where_it_says_so(house, told, work):
    house.post.at_data = "550 5.1.1 No such user"
    assert work() == []
    assert Letterbox.objects.exclude(refused_at=None).count() == 2


def test_a_refusal_of_the_text_makes_no_address_bad(house, told, work):
    house.post.at_data = "550 Looks like spam"
    assert work() == ["SMTPDataError"] * 2
    assert not Letterbox.objects.exists()
    assert set(Letter.everywhere.values_list("outcome", flat=True)) == {""}


@pytest.mark.parametrize(
    ("code", "words", "for_good"),
    [
        (550, "5.1.1 User unknown", True),
        (550, "No such user here", True),
        (553, "Mailbox name not allowed", True),
        (550, "5.2.1 Mailbox disabled", True),
        (550, "5.4.1 Recipient address rejected: Access denied", True),
        (450, "4.2.1 Mailbox busy", False),
        (421, "Too many connections", False),
        (550, "5.7.1 Not permitted", False),
        (550, "Relaying denied", False),
        (550, "5.1.8 Sender address has no domain", False),
        (554, "Transaction failed", False),
    ],
)
def test_what_a_server_says_is_of_the_address_and_for_good_or_not(code, words, for_good):
    assert is_of_the_address(words, code) is for_good
