"""What is on hold stays, whatever its retention says."""

import pytest

from guiju.modules.keeping import holds
from guiju.modules.keeping.models import Hold
from guiju.spine.acts import Conflict, NotFound, NotPermitted, Refused, act, write
from guiju.spine.trail.erasing import erase
from guiju.spine.trail.past import history
from guiju.spine.trail.verify import verify


@pytest.fixture
def held(due, team) -> Hold:
    with act(team.organization, team.wei):
        return holds.put([due], "Complaint of Lamp Co.")[0]


def reasons(error: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [str(one) for one in error.value.missing]


def test_what_is_on_hold_is_not_listed(due, held, listed):
    with pytest.raises(Conflict) as error:
        listed(due)
    assert reasons(error) == ["QP-01 is on hold."]


def test_a_hold_after_the_proposal_stops_the_whole(due, listed, go, team):
    disposal = go(listed(due), "propose", team.wei)
    with act(team.organization, team.wei):
        holds.put([due], "Complaint")
    with pytest.raises(Conflict) as error:
        go(disposal, "carry_out", team.min)
    assert reasons(error) == ["On hold: QP-01"]


def test_what_is_on_hold_is_not_erased_by_any_way(due, held, team):
    def erasing() -> None:
        erase([("documents.document", due.pk)])
        due.save(action="empty")

    with act(team.organization, team.wei):
        due.refresh_from_db()
        with pytest.raises(Conflict, match="On hold"):
            write(erasing)
        revision = due.newest()
        with pytest.raises(Conflict, match="On hold"):
            write(lambda: erase([("documents.revision", revision.pk)]))


def test_a_released_document_may_go(due, held, listed, go, team):
    with act(team.organization, team.min):
        holds.release(due, held.pk, "Settled.")
    assert go(go(listed(due), "propose", team.wei), "carry_out", team.min).state == "carried_out"


def test_with_two_holds_one_release_is_not_enough(due, held, listed, team):
    with act(team.organization, team.wei):
        holds.put([due], "Another complaint")
        holds.release(due, held.pk, "Settled.")
    with pytest.raises(Conflict):
        listed(due)


def test_hold_and_release_are_on_the_trail_with_their_reasons(due, held, team):
    with act(team.organization, team.min):
        holds.release(due, held.pk, "Settled.")
        told = history("documents.document", due.pk, limit=2)
    assert [(one.action, one.actor, one.reason) for one in told] == [
        ("release", team.min.id, "Settled."),
        ("hold", team.wei.id, "Complaint of Lamp Co."),
    ]
    assert list(verify()) == []


def test_without_a_reason_nothing_is_held_or_released(due, held, team):
    with act(team.organization, team.wei):
        for doing in (lambda: holds.put([due], "  "), lambda: holds.release(due, held.pk, " ")):
            with pytest.raises(Refused) as error:
                doing()
            assert list(error.value.errors) == ["reason"]


def test_without_the_right_nothing_is_held_or_released(due, held, team):
    with act(team.organization, team.hua):
        with pytest.raises(NotPermitted):
            holds.put([due], "x")
        with pytest.raises(NotPermitted):
            holds.release(due, held.pk, "x")


def test_a_hold_is_released_once(due, held, team):
    with act(team.organization, team.wei):
        holds.release(due, held.pk, "x")
        with pytest.raises(Conflict):
            holds.release(due, held.pk, "x")


def test_a_hold_of_another_document_is_not_found(due, draft, held, team):
    with act(team.organization, team.wei), pytest.raises(NotFound):
        holds.release(draft, held.pk, "x")


def test_several_are_held_at_once_or_none(due, draft, disposed_other, team):
    with act(team.organization, team.wei):
        with pytest.raises(Conflict, match="disposed of already"):
            holds.put([draft, disposed_other], "x")
        assert not Hold.objects.filter(document=draft).exists()
        assert len(holds.put([draft], "x")) == 1


@pytest.fixture
def disposed_other(disposed):
    return disposed.document
