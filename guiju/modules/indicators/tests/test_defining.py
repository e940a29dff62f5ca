"""What is aimed at can be met; what is concluded rests on values."""

from datetime import timedelta
from decimal import Decimal

import pytest

from guiju.modules.indicators import evaluations, services
from guiju.modules.indicators.values import take
from guiju.spine.acts import Refused, current
from guiju.spine.registers.lines import writing


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"lower_limit": 5, "upper_limit": 4}, "lower_limit"),
        ({"better": "within"}, "lower_limit"),
        ({"upper_limit": 2, "target": 3}, "target"),
    ],
)
def test_limits_that_no_value_can_meet_are_refused(define, values, field):
    with pytest.raises(Refused) as refused:
        define(**values)
    assert field in refused.value.errors


def test_a_change_is_judged_like_a_beginning(define):
    with pytest.raises(Refused):
        services.change(define(upper_limit=10), {"target": Decimal(11)})


def concluded(**more):
    words = {"title": "Half a year", "period_end": current().today(), "conclusion": "achieves", "conclusion_text": "It does."}
    return evaluations.conclude({**words, **more})


def test_an_evaluation_says_who_and_when(as_wei):
    made = concluded()
    assert (made.evaluated_by_id, made.evaluated_on) == (as_wei.wei.id, current().today())


def test_a_decision_on_improvement_has_its_words(as_wei):
    with pytest.raises(Refused) as refused:
        concluded(improvement_needed="no")
    assert "improvement_text" in refused.value.errors


def test_an_evaluation_rests_on_an_indicator_with_values_of_its_period_once(define):
    indicator, evaluation = define(), concluded()
    with pytest.raises(Refused, match="no value"):
        writing.add(evaluations.basis, evaluation, {"indicator": indicator})
    take(indicator, current().today() - timedelta(days=40), Decimal(2))
    writing.add(evaluations.basis, evaluation, {"indicator": indicator})
    with pytest.raises(Refused, match="already"):
        writing.add(evaluations.basis, evaluation, {"indicator": indicator})
