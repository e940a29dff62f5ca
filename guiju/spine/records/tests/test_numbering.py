"""Numbers without gaps, after the highest in use."""

import pytest
from django.db import IntegrityError, transaction

from guiju.modules.documents.models import Document
from guiju.modules.kinds.models import KindRule
from guiju.modules.processes.models import Process
from guiju.spine.acts import write
from guiju.spine.records import bulk
from guiju.spine.records.trailed import PastTheTrail


def document(number: str | None = None, kind: str = "procedure") -> str:
    made = Document(title="x", state="draft", kind=kind, number=number)
    made.save()
    return made.number


def test_they_count_on(as_wei):
    assert [document(), document(), document(kind="form")] == ["QP-01", "QP-02", "FM-01"]


def test_a_number_given_by_hand_moves_the_counter(as_wei):
    document()
    document("QP-17")
    assert document() == "QP-18"


def test_the_first_number_follows_those_that_were_there_before(as_wei):
    document("QP-09")
    assert document() == "QP-10"


def test_a_number_of_another_scheme_moves_nothing(as_wei):
    document()
    document("Q/ABC 0101-2023")
    assert document() == "QP-02"


@pytest.mark.parametrize("before", [(), ("QP-001",)], ids=["a new counter", "a counter that counts already"])
def test_counting_goes_on_in_the_width_in_use(as_wei, before):
    for number in (*before, "QP-061"):
        document(number)
    assert [document(), document()] == ["QP-062", "QP-063"]
    document("QP-0064")
    assert [document(), document()] == ["QP-0065", "QP-0066"]


def test_more_digits_without_leading_zeros_change_no_width(as_wei):
    document("FM-7")
    assert document(kind="form") == "FM-08"
    document("QP-100")
    assert document() == "QP-101"


def test_a_lower_number_changes_no_width(as_wei):
    document("QP-20")
    document()
    document("QP-0007")
    assert document() == "QP-22"


def test_a_failed_act_leaves_no_gap(as_wei):
    def failing() -> None:
        document()
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write(failing)
    assert document() == "QP-01"


def test_an_organization_has_its_own_scheme_for_a_kind(as_wei):
    KindRule(kind="procedure", prefix="LZ/P", width=3).save()
    assert document() == "LZ/P-001"


def test_many_at_once_are_numbered_in_their_order(as_wei):
    rows = [Process(title=str(n)) for n in range(30)]
    write(lambda: bulk.create(rows))
    assert [row.number for row in rows] == [f"PR-{n:02d}" for n in range(1, 31)]
    assert Process.objects.count() == 30


def test_many_at_once_need_a_write(as_wei):
    with pytest.raises(PastTheTrail):
        bulk.create([Process(title="x")])


def test_the_same_number_twice_in_one_organization_is_not_kept(as_wei):

    document("QP-01")
    with pytest.raises(IntegrityError), transaction.atomic():
        document("QP-01")
