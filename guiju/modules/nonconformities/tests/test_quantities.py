"""Quantities add up, what was reworked is verified again, and nothing is used beyond its concession."""

from datetime import timedelta
from decimal import Decimal

import pytest

from guiju.modules.nonconformities import guards, lines
from guiju.spine.acts import Conflict, Refused, current
from guiju.spine.registers.lines import writing


@pytest.fixture
def twenty(case):
    return case(quantity=Decimal(20), unit="lamps")


def decide(case, kind: str, quantity: int | None, **more):
    return writing.add(
        lines.dispositions, case, {"kind": kind, "quantity": quantity and Decimal(quantity), "reason": "x", **more}
    )


def test_no_more_is_decided_on_than_there_is(twenty):
    decide(twenty, "scrap", 15)
    with pytest.raises(Refused) as refused:
        decide(twenty, "rework", 6)
    assert refused.value.errors == {"quantity": ["There is no more than 5 left of 20 lamps."]}
    decide(twenty, "rework", 5)
    assert guards.quantities_add_up(twenty) is None


def test_keeping_apart_leaves_open_what_becomes_of_it(twenty):
    decide(twenty, "segregate", 20)
    assert str(guards.quantities_add_up(twenty)) == "Dispositions cover 0 of 20 lamps"
    decide(twenty, "scrap", 20)


def test_a_line_that_is_taken_back_makes_room(twenty):
    wrong = decide(twenty, "scrap", 20)
    writing.end(lines.dispositions, wrong)
    decide(twenty, "return", 20)


@pytest.mark.parametrize("quantity", [0, -1])
def test_a_quantity_is_more_than_nothing(twenty, quantity):
    with pytest.raises(Refused):
        writing.add(lines.dispositions, twenty, {"kind": "scrap", "quantity": Decimal(quantity), "reason": "x"})


def test_what_was_reworked_is_verified_again_by_somebody_against_something(twenty, as_wei):
    today = current().today()
    line = decide(twenty, "rework", 20, carried_out_on=today)
    assert guards.verified_again(twenty) is not None
    whole = {"reverified_on": today, "reverified_result": "conforms", "criteria": "SP-L2", "reverified_by": as_wei.min.person}
    for left_out in ("reverified_result", "criteria", "reverified_by"):
        with pytest.raises(Refused) as refused:
            writing.change(lines.dispositions, line, {name: value for name, value in whole.items() if name != left_out})
        assert left_out in refused.value.errors
    writing.change(lines.dispositions, line, whole)
    assert guards.verified_again(twenty) is None


def test_nothing_is_verified_before_it_was_carried_out(twenty):
    with pytest.raises(Refused) as refused:
        decide(twenty, "rework", 5, reverified_on=current().today(), reverified_result="conforms", criteria="x")
    assert "reverified_on" in refused.value.errors


def granted(case, **more):
    words = {"granting_party": "customer", "granted_by": "Buyer", "granted_on": current().today(), "customer_needed": True}
    return writing.add(lines.concessions, case, {**words, "used_quantity": Decimal(0), **more})


def test_what_is_released_as_it_is_needs_a_concession_that_covers_it(twenty):
    decide(twenty, "accept_as_is", 20)
    assert str(guards.concession_granted(twenty)) == "It is released as it is without a concession"
    granted(twenty, limit_quantity=Decimal(10))
    assert str(guards.concession_granted(twenty)) == "More is released than the concession covers"
    granted(twenty, limit_quantity=Decimal(10))
    assert guards.concession_granted(twenty) is None


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"limit_quantity": Decimal(5), "used_quantity": Decimal(6)}, "used_quantity"),
        ({"granting_party": "organization"}, "granting_party"),
    ],
)
def test_a_concession_is_not_exceeded_nor_given_to_oneself_where_the_customers_is_needed(twenty, values, field):
    with pytest.raises(Refused) as refused:
        granted(twenty, **values)
    assert field in refused.value.errors


def test_a_concession_is_not_used_after_it_expired(twenty):
    today = current().today()
    with pytest.raises(Refused) as refused:
        granted(twenty, valid_until=today - timedelta(days=2), last_used_on=today)
    assert "last_used_on" in refused.value.errors


def test_a_dismissed_case_takes_no_dispositions(twenty):
    twenty.state = "dismissed"
    twenty.save()
    with pytest.raises(Conflict):
        decide(twenty, "scrap", 1)
