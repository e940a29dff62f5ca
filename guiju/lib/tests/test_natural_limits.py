"""Natural limits against published figures, and what is more than chance."""

import pytest

from guiju.lib.natural_limits import ENOUGH, RUN, limits, shifted, signals

# NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.2: flow rates of ten batches.
FLOW_RATES = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]


def test_the_limits_of_the_nist_flow_rates_are_those_published():
    found = limits(FLOW_RATES)
    assert found.center == pytest.approx(50.81)
    assert found.mean_range == pytest.approx(1.8777777778)
    assert found.sigma == pytest.approx(1.6641372267)
    assert (found.lower, found.upper) == (pytest.approx(45.8175883199), pytest.approx(55.8024116801))


def test_one_value_has_no_limits():
    with pytest.raises(ValueError, match="two values"):
        limits([1.0])


def test_too_few_values_give_no_signal_however_far_one_lies_off():
    assert not signals([1.0] * (ENOUGH - 2) + [100.0]).any


def steady(count: int = ENOUGH) -> list[float]:
    """Values that go up and down around 10."""
    return [10.0 + (0.5 if place % 2 else -0.5) for place in range(count)]


def test_a_value_beyond_the_limits_is_a_signal():
    values = [*steady(), 20.0]
    assert signals(values).beyond == (ENOUGH,)
    assert not signals(steady()).any


def test_eight_in_a_row_on_one_side_are_a_signal_and_seven_are_none():
    base = [9.5, 10.0, 10.5] * 10  # the last of them lies above the median and is the first of the run
    eight, seven = base + [10.5] * (RUN - 1), base + [10.5] * (RUN - 2)
    assert signals(eight).runs == (len(eight) - 1,)
    assert signals(seven).runs == ()


@pytest.mark.parametrize(
    ("after", "side"),
    [([1.0] * RUN, -1), ([9.0] * RUN, 1), ([1.0] * (RUN - 1), 0), ([1.0] * (RUN - 1) + [9.0], 0), ([5.0] * RUN, 0)],
)
def test_a_shift_is_a_run_of_all_the_last_values_beside_the_old_median(after, side):
    assert shifted([4.0, 5.0, 6.0], after) == side


def test_without_values_before_there_is_no_shift():
    assert shifted([], [1.0] * RUN) == 0
