"""What data say of an effect: golden series for each verdict."""

import pytest

from guiju.lib.effect import of_looks, of_recurrences, of_values

# Lamps failing flicker in 1,000 inspected, by week: before the actions of week 41, and after.
BEFORE = [5.8, 6.9, 6.1, 7.4, 5.5, 6.2, 8.1, 6.0, 6.6, 4.9, 2.8]
CURED = [1.1, 0.9, 0.6, 0.5, 0.7, 0.4, 0.6, 0.5]
HALF = [3.1, 2.0, 0.9, 1.4, 0.8, 0.9]
NOT_CURED = [5.9, 4.8, 6.1, 0.9, 5.2, 6.3]


def at_most_one(value: float) -> bool:
    return value <= 1.0


@pytest.mark.parametrize(
    ("after", "verdict", "met"),
    [
        (CURED, "effective", 6),
        (HALF, "not_yet", 3),
        (NOT_CURED, "not_effective", 1),
        (CURED[:5], "too_few", 4),
        ([], "too_few", 0),
    ],
)
def test_each_golden_series_has_its_verdict_with_the_count_it_rests_on(after, verdict, met):
    found = of_values(BEFORE, after, at_most_one, -1, 6)
    assert (found.verdict, found.count, found.needed, found.met) == (verdict, len(after), 6, met)


def test_it_is_told_whether_the_change_is_more_than_chance():
    found = of_values(BEFORE, CURED, at_most_one, -1, 6)
    assert (found.before, found.after, found.more_than_chance) == (6.1, 0.6, True)
    assert not of_values(BEFORE, CURED[:7], at_most_one, -1, 6).more_than_chance
    assert not of_values(BEFORE, CURED, at_most_one, 1, 6).more_than_chance


def test_only_the_last_values_count_so_that_what_settled_in_time_is_effective():
    assert of_values(BEFORE, [5.0, 3.0, *CURED], at_most_one, -1, 6).verdict == "effective"


@pytest.mark.parametrize(
    ("count", "days", "verdict"),
    [(0, 90, "effective"), (0, 60, "not_yet"), (0, 10, "too_few"), (2, 10, "not_effective"), (1, 90, "effective")],
)
def test_repeats_are_watched_for_the_whole_time_and_one_too_many_ends_it(count, days, verdict):
    assert of_recurrences(count, 1, days, 90).verdict == verdict


@pytest.mark.parametrize(
    ("looks", "verdict"),
    [([True] * 3, "effective"), ([True, True], "too_few"), ([True, False, True], "not_yet"), ([False] * 3, "not_effective")],
)
def test_looks_on_the_spot_are_judged_alike(looks, verdict):
    assert of_looks(looks, 3).verdict == verdict
