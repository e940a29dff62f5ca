"""Who watches the editions of a document, and until when."""

from datetime import date, timedelta

import pytest

from guiju.modules.documents.confidential import insiders
from guiju.modules.documents.models import Document, Insider
from guiju.modules.editions import asking, watching
from guiju.modules.editions.models import Watch
from guiju.modules.editions.tests.conftest import TODAY, approved, values
from guiju.organizations import handover, services
from guiju.organizations.members import Member
from guiju.organizations.models import Membership
from guiju.spine.acts import Conflict, NotPermitted, Refused, Stale
from guiju.spine.notices.models import Notice
from guiju.spine.signatures.services import prove
from guiju.spine.tasks import services as tasks
from guiju.spine.trail.past import history
from guiju.spine.trail.verify import verify


def test_the_next_check_is_due_so_many_months_after_the_last(watched):
    assert (watched.checked_on, watched.next_on) == (TODAY, date(2026, 9, 2))


def test_where_nobody_has_looked_it_is_due_at_once(standard, house, as_):
    with as_(house.wei):
        made = watching.watch(standard, values(house, checked_on=None))
        assert made.next_on == TODAY
        assert [task.who_id for task in tasks.of(standard)] == [house.yu.id]


def test_a_day_that_was_chosen_stays_when_other_values_change(standard, watched, house, as_):
    chosen = date(2026, 5, 1)
    with as_(house.wei):
        watching.watch(standard, {"next_on": chosen})
        assert watching.watch(standard, {"edition": "IEC 60598-1:2021"}).next_on == chosen


def test_without_a_chosen_day_it_follows_the_months_again(standard, watched, house, as_):
    with as_(house.wei):
        watching.watch(standard, {"next_on": date(2026, 5, 1)})
        assert watching.watch(standard, {"next_on": None, "months": 3}).next_on == date(2026, 6, 2)


def test_whoever_watches_is_told(watched, house, as_):
    with as_(house.yu):
        (notice,) = Notice.objects.filter(person_id=house.yu.id)
        assert str(notice) == "You watch from now on whether there is a newer edition of EX-01 Luminaires."


def test_it_is_in_the_history_of_the_document_and_the_trail_is_whole(standard, watched, house, as_):
    with as_(house.wei):
        newest = history("documents.document", standard.pk)[0]
        assert (newest.action, newest.actor, newest.says["edition"]) == ("watch", house.wei.id, "IEC 60598-1:2020")
        assert list(verify()) == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("edition", " "),
        ("source", ""),
        ("months", 0),
        ("months", 10000),
        ("months", None),
        ("checked_on", TODAY + timedelta(days=1)),
        ("checked_on", date(26, 1, 1)),
        ("next_on", TODAY - timedelta(days=1)),
        ("next_on", date(9999, 12, 31)),
    ],
)
def test_a_value_that_cannot_be_is_refused_at_its_field(standard, house, as_, field, value):
    with as_(house.wei):
        with pytest.raises(Refused) as refused:
            watching.watch(standard, values(house, **{field: value}))
        assert list(refused.value.errors) == [field]
        assert not Watch.objects.exists()


def test_only_a_member_who_may_see_documents_watches(standard, house, other, as_):
    with as_(house.wei), pytest.raises(Refused) as refused:
        watching.watch(standard, values(house, watcher=other.eve.person))
    assert list(refused.value.errors) == ["watcher"]


def test_what_was_written_here_has_no_editions(draft, house, as_):
    with as_(house.wei), pytest.raises(Refused, match="Only external documents"):
        watching.watch(draft, values(house))


def test_who_may_neither_change_documents_nor_owns_this_one_says_nothing(standard, house, as_):
    with as_(house.yu), pytest.raises(NotPermitted):
        watching.watch(standard, values(house))


def test_the_owner_says_who_watches_also_without_the_right_to_change(standard, house, as_):
    with as_(house.wei):
        standard.owner = house.yu.person
        standard.save()
    with as_(house.yu):
        assert watching.watch(standard, values(house)).watcher_id == house.yu.id


def test_a_token_of_the_owner_needs_the_right_itself(standard, house, as_):
    with as_(house.wei):
        standard.owner = house.yu.person
        standard.save()
    token = Member(house.yu.person, house.organization, frozenset({"documents.view"}), scope=frozenset({"*"}))
    with as_(token), pytest.raises(NotPermitted):
        watching.watch(standard, values(house))


def test_of_two_who_watch_at_once_the_second_is_told(standard, house, as_):
    with as_(house.wei):
        watching.watch(standard, values(house), version=0)
        with pytest.raises(Stale):
            watching.watch(standard, values(house, edition="another"), version=0)
        assert Watch.objects.get().edition == "IEC 60598-1:2020"


def test_whoever_watches_what_is_confidential_is_let_in(standard, house, as_):
    with as_(house.wei):
        insiders.set_confidential(standard, True, [], "Licence")
        watching.watch(Document.objects.get(pk=standard.pk), values(house))
        assert Insider.objects.filter(person_id=house.yu.id, ended=False).exists()


def test_it_ends_with_a_reason_and_can_begin_again(standard, watched, house, as_):
    with as_(house.wei):
        with pytest.raises(Refused) as refused:
            watching.end(standard, " ")
        assert list(refused.value.errors) == ["reason"]
        watching.end(standard, "Sold no more")
        assert watching.active(standard) is None
        with pytest.raises(Conflict):
            watching.end(standard, "Once more")
        assert watching.watch(standard, {}).ended_at is None


def test_it_ends_when_the_document_is_withdrawn(standard, watched, house, take, as_, clock):
    clock.move_to("2026-09-01T04:00:00+00:00")
    asking.in_each_organization()
    take(standard, "withdraw", house.wei, reason="Replaced")
    with as_(house.wei):
        assert watching.active(standard) is None
        assert not tasks.of(standard).exists()
        with pytest.raises(Conflict, match="out of force"):
            watching.watch(standard, values(house))


def test_it_ends_when_the_document_is_no_longer_of_outside_origin(standard, watched, house, take, as_):
    take(standard, "revise", house.wei, reason="Ours now")
    with as_(house.wei):
        row = Document.objects.get(pk=standard.pk)
        row.kind = "specification"
        row.save()
        assert watching.active(row) is None
    approved(house, take, row)
    with as_(house.wei):
        assert Watch.objects.get().ended_at is not None


# --- People who leave -----------------------------------------------------------------------------------------------


def leave(house, who, to):
    everything = {"documents": house.min.person, "tasks": to.person}
    membership = Membership.objects.get(person=who.person)
    return handover.deactivate(membership, everything, reason="Retires", proof=prove("bamboo-lamp-42", session={}))


def test_whoever_gets_the_task_of_a_leaver_watches_from_then_on(standard, watched, house, as_, clock):
    clock.move_to("2026-09-01T04:00:00+00:00")
    asking.in_each_organization()
    with as_(house.wei):
        leave(house, house.yu, house.tang)
        assert watching.active(standard).watcher_id == house.tang.id
        assert [task.who_id for task in tasks.of(standard)] == [house.tang.id]
        assert list(verify()) == []


def test_without_an_open_task_the_owner_watches_and_is_told(standard, watched, house, as_):
    with as_(house.min):
        leave(house, house.yu, house.tang)
        assert watching.active(standard).watcher_id == house.wei.id
        assert Notice.objects.filter(person_id=house.wei.id, key__startswith="You watch").exists()


def test_whoever_loses_the_right_to_see_documents_is_no_longer_asked_at_once(standard, watched, house, as_, clock):
    clock.move_to("2026-09-01T04:00:00+00:00")
    asking.in_each_organization()
    with as_(house.wei):
        services.set_roles(Membership.objects.get(person=house.yu.person), [], reason="Elsewhere")
        assert [task.who_id for task in tasks.of(standard)] == [house.wei.id]
        assert watching.active(standard).watcher_id == house.yu.id


def test_in_place_of_a_watcher_who_cannot_look_any_more_the_owner_is_asked(standard, watched, house, as_, clock):
    with as_(house.wei):
        row = Membership.objects.get(person=house.yu.person)
        row.expires_on = date(2026, 4, 1)
        row.save()
    clock.move_to("2026-09-01T04:00:00+00:00")
    asking.in_each_organization()
    with as_(house.wei):
        assert [task.who_id for task in tasks.of(standard)] == [house.wei.id]
        assert asking.unable([watching.active(standard)]) == {watched.pk}


def test_whoever_may_see_all_that_is_confidential_goes_on_watching_it(standard, watched, house, as_, clock):
    with as_(house.wei):
        watching.watch(standard, {"watcher": house.min.person})
        insiders.set_confidential(standard, True, [], "Licence")
    clock.move_to("2026-09-01T04:00:00+00:00")
    asking.in_each_organization()
    with as_(house.wei):
        assert [task.who_id for task in tasks.of(standard)] == [house.min.id]
        assert asking.unable([watching.active(standard)]) == set()


def test_whoever_was_shut_out_of_a_confidential_document_is_not_asked(standard, watched, house, as_, clock):
    with as_(house.wei):
        insiders.set_confidential(standard, True, [], "Licence")
    clock.move_to("2026-09-01T04:00:00+00:00")
    asking.in_each_organization()
    with as_(house.wei):
        assert [task.who_id for task in tasks.of(standard)] == [house.wei.id]
        assert asking.unable([watching.active(standard)]) == {watched.pk}
