"""Values: one for each period, judged by the target, asking for a word when they are off it."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client

from guiju.modules.indicators import periods
from guiju.modules.indicators.models import IndicatorValue
from guiju.modules.indicators.values import take, values
from guiju.spine.acts import Conflict, Refused, act, current
from guiju.spine.registers.lines import writing
from guiju.spine.registers.tests.programs import Program
from guiju.spine.tasks.models import Task


def last_month() -> date:
    return periods.last_ended("month", current().today())


def test_a_value_stands_for_the_whole_period_of_its_day(define):
    made = writing.add(values, define(), {"period_end": last_month().replace(day=3), "value": Decimal("2.4")})
    assert made.period_end == last_month()


def test_a_period_has_one_value(define):
    indicator = define()
    writing.add(values, indicator, {"period_end": last_month(), "value": Decimal(2)})
    with pytest.raises(Conflict) as refused:
        writing.add(values, indicator, {"period_end": last_month().replace(day=1), "value": Decimal(3)})
    assert "period_end" in refused.value.errors


def test_a_value_that_was_taken_back_leaves_room_for_another(define):
    indicator = define()
    wrong = writing.add(values, indicator, {"period_end": last_month(), "value": Decimal(200)})
    writing.end(values, wrong)
    assert writing.add(values, indicator, {"period_end": last_month(), "value": Decimal(2)}).value == 2


def test_a_period_that_is_not_over_has_no_value_yet(define):
    with pytest.raises(Refused) as refused:
        writing.add(values, define(), {"period_end": current().today() + timedelta(days=40), "value": Decimal(1)})
    assert "period_end" in refused.value.errors
    assert not IndicatorValue.objects.exists()


def test_a_value_off_target_asks_its_owner_for_a_word_and_the_word_ends_it(define, as_wei):
    indicator = define()
    value = writing.add(values, indicator, {"period_end": last_month(), "value": Decimal("7.5")})
    assert value.off_target
    (task,) = Task.objects.filter(done_at=None)
    assert (task.who_id, str(task)) == (as_wei.wei.id, f"Say what is done about the value off target for {last_month():%Y-%m}")
    writing.change(values, value, {"reaction": "The second source is blocked."})
    assert not Task.objects.filter(done_at=None).exists()


def test_each_value_off_target_is_asked_about_by_itself(define):
    indicator = define()
    for end in list(periods.ended_since("month", last_month() - timedelta(days=70), last_month()))[-2:]:
        writing.add(values, indicator, {"period_end": end, "value": Decimal(9)})
    assert Task.objects.filter(done_at=None).count() == 2


def test_a_value_on_target_asks_nothing(define):
    assert not writing.add(values, define(), {"period_end": last_month(), "value": Decimal(3)}).off_target
    assert not Task.objects.exists()


def test_a_retired_indicator_takes_no_values(define):
    indicator = define()
    indicator.state = "retired"
    indicator.save()
    with pytest.raises(Conflict):
        writing.add(values, indicator, {"period_end": last_month(), "value": Decimal(1)})


def test_a_value_that_is_sent_twice_is_there_once_and_another_is_refused(define, lanzhu):
    number = define().number
    wei = Program(lanzhu.wei)
    sent = {"period_end": last_month().isoformat(), "value": "2.5"}
    first, again = (wei.post(f"indicators/{number}/push/", sent) for _time in range(2))
    assert (first.status_code, again.json()) == (200, first.json())
    other = wei.post(f"indicators/{number}/push/", {**sent, "value": "2.6"})
    assert other.status_code == 409
    with act(lanzhu.organization, lanzhu.wei):
        assert IndicatorValue.objects.get().source == "pushed"


@pytest.mark.parametrize(
    ("frequency", "on", "end", "name"),
    [
        ("day", "2026-11-22", "2026-11-22", "2026-11-22"),
        ("week", "2026-11-23", "2026-11-29", "2026-W48"),
        ("week", "2027-01-01", "2027-01-03", "2026-W53"),
        ("month", "2028-02-03", "2028-02-29", "2028-02"),
        ("quarter", "2026-11-22", "2026-12-31", "2026 Q4"),
        ("year", "2026-11-22", "2026-12-31", "2026"),
    ],
)
def test_periods_end_as_the_calendar_says(frequency, on, end, name):
    found = periods.end_of(frequency, date.fromisoformat(on))
    assert (found.isoformat(), periods.called(frequency, found)) == (end, name)


def test_the_page_draws_the_values_and_says_what_they_mean(define, lanzhu):
    indicator = define()
    ends = list(periods.ended_since("month", date(2024, 1, 1), last_month()))
    for place, end in enumerate(ends[-21:]):
        take(indicator, end, Decimal(2 + place % 2))
    client = Client()
    client.force_login(lanzhu.wei.person)
    page = client.get(f"/lanzhu/indicators/{indicator.number}/").content.decode()
    assert page.count("gj-draw-dot") == 21
    assert page.count("gj-draw-natural") == 2
    assert "vary as this process ordinarily does" in page
    assert "21 of 21 values meet what is aimed at" in page


def test_without_a_value_the_page_says_that_nothing_is_known(define, lanzhu):
    client = Client()
    client.force_login(lanzhu.wei.person)
    page = client.get(f"/lanzhu/indicators/{define().number}/").content.decode()
    assert "an indicator without data says nothing" in page
