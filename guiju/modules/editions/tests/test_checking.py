"""What a check finds is kept with what it means for us, and decided."""

from datetime import date, timedelta

import pytest

from guiju.modules.documents import services
from guiju.modules.documents.approval import guards
from guiju.modules.documents.models import Document
from guiju.modules.editions import asking, checking, watching
from guiju.modules.editions.models import Check
from guiju.modules.editions.tests.conftest import LEFT, NEWER, TODAY, values
from guiju.spine.acts import Conflict, Refused, Stale
from guiju.spine.notices.models import Notice
from guiju.spine.tasks import services as tasks
from guiju.spine.trail.past import history
from guiju.spine.trail.verify import verify

LATER = "2026-09-01T04:00:00+00:00"


def test_no_newer_edition_moves_the_next_check_on_and_ends_the_task(standard, watched, house, as_, clock):
    clock.move_to(LATER)
    asking.in_each_organization()
    with as_(house.yu):
        made = checking.record(standard, {"note": "Web store, part 1"})
        assert (made.edition, made.held, made.made_by_id) == ("", "IEC 60598-1:2020", house.yu.id)
        watch = watching.active(standard)
        assert (watch.checked_on, watch.next_on) == (date(2026, 9, 1), date(2027, 3, 1))
        assert not tasks.of(standard).exists()


def test_a_check_that_was_made_earlier_counts_from_its_day(standard, watched, house, as_, clock):
    clock.move_to(LATER)
    with as_(house.yu):
        checking.record(standard, {"checked_on": date(2026, 8, 1)})
        assert watching.active(standard).next_on == date(2027, 2, 1)


@pytest.mark.parametrize("day", [TODAY + timedelta(days=1), TODAY - timedelta(days=1), date(26, 1, 1)])
def test_a_day_to_come_or_before_the_last_check_is_refused(standard, watched, house, as_, day):
    with as_(house.yu), pytest.raises(Refused) as refused:
        checking.record(standard, {"checked_on": day})
    assert list(refused.value.errors) == ["checked_on"]


@pytest.mark.parametrize(
    ("field", "value"),
    [("edition", " "), ("edition", "IEC 60598-1:2020"), ("impact", ""), ("decision", ""), ("decision", "perhaps")],
)
def test_a_newer_edition_needs_a_name_what_it_means_and_a_decision(standard, watched, house, as_, field, value):
    with as_(house.yu):
        with pytest.raises(Refused) as refused:
            checking.record(standard, NEWER | {field: value})
        assert list(refused.value.errors) == [field]
        assert not Check.objects.exists()


def test_that_it_does_not_apply_needs_a_reason(standard, watched, house, as_):
    with as_(house.yu), pytest.raises(Refused) as refused:
        checking.record(standard, LEFT | {"reason": ""})
    assert list(refused.value.errors) == ["reason"]


def test_a_newer_edition_that_is_taken_over_gives_the_owner_a_task(standard, watched, house, as_):
    with as_(house.yu):
        checking.record(standard, NEWER | {"applies_on": date(2026, 12, 1)})
    with as_(house.wei):
        (task,) = tasks.of(standard)
        assert (task.who_id, task.due_on) == (house.wei.id, date(2026, 12, 1))
        assert str(task) == "Begin a new revision of Luminaires for the edition IEC 60598-1:2024"
        assert Notice.objects.filter(person_id=house.wei.id, key__contains="to be taken over").count() == 1
        assert watching.active(standard).edition == "IEC 60598-1:2020"


def test_one_that_does_not_apply_is_kept_with_its_reason_and_the_owner_is_told(standard, watched, house, as_):
    with as_(house.yu):
        made = checking.record(standard, LEFT)
    assert not made.is_open and made.reason == "We sell nothing with a mains plug."
    with as_(house.wei):
        assert not tasks.of(standard).exists()
        assert Notice.objects.filter(person_id=house.wei.id, key__contains="does not apply").exists()


def revised(standard, house, take):
    take(standard, "revise", house.wei, reason="New edition")
    return sent(standard, house, take)


def sent(standard, house, take):
    take(standard, "submit", house.wei, reviewers=[house.hua.person])
    take(standard, "review", house.hua)
    return take(standard, "approve", house.min)


def test_with_the_approval_of_a_later_revision_the_newer_edition_is_held(standard, watched, house, take, as_):
    with as_(house.yu):
        checking.record(standard, NEWER)
    revised(standard, house, take)
    with as_(house.wei):
        check = Check.objects.get()
        assert (check.is_open, check.settled_with.label) == (False, "2")
        assert watching.active(standard).edition == "IEC 60598-1:2024"
        assert not tasks.of(standard).exists()
        assert list(verify()) == []


def test_with_a_revision_that_is_taken_back_the_edition_it_took_over_is_held_no_more(standard, watched, house, take, as_):
    with as_(house.yu):
        checking.record(standard, NEWER)
    take(standard, "revise", house.wei, reason="New edition")
    take(standard, "submit", house.wei, reviewers=[house.hua.person])
    take(standard, "review", house.hua)
    take(standard, "approve", house.min, effective_on=TODAY + timedelta(days=20))
    take(standard, "take_back", house.wei, reason="Not yet")
    with as_(house.wei):
        check = Check.objects.get()
        assert (check.is_open, check.settled_with) == (True, None)
        assert watching.active(standard).edition == "IEC 60598-1:2020"
        assert tasks.of(standard).filter(door=asking.TAKE_OVER).count() == 1
        assert list(verify()) == []


def test_a_revision_that_was_in_review_before_does_not_take_it_over(standard, watched, house, take, as_):
    take(standard, "revise", house.wei, reason="A typing error")
    take(standard, "submit", house.wei, reviewers=[house.hua.person])
    with as_(house.yu):
        checking.record(standard, NEWER)
    take(standard, "review", house.hua)
    take(standard, "approve", house.min)
    with as_(house.wei):
        assert Check.objects.get().is_open
        assert watching.active(standard).edition == "IEC 60598-1:2020"
        assert [(task.who_id, task.door) for task in tasks.of(standard)] == [(house.wei.id, asking.TAKE_OVER)]


def test_a_still_newer_edition_takes_the_place_of_the_one_before(standard, watched, house, take, as_):
    with as_(house.yu):
        checking.record(standard, NEWER)
        checking.record(standard, NEWER | {"edition": "IEC 60598-1:2025"})
    with as_(house.wei):
        assert [task.params["edition"] for task in tasks.of(standard)] == ["IEC 60598-1:2025"]
    revised(standard, house, take)
    with as_(house.wei):
        assert watching.active(standard).edition == "IEC 60598-1:2025"
        assert not Check.objects.filter(settled_at=None).exists()


def test_checks_are_listed_newest_first_with_who_and_when(standard, watched, house, as_, clock):
    with as_(house.yu):
        checking.record(standard, {})
    clock.move_to(LATER)
    with as_(house.wei):
        checking.record(standard, LEFT)
        found = checking.of(watching.active(standard))
        assert [(str(one.made_by), one.checked_on) for one in found] == [
            ("Chen Wei", date(2026, 9, 1)),
            ("Yu Yan", TODAY),
        ]


def test_each_finding_is_in_the_history_of_the_document(standard, watched, house, as_):
    with as_(house.yu):
        checking.record(standard, {})
        checking.record(standard, LEFT)
        checking.record(standard, NEWER)
        told = [moment.action for moment in history("documents.document", standard.pk)]
    assert told[:4] == ["edition_newer", "edition_left", "edition_same", "watch"]


def test_of_two_who_record_at_once_the_second_is_told(standard, watched, house, as_):
    with as_(house.yu):
        checking.record(standard, {}, version=watched.version)
        with pytest.raises(Stale):
            checking.record(standard, NEWER, version=watched.version)
        assert Check.objects.count() == 1


def test_where_nobody_watches_nothing_is_recorded(standard, house, as_):
    with as_(house.wei), pytest.raises(Conflict, match="Nobody watches"):
        checking.record(standard, {})


def test_a_check_of_what_was_written_here_is_refused(draft, house, as_):
    with as_(house.wei), pytest.raises(Refused, match="Only external documents"):
        checking.record(draft, {})


def test_a_draft_can_be_watched_before_it_is_approved(house, as_):
    with as_(house.wei):
        made = services.draft({"title": "Law", "kind": "external", "language": "en", "text": "x"})
        watching.watch(made, values(house))
        checking.record(made, NEWER)
        assert Document.objects.get(pk=made.pk).state == "draft"
        assert [task.who_id for task in tasks.of(made)] == [house.wei.id]


def test_what_a_newer_edition_waits_for_is_not_confirmed_unchanged(standard, watched, house, as_, take):
    with as_(house.wei):
        assert guards.nothing_newer(standard) is None
        checking.record(standard, NEWER)
    with pytest.raises(Refused) as refused:
        take(standard, "confirm", house.wei, looked_at="The web store", next_on=date(2027, 3, 2))
    assert [str(one) for one in refused.value.missing] == [
        "A newer edition is to be taken over: IEC 60598-1:2024. Begin a new revision"
    ]


def test_what_does_not_apply_to_us_leaves_the_document_unchanged(standard, watched, house, as_, take):
    with as_(house.yu):
        checking.record(standard, LEFT)
    assert take(standard, "confirm", house.wei, looked_at="The web store", next_on=date(2027, 3, 2)).due_on == date(2027, 3, 2)
