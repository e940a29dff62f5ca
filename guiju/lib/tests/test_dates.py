from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from guiju.lib.dates import relative_days, show_date, show_instant, show_number, show_signed, show_weekday

DAY = date(2026, 11, 23)


def test_a_date_as_it_is_written():
    assert show_date(DAY, "en") == "23 Nov 2026"
    assert show_date(DAY, "zh-hans") == "2026年11月23日"


@given(st.dates())
def test_every_date_is_written_as_the_languages_do(day):
    assert show_date(day, "en") == format_date(day, "d MMM y", locale="en")
    assert show_date(day, "zh-hans") == format_date(day, "y年M月d日", locale="zh_Hans")


def test_with_today_its_own_year_goes_without_saying():
    assert show_date(DAY, "en", today=date(2026, 1, 1)) == "23 Nov"
    assert show_date(DAY, "zh", today=date(2026, 1, 1)) == "11月23日"
    assert show_date(DAY, "en", today=date(2027, 1, 1)) == "23 Nov 2026"


def test_an_instant_is_shown_in_the_zone_of_the_reader():
    instant = datetime(2026, 11, 23, 16, 2, 59, tzinfo=UTC)
    assert show_instant(instant, "en", UTC) == "23 Nov 2026, 16:02"
    assert show_instant(instant, "zh-hans", ZoneInfo("Asia/Shanghai")) == "2026年11月24日 00:02"


def test_an_instant_without_a_zone_is_an_error():
    with pytest.raises(ValueError, match="time zone"):
        show_instant(datetime(2026, 11, 23), "en", UTC)  # noqa: DTZ001


def test_a_weekday():
    assert show_weekday(DAY, "en") == "Monday, 23 Nov 2026"
    assert show_weekday(DAY, "zh-hans") == "2026年11月23日 星期一"
    assert show_weekday(DAY + timedelta(6), "zh") == "2026年11月29日 星期日"


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [
        (1234567, None, "1,234,567"),
        (-1234, None, "\u22121,234"),
        (1234.5, None, "1,234.5"),
        (1000.0, None, "1,000"),
        (0.1, None, "0.1"),
        (1e-7, None, "0.0000001"),
        (2.345, 1, "2.3"),
        (-0.04, 1, "0.0"),
        (Decimal("1234.50"), None, "1,234.50"),
        (0, None, "0"),
    ],
)
def test_numbers_are_parted_in_thousands(value, places, shown):
    assert show_number(value, places) == shown


@pytest.mark.parametrize(
    ("days", "said"),
    [(0, ("today", 0)), (1, ("tomorrow", 1)), (-1, ("yesterday", 1)), (5, ("in_days", 5)), (-30, ("days_ago", 30))],
)
def test_days_from_today(days, said):
    assert relative_days(DAY + timedelta(days), DAY) == said


@pytest.mark.parametrize(
    ("zone", "named"),
    [("Asia/Shanghai", "UTC+08:00"), ("UTC", "UTC"), ("America/St_Johns", "UTC\u221203:30"), ("Asia/Kathmandu", "UTC+05:45")],
)
def test_the_time_of_a_signature_says_its_zone(zone, named):
    at = datetime(2026, 11, 23, 6, 2, tzinfo=UTC)
    assert show_signed(at, "en", ZoneInfo(zone)) == f"{show_instant(at, 'en', ZoneInfo(zone))} ({named})"
    assert show_signed(at, "zh-hans", ZoneInfo(zone)).endswith(f"（{named}）")
